"""Makes an archive of as many invented articles as wanted, for measurements of search and pages.

Our schema with its triggers, words as frequent as in ten real languages, 200 outlets in 60
countries, five years; what the real writer would have written of runs, captures, candidates,
revisions, authors and tags stands beside the articles. The same options give the same archive.

    .venv/bin/python benchmarks/archives.py PATH --articles N [--full-text 200000] [--seed 7]

`--full-text` is how many of a million articles have a text of full length; of fewer articles the
same share has. Needs `python -m pip install wordfreq`. A million articles take six gigabytes and,
on two cores of 2026, about nine minutes. Captures have rows but no WARC files, which
`dateline verify` rightly misses.
"""

import argparse
import json
import multiprocessing
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import invented_names as names  # noqa: E402
import invented_outlets as landscape  # noqa: E402
from invented_articles import Composer, Rows  # noqa: E402

from scraper.archive.database import open_writer, optimise  # noqa: E402

BATCH = 5_000  # articles written in one transaction
CACHE_KIB = 2_000_000  # of SQLite, so that indexes are changed in memory

# Columns written, by table, in the order in which tables are written.
TABLES = {
    "captures": "id url outlet crawl_run captured_at status content_type body_bytes sha256 etag "
    "warc_file warc_offset warc_bytes",
    "articles": "id url outlet section title description byline body language country published_at "
    "modified_at captured_at checked_at next_check_at gone_at word_count image_url is_paywalled "
    "revision_count capture content_hash field_sources kind published_precision stated_language "
    "key_points date_evidence extractor",
    "candidates": "url link outlet listing title published_at section found_at state outcome "
    "settled_at article",
    "article_urls": "url article kind seen_at",
    "revisions": "id article number captured_at modified_at title byline body changed capture "
    "content_hash extractor",
    "article_authors": "article author position role kind is_author",
    "article_tags": "article tag",
}
WORLD = {
    "outlets": "slug name country languages timezone homepage is_declared added_at",
    "listings": "url outlet kind checked_at changed_at status candidate_count",
    "crawl_runs": "outlet started_at ended_at outcome reason pid version listings candidates "
    "resumed known fetched new revised failures",
}


def write_archive(path: Path, articles: int, full_share: float, seed: int) -> None:
    """Write an archive anew, with everything that stands in it."""
    started = time.monotonic()
    for old in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = open_writer(path)
    for pragma in (f"cache_size = -{CACHE_KIB}", "foreign_keys = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    # A log of gigabytes would have to be copied; what fails halfway here is made anew.
    connection.execute("PRAGMA journal_mode = OFF")
    composer = Composer(seed, articles, full_share)
    _write_world(connection, composer)
    for number, rows in enumerate(_batches(composer, articles), 1):
        connection.execute("BEGIN")
        for table, columns in TABLES.items():
            _insert(connection, table, columns, rows[table])
        connection.execute("COMMIT")
        if number % 10 == 0 or number * BATCH >= articles:
            seconds = time.monotonic() - started
            print(f"{min(number * BATCH, articles):,} articles, {seconds:.0f} s", flush=True)
    for table, links in (("authors", "article_authors"), ("tags", "article_tags")):
        connection.execute(
            f"DELETE FROM {table} WHERE id NOT IN (SELECT {table[:-1]} FROM {links})"
        )
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    assert not broken, f"rows that refer to none: {[tuple(row) for row in broken[:5]]}"
    optimise(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    size = path.stat().st_size / 1e6
    print(f"{path}: {size:,.0f} MB, {time.monotonic() - started:.0f} s")


def _batches(composer: Composer, articles: int) -> Iterator[Rows]:
    """Yield batches in order, composed by a process of its own while the ones before are stored."""
    starts = range(0, articles, BATCH)
    context = multiprocessing.get_context("fork")  # the child takes over the vocabularies
    with context.Pool(1, initializer=_become, initargs=(composer,)) as pool:
        waiting: list[Any] = []
        for start in starts:
            waiting.append(pool.apply_async(_composed, (start,)))
            if len(waiting) > 3:
                yield waiting.pop(0).get()
        for result in waiting:
            yield result.get()


_process_composer: list[Composer] = []


def _become(composer: Composer) -> None:
    _process_composer.append(composer)


def _composed(start: int) -> Rows:
    return _process_composer[0].batch(start, BATCH)


def _write_world(connection: sqlite3.Connection, composer: Composer) -> None:
    """Write outlets, listings, runs, and the names that articles refer to."""
    begin, end = (
        landscape.text_of(landscape.EPOCH),
        landscape.text_of(composer.timeline.captured[-1]),
    )
    rows: Rows = {"outlets": [], "listings": [], "crawl_runs": composer.run_rows}
    for outlet in composer.outlets:
        home = f"https://www.{outlet.slug}.example/"
        name = names.outlet_name(outlet.languages[0], outlet.place)
        rows["outlets"].append(
            {
                "slug": outlet.slug,
                "name": name,
                "country": outlet.country,
                "languages": json.dumps(outlet.languages),
                "timezone": outlet.timezone,
                "homepage": home,
                "is_declared": 1,
                "added_at": begin,
            }
        )
        for kind in ("feed", "news_sitemap"):
            listing = {"url": f"{home}{kind}.xml", "outlet": outlet.slug, "kind": kind}
            listing |= {"checked_at": end, "changed_at": end}
            rows["listings"].append(listing | {"status": 200, "candidate_count": 30})
    connection.execute("BEGIN")
    for table, columns in WORLD.items():
        _insert(connection, table, columns, rows[table])
    for table, numbers in (("authors", composer.author_ids), ("tags", composer.tag_ids)):
        named = [{"id": number, "name": name} for name, number in numbers.items()]
        _insert(connection, table, "id name", named)
    connection.execute("COMMIT")


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: list[dict[str, Any]]
) -> None:
    wanted = columns.split()
    places = ", ".join("?" * len(wanted))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(wanted)}) VALUES ({places})",
        ([row[name] for name in wanted] for row in rows),
    )


def main() -> None:
    """Read the command line and write the archive."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--full-text", type=int, default=200_000, help="of a million articles")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--force", action="store_true", help="replace PATH if it is there")
    options = parser.parse_args()
    if options.path.exists() and not options.force:
        parser.error(f"{options.path} is there already; --force replaces it")
    write_archive(options.path, options.articles, options.full_text / 1e6, options.seed)


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
