"""Numbers in a text: how many people, how much money, how much time is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from core.rules.lexicon import Sense, Spotted, tokens

MANY, SEVERAL = 20, 4
AT_ONCE, SOME_DAYS = timedelta(hours=4), timedelta(days=14)
FORTUNE, MONEY = 1_000_000, 100_000

_ENGLISH: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "dozen": 12, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "dozens": 24, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "several": 5,
}  # fmt: skip
_TIMES: Mapping[str, int] = {
    "hundred": 100, "hundreds": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6,
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8,
}  # fmt: skip
_CHINESE: Mapping[str, int] = {
    "零": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "几": 3,
    "半": 0, "数": 3, "上": 1,
}  # fmt: skip
#: Between a number and what it counts: 三十多名, 十来个.
_MEASURE = frozenset("个名位口号人多余来钟")
_PERSONS = frozenset("个名位")
#: How many characters may stand between such a one and the trade.
_DESCRIPTION = 6
#: No number that is meant has more parts.
_LONGEST = 12
#: So many characters before a word are looked at for its number.
_FURTHEST = 48
#: How many adjectives may stand there in English: "forty angry site workers".
_ADJECTIVES = 2

_HOURS: Mapping[str, float] = {
    "minute": 1 / 60, "min": 1 / 60, "hour": 1, "hr": 1, "day": 24, "week": 168, "month": 720,
    "分钟": 1 / 60, "小时": 1, "钟头": 1, "天": 24, "工作日": 24, "周": 168,
}  # fmt: skip
#: Some write more hours than a calendar has.
_FAR_OFF = 100_000.0
#: What makes a length of time a limit, before its number or after its unit.
_BEFORE = frozenset(("within", "in", "next", "inside", "only", "just", "than", "剩", "有", "到", "过"))
_AFTER = frozenset(("left", "until", "before", "remaining", "away", "内", "之", "以", "后", "截"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZH_WEEKDAYS = "一二三四五六日"


def group(text: str, word: Spotted) -> int:
    """Whether the people of this word are all, a group or a few; a trade without a number is a group."""
    senses, start, end = word
    before = _before(text, start)
    count, _ = _number(before, len(before))
    if count is None and not text[start].isascii():
        count = _described(before)
    if count is None:  # but 测量员的 is one man's
        return int(Sense.GROUP) if senses & Sense.FOLK and text[end : end + 1] != "的" else 0
    return int(Sense.ALL if count >= MANY else Sense.GROUP if count >= SEVERAL else Sense.FEW)


def _before(text: str, end: int) -> list[str]:
    """The words and signs that stand there, as far back as any number reaches."""
    return tokens(text[max(0, end - _FURTHEST) : end])


def _described(said: list[str]) -> float | None:
    """The number of a trade with a word before it: 六个结构工程师."""
    end = len(said)
    for at in range(end - 1, max(end - _DESCRIPTION, 0), -1):
        if said[at] in _PERSONS:
            return _number(said, at + 1)[0]
    return None


def limit(text: str, word: Spotted) -> int:
    """The time limit that a number with this unit states: "within two hours", 只剩40分钟; nothing, if it states none."""
    _, start, end = word
    said, unit = _before(text, start), text[start:end].strip()
    count, at = _number(said, len(said))
    hours = _HOURS.get(unit) or _HOURS.get(unit.removesuffix("s"))
    before = said[max(0, at - 2) : at] if unit.isascii() else said[max(0, at - 1) : at]
    if hours is None or not (_BEFORE.intersection(before) or _AFTER.intersection(tokens(text[end : end + 16])[:1])):
        return 0
    left = timedelta(hours=min((count or 0.5) * hours, _FAR_OFF))  # half an hour has no number
    if AT_ONCE < left <= timedelta(hours=24):
        return int(Sense.TODAY if left < timedelta(hours=12) else Sense.TOMORROW)
    return _left(left)


def nearness(due: datetime, now: datetime) -> int:
    """The time limit that this instant is, seen from now, in the zone of `now`."""
    days = (due.astimezone(now.tzinfo).date() - now.date()).days
    if due - now > AT_ONCE and days < 2:
        return int(Sense.TOMORROW if days else Sense.TODAY)
    return _left(due - now)


def _left(left: timedelta) -> int:
    if left <= AT_ONCE:
        return int(Sense.HOURS)
    return int(Sense.DAYS if left <= SOME_DAYS else Sense.WEEKS)


def amount(text: str) -> int:
    """Whether a sum of money is named that weighs by itself. The currency does not matter at this size."""
    said, largest = tokens(text), 0.0
    for at in range(len(said), 0, -1):
        if said[at - 1] in _TIMES or said[at - 1][0].isdigit():
            largest = max(largest, _number(said, at)[0] or 0)
    return int(Sense.FORTUNE if largest >= FORTUNE else Sense.MONEY if largest >= MONEY else 0)


def weekday(word: str, today: date) -> int:
    """A weekday that is today or tomorrow; nothing for the others."""
    first = word.split()[0]
    named = _WEEKDAYS.index(first) if first in _WEEKDAYS else None
    if word[0] in "周星礼" and word[-1] in _ZH_WEEKDAYS:
        named = _ZH_WEEKDAYS.index(word[-1])
    if named == today.weekday():
        return int(Sense.TODAY)
    return int(Sense.TOMORROW) if named == (today + timedelta(days=1)).weekday() else 0


def _number(said: list[str], end: int) -> tuple[float | None, int]:
    """The number that ends before this token, with what may stand between, and where it begins."""
    at = end
    while at and said[at - 1] in _MEASURE:
        at -= 1
    if at == end:
        at = next((end - n for n in range(_ADJECTIVES + 1) if end - n > 0 and _part(said[end - n - 1])), end)
    start = at
    while start and at - start < _LONGEST and _part(said[start - 1]):
        start -= 1
    return (_value(said[start:at]), start) if start < at else (None, end)


def _part(token: str) -> bool:
    return token in _ENGLISH or token in _CHINESE or token in _TIMES or token[0].isdigit()


def _value(parts: list[str]) -> float:
    """`two hundred`, `twenty five`, `180,000`, 一百二十万, 3百."""
    total, section, digit = 0.0, 0.0, 0.0
    for part in parts:
        times = _TIMES.get(part)
        if times is None:
            section += digit if part in _CHINESE else 0
            digit = _ENGLISH.get(part, _CHINESE.get(part, 0)) if not part[0].isdigit() else _plain(part)
            if part in _ENGLISH:
                section, digit = section + digit, 0
        elif times >= 10**4 or part in ("k", "thousand"):
            total, section, digit = total + max(section + digit, 1) * times, 0, 0
        elif part.isascii():
            section, digit = max(section + digit, 1) * times, 0
        else:
            section, digit = section + (digit or 1) * times, 0
    return total + section + digit


def _plain(number: str) -> float:
    """A number written in digits; what is no number after all (a clock, a version) counts nothing."""
    digits = number.replace(",", "")
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
