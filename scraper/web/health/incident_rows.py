"""Incidents as pages show them: kind, evidence and suggestion in words, links, and a drawing."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from scraper.web.archives import read
from scraper.web.health.sparkline import draw_days
from scraper.web.health.statements import DAYS, DRAWN_DAYS, RECENT_DAYS, among
from scraper.web.health.wording import evidence_words, kind_words, suggestion_of
from scraper.web.outlets.gaps import read_day
from scraper.web.outlets.outlet_row import read_tags
from scraper.web.typography import direction, language_tag
from scraper.web.words import country_name, moment


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page about health leads to; `other` is "" for the first archive."""

    urls: Any  # Datasette's
    database: str
    other: str

    def to(self, path: str, **parts: str) -> str:
        """Return the address of a page of ours."""
        wanted = {name: value for name, value in (*parts.items(), ("db", self.other)) if value}
        return str(self.urls.path(path)) + (f"?{urlencode(wanted)}" if wanted else "")

    def outlet(self, slug: str) -> str:
        """Return the address of an outlet's page."""
        return self.to(f"/-/outlet/{quote(slug, safe='')}")

    def capture(self, number: int) -> str:
        """Return the address of a capture's row in Datasette's table."""
        return str(self.urls.row(self.database, "captures", str(number)))

    def incident(self, number: int) -> str:
        """Return the address of an incident's row in Datasette's table."""
        return str(self.urls.row(self.database, "incidents", str(number)))


def window(today: date) -> dict[str, str | int]:
    """Return the bounds of days that statements ask for, up to the last one looked after."""
    return {
        "today": today.isoformat(),
        "week": (today - timedelta(days=RECENT_DAYS - 1)).isoformat(),
        "begin": (today - timedelta(days=DRAWN_DAYS - 1)).isoformat(),
    }


async def drawings(db: Any, slugs: Iterable[str], today: date) -> dict[str, Markup]:
    """Draw the last weeks of some outlets, in a thread."""
    wanted = list(dict.fromkeys(slugs))
    if not wanted:
        return {}
    counts = await daily(db, wanted, today)
    begin = today - timedelta(days=DRAWN_DAYS - 1)
    return await asyncio.to_thread(
        lambda: {slug: draw_days(counts[slug], begin, DRAWN_DAYS) for slug in wanted}
    )


async def daily(db: Any, slugs: list[str], today: date) -> dict[str, dict[date, int]]:
    """Read how many articles each day looked at of the last weeks brought, by outlet."""
    bounds = window(today)
    asked = among(DAYS, slugs, begin=bounds["begin"], today=bounds["today"])
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for row in await read(db, asked) or ():
        if day := read_day(row["day"]):
            counts[row["outlet"]][day] = row["article_count"]
    return counts


def told(row: dict[str, Any], links: Links, drawn: Markup | None = None) -> dict[str, Any]:
    """Return an incident as templates show it."""
    tags = read_tags(row["languages"])
    since = row["began_at"] or row["opened_at"]
    words, command = suggestion_of(row["evidence"], row["outlet"])
    return {
        "id": row["id"],
        "link": links.incident(row["id"]),
        "name": row["name"] or row["outlet"],
        "lang": language_tag(next(iter(tags), "")),
        "dir": direction(next(iter(tags), "")),
        "outlet": links.outlet(row["outlet"]),
        "country": country_name(row["country"]) if row["country"] else "",
        "kind": row["kind"],
        "words": kind_words(row["kind"], row["field"]),
        "since_iso": since,
        "since": moment(since),
        "closed_iso": row["closed_at"] or "",
        "closed": moment(row["closed_at"]) if row["closed_at"] else "",
        "evidence": evidence_words(row["kind"], row["field"], row["evidence"]),
        "suggestion": words,
        "command": command,
        "sample": _sample(row, links),
        "drawn": drawn,
    }


def _sample(row: dict[str, Any], links: Links) -> dict[str, str] | None:
    """Return where the sample is: the article it led to, else the row of its capture."""
    if row["capture"] is None or row["captured_at"] is None:
        return None
    article = links.to(f"/-/article/{row['article']}") if row["article"] else ""
    return {
        "article": article,
        "capture": links.capture(row["capture"]),
        "url": row["capture_url"],
        "moment": moment(row["captured_at"]),
        "iso": row["captured_at"],
    }


def told_all(
    rows: Sequence[dict[str, Any]], links: Links, drawn: dict[str, Markup]
) -> list[dict[str, Any]]:
    """Return incidents as templates show them, each with its outlet's drawing if there is one."""
    return [told(row, links, drawn.get(row["outlet"])) for row in rows]
