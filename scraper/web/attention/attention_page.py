"""The page /-/attention, its picture and numbers to take away, and the figure above a search."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from datasette import NotFound, Response
from markupsafe import Markup

from scraper.archive.search import Search, notes_for
from scraper.exports.columns import ATTENTION
from scraper.exports.encoders import ExportUnavailable, Header
from scraper.exports.formats import FORMATS, formats_for
from scraper.web.archives import archive_names, open_archive
from scraper.web.attention.asked import FILTERS, GROUPINGS, MEASURES, QUERIES, Asked, read_asked
from scraper.web.attention.chart import Chart, Size
from scraper.web.attention.drawing import darkened, draw, words_only
from scraper.web.attention.figure import (
    STATES,
    chart_of,
    export_rows,
    filter_words,
    line_name,
    readings,
    rounded,
    table_of,
    title,
)
from scraper.web.attention.legend import sample
from scraper.web.attention.marks import tag
from scraper.web.attention.periods import UNITS
from scraper.web.attention.pictures import PictureUnavailable, can_draw, picture
from scraper.web.attention.reading import Attention, read_attention
from scraper.web.page import render
from scraper.web.words import N_, _, country_name, language_name, number, say

PATH = "/-/attention"
WIDE, NARROW = Size("wide", 960, 400, 13), Size("narrow", 360, 320, 12)
ALONE = Size("alone", 960, 480, 13, is_alone=True)
PICTURES = {
    "small": Size("small", 736, 150, 12, is_picture=True),
    "tiny": Size("tiny", 328, 150, 12, is_picture=True),
}  # what ?size= names: the figure above a search, on a screen and on a phone
SVG_TYPE = "image/svg+xml; charset=utf-8"
ENDINGS = tuple(each.ending for each in formats_for("attention"))
QUERIES_SHOWN = 2  # on a phone; the others are folded away with the filters
FOLDED = ("after", "before", "outlet", "language", "country")
UNIT_NAMES = {"day": N_("Day"), "week": N_("Week"), "month": N_("Month"), "year": N_("Year")}
GROUPING_NAMES = {
    "outlet": N_("Outlet"), "language": N_("Language"), "country": N_("Country of the outlet")
}  # fmt: skip
MEASURE_NAMES = {"articles": N_("Number of articles"), "share": N_("Share of all articles")}
TOO_SLOW = N_("Counting took too long and was stopped: choose a shorter span, or fewer queries.")
NO_DAYS = N_("There is no day between these dates.")
NO_ARTICLES = N_("There is no article to count here: none in the archive fits these filters.")
EMPTY_ARCHIVE = N_("There is no article to count here: the archive has none yet.")
NONE_FOUND = N_("No article was found. Where nothing is hatched, that is a true zero.")
COARSER = N_("Drawn in longer periods than you asked for: so many could not be told apart.")
ONE_LINE_EACH = N_("Several queries are compared as wholes, one line each.")


async def show_attention(datasette: Any, request: Any) -> Response:
    """Answer GET /-/attention?q=…&q2=…, as a page or, by its ending, a picture or a table.

    Raises:
        NotFound: nothing is made with this ending.
    """
    db = await open_archive(datasette, request)
    first = next(iter(await archive_names(datasette)))
    asked = read_asked(request.args, "" if db.name == first else db.name)
    today = _today()
    attention = await read_attention(db, asked, today)
    ending = request.url_vars.get("ending") or ""
    if not ending:
        context = await _context(datasette, attention, db.name, today)
        return await render(datasette, request, "dateline_attention.html", context)
    if ending == "svg" and (small := PICTURES.get(request.args.get("size") or "")):
        is_dark = request.args.get("scheme") == "dark"
        return _small_picture(attention, db.name, small, is_dark=is_dark)
    if attention.is_slow or not attention.periods:
        return Response.text(_nothing(attention), status=503 if attention.is_slow else 404)
    if ending in ENDINGS:
        return _table(attention, ending, _own_address(datasette, asked, ending))
    if attention.is_empty:
        return Response.text(_nothing(attention), status=404)
    return await _picture(chart_of(attention, db.name, today), ending)


def _today() -> date:
    return datetime.now(UTC).date()


def _own_address(datasette: Any, asked: Asked, ending: str = "") -> str:
    query = asked.address()
    path = datasette.urls.path(f"{PATH}.{ending}" if ending else PATH)
    return f"{path}?{query}" if query else str(path)


async def _picture(chart: Chart, ending: str) -> Response:
    if ending not in ("svg", "png"):
        raise NotFound("There is no such file")
    svg = Markup('<?xml version="1.0" encoding="UTF-8"?>\n') + draw(chart, ALONE)
    headers = {
        "content-disposition": f'inline; filename="attention.{ending}"',
        "vary": "Accept-Language",
    }
    if ending == "svg":
        return Response(str(svg), headers=headers, content_type=SVG_TYPE)
    try:
        png = await asyncio.to_thread(picture, str(svg))
    except PictureUnavailable as error:
        return Response.text(str(error), status=501)
    return Response(png, headers=headers, content_type="image/png")


def _table(attention: Attention, ending: str, address: str) -> Response:
    """Return every line in every period; they are few enough to be made at once."""
    format_ = FORMATS[ending]
    asked = attention.asked
    header = Header(
        name="attention",
        columns=ATTENTION,
        query=" | ".join(asked.queries),
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        title=title(asked),
        self_url=address,
    )
    try:
        body = b"".join(format_.write(header, [export_rows(attention)]))
    except ExportUnavailable as error:
        return Response.text(str(error), status=501)
    headers = {"content-disposition": f'attachment; filename="attention.{ending}"'}
    return Response(body, headers=headers, content_type=format_.media_type)


async def _context(
    datasette: Any, attention: Attention, database: str, today: date
) -> dict[str, Any]:
    asked = attention.asked
    path = str(datasette.urls.path(PATH))
    told = filter_words(attention)
    context: dict[str, Any] = {
        "path": path,
        "search_path": str(datasette.urls.path("/-/search")),
        "asked": asked,
        "queries": [
            (name, asked.queries[at] if at < len(asked.queries) else "")
            for at, name in enumerate(QUERIES)
        ],
        "is_more_open": len(asked.queries) > QUERIES_SHOWN or any(asked[name] for name in FOLDED),
        "title": title(asked),
        "chips": [
            {"label": words, "link": _link(path, asked, {name: ""})} for name, words in told.items()
        ],
        "choices": _choices(attention),
        "options": _options(attention),
        "notes": _notes(attention),
        "database": database,
        "begun": attention.begun.isoformat() if attention.begun else "",
        "all_link": _link(path, asked, {"after": "1000"}),
        "figure": None,
    }
    if not _nothing(attention):
        context["figure"] = _figure(datasette, attention, database, today)
    return context


def _link(path: str, asked: Asked, changes: Mapping[str, str]) -> str:
    query = asked.address(changes)
    return f"{path}?{query}" if query else path


def _figure(datasette: Any, attention: Attention, database: str, today: date) -> dict[str, Any]:
    """Return the drawings, the legend and the table."""
    chart = chart_of(attention, database, today)
    rows = table_of(attention, chart.period_names)
    told = _with_readings(chart, readings(attention, rows))
    asked = attention.asked
    labels = {"svg": "SVG", "png": "PNG"} if can_draw() else {"svg": "SVG"}
    labels |= {ending: FORMATS[ending].label for ending in ENDINGS}
    states = {covered.state for line in chart.lines for covered in line.coverage}
    return {
        "wide": draw(told, WIDE),
        "narrow": draw(told, NARROW),
        "rows": rows,
        "legend": _legend(attention) if len(chart.lines) > 1 else [],
        "hatchings": [
            {"state": state, "words": _(words)}
            for state, words in STATES.items()
            if state in states
        ],
        "lines": [line_name(attention, line) or _("Articles") for line in attention.series],
        "is_cut": attention.is_cut,
        "downloads": [
            (label, _own_address(datasette, asked, ending)) for ending, label in labels.items()
        ],
        "estimates": [
            {
                "query": estimate.query,
                "total": number(estimate.total),
                "one_in": number(round(estimate.weight)),
            }
            for estimate in attention.estimates
            if estimate.weight > 1
        ],
    }


def _with_readings(chart: Chart, names: tuple[str, ...]) -> Chart:
    values = {name: getattr(chart, name) for name in chart.__dataclass_fields__}
    return Chart(**values | {"period_names": names})


def _legend(attention: Attention) -> list[dict[str, Any]]:
    return [
        {
            "sample": tag(
                "svg", sample(str(at), 1, 7, "legend"), viewBox="0 0 22 14", width=22, height=14,
                class_="sample", aria_hidden="true",
            ),
            "name": line_name(attention, line),
            "articles": number(round(line.articles) if line.is_exact else rounded(line.articles)),
            "is_exact": line.is_exact,
        }
        for at, line in enumerate(attention.series)
    ]  # fmt: skip


def _choices(attention: Attention) -> dict[str, list[tuple[str, str]]]:
    """Return what the form offers: values and their names."""
    outlets = attention.outlets
    countries = sorted({code for code in outlets.countries.values() if code}) if outlets else []
    languages = sorted(tag for tag in outlets.languages if tag) if outlets else []
    offered = {
        "outlet": list(outlets.names.items()) if outlets else [],
        "country": sorted(((c, country_name(c)) for c in countries), key=lambda one: one[1]),
        "language": sorted(((t, language_name(t)) for t in languages), key=lambda one: one[1]),
    }
    for name, values in offered.items():
        chosen = attention.asked[name]
        if chosen and chosen not in dict(values):
            values.append((chosen, chosen))
    return offered


def _options(attention: Attention) -> dict[str, list[tuple[str, str, bool]]]:
    """Return the ways to count, and which is in force: value, name, is it chosen."""
    asked = attention.asked
    return {
        "by": [("", _("Nothing, one line"), not asked.by)]
        + [(one, _(GROUPING_NAMES[one]), one == asked.by) for one in GROUPINGS],
        "unit": [("", _("What suits the span"), not asked.unit)]
        + [(one, _(UNIT_NAMES[one]), one == asked.unit) for one in UNITS],
        "measure": [(one, _(MEASURE_NAMES[one]), one == asked.measured) for one in MEASURES],
    }


def _notes(attention: Attention) -> list[str]:
    asked = attention.asked
    read = [note for query in asked.queries or ("",) for note in notes_for(asked.search(query))]
    notes = [say(note) for note in dict.fromkeys(read)]
    if nothing := _nothing(attention):
        notes.append(nothing)
    elif not any(line.articles for line in attention.series):
        notes.append(_(NONE_FOUND))
    if asked.by and not asked.grouping:
        notes.append(_(ONE_LINE_EACH))
    if asked.unit and attention.periods and attention.unit != asked.unit:
        notes.append(_(COARSER))
    return notes


def _nothing(attention: Attention) -> str:
    """Say why there is nothing to draw; "" if there is something."""
    if attention.is_slow:
        return _(TOO_SLOW)
    if not attention.periods:
        return _(NO_DAYS)
    if not attention.is_empty:
        return ""
    has_filters = any(value for _name, value in attention.asked.filters)
    return _(NO_ARTICLES if has_filters else EMPTY_ARCHIVE)


def _small_picture(attention: Attention, database: str, size: Size, *, is_dark: bool) -> Response:
    if nothing := _nothing(attention):
        svg = str(words_only(nothing, size))
    else:
        svg = str(draw(chart_of(attention, database, _today()), size))
    headers = {"vary": "Accept-Language"}
    return Response(darkened(svg) if is_dark else svg, headers=headers, content_type=SVG_TYPE)


def attention_figure(datasette: Any, wanted: Search, database: str = "") -> dict[str, Any]:
    """Return what `dateline_attention_figure.html` shows of a search, by addresses only.

    The picture is a request of its own: counting the commonest word among a million articles month
    by month costs as much as the whole page of results, which does not wait for it.
    `database` is the archive's name in addresses, "" for the first.
    """
    told = {name: getattr(wanted, name) for name in (*FILTERS, "month")} | {"q": wanted.query}
    asked = read_asked(told, database)
    path = str(datasette.urls.path(f"{PATH}.svg"))
    query = asked.address()
    return {
        "link": _own_address(datasette, asked),
        "pictures": {
            (size, scheme): f"{path}?" + "&".join(filter(None, [query, f"size={size}", scheme]))
            for size in PICTURES
            for scheme in ("", "scheme=dark")
        },
        "width": round(PICTURES["small"].width),
        "height": round(PICTURES["small"].height),
    }
