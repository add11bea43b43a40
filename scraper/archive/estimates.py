"""Plans that count what a search finds: exactly where it is little, else from an even sample.

Nobody waits for all 440,000 articles with a common word to be counted by outlet and month: some
thousands of them, taken in even strips over the whole archive, tell as much. Standard library only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scraper.archive.hits import MOMENT, SAMPLED, Known, read_match
from scraper.archive.plans import Plan, Statement
from scraper.archive.search import POOL, Facet, Search, exact_conditions, match_for

STRIPS = 120  # more than an archive has months
TERMS_MAX = 8  # of a query looked for strip by strip: each finds its place anew in every one
SAMPLE_WANTED = POOL // 2  # counting the facets of 5,000 took longer than finding the hits
SAMPLE_MAX = 4 * SAMPLE_WANTED  # a sample larger than this is taken again, thinner
SAMPLE_MIN = SAMPLE_WANTED // 4  # one smaller than this is taken again, denser
THINNING, TRIALS_MAX = 6, 4
SHARE_MAX = 0.5  # a sample is never taken for all there is
# Hits of a week lie close together among the numbers, but for some stragglers: so many hits at
# either end do not count where the strips are laid.
STRAGGLERS = 25
FACET_VALUES_MAX = 12
FACET_MONTHS_MAX = 36
PREFIX = re.compile(r'(?<!"y\d)(?<!"y\d\d)(?<!"y\d\d\d)" \*')  # word*, but not a decade
# Where outlets take turns, every so manieth number may be of one outlet: numbers are scattered over
# those below a prime before some are taken.
SCATTER, SCATTER_PRIME = 2_654_435_761, 4_294_967_291
SUMMARISED = ("outlet", "country", "language", "month")  # in monthly_counts
FACETS = ("outlet", "country", "language", "section", "author", "month")


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of a sample that agree in all of this; `day` is that of publication in UTC."""

    day: str
    outlet: str
    language: str
    country: str
    section: str
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What a search finds, or an even part of it.

    Args:
        ids: the numbers of the articles in it, a JSON list.
        size: how many they are.
        weight: how many articles each stands for; 1.0 if all are there.
    """

    ids: str
    size: int
    weight: float = 1.0

    @property
    def is_exact(self) -> bool:
        """Tell whether this is all that the search finds."""
        return self.weight == 1.0

    @property
    def total(self) -> int:
        """The number of articles found; estimates are given with two digits."""
        return self.estimate(self.size)

    @property
    def known(self) -> Known:
        """What finding the hits can build upon."""
        return Known(self.ids if self.is_exact else None)

    def estimate(self, count: int) -> int:
        """Return how many articles a number of them in the sample stands for.

        >>> Sample("", 0, 88.3).estimate(4977), Sample("", 0).estimate(4977)
        (440000, 4977)
        """
        return count if self.is_exact else rounded(count * self.weight)


def rounded(value: float) -> int:
    """Round to two digits, as an estimate is told.

    >>> rounded(438_912.7), rounded(7.2)
    (440000, 7)
    """
    whole = round(value)
    return round(whole, 2 - len(str(whole))) if whole >= 100 else whole


def take_sample(search: Search) -> Plan[Sample]:
    """Find what a search finds, if it is at most POOL articles; else an even sample of it."""
    match = yield from read_match(search)
    params: dict[str, str | int | float] = {"match": match} if match else {}
    select = "SELECT rowid AS id FROM articles WHERE "
    if match:
        select = "SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :match AND "
    if PREFIX.search(match):
        ids, count, weight = yield from _sifted(select, params)
    else:
        ids, count, weight = yield from _from_strips(select, params)
    where, exact = exact_conditions(search)
    if exact:
        ((count, ids),) = yield (
            f"SELECT count(*), json_group_array(a.id) FROM {SAMPLED} WHERE true{where}",
            exact | {"ids": ids},
        )
    return Sample(ids, count, weight)


Taken = tuple[str, int, float]  # ids, their number, how many each stands for


def _sifted(select: str, params: Mapping[str, str | int | float]) -> Plan[Taken]:
    """Take every so manieth of all that is found, by number.

    For queries of many terms, and for a word*, of which FTS5 reads all articles before it gives the
    first, wherever it is to begin.
    """
    ((found, count, ids),) = yield (
        f"""
WITH hit AS MATERIALIZED ({select}true),
size AS MATERIALIZED (
    SELECT count(*) AS hits,
        CASE WHEN count(*) > {POOL} THEN count(*) / {SAMPLE_WANTED} ELSE 1 END AS step
    FROM hit
)
SELECT
    size.hits, count(*),
    json_group_array(hit.id)
FROM size CROSS JOIN hit WHERE hit.id * {SCATTER} % {SCATTER_PRIME} % size.step = 0""",
        params,
    )
    return ids, count, (found or 0) / count if count else 1.0


def _from_strips(select: str, params: Mapping[str, str | int | float]) -> Plan[Taken]:
    ((count, ids, lowest),) = yield (
        "SELECT count(*), json_group_array(id), min(id) "
        f"FROM ({select}rowid > 0 ORDER BY rowid DESC LIMIT {POOL + 1})",
        params,
    )
    if count <= POOL:
        return ids, count, 1.0
    if str(params.get("match", "")).count('"') > 2 * TERMS_MAX:
        return (yield from _sifted(select, params))
    low, high = (
        f"(SELECT id FROM ({select}rowid > 0 ORDER BY rowid {way} LIMIT 1 OFFSET {STRAGGLERS}))"
        for way in ("ASC", "DESC")
    )
    ((first, last),) = yield f"SELECT {low}, {high}", params
    share = SAMPLE_WANTED / (count * (last - first + 1) / (last - lowest + 1))
    return (yield from _even(select, params, (first, last), share))


def _even(
    select: str, params: Mapping[str, str | int | float], ends: tuple[int, int], share: float
) -> Plan[Taken]:
    """Take a share of what is found between two numbers; another share if that is few or many."""
    taken: Taken = ("[]", 0, 1.0 / SHARE_MAX)
    for _ in range(TRIALS_MAX):
        strips, weight = _strips(*ends, min(share, SHARE_MAX))
        parts = (f"{select}rowid BETWEEN {low} AND {high}" for low, high in strips)
        ((count, ids),) = yield (
            "SELECT count(*), json_group_array(id) "
            f"FROM (SELECT id FROM ({' UNION ALL '.join(parts)}) LIMIT {SAMPLE_MAX + 1})",
            params,
        )
        if count > SAMPLE_MAX:
            share /= THINNING
            continue
        taken = ids, count, weight
        if count >= SAMPLE_MIN or share >= SHARE_MAX:
            break
        share *= SAMPLE_WANTED / max(count, SAMPLE_WANTED // THINNING)
    return taken


def _strips(first: int, last: int, share: float) -> tuple[list[tuple[int, int]], float]:
    """Return strips of numbers that cover a share of them evenly, and what each one stands for.

    >>> _strips(1, 1200, 0.5)[0][:2], _strips(1, 1200, 0.5)[1]
    ([(3, 7), (13, 17)], 2.0)
    """
    span = last - first + 1
    step = max(span / STRIPS, 1)
    width = max(round(step * min(share, 1.0)), 1)
    begins = [first + round(place * step + (step - width) / 2) for place in range(STRIPS)]
    strips = [(begin, min(begin + width - 1, last)) for begin in begins if begin <= last]
    return strips, max(span / sum(high - low + 1 for low, high in strips), 1.0)


def read_groups(sample: Sample) -> Plan[list[Group]]:
    """Read the articles of a sample, grouped; there are almost as many groups as articles."""
    rows = yield (
        f"""
SELECT
    substr({MOMENT}, 1, 10) AS day, a.outlet, a.language, COALESCE(o.country, ''), a.section,
    count(*)
FROM {SAMPLED} LEFT JOIN outlets AS o ON o.slug = a.outlet
GROUP BY day, a.outlet, a.language, a.section""",
        {"ids": sample.ids},
    )
    return [Group(*row) for row in rows]


def count_facets(search: Search, sample: Sample) -> Plan[list[Facet]]:
    """Count the values of every facet in a sample, most frequent first, months latest first.

    Counts are estimates where the sample is. Without a query the common facets are exact.
    """
    rows = yield _facets_statement(sample)
    counted = [Facet(row[0], row[1], row[2], sample.estimate(row[3])) for row in rows]
    if match_for(search):
        return counted
    rows = yield _summary_statement()
    exact = [Facet(*row) for row in rows]
    return exact + [facet for facet in counted if facet.facet not in SUMMARISED]


def _facets_statement(sample: Sample) -> Statement:
    groups = _facet_groups(("outlet", "country", "language", "section", "month"), "hit", "count(*)")
    return (
        f"""
WITH hit AS MATERIALIZED (
    SELECT
        a.outlet, a.language, a.section, o.country, substr({MOMENT}, 1, 7) AS month
    FROM {SAMPLED} LEFT JOIN outlets AS o ON o.slug = a.outlet
),
author AS (
    SELECT 'author' AS facet, n.name AS value, t.total FROM (
        SELECT l.author, count(*) AS total FROM json_each(:ids) AS j
        CROSS JOIN article_authors AS l ON l.article = j.value AND l.is_author = 1
        GROUP BY l.author ORDER BY total DESC, l.author LIMIT {FACET_VALUES_MAX}
    ) AS t JOIN authors AS n ON n.id = t.author
)
SELECT g.facet, g.value, COALESCE(o.name, g.value), g.total
FROM ({groups} UNION ALL SELECT * FROM author) AS g
LEFT JOIN outlets AS o ON g.facet = 'outlet' AND o.slug = g.value""",
        {"ids": sample.ids},
    )


def _summary_statement() -> Statement:
    groups = _facet_groups(SUMMARISED, "counted", "sum(article_count)")
    return (
        f"""
WITH counted AS MATERIALIZED (
    SELECT m.outlet, m.language, o.country, m.month, m.article_count
    FROM monthly_counts AS m JOIN outlets AS o ON o.slug = m.outlet WHERE m.article_count > 0
)
SELECT g.facet, g.value, COALESCE(o.name, g.value), g.total FROM ({groups}) AS g
LEFT JOIN outlets AS o ON g.facet = 'outlet' AND o.slug = g.value""",
        {},
    )


def _facet_groups(facets: tuple[str, ...], table: str, total: str) -> str:
    """Return SQL that gives facet, value and total of the commonest values of each facet."""
    groups = []
    for facet in facets:
        order, limit = "total DESC, value", FACET_VALUES_MAX
        if facet == "month":
            order, limit = "value DESC", FACET_MONTHS_MAX
        groups.append(
            f"SELECT * FROM (SELECT '{facet}' AS facet, {facet} AS value, {total} AS total "
            f"FROM {table} WHERE {facet} <> '' GROUP BY {facet} ORDER BY {order} LIMIT {limit})"
        )
    return " UNION ALL ".join(groups)


def count_all(search: Search, sample: Sample) -> Plan[tuple[int, bool]]:
    """Return how many articles a search finds, and whether that is exact."""
    if match_for(search):
        return sample.total, sample.is_exact
    ((total,),) = yield "SELECT COALESCE(sum(article_count), 0) FROM monthly_counts", {}
    return total, True
