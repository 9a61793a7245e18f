"""Facts instead of adjectives: what was answered to the form's questions, weighed by the written criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.rulebook.values import Criterion, Item, Rulebook, Weight
from core.rules.cues import Given


class Weighed(NamedTuple):
    """What the facts give each factor, None where no answer says anything of it; and the facts that were known."""

    impact: Given | None = None
    urgency: Given | None = None
    facts: tuple[str, ...] = ()


NOTHING = Weighed()

#: The question about people in danger: a fact of it is never rationed.
SAFETY_FACT = "safety."


def of_item(item: Item | None, rulebook: Rulebook) -> tuple[Criterion, ...]:
    """The questions for this item; the desk's where none is chosen yet."""
    return rulebook.criteria if item is None or item.criteria is None else item.criteria


def weighed(facts: Mapping[str, str], item: Item, rulebook: Rulebook) -> Weighed:
    """The gravest that the answers give. A question that the item does not have is weighed as the desk does.

    An answer that is in no list says nothing: it was not chosen from ours.
    """
    questions = {one.id: one for one in (*rulebook.criteria, *of_item(item, rulebook))}
    found = [
        (f"{id_}.{answer.id}", answer)
        for id_, question in questions.items()
        if (answer := _answer(question.answers, facts.get(id_, ""))) is not None
    ]
    far = min(((one.impact, fact) for fact, one in found if one.impact), default=None, key=_level)
    # Of two facts that make it as urgent, the one that tells something else is named.
    soon = min(
        ((one.urgency, fact) for fact, one in found if one.urgency), default=None,
        key=lambda given: (given[0], far is not None and given[1] == far[1]),
    )  # fmt: skip
    return Weighed(
        Given(far[0], far[1], ()) if far else None,
        Given(soon[0], soon[1], ()) if soon else None,
        tuple(fact for fact, _ in found),
    )


def _level(found: tuple[int, str]) -> int:
    return found[0]


def _answer(answers: Iterable[Weight], said: str) -> Weight | None:
    return next((one for one in answers if one.id == said), None)


def find(fact: str, item: Item | None, rulebook: Rulebook) -> tuple[Criterion, Weight] | None:
    """The question and the answer that a fact such as `stopped.crew` names; None once the rulebook has them no more."""
    question, _, said = fact.partition(".")
    for one in (*of_item(item, rulebook), *rulebook.criteria):
        if one.id == question and (answer := _answer(one.answers, said)) is not None:
            return one, answer
    return None
