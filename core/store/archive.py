"""Many requests, in portions: what is read from end to end and never held whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select

from core.model.request import ClockState, Request
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import table

PORTION = 500

_requests, _timers, _firings = table(t.RequestRow), table(t.TimerRow), table(t.FiringRow)


def opened(connection: Connection, since: datetime, until: datetime) -> Iterator[Request]:
    """The requests that were filed from `since` on and before `until`, in the order of their ids."""
    asked = _requests.c.opened_at >= since, _requests.c.opened_at < until
    for ids in _portions(connection, _requests.c.id, *asked):
        found = rows.by_ids(connection, ids)
        yield from (found[id_] for id_ in ids if id_ in found)


def ticking(connection: Connection) -> Iterator[tuple[Request, frozenset[int]]]:
    """Every request with a clock that runs, or that is stored as if one did; and its timers that are claimed right now."""
    asked = or_(
        _timers.c.state == ClockState.RUNNING.value, _timers.c.due_at.is_not(None), _timers.c.next_at.is_not(None)
    )
    for ids in _portions(connection, _timers.c.request_id, asked):
        undecided = _firings.c.decided_at.is_(None), _firings.c.request_id.in_(ids)
        claimed: dict[int, set[int]] = defaultdict(set)
        for request, timer in connection.execute(select(_firings.c.request_id, _firings.c.timer_id).where(*undecided)):
            claimed[request].add(timer)
        found = rows.by_ids(connection, ids)
        yield from ((found[id_], frozenset(claimed[id_])) for id_ in ids if id_ in found)


def _portions(connection: Connection, id_: ColumnElement[int], *asked: ColumnElement[bool]) -> Iterator[list[int]]:
    """The ids that fit, each once, some hundred at a time; what is added meanwhile is younger and comes last."""
    after = -1
    query = select(id_).distinct().order_by(id_).limit(PORTION)
    while ids := list(connection.execute(query.where(id_ > after, *asked)).scalars()):
        yield ids
        after = ids[-1]
