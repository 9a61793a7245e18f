"""Goals 4 to 7: many due at once. The ticker's claim beside APScheduler's SQLAlchemyJobStore, its door beside filing.

A timer is a row of a desk's own database, with its request; they are cloned by the database from one that was filed.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text

from bot.clock import WallClock
from core.desk import ServiceDesk
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.store import schema
from core.store import tables as t
from core.store.changes import table
from core.store.engine import connect, hasty
from core.ticker import CLAIM, Ticker, claim
from tests.bench import scheduler
from tests.bench.databases import fresh
from tests.bench.measure import DESK, Round, Row, Wrong, middle, process, ratio
from tests.bench.store import envelope

CHEAPER = {"sqlite": 50.0, "postgres": 30.0}
FAR = datetime(2040, 1, 1, tzinfo=UTC)
BASE = 10**9  # ids of the clones begin here
CALLERS = 32


def measure(database: str, *, quick: bool = False, sabotage: str = "") -> list[Row]:
    """All of them; `sabotage` has no meaning here."""
    few, many, rounds = (1_000, 20_000, 1) if quick else (1_000, 1_000_000, 5)
    due, jobs = (1_000, 40) if quick else (10_000, 300)
    with stocked(database, few) as small, stocked(database, many) as large:
        found = [*_independent(small, large, database, rounds), _burst(large, database, due, jobs, rounds)]
        found += _lateness(large, database, due, jobs if quick else 1_000, 2 if quick else 10, max(rounds - 2, 1))
        if database == "postgres":
            found.append(_replicas(large, 2_000 if quick else 20_000, rounds))
    with stocked(database, due * 5) as url:
        found.append(_door(url, database, due // 10, rounds))
    return found


# --- a desk with so many timers --------------------------------------------------------------------------------------


@contextmanager
def stocked(database: str, timers: int) -> Iterator[str]:
    """The URL of a desk that holds so many open timers, none of them due: five to a request."""
    with fresh(database) as url:
        asyncio.run(_file_one(url))
        engine = connect(url)
        with engine.begin() as connection:
            _clone(connection, timers // 5)
        if database == "postgres":  # as autovacuum does in the first minute
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE timer"))
        engine.dispose()
        yield url


async def _file_one(url: str) -> None:
    desk = _desk(url)
    await desk.hear(envelope(1))
    desk.close()


def _desk(url: str) -> ServiceDesk:
    engine = connect(url)
    schema.migrate(engine)
    book = load(DESK, today=date.today(), chats_on_page=False)  # noqa: DTZ011 - which years of holidays to expand
    return ServiceDesk(engine, Directory(book, platforms=frozenset({"slack"})), WallClock())


def _clone(connection: Connection, requests: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {requests})"
    changed = {"request": {"id": f"{BASE} + n.i", "number": "'X-' || n.i"},
               "timer": {"request_id": f"{BASE} + n.i", "id": "p.k", "next_at": ":far"}}  # fmt: skip
    of = {"request": "(SELECT * FROM request LIMIT 1) s", "timer": "(SELECT * FROM timer WHERE metric = 'ttr' LIMIT 1) s, "
          "(SELECT 1 AS k UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) p"}  # fmt: skip
    far = FAR if connection.dialect.name == "postgresql" else "2040-01-01 00:00:00.000000"
    for row in (t.RequestRow, t.TimerRow):
        name = str(table(row).name)
        columns = [c.name for c in table(row).columns]
        values = ", ".join(changed[name].get(c, f's."{c}"') for c in columns)
        listed = ", ".join(f'"{c}"' for c in columns)
        statement = f"{numbers} INSERT INTO {name} ({listed}) SELECT {values} FROM n, {of[name]}"
        connection.execute(text(statement), {"far": far} if name == "timer" else {})


def make_due(
    engine: Engine, count: int, at: datetime, over: timedelta = timedelta(0), timer: int = 1
) -> list[datetime]:
    """So many requests have this timer due, at one instant or spread over a span; nothing of it has fired before."""
    moments = [at + over * (n / count) for n in range(count)]
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM firing WHERE request_id >= :base"), {"base": BASE})
        rows = [{"id": BASE + n, "k": timer, "at": _moment(engine, m)} for n, m in enumerate(moments)]
        statement = text("UPDATE timer SET next_at = :at, next_step = 'due' WHERE request_id = :id AND id = :k")
        connection.execute(statement, rows)
    return moments


def _moment(engine: Engine, at: datetime) -> Any:
    return at if engine.dialect.name == "postgresql" else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _all_claimed(engine: Engine, count: int) -> None:
    """None lost and none twice. Raises Wrong."""
    with engine.connect() as connection:
        fired = connection.execute(text(f"SELECT count(*) FROM firing WHERE request_id >= {BASE}")).scalar()
        left = connection.execute(
            text("SELECT count(*) FROM timer WHERE next_at <= :now"), {"now": _moment(engine, datetime.now(UTC))}
        ).scalar()
    if (fired, left) != (count, 0):
        raise Wrong(f"{count} timers were due: {fired} fired, {left} were left")


# --- 4: the cost does not follow what is stored ----------------------------------------------------------------------


def _independent(small: str, large: str, database: str, rounds: int) -> list[Row]:
    engines = connect(small), connect(large)
    count, empties = 200, 300  # as many as the small one has requests
    pairs: dict[str, list[tuple[Round, Round]]] = {"claim": [], "empty": []}
    for n in range(rounds + 1):
        made = [_cost(engine, count, empties) for engine in engines]
        for name in pairs:
            pairs[name] += [({"cpu_us": made[0][name]}, {"cpu_us": made[1][name]})] if n else []
    for engine in engines:
        engine.dispose()
    notes = {"claim": "us CPU a row", "empty": "us CPU a beat with nothing due"}
    return [
        Row(f"4 {name}, {database}: 1M stored by 1k", ratio(pairs[name], "cpu_us"), 1.3, "at most",
            note="{:.1f} -> {:.1f} {}".format(*middle(pairs[name], "cpu_us"), notes[name]), rounds=pairs[name])
        for name in pairs
    ]  # fmt: skip


def _cost(engine: Engine, count: int, empties: int) -> Round:
    """CPU of client and server for claiming, in microseconds: a row, and an empty beat."""
    spent = 0.0
    for _ in range(10):
        make_due(engine, count, datetime.now(UTC))
        spent += _cpu_of(engine, 1, expected=count)
    _all_claimed(engine, count)
    return {"claim": spent / count / 10 * 1e6, "empty": _cpu_of(engine, empties, expected=0) / empties * 1e6}


def _cpu_of(engine: Engine, times: int, expected: int) -> float:
    with _beating(engine) as connection:
        server = connection.execute(text("SELECT pg_backend_pid()")).scalar() if _on_postgres(engine) else None
        connection.rollback()
        before, there = time.process_time(), scheduler.cpu_exact(server)
        for _ in range(times):
            with connection.begin():
                if claim(connection, datetime.now(UTC)).timers != expected:
                    raise Wrong("a claim found something else than what was due")
        return time.process_time() - before + scheduler.cpu_exact(server) - there


def _beating(engine: Engine) -> Connection:
    """Where the desk's beats go."""
    return hasty(engine) if _on_postgres(engine) else engine.execution_options(deskbell_write=True).connect()


def _on_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


# --- 5: all at one instant -------------------------------------------------------------------------------------------


def _burst(url: str, database: str, due: int, jobs: int, rounds: int) -> Row:
    pairs, stalls = [], []
    for n in range(rounds + 1):
        theirs = asyncio.run(scheduler.burst(database, jobs))
        ours = asyncio.run(_claimed_at_once(url, due))
        pairs += [(theirs, ours)] if n else []
        stalls += [ours["stall_ms"]] if n else []
    cheaper = [(o, t_) for t_, o in pairs]  # how many times theirs is of ours
    us = middle(pairs, "cpu_us")
    worst = max(stalls)
    if worst > 50:
        raise Wrong(f"the event loop stood still for {worst:.0f} ms")
    note = f"{us[0]:.0f} -> {us[1]:.1f} us CPU each; {due} claimed, none lost; loop stalled {worst:.0f} ms at most"
    return Row(f"5 burst, {database}: cheaper than APScheduler's store", ratio(cheaper, "cpu_us"), CHEAPER[database],
               "at least", note=note, rounds=pairs)  # fmt: skip


async def _claimed_at_once(url: str, due: int) -> Round:
    desk = _desk(url)
    ticker = Ticker(desk)
    await ticker.claim()  # from now on its connection is there, and its server process is counted
    make_due(desk.engine, due, datetime.now(UTC))
    pids = scheduler.server_processes(desk.engine)
    async with scheduler.watched() as stall:
        before, begin, there = time.process_time(), time.perf_counter(), sum(map(scheduler.cpu_exact, pids))
        await ticker.claim()
        spent, took = time.process_time() - before, time.perf_counter() - begin
        spent += sum(map(scheduler.cpu_exact, pids)) - there
    _all_claimed(desk.engine, due)
    desk.close()
    desk.engine.dispose()
    return {"cpu_us": spent / due * 1e6, "wall_ms": took * 1e3, "stall_ms": stall.most * 1e3}


# --- 6: how late -----------------------------------------------------------------------------------------------------


def _lateness(url: str, database: str, due: int, jobs: int, seconds: int, rounds: int) -> list[Row]:
    pairs = []
    for n in range(rounds + 1):
        theirs = asyncio.run(scheduler.lateness(database, jobs, seconds))
        ours = asyncio.run(_late(url, due, seconds))
        pairs += [(theirs, ours)] if n or rounds == 1 else []
    p50, p99 = middle(pairs, "p50_ms"), middle(pairs, "p99_ms")
    note = f"p50 {p50[0]:.1f} -> {p50[1]:.1f} ms, p99 {p99[0]:.0f} -> {p99[1]:.0f} ms; {due} of ours, {jobs} of theirs"
    return [Row(f"6 lateness, {database}: p50 by APScheduler's store", ratio(pairs, "p50_ms"), 0.5, "at most",
                note=f"{note} in {seconds} s", rounds=pairs)]  # fmt: skip


async def _late(url: str, due: int, seconds: int) -> Round:
    """The claim, as the program wakes it: when the next is due."""
    desk = _desk(url)
    ticker = Ticker(desk)
    moments = make_due(desk.engine, due, datetime.now(UTC) + timedelta(seconds=8), timedelta(seconds=seconds))
    late: list[float] = []
    wait = 0.0
    while len(late) < due:
        before = len(late)
        following = await ticker.claim(after=wait)
        now = datetime.now(UTC)
        ahead = next((n for n in range(before, due) if following is not None and moments[n] >= following), due)
        late += [(now - at).total_seconds() for at in moments[before:ahead]]
        wait = (following - datetime.now(UTC)).total_seconds() if following is not None else 0.0
    _all_claimed(desk.engine, due)
    desk.close()
    desk.engine.dispose()
    return scheduler.quantiles(late)


# --- 7: two replicas -------------------------------------------------------------------------------------------------


def _replicas(url: str, due: int, rounds: int) -> Row:
    engine = connect(url)
    pairs = []
    for n in range(rounds + 1):
        one, two = (_raced(url, engine, due, replicas) for replicas in (1, 2))
        pairs += [({"rate": one}, {"rate": two})] if n else []
    engine.dispose()
    rates = middle(pairs, "rate")
    note = f"{rates[0]:.0f} -> {rates[1]:.0f} rows/s; {due} due, each claimed once"
    return Row("7 two replicas, postgres: by one", ratio(pairs, "rate"), 1.4, "at least", note=note, rounds=pairs)


def _raced(url: str, engine: Engine, due: int, replicas: int) -> float:
    """Rows a second, from the common start to the end of the last."""
    make_due(engine, due, datetime.now(UTC))
    begin = time.time() + 8  # until then both have started, however loud the machine is
    with _processes(replicas, url, begin) as running:
        told = [json.loads(one.communicate(timeout=120)[0].splitlines()[-1]) for one in running]
    if sum(one["claimed"] for one in told) != due:
        raise Wrong(f"{due} were due, and {[one['claimed'] for one in told]} claimed")
    _all_claimed(engine, due)
    return due / (max(one["ended"] for one in told) - begin)


@contextmanager
def _processes(replicas: int, url: str, begin: float) -> Iterator[list[Any]]:
    if replicas == 0:
        yield []
        return
    with (
        process("-m", "tests.bench.storm", url, str(begin)) as first,
        _processes(replicas - 1, url, begin) as others,
    ):
        yield [first, *others]


def _replica(url: str, begin: float) -> None:
    """Claim until nothing is due, from the given second on."""
    engine = connect(url)
    claimed = 0
    with _beating(engine) as connection:
        with connection.begin():
            claim(connection, datetime(2000, 1, 1, tzinfo=UTC))
        time.sleep(max(begin - time.time(), 0))
        while True:
            with connection.begin():
                found = claim(connection, datetime.now(UTC), CLAIM).timers
            claimed += found
            if not found:
                break
    sys.stdout.write(json.dumps({"claimed": claimed, "ended": time.time()}) + "\n")


# --- the door --------------------------------------------------------------------------------------------------------


def _door(url: str, database: str, count: int, rounds: int) -> Row:
    pairs = asyncio.run(_passed(url, count, rounds))
    rates = middle(pairs, "rate")
    note = f"{rates[0]:.0f} filings/s -> {rates[1]:.0f} checkpoints decided a second"
    return Row(f"5 the door, {database}: by filings", ratio(pairs, "rate"), 0.5, "at least", note=note, rounds=pairs)


async def _passed(url: str, count: int, rounds: int) -> list[tuple[Round, Round]]:
    desk = _desk(url)
    ticker = Ticker(desk)
    pairs = []
    for n in range(rounds + 1):
        numbers = iter(range(100 + n * count, 100 + (n + 1) * count))

        async def caller(numbers: Iterator[int]) -> None:
            for number in numbers:
                await desk.hear(envelope(number))

        begin = time.perf_counter()
        await asyncio.gather(*(caller(numbers) for _ in range(CALLERS)))
        filed = time.perf_counter() - begin
        overdue(desk.engine, count, n)
        await ticker.claim()
        begin = time.perf_counter()
        done = await ticker.beat()
        took = time.perf_counter() - begin
        if done < count:
            raise Wrong(f"{count} requests had a checkpoint; {done} passed the door")
        pairs += [({"rate": count / filed}, {"rate": done / took})] if n else []
    desk.close()
    desk.engine.dispose()
    return pairs


def overdue(engine: Engine, count: int, nth: int) -> None:
    """So many requests that were not touched before have their solution due: they began long ago."""
    first = BASE + nth * count
    since, at = datetime.now(UTC) - timedelta(days=30), datetime.now(UTC) - timedelta(seconds=1)
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE timer SET since = :since, next_at = :at, due_at = :at "
                "WHERE request_id >= :a AND request_id < :b AND id = 1"
            ),
            {"since": _moment(engine, since), "at": _moment(engine, at), "a": first, "b": first + count},
        )  # fmt: skip


if __name__ == "__main__":
    _replica(sys.argv[1], float(sys.argv[2]))
