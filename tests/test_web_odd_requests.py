"""What is odd about a request or an archive is no error, and no wrong answer either."""

import json
import sqlite3
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from datasette.app import Datasette

from scraper.archive.search import register
from scraper.web.article.record import Record, read_record
from scraper.web.streaming import TOO_SLOW
from scraper.web.words import moment
from tests.invented import EDITED, build_archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "archive.db"
    build_archive(path)
    return path


async def opened(*paths: Path) -> Datasette:
    datasette = Datasette([str(path) for path in paths])
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize("accepted", ["de;q=1.2.3", "de;q=1..2", "de;q=...", "de;q="])
async def test_a_strange_weight_of_a_language_is_no_error(path: Path, accepted: str) -> None:
    site = await opened(path)
    answer = await site.client.get("/-/about", headers={"accept-language": accepted})
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["/-/search", "/-/concordance", "/-/attention", "/-/edits"])
@pytest.mark.parametrize("day", ["２０２４-06", "٢٠٢٤-٠٦", "0000-06", "9999-12"])
async def test_a_month_in_other_digits_is_no_error(path: Path, page: str, day: str) -> None:
    site = await opened(path)
    for name in ("after", "before", "month"):
        assert (await site.client.get(page, params={name: day})).status_code == 200


@pytest.mark.parametrize("at", ["9999-12-31T23:30:00Z", "0001-01-01T00:30:00Z"])
def test_a_time_that_no_other_zone_has_is_told_as_stored(at: str) -> None:
    assert moment(at, "Asia/Tokyo") == moment(at, "America/New_York") == at


@pytest.mark.parametrize(
    "address",
    ["/-/search.jsonl?q=talks&db=sea+%26+harbour", "/-/edits.jsonl?db=sea+%26+harbour",
     "/-/concordance.jsonl?q=talks&db=sea+%26+harbour"],
)  # fmt: skip
async def test_exports_of_a_second_archive_lead_to_its_own_articles(
    path: Path, tmp_path: Path, address: str
) -> None:
    second = tmp_path / "sea & harbour.db"
    second.write_bytes(path.read_bytes())
    site = await opened(path, second)
    rows = [json.loads(line) for line in (await site.client.get(address)).text.splitlines()]
    assert rows
    for row in rows:
        assert "db=sea+%26+harbour" in row["archive_url"]


@pytest.mark.parametrize(
    "page", ["search?q=talks", "search?q=zzz", "edits", "concordance?q=talks", "outlets", "outlet/zzz",
             "attention?q=talks", "about", "article/1?q=talks", "article/999"],
)  # fmt: skip
async def test_no_link_leaves_the_second_archive(path: Path, tmp_path: Path, page: str) -> None:
    second = tmp_path / "sea & harbour.db"
    second.write_bytes(path.read_bytes())
    site = await opened(path, second)
    address = f"/-/{page}{'&' if '?' in page else '?'}db=sea+%26+harbour"
    tree = lxml.html.fromstring((await site.client.get(address)).text)
    links = [link.get("href") for link in tree.cssselect("a[href^='/-/']")]
    assert len(links) > 5
    for link in links:
        assert parse_qs(urlsplit(link).query).get("db") == ["sea & harbour"], link


async def test_a_feed_names_itself_by_the_address_it_was_asked_at(path: Path) -> None:
    site = await opened(path)
    feed = (await site.client.get("/-/search.atom?q=talks")).text
    assert "<id>http://localhost/-/search.atom?q=talks</id>" in feed


@pytest.mark.parametrize("list_", ["search", "edits"])
async def test_a_file_has_everything_from_whatever_page_it_is_asked(path: Path, list_: str) -> None:
    site = await opened(path)
    whole = await site.client.get(f"/-/{list_}.csv")
    part = await site.client.get(f"/-/{list_}.csv?from=%3E1999-01-01T00:00:00Z~1")
    assert whole.text.count("\n") > 1
    assert part.text == whole.text


async def out_of_time(*_: object) -> None:
    """Stand for a statement that ran into the limit of time."""
    return None


@pytest.mark.parametrize("ending", ["csv", "json", "atom"])
async def test_a_file_out_of_time_before_it_began_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("scraper.web.archives.read", out_of_time)
    monkeypatch.setattr("scraper.web.edits.edits_export.read", out_of_time)
    site = await opened(path)
    for list_ in ("search", "edits"):
        answer = await site.client.get(f"/-/{list_}.{ending}?q=talks")
        assert (answer.status_code, answer.text) == (503, TOO_SLOW)


async def test_lines_out_of_time_are_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.web.concordance.gathering.read", out_of_time)
    site = await opened(path)
    assert (await site.client.get("/-/concordance.csv?q=talks")).status_code == 503


@pytest.mark.parametrize("ending", ["", ".json", ".bib"])
async def test_an_article_out_of_time_is_not_said_to_be_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("scraper.web.article.record.read", out_of_time)
    site = await opened(path)
    answer = await site.client.get(f"/-/article/{EDITED}{ending}")
    assert answer.status_code == 503
    assert "The article could not be read in time." in answer.text


class RevisedMeanwhile:
    """An archive in which a crawl stores another revision right after the first statement."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.row_factory = sqlite3.Row
        register(self._connection)
        self._is_first = True

    async def execute(self, sql: str, values: dict[str, str | int]) -> Any:
        """Run a statement as Datasette does."""
        self.rows = self._connection.execute(sql, values).fetchall()
        if self._is_first:
            self._is_first = False
            self._revise()
        return self

    def _revise(self) -> None:
        sql = (
            "INSERT INTO revisions SELECT {} FROM revisions WHERE article = :id "
            "ORDER BY number DESC LIMIT 1"
        )
        columns = [row[1] for row in self._connection.execute("PRAGMA table_info(revisions)")]
        new = {"id": "NULL", "number": "number + 1", "body": "'A third text.'"}
        listed = ", ".join(new.get(column, column) for column in columns)
        self._connection.execute(sql.format(listed), {"id": EDITED})
        self._connection.execute(
            "UPDATE articles SET body = 'A third text.', revision_count = revision_count + 1 "
            "WHERE id = ?", (EDITED,),
        )  # fmt: skip


async def test_a_text_stored_while_it_is_read_has_its_own_number(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "archive.db"
    copy.write_bytes(path.read_bytes())
    record = await read_record(RevisedMeanwhile(copy), EDITED, None, None)
    assert isinstance(record, Record)
    assert (record.article["body"], record.number) == ("A third text.", 3)


async def test_the_box_on_stock_pages_is_in_the_readers_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = await opened(path)
    told = {"Search articles": "Artikel suchen", "Search": "Suchen"}
    monkeypatch.setattr(NullTranslations, "gettext", lambda self, text: told.get(text, text))
    answer = await site.client.get("/archive")
    assert 'placeholder="Artikel suchen"' in answer.text
    assert "<button>Suchen</button>" in answer.text


async def test_a_capture_whose_row_is_lost_is_not_taken_for_the_later_one(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "archive.db"
    copy.write_bytes(path.read_bytes())
    connection = sqlite3.connect(copy)
    register(connection)
    connection.execute(
        "INSERT INTO captures (id, url, outlet, captured_at, status, body_bytes, sha256, warc_file, "
        "warc_offset, warc_bytes) VALUES (900, 'https://harbour.example/a', 'harbour', "
        "'2024-08-01T00:00:00Z', 200, 1, '00', 'a.warc.gz', 0, 1)"
    )
    connection.execute("UPDATE revisions SET capture = 899 WHERE article = ?", (EDITED,))
    connection.execute("UPDATE articles SET capture = 900 WHERE id = ?", (EDITED,))
    ((seen_at,),) = connection.execute(
        "SELECT captured_at FROM revisions WHERE article = ? ORDER BY number DESC LIMIT 1",
        (EDITED,),
    )
    connection.commit()
    connection.close()
    site = await opened(copy)
    tree = lxml.html.fromstring((await site.client.get(f"/-/article/{EDITED}")).text)
    lines = [
        (line.cssselect("dt")[0].text_content(), line.cssselect("time")[0].get("datetime"))
        for line in tree.cssselect(".capture")
    ]
    assert lines == [
        ("This text captured", seen_at), ("Seen unchanged", "2024-08-01T00:00:00Z"),
    ]  # fmt: skip


async def test_the_figure_above_results_keeps_to_a_month_and_to_days(path: Path) -> None:
    site = await opened(path)
    asked = {"month": "2024-06", "after": "2024", "before": "2024-06-10"}
    tree = lxml.html.fromstring((await site.client.get("/-/search", params=asked)).text)
    (link, *_) = tree.cssselect(".attention-figure a")
    told = parse_qs(urlsplit(link.get("href")).query)
    assert (told["after"], told["before"]) == (["2024-06"], ["2024-06-10"])
