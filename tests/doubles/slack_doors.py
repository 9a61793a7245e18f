"""How Slack brings something to the app: signed HTTP to one URL, or an envelope over one of its sockets."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_state import APP_ID

MAX_SOCKETS = 10  # "Using Socket Mode": connections per app
SOCKET_TRIES = 4  # the first and three more, as the Events API does; for events only
DEFAULT_ACK_TIMEOUT = 3.0  # seconds of real time, network included


@dataclass(frozen=True)
class Delivery:
    """Something that happened, as Slack words it for the app."""

    kind: str
    """Socket Mode's names: slash_commands, interactive, events_api."""
    payload: Json

    def encoded(self) -> tuple[bytes, str]:
        return ENCODINGS[self.kind](self.payload)


ENCODINGS: dict[str, Callable[[Json], tuple[bytes, str]]] = {
    "slash_commands": lambda p: (urlencode(p).encode(), "application/x-www-form-urlencoded"),
    "interactive": lambda p: (urlencode({"payload": json.dumps(p)}).encode(), "application/x-www-form-urlencoded"),
    "events_api": lambda p: (json.dumps(p).encode(), "application/json"),
}


@dataclass(frozen=True)
class Heard:
    """What came back from the app for one delivery."""

    status: int = 0
    """HTTP status; 200 for a socket's ack; 0 when nothing came or nothing was sent."""
    body: Any = None
    """The ack's payload: parsed JSON, or the text."""
    error: str | None = None
    """What Slack tells the person: operation_timeout, dispatch_failed, invalid_blocks, not_sent ..."""
    door: str = "none"
    headers: dict[str, str] = field(default_factory=dict)
    attempts: int = 1
    socket: int | None = None

    @property
    def acked(self) -> bool:
        return self.status == 200 and self.error is None

    def but(self, error: str) -> Heard:
        return replace(self, error=error)


NOT_SENT = Heard(error="not_sent")


class HttpDoor:
    """POSTs to the request URL with Slack's v0 signature ("Verifying requests from Slack")."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.url: str | None = None
        self.forge: list[str] = []
        self.last: tuple[bytes, dict[str, str]] | None = None
        self.session: aiohttp.ClientSession | None = None

    async def send(self, body: bytes, content_type: str, now: float, within: float) -> tuple[Heard, int]:
        headers = {"Content-Type": content_type, **self.signature(body, now)}
        if self.forge:
            headers = FORGERIES[self.forge.pop(0)](self, headers, body, now)
        return await self.post(body, headers, within)

    async def again(self, now: float | None, more: dict[str, str], within: float) -> tuple[Heard, int]:
        """The last body byte for byte; signed anew when `now` is given, else with the old headers as well."""
        assert self.last is not None, "nothing was delivered yet"
        body, headers = self.last
        anew = self.signature(body, now) if now is not None else {}
        return await self.post(body, {**headers, **anew, **more}, within)

    async def post(self, body: bytes, headers: dict[str, str], within: float) -> tuple[Heard, int]:
        """What came back, and the size of it."""
        assert self.session is not None
        assert self.url is not None
        self.last = (body, headers)
        try:
            limit = aiohttp.ClientTimeout(total=within)
            async with self.session.post(self.url, data=body, headers=headers, timeout=limit) as answer:
                raw = await answer.read()
                known = {name: value for name, value in answer.headers.items() if name.lower().startswith("x-slack")}
                heard = Heard(answer.status, _parsed(raw, answer.content_type), None, "http", known)
                return (heard if answer.status == 200 else heard.but("dispatch_failed")), len(raw)
        except TimeoutError:
            return Heard(error="operation_timeout", door="http"), 0
        except aiohttp.ClientError:
            return Heard(error="dispatch_failed", door="http"), 0

    def signature(self, body: bytes, at: float) -> dict[str, str]:
        stamp = str(int(at))
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self.secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


Forgery = Callable[[HttpDoor, dict[str, str], bytes, float], dict[str, str]]
SIGNATURE, STAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"
# faults.md rows 74, 75 and 77: each way in which a request is not Slack's.
FORGERIES: dict[str, Forgery] = {
    "bad_signature": lambda door, h, body, now: {**h, SIGNATURE: "v0=" + "0" * 64},
    "empty_signature": lambda door, h, body, now: {**h, SIGNATURE: ""},
    "non_ascii_signature": lambda door, h, body, now: {**h, SIGNATURE: "v0=é中"},
    "no_signature": lambda door, h, body, now: {k: v for k, v in h.items() if k != SIGNATURE},
    "no_timestamp": lambda door, h, body, now: {k: v for k, v in h.items() if k != STAMP},
    "no_headers": lambda door, h, body, now: {k: v for k, v in h.items() if k not in (SIGNATURE, STAMP)},
    "text_timestamp": lambda door, h, body, now: {**h, STAMP: "yesterday"},
    "long_timestamp": lambda door, h, body, now: {**h, STAMP: "9" * 5000},
    "old_timestamp": lambda door, h, body, now: {**h, **door.signature(body, now - 301)},
    "future_timestamp": lambda door, h, body, now: {**h, **door.signature(body, now + 600)},
}


def _parsed(raw: bytes, content_type: str) -> Any:
    text = raw.decode()
    try:
        return json.loads(text) if content_type == "application/json" and text else text
    except ValueError:
        return text


@dataclass
class Socket:
    """One connected client; `draining` after a disconnect message, which takes it out of the round."""

    number: int
    ws: web.WebSocketResponse
    draining: bool = False
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)


class SocketDoor:
    """Socket Mode ("Using Socket Mode"): each envelope goes to one open connection, in turn."""

    def __init__(self) -> None:
        self.sockets: list[Socket] = []
        self.tickets: set[str] = set()
        self.changed = asyncio.Condition()
        self.received: list[tuple[int, str]] = []
        """(socket number, envelope id) of all that was sent, in order."""
        self.last: Delivery | None = None
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._envelopes = itertools.count(1)
        self.bytes_in = 0
        self.bytes_out = 0

    @property
    def open(self) -> list[Socket]:
        return [socket for socket in self.sockets if not socket.draining and not socket.ws.closed]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """A client connects with the ticket of apps.connections.open, which serves once."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden(text="invalid ticket")
        self.tickets.discard(ticket)
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        if len(self.open) >= MAX_SOCKETS:
            await self._send(ws, {"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await ws.close()
            return ws
        socket = Socket(next(self._numbers), ws)
        self.sockets.append(socket)
        await self._send(ws, self._hello())
        await self._announce()
        try:
            async for message in ws:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take_ack(socket, message.data)
        finally:
            self.sockets.remove(socket)
            for waiting in socket.waiting.values():
                if not waiting.done():
                    waiting.set_exception(ConnectionResetError("socket closed before the ack"))
            await self._announce()
        return ws

    def _hello(self) -> Json:
        info = {"host": "applink-double", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "connection_info": {"app_id": APP_ID},
            "debug_info": info,
        }

    def _take_ack(self, socket: Socket, raw: str) -> None:
        self.bytes_in += len(raw.encode())
        answer = json.loads(raw)
        waiting = socket.waiting.pop(answer.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def deliver(self, delivery: Delivery, within: float, more: Json | None = None) -> Heard:
        """Events that are not acked in time are brought again; commands and presses are not."""
        self.last = delivery
        tries = SOCKET_TRIES if delivery.kind == "events_api" else 1
        for attempt in range(tries):
            retry = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
            if not self.open:
                return Heard(error="dispatch_failed", door="socket", attempts=attempt + 1)
            socket = self.open[next(self._turn) % len(self.open)]
            envelope = {**retry, **(more or {})} if delivery.kind == "events_api" else {}
            try:
                answer = await asyncio.wait_for(self._one(socket, delivery, envelope), within)
            except (TimeoutError, ConnectionError):
                continue
            return Heard(200, answer, None, "socket", attempts=attempt + 1, socket=socket.number)
        return Heard(error="operation_timeout", door="socket", attempts=tries)

    async def _one(self, socket: Socket, delivery: Delivery, more: Json) -> Any:
        envelope_id = f"env-{next(self._envelopes)}"
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope_id] = waiting
        self.received.append((socket.number, envelope_id))
        answers = delivery.kind != "events_api"
        head = {"envelope_id": envelope_id, "type": delivery.kind, "accepts_response_payload": answers}
        await self._send(socket.ws, {**head, "payload": delivery.payload, **more})
        return await waiting

    async def _send(self, ws: web.WebSocketResponse, body: Json) -> None:
        raw = json.dumps(body)
        self.bytes_out += len(raw.encode())
        await ws.send_str(raw)

    async def disconnect(self, sockets: list[Socket], reason: str, *, close: bool) -> None:
        """`refresh_requested` leaves the socket to its client; `link_disabled` closes it."""
        for socket in sockets:
            socket.draining = True
            await self._send(socket.ws, {"type": "disconnect", "reason": reason, "debug_info": {"host": "double"}})
            if close:
                await socket.ws.close()

    async def connected(self, count: int, within: float) -> None:
        """Wait until that many sockets are open; no polling."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: len(self.open) == count), within)

    async def _announce(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def close(self) -> None:
        for socket in list(self.sockets):
            socket.draining = True
            await socket.ws.close()
