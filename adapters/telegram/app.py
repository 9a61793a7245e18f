"""Telegram's two ends: it hears by long poll or webhook, always committing before it confirms; answers who asked.

An update is confirmed (by the offset, or by 200) only after `desk.hear` has returned. What is delivered again is known
to the desk by its key; here only the answer is kept from being said twice.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import random
from collections import OrderedDict
from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import structlog
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Chat,
    ForceReply,
    Update,
    User,
)
from telegram import MaybeInaccessibleMessage as Maybe
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from adapters.telegram import TelegramSettings, sparse
from adapters.telegram.envelope import COMMANDS, HEARD, PLATFORM, Me, Prompt, prompt_name, read, replied, unheard
from adapters.telegram.messenger import Account, Messenger, NotThereError, account, classify
from adapters.telegram.render import TEXT_LIMIT, TOAST_LIMIT, render, shorten, units
from core.errors import DeliveryError, Outcome
from core.model.parties import Address
from core.model.request import File
from core.ports import Can, Clock, Desk, Envelope, Filled, Limit, Memory
from core.say.message import Answer, Bold, Field, Form, Mention, Message, Paragraph, Plain, Quote
from core.say.words import Words, words

FILE_LIMIT = 20_000_000  # what a bot may fetch (chat.md section 3)
WAIT = 30  # seconds that Telegram holds an empty poll
BETWEEN = 0.5  # seconds from one poll to the next while nothing is new, should the server not hold them
BODY_LIMIT = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_KEPT_BY_TELEGRAM = timedelta(hours=24)
_PATIENCE = 1.0  # for answers, before the next poll
_LONGEST_ANSWER_WAIT = 30.0
_ANSWERED = 2000
_TOAST_READ_IN_PASSING = 60
_REFUSED = "Telegram refused TELEGRAM_BOT_TOKEN: ask @BotFather for the present one"
_NOT_TELEGRAM = "getMe was not found: TELEGRAM_BOT_TOKEN is not whole, or TELEGRAM_API_URL is another server's"
_PLACEHOLDER = 64
_LOUD_LIBRARIES = ("telegram", "httpx", "httpcore")  # they log URLs with tokens, secrets and what people write

log = structlog.get_logger("adapters.telegram")

#: A message a second in a chat, twenty a minute in a group, twenty-five a second over all; edits
#: count, too (chat.md section 3).
LIMITS = (
    Limit(("post", "edit"), "group", 10, 6.0), Limit(("post", "edit"), "chat", 1, 1.0),
    Limit(("post", "edit"), "all", 15, 0.1),
)  # fmt: skip


class Asked(Struct, frozen=True):
    """Who waits for an answer, and where it goes."""

    chat: int
    message: int
    thread: int | None
    private: bool
    user: User
    query: str = ""
    prompt: Prompt | None = None

    @property
    def words(self) -> Words:
        return words(self.user.language_code or "")


class Backoff:
    """Growing pauses with jitter, so that two pollers do not meet again at the same moment."""

    floor, cap = 1.0, 30.0

    def __init__(self) -> None:
        self.failures = 0

    async def wait(self) -> None:
        self.failures += 1
        longest = min(self.cap, self.floor * 2 ** min(self.failures - 1, 10))
        await asyncio.sleep(random.uniform(longest / 2, longest))


class TelegramAdapter:
    """One bot on Telegram."""

    name = PLATFORM

    def __init__(self, settings: TelegramSettings, *, memory: Memory, clock: Clock) -> None:
        self.can = Can(
            edit=True, forms=False, private_reply=False, verify=False, file_limit=FILE_LIMIT, text_limit=TEXT_LIMIT,
            limits=LIMITS, link=self._link,
        )  # fmt: skip
        for library in _LOUD_LIBRARIES:
            logging.getLogger(library).setLevel(logging.WARNING)
        self.settings = settings
        self.memory = memory
        self.clock = clock
        self.me = Me(0, "")
        self.heard_at: datetime | None = None  # when Telegram last handed us anything, even an empty batch
        self.trouble = ""  # why hearing stands still, empty if it does not
        self._desk: Desk | None = None
        self._bot: Account | None = None
        self._offset: int | None = None
        self._offset_at: datetime | None = None
        self._answers: set[asyncio.Task[object]] = set()
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    # -- show

    async def post(self, address: Address, message: Message, key: str) -> str:  # noqa: ARG002 -- no way to send a key
        return await self._messenger.post(address, message)

    async def edit(self, address: Address, receipt: str, message: Message) -> str:
        return await self._messenger.edit(address, receipt, message)

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        return await self._messenger.find(address, key, since)

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:  # noqa: ARG002
        return int(bool(await self.find(address, key, since)))  # raises: no chat's history can be read

    async def fetch(self, file: File) -> bytes:
        """Through the bot: a link would hold its token, so nobody is ever given one (faults.md row 102)."""
        return await self._messenger.fetch(file.ref.removeprefix(f"{PLATFORM}:"))

    def _link(self, address: Address) -> str:
        """The bot, or a supergroup's first message, for its members (https://core.telegram.org/api/links); a small group
        has no link."""
        if address.is_direct:
            return f"https://t.me/{self.me.username}" if self.me.username else ""
        return f"https://t.me/c/{address.chat[4:]}/1" if address.chat.startswith("-100") else ""

    @property
    def _messenger(self) -> Messenger:
        if self._bot is None:
            raise DeliveryError(Outcome.RETRY, "not started")
        return Messenger(self._bot)

    # -- life

    async def start(self, desk: Desk) -> None:
        """Checks the account, says how it wants to hear, and sets the menus."""
        if self.settings.webhook_url and not self.settings.webhook_secret:
            raise DeliveryError(Outcome.DEAD, "TELEGRAM_WEBHOOK_SECRET is missing: a webhook needs one")
        self._bot = await self._check()
        self._desk = desk
        await self._recall_offset()
        try:
            await self._choose_door(self._bot)
        except TelegramError as error:
            await self.stop()
            raise classify(error) from None
        await self._set_menus(self._bot)

    async def _check(self) -> Account:
        bot: Account | None = None
        try:
            bot = account(self.settings.token, self.settings.api_url)
            await bot.initialize()
        except InvalidToken as error:
            await _close(bot)
            found = not isinstance(error.__cause__, NotThereError)
            raise DeliveryError(Outcome.DEAD, _REFUSED if found else _NOT_TELEGRAM) from None
        except TelegramError as error:
            await _close(bot)
            raise classify(error) from None
        self.me = Me(bot.id, bot.username or "")
        return bot

    async def _choose_door(self, bot: Account) -> None:
        try:
            if self.settings.webhook_url:
                await bot.set_webhook(
                    self.settings.webhook_url, allowed_updates=HEARD, secret_token=self.settings.webhook_secret
                )
            else:
                await bot.delete_webhook(drop_pending_updates=False)
        except NotThereError:  # whoever lacks these either calls us of itself, or has none to delete
            log.warning("telegram.method_missing", method="setWebhook, deleteWebhook", then="listening all the same")

    async def _set_menus(self, bot: Account) -> None:
        """The menus are a courtesy: without them every command is still understood."""
        scopes = {"private": BotCommandScopeAllPrivateChats(), "group": BotCommandScopeAllGroupChats()}
        for lang, code in (("en", None), ("zh-CN", "zh")):
            for menu, scope in scopes.items():
                listed = [BotCommand(c.name, words(lang)(c.about)) for c in COMMANDS if menu in c.menus]
                try:
                    await bot.set_my_commands(listed, scope, code)
                except NotThereError:
                    log.warning("telegram.method_missing", method="setMyCommands", then="no menus; commands are heard")
                    return
                except TelegramError as error:
                    log.warning("telegram.menu_failed", menu=menu, lang=lang, reason=classify(error).reason)

    async def run(self) -> None:
        """Polls until cancelled or stopped; with a webhook there is nothing to do."""
        bot, backoff, loop = self._bot, Backoff(), asyncio.get_running_loop()
        while bot is not None and bot is self._bot and not self.settings.webhook_url:
            begun, before = loop.time(), self._offset
            try:
                self.trouble = await self._hear_batch(await self._fetch())
            except TelegramError as error:
                self.trouble = _trouble(error)
            except Exception as error:
                log.exception("telegram.poll_failed")
                self.trouble = type(error).__name__
            if self.trouble:
                log.warning("telegram.stand_down", reason=self.trouble)
                await backoff.wait()
                continue
            backoff.failures = 0
            if self._offset == before:
                await asyncio.sleep(begun + BETWEEN - loop.time())

    async def stop(self) -> None:
        """Lets the answers under way end, for half a second."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=0.5)
        for task in self._answers:
            task.cancel()
        self._desk = None
        bot, self._bot = self._bot, None
        await _close(bot)

    # -- hear: long poll

    async def _fetch(self) -> list[dict[str, Any]]:
        if self._bot is None:
            raise TelegramError("not started")
        updates = await self._bot.raw_updates(self._known_offset(), WAIT)
        self.heard_at = self.clock.real()
        return updates

    async def _hear_batch(self, updates: Sequence[Mapping[str, Any]]) -> str:
        """Hears in order, then moves the offset behind what was heard; says what kept it from hearing all.

        An update that the desk could not take holds the offset and its own chat, but not the other chats.
        """
        held: int | None = None
        silent: set[object] = set()
        for update in updates:
            chat = _chat_of(update)
            if chat in silent:
                continue
            try:
                await self._hear(update)
            except Exception:
                log.exception("telegram.not_heard", update=update.get("update_id"))
                held = update["update_id"] if held is None else held
                silent.add(chat)
        if self._answers:
            await asyncio.wait(self._answers, timeout=_PATIENCE)
        if updates:
            await self._remember_offset(held if held is not None else updates[-1]["update_id"] + 1)
        return "" if held is None else "the desk could not take an update"

    # An offset is a promise about lower numbers only while the numbers go on: after a quiet week Telegram restarts them
    # anywhere (https://core.telegram.org/bots/api#update). Unconfirmed updates live 24 hours; an older offset is void.

    def _known_offset(self) -> int | None:
        if self._offset_at is None or self.clock.real() - self._offset_at > _KEPT_BY_TELEGRAM:
            return None
        return self._offset

    @property
    def _offset_name(self) -> str:
        return f"{PLATFORM}:{self.me.id}:offset"

    async def _recall_offset(self) -> None:
        offset, _, at = (await self.memory.recall(self._offset_name) or "").partition(" ")
        if offset and at:
            self._offset, self._offset_at = int(offset), datetime.fromtimestamp(float(at), UTC)

    async def _remember_offset(self, offset: int) -> None:
        self._offset, self._offset_at = offset, self.clock.real()
        try:
            await self.memory.remember(self._offset_name, f"{offset} {self._offset_at.timestamp():.0f}")
        except Exception:  # lost with the process, it costs a redelivery that the desk knows by its keys
            log.exception("telegram.offset_not_kept")

    # -- hear: webhook

    def routes(self) -> Sequence[Route]:
        return [Route("/telegram/webhook", self._webhook, methods=["POST"])]

    async def _webhook(self, request: Request) -> Response:
        """The secret first, of whatever length the body may be; then hear, then 200."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        wanted = self.settings.webhook_secret.encode()
        if not hmac.compare_digest(given, wanted) or not wanted:
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
            update["update_id"] + 0
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        if self._desk is None:
            return Response(status_code=503)
        try:
            await self._hear(update)
        except Exception:
            log.exception("telegram.not_heard", update=update["update_id"])
            return Response(status_code=500)
        self.heard_at = self.clock.real()
        return Response(status_code=200)

    # -- hear: one update

    async def _hear(self, raw: Mapping[str, Any]) -> None:
        """Hears one update; raises only if the desk could not commit it."""
        assert self._desk is not None
        update = self._parse(raw)
        if update is None:
            return
        prompt = await self._prompt(update)
        envelope = read(update, self.me, prompt)
        asked = _asked(update, prompt)
        if envelope:
            answer = await self._desk.hear(envelope)
            self._answer_soon(envelope, asked, answer)
        elif asked and (sentence := unheard(update, self.me)):
            self._spawn(self._say(asked, _sentence(asked.words(sentence))))

    def _parse(self, raw: Mapping[str, Any]) -> Update | None:
        """An update that cannot be read is put aside with its number: fetched again it would be no better."""
        if not any(kind in raw for kind in HEARD):
            return None
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception:  # noqa: BLE001 - whatever it lacks, it is tried once more without gaps
            pass
        try:
            return Update.de_json(sparse.whole(raw), self._bot)
        except Exception:
            log.exception("telegram.unreadable", update=raw.get("update_id"))
            return None

    async def _prompt(self, update: Update) -> Prompt | None:
        message = update.message
        answered = replied(message, self.me)
        if message is None or answered is None or message.from_user is None:
            return None
        name = prompt_name(message.chat.id, answered.message_id, message.from_user.id)
        stored = await self.memory.recall(name)
        return Prompt.from_json(stored) if stored else None

    # -- answer

    def _answer_soon(self, envelope: Envelope, asked: Asked | None, answer: Answer) -> None:
        if asked is None or envelope.key in self._answered:
            return
        self._answered[envelope.key] = None
        if len(self._answered) > _ANSWERED:
            self._answered.popitem(last=False)
        self._spawn(self._answer(envelope, asked, answer))

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._answers.add(task)
        task.add_done_callback(self._answer_ended)

    def _answer_ended(self, task: asyncio.Task[object]) -> None:
        self._answers.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("telegram.answer_failed", exc_info=error)

    async def _answer(self, envelope: Envelope, asked: Asked, answer: Answer) -> None:
        """Answers in the order of asking, chat by chat. A courtesy: what fails is logged and not said again."""
        lane = self._lanes.setdefault(asked.chat, asyncio.Lock())
        if asked.query:
            await self._acknowledge(asked, answer)
        async with lane:
            prompt = asked.prompt if isinstance(envelope.content, Filled) else None
            if answer.message:
                await self._say(asked, answer.message)
            elif answer.toast and not asked.query:
                await self._say(asked, _sentence(answer.toast))
            if answer.form and answer.form.fields:
                await self._ask(asked, *_question(answer.form, answer.errors))
            elif answer.errors and prompt:
                await self._ask(asked, prompt, _first_error(answer.errors, prompt.field))
            elif answer.errors:
                await self._say(asked, _sentence(" ".join(answer.errors.values())))

    async def _acknowledge(self, asked: Asked, answer: Answer) -> None:
        """Ends the button's spinning, also after success; one that nobody waits for any more is harmless."""
        assert self._bot is not None
        toast = shorten(answer.toast, TOAST_LIMIT)
        try:
            await self._bot.answer_callback_query(
                asked.query, toast or None, show_alert=units(toast) > _TOAST_READ_IN_PASSING
            )
        except TelegramError as error:
            if not (isinstance(error, BadRequest) and "query is too old" in error.message.lower()):
                log.warning("telegram.press_unanswered", reason=classify(error).reason)

    async def _say(self, asked: Asked, message: Message, ask: ForceReply | None = None) -> int | None:
        """In a group nobody's phone rings for somebody else's answer. A refused flood is waited out once."""
        for last in (False, True):
            try:
                return await self._messenger.send(
                    asked.chat,
                    render(message),
                    silent=not (asked.private and message.loud),
                    reply_to=asked.message,
                    thread=asked.thread,
                    force_reply=ask,
                )
            except DeliveryError as error:
                wait = error.retry_after if error.outcome is Outcome.DEFERRED else 0.0
                if last or not 0 < wait <= _LONGEST_ANSWER_WAIT:
                    log.warning("telegram.answer_lost", outcome=str(error.outcome), reason=error.reason)
                    return None
                await asyncio.sleep(wait)
        return None

    async def _ask(self, asked: Asked, prompt: Prompt, error: str = "") -> None:
        """One question by ForceReply: it works under privacy mode, and only the asked person's reply fills it."""
        placeholder = shorten(prompt.label or prompt.title, _PLACEHOLDER) or None
        force = ForceReply(selective=not asked.private, input_field_placeholder=placeholder)
        sent = await self._say(asked, _prompt_message(asked, prompt, error), force)
        if sent is not None:
            await self.memory.remember(prompt_name(asked.chat, sent, asked.user.id), prompt.to_json())


# -- small pieces


def _trouble(error: TelegramError) -> str:
    return "another poller, or a webhook" if isinstance(error, Conflict) else classify(error).reason


async def _close(bot: Account | None) -> None:
    if bot is not None:
        await bot.shutdown()


async def _body(request: Request) -> bytes | None:
    """The body, or None if it is longer than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _chat_of(update: Mapping[str, Any]) -> object:
    """The chat an update belongs to, as far as order matters; else the update itself."""
    content: Mapping[str, Any] = next((update[kind] for kind in HEARD if kind in update), {})
    try:
        return (content.get("chat") or content["message"]["chat"])["id"]
    except (LookupError, TypeError):
        return update.get("update_id")


def _asked(update: Update, prompt: Prompt | None) -> Asked | None:
    query, message, change = update.callback_query, update.message, update.my_chat_member
    if query and query.message:
        return _at(query.message, query.from_user, query.id)
    if message and message.from_user:
        return _at(message, message.from_user, prompt=prompt)
    if change:
        return Asked(change.chat.id, 0, None, change.chat.type == Chat.PRIVATE, change.from_user)
    return None


def _at(message: Maybe, user: User, query: str = "", prompt: Prompt | None = None) -> Asked:
    private = message.chat.type == Chat.PRIVATE
    thread = message.message_thread_id if isinstance(message, TelegramMessage) and message.is_topic_message else None
    return Asked(message.chat.id, message.message_id, thread, private, user, query, prompt)


def _sentence(text: str) -> Message:
    return Message(text, (Paragraph((Plain(text),)),))


def _question(form: Form, errors: Mapping[str, str] | None) -> tuple[Prompt, str]:
    """The form's one question. Should the desk give more, the first; those that follow come with the next answer."""
    field = form.fields[0]
    prompt = Prompt(form.token, field.name, form.title, field.label, _hint(form, field), field.value)
    return prompt, _first_error(errors or {}, field.name)


def _hint(form: Form, field: Field) -> str:
    options = " / ".join(option.label for option in field.options)
    return "\n".join(line for line in (form.intro, field.hint, options) if line)


def _first_error(errors: Mapping[str, str], field: str) -> str:
    return errors.get(field) or next(iter(errors.values()), "")


def _prompt_message(asked: Asked, prompt: Prompt, error: str) -> Message:
    """The title says who will read the answer, so it always stands there."""
    who = () if asked.private else (_called(asked), Plain(": "))
    how = "" if asked.private else asked.words("Reply to this message with your answer.")
    lines = (f"⚠️ {error}" if error else "", prompt.label, prompt.hint, how)
    said = [Paragraph((Plain(line),)) for line in lines if line]
    known = (Quote(prompt.value),) if prompt.value else ()
    return Message(prompt.title, (Paragraph((*who, Bold(prompt.title)), weight=9), *said, *known))


def _called(asked: Asked) -> Mention:
    return Mention(asked.user.full_name, str(asked.user.id))
