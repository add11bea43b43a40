"""The day's budget of requests and bytes, shared by all crawls of a session."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from scrapy.exceptions import IgnoreRequest

from scraper.archive.request_counts import Budget, day_of

NO_BUDGET = Budget()


class BudgetSpent(IgnoreRequest):
    """The day's budget, or that of the outlet, is spent; `until` is when the next one begins."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until


class Budgets:
    """What may still be asked today (UTC), in all and of each outlet.

    What was sent before, by earlier processes too, is read when a day is first asked about.
    Requests under way count as sent; their bytes count as they come, so that a budget of bytes is
    overrun by what is under way at most.
    """

    def __init__(self, budget: Budget, spent: Callable[[str], dict[str, tuple[int, int]]]) -> None:
        self.budget = budget
        self.is_bounded = budget != NO_BUDGET
        self._spent = spent
        self._day = ""
        self._requests: Counter[str] = Counter()  # by outlet, sent and answered
        self._bytes: Counter[str] = Counter()
        self._under_way: WeakKeyDictionary[Any, str] = WeakKeyDictionary()  # outlets by request

    def refusal(self, outlet: str, now: datetime) -> BudgetSpent | None:
        """Return why an outlet may not be asked any more today, None if it may."""
        if not self.is_bounded:
            return None
        self._begin(now)
        own = sum(asked == outlet for asked in self._under_way.values())
        budget, limits = self.budget, []
        limits.append((self._requests[outlet] + own, budget.outlet_request_count, "the outlet's"))
        limits.append((self._bytes[outlet], budget.outlet_response_bytes, "the outlet's"))
        total = self._requests.total() + len(self._under_way)
        limits.append((total, budget.request_count, "the day's"))
        limits.append((self._bytes.total(), budget.response_bytes, "the day's"))
        for (used, limit, whose), what in zip(limits, ("requests", "bytes") * 2, strict=True):
            if limit and used >= limit:
                return BudgetSpent(f"{whose} budget of {limit} {what} is used", next_midnight(now))
        return None

    def take(self, request: Any, outlet: str) -> None:
        """Count a request that is about to be sent."""
        self._under_way[request] = outlet

    def give_back(self, request: Any) -> None:
        """Count a request no more that was not sent after all."""
        self._under_way.pop(request, None)

    def charge(self, request: Any, outlet: str, size: int, now: datetime) -> None:
        """Count a request that was sent, and the bytes that came."""
        self._begin(now)
        self._under_way.pop(request, None)
        self._requests[outlet] += 1
        self._bytes[outlet] += size

    def _begin(self, now: datetime) -> None:
        day = day_of(now)
        if day == self._day:
            return
        self._day = day
        spent = self._spent(day)
        self._requests = Counter({outlet: counts[0] for outlet, counts in spent.items()})
        self._bytes = Counter({outlet: counts[1] for outlet, counts in spent.items()})


def next_midnight(now: datetime) -> datetime:
    """Return the beginning of the next day in UTC.

    >>> next_midnight(datetime.fromisoformat("2026-11-22T23:30:00-02:00")).isoformat()
    '2026-11-24T00:00:00+00:00'
    """
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)
