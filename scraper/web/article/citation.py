"""An article cited as of one revision: texts for the page, and files for reference managers."""

from dataclasses import dataclass
from typing import Any

from scraper.exports.citations import Citation, apa, citation, japanese
from scraper.exports.columns import ARTICLES
from scraper.exports.encoders import Header
from scraper.exports.formats import FORMATS, Format
from scraper.web.article.record import Record

FILES = ("bib", "ris", "csl")  # endings


@dataclass(frozen=True, slots=True)
class Manner:
    """One manner of citing.

    Args:
        name: as those who use it call it, in no language of ours; `language` is the name's own,
            and the text's, "" for files.
        text: the reference.
        ending: of the file that holds it; "" where there is none.
    """

    name: str
    language: str
    text: str
    ending: str = ""


def manners(record: Record, archive_url: str) -> list[Manner]:
    """Return every manner of citing; `archive_url` leads to the revision cited."""
    row = citable(record, archive_url)
    cited: Citation = citation(row)
    return [
        Manner("APA", "en", apa(cited)),
        Manner("日本語 (SIST 02)", "ja", japanese(cited)),
        *(
            Manner(FORMATS[ending].label, "", _written(FORMATS[ending], row), ending)
            for ending in FILES
        ),
    ]


def citation_file(record: Record, archive_url: str, ending: str) -> tuple[str, str]:
    """Return the file of an ending in FILES, and its media type."""
    found = FORMATS[ending]
    return _written(found, citable(record, archive_url)), found.media_type


def citable(record: Record, archive_url: str) -> dict[str, Any]:
    """Return the row that is cited, by the columns of lists of articles."""
    article, authors = record.article, record.authors()
    named = {who["name"]: who["kind"] for who in record.credits}
    return {
        **{column.name: article.get(column.name) for column in ARTICLES},
        "authors": authors,
        # A whole byline in place of names is not to be parted into given and family name either.
        "organisations": [name for name in authors if named.get(name) != "person"],
        "timezone": article["timezone"],
        "revision": record.number,
        "archive_url": archive_url,
    }


def _written(found: Format, row: dict[str, Any]) -> str:
    header = Header("articles", ARTICLES, query="", made_at="")
    return b"".join(found.write(header, [[row]])).decode().strip() + "\n"
