"""The ticker: due rows become commands through the same door; it decides nothing and never asks the scheduler for now.

Two stages (rulings.md 1): one set-based statement claims due timers into `firing` rows under their unique key; then each
request with an open firing is handed to the door as `TimeReached`, in batches that let waiting intake go first.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Connection, text

from core.ask.commands import DigestDue, TimeReached
from core.desk import ServiceDesk
from core.rules.calendar import Calendar
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
        wanted = _digests(self._desk)

        def errand(connection: Connection) -> None:
            there = known.schedules(connection)
            for id_ in there.keys() - wanted.keys():
                known.unplan(connection, id_)
            for id_, (kind, subject, at, zone, calendar) in wanted.items():
                if id_ not in there:
                    known.plan(connection, id_, kind, subject, next_digest(at, zone, calendar, now))

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
        wanted = _digests(self._desk)

        def due(connection: Connection) -> list[tuple[str, str, str, datetime]]:
            found = [row for row in known.schedules(connection).values() if row["next_at"] <= now]
            return [(row["id"], row["kind"], row["subject"], row["next_at"]) for row in found]

        ready = await self._desk.run(due)
        for id_, kind, subject, was_due_at in ready:
            if now - was_due_at <= MORNING:
                await self._desk.handle(DigestDue(kind, subject))
            if id_ in wanted:
                _, _, at, zone, calendar = wanted[id_]
                next_at = next_digest(at, zone, calendar, now)
                await self._desk.run(partial(known.plan, id_=id_, kind=kind, subject=subject, next_at=next_at))
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


def next_digest(at: tuple[int, int], zone: str, calendar: Calendar, after: datetime) -> datetime:
    """The next time of day `at` in `zone` that falls on a working day of the calendar; aware, UTC."""
    trigger = CronTrigger(hour=at[0], minute=at[1], timezone=ZoneInfo(zone))
    moment = after
    for _ in range(800):
        found: datetime | None = trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
        if found is None:
            break
        day = found.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        start, end = day.astimezone(UTC), (day + timedelta(days=1)).astimezone(UTC)
        if calendar.between(start, end):
            return found.astimezone(UTC)
        moment = found
    raise LookupError(f"no working day within two years in {calendar.name}")


def _digests(desk: ServiceDesk) -> dict[str, tuple[str, str, tuple[int, int], str, Calendar]]:
    """Every digest that the rulebook asks for: kind, subject, local time, zone, calendar of its working days."""
    book = desk.directory.rulebook
    wanted: dict[str, tuple[str, str, tuple[int, int], str, Calendar]] = {}
    for client in book.clients.values():
        if client.digest_at:
            agreement = desk.directory.agreement_of(client.id, desk.clock.now())
            calendar = book.calendars[agreement.calendar]
            at = (client.digest_at.hour, client.digest_at.minute)
            wanted[f"client:{client.id}"] = ("client", client.id, at, client.zone, calendar)
    for team in book.teams.values():
        calendar = book.calendars[team.calendar]
        if team.digest_at:
            wanted[f"team:{team.id}"] = (
                "team",
                team.id,
                (team.digest_at.hour, team.digest_at.minute),
                team.zone,
                calendar,
            )
        if team.manager_digest_at and team.manager:
            at = (team.manager_digest_at.hour, team.manager_digest_at.minute)
            person = book.people[team.manager]
            wanted.setdefault(f"manager:{team.manager}", ("manager", team.manager, at, person.zone, calendar))
    return wanted
