"""Atom feeds are valid, stable from one asking to the next, and take no markup from outlets."""

from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

from scraper.exports.atom import tag_uri
from scraper.exports.columns import article_columns
from tests.hostile_rows import HOSTILE_TEXTS, MADE_AT, archive_rows, hostile_rows, written
from tests.invented import ARTICLES, HOSTILE, SCRIPT

ATOM = "{http://www.w3.org/2005/Atom}"
SELF = "https://dateline.example/-/search.atom?q=harbour&order=newest"
PAGE = "https://dateline.example/-/search?q=harbour&order=newest"
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def entries(data: bytes) -> list[Any]:
    return list(etree.fromstring(data, STRICT).findall(f"{ATOM}entry"))


def edit(**changes: Any) -> dict[str, Any]:
    return {
        "revision": 2, "article": 12, "url": "https://harbour.example/12", "outlet": "harbour",
        "language": "en", "seen_at": "2024-06-17T06:00:00Z", "title": "Harbour talks",
        "kinds": ["number"], "is_quiet": True, "added": "Fourteen ships", "removed": "Twelve ships",
    } | changes  # fmt: skip


def test_a_feed_reader_reads_articles_of_every_script(tmp_path: Path) -> None:
    rows = archive_rows(tmp_path)
    data = written(
        "atom", rows, query="harbour", title="Harbour & more", self_url=SELF, page_url=PAGE
    )
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Harbour & more"
    assert feed.feed.id == SELF
    assert {link.rel: link.href for link in feed.feed.links} == {"self": SELF, "alternate": PAGE}
    assert feed.feed.updated == "2024-06-17T06:00:00Z"  # the revision of article 12
    found = {entry.links[0].href.rsplit("/", 1)[1]: entry for entry in feed.entries}
    assert len(found) == len(ARTICLES)
    assert found["1"].title == ARTICLES[0][1]
    assert [author.name for author in found["12"].authors] == ["Anna Tide", "Ben Quay"]
    assert found["12"].published == "2024-06-16T09:00:00Z"
    assert found["12"].updated == "2024-06-17T06:00:00Z"
    assert {link.rel: link.href for link in found["12"].links} == {
        "alternate": "https://dateline.example/-/article/12",
        "via": "https://harbour.example/12",
    }
    by_language = [
        entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in entries(data)
    ]
    assert {"ja", "zh-Hant", "ar"} <= set(by_language)


def test_every_entry_has_what_rfc_4287_demands() -> None:
    data = written("atom", hostile_rows(), columns=article_columns(with_body=True))
    found = entries(data)
    assert len(found) == len(HOSTILE_TEXTS)
    for entry in found:
        names = [child.tag.removeprefix(ATOM) for child in entry]
        for name in ("id", "title", "updated"):
            assert names.count(name) == 1
        assert "author" in names
        assert {"link", "content"} & set(names)
        assert all(child.get("type") in (None, "text", "text/html") for child in entry)
    assert len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found)


def test_markup_of_outlets_stays_text(tmp_path: Path) -> None:
    rows = [row for row in archive_rows(tmp_path) if row["id"] == HOSTILE]
    data = written("atom", rows)
    assert SCRIPT.encode() not in data
    (entry,) = entries(data)
    assert entry.findtext(f"{ATOM}title").startswith(SCRIPT)
    assert not [link for link in entry.findall(f"{ATOM}link") if "javascript" in link.get("href")]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") is None


def test_an_entry_keeps_its_id_when_the_article_changes() -> None:
    row = {"url": "https://harbour.example/12", "captured_at": "2024-06-17T00:00:00Z"}
    before = tag_uri(row, row["captured_at"])
    assert before == tag_uri(row | {"title": "changed", "id": 99}, row["captured_at"])
    assert before.startswith("tag:harbour.example,2024-06-17:")


def test_a_host_in_another_script_is_written_as_domain_names_are() -> None:
    assert tag_uri({"url": "https://münchen.example/1"}, MADE_AT).startswith(
        "tag:xn--mnchen-3ya.example,2026-11-22:"
    )
    assert tag_uri({"url": "https://a<b&c/1"}, MADE_AT).startswith("tag:a-b-c,2026-11-22:")
    assert tag_uri({"url": "https://[broken"}, MADE_AT).startswith("tag:dateline.invalid,")


def test_edits_are_a_feed_too_an_entry_a_revision() -> None:
    data = written("atom", [edit(), edit(revision=3, added="]]> \x00 <b>", removed="")], "edits")
    feed = feedparser.parse(data)
    assert not feed.bozo
    first, second = feed.entries
    assert first.id != second.id
    assert first.id.endswith("/revision/2")
    assert first.tags[0].term == "number"
    summaries = [entry.findtext(f"{ATOM}summary") for entry in entries(data)]
    assert summaries == ["− Twelve ships\n+ Fourteen ships", "+ ]]> <b>"]


def test_an_empty_feed_is_a_feed() -> None:
    feed = feedparser.parse(written("atom", [], query="nothing", self_url=SELF))
    assert not feed.bozo
    assert feed.feed.updated == MADE_AT
    assert feed.entries == []
