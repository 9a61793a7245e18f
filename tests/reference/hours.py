"""Working hours by sweeping over their boundaries: whole seconds since 1970, no cache of answers, no cleverness.

Each version of a calendar gives boundaries at which something opens, closes, is taken out or comes back. Between two
neighbouring boundaries time works if something is open and nothing is taken out. Every question walks the stretches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

Stretch = tuple[int, int]

DAY = 86_400
CHUNK = 28 * DAY
HORIZON = 2 * 366 * DAY


class Refused(Exception):
    """There is no working time within two years of where it is needed."""


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def iso(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


@cache
def moment(day: date, clock: str, zone: str) -> int:
    """The second at which the wall shows this time: the first if twice; if never, as late as a gap would move it.

    Every offset that the zone uses around that day is tried, and its wall clock looked at.
    """
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute, seconds=second)
    there = ZoneInfo(zone)
    offsets = {(wall + timedelta(hours=h)).astimezone(there).utcoffset() or timedelta(0) for h in (-26, 26)}
    tried = [wall - offset for offset in offsets]
    shown = [at for at in tried if at.astimezone(there).replace(tzinfo=UTC) == wall]
    return int((min(shown) if shown else max(tried)).timestamp())


class Hours:
    """One calendar of a question."""

    def __init__(self, versions: Sequence[dict[str, Any]]) -> None:
        self.versions = list(versions)
        self._chunks: dict[int, list[Stretch]] = {}

    def publish(self, version: dict[str, Any]) -> None:
        self.versions.append(version)
        self._chunks.clear()

    def _boundaries(self, version: dict[str, Any], first: date, last: date) -> Iterator[tuple[int, int, int]]:
        """(when, how many more are open, how many more are taken out)."""
        day = first
        while day <= last:
            name, zone = day.isoformat(), version["zone"]
            for begin, end in version["days"].get(name, version["week"][day.weekday()]):
                opens, closes = _ends(day, begin, end, zone)
                yield from ((opens, 1, 0), (closes, -1, 0)) if opens < closes else ()
            for begin, end in version["closures"].get(name, ()):
                opens, closes = _ends(day, begin, end, zone)
                yield from ((opens, 0, 1), (closes, 0, -1)) if opens < closes else ()
            day += timedelta(days=1)

    def _chunk(self, number: int) -> list[Stretch]:
        """The stretches of one span of four weeks; those that go on at its ends are cut there."""
        if number not in self._chunks:
            self._chunks[number] = list(self._swept(number * CHUNK, (number + 1) * CHUNK))
        return self._chunks[number]

    def _swept(self, since: int, until: int) -> Iterator[Stretch]:
        begins = [epoch(v["from"]) if v["from"] else -(10**12) for v in self.versions]
        for version, begin, end in zip(self.versions, begins, [*begins[1:], 10**12], strict=True):
            low, high = max(since, begin), min(until, end)
            if low >= high:
                continue
            first, last = (datetime.fromtimestamp(t, UTC).date() for t in (low - 3 * DAY, high + 3 * DAY))
            opened = closed = 0
            before = low
            for at, more_open, more_closed in sorted(self._boundaries(version, first, last)):
                here = min(max(at, low), high)
                if opened and not closed and here > before:
                    yield before, here
                before, opened, closed = here, opened + more_open, closed + more_closed

    def stretches(self, since: int, until: int) -> Iterator[Stretch]:
        """Working time between two seconds; a stretch may come in pieces that touch."""
        for number in range(since // CHUNK, until // CHUNK + 1):
            for begin, end in self._chunk(number):
                if max(begin, since) < min(end, until):
                    yield max(begin, since), min(end, until)

    def between(self, first: int, last: int) -> int:
        if last < first:
            return -self.between(last, first)
        return sum(end - begin for begin, end in self.stretches(first, last))

    def add(self, start: int, need: int) -> int:
        if not need:
            return start
        reached = start
        for begin, end in self.from_(start):
            if begin - reached > HORIZON:
                break
            if need <= end - begin:
                return begin + need
            need, reached = need - (end - begin), end
        raise Refused

    def subtract(self, stop: int, need: int) -> int:
        """Back from `stop`; what runs out at an opening is that opening."""
        reached, low = stop, stop
        while need and reached - low <= HORIZON:
            low -= CHUNK
            for begin, end in reversed(list(self.stretches(low, low + CHUNK))):
                if reached - end > HORIZON:
                    raise Refused
                if need <= end - begin:
                    return end - need
                need, reached = need - (end - begin), begin
        if need:
            raise Refused
        return stop

    def from_(self, start: int) -> Iterator[Stretch]:
        """What works from here on, as far as the horizon after the last that did."""
        low = seen = start
        while low - seen <= HORIZON:
            for begin, end in self.stretches(low, low + CHUNK):
                seen = end
                yield begin, end
            low += CHUNK

    def open(self, at: int) -> bool:
        return any(True for _ in self.stretches(at, at + 1))

    def opening(self, at: int) -> int:
        for begin, _ in self.from_(at):
            if begin - at > HORIZON:
                break
            return begin
        raise Refused

    def closing(self, at: int) -> int | None:
        """The end of what runs or comes next; None if it runs on beyond the horizon."""
        opened = closes = self.opening(at)
        for begin, end in self.from_(opened):
            if begin > closes:
                break
            closes = end
            if closes - opened > HORIZON:
                return None
        return closes


def _ends(day: date, begin: str, end: str, zone: str) -> Stretch:
    """An interval's seconds; one that does not end after it starts ends on the next day, and 24:00 is midnight."""
    if _minutes(end) <= _minutes(begin) or end == "24:00":
        return moment(day, begin, zone), moment(day + timedelta(days=1), "00:00" if end == "24:00" else end, zone)
    return moment(day, begin, zone), moment(day, end, zone)


def _minutes(clock: str) -> list[int]:
    return [int(part) for part in clock.split(":")]


def answered(asked: dict[str, Any], hours: Hours) -> Any:
    """One question of the kit about a calendar."""
    start = epoch(asked["from"])
    try:
        match asked["op"]:
            case "add":
                return iso(hours.add(start, asked["seconds"]))
            case "subtract":
                return iso(hours.subtract(start, asked["seconds"]))
            case "between":
                return hours.between(start, epoch(asked["to"]))
            case "open":
                return hours.open(start)
            case "opening":
                return iso(hours.opening(start))
            case _:
                closes = hours.closing(start)
                return "none" if closes is None else iso(closes)
    except Refused:
        return "refused"
