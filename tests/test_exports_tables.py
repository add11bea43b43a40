"""CSV, TSV, JSON, JSON lines and Parquet hold what the rows held, and nothing a reader obeys."""

import csv
import io
import json
import math
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from scraper.exports.columns import (
    ARTICLES,
    BODY,
    LISTS,
    SNIPPET,
    Column,
    ListName,
    article_columns,
)
from scraper.exports.delimited import spreadsheet_safe
from scraper.exports.encoders import Header
from scraper.exports.formats import FORMATS
from tests.hostile_rows import HOSTILE_TEXTS, MADE_AT, archive_rows, hostile_rows, written
from tests.invented import ARTICLES as INVENTED

WITH_BODY = article_columns(with_body=True)
TEXT_COLUMNS = [column.name for column in WITH_BODY if column.type == "text"]
TRIGGERS = tuple("=+-@\t\r＝＋－＠")


def read_csv(data: bytes) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_csv_holds_every_script_and_opens_in_excel(tmp_path: Path) -> None:
    data = written("csv", archive_rows(tmp_path, with_body=True), columns=WITH_BODY)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") - data.count(b"\n\n") * 2  # paragraphs stay
    rows = {int(row["id"]): row for row in read_csv(data)}
    assert len(rows) == len(INVENTED)
    for number, (outlet, title, _, _, published_at) in enumerate(INVENTED[:-1], 1):
        row = rows[number]
        assert (row["outlet"], row["title"], row["published_at"]) == (outlet, title, published_at)
    assert rows[12]["authors"] == "Anna Tide; Ben Quay"
    assert rows[12]["revision"] == "2"
    assert "\n\n" in rows[12]["body"]


def test_no_cell_of_csv_or_tsv_is_a_formula() -> None:
    comma = [
        list(row.values()) for row in read_csv(written("csv", hostile_rows(), columns=WITH_BODY))
    ]
    tab = [
        line.split("\t")
        for line in written("tsv", hostile_rows(), columns=WITH_BODY).decode().split("\n")[1:-1]
    ]
    assert len(comma) == len(tab) == len(HOSTILE_TEXTS)
    for row in comma + tab:
        assert len(row) == len(WITH_BODY)
        for cell, column in zip(row, WITH_BODY, strict=True):
            if column.type == "integer":
                assert cell.lstrip("-").isdigit()
            else:
                assert not cell.lstrip(" \n").startswith(TRIGGERS), cell[:80]


def test_csv_split_at_semicolons_as_in_most_of_europe_has_no_formula_either() -> None:
    data = written("csv", hostile_rows(), columns=WITH_BODY).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(data, newline=""), delimiter=";"):
        for cell in row[1:]:
            assert not cell.strip(' "').startswith(TRIGGERS), cell[:80]


@pytest.mark.parametrize("number", ["-5", "+3.25", "0", "1000000"])
def test_numbers_in_texts_stay_numbers(number: str) -> None:
    assert spreadsheet_safe(number) == number


@pytest.mark.parametrize("sign", TRIGGERS)
def test_every_sign_of_a_formula_is_disarmed(sign: str) -> None:
    assert spreadsheet_safe(f"{sign}1+1").startswith("'")
    assert spreadsheet_safe(f" {sign}1+1") == (f" {sign}1+1" if sign.isspace() else f"' {sign}1+1")


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_flat_tables_carry_no_controls_and_no_half_characters(ending: str) -> None:
    text = written(ending, hostile_rows(), columns=WITH_BODY).decode("utf-8")
    assert not set(text) & {chr(code) for code in range(32)} - set("\t\r\n")


def test_tsv_has_a_line_a_row_to_every_reader_of_lines() -> None:
    text = written("tsv", hostile_rows(), columns=WITH_BODY).decode()
    assert len(text.splitlines()) == 1 + len(HOSTILE_TEXTS)
    assert "\r" not in text


def test_json_is_one_document_that_says_what_it_is() -> None:
    document = json.loads(written("json", hostile_rows(), columns=WITH_BODY))
    assert list(document) == ["query", "made_at", "columns", "articles", "count"]
    assert document["count"] == len(document["articles"]) == len(HOSTILE_TEXTS)
    assert document["made_at"] == MADE_AT
    assert document["columns"][0] == {
        "name": "id", "type": "integer", "description": ARTICLES[0].description,
    }  # fmt: skip
    first = document["articles"][0]
    assert list(first) == [column.name for column in WITH_BODY]
    assert first["title"] == HOSTILE_TEXTS[0]  # data is not changed for spreadsheets' sake
    assert first["authors"] == [HOSTILE_TEXTS[0]] * 2
    assert first["is_paywalled"] is True
    assert first["gone_at"] is None


def test_json_of_nothing_is_a_document_too() -> None:
    assert json.loads(written("json", []))["articles"] == []


def test_json_lines_has_an_object_a_line() -> None:
    text = written("jsonl", hostile_rows(), columns=WITH_BODY).decode()
    rows = [json.loads(line) for line in text.splitlines()]  # splits at U+2028 and U+0085, too
    texts = [text.replace("\ud83d", "\ufffd") for text in HOSTILE_TEXTS]
    assert [row["title"] for row in rows] == texts


def test_parquet_types_its_columns_and_describes_them(tmp_path: Path) -> None:
    rows = archive_rows(tmp_path, with_body=True)
    data = written("parquet", rows, columns=WITH_BODY, query="harbour")
    file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    schema = file.schema_arrow
    assert schema.metadata[b"query"] == b"harbour"
    assert schema.field("published_at").type == pyarrow.timestamp("ms", "UTC")
    for column in WITH_BODY:
        assert schema.field(column.name).metadata[b"description"].decode() == column.description
    read = {row["id"]: row for row in file.read().to_pylist()}
    assert read[12]["authors"] == ["Anna Tide", "Ben Quay"]
    assert read[12]["published_at"] == datetime(2024, 6, 16, 9, tzinfo=UTC)
    assert read[12]["is_paywalled"] is None
    assert read[1]["body"] == INVENTED[0][2]


def test_parquet_takes_hostile_rows_and_none() -> None:
    data = written("parquet", hostile_rows(), columns=WITH_BODY)
    read = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    assert [row["published_at"] for row in read] == [None] * len(read)
    assert [row["word_count"] for row in read] == [-5] * len(read)
    assert pyarrow.parquet.read_table(io.BytesIO(written("parquet", []))).num_rows == 0


def test_parquet_comes_in_row_groups_as_texts_grow() -> None:
    long = [{"id": number, "body": "y" * 3_000_000} for number in range(9)]
    header = Header("articles", WITH_BODY, "", MADE_AT)
    pieces = list(FORMATS["parquet"].write(header, ([row] for row in long)))
    assert len(pieces) >= 4  # it did not wait for the end
    file = pyarrow.parquet.ParquetFile(io.BytesIO(b"".join(pieces)))
    assert file.num_row_groups == 3
    assert file.metadata.num_rows == 9


def test_values_of_the_wrong_type_are_missing_rather_than_wrong() -> None:
    columns = (
        Column("i", "integer", ""), Column("r", "real", ""), Column("b", "boolean", ""),
        Column("t", "texts", ""),
    )  # fmt: skip
    rows = [
        {"i": "many", "r": math.nan, "b": "yes", "t": "one"},
        {"i": 2**80, "r": math.inf, "b": 0, "t": [b"\xff", None, 3]},
    ]
    read = [json.loads(line) for line in written("jsonl", rows, columns=columns).splitlines()]
    assert read == [
        {"i": None, "r": None, "b": None, "t": ["one"]},
        {"i": None, "r": None, "b": False, "t": ["\ufffd", "3"]},
    ]
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet", rows, columns=columns)))
    assert table.to_pylist() == read


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "parquet"])
def test_every_list_is_written_in_every_tabular_format(name: ListName, ending: str) -> None:
    sample = {"integer": 3, "real": 0.25, "boolean": True, "time": MADE_AT, "texts": ["a", "b"]}
    row = {column.name: sample.get(column.type, "text") for column in LISTS[name]}
    data = written(ending, [row] * 4, name)
    if ending == "csv":
        assert len(read_csv(data)) == 4
    elif ending == "json":
        assert json.loads(data)[name] == [row] * 4
    elif ending == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(data)).num_rows == 4
    else:
        assert len(data.splitlines()) == 4 + (ending == "tsv")


async def test_batches_that_come_when_they_can_give_the_same_file() -> None:
    header = Header("articles", WITH_BODY, "q", MADE_AT)

    async def batches() -> AsyncIterator[list[dict[str, Any]]]:
        for row in hostile_rows():
            yield [row]

    for ending, each in FORMATS.items():
        at_once = b"".join(each.write(header, ([row] for row in hostile_rows())))
        assert b"".join([piece async for piece in each.stream(header, batches())]) == at_once, (
            ending
        )


def test_columns_are_told_once_each_and_in_words() -> None:
    for columns in (*LISTS.values(), (*ARTICLES, BODY)):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(column.description and column.description[-1] != "." for column in columns)


def test_formats_load_nothing_beyond_the_standard_library() -> None:
    code = (
        "import sys, scraper.exports.formats, scraper.exports.citations\n"
        "print([n for n in ('pyarrow', 'lxml', 'scraper.archive') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_column_and_format_is_documented_in_its_section() -> None:
    text = (Path(__file__).parent.parent / "docs" / "exports.md").read_text("utf8")
    sections = re.split(r"^## Columns of ", text, flags=re.MULTILINE)[1:]
    words = {"text": "text", "texts": "list of texts"}
    for name, section in zip(LISTS, sections, strict=True):
        columns = (*LISTS[name], *((SNIPPET, BODY) if name == "articles" else ()))
        rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", section, re.MULTILINE)
        assert rows == [(c.name, words.get(c.type, c.type), c.description) for c in columns]
    assert re.findall(r"^\| `(\w+)` \| ", text.split("## Columns")[0], re.MULTILINE) == list(
        FORMATS
    )
