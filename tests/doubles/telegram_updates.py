"""How updates reach the bot: one queue, emptied by getUpdates or posted to a webhook, never both.

Rules: Bot API page, "Getting updates" (Update, getUpdates, setWebhook, WebhookInfo).
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

import aiohttp

from tests.doubles.telegram_rules import OTHER_POLLER, WEBHOOK_ACTIVE, Json, conflict

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
"""setWebhook: an empty allowed_updates means all types except these."""

SecretSent = Literal["right", "wrong", "missing"]


class Pulse:
    """Wakes all who wait for something to have happened, without anybody looking at a watch."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, happened: Callable[[], bool]) -> None:
        while not happened():
            await self._event.wait()

    async def within(self, patience: float, happened: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        """Waits for it, and says what is missing when it does not happen."""
        try:
            async with asyncio.timeout(patience):
                await self.until(happened)
        except TimeoutError:
            raise AssertionError(otherwise()) from None


@dataclass(slots=True)
class Entry:
    """One update on its way. `again` lets it pass although its id was confirmed before."""

    update: Json
    body: bytes
    again: bool = False
    handed_out: bool = False
    statuses: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: tuple[int, str] | None = None


class Inbox:
    """The bot's incoming updates, until each is confirmed by an offset or by a 2xx answer."""

    def __init__(self, pulse: Pulse, seed: str) -> None:
        self.pulse = pulse
        self.pending: list[Entry] = []
        self.sent: list[Entry] = []
        self.allowed: tuple[str, ...] = ()
        self.webhook: Webhook | None = None
        self.secret_sent: SecretSent = "right"
        self.routes: dict[str, str] = {}
        self.closing = False
        self.next_id = 100_000_000 + zlib.crc32(seed.encode()) % 800_000_000
        self._confirmed_below = 0
        self.open_polls = 0
        self._poll = 0

    # -- in

    def allows(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def put(self, kind: str, content: Json) -> int | None:
        """Queues an update of this kind; None when the bot did not ask for the kind."""
        if not self.allows(kind):
            return None
        update_id = self.next_id
        update: Json = {"update_id": update_id, kind: content}
        self.next_id += 1
        self._queue(update, json.dumps(update, ensure_ascii=False).encode())
        return update_id

    def repeat(self) -> list[int]:
        """Queues again, byte for byte, what a webhook refused; where nothing was refused, the last update."""
        refused = [entry for entry in self.pending if entry.statuses]
        for entry in refused:
            entry.statuses.clear()
        repeated = refused or self.sent[-1:]
        if not refused:
            for entry in repeated:
                self._queue(entry.update, entry.body)
        self.pulse.beat()
        return [entry.id for entry in repeated]

    def drop_pending(self) -> None:
        self.pending.clear()
        self.pulse.beat()

    def _queue(self, update: Json, body: bytes) -> None:
        entry = Entry(update, body, again=update["update_id"] < self._confirmed_below)
        self.pending.append(entry)
        self.sent.append(entry)
        self.pulse.beat()

    # -- getUpdates

    async def poll(self, offset: int, limit: int, patience: float) -> list[Json]:
        """A batch as soon as there is one. A later poll ends this one with 409 (so does setWebhook)."""
        if self.webhook:
            raise conflict(WEBHOOK_ACTIVE)
        self._confirm(offset)
        self._poll += 1
        mine = self._poll
        self.open_polls += 1
        self.pulse.beat()
        try:
            await self._first(lambda: self._poll != mine or self.closing or bool(self.pending), patience)
        finally:
            self.open_polls -= 1
            self.pulse.beat()
        if self.webhook:
            raise conflict("terminated by setWebhook request")
        if self._poll != mine:
            raise conflict(OTHER_POLLER)
        batch = self.pending[: min(max(limit, 1), 100)]
        for entry in batch:
            entry.handed_out = True
        return [entry.update for entry in batch]

    async def _first(self, happened: Callable[[], bool], patience: float) -> None:
        try:
            async with asyncio.timeout(max(patience, 0)):
                await self.pulse.until(happened)
        except TimeoutError:
            return

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self._confirmed_below = max(self._confirmed_below, offset)
            self.pending = [entry for entry in self.pending if not _confirmed(entry, offset)]

    # -- webhook

    def set_webhook(self, webhook: Webhook | None) -> None:
        self.webhook = webhook
        if webhook:
            self._poll += 1
        self.pulse.beat()

    async def deliver(self, execute: Callable[[Json], Awaitable[None]]) -> None:
        """Posts update after update while a webhook is set; an answer naming a method is executed."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                await self.pulse.until(lambda: self.closing or self._due() is not None)
                entry = self._due()
                if self.closing or entry is None:
                    return
                await self._post(session, entry, execute)

    def _due(self) -> Entry | None:
        if not self.webhook:
            return None
        return next((entry for entry in self.pending if not entry.statuses), None)

    async def _post(
        self, session: aiohttp.ClientSession, entry: Entry, execute: Callable[[Json], Awaitable[None]]
    ) -> None:
        assert self.webhook is not None
        webhook = self.webhook
        headers = {"Content-Type": "application/json"} | self._secret_header(webhook.secret)
        try:
            async with session.post(self._routed(webhook.url), data=entry.body, headers=headers) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as why:
            status, body = 0, str(why).encode()
        entry.statuses.append(status)
        if 200 <= status < 300:
            self.pending = [waiting for waiting in self.pending if waiting is not entry]
            await _execute_answer(body, execute)
        else:
            webhook.last_error = (status, f"Wrong response from the webhook: {status}")
        self.pulse.beat()

    def _secret_header(self, secret: str) -> dict[str, str]:
        sent = {"right": secret, "wrong": "wrong-" + secret[:200], "missing": ""}[self.secret_sent]
        return {SECRET_HEADER: sent} if sent else {}

    def _routed(self, url: str) -> str:
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url

    # -- waiting

    def refused(self) -> list[tuple[int, int]]:
        """(update id, status) of what the webhook answered with anything but 2xx."""
        return [(entry.id, entry.statuses[-1]) for entry in self.pending if entry.statuses]

    def attempted(self) -> bool:
        return all(entry.statuses or entry.handed_out for entry in self.pending)


def _confirmed(entry: Entry, offset: int) -> bool:
    return entry.id < offset and (entry.handed_out or not entry.again)


async def _execute_answer(body: bytes, execute: Callable[[Json], Awaitable[None]]) -> None:
    """ "Making requests when getting updates": the call may ride in the answer; its result is not told."""
    try:
        answer = json.loads(body)
    except ValueError:
        return
    if isinstance(answer, dict) and "method" in answer:
        await execute(answer)
