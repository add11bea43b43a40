"""What an outlet's row tells beyond its columns: languages, first day, health."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from scraper.web.outlets.gaps import read_day
from scraper.web.outlets.health import Health, State, judge, patience


def read_tags(stored: object) -> tuple[str, ...]:
    """Read a stored JSON list of language tags; what is none is no language.

    >>> read_tags('["ja", "en"]'), read_tags("{"), read_tags('"ja"')
    (('ja', 'en'), (), ())
    """
    try:
        found = json.loads(str(stored))
    except ValueError:
        return ()
    return tuple(str(tag) for tag in found) if isinstance(found, list) else ()


def since_of(row: Mapping[str, Any]) -> date | None:
    """Return the first day an outlet was crawled on, by its row or by its days."""
    days = [day for name in ("added_at", "first_day") if (day := read_day(row[name]))]
    return min(days, default=None)


def health_of(row: Mapping[str, Any], outcomes: Iterable[str]) -> Health:
    """Judge an outlet by its row and its latest runs, newest first."""
    if not row["is_declared"]:
        return Health(State.BY_HAND)
    if row["incidents"]:
        return Health(State.TROUBLED, row["incidents"])
    succeeded, published, now = (
        read_day(row[name]) for name in ("last_day", "published_at", "now")
    )
    since = since_of(row)
    days = max((now - since).days, 1) if now and since else 1
    return judge(list(outcomes), succeeded, published, now, patience(row["article_count"], days))
