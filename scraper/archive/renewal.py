"""Makes an article's rows again from the captures they came from; no revision comes of it.

The pages are the ones they were and only what reads them is another, so every text is replaced
where it stands: numbers and times of revisions stay, and what differs between two of them is told
anew, because a difference that only our extraction made is no edit of the outlet.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scraper.archive.authors import CREDITS, credit_rows, write_credits, write_tags
from scraper.archive.columns import (
    TEXT,
    article_columns,
    newer_metadata,
    stored_list,
    stored_map,
    text_of,
)
from scraper.archive.revisions import FIELDS, Text, changed_fields, content_hash
from scraper.archive.values import json_text, safe_text, time_text_or_none
from scraper.archive.writer import Archive
from scraper.records import Article

OF_LISTING = "listing"  # source of what a listing said; tags of one are kept nowhere else
NOTHING = (None, "", "[]", "{}")  # of which a reader sees no difference
DERIVED = ("content_hash", "word_count", "extractor")  # columns that say nothing by themselves


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record, as it was and as it would be."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Renewal:
    """What becomes of an article's rows; only what differs.

    Args:
        article, url: of the article.
        columns: of `articles`.
        revisions: columns of `revisions`, by the row's number.
        record: whose credits it takes; None to leave them.
        tags: None to leave them.
        differences: the same for people to read, field by field.
        edits_undone: revisions between which only our extraction had made a difference.
    """

    article: int
    url: str
    columns: dict[str, Any] = field(default_factory=dict)
    revisions: dict[int, dict[str, Any]] = field(default_factory=dict)
    record: Article | None = None
    tags: tuple[str, ...] | None = None
    differences: tuple[Difference, ...] = ()
    edits_undone: int = 0

    @property
    def texts(self) -> int:
        """How many revisions get another text."""
        return sum(not columns.keys().isdisjoint(FIELDS) for columns in self.revisions.values())


def captures_of(connection: sqlite3.Connection, article: int) -> list[int]:
    """Return the captures an article's rows came from, oldest first, the latest look last."""
    rows = connection.execute(
        "SELECT capture FROM revisions WHERE article = ?1 ORDER BY number", (article,)
    ).fetchall()
    rows += connection.execute("SELECT capture FROM articles WHERE id = ?", (article,)).fetchall()
    return list(dict.fromkeys(row["capture"] for row in rows if row["capture"] is not None))


def plan_renewal(
    connection: sqlite3.Connection, article: int, made: Mapping[int, Article]
) -> Renewal:
    """Say what the rows of an article become; nothing is written.

    Args:
        connection: where its rows are.
        article: its number.
        made: the records made again, by capture; what is not there leaves its rows as they are.
    """
    row = connection.execute("SELECT * FROM articles WHERE id = ?", (article,)).fetchone()
    rows = connection.execute(
        "SELECT * FROM revisions WHERE article = ? ORDER BY number", (article,)
    ).fetchall()
    revisions = _revisions(rows, made)
    undone = sum(columns.get("changed") == "[]" for columns in revisions.values())
    record = made.get(rows[-1]["capture"] if rows else row["capture"])
    if record is None:  # the article shows its last revision, and so stays as it is
        return Renewal(article, row["url"], revisions=revisions, edits_undone=undone)
    columns = _differing(row, _columns(row, rows, made, record))
    if columns.get("is_paywalled") in (0, None) and _is_walled_since(connection, row):
        columns.pop("is_paywalled", None)
    tags = _tags(row, [made[c] for c in captures_of(connection, article) if c in made])
    return Renewal(
        article,
        row["url"],
        columns,
        revisions,
        record,
        tags,
        tuple(_differences(connection, row, columns, record, tags)),
        undone,
    )


def renew(archive: Archive, renewal: Renewal) -> None:
    """Write what `plan_renewal` said; triggers keep the search index and the counts in step."""
    _update(archive, "articles", renewal.article, renewal.columns)
    for number, columns in renewal.revisions.items():
        _update(archive, "revisions", number, columns)
    if renewal.record is not None:
        write_credits(archive, renewal.article, renewal.record)
    if renewal.tags is not None:
        write_tags(archive, renewal.article, renewal.tags)


def renew_from(archive: Archive, article: int, made: Mapping[int, Article]) -> None:
    """Plan and write at once."""
    renew(archive, plan_renewal(archive.connection, article, made))


def renew_last_text(archive: Archive, article: int, values: Mapping[str, Any]) -> None:
    """Replace the text of an article's last revision by what its page is read as today.

    What it changed is told anew where the one before it was read by the same extractor, as
    `plan_renewal` does.
    """
    rows = archive.connection.execute(
        "SELECT * FROM revisions WHERE article = ? ORDER BY number DESC LIMIT 2", (article,)
    ).fetchall()
    if not rows:
        return
    last, *before = rows
    names = ("title", "byline", "body", "content_hash", "modified_at", "extractor")
    columns = {name: values[name] for name in names}
    if before and before[0]["extractor"] == values["extractor"]:
        earlier, now = (Text(r["title"], r["byline"], r["body"]) for r in (before[0], values))
        columns["changed"] = json_text(changed_fields(earlier, now))
    _update(archive, "revisions", last["id"], _differing(last, columns))


def _revisions(
    rows: Sequence[sqlite3.Row], made: Mapping[int, Article]
) -> dict[int, dict[str, Any]]:
    """Return what differs in each revision.

    Between one read anew and one that is not, what changed stays as it was told when both were
    read alike.
    """
    found: dict[int, dict[str, Any]] = {}
    before: Text | None = None
    for row in rows:
        record = made.get(row["capture"])
        text = None if record is None else text_of(record)
        if record is None or text is None:
            before = None
            continue
        values: dict[str, Any] = {
            "title": text.title,
            "byline": text.byline,
            "body": text.body,
            "content_hash": content_hash(text),
            "modified_at": time_text_or_none(record.modified_at),
            "extractor": safe_text(record.extractor) or None,
        }
        if before is not None:
            values["changed"] = json_text(changed_fields(before, text))
        if differing := _differing(row, values):
            found[row["id"]] = differing
        before = text
    return found


def _columns(
    row: sqlite3.Row, rows: Sequence[sqlite3.Row], made: Mapping[int, Article], record: Article
) -> dict[str, Any]:
    """Return the columns of an article, folded from its captures as crawls did."""
    captures = dict.fromkeys([*(revision["capture"] for revision in rows), row["capture"]])
    is_whole = all(capture in made for capture in captures)
    columns: dict[str, Any] = {} if is_whole else dict(row)
    for capture in captures:
        if capture in made:
            columns |= newer_metadata(columns, article_columns(made[capture]))
    values = article_columns(record)
    columns |= {name: values[name] for name in (*TEXT, "key_points")}
    return {name: columns[name] for name in values}


def _is_walled_since(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Tell whether a later capture than those of the text may have said that it is for subscribers.

    Such a capture shows a part of the text and is none of the article's revisions.
    """
    later = connection.execute(
        "SELECT 1 FROM article_urls u JOIN captures c ON c.url = u.url AND c.captured_at > "
        "(SELECT captured_at FROM captures WHERE id = ?) WHERE u.article = ? LIMIT 1",
        (row["capture"], row["id"]),
    ).fetchone()
    return bool(row["is_paywalled"]) and later is not None


def _tags(row: sqlite3.Row, records: Sequence[Article]) -> tuple[str, ...] | None:
    told = [record.tags for record in records if record.tags]
    if told:
        return told[-1]
    source = stored_map(dict(row), "field_sources").get("tags")
    return None if source == OF_LISTING or not records else ()


def _differing(row: sqlite3.Row, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if row[name] != value}


def _differences(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    columns: Mapping[str, Any],
    record: Article,
    tags: tuple[str, ...] | None,
) -> list[Difference]:
    found = [
        Difference(name, row[name], value)
        for name, value in columns.items()
        if name not in DERIVED and _is_told(name, row[name], value)
    ]
    found += _credit_differences(
        [tuple(r) for r in connection.execute(CREDITS, (row["id"],))], credit_rows(record)
    )
    present = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM article_tags JOIN tags ON tags.id = tag WHERE article = ?",
            (row["id"],),
        )
    }
    if tags is not None and present != set(map(safe_text, tags)):
        found.append(Difference("tags", sorted(present), sorted(tags)))
    return found


def _is_told(name: str, before: Any, after: Any) -> bool:
    """Tell whether a reader would see a difference between two values of a column.

    What listings offered after a capture fills gaps in what the first of them said, so that an
    extraction of today may quote a listing that the crawl's could not. That is written down, and
    is no change of the record until such a claim is chosen.
    """
    if name == "date_evidence":
        sides = [
            [
                c
                for c in stored_list({name: side}, name)
                if c.get("source") != OF_LISTING or c.get("chosen")
            ]
            for side in (before, after)
        ]
        return sides[0] != sides[1]
    return not (before in NOTHING and after in NOTHING)


def _credit_differences(
    before: Sequence[tuple[Any, ...]], after: Sequence[tuple[Any, ...]]
) -> list[Difference]:
    authors = [[name for name, *_, is_author in rows if is_author] for rows in (before, after)]
    credits = [
        [f"{name} ({role}, {kind or 'kind unknown'})" for name, role, kind, _ in rows]
        for rows in (before, after)
    ]
    pairs = (("authors", authors), ("credits", credits))
    return [Difference(name, *both) for name, both in pairs if both[0] != both[1]]


def _update(archive: Archive, table: str, number: int, columns: Mapping[str, Any]) -> None:
    if columns:
        assignments = ", ".join(f"{name} = :{name}" for name in columns)
        archive.connection.execute(
            f"UPDATE {table} SET {assignments} WHERE id = :id", {**columns, "id": number}
        )
