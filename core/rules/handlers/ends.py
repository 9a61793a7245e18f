"""How a request ends, and begins again: resolved, accepted, reopened, declined, withdrawn, rated."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.events import Event
from core.model.request import SCOPE_OPEN, Request, Status
from core.rules import allowance, filing, scope
from core.rules.context import Context
from core.rules.handlers.base import Outcome, Simple, begun
from core.rules.handlers.scoping import accept_quote
from core.rules.transitions import move


def resolve(request: Request, command: do.Resolve, ctx: Context) -> Simple:
    """Raises Refused where something has to come first: what is missing, the reviews of its service, its scope."""
    if request.scope in SCOPE_OPEN:
        raise Refused("scope_open", number=request.number, by=scope.deciders(request, ctx.rulebook)[0])
    if request.missing:
        raise Refused("incomplete", number=request.number)
    if ctx.rulebook.items[request.item].review_levels:
        raise Refused("review_first", number=request.number)
    return delivered(request, command.text, ctx)


def delivered(request: Request, solution: str, ctx: Context) -> Simple:
    after = move(
        begun(request, ctx), "resolve", ctx, resolution=solution, resolved_at=ctx.now,
        assignee=request.assignee or ctx.actor.person,
    )  # fmt: skip
    return after, (ev.Resolved(ctx.actor.person, solution),)


def accept(request: Request, command: do.Accept, ctx: Context) -> Simple:
    """What was done; while a quote is open, the quote."""
    if request.scope == "quoted" or command.quote:
        return accept_quote(request, command, ctx)
    return move(request, "accept", ctx), (ev.Closed(ctx.actor.person, "accepted"),)


def reopen(request: Request, command: do.Reopen, ctx: Context) -> Outcome:
    """Inside the acceptance window a new cycle with the remainder; after it a follow-up request, linked (sla.md 7)."""
    window = next((t for t in reversed(request.timers) if t.metric == "acc"), None)
    limit = request.resolved_at or ctx.now
    if window is not None:
        limit = ctx.rulebook.calendars[window.calendar].add(request.resolved_at or ctx.now, window.goal)
    if ctx.now > limit:
        child = filing.follow_up(request, command.text, ctx)
        return request, (ev.FollowedUp(ctx.actor.person, child.request.number),), (child,)
    after = move(request, "reopen", ctx, reopened=request.reopened + 1)
    return after, (ev.Reopened(ctx.actor.person, command.text),)


def decline(request: Request, command: do.Decline, ctx: Context) -> Simple:
    """Out of scope. The reason is a human text that reaches the client; an open decision is its service owner's."""
    if request.scope in SCOPE_OPEN:
        scope.refuse_others(request, ctx)
    after = move(allowance.given_back(request), "decline", ctx, resolution=command.text, waiting_for="")
    after = scope.noted(after, "declined", command.text, ctx)
    return after, (ev.Declined(ctx.actor.person, command.text),)


def cancel(request: Request, _: do.Cancel, ctx: Context) -> Simple:
    untouched = request.status is Status.NEW and not request.assignee
    request = allowance.given_back(request) if untouched else request
    return withdrawn(request, ctx), (ev.Cancelled(ctx.actor.person),)


def withdrawn(request: Request, ctx: Context) -> Request:
    return move(request, "withdraw", ctx, waiting_for="")


def rate(request: Request, command: do.Rate, ctx: Context) -> Simple:
    """A rating of a resolved request accepts it."""
    stars = int(command.stars)
    happened: tuple[Event, ...] = (ev.Rated(ctx.actor.person, stars, command.comment),)
    after = replace(request, rating=stars)
    if request.status is Status.RESOLVED and stars >= 3:
        after, closed = accept(after, do.Accept(request.number), ctx)
        happened = (*happened, *closed)
    return after, happened
