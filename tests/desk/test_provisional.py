"""A year whose holidays are not announced: every deadline that falls in it says so, in both languages, everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from core.store import tables as t
from tests.conftest import FrozenClock
from tests.desk.stage import Stage, raised, words

#: Thursday, 31 December 2026, 17:00 in Shanghai: four hours from now lie in 2027.
LAST_HOUR = datetime(2026, 12, 31, 9, tzinfo=UTC)


@pytest_asyncio.fixture
async def stage(engine: Engine) -> AsyncIterator[Stage]:
    async with raised(engine, FrozenClock(LAST_HOUR)) as made:
        yield made


@pytest.mark.parametrize(
    ("person", "short", "long"),
    [
        (
            "emma",
            "provisional: 2027 holidays not announced",
            "provisional: the public holidays of 2027 are not announced yet",
        ),
        ("bao", "暂定（2027 年放假安排未公布）", "暂定：2027 年的放假安排尚未公布"),
    ],
)
async def test_the_receipt_the_card_and_the_why_say_that_it_is_provisional(
    stage: Stage, person: str, short: str, long: str
) -> None:
    receipt = words(await stage.says(person, "client", "/request Gate is stuck"))
    assert receipt.count("2027") == 1 + receipt.count("Jan 2027"), "said once for all dates"
    assert short in words(await stage.says(person, "client", "/request status 1"))
    assert long in words(await stage.says(person, "client", "/request why 1"))
    (opened,) = stage.rows(t.JournalRow, event="RequestOpened")
    years = {promise["target"]: promise["provisional"] for promise in opened["facts"]["promises"]}
    assert years == {"frt": 2027, "promise": 0, "ttr": 2027}, "24 hours are 24 hours whatever the holidays"


async def test_a_year_that_is_announced_says_nothing(stage: Stage) -> None:
    stage.clock.at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    told = [words(await stage.says("emma", "client", line)) for line in ("/request Gate", "/request why 1")]
    assert not [line for line in told if "provisional" in line]
