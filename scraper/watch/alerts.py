"""Alerts: one message when something goes wrong with outlets, and one when it is over.

The door of Apprise, which sends mail, Slack, Telegram, ntfy, webhooks and a hundred more, each by
an address such as `mailto://user:password@example.org` or `ntfy://topic`. A round goes so, the
second step in a thread since it waits for the network:

    message = compose(connection)
    is_sent = message is not None and send(message, urls)
    mark_told(archive, message, now)                        # only if it was sent
"""

import logging
import os
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper.archive import incidents
from scraper.archive.outages import Outage, mark_outage_told, untold_outage
from scraper.archive.writer import Archive
from scraper.errors import AlertsUnavailable
from scraper.records import Incident
from scraper.watch.sentences import name_of, outage_sentence, outage_title, sentence, suggestion

VARIABLE = "DATELINE_ALERTS"
MISSING = "they need Apprise: .venv/bin/pip install -e '.[alerts]'"
SCHEME = re.compile(r"([a-z0-9]{1,20})://", re.IGNORECASE)
TOLD_MAX = 20  # incidents told at length in one message; of the others, how many

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told, and the numbers of the incidents that it tells of."""

    title: str
    body: str
    begun: tuple[int, ...]
    over: tuple[int, ...]
    of_outage: bool = False
    is_good: bool = False


def alert_urls(setting: str = "") -> tuple[str, ...]:
    """Return the addresses of a setting, or of the environment's DATELINE_ALERTS where it is ""."""
    return tuple((setting or os.environ.get(VARIABLE, "")).split())


def checked_alert_urls(setting: str = "") -> tuple[str, ...]:
    """Return the same where all can be sent to: to be asked at start, not when one is to be sent.

    Raises:
        AlertsUnavailable: there are some, and Apprise is missing or does not know one of them.
    """
    urls = alert_urls(setting)
    for number, url in enumerate(urls, 1):
        if not _apprise().add(url):
            raise AlertsUnavailable(f"address {number} of {VARIABLE} is none ({_scheme(url)})")
    return urls


def compose(connection: sqlite3.Connection) -> Message | None:
    """Return the message of all that is to be told, None if there is nothing."""
    begun, over = incidents.untold(connection)
    outage = untold_outage(connection)
    if not begun and not over and outage is None:
        return None
    lines = []
    if outage is not None:
        lines.append(outage_sentence(outage))
    lines += [
        f"{each.outlet} is {name_of(each)}: {sentence(each)}. Next: {suggestion(each)}"
        for each in begun[:TOLD_MAX]
    ]
    lines += _rest(begun, "more outlets are in trouble")
    lines += [
        f"{each.outlet} is no longer {name_of(each)}, since {each.closed_at:%Y-%m-%d %H:%M} UTC"
        for each in over[:TOLD_MAX]
    ]
    lines += _rest(over, "more are well again")
    title, body = _title(begun, over, outage), "\n\n".join(lines)
    is_good = not begun and (outage is None or outage.over_at is not None)
    return Message(title, body, _numbers(begun), _numbers(over), outage is not None, is_good)


def mark_told(archive: Archive, message: Message, now: datetime) -> None:
    """Note that a message was sent."""
    incidents.mark_told(archive, message.begun, message.over, now)
    if message.of_outage:
        mark_outage_told(archive)


def _title(begun: Sequence[Incident], over: Sequence[Incident], outage: Outage | None) -> str:
    if outage is not None:
        return f"Dateline: {outage_title(outage)}"
    if len(begun) + len(over) == 1:
        only = (begun or over)[0]
        return f"Dateline: {only.outlet} {'is' if begun else 'is no longer'} {name_of(only)}"
    parts = []
    if begun:
        outlets = len({each.outlet for each in begun})
        parts.append(
            "1 outlet needs a person" if outlets == 1 else f"{outlets} outlets need a person"
        )
    if over:
        parts.append("1 incident is over" if len(over) == 1 else f"{len(over)} incidents are over")
    return f"Dateline: {', '.join(parts)}"


def send(message: Message, urls: Sequence[str]) -> bool:
    """Send a message to all addresses; tell whether any took it. Never raises; waits for the net.

    One that does not take it is logged by its scheme, since addresses hold passwords. Nobody is
    told twice because another could not be reached.
    """
    taken = 0
    for url in urls:
        try:
            sender = _apprise()
            sender.add(url)
            # What strangers' pages said is text, whatever markup the receiver knows.
            is_sent = bool(
                sender.notify(
                    title=message.title,
                    body=message.body,
                    body_format="text",
                    notify_type="success" if message.is_good else "warning",
                )
            )
        except Exception as error:  # an edge: strangers' code and the net; tried again next round
            # Without its trace, which may quote the address.
            logger.error("an alert by %s was not sent: %s", _scheme(url), type(error).__name__)
            continue
        if not is_sent:
            logger.warning("an alert by %s was not taken", _scheme(url))
        taken += is_sent
    return taken > 0


def _rest(incidents: Sequence[Incident], words: str) -> list[str]:
    left = len(incidents) - TOLD_MAX
    return [f"{left} {words}: dateline health"] if left > 0 else []


def _numbers(incidents: Iterable[Incident]) -> tuple[int, ...]:
    return tuple(each.id for each in incidents)


def _scheme(url: str) -> str:
    """Return all of an address that is no secret.

    >>> _scheme("tgram://123:abc/4"), _scheme("abc/hook?to=https://gazette.example")
    ('tgram://…', 'no scheme')
    """
    found = SCHEME.match(url)
    return f"{found[1]}://…" if found else "no scheme"


def _apprise() -> Any:
    try:
        from apprise import Apprise
    except ImportError as error:
        raise AlertsUnavailable(MISSING) from error
    # It logs whole addresses, and what it asks tells their paths: tokens, both of them.
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    logging.getLogger("urllib3").setLevel(logging.INFO)
    return Apprise()
