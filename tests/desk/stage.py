"""A desk without a platform: envelopes made by hand, answers read as values."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from core.desk import ServiceDesk
from core.model.parties import Address, Identity
from core.ports import Can, Content, Envelope, Filled, Pressed, Said
from core.rulebook.directory import Directory
from core.rulebook.load import load
from core.rulebook.values import Rulebook
from core.say.message import Actions, Answer, Button, Gauge, Message, Paragraph, Quote
from core.store import statements
from core.store import tables as t
from core.store.changes import table
from tests.conftest import FrozenClock

DESK = Path(__file__).parent.parent / "data" / "desk.toml"
CHATS = {"client": "client-hx", "other": "client-other", "team": "team-site", "nowhere": "somewhere"}
KEY = b"a key outside the database"

#: What a filing writes. A transaction leaves something in each of them, or in none.
FILED = (t.RequestRow, t.TimerRow, t.JournalRow, t.DeliveryRow, t.InboxRow, t.TokenRow)


@contextmanager
def breaking(n: int, of: type | None = None) -> Iterator[list[type]]:
    """The n-th write from now, of this table if one is named, fails. The tables that were written."""
    write, written = statements.write, list[type]()

    def counted(connection: Any, loads: Any) -> Any:
        for k, one in enumerate(loads):
            written.extend([one.row] if of in (None, one.row) else [])
            if len(written) == n and written[-1] is one.row:
                if loads[:k]:
                    write(connection, loads[:k])
                raise OSError("the disk is gone")
        return write(connection, loads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "write", counted)
        yield written


@cache
def rulebook() -> Rulebook:
    return load(DESK, today=date(2026, 11, 23), chats_on_page=True)


def words(answer: Answer) -> str:
    """Everything that the answer says."""
    said = [answer.toast, *(answer.errors or {}).values()]
    if answer.form is not None:
        said += [answer.form.title, *(f"{f.label} {f.value}" for f in answer.form.fields)]
    return "\n".join([*said, *(_spoken(answer.message) if answer.message else ())])


def _spoken(message: Message) -> list[str]:
    said = [message.summary]
    for block in message.blocks:
        match block:
            case Paragraph(text=text) | Gauge(text=text):
                said.append("".join(getattr(span, "text", getattr(span, "name", "")) for span in text))
            case Quote(text=quoted):
                said.append(quoted)
            case Actions():
                said += [b.label for b in (*block.buttons, *block.more)]
            case _:
                said.append(repr(block))
    return said


def buttons(answer: Answer) -> list[Button]:
    return list(answer.message.buttons()) if answer.message else []


def token(answer: Answer, label: str) -> str:
    found = next((b.token for b in buttons(answer) if b.label == label or b.action.verb == label), None)
    assert found, f"no [{label}] in {[(b.label, b.action.verb) for b in buttons(answer)]}"
    return found


@dataclass(slots=True)
class Stage:
    """Who says what to the desk, from where."""

    desk: ServiceDesk
    engine: Engine
    clock: FrozenClock
    sent: list[Envelope] = field(default_factory=list)

    def envelope(self, person: str, chat: str, content: Content, **more: Any) -> Envelope:
        address = Address("web", "", chat if chat.startswith("@") else CHATS[chat])
        return Envelope(more.pop("key", uuid.uuid4().hex), Identity("web", "", person), address, content, **more)

    async def send(self, envelope: Envelope) -> Answer:
        self.sent.append(envelope)
        return await self.desk.hear(envelope)

    async def says(self, person: str, chat: str, line: str, **more: Any) -> Answer:
        """`/request ...` and `/desk ...` are commands; anything else is plain words."""
        command, _, text = line[1:].partition(" ") if line.startswith("/") else ("", "", line)
        return await self.send(self.envelope(person, chat, Said(command, text), **more))

    async def presses(self, person: str, chat: str, token: str, **more: Any) -> Answer:
        return await self.send(self.envelope(person, chat, Pressed(token), **more))

    async def fills(self, person: str, chat: str, token: str, values: Mapping[str, str], **more: Any) -> Answer:
        return await self.send(self.envelope(person, chat, Filled(token, values), **more))

    def rows(self, row: type, **where: Any) -> list[Any]:
        rows = table(row)
        with self.engine.connect() as connection:
            query = select(rows).filter_by(**where).order_by(*rows.primary_key)
            return list(connection.execute(query).mappings())

    def counts(self, *kinds: type) -> dict[str, int]:
        with self.engine.connect() as connection:
            return {
                kind.__name__: int(connection.execute(select(func.count()).select_from(table(kind))).scalar() or 0)
                for kind in kinds or FILED
            }

    def request(self, number: str = "HX-1") -> Any:
        (found,) = self.rows(t.RequestRow, number=number)
        return found


@asynccontextmanager
async def raised(
    engine: Engine, clock: FrozenClock, can: Can | None = None, book: Rulebook | None = None
) -> AsyncIterator[Stage]:
    abilities = {"web": can or Can()}
    desk = ServiceDesk(
        engine, Directory(book or rulebook()), clock, can=abilities, audit_key=KEY, page_url="http://127.0.0.1:8080"
    )
    try:
        yield Stage(desk, engine, clock)
    finally:
        desk.close()
