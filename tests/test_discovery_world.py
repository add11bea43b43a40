"""Of a listing of the whole site, world news is taken: by address or by category."""

import pytest

from scraper.discovery.listings import read_listing
from scraper.discovery.world import is_world
from scraper.records import Candidate, Listing

URL = "https://www.example.org/rss"
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>All</title>
<item><title>A</title><link>https://www.example.org/welt/talks-resume-7</link>
<category>Politik</category></item>
<item><title>B</title><link>https://www.example.org/sport/cup-final-8</link>
<category>Sport</category></item>
<item><title>C</title><link>https://www.example.org/leute/ambassador-9</link>
<category>Leute</category><category>AUSLAND</category></item>
<item><title>D</title><link>https://www.example.org/podcast/evening</link></item>
<item><title>B again</title><link>https://www.example.org/sport/cup-final-8?utm_source=rss</link>
</item></channel></rss>"""


def read(**rules: object) -> Listing:
    return read_listing("feed", FEED.encode(), URL, article_urls=r"-\d$|-\d\?", **rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "titles"),
    [
        ({}, "A B C"),
        ({"world_urls": r"/welt/"}, "A"),
        ({"world_sections": ("ausland",)}, "C"),
        ({"world_urls": r"/welt/", "world_sections": ("ausland",)}, "A C"),
        ({"world_sections": ("sport", "politik")}, "A B"),
    ],
)
def test_either_sign_is_enough_and_without_rules_all_is_taken(
    rules: dict[str, object], titles: str
) -> None:
    listing = read(**rules)
    assert " ".join(sorted(c.title for c in listing.candidates)) == titles


def test_what_is_left_out_is_counted_once_and_apart_from_what_is_skipped() -> None:
    listing = read(world_urls=r"/welt/")
    assert listing.left_out == 2  # B, offered twice, and C
    assert listing.skipped == 2  # the podcast, and the second B
    assert len(listing.candidates) + listing.left_out + listing.skipped == 5


def test_nothing_of_the_world_is_an_empty_listing_and_no_error() -> None:
    listing = read(world_urls=r"/nowhere/")
    assert (listing.candidates, listing.left_out) == ((), 3)


def test_the_limit_counts_world_news_only() -> None:
    listing = read(world_sections=("ausland",), limit=1)
    assert [c.title for c in listing.candidates] == ["C"]


def test_an_article_offered_with_and_without_the_sign_is_taken() -> None:
    twice = FEED.replace("cup-final-8?utm_source=rss", "cup-final-8?utm_source=rss#welt")
    body = twice.replace("<title>B again</title>", "<title>B</title><category>Ausland</category>")
    listing = read_listing("feed", body.encode(), URL, world_sections=("ausland",))
    assert "https://www.example.org/sport/cup-final-8" in {
        c.url.partition("?")[0] for c in listing.candidates
    }
    assert listing.left_out == 2  # A and the podcast


def test_categories_are_compared_in_any_case() -> None:
    entry = Candidate("https://a.example/7", section="ΚΌΣΜΟΣ", tags=("ÇEVRE",))
    assert is_world(entry, "", ("κόσμοσ",))
    assert not is_world(entry, "", ("dünya",))
