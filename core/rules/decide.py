"""The decision: a request, a command and the time in; a new request, what happened and who is to hear of it out.

Pure. Each handler tells what its command changes; `decide` moves the clocks' derived fields, counts the version and
asks routing. The writer may run a decision twice, so nothing here may depend on anything but its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.events import Event
from core.model import FINAL, Remark, Request
from core.rules import clocks, lifecycle, passing, rebuild, routing
from core.rules.context import UNDO_WITHIN, Context, Decision, Undoable
from core.rules.filing import open_request
from core.rules.handlers import HANDLERS, UNDOABLE


def decide(request: Request, command: Command, ctx: Context) -> Decision:
    """Carry out a command on a request that the actor named.

    Raises Refused with the reasons of `lifecycle.authorise` and of each handler.
    """
    if isinstance(command, do.TimeReached):
        return passing.time_reached(request, ctx)
    if isinstance(command, do.Rebuild):
        return rebuild.mended(request, ctx)
    lifecycle.authorise(ctx.actor, command, request, ctx.place)
    after, happened = HANDLERS[type(command)](request, command, ctx)
    after = clocks.settled(after, ctx)
    name = type(happened[0]).__name__ if happened else ""
    after = replace(
        after, version=request.version + 1, last_event=name, last_event_at=ctx.now, last_event_by=ctx.actor.person
    )
    undo = None
    if type(command) in UNDOABLE:
        undo = Undoable(ctx.actor.person, type(command).__name__, ctx.real + UNDO_WITHIN, after.version, request)
    return Decision(
        after, happened, tuple(routing.told(after, happened, ctx.directory, ctx.now)),
        remarks=tuple(_remarks(happened, ctx)), undoable=undo,
        withdrawn=isinstance(command, do.Undo) or after.status in FINAL,
    )  # fmt: skip


_REMARKS: Mapping[type[Event], str] = {
    ev.ClientWrote: "client", ev.Replied: "reply", ev.ClientAsked: "question", ev.Noted: "note",
    ev.Resolved: "solution", ev.Reopened: "reopening",
}  # fmt: skip


def _remarks(happened: Iterable[Event], ctx: Context) -> Iterable[Remark]:
    for event in happened:
        kind = _REMARKS.get(type(event))
        text = str(getattr(event, "text", ""))
        if kind and text:
            yield Remark(ctx.now, ctx.actor.person, kind, text)


__all__ = ["Context", "Decision", "Undoable", "decide", "open_request"]
