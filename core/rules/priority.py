"""Impact x urgency -> priority, with the reason for each factor (rulings.md 8).

Marks and facts set a factor; words only propose it; the client's class moves targets and never the priority.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.ask.grammar import fold, fold_known
from core.model import Priority, Reasons
from core.rulebook.values import Cue, Item

LEVEL_OF = {"urgent": 1, "high": 2, "normal": 3, "low": 4, "p1": 1, "p2": 2, "p3": 3, "p4": 4}
IMPACT_OF = {
    "all": 1, "company": 1, "全公司": 1, "停工": 1, "site": 1, "team": 2, "班组": 2, "部门": 2, "several": 2,
    "one": 3, "person": 3, "个人": 3, "minor": 4, "轻微": 4, "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
#: What denies the word that follows it: "not so urgent", "isn't urgent", "不太急", "非紧急".
NEGATION = re.compile(
    r"(?:\b(?:not|no|nothing|never|non)|n['’]t)(?:\s+(?:very|so|that|really|at\s+all))?[\s-]+$"
    r"|(?:不|非|没|无需|无须|不必|不用)(?:太|是|很|是很|那么|算)?$"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    impact: int | None
    urgency: int | None
    words: tuple[str, ...]


def propose(text: str, cues: tuple[Cue, ...]) -> Proposal:
    """What the words say, negations and false friends heeded; the gravest cue of each factor speaks."""
    folded = fold(text)
    impact: int | None = None
    urgency: int | None = None
    heard: list[str] = []
    for cue in cues:
        word = next((w for w in cue.words if _says(folded, fold_known(w))), None)
        if word is None or any(fold_known(u) in folded for u in cue.unless):
            continue
        graver_impact = cue.impact is not None and (impact is None or cue.impact < impact)
        graver_urgency = cue.urgency is not None and (urgency is None or cue.urgency < urgency)
        impact = cue.impact if graver_impact else impact
        urgency = cue.urgency if graver_urgency else urgency
        if graver_impact or graver_urgency:
            heard.append(word)
    return Proposal(impact, urgency, tuple(heard))


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


def assess(
    text: str,
    item: Item,
    cues: tuple[Cue, ...],
    matrix: tuple[tuple[int, ...], ...],
    *,
    level: str,
    impact: str,
    staff: bool,
) -> tuple[Priority, Reasons]:
    """The priority of a request as it comes in, and why."""
    said = propose(text, cues)
    how_far, far_from = item.impact, "item"
    if impact and fold(impact) in IMPACT_OF:
        how_far, far_from = IMPACT_OF[fold(impact)], "stated"
    elif said.impact is not None:
        how_far, far_from = said.impact, "words"
    how_soon, soon_from = item.urgency, "item"
    if level:
        how_soon, soon_from = LEVEL_OF[level], "staff" if staff else "declared"
    elif said.urgency is not None:
        how_soon, soon_from = said.urgency, "words"
    proposed = "words" in (far_from, soon_from)
    reasons = Reasons(how_far, how_soon, far_from, soon_from, said.words if proposed else (), proposed)
    if staff and level.startswith("p"):
        return Priority(LEVEL_OF[level]), reasons
    return Priority(matrix[how_far - 1][how_soon - 1]), reasons
