"""The one writer: many callers, one commit; a bad unit harms nobody else; answers only after the commit."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError

from core.store.writer import BATCH, TRIES, Clash, Closed, Later, Writer

Run = Callable[[Connection, Sequence[Any]], list[Any]]


class Gate:
    """Holds the first batch inside its run, so that what is submitted meanwhile makes one batch."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.entered, self.opened = threading.Event(), threading.Event()
        self.batches: list[list[Any]] = []

    def __call__(self, connection: Connection, units: Sequence[Any]) -> list[Any]:
        self.batches.append(list(units))
        if not self.entered.is_set():
            self.entered.set()
            assert self.opened.wait(20)
        return self._run(connection, units)


def remember(connection: Connection, units: Sequence[Any]) -> list[Any]:
    for unit in units:
        if isinstance(unit, BaseException):
            raise unit
        connection.execute(text("INSERT INTO memory (name, value) VALUES (:n, '')"), {"n": str(unit)})
    return [f"kept {unit}" for unit in units]


def kept(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM memory")).scalars())


@pytest.fixture
def commits(engine: Engine) -> Iterator[Counter[str]]:
    counted: Counter[str] = Counter()

    def on(what: str) -> Callable[[Connection], None]:
        return lambda _connection: counted.update([what])

    handlers = {what: on(what) for what in ("commit", "rollback")}
    for what, handler in handlers.items():
        event.listen(engine, what, handler)
    yield counted
    for what, handler in handlers.items():
        event.remove(engine, what, handler)


async def _behind_a_gate(engine: Engine, run: Run, units: Sequence[Any]) -> tuple[Gate, Writer[Any], list[Any]]:
    """The first unit waits in the gate until all the others wait behind it."""
    gate = Gate(run)
    writer: Writer[Any] = Writer(engine, gate)
    first = asyncio.create_task(writer.submit("first"))
    await asyncio.to_thread(gate.entered.wait, 20)
    others = [asyncio.create_task(writer.submit(unit)) for unit in units]
    await asyncio.gather(*(asyncio.sleep(0) for _ in units))  # each task has put its unit into the queue
    gate.opened.set()
    answers = await asyncio.wait_for(asyncio.gather(first, *others, return_exceptions=True), 30)
    return gate, writer, list(answers)


async def test_many_callers_share_one_commit(engine: Engine, commits: Counter[str]) -> None:
    gate, writer, answers = await _behind_a_gate(engine, remember, range(BATCH))
    writer.close()
    assert [len(batch) for batch in gate.batches] == [1, BATCH]
    assert commits == {"commit": 2}
    assert answers == ["kept first", *(f"kept {n}" for n in range(BATCH))]


async def test_a_batch_has_a_limit(engine: Engine, commits: Counter[str]) -> None:
    gate, writer, _ = await _behind_a_gate(engine, remember, range(BATCH + 1))
    writer.close()
    assert [len(batch) for batch in gate.batches] == [1, BATCH, 1]


async def test_a_bad_unit_harms_nobody_else(engine: Engine) -> None:
    _, writer, answers = await _behind_a_gate(engine, remember, ["a", ValueError("bad"), "b"])
    writer.close()
    assert isinstance(answers[2], ValueError)
    assert [answers[1], answers[3]] == ["kept a", "kept b"]
    assert kept(engine) == {"first", "a", "b"}


async def test_what_touches_the_same_goes_into_the_next_batch(engine: Engine) -> None:
    def once(connection: Connection, units: Sequence[Any]) -> list[Any]:
        seen: set[Any] = set()
        answers: list[Any] = []
        for unit in units:
            answers.append(Later() if unit[0] in seen else f"kept {unit}")
            seen.add(unit[0])
        return answers

    gate, writer, answers = await _behind_a_gate(engine, once, ["x1", "x2", "y1", "x3"])
    writer.close()
    assert gate.batches == [["first"], ["x1", "x2", "y1", "x3"], ["x2", "x3"], ["x3"]]
    assert answers == ["kept first", "kept x1", "kept x2", "kept y1", "kept x3"]


@pytest.mark.parametrize("error", [Clash("HX-1"), IntegrityError("insert", {}, Exception("number"))])
async def test_a_clash_is_decided_again(engine: Engine, error: Exception) -> None:
    """A version that was changed, or a key that another process took first."""
    tries = Counter[str]()

    def clashing(connection: Connection, units: Sequence[Any]) -> list[Any]:
        tries.update(units)
        if tries[units[0]] < TRIES:
            raise error
        return remember(connection, units)

    writer: Writer[Any] = Writer(engine, clashing)
    assert await asyncio.wait_for(writer.submit("a"), 30) == "kept a"
    writer.close()
    assert tries == {"a": TRIES}


async def test_a_batch_that_clashed_is_done_again_as_one(engine: Engine, commits: Counter[str]) -> None:
    clashes = iter([False, True, False])

    def clashing(connection: Connection, units: Sequence[Any]) -> list[Any]:
        if next(clashes):
            raise Clash("HX-1")
        return remember(connection, units)

    gate, writer, answers = await _behind_a_gate(engine, clashing, range(5))
    writer.close()
    assert [len(batch) for batch in gate.batches] == [1, 5, 5]
    assert commits == {"commit": 2, "rollback": 1}
    assert answers == ["kept first", *(f"kept {n}" for n in range(5))]


async def test_a_clash_that_never_ends_is_said(engine: Engine) -> None:
    def clashing(connection: Connection, units: Sequence[Any]) -> list[Any]:
        raise Clash("HX-1")

    writer: Writer[Any] = Writer(engine, clashing)
    with pytest.raises(Clash):
        await asyncio.wait_for(writer.submit("a"), 30)
    writer.close()


async def test_the_answer_comes_after_the_commit(engine: Engine) -> None:
    """Whoever has the answer can read what it says, from anywhere."""
    order: list[str] = []
    event.listen(engine, "commit", lambda _connection: order.append("commit"))
    writer: Writer[Any] = Writer(engine, remember, lambda _answers: order.append("committed"))
    for n in range(20):
        await asyncio.wait_for(writer.submit(n), 30)
        order.append("answer")
        assert str(n) in kept(engine)
    writer.close()
    assert order == ["commit", "committed", "answer"] * 20


async def test_nothing_is_answered_that_could_not_be_committed(engine: Engine) -> None:
    def refused(_connection: Connection) -> None:
        raise OSError("disk full")

    event.listen(engine, "commit", refused)
    writer: Writer[Any] = Writer(engine, remember)
    with pytest.raises(OSError, match="disk full"):
        await asyncio.wait_for(writer.submit("a"), 30)
    writer.close()
    assert kept(engine) == set()


async def test_closing_finishes_what_waits(engine: Engine) -> None:
    gate = Gate(remember)
    writer: Writer[Any] = Writer(engine, gate)
    tasks = [asyncio.create_task(writer.submit(n)) for n in range(5)]
    await asyncio.to_thread(gate.entered.wait, 20)
    closing = asyncio.create_task(asyncio.to_thread(writer.close))
    gate.opened.set()
    assert await asyncio.wait_for(asyncio.gather(*tasks), 30) == [f"kept {n}" for n in range(5)]
    await asyncio.wait_for(closing, 30)
    assert kept(engine) == {"0", "1", "2", "3", "4"}


async def test_what_waits_for_its_time_lets_others_go_first(engine: Engine) -> None:
    gate, order = Gate(remember), list[str]()
    writer: Writer[Any] = Writer(engine, gate)
    gate.opened.set()

    async def submitted(unit: str, after: float = 0.0) -> None:
        await writer.submit(unit, at=time.monotonic() + after)
        order.append(unit)

    async with asyncio.timeout(30):
        await asyncio.gather(submitted("second", 0.2), submitted("first", 0.1), submitted("at once"))
    writer.close()
    assert order == ["at once", "first", "second"]
    assert gate.batches == [["at once"], ["first"], ["second"]]


async def test_what_waits_for_its_time_at_the_end_is_told_so(engine: Engine) -> None:
    writer: Writer[Any] = Writer(engine, remember)
    waiting = asyncio.create_task(writer.submit("some day", at=time.monotonic() + 3600))
    assert await writer.submit("now") == "kept now"
    await asyncio.to_thread(writer.close)
    with pytest.raises(Closed):
        await asyncio.wait_for(waiting, 30)
    assert kept(engine) == {"now"}


async def test_after_the_end_nobody_waits_for_ever(engine: Engine) -> None:
    writer: Writer[Any] = Writer(engine, remember)
    writer.close()
    writer.close()
    with pytest.raises(Closed):
        await asyncio.wait_for(writer.submit("late"), 30)


def test_a_caller_whose_loop_is_gone_does_not_stop_the_writer(engine: Engine) -> None:
    gate = Gate(remember)
    writer: Writer[Any] = Writer(engine, gate)

    async def leave() -> None:
        task = asyncio.create_task(writer.submit("gone"))
        await asyncio.to_thread(gate.entered.wait, 20)
        task.cancel()

    asyncio.run(leave())
    gate.opened.set()

    async def stay() -> Any:
        return await asyncio.wait_for(writer.submit("here"), 30)

    assert asyncio.run(stay()) == "kept here"
    writer.close()
    assert kept(engine) == {"gone", "here"}


async def test_a_unit_that_stops_an_iteration_is_an_error_like_any_other(engine: Engine) -> None:
    """A future refuses StopIteration: whoever waited for the answer would wait for ever."""
    writer: Writer[Any] = Writer(engine, remember)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(writer.submit(StopIteration()), 30)
    writer.close()


@pytest.mark.parametrize("when", ["between two batches", "in the middle of one"])
async def test_a_connection_that_is_lost_is_made_anew(engine: Engine, when: str) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no connection that could be lost")
    backends: list[int] = []

    def run(connection: Connection, units: Sequence[Any]) -> list[Any]:
        backends.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        if when == "in the middle of one" and len(backends) == 1:
            end(backends[0])
        return remember(connection, units)

    def end(backend: int) -> None:
        with engine.connect() as other:
            assert other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend}).scalar_one()

    writer = Writer(engine, run)
    assert await writer.submit("a") == "kept a"
    if when == "between two batches":
        end(backends[-1])
    assert await writer.submit("b") == "kept b"
    writer.close()
    assert kept(engine) == {"a", "b"}
    assert len(set(backends)) == 2, "one was lost, one took its place and is kept"
