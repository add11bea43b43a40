"""The time a crawl goes by: the system's, unless a simulation puts another in its place."""

import asyncio
from datetime import UTC, datetime

LONGEST_SLEEP_SECONDS = 60.0  # the system's clock may be set while we sleep, so it is asked again


class Clock:
    """The system's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Return once `moment` has come."""
        while (seconds := (moment - self.now()).total_seconds()) > 0:
            await asyncio.sleep(min(seconds, LONGEST_SLEEP_SECONDS))
