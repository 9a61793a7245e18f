"""Versions of a calendar: what a changed file says rules from now on, and never a moment earlier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import DAY, Calendar, CalendarVersion, Week
from core.rules.versions import Versions, ruling, to_add

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SPAN = timedelta(days=40)


def week(begin: int, end: int) -> Week:
    return (((begin * 3600, end * 3600),),) * 7


def version(hours: int, valid_from: datetime | None = None) -> CalendarVersion:
    return CalendarVersion("UTC", week(8, 8 + hours), valid_from=valid_from)


@st.composite
def files(draw: st.DrawFn) -> Versions:
    """What a file may say: versions in order of the days from which they rule, the first perhaps always."""
    days = sorted(draw(st.sets(st.integers(-20, 20), max_size=3)))
    begins: list[datetime | None] = [NOW + timedelta(days=day) for day in days]
    if draw(st.booleans()) or not begins:
        begins = [None, *begins]
    return tuple(version(draw(st.integers(1, 12)), begin) for begin in begins)


def worked(versions: Versions, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    return Calendar("x", versions).periods(since, until)


@given(st.lists(files(), min_size=1, max_size=4))
def test_from_now_on_the_file_rules_and_before_now_what_ruled_then(said: list[Versions]) -> None:
    """Files are loaded one after the other, a day apart; each that says no past day for itself leaves the past alone."""
    added: list[CalendarVersion] = list(said[0])
    for n, wanted in enumerate(said[1:], start=1):
        now = NOW + timedelta(days=n)
        before = ruling(added)
        new = to_add(before, wanted, now)
        added += new
        after = ruling(added)
        begun = [one for one in wanted if one.valid_from is None or one.valid_from <= now]
        since = now if begun else min(one.valid_from for one in wanted if one.valid_from)
        assert worked(after, since, now + SPAN) == worked(wanted, since, now + SPAN)
        stated = new[0].valid_from if new else None
        until = min(now, stated) if stated else now
        assert worked(after, NOW - SPAN, until) == worked(before, NOW - SPAN, until)


@given(files(), files())
def test_the_same_file_adds_nothing_the_second_time(first: Versions, second: Versions) -> None:
    there = ruling((*first, *to_add(first, second, NOW)))
    for later in (timedelta(0), timedelta(days=1), timedelta(days=30)):
        assert to_add(there, second, NOW + later) == ()


def test_a_past_day_is_heard_once() -> None:
    """`valid_from` of the day before yesterday holds when it is first said; changed afterwards, it begins now."""
    day = NOW - timedelta(days=2)
    there = ruling((version(8), *to_add((version(8),), (version(8), version(4, day)), NOW)))
    assert [one.valid_from for one in there] == [None, day]
    again = to_add(there, (version(8), version(6, day)), NOW)
    assert [one.valid_from for one in again] == [NOW]


def test_a_day_to_come_that_left_the_file_does_not_come() -> None:
    there = (version(8), version(4, NOW + timedelta(days=9)))
    assert ruling((*there, *to_add(there, (version(8),), NOW)))[-1] == version(8, NOW)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        to_add((version(8),), (version(4),), NOW.replace(tzinfo=None))


def test_a_whole_day_may_change_into_hours() -> None:
    always = CalendarVersion("UTC", (((0, DAY),),) * 7)
    there = ruling((always, *to_add((always,), (version(8),), NOW)))
    calendar = Calendar("x", there)
    assert calendar.between(NOW - timedelta(days=1), NOW) == timedelta(days=1)
    assert calendar.between(NOW, NOW + timedelta(days=1)) == timedelta(hours=8)
