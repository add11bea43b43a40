"""The table of edits and its search index: their SQL, made and kept by triggers on revisions.

An edit is what differs between two revisions in a row. It is derived from them whole, so nothing
but triggers writes here, and `rebuild_edits` makes all of it anew.
"""

import sqlite3
from collections.abc import Iterator

BATCH_ROWS = 500  # revisions compared in one statement

# Whatever concerns one edit stands in the edit's row, so that the feed of edits is one walk along
# an index. Edits between two texts that different extractors read are kept, and marked: leaving
# them out would hide what the outlet did among them.
EDITS = """
CREATE TABLE edits (                                     -- What changed between two revisions of an article in a row
    revision INTEGER PRIMARY KEY REFERENCES revisions (id), -- The later of the two
    article INTEGER NOT NULL REFERENCES articles (id),   -- The article
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Its outlet
    language TEXT NOT NULL,                              -- Its language, a BCP 47 tag
    country TEXT,                                        -- Country of its outlet, ISO 3166-1 alpha-2
    number INTEGER NOT NULL,                             -- Number of the later revision among the article's
    seen_at TEXT NOT NULL,                               -- When the later text was captured
    previous_at TEXT NOT NULL,                           -- When the earlier text was captured
    modified_at TEXT,                                    -- When the outlet says it changed, UTC
    headline_changed INTEGER NOT NULL,                   -- 1 if the headline did
    text_changed INTEGER NOT NULL,                       -- 1 if the text did
    byline_changed INTEGER NOT NULL,                     -- 1 if the byline did
    number_changed INTEGER NOT NULL,                     -- 1 if a number stands in the place of another, in headline or text
    paragraphs_added INTEGER NOT NULL,                   -- Paragraphs without a counterpart in the earlier text
    paragraphs_removed INTEGER NOT NULL,                 -- Paragraphs without a counterpart in the later text
    words_added INTEGER NOT NULL,                        -- Words that came, letters in scripts without spaces
    words_removed INTEGER NOT NULL,                      -- Words that went
    is_quiet INTEGER NOT NULL,                           -- 1 if headline or text changed and the outlet gave no new time of change
    is_read_alike INTEGER NOT NULL,                      -- 1 if one extractor read both texts, 0 if what differs may be our reading
    added TEXT NOT NULL,                                 -- The words that came: passages joined by an ellipsis, headline first
    removed TEXT NOT NULL                                -- The words that went, likewise
);
CREATE INDEX idx_edits_article ON edits (article);
CREATE INDEX idx_edits_seen_at ON edits (seen_at);
CREATE INDEX idx_edits_outlet ON edits (outlet, seen_at, language, country);
CREATE INDEX idx_edits_language ON edits (language, seen_at, outlet, country);
CREATE INDEX idx_edits_country ON edits (country, seen_at, language, outlet);
CREATE INDEX idx_edits_quiet ON edits (seen_at, outlet, language, country) WHERE is_quiet = 1;
CREATE INDEX idx_edits_headline ON edits (seen_at, outlet, language, country) WHERE headline_changed = 1;
CREATE INDEX idx_edits_byline ON edits (seen_at, outlet, language, country) WHERE byline_changed = 1;
CREATE INDEX idx_edits_number ON edits (seen_at, outlet, language, country) WHERE number_changed = 1;
CREATE INDEX idx_edits_paragraphs_added ON edits (seen_at, outlet, language, country) WHERE paragraphs_added > 0;
CREATE INDEX idx_edits_paragraphs_removed ON edits (seen_at, outlet, language, country) WHERE paragraphs_removed > 0;
"""

COLUMNS = (
    "revision, article, outlet, language, country, number, seen_at, previous_at, modified_at, "
    "headline_changed, text_changed, byline_changed, number_changed, paragraphs_added, paragraphs_removed, "
    "words_added, words_removed, is_quiet, is_read_alike, added, removed"
)

# The content's name stands in single quotes: so Datasette does not offer its own search of the
# table, which would ask for the columns of the articles' index.
INDEX = """
CREATE VIRTUAL TABLE edits_fts USING fts5 (
    added, removed, outlet, lang, country, date, flags,
    content='edits', content_rowid='revision', tokenize="{tokenizer}"
);
"""
INDEX_COLUMNS = "added, removed, outlet, lang, country, date, flags"

FLAGS = {  # token in the index, and what tells it of a row
    "isheadline": "headline_changed",
    "isbyline": "byline_changed",
    "isnumber": "number_changed",
    "isadded": "paragraphs_added > 0",
    "isremoved": "paragraphs_removed > 0",
    "isquiet": "is_quiet",
    "isuncertain": "NOT is_read_alike",
}


def edit_index_values(row: str) -> str:
    """Return the SQL that turns an edits row (`new`, `old` or a table) into its search row."""
    flags = " || ".join(
        f"CASE WHEN {told.replace('NOT ', f'NOT {row}.') if 'NOT' in told else f'{row}.{told}'} "
        f"THEN '{token} ' ELSE '' END"
        for token, told in FLAGS.items()
    )
    return (
        f"fts_segment({row}.added), fts_segment({row}.removed), fts_segment({row}.outlet), "
        f"fts_language({row}.language), fts_country({row}.country), fts_date({row}.seen_at), "
        f"{flags}"
    )


def edit_rows(condition: str, *, schema: str = "") -> str:
    """Return the SELECT of `COLUMNS` for the later revisions (`new_one`) that a condition allows.

    A revision has an edit when the one numbered before it is there, and what they differ in is
    more than what a reader would not see (`changed`). Only fields said to have changed are
    compared. What differs between two readings is called quiet of nobody.

    Args:
        condition: SQL on `new_one`, a row of revisions.
        schema: "main." where another schema may have tables of these names.
    """
    texts = ", ".join(
        [f"old_one.{name}" for name in ("title", "byline", "body")]
        + [
            f"CASE WHEN instr(new_one.changed, '\"{name}\"') THEN new_one.{name} "
            f"ELSE old_one.{name} END"
            for name in ("title", "byline", "body")
        ]
    )
    told = ", ".join(
        f"json_extract(words, '$.{name}')"
        for name in (
            "number_changed",
            "paragraphs_added",
            "paragraphs_removed",
            "words_added",
            "words_removed",
        )
    )
    return f"""SELECT id, article, outlet, language, country, number, captured_at, previous_at,
        modified_at, headline_changed, text_changed, byline_changed, {told},
        is_read_alike AND has_no_new_time AND (headline_changed OR text_changed), is_read_alike,
        json_extract(words, '$.added'), json_extract(words, '$.removed')
    FROM (WITH compared AS MATERIALIZED (
        SELECT new_one.id, new_one.article, owner.outlet, owner.language, owner.country,
            new_one.number, new_one.captured_at, old_one.captured_at AS previous_at,
            new_one.modified_at, instr(new_one.changed, '"title"') > 0 AS headline_changed,
            instr(new_one.changed, '"byline"') > 0 AS byline_changed,
            instr(new_one.changed, '"body"') > 0 AS text_changed,
            new_one.modified_at IS NULL OR new_one.modified_at IS old_one.modified_at
                AS has_no_new_time,
            new_one.extractor IS old_one.extractor AS is_read_alike,
            edit_of({texts}) AS words
        FROM {schema}revisions AS new_one
        JOIN {schema}revisions AS old_one
            ON old_one.article = new_one.article AND old_one.number = new_one.number - 1
        JOIN {schema}articles AS owner ON owner.id = new_one.article
        WHERE new_one.number > 1 AND new_one.changed <> '[]' AND {condition}
    ) SELECT * FROM compared)"""


def _made_anew(*rows: str) -> str:
    """Return the statements that make the edit of a revision anew, and that of the one after it.

    Args:
        rows: `new`, `old` or both, of a trigger on revisions.
    """
    # One SELECT a row, as row values in a list would read the whole table.
    which = " UNION ALL ".join(
        f"SELECT id FROM revisions WHERE article = {row}.article "
        f"AND number IN ({row}.number, {row}.number + 1)"
        for row in rows
    )
    gone = " UNION ALL ".join(f"SELECT {row}.id" for row in rows)
    return f"""DELETE FROM edits WHERE revision IN ({gone} UNION ALL {which});
    INSERT INTO edits ({COLUMNS}) {edit_rows(f"new_one.id IN ({which})")};"""


INDEX_DELETE_TRIGGER = f"""
CREATE TRIGGER edits_search_delete AFTER DELETE ON edits BEGIN
    INSERT INTO edits_fts (edits_fts, rowid, {INDEX_COLUMNS})
    VALUES ('delete', old.revision, {edit_index_values("old")});
END;
"""

TRIGGERS = f"""
CREATE TRIGGER edits_search_insert AFTER INSERT ON edits BEGIN
    INSERT INTO edits_fts (rowid, {INDEX_COLUMNS}) VALUES (new.revision, {edit_index_values("new")});
END;
{INDEX_DELETE_TRIGGER.strip()}
CREATE TRIGGER edits_search_update AFTER UPDATE ON edits BEGIN
    INSERT INTO edits_fts (edits_fts, rowid, {INDEX_COLUMNS})
    VALUES ('delete', old.revision, {edit_index_values("old")});
    INSERT INTO edits_fts (rowid, {INDEX_COLUMNS}) VALUES (new.revision, {edit_index_values("new")});
END;
CREATE TRIGGER revisions_edits_insert AFTER INSERT ON revisions
WHEN new.number > 1 OR EXISTS (
    SELECT 1 FROM revisions WHERE article = new.article AND number = new.number + 1
) BEGIN
    {_made_anew("new")}
END;
CREATE TRIGGER revisions_edits_update
AFTER UPDATE OF article, number, captured_at, modified_at, title, byline, body, changed, extractor
ON revisions BEGIN
    {_made_anew("new", "old")}
END;
CREATE TRIGGER revisions_edits_delete AFTER DELETE ON revisions BEGIN
    {_made_anew("old")}
END;
CREATE TRIGGER articles_edits_insert AFTER INSERT ON articles BEGIN
    INSERT INTO edits ({COLUMNS}) {edit_rows("new_one.article = new.id")};
END;
CREATE TRIGGER articles_edits_update AFTER UPDATE OF outlet, language, country ON articles
WHEN (new.outlet, new.language, new.country) IS NOT (old.outlet, old.language, old.country) BEGIN
    UPDATE edits SET outlet = new.outlet, language = new.language, country = new.country
    WHERE article = new.id;
END;
"""


def edits_script(tokenizer: str) -> str:
    """Return the script that creates everything of this module in an archive without it."""
    parts = (EDITS, INDEX.format(tokenizer=tokenizer), TRIGGERS)
    return "\n".join(part.strip() for part in parts)


def fill_edits(connection: sqlite3.Connection) -> None:
    """Make the edits of all revisions there are, a batch a statement; there must be none yet."""
    (last,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM revisions").fetchone()
    for first in range(1, last + 1, BATCH_ROWS):
        connection.execute(
            f"INSERT INTO edits ({COLUMNS}) {edit_rows('new_one.id BETWEEN ? AND ?')}",
            (first, first + BATCH_ROWS - 1),
        )


def stray_edits(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the revisions whose edit is missing, or is not what is made of their texts."""
    (last,) = connection.execute(
        "SELECT max(COALESCE((SELECT MAX(id) FROM revisions), 0), "
        "COALESCE((SELECT MAX(revision) FROM edits), 0))"
    ).fetchone()
    held = f"SELECT {COLUMNS} FROM main.edits WHERE revision BETWEEN ? AND ?"
    due = edit_rows("new_one.id BETWEEN ? AND ?", schema="main.")
    for first in range(1, last + 1, BATCH_ROWS):
        batch = (first, first + BATCH_ROWS - 1)
        one, other = ({tuple(row) for row in connection.execute(q, batch)} for q in (held, due))
        yield from sorted({row[0] for row in one ^ other})


def rebuild_edits(connection: sqlite3.Connection) -> None:
    """Make edits and their search index anew from the revisions, within the caller's transaction.

    The old index may be one of another segmenter, in which no row can be found to be deleted; so
    it is emptied whole, without its trigger.
    """
    connection.execute("DROP TRIGGER IF EXISTS edits_search_delete")
    connection.execute("DELETE FROM edits")
    connection.execute("INSERT INTO edits_fts (edits_fts) VALUES ('delete-all')")
    connection.execute(INDEX_DELETE_TRIGGER)
    fill_edits(connection)
