"""Requests with their timers: loaded by what people name, saved by what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, literal_column, or_, select

from core.model.request import OPEN, ClockState, Remark, Request, Segment, Status, Timer
from core.store import tables as t
from core.store.changes import Changes, table
from core.store.mapping import (
    Kept,
    Row,
    lasts,
    new_request_row,
    remark_value,
    request_row,
    request_value,
    segment_row,
    segment_value,
    timer_row,
    timer_value,
)
from core.store.statements import brief, look_up

_requests = table(t.RequestRow)
_timers = table(t.TimerRow)
_firings = table(t.FiringRow)
_remarks = table(t.RemarkRow)

_YOUNGEST = (_requests.c.opened_at.desc(), _requests.c.id.desc())
_CHARGED = select(_requests.c.id).where(
    _requests.c.client == bindparam("client_"), _requests.c.charged_at >= bindparam("since")
)


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Request]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {r.id: r for r in _complete(connection, look_up(connection, t.RequestRow, "id", wanted))}


def by_numbers(connection: Connection, numbers: Iterable[str]) -> list[Request]:
    """Requests by their whole numbers (`HX-42`), in the order in which they are named."""
    place = {number: n for n, number in enumerate(dict.fromkeys(numbers))}
    found = look_up(connection, t.RequestRow, "number", list(place))
    return _complete(connection, sorted(found, key=lambda row: place[row["number"]]))


def _complete(connection: Connection, rows: Sequence[Kept]) -> list[Request]:
    """Rows of requests with their timers, three queries for all of them."""
    ids = [row["id"] for row in rows]
    if not rows:
        return []
    segments: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for row in sorted(look_up(connection, t.SegmentRow, "request_id", ids), key=itemgetter("n")):
        segments[row["request_id"], row["timer_id"]].append(segment_value(row))
    fired: dict[tuple[int, int, int], list[Kept]] = defaultdict(list)
    for row in look_up(connection, t.FiringRow, "request_id", ids):
        if row["decided_at"] is not None:
            fired[row["request_id"], row["timer_id"], row["cycle"]].append(row)
    timers: dict[int, list[Timer]] = defaultdict(list)
    for row in sorted(look_up(connection, t.TimerRow, "request_id", ids), key=itemgetter("id")):
        request, timer = row["request_id"], row["id"]
        done = fired.get((request, timer, row["cycle"]), ())
        timers[request].append(timer_value(row, tuple(segments.get((request, timer), ())), done))
    return [request_value(row, tuple(timers[row["id"]])) for row in rows]


def where(
    connection: Connection,
    *,
    client: str = "",
    teams: Sequence[str] = (),
    requester: str = "",
    assignee: str = "",
    statuses: Iterable[Status] = OPEN,
    like: str = "",
    limit: int = 200,
) -> list[Request]:
    """Requests that fit all that is given, the youngest first."""
    wanted: list[ColumnElement[bool]] = [_requests.c.status.in_([s.value for s in statuses])]
    wanted += [_requests.c.client == client] if client else []
    wanted += [_requests.c.team.in_(list(teams))] if teams else []
    wanted += [_requests.c.requester == requester] if requester else []
    wanted += [_requests.c.assignee == assignee] if assignee else []
    if like:
        pattern = "%" + like.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        text = or_(
            func.lower(_requests.c.title).like(pattern, escape="\\"),
            func.lower(_requests.c.description).like(pattern, escape="\\"),
        )
        wanted.append(text)
    query = select(_requests).where(and_(*wanted)).order_by(*_YOUNGEST).limit(limit)
    return _complete(connection, connection.execute(query).mappings().all())


def charged(connection: Connection, client: str, since: datetime) -> frozenset[int]:
    """The requests that took a unit of their client's allowance at `since` or later, and have it still."""
    found = connection.execute(_CHARGED, {"client_": client, "since": since})
    return frozenset(row.id for row in found)


def outside(
    connection: Connection, *, teams: Sequence[str] = (), since: datetime | None = None, limit: int | None = 200
) -> list[Request]:
    """Requests that were outside what was agreed, the youngest first; filed at `since` or later."""
    wanted: list[ColumnElement[bool]] = [_requests.c.scope != literal_column("''")]  # as the index says it
    wanted += [_requests.c.team.in_(list(teams))] if teams else []
    wanted += [_requests.c.opened_at >= since] if since else []
    query = select(_requests).where(and_(*wanted)).order_by(*_YOUNGEST).limit(limit)
    return _complete(connection, connection.execute(query).mappings().all())


def pinned(connection: Connection) -> dict[tuple[str, str], int]:
    """How many open requests each client has under each version: (client, key) -> number."""
    query = (
        select(_requests.c.client, _requests.c.agreement, func.count().label("n"))
        .where(_requests.c.status.in_([s.value for s in OPEN]))
        .group_by(_requests.c.client, _requests.c.agreement)
    )
    return {(row.client, row.agreement): row.n for row in connection.execute(query)}


def measured_by(connection: Connection, calendars: Collection[str], after: int, limit: int) -> list[Request]:
    """Open requests with a clock that runs on one of these calendars, in order of id, from after this one on."""
    running = (_timers.c.calendar.in_(list(calendars)), _timers.c.state == ClockState.RUNNING.value)
    ids = select(_timers.c.request_id).where(*running, _timers.c.request_id > after).distinct()
    query = select(_requests).where(_requests.c.id.in_(ids)).order_by(_requests.c.id).limit(limit)
    return _complete(connection, connection.execute(query).mappings().all())


def remarks(connection: Connection, request: int) -> tuple[Remark, ...]:
    query = select(_remarks).where(_remarks.c.request_id == request).order_by(_remarks.c.at, _remarks.c.id)
    return tuple(remark_value(row) for row in connection.execute(query).mappings())


def tried(connection: Connection, request: int) -> tuple[tuple[str, datetime], ...]:
    """Who was told of a checkpoint of this request, and when last, in the order of that."""
    query = (
        select(_firings.c.told, _firings.c.decided_at)
        .where(_firings.c.request_id == request, _firings.c.decided_at.is_not(None))
        .order_by(_firings.c.decided_at)
    )
    last = {person: row.decided_at for row in connection.execute(query) for person in row.told or ()}
    return tuple(sorted(last.items(), key=lambda one: (one[1], one[0])))


def due(connection: Connection, now: datetime, limit: int, aside: Collection[int] = ()) -> list[int]:
    """Requests that have an undecided firing, the gravest first and of these the oldest, without those that stand aside."""
    query = (
        select(_firings.c.request_id, func.min(_firings.c.reached_at).label("first"))
        .join(_requests, _requests.c.id == _firings.c.request_id)
        .where(_firings.c.decided_at.is_(None), _firings.c.reached_at <= now)
        .group_by(_firings.c.request_id, _requests.c.priority)
        .order_by(_requests.c.priority, "first", _firings.c.request_id)
        .limit(limit + len(aside))
    )
    return [row.request_id for row in connection.execute(query) if row.request_id not in aside][:limit]


#: A firing of a request: timer, cycle, step, repeat.
Key = tuple[int, int, str, int]


def claimed(connection: Connection, ids: Sequence[int]) -> dict[int, list[Key]]:
    """What was claimed of these requests and is not decided yet."""
    found: dict[int, list[Key]] = defaultdict(list)
    for row in look_up(connection, t.FiringRow, "request_id", ids):
        if row["decided_at"] is None:
            found[row["request_id"]].append((row["timer_id"], row["cycle"], row["step"], row["repeat"]))
    return found


def unclaim(connection: Connection, request: int, keys: Iterable[Key]) -> None:
    """These were not reached after all."""
    f = _firings.c
    for timer, cycle, step, repeat in keys:
        one = (f.request_id == request, f.timer_id == timer, f.cycle == cycle, f.step == step, f.repeat == repeat)
        connection.execute(delete(_firings).where(*one, f.decided_at.is_(None)))


def next_due(connection: Connection) -> datetime | None:
    """The earliest checkpoint of all timers (desk time)."""
    query = select(func.min(_timers.c.next_at)).where(_timers.c.next_at.is_not(None))
    found: datetime | None = connection.execute(query).scalar()
    return found


def save(changes: Changes, after: Request, before: Request | None, real: datetime) -> None:
    """The rows that differ: requests and timers whole; of segments those that have ended since."""
    if before is None:
        changes.insert(t.RequestRow, {**new_request_row(after), "filed_at": real})
    else:
        changes.update_request(request_row(after), before.version)
    known = {timer.id: timer for timer in before.timers} if before else {}
    for timer in after.timers:
        was = known.get(timer.id)
        if was is timer or was == timer:
            continue
        if was is None:
            changes.insert(t.TimerRow, {**changes.once(_new_timer, timer), "request_id": after.id})
        else:
            changes.update(t.TimerRow, {**timer_row(timer), "request_id": after.id})
        for step in sorted({step for step, _ in timer.seen - (was.seen if was else frozenset())}) if timer.seen else ():
            seen = sorted(person for id_, person in timer.seen if id_ == step)
            changes.update(t.FiringRow, {**_first_firing(timer, after.id, step), "seen": seen})
        for n in range(_ended(was.segments) if was else 0, _ended(timer.segments)):
            changes.insert(t.SegmentRow, segment_row(timer.segments[n], after.id, timer.id, n))


def _new_timer(timer: Timer) -> Row:
    return brief(t.TimerRow, timer_row(timer))


def _first_firing(timer: Timer, request: int, step: str) -> Row:
    return {"request_id": request, "timer_id": timer.id, "cycle": timer.cycle, "step": step, "repeat": 0}


def _ended(segments: tuple[Segment, ...]) -> int:
    return len(segments) - (1 if lasts(segments) else 0)


def filed_at(connection: Connection, request: int) -> datetime:
    """When it was filed, in real time."""
    found: datetime = connection.execute(select(_requests.c.filed_at).where(_requests.c.id == request)).scalar_one()
    return found
