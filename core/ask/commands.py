"""What may be asked that changes something: imperatives, as plain frozen data.

`request` is what the person named (`42`, `HX-42`) or, from a button, the number the token stands for.
Phrases (dates, people, services) are unresolved here; `decide` resolves them (rulings.md 11).
"""

from __future__ import annotations

from core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Base of all commands."""


@dataclass(frozen=True, slots=True)
class OnRequest(Command):
    """A command that changes one request."""

    request: str


@dataclass(frozen=True, slots=True)
class OpenRequest(Command):
    title: str
    description: str = ""
    item: str = ""  # a word for a line of the catalogue
    level: str = ""  # the mark: p1..p4 or urgent|high|normal|low
    due: str = ""  # a phrase
    requester: str = ""  # a mention or a name, when filed for somebody
    impact: str = ""
    private: bool = False
    original: str = ""  # all that was typed


@dataclass(frozen=True, slots=True)
class EditRequest(OnRequest):
    title: str = ""
    description: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class Take(OnRequest):
    """Acknowledge and assign to oneself (rulings.md 3)."""


@dataclass(frozen=True, slots=True)
class Assign(OnRequest):
    person: str


@dataclass(frozen=True, slots=True)
class ReturnToQueue(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class SetPriority(OnRequest):
    level: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddInformation(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class Nudge(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class Reply(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class Note(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class AskClient(OnRequest):
    """Wait for the client, with the question that is waited for."""

    text: str


@dataclass(frozen=True, slots=True)
class Resume(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class Snooze(OnRequest):
    until: str


@dataclass(frozen=True, slots=True)
class Extend(OnRequest):
    """Move the ladder's goal, never due or verdict (rulings.md 5)."""

    span: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolve(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class Accept(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class Reopen(OnRequest):
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cancel(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class Rate(OnRequest):
    stars: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Undo(OnRequest):
    """Take back one's own last command, within 60 seconds of the real clock (rulings.md 5)."""


@dataclass(frozen=True, slots=True)
class ApplyAgreement(OnRequest):
    """Pin another version, named by its key; `batch` is that of all requests that this was done to (rulings.md 20)."""

    agreement: str
    batch: str


@dataclass(frozen=True, slots=True)
class Remeasure(Command):
    """The desk's own command: a calendar has a new version, so this request's deadlines are worked out anew."""

    id: int
    batch: str


@dataclass(frozen=True, slots=True)
class Agree(Command):
    """Accept, for the client, the version that is proposed; `agreement` is its key, empty where there is only one."""

    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Propose(Command):
    """The desk's own command: tell a client that a version (by its key) waits for their acceptance."""

    client: str
    agreement: str


@dataclass(frozen=True, slots=True)
class TimeReached(Command):
    """The clock's own command: a checkpoint of this request may have been reached."""

    id: int


@dataclass(frozen=True, slots=True)
class Rebuild(Command):
    """The command line's own: the due times of this request are derived anew from its segments."""

    id: int


@dataclass(frozen=True, slots=True)
class SetLanguage(Command):
    lang: str


@dataclass(frozen=True, slots=True)
class Bind(Command):
    """Redeem a code printed by the command line: this chat, or this person, is who the code says (rulings.md 7, 15)."""

    code: str


@dataclass(frozen=True, slots=True)
class DigestDue(Command):
    """The schedule's own command: this destination's digest is due."""

    kind: str
    subject: str
