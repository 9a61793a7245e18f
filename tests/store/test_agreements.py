"""What was promised stays promised: agreements are versions, and the rulebook may not lose what open requests need."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Envelope, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.rulebook.values import Agreement, Rulebook
from core.store import requests as rows
from core.store.agreements import Orphans
from core.store.mapping import freeze, thaw
from tests.conftest import FrozenClock

DESK = Path(__file__).parent.parent / "data" / "desk.toml"


def a_book() -> Rulebook:
    return load(DESK, today=date(2026, 11, 23), chats_on_page=True)


def changed(book: Rulebook) -> Rulebook:
    """The same rulebook with a longer acceptance window in the one agreement."""
    key = book.terms["standard-hx"][-1]
    other = replace(book.agreements[key], acceptance=timedelta(hours=99))
    return replace(book, agreements={**book.agreements, key: other})


async def _file(desk: ServiceDesk, key: str) -> None:
    emma = Identity("web", "", "emma")
    await desk.hear(Envelope(key, emma, Address("web", "", "client-hx"), Said("request", "Gate is stuck #it")))


def test_an_agreement_comes_back_as_it_was() -> None:
    for agreement in a_book().agreements.values():
        assert thaw(Agreement, freeze(agreement)) == agreement


async def test_a_changed_agreement_is_a_new_version_and_open_requests_keep_theirs(
    engine: Engine, clock: FrozenClock
) -> None:
    desk = ServiceDesk(engine, Directory(a_book()), clock)
    await _file(desk, "k1")
    desk.close()
    desk = ServiceDesk(engine, Directory(changed(a_book())), clock)
    await _file(desk, "k2")
    found = {r.number: r.agreement for r in await desk.run(lambda c: rows.by_numbers(c, ["HX-1", "HX-2"]))}
    desk.close()
    assert found == {"HX-1": "standard-hx@1", "HX-2": "standard-hx@2"}
    again = ServiceDesk(engine, Directory(changed(a_book())), clock)
    assert again.directory.rulebook.terms["standard-hx"][-1] == "standard-hx@2", "the same file makes no third version"
    again.close()


async def test_a_rulebook_that_lost_a_service_of_an_open_request_is_refused(engine: Engine, clock: FrozenClock) -> None:
    book = a_book()
    desk = ServiceDesk(engine, Directory(book), clock)
    await _file(desk, "k1")
    desk.close()
    without = replace(book, items={k: v for k, v in book.items.items() if k != "it"})
    with pytest.raises(Orphans, match="item 'it': HX-1"):
        ServiceDesk(engine, Directory(without), clock)
