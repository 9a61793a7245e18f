"""Why a clock is due when it is: its segments laid out under its calendar, and what its goal comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from core.model.request import ClockState, Request, Segment, Timer
from core.model.told import Account, Stretch
from core.rulebook.values import GRACE, Rulebook
from core.rules import clocks, sla
from core.rules.calendar import Calendar
from core.rules.metrics import FACING_CLIENT


def accounts(request: Request, rulebook: Rulebook, now: datetime, *, internal: bool) -> list[Account]:
    """The account of each clock that this reader may see, in the order in which they began.

    A client sees the clocks that face them, and their own: how long it was their turn. What was cancelled is excluded
    from every count, and is the team's matter.
    """
    seen = [
        t
        for t in request.timers
        if internal or (t.metric in (*FACING_CLIENT, "cwt") and t.state is not ClockState.CANCELLED)
    ]  # fmt: skip
    return [account(t, request, rulebook, now) for t in seen if t.calendar in rulebook.calendars]


def account(timer: Timer, request: Request, rulebook: Rulebook, now: datetime) -> Account:
    calendar = rulebook.calendars[timer.calendar]
    agreement = rulebook.agreements.get(request.agreement)
    target = clocks.target_of(timer, agreement) if agreement else None
    strict = None if timer.strict_goal is None else sla.instant_of(timer, timer.strict_goal, calendar)
    reckoned = None if timer.agreed_at is None else due_of(replace(timer, agreed_at=None), calendar)
    return Account(
        timer, target.goals[request.priority] if target else None, tuple(_stretches(timer, calendar, now)),
        sla.elapsed(timer, calendar, now), due_of(timer, calendar), target.floor if target else GRACE, strict, reckoned,
        *_rival(timer, request, rulebook),
    )  # fmt: skip


def due_of(timer: Timer, calendar: Calendar) -> datetime | None:
    """When it is due, or would have been had the clock not stopped; None while it is paused."""
    reached = sla.due(timer, calendar)
    if reached is not None or not timer.segments or not timer.segments[-1].running:
        return reached
    *before, last = timer.segments
    spent = sum((calendar.between(s.from_at, s.to_at or s.from_at) for s in before if s.running), sla.ZERO)
    return calendar.add(last.from_at, timer.goal - spent)


def _rival(timer: Timer, request: Request, rulebook: Rulebook) -> tuple[str, datetime | None]:
    """The target that was promised on the same metric beside this one, and when it is due; the nearest if several."""
    beside = [
        t
        for t in request.timers
        if (t.metric, t.cycle, t.state) == (timer.metric, timer.cycle, timer.state) and t.target != timer.target
    ]
    dues = [(due, t.target) for t in beside if (due := due_of(t, rulebook.calendars[t.calendar])) is not None]
    due, target = min(dues, default=(None, ""))
    return target, due


def _stretches(timer: Timer, calendar: Calendar, now: datetime) -> Iterator[Stretch]:
    for segment in timer.segments:
        if segment.to_at == segment.from_at or segment.from_at > now:
            continue  # it has no length: a message that came late
        if segment.running:
            yield from _openings(segment, calendar, now)
        else:
            yield Stretch("paused", segment.from_at, segment.to_at, reason=segment.reason)


def _openings(segment: Segment, calendar: Calendar, now: datetime) -> Iterator[Stretch]:
    """A running segment cut at the hours of the calendar; closed now, it goes on at the next opening."""
    end = min(segment.to_at or now, now)
    at = segment.from_at
    for begin, until in calendar.periods(segment.from_at, end):
        if begin > at:
            yield Stretch("closed", at, begin)
        yield Stretch("counted", begin, until, until - begin)
        at = until
    if segment.to_at is None and not calendar.is_open(now):
        yield Stretch("closed", at, calendar.next_opening(now))
    elif at < end:
        yield Stretch("closed", at, end)
