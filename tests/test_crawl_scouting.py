"""`dateline outlets add` against real local sites: from a home page to a class in a file."""

import ast
import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.warc import WarcWriter
from scraper.crawl.class_text import Draft, class_name, class_text, slug_of
from scraper.crawl.drafting import Wishes, corrected, early_slug, wish_problem
from scraper.crawl.outlets import load_outlets
from scraper.crawl.scouting import REQUESTS_MAX
from scraper.crawl.spider_files import (
    check_new,
    declarations_folder,
    drafted,
    file_for,
    read_folder,
    write_class,
)
from scraper.demo.server import DemoServer, PortTaken
from scraper.demo.world import NewsWorld
from scraper.errors import AlreadyDeclared, BadDeclaration, DeclarationUnwritable
from scraper.records import Article, Capture, Outlet
from tests.crawling import ROOT, command, dateline, environment
from tests.site import PARAGRAPHS, Answer, Site, article, feed

BASE_PORTS = range(28_000, 32_000, 100)
QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")
ROBOTS = "User-agent: *\nDisallow:\n"
IRISH = (
    '<meta property="og:locale" content="en_IE"><meta property="og:site_name" content="The Post">'
)
PATHS = [
    f"/{section}/story-of-the-day-{n}.html"
    for n in range(1001, 1007)
    for section in ("world", "local")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the declarations, to be written to."""
    copy = tmp_path / "spiders"
    shutil.copytree(declarations_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    for base_port in BASE_PORTS:
        found = DemoServer(NewsWorld(base_port=base_port))
        try:
            found.start()
        except PortTaken:
            continue
        yield found
        found.stop()
        return
    pytest.skip("no free run of ports on loopback")


def add(origin: str, folder: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """Run the command quickly and return what it tells."""
    done = run(origin, folder, "--json", *words)
    assert done.returncode == code, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def run(origin: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    host = origin.removeprefix("http://").split("/")[0]
    given = ("--allow", host, "--into", str(folder), *QUICK, *words)
    done = dateline("outlets", "add", origin, *given)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def home(feeds: str = "", links: str = "", *, lang: str = "en", head: str = IRISH) -> Answer:
    return Answer(
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Home | The Post</title>{head}{feeds}</head>'
        f"<body><header><nav><a href='/'>The Post</a>{links}</nav></header></body></html>"
    )


def post(**changes: Any) -> Site:
    """A site with a feed of the whole site, a world section and twelve articles."""
    site = Site()
    entries = [(path, f"Story {n}") for n, path in enumerate(PATHS)]
    world = "".join(f"<li><a href='{path}'>{title}</a></li>" for path, title in entries[::2])
    site.pages = {
        "/robots.txt": Answer(ROBOTS, kind="text/plain"),
        "/": home(
            '<link rel="alternate" type="application/rss+xml" title="The Post" href="/rss.xml">',
            "<a href='/world'>World</a><a href='/local'>Local</a>",
        ),
        "/rss.xml": Answer(feed(site.origin, entries), kind="application/rss+xml"),
        "/world": Answer(f"<title>World | The Post</title><main><ul>{world}</ul></main>"),
        **{path: Answer(article(title, PARAGRAPHS)) for path, title in entries},
        **changes,
    }
    return site


def assert_formatted(path: Path) -> None:
    """The file is as `make lint` wants it."""
    for words in (("format", "--check"), ("check",)):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "ruff",
                *words,
                "--config",
                str(ROOT / "pyproject.toml"),
                str(path),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


DEMO = {
    "demo-hafenblatt": ("--country", "DE"),
    "demo-narae": (),
    "demo-manara": ("--country", "EG", "--slug", "manara"),
}


@pytest.mark.parametrize(("slug", "words"), DEMO.items(), ids=DEMO)
def test_demo_outlets_are_declared_as_by_hand(
    slug: str, words: tuple[str, ...], demo: DemoServer, folder: Path
) -> None:
    origin = demo.world.origin(slug)
    demo.requests.clear()
    told = add(f"{origin}/", folder, *words)
    by_hand = load_outlets()[slug]
    assert told["written"]
    assert told["outlet"]["name"] == by_hand.outlet.name
    assert told["outlet"]["country"] == by_hand.outlet.country
    assert tuple(told["outlet"]["languages"]) == by_hand.outlet.languages
    assert told["outlet"]["timezone"] == by_hand.outlet.timezone
    listed = {listing["url"].removeprefix(origin) for listing in told["listings"]}
    assert listed == {re.sub(r"^http://[^/]+", "", url) for _, url in by_hand.listing_urls()}
    titles = {a.title for a in demo.world.expected() if a.outlet == slug}
    assert 2 <= len(told["trial"]) <= 3
    assert {record["title"] for record in told["trial"]} <= titles
    path = Path(told["path"])
    assert path.read_text("utf8").endswith(f"\n\n\n{told['class']}")
    assert_formatted(path)
    asked = [request.path for request in demo.requests if request.path != "/robots.txt"]
    assert len(asked) == len(set(asked)) <= REQUESTS_MAX


def test_a_terminal_shows_facts_trial_and_class_which_can_be_crawled(
    folder: Path, tmp_path: Path
) -> None:
    with post() as site:
        told = run(f"{site.origin}/", folder)
        assert told.returncode == 0, told.stderr
        done = subprocess.run(
            command("crawl", "the-post", "--json", "--db", "a.db", "--allow", site.host, *QUICK),
            cwd=tmp_path,  # whose spiders/ goes before the project's
            env=environment(PYTHONPATH=str(ROOT)),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    for shown in ("name: The Post", "country: IE", "time zone: Europe/Dublin", "Story 0; "):
        assert shown in told.stdout
    assert "class ThePost(OutletSpider):" in told.stdout
    assert 'world_urls = r"^https?://[^/]+/world/"' in told.stdout
    assert "dateline crawl the-post --limit 3" in told.stdout
    assert f"put it into {ROOT / 'spiders' / 'ireland.py'}, where commands look" in told.stdout
    assert f"written to {folder / 'ireland.py'}" in told.stdout
    assert done.returncode == 0, done.stderr
    (crawled,) = json.loads(done.stdout)
    assert (crawled["outcome"], crawled["new"]) == ("done", 6), "the world's half of the feed"


def test_a_dry_run_and_an_unread_trial_write_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with post() as site:
        told = add(f"{site.origin}/", folder, "--dry-run")
        assert (told["written"], len(told["trial"])) == (False, 3)
    with post(**{path: Answer("gone", 410) for path in PATHS}) as site:
        done = run(f"{site.origin}/", folder)
        assert (done.returncode, "HTTP 410" in done.stderr) == (1, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_site_can_be_answered_from_a_web_archive(folder: Path, tmp_path: Path) -> None:
    with post() as site:
        pages = {path: page for path, page in site.pages.items() if isinstance(page, Answer)}
    web = "https://www.post.example"
    with contextlib.closing(WarcWriter(tmp_path / "captures")) as writer:
        for path, page in pages.items():
            body = str(page.body).replace(site.origin, web).encode()
            capture = Capture(f"{web}{path}", body, {"Content-Type": page.kind})
            writer.write_response(capture, hashlib.sha256(body).digest())
    files = [w for f in (tmp_path / "captures").rglob("*.warc.gz") for w in ("--replay", str(f))]
    done = dateline("outlets", "add", f"{web}/", "--into", str(folder), "--json", *files)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["slug"], len(told["trial"]), told["doubts"]) == ("post", 3, [])
    assert "http only" not in told["class"]


def test_the_world_section_s_own_feed_is_preferred(folder: Path) -> None:
    own = "<link rel='alternate' type='application/rss+xml' href='/f/7.xml'>"
    with post() as site:
        site.pages["/world"] = Answer(f"<title>World | The Post</title>{own}<main></main>")
        entries = [(path, "Story") for path in PATHS[::2]]
        site.pages["/f/7.xml"] = Answer(feed(site.origin, entries), kind="text/xml")
        told = add(f"{site.origin}/", folder)
    assert [listing["url"] for listing in told["listings"]] == [f"{site.origin}/f/7.xml"]
    assert (told["world_urls"], told["world_sections"]) == ("", [])


def test_feeds_behind_a_page_of_feeds_and_at_usual_places_are_found(folder: Path) -> None:
    with post() as site:
        site.pages["/"] = home(links="<a href='/services/rss'>RSS</a>")
        site.pages["/services/rss"] = Answer("<title>RSS</title><a href='/export/rss.xml'>All</a>")
        site.pages["/export/rss.xml"] = site.pages["/rss.xml"]
        assert add(f"{site.origin}/", folder, "--dry-run")["listings"][0]["url"].endswith(
            "/export/rss.xml"
        )
        site.pages["/"] = home()
        assert add(f"{site.origin}/", folder, "--dry-run")["listings"][0]["url"].endswith(
            "/rss.xml"
        )


def test_a_site_without_feeds_is_listed_by_its_world_page(folder: Path) -> None:
    with post() as site:
        site.pages["/"] = home(links="<a href='/world'>World</a>")
        del site.pages["/rss.xml"]
        told = add(f"{site.origin}/", folder)
    assert told["listings"] == [{"attribute": "sections", "url": f"{site.origin}/world"}]
    assert re.search(told["article_urls"], f"{site.origin}/world/another-story-of-2001.html")
    assert not re.search(told["article_urls"], f"{site.origin}/world")


def test_articles_in_another_language_than_the_page_says_are_believed(folder: Path) -> None:
    french = [
        "Le conseil du port a voté lundi la reconstruction de la digue du nord, après onze ans de "
        "disputes qui avaient divisé la ville et usé trois maires.",
        "Les ingénieurs ont dit que les travaux dureraient trente mois et coûteraient quarante-huit "
        "millions, surtout pour la pierre amenée par barge des carrières.",
        "Les pêcheurs ont salué la décision, mais ils demandent que le chenal reste ouvert pendant "
        "la saison du hareng, quand la moitié des bateaux partent avant l'aube.",
    ]
    with post(**{path: Answer(article("La digue", french, lang="en")) for path in PATHS}) as site:
        told = add(f"{site.origin}/", folder, "--dry-run")
    assert told["outlet"]["languages"] == ["fr"]
    assert "its home page says en, its articles are in fr" in told["doubts"]


HOSTILE = {
    "no HTML": ({"/": Answer(b"\x00\x01\x02" * 99, kind="image/png")}, "no HTML page"),
    "a feed": ({"/": Answer(feed("http://x.example", []), kind="text/xml")}, "it is a feed"),
    "missing": ({"/": Answer("no", 404)}, "HTTP 404"),
    "robots": (
        {"/robots.txt": Answer("User-agent: *\nDisallow: /\n", kind="text/plain")},
        "robots.txt forbids it",
    ),
    "robots unavailable": (
        {"/robots.txt": Answer("", 503)},
        "robots.txt could not be had: HTTP 503",
    ),
    "nothing listed": ({"/": home(), "/rss.xml": Answer("", 404)}, "no feed, news sitemap or page"),
}


@pytest.mark.parametrize(("changes", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_sites_that_cannot_be_declared_are_refused_in_a_line(
    changes: dict[str, Answer], reason: str, folder: Path
) -> None:
    with post(**changes) as site:
        done = run(f"{site.origin}/", folder)
        assert (done.returncode, reason in done.stderr) == (1, True), done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert len(site.asked) <= REQUESTS_MAX + 1


def test_a_home_page_without_end_is_given_up(folder: Path) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(400):
            yield b"<a href='/world'>World</a>" * 3000

    with post(**{"/": Answer(chunks=endless)}) as site:
        done = run(f"{site.origin}/", folder)
    assert (done.returncode, "too large" in done.stderr) == (1, True), done.stderr


def test_a_redirect_to_another_site_is_told_and_not_taken(folder: Path) -> None:
    with Site({"/": home(), "/robots.txt": Answer(ROBOTS, kind="text/plain")}) as other:
        with post(**{"/": Answer("", 301, {"Location": f"{other.origin}/"})}) as site:
            done = run(f"{site.origin}/", folder)
            assert (done.returncode, other.asked) == (1, []), "its address was not allowed"
            done = run(f"{site.origin}/", folder, "--allow", other.host)
        assert (
            f"it leads to another site: if that is the outlet's, give {other.origin}/"
            in done.stderr
        )


def test_what_a_page_leaves_open_is_asked_for(folder: Path) -> None:
    with post(**{"/": home(head="")}) as site:
        done = run(f"{site.origin}/", folder)
        assert (done.returncode, "give --country" in done.stderr) == (2, True)
        assert [asked.path for asked in site.asked] == ["/robots.txt", "/"], "nothing more is asked"
        site.pages["/"] = home(head="", lang="")
        assert "give --language" in run(f"{site.origin}/", folder).stderr


def test_wrong_usage_asks_nothing() -> None:
    for words, problem in {
        ("ftp://post.example/",): "no http(s) URL",
        ("https://post.example/", "--timezone", "Dublin"): "'Dublin' is no IANA zone",
    }.items():
        done = dateline("outlets", "add", *words)
        assert (done.returncode, problem in done.stderr) == (2, True), done.stderr
    done = dateline("outlets", "add", "https://post.example/")
    assert (done.returncode, "DATELINE_CONTACT" in done.stderr) == (1, True)
    assert "'IE1' is no ISO 3166-1" in wish_problem(Wishes(country="IE1"))
    assert "'Irish' is no BCP 47" in wish_problem(Wishes(language="Irish"))
    assert "name must be a slug" in wish_problem(Wishes(slug="The Post"))


def test_what_is_declared_already_is_refused_with_its_place(folder: Path) -> None:
    done = dateline("outlets", "add", "https://www.asahi.com/", "--into", str(folder))
    assert (done.returncode, "japan.py" in done.stderr) == (1, True), done.stderr
    with post() as site:
        mine = draft(slug="mine", listings=(("feeds", f"{site.origin}/rss.xml"),))
        write_class(class_text(mine, "Mine"), folder / "ireland.py", "IE")
        done = run(f"{site.origin}/", folder)
    assert (done.returncode, "/rss.xml is declared already, in " in done.stderr) == (1, True)
    assert re.search(r"ireland\.py:\d+ \(Mine\)", done.stderr)


def draft(**changes: Any) -> Draft:
    facts: dict[str, Any] = {
        "slug": "the-post",
        "outlet": Outlet("The Post", "IE", ("en",), "Europe/Dublin", "https://www.post.ie"),
        "listings": (("feeds", "https://www.post.ie/rss"),),
        "says": "Found from its home page; whole-site feed.",
    }
    return Draft(**(facts | changes))


NAMES = {
    "quotes": 'L\'Écho "du" port',
    "wide": "港灣日報新聞網路電子報全球華文讀者服務中心國際版繁體中文網站",
    "long": "The Harbour and Western Islands Weekly Advertiser, Shipping List and Gazette",
    "script": 'x"); import os  # ',
    "joiner": "بین‌الملل",
    "backslash": "a\\b",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_becomes_a_class_as_the_formatter_writes_it(name: str, tmp_path: Path) -> None:
    outlet = Outlet(name, "TW", ("zh-Hant",), "Asia/Taipei", "https://www.harbourdaily.com.tw/zh/")
    text = class_text(draft(outlet=outlet), "ThePost")
    path = tmp_path / "taiwan.py"
    write_class(text, path, "TW")
    assert_formatted(path)
    call = next(n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
    assert name in [n.value for n in ast.walk(call) if isinstance(n, ast.Constant)]


def test_long_patterns_addresses_and_remarks_keep_to_the_line(tmp_path: Path) -> None:
    regex = (
        r"^https?://(?:www|amp)\.post\.ie(?:/[a-z0-9-]+)+/\d{4}/\d{2}/" + r"\d{3,}\.x" * 14 + "$"
    )
    listings = (
        ("feeds", f"https://www.post.ie/{'deep/' * 22}rss.xml"),
        ("news_sitemaps", f"https://www.post.ie/{'news-' * 12}sitemap.xml"),
    )
    says = "Found from its home page; whole-site news sitemap, world news by its category."
    doubts = tuple(f"{doubt} is told by its language alone" for doubt in ("a", "b", "c", "d" * 99))
    given = draft(
        listings=listings,
        article_urls=regex,
        says=says,
        doubts=doubts,
        world_sections=("mundo", "mundo hoy"),
    )
    path = tmp_path / "ireland.py"
    write_class(class_text(given, "ThePost"), path, "IE")
    assert_formatted(path)
    values = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and not isinstance(node.value, ast.Call)
    }
    assert values["article_urls"] == regex
    assert values["feeds"] == (listings[0][1],)
    assert values["world_sections"] == ("mundo", "mundo hoy")


def test_a_class_that_would_not_load_is_not_written() -> None:
    with pytest.raises(BadDeclaration, match="no regular expression"):
        class_text(draft(article_urls="(unclosed"), "ThePost")


def test_classes_stand_with_their_country_s(folder: Path) -> None:
    declared = read_folder(folder)
    assert {each.slug for each in declared} >= {"asahi", "bbc", "demo-minato"}
    assert file_for("JP", folder, declared).name == "japan.py"
    assert file_for("CI", folder, declared).name == "ivory_coast.py"
    assert file_for("GB", folder, declared).name == "united_kingdom.py"
    text = drafted(draft(slug="asahi-two"), folder / "japan.py", declared)
    assert "class AsahiTwo(" in text
    assert class_name("asahi", {"Asahi", "Asahi2"}) == "Asahi3"
    before = (folder / "japan.py").read_text("utf8")
    write_class(text, folder / "japan.py", "JP")
    assert (folder / "japan.py").read_text("utf8") == f"{before.rstrip()}\n\n\n{text}"


def test_a_listing_s_twin_is_known(folder: Path) -> None:
    declared = read_folder(folder)
    twin = ("feeds", "https://feeds.bbci.co.uk/news/world/rss.xml?utm_source=x")
    with pytest.raises(AlreadyDeclared, match="united_kingdom"):
        check_new(draft(listings=(twin,)), declared)


def test_a_folder_that_cannot_be_written_or_read_is_told(folder: Path) -> None:
    (folder / "broken.py").write_text("class (")
    with pytest.raises(DeclarationUnwritable, match=r"broken\.py"):
        read_folder(folder)
    missing = folder / "no" / "japan.py"
    with pytest.raises(DeclarationUnwritable, match="--into"):
        write_class(class_text(draft(), "ThePost"), missing, "IE")


def test_slugs_and_wishes() -> None:
    assert slug_of("https://www.el-faro.example.com.ar/", "x") == "example"
    assert slug_of("http://127.0.0.1:80/", "Ça & Là") == "ca-la"
    assert early_slug("http://127.0.0.1:80/", Wishes()) == ""
    assert early_slug("https://www.post.ie/", Wishes()) == "post"
    assert wish_problem(Wishes(country="IE", language="ga", timezone="Europe/Dublin")) == ""


def test_a_language_is_corrected_only_by_agreement() -> None:
    french = [Article("https://post.ie/a", "A", language="fr") for _ in range(2)]
    mixed = [*french, Article("https://post.ie/b", "B", language="en")]
    assert corrected(draft(), french, Wishes()).outlet.languages == ("fr",)
    assert corrected(draft(), mixed, Wishes()).outlet.languages == ("en",)
    assert corrected(draft(), french, Wishes(language="en")).outlet.languages == ("en",)
