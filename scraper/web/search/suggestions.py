"""What to try when nothing was found: the words one by one, without filters, without quotes."""

import re
from dataclasses import replace

from scraper.archive.estimates import take_sample
from scraper.archive.plans import Plan
from scraper.web.search.view import FILTERS, View

WORDS_MAX = 6  # of the query tried one by one
WORD = re.compile(r'"[^"]*"|「[^」]*」|[^\s()"]+')
OPERATORS = ("AND", "OR", "NOT", "|")


def try_alternatives(view: View) -> Plan[list[tuple[str, str, int]]]:
    """Find searches near one that found nothing, as (query, address, number of articles).

    Each part of the query alone, and the whole of it without quotes and without filters; only those
    that find something are told.
    """
    wanted = view.wanted
    parts = [part for part in WORD.findall(wanted.query) if part not in OPERATORS]
    bare = wanted.query.translate(dict.fromkeys(map(ord, '"「」『』“”')))
    tries = [replace(wanted, query=bare)] if bare != wanted.query else []
    filters: dict[str, str] = dict.fromkeys(FILTERS, "")
    wide = replace(wanted, **filters)  # type: ignore[arg-type]
    if wide != wanted:
        tries.append(wide)
    if len(parts) > 1:
        tries += [replace(wide, query=part) for part in parts[:WORDS_MAX]]
    found: dict[tuple[str, str], int] = {}
    for attempt in tries:
        sample = yield from take_sample(replace(attempt, cursor=""))
        if sample.total and attempt.query.strip():
            link = View(view.path, replace(attempt, cursor=""), view.database).link()
            found[attempt.query, link] = sample.total
    return [(query, link, total) for (query, link), total in found.items()]
