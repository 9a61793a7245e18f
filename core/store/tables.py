"""The rows: one table a class, the field names of `core.model`, no methods, no relationships.

Each index costs every filing, so there is one only where a query that people or the clock wait for needs it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlalchemy.ext.declarative import DeferredReflection
from sqlmodel import Field, SQLModel

from core.store.columns import Id, UtcDateTime

#: On SQLite these small rows lie in the tree of their key, instead of beside it.
_IN_KEY = {"sqlite_with_rowid": False}


def _id() -> Any:
    return Field(sa_column=Column(Id, primary_key=True, autoincrement=False))


def _ref(target: str, *, primary: bool = False) -> Any:
    return Field(sa_column=Column(Id, ForeignKey(target), primary_key=primary, nullable=False, index=not primary))


def _of_timer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["request_id", "timer_id"], ["timer.request_id", "timer.id"])


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the few rows for which this holds. The migration says the same to PostgreSQL; to say it here would
    load that dialect at each start."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


def _at(*, nullable: bool = True) -> Any:
    return Field(default=None, sa_type=UtcDateTime, nullable=nullable)


class Row(DeferredReflection, SQLModel):
    """Nothing is validated here, so Pydantic need not prepare for it at each start; and nothing is mapped to objects."""

    model_config = {"defer_build": True}


class RequestRow(Row, table=True):
    __tablename__ = "request"
    __table_args__ = (
        Index("request_standing", "status", "team"),  # the open ones are few, whoever asks for them
        _partial("request_scope", "opened_at", where="scope <> ''"),
        _partial("request_charged", "client", "charged_at", where="charged_at IS NOT NULL"),
    )
    id: int = _id()
    number: str = Field(unique=True)
    client: str
    item: str
    team: str
    title: str = Field(sa_type=Text)
    description: str = Field(sa_type=Text)
    status: str
    status_since: datetime = _at(nullable=False)
    priority: int
    reasons: dict[str, Any] = Field(sa_type=JSON)
    requester: str
    origin: str
    lang: str
    agreement: str
    opened_at: datetime = _at(nullable=False)
    owner: str = ""
    assignee: str = ""
    private: bool = False
    wished_at: datetime | None = _at()
    snoozed_until: datetime | None = _at()
    waiting_for: str = Field(default="", sa_type=Text)
    resolution: str = Field(default="", sa_type=Text)
    resolved_at: datetime | None = _at()
    closed_at: datetime | None = _at()
    rating: int = 0
    reopened: int = 0
    missing: list[str] = Field(default=[], sa_type=JSON)
    supplied: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    files: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    details: dict[str, str] = Field(default={}, sa_type=JSON)
    approver: str = ""
    supplier: str = Field(default="", sa_type=Text)
    offered_at: datetime | None = _at()
    agreed_by: str = ""
    deliverable: str = Field(default="", sa_type=Text)
    submitted_by: str = ""
    review_level: int = 0
    rework: int = 0
    paused_for: str = Field(default="", sa_type=Text)
    force_majeure: str = Field(default="", sa_type=Text)
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    scope: str = ""
    scope_steps: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    ration: str = ""
    charged_at: datetime | None = _at()
    merged_into: str = ""
    followers: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    follows: str = ""
    last_event: str = ""
    last_event_at: datetime | None = _at()
    last_event_by: str = ""
    version: int
    filed_at: datetime = _at(nullable=False)  # real time


class TimerRow(Row, table=True):
    """The timers of a request lie together, and with them what they are made of: each is found by its request."""

    __tablename__ = "timer"
    __table_args__ = (_partial("timer_due", "next_at", where="next_at IS NOT NULL"), _IN_KEY)
    request_id: int = _ref("request.id", primary=True)
    id: int = _id()
    metric: str
    target: str
    goal: int = Field(sa_type=Id)  # seconds of working time
    calendar: str
    ladder: str
    cycle: int
    state: str
    since: datetime | None = _at()  # of the span that lasts, which is no segment yet; empty when none does
    reason: str = ""  # why it is paused
    due_at: datetime | None = _at()
    next_at: datetime | None = _at()
    next_step: str = ""
    next_repeat: int = 0
    stopped_at: datetime | None = _at()
    breached_at: datetime | None = _at()
    verdict: str | None = None
    extended_by: int = Field(default=0, sa_type=Id)
    graced_until: datetime | None = _at()
    strict_goal: int | None = Field(default=None, sa_type=Id)  # seconds of working time
    strict_verdict: str | None = None
    agreed_at: datetime | None = _at()
    merged_due: datetime | None = _at()
    first_time_right: bool = True


class SegmentRow(Row, table=True):
    """A span that has ended. Rows are only ever added; the span that lasts stands in its timer's row."""

    __tablename__ = "segment"
    __table_args__ = (_of_timer(), _IN_KEY)
    request_id: int = Field(sa_type=Id, primary_key=True)
    timer_id: int = Field(sa_type=Id, primary_key=True)
    n: int = Field(primary_key=True)
    from_at: datetime = _at(nullable=False)
    to_at: datetime = _at(nullable=False)
    running: bool
    reason: str


class FiringRow(Row, table=True):
    """Claimed by the ticker's one statement (`decided_at` empty), decided at the door."""

    __tablename__ = "firing"
    __table_args__ = (_of_timer(), _partial("firing_open", "request_id", where="decided_at IS NULL"), _IN_KEY)
    request_id: int = Field(sa_type=Id, primary_key=True)
    timer_id: int = Field(sa_type=Id, primary_key=True)
    cycle: int = Field(primary_key=True)
    step: str = Field(primary_key=True)
    repeat: int = Field(primary_key=True)
    reached_at: datetime = _at(nullable=False)
    decided_at: datetime | None = _at()
    told: list[str] | None = Field(default=None, sa_type=JSON)  # the people that were told
    seen: list[str] | None = Field(default=None, sa_type=JSON)  # of a step's first firing: who has acknowledged it


class RemarkRow(Row, table=True):
    __tablename__ = "remark"
    id: int = _id()
    request_id: int = _ref("request.id")
    at: datetime = _at(nullable=False)
    person: str
    kind: str
    text: str = Field(sa_type=Text)


class JournalRow(Row, table=True):
    """Append-only and hash-chained per client; triggers refuse change and deletion."""

    __tablename__ = "journal"
    __table_args__ = (_partial("journal_corrections", "at", where="event = 'PriorityChanged'"), _IN_KEY)
    client: str = Field(primary_key=True)
    n: int = Field(sa_column=Column(Id, primary_key=True, autoincrement=False))
    request_id: int | None = Field(default=None, sa_type=Id, index=True)
    at: datetime = _at(nullable=False)
    actor: str
    event: str
    facts: dict[str, Any] = Field(sa_type=JSON)
    hash: str


class ClientRow(Row, table=True):
    """Per client: the last number given and the end of its journal's chain."""

    __tablename__ = "client"
    id: str = Field(primary_key=True)
    last_number: int = Field(sa_type=Id)
    journal_n: int = Field(sa_type=Id)
    journal_hash: str


class DeliveryRow(Row, table=True):
    """The outbox: cards (reconciled: wanted against shown) and notices (once, by key)."""

    __tablename__ = "delivery"
    __table_args__ = (
        _partial("delivery_undone", "rank", "id", where="state IN ('queued', 'sending', 'doubt')"),
        _partial("delivery_doubted", "sent_at", where="doubts > 0"),
        _partial("delivery_receipt", "receipt", where="receipt <> ''"),
        _partial("delivery_notices", "request_id", where="kind = 'notice'"),
    )
    id: int = _id()
    key: str = Field(unique=True)
    kind: str  # card | notice
    request_id: int | None = Field(default=None, sa_type=Id)
    address: str
    place: str
    subject: str
    generation: int
    audience: str = ""
    event: str = ""
    facts: dict[str, Any] = Field(default={}, sa_type=JSON)
    rank: int
    person: str = ""
    guaranteed: bool = False
    loud: bool = True
    urgent: bool = False  # passes quiet hours
    hushed: str = ""  # why it was held or is not said; stays when it is said after all
    state: str = "queued"
    not_before: datetime | None = _at()  # desk time
    valid_until: datetime | None = _at()  # desk time
    retry_at: datetime | None = _at()  # real time
    claimed_at: datetime | None = _at()  # real time
    claimed_by: str = ""
    attempts: int = 0
    doubts: int = 0
    wanted: int = 1
    shown: int = 0
    shown_hash: str = ""
    receipt: str = ""
    reason: str = ""
    made_at: datetime = _at(nullable=False)
    sent_at: datetime | None = _at()


class LaneRow(Row, table=True):
    """A destination, or a whole platform (`slack:*`), that asked us to wait (real time)."""

    __tablename__ = "lane"
    address: str = Field(primary_key=True)
    paused_until: datetime = _at(nullable=False)
    reason: str


class BucketRow(Row, table=True):
    """How far a limit of a platform is used up: when its bucket is full again, in seconds of the wall's clock."""

    __tablename__ = "bucket"
    name: str = Field(primary_key=True)
    full_at: float


class TokenRow(Row, table=True):
    """What a button means. `slot` is unique per (card, button, generation); `version` is that of the card shown last."""

    __tablename__ = "token"
    __table_args__ = (_partial("token_slot", "slot", where="slot IS NOT NULL", unique=True), _IN_KEY)
    token: str = Field(primary_key=True)
    slot: str | None = None
    verb: str
    args: dict[str, Any] = Field(sa_type=JSON)
    person: str  # whom it was given to alone; empty for a shared card
    address: str
    version: int
    made_at: datetime = _at(nullable=False)


class DraftRow(Row, table=True):
    """What somebody typed that is not filed yet: kept 24 hours of desk time."""

    __tablename__ = "draft"
    token: str = Field(primary_key=True)
    person: str = Field(index=True)
    kind: str
    content: dict[str, Any] = Field(sa_type=JSON)
    made_at: datetime = _at(nullable=False)
    expires_at: datetime = _at(nullable=False)


class UploadRow(Row, table=True):
    """A file that came over the page (`core.store.uploads`); what belongs to no request goes after a day."""

    __tablename__ = "upload"
    __table_args__ = (_partial("upload_loose", "person", where="request_id IS NULL"),)
    id: str = Field(primary_key=True)
    person: str
    name: str
    size: int
    data: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = _at(nullable=False)  # real time
    request_id: int | None = Field(default=None, sa_type=Id)


class InboxRow(Row, table=True):
    """What was heard, by the platform's own delivery key, with the answer that was given."""

    __tablename__ = "inbox"
    key: str = Field(primary_key=True)
    heard_at: datetime = _at(nullable=False)  # real time
    person: str
    answer: dict[str, Any] = Field(sa_type=JSON)


class UndoRow(Row, table=True):
    """How a request was before its last command. That it was filed can be taken back without such a row."""

    __tablename__ = "undo"
    request_id: int = _ref("request.id", primary=True)
    by: str
    verb: str
    until: datetime = _at(nullable=False)  # real time
    version: int
    before: dict[str, Any] = Field(sa_type=JSON)


class ScheduleRow(Row, table=True):
    """When each digest is due next (desk time)."""

    __tablename__ = "schedule"
    id: str = Field(primary_key=True)
    kind: str
    subject: str
    next_at: datetime = _at(nullable=False)


class AgreementRow(Row, table=True):
    """Every version of an agreement that was ever in force; open requests stay pinned to theirs (sla.md section 7)."""

    __tablename__ = "agreement"
    key: str = Field(primary_key=True)
    agreement: str = Field(index=True)
    version: int
    hash: str
    body: dict[str, Any] = Field(sa_type=JSON)
    loaded_at: datetime = _at(nullable=False)


class ConsentRow(Row, table=True):
    """A version that was proposed to a client, and who of them accepted it when; `hash` is that of the document."""

    __tablename__ = "consent"
    client: str = Field(primary_key=True)
    agreement: str = Field(primary_key=True)  # the version's key
    hash: str
    proposed_at: datetime = _at(nullable=False)
    accepted_at: datetime | None = _at()
    accepted_by: str


class CalendarRow(Row, table=True):
    """Every version that a calendar ever had, in the order in which they were loaded: a later one rules from its
    `valid_from` on, whatever was to rule then. `applied_at` is empty until the deadlines of open requests follow it."""

    __tablename__ = "calendar"
    calendar: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_type=JSON)
    valid_from: datetime | None = _at()
    loaded_at: datetime = _at(nullable=False)
    applied_at: datetime | None = _at()


class CoverRow(Row, table=True):
    """That somebody stands in on duty. Only what was `taken_at` holds, until it was `ended_at`; `pair` joins the two of a
    swap. What a calendar brought in has the `uid` of its event."""

    __tablename__ = "cover"
    id: int = _id()
    pair: int = Field(sa_type=Id, index=True)
    team: str
    person: str
    instead: str
    from_at: datetime = _at(nullable=False)
    to_at: datetime = _at(nullable=False)
    by: str
    uid: str
    asked_at: datetime = _at(nullable=False)
    taken_at: datetime | None = _at()
    ended_at: datetime | None = _at()


class AbsenceRow(Row, table=True):
    """That somebody is away; who came back earlier has it ended by then."""

    __tablename__ = "absence"
    id: int = _id()
    person: str
    from_at: datetime = _at(nullable=False)
    to_at: datetime = _at(nullable=False)
    reason: str
    by: str
    uid: str
    made_at: datetime = _at(nullable=False)


class LinkRow(Row, table=True):
    """An identity joined to a person by code; wins over the rulebook."""

    __tablename__ = "link"
    identity: str = Field(primary_key=True)
    person: str


class PlaceRow(Row, table=True):
    """What was learnt of a chat: bound by code, moved by its platform, suspended; the generation of its binding."""

    __tablename__ = "place"
    address: str = Field(primary_key=True)
    place: str
    subject: str
    moved_to: str
    suspended: str  # the reason; empty while it can be spoken to
    generation: int


class PersonRow(Row, table=True):
    """What somebody chose, or their platform says of them."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    lang: str
    name: str


class ChoiceRow(Row, table=True):
    """What a person, a client's chat (`client:hx`) or a team's (`team:site`) chose to hear; wins over the rulebook."""

    __tablename__ = "choice"
    who: str = Field(primary_key=True)
    name: str = Field(primary_key=True)  # quiet | reminders | digest
    value: str
    until: datetime | None = _at()  # desk time
    made_at: datetime = _at(nullable=False)
    made_by: str


class EarRow(Row, table=True):
    """When somebody was last pinged, the latest few times (desk time): what keeps the next ping waiting."""

    __tablename__ = "ear"
    person: str = Field(primary_key=True)
    pings: list[str] = Field(sa_type=JSON)


class SecretRow(Row, table=True):
    """One-time links, sessions and binding codes, by the hash of the secret."""

    __tablename__ = "secret"
    hash: str = Field(primary_key=True)
    kind: str  # link | session | bind
    subject: str
    expires_at: datetime = _at(nullable=False)  # real time
    used_at: datetime | None = _at()


class MemoryRow(Row, table=True):
    """Small facts an adapter must not lose."""

    __tablename__ = "memory"
    name: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)


class ShelfRow(Row, table=True):
    """What was posted in the page's own chats. `change` counts all changes, for readers that come back."""

    __tablename__ = "shelf"
    entry: int = _id()
    chat: str = Field(index=True)
    key: str = Field(unique=True)
    change: int = Field(sa_type=Id, index=True)
    body: dict[str, Any] = Field(sa_type=JSON)
