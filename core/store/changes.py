"""The rows that a batch writes, gathered by table: one executemany a table, in an order that keeps references."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, case, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store import tables as t
from core.store.mapping import Row
from core.store.writer import Clash

_ORDER = (
    t.ClientRow, t.RequestRow, t.TimerRow, t.SegmentRow, t.FiringRow, t.RemarkRow, t.JournalRow, t.DeliveryRow,
    t.TokenRow, t.DraftRow, t.UndoRow, t.InboxRow,
)  # fmt: skip


def table(row: type) -> Table:
    return row.__table__  # type: ignore[attr-defined,no-any-return]


class Changes:
    """Inserts, updates and upserts until `flush`."""

    def __init__(self) -> None:
        self._inserts: dict[type, list[Row]] = {}
        self._updates: dict[type, list[Row]] = {}
        self._upserts: dict[type, list[Row]] = {}
        self._versioned: list[tuple[int, Row]] = []

    def insert(self, row: type, values: Row) -> None:
        self._inserts.setdefault(row, []).append(values)

    def update(self, row: type, values: Row) -> None:
        """A whole row by its primary key."""
        self._updates.setdefault(row, []).append(values)

    def upsert(self, row: type, values: Row) -> None:
        """A row that may be there: see `_UPSERT` for what then happens."""
        self._upserts.setdefault(row, []).append(values)

    def update_request(self, values: Row, was_version: int) -> None:
        """A request's row, if nobody changed it since it was loaded."""
        self._versioned.append((was_version, values))

    def extend(self, other: Changes) -> None:
        for mine, theirs in (
            (self._inserts, other._inserts), (self._updates, other._updates), (self._upserts, other._upserts),
        ):  # fmt: skip
            for row, values in theirs.items():
                mine.setdefault(row, []).extend(values)
        self._versioned += other._versioned

    def flush(self, connection: Connection) -> None:
        """Write everything. Raises Clash if a request was changed by somebody else meanwhile."""
        for row in _ORDER:
            if row in self._inserts:
                connection.execute(_insert(row), self._inserts[row])
            if row in self._upserts:
                connection.execute(_upsert(row, connection.dialect.name), self._upserts[row])
            if row is t.RequestRow:
                self._requests(connection)
            if row in self._updates:
                connection.execute(_update(row), [_keyed(row, values) for values in self._updates[row]])

    def _requests(self, connection: Connection) -> None:
        for version, values in self._versioned:
            found = connection.execute(_versioned(), {**_keyed(t.RequestRow, values), "k_version": version})
            if found.rowcount != 1:
                raise Clash(values["number"])


def _keyed(row: type, values: Row) -> Row:
    keys = [c.name for c in table(row).primary_key]
    return {k: v for k, v in values.items() if k not in keys} | {f"k_{k}": values[k] for k in keys}


@cache
def _insert(row: type) -> Any:
    return insert(table(row))


@cache
def _update(row: type) -> Any:
    rows = table(row)
    keys = [c == bindparam(f"k_{c.name}") for c in rows.primary_key]
    return update(rows).where(*keys)


@cache
def _versioned() -> Any:
    return _update(t.RequestRow).where(table(t.RequestRow).c.version == bindparam("k_version"))


@cache
def _upsert(row: type, dialect: str) -> Any:
    make = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = make(table(row))
    if row is t.FiringRow:
        # A claimed firing is decided now; one that the claim had not made is recorded with it.
        keys = ["timer_id", "cycle", "step", "repeat"]
        return statement.on_conflict_do_update(index_elements=keys, set_={"decided_at": statement.excluded.decided_at})
    if row is t.DeliveryRow:
        return statement.on_conflict_do_update(index_elements=["key"], set_=_rearmed(table(row)))
    if row is t.UndoRow:
        same = {c.name: statement.excluded[c.name] for c in table(row).columns if not c.primary_key}
        return statement.on_conflict_do_update(index_elements=["request_id"], set_=same)
    return statement.on_conflict_do_nothing()


def _rearmed(rows: Table) -> dict[str, Any]:
    """A card that is wanted again: it is shown anew unless it is on its way; a notice with a known key is said already."""
    card = rows.c.kind == "card"
    # not `in_`: an expanding parameter cannot be part of an executemany
    rests = card & or_(rows.c.state == "sent", rows.c.state == "superseded", rows.c.state == "rejected")
    return {
        "wanted": case((card, rows.c.wanted + 1), else_=rows.c.wanted),
        "state": case((rests, "queued"), else_=rows.c.state),
        "attempts": case((rests, 0), else_=rows.c.attempts),
    }
