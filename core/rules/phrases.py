"""When people say a time: `今天18:00`, `fri 17:00`, `+2d`, `下班前` become one instant, or a question.

A phrase is read in the speaker's zone at the desk's time. What could mean two instants is never guessed (chat.md 1.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.ask.folding import fold
from core.rules.calendar import Calendar

_WEEKDAYS = {
    "mon": 0, "monday": 0, "tue": 1, "tuesday": 1, "wed": 2, "wednesday": 2, "thu": 3, "thursday": 3,
    "fri": 4, "friday": 4, "sat": 5, "saturday": 5, "sun": 6, "sunday": 6,
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
}  # fmt: skip
_DAYS = {
    "today": 0,
    "今天": 0,
    "今日": 0,
    "tonight": 0,
    "今晚": 0,
    "tomorrow": 1,
    "tmr": 1,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
_UNITS = {
    "m": "minutes",
    "min": "minutes",
    "分钟": "minutes",
    "h": "hours",
    "小时": "hours",
    "d": "days",
    "天": "days",
    "w": "weeks",
    "周": "weeks",
}
_AFTERNOON = ("下午", "晚上", "pm")
_MORNING = ("上午", "早上", "am")
_DAY_END = time(18, 0)
_CLOSING = ("下班", "eod", "end of day")
#: Beyond this a date is a slip of the pen.
_HORIZON = timedelta(days=5 * 366)


class Unclear(Struct, frozen=True):
    """The phrase means several instants (`options`), one that is past (`past`), or nothing that is known."""

    options: tuple[datetime, ...] = ()
    past: datetime | None = None


def resolve(phrase: str, now: datetime, zone: str, calendar: Calendar) -> datetime | Unclear:
    """The instant that a phrase means, aware and UTC; a date without a time means the end of that working day."""
    span = span_of(phrase)  # before 前 is taken off: 3天前 is three days ago
    if span is not None:
        return now + span
    text = fold(phrase).strip().removesuffix("前").strip()
    local = now.astimezone(ZoneInfo(zone))
    found = _day("today" if text in _CLOSING else text, local)
    if found is None or abs(found[0][0] - local.date()) > _HORIZON:
        return Unclear()
    days, rest = found[0], found[1].strip()
    clocks = [_day_end(days[0], local, calendar)] if not rest or rest in _CLOSING else _clock(rest)
    if not clocks:
        return Unclear()
    instants = [datetime.combine(day, clock, local.tzinfo).astimezone(UTC) for day in days for clock in clocks]
    ahead = [at for at in instants if at > now]
    if not ahead:
        return Unclear(past=instants[0])
    return ahead[0] if len(ahead) == 1 else Unclear(options=tuple(ahead[:3]))


def leading(phrase: str, now: datetime, zone: str, calendar: Calendar) -> tuple[datetime | None, str]:
    """The instant that a line begins with, as long as it can be read, and the words after it: `2h the part is late`."""
    words = phrase.split()
    for n in range(min(len(words), 5), 0, -1):
        meant = resolve(" ".join(words[:n]), now, zone, calendar)
        if isinstance(meant, datetime):
            return meant, " ".join(words[n:])
    return None, phrase


_JOINS = re.compile(r"\s*(?:-|–|—|~|(?:till|until|to)\s|到|至)\s*")


def days(phrase: str, today: date) -> tuple[date, date, str] | None:
    """The days that a line begins with, `fri` or `fri to mon`, and the words after them; today's weekday is today."""
    found = _day_of(fold(phrase).strip(), today)
    if found is None:
        return None
    first, rest = found
    last, joined = first, _JOINS.match(rest)
    if joined and (second := _day_of(rest[joined.end() :], first)):
        last, rest = second
    left = len(rest.strip())
    return (first, last, phrase.strip()[-left:] if left else "") if last >= first else None


def _day_of(text: str, today: date) -> tuple[date, str] | None:
    for reader in _READERS:
        if found := reader(text, today):
            return found[0][0], found[1]
    return None


def is_clock(text: str) -> bool:
    """Whether a line begins with a time of day."""
    return bool(text.split() and _clock(fold(text.split()[0]).removesuffix("前")))


def _span(text: str) -> timedelta | None:
    match = re.fullmatch(r"\+?(\d{1,4})\s*(m|min|h|d|w|分钟|小时|天|周)(后|内|之内)?", text)
    if match is None:
        return None
    return timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})


def span_of(text: str) -> timedelta | None:
    """A length of time such as `2h`, `30m`, `2小时`; None if it is not one."""
    return _span(fold(text).strip())


def _day(text: str, local: datetime) -> tuple[list[date], str] | None:
    """The days that the head of the phrase may mean, and what is left of it."""
    today = local.date()
    for reader in _READERS:
        found = reader(text, today)
        if found is not None:
            return found
    return ([today], text) if _clock(text) else None


def _iso(text: str, _today: date) -> tuple[list[date], str] | None:
    match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})[t ]?", text)
    return _valid(match, text, lambda m: date(int(m[1]), int(m[2]), int(m[3])))


def _month_day(text: str, today: date) -> tuple[list[date], str] | None:
    match = re.match(r"(\d{1,2})月(\d{1,2})[日号]?", text)

    def this_or_next_year(m: re.Match[str]) -> date:
        day = date(today.year, int(m[1]), int(m[2]))
        return day if day >= today else day.replace(year=today.year + 1)

    return _valid(match, text, this_or_next_year)


def _valid(
    match: re.Match[str] | None, text: str, make: Callable[[re.Match[str]], date]
) -> tuple[list[date], str] | None:
    if match is None:
        return None
    try:
        return [make(match)], text[match.end() :]
    except ValueError:
        return None


def _named(text: str, today: date) -> tuple[list[date], str] | None:
    for word, days in _DAYS.items():
        if text.startswith(word):
            rest = text[len(word) :]
            if word in ("今晚", "tonight"):
                rest = f"晚上{rest.strip()}" if rest.strip() else "20:00"
            return [today + timedelta(days=days)], rest
    return None


def _weekday(text: str, today: date) -> tuple[list[date], str] | None:
    match = re.match(r"(下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])", text) or re.match(
        r"(next |this )?(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|urday)?\b", text
    )
    if match is None:
        return None
    weekday = _WEEKDAYS[match.group(2)]
    monday = today - timedelta(days=today.weekday())
    rest = text[match.end() :]
    if match.group(1) in ("下", "next "):
        return [monday + timedelta(days=7 + weekday)], rest
    day = monday + timedelta(days=weekday)
    if match.group(1):
        return [day], rest
    if day == today:
        return [today, today + timedelta(days=7)], rest
    return [day if day > today else day + timedelta(days=7)], rest


_READERS = (_iso, _month_day, _named, _weekday)


def _clock(text: str) -> list[time]:
    """The times of day that this may mean; a bare `9` may be morning or evening."""
    match = re.fullmatch(r"(上午|下午|晚上|中午|早上)?\s*(\d{1,2})(?:[:点时](\d{1,2})?分?)?(半)?\s*(am|pm)?", text)
    if match is None:
        return [time(12)] if text in ("中午", "noon") else []
    part, hour, minute = match.group(1) or match.group(5) or "", int(match.group(2)), int(match.group(3) or 0)
    if match.group(4):
        minute = 30
    if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    elif part == "晚上" and hour == 12:
        hour = 24
    if part == "am" and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        return [time(23, 59)]
    if hour > 23 or minute > 59:
        return []
    bare = not part and ":" not in text and 1 <= hour <= 11
    return [time(hour, minute), time(hour + 12, minute)] if bare else [time(hour, minute)]


def _day_end(day: date, local: datetime, calendar: Calendar) -> time:
    """When the desk's hours end on that day; 18:00 on a day without hours."""
    midnight = datetime.combine(day, time(0), local.tzinfo)
    periods = calendar.periods(midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC))
    if not periods:
        return _DAY_END
    end = periods[-1][1].astimezone(local.tzinfo)
    return end.time() if end.date() == day else time(23, 59)
