"""`deskbell classify`: one line explained, or a labelled file scored. For the administrator's terminal, in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from core.rulebook.values import DEFAULT_MATRIX, Item, Rulebook
from core.rules import evaluation as ev
from core.rules import priority
from core.say.voice import verdict
from core.say.words import words

_MOST = 10


def explain(text: str, book: Rulebook | None, lang: str, now: datetime) -> Iterator[str]:
    """The proposal for one line in a sentence, and the rules that gave it."""
    usual = next((i for i in book.items.values() if i.default), None) if book else None
    item = usual or Item("", {}, (), "", "", ev.USUAL, ev.USUAL)
    own, matrix = (book.cues, book.matrix) if book else ((), DEFAULT_MATRIX)
    rank, reasons = priority.assess(text, item, own, matrix, priority.Stated(), now)
    yield verdict(words(lang), rank, reasons)
    yield f"    rules: impact {reasons.impact_cue or ev.SILENCE}, urgency {reasons.urgency_cue or ev.SILENCE}"


def score(file: Path, book: Rulebook | None, *, misses: bool) -> Iterator[str]:
    """A labelled file as a report. Raises BadLabel, OSError, UnicodeDecodeError."""
    own, matrix = (book.cues, book.matrix) if book else ((), DEFAULT_MATRIX)
    lines = file.read_text(encoding="utf-8-sig").split("\n")  # a sentence may hold other signs that end a line
    judged = ev.judge(ev.labels(lines, matrix), own, matrix)
    if not judged:
        raise ev.BadLabel(f"no label in it; {ev.WANTED}")
    for factor in ev.FACTORS:
        yield from _scored(factor, ev.score(judged, factor))
    misled = ev.misleading(judged)[:_MOST]
    if misled:
        yield "rules that misled most:"
        yield from (f"  {name:30} {wrong} of {spoke}" for name, wrong, spoke in misled)
    if misses:
        yield from _missed(judged)


def _scored(factor: str, found: ev.Score) -> Iterator[str]:
    if not found.count:
        return
    yield f"{factor}: accuracy {found.accuracy:.1%}, macro-F1 {found.macro_f1:.3f} on {found.count}"
    yield "  labelled \\ proposed" + "".join(f"{level:5}" for level in ev.LEVELS)
    for level in ev.LEVELS:
        yield f"{level:21}" + "".join(f"{found.confusion.get((level, other), 0):5}" for other in ev.LEVELS)


def _missed(judged: Sequence[ev.Judged]) -> Iterator[str]:
    yield "missed priorities, labelled -> proposed:"
    for each in judged:
        if each.missed("priority"):
            was, now = (levels["priority"] for levels in (each.label.levels, each.levels))
            yield f"  P{was} -> P{now}  {each.label.text}  ({', '.join(each.rules.values())})"
