"""The notation of the lexicon, and the tree that is made of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.ask.folding import fold
from core.rules.lexicon import Sense, en, events, mishaps, reach, spot, tokens, tone, zh

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
    said, _ = spot(tokens(fold(text)))
    assert said & sense
