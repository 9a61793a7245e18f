"""Every journey is played on every platform and on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlmodel import SQLModel

from core.say import charts
from tests.conftest import FrozenClock
from tests.journeys.matrix import CELL, PLATFORMS
from tests.journeys.play import Play, curtain
from tests.support.databases import lasting


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> Iterator[None]:
    """A picture is made of nothing but its chart, and the same ones come in each cell of the matrix."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "png", cache(charts.png))
        yield


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def play(
    platform: str, database_url: str, clock: FrozenClock, request: pytest.FixtureRequest
) -> AsyncIterator[Play]:
    async with curtain(platform, database_url, clock) as made:
        yield made
        bytes_ = made.stand.bytes
    engine = lasting(database_url)
    with engine.connect() as connection:
        rows = sum(
            connection.execute(select(func.count()).select_from(t)).scalar() or 0
            for t in SQLModel.metadata.sorted_tables
        )
    engine.dispose()
    database = "sqlite" if database_url.startswith("sqlite") else "postgres"
    request.node.user_properties.append((CELL, (request.node.originalname, platform, database, bytes_, rows)))
