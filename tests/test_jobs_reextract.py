"""reextract makes records again from captures: no revision comes of it, and nothing is lost."""

import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.articles import store_article, store_no_article, store_quarantine
from scraper.archive.candidates import offer
from scraper.archive.database import open_reader, open_writer
from scraper.archive.findings import search
from scraper.archive.lock import ArchiveLock
from scraper.archive.mending import register
from scraper.archive.search import Search
from scraper.errors import ArchiveBusy, ArchiveMissing, UnknownOutlet
from scraper.extraction.article import extract, extractor_version
from scraper.extraction.pool import WorkerPool
from scraper.jobs.comparison import Comparison
from scraper.jobs.reextract import Selection, reextract
from scraper.jobs.repair import repair
from scraper.jobs.verify import verify
from scraper.records import Article, Candidate
from tests.conftest import NOON, STORY, Desk
from tests.crawling import ROOT, command, dateline, environment, rows
from tests.hostile.damage import build
from tests.site import article

OLD = "dateline/0.0.1 rules/1 trafilatura/1.0.0"
URL = "https://gazette.example/harbour"
HTML = {"Content-Type": "text/html; charset=utf-8"}
WALL = "<html><title>Cookies</title><body><p>We value your privacy.</body></html>"


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as workers:
        yield workers


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    build(folder, 8)
    return folder


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    """An archive whose records an older extractor made, from the captures it still has."""
    shutil.copytree(source, tmp_path / "work")
    spoil(
        tmp_path / "work" / "archive.db",
        "title = title || ' | The Aldry Gazette', body = body || char(10, 10) || 'Subscribe!'",
    )
    return tmp_path / "work"


Again = Callable[..., Comparison]


@pytest.fixture
def again(pool: WorkerPool) -> Again:
    """Re-extract the archive of a folder, which has to be well afterwards."""

    def run(folder: Path, selection: Selection | None = None, **given: Any) -> Comparison:
        db, captures = folder / "archive.db", folder / "captures"
        done = reextract(db, captures, selection or Selection(), workers=pool, **given)
        report = verify(db, captures)
        assert report.is_well, report.line()
        return done

    return run


def spoil(db: Path, changes: str, where: str = "1") -> None:
    """Let texts of articles and revisions be as another extractor would have read them."""
    with closing(open_writer(db)) as connection:
        register(connection)
        connection.execute("BEGIN")
        for table, number in (("articles", "id"), ("revisions", "article")):
            connection.execute(
                f"UPDATE {table} SET {changes}, extractor = '{OLD}' "
                f"WHERE {number} IN (SELECT id FROM articles WHERE {where})"
            )
            connection.execute(f"UPDATE {table} SET content_hash = text_hash(title, byline, body)")
        connection.execute("COMMIT")


def dump(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of an archive but the counts of crawls."""
    tables = ("articles", "revisions", "article_authors", "candidates", "quarantine", "captures")
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY 1").fetchall() for t in tables}


def test_records_are_again_what_their_captures_say(
    folder: Path, source: Path, again: Again
) -> None:
    done = again(folder)
    assert (done.articles, done.changed, done.revisions) == (7, 7, 9)
    assert {name for name, _ in done.ordered()} == {"title", "body"}
    found, wanted = dump(folder / "archive.db"), dump(source / "archive.db")
    assert found == wanted
    with closing(open_reader(folder / "archive.db")) as connection:
        assert search(connection, Search("meeting")).total == 7
        assert search(connection, Search("subscribe")).total == 0


def test_no_revision_comes_of_it(folder: Path, again: Again) -> None:
    about = "SELECT article, number, captured_at, capture, changed FROM revisions ORDER BY id"
    before = rows(folder / "archive.db", about)
    again(folder)
    assert rows(folder / "archive.db", about) == before
    counts = rows(folder / "archive.db", "SELECT revision_count FROM articles ORDER BY id")
    assert [row["revision_count"] for row in counts] == [2, 1, 1, 1, 2, 1, 1]
    extractors = "SELECT extractor FROM articles UNION SELECT extractor FROM revisions"
    assert rows(folder / "archive.db", extractors) == [{"extractor": extractor_version()}]


def test_twice_is_as_once(folder: Path, again: Again) -> None:
    again(folder)
    before = dump(folder / "archive.db")
    done = again(folder)
    assert (done.changed, done.revisions, done.fields) == (0, 0, {})
    assert dump(folder / "archive.db") == before


def test_a_dry_run_tells_all_and_changes_nothing(folder: Path, again: Again) -> None:
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = again(folder, is_dry_run=True)
    assert (done.articles, done.changed, done.revisions) == (7, 7, 9)
    assert done.fields["title"].changed == 7
    sample = done.fields["title"].samples[0]
    assert (sample.article, sample.url) == (1, "https://gazette.example/0")
    assert sample.before == "Council meeting 0 of the harbour | The Aldry Gazette"
    assert sample.after == "Council meeting 0 of the harbour"
    assert done.fields["body"].samples[0].before.endswith("Subscribe!")
    for path, data in files.items():
        if not path.name.endswith("-shm"):
            assert path.read_bytes() == data, path.name
    assert not (folder / "archive.db.lock").exists()


def test_a_dry_run_disturbs_no_crawl_and_a_run_waits_for_none(folder: Path, again: Again) -> None:
    with ArchiveLock(folder / "archive.db", "a crawl"):
        assert again(folder, is_dry_run=True).changed == 7
        with pytest.raises(ArchiveBusy, match="a crawl"):
            again(folder)


def test_only_what_is_chosen_is_made_again(folder: Path, again: Again) -> None:
    with pytest.raises(UnknownOutlet, match="did you mean gazette"):
        again(folder, Selection(outlets=("gazete",)))
    last = NOON + timedelta(minutes=12)  # when the second revision was captured
    assert again(folder, Selection(since=last)).articles == 1
    again(folder, Selection(outlets=("gazette",)))
    assert again(folder, Selection(is_outdated=True)).articles == 0
    spoil(folder / "archive.db", "title = 'Wrong'", "id = 3")
    done = again(folder, Selection(outlets=("gazette",), is_outdated=True))
    assert (done.articles, done.changed) == (1, 1)


def test_what_is_interrupted_is_kept_and_gone_on_with(folder: Path, again: Again) -> None:
    seen: list[int] = []
    done = again(folder, observer=lambda p: seen.append(p.done), should_stop=lambda: len(seen) >= 3)
    assert done.is_interrupted
    made = rows(folder / "archive.db", "SELECT id FROM articles WHERE extractor <> ?", OLD)
    assert 3 <= len(made) == done.articles < 7
    rest = again(folder, Selection(is_outdated=True))
    assert rest.articles == 7 - done.articles
    assert not rest.is_interrupted


def test_missing_archive_is_not_made(tmp_path: Path, pool: WorkerPool) -> None:
    with pytest.raises(ArchiveMissing):
        reextract(tmp_path / "none.db", tmp_path, Selection(), workers=pool)
    assert not list(tmp_path.iterdir())


def fetched(desk: Desk, page: str, minute: int = 0, **changes: Any) -> Any:
    """Store a page as a crawl with the extractor of today does; `changes` are what it misread."""
    delivery = desk.deliver(URL, page.encode(), minute=minute, headers=HTML)
    record = extract(delivery.capture)
    fields = {name: getattr(record, name) for name in Article.__slots__} | changes
    stored = store_article(desk.archive, delivery, Article(**fields), None)
    desk.archive.warc.flush()
    return stored


def page(story: str = STORY, title: str = "Harbour council meets", head: str = "") -> str:
    return article(title, story.split("\n\n"), head=head)


def test_an_edit_that_only_our_extractor_made_is_none_any_more(
    desk: Desk, tmp_path: Path, again: Again, pool: WorkerPool
) -> None:
    fetched(desk, page(), extractor=OLD)
    body = f"{STORY}\n\nMost read: seven photographs of the mole."
    assert fetched(desk, page(head="<!-- ad -->"), 5, extractor=OLD, body=body).changed == ("body",)
    edited = page(STORY.replace("third", "fourth"))
    assert fetched(desk, edited, 9, extractor=OLD, title="Harbour | Gazette").changed
    assert again(tmp_path).edits_undone == 1
    about = "SELECT number, changed FROM revisions ORDER BY number"
    found = [(r["number"], json.loads(r["changed"])) for r in rows(tmp_path / "archive.db", about)]
    assert found == [(1, []), (2, []), (3, ["body"])]
    assert rows(tmp_path / "archive.db", "SELECT revision_count FROM articles") == [
        {"revision_count": 3}
    ]
    repair(tmp_path / "archive.db", tmp_path / "captures", pool=pool)
    found = [(r["number"], json.loads(r["changed"])) for r in rows(tmp_path / "archive.db", about)]
    assert found == [(1, []), (2, []), (3, ["body"])], "a citation stays true after a repair"


def test_the_same_bytes_read_otherwise_by_a_crawl_are_no_edit(desk: Desk, tmp_path: Path) -> None:
    fetched(desk, page(), extractor=OLD, body=STORY[:250], title="Harbour | Gazette")
    stored = fetched(desk, page(), 5)
    assert stored.outcome == "unchanged"
    (revision,) = desk.rows("SELECT number, title, changed, extractor FROM revisions")
    assert revision == (1, "Harbour council meets", "[]", extractor_version())
    assert verify(tmp_path / "archive.db", tmp_path / "captures").is_well


def test_the_last_revision_read_otherwise_tells_anew_what_it_changed(desk: Desk) -> None:
    fetched(desk, page())
    misread = f"{STORY}\n\nMost read: seven photographs of the mole."
    modified = '<meta property="article:modified_time" content="2026-03-04T11:00:00Z">'
    edited = page(title="Harbour council met", head=modified)
    fetched(desk, edited, 5, extractor=OLD, body=misread, modified_at=None)
    assert fetched(desk, edited, 9).outcome == "unchanged"
    assert desk.rows("SELECT number, changed, modified_at FROM revisions ORDER BY number") == [
        (1, "[]", None),
        (2, '["title"]', "2026-03-04T11:00:00Z"),
    ]


def test_what_is_no_article_now_stays_and_is_told(desk: Desk, tmp_path: Path, again: Again) -> None:
    delivery = desk.deliver(URL, WALL.encode(), headers=HTML)
    believed = Article(url=URL, title="Cookies", body=STORY, extractor=OLD)
    store_article(desk.archive, delivery, believed, None)
    desk.archive.warc.flush()
    before = dump(tmp_path / "archive.db")
    done = again(tmp_path)
    assert (done.no_article.count, done.failed.count, done.changed) == (1, 0, 0)
    assert done.no_article.first[0].url == URL
    assert done.no_article.first[0].reason
    assert dump(tmp_path / "archive.db") == before


def test_a_lost_capture_leaves_its_revision_and_what_it_says_of_the_edit(
    desk: Desk, tmp_path: Path, again: Again
) -> None:
    fetched(desk, page(), extractor=OLD, title="Harbour council meets | Gazette")
    edited = page(STORY.replace("third", "fourth"))
    fetched(desk, edited, 5, extractor=OLD, title="Harbour council meets | Gazette")
    desk.archive.connection.execute("UPDATE captures SET lost_at = captured_at WHERE id = 1")
    done = again(tmp_path)
    assert (done.captures_lost, done.failed.count, done.changed) == (1, 0, 1)
    about = "SELECT number, title, changed, extractor FROM revisions ORDER BY number"
    assert [tuple(row.values()) for row in rows(tmp_path / "archive.db", about)] == [
        (1, "Harbour council meets | Gazette", "[]", OLD),
        (2, "Harbour council meets", '["body"]', extractor_version()),
    ]


def test_fields_follow_the_latest_capture_and_gaps_the_ones_before(
    desk: Desk, tmp_path: Path, again: Again
) -> None:
    section = '<meta property="article:section" content="Ports">'
    author = '<meta name="author" content="Mara Quill">'
    fetched(desk, page(head=section + author), section="", byline="", authors=(), credits=())
    fetched(desk, page(head=author + " "), 5, byline="", authors=(), credits=())
    assert desk.rows("SELECT section FROM articles") == [("",)]
    done = again(tmp_path)
    assert done.fields["section"].filled == 1
    (row,) = rows(tmp_path / "archive.db", "SELECT section, byline, field_sources FROM articles")
    assert (row["section"], row["byline"]) == ("Ports", "Mara Quill")
    assert "section" in json.loads(row["field_sources"])
    assert desk.rows(
        "SELECT name, role, is_author FROM article_authors JOIN authors ON id = author"
    ) == [("Mara Quill", "author", 1)]


def test_names_that_were_misread_are_gone(desk: Desk, tmp_path: Path, again: Again) -> None:
    head = '<meta name="author" content="Mara Quill"><meta name="keywords" content="Ports">'
    names = ("Autor Mara Quill", "Gazette")
    fetched(desk, page(head=head), authors=names, credits=(), tags=("Subscribe",))
    done = again(tmp_path)
    assert done.fields["authors"].samples[0].before == "Autor Mara Quill, Gazette"
    assert desk.rows("SELECT name FROM authors") == [("Mara Quill",)]
    assert desk.rows("SELECT name FROM tags") == [("Ports",)]


def test_a_paywall_that_came_later_is_not_forgotten(
    desk: Desk, tmp_path: Path, again: Again
) -> None:
    fetched(desk, page(), is_paywalled=False)
    fetched(desk, page(STORY[:300]), 5, is_paywalled=True)
    again(tmp_path)
    (row,) = rows(tmp_path / "archive.db", "SELECT is_paywalled, body FROM articles")
    assert (row["is_paywalled"], row["body"]) == (1, STORY)


@pytest.mark.parametrize("store", [store_quarantine, store_no_article])
def test_a_page_that_led_to_no_article_becomes_one(
    desk: Desk, tmp_path: Path, again: Again, store: Any
) -> None:
    delivery = desk.deliver(URL, page().encode(), headers=HTML)
    store(desk.archive, delivery, *(["it broke", "trace"] if store is store_quarantine else ["?"]))
    wall = desk.deliver("https://gazette.example/wall", WALL.encode(), headers=HTML)
    store_no_article(desk.archive, wall, "a wall")
    desk.archive.warc.flush()
    before = dump(tmp_path / "archive.db")
    would = again(tmp_path, is_dry_run=True)
    assert (would.pages_tried, dict(would.pages)) == (2, {"article": 1})
    assert dump(tmp_path / "archive.db") == before
    done = again(tmp_path)
    assert (done.pages_tried, dict(done.pages)) == (2, {"new": 1})
    assert desk.rows("SELECT url, title, body FROM articles") == [
        (URL, "Harbour council meets", STORY)
    ]
    assert desk.rows("SELECT COUNT(*) FROM quarantine") == [(0,)]
    outcomes = dict(desk.rows("SELECT url, outcome FROM candidates"))
    assert outcomes == {URL: "new", "https://gazette.example/wall": "no_article"}
    assert again(tmp_path).pages_tried == 1


def test_command_shows_what_would_change_and_says_how_it_ended(folder: Path) -> None:
    db = ("--db", str(folder / "archive.db"))
    shown = dateline("reextract", "--dry-run", *db)
    assert shown.returncode == 0, shown.stderr
    assert "title\t7\t0\t0" in shown.stdout
    assert "  - Council meeting 0 of the harbour | The Aldry Gazette" in shown.stdout
    assert "7 articles looked at, 7 would change" in shown.stdout
    found = json.loads(dateline("reextract", "--dry-run", "--json", *db).stdout)
    assert found["fields"]["title"]["changed"] == 7
    assert found["is_dry_run"] is True
    assert dateline("reextract", "--outlet", "nobody", *db).returncode == 2
    refused = dateline("reextract", "--since", "soon", *db)
    assert refused.returncode == 2
    assert "give it as 2026-03-01, 2026-03 or 2026" in refused.stderr
    assert dateline("reextract", "--since", "2027-01", "--dry-run", *db).stdout.startswith("0 art")
    assert dateline("reextract", "--db", str(folder / "none.db")).returncode == 1
    assert dateline("reextract", "--captures", str(folder / "nowhere"), *db).returncode == 1
    done = dateline("reextract", "--since", "2026-03-04", *db)
    assert (done.returncode, done.stderr) == (0, "")
    assert "7 articles looked at, 7 changed" in done.stdout


def test_command_that_could_not_read_every_capture_ends_with_three(folder: Path) -> None:
    with closing(open_writer(folder / "archive.db")) as connection:
        connection.execute("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 3")
    done = dateline("reextract", "--db", str(folder / "archive.db"))
    assert done.returncode == 3
    assert (
        "1 captures of articles could not be extracted again; what is stored stays" in done.stdout
    )
    assert "6 changed" in done.stdout


@pytest.mark.parametrize("pause", [0.0, 1.5, 2.5])
def test_command_that_is_killed_has_lost_nothing(folder: Path, source: Path, pause: float) -> None:
    db = folder / "archive.db"
    process = subprocess.Popen(command("reextract", "--db", str(db)), cwd=ROOT, env=environment())
    deadline = time.monotonic() + 60
    while not (folder / "archive.db.lock").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(pause)
    process.kill()
    process.wait()
    assert verify(db, folder / "captures").is_well
    assert dateline("reextract", "--outdated", "--db", str(db)).returncode == 0
    assert dump(db) == dump(source / "archive.db")


def test_command_ends_cleanly_when_it_is_interrupted(folder: Path) -> None:
    db = folder / "archive.db"
    process = subprocess.Popen(
        command("reextract", "--db", str(db)),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (folder / "archive.db.lock").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert (process.returncode, "interrupted" in out) in ((1, True), (0, False))
    assert verify(db, folder / "captures").is_well


def test_a_fault_costs_one_record_and_no_other(folder: Path, again: Again) -> None:
    db = folder / "archive.db"
    with closing(open_writer(db)) as connection:
        connection.execute(
            "CREATE TRIGGER refused BEFORE UPDATE ON articles WHEN old.id = 3 "
            "BEGIN SELECT RAISE(ABORT, 'no such value'); END"
        )
        connection.execute("UPDATE articles SET field_sources = x'ff' WHERE id = 5")
    done = again(folder)
    assert done.failed.count == 1
    (trouble,) = done.failed.first
    assert (trouble.article, trouble.url) == (3, "https://gazette.example/2")
    assert "IntegrityError: no such value" in trouble.reason
    left = rows(db, "SELECT id FROM articles WHERE title LIKE '%| The Aldry Gazette'")
    assert left == [{"id": 3}]
    texts = rows(db, "SELECT title FROM revisions WHERE article = 3")
    assert all(row["title"].endswith("| The Aldry Gazette") for row in texts)


def test_times_at_the_ends_of_the_calendar_are_stored(desk: Desk) -> None:
    """A page may date itself in the first hour of the year 1, east of Greenwich."""
    moment = datetime.min.replace(tzinfo=timezone(timedelta(hours=9)))
    assert desk.store(URL, published_at=moment).outcome == "new"
    moment = datetime.max.replace(tzinfo=timezone(timedelta(hours=-9)))
    assert desk.store(f"{URL}/b", published_at=moment).outcome == "new"
    assert [tuple(r) for r in desk.rows("SELECT published_at FROM articles ORDER BY id")] == [
        ("0001-01-01T00:00:00Z",),
        ("9999-12-31T23:59:59Z",),
    ]


@pytest.mark.parametrize("between", ["an edit", "the text before it", "a wall"])
def test_an_edit_in_quarantine_gets_its_place_among_the_revisions(
    desk: Desk, tmp_path: Path, again: Again, between: str
) -> None:
    texts = {
        "an edit": page(STORY.replace("third", "fourth")),
        "the text before it": page(head="<!-- ad -->"),
        "a wall": page("\n\n".join(f"Rain fell on hill {n} all through the night and the day "
                                   "after it, say the farmers." for n in range(4)), "Rain"),
    }  # fmt: skip
    fetched(desk, page())
    delivery = desk.deliver(URL, texts[between].encode(), minute=3, headers=HTML)
    store_quarantine(desk.archive, delivery, "it broke", "trace")
    fetched(desk, page(STORY.replace("third", "sixth")), 5)
    done = again(tmp_path)
    about = "SELECT number, captured_at, body, changed FROM revisions ORDER BY number"
    found = [
        (r["number"], r["captured_at"][14:16], json.loads(r["changed"]))
        for r in rows(tmp_path / "archive.db", about)
    ]
    kept = desk.rows("SELECT reason FROM quarantine")
    if between == "an edit":
        assert found == [(1, "00", []), (2, "03", ["body"]), (3, "05", ["body"])]
        assert (dict(done.pages), kept) == ({"revised": 1}, [])
        assert desk.rows("SELECT revision_count FROM articles") == [(3,)]
        middle = rows(tmp_path / "archive.db", f"{about} LIMIT 1 OFFSET 1")
        assert "fourth" in middle[0]["body"]
    else:
        assert found == [(1, "00", []), (2, "05", ["body"])]
    if between == "a wall":
        assert (dict(done.pages), kept) == ({"quarantined": 1}, [("it broke",)])
    if between == "the text before it":
        assert (dict(done.pages), kept) == ({"unchanged": 1}, [])
    (shown,) = rows(tmp_path / "archive.db", "SELECT body FROM articles")
    assert "sixth" in shown["body"]


def test_page_in_quarantine_that_is_no_article_leaves_it(
    desk: Desk, tmp_path: Path, again: Again
) -> None:
    wall = desk.deliver(URL, WALL.encode(), headers=HTML)
    store_quarantine(desk.archive, wall, "it broke", "trace")
    desk.archive.warc.flush()
    assert dict(again(tmp_path, is_dry_run=True).pages) == {"no_article": 1}
    assert desk.rows("SELECT COUNT(*) FROM quarantine") == [(1,)]
    assert dict(again(tmp_path).pages) == {"no_article": 1}
    assert desk.rows("SELECT COUNT(*) FROM quarantine") == [(0,)]
    assert desk.rows("SELECT outcome FROM candidates") == [("no_article",)]


def test_what_a_later_listing_says_of_a_time_is_no_change(
    desk: Desk, tmp_path: Path, again: Again
) -> None:
    head = '<meta property="article:published_time" content="2026-03-04T11:00:00Z">'
    fetched(desk, page(head=head))
    told = [(URL, Candidate(URL, published_at=NOON - timedelta(hours=1)))]
    offer(desk.archive, "gazette", "https://gazette.example/feed", told, NOON)
    done = again(tmp_path)
    assert (done.changed, done.fields) == (0, {})
    (evidence,) = desk.rows("SELECT date_evidence FROM articles")
    assert "listing" in {claim["source"] for claim in json.loads(evidence[0])}


def test_captures_that_are_not_there_are_told_in_a_line(folder: Path) -> None:
    nowhere = folder / "nowhere"
    words = ("reextract", "--db", str(folder / "archive.db"), "--captures", str(nowhere))
    for more in ((), ("--dry-run",)):
        done = dateline(*words, *more)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert f"{nowhere} does not exist, give --captures" in line
    assert not nowhere.exists()
