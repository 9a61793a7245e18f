"""Agreements as versions: what may be in force now, and every older one that an open request is pinned to.

A changed agreement loads as a new version (rulings.md 7); nothing that was promised changes with the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection, insert, select, update

from core.model.request import FINAL
from core.rulebook.directory import Acceptance
from core.rulebook.values import Agreement, Rulebook
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import Row, freeze, thaw

_rows = table(t.AgreementRow)
_consents = table(t.ConsentRow)
_requests = table(t.RequestRow)
_timers = table(t.TimerRow)


class Orphans(Exception):
    """The rulebook lacks what open requests refer to; the text says what, and what to do."""


def keys(connection: Connection) -> frozenset[str]:
    """Every version that is stored."""
    return frozenset(row.key for row in connection.execute(select(_rows.c.key)))


def adopt(connection: Connection, rulebook: Rulebook, now: datetime) -> Rulebook:
    """The rulebook with all stored versions; a document that is not among them is stored as the next version."""
    agreements: dict[str, Agreement] = {}
    stored: dict[str, list[Agreement]] = {}
    for row in connection.execute(select(_rows).order_by(_rows.c.loaded_at, _rows.c.version)).mappings():
        one = agreements[row["key"]] = thaw(Agreement, row["body"])
        stored.setdefault(one.id, []).append(one)
    terms: dict[str, tuple[str, ...]] = {}
    for name, keys in rulebook.terms.items():
        older = stored.get(name, [])
        by_hash = {one.hash: one for one in older}
        made: list[Agreement] = []
        for wanted in map(rulebook.agreements.__getitem__, keys):
            known = by_hash.get(wanted.hash)
            if known is not None:
                made.append(replace(wanted, version=known.version, since=known.since))
            else:
                made.append(_next(wanted, [*older, *made], now if older else None))
                connection.execute(insert(_rows).values(_row(made[-1], now)))
        agreements |= {one.key: one for one in made}
        terms[name] = (*_until_then(older, made, now), *(one.key for one in made))
    return replace(rulebook, agreements=agreements, terms=terms)


def stored(connection: Connection) -> dict[str, Agreement]:
    """Every version that was ever in force, by key."""
    return {row.key: thaw(Agreement, row.body) for row in connection.execute(select(_rows.c.key, _rows.c.body))}


def _next(wanted: Agreement, there: Sequence[Agreement], since: datetime | None) -> Agreement:
    """The document under the number that it asks for or, if another has it, the next one."""
    taken = {one.version for one in there}
    version = max(taken) + 1 if wanted.version in taken else wanted.version
    return replace(wanted, version=version, since=None if wanted.valid_from or wanted.proposed else since)


def _until_then(older: Sequence[Agreement], made: Sequence[Agreement], now: datetime) -> list[str]:
    """What was in force last, where all that the file has begins later or waits to be accepted."""
    if any(not one.proposed and (one.begins is None or one.begins <= now) for one in made):
        return []
    names = {one.key for one in made}
    last = [one.key for one in older if one.key not in names and one.holds(now)]
    return last[-1:]


def _row(one: Agreement, now: datetime) -> Row:
    return {
        "key": one.key, "agreement": one.id, "version": one.version, "hash": one.hash, "body": freeze(one),
        "loaded_at": now,
    }  # fmt: skip


# ---- proposals and their acceptance


def accepted(connection: Connection) -> Mapping[str, Mapping[str, Acceptance]]:
    """What clients accepted in chat: client -> key of the version -> who and when."""
    found: dict[str, dict[str, Acceptance]] = {}
    for row in connection.execute(select(_consents).where(_consents.c.accepted_at.is_not(None))):
        found.setdefault(row.client, {})[row.agreement] = Acceptance(row.accepted_by, row.accepted_at)
    return found


def propose(connection: Connection, client: str, agreement: Agreement, now: datetime) -> bool:
    """Remember that a version was proposed; whether that is new."""
    here = (_consents.c.client == client, _consents.c.agreement == agreement.key)
    if connection.execute(select(_consents.c.client).where(*here)).first():
        return False
    row = {
        "client": client, "agreement": agreement.key, "hash": agreement.hash, "proposed_at": now, "accepted_at": None,
        "accepted_by": "",
    }  # fmt: skip
    connection.execute(insert(_consents).values(row))
    return True


def accept(connection: Connection, client: str, agreement: Agreement, by: str, now: datetime) -> bool:
    """Remember who accepted a proposed version; whether nobody had before."""
    propose(connection, client, agreement, now)
    here = (_consents.c.client == client, _consents.c.agreement == agreement.key, _consents.c.accepted_at.is_(None))
    return connection.execute(update(_consents).where(*here).values(accepted_at=now, accepted_by=by)).rowcount == 1


# ---- what open requests refer to


def refuse_orphans(connection: Connection, rulebook: Rulebook) -> None:
    """Open requests must find their client, team, service and ladders in the rulebook. Raises Orphans."""
    unfinished = _requests.c.status.not_in([status.value for status in FINAL])
    found: list[str] = []
    for name, column, there in (
        ("client", _requests.c.client, rulebook.clients),
        ("team", _requests.c.team, rulebook.teams),
        ("item", _requests.c.item, rulebook.items),
    ):
        found += _missing(connection, select(column, _requests.c.number).where(unfinished), name, there)
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
