"""Clocks of more than one request, or of more than one agreement: merged, copied to a child, corrected.

Pauses belong to the request, not to the agreement that happened to measure it (sla.md 8.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from core.model.request import ClockState, Firing, Request, Segment, Timer
from core.rules import clocks, sla
from core.rules.calendar import Calendar
from core.rules.context import Context
from core.rules.metrics import EFFECTS

#: The clocks of a request that another one's are merged with; who owns it and who waits for whom stays its own.
_JOINED = ("ack", "frt", "nrt", "ttr", "trt")
_COUNTING = (ClockState.RUNNING, ClockState.PAUSED)


def merged(into: Request, gone: Request, ctx: Context) -> Request:
    """A with the clocks of B: from the earliest start to the earliest due, paused only while both were (sla.md 4).

    Segments are only ever added to, so a clock that two became is a new one, and A's own is cancelled.
    """
    theirs = {(t.metric, t.target): t for t in gone.timers if t.metric in _JOINED and t.state in _COUNTING}
    pairs = [(t, theirs.get((t.metric, t.target))) for t in into.timers if t.state in _COUNTING]
    joined = {mine.id: _joined(mine, other, ctx) for mine, other in pairs if other is not None}
    kept = (sla.cancel(t, ctx.now) if t.id in joined else t for t in into.timers)
    return replace(into, timers=(*kept, *joined.values()))


def _joined(mine: Timer, other: Timer, ctx: Context) -> Timer:
    """The goal is set so that what is due first stays due then; a later pause moves it as it would have moved that."""
    calendars = ctx.rulebook.calendars
    calendar = calendars[mine.calendar]
    earliest = min(_would_be_due(t, calendars[t.calendar], ctx.now) for t in (mine, other))
    segments = tuple(union(mine, other))
    state = ClockState.RUNNING if segments[-1].running else ClockState.PAUSED
    one = replace(mine, id=ctx.new_id(), segments=segments, state=state, merged_due=earliest)
    left = max(calendar.between(ctx.now, earliest), sla.ZERO)
    spent = sla.elapsed(one, calendar, min(earliest, ctx.now))
    return replace(one, goal=spent + left)


def inherited(request: Request, before: Request | None, at: datetime) -> tuple[Firing, ...]:
    """What the clocks that are new on a request have said already, in their own name."""
    known = {t.id for t in before.timers} if before else set()
    new = (t for t in request.timers if t.id not in known)
    return tuple(Firing(t.id, t.cycle, step, repeat, at) for t in new for step, repeat in sorted(t.fired))


def _would_be_due(timer: Timer, calendar: Calendar, now: datetime) -> datetime:
    """When it is due; of one that waits, when it would be if it ran on from now."""
    if timer.state is ClockState.RUNNING:
        return sla.due(timer, calendar) or now
    return calendar.add(now, max(sla.remaining(timer, calendar, now), timedelta(0)))


def union(a: Timer, b: Timer) -> Iterator[Segment]:
    """The segments of two clocks that became one: from the earliest start, paused only while both are paused."""
    marks = sorted({m for t in (a, b) for s in t.segments for m in (s.from_at, s.to_at) if m is not None})
    spans = [*zip(marks, [*marks[1:], None], strict=True)]
    open_: Segment | None = None
    for since, until in spans:
        reasons = [_waits(t, since) for t in (a, b)]
        running, reason = not all(reasons), next(filter(None, reasons), "")
        if open_ and (open_.running, open_.reason) == (running, "" if running else reason):
            open_ = replace(open_, to_at=until)
            continue
        if open_:
            yield open_
        open_ = Segment(since, until, running, "" if running else reason)
    if open_:
        yield open_


def _waits(timer: Timer, at: datetime) -> str:
    """The reason why it is paused at this instant; empty where it runs or has not begun."""
    covering = (s for s in timer.segments if s.from_at <= at and (s.to_at is None or at < s.to_at))
    return next((s.reason for s in covering if not s.running), "")


def copied(parent: Request, ctx: Context) -> tuple[Timer, ...]:
    """A child's clocks: start, pauses and what has fired are its parent's; each from now on goes its own way."""
    names = [metric for metric, effect in EFFECTS["split"].items() if effect == "Y"]
    return tuple(replace(t, id=ctx.new_id()) for t in parent.timers if t.metric in names)


def corrected(request: Request, ctx: Context) -> Request:
    """The clocks under the agreement that it should have had: retargeted, or cancelled and started retroactively.

    A target of the same id is retargeted. One that the agreement does not have is cancelled; what stands in its place
    begins where that began, with its pauses and the date that the client agreed to; a new promise of a solution begins
    when the request was filed.
    """
    agreement = ctx.rulebook.agreements[request.agreement]
    row, promised = EFFECTS["correct"], {t.id: t for t in agreement.targets}
    after = clocks.apply(request, "correct", ctx)
    gone = {t.metric: t for t in request.timers if t.is_active and t.metric in row and t.target not in promised}
    known = {t.target for t in request.timers}
    fresh = []
    for target in promised.values():
        was = gone.get(target.metric)
        if target.id in known or target.metric not in row or (was is None and target.metric != "ttr"):
            continue
        rank = request.priority
        new = sla.start(
            ctx.new_id(), target, target.goals[rank], request.opened_at, calendar=target.measured_by(rank)
        )  # fmt: skip
        fresh.append(replace(new, segments=was.segments, state=was.state, agreed_at=was.agreed_at) if was else new)
    ids = {t.id for t in gone.values()}
    cancelled = tuple(sla.cancel(t, ctx.now) if t.id in ids else t for t in after.timers)
    return replace(after, timers=(*cancelled, *fresh))
