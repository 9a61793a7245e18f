"""The desk on both databases, on a platform with whole forms."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import Engine

from core.ports import Can
from tests.conftest import FrozenClock
from tests.desk.stage import Stage, raised


@pytest_asyncio.fixture
async def stage(engine: Engine, clock: FrozenClock) -> AsyncIterator[Stage]:
    async with raised(engine, clock) as made:
        yield made


@pytest_asyncio.fixture
async def plain_stage(engine: Engine, clock: FrozenClock) -> AsyncIterator[Stage]:
    """A platform that has no forms and cannot whisper: fields are asked one by one."""
    async with raised(engine, clock, Can(forms=False, private_reply=False)) as made:
        yield made
