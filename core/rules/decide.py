"""The decision: a request, a command and the time in; a new request, what happened and who is to hear of it out.

Pure. Each handler tells what its command changes; `decide` moves the clocks' derived fields, counts the version and
asks routing. The writer may run a decision twice, so nothing here may depend on anything but its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.events import Event
from core.model.request import FINAL, Remark, Request
from core.rules import clocks, followup, lifecycle, passing, rebuild, routing
from core.rules.context import UNDO_WITHIN, Context, Decision, Undoable
from core.rules.filing import open_request
from core.rules.handlers import HANDLERS, UNDOABLE, following


def decide(request: Request, command: Command, ctx: Context) -> Decision:
    """Carry out a command on a request that the actor named.

    Raises Refused with the reasons of `lifecycle.authorise` and of each handler.
    """
    if isinstance(command, do.TimeReached):
        return passing.time_reached(request, ctx)
    if isinstance(command, do.Rebuild):
        return rebuild.mended(request, ctx)
    lifecycle.authorise(ctx.actor, command, request, ctx.place)
    after, happened, *others = HANDLERS[type(command)](request, command, ctx)
    if type(command) not in _NO_NOTICE:
        after = following.acknowledged(after, ctx.actor.person)
    if not isinstance(command, do.Undo):  # it has put back whatever clock there was
        after = followup.followed(request, after, ctx)
    decision = _finished(Decision(after, happened, before=request), ctx)
    undo = None
    if type(command) in UNDOABLE:
        until = ctx.real + UNDO_WITHIN
        undo = Undoable(ctx.actor.person, type(command).__name__, until, decision.request.version, request)
    return replace(
        decision, undoable=undo, withdrawn=isinstance(command, do.Undo) or after.status in FINAL,
        also=tuple(_finished(other, ctx) for other in (others[0] if others else ())),
    )  # fmt: skip


#: After these the ladder shall go on to whoever gave them.
_NO_NOTICE = frozenset({do.Hold, do.Extend, do.Undo})


def _finished(decision: Decision, ctx: Context) -> Decision:
    """With the clocks settled, the version counted, and everybody told."""
    name = type(decision.events[0]).__name__ if decision.events else ""
    version = (decision.before.version if decision.before else 0) + 1
    after = replace(
        clocks.settled(decision.request, ctx), version=version, last_event=name, last_event_at=ctx.now,
        last_event_by=ctx.actor.person,
    )  # fmt: skip
    told = tuple(routing.told(after, decision.events, ctx.directory, ctx.now))
    return replace(decision, request=after, deliveries=told, remarks=tuple(_remarks(decision.events, ctx)))


#: event -> the kind of remark that its text becomes; a note stays inside the team
_REMARKS: Mapping[type[Event], str] = {
    ev.ClientWrote: "client", ev.Replied: "reply", ev.ClientAsked: "question", ev.Noted: "note",
    ev.Resolved: "solution", ev.Reopened: "reopening", ev.Declined: "reason", ev.ApprovalRefused: "reason",
    ev.Paused: "reason", ev.ForceMajeureDeclared: "reason", ev.AgreementWithdrawn: "note", ev.ApprovalAsked: "note",
    ev.HandedToSupplier: "note", ev.ReviewAsked: "note", ev.ReviewFailed: "note", ev.ConfirmationAsked: "note",
    ev.ScopeAsked: "note", ev.ExceptionAsked: "client", ev.ExceptionGranted: "reason", ev.ExceptionRefused: "reason",
    ev.Quoted: "quote", ev.QuoteRefused: "client", ev.ScopeAccepted: "reason",
}  # fmt: skip


def _remarks(happened: Iterable[Event], ctx: Context) -> Iterable[Remark]:
    for event in happened:
        kind = _REMARKS.get(type(event))
        text = str(getattr(event, "text", ""))
        if kind and text:
            yield Remark(ctx.now, ctx.actor.person, kind, text)


__all__ = ["Context", "Decision", "Undoable", "decide", "open_request"]
