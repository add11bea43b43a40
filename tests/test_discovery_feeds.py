"""Feeds of every dialect become Candidates; one item's fault never costs the feed."""

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.discovery.feeds import FEED_MAX_ITEMS, read_feed
from scraper.discovery.fields import (
    BYLINE_MAX_CHARS,
    DESCRIPTION_MAX_CHARS,
    TAGS_MAX,
    TITLE_MAX_CHARS,
)
from scraper.errors import ListingUnreadable
from scraper.records import Candidate, Listing

URL = "https://courier.example/rss/world.xml"
ITEM = "<item><title>Story {0}</title><link>https://courier.example/{0}</link>{1}</item>"


def rss(*items: str, end: str = "</channel></rss>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}{end}'.encode()


def item(name: object, extra: str = "") -> str:
    return ITEM.format(name, extra)


def only(body: bytes) -> Candidate:
    (candidate,) = read_feed(body, URL).candidates
    return candidate


def names(listing: Listing) -> list[str]:
    return [candidate.url.rpartition("/")[2] for candidate in listing.candidates]


@pytest.mark.parametrize(
    "fault",
    [
        "<title>unclosed <item><link>",
        "</b></p>",
        "<description>fish & chips < tea > &nbsp; &foo;</description>",
        "<description><![CDATA[never closed",
        "<dc:creator>no such prefix</dc:creator>",
        '<enclosure url="a" url="b"/>',
        "<a" * 50,
        "<!-- never closed",
        "&#0;&#xD800;\x00\x0b",
        "<link>javascript:alert(1)</link>",
    ],
)
def test_a_broken_item_costs_itself_at_most(fault: str) -> None:
    before, broken, after = item("a"), f"<item>{fault}</item>", item("z")
    found = names(read_feed(rss(before, broken, after), URL))
    assert found[0] == "a"
    assert found[-1] == "z"


def test_a_feed_cut_in_an_item_gives_the_items_before() -> None:
    whole = rss(item(1), item(2), item(3))
    for cut in (b"3</link>", b"<title>Story 3", b"https://courier.example/3", b"</channel>"):
        assert names(read_feed(whole[: whole.index(cut)], URL))[:2] == ["1", "2"]


def test_half_a_link_is_no_link() -> None:
    whole = rss(item("talks-resume"))
    assert names(read_feed(whole[: whole.index(b"-resume</link>")], URL)) == []


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "ftp://127.0.0.9/x",
        "http://[bad",
        "https://user:secret@courier.example/",
        "https://courier.example/" + "a" * 5000,
        "",
    ],
)
def test_links_that_cannot_be_asked_are_skipped_and_counted(link: str) -> None:
    listing = read_feed(rss(f"<item><link>{link}</link></item>", item("ok")), URL)
    assert names(listing) == ["ok"]
    assert listing.skipped == 1


def test_relative_links_start_at_the_feed() -> None:
    items = [f"<item><link>{link}</link></item>" for link in ("/a", "b", " \n/c\n ", "?p=4")]
    found = [candidate.url for candidate in read_feed(rss(*items), URL).candidates]
    home = "https://courier.example"
    assert found == [f"{home}/a", f"{home}/rss/b", f"{home}/c", f"{URL}?p=4"]


def test_a_guid_is_a_link_unless_it_says_no() -> None:
    guid = "<item><guid{}>https://courier.example/g</guid></item>"
    assert names(read_feed(rss(guid.format("")), URL)) == ["g"]
    assert names(read_feed(rss(guid.format(' isPermaLink="false"')), URL)) == []


def test_feedburner_gives_the_original_link() -> None:
    body = rss(item("proxy", "<f:origLink>https://courier.example/real</f:origLink>")).replace(
        b"<rss ", b'<rss xmlns:f="http://rssnamespace.org/feedburner/ext/1.0" '
    )
    assert only(body).url == "https://courier.example/real"


def test_fields_are_bounded() -> None:
    long = "x" * 100_000
    found = only(
        rss(
            f"<item><title>{long}</title><link>/a</link><description>{long}</description>"
            f"<author>{long}</author>"
            + "".join(f"<category>{number}{long[:1000]}</category>" for number in range(90))
            + "</item>"
        )
    )
    assert len(found.title) == TITLE_MAX_CHARS
    assert len(found.description) == DESCRIPTION_MAX_CHARS
    assert len(found.byline) <= BYLINE_MAX_CHARS
    assert len(found.tags) == TAGS_MAX


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("Ines Falk", "Ines Falk"),
        ("desk@courier.example (Mira Sand)", "Mira Sand"),
        ("Mira Sand &lt;desk@courier.example&gt;", "Mira Sand"),
        ("desk@courier.example", ""),
        ("", ""),
    ],
)
def test_a_mail_address_is_no_author(printed: str, byline: str) -> None:
    assert only(rss(item(1, f"<author>{printed}</author>"))).byline == byline


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis", "euc_jp"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel>'
    text += "<item><title>港の再開</title><link>/a</link></item></channel></rss>"
    assert only(text.encode(encoding)).title == "港の再開"


def test_the_header_says_the_encoding_where_the_feed_does_not() -> None:
    body = rss("<item><title>港の再開</title><link>/a</link></item>").decode().encode("shift_jis")
    assert read_feed(body, URL, charset="Shift_JIS").candidates[0].title == "港の再開"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!doctype html><html><body><item>x</item></body></html>", "HTML page"),
        (b"<urlset/>", "<urlset>"),
        (b"Not found", "no XML"),
        (b"%PDF-1.7\x00\x01", "no XML"),
        (b'{"error": 404}', "without the items"),
        (b"[" * 100_000, "no JSON"),
        (b'{"items": ' + b"9" * 100_000 + b"}", "no JSON"),
    ],
)
def test_what_is_no_feed_is_unreadable(body: bytes, reason: str) -> None:
    with pytest.raises(ListingUnreadable, match=reason) as caught:
        read_feed(body, URL)
    assert caught.value.url == URL


def test_an_empty_feed_is_a_feed() -> None:
    assert read_feed(rss(), URL) == Listing(URL, "feed")
    assert read_feed(b'{"items": []}', URL).candidates == ()


def test_a_body_that_names_a_file_opens_none(tmp_path: object) -> None:
    with pytest.raises(ListingUnreadable):
        read_feed(str(tmp_path).encode(), URL)


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(ListingUnreadable, match="entities"):
        read_feed(rss(item("&b;")).replace(b"<rss", laughs.encode() + b"<rss"), URL)


def test_xinclude_is_not_followed() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/>'
    assert only(rss(f"<item><title>{include}</title><link>/a</link></item>")).title == ""


@pytest.mark.parametrize("end", ["</channel></rss>", ""])
def test_a_feed_of_100_000_items_is_bounded(end: str) -> None:
    body = rss(*map(item, range(100_000)), end=end)
    began = time.process_time()
    listing = read_feed(body, URL, limit=10)
    assert time.process_time() - began < 10  # 0.6 s measured
    assert names(listing) == [str(number) for number in range(10)]
    assert listing.skipped > 80_000
    assert len(read_feed(body, URL).candidates) == FEED_MAX_ITEMS


@pytest.mark.parametrize(
    "extra",
    [
        f"<author>{'a' * 9000}</author>",
        "<category>x</category>" * 400,
        "<x " + " ".join(f'a{number}="1"' for number in range(1500)) + "/>",
        "<a>" * 1000,
    ],
)
def test_costly_items_are_trimmed(extra: str) -> None:
    began = time.process_time()
    read_feed(rss(*(item(number, extra) for number in range(300))), URL)
    assert time.process_time() - began < 10  # up to 1 s measured; feedparser alone: minutes


DAMAGE = """
<item> </item> <title> </title> <link> http://a.example/1 </link> <![CDATA[ ]]> &#xD800; & < , a@b
<entry> <author> </author> <source> <image> <svg> <guid> <textinput> <tags> </tags> <dc:date> \x00
<link_rel='self'_href='x'/> <link_href='http://[x'/> <category_term='x'/> <itunes:keywords> </rss>
"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(DAMAGE.split()), max_size=20))
def test_no_damage_raises_anything_else(pieces: list[str]) -> None:
    try:
        listing = read_feed(
            rss().replace(b"</channel></rss>", "".join(pieces).replace("_", " ").encode()), URL
        )
    except ListingUnreadable:
        return
    assert all(candidate.url.startswith("http") for candidate in listing.candidates)


def test_gzip_is_undone() -> None:
    assert only(gzip.compress(rss(item(1)))).url.endswith("/1")
