"""The one aggregate: a service request with its clocks, and what is written on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from msgspec import Struct

from core.model.parties import Address


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


class File(Struct, frozen=True, omit_defaults=True):
    """A file as its platform has it: the name, and the platform's own reference to it. It stays there.

    `size` is in bytes, 0 where the platform does not tell; `url` is where its members open it, where it has one.
    """

    name: str
    ref: str
    size: int = 0
    url: str = ""


class Attached(Struct, frozen=True, omit_defaults=True):
    """A file that belongs to a request. `internal`: it came with a note, and never reaches a client place."""

    file: File
    by: str
    at: datetime
    internal: bool = False


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
    files: tuple[Attached, ...] = ()
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


class Promise(Struct, frozen=True):
    """A target as told to the client: by when; filed outside hours, its clock counts from `opens_at`.

    `provisional` is the year of `due_at` if its holidays are not announced yet, else 0.
    """

    metric: str
    target: str
    due_at: datetime
    opens_at: datetime | None = None
    provisional: int = 0
