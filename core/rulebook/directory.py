"""Who somebody is and where they are reached: the rulebook together with what was learnt at run time.

Run-time facts (migrated addresses, links by code, suspended places, personal language) win over the file (rulings.md 7).
A value: the writer makes a new one when a fact changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from core.model.parties import Absence, Actor, Address, Chosen, Cover, Destination, Identity, Place, Quiet, Role
from core.rulebook.values import Agreement, Person, Rulebook

#: A person who is known by their platform identity only: somebody in a client's chat whom the rulebook does not list.
GUEST = "~"

#: The page knows people by our own ids, from a link that they were given in chat or at the command line.
PAGE = "web"


class Acceptance(Struct, frozen=True):
    """That a client accepted a proposed version in chat: who, and when (desk time, UTC)."""

    by: str
    at: datetime


class Directory(Struct, frozen=True, dict=True):
    """`links` are identities joined by code, `moved` old -> new addresses, `bound` chats joined by code, `suspended`
    addresses that are not spoken to; `languages` and `names` are what people chose or their platforms say; `accepted`
    are the proposed versions that were accepted in chat, by client and key; `choices` what people, and the chats of
    clients and teams (`client:hx`), chose to hear. `covers` win over the rotas, the later over the earlier; `absences`
    are by person."""

    rulebook: Rulebook
    platforms: frozenset[str] = frozenset()
    links: Mapping[Identity, str] = field(default_factory=dict)
    bound: Mapping[Address, tuple[Place, str]] = field(default_factory=dict)
    moved: Mapping[Address, Address] = field(default_factory=dict)
    suspended: frozenset[Address] = frozenset()
    generations: Mapping[Address, int] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, Mapping[str, Acceptance]] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], Chosen] = field(default_factory=dict)
    covers: tuple[Cover, ...] = ()
    absences: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)

    def away(self, person: str, at: datetime) -> Absence | None:
        """That somebody is away at this instant."""
        return next((one for one in self.absences.get(person, ()) if one.holds(at)), None)

    @cached_property
    def _people(self) -> Mapping[Identity, str]:
        known = {identity: person.id for person in self.rulebook.people.values() for identity in person.identities}
        return {**known, **self.links}

    def _who(self, identity: Identity) -> str:
        """The person behind an identity. On the page people stand by their own ids, guests of other platforms too."""
        user = identity.user
        if identity.platform == PAGE and (user in self.rulebook.people or user.startswith(GUEST)):
            return user
        return self._people.get(identity, f"{GUEST}{identity}")

    @cached_property
    def _places(self) -> Mapping[Address, tuple[Place, str]]:
        places: dict[Address, tuple[Place, str]] = {}
        for client in self.rulebook.clients.values():
            places |= {self.current(chat): (Place.CLIENT, client.id) for chat in client.chats}
        for team in self.rulebook.teams.values():
            places |= {self.current(chat): (Place.TEAM, team.id) for chat in team.chats}
        return {**places, **{self.current(chat): where for chat, where in self.bound.items()}}

    @cached_property
    def _teams_of(self) -> Mapping[str, tuple[str, ...]]:
        teams: dict[str, list[str]] = {}
        for team in self.rulebook.teams.values():
            for person in {*team.members, team.lead, team.backup, *team.duty} - {""}:  # a rota's people are members
                teams.setdefault(person, []).append(team.id)
        return {person: tuple(ids) for person, ids in teams.items()}

    @cached_property
    def _managers(self) -> frozenset[str]:
        return frozenset(team.manager for team in self.rulebook.teams.values() if team.manager)

    @cached_property
    def _owners(self) -> frozenset[str]:
        return frozenset(item.owner for item in self.rulebook.items.values() if item.owner)

    def agreement_of(self, client: str, at: datetime) -> Agreement:
        """The version in force for this client; what an open request has pinned may be an older one."""
        return self.rulebook.in_force(self.rulebook.clients[client].agreement, at, self.accepted.get(client, ()))

    def proposals(self, client: str) -> tuple[Agreement, ...]:
        """The versions that wait for this client's acceptance."""
        versions = map(
            self.rulebook.agreements.__getitem__, self.rulebook.terms[self.rulebook.clients[client].agreement]
        )
        return tuple(one for one in versions if one.proposed and one.key not in self.accepted.get(client, ()))

    def current(self, address: Address) -> Address:
        """Where a chat is now, after the platform moved it."""
        return self.moved.get(address, address)

    def place_of(self, address: Address) -> Destination:
        """What kind of place this is; a direct message belongs to its person, an unbound chat to nobody."""
        if address.is_direct:
            identity = Identity(address.platform, address.workspace, address.user)
            person = self._who(identity)
            return self._destination(address, Place.DIRECT, person, *self._speech_of(person))
        return self._chats.get(address) or self._chat(address, Place.UNBOUND, "")

    @cached_property
    def _chats(self) -> Mapping[Address, Destination]:
        return {address: self._chat(address, *where) for address, where in self._places.items()}

    def _chat(self, address: Address, place: Place, subject: str) -> Destination:
        if place is Place.CLIENT:
            client = self.rulebook.clients[subject]
            return self._destination(address, place, subject, client.lang, client.zone)
        if place is Place.TEAM:
            team = self.rulebook.teams[subject]
            return self._destination(address, place, subject, team.lang, team.zone)
        return self._destination(address, place, "", self.rulebook.lang, self.rulebook.zone)

    def _destination(self, address: Address, place: Place, subject: str, lang: str, zone: str) -> Destination:
        return Destination(address, place, subject, lang, zone, self.generations.get(address, 1))

    def _speech_of(self, person: str) -> tuple[str, str]:
        known = self.rulebook.people.get(person)
        lang = self.languages.get(person) or (known.lang if known else "") or self.rulebook.lang
        return lang, known.zone if known else self.rulebook.zone

    def actor(self, identity: Identity, place: Destination, lang: str = "", name: str = "") -> Actor:
        """Who acts here. Somebody unknown in a client's chat is a requester of that client; elsewhere they are nobody."""
        id_ = self._who(identity)
        known = self.rulebook.people.get(id_)
        role, client = self._role(known, place)
        language = self.languages.get(id_) or (known.lang if known else "") or lang or place.lang
        return Actor(
            person=id_, role=role, identity=identity, client=client, teams=self._teams_of.get(id_, ()), lang=language,
            zone=known.zone if known else place.zone, name=known.name if known else (name or self.names.get(id_, "")),
        )  # fmt: skip

    def _role(self, known: Person | None, place: Destination) -> tuple[Role, str]:
        if known is None:
            return (Role.REQUESTER, place.subject) if place.place is Place.CLIENT else (Role.UNKNOWN, "")
        if known.id in self._managers:
            return Role.MANAGER, ""
        if known.id in self._owners:
            return Role.OWNER, ""
        if known.id in self._teams_of:
            return Role.MEMBER, ""
        if known.client:
            return Role.CONTACT, known.client
        return (Role.ADMIN, "") if known.admin else (Role.UNKNOWN, "")

    def name_of(self, person: str) -> str:
        """A person's name; for a guest, the name their platform gives."""
        known = self.rulebook.people.get(person)
        return known.name if known else self.names.get(person) or person.rsplit(":", 1)[-1]

    def user_of(self, person: str, address: Address) -> str:
        """Their user id on the platform of an address, or empty."""
        for identity in self._identities(person):
            if (identity.platform, identity.workspace) == (address.platform, address.workspace):
                return identity.user
        return ""

    def _identities(self, person: str) -> Iterator[Identity]:
        if person.startswith(GUEST):
            platform, workspace, user = person[len(GUEST) :].split(":", 2)
            yield Identity(platform, workspace, user)
        known = self.rulebook.people.get(person)
        yield from known.identities if known else ()
        yield from (identity for identity, linked in self.links.items() if linked == person)
        if known and PAGE in self.platforms:
            yield Identity(PAGE, "", person)  # last: who has no account on a platform that runs is reached on the page

    def direct(self, person: str) -> Destination | None:
        """Where a person is reached alone: their first identity on a platform that runs and does not refuse us."""
        if person not in self._direct:
            open_to_us = (self.place_of(address) for address in map(Address.direct, self._identities(person))
                          if self._runs(address) and address not in self.suspended)  # fmt: skip
            self._direct[person] = next(open_to_us, None)
        return self._direct[person]

    @cached_property
    def _direct(self) -> dict[str, Destination | None]:
        """What has been asked of `direct` so far; no part of the value."""
        return {}

    def _runs(self, address: Address) -> bool:
        return not self.platforms or address.platform in self.platforms

    def shared(self, place: Place, subject: str) -> tuple[Destination, ...]:
        """The chats of a client or a team that can be spoken to."""
        return self._shared.get((place, subject), ())

    @cached_property
    def _shared(self) -> Mapping[tuple[Place, str], tuple[Destination, ...]]:
        found: dict[tuple[Place, str], tuple[Destination, ...]] = {}
        for address, where in self._places.items():
            if address not in self.suspended and self._runs(address):
                found[where] = (*found.get(where, ()), self.place_of(address))
        return found

    def quiet_of(self, person: str) -> Quiet | None:
        """When they are not disturbed, by their own zone: as they chose, else as the rulebook says."""
        chosen = self.choices.get((person, "quiet"))
        if chosen is None:
            known = self.rulebook.people.get(person)
            return known.quiet if known else None
        if chosen.value == "off":
            return None
        since, until = map(time.fromisoformat, chosen.value.split("-"))
        return Quiet(since, until)

    def reminded_by(self, person: str) -> str:
        """`dm` or `mention`: where they are reminded."""
        chosen = self.choices.get((person, "reminders"))
        known = self.rulebook.people.get(person)
        return chosen.value if chosen else known.reminders if known else "dm"

    def mutes_digest(self, who: str, at: datetime) -> bool:
        """Whether this person, or the chats of this client or team, want no digest now."""
        chosen = self.choices.get((who, "digest"))
        return chosen is not None and chosen.value == "off" and (chosen.until is None or at < chosen.until)

    def is_staff(self, person: str) -> bool:
        """Whether they work here."""
        return person in self._teams_of or person in self._managers or person in self._owners

    def find_person(self, word: str) -> str | None:
        """The person a word names: their id, name, or a platform's mention."""
        bare = word.strip().lstrip("@").strip("<>").lstrip("@").split("|")[0]
        named = bare.casefold()
        for person in self.rulebook.people.values():
            if named in (person.id.casefold(), person.name.casefold()) or any(
                one.user == bare for one in person.identities
            ):
                return person.id
        return None

    def learn(self, **changed: object) -> Directory:
        """The same directory with other run-time facts."""
        return replace(self, **changed)
