"""A morning's rush keeps the platforms' limits: nothing is refused, nothing is lost, the gravest goes first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from core.courier import Pace
from tests.conftest import FrozenClock
from tests.journeys.play import Play, SlackStand, TelegramStand, curtain


@pytest_asyncio.fixture
async def rush(platform: str, database_url: str, clock: FrozenClock) -> AsyncIterator[Play]:
    async with curtain(platform, database_url, clock, Pace(quiet=60)) as made:
        yield made


def _refusals(play: Play) -> int:
    """How often the platform said: too fast."""
    stand = play.stand
    if isinstance(stand, SlackStand):
        return sum(call.status == 429 for call in stand.double.calls)
    return sum(call.status == 429 for call in stand.double.calls) if isinstance(stand, TelegramStand) else 0


async def _keep_going(play: Play) -> int:
    """Turn the clock to whenever the next may go, until nothing waits; how often that was."""
    for n in range(500):
        if play.program.courier.free_at is None:
            return n
        play.clock.turn(max(play.program.courier.free_at - play.clock.real(), timedelta(milliseconds=10)))
        await play.settle()
    raise AssertionError("it never ends")


async def test_a_rush_is_shown_at_the_platforms_pace(rush: Play) -> None:
    """Twenty cards are posted, and two hours later all of them change at once."""
    if isinstance(rush.stand, SlackStand):
        rush.stand.double.pace.burst = 5
    for n in range(20):
        await rush.says("emma", "client", f"/request Pump {n} leaks #it")
    waited = await _keep_going(rush)
    assert await rush.count("team", "Pump") == 20
    if isinstance(rush.stand, TelegramStand):
        rush.stand.double.enforce_limits = True
    await rush.advance(timedelta(hours=2))
    waited += await _keep_going(rush)
    assert await rush.count("team", "overdue, was due") == 20
    assert (waited > 20) == (rush.stand.name != "web"), "a page has no limits"
    assert _refusals(rush) == 0
