"""Scripted faults: what goes wrong with the next call of a method, once."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

KINDS = frozenset(
    {"none", "ratelimited", "internal_error", "500", "reset_before", "reset_after", "hang", "drop", "late"}
)
"""faults.md 2.1. `late` closes the connection, and the call lands `late_by` seconds after; `drop` says ok in vain;
`none` lets one call pass, so that a later one meets the fault behind it."""


@dataclass(frozen=True)
class Fault:
    kind: str
    retry_after: int = 1
    applied: bool = False
    """Of internal_error, 500 and hang: whether the call took effect all the same, which their page says may be."""
    late_by: float = 30.0
    channel: str = ""
    """Only a call to this channel meets it; empty: any call."""


class Faults:
    """A queue per method; `*` is for whichever call comes next."""

    def __init__(self) -> None:
        self._next: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise ValueError(f"no such fault: {fault.kind}; there are {sorted(KINDS)}")
        self._next[method].append(fault)

    def take(self, method: str, channel: str = "") -> Fault | None:
        for name in (method, "*"):
            met = next((fault for fault in self._next[name] if fault.channel in ("", channel)), None)
            if met is not None:
                self._next[name].remove(met)
                return met
        return None

    @property
    def left(self) -> dict[str, int]:
        """Faults that no call has met yet: a test may assert that there are none."""
        return {method: len(queue) for method, queue in self._next.items() if queue}


class Pace:
    """About one message a second per channel with short bursts ("Rate limits"); off while `burst` is None."""

    def __init__(self, clock: Callable[[], float], burst: int | None = None, per_second: float = 1.0) -> None:
        self.clock = clock
        self.burst = burst
        self.per_second = per_second
        self._left: dict[str, tuple[float, float]] = {}

    def wait_for(self, channel: str) -> int:
        """Seconds to wait before posting there; 0 takes one of the allowance."""
        if self.burst is None:
            return 0
        now = self.clock()
        left, since = self._left.get(channel, (float(self.burst), now))
        left = min(float(self.burst), left + (now - since) * self.per_second)
        allowed = left >= 1
        self._left[channel] = (left - 1 if allowed else left, now)
        return 0 if allowed else max(1, round((1 - left) / self.per_second))
