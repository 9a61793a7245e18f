"""Looking: what is asked and changes nothing, bounded by what the person and the place may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from core import briefing
from core.ask import queries as see
from core.ask.queries import Query
from core.errors import Refused
from core.model.parties import Actor, Destination, Place, Role
from core.model.request import OPEN, Request, Status
from core.model.sending import Hushed
from core.model.told import Digest
from core.ports import Reckoning
from core.rulebook.values import STANDARD, Agreement, Item
from core.rules import allowance, filing, finding, ladder, lifecycle, preview
from core.rules import digest as rules
from core.rules.context import Context
from core.rules.corrections import WITHIN, counted
from core.rules.menu import on_offer
from core.say import agreed, answers, cards, corrections, hush, lists, menu, ration, rota, scope, settings, why
from core.say import ladder as told
from core.say.message import Answer
from core.say.voice import Voice
from core.store import journal, mapping, outbox
from core.store import requests as rows


class Asker(Struct, frozen=True):
    """Who looks, from where, and in which words they are answered."""

    actor: Actor
    place: Destination
    voice: Voice
    page_url: str = ""

    def sees_all_of(self, request: Request) -> bool:
        """Whether they are told of it as its team is: nobody is in a place of clients."""
        return self.place.place is not Place.CLIENT and lifecycle.may(self.actor, "note", request)


def look(connection: Connection, query: Query, asker: Asker) -> Answer:
    """The answer to a query. Raises Refused: `no_such_request`, `staff_only`, `team_place`, `place_unbound`."""
    if isinstance(query, see.Help):
        topic = "desk" if query.topic == "desk" and asker.actor.is_staff else "request"
        return answers.help_text(topic, asker.voice, offered(asker))
    if asker.actor.role is Role.UNKNOWN:
        raise Refused("place_unbound")
    return _LOOKS[type(query)](connection, query, asker)


def find(connection: Connection, name: str, asker: Asker, sees: lifecycle.Sees = lifecycle.visible) -> list[Request]:
    """The requests that a number may mean to this person here, of those that they see in this way.

    A bare number is their client's where there is one, else one of each client (rulings.md 12).
    """
    numbers = [name]
    if name.isdigit():
        client = asker.place.subject if asker.place.place is Place.CLIENT else asker.actor.client
        clients = asker.voice.directory.rulebook.clients
        meant = [clients[client]] if client else clients.values()
        numbers = [f"{one.prefix}-{name}" for one in meant]
    return [r for r in rows.by_numbers(connection, numbers) if sees(asker.actor, asker.place, r)]


def offered(asker: Asker) -> tuple[Item, ...]:
    """What this person may order here; nothing where they can file nothing."""
    directory = asker.voice.directory
    try:
        client = filing.client_of(asker.actor, asker.place, directory.rulebook)
    except Refused:
        return ()
    return on_offer(client, directory, asker.voice.now)


def _menu(connection: Connection, query: see.Menu, asker: Asker) -> Answer:
    """The menu, or what a search finds on it: one hit is shown at once."""
    whole = query.whole and asker.actor.is_staff and asker.place.place is not Place.CLIENT
    items = tuple(asker.voice.directory.rulebook.items.values()) if whole else offered(asker)
    if not items:
        filing.client_of(asker.actor, asker.place, asker.voice.directory.rulebook)  # says why there is nothing
    found = finding.search(query.words, items) if query.words else items
    if not found:
        return menu.nothing_found(query.words, finding.nearest(query.words, items), asker.voice, whole=whole)
    if query.words and len(found) == 1:
        return _item(connection, see.ShowItem(found[0].id, whole), asker)
    return menu.listing(found, asker.voice, words=query.words, start=query.start, whole=whole)


def _item(connection: Connection, query: see.ShowItem, asker: Asker) -> Answer:
    """The card of an item, with the promises of whoever asks. Raises Refused `item_gone` where it is not on their menu."""
    directory, actor = asker.voice.directory, asker.actor
    item = next((one for one in offered(asker) if one.id == query.item), None)
    if query.whole and actor.is_staff and asker.place.place is not Place.CLIENT:
        shown = directory.rulebook.items.get(query.item)
        if shown is not None:
            standard = directory.rulebook.agreements[directory.rulebook.terms[STANDARD.id][-1]]
            return menu.card(shown, standard, None, asker.voice, orderable=item is not None)
    if item is None:
        raise Refused("item_gone")
    client = filing.client_of(actor, asker.place, directory.rulebook)
    agreement = directory.agreement_of(client, asker.voice.now)
    return menu.card(item, agreement, directory.rulebook.clients[client], asker.voice, orderable=True)


def _visible(found: Sequence[Request], asker: Asker) -> list[Request]:
    return sorted((r for r in found if lifecycle.visible(asker.actor, asker.place, r)), key=rules.by_delay)


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
    visible = _visible(found, asker)
    empty = "You have no open request. /request opens a form."
    return lists.queue(visible, asker.voice, "Your requests", empty, client=True)


def _show(connection: Connection, query: see.ShowRequest, asker: Asker) -> Answer:
    request = one(connection, query.request, asker)
    return Answer(card_of(connection, request, asker))


def card_of(connection: Connection, request: Request, asker: Asker) -> Any:
    """The card of a request with its conversation, as this person may see it here."""
    internal = asker.sees_all_of(request)
    make = cards.team_card if internal else cards.client_card
    remarks = rows.remarks(connection, request.id)
    card = cards.with_conversation(make(request, asker.voice), remarks, asker.voice, internal=internal)
    return cards.numbered(card, request.number)


def one(connection: Connection, name: str, asker: Asker) -> Request:
    """The request that a number means to this person here. Raises Refused `no_such_request`."""
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
    ladders = asker.voice.directory.rulebook.ladders
    tests = {"breaches": lambda r: rules.is_overdue(r, now), "escalations": lambda r: rules.is_escalated(r, ladders)}
    kept = list(filter(tests[query.only], found)) if query.only else found
    title = {"breaches": "Missed", "escalations": "Escalated", "": "The team's queue"}[query.only]
    empty = {"breaches": "Nothing is overdue.", "escalations": "Nothing is escalated.", "": "The queue is empty."}[
        query.only
    ]
    return lists.queue(kept, asker.voice, title, empty)


def _teams(asker: Asker) -> tuple[str, ...]:
    if asker.place.place is Place.TEAM:
        return (asker.place.subject,)
    if asker.actor.role is Role.MANAGER:
        return tuple(asker.voice.directory.rulebook.teams)
    return asker.actor.teams


def _staff(asker: Asker) -> None:
    if not asker.actor.is_staff:
        raise Refused("staff_only")
    if asker.place.place is Place.CLIENT:
        raise Refused("team_place")


def _on_duty(connection: Connection, query: see.OnDuty, asker: Asker) -> Answer:
    _staff(asker)
    return rota.now(_teams(asker), asker.voice)


def _turns(connection: Connection, query: see.Turns, asker: Asker) -> Answer:
    _staff(asker)
    return rota.turns(_teams(asker), asker.voice)


def _ahead(connection: Connection, query: see.Ahead, asker: Asker) -> Answer:
    """Whom the ladders will tell is the team's matter."""
    _staff(asker)
    request = one(connection, query.request, asker)
    page = _page_of(request, asker, "ladder")
    return told.ahead(request, ladder.forecast(request, asker.voice.directory, asker.voice.now), asker.voice, page=page)


def simulated(connection: Connection, number: str, asker: Asker) -> Answer:
    """The same for the page, with every step. Raises Refused as `look` does."""
    _staff(asker)
    request = one(connection, number, asker)
    expected = ladder.forecast(request, asker.voice.directory, asker.voice.now)
    return told.ahead(request, expected, asker.voice, shown=len(expected))


def _demotable(connection: Connection, query: see.Demotable, asker: Asker) -> Answer:
    request = one(connection, query.request, asker)
    return ration.which(request, demotable(connection, request, asker), asker.voice)


def demotable(connection: Connection, request: Request, asker: Asker) -> list[Request]:
    """The P1 that this person may lower in favour of a request, what has most time left first."""
    voice = asker.voice
    ctx = Context(voice.directory, voice.now, voice.now, asker.actor, asker.place, count(1).__next__)
    agreement = voice.directory.rulebook.agreements[request.agreement]
    if agreement.allowance is None:
        return []
    ids = rows.charged(connection, request.client, allowance.since(request.client, agreement.allowance, ctx))
    found = _visible(list(rows.by_ids(connection, ids).values()), asker)
    return [r for r in reversed(found) if allowance.lowerable(r, ctx) and r.id != request.id]


def _corrections(connection: Connection, query: see.Corrections, asker: Asker) -> Answer:
    """For those who may change the rulebook's rules: a manager of all teams, a service owner of theirs."""
    _staff(asker)
    if asker.actor.role not in (Role.MANAGER, Role.OWNER):
        raise Refused("manager_only")
    since = asker.voice.now - WITHIN
    found = counted(journal.corrected(connection, since, _teams(asker)))
    return corrections.listing(found, since, asker.voice)


def _scope_register(connection: Connection, query: see.ScopeRegister, asker: Asker) -> Answer:
    _staff(asker)
    return scope.register(registered(connection, asker), asker.voice)


def registered(connection: Connection, asker: Asker) -> list[Request]:
    """What was outside the agreements, as far as a colleague may see it, the youngest first."""
    found = rows.outside(connection, teams=_teams(asker))
    return [r for r in found if lifecycle.visible(asker.actor, asker.place, r)]


def _find(connection: Connection, query: see.Find, asker: Asker) -> Answer:
    _staff(asker)
    found = rows.where(connection, teams=_teams(asker), like=query.words, statuses=Status, limit=50)
    return lists.queue(_visible(found, asker), asker.voice, "Found", "Nothing was found.")


def digest_for(connection: Connection, query: see.DigestNow, asker: Asker) -> Digest:
    """A client's to clients, in a team's chat the team's, alone a manager's to managers and everybody's own to others."""
    actor, voice = asker.actor, asker.voice
    if not actor.is_staff:
        kind, subject = "client", actor.client or asker.place.subject
    elif asker.place.place is Place.TEAM:
        kind, subject = "team", asker.place.subject
    else:
        kind, subject = "manager" if actor.role is Role.MANAGER else "person", actor.person
    return briefing.digest(connection, kind, subject, voice.directory, voice.now, query.period)


def _settings(connection: Connection, query: see.Settings, asker: Asker) -> Answer:
    return settings.settings(listener(asker), asker.place.place, asker.voice, staff=asker.actor.is_staff)


def listener(asker: Asker) -> str:
    """Whose choices are meant here: the person's own, or in a shared chat those of its client or team."""
    place = asker.place
    return asker.actor.person if place.place is Place.DIRECT else f"{place.place.value}:{place.subject}"


def _why(connection: Connection, query: see.Why, asker: Asker) -> Answer:
    request = one(connection, query.request, asker)
    internal = asker.sees_all_of(request)
    heard = hush.told(_hushed(connection, request), asker.voice) if internal else ()
    return Answer(why.why(request, asker.voice, internal=internal, page=_page_of(request, asker, "why"), heard=heard))


def _hushed(connection: Connection, request: Request) -> list[Hushed]:
    """The messages about it that did not go out at once, the latest first."""
    return [mapping.hushed_value(row) for row in outbox.hushed(connection, request.id)]


def _page_of(request: Request, asker: Asker, what: str) -> str:
    """The address of the whole of it, where the reader can open it: on the page, or if it is reached from outside."""
    address = f"{asker.page_url}/requests/{request.number}/{what}"
    if asker.place.address.platform == "web":
        return f"/requests/{request.number}/{what}?as={quote(asker.actor.person)}"
    return address if address.startswith("https://") else ""


def reckoning(connection: Connection, number: str, asker: Asker) -> Reckoning:
    """The whole account of a request for the page. Raises Refused as `look` does."""
    request = one(connection, number, asker)
    internal = asker.sees_all_of(request)
    found = why.reckoning(request, asker.voice, internal=internal)
    return replace(found, heard=hush.told(_hushed(connection, request), asker.voice)) if internal else found


def _agreements(connection: Connection, query: see.Agreements, asker: Asker) -> Answer:
    """To a client their own; to managers and service owners all, with who has accepted what."""
    client = asker.place.subject if asker.place.place is Place.CLIENT else asker.actor.client
    if client:
        return agreed.of_client(client, asker.voice)
    if asker.actor.role not in (Role.MANAGER, Role.OWNER):
        raise Refused("manager_only")
    return agreed.overview(rows.pinned(connection), asker.voice, may_apply=asker.actor.role is Role.MANAGER)


def outdated(connection: Connection, agreement: str, asker: Asker) -> list[tuple[Request, Agreement]]:
    """Open requests that are pinned to another version than the one in force for their client, and that one.

    At most a thousand of a client, the rest the next time. Raises Refused: `manager_only`, `agreement_unknown`.
    """
    directory = asker.voice.directory
    if asker.actor.role is not Role.MANAGER or asker.place.place is Place.CLIENT:
        raise Refused("manager_only")
    if agreement not in directory.rulebook.terms:
        raise Refused("agreement_unknown", word=agreement)
    clients = [client.id for client in directory.rulebook.clients.values() if client.agreement == agreement]
    found: list[tuple[Request, Agreement]] = []
    for client in clients:
        version = directory.agreement_of(client, asker.voice.now)
        open_ = _visible(rows.where(connection, client=client, limit=1000), asker)
        found += [(request, version) for request in open_ if request.agreement != version.key]
    return found


def _preview_agreement(connection: Connection, query: see.PreviewAgreement, asker: Asker) -> Answer:
    return previewed(query.agreement, outdated(connection, query.agreement, asker), asker)


def previewed(
    agreement: str, found: Sequence[tuple[Request, Agreement]], asker: Asker, *, changed: bool = False
) -> Answer:
    """Which deadlines of these requests would move; `changed` says that somebody was shown it otherwise before."""
    voice = asker.voice
    ctx = Context(voice.directory, voice.now, voice.now, asker.actor, asker.place, count(1).__next__)
    moves = [preview.moves(r, preview.under_agreement(r, version, ctx), ctx) for r, version in found]
    return agreed.preview(agreement, found, moves, voice, changed=changed)


_LOOKS: dict[type[Query], Callable[[Connection, Any, Asker], Answer]] = {
    see.MyRequests: _my_requests,
    see.Menu: _menu,
    see.ShowItem: _item,
    see.ShowRequest: _show,
    see.MyQueue: _my_queue,
    see.TeamQueue: _team_queue,
    see.OnDuty: _on_duty,
    see.Turns: _turns,
    see.Ahead: _ahead,
    see.Demotable: _demotable,
    see.Corrections: _corrections,
    see.ScopeRegister: _scope_register,
    see.Find: _find,
    see.Why: _why,
    see.Settings: _settings,
    see.Agreements: _agreements,
    see.PreviewAgreement: _preview_agreement,
}
