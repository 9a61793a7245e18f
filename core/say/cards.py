"""The living cards: one for the team, one for the client; the same facts, each in its reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from msgspec.structs import replace

from core.ask import commands as do
from core.ask.commands import Command
from core.model.request import SCOPE_OPEN, Remark, Request, Status, Timer
from core.rulebook.values import Detail
from core.rules import clocks, scope
from core.rules.metrics import FACING_CLIENT
from core.say import ration, states
from core.say.message import (
    Action,
    Actions,
    Block,
    Bold,
    Button,
    Context,
    Fields,
    Gauge,
    Header,
    Link,
    Message,
    Paragraph,
    Plain,
    Quote,
    Span,
    Text,
    When,
)
from core.say.voice import Voice
from core.say.words import Words, size

DESCRIPTION_LIMIT = 600

#: verb -> (label, style)
LABELS: dict[str, tuple[str, str]] = {
    "take": ("Take", "primary"),
    "assign": ("Assign", ""),
    "reply": ("Reply", ""),
    "ask": ("Wait for client", ""),
    "resolve": ("Resolve", ""),
    "reopen": ("Reopen", ""),
    "priority": ("Priority", ""),
    "note": ("Note", ""),
    "snooze": ("Snooze", ""),
    "resume": ("Go on", ""),
    "return": ("Back to queue", ""),
    "why": ("Why?", ""),
    "show": ("Show", ""),
    "extend": ("Extend with reason", ""),
    "still": ("Yes, still on it", "primary"),
    "assist": ("Need help", ""),
    "seen": ("Seen", ""),
    "hold": ("Hold 30 min", ""),
    "thread": ("Open thread", ""),
    "ladder": ("Who hears next?", ""),
    "itake": ("I take it", "primary"),
    "reassign": ("Reassign", ""),
    "add": ("Add information", ""),
    "answer": ("Answer", "primary"),
    "nudge": ("Nudge", ""),
    "cancel": ("Withdraw", "danger"),
    "accept": ("Accept", "primary"),
    "unsolved": ("Not solved", ""),
    "edit": ("Edit", ""),
    "adjust": ("Another date", ""),
    "undo": ("Undo", ""),
    "steps": ("More steps", ""),
    "start": ("Start work", ""),
    "complete": ("All is there", "primary"),
    "noreply": ("No reply needed", ""),
    "group": ("Other team", ""),
    "approval": ("Ask for approval", ""),
    "approve": ("Approve", "primary"),
    "refuse": ("Refuse", "danger"),
    "supplier": ("Hand to supplier", ""),
    "schedule": ("Propose a date", ""),
    "consent": ("Agree", "primary"),
    "review": ("Submit for review", ""),
    "pass": ("Passed", "primary"),
    "fail": ("Send back", ""),
    "pause": ("Pause clocks", ""),
    "force": ("Force majeure", ""),
    "waive": ("Withdraw agreement", ""),
    "confirm": ("Confirm", "primary"),
    "decline": ("Decline", ""),
    "merge": ("Merge into", ""),
    "split": ("Split off", ""),
    "outside": ("Outside the agreement", ""),
    "once": ("Do it once", ""),
    "quote": ("Quote", ""),
    "include": ("Add to catalogue", ""),
    "demote": ("Lower another one", ""),
    "raise": ("Make it P1", ""),
    "exception": ("Ask for an exception", ""),
    "grant": ("Grant P1", "primary"),
    "deny": ("Refuse P1", ""),
    "accept_quote": ("Accept the quote", "primary"),
    "refuse_quote": ("Decline the quote", ""),
}

_AT_WORK = (("reply", "ask", "resolve", "snooze", "assign"), ("priority", "note", "return", "why", "steps", "cancel"))
_REST = ("priority", "note", "why", "steps", "cancel")
_TEAM: dict[Status, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Status.NEW: (
        ("take", "assign", "reply", "ask", "resolve"),
        ("priority", "note", "snooze", "why", "steps", "cancel"),
    ),
    Status.ACKNOWLEDGED: _AT_WORK,
    Status.IN_PROGRESS: _AT_WORK,
    Status.WAITING_APPROVAL: (("approve", "refuse", "reply", "assign"), _REST),
    Status.WAITING_CUSTOMER: (("resume", "reply", "resolve", "assign"), _REST),
    Status.WAITING_SUPPLIER: (("resume", "reply", "resolve", "schedule", "assign"), _REST),
    Status.SCHEDULED: (("resume", "reply", "resolve", "schedule", "assign"), _REST),
    Status.IN_REVIEW: (("pass", "fail", "reply", "assign"), _REST),
    Status.RESOLVED: (("reopen", "note"), ("why",)),
    Status.CLOSED: (("note",), ("why",)),
    Status.CANCELLED: (("note",), ("why",)),
    Status.DECLINED: (("note",), ("why",)),
    Status.MERGED: (("note",), ()),
}
_INTAKE = (("take", "complete", "reply", "assign"), _REST)
#: Of what is missing, so much has a button on the card; the rest is said in words.
_HAVE = 4
_CLIENT: dict[Status, tuple[str, ...]] = {
    Status.NEW: ("add", "nudge", "why", "cancel"),
    Status.ACKNOWLEDGED: ("add", "nudge", "why", "cancel"),
    Status.IN_PROGRESS: ("add", "nudge", "why"),
    Status.WAITING_APPROVAL: ("add", "nudge", "why", "cancel"),
    Status.WAITING_CUSTOMER: ("answer", "why"),
    Status.WAITING_SUPPLIER: ("add", "nudge", "why"),
    Status.SCHEDULED: ("add", "why"),
    Status.IN_REVIEW: ("add", "nudge", "why"),
    Status.RESOLVED: ("accept", "unsolved", "why"),
    Status.CLOSED: ("why",),
    Status.CANCELLED: (),
    Status.DECLINED: (),
    Status.MERGED: (),
}

#: What else can happen to a request, behind one button: verb -> the command whose states it fits.
STEPS: dict[str, type[Command]] = {
    "start": do.StartWork, "edit": do.EditRequest, "noreply": do.NoReplyNeeded, "supplier": do.HandToSupplier,
    "schedule": do.OfferDate,
    "approval": do.AskApproval, "review": do.SubmitReview, "pause": do.Pause, "group": do.AssignGroup,
    "split": do.Split, "merge": do.Merge, "outside": do.AskScope, "decline": do.Decline, "force": do.DeclareForceMajeure,
    "waive": do.WithdrawAgreement,
}  # fmt: skip


def _team_buttons(request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the team can do now: at most five at hand, what somebody waits for first."""
    main, more = _INTAKE if request.at_intake else _TEAM[request.status]
    if request.at_intake and request.assignee:
        main = main[1:]
    if request.status is Status.NEW and request.assignee:
        main, more = _AT_WORK
    if request.is_open and (request.paused_for or request.force_majeure) and "resume" not in main:
        main = ("resume", *main)
    if request.is_open and request.pending:
        main = ("confirm", *main)
    if request.is_open and request.scope in SCOPE_OPEN:
        main, more = ("once", "quote", "decline", *main[:2]), ("include", *more)
    if request.is_open and request.ration == "asked":
        main = ("grant", "deny", *main[:3])
    return main[:5], more


def _client_buttons(request: Request) -> tuple[str, ...]:
    buttons = ("add", "why", "cancel") if request.at_intake else _CLIENT[request.status]
    if request.is_open and request.scope == "quoted":
        return ("accept_quote", "refuse_quote", "add", "why")
    if request.is_open and request.ration in ("spent", "refused", "demoted"):
        buttons = ("demote", "exception", *buttons)
    return ("consent", *buttons) if request.is_open and request.offered_at else buttons


def client_buttons(request: Request, voice: Voice) -> tuple[Button, ...]:
    """What the client can do now; a quote is answered as it was read."""
    which = {"quote": str(len(scope.quotes(request)))}
    verbs = (*(("raise",) if ration.renewed(request, voice) else ()), *_client_buttons(request))
    return tuple(button(voice, verb, **(which if verb == "accept_quote" else {})) for verb in verbs)


def button(voice: Voice, verb: str, **args: str) -> Button:
    label, style = LABELS[verb]
    confirm = voice.words("Withdraw this request?") if verb == "cancel" else ""
    return Button(voice.words(label), Action(verb, tuple(args.items())), style, confirm)


def have(request: Request, voice: Voice, **args: str) -> tuple[Button, ...]:
    """A button for each thing that is missing: it is ticked by the press, or the press asks for it."""
    w = voice.words
    item = voice.directory.rulebook.items.get(request.item)
    made = []
    for need in request.missing[:_HAVE] if request.at_intake else ():
        asked = next((one for one in item.needs if one.id == need), None) if item else None
        sentence = "I have it: {name}"
        if isinstance(asked, Detail):
            sentence = "Tell: {name}"
        elif asked is not None and asked.file:
            sentence = "Hand over: {name}"
        label = w(sentence, name=voice.need(request.item, need))
        made.append(Button(label, Action("have", (*args.items(), ("need", need)))))
    return tuple(made)


def details(request: Request, voice: Voice) -> list[tuple[str, Text]]:
    """The answers to the item's fields."""
    return [
        (voice.need(request.item, id_), (Plain(voice.answer(request.item, id_, value)),))
        for id_, value in request.details.items()
    ]


def numbered(message: Message, number: str) -> Message:
    """A card as somebody's own answer: its buttons name the request, which the tokens of a posted card know already."""

    def name(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
        args = (("number", number),)
        return tuple(
            replace(b, action=Action(b.action.verb, args + tuple(a for a in b.action.args if a[0] != "number")))
            for b in buttons
        )

    return replace(
        message,
        blocks=tuple(Actions(name(b.buttons), name(b.more)) if isinstance(b, Actions) else b for b in message.blocks),
    )


def stars(voice: Voice) -> Actions:
    return Actions(tuple(Button(f"{n} ★", Action("rate", (("stars", str(n)),))) for n in range(1, 6)))


def team_card(request: Request, voice: Voice) -> Message:
    """What the team sees: everything, and every button that the state allows."""
    w = voice.words
    assignee: Text = (voice.mention(request.assignee),) if request.assignee else w.text("nobody yet")
    pairs: list[tuple[str, Text]] = [
        (w("Status"), _status(request, voice)),
        (w("Assignee"), assignee),
        (
            w("Priority"),
            (
                Bold(voice.priority(request.priority)),
                Plain(" · "),
                Plain(ration.reason(request, voice)),
            ),
        ),
        (w("Service"), (Plain(voice.item(request.item)),)),
        (
            w("Client"),
            w.text("{client}, {person}", client=voice.client(request.client), person=voice.name(request.requester)),
        ),
    ]
    pairs += details(request, voice)
    if request.wished_at:
        pairs.append((w("Wished by"), (voice.when(request.wished_at),)))
    main, more = _team_buttons(request)
    blocks = (
        Header(voice.title(request)),
        Fields(tuple(pairs)),
        *_description(request),
        *files(request, voice, client=False),
        *states.standing(request, voice, client=False),
        *(gauge for _, gauge in _clocks(request, voice)),
        *_rating(request, "Rating: {stars}", voice),
        *_last(request, voice),
        Actions(tuple(button(voice, v) for v in main), tuple(button(voice, v) for v in more)),
    )
    return Message(_summary(request, voice), blocks)


def client_card(request: Request, voice: Voice) -> Message:
    """What the client sees: where it stands, who is on it, what is promised and what they can do."""
    w = voice.words
    pairs: list[tuple[str, Text]] = [
        (w("Status"), _status(request, voice, client=True)),
        (w("In hand with"), (Plain(voice.name(request.assignee) or voice.team(request.team)),)),
        (w("Service"), (Plain(voice.item(request.item)),)),
        (
            w("Priority"),
            (
                Bold(voice.priority(request.priority)),
                Plain(" · "),
                Plain(ration.reason(request, voice)),
            ),
        ),
    ]
    pairs += details(request, voice)
    if request.wished_at:
        pairs.append((w("You asked for"), (voice.when(request.wished_at),)))
    blocks: list[Block] = [Header(voice.title(request, client=True)), Fields(tuple(pairs)), *_description(request)]
    blocks += files(request, voice, client=True)
    blocks += states.standing(request, voice, client=True)
    if request.is_open:
        blocks += [gauge for timer, gauge in _clocks(request, voice) if timer.metric in FACING_CLIENT]
        blocks += _outside_hours(request, voice) if request.status is Status.NEW else []
    if request.resolution and not request.is_open:
        blocks.append(Quote(request.resolution, voice.name(request.assignee)))
    blocks += window(request, voice)
    buttons = (*have(request, voice), *client_buttons(request, voice))
    if buttons:
        blocks.append(Actions(buttons))
    if request.status is Status.CLOSED and not request.rating:
        blocks += [Paragraph(w.text("How was it?")), stars(voice)]
    blocks += _rating(request, "Your rating: {stars}", voice)
    return Message(_summary(request, voice, client=True), tuple(blocks))


def with_conversation(message: Message, remarks: tuple[Remark, ...], voice: Voice, *, internal: bool) -> Message:
    """A card with what was said on its request, for a reader who asked for it."""
    said = [r for r in remarks if internal or not r.internal]
    head = message.blocks[:-1] if isinstance(message.blocks[-1], Actions) else message.blocks
    tail = message.blocks[len(head) :]
    talk: list[Block] = [
        Quote(
            _said(r, voice),
            voice.words("{name}, {when}", name=voice.name(r.person), when=voice.words.when(r.at, voice.zone)),
        )
        for r in said[-10:]
    ]
    return Message(message.summary, (*head, *talk, *tail), message.loud)


def _said(remark: Remark, voice: Voice) -> str:
    """What stands in a conversation: a person's words, or the desk's about them."""
    if remark.kind == "unanswered":
        return voice.words("Did not say whether they are still on it; it went back to the queue.")
    return remark.text


def _status(request: Request, voice: Voice, *, client: bool = False) -> Text:
    w = voice.words
    status = Bold(voice.stands(request, client=client))
    if request.snoozed_until and voice.snoozed(request):
        # To the client a snooze is when the team goes on; that reminders wait is no matter of theirs.
        said = "{status}, picked up again {when}" if client else "{status}, snoozed until {when}"
        return w.text(said, status=status, when=voice.when(request.snoozed_until))
    return w.text("{status} since {when}", status=status, when=voice.when(request.status_since))


def window(request: Request, voice: Voice) -> list[Block]:
    """Until when the client may object to what was done."""
    due = next((t.due_at for t in reversed(request.timers) if t.metric == "acc" and t.due_at), None)
    if request.status is not Status.RESOLVED or due is None:
        return []
    return [Context(voice.words.text("Without an answer it counts as accepted on {when}.", when=voice.when(due)), 4)]


def _outside_hours(request: Request, voice: Voice) -> list[Block]:
    calendars = voice.directory.rulebook.calendars
    begun = (t for t in request.timers if t.segments and t.segments[0].from_at == request.opened_at)
    told = [t for t in begun if t.metric in FACING_CLIENT]
    return outside_hours([(t.metric, t.target, clocks.opening(t, calendars[t.calendar])) for t in told], voice)


def outside_hours(told: Sequence[tuple[str, str, datetime | None]], voice: Voice) -> list[Block]:
    """That it was filed outside hours, from when working time counts, and what counts already. `told` are the metric
    and the target of each clock that the client knows, and from when it counts, if that is later."""
    opens = [at for _, _, at in told if at is not None]
    if not opens:
        return []
    w = voice.words
    counting = w(", ").join(w("“{word}”", word=voice.target(name, target)) for name, target, at in told if at is None)
    return [_counts_from(w, voice.when(min(opens)), counting)]


@lru_cache(maxsize=256)
def _counts_from(w: Words, when: When, counting: str) -> Block:
    sentence = "Filed outside our hours: working time counts from {when}."
    if counting:
        sentence = "Filed outside our hours: working time counts from {when}. {names} counts already."
    return Context(w.text(sentence, when=when, names=counting), weight=6)


def _rating(request: Request, sentence: str, voice: Voice) -> list[Block]:
    if not request.rating:
        return []
    return [Context(voice.words.text(sentence, stars="★" * request.rating + "☆" * (5 - request.rating)))]


def _description(request: Request) -> list[Block]:
    text = request.description
    if not text:
        return []
    return [Quote(text if len(text) <= DESCRIPTION_LIMIT else text[: DESCRIPTION_LIMIT - 1].rstrip() + "…")]


#: So many files stand on a card, the youngest; the others are counted.
_FILES = 8


def files(request: Request, voice: Voice, *, client: bool) -> list[Block]:
    """The files of a request, each to be opened where it can be; what came with a note is the team's."""
    w = voice.words
    there = [(n, one.file) for n, one in enumerate(request.files, 1) if not (client and one.internal)]
    if not there:
        return []
    spans: list[Span] = []
    for n, file in there[-_FILES:]:
        name = f"{file.name} ({size(file.size)})" if file.size else file.name
        url = file.url or voice.url(f"/requests/{request.number}/files/{n}")
        spans += [Plain(w(", ")), Link(name, url) if url else Plain(name)]
    more = len(there) - _FILES
    names = (*spans[1:], *(w.text(" and {n} more", n=more) if more > 0 else ()))
    return [Paragraph(w.text("📎 {names}", names=names), weight=6)]


def _clocks(request: Request, voice: Voice) -> list[tuple[Timer, Gauge]]:
    return [(timer, gauge) for timer, gauge in voice.gauges(request) if gauge.text]


_LAST = {
    "Assigned": "{name} has it, {when}", "Acknowledged": "{name} saw it, {when}", "Replied": "{name} replied, {when}",
    "ClientWrote": "{name} wrote, {when}", "Nudged": "{name} asks how it stands, {when}", "Noted": "{name} left a note, {when}",
    "PrerequisiteSupplied": "{name} handed something over, {when}",
    "ClientAsked": "{name} asked the client, {when}", "PriorityChanged": "{name} changed the priority, {when}",
    "Resolved": "{name} solved it, {when}", "Reopened": "{name} reopened it, {when}", "Cancelled": "{name} withdrew it, {when}",
    "Extended": "{name} extended the escalation, {when}", "Held": "{name} held the escalation for 30 minutes, {when}",
    "StillSaid": "{name} is still on it, {when}", "HelpAsked": "{name} asked for help, {when}",
    "WasSeen": "{name} has seen it, {when}", "Snoozed": "{name} snoozed it, {when}",
    "ReturnedToQueue": "{name} gave it back to the queue, {when}", "Resumed": "{name} went on, {when}",
    "AgreementApplied": "{name} applied another version of the agreement, {when}",
    "Undone": "{name} took the last step back, {when}", "Rated": "{name} rated it, {when}",
    "WorkStarted": "{name} began to work on it, {when}", "ReplyWaived": "{name} said that no reply is needed, {when}",
    "GroupAssigned": "{name} gave it to this team, {when}", "PrerequisitesAccepted": "{name} found it complete, {when}",
    "ApprovalAsked": "{name} asked for approval, {when}", "Approved": "{name} approved it, {when}",
    "ApprovalRefused": "{name} refused it, {when}", "HandedToSupplier": "{name} gave it to a supplier, {when}",
    "DateOffered": "{name} proposed a date, {when}", "DateAgreed": "{name} agreed to the date, {when}",
    "ReviewPassed": "{name} let it pass, {when}", "ReviewFailed": "{name} sent it back, {when}",
    "ReviewAsked": "{name} submitted it for review, {when}", "Paused": "{name} paused the clocks, {when}",
    "ForceMajeureDeclared": "{name} confirmed force majeure, {when}",
    "AgreementWithdrawn": "{name} confirmed that the agreement is withdrawn, {when}",
    "ConfirmationAsked": "{name} asked for a second person, {when}", "Declined": "{name} declined it, {when}",
    "Demoted": "{name} lowered it for another one, {when}", "Promoted": "{name} lowered another one for it, {when}",
    "Raised": "{name} made it P1, {when}",
    "ExceptionAsked": "{name} asked for an exception, {when}", "ExceptionGranted": "{name} granted P1, {when}",
    "ExceptionRefused": "{name} refused P1, {when}", "Quoted": "{name} sent a quote, {when}",
    "ScopeAsked": "{name} asked whether it is done at all, {when}", "ScopeAccepted": "{name} decided to do it, {when}",
    "QuoteAccepted": "{name} accepted the quote, {when}", "QuoteRefused": "{name} declined the quote, {when}",
    "Merged": "{name} merged it, {when}",
    "Absorbed": "{name} merged another request into it, {when}",
    "SplitOff": "{name} split a part off, {when}", "FollowedUp": "{name} goes on in a new request, {when}",
}  # fmt: skip


def _last(request: Request, voice: Voice) -> list[Block]:
    sentence = _LAST.get(request.last_event)
    if sentence is None or not request.last_event_by or request.last_event_at is None:
        return []
    if request.last_event == "Assigned" and request.assignee != request.last_event_by:
        sentence = "{name} gave it to {to}, {when}"
    name, to = Plain(voice.name(request.last_event_by)), Plain(voice.name(request.assignee))
    return [Context(voice.words.text(sentence, name=name, to=to, when=voice.when(request.last_event_at)))]


def _summary(request: Request, voice: Voice, *, client: bool = False) -> str:
    w = voice.words
    who = voice.name(request.assignee) or (voice.team(request.team) if client else w("nobody yet"))
    return w(
        "{number} {title}: {status}, {who}",
        number=request.number,
        title=request.title,
        status=voice.stands(request, client=client),
        who=who,
    )
