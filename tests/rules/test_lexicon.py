"""The notation of the lexicon, and how its words are found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ask.folding import fold
from core.rules.lexicon import Sense, en, events, mishaps, reach, spaced, spot, tokens, tone, zh
from core.rules.lexicon.variants import mended

TABLES = [en.WORDS, zh.WORDS, *(table for part in (mishaps, events, reach, tone) for table in (part.EN, part.ZH))]


def entries() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        for name, said in table.items():
            yield from ((name, " ".join(entry.split())) for entry in said.split(","))


def test_every_entry_can_be_read() -> None:
    """A choice stands in brackets, in none other, and holds no comma: it would end the entry."""
    for name, entry in entries():
        assert entry, f"{name} has a comma too many"
        outside = [part for n, part in enumerate(entry.replace(")", "(").split("(")) if n % 2 == 0]
        assert entry.count("(") == entry.count(")") == len(outside) - 1, (name, entry)
        assert not any("|" in part for part in outside), (name, entry)


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("ERP down", Sense.CORE), ("OA系统进不去", Sense.CORE), ("送到ICU了", Sense.HURT),
        ("children climb on the stack", Sense.DANGER),
        ("nobody in our office", Sense.EVERYONE | Sense.NOBODY | Sense.GROUP | Sense.ALL),
    ],
)  # fmt: skip
def test_words_are_found_as_people_write_them(text: str, sense: Sense) -> None:
    said, _ = spot(spaced(fold(text)))
    assert said & sense


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("the crew is idle", " the  crew  is  idle "),
        ("idle, at 17:00!", " idle  ,  at  17:00  ! "),
        ("it doesn't work\nthe crew's idle", " it  doesn't  work  ;  the  crew  s  idle "),
        ("24h on level3", " 24  h  on  level  3 "),
        ("三楼断网,急", "三楼断网,急"),
        ("三楼断网\n急", "三楼断网;急"),
        ("oa系统 down了", " oa 系统 down 了"),
        ("", "  "),
    ],
)
def test_latin_words_stand_apart_and_chinese_ones_do_not(text: str, apart: str) -> None:
    assert spaced(text) == apart


@given(st.text(alphabet="ab 1'!-\n停工", max_size=40))
def test_setting_words_apart_loses_none(text: str) -> None:
    assert "".join(spaced(text).split()) == "".join(tokens(spaced(text)))
    assert not re.search(r"[a-z]\d|\d[a-z]|[a-z\d]!|![a-z\d]", spaced(text))


@pytest.mark.parametrize("word", ["tapped", "cashed", "sever", "compliant", "inured"])
def test_what_looks_like_a_slip_and_is_a_word_stays(word: str) -> None:
    assert not spot(spaced(word))[0] & Sense.MISSPELT
    assert mended(f" {word}  ugrent ") == f" {word}  urgent "
