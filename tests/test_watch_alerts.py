"""Alerts: told once when something goes wrong, once when it is over, and again if nobody took it."""

import json
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scraper.archive.incidents import update
from scraper.archive.outages import Reach, note_reach
from scraper.archive.runs import write_outlet
from scraper.archive.writer import Archive
from scraper.errors import AlertsUnavailable
from scraper.records import Judgment, Outlet
from scraper.watch.alerts import Message, checked_alert_urls, compose, mark_told, send
from tests.conftest import NOON

# Apprise looks for a module that Python is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

MESSAGE = Message("title", "body", (1,), ())


class Inbox:
    """A local server that takes alerts as JSON, or refuses them."""

    def __init__(self) -> None:
        self.received: list[dict[str, str]] = []
        self.status = 200
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if inbox.status == 200:
                    inbox.received.append(json.loads(body))
                self.send_response(inbox.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"json://127.0.0.1:{self.server.server_port}/alerts"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    found = Inbox()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def watched(archive: Archive) -> Archive:
    for slug in ("gazette", "courier"):
        outlet = Outlet(slug.title(), country="IE", languages=("en",))
        write_outlet(archive, slug, outlet, is_declared=True, added_at=NOON)
    return archive


def refused(outlet: str) -> Judgment:
    evidence = {
        **{"what": "refused", "expected": 0.0, "came": 0.9, "requests": 20, "refused": 18},
        **{"asked": "article", "days": 1, "suggestion": "ask_permission"},
    }
    return Judgment(outlet, "blocked", 1.6, NOON, evidence)


def tell(archive: Archive, urls: tuple[str, ...]) -> bool:
    """Do what a round does."""
    message = compose(archive.connection)
    if message is None or not send(message, urls):
        return False
    mark_told(archive, message, NOON)
    return True


def test_an_incident_is_told_once_and_once_when_it_is_over(watched: Archive, inbox: Inbox) -> None:
    update(watched, [refused("gazette")], NOON)
    assert tell(watched, (inbox.url,))
    update(watched, [refused("gazette")], NOON + timedelta(hours=1))
    assert not tell(watched, (inbox.url,))
    for hours in (2, 20):
        update(watched, [], NOON + timedelta(hours=hours))
    assert tell(watched, (inbox.url,))
    assert not tell(watched, (inbox.url,))
    assert [each["title"] for each in inbox.received] == [
        "Dateline: gazette is blocked",
        "Dateline: gazette is no longer blocked",
    ]
    assert "18 of 20 requests for article pages were refused" in inbox.received[0]["message"]
    assert "dateline outlets check gazette" in inbox.received[0]["message"]


def test_several_in_one_round_are_one_message(watched: Archive, inbox: Inbox) -> None:
    update(watched, [refused("gazette"), refused("courier")], NOON)
    assert tell(watched, (inbox.url,))
    (message,) = inbox.received
    assert message["title"] == "Dateline: 2 outlets need a person"
    assert message["type"] == "warning"
    assert all(slug in message["message"] for slug in ("gazette", "courier"))


def test_our_own_outage_is_told_once_and_once_when_it_is_over(
    watched: Archive, inbox: Inbox
) -> None:
    for hours in (1, 2):
        note_reach(watched, Reach(18, 18, NOON), NOON + timedelta(hours=hours))
        assert tell(watched, (inbox.url,)) == (hours == 1)
    note_reach(watched, Reach(), NOON + timedelta(hours=3))  # nobody was asked
    assert not tell(watched, (inbox.url,))
    for hours in (4, 5):
        note_reach(watched, Reach(18), NOON + timedelta(hours=hours))
        assert tell(watched, (inbox.url,)) == (hours == 4)
    assert [(each["title"], each["type"]) for each in inbox.received] == [
        (f"Dateline: no outlet has answered since {NOON:%Y-%m-%d %H:%M} UTC", "warning"),
        ("Dateline: outlets answer again", "success"),
    ]
    assert "18 of 18 gave no answer at all" in inbox.received[0]["message"]


def test_an_outage_that_cut_alerts_off_is_told_when_it_is_over(
    watched: Archive, inbox: Inbox
) -> None:
    note_reach(watched, Reach(9, 7, None), NOON)
    inbox.status = 500
    assert not tell(watched, (inbox.url,))
    inbox.status = 200
    note_reach(watched, Reach(9), NOON + timedelta(hours=3))
    assert tell(watched, (inbox.url,))
    assert not tell(watched, (inbox.url,))
    (message,) = inbox.received
    assert "7 of 9 gave no answer at all" in message["message"]


def test_what_nobody_took_is_told_in_the_next_round(watched: Archive, inbox: Inbox) -> None:
    update(watched, [refused("gazette")], NOON)
    inbox.status = 500
    assert not tell(watched, (inbox.url,))
    inbox.status = 200
    assert tell(watched, (inbox.url,))
    assert len(inbox.received) == 1


def test_one_address_that_is_down_does_not_make_others_hear_twice(
    watched: Archive, inbox: Inbox
) -> None:
    update(watched, [refused("gazette")], NOON)
    assert tell(watched, ("json://127.0.0.1:9/nobody", inbox.url))
    assert not tell(watched, ("json://127.0.0.1:9/nobody", inbox.url))
    assert len(inbox.received) == 1


def test_one_address_that_is_none_silences_no_other(watched: Archive, inbox: Inbox) -> None:
    update(watched, [refused("gazette")], NOON)
    assert tell(watched, ("nonsense", "bar://x", inbox.url))
    assert [each["title"] for each in inbox.received] == ["Dateline: gazette is blocked"]


def test_a_failure_is_logged_without_the_password(caplog: pytest.LogCaptureFixture) -> None:
    assert not send(MESSAGE, ("json://user:hush@127.0.0.1:9/x",))
    assert "json://" in caplog.text
    assert not [record for record in caplog.records if "hush" in record.getMessage()]


@pytest.mark.parametrize("url", ["telegrm://123:hush/4", "slack://hush", "hush/x?to=foo://a"])
def test_an_address_that_is_none_is_named_without_its_secrets(
    caplog: pytest.LogCaptureFixture, url: str
) -> None:
    with pytest.raises(AlertsUnavailable) as raised:
        checked_alert_urls(url)
    assert "hush" not in caplog.text + str(raised.value)


def test_markup_of_strangers_is_text(inbox: Inbox) -> None:
    message = Message("title", "HTTP 403 <a href='https://evil.example'>here</a>", (1,), ())
    assert send(message, (f"{inbox.url}?format=html",))
    assert "<a" not in inbox.received[0]["message"]


def test_addresses_come_from_the_setting_or_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_ALERTS", "ntfy://a-topic json://127.0.0.1/x")
    assert checked_alert_urls() == ("ntfy://a-topic", "json://127.0.0.1/x")
    assert checked_alert_urls("ntfy://other") == ("ntfy://other",)
    with pytest.raises(AlertsUnavailable, match="address 2 of DATELINE_ALERTS is none"):
        checked_alert_urls("ntfy://other nonsense")


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(AlertsUnavailable, match=r"pip install -e '\.\[alerts\]'"):
        checked_alert_urls("ntfy://topic")
    assert not send(MESSAGE, ("ntfy://topic",))
