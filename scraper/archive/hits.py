"""Plans that find articles in order, page by page, whatever the archive's size.

Pages are told by keys (the moment and number of an article), not by counting, so that any page
costs what the first does. Standard library only.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scraper.archive.plans import Plan, Rows, Statement
from scraper.archive.query_dates import date_cover
from scraper.archive.search import LIMIT_MAX, POOL, Hit, Search, exact_conditions, match_for

MOMENT = "COALESCE(a.published_at, a.captured_at)"
# The articles (a) of a list, from an index that holds all that is sorted and counted: a table row
# has its text in between, and reading past that costs more than all else.
SAMPLED = (
    "json_each(:ids) AS j CROSS JOIN articles AS a INDEXED BY idx_articles_hits ON a.id = j.value"
)
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(2999, 12, 31)  # what date tokens cover
# More hits than POOL are looked through in spans of days, shorter where the hits are dense. The
# latest twenty hits of a common word are in the first span; a word not used for years takes ten.
SPAN_DAYS, SPAN_GROWTH, SPANS_MAX = 2, 8, 60
DAY_POOL = 1_000_000  # hits of one day, which cannot be parted, sorted at once
CURSOR = re.compile(r"([<>])([^~]{1,40})~(\d{1,18})", re.ASCII)  # any text: a time may be odd
# Asked together in one SELECT, the two would read the whole index.
ENDS = (
    f"SELECT (SELECT min({MOMENT}) FROM articles AS a), (SELECT max({MOMENT}) FROM articles AS a)"
)

Span = tuple[date, date]  # first and last day
Key = tuple[str | float, int]  # the moment or rank of an article, and its number


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits in the order asked for; `next` and `previous` are cursors, "" for none."""

    hits: tuple[Hit, ...]
    next: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind a key, or (`is_back`) before it."""

    is_back: bool
    key: Key


def read_cursor(text: str, order: str) -> Cursor | None:
    """Return a cursor, None for what is none.

    >>> read_cursor(">2024-06-16T12:05:00Z~7", "newest")
    Cursor(is_back=False, key=('2024-06-16T12:05:00Z', 7))
    >>> read_cursor("nonsense", "newest")
    """
    found = CURSOR.fullmatch(text)
    if not found:
        return None
    try:
        value = float(found[2]) if order == "relevance" else found[2]
    except ValueError:
        return None
    return Cursor(found[1] == "<", (value, int(found[3])))


def read_match(search: Search) -> Plan[str]:
    """Return the FTS5 for a search; dates in it cover the years that the archive has, no more."""
    match = match_for(search)
    if "date : (" not in match:
        return match
    ((oldest, newest),) = yield ENDS, {}
    return match_for(search, (_day(oldest).year, _day(newest).year))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a search beforehand: the numbers of all hits (JSON), None if over POOL."""

    ids: str | None


def find_hits(search: Search, known: Known | None = None) -> Plan[Hits]:
    """Find a page of articles, in the order of `search`.

    By relevance, the POOL latest archived hits are ranked. The newest and oldest are exact.
    """
    search = effective(search)
    keys, is_more = yield from find_keys(search, known)
    hits = yield from _read_hits(search, keys)
    cursor = read_cursor(search.cursor, search.order)
    if not keys:
        return Hits(hits)
    first, last = (f"{key[0]}~{key[1]}" for key in (keys[0], keys[-1]))
    has_next = is_more if not (cursor and cursor.is_back) else True
    has_previous = is_more if cursor and cursor.is_back else cursor is not None
    return Hits(hits, f">{last}" if has_next else "", f"<{first}" if has_previous else "")


def effective(search: Search) -> Search:
    """Return a search with the order it has in effect: nothing to rank means newest first."""
    if search.order == "relevance" and not match_for(search):
        return replace(search, order="newest")
    return search


def find_keys(search: Search, known: Known | None = None) -> Plan[tuple[list[Key], bool]]:
    """Find the keys of a page's articles, and whether there are more in the direction asked."""
    search = effective(search)
    limit = max(1, min(search.limit, LIMIT_MAX))
    cursor = read_cursor(search.cursor, search.order)
    is_back = cursor is not None and cursor.is_back
    if search.order == "relevance":
        keys = yield from _ranked(search, cursor, limit + 1)
    else:
        match = yield from read_match(search)
        is_down = (search.order == "newest") is not is_back
        keys = yield from _Walk(search, match, cursor, is_down, limit + 1).keys(known)
    page, is_more = keys[:limit], len(keys) > limit
    return (page[::-1] if is_back else page), is_more


def _ranked(search: Search, cursor: Cursor | None, limit: int) -> Plan[list[Key]]:
    where, params = exact_conditions(search)
    order = "rank, id DESC"
    if cursor:
        ahead, behind = ("<", ">") if cursor.is_back else (">", "<")
        where += f" AND (rank {ahead} :key OR (rank = :key AND a.id {behind} :key_id))"
        params |= {"key": cursor.key[0], "key_id": cursor.key[1]}
        order = "rank DESC, id" if cursor.is_back else order
    match = yield from read_match(search)
    params |= {"match": match, "pool": POOL, "limit": limit}
    rows = yield (
        f"""
WITH pool AS MATERIALIZED (
    SELECT rowid AS id, rank FROM articles_fts WHERE articles_fts MATCH :match
    ORDER BY rowid DESC LIMIT :pool
)
SELECT rank, a.id AS id FROM pool
CROSS JOIN articles AS a INDEXED BY idx_articles_hits ON a.id = pool.id
WHERE CASE WHEN pool.id THEN (true{where}) END ORDER BY {order} LIMIT :limit""",
        params,
    )
    return [(row[0], row[1]) for row in rows]


@dataclass(slots=True)
class _Walk:
    """A walk through time, `is_down` from newer to older, from a cursor or the end."""

    search: Search
    match: str
    cursor: Cursor | None
    is_down: bool
    limit: int

    def keys(self, known: Known | None) -> Plan[list[Key]]:
        if not self.match:
            rows = yield self.among("articles AS a")
            return [(row[0], row[1]) for row in rows]
        if known and known.ids is not None:
            rows = yield self.among(SAMPLED, known.ids)
            return [(row[0], row[1]) for row in rows]
        if known:
            return (yield from self.by_spans())
        count, found = self.read((yield self.within(self.match)))
        return found if count <= POOL else (yield from self.by_spans())

    def by_spans(self) -> Plan[list[Key]]:
        """Look through spans of days, longer ones as hits are rare; too dense ones in parts."""
        ((oldest, newest),) = yield ENDS, {}
        ends = _day(oldest), _day(newest)
        day = _day(str(self.cursor.key[0])) if self.cursor else ends[self.is_down]
        found: list[Key] = []
        parts: list[Span] = []
        days = SPAN_DAYS
        for _ in range(SPANS_MAX):
            if not parts:
                parts = [self.span(day, days)]
                days *= SPAN_GROWTH
            begin, end = parts.pop()
            cover = " OR ".join(date_cover(f"{begin:%Y%m%d}", f"{end:%Y%m%d}~"))
            most = POOL if begin < end else DAY_POOL
            match = f"({self.match}) AND (date : ({cover}))"
            count, keys = self.read((yield self.within(match, most)))
            if count > most and begin < end:
                parts += self.split(begin, end)
                continue
            found += keys
            if len(found) >= self.limit or not self.is_before((begin, end), ends):
                break
            day = _moved(begin, -1) if self.is_down else _moved(end, 1)
        return found[: self.limit]

    def is_before(self, span: Span, ends: Span) -> bool:
        """Tell whether the walk is not at its end after a span."""
        return span[0] > ends[0] if self.is_down else span[1] < ends[1]

    def span(self, day: date, days: int) -> Span:
        """Return so many days on from a day, in the direction of the walk."""
        further = days - 1
        return (_moved(day, -further), day) if self.is_down else (day, _moved(day, further))

    def split(self, begin: date, end: date) -> list[Span]:
        """Return a span in parts, the one to be looked through first at the end."""
        step = (end - begin).days // SPAN_GROWTH + 1
        days = range(0, (end - begin).days + 1, step)
        parts = [(_moved(begin, at), min(_moved(begin, at + step - 1), end)) for at in days]
        return parts if self.is_down else parts[::-1]

    def read(self, rows: Rows) -> tuple[int, list[Key]]:
        return rows[0][0], [(row[1], row[2]) for row in rows if row[2] is not None]

    def beyond(self) -> tuple[str, dict[str, str | int | float], str]:
        """Return the condition that begins behind the cursor, its parameters, and the order."""
        where, params = exact_conditions(self.search)
        sign, way = ("<", "DESC") if self.is_down else (">", "ASC")
        if self.cursor:
            where += f" AND {MOMENT} {sign}= :key AND ({MOMENT} {sign} :key OR a.id {sign} :key_id)"
            params |= {"key": self.cursor.key[0], "key_id": self.cursor.key[1]}
        return where, params | {"limit": self.limit}, f"moment {way}, id {way}"

    def among(self, source: str, ids: str = "") -> Statement:
        """Return the SQL for the first of all articles, or of those with numbers in a list."""
        where, params, order = self.beyond()
        return (
            f"SELECT {MOMENT} AS moment, a.id AS id FROM {source} WHERE true{where} "
            f"ORDER BY {order} LIMIT :limit",
            params | {"ids": ids} if ids else params,
        )

    def within(self, match: str, most: int = POOL) -> Statement:
        """Return the SQL for the first hits of a match and their number; none if over `most`.

        The condition names both tables: on one of `articles` alone SQLite builds a Bloom filter
        over all of them first, which takes a second at a million (3.40).
        """
        where, params, order = self.beyond()
        sql = f"""
WITH pool AS MATERIALIZED (
    SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :match
    ORDER BY rowid DESC LIMIT :most + 1
),
size AS MATERIALIZED (SELECT count(*) AS hits FROM pool),
page AS MATERIALIZED (
    SELECT {MOMENT} AS moment, a.id AS id FROM size CROSS JOIN pool
    CROSS JOIN articles AS a INDEXED BY idx_articles_hits ON a.id = pool.id
    WHERE size.hits <= :most AND CASE WHEN pool.id THEN (true{where}) END
    ORDER BY {order} LIMIT :limit
)
SELECT size.hits, page.moment, page.id FROM size LEFT JOIN page ON true
ORDER BY {order.replace("moment", "page.moment").replace("id", "page.id")}"""
        return sql, params | {"match": match, "most": most}


def _day(moment: str | None) -> date:
    try:
        return min(max(date.fromisoformat((moment or "")[:10]), FIRST_DAY), LAST_DAY)
    except ValueError:
        return FIRST_DAY


def _moved(day: date, days: int) -> date:
    try:
        return min(max(day + timedelta(days), FIRST_DAY), LAST_DAY)
    except OverflowError:
        return LAST_DAY if days > 0 else FIRST_DAY


def _read_hits(search: Search, keys: list[Key]) -> Plan[tuple[Hit, ...]]:
    """Read what a result list shows of the articles with these keys, in their order."""
    if not keys:
        return ()
    numbers = ", ".join(str(int(number)) for _, number in keys)
    rows = yield (
        f"""
SELECT
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet), COALESCE(o.timezone, 'UTC'), a.section,
    a.title, a.byline, a.language, a.country, a.published_at, a.captured_at, a.revision_count,
    a.is_paywalled, a.gone_at, search_highlight(a.title, :query),
    search_snippet(a.body, a.description, :query)
FROM articles AS a LEFT JOIN outlets AS o ON o.slug = a.outlet WHERE a.id IN ({numbers})""",
        {"query": search.query},
    )
    found = {row[0]: Hit(*row) for row in rows}
    return tuple(found[number] for _, number in keys if number in found)
