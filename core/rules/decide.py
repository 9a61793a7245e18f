"""The decision: a request, a command and the time in; a new request, what happened and who is to hear of it out.

Pure. Each handler tells what its command changes; `decide` moves the clocks' derived fields, counts the version and asks
routing. The writer may run a decision twice, so nothing here may depend on anything but its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.errors import Fix, Refused
from core.events import Event
from core.model import (
    FINAL,
    Actor,
    Card,
    ClockState,
    Delivery,
    Destination,
    Firing,
    Place,
    Priority,
    Promise,
    Remark,
    Request,
    Role,
    Status,
    Timer,
    Verdict,
)
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Item, Rulebook, Target, in_lang
from core.rules import lifecycle, phrases, priority, routing, sla
from core.rules.metrics import EFFECTS

GRACE = timedelta(minutes=30)
UNDO_WITHIN = timedelta(seconds=60)
SNOOZE_LIMIT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Context:
    """What a decision may know. `now` is the desk's time, `real` the wall's; both aware and UTC."""

    directory: Directory
    now: datetime
    real: datetime
    actor: Actor
    place: Destination
    new_id: Callable[[], int]
    next_number: Callable[[str], str] = field(default=lambda prefix: f"{prefix}-0")
    undoable: Undoable | None = None

    @property
    def rulebook(self) -> Rulebook:
        return self.directory.rulebook


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last command on a request: who gave it, until when it may be taken back, and how it was before."""

    by: str
    verb: str
    until: datetime
    version: int
    before: Request | None


@dataclass(frozen=True, slots=True)
class Decision:
    """All that a command changes."""

    request: Request
    events: tuple[Event, ...]
    deliveries: tuple[Delivery, ...] = ()
    remarks: tuple[Remark, ...] = ()
    firings: tuple[Firing, ...] = ()
    undoable: Undoable | None = None
    withdrawn: bool = False  # notices that wait are taken back


Handler = Callable[[Request, Any, Context], tuple[Request, tuple[Event, ...]]]


def open_request(command: do.OpenRequest, ctx: Context) -> Decision:
    """File a request: its item, priority and promises, with the clocks started.

    Raises Refused: `place_unbound`, `client_needed`, `item_unknown`, `due_past`, `due_unclear`, `due_ambiguous`,
    `person_unknown`.
    """
    rulebook, actor = ctx.rulebook, ctx.actor
    client = _client_of(ctx)
    item = _item(command, ctx)
    agreement = rulebook.agreement_of(client)
    staff = actor.is_staff
    rank, reasons = priority.assess(
        f"{command.title}\n{command.description}", item, rulebook.cues, rulebook.matrix,
        level=command.level, impact=command.impact, staff=staff,
    )  # fmt: skip
    request = Request(
        id=ctx.new_id(), number=ctx.next_number(client), client=client, item=item.id, team=item.team,
        title=command.title, description=command.description, status=Status.NEW, status_since=ctx.now, priority=rank,
        reasons=reasons, requester=_requester(command, ctx), origin=ctx.place.address, lang=actor.lang,
        agreement=agreement.key, opened_at=ctx.now, owner=item.owner, private=command.private or item.private,
        wished_at=_wish(command, agreement, ctx),
    )  # fmt: skip
    request = _settled(_clocks(request, "submit", ctx), ctx)
    opened = ev.RequestOpened(
        by=actor.person, requester=request.requester, title=request.title, item=item.id, priority=rank,
        impact=reasons.impact, urgency=reasons.urgency, impact_from=reasons.impact_from,
        urgency_from=reasons.urgency_from, cues=reasons.cues, proposed=reasons.proposed, promises=promises(request, ctx),
        wished_at=request.wished_at,
    )  # fmt: skip
    request = replace(request, version=1, last_event="RequestOpened", last_event_at=ctx.now, last_event_by=actor.person)
    return Decision(
        request, (opened,), tuple(routing.cards(request, ctx.directory)),
        undoable=Undoable(actor.person, "OpenRequest", ctx.real + UNDO_WITHIN, 1, None),
    )  # fmt: skip


def decide(request: Request, command: Command, ctx: Context) -> Decision:
    """Carry out a command on a request that the actor named.

    Raises Refused with the reasons of `lifecycle.authorise` and of each handler.
    """
    if isinstance(command, do.TimeReached):
        return time_reached(request, ctx)
    lifecycle.authorise(ctx.actor, command, request, ctx.place)
    after, happened = HANDLERS[type(command)](request, command, ctx)
    after = _settled(after, ctx)
    name = type(happened[0]).__name__ if happened else ""
    after = replace(
        after, version=request.version + 1, last_event=name, last_event_at=ctx.now, last_event_by=ctx.actor.person
    )
    undo = None
    if type(command) in UNDOABLE:
        undo = Undoable(ctx.actor.person, type(command).__name__, ctx.real + UNDO_WITHIN, after.version, request)
    return Decision(
        after, happened, tuple(_deliveries(after, happened, ctx)), remarks=tuple(_remarks(happened, ctx)), undoable=undo,
        withdrawn=isinstance(command, do.Undo) or after.status in FINAL,
    )  # fmt: skip


def promises(request: Request, ctx: Context) -> tuple[Promise, ...]:
    """What was promised on the running clocks that face the client, the earliest first."""
    told = [t for t in request.timers if t.metric in ("frt", "ttr") and t.due_at is not None]
    calendars = ctx.rulebook.calendars
    return tuple(
        Promise(t.metric, t.target, t.due_at, not calendars[t.calendar].is_open(ctx.now))
        for t in sorted(told, key=lambda t: (t.metric, t.due_at or ctx.now))
        if t.due_at is not None
    )


def _deliveries(request: Request, happened: Iterable[Event], ctx: Context) -> Iterable[Delivery]:
    yield from routing.cards(request, ctx.directory)
    for n, event in enumerate(happened):
        yield from routing.notices(request, event, request.version * 10 + n, ctx.directory, ctx.now)


_REMARKS: dict[type[Event], str] = {
    ev.ClientWrote: "client", ev.Replied: "reply", ev.ClientAsked: "question", ev.Noted: "note", ev.Resolved: "solution",
    ev.Reopened: "reopening",
}  # fmt: skip


def _remarks(happened: Iterable[Event], ctx: Context) -> Iterable[Remark]:
    for event in happened:
        kind = _REMARKS.get(type(event))
        text = str(getattr(event, "text", ""))
        if kind and text:
            yield Remark(ctx.now, ctx.actor.person, kind, text)


# ---- filing: resolving what was named


def _client_of(ctx: Context) -> str:
    actor, place = ctx.actor, ctx.place
    if actor.role is Role.UNKNOWN or (place.place is Place.UNBOUND and not actor.is_staff and not actor.client):
        raise Refused("place_unbound")
    if place.place is Place.CLIENT and (actor.is_staff or actor.client == place.subject):
        return place.subject
    if actor.client and place.place in (Place.DIRECT, Place.UNBOUND):
        return actor.client
    inside = [c.id for c in ctx.rulebook.clients.values() if c.kind == "internal"]
    if actor.is_staff and inside:
        return inside[0]
    raise Refused("client_needed")


def _item(command: do.OpenRequest, ctx: Context) -> Item:
    items = ctx.rulebook.items
    if not command.item:
        return next(item for item in items.values() if item.default)
    found = find_item(command.item, ctx.rulebook)
    if found is not None:
        return found
    near = nearest_items(command.item, ctx.rulebook, ctx.actor.lang)
    raise Refused("item_unknown", tuple(Fix(name, _swap(command, f"#{name}")) for name in near), word=command.item)


def _swap(command: do.OpenRequest, service: str) -> str:
    return f"/request {command.original.replace(f'#{command.item}', service).replace(f'＃{command.item}', service)}"


def find_item(word: str, rulebook: Rulebook) -> Item | None:
    """The line of the catalogue that a word names, by id, name or alias."""
    folded = phrases.fold(word)
    for item in rulebook.items.values():
        if folded in {phrases.fold(w) for w in (item.id, *item.name.values(), *item.aliases)}:
            return item
    return None


def nearest_items(word: str, rulebook: Rulebook, lang: str, limit: int = 3) -> list[str]:
    """The names that come nearest: by spelling, or by sharing a character where a word is Chinese."""
    from difflib import SequenceMatcher

    def likeness(item: Item) -> float:
        return max(
            SequenceMatcher(None, phrases.fold(word), phrases.fold(w)).ratio()
            for w in (item.id, *item.name.values(), *item.aliases)
        )

    ranked = sorted(rulebook.items.values(), key=likeness, reverse=True)
    return [in_lang(item.name, lang).replace(" ", "-") if False else _tag(item, lang) for item in ranked[:limit]]


def _tag(item: Item, lang: str) -> str:
    """A word for the item that can follow `#`: a name without spaces, else an alias, else the id."""
    name = in_lang(item.name, lang)
    return name if " " not in name else next((a for a in item.aliases if " " not in a and a.isascii()), item.id)


def _requester(command: do.OpenRequest, ctx: Context) -> str:
    if not command.requester:
        return ctx.actor.person
    found = ctx.directory.find_person(command.requester)
    if found is None:
        raise Refused("person_unknown", word=command.requester)
    return found


def _wish(command: do.OpenRequest, agreement: Agreement, ctx: Context) -> datetime | None:
    if not command.due:
        return None
    calendar = ctx.rulebook.calendars[agreement.calendar]
    meant = phrases.resolve(command.due, ctx.now, ctx.actor.zone, calendar)
    if isinstance(meant, datetime):
        return meant
    if meant.options:
        raise Refused("due_ambiguous", _dated(command, meant.options, ctx), phrase=command.due)
    if meant.past is not None:
        raise Refused("due_past", phrase=command.due, past_at=meant.past.isoformat())
    raise Refused("due_unclear", phrase=command.due)


def _dated(command: do.OpenRequest, options: tuple[datetime, ...], ctx: Context) -> tuple[Fix, ...]:
    from zoneinfo import ZoneInfo

    level = f" !{command.level}" if command.level else ""
    item = f" #{command.item}" if command.item else ""
    private = " ~private" if command.private else ""
    body = "\n".join(part for part in (command.title, command.description) if part)
    head, _, rest = body.partition("\n")
    stamps = [at.astimezone(ZoneInfo(ctx.actor.zone)).strftime("%Y-%m-%dT%H:%M") for at in options]
    return tuple(
        Fix(f"@{at.isoformat()}", f"/request {head}{level}{item}{private} due:{stamp}" + (f"\n{rest}" if rest else ""))
        for at, stamp in zip(options, stamps, strict=True)
    )


# ---- clocks


def _target(timer: Timer, agreement: Agreement) -> Target | None:
    return next((t for t in agreement.targets if t.id == timer.target), None)


def _clocks(request: Request, transition: str, ctx: Context, reason: str = "") -> Request:
    """Apply a row of the transition table: stops before pauses, so that a reply that also waits is met (sla.md 8.8)."""
    effects = EFFECTS[transition]
    agreement = ctx.rulebook.agreements[request.agreement]
    timers = tuple(_moved(t, effects.get(t.metric, ""), request, agreement, ctx, reason) for t in request.timers)
    fresh = [
        timer for timer, new in zip(request.timers, timers, strict=True) for timer in _renewed(timer, new, effects, ctx)
    ]
    started = [
        sla.start(ctx.new_id(), target, _goal(target, request.priority), ctx.now)
        for target in _targets(agreement)
        if effects.get(target.metric) == "S" and not _idle(target.metric, timers)
    ]
    return replace(request, timers=(*timers, *fresh, *started))


def _targets(agreement: Agreement) -> tuple[Target, ...]:
    """The agreement's targets with the acceptance window, which is a clock like the others."""
    window = Target("acceptance", "acc", dict.fromkeys(Priority, agreement.acceptance), agreement.calendar, "")
    return (*agreement.targets, window)


def _goal(target: Target, rank: Priority) -> timedelta:
    return target.goals[rank]


def _idle(metric: str, timers: tuple[Timer, ...]) -> bool:
    """A clock that runs is not started again; the next response never before the first (sla.md 8.7)."""
    active = {t.metric for t in timers if t.state in (ClockState.RUNNING, ClockState.PAUSED)}
    return metric in active or (metric == "nrt" and "frt" in active)


def _moved(timer: Timer, effect: str, request: Request, agreement: Agreement, ctx: Context, reason: str) -> Timer:
    calendar = ctx.rulebook.calendars[timer.calendar]
    match effect:
        case "X" | "N" if timer.state in (ClockState.RUNNING, ClockState.PAUSED):
            return sla.stop(timer, ctx.now, calendar)
        case "P":
            return sla.pause(timer, ctx.now, reason)
        case "R":
            return sla.resume(timer, ctx.now)
        case "C":
            return sla.cancel(timer, ctx.now)
        case "K":
            return sla.carry_on(timer, ctx.now)
        case "T":
            target = _target(timer, agreement)
            if target is None:
                return timer
            to = ctx.rulebook.calendars[target.calendar]
            return sla.retarget(timer, target, _goal(target, request.priority), ctx.now, GRACE, to)
        case _:
            return timer


def _renewed(was: Timer, now: Timer, effects: dict[str, str] | Any, ctx: Context) -> Iterable[Timer]:
    """The next cycle of a clock that carries its remainder; only of its latest cycle."""
    if effects.get(was.metric) == "N" and was.state in (ClockState.RUNNING, ClockState.STOPPED, ClockState.PAUSED):
        yield sla.again(now, ctx.new_id(), ctx.now, GRACE, ctx.rulebook.calendars[was.calendar])


def _settled(request: Request, ctx: Context) -> Request:
    return replace(request, timers=tuple(sla.settle(t, ruler(t, request, ctx.rulebook)) for t in request.timers))


def ruler(timer: Timer, request: Request, rulebook: Rulebook) -> sla.Ruler:
    """What this timer is measured with; repeats run in the working time of its team (rulings.md 4)."""
    return sla.Ruler.of(timer, rulebook.ladders, rulebook.calendars, rulebook.teams[request.team].calendar)


# ---- time


def time_reached(request: Request, ctx: Context) -> Decision:
    """Record every checkpoint that was reached, speak the gravest per clock, and stamp breaches when they were due."""
    timers: list[Timer] = []
    firings: list[Firing] = []
    spoken: list[tuple[ev.Reached, sla.Checkpoint, Timer]] = []
    governing = {t.metric: sla.governing(request.timers, t.metric) for t in request.timers}
    closing = False
    for timer in request.timers:
        crossed = sla.reached(timer, ruler(timer, request, ctx.rulebook), ctx.now)
        firings += [Firing(timer.id, timer.cycle, c.step.id, c.repeat, c.at) for c in crossed]
        fired = timer.fired | {(c.step.id, c.repeat) for c in crossed}
        late = timer.state is ClockState.RUNNING and timer.due_at is not None and timer.due_at <= ctx.now
        if timer.metric == "acc":
            closing = closing or late
        elif crossed and governing[timer.metric] is timer:
            spoken.append((_said(timer, crossed), crossed[-1], timer))
        if late and timer.verdict is None:
            timer = replace(timer, breached_at=timer.due_at, verdict=Verdict.MISSED)
        timers.append(replace(timer, fired=fired))
    after = replace(request, timers=tuple(timers))
    happened: tuple[Event, ...] = tuple(said for said, _, _ in spoken)
    if closing:
        after = replace(_clocks(after, "accept", ctx), status=Status.CLOSED, status_since=ctx.now, closed_at=ctx.now)
        happened = (*happened, ev.Closed(by="", how="window"))
    after = _settled(after, ctx)
    if not happened and not firings:
        return Decision(after, ())
    after = replace(after, version=request.version + 1)
    if happened:
        after = replace(after, last_event=type(happened[-1]).__name__, last_event_at=ctx.now, last_event_by="")
    told = [n for said, checkpoint, timer in spoken for n in _told(after, said, checkpoint, timer, ctx)]
    return Decision(after, happened, (*_deliveries(after, happened, ctx), *told), firings=tuple(firings))


def _said(timer: Timer, crossed: list[sla.Checkpoint]) -> ev.Reached:
    gravest = crossed[-1]
    past_goal = gravest.step.percent >= 100
    kind = "reminder" if not past_goal else "escalation" if gravest.step.after or gravest.repeat else "breach"
    due = timer.due_at or gravest.at
    return ev.Reached(
        kind, timer.metric, timer.target, gravest.step.id, gravest.repeat, gravest.step.percent, due, gravest.at,
        len(crossed) - 1,
    )  # fmt: skip


def _told(
    request: Request, said: ev.Reached, checkpoint: sla.Checkpoint, timer: Timer, ctx: Context
) -> Iterable[Delivery]:
    step = checkpoint.step
    people = routing.audience(request, step.who, step.instead, ctx.directory)
    key = f"{timer.id}:{timer.cycle}:{step.id}:{checkpoint.repeat}"
    return routing.firings(request, said, key, people, step.important, ctx.directory)


# ---- handlers: what each command changes


def _to(request: Request, status: Status, ctx: Context, **changed: Any) -> Request:
    since = request.status_since if status is request.status else ctx.now
    return replace(request, status=status, status_since=since, **changed)


def _working(status: Status) -> Status:
    """A request that is worked on; one that waits for the client goes on waiting."""
    return status if status is Status.WAITING_CUSTOMER else Status.ACKNOWLEDGED if status is Status.NEW else status


def acknowledge(request: Request, command: do.Acknowledge, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    if request.status is not Status.NEW:
        raise Refused("someone_was_faster", number=request.number, by=request.assignee or request.last_event_by)
    after = _clocks(request, "acknowledge", ctx)
    return _to(after, Status.ACKNOWLEDGED, ctx), (ev.Acknowledged(ctx.actor.person),)


def take(request: Request, command: do.Take, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    me = ctx.actor.person
    if request.assignee == me:
        raise Refused("already_yours", number=request.number)
    if request.assignee and ctx.actor.role is not Role.MANAGER:
        raise Refused("someone_was_faster", number=request.number, by=request.assignee)
    after = _clocks(request, "acknowledge", ctx)
    return _to(after, _working(request.status), ctx, assignee=me, snoozed_until=None), (ev.Assigned(me, me),)


def assign(request: Request, command: do.Assign, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    person = ctx.directory.find_person(command.person)
    team = ctx.rulebook.teams[request.team]
    staff = {*team.members, team.lead, team.backup, team.manager, *team.duty}
    if person is None or person not in staff:
        raise Refused("person_unknown", word=command.person)
    if person == request.assignee:
        raise Refused("already_theirs", number=request.number, by=person)
    after = _clocks(request, "assign_person", ctx)
    status = request.status
    if person == ctx.actor.person:
        after, status = _clocks(request, "acknowledge", ctx), _working(status)
    return _to(after, status, ctx, assignee=person, snoozed_until=None), (ev.Assigned(ctx.actor.person, person),)


def return_to_queue(request: Request, command: do.ReturnToQueue, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """Back to New; what was acknowledged stays so (rulings.md 5)."""
    if not request.assignee:
        raise Refused("nobody_has_it", number=request.number)
    status = Status.NEW if request.status in (Status.ACKNOWLEDGED, Status.IN_PROGRESS) else request.status
    return _to(request, status, ctx, assignee="", snoozed_until=None), (ev.ReturnedToQueue(ctx.actor.person),)


def set_priority(request: Request, command: do.SetPriority, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    level = command.level
    rank = Priority(priority.LEVEL_OF[level])
    if rank is request.priority and not request.reasons.proposed:
        raise Refused("priority_same", number=request.number, priority=int(rank))
    reasons = replace(request.reasons, proposed=False, urgency_from="staff")
    after = _clocks(replace(request, priority=rank, reasons=reasons), "priority", ctx)
    return after, (ev.PriorityChanged(ctx.actor.person, request.priority, rank, command.reason),)


def add_information(request: Request, command: do.AddInformation, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """What a client adds answers a question that is open; what staff adds for them does not (sla.md 8.9)."""
    if ctx.actor.is_staff:
        return note(request, do.Note(request.number, command.text), ctx)
    if request.status is Status.WAITING_CUSTOMER:
        after = _clocks(request, "client_answers", ctx)
        moved = _to(after, Status.IN_PROGRESS, ctx, waiting_for="")
        return moved, (ev.ClientWrote(ctx.actor.person, command.text, answered=True),)
    return _clocks(request, "client_message", ctx), (ev.ClientWrote(ctx.actor.person, command.text),)


def nudge(request: Request, command: do.Nudge, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    recent = request.last_event == "Nudged" and request.last_event_at is not None
    if recent and request.last_event_at is not None and ctx.now - request.last_event_at < timedelta(hours=4):
        raise Refused("nudged_already", number=request.number)
    return request, (ev.Nudged(ctx.actor.person),)


def reply(request: Request, command: do.Reply, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """A human text that reaches the client: it stops the first response, and shows that work has begun."""
    after = _clocks(_clocks(request, "start_work", ctx), "human_reply", ctx)
    status = Status.IN_PROGRESS if request.status in (Status.NEW, Status.ACKNOWLEDGED) else request.status
    assignee = request.assignee or ctx.actor.person
    return _to(after, status, ctx, assignee=assignee), (ev.Replied(ctx.actor.person, command.text),)


def note(request: Request, command: do.Note, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    return request, (ev.Noted(ctx.actor.person, command.text),)


def ask_client(request: Request, command: do.AskClient, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    if request.status is Status.WAITING_CUSTOMER:
        return reply(request, do.Reply(request.number, command.text), ctx)
    after = _clocks(request, "ask_client", ctx, reason="waiting_customer")
    moved = _to(
        after, Status.WAITING_CUSTOMER, ctx, waiting_for=command.text, assignee=request.assignee or ctx.actor.person
    )
    return moved, (ev.ClientAsked(ctx.actor.person, command.text),)


def resume(request: Request, command: do.Resume, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    after = _clocks(request, "stop_waiting", ctx)
    return _to(after, Status.IN_PROGRESS, ctx, waiting_for=""), (ev.Resumed(ctx.actor.person),)


def snooze(request: Request, command: do.Snooze, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """No clock changes; reminders to the assignee wait (rulings.md 5)."""
    meant = phrases.resolve(command.until, ctx.now, ctx.actor.zone, _team_calendar(request, ctx))
    if not isinstance(meant, datetime) or meant > ctx.now + SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.until)
    return replace(request, snoozed_until=meant), (ev.Snoozed(ctx.actor.person, meant),)


def extend(request: Request, command: do.Extend, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    span = phrases.span_of(command.span)
    if span is None or not timedelta(0) < span <= SNOOZE_LIMIT:
        raise Refused("time_unclear", phrase=command.span)
    moved = tuple(
        replace(t, extended_by=t.extended_by + span) if t.state is ClockState.RUNNING else t for t in request.timers
    )
    happened = ev.Extended(ctx.actor.person, int(span.total_seconds()), command.reason)
    return replace(request, timers=moved), (happened,)


def resolve(request: Request, command: do.Resolve, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    after = _clocks(request, "resolve", ctx)
    moved = _to(
        after, Status.RESOLVED, ctx, resolution=command.text, resolved_at=ctx.now, waiting_for="", snoozed_until=None,
        assignee=request.assignee or ctx.actor.person,
    )  # fmt: skip
    return moved, (ev.Resolved(ctx.actor.person, command.text),)


def accept(request: Request, command: do.Accept, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    after = _clocks(request, "accept", ctx)
    return _to(after, Status.CLOSED, ctx, closed_at=ctx.now), (ev.Closed(ctx.actor.person, "accepted"),)


def reopen(request: Request, command: do.Reopen, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """Inside the acceptance window: a new cycle with the remainder. Outside it: a new request is asked for."""
    window = next((t for t in reversed(request.timers) if t.metric == "acc"), None)
    limit = request.resolved_at or ctx.now
    if window is not None:
        limit = ctx.rulebook.calendars[window.calendar].add(request.resolved_at or ctx.now, window.goal)
    if ctx.now > limit:
        raise Refused("window_over", number=request.number)
    after = _clocks(request, "reopen", ctx)
    moved = _to(
        after, Status.IN_PROGRESS, ctx, resolved_at=None, closed_at=None, rating=0, reopened=request.reopened + 1
    )
    return moved, (ev.Reopened(ctx.actor.person, command.text),)


def cancel(request: Request, command: do.Cancel, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    return _withdrawn(request, ctx), (ev.Cancelled(ctx.actor.person),)


def _withdrawn(request: Request, ctx: Context) -> Request:
    after = _clocks(request, "withdraw", ctx)
    return _to(after, Status.CANCELLED, ctx, closed_at=ctx.now, waiting_for="")


def rate(request: Request, command: do.Rate, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    """A rating of a resolved request accepts it."""
    stars = int(command.stars)
    happened: tuple[Event, ...] = (ev.Rated(ctx.actor.person, stars, command.comment),)
    after = replace(request, rating=stars)
    if request.status is Status.RESOLVED and stars >= 3:
        after, closed = accept(after, do.Accept(request.number), ctx)
        happened = (*happened, *closed)
    return after, happened


def edit(request: Request, command: do.EditRequest, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
    item = find_item(command.item, ctx.rulebook) if command.item else None
    changed = replace(
        request, title=command.title or request.title, description=command.description or request.description
    )
    if item is not None and item.id != request.item:
        changed = _clocks(replace(changed, item=item.id, team=item.team, owner=item.owner), "priority", ctx)
    return changed, (ev.Edited(ctx.actor.person, changed.title),)


def undo(request: Request, command: do.Undo, ctx: Context) -> tuple[Request, tuple[Event, ...]]:
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


def _team_calendar(request: Request, ctx: Context) -> Any:
    return ctx.rulebook.calendars[ctx.rulebook.teams[request.team].calendar]


HANDLERS: dict[type[Command], Handler] = {
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
}

UNDOABLE = frozenset(
    {do.Take, do.Acknowledge, do.Assign, do.ReturnToQueue, do.SetPriority, do.Resolve, do.Snooze, do.AskClient}
)

__all__ = ["Card", "Context", "Decision", "Undoable", "decide", "find_item", "open_request", "promises", "ruler"]
