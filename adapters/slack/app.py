"""The listening end: one listener per kind of payload; the desk commits, then Slack is acknowledged with the answer."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack import SlackSettings, envelope, render
from adapters.slack.envelope import Account
from adapters.slack.messenger import Messenger, classify
from core.errors import DeliveryError, Outcome, Unverifiable
from core.model import Address
from core.ports import Can, Clock, Desk, Envelope, Memory, Said
from core.say.message import Answer, Form, Message, Paragraph, Plain
from core.say.words import words

Json = dict[str, Any]
PATH = "/slack/events"
BODY_LIMIT = 1024 * 1024
GRACE = 0.8  # seconds that answers on their way get when the desk stops
TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
VERIFYING = frozenset({"channels:history", "groups:history", "im:history"})

log = logging.getLogger("deskbell.slack")
# Bolt and the SDK write whole bodies at INFO and DEBUG, and ask their logger's own level whether to.
_quiet = logging.getLogger("deskbell.slack.library")
_quiet.setLevel(logging.ERROR)

_ANY = re.compile("")
_TIMESTAMP = re.compile(r"[0-9]{1,11}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class SlackAdapter:
    """One workspace. Handed out by `adapters.slack.connect`; see `core.ports.ChatAdapter`."""

    name = "slack"

    def __init__(self, settings: SlackSettings, *, memory: Memory, clock: Clock) -> None:
        self.can = Can(edit=True, forms=True, private_reply=True, verify=True, text_limit=render.SECTION)
        self._settings = settings
        self._memory = memory
        self._clock = clock
        self._api_url = settings.api_url.rstrip("/") + "/"
        self._errands = Errands()
        self._session: aiohttp.ClientSession | None = None
        self._messenger: Messenger | None = None
        self._bolt: AsyncApp | None = None
        self._door: Door | None = None
        self._socket: AsyncSocketModeHandler | None = None

    # --- show ---

    async def post(self, address: Address, message: Message, key: str) -> str:
        return await self._sender().post(address, message, key)

    async def edit(self, address: Address, receipt: str, message: Message) -> str:  # noqa: ARG002 - the receipt says where
        return await self._sender().edit(receipt, message)

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        if not self.can.verify:
            raise Unverifiable("missing_scope")
        return await self._sender().find(address, key, since)

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:
        if not self.can.verify:
            raise Unverifiable("missing_scope")
        return await self._sender().remove_extras(address, key, receipt, since)

    def _sender(self) -> Messenger:
        if self._messenger is None:
            raise DeliveryError(Outcome.RETRY, "not_started")
        return self._messenger

    # --- hear ---

    async def start(self, desk: Desk) -> None:
        if not self._settings.app_token and not self._settings.signing_secret:
            raise DeliveryError(Outcome.DEAD, "neither an app token nor a signing secret is set")
        self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        client = self._client(self._settings.bot_token)
        try:
            account = await self._sign_in(client)
        except DeliveryError:
            await self.stop()
            raise
        self._messenger = Messenger(client, account, self._memory)
        self._bolt = _bolt(self._client(self._settings.bot_token), account)
        Ears(desk, account, self._settings, self._messenger, self._session, self._errands).listen(self._bolt)
        if self._settings.signing_secret:
            self._door = Door(self._bolt, self._settings.signing_secret, self._clock)

    def _client(self, token: str) -> AsyncWebClient:
        """No retries: after a reset the SDK would post a second time (faults.md decision 3)."""
        return AsyncWebClient(
            token=token, base_url=self._api_url, session=self._session, retry_handlers=[], logger=_quiet
        )

    async def _sign_in(self, client: AsyncWebClient) -> Account:
        """Who we are, and by the scopes whether history may be read."""
        try:
            answer = await client.auth_test()
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise classify(error) from None
        scopes = answer.headers.get("X-OAuth-Scopes")
        if scopes is not None:
            self.can = replace(self.can, verify={s.strip() for s in scopes.split(",")} >= VERIFYING)
        return Account(team=answer["team_id"], bot_user=answer["user_id"], bot=answer.get("bot_id") or "")

    async def run(self) -> None:
        """Socket Mode until cancelled; the SDK watches the connection and makes new ones."""
        if not self._settings.app_token or self._bolt is None:
            return
        socket = AsyncSocketModeHandler(
            self._bolt, self._settings.app_token, logger=_quiet, web_client=self._client(self._settings.app_token)
        )
        self._socket = socket

        async def heard(client: Any, request: Any) -> None:
            self._errands.adopt(asyncio.current_task())
            await socket.handle(client, request)

        socket.client.socket_mode_request_listeners[:] = [heard]
        try:
            await _first_ticket(socket)
            await socket.client.connect()  # type: ignore[no-untyped-call] # the SDK has no types here
            await asyncio.Event().wait()
        finally:
            await self._hang_up()

    async def stop(self) -> None:
        await self._errands.finish(GRACE)
        await self._hang_up()
        if self._session is not None:
            await self._session.close()

    async def _hang_up(self) -> None:
        socket, self._socket = self._socket, None
        if socket is None:
            return
        await socket.client.close()  # type: ignore[no-untyped-call] # the same
        parts = (socket.client.message_processor, socket.client.current_session_monitor, socket.client.message_receiver)
        await asyncio.gather(*(part for part in parts if part is not None), return_exceptions=True)

    def routes(self) -> Sequence[Any]:
        if not self._settings.signing_secret:
            return []
        return [Route(PATH, self._receive, methods=["POST"])]

    async def _receive(self, request: Request) -> Response:
        return await self._door.receive(request) if self._door else Response(status_code=503)


async def _first_ticket(socket: AsyncSocketModeHandler) -> None:
    """A bad app token ends the run with its reason; every other trouble is for the SDK, which tries on."""
    try:
        socket.client.wss_uri = await socket.client.issue_new_wss_url()
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        failed = classify(error)
        if failed.outcome is Outcome.DEAD:
            raise failed from None


def _bolt(client: AsyncWebClient, account: Account) -> AsyncApp:
    """Bolt, running each listener inside the request: what is acknowledged has been committed."""
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=account.team,
        bot_user_id=account.bot_user,
        bot_id=account.bot,
        bot_token=client.token,
    )

    async def authorize() -> AuthorizeResult:
        return result

    return AsyncApp(
        name="deskbell",
        logger=_quiet,
        client=client,
        authorize=authorize,
        process_before_response=True,
        # Signatures are checked at our door, which does not write refused bodies to the log.
        request_verification_enabled=False,
        ssl_check_enabled=False,  # the same
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


# --- the door --------------------------------------------------------------------------------------------------------


class _RealClock(SignatureClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.real().timestamp()


class Door:
    """Signed HTTP. Nothing that is not Slack's gets past it, and nothing of it is logged."""

    def __init__(self, bolt: AsyncApp, secret: str, clock: Clock) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(secret, clock=_RealClock(clock))

    async def receive(self, request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        if b"ssl_check=1" in body.split(b"&"):  # unsigned by design, and without effect
            return Response()
        if not self._is_slack(request, body):
            return Response(status_code=401)
        try:
            heard = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError, RecursionError):  # not the JSON that Slack sends
            return Response(status_code=400)
        return to_starlette_response(await self._bolt.async_dispatch(heard))

    def _is_slack(self, request: Request, body: bytes) -> bool:
        """The shape first: the SDK raises on a timestamp that is no number and on a signature beyond ASCII."""
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


async def _read(request: Request) -> bytes | None:
    """The body, or None when it is too long; a length that is announced is believed, one that is not is counted."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or len(announced) > 10 or int(announced) > BODY_LIMIT:
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > BODY_LIMIT:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


# --- what runs after the acknowledgement -----------------------------------------------------------------------------


class Errands:
    """Courtesies on their way: forms to open, answers to show. They may fail; no promise hangs on them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def send(self, work: Coroutine[Any, Any, None]) -> None:
        self.adopt(asyncio.create_task(self._guarded(work)))

    def adopt(self, task: asyncio.Task[Any] | None) -> None:
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except DeliveryError as error:
            log.warning("slack.answer_lost outcome=%s reason=%s", error.outcome, error.reason)
        except Exception:  # a broken store behind `hear`: the person has no answer, the log has the cause
            log.exception("slack.errand_failed")

    async def finish(self, within: float) -> None:
        here = asyncio.current_task()
        open_ = [task for task in self._tasks if task is not here]
        if not open_:
            return
        _, late = await asyncio.wait(open_, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


# --- the listeners ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Where an answer goes back to: the asker's place, and what Slack gave us to answer with."""

    address: Address
    user: str
    trigger: str = ""
    response_url: str = ""
    replaces: bool = False  # the pressed message was for this person alone: the answer takes its place
    thread: str = ""
    place: str = ""


class Ears:
    """One listener per kind, whatever the commands and buttons: Bolt asks its listeners one after the other."""

    def __init__(
        self,
        desk: Desk,
        account: Account,
        settings: SlackSettings,
        messenger: Messenger,
        session: aiohttp.ClientSession,
        errands: Errands,
    ) -> None:
        self._desk = desk
        self._account = account
        self._commands = settings.commands
        self._form_command = settings.request_command
        self._messenger = messenger
        self._session = session
        self._errands = errands

    def listen(self, bolt: AsyncApp) -> None:
        bolt.command(_ANY)(self._command)
        bolt.action(_ANY)(self._action)
        bolt.view(_ANY)(self._view)
        bolt.shortcut(_ANY)(self._shortcut)
        bolt.event(_ANY)(self._event)

    async def _command(self, ack: AsyncAck, body: Json) -> None:
        heard = envelope.of_command(body, self._account, self._commands)
        if heard is None:
            await ack()
            return
        asked = _asked(heard, body)
        if _wants_form(heard):
            await self._at_once(ack, heard, asked)
            return
        answer = await self._desk.hear(heard)
        message = None if answer.form else _spoken(answer)
        await ack({"response_type": "ephemeral", **render.render(message)} if message else "")
        if answer.form:
            self._errands.send(self._give(answer, asked))

    async def _action(self, ack: AsyncAck, body: Json) -> None:
        heard = envelope.of_action(body, self._account)
        if heard is not None:
            answer = await self._desk.hear(heard)
            self._errands.send(self._give(answer, _asked(heard, body)))
        await ack()

    async def _shortcut(self, ack: AsyncAck, body: Json) -> None:
        heard = envelope.of_shortcut(body, self._account)
        asked = _asked(heard, body)
        if _wants_form(heard):
            await self._at_once(ack, heard, asked)
            return
        answer = await self._desk.hear(heard)
        self._errands.send(self._give(answer, asked))
        await ack()

    async def _view(self, ack: AsyncAck, body: Json) -> None:
        heard = envelope.of_view(body, self._account)
        asked = _asked(heard, body)
        answer = await self._desk.hear(heard)
        if answer.errors:
            await ack(response_action="errors", errors=_on_fields(answer.errors, body["view"]["blocks"]))
        elif answer.form:
            await ack(response_action="update", view=render.view(answer.form, asked.place))
        else:
            await ack(response_action="clear")
            self._errands.send(self._give(answer, asked))

    async def _event(self, ack: AsyncAck, body: Json) -> None:
        heard = envelope.of_event(body, self._account)
        if heard is not None:
            answer = await self._desk.hear(heard)
            if body["event"]["type"] == "app_home_opened":
                self._errands.send(self._show_home(answer, heard))
            elif isinstance(heard.content, Said):
                self._errands.send(self._give(answer, _asked(heard, body)))
        await ack()

    # --- answers ---

    async def _at_once(self, ack: AsyncAck, heard: Envelope, asked: Asked) -> None:
        """A form: its trigger lives three seconds, and nothing is filed by asking for it."""
        await ack()

        async def answer() -> None:
            await self._give(await self._desk.hear(heard), asked)

        self._errands.send(answer())

    async def _give(self, answer: Answer, asked: Asked) -> None:
        if answer.form and not await self._open(answer.form, asked):
            await self._tell(await self._not_opened(asked), replace(asked, replaces=False))
        message = _spoken(answer)
        if message and not (answer.form and answer.message is None):
            await self._tell(message, asked)

    async def _open(self, form: Form, asked: Asked) -> bool:
        if not asked.trigger:
            return False
        try:
            view = render.view(form, asked.place)
            await self._messenger.call("views.open", json={"trigger_id": asked.trigger, "view": view})
        except DeliveryError as error:
            log.info("slack.form_not_opened reason=%s", error.reason)
            return False
        return True

    async def _not_opened(self, asked: Asked) -> Message:
        """A button is still there and has a fresh trigger when pressed anew; plain words never have one."""
        say = words(await self._lang(asked.user))
        if asked.trigger:
            return _sentence(say("The form did not open in time. Please try once more."))
        return _sentence(say("Please type {command} to open the form.", command=self._form_command))

    async def _lang(self, user: str) -> str:
        try:
            answer = await self._messenger.call("users.info", params={"user": user, "include_locale": 1})
        except DeliveryError:
            return "en"
        return str((answer.get("user") or {}).get("locale") or "en")

    async def _tell(self, message: Message, asked: Asked) -> None:
        """By the response URL, which needs no membership; else as a message for this person alone."""
        if asked.response_url and await self._respond(message, asked):
            return
        await self._messenger.whisper(asked.address, asked.user, message, asked.thread)

    async def _respond(self, message: Message, asked: Asked) -> bool:
        hook = AsyncWebhookClient(asked.response_url, session=self._session, retry_handlers=[], logger=_quiet)
        body = {"response_type": "ephemeral", "replace_original": asked.replaces, **render.render(message)}
        try:
            answer = await hook.send_dict(body)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failed = classify(error)
            if failed.outcome is Outcome.RETRY:
                return False
            raise failed from None  # perhaps it was shown: not twice
        return answer.status_code == 200

    async def _show_home(self, answer: Answer, heard: Envelope) -> None:
        message = _spoken(answer)
        if message:
            view = render.home(message)
            await self._messenger.call("views.publish", json={"user_id": heard.identity.user, "view": view})


def _asked(heard: Envelope, body: Json) -> Asked:
    container = body.get("container") or {}
    thread = (body.get("event") or {}).get("thread_ts") or container.get("thread_ts") or ""
    return Asked(
        address=heard.address,
        user=heard.identity.user,
        trigger=body.get("trigger_id") or "",
        response_url=body.get("response_url") or "",
        replaces=bool(container.get("is_ephemeral")),
        thread=thread,
        place="" if heard.address.is_direct else heard.address.chat,
    )


def _wants_form(heard: Envelope) -> bool:
    return heard.content == Said("request", "")


def _spoken(answer: Answer) -> Message | None:
    """The words of an answer; a toast and stray errors become a short message, since Slack has no popup."""
    if answer.message:
        return answer.message
    line = answer.toast or "\n".join((answer.errors or {}).values())
    return _sentence(line) if line else None


def _sentence(line: str) -> Message:
    return Message(line, (Paragraph((Plain(line),)),))


def _on_fields(errors: Any, blocks: list[Json]) -> dict[str, str]:
    """Errors by block_id; one that belongs to no field of this view goes to its first, or Slack shows none at all."""
    fields = [block["block_id"] for block in blocks if block.get("type") == "input"]
    shown: dict[str, str] = {}
    for name, line in errors.items():
        where = name if name in fields else fields[0] if fields else name
        shown[where] = f"{shown[where]} {line}" if where in shown else line
    return shown
