"""The page /-/article/<id>: one article to read, with its evidence, its edits and its way home."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from scraper.web.archives import archive_names, open_archive
from scraper.web.article.article_json import article_json
from scraper.web.article.citation import FILES, citation_file, manners
from scraper.web.article.evidence import read_points, read_sources
from scraper.web.article.prose import is_repeated, read_blocks
from scraper.web.article.record import Record, read_record, wanted_revision
from scraper.web.article.times import capture_lines, time_lines
from scraper.web.edits.revisions import revision_context
from scraper.web.page import render
from scraper.web.typography import direction, language_tag, marked_html, safe_link
from scraper.web.words import N_, _, country_name, language_name, reader

QUERY_MAX_CHARS = 2_000  # of ?q=, carried along in links
COUNTED_IN_CHARACTERS = ("ja", "zh", "th", "lo", "km", "my")  # their length, as extraction counts
ROLES = {
    "author": N_("author"),
    "agency": N_("agency"),
    "editor": N_("editor"),
    "photographer": N_("photographer"),
    "translator": N_("translator"),
}
KINDS = {
    "article": N_("article"),
    "live blog": N_("live blog"),
    "opinion": N_("opinion"),
    "video": N_("video"),
    "audio": N_("audio"),
    "gallery": N_("gallery"),
}
ADDRESS_KINDS = {
    "final": N_("it answered with the article"),
    "offered": N_("it redirected to the article"),
    "canonical": N_("the article claims it"),
    "written": N_("as it was written"),
}


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the addresses that an article's page leads to."""

    datasette: Any
    name: str  # of the archive
    database: str  # the same where links must name it, else ""
    number: int  # of the article
    query: str

    def page(self, ending: str = "", **parts: object) -> str:
        """Return the address of this article, as a page or with an ending."""
        return self._to(f"/-/article/{self.number}{ending}", parts | {"db": self.database})

    def search(self, **parts: object) -> str:
        """Return the address of a search."""
        return self._to("/-/search", parts | {"db": self.database})

    def phrase(self, field: str, text: str) -> str:
        """Return the address of a search for exactly these words, anywhere for no field."""
        phrase = '"{}"'.format(text.replace('"', " "))
        return self.search(q=f"{field}:{phrase}" if field else phrase)

    def row(self, table: str, number: object) -> str:
        """Return the address of a row of a table."""
        return str(self.datasette.urls.row(self.name, table, str(number)))

    def _to(self, path: str, parts: dict[str, object]) -> str:
        query = urlencode({name: value for name, value in parts.items() if value})
        return str(self.datasette.urls.path(path)) + (f"?{query}" if query else "")


async def show_article(datasette: Any, request: Any) -> Response:
    """Answer GET /-/article/<id>, and the same with .json, .bib, .ris or .csl.

    ?revision= asks for an earlier text, ?q= has a query's terms marked, ?bodies=1 has the texts of
    all revisions in the JSON.
    """
    db = await open_archive(datasette, request)
    links = await _links(datasette, request, db.name)
    ending = request.url_vars["ending"]
    wanted = wanted_revision(request.args.get("revision"))
    record = await read_record(db, links.number, wanted, None if ending else links.query)
    if not isinstance(record, Record):
        return await _missing(datasette, request, links, wanted if record else None)
    permalink = datasette.absolute_url(request, links.page(revision=record.number))
    if ending == "json":
        with_bodies = request.args.get("bodies") == "1"
        told = await article_json(db, record, permalink, with_bodies=with_bodies)
        return Response.json(told, default=str)
    if ending in FILES:
        return _file(record, permalink, ending)
    context = _context(record, links, permalink)
    context |= await revision_context(db, links.number, _args(request))
    return await render(datasette, request, "dateline_article.html", context)


def _args(request: Any) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in request.args}


async def _links(datasette: Any, request: Any, name: str) -> Links:
    first = next(iter(await archive_names(datasette)))
    return Links(
        datasette=datasette,
        name=name,
        database="" if name == first else name,
        number=int(request.url_vars["id"]),
        query=(request.args.get("q") or "")[:QUERY_MAX_CHARS],
    )


async def _missing(datasette: Any, request: Any, links: Links, revision: int | None) -> Response:
    """Say in words that there is no such article, or not as of that revision."""
    if request.url_vars["ending"] == "json":
        return Response.json({"error": "There is no such article or revision here"}, status=404)
    missing = {
        "number": links.number,
        "revision": revision,
        "asked": request.args.get("revision") or "",
        "latest": links.page(),
        "search": links.search(),
        "database": links.name,
    }
    return await render(datasette, request, "dateline_missing.html", missing, status=404)


def _file(record: Record, permalink: str, ending: str) -> Response:
    text, media_type = citation_file(record, permalink, ending)
    name = f"dateline-{record.article['id']}-{record.number}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type=media_type)


def _context(record: Record, links: Links, permalink: str) -> dict[str, Any]:
    article = record.article
    return {
        "article": article,
        "record": record,
        "query": links.query,
        "text": _text(record),
        "times": time_lines(record),
        "captures": capture_lines(record, links.row),
        "credits": _credits(record, links),
        "byline_links": _byline_links(record, links),
        "kind": _named(KINDS, article["kind"]),
        "stated": language_name(article["stated_language"] or ""),
        "tags": [(name, links.phrase("", name)) for name in record.tags],
        "addresses": [
            row | {"link": safe_link(row["url"]), "kind": _named(ADDRESS_KINDS, row["kind"])}
            for row in record.addresses
        ],
        "sources": read_sources(article["field_sources"]),
        "manners": manners(record, permalink),
        "permalink": permalink,
        "links": _addresses(record, links),
        "database": links.name,
        "reader_dir": direction(reader().language),
    }


def _named(names: dict[str, str], stored: str | None) -> str:
    """Return a stored word in the reader's language; as it is where we know none."""
    return _(names[stored]) if stored in names else stored or ""


def _text(record: Record) -> dict[str, Any]:
    """Return the texts as safe HTML with marks, and how they are to be set."""
    article = record.article
    told, body, language = article["standfirst"], article["body"], article["language"]
    points = read_points(article["key_points"])
    if not record.is_latest:  # both are kept of the latest only
        told, points = "", [point for point in points if point in body]
    return {
        "headline": marked_html(article["headline"] or article["url"]),
        "description": "" if is_repeated(told, body) else marked_html(told),
        "blocks": read_blocks(body, points, language),
        "lang": language_tag(language),
        "dir": direction(language),
        "language": language_name(language),
        "is_in_characters": language[:2] in COUNTED_IN_CHARACTERS,
        "country": country_name(article["country"] or ""),
    }


def _credits(record: Record, links: Links) -> list[dict[str, Any]]:
    """Return everyone credited, what they did, and where what they wrote is found."""
    return [
        {
            "name": row["name"],
            "role": _named(ROLES, row["role"]),
            "is_organisation": row["kind"] == "organisation",
            "link": links.phrase("author", row["name"]) if row["is_author"] else "",
        }
        for row in record.credits
    ]


def _byline_links(record: Record, links: Links) -> list[tuple[str, str]]:
    """Return who wrote the text shown, with a search for each; none where only a byline is."""
    known = {row["name"] for row in record.credits}
    return [(name, links.phrase("author", name)) for name in record.authors() if name in known]


def _addresses(record: Record, links: Links) -> dict[str, str]:
    """Return where the page leads to, by name; "" where there is nothing to lead to."""
    article, number = record.article, record.number
    shown = 0 if record.is_latest else number  # the latest needs no number
    return {
        "original": safe_link(article["address"]),
        "picture": safe_link(article["image_url"] or ""),
        "row": links.row("articles", article["id"]),
        "json": links.page(".json", revision=shown),
        "latest": links.page(q=links.query),
        "back": links.search(q=links.query),
        "outlet": links.search(outlet=article["outlet"]),
        "section": links.search(outlet=article["outlet"], section=article["section"]),
    } | {ending: links.page(f".{ending}", revision=number) for ending in FILES}
