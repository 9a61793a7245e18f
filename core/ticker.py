"""The ticker: due rows become commands through the same door; it decides nothing and never asks the scheduler for now.

Two stages (rulings.md 1): one set-based statement claims due timers into `firing` rows under their unique key; then each
request with an open firing is handed to the door as `TimeReached`, in batches that let waiting intake go first.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection, text

from core.ask.commands import DigestDue, TimeReached
from core.desk import ServiceDesk
from core.rules.schedule import Schedule, schedules
from core.store import facts as known
from core.store import outbox
from core.store import requests as rows

log = structlog.get_logger()

#: A digest is of its morning: one that an outage held longer is left out.
MORNING = timedelta(hours=3)
CLAIM = 500
DOOR = 32

_SQLITE = (
    """
    INSERT INTO firing (request_id, timer_id, cycle, step, repeat, reached_at, decided_at)
    SELECT request_id, id, cycle, next_step, next_repeat, next_at, NULL FROM timer
    WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at, request_id, id LIMIT :limit
    ON CONFLICT DO NOTHING
    """,
    """
    UPDATE timer SET next_at = NULL WHERE (request_id, id) IN
    (SELECT request_id, id FROM timer WHERE next_at IS NOT NULL AND next_at <= :now
     ORDER BY next_at, request_id, id LIMIT :limit)
    """,
)
# `= ANY(ARRAY(...))` goes straight to the rows where the join form flips to a sequential scan (performance.md C).
_POSTGRES = (
    """
    WITH due AS MATERIALIZED (
      SELECT ctid AS place, request_id, id, cycle, next_step, next_repeat, next_at FROM timer
      WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at, request_id, id LIMIT :limit
      FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE timer SET next_at = NULL WHERE ctid = ANY(ARRAY(SELECT place FROM due))
    )
    INSERT INTO firing (request_id, timer_id, cycle, step, repeat, reached_at, decided_at)
    SELECT request_id, id, cycle, next_step, next_repeat, next_at, NULL FROM due
    ON CONFLICT DO NOTHING
    """,
)


def claim(connection: Connection, now: datetime, limit: int = CLAIM) -> int:
    """Turn due timers into firings; returns how many timers were due."""
    postgres = connection.dialect.name == "postgresql"
    moment = now if postgres else now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    counts = [
        connection.execute(text(statement), {"now": moment, "limit": limit}).rowcount
        for statement in (_POSTGRES if postgres else _SQLITE)
    ]
    return max(counts[-1], 0)


class Ticker:
    """Asks the desk clock what is due and tells the door."""

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk
        self.beat_at: datetime | None = None  # real time of the last beat that went through

    async def plan(self) -> None:
        """At start: every digest of the rulebook has its due time; one that is gone from the rulebook has none."""
        now = self._desk.clock.now()
        wanted = schedules(self._desk.directory, now)

        def errand(connection: Connection) -> None:
            there = known.schedules(connection)
            for id_ in there.keys() - wanted.keys():
                known.unplan(connection, id_)
            for id_, one in wanted.items():
                if id_ not in there:
                    known.plan(connection, id_, one.kind, one.subject, one.after(now))

        await self._desk.run(errand)

    async def beat(self) -> int:
        """Everything that is due now passes the door; returns how many commands that were."""
        now = self._desk.clock.now()
        while await self._desk.run(lambda c: claim(c, now)) == CLAIM:
            pass
        done = 0
        aside: set[int] = set()
        while due := await self._desk.run(partial(rows.due, now=now, limit=DOOR, aside=frozenset(aside))):
            results = await asyncio.gather(
                *(self._desk.handle(TimeReached(one)) for one in due), return_exceptions=True
            )
            failed = {one: r for one, r in zip(due, results, strict=True) if isinstance(r, BaseException)}
            done += len(due) - len(failed)
            if failed:
                # A request that cannot be decided steps aside until the next beat; the others go on.
                log.error("ticker.failed", count=len(failed), error=repr(next(iter(failed.values()))))
                aside |= failed.keys()
        done += await self._digests(now)
        self.beat_at = self._desk.clock.real()
        return done

    async def _digests(self, now: datetime) -> int:
        wanted = schedules(self._desk.directory, now)

        def due(connection: Connection) -> list[tuple[str, datetime]]:
            found = known.schedules(connection)
            return [(id_, row["next_at"]) for id_, row in found.items() if row["next_at"] <= now and id_ in wanted]

        ready = await self._desk.run(due)
        longest = {
            (wanted[id_].kind, wanted[id_].subject): id_
            for id_, _ in sorted(ready, key=lambda r: _length(wanted[r[0]]))
        }
        for id_, was_due_at in ready:
            one = wanted[id_]
            if now - was_due_at <= MORNING and longest[one.kind, one.subject] == id_:
                await self._desk.handle(DigestDue(one.kind, one.subject, one.period))
            plan = partial(known.plan, id_=id_, kind=one.kind, subject=one.subject, next_at=one.after(now))
            await self._desk.run(plan)
        return len(ready)

    async def next_due(self) -> datetime | None:
        """The next thing that the desk clock will bring: a checkpoint, a digest, a held message."""

        def errand(connection: Connection) -> datetime | None:
            now = self._desk.clock.now()
            moments = (
                rows.next_due(connection), known.next_schedule(connection), outbox.next_not_before(connection, now),
            )  # fmt: skip
            return min((m for m in moments if m is not None), default=None)

        found: datetime | None = await self._desk.run(errand)
        return found


def _length(one: Schedule) -> int:
    """Of digests that are due at once the longest is told, which holds what the others would say."""
    return ("daily", "weekly", "monthly").index(one.period)
