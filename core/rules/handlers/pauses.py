"""What a request waits for besides its client: a supplier, a date, a pause by hand; and going on."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Request, Status
from core.rules import phrases
from core.rules.context import Context
from core.rules.handlers.base import Simple, begun, team_calendar
from core.rules.transitions import move

#: How far ahead a date may be agreed.
DATE_LIMIT = timedelta(days=366)


def hand_to_supplier(request: Request, command: do.HandToSupplier, ctx: Context) -> Simple:
    """The supplier's clock runs; ours runs on, unless the agreement says otherwise."""
    assignee = request.assignee or ctx.actor.person
    after = move(begun(request, ctx), "supplier", ctx, supplier=command.text, assignee=assignee)
    return after, (ev.HandedToSupplier(ctx.actor.person, command.text),)


def offer_date(request: Request, command: do.OfferDate, ctx: Context) -> Simple:
    """A date is proposed. No clock changes: only the client's consent makes it govern."""
    meant = phrases.resolve(command.when, ctx.now, ctx.actor.zone, team_calendar(request, ctx), ctx.actor.lang)
    if not isinstance(meant, datetime) or not ctx.now < meant <= ctx.now + DATE_LIMIT:
        raise Refused("time_unclear", phrase=command.when)
    return replace(request, offered_at=meant), (ev.DateOffered(ctx.actor.person, meant),)


def agree_date(request: Request, _: do.AgreeDate, ctx: Context) -> Simple:
    """The client's consent: the date governs in place of the computed due, and nothing moves it (sla.md 8.14)."""
    offered = request.offered_at
    if offered is None or offered <= ctx.now:
        raise Refused("nothing_offered", number=request.number)
    after = move(begun(request, ctx), "agree_date", ctx, agreed_by=ctx.actor.person)
    return replace(after, offered_at=None), (ev.DateAgreed(ctx.actor.person, offered),)


def pause(request: Request, command: do.Pause, ctx: Context) -> Simple:
    if request.paused_for:
        raise Refused("already_paused", number=request.number)
    after = move(request, "pause", ctx, paused_for=command.text)
    return after, (ev.Paused(ctx.actor.person, command.text),)


#: state -> how it goes on
_GOES_ON = {
    Status.WAITING_CUSTOMER: "stop_waiting",
    Status.WAITING_SUPPLIER: "supplier_done",
    Status.SCHEDULED: "stop_waiting",
}


def resume(request: Request, _: do.Resume, ctx: Context) -> Simple:
    """Lift what holds it: the pause that somebody made first, then force majeure, then what its state waits for."""
    me = ctx.actor.person
    if request.missing:
        raise Refused("incomplete", number=request.number)
    if request.paused_for:
        return move(request, "unpause", ctx), (ev.Resumed(me, "paused"),)
    if request.force_majeure:
        return move(request, "force_majeure_over", ctx), (ev.Resumed(me, "force_majeure"),)
    if request.status not in _GOES_ON:
        raise Refused("nothing_waits", number=request.number)
    return move(request, _GOES_ON[request.status], ctx), (ev.Resumed(me, request.status.value),)
