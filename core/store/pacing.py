"""The pace of sending: one bucket of tokens for each limit of a platform, in the database, so that replicas share it.

A bucket holds `burst` tokens and gets one back `every` so many seconds of the wall's clock. It is kept as one number:
when it will be full again (GCRA). What the platform itself says (retry-after) shuts the bucket that it is about, and no
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select
from sqlalchemy.dialects import sqlite

from core.ports import Limit
from core.store import tables as t
from core.store.changes import table

_buckets, _rows = table(t.BucketRow), table(t.DeliveryRow)
POST, EDIT = "post", "edit"

Limits = Mapping[str, Sequence[Limit]]


def kind_of(receipt: str) -> str:
    """A delivery that has a receipt is edited where it stands."""
    return EDIT if receipt else POST


def buckets(limits: Limits, address: str, kind: str) -> Iterator[tuple[str, Limit]]:
    """The buckets that a send takes from, the narrowest first: `slack:T0HX:C0TEAM#post`, `telegram:*#post`."""
    platform, _, rest = address.partition(":")
    direct = rest.partition(":")[2].startswith("@")
    for limit in limits.get(platform, ()):
        if kind in limit.kinds and not (limit.per == "group" and direct):
            where = f"{platform}:*" if limit.per == "all" else f"{address}/{limit.per}"
            yield f"{where}#{'+'.join(limit.kinds)}", limit


class Pacing:
    """The buckets at this moment, for one claim; what it takes is written by `keep`."""

    def __init__(self, connection: Connection, real: datetime, limits: Limits) -> None:
        self._connection = connection
        self._real = real.timestamp()
        self._limits = limits
        self._full: dict[str, float] = {}
        self._taken: dict[str, float] = {}
        self.free_at: datetime | None = None  # when the first that had to wait may go
        if any(limits.values()):
            query = select(_buckets).where(_buckets.c.full_at > self._real).with_for_update()
            self._full = {row.name: row.full_at for row in connection.execute(query)}

    def shut(self) -> ColumnElement[bool]:
        """The condition of the deliveries that have to wait, so that they do not keep others from being seen."""
        found: list[ColumnElement[bool]] = []
        for name in self._full:
            where, _, kinds = name.partition("#")
            place, _, per = where.partition("/")
            platform = place.partition(":")[0]
            limit = next((x for x in self._limits.get(platform, ()) if self._names(x, where, kinds, per)), None)
            if limit is None or self._wait(name, limit) <= 0:
                continue
            here = _rows.c.address.like(f"{platform}:%") if where.endswith(":*") else _rows.c.address == place
            of_kind = [_rows.c.receipt != "" if kind == EDIT else _rows.c.receipt == "" for kind in limit.kinds]
            found.append(and_(here, or_(*of_kind)))
        return or_(*found) if found else false()

    def _names(self, limit: Limit, where: str, kinds: str, per: str) -> bool:
        return "+".join(limit.kinds) == kinds and limit.per == ("all" if where.endswith(":*") else per)

    def _wait(self, name: str, limit: Limit) -> float:
        """Seconds until there is a token."""
        wait = self._full.get(name, 0.0) - (limit.burst - 1) * limit.every - self._real
        if wait > 0:
            at = datetime.fromtimestamp(self._real + wait, UTC)
            self.free_at = at if self.free_at is None else min(at, self.free_at)
        return wait

    def take(self, address: str, kind: str) -> bool:
        """A token of each bucket that this send needs, or none."""
        needed = list(buckets(self._limits, address, kind))
        if any(self._wait(name, limit) > 0 for name, limit in needed):
            return False
        for name, limit in needed:
            self._full[name] = self._taken[name] = max(self._full.get(name, 0.0), self._real) + limit.every
        return True

    def keep(self) -> None:
        for name, full_at in self._taken.items():
            fill(self._connection, name, full_at)


def fill(connection: Connection, name: str, full_at: float) -> None:
    """This bucket is full again then."""
    statement: Any
    if connection.dialect.name == "sqlite":
        statement = sqlite.insert(_buckets).values(name=name, full_at=full_at)
    else:
        from sqlalchemy.dialects import postgresql  # only where it is used: it costs a start 50 ms

        statement = postgresql.insert(_buckets).values(name=name, full_at=full_at)
    changed = {"full_at": statement.excluded.full_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))


def shut_until(connection: Connection, limits: Limits, address: str, kind: str, until: datetime) -> bool:
    """The platform said when: the narrowest bucket of this send has no token before. False where it has none."""
    found = next(buckets(limits, address, kind), None)
    if found is None:
        return False
    name, limit = found
    fill(connection, name, (until + timedelta(seconds=(limit.burst - 1) * limit.every)).timestamp())
    return True
