"""A real process, killed at every commit and every outgoing call of one journey: nothing lost, the ceilings kept.

faults.md 2.5, rows 1 to 7. The boundaries number themselves: before and after each commit that wrote something, before
each call to a platform and after its answer, when it is not recorded yet. A journey has three acts, and its desk dies
once in each, so that every boundary costs a third of a journey; a boundary that was not met that way is met alone.
How many there are varies a little, since commands that wait for the writer share a commit: the last numbers of a busy
journey need not exist in the next one, and are tried for more than once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from tests.conftest import MONDAY, FrozenClock
from tests.faults.stage import Facts, Journey, Zygote, faults, plan, stand
from tests.support.databases import Stock, lasting

LEAST = 40
WORKERS = 3
TRIES = 3
MET = 0.9


async def played(
    platform: str, stock: Stock, desks: Zygote, kills: Iterable[str] = (), sabotage: str = ""
) -> tuple[Journey, Facts, list[tuple[str, str]]]:
    """One journey from nothing to a rating, its desk dying where it is told to."""
    clock = FrozenClock(MONDAY)
    with stock.lent() as url:
        async with stand(platform, clock) as place:
            journey = Journey(place, url, clock, desks, list(kills), sabotage)
            points = await journey.play()
            return journey, journey.facts(lasting(url)), points


async def all_of(
    platform: str, stock: Stock, desks: Zygote, runs: list[list[str]], wanted: Facts
) -> tuple[set[str], list[str]]:
    """Several journeys beside one another: where their desks died, and what was wrong then."""
    waiting = list(reversed(runs))
    died: set[str] = set()
    bad: list[str] = []

    async def work() -> None:
        while waiting:
            kills = waiting.pop()
            try:
                journey, got, _ = await played(platform, stock, desks, kills)
            except (AssertionError, TimeoutError) as error:
                bad.append(f"killed at {kills}: {error!r}")
                continue
            died.update(journey.killed)
            bad.extend(f"killed at {kills}: {fault}" for fault in faults(got, wanted, platform))

    async with asyncio.TaskGroup() as group:
        for _ in range(WORKERS):
            group.create_task(work())
    return died, bad


async def test_killed_at_every_boundary_it_loses_nothing(
    platform: str, stock: Stock, desks: Zygote, request: pytest.FixtureRequest
) -> None:
    _, wanted, points = await played(platform, stock, desks)
    assert faults(wanted, wanted, platform) == []
    assert len(points) >= LEAST
    places = [where for where, _ in points]
    died, bad = await all_of(platform, stock, desks, plan(places), wanted)
    alone = 0
    for _ in range(TRIES):
        rest = [[where] for where in places if where not in died]
        alone += len(rest)
        died_alone, bad_alone = await all_of(platform, stock, desks, rest, wanted)
        died |= died_alone
        bad += bad_alone
    kinds = {name.split()[-1] for where, name in points if where in died}
    print(  # noqa: T201 - the count is the result
        f"\n{platform} on {type(stock).__name__}: {len(points)} kill points numbered, {len(died)} met, "
        f"{alone} alone; commits and calls: {', '.join(sorted(k for k in kinds if not k.startswith('R')))}"
    )
    assert bad == []
    assert len(died) >= max(LEAST, MET * len(points)), sorted(set(places) - died)


async def test_killed_again_while_it_repairs(platform: str, stock: Stock, desks: Zygote) -> None:
    """Row 7: a second death while what was in doubt is looked for, sent again and recorded."""
    _, wanted, points = await played(platform, stock, desks)
    posting = "chat.postMessage" if platform == "slack" else "sendMessage"
    posted = [where for where, name in points if name == f"after {posting}"]
    first = next(where for where in posted if where.startswith("file:"))
    runs = [[first, f"repair:{n}"] for n in range(1, 19)]
    died, bad = await all_of(platform, stock, desks, runs, wanted)
    repairs = {where for where in died if where.startswith("repair:")}
    print(f"\n{platform} on {type(stock).__name__}: {len(repairs)} kill points in the repair")  # noqa: T201
    assert bad == []
    assert len(repairs) >= 10
