"""Which of an outlet's listings to declare: world news first, the whole site by an evident rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.discovery.homepages import HomePage, Link, read_homepage
from scraper.discovery.world_listings import Asked, choose_listing
from scraper.records import Candidate, Listing

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOST = "https://www.post.example"
HOME: HomePage = read_homepage(b"<html lang='de'><title>Die Post</title>", f"{HOST}/")


def offers(*paths: str, section: str = "", days: int = 0) -> tuple[Candidate, ...]:
    at = NOW - timedelta(days=days)
    return tuple(Candidate(HOST + path, published_at=at, section=section) for path in paths)


def asked(
    kind: str, path: str, candidates: tuple[Candidate, ...], *, title: str = "", world: bool = False
) -> Asked:
    url = HOST + path
    return Asked(Link(url), Listing(url, kind, candidates, title=title), is_world=world)


def stories(section: str, count: int) -> list[str]:
    return [f"/{section}/story-of-the-day-{n}0017" for n in range(count)]


WHOLE = asked("feed", "/rss.xml", offers(*stories("ausland", 3), *stories("sport", 5)))
FEED = asked("feed", "/rss/ausland.xml", offers(*stories("x", 4)))
PAGE = asked("section", "/ausland", offers(*stories("ausland", 6)), world=True)


def test_a_feed_of_world_news_comes_before_all_else() -> None:
    choice = choose_listing(HOME, [WHOLE, PAGE, FEED], ("de",), NOW)
    assert choice is not None
    assert (choice.attribute, choice.url) == ("feeds", f"{HOST}/rss/ausland.xml")
    assert (choice.world_urls, choice.says) == ("", "Found from its home page; a world feed.")


def test_a_whole_site_feed_is_filtered_by_the_section_s_path() -> None:
    choice = choose_listing(HOME, [WHOLE, PAGE], ("de",), NOW)
    assert choice is not None
    assert (choice.url, choice.world_urls) == (f"{HOST}/rss.xml", "^https?://[^/]+/ausland/")
    assert len(choice.candidates) == 3


def test_a_whole_site_feed_is_filtered_by_its_categories() -> None:
    mixed = offers(*stories("a", 3), section="Ausland") + offers(*stories("b", 4), section="Sport")
    choice = choose_listing(HOME, [asked("feed", "/rss.xml", mixed)], ("de",), NOW)
    assert choice is not None
    assert (choice.world_sections, len(choice.candidates)) == (("ausland",), 3)


def test_a_stale_or_empty_feed_gives_way_to_the_page() -> None:
    stale = asked("feed", "/rss/ausland.xml", offers(*stories("x", 4), days=60))
    empty = asked("feed", "/rss/welt.xml", ())
    choice = choose_listing(HOME, [stale, empty, PAGE], ("de",), NOW)
    assert choice is not None
    assert (choice.attribute, choice.url) == ("sections", f"{HOST}/ausland")


def test_without_a_rule_the_whole_site_is_taken_and_said() -> None:
    plain = asked("feed", "/rss.xml", offers(*stories("a", 3), *stories("b", 3)))
    sitemap = asked("news_sitemap", "/news.xml", offers(*stories("a", 3)))
    choice = choose_listing(HOME, [sitemap, plain], ("de",), NOW)
    assert choice is not None
    assert (choice.attribute, choice.says) == (
        "feeds",
        "Found from its home page; whole-site feed.",
    )


@pytest.mark.parametrize("count", [4, 5])
def test_the_front_page_is_the_last_resort(count: int) -> None:
    home = replace(HOME, articles=tuple(HOST + path for path in stories("a", count)))
    choice = choose_listing(home, [], ("de",), NOW)
    assert (choice is not None and choice.url) == (f"{HOST}/" if count == 5 else False)
