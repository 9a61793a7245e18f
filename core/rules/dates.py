"""Which day a phrase names, in Chinese and English: today, 下周三, 11月30日, the 5th."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.rules import festivals, stretches
from core.rules.stretches import EN_MONTH, MONTHS, ZH_YEAR, Reader, Today, last, month

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZH_WEEKDAYS = {"一": 0, "1": 0, "二": 1, "2": 1, "三": 2, "3": 2, "四": 3, "4": 3, "五": 4, "5": 4, "六": 5, "6": 5,
                "日": 6, "天": 6}  # fmt: skip
_NAMED = {
    "today": 0, "今天": 0, "今日": 0, "当天": 0, "tonight": 0, "今晚": 0, "今夜": 0, "今早": 0, "今晨": 0, "tomorrow": 1,
    "tmrw": 1, "tmr": 1, "明天": 1, "明日": 1, "明儿": 1, "明晚": 1, "明早": 1, "明晨": 1, "次日": 1, "the day after tomorrow": 2,
    "day after tomorrow": 2, "day after tmrw": 2, "this morning": 0, "this afternoon": 0, "this evening": 0, "2moro": 1,
    "大后天": 3, "后天": 2, "yesterday": -1, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2,
}  # fmt: skip
#: Days that name a part of themselves, too.
_PARTS = {
    "tonight": "晚上", "今晚": "晚上", "今夜": "晚上", "明晚": "晚上", "今早": "早上", "今晨": "早上", "明早": "早上",
    "明晨": "早上", "this morning": "morning", "this afternoon": "afternoon", "this evening": "evening",
}  # fmt: skip


Found = tuple[list[date], str]


def find(text: str, today: Today, *, ends: bool = True) -> Found | None:
    """The days that the head of a folded phrase may mean, and the rest of it; no days, if there is no such day.

    Without `ends` it must name a day itself, not a festival, or the end of a week or of so many working days.
    """
    for word, days in _NAMED.items():
        if text.startswith(word) and not _joined(word, text[len(word) :]):
            rest = f"{_PARTS.get(word, '')}{text[len(word) :].strip()}" if word in _PARTS else text[len(word) :]
            return [today.day + timedelta(days=days)], rest
    for pattern, read in _READERS if ends else _DAYS:
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
    return [_coming(today, int(match["m"]), int(match["d"]), match["year"])]


def _english(match: re.Match[str], today: Today) -> list[date]:
    return [_coming(today, MONTHS.index(match["month"][:3]) + 1, int(match["d"]), match["y"])]


def _coming(today: Today, number: int, day: int, said: str | None = None) -> date:
    year = today.year(said)
    this = date(year or today.day.year, number, day)
    if year:
        return this
    return this if this >= today.day else this.replace(year=this.year + 1)


def _slashes(match: re.Match[str], today: Today) -> list[date]:
    """12/1 is December in Chinese; in English it may be January, too. 13/6 is June everywhere."""
    one, other = int(match[1]), int(match[2])
    orders = ((one, other),) if today.lang.startswith("zh") and one <= 12 else ((one, other), (other, one))
    found = {_coming(today, number, day, match[3]) for number, day in orders if 1 <= number <= 12 and 1 <= day <= 31}
    if not found:
        raise ValueError(match[0])
    return sorted(found)


def _day_of_month(match: re.Match[str], today: Today) -> list[date]:
    number = int(match[1])
    for ahead in range(13):
        first = month(today.day, ahead)
        if number <= last(first).day and (day := first.replace(day=number)) >= today.day:
            return [day]
    raise ValueError(match[0])


def _weekday(match: re.Match[str], today: Today) -> list[date]:
    number, week = _ZH_WEEKDAYS[match[2]], match[1] or ""
    monday = today.day - timedelta(days=today.day.weekday())
    if week:
        return [monday + timedelta(days=7 * week.count("下") + number)]
    return _this_or_next(monday + timedelta(days=number), today)


def _english_weekday(match: re.Match[str], today: Today) -> list[date]:
    day = today.day + timedelta(days=_WEEKDAYS.index(match[2][:3]) - today.day.weekday())
    if match[1] == "next ":  # said on Monday, the next Friday may be this week's
        return [day, day + timedelta(days=7)] if day > today.day else [day + timedelta(days=7)]
    return [day] if match[1] == "this " else _this_or_next(day, today)


def _weekday_of_next_week(match: re.Match[str], today: Today) -> list[date]:
    number = _WEEKDAYS.index((match[1] or match[2])[:3])
    return [today.day + timedelta(days=7 + number - today.day.weekday())]


def _a_week_later(match: re.Match[str], today: Today) -> list[date]:
    """`friday week` is a week after the coming Friday."""
    ahead = (_WEEKDAYS.index(match[1][:3]) - today.day.weekday()) % 7
    return [today.day + timedelta(days=7 + ahead)]


def _this_or_next(day: date, today: Today) -> list[date]:
    if day == today.day:
        return [day, day + timedelta(days=7)]
    return [day if day > today.day else day + timedelta(days=7)]


def _next_months_day(match: re.Match[str], today: Today) -> list[date]:
    return [month(today.day, match["which"] in ("下", "next")).replace(day=int(match["d"]))]


_EN_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|urday)?\b"
#: Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
_DAYS: tuple[tuple[str, Reader], ...] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[t ]?", _iso),
    (rf"(?:{ZH_YEAR})?(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?", _month_day),
    (rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?{EN_MONTH}(?:,? ?(?P<y>\d{{4}}))?", _english),
    (rf"{EN_MONTH} (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? (?P<y>\d{{4}}))?", _english),
    (r"(\d{1,2})[/](\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/]| ?(?:an? )?(?:hour|day|week|month))", _slashes),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)", _slashes),
    (r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)(?: of)? (?P<which>next|this) month\b", _next_months_day),
    (r"(?:the )?(\d{1,2})(?:st|nd|rd|th)\b", _day_of_month),
    (r"(\d{1,2})[日号]", _day_of_month),
    (r"(?P<which>下|本|这)个?月(?P<d>\d{1,2})[日号]?", _next_months_day),
    (r"(下+|本|这)?个?(?:周|星期|礼拜)(?:的?(?:周|星期|礼拜))?([一二三四五六日天1-6])", _weekday),
    (rf"next week(?: on)? {_EN_WEEKDAY}|{_EN_WEEKDAY}(?: of)? next week\b", _weekday_of_next_week),
    (rf"{_EN_WEEKDAY} week\b", _a_week_later),
    (rf"(next |this |coming )?{_EN_WEEKDAY}", _english_weekday),
)  # fmt: skip
_READERS = (*_DAYS, *festivals.READERS, *stretches.READERS)
