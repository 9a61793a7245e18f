"""The journal's chain: each entry's hash covers the entry and the hash before it, so that no past entry can be changed unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from core.store import tables as t
from core.store.changes import table
from core.store.columns import json_text

_journal, _clients = table(t.JournalRow), table(t.ClientRow)


def link(
    key: bytes,
    before: str,
    client: str,
    n: int,
    request: int | None,
    at: datetime,
    actor: str,
    event: str,
    facts: Mapping[str, Any],
) -> str:
    """The hash of one entry: BLAKE2b over its fields as one JSON list (`json_text`), the time as `isoformat` in UTC.

    The key lies outside the database: who can write rows cannot make hashes.
    """
    entry = [before, client, n, request, at.astimezone(UTC).isoformat(), actor, event, facts]
    return hashlib.blake2b(json_text(entry).encode(), key=key[:64], digest_size=20).hexdigest()


def verify(connection: Connection, client: str, key: bytes) -> int | None:
    """The first entry of a client's chain that is changed, missing or added; None if the chain holds to its end.

    The client's own row knows the last link, so a tail that was cut off is seen, too.
    """
    before, n = "", 0
    for n, row in enumerate(
        connection.execute(select(_journal).where(_journal.c.client == client).order_by(_journal.c.n)), start=1
    ):
        made = link(key, before, client, n, row.request_id, row.at, row.actor, row.event, row.facts)
        if row.n != n or row.hash != made:
            return n
        before = made
    end = connection.execute(select(_clients.c.journal_n, _clients.c.journal_hash).where(_clients.c.id == client)).one()
    return None if (end.journal_n, end.journal_hash) == (n, before) else min(n, end.journal_n) + 1


def latest(engine: Engine, at: datetime) -> datetime:
    """The later of `at` and the last entry of all journals (desk time)."""
    with engine.connect() as connection:
        found: datetime | None = connection.execute(select(func.max(_journal.c.at))).scalar()
    return max(at, found) if found else at
