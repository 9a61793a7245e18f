"""Run-time facts: links, places, people, secrets, schedules, drafts, tokens, what adapters remember."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from core.model.parties import Address, Chosen, Identity, Place
from core.rulebook.directory import Directory
from core.say.message import Action
from core.store import agreements, duty
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import Row, thaw
from core.store.statements import look_up

_links, _places, _people = table(t.LinkRow), table(t.PlaceRow), table(t.PersonRow)
_secrets, _schedule, _drafts = table(t.SecretRow), table(t.ScheduleRow), table(t.DraftRow)
_tokens, _choices, _ears = table(t.TokenRow), table(t.ChoiceRow), table(t.EarRow)
_memory, _shelf, _undo, _journal = table(t.MemoryRow), table(t.ShelfRow), table(t.UndoRow), table(t.JournalRow)


#: Under this name the desk's own journal is kept: what concerns no client, such as who is on duty.
DESK = ""


def learnt(connection: Connection, base: Directory) -> Directory:
    """The directory with everything that was learnt at run time."""
    links = {_identity(row.identity): row.person for row in connection.execute(select(_links))}
    bound: dict[Address, tuple[Place, str]] = {}
    moved: dict[Address, Address] = {}
    suspended: set[Address] = set()
    generations: dict[Address, int] = {}
    for row in connection.execute(select(_places)):
        address = Address.parse(row.address)
        generations[address] = row.generation
        if row.place:
            bound[address] = (Place(row.place), row.subject)
        if row.moved_to:
            moved[address] = Address.parse(row.moved_to)
        if row.suspended:
            suspended.add(address)
    languages: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in connection.execute(select(_people)):
        if row.lang:
            languages[row.id] = row.lang
        if row.name:
            names[row.id] = row.name
    return base.learn(
        links=links, bound=bound, moved=moved, suspended=frozenset(suspended), generations=generations,
        languages=languages, names=names, choices=_chosen(connection), accepted=agreements.accepted(connection),
        covers=duty.covers(connection), absences=duty.absences(connection),
    )  # fmt: skip


def _chosen(connection: Connection) -> dict[tuple[str, str], Chosen]:
    return {(row.who, row.name): Chosen(row.value, row.until) for row in connection.execute(select(_choices))}


def choose(connection: Connection, who: str, name: str, chosen: Chosen, by: str, now: datetime) -> None:
    """Remember what somebody chose to hear, in place of what they chose before."""
    connection.execute(delete(_choices).where(_choices.c.who == who, _choices.c.name == name))
    row = {"who": who, "name": name, "value": chosen.value, "until": chosen.until, "made_at": now, "made_by": by}
    connection.execute(insert(_choices).values(row))


def pings(connection: Connection, people: Iterable[str]) -> dict[str, tuple[datetime, ...]]:
    """When these people were last pinged (desk time)."""
    query = select(_ears).where(_ears.c.person.in_(list(people)))
    return {row.person: tuple(map(datetime.fromisoformat, row.pings)) for row in connection.execute(query)}


def pinged(connection: Connection, person: str, at: Iterable[datetime]) -> None:
    connection.execute(delete(_ears).where(_ears.c.person == person))
    connection.execute(insert(_ears).values(person=person, pings=[one.isoformat() for one in at]))


def at_hand(connection: Connection, person: str) -> None:
    """Whoever speaks to the desk is at hand: the next thing they hear answers them, and disturbs nobody."""
    connection.execute(delete(_ears).where(_ears.c.person == person))


def _identity(text: str) -> Identity:
    platform, workspace, user = text.split(":", 2)
    return Identity(platform, workspace, user)


def know_place(connection: Connection, address: Address, *, rebind: bool = False, **changed: str) -> None:
    """Remember something of a chat: `place` and `subject`, `moved_to`, or `suspended`. `rebind` begins a new generation."""
    found = connection.execute(select(_places).where(_places.c.address == str(address))).mappings().first()
    row: Row = {**found} if found else {
        "address": str(address), "place": "", "subject": "", "moved_to": "", "suspended": "", "generation": 1,
    }  # fmt: skip
    row |= changed
    row["generation"] += 1 if rebind else 0
    connection.execute(delete(_places).where(_places.c.address == str(address)))
    connection.execute(insert(_places).values(row))


def know_person(connection: Connection, person: str, **changed: str) -> None:
    found = connection.execute(select(_people).where(_people.c.id == person)).mappings().first()
    row = {**({"id": person, "lang": "", "name": ""} if found is None else dict(found)), **changed}
    connection.execute(delete(_people).where(_people.c.id == person))
    connection.execute(insert(_people).values(row))


def link(connection: Connection, identity: Identity, person: str) -> None:
    connection.execute(delete(_links).where(_links.c.identity == str(identity)))
    connection.execute(insert(_links).values(identity=str(identity), person=person))


# ---- what was heard


def seen(connection: Connection, keys: list[str]) -> dict[str, Any]:
    """The answers that were given to these deliveries."""
    return {row["key"]: row["answer"] for row in look_up(connection, t.InboxRow, "key", keys)}


def tokens(connection: Connection, wanted: list[str]) -> dict[str, Row]:
    """What these tokens stand for. The buttons of one answer share a row: behind the dot stands which of them it is."""
    stems = {token: token.partition(".") for token in wanted}
    rows = {
        row["token"]: row for row in look_up(connection, t.TokenRow, "token", [stem for stem, _, _ in stems.values()])
    }
    meant = {token: _meant(rows[stem], n) for token, (stem, _, n) in stems.items() if stem in rows}
    return {token: row for token, row in meant.items() if row is not None}


def _meant(row: Row, n: str) -> Row | None:
    shared = row["args"].get("actions")
    if shared is None or not n:
        return row if shared is None and not n else None
    if int(n) >= len(shared):
        return None
    action = thaw(Action, shared[int(n)])
    return {**row, "verb": action.verb, "args": dict(action.args)}


def slots(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    """The tokens that were made for these slots."""
    query = select(_tokens.c.slot, _tokens.c.token).where(_tokens.c.slot.in_(list(wanted)))
    return {row.slot: row.token for row in connection.execute(query)}


def show_version(connection: Connection, tokens_: Iterable[str], version: int) -> None:
    """These buttons now stand on a card of this version."""
    connection.execute(update(_tokens).where(_tokens.c.token.in_(list(tokens_))).values(version=version))


def clients(connection: Connection, ids: list[str]) -> dict[str, Row]:
    """For update: two desks on one database take turns with a client's numbers and journal, instead of clashing."""
    return {row["id"]: row for row in look_up(connection, t.ClientRow, "id", ids, lock=True)}


def undo(connection: Connection, request: int) -> RowMapping | None:
    """How this request was before its last command."""
    return connection.execute(select(_undo).where(_undo.c.request_id == request)).mappings().first()


# ---- drafts and secrets


def keep_draft(connection: Connection, row: Row) -> None:
    connection.execute(delete(_drafts).where(_drafts.c.token == row["token"]))
    connection.execute(insert(_drafts).values(row))


def draft(connection: Connection, token: str, now: datetime) -> RowMapping | None:
    query = select(_drafts).where(_drafts.c.token == token, _drafts.c.expires_at > now)
    return connection.execute(query).mappings().first()


def drafts(connection: Connection, person: str, now: datetime, limit: int = 5) -> Sequence[RowMapping]:
    """What this person has typed that is not filed, the latest first."""
    live = (_drafts.c.person == person, _drafts.c.kind == "text", _drafts.c.expires_at > now)
    query = select(_drafts).where(*live).order_by(_drafts.c.made_at.desc(), _drafts.c.token).limit(limit)
    return connection.execute(query).mappings().all()


def drop_draft(connection: Connection, token: str, person: str) -> None:
    connection.execute(delete(_drafts).where(_drafts.c.token == token, _drafts.c.person == person))


def pass_drafts(connection: Connection, was: str, person: str) -> None:
    """Whoever was linked goes on with what they had typed as a stranger."""
    connection.execute(update(_drafts).where(_drafts.c.person == was).values(person=person))


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keep_secret(connection: Connection, hash_: str, kind: str, subject: str, expires_at: datetime) -> None:
    connection.execute(
        insert(_secrets).values(hash=hash_, kind=kind, subject=subject, expires_at=expires_at, used_at=None)
    )


def use_secret(connection: Connection, hash_: str, kind: str, real: datetime, *, once: bool) -> str | None:
    """Whose secret this is, if it still holds; one that works once is spent by asking."""
    held = (
        _secrets.c.hash == hash_,
        _secrets.c.kind == kind,
        _secrets.c.expires_at > real,
        _secrets.c.used_at.is_(None),
    )
    subject: str | None = connection.execute(select(_secrets.c.subject).where(*held)).scalar()
    if subject is not None and once:
        spent = connection.execute(update(_secrets).where(*held).values(used_at=real))
        return subject if spent.rowcount == 1 else None
    return subject


# ---- schedules


def schedules(connection: Connection) -> dict[str, Row]:
    """What is planned, the next first."""
    query = select(_schedule).order_by(_schedule.c.next_at, _schedule.c.id)
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def plan(connection: Connection, id_: str, kind: str, subject: str, next_at: datetime) -> None:
    connection.execute(delete(_schedule).where(_schedule.c.id == id_))
    connection.execute(insert(_schedule).values(id=id_, kind=kind, subject=subject, next_at=next_at))


def unplan(connection: Connection, id_: str) -> None:
    connection.execute(delete(_schedule).where(_schedule.c.id == id_))


def next_schedule(connection: Connection) -> datetime | None:
    found: datetime | None = connection.execute(select(func.min(_schedule.c.next_at))).scalar()
    return found


# ---- what adapters keep


def recall(connection: Connection, name: str) -> str | None:
    found: str | None = connection.execute(select(_memory.c.value).where(_memory.c.name == name)).scalar()
    return found


def remember(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(_memory).where(_memory.c.name == name))
    connection.execute(insert(_memory).values(name=name, value=value))


def put(connection: Connection, chat: str, body: Mapping[str, Any], key: str, entry: int) -> int:
    """A message on the page's shelf; the same key is the same entry."""
    found: int | None = connection.execute(select(_shelf.c.entry).where(_shelf.c.key == key)).scalar()
    if found is not None:
        return found
    change = _next_change(connection)
    connection.execute(insert(_shelf).values(entry=entry, chat=chat, key=key, change=change, body=dict(body)))
    return entry


def change(connection: Connection, entry: int, body: Mapping[str, Any]) -> bool:
    changed = connection.execute(
        update(_shelf).where(_shelf.c.entry == entry).values(body=dict(body), change=_next_change(connection))
    )
    return bool(changed.rowcount)


def _next_change(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(_shelf.c.change), 0))).scalar() or 0) + 1


def since(connection: Connection, chat: str, after: int, limit: int) -> list[tuple[int, int, Mapping[str, Any]]]:
    query = (
        select(_shelf.c.entry, _shelf.c.change, _shelf.c.body)
        .where(_shelf.c.chat == chat, _shelf.c.change > after)
        .order_by(_shelf.c.change)
        .limit(limit)
    )
    return [(row.entry, row.change, row.body) for row in connection.execute(query)]
