"""Rebuilding: due times and next checkpoints derived anew from segments, set against what is stored.

In health there is no difference. One means that a row was changed by hand, restored from an odd backup, or that a bug
was here; the segments are the truth (sla.md 5, 8.17).
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from core import events as ev
from core.model.request import ClockState, Request, Timer
from core.model.told import Drift
from core.rulebook.values import Rulebook
from core.rules import clocks, routing, sla
from core.rules.context import Context, Decision

_DERIVED = ("due_at", "next_at", "next_step", "next_repeat")


def derived(timer: Timer, request: Request, rulebook: Rulebook) -> Timer:
    """The timer with its derived fields made anew. A clock that does not run needs no calendar for that."""
    if timer.state is not ClockState.RUNNING:
        return replace(timer, due_at=None, next_at=None, next_step="", next_repeat=0)
    return sla.settle(timer, clocks.ruler(timer, request, rulebook))


def drifts(request: Request, rulebook: Rulebook, claimed: Collection[int] = ()) -> tuple[Drift, ...]:
    """Where the stored fields differ from the derived ones.

    `claimed` are timers whose firing waits for its decision: their next checkpoint is taken out on purpose.
    """
    found: list[Drift] = []
    for timer in request.timers:
        made = derived(timer, request, rulebook)
        if timer.id in claimed:
            made = replace(made, next_at=timer.next_at, next_step=timer.next_step, next_repeat=timer.next_repeat)
        changed = tuple(name for name in _DERIVED if getattr(made, name) != getattr(timer, name))
        if changed:
            found.append(Drift(request.number, timer.metric, timer.target, timer.cycle, changed, timer, made))
    return tuple(found)


def mended(request: Request, ctx: Context) -> Decision:
    """The request with its clocks as they are derived, journaled; no change and no event where nothing differs."""
    found = drifts(request, ctx.rulebook)
    if not found:
        return Decision(request, (), before=request)
    timers = tuple(derived(t, request, ctx.rulebook) for t in request.timers)
    after = replace(request, timers=timers, version=request.version + 1)
    happened = ev.Rebuilt("", tuple(str(drift) for drift in found))
    return Decision(after, (happened,), tuple(routing.cards(after, ctx.directory)), before=request)
