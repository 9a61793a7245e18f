"""The ticker: due rows become commands through the same door; it decides nothing and never asks the scheduler for now.

Two stages (rulings.md 1): one set-based statement claims due timers into `firing` rows under their unique key; then each
request with an open firing is handed to the door as `TimeReached`, in batches that let waiting intake go first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

import structlog
from sqlalchemy import Connection

from core.ask.commands import DigestDue, PassDuty, TimeReached
from core.desk import ServiceDesk
from core.rules import calm
from core.rules import duty as on_duty
from core.rules.schedule import Schedule, schedules
from core.store import duty, outbox
from core.store import facts as known
from core.store import requests as rows

log = structlog.get_logger()

#: A digest is of its morning: one that an outage held longer is left out.
MORNING = timedelta(hours=3)
CLAIM = 500
AHEAD = timedelta(days=8)  # so far it is looked who is on duty next
DOOR = 32  # requests that pass the door together, so that whoever speaks meanwhile waits for no more
QUEUE = 320  # requests in the order of their gravity, until it is looked again whether something graver has come

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
    "SELECT changes(), min(next_at) FROM timer WHERE next_at > :now",
)
# `= ANY(ARRAY(...))` goes straight to the rows where the join form flips to a sequential scan (performance.md C).
_POSTGRES = (
    """
    WITH due AS MATERIALIZED (
      SELECT ctid AS place, request_id, id, cycle, next_step, next_repeat, next_at FROM timer
      WHERE next_at IS NOT NULL AND next_at <= %(now)s ORDER BY next_at LIMIT %(limit)s
      FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE timer SET next_at = NULL WHERE ctid = ANY(ARRAY(SELECT place FROM due))
    ), made AS (
      INSERT INTO firing (request_id, timer_id, cycle, step, repeat, reached_at, decided_at)
      SELECT request_id, id, cycle, next_step, next_repeat, next_at, NULL FROM due
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM due), (SELECT min(next_at) FROM timer WHERE next_at > %(now)s)
    """,
)


class Claimed(NamedTuple):
    """How many timers were due, at most as many as were asked for, and when the next after them is."""

    timers: int
    following: datetime | None


def claim(connection: Connection, now: datetime, limit: int = CLAIM) -> Claimed:
    """Turn due timers into firings."""
    postgres = connection.dialect.name == "postgresql"
    moment = now if postgres else now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    cursor = connection.connection.cursor()
    for statement in _POSTGRES if postgres else _SQLITE:
        cursor.execute(statement, {"now": moment, "limit": limit})
    count, following = cursor.fetchone() or (0, None)
    return Claimed(count, datetime.fromisoformat(f"{following}+00:00") if isinstance(following, str) else following)


class Ticker:
    """Asks the desk clock what is due and tells the door."""

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk
        self.beat_at: datetime | None = None  # real time of the last beat that went through
        self._stamp: tuple[object, ...] | None = None  # of who covers and who is away
        self._on_duty: dict[str, str] = {}  # who was told last that they are on duty, by team
        self.following: datetime | None = None  # when the next timer is due, as the last claim has found it

    async def plan(self) -> None:
        """At start: every digest of the rulebook has its due time; one that is gone from the rulebook has none.

        One whose time was changed comes at its new time from the next one on, be that today.
        """
        now = self._desk.clock.now()
        wanted = schedules(self._desk.directory, now)

        def errand(connection: Connection) -> None:
            there = known.schedules(connection)
            for id_ in there.keys() - wanted.keys():
                known.unplan(connection, id_)
            for id_, one in wanted.items():
                was = there[id_]["next_at"] if id_ in there else None
                if was is None or was != (following := one.moved(was, now)):
                    known.plan(connection, id_, one.kind, one.subject, one.after(now) if was is None else following)

        await self._desk.run(errand)

    async def beat(self) -> int:
        """Everything that is due now passes the door, the gravest first; returns how many commands that were."""
        now = self._desk.clock.now()
        await self.claim()
        await self._desk.run(self._look_around)
        done = await self._decide(now) + await self._digests(now) + await self._duty(now)
        self.beat_at = self._desk.clock.real()
        return done

    def _look_around(self, connection: Connection) -> None:
        """Whether another process, or the command line, has changed who is on duty."""
        stamp = duty.stamp(connection)
        if self._stamp not in (None, stamp):
            self._desk.learn()
        self._stamp = stamp

    async def _duty(self, now: datetime) -> int:
        """Whoever has come on duty since the last beat is told what they take over, once their quiet hours are over."""
        directory = self._desk.directory
        people = {team: on_duty.on_duty(team, now, directory).person for team in directory.rulebook.teams}
        changed = [team for team, person in people.items() if self._on_duty.get(team) != person]
        for team in changed:
            if not calm.rests(people[team], directory, now):
                await self._desk.handle(PassDuty(team))
                self._on_duty[team] = people[team]
        return 0

    async def claim(self, *, after: float = 0.0) -> datetime | None:
        """Stage one, after so many seconds: what is due becomes firings. Returns when the next timer is due.

        A claim that is lost is made again: it has decided nothing, and the decision's commit takes it along.
        """
        at = time.monotonic() + after if after > 0 else 0.0

        def errand(connection: Connection) -> Claimed:
            return claim(connection, self._desk.clock.now())

        while True:
            claimed: Claimed = await self._desk.run(errand, at=at, lasting=False)
            if claimed.timers < CLAIM:
                self.following = claimed.following
                return self.following

    async def _decide(self, now: datetime) -> int:
        """Stage two: each request with an open firing passes the door; how many did."""
        done, aside = 0, set[int]()
        while due := await self._desk.run(partial(rows.due, now=now, limit=QUEUE, aside=frozenset(aside))):
            for n in range(0, len(due), DOOR):
                some = due[n : n + DOOR]
                failed = await self._pass(some)
                done += len(some) - len(failed)
                aside |= failed
        return done

    async def _pass(self, due: Sequence[int]) -> set[int]:
        """These pass the door; those that could not be decided step aside until the next beat, the others go on."""
        results = await asyncio.gather(*(self._desk.handle(TimeReached(one)) for one in due), return_exceptions=True)
        failed = {one: r for one, r in zip(due, results, strict=True) if isinstance(r, BaseException)}
        if failed:
            log.error("ticker.failed", count=len(failed), error=repr(next(iter(failed.values()))))
        return set(failed)

    async def _digests(self, now: datetime) -> int:
        def due(connection: Connection) -> list[tuple[str, datetime]]:
            return [(id_, row["next_at"]) for id_, row in known.schedules(connection).items() if row["next_at"] <= now]

        found = await self._desk.run(due)
        wanted = schedules(self._desk.directory, now) if found else {}
        ready = [(id_, was_due_at) for id_, was_due_at in found if id_ in wanted]
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
        return min((at for at in (found, self._handover()) if at is not None), default=None)

    def _handover(self) -> datetime | None:
        """When somebody else will be on duty, or wakes who already is and has not been told yet."""
        now, directory = self._desk.clock.now(), self._desk.directory
        moments = []
        for team in directory.rulebook.teams:
            turns = on_duty.stints(team, now, now + AHEAD, directory)
            person = turns[0].duty.person
            moments += [turn.from_at for turn in turns if turn.duty.person != person][:1]
            if self._on_duty.get(team, person) != person and (until := calm.rests(person, directory, now)):
                moments.append(until)
        return min(moments, default=None)


def _length(one: Schedule) -> int:
    """Of digests that are due at once the longest is told, which holds what the others would say."""
    return ("daily", "weekly", "monthly").index(one.period)
