"""Calendars of the rulebook: weekly hours, public holidays, one's own closures and openings, in versions.

[calendars.office]
name = { zh-CN = "办公时间", en = "Office hours" }     # as people read it; else its id
week = { mon-fri = ["09:00-12:00", "13:30-18:00"] }
holidays = "CN"                       # country, or country-region: "DE-BE"
makeup = ["09:00-17:00"]              # hours of make-up workdays; else those of a Monday
announced = [2027]                    # years that `open` and `closed` settle: no longer provisional
closed = ["2026-12-24", { date = "2026-12-31", hours = ["16:00-18:00"] }]
open = { "2026-12-26" = ["09:00-12:00"] }

[[calendars.office.versions]]         # from then on; what it leaves out stays as before
valid_from = 2027-03-01
week = { mon-thu = ["08:30-17:30"], fri = ["08:30-12:00"] }
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise

from msgspec import Struct, field

from core.rulebook.holidays import PublicHolidays, public_holidays
from core.rulebook.lines import Table, Unfit, a_number, listed
from core.rulebook.names import Names
from core.rulebook.scalars import a_closure, a_date, a_zone, an_instant, an_interval, interval_text
from core.rulebook.values import ALWAYS
from core.rules.calendar import Calendar, CalendarVersion, Closure, Interval, NoWorkingTime, Week

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_WEEK_EXAMPLE = 'week = { mon-fri = ["09:00-12:00", "13:30-18:00"] }'
_A_YEAR = a_number(2000, 2200, "write the year in full: announced = [2027]")


class _OwnDay(Struct, frozen=True):
    """An entry of `closed` or `open`: the day, its hours, and whether only these are closed."""

    day: date
    hours: tuple[Interval, ...]
    partly: bool = False


class _Ruled(Struct, frozen=True):
    """What a table says, with what it leaves out as the version before has it."""

    zone: str
    week: Week = ((),) * 7
    makeup: tuple[Interval, ...] = ()
    public: PublicHolidays = field(default_factory=PublicHolidays)
    announced: frozenset[int] = frozenset()
    own: tuple[_OwnDay, ...] = ()

    @property
    def provisional(self) -> frozenset[int]:
        return self.public.provisional - self.announced

    def version(self, valid_from: datetime | None) -> CalendarVersion:
        """Own entries over those of the library; the later listed wins (rulings.md 21)."""
        workday = self.week[0] or next(filter(None, self.week), ())
        exceptions: dict[date, tuple[Interval, ...]] = dict.fromkeys(sorted(self.public.off), ())
        exceptions |= dict.fromkeys(sorted(self.public.worked), self.makeup or workday)
        closures: list[Closure] = []
        for own in self.own:
            if own.partly:
                closures.extend(Closure(own.day, interval) for interval in own.hours)
            else:
                exceptions[own.day] = own.hours
                closures = [closure for closure in closures if closure.day != own.day]
        return CalendarVersion(self.zone, self.week, exceptions, self.provisional, tuple(closures), valid_from)


def read_calendar(id_: str, table: Table, names: Names) -> Calendar:
    """A calendar with all the versions that the file gives it; one without working time is a mistake."""
    mistakes_before = len(names.sheet.mistakes)
    if id_ == ALWAYS:
        table.mistake(f"the calendar {ALWAYS} is built in", "give yours another name")
    ruled = _ruled(table, names, _Ruled(names.zone), _WEEK_EXAMPLE)
    versions = [ruled.version(table.take("valid_from", an_instant(ruled.zone), None))]
    awaited = {ruled.public.place: ruled.provisional}
    for row in table.rows("versions"):
        ruled = _ruled(row, names, ruled)
        awaited[ruled.public.place] = ruled.provisional
        begins = row.need("valid_from", an_instant(ruled.zone), None, "valid_from = 2027-01-01: when it begins to rule")
        before = versions[-1].valid_from
        if begins is not None and before is not None and begins <= before:
            row.mistake("does not begin after the version before", "list versions in order of valid_from", "valid_from")
        elif begins is not None:
            versions.append(ruled.version(begins))
        row.done()
    table.done()
    _warn_of_provisional(id_, awaited, names)
    calendar = Calendar(id_, tuple(versions))
    try:
        calendar.check(datetime(names.today.year, names.today.month, names.today.day, tzinfo=UTC))
    except NoWorkingTime as error:
        if len(names.sheet.mistakes) == mistakes_before:
            table.mistake(str(error).removeprefix(f"calendar {id_!r} "), f"write {_WEEK_EXAMPLE}")
    return calendar


def _ruled(table: Table, names: Names, before: _Ruled, week_example: str = "") -> _Ruled:
    years = range(names.today.year - 1, names.today.year + 3)
    week = _week(table, week_example)
    return _Ruled(
        zone=table.take("zone", a_zone, before.zone),
        week=week if table.has("week") else before.week,
        makeup=_hours(table, "makeup") or before.makeup,
        public=table.take("holidays", lambda place: public_holidays(place, years), before.public),
        announced=before.announced | set(table.each("announced", _A_YEAR)),
        own=(*before.own, *_own_days(table)),
    )


def _warn_of_provisional(id_: str, awaited: dict[str, frozenset[int]], names: Names) -> None:
    for place, years in awaited.items():
        soon = listed(str(year) for year in sorted(years) if year <= names.today.year + 1)
        if soon:
            names.sheet.warnings.append(
                f"calendar {id_}: {place} has not announced the holidays of {soon};"
                " due dates there are provisional, and shown as such. Update the `holidays` package when they are out"
                f" (around November), or write them under `open` and `closed` and add announced = [{soon}]"
            )


def _week(table: Table, example: str) -> Week:
    """Seven days from keys such as `mon-fri` and `sat`; a day by itself beats a range."""
    week = table.table("week", example)
    hours: dict[int, tuple[Interval, ...]] = {}
    for key in sorted(week.values, key=len, reverse=True):  # ranges first
        first, _, last = key.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            week.mistake(f"unknown day `{key}`", "days are mon tue wed thu fri sat sun, ranges like mon-fri", key)
            continue
        begin, length = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7 + 1
        days = [(begin + each) % 7 for each in range(length)]
        twice = [DAYS[day] for day in days if last and day in hours]
        if twice:
            week.mistake(f"{listed(twice)} stands in two ranges", "let the ranges not overlap", key)
        hours |= dict.fromkeys(days, _hours(week, key))
    return tuple(hours.get(day, ()) for day in range(7))


def _hours(table: Table, key: str) -> tuple[Interval, ...]:
    """The intervals of a day, in order and apart."""
    hours = tuple(sorted(table.each(key, an_interval)))
    for (begin, end), (later, last) in pairwise(hours):
        if later < end:
            what = f"{interval_text(begin, end)} and {interval_text(later, last)} overlap"
            table.mistake(what, "let the second begin when the first ends, or later", key)
    return hours


def _own_days(table: Table) -> Iterable[_OwnDay]:
    """The entries of `closed` and `open` in the order in which the two stand in the file."""
    entries = {"closed": _closed_days, "open": _open_days}
    for key in sorted(entries, key=lambda key: table.sheet.line(table.at(key))):
        yield from entries[key](table)


def _closed_days(table: Table) -> Iterable[_OwnDay]:
    for day, hours in table.each("closed", a_closure):
        yield _OwnDay(day, hours, bool(hours))


def _open_days(table: Table) -> Iterable[_OwnDay]:
    opened = table.table("open")
    for text in opened.values:
        try:
            yield _OwnDay(a_date(text), _hours(opened, text))
        except Unfit as unfit:
            opened.mistake(unfit.what, unfit.hint, text)
