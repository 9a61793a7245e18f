"""What happened, in the past tense: the journal's entries and the facts of every notice.

An event turns into plain JSON facts and back (`facts`, `from_facts`); fields whose names end in `_at` are instants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from core.model import Move, Promise


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events. `by` is the person who did it; empty for the desk itself."""


@dataclass(frozen=True, slots=True)
class RequestOpened(Event):
    by: str
    requester: str
    title: str
    item: str
    priority: int
    impact: int
    urgency: int
    impact_from: str
    urgency_from: str
    cues: tuple[str, ...]
    proposed: bool
    promises: tuple[Promise, ...]
    wished_at: datetime | None = None
    missing: tuple[str, ...] = ()
    follows: str = ""  # the number of the request that this one follows up or was split from
    impact_cue: str = ""
    urgency_cue: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    by: str


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class ReturnedToQueue(Event):
    by: str
    unanswered: str = ""  # who did not say whether they are still on it


@dataclass(frozen=True, slots=True)
class StillAsked(Event):
    """The desk asks `to` whether they are still on it; an answer counts until then."""

    to: str
    until_at: datetime


@dataclass(frozen=True, slots=True)
class StillSaid(Event):
    by: str


@dataclass(frozen=True, slots=True)
class NotAnswered(Event):
    """`to` did not answer a second time: it stays theirs, and the lead is told."""

    to: str


@dataclass(frozen=True, slots=True)
class HelpAsked(Event):
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class WasSeen(Event):
    by: str


@dataclass(frozen=True, slots=True)
class Held(Event):
    by: str
    seconds: int


@dataclass(frozen=True, slots=True)
class PriorityChanged(Event):
    by: str
    was: int
    now: int
    reason: str


@dataclass(frozen=True, slots=True)
class ClientWrote(Event):
    by: str
    text: str
    answered: bool = False  # it answered a question that the clocks waited for


@dataclass(frozen=True, slots=True)
class Nudged(Event):
    by: str


@dataclass(frozen=True, slots=True)
class Replied(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ClientAsked(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    by: str
    was: str = ""  # what it waited for: a state, `paused` or `force_majeure`


@dataclass(frozen=True, slots=True)
class WorkStarted(Event):
    by: str


@dataclass(frozen=True, slots=True)
class ReplyWaived(Event):
    by: str


@dataclass(frozen=True, slots=True)
class GroupAssigned(Event):
    by: str
    team: str


@dataclass(frozen=True, slots=True)
class PrerequisitesAccepted(Event):
    by: str


@dataclass(frozen=True, slots=True)
class ApprovalAsked(Event):
    by: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Approved(Event):
    by: str


@dataclass(frozen=True, slots=True)
class ApprovalRefused(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class HandedToSupplier(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class DateOffered(Event):
    by: str
    until_at: datetime


@dataclass(frozen=True, slots=True)
class DateAgreed(Event):
    """The client's consent: `by` gave it."""

    by: str
    until_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewAsked(Event):
    by: str
    level: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPassed(Event):
    by: str
    level: int


@dataclass(frozen=True, slots=True)
class ReviewFailed(Event):
    by: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paused(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class ForceMajeureDeclared(Event):
    """Two persons said so: `asked_by` first, `by` second."""

    by: str
    text: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class AgreementWithdrawn(Event):
    by: str
    text: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class ConfirmationAsked(Event):
    """Something that needs a second person: `verb` is priority, force_majeure or agreement_withdrawn."""

    by: str
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Declined(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Merged(Event):
    by: str
    into: str


@dataclass(frozen=True, slots=True)
class Absorbed(Event):
    """Another request was merged into this one."""

    by: str
    other: str
    about: str


@dataclass(frozen=True, slots=True)
class SplitOff(Event):
    """A part of this request became a request of its own."""

    by: str
    other: str
    about: str


@dataclass(frozen=True, slots=True)
class FollowedUp(Event):
    """It was reopened after its window: a new request goes on from it."""

    by: str
    other: str


@dataclass(frozen=True, slots=True)
class Snoozed(Event):
    by: str
    until_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Woken(Event):
    """A snooze is over: what the assignee is told then."""

    until_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Extended(Event):
    by: str
    seconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Reopened(Event):
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Closed(Event):
    by: str
    how: str  # accepted | window


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    by: str
    undone: bool = False
    unanswered: bool = False  # nobody gave what was asked for


@dataclass(frozen=True, slots=True)
class Rated(Event):
    by: str
    stars: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    by: str
    verb: str


@dataclass(frozen=True, slots=True)
class Edited(Event):
    by: str
    title: str


@dataclass(frozen=True, slots=True)
class CoverAsked(Event):
    """`by` asks `to` to be on duty for a team; of a swap, `back_*` is what they would be free of in return.

    `pair` is what the answer names.
    """

    by: str
    to: str
    team: str
    from_at: datetime
    until_at: datetime
    pair: str
    back_from_at: datetime | None = None
    back_until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverTaken(Event):
    """`to` is on duty in place of `instead`: `by` said so, be it they themselves or their manager."""

    by: str
    to: str
    team: str
    instead: str
    from_at: datetime
    until_at: datetime
    pair: str
    back_from_at: datetime | None = None
    back_until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoverRefused(Event):
    by: str
    asked_by: str
    team: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class CoverEnded(Event):
    """The rota holds again."""

    by: str
    to: str
    team: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class WentAway(Event):
    by: str
    from_at: datetime
    until_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class CameBack(Event):
    by: str


@dataclass(frozen=True, slots=True)
class CalendarImported(Event):
    """A calendar of covers and absences was read in: how many of each."""

    by: str
    team: str
    covers: int
    absences: int


@dataclass(frozen=True, slots=True)
class AgreementProposed(Event):
    """A version waits for the client's acceptance; `agreement` is its key, `hash` that of the document."""

    by: str
    agreement: str
    hash: str


@dataclass(frozen=True, slots=True)
class AgreementAccepted(Event):
    by: str
    agreement: str
    hash: str


@dataclass(frozen=True, slots=True)
class AgreementApplied(Event):
    """Another version was applied to an open request, with all others of its `batch` (rulings.md 20)."""

    by: str
    was: str
    now: str
    batch: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Remeasured(Event):
    """A calendar has a new version: the deadlines of an open request follow it."""

    by: str
    batch: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Reached(Event):
    """A checkpoint of a running timer: `kind` is reminder (before the goal), breach (at it) or escalation (after)."""

    kind: str
    metric: str
    target: str
    step: str
    repeat: int
    percent: int
    due_at: datetime
    reached_at: datetime
    missed: int = 0  # graver checkpoints swallow lesser ones after an outage; so many were


@dataclass(frozen=True, slots=True)
class Rebuilt(Event):
    """Stored due times that were not what the segments give were set right; `drifts` tells each."""

    by: str
    drifts: tuple[str, ...] = ()


EVENTS: Mapping[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}
_NAMES = {cls: tuple(f.name for f in fields(cls)) for cls in EVENTS.values()}
_READY = frozenset({str, int, bool, type(None)})


def facts(event: Event) -> dict[str, Any]:
    """The event's fields as JSON data."""
    return {name: _plain(getattr(event, name)) for name in _NAMES[type(event)]}


def from_facts(name: str, data: Mapping[str, Any]) -> Event:
    """The event again. Raises KeyError for a name that is not ours."""
    cls = EVENTS[name]
    known = {f.name for f in fields(cls)}
    return cls(**{key: _value(key, value) for key, value in data.items() if key in known})


def _plain(value: Any) -> Any:
    if type(value) in _READY:
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Promise):
        return {
            "metric": value.metric, "target": value.target, "due_at": value.due_at.isoformat(),
            "opens_at": value.opens_at.isoformat() if value.opens_at else None, "provisional": value.provisional,
        }  # fmt: skip
    if isinstance(value, Move):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _value(key: str, value: Any) -> Any:
    if key.endswith("_at"):
        return datetime.fromisoformat(value) if value else None
    if key == "promises":
        return tuple(Promise(**{k: _value(k, v) for k, v in p.items()}) for p in value)
    if key == "moves":
        return tuple(Move(**{k: _value(k, v) for k, v in move.items()}) for move in value)
    return tuple(value) if isinstance(value, list) else value
