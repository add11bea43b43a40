"""The revisions of one article: each against the one before it, or any two that a reader picks."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from scraper.archive.differences import Changed, changed_words, compared
from scraper.web.archives import read
from scraper.web.words import N_, _, moment

REVISION_MAX_CHARS = 100_000  # of each revision's text, compared
REVISIONS_MAX = 20  # latest compared on one page
CHOICES_MAX = 200  # latest offered for comparison
# Texts compared on one page, both sides counted: 200,000 cost 1.3 s at worst (two words shuffled),
# 0.1 s as a rule. Older revisions beyond this are named, not compared.
COMPARED_MAX_CHARS = 400_000
WAYS = {"inline": N_("In one text"), "side": N_("Side by side")}
FIELDS = {
    "title": N_("Headline changed"),
    "body": N_("Text changed"),
    "byline": N_("Byline changed"),
}
COLUMNS = f"*, substr(body, 1, {REVISION_MAX_CHARS}) AS part"
LATEST = f"""
SELECT {COLUMNS} FROM revisions WHERE article = :id ORDER BY number DESC
LIMIT {REVISIONS_MAX + 1}"""
CHOICES = f"""
SELECT number, captured_at FROM revisions WHERE article = :id ORDER BY number DESC
LIMIT {CHOICES_MAX}"""
PICKED = f"""
SELECT {COLUMNS} FROM revisions WHERE article = :id AND number IN (:one, :other)
ORDER BY number"""
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """What one paragraph became.

    Args:
        same: unchanged paragraphs, if it stands for those; else 0.
        pieces: of the changed paragraph, in one text.
    """

    same: int
    pieces: Changed = ()

    @property
    def old(self) -> Changed:
        """The paragraph as it was, what went marked."""
        return tuple(piece for piece in self.pieces if piece.kind != "added")

    @property
    def new(self) -> Changed:
        """The paragraph as it is, what came marked."""
        return tuple(piece for piece in self.pieces if piece.kind != "removed")


@dataclass(frozen=True, slots=True)
class Change:
    """One field in which two revisions differ; no parts where it was too long to compare."""

    field: str
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions against each other; `old` is None for the first text seen.

    `is_quiet` says that the outlet gave no new time of change; `is_read_alike` that one extractor
    read both texts.
    """

    old: dict[str, Any] | None
    new: dict[str, Any]
    changes: tuple[Change, ...]
    is_quiet: bool = False
    is_read_alike: bool = True


async def revision_context(db: Any, article: int, args: Mapping[str, str]) -> dict[str, Any]:
    """Return what dateline_revisions.html shows of an article.

    Args:
        db: the archive.
        article: number of the article.
        args: of the request: `from` and `to`, numbers of revisions; `diff`, one of WAYS; all else
            is carried along.
    """
    rows = await _revisions(db, LATEST, {"id": article})
    choices = [dict(row) for row in await read(db, (CHOICES, {"id": article})) or ()]
    picked, note = await _picked(db, article, args)
    if picked:
        comparisons = await asyncio.to_thread(lambda: [compare(*picked, is_affordable=True)])
    else:
        comparisons = await asyncio.to_thread(lambda: list(in_a_row(rows)))
    way = args.get("diff") if args.get("diff") in WAYS else "inline"
    return {
        "comparisons": comparisons,
        "is_picked": bool(picked),
        "comparison_note": note,
        "choices": choices,
        "chosen": _chosen(picked, choices),
        "way": way,
        "ways": [
            {"words": _(words), "is_on": name == way, "link": _link(args, diff=name)}
            for name, words in WAYS.items()
        ],
        "each_link": _link(args, **{"from": "", "to": ""}),
        "carried": [
            (name, args[name]) for name in ("q", "db", "revision", "diff", "hl") if args.get(name)
        ],
        # Revisions between which only our reading differed are none of the outlet's edits.
        "is_edited": any(row["number"] > 1 and row["changed"] != "[]" for row in rows),
    }


async def _picked(
    db: Any, article: int, args: Mapping[str, str]
) -> tuple[tuple[dict[str, Any], dict[str, Any]] | None, str]:
    """Return the two revisions asked for, the earlier first, or what to say if that cannot be."""
    asked = [args.get(name) or "" for name in ("from", "to")]
    if not any(asked):
        return None, ""
    if not all(NUMBER.fullmatch(number) for number in asked):
        return None, _("Choose two versions by their numbers.")
    one, other = map(int, asked)
    if one == other:
        return None, _("Choose two different versions.")
    params: dict[str, str | int] = {"id": article, "one": one, "other": other}
    rows = await _revisions(db, PICKED, params)
    if len(rows) < 2:
        return None, _("There are no such two versions of this article.")
    return (rows[0], rows[1]), ""


async def _revisions(db: Any, sql: str, params: dict[str, str | int]) -> list[dict[str, Any]]:
    """Return rows of revisions, of each text as much as is compared."""
    return [dict(row) | {"body": row["part"]} for row in await read(db, (sql, params)) or ()]


def _chosen(
    picked: tuple[dict[str, Any], dict[str, Any]] | None, choices: list[dict[str, Any]]
) -> tuple[int, int]:
    """Return which numbers the form shows: those picked, else the first and the last offered."""
    if picked:
        return picked[0]["number"], picked[1]["number"]
    numbers = [row["number"] for row in choices] or [1]
    return min(numbers), max(numbers)


def _link(args: Mapping[str, str], **changes: str) -> str:
    """Return the address of the same page with some arguments changed, at its edits."""
    names = ("q", "db", "revision", "hl", "from", "to", "diff")
    parts = {name: args.get(name) or "" for name in names} | changes
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"?{query}#edits"


def in_a_row(rows: list[dict[str, Any]]) -> Iterator[Comparison]:
    """Compare each revision with the one before it, latest first; the first one has none."""
    chars = 0
    for new, old in pairwise(rows):
        chars += len(new["body"]) + len(old["body"])
        yield compare(old, new, is_affordable=chars <= COMPARED_MAX_CHARS)
    if rows and rows[-1]["number"] == 1:
        yield Comparison(None, rows[-1] | {"moment": moment(rows[-1]["captured_at"])}, ())


def compare(old: dict[str, Any], new: dict[str, Any], *, is_affordable: bool) -> Comparison:
    """Compare two revisions; a text that is not affordable is told as changed, and no more."""
    changes = []
    for field, label in FIELDS.items():
        if old[field] == new[field]:
            continue
        parts: list[Part] = []
        if field != "body":
            parts.append(Part(0, changed_words(old[field], new[field])))
        elif is_affordable:
            for part in compared(old["body"], new["body"]):
                parts.append(Part(part) if isinstance(part, int) else Part(0, part))
        changes.append(Change(field, _(label), tuple(parts)))
    is_read_alike = old.get("extractor") == new.get("extractor")
    is_next = new["number"] == old["number"] + 1
    return Comparison(
        old=old | {"moment": moment(old["captured_at"])},
        new=new | {"moment": moment(new["captured_at"])},
        changes=tuple(changes),
        is_quiet=is_next and is_read_alike and is_quiet(old, new),
        is_read_alike=is_read_alike,
    )


def is_quiet(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether headline or text changed and the outlet gave no new time of change.

    As `scraper.archive.edits_schema.edit_rows` tells it.

    >>> is_quiet({"modified_at": None}, {"modified_at": None, "changed": '["body"]'})
    True
    """
    if new["modified_at"] not in (None, old["modified_at"]):
        return False
    return bool({"title", "body"} & set(json.loads(new["changed"] or "[]")))
