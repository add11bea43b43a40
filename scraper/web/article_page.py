"""The page /-/article/<id>: one article to read, with its evidence, its edits and its way home."""

import asyncio
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.archive.search import Statement
from scraper.web.archives import archive_names, open_archive, read
from scraper.web.differences import Changed, changed_paragraphs, changed_words
from scraper.web.evidence import read_claims, read_points, read_sources
from scraper.web.names import country_name, language_name
from scraper.web.prose import is_repeated, read_blocks
from scraper.web.typography import (
    day,
    direction,
    language_tag,
    marked_html,
    moment,
    safe_link,
)

BODY_MAX_CHARS = 300_000  # shown; the whole text is in the JSON
REVISION_MAX_CHARS = 100_000  # of each revision's text, compared
REVISIONS_MAX = 20  # latest shown
# Texts compared on one page, both sides counted: 200,000 cost 1.3 s at worst (two words shuffled),
# 0.1 s as a rule. Older revisions beyond this are named, not compared.
COMPARED_MAX_CHARS = 400_000
NAMES_MAX = 50  # authors, tags and addresses shown
COUNTED_IN_CHARACTERS = ("ja", "zh", "th", "lo", "km", "my")  # their length, as extraction counts
TIMES = (
    ("published_at", "Published"),
    ("modified_at", "Changed by the outlet"),
    ("captured_at", "First captured"),
    ("checked_at", "Last looked at"),
    ("gone_at", "Removed by the outlet"),
)

ARTICLE = f"""
SELECT
    a.id, a.url, a.outlet, COALESCE(o.name, a.outlet) AS outlet_name, a.section, a.title, a.byline,
    a.language, a.country, a.published_at, a.modified_at, a.captured_at, a.checked_at, a.gone_at,
    a.word_count, a.image_url, a.image_caption, a.is_paywalled, a.revision_count,
    a.capture, COALESCE(c.url, a.url) AS address, c.warc_file, c.warc_offset, c.sha256,
    c.captured_at AS text_captured_at, COALESCE(o.timezone, 'UTC') AS timezone,
    length(a.body) > {BODY_MAX_CHARS} AS is_cut,
    search_highlight(a.title, :query) AS headline,
    search_highlight(a.description, :query) AS description,
    search_highlight(substr(a.body, 1, {BODY_MAX_CHARS}), :query) AS body
FROM articles AS a
LEFT JOIN outlets AS o ON o.slug = a.outlet
LEFT JOIN captures AS c ON c.id = a.capture
WHERE a.id = :id"""
# What extraction tells besides; archives that no newer version wrote to yet do not have it.
RECORD = """
SELECT kind, published_precision, stated_language, key_points, date_evidence, field_sources,
    extractor
FROM articles WHERE id = :id"""
CREDITS = f"""
SELECT n.name, l.role, l.kind, l.is_author
FROM article_authors AS l JOIN authors AS n ON n.id = l.author
WHERE l.article = :id ORDER BY l.position LIMIT {NAMES_MAX}"""
AUTHORS = CREDITS.replace("l.role, l.kind, l.is_author", "'author' AS role, 1 AS is_author")
TAGS = f"""
SELECT n.id, n.name FROM article_tags AS l JOIN tags AS n ON n.id = l.tag
WHERE l.article = :id ORDER BY n.name LIMIT {NAMES_MAX}"""
ADDRESSES = f"""
SELECT url, kind, seen_at FROM article_urls WHERE article = :id ORDER BY seen_at, url
LIMIT {NAMES_MAX}"""
REVISIONS = f"""
SELECT *, substr(body, 1, {REVISION_MAX_CHARS}) AS body
FROM revisions WHERE article = :id ORDER BY number DESC LIMIT {REVISIONS_MAX + 1}"""


async def show_article(datasette: Any, request: Any) -> Response:
    """Answer GET /-/article/<id>; ?q= highlights a query's terms."""
    db = await open_archive(datasette, request)
    params: dict[str, str | int] = {"id": int(request.url_vars["id"])}
    query = request.args.get("q") or ""
    articles = await read(db, (ARTICLE, params | {"query": query}))
    if not articles:
        missing = {"number": params["id"], "database": db.name}
        html = await datasette.render_template("dateline_missing.html", missing, request=request)
        return Response.html(html, status=404)
    is_present = "extractor" in await db.table_columns("articles")
    asked = (CREDITS if is_present else AUTHORS, TAGS, ADDRESSES, REVISIONS)
    credits, tags, addresses, revisions = await asyncio.gather(
        *(_listed(db, (sql, params)) for sql in asked)
    )
    told = await _listed(db, (RECORD, params)) if is_present else []
    article, record = dict(articles[0]), dict(told[0]) if told else {}
    first = next(iter(await archive_names(datasette)))
    database = "" if db.name == first else db.name
    context = {
        "article": article,
        "query": query,
        "text": _text(article, read_points(record.get("key_points"))),
        "times": _times(article, record),
        "record": record,
        "credits": _credits(datasette, database, [dict(row) for row in credits]),
        "stated": language_name(record.get("stated_language") or ""),
        "tags": [row["name"] for row in tags],
        "addresses": [dict(row) | {"link": safe_link(row["url"])} for row in addresses],
        "sources": read_sources(record.get("field_sources")),
        "revisions": await asyncio.to_thread(_edits, [dict(row) for row in revisions]),
        # Versions between which only our reading differed are none of the outlet's edits.
        "is_edited": any(row["number"] > 1 and row["changed"] != "[]" for row in revisions),
        "database": db.name,
        "links": _links(datasette, db.name, database, article, query),
    }
    html = await datasette.render_template("dateline_article.html", context, request=request)
    return Response.html(html)


async def _listed(db: Any, statement: Statement) -> list[Any]:
    return await read(db, statement) or []


def _text(article: dict[str, Any], points: list[str]) -> dict[str, Any]:
    """Return the texts as safe HTML with marks, and how they are to be set."""
    told, body = article["description"], article["body"]
    return {
        "headline": marked_html(article["headline"] or article["url"]),
        "description": "" if is_repeated(told, body) else marked_html(told),
        "blocks": read_blocks(body, points, article["language"]),
        "lang": language_tag(article["language"]),
        "dir": direction(article["language"]),
        "language": language_name(article["language"]),
        "unit": "characters" if article["language"][:2] in COUNTED_IN_CHARACTERS else "words",
        "country": country_name(article["country"] or ""),
    }


def _times(article: dict[str, Any], record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the article's times in words, each with every claim about it."""
    claims = read_claims(record.get("date_evidence"))
    times: list[dict[str, Any]] = []
    for name, label in TIMES:
        of_field = [claim for claim in claims if claim.field == name]
        if not article[name]:
            if of_field:
                times.append({"label": label, "iso": "", "words": "not known", "claims": of_field})
            continue
        words, iso = moment(article[name]), article[name]
        if name == "published_at" and record.get("published_precision") == "day":
            words, iso = day(article[name], article["timezone"])
        times.append({"label": label, "iso": iso, "words": words, "claims": of_field})
    return times


def _credits(datasette: Any, database: str, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return everyone credited, what they did, and where what they wrote is found."""
    credits: list[dict[str, str]] = []
    for row in rows:
        did = [row["role"], "organisation" if row.get("kind") == "organisation" else ""]
        who = {"name": row["name"], "did": ", ".join(part for part in did if part), "link": ""}
        if row["is_author"]:
            who |= _search_link(datasette, database, "author", row["name"])
        credits.append(who)
    return credits


def _edits(revisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Compare each revision with the one before it, latest first; the first has no changes."""
    edits, compared = [], 0
    for new, old in zip_longest(revisions, revisions[1:]):
        if old is None and new["number"] > 1:
            break  # read only so that the one after it could be compared
        compared += len(new["body"]) + len(old["body"]) if old else 0
        is_affordable = compared <= COMPARED_MAX_CHARS
        edits.append({
            "number": new["number"],
            "iso": new["captured_at"],
            "moment": moment(new["captured_at"]),
            "is_read_alike": not old or old.get("extractor") == new.get("extractor"),
            "changes": _changes(old, new, is_affordable) if old else [],
        })  # fmt: skip
    return edits


def _changes(
    old: dict[str, Any], new: dict[str, Any], is_affordable: bool
) -> list[tuple[str, tuple[Changed, ...]]]:
    """List what differs by field; a text not compared has no paragraphs."""
    changes: list[tuple[str, tuple[Changed, ...]]] = []
    for name, label in (("title", "Headline"), ("byline", "Byline")):
        if old[name] != new[name]:
            changes.append((label, (changed_words(old[name], new[name]),)))
    if old["body"] != new["body"]:
        found = changed_paragraphs(old["body"], new["body"]) if is_affordable else ()
        changes.append(("Text", found))
    return changes


def _search_link(datasette: Any, database: str, name: str, value: str) -> dict[str, str]:
    phrase = value.replace('"', " ")
    query = urlencode({"q": f'{name}:"{phrase}"'} | ({"db": database} if database else {}))
    return {"name": value, "link": f"{datasette.urls.path('/-/search')}?{query}"}


def _links(
    datasette: Any, name: str, database: str, article: dict[str, Any], query: str
) -> dict[str, str]:
    number = str(article["id"])
    about = {"q": query, "db": database}
    outlet = {"outlet": article["outlet"], "db": database}
    search = datasette.urls.path("/-/search")
    return {
        "original": safe_link(article["address"]),
        "picture": safe_link(article["image_url"] or ""),
        "row": str(datasette.urls.row(name, "articles", number)),
        "json": str(datasette.urls.row(name, "articles", number, format="json"))
        + "?_shape=objects",
        "back": f"{search}?{urlencode({k: v for k, v in about.items() if v})}",
        "outlet": f"{search}?{urlencode({k: v for k, v in outlet.items() if v})}",
        "capture": str(datasette.urls.row(name, "captures", str(article["capture"])))
        if article["capture"] is not None
        else "",
    }
