"""Posting and editing, once each, and what is known of a call that failed.

Nothing here retries: what may be sent again is the desk's decision, by the class of the error.
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import suppress
from datetime import datetime
from typing import Any

import aiohttp
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from adapters.telegram import sparse
from adapters.telegram.envelope import HEARD, PLATFORM, receipt
from adapters.telegram.render import Keyboard, Rendered, render
from core.errors import DeliveryError, MessageLost, Moved, Outcome, Unverifiable
from core.model.parties import Address
from core.say.message import Context, Message, Picture, Plain

log = logging.getLogger("deskbell.telegram")

CAPTION = 1024
_DEFAULT_RETRY, _LONGEST_RETRY = 1.0, 3600.0
_READ_TIMEOUT = 10.0
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""Refused, DNS, TLS, and no connection in time: the pool included."""


class FloodError(TelegramError):
    """429. PTB's RetryAfter warns when it is made, and trips over a time that is no number."""

    def __init__(self, seconds: float) -> None:
        super().__init__("Too Many Requests")
        self.seconds = seconds


class NotThereError(InvalidToken):
    """404: a token that is none, or, to one that was taken at the start, a method that this server lacks."""


class AiohttpRequest(BaseRequest):
    """PTB's calls over one shared aiohttp session: a quarter of the cost of httpx (performance.md E)."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=True, connector=aiohttp.TCPConnector(limit=64))

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("not started") from aiohttp.ConnectionTimeoutError()
        wait = read_timeout if isinstance(read_timeout, int | float) else _READ_TIMEOUT
        limits = aiohttp.ClientTimeout(total=wait + 10, connect=5, sock_read=wait)
        data: Any = request_data.json_parameters if request_data else None
        if request_data is not None and request_data.contains_files:
            data = _with_files(request_data)
        try:
            async with self._session.request(method, url, data=data, timeout=limits, allow_redirects=False) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NetworkError(type(error).__name__) from error  # the name alone: the text may hold the URL
        _raise_for_status(status, body)
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB's own logs what it cannot read, which may be anybody's words."""
        try:
            parsed: dict[str, Any] = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        return parsed


def _with_files(asked: RequestData) -> aiohttp.FormData:
    """Files travel as parts of a form, beside the other arguments."""
    form = aiohttp.FormData()
    for name, value in asked.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (asked.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _raise_for_status(status: int, body: bytes) -> None:
    """What PTB classes wrongly: 429 without a sound time, and the other 4xx, which are certainly not applied."""
    if status == 429:
        raise FloodError(_retry_after(body))
    if status == 404:
        raise NotThereError("Not Found")
    if 400 < status < 500 and status not in (401, 403, 409):
        raise BadRequest(f"HTTP {status}")


def _retry_after(body: bytes) -> float:
    try:
        seconds = float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return _DEFAULT_RETRY
    return min(max(seconds, _DEFAULT_RETRY), _LONGEST_RETRY)


class Account(Bot):
    """PTB's Bot, which also hands out updates unparsed: one that cannot be read must not hold up the others."""

    async def _post(self, endpoint: str, *given: Any, **how: Any) -> Any:
        return sparse.result_of(endpoint, await super()._post(endpoint, *given, **how))

    async def raw_updates(self, offset: int | None, wait: int) -> list[dict[str, Any]]:
        """What is new, in order; what has no number cannot be confirmed and is none."""
        asked = {"offset": offset, "timeout": wait, "limit": 100, "allowed_updates": list(HEARD)}
        updates = await self._post("getUpdates", asked, read_timeout=wait + _READ_TIMEOUT)
        if not isinstance(updates, list):
            raise TelegramError("Invalid server response")
        return [one for one in updates if isinstance(one, dict) and isinstance(one.get("update_id"), int)]

    async def content(self, file_id: str) -> bytes:
        """What is in a file; Telegram gives bots up to 20 MB of one."""
        file = await self.get_file(file_id)
        return bytes(await file.download_as_bytearray())


def account(token: str, api_url: str) -> Account:
    root = api_url.rstrip("/")
    request = AiohttpRequest()
    return Account(token, f"{root}/bot", f"{root}/file/bot", request=request, get_updates_request=AiohttpRequest())


# -- what went wrong

_GONE = (
    "chat not found", "user not found", "peer_id_invalid", "not enough rights", "have no rights",
    "chat_write_forbidden", "need administrator rights", "group chat was deactivated", "group chat was deleted",
    "chat_restricted", "group chat was upgraded", "bot is not a member", "was kicked", "user is deactivated",
)  # fmt: skip
_LOST = ("message to edit not found", "message can't be edited", "message_id_invalid", "no text in the message")
_MARKUP = ("can't parse entities", "entity_", "entities_too_long", "message is too long", "message_too_long")
_NOT_MODIFIED = "message is not modified"


def classify(error: BaseException) -> DeliveryError:
    """What is known of the effect of a failed call (faults.md 2.1). Trap: BadRequest is a NetworkError."""
    match error:
        case FloodError():
            return DeliveryError(Outcome.DEFERRED, "rate_limited", error.seconds)
        case ChatMigrated():
            return Moved(Address(PLATFORM, "", str(error.new_chat_id)))
        case NotThereError():
            return DeliveryError(Outcome.DEAD, "not_found")
        case InvalidToken():
            return DeliveryError(Outcome.DEAD, "token_refused")
        case Forbidden():
            return DeliveryError(Outcome.GONE, _reason(error))
        case Conflict():
            return DeliveryError(Outcome.RETRY, "conflict")
        case BadRequest():
            return _refused(error)
        case NetworkError() if isinstance(error.__cause__, _NEVER_SENT):
            return DeliveryError(Outcome.RETRY, type(error.__cause__).__name__)
        case NetworkError():
            return DeliveryError(Outcome.DOUBT, type(error.__cause__ or error).__name__)
        case _:
            return DeliveryError(Outcome.DOUBT, type(error).__name__)


def _refused(error: BadRequest) -> DeliveryError:
    if _says(error, _LOST):
        return MessageLost(_reason(error))
    return DeliveryError(Outcome.GONE if _says(error, _GONE) else Outcome.REJECTED, _reason(error))


def _says(error: TelegramError, words: tuple[str, ...]) -> bool:
    return any(word in error.message.lower() for word in words)


def _reason(error: TelegramError) -> str:
    """Telegram's own words without what they quote: that may be the content."""
    return re.sub(r"(['\"]).*\1", "…", error.message, flags=re.DOTALL)[:120]


# -- speaking


class Messenger:
    """One bot's mouth."""

    def __init__(self, bot: Account) -> None:
        self.bot = bot

    async def post(self, address: Address, message: Message) -> str:
        """Posts a message of the desk; returns its receipt."""
        chat = chat_id(address)
        posted = receipt(chat, await self.send(chat, render(message), silent=not message.loud))
        if (picture := message.picture()) is not None and picture.png:
            try:
                await self._hang(picture, chat, _message_id(address, posted))
            except DeliveryError as error:  # the words are there, and say what the picture says
                log.warning("telegram.picture_lost outcome=%s reason=%s", error.outcome, error.reason)
                with suppress(DeliveryError):
                    await self.edit(address, posted, message.with_picture(Context((Plain(picture.missing),))))
        return posted

    async def _hang(self, picture: Picture, chat: int, under: int) -> None:
        """A picture under its message, silently; a caption has a quarter of a message's room."""
        caption = picture.alt if len(picture.alt) <= CAPTION else picture.caption
        try:
            await self.bot.send_photo(
                chat, picture.png, caption=caption[:CAPTION], disable_notification=True, filename="figures.png",
                reply_parameters=ReplyParameters(under, allow_sending_without_reply=True),
            )  # fmt: skip
        except (TelegramError, LookupError, TypeError, ValueError) as error:
            raise classify(error) from None

    async def send(
        self, chat: int, shown: Rendered, *, silent: bool, reply_to: int = 0, thread: int | None = None,
        force_reply: ForceReply | None = None,
    ) -> int:  # fmt: skip
        """Sends, without markup if Telegram refuses that; returns the message's id."""

        async def attempt(html: bool) -> int:
            sent = await self.bot.send_message(
                chat,
                shown.html if html else shown.plain,
                parse_mode=ParseMode.HTML if html else None,
                disable_notification=silent,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=force_reply or markup(shown.keyboard),
                reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                message_thread_id=thread,
            )
            return sent.message_id

        return await _plain_at_last(attempt)

    async def edit(self, address: Address, receipt_of: str, message: Message) -> str:
        """Changes a message of ours; that it is the same already counts as done."""
        chat, message_id = chat_id(address), _message_id(address, receipt_of)
        shown = render(message)

        async def attempt(html: bool) -> int:
            try:
                await self.bot.edit_message_text(
                    shown.html if html else shown.plain,
                    chat,
                    message_id,
                    parse_mode=ParseMode.HTML if html else None,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=markup(shown.keyboard),
                )
            except NotThereError:  # this one message grows stale; the others need not wait for it
                raise DeliveryError(Outcome.REJECTED, "editMessageText: not found") from None
            except BadRequest as error:
                if not _says(error, (_NOT_MODIFIED,)):
                    raise
            return message_id

        await _plain_at_last(attempt)
        return receipt_of

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        """The Bot API can neither read a chat's history nor take a key that makes a send unique."""
        raise Unverifiable(f"telegram cannot tell whether {key} reached {address} since {since:%H:%M}")

    async def fetch(self, file_id: str) -> bytes:
        try:
            return await self.bot.content(file_id)
        except TelegramError as error:
            raise classify(error) from None


async def _plain_at_last(attempt: Any) -> int:
    """The attempt with markup, then, only if the markup was refused, the attempt without; errors are classed."""
    for html in (True, False):
        try:
            sent: int = await attempt(html)
        except (TelegramError, LookupError, TypeError, ValueError) as error:
            if html and isinstance(error, BadRequest) and _says(error, _MARKUP):
                continue
            raise classify(error) from None  # the cause may hold the URL, and that the token
        return sent
    raise AssertionError("the second attempt returns or raises")


def markup(rows: Keyboard) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    key.label, url=key.url or None, callback_data=key.data or None, style=key.style or None
                )
                for key in row
            ]
            for row in rows
        ]
    )


def chat_id(address: Address) -> int:
    """Telegram's number of a place; a private chat has the number of its user."""
    number = address.user if address.is_direct else address.chat
    if not re.fullmatch(r"-?\d{1,16}", number):
        raise DeliveryError(Outcome.GONE, "not a telegram chat")
    return int(number)


def _message_id(address: Address, receipt_of: str) -> int:
    """A receipt from before the chat moved names no message that could be edited in its new place."""
    found = re.fullmatch(r"(-?\d+):(\d+)", receipt_of)
    if found is None or int(found[1]) != chat_id(address):
        raise MessageLost("the receipt is of another chat")
    return int(found[2])
