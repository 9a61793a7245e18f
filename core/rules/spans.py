"""Lengths of time as people say them: `2h`, `1h30`, `an hour and a half`, 半小时, 一个半小时, 两周内."""

from __future__ import annotations

import re
from datetime import timedelta

from core.ask.folding import fold

_UNITS = {
    "m": "minutes", "min": "minutes", "minute": "minutes", "分钟": "minutes", "分": "minutes", "h": "hours", "hr": "hours",
    "hour": "hours", "小时": "hours", "钟头": "hours", "d": "days", "day": "days", "天": "days", "w": "weeks", "wk": "weeks",
    "week": "weeks", "周": "weeks", "星期": "weeks",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "the": 1,
}  # fmt: skip
_ZH_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
#: Two digits in a row are two numbers: 两三天.
_ZH_NUMBER = (
    r"(?<![周期拜零一二两三四五六七八九十])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
    r"(?=个?半?(?:月|日|号|点|分|天|小时|钟头|工作|星期|礼拜|周|刻|时))"
)
# Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
_WITHIN = r"(?:in |within |the next )?\+?"
_AFTERWARDS = r"(?: from (?:now|today)|之内|以内|内|之后|以后|后)?"
_COUNT = r"\d{1,4}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|the(?= hour)"
_SPAN = (
    rf"{_WITHIN}(?P<n>half an?|half|半|{_COUNT}) ?个?(?P<half>半| and a half )?"
    r"(?P<unit>m|min|h|hr|d|w|wk|(?:minute|min|hour|hr|day|week|wk)s?|分钟|分|小时|钟头|天|周|星期)(?P<more> and a half)?"
    rf"{_AFTERWARDS}"
)
_HOURS_AND_MINUTES = (
    rf"{_WITHIN}(?P<h>\d{{1,3}}) ?(?:h|hrs?|hours?|个?小时|个?钟头) ?(?:and )?(?P<m>\d{{1,2}}) ?"
    rf"(?:m|mins?|minutes?|分钟?)?{_AFTERWARDS}"
)
_DIGIT = "一二两三四五六七八九"
_EITHER = (
    rf"(?P<head>{_WITHIN})(?P<one>\d{{1,3}}|[{_DIGIT}])(?: ?(?:-|–|~|,|to|or|到|至|或|、) ?|(?<=[{_DIGIT}])(?=[{_DIGIT}]))"
    rf"(?P<two>\d{{1,3}}|[{_DIGIT}])(?P<tail> ?个?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|bd|"
    rf"(?:business|working) (?:days?|hours?)|分钟|小时|钟头|工作日|工作小时|天|周|星期){_AFTERWARDS})"
)
#: More hours than these are a time of day: 1730 hours.
_MOST_HOURS = 999


def in_digits(text: str) -> str:
    """The text with its Chinese numbers in digits where they count time: 十二点 is 12点, 二十号 is 20号."""
    return re.sub(_ZH_NUMBER, lambda match: str(_value(match[0])), text)


def _value(number: str) -> int:
    """十二 is 12, 二十 is 20; more than that nobody writes here."""
    tens, ten, ones = number.partition("十")
    return (_ZH_DIGITS.get(tens, 1) * 10 if ten else _ZH_DIGITS[tens]) + _ZH_DIGITS.get(ones, 0)


def span_of(text: str) -> timedelta | None:
    """A length of time such as `2h`, `30m`, `in two hours`, `2小时`, 半小时内; None if it is not one, or if it is half a
    day: of a working day, or of the clock's, nobody knows.
    """
    folded = in_digits(" ".join(fold(text).split()))
    if folded == "am" or re.fullmatch(r"(?:[6-9]|1\d|2[0-4])h\d\d", folded):  # a time of day, as in French
        return None
    if (match := re.fullmatch(_HOURS_AND_MINUTES, folded)) is not None:
        return timedelta(hours=int(match["h"]), minutes=int(match["m"]))
    if re.fullmatch(rf"{_WITHIN}(?:a )?fortnight{_AFTERWARDS}", folded):
        return timedelta(weeks=2)
    match = re.fullmatch(_SPAN, folded)
    if match is None:
        return None
    said, unit = match["n"], _UNITS.get(match["unit"]) or _UNITS[match["unit"].removesuffix("s")]
    if unit == "hours" and said.isdigit() and int(said) > _MOST_HOURS:
        return None
    if said.startswith(("half", "半")):
        return timedelta(**{unit: 0.5}) if unit != "days" else None
    return timedelta(**{unit: (_NUMBERS.get(said) or float(said)) + (0.5 if match["half"] or match["more"] else 0)})


def either(text: str) -> tuple[str, str] | None:
    """The two lengths of which one is meant: 两三天内, `2-3 days`."""
    match = re.fullmatch(_EITHER, " ".join(fold(text).split()))
    if match is None:
        return None
    return f"{match['head']}{match['one']}{match['tail']}", f"{match['head']}{match['two']}{match['tail']}"
