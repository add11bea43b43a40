"""The pages in a real browser: right-to-left text, marks, and nothing wider than a phone."""

import pytest
from playwright.sync_api import expect

from tests.browsing import (
    PHONE,
    PLAIN_CONTRAST,
    SCHEMES,
    OpenPage,
    Scheme,
    Watch,
    contrast,
    luminance,
    style,
    width,
)

pytestmark = pytest.mark.browser

ARABIC = 6
QUERIES = ("talks", "武器", "الحرب")


def test_arabic_runs_from_right_to_left(page: OpenPage) -> None:
    opened = page(f"/-/article/{ARABIC}")
    headline, story = opened.locator(".story h1"), opened.locator(".story")
    assert style(headline, "direction") == "rtl"
    begin = headline.evaluate(
        "h => { const r = document.createRange(); r.setStart(h.firstChild, 0);"
        "r.setEnd(h.firstChild, 1); return r.getBoundingClientRect().right }"
    )
    box = story.bounding_box()
    assert box is not None
    assert begin == pytest.approx(box["x"] + box["width"], abs=8)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("query", QUERIES)
def test_marks_and_quiet_text_can_be_read(page: OpenPage, scheme: Scheme, query: str) -> None:
    opened = page(f"/-/search?q={query}", scheme=scheme)
    paper = style(opened.locator("body"), "backgroundColor")
    assert (luminance(paper) > 0.5) is (scheme == "light")
    for selector in (
        ".card :is(h2, h3) a",
        ".snippet",
        ".kicker time",
        ".kicker a",
        ".tally p",
        ".count",
    ):
        assert contrast(opened.locator(selector).first, paper) >= PLAIN_CONTRAST, selector
    assert "gradient" in style(opened.locator("mark").first, "backgroundImage")


TABLES = ("/archive/articles", f"/archive/articles/{ARABIC}")


@pytest.mark.parametrize("path", TABLES)
def test_tables_have_readable_columns_and_fit_a_phone(page: OpenPage, path: str) -> None:
    opened = page(path)
    for column, least in (("url", 200), ("byline", 120), ("date_evidence", 200)):
        assert width(opened.locator(f"td.col-{column}").first) >= least, column
    box = opened.locator("td.col-body").first.bounding_box()
    assert box is not None
    assert box["height"] <= 400
    small = page(path, size=PHONE)
    box = small.locator("table.rows-and-columns").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE[0]
    script = "() => Math.max(...[...document.querySelectorAll('td')].map(td => td.scrollWidth))"
    assert small.evaluate(script) <= PHONE[0]


@pytest.mark.parametrize(
    "path", ["/-/article/14", "/-/search?q=script", "/archive/articles", "/archive/articles/14"]
)
def test_stored_script_never_runs(page: OpenPage, path: str) -> None:
    opened = page(path)
    assert opened.title() != "PWNED"
    expect(opened.locator("img[onerror]")).to_have_count(0)


def test_our_pages_ask_nothing_of_anyone_else(page: OpenPage, address: str) -> None:
    asked = page("/-/article/12").evaluate(
        "() => performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert asked
    assert all(url.startswith(address) for url in asked)


def test_the_keyboard_reaches_the_content_first(page: OpenPage) -> None:
    opened = page("/-/search")
    opened.keyboard.press("Tab")
    expect(opened.locator(":focus")).to_have_attribute("href", "#main")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_page_may_not_do_is_noticed(page: OpenPage, watch: Watch, javascript: bool) -> None:
    opened = page(javascript=javascript)
    body = "<link rel=icon href='data:,'><h1 style='color: red'>x</h1><img src='https://stranger.example/'>"
    policy = {"Content-Security-Policy": "default-src 'none'; img-src *"}
    opened.route("**/made-up", lambda route: route.fulfill(
        body=body, content_type="text/html", headers=policy,
    ))  # fmt: skip
    opened.route("https://stranger.example/", lambda route: route.abort())
    opened.goto("/made-up")
    told = "\n".join(watch.troubles)
    assert "Content Security Policy" in told
    assert "asks https://stranger.example/" in told
    watch.troubles.clear()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["/archive", "/archive?sql=select+1", *TABLES])
def test_tables_are_light_or_dark_and_lead_to_our_pages(
    page: OpenPage, path: str, scheme: Scheme
) -> None:
    opened = page(path, scheme=scheme)
    paper = style(opened.locator("body"), "backgroundColor")
    assert (luminance(paper) > 0.5) is (scheme == "light")
    for selector in ("h1", ".content p", ".content a"):
        assert contrast(opened.locator(selector).first, paper) >= PLAIN_CONTRAST, selector
    opened.locator(".dateline-places a[href$='/-/outlets']").click()
    opened.wait_for_url("**/-/outlets")


def test_on_a_phone_a_link_leads_past_the_cards_to_what_narrows_them(page: OpenPage) -> None:
    expect(page("/-/search").locator(".jump")).to_be_hidden()
    small = page("/-/search", size=PHONE, javascript=False)
    small.locator(".jump a").click()
    expect(small.locator("#narrow .facet").first).to_be_in_viewport()


def test_texts_beside_each_other_stand_below_each_other_on_a_phone(page: OpenPage) -> None:
    path = "/-/article/12?from=1&to=2&diff=side"
    for size, is_stacked in (((1280, 900), False), (PHONE, True)):
        cells = page(path, size=size).locator("tr:has(> .diff-cell)").first.locator(".diff-cell")
        old, new = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert old is not None
        assert new is not None
        assert (new["y"] >= old["y"] + old["height"]) is is_stacked


def test_a_date_runs_from_right_to_left_for_who_reads_arabic(page: OpenPage) -> None:
    for path, selector in (("/-/search", ".kicker time"), ("/-/edits", ".kicker time bdi")):
        opened = page(path, locale="ar")
        assert style(opened.locator(selector).first, "direction") == "rtl"
