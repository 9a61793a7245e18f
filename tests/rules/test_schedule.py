"""When a digest is due: its own local time on its working days, in every zone and across every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import schedule
from core.rules.calendar import Calendar
from core.rules.instants import left_out, local
from core.rules.schedule import Schedule
from tests.conftest import MONDAY as NOW

NINE = ((9 * 3600, 17 * 3600),)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "UTC")


def _calendar(zone: str, closed: tuple[date, ...] = (), extra: tuple[date, ...] = ()) -> Calendar:
    exceptions = {**dict.fromkeys(closed, ()), **dict.fromkeys(extra, NINE)}
    return Calendar.of("office", zone, (NINE, NINE, NINE, NINE, NINE, (), ()), exceptions)


def _local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def daily(
    calendar: Calendar, zone: str = "Asia/Shanghai", at: time = time(9), period: str = "daily", day: int = 0
) -> Schedule:
    return Schedule("team", "site", period, at, zone, calendar, day)


@pytest.mark.parametrize(
    ("zone", "after", "expected", "why"),
    [
        ("Asia/Shanghai", "2026-11-23 08:59", "2026-11-23 09:00", "today, if it is still ahead"),
        ("Asia/Shanghai", "2026-11-23 09:00", "2026-11-24 09:00", "never twice at the same instant"),
        ("Asia/Shanghai", "2026-11-27 10:00", "2026-11-30 09:00", "Friday to Monday"),
        ("America/New_York", "2026-10-30 10:00", "2026-11-02 09:00", "autumn: nine o'clock stays nine o'clock"),
        ("America/New_York", "2026-03-06 10:00", "2026-03-09 09:00", "spring: the same"),
        ("Pacific/Auckland", "2026-09-25 10:00", "2026-09-28 09:00", "the other hemisphere"),
        ("Pacific/Apia", "2011-12-29 10:00", "2011-12-31 09:00", "a day that never was"),
    ],
)
def test_the_next_digest_is_at_its_local_time(zone: str, after: str, expected: str, why: str) -> None:
    calendar = _calendar(zone)
    if zone == "Pacific/Apia":
        calendar = Calendar.of("daily", zone, (NINE,) * 7)
    assert daily(calendar, zone).after(_local(after, zone)) == _local(expected, zone), why


@pytest.mark.parametrize(
    ("was", "now", "at", "expected", "why"),
    [
        ("2026-11-24 09:00", "2026-11-23 18:00", time(9), "2026-11-24 09:00", "nothing was changed"),
        ("2026-11-24 09:00", "2026-11-24 07:00", time(8), "2026-11-24 08:00", "earlier: this very morning"),
        ("2026-11-24 09:00", "2026-11-24 08:30", time(8), "2026-11-24 08:00", "earlier and over: it is due at once"),
        ("2026-11-24 09:00", "2026-11-24 08:30", time(10), "2026-11-24 10:00", "later: not at the old time"),
        ("2026-11-25 08:00", "2026-11-24 08:30", time(9), "2026-11-25 09:00", "it was told this morning: not twice"),
        (
            "2026-11-24 09:00",
            "2026-11-24 09:30",
            time(10),
            "2026-11-24 10:00",
            "it was missed, and its time is ahead again",
        ),
        ("2026-11-21 09:00", "2026-11-21 07:00", time(9), "2026-11-23 09:00", "its day is a day off now"),
    ],
)
def test_a_changed_time_holds_from_the_next_digest_on(was: str, now: str, at: time, expected: str, why: str) -> None:
    zone = "Asia/Shanghai"
    moved = daily(_calendar(zone), at=at).moved(_local(was, zone), _local(now, zone))
    assert moved == _local(expected, zone), why


def test_a_weeks_digest_moves_to_its_new_weekday_at_once() -> None:
    """Planned for Monday, it is to come on Fridays: on this one."""
    zone = "Asia/Shanghai"
    weekly = daily(_calendar(zone), period="weekly", day=4)
    moved = weekly.moved(_local("2026-11-30 09:00", zone), _local("2026-11-25 12:00", zone))
    assert moved == _local("2026-11-27 09:00", zone)


def test_a_digest_waits_for_the_end_of_the_holidays() -> None:
    holidays = tuple(date(2026, 11, 24) + timedelta(days=n) for n in range(3))
    calendar = _calendar("Asia/Shanghai", holidays)
    after = _local("2026-11-23 10:00", "Asia/Shanghai")
    assert daily(calendar).after(after) == _local("2026-11-27 09:00", "Asia/Shanghai")


def test_a_made_up_saturday_has_its_digest() -> None:
    calendar = _calendar("Asia/Shanghai", extra=(date(2026, 11, 28),))
    after = _local("2026-11-27 10:00", "Asia/Shanghai")
    assert daily(calendar).after(after) == _local("2026-11-28 09:00", "Asia/Shanghai")


def test_a_calendar_without_working_days_is_said() -> None:
    years = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 366))
    with pytest.raises(LookupError, match="office"):
        daily(_calendar("UTC", years), "UTC").after(NOW)


@pytest.mark.parametrize(
    ("period", "day", "after", "expected", "why"),
    [
        ("weekly", 0, "2026-11-16 09:00", "2026-11-23 09:00", "each Monday"),
        ("weekly", 4, "2026-11-23 10:00", "2026-11-27 09:00", "or on the day that was named"),
        ("weekly", 0, "2026-11-27 10:00", "2026-12-01 09:00", "Monday is off: Tuesday"),
        ("weekly", 5, "2026-11-24 10:00", "2026-12-01 09:00", "Saturday, Sunday and that Monday are off: Tuesday"),
        ("monthly", 0, "2026-11-03 09:00", "2026-12-01 09:00", "the first of the month"),
        ("monthly", 0, "2026-12-02 09:00", "2027-01-01 09:00", "and of the next"),
        ("monthly", 0, "2026-07-20 09:00", "2026-08-03 09:00", "which was a Saturday"),
    ],
)
def test_weeks_and_months(period: str, day: int, after: str, expected: str, why: str) -> None:
    calendar = _calendar("Asia/Shanghai", (date(2026, 11, 30),))
    one = daily(calendar, period=period, day=day)
    assert one.after(_local(after, "Asia/Shanghai")) == _local(expected, "Asia/Shanghai"), why


def test_a_time_that_the_clocks_skip_is_the_first_instant_after_the_gap() -> None:
    """02:30 is skipped in New York on 8 March 2026, a Sunday: here a working day."""
    calendar = Calendar.of("c", "America/New_York", (((0, 24 * 3600),),) * 7)
    one = daily(calendar, "America/New_York", time(2, 30))
    assert one.after(_local("2026-03-07 10:00", "America/New_York")) == _local("2026-03-08 03:00", "America/New_York")


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    assert local(date(2026, 10, 25), time(2, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    st.integers(1_262_304_000, 1_893_456_000), st.times(), st.sampled_from(ZONES),
    st.sampled_from(("daily", "weekly", "monthly")), st.integers(0, 6),
)  # fmt: skip
def test_what_comes_next_came_before_what_comes_then(seconds: int, at: time, zone: str, period: str, day: int) -> None:
    one = daily(_calendar(zone), zone, at.replace(second=0, microsecond=0), period, day)
    moment = datetime.fromtimestamp(seconds, UTC)
    first = one.after(moment)
    second = one.after(first)
    assert moment < first < second
    assert one.before(second) == first
    there = first.astimezone(ZoneInfo(zone))
    assert there.weekday() < 5
    assert left_out(there.date(), one.at, zone) or there.time() == one.at


def test_the_schedules_of_the_sample_desk_meet_no_gap() -> None:
    from tests.builders import DESK

    assert schedule.schedules(DESK, NOW)
    assert list(schedule.gaps(DESK.rulebook, date(2026, 11, 23))) == []
