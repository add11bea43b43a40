"""What commands print: what strangers wrote commands no terminal."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scraper.commands.options import print_json
from scraper.records import CrawlRun
from scraper.terminal import (
    CrawlDisplay,
    Fact,
    complain,
    marked,
    print_facts,
    print_table,
    say,
)

EVIL = "a\x1b]0;owned\x07b\x9b31mc\x1b[2Jd\re"  # sets a title, a colour, clears the screen
CODES = ("\x1b]", "\x1b[2J", "\x9b", "\x07", "\r")
MOMENT = datetime(2026, 3, 4, tzinfo=UTC)
RUN = CrawlRun(EVIL, MOMENT, ended_at=MOMENT, outcome="failed", reason=EVIL)
WAYS: dict[str, Callable[[], object]] = {
    "say": lambda: say(EVIL),
    "complain": lambda: complain(EVIL),
    "table": lambda: print_table(("a", "b"), [(EVIL, 1)]),
    "facts": lambda: print_facts(EVIL, [Fact(EVIL, (EVIL,), EVIL), Fact(EVIL, (EVIL, EVIL))]),
    "hits": lambda: say(marked(f"<{EVIL}>", ("<", ">")).plain),
    "runs": lambda: CrawlDisplay(1)(RUN),
    "json": lambda: print_json({EVIL: EVIL}),
}


@pytest.mark.parametrize("is_terminal", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_strangers_wrote_commands_no_terminal(
    way: Callable[[], object],
    is_terminal: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    way()
    out, err = capsys.readouterr()
    assert "owned" in out + err
    assert not [code for code in CODES if code in out + err]


def test_lines_of_code_keep_their_margin(capsys: pytest.CaptureFixture[str]) -> None:
    say("    name = 'é'\n    x")
    assert capsys.readouterr().out == "    name = 'é'\n    x\n"
