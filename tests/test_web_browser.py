"""The pages in a real browser: right-to-left text, marks, and nothing wider than a phone."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.invented import build_archive

pytestmark = pytest.mark.browser

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
DRIVER = shutil.which("chromedriver") or ""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
PHONE = (360, 740)
ARABIC = 6
START_SECONDS = 30


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an archive as `datasette archive.db -m datasette-metadata.json` does."""
    path = tmp_path_factory.mktemp("browser") / "archive.db"
    build_archive(path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(path), "-m", str(METADATA), "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/-/versions.json")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def wait_for(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("needs Chromium and its driver; neither was found on PATH")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def show(
    browser: webdriver.Chrome, url: str, size: tuple[int, int] = (1280, 900), scheme: str = "light"
) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.get(url)


def find(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def luminance(color: str) -> float:
    """Return the WCAG relative luminance of a CSS colour, rgb() or color(srgb …)."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", color)][:3]
    values = numbers if "srgb" in color else [number / 255 for number in numbers]
    r, g, b = (v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def arrived(browser: webdriver.Chrome, part: str) -> None:
    """Wait until the page whose address holds `part` has loaded."""

    def is_there(driver: webdriver.Chrome) -> bool:
        state = driver.execute_script("return document.readyState")
        return part in driver.current_url and state == "complete"

    WebDriverWait(browser, 20).until(is_there)


def contrast(element: WebElement, paper: str) -> float:
    bright, dark = sorted(
        (luminance(element.value_of_css_property("color")), luminance(paper)), reverse=True
    )
    return (bright + 0.05) / (dark + 0.05)


def test_a_person_searches_reads_and_goes_back(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/-/search")
    box = find(browser, "input[name=q]")
    box.send_keys("武器")
    box.submit()
    arrived(browser, "q=")
    assert [m.text for m in browser.find_elements(By.CSS_SELECTOR, ".card mark")] == [
        "武器",
        "武器",
    ]
    find(browser, ".card h2 a").click()
    arrived(browser, "/-/article/")
    assert find(browser, "h1").text == "北朝鮮、武器の輸出を否定"
    assert find(browser, ".prose mark").text == "武器"
    find(browser, ".back a").click()
    arrived(browser, "/-/search")
    assert find(browser, "input[name=q]").get_attribute("value") == "武器"


def test_arabic_runs_from_right_to_left(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/-/article/6")
    headline, story = find(browser, ".story h1"), find(browser, ".story")
    assert headline.value_of_css_property("direction") == "rtl"
    begin = browser.execute_script(
        "const r = document.createRange(); r.setStart(arguments[0].firstChild, 0);"
        "r.setEnd(arguments[0].firstChild, 1); return r.getBoundingClientRect().right",
        headline,
    )
    assert begin == pytest.approx(story.rect["x"] + story.rect["width"], abs=8)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_quiet_text_can_be_read(
    browser: webdriver.Chrome, address: str, scheme: str
) -> None:
    show(browser, f"{address}/-/search?q=talks", scheme=scheme)
    paper = find(browser, "body").value_of_css_property("background-color")
    assert (luminance(paper) > 0.5) is (scheme == "light")
    for selector in (".card h2 a", ".snippet", ".kicker time", ".kicker a", ".tally p", ".count"):
        assert contrast(find(browser, selector), paper) >= 4.5, selector
    assert "gradient" in find(browser, "mark").value_of_css_property("background-image")


PATHS = (
    "/-/search",
    "/-/search?" + urlencode({"q": "harbour OR الحرب OR 武器 OR สงคราม OR 전쟁"}),
    "/-/search?" + urlencode({"q": "(" + "x" * 300, "outlet": "y" * 200}),
    "/-/article/6",
    "/-/article/12",
    "/-/article/14",
    "/-/article/999",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_phone(browser: webdriver.Chrome, address: str, path: str) -> None:
    show(browser, address + path, PHONE)
    script = "return document.documentElement.scrollWidth"
    assert browser.execute_script(script) <= PHONE[0]


TABLES = ("/archive/articles", f"/archive/articles/{ARABIC}")


@pytest.mark.parametrize("path", TABLES)
def test_tables_have_readable_columns_and_fit_a_phone(
    browser: webdriver.Chrome, address: str, path: str
) -> None:
    show(browser, address + path)
    for column, least in (("url", 200), ("byline", 120), ("date_evidence", 200)):
        assert find(browser, f"td.col-{column}").rect["width"] >= least, column
    assert find(browser, "td.col-body").rect["height"] <= 400
    show(browser, address + path, PHONE)
    table = find(browser, "table.rows-and-columns")
    assert table.rect["x"] + table.rect["width"] <= PHONE[0]
    script = "return Math.max(...[...document.querySelectorAll('td')].map(td => td.scrollWidth))"
    assert browser.execute_script(script) <= PHONE[0]


def test_stored_script_never_runs(browser: webdriver.Chrome, address: str) -> None:
    for path in (
        "/-/article/14",
        "/-/search?q=script",
        "/archive/articles",
        "/archive/articles/14",
    ):
        show(browser, address + path)
        assert browser.title != "PWNED"
        assert not browser.find_elements(By.CSS_SELECTOR, "img[onerror]")


def test_our_pages_ask_nothing_of_anyone_else(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/-/article/12")
    asked = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert asked
    assert all(url.startswith(address) for url in asked)


def test_the_keyboard_reaches_the_content_first(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/-/search")
    active = browser.switch_to.active_element
    active.send_keys("\ue004")  # Tab
    assert browser.switch_to.active_element.get_attribute("href").endswith("#main")  # type: ignore[union-attr]
