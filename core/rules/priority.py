"""Impact x urgency -> priority, with the reason for each factor (rulings.md 8).

Marks and facts set a factor; words only propose it; the client's class moves targets and never the priority.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from core.ask.folding import fold
from core.ask.marks import IMPACTS
from core.model.request import Priority, Reasons
from core.rulebook.values import Cue, Item
from core.rules import cues, figures
from core.rules.criteria import NOTHING, SAFETY_FACT, Weighed
from core.rules.cues import Given, Said
from core.rules.hearing import Heard, hear

LEVEL_OF = {"urgent": 1, "high": 2, "normal": 3, "low": 4, "p1": 1, "p2": 2, "p3": 3, "p4": 4}
#: What denies the word that follows it: "not so urgent", "isn't urgent", "不太急", "非紧急".
NEGATION = re.compile(
    r"(?:\b(?:not|no|nothing|never|non)|n['’]t)(?:\s+(?:very|so|that|really|at\s+all))?[\s-]+$"
    r"|(?:不|非|没|无需|无须|不必|不用)(?:太|是|很|是很|那么|算)?$"
)


def propose(text: str, own: tuple[Cue, ...] = (), now: datetime | None = None) -> Said:
    """What the words propose. The desk's own cues speak first, the gravest of each factor; then the rules of the house.

    `now` is in the writer's zone: by it, a weekday may be tomorrow.
    """
    said = cues.read(hear(text, now))
    if not own:
        return said
    impact, urgency = _own(text, own)
    return Said(impact or said.impact, urgency or said.urgency)


def _own(text: str, own: tuple[Cue, ...]) -> tuple[Given | None, Given | None]:
    """The gravest of the rulebook's cues for each factor."""
    folded = fold(text)
    impact: Given | None = None
    urgency: Given | None = None
    for cue in own:
        word = next((w for w in cue.words if w in folded and _says(folded, w)), None)
        if word is None or any(u in folded for u in cue.unless):
            continue
        if cue.impact is not None and (impact is None or cue.impact < impact.level):
            impact = Given(cue.impact, cue.id, (word,))
        if cue.urgency is not None and (urgency is None or cue.urgency < urgency.level):
            urgency = Given(cue.urgency, cue.id, (word,))
    return impact, urgency


def _says(folded: str, word: str) -> bool:
    """The word stands in the text as a word, and is not denied just before it."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        inside = _joined(folded[at - 1 : at], word[0]) or _joined(word[-1], folded[end : end + 1])
        if not inside and not NEGATION.search(folded[:at][-40:]):
            return True
        at = folded.find(word, at + 1)
    return False


def _joined(left: str, right: str) -> bool:
    """Whether two characters belong to one word: `down` is not said in `download`; Chinese has no such border."""
    return bool(left and right) and (left + right).isascii() and left.isalnum() and right.isalnum()


class Stated(Struct, frozen=True):
    """What was marked or stated as a fact when filing: it sets, where words propose."""

    level: str = ""
    impact: str = ""
    due: datetime | None = None
    staff: bool = False
    facts: Weighed = NOTHING


def assess(
    text: str, item: Item, own: tuple[Cue, ...], matrix: tuple[tuple[int, ...], ...], stated: Stated, now: datetime
) -> tuple[Priority, Reasons]:
    """The priority of a request as it comes in, and why. `now` is in the writer's zone."""
    said = propose(text, own, now)
    how_far, far_from = said.impact, "words"
    if stated.facts.impact is not None and not _safety(said.impact, stated.facts):
        how_far, far_from = stated.facts.impact, "fact"
    elif stated.impact and fold(stated.impact) in IMPACTS:
        how_far, far_from = Given(IMPACTS[fold(stated.impact)], "", ()), "stated"
    elif how_far is None:
        how_far, far_from = Given(item.impact, "", ()), "item"
    how_soon, soon_from = _how_soon(said.urgency, item, stated, now)
    reasons = Reasons(
        how_far.level, how_soon.level, far_from, soon_from, tuple(dict.fromkeys(how_far.words + how_soon.words)),
        "words" in (far_from, soon_from), how_far.cue, how_soon.cue, stated.facts.facts,
    )  # fmt: skip
    if stated.staff and stated.level.startswith("p"):
        return Priority(LEVEL_OF[stated.level]), reasons
    return Priority(matrix[how_far.level - 1][how_soon.level - 1]), reasons


def _safety(said: Given | None, facts: Weighed) -> bool:
    """Danger that was put in words is heard, unless the facts speak of it."""
    answered = any(fact.startswith(SAFETY_FACT) for fact in facts.facts)
    return said is not None and said.cue in cues.SAFETY and not answered


def _how_soon(said: Given | None, item: Item, stated: Stated, now: datetime) -> tuple[Given, str]:
    """Facts set it, a mark declares it; a date that was asked for makes it no less urgent than facts and words do."""
    fact = stated.facts.urgency if not _safety(said, stated.facts) else None
    if fact is None and stated.level:
        return Given(LEVEL_OF[stated.level], "", ()), "staff" if stated.staff else "declared"
    due = cues.read(Heard(figures.nearness(stated.due, now))).urgency if stated.due else None
    if fact is not None:
        return (due, "due") if due is not None and due.level < fact.level else (fact, "fact")
    if due is not None and (said is None or due.level <= said.level):
        return due, "due"
    return (said, "words") if said is not None else (Given(item.urgency, "", ()), "item")
