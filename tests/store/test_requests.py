"""What people name or look through comes in an order of its own, however the database keeps its rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.model.request import Request
from core.ports import Envelope, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.store import requests as rows
from tests.conftest import FrozenClock

DESK = Path(__file__).parent.parent / "data" / "desk.toml"


def _numbers(found: list[Request]) -> list[str]:
    return [request.number for request in found]


@pytest_asyncio.fixture
async def desk(engine: Engine, clock: FrozenClock) -> AsyncIterator[ServiceDesk]:
    """A desk with three requests of the same second, of which the first changed last."""
    made = ServiceDesk(engine, Directory(load(DESK, today=date(2026, 11, 23), chats_on_page=True)), clock)
    emma, chat = Identity("web", "", "emma"), Address("web", "", "client-hx")
    for n, line in enumerate(
        ("Gate is stuck #other", "Film the site #other", "Pump is loud #other", "add 1 It squeaks")
    ):
        await made.hear(Envelope(f"k{n}", emma, chat, Said("request", line)))
    yield made
    made.close()


@pytest.mark.parametrize("named", [("HX-1", "HX-2", "HX-3"), ("HX-3", "HX-1"), ("HX-2", "HX-9", "HX-1", "HX-2")])
async def test_by_numbers_as_they_are_named(desk: ServiceDesk, named: tuple[str, ...]) -> None:
    found = _numbers(await desk.run(lambda c: rows.by_numbers(c, named)))
    assert found == [number for number in dict.fromkeys(named) if number != "HX-9"]


async def test_of_the_same_second_the_last_filed_is_the_youngest(desk: ServiceDesk) -> None:
    assert _numbers(await desk.run(rows.where)) == ["HX-3", "HX-2", "HX-1"]
    assert _numbers(await desk.run(lambda c: rows.where(c, limit=2))) == ["HX-3", "HX-2"]
    assert _numbers(await desk.run(rows.outside)) == ["HX-3", "HX-2", "HX-1"]
