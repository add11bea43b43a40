"""After an upgrade, what two extractors read differently is no edit of the outlet."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archive.database import open_writer
from scraper.archive.mending import register
from scraper.extraction.article import extractor_version
from scraper.jobs.verify import verify
from tests.crawling import crawl, dateline, rows
from tests.site import PARAGRAPHS, Answer, Page, Site, article, feed

OLD = "dateline/0.0.1 rules/1 trafilatura/1.0.0"


def misread(db: Path) -> None:
    """Let every text be as an older extractor might have read it."""
    with closing(open_writer(db)) as connection:
        register(connection)
        for table in ("articles", "revisions"):
            connection.execute(
                f"UPDATE {table} SET title = title || ' | Varnholt Post', extractor = ?, "
                "body = body || char(10, 10) || 'Sign up for our morning letter.'",
                (OLD,),
            )
            connection.execute(f"UPDATE {table} SET content_hash = text_hash(title, byline, body)")


def test_only_what_the_outlet_changed_is_an_edit_after_an_upgrade(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    edited = [PARAGRAPHS[0].replace("eleven", "twelve"), *PARAGRAPHS[1:]]
    pages: dict[str, Page] = {
        "/robots.txt": Answer("", 404),
        "/feed.xml": lambda site: Answer(
            feed(site.origin, [("/news/kept", "Kept"), ("/news/edited", "Edited")])
        ),
        "/news/kept": Answer(article("Kept as it was", PARAGRAPHS)),
        "/news/edited": Answer(article("Edited later", PARAGRAPHS)),
    }
    with Site(pages) as site:
        crawl(db, "--feed", f"{site.origin}/feed.xml", allow=site.host)
        misread(db)
        advert = '<meta name="advert" content="another">'
        site.pages["/news/kept"] = Answer(article("Kept as it was", PARAGRAPHS, head=advert))
        site.pages["/news/edited"] = Answer(article("Edited later", edited))
        (run,) = crawl(db, "--feed", f"{site.origin}/feed.xml", "--revisit", allow=site.host)
    assert (run["revised"], run["unchanged"]) == (1, 1)
    found = rows(
        db,
        "SELECT a.title, r.title AS headline, r.number, r.changed, r.extractor "
        "FROM revisions r JOIN articles a ON a.id = r.article ORDER BY a.title, r.number",
    )
    assert [(r["title"], r["number"], json.loads(r["changed"])) for r in found] == [
        ("Edited later", 1, []),
        ("Edited later", 2, ["body"]),
        ("Kept as it was", 1, []),
    ]
    assert all(r["headline"] == r["title"] for r in found)
    assert {r["extractor"] for r in found} == {extractor_version()}
    assert verify(db, tmp_path / "captures").is_well


@pytest.mark.parametrize("damage", ["captured_at = '2026'", "warc_offset = warc_offset + 1"])
def test_old_capture_that_cannot_be_read_costs_no_new_page(tmp_path: Path, damage: str) -> None:
    db = tmp_path / "archive.db"
    edited = [PARAGRAPHS[0].replace("eleven", "twelve"), *PARAGRAPHS[1:]]
    pages: dict[str, Page] = {
        "/robots.txt": Answer("", 404),
        "/news/edited": Answer(article("Edited later", PARAGRAPHS)),
    }
    with Site(pages) as site:
        words = ("--page", f"{site.origin}/news/edited", "--db", str(db), "--allow", site.host)
        assert dateline("crawl", *words).returncode == 0
        misread(db)
        with closing(open_writer(db)) as connection:
            connection.execute(f"UPDATE captures SET {damage}")
        site.pages["/news/edited"] = Answer(article("Edited later", edited))
        done = dateline("-v", "crawl", "--json", "--revisit", *words)
    (run,) = json.loads(done.stdout)
    assert (run["quarantined"], run["revised"]) == (0, 1)
    assert "may be our reading and no edit" in done.stderr
    found = rows(db, "SELECT number, extractor FROM revisions ORDER BY number")
    assert [(r["number"], r["extractor"]) for r in found] == [(1, OLD), (2, extractor_version())]


def test_page_whose_record_no_table_takes_is_kept_in_quarantine(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    with closing(open_writer(db)) as connection:
        connection.execute(
            "CREATE TRIGGER refused BEFORE INSERT ON articles WHEN new.title = 'Refused story' "
            "BEGIN SELECT RAISE(ABORT, 'no such value'); END"
        )
    pages: dict[str, Page] = {
        "/robots.txt": Answer("", 404),
        "/news/refused": Answer(article("Refused story", PARAGRAPHS)),
        "/news/taken": Answer(article("Taken as it is", [p.upper() for p in PARAGRAPHS])),
    }
    with Site(pages) as site:
        words = [w for path in list(pages)[1:] for w in ("--page", f"{site.origin}{path}")]
        done = dateline("crawl", "--json", "--db", str(db), "--allow", site.host, *words)
    runs = json.loads(done.stdout)
    assert (sum(r["new"] for r in runs), sum(r["quarantined"] for r in runs)) == (1, 1)
    (row,) = rows(db, "SELECT q.reason, q.detail, c.url FROM quarantine q JOIN captures c "
                      "ON c.id = q.capture")  # fmt: skip
    assert row["reason"] == "not stored: IntegrityError: no such value"
    assert "Traceback" in row["detail"]
    assert row["url"].endswith("/news/refused")
