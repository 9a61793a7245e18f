"""The rulebook as frozen values: who is who, what may be ordered, what is promised, who hears of it.

Goals and offsets are working time of the named calendar. Words in several languages are mappings from language tag
(`zh-CN`, `en`) to text; `Named.in_lang` picks one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from core.model import Address, Identity, Priority
from core.rules.calendar import Calendar

Words = Mapping[str, str]

#: Working time that is left at least when a goal becomes tighter or a request is opened again, if nothing else is said.
GRACE = timedelta(minutes=30)


def in_lang(words: Words, lang: str) -> str:
    """The text in this language, else in English, else in whatever there is."""
    return words.get(lang) or words.get("en") or next(iter(words.values()))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in the desk. `calendar` is theirs for repeats and digests."""

    id: str
    name: str
    lang: str
    zone: str
    calendar: str
    identities: tuple[Identity, ...]
    client: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """A client organisation. `kind` (vip, external, internal) moves targets, never priority."""

    id: str
    prefix: str
    name: Words
    kind: str
    lang: str
    zone: str
    agreement: str
    contacts: tuple[str, ...]
    chats: tuple[Address, ...]
    digest_at: time | None


@dataclass(frozen=True, slots=True)
class Team:
    """Who works. `duty` is asked in order: the first who is not away is on duty."""

    id: str
    name: Words
    lang: str
    zone: str
    calendar: str
    lead: str
    manager: str
    backup: str
    members: tuple[str, ...]
    duty: tuple[str, ...]
    chats: tuple[Address, ...]
    digest_at: time | None
    manager_digest_at: time | None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the catalogue. `impact` and `urgency` (1 gravest to 4) hold when nothing in the request says more.

    `prerequisites` are what must be there before the solution clock starts; `review_levels` (0 to 3) how many reviews
    a deliverable passes before it is delivered.
    """

    id: str
    name: Words
    aliases: tuple[str, ...]
    team: str
    owner: str
    impact: int
    urgency: int
    private: bool = False
    default: bool = False
    prerequisites: tuple[str, ...] = ()
    review_levels: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """A goal on a metric, by priority. The id is stable: firings are keyed by it.

    `calendars` names another calendar for some priorities (P1 around the clock, P2 in office hours). `grace` is the
    working time that is left at least when the goal becomes tighter, `floor` when the request is opened again.
    """

    id: str
    metric: str
    goals: Mapping[Priority, timedelta]
    calendar: str
    ladder: str
    calendars: Mapping[Priority, str] = field(default_factory=dict)
    grace: timedelta = GRACE
    floor: timedelta = GRACE

    def measured_by(self, rank: Priority) -> str:
        """The calendar in which the goal of this priority runs."""
        return self.calendars.get(rank, self.calendar)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A version of what is promised, and what it says of waiting. Pinned to a request at intake as `key`."""

    id: str
    version: int
    targets: tuple[Target, ...]
    acceptance: timedelta
    calendar: str
    client_wait: timedelta = timedelta(hours=80)  # how long a question to the client may stand, in working time
    after_wait: str = "resume"  # resume | cancel: what happens to the request then
    supplier_pauses: bool = False  # whether the solution clock waits while a supplier has it
    valid_from: datetime | None = None

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of a ladder: when on the ruler, who hears, how, how often again.

    `percent` of the goal plus `after` working time. `who` names roles (assignee, duty, backup, lead, manager, client)
    or people; `instead` is asked when nobody of `who` is there. No one at all means: the card only.
    """

    id: str
    percent: int
    after: timedelta = timedelta(0)
    who: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    important: bool = False
    every: timedelta | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Ladder:
    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words in a text that propose impact or urgency (never set them)."""

    words: tuple[str, ...]
    impact: int | None
    urgency: int | None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All of it, checked. `digest` is a hash of the file it was read from."""

    name: Words
    lang: str
    zone: str
    people: Mapping[str, Person]
    clients: Mapping[str, Client]
    teams: Mapping[str, Team]
    calendars: Mapping[str, Calendar]
    items: Mapping[str, Item]
    agreements: Mapping[str, Agreement]  # by key, all versions
    ladders: Mapping[str, Ladder]
    cues: tuple[Cue, ...]
    matrix: tuple[tuple[int, ...], ...]  # rows impact 1-4, columns urgency 1-4 -> priority
    digest: str = ""
    warnings: tuple[str, ...] = ()
    current: Mapping[str, str] = field(default_factory=dict)  # agreement id -> key of the version in force
    #: What the rules work out from all this, once: it is the same for every request.
    derived: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def agreement_of(self, client: str) -> Agreement:
        """The version in force for this client; what an open request has pinned may be an older one."""
        return self.agreements[self.current[self.clients[client].agreement]]
