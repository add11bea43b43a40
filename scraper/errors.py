"""Every error of ours, under one base; each says what was met, what was expected, what to do."""

from typing import Final, Literal

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


class BadDeclaration(ScraperError, TypeError):
    """An outlet's class in `spiders/` says something that cannot be; raised at import."""

    def __init__(self, outlet: str, problem: str) -> None:
        super().__init__(outlet, problem)
        self.outlet = outlet
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.outlet}: {self.problem}"


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


class ExportRefused(ScraperError):
    """Results cannot be written to a file: it is there already, or the system will not have it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"nothing is written to {self.path}: {self.reason}"
