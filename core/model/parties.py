"""Who takes part and where they are spoken to; who stands in, who is away, what somebody wants to hear."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from msgspec import Struct


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


class Identity(Struct, frozen=True, cache_hash=True):
    """Somebody as a platform names them; never a display name, never an e-mail address."""

    platform: str
    workspace: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.workspace}:{self.user}"


class Address(Struct, frozen=True, cache_hash=True):
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


class Destination(Struct, frozen=True, cache_hash=True):
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


class Quiet(Struct, frozen=True):
    """Hours in which a person is not disturbed, by their own clock; `until` before `since` is the next day's."""

    since: time
    until: time

    def __str__(self) -> str:
        return f"{self.since:%H:%M}-{self.until:%H:%M}"

    @property
    def is_all_day(self) -> bool:
        """Whether less than an hour of the day is left, in which hardly anything could be said."""
        left = (self.since.hour - self.until.hour) * 60 + self.since.minute - self.until.minute
        return left % (24 * 60) < 60


class Chosen(Struct, frozen=True):
    """What somebody chose about what they hear; `until` bounds it, None while it holds until changed."""

    value: str
    until: datetime | None = None
