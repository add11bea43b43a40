"""Right and wrong declarations, how they are loaded, and the choice among them."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from scrapy.utils.test import get_crawler

from scraper.crawl.outlets import load_outlets, select_outlets
from scraper.crawl.spider import OutletSpider
from scraper.errors import BadDeclaration, OutletExcluded, UnknownOutlet
from scraper.records import Outlet
from tests.crawling import dateline
from tests.declared import ASKED, REAL


def declare(**attributes: object) -> None:
    good = {
        "name": "test-outlet",
        "outlet": Outlet("Test", "DE", ("de",), "Europe/Berlin"),
        "feeds": ("https://www.example.org/rss",),
    }
    kept = {key: value for key, value in (good | attributes).items() if value is not None}
    type("TestOutlet", (OutletSpider,), kept)


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ({"name": "Test Outlet"}, "name must be a slug"),
        ({"name": None}, "name must be a slug"),
        ({"outlet": "Test"}, "outlet must be an Outlet"),
        ({"outlet": Outlet("Test", "Germany", ("de",))}, "'Germany' is no ISO 3166-1"),
        ({"outlet": Outlet("Test", "DE", ())}, "languages is empty"),
        ({"outlet": Outlet("Test", "DE", ("German",))}, "'German' is no BCP 47 tag"),
        ({"outlet": Outlet("Test", "DE", ("de",), "Berlin")}, "'Berlin' is no IANA zone"),
        ({"feeds": None}, "no listing"),
        ({"feeds": "https://www.example.org/rss"}, "feeds must be a tuple"),
        ({"feeds": ("www.example.org/rss",)}, "is no http"),
        ({"sections": ("file:///etc/passwd",)}, "is no http"),
        ({"article_urls": "(unclosed"}, "article_urls is no regular expression"),
        ({"world_urls": "[unclosed"}, "world_urls is no regular expression"),
        ({"world_urls": ("/world/",)}, "world_urls is no regular expression"),
        ({"world_sections": "World"}, "world_sections must be a tuple"),
        ({"world_sections": ("",)}, "world_sections must be a tuple"),
        ({"excluded": True}, "excluded must be the reason"),
    ],
)
def test_a_wrong_declaration_fails_with_the_class_named(
    attributes: dict[str, object], problem: str
) -> None:
    with pytest.raises(BadDeclaration, match=re.escape(problem)) as caught:
        declare(**attributes)
    assert "TestOutlet" in str(caught.value)


def test_a_right_declaration_passes() -> None:
    declare()


@pytest.fixture
def declarations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a directory whose package `declared` is importable during the test."""
    package = tmp_path / "declared"
    package.mkdir()
    (package / "__init__.py").write_text('"""Outlets."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    for name in [name for name in sys.modules if name.split(".")[0] == "declared"]:
        del sys.modules[name]


def write_outlet(path: Path, cls: str, name: str) -> None:
    path.write_text(
        dedent(
            f'''
            from scraper.crawl.spider import OutletSpider
            from scraper.records import Outlet


            class {cls}(OutletSpider):
                """A test."""

                name = "{name}"
                outlet = Outlet("{cls}", "DE", ("de",))
                feeds = ("https://www.example.org/rss",)
            '''
        )
    )


def test_outlets_come_in_the_order_of_their_names(declarations: Path) -> None:
    write_outlet(declarations / "germany.py", "Zeit", "zeit")
    write_outlet(declarations / "austria.py", "Anzeiger", "anzeiger")
    assert list(load_outlets(["declared"])) == ["anzeiger", "zeit"]


def test_one_name_for_two_outlets_is_a_wrong_declaration(declarations: Path) -> None:
    write_outlet(declarations / "germany.py", "First", "twice")
    write_outlet(declarations / "austria.py", "Second", "twice")
    with pytest.raises(BadDeclaration, match="name is taken") as caught:
        load_outlets(["declared"])
    assert "First" in str(caught.value)
    assert "Second" in str(caught.value)


def test_all_means_all_but_the_demo() -> None:
    assert [spider.name for spider in select_outlets(everything=True)] == list(ASKED)
    assert set(ASKED) < set(REAL)


def test_names_keep_their_order_and_come_once() -> None:
    chosen = select_outlets(["tagesschau", "bbc", "tagesschau"])
    assert [spider.name for spider in chosen] == ["tagesschau", "bbc"]


def test_country_and_language_choose_and_narrow() -> None:
    assert {s.outlet.country for s in select_outlets(country="jp")} == {"JP"}
    assert {"rthk", "cna-tw", "chinanews"} <= {s.name for s in select_outlets(language="zh")}
    assert {s.name for s in select_outlets(country="HK", language="zh-Hant")} == {"rthk"}
    assert "reuters" not in {s.name for s in select_outlets(language="en")}
    assert [s.name for s in select_outlets(["bbc", "srf"], country="CH")] == ["srf"]
    assert select_outlets(country="ZZ") == []
    assert select_outlets() == []


def test_an_unknown_name_is_answered_with_those_that_come_near() -> None:
    with pytest.raises(UnknownOutlet, match=r"no outlet 'tageschau'.*tagesschau"):
        select_outlets(["tageschau"])
    with pytest.raises(UnknownOutlet, match="dateline outlets list"):
        select_outlets(["qqqqqqqqqq"])


def test_an_excluded_outlet_is_declared_and_chosen_by_name_alone() -> None:
    assert load_outlets()["reuters"].excluded
    assert [s.name for s in select_outlets(["reuters"])] == ["reuters"]
    assert "reuters" not in {s.name for s in select_outlets(country="GB")}


def test_a_crawl_of_an_excluded_outlet_is_refused_with_the_reason(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    done = dateline("crawl", "bbc", "reuters", "--db", str(db))
    assert done.returncode == 2
    assert "reuters is never requested: its robots.txt forbids" in done.stderr
    assert not db.exists()


def test_scrapy_makes_no_spider_of_an_excluded_outlet() -> None:
    spider = load_outlets()["reuters"]
    with pytest.raises(OutletExcluded, match="reuters is never requested"):
        spider.from_crawler(get_crawler(spider))


def test_rules_of_the_world_are_given_to_the_listings_casefolded() -> None:
    class Rules(OutletSpider):
        """A test."""

        name = "test-rules"
        outlet = Outlet("Test", "DE", ("de",))
        feeds = ("https://www.example.org/rss", "https://www.example.org/ausland.rss")
        world_urls = "/Welt/"
        world_sections = ("AUSLAND", "Straße")
        world_listings = ("https://www.example.org/ausland.rss",)

    wanted = Rules.wanted("feed", Rules.feeds[0], 7)
    assert (wanted.world_urls, wanted.limit) == ("/Welt/", 7)
    assert wanted.world_sections == ("ausland", "strasse")
    for kind, url in (("feed", Rules.feeds[1]), ("section", "https://www.example.org/welt")):
        own = Rules.wanted(kind, url, 7)
        assert not own.world_urls + "".join(own.world_sections), "its own world news needs no rule"
