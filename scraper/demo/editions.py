"""What every outlet has in print at each of the world's two ticks, and what the tick changed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote
from zlib import crc32

from scraper.demo.furniture import section_slug
from scraper.demo.outlets import OUTLETS, DemoOutlet, Printed
from scraper.demo.texts import Edit, Text

REPRINT_DELAY = timedelta(minutes=17)  # between one outlet printing an agency's copy and the next
REPRINT_AGE = timedelta(minutes=40)  # of copy that an outlet takes over at the tick
EDIT_AGE = timedelta(minutes=30)  # of the tick's edits
TOUCH_UP = timedelta(
    minutes=37
)  # after publication, when an article was touched up on its first day
TOUCH_UP_EVERY = 3


@dataclass(frozen=True, slots=True)
class WorldChange:
    """One thing that the tick did.

    `kind` is "number", "typo", "headline" (real edits), "ad", "paywall", "gone", "new",
    "republished" (agency copy that one more outlet took over) or "no article" (a page offered
    among the news that is none). `before` and `after` are what an edit found and left.
    """

    kind: str
    outlet: str
    url: str
    before: str = ""
    after: str = ""

    @property
    def is_edit(self) -> bool:
        """Whether the article's text or headline changed, so that an archive owes it a revision."""
        return self.kind in ("number", "typo", "headline")

    @property
    def is_new(self) -> bool:
        """Whether an article appeared."""
        return self.kind in ("new", "republished")


def print_edition(outlet: DemoOutlet, origin: str, now: datetime, tick: int) -> tuple[Printed, ...]:
    """Return an outlet's articles at a tick, newest first; those taken down are not among them."""
    printed = []
    for text in outlet.words.texts:
        if appears_in(text, outlet, tick):
            article = _first_print(text, outlet, origin, now)
            edit = edit_of(text, outlet) if tick else None
            if edit is None:
                printed.append(article)
            elif edit.kind != "gone":
                printed.append(apply_edit(article, edit, now))
    return tuple(sorted(printed, key=lambda article: article.published_at, reverse=True))


def appears_in(text: Text, outlet: DemoOutlet, tick: int) -> bool:
    """Tell whether an outlet has printed a text by a tick."""
    joined = outlet.slug in text.on or (tick >= 1 and outlet.slug in text.later)
    return joined and text.tick <= tick


def edit_of(text: Text, outlet: DemoOutlet) -> Edit | None:
    """Return what the tick does to a text in one outlet, None for nothing."""
    edits = outlet.words.edits
    return next((e for e in edits if e.article == text.slug and outlet.slug in e.on), None)


def apply_edit(article: Printed, edit: Edit, now: datetime) -> Printed:
    """Return an article as the tick leaves it."""
    when = now - EDIT_AGE
    if edit.kind == "ad":
        return replace(article, advert=article.advert + 1, changed_at=when)
    blocks = tuple(block.replace(edit.find, edit.replace) for block in article.blocks)
    return replace(
        article,
        title=edit.title or article.title.replace(edit.find, edit.replace),
        blocks=blocks if edit.find else article.blocks,
        is_paywalled=edit.kind == "paywall",
        modified_at=when,
        changed_at=when,
    )


def tell_changes(outlet: DemoOutlet, origin: str, now: datetime) -> list[WorldChange]:
    """Return what the tick does to one outlet's articles."""
    before = {article.url: article for article in print_edition(outlet, origin, now, 0)}
    after = {article.url: article for article in print_edition(outlet, origin, now, 1)}
    changes = []
    for url, article in before.items():
        edit = edit_of(article.text, outlet)
        if edit is not None:
            found, left = edit.find, edit.replace
            if edit.kind == "headline":
                found, left = article.title, edit.title
            changes.append(WorldChange(edit.kind, outlet.slug, url, found, left))
    for url, article in after.items():
        if url not in before:
            kind = "new" if article.text.tick else "republished"
            changes.append(WorldChange(kind, outlet.slug, url, after=article.title))
    return changes


def article_path(text: Text, outlet: DemoOutlet) -> str:
    """Return the path an outlet gives a text: the same in every world, whatever the date."""
    if text.is_forbidden:
        return f"/subscribers/{text.slug}"
    return outlet.path.format(
        section=section_slug(outlet, text.section),
        slug=text.slug,
        number=article_number(text, outlet),
        label=quote(outlet.words.labels[text.story].replace(" ", "-")),
    )


def article_number(text: Text, outlet: DemoOutlet) -> int:
    """Return the six-digit number under which an outlet's publishing system keeps a text."""
    return 100_000 + crc32(f"{outlet.slug}/{text.slug}".encode()) % 900_000


def _first_print(text: Text, outlet: DemoOutlet, origin: str, now: datetime) -> Printed:
    published_at = now - text.age
    if outlet.slug in text.later:
        published_at = now - REPRINT_AGE
    elif not text.authors:
        published_at += REPRINT_DELAY * text.on.index(outlet.slug)
    published_at = published_at.replace(second=0, microsecond=0)
    was_touched_up = not text.tick and article_number(text, outlet) % TOUCH_UP_EVERY == 0
    modified_at = published_at + TOUCH_UP if was_touched_up else published_at
    return Printed(
        outlet=outlet,
        text=text,
        origin=origin,
        path=article_path(text, outlet),
        title=text.title,
        blocks=_with_source(text, outlet),
        published_at=published_at,
        modified_at=min(modified_at, now),
        changed_at=min(modified_at, now),
        advert=OUTLETS.index(outlet),
    )


def _with_source(text: Text, outlet: DemoOutlet) -> tuple[str, ...]:
    # The founding example closes every text of its own with the source it drew on.
    if outlet.markup != "seed" or not text.authors:
        return text.blocks
    words = outlet.words
    return (*text.blocks[:-1], f"{text.blocks[-1]} {words.word('source').format(words.agency)}")
