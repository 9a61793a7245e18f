"""Festivals by which people set dates: 国庆前 is the last working day before the holiday, `before christmas` too.

When the movable ones fall, the library `holidays` knows; it is imported on first use.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from core.rules.stretches import Reader, Today

#: As they are said -> month and day, or the name under which the library has it.
_FIXED = {
    "元旦": (1, 1), "new year": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "十一": (10, 1), "圣诞": (12, 25),
    "christmas": (12, 25), "xmas": (12, 25),
}  # fmt: skip
_MOVABLE = {
    "春节": "农历除夕", "过年": "农历除夕", "农历新年": "农历除夕", "除夕": "农历除夕", "spring festival": "农历除夕",
    "chinese new year": "农历除夕", "lunar new year": "农历除夕", "cny": "农历除夕", "清明": "清明节", "端午": "端午节",
    "中秋": "中秋节",
}  # fmt: skip


def _festival(match: re.Match[str], today: Today) -> list[date]:
    """Without 前 the day itself may be meant, and nobody knows which of them by 国庆下午3点."""
    if match.string[match.end() :].strip():
        return []
    eve = _before(match[1], today)
    return [eve] if today.before else [eve, next(day for day in _days(match[1], today) if day > eve)]


def _next_festival(match: re.Match[str], today: Today) -> list[date]:
    names = ("春节", "国庆") if match[1] == "长假" else ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")
    return [min(_before(name, today) for name in names)] if today.before else []


def _year(_: re.Match[str], today: Today) -> list[date]:
    """年前: before the year is over, or, as most people say it, before the Spring Festival."""
    return [today.last_before(date(today.day.year + 1, 1, 1)), _before("春节", today)]


def _days(name: str, today: Today) -> list[date]:
    return [_falls(name, today.day.year + n) for n in range(3)]


def _before(name: str, today: Today) -> date:
    """The last working day before the coming festival, if it is not over."""
    return next(eve for eve in map(today.last_before, _days(name, today)) if eve >= today.day)


@cache
def _falls(name: str, year: int) -> date:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    from holidays import country_holidays

    known = country_holidays("CN", years=year, language="zh_CN")
    return min(day for day, called in known.items() if called.startswith(_MOVABLE[name]))


READERS: tuple[tuple[str, Reader], ...] = (
    (rf"({'|'.join(name for name in (*_MOVABLE, *_FIXED) if not name.isascii())})(?![月点个\d])节?(?:放假|假期|长假)?", _festival),
    (rf"(?:the )?({'|'.join(name for name in (*_MOVABLE, *_FIXED) if name.isascii())})(?:'?s)?(?: day| eve)?\b", _festival),
    (r"(节|放假|过节|长假)$", _next_festival),
    (r"年$", _year),
)  # fmt: skip
