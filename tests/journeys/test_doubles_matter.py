"""The doubles are not decoration: a journey that looks at what was posted fails when a double swallows it.

Each journey is played whole, on one of the platforms. A message that nothing else could have stood for where it
was looked at is noticed by that look; every other one is swallowed in a play of its own, and so is the last of all.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from zlib import crc32

import pytest

from tests import journeys
from tests.conftest import FrozenClock
from tests.journeys.play import Play, curtain
from tests.support.databases import SqliteStock

Journey = Callable[[Play], Awaitable[None]]


def _journeys() -> list[tuple[str, Journey]]:
    """Every journey that looks at what was posted (the others look at answers only), with its platform."""
    names = sorted(one.name for one in pkgutil.iter_modules(journeys.__path__) if one.name.startswith("test_"))
    found = [
        journey
        for name in names if f"{journeys.__name__}.{name}" != __name__
        for _, journey in inspect.getmembers(importlib.import_module(f"{journeys.__name__}.{name}"), inspect.iscoroutinefunction)
        if journey.__name__.startswith("test_") and list(inspect.signature(journey).parameters) == ["play"]
        and "play.sees(" in inspect.getsource(journey)
    ]  # fmt: skip
    return [(_platform(journey.__name__), journey) for journey in found]


def _platform(name: str) -> str:
    """Its own if its name has one, else one of the two: always the same, whatever other journeys there are."""
    named = next((one for one in ("slack", "telegram") if one in name), "")
    return named or ("slack", "telegram")[crc32(name.encode()) % 2]


@pytest.mark.parametrize(
    ("platform", "journey"), _journeys(), ids=lambda one: one if isinstance(one, str) else one.__name__.removeprefix("test_")
)  # fmt: skip
async def test_a_journey_notices_every_message_that_it_needs(
    platform: str, journey: Journey, sqlite: SqliteStock, clock: FrozenClock
) -> None:
    """Or the desk notices before anybody looks: a card that is not there to be edited is posted again."""
    began = clock.at

    @asynccontextmanager
    async def a_play() -> AsyncIterator[Play]:
        clock.at = began
        with sqlite.lent() as url:
            async with curtain(platform, url, clock) as play:
                yield play

    async with a_play() as play:
        await journey(play)
        needed, alone = dict(play.seen), set(play.alone)
    assert needed
    swallowed = {key: words for key, words in needed.items() if key not in alone or key == list(needed)[-1]}
    unnoticed = []
    for (chat, n), words in swallowed.items():
        async with a_play() as play:
            play.stand.drop(chat, n)
            try:
                await journey(play)
            except (AssertionError, TimeoutError):
                continue
            if not play.stand.missed:
                unnoticed.append((chat, n, words))
    assert unnoticed == []
