"""Facts set impact and urgency by written criteria; words and marks come second, danger never last."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.ask import commands as do
from core.model.request import Reasons, Request
from core.rulebook.values import HOUSE_CRITERIA, Criterion, Weight
from core.rules import allowance, criteria
from core.rules.decide import open_request
from core.say.voice import Voice, why
from core.say.words import words
from tests.builders import CONTACT, DESK, NOW, a_context

#: The sample desk with the criteria of the house.
BOOK = replace(DESK.rulebook, criteria=HOUSE_CRITERIA)
HOUSE = replace(DESK, rulebook=BOOK)
DRAWINGS = BOOK.items["drawings"]
#: The drawings' own question, and another weight for one of the house's.
OWN = replace(
    DRAWINGS,
    criteria=(
        Criterion(
            "sealed", {"en": "Is it sealed?", "zh-CN": "封标了吗？"}, (Weight("no", {"en": "not sealed yet"}, 2, 1),)
        ),
        Criterion("stopped", {}, (Weight("crew", {}, 1, 1),)),
    ),
)


def filed(title: str = "Drawing A-101", *, level: str = "", due: str = "", impact: str = "", **facts: str) -> Request:
    command = do.OpenRequest(title, item="drawings", level=level, due=due, impact=impact, facts=tuple(facts.items()))
    return open_request(command, a_context(CONTACT, desk=HOUSE)).request


def factors(reasons: Reasons) -> tuple[int, int, str, str]:
    return reasons.impact, reasons.urgency, reasons.impact_from, reasons.urgency_from


@pytest.mark.parametrize(
    ("facts", "expected", "priority"),
    [
        ({"stopped": "crew", "deadline": "tomorrow"}, (2, 2, "fact", "fact"), 2),
        ({"stopped": "site"}, (1, 1, "fact", "fact"), 1),
        ({"stopped": "one", "people": "many"}, (1, 2, "fact", "fact"), 1),
        ({"people": "few"}, (3, 3, "fact", "item"), 3),
        ({"people": "none", "deadline": "later"}, (4, 4, "fact", "fact"), 4),
        ({"people": "crew", "stopped": "no", "safety": "no", "deadline": "no"}, (2, 3, "fact", "item"), 2),
        ({"safety": "risk", "people": "none"}, (1, 2, "fact", "fact"), 1),
        ({"deadline": "days"}, (2, 3, "item", "fact"), 2),
        ({}, (2, 3, "item", "item"), 2),
        ({"stopped": "perhaps", "nothing": "yes"}, (2, 3, "item", "item"), 2),
    ],
)
def test_the_gravest_fact_sets_each_factor(facts: dict[str, str], expected: tuple[object, ...], priority: int) -> None:
    """The item's own levels (2, 3) hold where no fact says anything."""
    request = filed(**facts)
    assert (factors(request.reasons), int(request.priority)) == (expected, priority)
    assert not request.reasons.proposed


def test_facts_come_before_marks_and_words() -> None:
    loud = filed("Urgent! Everything is stopped, all crews idle", level="urgent", stopped="one", deadline="days")
    assert factors(loud.reasons) == (3, 2, "fact", "fact")
    assert factors(filed(level="urgent", people="few").reasons) == (3, 1, "fact", "declared")
    assert factors(filed(impact="site", people="few").reasons) == (3, 3, "fact", "item")
    assert factors(filed(impact="site", deadline="today").reasons) == (1, 2, "stated", "fact")


def test_a_date_that_is_nearer_than_the_fact_counts() -> None:
    assert factors(filed(due="today 17:00", deadline="later", people="few").reasons)[1:] == (2, "fact", "due")
    assert factors(filed(due="2025-07-30", deadline="today").reasons)[1::2] == (2, "fact")


def test_danger_in_words_is_heard_unless_the_facts_speak_of_it() -> None:
    title = "A worker is trapped under the scaffold"
    heard = filed(title, stopped="one", deadline="later")
    assert factors(heard.reasons) == (1, 1, "words", "words")
    assert allowance.is_safety(heard.reasons)
    denied = filed(title, stopped="one", deadline="later", safety="no")
    assert factors(denied.reasons) == (3, 2, "fact", "fact")


@pytest.mark.parametrize("answer", ["risk", "now"])
def test_a_fact_of_safety_is_never_rationed(answer: str) -> None:
    assert allowance.is_safety(filed(safety=answer, stopped="site").reasons)
    assert not allowance.is_safety(filed(safety="no", stopped="site").reasons)


def test_an_item_has_criteria_of_its_own_and_the_desks_for_the_rest() -> None:
    found = criteria.weighed({"stopped": "crew", "people": "few", "sealed": "no"}, OWN, BOOK)
    assert found.impact is not None
    assert (found.impact.level, found.impact.cue) == (1, "stopped.crew")
    assert found.facts == ("stopped.crew", "people.few", "sealed.no")
    assert [one.id for one in criteria.of_item(OWN, BOOK)] == ["sealed", "stopped"]
    assert [one.id for one in criteria.of_item(DRAWINGS, BOOK)] == ["safety", "stopped", "people", "deadline"]


ANSWERS = {one.id: st.sampled_from(["", *(answer.id for answer in one.answers)]) for one in BOOK.criteria}


@given(st.fixed_dictionaries(ANSWERS))
def test_one_graver_answer_never_makes_it_lighter(facts: dict[str, str]) -> None:
    before = criteria.weighed(facts, DRAWINGS, BOOK)
    after = criteria.weighed({**facts, "stopped": "site"}, DRAWINGS, BOOK)
    for was, now in ((before.impact, after.impact), (before.urgency, after.urgency)):
        assert now is not None
        assert was is None or now.level <= was.level
    assert set(after.facts) >= {fact for fact in before.facts if not fact.startswith("stopped.")}


# ---- in words


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "one crew or team stopped (impact 2) × deadline tomorrow (urgency 2)"),
        ("zh-CN", "一个班组或部门停摆（影响 2）× 明天截止（紧急 2）"),
    ],
)
def test_the_reason_is_one_sentence(lang: str, sentence: str) -> None:
    assert why(words(lang), filed(stopped="crew", deadline="tomorrow").reasons) == sentence


def test_the_rulebooks_own_words_stand_in_the_reason() -> None:
    items = {**BOOK.items, "drawings": OWN}
    desk = replace_rulebook(items)
    command = do.OpenRequest("Drawing A-101", item="drawings", facts=(("sealed", "no"),))
    request = open_request(command, a_context(CONTACT, desk=desk)).request
    voice = Voice.to("en", "UTC", desk, datetime.fromisoformat(NOW.isoformat()))
    assert voice.reason(request) == "not sealed yet (impact 2) × not sealed yet (urgency 1)"


def replace_rulebook(items: dict[str, object]) -> object:
    return replace(DESK, rulebook=replace(BOOK, items=items))
