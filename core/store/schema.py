"""The schema's version: migrations run at start, under a lock, and a newer schema than ours is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

#: The newest migration. A test holds it against `migrations/versions`.
HEAD = "0011"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
_LOCK = 0x6465736B62656C6C  # "deskbell"


class SchemaTooNew(Exception):
    """The database was made by a newer Deskbell."""


class Outdated(Exception):
    """The database has an older schema than ours, and whoever asks does not write."""


def check(engine: Engine) -> None:
    """Let a reader pass who may not migrate. Raises Outdated, SchemaTooNew."""
    with engine.connect() as connection:
        found = current(connection)
    if found is None or (found != HEAD and found in KNOWN):
        raise Outdated("the database is empty or has an older schema: `deskbell migrate` brings it up to date")
    _refuse_newer(found)


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(engine: Engine) -> bool:
    """Bring the schema to HEAD; alembic loads only if there is something to do. Raises SchemaTooNew."""
    with engine.connect() as connection:
        found = current(connection)
    if found == HEAD:
        return False
    _refuse_newer(found)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(deskbell_write=True).connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in KNOWN:
        raise SchemaTooNew(
            f"the database has schema {found}; this Deskbell knows up to {HEAD}: install the newer version"
        )
