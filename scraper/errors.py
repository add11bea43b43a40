"""Every error of ours, under one base; each says what was met, what was expected, what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, Literal

NEAR_MAX, LENGTHS_APART = 3, 2  # names offered for one that is not there, and by how much longer

NonArticle = Literal[
    "home page", "section page", "profile", "consent wall", "challenge page", "soft 404",
    "paywall stub", "media without text", "no text without scripts", "too little text", "empty",
    "not html", "other",
]  # fmt: skip
HOME_PAGE: Final = "home page"
SECTION_PAGE: Final = "section page"
PROFILE: Final = "profile"
CONSENT_WALL: Final = "consent wall"
CHALLENGE_PAGE: Final = "challenge page"
SOFT_404: Final = "soft 404"
PAYWALL_STUB: Final = "paywall stub"
MEDIA_ONLY: Final = "media without text"
SCRIPT_SHELL: Final = "no text without scripts"
TOO_SHORT: Final = "too little text"
EMPTY: Final = "empty"
NOT_HTML: Final = "not html"
OTHER: Final = "other"


class ScraperError(Exception):
    """The base of all errors raised on purpose in this project."""


class NotAnArticle(ScraperError, ValueError):
    """The page is readable but no article: `kind` says what it is, `reason` how that was told."""

    def __init__(self, url: str, reason: str, kind: NonArticle = OTHER) -> None:
        super().__init__(url, reason, kind)
        self.url = url
        self.reason = reason
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.url} is no article: {self.reason}"


class PageUnreadable(ScraperError, ValueError):
    """The bytes could not be turned into a page: no text, unknown encoding, beyond repair."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} cannot be read: {self.reason}"


class ListingUnreadable(ScraperError, ValueError):
    """A feed, sitemap or section page could not be parsed at all."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"the listing {self.url} cannot be read: {self.reason}"


class PageTooCostly(ScraperError):
    """A page killed its worker: it ran past the time limit, the memory limit, or crashed it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} cost a worker: {self.reason}"


class NotTakenUp(PageTooCostly):
    """No worker took a page up: a fault of ours or of this machine, and nothing of the page's."""


class BadDeclaration(ScraperError, TypeError):
    """An outlet's class in `spiders/` says something that cannot be; raised at import."""

    def __init__(self, outlet: str, problem: str) -> None:
        super().__init__(outlet, problem)
        self.outlet = outlet
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.outlet}: {self.problem}"


def near_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names that somebody may have meant, the nearest first.

    >>> near_names("bcc", ["bbc"]), near_names("nosuch", ["nos"])
    (('bbc',), ())
    >>> near_names("tageschau", ["tagesschau"])
    ('tagesschau',)
    """
    # Of names in part alike only those of nearly one length: the rest of a word is no slip.
    alike = get_close_matches(name, known, NEAR_MAX)
    return tuple(each for each in alike if abs(len(each) - len(name)) <= LENGTHS_APART)


class UnknownOutlet(ScraperError, LookupError):
    """No outlet of this name is declared."""

    def __init__(self, outlet: str, near: tuple[str, ...]) -> None:
        super().__init__(outlet, near)
        self.outlet = outlet
        self.near = near

    def __str__(self) -> str:
        hint = f"did you mean {' or '.join(self.near)}?" if self.near else ""
        known = "dateline outlets list shows those that are declared"
        return f"there is no outlet {self.outlet!r}: {hint or known}"


class HomePageUnusable(ScraperError, ValueError):
    """No outlet can be made of the address given: it is no home page, or lists nothing."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"no outlet can be made of {self.url}: {self.reason}"


class FactMissing(ScraperError, LookupError):
    """A home page leaves open what a declaration needs; `option` is how to give it."""

    def __init__(self, url: str, fact: str, option: str) -> None:
        super().__init__(url, fact, option)
        self.url = url
        self.fact = fact
        self.option = option

    def __str__(self) -> str:
        return f"{self.url} does not tell {self.fact}: give {self.option}"


class AlreadyDeclared(ScraperError, ValueError):
    """The outlet to add is in `spiders/` already, or its name or listing is."""

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} is declared already, in {self.where}: {self.remedy}"


class DeclarationUnwritable(ScraperError, OSError):
    """A class cannot be written into the folder of declarations."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"nothing is written to {self.path}: {self.reason}"


class OutletExcluded(ScraperError, PermissionError):
    """The outlet excludes crawlers such as ours: it is declared, and never requested."""

    def __init__(self, outlet: str, reason: str) -> None:
        super().__init__(outlet, reason)
        self.outlet = outlet
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.outlet} is never requested: {self.reason}"


class AddressRefused(ScraperError, PermissionError):
    """A request would reach a private address, an unusual port or a scheme other than http(s)."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} is not asked: {self.reason}"


class ContactMissing(ScraperError):
    """The real web is about to be crawled and no contact address is set."""

    def __str__(self) -> str:
        return (
            "no usable contact address is set, and publishers must be able to reach "
            "whoever crawls them: set DATELINE_CONTACT to a URL or mail address, "
            "for example DATELINE_CONTACT=https://example.org/about-our-crawler"
        )


class ArchiveBusy(ScraperError):
    """Another process is writing to this archive."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(path, holder)
        self.path = path
        self.holder = holder

    def __str__(self) -> str:
        return f"{self.path} is being written by {self.holder}; wait for it to end, or stop it"


class ArchiveTooNew(ScraperError):
    """The file was written by a later version of Dateline."""

    def __init__(self, path: str, unknown: str) -> None:
        super().__init__(path, unknown)
        self.path = path
        self.unknown = unknown

    def __str__(self) -> str:
        return (
            f"{self.path} was written by a newer Dateline (it has {self.unknown}); "
            "upgrade Dateline, or use another file"
        )


class IndexOutdated(ScraperError):
    """The file's search index was made by another version of the segmenter."""

    def __init__(self, path: str, found: str, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path = path
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return (
            f"the search index of {self.path} was made by segmenter {self.found or 'unknown'} and "
            f"this is {self.expected}: run dateline reindex --db {self.path}"
        )


class ArchiveMissing(ScraperError, FileNotFoundError):
    """There is no archive at the given path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"there is no archive at {self.path}: crawl first (dateline crawl), or give --db"


class ArchiveUnreadable(ScraperError):
    """The file is no archive, or is damaged."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} cannot be read as an archive: {self.reason}"


class ArchiveDamaged(ArchiveUnreadable):
    """The file is, or was, an archive, and parts of it are not what was written."""

    def __str__(self) -> str:
        return (
            f"{self.path} is damaged: {self.reason}; dateline verify tells what is affected, "
            "dateline repair mends what can be mended"
        )


class ArchiveUnwritable(ScraperError):
    """The disk takes nothing more of this archive: it is full, read-only or failing."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return (
            f"nothing more can be stored in {self.path}: {self.reason}; "
            f"what was stored is kept: {self.remedy}"
        )


class DiskLow(ArchiveUnwritable):
    """A disk of this archive is about to be full; nothing was refused yet."""


class BackupFailed(ScraperError):
    """No backup was made: its target will not have it, or the copy is not what it should be."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"no backup was made in {self.path}: {self.reason}"


class CapturesMissing(ScraperError, FileNotFoundError):
    """The folder of an archive's raw captures is not there."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"the folder of captures {self.path} does not exist, give --captures"


class CaptureUnreadable(ScraperError):
    """A raw capture is missing from its WARC file or does not match its digest."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"a capture in {self.path} cannot be read: {self.reason}"


class ExtraMissing(ScraperError, ImportError):
    """Something needs a package that is an extra, and is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.what} need an extra: .venv/bin/pip install -e '.[{self.extra}]'"


class MetricsUnservable(ScraperError, OSError):
    """Nothing can listen where metrics are to be served."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address, reason)
        self.address = address
        self.reason = reason

    def __str__(self) -> str:
        return f"metrics cannot be served at {self.address}: {self.reason}"


class ExportRefused(ScraperError):
    """Results cannot be written to a file: it is there already, or the system will not have it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"nothing is written to {self.path}: {self.reason}"


class AlertsUnavailable(ScraperError):
    """Alerts are asked for and cannot be sent as things are: no package, or no usable address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"no alerts can be sent: {self.reason}"


class OutletNotArchived(ScraperError, LookupError):
    """The archive has no outlet of this name; `near` are those of it that come near."""

    def __init__(self, path: str, outlet: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(path, outlet, near)
        self.path = path
        self.outlet = outlet
        self.near = near

    def __str__(self) -> str:
        others = "dateline outlets list names those that can be crawled"
        hint = f"did you mean {' or '.join(self.near)}?" if self.near else others
        return f"{self.path} has no outlet {self.outlet!r}: {hint}"
