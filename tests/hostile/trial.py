"""One mutated document tried: made from a seed and a number, read, and judged."""

import json
import random
import re
import signal
import time
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FrameType

from scraper.discovery.listings import read_listing
from scraper.errors import ListingUnreadable, NotAnArticle, PageUnreadable
from scraper.extraction.article import extract
from scraper.records import Article, Candidate, Capture, Hints, Listing
from tests.hostile.documents import NOW, Document, Library, collect
from tests.hostile.mutations import mutate
from tests.hostile.promises import breaches

LIMIT_SECONDS = 5.0  # of CPU time, for one document
REFUSALS = (NotAnArticle, PageUnreadable, ListingUnreadable)
FINE = ("Article", "Listing", *(error.__name__ for error in REFUSALS))
CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)")
KINDS_OF_CONTENT = ("text/html", "text/html; charset=utf-8", "text/html; charset=Shift_JIS", "")
HINTS = (
    Hints(),
    Hints(
        title="h1",
        byline=".author",
        body="article",
        drop=(".share", "aside"),
        timezone="Asia/Tokyo",
        languages=("ja", "en"),
        site_name="The Daily",
        candidate=Candidate("https://a.example/b", title="Talks \u202e", published_at=NOW),
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one document: the kind of record or refusal, else what went wrong."""

    number: int
    outcome: str
    seconds: float = 0.0
    problem: str = ""


class OutOfTime(BaseException):
    """A document took more than LIMIT_SECONDS; no `except Exception` on the way may swallow it."""


@dataclass(frozen=True)
class Plan:
    """Which documents are tried: the same seed and bases give the same ones, number by number."""

    seed: int
    folder: Path | None

    @cached_property
    def library(self) -> Library:
        """The documents that mutations start from."""
        return collect(self.folder)

    def document(self, number: int) -> Document:
        """Return the mutated document of a number."""
        rng = random.Random(f"{self.seed}:{number}")
        base, other = self.library.draw(rng), self.library.draw(rng)
        body = mutate(base.body, rng, other.body)
        kind = base.content_type if rng.random() < 0.8 else rng.choice(KINDS_OF_CONTENT)
        return Document(base.kind, base.url, body, kind)


def read(document: Document) -> Article | Listing:
    """Read a document as a crawl would; for any process."""
    if document.kind == "page":
        headers = {"Content-Type": document.content_type}
        capture = Capture(document.url, document.body, headers, NOW)
        return extract(capture, HINTS[len(document.body) % len(HINTS)])
    charset = CHARSET.search(document.content_type)
    return read_listing(
        document.kind, document.body, document.url, charset=charset[1] if charset else ""
    )


def judge(number: int, document: Document) -> Verdict:
    """Read a document in this process, under the time limit, and say what came of it."""
    signal.signal(signal.SIGPROF, _stop)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
    try:
        record = read(document)
    except REFUSALS as refusal:
        outcome, problem = type(refusal).__name__, ""
    except (Exception, OutOfTime) as error:  # whatever it is, it is what is looked for
        outcome, problem = type(error).__name__, traceback.format_exc()
    else:
        outcome, problem = judged(record)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Verdict(number, outcome, time.process_time() - start, problem)


def judged(record: Article | Listing) -> tuple[str, str]:
    """Return a record's outcome: its kind, or "broken promise" and which."""
    problem = "\n".join(breaches(record, NOW))
    return ("broken promise", problem) if problem else (type(record).__name__, "")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def save(path: Path, document: Document, verdict: Verdict) -> None:
    """Keep a document that failed, for `load`: a line of JSON, then its bytes."""
    about = {"kind": document.kind, "url": document.url, "content_type": document.content_type}
    about |= {"outcome": verdict.outcome, "problem": verdict.problem}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.dumps(about).encode() + b"\n" + document.body)


def load(path: Path) -> Document:
    """Return a document that was saved."""
    line, _, body = path.read_bytes().partition(b"\n")
    about = json.loads(line)
    return Document(about["kind"], about["url"], body, about["content_type"])
