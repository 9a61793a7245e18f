"""What may be asked that changes something: imperatives, as plain frozen data.

`request` is what the person named (`42`, `HX-42`) or, from a button, the number the token stands for.
Phrases (dates, people, services) are unresolved here; `decide` resolves them (rulings.md 11).
"""

from __future__ import annotations

from dataclasses import dataclass


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
class NoReplyNeeded(OnRequest):
    """The client's last words ask for no answer: the next-response clock is cancelled."""


@dataclass(frozen=True, slots=True)
class StartWork(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class AssignGroup(OnRequest):
    team: str


@dataclass(frozen=True, slots=True)
class AcceptPrerequisites(OnRequest):
    """What was missing at intake is there: the solution clock starts."""


@dataclass(frozen=True, slots=True)
class AskApproval(OnRequest):
    person: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Approve(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class RefuseApproval(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class HandToSupplier(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class OfferDate(OnRequest):
    """Propose a later date; it governs only once the client has agreed."""

    when: str


@dataclass(frozen=True, slots=True)
class AgreeDate(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class SubmitReview(OnRequest):
    """Hand in what is to be delivered; `text` is what the client reads once it has passed."""

    text: str


@dataclass(frozen=True, slots=True)
class PassReview(OnRequest):
    pass


@dataclass(frozen=True, slots=True)
class FailReview(OnRequest):
    text: str


@dataclass(frozen=True, slots=True)
class Pause(OnRequest):
    """Pause the clocks by hand, with a reason that the client reads; capped (rulings.md 5)."""

    text: str


@dataclass(frozen=True, slots=True)
class DeclareForceMajeure(OnRequest):
    """Every clock waits, once a second person has confirmed."""

    text: str


@dataclass(frozen=True, slots=True)
class WithdrawAgreement(OnRequest):
    """The agreement no longer holds for this request: its clocks are cancelled, once a second person has confirmed."""

    text: str


@dataclass(frozen=True, slots=True)
class Confirm(OnRequest):
    """The second person's word for what a colleague asked for."""


@dataclass(frozen=True, slots=True)
class Resume(OnRequest):
    """Go on, whatever it waited for: the client, a supplier, a date, a pause by hand, force majeure."""


@dataclass(frozen=True, slots=True)
class Snooze(OnRequest):
    """`until` is a phrase, and the reason may follow it: `2h the part comes at noon`."""

    until: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StillOnIt(OnRequest):
    """The assignee's answer to the desk's question."""


@dataclass(frozen=True, slots=True)
class AskHelp(OnRequest):
    text: str = ""


@dataclass(frozen=True, slots=True)
class Seen(OnRequest):
    """Whoever was told of a checkpoint has taken notice: it is not repeated to them."""


@dataclass(frozen=True, slots=True)
class Hold(OnRequest):
    """The ladder waits half an hour, once, without a reason; due and verdict stay."""


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
class Decline(OnRequest):
    """Out of scope; the client reads the reason."""

    text: str


@dataclass(frozen=True, slots=True)
class Merge(OnRequest):
    """This request goes into another one of the same client."""

    into: str


@dataclass(frozen=True, slots=True)
class Split(OnRequest):
    """A part of this request becomes a request of its own, with this title."""

    text: str


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
class GoAway(Command):
    """Somebody is away: `when` is a phrase (`till 18:00`, `fri to mon`), and the reason may follow it."""

    when: str


@dataclass(frozen=True, slots=True)
class ComeBack(Command):
    pass


@dataclass(frozen=True, slots=True)
class AskCover(Command):
    """Somebody else is to be on duty then. They are asked, unless a manager or they themselves say it."""

    person: str
    when: str


@dataclass(frozen=True, slots=True)
class AskSwap(Command):
    """My turn for theirs: `when` names both days, mine first (`fri mon`)."""

    person: str
    when: str


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
