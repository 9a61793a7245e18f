"""Duty as a calendar file (iCalendar), out and in: turns for everybody's calendar, covers and absences from somebody's.

An event names a colleague, in its title or as an attendee, and is a turn of theirs; one of the category ABSENCE, or whose
title says so, is an absence. A day is a day of duty, from handover to handover. What cannot be understood is listed with
its title, and then nothing is taken in: half a calendar would be a wrong one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.ask.folding import fold
from core.model.parties import Absence, Cover, Stint
from core.rulebook.directory import Directory
from core.rules import duty
from core.say import rota
from core.say.voice import Voice

#: What is written: the turns of so long ago until so far ahead.
BACK, AHEAD = timedelta(days=7), timedelta(days=92)
#: How far ahead a calendar is read, and how large it may be.
HORIZON = timedelta(days=366)
LARGEST = 2_000_000
#: More events than a year has turns of.
MOST = 2000

_AWAY = re.compile(
    r"\b(away|absent|absence|holiday|vacation|leave|sick|out of office|ooo)\b|休假|请假|离开|不在|年假|病假|出差"
)
_SPLIT = re.compile(r"[:：,，;；()（）/|·—–-]+")


class Problem(Struct, frozen=True):
    """What could not be understood: a sentence of `core.say.rota.PROBLEMS`, and what fills its holes."""

    code: str
    holes: dict[str, object] = {}

    def __str__(self) -> str:
        return rota.PROBLEMS[self.code].format(**self.holes)


class Read(Struct, frozen=True):
    """What a calendar says, and what of it could not be understood."""

    covers: tuple[Cover, ...] = ()
    absences: tuple[Absence, ...] = ()
    problems: tuple[Problem, ...] = ()


def turns(team: str, directory: Directory, now: datetime) -> tuple[Stint, ...]:
    """What a team's calendar shows; it begins with a whole turn, so that its first event stays the same for a while."""
    one, begin = directory.rulebook.teams[team], now - BACK
    zone = ZoneInfo(one.zone)
    whole = duty.turn(one.rota[0], begin)[0] if one.rota else datetime.combine(begin.astimezone(zone), time(0), zone)
    return duty.stints(team, whole.astimezone(UTC), now + AHEAD, directory)


def written(stints: Sequence[Stint], voice: Voice) -> bytes:
    """The turns of one team as a calendar; an event has the same UID whenever it is written."""
    from icalendar import Calendar, Event, vCalAddress, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Deskbell//duty//EN")
    calendar.add("version", "2.0")
    if stints:
        calendar.add("x-wr-calname", voice.team(stints[0].team))
    for stint in stints:
        event = Event()
        event.add("uid", _uid(stint))
        event.add("dtstamp", voice.now)
        event.add("dtstart", stint.from_at)
        event.add("dtend", stint.to_at)
        event.add("summary", voice.name(stint.duty.person))
        event.add("description", f"{voice.team(stint.team)}: {rota.why(stint.duty, voice)}")
        attendee = vCalAddress(f"urn:deskbell:{stint.duty.person}")
        attendee.params["CN"] = vText(voice.name(stint.duty.person))
        event.add("attendee", attendee, encode=False)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(stint: Stint) -> str:
    of = f"{stint.team} {stint.duty.person} {stint.from_at.isoformat()}"
    return f"{hashlib.blake2b(of.encode(), digest_size=12).hexdigest()}@deskbell"


def read(data: bytes, team: str, directory: Directory, now: datetime, new_id: Callable[[], int], by: str = "") -> Read:
    """Turns and absences that are not over, for a team. Never raises for what somebody else's program has written."""
    from icalendar import Calendar

    if len(data) > LARGEST:
        return Read(problems=(Problem("large", {"n": LARGEST // 1_000_000}),))
    try:
        found = Calendar.from_ical(data)
        events = [one for one in found.walk("VEVENT") if str(one.get("status", "")).upper() != "CANCELLED"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, UnicodeDecodeError) as error:
        return Read(problems=(Problem("no_calendar", {"error": str(error)}),))
    reader = _Reader(team, directory, now, new_id, by)
    for event in events[:MOST]:
        reader.take(event)
    if len(events) > MOST:
        reader.problems.append(Problem("many", {"n": len(events), "most": MOST}))
    if not events:
        reader.problems.append(Problem("empty"))
    if reader.problems:
        return Read(problems=tuple(reader.problems))
    return Read(tuple(reader.covers), tuple(reader.absences))


class _Reader:
    def __init__(self, team: str, directory: Directory, now: datetime, new_id: Callable[[], int], by: str) -> None:
        self.team, self.directory, self.now, self.new_id, self.by = team, directory, now, new_id, by
        self.zone = ZoneInfo(directory.rulebook.teams[team].zone)
        self.covers: list[Cover] = []
        self.absences: list[Absence] = []
        self.problems: list[Problem] = []

    def take(self, event: Any) -> None:
        title = str(event.get("summary", "")).strip()
        person = self._person(event, title)
        if person is None:
            self.problems.append(Problem("who", {"title": title}) if title else Problem("untitled"))
            return
        away = self._is_absence(event, title)
        try:
            spans = list(self._spans(event, away=away))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.problems.append(Problem("when", {"title": title, "error": str(error)}))
            return
        uid = str(event.get("uid", "")) or hashlib.blake2b(bytes(event.to_ical()), digest_size=12).hexdigest()
        for since, until in spans:
            if until <= self.now:
                continue
            if away:
                self.absences.append(Absence(self.new_id(), person, since, until, title, self.by, uid))
            elif person not in self._team():
                self.problems.append(Problem("outside", {"title": title, "person": person, "team": self.team}))
                return
            else:
                self.covers.append(Cover(self.new_id(), self.team, person, since, until, "", self.by, uid))

    def _team(self) -> frozenset[str]:
        team = self.directory.rulebook.teams[self.team]
        return frozenset({*team.members, team.lead, team.backup, team.manager})

    def _person(self, event: Any, title: str) -> str | None:
        """By an attendee's own address or name, by the whole title, or by a part of it."""
        attendees = event.get("attendee") or []
        for one in attendees if isinstance(attendees, list) else [attendees]:
            address = str(one)
            named = address.rpartition(":")[2] if address.startswith("urn:deskbell:") else str(one.params.get("CN", ""))
            if found := self._colleague(named):
                return found
        parts = (title, _AWAY.sub(" ", fold(title)), *_SPLIT.split(title))
        return next((found for part in parts if (found := self._colleague(part))), None)

    def _colleague(self, word: str) -> str | None:
        bare = " ".join(word.split())
        if not bare:
            return None
        people = self.directory.rulebook.people.values()
        return next((p.id for p in people if not p.client and fold(bare) in (fold(p.id), fold(p.name))), None)

    def _is_absence(self, event: Any, title: str) -> bool:
        categories = event.get("categories")
        named = categories.to_ical().decode() if categories is not None and not isinstance(categories, list) else ""
        return "ABSENCE" in named.upper() or bool(_AWAY.search(fold(title)))

    def _spans(self, event: Any, *, away: bool) -> Iterator[tuple[datetime, datetime]]:
        """When it is, each time that it repeats within a year."""
        start = event["dtstart"].dt
        end = (
            event["dtend"].dt
            if "dtend" in event
            else start + (event["duration"].dt if "duration" in event else _usual(start))
        )
        if end <= start:
            raise ValueError("it ends before it begins")
        starts = [start] if "rrule" not in event else self._repeated(event, start)
        for one in starts:
            yield self._instants(one, one + (end - start), away=away)

    def _repeated(self, event: Any, start: date | datetime) -> list[Any]:
        from dateutil.rrule import rrulestr  # comes with icalendar

        whole_day = not isinstance(start, datetime)
        begin = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)  # noqa: DTZ001
        rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=begin)
        until = (self.now + HORIZON).astimezone(self.zone)
        last = until.replace(tzinfo=None) if begin.tzinfo is None else until
        excluded = event.get("exdate") or []
        out = {d.dt for one in (excluded if isinstance(excluded, list) else [excluded]) for d in one.dts}
        found: list[Any] = []
        for moment in rule:
            if moment > last or len(found) > MOST:
                break
            at = moment.date() if whole_day else moment
            if at not in out:
                found.append(at)
        return found

    def _instants(self, start: Any, end: Any, *, away: bool) -> tuple[datetime, datetime]:
        """Whole days are days of duty for a turn, and from midnight to midnight for an absence."""
        if isinstance(start, datetime):
            return self._utc(start), self._utc(end)
        if away:
            return self._midnight(start), self._midnight(end)
        team = self.directory.rulebook.teams[self.team]
        return duty.duty_day(team, start)[0], duty.duty_day(team, end - timedelta(days=1))[1]

    def _utc(self, moment: datetime) -> datetime:
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)


def _usual(start: date | datetime) -> timedelta:
    return timedelta(hours=1) if isinstance(start, datetime) else timedelta(days=1)
