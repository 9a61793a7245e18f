"""Weeks, months, quarters and years as a phrase names them: end of next week, 本月底, mid June, 三季度, 7月前.

What is due in a stretch is due on its last working day: that is when somebody will look. What is due *before* it is due
on the last working day before it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from core.ask.moments import MONTH

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EN_MONTH = rf"(?P<month>{MONTH})\.?"
ZH_YEAR = r"(?P<year>\d{4}|\d{2}|今|明)年"
WEEKEND = r"(下+|本|这)?个?(?:周|星期|礼拜)末|(?:the |this )?(next )?weekend\b"
_DAY = timedelta(days=1)


class Today(Struct, frozen=True):
    """The day on which it is said, by whom, and which days are worked; `before`: 前 was said."""

    day: date
    works: Callable[[date], bool]
    lang: str = ""
    before: bool = False

    def last_working(self, first: date, last: date) -> date:
        """The last working day of a stretch; its last day, if none is worked."""
        days = (last - timedelta(days=n) for n in range((last - first).days + 1))
        return next((day for day in days if self.works(day)), last)

    def last_before(self, day: date) -> date:
        """The last working day before this one. Looks a month back at most."""
        return self.last_working(day - timedelta(days=31), day - _DAY)

    def working_day(self, count: int) -> date:
        """The working day that is this many after today. Looks half a year ahead at most for each of them."""
        day = self.day
        for _ in range(count):
            day = next((n for k in range(1, 184) if self.works(n := day + timedelta(days=k))), day + _DAY)
        return day

    def year(self, said: str | None) -> int | None:
        """2026, 26, 今 or 明."""
        if said in ("今", "明"):
            return self.day.year + (said == "明")
        return None if not said else int(said) if len(said) > 2 else 2000 + int(said)


Reader = Callable[[re.Match[str], Today], list[date]]


def month(day: date, ahead: int) -> date:
    """The first of the month that is so many ahead."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def last(first: date) -> date:
    """The last day of the month that begins on this day."""
    return month(first, 1) - _DAY


def weekend(match: re.Match[str], today: date) -> date:
    """The Saturday of the weekend that `WEEKEND` has found: of this week, or of a later one."""
    return _monday(today, 1 if match[2] else (match[1] or "").count("下")) + timedelta(days=5)


def _weekend(match: re.Match[str], today: Today) -> list[date]:
    """Before it begins, or when it ends."""
    saturday = weekend(match, today.day)
    friday = today.last_working(saturday - timedelta(days=5), saturday - _DAY)
    return [friday] if today.before else [friday, saturday + _DAY]


def _monday(today: date, ahead: int) -> date:
    return today + timedelta(days=7 * ahead - today.weekday())


def _period(match: re.Match[str], today: Today) -> list[date]:
    """The end of this or the next week, month, quarter or year."""
    said = match.groupdict()
    unit, ahead = _UNITS[said["unit"]], (said["which"] or "").strip() in ("next", "下", "明")
    if unit == "week":
        first = _monday(today.day, ahead)
        end = first + timedelta(days=6)
    elif unit == "month":
        first = month(today.day, ahead)
        end = last(first)
    elif unit == "quarter":
        first = month(today.day.replace(month=3 * ((today.day.month - 1) // 3) + 1), 3 * ahead)
        end = last(month(first, 2))
    else:
        first, end = date(today.day.year + ahead, 1, 1), date(today.day.year + ahead, 12, 31)
    before = today.before and ahead and not said["end"]  # nobody means the week that has begun
    return [today.last_before(first) if before else today.last_working(first, end)]


def _named_month(match: re.Match[str], today: Today) -> list[date]:
    first = _first(match, today)
    return _by(first, last(first), match, today)


def _by(first: date, end: date, match: re.Match[str], today: Today) -> list[date]:
    """A stretch that is named by itself may mean its end, or the end of the one before: by July, by Q3."""
    ends = [today.last_before(first), today.last_working(first, end)]
    if match.groupdict().get("end"):
        return ends[1:]
    return ends[:1] if today.before else ends


def _first(match: re.Match[str], today: Today) -> date:
    """The first of the month that is named, or of this or the next; a month that is over is next year's."""
    said = match.groupdict()
    if not said["month"]:
        return month(today.day, (said["which"] or "").strip() in ("next", "下", "下个"))
    number = int(said["month"]) if said["month"].isdigit() else MONTHS.index(said["month"][:3]) + 1
    year = today.year(said.get("year"))
    first = date(year or today.day.year, number, 1)
    return first.replace(year=first.year + 1) if not year and last(first) < today.day else first


def _part_of_month(match: re.Match[str], today: Today) -> list[date]:
    """上旬 ends on the 10th and 中旬 on the 20th; how long a month is young nobody knows."""
    first = _first(match, today)
    day = _PARTS[match["part"]]
    if day is None:
        return [today.last_working(first, last(first))]
    if day > 1:
        return [today.last_working(first, first.replace(day=day))]
    if not match["month"] and not match["which"] and today.day.day > 5:
        first = month(first, 1)
    return [first, first.replace(day=5)]


_PARTS: dict[str, int | None] = {
    "early": 1, "初": 1, "上旬": 10, "mid": 15, "中": 15, "中旬": 20, "late": None, "下旬": None,
}  # fmt: skip


def _part_of_week(match: re.Match[str], today: Today) -> list[date]:
    monday = _monday(today.day, (match["which"] or "").strip() in ("next", "下"))
    days = {"early": (0, 1), "初": (0, 1), "mid": (2,), "中": (2,)}[match["part"]]
    return [monday + timedelta(days=n) for n in days]


def _quarter(match: re.Match[str], today: Today) -> list[date]:
    number, year = "一二三四".find(match["number"]) + 1 or int(match["number"]), today.year(match["year"])
    first = date(year or today.day.year, 3 * number - 2, 1)
    if not year and month(first, 3) <= today.day:
        first = first.replace(year=first.year + 1)
    return _by(first, last(month(first, 2)), match, today)


def _mid_year(match: re.Match[str], today: Today) -> list[date]:
    year = today.year(match["which"]) or today.day.year + (today.day.month > 6)
    return [today.last_working(date(year, 6, 1), date(year, 6, 30))]


def _months(match: re.Match[str], today: Today) -> list[date]:
    """In so many months; half a month is 15 days."""
    if not match[1].isdigit():
        return [today.day + timedelta(days=15)]
    first = month(today.day, int(match[1]))
    return [first.replace(day=min(today.day.day, last(first).day))]


def _business_days(match: re.Match[str], today: Today) -> list[date]:
    return [today.working_day(min(int(match["n"] or match["m"]), 260))]


_UNITS = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "eow": "week", "eom": "month", "eoy": "year",
    "周": "week", "星期": "week", "个星期": "week", "个周": "week", "月": "month", "个月": "month", "季度": "quarter",
    "个季度": "quarter", "年": "year",
}  # fmt: skip
_WORKED = (
    r"(?:in |within |the next )?\+?(?:(?P<n>\d{1,3}) ?(?:(?:business|working) days?|bd|workdays?)|(?P<m>\d{1,3})个?工作日)"
    r"(?: from now|之内|以内|内|之后|以后|后)?"
)
#: `week 24` is none of these.
_EN_PERIOD = (
    r"(?P<end>(?:the )?end of )?(?:the )?(?P<which>this |next )?(?P<unit>week|month|quarter|year)\b(?:[ -]end)?"
    r"(?(which)|(?! ?\d{1,2}(?![\d:.]| ?[ap]m)))"
)
#: Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
READERS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:{ZH_YEAR})?(?P<month>\d{{1,2}})月(?P<part>初|上旬|中旬|中|下旬)", _part_of_month),
    (rf"(?:{ZH_YEAR})?(?P<month>\d{{1,2}})月份?(?P<end>底|末|内|之内|以内|(?![\d份]))", _named_month),
    (r"(?P<month>)(?P<which>本|这个?|下个?)?月(?P<part>初|上旬|中旬|中|下旬)", _part_of_month),
    (_WORKED, _business_days),
    (r"(?:in |within )?(\d{1,2}|半|half a) ?(?:months?|个月)(?:之内|以内|内|之后|以后|后| from now)?", _months),
    (WEEKEND, _weekend),
    (r"(?P<part>early|mid)[ -](?P<which>this |next )?week\b", _part_of_week),
    (r"(?P<which>本|这|下)?个?(?:周|星期|礼拜)(?P<part>初|中(?!午))", _part_of_week),
    (r"(?P<month>)(?P<part>early|mid|late)[ -](?:the )?(?P<which>this |next )?month\b", _part_of_month),
    (rf"(?P<part>early|mid|late)[ -]{EN_MONTH}", _part_of_month),
    (rf"(?P<end>(?:the )?end of ){EN_MONTH}(?:,? (?P<year>\d{{4}}))?", _named_month),
    (rf"{EN_MONTH}\b(?! ?\d\d?\b)(?:,? (?P<year>\d{{4}}))?", _named_month),
    (r"(?P<end>(?:the )?end of )?(?:the )?q(?P<number>[1-4])\b(?:,? (?P<year>\d{4}))?", _quarter),
    (rf"(?:{ZH_YEAR})?第?(?P<number>[一二三四1-4])季度(?P<end>底|末|内|之内|以内)?", _quarter),
    (r"(?P<which>今|明)?年中", _mid_year),
    (_EN_PERIOD, _period),
    (r"(?P<which>)(?P<unit>eow|eom|eoy)(?P<end>\b)", _period),
    (r"(?P<which>本|这|下)?(?P<unit>个?星期|个?周|个?月|个?季度)(?P<end>底|末|内|之内|以内)?", _period),
    (r"(?P<which>本|今|明)?(?P<unit>年)(?P<end>年?底|年?末|内|之内|以内)?", _period),
)  # fmt: skip
