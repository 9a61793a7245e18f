"""Rationed urgency in words: what a P1 took of an allowance, that none is left, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from core import events as ev
from core.model.request import Priority, Request
from core.rulebook.values import Allowance
from core.rules import allowance as rules
from core.say.message import Action, Actions, Answer, Block, Button, Context, Message, Paragraph, Plain, When
from core.say.voice import Voice

#: P1 that are offered to be lowered.
OFFERED = 4

#: so many in which period
UNITS = {"day": "{n} P1 a day", "week": "{n} P1 a week", "month": "{n} P1 a month", "quarter": "{n} P1 a quarter"}
#: why a request has its priority, beside its facts
REASON = {
    "spent": "{reason} · P2, since the allowance of {units} is used up",
    "asked": "{reason} · P2, since the allowance of {units} is used up; an exception is asked for",
    "refused": "{reason} · P2, since the allowance of {units} is used up; an exception was refused",
    "granted": "{reason} · P1 by exception, beyond the allowance of {units}",
    "demoted": "{reason} · P2, lowered by the client in favour of another request",
    "taken": "{reason} · one of {units}",
    "safety": "{reason} · a matter of safety, outside the allowance",
}


def units(allowance: Allowance, voice: Voice) -> str:
    return voice.words(UNITS[allowance.per], n=allowance.p1)


def reason(request: Request, voice: Voice) -> str:
    """The reason of a priority with what the allowance has to do with it."""
    sentence = voice.reason(request)
    if not request.ration:
        return sentence
    allowance = allowance_of(request, voice)
    said = REASON.get(request.ration)
    if said is None or allowance is None:
        return sentence
    return voice.words(said, reason=sentence, units=units(allowance, voice))


def allowance_of(request: Request, voice: Voice) -> Allowance | None:
    agreement = voice.directory.rulebook.agreements.get(request.agreement)
    return agreement.allowance if agreement is not None else None


def _until(request: Request, allowance: Allowance, voice: Voice) -> When:
    zone = voice.directory.rulebook.clients[request.client].zone
    return voice.when(rules.ends(allowance, request.opened_at, zone))


def filed(event: ev.RequestOpened, request: Request, lowerable: Sequence[Request], voice: Voice) -> list[Block]:
    """What the receipt says: how much is left, or that nothing is and what can be done."""
    w, allowance = voice.words, allowance_of(request, voice)
    if allowance is None or event.ration not in ("taken", "spent"):
        return []
    several, until = units(allowance, voice), _until(request, allowance, voice)
    if event.ration == "taken":
        line = w.text("It is one of your {units}; {n} left until {when}.", units=several, n=event.left, when=until)
        return [Context(line, 5)]
    line = w.text(
        "It would be P1, but your {units} are used up until {when}: it stands at P2. Lower another one for it, or ask "
        "for an exception. What endangers people is always P1.",
        units=several, when=until,
    )  # fmt: skip
    return [Paragraph(line, weight=9), Actions(choices(request, lowerable, voice))]


def choices(request: Request, lowerable: Sequence[Request], voice: Voice) -> tuple[Button, ...]:
    w = voice.words
    lower = tuple(
        Button(
            w("{number} to P2 instead", number=one.number),
            Action("demote", (("number", one.number), ("instead", request.number))),
        )
        for one in lowerable[:OFFERED]
    )
    return (*lower, Button(w("Ask for an exception"), Action("exception", (("number", request.number),))))


def which(request: Request, lowerable: Sequence[Request], voice: Voice) -> Answer:
    """Which P1 to lower for it: by title, since a number says little."""
    w = voice.words
    line = w("Which P1 shall go to P2, so that {number} is P1?", number=request.number)
    if not lowerable:
        line = w("No other P1 of this period is open, so none can be lowered for {number}.", number=request.number)
    blocks: list[Block] = [Paragraph((Plain(line),), weight=9)]
    blocks += [Context((Plain(f"{one.number} {one.title}"),), 6) for one in lowerable[:OFFERED]]
    return Answer(Message(line, (*blocks, Actions(choices(request, lowerable, voice)))))


def standing(request: Request, voice: Voice, *, client: bool) -> list[Block]:
    """On the card: that it stands at P2 for want of a unit, as long as something can be done about it."""
    w, allowance = voice.words, allowance_of(request, voice)
    if allowance is None or request.ration not in rules.HELD_BACK or request.priority is not Priority.P2:
        return []
    if request.ration == "asked":
        lead = Plain(voice.name(voice.directory.rulebook.teams[request.team].lead))
        return [Context(w.text("An exception from the allowance of P1 is asked of {name}.", name=lead), 6)]
    if not client:
        return []
    several = units(allowance, voice)
    if renewed(request, voice):
        return [Context(w.text("A new period has begun: one of your {units} can make it P1.", units=several), 6)]
    line = w.text("Your {units} are used up until {when}.", units=several, when=_until(request, allowance, voice))
    return [Context(line, 6)]


def renewed(request: Request, voice: Voice) -> bool:
    """Whether the client may be offered to take one of the new units for it."""
    allowance = allowance_of(request, voice)
    if allowance is None or not request.is_open or request.ration == "asked":
        return False
    return rules.renewed(request, allowance, voice.now, voice.directory.rulebook.clients[request.client].zone)
