"""Reviews before delivery: who submits never reviews, each level has its clock, the last one delivers."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.parties import Role
from core.model.request import Request
from core.rulebook.values import Rulebook
from core.rules import ladder
from core.rules.context import Context
from core.rules.handlers.base import Simple, begun
from core.rules.handlers.ends import delivered
from core.rules.transitions import move


def levels(request: Request, rulebook: Rulebook) -> int:
    """How many reviews the deliverables of its service pass; whoever asks for one gets one."""
    return max(rulebook.items[request.item].review_levels, 1)


def submit_review(request: Request, command: do.SubmitReview, ctx: Context) -> Simple:
    me = ctx.actor.person
    after = move(
        begun(request, ctx), "submit_review", ctx, deliverable=command.text, submitted_by=me, review_level=1,
        assignee=request.assignee or me,
    )  # fmt: skip
    return after, (ev.ReviewAsked(me, 1, command.text),)


def pass_review(request: Request, _: do.PassReview, ctx: Context) -> Simple:
    """On to the next level; after the last one the deliverable is delivered."""
    _refuse_who_may_not(request, ctx)
    me, level = ctx.actor.person, request.review_level
    passed = move(request, "review_passes", ctx)
    happened = (ev.ReviewPassed(me, level),)
    if level < levels(request, ctx.rulebook):
        after = move(passed, "submit_review", ctx, review_level=level + 1)
        return after, (*happened, ev.ReviewAsked(request.submitted_by, level + 1))
    after, (resolved,) = delivered(passed, request.deliverable, ctx)
    return after, (*happened, resolved)


def fail_review(request: Request, command: do.FailReview, ctx: Context) -> Simple:
    _refuse_who_may_not(request, ctx)
    after = move(request, "review_fails", ctx)
    failed = ev.ReviewFailed(ctx.actor.person, request.review_level, command.text)
    return replace(after, rework=request.rework + 1), (failed,)


def _refuse_who_may_not(request: Request, ctx: Context) -> None:
    """Level 1 is any colleague, level 2 lead or service owner, level 3 the service owner; a manager any of them."""
    me = ctx.actor.person
    if me == request.submitted_by:
        raise Refused("own_work", number=request.number)
    asked = ladder.reviewer(request, request.review_level, ctx.directory)
    if asked and me not in (asked, request.owner) and ctx.actor.role is not Role.MANAGER:
        raise Refused("right_missing", number=request.number)
