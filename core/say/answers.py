"""What somebody who asked is answered: what was done and understood, or what failed and how to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from core import events as ev
from core.ask.marks import NotUnderstood
from core.errors import Fix, Refused
from core.events import Event
from core.model.request import ClockState, File, Request, Status
from core.rulebook.values import Item, in_lang
from core.rules import scope as rules
from core.rules.files import named
from core.rules.finding import tag
from core.rules.lifecycle import RULES
from core.say import cards, ration, scope, states
from core.say.cards import button, outside_hours
from core.say.forms import FORMS
from core.say.message import (
    Action,
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Fields,
    Header,
    Message,
    Paragraph,
    Plain,
    Quote,
    Text,
    When,
)
from core.say.notices import fix_button
from core.say.refusals import REFUSALS
from core.say.voice import STATUS, Voice
from core.say.words import Words, size

#: event -> (what is said, may be undone)
DONE: dict[type[Event], str] = {
    ev.Acknowledged: "Seen: {title}",
    ev.Assigned: "{to} has it now: {title}",
    ev.ReturnedToQueue: "Back in the queue: {title}",
    ev.PriorityChanged: "Priority {now} (it was {was}): {title}",
    ev.ClientWrote: "Added to {title}",
    ev.Nudged: "The team has been asked about {title}",
    ev.Replied: "Sent to the client: {title}",
    ev.Noted: "Noted, for the team only: {title}",
    ev.ClientAsked: "Asked the client; the solution clock waits: {title}",
    ev.Resumed: "Going on: {title}",
    ev.Snoozed: "Your reminders wait until {until}: {title}",
    ev.StillSaid: "Good. You are asked again later, if it takes long: {title}",
    ev.HelpAsked: "Help is asked for; it stays in your hands: {title}",
    ev.WasSeen: "Noted that you know; you are not told of this step again: {title}",
    ev.Held: "The escalation waits {span}. Due and verdict stay as they are: {title}",
    ev.Extended: "The escalation waits {span} longer; the client is told why. Due and verdict stay as they are: {title}",
    ev.Resolved: "Solved; the client is asked to accept: {title}",
    ev.Reopened: "Open again: {title}",
    ev.Closed: "Closed. Thank you: {title}",
    ev.Cancelled: "Withdrawn: {title}",
    ev.Rated: "Thank you. You gave {stars} of 5: {title}",
    ev.Undone: "Taken back. It stands as before: {title}",
    ev.Edited: "Changed: {title}",
    ev.Followed: "You hear of it from now on: {title}",
    ev.Unfollowed: "You no longer hear of it: {title}",
    ev.WorkStarted: "You are working on it: {title}",
    ev.ReplyWaived: "No reply is needed; that clock has ended: {title}",
    ev.GroupAssigned: "Another team has it now: {title}",
    ev.PrerequisiteSupplied: "Noted: {need}. Something is still needed: {title}",
    ev.PrerequisitesAccepted: "Complete; the solution clock runs now: {title}",
    ev.ApprovalAsked: "{to} is asked to approve; the solution clock waits: {title}",
    ev.Approved: "Approved; the clocks run again: {title}",
    ev.ApprovalRefused: "Refused; the client is told why: {title}",
    ev.HandedToSupplier: "With the supplier now: {title}",
    ev.DateOffered: "Proposed to the client: {until}. Nothing changes until they agree: {title}",
    ev.DateAgreed: "Agreed: {until}. This date holds: {title}",
    ev.ReviewAsked: "Submitted for review: {title}",
    ev.ReviewPassed: "Passed: {title}",
    ev.ReviewFailed: "Sent back: {title}",
    ev.Paused: "The clocks are paused; the client is told why: {title}",
    ev.ConfirmationAsked: "It takes effect once a colleague has confirmed it: {title}",
    ev.ForceMajeureDeclared: "Confirmed: force majeure, the clocks are paused: {title}",
    ev.AgreementWithdrawn: "Confirmed: the agreement is withdrawn, its clocks have ended: {title}",
    ev.Declined: "Declined; the client is told why: {title}",
    ev.Demoted: "{other} is P1 now, and this stands at P2: {title}",
    ev.Raised: "It is P1 now; {left} more can be called in this period: {title}",
    ev.ExceptionAsked: "The team's lead is asked; until then it stands at P2: {title}",
    ev.ExceptionGranted: "P1 by exception: {title}",
    ev.ExceptionRefused: "Refused; the client is told why: {title}",
    ev.ScopeAsked: "The service owner is asked whether it is done: {title}",
    ev.Quoted: "Quoted to the client; the solution clock waits: {title}",
    ev.QuoteAccepted: "Thank you. We begin: {title}",
    ev.QuoteRefused: "Declined. The service owner is told: {title}",
    ev.ScopeAccepted: "Decided; the client is told: {title}",
    ev.Merged: "Merged into {into}: {title}",
    ev.SplitOff: "Split off as {other}: {title}",
    ev.FollowedUp: "The time to reopen is over; it goes on as the new request {other}: {title}",
}
UNDO_OFFERED = (
    ev.Acknowledged,
    ev.Assigned,
    ev.ReturnedToQueue,
    ev.PriorityChanged,
    ev.Snoozed,
    ev.ClientAsked,
    ev.Resolved,
    ev.WorkStarted,
    ev.ReplyWaived,
    ev.GroupAssigned,
    ev.ApprovalAsked,
    ev.HandedToSupplier,
    ev.DateOffered,
    ev.Paused,
    ev.Resumed,
    ev.ReviewAsked,
    ev.ReviewFailed,
    ev.ConfirmationAsked,
    ev.Declined,
    ev.ScopeAsked,
    ev.Quoted,
    ev.ScopeAccepted,
    ev.ExceptionGranted,
    ev.ExceptionRefused,
)


def filed(
    event: ev.RequestOpened,
    request: Request,
    voice: Voice,
    lowerable: Sequence[Request] = (),
    alike: Sequence[Request] = (),
) -> Answer:
    """The receipt: number, what was understood, priority and why, what is promised, [Edit] [Undo] [Why?].

    `alike` may be about the same: it is filed all the same, and one press withdraws it for the other.
    """
    wish = event.wished_at is not None
    blocks = (
        *_receipt(event, request, voice, lowerable),
        Actions(
            tuple(
                button(voice, verb, number=request.number)
                for verb in ("edit", *(("adjust",) if wish else ()), "undo", "why")
            )
        ),
        *_alike(alike, voice, (("number", request.number),)),
    )
    return Answer(Message(_is_filed(request, voice), blocks))


def filed_apart(event: ev.RequestOpened, request: Request, voice: Voice, ways: Sequence[Fix]) -> Answer:
    """The receipt of what is shown elsewhere, since others read along here: it can be undone, and there is a way on."""
    elsewhere = voice.words.text("Whatever else you want to do with it, do in your direct message with me.")
    blocks = [block for block in _receipt(event, request, voice) if not isinstance(block, Actions)]
    links = (Button(way.label, Action("open"), url=way.url) for way in ways)
    actions = Actions((button(voice, "undo", number=request.number), *links))
    return Answer(Message(_is_filed(request, voice), (*blocks, Paragraph(elsewhere, weight=8), actions)))


def _is_filed(request: Request, voice: Voice) -> str:
    return voice.words("{number} filed: {title}", number=request.number, title=request.title)


def _receipt(
    event: ev.RequestOpened, request: Request, voice: Voice, lowerable: Sequence[Request] = ()
) -> tuple[Block, ...]:
    w = voice.words
    wish = voice.when(event.wished_at) if event.wished_at else None
    other = voice.name(event.requester) if event.requester != event.by else ""
    return (
        Header(f"{request.number} · {request.title}"),
        _team_has_it(w, voice.team(request.team)),
        _understood(
            w,
            voice.item(event.item),
            voice.priority(event.priority),
            ration.reason(request, voice),
            wish,
            other,
        ),
        *cards.files(request, voice, client=True),
        *_kept_apart(request, w),
        *scope.filed(request, voice),
        *(ration.filed(event, request, lowerable, voice) if event.ration else ()),
        *(_promised(w, voice.target(p.metric, p.target), voice.when(p.due_at)) for p in event.promises),
        *_from_then(request, voice),
        *((Quote(states.checklist(request, voice), w("Needed before work can begin")),) if event.missing else ()),
        *outside_hours([(p.metric, p.target, p.opens_at) for p in event.promises], voice),
        *(_provisional(w, year) for year in sorted({p.provisional for p in event.promises} - {0})),
    )


def _kept_apart(request: Request, w: Words) -> Iterator[Block]:
    """Who sees it, where not all do, and what it goes on from."""
    if request.private:
        yield Paragraph(w.text("Private: only you and those who work on it see it."), weight=8)
    if request.follows:
        yield Paragraph(w.text("It goes on from {number}.", number=request.follows), weight=6)


def _alike(found: Sequence[Request], voice: Voice, args: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    """What may be about the same, each with a press that says so; without one nothing changes."""
    w = voice.words
    for one in found:
        who = voice.name(one.assignee) or voice.team(one.team)
        sentence = "Looks like {number}: {title} ({status}, {who}, {when})"
        when, status = voice.when(one.opened_at), w(STATUS[one.status])
        yield Paragraph(
            w.text(sentence, number=one.number, title=one.title, status=status, who=who, when=when), weight=6
        )
    if found:
        same = (
            Button(w("Same thing as {number}", number=one.number), Action("same", (*args, ("into", one.number))))
            for one in found
        )
        yield Actions(tuple(same))


def same(mine: Request, into: Request, voice: Voice) -> Answer:
    """The one is withdrawn, and the other is heard of from now on."""
    sentence = "{number} is withdrawn. You hear of {other} {title} from now on; /request unfollow {other} ends that."
    return plain(voice, sentence, number=mine.number, other=into.number, title=into.title)


def _from_then(request: Request, voice: Voice) -> Iterator[Block]:
    """What is promised on a clock that waits for what is missing."""
    w = voice.words
    for timer in request.timers if request.at_intake else ():
        if timer.state is ClockState.ARMED:
            name = Bold(voice.target(timer.metric, timer.target))
            sentence = "{metric} within {span} of working time, once everything is there"
            yield Paragraph(w.text(sentence, metric=name, span=w.span(timer.goal)), weight=9)


# What many are told in the same words is put together once; so it stays one value, which renderers may know again.


@lru_cache(maxsize=256)
def _team_has_it(w: Words, team: str) -> Block:
    return Paragraph(w.text("Filed. {team} has it.", team=Bold(team)), weight=9)


@lru_cache(maxsize=256)
def _understood(w: Words, item: str, priority: str, reason: str, wish: When | None, requester: str) -> Block:
    pairs: list[tuple[str, Text]] = [
        (w("Service"), (Plain(item),)),
        (w("Priority"), (Bold(priority), Plain(" · "), Plain(reason))),
    ]
    if wish:
        pairs.append((w("You asked for"), (wish,)))
    if requester:
        pairs.append((w("For"), (Plain(requester),)))
    return Fields(tuple(pairs))


@lru_cache(maxsize=256)
def _promised(w: Words, name: str, when: When) -> Block:
    """`First response by Mon 23 Nov 11:00 (Shanghai)`."""
    return Paragraph(w.text("{metric} by {when}", metric=Bold(name), when=when), weight=9)


@lru_cache(maxsize=8)
def _provisional(w: Words, year: int) -> Block:
    sentence = "Dates in {year} are provisional: its public holidays are not announced yet."
    return Context(w.text(sentence, year=year), weight=4)


def done(events: Sequence[Event], request: Request, voice: Voice) -> Answer:
    """One line that says what was done, with [Undo] where it can be taken back."""
    if not events:
        return Answer(toast=voice.words("Nothing had to be changed."))
    # A review that was the last one delivers, what was the last thing missing completes: that is what is told.
    event = events[-1] if isinstance(events[0], ev.ReviewPassed | ev.PrerequisiteSupplied) else events[0]
    if isinstance(event, ev.RequestOpened):
        return filed(event, request, voice)
    w = voice.words
    title = f"{request.number} {request.title}"
    mine = isinstance(event, ev.Assigned) and event.to == event.by
    sentence = "It is yours: {title}" if mine else DONE[type(event)]
    line = w(
        sentence, title=title, to=voice.name(str(getattr(event, "to", ""))),
        now=voice.priority(event.now) if isinstance(event, ev.PriorityChanged) else "",
        was=voice.priority(event.was) if isinstance(event, ev.PriorityChanged) else "",
        until=w.when(event.until_at, voice.zone) if hasattr(event, "until_at") else "",
        span=_span(event, voice), stars=getattr(event, "stars", ""), other=getattr(event, "other", ""),
        left=getattr(event, "left", ""),
        into=getattr(event, "into", ""), need=voice.need(request.item, str(getattr(event, "need", ""))),
    )  # fmt: skip
    blocks: list[Block] = [Paragraph((Plain(line),))]
    if isinstance(event, ev.ScopeAccepted) and event.wish:
        snippet = rules.snippet(request, voice.directory.rulebook)
        blocks.append(Quote(snippet, w("A wish for the rulebook; deskbell export wishes has it, too")))
    if isinstance(event, ev.PrerequisiteSupplied):
        blocks.append(Quote(states.checklist(request, voice), w("Needed before work can begin")))
        blocks.append(
            Actions((*cards.have(request, voice, number=request.number), button(voice, "undo", number=request.number)))
        )
    elif isinstance(event, UNDO_OFFERED) or isinstance(events[0], ev.PrerequisiteSupplied):
        blocks.append(Actions((button(voice, "undo", number=request.number),)))
    return Answer(Message(line, tuple(blocks)), toast=line if len(line) <= 60 else line[:59].rstrip() + "…")


def _span(event: Event, voice: Voice) -> str:
    from datetime import timedelta

    return voice.words.span(timedelta(seconds=event.seconds)) if isinstance(event, ev.Extended | ev.Held) else ""


def refused(
    error: Refused, voice: Voice, kept: str = "", *, refile: bool = True, understood: str = "", draft: str = ""
) -> Answer:
    """What failed, what was understood, at most three fixes, and the text again: as a form, if it may be filed.

    `draft` is where the text is kept: what files it takes it away.
    """
    sentence, code = REFUSALS[error.code]
    line = voice.words(sentence, **_facts(error.facts, voice))
    fixes = [
        Button(fix.label, Action("open"), url=fix.url)
        if fix.url
        else fix_button(_label(fix.label, voice), fix.text, draft)
        for fix in error.fixes[:3]
    ]
    number = str(error.facts.get("number", ""))
    if error.code == "no_unit_left":
        fixes += [button(voice, verb, number=number) for verb in ("demote", "exception")]
    if code == "E-STALE" and number:
        fixes.append(Button(voice.words("Show {number}", number=number), Action("show", (("number", number),))))
    return _wrong(line, code, fixes, voice, understood, kept, kept if refile else "", draft)


def beside(error: Refused, voice: Voice) -> str:
    """What stands at a field that was filled in: there are no buttons there, so what it could mean is named."""
    sentence, _ = REFUSALS[error.code]
    line = voice.words(sentence, **_facts(error.facts, voice))
    return " · ".join((line, *(_label(fix.label, voice) for fix in error.fixes if fix.label.startswith("@"))))


def _wrong(
    line: str, code: str, fixes: list[Button], voice: Voice, understood: str, kept: str, form: str, draft: str
) -> Answer:
    """The one shape of all that did not work (chat.md 1.4)."""
    blocks: list[Block] = [Paragraph(voice.words.text("{line} ({code})", line=Plain(line), code=code), weight=9)]
    if understood:
        blocks.append(Paragraph((Plain(understood),), weight=8))
    if kept:
        blocks.append(Quote(kept))
    if form:
        args = (("text", form), *((("draft", draft),) if draft else ()))
        fixes.append(Button(voice.words("Open form with my text"), Action("form", args)))
    if fixes:
        blocks.append(Actions(tuple(fixes)))
    return Answer(Message(line, tuple(blocks)), toast=line)


#: Ways out that are no instant and no name.
_WAYS = {
    "undated": "Without a date", "for_me": "For me", "beginning": "File the beginning", "without": "Without the file",
    "requests": "My requests", "queue": "The queue",
}  # fmt: skip


def _label(label: str, voice: Voice) -> str:
    """A fix's label: a word, one of our `=ways`, or an instant written `@2026-11-23T09:00:00+00:00`."""
    if label.startswith("="):
        return voice.words(_WAYS[label[1:]])
    return voice.words.when(datetime.fromisoformat(label[1:]), voice.zone) if label.startswith("@") else label


def _facts(facts: Mapping[str, object], voice: Voice) -> dict[str, Any]:
    said: dict[str, Any] = dict(facts)
    if "need" in said:
        said["need"] = voice.need(str(said["item"]), str(said["need"]))
    if "by" in said:
        said["by"] = voice.name(str(said["by"])) or voice.words("the desk")
    if "who" in said:
        said["who"] = voice.name(str(said["who"]))
    if "status" in said:
        said["status"] = voice.words(STATUS[Status(str(said["status"]))])
    if "wait" in said:
        said["wait"] = voice.words.span(said["wait"])
    if "places" in said:
        said["places"] = voice.words(", ").join(said["places"])
    for name in list(said):
        if name.endswith("_bytes"):
            said[name.removesuffix("_bytes")] = size(said[name])
        if name.endswith("_at"):
            said[name.removesuffix("_at")] = voice.words.when(datetime.fromisoformat(str(said[name])), voice.zone)
    return said


#: What stands in an example for words of one's own.
PLACES = {word: word for word in ("text", "reason", "question", "words", "title", "name", "team")}
#: verb as it is said -> as its form is named, where that differs
_FORMS = {"wait": "ask", "prio": "priority", "due": "adjust"}


def not_understood(asked: NotUnderstood, voice: Voice, understood: str = "", draft: str = "") -> Answer:
    """The same shape as a refusal: a line, one-tap fixes, the text kept."""
    sentence, code = REFUSALS[asked.code]
    facts = asked.facts
    fixes = [fix_button(_short(fix), fix, draft) for fix in asked.instead[:3]]
    if asked.code == "usage":
        usage = " ".join(voice.words(PLACES[word]) if word in PLACES else word for word in facts["usage"].split())
        verb = _FORMS.get(facts["verb"], facts["verb"])
        facts = {**facts, "usage": usage}
        if "number" in facts and verb in FORMS:
            fixes.append(button(voice, verb, number=facts["number"]))
    line = voice.words(sentence, **facts)
    again = asked.text if asked.code in ("level_unknown", "impact_unknown", "too_long", "verb_near") else ""
    if asked.code == "too_long" and draft:
        fixes.append(Button(voice.words(_WAYS["beginning"]), Action("file", (("draft", draft), ("beginning", "1")))))
    form = again or (asked.text if asked.code == "empty" else "")
    return _wrong(line, code, fixes, voice, understood, again, form[:3000], draft)


def _short(line: str) -> str:
    """A line as a button's word; buttons show little."""
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def which(number: str, candidates: Sequence[Request], voice: Voice, line: str) -> Answer:
    """A bare number that several clients have: asked with buttons (rulings.md 12)."""
    sentence, code = REFUSALS["number_ambiguous"]
    text = voice.words(sentence, number=number)
    buttons = tuple(fix_button(f"{r.number} {r.title}"[:60], line.replace(number, r.number, 1)) for r in candidates[:5])
    blocks = (Paragraph(voice.words.text("{line} ({code})", line=text, code=code), weight=9), Actions(buttons))
    return Answer(Message(text, blocks), toast=text)


def which_need(request: Request, draft: str, voice: Voice) -> Answer:
    """A file came, and several things are missing: which of them is it?"""
    line = voice.words("Which of what is needed for {number} is it?", number=request.number)
    buttons = cards.have(request, voice, number=request.number, draft=draft)
    return Answer(Message(line, (Paragraph((Plain(line),), weight=9), Actions(buttons))))


def which_waits(waiting: Sequence[Request], draft: str, voice: Voice) -> Answer:
    """A file came, and several requests wait for something: which of them is it for?"""
    line = voice.words("Which request is it for?")
    buttons = tuple(
        Button(f"{r.number} {r.title}"[:60], Action("hand", (("number", r.number), ("draft", draft)))) for r in waiting
    )
    return Answer(Message(line, (Paragraph((Plain(line),), weight=9), Actions(buttons))))


def plain(voice: Voice, sentence: str, **holes: object) -> Answer:
    line = voice.words(sentence, **holes)
    return Answer(Message(line, (Paragraph((Plain(line),)),)), toast=line)


def sure(number: str, voice: Voice) -> Answer:
    """The question before something that cannot be taken back, where a platform has no dialog for it."""
    w = voice.words
    line = w("Withdraw {number}?", number=number)
    buttons = (
        Button(w("Withdraw"), Action("cancel", (("number", number), ("sure", "1"))), "danger"),
        Button(w("Keep it"), Action("keep", (("number", number),))),
    )
    return Answer(Message(line, (Paragraph((Plain(line),)), Actions(buttons))))


def steps(request: Request, voice: Voice) -> Answer:
    """Everything else that can happen to it in its state, behind one button of the card."""
    line = voice.words("What happens next with {number}?", number=request.number)
    answerable = any(t.metric == "nrt" and t.is_active for t in request.timers)
    fits = (
        v
        for v, c in cards.STEPS.items()
        if (request.status in RULES[c][1] or (v == "decline" and request.at_intake)) and (v != "noreply" or answerable)
    )
    buttons = tuple(button(voice, verb, number=request.number) for verb in (*fits, "ladder"))
    return Answer(Message(line, (Paragraph((Plain(line),), weight=9), Actions(buttons))))


def connected(name: str, kept: Sequence[tuple[str, str]], voice: Voice) -> Answer:
    """Linked; what was typed before can be filed now."""
    said = drafts(kept, voice).message
    line = voice.words("Connected: {name}.", name=name)
    return Answer(Message(line, (Paragraph((Plain(line),)), *(said.blocks if said else ()))))


def drafts(kept: Sequence[tuple[str, str]], voice: Voice) -> Answer:
    """What somebody has typed and not filed, the latest first: token and text."""
    w = voice.words
    if not kept:
        sentence = "Nothing is kept of what you typed. What cannot be filed is kept for 24 hours."
        return plain(voice, sentence)
    line = w("Kept for 24 hours, not filed:")
    blocks: list[Block] = [Paragraph((Plain(line),), weight=9)]
    for n, (token, text) in enumerate(kept, 1):
        short = text if len(text) <= 300 else text[:299].rstrip() + "…"
        mark = f"{n}. " if len(kept) > 1 else ""  # a platform may put all buttons at the end
        blocks.append(Quote(f"{mark}{short}"))
        buttons = (replace(one, label=f"{mark}{one.label}") for one in _draft_buttons(text, token, voice))
        blocks.append(Actions(tuple(buttons)))
    return Answer(Message(line, tuple(blocks)))


def _draft_buttons(text: str, token: str, voice: Voice) -> tuple[Button, ...]:
    w = voice.words
    return (
        Button(w("File it"), Action("file", (("draft", token),)), "primary"),
        Button(w("Open form with my text"), Action("form", (("text", text[:3000]), ("draft", token)))),
        Button(w("Not a request"), Action("drop", (("draft", token),))),
    )


def draft(text: str, token: str, voice: Voice, alike: Sequence[Request] = (), files: Sequence[File] = ()) -> Answer:
    """Plain words in a direct message: filed only when the person says so."""
    w = voice.words
    line = w("Shall I file this as a request?")
    blocks: list[Block] = [
        Paragraph((Plain(line),), weight=9),
        Quote(named(text, [file for file in files if file.name not in text])),
        Actions(_draft_buttons(text, token, voice)),
    ]
    return Answer(Message(line, (*blocks, *_alike(alike, voice, (("draft", token),)))))


def _service(item: Item, voice: Voice) -> str:
    """A service by the word that can be typed after `#`: its name, or a short word beside it."""
    name = in_lang(item.name, voice.lang)
    word = tag(item, voice.lang)
    return f"#{name}" if word == name else f"{name} (#{word})"


def help_text(topic: str, voice: Voice, items: Iterable[Item]) -> Answer:
    """Three examples and the words, not a manual. `items` are what the reader may order."""
    w = voice.words
    services = w(", ").join(_service(item, voice) for item in items)
    if topic == "desk":
        lines = [
            w("/desk — my queue; /desk queue — the team's, by time to breach"),
            w(
                "/desk take 42 · reply 42 text · wait 42 question · resolve 42 text · assign 42 @li · prio 42 high reason"
            ),
            w("/desk menu — the whole catalogue; /desk menu words — search it"),
            w("/desk agreements — what is agreed and accepted; /desk apply gold — to open requests, shown first"),
            w(
                "/desk snooze 42 2h · note 42 text · return 42 · undo 42 · find words · oncall · digest now · page · lang zh"
            ),
            w(
                "/desk approval 42 @li reason · supplier 42 text · schedule 42 fri 17:00 · review 42 text · group 42 team"
            ),
            w("/desk ladder 42 — who hears of it and when · still 42 · assist 42 · hold 42"),
            w("/desk rota · cover @li fri · swap @li fri mon · away till 18:00 · back"),
            w("/desk corrections — which rules gave priorities that had to be corrected"),
            w("/desk scope — what was outside; outside 42 why · once 42 why · quote 42 text · include 42 name"),
            w(
                "/desk pause 42 reason · confirm 42 · decline 42 reason · merge 42 17 · split 42 title · service 42 drawings"
            ),
        ]
    else:
        lines = [
            w("/request Projector broken in room 4 !high — files at once"),
            w("/request 【紧急】#网络 三楼断网 截止:今天18:00 — Chinese and English words both work"),
            w("/request — opens a form; /request list · status 42 · add 42 text · reopen 42 · rate 42 5 · lang zh"),
            w(
                "/request due 42 fri 17:00 · same 42 17 · follow 17 · drafts — another date, the same thing, what is kept"
            ),
            w("/request menu — what you can order; /request menu words — search it; /request have 42 1 — it is there"),
            w("/request agreement — what is agreed with you; /request agree — accept what is proposed"),
            *([w("Services: {services}", services=services)] if services else []),
            w("No number in the answer means: not filed."),
        ]
    blocks = tuple(Paragraph((Plain(line),)) for line in lines)
    return Answer(Message(lines[0], blocks))
