"""The rows that a batch writes, gathered by table: one statement a table, in an order that keeps references."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from core.store import tables as t
from core.store.mapping import Row
from core.store.statements import UPSERTS, WAS_VERSION, inserted, table, updated, upserted, write
from core.store.writer import Clash

_ORDER = (
    t.ClientRow, t.RequestRow, t.TimerRow, t.SegmentRow, t.FiringRow, t.RemarkRow, t.JournalRow, t.DeliveryRow,
    t.TokenRow, t.DraftRow, t.UndoRow, t.InboxRow,
)  # fmt: skip


class Changes:
    """Inserts, updates and upserts until `flush`."""

    def __init__(self) -> None:
        self._inserts: defaultdict[type, list[Row]] = defaultdict(list)
        self._updates: defaultdict[type, list[Row]] = defaultdict(list)
        self._upserts: defaultdict[type, dict[object, Row]] = defaultdict(dict)

    def insert(self, row: type, values: Row) -> None:
        self._inserts[row].append(values)

    def update(self, row: type, values: Row) -> None:
        """A whole row by its primary key."""
        self._updates[row].append(values)

    def upsert(self, row: type, values: Row) -> None:
        """A row that may be there, see `UPSERTS`. Of two with one key, the first is written."""
        keys, _ = UPSERTS[row]
        self._upserts[row].setdefault(tuple(values[name] for name in keys), values)

    def update_request(self, values: Row, was_version: int) -> None:
        """A request's row, if nobody changed it since it was loaded."""
        self.update(t.RequestRow, {**values, WAS_VERSION: was_version})

    def extend(self, other: Changes) -> None:
        for row, values in other._inserts.items():
            self._inserts[row] += values
        for row, values in other._updates.items():
            self._updates[row] += values
        for row, keyed in other._upserts.items():
            self._upserts[row] = {**keyed, **self._upserts[row]}

    def flush(self, connection: Connection) -> None:
        """Write everything. Raises Clash if a request was changed by somebody else meanwhile."""
        for row in _ORDER:
            if row in self._inserts:
                write(connection, inserted, row, self._inserts[row])
            if row in self._upserts:
                write(connection, upserted, row, list(self._upserts[row].values()))
            if row in self._updates:
                changed = self._updates[row]
                if write(connection, updated, row, changed) != len(changed) and row is t.RequestRow:
                    raise Clash(", ".join(values["number"] for values in changed))


__all__ = ["Changes", "table"]
