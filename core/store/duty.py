"""Covers and absences: the rows that win over a rota."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from core.model.parties import Absence, Cover
from core.store import tables as t
from core.store.statements import table

_covers, _absences = table(t.CoverRow), table(t.AbsenceRow)

#: More of them than a directory has to know; the youngest are read.
MOST = 2000


def covers(connection: Connection) -> tuple[Cover, ...]:
    """All that holds or held, in the order in which it was taken: the later wins."""
    query = (
        select(_covers)
        .where(_covers.c.taken_at.is_not(None), _covers.c.ended_at.is_(None))
        .order_by(_covers.c.taken_at.desc(), _covers.c.id.desc())
        .limit(MOST)
    )
    return tuple(_cover(row) for row in connection.execute(query).mappings())[::-1]


def absences(connection: Connection) -> dict[str, tuple[Absence, ...]]:
    query = select(_absences).order_by(_absences.c.to_at.desc(), _absences.c.id).limit(MOST)
    found: dict[str, list[Absence]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["person"]].append(
            Absence(row["id"], row["person"], row["from_at"], row["to_at"], row["reason"], row["by"], row["uid"])
        )
    return {person: tuple(spans) for person, spans in found.items()}


def _cover(row: RowMapping) -> Cover:
    return Cover(
        row["id"], row["team"], row["person"], row["from_at"], row["to_at"], row["instead"], row["by"], row["uid"]
    )  # fmt: skip


class Asked(Struct, frozen=True):
    """What was asked of somebody: one cover, or the two of a swap; whether it was taken or ended already."""

    pair: int
    covers: tuple[Cover, ...]
    taken: bool
    ended: bool


def stamp(connection: Connection) -> tuple[object, ...]:
    """What changes with every change of theirs: whoever has seen it has read them all."""
    c, a = _covers.c, _absences.c
    query = select(func.count(), func.max(c.id), func.max(c.taken_at), func.max(c.ended_at))
    gone = select(func.count(), func.max(a.id), func.sum(func.length(a.uid)), func.max(a.to_at), func.min(a.to_at))
    return (*connection.execute(query).one(), *connection.execute(gone).one())


def ask(connection: Connection, pair: int, wanted: Sequence[Cover], at: datetime, *, taken: bool) -> None:
    """Keep what was asked of somebody; `taken` at once where nobody has to be asked."""
    rows = [
        {
            "id": one.id, "pair": pair, "team": one.team, "person": one.person, "instead": one.instead,
            "from_at": one.from_at, "to_at": one.to_at, "by": one.by, "uid": one.uid, "asked_at": at,
            "taken_at": at if taken else None, "ended_at": None,
        }
        for one in wanted
    ]  # fmt: skip
    connection.execute(insert(_covers), rows)


def asked(connection: Connection, pair: int) -> Asked | None:
    rows = connection.execute(select(_covers).where(_covers.c.pair == pair).order_by(_covers.c.id)).mappings().all()
    if not rows:
        return None
    taken, ended = rows[0]["taken_at"] is not None, rows[0]["ended_at"] is not None
    return Asked(pair, tuple(map(_cover, rows)), taken, ended)


def take(connection: Connection, pair: int, at: datetime) -> None:
    connection.execute(update(_covers).where(_covers.c.pair == pair).values(taken_at=at))


def end(connection: Connection, pair: int, at: datetime) -> None:
    """It no longer holds, or was never taken."""
    connection.execute(update(_covers).where(_covers.c.pair == pair).values(ended_at=at))


def go(connection: Connection, absence: Absence, at: datetime) -> None:
    connection.execute(
        insert(_absences).values(
            id=absence.id, person=absence.person, from_at=absence.from_at, to_at=absence.to_at, reason=absence.reason,
            by=absence.by, uid=absence.uid, made_at=at,
        )
    )  # fmt: skip


def back(connection: Connection, person: str, at: datetime) -> int:
    """Whoever is away now is back; returns how many absences that ended."""
    here = (_absences.c.person == person, _absences.c.from_at <= at, _absences.c.to_at > at)
    return connection.execute(update(_absences).where(*here).values(to_at=at)).rowcount


def forget(connection: Connection, uids: Sequence[str]) -> None:
    """What these events of a calendar had brought in is brought in anew."""
    connection.execute(delete(_covers).where(_covers.c.uid.in_(uids)))
    connection.execute(delete(_absences).where(_absences.c.uid.in_(uids)))
