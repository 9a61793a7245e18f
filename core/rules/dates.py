"""Which day a phrase names, in Chinese and English: today, 下周三, 11月30日, the 5th, end of month, 月底.

The end of a week or a month is its last working day: that is when somebody will look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZH_WEEKDAYS = {"一": 0, "1": 0, "二": 1, "2": 1, "三": 2, "3": 2, "四": 3, "4": 3, "五": 4, "5": 4, "六": 5, "6": 5,
                "日": 6, "天": 6, "末": 5}  # fmt: skip
_NAMED = {
    "today": 0, "今天": 0, "今日": 0, "当天": 0, "tonight": 0, "今晚": 0, "今夜": 0, "今早": 0, "今晨": 0, "tomorrow": 1,
    "tmrw": 1, "tmr": 1, "明天": 1, "明日": 1, "明儿": 1, "明晚": 1, "明早": 1, "明晨": 1, "次日": 1, "the day after tomorrow": 2,
    "day after tomorrow": 2, "大后天": 3, "后天": 2, "yesterday": -1, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2,
}  # fmt: skip
#: Days that name a part of themselves, too.
_PARTS = {
    "tonight": "晚上",
    "今晚": "晚上",
    "今夜": "晚上",
    "明晚": "晚上",
    "今早": "早上",
    "今晨": "早上",
    "明早": "早上",
    "明晨": "早上",
}


class Today(Struct, frozen=True):
    """The day on which it is said, and which days are worked."""

    day: date
    works: Callable[[date], bool]
    lang: str = ""

    def last_working(self, first: date, last: date) -> date:
        """The last working day of a stretch; its last day, if none is worked."""
        days = (last - timedelta(days=n) for n in range((last - first).days + 1))
        return next((day for day in days if self.works(day)), last)

    def working_day(self, count: int) -> date:
        """The working day that is this many after today. Looks half a year ahead at most for each of them."""
        day = self.day
        for _ in range(count):
            day = next((n for k in range(1, 184) if self.works(n := day + timedelta(days=k))), day + timedelta(days=1))
        return day


Found = tuple[list[date], str]
Reader = Callable[[re.Match[str], Today], list[date]]


def find(text: str, today: Today, *, ends: bool = True) -> Found | None:
    """The days that the head of a folded phrase may mean, and the rest of it; no days, if there is no such day.

    Without `ends` it must name a day itself, not the end of a week or of so many working days.
    """
    for word, days in _NAMED.items():
        if text.startswith(word) and not _joined(word, text[len(word) :]):
            rest = f"{_PARTS.get(word, '')}{text[len(word) :].strip()}" if word in _PARTS else text[len(word) :]
            return [today.day + timedelta(days=days)], rest
    for pattern, read in _READERS if ends else _NAMING:
        match = re.match(pattern, text)
        if match is not None and not _joined(match[0], text[match.end() :]):
            try:
                return read(match, today), text[match.end() :]
            except (ValueError, OverflowError):
                return [], ""
    return None


def _joined(word: str, rest: str) -> bool:
    """`monitor` is no Monday; Chinese words stand without a space between."""
    return bool(rest) and word[-1].isascii() and word[-1].isalpha() and rest[0].isascii() and rest[0].isalpha()


def _iso(match: re.Match[str], _: Today) -> list[date]:
    return [date(int(match[1]), int(match[2]), int(match[3]))]


def _month_day(match: re.Match[str], today: Today) -> list[date]:
    return [_coming(today, int(match["m"]), int(match["d"]), match.groupdict().get("y"))]


def _english(match: re.Match[str], today: Today) -> list[date]:
    return [_coming(today, _MONTHS.index(match["m"][:3]) + 1, int(match["d"]), match["y"])]


def _coming(today: Today, month: int, day: int, year: str | None = None) -> date:
    if year:
        return date(int(year) if len(year) > 2 else 2000 + int(year), month, day)
    this = date(today.day.year, month, day)
    return this if this >= today.day else this.replace(year=this.year + 1)


def _slashes(match: re.Match[str], today: Today) -> list[date]:
    """12/1 is December in Chinese; in English it may be January, too."""
    one, other = int(match[1]), int(match[2])
    orders = ((one, other),) if today.lang.startswith("zh") else ((one, other), (other, one))
    found = {_coming(today, month, day, match[3]) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31}
    if not found:
        raise ValueError(match[0])
    return sorted(found)


def _day_of_month(match: re.Match[str], today: Today) -> list[date]:
    number = int(match[1])
    for ahead in range(13):
        first = _month(today.day, ahead)
        if number <= _last(first).day and (day := first.replace(day=number)) >= today.day:
            return [day]
    raise ValueError(match[0])


def _weekday(match: re.Match[str], today: Today) -> list[date]:
    number, week = _ZH_WEEKDAYS[match[2]], match[1] or ""
    monday = today.day - timedelta(days=today.day.weekday())
    if match[2] == "末":
        return _weekend(monday + timedelta(days=7 * week.count("下")), today)
    if week:
        return [monday + timedelta(days=7 * week.count("下") + number)]
    return _this_or_next(monday + timedelta(days=number), today)


def _english_weekday(match: re.Match[str], today: Today) -> list[date]:
    day = today.day + timedelta(days=_WEEKDAYS.index(match[2][:3]) - today.day.weekday())
    if match[1] == "next ":  # said on Monday, the next Friday may be this week's
        return [day, day + timedelta(days=7)] if day > today.day else [day + timedelta(days=7)]
    return [day] if match[1] == "this " else _this_or_next(day, today)


def _this_or_next(day: date, today: Today) -> list[date]:
    if day == today.day:
        return [day, day + timedelta(days=7)]
    return [day if day > today.day else day + timedelta(days=7)]


def _weekend(monday: date, today: Today) -> list[date]:
    """Before it begins, or when it ends."""
    return [today.last_working(monday, monday + timedelta(days=4)), monday + timedelta(days=6)]


def _english_weekend(match: re.Match[str], today: Today) -> list[date]:
    monday = today.day - timedelta(days=today.day.weekday())
    return _weekend(monday + timedelta(days=7 * (match[1] == "next ")), today)


def _period(match: re.Match[str], today: Today) -> list[date]:
    """The end of this or the next week, month, quarter or year."""
    said = match.groupdict()
    unit, ahead = _UNITS[said["unit"]], 1 if (said["which"] or "").strip() in ("next", "下") else 0
    if unit == "week":
        first = today.day - timedelta(days=today.day.weekday()) + timedelta(days=7 * ahead)
        last = first + timedelta(days=6)
    elif unit == "month":
        first = _month(today.day, ahead)
        last = _last(first)
    elif unit == "quarter":
        first = _month(today.day.replace(month=3 * ((today.day.month - 1) // 3) + 1), 3 * ahead)
        last = _last(_month(first, 2))
    else:
        first, last = date(today.day.year + ahead, 1, 1), date(today.day.year + ahead, 12, 31)
    return [today.last_working(first, last)]


def _named_month_end(match: re.Match[str], today: Today) -> list[date]:
    first = date(today.day.year, int(match[1]), 1)
    if _last(first) < today.day:
        first = first.replace(year=first.year + 1)
    return [today.last_working(first, _last(first))]


def _next_months_day(match: re.Match[str], today: Today) -> list[date]:
    return [_month(today.day, match[1] == "下").replace(day=int(match[2]))]


def _business_days(match: re.Match[str], today: Today) -> list[date]:
    return [today.working_day(min(int(match["n"] or match["m"]), 260))]


def _months(match: re.Match[str], today: Today) -> list[date]:
    first = _month(today.day, int(match[1]))
    return [first.replace(day=min(today.day.day, _last(first).day))]


def _month(day: date, ahead: int) -> date:
    """The first of the month that is so many ahead."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _last(first: date) -> date:
    return _month(first, 1) - timedelta(days=1)


_UNITS = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "eow": "week", "eom": "month", "eoy": "year",
    "周": "week", "星期": "week", "个星期": "week", "个周": "week", "月": "month", "个月": "month", "季度": "quarter",
    "个季度": "quarter", "年": "year",
}  # fmt: skip
_EN_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?"
_WORKED = (
    r"(?:in |within |the next )?\+?(?:(?P<n>\d{1,3}) ?(?:(?:business|working) days?|bd|workdays?)|(?P<m>\d{1,3})个?工作日)"
    r"(?: from now|之内|以内|内|之后|以后|后)?"
)
#: Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
_READERS: tuple[tuple[str, Reader], ...] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[t ]?", _iso),
    (r"(?:(?P<y>\d{4}|\d{2})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?", _month_day),
    (r"(\d{1,2})月(?:底|末)", _named_month_end),
    (_WORKED, _business_days),
    (r"(?:in |within )?(\d{1,2}) ?(?:months?|个月)(?:之内|以内|内|之后|以后|后| from now)?", _months),
    (rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?{_EN_MONTH}(?:,? ?(?P<y>\d{{4}}))?", _english),
    (rf"{_EN_MONTH} (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (?P<y>\d{{4}}))?", _english),
    (r"(\d{1,2})[/](\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])", _slashes),
    (r"(?:the )?(\d{1,2})(?:st|nd|rd|th)\b", _day_of_month),
    (r"(\d{1,2})[日号]", _day_of_month),
    (r"(下|本|这)个?月(\d{1,2})[日号]?", _next_months_day),
    (r"(下+|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天末1-6])", _weekday),
    (r"(next |this |coming )?(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|urday)?\b", _english_weekday),
    (r"(?:the |this |next )?(next )?weekend", _english_weekend),
    (r"(?:(?:the )?end of )?(?:the )?(?P<which>this |next )?(?P<unit>week|month|quarter|year)\b", _period),
    (r"(?P<which>)(?P<unit>eow|eom|eoy)\b", _period),
    (r"(?P<which>本|这|下)?(?P<unit>个?星期|个?周|个?月|个?季度|年)(?:底|末|内|之内|以内)?", _period),
)  # fmt: skip
_ENDS = (_named_month_end, _business_days, _months, _english_weekend, _period)
_NAMING = tuple((pattern, read) for pattern, read in _READERS if read not in _ENDS)
