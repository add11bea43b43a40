"""Pages in a real browser: an archive served, the system's Chromium, and what a page must never do.

Its fixtures, `page` above all, reach every test by way of `conftest.py`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, sync_playwright

from tests.hostile.busy_archive import served
from tests.invented_history import build_archive_with_history

Scheme = Literal["light", "dark"]
Size = tuple[int, int]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
PHONE, DESK, WIDE = (360, 740), (1280, 900), (1600, 1000)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WAIT_MS = 20_000
SCREENSHOTS = "DATELINE_SCREENSHOTS"  # the environment's name for a folder that pictures go to
PLAIN_CONTRAST, LUMINANCE_OFFSET = 4.5, 0.05  # WCAG 2.2, 1.4.3
GRAVE = ("serious", "critical")  # what axe-core says of a violation's impact
NODES_TOLD = 5
WIDEST = """width => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 160))"""


class OpenPage(Protocol):
    """How a test opens a page; `path` may be left out, and gone to later."""

    def __call__(
        self,
        path: str = "",
        *,
        size: Size = DESK,
        scheme: Scheme = "light",
        locale: str = "en-GB",
        javascript: bool = True,
    ) -> Page:
        """Return a page in a profile of its own."""


@dataclass
class Watch:
    """What pages did that ours never do: errors in the console, script blocked, strangers asked."""

    address: str
    troubles: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        """Watch this page."""
        page.set_default_timeout(WAIT_MS)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium reports blocked scripts, styles and pictures here, without JavaScript too.
        where = message.location["url"]
        is_own_status = where in self.documents and message.text.startswith("Failed to load")
        if message.type == "error" and not is_own_status:  # a 404 page is a page as well
            self.troubles.append(f"{where}: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.documents.add(request.url)
        if not request.url.startswith((self.address + "/", "data:", "blob:")):
            self.troubles.append(f"{request.frame.url} asks {request.url}")


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented archive, written once; `tests.invented` and `tests.invented_history` say what is in it."""
    path = tmp_path_factory.mktemp("browser") / "archive.db"
    build_archive_with_history(path)
    return path


@pytest.fixture(scope="session")
def address(archive_path: Path) -> Iterator[str]:
    """Where `dateline serve` serves it, in a process of its own."""
    with served(archive_path) as server:
        yield server.address


@pytest.fixture(
    scope="module"
)  # not longer: Playwright's event loop runs on, and stops async tests
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright; nothing is downloaded."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium; none was found on PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watch(address: str) -> Watch:
    """What the test's pages did that they should not; seen to when the test ends."""
    return Watch(address)


@pytest.fixture
def page(browser: Browser, address: str, watch: Watch) -> Iterator[OpenPage]:
    """Open pages at will; the test fails if one of them errs, is blocked, or asks a stranger."""
    with ExitStack() as opened:

        def open_page(
            path: str = "",
            *,
            size: Size = DESK,
            scheme: Scheme = "light",
            locale: str = "en-GB",
            javascript: bool = True,
        ) -> Page:
            context = browser.new_context(
                base_url=address, viewport={"width": size[0], "height": size[1]}, locale=locale,
                color_scheme=scheme, java_script_enabled=javascript, is_mobile=size == PHONE,
                timezone_id="Asia/Tokyo", reduced_motion="reduce",
            )  # fmt: skip
            opened.callback(context.close)
            context.on("page", watch.over)
            new = context.new_page()
            if path:
                new.goto(path)
            return new

        yield open_page
    assert not watch.troubles, "\n".join(watch.troubles)


def no_serious_violations(page: Page) -> None:
    """Let axe-core judge the page as it stands; it needs JavaScript, and reads it in the page's scheme."""
    found = Axe().run(page).response["violations"]
    told = [_violation(one) for one in found if one["impact"] in GRAVE]
    assert not told, f"{page.url}\n" + "\n".join(told)


def _violation(found: dict[str, Any]) -> str:
    lines = [f"{found['impact']}: {found['id']}: {found['help']} ({found['helpUrl']})"]
    for node in found["nodes"][:NODES_TOLD]:
        reasons = (reason["message"] for reason in [*node["any"], *node["all"], *node["none"]])
        lines.append(f"    {node['target']} {node['html'][:200]}: {'; '.join(reasons)}")
    return "\n".join(lines)


def no_sideways_scroll(page: Page) -> None:
    """Assert that the page as it stands fits a phone and a wide screen; what sticks out is named."""
    before = page.viewport_size
    for width, height in (PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        reached = page.evaluate("() => document.documentElement.scrollWidth")
        assert reached <= width, f"{page.url} at {width}: {page.evaluate(WIDEST, width)}"
    if before is not None:
        page.set_viewport_size(before)


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at, if the environment names a folder."""
    if folder := os.environ.get(SCREENSHOTS):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def style(element: Locator, name: str) -> str:
    """Return a computed CSS value."""
    found = element.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return str(found)


def width(element: Locator) -> float:
    """Return how wide an element is drawn, in CSS pixels."""
    box = element.bounding_box()
    assert box is not None, f"{element} is not drawn"
    return box["width"]


def luminance(color: str) -> float:
    """Return the WCAG relative luminance of a CSS colour, rgb() or color(srgb …)."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", color)][:3]
    values = numbers if "srgb" in color else [number / 255 for number in numbers]
    r, g, b = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(element: Locator, paper: str) -> float:
    """Return the WCAG contrast of an element's text on a background."""
    bright, dark = sorted((luminance(style(element, "color")), luminance(paper)), reverse=True)
    return (bright + LUMINANCE_OFFSET) / (dark + LUMINANCE_OFFSET)


Task = Callable[[Page], None]
