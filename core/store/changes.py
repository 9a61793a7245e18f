"""The rows that a batch writes, gathered by table: one statement a table, in an order that keeps references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TypeVar

from sqlalchemy import Connection

from core.store import statements
from core.store import tables as t
from core.store.mapping import Row
from core.store.statements import UPSERTS, WAS_VERSION, Load, Make, inserted, table, updated, upserted

__all__ = ["Changes", "table"]

T = TypeVar("T")

_ORDER = (
    t.ClientRow, t.RequestRow, t.TimerRow, t.SegmentRow, t.FiringRow, t.RemarkRow, t.JournalRow, t.DeliveryRow,
    t.TokenRow, t.DraftRow, t.UndoRow, t.InboxRow,
)  # fmt: skip


class Changes:
    """Inserts, updates and upserts until `flush`. The length is a mark that one can go `back` to."""

    def __init__(self) -> None:
        self._made: list[tuple[Make, type, Row]] = []
        self._once: dict[int, tuple[object, Row]] = {}

    def __len__(self) -> int:
        return len(self._made)

    def back(self, mark: int) -> None:
        """Forget what was added since: it is refused after all."""
        del self._made[mark:]

    def insert(self, row: type, values: Row) -> None:
        self._made.append((inserted, row, values))

    def update(self, row: type, values: Row) -> None:
        """A whole row by its primary key."""
        self._made.append((updated, row, values))

    def upsert(self, row: type, values: Row) -> None:
        """A row that may be there: see `UPSERTS`. Of two with one key, the first is written."""
        self._made.append((upserted, row, values))

    def update_request(self, values: Row, was_version: int) -> None:
        """A request's row, if nobody changed it since it was loaded."""
        self.update(t.RequestRow, {**values, WAS_VERSION: was_version})

    def once(self, make: Callable[[T], Row], value: T) -> Row:
        """The row of a value that many share, as those filed together do their clocks."""
        if id(value) not in self._once:
            self._once[id(value)] = value, make(value)  # while it is held, no other value has its id
        return self._once[id(value)][1]

    def flush(self, connection: Connection) -> None:
        """Write everything. Raises Clash if somebody else changed a request or took a key meanwhile."""
        gathered: defaultdict[tuple[type, Make], list[Row]] = defaultdict(list)
        for make, row, values in self._made:
            gathered[row, make].append(values)
        self._made = []
        loads: list[Load] = []
        for row in _ORDER:
            for make in (inserted, upserted, updated):
                if rows := gathered.get((row, make)):
                    rows = _first(rows, itemgetter(*UPSERTS[row].keys)) if make is upserted else rows
                    loads += (Load(make, row, alike) for alike in _alike(rows))
        if loads:
            statements.write(connection, loads)


def _alike(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Rows that name the same columns: what they leave out stands at its default."""
    alike: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for values in rows:
        alike[tuple(values)].append(values)
    return alike.values()


def _first(rows: Iterable[Row], key: itemgetter[object]) -> list[Row]:
    """One row of each key: a statement may not touch the same row twice."""
    kept: dict[object, Row] = {}
    for values in rows:
        kept.setdefault(key(values), values)
    return list(kept.values())
