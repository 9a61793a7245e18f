"""The kit alone kills what is wrong in `core/rules`: each mutant is one small replacement in a copy of the package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.rules.metrics import EFFECTS
from tests.conformance import engine
from tests.conformance.__main__ import disagreements
from tests.conformance.kit import METRICS, scenarios

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Mutant:
    """What is wrong, where, and how it is made."""

    wrong: str
    file: str
    old: str
    new: str


MUTANTS = (
    # ---- calendar
    Mutant(
        "due at the next opening",
        "calendar",
        "index = bisect_left(self.before, worked) - 1",
        "index = bisect_right(self.before, worked) - 1",
    ),
    Mutant(
        "a subtraction ends at the closing before",
        "calendar",
        "        index = bisect_right(self.before, worked) - 1",
        "        index = bisect_left(self.before, worked) - 1",
    ),
    Mutant("holidays are worked", "calendar", "if found is None else found", "if not found else found"),
    Mutant(
        "exceptions add to the week",
        "calendar",
        "return self.week[day.weekday()] if found is None else found",
        "return (*self.week[day.weekday()], *(found or ()))",
    ),
    Mutant("no partial closures", "calendar", "_merged(closed)):", "[]):"),
    Mutant("24x7 whatever is closed", "calendar", "not self.closures and all(", "all("),
    Mutant(
        "a boundary in an overlap is the second",
        "calendar",
        "return (midnight + timedelta(seconds=begin)).astimezone(UTC)",
        "return (midnight + timedelta(seconds=begin)).replace(fold=1).astimezone(UTC)",
    ),
    Mutant(
        "seconds are added to local time",
        "calendar",
        "return (midnight + timedelta(seconds=begin)).astimezone(UTC),",
        "return midnight.astimezone(UTC) + timedelta(seconds=begin),",
    ),
    Mutant(
        "every day has 24 hours",
        "calendar",
        "(midnight + timedelta(seconds=end)).astimezone(UTC)",
        "midnight.astimezone(UTC) + timedelta(seconds=end)",
    ),
    Mutant("the evening before a version is forgotten", "calendar", "timedelta(days=3)", "timedelta(days=1)"),
    Mutant(
        "closing time is inside",
        "calendar",
        "return asked < window.ends[window.latest(asked)]",
        "return asked <= window.ends[window.latest(asked)]",
    ),
    Mutant(
        "elapsed is never negative",
        "calendar",
        "return window.worked(last) - window.worked(first)",
        "return abs(window.worked(last) - window.worked(first))",
    ),
    Mutant(
        "zero seconds move to working time",
        "calendar",
        "if self._always or not need:\n            return at + need",
        "if self._always:\n            return at + need",
    ),
    Mutant(
        "overlapping intervals count twice",
        "calendar",
        "if merged and begin <= merged[-1][1]:",
        "if merged and begin < merged[-1][0]:",
    ),
    Mutant(
        "abutting intervals close between",
        "calendar",
        "if merged and begin <= merged[-1][1]:",
        "if merged and begin < merged[-1][1]:",
    ),
    Mutant("an interval within another cuts it", "calendar", "max(end, merged[-1][1]))", "end)"),
    Mutant(
        "a version rules for ever",
        "calendar",
        "max(since, begin), min(until, end)) for",
        "max(since, begin), until) for",
    ),
    Mutant(
        "a version has always ruled",
        "calendar",
        "max(since, begin), min(until, end)) for",
        "since, min(until, end)) for",
    ),
    Mutant(
        "the next opening is the last one",
        "calendar",
        "else max(asked, self._open_next(asked)[0])",
        "else self._open_next(asked)[0]",
    ),
    Mutant("it closes in ten years", "calendar", "return None if end - begin > _HORIZON else end", "return end"),
    Mutant("it looks twenty years ahead", "calendar", "_HORIZON = 2 * _YEAR", "_HORIZON = 20 * _YEAR"),
    Mutant("it looks half a year ahead", "calendar", "_HORIZON = 2 * _YEAR", "_HORIZON = _YEAR / 2"),
    Mutant(
        "the week begins on Sunday",
        "calendar",
        "return self.week[day.weekday()]",
        "return self.week[(day.weekday() + 1) % 7]",
    ),
    Mutant("a closure ends the day", "calendar", "            left = back\n", "            left = end\n"),
    # ---- one clock
    Mutant(
        "waiting counts",
        "sla",
        "for s in timer.segments if s.running)\n    return sum",
        "for s in timer.segments)\n    return sum",
    ),
    Mutant(
        "what is left grows",
        "sla",
        "return timer.goal - elapsed(timer, calendar, now)",
        "return timer.goal + elapsed(timer, calendar, now)",
    ),
    Mutant(
        "no time left at a pause is time left after",
        "sla",
        "if spent + span >= position:",
        "if spent + span > position:",
    ),
    Mutant(
        "the solution heals a total",
        "sla",
        "missed = timer.verdict if timer.verdict is Verdict.MISSED else None",
        "missed = timer.verdict",
    ),
    Mutant(
        "the time between two solutions is free",
        "sla",
        "Segment(timer.stopped_at, None, running=True))",
        "Segment(timer.stopped_at, timer.stopped_at, running=True))",
    ),
    Mutant("no floor", "sla", ", floor)\n", ", ZERO)\n"),
    Mutant(
        "steps after the goal stand at the goal",
        "sla",
        "return goal * step.percent / 100 + step.after",
        "return goal * step.percent / 100",
    ),
    Mutant("repeats at night", "sla", "ruler.repeats.add(at, step.every * n)", "at + step.every * n"),
    Mutant("one repeat too many", "sla", "for n in range(1, step.times):", "for n in range(1, step.times + 1):"),
    Mutant("no repeats", "sla", "for n in range(1, step.times):", "for n in range(1, 1):"),
    Mutant(
        "due while it waits",
        "sla",
        "    if timer.state is not ClockState.RUNNING:\n        return replace(timer, due_at=None",
        "    if timer.state is ClockState.STOPPED:\n        return replace(timer, due_at=None",
    ),
    Mutant(
        "the later promise governs",
        "sla",
        "return min(running, key=lambda t: (t.due_at, t.id), default=None)",
        "return max(running, key=lambda t: (t.due_at, t.id), default=None)",
    ),
    # ---- a request's clocks
    Mutant("a reply is owed before the first", "clocks", ' or (metric == "nrt" and "frt" in active)', ""),
    Mutant("a second message starts anew", "clocks", "return metric in active or", "return"),
    Mutant(
        "an update period carries the rest", "clocks", "if was.metric in AFRESH and", "if was.metric not in AFRESH and"
    ),
    Mutant("earlier cycles are forgotten", "clocks", "if timer.metric in AFRESH:\n", "if timer.metric:\n"),
    Mutant("what was cancelled begins again", "clocks", "    started = [", "    fresh = []\n    started = ["),
    # ---- time passes
    Mutant("nothing is ever late", "passing", "timer.due_at <= ctx.now", "timer.due_at is None"),
    Mutant("all promises speak", "passing", "governing[timer.metric] is timer", "governing[timer.metric]"),
    Mutant("the first is said", "passing", "gravest = crossed[-1]", "gravest = crossed[0]"),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that tests may spoil."""
    folder = tmp_path_factory.mktemp("mutants")
    shutil.copytree(ROOT / "core", folder / "core")
    return folder


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.wrong.replace(" ", "-"))
def test_the_kit_kills(mutant: Mutant, copy: Path) -> None:
    path = Path("core") / "rules" / f"{mutant.file}.py"
    source = (ROOT / path).read_text()
    assert source.count(mutant.old) == 1, f"{path} has not exactly one {mutant.old!r}: the mutant is stale"
    (copy / path).write_text(source.replace(mutant.old, mutant.new))
    try:
        assert "scenarios agree" not in _report(copy)
    finally:
        (copy / path).write_text(source)


def test_the_copy_itself_lives(copy: Path) -> None:
    assert "scenarios agree" in _report(copy)


def _report(copy: Path) -> str:
    """What the kit says of the engine in this folder, up to the first disagreement."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", "-m", "tests.conformance", "--first"]
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout, ran.stderr  # it did not even begin
    return ran.stdout


#: Cells that no contract fills: what cannot be open when the event comes, stopped all the same.
IDLE = {event: {"sup", "cwt", "rev", "acc"} for event in ("decline", "approval_refused")}
#: The same of rows whose scenarios are NOT_YET asked.
IDLE |= {"resolve": {"rev"}, "withdraw": {"put", "nrt", "sup", "rev", "trt", "acc", "cwt"}}


@pytest.mark.parametrize("row", EFFECTS)
def test_the_kit_misses_every_cell_of_the_table(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell of the engine's table is emptied in turn; one that nobody misses is not held by a scenario."""
    event = next((event for event, name in engine.ROW_OF.items() if name == row), row)
    asked = tuple(one for one in scenarios() if event in one.events and one.id not in engine.NOT_YET)
    for metric in sorted(EFFECTS[row].keys() & METRICS - IDLE.get(row, set())):
        with monkeypatch.context() as spoilt:
            spoilt.delitem(EFFECTS[row], metric)
            assert next(disagreements(engine.answer, asked), None), f"{row} may leave {metric} alone"
