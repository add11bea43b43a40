"""A hostile web: each trap stands beside two honest articles, which must land whatever it does."""

import gzip
import itertools
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import psutil
import pytest

from tests.crawling import QUICK, ROOT, adds_up, command, crawl, environment, rows
from tests.site import PARAGRAPHS, Answer, Site, article, feed

MEGABYTE = 1024 * 1024
PEAK_MAX_BYTES = 400 * MEGABYTE  # of the whole process tree
REQUESTS_MAX = 120  # to one host in one run
HONEST = {"/world/an-honest-report-1": "An honest report", "/world/an-honest-report-2": "Another"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        found.pages["/robots.txt"] = Answer("User-agent: *\nDisallow:\n", kind="text/plain")
        for path, title in HONEST.items():
            found.pages[path] = Answer(article(title, [f"{title}. {PARAGRAPHS[0]}", *PARAGRAPHS]))
        yield found


@pytest.fixture
def secret() -> Iterator[Site]:
    """A service that nobody outside may reach."""
    with Site() as found:
        page = Answer(article("An internal secret", PARAGRAPHS))
        found.pages.update(dict.fromkeys(("/", "/robots.txt", "/x"), page))
        yield found


def story(title: str, *, head: str = "", unlike: str = "") -> Answer:
    """A page whose text is no other's: its words stand in an order of their own."""
    shuffled = Random(unlike or title)
    text = [" ".join(shuffled.sample(p.split(), len(p.split()))) + "." for p in PARAGRAPHS]
    return Answer(article(title, text, head=head))


def listed(site: Site, paths: Iterable[str]) -> list[str]:
    """Put a feed of honest articles and traps on the site; return the words that crawl it."""
    items = [(path, HONEST.get(path, "Trap")) for path in [*paths, *HONEST]]
    site.pages["/feed.xml"] = Answer(feed(site.origin, items), kind="application/rss+xml")
    return ["--feed", f"{site.origin}/feed.xml"]


def titles(db: Path) -> list[str]:
    return [row["title"] for row in rows(db, "SELECT title FROM articles ORDER BY id")]


def crawl_watched(db: Path, site: Site, words: list[str], *changes: str) -> int:
    """Crawl; return the largest resident size of the process tree, in bytes."""
    given = [w for change in (*QUICK, *changes) for w in ("-s", change)]
    process = psutil.Popen(
        command("crawl", "--db", str(db), "--allow", site.host, *given, *words),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = 0
    while process.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
            peak = max(peak, sum(member.memory_info().rss for member in family))
        except psutil.Error:
            continue
        time.sleep(0.05)
    _, errors = process.communicate()
    assert "Traceback" not in errors
    assert process.returncode == 0, errors
    return peak


def dripping(drop: bytes) -> Iterator[bytes]:
    """A body that takes two minutes."""
    for _ in range(240):
        time.sleep(0.5)
        yield drop


def bomb() -> bytes:
    """A page of 600 MB in 600 kB."""
    head = article("A bomb", PARAGRAPHS).encode()
    block = gzip.compress(b"<p> " * (MEGABYTE // 4) * 8, 9)
    return gzip.compress(head) + block * 75


def test_bombs_and_floods_cost_themselves_only(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    packed = bomb()
    site.pages |= {
        "/world/bomb-1": Answer(packed, headers={"Content-Encoding": "gzip"}),
        "/world/endless-2": Answer(chunks=lambda: itertools.repeat(b"<p>more " * 8192)),
        "/world/drip-3": Answer(chunks=lambda: dripping(b"<p>")),
        "/world/wide-4": Answer(article("Wide", PARAGRAPHS) + "<p>x</p>" * 300_000),
        "/world/deep-5": Answer(article("Deep", ["<div>" * 50_000 + PARAGRAPHS[0]])),
        "/world/links-6": Answer(article("Links", PARAGRAPHS) + "<a href=/b>b</a>" * 100_000),
        "/world/headers-8": Answer(
            article("Headers", PARAGRAPHS), headers={f"X-{n}": "v" * 1000 for n in range(9000)}
        ),
        "/world/shouting-7": story("Shouting " * 120_000, unlike="It was loud"),
    }
    words = listed(site, (path for path in site.pages if path.startswith("/world/")))
    peak = crawl_watched(db, site, words, "DOWNLOAD_TIMEOUT=3")
    assert set(HONEST.values()) <= set(titles(db))
    assert max(map(len, titles(db))) <= 1000
    assert any(title.startswith("Shouting") for title in titles(db))
    outcomes = {
        row["link"].rpartition("-")[0].rpartition("/")[2]: row["outcome"]
        for row in rows(db, "SELECT link, outcome FROM candidates")
    }
    assert outcomes["bomb"] == outcomes["endless"] == "too large"
    assert outcomes["headers"] == "too many headers"
    assert outcomes["drip"] == "timeout"
    assert peak < PEAK_MAX_BYTES, f"{peak / MEGABYTE:.0f} MB"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in itertools.pairwise("abcdefghi")
    )
    + "]><rss version='2.0'><channel><title>&i;</title></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss version='2.0'><channel><title>&x;</title></channel></rss>"
)
BAD_LINKS = (
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://[bad",
    "",
    "http://",
)


def test_one_bad_item_or_feed_costs_no_other(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    bad = "".join(f"<item><title>Bad</title><link>{link}</link></item>" for link in BAD_LINKS)
    good = feed(site.origin, list(HONEST.items()))
    site.pages |= {
        "/bad.xml": Answer(good.replace("<item>", f"{bad}<item>", 1), kind="application/rss+xml"),
        "/laughs.xml": Answer(LAUGHS, kind="application/rss+xml"),
        "/outside.xml": Answer(OUTSIDE, kind="application/rss+xml"),
        "/wide.xml": Answer(
            feed(site.origin, [("/world/utf-16-report-3", "Wide")])
            .replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>')
            .encode("utf-16"),
            kind="application/rss+xml",
        ),
        "/world/utf-16-report-3": story("A report listed in UTF-16"),
    }
    feeds = [
        w
        for path in ("bad", "laughs", "outside", "wide")
        for w in ("--feed", f"{site.origin}/{path}.xml")
    ]
    (run,) = crawl(db, *feeds, allow=site.host)
    assert sorted(titles(db)) == sorted([*HONEST.values(), "A report listed in UTF-16"])
    assert adds_up(run)
    problems = {
        r["url"].rpartition("/")[2]: r["problem"] for r in rows(db, "SELECT * FROM listings")
    }
    assert problems["laughs.xml"]
    assert problems["outside.xml"]
    assert not problems["bad.xml"]


def test_nothing_leads_to_an_internal_service(tmp_path: Path, site: Site, secret: Site) -> None:
    db = tmp_path / "a.db"
    port = secret.server.server_port
    spellings: tuple[str, ...] = (
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
    )
    spellings += ("[::ffff:127.0.0.1]", "0.0.0.0", "127.0.0.1.", "LOCALHOST.", "①②⑦.0.0.1")
    inside = [f"http://{host}:{port}/x" for host in spellings]
    for number, target in enumerate(inside):
        address = target.encode("ascii", "xmlcharrefreplace").decode()
        site.pages[f"/world/moved-{number}"] = Answer(status=302, headers={"Location": address})
        refresh = f'<meta http-equiv="refresh" content="0; url={target}">'
        site.pages[f"/world/refresh-{number}"] = Answer(f"<html><head>{refresh}</head></html>")
    traps = [path for path in site.pages if "moved" in path or "refresh" in path]
    words = listed(site, traps)
    answer = site.pages["/feed.xml"]
    assert isinstance(answer, Answer)
    items = "".join(f"<item><title>In</title><link>{target}</link></item>" for target in inside)
    answer.body = str(answer.body).replace("<item>", f"{items}<item>", 1)
    section = "".join(f'<a href="{target}">A long headline of a story</a>' for target in inside)
    site.pages["/world"] = Answer(f"<html><body>{section}</body></html>")
    crawl(db, *words, "--section", f"{site.origin}/world", allow=site.host)
    assert secret.asked == []
    assert set(HONEST.values()) == set(titles(db))


@contextmanager
def resetting() -> Iterator[str]:
    """A host that accepts connections and resets them."""
    listener = socket.create_server(("127.0.0.1", 0))

    def reset() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.close()

    threading.Thread(target=reset, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def test_the_rules_within_the_first_half_megabyte_of_robots_txt_hold(
    tmp_path: Path, site: Site
) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"

    def flood() -> Iterable[bytes]:  # cut anywhere, its last line would forbid everything
        return itertools.chain([rules], itertools.repeat(b"Disallow: /" + b"x" * 500 + b"\n"))

    site.pages["/robots.txt"] = Answer(kind="text/plain", chunks=flood)
    site.pages["/private/page-3"] = story("A private page")
    crawl(tmp_path / "a.db", *listed(site, ["/private/page-3"]), allow=site.host)
    assert set(titles(tmp_path / "a.db")) == set(HONEST.values())
    assert "/private/page-3" not in site.paths()


def test_a_robots_txt_that_drips_or_leads_inside_forbids(
    tmp_path: Path, site: Site, secret: Site
) -> None:
    drip = Answer(kind="text/plain", chunks=lambda: dripping(b"#"))
    inside = Answer(status=302, headers={"Location": f"{secret.origin}/robots.txt"})
    words = listed(site, [])
    for number, robots in enumerate((drip, inside)):
        site.pages["/robots.txt"] = robots
        (run,) = crawl(tmp_path / f"{number}.db", *words, allow=site.host)
        assert "robots.txt could not be had" in run["reason"]
    assert set(site.paths()) == {"/robots.txt"}
    assert secret.asked == []


JAPANESE = (
    "政府は月曜日、北部の港を再建する計画を発表した。工事は三年かかる見通しで、漁業者は歓迎している。"
    * 3
)
RUSSIAN = (
    "Правительство объявило в понедельник о плане восстановить северный порт после долгих споров. "
    * 3
)
FRENCH = (
    "Le gouvernement a annoncé lundi un projet de reconstruction du port, où déjà l'été s'achève. "
    * 3
)


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (JAPANESE, "shift_jis", "utf-8"),
        (JAPANESE, "euc_jp", "iso-8859-1"),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "utf-8", "iso-8859-1"),
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "utf-16", "utf-8"),
    ],
)
def test_text_is_right_whatever_the_server_says_of_it(text: str, encoding: str, said: str) -> None:
    from scraper.extraction.article import extract
    from scraper.records import Capture

    page = article(text[:20], [text, text[::-1], text]).replace('<meta charset="utf-8">', "")
    header = {"Content-Type": f"text/html; charset={said}"}
    found = extract(Capture("http://a.example/world/a-report-1", page.encode(encoding), header))
    assert found.title == text[:20].strip()
    assert text.strip() in found.body


def test_no_page_can_take_the_place_of_another(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    victim = f"{site.origin}/world/an-honest-report-1"
    crawl(db, *listed(site, []), allow=site.host)

    def claim(url: str) -> str:
        return f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'

    site.pages |= {
        "/world/thief-3": story("A thief", head=claim(victim)),
        "/world/homely-4": story("At home", head=claim(f"{site.origin}/")),
        "/world/homely-5": story("At home as well", head=claim(f"{site.origin}/")),
        "/world/foreign-6": story("From abroad", head=claim("https://elsewhere.example/x")),
    }
    variants = [
        f"/world/one-story-7{end}"
        for end in ("", "/", "?utm_source=a", "?fbclid=1", "?at_medium=b")
    ]
    for path in variants:
        site.pages[path.partition("?")[0]] = story("One story")
    crawl(
        db, *listed(site, [p for p in site.pages if p[-1:].isdigit()] + variants), allow=site.host
    )
    found = {row["title"]: row for row in rows(db, "SELECT * FROM articles")}
    assert found["An honest report"]["url"] == victim
    assert found["An honest report"]["revision_count"] == 1
    assert {"A thief", "At home", "At home as well", "From abroad", "One story"} <= set(found)
    assert len(found) == len(HONEST) + 5
    assert not any("elsewhere" in row["url"] for row in found.values())


def test_a_date_is_never_invented(tmp_path: Path, site: Site) -> None:
    absurd = (
        "2026-13-45",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "yesterday",
        "1e99",
        "-62135596800",
    )
    for number, said in enumerate(absurd):
        head = f'<meta property="article:published_time" content="{said}">'
        site.pages[f"/world/absurd-{number}"] = story(f"Absurd {number}", head=head)
    words = listed(site, [path for path in site.pages if "absurd" in path])
    plain = site.pages["/feed.xml"]
    assert isinstance(plain, Answer)
    plain.body = str(plain.body).replace("<pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate>", "")
    crawl(tmp_path / "a.db", *words, allow=site.host)
    found = rows(tmp_path / "a.db", "SELECT title, published_at FROM articles")
    assert len(found) == len(absurd) + len(HONEST)
    assert {row["published_at"] for row in found} == {None}


def test_only_what_the_outlet_edits_is_an_edit(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    ads = (f"<aside class='ad'>Buy number {n} now, dear reader.</aside>" for n in itertools.count())

    def advertised(_: Site) -> Answer:
        page = article("With advertisements", [f"Calm. {p}" for p in PARAGRAPHS])
        return Answer(page.replace("</article>", f"{next(ads)}</article>"))

    kept = {f"/world/kept-{n}": f"Kept {n}" for n in range(1, 5)}
    site.pages |= {path: story(title) for path, title in kept.items()}
    site.pages["/world/ads-5"] = advertised
    words = listed(site, [*kept, "/world/ads-5"])
    crawl(db, *words, allow=site.host)
    before = rows(db, "SELECT url, title, body FROM articles WHERE title LIKE 'Kept%' ORDER BY url")
    consent = "<html><title>Kept 1</title><body><p>We value your privacy. Accept all cookies to go on.</body></html>"
    missing = "<html><title>Page not found</title><body><h1>404</h1><p>This page does not exist.</body></html>"
    site.pages["/world/kept-1"] = Answer(consent)
    site.pages["/world/kept-2"] = Answer(missing)
    site.pages["/world/kept-3"] = Answer("gone", status=410)
    site.pages["/world/kept-4"] = Answer(article("Kept 4", []))
    honest, _ = HONEST
    site.pages[honest] = story("An honest report", unlike="Corrected")
    (run,) = crawl(db, *words, "--revisit", allow=site.host)
    after = rows(db, "SELECT url, title, body FROM articles WHERE title LIKE 'Kept%' ORDER BY url")
    assert before == after
    assert len(before) == 4
    assert (run["revised"], run["gone"]) == (1, 1)
    (edited,) = rows(db, "SELECT url FROM articles WHERE revision_count > 1")
    assert edited["url"].endswith(honest)


def test_endless_listings_end(tmp_path: Path, site: Site) -> None:
    numbers = itertools.count()

    def index(_: Site) -> Answer:
        below = "".join(
            f"<sitemap><loc>{site.origin}/maps/{next(numbers)}.xml</loc></sitemap>"
            for _ in range(50)
        )
        return Answer(
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{below}</sitemapindex>'
        )

    site.pages |= {f"/maps/{n}.xml": index for n in range(5000)}
    site.pages["/sitemap.xml"] = index
    days = "".join(f'<a href="/calendar/{n}">Day {n}</a>' for n in range(1000))
    honest = "".join(f'<a href="{path}">{title}</a>' for path, title in HONEST.items())
    site.pages["/world"] = Answer(f"<html><body>{honest}{days}</body></html>")
    words = ["--news-sitemap", f"{site.origin}/sitemap.xml", "--section", f"{site.origin}/world"]
    crawl(tmp_path / "a.db", *words, allow=site.host)
    assert len(site.asked) <= REQUESTS_MAX
    assert set(titles(tmp_path / "a.db")) == set(HONEST.values())


def test_a_host_that_is_down_is_left_alone(tmp_path: Path, site: Site) -> None:
    large = [f"/world/large-{number}" for number in range(8)]
    site.pages |= dict.fromkeys(large, Answer(b"<p>" * 4_000_000))
    crawl(tmp_path / "large.db", *listed(site, large), allow=site.host)
    assert set(titles(tmp_path / "large.db")) == set(HONEST.values())  # too large is not down
    down = [f"/world/down-{number}" for number in range(20)]
    site.pages |= {path: Answer(status=500) for path in down}
    (run,) = crawl(tmp_path / "a.db", *listed(site, down), "-s", "RETRY_TIMES=0", allow=site.host)
    asked = [path for path in site.paths() if path in down]
    assert 5 <= len(asked) <= 10
    assert run["failures"]["the host seems to be down"] >= 10
    tried = rows(tmp_path / "a.db", "SELECT COUNT(*) AS n FROM candidates WHERE tries > 0")
    assert tried[0]["n"] == len(asked)


def test_a_host_that_resets_every_connection_is_a_failed_outlet(tmp_path: Path) -> None:
    with resetting() as host:
        (run,) = crawl(tmp_path / "a.db", "--feed", f"http://{host}/feed.xml", allow=host)
    assert run["outcome"] == "failed"
    assert re.search("robots.txt could not be had: (?:no answer|no connection)", run["reason"])


def test_an_outlet_may_not_take_for_ever(tmp_path: Path, site: Site) -> None:
    db = tmp_path / "a.db"
    words = listed(site, [f"/world/slow-{number}" for number in range(60)])

    def slow(_: Site) -> Answer:
        time.sleep(0.5)
        return story("Slow")

    site.pages |= {f"/world/slow-{number}": slow for number in range(60)}
    (run,) = crawl(db, *words, "-s", "CLOSESPIDER_TIMEOUT=8", allow=site.host)
    assert run["outcome"] == "done"
    assert "the rest waits" in run["reason"]
    assert adds_up(run), str(run)
    left: list[dict[str, Any]] = rows(db, "SELECT * FROM candidates WHERE state = 'waiting'")
    assert 0 < len(left) < 62
