"""`dateline schedule`: what it refuses, and what it says."""

from pathlib import Path

import pytest

from tests.crawling import dateline

REFUSED = {
    "a setting that is none": (
        ("-s", "DATELINE_DISC_RESERVE=5"),
        "there is no setting DATELINE_DISC_RESERVE: did you mean DATELINE_DISK_RESERVE?",
    ),
    "a plan and a crawl": (("--once", "--plan"), "--plan crawls nothing"),
}


@pytest.mark.parametrize(("words", "why"), REFUSED.values(), ids=REFUSED)
def test_wrong_usage_is_refused(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    done = dateline("schedule", "demo-lantern", *words, "--db", str(tmp_path / "a.db"))
    assert done.returncode == 2
    assert why in " ".join(done.stderr.split())


def test_once_does_not_wait_for_room(tmp_path: Path) -> None:
    full = ("-s", "DATELINE_DISK_RESERVE=999999999999999")
    allowed = ("--allow", "127.0.0.1:8713", "--db", str(tmp_path / "a.db"))
    done = dateline("schedule", "demo-lantern", "--once", *full, *allowed)
    assert (done.returncode, "full" in done.stderr or "room" in done.stderr) == (1, True)


def test_logs_as_json_tell_of_crawls_and_not_of_how_scrapy_is_set_up(tmp_path: Path) -> None:
    allowed = ("--allow", "127.0.0.1:8713", "--db", str(tmp_path / "a.db"), "-s", "RETRY_TIMES=0")
    done = dateline("--log", "json", "schedule", "demo-lantern", "--once", *allowed)
    assert "scraper.crawl.runlog" in done.stderr
    assert "Overridden settings" not in done.stderr
    assert "Enabled " not in done.stderr
