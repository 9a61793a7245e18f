"""What may be asked that changes nothing."""

from __future__ import annotations

from msgspec import Struct


class Query(Struct, frozen=True):
    """Base of all queries."""


class Help(Query, frozen=True):
    topic: str = "request"


class MyRequests(Query, frozen=True):
    pass


class ShowRequest(Query, frozen=True):
    request: str


class MyQueue(Query, frozen=True):
    pass


class TeamQueue(Query, frozen=True):
    only: str = ""  # breaches | escalations | unassigned


class Demotable(Query, frozen=True):
    """Which of their P1 a client may lower in favour of this request."""

    request: str


class Corrections(Query, frozen=True):
    """Which rules gave priorities that the team corrected, in the last four weeks."""


class ScopeRegister(Query, frozen=True):
    """What was outside the agreement, and what became of it."""


class OnDuty(Query, frozen=True):
    pass


class Turns(Query, frozen=True):
    """Who is on duty in the days to come."""


class Ahead(Query, frozen=True):
    """Who will hear of a request, when and why, if nothing happens."""

    request: str


class Find(Query, frozen=True):
    words: str


class DigestNow(Query, frozen=True):
    """The asker's digest at once: the day's, the week's or the month's."""

    period: str = "daily"


class Settings(Query, frozen=True):
    """What the asker hears, and when."""


class Why(Query, frozen=True):
    request: str


class Agreements(Query, frozen=True):
    """The versions that rule, ruled and are proposed, and who accepted them."""


class PreviewAgreement(Query, frozen=True):
    """Which deadlines of open requests would move if they had the version of this agreement that is in force now."""

    agreement: str


class Menu(Query, frozen=True):
    """What may be ordered, from the item at `start`, or what these words find; `whole` is all there is, for the team."""

    words: str = ""
    start: int = 0
    whole: bool = False


class ShowItem(Query, frozen=True):
    """The card of one item."""

    item: str
    whole: bool = False


class PageLink(Query, frozen=True):
    pass


class Drafts(Query, frozen=True):
    """What one has typed within a day and not filed."""


class NewRequestForm(Query, frozen=True):
    """`/request` alone; `text` is what is already known."""

    text: str = ""
