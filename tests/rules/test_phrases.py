"""When people say a time: one instant, or a question, never a guess (chat.md 1.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.rules.calendar import Calendar
from core.rules.phrases import Unclear, resolve, span_of
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
]


@pytest.mark.parametrize(("phrase", "instant"), CLEAR)
def test_a_phrase_means_one_instant(phrase: str, instant: str) -> None:
    assert local(resolve(phrase, NOW, ZONE, CALENDAR)) == instant


AMBIGUOUS = [
    ("周三", ["06-04 18:00", "06-11 18:00"]),  # said on a Wednesday
    ("wed 17:00", ["06-04 17:00", "06-11 17:00"]),
    ("明天9点", ["06-05 09:00", "06-05 21:00"]),
    ("tomorrow 9", ["06-05 09:00", "06-05 21:00"]),
    ("明天9点半", ["06-05 09:30", "06-05 21:30"]),
    ("fri 5", ["06-06 05:00", "06-06 17:00"]),
]


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
    ("phrase", "span"), [("2h", timedelta(hours=2)), ("30分钟", timedelta(minutes=30)), ("x", None)]
)
def test_a_span(phrase: str, span: timedelta | None) -> None:
    assert span_of(phrase) == span


WORDS = "今天 明天 周五 下周三 fri next 17:00 9 9点半 pm noon 2025-06-05 0001-01-01 9999-12-31 2月29日 +2d 前 下班 eod"
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=4).map(" ".join)),
    st.integers(0, 5 * 366 * 24 * 60).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n)),
    st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"]),
    st.sampled_from([CALENDAR, nine_to_five("Europe/Berlin"), Calendar.around_the_clock()]),
)
@example("9999-12-31 23:00", NOW, "America/Los_Angeles", CALENDAR)
@example("0001-01-01", NOW, "Asia/Shanghai", CALENDAR)
@example("²", NOW, ZONE, CALENDAR)
@example("٣点", NOW, ZONE, CALENDAR)
@settings(max_examples=300, deadline=None)
def test_an_answer_lies_ahead_or_is_a_question(phrase: str, now: datetime, zone: str, calendar: Calendar) -> None:
    meant = resolve(phrase, now, zone, calendar)
    if isinstance(meant, datetime):
        assert meant >= now
    else:
        assert len(meant.options) != 1
        assert all(option > now for option in meant.options)
