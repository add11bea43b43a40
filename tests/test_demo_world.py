"""The invented world's documents: valid listings, right encodings, and a truth that holds."""

import gzip
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from scraper.demo.outlets import OUTLETS, DemoOutlet
from scraper.demo.texts import read_texts
from scraper.demo.world import Answer, Expected, NewsWorld
from scraper.urls import canonical_url, looks_like_article

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
BY_SLUG = {outlet.slug: outlet for outlet in OUTLETS}
each_outlet = pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.slug)


@pytest.fixture
def world() -> NewsWorld:
    return NewsWorld(now=NOW)


@pytest.fixture
def ticked(world: NewsWorld) -> NewsWorld:
    assert world.tick()
    return world


def ask(world: NewsWorld, url: str) -> Answer:
    """Return what the world answers to an absolute URL."""
    parts = urlsplit(url)
    slug = next(s for s, port in world.ports.items() if port == parts.port)
    return world.answer(slug, parts.path + (f"?{parts.query}" if parts.query else ""))


def page_text(answer: Answer) -> str:
    """Return a page's text in the encoding it declares, by header or in itself."""
    declared = re.search(r"charset=([\w-]+)", answer.content_type)
    inside = re.search(rb"charset=\"?([\w-]+)", answer.body[:1024])
    assert declared or inside
    charset = declared.group(1) if declared else inside.group(1).decode()  # type: ignore[union-attr]
    return answer.body.decode(charset)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def listed_urls(world: NewsWorld, outlet: DemoOutlet) -> list[str]:
    """Return the article URLs of an outlet's listings, parsed as strictly as their formats are."""
    urls: list[str] = []
    for kind, path in outlet.listings:
        answer = world.answer(outlet.slug, path)
        assert answer.status == 200
        if kind in ("rss", "rdf", "atom"):
            feed = feedparser.parse(answer.body)
            # feedparser warns of a charset that the header leaves to the document: not our bytes.
            assert not feed.bozo, feed.bozo_exception
            assert feed.version == {"rss": "rss20", "rdf": "rss10", "atom": "atom10"}[kind]
            assert all(
                e.title and (e.get("published_parsed") or e.updated_parsed) for e in feed.entries
            )
            urls += [entry.link for entry in feed.entries]
        elif kind == "json feed":
            urls += [item["url"] for item in json.loads(answer.body)["items"]]
        elif kind == "section":
            urls += section_urls(world, outlet, answer)
        else:
            urls += sitemap_urls(world, answer)
    return urls


def section_urls(world: NewsWorld, outlet: DemoOutlet, answer: Answer) -> list[str]:
    links = html.fromstring(page_text(answer)).xpath("//main//h2/a/@href")
    return [world.origin(outlet.slug) + link for link in links]


def sitemap_urls(world: NewsWorld, answer: Answer) -> list[str]:
    body = gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body
    tree = etree.fromstring(body)
    children = tree.xpath("s:sitemap/s:loc/text()", namespaces=SITEMAP)
    if children:
        return [url for child in children for url in sitemap_urls(world, ask(world, child))]
    assert tree.xpath("s:url/news:news/news:publication_date", namespaces=SITEMAP)
    return [str(url) for url in tree.xpath("s:url/s:loc/text()", namespaces=SITEMAP)]


def test_world_is_as_large_as_promised(world: NewsWorld) -> None:
    truth = world.expected()
    assert len(world.ports) >= 12
    assert len({e.language for e in truth}) >= 12
    assert {"ja", "zh-Hans", "ko", "th", "ar", "he", "ru", "de", "es", "en"} <= {
        e.language for e in truth
    }
    assert len(truth) >= 90


def test_every_article_has_three_to_eight_paragraphs(world: NewsWorld) -> None:
    assert all(3 <= len(e.paragraphs) <= 8 for e in world.expected())


def test_running_stories_are_told_in_many_languages(world: NewsWorld) -> None:
    tellings: dict[str, set[str]] = {}
    for e in world.expected():
        tellings.setdefault(e.story, set()).add(e.language)
    assert sum(len(languages) >= 8 for languages in tellings.values()) >= 6


def test_agency_copy_is_the_same_in_several_outlets(world: NewsWorld) -> None:
    bodies = Counter(e.body for e in world.expected() if e.is_agency_copy)
    assert sum(count >= 2 for count in bodies.values()) >= 6


def test_other_prose_never_repeats(world: NewsWorld) -> None:
    paragraphs = Counter(p for e in world.expected() if not e.is_agency_copy for p in e.paragraphs)
    assert [p for p, count in paragraphs.items() if count > 1] == []


def test_every_date_lies_within_six_weeks_before_now(ticked: NewsWorld) -> None:
    for e in ticked.expected():
        assert NOW - timedelta(weeks=6) <= e.published_at <= NOW
        assert e.modified_at is None or e.published_at <= e.modified_at <= NOW


def test_addresses_stay_distinct_when_made_canonical(ticked: NewsWorld) -> None:
    urls = [e.url for e in ticked.expected()]
    assert len({canonical_url(url) for url in urls}) == len(urls)


def test_addresses_do_not_depend_on_the_date() -> None:
    later = NewsWorld(now=NOW + timedelta(days=3))
    assert {e.url for e in later.expected()} == {e.url for e in NewsWorld(now=NOW).expected()}


@each_outlet
@pytest.mark.parametrize("ticks", [0, 1])
def test_listings_name_every_article_and_all_of_it_answers(
    world: NewsWorld, outlet: DemoOutlet, ticks: int
) -> None:
    for _ in range(ticks):
        world.tick()
    listed = listed_urls(world, outlet)
    assert {200} == {ask(world, url).status for url in listed}
    found = {canonical_url(url) for url in listed}
    expected = {canonical_url(e.url) for e in world.expected() if e.outlet == outlet.slug}
    assert expected <= found
    assert found - expected <= {canonical_url(url) for url in world.oddities().values()}


@each_outlet
def test_pages_show_their_truth_in_the_encoding_they_declare(
    ticked: NewsWorld, outlet: DemoOutlet
) -> None:
    for e in ticked.expected():
        if e.outlet == outlet.slug:
            text = page_text(ask(ticked, e.url))
            page = html.fromstring(text)
            assert page.get("lang") == e.language
            shown = squeeze(page.text_content())
            assert all(squeeze(p) in shown for p in (e.title, e.byline, *e.paragraphs))
            assert e.image_url.rpartition("/")[2] in text


def test_links_of_section_pages_fit_the_shape_of_articles(world: NewsWorld) -> None:
    for outlet in OUTLETS:
        for kind, path in outlet.listings:
            if kind == "section":
                urls = section_urls(world, outlet, world.answer(outlet.slug, path))
                assert urls
                assert all(looks_like_article(url) for url in urls)


def test_encodings_are_the_three_promised(world: NewsWorld) -> None:
    assert {o.charset for o in OUTLETS} == {"utf-8", "shift_jis", "windows-1251"}
    shiosai = world.articles("demo-shiosai")[0]
    answer = ask(world, shiosai.url)
    assert "charset" not in answer.content_type
    assert b"charset=Shift_JIS" in answer.body
    mayak = ask(world, world.articles("demo-mayak")[0].url)
    assert mayak.content_type == "text/html; charset=windows-1251"


def json_ld(page: str) -> list[str]:
    return [
        str(s) for s in html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    ]


@pytest.mark.parametrize(
    ("markup", "broken"),
    [
        ("json-ld", False),
        ("json-ld graph", False),
        ("json-ld array", False),
        ("json-ld trailing comma", True),
        ("json-ld raw newline", True),
    ],
)
def test_json_ld_comes_in_every_shape(world: NewsWorld, markup: str, broken: bool) -> None:
    found = [e for e in world.expected() if e.markup == markup]
    assert found
    for e in found:
        (script,) = json_ld(page_text(ask(world, e.url)))
        if broken:
            with pytest.raises(json.JSONDecodeError):
                json.loads(script)
            script = re.sub(r",\s*}\s*$", "}", script)
        data = json.loads(script, strict=False)
        nodes = data if isinstance(data, list) else data.get("@graph", [data])
        node = next(n for n in nodes if n["@type"] == "NewsArticle")
        assert node["headline"] == e.title
        assert datetime.fromisoformat(node["datePublished"]) == e.published_at
        assert tuple(a["name"] for a in node["author"]) == e.authors


def test_microdata_names_headline_author_and_time(world: NewsWorld) -> None:
    for e in world.expected():
        if e.markup == "microdata":
            page = html.fromstring(page_text(ask(world, e.url)))
            assert page.xpath("string(//*[@itemprop='headline'])") == e.title
            names = page.xpath("//*[@itemprop='author']/*[@itemprop='name']/text()")
            assert tuple(names) == e.authors
            (when,) = page.xpath("//*[@itemprop='datePublished']/@datetime")
            assert datetime.fromisoformat(when) == e.published_at


def seeds(world: NewsWorld) -> list[Expected]:
    return [e for e in world.expected() if e.markup == "seed"]


def test_founding_manner_has_its_byline_points_and_furniture(world: NewsWorld) -> None:
    for e in seeds(world):
        page = html.fromstring(page_text(ask(world, e.url)))
        assert e.byline == "によって " + "、".join(e.authors)
        assert page.xpath("string(//span[@class='byline'])") == e.byline
        assert page.xpath("string(//meta[@name='author']/@content)") == e.byline
        assert len(page.xpath("//ul[@class='key-points']/li")) == 3
        assert page.xpath("string(//span[@class='reading-time'])").startswith("読了時間")
        for css in ("share", "latest", "next", "comments", "newsletter", "sidebar"):
            assert page.xpath(f"//*[@class='{css}']"), css
        assert json_ld(page_text(ask(world, e.url))) == []


def test_feed_of_one_outlet_has_tracking_parameters_and_amp_twins(world: NewsWorld) -> None:
    links = listed_urls(world, BY_SLUG["demo-faro"])
    assert all("utm_source=rss" in link for link in links)
    twins = [link for link in links if "/amp/?" in link]
    assert twins
    for twin in twins:
        page = html.fromstring(page_text(ask(world, twin)))
        declared = str(page.xpath("string(//link[@rel='canonical']/@href)"))
        assert canonical_url(declared) == canonical_url(twin)
        assert ask(world, declared).status == 200


def test_robots_forbid_a_listed_article_and_ask_for_a_delay(world: NewsWorld) -> None:
    robots = world.answer("demo-lantern", "/robots.txt").body.decode()
    assert "Disallow: /subscribers/" in robots
    assert "Crawl-delay: 0.2" in robots
    forbidden = world.oddities()["forbidden"]
    assert urlsplit(forbidden).path.startswith("/subscribers/")
    assert forbidden in listed_urls(world, BY_SLUG["demo-lantern"])
    assert forbidden not in {e.url for e in world.expected()}


def test_unreadable_page_is_noise_declared_as_utf8(world: NewsWorld) -> None:
    answer = ask(world, world.oddities()["unreadable"])
    assert answer.content_type.endswith("utf-8")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode()


def test_same_clock_gives_the_same_world_to_the_byte(world: NewsWorld) -> None:
    twin = NewsWorld(now=NOW)
    for e in world.expected():
        assert ask(world, e.url).body == ask(twin, e.url).body


def test_rotating_advertisements_change_bytes_but_not_text(world: NewsWorld) -> None:
    url = next(e.url for e in world.expected() if e.outlet == "demo-hafenblatt")
    first, second = ask(world, url), ask(world, url)
    assert first.body != second.body
    assert (first.etag, first.last_modified) == ("", None)
    without = [
        re.sub(r"<aside class=\"ad-slot\".*?</aside>", "", page_text(a)) for a in (first, second)
    ]
    assert without[0] == without[1]


def test_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        NewsWorld(now=datetime(2026, 1, 1))


def test_tick_comes_once(world: NewsWorld) -> None:
    assert world.tick()
    assert not world.tick()
    assert world.ticks == 1


def test_tick_does_all_that_was_promised(world: NewsWorld) -> None:
    kinds = Counter(change.kind for change in world.changes())
    assert kinds["gone"] == kinds["paywall"] == kinds["no article"] == 1
    assert all(kinds[kind] >= 3 for kind in ("number", "typo", "headline", "ad"))
    assert kinds["new"] >= 8
    assert kinds["republished"] >= 1


def test_tick_does_what_changes_tell_and_nothing_else(world: NewsWorld) -> None:
    before = {e.url: e for e in world.expected()}
    changes = {change.url: change for change in world.changes()}
    world.tick()
    after = {e.url: e for e in world.expected()}
    assert before.keys() - after.keys() == {c.url for c in changes.values() if c.kind == "gone"}
    assert after.keys() - before.keys() == {c.url for c in changes.values() if c.is_new}
    for url in before.keys() & after.keys():
        kind = changes[url].kind if url in changes else ""
        differs = (before[url].title, before[url].body) != (after[url].title, after[url].body)
        assert differs == (kind in ("number", "typo", "headline", "paywall")), url
        if kind in ("number", "typo"):
            change = changes[url]
            assert change.is_edit
            assert before[url].body.replace(change.before, change.after) == after[url].body
        if kind == "headline":
            assert (changes[url].before, changes[url].after) == (
                before[url].title,
                after[url].title,
            )


def test_only_pages_that_the_tick_touched_get_new_validators(world: NewsWorld) -> None:
    touched = {change.url for change in world.changes()}
    before = {e.url: ask(world, e.url) for e in world.expected()}
    world.tick()
    for url, old in before.items():
        new = ask(world, url)
        if old.etag and new.status == 200:
            assert (old.etag != new.etag) == (url in touched), url
        if old.last_modified and new.last_modified:
            assert (old.last_modified != new.last_modified) == (url in touched), url


def test_article_taken_down_answers_410_and_leaves_its_listing(ticked: NewsWorld) -> None:
    (gone,) = (c for c in ticked.changes() if c.kind == "gone")
    assert ask(ticked, gone.url).status == 410
    assert gone.url not in listed_urls(ticked, BY_SLUG[gone.outlet])


def test_paywall_leaves_a_stub_and_says_so(world: NewsWorld) -> None:
    (change,) = (c for c in world.changes() if c.kind == "paywall")
    full = next(e for e in world.expected() if e.url == change.url)
    world.tick()
    stub = next(e for e in world.expected() if e.url == change.url)
    assert stub.paragraphs == full.paragraphs[:1]
    assert stub.is_paywalled
    page = page_text(ask(world, change.url))
    assert json.loads(json_ld(page)[0])["isAccessibleForFree"] is False
    assert full.paragraphs[-1] not in page


def test_page_that_is_no_article_is_listed_after_the_tick_only(world: NewsWorld) -> None:
    (change,) = (c for c in world.changes() if c.kind == "no article")
    outlet = BY_SLUG[change.outlet]
    assert change.url not in listed_urls(world, outlet)
    assert ask(world, change.url).status == 404
    world.tick()
    assert change.url in listed_urls(world, outlet)
    assert ask(world, change.url).status == 200


def test_every_language_has_the_same_words() -> None:
    languages = read_texts().values()
    assert len({frozenset(language.words) for language in languages}) == 1
    assert all(len(language.months) in (0, 12) for language in languages)


def test_every_edit_finds_what_it_changes() -> None:
    for language in read_texts().values():
        for edit in language.edits:
            text = next(t for t in language.texts if t.slug == edit.article)
            assert set(edit.on) <= set(text.on)
            assert edit.find in text.title + "\n".join(text.blocks)


def test_address_without_its_closing_slash_is_redirected(world: NewsWorld) -> None:
    article = world.articles("demo-mayak")[0]
    answer = world.answer("demo-mayak", article.path.rstrip("/"))
    assert (answer.status, answer.location) == (301, article.path)


def test_unknown_addresses_answer_404(world: NewsWorld) -> None:
    assert world.answer("demo-minato", "/nothing/here").status == 404
