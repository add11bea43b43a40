"""Makes whole again what hangs together in an archive, after rows of it were lost.

What is mended is derived from what is there: a lost article from its revisions, a damaged text
from its second copy, counts from rows. Nothing is invented.
"""

import sqlite3
from collections import Counter
from typing import Literal
from urllib.parse import urlsplit

from scraper.archive.columns import text_of
from scraper.archive.day_summaries import fill_outlet_days
from scraper.archive.older_evidence import convert_evidence
from scraper.archive.revisions import Text, changed_fields, content_hash, decide
from scraper.archive.values import json_text
from scraper.records import Article
from scraper.urls import canonical_url

# The latest revision of an article that is gone, with what else tells where it stood.
LOST_ARTICLES = """
SELECT article AS id, MAX(number), title, byline, body, content_hash, capture, extractor,
    COALESCE(
        (SELECT url FROM article_urls WHERE article = revisions.article AND kind = 'canonical'),
        (SELECT url FROM article_urls WHERE article = revisions.article AND kind = 'final'),
        (SELECT url FROM candidates WHERE article = revisions.article),
        (SELECT canonical(url) FROM captures WHERE id = revisions.capture)) AS url,
    COALESCE(
        (SELECT outlet FROM captures WHERE id = revisions.capture),
        (SELECT outlet FROM candidates WHERE article = revisions.article)) AS outlet,
    MIN(captured_at) AS captured_at, MAX(captured_at) AS checked_at
FROM revisions WHERE article NOT IN (SELECT id FROM articles) GROUP BY article
"""

# What an article is called when its revisions are all that is left of it.
NO_ADDRESS = "urn:dateline:lost-article:"
UNKNOWN_OUTLET = "unknown"

# Such an article gets its address back from the one page captured when a revision of it was.
FOUND_URLS = f"""
UPDATE OR IGNORE articles SET (url, outlet, capture) = (found.url, found.outlet, found.capture)
FROM (SELECT a.id, MIN(canonical(c.url)) AS url, MAX(c.outlet) AS outlet, MAX(c.id) AS capture
    FROM articles a JOIN revisions r ON r.article = a.id
    JOIN captures c ON c.captured_at = r.captured_at AND c.status = 200
    WHERE a.url LIKE '{NO_ADDRESS}%' GROUP BY a.id HAVING COUNT(DISTINCT c.url) = 1) AS found
WHERE found.id = articles.id
"""

# An article and its last revision hold the same text, so either heals the other.
SAME_TEXT = """
UPDATE {table} SET (title, byline, body) = (SELECT other.title, other.byline, other.body
    FROM {other} other WHERE {joined} AND other.content_hash = {table}.content_hash
    AND text_hash(other.title, other.byline, other.body) = other.content_hash)
WHERE content_hash <> text_hash(title, byline, body) AND EXISTS (SELECT 1
    FROM {other} other WHERE {joined} AND other.content_hash = {table}.content_hash
    AND text_hash(other.title, other.byline, other.body) = other.content_hash)
"""
BAD_TEXT = "content_hash <> text_hash(title, byline, body)"

# Where a log was damaged, an article's row may be older than its revisions.
LATEST_TEXT = """
UPDATE articles SET (title, byline, body, content_hash, capture, extractor) =
    (SELECT title, byline, body, content_hash, COALESCE(r.capture, articles.capture), extractor
    FROM revisions r WHERE r.article = articles.id ORDER BY number DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM revisions r WHERE r.article = articles.id
    AND r.content_hash = articles.content_hash)
AND content_hash <> (SELECT content_hash FROM revisions r WHERE r.article = articles.id
    ORDER BY number DESC LIMIT 1)
AND COALESCE((SELECT captured_at FROM captures c WHERE c.id = articles.capture), checked_at) <
    (SELECT captured_at FROM revisions r WHERE r.article = articles.id ORDER BY number DESC LIMIT 1)
"""

# Articles whose last revision is lost get one from the text they show.
LAST_REVISION = """
INSERT INTO revisions (article, number, captured_at, modified_at, title, byline, body, changed,
    capture, content_hash, extractor)
SELECT a.id, COALESCE(last.number, 0) + 1,
    COALESCE((SELECT c.captured_at FROM captures c WHERE c.id = a.capture), a.checked_at),
    a.modified_at, a.title, a.byline, a.body,
    CASE WHEN last.id IS NULL THEN '[]' ELSE '["body"]' END, a.capture, a.content_hash, a.extractor
FROM articles a LEFT JOIN revisions last ON last.article = a.id AND last.number =
    (SELECT MAX(number) FROM revisions WHERE article = a.id)
WHERE last.id IS NULL OR (last.title, last.byline, last.body) <> (a.title, a.byline, a.body)
"""
# A crawl stores no text twice in a row; what was brought back from two places may stand so. Two
# pages that later extraction reads alike are two revisions still, and say that nothing changed.
TWICE = """
DELETE FROM revisions WHERE id IN (SELECT later.id FROM revisions later JOIN revisions earlier
    ON earlier.article = later.article AND earlier.number = later.number - 1
    AND earlier.content_hash = later.content_hash
    AND (later.changed <> '[]' OR later.capture IS earlier.capture))
"""
NUMBERED = (
    "SELECT id, ROW_NUMBER() OVER (PARTITION BY article ORDER BY captured_at, number) AS place "
    "FROM revisions WHERE :article IN (0, article)"
)

# An address that no other table knows, where they know another, is damage.
TRUE_URLS = """
UPDATE OR IGNORE articles SET url = COALESCE(
    (SELECT canonical(c.url) FROM captures c WHERE c.id = articles.capture
        AND canonical(c.url) IN (SELECT url FROM candidates)),
    (SELECT url FROM article_urls WHERE article = articles.id
        AND kind IN ('canonical', 'final') ORDER BY kind LIMIT 1))
WHERE url NOT IN (SELECT url FROM article_urls WHERE article = articles.id)
AND url NOT IN (SELECT url FROM candidates)
AND url NOT IN (SELECT canonical(c.url) FROM captures c WHERE c.id = articles.capture)
AND EXISTS (SELECT 1 FROM article_urls WHERE article = articles.id
    AND kind IN ('canonical', 'final'))
"""

OWN_URLS = """
INSERT OR IGNORE INTO article_urls (url, article, kind, seen_at)
SELECT canonical(c.url), a.id, 'final', a.captured_at
FROM articles a JOIN captures c ON c.id = a.capture
WHERE NOT EXISTS (SELECT 1 FROM article_urls WHERE article = a.id AND kind = 'final')
UNION ALL
SELECT a.url, a.id, 'canonical', a.captured_at FROM articles a
WHERE NOT EXISTS (SELECT 1 FROM article_urls WHERE url = a.url)
"""


def mend(connection: sqlite3.Connection) -> Counter[str]:
    """Mend the rows of an archive whose indexes and triggers are sound; say what was done.

    The caller begins and ends the transaction, and has foreign keys switched off. Revisions are
    left as they are: see `finish`.
    """
    register(connection)
    convert_evidence(connection)  # a file that was never brought up to date is copied as it is
    done: Counter[str] = Counter()
    done["outlets named anew from their addresses"] = _outlets(connection)
    done["articles made anew from their revisions"] = _articles(connection)
    done["damaged texts taken from their other copy"] = _texts(connection)
    done["articles brought up to their last revision"] = connection.execute(LATEST_TEXT).rowcount
    done["articles given back their address"] = connection.execute(TRUE_URLS).rowcount
    done["addresses of articles written anew"] = connection.execute(OWN_URLS).rowcount
    done["articles to be fetched again by the next crawl"] = connection.execute(
        "UPDATE candidates SET article = NULL, state = 'waiting', outcome = NULL, tries = 0, "
        "retry_at = NULL, settled_at = NULL "
        "WHERE article IS NOT NULL AND article NOT IN (SELECT id FROM articles)"
    ).rowcount
    for words, count in _references(connection).items():
        done[words] += count
    # What a listing offered may be lost, and an answer "not modified" would never say it again.
    connection.execute("UPDATE listings SET etag = NULL, last_modified = NULL")
    return +done


def finish(connection: sqlite3.Connection) -> Counter[str]:
    """Make revisions and their counts agree with the articles, once all that can be is back."""
    register(connection)
    done: Counter[str] = Counter()
    for table in ("articles", "revisions"):
        done[f"texts of {table} that are not whole, kept as they are"] = connection.execute(
            f"UPDATE {table} SET content_hash = text_hash(title, byline, body) WHERE {BAD_TEXT}"
        ).rowcount
    _renumber(connection)
    done["revisions made anew from their articles"] = connection.execute(LAST_REVISION).rowcount
    _renumber(connection)
    connection.execute(TWICE)
    _renumber(connection)
    if connection.execute("SELECT 1 FROM outlet_days").fetchone() is None:  # of an older archive
        fill_outlet_days(connection)
    return +done


def register(connection: sqlite3.Connection) -> None:
    """Add the SQL functions that mending asks with."""
    connection.create_function("text_hash", 3, _text_hash, deterministic=True)
    connection.create_function("canonical", 1, canonical_url, deterministic=True)


def heal_text(connection: sqlite3.Connection, capture: int, record: Article) -> int:
    """Put the text of a capture in the place of damaged ones that came from it."""
    text = text_of(record)
    values = (text.title, text.byline, text.body, content_hash(text), record.extractor or None)
    return sum(
        connection.execute(
            f"UPDATE {table} SET title = ?, byline = ?, body = ?, content_hash = ?, extractor = ? "
            f"WHERE capture = ? AND {BAD_TEXT}",
            (*values, capture),
        ).rowcount
        for table in ("articles", "revisions")
    )


def add_lost_revision(
    connection: sqlite3.Connection, article: int, capture: int, captured_at: str, record: Article
) -> bool:
    """Add the text of an earlier capture as a revision, unless one beside it has the same text."""
    text = text_of(record)
    around = [
        connection.execute(
            "SELECT title, byline, body FROM revisions WHERE article = ? "
            f"AND captured_at {relation} ? ORDER BY captured_at {order}, number {order} LIMIT 1",
            (article, captured_at),
        ).fetchone()
        for relation, order in (("<=", "DESC"), (">", "ASC"))
    ]
    before, after = (None if row is None else Text(*row) for row in around)
    decision = decide(before, text)
    if decision.kind not in ("new", "revised"):
        return False
    if after is not None and decide(text, after).kind == "unchanged":
        return False
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, title, byline, body, changed, "
        "capture, content_hash, extractor) VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 "
        "FROM revisions WHERE article = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(article, article, captured_at, text.title, text.byline, text.body),
            *(json_text(decision.changed), capture, content_hash(text), record.extractor or None),
        ),
    )
    return True


def place_earlier_text(
    connection: sqlite3.Connection, article: int, capture: int, captured_at: str, record: Article
) -> Literal["revised", "unchanged", "cut", "replaced"]:
    """Put a text that could not be read before in its place among an article's revisions.

    Returns "revised" when it is one of its own now; the revision behind it then tells anew what it
    changed. The other answers leave everything as it is: see `decide`.
    """
    query = (
        "SELECT id, title, byline, body FROM revisions WHERE article = ? AND captured_at {} ? "
        "ORDER BY captured_at {}, number {} LIMIT 1"
    )
    before, after = (
        connection.execute(query.format(*words), (article, captured_at)).fetchone()
        for words in (("<=", "DESC", "DESC"), (">", "ASC", "ASC"))
    )
    if after is None or not _is_own_page(connection, article, capture):
        return "unchanged"
    text = text_of(record)
    kind = decide(None if before is None else Text(*before[1:]), text).kind
    if kind in ("cut", "replaced", "unchanged"):
        return kind
    if not add_lost_revision(connection, article, capture, captured_at, record):
        return "unchanged"
    changed = json_text(changed_fields(text, Text(*after[1:])))
    connection.execute("UPDATE revisions SET changed = ? WHERE id = ?", (changed, after["id"]))
    _renumber(connection, article)
    return "revised"


def _is_own_page(connection: sqlite3.Connection, article: int, capture: int) -> bool:
    """Tell whether a capture is of the address that revisions came from, and of no twin of it."""
    return bool(
        connection.execute(
            "SELECT 1 FROM captures own JOIN captures c ON c.url = own.url JOIN revisions r "
            "ON r.capture = c.id AND r.article = ? WHERE own.id = ? LIMIT 1",
            (article, capture),
        ).fetchone()
    )


def add_outlet(connection: sqlite3.Connection, slug: str, url: str, now: str) -> int:
    """Add an outlet of which only the name is known; the next crawl of it fills in the rest."""
    parts = urlsplit(url)
    homepage = f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""
    return connection.execute(
        "INSERT INTO outlets (slug, name, languages, timezone, homepage, is_declared, added_at) "
        "VALUES (?, ?, '[]', 'UTC', ?, 0, ?) ON CONFLICT DO NOTHING",
        (slug, slug, homepage, now),
    ).rowcount


def _text_hash(title: object, byline: object, body: object) -> str:
    """Return a text's digest, "" where a column is damaged so far that it is no text."""
    if not (isinstance(title, str) and isinstance(byline, str) and isinstance(body, str)):
        return ""
    return content_hash(Text(title, byline, body))


def _outlets(connection: sqlite3.Connection) -> int:
    missing = connection.execute(
        "SELECT outlet, MIN(url), MIN(at) FROM ("
        "SELECT outlet, url, captured_at AS at FROM captures UNION ALL "
        "SELECT outlet, url, captured_at FROM articles UNION ALL "
        "SELECT outlet, url, found_at FROM candidates UNION ALL "
        "SELECT outlet, url, '9' FROM listings UNION ALL "
        "SELECT outlet, '', started_at FROM crawl_runs) "
        "WHERE outlet NOT IN (SELECT slug FROM outlets) GROUP BY outlet"
    ).fetchall()
    return sum(add_outlet(connection, slug, url, at) for slug, url, at in missing)


def _articles(connection: sqlite3.Connection) -> int:
    count = 0
    for row in connection.execute(LOST_ARTICLES).fetchall():
        values = dict(row)
        values["url"] = row["url"] or f"{NO_ADDRESS}{row['id']}"
        values["outlet"] = row["outlet"] or UNKNOWN_OUTLET
        add_outlet(connection, values["outlet"], values["url"], row["captured_at"])
        count += connection.execute(
            "INSERT OR IGNORE INTO articles (id, url, outlet, title, byline, body, country, "
            "captured_at, checked_at, capture, content_hash, extractor) VALUES (:id, :url, "
            ":outlet, :title, :byline, :body, (SELECT country FROM outlets WHERE slug = :outlet), "
            ":captured_at, :checked_at, :capture, :content_hash, :extractor)",
            values,
        ).rowcount
    return count


def find_addresses(connection: sqlite3.Connection) -> None:
    """Give articles of which only revisions were left their address, now that captures are back."""
    if not connection.execute(FOUND_URLS).rowcount:
        return
    connection.execute(
        f"DELETE FROM article_urls WHERE url LIKE '{NO_ADDRESS}%' "
        "AND url NOT IN (SELECT url FROM articles)"
    )
    connection.execute(OWN_URLS)


def _texts(connection: sqlite3.Connection) -> int:
    healed = connection.execute(
        SAME_TEXT.format(table="articles", other="revisions", joined="other.article = articles.id")
    ).rowcount
    return (
        healed
        + connection.execute(
            SAME_TEXT.format(
                table="revisions", other="articles", joined="other.id = revisions.article"
            )
        ).rowcount
    )


def _renumber(connection: sqlite3.Connection, article: int = 0) -> None:
    """Number revisions from 1 without a gap, and count them; of one article, or of all."""
    which = {"article": article}
    # By way of negative numbers, as no two may be the same at any moment.
    connection.execute(
        f"UPDATE revisions SET number = -place FROM ({NUMBERED}) AS numbered "
        "WHERE numbered.id = revisions.id AND place <> number",
        which,
    )
    connection.execute("UPDATE revisions SET number = -number WHERE number < 0")
    connection.execute(
        "UPDATE articles SET revision_count = counted.number FROM "
        "(SELECT article, COUNT(*) AS number FROM revisions WHERE :article IN (0, article) "
        "GROUP BY article) AS counted "
        "WHERE counted.article = articles.id AND revision_count <> counted.number",
        which,
    )


def _references(connection: sqlite3.Connection) -> Counter[str]:
    """Let no row point at one that is not there: the reference goes, or the row that is one."""
    done: Counter[str] = Counter()
    tables = {row[0] for row in connection.execute("PRAGMA foreign_key_check")}
    for table in sorted(tables):
        needed = {
            row["name"]
            for row in connection.execute(f"PRAGMA table_info({table})")
            if row["notnull"]
        }
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            lost = (
                f"{key['from']} IS NOT NULL AND {key['from']} NOT IN "
                f"(SELECT {key['to']} FROM {key['table']})"
            )
            if key["from"] in needed:
                words = f"rows of {table} dropped with their {key['from']}"
                done[words] += connection.execute(f"DELETE FROM {table} WHERE {lost}").rowcount
            else:
                words = f"references from {table} to a lost {key['from']} dropped"
                done[words] += connection.execute(
                    f"UPDATE {table} SET {key['from']} = NULL WHERE {lost}"
                ).rowcount
    return done
