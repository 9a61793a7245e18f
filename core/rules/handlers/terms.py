"""Other terms for an open request: another version of its agreement, another version of a calendar."""

from __future__ import annotations

from core import events as ev
from core.ask import commands as do
from core.model.request import Request
from core.rules import clocks, preview
from core.rules.context import Context
from core.rules.handlers.base import Simple


def apply_agreement(request: Request, command: do.ApplyAgreement, ctx: Context) -> Simple:
    """Another version from now on: what was measured and waited for so far counts under it (sla.md 4)."""
    after = preview.under_agreement(request, ctx.rulebook.agreements[command.agreement], ctx)
    moves = preview.moves(request, after, ctx)
    return after, (ev.AgreementApplied(ctx.actor.person, request.agreement, after.agreement, command.batch, moves),)


def remeasure(request: Request, command: do.Remeasure, ctx: Context) -> Simple:
    after = clocks.settled(request, ctx)
    return after, (ev.Remeasured("", command.batch, preview.moves(request, after, ctx)),)
