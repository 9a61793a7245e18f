"""The doubles are not decoration: when one drops or refuses a message once, the journey that needs it fails."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.conftest import FrozenClock
from tests.journeys import test_digest, test_filed_to_rated, test_nobody_acts, test_trust, test_wait_for_client
from tests.journeys.play import Play, SlackStand, TelegramStand, curtain

Journey = Callable[[Play], Awaitable[None]]

#: Which call of each platform a journey lives by, and the how many-th of them is lost.
NEEDED: tuple[Journey, ...] = (
    test_filed_to_rated.test_a_request_travels_from_a_chat_line_to_a_rating,
    test_nobody_acts.test_silence_climbs_the_ladder_to_the_manager,
    test_wait_for_client.test_waiting_pauses_the_solution_clock_and_nothing_else,
    test_digest.test_the_morning_digest_reaches_client_team_and_manager,
    test_trust.test_a_restart_loses_nothing,
    test_trust.test_a_redelivered_line_has_one_effect_and_the_same_answer,
    test_trust.test_a_complaint_is_seen_by_its_owner_and_no_channel,
)


async def _dropping(play: Play, journey: Journey) -> None:
    """Every message of the courier's is taken and shown to nobody."""
    if isinstance(play.stand, SlackStand):
        play.stand.double.fail_next("chat.postMessage", "drop", times=100)
    if isinstance(play.stand, TelegramStand):
        for _ in range(100):
            play.stand.double.drop_next("sendMessage")
    await journey(play)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize("journey", NEEDED, ids=lambda j: j.__name__.removeprefix("test_"))
async def test_a_journey_notices_a_platform_that_swallows(
    journey: Journey, platform: str, tmp_path: Path, clock: FrozenClock
) -> None:
    async with curtain(platform, f"sqlite:///{tmp_path}/desk.db", clock) as play:
        with pytest.raises((AssertionError, TimeoutError)):
            await _dropping(play, journey)


def test_every_main_journey_is_held_to_it() -> None:
    """A journey that is added to the main paths must be listed here too."""
    main = [test_filed_to_rated, test_nobody_acts, test_wait_for_client, test_digest]
    first = {
        next(f for n, f in inspect.getmembers(m, inspect.iscoroutinefunction) if n.startswith("test_")) for m in main
    }
    assert first & set(NEEDED)
