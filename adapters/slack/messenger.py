"""Posting and editing: what Slack answered, told as what is known of the effect (faults.md 2.1). Nothing is retried."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import render
from adapters.slack.envelope import Account
from adapters.slack.payload import dumps
from core.errors import DeliveryError, MessageLost, Outcome, Unverifiable
from core.model.parties import Address
from core.ports import Memory
from core.say.message import Context, Message, Picture, Plain

log = logging.getLogger("deskbell.slack")

Json = dict[str, Any]
T = TypeVar("T")
METADATA_TYPE = "deskbell_delivery"
LONGEST_WAIT = 3600.0
CLOCK_MARGIN = timedelta(minutes=5)  # Slack's clock writes timestamps, ours says since when
REMEMBERED = 4096
ALT_TEXT, TITLE = 1000, 250  # what a screen reader says of a file, what stands over it

# Error codes of the method pages, by what follows from them. A code that is not here was a refusal: nothing was sent.
CODES: Mapping[Outcome, frozenset[str]] = {
    # "it's possible some aspect of the operation succeeded before the error was raised"
    Outcome.DOUBT: frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"}),
    Outcome.DEFERRED: frozenset(
        {"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited", "team_added_to_org"}
    ),
    Outcome.GONE: frozenset(
        {
            "is_archived",
            "is_inactive",
            "channel_not_found",
            "not_in_channel",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "user_not_found",
            "user_disabled",
            "user_not_visible",
            "user_not_in_channel",
            "cannot_dm_bot",
            "messages_tab_disabled",
            "channel_type_not_supported",
            "method_not_supported_for_channel_type",
        }
    ),
    Outcome.DEAD: frozenset(
        {
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "no_permission",
            "missing_scope",
            "not_allowed_token_type",
            "org_login_required",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "access_denied",
            "team_access_not_granted",
        }
    ),
}
MISSING = "unknown_method"
LOST = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"})
# What plain words may cure: Slack dislikes the blocks, the metadata or the length.
CONTENT = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "block_mismatch",
        "invalid_arguments",
        "invalid_attachments",
        "metadata_too_large",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "no_text",
    }
)
_OUTCOME = {code: outcome for outcome, codes in CODES.items() for code in codes}


class RefusedError(DeliveryError):
    """Slack took the call and refused it; `reason` is its code."""


def classify(error: BaseException) -> DeliveryError:
    """What is known of the effect of a call that failed. The reason carries codes and names of classes only."""
    if isinstance(error, DeliveryError):
        return error
    if isinstance(error, SlackApiError):
        return _answered(error.response)
    # ClientConnectorError: refused, DNS, TLS. ConnectionTimeoutError: connecting, or waiting for the pool.
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return DeliveryError(Outcome.RETRY, type(error).__name__)
    if isinstance(error, aiohttp.InvalidURL):
        return DeliveryError(Outcome.DEAD, "bad_api_url")
    return DeliveryError(Outcome.DOUBT, type(error).__name__)


def _answered(response: Any) -> DeliveryError:
    """An answer that is not `ok`: by its HTTP status, then by its code."""
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or _OUTCOME.get(code) is Outcome.DEFERRED:
        return DeliveryError(Outcome.DEFERRED, code or "ratelimited", retry_after(getattr(response, "headers", {})))
    if status >= 500:
        return DeliveryError(Outcome.DOUBT, f"http_{status}")
    if code in LOST:
        return MessageLost(code)
    if code:
        return RefusedError(_OUTCOME.get(code, Outcome.REJECTED), code)
    if status in (401, 403, 404):
        return DeliveryError(Outcome.DEAD, f"http_{status}")
    # A page instead of an answer: whoever wrote it, it does not say that nothing was sent.
    return DeliveryError(Outcome.REJECTED if 400 <= status < 500 else Outcome.DOUBT, f"http_{status}")


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait: at least one, at most an hour, one where the header is missing or not a number (row 52)."""
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return 1.0
    return min(max(seconds, 1.0), LONGEST_WAIT) if seconds == seconds else 1.0


def opaque(key: str) -> str:
    """A delivery's id for metadata, which every app and member of the workspace may read."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


class Messenger:
    """The sending end. A receipt is `<channel>:<ts>`, which is also how a reply names what it answers."""

    def __init__(self, client: AsyncWebClient, account: Account, memory: Memory) -> None:
        self._client = client
        self._account = account
        self._memory = memory
        # So that an edit repeats the id of its post. After a restart edits carry none and leave Slack's as it is.
        self._ids: OrderedDict[str, str] = OrderedDict()

    async def post(self, address: Address, message: Message, key: str) -> str:
        extra = {"metadata": _metadata(opaque(key)), "unfurl_links": False, "unfurl_media": False}

        async def send(channel: str) -> str:
            answer = await self._say("chat.postMessage", message, {"channel": channel, **extra})
            if not answer.get("ts"):  # it is there, and could never be edited: as good as an answer that was lost
                raise DeliveryError(Outcome.DOUBT, "no_ts")
            return f"{answer.get('channel') or channel}:{answer['ts']}"

        receipt = await self._at(address, send)
        self._remember(receipt, opaque(key))
        if (picture := message.picture()) is not None and picture.png:
            try:
                await self._hang(picture, receipt)
            except DeliveryError as error:  # the words are there, and say what the picture says
                log.warning("slack.picture_lost outcome=%s reason=%s", error.outcome, error.reason)
                with suppress(DeliveryError):
                    await self.edit(receipt, message.with_picture(Context((Plain(picture.missing),))))
        return receipt

    async def _hang(self, picture: Picture, receipt: str) -> None:
        """A picture into the thread of its message: Slack's three steps for a file.

        Shown in a block of the message it would have to be processed before the message is posted, and nobody can
        tell when that is.
        """
        channel, _, ts = receipt.partition(":")
        asked = {"filename": "figures.png", "length": str(len(picture.png)), "alt_txt": picture.alt[:ALT_TEXT]}
        ticket = await self.call("files.getUploadURLExternal", data=asked)
        await self._upload(str(ticket["upload_url"]), picture.png)
        files = dumps([{"id": ticket["file_id"], "title": picture.caption[:TITLE]}])
        await self.call("files.completeUploadExternal", data={"files": files, "channel_id": channel, "thread_ts": ts})

    async def _upload(self, url: str, png: bytes) -> None:
        session = self._client.session
        if session is None:
            raise DeliveryError(Outcome.RETRY, "not_started")
        try:
            async with session.post(url, data=png, headers={"Content-Type": "application/octet-stream"}) as answer:
                if answer.status != 200:
                    raise DeliveryError(Outcome.REJECTED, f"upload_{answer.status}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise classify(error) from None

    async def edit(self, receipt: str, message: Message) -> str:
        channel, _, ts = receipt.partition(":")
        if not channel or not ts:
            raise MessageLost("bad_receipt")
        known = self._ids.get(receipt)
        extra = {"metadata": _metadata(known)} if known else {}
        answer = await self._say("chat.update", message, {"channel": channel, "ts": ts, **extra})
        return f"{answer.get('channel') or channel}:{answer.get('ts') or ts}"

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        """By delivery id and our own bot, through all pages: an incomplete answer proves nothing."""

        async def look(channel: str) -> list[str]:
            return await self._search(channel, opaque(key), since)

        return next(iter(await self._at(address, look)), None)

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:
        """A copy that landed late is deleted; the one that is known stays (faults.md 2.2)."""

        async def look(channel: str) -> list[str]:
            return await self._search(channel, opaque(key), since)

        copies = await self._at(address, look)
        extras = [one for one in copies if one != receipt] if receipt in copies else []
        for extra in extras:
            channel, _, ts = extra.partition(":")
            try:
                await self.call("chat.delete", json={"channel": channel, "ts": ts})
            except RefusedError as refusal:
                if refusal.outcome is not Outcome.REJECTED:
                    raise
            except MessageLost:
                continue
        return len(extras)

    async def _search(self, channel: str, wanted: str, since: datetime) -> list[str]:
        """Our copies of a delivery, the newest first. The history is read whole, or nothing is known."""
        found: list[str] = []
        asked: Json = {
            "channel": channel,
            "oldest": f"{(since - CLOCK_MARGIN).timestamp():.6f}",
            "limit": 200,
            "include_all_metadata": 1,
        }
        while True:
            try:
                page = await self.call("conversations.history", params=asked)
            except RefusedError as refusal:
                if refusal.reason == "missing_scope":
                    raise Unverifiable("missing_scope") from None
                raise
            shown = page.get("messages") or []
            found += [f"{channel}:{m['ts']}" for m in shown if self._is_ours(m) and _delivery(m) == wanted]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            asked["cursor"] = cursor
        if page.get("has_more"):
            raise DeliveryError(Outcome.DOUBT, "incomplete_history")
        return found

    def _is_ours(self, message: Json) -> bool:
        return bool(message.get("bot_id") == self._account.bot or message.get("user") == self._account.bot_user)

    # --- what only one person sees: courtesies, never verified ---

    async def whisper(self, address: Address, user: str, message: Message, thread: str = "") -> None:
        """Shown to one person where they are, or in their direct message if Slack refuses that."""
        body = {**render.render(message), "unfurl_links": False}
        if not address.is_direct:
            where: Json = {"channel": address.chat, "user": user, **({"thread_ts": thread} if thread else {})}
            try:
                await self.call("chat.postEphemeral", json={**where, **body})
                return
            except RefusedError as refusal:
                if refusal.outcome is not Outcome.GONE and refusal.reason != MISSING:
                    raise

        async def send(channel: str) -> None:
            await self.call("chat.postMessage", json={"channel": channel, **body})

        await self._at(Address(address.platform, address.workspace, f"@{user}"), send)

    # --- direct messages ---

    async def _at(self, address: Address, act: Callable[[str], Awaitable[T]]) -> T:
        """In the channel of this address; a remembered direct message that is gone is opened once more."""
        if not address.is_direct:
            return await act(address.chat)
        name = f"slack:{address.workspace}:dm:{address.user}"
        known = await self._memory.recall(name)
        if known:
            try:
                return await act(known)
            except RefusedError as refusal:
                if refusal.reason != "channel_not_found":
                    raise
        opened = await self._open(address.user)
        if opened != known:
            await self._memory.remember(name, opened)
        return await act(opened)

    async def _open(self, user: str) -> str:
        try:
            answer = await self.call("conversations.open", json={"users": user})
        except DeliveryError as error:
            if error.outcome is Outcome.DOUBT:  # opening twice opens once: nothing was said yet
                raise DeliveryError(Outcome.RETRY, error.reason) from None
            raise
        return str(answer["channel"]["id"])

    # --- calls ---

    async def _say(self, method: str, message: Message, where: Json) -> Json:
        """With blocks; once more as plain words if Slack refused the content (and so certainly sent nothing)."""
        try:
            return await self.call(method, json={**where, **render.render(message)})
        except RefusedError as refusal:
            if refusal.reason not in CONTENT:
                raise
            # Without its id a message cannot be found again: it goes only if it is what Slack dislikes.
            dropped = "metadata" if "metadata" in refusal.reason else ""
        bare = {name: value for name, value in where.items() if name != dropped}
        return await self.call(method, json={**bare, "text": render.plain(message), "blocks": []})

    async def call(
        self, method: str, *, json: Json | None = None, params: Json | None = None, data: Json | None = None
    ) -> Json:
        """One call, one request. Raises DeliveryError; the cause is cut off, since it holds the token's header."""
        try:
            verb = "GET" if params is not None else "POST"
            answer = await self._client.api_call(method, http_verb=verb, json=json, params=params, data=data)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError) as error:
            # The last two: the SDK on an answer that is no JSON.
            failed = classify(error)
            if failed.reason == MISSING:
                log.warning("slack.method_missing method=%s: this server does not know it", method)
            raise failed from None
        return answer.data if isinstance(answer.data, dict) else {}

    def _remember(self, receipt: str, delivery: str) -> None:
        self._ids[receipt] = delivery
        while len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)


def _metadata(delivery: str) -> Json:
    return {"event_type": METADATA_TYPE, "event_payload": {"id": delivery}}


def _delivery(message: Json) -> str:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("id", ""))
