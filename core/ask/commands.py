"""What may be asked that changes something: imperatives, as plain frozen data.

`request` is what the person named (`42`, `HX-42`) or, from a button, the number the token stands for.
Phrases (dates, people, services) are unresolved here; `decide` resolves them (rulings.md 11).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from core.model.parties import Absence, Cover
from core.model.request import File


class Command(Struct, frozen=True, gc=False):
    """Base of all commands."""


class OnRequest(Command, frozen=True):
    """A command that changes one request."""

    request: str


class OpenRequest(Command, frozen=True):
    title: str
    description: str = ""
    item: str = ""  # a word for a line of the catalogue
    level: str = ""  # the mark: p1..p4 or urgent|high|normal|low
    due: str = ""  # a phrase
    requester: str = ""  # a mention or a name, when filed for somebody
    impact: str = ""
    about: str = ""  # the number of another request
    private: bool = False
    original: str = ""  # all that was typed
    facts: tuple[tuple[str, str], ...] = ()  # the form's questions, each with what was answered
    details: Mapping[str, str] = {}  # answers to the item's fields, as typed
    files: tuple[File, ...] = ()


class EditRequest(OnRequest, frozen=True):
    title: str = ""
    description: str = ""
    item: str = ""
    due: str = ""  # a phrase


class Acknowledge(OnRequest, frozen=True):
    pass


class Take(OnRequest, frozen=True):
    """Acknowledge and assign to oneself (rulings.md 3)."""


class Assign(OnRequest, frozen=True):
    person: str


class ReturnToQueue(OnRequest, frozen=True):
    pass


class SetPriority(OnRequest, frozen=True):
    level: str
    reason: str = ""


class AddInformation(OnRequest, frozen=True):
    text: str
    files: tuple[File, ...] = ()


class Nudge(OnRequest, frozen=True):
    pass


class Reply(OnRequest, frozen=True):
    text: str
    files: tuple[File, ...] = ()


class Note(OnRequest, frozen=True):
    text: str
    files: tuple[File, ...] = ()


class AskClient(OnRequest, frozen=True):
    """Wait for the client, with the question that is waited for."""

    text: str


class NoReplyNeeded(OnRequest, frozen=True):
    """The client's last words ask for no answer: the next-response clock is cancelled."""


class StartWork(OnRequest, frozen=True):
    pass


class AssignGroup(OnRequest, frozen=True):
    team: str


class AcceptPrerequisites(OnRequest, frozen=True):
    """What was missing at intake is there: the solution clock starts."""


class Supply(OnRequest, frozen=True):
    """Something that was missing at intake is there. `what` is its id, or `text` names it; files come with it."""

    text: str = ""
    what: str = ""
    files: tuple[File, ...] = ()


class AskApproval(OnRequest, frozen=True):
    person: str
    text: str = ""


class Approve(OnRequest, frozen=True):
    pass


class RefuseApproval(OnRequest, frozen=True):
    text: str


class HandToSupplier(OnRequest, frozen=True):
    text: str


class OfferDate(OnRequest, frozen=True):
    """Propose a later date; it governs only once the client has agreed."""

    when: str


class AgreeDate(OnRequest, frozen=True):
    pass


class SubmitReview(OnRequest, frozen=True):
    """Hand in what is to be delivered; `text` is what the client reads once it has passed."""

    text: str


class PassReview(OnRequest, frozen=True):
    pass


class FailReview(OnRequest, frozen=True):
    text: str


class Pause(OnRequest, frozen=True):
    """Pause the clocks by hand, with a reason that the client reads; capped (rulings.md 5)."""

    text: str


class DeclareForceMajeure(OnRequest, frozen=True):
    """Every clock waits, once a second person has confirmed."""

    text: str


class WithdrawAgreement(OnRequest, frozen=True):
    """The agreement no longer holds for this request: its clocks are cancelled, once a second person has confirmed."""

    text: str


class Confirm(OnRequest, frozen=True):
    """The second person's word for what a colleague asked for."""


class Resume(OnRequest, frozen=True):
    """Go on, whatever it waited for: the client, a supplier, a date, a pause by hand, force majeure."""


class Snooze(OnRequest, frozen=True):
    """`until` is a phrase, and the reason may follow it: `2h the part comes at noon`."""

    until: str
    reason: str = ""


class StillOnIt(OnRequest, frozen=True):
    """The assignee's answer to the desk's question."""


class AskHelp(OnRequest, frozen=True):
    text: str = ""


class Seen(OnRequest, frozen=True):
    """Whoever was told of a checkpoint has taken notice: it is not repeated to them."""


class Hold(OnRequest, frozen=True):
    """The ladder waits half an hour, once, without a reason; due and verdict stay."""


class Extend(OnRequest, frozen=True):
    """Move the ladder's goal, never due or verdict (rulings.md 5)."""

    span: str
    reason: str


class Resolve(OnRequest, frozen=True):
    text: str


class Accept(OnRequest, frozen=True):
    """The client accepts what was done, or a quote: the how-many-th is `quote`, where a button knows."""

    quote: str = ""


class Reopen(OnRequest, frozen=True):
    text: str = ""


class Decline(OnRequest, frozen=True):
    """Out of scope; the client reads the reason."""

    text: str


class AskScope(OnRequest, frozen=True):
    """It is outside what was agreed, says the team: its service owner decides."""

    text: str


class Quote(OnRequest, frozen=True):
    """Outside, but for this price; the client accepts or refuses."""

    text: str


class RefuseQuote(OnRequest, frozen=True):
    text: str = ""


class AcceptOnce(OnRequest, frozen=True):
    """Outside, and done all the same this once; `text` is why."""

    text: str


class AddToCatalogue(OnRequest, frozen=True):
    """Done now, and wished for the catalogue under the name `text`."""

    text: str


class Demote(OnRequest, frozen=True):
    """Lower this P1 in favour of another request, for which no unit of the allowance was left."""

    instead: str


class Raise(OnRequest, frozen=True):
    """P1 after all, as a unit of the allowance is free: a new period has begun, or one was given back."""


class AskException(OnRequest, frozen=True):
    text: str


class GrantException(OnRequest, frozen=True):
    text: str


class RefuseException(OnRequest, frozen=True):
    text: str


class Merge(OnRequest, frozen=True):
    """This request goes into another one of the same client."""

    into: str


class Split(OnRequest, frozen=True):
    """A part of this request becomes a request of its own, with this title."""

    text: str


class Cancel(OnRequest, frozen=True):
    pass


class SameAs(OnRequest, frozen=True):
    """Withdraw this request, as another one is about the same, and follow that one."""

    into: str


class Follow(OnRequest, frozen=True):
    pass


class Unfollow(OnRequest, frozen=True):
    pass


class Rate(OnRequest, frozen=True):
    stars: str
    comment: str = ""


class Undo(OnRequest, frozen=True):
    """Take back one's own last command, within 60 seconds of the real clock (rulings.md 5)."""


class ApplyAgreement(OnRequest, frozen=True):
    """Pin another version, named by its key; `batch` is that of all requests that this was done to (rulings.md 20)."""

    agreement: str
    batch: str


class Remeasure(Command, frozen=True):
    """The desk's own command: a calendar has a new version, so this request's deadlines are worked out anew."""

    id: int
    batch: str


class Agree(Command, frozen=True):
    """Accept, for the client, the version that is proposed; `agreement` is its key, empty where there is only one."""

    agreement: str = ""


class Propose(Command, frozen=True):
    """The desk's own command: tell a client that a version (by its key) waits for their acceptance."""

    client: str
    agreement: str


class TimeReached(Command, frozen=True):
    """The clock's own command: a checkpoint of this request may have been reached."""

    id: int


class Rebuild(Command, frozen=True):
    """The command line's own: the due times of this request are derived anew from its segments."""

    id: int


class GoAway(Command, frozen=True):
    """Somebody is away: `when` is a phrase (`till 18:00`, `fri to mon`), and the reason may follow it."""

    when: str


class ComeBack(Command, frozen=True):
    pass


class AskCover(Command, frozen=True):
    """Somebody else is to be on duty then. They are asked, unless a manager or they themselves say it."""

    person: str
    when: str


class AskSwap(Command, frozen=True):
    """My turn for theirs: `when` names both days, mine first (`fri mon`)."""

    person: str
    when: str


class TakeCalendar(Command, frozen=True):
    """Covers and absences of a calendar: what the same events brought in before is replaced."""

    team: str
    by: str
    covers: tuple[Cover, ...]
    absences: tuple[Absence, ...]


class SetLanguage(Command, frozen=True):
    lang: str


class Choose(Command, frozen=True):
    """What somebody wants to hear, as they said it: `quiet 22:00-08:00`, `digest off`, `reminders mention`."""

    text: str


class Bind(Command, frozen=True):
    """Redeem a code printed by the command line: this chat, or this person, is who the code says (rulings.md 7, 15)."""

    code: str


class PassDuty(Command, frozen=True):
    """The clock's own command: somebody else is on duty in this team now, or may be."""

    team: str


class DigestDue(Command, frozen=True):
    """The schedule's own command: this destination's digest is due; `period` is daily, weekly or monthly."""

    kind: str
    subject: str
    period: str = "daily"
