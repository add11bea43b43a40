"""What commands show: live progress and tables on a terminal, plain lines elsewhere."""

import contextlib
import math
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from scraper.archive.findings import Found
from scraper.records import CrawlRun

LIVE_ROWS = 10  # outlets shown at once; finished ones scroll away above
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # but for tabs and the ends of lines
LINE_SECONDS = 10.0  # between two lines of progress when the output is no terminal
BLOCKS, UNKNOWN = "▁▂▃▄▅▆▇█", "·"
SHUTDOWN = "shutdown"  # the reason of runs that were told to end
SHORT_CELL = 28  # columns: dates and the like, which are never broken in two
PLAIN_WIDTH = 200  # columns when the output is no terminal

Row = Sequence[object]


def console() -> Console:
    """Return a console on standard output; plain and wide when that is no terminal."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PLAIN_WIDTH, no_color=True, soft_wrap=True)


def say(message: str) -> None:
    """Print a line for a person, on standard output."""
    console().print(Text(_bare(message)))


def complain(message: str) -> None:
    """Print an error for a person, on standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(_bare(f"dateline: {message}")))


def print_table(headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Print rows under headings; tab-separated lines when the output is no terminal."""
    if not sys.stdout.isatty():
        print("\t".join(headings))
        for row in rows:
            print("\t".join(_visible(str(cell)) for cell in row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        numeric = rows and all(isinstance(row[number], int) for row in rows)
        is_short = all(len(str(row[number])) <= SHORT_CELL for row in rows)
        table.add_column(heading, justify="right" if numeric else "left", no_wrap=is_short)
    for row in rows:
        table.add_row(*(escape(_bare(str(cell))) for cell in row))
    console().print(table)


def table_width() -> int | None:
    """Return how many columns a table may have; None where the output is no terminal."""
    return console().width if sys.stdout.isatty() else None


def shortened(text: str, most: int) -> str:
    """Return text of so many columns at most.

    >>> shortened("connection refused", 12), shortened("timeout", 12)
    ('connection…', 'timeout')
    """
    return text if cell_len(text) <= most else set_cell_size(text, most - 1).rstrip() + "…"


def spark(values: Sequence[float | None]) -> str:
    """Draw values as a line of blocks, the largest at full height.

    The lowest block is nothing, a point is unknown; whatever is there stands above nothing.

    >>> spark([0, 1, 8, None, 4])
    '▁▂█·▅'
    >>> spark([None, 0])
    '·▁'
    """
    top = max((value for value in values if value is not None), default=0) or 1
    steps = len(BLOCKS) - 1
    return "".join(
        UNKNOWN if value is None else BLOCKS[min(math.ceil(steps * max(value, 0) / top), steps)]
        for value in values
    )


def print_hits(found: Found, marks: tuple[str, str]) -> None:
    """Print search hits with the matches bold, in brackets where there is no colour."""
    out = console()
    for note in found.notes:
        out.print(Text(_bare(f"note: {note}"), style="dim"))
    for hit in found.hits:
        out.print(Text("• ") + marked(hit.headline, marks))
        facts = (hit.outlet_name, hit.published_at or "undated", hit.language, hit.url)
        out.print(Text(_bare("  " + " · ".join(fact for fact in facts if fact)), style="dim"))
        out.print(Text("  ") + marked(" ".join(hit.snippet.split()), marks))
    about = "" if found.is_total_exact else "about "
    out.print(Text(f"{len(found.hits)} of {about}{found.total} articles"))


def marked(text: str, marks: tuple[str, str]) -> Text:
    """Return text with what stands between two marks shown bold, or in brackets without colour."""
    shown = Text()
    bright = sys.stdout.isatty()
    for number, part in enumerate(text.split(marks[0])):
        hit, _, rest = part.partition(marks[1]) if number else ("", "", part)
        if hit:
            shown.append(_bare(hit if bright else f"[{hit}]"), style="bold yellow")
        shown.append(_bare(rest))
    return shown


def summary(run: CrawlRun) -> str:
    """Return what a run brought, in one line.

    >>> from datetime import UTC, datetime
    >>> summary(CrawlRun("bbc", datetime.now(UTC), candidates=3, known=1, fetched=2, new=2))
    '3 offered, 1 known, 2 fetched, 2 new'
    """
    shown = {
        "offered": run.candidates,
        "taken up": run.resumed,
        "known": run.known,
        "left for later": run.deferred,
        "fetched": run.fetched,
        "not modified": run.not_modified,
        "new": run.new,
        "revised": run.revised,
        "unchanged": run.unchanged,
        "no article": run.no_article,
        "quarantined": run.quarantined,
        "gone": run.gone,
        "failed": run.failed,
    }
    told = [f"{number} {name}" for name, number in shown.items() if number]
    if run.failures:
        told[-1:] = [f"{''.join(told[-1:])} ({max(run.failures, key=lambda r: run.failures[r])})"]
    return ", ".join(told) or "nothing"


def verdict(run: CrawlRun) -> str:
    """Return how a run ended in words, "" for one that is done and has no more to say.

    >>> from datetime import UTC, datetime
    >>> verdict(CrawlRun("bbc", datetime.now(UTC), outcome="failed", reason="no answer"))
    'FAILED: no answer'
    >>> verdict(CrawlRun("bbc", datetime.now(UTC), outcome="interrupted", reason="shutdown"))
    'stopped'
    """
    if run.outcome == "done":
        return run.reason
    if run.outcome == "interrupted" and run.reason == SHUTDOWN:
        return "stopped"  # as it was told to: nothing is wrong
    return f"{run.outcome.upper()}: {run.reason}"


def print_totals(runs: Sequence[CrawlRun], db: str) -> None:
    """Print what a crawl of many outlets brought in all."""
    new, revised = sum(run.new for run in runs), sum(run.revised for run in runs)
    failing = sum(run.outcome == "failed" for run in runs)
    say(
        f"{len(runs)} outlets, {new} new articles, {revised} revised, "
        f"{failing} outlets failing; kept in {db}"
    )
    if any(run.outcome == "interrupted" for run in runs):
        left = sum(run.deferred for run in runs)
        say(f"interrupted: all of this is stored; {left} articles wait for the next crawl")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told of a thing: what it is called, its lines, and where it is from."""

    label: str
    lines: tuple[str, ...]
    note: str = ""


def print_facts(heading: str, facts: Sequence[Fact]) -> None:
    """Print facts under a heading, a line each; longer ones stand below their label."""
    out = console()
    out.print(Text(_visible(heading), style="bold"))
    for fact in facts:
        head = Text(f"  {_visible(fact.label)}:", style="cyan")
        is_short = len(fact.lines) == 1
        if is_short:
            head.append(Text(f" {_visible(fact.lines[0])}".rstrip(), style=""))
        if fact.note:
            head.append(Text(f"  [{_visible(fact.note)}]", style="dim"))
        out.print(head)
        for line in () if is_short else fact.lines:
            out.print(Text(f"    {_visible(line)}"))


def span_text(span: timedelta) -> str:
    """Return a length of time in its largest units.

    >>> from datetime import timedelta
    >>> span_text(timedelta(minutes=95)), span_text(timedelta(days=3))
    ('1 h 35 min', '3 d')
    >>> span_text(timedelta(seconds=40))
    '1 min'
    """
    minutes = round(span.total_seconds() / 60)
    if not minutes:
        return "1 min" if span else "0 min"
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "d"), (hours, "h"), (left, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _bare(text: str) -> str:
    """Return text without what a terminal would obey; much of it is written by strangers."""
    return CONTROLS.sub("", text)


def _visible(text: str) -> str:
    r"""Return text on one line, without what a terminal would obey.

    >>> _visible("a\x1b[31mb\nc")
    'a[31mb c'
    """
    return _bare(" ".join(text.split()))


class ProgressDisplay:
    """Shows how far a job has come: a bar on a terminal, now and then a line elsewhere.

    Args:
        what: what is counted.
        quiet: show nothing.
    """

    def __init__(self, what: str, *, quiet: bool = False) -> None:
        self.what = what
        self.quiet = quiet
        self.console = console()
        self.bar: Progress | None = None
        self.task = TaskID(0)
        self.told = time.monotonic()

    def __enter__(self) -> Self:
        if self.console.is_terminal and not self.quiet:
            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
            self.bar = Progress(
                *columns, TimeRemainingColumn(), console=self.console, transient=True
            )
            self.task = self.bar.add_task(self.what, total=None)
            self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def show(self, done: int, total: int, about: str) -> None:
        """Show that so many are done, and a few words besides."""
        if self.bar is not None:
            self.bar.update(
                self.task, completed=done, total=total, description=f"{self.what}, {about}"
            )
        elif not self.quiet and time.monotonic() - self.told >= LINE_SECONDS:
            self.told = time.monotonic()
            with contextlib.suppress(OSError):  # nobody reads it any more; the job goes on
                self.console.print(Text(f"{done} of {total} {self.what}, {about}"))


class CrawlDisplay:
    """Shows crawls as they go on: a live table on a terminal, a line per finished outlet elsewhere.

    Call it with every new state of a run; use it as a context manager around the crawl.
    """

    def __init__(self, outlets: int) -> None:
        self.outlets = outlets
        self.finished = 0
        self.running: dict[str, CrawlRun] = {}
        self.started = time.monotonic()
        self.console = console()
        self.live: Live | None = None

    def __enter__(self) -> Self:
        if self.console.is_terminal:
            self.live = Live(
                get_renderable=self._table,
                console=self.console,
                refresh_per_second=4,
                transient=True,
            )
            self.live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.live is not None:
            self.live.stop()

    def __call__(self, run: CrawlRun) -> None:
        """Show the new state of a run."""
        if run.ended_at is None:
            self.running[run.outlet] = run
            return
        self.running.pop(run.outlet, None)
        self.finished += 1
        facts = [told] if (told := verdict(run)) else []
        facts += [summary(run)] if run.candidates or run.resumed else []
        line = f"[{self.finished}/{self.outlets}] {run.outlet}: {'; '.join(facts) or 'nothing new'}"
        with contextlib.suppress(OSError):  # nobody reads it any more; the crawl goes on
            self.console.print(Text(_visible(line), style="" if run.outcome == "done" else "red"))

    def _table(self) -> Table:
        elapsed = int(time.monotonic() - self.started)
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(f"{self.finished} of {self.outlets} outlets, {elapsed} s")
        for heading in ("offered", "fetched", "new", "revised", "failed"):
            table.add_column(heading, justify="right")
        for run in list(self.running.values())[:LIVE_ROWS]:
            counts = (run.candidates, run.fetched, run.new, run.revised, run.failed)
            table.add_row(run.outlet, *(str(n) for n in counts))
        return table
