"""Mutated pages and listings: a record that keeps its promises or a refusal, each in time.

The long trial, over real pages too: `python -m tests.hostile.fuzz --pages 100000`.
"""

import subprocess
import sys
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.records import Article, Candidate, DateClaim, Listing
from tests import pool_tasks
from tests.hostile.documents import NOW, Document
from tests.hostile.fuzz import lane
from tests.hostile.promises import breaches
from tests.hostile.trial import FINE, Plan, Verdict, judge, load, save

ROOT = Path(__file__).parent.parent
DOCUMENTS = 300
SOUND = Article("https://a.example/b", "Talks resume", body="One.\n\nTwo.", word_count=2)


def test_mutated_documents_give_records_or_refusals_in_time() -> None:
    plan = Plan(seed=3, folder=None)
    verdicts = [judge(number, plan.document(number)) for number in range(DOCUMENTS)]
    assert [verdict for verdict in verdicts if verdict.outcome not in FINE] == []
    assert {verdict.outcome for verdict in verdicts} == set(FINE)


def test_seed_and_number_alone_decide_a_document() -> None:
    first, second = Plan(seed=5, folder=None), Plan(seed=5, folder=None)
    assert all(first.document(n) == second.document(n) for n in (0, 9, 99))
    assert first.document(9) != Plan(seed=6, folder=None).document(9)


def test_saved_failure_is_replayed_byte_by_byte(tmp_path: Path) -> None:
    document = Plan(seed=5, folder=None).document(9)
    save(tmp_path / "9.fuzz", document, Verdict(9, "ValueError", problem="Traceback"))
    assert load(tmp_path / "9.fuzz") == document


class DeadlyPlan(Plan):
    """A plan whose second document kills whatever process reads it."""

    def document(self, number: int) -> Document:
        """Return a document, or die."""
        return super().document(number) if number != 1 else pool_tasks.crash()  # type: ignore[return-value,func-returns-value]


def test_document_that_kills_its_process_is_told_and_the_next_ones_are_tried() -> None:
    verdicts: list[Verdict] = []
    lane(DeadlyPlan(seed=5, folder=None), deque(range(3)), verdicts.append)
    assert [verdict.number for verdict in verdicts] == [0, 1, 2]
    assert [verdict.outcome in FINE for verdict in verdicts] == [True, False, True]
    assert verdicts[1].problem == "exit -11"


def test_command_tries_documents_in_processes_of_their_own(tmp_path: Path) -> None:
    given = ("--pages", "50", "--workers", "1", "--from", "none", "--failures", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.fuzz", *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "50 documents from seed 1" in done.stdout
    assert done.stdout.endswith("0 failures\n")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("image_url", "https://a.example/ä b"),
        ("title", "Talks \x1b[31m resume"),
        ("title", "\u202etxt.exe"),
        ("title", "Talks" * 1000),
        ("byline", "Ann \ud800 Lee"),
        ("authors", ("Ann\nLee",)),
        ("tags", ("",)),
        ("body", "One.\nTwo."),
        ("body", ""),
        ("published_at", datetime(2026, 1, 1)),
        ("modified_at", datetime(2099, 1, 1, tzinfo=UTC)),
        ("language", "English"),
        ("date_evidence", (DateClaim("published_at", "2026\x00", "url"),)),
    ],
)
def test_every_broken_promise_is_told(field: str, value: object) -> None:
    assert breaches(SOUND, NOW) == []
    assert breaches(replace(SOUND, **{field: value}), NOW) != []  # type: ignore[arg-type]


def test_broken_promises_of_listings_are_told() -> None:
    sound = Candidate("https://a.example/b", title="Talks", published_at=NOW, language="zh-Hant")
    assert breaches(Listing("https://a.example/", "feed", (sound,)), NOW) == []
    for broken in (replace(sound, url="mailto:x"), replace(sound, title="a\x07"), Candidate("x")):
        assert breaches(Listing("https://a.example/", "feed", (broken,)), NOW) != []
