"""A naive datetime is refused at the door of every public function of the engine."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest

from core.rules import clocks, sla
from core.rules.calendar import Calendar
from core.rules.instants import aware
from core.rules.transitions import move
from tests.builders import NOW, a_context, a_target, hours, nine_to_five, opened, the_timer

NAIVE = datetime(2025, 6, 2, 9)  # noqa: DTZ001 - that is the point


def _given() -> dict[str, Any]:
    timer = the_timer(opened().request, "ttr")
    ruler = sla.Ruler(nine_to_five(), (), nine_to_five())
    return {
        "timer": timer, "after": timer, "before": timer, "id": 1, "target": a_target("ttr"), "goal": hours(8),
        "calendar": nine_to_five(), "ruler": ruler, "grace": hours(1), "floor": hours(1), "reason": "x",
    }  # fmt: skip


def _doors(module: ModuleType) -> list[tuple[Callable[..., Any], str]]:
    """Each public function of a module, with each of its parameters that is an instant."""
    found = [f for name, f in vars(module).items() if inspect.isfunction(f) and f.__module__ == module.__name__]
    return [
        (f, name) for f in found if not f.__name__.startswith("_")
        for name, parameter in inspect.signature(f).parameters.items() if parameter.annotation == "datetime"
    ]  # fmt: skip


@pytest.mark.parametrize(("door", "name"), _doors(sla), ids=lambda value: getattr(value, "__name__", value))
def test_the_clocks_refuse(door: Callable[..., Any], name: str) -> None:
    given = _given()
    if door is sla.start:
        given["calendar"] = "nine"
    parameters = inspect.signature(door).parameters.values()
    wanted = {p.name: given.get(p.name, NOW) for p in parameters if p.default is p.empty}
    if door is sla.begin:
        wanted["timer"] = sla.arm(1, a_target("ttr"), hours(8))
    if door is sla.resume:
        wanted["timer"] = sla.pause(wanted["timer"], NOW, "x")
    with pytest.raises(ValueError, match="naive datetime"):
        door(**{**wanted, name: NAIVE})


@pytest.mark.parametrize("method", ["add", "subtract", "between", "is_open", "next_opening", "closing", "periods"])
def test_the_calendar_refuses(method: str) -> None:
    more = {"add": (hours(1),), "subtract": (hours(1),), "between": (NOW,), "periods": (NOW,)}.get(method, ())
    with pytest.raises(ValueError, match="naive datetime"):
        getattr(Calendar.around_the_clock(), method)(NAIVE, *more)


def test_a_decision_refuses() -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        a_context(now=NAIVE)
    with pytest.raises(ValueError, match="naive datetime"):
        a_context(said_at=NAIVE)


def test_a_transition_refuses() -> None:
    request, ctx = opened().request, a_context()
    for door in (move, clocks.apply):
        with pytest.raises(ValueError, match="naive datetime"):
            door(request, "client_message", ctx, at=NAIVE)  # type: ignore[operator]


def test_what_is_aware_passes() -> None:
    assert aware(NOW, NOW) is NOW
