"""The world of a simulated month: what each outlet answers at any moment of it.

Every answer is a pure function of plan, moment and request. Pages and listings are written by the
demo world's own writers, in its 15 languages and all its manners.
"""

import gzip
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from month_plan import PORT, Piece, Plan, PlannedOutlet, address

from scraper.demo import listings, pages
from scraper.demo.furniture import SECTIONS, section_slug
from scraper.demo.outlets import Printed
from scraper.demo.texts import Text
from scraper.demo.world import MEDIA_TYPES, NEWS_SITEMAP, PLAIN, WRITERS, Answer

CLOCK = "clock"  # the slug of the address that keeps the time
NEW_HOSTS = 10_000  # added to the place of an outlet that moves
NUMBERS_FROM = 100_000  # six digits, as publishing systems have them
RETRY_AFTER_SECONDS = 3 * 3600
ROBOTS_AGE_SECONDS = 6 * 3600
PAGES_KEPT = 6000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
TIME_ELEMENTS = re.compile(r"<time.*?</time>", re.S)
FEED_TIMES = re.compile(
    r"<(pubDate|dc:date|published|updated|news:publication_date|lastmod)>.*?</\1>"
)
CHALLENGE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>'
    '<meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper">'
    '<h1 class="zone-name-title">Checking your browser</h1><noscript><div class="h2">'
    "Enable JavaScript and cookies to continue</div></noscript>"
    '<script>window._cf_chl_opt={cvId:"3"};</script></div></body></html>'
)


class MonthWorld:
    """Every outlet's answers at the moment that `now` gives.

    Args:
        plan: what the month holds.
        now: the clock.
    """

    ticks = 0

    def __init__(self, plan: Plan, now: Callable[[], datetime]) -> None:
        self.plan = plan
        self.now = now
        moved = [o for o in plan.outlets.values() if any(b.kind == "moved" for b in o.breaks)]
        names = [CLOCK, *plan.outlets, *(f"{o.slug}@new" for o in moved)]
        self.ports: Mapping[str, int] = dict.fromkeys(names, PORT)
        self._paths = {slug: _paths(outlet) for slug, outlet in plan.outlets.items()}
        self._page = lru_cache(PAGES_KEPT)(self._make_page)

    def address(self, slug: str) -> str:
        """Return the loopback address of an outlet."""
        if slug == CLOCK:
            return "127.0.0.1"
        outlet = self.plan.outlets[slug.removesuffix("@new")]
        return address(outlet.place) if slug == outlet.slug else new_address(outlet)

    def tick(self) -> bool:
        """Nothing: this world goes by a clock."""
        return False

    def silence(self, slug: str) -> str:
        """Return "refused" or "timeouts" while an outlet's host gives no answer, else ""."""
        if slug == CLOCK or slug.endswith("@new"):
            return ""
        kind = self.plan.outlets[slug].broken(self.now()).removeprefix("long ")
        return kind if kind in ("refused", "timeouts") else ""

    def piece(self, slug: str, target: str) -> Piece | None:
        """Return the article at a path of an outlet, its AMP twin's included."""
        found = self._paths[slug].get(target) or self._paths[slug].get(target.partition("?")[0])
        return found[0] if found else None

    def url(self, slug: str, piece: Piece) -> str:
        """Return the canonical URL of an article."""
        outlet = self.plan.outlets[slug]
        return outlet.origin + path_of(outlet, piece)

    def answer(self, slug: str, target: str) -> Answer:
        """Return what an outlet answers now."""
        outlet = self.plan.outlets[slug.removesuffix("@new")]
        moment = self.now()
        broken = outlet.broken(moment) if slug == outlet.slug else ""
        path = target if target in self._paths[outlet.slug] else target.partition("?")[0]
        refusal = _refusal(outlet, broken, target)
        if refusal is not None:
            return refusal
        if path == "/robots.txt":
            age = (("Cache-Control", f"max-age={ROBOTS_AGE_SECONDS}"),)
            text = listings.write_robots(outlet.demo, outlet.origin)
            return Answer(200, PLAIN, text.encode(), headers=age)
        if path in self._paths[outlet.slug]:
            return self._article(outlet, path, moment)
        return self._listing(outlet, path, moment, broken)

    def _article(self, outlet: PlannedOutlet, path: str, moment: datetime) -> Answer:
        piece, is_amp = self._paths[outlet.slug][path]
        if piece.published_at > moment:
            return Answer(404, PLAIN, b"not found\n")
        if not piece.is_up(moment):
            return Answer(404 + 6 * (piece.number % 2), PLAIN, b"gone\n")
        return self._page(outlet.slug, piece.number, piece.version(moment), is_amp)

    def _make_page(self, slug: str, number: int, version: int, is_amp: bool) -> Answer:
        outlet = self.plan.outlets[slug]
        piece = outlet.pieces[number]
        moment = ([piece.published_at, *piece.edited_at])[version]
        printed = print_piece(outlet, piece, moment)
        others = [p for p in outlet.pieces[max(0, number - 3) : number + 4] if p != piece][:4]
        beside = [print_piece(outlet, other, other.published_at) for other in others]
        text = pages.write_amp(printed) if is_amp else pages.write_article(printed, beside, 0)
        if piece.redesign == "no date":
            text = MOMENT.sub("", TIME_ELEMENTS.sub("", text))
            text = text.replace(pages.printed_time(printed), "")
        return _html(outlet, text, moment)

    def _listing(self, outlet: PlannedOutlet, path: str, moment: datetime, broken: str) -> Answer:
        kinds = {place: kind for kind, place in outlet.demo.listings}
        sections = {f"/{section_slug(outlet.demo, key)}": key for key in SECTIONS}
        seen = moment
        if broken == "frozen":
            seen = next(b.begins for b in outlet.breaks if b.holds(moment))
        shown = [] if broken == "emptied" else in_print(outlet, seen)
        if path == "/" or path in sections:
            return self._front(outlet, shown, seen, sections.get(path, ""))
        kind = "gzipped sitemap" if path == NEWS_SITEMAP else kinds.get(path)
        if kind is None:
            return Answer(404, PLAIN, b"not found\n")
        printed = [print_piece(outlet, p, seen) for p in shown[: outlet.feed_size]]
        changed_at = max((p.modified_at for p in printed), default=seen)
        if kind == "sitemap index":
            text = listings.write_sitemap_index(outlet.origin + NEWS_SITEMAP, changed_at)
        else:
            entries = [listings.entry_of(p, n) for n, p in enumerate(printed)]
            text = WRITERS[kind](outlet.demo, outlet.origin, entries)
            if any(p.redesign == "no date" for p in shown[:1]):
                text = MOMENT.sub("", FEED_TIMES.sub("", text))
        body = text.encode(outlet.demo.charset if kind == "rss" else "utf-8", "xmlcharrefreplace")
        body = gzip.compress(body, mtime=0) if kind == "gzipped sitemap" else body
        return _stamped(outlet, Answer(200, MEDIA_TYPES[kind], body), changed_at)

    def _front(
        self, outlet: PlannedOutlet, shown: list[Piece], seen: datetime, section: str
    ) -> Answer:
        printed = [print_piece(outlet, piece, seen) for piece in shown if not piece.is_forbidden]
        printed = [p for p in printed if not section or p.text.section == section]
        printed = printed[: outlet.feed_size]
        title = outlet.demo.words.word(section or "home")
        text = pages.write_front(outlet.demo, title, printed)
        if any(piece.redesign == "no date" for piece in shown[:1]):
            text = TIME_ELEMENTS.sub("", text)
        return _html(outlet, text, max((p.modified_at for p in printed), default=seen))


def new_address(outlet: PlannedOutlet) -> str:
    """Return the address of the host that an outlet moves to."""
    return address(outlet.place + NEW_HOSTS)


def in_print(outlet: PlannedOutlet, moment: datetime) -> list[Piece]:
    """Return what an outlet has in print at a moment, newest first."""
    return [piece for piece in reversed(outlet.pieces) if piece.is_up(moment)]


def print_piece(outlet: PlannedOutlet, piece: Piece, moment: datetime) -> Printed:
    """Return an article as it stands at a moment."""
    version = piece.version(moment)
    text, more = text_of(outlet, piece)
    blocks = (*text.blocks, *more[: version + 1])
    if piece.redesign == "short body":
        blocks = (text.blocks[0], *more[1 : version + 1])
    modified_at = piece.edited_at[version - 1] if version else piece.published_at
    return Printed(
        outlet=replace(outlet.demo, byline="{}") if piece.redesign == "no author" else outlet.demo,
        text=text,
        origin=outlet.origin,
        path=path_of(outlet, piece),
        title=f"{text.title} ({piece.number + 1})",
        blocks=blocks,
        published_at=piece.published_at,
        modified_at=modified_at,
        changed_at=modified_at,
    )


@cache
def text_of(outlet: PlannedOutlet, piece: Piece) -> tuple[Text, list[str]]:
    """Return the prose of an article, and paragraphs that its edits add one by one."""
    texts = outlet.demo.words.texts
    rng = random.Random(f"{outlet.slug}/{piece.number}")  # noqa: S311
    chosen, *others = rng.sample(texts, len(texts))
    authors = ("",) if piece.redesign == "no author" else chosen.authors
    text = replace(
        chosen,
        slug=f"{chosen.slug}-{NUMBERS_FROM + piece.number}",
        authors=authors,
        is_forbidden=piece.is_forbidden,
    )
    prose = [b for other in others for b in other.blocks if not b.startswith("## ")]
    return text, rng.sample(prose, 4)


def path_of(outlet: PlannedOutlet, piece: Piece) -> str:
    """Return the path of an article."""
    text, _ = text_of(outlet, piece)
    if piece.is_forbidden:
        return f"/subscribers/{text.slug}"
    return outlet.demo.path.format(
        section=section_slug(outlet.demo, text.section),
        slug=text.slug,
        number=NUMBERS_FROM + piece.number,
        label=quote(outlet.demo.words.labels[text.story].replace(" ", "-")),
    )


def _paths(outlet: PlannedOutlet) -> dict[str, tuple[Piece, bool]]:
    paths = {path_of(outlet, piece): (piece, False) for piece in outlet.pieces}
    if outlet.demo.has_amp:
        paths |= {f"{path}amp/": (piece, True) for path, (piece, _) in paths.items()}
    return paths


def _refusal(outlet: PlannedOutlet, broken: str, target: str) -> Answer | None:
    kind = broken.removeprefix("long ")
    if kind == "errors":
        return Answer(503, PLAIN, b"unavailable\n")
    if kind == "moved":
        return Answer(
            301, PLAIN, b"moved\n", location=f"http://{new_address(outlet)}:{PORT}{target}"
        )
    if target == "/robots.txt":
        return None
    if kind == "forbidden":
        return Answer(403, "text/html", b"<html><body><h1>403 Forbidden</h1></body></html>")
    if kind == "too many":
        wait = (("Retry-After", str(RETRY_AFTER_SECONDS)),)
        return Answer(429, PLAIN, b"too many requests\n", headers=wait)
    if kind == "challenge":
        return Answer(200, "text/html; charset=utf-8", CHALLENGE.encode())
    return None


def _html(outlet: PlannedOutlet, page: str, changed_at: datetime) -> Answer:
    demo = outlet.demo
    charset = f"; charset={demo.charset}" if demo.charset_in == "header" else ""
    body = page.encode(demo.charset, "xmlcharrefreplace")
    return _stamped(outlet, Answer(200, f"text/html{charset}", body), changed_at)


def _stamped(outlet: PlannedOutlet, answer: Answer, changed_at: datetime) -> Answer:
    validators = outlet.demo.validators
    if validators == "none":
        return answer
    etag = f'W/"{sha256(answer.body).hexdigest()[:20]}"' if validators == "both" else ""
    # A removal changes a listing without a new time in it: only the ETag tells.
    moment = changed_at.replace(microsecond=0) + timedelta(seconds=changed_at.microsecond > 0)
    return replace(answer, etag=etag, last_modified=moment)
