"""When digests are told: at a local time of their own, on working days.

A day off has none. A week's digest comes on its weekday, a month's on the first; where that is a day off, on the next
working day. A time that the clocks skip is the first instant after the gap (`core.rules.instants`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook, Weekly
from core.rules.calendar import Calendar
from core.rules.instants import left_out, local

DAY = timedelta(days=1)
#: So far it is looked for a working day.
FAR = 800


class Schedule(Struct, frozen=True):
    """One digest's times: `kind` and `subject` say whose, `period` (daily, weekly, monthly) what it looks back on."""

    kind: str
    subject: str
    period: str
    at: time
    zone: str
    calendar: Calendar
    weekday: int = 0

    @property
    def id(self) -> str:
        whose = f"{self.kind}:{self.subject}"
        return whose if self.period == "daily" else f"{whose}:{self.period}"

    def after(self, moment: datetime) -> datetime:
        """The next time after this instant. Raises LookupError where there is no working day within two years."""
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        for n in range(FAR):
            if (found := local(today + n * DAY, self.at, self.zone)) > moment and self._falls_on(today + n * DAY):
                return found
        raise LookupError(f"no working day within two years in {self.calendar.name}")

    def before(self, moment: datetime) -> datetime:
        """The last time before this instant: since when a digest tells what has changed."""
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        for n in range(FAR):
            if (found := local(today - n * DAY, self.at, self.zone)) < moment and self._falls_on(today - n * DAY):
                return found
        raise LookupError(f"no working day within two years in {self.calendar.name}")

    def moved(self, was: datetime, now: datetime) -> datetime:
        """When it comes by these times, if it was planned for `was` by others.

        A day's digest stays on its day, so that no morning has two: it is due at once if its new time there is over.
        """
        if self.period != "daily":
            return was if was <= now else self.after(now)
        day = was.astimezone(ZoneInfo(self.zone)).date()
        return self.after(local(day, time(), self.zone) - timedelta(microseconds=1))

    def _falls_on(self, day: date) -> bool:
        if not self._works(day):
            return False
        match self.period:
            case "weekly":
                first = day - ((day.weekday() - self.weekday) % 7) * DAY
            case "monthly":
                first = day.replace(day=1)
            case _:
                return True
        return not any(self._works(first + n * DAY) for n in range((day - first).days))

    def _works(self, day: date) -> bool:
        midnight = datetime.combine(day, time(), ZoneInfo(self.zone))
        return bool(self.calendar.between(midnight.astimezone(UTC), (midnight + DAY).astimezone(UTC)))


def schedules(directory: Directory, now: datetime) -> dict[str, Schedule]:
    """Every digest that the rulebook asks for."""
    book = directory.rulebook
    found: dict[str, Schedule] = {}
    for client in book.clients.values():
        calendar = book.calendars[directory.agreement_of(client.id, now).calendar]
        found |= _times(
            "client", client.id, client.digest_at, client.weekly_at, client.monthly_at, client.zone, calendar
        )
    for team in book.teams.values():
        calendar = book.calendars[team.calendar]
        found |= _times("team", team.id, team.digest_at, team.weekly_at, team.monthly_at, team.zone, calendar)
    for person in book.people:
        found |= _own(person, book)
    return found


def _own(person: str, book: Rulebook) -> dict[str, Schedule]:
    """What this person is told alone; who manages several teams has the times of the first."""
    one = book.people.get(person)
    if one is None:
        return {}
    found = _times("person", person, one.digest_at, one.weekly_at, None, one.zone, book.calendars[one.calendar])
    for team in book.teams.values():
        if team.manager == person:
            times = team.manager_digest_at, team.manager_weekly_at, team.manager_monthly_at
            found = _times("manager", person, *times, one.zone, book.calendars[team.calendar]) | found
    return found


def _times(
    kind: str, subject: str, daily: time | None, weekly: Weekly | None, monthly: time | None, zone: str, calendar: Calendar
) -> dict[str, Schedule]:  # fmt: skip
    found = []
    if daily:
        found.append(Schedule(kind, subject, "daily", daily, zone, calendar))
    if weekly:
        found.append(Schedule(kind, subject, "weekly", weekly.at, zone, calendar, weekly.day))
    if monthly:
        found.append(Schedule(kind, subject, "monthly", monthly, zone, calendar))
    return {one.id: one for one in found}


def morning_of(person: str, directory: Directory, after: datetime, within: timedelta) -> datetime | None:
    """When this person is told their next digest, if that is soon after this instant and they have not muted it."""
    times = [one.after(after - timedelta(microseconds=1)) for one in _own(person, directory.rulebook).values()]
    soon = [at for at in times if at <= after + within and not directory.mutes_digest(person, at)]
    return min(soon, default=None)


def last_morning_of(person: str, directory: Directory, now: datetime) -> datetime | None:
    """When this person was told their last digest, be it now, unless they have muted it."""
    times = [_before(one, now + timedelta(microseconds=1)) for one in _own(person, directory.rulebook).values()]
    return max((at for at in times if not directory.mutes_digest(person, at)), default=None)


@lru_cache(maxsize=256)
def _before(one: Schedule, moment: datetime) -> datetime:
    """In a storm all that is decided together asks the same."""
    return one.before(moment)


def gaps(book: Rulebook, today: date) -> Iterator[tuple[Schedule, date, datetime]]:
    """The digests whose time the clocks skip within a year from today: on which day, and when they come instead."""
    for schedule in schedules(Directory(book), datetime.combine(today, time(), UTC)).values():
        for n in range(366):
            day = today + n * DAY
            if left_out(day, schedule.at, schedule.zone):
                yield schedule, day, local(day, schedule.at, schedule.zone)
