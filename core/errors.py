"""What can go wrong, as values with a code and facts; `core.say` finds the words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from core.model.parties import Address


class Fix(Struct, frozen=True):
    """A one-tap way out of a refusal: the button's word and what it would ask; or the place that it opens."""

    label: str
    text: str
    url: str = ""


class Refused(Exception):
    """The desk will not do it. `code` is stable (`service_unknown`), `facts` fill the sentence, `fixes` are buttons."""

    def __init__(self, code: str, fixes: tuple[Fix, ...] = (), **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts
        self.fixes = fixes


class Outcome(StrEnum):
    """What a send came to, when it did not come to a receipt (faults.md 2.1)."""

    RETRY = "retry"  # certainly not sent: connect refused, pool time-out
    DOUBT = "doubt"  # may have been sent: read time-out, reset, 5xx
    DEFERRED = "deferred"  # refused for now: 429 with a time
    REJECTED = "rejected"  # this content will never be taken
    GONE = "gone"  # this destination is down: archived, kicked, blocked
    DEAD = "dead"  # this account is down: token revoked


class DeliveryError(Exception):
    """A send that failed, classed by what is known of its effect. `reason` carries no secret and no content."""

    def __init__(self, outcome: Outcome, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{outcome}: {reason}")
        self.outcome = outcome
        self.reason = reason
        self.retry_after = retry_after


class Moved(DeliveryError):
    """The chat has a new address; nothing was sent."""

    def __init__(self, to: Address) -> None:
        super().__init__(Outcome.RETRY, "moved")
        self.to = to


class MessageLost(DeliveryError):
    """The message to edit is no longer there: post a fresh one."""

    def __init__(self, reason: str) -> None:
        super().__init__(Outcome.REJECTED, reason)


class Unverifiable(Exception):
    """A platform that cannot tell whether a message in doubt arrived."""


class Mistake(Struct, frozen=True):
    """One mistake in a file: where, what, and what to write instead."""

    line: int
    where: str
    what: str
    hint: str


class BadRulebook(Exception):
    """The rulebook was refused; `mistakes` lists all of them, in the order of the lines."""

    def __init__(self, path: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{path}: {len(mistakes)} mistakes")
        self.path = path
        self.mistakes = mistakes
