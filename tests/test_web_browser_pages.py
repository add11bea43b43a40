"""Every page of ours in a real browser: its main task, who can read it, and on what it fits.

A page joins by a line in PAGES: its address, and a function that does there what people come for.
"""

import re
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import (
    DESK,
    PHONE,
    SCHEMES,
    OpenPage,
    Scheme,
    Task,
    no_serious_violations,
    no_sideways_scroll,
    screenshot,
)

pytestmark = pytest.mark.browser

SCRIPTS = "harbour OR الحرب OR 武器 OR 談判 OR สงคราม OR 전쟁"
FOUND = (  # query, article, its headline, the term as marked in its text
    ("negotiators", 12, "Harbour talks enter second week", "negotiators"),
    ("武器", 1, "北朝鮮、武器の輸出を否定", "武器"),
    ("الحرب", 6, "الحرب في الميناء تدخل شهرها الثالث", "الحَرْب"),
)


def search_read_and_return(query: str, article: int, headline: str, marked: str) -> Task:
    """Return the task of somebody who looks for a word, reads what was found, and goes back."""

    def task(page: Page) -> None:
        box = page.locator("main input[name=q]")
        box.fill(query)
        box.press("Enter")
        page.wait_for_url("**q=*")
        card = page.locator(f".card:has(:is(h2, h3) a[href^='/-/article/{article}?'])")
        expect(card.locator("mark").first).to_be_visible()
        card.locator(":is(h2, h3) a").click()
        page.wait_for_url("**/-/article/*")
        expect(page.locator("h1")).to_have_text(headline)
        expect(page.locator(".prose mark").first).to_have_text(marked)
        page.locator(".back a").click()
        page.wait_for_url("**/-/search?*")
        expect(page.locator("main input[name=q]")).to_have_value(query)

    return task


def narrow_and_widen(page: Page) -> None:
    cards = page.locator(".card")
    many = cards.count()
    page.locator(".facet a").first.click()
    expect(page.locator(".chips a")).to_have_count(1)
    assert 0 < cards.count() < many
    page.locator(".chips a").click()
    expect(cards).to_have_count(many)


def see_what_was_understood(page: Page) -> None:
    expect(page.locator(".notes li").first).to_be_visible()
    expect(page.locator(".empty p").first).to_be_visible()


def read(headline: str) -> Task:
    """Return the task of somebody who reads an article and asks what it rests on."""

    def task(page: Page) -> None:
        expect(page.locator("h1")).to_have_text(headline)
        expect(page.locator(".prose p").first).to_be_visible()
        page.locator(".claims summary").first.click()
        expect(page.locator(".claims li").first).to_be_visible()

    return task


def see_the_edit(page: Page) -> None:
    page.locator("a.badge[href='#edits']").click()
    expect(page.locator("#edits del").first).to_be_visible()
    expect(page.locator("#edits ins").first).to_have_text("Fourteen")


def be_told_there_is_none(page: Page) -> None:
    page.locator(".empty a").click()
    page.wait_for_url("**/-/search*")


def find_a_word_that_went(page: Page) -> None:
    box = page.locator("main input[name=q]")
    box.fill("地震")
    box.press("Enter")
    page.wait_for_url("**q=*")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".changes del").first).to_be_visible()


def go_to_an_outlet(page: Page) -> None:
    page.locator("main a[href^='/-/outlet/hoshi']").first.click()
    page.wait_for_url("**/-/outlet/hoshi*")
    expect(page.locator("h1")).to_contain_text("星の新聞")


def see_what_needs_a_person(page: Page) -> None:
    cards = page.locator(".incident")
    expect(cards.first.locator("h3")).to_contain_text("星の新聞")
    expect(cards.first.locator("svg.sparkline")).to_be_visible()
    page.locator("select[name=kind]").select_option("drifted")
    page.locator(".narrow button").click()
    page.wait_for_url("**kind=drifted*")
    expect(cards).to_have_count(1)
    page.locator(".incident .about a[href^='/-/article/6']").click()
    page.wait_for_url("**/-/article/6*")


def see_whose_it_is(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("صحيفة النجم")


def search_from_the_front(query: str, headline: str) -> Task:
    """Return the task of somebody who comes in by the front door."""

    def task(page: Page) -> None:
        page.locator("main input[name=q]").fill(query)
        page.locator("main input[name=q]").press("Enter")
        page.wait_for_url("**/-/search?q=*")
        expect(page.locator(".card a").filter(has_text=headline).first).to_be_visible()

    return task


def read_what_it_is(page: Page) -> None:
    page.locator(".contents a[href='#tables']").click()
    page.locator("#table-articles summary").click()
    expect(page.locator("#table-articles td").first).to_be_visible()
    expect(page.locator("svg.diagram a[aria-label=articles]")).to_have_count(1)
    page.locator(".examples a").first.click()
    page.wait_for_url("**sql=*")


def sort_lines_and_open_one(word: str, article: int) -> Task:
    """Return the task of somebody who reads a word in its surroundings and goes to its article."""

    def task(page: Page) -> None:
        page.locator("main input[name=q]").fill(word)
        page.locator("main input[name=q]").press("Enter")
        page.wait_for_url("**q=*")
        expect(page.locator(".lines mark").first).to_be_visible()
        page.locator(".sorting a").filter(has_text="1st word before").click()
        page.wait_for_url("**sort=left1*")
        page.locator(f".lines a[href^='/-/article/{article}?']").first.click()
        page.wait_for_url(f"**/-/article/{article}?*")
        expect(page.locator("article mark").first).to_be_visible()

    return task


PAGES: tuple[tuple[str, Task], ...] = (
    ("/", search_from_the_front("武器", "北朝鮮、武器の輸出を否定")),
    ("/-/about", read_what_it_is),
    ("/-/concordance", sort_lines_and_open_one("talks", 12)),
    ("/-/concordance?q=الحرب", sort_lines_and_open_one("الحرب", 6)),
    (f"/-/concordance?q={quote(SCRIPTS)}", sort_lines_and_open_one("武器", 1)),
    *(("/-/search", search_read_and_return(*found)) for found in FOUND),
    (f"/-/search?q={quote(SCRIPTS)}", narrow_and_widen),
    ("/-/search?" + urlencode({"q": "(" + "x" * 300, "outlet": "y" * 200}), see_what_was_understood),
    ("/-/article/1", read("北朝鮮、武器の輸出を否定")),
    ("/-/article/3?q=港口", read("港口談判延長")),
    ("/-/article/5", read("สงครามการค้าส่งผลต่อท่าเรือ")),
    ("/-/article/6", read("الحرب في الميناء تدخل شهرها الثالث")),
    ("/-/article/12", see_the_edit),
    ("/-/article/14", lambda page: page.locator(".record summary").last.click()),
    ("/-/edits", find_a_word_that_went),
    ("/-/outlets", go_to_an_outlet),
    ("/-/health", see_what_needs_a_person),
    ("/-/outlet/najm", see_whose_it_is),
    ("/-/article/999", be_told_there_is_none),
)  # fmt: skip
PATHS = tuple(dict.fromkeys(path for path, _ in PAGES))


def picture_name(path: str) -> str:
    return re.sub(r"\W+", "-", path).strip("-")[:60]


@pytest.mark.parametrize(("path", "task"), PAGES, ids=[path for path, _ in PAGES])
def test_the_main_task_is_done_by_mouse_and_keyboard(page: OpenPage, path: str, task: Task) -> None:
    task(page(path))


@pytest.mark.parametrize(("path", "task"), PAGES, ids=[path for path, _ in PAGES])
def test_the_main_task_is_done_on_a_phone_without_javascript(
    page: OpenPage, path: str, task: Task
) -> None:
    task(page(path, size=PHONE, javascript=False))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PATHS)
def test_everybody_can_read_it_and_it_fits(page: OpenPage, path: str, scheme: Scheme) -> None:
    opened = page(path, scheme=scheme)
    screenshot(opened, f"{picture_name(path)}-{scheme}-{DESK[0]}")
    no_serious_violations(opened)
    no_sideways_scroll(opened)
    small = page(path, size=PHONE, scheme=scheme)
    screenshot(small, f"{picture_name(path)}-{scheme}-{PHONE[0]}")
    no_serious_violations(small)
    no_sideways_scroll(small)
