"""The rulebook as frozen values: who is who, what may be ordered, what is promised, who hears of it.

Goals and offsets are working time of the named calendar. Words in several languages are mappings from language tag
(`zh-CN`, `en`) to text; `Named.in_lang` picks one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from core.model.parties import Address, Identity, Quiet
from core.model.request import Priority
from core.rules.calendar import Calendar

Words = Mapping[str, str]

#: Working time that is left at least when a goal becomes tighter or a request is opened again, if nothing else is said.
GRACE = timedelta(minutes=30)
#: When people who work here are not disturbed, if nothing else is said.
NIGHT = Quiet(time(22), time(8))
#: So many urgent messages may reach one person within five minutes; more become one list (chat.md 1.8).
STORM = 3
#: The calendar that is always there: every instant is working time.
ALWAYS = "24x7"
#: The classes of clients.
KINDS = ("vip", "external", "internal")


def in_lang(words: Words, lang: str) -> str:
    """The text in this language, else in English, else in whatever there is."""
    return words.get(lang) or words.get("en") or next(iter(words.values()))


class Weekly(Struct, frozen=True):
    """A time of the week: the day (0 is Monday) and the local time."""

    day: int
    at: time


class Person(Struct, frozen=True):
    """Somebody with a part in the desk. `calendar` is theirs for repeats and digests.

    `quiet` is when they are not disturbed; they may choose otherwise in chat, and that wins.
    """

    id: str
    name: str
    lang: str
    zone: str
    calendar: str
    identities: tuple[Identity, ...]
    client: str = ""
    admin: bool = False
    quiet: Quiet | None = None
    reminders: str = "dm"  # dm | mention: where they are reminded, unless it is urgent
    digest_at: time | None = None
    weekly_at: Weekly | None = None
    manager: str = ""  # whom they report to; else the manager of the team


class Client(Struct, frozen=True):
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
    weekly_at: Weekly | None = None
    monthly_at: time | None = None


class Rota(Struct, frozen=True):
    """Turns on duty of `days` days each, in order; the first person's begins at the handover of `begins`, local time.

    With a calendar it only holds in those hours: several rotas of one team follow the sun.
    """

    people: tuple[str, ...]
    days: int
    begins: date
    handover: time
    zone: str
    calendar: str = ""


class FollowUp(Struct, frozen=True):
    """When whoever took a request is asked whether they are still on it: once this share of what is left is gone, but
    not before `least`. Without an answer within `answer` it goes back to the queue. All working time of the team."""

    share: int = 50
    least: timedelta = timedelta(minutes=30)
    answer: timedelta = timedelta(minutes=30)


class Allowance(Struct, frozen=True):
    """So many P1 in each period: a day, a week (from Monday), a month or a quarter of the calendar."""

    p1: int
    per: str = "month"


class Team(Struct, frozen=True):
    """Who works. Of the rotas the first that holds says who is on duty, else the first of `duty` who is not away.
    `capacity` is how many P1 they can carry, out of which clients have their allowances."""

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
    weekly_at: Weekly | None = None
    monthly_at: time | None = None
    manager_weekly_at: Weekly | None = None
    manager_monthly_at: time | None = None
    capacity: Allowance | None = None
    rota: tuple[Rota, ...] = ()
    follow_up: FollowUp | None = FollowUp()


class Weight(Struct, frozen=True):
    """An answer to a question of the filing form, and what it sets: a level (1 gravest to 4) or nothing of a factor."""

    id: str
    label: Words = {}  # empty: the house's own words
    impact: int | None = None
    urgency: int | None = None


class Criterion(Struct, frozen=True):
    """A fact that the filing form asks for."""

    id: str
    question: Words  # empty: the house's own words
    answers: tuple[Weight, ...]


class Prerequisite(Struct, frozen=True):
    """What must be there before the solution clock starts; a `file` is handed over, another thing may be ticked."""

    id: str
    name: Words
    file: bool = False


class Choice(Struct, frozen=True):
    id: str
    name: Words


class Detail(Struct, frozen=True):
    """A question that an order of an item answers. `kind` is text, number, date or choice; a number lies from `least`
    to `most`. What is `required` and was not said belongs to what is missing."""

    id: str
    name: Words
    kind: str = "text"
    required: bool = False
    options: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    hint: Words = {}


Need = Prerequisite | Detail


class Stage(Struct, frozen=True):
    """A step of how an item is done, and the role that does it."""

    name: Words
    who: str = ""


class Item(Struct, frozen=True):
    """A line of the catalogue. `impact` and `urgency` (1 gravest to 4) hold when nothing in the request says more.

    `prerequisites` are what must be there before the solution clock starts; `review_levels` (0 to 3) how many reviews
    a deliverable passes before it is delivered. `audience` is who may order it at all: outside clients, our own
    departments, or everyone; what an agreement leaves out is its own matter (`core.rules.menu`). `details` are asked
    with the order, `steps` and `outputs` tell the client how it goes and what they get. `catch_all` is no service: what
    is filed under it, no item covers.
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
    prerequisites: tuple[Prerequisite, ...] = ()
    review_levels: int = 0
    audience: str = "everyone"  # clients | departments | everyone
    about: Words = {}  # what one gets, in a sentence
    details: tuple[Detail, ...] = ()
    steps: tuple[Stage, ...] = ()
    outputs: tuple[Words, ...] = ()
    catch_all: bool = False
    criteria: tuple[Criterion, ...] | None = None  # None: those of the desk

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the client may have to hand over or to tell, in order; each has an id of its own."""
        return (*self.prerequisites, *self.details)


class Target(Struct, frozen=True):
    """A goal on a metric, by priority. The id is stable: firings are keyed by it.

    `calendars` names another calendar for some priorities (P1 around the clock, P2 in office hours). `grace` is the
    working time that is left at least when the goal becomes tighter, `floor` when the request is opened again.
    """

    id: str
    metric: str
    goals: Mapping[Priority, timedelta]
    calendar: str
    ladder: str
    calendars: Mapping[Priority, str] = {}
    grace: timedelta = GRACE
    floor: timedelta = GRACE

    def measured_by(self, rank: Priority) -> str:
        """The calendar in which the goal of this priority runs."""
        return self.calendars.get(rank, self.calendar)


class Agreement(Struct, frozen=True):
    """A version of what is promised, and what it says of waiting. Pinned to a request at intake as `key`.

    `kind` is sla (with a client), ola (between our teams) or uc (with a supplier). It is valid from `valid_from`, as the
    document says, until `valid_to` (None: until the next version begins); a change that does not say when it begins is
    valid since it was loaded (`since`). A `proposed` version waits for the client's acceptance. `accepted_by` and
    `accepted_at` are what the file says; what was accepted in chat stands in `Directory`.
    """

    id: str
    version: int
    targets: tuple[Target, ...]
    acceptance: timedelta
    calendar: str
    kind: str = "sla"
    client_wait: timedelta = timedelta(hours=80)  # how long a question to the client may stand, in working time
    after_wait: str = "resume"  # resume | cancel: what happens to the request then
    supplier_pauses: bool = False  # whether the solution clock waits while a supplier has it
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    proposed: bool = False
    accepted_by: str = ""
    accepted_at: datetime | None = None
    since: datetime | None = None
    includes: tuple[str, ...] = ()  # ids of items; empty: all that there are
    excludes: tuple[str, ...] = ()
    allowance: Allowance | None = None  # None: as many P1 as there are

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def begins(self) -> datetime | None:
        """From when on it may rule; None: it always might."""
        return self.valid_from or self.since

    @property
    def hash(self) -> str:
        """SHA-256 of the document: all that is promised and for how long; not its number, nor who accepted it.

        What is empty is not in it: a document outlives what the desk learns to promise later.
        """
        document = msgspec.to_builtins(self, str_keys=True, order="sorted")
        named = {name: part for name, part in document.items() if name not in _NOT_IN_DOCUMENT}
        return hashlib.sha256(msgspec.json.encode(_spoken(named))).hexdigest()

    def holds(self, at: datetime) -> bool:
        """Whether this instant lies in its validity. Raises ValueError on a naive instant."""
        if at.utcoffset() is None:
            raise ValueError(f"naive datetime {at!r}: validity needs its zone")
        begins = self.begins
        return (begins is None or begins <= at) and (self.valid_to is None or at < self.valid_to)


_NOT_IN_DOCUMENT = frozenset({"version", "proposed", "accepted_by", "accepted_at", "since"})


def _spoken(document: Any) -> Any:
    """Without what is empty, at any depth."""
    if isinstance(document, list):
        return [_spoken(part) for part in document]
    return {k: _spoken(v) for k, v in document.items() if v} if isinstance(document, dict) else document


class Step(Struct, frozen=True):
    """A rung of a ladder: when on the ruler, who hears, how, how often again.

    `percent` of the goal plus `after` working time, which is negative before it. `who` names roles, groups or people
    (`core.rules.ladder` has the roles); `instead` is asked when the first of `who` is not there. No one at all means: the
    card only. `working`: it is said in the recipient's next working time. `priorities`, `classes` and `only_new` (nobody
    has taken it yet) are conditions; none of them: always. It repeats until `need` (any or each) of them acknowledged it.
    """

    id: str
    percent: int
    after: timedelta = timedelta(0)
    who: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    important: bool = False
    every: timedelta | None = None
    times: int = 1
    working: bool = False
    priorities: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    only_new: bool = False
    need: str = "any"

    @property
    def warns(self) -> bool:
        """Whether it comes before the goal."""
        return self.percent < 100 or self.after < timedelta(0)


class Ladder(Struct, frozen=True):
    id: str
    steps: tuple[Step, ...]


class Cue(Struct, frozen=True):
    """Words in a text, folded, that propose impact or urgency (never set them)."""

    words: tuple[str, ...]
    impact: int | None
    urgency: int | None
    unless: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What the team's corrections are counted by."""
        return self.words[0]


DEFAULT_MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 3, 3, 4), (3, 3, 4, 4))  # rulings.md 8
HOUSE_CRITERIA = (
    Criterion("safety", {}, (Weight("no"), Weight("risk", {}, 1, 2), Weight("now", {}, 1, 1))),
    Criterion(
        "stopped", {}, (Weight("no"), Weight("one", {}, 3, 2), Weight("crew", {}, 2, 2), Weight("site", {}, 1, 1))
    ),
    Criterion(
        "people", {}, (Weight("none", {}, 4), Weight("few", {}, 3), Weight("crew", {}, 2), Weight("many", {}, 1))
    ),
    Criterion(
        "deadline", {},
        (
            Weight("no"), Weight("hours", {}, None, 1), Weight("today", {}, None, 2), Weight("tomorrow", {}, None, 2),
            Weight("days", {}, None, 3), Weight("later", {}, None, 4),
        ),
    ),
)  # fmt: skip
DEFAULT_LADDER = Ladder(  # rulings.md 9
    "default",
    (
        Step("half", 50),
        Step("risk", 75, who=("assignee",), instead=("duty",)),
        Step("late-risk", 90, who=("assignee", "backup"), instead=("duty", "backup")),
        Step("breach", 100, who=("lead",), important=True),
        Step("manager", 100, timedelta(hours=1), ("manager",), (), True, timedelta(hours=1), 3),
    ),
)
WAITING_LADDER = Ladder(  # the client's own clock: three reminders, then what the agreement says
    "waiting",
    (Step("first", 25, who=("client",)), Step("second", 50, who=("client",)), Step("last", 75, who=("client",))),
)
STANDARD = Agreement(  # who agreed nothing else is answered within 24 hours, Sundays too
    "standard",
    1,
    (Target("promise", "frt", dict.fromkeys(Priority, timedelta(hours=24)), ALWAYS, "default"),),
    acceptance=timedelta(hours=72),
    calendar=ALWAYS,
)


class Rulebook(Struct, frozen=True, dict=True):
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
    groups: Mapping[str, tuple[str, ...]] = {}  # people whom a ladder names together
    storm: int = STORM
    terms: Mapping[str, tuple[str, ...]] = {}  # agreement -> its versions, the later begins later
    #: What the file said: a draft is laid over it.
    source: Mapping[str, Any] = {}
    calendar_names: Mapping[str, Words] = {}  # where a calendar has one
    criteria: tuple[Criterion, ...] = HOUSE_CRITERIA  # what the filing form asks, unless an item says otherwise

    @cached_property
    def derived(self) -> dict[tuple[object, ...], Any]:
        """What the rules work out from all this, once: it is the same for every request."""
        return {}

    def in_force(self, agreement: str, at: datetime, accepted: Container[str] = ()) -> Agreement:
        """The version that rules at this instant: the last that is valid and, where it was proposed, accepted.

        Where none is, what was agreed with nobody holds: the standard. `accepted` are keys.
        """
        for key in reversed(self.terms[agreement]):
            version = self.agreements[key]
            if version.holds(at) and (not version.proposed or key in accepted):
                return version
        return self.agreements[self.terms[STANDARD.id][-1]]
