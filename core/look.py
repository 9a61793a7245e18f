"""Looking: what is asked and changes nothing, bounded by what the person and the place may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core.ask import queries as see
from core.ask.queries import Query
from core.errors import Refused
from core.model import (
    OPEN,
    Actor,
    ClockState,
    Destination,
    Digest,
    DigestLine,
    Place,
    Request,
    Role,
    Status,
    Verdict,
)
from core.rules import lifecycle
from core.say import answers, cards, lists, why
from core.say.message import Answer, Paragraph, Plain
from core.say.voice import Voice
from core.store import requests as rows


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks, from where, and in which words they are answered."""

    actor: Actor
    place: Destination
    voice: Voice


def look(connection: Connection, query: Query, asker: Asker) -> Answer:
    """The answer to a query. Raises Refused: `no_such_request`, `staff_only`, `place_unbound`."""
    if isinstance(query, see.Help):
        topic = "desk" if query.topic == "desk" and asker.actor.is_staff else "request"
        return answers.help_text(topic, asker.voice)
    if asker.actor.role is Role.UNKNOWN:
        raise Refused("place_unbound")
    return _LOOKS[type(query)](connection, query, asker)


def find(connection: Connection, name: str, asker: Asker) -> list[Request]:
    """The requests that a number may mean to this person here; a bare number is their client's where there is one."""
    client = asker.place.subject if asker.place.place is Place.CLIENT else asker.actor.client
    if name.isdigit() and client:
        name = f"{asker.voice.directory.rulebook.clients[client].prefix}-{name}"
    return [r for r in rows.by_names(connection, [name]) if lifecycle.visible(asker.actor, asker.place, r)]


def _visible(found: Sequence[Request], asker: Asker) -> list[Request]:
    return sorted((r for r in found if lifecycle.visible(asker.actor, asker.place, r)), key=lists.due_of)


def _my_requests(connection: Connection, query: see.MyRequests, asker: Asker) -> Answer:
    actor = asker.actor
    statuses = OPEN | {Status.RESOLVED}
    if actor.is_staff:
        found = rows.where(connection, requester=actor.person, statuses=statuses)
    elif actor.role is Role.CONTACT or asker.place.place is Place.CLIENT:
        client = asker.place.subject if asker.place.place is Place.CLIENT else actor.client
        found = rows.where(connection, client=client, statuses=statuses)
    else:
        found = rows.where(connection, requester=actor.person, statuses=statuses)
    return lists.queue(
        _visible(found, asker), asker.voice, "Your requests", "You have no open request. /request opens a form."
    )


def _show(connection: Connection, query: see.ShowRequest, asker: Asker) -> Answer:
    request = _one(connection, query.request, asker)
    return Answer(card_of(connection, request, asker))


def card_of(connection: Connection, request: Request, asker: Asker) -> Any:
    """The card of a request with its conversation, as this person may see it here."""
    internal = asker.actor.is_staff and asker.place.place is not Place.CLIENT
    make = cards.team_card if internal else cards.client_card
    remarks = rows.remarks(connection, request.id)
    return cards.with_conversation(make(request, asker.voice), remarks, asker.voice, internal=internal)


def _one(connection: Connection, name: str, asker: Asker) -> Request:
    found = find(connection, name, asker)
    if len(found) != 1:
        raise Refused("no_such_request", number=name)
    return found[0]


def _my_queue(connection: Connection, query: see.MyQueue, asker: Asker) -> Answer:
    _staff(asker)
    found = rows.where(connection, assignee=asker.actor.person)
    return lists.queue(
        _visible(found, asker), asker.voice, "My queue", "Nothing is in your hands. /desk queue shows the team's."
    )


def _team_queue(connection: Connection, query: see.TeamQueue, asker: Asker) -> Answer:
    _staff(asker)
    found = _visible(rows.where(connection, teams=_teams(asker)), asker)
    now = asker.voice.now
    kept = [r for r in found if _wanted(query.only, r, now)]
    title = {"breaches": "Missed", "escalations": "Missed", "": "The team's queue"}[query.only]
    return lists.queue(kept, asker.voice, title, "The queue is empty.")


def _wanted(only: str, request: Request, now: datetime) -> bool:
    return not only or is_overdue(request, now)


def is_overdue(request: Request, now: datetime) -> bool:
    return any(
        t.state is ClockState.RUNNING and t.metric != "acc" and t.due_at and t.due_at <= now for t in request.timers
    )


def _teams(asker: Asker) -> tuple[str, ...]:
    if asker.place.place is Place.TEAM:
        return (asker.place.subject,)
    if asker.actor.role is Role.MANAGER:
        return tuple(asker.voice.directory.rulebook.teams)
    return asker.actor.teams


def _staff(asker: Asker) -> None:
    if not asker.actor.is_staff or asker.place.place is Place.CLIENT:
        raise Refused("staff_only")


def _on_duty(connection: Connection, query: see.OnDuty, asker: Asker) -> Answer:
    _staff(asker)
    voice = asker.voice
    teams = voice.directory.rulebook.teams
    lines = [
        voice.words("{team}: {person}, then {backup}", team=voice.team(t), person=voice.name(next(iter(teams[t].duty), "")), backup=voice.name(teams[t].backup or teams[t].lead))
        for t in _teams(asker)
    ]  # fmt: skip
    from core.say.message import Message

    return Answer(Message(lines[0] if lines else "", tuple(Paragraph((Plain(line),)) for line in lines)))


def _find(connection: Connection, query: see.Find, asker: Asker) -> Answer:
    _staff(asker)
    found = rows.where(connection, teams=_teams(asker), like=query.words, statuses=Status, limit=50)
    return lists.queue(_visible(found, asker), asker.voice, "Found", "Nothing was found.")


def _digest_now(connection: Connection, query: see.DigestNow, asker: Asker) -> Answer:
    actor = asker.actor
    if not actor.is_staff:
        value = digest(connection, "client", actor.client or asker.place.subject, asker.voice)
    elif actor.role is Role.MANAGER and asker.place.place is not Place.TEAM:
        value = digest(connection, "manager", actor.person, asker.voice)
    else:
        value = digest(connection, "team", next(iter(_teams(asker)), ""), asker.voice)
    if value.is_empty:
        return answers.plain(asker.voice, "There is nothing to report.")
    return Answer(lists.digest(value, asker.voice))


def _why(connection: Connection, query: see.Why, asker: Asker) -> Answer:
    return Answer(why.why(_one(connection, query.request, asker), asker.voice))


_LOOKS: dict[type[Query], Callable[[Connection, Any, Asker], Answer]] = {
    see.MyRequests: _my_requests,
    see.ShowRequest: _show,
    see.MyQueue: _my_queue,
    see.TeamQueue: _team_queue,
    see.OnDuty: _on_duty,
    see.Find: _find,
    see.DigestNow: _digest_now,
    see.Why: _why,
}


# ---- digests


def digest(connection: Connection, kind: str, subject: str, voice: Voice) -> Digest:
    """What a client, a team or a manager is told; every figure counts open requests at `voice.now`."""
    make = {"client": _client_digest, "team": _team_digest, "manager": _manager_digest}[kind]
    return make(connection, subject, voice)


def _line(request: Request, now: datetime) -> DigestLine:
    due = min((t.due_at for t in request.timers if t.due_at and t.metric != "acc"), default=None)
    waiting = request.waiting_for if request.status is Status.WAITING_CUSTOMER else ""
    return DigestLine(
        request.number, request.title, request.client, request.status, request.priority, request.assignee, due, waiting,
        _reason(request, now), request.id,
    )  # fmt: skip


def _reason(request: Request, now: datetime) -> str:
    """Why a clock was missed, as far as the clocks tell; a sentence of the catalogue."""
    missed = {t.metric for t in request.timers if t.verdict is Verdict.MISSED}
    if not missed:
        return ""
    if not request.assignee:
        return "nobody took it"
    return "taken, but not answered in time" if missed & {"ack", "frt", "nrt"} else "not solved in time"


def _sections(
    requests: Sequence[Request], now: datetime, **tests: Callable[[Request], bool]
) -> dict[str, tuple[DigestLine, ...]]:
    """Each request stands in the first section whose test it passes, in the order of delay."""
    left = sorted(requests, key=lists.due_of)
    sections: dict[str, tuple[DigestLine, ...]] = {}
    for name, test in tests.items():
        sections[name] = tuple(_line(r, now) for r in left if test(r))
        left = [r for r in left if not test(r)]
    return sections


def _client_digest(connection: Connection, subject: str, voice: Voice) -> Digest:
    found = [r for r in rows.where(connection, client=subject, statuses=OPEN | {Status.RESOLVED}) if not r.private]
    sections = _sections(
        found, voice.now,
        waiting=lambda r: r.status is Status.WAITING_CUSTOMER,
        resolved=lambda r: r.status is Status.RESOLVED,
        open=lambda r: True,
    )  # fmt: skip
    return Digest("client", subject, voice.now, sections)


def _team_digest(connection: Connection, subject: str, voice: Voice) -> Digest:
    team = voice.directory.rulebook.teams[subject]
    found = [r for r in rows.where(connection, teams=[subject]) if not r.private]
    now, zone = voice.now, ZoneInfo(team.zone)
    today = now.astimezone(zone).date()

    def due_today(request: Request) -> bool:
        return any(t.due_at and t.metric != "acc" and t.due_at.astimezone(zone).date() == today for t in request.timers)

    sections = _sections(
        found, now,
        overdue=lambda r: is_overdue(r, now),
        today=due_today,
        unassigned=lambda r: not r.assignee,
        snoozed=lambda r: bool(r.snoozed_until and r.snoozed_until.astimezone(zone).date() == today),
    )  # fmt: skip
    return Digest("team", subject, now, sections)


def _manager_digest(connection: Connection, subject: str, voice: Voice) -> Digest:
    teams = [t.id for t in voice.directory.rulebook.teams.values() if t.manager == subject]
    found = rows.where(connection, teams=teams, statuses=OPEN | {Status.RESOLVED, Status.CLOSED}, limit=2000)
    now = voice.now
    since = now - timedelta(days=1)

    def missed(request: Request) -> bool:
        recent = any(t.breached_at and t.breached_at > since for t in request.timers)
        return recent or (request.is_open and is_overdue(request, now))

    def at_risk(request: Request) -> bool:
        return request.is_open and any(g.state == "risk" for _, g in voice.gauges(request))

    sections = _sections(
        found, now, breaches=missed, risk=at_risk,
        unhappy=lambda r: bool(r.rating and r.rating <= 2 and r.last_event_at and r.last_event_at > since),
    )  # fmt: skip
    load: dict[str, int] = {}
    for request in found:
        if request.is_open:
            load[request.assignee] = load.get(request.assignee, 0) + 1
    return Digest("manager", subject, now, sections, dict(sorted(load.items(), key=lambda i: -i[1])))
