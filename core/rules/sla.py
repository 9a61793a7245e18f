"""One timer on its ruler: how much is spent, when it is due, which checkpoint comes next, what was reached.

Segments are the truth. Everything else is derived here and stored by `settle` at the end of each decision, so that
another priority, agreement or calendar re-measures what was spent instead of doing arithmetic on hours (sla.md 5).
All positions are working time of the timer's calendar; all instants are aware and UTC, a naive one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.model.request import ClockState, Segment, Timer, Verdict
from core.rulebook.values import Ladder, Step, Target
from core.rules.calendar import Calendar
from core.rules.instants import aware

ZERO = timedelta(0)

#: From this share of its goal on, a clock is at risk. Derived, never stored.
AT_RISK = 0.75

#: The checkpoint that every timer has, whatever its ladder: the goal itself.
DUE = Step(id="due", percent=100)


class Ruler(Struct, frozen=True):
    """What a timer is measured with: its calendar, its ladder, and the calendar in which repeats run."""

    calendar: Calendar
    steps: tuple[Step, ...]
    repeats: Calendar

    @classmethod
    def of(cls, timer: Timer, ladders: Mapping[str, Ladder], calendars: Mapping[str, Calendar], repeats: str) -> Ruler:
        steps = ladders[timer.ladder].steps if timer.ladder else ()
        steps = tuple(
            step for step in steps if step.after >= ZERO or position(timer, step) > ZERO
        )  # not before it begins
        if timer.extended_by or not any(step.percent == 100 and not step.after for step in steps):
            steps = (*steps, DUE)
        return cls(calendars[timer.calendar], steps, calendars[repeats])


class Checkpoint(Struct, frozen=True):
    """A rung with the instant at which its timer reaches it, if nothing stops it before."""

    at: datetime
    step: Step
    repeat: int


# ---- measuring


def elapsed(timer: Timer, calendar: Calendar, now: datetime) -> timedelta:
    """Working time spent: the sum over running segments, measured under this calendar."""
    aware(now)
    spent = (calendar.between(s.from_at, min(s.to_at or now, now)) for s in timer.segments if s.running)
    return sum((max(span, ZERO) for span in spent), ZERO)


def remaining(timer: Timer, calendar: Calendar, now: datetime) -> timedelta:
    """Goal less what is spent; negative once it is missed."""
    if timer.agreed_at is not None:
        return calendar.between(aware(now), timer.agreed_at)
    return timer.goal - elapsed(timer, calendar, now)


def share(timer: Timer, calendar: Calendar, now: datetime) -> float:
    """How much of the goal is spent, 1.0 at due; towards an agreed date, how much of the way from the start."""
    if timer.agreed_at is None:
        return elapsed(timer, calendar, now) / timer.goal if timer.goal else 1.0
    begun = timer.segments[0].from_at
    way = calendar.between(begun, timer.agreed_at)
    return calendar.between(begun, aware(now)) / way if way > ZERO else float(now >= timer.agreed_at)


def instant_of(timer: Timer, position: timedelta, calendar: Calendar) -> datetime | None:
    """When the timer reached, or will reach, this much working time; None while it is paused or stopped before."""
    spent = ZERO
    for segment in timer.segments:
        if not segment.running:
            continue
        if segment.to_at is None:
            return calendar.add(segment.from_at, max(position - spent, ZERO))
        span = calendar.between(segment.from_at, segment.to_at)
        if spent + span >= position:
            return calendar.add(segment.from_at, max(position - spent, ZERO))
        spent += span
    return None


def due(timer: Timer, calendar: Calendar) -> datetime | None:
    """When its goal is used up, whatever its state now; an agreed date governs in place of that."""
    return timer.agreed_at or instant_of(timer, timer.goal, calendar)


def strict_due(timer: Timer, calendar: Calendar) -> datetime | None:
    """When it would be due without any grace; a date that the client agreed to replaces that promise too."""
    return timer.agreed_at or instant_of(
        timer, timer.goal if timer.strict_goal is None else timer.strict_goal, calendar
    )


# ---- moving


def start(id: int, target: Target, goal: timedelta, at: datetime, cycle: int = 1, calendar: str = "") -> Timer:  # noqa: A002
    """A running timer on a target, measured by the target's calendar unless another is named."""
    return begin(arm(id, target, goal, cycle, calendar), at)


def arm(id: int, target: Target, goal: timedelta, cycle: int = 1, calendar: str = "") -> Timer:  # noqa: A002
    """A timer that is promised and has not begun."""
    return Timer(
        id=id, metric=target.metric, target=target.id, goal=goal, calendar=calendar or target.calendar,
        ladder=target.ladder, cycle=cycle, state=ClockState.ARMED, segments=(),
    )  # fmt: skip


def begin(timer: Timer, at: datetime) -> Timer:
    """What was armed runs from here on."""
    if timer.state is not ClockState.ARMED:
        return timer
    return replace(timer, state=ClockState.RUNNING, segments=(Segment(aware(at), None, running=True),))


def _close(segments: Sequence[Segment], at: datetime) -> tuple[Segment, ...]:
    """The last segment ends; one that would end before it began has no length (messages may arrive late)."""
    if not segments or segments[-1].to_at is not None:
        return tuple(segments)
    last = segments[-1]
    return (*segments[:-1], replace(last, to_at=max(at, last.from_at)))


def _turned(timer: Timer, at: datetime, running: bool, reason: str = "") -> Timer:
    """The last segment ends and another begins, neither before the other."""
    closed = _close(timer.segments, at)
    begin_at = max(at, closed[-1].from_at) if closed else at
    state = ClockState.RUNNING if running else ClockState.PAUSED
    return replace(timer, segments=(*closed, Segment(begin_at, None, running, reason)), state=state)


def pause(timer: Timer, at: datetime, reason: str) -> Timer:
    """It waits for this reason. One that waits already goes on waiting for its own; an agreed date never waits."""
    aware(at)
    if timer.state is not ClockState.RUNNING or timer.agreed_at is not None:
        return timer
    return _turned(timer, at, running=False, reason=reason)


def resume(timer: Timer, at: datetime, still: str = "") -> Timer:
    """It runs again, unless it has another reason to wait: then it waits for that one from now on."""
    aware(at)
    if timer.state is not ClockState.PAUSED or timer.segments[-1].reason == still != "":
        return timer
    return _turned(timer, at, running=not still, reason=still)


def agree(timer: Timer, at: datetime, until: datetime) -> Timer:
    """The client accepted this date: it governs from now on, and the clock runs towards it without a pause."""
    aware(at, until)
    if timer.state is ClockState.ARMED:
        timer = begin(timer, at)
    return replace(resume(timer, at), agreed_at=until) if timer.is_active else timer


def stop(timer: Timer, at: datetime, calendar: Calendar) -> Timer:
    """End it with its verdicts. A verdict once given does not change; what never began is cancelled.

    It is missed if it ran beyond the instant at which it was due, be it outside hours, whether or not a beat came
    between: what is due at closing is late an hour after.
    """
    aware(at)
    if not timer.is_active or timer.state is ClockState.ARMED:
        return cancel(timer, at)
    ended = replace(timer, segments=_close(timer.segments, at), state=ClockState.STOPPED, stopped_at=at)
    due_at = due(ended, calendar)
    late = _ran_beyond(ended, due_at)
    if late and ended.breached_at is None:
        ended = replace(ended, breached_at=due_at)
    ended = replace(ended, verdict=timer.verdict or (Verdict.MISSED if late else Verdict.MET))
    if timer.strict_goal is None or timer.strict_verdict is not None:
        return ended
    late = _ran_beyond(ended, strict_due(ended, calendar))
    return replace(ended, strict_verdict=Verdict.MISSED if late else Verdict.MET)


def _ran_beyond(timer: Timer, due_at: datetime | None) -> bool:
    ran = (s.to_at for s in timer.segments if s.running)
    return due_at is not None and any(to_at is not None and to_at > due_at for to_at in ran)


def breach(timer: Timer) -> Timer:
    """Its due time has come: missed, stamped when it was due; the strict goal, which was shorter, is missed too."""
    if timer.verdict is not None:
        return timer
    strict = timer.strict_verdict or (Verdict.MISSED if timer.strict_goal is not None else None)
    return replace(timer, breached_at=timer.due_at, verdict=Verdict.MISSED, strict_verdict=strict)


def cancel(timer: Timer, at: datetime) -> Timer:
    """End it without a verdict: excluded, but counted. A breach that is a fact stays one."""
    aware(at)
    if not timer.is_active:
        return timer
    return replace(timer, segments=_close(timer.segments, at), state=ClockState.CANCELLED, stopped_at=at)


def carry_on(timer: Timer) -> Timer:
    """Run on as if it had never stopped; the time between counts (total resolution, sla.md 4).

    That it was met so far is taken back, since the last resolution decides; that it was missed stays.
    """
    if timer.state is not ClockState.STOPPED or timer.stopped_at is None:
        return timer
    segments = (*timer.segments, Segment(timer.stopped_at, None, running=True))
    return replace(
        timer, segments=segments, state=ClockState.RUNNING, stopped_at=None, verdict=_if_missed(timer.verdict),
        strict_verdict=_if_missed(timer.strict_verdict),
    )  # fmt: skip


def _if_missed(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict is Verdict.MISSED else None


def retarget(
    timer: Timer, target: Target, goal: timedelta, now: datetime, grace: timedelta, calendar: Calendar
) -> Timer:
    """Another goal or calendar, with the time measured so far kept: due = max(strict, now + grace).

    `grace` is working time of the target's calendar; it is given where the promise becomes tighter, never where it
    does not: nobody wins half an hour by setting a priority to and fro. Both goals keep their verdict; a breach that is
    a fact stays one (sla.md 7), and so does a date that the client agreed to: no priority moves it.
    """
    aware(now)
    if not timer.is_active or timer.agreed_at is not None:
        return timer
    moved = replace(
        timer, target=target.id, goal=goal, calendar=calendar.name, ladder=target.ladder, strict_goal=None,
        graced_until=None,
    )  # fmt: skip
    spent = elapsed(moved, calendar, now)
    left = goal - spent
    if timer.verdict is not None or timer.state is ClockState.ARMED or left >= grace or goal >= timer.goal:
        return moved
    strict = timer.strict_verdict or (Verdict.MISSED if left < ZERO else None)
    until = calendar.add(now, grace)
    return replace(moved, goal=spent + grace, strict_goal=goal, strict_verdict=strict, graced_until=until)


def again(timer: Timer, id: int, at: datetime, floor: timedelta, calendar: Calendar) -> Timer:  # noqa: A002
    """A new cycle with the remainder: due = at + max(goal - elapsed, floor)."""
    promised = timer.goal if timer.strict_goal is None else timer.strict_goal
    left = max(promised - elapsed(timer, calendar, at), floor)
    return Timer(
        id=id, metric=timer.metric, target=timer.target, goal=left, calendar=timer.calendar, ladder=timer.ladder,
        cycle=timer.cycle + 1, state=ClockState.RUNNING, segments=(Segment(at, None, running=True),),
    )  # fmt: skip


def restore(after: Timer, before: Timer, at: datetime) -> Timer:
    """What undo does: the state before, the time between counted as if nothing had been pressed.

    Segments are only added to: what was closed is opened again from the instant at which it was closed.
    """
    aware(at)
    segments = after.segments
    if before.state is after.state and _doing(before) == _doing(after):
        return replace(before, segments=segments, fired=after.fired, told=after.told, seen=after.seen)
    if before.state in (ClockState.RUNNING, ClockState.PAUSED):
        changed_at = after.stopped_at or (segments[-1].from_at if segments else at)
        last = before.segments[-1]
        segments = (*_close(segments, changed_at), Segment(changed_at, None, last.running, last.reason))
    elif segments:
        segments = _close(segments, segments[-1].from_at)
    return replace(before, segments=segments, fired=after.fired, told=after.told, seen=after.seen)


def _doing(timer: Timer) -> tuple[bool, str, bool] | None:
    """What its last segment is, whenever that began."""
    last = timer.segments[-1] if timer.segments else None
    return (last.running, last.reason, last.to_at is None) if last else None


# ---- checkpoints


def position(timer: Timer, step: Step) -> timedelta:
    """Where a rung stands on the ruler. An extension moves the ladder's goal, never the due time (rulings.md 5)."""
    goal = timer.goal if step is DUE else timer.goal + timer.extended_by
    return goal * step.percent / 100 + step.after


def _reaches(timer: Timer, step: Step, calendar: Calendar) -> datetime | None:
    """When a rung is reached. On the way to an agreed date it is that part of the way; no hours on it, no rung before."""
    if timer.agreed_at is None:
        return instant_of(timer, position(timer, step), calendar)
    if step.percent >= 100:
        later = step.after + (ZERO if step is DUE else timer.extended_by)
        if later >= ZERO:
            return calendar.add(timer.agreed_at, later) if later else timer.agreed_at
        before = calendar.subtract(timer.agreed_at, -later)
        return before if before > timer.segments[0].from_at else None
    begun = timer.segments[0].from_at
    way = calendar.between(begun, timer.agreed_at)
    return calendar.add(begun, way * step.percent / 100) if way > ZERO else None


def checkpoints(timer: Timer, ruler: Ruler, steps: Sequence[Step] | None = None) -> Iterator[Checkpoint]:
    """All rungs of a timer (or these of them) that have an instant, repeats included, in order of step."""
    for step in ruler.steps if steps is None else steps:
        at = _reaches(timer, step, ruler.calendar)
        if at is None:
            continue
        yield Checkpoint(at, step, 0)
        if step.every is not None:
            for n in range(1, step.times):
                yield Checkpoint(ruler.repeats.add(at, step.every * n), step, n)


def may_have_reached(timer: Timer, now: datetime) -> bool:
    """Whether it is worth to ask what it has reached: its next checkpoint has come, or was claimed."""
    aware(now)
    return timer.state is ClockState.RUNNING and (timer.next_at is None or timer.next_at <= now)


def reached(timer: Timer, ruler: Ruler, now: datetime) -> list[Checkpoint]:
    """Rungs that were reached and have not fired yet, the gravest last."""
    aware(now)
    if timer.state is not ClockState.RUNNING:
        return []
    crossed = [c for c in checkpoints(timer, ruler) if c.at <= now and (c.step.id, c.repeat) not in timer.fired]
    return sorted(crossed, key=lambda c: c.at)


def settle(timer: Timer, ruler: Ruler) -> Timer:
    """The derived fields: due and next checkpoint, both None unless it runs."""
    if timer.state is not ClockState.RUNNING:
        return replace(timer, due_at=None, next_at=None, next_step="", next_repeat=0)
    due_at = due(timer, ruler.calendar)
    near = _near(timer, ruler.steps) if timer.agreed_at is None else ruler.steps
    ahead = [c for c in checkpoints(timer, ruler, near) if (c.step.id, c.repeat) not in timer.fired]
    if not ahead:
        return replace(timer, due_at=due_at, next_at=None, next_step="", next_repeat=0)
    first = min(ahead, key=lambda c: c.at)
    return replace(timer, due_at=due_at, next_at=first.at, next_step=first.step.id, next_repeat=first.repeat)


def first_rung(timer: Timer, ruler: Ruler) -> tuple[str, timedelta]:
    """The checkpoint that a timer which has just begun comes to first, and where on its ruler that stands."""
    step = _near(timer, ruler.steps)[0]
    return step.id, max(position(timer, step), ZERO)


def _near(timer: Timer, steps: Sequence[Step]) -> list[Step]:
    """The rungs that can come next: the nearest of those that have not fired, and those that fired and repeat."""
    fired = timer.fired
    ahead = {step.id: position(timer, step) for step in steps if not fired or (step.id, 0) not in fired}
    nearest = min(ahead.values(), default=None)
    return [s for s in steps if (ahead[s.id] == nearest if s.id in ahead else s.every is not None)]


def governing(timers: Sequence[Timer], metric: str) -> Timer | None:
    """Of the running timers of a metric, the one that is due first; it alone speaks (rulings.md 4)."""
    running = [t for t in timers if t.metric == metric and t.state is ClockState.RUNNING and t.due_at is not None]
    return min(running, key=lambda t: (t.due_at, t.id), default=None)
