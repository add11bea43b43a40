"""One article cited: plain text in two manners, and as a BibTeX, RIS or CSL entry.

Every manner names what was read: the revision, the day it was captured, and where it is kept.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from scraper.exports.cells import as_time, one_line, whole_text
from scraper.exports.encoders import Row
from scraper.exports.latex import BABEL_NAMES, latex, verbatim
from scraper.exports.names import Name, split_name

TEXT_MAX_CHARS = 2_000  # of a title or summary: a reference is no place for more
KEY_OUTLET_MAX_CHARS = 60
AUTHORS_MAX = 100
APA_AUTHORS_MAX = 20  # more, and the first 19 and the last are named
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»」』)\]]*$")
WEB = re.compile(r"https?://", re.IGNORECASE)
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference says of an article; "" and None where it is unknown.

    Args:
        key: short and stable: outlet, year and number of the article.
        published: day of publication where the outlet is.
        captured: day on which the text cited was captured, UTC.
        archive_url: where the archive shows it.
    """

    key: str
    title: str
    authors: tuple[Name, ...]
    outlet: str
    url: str
    language: str
    section: str
    summary: str
    published: date | None
    captured: date | None
    revision: int
    archive_url: str


def citation(row: Row) -> Citation:
    """Return the citation of a row of articles.

    Besides the columns, a row may have `timezone`, the outlet's IANA zone, by which the day of
    publication is told, and `organisations`, those of its authors that are no persons.
    """
    published = _day(row.get("published_at"), str(row.get("timezone") or "UTC"))
    captured = _day(row.get("text_captured_at") or row.get("captured_at"), "UTC")
    first = _day(row.get("captured_at"), "UTC")  # stays as it is when the text changes
    year = (published or first or captured or date.min).year
    slug = str(row.get("outlet") or "").lower()[:KEY_OUTLET_MAX_CHARS]
    outlet = re.sub(r"[^a-z0-9.]+", "-", slug).strip("-")
    language, revision = str(row.get("language") or ""), row.get("revision")
    return Citation(
        key=f"{outlet or 'article'}-{year}-{row.get('id')}",
        title=_text(row.get("title")) or _text(row.get("url")),
        authors=_authors(row, language),
        outlet=_text(row.get("outlet_name") or row.get("outlet")),
        url=_link(row.get("url")),
        language=language if LANGUAGE_TAG.fullmatch(language) else "",
        section=_text(row.get("section")),
        summary=_text(row.get("description")),
        published=published,
        captured=captured,
        revision=revision if isinstance(revision, int) else 1,
        archive_url=_link(row.get("archive_url")),
    )


def _authors(row: Row, language: str) -> tuple[Name, ...]:
    given = row.get("authors") or ()
    names = given if isinstance(given, list | tuple) else [given]
    organisations = row.get("organisations") or ()
    return tuple(
        split_name(text, language, is_organisation=name in organisations)
        for name in names[:AUTHORS_MAX]
        if (text := _text(name))
    )


def _text(value: Any) -> str:
    text = one_line(whole_text(value if value is not None else ""))
    return text if len(text) <= TEXT_MAX_CHARS else f"{text[: TEXT_MAX_CHARS - 1]}…"


def _link(value: Any) -> str:
    text = one_line(whole_text(value or "")).replace(" ", "%20")
    return text if WEB.match(text) else ""


def _day(text: Any, timezone: str) -> date | None:
    moment = as_time(text)
    if moment is None:
        return None
    try:
        return moment.astimezone(ZoneInfo(timezone)).date()
    except (OSError, ValueError, LookupError, OverflowError):
        return moment.date()


def apa(cited: Citation) -> str:
    """Return a reference as APA 7 has online news, and what of it was archived.

    >>> print(apa(citation({  # doctest: +ELLIPSIS
    ...     "title": "Talks resume", "authors": ["Anna Tide"],
    ...     "outlet_name": "Port", "published_at": "2024-06-16T09:00:00Z",
    ...     "captured_at": "2024-06-17T00:00:00Z", "url": "https://port.example/1"})))
    Tide, A. (2024, June 16). Talks resume. Port. https://port.example/1 Archived on June 17, ...
    """
    when = f"({_apa_date(cited.published, is_year_first=True)})." if cited.published else "(n.d.)."
    lead = _apa_authors(cited.authors)
    title = _sentence(cited.title)
    parts = [_sentence(lead), when, title] if lead else [title, when]
    parts += [_sentence(cited.outlet), cited.url]
    if cited.captured:
        day = _apa_date(cited.captured, is_year_first=False)
        parts.append(f"Archived on {day}, revision {cited.revision}.")
    parts.append(cited.archive_url)
    return " ".join(part for part in parts if part)


def _apa_date(day: date, *, is_year_first: bool) -> str:
    month = MONTHS[day.month - 1]
    return f"{day.year}, {month} {day.day}" if is_year_first else f"{month} {day.day}, {day.year}"


def _apa_authors(authors: Sequence[Name]) -> str:
    shown = [
        ", ".join(filter(None, (name.family, name.initials(), name.suffix)))
        if name.family
        else name.literal
        for name in authors
    ]
    if len(shown) > APA_AUTHORS_MAX:
        return f"{', '.join(shown[: APA_AUTHORS_MAX - 1])}, . . . {shown[-1]}"
    return ", & ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _sentence(text: str) -> str:
    return text if not text or SENTENCE_END.search(text) else f"{text}."


def japanese(cited: Citation) -> str:
    """Return a reference in the manner of SIST 02, and what of it was archived.

    >>> print(japanese(citation({"title": "港の会談", "authors": ["星野 灯"],
    ...     "outlet_name": "星の新聞", "published_at": "2024-06-16T09:00:00Z",
    ...     "captured_at": "2024-06-17T00:00:00Z"})))
    星野 灯. “港の会談”. 星の新聞. 2024-06-16. (参照 2024-06-17). 第1版, 2024-06-17収集.
    """
    parts = ["; ".join(name.literal for name in cited.authors), f"“{cited.title}”", cited.outlet]
    parts.append(cited.published.isoformat() if cited.published else "発行日不明")
    line = ". ".join(part for part in parts if part)
    day = cited.captured.isoformat() if cited.captured else "日付不明"
    where = f"{cited.url}, " if cited.url else ""
    kept = f", {cited.archive_url}" if cited.archive_url else ""
    return f"{line}. {where}(参照 {day}). 第{cited.revision}版, {day}収集{kept}."


def bibtex(cited: Citation) -> str:
    """Return a biblatex entry (@online), UTF-8, closed by a line end."""
    names = [
        ", ".join(latex(part) for part in (name.family, name.suffix, name.given) if part)
        if name.family
        else f"{{{latex(name.literal)}}}"
        for name in cited.authors
    ]
    day = cited.captured.isoformat() if cited.captured else ""
    note = _note(cited)
    if cited.archive_url:
        note += rf", \url{{{verbatim(cited.archive_url)}}}"
    fields = {
        # The second braces keep a style from changing the headline's capitals.
        "title": f"{{{latex(cited.title)}}}",
        "author": " and ".join(names),
        "organization": f"{{{latex(cited.outlet)}}}" if cited.outlet else "",
        "date": cited.published.isoformat() if cited.published else "",
        "url": verbatim(cited.url),
        "urldate": day,
        "langid": BABEL_NAMES.get(cited.language, BABEL_NAMES.get(cited.language[:2], "")),
        "note": note,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{cited.key},", *lines, "}"]) + "\n"


def ris(cited: Citation) -> str:
    """Return a RIS entry (TY NEWS), lines ended by CR LF."""
    names = [
        ", ".join(filter(None, (name.family, name.given, name.suffix))) or name.literal
        for name in cited.authors
    ]
    tags: list[tuple[str, str]] = [("TY", "NEWS"), ("ID", cited.key), ("TI", cited.title)]
    tags += [("AU", name) for name in names]
    tags += [("T2", cited.outlet), ("SE", cited.section), ("AB", cited.summary)]
    if cited.published:
        tags += [("PY", f"{cited.published.year:04}"), ("DA", _slashed(cited.published))]
    tags += [
        ("UR", cited.url),
        ("LA", cited.language),
        ("N1", _note(cited)),
        ("L2", cited.archive_url),
    ]
    tags += [("Y2", _slashed(cited.captured))] if cited.captured else []
    lines = [f"{tag}  - {value}\r\n" for tag, value in tags if value]
    return "".join(lines) + "ER  - \r\n"


def _slashed(day: date) -> str:
    return day.isoformat().replace("-", "/")


def csl_json(cited: Citation) -> dict[str, Any]:
    """Return a CSL-JSON item (article-newspaper)."""
    names = [
        {"family": name.family, "given": name.given}
        | ({"suffix": name.suffix} if name.suffix else {})
        if name.family
        else {"literal": name.literal}
        for name in cited.authors
    ]
    item = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        "author": names,
        "container-title": cited.outlet,
        "section": cited.section,
        "abstract": cited.summary,
        "issued": _date_parts(cited.published),
        "accessed": _date_parts(cited.captured),
        "URL": cited.url,
        "language": cited.language,
        "archive_location": cited.archive_url,
        "note": _note(cited),
    }
    return {name: value for name, value in item.items() if value}


def _note(cited: Citation) -> str:
    captured = f", captured {cited.captured.isoformat()}" if cited.captured else ""
    return f"Archived copy, revision {cited.revision}{captured}"


def csl_text(cited: Citation) -> str:
    """Return a CSL-JSON item as text, letters kept."""
    return json.dumps(csl_json(cited), ensure_ascii=False)


def _date_parts(day: date | None) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}
