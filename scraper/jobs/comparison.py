"""What a re-extraction changes: field by field, how many records, and a few of them to look at."""

import contextlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from scraper.archive.renewal import Difference, Renewal

SAMPLES_MAX = 3  # of each field
SHOWN_MAX_CHARS = 80  # of each side of a sample
LEAD_CHARS = 20  # shown before the first character that differs
TROUBLES_MAX = 1000  # kept of each kind; further ones are counted
MAPS = ("date_evidence", "field_sources")
JSON_COLUMNS = ("key_points", *MAPS)
# In the order in which people care; what is not named comes behind.
FIELDS = (
    "title", "byline", "authors", "credits", "published_at", "published_precision", "modified_at",
    "body", "key_points", "description", "section", "tags", "language", "stated_language", "kind",
    "is_paywalled", "image_url", "image_caption", "date_evidence", "field_sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One record before and after, shortened to where the two part."""

    article: int
    url: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A capture of an article of which no record could be made; its rows are left as they are."""

    article: int
    url: str
    reason: str
    kind: str = ""


@dataclass(slots=True)
class Troubles:
    """How many there are, and the first of them."""

    count: int = 0
    first: list[Trouble] = field(default_factory=list)

    def add(self, trouble: Trouble) -> None:
        """Count a trouble, and keep it while there are few."""
        self.count += 1
        if len(self.first) < TROUBLES_MAX:
            self.first.append(trouble)


@dataclass(slots=True)
class FieldChanges:
    """How many records change in one field; of them, how many had nothing, or will have nothing."""

    changed: int = 0
    filled: int = 0
    emptied: int = 0
    samples: list[Sample] = field(default_factory=list)

    def add(self, renewal: Renewal, difference: Difference) -> None:
        """Count one record."""
        before, after = (worded(difference, v) for v in (difference.before, difference.after))
        self.changed += 1
        self.filled += not before
        self.emptied += not after
        if len(self.samples) < SAMPLES_MAX:
            shown = shortened(*parted(difference))
            self.samples.append(Sample(renewal.article, renewal.url, *shown))


@dataclass(slots=True)
class Comparison:
    """What a run found.

    Args:
        extractor: of today.
        is_dry_run: whether nothing was written.
        articles: looked at; `made` those of which a capture could be read again.
        changed: those with any other row than before.
        revisions: texts of revisions that changed; `edits_undone` those in which nothing of the
            outlet's had changed, only our reading.
        captures_lost: captures of articles that are known to be lost.
        no_article, failed: captures of articles that are none now, or could not be extracted.
        pages_tried: captures that had led to no article; `pages` what became of those that are one.
        backup: where the archive lies as it was, if it was brought up to date first.
    """

    extractor: str
    is_dry_run: bool
    articles: int = 0
    made: int = 0
    changed: int = 0
    revisions: int = 0
    edits_undone: int = 0
    captures_lost: int = 0
    fields: dict[str, FieldChanges] = field(default_factory=dict)
    no_article: Troubles = field(default_factory=Troubles)
    failed: Troubles = field(default_factory=Troubles)
    pages_tried: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    page_samples: list[tuple[str, str]] = field(default_factory=list)
    is_interrupted: bool = False
    backup: str = ""

    def add(self, renewal: Renewal, *, is_made: bool) -> None:
        """Count one article."""
        self.articles += 1
        self.made += is_made
        self.changed += bool(renewal.differences or renewal.texts)
        self.revisions += renewal.texts
        self.edits_undone += renewal.edits_undone
        for difference in renewal.differences:
            self.fields.setdefault(difference.field, FieldChanges()).add(renewal, difference)

    def add_page(self, outcome: str, url: str, title: str) -> None:
        """Count a page that is an article after all."""
        self.pages[outcome] += 1
        if len(self.page_samples) < SAMPLES_MAX:
            self.page_samples.append((url, title[:SHOWN_MAX_CHARS]))

    def ordered(self) -> list[tuple[str, FieldChanges]]:
        """Return the fields that change, the ones people care for first."""
        rank = {name: number for number, name in enumerate(FIELDS)}
        return sorted(self.fields.items(), key=lambda item: rank.get(item[0], len(rank)))

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        whole = asdict(self) | {
            "fields": {name: asdict(changes) for name, changes in self.ordered()},
            "pages": {"tried": self.pages_tried, **self.pages},
            "page_samples": [{"url": url, "title": title} for url, title in self.page_samples],
        }
        del whole["pages_tried"]
        return whole

    def lines(self) -> list[str]:
        """Return what was found, a line for each thing, without the fields."""
        would = "would change" if self.is_dry_run else "changed"
        lines = [f"{self.articles} articles looked at, {self.changed} {would}"]
        if self.revisions:
            lines.append(f"{self.revisions} texts of revisions {would} where they stand")
        if self.edits_undone:
            lines.append(
                f"{self.edits_undone} revisions no longer count as edits: only our reading differed"
            )
        if self.pages:
            pages = ", ".join(f"{count} {what}" for what, count in self.pages.items())
            now = "would be settled now" if self.is_dry_run else "settled now"
            lines.append(f"{self.pages_tried} pages without an article; {now}: {pages}")
        if self.captures_lost:
            lines.append(f"{self.captures_lost} captures are lost; their records stay as they are")
        for troubles, words in (
            (self.no_article, "are no article now; what is stored stays"),
            (self.failed, "could not be extracted again; what is stored stays"),
        ):
            if troubles.count:
                lines.append(f"{troubles.count} captures of articles {words}:")
                lines += [
                    f"  {t.article} {t.url}: {t.reason}" for t in troubles.first[:SAMPLES_MAX]
                ]
        if self.backup:
            when = (
                "would be brought up to date first; it"
                if self.is_dry_run
                else "was brought up to date first; as it was it"
            )
            lines.append(f"the archive {when} lies in {self.backup}")
        if self.is_interrupted:
            kept = (
                ""
                if self.is_dry_run
                else "; what is done is stored, --outdated goes on with the rest"
            )
            lines.append(f"interrupted{kept}")
        return lines


def worded(difference: Difference, value: Any) -> str:
    """Return a value in words, "" for nothing.

    >>> worded(Difference("tags", None, None), ["sea", "ports"])
    'sea, ports'
    """
    value = _read(difference, value)
    if isinstance(value, list | dict):
        return ", ".join(_parts(value))
    return "" if value is None else str(value)


def parted(difference: Difference) -> tuple[str, str]:
    """Return both sides in words; of maps only the entries that differ.

    >>> before, after = '{"body":"rules","title":"h1"}', '{"body":"rules","title":"json-ld"}'
    >>> parted(Difference("field_sources", before, after))
    ('title: h1', 'title: json-ld')
    """
    both = [_read(difference, value) for value in (difference.before, difference.after)]
    if difference.field in MAPS:
        one, other = (_parts(value) if isinstance(value, list | dict) else [] for value in both)
        shown = (
            ", ".join(p for p in one if p not in other),
            ", ".join(p for p in other if p not in one),
        )
        if any(shown):
            return shown
    return worded(difference, difference.before), worded(difference, difference.after)


def shortened(before: str, after: str) -> tuple[str, str]:
    """Return both texts on a line, from a little before where they part.

    >>> shortened("Talks resume in Geneva", "Talks resume in Oslo | Gazette")
    ('Talks resume in Geneva', 'Talks resume in Oslo | Gazette')
    """
    one, other = (" ".join(text.split()) for text in (before, after))
    pairs = enumerate(zip(one, other, strict=False))
    part = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = part - LEAD_CHARS if max(len(one), len(other)) > SHOWN_MAX_CHARS else 0
    shown = []
    for text in (one, other):
        piece = text[max(start, 0) :]
        cut = piece[:SHOWN_MAX_CHARS] + ("…" if len(piece) > SHOWN_MAX_CHARS else "")
        shown.append(f"…{cut}" if start > 0 else cut)
    return shown[0], shown[1]


def _read(difference: Difference, value: Any) -> Any:
    if difference.field in JSON_COLUMNS and isinstance(value, str):
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def _parts(value: list[Any] | dict[str, Any]) -> list[str]:
    if isinstance(value, dict):
        return [f"{name}: {part}" for name, part in sorted(value.items())]
    return [part if isinstance(part, str) else _claim(part) for part in value]


def _claim(claim: Any) -> str:
    if not isinstance(claim, dict):
        return str(claim)
    chosen = "*" if claim.get("chosen") else ""
    why = f" ({claim['why']})" if claim.get("why") else ""
    return f"{claim.get('source')} {claim.get('raw')}{chosen}{why}"
