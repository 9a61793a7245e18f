"""The baseline of the storm: APScheduler with its SQLAlchemyJobStore by a URL, as its guide shows; no job thrown away."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine, text

from tests.bench.databases import fresh
from tests.bench.measure import Round, Wrong, cpu_seconds

_late: list[float] = []


def job(at: float) -> None:
    """What a job does: it notes how late it is."""
    _late.append(time.time() - at)


async def _run(database: str, moments: list[datetime]) -> Round:
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    _late.clear()
    with fresh(database) as url:
        store = SQLAlchemyJobStore(url=url.replace("postgresql:", "postgresql+psycopg:"))
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.start(paused=True)
        for at in moments:
            scheduler.add_job(job, "date", run_date=at, args=[at.timestamp()], misfire_grace_time=None)
        await asyncio.sleep(max((moments[0] - datetime.now(UTC)).total_seconds(), 0))
        servers = server_processes(store.engine)
        before = time.process_time() + sum(map(cpu_exact, servers))
        scheduler.resume()
        while len(_late) < len(moments):  # noqa: ASYNC110 - a job runs in a thread, and has no event to set
            await asyncio.sleep(0.01)
        spent = time.process_time() + sum(map(cpu_exact, servers)) - before
        scheduler.shutdown()
        store.engine.dispose()
    return {"cpu_us": spent / len(moments) * 1e6, **quantiles(_late)}


# --- what both sides are measured with


async def burst(database: str, jobs: int) -> Round:
    """All at one instant."""
    return await _run(database, [datetime.now(UTC)] * jobs)


async def lateness(database: str, jobs: int, seconds: int) -> Round:
    """Spread over some seconds, which begin once all of them are stored."""
    begin = datetime.now(UTC) + timedelta(seconds=2 + jobs * 0.006)
    return await _run(database, [begin + timedelta(seconds=seconds * n / jobs) for n in range(jobs)])


def quantiles(late: list[float]) -> Round:
    ordered = sorted(late)
    if not ordered:
        raise Wrong("nothing has run")
    return {"p50_ms": ordered[len(ordered) // 2] * 1e3, "p99_ms": ordered[int(len(ordered) * 0.99)] * 1e3}


@dataclass
class Stall:
    most: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Stall]:
    """How long the event loop stood still at most."""
    stall = Stall()

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            stall.most = max(stall.most, time.perf_counter() - before - 0.001)

    beating = asyncio.create_task(beat())
    try:
        yield stall
    finally:
        beating.cancel()


def server_processes(engine: Engine) -> list[int]:
    """Those that work for this database, if it is one with a server."""
    if engine.dialect.name != "postgresql":
        return []
    with engine.connect() as connection:
        found = connection.execute(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"))
        return [row.pid for row in found]


def cpu_exact(pid: int | None) -> float:
    """A process's CPU time to the nanosecond, where Linux tells it; 0 for none."""
    if pid is None:
        return 0.0
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return cpu_seconds(pid)
