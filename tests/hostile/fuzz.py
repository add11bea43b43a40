"""Reads mutated pages and listings by the hundred thousand: each is a record or a refusal, in time.

    python -m tests.hostile.fuzz --pages 100000 --seed 1

Every exception that is no refusal of ours, every document beyond its time limit, every crash and
every record that breaks a promise is a failure: it is saved, and `--replay FILE` reads it again.
"""

import argparse
import multiprocessing
import resource
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing.connection import Connection
from pathlib import Path

from scraper.errors import PageTooCostly
from scraper.extraction.pool import MEMORY_BYTES, WorkerPool
from tests.hostile.documents import REAL
from tests.hostile.trial import FINE, REFUSALS, Plan, Verdict, judge, judged, load, read, save

HANG_SECONDS = 60.0  # of wall time without a verdict, before a process counts as hanging
POOL_EVERY = 50  # documents, of which one goes through the real worker pool as well
POOL_WAITING = 8
TOLD_EVERY = 10_000


class Report:
    """Verdicts as they come: counted, timed, the failures kept."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.folder = folder
        self.outcomes: Counter[str] = Counter()
        self.seconds: list[tuple[float, int]] = []
        self.failures: list[Verdict] = []
        self._lock = threading.Lock()

    def add(self, verdict: Verdict) -> None:
        """Take one verdict, from any thread."""
        with self._lock:
            self.outcomes[verdict.outcome] += 1
            self.seconds.append((verdict.seconds, verdict.number))
            if len(self.seconds) % TOLD_EVERY == 0:
                print(f"{len(self.seconds)} tried, {len(self.failures)} failures", flush=True)
            if verdict.outcome not in FINE:
                self.failures.append(verdict)
                path = self.folder / f"{self.plan.seed}-{verdict.number}.fuzz"
                save(path, self.plan.document(verdict.number), verdict)
                print(f"failure: {path}: {verdict.outcome}: {verdict.problem[-300:]}", flush=True)

    def summary(self, wall: float) -> str:
        """Return what was found, in a few lines."""
        times = sorted(self.seconds)
        p50, p99 = (1000 * times[int(len(times) * share)][0] for share in (0.5, 0.99))
        worst = ", ".join(f"{1000 * s:.0f} (no. {n})" for s, n in times[-3:][::-1])
        tally = ", ".join(f"{count} {name}" for name, count in self.outcomes.most_common())
        return (
            f"{len(times)} documents from seed {self.plan.seed} in {wall:.0f} s, "
            f"{len(times) / wall:.0f}/s\n"
            f"milliseconds of CPU each: p50 {p50:.1f}, p99 {p99:.0f}, worst {worst}\n{tally}"
        )


def work(plan: Plan, numbers: list[int], sender: Connection) -> None:
    """Judge documents one after the other, in a process of its own under a worker's limit."""
    plan.document(numbers[0])  # loads the library before the limit is set
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY_BYTES, resource.RLIM_INFINITY))
    for number in numbers:
        sender.send(judge(number, plan.document(number)))


def lane(plan: Plan, numbers: deque[int], report: Callable[[Verdict], None]) -> None:
    """Have numbers judged by one process at a time; what kills or hangs it is a failure too."""
    context = multiprocessing.get_context("spawn")
    while numbers:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(plan, list(numbers), sender), daemon=True)
        process.start()
        sender.close()
        try:
            while numbers and receiver.poll(HANG_SECONDS):
                report(receiver.recv())
                numbers.popleft()
        except EOFError:
            process.join()
        if numbers:
            code = process.exitcode
            problem = (
                f"its process hangs for {HANG_SECONDS:g} s" if code is None else f"exit {code}"
            )
            report(Verdict(numbers.popleft(), "crash", problem=problem))
            process.kill()
        process.join()


def fuzz(plan: Plan, numbers: range, workers: int, report: Callable[[Verdict], None]) -> None:
    """Judge the documents of these numbers in so many processes."""
    lanes = [
        threading.Thread(target=lane, args=(plan, deque(numbers[n::workers]), report))
        for n in range(workers)
    ]
    for thread in lanes:
        thread.start()
    for thread in lanes:
        thread.join()


def through_pool(plan: Plan, numbers: range, workers: int) -> Iterator[Verdict]:
    """Yield what becomes of documents in the worker pool that a crawl uses."""
    waiting: deque[tuple[int, Future[object]]] = deque()
    with WorkerPool(workers) as pool:
        for number in numbers:
            document = plan.document(number)
            waiting.append((number, pool.submit(document.url, read, document)))
            if len(waiting) == POOL_WAITING:
                yield _pooled(*waiting.popleft())
        while waiting:
            yield _pooled(*waiting.popleft())


def _pooled(number: int, future: Future[object]) -> Verdict:
    try:
        outcome, problem = judged(future.result(HANG_SECONDS * 2))  # type: ignore[arg-type]
    except REFUSALS as refusal:
        outcome, problem = type(refusal).__name__, ""
    except PageTooCostly as error:
        outcome, problem = "PageTooCostly", error.reason
    except Exception as error:  # whatever it is, it is what is looked for
        outcome, problem = type(error).__name__, f"{error}\n{error.__cause__}"
    return Verdict(number, outcome, problem=problem)


def main() -> int:
    """Run the trial, or replay one failure; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--pages", type=int, default=1_000, help="documents to try (1000)")
    parser.add_argument("--seed", type=int, default=1, help="which documents (1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--from", dest="folder", type=Path, default=REAL, help="real pages")
    parser.add_argument("--failures", type=Path, default=Path("build/fuzz"), help="where they go")
    parser.add_argument("--replay", type=Path, help="read one saved failure again")
    given = parser.parse_args()
    if given.replay:
        verdict = judge(0, load(given.replay))
        print(f"{verdict.outcome}, {1000 * verdict.seconds:.0f} ms\n{verdict.problem}")
        return verdict.outcome not in FINE
    plan = Plan(given.seed, given.folder if given.folder.is_dir() else None)
    report, start = Report(plan, given.failures), time.monotonic()
    fuzz(plan, range(given.pages), given.workers, report.add)
    print(report.summary(time.monotonic() - start))
    pooled = Report(plan, given.failures)
    for verdict in through_pool(plan, range(0, given.pages, POOL_EVERY), given.workers):
        pooled.add(verdict)
    print(f"through the worker pool: {dict(pooled.outcomes)}")
    failures = report.failures + pooled.failures
    print(f"{len(failures)} failures, kept in {given.failures}" if failures else "0 failures")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
