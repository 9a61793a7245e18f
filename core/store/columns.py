"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant. SQLite forgets the zone, PostgreSQL answers in the session's: here it is always UTC.

    Raises ValueError for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: times are aware and UTC")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite's own text of an instant, made in one step: every row has many."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        @lru_cache(maxsize=1024)  # the rows of a batch have few different instants
        def text(value: datetime | None) -> str | None:
            utc = self.process_bind_param(value, dialect)
            return None if utc is None else utc.isoformat(" ", "microseconds")

        return text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """The same on the way back, in one step: SQLite's text is UTC, PostgreSQL's answer is in the session's zone."""
        read, sqlite = datetime.fromisoformat, dialect.name == "sqlite"

        def instant(value: Any) -> datetime | None:
            if value is None:
                return None
            return read(f"{value}+00:00") if sqlite else value.astimezone(UTC)

        return instant


#: Ids are 64 bits everywhere: Telegram's reach 2^52, and a plain `int` column is 4 bytes on PostgreSQL. On SQLite only a
#: key that is called INTEGER is the table itself; any other has an index beside it.
Id = BigInteger().with_variant(Integer(), "sqlite")


def json_text(data: Any) -> str:
    """JSON as it is kept, sent and hashed: compact, in the order given, every character as itself; instants in ISO 8601."""
    return msgspec.json.encode(data).decode()
