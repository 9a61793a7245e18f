"""Instants are aware: a naive datetime means another moment on each machine, so it is refused at every door.

A local time that a clock change leaves out (02:30 on a night in March) is the first instant after the gap; one that
comes twice is its first coming.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def aware(at: datetime, *more: datetime) -> datetime:
    """The first of these, once all are known to be aware. Raises ValueError("naive datetime ...")."""
    for one in (at, *more):
        if one.tzinfo is None:
            raise ValueError(f"naive datetime {one.isoformat()}: an instant needs its zone")
    return at


def left_out(day: date, at: time, zone: str) -> bool:
    """Whether the clocks of this zone skip this time on this day."""
    said = datetime.combine(day, at, ZoneInfo(zone))
    return said.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != said.replace(tzinfo=None)


def local(day: date, at: time, zone: str) -> datetime:
    """This time of day in this zone, as an instant; aware, UTC."""
    said = datetime.combine(day, at, ZoneInfo(zone))
    if not left_out(day, at, zone):
        return said.astimezone(UTC)
    offset = said.utcoffset() or timedelta(0)  # of before the change, which lies between these two
    before, after = said.replace(fold=1).astimezone(UTC), said.astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        changed = middle.astimezone(ZoneInfo(zone)).utcoffset() != offset
        before, after = (before, middle) if changed else (middle, after)
    return after.replace(microsecond=0)
