"""Duty as a calendar file: what is written comes in again, what people write in theirs is understood, or nothing is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from icalendar import Calendar
from sqlalchemy import select

from core import ical
from core.ask.commands import TakeCalendar
from core.desk import ServiceDesk
from core.model.parties import Cover, Identity
from core.pages import DeskReader
from core.rulebook.directory import Directory
from core.rules import duty
from core.say.voice import Voice
from core.store import tables as t
from core.store.changes import table
from core.store.duty import covers
from core.ticker import Ticker
from tests.conftest import MONDAY
from tests.desk.stage import Stage, rulebook, words

TEAM = "site"
DIRECTORY = Directory(rulebook())


def read(text: str) -> ical.Read:
    return ical.read(text.encode(), TEAM, DIRECTORY, MONDAY, count(1).__next__, "wang")


def calendar(*events: str) -> str:
    made = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{made}END:VCALENDAR\r\n"


FRIDAY = "DTSTART:20261127T010000Z\r\nDTEND:20261128T010000Z"


def test_what_is_written_comes_in_again_as_the_same_turns() -> None:
    until = MONDAY + timedelta(days=21)
    cover = Cover(1, TEAM, "wang", MONDAY + timedelta(days=2), MONDAY + timedelta(days=3), "li")
    directory = DIRECTORY.learn(covers=(cover,))
    stints = duty.stints(TEAM, MONDAY, until, directory)
    voice = Voice.to("en", "Asia/Shanghai", directory, MONDAY)
    written = ical.written(stints, voice)
    assert b"stands in for Li" in written
    found = read(written.decode())
    assert not found.problems
    again = DIRECTORY.learn(covers=found.covers)
    assert [(s.from_at, s.to_at, s.duty.person) for s in duty.stints(TEAM, MONDAY, until, again)] == [
        (s.from_at, s.to_at, s.duty.person) for s in stints
    ]
    assert ical.written(stints, voice) == written, "an event keeps its UID"


@pytest.mark.parametrize(
    ("event", "since", "until"),
    [
        (f"SUMMARY:Wang\r\n{FRIDAY}", "27T01", "28T01"),
        (f"SUMMARY:On call: wang\r\n{FRIDAY}", "27T01", "28T01"),
        (f"SUMMARY:Duty\r\nATTENDEE;CN=Wang:mailto:w@example.com\r\n{FRIDAY}", "27T01", "28T01"),
        ("SUMMARY:Wang\r\nDTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261129", "26T16", "28T16"),
        ("SUMMARY:Wang\r\nDTSTART;TZID=Asia/Shanghai:20261127T090000\r\nDURATION:PT8H", "27T01", "27T09"),
        ("SUMMARY:Wang\r\nDTSTART:20261127T090000\r\nDTEND:20261127T180000", "27T01", "27T10"),
    ],
)
def test_an_event_is_a_turn_of_whom_it_names(event: str, since: str, until: str) -> None:
    found = read(calendar(event))
    assert found.problems == ()
    (made,) = found.covers
    spans = tuple(f"{at.astimezone(UTC):%dT%H}" for at in (made.from_at, made.to_at))
    assert (made.person, *spans) == ("wang", since, until)


@pytest.mark.parametrize("title", ["Li away", "Holiday: Li", "Li 休假", "休假：Li"])
def test_an_event_that_says_so_is_an_absence(title: str) -> None:
    found = read(calendar(f"SUMMARY:{title}\r\nDTSTART;VALUE=DATE:20261127"))
    assert found.problems == ()
    (gone,) = found.absences
    assert (gone.person, gone.to_at - gone.from_at) == ("li", timedelta(days=1))
    assert gone.from_at == datetime(2026, 11, 26, 16, tzinfo=UTC)


def test_a_category_makes_an_absence_too() -> None:
    (gone,) = read(calendar(f"SUMMARY:Li\r\nCATEGORIES:ABSENCE\r\n{FRIDAY}")).absences
    assert gone.person == "li"


def test_what_repeats_is_taken_for_a_year_without_what_is_left_out() -> None:
    weekly = "SUMMARY:Wang\r\nDTSTART:20261127T010000Z\r\nDTEND:20261127T090000Z\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20261204T010000Z"
    found = read(calendar(weekly)).covers
    assert 50 <= len(found) <= 53
    days = [one.from_at.date().isoformat() for one in found]
    assert days[:2] == ["2026-11-27", "2026-12-11"]


def test_what_is_over_or_cancelled_is_left_alone() -> None:
    past = "SUMMARY:Wang\r\nDTSTART:20200101T010000Z\r\nDTEND:20200102T010000Z"
    assert read(calendar(past)) == ical.Read()
    cancelled = f"SUMMARY:Whoever\r\nSTATUS:CANCELLED\r\n{FRIDAY}"
    assert read(calendar(cancelled, f"SUMMARY:Wang\r\n{FRIDAY}")).problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello", "no calendar file"),
        ("", "no calendar file"),
        (calendar(), "There is no event"),
        (calendar(f"SUMMARY:Somebody\r\n{FRIDAY}"), "which colleague"),
        (calendar(f"SUMMARY:Emma\r\n{FRIDAY}"), "which colleague"),
        (calendar(FRIDAY), "An event has no title"),
        (calendar("SUMMARY:Wang"), "when is that"),
        (calendar("SUMMARY:Wang\r\nDTSTART:20261128T010000Z\r\nDTEND:20261127T010000Z"), "ends before it begins"),
        (calendar(f"SUMMARY:Wang\r\n{FRIDAY}", f"SUMMARY:Nobody\r\n{FRIDAY}"), "which colleague"),
    ],
)
def test_what_cannot_be_understood_is_listed_and_nothing_is_taken(text: str, problem: str) -> None:
    found = read(text)
    assert (found.covers, found.absences) == ((), ())
    assert problem in str(found.problems[0]), found.problems


async def test_what_comes_in_holds_at_once_and_replaces_what_the_same_events_brought_before(
    stage: Stage,
) -> None:
    desk, engine = stage.desk, stage.engine
    at = datetime(2026, 11, 27, 2, tzinfo=UTC)
    for person in ("Wang", "Li", "Wang"):
        found = read(calendar(f"UID:1\r\nSUMMARY:{person}\r\n{FRIDAY}"))
        await desk.handle(TakeCalendar(TEAM, "wang", tuple(_fresh(desk, found.covers)), found.absences))
        assert duty.on_duty(TEAM, at, desk.directory).person == person.lower()
    with engine.connect() as connection:
        assert len(covers(connection)) == 1
        told = connection.execute(
            select(table(t.JournalRow).c.event).where(table(t.JournalRow).c.client == "")
        ).scalars()
        assert set(told) == {"CalendarImported"}


def _fresh(desk: ServiceDesk, made: tuple[Cover, ...]) -> list[Cover]:
    return [Cover(desk.new_id(), c.team, c.person, c.from_at, c.to_at, c.instead, c.by, c.uid) for c in made]


async def test_another_process_that_changes_who_is_on_duty_is_heard_of_at_the_next_beat(
    stage: Stage,
) -> None:
    desk, engine, clock = stage.desk, stage.engine, stage.clock
    ticker = Ticker(desk)
    await ticker.beat()
    other = ServiceDesk(engine, Directory(rulebook()), clock)
    found = read(calendar("SUMMARY:Wang\r\nDTSTART:20261123T000000Z\r\nDTEND:20261124T000000Z"))
    await other.handle(TakeCalendar(TEAM, "wang", tuple(_fresh(other, found.covers)), ()))
    other.close()
    assert duty.on_duty(TEAM, clock.now(), desk.directory).person == "li"
    await ticker.beat()
    assert duty.on_duty(TEAM, clock.now(), desk.directory).person == "wang"


async def test_the_page_shows_turns_to_colleagues_and_takes_calendars_from_those_who_arrange(stage: Stage) -> None:
    reader = DeskReader(stage.desk)
    li, wang, emma = (Identity("web", "", name) for name in ("li", "wang", "emma"))
    assert await reader.turns(emma, "en") is None
    assert await reader.calendar(emma, TEAM, "en") is None
    told = await reader.turns(li, "en")
    assert told is not None
    (team,) = told.teams
    assert (team.name, team.lines[0].person, team.arranges) == ("Site team", "Li", False)
    made = await reader.calendar(li, TEAM, "en")
    assert made is not None
    assert len(Calendar.from_ical(made).walk("VEVENT")) >= 1
    assert await reader.take_calendar(li, TEAM, b"", "en") is None
    assert await reader.take_calendar(wang, "nowhere", b"", "en") is None
    refused = await reader.take_calendar(wang, TEAM, b"hello", "zh-CN")
    assert refused is not None
    assert refused[0].startswith("未导入")
    done = await reader.take_calendar(wang, TEAM, calendar(f"SUMMARY:Wang\r\n{FRIDAY}").encode(), "en")
    assert done == ("Taken in: 1 turn and 0 absences.",)


async def test_a_manager_reads_in_the_morning_that_nobody_will_be_on_duty(stage: Stage) -> None:
    """Li is the only one on duty: while they are away, the lead is asked in working time."""
    quiet = await stage.says("zhao", "@zhao", "/desk digest now")
    assert "Nobody on duty" not in words(quiet)
    await stage.says("li", "@li", "/desk away fri to mon")
    told = await stage.says("zhao", "@zhao", "/desk digest now")
    assert "Nobody on duty (1)" in words(told)
    assert "Wang is asked then" in words(told)


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "“Somebody”: which colleague is meant?"), ("zh-CN", "“Somebody”：不知道指哪位同事")]
)
async def test_what_is_not_understood_is_told_in_the_readers_language(stage: Stage, lang: str, told: str) -> None:
    file = calendar(f"SUMMARY:Somebody\r\n{FRIDAY}").encode()
    done = await DeskReader(stage.desk).take_calendar(Identity("web", "", "wang"), TEAM, file, lang)
    assert done is not None
    assert told in done[1]
