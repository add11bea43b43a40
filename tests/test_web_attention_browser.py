"""The page /-/attention in a real browser: read by keys and pointer, narrowed by a drag, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, SCHEMES, WIDE, OpenPage, Scheme, no_serious_violations, screenshot

pytestmark = pytest.mark.browser

COMPARED = "/-/attention?after=2024-05-15&before=2024-06-18&q=talks&q2=武器&q3=الحرب"
BY_OUTLET = "/-/attention?after=2024-05-15&before=2024-06-18&by=outlet"


def plot(opened: Page) -> dict[str, float]:
    """Return where the chart is."""
    box = opened.locator("svg.wide").bounding_box()
    assert box is not None
    return {name: box[name] for name in ("x", "y", "width", "height")}


def test_the_chart_is_read_with_the_arrow_keys(page: OpenPage) -> None:
    opened = page(COMPARED)
    slider = opened.get_by_role("slider")
    slider.focus()
    opened.keyboard.press("End")
    opened.keyboard.press("ArrowLeft")
    expect(opened.locator(".readout")).to_contain_text("16 Jun 2024")
    expect(opened.locator(".readout")).to_contain_text("武器: 1")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("16 Jun 2024.*武器: 1"))
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile(r"/-/search\?.*after=2024-06-16&before=2024-06-17"))
    expect(opened.locator("article.card")).to_have_count(2)


def test_a_span_is_narrowed_to_by_drag_and_by_keys(page: OpenPage) -> None:
    opened = page(BY_OUTLET)
    box = plot(opened)
    middle = box["y"] + box["height"] / 3
    opened.mouse.move(box["x"] + box["width"] * 0.5, middle)
    opened.mouse.down()
    opened.mouse.move(box["x"] + box["width"] * 0.6, middle)
    opened.mouse.move(box["x"] + box["width"] * 0.8, middle)
    opened.mouse.up()
    expect(opened).to_have_url(re.compile(r"after=2024-0[56]-\d\d&before=2024-06-\d\d&by=outlet"))
    opened.get_by_role("slider").focus()
    opened.keyboard.press("End")
    opened.keyboard.press("Shift+ArrowLeft")
    opened.keyboard.press("Enter")
    expect(opened.locator(".numbers tbody tr")).to_have_count(2)


def test_lines_are_put_away_and_back(page: OpenPage) -> None:
    opened = page(COMPARED)
    line = opened.locator('svg.wide g.series[data-series="1"]')
    button = opened.get_by_role("button", name="武器")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(line).to_be_hidden()
    button.click()
    expect(line).to_be_visible()


def test_without_javascript_there_are_table_links_and_files(page: OpenPage) -> None:
    opened = page(COMPARED, javascript=False)
    expect(opened.locator("svg.wide")).to_be_visible()
    opened.locator(".numbers summary").click()
    opened.get_by_role("link", name="16 Jun 2024").click()
    expect(opened.locator("article.card")).to_have_count(2)
    opened.go_back()
    expect(opened.get_by_role("link", name="SVG")).to_have_attribute(
        "href", re.compile("attention.svg")
    )


def test_a_phone_folds_more_queries_and_filters_and_needs_no_script_to_unfold(
    page: OpenPage,
) -> None:
    opened = page("/-/attention?q=talks", size=PHONE, javascript=False)
    third = opened.locator("input[name=q3]")
    expect(third).to_be_hidden()
    opened.get_by_text("More queries and filters", exact=True).click()
    expect(third).to_be_visible()
    third.fill("الحرب")
    opened.get_by_role("button", name="Draw").click()
    expect(opened.locator("input[name=q2]")).to_have_value("الحرب")  # gaps between are closed
    opened = page("/-/attention?q=talks", size=WIDE, javascript=False)
    expect(opened.locator("input[name=q3]")).to_be_visible()
    expect(opened.locator(".more summary")).to_be_hidden()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_is_accessible_with_its_table_open_and_fits(page: OpenPage, scheme: Scheme) -> None:
    for size, drawn in ((PHONE, "svg.narrow"), (WIDE, "svg.wide")):
        for name, address in (("compared", COMPARED), ("outlets", BY_OUTLET)):
            opened = page(address, size=size, scheme=scheme)
            expect(opened.locator(drawn)).to_be_visible()
            expect(opened.locator(".attention-chart:visible")).to_have_count(1)
            opened.locator(".numbers summary").click()
            no_serious_violations(opened)
            assert opened.evaluate("document.documentElement.scrollWidth") <= size[0]
            screenshot(opened, f"attention-{name}-{size[0]}-{scheme}")
