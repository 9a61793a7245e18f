"""One value of the rulebook's file into one of ours, or `Unfit` with what is wrong and what to write instead."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from core.model.parties import Address, Identity, Quiet
from core.rulebook.lines import Parse, Unfit, a_list, a_number, a_text, listed, nearest, shown
from core.rulebook.values import Weekly
from core.rules.calendar import DAY, Interval, parse_interval

LANGS = ("zh-CN", "en")

_PLACES = {
    "slack": (re.compile(r"([TE][A-Z0-9]+)/([CG][A-Z0-9]+)"), "slack:T0HX/C0CLIENT (team and channel id)"),
    "telegram": (re.compile(r"()(-\d+)"), "telegram:-1001234567890 (the number of a group begins with a minus)"),
}
USERS = {
    "slack": (re.compile(r"([TE][A-Z0-9]+)/([UW][A-Z0-9]+)"), '"T0HX/U0123ABC" (team and member id, not the name)'),
    "telegram": (re.compile(r"()([1-9]\d*)"), "the number that Telegram knows this person by, such as 123456789"),
}
_PREFIX = re.compile(r"[A-Z]{2,5}")
_SPAN = re.compile(r"(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*m(?:in)?)?")
_AT = re.compile(r"(?:(\d{1,4})\s*%)?\s*(?:([+-])\s*(.+))?")
_STEP_ID = re.compile(r"[a-z0-9-]+")


def a_lang(value: object) -> str:
    lang = a_text(value)
    if lang in LANGS:
        return lang
    meant = next((known for known in LANGS if known[:2] == lang[:2].lower()), "")
    raise Unfit(f'unknown language "{lang}"', f'write "{meant}"' if meant else f"there are {listed(LANGS)}")


@cache
def _zone_is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def a_zone(value: object) -> str:
    zone = a_text(value)
    if _zone_is_known(zone):
        return zone
    meant = "Asia/Shanghai" if zone in ("Asia/Beijing", "Beijing", "CST") else nearest(zone, available_timezones())
    hint = f'did you mean "{meant}"?' if meant else 'zones are written like "Asia/Shanghai" or "Europe/Berlin"'
    raise Unfit(f'unknown time zone "{zone}"', hint)


def a_span(value: object) -> timedelta:
    """Working time such as 30m, 8h, 1h30m."""
    text = a_text(value).strip().lower()
    if re.search(r"\d\s*(?:d|w|天)", text):
        hint = 'a day may be 8 working hours or 24: write "24h" of which you mean, counted on the calendar'
        raise Unfit(f'"{text}" counts in days', hint)
    found = _SPAN.fullmatch(text)
    if not found:
        raise Unfit(f'"{text}" is not a span of time', 'write "30m", "8h" or "1h30m"')
    span = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    if not span:
        raise Unfit(f'"{text}" is no time at all', 'write at least "1m"')
    return span


def a_grace(value: object) -> timedelta:
    """A span that may be none at all: 0m."""
    return timedelta(0) if a_text(value).strip().lower() in ("0m", "0h") else a_span(value)


def a_goal(value: object) -> timedelta:
    if isinstance(value, str):
        return a_span(value)
    raise Unfit(f"{shown(value)} is not a goal", 'write goals = "24h" or goals = { p1 = "30m", ... }')


def a_time(value: object) -> time:
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    text = a_text(value)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise Unfit(f'"{text}" is not a time of day', 'write it as "09:00"')


def a_quiet(value: object) -> Quiet | None:
    """Hours in which somebody is not disturbed: `22:00-08:00`; `off` for none."""
    text = a_text(value)
    if text == "off":
        return None
    found = re.fullmatch(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})", text)
    if not found:
        raise Unfit(f'"{text}" are no quiet hours', 'write quiet = "22:00-08:00", or quiet = "off"')
    quiet = Quiet(a_time(found[1]), a_time(found[2]))
    if quiet.is_all_day:
        what = f'"{text}" covers the whole day, or all but a part of an hour: hardly anything could ever be said'
        raise Unfit(what, 'write quiet = "22:00-08:00"')
    return quiet


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def a_week_time(value: object) -> Weekly:
    """A day of the week with a time: `mon 09:00`."""
    text = a_text(value)
    day, _, at = text.partition(" ")
    if day not in WEEKDAYS or not at:
        raise Unfit(f'"{text}" is not a time of the week', 'write it as "mon 09:00"')
    return Weekly(WEEKDAYS.index(day), a_time(at.strip()))


def a_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Unfit(f"{shown(value)} is not a date", 'write it as "2026-12-24"') from None


def an_instant(zone: str) -> Parse[datetime]:
    """When something begins: a day (its first instant in this zone), or a day with a time."""

    def parse(value: object) -> datetime:
        return _in_zone(_day_or_time(value), zone)

    return parse


def an_end(zone: str) -> Parse[datetime]:
    """When something ends: a day (that day included), or a day with a time."""

    def parse(value: object) -> datetime:
        end = _day_or_time(value)
        return _in_zone(end if isinstance(end, datetime) else end + timedelta(days=1), zone)

    return parse


def _day_or_time(value: object) -> date | datetime:
    if isinstance(value, date):  # a datetime is one, too
        return value
    try:
        text = value if isinstance(value, str) else ""
        return date.fromisoformat(text) if len(text) <= len("2027-01-01") else datetime.fromisoformat(text)
    except ValueError:
        raise Unfit(
            f"{shown(value)} is not a day", "write it as 2027-01-01, or with a time as 2027-01-01T08:00:00"
        ) from None


def _in_zone(moment: date | datetime, zone: str) -> datetime:
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def a_closure(value: object) -> tuple[date, tuple[Interval, ...]]:
    """A day that is closed, or some hours of it; no hours are the whole day."""
    if not isinstance(value, dict):
        return a_date(value), ()
    if value.keys() != {"date", "hours"} or not value["hours"]:
        hint = 'write "2026-12-24" for a day or { date = "2026-12-24", hours = ["13:00-18:00"] } for a part of it'
        raise Unfit("not a day that is closed", hint)
    return a_date(value["date"]), tuple(map(an_interval, a_list(value["hours"])))


def an_interval(value: object) -> Interval:
    """Local hours, over midnight too; the night may not be longer than the day, or the two ends were exchanged."""
    text = a_text(value)
    try:
        begin, end = parse_interval(text)
    except ValueError as error:
        raise Unfit(str(error), 'write working hours as "09:00-12:00"') from None
    if end > DAY and end - begin > DAY // 2:
        what = f'"{text}" ends before it begins, or runs over midnight for {(end - begin) / 3600:g} hours'
        raise Unfit(what, f'write "{interval_text(end - DAY, begin)}", or two intervals that meet at 24:00')
    return begin, end


def interval_text(begin: int, end: int) -> str:
    ends = (f"{seconds // 3600 % 24:02}:{seconds % 3600 // 60:02}" for seconds in (begin, end))
    return "-".join(ends).replace("-00:00", "-24:00")


def a_prefix(value: object) -> str:
    prefix = a_text(value)
    if _PREFIX.fullmatch(prefix):
        return prefix
    upper = prefix.upper()
    hint = f'write "{upper}"' if _PREFIX.fullmatch(upper) else "two to five capital letters A-Z, such as HX"
    raise Unfit(f'"{prefix}" cannot be a prefix of numbers', hint)


def an_address(value: object) -> Address:
    text = a_text(value)
    platform, _, chat = text.partition(":")
    if platform not in _PLACES:
        examples = " or ".join(example for _, example in _PLACES.values())
        raise Unfit(f'"{text}" is not a chat', f"write {examples}")
    pattern, example = _PLACES[platform]
    found = pattern.fullmatch(chat)
    if not found:
        raise Unfit(f'"{text}" is not a {platform} chat', f"write {example}")
    return Address(platform, found[1], found[2])


def a_user(platform: str) -> Parse[Identity]:
    """Accounts of a platform, by the ids it gives them."""
    pattern, example = USERS[platform]

    def parse(value: object) -> Identity:
        number = isinstance(value, int) and not isinstance(value, bool)
        found = pattern.fullmatch(str(value)) if number or isinstance(value, str) else None
        if not found:
            raise Unfit(f"{shown(value)} is not a {platform} account", f"write {example}")
        return Identity(platform, found[1], found[2])

    return parse


def a_step_id(value: object) -> str:
    text = a_text(value)
    if _STEP_ID.fullmatch(text):
        return text
    raise Unfit(f'"{text}" cannot be the id of a step', "use a-z, 0-9 and -, and keep it once it is in use")


def a_need_id(value: object) -> str:
    """What names something that is asked for, in the file and in what is stored."""
    text = a_text(value)
    if _STEP_ID.fullmatch(text):
        return text
    raise Unfit(f'"{text}" cannot be an id', "use a-z, 0-9 and -, and keep it once it is in use")


def a_point(value: object) -> tuple[int, timedelta]:
    """A point of a goal, `75%`, or some working time before or after its end: `-30m`, `+60m`, `100%+60m`."""
    text = a_text(value).strip()
    found = _AT.fullmatch(text)
    if not found or not text:
        raise Unfit(f'"{text}" is not a point on the clock', 'write "75%", "-30m" or "100%+60m"')
    percent, after = int(found[1] or 100), a_span(found[3]) if found[3] else timedelta(0)
    if found[2] == "-" and percent == 100:
        return percent, -after
    if percent < 1:
        raise Unfit(f'"{text}" is before the clock has begun', 'write "1%" or more')
    if percent > 100:
        raise Unfit(f'"{text}" is beyond its clock', 'after the goal count in working time: "100%+60m"')
    if after and percent < 100:
        raise Unfit(f'"{text}" may lie before or after the goal', 'write a percentage alone, "-30m" or "100%+60m"')
    return percent, after


def a_row(value: object) -> tuple[int, ...]:
    """A row of the matrix: the priorities of one impact by urgency 1-4."""
    row = a_list(value)
    if len(row) != 4:
        raise Unfit(f"the row has {len(row)} numbers", "one for each urgency 1-4, such as [1, 1, 2, 3]")
    return tuple(map(a_number(1, 4, "priorities are 1 to 4"), row))
