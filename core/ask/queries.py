"""What may be asked that changes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """Base of all queries."""


@dataclass(frozen=True, slots=True)
class Help(Query):
    topic: str = "request"


@dataclass(frozen=True, slots=True)
class MyRequests(Query):
    pass


@dataclass(frozen=True, slots=True)
class ShowRequest(Query):
    request: str


@dataclass(frozen=True, slots=True)
class MyQueue(Query):
    pass


@dataclass(frozen=True, slots=True)
class TeamQueue(Query):
    only: str = ""  # breaches | escalations | unassigned


@dataclass(frozen=True, slots=True)
class OnDuty(Query):
    pass


@dataclass(frozen=True, slots=True)
class Turns(Query):
    """Who is on duty in the days to come."""


@dataclass(frozen=True, slots=True)
class Ahead(Query):
    """Who will hear of a request, when and why, if nothing happens."""

    request: str


@dataclass(frozen=True, slots=True)
class Find(Query):
    words: str


@dataclass(frozen=True, slots=True)
class DigestNow(Query):
    pass


@dataclass(frozen=True, slots=True)
class Why(Query):
    request: str


@dataclass(frozen=True, slots=True)
class Agreements(Query):
    """The versions that rule, ruled and are proposed, and who accepted them."""


@dataclass(frozen=True, slots=True)
class PreviewAgreement(Query):
    """Which deadlines of open requests would move if they had the version of this agreement that is in force now."""

    agreement: str


@dataclass(frozen=True, slots=True)
class PageLink(Query):
    pass


@dataclass(frozen=True, slots=True)
class NewRequestForm(Query):
    """`/request` alone; `text` is what is already known."""

    text: str = ""
