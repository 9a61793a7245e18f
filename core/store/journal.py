"""The journal's chain: each entry's hash covers the entry and the hash before it, so that no past entry can be changed unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import msgspec
from msgspec import Raw
from sqlalchemy import Connection, Engine, func, literal_column, select

from core.events import from_facts
from core.rules.corrections import Corrected
from core.store import tables as t
from core.store.changes import table

_journal, _clients, _requests = table(t.JournalRow), table(t.ClientRow), table(t.RequestRow)


def link(
    key: bytes,
    before: str,
    client: str,
    n: int,
    request: int | None,
    at: datetime,
    actor: str,
    event: str,
    facts: Mapping[str, Any] | Raw,
) -> str:
    """The hash of one entry: BLAKE2b over its fields as one JSON list (as `json_text` has it), the time as `isoformat` in UTC.

    The key lies outside the database: who can write rows cannot make hashes.
    """
    entry = [before, client, n, request, at.astimezone(UTC).isoformat(), actor, event, facts]
    return hashlib.blake2b(msgspec.json.encode(entry), key=key[:64], digest_size=20).hexdigest()


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


def corrected(connection: Connection, since: datetime, teams: Sequence[str] = ()) -> list[Corrected]:
    """What befell the priority of the requests that had it changed at `since` or later; what is private has no number."""
    changed = select(_journal.c.request_id).where(
        _journal.c.event == literal_column("'PriorityChanged'"),
        _journal.c.at >= since,  # as the index says it
    )
    columns = (_requests.c.id, _requests.c.number, _requests.c.private, _journal.c.event, _journal.c.facts)
    query = select(*columns).join(_requests, _requests.c.id == _journal.c.request_id).where(
        _journal.c.request_id.in_(changed), _journal.c.event.in_(_OF_PRIORITY),
        *([_requests.c.team.in_(list(teams))] if teams else []),
    ).order_by(_journal.c.request_id, _journal.c.n)  # fmt: skip
    found = connection.execute(query).all()
    return [
        Corrected("" if rows[0].private else rows[0].number, tuple(from_facts(row.event, row.facts) for row in rows))
        for rows in (list(group) for _, group in groupby(found, key=lambda row: row.id))
    ]


_OF_PRIORITY = ("RequestOpened", "PriorityChanged", "Undone")
