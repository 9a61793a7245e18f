"""What is outside the agreement: why, who decides, what was quoted; and the register of it, as a list and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from core.model.request import SCOPE_OPEN, Request, ScopeStep
from core.ports import ScopeLine, ScopeTold
from core.rules import scope
from core.say.message import (
    Action,
    Actions,
    Answer,
    Block,
    Bold,
    Button,
    Context,
    Header,
    Message,
    Paragraph,
    Plain,
    Quote,
)
from core.say.voice import Voice

SHOWN = 10

#: Why a request is outside; what the team wrote itself stands as it is.
WHY = {
    "other": "it is something else",
    "catch_all": "no item of the catalogue covers it",
    "excluded": "the agreement excludes this service",
    "uncovered": "the agreement does not include this service",
    "team": "the team says so",
}
#: What happened to it: an entry of the register.
STEPS = {
    "asked": "To be decided",
    "quoted": "Quoted",
    "agreed": "Quote accepted",
    "refused": "Quote declined",
    "lapsed": "Quote not answered",
    "accepted": "Done once",
    "added": "Wished for the catalogue",
    "declined": "Declined",
    "covered": "Within after all",
}
COLUMNS = ("Number", "Client", "Service", "Title", "Requester", "When", "Who", "Decision", "Why", "Stands now")


def because(text: str, voice: Voice) -> str:
    """The reason as words: one of ours, or what somebody wrote."""
    return voice.words(WHY[text]) if text in WHY else text


def decider(request: Request, voice: Voice) -> str:
    """Who decides, by name."""
    who = scope.deciders(request, voice.directory.rulebook)
    return voice.name(who[0]) if who else voice.team(request.team)


def standing(request: Request, voice: Voice, *, client: bool) -> list[Block]:
    """Where the decision stands; to the team also how it was decided."""
    w = voice.words
    if request.scope == "quoted":
        return [Quote(scope.quotes(request)[-1].text, w("Our quote"))]
    if request.scope == "asked":
        name = Plain(decider(request, voice))
        if client:
            return [Context(w.text("This is outside your agreement: {name} decides whether we do it.", name=name), 7)]
        why = because(scope.why(request), voice)
        return [Context(w.text("Outside the agreement, {name} decides: {why}", name=name, why=Plain(why)), 7)]
    if request.scope in ("accepted", "added", "declined") and not client:
        last = request.scope_steps[-1]
        by = w("Outside the agreement · {decision}, {name}", decision=w(STEPS[last.what]), name=voice.name(last.by))
        return [Quote(last.text, by)]
    return []


def filed(request: Request, voice: Voice) -> list[Block]:
    """What the receipt says of it."""
    if request.scope not in SCOPE_OPEN:
        return []
    w, reason = voice.words, because(scope.why(request), voice)
    line = w.text(
        "This is outside your agreement: {why}. {name} decides whether we do it, at what price, or why not, and you "
        "hear of it here.",
        why=Plain(reason), name=Plain(decider(request, voice)),
    )  # fmt: skip
    return [Paragraph(line, weight=9)]


def register(found: Sequence[Request], voice: Voice) -> Answer:
    """What was outside, the open decisions first; each can be looked at."""
    w = voice.words
    if not found:
        line = w("Nothing was outside the agreements so far.")
        return Answer(Message(line, (Paragraph((Plain(line),)),)))
    title = w("Outside the agreements")
    ordered = sorted(found, key=lambda r: r.scope not in SCOPE_OPEN)
    blocks: list[Block] = [Header(title)]
    for request in ordered[:SHOWN]:
        said = Plain(f" {request.title} · {voice.client(request.client)} · {_step(request.scope_steps[-1], voice)}")
        blocks.append(Paragraph((Bold(request.number), said)))
    if len(ordered) > SHOWN:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(ordered) - SHOWN)),)))
    blocks.append(Actions(tuple(Button(r.number, Action("show", (("number", r.number),))) for r in ordered[:5])))
    return Answer(Message(title, tuple(blocks)))


def _step(step: ScopeStep, voice: Voice) -> str:
    w = voice.words
    said = w(
        "{decision}: {name}, {when}",
        decision=w(STEPS[step.what]),
        name=voice.name(step.by),
        when=w.when(step.at, voice.zone),
    )
    return w("{line} {text}", line=said, text=f"· {because(step.text, voice)}") if step.text else said


def told(found: Sequence[Request], voice: Voice) -> ScopeTold:
    """The register as a table: one line for each entry, in the order of requests and time."""
    return ScopeTold(tuple(map(voice.words, COLUMNS)), tuple(_lines(found, voice)))


def _lines(found: Sequence[Request], voice: Voice) -> Iterator[ScopeLine]:
    zone = ZoneInfo(voice.zone)
    for request in found:
        for step in request.scope_steps:
            cells = (
                request.number, voice.client(request.client), voice.item(request.item), request.title,
                voice.name(request.requester), f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}", voice.name(step.by),
                voice.words(STEPS[step.what]), because(step.text, voice), voice.status(request.status),
            )  # fmt: skip
            number, client, service, title, _, when, who, decision, why, status = cells
            yield ScopeLine(number, title, client, service, when, who, decision, why, status, cells)
