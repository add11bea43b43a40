"""What many tests share: an empty archive in a folder of its own, and an outlet's way into it."""

import fcntl
import gc
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import datasette.app  # noqa: F401  # it loads our plugin, which must not be half loaded by then
import pytest

from scraper.archive.articles import Stored, store_article
from scraper.archive.candidates import offer
from scraper.archive.database import open_writer
from scraper.archive.runs import open_run
from scraper.archive.warc import WarcWriter
from scraper.archive.writer import Archive
from scraper.records import Article, Candidate, Capture, Delivery, Outlet, Standing
from scraper.urls import canonical_url

pytest_plugins = ("tests.browsing",)  # `page`: a page in a real browser

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
STORY = "\n\n".join(
    f"The harbour council of Port Aldry met for the {nth} time and heard how the {what} will be "
    f"paid for, said its {who}, who expects work to begin before the autumn storms."
    for nth, what, who in (
        ("third", "breakwater", "chair Mara Quill"),
        ("fourth", "light on the mole", "harbour master"),
        ("fifth", "ferry ramp", "clerk of works"),
    )
)
OUTLET = Outlet("The Aldry Gazette", country="IE", languages=("en",))


@dataclass(frozen=True)
class Desk:
    """An outlet, `gazette`, whose pages go into an archive minute by minute."""

    archive: Archive
    run: int

    def offer(self, *urls: str, listing: str | None = None, minute: int = 0) -> list[Standing]:
        """Offer addresses as a listing does."""
        offers = [(canonical_url(url), Candidate(url)) for url in urls]
        at = NOON + timedelta(minutes=minute)
        return offer(self.archive, "gazette", listing, offers, at).standings

    def deliver(
        self,
        url: str,
        page: bytes = b"<html>",
        *,
        minute: int = 0,
        standing: Standing | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Delivery:
        """Return a page as a crawl fetched it, after offering its address if need be."""
        asked = standing or self.offer(url)[0]
        moment = NOON + timedelta(minutes=minute)
        capture = Capture(url, page, headers or {}, moment, status, requested_url=asked.link)
        return Delivery("gazette", self.run, asked, capture)

    def store(
        self,
        url: str,
        body: str = STORY,
        *,
        title: str = "Harbour council meets",
        claims: str = "",
        minute: int = 0,
        standing: Standing | None = None,
        **fields: Any,
    ) -> Stored:
        """Store an article found at `url`, which declares `claims` as its canonical URL."""
        page = f"<title>{title}</title>{body}{fields}".encode("utf-8", "replace")
        delivery = self.deliver(url, page, minute=minute, standing=standing)
        article = Article(url=claims or url, title=title, body=body, **fields)
        return store_article(self.archive, delivery, article, None)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        return [tuple(row) for row in self.archive.connection.execute(query, values)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A fresh archive: `archive.db` and `captures/` in the test's folder, written directly."""
    fresh = Archive(open_writer(tmp_path / "archive.db"), WarcWriter(tmp_path / "captures"))
    yield fresh
    fresh.connection.close()
    fresh.warc.close()


@pytest.fixture
def desk(archive: Archive) -> Desk:
    """An outlet with an open crawl run in a fresh archive."""
    run = open_run(archive, "gazette", OUTLET, is_declared=True, started_at=NOON, version="0.1.0")
    return Desk(archive, run)


@pytest.fixture(autouse=True, scope="module")
def _no_connections_left_behind() -> Iterator[None]:
    """Let go of what a module's Datasettes opened: SQLite's memory is bounded by process.

    Their connections hang in cycles, each with its own copy of the schema, until the collector runs.
    """
    yield
    gc.collect()


# Several processes run the tests, a file in one of them. These serve the demo world at its own
# ports, of which there is one each on a machine.
AT_THE_DEMO_PORTS = {
    "test_crawl_records",
    "test_demo_walk",
    "test_hostile_two_at_once",
    "test_watch_logs",
    "test_watch_metrics",
}
DEMO_PORTS_LOCK = Path(tempfile.gettempdir()) / "dateline-tests-at-the-demo-ports.lock"
# They take the longest, so they begin first.
LONG = (
    "test_hostile_",
    "test_crawl_",
    "test_demo_",
    "test_web_browser",
    "test_jobs_",
    "test_month",
)


@pytest.fixture(autouse=True, scope="module")
def _alone_at_the_demo_ports(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the files that need the demo world's own ports wait for each other."""
    if request.path.stem not in AT_THE_DEMO_PORTS:
        yield
        return
    with DEMO_PORTS_LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take the longest."""
    items.sort(key=lambda item: not item.path.stem.startswith(LONG))
