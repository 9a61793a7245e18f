"""What would move: the deadlines of a request under another agreement or another version of its calendars.

Pure, so it serves the preview, the deed and the replay of a draft alike; the rulebook of the context is the one that
would rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from core.model.request import ClockState, Request, Segment, Status, Timer
from core.model.told import Move
from core.rulebook.values import Agreement, Target
from core.rules import clocks, sla
from core.rules.context import Context
from core.rules.metrics import EFFECTS, PAUSABLE

_ACTIVE = (ClockState.RUNNING, ClockState.PAUSED)

#: What a request without any clock of a metric may still owe, and as long as it stands where.
_OWED = {
    "ack": frozenset({Status.NEW}), "frt": frozenset({Status.NEW, Status.ACKNOWLEDGED}), "ttr": frozenset(Status),
    "trt": frozenset(Status),
}  # fmt: skip
_NO_GOAL = timedelta(days=36500)


def under_agreement(request: Request, agreement: Agreement, ctx: Context) -> Request:
    """The request as it stands under another version from now on, its deadlines worked out.

    A target that both versions have keeps the time measured. One that the new version lacks is cancelled without a
    verdict; one that it adds begins when the request did, with the pauses that it had: they belong to the request. The
    clocks that no agreement moves, as whose it is, are left alone. No deadline comes to lie nearer than a grace from now
    (sla.md 7).
    """
    pinned = clocks.apply(replace(request, agreement=agreement.key), "apply_agreement", ctx)
    row, promised = EFFECTS["apply_agreement"], {target.id for target in agreement.targets}
    timers = tuple(
        sla.cancel(timer, ctx.now) if timer.metric in row and timer.target not in promised else timer
        for timer in pinned.timers
    )
    new = promised - {timer.target for timer in request.timers}
    added = (_since_filed(t, request, ctx) for t in agreement.targets if t.id in new and t.metric in row)
    return clocks.settled(replace(pinned, timers=(*timers, *filter(None, added))), ctx)


def moves(before: Request, after: Request, ctx: Context) -> tuple[Move, ...]:
    """The deadlines that differ, in the order of the clocks; both requests as of `ctx.now`."""
    was = {timer.id: timer for timer in before.timers}
    now = {timer.id: timer for timer in after.timers}
    return tuple(_moved(was, now, after, ctx))


def _moved(was: dict[int, Timer], now: dict[int, Timer], request: Request, ctx: Context) -> Iterator[Move]:
    for id_, timer in {**was, **now}.items():
        earlier, later = was.get(id_), now.get(id_)
        paused = timer.state is ClockState.PAUSED
        due_before = _due(earlier, request, ctx, stored=True) if earlier else None
        due_after = _due(later, request, ctx) if later else None
        if due_before != due_after:
            yield Move(timer.metric, timer.target, due_before, due_after, paused)


def _due(timer: Timer, request: Request, ctx: Context, *, stored: bool = False) -> datetime | None:
    """When a clock is due or, while it is paused, would be due if it went on now; None once it has ended."""
    if timer.state is ClockState.RUNNING and stored:
        return timer.due_at
    if timer.state not in _ACTIVE:
        return None
    going = sla.resume(timer, ctx.now)
    return sla.due(going, clocks.ruler(going, request, ctx.rulebook).calendar)


def _since_filed(target: Target, request: Request, ctx: Context) -> Timer | None:
    """A clock on a target that was not promised before, as if it had been; None where it would have ended by now."""
    alike = [timer for timer in request.timers if timer.metric == target.metric]
    running = [timer for timer in alike if timer.state in _ACTIVE]
    if (alike and not running) or (not alike and request.status not in _OWED.get(target.metric, ())):
        return None
    waiting = [t for t in request.timers if t.metric in PAUSABLE and t.state in _ACTIVE]
    like = running or (waiting if target.metric in PAUSABLE else [])
    segments = like[-1].segments if like else (Segment(request.opened_at, None, running=True),)
    calendar = ctx.rulebook.calendars[target.measured_by(request.priority)]
    begun = sla.start(ctx.new_id(), target, _NO_GOAL, request.opened_at, calendar=calendar.name)
    state = ClockState.RUNNING if segments[-1].running else ClockState.PAUSED
    goal = target.goals[request.priority]
    return sla.retarget(replace(begun, segments=segments, state=state), target, goal, ctx.now, target.grace, calendar)
