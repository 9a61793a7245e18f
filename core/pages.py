"""What the page and the adapters keep and read besides a chat: shelf, memory, lists, one-time links."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core import ical
from core.ask import queries as see
from core.ask.commands import TakeCalendar
from core.desk import ServiceDesk
from core.errors import BadRulebook, DeliveryError, Refused
from core.ids import new_token
from core.look import Asker, offered, one, reckoning, registered, simulated
from core.model.parties import Address, Identity, Role
from core.model.request import File
from core.people import SESSION_LIFE
from core.ports import ChatAdapter, Orderable, QueueLine, Reckoning, ReplayTold, ScopeTold, TurnsTold
from core.replay import drafted, replayed
from core.rulebook.load import mistakes_as_text
from core.rulebook.values import in_lang
from core.rules import finding, lifecycle
from core.rules.digest import by_delay
from core.rules.files import fit
from core.say import lists, rota, scope
from core.say import replay as told
from core.say.answers import refused
from core.say.message import Message
from core.say.voice import Voice
from core.store import facts as known
from core.store import requests as rows
from core.store import uploads

WEB = "web"


class DeskShelf:
    """The page's own chats, kept in the database."""

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk

    async def put(self, chat: str, body: Mapping[str, Any], key: str) -> int:
        entry = self._desk.new_id()
        return int(await self._desk.run(lambda c: known.put(c, chat, body, key, entry)))

    async def change(self, entry: int, body: Mapping[str, Any]) -> bool:
        return bool(await self._desk.run(lambda c: known.change(c, entry, body)))

    async def since(self, chat: str, after: int, limit: int = 200) -> list[tuple[int, int, Mapping[str, Any]]]:
        def read() -> list[tuple[int, int, Mapping[str, Any]]]:
            with self._desk.engine.connect() as connection:
                return known.since(connection, chat, after, limit)

        return await asyncio.to_thread(read)


class DeskCabinet:
    """The files that people send over the page, and who may have them again."""

    limit = 10_000_000  # a row of the database, written by the one writer: nobody else shall wait long for it

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk
        self.adapters: Mapping[str, ChatAdapter] = {}  # what is asked for files that stayed on their platforms

    def _asker(self, identity: Identity, lang: str = "") -> Asker:
        return DeskReader(self._desk).asker(identity, lang)

    async def keep(self, identity: Identity, name: str, size: int, data: bytes, lang: str) -> File | str:
        asker, real = self._asker(identity, lang), self._desk.clock.real()
        try:
            if asker.actor.role is Role.UNKNOWN:
                raise Refused("place_unbound")
            (file,) = fit([File(name, f"{uploads.PREFIX}{new_token()}", size)], self.limit)
            if not data:
                raise Refused("file_empty", name=file.name)
            if not await self._desk.run(lambda c: uploads.keep(c, file, data, asker.actor.person, real)):
                raise Refused("files_waiting")
        except Refused as error:
            return refused(error, asker.voice).toast
        return file

    async def mine(self, identity: Identity, refs: Sequence[str]) -> tuple[File, ...]:
        person, ids = self._asker(identity).actor.person, [ref.removeprefix(uploads.PREFIX) for ref in refs]

        def read() -> tuple[File, ...]:
            with self._desk.engine.connect() as connection:
                return uploads.mine(connection, ids, person)

        return await asyncio.to_thread(read)

    async def file(self, identity: Identity, number: str, n: int) -> tuple[str, bytes] | None:
        asker = self._asker(identity)

        def read() -> tuple[File, bytes | None] | None:
            with self._desk.engine.connect() as connection:
                request = one(connection, number.upper(), asker)
                if not 0 < n <= len(request.files):
                    return None
                found = request.files[n - 1]
                if found.internal and not asker.sees_all_of(request):
                    return None
                return found.file, uploads.data(connection, found.file.ref)

        try:
            held = await asyncio.to_thread(read)
            if held is None:
                return None
            file, data = held
            adapter = self.adapters.get(file.ref.partition(":")[0])
            if data is None and adapter is not None:
                data = await adapter.fetch(file)
        except (Refused, DeliveryError):
            return None
        return None if data is None else (file.name, data)


class DeskMemory:
    """Small facts of one adapter, by name."""

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk

    async def recall(self, name: str) -> str | None:
        found: str | None = await self._desk.run(lambda c: known.recall(c, name))
        return found

    async def remember(self, name: str, value: str) -> None:
        await self._desk.run(lambda c: known.remember(c, name, value))


def _teams(asker: Asker) -> tuple[str, ...]:
    """The teams whose duty this person sees: a manager's are all."""
    teams = tuple(asker.voice.directory.rulebook.teams)
    return teams if asker.actor.role is Role.MANAGER else asker.actor.teams


class DeskReader:
    """Lists and single requests, as one person may see them; and who a session belongs to."""

    def __init__(self, desk: ServiceDesk) -> None:
        self._desk = desk

    async def queue(self, identity: Identity) -> Sequence[QueueLine]:
        return await asyncio.to_thread(self._queue, identity)

    def asker(self, identity: Identity, lang: str = "") -> Asker:
        """This person in their own direct message: there they see all that they may see."""
        directory = self._desk.directory
        place = directory.place_of(Address.direct(identity))
        actor = directory.actor(identity, place)
        return Asker(actor, place, Voice.to(lang or actor.lang, actor.zone, directory, self._desk.clock.now()))

    def _queue(self, identity: Identity) -> Sequence[QueueLine]:
        asker = self.asker(identity)
        actor = asker.actor
        if actor.role is Role.UNKNOWN:
            return ()
        with self._desk.engine.connect() as connection:
            if actor.role is Role.MANAGER:
                found = rows.where(connection)
            elif actor.is_staff:
                found = rows.where(connection, teams=actor.teams)
            else:
                found = rows.where(connection, client=actor.client)
        visible = [r for r in found if lifecycle.visible(actor, asker.place, r)]
        return [lists.queue_line(r, asker.voice, client=not actor.is_staff) for r in sorted(visible, key=by_delay)]

    async def view(self, identity: Identity, number: str) -> Message | None:
        try:
            answer = await self._desk.look(see.ShowRequest(number.upper()), identity)
        except Refused:
            return None
        return answer.message

    async def menu(self, identity: Identity, words: str) -> Message | None:
        try:
            answer = await self._desk.look(see.Menu(words, whole=True), identity)
        except Refused:
            return None
        return answer.message

    async def orderable(self, identity: Identity, lang: str) -> Sequence[Orderable]:
        items = offered(self.asker(identity, lang))

        def spelt() -> list[Orderable]:
            return [Orderable(finding.tag(one, lang), in_lang(one.name, lang), finding.keys(one)) for one in items]

        return await asyncio.to_thread(spelt)  # a library is loaded with the first of them

    async def why(self, identity: Identity, number: str, lang: str) -> Reckoning | None:
        def read() -> Reckoning | None:
            with self._desk.engine.connect() as connection:
                return reckoning(connection, number.upper(), self.asker(identity, lang))

        try:
            return await asyncio.to_thread(read)
        except Refused:
            return None

    async def ladder(self, identity: Identity, number: str, lang: str) -> Message | None:
        def read() -> Message | None:
            with self._desk.engine.connect() as connection:
                return simulated(connection, number.upper(), self.asker(identity, lang)).message

        try:
            return await asyncio.to_thread(read)
        except Refused:
            return None

    async def manages(self, identity: Identity) -> bool:
        return self.asker(identity).actor.role is Role.MANAGER

    async def replay(self, identity: Identity, draft: str, since: date, until: date, lang: str) -> ReplayTold:
        asker = self.asker(identity, lang)

        def read() -> ReplayTold:
            base = self._desk.directory.rulebook
            try:
                trial = drafted(base, draft, "draft.toml", self._desk.clock.now())
            except BadRulebook as bad:
                return ReplayTold("", mistakes=tuple(mistakes_as_text(bad).splitlines()))
            with self._desk.engine.connect() as connection:
                found = replayed(connection, trial, since, until, lambda r: lifecycle.may(asker.actor, "view", r))
            return told.replay(found, asker.voice)

        return await asyncio.to_thread(read)

    async def scope(self, identity: Identity, lang: str) -> ScopeTold | None:
        asker = self.asker(identity, lang)
        if not asker.actor.is_staff:
            return None

        def read() -> ScopeTold:
            with self._desk.engine.connect() as connection:
                return scope.told(registered(connection, asker), asker.voice)

        return await asyncio.to_thread(read)

    async def turns(self, identity: Identity, lang: str) -> TurnsTold | None:
        asker = self.asker(identity, lang)
        return rota.told(_teams(asker), asker.actor.person, asker.voice) if asker.actor.is_staff else None

    async def calendar(self, identity: Identity, team: str, lang: str) -> bytes | None:
        asker = self.asker(identity, lang)
        if not asker.actor.is_staff or team not in _teams(asker):
            return None
        voice = asker.voice
        return await asyncio.to_thread(ical.written, ical.turns(team, voice.directory, voice.now), voice)

    async def take_calendar(self, identity: Identity, team: str, file: bytes, lang: str) -> tuple[str, ...] | None:
        asker = self.asker(identity, lang)
        if team not in _teams(asker) or not rota.arranges(team, asker.actor.person, asker.voice.directory):
            return None
        found = await asyncio.to_thread(
            ical.read, file, team, asker.voice.directory, asker.voice.now, self._desk.new_id, asker.actor.person
        )
        if found.problems:
            return rota.not_understood([(one.code, one.holes) for one in found.problems], asker.voice)
        await self._desk.handle(TakeCalendar(team, asker.actor.person, found.covers, found.absences))
        return rota.taken_in(len(found.covers), len(found.absences), asker.voice)

    async def redeem(self, link: str) -> str | None:
        """A one-time link becomes a session of twelve hours."""
        session = secrets.token_urlsafe(32)
        real = self._desk.clock.real()

        def errand(connection: Any) -> str | None:
            person = known.use_secret(connection, known.hashed(link), "link", real, once=True)
            if person is None:
                return None
            known.keep_secret(connection, known.hashed(session), "session", person, real + SESSION_LIFE)
            return session

        found: str | None = await self._desk.run(errand)
        return found

    async def whose(self, session: str) -> Identity | None:
        def read() -> str | None:
            with self._desk.engine.connect() as connection:
                return known.use_secret(
                    connection, known.hashed(session), "session", self._desk.clock.real(), once=False
                )

        person = await asyncio.to_thread(read)
        return Identity(WEB, "", person) if person else None
