"""Who is on duty is a function of time; whoever covers or is away wins; where nobody is left, it is a gap that is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.ask import commands as do
from core.errors import Refused
from core.model.parties import Absence, Cover, OnDuty, Place
from core.rulebook.directory import Directory
from core.rulebook.values import Rota
from core.rules import duty, soundness, standin
from tests.builders import DESK, NOW, a_context, a_place, hours, nine_to_five

LEAD, BACKUP, DUTY, MANAGER = "sarah-cole", "nadia-rahman", "tom-baxter", "david-north"
A, B, C = LEAD, BACKUP, DUTY
TEAM = "supervision"
BEGINS = date(2025, 6, 2)  # a Monday
DAY, SINCE, WHILE = hours(24), NOW - hours(1), hours(2)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York"])


def a_desk(*rotas: Rota, duty: tuple[str, ...] = (), **facts: object) -> Directory:
    book = DESK.rulebook
    team = replace(book.teams[TEAM], rota=rotas, duty=duty)
    calendars = {
        **book.calendars, "nine": nine_to_five(), "east": nine_to_five("Asia/Shanghai"), "west": nine_to_five("America/New_York"),
    }  # fmt: skip
    made = Directory(replace(book, teams={**book.teams, TEAM: team}, calendars=calendars))
    return replace(made, **facts)  # type: ignore[arg-type]


def weekly(*people: str, days: int = 7, zone: str = "UTC", calendar: str = "") -> Rota:
    return Rota(people, days, BEGINS, time(9), zone, calendar)


def a_cover(person: str, since: datetime, span: timedelta = DAY, instead: str = "", n: int = 1) -> Cover:
    return Cover(n, TEAM, person, since, since + span, instead)


def gone(person: str, since: datetime = SINCE, span: timedelta = WHILE) -> dict[str, tuple[Absence, ...]]:
    return {person: (Absence(1, person, since, since + span),)}


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, A), (6.99, A), (7, B), (14, C), (21, A), (-0.01, C), (-7.01, B)],
)
def test_turns_come_in_order_and_change_at_the_handover(days: float, expected: str) -> None:
    found = duty.on_duty(TEAM, NOW + timedelta(days=days), a_desk(weekly(A, B, C)))
    assert found == OnDuty(expected, "rota")


def test_a_handover_is_local_time_over_a_change_of_the_clocks() -> None:
    """On 30 March 2025 Berlin springs forward: the turn changes at nine by its own clock."""
    desk = a_desk(replace(weekly(A, B, days=1, zone="Europe/Berlin"), begins=date(2025, 3, 29)))
    berlin = ZoneInfo("Europe/Berlin")
    for day, before, after in ((30, A, B), (31, B, A)):
        nine = datetime(2025, 3, day, 9, tzinfo=berlin).astimezone(UTC)
        assert duty.on_duty(TEAM, nine - timedelta(seconds=1), desk).person == before
        assert duty.on_duty(TEAM, nine, desk).person == after


def test_rotas_with_hours_follow_the_sun_and_what_none_of_them_holds_is_a_gap() -> None:
    desk = a_desk(weekly(A, calendar="east"), weekly(B, calendar="west"))
    monday = datetime(2025, 6, 2, tzinfo=UTC)
    assert duty.on_duty(TEAM, monday + hours(2), desk) == OnDuty(A, "rota")  # ten in Shanghai
    assert duty.on_duty(TEAM, monday + hours(15), desk) == OnDuty(B, "rota")  # eleven in New York
    assert duty.on_duty(TEAM, monday + hours(11), desk) == OnDuty(LEAD, "lead")  # night in both
    spans = [(g.from_at - monday, g.to_at - monday) for g in duty.gaps(TEAM, monday, monday + hours(24), desk)]
    assert spans == [(hours(0), hours(1)), (hours(9), hours(13)), (hours(21), hours(24))]


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ((), OnDuty(A, "rota")),
        ((A,), OnDuty(B, "stand_in", A)),
        ((A, B), OnDuty(C, "stand_in", A)),
        ((A, B, C), OnDuty(MANAGER, "manager")),
    ],
)
def test_whoever_is_away_is_stood_in_for_by_the_next_then_the_lead_then_the_manager(
    away: tuple[str, ...], expected: OnDuty
) -> None:
    absences = {p: spans for one in away for p, spans in gone(one).items()}
    assert duty.on_duty(TEAM, NOW, a_desk(weekly(A, B, C), absences=absences)) == expected


def test_a_cover_wins_over_the_rota_the_later_over_the_earlier_and_one_who_is_away_does_not_count() -> None:
    covers = (a_cover(B, NOW, instead=A), a_cover(C, NOW, instead=A, n=2))
    desk = a_desk(weekly(A, B), covers=covers)
    assert duty.on_duty(TEAM, NOW, desk) == OnDuty(C, "cover", A)
    assert duty.on_duty(TEAM, NOW, replace(desk, absences=gone(C))) == OnDuty(B, "cover", A)
    assert duty.on_duty(TEAM, NOW + hours(24), desk).why == "rota"
    assert duty.on_duty(TEAM, NOW, replace(desk, covers=(replace(covers[0], team="office"),))).why == "rota"


@pytest.mark.parametrize(
    ("rotas", "listed", "absences", "expected"),
    [
        ((weekly(A, B, C),), (), {}, B),
        ((weekly(A, B, C),), (), gone(B), C),
        ((), (C, B), {}, B),
        ((), (C,), {}, BACKUP),
        ((), (), {}, BACKUP),
    ],
)
def test_who_comes_next(
    rotas: tuple[Rota, ...], listed: tuple[str, ...], absences: dict[str, tuple[Absence, ...]], expected: str
) -> None:
    assert duty.next_on_duty(TEAM, NOW, a_desk(*rotas, duty=listed, absences=absences)) == expected


PEOPLE = st.sampled_from([A, B, C])
SPANS = st.tuples(st.integers(-200, 500), st.integers(1, 300))


@given(
    st.lists(PEOPLE, min_size=1, max_size=3, unique=True), st.integers(1, 9), ZONES, st.sampled_from(["", "nine", "east"]),
    st.lists(st.tuples(PEOPLE, SPANS), max_size=3), st.lists(st.tuples(PEOPLE, SPANS), max_size=3),
)  # fmt: skip
def test_stints_tell_for_each_instant_who_is_on_duty_then(
    order: list[str],
    days: int,
    zone: str,
    calendar: str,
    covers: list[tuple[str, tuple[int, int]]],
    away: list[tuple[str, tuple[int, int]]],
) -> None:
    """They cover the span without a hole, each differs from the one before, and there always is somebody."""
    made = tuple(a_cover(p, NOW + hours(a), hours(n), n=i) for i, (p, (a, n)) in enumerate(covers))
    absences: dict[str, tuple[Absence, ...]] = {}
    for person, (a, n) in away:
        absences[person] = (*absences.get(person, ()), Absence(1, person, NOW + hours(a), NOW + hours(a + n)))
    desk = a_desk(weekly(*order, days=days, zone=zone, calendar=calendar), covers=made, absences=absences)
    until = NOW + timedelta(days=16)
    found = duty.stints(TEAM, NOW, until, desk)
    assert (found[0].from_at, found[-1].to_at) == (NOW, until)
    for one, following in pairwise(found):
        assert one.to_at == following.from_at
        assert one.duty != following.duty
    for n in range(0, 16 * 24, 5):
        at = NOW + hours(n)
        (holds,) = [s.duty for s in found if s.from_at <= at < s.to_at]
        assert holds == duty.on_duty(TEAM, at, desk)
        assert holds.person


# ---- standing in, as people arrange it


def arranged(line: str, person: str = DUTY, desk: Directory | None = None, **command: str) -> standin.Arranged:
    desk = desk or a_desk(weekly(DUTY, BACKUP))
    ctx = a_context(person, "team-supervision", NOW, desk=desk)
    name, _, when = line.partition(" ")
    return standin.cover(do.AskCover(name, when), ctx)


def test_a_day_of_duty_lasts_from_handover_to_handover() -> None:
    made = arranged(f"{BACKUP} fri")
    (cover,) = made.covers
    friday = datetime(2025, 6, 6, 9, tzinfo=UTC)
    assert (cover.person, cover.instead, cover.from_at, cover.to_at) == (BACKUP, DUTY, friday, friday + hours(24))
    assert not made.taken


@pytest.mark.parametrize(
    ("person", "line", "taken"),
    [(DUTY, f"{BACKUP} fri", False), (BACKUP, f"{BACKUP} fri", True), (LEAD, f"{BACKUP} fri", True),
     (MANAGER, f"{BACKUP} fri", True)],
)  # fmt: skip
def test_who_is_to_stand_in_has_to_say_yes_unless_they_or_those_above_say_it(
    person: str, line: str, taken: bool
) -> None:
    assert arranged(line, person).taken is taken


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("nobody fri", "person_unknown"), ("emma-whitfield fri", "person_unknown"), (f"{BACKUP} whenever", "day_unclear"),
        (f"{BACKUP} 2020-01-01", "past_already"), (f"{BACKUP} 2030-01-01", "past_already"), (f"{DUTY} fri", "on_duty_then"),
        ("lucy-marsh fri", "not_of_the_team"),
    ],
)  # fmt: skip
def test_what_cannot_be_covered_says_why(line: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        arranged(line)
    assert refused.value.code == code


def test_nobody_covers_who_is_away_then_and_a_swap_needs_two() -> None:
    friday = datetime(2025, 6, 6, 9, tzinfo=UTC)
    desk = a_desk(weekly(DUTY, BACKUP), absences=gone(BACKUP, friday))
    with pytest.raises(Refused, match="away_then"):
        arranged(f"{BACKUP} fri", desk=desk)
    with pytest.raises(Refused, match="not_with_yourself"):
        standin.swap(do.AskSwap(DUTY, "fri mon"), a_context(DUTY, "team-supervision", NOW, desk=desk))


def test_a_swap_is_two_covers_that_are_always_asked() -> None:
    ctx = a_context(DUTY, "team-supervision", NOW, desk=a_desk(weekly(DUTY, BACKUP)))
    made = standin.swap(do.AskSwap(BACKUP, "fri 2025-06-09"), ctx)
    assert [(c.person, c.instead, c.from_at.day) for c in made.covers] == [(BACKUP, DUTY, 6), (DUTY, BACKUP, 9)]
    assert not made.taken


@pytest.mark.parametrize(
    ("line", "begins", "ends", "reason"),
    [
        ("till 18:00", 0, 9, ""), ("until 18:00 dentist", 0, 9, "dentist"), ("2h", 0, 2, ""), ("到18:00", 0, 9, ""),
        ("今天18:00前", 0, 9, ""), ("fri", 24 * 4 - 9, 24 * 5 - 9, ""), ("wed-fri course", 24 * 2 - 9, 24 * 5 - 9, "course"),
        ("周三到周五 培训", 24 * 2 - 9, 24 * 5 - 9, "培训"), ("today", 0, 15, ""), ("fri 12:00", 0, 24 * 4 + 3, ""),
    ],
)  # fmt: skip
def test_when_somebody_is_away(line: str, begins: float, ends: float, reason: str) -> None:
    ctx = replace(a_context(DUTY, "team-supervision", NOW), actor=replace(a_context(DUTY).actor, zone="UTC"))
    made = standin.absence(do.GoAway(line), ctx)
    assert ((made.from_at - NOW) / hours(1), (made.to_at - NOW) / hours(1), made.reason) == (begins, ends, reason)


@pytest.mark.parametrize(("line", "code"), [("whenever", "away_unclear"), ("till 2020-01-01", "away_unclear")])
def test_an_absence_that_cannot_be_read_says_why(line: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        standin.absence(do.GoAway(line), a_context(DUTY, "team-supervision", NOW))
    with pytest.raises(Refused, match="staff_only"):
        standin.absence(do.GoAway("till 18:00"), a_context("emma-whitfield", "client-hx", NOW))


def test_where_a_place_is_of_no_team_a_common_team_is_meant() -> None:
    assert a_place("client-hx").place is Place.CLIENT
    ctx = a_context(DUTY, f"@{DUTY}", NOW, desk=a_desk(weekly(DUTY, BACKUP)))
    assert standin.cover(do.AskCover(BACKUP, "fri"), ctx).covers[0].team == TEAM


# ---- what would surprise somebody


def test_a_sound_rulebook_raises_no_doubt() -> None:
    assert soundness.doubts(DESK, NOW) == ()


def test_gaps_are_told_before_they_come_with_who_is_asked_then() -> None:
    told = [one.what for one in soundness.doubts(a_desk(weekly(A, calendar="nine")), NOW)]
    assert len(told) == soundness.SHOWN + 1
    assert "nobody is on duty" in told[0]
    assert f"{LEAD} (lead) is asked then" in told[0]
    assert "more such gaps" in told[-1]
    away = a_desk(weekly(A, B), absences={**gone(A), **gone(B)})
    (one,) = soundness.doubts(away, NOW)
    assert f"{MANAGER} (manager)" in one.what


def test_only_gaps_in_working_time_are_the_mornings_matter() -> None:
    nights = a_desk(weekly(A, calendar="site"))
    until = NOW + timedelta(days=7)
    assert duty.gaps(TEAM, NOW, until, nights)
    assert soundness.gaps_at_work(TEAM, NOW, until, nights) == ()
