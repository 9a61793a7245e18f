"""What is ahead of a request: who will hear of it, when, and why, if nothing happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.model.request import Request
from core.model.told import Expected, Hearer
from core.say import rota
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
    Text,
)
from core.say.voice import Voice

SHOWN = 15

#: as what somebody hears of a step -> in a few words; why somebody is on duty stands in `rota.WHY`
_WHY = {
    "assignee": "has it", "owner": "service owner", "next": "next on duty", "backup": "backup", "lead": "lead",
    "manager": "manager", "client": "the client", "group": "one of the group", "named": "named in the ladder",
    "team": "team's chat", "asleep": "told in the morning",
}  # fmt: skip
_UNLESS = {
    "priority": "not at this priority", "class": "not for this class of client", "taken": "not once somebody has taken it",
    "seen": "acknowledged already", "known": "no news to them", "digest": "told in their digest",
}  # fmt: skip


def ahead(
    request: Request, expected: Sequence[Expected], voice: Voice, *, shown: int = SHOWN, page: str = ""
) -> Answer:
    """One line a step: when, at which point of which clock, who, why; under which condition nobody.

    `page` is the address of the whole list.
    """
    w = voice.words
    title = w("Who hears of {number}, if nothing happens", number=request.number)
    blocks: list[Block] = [Header(title)]
    if not expected:
        blocks.append(Paragraph(w.text("Nobody any more: no clock of it has a step ahead.")))
    blocks += [Paragraph(_line(one, voice), weight=6) for one in expected[:shown]]
    if len(expected) > shown:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(expected) - shown)),)))
    blocks.append(Context(w.text("As it stands now: whoever acts, covers or is away changes it."), 3))
    if page:
        blocks.append(Actions((Button(w("The whole list"), Action("open"), url=page),)))
    return Answer(Message(title, tuple(blocks)))


def _line(one: Expected, voice: Voice) -> Text:
    w = voice.words
    people = w(", ").join(_hearer(h, voice) for h in one.hearers)
    text = w.text(
        "{when} · {metric} {point} → {people}", when=voice.when(one.at),
        metric=Bold(voice.target(one.metric, one.target)), point=point(one, voice), people=people,
    )  # fmt: skip
    notes = [
        *([w("said again, {n}", n=one.repeat + 1)] if one.repeat else []),
        *([w("important")] if one.important else []),
        *([w("said {when}, in working time", when=w.when(one.said_at, voice.zone))] if one.said_at else []),
        *([w("only while nobody has taken it")] if one.only_new and not one.unless else []),
        *([w("nobody is told: {why}", why=w(_UNLESS[one.unless]))] if one.unless else []),
    ]
    return (*text, *((Plain(f" · {w(', ').join(notes)}"),) if notes else ()))


def point(one: Expected, voice: Voice) -> str:
    """Where a step stands on its clock: `75 %`, `at its end`, `60 min after`."""
    w = voice.words
    if one.percent < 100:
        return f"{one.percent} %"
    if not one.after:
        return w("at its end")
    sentence = "{span} after its end" if one.after > timedelta(0) else "{span} before its end"
    return w(sentence, span=w.span(abs(one.after)))


def _hearer(one: Hearer, voice: Voice) -> str:
    w = voice.words
    if not one.person:
        return w(_WHY["team"])
    duty = one.why in rota.WHY and (one.why != "lead" and one.why != "manager")
    reason = rota.why(one, voice) if duty else w(_WHY[one.why])
    if one.instead and one.why not in ("cover", "stand_in", "manager"):
        reason = w("{reason}; {name} is away", reason=reason, name=voice.name(one.instead))
    return w("{person} ({why})", person=voice.name(one.person), why=reason)
