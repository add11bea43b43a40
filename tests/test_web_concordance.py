"""The concordance: every place where a word stands, aligned, sorted by what is around it."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.archive.queries import parse
from scraper.archive.search import register
from scraper.exports.columns import CONCORDANCE
from scraper.exports.formats import formats_for
from scraper.web.concordance import gathering
from scraper.web.concordance.lines import ARTICLE_LINES, ORDERS, Line, lines_of, sorted_lines
from scraper.web.headers import OWN_POLICY
from tests.invented import HOSTILE, NASTY, add_article, build_archive

METADATA = json.loads((Path(__file__).parent.parent / "datasette-metadata.json").read_text("utf8"))
TIDES = 30  # articles about tides, numbered from 100


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("concordance") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    for number in range(TIDES):
        add_article(connection, {
            "id": 100 + number, "url": f"https://harbour.example/tide/{number}",
            "outlet": "harbour" if number % 2 else "harbour_sport", "title": f"Notice {number}",
            "body": f"The {'spring' if number % 3 else 'neap'} tide of day {number} came. " + "A tide. " * 9,
            "byline": "", "language": "en", "country": "GB",
            "published_at": f"2023-01-{number % 28 + 1:02}T00:00:00Z",
            "captured_at": "2024-06-17T00:00:00Z",
        })  # fmt: skip
    connection.commit()
    connection.close()
    return path


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=METADATA)
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, **query: str) -> Any:
    answer = await site.client.get(f"/-/concordance?{urlencode(query)}")
    assert answer.status_code == 200, answer.text
    return lxml.html.fromstring(answer.text)


def rows(tree: Any) -> list[tuple[str, str, str]]:
    """Return the text before, the match and the text after, line by line."""
    return [
        tuple(cell.text_content() for cell in row.cssselect("td"))
        for row in tree.cssselect(".lines tbody tr")
    ]


def words(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


async def test_lines_show_a_word_as_it_stands_with_what_is_around_it(site: Datasette) -> None:
    found = rows(await page(site, q="talks"))
    assert ("Harbour ", "talks", " enter second week") in found
    assert ("The rowers won at dawn, far from any ", "talks", ".") in found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("query", "line", "language", "direction"),
    [
        ("武器", ("北朝鮮は16日、", "武器", "の輸出を否定した。"), "ja", "ltr"),
        ("ＮＨＫ", ("", "ＮＨＫ", "の取材"), "ja", "ltr"),
        ("サーバー", ("", "サーバー", "への攻撃も続く。"), "ja", "ltr"),
        ("الحرب", ("دخلت ", "الحَرْب", " شهرها الثالث"), "ar", "rtl"),
        ("מלחמה", ("", "המלחמה", " בנמל נמשכת"), "he", "rtl"),
        ("สงคราม", ("", "สงคราม", "การค้า"), "th", "ltr"),
        ("전쟁", ("대통령은 ", "전쟁", "이 아직"), "ko", "ltr"),
        ("strasse", ("Die ", "Straße", " zum Hafen"), "de", "ltr"),
        ('"second week"', ("", "second week", ""), "en", "ltr"),
    ],
)
async def test_every_script_has_its_lines(
    site: Datasette, query: str, line: tuple[str, str, str], language: str, direction: str
) -> None:
    tree = await page(site, q=query)
    before, match, after = line
    found = [
        row for row in rows(tree)
        if row[0].endswith(before) and row[1] == match and row[2].startswith(after)
    ]  # fmt: skip
    assert found, rows(tree)
    cells = tree.cssselect(f".lines td[lang={language}]")
    assert {cell.get("dir") for cell in cells} == {direction}


async def test_text_before_comes_first_whatever_its_direction(site: Datasette) -> None:
    tree = await page(site, q="الحرب OR talks")
    for row in tree.cssselect(".lines tbody tr"):
        assert [cell.get("class").split()[1] for cell in row.cssselect("td")] == [
            "left", "match", "right",
        ]  # fmt: skip


async def test_lines_do_not_cross_paragraphs(site: Datasette) -> None:
    for before, _, after in rows(await page(site, q="negotiators OR ships")):
        assert "customs house" not in before
        assert "Fourteen" not in after


@pytest.mark.parametrize("order", ORDERS)
async def test_every_order_is_a_link_and_holds(site: Datasette, order: str) -> None:
    tree = await page(site, q="tide", sort=order)
    (on,) = tree.cssselect(".sorting a[aria-current]")
    assert ("sort=" in on.get("href")) is (order != "newest")
    assert len(tree.cssselect(".sorting a")) == len(ORDERS)
    if order == "left1":
        first = [before.split()[-1] for before, _, _ in rows(tree) if before.strip()]
        assert first == sorted(first, key=str.lower)
    if order == "outlet":
        names = words(tree, ".lines th bdi")
        assert names == sorted(names)
    if order in ("newest", "oldest"):
        moments = [time.get("datetime") for time in tree.cssselect(".lines time")]
        assert moments == sorted(moments, reverse=order == "newest")


def line(before: tuple[str, ...], after: tuple[str, ...], number: int = 1) -> Line:
    return Line(
        number, "", "o", "O", "en", None, f"2024-01-{number:02}", "UTC", "", "x", "", before, after
    )


def test_neighbours_are_compared_from_the_one_asked_for_and_missing_ones_come_last() -> None:
    a, b, c = line(("of", "sea"), ("b",), 1), line(("of", "bay"), (), 2), line((), ("a", "z"), 3)
    assert sorted_lines([a, b, c], "left1") == [b, a, c]
    assert sorted_lines([a, b, c], "left2") == [b, a, c]
    assert sorted_lines([a, b, c], "right1") == [c, a, b]
    assert sorted_lines([a, b, c], "right2") == [c, b, a]
    assert sorted_lines([a, b, c], "newest") == [c, b, a]


def test_neighbours_are_words_folded_and_characters_where_there_are_no_spaces() -> None:
    terms = parse("武器 OR arms").terms
    about = {
        "id": 1,
        "url": "",
        "outlet": "",
        "outlet_name": "",
        "language": "",
        "published_at": None,
    }
    about |= {"moment": "", "timezone": "UTC", "description": ""}
    (found,) = lines_of(about | {"title": "", "body": "北朝鮮の武器輸出"}, terms)
    assert (found.before, found.after) == (("の", "鮮", "朝"), ("輸", "出"))
    (found,) = lines_of(about | {"title": "Straße, Café: ARMS race", "body": ""}, terms)
    assert (found.before, found.after) == (("cafe", "strasse"), ("race",))


async def test_an_article_gives_a_few_lines_only_and_pages_follow(site: Datasette) -> None:
    tree = await page(site, q="tide")
    total = TIDES * ARTICLE_LINES
    assert words(tree, ".tally strong") == [str(total)]
    assert "all 31 articles" in words(tree, ".tally p")[0], "one by an author of that name"
    seen = rows(tree)
    assert len(seen) == 100
    (after,) = tree.cssselect("a[rel=next]")
    second = lxml.html.fromstring((await site.client.get(after.get("href"))).text)
    assert len(seen) + len(rows(second)) == total
    assert not second.cssselect("a[rel=next]")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 400, "١", "7"])
async def test_a_strange_page_number_is_no_error(site: Datasette, number: str) -> None:
    assert rows(await page(site, q="tide", page=number))


async def test_more_articles_than_are_looked_through_is_said(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "CONCORDANCE_ARTICLES", 10)
    tree = await page(site, q="tide")
    assert "Taken from the newest 10 articles" in words(tree, ".tally p")[0]
    days = {time.get("datetime") for time in tree.cssselect(".lines time")}
    assert min(days) > "2023-01-15", "the newest ones"
    monkeypatch.setattr(gathering, "CONCORDANCE_LINES", 7)
    tree = await page(site, q="tide")
    assert len(rows(tree)) == 7
    assert "Taken from the newest" in words(tree, ".tally p")[0]


async def test_running_out_of_time_shows_what_there_is_and_says_so(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "SECONDS", -1)
    tree = await page(site, q="tide")
    assert "took too long" in words(tree, ".notes li")[0]
    assert not rows(tree)


async def test_filters_narrow_and_are_kept(site: Datasette) -> None:
    tree = await page(site, q="tide", outlet="harbour", after="2023-01-10", sort="left1")
    assert set(words(tree, ".lines th bdi")) == {"Harbour Post"}
    assert len(tree.cssselect(".chips a")) == 2
    for link in tree.cssselect(".sorting a, .export a"):
        assert "outlet=harbour" in link.get("href")
    hidden = {e.get("name"): e.get("value") for e in tree.cssselect("form input[type=hidden]")}
    assert hidden == {"outlet": "harbour", "sort": "left1"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "A concordance shows a word"),
        ("lang:ja", "There is no word"),
        ("zzzz", "Nothing in the archive matches."),
        ('author:"Anna Tide"', "One article matches, but"),
        ("((", "There is no word"),
    ],
)  # fmt: skip
async def test_no_lines_and_why(site: Datasette, query: str, said: str) -> None:
    tree = await page(site, q=query)
    assert words(tree, ".empty p")[0].startswith(said)
    assert not tree.cssselect(".lines")


async def test_nothing_stored_becomes_markup(site: Datasette) -> None:
    answer = await site.client.get(f"/-/concordance?q={quote('script OR PWNED')}")
    assert answer.headers["content-security-policy"] == OWN_POLICY
    tree = lxml.html.fromstring(answer.text)
    assert not tree.cssselect("script, style, img, [style], [onerror]")
    links = {link.get("href").split("?")[0] for link in tree.cssselect(".lines a")}
    assert links == {f"/-/article/{HOSTILE}"}
    tree = await page(site, q=NASTY, sort=NASTY, outlet=NASTY)
    assert not tree.cssselect("script, img")


async def test_the_match_leads_to_the_article_with_the_word_marked(site: Datasette) -> None:
    tree = await page(site, q="الحرب")
    link = tree.cssselect(".lines th a")[0].get("href")
    article = lxml.html.fromstring((await site.client.get(link)).text)
    assert "الحرب" in words(article, "mark")


async def test_all_lines_are_files(site: Datasette) -> None:
    tree = await page(site, q="tide", sort="right1")
    links = {a.text: a.get("href") for a in tree.cssselect(".export a")}
    assert list(links) == [each.label for each in formats_for("concordance")]
    answer = await site.client.get(links["CSV"])
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "concordance.csv" in answer.headers["content-disposition"]
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == TIDES * ARTICLE_LINES, "all of them, not a page"
    assert list(found[0]) == [column.name for column in CONCORDANCE]
    assert [row["right"] for row in found[:100]] == [after for _, _, after in rows(tree)]
    told = (await site.client.get(links["JSON"])).json()
    assert told["concordance"][0]["archive_url"].startswith("http://localhost/-/article/")


@pytest.mark.parametrize("ending", ["bib", "exe", "atom"])
async def test_a_format_it_has_not_is_no_page(site: Datasette, ending: str) -> None:
    assert (await site.client.get(f"/-/concordance.{ending}?q=tide")).status_code == 404


async def test_a_formula_in_a_text_is_none_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    add_article(connection, {
        "id": 50, "url": "https://harbour.example/50", "outlet": "harbour", "title": "=cmd() tide",
        "body": "@SUM(1) tide =1+1", "byline": "", "language": "en", "country": "GB",
        "published_at": "2024-06-02T09:00:00Z", "captured_at": "2024-06-17T00:00:00Z",
    })  # fmt: skip
    connection.commit()
    connection.close()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    answer = await datasette.client.get("/-/concordance.csv?q=tide")
    for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
