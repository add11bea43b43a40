"""dateline extract prints a page's record with what each field rests on, and stores nothing."""

import gzip
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.warc import CAPTURE_MAX_BYTES, WarcWriter
from scraper.jobs.extract import stated_url
from scraper.records import Capture
from tests.crawling import ROOT, command, dateline, environment
from tests.site import PARAGRAPHS, Answer, Site, article

URL = "https://post.example/news/breakwater"
CANONICAL = f'<link rel="canonical" href="{URL}">'
DATED = (
    '<meta name="author" content="Mara Quill">'
    '<meta property="article:published_time" content="2026-03-04T09:30:00+01:00">'
)
SECTION = "<html><title>World</title><link rel=canonical href=https://post.example/world><body><ul><li><a href='/a'>A</a></ul></body></html>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page as somebody saved it."""
    path = tmp_path / "page.html"
    path.write_text(article("Breakwater to be rebuilt", PARAGRAPHS, head=CANONICAL + DATED), "utf8")
    return path


def printed(*words: str, code: int = 0) -> Any:
    done = dateline("extract", "--json", *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_record_of_a_saved_page_tells_what_each_field_rests_on(saved: Path) -> None:
    record = printed(str(saved))
    assert (record["url"], record["title"]) == (URL, "Breakwater to be rebuilt")
    assert record["authors"] == ["Mara Quill"]
    assert record["published_at"] == "2026-03-04T08:30:00Z"
    assert {c["at"] for c in record["date_evidence"]} == {"2026-03-04T08:30:00Z"}
    assert record["body"] == "\n\n".join(PARAGRAPHS)
    assert set(record["field_sources"]) >= {"title", "byline", "published_at", "body"}
    claims = [c for c in record["date_evidence"] if c["chosen"]]
    assert [c["raw"] for c in claims] == ["2026-03-04T09:30:00+01:00"]
    assert record["extractor"].startswith("dateline/")


def test_record_is_readable_in_a_terminal_and_in_a_pipe(saved: Path) -> None:
    done = dateline("extract", str(saved))
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert any(line.startswith("title: Breakwater to be rebuilt  [from ") for line in lines)
    assert any("Mara Quill (author" in line for line in lines)
    assert any(line.startswith("+ meta") and "2026-03-04T09:30" in line for line in lines)
    assert [line for line in lines if line.startswith("¶")] == [f"¶ {p}" for p in PARAGRAPHS]
    assert "\x1b" not in done.stdout
    assert not [line for line in done.stdout.splitlines() if line != line.rstrip()]
    count = sum(len(paragraph.split()) for paragraph in PARAGRAPHS)
    assert any(line.endswith(" words") and abs(int(line.split()[0]) - count) < 9 for line in lines)


def test_address_given_stands_above_what_the_page_says(saved: Path) -> None:
    assert printed(str(saved), "--url", "https://post.example/amp/1")["url"] == URL
    other = printed(str(saved), "--url", "https://elsewhere.example/1")
    assert other["url"] == "https://elsewhere.example/1"
    assert other["field_sources"]["url"] == "capture", "another site's word is not taken"
    assert printed(str(saved))["field_sources"]["url"] == "link canonical"


def test_every_field_of_a_record_tells_its_source(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    box = '<div class="key-points"><ul><li>The breakwater will be rebuilt.</li><li>Work begins in May next year.</li></ul></div>'
    text = article(
        "Breakwater to be rebuilt", [box + PARAGRAPHS[0], *PARAGRAPHS[1:]], head=CANONICAL + DATED
    )
    path.write_text(text.replace("<html", '<html lang="en-GB"', 1), "utf8")
    record = printed(str(path))
    sources = record["field_sources"]
    assert sources["authors"] == sources["byline"]
    assert (record["stated_language"], sources["stated_language"]) == ("en-GB", "html lang")
    assert record["key_points"]
    assert sources["key_points"] == "summary box"


def test_page_comes_from_standard_input_too(saved: Path) -> None:
    done = subprocess.run(
        command("extract", "-", "--json"),
        cwd=ROOT,
        env=environment(),
        input=saved.read_bytes(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert json.loads(done.stdout)["url"] == URL


def test_page_without_an_address_asks_for_one(tmp_path: Path) -> None:
    path = tmp_path / "bare.html"
    path.write_text(article("Breakwater to be rebuilt", PARAGRAPHS), "utf8")
    record = printed(str(path), code=1)
    assert record["reason"] == "the page does not say where it was found: give its --url"
    assert printed(str(path), "--url", URL)["url"] == URL


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (b"<!DOCTYPE html><!-- saved from url=(0039)https://post.example/a --><html>", "https://post.example/a"),
        (b"<html><!--\n Page saved with SingleFile \n url: https://post.example/b \n-->", "https://post.example/b"),
        (b'<html><meta property="og:url" content="https://post.example/c">', "https://post.example/c"),
        (b'<html><link rel="canonical" href="/relative">', ""),
        (b'<html><link rel="canonical" href="javascript:alert(1)">', ""),
        (b'<html><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Hi", '
         b'"mainEntityOfPage": {"@id": "https://post.example/d"}}</script>', "https://post.example/d"),
        (b"<html>saved from url=(" + b"1" * 100_000, ""),
    ],
)  # fmt: skip
def test_page_may_say_where_it_was_found_in_many_ways(head: bytes, url: str) -> None:
    assert stated_url(head + b"<title>Breakwater</title><body><p>Text</p>") == url


def test_every_page_of_a_warc_file_is_shown(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    for number, (kind, status) in enumerate(
        [("text/html", 200), ("text/html", 404), ("application/json", 200), ("text/html", 200)]
    ):
        body = article(f"Breakwater, part {number}", PARAGRAPHS).encode()
        headers = {"Content-Type": f"{kind}; charset=utf-8"}
        moment = datetime(2026, 3, 4, 12, number, tzinfo=UTC)
        url = f"https://post.example/{number}"
        writer.write_response(Capture(url, body, headers, moment, status), b"0" * 32)
    writer.close()
    (path,) = tmp_path.glob("*.warc.gz")
    records = printed(str(path))
    assert [r["url"] for r in records] == ["https://post.example/0", "https://post.example/3"]
    assert all(str(path) in r["argument"] for r in records)
    shown = dateline("extract", str(path))
    assert shown.returncode == 0
    assert f"{path}: left out 2 responses" in shown.stderr
    renamed = path.rename(tmp_path / "download")
    assert len(printed(str(renamed))) == 2, "told by its first bytes"
    assert "is a WARC file" in dateline("extract", str(renamed), "--url", URL).stderr
    done = subprocess.run(
        command("extract", "-", "--json"),
        cwd=ROOT,
        env=environment(),
        input=renamed.read_bytes(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert len(json.loads(done.stdout)) == 2
    empty = tmp_path / "empty.warc"
    empty.write_bytes(b"")
    assert printed(str(empty), code=1)["reason"] == "no HTML response in it"


def test_address_is_asked_as_politely_as_in_a_crawl(tmp_path: Path) -> None:
    pages = {
        "/robots.txt": Answer("User-agent: *\nDisallow: /private", kind="text/plain"),
        "/news/a": Answer("", 301, {"Location": "/news/breakwater"}),
        "/news/breakwater": Answer(article("Breakwater to be rebuilt", PARAGRAPHS)),
        "/private/b": Answer(article("Secret", PARAGRAPHS)),
    }
    with Site(pages) as site:
        words = (f"{site.origin}/news/a", f"{site.origin}/private/b", f"{site.origin}/none")
        found = printed(*words, "--allow", site.host, code=3)
        paths = site.paths()
        agents = {asked.headers["user-agent"] for asked in site.asked}
        assert dateline("extract", words[0]).returncode == 1
        assert len(site.paths()) == len(paths), "a loopback address is only asked when allowed"
    assert [r.get("title") or r["reason"] for r in found] == [
        "Breakwater to be rebuilt",
        "robots.txt forbids it",
        "HTTP 404",
    ]
    assert found[0]["url"] == f"{site.origin}/news/breakwater"
    assert paths[0] == "/robots.txt"
    assert "/private/b" not in paths
    assert all(agent.startswith("Dateline/") for agent in agents)
    assert not (ROOT / "archive.db.lock").exists()


def test_the_real_web_is_not_asked_without_a_contact() -> None:
    done = dateline("extract", "https://post.example/a")
    assert done.returncode == 1
    assert "set DATELINE_CONTACT" in done.stderr


def test_page_that_is_no_article_says_why(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "section.html"
    path.write_text(SECTION, "utf8")
    record = printed(str(path), code=1)
    assert record["error"].startswith("no article")
    assert record["reason"]
    both = dateline("extract", str(path), str(saved))
    assert both.returncode == 3
    assert "no article" in both.stderr
    assert "Breakwater to be rebuilt" in both.stdout


def test_outlet_lends_its_declaration(saved: Path) -> None:
    text = saved.read_text("utf8").replace("T09:30:00+01:00", "T09:30:00")
    saved.write_text(text, "utf8")
    plain, there = printed(str(saved)), printed(str(saved), "--outlet", "tagesschau")
    assert plain["published_at"] == "2026-03-04T09:30:00Z"
    assert there["published_at"] == "2026-03-04T08:30:00Z"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a.html", "b.html", "--url", "https://post.example/"),
        ("https://post.example/", "--url", "https://post.example/"),
        ("a.html", "--outlet", "nobody"),
        ("a.html", "--url", "not-a-url"),
        ("a.warc.gz", "--url", URL),
        ("ftp://post.example/a",),
        ("http://127.0.0.1:9/a", "--allow", "127.0.0.1"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(words: tuple[str, ...]) -> None:
    assert dateline("extract", *words).returncode == 2


def test_gzipped_page_is_unpacked_and_other_files_are_told(saved: Path, tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(saved.read_bytes()))
    assert printed(str(packed))["url"] == URL
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(bytes(CAPTURE_MAX_BYTES + 1)))
    assert "too large" in printed(str(bomb), code=1)["reason"]
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 and so on")
    assert printed(str(paper), code=1)["reason"] == "not HTML"


def test_responses_of_a_warc_file_that_are_no_article_name_their_address(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path)
    moment = datetime(2026, 3, 4, 12, tzinfo=UTC)
    headers = {"Content-Type": "text/html"}
    page = Capture("https://post.example/world", SECTION.encode(), headers, moment)
    writer.write_response(page, b"0" * 32)
    feed = "<?xml version='1.0'?><rss><channel><item><title>A</title></item></channel></rss>"
    rss = Capture("https://post.example/rss", feed.encode(), {"Content-Type": "text/xml"}, moment)
    writer.write_response(rss, b"1" * 32)
    writer.close()
    (path,) = tmp_path.glob("*.warc.gz")
    done = dateline("extract", str(path))
    assert done.returncode == 1
    failed, left_out = done.stderr.splitlines()
    assert "(https://post.example/world): no article" in failed
    assert "left out 1 responses" in left_out


def test_crawl_refuses_an_allowed_address_without_a_port() -> None:
    done = dateline("crawl", "--page", "http://127.0.0.1:9/a", "--allow", "127.0.0.1")
    assert done.returncode == 2
    assert "such as 127.0.0.1:8000" in done.stderr
