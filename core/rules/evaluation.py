"""How well the words are read: proposals against labels, and the rules that misled.

A label states impact and urgency, or a priority, or all three. What no rule proposes is taken as usual: level 3.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from core.rulebook.values import Cue
from core.rules.cues import Said
from core.rules.priority import propose

USUAL = 3
LEVELS = (1, 2, 3, 4)
FACTORS = ("priority", "impact", "urgency")
#: Stands for the rule where none spoke.
SILENCE = "(no rule)"

WANTED = 'a line is {"text": "...", "impact": 1-4, "urgency": 1-4} or "priority": 1-4'

Matrix = tuple[tuple[int, ...], ...]


class BadLabel(Exception):
    """A line that is no label; says which and why."""


class Label(Struct, frozen=True):
    """A text and what a fair dispatcher would propose for it; `levels` by factor."""

    text: str
    levels: Mapping[str, int]


class Judged(Struct, frozen=True):
    """A label beside the proposal; `rules` gave its impact and its urgency."""

    label: Label
    levels: Mapping[str, int]
    rules: Mapping[str, str]

    def missed(self, factor: str) -> bool:
        return factor in self.label.levels and self.levels[factor] != self.label.levels[factor]


class Score(Struct, frozen=True):
    """Of one factor. `confusion` counts by (labelled, proposed)."""

    count: int
    accuracy: float
    macro_f1: float
    confusion: Mapping[tuple[int, int], int]


def labels(lines: Iterable[str], matrix: Matrix) -> Iterator[Label]:
    """The labels of a JSONL file. Raises BadLabel."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            levels = {name: _level(row[name]) for name in FACTORS if row.get(name) is not None}
            if "priority" not in levels:
                levels["priority"] = matrix[levels["impact"] - 1][levels["urgency"] - 1]
            if not isinstance(row["text"], str):
                raise TypeError("text")
            yield Label(row["text"], levels)
        except (ValueError, TypeError, AttributeError, KeyError):
            raise BadLabel(f"line {number}: not a label; {WANTED}") from None


def _level(value: object) -> int:
    """1 to 4, or P1 to P4."""
    level = int(str(value).upper().removeprefix("P"))
    if level not in LEVELS:
        raise ValueError(value)
    return level


def judge(given: Iterable[Label], own: tuple[Cue, ...], matrix: Matrix) -> list[Judged]:
    """Each label with what the words propose."""
    return [_judged(label, propose(label.text, own), matrix) for label in given]


def _judged(label: Label, said: Said, matrix: Matrix) -> Judged:
    impact, urgency = (given.level if given else USUAL for given in (said.impact, said.urgency))
    levels = {"priority": matrix[impact - 1][urgency - 1], "impact": impact, "urgency": urgency}
    spoke = {"impact": said.impact, "urgency": said.urgency}
    return Judged(label, levels, {factor: given.cue if given else SILENCE for factor, given in spoke.items()})


def score(judged: Iterable[Judged], factor: str) -> Score:
    """Accuracy, and F1 averaged over the levels that were labelled or proposed."""
    confusion = Counter((j.label.levels[factor], j.levels[factor]) for j in judged if factor in j.label.levels)
    count = confusion.total()
    hits = sum(confusion[level, level] for level in LEVELS)
    f1s = []
    for level in LEVELS:
        labelled = sum(confusion[level, other] for other in LEVELS)
        proposed = sum(confusion[other, level] for other in LEVELS)
        if labelled + proposed:
            f1s.append(2 * confusion[level, level] / (labelled + proposed))
    return Score(count, hits / count if count else 0.0, sum(f1s) / len(f1s) if f1s else 0.0, confusion)


def misleading(judged: Iterable[Judged]) -> list[tuple[str, int, int]]:
    """The rules that spoke in a miss, worst first: name, how often it misled, how often it spoke at all.

    Where impact and urgency are labelled, only the rule of the wrong factor is blamed; else both are.
    """
    spoke: Counter[str] = Counter()
    misled: Counter[str] = Counter()
    for each in judged:
        for factor, rule in each.rules.items():
            name = f"{factor} {rule}"
            spoke[name] += 1
            misled[name] += each.missed(factor if factor in each.label.levels else "priority")
    return [(name, wrong, spoke[name]) for name, wrong in misled.most_common() if wrong]
