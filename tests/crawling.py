"""Runs `dateline` as an operator does, in a process of its own, and reads back what it did."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
QUICK = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "RETRY_TIMES=1",
    "DATELINE_WORKERS=1",
    "DOWNLOAD_TIMEOUT=5",
)


def command(*words: str) -> list[str]:
    """Return the command line of `dateline` with this interpreter."""
    return [sys.executable, "-m", "scraper", *words]


def environment(**changes: str) -> dict[str, str]:
    """Return this process's environment without its DATELINE_ settings, and with `changes`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    return kept | changes


def dateline(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `dateline` to its end."""
    return subprocess.run(
        command(*words),
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def crawl(db: Path, *words: str, allow: str = "", **changes: str) -> list[dict[str, Any]]:
    """Run one quick crawl of loopback hosts and return its runs; fails on a usage error."""
    given = [w for change in QUICK for w in ("-s", change)]
    given += [w for host in allow.split(",") if host for w in ("--allow", host)]
    done = dateline("crawl", "--json", "--db", str(db), *given, *words, **changes)
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    runs: list[dict[str, Any]] = json.loads(done.stdout)
    return runs


def rows(db: Path, sql: str, *parameters: object) -> list[dict[str, Any]]:
    """Return what a query over the archive answers."""
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(sql, parameters)]
    connection.close()
    return found


def adds_up(run: dict[str, Any]) -> bool:
    """Tell whether a run's counts add up as its record promises."""
    outcomes = ("not_modified", "new", "revised", "unchanged", "no_article", "quarantined")
    settled = sum(run[name] for name in (*outcomes, "gone", "failed"))
    offered = run["candidates"] + run["resumed"]
    return bool(
        settled == run["fetched"] and offered == run["known"] + run["deferred"] + run["fetched"]
    )
