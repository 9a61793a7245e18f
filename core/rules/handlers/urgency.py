"""What becomes of a P1 for which no unit was left: another one is lowered for it, the lead makes an exception, or it takes
a unit once there is one again."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Priority, Request
from core.rules import allowance, lifecycle
from core.rules.context import Context, Decision
from core.rules.handlers.base import Outcome, Simple
from core.rules.transitions import move


def demote(request: Request, _: do.Demote, ctx: Context) -> Outcome:
    """The client's own choice between two of theirs: this one goes to P2, its unit to the other (rulings.md 20)."""
    other = ctx.other
    if other is None or other.id == request.id or other.client != request.client:
        raise Refused("demote_unfit", number=request.number, other=other.number if other else "")
    if not lifecycle.may(ctx.actor, "ration", other):
        raise Refused("right_missing", number=other.number)
    if other.ration not in allowance.HELD_BACK or not other.is_open:
        raise Refused("not_held_back", number=other.number)
    if not allowance.lowerable(request, ctx):
        raise Refused("demote_unfit", number=request.number, other=other.number)
    me = ctx.actor.person
    lowered = move(request, "priority", ctx, priority=Priority.P2, ration="demoted", charged_at=None)
    raised = move(other, "priority", ctx, priority=Priority.P1, ration="taken", charged_at=ctx.now)
    also = Decision(raised, (ev.Promoted(me, request.number),), before=other)
    return lowered, (ev.Demoted(me, other.number),), (also,)


def raise_(request: Request, _: do.Raise, ctx: Context) -> Simple:
    """What was held back takes no unit by itself when there are new ones: which of their requests it is worth, the client
    says. Raises Refused: `not_held_back`, `no_unit_left`.
    """
    units = ctx.rulebook.agreements[request.agreement].allowance
    if request.ration not in allowance.HELD_BACK or units is None:
        raise Refused("not_held_back", number=request.number)
    since = allowance.since(request.client, units, ctx)
    left = units.p1 - ctx.used(request.client, since) - 1
    if left < 0:
        until = allowance.ends(units, ctx.now, ctx.rulebook.clients[request.client].zone)
        raise Refused("no_unit_left", number=request.number, until_at=until.isoformat())
    after = move(request, "priority", ctx, priority=Priority.P1, ration="taken", charged_at=ctx.now)
    return after, (ev.Raised(ctx.actor.person, left),)


def ask_exception(request: Request, command: do.AskException, ctx: Context) -> Simple:
    if request.ration not in allowance.HELD_BACK or request.ration == "asked":
        raise Refused("not_held_back", number=request.number)
    return replace(request, ration="asked"), (ev.ExceptionAsked(ctx.actor.person, command.text),)


def grant_exception(request: Request, command: do.GrantException, ctx: Context) -> Simple:
    _refuse_others(request, ctx)
    after = move(request, "priority", ctx, priority=Priority.P1, ration="granted")
    return after, (ev.ExceptionGranted(ctx.actor.person, command.text),)


def refuse_exception(request: Request, command: do.RefuseException, ctx: Context) -> Simple:
    _refuse_others(request, ctx)
    return replace(request, ration="refused"), (ev.ExceptionRefused(ctx.actor.person, command.text),)


def _refuse_others(request: Request, ctx: Context) -> None:
    """The lead of its team, or its manager. Raises Refused: `not_held_back`, `not_the_lead`."""
    if request.ration not in allowance.HELD_BACK:
        raise Refused("not_held_back", number=request.number)
    team = ctx.rulebook.teams[request.team]
    if ctx.actor.person not in (team.lead, team.manager):
        raise Refused("not_the_lead", number=request.number, by=team.lead or team.manager)
