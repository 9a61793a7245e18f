"""The rows that a batch writes, gathered by table: one executemany a table, in an order that keeps references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, case, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from core.store import tables as t
from core.store.mapping import Row
from core.store.writer import Clash

_ORDER = (
    t.ClientRow, t.RequestRow, t.TimerRow, t.SegmentRow, t.FiringRow, t.RemarkRow, t.JournalRow, t.DeliveryRow,
    t.TokenRow, t.DraftRow, t.UndoRow, t.InboxRow,
)  # fmt: skip


#: Makes the statement for a table, in the dialect of this name.
Make = Callable[[type, str], Any]


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
                _write(connection, _insert, row, self._inserts[row])
            if row in self._upserts:
                _write(connection, _upsert, row, self._upserts[row])
            if row is t.RequestRow:
                self._requests(connection)
            if row in self._updates:
                _write(connection, _update, row, [_keyed(row, values) for values in self._updates[row]])

    def _requests(self, connection: Connection) -> None:
        for version, values in self._versioned:
            keyed = {**_keyed(t.RequestRow, values), "k_version": version}
            if _write(connection, _versioned, t.RequestRow, [keyed]) != 1:
                raise Clash(values["number"])


def _keyed(row: type, values: Row) -> Row:
    keys = [c.name for c in table(row).primary_key]
    return {k: v for k, v in values.items() if k not in keys} | {f"k_{k}": values[k] for k in keys}


def _write(connection: Connection, make: Make, row: type, values: Sequence[Row]) -> int:
    """One statement for all these rows, handed to the driver as it wants it. How many rows it touched."""
    ready = _ready(make, row, tuple(values[0]), connection.dialect)
    return connection.exec_driver_sql(ready.sql, [ready.bind(one) for one in values]).rowcount


@dataclass(frozen=True, slots=True)
class _Ready:
    """A compiled statement: its text, and how each of its parameters is made from a row."""

    sql: str
    names: tuple[str, ...]
    take: Callable[[Row], tuple[Any, ...]]
    turns: tuple[tuple[int, Callable[[Any], Any]], ...]
    constants: Row
    positional: bool

    def bind(self, values: Row) -> Any:
        made = list(self.take({**self.constants, **values} if self.constants else values))
        for place, turn in self.turns:
            made[place] = turn(made[place])
        return tuple(made) if self.positional else dict(zip(self.names, made, strict=True))


@lru_cache(maxsize=256)
def _ready(make: Make, row: type, keys: tuple[str, ...], dialect: Dialect) -> _Ready:
    """Compiled once: SQLAlchemy would look at each parameter of each row again, which costs more than writing it."""
    columns = [key for key in keys if not key.startswith("k_")]
    compiled = make(row, dialect.name).compile(dialect=dialect, column_keys=columns)
    names = tuple(compiled.positiontup or compiled.params)
    turns = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    constants = {name: value for name, value in compiled.params.items() if name not in keys}
    return _Ready(
        str(compiled), names, itemgetter(*names), tuple((n, turn) for n, turn in enumerate(turns) if turn),
        constants, compiled.positional,
    )  # fmt: skip


@cache
def _insert(row: type, _dialect: str) -> Any:
    return insert(table(row))


@cache
def _update(row: type, _dialect: str) -> Any:
    rows = table(row)
    keys = [c == bindparam(f"k_{c.name}") for c in rows.primary_key]
    return update(rows).where(*keys)


@cache
def _versioned(row: type, dialect: str) -> Any:
    return _update(row, dialect).where(table(row).c.version == bindparam("k_version"))


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
