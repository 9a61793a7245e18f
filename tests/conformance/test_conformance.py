"""The kit is sound, the second calculator confirms it, and our engine keeps it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest

from tests import reference
from tests.conformance import engine
from tests.conformance.__main__ import main
from tests.conformance.kit import METRICS, WEEKDAYS, Scenario, differences, instant, scenarios, span
from tests.reference.clocks import ROWS
from tests.reference.hours import epoch, iso

ALL = scenarios()
VECTORS = json.loads((Path(__file__).parents[1] / "data" / "business-time.json").read_text())["vectors"]
DST_ZONES = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"}
#: Events of the outside world, which no row of the table names.
WORLD = {"outage", "publish_calendar"}


each = pytest.mark.parametrize("scenario", [pytest.param(one, id=f"{one.topic}-{one.id}") for one in ALL])


# ---- what the kit expects is confirmed, and kept


@each
def test_the_second_calculator_confirms(scenario: Scenario) -> None:
    assert not list(differences(scenario, reference.answer(scenario.question)))


@each
def test_our_engine_agrees(scenario: Scenario) -> None:
    assert not list(differences(scenario, engine.answer(scenario.question)))


# ---- the kit is whole


def test_every_clock_event_and_zone_is_spoken_of() -> None:
    spoken = Counter(clock for one in ALL for clock in one.clocks)
    assert len(ALL) >= 120
    assert {metric: spoken[metric] for metric in METRICS if spoken[metric] < 3} == {}
    assert {event for one in ALL for event in one.events} == set(ROWS) | WORLD
    zones = Counter(
        v["zone"] for one in ALL if one.topic == "dst" for c in one.question["calendars"].values() for v in c
    )
    assert all(zones[zone] >= 3 for zone in DST_ZONES), zones


def test_all_of_section_six_is_there() -> None:
    assert set("ABCDEFGHIJKLM") == {one.id.split("-")[0] for one in ALL if one.id[0].isupper()}


def test_each_scenario_says_where_its_answer_comes_from() -> None:
    assert [one.id for one in ALL if not (one.title and one.source and one.expected)] == []


def test_china_is_as_the_holidays_library_has_it() -> None:
    """The notices are the source; the library, read by others, finds a slip of the pen."""
    question = next(one.question for one in ALL if one.id == "china-year-2026")
    ((version,),) = question["calendars"].values()
    published = holidays.country_holidays("CN", years=(2025, 2026))
    worked = {day for day in published.weekend_workdays if day.year in (2025, 2026)}
    day = date(2025, 1, 1)
    while day.year < 2027:
        ours = bool(version["days"].get(day.isoformat(), version["week"][day.weekday()]))
        assert ours == (day in worked or (day.weekday() < 5 and day not in published)), day
        day += timedelta(days=1)


def test_the_second_calculator_knows_the_facts_of_other_projects() -> None:
    """All vectors that other projects' tests and engines gave: who confirms the kit is confirmed by them."""
    ops = {"elapsed": "between", "in_hours": "open"}
    for vector in (one for one in VECTORS if "variant" not in one):
        days = {**vector["extra"], **{day: [] for day in vector["holidays"]}}
        week = [vector["week"].get(day, []) for day in WEEKDAYS]
        hours = {"zone": vector["tz"], "from": None, "week": week, "days": days, "closures": vector["breaks"]}
        asked = {"op": ops.get(vector["op"], vector["op"]), "from": vector["start"]}
        asked |= {"to": vector["end"]} if "end" in vector else {"seconds": vector.get("seconds")}
        far = vector.get("edge_sensitive") and vector.get("convention") == "far"
        expected = vector["expect_other" if far else "expect"]
        question = {"calendars": {"x": [hours]}, "calendar": "x", "ask": [asked]}
        expected = iso(epoch(expected)) if isinstance(expected, str) else expected
        assert reference.answer(question) == [expected], vector["id"]


# ---- the notation


@pytest.mark.parametrize(
    ("text", "seconds"), [("4h", 14_400), ("1h30m", 5_400), ("-45m", -2_700), ("2d", 172_800), ("0s", 0)]
)
def test_a_span_is_read(text: str, seconds: int) -> None:
    assert span(text) == seconds


@pytest.mark.parametrize("text", ["", "-", "4", "h", "1.5h", "30m1h"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a span"):
        span(text)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-06-02 09:00", "2025-06-02T07:00:00Z"),
        ("Mon 2025-06-02 09:00:30", "2025-06-02T07:00:30Z"),
        ("2025-10-26 02:30+02:00", "2025-10-26T00:30:00Z"),
        ("2025-10-26 02:30+01:00", "2025-10-26T01:30:00Z"),
    ],
)
def test_a_time_is_read(text: str, utc: str) -> None:
    assert instant(text, "Europe/Berlin") == utc


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tue 2025-06-02 09:00", "no Tue"),
        ("2025-10-26 02:30", "add its offset"),
        ("2025-03-30 02:30", "add its offset"),
        ("2025-06-02T09:00", "not a time"),
    ],
)
def test_a_time_that_is_wrong_or_means_two_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        instant(text, "Europe/Berlin")


# ---- the runner


def test_another_engine_is_held_against_the_kit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--engine", f"{sys.executable} -m tests.reference"]) == 0
    assert f"{len(ALL)} of {len(ALL)} scenarios agree" in capsys.readouterr().out


#: An engine that does not know our calendars: each question about one is answered with 24x7.
NAIVE = """
import json, sys
from datetime import datetime, timedelta
for line in sys.stdin:
    q = json.loads(line)
    add = lambda a: datetime.fromisoformat(a["from"]) + timedelta(seconds=a.get("seconds", 0))
    print(json.dumps({"id": q["id"], "answers": [f"{add(a):%Y-%m-%dT%H:%M:%SZ}" for a in q.get("ask", [])]}), flush=True)
"""


def test_an_engine_that_is_wrong_hears_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "naive.py").write_text(NAIVE)
    assert main(["--first", "--engine", f"{sys.executable} {tmp_path / 'naive.py'}"]) == 1
    said = capsys.readouterr().out
    assert "calendars/A" in said
    assert "expected 2025-09-22T06:00:00Z, answered 2025-09-19T13:30:00Z" in said


def test_our_own_engine_is_asked_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "scenarios agree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"), [({}, "answered nothing"), ({"status": "paused"}, "expected running, answered paused")]
)
def test_what_is_not_answered_is_a_difference(given: dict[str, Any], said: str) -> None:
    scenario = next(one for one in ALL if one.id == "ack-outside-hours")
    answers = [{"A": {"clocks": {"ack": given}}} for _ in scenario.question["looks"]]
    assert any(said in one for one in differences(scenario, answers))
