"""When people say a time: one instant, or a question, never a guess (chat.md 1.3)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.ask.folding import fold
from core.ask.moments import reach
from core.rules.calendar import Calendar
from core.rules.phrases import Unclear, days, hours, resolve
from core.rules.spans import span_of
from tests.builders import nine_to_five, shanghai

ZONE = "Asia/Shanghai"
#: A Wednesday, 10:30 in Shanghai.
NOW = datetime(2025, 6, 4, 10, 30, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
CALENDAR = shanghai()


def local(meant: datetime | Unclear | None) -> str:
    assert isinstance(meant, datetime), meant
    assert meant.tzinfo is UTC
    return f"{meant.astimezone(ZoneInfo(ZONE)):%m-%d %H:%M}"


CLEAR = [
    ("2025-06-05", "06-05 18:00"),
    ("2025-06-05 17:00", "06-05 17:00"),
    ("2025-06-05T17:00", "06-05 17:00"),
    ("6月5日", "06-05 18:00"),
    ("今天内", "06-04 18:00"),
    ("明天之内", "06-05 18:00"),
    ("后天一早", "06-06 09:00"),
    ("6月5号下午3点", "06-05 15:00"),
    ("1月5日 9:00", "01-05 09:00"),
    ("+2d", "06-06 10:30"),
    ("+30m", "06-04 11:00"),
    ("+4h", "06-04 14:30"),
    ("+1w", "06-11 10:30"),
    ("2小时后", "06-04 12:30"),
    ("3天内", "06-07 10:30"),
    ("＋２d", "06-06 10:30"),
    ("today", "06-04 18:00"),
    ("今天", "06-04 18:00"),
    ("今天18:00", "06-04 18:00"),
    ("今天下午6点", "06-04 18:00"),
    ("下班前", "06-04 18:00"),
    ("今天下班前", "06-04 18:00"),
    ("周五下班前", "06-06 18:00"),
    ("eod", "06-04 18:00"),
    ("tomorrow", "06-05 18:00"),
    ("明天", "06-05 18:00"),
    ("明天早上9点", "06-05 09:00"),
    ("明天中午", "06-05 12:00"),
    ("明天中午1点", "06-05 13:00"),
    ("明天下午3点半", "06-05 15:30"),
    ("tomorrow 5pm", "06-05 17:00"),
    ("tomorrow 3 pm", "06-05 15:00"),
    ("tomorrow 12am", "06-05 00:00"),
    ("tomorrow noon", "06-05 12:00"),
    ("tonight 8", "06-04 20:00"),
    ("今晚12点", "06-04 23:59"),
    ("后天 9:00", "06-06 09:00"),
    ("fri 17:00", "06-06 17:00"),
    ("friday", "06-06 18:00"),
    ("thurs 9:00", "06-05 09:00"),
    ("周五", "06-06 18:00"),
    ("星期五17:00", "06-06 17:00"),
    ("周五前", "06-06 18:00"),
    ("周一", "06-09 18:00"),
    ("mon 9:00", "06-09 09:00"),
    ("下周三", "06-11 18:00"),
    ("下个星期三 17:00", "06-11 17:00"),
    ("next wed 17:00", "06-11 17:00"),
    ("周日", "06-08 18:00"),  # outside hours: kept, not refused
    ("17:00", "06-04 17:00"),
    # more Chinese: numerals, parts of a day, business meanings
    ("明天下午三点", "06-05 15:00"),
    ("今天下午五点半", "06-04 17:30"),
    ("明天十二点", "06-05 12:00"),
    ("后天上午十点一刻", "06-06 10:15"),
    ("六月五日下午两点", "06-05 14:00"),
    ("明早", "06-05 09:00"),
    ("明天早上九点", "06-05 09:00"),
    ("明晚八点", "06-05 20:00"),
    ("下周三上午", "06-11 12:00"),
    ("下周三下午", "06-11 18:00"),
    ("周五中午前", "06-06 12:00"),
    ("大后天", "06-07 18:00"),
    ("下下周一", "06-16 18:00"),
    ("本周内", "06-06 18:00"),
    ("这周五前", "06-06 18:00"),
    ("下周内", "06-13 18:00"),
    ("3 个工作日内", "06-09 18:00"),
    ("三个工作日", "06-09 18:00"),
    ("4个工作小时内", "06-04 16:00"),
    ("月底前", "06-30 18:00"),
    ("下月底", "07-31 18:00"),
    ("6月底", "06-30 18:00"),
    ("年底", "12-31 18:00"),
    ("下个月15号", "07-15 18:00"),
    ("15号", "06-15 18:00"),
    ("半小时内", "06-04 11:00"),
    ("两小时内", "06-04 12:30"),
    ("一个半小时后", "06-04 12:00"),
    ("最晚周五下班前", "06-06 18:00"),
    ("2025年6月5日 17:00", "06-05 17:00"),
    ("截止明天中午", "06-05 12:00"),
    ("周六", "06-07 18:00"),
    ("午夜", "06-04 23:59"),
    # more English
    ("day after tomorrow", "06-06 18:00"),
    ("tomorrow at 3 pm", "06-05 15:00"),
    ("tomorrow morning", "06-05 12:00"),
    ("friday afternoon", "06-06 18:00"),
    ("tomorrow evening", "06-05 20:00"),
    ("cob friday", "06-06 18:00"),
    ("close of business", "06-04 18:00"),
    ("end of week", "06-06 18:00"),
    ("end of the month", "06-30 18:00"),
    ("eom", "06-30 18:00"),
    ("end of next week", "06-13 18:00"),
    ("end of next month", "07-31 18:00"),
    ("end of quarter", "06-30 18:00"),
    ("3 business days", "06-09 18:00"),
    ("+3bd", "06-09 18:00"),
    ("within 2 working days", "06-06 18:00"),
    ("4 business hours", "06-04 16:00"),
    ("in two hours", "06-04 12:30"),
    ("an hour", "06-04 11:30"),
    ("half an hour", "06-04 11:00"),
    ("in 2 weeks", "06-18 10:30"),
    ("jun 5", "06-05 18:00"),
    ("5 june 2025", "06-05 18:00"),
    ("june 5th at 5pm", "06-05 17:00"),
    ("the 15th", "06-15 18:00"),
    ("by friday", "06-06 18:00"),
    ("before 5pm", "06-04 17:00"),
    ("5", "06-04 17:00"),
    ("今天9点", "06-04 21:00"),
    ("fri 17:00, please", "06-06 17:00"),
    ("6/13", "06-13 18:00"),
    ("12am tomorrow", "06-05 00:00"),
    # lengths
    ("1h30", "06-04 12:00"),
    ("in 2 hours 15 minutes", "06-04 12:45"),
    ("1小时30分钟内", "06-04 12:00"),
    ("an hour and a half", "06-04 12:00"),
    ("within the hour", "06-04 11:30"),
    ("two weeks from today", "06-18 10:30"),
    ("a fortnight", "06-18 10:30"),
    ("half a day", "06-04 16:00"),  # of working time
    ("半天内", "06-04 16:00"),
    ("半个月内", "06-19 18:00"),
    # stretches
    ("今年底", "12-31 18:00"),
    ("今年年底前", "12-31 18:00"),
    ("本月中旬", "06-20 18:00"),
    ("6月上旬", "06-10 18:00"),
    ("六月下旬", "06-30 18:00"),
    ("下月中", "07-15 18:00"),
    ("下月中旬", "07-18 18:00"),
    ("下周中", "06-11 18:00"),
    ("年中", "06-30 18:00"),
    ("三季度末", "09-30 18:00"),
    ("7月内", "07-31 18:00"),
    ("下周前", "06-06 18:00"),  # over before it begins
    ("下个月前", "06-30 18:00"),
    ("十二月前", "11-28 18:00"),
    ("周末前", "06-06 18:00"),
    ("before the weekend", "06-06 18:00"),
    ("before next week", "06-06 18:00"),
    ("before july", "06-30 18:00"),
    ("end of july", "07-31 18:00"),
    ("month end", "06-30 18:00"),
    ("mid next week", "06-11 18:00"),
    ("mid july", "07-15 18:00"),
    ("late this month", "06-30 18:00"),
    ("end of q3", "09-30 18:00"),
    ("before q3", "06-30 18:00"),
    ("第三季度内", "09-30 18:00"),
    ("下周中午前", "06-13 12:00"),  # before noon, not before the week
    ("before 5pm next week", "06-13 17:00"),
    # festivals
    ("国庆前", "09-30 18:00"),
    ("国庆节放假前", "09-30 18:00"),
    ("十一前", "09-30 18:00"),
    ("元旦前", "12-31 18:00"),
    ("春节前", "02-13 18:00"),  # New Year's Eve is a Monday
    ("节前", "09-30 18:00"),
    ("before christmas", "12-24 18:00"),
    ("before chinese new year", "02-13 18:00"),
    # more of a day
    ("上班前", "06-05 09:00"),  # today's is over
    ("明天上班前", "06-05 09:00"),
    ("午饭前", "06-04 12:00"),
    ("晚8点", "06-04 20:00"),
    ("this afternoon", "06-04 18:00"),
    ("this evening", "06-04 20:00"),
    ("by the end of the day", "06-04 18:00"),
    ("end of day tomorrow", "06-05 18:00"),
    ("first thing tomorrow", "06-05 09:00"),
    ("first thing on monday", "06-09 09:00"),
    ("5pm tomorrow", "06-05 17:00"),
    ("9am mon", "06-09 09:00"),
    ("noon on friday", "06-06 12:00"),
    ("eod friday", "06-06 18:00"),
    ("by close of business tomorrow", "06-05 18:00"),
    ("tomorrow before lunch", "06-05 12:00"),
    ("12 noon", "06-04 12:00"),
    ("5 o'clock", "06-04 17:00"),
    # more days
    ("monday next week", "06-09 18:00"),
    ("next week monday 9am", "06-09 09:00"),
    ("下周周五", "06-13 18:00"),
    ("friday week", "06-13 18:00"),
    ("the 3rd of next month", "07-03 18:00"),
    ("明年1月5日", "01-05 18:00"),
    ("31.07.2025", "07-31 18:00"),
    ("friday, no later than 5pm", "06-06 17:00"),
    ("lunch tomorrow", "06-05 12:00"),
    ("tomorrow am", "06-05 12:00"),
    ("今晚0点", "06-04 23:59"),
    ("零点前", "06-04 23:59"),
    ("17h30", "06-04 17:30"),
    ("fri 5pm et", "06-07 05:00"),
    ("tomorrow 9am est", "06-05 21:00"),  # the speaker's tomorrow
    ("today 5pm est", "06-05 05:00"),
    ("next week 5pm est", "06-14 05:00"),
    ("17.30h", "06-04 17:30"),
    ("fri 5:30 pm", "06-06 17:30"),
    ("5 p.m. tomorrow", "06-05 17:00"),
    ("tomorrow 17:00 cet", "06-05 23:00"),
    ("before next week 5pm", "06-06 17:00"),
    ("6 月 5 日 下午 5 点半", "06-05 17:30"),
    ("2 个月内", "08-04 18:00"),
    ("六月五日 下午三点", "06-05 15:00"),
    ("明天 一早", "06-05 09:00"),
    ("2025/6/5 17:00", "06-05 17:00"),
    ("friday the 20th", "06-20 18:00"),
    ("friday @ 5pm", "06-06 17:00"),
    ("tuesday, 17 june", "06-17 18:00"),
    ("1.5 hours", "06-04 12:00"),
    ("13.6.2025 17:00", "06-13 17:00"),
    # told with its zone
    ("2025-06-05T09:00Z", "06-05 17:00"),
    ("2025-06-05T17:00+08:00", "06-05 17:00"),
    ("9am utc", "06-04 17:00"),
    ("fri 5pm cet", "06-06 23:00"),
    # what only the library reads
    ("friday the 6th of june at 5pm", "06-06 17:00"),
    ("3pm on june 5th", "06-05 15:00"),
    ("saturday, 7 june 2025, 14:00", "06-07 14:00"),
    ("14.30", "06-04 14:30"),
    ("12.25", "06-04 12:25"),  # no date is meant so far ahead
    ("明天 11.25", "06-05 11:25"),
    ("6.25", "06-25 18:00"),  # twenty-five past six is over
]


@pytest.mark.parametrize(("phrase", "instant"), CLEAR)
def test_a_phrase_means_one_instant(phrase: str, instant: str) -> None:
    assert local(resolve(phrase, NOW, ZONE, CALENDAR)) == instant


AMBIGUOUS = [
    ("周三", ["06-04 18:00", "06-11 18:00"]),  # said on a Wednesday
    ("wed 17:00", ["06-04 17:00", "06-11 17:00"]),
    ("明天9点", ["06-05 09:00", "06-05 21:00"]),
    ("9", ["06-04 21:00", "06-05 09:00"]),  # said at half past ten: tonight, or tomorrow in working hours
    ("9点", ["06-04 21:00", "06-05 09:00"]),
    ("tomorrow 9", ["06-05 09:00", "06-05 21:00"]),
    ("明天9点半", ["06-05 09:30", "06-05 21:30"]),
    ("fri 5", ["06-06 05:00", "06-06 17:00"]),
    ("next friday", ["06-06 18:00", "06-13 18:00"]),  # this week's, or the one after
    ("7/6", ["06-07 18:00", "07-06 18:00"]),  # the 7th of June, or the 6th of July
    ("周末", ["06-06 18:00", "06-08 18:00"]),  # before it begins, or when it ends
    ("weekend", ["06-06 18:00", "06-08 18:00"]),
    ("周五5点", ["06-06 05:00", "06-06 17:00"]),
    ("11.25", ["06-04 11:25", "11-25 18:00"]),  # a time of day, or a date as it is written in Chinese
    ("11.25前", ["06-04 11:25", "11-25 18:00"]),
    ("明天九点", ["06-05 09:00", "06-05 21:00"]),
    ("两三天内", ["06-06 10:30", "06-07 10:30"]),
    ("2-3 days", ["06-06 10:30", "06-07 10:30"]),
    ("2 to 3 business days", ["06-06 18:00", "06-09 18:00"]),
    ("7月", ["06-30 18:00", "07-31 18:00"]),  # before it, or in it
    ("by july 2026", ["06-30 18:00", "07-31 18:00"]),
    ("年前", ["12-31 18:00", "02-13 18:00"]),  # the year's end, or the Spring Festival
    ("下月初", ["07-01 18:00", "07-05 18:00"]),
    ("q1 2026", ["12-31 18:00", "03-31 18:00"]),
    ("by new year", ["12-31 18:00", "01-01 18:00"]),  # the day before it, or the day itself
    ("除夕", ["02-13 18:00", "02-16 18:00"]),
    ("tomorrow at 9", ["06-05 09:00", "06-05 21:00"]),
    ("9h30", ["06-04 21:30", "06-05 09:30"]),
    ("2 - 3 天", ["06-06 10:30", "06-07 10:30"]),
    ("三季度", ["06-30 18:00", "09-30 18:00"]),
    ("next weekend", ["06-13 18:00", "06-15 18:00"]),
    ("2,3天", ["06-06 10:30", "06-07 10:30"]),
    ("early next week", ["06-09 18:00", "06-10 18:00"]),
]


def test_in_chinese_the_month_stands_first() -> None:
    assert local(resolve("7/6", NOW, ZONE, CALENDAR, "zh-CN")) == "07-06 18:00"


@pytest.mark.parametrize(("phrase", "options"), AMBIGUOUS)
def test_what_could_mean_two_instants_is_asked(phrase: str, options: list[str]) -> None:
    meant = resolve(phrase, NOW, ZONE, CALENDAR)
    assert isinstance(meant, Unclear)
    assert [local(option) for option in meant.options] == options


@pytest.mark.parametrize(
    "phrase", ["2025-06-01", "2025-06-04 09:00", "today 9:00", "今天上午9点", "this mon", "本周一"]
)
def test_what_is_past_is_asked(phrase: str) -> None:
    meant = resolve(phrase, NOW, ZONE, CALENDAR)
    assert isinstance(meant, Unclear)
    assert meant.past is not None
    assert meant.past < NOW


def test_before_closing_said_after_closing_is_past() -> None:
    meant = resolve("下班前", NOW + timedelta(hours=9), ZONE, CALENDAR)
    assert isinstance(meant, Unclear)
    assert local(meant.past) == "06-04 18:00"


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "soon",
        "尽快",
        "monitor",
        "frisbee",
        "3天前",
        "2025-13-01",
        "2月30日",
        "25:00",
        "tomorrow 17:61",
        "9999-12-31",
        # of a range the library takes one end, and leaves the zone out
        "2-3pm",
        "tomorrow 9-10am",
        "10-12 june",
        "monday or tuesday",
        "friday - monday",
        "5pm or 6pm",
        "tomorrow 17:00-18:00",
        "5pm cst",
        "5pm gmt tomorrow",
        "两三点",
        "今晚1点",
        "5pm aest",
        "9am et fri",
        "tomorrow noon est",
        "friday est",
        "week 24",
        "end of week 24",
        "after friday",
        "before 9am in july",
        "1 hour before 5pm",
        "2 hours after 5pm",
        "night before friday",
        "2 days from tomorrow",
        "1/2 hour",
        "1730 hours",
        "1730hrs",
        "5pm kst",
        "christmas 5pm",
        "除夕下午3点",
        "a week from friday",
        "3 days after delivery",
        "a day or two",
        "friday afternoon at 3",
        "5pm fri cet",
        "today and tomorrow",
        "the 10th + 2 days",
        "in the next week",
        "明天 或 后天",
        "国庆后",
        "market",
    ],
)
def test_what_is_no_time_is_asked(phrase: str) -> None:
    assert resolve(phrase, NOW, ZONE, CALENDAR) == Unclear()


@pytest.mark.parametrize(
    ("now", "phrase", "instant"),
    [
        ("2025-03-29 12:00", "tomorrow 17:00", "2025-03-30T15:00"),  # summer time began at 2 in the night
        ("2025-10-25 12:00", "tomorrow 17:00", "2025-10-26T16:00"),  # and ended
        ("2025-03-29 12:00", "+24h", "2025-03-30T12:00"),  # a span is not a wall clock
        ("2025-03-29 12:00", "+1d", "2025-03-30T12:00"),
        ("2025-03-28 12:00", "mon", "2025-03-31T15:00"),  # 17:00 of summer is 15:00
    ],
)
def test_the_wall_clock_of_a_zone_with_summer_time(now: str, phrase: str, instant: str) -> None:
    said_at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    meant = resolve(phrase, said_at, "Europe/Berlin", nine_to_five("Europe/Berlin"))
    assert meant == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("phrase", "span"),
    [("2h", timedelta(hours=2)), ("30分钟", timedelta(minutes=30)), ("1440 min", timedelta(days=1)), ("x", None)],
)
def test_a_span(phrase: str, span: timedelta | None) -> None:
    assert span_of(phrase) == span


#: In a line these stand in quotes: a bare hour may count something, and the library's phrases have no shape.
QUOTED = (
    "friday the",
    "3pm on",
    "saturday,",
    "截止",
    "最晚",
    "tonight 8",
    "tomorrow 9",
    "fri 5",
    "fri 17:00, ",
)


@pytest.mark.parametrize("phrase", [p for p, _ in (*CLEAR, *AMBIGUOUS) if not p.startswith(QUOTED)])
def test_a_phrase_is_taken_whole_out_of_a_line(phrase: str) -> None:
    folded = " ".join(fold(phrase).split())
    assert reach(f"{folded} xyz") == folded


WORDS = """今天 明天 周五 下周三 fri next 17:00 9 9点半 pm noon 2025-06-05 0001-01-01 9999-12-31 2月29日 +2d 前 下班 eod
个工作日 三 十 月底 下月 周末 31号 end of month the 31st 12/31 0/0 999 business days jun 31 in a half hour 年底
春节 年 初 旬 中 q3 季度 utc 2-3 days 两三 半天 week before 上班 christmas"""
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=4).map(" ".join)),
    st.integers(0, 5 * 366 * 24 * 60).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n)),
    st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"]),
    st.sampled_from([CALENDAR, nine_to_five("Europe/Berlin"), Calendar.around_the_clock()]),
)
@example("9999-12-31 23:00", NOW, "America/Los_Angeles", CALENDAR)
@example("0001-01-01", NOW, "Asia/Shanghai", CALENDAR)
@example("FR0001;1;1", NOW, ZONE, CALENDAR)
@example("²", NOW, ZONE, CALENDAR)
@example("2-2 days", NOW, ZONE, CALENDAR)
@example("0-1 days", NOW, ZONE, CALENDAR)
@example("٣点", NOW, ZONE, CALENDAR)
@settings(max_examples=300, deadline=None)
def test_an_answer_lies_ahead_or_is_a_question(phrase: str, now: datetime, zone: str, calendar: Calendar) -> None:
    meant = resolve(phrase, now, zone, calendar)
    if isinstance(meant, datetime):
        assert meant >= now
    else:
        assert len(meant.options) != 1
        assert all(option > now for option in meant.options)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("22:00-08:00", (time(22), time(8), "")),
        ("22-8", (time(22), time(8), "")),
        ("10pm to 7am", (time(22), time(7), "")),
        ("from 9:30 till 18:00 at the dentist", (time(9, 30), time(18), "at the dentist")),
        ("晚上10点到次日早上8点", (time(22), time(8), "")),
        ("晚上十点半到八点", (time(22, 30), time(8), "")),
        ("9点—18点 看牙", (time(9), time(18), "看牙")),
        ("10-7", None),
        ("18:00", None),
        ("sometime", None),
        ("", None),
    ],
)
def test_hours_that_are_named_are_never_turned_round(said: str, meant: tuple[time, time, str] | None) -> None:
    """Ten in the evening is not ten in the morning, and of two bare numbers nobody knows."""
    assert hours(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("fri", ("06-06", "06-06", "")),
        ("fri to mon at home", ("06-06", "06-09", "at home")),
        ("周六", ("06-07", "06-07", "")),
        ("周末", ("06-07", "06-08", "")),
        ("下周末 出差", ("06-14", "06-15", "出差")),
        ("next weekend", ("06-14", "06-15", "")),
        ("国庆", None),  # by a festival something is due; nobody knows which of its days are meant
        ("month", None),
    ],
)
def test_days_that_a_turn_is_given_for(said: str, meant: tuple[str, str, str] | None) -> None:
    found = days(said, NOW.date())
    assert (found and (f"{found[0]:%m-%d}", f"{found[1]:%m-%d}", found[2])) == meant


@pytest.mark.parametrize("said", ["yesterday", "昨天", "前天18:00", "yesterday 17:00"])
def test_a_day_that_is_over_is_said_to_be_past(said: str) -> None:
    meant = resolve(said, datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "Asia/Shanghai", Calendar.around_the_clock())
    assert isinstance(meant, Unclear)
    assert meant.past is not None
