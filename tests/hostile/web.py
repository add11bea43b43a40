"""Puts the crawl through the 130 traps of ../shared/hostile and counts what it got right.

    python -m tests.hostile.web [--only PATTERN] [--jobs N] [--slow FACTOR] [--out FILE]

Server and crawls run in a network namespace of their own (Linux, the right to `unshare -n`): no packet
leaves, and the address of cloud metadata services is among the traps.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.crawling import ROOT

HARNESS = ROOT.parent / "shared" / "hostile"
MEASURED = ("peak_mb", "seconds", "hits", "canary")
QUERY = "SELECT url, title, byline AS author, published_at AS date, body AS text FROM articles"


def run(only: str, jobs: int, slow: float, out: Path) -> int:
    """Run the harness; return its exit code, 0 when every case is right."""
    program = Path(sys.executable).parent / "dateline"
    command = [sys.executable, "run_cases.py", "--netns", "--only", only, "--jobs", str(jobs)]
    command += ["--slow", str(slow), "--out", str(out), "--query", QUERY]
    command += ["--cmd", f"{sys.executable} dateline_cmd.py {{seeds}} {{db}} {{allow}}"]
    environment = os.environ | {"DATELINE": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=HARNESS, env=environment, check=False).returncode


def tally(out: Path) -> str:
    """Return a table: right of all, by group, with the largest memory, time and request count."""
    cases = json.loads(out.read_text("utf8"))
    every = Counter(c["group"] for c in cases)
    right = Counter(c["group"] for c in cases if c["verdict"] == "ok")
    lines = [f"{group:10}{right[group]:4} of {count}" for group, count in sorted(every.items())]
    most = {name: max((c[name] for c in cases), default=0) for name in MEASURED}
    lines.append(f"{'all':10}{right.total():4} of {every.total()}")
    lines.append(
        "at most {peak_mb} MB, {seconds} s, {hits} requests; {canary} internal hits".format(**most)
    )
    return "\n".join(lines)


def main() -> int:
    """Parse options, run, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="*", help="cases whose name matches")
    parser.add_argument("--jobs", type=int, default=2, help="cases at a time")
    parser.add_argument("--slow", type=float, default=1.0, help="factor on time limits")
    parser.add_argument("--out", type=Path, help="JSON file for the verdicts")
    given = parser.parse_args()
    if not HARNESS.is_dir():
        print(f"{HARNESS} is not there: this runs where the shared harness is", file=sys.stderr)
        return 2
    out = given.out or Path(tempfile.mkdtemp(prefix="dateline-hostile-")) / "verdicts.json"
    code = run(given.only, given.jobs, given.slow, out.resolve())
    print(tally(out))
    return code if json.loads(out.read_text("utf8")) else 2


if __name__ == "__main__":
    sys.exit(main())
