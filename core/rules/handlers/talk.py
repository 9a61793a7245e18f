"""Words between client and team, and what they do to the clocks."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import File, Request, Status
from core.rules import files
from core.rules.context import Context
from core.rules.handlers.base import Simple, begun, is_clients
from core.rules.transitions import move


def add_information(request: Request, command: do.AddInformation, ctx: Context) -> Simple:
    """What a client adds answers a question that is open; what staff adds for them does not (sla.md 8.9).

    It counts from when it was written, not from when it reached us: nobody is charged for the platform's delay.
    """
    if not is_clients(request, ctx):
        return note(request, do.Note(request.number, command.text, command.files), ctx)
    request = _with(request, command.files, ctx)
    text = files.named(command.text, command.files)
    answers = request.status is Status.WAITING_CUSTOMER and not request.missing
    after = request
    if answers:
        after = move(request, "client_answers", ctx, at=ctx.heard_at(request.status_since))
    elif request.is_open:
        after = move(request, "client_message", ctx, at=ctx.heard_at(request.last_event_at or request.opened_at))
    return after, (ev.ClientWrote(ctx.actor.person, text, answers, command.files),)


NUDGE_AGAIN = timedelta(hours=4)


def nudge(request: Request, _: do.Nudge, ctx: Context) -> Simple:
    recent = request.last_event == "Nudged" and request.last_event_at is not None
    if recent and request.last_event_at is not None and ctx.now - request.last_event_at < NUDGE_AGAIN:
        left = NUDGE_AGAIN - (ctx.now - request.last_event_at)
        raise Refused("nudged_already", number=request.number, wait=left)
    return request, (ev.Nudged(ctx.actor.person),)


def reply(request: Request, command: do.Reply, ctx: Context) -> Simple:
    """A human text that reaches the client: it stops the first response, and shows that work has begun."""
    request = _with(request, command.files, ctx)
    happened = (ev.Replied(ctx.actor.person, files.named(command.text, command.files)),)
    if not request.is_open:
        return request, happened
    status = Status.IN_PROGRESS if request.status in (Status.NEW, Status.ACKNOWLEDGED) else request.status
    assignee = request.assignee or ctx.actor.person
    return move(begun(request, ctx), "human_message", ctx, status=status, assignee=assignee), happened


def note(request: Request, command: do.Note, ctx: Context) -> Simple:
    after = _with(request, command.files, ctx, internal=True)
    return after, (ev.Noted(ctx.actor.person, files.named(command.text, command.files)),)


def _with(request: Request, came: tuple[File, ...], ctx: Context, *, internal: bool = False) -> Request:
    added = files.added(request, came, ctx.actor.person, ctx.now, internal=internal)
    return replace(request, files=added) if came else request


def no_reply_needed(request: Request, _: do.NoReplyNeeded, ctx: Context) -> Simple:
    """A goodbye keeps no clock running (sla.md 8.27)."""
    if not any(t.metric == "nrt" and t.is_active for t in request.timers):
        raise Refused("nothing_to_answer", number=request.number)
    return move(request, "no_reply_needed", ctx), (ev.ReplyWaived(ctx.actor.person),)


def ask_client(request: Request, command: do.AskClient, ctx: Context) -> Simple:
    if request.status is Status.WAITING_CUSTOMER:
        return reply(request, do.Reply(request.number, command.text), ctx)
    assignee = request.assignee or ctx.actor.person
    after = move(begun(request, ctx), "ask_client", ctx, waiting_for=command.text, assignee=assignee)
    return after, (ev.ClientAsked(ctx.actor.person, command.text),)
