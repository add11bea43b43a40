"""The tables that say what was expected of each outlet and what came: a table of columns.

They hold what the scheduler decides by and what `dateline health` judges by. None of them is
needed to read the archive; losing one costs what was learnt, never an article.
"""

WATCH = """
ALTER TABLE listings ADD COLUMN due_at TEXT; -- When it is to be asked next, NULL for at once
ALTER TABLE listings ADD COLUMN interval_seconds INTEGER; -- Time from the last look to due_at
ALTER TABLE listings ADD COLUMN failure_count INTEGER; -- Looks in a row that brought no readable answer
ALTER TABLE listings ADD COLUMN due_reason TEXT; -- Why then: rhythm, failing, told to wait, or first look
ALTER TABLE candidates ADD COLUMN listed_modified_at TEXT; -- Latest time of change that a listing gave
ALTER TABLE crawl_runs ADD COLUMN no_article_reasons TEXT; -- JSON map from what they are to count, for pages that are no article
ALTER TABLE captures ADD COLUMN pruned_at TEXT; -- When its raw record was dropped by dateline prune, NULL if it was not; lost_at has the same time
CREATE INDEX idx_listings_due_at ON listings (due_at);
CREATE TABLE listing_checks (                            -- Each time a listing was asked, and what it offered
    id INTEGER PRIMARY KEY,                              -- Number of the check
    listing INTEGER NOT NULL REFERENCES listings (id),   -- The listing
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Whose listing it is
    crawl_run INTEGER REFERENCES crawl_runs (id),        -- Run that asked
    checked_at TEXT NOT NULL,                            -- When
    status INTEGER,                                      -- HTTP status, NULL if no answer came
    problem TEXT,                                        -- Why it could not be read, NULL if it could
    candidate_count INTEGER,                             -- Articles it listed, NULL if it was not read (304 among others)
    fresh_count INTEGER NOT NULL DEFAULT 0,              -- Of these, offered for the first time
    left_out_count INTEGER,                              -- Entries it held besides that are no world news or no articles, NULL if it was not read
    newest_at TEXT,                                      -- Newest time of publication it gave, NULL if it gave none
    body_bytes INTEGER,                                  -- Size of the answer, decompressed, NULL if none came
    latency_ms INTEGER,                                  -- From the request to the head of the answer, NULL if none came
    redirected_to TEXT                                   -- Address on another host that answered, NULL if its own did
);
CREATE INDEX idx_listing_checks_listing ON listing_checks (listing, checked_at);
CREATE INDEX idx_listing_checks_outlet ON listing_checks (outlet, checked_at);
CREATE INDEX idx_listing_checks_crawl_run ON listing_checks (crawl_run);
CREATE INDEX idx_listing_checks_checked_at ON listing_checks (checked_at);
CREATE INDEX idx_listing_checks_status ON listing_checks (status);
CREATE TABLE listing_hours (                             -- How much each listing brings by hour of the week, learnt from its checks
    listing INTEGER NOT NULL REFERENCES listings (id),   -- The listing
    hour INTEGER NOT NULL,                               -- Hour of the week in UTC, from 0 (Monday, midnight) to 167
    observed_hours REAL NOT NULL,                        -- Hours watched, older ones counting less
    fresh_count REAL NOT NULL,                           -- Articles that came in them, older ones counting less
    PRIMARY KEY (listing, hour)
);
CREATE TABLE robots_files (                              -- Each host's robots.txt, kept as long as its headers allow (RFC 9309)
    origin TEXT PRIMARY KEY,                             -- Scheme, host and port
    checked_at TEXT NOT NULL,                            -- When it was last asked
    expires_at TEXT NOT NULL,                            -- Until when it need not be asked again
    changed_at TEXT,                                     -- When it was first seen to say something else than before, NULL for never
    status INTEGER NOT NULL,                             -- HTTP status of the answer that is kept
    etag TEXT,                                           -- Validator for the next conditional request
    last_modified TEXT,                                  -- Validator for the next conditional request
    body TEXT NOT NULL,                                  -- Its rules, as far as they are read
    previous_body TEXT                                   -- Its rules before changed_at
);
CREATE INDEX idx_robots_files_changed_at ON robots_files (changed_at);
CREATE TABLE request_counts (                            -- Requests and bytes by day, outlet, host, purpose and answer
    day TEXT NOT NULL,                                   -- Day in UTC
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- For whose sake
    host TEXT NOT NULL,                                  -- Host asked, with the port if the address has one
    kind TEXT NOT NULL,                                  -- robots, listing or article; replay for what files answered, and nobody was asked
    status INTEGER NOT NULL,                             -- HTTP status, 0 if no answer came
    request_count INTEGER NOT NULL,                      -- Requests sent
    response_bytes INTEGER NOT NULL,                     -- Bytes of bodies received, as sent (compressed)
    latency_ms INTEGER NOT NULL,                         -- From request to the head of the answer, all together
    PRIMARY KEY (day, outlet, host, kind, status)
);
CREATE INDEX idx_request_counts_outlet ON request_counts (outlet, day);
CREATE INDEX idx_request_counts_host ON request_counts (host, day);
CREATE TABLE outlet_days (                               -- What came of each outlet on each day, summed up after every run
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    day TEXT NOT NULL,                                   -- Day in UTC
    run_count INTEGER NOT NULL,                          -- Runs that began that day
    failed_run_count INTEGER NOT NULL,                   -- Of these, failed
    check_count INTEGER NOT NULL,                        -- Times a listing was asked
    unchanged_check_count INTEGER NOT NULL,              -- Of these, answered 304
    failed_check_count INTEGER NOT NULL,                 -- Of these, not readable
    candidate_count INTEGER,                             -- Most articles that its listings held at one time together, NULL if none was read
    fresh_count INTEGER NOT NULL,                        -- Articles offered for the first time
    newest_at TEXT,                                      -- Newest time of publication that a listing gave
    request_count INTEGER NOT NULL,                      -- Requests sent, robots.txt included
    response_bytes INTEGER NOT NULL,                     -- Bytes received
    latency_ms INTEGER,                                  -- Mean time to the head of an answer, NULL if none came
    fetched_count INTEGER NOT NULL,                      -- Articles asked for
    article_count INTEGER NOT NULL,                      -- New articles
    revised_count INTEGER NOT NULL,                      -- New revisions
    unchanged_count INTEGER NOT NULL,                    -- Known articles found unchanged, 304 included
    no_article_count INTEGER NOT NULL,                   -- Pages that are no article
    consent_count INTEGER NOT NULL,                      -- Of these, consent walls
    quarantined_count INTEGER NOT NULL,                  -- Pages extraction could not digest
    gone_count INTEGER NOT NULL,                         -- Answered 404 or 410
    failed_count INTEGER NOT NULL,                       -- No usable answer
    refused_count INTEGER NOT NULL,                      -- Requests answered 401, 403, 429 or 451, or with a challenge
    author_count INTEGER NOT NULL,                       -- New articles with an author
    dated_count INTEGER NOT NULL,                        -- New articles with a time of publication
    median_words INTEGER,                                -- Median length of the new articles, NULL if there are none
    median_delay_seconds INTEGER,                        -- Median time from publication to capture, NULL if none tells its hour
    robots_change_count INTEGER NOT NULL,                -- Changes seen of robots.txt files of its hosts
    statuses TEXT NOT NULL,                              -- JSON map from HTTP status (0 for none) to requests
    other_hosts TEXT NOT NULL,                           -- JSON map from hosts of other sites that its listings or articles led to, to how often
    PRIMARY KEY (outlet, day)
);
CREATE INDEX idx_outlet_days_day ON outlet_days (day, outlet);
CREATE TABLE incidents (                                 -- What was found to be wrong with an outlet, until it was over
    id INTEGER PRIMARY KEY,                              -- Number of the incident
    outlet TEXT NOT NULL REFERENCES outlets (slug),      -- Outlet
    kind TEXT NOT NULL,                                  -- silent, emptied, drifted, blocked, moved or slow
    field TEXT NOT NULL DEFAULT '',                      -- What drifted: author, date or body; '' for other kinds
    severity REAL NOT NULL,                              -- How far from usual, for ranking; 1 is the threshold
    opened_at TEXT NOT NULL,                             -- When it was first judged so
    began_at TEXT,                                       -- Since when it seems to be so, NULL if that cannot be told
    seen_at TEXT NOT NULL,                               -- When it was last judged so
    closed_at TEXT,                                      -- When it was over, NULL while it goes on
    evidence TEXT NOT NULL,                              -- JSON map: what was expected, what came, and the numbers behind both
    capture INTEGER REFERENCES captures (id),            -- Sample of what came, NULL if there is none
    told_at TEXT,                                        -- When an alert was sent, NULL for not yet
    told_over_at TEXT                                    -- When its end was told, NULL for not yet
);
CREATE INDEX idx_incidents_outlet ON incidents (outlet, opened_at);
CREATE INDEX idx_incidents_kind ON incidents (kind, opened_at);
CREATE INDEX idx_incidents_capture ON incidents (capture);
CREATE INDEX idx_incidents_opened_at ON incidents (opened_at);
CREATE INDEX idx_incidents_closed_at ON incidents (closed_at);
CREATE UNIQUE INDEX idx_incidents_open ON incidents (outlet, kind, field) WHERE closed_at IS NULL;
"""
