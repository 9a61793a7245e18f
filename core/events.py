"""What happened, in the past tense: the journal's entries and the facts of every notice.

An event turns into plain JSON facts and back (`facts`, `from_facts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins

from core.model.again import value_of
from core.model.request import File, Promise
from core.model.told import Move


class Event(Struct, frozen=True):
    """Base of all events. `by` is the person who did it; empty for the desk itself."""


class RequestOpened(Event, frozen=True):
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
    facts: tuple[str, ...] = ()
    details: Mapping[str, str] = {}
    ration: str = ""  # what a P1 came to under its client's allowance: taken, safety or spent
    left: int = 0  # the units that are left after it


class Acknowledged(Event, frozen=True):
    by: str


class Assigned(Event, frozen=True):
    by: str
    to: str


class ReturnedToQueue(Event, frozen=True):
    by: str
    unanswered: str = ""  # who did not say whether they are still on it


class StillAsked(Event, frozen=True):
    """The desk asks `to` whether they are still on it; an answer counts until then."""

    to: str
    until_at: datetime


class StillSaid(Event, frozen=True):
    by: str


class NotAnswered(Event, frozen=True):
    """`to` did not answer a second time: it stays theirs, and the lead is told."""

    to: str


class HelpAsked(Event, frozen=True):
    by: str
    text: str = ""


class WasSeen(Event, frozen=True):
    by: str


class Held(Event, frozen=True):
    by: str
    seconds: int


class PriorityChanged(Event, frozen=True):
    by: str
    was: int
    now: int
    reason: str


class ClientWrote(Event, frozen=True):
    by: str
    text: str
    answered: bool = False  # it answered a question that the clocks waited for
    files: tuple[File, ...] = ()


class Nudged(Event, frozen=True):
    by: str


class Replied(Event, frozen=True):
    by: str
    text: str


class Noted(Event, frozen=True):
    by: str
    text: str


class ClientAsked(Event, frozen=True):
    by: str
    text: str


class Resumed(Event, frozen=True):
    by: str
    was: str = ""  # what it waited for: a state, `paused` or `force_majeure`


class WorkStarted(Event, frozen=True):
    by: str


class ReplyWaived(Event, frozen=True):
    by: str


class GroupAssigned(Event, frozen=True):
    by: str
    team: str


class PrerequisiteSupplied(Event, frozen=True):
    """Something that was asked for is there: ticked, in words, or as a file that stays on its platform (`ref`)."""

    by: str
    need: str
    text: str = ""
    file: str = ""
    ref: str = ""
    left: tuple[str, ...] = ()


class FoundIncomplete(Event, frozen=True):
    """Corrected to another item, or accepted though it was outside: what that needs first is `missing`."""

    by: str
    missing: tuple[str, ...]


class PrerequisitesAccepted(Event, frozen=True):
    by: str


class ApprovalAsked(Event, frozen=True):
    by: str
    to: str
    text: str


class Approved(Event, frozen=True):
    by: str


class ApprovalRefused(Event, frozen=True):
    by: str
    text: str


class HandedToSupplier(Event, frozen=True):
    by: str
    text: str


class DateOffered(Event, frozen=True):
    by: str
    until_at: datetime


class DateAgreed(Event, frozen=True):
    """The client's consent: `by` gave it."""

    by: str
    until_at: datetime


class ReviewAsked(Event, frozen=True):
    by: str
    level: int
    text: str = ""


class ReviewPassed(Event, frozen=True):
    by: str
    level: int


class ReviewFailed(Event, frozen=True):
    by: str
    level: int
    text: str


class Paused(Event, frozen=True):
    by: str
    text: str


class ForceMajeureDeclared(Event, frozen=True):
    """Two persons said so: `asked_by` first, `by` second."""

    by: str
    text: str
    asked_by: str


class AgreementWithdrawn(Event, frozen=True):
    by: str
    text: str
    asked_by: str


class ConfirmationAsked(Event, frozen=True):
    """Something that needs a second person: `verb` is priority, force_majeure or agreement_withdrawn."""

    by: str
    verb: str
    text: str


class Declined(Event, frozen=True):
    by: str
    text: str


class ScopeAsked(Event, frozen=True):
    """It is outside what was agreed, so the service owner decides. `why` is a key of `core.say.scope.WHY`."""

    by: str
    why: str
    text: str = ""


class Quoted(Event, frozen=True):
    by: str
    text: str
    n: int  # the how-many-th quote: the client answers the one that they have read


class QuoteAccepted(Event, frozen=True):
    by: str
    text: str


class QuoteRefused(Event, frozen=True):
    by: str
    text: str


class ScopeAccepted(Event, frozen=True):
    """Done this once, though it is outside; with `wish`, the catalogue shall have it from now on."""

    by: str
    text: str
    wish: str = ""


class ScopeCovered(Event, frozen=True):
    """It was filed under another item, which the agreement has: nothing is left to decide."""

    by: str
    item: str


class Demoted(Event, frozen=True):
    """The client lowered it to P2 in favour of `other`, which has its unit of the allowance now."""

    by: str
    other: str


class Promoted(Event, frozen=True):
    """P1 after all: the client lowered `other` for it."""

    by: str
    other: str


class Raised(Event, frozen=True):
    """P1 after all: a unit of the allowance was free, and `left` are after it."""

    by: str
    left: int


class ExceptionAsked(Event, frozen=True):
    """The client asks for a P1 beyond the allowance."""

    by: str
    text: str


class ExceptionGranted(Event, frozen=True):
    by: str
    text: str


class ExceptionRefused(Event, frozen=True):
    by: str
    text: str


class Merged(Event, frozen=True):
    by: str
    into: str


class Absorbed(Event, frozen=True):
    """Another request was merged into this one."""

    by: str
    other: str
    about: str


class SplitOff(Event, frozen=True):
    """A part of this request became a request of its own."""

    by: str
    other: str
    about: str


class FollowedUp(Event, frozen=True):
    """It was reopened after its window: a new request goes on from it."""

    by: str
    other: str


class Snoozed(Event, frozen=True):
    by: str
    until_at: datetime
    text: str = ""


class Woken(Event, frozen=True):
    """A snooze is over: what the assignee is told then."""

    until_at: datetime
    text: str = ""


class Extended(Event, frozen=True):
    by: str
    seconds: int
    reason: str


class Resolved(Event, frozen=True):
    by: str
    text: str


class Reopened(Event, frozen=True):
    by: str
    text: str


class Closed(Event, frozen=True):
    by: str
    how: str  # accepted | window


class Cancelled(Event, frozen=True):
    by: str
    undone: bool = False
    unanswered: bool = False  # nobody gave what was asked for


class Rated(Event, frozen=True):
    by: str
    stars: int
    comment: str = ""


class Undone(Event, frozen=True):
    by: str
    verb: str


class Followed(Event, frozen=True):
    """`by` waits for the same; `instead` is the number of their own request that was withdrawn for it."""

    by: str
    instead: str = ""


class Unfollowed(Event, frozen=True):
    by: str


class Edited(Event, frozen=True):
    by: str
    title: str
    wished_at: datetime | None = None  # where another date is asked for


class CoverAsked(Event, frozen=True):
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


class CoverTaken(Event, frozen=True):
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


class CoverRefused(Event, frozen=True):
    by: str
    asked_by: str
    team: str
    from_at: datetime
    until_at: datetime


class CoverEnded(Event, frozen=True):
    """The rota holds again."""

    by: str
    to: str
    team: str
    from_at: datetime
    until_at: datetime


class WentAway(Event, frozen=True):
    by: str
    from_at: datetime
    until_at: datetime
    text: str = ""


class CameBack(Event, frozen=True):
    by: str


class DutyPassed(Event, frozen=True):
    """Somebody else is on duty now, by the rota, a cover or an absence."""

    team: str
    to: str
    was: str
    why: str


class CalendarImported(Event, frozen=True):
    """A calendar of covers and absences was read in: how many of each."""

    by: str
    team: str
    covers: int
    absences: int


class AgreementProposed(Event, frozen=True):
    """A version waits for the client's acceptance; `agreement` is its key, `hash` that of the document."""

    by: str
    agreement: str
    hash: str


class AgreementAccepted(Event, frozen=True):
    by: str
    agreement: str
    hash: str


class AgreementApplied(Event, frozen=True):
    """Another version was applied to an open request, with all others of its `batch` (rulings.md 20)."""

    by: str
    was: str
    now: str
    batch: str
    moves: tuple[Move, ...]


class Remeasured(Event, frozen=True):
    """A calendar has a new version: the deadlines of an open request follow it."""

    by: str
    batch: str
    moves: tuple[Move, ...]


class Reached(Event, frozen=True):
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
    every: int = 0  # seconds from one repeat to the next, if this is a repeat
    known: tuple[str, ...] = ()  # to whom it was no news, so that they were not told


class Rebuilt(Event, frozen=True):
    """Stored due times that were not what the segments give were set right; `drifts` tells each."""

    by: str
    drifts: tuple[str, ...] = ()


EVENTS: Mapping[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}


def facts(event: Event) -> dict[str, Any]:
    """The event's fields as JSON data; instants as ISO 8601 in UTC."""
    made: dict[str, Any] = to_builtins(event)
    return made


def from_facts(name: str, data: Mapping[str, Any]) -> Event:
    """The event again; what else is in the data is left alone. Raises KeyError for a name that is not ours."""
    return value_of(data, EVENTS[name])
