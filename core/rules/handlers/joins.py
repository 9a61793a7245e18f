"""Commands that change more than one request: merge and split. All of them in one commit (rulings.md 20)."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Follower, Request
from core.rules import allowance, clocks, filing, joining, routing
from core.rules.context import Context, Decision
from core.rules.handlers import ends
from core.rules.handlers.base import Outcome
from core.rules.transitions import move


def merge(request: Request, _: do.Merge, ctx: Context) -> Outcome:
    """B goes into A: A keeps the earliest start and due, B's clocks are cancelled with it. One client only."""
    into = ctx.other
    if into is None or into.id == request.id or into.client != request.client or not into.is_open:
        raise Refused("merge_unfit", number=request.number, other=into.number if into else "")
    kept = joining.merged(into, request, ctx)
    absorbed = ev.Absorbed(ctx.actor.person, request.number, request.title)
    gone = move(allowance.given_back(request), "merge", ctx, merged_into=into.number, waiting_for="")
    firings = joining.inherited(kept, into, ctx.now)
    return (
        gone,
        (ev.Merged(ctx.actor.person, into.number),),
        (Decision(kept, (absorbed,), firings=firings, before=into),),
    )


def same_as(request: Request, _: do.SameAs, ctx: Context) -> Outcome:
    """The client's own merge: theirs is withdrawn, and they wait for the other one, of the same client."""
    into = ctx.other
    if into is None or into.id == request.id or into.client != request.client or not into.is_open:
        raise Refused("merge_unfit", number=request.number, other=into.number if into else "")
    gone, happened = ends.cancel(request, do.Cancel(request.number), ctx)
    followed = (ev.Followed(ctx.actor.person, request.number),)
    also = (Decision(followed_by(into, ctx), followed, before=into),)
    return replace(gone, merged_into=into.number), happened, also


def follow(request: Request, _: do.Follow, ctx: Context) -> Outcome:
    after = followed_by(request, ctx)
    return after, (ev.Followed(ctx.actor.person),) if after is not request else ()


def unfollow(request: Request, _: do.Unfollow, ctx: Context) -> Outcome:
    left = tuple(one for one in request.followers if one.person != ctx.actor.person)
    return replace(request, followers=left), (ev.Unfollowed(ctx.actor.person),) if left != request.followers else ()


def followed_by(request: Request, ctx: Context) -> Request:
    """With the actor among those who wait; in its own chat they hear of it there, else alone."""
    person = ctx.actor.person
    if person == request.requester or any(one.person == person for one in request.followers):
        return request
    here = any(place.address == ctx.place.address for place in routing.client_places(request, ctx.directory))
    return replace(request, followers=(*request.followers, Follower(person, alone=not here)))


def split(request: Request, command: do.Split, ctx: Context) -> Outcome:
    """A part becomes a request of its own: it inherits start, pauses and what was answered; ownership begins anew."""
    child = replace(
        request, id=ctx.new_id(), number=ctx.next_number(request.client), title=command.text, description="",
        follows=request.number, status_since=ctx.now, assignee="", version=0, reopened=0, offered_at=None,
        pending=None, ration="", charged_at=None, timers=joining.copied(request, ctx),
    )  # fmt: skip
    child = clocks.apply(child, "split", ctx)
    opened = filing.opened(child, ctx)
    happened = ev.SplitOff(ctx.actor.person, child.number, child.title)
    firings = joining.inherited(child, None, ctx.now)
    return request, (happened,), (Decision(child, (opened,), firings=firings),)
