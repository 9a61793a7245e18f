"""The ticker: due timers become firings once, in one statement; what was claimed is served even after a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from msgspec.structs import replace
from sqlalchemy import Engine, func, insert, select

from core import ticker
from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Envelope, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import Changes, table
from core.ticker import Ticker, claim
from tests.builders import a_request
from tests.conftest import MONDAY as NOW
from tests.conftest import FrozenClock

DESK = Path(__file__).parent.parent / "data" / "desk.toml"
FIRINGS, TIMERS = table(t.FiringRow), table(t.TimerRow)


def _put_timers(engine: Engine, count: int, due: datetime = NOW) -> int:
    """Timers of one request: the first is due now, each further one a second later. Returns the request's id."""
    from core.model.request import ClockState, Timer

    timers = tuple(
        Timer(
            n + 1, "ttr", "ttr", timedelta(hours=8), "office", "default", 1, ClockState.RUNNING, (),
            next_at=due + timedelta(seconds=n), next_step="p50", next_repeat=0,
        )
        for n in range(count)
    )  # fmt: skip
    with engine.begin() as connection:
        changes, request = Changes(), replace(a_request(), timers=timers)
        rows.save(changes, request, None, due)
        changes.flush(connection)
    return request.id


def _claim(engine: Engine, now: datetime, limit: int = ticker.CLAIM) -> int:
    with engine.execution_options(deskbell_write=True).begin() as connection:
        return claim(connection, now, limit).timers


def _firings(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(FIRINGS).order_by(FIRINGS.c.reached_at)).mappings())


def test_due_timers_become_firings_once(engine: Engine) -> None:
    _put_timers(engine, 5)
    now = NOW + timedelta(seconds=2)
    assert _claim(engine, now) == 3
    assert _claim(engine, now) == 0
    firings = _firings(engine)
    assert [f["timer_id"] for f in firings] == [1, 2, 3]
    assert [f["reached_at"] for f in firings] == [NOW + timedelta(seconds=n) for n in range(3)]
    assert {(f["step"], f["repeat"], f["cycle"], f["decided_at"]) for f in firings} == {("p50", 0, 1, None)}
    with engine.connect() as connection:
        assert rows.next_due(connection) == NOW + timedelta(seconds=3), "a claimed timer is not due again"


def test_a_microsecond_early_is_not_due(engine: Engine) -> None:
    """Both databases compare instants, whatever text SQLite keeps them in."""
    _put_timers(engine, 1, NOW + timedelta(microseconds=1))
    assert _claim(engine, NOW) == 0
    assert _claim(engine, (NOW + timedelta(microseconds=1)).astimezone(ZoneInfo("Asia/Shanghai"))) == 1


def test_the_oldest_are_claimed_first_up_to_the_limit(engine: Engine) -> None:
    _put_timers(engine, 7)
    later = NOW + timedelta(hours=1)
    assert [_claim(engine, later, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert len(_firings(engine)) == 7


def test_what_fired_before_is_not_fired_again(engine: Engine) -> None:
    request = _put_timers(engine, 1)
    with engine.begin() as connection:
        connection.execute(
            insert(FIRINGS).values(
                timer_id=1, cycle=1, step="p50", repeat=0, request_id=request, reached_at=NOW, decided_at=NOW
            )
        )
    _claim(engine, NOW)
    assert [f["decided_at"] for f in _firings(engine)] == [NOW]


# ---- with the desk


@pytest.fixture
def directory() -> Directory:
    return Directory(load(DESK, today=date(2026, 11, 23), chats_on_page=True))


@pytest_asyncio.fixture
async def desk(engine: Engine, clock: FrozenClock, directory: Directory) -> AsyncIterator[ServiceDesk]:
    made = ServiceDesk(engine, directory, clock)
    yield made
    made.close()


async def _file(desk: ServiceDesk, key: str, text: str = "Crane stands still !high") -> None:
    emma = Identity("web", "", "emma")
    await desk.hear(Envelope(key, emma, Address("web", "", "client-hx"), Said("request", text)))


async def test_after_a_crash_between_claim_and_door_the_door_is_still_served(
    desk: ServiceDesk, clock: FrozenClock, engine: Engine
) -> None:
    await _file(desk, "k1")
    clock.turn(timedelta(hours=1))
    assert _claim(engine, clock.now()) > 0
    assert all(f["decided_at"] is None for f in _firings(engine))  # here the process died
    beats = Ticker(desk)
    assert await beats.beat() == 1
    assert all(f["decided_at"] is not None for f in _firings(engine))
    assert await beats.beat() == 0


async def test_a_long_outage_is_caught_up_in_one_beat(desk: ServiceDesk, clock: FrozenClock, engine: Engine) -> None:
    for n in range(40):
        await _file(desk, f"k{n}", f"The lift {n} stands open")
    clock.turn(timedelta(days=6))
    assert await Ticker(desk).beat() >= 40
    with engine.connect() as connection:
        left = connection.execute(
            select(func.count()).select_from(TIMERS).where(TIMERS.c.next_at <= clock.now())
        ).scalar()
        assert left == 0
        assert rows.due(connection, clock.now(), 10) == []


async def test_the_gravest_pass_the_door_first_and_of_these_the_oldest(
    desk: ServiceDesk, clock: FrozenClock, engine: Engine
) -> None:
    for n, level in enumerate(("low", "normal", "p1", "normal", "p1")):
        await _file(desk, f"k{n}", f"The lift {n} stands open !{level}")
        clock.turn(timedelta(minutes=1))
    clock.turn(timedelta(days=3))
    _claim(engine, clock.now())
    with engine.connect() as connection:
        due = rows.due(connection, clock.now(), 10)
        ranks = [(r.priority, r.number) for r in map(rows.by_ids(connection, due).__getitem__, due)]
    assert len(ranks) == 5
    assert ranks == sorted(ranks)


async def test_the_next_due_time_is_known_after_a_beat(desk: ServiceDesk, clock: FrozenClock) -> None:
    """So the program wakes for it, and need not wait for the metronome."""
    beats = Ticker(desk)
    await beats.beat()
    assert beats.following is None
    await _file(desk, "k1")
    await beats.beat()
    assert beats.following == await beats.next_due()
    assert beats.following is not None
    assert beats.following > clock.now()


async def test_one_that_cannot_be_decided_steps_aside(
    desk: ServiceDesk, clock: FrozenClock, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many fail, and however early they were due, the others are served in the same beat."""
    for n in range(ticker.DOOR + 3):
        await _file(desk, f"k{n}", f"The lift {n} stands open")
    with engine.connect() as connection:
        broken = {row.id for row in connection.execute(select(table(t.RequestRow).c.id).limit(ticker.DOOR))}
    decide = ticker.TimeReached

    import core.batch

    real = core.batch.decide

    def failing(request: Any, command: Any, context: Any) -> Any:
        if isinstance(command, decide) and request.id in broken:
            raise ZeroDivisionError("a bug")
        return real(request, command, context)

    monkeypatch.setattr(core.batch, "decide", failing)
    clock.turn(timedelta(hours=5))
    assert await Ticker(desk).beat() >= 3
    with engine.connect() as connection:
        assert set(rows.due(connection, clock.now(), 1000)) == broken
    monkeypatch.setattr(core.batch, "decide", real)
    assert await Ticker(desk).beat() == len(broken), "at the next beat they are tried again"


async def test_digests_are_planned_once_and_follow_the_rulebook(desk: ServiceDesk, clock: FrozenClock) -> None:
    from core.store import facts

    beats = Ticker(desk)
    await beats.plan()
    planned = await desk.run(facts.schedules)
    assert set(planned) == {"client:hx", "team:site", "manager:zhao"}
    clock.turn(timedelta(hours=2))
    await beats.plan()
    assert await desk.run(facts.schedules) == planned
    await desk.run(lambda c: facts.plan(c, "client:gone", "client", "gone", clock.now()))
    await beats.plan()
    assert set(await desk.run(facts.schedules)) == set(planned)
    was = planned["team:site"]["next_at"]
    await desk.run(lambda c: facts.plan(c, "team:site", "team", "site", was + timedelta(hours=1)))
    await beats.plan()
    assert await desk.run(facts.schedules) == planned, "a time that was changed holds from the next digest on"
