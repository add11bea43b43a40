"""The statements that count articles and collected days for lines over time.

Each reads summary tables only, within the span asked for, so that its cost follows the number of
outlets and days, not of articles.
"""

from datetime import date

from scraper.archive.plans import Statement
from scraper.web.attention.asked import Asked
from scraper.web.attention.periods import next_start, start_of
from scraper.web.attention.series import GROUPS_MAX

OUTLETS_MAX = 5_000  # of an archive; of 200 declared ones a few hundred bytes each
LANGUAGES_MAX = 200
GROUP_COLUMNS = {"": "''", "outlet": "c.outlet", "language": "c.language", "country": "o.country"}


def outlets_statement() -> Statement:
    """Return the SQL for the outlets: slug, name, country."""
    sql = f"SELECT slug, name, country FROM outlets ORDER BY name, slug LIMIT {OUTLETS_MAX}"
    return sql, {}


def languages_statement() -> Statement:
    """Return the SQL for which outlet has articles in which language: language, outlet."""
    sql = (
        "SELECT DISTINCT language, outlet FROM monthly_counts WHERE article_count > 0 "
        f"ORDER BY language LIMIT {LANGUAGES_MAX * 50}"
    )
    return sql, {}


def bounds_statement(outlet: str) -> Statement:
    """Return the SQL for the first and last day with articles, of an outlet if given."""
    where = "WHERE outlet = :outlet" if outlet else ""
    # Two look-ups at the ends of an index; with both in one SELECT, SQLite reads all of it.
    sql = (
        f"SELECT (SELECT min(day) FROM daily_counts {where}), "
        f"(SELECT max(day) FROM daily_counts {where})"
    )
    return sql, {"outlet": outlet} if outlet else {}


def spans_statement() -> Statement:
    """Return the SQL for the days between which each outlet was run without a gap: as in `Span`."""
    return "SELECT outlet, first_day, last_day FROM collected_spans", {}


def groups_statement(asked: Asked, first: date, end: date) -> Statement:
    """Return the SQL for the groups with most articles in a span, by its months: one column."""
    column = GROUP_COLUMNS[asked.grouping]
    where, params = _filters(asked)
    params |= {"first": first.isoformat()[:7], "end": end.isoformat()[:7], "most": GROUPS_MAX}
    sql = (
        f"SELECT COALESCE({column}, '') AS told FROM monthly_counts AS c "
        "JOIN outlets AS o ON o.slug = c.outlet "
        f"WHERE c.month >= :first AND c.month <= :end{where} "
        "GROUP BY told HAVING sum(c.article_count) > 0 "
        "ORDER BY sum(c.article_count) DESC, told LIMIT :most"
    )
    return sql, params


def totals_statement(asked: Asked, first: date, end: date, unit: str) -> Statement:
    """Return the SQL for all articles under the filters: day, articles.

    By months and years, whole months are read at once and stand under their first day.
    """
    where, params = _filters(asked)
    return _by_day("", where, params, _stretches(first, end, unit))


def grouped_statement(
    asked: Asked, first: date, end: date, unit: str, groups: tuple[str, ...]
) -> Statement:
    """Return the SQL for some groups, as `totals_statement` does: day, group, articles."""
    where, params = _filters(asked)
    column = GROUP_COLUMNS[asked.grouping]
    marks = ", ".join(f":group{number}" for number in range(len(groups)))
    params |= {f"group{number}": group for number, group in enumerate(groups)}
    # No COALESCE around a column with an index, so that only these groups' rows are read.
    if asked.grouping == "country":
        column = f"COALESCE({column}, '')"
    where = f" AND {column} IN ({marks}){where}"
    return _by_day(column, where, params, _stretches(first, end, unit))


def _by_day(
    column: str,
    where: str,
    params: dict[str, str | int | float],
    stretches: list[tuple[str, str, str]],
) -> Statement:
    join = " JOIN outlets AS o ON o.slug = c.outlet" if "o." in column + where else ""
    name, group = (f"{column} AS told, ", ", told") if column else ("", "")
    parts = []
    for number, (table, since, until) in enumerate(stretches):
        key, day = (
            ("c.day", "c.day") if table == "daily_counts" else ("c.month", "c.month || '-01'")
        )
        params = params | {f"since{number}": since, f"until{number}": until}
        parts.append(
            f"SELECT {day} AS day, {name}sum(c.article_count) AS articles "
            f"FROM {table} AS c{join} WHERE {key} >= :since{number} AND {key} < :until{number}"
            f"{where} GROUP BY {key}{group}"
        )
    return " UNION ALL ".join(parts), params


def _stretches(first: date, end: date, unit: str) -> list[tuple[str, str, str]]:
    """Cut a span into days, whole months, and days again, as far as the unit allows."""
    whole = [("daily_counts", first.isoformat(), end.isoformat())]
    if unit not in ("month", "year"):
        return whole
    begin = first if first.day == 1 else next_start(start_of(first, "month"), "month")
    stop = start_of(end, "month")
    if begin >= stop:
        return whole
    months = [("monthly_counts", begin.isoformat()[:7], stop.isoformat()[:7])]
    head = [("daily_counts", first.isoformat(), begin.isoformat())] if first < begin else []
    tail = [("daily_counts", stop.isoformat(), end.isoformat())] if stop < end else []
    return head + months + tail


def _filters(asked: Asked) -> tuple[str, dict[str, str | int | float]]:
    columns = {"outlet": "c.outlet", "language": "c.language", "country": "o.country"}
    set_ = {name: asked[name] for name in columns if asked[name]}
    where = "".join(f" AND {columns[name]} = :{name}" for name in set_)
    return where, dict(set_)
