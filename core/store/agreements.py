"""Agreements as versions: what is in force now, and every older one that an open request is pinned to.

A changed agreement loads as a new version (rulings.md 7); nothing that was promised changes with the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.model import FINAL
from core.rulebook.values import Agreement, Rulebook
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import freeze, thaw

_rows = table(t.AgreementRow)
_requests = table(t.RequestRow)
_timers = table(t.TimerRow)


class Orphans(Exception):
    """The rulebook lacks what open requests refer to; the text says what, and what to do."""


def adopt(connection: Connection, rulebook: Rulebook, now: datetime) -> Rulebook:
    """The rulebook with all stored versions; what is new or changed is stored as the next version of its agreement."""
    stored = {row["key"]: row for row in connection.execute(select(_rows)).mappings()}
    agreements = {key: thaw(Agreement, row["body"]) for key, row in stored.items()}
    current: dict[str, str] = {}
    for name, key in rulebook.current.items():
        wanted = rulebook.agreements[key]
        body = freeze(wanted)
        hash_ = _hash(body)
        older = [row for row in stored.values() if row["agreement"] == name]
        latest = max(older, key=lambda row: row["version"], default=None)
        if latest is not None and latest["hash"] == hash_:
            current[name] = latest["key"]
            continue
        version = wanted.version if latest is None else max(wanted.version, latest["version"] + 1)
        made = replace(wanted, version=version)
        agreements[made.key] = made
        current[name] = made.key
        connection.execute(
            insert(_rows).values(
                key=made.key, agreement=name, version=version, hash=hash_, body=freeze(made), loaded_at=now
            )
        )
    return replace(rulebook, agreements=agreements, current=current)


def _hash(body: object) -> str:
    """The content without its version, which only counts."""
    content = {k: v for k, v in dict(body).items() if k not in ("version", "valid_from")}  # type: ignore[call-overload]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def refuse_orphans(connection: Connection, rulebook: Rulebook) -> None:
    """Open requests must find their client, team, service, calendars and ladders in the rulebook. Raises Orphans."""
    unfinished = _requests.c.status.not_in([status.value for status in FINAL])
    found: list[str] = []
    for name, column, there in (
        ("client", _requests.c.client, rulebook.clients),
        ("team", _requests.c.team, rulebook.teams),
        ("item", _requests.c.item, rulebook.items),
    ):
        found += _missing(connection, select(column, _requests.c.number).where(unfinished), name, there)
    running = select(_timers.c.calendar, _requests.c.number).join(_requests, _requests.c.id == _timers.c.request_id)
    found += _missing(connection, running.where(unfinished), "calendar", rulebook.calendars)
    ladders = select(_timers.c.ladder, _requests.c.number).join(_requests, _requests.c.id == _timers.c.request_id)
    found += _missing(connection, ladders.where(unfinished, _timers.c.ladder != ""), "ladder", rulebook.ladders)
    if found:
        raise Orphans(
            "the rulebook lacks what open requests refer to; put it back until they are closed:\n" + "\n".join(found)
        )


def _missing(connection: Connection, query: object, name: str, there: object) -> list[str]:
    gone: dict[str, list[str]] = {}
    for value, number in connection.execute(query).all():  # type: ignore[call-overload]
        if value not in there:  # type: ignore[operator]
            gone.setdefault(value, []).append(number)
    return [f"  {name} {value!r}: {', '.join(sorted(set(numbers))[:5])}" for value, numbers in gone.items()]
