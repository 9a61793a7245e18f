"""Goal 3: the store alone. The same rows of filings, from sixteen concurrent callers, beside SQLModel sessions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from importlib.util import find_spec
from itertools import count
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import WallClock
from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Envelope, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.store import schema
from core.store import tables as t
from core.store.changes import Changes, table
from core.store.engine import connect
from core.store.writer import Writer
from tests.bench.databases import all_there, fresh
from tests.bench.measure import DESK, Round, Row, cpu_note, middle, ratio
from tests.bench.servers import never_commit

GOALS = {"sqlite": 20.0, "postgres": 6.0}
CALLERS = 16
ROWS = (t.RequestRow, t.TimerRow, t.JournalRow, t.DeliveryRow, t.TokenRow, t.InboxRow)
_numbers = count()

File = Callable[[int], Awaitable[Any]]


def envelope(n: int) -> Envelope:
    text = f"Projector {n} in room 4 is broken !high #it\nIt went dark during the meeting"
    return Envelope(
        f"slack:T0HX:cmd:{n}", Identity("slack", "T0HX", "U0EMMA"), Address("slack", "T0HX", "C0CLIENT"),
        Said("request", text),
    )  # fmt: skip


def measure(database: str, *, quick: bool = False, sabotage: str = "") -> list[Row]:
    """Filings a second."""
    return asyncio.run(_measure(database, quick, sabotage))


async def _measure(database: str, quick: bool, sabotage: str) -> list[Row]:
    rounds, few, many = (1, 32, 640) if quick else (5, 96, 1920)
    rows = await _filing()
    if sabotage == "no-commit":
        never_commit()
    with fresh(database) as url, fresh(database) as other:
        writer = _writer(url, rows)
        session, how = _sessions(other, rows)
        pairs = []
        for n in range(rounds + 1):
            pair = await _timed(session, few if not sabotage else 0), await _timed(writer.submit, many)
            pairs += [pair] if n else []
        writer.close()
        there = all_there(url, (rounds + 1) * many)
    rates = middle(pairs, "rate")
    return [
        Row(f"3 store alone, {database}, {CALLERS} callers: by {how}", ratio(pairs, "rate"), GOALS[database],
            "at least", cpu=cpu_note(pairs), note=f"{rates[0]:.0f}/s -> {rates[1]:.0f}/s; {there}", rounds=pairs)
    ]  # fmt: skip


Rows = dict[type, list[dict[str, Any]]]


async def _filing() -> Rows:
    """The rows of one filing, as the desk writes them."""
    with fresh("sqlite") as url:
        engine = connect(url)
        schema.migrate(engine)
        book = load(DESK, today=date.today(), chats_on_page=False)  # noqa: DTZ011 - which years of holidays to expand
        desk = ServiceDesk(engine, Directory(book, platforms=frozenset({"slack"})), WallClock())
        text = "Projector in room 4 is broken !high #it\nIt went dark during the meeting"
        emma, chat = Identity("slack", "T0HX", "U0EMMA"), Address("slack", "T0HX", "C0CLIENT")
        await desk.hear(Envelope("slack:T0HX:cmd:1", emma, chat, Said("request", text)))
        desk.close()
        with engine.connect() as connection:
            return {row: [dict(r) for r in connection.execute(select(table(row))).mappings()] for row in ROWS}


def _writer(url: str, rows: Rows) -> Writer[int]:
    """The one writer: what waits is written together, with the duplicate check, and answered after its commit."""
    engine = connect(url)
    schema.migrate(engine)
    made = _maker(rows)
    heard = table(t.InboxRow).c.key

    def run(connection: Connection, units: Sequence[int]) -> list[int]:
        known = set(connection.scalars(select(heard).where(heard.in_([str(n) for n in units]))))
        changes = Changes()
        for kind, some in (pair for n in units if str(n) not in known for pair in made(n).items()):
            for row in some:
                changes.insert(kind, row)
        changes.flush(connection)
        return list(units)

    return Writer(engine, run)


async def _timed(file: File, filings: int) -> Round:
    numbers = iter([next(_numbers) for _ in range(filings)])

    async def caller() -> None:
        for n in numbers:
            await file(n)

    begin, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    took, spent = time.perf_counter() - begin, time.process_time() - cpu
    return {"rate": round(filings / took, 2), "cpu_us": round(spent / max(filings, 1) * 1e6, 1)}


# --- the baseline ----------------------------------------------------------------------------------------------------


def _sessions(url: str, rows: Rows) -> tuple[File, str]:
    """One SQLModel session and one commit a filing, with the duplicate check: the way that the tutorials show."""
    engine = connect(url)
    schema.migrate(engine)
    made, sqlite = _maker(rows), engine.dialect.name == "sqlite"

    async def file(n: int) -> None:
        async with AsyncSession(async_engine) as session:
            if not (await session.exec(select(t.InboxRow.key).where(t.InboxRow.key == f"{n}"))).first():
                for kind, some in made(n).items():  # table by table: a session does not heed foreign keys
                    session.add_all([kind(**row) for row in some])
                    await session.flush()
                await session.commit()

    async def file_in_turn(n: int) -> None:
        with Session(engine) as session:
            if not session.exec(select(t.InboxRow.key).where(t.InboxRow.key == f"{n}")).first():
                for kind, some in made(n).items():
                    session.add_all([kind(**row) for row in some])
                    session.flush()
                session.commit()

    if sqlite and not find_spec("aiosqlite"):
        return file_in_turn, "SQLModel Session (no aiosqlite here)"
    async_url = engine.url.set(drivername="sqlite+aiosqlite") if sqlite else engine.url
    async_engine = create_async_engine(async_url, pool_size=CALLERS)
    if sqlite:
        event.listen(async_engine.sync_engine, "connect", _durable)
    return file, "SQLModel AsyncSession"


# --- what both write -------------------------------------------------------------------------------------------------


def _maker(rows: Rows) -> Callable[[int], Rows]:
    ids = count(1)

    def made(n: int) -> Rows:
        new = {row["id"]: next(ids) for kind in (t.RequestRow, t.DeliveryRow) for row in rows[kind]}
        return {kind: [_anew(kind, row, n, new) for row in some] for kind, some in rows.items()}

    return made


def _anew(kind: type, row: dict[str, Any], n: int, new: dict[int, int]) -> dict[str, Any]:
    """The row of another filing: its own ids and keys."""
    keys: dict[type, dict[str, Any]] = {
        t.RequestRow: {"number": f"HX-{n}"}, t.JournalRow: {"n": n}, t.InboxRow: {"key": f"{n}"},
        t.DeliveryRow: {"key": f"card:{new.get(row.get('id', 0))}"},
        t.TokenRow: {"token": f"{row.get('token', '')[:8]}{n}"},
    }  # fmt: skip
    return {name: new.get(v, v) if name.endswith("id") else v for name, v in row.items()} | keys.get(kind, {})


def _durable(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=60000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
