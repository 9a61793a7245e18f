"""Where it can be said instead: each place in which what was refused here works, with a link to it (chat.md 1.4, E-WHERE)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from core.errors import Fix
from core.look import Asker
from core.model.parties import Destination, Place, Role
from core.ports import Can

SHOWN = 3


def ways(code: str, asker: Asker, can: Mapping[str, Can]) -> tuple[Fix, ...]:
    """Links for this refusal; those of the platform on which it was said come first."""
    found: dict[tuple[Place, str], Fix] = {}
    here = asker.place.address
    places = sorted(_RIGHT[code](asker), key=lambda to: to.address.platform != here.platform) if code in _RIGHT else []
    for to in places:
        able = can.get(to.address.platform)
        url = able.link(to.address) if able is not None and to.address != here else ""
        if url:
            found.setdefault((to.place, to.subject), Fix(_name(to, asker), "", url))
    return tuple(found.values())[:SHOWN]


def _name(to: Destination, asker: Asker) -> str:
    voice = asker.voice
    if to.place is Place.DIRECT:
        return voice.words("Direct message with me")
    return voice.client(to.subject) if to.place is Place.CLIENT else voice.team(to.subject)


def _alone(asker: Asker) -> Iterator[Destination]:
    """Their direct messages: on this platform, and where the desk reaches them."""
    directory, identity = asker.voice.directory, asker.actor.identity
    if asker.actor.role is Role.UNKNOWN or identity is None:
        return
    yield directory.place_of(asker.place.address.direct(identity))
    if reached := directory.direct(asker.actor.person):
        yield reached


def _teams(asker: Asker) -> Iterator[Destination]:
    for team in asker.actor.teams:
        yield from asker.voice.directory.shared(Place.TEAM, team)


def _own(asker: Asker) -> Iterator[Destination]:
    """Where this person files, works or is told."""
    if asker.actor.client:
        yield from asker.voice.directory.shared(Place.CLIENT, asker.actor.client)
    yield from _teams(asker)
    yield from _alone(asker)


def _clients(asker: Asker) -> Iterator[Destination]:
    for client in asker.voice.directory.rulebook.clients.values():
        yield from asker.voice.directory.shared(Place.CLIENT, client.id)


def _inside(asker: Asker) -> Iterator[Destination]:
    yield from _teams(asker)
    yield from _alone(asker)


#: refusal -> the places where it works
_RIGHT: Mapping[str, Callable[[Asker], Iterator[Destination]]] = {
    "choice_is_yours": _alone, "place_unbound": _own, "client_needed": _clients, "team_place": _inside,
}  # fmt: skip
