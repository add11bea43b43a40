"""Makes docs/picture.png, the picture the README shows: a search of the demo's archive.

python -m docs.picture               crawl the demo world, serve what landed, take the picture
python -m docs.picture ARCHIVE.DB    take it of another archive

Needs Chromium and the test dependencies; a demo takes about a minute.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from tests.browsing import CHROMIUM, FLAGS
from tests.hostile.busy_archive import served

ROOT = Path(__file__).parent.parent
PICTURE = Path(__file__).with_name("picture.png")
QUERY = "canal OR 津波警報 OR قناة OR 運河"
SIZE = {"width": 1280, "height": 860}
PICTURE_MAX_BYTES = 300_000


def main() -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        if len(sys.argv) > 1:
            shutil.copy(sys.argv[1], archive)
        else:
            command = [sys.executable, "-m", "scraper", "demo", "--no-serve", "--db", str(archive)]
            subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603  # our own program
        with served(archive) as server:
            take(f"{server.address}/-/search?{urlencode({'q': QUERY})}")
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {size // 1000} kB")
    if size > PICTURE_MAX_BYTES:
        sys.exit(f"That is more than {PICTURE_MAX_BYTES // 1000} kB.")


def take(address: str) -> None:
    """Write what a reader with a light screen sees at an address."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(
            viewport={"width": SIZE["width"], "height": SIZE["height"]},
            color_scheme="light",
            locale="en-GB",
        )
        page.goto(address)
        page.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
