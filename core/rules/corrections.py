"""Corrections of priority, counted by the rule that gave it: what misleads most often should be written otherwise.

A request counts once, however often its priority was changed: what it was filed with against what the team made of it
in the end. What was taken back does not count, nor what the allowance or a choice of the client changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from core.events import Event, PriorityChanged, RequestOpened, Undone
from core.model.told import Correction

#: What a listing looks back on, if nothing else is said.
WITHIN = timedelta(weeks=4)

#: Commands whose undoing takes a change of priority back.
_TAKEN_BACK = frozenset({"SetPriority", "Confirm"})


class Corrected(NamedTuple):
    """A request's entries in the journal that have to do with its priority, in their order."""

    number: str
    events: tuple[Event, ...]


def counted(found: Iterable[Corrected]) -> tuple[Correction, ...]:
    """The rules whose priorities the team changed or confirmed, the most often changed first.

    A rule is named once for a request, even where it gave both factors.
    """
    tally: dict[tuple[str, str], dict[str, list[str]]] = {}
    for number, events in found:
        opened, now = _in_the_end(events)
        if opened is None or now is None:
            continue
        way = "confirmed" if now == opened.priority else "lowered" if now > opened.priority else "raised"
        for rule in dict.fromkeys(_rules(opened)):
            tally.setdefault(rule, {}).setdefault(way, []).append(number)
    made = [_correction(rule, ways) for rule, ways in tally.items()]
    return tuple(sorted(made, key=lambda one: (-one.changed, -one.confirmed, one.source, one.rule)))


def _correction(rule: tuple[str, str], ways: Mapping[str, list[str]]) -> Correction:
    lowered, raised = ways.get("lowered", []), ways.get("raised", [])
    examples = tuple(filter(None, (*lowered[-3:], *raised[-3:])))
    return Correction(*rule, len(raised), len(lowered), len(ways.get("confirmed", [])), examples)


def _in_the_end(events: Iterable[Event]) -> tuple[RequestOpened | None, int | None]:
    """How it was filed, and the priority that the team left it with; None where they never said."""
    opened, said = None, list[int]()
    for event in events:
        match event:
            case RequestOpened():
                opened = event
            case PriorityChanged(now=now):
                said.append(now)
            case Undone(verb=verb) if verb in _TAKEN_BACK and said:
                said.pop()
    return opened, said[-1] if said else None


def _rules(opened: RequestOpened) -> tuple[tuple[str, str], tuple[str, str]]:
    """What gave its impact and its urgency: a rule that read the words, a fact, a mark, a date, or the item itself."""
    return _rule(opened.impact_from, opened.impact_cue, opened), _rule(opened.urgency_from, opened.urgency_cue, opened)


def _rule(source: str, cue: str, opened: RequestOpened) -> tuple[str, str]:
    return source, opened.item if source == "item" else cue
