"""A Slack of our own: the real SDKs talk to it over real HTTP and WebSocket, and it refuses what Slack refuses.

    async with SlackDouble() as slack:
        slack.add_user("U1", "Lin"); slack.add_channel("C1", "desk", {"U1"})
        client = AsyncWebClient(token="xoxb-test", base_url=slack.api_url)

Parts: slack_blocks (which blocks are refused), slack_state (the team), slack_api (the methods), slack_faults (scripted
trouble), slack_doors (signed HTTP and sockets), slack_forms (what people type), slack_gestures (what people do).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from tests.doubles.slack_api import DEFAULT_SCOPES, WebApi
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_doors import DEFAULT_ACK_TIMEOUT, FORGERIES, Delivery, Heard, HttpDoor, SocketDoor
from tests.doubles.slack_faults import Fault, Faults, Pace
from tests.doubles.slack_gestures import Gestures
from tests.doubles.slack_state import Channel, Person, Refused, Shown, Team, View

__all__ = ["Call", "Fault", "Heard", "Shown", "SlackDouble", "View"]

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
APP_METHODS = frozenset({"apps.connections.open"})
POSTING = frozenset({"chat.postMessage", "chat.postEphemeral"})


@dataclass(frozen=True)
class Call:
    """One call of the Web API. `error` is Slack's code, or the fault that was met."""

    method: str
    args: Json
    status: int
    error: str | None
    answer: Json
    at: float


class SlackDouble(Gestures):
    """One workspace with one app in it."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        team: str = "T0HX",
        bot_token: str = "xoxb-test",
        app_token: str = "xapp-test",
        signing_secret: str = SIGNING_SECRET,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        burst: int | None = None,
    ) -> None:
        self.clock = clock
        self.signing_clock = clock
        """Bolt checks signatures against the real time: give time.time here when `clock` is a virtual one."""
        self.bot_token, self.app_token, self.signing_secret = bot_token, app_token, signing_secret
        self.ack_timeout = DEFAULT_ACK_TIMEOUT
        self.scopes = set(scopes)
        self.team = Team(clock, team)
        self.api = WebApi(self.team, self.scopes)
        self.faults = Faults()
        self.pace = Pace(clock, burst)
        self.http = HttpDoor(signing_secret)
        self.socket = SocketDoor()
        self.calls: list[Call] = []
        self.unexpected: list[Call] = []
        self.broken: list[Exception] = []
        """Bugs of the double: raised at the end, so that none is taken for a fault of Slack's."""
        self.token_error: str | None = None
        self.link_error: str | None = None
        self._bytes = {"in": 0, "out": 0}
        self._last_door = ""
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self.port = 0

    # --- life ---

    async def __aenter__(self) -> SlackDouble:
        app = web.Application(client_max_size=16 * 1024 * 1024, middlewares=[self._watch])
        app.router.add_route("*", "/api/{method}", self._serve_api)
        app.router.add_post("/response/{key}", self._serve_response_url)
        app.router.add_get("/link", self.socket.serve)
        app.router.add_post("/upload/{file}", self._serve_upload)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.http.session = aiohttp.ClientSession()
        self.api.upload_base = f"http://127.0.0.1:{self.port}/upload/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._closing.set()
        await self.socket.close()
        assert self.http.session is not None
        await self.http.session.close()
        await self._runner.cleanup()
        assert error is not None or not self.broken, f"the double itself failed: {self.broken!r}"

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def response_base(self) -> str:  # type: ignore[override]
        return f"http://127.0.0.1:{self.port}/response/"

    # --- the team ---

    def add_user(self, user: str, name: str, locale: str = "en-US", tz: str = "UTC", **facts: Any) -> Person:
        return self.team.add_user(user, name, locale=locale, tz=tz, **facts)

    def add_channel(
        self, channel: str, name: str, members: Iterable[str] = (), private: bool = False, bot_in: bool = True
    ) -> Channel:
        return self.team.add_channel(channel, name, set(members), private=private, bot_in=bot_in)

    @property
    def users(self) -> dict[str, Person]:
        return self.team.users

    @property
    def channels(self) -> dict[str, Channel]:
        return self.team.channels

    def archive(self, channel: str, archived: bool = True) -> None:
        self.place(channel).archived = archived

    def remove_bot(self, channel: str) -> None:
        self.place(channel).bot_in = False

    def remove_channel(self, channel: str) -> None:
        del self.team.channels[channel]

    def deactivate(self, user: str) -> None:
        self.users[user].deleted = True

    def revoke_token(self, error: str | None = "token_revoked") -> None:
        """Every call answers with this code (token_revoked, account_inactive ...) until None is given."""
        self.token_error = error

    # --- scripted trouble ---

    def fail_next(
        self,
        method: str,
        kind: str,
        times: int = 1,
        retry_after: int = 1,
        applied: bool = False,
        late_by: float = 30.0,
        channel: str = "",
    ) -> None:
        for _ in range(times):
            self.faults.add(method, Fault(kind, retry_after, applied, late_by, channel))

    def limit_next(self, method: str, retry_after: int = 1) -> None:
        self.fail_next(method, "ratelimited", retry_after=retry_after)

    def drop_next(self, method: str = "chat.postMessage", channel: str = "", after: int = 0) -> None:
        """Answer ok and show nothing, once `after` calls have passed: a journey that does not notice is no test."""
        self.fail_next(method, "none", times=after, channel=channel)
        self.fail_next(method, "drop", channel=channel)

    def forge_next(self, kind: str) -> None:
        """The next signed delivery is not Slack's; kinds are the keys of slack_doors.FORGERIES."""
        assert kind in FORGERIES, f"no such forgery: {kind}; there are {sorted(FORGERIES)}"
        self.http.forge.append(kind)

    # --- sockets ---

    async def sockets_connected(self, count: int = 1, within: float = 30.0) -> None:
        await self.socket.connected(count, within)

    async def refresh_sockets(self) -> None:
        """Slack asks each client for a new connection, as it does every few hours."""
        await self.socket.disconnect(self.socket.open, "refresh_requested", close=False)

    async def disable_link(self) -> None:
        """Socket Mode switched off: link_disabled, sockets closed. What apps.connections.open then says is a guess."""
        self.link_error = "link_disabled"
        await self.socket.disconnect(self.socket.open, "link_disabled", close=True)

    def enable_link(self) -> None:
        self.link_error = None

    # --- delivering ---

    @property
    def request_url(self) -> str | None:
        """Where signed HTTP goes; None sends over a socket."""
        return self.http.url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self.http.url = url

    async def deliver(self, delivery: Delivery) -> Heard:
        """Through the one door that is open."""
        self.team.settle()
        if self.request_url is None:
            assert self.socket.open, "no request_url is set and no socket is connected"
            self._last_door = "socket"
            return await self.socket.deliver(delivery, self.ack_timeout)
        self._last_door = delivery.kind
        body, content_type = delivery.encoded()
        return self._counted(body, *await self.http.send(body, content_type, self.signing_clock(), self.ack_timeout))

    async def redeliver(self, attempt: int = 1, resign: bool | None = None) -> Heard:
        """The last delivery again, byte for byte; what is answered changes no screen.

        Events come signed anew and counted, as Slack's own retries do; others with the old headers unless `resign`.
        """
        if self._last_door == "socket":
            assert self.socket.last is not None
            retry = {"retry_attempt": attempt, "retry_reason": "timeout"}
            return await self.socket.deliver(self.socket.last, self.ack_timeout, retry)
        is_event = self._last_door == "events_api"
        more = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"} if is_event else {}
        now = self.signing_clock() if (is_event if resign is None else resign) else None
        heard = await self.http.again(now, more, self.ack_timeout)
        return self._counted(self.http.last[0] if self.http.last else b"", *heard)

    async def verify_url(self, challenge: str = "3eZbrw1aB") -> Heard:
        """`url_verification`, once when the request URL is entered."""
        return await self.deliver(Delivery("events_api", {"type": "url_verification", "challenge": challenge}))

    async def ssl_check(self) -> Heard:
        """Slack's unsigned probe of a command URL (faults.md row 78)."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        heard, size = await self.http.post(b"ssl_check=1&token=legacy-verification-token", form, self.ack_timeout)
        return self._counted(b"", heard, size)

    def _counted(self, body: bytes, heard: Heard, size: int) -> Heard:
        self._bytes["out"] += len(body)
        self._bytes["in"] += size
        return heard

    @property
    def bytes_in(self) -> int:
        """Bodies that came from the app: calls and acks."""
        return self._bytes["in"] + self.socket.bytes_in

    @property
    def bytes_out(self) -> int:
        """Bodies that went to the app: answers and deliveries."""
        return self._bytes["out"] + self.socket.bytes_out

    # --- what tests read ---

    def shown(self, channel: str, to: str | None = None) -> list[Shown]:
        """What stands in a channel (or a person's DM) now; with `to`, that person's ephemerals as well."""
        self.team.settle()
        place = self.place(channel).id
        here = [m for m in self.team.messages if m.channel == place and not m.deleted]
        return [m for m in here if m.private_to is None or m.private_to == to]

    def dms(self, user: str) -> list[Shown]:
        return [m for m in self.shown(user) if m.by_bot]

    def ephemerals(self, user: str) -> list[Shown]:
        self.team.settle()
        return [m for m in self.team.messages if m.private_to == user and not m.deleted]

    def posts_of(self, channel: str) -> list[Shown]:
        """All that the bot ever posted there for everyone, deleted or not."""
        self.team.settle()
        place = self.place(channel).id
        return [m for m in self.team.messages if m.channel == place and m.by_bot and m.private_to is None]

    def thread(self, channel: str, ts: str) -> list[Shown]:
        return [m for m in self.shown(channel) if m.thread_ts == ts and m.ts != ts]

    def open_view(self, user: str) -> View | None:
        views = self.users[user].views
        return views[-1] if views else None

    def home(self, user: str) -> View | None:
        return self.users[user].home

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    # --- no message that nobody expects ---

    def unseen(self, edits: bool = False) -> list[Shown]:
        """Messages of the bot that no test has taken; with `edits`, also those that changed since."""
        self.team.settle()
        visible = [m for m in self.team.messages if not m.deleted]
        return [m for m in visible if m.fresh or (edits and m.changed_since_taken)]

    def take(self, channel: str, containing: str | Iterable[str] = "", to: str | None = None) -> Shown:
        """The first message not yet looked at that holds these words; `to` means ephemerals to that person."""
        place = self.place(channel).id
        here = [m for m in self.unseen(edits=True) if m.channel == place and m.private_to == to]
        parts = [containing] if isinstance(containing, str) else list(containing)
        for message in here:
            if all(part in message.words or part in message.text for part in parts):
                message.taken_at_edit = message.edited_count
                return message
        raise AssertionError(
            f"no new message in {channel} containing {parts!r}\n{self._listing(self.unseen(edits=True))}"
        )

    async def hears(
        self,
        channel: str,
        containing: str | Iterable[str] = "",
        to: str | None = None,
        within: float = 10.0,
    ) -> Shown:
        """`take`, waiting for calls that are still on their way; no polling."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while True:
                    self._changed.clear()
                    with suppress(AssertionError):
                        return self.take(channel, containing, to)
                    await self._changed.wait()
        return self.take(channel, containing, to)

    async def until(self, happened: Callable[[], object], within: float = 10.0) -> None:
        """Wait for calls that are still on their way; no polling. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    def assert_quiet(self, edits: bool = False) -> None:
        """Nothing was said that no test took, and no unknown method was called."""
        left = self.unseen(edits)
        assert not left, f"messages that no test expects:\n{self._listing(left)}"
        unknown = [call.method for call in self.unexpected]
        assert not unknown, f"calls that the double does not know: {unknown}"

    def _listing(self, messages: list[Shown]) -> str:
        lines = [f"  {m.channel}{f' to {m.private_to}' if m.private_to else ''} {m.ts}: {m.words!r}" for m in messages]
        return "\n".join(lines) or "  (nothing new anywhere)"

    # --- the server ---

    @web.middleware
    async def _watch(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        try:
            return await handler(request)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as error:
            self.broken.append(error)
            raise

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        raw = await request.read()
        self._bytes["in"] += len(raw)
        try:
            args = _arguments(request, raw)
        except ValueError:
            return self._done(method, {}, 200, {"ok": False, "error": "invalid_json"}, {})
        token = _token(request, args)
        self.team.settle()
        fault = self.faults.take(method, str(args.get("channel", "")))
        if fault is not None and fault.kind != "none":
            return await self._fail(request, method, args, token, fault)
        status, answer, headers = self._answer(method, args, token)
        return self._done(method, args, status, answer, headers)

    def _answer(self, method: str, args: Json, token: str | None) -> tuple[int, Json, dict[str, str]]:
        """Status, body and headers of a call that meets no scripted fault."""
        try:
            self._authorise(method, token)
            if method in APP_METHODS:
                return 200, self._open_connection(), {}
            wait = self.pace.wait_for(str(args.get("channel"))) if method in POSTING else 0
            if wait:
                return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
            return 200, self.api.call(method, args), {}
        except Refused as refused:
            return 200, refused.answer(), {}

    def _authorise(self, method: str, token: str | None) -> None:
        """Method pages, "Errors": not_authed, invalid_auth, token_revoked, not_allowed_token_type."""
        if not token:
            raise Refused("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise Refused("invalid_auth")
        if self.token_error:
            raise Refused(self.token_error)
        if (method in APP_METHODS) != (token == self.app_token):
            raise Refused("not_allowed_token_type")

    def _open_connection(self) -> Json:
        if self.link_error:
            raise Refused(self.link_error)
        ticket = self.team.next_id("ticket")
        self.socket.tickets.add(ticket)
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}&app_id=A0DESK"}

    def _done(self, method: str, args: Json, status: int, answer: Json, headers: dict[str, str]) -> web.Response:
        self._record(method, args, status, answer.get("error"), answer)
        body = json.dumps(answer).encode()
        self._bytes["out"] += len(body)
        return web.Response(status=status, body=body, headers=headers, content_type="application/json")

    def _record(self, method: str, args: Json, status: int, error: str | None, answer: Json) -> None:
        known = {name: value for name, value in args.items() if name != "token"}
        call = Call(method, known, status, error, answer, self.clock())
        self.calls.append(call)
        if error == "unknown_method":
            self.unexpected.append(call)
        self._changed.set()

    async def _fail(
        self, request: web.Request, method: str, args: Json, token: str | None, fault: Fault
    ) -> web.StreamResponse:
        """One scripted fault, met by this call (faults.md 2.1)."""
        if fault.kind == "ratelimited":
            limit = {"Retry-After": str(fault.retry_after)}
            return self._done(method, args, 429, {"ok": False, "error": "ratelimited"}, limit)
        if fault.kind == "drop":
            return self._dropped(method, args, token)
        if fault.kind == "late":
            self.team.later(fault.late_by, lambda: self._apply(method, args, token))
        if fault.applied or fault.kind == "reset_after":
            self._apply(method, args, token)
        if fault.kind in ("internal_error", "500"):
            status = 200 if fault.kind == "internal_error" else 500
            return self._done(method, args, status, {"ok": False, "error": "internal_error"}, {})
        self._record(method, args, 0, fault.kind, {})
        if fault.kind == "hang":
            await self._closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _apply(self, method: str, args: Json, token: str | None) -> None:
        self._answer(method, args, token)
        self._changed.set()

    def _dropped(self, method: str, args: Json, token: str | None) -> web.Response:
        """Answer as if, then put every message and every screen back as it was."""
        messages = [(m, dict(vars(m))) for m in self.team.messages]
        screens = [(p, list(p.views), p.home) for p in self.users.values()]
        status, answer, headers = self._answer(method, args, token)
        self.team.messages[:] = [message for message, _ in messages]
        for message, before in messages:
            vars(message).update(before)
        for person, views, home in screens:
            person.views, person.home = views, home
        return self._done(method, args, status, answer, headers)

    async def _serve_upload(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self._bytes["in"] += len(raw)
        fault = self.faults.take("upload", "")
        status = 500 if fault is not None and fault.kind != "none" else self.api.upload(request.match_info["file"], raw)
        return web.Response(status=status, text="OK" if status == 200 else "")

    def pictures(self, channel: str) -> list[tuple[bytes, str]]:
        """The files that stand in a channel, with their words for screen readers."""
        return [(file["data"], file["alt_txt"]) for message in self.shown(channel) for file in message.files]

    async def _serve_response_url(self, request: web.Request) -> web.Response:
        """A response URL: five uses in half an hour; `expired_url` and `used_url` come as 404."""
        raw = await request.read()
        self._bytes["in"] += len(raw)
        self.team.settle()
        answer: Json = _arguments(request, raw)
        status, error = 200, None
        try:
            url = self.team.use_response_url(request.match_info["key"])
            original = self.team.find(url.channel, url.message_ts) if url.message_ts else None
            self.respond(url.channel, url.user, answer, original)
        except Refused as refused:
            status, error = (404 if refused.error.endswith("_url") else 400), refused.error
        body: Json = {"ok": error is None, **({"error": error} if error else {})}
        self._record("response_url", answer, status, error, body)
        text = b"ok" if error is None else json.dumps(body).encode()
        self._bytes["out"] += len(text)
        return web.Response(
            status=status, body=text, content_type="text/plain" if error is None else "application/json"
        )


def _arguments(request: web.Request, raw: bytes) -> Json:
    """JSON, form and query arguments alike ("Web API: request format")."""
    query = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(raw or b"{}")
        return {**query, **(body if isinstance(body, dict) else {})}
    return {**query, **dict(parse_qsl(raw.decode(), keep_blank_values=True))}


def _token(request: web.Request, args: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else args.get("token")
