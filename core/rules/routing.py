"""From what happened to who hears of it, where, and as what: a card that lives, or a notice said once.

Nobody is told of what they did themselves. A notice's key is unique for ever (rulings.md 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from msgspec import Struct

from core import events as ev
from core.events import Event, facts
from core.model.parties import Address, Destination, Place
from core.model.request import Request
from core.model.sending import Card, Delivery, Lane, Notice
from core.rulebook.directory import Directory
from core.rules import duty, ladder

#: Where nobody is: the place of what is kept only so that its reason can be read.
NOWHERE = Destination(Address("", "", ""), Place.UNBOUND, "", "en", "UTC")
#: Nothing is sent that is older than its usefulness.
REMINDER_LIFE = timedelta(hours=4)
NOTICE_LIFE = timedelta(hours=24)


class Told(Struct, frozen=True):
    """How an event is told to the client's side: its lane, and whether it makes a sound."""

    lane: Lane
    loud: bool
    guaranteed: bool = False


#: What the client hears of; everything else only moves their card.
CLIENT_HEARS: dict[type[Event], Told] = {
    ev.Acknowledged: Told(Lane.CARD, loud=False),
    ev.Assigned: Told(Lane.CARD, loud=False),
    ev.Replied: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.ClientAsked: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.PriorityChanged: Told(Lane.REPLY, loud=False),
    ev.Resolved: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.Reopened: Told(Lane.CARD, loud=False),
    ev.Cancelled: Told(Lane.REPLY, loud=True),
    ev.Closed: Told(Lane.CARD, loud=False),
    ev.Undone: Told(Lane.CARD, loud=False),
    ev.FoundIncomplete: Told(Lane.REPLY, loud=True),
    ev.PrerequisitesAccepted: Told(Lane.REPLY, loud=False),
    ev.ApprovalRefused: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.DateOffered: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.Paused: Told(Lane.REPLY, loud=False),
    ev.ForceMajeureDeclared: Told(Lane.REPLY, loud=True),
    ev.Resumed: Told(Lane.CARD, loud=False),
    ev.Extended: Told(Lane.REPLY, loud=False, guaranteed=True),
    ev.Declined: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.ScopeAsked: Told(Lane.REPLY, loud=False),
    ev.Quoted: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.ScopeAccepted: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.ScopeCovered: Told(Lane.REPLY, loud=False),
    ev.Demoted: Told(Lane.REPLY, loud=False),
    ev.ExceptionGranted: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.ExceptionRefused: Told(Lane.REPLY, loud=True, guaranteed=True),
    ev.Merged: Told(Lane.REPLY, loud=True),
    ev.SplitOff: Told(Lane.REPLY, loud=False),
}

#: What the assignee hears of when somebody else did it.
ASSIGNEE_HEARS = (
    ev.ClientWrote,
    ev.Nudged,
    ev.Reopened,
    ev.Cancelled,
    ev.Assigned,
    ev.PriorityChanged,
    ev.ReturnedToQueue,
    ev.PrerequisitesAccepted,
    ev.Resumed,
    ev.Approved,
    ev.ApprovalRefused,
    ev.DateAgreed,
    ev.ReviewPassed,
    ev.ReviewFailed,
    ev.ForceMajeureDeclared,
    ev.Absorbed,
    ev.Merged,
    ev.Demoted,
    ev.Promoted,
    ev.Raised,
    ev.ExceptionGranted,
    ev.QuoteAccepted,
    ev.ScopeAccepted,
    ev.ScopeCovered,
)

#: What the team's chat hears of when nobody is assigned.
TEAM_HEARS = (
    ev.ClientWrote,
    ev.Nudged,
    ev.Reopened,
    ev.ReturnedToQueue,
    ev.GroupAssigned,
    ev.PrerequisitesAccepted,
    ev.QuoteAccepted,
    ev.Promoted,
    ev.Raised,
)


def client_places(request: Request, directory: Directory) -> tuple[Destination, ...]:
    """Where this is spoken of with the client: where it was filed, else their chats, else the requester alone."""
    origin = directory.place_of(directory.current(request.origin))
    if not request.private and origin.place is Place.CLIENT and origin.subject == request.client:
        return (origin,)
    requester = directory.direct(request.requester)
    if request.private or (origin.place is Place.DIRECT and origin.subject == request.requester):
        return (requester,) if requester else ()
    shared = directory.shared(Place.CLIENT, request.client)
    return shared or ((requester,) if requester else ())


def team_places(request: Request, directory: Directory) -> tuple[Destination, ...]:
    """The chats of its team; a private request is shown to its service owner and the manager alone."""
    if not request.private:
        return directory.shared(Place.TEAM, request.team)
    manager = directory.rulebook.teams[request.team].manager
    found = (directory.direct(person) for person in dict.fromkeys((request.owner, request.assignee, manager)) if person)
    return tuple(place for place in found if place is not None)


def cards(request: Request, directory: Directory) -> Iterator[Card]:
    """The living cards of a request: one in each chat of its team, one with the client."""
    for destination in team_places(request, directory):
        yield Card(destination, "team")
    for destination in client_places(request, directory):
        yield Card(destination, "client")


def told(request: Request, happened: Iterable[Event], directory: Directory, now: datetime) -> Iterator[Delivery]:
    """All that follows from what happened: the cards as they now are, and a notice for each who is to hear of it."""
    yield from cards(request, directory)
    for n, event in enumerate(happened):
        yield from notices(request, event, request.version * 10 + n, directory, now)


def notices(request: Request, event: Event, seq: int, directory: Directory, now: datetime) -> Iterator[Notice]:
    """Who is told of this event, apart from the cards. `seq` is its place in the request's journal: the key."""
    by = str(getattr(event, "by", ""))
    said = {**facts(event), "number": request.number, "title": request.title}
    told = CLIENT_HEARS.get(type(event))
    name = type(event).__name__
    if told is not None and not (by and by == request.requester):
        for place in client_places(request, directory):
            yield Notice(
                f"{request.id}:{seq}:{place.address}", place, name, said, told.lane, person=request.requester,
                valid_until=None if told.guaranteed else now + NOTICE_LIFE, loud=told.loud, guaranteed=told.guaranteed,
            )  # fmt: skip
    if told is not None:
        yield from _followers(request, name, by, seq, said, told, directory, now)
    yield from _following(request, event, seq, said, directory, now)
    asked = _asked(request, event, directory)
    if asked:
        for place in asked:
            yield Notice(
                f"{request.id}:{seq}:{place.address}", place, name, said, Lane.REPLY,
                person=place.subject if place.place is Place.DIRECT else "", valid_until=now + NOTICE_LIFE,
            )  # fmt: skip
        return
    yield from _staff(request, event, seq, by, said, directory, now)


def _followers(
    request: Request,
    name: str,
    by: str,
    seq: int,
    said: dict[str, object],
    told: Told,
    directory: Directory,
    now: datetime,
) -> Iterator[Notice]:
    """Whoever waits for the same hears what the requester hears, alone where its chat is not theirs."""
    spoken = {place.address for place in client_places(request, directory)}
    for one in request.followers:
        place = directory.direct(one.person) if one.alone and one.person != by else None
        if place is not None and place.address not in spoken:
            yield Notice(
                f"{request.id}:{seq}:{place.address}", place, name, said, told.lane, person=one.person,
                valid_until=None if told.guaranteed else now + NOTICE_LIFE, loud=told.loud, guaranteed=told.guaranteed,
            )  # fmt: skip


def _following(
    request: Request, event: Event, seq: int, said: dict[str, object], directory: Directory, now: datetime
) -> Iterator[Notice]:
    """What the desk asks of whoever has it, and whom it tells of that; alone, where they can be reached."""
    name, at, until, lane = type(event).__name__, None, now + NOTICE_LIFE, Lane.REMINDER
    people: tuple[str, ...]
    match event:
        case ev.StillAsked(to=to, until_at=limit):
            people, until = (to,), limit
        case ev.ReturnedToQueue(unanswered=to) if to:
            people = (to,)
        case ev.NotAnswered():
            people, lane = (directory.rulebook.teams[request.team].lead,), Lane.ESCALATION
        case ev.HelpAsked(by=by):
            team = directory.rulebook.teams[request.team]
            duty_now = duty.on_duty(request.team, now, directory).person
            beside = dict.fromkeys(p for p in (team.backup or duty_now, team.lead) if p not in ("", by))
            people, lane = tuple(p for p in beside if not directory.away(p, now)) or (team.manager,), Lane.ESCALATION
        case ev.Snoozed(until_at=wakes, text=text):
            name, at, until = "Woken", wakes, wakes + NOTICE_LIFE
            said = {**facts(ev.Woken(wakes, text)), "number": request.number, "title": request.title}
            people = (request.assignee,)
        case _:
            return
    places = [(person, directory.direct(person)) for person in people if person]
    found = [(person, place) for person, place in places if place is not None]
    for person, place in found or [("", place) for place in team_places(request, directory)]:
        yield Notice(
            f"{request.id}:{seq}:{name}:{person or place.address}", place, name, said, lane, person=person,
            valid_until=until, not_before=at, guaranteed=isinstance(event, ev.StillAsked | ev.HelpAsked),
        )  # fmt: skip


def _asked(request: Request, event: Event, directory: Directory) -> tuple[Destination, ...]:
    """Whose word is asked for: the approver's, the reviewer's of this level, a second person's of the team."""
    match event:
        case ev.ApprovalAsked(to=person):
            pass
        case ev.ReviewAsked(level=level):
            person = ladder.reviewer(request, level, directory)
        case ev.ScopeAsked() | ev.QuoteRefused():
            manager = directory.rulebook.teams[request.team].manager
            person = next((one for one in (request.owner, manager) if one and directory.direct(one)), "")
        case ev.ExceptionAsked():
            team = directory.rulebook.teams[request.team]
            person = next((one for one in (team.lead, team.manager) if one and directory.direct(one)), "")
        case ev.ConfirmationAsked():
            person = ""
        case _:
            return ()
    place = directory.direct(person) if person else None
    return (place,) if place else team_places(request, directory)


def _staff(
    request: Request, event: Event, seq: int, by: str, said: dict[str, object], directory: Directory, now: datetime
) -> Iterator[Notice]:
    person = request.assignee
    name = type(event).__name__
    if person and person != by and isinstance(event, ASSIGNEE_HEARS):
        place = directory.direct(person)
        if place is not None:
            yield Notice(
                f"{request.id}:{seq}:{place.address}", place, name, said, Lane.REPLY, person=person,
                valid_until=now + NOTICE_LIFE,
            )  # fmt: skip
    elif not person and isinstance(event, TEAM_HEARS):
        for place in team_places(request, directory):
            yield Notice(
                f"{request.id}:{seq}:{place.address}", place, name, said, Lane.REPLY, valid_until=now + NOTICE_LIFE,
                loud=False,
            )  # fmt: skip


def firings(
    request: Request,
    event: ev.Reached,
    key: str,
    people: tuple[str, ...],
    important: bool,
    directory: Directory,
    now: datetime,
    *,
    urgent: frozenset[str] = frozenset(),
    opens: Mapping[str, datetime | None] = MappingProxyType({}),
) -> Iterator[Notice]:
    """A reached checkpoint, told to each of its people alone; to the team's chat where nobody can be reached.

    A nameless one of them is the team's chat. A warning is of use until its goal is due (a snoozed one for a while after
    the snooze), the rest for a day from now, however long the desk was away. `opens` says who hears of it only later,
    `urgent` for whom it cannot wait.
    Who chose to be reminded by a mention is mentioned in the team's chat, unless it is urgent or private; who cannot be
    reached, though others can, has a row that says so.
    """
    lane = {"reminder": Lane.REMINDER, "breach": Lane.ESCALATION, "escalation": Lane.PAGE}[event.kind]
    warns = event.kind == "reminder"
    said = _reached(request, event)
    named = tuple(person for person in people if person)
    places = [
        (person, place) for person in named for place in _reminded(request, person, warns, person in urgent, directory)
    ]
    reached = [(person, place) for person, place in places if place is not None]
    for person, place in places:
        if place is None and (reached or "" in people):
            yield Notice(f"{key}:{person}", NOWHERE, "Reached", said, lane, person=person, hushed="unreachable")
    if people and ("" in people or not reached):
        reached += [("", place) for place in team_places(request, directory)]
    if event.metric == "cwt":  # the client's own clock is spoken of where the client is spoken with
        reached = [(request.requester, place) for place in client_places(request, directory)]
    for person, place in reached:
        held = request.snoozed_until if person and person == request.assignee and warns else opens.get(person)
        until = event.due_at if warns else now + NOTICE_LIFE
        until = max(until, held + REMINDER_LIFE) if held else until
        yield Notice(
            f"{key}:{person or place.address}", place, "Reached", said, lane, person=person, valid_until=until,
            guaranteed=not warns or important, not_before=held, urgent=bool(urgent) if not person else person in urgent,
        )  # fmt: skip


def withheld(request: Request, event: ev.Reached, key: str, people: Mapping[str, str]) -> Iterator[Notice]:
    """Who was not told of a checkpoint, since it was no news to them: a row for each that says why."""
    said = _reached(request, event)
    for person, why in people.items():
        yield Notice(f"{key}:{person}", NOWHERE, "Reached", said, Lane.REMINDER, person=person, hushed=why)


def _reached(request: Request, event: ev.Reached) -> dict[str, object]:
    return {**facts(event), "number": request.number, "title": request.title, "assignee": request.assignee}


def _reminded(
    request: Request, person: str, warns: bool, urgent: bool, directory: Directory
) -> tuple[Destination | None, ...]:
    """Where a person is told of a checkpoint: alone, or by a mention among their team."""
    mentioned = warns and not urgent and not request.private and directory.reminded_by(person) == "mention"
    shared = team_places(request, directory) if mentioned else ()
    return shared[:1] or (directory.direct(person),)


def of_agreement(event: Event, client: str, directory: Directory) -> Iterator[Notice]:
    """A proposed version reaches the client's chats, or its contacts alone; its acceptance the managers, too. Once."""
    contacts = map(directory.direct, directory.rulebook.clients[client].contacts)
    places = directory.shared(Place.CLIENT, client) or tuple(filter(None, contacts))
    if isinstance(event, ev.AgreementAccepted):
        managers = dict.fromkeys(team.manager for team in directory.rulebook.teams.values())
        places = (*places, *filter(None, map(directory.direct, managers)))
    name, said = type(event).__name__, {**facts(event), "client": client}
    for place in dict.fromkeys(places):
        key = f"{name}:{client}:{said['agreement']}:{place.address}"
        yield Notice(key, place, name, said, Lane.REPLY, guaranteed=True)


def of_duty(event: Event, directory: Directory, now: datetime) -> Iterator[Notice]:
    """Whoever is asked, or stands in, or is stood in for, is told alone; that the rota does not hold, the team's chat."""
    said, name = facts(event), type(event).__name__
    match event:
        case ev.CoverAsked(to=to, until_at=until):
            people: tuple[str, ...] = (to,)
        case ev.CoverTaken(by=by, to=to, instead=instead, until_at=until):
            people = tuple(dict.fromkeys(p for p in (to, instead) if p not in ("", by)))
        case ev.CoverRefused(asked_by=asker, until_at=until):
            people = (asker,)
        case ev.CoverEnded(by=by, to=to, until_at=until):
            people = (to,) if to != by else ()
        case _:
            return
    team = str(said["team"])
    told = [(person, directory.direct(person)) for person in people]
    places = [(person, place) for person, place in told if place is not None]
    if isinstance(event, ev.CoverTaken) or len(places) < len(people):
        places += [("", place) for place in directory.shared(Place.TEAM, team)]
    for person, place in places:
        key = f"{name}:{team}:{said.get('pair', said['from_at'])}:{now.isoformat()}:{place.address}"
        yield Notice(
            key, place, name, said, Lane.REPLY, person=person, valid_until=max(until, now + NOTICE_LIFE),
            loud=bool(person), guaranteed=True,
        )  # fmt: skip
