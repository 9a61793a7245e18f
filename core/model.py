"""What the desk knows: requests, timers, people and places, as frozen values.

Times are aware and UTC; spans are `timedelta` of working time unless a name says otherwise.
Rules read these values and return new ones; `core.store` keeps rows of the same field names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from msgspec import Struct, field


class Status(StrEnum):
    """Where a request stands (sla.md section 4)."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    WAITING_APPROVAL = "waiting_approval"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_SUPPLIER = "waiting_supplier"
    SCHEDULED = "scheduled"
    IN_REVIEW = "in_review"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MERGED = "merged"


FINAL = frozenset({Status.CLOSED, Status.CANCELLED, Status.DECLINED, Status.MERGED})
OPEN = frozenset(Status) - FINAL - {Status.RESOLVED}


#: States of `Request.scope` in which it is not decided yet: what it asks for is not worked on.
SCOPE_OPEN = frozenset({"asked", "quoted"})


class Priority(IntEnum):
    """P1 is the gravest. It comes from impact x urgency, never from the client's class."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


class Role(StrEnum):
    """Who somebody is to a request (faults.md section 4)."""

    UNKNOWN = "unknown"
    REQUESTER = "requester"
    CONTACT = "contact"
    MEMBER = "member"
    OWNER = "owner"
    MANAGER = "manager"
    ADMIN = "admin"
    SYSTEM = "system"


class Place(StrEnum):
    """What kind of place a message stands in; it bounds what an answer there may show."""

    CLIENT = "client"
    TEAM = "team"
    DIRECT = "direct"
    UNBOUND = "unbound"


class Identity(Struct, frozen=True):
    """Somebody as a platform names them; never a display name, never an e-mail address."""

    platform: str
    workspace: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.workspace}:{self.user}"


class Address(Struct, frozen=True):
    """A place that can be posted to. A chat that begins with `@` is the direct message to that user."""

    platform: str
    workspace: str
    chat: str

    @classmethod
    def direct(cls, identity: Identity) -> Address:
        return cls(identity.platform, identity.workspace, f"@{identity.user}")

    @classmethod
    def parse(cls, text: str) -> Address:
        platform, workspace, chat = text.split(":", 2)
        return cls(platform, workspace, chat)

    @property
    def is_direct(self) -> bool:
        return self.chat.startswith("@")

    @property
    def user(self) -> str:
        """The user of a direct message; empty for a shared chat."""
        return self.chat[1:] if self.is_direct else ""

    def __str__(self) -> str:
        return f"{self.platform}:{self.workspace}:{self.chat}"


class Destination(Struct, frozen=True):
    """An address with what is needed to speak there.

    `subject` is the client, team or person that the place belongs to; `generation` is that of its binding: a message
    made for an older generation is not sent (faults.md row 115).
    """

    address: Address
    place: Place
    subject: str
    lang: str
    zone: str
    generation: int = 1


class Actor(Struct, frozen=True):
    """Who acts: the person behind an identity and what they are, or the desk itself."""

    person: str
    role: Role
    identity: Identity | None = None
    client: str = ""
    teams: tuple[str, ...] = ()
    lang: str = ""
    zone: str = "UTC"
    name: str = ""

    @property
    def is_staff(self) -> bool:
        return self.role in (Role.MEMBER, Role.OWNER, Role.MANAGER)


SYSTEM = Actor(person="", role=Role.SYSTEM)


class ClockState(StrEnum):
    """What a timer does now. *At risk* and *breached* are derived from it and never stored here.

    An armed timer is promised and has not begun: what it needs is not complete yet.
    """

    ARMED = "armed"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"


class Segment(Struct, frozen=True):
    """A span of a timer's life, running or paused with a reason. `to_at` is None while it lasts."""

    from_at: datetime
    to_at: datetime | None
    running: bool
    reason: str = ""


class Timer(Struct, frozen=True):
    """One run of one target on one request, unique on it by `id`. Segments are the truth; `due_at` and `next_*` are
    derived by `sla.settle`.

    `agreed_at` is a date that the client accepted: it governs in place of the computed due, and the engine never moves
    it. After a goal was tightened with grace, `goal` holds the graced one and `strict_goal` what was promised, each
    with its verdict. `merged_due` is the earlier due of a request that was merged into this one. `fired`, `told` and
    `seen` come from its firings.
    """

    id: int
    metric: str
    target: str
    goal: timedelta
    calendar: str
    ladder: str
    cycle: int
    state: ClockState
    segments: tuple[Segment, ...]
    due_at: datetime | None = None
    next_at: datetime | None = None
    next_step: str = ""
    next_repeat: int = 0
    stopped_at: datetime | None = None
    breached_at: datetime | None = None
    verdict: Verdict | None = None
    extended_by: timedelta = timedelta(0)
    graced_until: datetime | None = None
    strict_goal: timedelta | None = None
    strict_verdict: Verdict | None = None
    agreed_at: datetime | None = None
    merged_due: datetime | None = None
    first_time_right: bool = True
    fired: frozenset[tuple[str, int]] = frozenset()
    told: frozenset[tuple[str, str]] = frozenset()  # (step, person): who has heard of it
    seen: frozenset[tuple[str, str]] = frozenset()  # (step, person): who of them has acknowledged that

    @property
    def is_active(self) -> bool:
        """Whether it counts, waits, or will begin: it has not ended."""
        return self.state in (ClockState.ARMED, ClockState.RUNNING, ClockState.PAUSED)


class Firing(Struct, frozen=True):
    """A checkpoint that was reached: on its request unique by (timer, cycle, step, repeat). `told` are its people."""

    timer: int
    cycle: int
    step: str
    repeat: int
    reached_at: datetime
    told: tuple[str, ...] = ()


class Reasons(Struct, frozen=True):
    """Why a priority is what it is: the two factors, each with the words or facts that gave it."""

    impact: int
    urgency: int
    impact_from: str = "item"
    urgency_from: str = "item"
    cues: tuple[str, ...] = ()
    proposed: bool = False
    impact_cue: str = ""  # the rules that read the words, or the facts that set it: corrections are counted by them
    urgency_cue: str = ""
    facts: tuple[str, ...] = ()  # what was answered to the form's questions, such as `stopped.crew`


class Pending(Struct, frozen=True):
    """What somebody asked for and a second person has to confirm (faults.md section 4: 2P)."""

    verb: str  # priority | force_majeure | agreement_withdrawn
    by: str
    reason: str
    level: str = ""


class ScopeStep(Struct, frozen=True):
    """An entry of the scope register: who did what about a request that is outside what was agreed, when and why.

    `what` is asked, quoted, agreed and refused (the client's answers to a quote; lapsed: none), accepted, added, declined or
    covered.
    """

    at: datetime
    by: str
    what: str
    text: str = ""


class Remark(Struct, frozen=True):
    """Something a person wrote on a request. `internal` never reaches a client place."""

    at: datetime
    person: str
    kind: str
    text: str

    @property
    def internal(self) -> bool:
        return self.kind in ("note", "unanswered")


class File(Struct, frozen=True):
    """A file as its platform has it: the name, and the platform's own reference to it. It stays there."""

    name: str
    ref: str


class Supplied(Struct, frozen=True):
    """Something that was asked for and is there: ticked, told in words, or handed over as a file."""

    need: str  # the id of a prerequisite or a field of the item
    by: str
    at: datetime
    text: str = ""
    file: str = ""
    ref: str = ""


class Follower(Struct, frozen=True):
    """Who waits for the same. `alone`: they hear of it in a direct message, as its chat is not theirs."""

    person: str
    alone: bool = False


class Request(Struct, frozen=True):
    """The one aggregate: a service request with its timers."""

    id: int
    number: str
    client: str
    item: str
    team: str
    title: str
    description: str
    status: Status
    status_since: datetime
    priority: Priority
    reasons: Reasons
    requester: str
    origin: Address
    lang: str
    agreement: str
    opened_at: datetime
    owner: str = ""
    assignee: str = ""
    private: bool = False
    wished_at: datetime | None = None
    snoozed_until: datetime | None = None
    waiting_for: str = ""
    resolution: str = ""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    rating: int = 0
    reopened: int = 0
    missing: tuple[str, ...] = ()  # ids of what is still to come: it stands at intake
    supplied: tuple[Supplied, ...] = ()
    details: Mapping[str, str] = {}  # the answers to the item's fields, by their ids
    approver: str = ""
    supplier: str = ""  # what was handed to a third party
    offered_at: datetime | None = None  # a date proposed to the client, who has not said yes yet
    agreed_by: str = ""  # whose consent an agreed date has
    deliverable: str = ""
    submitted_by: str = ""
    review_level: int = 0  # 1 to 3 while it is in review
    rework: int = 0
    paused_for: str = ""  # the reason of a pause by hand
    force_majeure: str = ""
    pending: Pending | None = None
    scope: str = ""  # what was last decided of it as outside what was agreed; empty: nobody had to
    scope_steps: tuple[ScopeStep, ...] = ()
    ration: str = (
        ""  # of a P1 under an allowance: taken | safety | spent | asked | granted | refused | demoted | returned
    )
    charged_at: datetime | None = None  # when it took a unit of its client's allowance, as long as it has it
    merged_into: str = ""  # the number of the request that it went into
    followers: tuple[Follower, ...] = ()
    follows: str = ""  # the number of the request that it follows up or was split from
    last_event: str = ""
    last_event_at: datetime | None = None
    last_event_by: str = ""
    version: int = 0
    timers: tuple[Timer, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def at_intake(self) -> bool:
        """Whether it waits for what has to be there first. What never came stays known once it has ended."""
        return bool(self.missing) and self.is_open

    @property
    def participants(self) -> frozenset[str]:
        """Who sees it even when it is private: requester, assignee, service owner, approver."""
        return frozenset({self.requester, self.assignee, self.owner, self.approver} - {""})


class Lane(IntEnum):
    """Send order (chat.md 1.1): the smaller goes first."""

    PAGE = 0
    ESCALATION = 1
    REPLY = 2
    CARD = 3
    REMINDER = 4
    DIGEST = 5


class DeliveryState(StrEnum):
    """A send leaves `sending` only to sent, rejected, deferred or doubt (faults.md decision 2)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DOUBT = "doubt"
    SUPERSEDED = "superseded"


class Cover(Struct, frozen=True):
    """That somebody is on duty for a team from `from_at` until before `to_at`, whatever the rota says; whom they stand
    in for, who arranged it. The latest of two that overlap holds. `uid` is the event's of the calendar that it came from."""

    id: int
    team: str
    person: str
    from_at: datetime
    to_at: datetime
    instead: str = ""
    by: str = ""
    uid: str = ""

    def holds(self, at: datetime) -> bool:
        return self.from_at <= at < self.to_at


class Absence(Struct, frozen=True):
    """That somebody is away from `from_at` until before `to_at`."""

    id: int
    person: str
    from_at: datetime
    to_at: datetime
    reason: str = ""
    by: str = ""
    uid: str = ""

    def holds(self, at: datetime) -> bool:
        return self.from_at <= at < self.to_at


class OnDuty(Struct, frozen=True):
    """Who is asked for a team at an instant, and why: `cover`, `rota`, `list`, `stand_in` (for `instead`, who is away);
    `lead` or `manager` where nobody is on duty, which is a gap."""

    person: str
    why: str
    instead: str = ""

    @property
    def is_gap(self) -> bool:
        return self.why in ("lead", "manager")


class Stint(Struct, frozen=True):
    """A span of time in which the same person is on duty for the same reason."""

    team: str
    from_at: datetime
    to_at: datetime
    duty: OnDuty


class Hearer(Struct, frozen=True):
    """Somebody whom a step tells, and as what; empty `person`: the team's chat. `instead` is who is away."""

    person: str
    why: str
    instead: str = ""


class Expected(Struct, frozen=True):
    """A step that is ahead: when it is reached as things stand, whom it would tell and why.

    `unless` is the condition by which it would tell nobody: `priority`, `class`, or `taken` and `seen`, which are so now.
    `said_at` is when they hear of it, where that waits for working time.
    """

    at: datetime
    metric: str
    target: str
    step: str
    repeat: int
    percent: int
    after: timedelta
    hearers: tuple[Hearer, ...]
    important: bool = False
    unless: str = ""
    only_new: bool = False
    said_at: datetime | None = None


class Card(Struct, frozen=True):
    """Wanted: one living message per request and destination, edited to the present state."""

    destination: Destination
    audience: str


class Notice(Struct, frozen=True):
    """Wanted: one message, once. `key` is unique for ever; `facts` is the event's JSON, words are found when it is sent."""

    key: str
    destination: Destination
    event: str
    facts: Mapping[str, object]
    lane: Lane
    person: str = ""
    valid_until: datetime | None = None
    not_before: datetime | None = None
    loud: bool = True
    guaranteed: bool = False
    urgent: bool = False  # passes quiet hours, and does not wait for the last ping to be five minutes old
    hushed: str = ""  # why it is not said at all: kept so that whoever asks is told


Delivery = Card | Notice


class Quiet(Struct, frozen=True):
    """Hours in which a person is not disturbed, by their own clock; `until` before `since` is the next day's."""

    since: time
    until: time

    def __str__(self) -> str:
        return f"{self.since:%H:%M}-{self.until:%H:%M}"


class Chosen(Struct, frozen=True):
    """What somebody chose about what they hear; `until` bounds it, None while it holds until changed."""

    value: str
    until: datetime | None = None


class Hushed(Struct, frozen=True):
    """A message about a request that was held, joined to others or not said at all: to whom, what, and why.

    `held_until` is when it will be said, None where it will not, or was said already at `sent_at`.
    """

    person: str
    place: Destination
    event: str
    facts: Mapping[str, object]
    why: str
    made_at: datetime
    held_until: datetime | None = None
    sent_at: datetime | None = None


class Promise(Struct, frozen=True):
    """A target as told to the client: by when; filed outside hours, its clock counts from `opens_at`.

    `provisional` is the year of `due_at` if its holidays are not announced yet, else 0.
    """

    metric: str
    target: str
    due_at: datetime
    opens_at: datetime | None = None
    provisional: int = 0


class Move(Struct, frozen=True):
    """A deadline that moves: of which clock, from when to when; None where it has or had none.

    Of a clock that is paused: when it would be due if it went on now.
    """

    metric: str
    target: str
    was_at: datetime | None
    now_at: datetime | None
    paused: bool = False


class Stretch(Struct, frozen=True):
    """A part of a clock's life: *counted* is one opening of the calendar, *closed* lies between two, *paused* has a reason.

    `span` is the working time that counted; `to_at` is None where nobody knows the end yet.
    """

    kind: str
    from_at: datetime
    to_at: datetime | None
    span: timedelta = timedelta(0)
    reason: str = ""


class Account(Struct, frozen=True):
    """How one clock comes to its due time, from its segments.

    `promised` is what the agreement names for the priority; the timer's own goal differs from it after a grace, after a
    merge, or in a later run, which has at least `floor`. `due_at` is the instant at which the goal is or would have been
    used up, None while the clock is paused; `strict_at` the same without grace, `reckoned_at` the same without the date
    that was agreed. `rival_at` is when the other target of the metric is due, if there is one.
    """

    timer: Timer
    promised: timedelta | None
    stretches: tuple[Stretch, ...]
    spent: timedelta
    due_at: datetime | None
    floor: timedelta
    strict_at: datetime | None = None
    reckoned_at: datetime | None = None
    rival: str = ""
    rival_at: datetime | None = None

    @property
    def left(self) -> timedelta:
        """Working time left; negative once it is overdue."""
        return self.timer.goal - self.spent

    @property
    def governs(self) -> bool:
        """Of the targets on one metric, the one that is due first."""
        return self.rival_at is None or (self.due_at is not None and self.due_at <= self.rival_at)


class Drift(Struct, frozen=True):
    """A clock whose stored fields are not what its segments give: which of them, as stored and as derived."""

    number: str
    metric: str
    target: str
    cycle: int
    fields: tuple[str, ...]
    stored: Timer
    made: Timer

    def __str__(self) -> str:
        changes = (f"{name}: {_plain(self.stored, name)} -> {_plain(self.made, name)}" for name in self.fields)
        return f"{self.number} {self.metric}/{self.target} run {self.cycle}: {', '.join(changes)}"


def _plain(timer: Timer, name: str) -> str:
    value = getattr(timer, name)
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value or "none")


class Fared(Struct, frozen=True):
    """One promise on one request: as it was judged, and as a draft would judge it. None: not judged, or not promised."""

    number: str
    title: str
    metric: str
    target: str
    cycle: int
    before: Verdict | None
    after: Verdict | None
    due_at: datetime | None = None  # under the draft

    @property
    def changed(self) -> bool:
        """A verdict that turns; one that only one side gives is no change."""
        return self.before is not self.after and None not in (self.before, self.after)


class Attainment(Struct, frozen=True):
    """How often a target was met, of how often it was judged: as it was, and under a draft."""

    metric: str
    target: str
    met: int
    judged: int
    draft_met: int
    draft_judged: int


class Replay(Struct, frozen=True):
    """A period's requests under a draft. `clients` are those whom the draft concerns; `unknown` could not be measured."""

    since: datetime
    until: datetime
    clients: tuple[str, ...]
    requests: int
    attainments: tuple[Attainment, ...]
    changed: tuple[Fared, ...]
    unknown: int = 0


class Correction(Struct, frozen=True):
    """How often the team changed, or confirmed, the priority that a rule had given. `source` is where it came from
    (words, fact, due, item, declared, stated, staff), `rule` its id; `numbers` are some of the requests."""

    source: str
    rule: str
    raised: int
    lowered: int
    confirmed: int
    numbers: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        return self.raised + self.lowered


class DigestLine(Struct, frozen=True):
    """One request in a digest, with the reason it stands there."""

    number: str
    title: str
    client: str
    status: Status
    priority: Priority
    assignee: str
    due_at: datetime | None
    waiting_for: str = ""
    breach_reason: str = ""
    request: int = 0
    item: str = ""
    missing: tuple[str, ...] = ()  # ids of what its client has to hand over


class Standing(Struct, frozen=True):
    """As much of a request as deciding needs in which section of a digest it stands. `at_risk`: three quarters of a
    running goal are spent; `missed`: a promise on it was missed since the last digest."""

    id: int
    status: Status
    assignee: str
    private: bool
    opened_at: datetime
    due_at: datetime | None
    snoozed_until: datetime | None = None
    offered: bool = False
    rating: int = 0
    at_risk: bool = False
    missed: bool = False


class Held(Struct, frozen=True):
    """Something that somebody was not told in their quiet hours: of which request, what, and when."""

    request: int
    number: str
    title: str
    event: str
    facts: dict[str, Any]
    at: datetime


class Kept(Struct, frozen=True):
    """How often the promises on a metric were kept, of how often they were judged in a period."""

    metric: str
    met: int
    judged: int


class Figures(Struct, frozen=True):
    """What a period came to, each figure with what it counts.

    `days` are local dates with what was filed and solved on them. `gaps` counts the clocks that ended by the share of
    their goal that they took, in the bins of `rules.figures`; `measured` is how many those are, of `ended`. `ages`
    counts what is open now by its age.
    """

    since: datetime
    until: datetime
    filed: int
    solved: int
    days: tuple[tuple[str, int, int], ...]
    kept: tuple[Kept, ...]
    gaps: tuple[int, ...]
    measured: int
    ended: int
    ages: tuple[int, ...]


class Digest(Struct, frozen=True):
    """What one reader is told: sections of lines (`totals` counts those that are not shown, too), what has changed since
    the last one, what was held in their quiet hours, and a period's figures."""

    kind: str
    subject: str
    at: datetime
    sections: Mapping[str, tuple[DigestLine, ...]] = field(default_factory=dict)
    load: Mapping[str, int] = field(default_factory=dict)
    period: str = "daily"
    since: datetime | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    figures: Figures | None = None
    corrections: tuple[Correction, ...] = ()  # the rules of priority that were corrected most often
    gaps: tuple[Stint, ...] = ()  # when nobody of a team will be on duty in its working time

    @property
    def is_empty(self) -> bool:
        """Nothing is open and nothing was held: that is no news. A period's look back is told even when all is quiet."""
        quiet = not any(self.sections.values()) and not self.held and not self.gaps
        return quiet and (
            self.period == "daily" or self.figures is None or not (self.figures.filed + self.figures.ended)
        )
