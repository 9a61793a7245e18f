"""The doubles are not decoration: when one swallows a message once, the journey that needs it fails."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.conftest import FrozenClock
from tests.journeys import (
    test_agreements,
    test_card_buttons,
    test_digest,
    test_filed_to_rated,
    test_nobody_acts,
    test_trust,
    test_wait_for_client,
)
from tests.journeys.play import Play, curtain

Journey = Callable[[Play], Awaitable[None]]

#: Every journey that looks at what was posted; the others look at answers only.
NEEDED: tuple[Journey, ...] = tuple(
    journey
    for module in (
        test_filed_to_rated,
        test_nobody_acts,
        test_wait_for_client,
        test_digest,
        test_trust,
        test_card_buttons,
        test_agreements,
    )
    for name, journey in inspect.getmembers(module, inspect.iscoroutinefunction)
    if name.startswith("test_") and "play.sees(" in inspect.getsource(journey)
)


@pytest.mark.parametrize("platform", ["slack", "telegram"])
@pytest.mark.parametrize("journey", NEEDED, ids=lambda j: j.__name__.removeprefix("test_"))
async def test_a_journey_notices_every_message_that_it_needs(
    journey: Journey, platform: str, tmp_path: Path, clock: FrozenClock
) -> None:
    """Played once to learn which messages it looks at; then once for each of them, with that one swallowed.

    Or the desk notices before anybody looks: a card that is not there to be edited is posted again.
    """
    began = clock.at
    async with curtain(platform, f"sqlite:///{tmp_path}/whole.db", clock) as play:
        await journey(play)
        needed = dict(play.seen)
    assert needed
    unnoticed = []
    for (chat, n), words in needed.items():
        clock.at = began
        async with curtain(platform, f"sqlite:///{tmp_path}/{chat}-{n}.db", clock) as play:
            play.stand.drop(chat, n)
            try:
                await journey(play)
            except (AssertionError, TimeoutError):
                continue
            if not play.stand.missed:
                unnoticed.append((chat, n, words))
    assert unnoticed == []
