"""What the scheduler tells systemd, heard at a real socket."""

import os
import socket
from pathlib import Path

import pytest

from scraper.crawl.notify import notify, watchdog_seconds


@pytest.mark.parametrize("is_abstract", [False, True])
def test_states_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_abstract: bool) -> None:
    name = f"@dateline-test-{os.getpid()}" if is_abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("\0" + name[1:] if is_abstract else name)
        ear.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        assert notify("READY=1")
        assert ear.recv(100) == b"READY=1"
        assert notify("STATUS=2 outlets, next at 12:00")
        assert ear.recv(100).decode() == "STATUS=2 outlets, next at 12:00"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/at/all", "@" + "x" * 300])
def test_nobody_listening_is_no_trouble(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not notify("READY=1")


@pytest.mark.parametrize(
    ("wanted", "pid", "seconds"),
    [
        ("30000000", "", 15.0),
        ("30000000", "ours", 15.0),
        ("30000000", "1", None),
        ("0", "", None),
        ("soon", "", None),
        ("", "", None),
    ],
)
def test_the_watchdog_hears_of_us_twice_as_often_as_it_asks(
    monkeypatch: pytest.MonkeyPatch, wanted: str, pid: str, seconds: float | None
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", wanted)
    if pid:
        monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if pid == "ours" else pid)
    else:
        monkeypatch.delenv("WATCHDOG_PID", raising=False)
    assert watchdog_seconds() == seconds
