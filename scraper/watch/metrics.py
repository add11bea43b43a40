"""Numbers for Prometheus: of the archive, read at each scrape, and of the process at work.

The only door to prometheus_client, which is an extra. Names follow Prometheus' conventions
(https://prometheus.io/docs/practices/naming/); outlets are those of the archive, at most
OUTLETS_MAX of them.
"""

import os
import shutil
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.archive.database import reading
from scraper.archive.metric_rows import Counted, State, counted_since, read_state
from scraper.errors import ExtraMissing, MetricsUnservable, ScraperError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

OUTLETS_MAX = 1_000  # with numbers of their own; those beyond share one
OTHERS = "other"
HOST = "127.0.0.1"
PORT_MAX = 65_535
Clock = Callable[[], datetime]
Gauges = Mapping[str, Callable[[], float]]
# What the process at work may tell besides, by name.
LIVE = {
    "dateline_crawls_running": "Crawls of outlets under way.",
    "dateline_writer_waiting": "Operations that wait for the writer of the archive.",
    "dateline_pool_pages": "Pages handed to the workers that extract, and not done.",
}


def utc_now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


class ArchiveCollector:
    """Reads the archive whenever it is asked for its metrics.

    Counters begin at the day (UTC) on which it is made, at midnight: days that are over are added
    up once and kept, so that a scrape costs the same after a year, and counts never fall.
    """

    def __init__(self, db: Path, live: Gauges, now: Clock = utc_now) -> None:
        """Prepare to read `db`; `live` are some of LIVE."""
        if unknown := live.keys() - LIVE.keys():
            raise ValueError(f"no such metric: {', '.join(sorted(unknown))}")
        self._db, self._live, self._now = db, live, now
        self._lock = threading.Lock()
        self._settled = Counted()
        self._since = _day_before(now(), 0)

    def collect(self) -> "Iterator[Metric]":
        """Yield every metric; those of an archive that cannot be read are left out, and told."""
        from prometheus_client.core import GaugeMetricFamily

        counted: Counted | None = None
        state: State | None = None
        try:
            with self._lock, reading(self._db) as connection:
                counted = self._counted(connection)
                state = read_state(connection, self._now())
        except (ScraperError, sqlite3.Error):
            state = None
        up = 0 if state is None else 1
        yield GaugeMetricFamily("dateline_archive_up", "Whether the archive could be read.", up)
        if counted is not None and state is not None:
            yield from _counters(counted)
            yield from _gauges(state)
        yield from _sizes(self._db)
        for name, read in list(self._live.items()):
            yield GaugeMetricFamily(name, LIVE[name], read())

    def _counted(self, connection: sqlite3.Connection) -> Counted:
        """Return all that was counted since the first day; keep what can change no more."""
        # Yesterday may still grow: what was counted before midnight is written after it.
        edge = _day_before(self._now(), 1)
        if self._since < edge:
            self._settled = self._settled.plus(counted_since(connection, self._since, edge))
            self._since = edge
        return self._settled.plus(counted_since(connection, self._since))


def _day_before(moment: datetime, days: int) -> str:
    return (moment.astimezone(UTC) - timedelta(days=days)).date().isoformat()


def _counters(counted: Counted) -> "Iterator[Metric]":
    from prometheus_client.core import CounterMetricFamily

    for name, told, labels, counts in (
        ("requests", "Requests sent, by class of answer.", ("outlet", "status"), counted.requests),
        ("response_bytes", "Bytes received, as sent.", ("outlet",), counted.bytes),
        ("articles", "New articles, and new texts of known ones.", ("outlet", "result"),
         counted.articles),
    ):  # fmt: skip
        family = CounterMetricFamily(f"dateline_{name}", told, labels=labels)
        for values, count in sorted(bounded(counts).items()):
            family.add_metric(values, count)
        yield family


def bounded(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """Return counts with outlets beyond the bound added together; the first label is the outlet.

    >>> bounded({("bbc", "2xx"): 3})
    {('bbc', '2xx'): 3}
    """
    outlets = sorted({labels[0] for labels in counts})
    known = set(outlets[:OUTLETS_MAX])
    found: Counter[tuple[str, ...]] = Counter()
    for labels, count in counts.items():
        found[(labels[0] if labels[0] in known else OTHERS, *labels[1:])] += count
    return dict(found)


def _gauges(state: State) -> "Iterator[Metric]":
    from prometheus_client.core import GaugeMetricFamily

    success = GaugeMetricFamily(
        "dateline_last_success_timestamp_seconds",
        "When an outlet's last successful run ended.",
        labels=("outlet",),
    )
    for outlet, moment in sorted(state.succeeded.items())[:OUTLETS_MAX]:
        success.add_metric((outlet,), moment.timestamp())
    yield success
    incidents = GaugeMetricFamily(
        "dateline_incidents_open", "Incidents that are open.", labels=("kind",)
    )
    for kind, count in state.incidents.items():
        incidents.add_metric((kind,), count)
    yield incidents
    for name, told, value in (
        ("outlets", "Outlets declared.", state.outlets),
        ("listings_due", "Listings whose time to be asked has come.", state.due),
        ("listings_late", "Of these, by more than their interval.", state.late),
        ("listing_lateness_max_seconds", "How late the latest of them is.", state.lateness),
        ("candidates_waiting", "Articles found that wait to be fetched.", state.waiting),
    ):
        yield GaugeMetricFamily(f"dateline_{name}", told, value)


def _sizes(db: Path) -> "Iterator[Metric]":
    """Yield sizes of the archive's files and of the room left beside them; no query is made."""
    from prometheus_client.core import GaugeMetricFamily

    for name, told, path in (
        ("archive_bytes", "Size of the archive's file.", db),
        ("wal_bytes", "Size of its write-ahead log.", db.with_name(f"{db.name}-wal")),
    ):
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        yield GaugeMetricFamily(f"dateline_{name}", told, size)
    try:
        usage = shutil.disk_usage(db.resolve().parent)
    except OSError:
        return
    yield GaugeMetricFamily("dateline_disk_free_bytes", "Room left on its disk.", usage.free)
    yield GaugeMetricFamily("dateline_disk_size_bytes", "Size of its disk.", usage.total)


def registry_of(db: Path, live: Gauges | None = None, now: Clock = utc_now) -> "CollectorRegistry":
    """Return a registry with the archive's metrics and the process's own.

    Raises:
        ExtraMissing: prometheus_client is not installed.
    """
    try:
        from prometheus_client import CollectorRegistry, ProcessCollector
    except ImportError as error:
        raise ExtraMissing("metrics for Prometheus", "metrics") from error
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(ArchiveCollector(db, {} if live is None else live, now))
    return registry


def start_metrics(address: str, db: Path, live: Gauges | None = None) -> Callable[[], None]:
    """Serve metrics at http://HOST:PORT/metrics from a thread; return what ends it.

    Args:
        address: HOST:PORT, [HOST]:PORT, or PORT alone, which is on this machine only.
        db: the archive, read anew at each scrape.
        live: what the process at work tells besides, by the names in LIVE; called in that thread.
            It may be filled later.

    Raises:
        ExtraMissing: prometheus_client is not installed.
        ValueError: the address is none.
        MetricsUnservable: nothing can listen there.
    """
    host, port = read_address(address)
    registry = registry_of(db, live)
    from prometheus_client import start_http_server

    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise MetricsUnservable(address, error.strerror or str(error)) from error

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop


def read_address(address: str) -> tuple[str, int]:
    """Return host and port.

    Raises:
        ValueError: it is no address.

    >>> read_address("9101"), read_address("[::1]:9101"), read_address("0.0.0.0:9101")
    (('127.0.0.1', 9101), ('::1', 9101), ('0.0.0.0', 9101))
    """
    host, _, port = address.strip().rpartition(":")
    if not (port.isascii() and port.isdecimal()) or int(port) > PORT_MAX:
        raise ValueError(f"{address!r} is no address: give HOST:PORT, such as {HOST}:9101")
    return host.removeprefix("[").removesuffix("]") or HOST, int(port)


def write_metrics(db: Path, target: Path | None) -> None:
    """Write metrics once, in Prometheus' text format, for node_exporter's textfile collector.

    A file is replaced at one stroke, so that none is read half written; None is standard output.

    Raises:
        ExtraMissing: prometheus_client is not installed.
        ArchiveMissing, ArchiveUnreadable: the archive cannot be read.
        OSError: the file cannot be written.
    """
    registry = registry_of(db)
    from prometheus_client import generate_latest, write_to_textfile

    with reading(db):  # says what is wrong with it, which a metric cannot
        pass
    if target is None:
        sys.stdout.buffer.write(generate_latest(registry))
        sys.stdout.flush()
        return
    write_to_textfile(os.fspath(target), registry)
