"""The metronome beats each second; what comes due before its next beat wakes the program itself, once; and whoever is woken
in the moment in which the program ends, ends."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.conftest import FrozenClock
from tests.journeys.play import Play, curtain
from tests.support.databases import SqliteStock

SOON = timedelta(milliseconds=200)


@pytest.fixture
def url(sqlite: SqliteStock) -> Iterator[str]:
    with sqlite.lent() as found:
        yield found


async def _before_its_checkpoint(play: Play) -> None:
    """A request is filed, and the desk's clock stands a moment before the first thing that it comes to."""
    await play.says("emma", "client", "/request Site office is flooded !high #it")
    due = await play.program.ticker.next_due()
    assert due is not None
    play.clock.at = due - SOON


async def test_what_comes_due_before_the_next_beat_does_not_wait_for_it(
    url: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No metronome runs here: one beat by hand, and the next comes by itself."""
    async with curtain("web", url, clock) as play:
        await _before_its_checkpoint(play)
        queued = asyncio.Event()
        monkeypatch.setattr(play.program.courier, "wake", queued.set)
        await play.program._beat()
        assert not queued.is_set(), "nothing is due yet"
        clock.at += SOON
        async with asyncio.timeout(10):
            await queued.wait()


async def test_a_clock_that_stands_still_is_woken_for_once(url: str, clock: FrozenClock) -> None:
    """In the demo the clock may be stopped a moment before something: the program does not spin there."""
    async with curtain("web", url, clock) as play:
        await _before_its_checkpoint(play)
        beat, first = play.program._beat, None
        for _ in range(3):
            await beat()
            first = first or play.program._early
            assert play.program._early is first
        assert first is not None


async def test_the_courier_ends_even_if_it_is_woken_in_that_moment(url: str, clock: FrozenClock) -> None:
    """Or the program would hang at its end, and only ever so often."""
    async with curtain("web", url, clock) as play:
        courier, looked = play.program.courier, asyncio.Event()

        def patience() -> float:
            looked.set()
            return 60.0

        courier._patience = patience  # type: ignore[method-assign]
        running = asyncio.create_task(courier.run())
        await looked.wait()
        for _ in range(5):  # until it waits to be woken
            await asyncio.sleep(0)
        courier.wake()
        running.cancel()
        await asyncio.wait([running], timeout=10)
        assert running.cancelled()
