"""What a decision may know, and what it is: values between the desk and the rules.

The writer may run a decision twice, so nothing in `core.rules` may depend on anything but what stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct, field

from core.events import Event
from core.model.parties import Actor, Destination
from core.model.request import Firing, Remark, Request
from core.model.sending import Delivery
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook
from core.rules.instants import aware

#: How long a command may be taken back, on the real clock (rulings.md 5).
UNDO_WITHIN = timedelta(seconds=60)


class Undoable(Struct, frozen=True):
    """The last command on a request: who gave it, until when it may be taken back, and how it was before."""

    by: str
    verb: str
    until: datetime
    version: int
    before: Request | None

    @classmethod
    def filing(cls, by: str, at: datetime) -> Undoable:
        """The first command of all: nothing was before it, so nothing has to be kept to take it back."""
        return cls(by, "OpenRequest", at + UNDO_WITHIN, 1, None)


class Context(Struct, frozen=True):
    """What a decision may know. `now` is the desk's time, `real` the wall's; both aware and UTC.

    `said_at` is when the message was written, in the desk's time, where the platform tells; `other` is the second
    request of a command that names two.
    """

    directory: Directory
    now: datetime
    real: datetime
    actor: Actor
    place: Destination
    new_id: Callable[[], int]
    next_number: Callable[[str], str] = field(default=lambda prefix: f"{prefix}-0")
    undoable: Undoable | None = None
    said_at: datetime | None = None
    other: Request | None = None
    used: Callable[[str, datetime], int] = lambda _client, _since: 0  # units of a client's allowance, since then

    def __post_init__(self) -> None:
        aware(self.now, self.real, self.said_at or self.now)

    @property
    def rulebook(self) -> Rulebook:
        return self.directory.rulebook

    def heard_at(self, since: datetime) -> datetime:
        """When the message was written: not before `since`, and not after now."""
        return min(max(self.said_at or self.now, since), self.now)


class Decision(Struct, frozen=True):
    """All that a command changes. `before` is the request as it was, None for one that is new; `also` are decisions on
    other requests that the same command names, kept in the same commit (rulings.md 20)."""

    request: Request
    events: tuple[Event, ...]
    deliveries: tuple[Delivery, ...] = ()
    remarks: tuple[Remark, ...] = ()
    firings: tuple[Firing, ...] = ()
    undoable: Undoable | None = None
    withdrawn: bool = False  # notices that wait are taken back
    before: Request | None = None
    also: tuple[Decision, ...] = ()
