"""The page /-/about: what the archive holds, how it was made, its limits, its tables, its API."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.web.about.diagram import draw
from scraper.web.about.examples import EXAMPLES, WORDS, values_for
from scraper.web.about.figures import BY_LANGUAGE, BY_YEAR, Figures, read_figures
from scraper.web.about.tables import described, read_tables
from scraper.web.archives import open_archive, read
from scraper.web.page import render
from scraper.web.typography import safe_link
from scraper.web.words import day_words, language_name

# How far extraction agrees with what people read on the pages of docs/extraction.md, "How good it
# is": 130 news pages used while the rules were made, so that others can only come out worse.
MEASURED_PAGES = 130
MEASURED = {"body": 0.977, "title": 0.885, "authors": 0.946, "published": 0.984}
# What an example asks for, where the archive at hand says nothing better.
LARGEST = """
SELECT outlet, language FROM monthly_counts WHERE article_count > 0
GROUP BY outlet, language ORDER BY sum(article_count) DESC, outlet LIMIT 1"""


async def show_about(datasette: Any, request: Any) -> Response:
    """Answer GET /-/about."""
    db = await open_archive(datasette, request)
    figures, years, languages, largest, tables = await asyncio.gather(
        read_figures(db),
        read(db, (BY_YEAR, {})),
        read(db, (BY_LANGUAGE, {})),
        read(db, (LARGEST, {})),
        db.execute_fn(read_tables),
    )
    tables = described(tables, _metadata(datasette, db.name).get("tables") or {})
    told = {"words": WORDS, "month": figures.last_month}
    told |= dict(largest[0]) if largest else {}
    may_ask = await datasette.permission_allowed(
        request.actor, "execute-sql", db.name, default=True
    )
    context = {
        "figures": figures,
        "years": [dict(row) for row in years or ()],
        "languages": _languages(datasette, db.name, languages or ()),
        "measured": MEASURED,
        "measured_pages": MEASURED_PAGES,
        "licence": _licence(datasette, db.name),
        "tables": tables,
        "diagram": draw(tables),
        "examples": _examples(datasette, db.name, told),
        "may_ask": may_ask,
        "citation": _citation(datasette, request, figures),
        "site": datasette.absolute_url(request, datasette.urls.instance()).rstrip("/"),
        "database": db.name,
    }
    return await render(datasette, request, "dateline_about.html", context)


def _metadata(datasette: Any, database: str) -> dict[str, Any]:
    """Return what the metadata says of a database, itself left as it is."""
    found = (datasette.metadata("databases") or {}).get(database)
    return found if isinstance(found, dict) else {}


def _languages(datasette: Any, database: str, rows: Any) -> list[dict[str, Any]]:
    search = datasette.urls.path("/-/search")
    return [
        dict(row)
        | {
            "name": language_name(row["language"]),
            "link": f"{search}?{urlencode({'language': row['language'], 'db': database})}",
        }
        for row in rows
    ]


def _licence(datasette: Any, database: str) -> dict[str, str]:
    """Return the operator's note on rights: the database's own before the whole instance's."""
    told = {}
    for name in ("license", "license_url", "source", "source_url"):
        told[name] = str(datasette.metadata(name, database=database) or "")
    for name in ("license_url", "source_url"):
        told[name] = safe_link(told[name])
    return told


def _examples(datasette: Any, database: str, told: dict[str, str]) -> list[dict[str, Any]]:
    page = datasette.urls.database(database)
    data = datasette.urls.database(database, format="json")
    examples = []
    for example in EXAMPLES:
        values = values_for(example, told)
        query = urlencode({"sql": example.sql} | values)
        examples.append({
            "question": example.question,
            "sql": example.sql,
            "values": values,
            "link": f"{page}?{query}",
            "json_link": f"{data}?{query}&_shape=array",
        })  # fmt: skip
    return examples


def _citation(datasette: Any, request: Any, figures: Figures) -> dict[str, str]:
    """Return what a reference to the whole archive says, and the same as BibTeX."""
    today = datetime.now(UTC).date().isoformat()
    title = str(datasette.metadata("title") or "Dateline")
    address = str(datasette.absolute_url(request, datasette.urls.instance()))
    as_of = figures.last_captured_at[:10]
    fields = {"title": _bibtex(title), "howpublished": "News archive", "url": _bare(address)}
    fields["urldate"] = today
    if as_of:
        fields["note"] = f"Latest article captured on {as_of}"
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return {
        "title": title,
        "address": address,
        "as_of": day_words(as_of),
        "today": day_words(today),
        "bibtex": f"@misc{{archive-{today},\n{lines}\n}}",
    }


def _bibtex(text: str) -> str:
    r"""Return text that stands for itself in BibTeX.

    >>> print(_bibtex("News & views {1}"))
    News \& views 1
    """
    return "".join(f"\\{c}" if c in "&%$#_" else c for c in _bare(text))


def _bare(text: str) -> str:
    return "".join(character for character in text if character not in "{}\\\r\n")
