"""One timer on its ruler: how much is spent, when it is due, which checkpoint comes next, what was reached.

Segments are the truth. Everything else is derived here and stored by `settle` at the end of each decision, so that
another priority, agreement or calendar re-measures what was spent instead of doing arithmetic on hours (sla.md 5).
All positions are working time of the timer's calendar; all instants are aware and UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.frozen import dataclass
from core.model import ClockState, Segment, Timer, Verdict
from core.rulebook.values import Ladder, Step, Target
from core.rules.calendar import Calendar

ZERO = timedelta(0)

#: The checkpoint that every timer has, whatever its ladder: the goal itself.
DUE = Step(id="due", percent=100)


@dataclass(frozen=True, slots=True)
class Ruler:
    """What a timer is measured with: its calendar, its ladder, and the calendar in which repeats run."""

    calendar: Calendar
    steps: tuple[Step, ...]
    repeats: Calendar

    @classmethod
    def of(cls, timer: Timer, ladders: Mapping[str, Ladder], calendars: Mapping[str, Calendar], repeats: str) -> Ruler:
        steps = ladders[timer.ladder].steps if timer.ladder else ()
        if timer.extended_by or not any(step.percent == 100 and not step.after for step in steps):
            steps = (*steps, DUE)
        return cls(calendars[timer.calendar], steps, calendars[repeats])


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A rung with the instant at which its timer reaches it, if nothing stops it before."""

    at: datetime
    step: Step
    repeat: int


def start(id: int, target: Target, goal: timedelta, at: datetime, cycle: int = 1) -> Timer:  # noqa: A002
    """A running timer on a target."""
    return Timer(
        id=id, metric=target.metric, target=target.id, goal=goal, calendar=target.calendar, ladder=target.ladder,
        cycle=cycle, state=ClockState.RUNNING, segments=(Segment(at, None, running=True),),
    )  # fmt: skip


def elapsed(timer: Timer, calendar: Calendar, now: datetime) -> timedelta:
    """Working time spent: the sum over running segments, measured under this calendar."""
    spent = (calendar.between(s.from_at, min(s.to_at or now, now)) for s in timer.segments if s.running)
    return sum((max(span, ZERO) for span in spent), ZERO)


def remaining(timer: Timer, calendar: Calendar, now: datetime) -> timedelta:
    """Goal less what is spent; negative once it is missed."""
    return timer.goal - elapsed(timer, calendar, now)


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


def _close(segments: Sequence[Segment], at: datetime) -> tuple[Segment, ...]:
    """The last segment ends; one that would end before it began has no length (messages may arrive late)."""
    if not segments or segments[-1].to_at is not None:
        return tuple(segments)
    last = segments[-1]
    return (*segments[:-1], replace(last, to_at=max(at, last.from_at)))


def stop(timer: Timer, at: datetime, calendar: Calendar) -> Timer:
    """End it with its verdict. A verdict once given does not change.

    It is missed if it ran beyond the instant at which it was due, be it outside hours, whether or not a beat came
    between: what is due at closing is late an hour after.
    """
    if timer.state not in (ClockState.RUNNING, ClockState.PAUSED):
        return timer
    ended = replace(timer, segments=_close(timer.segments, at), state=ClockState.STOPPED, stopped_at=at)
    due = instant_of(ended, ended.goal, calendar)
    late = due is not None and any(s.running and s.to_at is not None and s.to_at > due for s in ended.segments)
    if late and ended.breached_at is None:
        ended = replace(ended, breached_at=due)
    return replace(ended, verdict=timer.verdict or (Verdict.MISSED if late else Verdict.MET))


def cancel(timer: Timer, at: datetime) -> Timer:
    """End it without a verdict: excluded, but counted."""
    if timer.state not in (ClockState.RUNNING, ClockState.PAUSED):
        return timer
    return replace(timer, segments=_close(timer.segments, at), state=ClockState.CANCELLED, stopped_at=at)


def pause(timer: Timer, at: datetime, reason: str) -> Timer:
    if timer.state is not ClockState.RUNNING:
        return timer
    segments = (*_close(timer.segments, at), Segment(at, None, running=False, reason=reason))
    return replace(timer, segments=segments, state=ClockState.PAUSED)


def resume(timer: Timer, at: datetime) -> Timer:
    if timer.state is not ClockState.PAUSED:
        return timer
    segments = (*_close(timer.segments, at), Segment(at, None, running=True))
    return replace(timer, segments=segments, state=ClockState.RUNNING)


def carry_on(timer: Timer) -> Timer:
    """Run on as if it had never stopped; the time between counts (total resolution, sla.md 4).

    That it was met so far is taken back, since the last resolution decides; that it was missed stays.
    """
    if timer.state is not ClockState.STOPPED or timer.stopped_at is None:
        return timer
    segments = (*timer.segments, Segment(timer.stopped_at, None, running=True))
    missed = timer.verdict if timer.verdict is Verdict.MISSED else None
    return replace(timer, segments=segments, state=ClockState.RUNNING, stopped_at=None, verdict=missed)


def retarget(
    timer: Timer, target: Target, goal: timedelta, now: datetime, grace: timedelta, calendar: Calendar
) -> Timer:
    """Another goal or calendar, with the time measured so far kept: due = max(strict, now + grace).

    `grace` is working time of the target's calendar. A breach that is a fact stays one (sla.md 7).
    """
    if timer.state not in (ClockState.RUNNING, ClockState.PAUSED):
        return timer
    moved = replace(timer, goal=goal, calendar=target.calendar, ladder=target.ladder)
    strict_left = remaining(moved, calendar, now)
    if timer.verdict is None and strict_left < grace and strict_left < timer.goal - elapsed(timer, calendar, now):
        return replace(moved, goal=elapsed(moved, calendar, now) + grace, graced_until=calendar.add(now, grace))
    return moved


def again(timer: Timer, id: int, at: datetime, floor: timedelta, calendar: Calendar) -> Timer:  # noqa: A002
    """A new cycle with the remainder: due = at + max(goal - elapsed, floor)."""
    left = max(remaining(timer, calendar, at), floor)
    return Timer(
        id=id, metric=timer.metric, target=timer.target, goal=left, calendar=timer.calendar, ladder=timer.ladder,
        cycle=timer.cycle + 1, state=ClockState.RUNNING, segments=(Segment(at, None, running=True),),
    )  # fmt: skip


def restore(after: Timer, before: Timer, at: datetime) -> Timer:
    """What undo does: the state before, the time between counted as if nothing had been pressed.

    Segments are only added to: what was closed is opened again from the instant at which it was closed.
    """
    was_open = before.state in (ClockState.RUNNING, ClockState.PAUSED)
    if before.state is after.state:
        return replace(before, segments=after.segments, fired=after.fired)
    segments = after.segments
    if was_open:
        changed_at = after.stopped_at or (segments[-1].from_at if segments else at)
        last = before.segments[-1]
        segments = (*_close(segments, changed_at), Segment(changed_at, None, running=last.running, reason=last.reason))
    else:
        segments = _close(segments, segments[-1].from_at)
    return replace(before, segments=segments, fired=after.fired)


def position(timer: Timer, step: Step) -> timedelta:
    """Where a rung stands on the ruler. An extension moves the ladder's goal, never the due time (rulings.md 5)."""
    goal = timer.goal if step is DUE else timer.goal + timer.extended_by
    return goal * step.percent / 100 + step.after


def checkpoints(timer: Timer, ruler: Ruler, steps: Sequence[Step] | None = None) -> Iterator[Checkpoint]:
    """All rungs of a timer (or these of them) that have an instant, repeats included, in order of step."""
    for step in ruler.steps if steps is None else steps:
        at = instant_of(timer, position(timer, step), ruler.calendar)
        if at is None:
            continue
        yield Checkpoint(at, step, 0)
        if step.every is not None:
            for n in range(1, step.times):
                yield Checkpoint(ruler.repeats.add(at, step.every * n), step, n)


def reached(timer: Timer, ruler: Ruler, now: datetime) -> list[Checkpoint]:
    """Rungs that were reached and have not fired yet, the gravest last."""
    if timer.state is not ClockState.RUNNING:
        return []
    due = [c for c in checkpoints(timer, ruler) if c.at <= now and (c.step.id, c.repeat) not in timer.fired]
    return sorted(due, key=lambda c: c.at)


def settle(timer: Timer, ruler: Ruler) -> Timer:
    """The derived fields: due and next checkpoint, both None unless it runs."""
    if timer.state is not ClockState.RUNNING:
        return replace(timer, due_at=None, next_at=None, next_step="", next_repeat=0)
    due = instant_of(timer, timer.goal, ruler.calendar)
    near = _near(timer, ruler.steps)
    ahead = [c for c in checkpoints(timer, ruler, near) if (c.step.id, c.repeat) not in timer.fired]
    if not ahead:
        return replace(timer, due_at=due, next_at=None, next_step="", next_repeat=0)
    first = min(ahead, key=lambda c: c.at)
    return replace(timer, due_at=due, next_at=first.at, next_step=first.step.id, next_repeat=first.repeat)


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
