"""In whose hands a request is, how grave it is, and what it says: take, assign, prioritise, snooze, edit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Fix, Refused
from core.model.parties import Role
from core.model.request import Pending, Priority, Request, Status
from core.rulebook.values import Item
from core.rules import allowance, finding, phrases, priority, scope, sla, spans
from core.rules.context import Context
from core.rules.filing import find_team
from core.rules.handlers import intake
from core.rules.handlers.base import Simple, team_calendar
from core.rules.handlers.urgency import grant_exception
from core.rules.menu import meant_for, on_offer
from core.rules.metrics import EFFECTS
from core.rules.transitions import move
from core.rules.wishes import wished

SNOOZE_LIMIT = timedelta(days=14)


def _acknowledged(request: Request, ctx: Context, **changed: Any) -> Request:
    """Who takes what is acknowledged already only changes hands: no clock moves (sla.md 4). At intake the state stays."""
    if request.missing:
        return move(request, "acknowledge", ctx, status=request.status, **changed)
    row = "acknowledge" if request.status is Status.NEW else "assign_person"
    return move(request, row, ctx, **changed)


def acknowledge(request: Request, _: do.Acknowledge, ctx: Context) -> Simple:
    unseen = any(t.metric == "ack" and t.is_active for t in request.timers) if request.missing else False
    if request.status is not Status.NEW and not unseen:
        raise Refused(
            "someone_was_faster",
            number=request.number,
            by=request.assignee or request.last_event_by,
            since_at=request.status_since.isoformat(),
        )
    return _acknowledged(request, ctx), (ev.Acknowledged(ctx.actor.person),)


def take(request: Request, _: do.Take, ctx: Context) -> Simple:
    me = ctx.actor.person
    if request.assignee == me and request.status is not Status.NEW:
        raise Refused("already_yours", number=request.number)
    if request.assignee not in ("", me) and ctx.actor.role is not Role.MANAGER:
        raise Refused(
            "someone_was_faster", number=request.number, by=request.assignee, since_at=request.status_since.isoformat()
        )  # fmt: skip
    return _acknowledged(request, ctx, assignee=me, snoozed_until=None), (ev.Assigned(me, me),)


def assign(request: Request, command: do.Assign, ctx: Context) -> Simple:
    person = ctx.directory.find_person(command.person)
    team = ctx.rulebook.teams[request.team]
    staff = {*team.members, team.lead, team.backup, team.manager, *team.duty}
    if person is None or person not in staff:
        raise Refused("person_unknown", word=command.person)
    if person == request.assignee:
        raise Refused("already_theirs", number=request.number, by=person)
    given = replace(request, assignee=person, snoozed_until=None)
    mine = person == ctx.actor.person
    after = _acknowledged(given, ctx) if mine else move(given, "assign_person", ctx)
    return after, (ev.Assigned(ctx.actor.person, person),)


def assign_group(request: Request, command: do.AssignGroup, ctx: Context) -> Simple:
    """Another team: ownership begins anew there, and nobody of it has it yet."""
    team = find_team(command.team, ctx.rulebook)
    if team is None:
        raise Refused("team_unknown", word=command.team)
    if team.id == request.team:
        raise Refused("already_there", number=request.number)
    after = move(request, "assign_group", ctx, team=team.id, assignee="", snoozed_until=None)
    return after, (ev.GroupAssigned(ctx.actor.person, team.id),)


def return_to_queue(request: Request, _: do.ReturnToQueue, ctx: Context) -> Simple:
    """Back to New; what was acknowledged stays so (rulings.md 5)."""
    if not request.assignee:
        raise Refused("nobody_has_it", number=request.number)
    worked_on = request.status in (Status.ACKNOWLEDGED, Status.IN_PROGRESS)
    status = Status.NEW if worked_on else request.status
    after = move(request, "assign_person", ctx, status=status, assignee="", snoozed_until=None)
    return after, (ev.ReturnedToQueue(ctx.actor.person),)


def start_work(request: Request, _: do.StartWork, ctx: Context) -> Simple:
    """What nobody had is in the hands of whoever starts."""
    after = move(request, "start_work", ctx, assignee=request.assignee or ctx.actor.person)
    return after, (ev.WorkStarted(ctx.actor.person),)


def set_priority(request: Request, command: do.SetPriority, ctx: Context) -> Simple:
    """Lower only with a second person once a promise is at risk: nobody escapes a breach by a press (sla.md 7)."""
    rank = Priority(priority.LEVEL_OF[command.level])
    if rank is request.priority and not request.reasons.proposed:
        raise Refused("priority_same", number=request.number, priority=int(rank))
    if rank is Priority.P1 and request.ration in allowance.HELD_BACK:
        if not command.reason:
            raise Refused("exception_reason", number=request.number)
        return grant_exception(request, do.GrantException(request.number, command.reason), ctx)
    if rank > request.priority and at_risk(request, ctx):
        if not command.reason:
            raise Refused("reason_needed", number=request.number)
        asked = Pending("priority", ctx.actor.person, command.reason, command.level)
        return replace(request, pending=asked), (ev.ConfirmationAsked(asked.by, asked.verb, asked.reason),)
    return prioritised(request, rank, command.reason, ctx)


def prioritised(request: Request, rank: Priority, reason: str, ctx: Context) -> Simple:
    """A P1 that the team lowers was none: its unit of the allowance goes back."""
    was = request.priority
    if rank is not Priority.P1:
        request = allowance.given_back(request) if request.charged_at else replace(request, ration="")
    reasons = replace(request.reasons, proposed=False, urgency_from="staff")
    pending = request.pending if request.pending and request.pending.verb != "priority" else None
    after = move(request, "priority", ctx, priority=rank, reasons=reasons, pending=pending)
    return after, (ev.PriorityChanged(ctx.actor.person, was, rank, reason),)


def at_risk(request: Request, ctx: Context) -> bool:
    """Whether three quarters of a goal that a priority sets are spent, or all of it."""
    calendars = ctx.rulebook.calendars
    return any(
        t.is_active and t.segments and t.metric in EFFECTS["priority"]
        and sla.share(t, calendars[t.calendar], ctx.now) >= sla.AT_RISK
        for t in request.timers
    )  # fmt: skip


def snooze(request: Request, command: do.Snooze, ctx: Context) -> Simple:
    """No clock changes; reminders to the assignee wait (rulings.md 5)."""
    meant, rest = phrases.leading(command.until, ctx.now, ctx.actor.zone, team_calendar(request, ctx))
    if meant is None or meant > ctx.now + SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.until)
    reason = command.reason or rest
    return replace(request, snoozed_until=meant), (ev.Snoozed(ctx.actor.person, meant, reason),)


def extend(request: Request, command: do.Extend, ctx: Context) -> Simple:
    span = spans.span_of(command.span)
    if span is None or not timedelta(0) < span <= SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.span)
    moved = tuple(replace(t, extended_by=t.extended_by + span) if t.is_active else t for t in request.timers)
    happened = ev.Extended(ctx.actor.person, int(span.total_seconds()), command.reason)
    return replace(request, timers=moved), (happened,)


_UNBEGUN = frozenset({Status.NEW, Status.ACKNOWLEDGED})


def edit(request: Request, command: do.EditRequest, ctx: Context) -> Simple:
    """Other words, or another line of the catalogue: then the clocks are those that it should have had."""
    item = finding.named(command.item, ctx.rulebook) if command.item else None
    if command.item and (item is None or not meant_for(item, ctx.rulebook.clients[request.client])):
        near = finding.nearest(command.item, on_offer(request.client, ctx.directory, ctx.now))
        tags = [finding.tag(item, ctx.actor.lang) for item in near]
        fixes = tuple(Fix(tag, f"/desk service {request.number} {tag}") for tag in tags)
        raise Refused("item_unknown", fixes, word=command.item)
    wished_at = _wished(request, command.due, ctx) if command.due else request.wished_at
    changed = replace(
        request, title=command.title or request.title, description=command.description or request.description,
        wished_at=wished_at,
    )  # fmt: skip
    if item is not None and item.id != request.item:
        private = changed.private or item.private
        moved_on = move(
            changed, "correct", ctx, item=item.id, team=item.team, owner=item.owner, private=private
        )  # fmt: skip
        changed = move(moved_on, "assign_group", ctx) if item.team != request.team else moved_on
        why = scope.outside(item, ctx.rulebook.agreements[request.agreement])
        if changed.at_intake or (changed.status in _UNBEGUN and not why):  # who works on it has what they need
            changed = intake.asked_anew(changed, item, ctx)
        after, happened = _rescoped(changed, why, item, ctx)
        return after, (*happened, *intake.opened(after, request, ctx))
    return changed, (ev.Edited(ctx.actor.person, changed.title, wished_at if command.due else None),)


def _wished(request: Request, phrase: str, ctx: Context) -> datetime:
    """Another date that the client asks for; what it could mean is asked."""
    calendar = ctx.rulebook.calendars[ctx.rulebook.agreements[request.agreement].calendar]
    return wished(phrase, calendar, ctx, lambda due: f"/request due {request.number} {due}")


def _rescoped(request: Request, why: str, item: Item, ctx: Context) -> Simple:
    """Under its new item it may be within what was agreed, or no longer be."""
    edited = ev.Edited(ctx.actor.person, request.title)
    if why and request.scope in ("", "covered") and request.is_open:
        return scope.asked(request, why, ctx), (edited, ev.ScopeAsked(ctx.actor.person, why))
    if not why and request.scope == "asked":
        return scope.settled(request, "covered", item.id, ctx), (edited, ev.ScopeCovered(ctx.actor.person, item.id))
    return request, (edited,)
