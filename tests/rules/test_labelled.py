"""The labelled sentences are what their README says: complete, half and half, and no two of them nearly the same."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

FOLDER = Path(__file__).parents[1] / "data" / "priority"
PARTS = (
    "tuning",
    "apart",
    "fresh",
    "again",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
)


def rows(part: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_whole(part: str) -> None:
    for row in rows(part):
        assert set(row) == {"text", "lang", "impact", "urgency", "why"}
        assert row["lang"] in ("zh-CN", "en")
        assert row["impact"] in (1, 2, 3, 4)
        assert row["urgency"] in (1, 2, 3, 4)
        assert row["text"]
        assert row["why"]


def test_there_are_enough_and_a_third_stands_apart() -> None:
    tuning, apart = rows("tuning"), rows("apart")
    assert len(tuning) + len(apart) >= 340
    assert 0.3 <= len(apart) / (len(tuning) + len(apart)) <= 0.36
    assert len(rows("fresh")) >= 150
    for part in (tuning, apart, rows("fresh")):
        langs = Counter(row["lang"] for row in part)
        assert 0.45 <= langs["en"] / langs.total() <= 0.55


def test_no_two_are_nearly_the_same() -> None:
    texts = [str(row["text"]) for part in PARTS for row in rows(part)]
    near = [pair for pair in combinations(texts, 2) if fuzz.ratio(*pair, score_cutoff=80)]
    assert near == []
