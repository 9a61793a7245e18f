"""Scoring proposals against labels: accuracy, macro-F1, confusion, and whom to blame."""

from __future__ import annotations

import json

import pytest

from core.rulebook.values import DEFAULT_MATRIX, Cue
from core.rules.evaluation import SILENCE, BadLabel, Judged, Label, judge, labels, misleading, score


def lines(*rows: dict[str, object]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def a_judgement(labelled: int, proposed: int, rule: str = "now") -> Judged:
    return Judged(Label("x", {"priority": labelled}), {"priority": proposed}, {"impact": SILENCE, "urgency": rule})


def test_a_label_is_impact_and_urgency_or_a_priority() -> None:
    found = labels(
        ["", *lines({"text": "a", "impact": 1, "urgency": 2, "lang": "en"}, {"text": "b", "priority": "P3"})],
        DEFAULT_MATRIX,
    )
    assert [label.levels for label in found] == [{"impact": 1, "urgency": 2, "priority": 1}, {"priority": 3}]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '"x"', '{"text": "x"}', '{"text": "x", "impact": 1}', '{"text": "x", "priority": 5}', '{"priority": 1}',
     '{"text": "x", "priority": "high"}'],
)  # fmt: skip
def test_a_line_that_is_no_label_is_named(line: str) -> None:
    with pytest.raises(BadLabel, match="line 2"):
        list(labels([*lines({"text": "a", "priority": 1}), line], DEFAULT_MATRIX))


def test_accuracy_and_macro_f1() -> None:
    found = score([a_judgement(1, 1), a_judgement(1, 2), a_judgement(2, 2), a_judgement(4, 4)], "priority")
    assert found.count == 4
    assert found.accuracy == pytest.approx(3 / 4)
    assert found.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)  # nobody labelled or proposed a 3
    assert found.confusion == {(1, 1): 1, (1, 2): 1, (2, 2): 1, (4, 4): 1}


def test_nothing_to_score() -> None:
    assert score([], "priority").accuracy == 0
    assert score([a_judgement(1, 1)], "impact").count == 0


def test_silence_is_the_usual_level() -> None:
    (judged,) = judge(labels(lines({"text": "Badge for Wang", "priority": 3}), DEFAULT_MATRIX), (), DEFAULT_MATRIX)
    assert judged.levels == {"priority": 3, "impact": 3, "urgency": 3}
    assert judged.rules == {"impact": SILENCE, "urgency": SILENCE}


def test_the_rules_of_a_wrong_factor_are_blamed() -> None:
    rows = lines(
        {"text": "urgent", "impact": 3, "urgency": 4},
        {"text": "urgent", "impact": 3, "urgency": 1},
        {"text": "the crew is idle", "priority": 4},
    )
    judged = judge(labels(rows, DEFAULT_MATRIX), (), DEFAULT_MATRIX)
    assert misleading(judged) == [("urgency now", 1, 2), ("impact group-stopped", 1, 1), ("urgency stopped", 1, 1)]


def test_the_desks_own_cues_are_scored_by_their_first_word() -> None:
    own = (Cue(("red phase",), 1, None),)
    rows = lines({"text": "red phase", "impact": 4, "urgency": 3})
    assert misleading(judge(labels(rows, DEFAULT_MATRIX), own, DEFAULT_MATRIX)) == [("impact red phase", 1, 1)]
