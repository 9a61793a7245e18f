"""How fast business time is, beside a walk from day to day and, if it is installed, pandas (`python -m` runs it).

Both sides of a ratio run in one process in alternating rounds over the same starts, and the ratio is the median of the
paired rounds: a loud machine slows both. Monday to Friday 9-12 and 13-18 in Berlin, 12 holidays a year, 40 starts.
"""

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from core.rules.calendar import Calendar, Week, parse_interval

ZONE = ZoneInfo("Europe/Berlin")
OPEN = ((9, 12), (13, 18))
WEEK: Week = ((parse_interval("09:00-12:00"), parse_interval("13:00-18:00")),) * 5 + ((), ())
HOLIDAYS = frozenset(date(year, 1 + month, 6 + month) for year in (2025, 2026, 2027, 2028) for month in range(12))
SPANS = {"1 hour": timedelta(hours=1), "1 week": timedelta(hours=40), "1 year": timedelta(hours=1900)}
ROUNDS = 7
PANDAS_GOAL = 60.0
FLAT_GOAL = 1.5

Add = Callable[[datetime, timedelta], datetime]


def measure() -> list[dict[str, Any]]:
    """One row per comparison: name, ratio, goal (None: shown only), at_most or at_least, and the rounds behind it."""
    calendar = Calendar.of("bench", "Europe/Berlin", WEEK, dict.fromkeys(HOLIDAYS, ()))
    starts = _moments(40)
    for start, span in ((start, span) for start in starts for span in SPANS.values()):
        if walk_add(start, span) != calendar.add(start, span):
            raise AssertionError(f"the two sides disagree on {start} + {span}")
    rows = [
        _ratio("add: 1 year / 1 hour", calendar.add, SPANS["1 year"], calendar.add, SPANS["1 hour"], starts)
        | {"goal": FLAT_GOAL, "better": "at most"}
    ]
    for name, span in SPANS.items():
        row = _ratio(f"add {name}: day walk / ours", walk_add, span, calendar.add, span, starts)
        rows.append(row | {"goal": None, "better": "at least"})
    if find_spec("pandas"):
        pandas_add = _pandas_add()
        for name, span in SPANS.items():
            row = _ratio(f"add {name}: pandas / ours", pandas_add, span, calendar.add, span, starts)
            rows.append(row | {"goal": PANDAS_GOAL, "better": "at least"})
    return rows


def walk_add(start: datetime, span: timedelta) -> datetime:
    """What one writes first: day by day, interval by interval, until the span is used up."""
    day = start.astimezone(ZONE).date()
    while True:
        if day.weekday() < 5 and day not in HOLIDAYS:
            for opens, closes in OPEN:
                begin = max(start, datetime(day.year, day.month, day.day, opens, tzinfo=ZONE).astimezone(UTC))
                end = datetime(day.year, day.month, day.day, closes, tzinfo=ZONE).astimezone(UTC)
                if begin < end:
                    if span <= end - begin:
                        return begin + span
                    span -= end - begin
        day += timedelta(days=1)


def _pandas_add() -> Add:
    pandas: Any = import_module("pandas")
    opens, closes = ([f"{interval[edge]:02}:00" for interval in OPEN] for edge in (0, 1))
    hour = pandas.offsets.CustomBusinessHour(start=opens, end=closes, holidays=sorted(map(str, HOLIDAYS)))
    offsets = {span: hour * (span // timedelta(hours=1)) for span in SPANS.values()}  # made once: in its favour

    def add(start: datetime, span: timedelta) -> datetime:
        answer: datetime = (pandas.Timestamp(start).tz_convert(ZONE) + offsets[span]).to_pydatetime()
        return answer

    return add


def _ratio(
    name: str, slow: Add, slow_span: timedelta, fast: Add, fast_span: timedelta, starts: list[datetime]
) -> dict[str, Any]:
    """The median over paired rounds of the first cost by the second, the costs in nanoseconds per operation."""
    rounds = []
    for number in range(ROUNDS + 1):  # the first warms up both sides and is dropped
        pair = _cost(slow, starts, slow_span), _cost(fast, starts, fast_span)
        if number:
            rounds.append([round(cost) for cost in pair])
    ratio = median(one / other for one, other in rounds)
    return {"name": name, "ratio": round(ratio, 2), "rounds": rounds, "unit": "ns per operation"}


def _cost(add: Add, starts: list[datetime], span: timedelta) -> float:
    """Nanoseconds per addition: the quickest of some repeats of at least ten milliseconds in all."""
    best, spent = float("inf"), 0.0
    while spent < 0.01:
        begin = perf_counter()
        for start in starts:
            add(start, span)
        took = perf_counter() - begin
        best, spent = min(best, took), spent + took
    return best / len(starts) * 1e9


def _moments(count: int) -> list[datetime]:
    """Instants of 2026 in UTC, the same in every run."""
    chance, year = random.Random(2026), datetime(2026, 1, 1, tzinfo=UTC)
    return [year + timedelta(minutes=chance.randrange(365 * 1440)) for _ in range(count)]


def main() -> int:
    """Print every row; the exit code counts the goals missed."""
    missed = 0
    for row in measure():
        met = row["goal"] is None or (row["ratio"] <= row["goal"]) == (row["better"] == "at most")
        missed += not met
        sys.stdout.write(json.dumps(row | {"met": met}) + "\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
