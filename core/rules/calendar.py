"""Business time: when it runs, how much of it has passed, and when a span of it is used up.

A calendar is a value: local working hours in a named zone, dated exceptions, partial closures, and a sequence of
versions. Every instant that goes in or comes out is an aware datetime; answers are in UTC.

The rules (conventions 1 to 8 of the shared vectors, sla.md section 5, rulings 6, 16 and 21):

* Intervals are half open. Time that runs out exactly at an interval's end is due at that closing; a subtraction that
  runs out exactly at an opening answers that opening. Zero seconds change nothing.
* Time is absolute: 00:00-24:00 on a day of 25 hours is 25 hours.
* A local boundary that a clock change skips moves forward by the length of the gap; one that occurs twice is the
  first occurrence. Both are what ``fold=0`` gives.
* An interval over midnight belongs to the day on which it starts; intervals that abut or overlap act as one.
* No working time within two years of where it is needed is an error, never a loop.

How: a window of years is laid out as sorted starts and ends of intervals and the working time before each, so every
question is a few bisections, whatever the span. Inside, instants are datetimes in UTC and lengths timedeltas: both
are exact integers of microseconds, and comparing and adding them costs a tenth of turning them into numbers and back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import force_setattr

Interval = tuple[int, int]
"""Seconds of the local day from midnight: (from, to). `to` passes 86400 when the interval runs into the next day."""

Week = tuple[tuple[Interval, ...], ...]
"""The intervals of seven days, Monday first; () is a day off."""

Period = tuple[datetime, datetime]
"""A stretch of time in UTC: (from, until)."""

DAY = 86_400

_NOTHING = timedelta(0)
_A_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
_HORIZON = 2 * _YEAR  # how long a calendar may stay closed before a question across it is refused
_REACH = 100 * _YEAR  # how far an answer may lie from its question: keeps a mistyped span from filling the memory
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class NoWorkingTime(LookupError):
    """The calendar has no working time within two years of where the question needs it."""


def parse_interval(text: str, until: str | None = None) -> Interval:
    """Read ``"09:00-12:00"`` or ``("22:00", "06:00")``, local times as HH:MM or HH:MM:SS.

    ``24:00`` ends the day; an end not after its start lies on the next day. Raises ValueError with the text it could
    not use, also when the interval has no length: a whole day is ``00:00-24:00``.
    """
    shown = text if until is None else f"{text}-{until}"
    ends = [part.strip() for part in (re.split("[-–]", text) if until is None else (text, until))]
    if len(ends) != 2:
        raise ValueError(f"{shown!r} is not an interval: write it as 09:00-17:30")
    begin, end = (_seconds_of_day(part, shown) for part in ends)
    if begin == DAY:
        raise ValueError(f"{shown!r}: an interval cannot start at 24:00; that is 00:00 of the next day")
    if begin == end:
        raise ValueError(f"{shown!r} has no length; a whole day is 00:00-24:00")
    return begin, end if end > begin else end + DAY


def _seconds_of_day(text: str, shown: str) -> int:
    match = _TIME.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > DAY:
        raise ValueError(f"{shown!r}: {text!r} is not a time of day between 00:00 and 24:00")
    return total


class Closure(Struct, frozen=True):
    """A partial closure: an interval of one local date that is taken out of whatever hours are left there."""

    day: date
    hours: Interval


class CalendarVersion(Struct, frozen=True):
    """The hours that rule from `valid_from` (None: always have) until the next version does.

    `exceptions` replace the hours of their local date; () closes it. An interval that began the evening before is
    not that date's and stays. `provisional_years` are local years whose holidays are not announced yet.
    Raises ValueError when a field cannot be used.
    """

    zone: str
    week: Week
    exceptions: Mapping[date, tuple[Interval, ...]] = {}
    provisional_years: frozenset[int] = frozenset()
    closures: tuple[Closure, ...] = ()
    valid_from: datetime | None = None

    def __post_init__(self) -> None:
        _zone(self.zone)
        if len(self.week) != 7:
            raise ValueError(f"a week has seven days, not {len(self.week)}")
        for hours in (*self.week, *self.exceptions.values(), tuple(closure.hours for closure in self.closures)):
            for interval in hours:
                _refuse_misshapen(interval)
        if self.valid_from is not None:
            _utc(self.valid_from)
        force_setattr(self, "exceptions", dict(self.exceptions))  # a value: later changes outside do not reach it

    def __hash__(self) -> int:
        return hash((self.zone, self.week, self.valid_from))  # enough to tell most apart; exceptions are a mapping

    def hours(self, day: date) -> tuple[Interval, ...]:
        """The intervals that start on this local date, before partial closures."""
        found = self.exceptions.get(day)
        return self.week[day.weekday()] if found is None else found

    def never_closes(self) -> bool:
        return not self.closures and all(map(_fills_the_day, (*self.week, *self.exceptions.values())))

    def working(self, since: datetime, until: datetime) -> Iterator[Period]:
        """The working intervals between two instants, merged and in order, without regard to `valid_from`."""
        since, until = _utc(since), _utc(until)
        zone, around = _zone(self.zone), timedelta(days=3)  # 24 hours, an offset, a day struck out (Apia 2011)
        day, last = (since - around).date(), (until + around).date()
        opened: list[Period] = []
        while day <= last:
            opened.extend(_absolute(day, interval, zone) for interval in self.hours(day))
            day += timedelta(days=1)
        closed = (_absolute(closure.day, closure.hours, zone) for closure in self.closures)
        for begin, end in _without(_merged(opened), _merged(closed)):
            if begin < until and end > since:
                yield max(begin, since), min(end, until)


class _Window(Struct, frozen=True):
    """All working intervals between two instants. The first entry is a placeholder of no length at `since`."""

    since: datetime
    until: datetime
    starts: list[datetime]
    ends: list[datetime]
    before: list[timedelta]  # working time before each interval; one entry more, the total
    holes: tuple[Period, ...]  # stretches without working time, longer than the horizon

    @classmethod
    def over(cls, since: datetime, until: datetime, periods: Iterable[Period]) -> _Window:
        starts, ends, before = [since], [since], [_NOTHING, _NOTHING]
        for begin, end in periods:
            starts.append(begin)
            ends.append(end)
            before.append(before[-1] + (end - begin))
        closed = zip(ends, [*starts[1:], until], strict=True)
        return cls(since, until, starts, ends, before, tuple(hole for hole in closed if hole[1] - hole[0] > _HORIZON))

    def latest(self, at: datetime) -> int:
        """The index of the last interval that has begun."""
        return bisect_right(self.starts, at) - 1

    def worked(self, at: datetime) -> timedelta:
        """Working time from the beginning of the window."""
        index = bisect_right(self.starts, at) - 1
        end = self.ends[index]
        if at > end:
            at = end
        return self.before[index] + (at - self.starts[index])

    def first_when(self, worked: timedelta) -> datetime:
        """The earliest instant with this much worked: a closing rather than the opening after it."""
        index = bisect_left(self.before, worked) - 1
        return self.starts[index] + (worked - self.before[index])

    def last_when(self, worked: timedelta) -> datetime:
        """The latest instant with this much worked: an opening rather than the closing before it."""
        index = bisect_right(self.before, worked) - 1
        return self.starts[index] + (worked - self.before[index])


class Calendar(Struct, frozen=True, dict=True):
    """Working hours under a name: one or more versions, each ruling from its `valid_from` until the next.

    Before the first version's `valid_from` there is no working time. All methods take aware datetimes in any zone
    and raise ValueError("naive datetime ...") otherwise; instants come back in UTC. Safe to share between threads:
    the only thing that ever changes is a cache, replaced whole.
    """

    name: str
    versions: tuple[CalendarVersion, ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError(f"calendar {self.name!r} has no version")
        begins = [version.valid_from for version in self.versions[1:]]
        if None in begins:
            raise ValueError(f"calendar {self.name!r}: only the first version may leave out valid_from")
        if any(later <= earlier for earlier, later in pairwise(self._begins())):
            raise ValueError(f"calendar {self.name!r}: versions must be in order of valid_from")

    def __hash__(self) -> int:
        return hash(self.name)  # two of one name are told apart by comparing them

    @cached_property
    def _always(self) -> bool:
        return self.versions[0].valid_from is None and all(version.never_closes() for version in self.versions)

    @cached_property
    def _awaited(self) -> frozenset[int]:
        return frozenset().union(*(version.provisional_years for version in self.versions))

    @property
    def _window(self) -> _Window | None:
        """What has been laid out so far; no part of the value."""
        return vars(self).get("window")

    @classmethod
    def of(
        cls,
        name: str,
        zone: str,
        week: Week,
        exceptions: Mapping[date, tuple[Interval, ...]] | None = None,
        provisional_years: frozenset[int] = frozenset(),
        closures: tuple[Closure, ...] = (),
    ) -> Calendar:
        """A calendar of a single version that has always ruled."""
        return cls(name, (CalendarVersion(zone, week, exceptions or {}, provisional_years, closures),))

    @classmethod
    def around_the_clock(cls, name: str = "24x7", zone: str = "UTC") -> Calendar:
        """Every instant is working time; the zone only tells which local year an instant falls in."""
        return cls.of(name, zone, (((0, DAY),),) * 7)

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which `span` of working time from `start` is used up.

        Raises ValueError on a negative span or one over a hundred years, NoWorkingTime if the calendar cannot fill it.
        """
        at, need = _utc(start), _length(span)
        if self._always or not need:
            return at + need
        window = self._covering(at)
        while (goal := window.worked(at) + need) > window.before[-1]:
            window = self._later(window, at)
        answer = window.first_when(goal)
        if answer - at > _HORIZON:
            self._refuse_unreachable(window, at, answer)
        return answer

    def subtract(self, end: datetime, span: timedelta) -> datetime:
        """The latest instant from which `span` of working time leads to `end`. Raises as `add` does."""
        at, need = _utc(end), _length(span)
        if self._always or not need:
            return at - need
        window = self._covering(at)
        while (goal := window.worked(at) - need) < _NOTHING:
            window = self._earlier(window, at)
        answer = window.last_when(goal)
        if at - answer > _HORIZON:
            self._refuse_unreachable(window, answer, at)
        return answer

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Working time from `a` to `b`; negative when `b` is earlier. OverflowError over a hundred years."""
        first, last = _utc(a), _utc(b)
        if self._always:
            return last - first
        window = self._covering(first, last)
        return window.worked(last) - window.worked(first)

    def is_open(self, at: datetime) -> bool:
        """Whether working time runs at this instant; at closing time itself it does not."""
        asked = _utc(at)
        if self._always:
            return True
        window = self._covering(asked)
        return asked < window.ends[window.latest(asked)]

    def next_opening(self, at: datetime) -> datetime:
        """When working time runs next: `at` itself if it runs already. Raises NoWorkingTime."""
        asked = _utc(at)
        return asked if self._always else max(asked, self._open_next(asked)[0])

    def closing(self, at: datetime) -> datetime | None:
        """The end of the working time that runs at this instant or, outside hours, of that which comes next.

        None if it runs on for more than two years. Raises NoWorkingTime.
        """
        asked = _utc(at)
        if self._always:
            return None
        begin = max(asked, self._open_next(asked)[0])
        window = self._covering(asked, begin)
        if window.ends[window.latest(begin)] == window.until:  # cut short by the window
            window = self._covering(asked, begin + _HORIZON)
        end = window.ends[window.latest(begin)]
        return None if end - begin > _HORIZON else end

    def periods(self, a: datetime, b: datetime) -> list[Period]:
        """The stretches of working time between two instants, in order. OverflowError over a hundred years."""
        first, last = _utc(a), _utc(b)
        if self._always:
            return [(first, last)] if first < last else []
        window = self._covering(first, last)
        chosen = slice(window.latest(first), bisect_left(window.starts, last))
        clipped = (
            (max(begin, first), min(end, last))
            for begin, end in zip(window.starts[chosen], window.ends[chosen], strict=True)
        )
        return [(begin, end) for begin, end in clipped if begin < end]

    def version(self, at: datetime) -> CalendarVersion | None:
        """The version that rules at this instant; None before the first."""
        index = bisect_right(self._begins(), _utc(at)) - 1
        return self.versions[index] if index >= 0 else None

    def provisional(self, at: datetime) -> int | None:
        """The local year of this instant, if its holidays are not announced yet."""
        asked = _utc(at)
        if self._awaited.isdisjoint(((asked - _A_DAY).year, (asked + _A_DAY).year)):  # nearly always
            return None
        version = self.version(asked)
        year = asked.astimezone(_zone(version.zone)).year if version is not None else 0
        return year if version is not None and year in version.provisional_years else None

    def check(self, at: datetime | None = None) -> None:
        """Refuse, when it is loaded, a calendar that would fail in use: raises NoWorkingTime.

        It must have hours at all, and reach working time within two years of the beginning of each version and of
        `at`, which the loader sets to its own now.
        """
        if not any(any(version.week) or any(version.exceptions.values()) for version in self.versions):
            raise NoWorkingTime(f"calendar {self.name!r} has no working time at all")
        for asked in (*(version.valid_from for version in self.versions), at):
            if asked is not None:
                self.next_opening(asked)

    def _begins(self) -> list[datetime]:
        """When each version begins to rule; the first may have done so always."""
        return [_ALWAYS if one.valid_from is None else _utc(one.valid_from) for one in self.versions]

    def _open_next(self, asked: datetime) -> Period:
        """The interval that is open at this instant, or the next one."""
        window = self._covering(asked)
        index = window.latest(asked)
        if asked < window.ends[index]:
            return window.starts[index], window.ends[index]
        while index + 1 == len(window.starts):
            window = self._later(window, asked)
            index = window.latest(asked)
        if window.starts[index + 1] - asked > _HORIZON:
            raise self._nothing(asked, window.starts[index + 1])
        return window.starts[index + 1], window.ends[index + 1]

    def _covering(self, first: datetime, last: datetime | None = None) -> _Window:
        """The window in use if both instants lie in it, else a wider one."""
        window, last = self._window, first if last is None else last
        if window is not None and window.since <= first < window.until and window.since <= last < window.until:
            return window
        return self._widened(min(first, last) - _YEAR // 6, max(first, last) + _YEAR)

    def _widened(self, since: datetime, until: datetime) -> _Window:
        """Lay out what lies between two instants, and what was laid out before unless that is too far off."""
        if until - since > _REACH + 2 * _YEAR:
            raise OverflowError(f"{since} and {until} are more than a hundred years apart")
        kept = self._window
        if kept is not None and max(until, kept.until) - min(since, kept.since) <= _REACH:
            since, until = min(since, kept.since), max(until, kept.until)
        window = _Window.over(since, until, self._working(since, until))
        vars(self)["window"] = window
        return window

    def _later(self, window: _Window, at: datetime) -> _Window:
        """The window twice as far into the future, unless working time has run out on the way there."""
        idle_since = max(at, window.ends[-1])
        if window.until - idle_since > _HORIZON or window.until - at > _REACH:
            raise self._nothing(idle_since, window.until)
        return self._widened(
            at, min(window.until + (window.until - max(window.since, at - _YEAR)), at + _REACH + _YEAR)
        )

    def _earlier(self, window: _Window, at: datetime) -> _Window:
        """The window twice as far into the past, unless working time has run out on the way there."""
        idle_until = min(at, window.starts[1]) if len(window.starts) > 1 else at
        if idle_until - window.since > _HORIZON or at - window.since > _REACH:
            raise self._nothing(window.since, idle_until)
        return self._widened(
            max(window.since - (min(window.until, at + _YEAR) - window.since), at - _REACH - _YEAR), at
        )

    def _working(self, since: datetime, until: datetime) -> list[Period]:
        """The working intervals between two instants, each under the version that ruled then."""
        begins = self._begins()
        ruled = zip(self.versions, begins, [*begins[1:], until], strict=True)
        spans = ((version, max(since, begin), min(until, end)) for version, begin, end in ruled)
        found = (period for version, begin, end in spans if begin < end for period in version.working(begin, end))
        return _merged(found)

    def _refuse_unreachable(self, window: _Window, first: datetime, last: datetime) -> None:
        """Refuse an answer across a hole longer than the horizon, or out of reach, however far the window goes."""
        for closed, opened in window.holes:
            begin, end = max(closed, first), min(opened, last)
            if end - begin > _HORIZON:
                raise self._nothing(begin, end)
        if last - first > _REACH:
            raise self._nothing(first, last)

    def _nothing(self, since: datetime, until: datetime) -> NoWorkingTime:
        between = f"between {since:%Y-%m-%d} and {until:%Y-%m-%d}"
        return NoWorkingTime(f"calendar {self.name!r} has not enough working time {between}")


def _utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"naive datetime {at!r}: business time needs its zone")
    return at.astimezone(UTC)


def _length(span: timedelta) -> timedelta:
    if span < _NOTHING:
        raise ValueError(f"negative span {span}: subtract instead")
    if span > _REACH:
        raise ValueError(f"a span of {span} is over a hundred years")
    return span


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise ValueError(f"unknown time zone {name!r}: use an IANA name such as Europe/Berlin") from None


def _refuse_misshapen(interval: Interval) -> None:
    begin, end = interval
    if not 0 <= begin < DAY or not begin < end <= begin + DAY:
        raise ValueError(f"interval {interval!r} must start within its day and last over 0 and up to 24 hours")


def _fills_the_day(hours: tuple[Interval, ...]) -> bool:
    return any(begin == 0 and end == DAY for begin, end in hours)


def _absolute(day: date, interval: Interval, zone: ZoneInfo) -> Period:
    """The instants of a local interval: a datetime and a timedelta add up on the wall clock, then fold=0 decides."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    begin, end = interval
    return (midnight + timedelta(seconds=begin)).astimezone(UTC), (midnight + timedelta(seconds=end)).astimezone(UTC)


def _merged(periods: Iterable[Period]) -> list[Period]:
    """In order, with abutting and overlapping ones made one; what a clock change left without length is dropped."""
    merged: list[Period] = []
    for begin, end in sorted(periods):
        if begin >= end:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _without(opened: list[Period], closed: list[Period]) -> Iterator[Period]:
    """What is left of sorted, merged periods when others of that kind are taken out."""
    passed = 0
    for begin, end in opened:
        while passed < len(closed) and closed[passed][1] <= begin:
            passed += 1
        left = begin
        for index in range(passed, len(closed)):
            gone, back = closed[index]
            if gone >= end:
                break
            if left < gone:
                yield left, gone
            left = back
        if left < end:
            yield left, end
