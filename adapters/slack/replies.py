"""Answers that go their own way: forms to open, messages by response URL, the home tab."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

import aiohttp
from msgspec import Struct
from msgspec.structs import replace
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import render
from adapters.slack.errands import Errands
from adapters.slack.library import quiet
from adapters.slack.messenger import Messenger, classify
from adapters.slack.payload import Json
from adapters.slack.view import view
from core.errors import DeliveryError, Outcome
from core.model.parties import Address
from core.ports import Envelope
from core.say.message import Answer, Form, Message, Paragraph, Plain
from core.say.words import words

log = logging.getLogger("deskbell.slack")


class Asked(Struct, frozen=True):
    """Where an answer goes back to: the asker's place, and what Slack gave us to answer with."""

    address: Address
    user: str
    trigger: str = ""
    response_url: str = ""
    replaces: bool = False  # the pressed message was for this person alone: the answer takes its place
    thread: str = ""
    place: str = ""


def asked_by(heard: Envelope, body: Json) -> Asked:
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


def spoken(answer: Answer) -> Message | None:
    """The words of an answer; a toast and stray errors become a short message, since Slack has no popup."""
    if answer.message:
        return answer.message
    line = answer.toast or "\n".join((answer.errors or {}).values())
    return _sentence(line) if line else None


def _sentence(line: str) -> Message:
    return Message(line, (Paragraph((Plain(line),)),))


class Replies:
    """Each is an errand: Slack has been acknowledged, and what was asked is committed."""

    def __init__(
        self,
        messenger: Messenger,
        session: aiohttp.ClientSession,
        errands: Errands,
        form_command: str,
    ) -> None:
        self._messenger = messenger
        self._session = session
        self._errands = errands
        self._form_command = form_command

    def send(self, answer: Answer | Awaitable[Answer], asked: Asked) -> None:
        self._errands.send(self._give(answer, asked))

    def not_ours(self, body: Json, ours: tuple[str, ...]) -> None:
        """A command that Slack hands to us and nobody told us of: named in the manifest, but not in our settings."""
        log.warning("slack.command_unknown command=%s ours=%s", body.get("command"), " ".join(ours))
        self._errands.send(self._name_ours(body, ours))

    async def _name_ours(self, body: Json, ours: tuple[str, ...]) -> None:
        user, channel = body.get("user_id") or "", body.get("channel_id") or ""
        say = words(await self._lang(user))
        line = say("I don't know {command}. I answer to {ours}.", command=body["command"], ours=", ".join(ours))
        place = channel if channel and not channel.startswith("D") else f"@{user}"
        asked = Asked(
            Address("slack", body.get("team_id") or "", place), user, response_url=body.get("response_url") or ""
        )
        await self._tell(_sentence(line), asked)

    def show_home(self, answer: Answer, user: str) -> None:
        message = spoken(answer)
        if message:
            self._errands.send(self._publish(message, user))

    async def _publish(self, message: Message, user: str) -> None:
        await self._messenger.call("views.publish", json={"user_id": user, "view": render.home(message)})

    async def _give(self, waited: Answer | Awaitable[Answer], asked: Asked) -> None:
        answer = waited if isinstance(waited, Answer) else await waited
        if answer.form and not await self._open(answer.form, asked):
            await self._tell(await self._not_opened(asked), replace(asked, replaces=False))
        message = spoken(answer)
        if message and not (answer.form and answer.message is None):
            await self._tell(message, asked)

    async def _open(self, form: Form, asked: Asked) -> bool:
        if not asked.trigger:
            return False
        try:
            modal = view(form, asked.place)
            await self._messenger.call("views.open", json={"trigger_id": asked.trigger, "view": modal})
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
        hook = AsyncWebhookClient(asked.response_url, session=self._session, retry_handlers=[], logger=quiet)
        body = {"response_type": "ephemeral", "replace_original": asked.replaces, **render.render(message)}
        try:
            answer = await hook.send_dict(body)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failed = classify(error)
            if failed.outcome is Outcome.RETRY:
                return False
            raise failed from None  # perhaps it was shown: not twice
        return answer.status_code == 200
