"""What needs somebody else's word: an approval, and whatever only two persons together may do."""

from __future__ import annotations

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.parties import Role
from core.model.request import Pending, Priority, Request, Status
from core.rules import priority
from core.rules.context import Context
from core.rules.handlers.base import Simple
from core.rules.handlers.hands import prioritised
from core.rules.transitions import move


def ask_approval(request: Request, command: do.AskApproval, ctx: Context) -> Simple:
    """The clocks of the solution wait; the approver's own clock runs."""
    person = ctx.directory.find_person(command.person)
    if person is None or ctx.rulebook.people[person].client:
        raise Refused("person_unknown", word=command.person)
    if person == ctx.actor.person:
        raise Refused("second_person_needed", number=request.number)
    after = move(request, "approval_required", ctx, approver=person)
    return after, (ev.ApprovalAsked(ctx.actor.person, person, command.text),)


def approve(request: Request, _: do.Approve, ctx: Context) -> Simple:
    _refuse_others(request, ctx)
    status = Status.IN_PROGRESS if request.assignee else Status.NEW
    return move(request, "approval_granted", ctx, status=status), (ev.Approved(ctx.actor.person),)


def refuse_approval(request: Request, command: do.RefuseApproval, ctx: Context) -> Simple:
    _refuse_others(request, ctx)
    after = move(request, "approval_refused", ctx, resolution=command.text)
    return after, (ev.ApprovalRefused(ctx.actor.person, command.text),)


def _refuse_others(request: Request, ctx: Context) -> None:
    if ctx.actor.person != request.approver and ctx.actor.role is not Role.MANAGER:
        raise Refused("not_the_approver", number=request.number, by=request.approver)


def declare_force_majeure(request: Request, command: do.DeclareForceMajeure, ctx: Context) -> Simple:
    if request.force_majeure:
        raise Refused("already_paused", number=request.number)
    return _asked(request, "force_majeure", command.text, ctx)


def withdraw_agreement(request: Request, command: do.WithdrawAgreement, ctx: Context) -> Simple:
    return _asked(request, "agreement_withdrawn", command.text, ctx)


def _asked(request: Request, verb: str, reason: str, ctx: Context) -> Simple:
    asked = Pending(verb, ctx.actor.person, reason)
    return replace(request, pending=asked), (ev.ConfirmationAsked(asked.by, verb, reason),)


def confirm(request: Request, _: do.Confirm, ctx: Context) -> Simple:
    """The second person: never the one who asked."""
    asked, me = request.pending, ctx.actor.person
    if asked is None:
        raise Refused("nothing_to_confirm", number=request.number)
    if asked.by == me:
        raise Refused("second_person_needed", number=request.number)
    request = replace(request, pending=None)
    match asked.verb:
        case "priority":
            return prioritised(request, Priority(priority.LEVEL_OF[asked.level]), asked.reason, ctx)
        case "force_majeure":
            after = move(request, "force_majeure", ctx, force_majeure=asked.reason)
            return after, (ev.ForceMajeureDeclared(me, asked.reason, asked.by),)
        case _:
            after = move(request, "agreement_withdrawn", ctx)
            return after, (ev.AgreementWithdrawn(me, asked.reason, asked.by),)
