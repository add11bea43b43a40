"""Logs as JSON: every line of a real crawl is an object that says when, who and where."""

import json
import logging
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scraper.demo.server import DemoServer
from scraper.demo.world import NewsWorld
from scraper.watch.logs import MESSAGE_MAX_CHARS, VALUE_MAX_CHARS, fields_of
from tests.crawling import QUICK, ROOT, dateline


def lines(stderr: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.splitlines()]


def record(message: str, *args: Any, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("scraper.crawl", logging.INFO, "", 0, message, args, None)
    vars(made).update(more)
    return made


@pytest.mark.parametrize("by_environment", [False, True])
def test_a_crawl_logs_an_object_a_line(tmp_path: Path, by_environment: bool) -> None:
    world = NewsWorld()
    outlet = min(world.ports)
    words = ["crawl", outlet, "--json", "--db", str(tmp_path / "archive.db"), "--limit", "2"]
    words += [w for change in QUICK for w in ("-s", change)]
    words += [w for host in world.allowed_hosts for w in ("--allow", host)]
    with DemoServer(world):
        if by_environment:
            done = dateline(*words, DATELINE_LOG="json")
        else:
            done = dateline("--log", "json", *words)
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)  # what it prints is apart from what it logs
    told = lines(done.stderr)
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in told)
    for line in told:
        assert line["time"].endswith("Z")
        assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0)
    assert any(line["logger"].startswith("scrapy.") for line in told)
    ended = [line for line in told if line["logger"] == "scraper.crawl.runlog"]
    assert [(line["outlet"], line["level"]) for line in ended] == [(outlet, "INFO")]


def test_what_ends_a_command_is_logged_too(tmp_path: Path) -> None:
    done = dateline("--log", "json", "runs", "--db", str(tmp_path / "none.db"))
    assert done.returncode == 1
    (line,) = lines(done.stderr)
    assert line["level"] == "ERROR"
    assert "there is no archive at" in line["message"]


def test_text_is_as_it_was(tmp_path: Path) -> None:
    done = dateline("runs", "--db", str(tmp_path / "none.db"))
    assert done.stderr.startswith("dateline: there is no archive at")


def test_outlet_and_address_are_found_where_a_record_has_them() -> None:
    spider = SimpleNamespace(name="bbc")
    request = SimpleNamespace(url="https://bbc.example/1")
    found = fields_of(record("Crawled (%(status)s) %(request)s", spider=spider))
    assert found["outlet"] == "bbc"
    made = record("Crawled %(request)s", spider=spider)
    made.args = {"request": request}
    assert fields_of(made)["url"] == "https://bbc.example/1"
    found = fields_of(record("%s: listing %s: %s", "bbc", "https://bbc.example/feed", "HTTP 404"))
    assert (found["outlet"], found["url"]) == ("bbc", "https://bbc.example/feed")
    found = fields_of(record("%s: %s", "https://a.example/robots.txt", "no answer"))
    assert "outlet" not in found
    assert found["url"] == "https://a.example/robots.txt"
    assert fields_of(record("began", outlet="bbc", url="https://b.example"))["outlet"] == "bbc"
    assert fields_of(record("began")).keys() == {"time", "level", "logger", "message"}


def test_what_a_record_says_is_bounded_and_stays_on_its_line() -> None:
    found = fields_of(record("%s", "https://a.example/" + "x" * 10**6))
    assert len(found["message"]) == MESSAGE_MAX_CHARS
    assert len(found["url"]) == VALUE_MAX_CHARS
    code = (
        "import logging\nfrom scraper.watch.logs import log_as_json\nlog_as_json(logging.INFO)\n"
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n"
        "    logging.getLogger('a').exception('%s: two\\nlines', 'bbc')\n"
        "logging.getLogger('a').info('港口')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    broken, plain = lines(done.stderr)
    assert broken["message"] == "bbc: two\nlines"
    assert broken["traceback"].startswith("Traceback")
    assert "港口" in done.stderr
    assert plain.keys() == {"time", "level", "logger", "message"}


def test_a_record_in_text_stays_on_its_line_and_commands_no_terminal() -> None:
    code = (
        "import logging\nfrom scraper.commands.options import start_logging\n"
        "start_logging('text', True)\n"
        "logging.getLogger('a').warning('bbc: %s', 'one\\n2026-03-04 ERROR forged\\x1b]0;x\\x07')\n"
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    logging.getLogger('a').exception('港口')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first, second, *trace = done.stderr.splitlines()
    assert first.endswith("WARNING a: bbc: one 2026-03-04 ERROR forged ]0;x ")
    assert second.endswith("ERROR a: 港口")
    assert trace[0].startswith("Traceback")


def test_without_the_extra_it_is_named() -> None:
    code = (
        "import sys; sys.modules['pythonjsonlogger'] = None; "
        "sys.argv = ['dateline', '--log', 'json', 'runs']; from scraper.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "logs as JSON need an extra: .venv/bin/pip install -e '.[json-logs]'" in done.stderr
    assert "Traceback" not in done.stderr
