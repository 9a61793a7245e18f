"""Calm: whether a message may make a sound now, or waits, and why.

Whoever is to be pinged is pinged: what waits has a time, a reason in its row, and is said with what else has come. Quiet
hours let through what cannot wait (rulings.md 9); otherwise nobody is pinged twice within five minutes, unless they have
spoken to the desk since, and what cannot wait is paged three times within them before the rest becomes a list. A repeat
has more time: whoever was pinged in the last half hour hears it with the next thing, or when its half hour is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.model.parties import Quiet
from core.rulebook.directory import Directory
from core.rules.instants import local

#: At most one ping to a person in this time, unless it is urgent.
BETWEEN = timedelta(minutes=5)
#: For so long, and no longer than half of what lies between two of them, a repeat waits to be told with others.
LEISURE = timedelta(minutes=30)
#: What was held over night is of use in the morning, even if its own time is over by then.
MORNING = timedelta(hours=4)
#: What was held over night waits for a digest that comes so soon after.
SOON = timedelta(hours=3)


class Why(StrEnum):
    """Why somebody was not told at once. What comes after a colon are its facts."""

    QUIET = "quiet"  # their quiet hours
    PACE = "pace"  # they had just been pinged
    AGAIN = "again"  # a repeat, told with what comes next
    STORM = "storm"  # too many at once: one list
    JOINED = "joined"  # said in one message with others
    DIGEST = "digest"  # told in their morning's digest
    MUTED = "muted"  # they chose not to hear it
    KNOWN = "known"  # no news to them: `core.rules.known`
    UNREACHABLE = "unreachable"  # they have no account that can be written to


class Wait(Struct, frozen=True):
    """Not now: why, and until when (desk time)."""

    why: Why
    until: datetime


def quiet_until(quiet: Quiet | None, zone: str, at: datetime) -> datetime | None:
    """When the quiet hours that hold at this instant end; None outside them."""
    if quiet is None:
        return None
    today = at.astimezone(ZoneInfo(zone)).date()
    for back in (1, 0):
        day = today - timedelta(days=back)
        ends = day if quiet.since < quiet.until else day + timedelta(days=1)
        if local(day, quiet.since, zone) <= at < (until := local(ends, quiet.until, zone)):
            return until
    return None


def rests(person: str, directory: Directory, at: datetime) -> datetime | None:
    """When the quiet hours end in which somebody is at this instant; None if they are in none."""
    known = directory.rulebook.people.get(person)
    return quiet_until(directory.quiet_of(person), known.zone, at) if known else None


def wait(
    pings: Sequence[datetime],
    now: datetime,
    *,
    quiet: datetime | None,
    urgent: bool,
    pressing: bool,
    storm: int,
    leisure: datetime | None = None,
) -> Wait | None:
    """Whether a ping waits. `pings` are those that were heard lately; `quiet` is when the quiet hours that hold end.

    `urgent` passes quiet hours; `pressing` (a request of the gravest priority) does not wait for the last ping to be
    five minutes old either. `leisure` is until when a repeat may wait for something else to be told with.
    """
    lately = sorted(at for at in pings if now - BETWEEN < at <= now)
    if quiet is not None and not urgent:
        return Wait(Why.QUIET, quiet)
    recent = max((at for at in pings if now - LEISURE < at <= now), default=None)
    if leisure is not None and recent is not None and now < leisure:
        return Wait(Why.AGAIN, min(recent + LEISURE, leisure))
    if not lately:
        return None
    if urgent or pressing:
        return Wait(Why.STORM, lately[-storm] + BETWEEN) if len(lately) >= storm else None
    return Wait(Why.PACE, lately[-1] + BETWEEN)


def leisure(made_at: datetime, every: int) -> datetime | None:
    """Until when a repeat that was made then waits for company; `every` are the seconds between two of them."""
    return made_at + min(LEISURE, timedelta(seconds=every) / 2) if every else None


def heard(pings: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """The pings that still count, with one that was heard now."""
    return (*(at for at in pings if now - LEISURE < at <= now), now)
