"""What an operator chose for this crawl, read once from settings and environment."""

import functools
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from scraper.archive.request_counts import Budget

DEFAULT_DB = "archive.db"
CONTACT = re.compile(r"https?://[^\s/]+\.\S+|(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """Where the archive is, whom we are, and what may be asked."""

    db: Path
    captures: Path
    contact: str
    allow: frozenset[str]
    replay: tuple[Path, ...]
    revisit: bool
    limit: int
    budget: Budget
    reserve_bytes: int
    alerts: str = ""

    @classmethod
    def of(cls, settings: BaseSettings) -> "CrawlOptions":
        """Read the options; the environment stands in for settings that are empty."""

        def chosen(name: str) -> str:
            return str(settings.get(name) or os.environ.get(name, "")).strip()

        db = Path(chosen("DATELINE_DB") or DEFAULT_DB).resolve()
        return cls(
            db=db,
            captures=Path(chosen("DATELINE_CAPTURES") or db.parent / "captures"),
            contact=chosen("DATELINE_CONTACT"),
            allow=frozenset(settings.getlist("DATELINE_ALLOW")),
            replay=tuple(Path(p) for p in settings.getlist("DATELINE_REPLAY")),
            revisit=settings.getbool("DATELINE_REVISIT"),
            limit=settings.getint("DATELINE_LIMIT"),
            budget=Budget(
                settings.getint("DATELINE_DAILY_REQUESTS"),
                settings.getint("DATELINE_DAILY_BYTES"),
                settings.getint("DATELINE_OUTLET_DAILY_REQUESTS"),
                settings.getint("DATELINE_OUTLET_DAILY_BYTES"),
            ),
            reserve_bytes=settings.getint("DATELINE_DISK_RESERVE"),
            alerts=chosen("DATELINE_ALERTS"),
        )

    @property
    def user_agent(self) -> str:
        """Name, version and contact, as publishers see them."""
        return f"Dateline/{dateline_version()}" + (f" (+{self.contact})" if self.contact else "")

    def lacks_contact(self, urls: Iterable[str]) -> bool:
        """Tell whether any of `urls` is on the real web while no usable contact is set."""
        if CONTACT.fullmatch(self.contact) or self.replay:
            return False
        return any(host_and_port(url) not in self.allow for url in urls)


def host_and_port(url: str) -> str:
    """Return "host:port" of a URL, the port spelled out.

    >>> host_and_port("https://Example.org/a"), host_and_port("http://[::1]:80/")
    ('example.org:443', '[::1]:80')
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


@functools.cache
def dateline_version() -> str:
    """Return the installed version of Dateline."""
    try:
        return version("dateline-archive")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
