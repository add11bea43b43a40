"""A public instance: robots stay out, and strangers run no SQL of their own unless they may."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from scraper import serving
from scraper.cli import main
from tests.invented import build_archive

METADATA = json.loads((Path(__file__).parent.parent / "datasette-metadata.json").read_text("utf8"))
TAG = "noindex, nofollow, noarchive"
ADDRESSES = (
    "/", "/.json", "/-/search", "/-/about", "/-/article/1", "/archive", "/archive/articles.csv",
    "/archive/articles/1.json", "/archive/nothing", "/robots.txt", "/-/static/app.css",
)  # fmt: skip
OWN_SQL = {
    "/archive?sql=select+1": 403,
    "/archive.json?sql=select+1": 403,
    "/archive.csv?sql=select+1": 403,
    "/archive/articles.json?_where=id%3D1": 403,
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("public") / "archive.db"
    build_archive(path)
    return path


async def site(path: Path, plugin: Any = None, **settings: Any) -> Datasette:
    metadata = METADATA | ({"plugins": {"dateline-archive": plugin}} if plugin else {})
    datasette = Datasette([str(path)], metadata=metadata, settings=settings)
    await datasette.invoke_startup()
    return datasette


@pytest.mark.parametrize("address", ADDRESSES)
async def test_robots_are_told_to_stay_out_by_every_answer(path: Path, address: str) -> None:
    answer = await (await site(path)).client.get(address)
    assert answer.headers["x-robots-tag"] == TAG


async def test_robots_txt_forbids_everything(path: Path) -> None:
    answer = await (await site(path)).client.get("/robots.txt")
    assert answer.text == "User-agent: *\nDisallow: /\n"
    assert answer.headers["content-type"].startswith("text/plain")


async def test_an_operator_can_let_robots_in(path: Path) -> None:
    allowing = await site(path, {"allow_robots": True})
    assert (await allowing.client.get("/robots.txt")).text == "User-agent: *\nDisallow:\n"
    for address in ADDRESSES:
        assert "x-robots-tag" not in (await allowing.client.get(address)).headers


@pytest.mark.parametrize("plugin", [{"allow_robots": "no"}, {"allow_robots": 1}, ["x"], "y"])
async def test_only_a_plain_true_lets_them_in(path: Path, plugin: Any) -> None:
    answer = await (await site(path, plugin)).client.get("/-/search")
    assert answer.headers["x-robots-tag"] == TAG


async def test_other_files_have_no_robots_txt_of_ours(tmp_path: Path) -> None:
    datasette = Datasette([], memory=True)
    await datasette.invoke_startup()
    answer = await datasette.client.get("/robots.txt")
    assert answer.status_code == 404
    assert "x-robots-tag" not in answer.headers
    assert tmp_path.exists()


@pytest.mark.parametrize(("address", "status"), OWN_SQL.items())
async def test_own_sql_is_refused_where_it_is_closed(path: Path, address: str, status: int) -> None:
    closed = await site(path, default_allow_sql=False)
    assert (await closed.client.get(address)).status_code == status
    assert (await (await site(path)).client.get(address)).status_code == 200


async def test_what_the_archive_offers_works_without_own_sql(path: Path) -> None:
    closed = await site(path, default_allow_sql=False)
    for address in (
        "/archive/search.json?q=talks", "/archive/coverage_by_month.json", "/archive/articles",
        "/archive/articles.json?_search=talks&outlet=harbour&_facet=language", "/-/search?q=talks",
        "/-/concordance?q=talks", "/-/about", "/",
    ):  # fmt: skip
        answer = await closed.client.get(address)
        assert answer.status_code == 200, address
        assert "?sql=" not in answer.text, address


@pytest.mark.parametrize(
    ("options", "is_open"),
    [
        ([], "on"), (["--host", "::1"], "on"), (["--host", "localhost"], "on"),
        (["--host", "0.0.0.0"], "off"), (["--host", "news.example"], "off"),
        (["--no-sql"], "off"), (["--host", "0.0.0.0", "--sql"], "on"),
    ],
)  # fmt: skip
def test_own_sql_is_open_on_this_machine_only_unless_told(
    path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], is_open: str
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, command: started.append(command))
    done = CliRunner().invoke(main, ["serve", "--db", str(path), "--port", "18999", *options])
    assert done.exit_code == 0, done.output
    (command,) = started
    assert command[command.index("default_allow_sql") + 1] == is_open
    said = "may run SQL" if is_open == "on" else "may not run SQL"
    assert said in done.output


def test_a_path_below_a_proxy_reaches_datasette_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, command: started.append(command))
    for given in ("/news/", "news", "/"):
        CliRunner().invoke(main, ["serve", "--db", str(path), "--base-url", given])
    found = [command[command.index("base_url") + 1] for command in started]
    assert found == ["/news/", "/news/", "/"]


def test_loopback_is_told_from_all_else() -> None:
    assert [serving.is_loopback(host) for host in ("127.8.8.8", "::", "", "10.0.0.1")] == [
        True, False, False, False,
    ]  # fmt: skip
