"""What Slack sends, by its kind: the desk commits, then Slack is acknowledged with the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from adapters.slack import envelope, render
from adapters.slack.envelope import Account
from adapters.slack.payload import Json, dumps
from adapters.slack.replies import Replies, asked_by, spoken
from adapters.slack.view import view
from core.ports import Desk, Envelope, Said


class Ears(AsyncMiddleware):
    """The one that hears everything, as Bolt's own assistant hears what is its own: a middleware, after all others.

    Listeners are asked one after the other, and for each Bolt makes all the arguments that it might take.
    """

    def __init__(self, desk: Desk, account: Account, commands: Mapping[str, str], replies: Replies) -> None:
        self._desk = desk
        self._account = account
        self._commands = commands
        self._replies = replies
        self._kinds: Mapping[str, Callable[[Json], Awaitable[Json | None]]] = {
            "block_actions": self._press,
            "view_submission": self._view,
            "shortcut": self._shortcut,
            "message_action": self._shortcut,
            "event_callback": self._event,
            "url_verification": self._challenged,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt names its arguments
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002 - the same
    ) -> BoltResponse | None:
        body = req.body
        hear = self._command if "command" in body else self._kinds.get(body.get("type", ""))
        # What says nothing to us (a view closed, a rate told) is taken all the same: it would only be sent again.
        answer = await hear(body) if hear else None
        return BoltResponse(status=200, body=dumps(answer) if answer else "")

    async def _command(self, body: Json) -> Json | None:
        heard = envelope.of_command(body, self._account, self._commands)
        if heard is None:
            self._replies.not_ours(body, tuple(self._commands))
            return None
        if _wants_form(heard):
            self._at_once(heard, body)
            return None
        answer = await self._desk.hear(heard)
        if answer.form:
            self._replies.send(answer, asked_by(heard, body))
            return None
        message = spoken(answer)
        return {"response_type": "ephemeral", **render.render(message)} if message else None

    async def _press(self, body: Json) -> None:
        heard = envelope.of_action(body, self._account)
        if heard is not None:
            self._replies.send(await self._desk.hear(heard), asked_by(heard, body))

    async def _shortcut(self, body: Json) -> None:
        heard = envelope.of_shortcut(body, self._account)
        if _wants_form(heard):
            self._at_once(heard, body)
        else:
            self._replies.send(await self._desk.hear(heard), asked_by(heard, body))

    async def _view(self, body: Json) -> Json:
        heard = envelope.of_view(body, self._account)
        asked = asked_by(heard, body)
        answer = await self._desk.hear(heard)
        if answer.errors:
            return {"response_action": "errors", "errors": _on_fields(answer.errors, body["view"]["blocks"])}
        if answer.form:
            return {"response_action": "update", "view": view(answer.form, asked.place)}
        self._replies.send(answer, asked)
        return {"response_action": "clear"}

    async def _event(self, body: Json) -> None:
        heard = envelope.of_event(body, self._account)
        if heard is None:
            return
        answer = await self._desk.hear(heard)
        if body["event"]["type"] == "app_home_opened":
            self._replies.show_home(answer, heard.identity.user)
        elif isinstance(heard.content, Said):
            self._replies.send(answer, asked_by(heard, body))

    async def _challenged(self, body: Json) -> Json:
        """Once, when the address of our door is entered at Slack."""
        return {"challenge": body.get("challenge")}

    def _at_once(self, heard: Envelope, body: Json) -> None:
        """A form: its trigger lives three seconds, and nothing is filed by asking for it."""
        self._replies.send(self._desk.hear(heard), asked_by(heard, body))


def _wants_form(heard: Envelope) -> bool:
    return heard.content == Said("request", "")


def _on_fields(errors: Mapping[str, str], blocks: list[Json]) -> dict[str, str]:
    """Errors by block_id; one that belongs to no field of this view goes to its first, or Slack shows none at all."""
    fields: list[Any] = [block["block_id"] for block in blocks if block.get("type") == "input"]
    shown: dict[str, str] = {}
    for name, line in errors.items():
        where = name if name in fields else fields[0] if fields else name
        shown[where] = f"{shown[where]} {line}" if where in shown else line
    return shown
