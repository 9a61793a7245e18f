"""Time passes: which checkpoints of a request were reached, who is told, and what closes by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core import events as ev
from core.events import Event
from core.model import ClockState, Delivery, Firing, Request, Status, Timer, Verdict
from core.rules import clocks, routing, sla
from core.rules.context import Context, Decision


def time_reached(request: Request, ctx: Context) -> Decision:
    """Record every checkpoint that was reached, and stamp breaches when they were due.

    The gravest of a clock is what happened; each person that the reached rungs name hears of the gravest of theirs.
    """
    timers: list[Timer] = []
    firings: list[Firing] = []
    spoken: list[tuple[Timer, list[sla.Checkpoint]]] = []
    governing = {t.metric: sla.governing(request.timers, t.metric) for t in request.timers}
    closing = False
    for timer in request.timers:
        ruler = clocks.ruler(timer, request, ctx.rulebook)
        crossed = sla.reached(timer, ruler, ctx.now)
        firings += [Firing(timer.id, timer.cycle, c.step.id, c.repeat, c.at) for c in crossed]
        fired = timer.fired | {(c.step.id, c.repeat) for c in crossed}
        late = timer.state is ClockState.RUNNING and timer.due_at is not None and timer.due_at <= ctx.now
        if timer.metric == "acc" and late and timer.due_at is not None:
            closing, timer = True, sla.stop(timer, timer.due_at, ruler.calendar)  # silence accepts: that is no breach
        elif timer.metric != "acc" and crossed and governing[timer.metric] is timer:
            spoken.append((timer, crossed))
        if late and timer.verdict is None:
            timer = replace(timer, breached_at=timer.due_at, verdict=Verdict.MISSED)
        timers.append(replace(timer, fired=fired))
    after = replace(request, timers=tuple(timers))
    happened: tuple[Event, ...] = tuple(_said(timer, crossed) for timer, crossed in spoken)
    if closing:
        after = replace(
            clocks.apply(after, "accept", ctx), status=Status.CLOSED, status_since=ctx.now, closed_at=ctx.now
        )
        happened = (*happened, ev.Closed(by="", how="window"))
    after = clocks.settled(after, ctx)
    if not happened and not firings:
        return Decision(after, ())
    after = replace(after, version=request.version + 1)
    if happened:
        after = replace(after, last_event=type(happened[-1]).__name__, last_event_at=ctx.now, last_event_by="")
    told = [notice for timer, crossed in spoken for notice in _told(after, timer, crossed, ctx)]
    return Decision(
        after, happened, (*routing.told(after, happened, ctx.directory, ctx.now), *told), firings=tuple(firings)
    )


def _said(timer: Timer, crossed: Sequence[sla.Checkpoint]) -> ev.Reached:
    """The gravest of what was reached; the rungs before it that would have been said are counted."""
    gravest = crossed[-1]
    kind = "reminder" if _warns(gravest) else "escalation" if gravest.step.after or gravest.repeat else "breach"
    due = timer.due_at or gravest.at
    return ev.Reached(
        kind, timer.metric, timer.target, gravest.step.id, gravest.repeat, gravest.step.percent, due, gravest.at,
        sum(1 for c in crossed[:-1] if c.step.who),  # steps that only move the card were not said
    )  # fmt: skip


def _warns(checkpoint: sla.Checkpoint) -> bool:
    """Whether it comes before the goal."""
    return checkpoint.step.percent < 100


def _told(request: Request, timer: Timer, crossed: Sequence[sla.Checkpoint], ctx: Context) -> Iterable[Delivery]:
    """One message per person, of the gravest rung that names them; a warning of what is overdue already helps nobody."""
    overdue = timer.due_at is not None and timer.due_at <= ctx.now
    heard: dict[str, list[sla.Checkpoint]] = {}
    for checkpoint in crossed:
        for person in routing.audience(request, checkpoint.step.who, checkpoint.step.instead, ctx.directory):
            if not (overdue and _warns(checkpoint)):
                heard.setdefault(person, []).append(checkpoint)
    for checkpoint in crossed:
        people = tuple(person for person, theirs in heard.items() if theirs[-1] is checkpoint)
        if people:
            said = _said(timer, max((heard[person] for person in people), key=len))
            key = f"{timer.id}:{timer.cycle}:{checkpoint.step.id}:{checkpoint.repeat}"
            yield from routing.firings(request, said, key, people, checkpoint.step.important, ctx.directory, ctx.now)
