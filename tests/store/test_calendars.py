"""Calendars are kept in versions: a changed file rules from now on, and what lay before is measured as it was."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine

from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Envelope, Said
from core.publishing import publish, rehearse
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Rulebook
from core.rules.calendar import Calendar
from core.store import calendars, journal
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import table
from tests.conftest import FrozenClock
from tests.store.test_agreements import a_book

MORNINGS = (((9 * 3600, 12 * 3600),),) * 5 + ((), ())


def with_mornings(book: Rulebook, **changed: object) -> Rulebook:
    """The same rulebook, the office open in the mornings only."""
    office = replace(book.calendars["office"].versions[0], week=MORNINGS, **changed)  # type: ignore[arg-type]
    return replace(book, calendars={**book.calendars, "office": Calendar("office", (office,))})


def adopted(engine: Engine, book: Rulebook, clock: FrozenClock) -> Rulebook:
    with engine.execution_options(deskbell_write=True).begin() as connection:
        return calendars.adopt(connection, book, clock.now())


def stored(engine: Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        found = connection.execute(table(t.CalendarRow).select().order_by(t.CalendarRow.calendar, t.CalendarRow.n))
        return [(row.calendar, row.n) for row in found]


def test_a_changed_calendar_rules_from_now_on(engine: Engine, clock: FrozenClock) -> None:
    book = a_book()
    first = adopted(engine, book, clock).calendars["office"]
    assert first == book.calendars["office"]
    clock.turn(timedelta(days=1))
    changed = adopted(engine, with_mornings(book), clock).calendars["office"]
    day = timedelta(days=1)
    assert changed.between(clock.at - day, clock.at) == first.between(clock.at - day, clock.at)
    assert changed.between(clock.at, clock.at + day) == timedelta(hours=3)
    assert changed.versions[1].valid_from == clock.at


def test_the_same_file_keeps_nothing_new(engine: Engine, clock: FrozenClock) -> None:
    for _ in range(3):
        found = adopted(engine, with_mornings(a_book()), clock)
        clock.turn(timedelta(days=1))
    assert stored(engine) == [("office", 0)]
    assert found.calendars["office"].versions == with_mornings(a_book()).calendars["office"].versions


def test_a_calendar_that_left_the_file_stays_for_those_who_are_measured_by_it(
    engine: Engine, clock: FrozenClock
) -> None:
    book = a_book()
    adopted(engine, book, clock)
    without = replace(book, calendars={name: one for name, one in book.calendars.items() if name != "office"})
    assert adopted(engine, without, clock).calendars["office"] == book.calendars["office"]


def test_a_naive_now_is_refused(engine: Engine, clock: FrozenClock) -> None:
    adopted(engine, a_book(), clock)
    clock.at = clock.at.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive datetime"):
        adopted(engine, with_mornings(a_book()), clock)


# ---- open requests


async def _filed(desk: ServiceDesk) -> None:
    emma = Identity("web", "", "emma")
    await desk.hear(Envelope("k", emma, Address("web", "", "client-hx"), Said("request", "Gate is stuck #it")))


async def test_a_start_moves_the_deadlines_once_and_journals_it(engine: Engine, clock: FrozenClock) -> None:
    desk = ServiceDesk(engine, Directory(a_book()), clock, audit_key=b"key")
    await publish(desk)
    await _filed(desk)
    desk.close()
    clock.turn(timedelta(hours=2))
    with engine.execution_options(deskbell_write=True).connect() as connection, connection.begin() as transaction:
        rehearsal = rehearse(connection, with_mornings(a_book()), clock.now())
        transaction.rollback()
    assert (rehearsal.calendars, [request.number for request, _ in rehearsal.moves]) == (("office",), ["HX-1"])
    assert stored(engine) == [("office", 0)], "a rehearsal keeps nothing"

    for _ in range(2):
        desk = ServiceDesk(engine, Directory(with_mornings(a_book())), clock, audit_key=b"key")
        await publish(desk)
        desk.close()
    with engine.connect() as connection:
        (request,) = rows.by_numbers(connection, ["HX-1"])
        events = connection.execute(table(t.JournalRow).select().where(t.JournalRow.event == "Remeasured")).all()
        assert journal.verify(connection, "hx", b"key") is None
    (_, moves), *more = rehearsal.moves
    assert not more
    assert len(events) == 1, "the second start has nothing to move"
    assert {m["target"]: datetime.fromisoformat(m["now_at"]) for m in events[0].facts["moves"]} == {
        move.target: move.now_at for move in moves if move.now_at
    }
    by_target = {timer.target: timer.due_at for timer in request.timers}
    assert all(by_target[move.target] == move.now_at for move in moves)


# ---- agreements that wait


async def test_what_the_file_has_begin_later_leaves_the_old_version_in_force(
    engine: Engine, clock: FrozenClock
) -> None:
    book = a_book()
    ServiceDesk(engine, Directory(book), clock).close()
    key = book.terms["standard-hx"][-1]
    begins = clock.now() + timedelta(days=9)

    def later(**changed: object) -> Rulebook:
        other: Agreement = replace(book.agreements[key], acceptance=timedelta(hours=99), **changed)  # type: ignore[arg-type]
        return replace(book, agreements={**book.agreements, key: other})

    for changed in ({"valid_from": begins}, {"proposed": True}):
        desk = ServiceDesk(engine, Directory(later(**changed)), clock)
        desk.close()
        assert desk.directory.agreement_of("hx", clock.now()).key == "standard-hx@1"
    dated = ServiceDesk(engine, Directory(later(valid_from=begins)), clock)
    dated.close()
    assert dated.directory.agreement_of("hx", begins).key == "standard-hx@2"


async def test_a_document_that_comes_back_is_the_version_that_it_was(engine: Engine, clock: FrozenClock) -> None:
    book = a_book()
    key = book.terms["standard-hx"][-1]
    other = replace(book.agreements[key], acceptance=timedelta(hours=99))
    found = []
    for one in (book, replace(book, agreements={**book.agreements, key: other}), book):
        desk = ServiceDesk(engine, Directory(one), clock)
        desk.close()
        found.append(desk.directory.agreement_of("hx", clock.now()).key)
        clock.turn(timedelta(hours=1))
    assert found == ["standard-hx@1", "standard-hx@2", "standard-hx@1"]
