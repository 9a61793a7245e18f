"""The kit: scenarios read from TOML, the questions they put to an engine, and what its answers have to say.

Nothing here knows any engine. README.md beside this file documents the format and the protocol.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent
SHARED = "common.toml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
METRICS = frozenset({"ack", "frt", "nrt", "put", "ttr", "trt", "own", "sup", "cwt", "rev", "acc"})
PRIORITIES = ("p1", "p2", "p3", "p4")

#: What an expectation may say of a clock.
CLOCK_FIELDS = frozenset({"status", "elapsed", "remaining", "due", "strict", "strict_due", "next", "cycles"})

_LOCAL = re.compile(r"(?:(\w{3}) )?(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?)([+-]\d{2}:\d{2})?")
_SPAN = re.compile(r"(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")

Json = dict[str, Any]


@dataclass(frozen=True)
class Scenario:
    """One case: what is put to an engine, and what it must answer to each of the questions in it."""

    id: str
    topic: str
    title: str
    source: str
    question: Json
    expected: tuple[Any, ...]

    @property
    def events(self) -> frozenset[str]:
        """The names of the events that happen in it."""
        return frozenset(event["do"] for event in self.question.get("events", ()))

    @property
    def clocks(self) -> frozenset[str]:
        """The metrics of the clocks that its expectations speak of; empty for a question about a calendar."""
        if "events" not in self.question:
            return frozenset()
        metric_of = {t["id"]: t["metric"] for a in self.question["agreements"].values() for t in a}
        return frozenset(metric_of[name] for look in self.expected for name in look["clocks"])


# ---- notation


def span(text: str) -> int:
    """Seconds of `4h`, `1h30m`, `-45m`, `2d`; a day is 24 hours."""
    found = _SPAN.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        raise ValueError(f"{text!r} is not a span: write it as 1h30m")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return -total if found[1] else total


def instant(text: str, zone: str) -> str:
    """The UTC instant of a local time, `Mon 2025-06-02 09:00`; one that does not exist or occurs twice needs an offset."""
    found = _LOCAL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a time: write it as 2025-06-02 09:00")
    weekday, day, clock, offset = found.groups()
    if weekday and date.fromisoformat(day).weekday() != WEEKDAYS.index(weekday.lower()):
        raise ValueError(f"{text!r}: that is no {weekday}")
    local = datetime.fromisoformat(f"{day}T{clock}{offset or ''}")
    if not offset:
        local = local.replace(tzinfo=ZoneInfo(zone))
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            raise ValueError(f"{text!r} does not exist or occurs twice in {zone}: add its offset")
    return f"{local.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _dates(text: str) -> Iterator[str]:
    """The dates of `2025-10-01/2025-10-08`, both included, or the one date."""
    first, _, last = text.partition("/")
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    while day <= end:
        yield day.isoformat()
        day += timedelta(days=1)


def _week(hours: Mapping[str, list[str]]) -> list[list[list[str]]]:
    """Seven days, Monday first, of `mon-fri`, `sat` and the like."""
    week: list[list[list[str]]] = [[] for _ in WEEKDAYS]
    for days, intervals in hours.items():
        first, _, last = days.partition("-")
        for day in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
            week[day] = [interval.split("-") for interval in intervals]
    return week


def _version(written: Json) -> Json:
    unknown = written.keys() - {"zone", "from", "week", "days", "closures"}
    if unknown:
        raise ValueError(f"a calendar has no {unknown}")
    dated = {
        key: {
            day: [interval.split("-") for interval in intervals]
            for days, intervals in written.get(key, {}).items()
            for day in _dates(days)
        }
        for key in ("days", "closures")
    }
    begins = instant(written["from"], written["zone"]) if "from" in written else None
    return {"zone": written["zone"], "from": begins, "week": _week(written.get("week", {})), **dated}


def _calendar(written: Json) -> list[Json]:
    return [_version(one) for one in written.get("versions", [written])]


def _by_priority(value: Any) -> Json:
    """One for all, or a table that names each."""
    return dict(value) if isinstance(value, dict) else dict.fromkeys(PRIORITIES, value)


def _target(written: Json) -> Json:
    known = {"id", "metric", "goal", "calendar", "grace", "floor", "steps", "supplier_pauses", "at_end"}
    if unknown := written.keys() - known:
        raise ValueError(f"a target has no {unknown}")
    return {
        "id": written.get("id", written["metric"]),
        "metric": written["metric"],
        "goals": {rank: span(goal) for rank, goal in _by_priority(written["goal"]).items()},
        "calendars": _by_priority(written["calendar"]),
        "grace": span(written.get("grace", "30m")),
        "floor": span(written.get("floor", "30m")),
        "supplier_pauses": written.get("supplier_pauses", False),
        "at_end": written.get("at_end", "resume"),
        "steps": [
            {
                "id": step["id"],
                "percent": step["percent"],
                "after": span(step.get("after", "0s")),
                "every": span(step["every"]) if "every" in step else None,
                "times": step.get("times", 1),
            }
            for step in written.get("steps", [])
        ],
    }


def _event(written: Json, zone: str) -> Json:
    event = {"on": "A", **written}
    for key in ("at", "until", "written"):
        if key in event:
            event[key] = instant(event[key], zone)
    if "version" in event:
        event["version"] = _version(event["version"])
    return event


# ---- what an answer has to say


def _checkpoint(text: str, zone: str) -> Json:
    """`ttr manager#1 2025-06-02 18:00`: clock, step, which repeat, and when."""
    clock, step, at = text.split(" ", 2)
    name, _, repeat = step.partition("#")
    return {"clock": clock, "step": name, "repeat": int(repeat or 0), "at": instant(at, zone)}


def _field(name: str, value: Any, zone: str) -> Any:
    match name:
        case "elapsed" | "remaining":
            return span(value)
        case "due" | "strict_due":
            return None if value == "none" else instant(value, zone)
        case "next":
            if value == "none":
                return None
            step = _checkpoint(f"- {value}", zone)
            return {key: step[key] for key in ("step", "repeat", "at")}
        case _:
            return value


def _look(written: Json, zone: str) -> Json:
    """What is to be seen of one request at one instant."""
    clocks = {name: what for name, what in written.items() if name not in ("at", "on", "fired", "said")}
    for name, what in clocks.items():
        if unknown := what.keys() - CLOCK_FIELDS:
            raise ValueError(f"a clock ({name}) has no {unknown}")
    look: Json = {
        "on": written.get("on", "A"),
        "clocks": {
            name: {key: _field(key, value, zone) for key, value in what.items()} for name, what in clocks.items()
        },
    }
    for key in ("fired", "said"):
        if key in written:
            look[key] = [_checkpoint(text, zone) for text in written[key]]
    return look


def _ask(written: Json, zone: str) -> tuple[Json, Any]:
    """A question about a calendar and its answer: an instant, seconds, true or false, "none" or "refused"."""
    given = written["gives"]
    asked: Json
    match written:
        case {"add": length, "from": start}:
            asked = {"op": "add", "from": instant(start, zone), "seconds": span(length)}
        case {"subtract": length, "from": start}:
            asked = {"op": "subtract", "from": instant(start, zone), "seconds": span(length)}
        case {"between": [first, last]}:
            asked = {"op": "between", "from": instant(first, zone), "to": instant(last, zone)}
            return asked, span(given)
        case {"open": at} | {"opening": at} | {"closing": at}:
            (op,) = written.keys() - {"gives"}
            asked = {"op": op, "from": instant(at, zone)}
        case _:
            raise ValueError(f"no such question: {written}")
    return asked, given if given in (True, False, "none", "refused") else instant(given, zone)


# ---- reading


@cache
def scenarios(folder: Path = FOLDER) -> tuple[Scenario, ...]:
    """All scenarios of the kit, file by file. Raises ValueError for what cannot be read, naming the scenario."""
    shared = tomllib.loads((folder / SHARED).read_text(encoding="utf-8"))
    found = tuple(
        scenario for path in sorted(folder.glob("*.toml")) if path.name != SHARED for scenario in _file(path, shared)
    )
    if len({one.id for one in found}) != len(found):
        raise ValueError("two scenarios have one id")
    return found


def _file(path: Path, shared: Json) -> Iterator[Scenario]:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    calendars = {**shared["calendars"], **written.get("calendars", {})}
    agreements = {**shared["agreements"], **written.get("agreements", {})}
    for one in written["scenario"]:
        try:
            yield _scenario(one, path.stem, one.get("zone", written.get("zone", "UTC")), calendars, agreements)
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"{path.name}: scenario {one.get('id')}: {error!r}") from error


def _scenario(written: Json, topic: str, zone: str, calendars: Json, agreements: Json) -> Scenario:
    question: Json = {"id": written["id"]}
    if "ask" in written:
        name = written["calendar"]
        pairs = [_ask(one, zone) for one in written["ask"]]
        question |= {"calendars": {name: _calendar(calendars[name])}, "calendar": name, "ask": [q for q, _ in pairs]}
        expected: tuple[Any, ...] = tuple(answer for _, answer in pairs)
    else:
        events = [_event(one, zone) for one in written["events"]]
        if events != sorted(events, key=lambda event: event["at"]):
            raise ValueError("events stand in order of time")
        names = {written["agreement"], *(e["agreement"] for e in events if "agreement" in e)}
        promised = {name: [_target(t) for t in agreements[name]["targets"]] for name in names}
        repeats = agreements[written["agreement"]].get("repeats", "office")
        used = {c for targets in promised.values() for t in targets for c in t["calendars"].values()} | {repeats}
        looks = sorted({instant(one["at"], zone) for one in written["expect"]})
        question |= {
            "calendars": {name: _calendar(calendars[name]) for name in sorted(used)},
            "agreements": promised, "agreement": written["agreement"], "repeats": repeats,
            "events": events, "looks": looks,
        }  # fmt: skip
        expected = tuple(
            {"look": looks.index(instant(one["at"], zone)), **_look(one, zone)} for one in written["expect"]
        )
    return Scenario(written["id"], topic, written["title"], written["source"], question, expected)


# ---- comparing


def differences(scenario: Scenario, answers: Sequence[Any]) -> Iterator[str]:
    """Where an engine's answers are not what the scenario expects, in words."""
    if "ask" in scenario.question:
        for asked, expected, given in zip(scenario.question["ask"], scenario.expected, answers, strict=True):
            if given != expected or isinstance(given, bool) is not isinstance(expected, bool):
                yield f"{asked}: expected {expected}, answered {given}"
        return
    for look in scenario.expected:
        at, on = scenario.question["looks"][look["look"]], look["on"]
        seen = answers[look["look"]].get(on, {})
        for clock, fields in look["clocks"].items():
            shown = seen.get("clocks", {}).get(clock, {})
            for name, expected in fields.items():
                if name not in shown or shown[name] != expected:
                    yield f"{at} {on}.{clock}.{name}: expected {expected}, answered {shown.get(name, 'nothing')}"
        for kind in ("fired", "said"):
            if kind in look and in_order(look[kind]) != in_order(seen.get(kind, [])):
                yield f"{at} {on} {kind}: expected {look[kind]}, answered {seen.get(kind)}"


def in_order(checkpoints: Sequence[Json]) -> list[tuple[Any, ...]]:
    return sorted((one["at"], one["clock"], one["step"], one["repeat"]) for one in checkpoints)
