"""A manager's digest over a hundred thousand requests: CPU time of this process, the database's own included (SQLite).

Made once with ten thousand open and a busy week, and once with all of them open, half of them late.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine

from core import briefing
from core.model.request import ClockState, Segment, Status, Timer, Verdict
from core.model.told import Figures
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.say import digests
from core.say.voice import Voice
from core.store import schema
from core.store import tables as t
from core.store.changes import table
from core.store.engine import connect
from core.store.mapping import request_row, segment_row, timer_row
from tests.bench.measure import Row, Wrong
from tests.builders import a_request

GOAL = 2.0
MANY = 100_000
DESK = Path(__file__).parent.parent / "data" / "desk.toml"
#: Monday 23 November 2026, 09:00 in Shanghai.
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def measure(*, quick: bool = False) -> list[Row]:
    many, rounds = (2_000, 1) if quick else (MANY, 5)
    found = []
    for name, share in (("a tenth open", 10), ("all open, half late", 1)):
        with TemporaryDirectory() as folder:
            engine = connect(f"sqlite:///{folder}/desk.db")
            schema.migrate(engine)
            _fill(engine, many, share)
            seconds = sorted(_once(engine, many, share) for _ in range(rounds))[rounds // 2]
            engine.dispose()
        found.append(Row(f"manager's digest of {many:,}, {name}", seconds, GOAL, "at most", unit="s", note="CPU"))
    return found


def _once(engine: Engine, many: int, share: int) -> float:
    directory = Directory(load(DESK, today=NOW.date()))
    began = time.process_time()
    with engine.connect() as connection:
        value = briefing.digest(connection, "manager", "zhao", directory, NOW)
    told = digests.digest(value, Voice.to("en", "Asia/Shanghai", directory, NOW))
    spent = time.process_time() - began
    figures = value.figures
    if (
        not isinstance(figures, Figures)
        or sum(value.load.values()) != many // share
        or not figures.kept
        or not told.blocks
    ):
        raise Wrong(f"the digest is not what was filed: {value.totals} {figures}")
    return spent


def _fill(engine: Engine, many: int, share: int) -> None:
    with engine.execution_options(deskbell_write=True).begin() as connection:
        rows: dict[type, list[dict[str, Any]]] = {}
        for n in range(many):
            for row, values in _request(n, open_=n % share == 0, recent=n % 50 == 0):
                rows.setdefault(row, []).append(values)
            if len(rows[t.RequestRow]) == 5_000:
                _write(connection, rows)
        _write(connection, rows)


def _write(connection: Connection, rows: dict[type, list[dict[str, Any]]]) -> None:
    for row in (t.RequestRow, t.TimerRow, t.SegmentRow, t.JournalRow):
        if rows.get(row):
            connection.execute(table(row).insert(), rows[row])
    rows.clear()


def _request(n: int, *, open_: bool, recent: bool) -> Iterator[tuple[type, dict[str, Any]]]:
    """One request with two clocks: the response, which has ended, and the solution, which may run still."""
    status = Status.NEW if open_ else Status.CLOSED
    opened = NOW - (n % 1000 + 1) * HOUR * (0.1 if recent else 1)
    one = a_request(status=status, assignee=("li", "wang", "")[n % 3])
    ended = min(opened + 2 * HOUR, NOW)
    response = Timer(
        1, "frt", "frt", timedelta(hours=4), "office", "default", 1, ClockState.STOPPED, (Segment(opened, ended, True),),
        stopped_at=ended, verdict=Verdict.MISSED if n % 9 == 0 else Verdict.MET,
    )  # fmt: skip
    due = NOW + (n % 200 - 100) * HOUR
    solution = Timer(
        2, "ttr", "ttr", timedelta(hours=16), "office", "default", 1, ClockState.RUNNING if open_ else ClockState.STOPPED,
        (Segment(opened, None if open_ else ended, True),), due_at=due if open_ else None,
        stopped_at=None if open_ else ended, verdict=None if open_ else Verdict.MET,
    )  # fmt: skip
    row = request_row(one) | {
        "id": n + 1, "number": f"HX-{n + 1}", "client": "hx", "item": "it", "team": "site", "opened_at": opened,
        "last_event_at": ended if recent else opened, "filed_at": opened,
    }  # fmt: skip
    yield t.RequestRow, row
    for timer in (response, solution):
        yield t.TimerRow, timer_row(timer) | {"request_id": n + 1}
        if timer.stopped_at is not None:
            yield t.SegmentRow, segment_row(timer.segments[0], n + 1, timer.id, 0)
    for k, (event, at) in enumerate((("RequestOpened", opened), ("Resolved", ended))):
        yield t.JournalRow, {
            "client": "hx", "n": 2 * n + k + 1, "request_id": n + 1, "at": at, "actor": "li", "event": event, "facts": {},
            "hash": "0",
        }  # fmt: skip
