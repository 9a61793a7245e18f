"""Every journey is played on every platform and on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conftest import FrozenClock
from tests.journeys.play import Play, curtain


@pytest.fixture(params=["slack", "telegram", "web"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def play(platform: str, database_url: str, clock: FrozenClock) -> AsyncIterator[Play]:
    async with curtain(platform, database_url, clock) as made:
        yield made
