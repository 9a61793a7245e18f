"""What each command changes: one function per command, and the table of them.

A handler tells the new state and what happened; `decide` has asked before whether the actor may, and settles the clocks
after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.errors import Refused
from core.events import Event
from core.model import ClockState, Priority, Request, Role, Status
from core.rules import clocks, phrases, preview, priority, sla
from core.rules.calendar import Calendar
from core.rules.context import Context
from core.rules.filing import find_item

SNOOZE_LIMIT = timedelta(days=14)

Outcome = tuple[Request, tuple[Event, ...]]
Handler = Callable[[Request, Any, Context], Outcome]


def _to(request: Request, status: Status, ctx: Context, **changed: Any) -> Request:
    since = request.status_since if status is request.status else ctx.now
    return replace(request, status=status, status_since=since, **changed)


def _working(status: Status) -> Status:
    """A request that is worked on; one that waits for the client goes on waiting."""
    return status if status is Status.WAITING_CUSTOMER else Status.ACKNOWLEDGED if status is Status.NEW else status


def _acknowledged(request: Request, ctx: Context) -> Request:
    """Who takes what is acknowledged already only changes hands: no clock moves (sla.md 4)."""
    return clocks.apply(request, "acknowledge" if request.status is Status.NEW else "assign_person", ctx)


def _begun(request: Request, ctx: Context) -> Request:
    """Whoever asks, answers or solves has taken notice and works on it."""
    return clocks.apply(request, "start_work", ctx)


def _is_clients(request: Request, ctx: Context) -> bool:
    """Whether the actor speaks as the client: a colleague who filed it does, too."""
    return not ctx.actor.is_staff or ctx.actor.person == request.requester


def acknowledge(request: Request, _: do.Acknowledge, ctx: Context) -> Outcome:
    if request.status is not Status.NEW:
        raise Refused("someone_was_faster", number=request.number, by=request.assignee or request.last_event_by)
    after = clocks.apply(request, "acknowledge", ctx)
    return _to(after, Status.ACKNOWLEDGED, ctx), (ev.Acknowledged(ctx.actor.person),)


def take(request: Request, _: do.Take, ctx: Context) -> Outcome:
    me = ctx.actor.person
    if request.assignee == me and request.status is not Status.NEW:
        raise Refused("already_yours", number=request.number)
    if request.assignee not in ("", me) and ctx.actor.role is not Role.MANAGER:
        raise Refused("someone_was_faster", number=request.number, by=request.assignee)
    after = _acknowledged(request, ctx)
    return _to(after, _working(request.status), ctx, assignee=me, snoozed_until=None), (ev.Assigned(me, me),)


def assign(request: Request, command: do.Assign, ctx: Context) -> Outcome:
    person = ctx.directory.find_person(command.person)
    team = ctx.rulebook.teams[request.team]
    staff = {*team.members, team.lead, team.backup, team.manager, *team.duty}
    if person is None or person not in staff:
        raise Refused("person_unknown", word=command.person)
    if person == request.assignee:
        raise Refused("already_theirs", number=request.number, by=person)
    after = clocks.apply(request, "assign_person", ctx)
    status = request.status
    if person == ctx.actor.person:
        after, status = _acknowledged(request, ctx), _working(status)
    return _to(after, status, ctx, assignee=person, snoozed_until=None), (ev.Assigned(ctx.actor.person, person),)


def return_to_queue(request: Request, _: do.ReturnToQueue, ctx: Context) -> Outcome:
    """Back to New; what was acknowledged stays so (rulings.md 5)."""
    if not request.assignee:
        raise Refused("nobody_has_it", number=request.number)
    status = Status.NEW if request.status in (Status.ACKNOWLEDGED, Status.IN_PROGRESS) else request.status
    return _to(request, status, ctx, assignee="", snoozed_until=None), (ev.ReturnedToQueue(ctx.actor.person),)


def set_priority(request: Request, command: do.SetPriority, ctx: Context) -> Outcome:
    level = command.level
    rank = Priority(priority.LEVEL_OF[level])
    if rank is request.priority and not request.reasons.proposed:
        raise Refused("priority_same", number=request.number, priority=int(rank))
    reasons = replace(request.reasons, proposed=False, urgency_from="staff")
    after = clocks.apply(replace(request, priority=rank, reasons=reasons), "priority", ctx)
    return after, (ev.PriorityChanged(ctx.actor.person, request.priority, rank, command.reason),)


def add_information(request: Request, command: do.AddInformation, ctx: Context) -> Outcome:
    """What a client adds answers a question that is open; what staff adds for them does not (sla.md 8.9)."""
    if not _is_clients(request, ctx):
        return note(request, do.Note(request.number, command.text), ctx)
    if request.status is Status.WAITING_CUSTOMER:
        after = clocks.apply(request, "client_answers", ctx)
        moved = _to(after, Status.IN_PROGRESS, ctx, waiting_for="")
        return moved, (ev.ClientWrote(ctx.actor.person, command.text, answered=True),)
    after = clocks.apply(request, "client_message", ctx) if request.is_open else request
    return after, (ev.ClientWrote(ctx.actor.person, command.text),)


def nudge(request: Request, _: do.Nudge, ctx: Context) -> Outcome:
    recent = request.last_event == "Nudged" and request.last_event_at is not None
    if recent and request.last_event_at is not None and ctx.now - request.last_event_at < timedelta(hours=4):
        raise Refused("nudged_already", number=request.number)
    return request, (ev.Nudged(ctx.actor.person),)


def reply(request: Request, command: do.Reply, ctx: Context) -> Outcome:
    """A human text that reaches the client: it stops the first response, and shows that work has begun."""
    after = clocks.apply(_begun(request, ctx), "human_reply", ctx) if request.is_open else request
    status = Status.IN_PROGRESS if request.status in (Status.NEW, Status.ACKNOWLEDGED) else request.status
    assignee = request.assignee or ctx.actor.person
    return _to(after, status, ctx, assignee=assignee), (ev.Replied(ctx.actor.person, command.text),)


def note(request: Request, command: do.Note, ctx: Context) -> Outcome:
    return request, (ev.Noted(ctx.actor.person, command.text),)


def ask_client(request: Request, command: do.AskClient, ctx: Context) -> Outcome:
    if request.status is Status.WAITING_CUSTOMER:
        return reply(request, do.Reply(request.number, command.text), ctx)
    after = clocks.apply(_begun(request, ctx), "ask_client", ctx, reason="waiting_customer")
    moved = _to(
        after, Status.WAITING_CUSTOMER, ctx, waiting_for=command.text, assignee=request.assignee or ctx.actor.person
    )
    return moved, (ev.ClientAsked(ctx.actor.person, command.text),)


def resume(request: Request, _: do.Resume, ctx: Context) -> Outcome:
    after = clocks.apply(request, "stop_waiting", ctx)
    return _to(after, Status.IN_PROGRESS, ctx, waiting_for=""), (ev.Resumed(ctx.actor.person),)


def snooze(request: Request, command: do.Snooze, ctx: Context) -> Outcome:
    """No clock changes; reminders to the assignee wait (rulings.md 5)."""
    meant = phrases.resolve(command.until, ctx.now, ctx.actor.zone, _team_calendar(request, ctx))
    if not isinstance(meant, datetime) or meant > ctx.now + SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.until)
    return replace(request, snoozed_until=meant), (ev.Snoozed(ctx.actor.person, meant),)


def extend(request: Request, command: do.Extend, ctx: Context) -> Outcome:
    span = phrases.span_of(command.span)
    if span is None or not timedelta(0) < span <= SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.span)
    moved = tuple(
        replace(t, extended_by=t.extended_by + span) if t.state in (ClockState.RUNNING, ClockState.PAUSED) else t
        for t in request.timers
    )
    happened = ev.Extended(ctx.actor.person, int(span.total_seconds()), command.reason)
    return replace(request, timers=moved), (happened,)


def resolve(request: Request, command: do.Resolve, ctx: Context) -> Outcome:
    waited = request.status is Status.WAITING_CUSTOMER
    begun = clocks.apply(request, "stop_waiting", ctx) if waited else _begun(request, ctx)
    after = clocks.apply(begun, "resolve", ctx)
    moved = _to(
        after, Status.RESOLVED, ctx, resolution=command.text, resolved_at=ctx.now, waiting_for="", snoozed_until=None,
        assignee=request.assignee or ctx.actor.person,
    )  # fmt: skip
    return moved, (ev.Resolved(ctx.actor.person, command.text),)


def accept(request: Request, _: do.Accept, ctx: Context) -> Outcome:
    after = clocks.apply(request, "accept", ctx)
    return _to(after, Status.CLOSED, ctx, closed_at=ctx.now), (ev.Closed(ctx.actor.person, "accepted"),)


def reopen(request: Request, command: do.Reopen, ctx: Context) -> Outcome:
    """Inside the acceptance window: a new cycle with the remainder. Outside it: a new request is asked for."""
    window = next((t for t in reversed(request.timers) if t.metric == "acc"), None)
    limit = request.resolved_at or ctx.now
    if window is not None:
        limit = ctx.rulebook.calendars[window.calendar].add(request.resolved_at or ctx.now, window.goal)
    if ctx.now > limit:
        raise Refused("window_over", number=request.number)
    after = clocks.apply(request, "reopen", ctx)
    moved = _to(
        after, Status.IN_PROGRESS, ctx, resolved_at=None, closed_at=None, rating=0, reopened=request.reopened + 1
    )
    return moved, (ev.Reopened(ctx.actor.person, command.text),)


def cancel(request: Request, _: do.Cancel, ctx: Context) -> Outcome:
    return _withdrawn(request, ctx), (ev.Cancelled(ctx.actor.person),)


def _withdrawn(request: Request, ctx: Context) -> Request:
    after = clocks.apply(request, "withdraw", ctx)
    return _to(after, Status.CANCELLED, ctx, closed_at=ctx.now, waiting_for="")


def rate(request: Request, command: do.Rate, ctx: Context) -> Outcome:
    """A rating of a resolved request accepts it."""
    stars = int(command.stars)
    happened: tuple[Event, ...] = (ev.Rated(ctx.actor.person, stars, command.comment),)
    after = replace(request, rating=stars)
    if request.status is Status.RESOLVED and stars >= 3:
        after, closed = accept(after, do.Accept(request.number), ctx)
        happened = (*happened, *closed)
    return after, happened


def edit(request: Request, command: do.EditRequest, ctx: Context) -> Outcome:
    item = find_item(command.item, ctx.rulebook) if command.item else None
    if command.item and item is None:
        raise Refused("item_unknown", word=command.item)
    changed = replace(
        request, title=command.title or request.title, description=command.description or request.description
    )
    if item is not None and item.id != request.item:
        moved = replace(
            changed, item=item.id, team=item.team, owner=item.owner, private=changed.private or item.private
        )
        changed = clocks.apply(moved, "priority", ctx)
        if item.team != request.team:
            changed = clocks.apply(changed, "assign_group", ctx)
    return changed, (ev.Edited(ctx.actor.person, changed.title),)


def undo(request: Request, _: do.Undo, ctx: Context) -> Outcome:
    """A compensating event: clocks and verdicts as before; the journal keeps both (rulings.md 5)."""
    last = ctx.undoable
    if last is None or last.by != ctx.actor.person or last.version != request.version:
        raise Refused("nothing_to_undo", number=request.number)
    if ctx.real > last.until:
        raise Refused("undo_too_late", number=request.number)
    if last.before is None:
        return _withdrawn(request, ctx), (ev.Cancelled(ctx.actor.person, undone=True),)
    before = {t.id: t for t in last.before.timers}
    timers = tuple(
        sla.restore(t, before[t.id], ctx.now) if t.id in before else sla.cancel(t, ctx.now) for t in request.timers
    )
    return replace(last.before, timers=timers), (ev.Undone(ctx.actor.person, last.verb),)


def apply_agreement(request: Request, command: do.ApplyAgreement, ctx: Context) -> Outcome:
    """Another version from now on: what was measured and waited for so far counts under it (sla.md 4)."""
    after = preview.under_agreement(request, ctx.rulebook.agreements[command.agreement], ctx)
    moves = preview.moves(request, after, ctx)
    return after, (ev.AgreementApplied(ctx.actor.person, request.agreement, after.agreement, command.batch, moves),)


def remeasure(request: Request, command: do.Remeasure, ctx: Context) -> Outcome:
    after = clocks.settled(request, ctx)
    return after, (ev.Remeasured("", command.batch, preview.moves(request, after, ctx)),)


def _team_calendar(request: Request, ctx: Context) -> Calendar:
    return ctx.rulebook.calendars[ctx.rulebook.teams[request.team].calendar]


#: The table: command -> what it changes.
HANDLERS: Mapping[type[Command], Handler] = {
    do.Acknowledge: acknowledge,
    do.Take: take,
    do.Assign: assign,
    do.ReturnToQueue: return_to_queue,
    do.SetPriority: set_priority,
    do.AddInformation: add_information,
    do.Nudge: nudge,
    do.Reply: reply,
    do.Note: note,
    do.AskClient: ask_client,
    do.Resume: resume,
    do.Snooze: snooze,
    do.Extend: extend,
    do.Resolve: resolve,
    do.Accept: accept,
    do.Reopen: reopen,
    do.Cancel: cancel,
    do.Rate: rate,
    do.EditRequest: edit,
    do.Undo: undo,
    do.ApplyAgreement: apply_agreement,
    do.Remeasure: remeasure,
}

UNDOABLE = frozenset(
    {do.Take, do.Acknowledge, do.Assign, do.ReturnToQueue, do.SetPriority, do.Resolve, do.Snooze, do.AskClient}
)
