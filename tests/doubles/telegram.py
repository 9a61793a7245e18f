"""Telegram on loopback: an HTTP server that answers a real bot as api.telegram.org would.

    async with TelegramDouble(clock) as telegram:
        bot = Bot(telegram.token, base_url=telegram.url + "/bot", base_file_url=telegram.url + "/file/bot")
        li = telegram.add_user(7, "Li", "zh")
        telegram.say(li, li, "/start")

It enforces what the Bot API page and the Bots FAQ state, so that what passes here is not refused there.
Faults are scripted with `fail_next`, `limit_next` and `drop_next`, each consumed by one call.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from aiohttp.web_request import FileField

from tests.doubles.telegram_methods import Methods, Upload, decode
from tests.doubles.telegram_people import People, Press, Said
from tests.doubles.telegram_rules import FloodGate, Json, Refusal, too_many_requests
from tests.doubles.telegram_shown import Reader, Shown
from tests.doubles.telegram_updates import Inbox, Pulse, SecretSent
from tests.doubles.telegram_world import Answer, Group, User, World

__all__ = ["Answer", "Call", "Group", "Press", "Said", "Shown", "TelegramDouble", "User"]

MAX_BODY = 60 * 1024 * 1024
FLOODING = re.compile(r"(send(?!ChatAction)|editMessage)", re.IGNORECASE)
"""What counts against the limits: messages, and their edits too (Bot Support's notes on 429)."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the server saw it. `status` 0: the connection was lost before an answer."""

    method: str
    args: Json
    status: int
    at: float
    description: str = ""
    by_webhook: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a call, and whether it takes effect nevertheless."""

    applied: bool = False
    refusal: Refusal | None = None
    ending: str = "answer"
    hidden: bool = False
    chat: int = 0
    """Only a call to this chat meets it; 0: any call."""


FAULTS: dict[str, Fault] = {
    "500": Fault(refusal=Refusal(500, "Internal Server Error")),
    "500_after": Fault(applied=True, refusal=Refusal(500, "Internal Server Error")),
    "502": Fault(refusal=Refusal(502, "Bad Gateway")),
    "502_after": Fault(applied=True, refusal=Refusal(502, "Bad Gateway")),
    "502_html": Fault(refusal=Refusal(502, "Bad Gateway"), ending="html"),
    "reset_before": Fault(ending="reset"),
    "reset_after": Fault(applied=True, ending="reset"),
    "hang": Fault(ending="hang"),
    "hang_after": Fault(applied=True, ending="hang"),
    "dropped": Fault(applied=True, hidden=True),
}


class TelegramDouble(People, Reader):
    """The whole of Telegram that the desk can see."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        token: str = "123456:TEST-token-of-the-double",
        username: str = "deskbell_test_bot",
        *,
        enforce_limits: bool = False,
        query_ttl: float = 15.0,
        privacy: bool = True,
    ) -> None:
        self.clock = clock
        self.token = token
        self.username = username
        self.enforce_limits = enforce_limits
        self.pulse = Pulse()
        self.world = World(clock, int(token.partition(":")[0]), username)
        self.inbox = Inbox(self.pulse, token)
        self.methods = Methods(self.world, self.inbox, query_ttl, privacy)
        self.calls: list[Call] = []
        self.unexpected: list[str] = []
        self.bytes_in = 0
        self.bytes_out = 0
        self.url = ""
        self._seen: dict[tuple[int, int], int] = {}
        self._flood = FloodGate()
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None

    # -- life

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_route("*", "/{anything:.*}", self._serve_nothing)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._courier = asyncio.create_task(self.inbox.deliver(self._execute_from_webhook))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.inbox.closing = True
        self.pulse.beat()
        assert self._runner is not None
        assert self._courier is not None
        self._courier.cancel()
        await asyncio.gather(self._courier, return_exceptions=True)
        await self._runner.cleanup()

    # -- scripts

    @property
    def commands(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """What setMyCommands has set: (scope, language code) to (name, description) pairs."""
        return self.world.commands

    def fail_next(self, method: str, kind: str, retry_after: int = 3) -> None:
        """The next call of the method fails so: "429" or one of FAULTS. Several are consumed in order."""
        fault = Fault(refusal=too_many_requests(retry_after)) if kind == "429" else FAULTS[kind]
        self._faults[method.lower()].append(fault)

    def limit_next(self, method: str, seconds: int) -> None:
        self.fail_next(method, "429", seconds)

    def drop_next(self, method: str, chat: int = 0, after: int = 0) -> None:
        """The next call (to this chat, if one is named; once `after` have passed) is answered ok, and shows nothing."""
        waiting = self._faults[method.lower()]
        waiting.extend([Fault(chat=chat)] * after)
        waiting.append(replace(FAULTS["dropped"], chat=chat))

    def faults_left(self) -> list[str]:
        """Methods with faults that no call has met yet."""
        return [method for method, faults in self._faults.items() if faults]

    def redeliver(self) -> list[int]:
        """Sends again what the webhook refused, else the last update, byte for byte; the update ids."""
        return self.inbox.repeat()

    def send_secret(self, sent: SecretSent) -> None:
        """From now on webhook posts carry the right, a wrong or no secret token."""
        self.inbox.secret_sent = sent

    def restart_update_ids(self, base: int) -> None:
        """Update.update_id: after a week without updates the next id is chosen randomly."""
        self.inbox.next_id = base

    def route(self, public: str, local: str) -> None:
        """Webhook URLs that begin with `public` are posted to `local`: the DNS and TLS of this little world."""
        self.inbox.routes[public] = local

    def photos(self, chat: int) -> dict[int, tuple[bytes, str]]:
        """The photos that stand in a chat, by message, with their captions."""
        kept = self.world.messages.get(self._chat(chat), {})
        photos = {
            n: (m.media["photo"][0]["file_id"], m.text) for n, m in kept.items() if m.media and "photo" in m.media
        }
        return {n: (self.world.files[file][1], said) for n, (file, said) in photos.items()}

    def pictures(self, chat: int) -> list[tuple[bytes, str]]:
        return list(self.photos(chat).values())

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    # -- the server

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.bytes_in += request.content_length or 0
        raw = await _arguments(request)
        refused = self._check_token(request.match_info["token"])
        if refused:
            self.calls.append(Call(method, raw, refused.code, self.clock(), refused.description))
            return self._answer(refused.code, refused.body())
        fault = self._next_fault(method, raw)
        before = self.world.snapshot() if fault.hidden else None
        status, body = await self._call(method, raw, fault)
        if before:
            self.world.restore(before)
        self.pulse.beat()
        return await self._end(request, fault.ending, status, body)

    async def _call(self, method: str, raw: Json, fault: Fault, by_webhook: bool = False) -> tuple[int, Json]:
        """Executes, records and words one call; a fault may keep it from happening or hide that it did."""
        args: Json = raw
        try:
            args = decode(raw)
            body = await self._execute(method, args, fault)
        except Refusal as refusal:
            body = refusal.body()
        except (TypeError, ValueError, KeyError, AttributeError) as bug:
            self.unexpected.append(f"{method} with arguments the double cannot read: {bug!r}")
            raise
        status = body.get("error_code", 200)
        seen = 0 if fault.ending in ("reset", "hang") else status
        self.calls.append(Call(method, args, seen, self.clock(), body.get("description", ""), by_webhook))
        return status, body

    async def _execute(self, method: str, args: Json, fault: Fault) -> Json:
        if not self.methods.knows(method):
            self.unexpected.append(method)
            raise Refusal(404, "Not Found")
        if fault.refusal and not fault.applied:
            raise fault.refusal
        if fault.ending != "answer" and not fault.applied:
            return {"ok": True, "result": None}
        limited = self.enforce_limits and FLOODING.match(method) and isinstance(args.get("chat_id"), int)
        if limited:
            self._flood.check(args["chat_id"], self.clock())
        result = await self.methods.call(method, args)
        if limited:
            self._flood.count(args["chat_id"], self.clock())
        if fault.refusal:
            raise fault.refusal
        return {"ok": True, "result": result}

    async def _end(self, request: web.Request, ending: str, status: int, body: Json) -> web.StreamResponse:
        match ending:
            case "reset":
                _hang_up(request)
            case "hang":
                await self.pulse.until(lambda: self.inbox.closing)
                _hang_up(request)
            case "html":
                return web.Response(status=status, text="<html><h1>502 Bad Gateway</h1>nginx</html>")
        return self._answer(status, body)

    def _answer(self, status: int, body: Json) -> web.Response:
        response = web.json_response(body, status=status)
        assert isinstance(response.body, bytes)
        self.bytes_out += len(response.body)
        return response

    def _check_token(self, token: str) -> Refusal | None:
        """401 for a well-formed token of nobody, 404 for anything else ("Authorizing your bot")."""
        if token == self.token:
            return None
        well_formed = re.fullmatch(r"\d+:[\w-]{3,}", token)
        return Refusal(401, "Unauthorized") if well_formed else Refusal(404, "Not Found")

    def _next_fault(self, method: str, raw: Json) -> Fault:
        waiting = self._faults[method.lower()]
        met = next((fault for fault in waiting if str(fault.chat) in ("0", str(raw.get("chat_id")))), None)
        if met is None:
            return Fault()
        waiting.remove(met)
        return met

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        kept = dict(self.world.files.values())
        refused = self._check_token(request.match_info["token"])
        if refused or request.match_info["path"] not in kept:
            refused = refused or Refusal(404, "Not Found")
            return self._answer(refused.code, refused.body())
        data = kept[request.match_info["path"]]
        self.bytes_out += len(data)
        return web.Response(body=data)

    async def _serve_nothing(self, request: web.Request) -> web.StreamResponse:
        self.unexpected.append(request.path)
        return self._answer(404, Refusal(404, "Not Found").body())

    async def _execute_from_webhook(self, answer: Json) -> None:
        method = str(answer.pop("method"))
        await self._call(method, answer, self._next_fault(method, answer), by_webhook=True)
        self.pulse.beat()


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query string, JSON, urlencoded and multipart bodies alike (Bot API, "Making requests")."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        sent: Json = await request.json()
        return given | sent
    for name, value in (await request.post()).items():
        given[name] = _upload(value) if isinstance(value, FileField) else value
    return given


def _upload(field: FileField) -> Upload:
    with field.file:
        return Upload(field.filename, field.file.read())


def _hang_up(request: web.Request) -> None:
    """Closes the connection in place of an answer; what the handler returns is then written to nobody."""
    if request.transport is not None:
        request.transport.close()
