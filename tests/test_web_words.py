"""Every sentence comes from the catalogue: in a made-up language no word of English is left."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import pytest_asyncio
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from datasette.app import Datasette

from scraper.web import words
from tests.invented_history import build_archive_with_history

ROOT = Path(__file__).parent.parent
POT = ROOT / "scraper" / "web" / "locale" / "dateline.pot"
METADATA = ROOT / "datasette-metadata.json"
MADE_UP = "ja"  # its names of countries and months have no Latin letter
ADDRESSES = (
    "/", "/-/search", "/-/search?q=talks&outlet=harbour&after=2024-01", "/-/search?q=(zzz+qqq",
    "/-/search?q=is:purple+talks", "/-/article/12", "/-/article/1", "/-/article/999",
    "/-/article/12?revision=1", "/-/edits", "/-/edits?q=zzz", "/-/concordance",
    "/-/concordance?q=talks", "/-/attention", "/-/attention?q=talks&q2=harbour", "/-/outlets",
    "/-/health", "/-/health?kind=slow&country=JP", "/-/outlet/hoshi", "/-/outlet/harbour",
    "/-/outlet/nobody", "/-/about",
)  # fmt: skip
# What is no sentence of ours: stored text (whose language is told), names, code, and query terms.
NOT_OURS = (
    "script, style, code, pre, bdi, q, mark, option[value]:not([value='']), .wordmark, "
    ".reference[lang], .diagram, "
    "body [lang]:not([lang=ja])"
)
NAMES = re.compile(
    r"Dateline|Datasette|JSON Lines|CSL-JSON|BibTeX|Parquet|JSON|Atom|CSV|TSV|RIS|SVG|PNG|SQL|UTC|APA|"
    r"WARC|SHA-256|API|https?://\S+|[\w-]+\.(?:example|db|gz)\S*"
)


def test_the_catalogue_has_every_sentence() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "catalogue.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalogue in which every sentence stands between ⟨ and ⟩."""
    folder = tmp_path_factory.mktemp("locale")
    with POT.open("rb") as source:
        catalogue = read_po(source, locale=MADE_UP)
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        told = f"⟨{ids[-1]}⟩"  # Japanese has one form, whatever the number
        message.string = (told,) if len(ids) > 1 else told
    target = folder / MADE_UP / "LC_MESSAGES" / "dateline.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as out:
        write_mo(out, catalogue)
    was, words.CATALOGUES = words.CATALOGUES, folder
    words.reader_of.cache_clear()
    yield folder
    words.CATALOGUES = was
    words.reader_of.cache_clear()


@pytest_asyncio.fixture
async def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    path = tmp_path_factory.getbasetemp() / "words" / "archive.db"
    if not path.exists():
        path.parent.mkdir()
        build_archive_with_history(path)
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


def english(tree: Any) -> list[str]:
    """Return the texts of a page that are in English and in no brackets."""
    for element in tree.cssselect(NOT_OURS):
        element.text = None
        for child in list(element):
            element.remove(child)
    body = tree.cssselect("body")[0]
    whole = NAMES.sub("", re.sub(r"⟨[^⟨⟩]*(?:⟨[^⟨⟩]*⟩[^⟨⟩]*)*⟩", "", body.text_content()))
    return [line.strip() for line in whole.splitlines() if re.search(r"[a-z]{3,}", line)]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_no_sentence_escapes_the_catalogue(
    site: Datasette, made_up: Path, address: str
) -> None:
    response = await site.client.get(address, headers={"accept-language": MADE_UP})
    assert response.status_code in (200, 404), response.text
    tree = lxml.html.fromstring(response.text)
    assert tree.get("lang") == MADE_UP
    assert not english(tree)
