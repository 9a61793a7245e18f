"""What is decided of a request that is outside what was agreed: once, for a price, for good; or the team asks for it."""

from __future__ import annotations

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.events import Event
from core.model.request import SCOPE_OPEN, Request, Status
from core.rules import scope
from core.rules.context import Context
from core.rules.handlers import intake
from core.rules.handlers.base import Simple, begun, is_clients
from core.rules.transitions import move


def ask_scope(request: Request, command: do.AskScope, ctx: Context) -> Simple:
    if request.scope in SCOPE_OPEN:
        raise Refused("scope_asked", number=request.number, by=scope.deciders(request, ctx.rulebook)[0])
    after = scope.asked(request, command.text, ctx)
    return after, (ev.ScopeAsked(ctx.actor.person, "team", command.text),)


def accept_once(request: Request, command: do.AcceptOnce, ctx: Context) -> Simple:
    scope.refuse_others(request, ctx)
    return _done(request, "accepted", command.text, ev.ScopeAccepted(ctx.actor.person, command.text), ctx)


def add_to_catalogue(request: Request, command: do.AddToCatalogue, ctx: Context) -> Simple:
    """This one is done; that the next one be within is a wish in the register, for the administrator."""
    scope.refuse_others(request, ctx)
    return _done(request, "added", command.text, ev.ScopeAccepted(ctx.actor.person, "", command.text), ctx)


def quote(request: Request, command: do.Quote, ctx: Context) -> Simple:
    """A text of a person that reaches the client, and a question to them: it is waited for like any other."""
    scope.refuse_others(request, ctx)
    offered = scope.noted(_on(request, ctx), "quoted", command.text, ctx)
    after = move(begun(offered, ctx), "ask_client", ctx, waiting_for=command.text)
    return after, (ev.Quoted(ctx.actor.person, command.text, len(scope.quotes(after))),)


def accept_quote(request: Request, command: do.Accept, ctx: Context) -> Simple:
    text = _answered(request, command.quote, ctx)
    return _done(request, "agreed", text, ev.QuoteAccepted(ctx.actor.person, text), ctx)


def refuse_quote(request: Request, command: do.RefuseQuote, ctx: Context) -> Simple:
    """It goes back to its service owner: another quote, or a reason why not."""
    _answered(request, "", ctx)
    waits = request.status is Status.WAITING_CUSTOMER and not request.missing
    after = scope.noted(request, "refused", command.text, ctx)
    if waits:
        after = move(after, "client_answers", ctx, status=_worked_on(request))
    return after, (ev.QuoteRefused(ctx.actor.person, command.text),)


def _answered(request: Request, which: str, ctx: Context) -> str:
    """The quote that is answered. Raises Refused if there is none, if another stands meanwhile, or for staff."""
    if request.scope != "quoted":
        raise Refused("nothing_quoted", number=request.number)
    if not is_clients(request, ctx):
        raise Refused("right_missing", number=request.number)
    offered = scope.quotes(request)
    if which and which != str(len(offered)):
        raise Refused("quote_changed", number=request.number)
    return offered[-1].text


def _on(request: Request, ctx: Context) -> Request:
    """No longer waiting for the client's answer to a quote."""
    if request.status is not Status.WAITING_CUSTOMER or request.scope != "quoted" or request.missing:
        return request  # at intake it waits for more than that answer
    return move(request, "stop_waiting", ctx, status=_worked_on(request))


def _done(request: Request, what: str, text: str, event: Event, ctx: Context) -> Simple:
    """It will be done. What its item needs first was not asked for while that was open: it is now."""
    after = scope.settled(_on(request, ctx), what, text, ctx)
    if after.status in _ASKED_IN and not after.missing:
        after = intake.asked_anew(after, ctx.rulebook.items[after.item], ctx)
    return after, (event, *intake.opened(after, request, ctx))


_ASKED_IN = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS})


def _worked_on(request: Request) -> Status:
    return Status.IN_PROGRESS if request.assignee else Status.NEW
