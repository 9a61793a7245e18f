"""Corrections in words: the rules that mislead, which way and how often, with period and count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.model.told import Correction
from core.say.message import Answer, Block, Bold, Context, Header, Message, Paragraph, Plain, Text
from core.say.voice import CUE, FACT, Voice

SHOWN = 10

#: What gave a factor, where no rule of its own did.
SOURCES = {
    "item": "usual for {name}", "declared": "marked by the client when filed", "stated": "impact stated by the client",
    "staff": "set by the team when filed", "due": "the date asked for", "words": "the words “{name}”",
    "fact": "the fact “{name}”",
}  # fmt: skip


def listing(found: Sequence[Correction], since: datetime, voice: Voice) -> Answer:
    w = voice.words
    title = w("Corrected priorities since {day}", day=w.day(since, voice.zone))
    blocks: list[Block] = [Header(title), *(Paragraph(line, weight=6) for line in _lines(found[:SHOWN], voice))]
    if not any(one.changed for one in found):
        blocks = [Header(title), Paragraph(w.text("The team changed no priority.")), *blocks[1:]]
    if len(found) > SHOWN:
        blocks.append(Context((Plain(w.count("and {n} more", "and {n} more", len(found) - SHOWN)),)))
    if found:
        blocks.append(Context(w.text("A request counts once for each rule that gave its impact or urgency."), 3))
    return Answer(Message(title, tuple(blocks)))


def most(found: Sequence[Correction], voice: Voice) -> Text:
    """The rules that were corrected most often, in one line of a period's message."""
    w = voice.words
    said = [w("{rule} ({counts})", rule=rule(one, voice), counts=_counts(one, voice)) for one in found]
    return w.text("Priorities corrected most often: {rules}", rules=w("; ").join(said))


def _lines(found: Sequence[Correction], voice: Voice) -> Iterator[Text]:
    for one in found:
        numbers = f" · {voice.words(', ').join(one.numbers)}" if one.numbers else ""
        yield (Bold(rule(one, voice)), Plain(f" · {_counts(one, voice)}{numbers}"))


def _counts(one: Correction, voice: Voice) -> str:
    w = voice.words
    said = [
        w("lowered {n}", n=one.lowered) if one.lowered else "",
        w("raised {n}", n=one.raised) if one.raised else "",
        w("confirmed {n}", n=one.confirmed) if one.confirmed else "",
    ]
    return w(", ").join(filter(None, said))


def rule(one: Correction, voice: Voice) -> str:
    """A rule as people know it, with its id where an administrator may look it up."""
    w = voice.words
    if one.source == "item":
        return w(SOURCES["item"], name=voice.item(one.rule))
    known = CUE.get(one.rule) or FACT.get(one.rule)
    if one.source in ("words", "fact", "due") and known:
        return w("{said} [{id}]", said=w(known), id=one.rule)
    return w(SOURCES[one.source], name=one.rule)
