"""An outlet that is excluded is asked for nothing, whoever leads there and by whatever command."""

from pathlib import Path

import pytest

from scraper.crawl.exclusions import exclusion_of, exclusions
from tests.crawling import crawl, dateline
from tests.site import PARAGRAPHS, Answer, Site, article, feed

REUTERS = "https://www.reuters.com/world/europe/a-story-2026-03-04/"
SHUNNED = '''
from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet


class Shunned(OutletSpider):
    """Told not to come."""

    name = "shunned"
    outlet = Outlet("Shunned", "DE", ("de",), homepage="{origin}/")
    feeds = ("{origin}/rss.xml",)
    excluded = "its robots.txt forbids us"
'''


def test_sites_of_excluded_outlets_are_known_with_the_reason() -> None:
    found = exclusions()
    assert {"reuters.com", "apnews.com", "nytimes.com", "index.hr", "irozhlas.cz"} <= set(found)
    slug, reason = exclusion_of("https://rss.reuters.com/x") or ("", "")
    assert slug == "reuters"
    assert "robots.txt" in reason
    assert exclusion_of("https://www.bbc.com/news") is None
    assert exclusion_of("no address") is None


def test_a_site_that_another_outlet_may_be_asked_at_is_not_excluded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SHUNNED.format(origin="https://a.example")
    friendly = text.replace("Shunned", "Friendly").replace("shunned", "friendly")
    friendly = friendly.replace("its robots.txt forbids us", "").replace("/rss.xml", "/2.xml")
    (tmp_path / "two_of_a_site.py").write_text(text + friendly)
    monkeypatch.syspath_prepend(tmp_path)
    assert exclusions(("two_of_a_site",)) == {}


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "--page", REUTERS),
        ("crawl", "--feed", "https://www.reuters.com/feed"),
        ("outlets", "add", "https://www.reuters.com/", "--slug", "another"),
        ("extract", REUTERS),
    ],
)
def test_no_command_asks_an_excluded_site(words: tuple[str, ...], tmp_path: Path) -> None:
    settings = {"DATELINE_DB": str(tmp_path / "a.db"), "DATELINE_CONTACT": "https://a.example.org/"}
    # Where names cannot be resolved, asking would end in another reason.
    done = dateline(*words, **settings)
    assert done.returncode in (1, 2, 3)
    assert "reuters is never requested" in done.stdout + done.stderr


def test_nobody_is_led_to_an_excluded_site(tmp_path: Path) -> None:
    path = "/world/story-of-the-day-1"
    with Site() as shunned, Site() as site:
        story = Answer(article("A story", PARAGRAPHS))
        shunned.pages = {path: story, "/world/story-of-the-day-2": story}
        items = [(path, "A story"), ("/world/story-of-the-day-2", "Moved")]
        listed = feed(site.origin, items).replace(f"{site.origin}{path}", f"{shunned.origin}{path}")
        there = {"Location": f"{shunned.origin}/world/story-of-the-day-2"}
        site.pages = {
            "/feed.xml": Answer(listed),
            "/world/story-of-the-day-2": Answer(status=302, headers=there),
        }
        (tmp_path / "shunning.py").write_text(SHUNNED.format(origin=shunned.origin))
        (run,) = crawl(
            tmp_path / "a.db",
            *("--feed", f"{site.origin}/feed.xml", "-s", "SPIDER_MODULES=spiders,shunning"),
            allow=f"{site.host},{shunned.host}",
            PYTHONPATH=str(tmp_path),
        )
        assert shunned.asked == [], "its robots.txt neither"
        assert run["failures"] == {"shunned is never requested: its robots.txt forbids us": 2}
