"""Posting and editing in the page's own chats: bodies on the shelf, and a wake-up for the browsers that look on."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from msgspec import to_builtins

from core.errors import DeliveryError, MessageLost, Outcome
from core.model.again import value_of
from core.model.parties import Address
from core.ports import Clock, Shelf
from core.say.message import Message

BATCH = 200
REMEMBERED = 20_000


class Ears:
    """The open event streams of this process; `wake` tells each that there is something to read."""

    def __init__(self) -> None:
        self._open: set[asyncio.Event] = set()
        self.closing = False

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        self._open.add(event)
        try:
            yield event
        finally:
            self._open.discard(event)

    def wake(self) -> None:
        for event in self._open:
            event.set()

    def close(self) -> None:
        self.closing = True
        self.wake()

    def __len__(self) -> int:
        return len(self._open)


def message_of(body: Mapping[str, Any]) -> Message:
    """The message that `post` or `edit` put into this body."""
    return value_of(body, Message)


class Messenger:
    """The two ends of a chat on the shelf: what the desk posts, and the plain words that people say."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock
        self._births: OrderedDict[int, Mapping[str, Any]] = OrderedDict()
        self.ears = Ears()

    def _stamp(self) -> float:
        return self._clock.now().timestamp()

    async def post(self, address: Address, message: Message, key: str) -> str:
        """A key that is already on the shelf answers the same entry, so a repeat is harmless."""
        body = {**to_builtins(message), "kind": "message", "at": self._stamp(), "key": key}
        try:
            entry = await self._shelf.put(address.chat, body, key)
        except Exception as error:  # a repeat has one effect, so any failure may simply be tried again
            raise DeliveryError(Outcome.RETRY, f"shelf: {type(error).__name__}") from error
        self._note(entry, body)
        self.ears.wake()
        return str(entry)

    async def edit(self, address: Address, receipt: str, message: Message) -> str:
        if not receipt.isdecimal():
            raise MessageLost("not a receipt of the page")
        try:
            birth = await self._birth(address.chat, int(receipt))
            body = {**to_builtins(message), "kind": "message", "edited": self._stamp(), **birth}
            found = await self._shelf.change(int(receipt), body)
        except Exception as error:  # the same body again is the same edit
            raise DeliveryError(Outcome.RETRY, f"shelf: {type(error).__name__}") from error
        if not found:
            raise MessageLost("no such entry on the shelf")
        self.ears.wake()
        return receipt

    def _note(self, entry: int, body: Mapping[str, Any]) -> None:
        self._births[entry] = {name: body[name] for name in ("at", "key") if name in body}
        if len(self._births) > REMEMBERED:
            self._births.popitem(last=False)

    async def _birth(self, chat: str, entry: int) -> Mapping[str, Any]:
        """When an entry was posted and under which key, which an edit must not lose; read once after a restart."""
        if entry not in self._births:
            async for one, _, body in self.history(chat):
                if one not in self._births:
                    self._note(one, body)
        return self._births.get(entry, {"at": self._stamp()})

    async def find(self, address: Address, key: str, since: datetime) -> str | None:  # noqa: ARG002 - a desk clock may have been turned, the key alone is certain
        try:
            async for entry, _, body in self.history(address.chat):
                if body.get("key") == key:
                    return str(entry)
        except Exception as error:  # not asked is not the same as not there
            raise DeliveryError(Outcome.RETRY, f"shelf: {type(error).__name__}") from error
        return None

    async def say(self, chat: str, person: str, name: str, text: str, key: str, reply_to: str) -> None:
        """Plain words in a chat stand there for all who are in it, as in any chat."""
        body = {
            "kind": "said",
            "at": self._stamp(),
            "key": key,
            "person": person,
            "name": name,
            "text": text,
            "reply_to": reply_to,
        }
        await self._shelf.put(chat, body, key)
        self.ears.wake()

    async def history(self, chat: str, after: int = 0) -> AsyncIterator[tuple[int, int, Mapping[str, Any]]]:
        """(entry, change, body) of all that changed after `after`, oldest change first."""
        while rows := await self._shelf.since(chat, after, BATCH):
            for row in rows:
                yield row
            after = rows[-1][1]
            if len(rows) < BATCH:
                return
