"""What is to be said, to whom, in which order, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum

from msgspec import Struct

from core.model.parties import Destination


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
