"""Filing: whose request it is, what is asked for, how grave it is, and what is promised at once."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask.folding import fold, fold_known
from core.ask.marks import written
from core.errors import Fix, Refused
from core.model.parties import Actor, Destination, Place, Role
from core.model.request import Attached, Priority, Promise, Request, Status
from core.rulebook.values import Agreement, Item, Rulebook, Team, in_lang
from core.rules import allowance, clocks, criteria, details, finding, menu, priority, routing, scope, wishes
from core.rules.context import Context, Decision, Undoable
from core.rules.transitions import move


def open_request(command: do.OpenRequest, ctx: Context) -> Decision:
    """File a request: its item, priority and promises, with the clocks started.

    Raises Refused: `place_unbound`, `client_needed`, `item_unknown`, `due_past`, `due_unclear`, `due_ambiguous`,
    `requester_unknown`, and those of `details.read`.
    """
    rulebook, actor = ctx.rulebook, ctx.actor
    client = client_of(actor, ctx.place, rulebook)
    item, other = _item(command, client, ctx)
    agreement = ctx.directory.agreement_of(client, ctx.now)
    why = scope.outside(item, agreement, other=other)
    wished_at = _wish(command, agreement, ctx)
    rank, reasons = priority.assess(
        f"{command.title}\n{command.description}", item, rulebook.cues, rulebook.matrix,
        priority.Stated(
            command.level, command.impact, wished_at, actor.is_staff,
            criteria.weighed(dict(command.facts), item, rulebook) if command.facts else criteria.NOTHING,
        ),
        ctx.now.astimezone(ZoneInfo(actor.zone)),
    )  # fmt: skip
    ration, left = "", 0
    if rank is Priority.P1 and agreement.allowance is not None and not (actor.is_staff and command.level == "p1"):
        rank, ration, left = allowance.rationed(client, agreement, reasons, ctx)
    by = actor.person
    answers = _answers(command, item, agreement, ctx) if item.details else {}
    missing = () if why else (*(one.id for one in item.prerequisites), *details.unanswered(item, answers))
    # Where something has to be there first it waits at intake: the clocks of the response run, the solution's does not.
    timers = () if missing else clocks.begun(agreement, rank, item.team, ctx)
    request = Request(
        id=ctx.new_id(), number=ctx.next_number(client), client=client, item=item.id, team=item.team,
        title=command.title, description=command.description, status=Status.NEW, status_since=ctx.now, priority=rank,
        reasons=reasons, requester=_requester(command, client, ctx), origin=ctx.place.address, lang=actor.lang,
        agreement=agreement.key, opened_at=ctx.now, owner=item.owner, private=command.private or item.private,
        wished_at=wished_at, version=1, follows=ctx.other.number if ctx.other else "",
        last_event="RequestOpened", last_event_at=ctx.now,
        last_event_by=by, timers=timers, ration=ration, charged_at=ctx.now if ration == "taken" else None,
        details=answers, files=tuple(Attached(file, by, ctx.now) for file in command.files),
    )  # fmt: skip
    if why:
        return _outside(clocks.settled(scope.asked(request, why, ctx), ctx), why, left, ctx)
    if missing:
        request = clocks.settled(move(request, "submit_incomplete", ctx, missing=missing), ctx)
    told = tuple(routing.cards(request, ctx.directory))
    return Decision(request, (opened(request, ctx, left),), told, undoable=Undoable.filing(by, ctx.real))


def _outside(request: Request, why: str, left: int, ctx: Context) -> Decision:
    """Filed and not yet taken on: its service owner is asked whether it shall be."""
    by = ctx.actor.person
    happened = (opened(request, ctx, left), ev.ScopeAsked(by, why))
    told = tuple(routing.told(request, happened, ctx.directory, ctx.now))
    return Decision(request, happened, told, undoable=Undoable.filing(by, ctx.real))


def opened(request: Request, ctx: Context, left: int = 0) -> ev.RequestOpened:
    """What the journal, the receipt and the card know of a request that has just begun; `left` of its allowance."""
    why = request.reasons
    return ev.RequestOpened(
        by=ctx.actor.person, requester=request.requester, title=request.title, item=request.item,
        priority=request.priority, impact=why.impact, urgency=why.urgency, impact_from=why.impact_from,
        urgency_from=why.urgency_from, cues=why.cues, proposed=why.proposed, promises=promises(request, ctx),
        wished_at=request.wished_at, missing=request.missing, follows=request.follows, impact_cue=why.impact_cue,
        urgency_cue=why.urgency_cue, details=request.details, facts=why.facts, ration=request.ration, left=left,
    )  # fmt: skip


def follow_up(request: Request, text: str, ctx: Context) -> Decision:
    """What goes on after the window is a request of its own, under the agreement of today, linked to the first."""
    agreement = ctx.directory.agreement_of(request.client, ctx.now)
    after = Request(
        id=ctx.new_id(), number=ctx.next_number(request.client), client=request.client, item=request.item,
        team=request.team, title=request.title, description=text, status=Status.NEW, status_since=ctx.now,
        priority=request.priority, reasons=request.reasons, requester=request.requester, origin=request.origin,
        lang=request.lang, agreement=agreement.key, opened_at=ctx.now, owner=request.owner, private=request.private,
        follows=request.number, timers=clocks.begun(agreement, request.priority, request.team, ctx),
    )  # fmt: skip
    return Decision(after, (opened(after, ctx),))


def promises(request: Request, ctx: Context) -> tuple[Promise, ...]:
    """What was promised on the running clocks that face the client, the earliest first."""
    calendars = ctx.rulebook.calendars
    told = [
        Promise(
            t.metric, t.target, t.due_at, clocks.opening(t, calendars[t.calendar]),
            calendars[t.calendar].provisional(t.due_at) or 0,
        )
        for t in request.timers
        if t.metric in ("frt", "ttr") and t.due_at is not None
    ]  # fmt: skip
    return tuple(sorted(told, key=attrgetter("metric", "due_at")))


def client_of(actor: Actor, place: Destination, rulebook: Rulebook) -> str:
    """Whose request it is that this person files here. Raises Refused: `place_unbound`, `client_needed`."""
    if actor.role is Role.UNKNOWN and place.place is Place.DIRECT:
        raise Refused("not_linked")
    if actor.role is Role.UNKNOWN or (place.place is Place.UNBOUND and not actor.is_staff and not actor.client):
        raise Refused("place_unbound")
    if place.place is Place.CLIENT and (actor.is_staff or actor.client == place.subject):
        return place.subject
    if actor.client and place.place in (Place.DIRECT, Place.UNBOUND):
        return actor.client
    inside = [c.id for c in rulebook.clients.values() if c.kind == "internal"]
    if actor.is_staff and inside:
        return inside[0]
    chats = tuple(in_lang(c.name, actor.lang) for c in rulebook.clients.values() if c.kind != "internal")
    raise Refused("client_needed", places=chats)


def _item(command: do.OpenRequest, client: str, ctx: Context) -> tuple[Item, bool]:
    """What is asked for, and whether the client says that it is something else. An item that is for others does not
    exist for this client; whether their agreement covers it is asked afterwards (`scope.outside`)."""
    rulebook = ctx.rulebook
    found = finding.named(command.item, rulebook) if command.item else None
    if found is not None and menu.meant_for(found, rulebook.clients[client]):
        return found, False
    other = fold(command.item) in scope.OTHER
    if other or not command.item:
        return next(item for item in rulebook.items.values() if item.default), other
    near = finding.nearest(command.item, menu.on_offer(client, ctx.directory, ctx.now))
    tags = [finding.tag(item, ctx.actor.lang) for item in near]
    raise Refused("item_unknown", tuple(Fix(name, _line(command, item=name)) for name in tags), word=command.item)


def _answers(command: do.OpenRequest, item: Item, agreement: Agreement, ctx: Context) -> dict[str, str]:
    calendar = ctx.rulebook.calendars[agreement.calendar]
    given = ((one, command.details.get(one.id, "").strip()) for one in item.details)
    return {
        one.id: details.read(one, typed, ctx.now, ctx.actor, calendar) for one, typed in given if typed not in ("", "-")
    }


def _line(command: do.OpenRequest, **changed: str) -> str:
    """The line that would file the same with something in its place."""
    return f"/request {written(replace(command, **changed))}"


def find_team(word: str, rulebook: Rulebook) -> Team | None:
    """The team that a word names, by id or name."""
    folded = fold(word.strip())
    for team in rulebook.teams.values():
        if any(folded == fold_known(w) for w in (team.id, *team.name.values())):
            return team
    return None


def _requester(command: do.OpenRequest, client: str, ctx: Context) -> str:
    """Whose wish it is: one of the client's own people, or of ours; nobody learns here who else there is."""
    if not command.requester:
        return ctx.actor.person
    found = ctx.directory.find_person(command.requester)
    person = ctx.rulebook.people.get(found or "")
    inside = ctx.actor.is_staff or ctx.rulebook.clients[client].kind == "internal"
    if person is None or not (person.client == client or (inside and not person.client) or found == ctx.actor.person):
        raise Refused("requester_unknown", (Fix("=for_me", _line(command, requester="")),), word=command.requester)
    return person.id


def _wish(command: do.OpenRequest, agreement: Agreement, ctx: Context) -> datetime | None:
    if not command.due:
        return None
    return wishes.wished(
        command.due, ctx.rulebook.calendars[agreement.calendar], ctx, lambda due: _line(command, due=due),
        Fix("=undated", _line(command, due="")),
    )  # fmt: skip
