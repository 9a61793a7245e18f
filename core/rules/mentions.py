"""Dates and times of day that a running text mentions, measured against now: `by 30 November`, 11月30日前, at 17:00.

A date that is past is a fact, no limit; what begins `after` a date is wanted then. Nothing is asked here: of two
meanings the later one counts.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from core.ask.moments import MONTH
from core.rules import figures
from core.rules.lexicon import Sense
from core.rules.stretches import MONTHS

_MONTH_NAMES = frozenset((
    *MONTHS, "january", "february", "march", "april", "june", "july", "august", "sept", "september", "october",
    "november", "december",
))  # fmt: skip
# Compiled when they are first needed, and kept by `re`: a start says no dates.
_DATE = (
    r"(?<!\d)(?P<year>\d{4})[-年/](?P<month>\d{1,2})[-月/](?P<day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<zh_month>\d{1,2})月(?P<zh_day>\d{1,2})(?!\d)"
    rf"|(?<![\d.,])(?P<en_day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<en_month>{MONTH})\b"
    rf"|\b(?P<us_month>{MONTH}) (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])"
    r"|(?<![\d月])(?P<zh_only>\d{1,2})[日号號](?:前|之前|以前|截止|交|要|给|开|浇|验|检|到)"
    r"|\b(?:by|before|until|on) the (?P<en_only>\d{1,2})(?:st|nd|rd|th)\b"
)
_CLOCK = (
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?![\d:%])(?: ?(?P<half>am|pm))?"
    r"|(?<![\d:.])(?P<en_hour>\d{1,2}) ?(?P<en_half>am|pm)\b"
    r"|(?P<part>上午|早上|中午|下午|晚上|今晚)?(?P<zh_hour>\d{1,2}|[一二两三四五六七八九]|十[一二]?)[点點](?P<zh_half>半)?(?!\d)"
)
#: Something that every date and every time has that names no month; most texts have figures, and no dates.
_SIGN = re.compile(r"[月日号號点點:.\d](?:(?<=\d)(?:\d{3}[-年/]| ?(?:am|pm|st|nd|rd|th)\b)|(?<=\D))")
#: What follows a date or stands before it, and makes it a beginning.
_AFTER = r"\s?[日号號]?(?:之后|以后|之後|以後|后|後|起|开始|開始)"
_SINCE = r"(?:after|from|since|as of|starting|dated|of)\s*$|(?:自|从|從)$"
_OTHER_DAY = int(Sense.TOMORROW | Sense.DAYS | Sense.WEEKS)
_ZH_HOURS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11,
             "十二": 12}  # fmt: skip
#: A date without a year that was in this many days is meant as past.
_PAST = timedelta(days=180)


def limits(folded: str, text: str, senses: int, now: datetime) -> int:
    """The time limits that the figures of this text state, seen from `now`, which is in the writer's zone. `text` is the
    same, with its words apart."""
    found = 0
    if _MONTH_NAMES.isdisjoint(text.split()) and not _SIGN.search(folded):
        return found
    for match in re.finditer(_DATE, folded):
        day = _day(match, now.date())
        if day is None or day < now.date():
            continue
        begins = re.match(_AFTER, folded[match.end() :]) or re.search(_SINCE, folded[: match.start()])
        close = datetime.combine(day, time(23, 59), now.tzinfo)
        near = figures.nearness(close, now)
        if not begins or near == int(Sense.WEEKS):
            found |= near
    if not found and not senses & _OTHER_DAY:
        for match in re.finditer(_CLOCK, folded):
            at = _time(match, now)
            if at is not None and at > now and not re.search(_SINCE, folded[: match.start()]):
                found |= figures.nearness(at, now)
    return found


def _day(match: re.Match[str], today: date) -> date | None:
    said = match.groupdict()
    only = said["zh_only"] or said["en_only"]
    month = said["month"] or said["zh_month"] or said["en_month"] or said["us_month"]
    try:
        if only:
            day = today.replace(day=int(only))
            return day if day >= today else _next_month(day)
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        day = date(
            int(said["year"] or today.year),
            number,
            int(said["day"] or said["zh_day"] or said["en_day"] or said["us_day"]),
        )
        return day if said["year"] or day > today - _PAST else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _next_month(day: date) -> date:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=day.day)


def _time(match: re.Match[str], now: datetime) -> datetime | None:
    said = match.groupdict()
    word = said["hour"] or said["en_hour"] or said["zh_hour"]
    hour, minute = _ZH_HOURS.get(word) or int(word), 30 if said["zh_half"] else int(said["minute"] or 0)
    half = said["half"] or said["en_half"] or said["part"] or ""
    if (half in ("pm", "下午", "晚上", "今晚") and hour < 12) or (not half and word == said["zh_hour"] and hour < 8):
        hour += 12
    if hour > 23:
        return None
    return now.replace(hour=hour, minute=minute, second=0, microsecond=0)
