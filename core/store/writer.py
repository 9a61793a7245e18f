"""One writer per process: takes all that wait, runs them as one transaction, commits once, then answers them all.

A batch that fails is run again unit by unit, so that one bad unit harms nobody else. Callers await their answer and
get it only after the commit (rulings.md 2).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import Any, Generic, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

T = TypeVar("T")

BATCH = 64
TRIES = 5


class Later(Exception):
    """This unit touches what an earlier unit of the batch touches: it goes into the next one."""


class Closed(Exception):
    """The writer has ended: nothing can be kept any more."""


class Clash(Exception):
    """Somebody else changed the same row: load and decide again."""


class Lost(Exception):
    """The database went away in the middle: what was begun is undone there, and is done again on a new connection."""


#: After these it is worth to try again: what was loaded is loaded anew.
_PASSING = (Clash, Lost, IntegrityError)


class _Waiting(Struct, Generic[T]):
    unit: T
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    at: float = 0.0  # not before this (`time.monotonic`)


class Writer(Generic[T]):
    """`run(connection, units)` carries out units inside one transaction and returns, for each, its answer or an
    exception (`Later` to be asked again). It must not keep anything from a run that fails."""

    def __init__(
        self,
        engine: Engine,
        run: Callable[[Connection, Sequence[T]], list[Any]],
        committed: Callable[[list[Any]], None] | None = None,
    ) -> None:
        self._engine = engine.execution_options(deskbell_write=True)
        self._connection: Connection | None = None  # kept from batch to batch: taking one from the pool asks it first
        self._run = run
        self._committed = committed
        self._door = threading.Lock()
        self._closed = False
        self._queue: queue.SimpleQueue[_Waiting[T] | None] = queue.SimpleQueue()
        self._bell = threading.Event()  # rung after each put: `SimpleQueue.get` may sleep on past a tiny timeout
        self._alarms: list[tuple[float, int, _Waiting[T]]] = []  # a heap; the writer's own
        self._counted = itertools.count()
        self._thread = threading.Thread(target=self._loop, name="deskbell-writer", daemon=True)
        self._thread.start()

    async def submit(self, unit: T, *, at: float = 0.0) -> Any:
        """The unit's answer, after its commit; raises what the unit raised, and Closed after the end.

        One that has its time (`at`, as `time.monotonic` tells it) waits for it here: an event loop wakes a millisecond
        later, and would have to hand it over then.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(unit, loop.create_future(), loop, at)
        with self._door:
            if self._closed:
                raise Closed("the writer has ended")
            self._put(waiting)
        return await waiting.future

    def _put(self, waiting: _Waiting[T] | None) -> None:
        self._queue.put(waiting)
        self._bell.set()

    def close(self) -> None:
        """Finish what waits, then end; what waits for its time ends as Closed. Closing again changes nothing."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._put(None)
        self._thread.join()

    def _loop(self) -> None:
        try:
            self._serve()
        finally:
            self._hang_up()
            for _, _, waiting in self._alarms:
                _answer(waiting.loop, [(waiting.future, Closed("the writer has ended"))])

    def _serve(self) -> None:
        held: list[_Waiting[T]] = []
        while True:
            batch, held = held, []
            if not batch:
                first = self._next()
                if first is None:
                    return
                batch.append(first)
            while len(batch) < BATCH and not self._queue.empty():
                more = self._queue.get()
                if more is None:
                    self._queue.put(None)
                    break
                if not self._put_off(more):
                    batch.append(more)
            held = self._settle(batch)

    def _next(self) -> _Waiting[T] | None:
        """What is said next, or what has waited for its time; None at the end."""
        while True:
            wait = self._alarms[0][0] - time.monotonic() if self._alarms else None
            if wait is not None and wait <= 0:
                return heappop(self._alarms)[2]
            if self._queue.empty():
                self._bell.wait(wait)
                self._bell.clear()
                continue
            waiting = self._queue.get()
            if waiting is None or not self._put_off(waiting):
                return waiting

    def _put_off(self, waiting: _Waiting[T]) -> bool:
        if not waiting.at or waiting.at <= time.monotonic():
            return False
        heappush(self._alarms, (waiting.at, next(self._counted), waiting))
        return True

    def _settle(self, batch: list[_Waiting[T]]) -> list[_Waiting[T]]:
        """Run a batch, answer it, and return the units that have to wait for the next."""
        answers = self._answers([w.unit for w in batch])
        later = [w for w, answer in zip(batch, answers, strict=True) if isinstance(answer, Later)]
        done = [(w, answer) for w, answer in zip(batch, answers, strict=True) if not isinstance(answer, Later)]
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any]]] = {}
        for waiting, answer in done:
            by_loop.setdefault(waiting.loop, []).append((waiting.future, answer))
        for loop, pairs in by_loop.items():
            _answer(loop, pairs)
        return later

    def _answers(self, units: list[T]) -> list[Any]:
        try:
            return self._once(units)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach the other units
            if len(units) == 1:
                return [self._again(units[0], error)]
            if isinstance(error, _PASSING):
                with contextlib.suppress(Exception):
                    return self._once(units)
            return [self._alone(unit) for unit in units]

    def _once(self, units: list[T]) -> list[Any]:
        """One transaction. After a failure the connection is not trusted any more; raises Lost where it is gone."""
        connection = self._connection = self._connection or self._engine.connect()
        try:
            with connection.begin():
                answers = self._run(connection, units)
        except Exception as error:
            lost = connection.invalidated or getattr(connection.connection.driver_connection, "broken", False)
            self._hang_up()
            if lost:
                raise Lost(str(error)) from error
            raise
        if self._committed is not None:
            self._committed(answers)
        return answers

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _alone(self, unit: T) -> Any:
        try:
            return self._once([unit])[0]
        except Exception as error:  # noqa: BLE001
            return self._again(unit, error)

    def _again(self, unit: T, error: Exception) -> Any:
        """Load and decide anew after a clash, after another process took the same unique key (a number, a link of the
        journal, a delivery heard twice), or on a new connection; deciding is pure, so trying again is free."""
        for _ in range(TRIES - 1):
            if not isinstance(error, _PASSING):
                return error
            try:
                return self._once([unit])[0]
            except Exception as next_error:  # noqa: BLE001
                error = next_error
        return error


def _answer(loop: asyncio.AbstractEventLoop, pairs: list[tuple[asyncio.Future[Any], Any]]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits for these any more
        loop.call_soon_threadsafe(_answer_all, pairs)


def _answer_all(pairs: list[tuple[asyncio.Future[Any], Any]]) -> None:
    for future, answer in pairs:
        if future.done():
            continue
        if isinstance(answer, StopIteration):  # a future refuses it, and whoever waits would wait for ever
            answer = RuntimeError(f"a unit stopped: {answer!r}")
        if isinstance(answer, BaseException):
            future.set_exception(answer)
        else:
            future.set_result(answer)
