"""Answers to the fields of an item: what is typed becomes what is kept, or is refused with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.model.parties import Actor, Role
from core.rulebook.values import Choice, Detail
from core.rules import details
from tests.builders import nine_to_five

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
ME = Actor(person="emma", role=Role.CONTACT, zone="Asia/Shanghai")
OFFICE = nine_to_five("Asia/Shanghai")
TEXT = Detail("note", {"en": "Note"})
NUMBER = Detail("sheets", {"en": "Sheets"}, "number", least=1, most=2000)
ANY = Detail("level", {"en": "Level"}, "number")
DAY = Detail("day", {"en": "Day"}, "date")
CHOICE = Detail(
    "part", {"en": "Part"}, "choice",
    options=(Choice("civil", {"en": "Structure", "zh-CN": "结构"}), Choice("services", {"en": "Services", "zh-CN": "机电"})),
)  # fmt: skip


def read(detail: Detail, typed: str) -> str:
    return details.read(detail, typed, NOW, ME, OFFICE)


@pytest.mark.parametrize(
    ("detail", "typed", "kept"),
    [
        (TEXT, "  VO-12  ", "VO-12"), (NUMBER, "12", "12"), (NUMBER, "１２", "12"), (NUMBER, "1,200", "1200"),
        (NUMBER, "2000.0", "2000"), (ANY, "-1.5", "-1.5"), (ANY, "0", "0"), (ANY, "+3", "3"),
        (DAY, "2026-12-01", "2026-12-01"), (DAY, "fri", "2026-11-27"), (DAY, "明天", "2026-11-24"),
        (DAY, "12月1日", "2026-12-01"), (DAY, "2026-11-20", "2026-11-20"),
        (CHOICE, "civil", "civil"), (CHOICE, "STRUCTURE", "civil"), (CHOICE, "机电", "services"), (CHOICE, "struct", "civil"),
    ],
)  # fmt: skip
def test_what_is_kept(detail: Detail, typed: str, kept: str) -> None:
    assert read(detail, typed) == kept


@pytest.mark.parametrize(
    ("detail", "typed", "code"),
    [
        (TEXT, "x" * 301, "field_long"), (NUMBER, "twelve", "field_number"), (NUMBER, "", "field_number"),
        (NUMBER, "nan", "field_number"), (NUMBER, "1e9", "field_number"), (NUMBER, "0", "field_least"),
        (NUMBER, "2001", "field_most"), (DAY, "soonish", "field_date"), (DAY, "", "field_date"),
        (CHOICE, "s", "field_choice"), (CHOICE, "", "field_choice"), (CHOICE, "painting", "field_choice"),
    ],
)  # fmt: skip
def test_what_is_refused(detail: Detail, typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(detail, typed)
    assert refused.value.code == code
    assert refused.value.facts["field"] == detail.id


@given(st.sampled_from([TEXT, NUMBER, ANY, DAY, CHOICE]), st.text(max_size=40))
def test_whatever_is_typed_is_kept_or_refused(detail: Detail, typed: str) -> None:
    try:
        kept = read(detail, typed)
    except Refused:
        return
    assert read(detail, kept) == kept, "what is kept reads as itself"


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_each_day_is_itself(day: date) -> None:
    assert read(DAY, day.isoformat()) == day.isoformat()


@given(st.decimals(-(10**6), 10**6, places=3))
def test_each_number_is_itself(number: object) -> None:
    assert float(read(ANY, str(number))) == float(str(number))
