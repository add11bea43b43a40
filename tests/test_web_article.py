"""The page to read an article on: text set as it was meant, and what the record rests on, in words."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.archive.search import register
from tests.invented import add_article, add_credit, build_archive

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
LEDE = "潮見市の港で、警報が十一分遅れて鳴っていたことが分かりました。市は調べを始めています。"
POINTS = ("警報は十一分後に鳴った。", "計器は止まっていた。")
AFTER = (
    "海洋研究所は、計器六台が半年前から信号を送っていなかったと説明しました。交換は先送りでした。"
)
LISTED = (
    "The harbour office opened the gates at dawn and published what may pass and when it may pass.\n\n"
    "- Barges before noon\n\n- Ferries at any hour\n\n"
    "What the skippers say\n\n"
    "Nobody on the quay expects the queue to be gone before the end of the month, they say.\n\n"
    "- Never, one of them said."
)
AT = "2024-06-16T09:00:00Z"


def claim(source: str, raw: str, why: str, field: str = "published_at") -> dict[str, Any]:
    return {
        "field": field, "raw": raw, "source": source, "at": AT, "zone": "", "precision": "minute",
        "chosen": why == "the most trusted", "why": why,
    }  # fmt: skip


CLAIMS = (
    claim("meta article:published_time", AT, "the most trusted"),
    claim("visible text", "16 June, 09:00", "agrees"),
    claim("listing", "Sun, 16 Jun", "agrees"),
    claim("url", "/2024/06/15/", "another day than meta"),
    claim("header last-modified", "Mon, 17 Jun", "a server's time", "modified_at"),
)


def article(number: int, language: str, body: str, **more: object) -> dict[str, Any]:
    told = {
        "id": number, "url": f"https://harbour.example/{number}", "outlet": "harbour",
        "title": "Gates", "body": body, "byline": "", "language": language, "country": "GB",
        "published_at": AT, "captured_at": "2024-06-17T00:00:00Z",
    }  # fmt: skip
    return told | more


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("article") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    items = "\n\n".join(f"- {point}" for point in POINTS)
    pointed = f"{LEDE}\n\n主なポイント:\n\n{items}\n\n止まっていた計器\n\n{AFTER}"
    add_article(connection, article(
        20, "ja", pointed, description=LEDE[:30] + "…", key_points=json.dumps(POINTS),
        image_url="https://pictures.example/2.jpg", image_caption="港の警報塔",
    ))  # fmt: skip
    add_article(connection, article(
        21, "sr-Latn", LISTED, description="Queues will last, skippers say.",
        date_evidence=json.dumps(CLAIMS), image_url="javascript:alert(1)",
    ))  # fmt: skip
    add_credit(connection, 21, 1, "Mara Quill", "author")
    add_credit(connection, 21, 2, "Tideline", "agency")
    connection.execute(
        "UPDATE article_authors SET kind = 'organisation' WHERE article = 21 AND role = 'agency'"
    )
    connection.commit()
    connection.close()
    return path


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, address: str) -> Any:
    response = await site.client.get(address)
    assert response.status_code == 200, response.text
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


async def test_key_points_are_a_titled_box_where_they_stand_and_nowhere_else(
    site: Datasette,
) -> None:
    tree = await page(site, "/-/article/20?q=計器")
    before, box, heading, after = tree.cssselect(".prose > *")
    assert (before.text_content(), after.text_content()) == (LEDE, AFTER)
    assert texts(box, "h2") == ["主なポイント"]
    assert texts(box, "li") == list(POINTS)
    assert texts(box, "mark") == ["計器"]
    assert (heading.tag, heading.get("class")) == ("p", "heading")
    assert all(tree.text_content().count(point) == 1 for point in POINTS)


async def test_a_description_is_shown_where_the_text_does_not_begin_with_it(
    site: Datasette,
) -> None:
    assert not texts(await page(site, "/-/article/20"), ".standfirst")
    assert not texts(await page(site, "/-/article/20?q=警報"), ".standfirst")
    tree = await page(site, "/-/article/21")
    assert texts(tree, ".standfirst") == ["Queues will last, skippers say."]


async def test_lists_are_lists_and_a_line_of_speech_is_none(site: Datasette) -> None:
    tree = await page(site, "/-/article/21")
    assert texts(tree, ".prose > ul > li") == ["Barges before noon", "Ferries at any hour"]
    assert texts(tree, ".prose > .heading") == ["What the skippers say"]
    assert texts(tree, ".prose > p")[-1] == "- Never, one of them said."


async def test_a_picture_is_its_caption_and_a_link_and_never_loaded(site: Datasette) -> None:
    tree = await page(site, "/-/article/20")
    assert texts(tree, ".caption") == ["港の警報塔"]
    link = tree.cssselect(".picture a")[0]
    assert link.get("href") == "https://pictures.example/2.jpg"
    assert set(link.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    assert not tree.cssselect("img")
    assert not (await page(site, "/-/article/21")).cssselect(".picture a"), "no web address"


async def test_everyone_credited_is_named_with_what_they_did(site: Datasette) -> None:
    tree = await page(site, "/-/article/21")
    assert texts(tree, ".byline a") == ["Mara Quill"]
    assert texts(tree, ".credits span") == ["Mara Quill author", "Tideline agency organisation"]
    assert texts(tree, ".credits a") == ["Mara Quill"]


async def test_claims_are_told_in_words_and_those_that_agree_in_one_line(site: Datasette) -> None:
    tree = await page(site, "/-/article/21")
    chosen, agreed, other, modified = texts(tree, ".claims > ul > li")
    assert chosen.startswith(f"Chosen the page's metadata (meta article:published_time): {AT}")
    assert agreed.startswith("2 more say the same:")
    assert texts(tree, ".agreed li") == [
        "printed on the page: 16 June, 09:00",
        "the feed or sitemap that led here: Sun, 16 Jun",
    ]
    assert other.startswith("in the address: /2024/06/15/ read as 16 June 2024, 09:00 UTC")
    assert modified.startswith("the server's Last-Modified: Mon, 17 Jun")
    assert texts(tree, ".claims summary") == ["4 claims about it", "One claim about it"]


async def test_a_language_in_one_of_its_scripts_is_named(site: Datasette) -> None:
    assert "Serbian (Latin)" in texts(await page(site, "/-/article/21"), ".kicker span")


async def test_tables_are_counted_without_an_error(
    site: Datasette, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = await page(site, "/archive")
    assert "rows" in tree.text_content()
    counts = {table["name"]: table["count"] for table in await tables(site)}
    assert counts["articles_fts"] == counts["articles"] > 0
    assert "ERROR" not in capsys.readouterr().err


async def tables(site: Datasette) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await site.client.get("/archive.json")).json()["tables"]
    return found


async def test_long_json_is_cut_in_tables_and_leads_to_the_page(site: Datasette) -> None:
    for address in ("/archive/articles?id=21", "/archive/articles/21"):
        tree = await page(site, address)
        cell = tree.cssselect("td.col-date_evidence")[0]
        assert len(cell.text_content()) < 300 < len(json.dumps(CLAIMS))
        assert cell.cssselect("a")[0].get("href") == "/-/article/21?db=archive"
