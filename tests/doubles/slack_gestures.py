"""What people do in Slack, worded as Slack words it, and what the app's answer then changes on their screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.doubles.slack_api import WebApi, accept_view, check_content, view_payload
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_doors import NOT_SENT, Delivery, Heard
from tests.doubles.slack_forms import action_payload, fill, find_element, refused_fields, state_values
from tests.doubles.slack_state import APP_ID, BOT_USER, Channel, Person, Refused, Shown, Team, View

CHANNEL_TYPES = {"channels": "channel", "groups": "group", "im": "im"}
TROUBLE = "We had some trouble connecting. Try again?"
SLACKBOT = "USLACKBOT"

# Event pages, "Required scopes": without the scope Slack has nothing to subscribe to.
EVENT_SCOPES = {
    "message": "{kind}:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "member_joined_channel": "{kind}:read",
    "member_left_channel": "{kind}:read",
}


class Gestures:
    """Everything inbound. `deliver` is given by the double: it picks the door and counts the bytes."""

    team: Team
    api: WebApi
    deliver: Callable[[Delivery], Awaitable[Heard]]
    response_base: str

    # --- slash commands and shortcuts ---

    async def say_command(self, user: str, channel: str, command: str, text: str = "") -> Heard:
        """A slash command; its answer is whispered to the person, or shown to all with response_type in_channel."""
        person, place = self._who(user), self.place(channel)
        response = self.team.new_response_url(user, place.id)
        payload = {
            **self._frame(),
            "token": "legacy-verification-token",
            "team_id": self.team.id,
            "team_domain": "double",
            "channel_id": place.id,
            "channel_name": place.name,
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "is_enterprise_install": "false",
            "response_url": self.response_base + response,
            "trigger_id": self.team.new_trigger(user),
        }
        heard = await self.deliver(Delivery("slash_commands", payload))
        return self._show_answer(heard, place, user, command)

    def _show_answer(self, heard: Heard, place: Channel, user: str, command: str) -> Heard:
        if not heard.acked:
            said = f"{command} failed with the error “{heard.error}”"
            self.api.whisper(place.id, user, {"text": said}, by=SLACKBOT)
            return heard
        answer = {"text": heard.body} if isinstance(heard.body, str) else heard.body
        if not answer or not any(answer.values()):
            return heard
        try:
            self.respond(place.id, user, answer)
        except Refused as refused:
            return heard.but(refused.error)
        return heard

    async def shortcut(self, user: str, callback_id: str) -> Heard:
        """A global shortcut: no channel, no response URL."""
        payload = {"type": "shortcut", "callback_id": callback_id, **self._interaction(user), "action_ts": self._now()}
        return await self.deliver(Delivery("interactive", payload))

    async def message_shortcut(self, user: str, channel: str, message_ts: str, callback_id: str) -> Heard:
        place = self.place(channel)
        message = self._seen_message(user, place, message_ts)
        payload = {
            "type": "message_action",
            "callback_id": callback_id,
            **self._interaction(user),
            "channel": {"id": place.id, "name": place.name},
            "message": message.payload(),
            "message_ts": message.ts,
            "action_ts": self._now(),
            "response_url": self.response_base + self.team.new_response_url(user, place.id),
        }
        return await self.deliver(Delivery("interactive", payload))

    # --- presses ---

    async def press(
        self,
        user: str,
        channel: str,
        message_ts: str,
        action_id: str | None = None,
        label: str | None = None,
        option: Any = None,
    ) -> Heard:
        """A button, a select or an overflow entry of a message that this person can see."""
        place = self.place(channel)
        message = self._seen_message(user, place, message_ts)
        block, element, wanted = find_element(message.blocks, action_id, label, option)
        action = action_payload(block, element, wanted, self._now())
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": place.id,
            "is_ephemeral": message.private_to is not None,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        }
        payload = {
            "type": "block_actions",
            **self._interaction(user),
            "container": container,
            "channel": {"id": place.id, "name": place.name},
            "state": {"values": state_values(message.blocks, self._chosen_now(block, element, wanted))},
            "response_url": self.response_base + self.team.new_response_url(user, place.id, message.ts),
            "actions": [action],
            # An ephemeral's content does not come along: Slack keeps no copy of it.
            **({} if message.private_to else {"message": message.payload()}),
        }
        return await self.deliver(Delivery("interactive", payload))

    async def press_in_view(
        self,
        user: str,
        action_id: str | None = None,
        label: str | None = None,
        option: Any = None,
        values: dict[str, Any] | None = None,
    ) -> Heard:
        """The same in the modal on top; `values` is what was typed before."""
        view = self._top(user)
        fill(view, values or {})
        return await self._press_view(user, view, action_id, label, option)

    async def press_home(
        self, user: str, action_id: str | None = None, label: str | None = None, option: Any = None
    ) -> Heard:
        """The same on the app's home tab."""
        home = self._who(user).home
        assert home is not None, f"{user} has no home tab"
        return await self._press_view(user, home, action_id, label, option)

    async def _press_view(self, user: str, view: View, action_id: str | None, label: str | None, option: Any) -> Heard:
        block, element, wanted = find_element(view.blocks, action_id, label, option)
        for block_id, actions in self._chosen_now(block, element, wanted).items():
            view.filled.setdefault(block_id, {}).update(actions)
        payload = {
            "type": "block_actions",
            **self._interaction(user),
            "container": {"type": "view", "view_id": view.id},
            "view": self._view(view),
            "actions": [action_payload(block, element, wanted, self._now())],
        }
        return await self.deliver(Delivery("interactive", payload))

    def _chosen_now(self, block: Json, element: Json, option: Any) -> dict[str, dict[str, Json]]:
        if element["type"] in ("button", "overflow"):
            return {}
        action = action_payload(block, element, option, "")
        part = {k: v for k, v in action.items() if k not in ("type", "action_id", "block_id", "action_ts")}
        return {block["block_id"]: {element["action_id"]: part}}

    # --- modals ---

    async def submit_view(self, user: str, values: dict[str, Any] | None = None) -> Heard:
        """Fill by block_id, label or action_id and press Submit; what the app answers is done to the screen."""
        view = self._top(user)
        fill(view, values or {})
        view.trouble, view.errors = None, refused_fields(view)
        if view.errors:
            return NOT_SENT
        payload = {
            "type": "view_submission",
            **self._interaction(user),
            "view": self._view(view),
            "response_urls": [],
        }
        heard = await self.deliver(Delivery("interactive", payload))
        if not heard.acked:
            view.trouble = TROUBLE
            return heard
        try:
            self._after_submit(view, heard.body or {})
        except Refused as refused:
            view.trouble = TROUBLE
            return heard.but(refused.error)
        return heard

    def _after_submit(self, view: View, answer: Json) -> None:
        """ "Modals: response actions"; none closes the view that was submitted."""
        person = self._who(view.user)
        match answer.get("response_action"):
            case None:
                person.views = [v for v in person.views if v.id != view.id]
            case "clear":
                person.views = []
            case "errors":
                unknown = set(answer.get("errors") or {"": ""}) - set(view.inputs)
                if unknown:
                    raise Refused("invalid_errors", [f"no input block named {name}" for name in sorted(unknown)])
                view.errors = dict(answer["errors"])
            case "update":
                accept_view(answer.get("view"), ("modal",))
                self.team.fill_view(view, answer["view"])
            case "push":
                accept_view(answer.get("view"), ("modal",))
                self.api.push(person, answer["view"])
            case other:
                raise Refused("invalid_response_action", [str(other)])

    async def close_view(self, user: str) -> Heard:
        """Cancel, or the cross; the app hears of it only with notify_on_close."""
        person = self._who(user)
        view = self._top(user)
        person.views.remove(view)
        if not view.body.get("notify_on_close"):
            return NOT_SENT
        payload = {"type": "view_closed", **self._interaction(user), "view": self._view(view), "is_cleared": False}
        del payload["trigger_id"]
        return await self.deliver(Delivery("interactive", payload))

    # --- events ---

    async def event(self, event: Json) -> Heard:
        """Any inner event in Slack's outer wrapping ("Events API: callback")."""
        who = {"enterprise_id": None, "team_id": self.team.id, "user_id": BOT_USER, "is_bot": True}
        payload = {
            **self._frame(),
            "token": "legacy-verification-token",
            "team_id": self.team.id,
            "type": "event_callback",
            "event": event,
            "event_id": self.team.next_id("Ev"),
            "event_time": int(self.team.clock()),
            "authorizations": [{**who, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        }
        return await self.deliver(Delivery("events_api", payload))

    async def message(self, user: str, channel: str, text: str, thread_ts: str | None = None, **more: Any) -> Heard:
        """A person writes. The app hears it where the bot is a member; `more` goes into the event (files, subtype)."""
        place = self.place(channel)
        self._subscribed("message", place)
        return await self._told(place, self.wrote(user, channel, text, thread_ts), more)

    async def mention(self, user: str, channel: str, text: str, thread_ts: str | None = None, **more: Any) -> Heard:
        """`@bot text`; with the history scope the same words come as a message event too (faults.md 2.4).

        Files that are shared with it are in both (`more`), by their metadata: that needs no scope.
        """
        place = self.place(channel)
        self._subscribed("app_mention", place)
        written = self.wrote(user, channel, f"<@{BOT_USER}> {text}", thread_ts)
        if f"{place.kind}:history" in self.api.scopes:
            await self._told(place, written, more)
        if not place.bot_in:
            return NOT_SENT
        thread = {"thread_ts": written.thread_ts} if written.thread_ts else {}
        event = {"type": "app_mention", "user": user, "text": written.text, "ts": written.ts, "channel": place.id}
        return await self.event({**event, **thread, **more, "event_ts": written.ts})

    async def edit_message(self, user: str, channel: str, ts: str, text: str) -> Heard:
        place = self.place(channel)
        self._subscribed("message", place)
        message = self._seen_message(user, place, ts)
        before = message.payload()
        message.text, message.edited_count = text, message.edited_count + 1
        changed = {"subtype": "message_changed", "message": message.payload(), "previous_message": before}
        return await self._sub_event(place, changed)

    async def delete_message(self, user: str, channel: str, ts: str) -> Heard:
        place = self.place(channel)
        self._subscribed("message", place)
        message = self._seen_message(user, place, ts)
        message.deleted = True
        gone = {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": message.payload()}
        return await self._sub_event(place, gone)

    async def react(self, user: str, channel: str, ts: str, emoji: str) -> Heard:
        place = self.place(channel)
        self._subscribed("reaction_added", place)
        item = {"type": "message", "channel": place.id, "ts": ts}
        event = {"type": "reaction_added", "user": user, "reaction": emoji, "item": item, "event_ts": self._now()}
        return await self.event(event) if place.bot_in else NOT_SENT

    async def app_home_opened(self, user: str, tab: str = "home") -> Heard:
        person = self._who(user)
        event = {"type": "app_home_opened", "user": user, "channel": self.team.dm(user).id, "tab": tab}
        home = {"view": view_payload(self.team, person.home)} if person.home else {}
        return await self.event({**event, **home, "event_ts": self._now()})

    async def invite_bot(self, user: str, channel: str) -> Heard:
        place = self.place(channel)
        place.bot_in = True
        return await self._membership("member_joined_channel", place, BOT_USER, {"inviter": user})

    async def join(self, user: str, channel: str) -> Heard:
        place = self.place(channel)
        place.members.add(user)
        return await self._membership("member_joined_channel", place, user, {})

    async def leave(self, user: str, channel: str) -> Heard:
        place = self.place(channel)
        place.members.discard(user)
        return await self._membership("member_left_channel", place, user, {})

    def wrote(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Shown:
        """Put a person's words in a channel without telling the app."""
        ts = self.team.next_ts()
        return self.team.put(Shown(ts, self.place(channel).id, user, text, thread_ts=thread_ts, by_bot=False))

    async def _told(self, place: Channel, written: Shown, more: Json) -> Heard:
        if not place.bot_in:
            return NOT_SENT
        kind = {"channel": place.id, "channel_type": CHANNEL_TYPES[place.kind], "event_ts": written.ts}
        return await self.event({**written.payload(), **kind, **more})

    async def _sub_event(self, place: Channel, more: Json) -> Heard:
        head = {"type": "message", "channel": place.id, "channel_type": CHANNEL_TYPES[place.kind], "hidden": True}
        ts = self._now()
        return await self.event({**head, "ts": ts, "event_ts": ts, **more}) if place.bot_in else NOT_SENT

    async def _membership(self, kind: str, place: Channel, user: str, more: Json) -> Heard:
        if not place.bot_in:
            return NOT_SENT
        self._subscribed(kind, place)
        letter = "G" if place.private else "C"
        event = {"type": kind, "user": user, "channel": place.id, "channel_type": letter, "team": self.team.id}
        return await self.event({**event, **more, "event_ts": self._now()})

    def _subscribed(self, kind: str, place: Channel) -> None:
        needed = EVENT_SCOPES[kind].format(kind=place.kind)
        assert needed in self.api.scopes, f"Slack sends no {kind} event from {place.id} without the scope {needed}"

    # --- what an answer shows ---

    def respond(self, channel: str, user: str, answer: Json, original: Shown | None = None) -> None:
        """The words of an ack or of a response URL ("Handling user interaction: message responses"). Raises Refused."""
        if answer.get("delete_original") and original:
            original.deleted = True
            return
        check_content(answer)
        if answer.get("replace_original") and original:
            self.api.edit(original, {"blocks": [], "attachments": [], **answer})
        elif answer.get("response_type") == "in_channel":
            text: Json = {
                name: answer[name] for name in ("text", "blocks", "attachments", "thread_ts") if name in answer
            }
            self.api.show(channel, text)
        else:
            self.api.whisper(channel, user, answer, thread_ts=answer.get("thread_ts"))

    # --- shared parts ---

    def place(self, channel: str) -> Channel:
        """A channel by id; a person's id means the DM with the bot."""
        if channel in self.team.users:
            return self.team.dm(channel)
        return self.team.channels[channel]

    def _who(self, user: str) -> Person:
        return self.team.users[user]

    def _top(self, user: str) -> View:
        views = self._who(user).views
        assert views, f"{user} has no modal open"
        return views[-1]

    def _seen_message(self, user: str, place: Channel, ts: str) -> Shown:
        message = self.team.find(place.id, ts)
        assert message is not None, f"no message {ts} in {place.id}"
        assert message.private_to in (None, user), f"{user} cannot see the message {ts}"
        return message

    def _view(self, view: View) -> Json:
        return {**view_payload(self.team, view), "state": {"values": state_values(view.blocks, view.filled)}}

    def _interaction(self, user: str) -> Json:
        person = self._who(user)
        who = {"id": person.id, "username": person.name, "name": person.name, "team_id": self.team.id}
        place = {"team": {"id": self.team.id, "domain": "double"}, "enterprise": None, "is_enterprise_install": False}
        token = {"token": "legacy-verification-token", "trigger_id": self.team.new_trigger(user)}
        return {**self._frame(), **token, **place, "user": who}

    def _frame(self) -> Json:
        return {"api_app_id": APP_ID}

    def _now(self) -> str:
        return self.team.next_ts()
