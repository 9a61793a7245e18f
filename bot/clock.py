"""The program's clocks: the wall's, and one that a demo or a test may turn."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class WallClock:
    """Desk time is real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real(self) -> datetime:
        return datetime.now(UTC)


class TurnedClock:
    """Desk time that runs `speed` times as fast as real time, and can be turned forward. Never back."""

    def __init__(self, speed: float = 1.0, start: datetime | None = None) -> None:
        self._speed = speed
        self._base = start or datetime.now(UTC)
        self._since = time.monotonic()

    @property
    def speed(self) -> float:
        return self._speed

    def now(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * self._speed)

    def real(self) -> datetime:
        return datetime.now(UTC)

    def set_speed(self, speed: float) -> None:
        self._base, self._since, self._speed = self.now(), time.monotonic(), max(speed, 0.0)

    def turn_to(self, at: datetime) -> None:
        """Forward to an instant; one that is past changes nothing."""
        self._base, self._since = max(at, self.now()), time.monotonic()
