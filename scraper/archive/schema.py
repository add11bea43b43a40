"""The tables of archive.db: every column commented, every change a migration that never changes.

Times are RFC 3339 text in UTC ("2026-11-22T18:50:33Z", fractions of a second dropped). URLs in
key columns are canonical (`scraper.urls.canonical_url`). Lists and maps are JSON text.
"""

from sqlite_utils import Database, Migrations

from scraper.archive.day_summaries import fill_outlet_days
from scraper.archive.edits_schema import edits_script, fill_edits
from scraper.archive.older_evidence import convert_evidence
from scraper.archive.watch_schema import WATCH

migrations = Migrations("dateline")

# What FTS5 counts as a letter of a token: letters, numbers, private use, and marks, without which
# Indic vowel signs would split words. Measured: Hindi precision .75 without Mn and Mc, 1.0 with.
TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"

TABLES = """
CREATE TABLE archive_info ( -- Facts about this file itself
    key TEXT PRIMARY KEY,   -- Name of the fact, such as segmenter_version
    value TEXT NOT NULL     -- Its value
);

CREATE TABLE outlets (               -- The publishers whose articles are archived
    slug TEXT PRIMARY KEY,           -- Short name: the spider's name, or the site of an undeclared outlet
    name TEXT NOT NULL,              -- Name as readers know it
    country TEXT,                    -- Newsroom's country, ISO 3166-1 alpha-2
    languages TEXT NOT NULL,         -- JSON list of BCP 47 tags, main one first
    timezone TEXT NOT NULL,          -- IANA zone of dates printed without one
    homepage TEXT NOT NULL,          -- Front page
    is_declared INTEGER NOT NULL,    -- 1 if declared in spiders/, 0 if archived from addresses given by hand
    added_at TEXT NOT NULL           -- When this archive first crawled the outlet
);
CREATE INDEX idx_outlets_country ON outlets (country);
CREATE INDEX idx_outlets_name ON outlets (name);

CREATE TABLE listings (                                  -- Documents that list an outlet's articles
    id INTEGER PRIMARY KEY,                              -- Number of the listing
    url TEXT NOT NULL UNIQUE,                            -- Address asked
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Whose listing it is
    kind TEXT NOT NULL,                                  -- feed, news_sitemap or section
    etag TEXT,                                           -- Validator for the next conditional request
    last_modified TEXT,                                  -- Validator for the next conditional request
    checked_at TEXT,                                     -- When it was last asked
    changed_at TEXT,                                     -- When it last came with new content
    status INTEGER,                                      -- HTTP status of the last answer, NULL if none came
    candidate_count INTEGER NOT NULL DEFAULT 0,          -- Articles it listed when last read
    problem TEXT                                         -- Why it could not be read last time, NULL if it could
);
CREATE INDEX idx_listings_outlet ON listings (outlet);
CREATE INDEX idx_listings_checked_at ON listings (checked_at);

CREATE TABLE crawl_runs (                                -- One execution of one spider, with counts that add up
    id INTEGER PRIMARY KEY,                              -- Number of the run
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet crawled
    started_at TEXT NOT NULL,                            -- When it began
    ended_at TEXT,                                       -- When it ended, NULL while it runs
    outcome TEXT NOT NULL,                               -- running, done, failed or interrupted
    reason TEXT,                                         -- Why it failed or was interrupted
    pid INTEGER NOT NULL,                                -- Process that runs it
    version TEXT NOT NULL,                               -- Version of Dateline
    listings INTEGER NOT NULL DEFAULT 0,                 -- Listings asked
    candidates INTEGER NOT NULL DEFAULT 0,               -- Different articles they offered
    resumed INTEGER NOT NULL DEFAULT 0,                  -- Articles taken up besides: left by earlier runs, or due for another look
    known INTEGER NOT NULL DEFAULT 0,                    -- Of these, already settled and not due
    deferred INTEGER NOT NULL DEFAULT 0,                 -- Of these, left for a later run
    fetched INTEGER NOT NULL DEFAULT 0,                  -- Of these, asked from the outlet
    not_modified INTEGER NOT NULL DEFAULT 0,             -- Of the fetched: answered 304
    new INTEGER NOT NULL DEFAULT 0,                      -- Of the fetched: new articles
    revised INTEGER NOT NULL DEFAULT 0,                  -- Of the fetched: new revisions of known articles
    unchanged INTEGER NOT NULL DEFAULT 0,                -- Of the fetched: known articles, text unchanged
    no_article INTEGER NOT NULL DEFAULT 0,               -- Of the fetched: pages that are no article
    quarantined INTEGER NOT NULL DEFAULT 0,              -- Of the fetched: pages extraction could not digest
    gone INTEGER NOT NULL DEFAULT 0,                     -- Of the fetched: answered 404 or 410
    failed INTEGER NOT NULL DEFAULT 0,                   -- Of the fetched: no usable answer
    failures TEXT NOT NULL DEFAULT '{}'                  -- JSON map from reason to count, for failed and for listings
);
CREATE INDEX idx_crawl_runs_outlet ON crawl_runs (outlet, started_at);
CREATE INDEX idx_crawl_runs_started_at ON crawl_runs (started_at);
CREATE INDEX idx_crawl_runs_outcome ON crawl_runs (outcome);

CREATE TABLE captures (                                  -- Fetched responses, kept raw in WARC files (ISO 28500)
    id INTEGER PRIMARY KEY,                              -- Number of the capture
    url TEXT NOT NULL,                                   -- Final address, as answered
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet crawled
    crawl_run INTEGER REFERENCES crawl_runs (id),        -- Run that fetched it
    captured_at TEXT NOT NULL,                           -- When it was received
    status INTEGER NOT NULL,                             -- HTTP status
    content_type TEXT,                                   -- Content-Type as sent
    body_bytes INTEGER NOT NULL,                         -- Size of the payload, decompressed
    sha256 TEXT NOT NULL,                                -- Digest of the payload, decompressed, hexadecimal
    etag TEXT,                                           -- Validator for conditional requests
    last_modified TEXT,                                  -- Validator for conditional requests
    rights TEXT NOT NULL DEFAULT '{}',                   -- JSON map of machine-readable preferences sent along: X-Robots-Tag, tdm-reservation, Content-Usage
    warc_file TEXT NOT NULL,                             -- File name below the captures directory
    warc_offset INTEGER NOT NULL,                        -- First byte of the record
    warc_bytes INTEGER NOT NULL,                         -- Length of the record
    revisit_of INTEGER REFERENCES captures (id),         -- Earlier capture that holds the same payload
    UNIQUE (url, captured_at, sha256)
);
CREATE INDEX idx_captures_outlet ON captures (outlet, captured_at);
CREATE INDEX idx_captures_captured_at ON captures (captured_at);
CREATE INDEX idx_captures_crawl_run ON captures (crawl_run);
CREATE INDEX idx_captures_revisit_of ON captures (revisit_of);
CREATE INDEX idx_captures_sha256 ON captures (sha256);

CREATE TABLE articles (                                  -- One record per article: its latest text
    id INTEGER PRIMARY KEY,                              -- Number of the article
    url TEXT NOT NULL UNIQUE,                            -- Canonical URL
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Who published it
    section TEXT NOT NULL DEFAULT '',                    -- Section as the outlet names it
    title TEXT NOT NULL,                                 -- Headline
    description TEXT NOT NULL DEFAULT '',                -- Summary the outlet gives
    byline TEXT NOT NULL DEFAULT '',                     -- Credit as printed
    body TEXT NOT NULL,                                  -- Text, paragraphs separated by a blank line
    language TEXT NOT NULL DEFAULT '',                   -- BCP 47 tag
    country TEXT,                                        -- The outlet's country, ISO 3166-1 alpha-2
    published_at TEXT,                                   -- When the outlet says it was published, UTC
    modified_at TEXT,                                    -- When the outlet says it was last changed, UTC
    captured_at TEXT NOT NULL,                           -- When we first captured it
    checked_at TEXT NOT NULL,                            -- When we last looked at it
    next_check_at TEXT,                                  -- When it is due for another look, NULL for never
    gone_at TEXT,                                        -- When the outlet was first seen to have removed it
    word_count INTEGER NOT NULL DEFAULT 0,               -- Words in the body; in scripts without spaces, characters
    image_url TEXT NOT NULL DEFAULT '',                  -- Lead image
    image_caption TEXT NOT NULL DEFAULT '',              -- Its caption
    is_paywalled INTEGER,                                -- 1 if the outlet says the full text is for subscribers, 0 if not, NULL if it does not say
    revision_count INTEGER NOT NULL DEFAULT 1,           -- Revisions stored, the first included
    capture INTEGER REFERENCES captures (id),            -- Latest capture that shows this text
    content_hash TEXT NOT NULL,                          -- Digest of the title, byline and body
    evidence TEXT NOT NULL DEFAULT '{}',                 -- JSON map from field to where it was found, and for times to the text found
    month TEXT GENERATED ALWAYS AS (substr(COALESCE(published_at, captured_at), 1, 7)) VIRTUAL -- Month of publication, of capture where unknown
);
CREATE INDEX idx_articles_published_at ON articles (published_at);
CREATE INDEX idx_articles_modified_at ON articles (modified_at);
CREATE INDEX idx_articles_captured_at ON articles (captured_at);
CREATE INDEX idx_articles_checked_at ON articles (checked_at);
CREATE INDEX idx_articles_next_check_at ON articles (outlet, next_check_at);
CREATE INDEX idx_articles_gone_at ON articles (gone_at);
CREATE INDEX idx_articles_outlet ON articles (outlet, published_at);
CREATE INDEX idx_articles_language ON articles (language, published_at);
CREATE INDEX idx_articles_country ON articles (country, published_at);
CREATE INDEX idx_articles_section ON articles (section, published_at);
CREATE INDEX idx_articles_month ON articles (month);
CREATE INDEX idx_articles_month_language ON articles (month, language);
CREATE INDEX idx_articles_month_outlet ON articles (month, outlet);
CREATE INDEX idx_articles_word_count ON articles (word_count);
CREATE INDEX idx_articles_revision_count ON articles (revision_count);
CREATE INDEX idx_articles_is_paywalled ON articles (is_paywalled);
CREATE INDEX idx_articles_capture ON articles (capture);
CREATE INDEX idx_articles_title ON articles (title);

CREATE TABLE candidates (                                -- Articles that listings offered, and what became of each
    url TEXT PRIMARY KEY,                                -- Canonical URL of the offer
    link TEXT NOT NULL,                                  -- Address as offered, which is asked
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Whose listing offered it
    listing INTEGER REFERENCES listings (id),            -- Listing that offered it first, NULL for addresses given by hand
    title TEXT NOT NULL DEFAULT '',                      -- Headline the listing gave
    byline TEXT NOT NULL DEFAULT '',                     -- Credit the listing gave
    published_at TEXT,                                   -- Time the listing gave
    modified_at TEXT,                                    -- Time of change the listing gave
    section TEXT NOT NULL DEFAULT '',                    -- Section the listing gave
    language TEXT NOT NULL DEFAULT '',                   -- Language the listing gave
    description TEXT NOT NULL DEFAULT '',                -- Summary the listing gave
    found_at TEXT NOT NULL,                              -- When it was first offered
    state TEXT NOT NULL,                                 -- waiting (to be fetched), settled, or failed (given up)
    outcome TEXT,                                        -- What came of the last fetch: new, revised, unchanged, no_article, quarantined, gone, or a failure
    tries INTEGER NOT NULL DEFAULT 0,                    -- Fetches that failed so far
    retry_at TEXT,                                       -- Not to be asked before
    settled_at TEXT,                                     -- When it was settled or given up
    article INTEGER REFERENCES articles (id)             -- Article it led to
);
CREATE INDEX idx_candidates_waiting ON candidates (outlet, state, retry_at);
CREATE INDEX idx_candidates_listing ON candidates (listing);
CREATE INDEX idx_candidates_article ON candidates (article);
CREATE INDEX idx_candidates_found_at ON candidates (found_at);
CREATE INDEX idx_candidates_outcome ON candidates (outcome);

CREATE TABLE article_urls (                              -- Every address that led to an article
    url TEXT PRIMARY KEY,                                -- The address
    article INTEGER NOT NULL REFERENCES articles (id),   -- The article
    kind TEXT NOT NULL,                                  -- final (it answered with the article), offered (it redirected to it), canonical (it was claimed), or written (any of these before it was made canonical)
    seen_at TEXT NOT NULL                                -- When it first led there
);
CREATE INDEX idx_article_urls_article ON article_urls (article);
CREATE INDEX idx_article_urls_seen_at ON article_urls (seen_at);

CREATE TABLE revisions (                                 -- An article's text as of one capture, the first and each that differs
    id INTEGER PRIMARY KEY,                              -- Number of the revision
    article INTEGER NOT NULL REFERENCES articles (id),   -- The article
    number INTEGER NOT NULL,                             -- 1 for the first text, then counting up
    captured_at TEXT NOT NULL,                           -- When this text was captured
    modified_at TEXT,                                    -- When the outlet says it changed, UTC
    title TEXT NOT NULL,                                 -- Headline then
    byline TEXT NOT NULL,                                -- Credit then
    body TEXT NOT NULL,                                  -- Text then
    changed TEXT NOT NULL,                               -- JSON list of the fields that differ from the revision before: title, byline, body
    capture INTEGER REFERENCES captures (id),            -- Capture it came from
    content_hash TEXT NOT NULL,                          -- Digest of the title, byline and body
    UNIQUE (article, number)
);
CREATE INDEX idx_revisions_captured_at ON revisions (captured_at);
CREATE INDEX idx_revisions_capture ON revisions (capture);

CREATE TABLE authors (                                   -- Persons and organisations named in bylines
    id INTEGER PRIMARY KEY,                              -- Number of the author
    name TEXT NOT NULL UNIQUE                            -- Bare name as printed
);

CREATE TABLE article_authors (                           -- Who is named in which article's byline
    article INTEGER NOT NULL REFERENCES articles (id),   -- The article
    author INTEGER NOT NULL REFERENCES authors (id),     -- The author
    position INTEGER NOT NULL,                           -- Place in the byline, from 1
    PRIMARY KEY (article, author)
);
CREATE INDEX idx_article_authors_author ON article_authors (author);

CREATE TABLE tags (                                      -- Topics as outlets name them
    id INTEGER PRIMARY KEY,                              -- Number of the tag
    name TEXT NOT NULL UNIQUE                            -- The topic
);

CREATE TABLE article_tags (                              -- Which article carries which tag
    article INTEGER NOT NULL REFERENCES articles (id),   -- The article
    tag INTEGER NOT NULL REFERENCES tags (id),           -- The tag
    PRIMARY KEY (article, tag)
);
CREATE INDEX idx_article_tags_tag ON article_tags (tag);

CREATE TABLE quarantine (                                -- Captures that extraction could not digest, and why
    id INTEGER PRIMARY KEY,                              -- Number of the entry
    url TEXT NOT NULL,                                   -- Canonical URL of the page
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet crawled
    capture INTEGER NOT NULL UNIQUE REFERENCES captures (id), -- The raw page
    crawl_run INTEGER REFERENCES crawl_runs (id),        -- Run that met it
    quarantined_at TEXT NOT NULL,                        -- When
    reason TEXT NOT NULL,                                -- Why, in a few words
    detail TEXT NOT NULL                                 -- Traceback or other evidence
);
CREATE INDEX idx_quarantine_outlet ON quarantine (outlet);
CREATE INDEX idx_quarantine_crawl_run ON quarantine (crawl_run);
CREATE INDEX idx_quarantine_quarantined_at ON quarantine (quarantined_at);
CREATE INDEX idx_quarantine_reason ON quarantine (reason);

CREATE TABLE monthly_counts (                            -- Articles by month, outlet and language, kept in step for charts
    month TEXT NOT NULL,                                 -- Month of publication, of capture where unknown
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    language TEXT NOT NULL,                              -- BCP 47 tag
    article_count INTEGER NOT NULL,                      -- Articles in the archive
    PRIMARY KEY (month, outlet, language)
);
CREATE INDEX idx_monthly_counts_outlet ON monthly_counts (outlet);
CREATE INDEX idx_monthly_counts_language ON monthly_counts (language);
"""

SEARCH_V1 = f"""
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, author, description, outlet, lang, country, date,
    content="articles", content_rowid="id", tokenize="{TOKENIZER}"
);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(8.0, 1.0, 2.0, 2.0, 0, 0, 0, 0)');
"""

FTS_COLUMNS_V1 = "title, body, author, description, outlet, lang, country, date"


def fts_values_v1(row: str) -> str:
    """Return the SQL that turns an articles row (`new`, `old` or a table) into its search row."""
    return (
        f"fts_segment({row}.title), fts_segment({row}.body), fts_segment({row}.byline), "
        f"fts_segment({row}.description), fts_segment({row}.outlet), fts_language({row}.language), "
        f"fts_country({row}.country), fts_date(COALESCE({row}.published_at, {row}.captured_at))"
    )


SEARCHED_V1 = (
    "title, body, byline, description, outlet, language, country, published_at, captured_at"
)
COUNTED = "outlet, language, published_at, captured_at"

TRIGGERS_V1 = f"""
CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, {FTS_COLUMNS_V1}) VALUES (new.id, {fts_values_v1("new")});
END;
CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, {FTS_COLUMNS_V1})
    VALUES ('delete', old.id, {fts_values_v1("old")});
END;
CREATE TRIGGER articles_search_update AFTER UPDATE OF {SEARCHED_V1} ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, {FTS_COLUMNS_V1})
    VALUES ('delete', old.id, {fts_values_v1("old")});
    INSERT INTO articles_fts (rowid, {FTS_COLUMNS_V1}) VALUES (new.id, {fts_values_v1("new")});
END;
CREATE TRIGGER articles_count_insert AFTER INSERT ON articles BEGIN
    INSERT INTO monthly_counts VALUES (new.month, new.outlet, new.language, 1)
    ON CONFLICT DO UPDATE SET article_count = article_count + 1;
END;
CREATE TRIGGER articles_count_delete AFTER DELETE ON articles BEGIN
    UPDATE monthly_counts SET article_count = article_count - 1
    WHERE (month, outlet, language) = (old.month, old.outlet, old.language);
END;
CREATE TRIGGER articles_count_update AFTER UPDATE OF {COUNTED} ON articles BEGIN
    UPDATE monthly_counts SET article_count = article_count - 1
    WHERE (month, outlet, language) = (old.month, old.outlet, old.language);
    INSERT INTO monthly_counts VALUES (new.month, new.outlet, new.language, 1)
    ON CONFLICT DO UPDATE SET article_count = article_count + 1;
END;
"""


def statements(script: str) -> list[str]:
    """Split a script of this module into statements; a trigger, which ends in END, stays whole."""
    found, current = [], ""
    for line in script.strip().splitlines():
        current += line + "\n"
        code = line.split("--")[0].rstrip()
        whole = code == "END;" if current.startswith("CREATE TRIGGER") else code.endswith(";")
        if whole:
            found.append(current.strip())
            current = ""
    return found


@migrations()
def m001_first_tables(db: Database) -> None:
    """Create everything an archive holds."""
    for statement in statements(TABLES) + statements(SEARCH_V1) + statements(TRIGGERS_V1):
        db.execute(statement)


# What came later, a column a line.
ADDED = """
ALTER TABLE captures ADD COLUMN lost_at TEXT; -- When its raw record was found to be lost, NULL while it is whole
"""


@migrations()
def m002_lost_captures(db: Database) -> None:
    """Let captures say that their raw record is lost."""
    for statement in statements(ADDED):
        db.execute(statement)


# What an article is, what its times rest on, who did what, what extracted it. The columns may be
# NULL, so that `scraper.archive.salvage` takes rows written before them.
RECORD = """
ALTER TABLE articles RENAME COLUMN evidence TO field_sources; -- JSON map from field to where it was found
ALTER TABLE articles ADD COLUMN kind TEXT; -- article, live blog, opinion, video, audio or gallery; NULL if extracted before kinds were told
ALTER TABLE articles ADD COLUMN published_precision TEXT; -- How exact published_at is: day, minute or second; NULL if there is none, or it was not told yet
ALTER TABLE articles ADD COLUMN stated_language TEXT; -- The page's own claim, a BCP 47 tag; NULL if it was not kept yet
ALTER TABLE articles ADD COLUMN key_points TEXT; -- JSON list: the outlet's summary in points, which stand in the body as well; NULL if not kept yet
ALTER TABLE articles ADD COLUMN date_evidence TEXT; -- JSON list of every claim about the times: field, raw, source, at, zone, precision, chosen, why
ALTER TABLE articles ADD COLUMN extractor TEXT; -- What made this record, with versions; NULL if that was not kept yet
ALTER TABLE article_authors ADD COLUMN role TEXT; -- What they did: author, agency, editor, photographer or translator
ALTER TABLE article_authors ADD COLUMN kind TEXT; -- person or organisation; NULL if it was not told yet
ALTER TABLE article_authors ADD COLUMN is_author INTEGER; -- 1 for those who wrote, and for agencies where nobody is named; 0 for all others credited
ALTER TABLE revisions ADD COLUMN extractor TEXT; -- What extracted this text, with versions; NULL if that was not kept yet
CREATE INDEX idx_articles_kind ON articles (kind, published_at);
CREATE INDEX idx_articles_published_precision ON articles (published_precision);
CREATE INDEX idx_articles_stated_language ON articles (stated_language);
CREATE INDEX idx_articles_extractor ON articles (extractor);
CREATE INDEX idx_article_authors_role ON article_authors (role);
CREATE INDEX idx_article_authors_kind ON article_authors (kind);
CREATE INDEX idx_article_authors_is_author ON article_authors (is_author);
CREATE INDEX idx_revisions_extractor ON revisions (extractor);
"""


@migrations()
def m003_whole_records(db: Database) -> None:
    """Let articles hold what extraction tells of them now, and say what told it."""
    for statement in statements(RECORD):
        db.execute(statement)
    convert_evidence(db.conn)


# A search index that knows sections and flags; counts by day, and the days on which an outlet was
# collected, so that a chart can tell "nothing found" from "nobody looked".
SUMMARIES = """
CREATE TABLE daily_counts (                              -- Articles by day, outlet and language, kept in step for charts
    day TEXT NOT NULL,                                   -- Day of publication in UTC, of capture where unknown
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    language TEXT NOT NULL,                              -- BCP 47 tag
    article_count INTEGER NOT NULL,                      -- Articles in the archive
    PRIMARY KEY (day, outlet, language)
) WITHOUT ROWID;
CREATE INDEX idx_daily_counts_outlet ON daily_counts (outlet, day, language, article_count);
CREATE INDEX idx_daily_counts_language ON daily_counts (language, day, outlet, article_count);
CREATE TABLE collected_days (                            -- Days on which an outlet was collected, kept in step for charts
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    day TEXT NOT NULL,                                   -- Day in UTC on which a crawl run began that asked a listing and ended as done
    run_count INTEGER NOT NULL,                          -- Such runs
    PRIMARY KEY (outlet, day)
) WITHOUT ROWID;
CREATE INDEX idx_collected_days_day ON collected_days (day, outlet);
CREATE INDEX idx_articles_moment ON articles (COALESCE(published_at, captured_at));
CREATE INDEX idx_articles_hits ON articles (id, published_at, captured_at, outlet, language, country, section);
"""

SEARCH = f"""
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, author, description, outlet, section, lang, country, date, flags,
    content="articles", content_rowid="id", tokenize="{TOKENIZER}"
);
INSERT INTO articles_fts (articles_fts, rank)
VALUES ('rank', 'bm25(8.0, 1.0, 2.0, 2.0, 0, 0, 0, 0, 0, 0)');
"""

FTS_COLUMNS = "title, body, author, description, outlet, section, lang, country, date, flags"


def fts_values(row: str) -> str:
    """Return the SQL that turns an articles row (`new`, `old` or a table) into its search row."""
    return (
        f"fts_segment({row}.title), fts_segment({row}.body), fts_segment({row}.byline), "
        f"fts_segment({row}.description), fts_segment({row}.outlet), fts_segment({row}.section), "
        f"fts_language({row}.language), fts_country({row}.country), "
        f"fts_date(COALESCE({row}.published_at, {row}.captured_at)), "
        f"fts_flags({row}.revision_count, {row}.is_paywalled, {row}.gone_at, {row}.kind)"
    )


SEARCHED = (
    "title, body, byline, description, outlet, section, language, country, published_at, "
    "captured_at, revision_count, is_paywalled, gone_at, kind"
)
DAY_OF = "substr(COALESCE({row}.published_at, {row}.captured_at), 1, 10)"
NEW_DAY, OLD_DAY = DAY_OF.format(row="new"), DAY_OF.format(row="old")
RUN_DAY = "(new.outlet, substr(new.started_at, 1, 10), 1)"

# A crawl for articles alone tells nothing of what came. Of a run: whether it collected its outlet.
# The triggers are those of m007, in place of m004's, which count any run.
COLLECTED = "outcome = 'done' AND listings > 0"
DAY_TRIGGERS = f"""CREATE TRIGGER crawl_runs_day_insert AFTER INSERT ON crawl_runs
WHEN new.outcome = 'done' AND new.listings > 0 BEGIN
    INSERT INTO collected_days (outlet, day, run_count) VALUES {RUN_DAY}
    ON CONFLICT DO UPDATE SET run_count = run_count + 1;
END;
CREATE TRIGGER crawl_runs_day_update AFTER UPDATE OF outcome ON crawl_runs
WHEN new.outcome = 'done' AND new.listings > 0 AND old.outcome <> 'done' BEGIN
    INSERT INTO collected_days (outlet, day, run_count) VALUES {RUN_DAY}
    ON CONFLICT DO UPDATE SET run_count = run_count + 1;
END;"""
TRIGGERS = f"""
CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, {FTS_COLUMNS}) VALUES (new.id, {fts_values("new")});
END;
CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, {FTS_COLUMNS})
    VALUES ('delete', old.id, {fts_values("old")});
END;
CREATE TRIGGER articles_search_update AFTER UPDATE OF {SEARCHED} ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, {FTS_COLUMNS})
    VALUES ('delete', old.id, {fts_values("old")});
    INSERT INTO articles_fts (rowid, {FTS_COLUMNS}) VALUES (new.id, {fts_values("new")});
END;
CREATE TRIGGER articles_day_insert AFTER INSERT ON articles BEGIN
    INSERT INTO daily_counts VALUES ({NEW_DAY}, new.outlet, new.language, 1)
    ON CONFLICT DO UPDATE SET article_count = article_count + 1;
END;
CREATE TRIGGER articles_day_delete AFTER DELETE ON articles BEGIN
    UPDATE daily_counts SET article_count = article_count - 1
    WHERE (day, outlet, language) = ({OLD_DAY}, old.outlet, old.language);
END;
CREATE TRIGGER articles_day_update AFTER UPDATE OF {COUNTED} ON articles BEGIN
    UPDATE daily_counts SET article_count = article_count - 1
    WHERE (day, outlet, language) = ({OLD_DAY}, old.outlet, old.language);
    INSERT INTO daily_counts VALUES ({NEW_DAY}, new.outlet, new.language, 1)
    ON CONFLICT DO UPDATE SET article_count = article_count + 1;
END;
CREATE TRIGGER crawl_runs_day_insert AFTER INSERT ON crawl_runs WHEN new.outcome = 'done' BEGIN
    INSERT INTO collected_days (outlet, day, run_count) VALUES {RUN_DAY}
    ON CONFLICT DO UPDATE SET run_count = run_count + 1;
END;
CREATE TRIGGER crawl_runs_day_update AFTER UPDATE OF outcome ON crawl_runs
WHEN new.outcome = 'done' AND old.outcome <> 'done' BEGIN
    INSERT INTO collected_days (outlet, day, run_count) VALUES {RUN_DAY}
    ON CONFLICT DO UPDATE SET run_count = run_count + 1;
END;
"""

DAY_ROWS = f"""INSERT INTO collected_days (outlet, day, run_count)
SELECT outlet, substr(started_at, 1, 10), count(*) FROM crawl_runs WHERE {COLLECTED}
GROUP BY 1, 2"""
# The rows of the tables above, made from those they are summaries of.
REFILL = f"""
INSERT INTO articles_fts (rowid, {FTS_COLUMNS})
SELECT id, {fts_values("articles")} FROM articles ORDER BY id;
INSERT INTO daily_counts (day, outlet, language, article_count)
SELECT {DAY_OF.format(row="articles")}, outlet, language, count(*) FROM articles GROUP BY 1, 2, 3;
{DAY_ROWS};
"""


@migrations()
def m004_search_and_days(db: Database) -> None:
    """Make the search index anew, with sections and flags; count by day; note collected days."""
    for name in ("insert", "delete", "update"):
        db.execute(f"DROP TRIGGER articles_search_{name}")
    db.execute("DROP TABLE articles_fts")
    for statement in statements(SUMMARIES) + statements(SEARCH):
        db.execute(statement)
    for statement in statements(REFILL) + statements(TRIGGERS):
        db.execute(statement)


@migrations()
def m005_edits(db: Database) -> None:
    """Let edits be found: what changed between any two revisions in a row."""
    for statement in statements(edits_script(TOKENIZER)):
        db.execute(statement)
    fill_edits(db.conn)


# A chart of five years and 200 outlets asks which of 340,000 days are missing: 1.4 s of CPU, where
# the stretches without a gap are 700 rows. A listing reaches back, so a run covers the two days
# before and after it (`scraper.web.attention.coverage`), and runs five days apart leave no gap.
SPAN_GAP_DAYS = 5
SPANS = f"""
CREATE TABLE collected_spans (                           -- Stretches over which an outlet was collected without a gap, kept in step for charts
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    first_day TEXT NOT NULL,                             -- Day in UTC of the first run
    last_day TEXT NOT NULL,                              -- Day of the last run; none is more than {SPAN_GAP_DAYS} days after the one before
    PRIMARY KEY (outlet, first_day)
) WITHOUT ROWID;
"""
BEFORE, AFTER = (f"date(new.day, '{days:+} days')" for days in (-SPAN_GAP_DAYS, SPAN_GAP_DAYS))
TOUCHING = f"outlet = new.outlet AND last_day >= {BEFORE} AND first_day <= {AFTER}"
SPAN_TRIGGERS = f"""
CREATE TRIGGER collected_days_span AFTER INSERT ON collected_days BEGIN
    INSERT OR REPLACE INTO collected_spans (outlet, first_day, last_day)
    SELECT new.outlet, min(new.day, COALESCE(min(first_day), new.day)),
        max(new.day, COALESCE(max(last_day), new.day))
    FROM collected_spans WHERE {TOUCHING};
    DELETE FROM collected_spans WHERE {TOUCHING} AND EXISTS (
        SELECT 1 FROM collected_spans AS wider
        WHERE wider.outlet = new.outlet AND wider.first_day < collected_spans.first_day
        AND wider.last_day >= collected_spans.last_day
    );
END;
"""
SPAN_SELECT = f"""
SELECT outlet, min(day) AS first, max(day) AS last FROM (
    SELECT outlet, day, sum(is_first) OVER (PARTITION BY outlet ORDER BY day) AS number FROM (
        SELECT outlet, day, COALESCE(julianday(day)
            - julianday(lag(day) OVER (PARTITION BY outlet ORDER BY day)) > {SPAN_GAP_DAYS}, 1
        ) AS is_first FROM collected_days
    )
) GROUP BY outlet, number
"""
SPAN_ROWS = f"INSERT INTO collected_spans (outlet, first_day, last_day) {SPAN_SELECT.strip()};"


@migrations()
def m006_collected_spans(db: Database) -> None:
    """Note over which days each outlet was collected without a gap."""
    for statement in statements(SPANS) + statements(SPAN_ROWS) + statements(SPAN_TRIGGERS):
        db.execute(statement)


def _collect_anew(db: Database) -> None:
    """Count the collected days anew, in archives that counted crawls for articles alone."""
    for name in ("crawl_runs_day_insert", "crawl_runs_day_update", "collected_days_span"):
        db.execute(f"DROP TRIGGER {name}")
    for table in ("collected_days", "collected_spans"):
        db.execute(f"DELETE FROM {table}")
    db.execute(DAY_ROWS)
    for statement in statements(SPAN_ROWS) + statements(DAY_TRIGGERS) + statements(SPAN_TRIGGERS):
        db.execute(statement)


@migrations()
def m007_watch(db: Database) -> None:
    """Note each look at a listing, what each day brought, what is due when, and what went wrong.

    A crawl for articles alone tells nothing of what came, so its day was not collected.
    """
    for statement in statements(WATCH):
        db.execute(statement)
    _collect_anew(db)
    fill_outlet_days(db.conn)
