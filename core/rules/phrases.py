"""When people say a time: `今天18:00`, `fri 17:00`, `+2d`, `3 个工作日内`, `下班前` become one instant, or a question.

A phrase is read in the speaker's zone at the desk's time. What could mean two instants is never guessed (chat.md 1.3).
What our own words do not cover is left to a library, in English (libraries.md 1.2).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.ask.folding import fold
from core.rules import dates, otherwise
from core.rules.calendar import Calendar, NoWorkingTime

_UNITS = {
    "m": "minutes", "min": "minutes", "minute": "minutes", "分钟": "minutes", "分": "minutes", "h": "hours", "hr": "hours",
    "hour": "hours", "小时": "hours", "钟头": "hours", "d": "days", "day": "days", "天": "days", "w": "weeks", "wk": "weeks",
    "week": "weeks", "周": "weeks", "星期": "weeks",
}  # fmt: skip
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_AFTERNOON = ("下午", "晚上", "傍晚", "pm")
_CLOSINGS = frozenset(("下班", "收工", "eod", "cob", "end of day", "end of the day", "close of business", "close of play",
                       "end of business", "close"))  # fmt: skip
#: A part of a day alone means its end; `None` is when the desk closes.
_PARTS: dict[str, time | None] = {
    "上午": time(12), "morning": time(12), "中午": time(12), "noon": time(12), "midday": time(12), "午前": time(12), "下午": None,
    "afternoon": None, "傍晚": time(18), "晚上": time(20), "evening": time(20), "night": time(20), "早上": time(9),
    "一早": time(9), "一大早": time(9),
    "early": time(9), "first thing": time(9), "凌晨": time(6), "midnight": time(23, 59), "午夜": time(23, 59), "半夜": time(23, 59),
}  # fmt: skip
_DAY_END = time(18, 0)
_LIMIT = 80
#: Beyond this a date is a slip of the pen.
_HORIZON = timedelta(days=5 * 366)


class Unclear(Struct, frozen=True):
    """The phrase means several instants (`options`), one that is past (`past`), or nothing that is known."""

    options: tuple[datetime, ...] = ()
    past: datetime | None = None


def resolve(
    phrase: str, now: datetime, zone: str, calendar: Calendar, lang: str = "", *, guess: bool = True
) -> datetime | Unclear:
    """The instant that a phrase means, aware and UTC; a date without a time means the end of that working day.

    `lang` is the speaker's: 12/1 is December in Chinese and may be January in English. Without `guess` only our own
    words count.
    """
    span = span_of(phrase)  # before 前 is taken off: 3天前 is three days ago
    if span is not None:
        return now + span
    text, local = plain(phrase), now.astimezone(ZoneInfo(zone))
    if not text or len(text) > _LIMIT:
        return Unclear()
    hours = re.fullmatch(_BUSINESS_HOURS, text)
    if hours is not None:
        return _worked(timedelta(hours=int(hours[1])), now, calendar)
    instants = _instants(text, local, calendar, lang)
    if guess and "." in text:
        instants += _dotted(text, local, calendar, lang)
    found = otherwise.read(text, local) if not instants and guess else None
    if found is not None and abs(found.date() - local.date()) <= _HORIZON:
        clock = _day_end(found.date(), local, calendar) if found.time() == time.min else found.time()
        instants = [_at(found.date(), clock, local)]
    if not instants:
        return Unclear()
    ahead = sorted({at for at in instants if at > now})
    if not ahead:
        return Unclear(past=instants[0])
    return ahead[0] if len(ahead) == 1 else Unclear(options=tuple(ahead[:3]))


def _instants(text: str, local: datetime, calendar: Calendar, lang: str) -> list[datetime]:
    """All that our own words may mean by it."""
    today = dates.Today(local.date(), lambda day: bool(_hours(day, local, calendar)), lang)
    found = None if text in _CLOSINGS else dates.find(text, today)
    if found is None and text not in _CLOSINGS and (turned := _turned(text, today)):
        text, found = turned, dates.find(turned, today)
    on, rest = found if found is not None else ([today.day], text)
    if any(abs(day - today.day) > _HORIZON for day in on):
        return []
    rest = re.sub(_LINK, "", rest.strip()).strip()
    if (not rest and found is not None) or rest in _CLOSINGS:
        return [_at(day, _day_end(day, local, calendar), local) for day in on]
    if rest in _PARTS:
        return [_at(day, _PARTS[rest] or _day_end(day, local, calendar), local) for day in on]
    clocks = _clock(rest)
    instants = [_at(day, clock, local) for day in on for clock in clocks]
    if found is None and len(instants) == 2 and instants[0] <= local < instants[1]:
        instants += _next_morning(clocks[0], instants[0], local, calendar)
    return instants


def _dotted(text: str, local: datetime, calendar: Calendar, lang: str) -> list[datetime]:
    """`12.25` is Christmas, or after noon; `9.30` in November is a time of day, and nobody plans for next September so."""
    if not re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        return []
    dated = _instants(text.replace(".", "/"), local, calendar, lang)
    return [at for at in dated if timedelta(0) < at - local < timedelta(days=183)]


def _next_morning(clock: time, morning: datetime, local: datetime, calendar: Calendar) -> list[datetime]:
    """A bare `9` said at ten is tonight or tomorrow; a bare `5` is this afternoon, since nobody works at five."""
    hours = _hours(local.date(), local, calendar)
    if hours and not any(opens <= morning <= closes for opens, closes in hours):
        return []
    return [_at(local.date() + timedelta(days=1), clock, local)]


def _turned(text: str, today: dates.Today) -> str:
    """`5pm tomorrow` and `cob friday` with the day first; nothing, if they are not that."""
    words = text.split()
    for n in range(1, len(words)):
        clock, day = " ".join(words[:n]), re.sub(_LINK, "", " ".join(words[n:])).removeprefix("on ")
        found = dates.find(day, today) if clock in _CLOSINGS or clock in _PARTS or _clock(clock) else None
        if found is not None and not found[1].strip():
            return f"{day} {clock}"
    return ""


def _at(day: date, clock: time, local: datetime) -> datetime:
    return datetime.combine(day, clock, local.tzinfo).astimezone(UTC)


#: Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
_BEFORE = (
    r"^(?:by|before|until|till|due|on|no later than|not later than|at the latest|latest|in the"
    r"|最晚|最迟|截止到?|不晚于|赶在|务必|在|于|到)\s*"
)
_UNTIL = r"\s*(?:之前|以前|前|截止|为止|(?<=今天|今日|明天|明日|后天)[之以]?内|at the latest|latest|please|吧)$"
_LINK = r"^(?:at|by|before|around|,|的|in the)\s*"
_ZH_NUMBER = (
    r"(?<![周期拜])[零一二两三四五六七八九十]+(?=个?半?(?:月|日|号|点|分|天|小时|钟头|工作|星期|礼拜|周|刻|时))"
)
_ZH_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_BUSINESS_HOURS = (
    r"(?:in |within )?(\d{1,3}) ?(?:(?:business|working) hours?|个?工作小时|bh)(?:之内|以内|内|之后|以后|后)?"
)


def plain(phrase: str) -> str:
    """The phrase folded, its numbers in digits, without what only says that it is a limit."""
    text = " ".join(fold(phrase).split())
    text = re.sub(_ZH_NUMBER, lambda match: str(_value(match[0])), text)
    if not text.isascii():
        text = text.replace(" ", "") if not any(c.isascii() and c.isalpha() for c in text) else text
        text = (
            text.replace("钟", "")
            .replace("一刻", "15分")
            .replace("1刻", "15分")
            .replace("三刻", "45分")
            .replace("3刻", "45分")
        )
    stripped = re.sub(_UNTIL, "", re.sub(_BEFORE, "", text))
    return stripped.strip(" ,.;。，")


def _value(number: str) -> int:
    """十二 is 12, 二十 is 20; more than that nobody writes here."""
    tens, ten, ones = number.partition("十")
    if not ten:
        return int("".join(str(_ZH_DIGITS[c]) for c in number))
    return (_ZH_DIGITS.get(tens, 1) if tens else 1) * 10 + (_ZH_DIGITS.get(ones[:1], 0) if ones else 0)


def leading(phrase: str, now: datetime, zone: str, calendar: Calendar) -> tuple[datetime | None, str]:
    """The instant that a line begins with, as long as it can be read, and the words after it: `2h the part is late`."""
    words = phrase.split()
    for n in range(min(len(words), 5), 0, -1):
        meant = resolve(" ".join(words[:n]), now, zone, calendar, guess=False)
        if isinstance(meant, datetime):
            return meant, " ".join(words[n:])
    return None, phrase


_JOINS = r"\s*(?:-|–|—|~|(?:till|until|to)\s|到|至)\s*"


def days(phrase: str, today: date) -> tuple[date, date, str] | None:
    """The days that a line begins with, `fri` or `fri to mon`, and the words after them; today's weekday is today."""
    found = _day_of(fold(phrase).strip(), today)
    if found is None:
        return None
    first, rest = found
    last, joined = first, re.match(_JOINS, rest)
    if joined and (second := _day_of(rest[joined.end() :], first)):
        last, rest = second
    left = len(rest.strip())
    return (first, last, phrase.strip()[-left:] if left else "") if last >= first else None


def _day_of(text: str, today: date) -> tuple[date, str] | None:
    found = dates.find(text, dates.Today(today, lambda _: True), ends=False)
    return (found[0][-1 if text.startswith("next ") else 0], found[1]) if found and found[0] else None


def hours(text: str) -> tuple[time, time, str] | None:
    """The hours that a line begins with, and the words after them: `9:00-18:00`, `10pm to 7am`, `晚上10点到早上8点`.

    Of two bare numbers (`10-7`) it is not known which half of the day they mean; beside a clear one, they are in the
    morning.
    """
    words = text.split()
    for n in range(min(len(words), 6), 0, -1):
        folded = re.sub(_ZH_NUMBER, lambda match: str(_value(match[0])), fold(" ".join(words[:n])))
        ends = re.split(_JOINS, re.sub(r"^(?:from |从)|次日|第二天", "", folded).replace("点钟", "点"))
        meant = [_clock(end.strip()) for end in ends]
        if len(meant) == 2 and all(meant) and any(len(clocks) == 1 for clocks in meant):
            return meant[0][0], meant[1][0], " ".join(words[n:])
    return None


def is_clock(text: str) -> bool:
    """Whether a line begins with a time of day."""
    return bool(text.split() and _clock(fold(text.split()[0]).removesuffix("前")))


_SPAN = (
    r"(?:in |within |the next )?\+?(?P<n>\d{1,4}|half an?|half|半|an?|one|two|three|four|five|six"
    r"|seven|eight|nine|ten) ?个?(?P<half>半)?"
    r"(?P<unit>m|min|h|hr|d|w|wk|(?:minute|min|hour|hr|day|week|wk)s?|分钟|分|小时|钟头|天|周|星期)"
    r"(?: from now|之内|以内|内|之后|以后|后)?"
)


def span_of(text: str) -> timedelta | None:
    """A length of time such as `2h`, `30m`, `in two hours`, `2小时`, 半小时内; None if it is not one."""
    folded = re.sub(_ZH_NUMBER, lambda match: str(_value(match[0])), " ".join(fold(text).split()))
    match = re.fullmatch(_SPAN, folded)
    if match is None:
        return None
    said = match["n"]
    count = 0.5 if said.startswith(("half", "半")) else _NUMBERS.get(said) or int(said)
    unit = match["unit"]
    unit = _UNITS.get(unit) or _UNITS[unit.removesuffix("s")]
    return timedelta(**{unit: count + (0.5 if match["half"] else 0)})


def _worked(span: timedelta, now: datetime, calendar: Calendar) -> datetime | Unclear:
    try:
        return calendar.add(now, span)
    except NoWorkingTime:
        return Unclear()


_CLOCK = (
    r"(上午|下午|晚上|中午|早上|凌晨|傍晚)?\s*(\d{1,2})(?:[:.点时](\d{1,2})?分?)?(半|整)?\s*(am|pm)?"
    r"(?:\s*(?:o'clock|in the (?P<part>morning|afternoon|evening)))?"
)


def _clock(text: str) -> list[time]:
    """The times of day that this may mean; a bare `9` may be morning or evening."""
    match = re.fullmatch(_CLOCK, text)
    if match is None:
        return []
    part, hour, minute = match[1] or match[5] or "", int(match[2]), int(match[3] or 0)
    part = {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(match["part"] or "", part)
    if match[4] == "半":
        minute = 30
    if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    elif part == "晚上" and hour == 12:
        hour = 24
    if part in ("am", "凌晨") and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        return [time(23, 59)]
    if hour > 23 or minute > 59:
        return []
    bare = not part and not re.search(r"\d[:.]\d", text) and 1 <= hour <= 11
    return [time(hour, minute), time(hour + 12, minute)] if bare else [time(hour, minute)]


def _hours(day: date, local: datetime, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(0), local.tzinfo)
    return calendar.periods(midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC))


def _day_end(day: date, local: datetime, calendar: Calendar) -> time:
    """When the desk's hours end on that day; 18:00 on a day without hours."""
    periods = _hours(day, local, calendar)
    if not periods:
        return _DAY_END
    end = periods[-1][1].astimezone(local.tzinfo)
    return end.time() if end.date() == day else time(23, 59)
