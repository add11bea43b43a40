"""Whole pages: saved ones with expected fields, and hostile ones."""

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import NotAnArticle, PageUnreadable
from scraper.extraction.article import extract
from scraper.records import Candidate, Capture, Hints
from tests.hostile.promises import breaches

HERE = Path(__file__).parent
PAGES = sorted((HERE / "pages").rglob("*.json"))
SHARED = HERE.parent.parent / "shared"
TIMES = ("published_at", "modified_at")


def capture_of(case: dict[str, Any], body: bytes) -> Capture:
    return Capture(
        url=case["url"],
        body=body,
        headers=case.get("headers", {"Content-Type": "text/html"}),
        captured_at=datetime.fromisoformat(case["captured_at"]),
    )


def hints_of(case: dict[str, Any]) -> Hints:
    given = dict(case.get("hints", {}))
    if listed := given.pop("candidate", None):
        listed["published_at"] = datetime.fromisoformat(listed["published_at"])
        given["candidate"] = Candidate(url=case["url"], **listed)
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    return Hints(**fields)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_saved_page_gives_the_expected_fields(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    capture, hints = capture_of(case, path.with_suffix(".html").read_bytes()), hints_of(case)
    if "raises" in case:
        _, reason, *kind = case["raises"]
        with pytest.raises(NotAnArticle, match=reason) as raised:
            extract(capture, hints)
        assert raised.value.url == case["url"]
        assert not kind or raised.value.kind == kind[0]
        return
    article = extract(capture, hints)
    for name, wanted in case["expected"].items():
        if name == "paragraphs":
            assert article.body.split("\n\n") == wanted
        elif name == "field_sources":
            assert {k: article.field_sources.get(k) for k in wanted} == wanted
        elif name == "date_evidence":  # of the times that were chosen
            chosen = {claim.field: claim.raw for claim in article.date_evidence if claim.is_chosen}
            assert {k: chosen.get(k) for k in wanted} == wanted
        elif name in TIMES:
            assert getattr(article, name) == datetime.fromisoformat(wanted)
            assert getattr(article, name).utcoffset() is not None
        else:
            found = getattr(article, name)
            assert (list(found) if isinstance(found, tuple) else found) == wanted
    for text in case.get("absent", ()):
        assert text not in article.body
    assert article.word_count > 0


def test_every_kind_of_markup_and_ten_languages_have_a_saved_page() -> None:
    cases = [json.loads(path.read_text("utf-8")) for path in PAGES]
    languages = {c["expected"]["language"].split("-")[0] for c in cases if "expected" in c}
    assert len(cases) >= 14
    assert languages >= {"ja", "zh", "ko", "th", "ar", "he", "ru", "de", "es", "en"}


PARAGRAPHS = (
    "<p>The ministers met on Monday and agreed to meet again next week, it was said.</p>"
    "<p>It was the third round since the winter, and the first without guards at the door.</p>"
)


def page(body: str = PARAGRAPHS, head: str = "", title: str = "Talks resume in Geneva") -> bytes:
    return f"<html lang=en><head>{head}</head><body><h1>{title}</h1>{body}</body></html>".encode()


def capture(body: bytes, **more: Any) -> Capture:
    return Capture("https://news.example/talks-resume-in-geneva", body, **more)


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\x8f\xfe noise "])
def test_what_claims_to_be_html_and_is_not_is_unreadable(start: bytes) -> None:
    with pytest.raises(PageUnreadable, match="served as HTML"):
        extract(capture(start + bytes(range(256)) * 40, headers={"Content-Type": "text/html"}))


def test_article_survives_pickling() -> None:
    article = extract(capture(page()))
    assert pickle.loads(pickle.dumps(article)) == article


def test_same_capture_gives_the_same_article() -> None:
    one = capture(page(), captured_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert extract(one) == extract(one)


def test_canonical_of_another_site_is_not_believed() -> None:
    head = '<link rel="canonical" href="https://victim.example/their-story">'
    assert extract(capture(page(head=head))).url == "https://news.example/talks-resume-in-geneva"


def test_headline_and_byline_are_not_repeated_in_the_body() -> None:
    body = f"<p>Talks resume in Geneva</p><p class=byline>By Ana Sala</p>{PARAGRAPHS}"
    article = extract(capture(page(body)))
    assert article.authors == ("Ana Sala",)
    assert article.body.startswith("The ministers met")


def test_body_stated_in_json_ld_helps_where_the_page_shows_none() -> None:
    text = " ".join(
        f"Sentence number {n} of the story says something of its own." for n in range(20)
    )
    data = {"@type": "NewsArticle", "headline": "Talks resume in Geneva", "articleBody": text}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert extract(capture(page("<p>Loading</p>", head))).body == text


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {}),
        (b"   \n ", {}),
        (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + bytes(range(256)) * 40, {}),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, {"Content-Type": "image/png"}),
        (b'{"title": "x"}', {"Content-Type": "application/json"}),
        (page(), {"Content-Type": "application/pdf"}),
        (page("<p>Short.</p>"), {}),
        (page(""), {}),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(NotAnArticle) as raised:
        extract(capture(body, headers=headers))
    assert raised.value.reason


HOSTILE = {
    "deep": page("<div>" * 20_000 + PARAGRAPHS),
    "unclosed": page("<b>" * 20_000 + PARAGRAPHS),
    "siblings": page("<i>x</i>" * 20_000 + PARAGRAPHS),
    "related headings": page("<h3>Related</h3><p>x</p>" * 3_000 + PARAGRAPHS),
    "boxes in boxes": page("<div class=share>" * 200 + PARAGRAPHS),
    "metas": page(head="<meta name=author content='A B'>" * 20_000),
    "json-ld deep": page(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
    "json-ld spaces": page(
        head='<script type="application/ld+json">{"a":"b"' + "\n" * 500_000 + "x</script>"
    ),
    "json-ld marks": page(
        head='<script type="application/ld+json">{"a"-->' + " " * 500_000 + "x</script>"
    ),
    "json-ld commas": page(
        head='<script type="application/ld+json">{"a":' + ", " * 200_000 + "}</script>"
    ),
    "long class": page(f"<p class='{'author ' * 50_000}'>x</p>{PARAGRAPHS}"),
    "digits": page("<p class=date>" + "1" * 500_000 + f"</p>{PARAGRAPHS}"),
    "truncated": page()[:200],
    "nul bytes": b"\0" * 1_000 + page(),
    "bad dates": page(head="<meta property='article:published_time' content='2026-13-45T99:99'>"),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_is_read_or_refused_within_bounds(name: str) -> None:
    try:
        article = extract(capture(HOSTILE[name]))
    except (NotAnArticle, PageUnreadable):
        return
    assert article.title.startswith("Talks resume")
    assert len(article.authors) <= 20
    assert article.published_at is None


def test_fields_of_absurd_length_are_cut() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "Talks " * 10_000,
        "author": [{"name": f"Ana Sala{'x' * n}"} for n in range(300)],
        "keywords": [f"k{n}" for n in range(5_000)],
        "articleSection": "World " * 1_000,
        "description": "x" * 100_000,
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = extract(capture(page(head=head, title="")))
    assert len(article.title) <= 500
    assert len(article.authors) <= 20
    assert len(article.tags) <= 40
    assert len(article.section) <= 80
    assert len(article.description) <= 2_000


def test_headline_of_a_megabyte_costs_the_article_nothing() -> None:
    title = "War " * 250_000
    head = f"<title>{title}</title><meta property='og:title' content='{title}'>"
    article = extract(capture(page(head=head, title=title)))
    assert article.title == ("War " * 125).strip()
    assert article.body.startswith("The ministers met")


def test_endless_page_is_read_without_trafilatura() -> None:
    article = extract(capture(page(PARAGRAPHS + "<p>One <b>more</b> line.</p>" * 12_000)))
    assert article.body.startswith("The ministers met")
    assert article.field_sources["body"] == "blocks"


def test_no_field_holds_what_prints_nothing() -> None:
    bad = "\x1b\x08\u202e\u2066\ud800\x00\ufffe"
    data = {
        "@type": "NewsArticle",
        "headline": f"Talks {bad}resume in Geneva",
        "author": {"name": f"Ana {bad}Sala"},
        "articleSection": f"Wor{bad}ld",
        "keywords": [f"pe{bad}ace"],
        "description": f"Short{bad}.",
        "image": {"url": "/a.jpg", "caption": f"Gen{bad}eva"},
        "datePublished": f"2026-03-01T10:00:00Z{bad}",
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = PARAGRAPHS.replace("met", "&#x1b;m\u202eet").replace("third", "&#8;third")
    article = extract(capture(page(body, head, "Talks \u202eresume in Geneva")))
    assert (article.title, article.authors) == ("Talks resume in Geneva", ("Ana Sala",))
    assert (article.section, article.tags, article.image_caption) == ("World", ("peace",), "Geneva")
    assert article.body.startswith("The ministers met")
    assert breaches(article, datetime(2026, 11, 20, tzinfo=UTC)) == []


def test_wrong_selectors_of_an_outlet_are_ignored() -> None:
    hints = Hints(title="h1[[", byline="..", published=":nope(", body="###", drop=("<",))
    assert extract(capture(page()), hints).title == "Talks resume in Geneva"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not here")
def test_founding_page_comes_out_clean() -> None:
    body = (SHARED / "seed" / "page.html").read_bytes()
    article = extract(Capture("https://ja.worlddispatch.example/world/putin-kim", body))
    assert article.title == "ウクライナ戦争で金正恩との関係深めるプーチンの危険性"
    assert article.authors == ("Jamie Olivos",)
    assert article.published_at == datetime.fromisoformat("2024-06-16T21:05:00+09:00")
    assert article.language == "ja"
    assert article.body.startswith("金正恩とウラジーミル・プーチンは関係を深めつつある。")
    assert article.body.endswith("WSJ によると。")
    assert "キム氏は米国との交渉が失敗した後、ロシアに目を向けた。" in article.body
    for furniture in (
        "読了時間",
        "この記事を共有",
        "で共有",
        "最新ニュース",
        "次を読む",
        "コメント",
        "ニュースレター",
        "©",
    ):
        assert furniture not in article.body


def replayed() -> list[tuple[dict[str, Any], Capture, Hints]]:
    from warcio.archiveiterator import ArchiveIterator

    truth = {t["url"]: t for t in json.loads((SHARED / "replay/world.truth.json").read_text())}
    outlets = {o["slug"]: o for o in json.loads((SHARED / "outlets.json").read_text())}
    found = []
    with (SHARED / "replay" / "world.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response" and url in truth:
                body, headers = record.content_stream().read(), dict(record.http_headers.headers)
                outlet = outlets[truth[url]["outlet"]]
                hints = Hints(timezone=outlet["timezone"], site_name=outlet["name"])
                found.append((truth[url], Capture(url, body, headers), hints))
    return found


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not here")
def test_real_pages_have_the_right_title_language_and_instant() -> None:
    pages = replayed()
    assert len(pages) == 27
    for truth, found, hints in pages:
        article = extract(found, hints)
        assert " ".join(article.title.split()) == " ".join(truth["title"].split())
        assert article.language == truth["language"]
        published = truth["published"] and datetime.fromisoformat(truth["published"])
        if published and published.tzinfo:
            assert article.published_at is not None
            assert abs((article.published_at - published).total_seconds()) < 60, truth["url"]
