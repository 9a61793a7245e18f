"""The turned clock: as fast as it is told, forward only, and never the wall's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import clock as module
from bot.clock import TurnedClock, WallClock
from tests.conftest import MONDAY


class Wall:
    """Time as the machine counts it."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.mark.parametrize("speed", [0.0, 1.0, 60.0, 3600.0])
def test_it_runs_as_fast_as_told(wall: Wall, speed: float) -> None:
    clock = TurnedClock(speed, MONDAY)
    wall.seconds += 10
    assert clock.now() == MONDAY + timedelta(seconds=10 * speed)


def test_a_change_of_speed_does_not_jump(wall: Wall) -> None:
    clock = TurnedClock(60, MONDAY)
    wall.seconds += 60
    clock.set_speed(0)
    wall.seconds += 999
    assert clock.now() == MONDAY + timedelta(hours=1)
    clock.set_speed(1)
    wall.seconds += 5
    assert clock.now() == MONDAY + timedelta(hours=1, seconds=5)
    assert clock.speed == 1


def test_it_never_runs_back(wall: Wall) -> None:
    clock = TurnedClock(1, MONDAY)
    clock.set_speed(-5)
    wall.seconds += 10
    assert clock.now() == MONDAY
    clock.turn_to(MONDAY - timedelta(days=1))
    assert clock.now() == MONDAY
    clock.turn_to(MONDAY + timedelta(days=3))
    assert clock.now() == MONDAY + timedelta(days=3)


def test_times_are_aware_and_the_walls_time_is_not_turned(wall: Wall) -> None:
    clock = TurnedClock(3600, MONDAY + timedelta(days=4000))
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.real().utcoffset() == timedelta(0)
    assert abs(clock.real() - WallClock().real()) < timedelta(minutes=1)
    assert clock.now() - clock.real() > timedelta(days=3000)
