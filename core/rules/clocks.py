"""A row of the transition table, applied to the clocks of a request; and what each of them is measured with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from core.frozen import dataclass
from core.model import ClockState, Priority, Request, Segment, Timer
from core.rulebook.values import Agreement, Rulebook, Target
from core.rules import sla
from core.rules.calendar import Calendar
from core.rules.context import Context
from core.rules.metrics import AFRESH, EFFECTS

#: Working time that is left at least when a goal becomes stricter, and when a request is opened again (sla.md 7).
GRACE = timedelta(minutes=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _target(timer: Timer, agreement: Agreement) -> Target | None:
    return next((t for t in agreement.targets if t.id == timer.target), None)


def apply(request: Request, transition: str, ctx: Context, reason: str = "") -> Request:
    """Apply a row of the transition table: stops before pauses, so that a reply that also waits is met (sla.md 8.8)."""
    effects = EFFECTS[transition]
    agreement = ctx.rulebook.agreements[request.agreement]
    timers = tuple(_moved(t, effects.get(t.metric, ""), request, agreement, ctx, reason) for t in request.timers)
    latest = {(t.metric, t.target): t.id for t in request.timers}.values()
    fresh = [
        _renewed(was, now, request, agreement, ctx)
        for was, now in zip(request.timers, timers, strict=True)
        if effects.get(was.metric) == "N" and was.id in latest and was.state is not ClockState.CANCELLED
    ]
    started = [
        sla.start(ctx.new_id(), target, _goal(target, request.priority), ctx.now)
        for target in _targets(agreement)
        if effects.get(target.metric) == "S" and not _idle(target.metric, timers)
    ]
    return replace(request, timers=(*timers, *fresh, *started))


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    """A clock that begins when a request is filed: what it is measured with, and the rung it comes to first."""

    target: Target
    goal: timedelta
    calendar: Calendar
    step: str
    position: timedelta


def begun(agreement: Agreement, rank: Priority, team: str, ctx: Context) -> tuple[Timer, ...]:
    """The clocks of a request that is filed now: what `apply("submit")` and `settled` would make of it, in one step."""
    plans = ctx.rulebook.derived  # the same for every request of this priority
    key = ("begun", agreement.key, rank, team)
    if key not in plans:
        plans[key] = tuple(_starts(agreement, rank, team, ctx.rulebook))
    return tuple(_begin(plan, ctx) for plan in plans[key])


def _starts(agreement: Agreement, rank: Priority, team: str, rulebook: Rulebook) -> Iterator[_Start]:
    for target in _targets(agreement):
        if EFFECTS["submit"].get(target.metric) == "S":
            goal = _goal(target, rank)
            timer = sla.start(0, target, goal, _EPOCH)
            scale = sla.Ruler.of(timer, rulebook.ladders, rulebook.calendars, rulebook.teams[team].calendar)
            yield _Start(target, goal, scale.calendar, *sla.first_rung(timer, scale))


def _begin(plan: _Start, ctx: Context) -> Timer:
    target = plan.target
    due, next_, segments = _ahead(plan, ctx.now)
    return Timer(
        id=ctx.new_id(), metric=target.metric, target=target.id, goal=plan.goal, calendar=target.calendar,
        ladder=target.ladder, cycle=1, state=ClockState.RUNNING, segments=segments, due_at=due, next_at=next_,
        next_step=plan.step,
    )  # fmt: skip


@lru_cache(maxsize=256)  # a batch files at one instant
def _ahead(plan: _Start, now: datetime) -> tuple[datetime, datetime, tuple[Segment, ...]]:
    """When it is due and when its first rung is reached, with the segment that begins."""
    return plan.calendar.add(now, plan.goal), plan.calendar.add(now, plan.position), (Segment(now, None, running=True),)


def _targets(agreement: Agreement) -> tuple[Target, ...]:
    """The agreement's targets with the acceptance window, which is a clock like the others."""
    window = Target("acceptance", "acc", dict.fromkeys(Priority, agreement.acceptance), agreement.calendar, "")
    return (*agreement.targets, window)


def _goal(target: Target, rank: Priority) -> timedelta:
    return target.goals[rank]


def _idle(metric: str, timers: tuple[Timer, ...]) -> bool:
    """A clock that runs is not started again; the next response never before the first (sla.md 8.7)."""
    active = {t.metric for t in timers if t.state in (ClockState.RUNNING, ClockState.PAUSED)}
    return metric in active or (metric == "nrt" and "frt" in active)


def _moved(timer: Timer, effect: str, request: Request, agreement: Agreement, ctx: Context, reason: str) -> Timer:
    calendar = ctx.rulebook.calendars[timer.calendar]
    match effect:
        case "X" | "N" if timer.state in (ClockState.RUNNING, ClockState.PAUSED):
            return sla.stop(timer, ctx.now, calendar)
        case "P":
            return sla.pause(timer, ctx.now, reason)
        case "R":
            return sla.resume(timer, ctx.now)
        case "C":
            return sla.cancel(timer, ctx.now)
        case "K":
            return sla.carry_on(timer)
        case "T":
            target = _target(timer, agreement)
            if target is None:
                return timer
            to = ctx.rulebook.calendars[target.calendar]
            goal = max(_goal(target, request.priority) - spent_before(timer, request, to, ctx.now), timedelta(0))
            return sla.retarget(timer, target, goal, ctx.now, GRACE, to)
        case _:
            return timer


def agreed(timer: Timer, rank: Priority, agreement: Agreement) -> timedelta | None:
    """What the agreement names as this clock's goal at this priority; None if it names none."""
    target = next((t for t in _targets(agreement) if t.id == timer.target), None)
    return _goal(target, rank) if target else None


def opening(timer: Timer, calendar: Calendar) -> datetime | None:
    """From when a clock counts that was started outside hours; None for one that counts from its start."""
    began = timer.segments[0].from_at
    return None if calendar.is_open(began) else calendar.next_opening(began)


def begins(metric: str) -> bool:
    """Whether every request has this clock from its filing on."""
    return EFFECTS["submit"].get(metric) == "S"


def carried(timer: Timer, request: Request, goal: timedelta, calendar: Calendar, now: datetime) -> timedelta:
    """The goal of a later run: what its earlier runs left, at least the floor."""
    if timer.metric in AFRESH:
        return goal
    return max(goal - spent_before(timer, request, calendar, now), GRACE)


def spent_before(timer: Timer, request: Request, calendar: Calendar, now: datetime) -> timedelta:
    """What earlier cycles used up of the goal whose remainder this cycle carries."""
    if timer.metric in AFRESH:
        return timedelta(0)
    line = [t for t in request.timers if (t.metric, t.target) == (timer.metric, timer.target)]
    earlier = (t for t in line if t.cycle < timer.cycle and t.state is not ClockState.CANCELLED)
    return sum((sla.elapsed(t, calendar, now) for t in earlier), timedelta(0))


def _renewed(was: Timer, now: Timer, request: Request, agreement: Agreement, ctx: Context) -> Timer:
    """The next cycle of a clock: with the remainder, or afresh; one that waited goes on waiting."""
    target = _target(was, agreement)
    if was.metric in AFRESH and target is not None:
        new = sla.start(ctx.new_id(), target, _goal(target, request.priority), ctx.now, was.cycle + 1)
    else:
        new = sla.again(now, ctx.new_id(), ctx.now, GRACE, ctx.rulebook.calendars[was.calendar])
    return sla.pause(new, ctx.now, was.segments[-1].reason) if was.state is ClockState.PAUSED else new


def settled(request: Request, ctx: Context) -> Request:
    return replace(request, timers=tuple(sla.settle(t, ruler(t, request, ctx.rulebook)) for t in request.timers))


def ruler(timer: Timer, request: Request, rulebook: Rulebook) -> sla.Ruler:
    """What this timer is measured with; repeats run in the working time of its team (rulings.md 4)."""
    return sla.Ruler.of(timer, rulebook.ladders, rulebook.calendars, rulebook.teams[request.team].calendar)
