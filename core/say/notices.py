"""Notices: one message, once, about something that happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from msgspec import Struct

from core import events as ev
from core.events import Event
from core.model.request import ClockState, Remark, Request, Status
from core.rules.metrics import WINDOWS
from core.say import scope, states
from core.say.cards import button, client_buttons, have, stars, window
from core.say.message import (
    Action,
    Actions,
    Block,
    Bold,
    Button,
    Context,
    Header,
    Message,
    Paragraph,
    Plain,
    Quote,
    Text,
)
from core.say.voice import Voice

#: event -> (sentence, buttons) as the client is told
_CLIENT: dict[type[Event], tuple[str, tuple[str, ...]]] = {
    ev.Acknowledged: ("{name} has seen your request.", ()),
    ev.Assigned: ("{to} is on it.", ()),
    ev.Replied: ("{name} writes:", ("add",)),
    ev.ClientAsked: (
        "{name} needs something from you to go on. The solution clock waits until you answer.",
        ("answer",),
    ),
    ev.PriorityChanged: ("The priority is now {now} (it was {was}).", ()),
    ev.Resolved: ("{name} has solved it. Please accept it, or say what is missing.", ("accept", "unsolved")),
    ev.Reopened: ("It is open again.", ()),
    ev.Cancelled: ("The request was withdrawn.", ()),
    ev.Closed: ("The request is closed. Thank you.", ()),
    ev.Undone: ("{name} took the last step back; the card shows how it stands.", ()),
    ev.FoundIncomplete: ("Before work on it can begin, something is needed from you.", ()),
    ev.PrerequisitesAccepted: ("Everything that is needed is there; the solution clock runs now.", ()),
    ev.ApprovalRefused: ("It was not approved; we cannot do it. The reason:", ()),
    ev.DateOffered: ("{name} proposes {until}. If you agree, this date holds.", ("consent", "add")),
    ev.Paused: ("{name} has paused the clocks. The reason:", ()),
    ev.ForceMajeureDeclared: ("The clocks are paused: force majeure.", ()),
    ev.Resumed: ("We go on with it.", ()),
    ev.Extended: ("{name} needs longer for it; the promised time stays as it is. The reason:", ()),
    ev.Declined: ("{name} cannot take this on. The reason:", ()),
    ev.ScopeAsked: ("This is outside your agreement. {owner} decides whether we do it, and you hear of it here.", ()),
    ev.Demoted: ("It stands at P2 now; {other} is P1 in its place.", ()),
    ev.ExceptionGranted: ("{name} makes an exception: it is P1 now.", ()),
    ev.ExceptionRefused: ("{name} makes no exception; it stays at P2. The reason:", ("demote",)),
    ev.Quoted: (
        "This is outside your agreement. {name} quotes for it; the solution clock waits until you accept.",
        ("accept_quote", "refuse_quote", "add"),
    ),
    ev.ScopeAccepted: ("{name} has decided: we do it, though it is outside your agreement.", ()),
    ev.ScopeCovered: ("It is within your agreement after all; the solution clock runs now.", ()),
    ev.Merged: ("It goes on together with {into}.", ()),
    ev.SplitOff: ("A part of it goes on as {other}: {about}", ()),
}
#: event -> (sentence, buttons) as the team and the assignee are told
_STAFF: dict[type[Event], tuple[str, tuple[str, ...]]] = {
    ev.Assigned: ("{name} gave this to you.", ("reply", "snooze", "return")),
    ev.ClientWrote: ("{name} wrote:", ("reply", "resolve")),
    ev.Nudged: ("{name} asks how it stands.", ("reply", "ask")),
    ev.Reopened: ("{name} reopened it:", ("reply", "resolve")),
    ev.Cancelled: ("{name} withdrew it.", ()),
    ev.PriorityChanged: ("{name} changed the priority to {now} (it was {was}).", ()),
    ev.ReturnedToQueue: ("{name} gave it back to the queue.", ("take",)),
    ev.StillAsked: (
        "Are you still on it? Without an answer by {until} it goes back to the queue.",
        ("still", "assist", "snooze"),
    ),
    ev.NotAnswered: (
        "{to} has not answered for the second time; it stays in their hands.",
        ("itake", "reassign", "show"),
    ),
    ev.HelpAsked: ("{name} asks for help with it.", ("itake", "reassign", "show")),
    ev.Woken: ("Your snooze is over; it is your turn again.", ("reply", "resolve", "snooze")),
    ev.GroupAssigned: ("{name} gave this to your team.", ("take", "assign")),
    ev.Resumed: ("The wait is over; the clocks run again.", ("reply", "ask")),
    ev.PrerequisitesAccepted: ("Everything that was needed is there; the solution clock runs.", ("reply", "show")),
    ev.ApprovalAsked: ("{name} asks for your approval.", ("approve", "refuse", "show")),
    ev.Approved: ("{name} approved it.", ("reply", "resolve")),
    ev.ApprovalRefused: ("{name} refused it:", ()),
    ev.DateAgreed: ("{name} agreed: {until} holds.", ("reply",)),
    ev.ReviewAsked: ("{name} asks for review {level}.", ("pass", "fail", "show")),
    ev.ReviewPassed: ("{name} let review {level} pass.", ()),
    ev.ReviewFailed: ("{name} sent it back from review {level}:", ("review", "reply")),
    ev.ForceMajeureDeclared: ("{name} confirmed force majeure; the clocks are paused.", ("resume",)),
    ev.ConfirmationAsked: ("{name} asks for a second person to confirm:", ("confirm", "show")),
    ev.Demoted: ("{name} lowered it to P2 in favour of {other}.", ("reply",)),
    ev.Promoted: ("It is P1 now: {name} lowered {other} for it.", ("reply", "take")),
    ev.Raised: ("It is P1 now: {name} used one of their P1 for it.", ("reply", "take")),
    ev.ExceptionAsked: ("{name} asks for P1 beyond the allowance:", ("grant", "deny", "show")),
    ev.ExceptionGranted: ("{name} makes an exception: it is P1 now.", ("reply",)),
    ev.ScopeAsked: ("It is outside the agreement. You decide: {why}.", ("once", "quote", "decline", "include", "show")),
    ev.QuoteAccepted: ("{name} accepted the quote; the solution clock runs now.", ("take", "reply")),
    ev.QuoteRefused: ("{name} declined the quote. You decide.", ("quote", "once", "decline", "show")),
    ev.ScopeAccepted: ("{name} has decided: it is done, though it is outside the agreement.", ("reply",)),
    ev.ScopeCovered: ("It is within the agreement after all; the solution clock runs now.", ("take", "reply")),
    ev.Absorbed: ("{name} merged {other} into it: {about}", ()),
    ev.Merged: ("{name} merged it into {into}.", ()),
}
_NO_ANSWER = "{to} did not say whether they are still on it, so it is back in the queue. Who takes it?"
_LET_GO = "You did not answer, so it is back in the queue. Take it again if you are on it."
#: These say whose it is and how grave, too.
_ABOUT = (ev.Assigned, ev.NotAnswered, ev.HelpAsked)
#: What may be told to a colleague in one message with other things; what asks for an answer is a message of its own.
_ALONE = (ev.StillAsked, ev.Woken, ev.HelpAsked, ev.NotAnswered)
TOGETHER = ("Reached", *(event.__name__ for event in _STAFF if event not in _ALONE))
_KINDS = {
    "reminder": "{percent} % of the time for “{metric}” is used. It is due {when}.",
    "soon": "“{metric}” is due soon: {when}.",
    "breach": "Overdue: “{metric}” was due {when}.",
    "escalation": "“{metric}” is {over} overdue; it was due {when}.",
}
#: Lines of a list of reached checkpoints; the team's queue has them all.
SHOWN = 10
_GRAVITY = {"escalation": 0, "breach": 1, "said": 2, "reminder": 3}
#: Characters of what somebody wrote that a line of a list has room for.
LINE = 80
#: clock of somebody whose word is asked for -> what they can say
_ASKED_BUTTONS = {"apr": ("approve", "refuse", "show"), "rev": ("pass", "fail", "show")}
_REACHED_BUTTONS = {
    "reminder": ("reply", "ask", "snooze"),
    "breach": ("itake", "reassign", "reply", "seen"),
    "escalation": ("itake", "reassign", "extend", "hold", "thread"),
}


class Before(Struct, frozen=True):
    """What was done before it was escalated: who was tried and when last, and what was said last."""

    tried: tuple[tuple[str, datetime], ...] = ()
    last: Remark | None = None


def notice(
    event: Event, request: Request, voice: Voice, audience: str, *, loud: bool = True, reader: str = ""
) -> Message:
    """The message for `client` or `team`."""
    sentence, verbs = (_CLIENT if audience == "client" else _STAFF)[type(event)]
    if isinstance(event, ev.Cancelled) and event.unanswered:
        sentence = "No answer came, so the request has ended. You can file it again at any time."
    if isinstance(event, ev.ReturnedToQueue) and event.unanswered:
        mine = event.unanswered == reader
        sentence, verbs = (_LET_GO, ("take",)) if mine else (_NO_ANSWER, verbs)
    if isinstance(event, ev.QuoteRefused) and not event.by:
        sentence = "No answer to the quote came in time. You decide."
    body = _fill(sentence, event, voice, request)
    blocks: list[Block] = [Header(voice.title(request, client=audience == "client")), Paragraph(body, weight=8)]
    text = str(getattr(event, "text", "") or getattr(event, "reason", ""))
    if isinstance(event, ev.ScopeAsked) and audience == "client":
        text = ""  # how the team puts it is their own matter
    if text:
        blocks.append(Quote(text))
    if isinstance(event, _ABOUT) and audience != "client":
        blocks += _about(request, voice)
    if isinstance(event, ev.FoundIncomplete):
        blocks += [*states.standing(request, voice, client=True), Actions(have(request, voice))]
    if isinstance(event, ev.Resolved) and audience == "client":
        blocks += window(request, voice)
    if isinstance(event, ev.Closed) and audience == "client" and not request.rating:
        blocks += [Paragraph(voice.words.text("How was it?")), stars(voice)]
    which = {"quote": str(getattr(event, "n", ""))}
    buttons = tuple(button(voice, verb, **(which if verb == "accept_quote" else {})) for verb in verbs)
    if buttons:
        blocks.append(Actions(buttons))
    spoken = "".join(getattr(s, "text", getattr(s, "name", "")) for s in body)
    line = voice.words("{line} {text}", line=spoken, text=text) if text else spoken
    return Message(_summary(request, line, voice), tuple(blocks), loud=loud)


def _summary(request: Request, line: str, voice: Voice) -> str:
    return voice.words("{number} {title}: {line}", number=request.number, title=request.title, line=line)


def _about(request: Request, voice: Voice) -> list[Block]:
    """Whose it is, how grave, and who has it; the first lines of what was asked."""
    who = Plain(voice.name(request.assignee)) if request.assignee else Plain(voice.words("nobody yet"))
    about = voice.words.text(
        "{client} · {priority} · {status} · assignee: {who}",
        client=voice.client(request.client), priority=voice.priority(request.priority),
        status=voice.stands(request), who=who,
    )  # fmt: skip
    return [Paragraph(about, weight=6), *([Quote(request.description[:300])] if request.description else [])]


def _fill(sentence: str, event: Event, voice: Voice, request: Request | None) -> Text:
    by = str(getattr(event, "by", ""))
    name = Plain(voice.name(by) if by else voice.words("The desk"))
    to = Plain(voice.name(str(getattr(event, "to", ""))))
    holes: dict[str, object] = {hole: getattr(event, hole, "") for hole in ("into", "other", "about", "level")}
    if isinstance(event, ev.ReturnedToQueue):
        to = Plain(voice.name(event.unanswered))
    if isinstance(event, ev.PriorityChanged):
        holes |= {"was": voice.priority(event.was), "now": voice.priority(event.now)}
    if isinstance(event, ev.ScopeAsked):
        holes |= {
            "why": voice.words(scope.WHY[event.why]),
            "owner": scope.decider(request, voice) if request else voice.words("the service owner"),
        }
    if isinstance(event, ev.DateOffered | ev.DateAgreed | ev.StillAsked):
        holes["until"] = voice.when(event.until_at)
    return voice.words.text(sentence, name=name, to=to, **holes)


def awaited(event: ev.Reached, request: Request, voice: Voice) -> Message:
    """To the client, while the desk waits for them: what for, and until when."""
    line = _line(event, voice)
    if request.at_intake:
        sentence = "We still need something from you before work can begin. Please hand it over by {when}."
        line = voice.words.text(sentence, when=voice.when(event.due_at))
    blocks: list[Block] = [Header(voice.title(request, client=True)), Paragraph(line, weight=9)]
    buttons = have(request, voice) or (button(voice, "answer"),)
    buttons = client_buttons(request, voice) if request.scope == "quoted" else buttons
    blocks += [*states.standing(request, voice, client=True), Actions(buttons)]
    spoken = "".join(getattr(s, "text", "") for s in line)
    return Message(_summary(request, spoken, voice), tuple(blocks))


def gathered(
    told: Sequence[tuple[Request, Event]],
    voice: Voice,
    reader: str = "",
    before: Mapping[int, Before] = MappingProxyType({}),
) -> Message | None:
    """What happened, for one reader: one thing, the clocks of one request, or a list; None if nothing is left.

    `before` is what an escalation tells besides, by request.
    """
    ordered = sorted(told, key=_gravity)
    if not ordered:
        return None
    request, gravest = ordered[0]
    clocks = tuple(event for _, event in ordered if isinstance(event, ev.Reached))
    if len(clocks) == len(ordered) and all(other.id == request.id for other, _ in ordered):
        if all(event.metric == "cwt" for event in clocks):
            return awaited(clocks[0], request, voice)
        return reached(clocks, request, voice, reader, before.get(request.id))
    if len(ordered) == 1:
        return notice(gravest, request, voice, "team", reader=reader)
    w = voice.words
    all_clocks = len(clocks) == len(ordered)
    title = w(
        "{n} clocks at once, the gravest first" if all_clocks else "{n} messages at once, the gravest first",
        n=len(ordered),
    )  # fmt: skip
    blocks: list[Block] = [Header(title)]
    for one, event in ordered[:SHOWN]:
        blocks.append(Paragraph((Bold(one.number), Plain(f" {one.title} · "), *told_line(event, one, voice)), weight=6))
    if len(ordered) > SHOWN:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(ordered) - SHOWN)),)))
    listed = list({one.number: one for one, _ in ordered}.values())[:5]
    numbers = [one.number for one in listed]
    blocks.append(Actions(tuple(Button(n, Action("show", (("number", n),))) for n in numbers)))
    free = [one.number for one in listed if one.status is Status.NEW and not one.assignee]
    if free:
        blocks.append(
            Actions(tuple(Button(w("Take {number}", number=n), Action("take", (("number", n),))) for n in free))
        )
    return Message(w("{title}: {numbers}", title=title, numbers=w(", ").join(numbers)), tuple(blocks))


def _gravity(one: tuple[Request, Event]) -> tuple[int, float, int]:
    """What is over its time first, then what somebody says, then warnings; among equals, the first due or the gravest."""
    request, event = one
    if isinstance(event, ev.Reached):
        return _GRAVITY[event.kind], event.due_at.timestamp(), request.priority
    return _GRAVITY["said"], 0.0, request.priority


def told_line(event: Event, request: Request | None, voice: Voice) -> Text:
    """One thing that happened, as a line of a list; without its request only the facts are told."""
    if isinstance(event, ev.Reached):
        return _line(event, voice)
    line = _fill(_STAFF[type(event)][0], event, voice, request)
    text = " ".join(str(getattr(event, "text", "")).split())
    said = text if len(text) <= LINE else text[:LINE].rstrip() + "…"
    quoted = voice.words("“{word}”", word=said)
    return voice.words.text("{line} {text}", line=line, text=quoted) if text else line


def reached(
    events: Sequence[ev.Reached], request: Request, voice: Voice, reader: str = "", before: Before | None = None
) -> Message:
    """A reminder, a breach or an escalation on clocks of one request, to one of those whom the ladder names."""
    w, gravest = voice.words, events[0]
    lines = [_line(event, voice) for event in events]
    blocks: list[Block] = [Header(voice.title(request)), *(Paragraph(line, weight=9) for line in lines)]
    if reader and voice.address is not None and not voice.address.is_direct:
        blocks.insert(1, Paragraph((voice.mention(reader),), weight=9))
    blocks += _late_too(events, request, voice)
    blocks += _about(request, voice)
    blocks += _tried(before, reader, voice) if before is not None else []
    if gravest.repeat:
        blocks.append(Context(w.text("This is reminder number {n}.", n=gravest.repeat + 1)))
    if missed := sum(event.missed for event in events):
        many = w.count("{n} earlier reminder is included.", "{n} earlier reminders are included.", missed)
        blocks.append(Context((Plain(many),)))
    blocks.append(Actions(tuple(button(voice, verb) for verb in _offered(gravest, request, reader))))
    spoken = " ".join("".join(getattr(s, "text", "") for s in line) for line in lines)
    return Message(_summary(request, spoken, voice), tuple(blocks))


def _late_too(events: Sequence[ev.Reached], request: Request, voice: Voice) -> list[Block]:
    """What else of it is over its time: said here, since nobody is pinged for each clock of one request."""
    told = {(event.metric, event.target) for event in events}
    late = [
        (timer, timer.due_at)
        for timer in request.timers
        if timer.metric not in WINDOWS and (timer.metric, timer.target) not in told
        and timer.state is ClockState.RUNNING and timer.due_at is not None and timer.due_at <= voice.now
    ]  # fmt: skip
    w = voice.words
    return [
        Context(w.text("Overdue, too: “{metric}”, due {when}.", metric=Bold(voice.target(t.metric, t.target)), when=voice.when(at)))
        for t, at in sorted(late, key=lambda one: one[1])
    ]  # fmt: skip


def _tried(before: Before, reader: str, voice: Voice) -> list[Block]:
    w = voice.words
    blocks: list[Block] = []
    tried = [(person, at) for person, at in before.tried if person and person != reader]
    if tried:
        said = (
            w("{name}, {when}", name=voice.name(p), when=w.when(at, voice.zone, with_zone=False)) for p, at in tried
        )
        blocks.append(Context(w.text("Told before: {people}", people=w("; ").join(said)), weight=6))
    if before.last is not None and before.last.text:
        last = before.last
        line = w("Last message: {name}, {when}", name=voice.name(last.person), when=w.when(last.at, voice.zone))
        blocks.append(Quote(last.text[:300], line))
    return blocks


def _line(event: ev.Reached, voice: Voice) -> Text:
    """What is so now: a warning that was held until its goal was over tells that it is over."""
    w = voice.words
    if event.metric == "cwt":
        return w.text("We still wait for you, to go on. Please answer by {when}.", when=voice.when(event.due_at))
    if event.metric == "put" and event.kind == "reminder" and event.due_at > voice.now:
        when = voice.when(event.due_at)
        return w.text("The client has heard nothing for a while: tell them how it stands by {when}.", when=when)
    kind = "breach" if event.kind == "reminder" and event.due_at <= voice.now else event.kind
    if kind == "reminder" and event.percent >= 100:  # so much working time before the end, instead of a share of it
        kind = "soon"
    over = w.span(max(voice.now - event.due_at, timedelta(0)))
    metric = Bold(voice.target(event.metric, event.target))
    return w.text(_KINDS[kind], percent=event.percent, metric=metric, when=voice.when(event.due_at), over=over)


def _offered(event: ev.Reached, request: Request, reader: str) -> tuple[str, ...]:
    """What this reader can do about it now; nobody is asked to take what they have."""
    if event.metric in _ASKED_BUTTONS:
        return _ASKED_BUTTONS[event.metric]
    if event.kind == "reminder" and request.assignee:
        return ("reply", "ask", "snooze", "resolve")
    if event.kind == "reminder" and request.status is Status.NEW:
        return ("take", "assign", "reply")
    if event.metric == "put" and reader == request.assignee:
        return ("reply", "ask", "snooze")
    verbs = _REACHED_BUTTONS[event.kind]
    return tuple(verb for verb in verbs if verb != "itake") if reader and reader == request.assignee else verbs


def fix_button(label: str, line: str, draft: str = "") -> Button:
    """A one-tap fix: the line that would be said, and the draft that is no longer needed then."""
    return Button(label, Action("say", (("text", line), *((("draft", draft),) if draft else ()))))
