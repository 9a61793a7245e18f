"""What those say who are asked or told by the desk: still on it, I need help, I have seen it, not now."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Request
from core.rules.context import Context
from core.rules.handlers.base import Simple

#: How long a hold lasts, in working time.
HOLD = timedelta(minutes=30)


def still_on_it(request: Request, _: do.StillOnIt, ctx: Context) -> Simple:
    """Their clock begins anew with what is left (`core.rules.followup`)."""
    _refuse_others(request, ctx)
    return request, (ev.StillSaid(ctx.actor.person),)


def ask_help(request: Request, command: do.AskHelp, ctx: Context) -> Simple:
    """It stays theirs; who stands beside and above them is told."""
    _refuse_others(request, ctx)
    return request, (ev.HelpAsked(ctx.actor.person, command.text),)


def _refuse_others(request: Request, ctx: Context) -> None:
    if not request.assignee:
        raise Refused("nobody_has_it", number=request.number)
    if request.assignee != ctx.actor.person:
        raise Refused(
            "someone_was_faster", number=request.number, by=request.assignee, since_at=request.status_since.isoformat()
        )  # fmt: skip


def seen(request: Request, _: do.Seen, ctx: Context) -> Simple:
    """Raises Refused where they were told of nothing that they have not acknowledged yet."""
    if acknowledged(request, ctx.actor.person) is request:
        raise Refused("nothing_to_see", number=request.number)
    return request, (ev.WasSeen(ctx.actor.person),)


def acknowledged(request: Request, person: str) -> Request:
    """Whoever acts on a request has taken notice of all that they were told of it."""
    new = {t.id: {(step, one) for step, one in t.told - t.seen if one == person} for t in request.timers if t.told}
    if not any(new.values()):
        return request
    return replace(
        request, timers=tuple(replace(t, seen=t.seen | new[t.id]) if new.get(t.id) else t for t in request.timers)
    )


def hold(request: Request, _: do.Hold, ctx: Context) -> Simple:
    """Not now: the ladder waits, and not a second time at once; due and verdict stay as they are."""
    if request.last_event == "Held" and request.last_event_by == ctx.actor.person:
        raise Refused("held_already", number=request.number)
    moved = tuple(replace(t, extended_by=t.extended_by + HOLD) if t.is_active else t for t in request.timers)
    return replace(request, timers=moved), (ev.Held(ctx.actor.person, int(HOLD.total_seconds())),)
