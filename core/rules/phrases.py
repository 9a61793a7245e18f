"""When people say a time: `今天18:00`, `fri 17:00`, `+2d`, `3 个工作日内`, `下班前` become one instant, or a question.

A phrase is read in the speaker's zone at the desk's time. What could mean two instants is never guessed (chat.md 1.3).
What our own words do not cover is left to a library, in English (libraries.md 1.2).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from core.ask.folding import fold
from core.rules import dates, otherwise, stretches
from core.rules.calendar import Calendar, NoWorkingTime
from core.rules.spans import either, in_digits, span_of
from core.rules.stretches import Today

_NIGHT = ("晚上", "晚")
_AFTERNOON = ("下午", "晚上", "晚", "傍晚", "pm")
_CLOSINGS = frozenset(("下班", "收工", "eod", "cob", "end of day", "end of the day", "close of business", "close of play",
                       "end of business", "close"))  # fmt: skip
_OPENINGS = frozenset(("上班", "开工", "开门", "start of business", "start of day", "start of the day"))
#: A part of a day alone means its end; `None` is when the desk closes.
_PARTS: dict[str, time | None] = {
    "上午": time(12), "morning": time(12), "中午": time(12), "noon": time(12), "midday": time(12), "lunch": time(12),
    "am": time(12), "pm": None,
    "lunchtime": time(12), "午饭": time(12), "午前": time(12), "下午": None,
    "afternoon": None, "傍晚": time(18), "晚上": time(20), "evening": time(20), "night": time(20), "早上": time(9),
    "一早": time(9), "一大早": time(9),
    "early": time(9), "first thing": time(9), "凌晨": time(6), "midnight": time(23, 59),
    "12 midnight": time(23, 59), "12 noon": time(12), "午夜": time(23, 59), "半夜": time(23, 59),
}  # fmt: skip
_DAY_START, _DAY_END, _LAST = time(9), time(18), time(23, 59)
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
    if (spans := either(phrase)) is not None:
        both = {resolve(span, now, zone, calendar) for span in spans}
        return _one_of(sorted(at for at in both if isinstance(at, datetime) and at > now))
    text, here = plain(phrase), now.astimezone(ZoneInfo(zone))
    if not text or len(text) > _LIMIT:
        return Unclear()
    hours = re.fullmatch(_BUSINESS_HOURS, text)
    if hours is not None:
        return _worked(timedelta(hours=int(hours[1] or _HALF_A_DAY)), now, calendar)
    today = Today(here.date(), lambda day: bool(_hours(day, here, calendar)), lang, _is_before(phrase))
    local = here
    if (elsewhere := re.fullmatch(_ELSEWHERE, text)) is not None:  # the day is the speaker's, the hour is not
        text, local = elsewhere[1], now.astimezone(ZoneInfo(_ZONES[elsewhere[2]]))
    instants = _instants(text, today, local, calendar)
    if guess and "." in text:
        instants += _dotted(text, today, local, calendar)
    found = otherwise.read(text, local) if not instants and guess else None
    if found is not None and abs(found.date() - local.date()) <= _HORIZON:
        clock = _day_end(found.date(), local, calendar) if found.time() == time.min else found.time()
        instants = [_at(found.date(), clock, local)]
    if not instants:
        return Unclear()
    ahead = sorted({at for at in instants if at > now})
    return _one_of(ahead) if ahead else Unclear(past=max(instants))


def _one_of(instants: list[datetime]) -> datetime | Unclear:
    return instants[0] if len(instants) == 1 else Unclear(options=tuple(instants[:3]))


def _instants(text: str, today: Today, local: datetime, calendar: Calendar) -> list[datetime]:
    """All that our own words may mean by it."""
    found = None if text in _CLOSINGS else dates.find(text, today)
    turned = _turned(text, today) if found is None and text not in _CLOSINGS else ""
    if turned:
        text, found = turned, dates.find(turned, today)
    at_clock = bool(turned) or not text.isascii()  # 下周中午前: before noon, not before the week
    if today.before and at_clock and found is not None and found[1].strip():
        found = dates.find(text, replace(today, before=False))
    on, rest = found if found is not None else ([today.day], text)
    if any(abs(day - today.day) > _HORIZON for day in on):
        return []
    rest = re.sub(_LINK, "", rest.strip()).strip()
    if (not rest and found is not None) or rest in _CLOSINGS:
        return [_at(day, _day_end(day, local, calendar), local) for day in on]
    if rest in _OPENINGS:
        days = on if found is not None else [today.day, today.working_day(1)]
        starts = [_at(day, _day_start(day, local, calendar), local) for day in days if found or today.works(day)]
        return starts if found else [at for at in starts if at > local][:1]
    if rest in _PARTS:
        return [_at(day, _PARTS[rest] or _day_end(day, local, calendar), local) for day in on]
    clocks = _clock(rest)
    if found is None and clocks == [time(0)]:  # 零点 is the end of today
        clocks = [_LAST]
    instants = [_at(day, clock, local) for day in on for clock in clocks]
    if found is None and len(instants) == 2 and instants[0] <= local < instants[1]:
        instants += _next_morning(clocks[0], instants[0], local, calendar)
    return instants


def _dotted(text: str, today: Today, local: datetime, calendar: Calendar) -> list[datetime]:
    """`12.25` is Christmas, or after noon; `9.30` in November is a time of day, and nobody plans for next September so."""
    if not re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        return []
    dated = _instants(text.replace(".", "/"), today, local, calendar)
    return [at for at in dated if timedelta(0) < at - local < timedelta(days=183)]


def _next_morning(clock: time, morning: datetime, local: datetime, calendar: Calendar) -> list[datetime]:
    """A bare `9` said at ten is tonight or tomorrow; a bare `5` is this afternoon, since nobody works at five."""
    hours = _hours(local.date(), local, calendar)
    if hours and not any(opens <= morning <= closes for opens, closes in hours):
        return []
    return [_at(local.date() + timedelta(days=1), clock, local)]


def _turned(text: str, today: Today) -> str:
    """`5pm tomorrow` and `cob friday` with the day first; nothing, if they are not that."""
    words = text.split()
    for n in range(1, len(words)):
        clock, day = " ".join(words[:n]), re.sub(r"^(?:, ?|on )", "", " ".join(words[n:]))
        found = dates.find(day, today) if clock in _CLOSINGS or clock in _PARTS or _clock(clock) else None
        if found is not None and not found[1].strip():
            return f"{day} {clock}"
    return ""


def _at(day: date, clock: time, local: datetime) -> datetime:
    return datetime.combine(day, clock, local.tzinfo).astimezone(UTC)


#: Patterns are compiled when they are first needed, and kept by `re`: a start says no dates.
_BEFORE = (
    r"^(?:by|before|until|till|due|on|no later than|not later than|at the latest|latest|in the(?! next)"
    r"|最晚|最迟|截止到?|不晚于|赶在|务必|在|于|到)\s*(?:the (?=(?:end|close|start) of ))?"
)
_UNTIL = r"\s*(?:之前|以前|前|截止|为止|(?<=今天|今日|明天|明日|后天)[之以]?内|at the latest|latest|please|吧)$"
#: Times of day that are told with their zone. CST, IST and BST are several; those are asked.
_ZONES = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC", "cet": "Europe/Paris", "cest": "Europe/Paris", "est": "America/New_York",
    "edt": "America/New_York", "et": "America/New_York", "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong", "jst": "Asia/Tokyo", "utc+8": "Asia/Shanghai", "gmt+8": "Asia/Shanghai",
    "beijing time": "Asia/Shanghai", "+08:00": "Asia/Shanghai",
}  # fmt: skip
_ELSEWHERE = rf"(.*(?:\d|[ap]m)) ?({'|'.join(map(re.escape, _ZONES))})"
_LINK = r"^(?:,? ?(?:at|by|before|around|no later than|not later than|in the)\b|,|的)\s*"
_BUSINESS_HOURS = (
    r"(?:in |within )?(?:(\d{1,3}) ?(?:(?:business|working) hours?|个?工作小时|bh)|half a day|半天)"
    r"(?:之内|以内|内|之后|以后|后)?"
)
#: Working hours.
_HALF_A_DAY = 4


def _is_before(phrase: str) -> bool:
    """Whether the phrase is a border itself: 下周前 is over before next week begins."""
    text = fold(phrase).strip()
    return text.startswith("before ") or text.endswith(("前", "以前", "之前"))


def plain(phrase: str) -> str:
    """The phrase folded, its numbers in digits, without what only says that it is a limit."""
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", " ".join(fold(phrase).split()))
    if not text.isascii():
        if not any(c.isascii() and c.isalpha() for c in text):
            text = text.replace(" ", "")
        text = in_digits(text).replace("钟", "").replace("1刻", "15分").replace("3刻", "45分")
    stripped = re.sub(_UNTIL, "", re.sub(_BEFORE, "", text))
    return stripped.strip(" ,.;。，")


def leading(phrase: str, now: datetime, zone: str, calendar: Calendar) -> tuple[datetime | None, str]:
    """The instant that a line begins with, as long as it can be read, and the words after it: `2h the part is late`."""
    words = phrase.split()
    for n in range(min(len(words), 5), 0, -1):
        meant = resolve(" ".join(words[:n]), now, zone, calendar, guess=False)
        if isinstance(meant, datetime):
            return meant, " ".join(words[n:])
        if meant.options:  # of `tomorrow 9` no less is meant
            break
    return None, phrase


_JOINS = r"\s*(?:-|–|—|~|(?:till|until|to)\s|到|至)\s*"


def days(phrase: str, today: date) -> tuple[date, date, str] | None:
    """The days that a line begins with, `fri`, `fri to mon` or `weekend`, and the words after them; today's weekday is
    today."""
    text = fold(phrase).strip()
    if (found_weekend := re.match(stretches.WEEKEND, text)) is not None:
        saturday = stretches.weekend(found_weekend, today)
        return saturday, saturday + timedelta(days=1), phrase.strip()[found_weekend.end() :].strip()
    found = _day_of(text, today)
    if found is None:
        return None
    first, rest = found
    last, joined = first, re.match(_JOINS, rest)
    if joined and (second := _day_of(rest[joined.end() :], first)):
        last, rest = second
    left = len(rest.strip())
    return (first, last, phrase.strip()[-left:] if left else "") if last >= first else None


def _day_of(text: str, today: date) -> tuple[date, str] | None:
    found = dates.find(text, Today(today, lambda _: True), ends=False)
    return (found[0][-1 if text.startswith("next ") else 0], found[1]) if found and found[0] else None


def hours(text: str) -> tuple[time, time, str] | None:
    """The hours that a line begins with, and the words after them: `9:00-18:00`, `10pm to 7am`, `晚上10点到早上8点`.

    Of two bare numbers (`10-7`) it is not known which half of the day they mean; beside a clear one, they are in the
    morning.
    """
    words = text.split()
    for n in range(min(len(words), 6), 0, -1):
        folded = in_digits(fold(" ".join(words[:n])))
        ends = re.split(_JOINS, re.sub(r"^(?:from |从)|次日|第二天", "", folded).replace("点钟", "点"))
        meant = [_clock(end.strip()) for end in ends]
        if len(meant) == 2 and all(meant) and any(len(clocks) == 1 for clocks in meant):
            return meant[0][0], meant[1][0], " ".join(words[n:])
    return None


def is_clock(text: str) -> bool:
    """Whether a line begins with a time of day."""
    return bool(text.split() and _clock(fold(text.split()[0]).removesuffix("前")))


def _worked(span: timedelta, now: datetime, calendar: Calendar) -> datetime | Unclear:
    try:
        return calendar.add(now, span)
    except NoWorkingTime:
        return Unclear()


_CLOCK = (
    r"(上午|下午|晚上|中午|早上|凌晨|傍晚|晚|早)?\s*(\d{1,2})(?:[:.点时h](\d{1,2})?[分h]?)?(半|整)?\s*(am|pm)?"
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
    if part in _NIGHT and hour < 5:  # of the next day; midnight is the end of this one
        return [_LAST] if hour == minute == 0 else []
    if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 5):
        hour += 12
    elif part in _NIGHT and hour == 12:
        hour = 24
    if part in ("am", "凌晨") and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        return [_LAST]
    if hour > 23 or minute > 59:
        return []
    bare = not part and not re.search(r"\d[:.]\d", text) and 1 <= hour <= 11
    return [time(hour, minute), time(hour + 12, minute)] if bare else [time(hour, minute)]


def _hours(day: date, local: datetime, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(0), local.tzinfo)
    return calendar.periods(midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC))


def _day_start(day: date, local: datetime, calendar: Calendar) -> time:
    """When the desk's hours begin on that day; 9:00 on a day without hours."""
    periods = _hours(day, local, calendar)
    return periods[0][0].astimezone(local.tzinfo).time() if periods else _DAY_START


def _day_end(day: date, local: datetime, calendar: Calendar) -> time:
    """When the desk's hours end on that day; 18:00 on a day without hours."""
    periods = _hours(day, local, calendar)
    if not periods:
        return _DAY_END
    end = periods[-1][1].astimezone(local.tzinfo)
    return end.time() if end.date() == day else time(23, 59)
