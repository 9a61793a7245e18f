"""What digests are made of: requests as light as their sections need them, and what the journal tells of a period.

A manager may answer for a hundred thousand requests, so nothing is loaded here that is not counted or told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select

from core.model.request import OPEN, ClockState, Status
from core.model.told import Figures, Standing
from core.rules import summary
from core.rules.calendar import Calendar
from core.rules.metrics import FACING_CLIENT, WINDOWS
from core.store import tables as t
from core.store.changes import table

_requests, _timers, _segments, _journal = (
    table(t.RequestRow), table(t.TimerRow), table(t.SegmentRow), table(t.JournalRow),
)  # fmt: skip

#: A quarter of a goal that is still ahead is looked for so far: clocks that are due later are not at risk yet.
HORIZON = timedelta(days=14)
_STATUS = {status.value: status for status in Status}
#: So many clocks of a period are measured for the gap; the newest, where there are more.
MEASURED = 5000
#: Events that tell what has changed: name in the digest -> event of the journal.
CHANGES = {
    "filed": "RequestOpened", "solved": "Resolved", "reopened": "Reopened", "answered": "ClientWrote",
    "withdrawn": "Cancelled", "declined": "Declined",
}  # fmt: skip


class Whose(Struct, frozen=True):
    """Whose requests: of a client, of teams, of an assignee. `private` ones count where their reader may see them."""

    client: str = ""
    teams: tuple[str, ...] = ()
    assignee: str = ""
    private: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        found += [_requests.c.client == self.client] if self.client else []
        found += [_requests.c.team.in_(self.teams)] if self.teams else []
        found += [_requests.c.assignee == self.assignee] if self.assignee else []
        found += [] if self.private else [_requests.c.private.is_(False)]
        return found


def standing(
    connection: Connection, whose: Whose, now: datetime, since: datetime, calendars: Mapping[str, Calendar]
) -> list[Standing]:
    """What is open or waits for acceptance, and what was missed or rated badly since; `since` is the last digest."""
    metrics = FACING_CLIENT if whose.client else ()
    running = [_timers.c.due_at.is_not(None), _timers.c.metric.not_in(WINDOWS)]
    running += [_timers.c.metric.in_(metrics)] if metrics else []
    dues = (
        select(_timers.c.request_id, func.min(_timers.c.due_at).label("due_at")).where(*running)
        .group_by(_timers.c.request_id).subquery()
    )  # fmt: skip
    wanted = (*OPEN, Status.RESOLVED)
    columns = (
        _requests.c.id, _requests.c.status, _requests.c.assignee, _requests.c.private, _requests.c.opened_at,
        dues.c.due_at, _requests.c.snoozed_until, _requests.c.offered_at,
    )  # fmt: skip
    query = select(*columns).select_from(_requests.outerjoin(dues, dues.c.request_id == _requests.c.id))
    rows = [*connection.execute(query.where(_requests.c.status.in_(wanted), *whose.conditions())).all()]
    rated = _rated(connection, whose, since)
    missed = _missed(connection, whose, since, now)
    if gone := (missed | rated.keys()) - {row[0] for row in rows}:
        rows += connection.execute(query.where(_requests.c.id.in_(gone), _requests.c.status.not_in(wanted))).all()
    risky = _at_risk(connection, whose, now, calendars)
    return [
        Standing(
            id_, _STATUS[status], assignee, bool(private), opened_at, due_at, snoozed_until, offered_at is not None,
            rated.get(id_, 0), at_risk=id_ in risky, missed=id_ in missed,
        )
        for id_, status, assignee, private, opened_at, due_at, snoozed_until, offered_at in rows
    ]  # fmt: skip


def _rated(connection: Connection, whose: Whose, since: datetime) -> dict[int, int]:
    """What was rated since, badly: its stars."""
    query = select(_requests.c.id, _requests.c.rating).where(
        _requests.c.rating.between(1, 2), _requests.c.last_event_at >= since, *whose.conditions()
    )
    return {row.id: row.rating for row in connection.execute(query)}


def _touched(whose: Whose, since: datetime) -> list[ColumnElement[bool]]:
    """Whatever happened to a request stands in its row as the last event, or something later does."""
    return [*whose.conditions(), _requests.c.last_event_at >= since]


def _events(whose: Whose, since: datetime, until: datetime) -> Any:
    return (
        select().select_from(_requests.join(_journal, _journal.c.request_id == _requests.c.id))
        .where(*_touched(whose, since), _journal.c.at >= since, _journal.c.at <= until)
    )  # fmt: skip


def _missed(connection: Connection, whose: Whose, since: datetime, until: datetime) -> set[int]:
    """The requests of which the journal tells a breach."""
    breach = (_journal.c.event == "Reached", _journal.c.facts["kind"].as_string() == "breach")
    query = _events(whose, since, until).add_columns(_requests.c.id).where(*breach).distinct()
    return set(connection.execute(query).scalars())


def _at_risk(connection: Connection, whose: Whose, now: datetime, calendars: Mapping[str, Calendar]) -> set[int]:
    """Of which running clock three quarters are spent: at most a quarter of its goal is left in working time."""
    query = (
        select(_timers.c.request_id, _timers.c.due_at, _timers.c.goal, _timers.c.calendar)
        .select_from(_timers.join(_requests, _requests.c.id == _timers.c.request_id))
        .where(
            _timers.c.state == ClockState.RUNNING.value, _timers.c.metric.not_in(WINDOWS), _timers.c.due_at > now,
            _timers.c.due_at <= now + HORIZON, _requests.c.status.in_(OPEN), *whose.conditions(),
        )
    )  # fmt: skip
    left: dict[tuple[str, datetime], float] = {}
    found: set[int] = set()
    for request, due_at, goal, calendar in connection.execute(query).all():
        if request in found:
            continue
        key = calendar, due_at
        if key not in left:
            left[key] = calendars[calendar].between(now, due_at).total_seconds()
        if left[key] <= goal / 4:
            found.add(request)
    return found


def changes(connection: Connection, whose: Whose, since: datetime, until: datetime) -> dict[str, int]:
    """What has happened since, from the journal: how often of each."""
    query = _events(whose, since, until).add_columns(_journal.c.event, func.count())
    counted = dict(
        connection.execute(query.where(_journal.c.event.in_(CHANGES.values())).group_by(_journal.c.event)).all()
    )
    found = {name: int(counted.get(event, 0)) for name, event in CHANGES.items()}
    found["missed"] = len(_missed(connection, whose, since, until))
    return found


def figures(
    connection: Connection,
    whose: Whose,
    since: datetime,
    until: datetime,
    zone: str,
    calendars: Mapping[str, Calendar],
    open_: Sequence[Standing],
) -> Figures:
    """The period's figures. What was filed and solved is counted in the journal; a clock's verdict and spans are what
    the journal's events made of it, and belong to the period in which it was judged."""
    moments: dict[str, list[datetime]] = {"RequestOpened": [], "Resolved": []}
    query = _events(whose, since, until).add_columns(_journal.c.event, _journal.c.at)
    for event, at in connection.execute(query.where(_journal.c.event.in_(moments))).all():
        moments[event].append(at)
    metrics = [_timers.c.metric.in_(FACING_CLIENT)] if whose.client else [_timers.c.metric.not_in(WINDOWS)]
    judged_at = func.coalesce(_timers.c.breached_at, _timers.c.stopped_at)
    judged = (
        select(
            _timers.c.request_id, _timers.c.id, _timers.c.metric, _timers.c.verdict, _timers.c.stopped_at, _timers.c.goal,
            _timers.c.calendar,
        )
        .select_from(_timers.join(_requests, _requests.c.id == _timers.c.request_id))
        .where(*_touched(whose, since), *metrics, _timers.c.verdict.is_not(None), judged_at >= since, judged_at <= until)
        .order_by(judged_at.desc())
    )  # fmt: skip
    clocks = connection.execute(judged).all()
    ended = [c for c in clocks if c.stopped_at is not None and c.goal > 0]
    shares = _shares(connection, ended[:MEASURED], calendars)
    return summary.figures(
        since, until, zone, filed=moments["RequestOpened"], solved=moments["Resolved"],
        verdicts=[(c.metric, c.verdict == "met") for c in clocks], shares=shares, ended=len(ended),
        open_=[one for one in open_ if one.status in OPEN],
    )  # fmt: skip


def _shares(connection: Connection, clocks: Sequence[Any], calendars: Mapping[str, Calendar]) -> list[float]:
    """What each of these clocks took of its goal, in working time."""
    spent: dict[tuple[int, int], float] = defaultdict(float)
    wanted = {(c.request_id, c.id): calendars[c.calendar] for c in clocks}
    for ids in _portions({c.request_id for c in clocks}):
        query = select(_segments).where(_segments.c.request_id.in_(ids), _segments.c.running.is_(True))
        for row in connection.execute(query).all():
            calendar = wanted.get((row.request_id, row.timer_id))
            if calendar is not None:
                spent[row.request_id, row.timer_id] += calendar.between(row.from_at, row.to_at).total_seconds()
    return [spent[c.request_id, c.id] / c.goal for c in clocks]


def _portions(ids: Collection[int], size: int = 500) -> list[list[int]]:
    ordered = sorted(ids)
    return [ordered[n : n + size] for n in range(0, len(ordered), size)]
