"""Every declared outlet is crawled, in one round, over listings made from its own declaration."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.archive.warc import WarcWriter
from scraper.records import Capture
from tests.crawling import adds_up, crawl, rows
from tests.declared import ASKED, REAL
from tests.generated_listings import ARTICLES, article_urls, documents
from tests.site import PARAGRAPHS, article

RECORDED_AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
ROBOTS = b"User-agent: *\nAllow: /\n"


def recording() -> dict[str, tuple[str, bytes]]:
    """Return listings, robots.txt files and articles of every outlet, excluded ones as well."""
    answers: dict[str, tuple[str, bytes]] = {}
    for name, spider in REAL.items():
        for document in documents(spider):
            answers[document.url] = document.content_type, document.body
        for number, url in enumerate(article_urls(spider, of_world=True)):
            title = f"{name}: talks go on for another night, part {number}"
            text = [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS[1:]]
            answers[url] = "text/html; charset=utf-8", article(title, text).encode()
    for url in list(answers):
        parts = urlsplit(url)
        answers[f"{parts.scheme}://{parts.netloc}/robots.txt"] = "text/plain", ROBOTS
    return answers


def write(answers: Mapping[str, tuple[str, bytes]], directory: Path) -> Path:
    """Write a WARC file of answers: content type and body by URL."""
    writer = WarcWriter(directory)
    for url, (content_type, body) in answers.items():
        capture = Capture(url, body, {"Content-Type": content_type}, RECORDED_AT)
        writer.write_response(capture, hashlib.sha256(body).digest())
    writer.close()
    (file,) = directory.iterdir()
    return file


def test_every_outlet_comes_home_with_an_article(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    generated = write(recording(), tmp_path / "generated")
    given = ("--all", "--limit", "1", "--replay", str(generated))
    runs = {run["outlet"]: run for run in crawl(db, *given)}
    assert set(runs) == set(ASKED)
    failing = {n: run for n, run in runs.items() if (run["outcome"], run["new"]) != ("done", 1)}
    assert not failing, json.dumps(failing, indent=1)
    assert {run["candidates"] for run in runs.values()} == {ARTICLES}, "world news and no more"
    assert all(adds_up(run) for run in runs.values())
    titles = {row["outlet"]: row["title"] for row in rows(db, "SELECT outlet, title FROM articles")}
    assert set(titles) == set(ASKED)
    assert all(title.startswith(f"{name}: talks go on") for name, title in titles.items())


@pytest.mark.parametrize(
    ("of_world", "outcome", "reason"),
    [
        (False, "done", "none of the 3 entries listed is world news"),
        (None, "failed", "the listings offered no article"),
    ],
)
def test_no_world_news_is_an_answer_and_no_news_at_all_is_a_failure(
    tmp_path: Path, of_world: bool | None, outcome: str, reason: str
) -> None:
    urls = article_urls(REAL["telex"], of_world=of_world) if of_world is not None else []
    items = "".join(f"<item><title>Cup final</title><link>{url}</link></item>" for url in urls)
    body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()
    (feed,) = REAL["telex"].feeds
    file = write({feed: ("application/rss+xml", body)}, tmp_path / "generated")
    (run,) = crawl(tmp_path / "a.db", "telex", "--replay", str(file))
    assert (run["outcome"], run["reason"]) == (outcome, reason)
    assert (run["candidates"], run["fetched"], run["failures"]) == (0, 0, {})
