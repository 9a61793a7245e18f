"""One workspace: signed in once, heard over Socket Mode or signed HTTP, spoken to by the messenger."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import aiohttp
from msgspec.structs import replace
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import Route

from adapters.slack import SlackSettings, library
from adapters.slack.blocks import SECTION
from adapters.slack.door import PATH, Door
from adapters.slack.ears import Ears
from adapters.slack.envelope import Account
from adapters.slack.errands import Errands
from adapters.slack.messenger import Messenger, classify
from adapters.slack.replies import Replies
from core.errors import DeliveryError, Outcome, Unverifiable
from core.model.parties import Address
from core.model.request import File
from core.ports import Can, Clock, Desk, Limit, Memory
from core.say.message import Message

GRACE = 0.8  # seconds that answers on their way get when the desk stops
VERIFYING = frozenset({"channels:history", "groups:history", "im:history"})

#: About a message a second in a channel with short bursts; chat.update is of tier 3, fifty a minute (chat.md section 3).
LIMITS = (Limit(("post",), "chat", 5, 1.0), Limit(("edit",), "all", 10, 1.5))


class SlackAdapter:
    """One workspace. Handed out by `adapters.slack.connect`; see `core.ports.ChatAdapter`."""

    name = "slack"

    def __init__(self, settings: SlackSettings, *, memory: Memory, clock: Clock) -> None:
        self.can = Can(
            edit=True, forms=True, private_reply=True, verify=True, files="mention", text_limit=SECTION, limits=LIMITS,
            link=self._link,
        )  # fmt: skip
        self._bot_user = ""
        self._settings = settings
        self._memory = memory
        self._api_url = settings.api_url.rstrip("/") + "/"
        self._errands = Errands()
        self._session: aiohttp.ClientSession | None = None
        self._messenger: Messenger | None = None
        self._bolt: AsyncApp | None = None
        self._door = Door(settings.signing_secret, clock) if settings.signing_secret else None
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

    async def fetch(self, file: File) -> bytes:  # noqa: ARG002 - whoever may see it opens its permalink there
        raise DeliveryError(Outcome.REJECTED, "files stay in the workspace")

    def _sender(self) -> Messenger:
        if self._messenger is None:
            raise DeliveryError(Outcome.RETRY, "not_started")
        return self._messenger

    # --- hear ---

    async def start(self, desk: Desk) -> None:
        if not self._settings.app_token and not self._settings.signing_secret:
            raise DeliveryError(Outcome.DEAD, "neither an app token nor a signing secret is set")
        self._session = session = library.session()
        client = self._client(self._settings.bot_token)
        try:
            account = await self._sign_in(client)
        except DeliveryError:
            await self.stop()
            raise
        self._messenger = Messenger(client, account, self._memory)
        replies = Replies(self._messenger, session, self._errands, self._settings.request_command)
        self._bolt = library.bolt(self._client(self._settings.bot_token), account)
        self._bolt.use(Ears(desk, account, self._settings.commands, replies))
        if self._door:
            self._door.opens(self._bolt)

    def _client(self, token: str) -> AsyncWebClient:
        return library.client(token, self._api_url, self._session)

    async def _sign_in(self, client: AsyncWebClient) -> Account:
        """Who we are, and by the scopes whether history may be read."""
        try:
            answer = await client.auth_test()
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            failed = classify(error)
            if failed.reason == "http_404":
                raise DeliveryError(Outcome.DEAD, "auth.test was not found: does SLACK_API_URL end in /api/?") from None
            raise failed from None
        scopes = answer.headers.get("X-OAuth-Scopes")
        if scopes is not None:
            self.can = replace(self.can, verify={s.strip() for s in scopes.split(",")} >= VERIFYING)
        team, user = answer.get("team_id"), answer.get("user_id")
        if not team or not user:
            raise DeliveryError(Outcome.DEAD, "auth.test told no team_id or no user_id: who are we?")
        self._bot_user = user
        return Account(team=team, bot_user=user, bot=answer.get("bot_id") or "")

    def _link(self, address: Address) -> str:
        """Slack's own deep links: https://docs.slack.dev/interactivity/deep-linking."""
        if address.is_direct:
            return f"slack://user?team={address.workspace}&id={self._bot_user}" if self._bot_user else ""
        return f"https://slack.com/app_redirect?channel={address.chat}&team={address.workspace}"

    async def run(self) -> None:
        """Socket Mode until cancelled; the SDK watches the connection and makes new ones."""
        if not self._settings.app_token or self._bolt is None:
            return
        socket = AsyncSocketModeHandler(
            self._bolt,
            self._settings.app_token,
            logger=library.quiet,
            web_client=self._client(self._settings.app_token),
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
        running = (
            socket.client.message_processor,
            socket.client.current_session_monitor,
            socket.client.message_receiver,
        )
        parts = [part for part in running if part is not None]
        try:
            async with asyncio.timeout(GRACE):  # to say goodbye: who does not answer would be waited for ten seconds
                await socket.client.close()  # type: ignore[no-untyped-call] # the same
        except TimeoutError:
            for part in parts:
                part.cancel()
            await socket.client.aiohttp_client_session.close()
        await asyncio.gather(*parts, return_exceptions=True)

    def routes(self) -> Sequence[Any]:
        return [Route(PATH, self._door, methods=["POST"])] if self._door else []


async def _first_ticket(socket: AsyncSocketModeHandler) -> None:
    """A bad app token ends the run with its reason; every other trouble is for the SDK, which tries on."""
    try:
        socket.client.wss_uri = await socket.client.issue_new_wss_url()
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        failed = classify(error)
        if failed.outcome is Outcome.DEAD:
            raise failed from None
