"""Undo: a compensating event within 60 seconds; clocks and verdicts as before, the journal keeps both (rulings.md 5)."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Request
from core.rules import allowance, sla
from core.rules.context import Context
from core.rules.handlers.base import Simple
from core.rules.handlers.ends import withdrawn


def undo(request: Request, _: do.Undo, ctx: Context) -> Simple:
    last = ctx.undoable
    if last is None or last.by != ctx.actor.person or last.version != request.version:
        raise Refused("nothing_to_undo", number=request.number)
    if ctx.real > last.until:
        raise Refused("undo_too_late", number=request.number)
    if last.before is None:
        return withdrawn(allowance.given_back(request), ctx), (ev.Cancelled(ctx.actor.person, undone=True),)
    before = {t.id: t for t in last.before.timers}
    timers = tuple(
        sla.restore(t, before[t.id], ctx.now) if t.id in before else sla.cancel(t, ctx.now) for t in request.timers
    )
    return replace(last.before, timers=timers), (ev.Undone(ctx.actor.person, last.verb),)
