"""Databases with our schema that are used again: emptied for whoever borrows one, not made and migrated anew each time."""

from __future__ import annotations

import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from core.store import schema, tables
from core.store.engine import connect
from tests.support import postgres

assert tables  # they are what is emptied


@event.listens_for(Engine, "connect")
def _unordered_is_reversed(connection: Any, _record: Any) -> None:
    """A query that names no order gets its rows back to front on SQLite: PostgreSQL may give them in any, and rarely does."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


lasting: Callable[[str], Engine] = cache(connect)
"""One engine for a URL however often it is opened and disposed of: it knows by then how our statements are written."""


class Stock(ABC):
    """Databases that nobody uses at the moment."""

    def __init__(self) -> None:
        self._free: list[str] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of a database without a row, which is the borrower's alone."""
        url = self._free.pop() if self._free else self._made()
        while not self.empty(url):
            url = self._made()
        try:
            yield url
        finally:
            lasting(url).dispose()
            self._free.append(url)

    @abstractmethod
    def empty(self, url: str) -> bool:
        """Take all rows out; False if that does not make it as it was."""

    @abstractmethod
    def _made(self) -> str: ...


class SqliteStock(Stock):
    """Files: what is emptied becomes a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._count = folder, 0
        self._template = folder / "template.db"
        engine = connect(f"sqlite:///{self._template}")
        schema.migrate(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def _made(self) -> str:
        self._count += 1
        return f"sqlite:///{self._folder}/desk{self._count}.db"

    def empty(self, url: str) -> bool:
        path = Path(url.removeprefix("sqlite:///"))
        for left in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            left.unlink(missing_ok=True)
        shutil.copy(self._template, path)
        return True


#: Past the triggers that guard the journal, which needs a superuser, as we are on a cluster of our own. TRUNCATE takes six
#: times as long, CREATE DATABASE twelve times.
DELETE = "SET session_replication_role = replica; " + "; ".join(
    f'DELETE FROM "{one.name}"' for one in SQLModel.metadata.sorted_tables
)
#: Changes when anybody changes more than rows.
SCHEMA = "SELECT (SELECT max(version_num) FROM alembic_version), " + ", ".join(
    f"(SELECT concat(count(*), ' ', max(xmin::text::bigint)) FROM {catalog} WHERE {oid} >= 16384)"
    for catalog, oid in (("pg_class", "oid"), ("pg_attribute", "attrelid"), ("pg_trigger", "oid"))
)
#: Tests that one database serves: deleted rows leave traces that make it slower.
USES = 20


class PostgresStock(Stock):
    """Databases of one server, made from a template that was migrated."""

    def __init__(self, server: str) -> None:
        super().__init__()
        self._server = server
        self._own = ExitStack()
        self._uses: dict[str, int] = {}
        template = self._own.enter_context(postgres.database(server))
        engine = connect(template)
        schema.migrate(engine)
        engine.dispose()
        self._template = template.rsplit("/", 1)[1]
        with psycopg.connect(template) as connection:
            self._schema = connection.execute(SCHEMA).fetchone()

    def close(self) -> None:
        self._own.close()

    def _made(self) -> str:
        url = self._own.enter_context(postgres.database(self._server, self._template))
        self._uses[url] = 0
        return url

    def empty(self, url: str) -> bool:
        self._uses[url] += 1
        if self._uses[url] == 1:
            return True
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            worn = self._uses[url] > USES or connection.info.parameter_status("is_superuser") != "on"
            if worn or connection.execute(SCHEMA).fetchone() != self._schema:
                return False
            connection.execute(DELETE)
        return True
