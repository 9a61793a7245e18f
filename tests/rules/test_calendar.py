"""Business time keeps its promises: other projects' facts, our scenarios, laws, and a count minute by minute."""

import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.rules.calendar import Calendar, CalendarVersion, Closure, Interval, NoWorkingTime, Week, parse_interval

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "business-time.json").read_text())["vectors"]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours(*texts: str) -> tuple[Interval, ...]:
    return tuple(parse_interval(text) for text in texts)


def workdays(*texts: str) -> Week:
    return (hours(*texts),) * 5 + ((), ())


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def h(number: float) -> timedelta:
    return timedelta(hours=number)


NINE_TO_FIVE = Calendar.of("nine to five", "UTC", workdays("09:00-17:00"))
SHANGHAI = Calendar.of("shanghai", "Asia/Shanghai", workdays("09:00-12:00", "13:30-18:00"))
SHANGHAI_2025 = Calendar.of(
    "shanghai with holidays",
    "Asia/Shanghai",
    workdays("09:00-12:00", "13:30-18:00"),
    {date(2025, 10, day): () for day in range(1, 9)}
    | {day: hours("09:00-12:00", "13:30-18:00") for day in (date(2025, 9, 28), date(2025, 10, 11))},
)
BERLIN_ALWAYS = Calendar.around_the_clock(zone="Europe/Berlin")
BERLIN_NIGHTS = Calendar.of("nights", "Europe/Berlin", (hours("22:00-06:00"),) * 7)


# Facts from other projects


def calendar_of(vector: Mapping[str, Any]) -> Calendar:
    def intervals(pairs: list[list[str]]) -> tuple[Interval, ...]:
        return tuple(parse_interval(*pair) for pair in pairs)

    exceptions = {date.fromisoformat(day): intervals(pairs) for day, pairs in vector["extra"].items()}
    exceptions |= {date.fromisoformat(day): () for day in vector["holidays"]}
    breaks = ((day, interval) for day, pairs in vector["breaks"].items() for interval in intervals(pairs))
    return Calendar.of(
        vector["id"],
        vector["tz"],
        tuple(intervals(vector["week"].get(day, [])) for day in DAYS),
        exceptions,
        closures=tuple(Closure(date.fromisoformat(day), interval) for day, interval in breaks),
    )


def expected_of(vector: Mapping[str, Any]) -> Any:
    """Our edge convention is "near"; where a source says "far" the vector carries the answer under ours."""
    other = vector.get("edge_sensitive") and vector.get("convention") == "far"
    return vector["expect_other"] if other else vector["expect"]


@pytest.mark.parametrize("vector", [pytest.param(one, id=one["id"]) for one in VECTORS if "variant" not in one])
def test_fact_of_another_project(vector: Mapping[str, Any]) -> None:
    calendar, start = calendar_of(vector), datetime.fromisoformat(vector["start"])
    expected = expected_of(vector)
    match vector["op"]:
        case "add":
            assert calendar.add(start, timedelta(seconds=vector["seconds"])) == datetime.fromisoformat(expected)
        case "subtract":
            assert calendar.subtract(start, timedelta(seconds=vector["seconds"])) == datetime.fromisoformat(expected)
        case "elapsed":
            elapsed = calendar.between(start, datetime.fromisoformat(vector["end"]))
            assert elapsed == timedelta(seconds=expected)
        case "in_hours":
            assert calendar.is_open(start) is expected
        case unknown:
            pytest.fail(f"no such operation: {unknown}")


def test_no_fact_is_lost() -> None:
    assert len(VECTORS) == 492
    assert sum("variant" in one for one in VECTORS) == 2


# Scenarios A to K


@pytest.mark.parametrize(
    ("calendar", "start", "span", "due"),
    [
        pytest.param(SHANGHAI, "2025-09-19 17:30", 4, "2025-09-22 14:00", id="A-over-lunch-and-weekend"),
        pytest.param(SHANGHAI_2025, "2025-09-30 17:00", 8, "2025-10-09 17:30", id="B-national-day"),
        pytest.param(SHANGHAI, "2025-09-30 17:00", 8, "2025-10-01 17:30", id="B-without-holidays"),
        pytest.param(SHANGHAI_2025, "2025-10-11 10:00", 2, "2025-10-11 12:00", id="C-make-up-saturday"),
        pytest.param(SHANGHAI, "2025-10-11 10:00", 2, "2025-10-13 11:00", id="C-without-make-up-day"),
        pytest.param(BERLIN_ALWAYS, "2025-03-29 20:00", 24, "2025-03-30 21:00", id="D-spring"),
        pytest.param(BERLIN_ALWAYS, "2025-10-25 20:00", 24, "2025-10-26 19:00", id="D-autumn"),
        pytest.param(SHANGHAI, "2025-09-19 17:50", 4, "2025-09-22 14:20", id="J-business-hours"),
    ],
)
def test_scenario_due(calendar: Calendar, start: str, span: float, due: str) -> None:
    zone = calendar.versions[0].zone
    answer = calendar.add(at(start, zone), h(span))
    assert answer == at(due, zone)
    assert answer.tzinfo is UTC


@pytest.mark.parametrize(("evening", "worked"), [("2025-03-29", 7), ("2025-10-25", 9)])
def test_scenario_e_night_shift_over_a_clock_change(evening: str, worked: float) -> None:
    start = at(f"{evening} 21:00", "Europe/Berlin")
    assert BERLIN_NIGHTS.between(start, start + h(12)) == h(worked)
    assert BERLIN_NIGHTS.closing(start) == BERLIN_NIGHTS.add(start, h(worked))


def test_scenario_f_a_pause_is_left_out() -> None:
    worked = NINE_TO_FIVE.between(at("2025-06-02 09:00"), at("2025-06-02 11:00"))
    assert NINE_TO_FIVE.add(at("2025-06-04 15:00"), h(8) - worked) == at("2025-06-05 13:00")


def test_scenario_g_time_spent_is_measured_anew_under_another_calendar() -> None:
    segment = at("2025-06-02 08:30"), at("2025-06-02 09:00")
    assert Calendar.around_the_clock().between(*segment) == h(0.5)
    assert NINE_TO_FIVE.add(at("2025-06-09 09:00"), h(8) - NINE_TO_FIVE.between(*segment)) == at("2025-06-09 17:00")


def test_scenario_i_a_reopened_request_keeps_what_is_left() -> None:
    assert NINE_TO_FIVE.add(at("2025-06-05 10:00"), h(8) - h(6)) == at("2025-06-05 12:00")


def test_scenario_j_the_promise_of_a_day_governs() -> None:
    start = at("2025-09-19 17:50", "Asia/Shanghai")
    promise = Calendar.around_the_clock().add(start, h(24))
    assert promise == at("2025-09-20 17:50", "Asia/Shanghai")
    assert promise < SHANGHAI.add(start, h(4))


def test_scenario_k_an_empty_calendar_is_refused() -> None:
    empty = Calendar.of("empty", "UTC", ((),) * 7)
    with pytest.raises(NoWorkingTime, match="'empty' has no working time at all"):
        empty.check()
    for ask in (empty.add, empty.subtract):
        with pytest.raises(NoWorkingTime, match="'empty'"):
            ask(at("2025-06-02 09:00"), h(1))
    for look in (empty.next_opening, empty.closing):
        with pytest.raises(NoWorkingTime, match="'empty'"):
            look(at("2025-06-02 09:00"))
    assert empty.between(at("2025-06-02 09:00"), at("2026-06-02 09:00")) == h(0)
    assert not empty.is_open(at("2025-06-02 09:00"))


# Edges


def test_time_that_runs_out_at_closing_is_due_at_closing() -> None:
    assert NINE_TO_FIVE.add(at("2025-06-06 16:00"), h(1)) == at("2025-06-06 17:00")
    assert NINE_TO_FIVE.add(at("2025-06-02 09:00"), h(40)) == at("2025-06-06 17:00")


def test_a_subtraction_that_runs_out_at_an_opening_answers_that_opening() -> None:
    assert NINE_TO_FIVE.subtract(at("2025-06-09 10:00"), h(1)) == at("2025-06-09 09:00")
    assert NINE_TO_FIVE.subtract(at("2025-06-09 09:00"), h(8)) == at("2025-06-06 09:00")


def test_no_time_changes_nothing_inside_and_outside_hours() -> None:
    for instant in (at("2025-06-02 10:00"), at("2025-06-02 17:00"), at("2025-06-07 12:00")):
        assert NINE_TO_FIVE.add(instant, h(0)) == instant
        assert NINE_TO_FIVE.subtract(instant, h(0)) == instant


def test_closing_time_is_outside_hours_and_opening_time_inside() -> None:
    assert NINE_TO_FIVE.is_open(at("2025-06-06 09:00"))
    assert not NINE_TO_FIVE.is_open(at("2025-06-06 17:00"))
    assert NINE_TO_FIVE.next_opening(at("2025-06-06 09:00")) == at("2025-06-06 09:00")
    assert NINE_TO_FIVE.next_opening(at("2025-06-06 17:00")) == at("2025-06-09 09:00")
    assert NINE_TO_FIVE.closing(at("2025-06-06 16:59")) == at("2025-06-06 17:00")
    assert NINE_TO_FIVE.closing(at("2025-06-06 17:00")) == at("2025-06-09 17:00")


def test_microseconds_are_kept() -> None:
    tick = timedelta(microseconds=1)
    assert NINE_TO_FIVE.add(at("2025-06-06 16:59:59.999999"), tick) == at("2025-06-06 17:00")
    assert NINE_TO_FIVE.add(at("2025-06-06 16:59:59.999999"), 2 * tick) == at("2025-06-09 09:00:00.000001")
    assert NINE_TO_FIVE.between(at("2025-06-06 16:59:59.999999"), at("2025-06-09 09:00:00.000001")) == 2 * tick


def test_a_day_is_as_long_as_it_is() -> None:
    sundays = Calendar.of("sundays", "Europe/Berlin", ((),) * 6 + (hours("00:00-24:00"),))
    for day, length in ((date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 11, 2), 24)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Berlin"))
        assert sundays.between(midnight, midnight + timedelta(days=1)) == h(length)


def test_a_boundary_in_a_gap_moves_forward_and_one_in_an_overlap_is_the_first() -> None:
    early = Calendar.of("early", "Europe/Berlin", (hours("02:30-05:00"),) * 7)
    assert early.next_opening(at("2025-03-30 00:00", "Europe/Berlin")) == at("2025-03-30 03:30", "Europe/Berlin")
    assert early.next_opening(at("2025-10-26 00:00", "Europe/Berlin")) == at("2025-10-26 00:30")


def test_an_interval_that_a_clock_change_turns_round_is_no_time() -> None:
    """02:15 moves to 03:15, past the 03:00 that exists."""
    early = Calendar.of("early", "Europe/Berlin", (hours("02:15-03:00"),) * 7)
    saturday, monday = at("2025-03-29 12:00", "Europe/Berlin"), at("2025-03-31 12:00", "Europe/Berlin")
    assert early.between(saturday, monday) == h(0.75)
    assert early.next_opening(saturday) == at("2025-03-31 02:15", "Europe/Berlin")


def test_an_interval_over_midnight_belongs_to_the_day_it_starts() -> None:
    """A holiday does not cut off the shift that began the evening before; its own evening is off."""
    nights = Calendar.of("nights", "UTC", (hours("22:00-06:00"),) * 7, {date(2025, 6, 4): ()})
    assert nights.is_open(at("2025-06-04 05:59"))
    assert nights.next_opening(at("2025-06-04 06:00")) == at("2025-06-05 22:00")


def test_a_partial_closure_is_taken_out_of_any_hours_of_its_date() -> None:
    closures = (
        Closure(date(2025, 6, 4), parse_interval("12:00-13:00")),
        Closure(date(2025, 6, 4), parse_interval("12:30-14:00")),
        Closure(date(2025, 6, 5), parse_interval("16:00-02:00")),
    )
    calendar = Calendar.of("breaks", "UTC", (hours("09:00-17:00", "22:00-06:00"),) * 7, closures=closures)
    assert calendar.periods(at("2025-06-04 00:00"), at("2025-06-06 12:00")) == [
        (at(f"2025-06-{begin}"), at(f"2025-06-{end}"))
        for begin, end in (
            ("04 00:00", "04 06:00"),
            ("04 09:00", "04 12:00"),
            ("04 14:00", "04 17:00"),
            ("04 22:00", "05 06:00"),
            ("05 09:00", "05 16:00"),
            ("06 02:00", "06 06:00"),
            ("06 09:00", "06 12:00"),
        )
    ]


def test_abutting_and_overlapping_intervals_act_as_one() -> None:
    week = (hours("08:00-12:00", "12:00-16:00", "15:00-20:00", "20:00-08:00"),) * 5 + ((), ())
    calendar = Calendar.of("one", "UTC", week)
    assert calendar.closing(at("2025-06-02 08:00")) == at("2025-06-07 08:00")
    assert calendar.between(at("2025-06-02 00:00"), at("2025-06-09 00:00")) == h(120)


def test_around_the_clock_is_plain_time_for_any_span() -> None:
    always, start = Calendar.around_the_clock(), at("2025-06-02 09:00:00.000007")
    for span in (h(0), h(1), timedelta(days=36_500), timedelta(microseconds=3)):
        assert always.add(start, span) == start + span
        assert always.subtract(start, span) == start - span
        assert always.between(start, start + span) == span
    assert always.is_open(start)
    assert always.next_opening(start) == start
    assert always.closing(start) is None
    assert always.periods(start, start + h(1)) == [(start, start + h(1))]
    assert always.periods(start + h(1), start) == []
    always.check(start)


def test_a_week_without_a_gap_is_plain_time_until_a_holiday() -> None:
    week = (hours("00:00-24:00"),) * 7
    assert Calendar.of("gapless", "Europe/Berlin", week).closing(at("2025-06-02 09:00")) is None
    for year, closes in ((2026, True), (2029, False)):
        calendar = Calendar.of("but one day", "UTC", week, {date(year, 12, 25): ()})
        assert calendar.closing(at("2025-06-02 09:00")) == (at(f"{year}-12-25 00:00") if closes else None)


# Versions and provisional years


def versions(*rows: tuple[str | None, Week]) -> tuple[CalendarVersion, ...]:
    return tuple(CalendarVersion("UTC", week, valid_from=at(text) if text else None) for text, week in rows)


def test_a_new_version_rules_from_its_instant() -> None:
    calendar = Calendar(
        "summer", versions((None, workdays("09:00-17:00")), ("2025-06-04 12:00", workdays("08:00-14:00")))
    )
    assert calendar.between(at("2025-06-04 00:00"), at("2025-06-05 00:00")) == h(5)
    assert calendar.closing(at("2025-06-04 10:00")) == at("2025-06-04 14:00")
    assert calendar.add(at("2025-06-03 16:00"), h(8)) == at("2025-06-05 10:00")
    assert calendar.version(at("2025-06-04 11:59")) is calendar.versions[0]
    assert calendar.version(at("2025-06-04 12:00")) is calendar.versions[1]


def test_a_new_version_leaves_what_was_measured_before_alone() -> None:
    before = Calendar("one", versions((None, workdays("09:00-17:00"))))
    after = Calendar("two", (*before.versions, *versions(("2025-06-04 00:00", workdays("10:00-11:00")))))
    segment = at("2025-05-01 10:00"), at("2025-06-03 10:00")
    assert before.between(*segment) == after.between(*segment)


def test_a_version_may_begin_within_an_interval_of_two_local_days_before() -> None:
    """It is Monday 22:00 in New York, Tuesday in UTC; the shift of Sunday 22:30 runs until Monday 22:30."""
    week = ((),) * 6 + (((81_000, 81_000 + 86_400),),)
    version = CalendarVersion("America/New_York", week, valid_from=at("2025-06-03 02:00"))
    assert Calendar("long shift", (version,)).closing(at("2025-06-03 02:00")) == at("2025-06-03 02:30")


def test_there_is_no_working_time_before_the_first_version() -> None:
    calendar = Calendar("new client", versions(("2025-06-04 12:00", workdays("09:00-17:00"))))
    assert calendar.next_opening(at("2025-06-02 10:00")) == at("2025-06-04 12:00")
    assert calendar.version(at("2025-06-02 10:00")) is None
    assert not calendar.provisional(at("2025-06-02 10:00"))
    assert calendar.subtract(at("2025-06-04 13:00"), h(1)) == at("2025-06-04 12:00")
    with pytest.raises(NoWorkingTime, match="2025-06-04"):
        calendar.subtract(at("2025-06-04 13:00"), h(2))


def test_always_open_versions_that_began_one_day_close_before_it() -> None:
    calendar = Calendar("24x7 since", versions(("2025-06-04 12:00", (hours("00:00-24:00"),) * 7)))
    assert calendar.next_opening(at("2025-06-02 10:00")) == at("2025-06-04 12:00")
    assert calendar.closing(at("2025-06-02 10:00")) is None
    calendar.check(at("2025-06-02 10:00"))


def test_provisional_is_asked_of_the_local_year() -> None:
    calendar = Calendar.of("cn", "Asia/Shanghai", workdays("09:00-18:00"), provisional_years=frozenset({2027}))
    assert not calendar.provisional(at("2026-12-31 15:59:59"))
    assert calendar.provisional(at("2026-12-31 16:00"))
    assert not calendar.provisional(at("2027-12-31 16:00"))


# Refusals


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, naive: calendar.add(naive, h(1)),
        lambda calendar, naive: calendar.subtract(naive, h(1)),
        lambda calendar, naive: calendar.between(naive, at("2025-06-02 09:00")),
        lambda calendar, naive: calendar.between(at("2025-06-02 09:00"), naive),
        lambda calendar, naive: calendar.periods(naive, at("2025-06-02 09:00")),
        lambda calendar, naive: calendar.is_open(naive),
        lambda calendar, naive: calendar.next_opening(naive),
        lambda calendar, naive: calendar.closing(naive),
        lambda calendar, naive: calendar.version(naive),
        lambda calendar, naive: calendar.provisional(naive),
    ],
)
@pytest.mark.parametrize("calendar", [NINE_TO_FIVE, Calendar.around_the_clock()], ids=["hours", "24x7"])
def test_a_naive_datetime_is_refused(calendar: Calendar, ask: Callable[[Calendar, datetime], object]) -> None:
    naive = at("2025-06-02 09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive datetime"):
        ask(calendar, naive)


@pytest.mark.parametrize("calendar", [NINE_TO_FIVE, Calendar.around_the_clock()], ids=["hours", "24x7"])
def test_a_negative_or_absurd_span_is_refused(calendar: Calendar) -> None:
    for ask in (calendar.add, calendar.subtract):
        with pytest.raises(ValueError, match="negative span"):
            ask(at("2025-06-02 09:00"), -timedelta(microseconds=1))
        with pytest.raises(ValueError, match="hundred years"):
            ask(at("2025-06-02 09:00"), h(10_000_000))


def test_an_answer_out_of_reach_is_refused_whatever_was_asked_before() -> None:
    """An hour a week: 90 years of working time would take fifteen thousand years."""
    sparse = Calendar.of("sparse", "UTC", (hours("09:00-10:00"), *((),) * 6))
    assert sparse.add(at("2025-06-02 09:00"), h(52)) == at("2026-05-25 10:00")
    for _ in range(2):
        with pytest.raises(NoWorkingTime, match="'sparse'"):
            sparse.add(at("2025-06-02 09:00"), timedelta(days=365 * 90))
    with pytest.raises(OverflowError, match="hundred years apart"):
        sparse.between(at("1800-01-01 00:00"), at("2025-06-02 09:00"))


def test_three_closed_years_are_not_crossed_whatever_was_asked_before() -> None:
    """The answer may not depend on how far the calendar happens to be laid out already."""
    open_week = workdays("09:00-17:00")
    rows = versions((None, open_week), ("2025-06-04 00:00", ((),) * 7), ("2028-06-05 00:00", open_week))
    calendar = Calendar("closed for long", rows)
    for _ in range(2):
        with pytest.raises(NoWorkingTime):
            calendar.add(at("2025-06-03 16:00"), h(2))
        with pytest.raises(NoWorkingTime):
            calendar.subtract(at("2028-06-05 10:00"), h(2))
        with pytest.raises(NoWorkingTime):
            calendar.next_opening(at("2025-06-04 00:00"))
        with pytest.raises(NoWorkingTime):
            calendar.check()
        assert calendar.add(at("2025-06-03 16:00"), h(1)) == at("2025-06-03 17:00")
        assert calendar.add(at("2027-06-03 16:00"), h(1)) == at("2028-06-05 10:00")
        assert calendar.subtract(at("2026-06-03 16:00"), h(1)) == at("2025-06-03 16:00")
        assert calendar.between(at("2025-06-03 16:00"), at("2028-06-05 10:00")) == h(2)


def test_check_asks_of_now_whether_exceptions_alone_still_open_it() -> None:
    event = Calendar.of("event", "UTC", ((),) * 7, {date(2025, 6, 7): hours("09:00-17:00")})
    event.check()
    event.check(at("2025-01-01 00:00"))
    with pytest.raises(NoWorkingTime, match="'event'"):
        event.check(at("2025-06-08 00:00"))
    NINE_TO_FIVE.check(at("2025-06-08 00:00"))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("09:00-12:00", (32_400, 43_200)),
        ("9:00 - 12:00", (32_400, 43_200)),
        ("09:00–12:00", (32_400, 43_200)),
        ("00:00-24:00", (0, 86_400)),
        ("22:00-06:00", (79_200, 108_000)),
        ("22:00-00:00", (79_200, 86_400)),
        ("08:30:15-08:30:16", (30_615, 30_616)),
    ],
)
def test_an_interval_is_read(text: str, interval: Interval) -> None:
    assert parse_interval(text) == interval
    assert parse_interval(*text.replace("–", "-").split("-")) == interval


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("09:00", "not an interval"),
        ("", "not an interval"),
        ("09:00-12:00-13:00", "not an interval"),
        ("nine-five", "'nine' is not a time of day"),
        ("09:00-", "'' is not a time of day"),
        ("09:60-12:00", "'09:60' is not a time of day"),
        ("09:00-24:01", "'24:01' is not a time of day"),
        ("24:00-06:00", "cannot start at 24:00"),
        ("09:00-09:00", "has no length"),
    ],
)
def test_an_unusable_interval_is_refused_with_its_text(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refusal:
        parse_interval(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: Calendar.of("x", "Mars/Olympus", workdays("09:00-17:00")), "unknown time zone 'Mars/Olympus'"),
        (lambda: Calendar.of("x", "../etc/passwd", workdays("09:00-17:00")), "unknown time zone"),
        (lambda: Calendar.of("x", "", workdays("09:00-17:00")), "unknown time zone"),
        (lambda: Calendar.of("x", "UTC", ((),) * 6), "seven days, not 6"),
        (lambda: Calendar.of("x", "UTC", (((5, 5),), *((),) * 6)), r"interval \(5, 5\)"),
        (lambda: Calendar.of("x", "UTC", ((),) * 7, {date(2025, 1, 1): ((-1, 5),)}), r"interval \(-1, 5\)"),
        (lambda: Calendar.of("x", "UTC", ((),) * 7, closures=(Closure(date(2025, 1, 1), (9, 8)),)), r"interval \(9, 8"),
        (lambda: Calendar("x", ()), "has no version"),
        (lambda: Calendar("x", versions((None, ((),) * 7), (None, ((),) * 7))), "only the first version"),
        (lambda: Calendar("x", versions(("2025-06-04", ((),) * 7), ("2025-06-04", ((),) * 7))), "order of valid_from"),
        (lambda: CalendarVersion("UTC", ((),) * 7, valid_from=at("2025-06-04").replace(tzinfo=None)), "naive datetime"),
    ],
)
def test_an_unusable_calendar_is_refused(build: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        build()


def test_a_calendar_is_a_value() -> None:
    exceptions = {date(2025, 6, 4): ()}
    one, two = (Calendar.of("x", "UTC", workdays("09:00-17:00"), exceptions) for _ in range(2))
    one.is_open(at("2025-06-04 10:00"))
    exceptions.clear()
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == one
    assert not two.is_open(at("2025-06-04 10:00"))


# A count minute by minute. It uses nothing of the core: local times are read off a scan of the zone.

MINUTE = timedelta(minutes=1)
SCANNED = 18 * 1440
ASKED = range(5 * 1440, 13 * 1440)
PLACES = (  # a zone, and a local date whose clock does something
    ("Europe/Berlin", date(2025, 3, 30)),
    ("Europe/Berlin", date(2025, 10, 26)),
    ("America/New_York", date(2025, 3, 9)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("Australia/Lord_Howe", date(2025, 4, 6)),
    ("Australia/Lord_Howe", date(2025, 10, 5)),
    ("Pacific/Chatham", date(2025, 9, 28)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Antarctica/Troll", date(2025, 3, 30)),
    ("Africa/Cairo", date(2024, 4, 26)),
    ("Asia/Shanghai", date(2025, 12, 30)),
)


@cache
def wall_clock(zone: str, first: datetime) -> tuple[list[datetime], dict[datetime, int]]:
    """What the clock on the wall shows at each minute from `first`, and at which minute it first shows it."""
    there = ZoneInfo(zone)
    shown = [(first + number * MINUTE).astimezone(there).replace(tzinfo=None, fold=0) for number in range(SCANNED)]
    return shown, {wall: number for number, wall in reversed(list(enumerate(shown)))}


def minute_of(wall: datetime, zone: str, first: datetime) -> int:
    shown, number_of = wall_clock(zone, first)
    if wall in number_of:
        return number_of[wall]
    if wall < shown[0] or wall > shown[-1]:
        return 0 if wall < shown[0] else SCANNED
    skipped = next(after - before - MINUTE for before, after in pairwise(shown) if after > wall)
    return number_of[wall + skipped]


@dataclass(frozen=True)
class Asked:
    """A calendar whose versions begin at these minutes from `first`, and the minutes in which it works."""

    calendar: Calendar
    first: datetime
    begins: list[int]

    @cached_property
    def works(self) -> bytearray:
        works = bytearray(SCANNED)
        for begin, version in zip(self.begins, self.calendar.versions, strict=True):
            works[begin:] = minutes_worked(version, self.first)[begin:]
        return works

    def instant(self, minute: int) -> datetime:
        return self.first + minute * MINUTE

    def add(self, minute: int, need: int) -> int | None:
        while need:
            if minute == SCANNED:
                return None
            need -= self.works[minute]
            minute += 1
        return minute

    def subtract(self, minute: int, need: int) -> int | None:
        while need:
            if minute == 0:
                return None
            minute -= 1
            need -= self.works[minute]
        return minute


def mark(works: bytearray, day: date, interval: Interval, zone: str, first: datetime, value: int) -> None:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the clock on the wall
    begin, end = (minute_of(midnight + timedelta(seconds=edge), zone, first) for edge in interval)
    works[begin:end] = bytes([value]) * (end - begin)


def minutes_worked(version: CalendarVersion, first: datetime) -> bytearray:
    works, zone = bytearray(SCANNED), version.zone
    for day in (first.date() + timedelta(days=number) for number in range(-3, 21)):
        for interval in version.exceptions.get(day, version.week[day.weekday()]):
            mark(works, day, interval, zone, first, 1)
    for closure in version.closures:
        mark(works, closure.day, closure.hours, zone, first, 0)
    return works


quarters = st.integers(0, 95).map(lambda number: number * 900)
small_hours = st.integers(0, 24).map(lambda number: number * 900)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    begin = draw(st.one_of(small_hours, quarters))
    length = draw(st.sampled_from((900, 1800, 3600, 3 * 3600, 8 * 3600, 23 * 3600, 86_400)))
    return begin, begin + length


days = st.lists(intervals(), max_size=3).map(tuple)
open_days = st.lists(intervals(), min_size=1, max_size=2).map(tuple)
weeks = st.one_of(
    st.tuples(*[days] * 7),
    st.tuples(open_days).map(lambda hours: (*hours * 5, (), ())),
    st.tuples(open_days).map(lambda hours: hours * 7),
)


@st.composite
def asked(draw: st.DrawFn, *, always_ruled: bool = False) -> Asked:
    """A random calendar around a clock change, of one to three versions, some in another zone."""
    zone, change = draw(st.sampled_from(PLACES))
    first = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=9)
    dates = st.integers(3, 14).map(lambda number: first.date() + timedelta(days=number))
    begins = sorted(draw(st.sets(st.sampled_from(ASKED), max_size=2)))
    begins = [0, *begins] if always_ruled or draw(st.booleans()) or not begins else begins
    rows = []
    for begin in begins:
        version = CalendarVersion(
            zone if draw(st.integers(0, 4)) else draw(st.sampled_from(PLACES))[0],
            draw(weeks),
            draw(st.dictionaries(dates, days, max_size=3)),
            closures=tuple(draw(st.lists(st.builds(Closure, dates, intervals()), max_size=3))),
            valid_from=first + begin * MINUTE if begin else None,
        )
        rows.append(version)
    if always_ruled:
        assume(any(rows[0].week) and any(rows[-1].week))
    return Asked(Calendar("random", tuple(rows)), first, begins)


def a_few(*, examples: int) -> Any:
    """The same examples everywhere, nothing written to disk."""
    return settings(max_examples=examples, deadline=None, database=None, derandomize=True)


@a_few(examples=120)
@given(asked(), st.lists(st.tuples(st.sampled_from(ASKED), st.sampled_from(ASKED), st.integers(0, 4000)), min_size=4))
def test_a_count_minute_by_minute_agrees(case: Asked, questions: list[tuple[int, int, int]]) -> None:
    calendar = case.calendar
    for minute, other, need in questions:
        instant = case.instant(minute)
        assert calendar.is_open(instant) == bool(case.works[minute])
        counted = sum(case.works[minute:other]) - sum(case.works[other:minute])
        assert calendar.between(instant, case.instant(other)) == counted * MINUTE
        if (due := case.add(minute, need)) is not None:
            assert calendar.add(instant, need * MINUTE) == case.instant(due)
        if (since := case.subtract(minute, need)) is not None:
            assert calendar.subtract(instant, need * MINUTE) == case.instant(since)
        if (opening := case.works.find(1, minute)) >= 0:
            assert calendar.next_opening(instant) == case.instant(opening)
            if (closing := case.works.find(0, opening)) >= 0:
                assert calendar.closing(instant) == case.instant(closing)


# Laws, to the microsecond

offsets = st.one_of(
    st.integers(4 * 86_400_000_000, 14 * 86_400_000_000), st.integers(4 * 96, 14 * 96).map(lambda n: n * 900_000_000)
).map(lambda micros: timedelta(microseconds=micros))
spans = st.one_of(st.integers(1, 200_000_000_000), st.integers(0, 200).map(lambda n: n * 900_000_000)).map(
    lambda micros: timedelta(microseconds=micros)
)


@a_few(examples=120)
@given(asked(always_ruled=True), offsets, spans, spans)
def test_adding_and_subtracting_are_inverse_additive_and_monotone(
    case: Asked, offset: timedelta, one: timedelta, two: timedelta
) -> None:
    calendar, start = case.calendar, case.first + offset
    due, since = calendar.add(start, one), calendar.subtract(start, one)
    assert calendar.between(start, due) == one == calendar.between(since, start)
    assert calendar.add(due, two) == calendar.add(start, one + two)
    assert calendar.subtract(since, two) == calendar.subtract(start, one + two)
    assert start - since >= one <= due - start
    if one:
        assert calendar.subtract(due, one) == calendar.next_opening(start)
        assert calendar.is_open(since)
        assert calendar.is_open(due - timedelta(microseconds=1))
        again = calendar.add(since, one)
        assert again <= start
        assert calendar.between(again, start) == timedelta(0)
    assert (calendar.add(start, one) < calendar.add(start, two)) == (one < two)
    assert calendar.add(start + two, one) >= due
    assert calendar.subtract(start - two, one) <= since


@a_few(examples=80)
@given(asked(), offsets, offsets, offsets)
def test_between_is_antisymmetric_additive_and_never_more_than_absolute(
    case: Asked, one: timedelta, two: timedelta, three: timedelta
) -> None:
    calendar = case.calendar
    a, b, c = (case.first + offset for offset in (one, two, three))
    assert calendar.between(a, b) == -calendar.between(b, a)
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert timedelta(0) <= calendar.between(min(a, b), max(a, b)) <= abs(b - a)
    pieces = calendar.periods(min(a, b), max(a, b))
    assert sum((end - begin for begin, end in pieces), timedelta(0)) == abs(calendar.between(a, b))
    assert all(earlier[1] < later[0] for earlier, later in pairwise(pieces))


@a_few(examples=80)
@given(asked(always_ruled=True), offsets)
def test_openings_are_open_and_closings_are_not(case: Asked, offset: timedelta) -> None:
    calendar, start = case.calendar, case.first + offset
    opening, closing = calendar.next_opening(start), calendar.closing(start)
    assert calendar.is_open(opening)
    assert calendar.between(start, opening) == timedelta(0)
    assert (opening == start) == calendar.is_open(start)
    if closing is not None:
        assert not calendar.is_open(closing)
        assert calendar.between(opening, closing) == closing - opening


@a_few(examples=20)
@given(
    asked(always_ruled=True),
    offsets,
    spans,
    st.lists(st.integers(-4000, 4000).map(lambda number: timedelta(days=number)), min_size=1, max_size=4),
)
def test_the_answer_does_not_depend_on_what_was_asked_before(
    case: Asked, offset: timedelta, span: timedelta, detours: list[timedelta]
) -> None:
    fresh, start = case.calendar, case.first + offset
    worn = Calendar("worn", fresh.versions)
    for detour in detours:
        worn.is_open(start + detour)
        worn.add(start + detour, span)
    assert worn.add(start, span) == fresh.add(start, span)
    assert worn.subtract(start, span) == fresh.subtract(start, span)
    assert worn.closing(start) == fresh.closing(start)


def test_decades_are_counted_right() -> None:
    """30 years of plain weeks: every whole week is 40 hours, forwards, backwards and in between."""
    start, weeks_of = at("2025-06-02 09:00"), timedelta(weeks=1500)
    calendar = Calendar.of("fresh", "UTC", workdays("09:00-17:00"))
    assert calendar.add(start, h(40 * 1500)) == start + weeks_of - timedelta(days=2) - h(16)
    assert calendar.subtract(start, h(40 * 1500)) == start - weeks_of
    assert calendar.between(start - weeks_of, start + weeks_of) == h(40 * 3000)
