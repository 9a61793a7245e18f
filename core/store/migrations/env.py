"""Alembic's way in: it runs on the connection that `core.store.schema` holds the lock on."""

from alembic import context
from sqlmodel import SQLModel

from core.store import tables  # noqa: F401 - the tables register themselves

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True
)
context.run_migrations()
