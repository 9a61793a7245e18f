"""The schema: what the migrations make is what the tables say; it is made once, and never by an older program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from core.model.again import value_of
from core.say.message import Answer, Message, Paragraph, When
from core.store import facts, schema
from core.store import tables as t
from core.store.changes import table
from core.store.engine import Unreachable, check, connect
from tests.conftest import MONDAY
from tests.support import postgres

ENTRY = {
    "client": "hx", "n": 1, "request_id": 1, "at": MONDAY, "actor": "emma", "event": "RequestOpened", "facts": {},
    "hash": "0",
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as url:
        yield url


def test_the_migrations_make_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == set(schema.KNOWN)


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    assert schema.migrate(engine) is False


def test_a_newer_schema_is_refused_and_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew, match=r"9999.*newer"):
        schema.migrate(engine)
    with engine.connect() as connection:
        assert schema.current(connection) == "9999"


def test_two_that_migrate_at_once_both_end_well(empty_url: str) -> None:
    engines = [connect(empty_url) for _ in range(2)]
    together = threading.Barrier(2)
    outcome: list[object] = []

    def migrate(engine: Engine) -> None:
        together.wait(10)
        try:
            outcome.append(schema.migrate(engine))
        except Exception as error:  # noqa: BLE001 - it is looked at below
            outcome.append(error)

    threads = [threading.Thread(target=migrate, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    try:
        assert [type(one) for one in outcome] == [bool, bool], outcome
        with engines[0].connect() as connection:
            assert schema.current(connection) == schema.HEAD
            assert inspect(connection).has_table("request")
    finally:
        for engine in engines:
            engine.dispose()


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'nobody'", "DELETE FROM journal"])
def test_the_journal_refuses_change_and_deletion(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table(t.JournalRow)).values(ENTRY))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT actor FROM journal")).scalars().all() == ["emma"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/desk", "mysql is not supported"),
        ("nonsense", "is not a database URL"),
        ("postgresql://desk:hunter2@host:port/desk", "is not a database URL"),
        ("sqlite://", "memory would be lost"),
        ("sqlite:///:memory:", "memory would be lost"),
    ],
)
def test_a_database_that_cannot_be_is_refused_in_one_line(url: str, words: str) -> None:
    with pytest.raises(Unreachable, match=words) as refused:
        connect(url)
    assert "\n" not in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_an_unreachable_server_is_said_without_its_password() -> None:
    engine = connect("postgresql://desk:hunter2@127.0.0.1:1/desk")
    with pytest.raises(Unreachable, match="cannot be reached") as refused:
        check(engine)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_commit_on_sqlite_survives_the_loss_of_power(tmp_path: Path) -> None:
    """Durable is a setting: WAL with synchronous FULL, on every connection."""
    engine = connect(f"sqlite:///{tmp_path}/new/folder/desk.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_an_answer_that_was_kept_in_the_older_form_is_given_again(engine: Engine) -> None:
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    when = {"_": "When", "at": {"_": "at", "v": at.timestamp()}, "text": "Mon 09:00"}
    message = {"_": "Message", "summary": "Filed", "blocks": [{"_": "Paragraph", "text": [when]}]}
    kept = {"_": "Answer", "message": message, "errors": {"_": "map", "v": {"due": "It is past."}}}
    inbox = table(t.InboxRow)
    with engine.begin() as connection:
        connection.execute(inbox.insert().values(key="k1", heard_at=at, person="emma", answer=kept))
        for back in ("DROP TABLE upload", "ALTER TABLE request DROP COLUMN files"):  # what came later
            connection.execute(text(back))
        connection.execute(text("UPDATE alembic_version SET version_num = '0009'"))
    assert schema.migrate(engine)
    with engine.connect() as connection:
        answer = value_of(facts.seen(connection, ["k1"])["k1"], Answer)
    paragraph = Paragraph((When(at, "Mon 09:00"),))
    assert answer == Answer(Message("Filed", (paragraph,)), errors={"due": "It is past."})
