"""The one door: everything that changes state passes `ServiceDesk`, is decided, kept and answered in one transaction.

A unit is an envelope from a platform, an order of the clock, or a small errand of an adapter. The one writer runs all
units that wait as a batch: what they need is loaded with a few queries, each is decided, all rows are written with one
statement a table, and one commit answers them all. Nothing here awaits the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine

from core.ask.commands import Command, TimeReached
from core.ask.queries import Query
from core.batch import Batch
from core.errors import Refused
from core.events import Event
from core.ids import Ids
from core.look import Asker, look
from core.model.again import value_of
from core.model.parties import Address, Identity
from core.ports import Can, Clock, Envelope, Filled, Pressed
from core.reception import TOKEN, Reception
from core.rulebook.directory import Directory
from core.say.message import Answer
from core.say.voice import Voice
from core.say.words import nearest
from core.similar import Similar
from core.store import agreements, calendars
from core.store import facts as known
from core.store import tables as t
from core.store.changes import table
from core.store.engine import hasty
from core.store.mapping import Kept
from core.store.remembered import Remembered
from core.store.writer import Later, Lost, Writer


class Heard(Struct, frozen=True):
    envelope: Envelope


class Order(Struct, frozen=True):
    """A command of the clock itself."""

    command: Command


class Errand(Struct, frozen=True):
    """A small piece of work inside the writer's transaction, for the courier, the ticker or an adapter.

    `lasting` is false for one statement with which nothing is lost: what a crash of the database takes back is found and
    done again.
    """

    run: Callable[[Connection], Any]
    lasting: bool = True


class Look(Struct, frozen=True):
    """A query from the page, answered as in the person's direct message."""

    query: Query
    identity: Identity


Unit = Heard | Order | Errand | Look


class ServiceDesk:
    """The desk of one process. `changed` is called after each commit that left something to say.

    Raises `core.store.agreements.Orphans` where the rulebook lacks what open requests refer to.
    """

    def __init__(
        self,
        engine: Engine,
        directory: Directory,
        clock: Clock,
        *,
        can: Mapping[str, Can] | None = None,
        audit_key: bytes = b"",
        new_id: Callable[[], int] | None = None,
        page_url: str = "",
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.can: dict[str, Can] = dict(can or {})
        self.page_url = page_url
        self._audit_key = audit_key
        self.new_id = new_id or Ids()
        self.changed: Callable[[], None] = lambda: None
        with engine.execution_options(deskbell_write=True).begin() as connection:
            rulebook = agreements.adopt(connection, directory.rulebook, clock.now())
            rulebook = calendars.adopt(connection, rulebook, clock.now())
            agreements.refuse_orphans(connection, rulebook)
            self._base = directory.learn(rulebook=rulebook)
            self.directory = known.learnt(connection, self._base)
            self._know_clients(connection)
        self._similar = Similar()
        self._remembered = Remembered()
        self._batch: Batch | None = None
        self._hasty: Connection | None = None
        self._writer: Writer[Unit] = Writer(engine, self._run, self._committed)

    def _know_clients(self, connection: Connection) -> None:
        wanted = [*self.directory.rulebook.clients, known.DESK]
        there = known.clients(connection, wanted)
        for client in wanted:
            if client not in there:
                row = {"id": client, "last_number": 0, "journal_n": 0, "journal_hash": ""}
                connection.execute(table(t.ClientRow).insert().values(row))

    # ---- what adapters and the clock call

    async def hear(self, envelope: Envelope) -> Answer:
        """Commit what the envelope asks, then answer in the person's language. The same key has one effect and one answer."""
        answer: Answer = await self._writer.submit(Heard(envelope))
        self.changed()
        return answer

    async def handle(self, command: Command) -> tuple[Event, ...]:
        """Carry out a command of the desk itself (time reached, a digest due). Raises what deciding raises."""
        events: tuple[Event, ...] = await self._writer.submit(Order(command))
        self.changed()
        return events

    async def run(self, errand: Callable[[Connection], Any], *, at: float = 0.0, lasting: bool = True) -> Any:
        """A small piece of work inside the writer's transaction, not before its time (`time.monotonic`).

        Where all that is done together is not `lasting`, it does not wait for the disk (`core.store.engine.hasty`).
        """
        return await self._writer.submit(Errand(errand, lasting), at=at)

    async def look(self, query: Query, identity: Identity) -> Answer:
        """Answer a query as in this person's direct message, its buttons live. Raises Refused."""
        answer: Answer = await self._writer.submit(Look(query, identity))
        return answer

    def close(self) -> None:
        self._writer.close()
        self._let_go()

    # ---- a batch

    def _committed(self, _answers: list[Any]) -> None:
        batch, self._batch = self._batch, None
        if batch is None:
            return
        if batch.fresh is not None:
            self.directory = batch.fresh
        self._similar.learn(batch.kept)
        self._remembered.committed(batch.ends, batch.keys)

    def _run(self, connection: Connection, units: Sequence[Unit]) -> list[Any]:
        real = self.clock.real()
        if self._batch is not None:  # its transaction has failed
            self._remembered.doubt(real)
            self._batch = None
        errands = [unit for unit in units if isinstance(unit, Errand) and not unit.lasting]
        if len(errands) == len(units) and connection.dialect.name == "postgresql":
            return self._hurried(errands)
        heard = [unit.envelope for unit in units if isinstance(unit, Heard)]
        keys = [envelope.key for envelope in heard]
        self._batch = batch = Batch(
            connection, self._base, self.directory, self.clock.now(), real, self.new_id, self._audit_key, self.can,
            self.page_url, similar=self._similar, ends=self._remembered.ends(real), keys=keys,
        )  # fmt: skip
        asked = self._remembered.asked(keys, real)
        seen = known.seen(connection, asked) if asked else {}
        tokens = _tokens(connection, heard)
        if timed := [u.command.id for u in units if isinstance(u, Order) and isinstance(u.command, TimeReached)]:
            batch.expect(timed)
        found = [self._unit(unit, batch, seen, tokens) for unit in units]
        batch.flush()
        return found

    def _hurried(self, errands: Sequence[Errand]) -> list[Any]:
        """Beside the writer's transaction, which has nothing to do here. Raises Lost: it is tried on a new connection."""
        self._hasty = self._hasty or hasty(self.engine)
        try:
            return [errand.run(self._hasty) for errand in errands]
        except Exception as error:
            self._let_go()
            raise Lost(str(error)) from error

    def _let_go(self) -> None:
        gone, self._hasty = self._hasty, None
        if gone is not None:
            gone.close()

    def _unit(self, unit: Unit, batch: Batch, seen: dict[str, Any], tokens: Mapping[str, Kept]) -> Any:
        match unit:
            case Heard(envelope):
                return self._hear(envelope, batch, seen, tokens)
            case Order(command):
                return batch.order(command)
            case Look(query, identity):
                return self._look(query, identity, batch)
            case Errand(run):
                batch.flush()
                return run(batch.connection)

    def _hear(
        self, envelope: Envelope, batch: Batch, seen: dict[str, Any], tokens: Mapping[str, Kept]
    ) -> Answer | Later:
        if envelope.key in seen:
            return value_of(seen[envelope.key], Answer)
        asker = self._asker(envelope.identity, envelope.address, batch, nearest(envelope.lang), envelope.name)
        reception = Reception(batch, asker, tokens, envelope.said_at)
        try:
            answer = reception.hear(envelope)
        except Later as later:
            return later
        seen[envelope.key] = answer
        row = {"key": envelope.key, "heard_at": batch.real, "person": asker.actor.person, "answer": answer}
        batch.changes.insert(t.InboxRow, row)
        return answer

    def _look(self, query: Query, identity: Identity, batch: Batch) -> Answer | Refused:
        asker = self._asker(identity, Address.direct(identity), batch)
        batch.flush()
        reception = Reception(batch, asker)
        try:
            return reception.stamped(look(batch.connection, query, asker))
        except Refused as error:
            return error

    def _asker(self, identity: Identity, address: Address, batch: Batch, lang: str = "", name: str = "") -> Asker:
        directory = self.directory
        place = directory.place_of(directory.current(address))
        actor = directory.actor(identity, place, lang, name)
        voice = Voice.to(actor.lang, actor.zone, directory, batch.now, place.address, self.page_url)
        return Asker(actor, place, voice, self.page_url)

    def learn(self) -> None:
        """For errands: run-time facts changed in this transaction."""
        if self._batch is not None:
            self._batch.learn()

    @property
    def newest(self) -> Directory:
        """For errands: the directory as the present transaction leaves it."""
        return self._batch.newest if self._batch is not None else self.directory


def _tokens(connection: Connection, heard: Sequence[Envelope]) -> Mapping[str, Kept]:
    """What the pressed buttons and filled forms of a batch stand for, in one query."""
    carried = [e.content.token for e in heard if isinstance(e.content, Pressed | Filled)]
    wellformed = [token for token in carried if TOKEN.fullmatch(token)]
    return known.tokens(connection, wellformed) if wellformed else {}
