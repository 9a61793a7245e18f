"""Calendars and agreements in versions, as a file writes them, and what it may not write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.model.request import Priority
from core.rulebook.directory import Acceptance, Directory
from core.rulebook.values import STANDARD, Rulebook
from core.rules.calendar import Calendar
from tests.rulebook.test_load import SMALL, TODAY, WEEK, book, edited, line_of, mistakes

AGREEMENT = '[agreements.gold]\ncalendar = "office"\n'
GOALS = 'metric = "frt"\ngoals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }\n'


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar(text: str) -> Calendar:
    return book(edited(WEEK, text)).calendars["office"]


def gold(first: str = "", more: str = "") -> str:
    """The small book with keys for the first version of its agreement, and further versions."""
    return edited(AGREEMENT, AGREEMENT + first).replace(GOALS, GOALS + more)


def in_force(found: Rulebook, now: str, *accepted: str) -> str:
    chat = {"acme": {key: Acceptance("ann", at("2026-11-01")) for key in accepted}}
    return Directory(found, accepted=chat).agreement_of("acme", at(now)).key


# Calendars

LATER = """
[[calendars.office.versions]]
valid_from = 2027-01-11
week = { mon-thu = ["08:00-12:00"] }

[[calendars.office.versions]]
valid_from = 2027-02-01
zone = "America/New_York"
"""


def test_a_later_version_rules_from_its_day_and_keeps_what_it_does_not_say() -> None:
    own = '\nclosed = ["2027-01-12"]'
    found = calendar(WEEK + own + LATER)
    assert [version.valid_from for version in found.versions] == [None, at("2027-01-11"), at("2027-02-01 05:00")]
    assert found.between(at("2027-01-08"), at("2027-01-09")) == timedelta(hours=8)
    assert found.between(at("2027-01-11"), at("2027-01-12")) == timedelta(hours=4)
    assert found.between(at("2027-01-12"), at("2027-01-13")) == timedelta(0), "closed before, closed still"
    assert found.next_opening(at("2027-02-01 06:00")) == at("2027-02-01 13:00"), "the same hours in New York"
    assert found.versions[2].week == found.versions[1].week


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("2027-01-01", "2026-12-31 16:00"),  # the calendar's own midnight
        ('"2027-01-01"', "2026-12-31 16:00"),
        ("2027-01-01T08:00:00", "2027-01-01 00:00"),
        ("2027-01-01T08:00:00Z", "2027-01-01 08:00"),
    ],
)
def test_a_day_begins_in_the_calendars_zone(written: str, begins: str) -> None:
    found = calendar(f'zone = "Asia/Shanghai"\n{WEEK}\nvalid_from = {written}')
    assert found.versions[0].valid_from == at(begins)


def test_years_that_are_settled_by_hand_are_not_provisional() -> None:
    chinese = WEEK + '\nzone = "Asia/Shanghai"\nholidays = "CN"\n'
    awaited = book(edited(WEEK, chinese))
    settled = book(edited(WEEK, chinese + 'announced = [2027]\nopen = { "2027-02-21" = ["09:00-17:00"] }'))
    new_year = at("2027-02-22 04:00")
    assert awaited.calendars["office"].provisional(new_year) == 2027
    assert settled.calendars["office"].provisional(new_year) is None
    assert any("announced = [2027]" in warning for warning in awaited.warnings)
    assert settled.warnings == ()


def test_every_kind_of_hours_can_be_written() -> None:
    """Breaks, nights, a part of a day off, a day with hours of its own, a zone with summer time, whole days."""
    found = calendar(
        'zone = "Europe/Berlin"\n'
        'week = { mon-fri = ["08:00-12:00", "12:30-17:00"], sat = ["22:00-06:00"], sun = ["12:00-24:00"] }\n'
        'closed = ["2026-12-24", { date = "2026-12-31", hours = ["12:00-17:00"] }]\n'
        'open = { "2026-12-25" = ["00:00-24:00"] }'
    )
    hours = {
        day: found.between(at(f"{day} 00:00") - timedelta(hours=1), at(f"{day} 23:00")) / timedelta(hours=1)
        for day in ("2026-12-23", "2026-12-24", "2026-12-25", "2026-12-31")
    }
    assert hours == {"2026-12-23": 8.5, "2026-12-24": 0.0, "2026-12-25": 24.0, "2026-12-31": 4.0}
    spring = found.between(at("2027-03-27 21:00"), at("2027-03-28 04:00"))  # 22 to 6 that has seven hours
    assert spring == timedelta(hours=7)


# Agreements

NEXT = """
[[agreements.gold.versions]]
valid_from = 2027-01-01
acceptance = "48h"

[[agreements.gold.versions]]
valid_from = 2027-06-01
proposed = true
[agreements.gold.versions.targets.answer]
metric = "frt"
goals = "1h"
"""


def test_a_later_version_is_in_force_from_its_day_and_a_proposed_one_when_it_is_accepted() -> None:
    found = book(gold('valid_to = 2026-12-31\naccepted_by = "ann"\naccepted_at = 2026-06-20\n', NEXT))
    assert found.terms["gold"] == ("gold@1", "gold@2", "gold@3")
    days = ("2026-12-31 23:59", "2027-01-01", "2027-05-31 22:59", "2027-06-02")
    assert [in_force(found, day) for day in days] == ["gold@1", "gold@2", "gold@2", "gold@2"]
    assert [in_force(found, day, "gold@3") for day in days] == ["gold@1", "gold@2", "gold@2", "gold@3"]
    first, second, third = (found.agreements[key] for key in found.terms["gold"])
    assert (first.accepted_by, first.accepted_at) == ("ann", at("2026-06-20") - timedelta(hours=1))  # London's summer
    assert second.targets == first.targets, "what a version leaves out stays"
    assert (third.acceptance, third.targets[0].goals[Priority.P4]) == (timedelta(hours=48), timedelta(hours=1))
    assert len({version.hash for version in (first, second, third)}) == 3


def test_after_the_last_day_the_standard_holds_and_the_administrator_is_told() -> None:
    found = book(gold("valid_to = 2026-12-31\n"))
    assert in_force(found, "2026-12-31 23:59") == "gold@1"
    assert in_force(found, "2027-01-01") == STANDARD.key
    assert ["ends 2027-01-01" in warning for warning in found.warnings] == [True]


def test_the_hash_is_of_what_is_promised_and_for_how_long() -> None:
    plain = book(SMALL).agreements["gold@1"].hash
    accepted = book(gold('accepted_by = "ann"\naccepted_at = 2026-06-20\n')).agreements["gold@1"].hash
    numbered = book(gold("version = 7\n")).agreements["gold@7"].hash
    longer = book(gold("valid_to = 2027-12-31\n")).agreements["gold@1"].hash
    looser = book(SMALL.replace('p4 = "8h"', 'p4 = "9h"')).agreements["gold@1"].hash
    assert plain == accepted == numbered
    assert len({plain, longer, looser}) == 3


def test_a_naive_instant_is_refused_at_the_door() -> None:
    found = book(SMALL)
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="naive datetime"):
        found.in_force("gold", naive)
    with pytest.raises(ValueError, match="naive datetime"):
        Directory(found).agreement_of("acme", naive)


# What may not stand there: the text, the line's beginning, where, what and its hint

UNTIMELY = {
    "a gap": (
        gold("valid_to = 2026-11-30\n", NEXT), "valid_to", "agreements.gold.valid_to",
        "nothing is agreed from 2026-12-01 00:00 to 2027-01-01 00:00", "remove valid_to",
    ),
    "an overlap": (
        gold("valid_to = 2027-01-31\n", NEXT), "valid_to", "agreements.gold.valid_to",
        "two versions are valid from 2027-01-01 00:00 to 2027-02-01 00:00", "remove valid_to",
    ),
    "no beginning": (
        gold("", '[[agreements.gold.versions]]\nacceptance = "1h"\n'), "[[agreements.gold.v",
        "agreements.gold.versions[1]", "does not say when it begins", "valid_from = ",
    ),
    "not in order": (
        gold("valid_from = 2027-01-01\n", NEXT.split("\n\n[[")[0]), "valid_from = 2027-01-01\nacc",
        "agreements.gold.versions[1].valid_from", "does not begin after", "order",
    ),
    "reversed": (
        gold("valid_from = 2027-01-01\nvalid_to = 2026-01-01\n"), "valid_to", "agreements.gold.valid_to",
        "ends before it begins", "later",
    ),
    "a number that was": (
        gold("version = 2\n", NEXT.replace("acceptance", "version = 2\nacceptance")), "version = 2\nacc",
        "agreements.gold.versions[1].version", "does not come after version 2", "count",
    ),
    "accepted by nobody": (
        gold("accepted_at = 2026-06-20\n"), "[agreements.gold]", "agreements.gold", "belong together", "accepted_by",
    ),
    "accepted proposal": (
        gold('proposed = true\naccepted_by = "ann"\naccepted_at = 2026-06-20\n'), "proposed",
        "agreements.gold.proposed", "no proposal", "remove",
    ),
    "no kind": (gold('kind = "slo"\n'), "kind", "agreements.gold.kind", 'no kind of agreement "slo"', "sla"),
    "not with a client": (
        gold('kind = "uc"\n'), 'agreement = "gold"', "clients.acme.agreement", "its kind is uc", '"sla"',
    ),
    "no day": (gold('valid_from = "soon"\n'), "valid_from", "gold.valid_from", "not a day", "2027-01-01"),
    "an unknown key of a version": (
        gold("", NEXT.replace("acceptance", "aceptance")), "aceptance", "agreements.gold.versions[1].aceptance",
        "unknown key", "`acceptance`",
    ),
    "a calendar's version without a day": (
        edited(WEEK, WEEK + LATER.replace("valid_from = 2027-01-11\n", "")), "[[calendars", "calendars.office.versions[1]",
        "`valid_from` is missing", "valid_from = ",
    ),
    "a calendar's versions not in order": (
        edited(WEEK, WEEK + LATER.replace("2027-02-01", "2027-01-01")), "valid_from = 2027-01-01",
        "calendars.office.versions[2].valid_from", "does not begin after", "order",
    ),
    "a calendar's version without hours": (
        edited(WEEK, WEEK + LATER.replace('mon-thu = ["08:00-12:00"]', "mon = []")), "[calendars.office]",
        "calendars.office", "not enough working time", "week",
    ),
    "a year in short": (edited(WEEK, WEEK + "\nannounced = [27]"), "announced", "announced[1]", "27 is not", "in full"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "on", "where", "what", "hint"), UNTIMELY.values(), ids=list(UNTIMELY))
def test_what_cannot_be_valid_is_refused_with_its_line(text: str, on: str, where: str, what: str, hint: str) -> None:
    (mistake,) = mistakes(text)
    assert what in mistake.what
    assert hint in mistake.hint
    assert where in mistake.where
    assert mistake.line == line_of(text, on)


def test_holidays_are_expanded_for_the_years_around_today() -> None:
    found = book(edited(WEEK, WEEK + '\nholidays = "DE-BE"'), today=date(2030, 6, 1))
    years = {day.year for day in found.calendars["office"].versions[0].exceptions}
    assert years == {2029, 2030, 2031, 2032}
    assert TODAY.year not in years
