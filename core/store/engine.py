"""The database behind a URL: pragmas, isolation, and what to say when it cannot be had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from core.store.columns import json_text

_JSON = {"json_serializer": json_text, "json_deserializer": msgspec.json.decode}


class Unreachable(Exception):
    """The database cannot be used; the text says what to do and holds no password."""


def connect(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...` (driven by psycopg 3). Raises Unreachable."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Unreachable(
            "DESKBELL_DATABASE_URL is not a database URL; write sqlite:///desk.db or postgresql://host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed.database or "", url)
    if backend == "postgresql":
        return _postgres(parsed.set(drivername="postgresql+psycopg"))
    raise Unreachable(
        f"DESKBELL_DATABASE_URL: {backend} is not supported; write sqlite:///desk.db or postgresql://host/name"
    )


def _sqlite(path: str, url: str) -> Engine:
    if not path or path == ":memory:":
        raise Unreachable(
            "DESKBELL_DATABASE_URL: a database in memory would be lost at the end; name a file, sqlite:///desk.db"
        )
    folder = Path(path).resolve().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(
            f"the folder {folder} cannot be made: {error.strerror}; name another file in DESKBELL_DATABASE_URL"
        ) from error
    engine = create_engine(
        url,
        **_JSON,
        connect_args={"check_same_thread": False, "timeout": 10, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        # FULL: a commit that was acknowledged survives the loss of power (faults.md section 1).
        # 16 MB of pages: tokens are random, so each filing touches their index in other places.
        kept = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-16000")
        for pragma in kept:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A deferred transaction that reads first fails at once when it turns to writing (faults.md row 14).
        immediate = connection.get_execution_options().get("deskbell_write", False)
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgres(url: Any) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        **_JSON,
        connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c idle_in_transaction_session_timeout=60000"},
    )


def hasty(engine: Engine) -> Connection:
    """A connection of its own to PostgreSQL for what comes each beat, one statement at a time: each is its own transaction,
    is not planned anew (that took half of its time), and is answered before it is on the disk; whatever is committed
    after it takes it along."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()  # what is set here is no other's
    connection.exec_driver_sql("SET synchronous_commit TO off; SET plan_cache_mode TO force_generic_plan")
    connection.commit()
    return connection


def check(engine: Engine) -> None:
    """Open it once. Raises Unreachable."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        shown = engine.url.render_as_string(hide_password=True)
        raise Unreachable(
            f"the database {shown} cannot be reached: {reason}; check DESKBELL_DATABASE_URL, then start again"
        ) from error
