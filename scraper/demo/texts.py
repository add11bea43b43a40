"""Reads the invented prose: one TOML file per language below `texts/`.

Each file has `[words]` (what the language calls the furniture of a page), `[stories.*]` (label
and caption of each running story), `[[article]]` and `[[change]]` tables. An article's `body` has
paragraphs separated by a blank line, and subheads marked `## `. It is `days` old in the first
state, or with `tick = 1` appears in the second, `hours` old; without `by` it is the agency's copy.
A change says what the tick does to one article in the named outlets.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One invented article as its authors wrote it; `age` is its distance from the world's now.

    `on` are the outlets that print it, `later` those that join at the tick, `tick` the state in
    which it first appears. No `authors` means agency copy. `is_forbidden` puts it below a path
    that robots.txt disallows.
    """

    slug: str
    story: str
    section: str
    title: str
    blocks: tuple[str, ...]
    age: timedelta
    on: tuple[str, ...]
    later: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tick: int = 0
    is_forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """What the tick does to one article: `find` becomes `replace`, or the `title` changes.

    `kind` is "number", "typo", "headline", "ad", "paywall" or "gone".
    """

    article: str
    on: tuple[str, ...]
    kind: str
    find: str = ""
    replace: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words, articles and edits."""

    tag: str
    agency: str
    words: Mapping[str, str]
    adverts: tuple[str, ...]
    months: tuple[str, ...]
    labels: Mapping[str, str]
    captions: Mapping[str, str]
    texts: tuple[Text, ...]
    edits: tuple[Edit, ...]

    def word(self, key: str) -> str:
        """Return what the language calls a piece of a page, such as "share" or "world"."""
        return self.words[key]

    def print_date(self, moment: datetime) -> str:
        """Return a time as pages print it, in the zone it is in, without naming the zone.

        >>> from datetime import UTC
        >>> read_texts()["de"].print_date(datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
        '4. März 2026, 05:06 Uhr'
        """
        return self.words["date"].format(
            y=moment.year,
            by=moment.year + 543,  # the Buddhist era, as Thai outlets print it
            m=moment.month,
            month=self.months[moment.month - 1] if self.months else "",
            d=moment.day,
            H=moment.hour,
            M=moment.minute,
        )


@cache
def read_texts() -> Mapping[str, Language]:
    """Return every language's texts by its tag."""
    folder = files("scraper.demo") / "texts"
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            language = _language(tomllib.loads(entry.read_text(encoding="utf-8")))
            found[language.tag] = language
    return found


def _language(table: dict[str, Any]) -> Language:
    words = table["words"]
    stories = table["stories"]
    return Language(
        tag=table["language"],
        agency=table["agency"],
        words={key: value for key, value in words.items() if isinstance(value, str)},
        adverts=tuple(words["ads"]),
        months=tuple(words.get("months", ())),
        labels={key: story["label"] for key, story in stories.items()},
        captions={key: story["caption"] for key, story in stories.items()},
        texts=tuple(_text(article) for article in table["article"]),
        edits=tuple(Edit(**{**change, "on": tuple(change["on"])}) for change in table["change"]),
    )


def _text(article: dict[str, Any]) -> Text:
    return Text(
        slug=article["slug"],
        story=article["story"],
        section=article["section"],
        title=article["title"],
        blocks=tuple(article["body"].strip().split("\n\n")),
        age=timedelta(days=article.get("days", 0), hours=article.get("hours", 0)),
        on=tuple(article["on"]),
        later=tuple(article.get("later", ())),
        authors=tuple(article.get("by", ())),
        points=tuple(article.get("points", ())),
        tick=article.get("tick", 0),
        is_forbidden=article.get("forbidden", False),
    )
