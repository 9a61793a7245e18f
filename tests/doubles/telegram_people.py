"""What people do in the chats: talk, press, edit, come, go and block; the updates the bot gets of it.

Whether the bot sees a group's message at all follows Features page, "Privacy mode".
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Any

from tests.doubles.telegram_html import Entity, utf16_length
from tests.doubles.telegram_methods import Methods
from tests.doubles.telegram_rules import Json
from tests.doubles.telegram_updates import Inbox, Pulse
from tests.doubles.telegram_world import MAX_ID, SUPERGROUP_BASE, Answer, Group, Message, Query, User, World

Who = int | User
Where = int | User | Group

_COMMAND = re.compile(r"(?<![\w/<>])/([a-zA-Z0-9_]{1,64})(?:@([a-zA-Z0-9_]{3,32}))?(?![\w/<>])")
_MENTION = re.compile(r"(?<![\w/@])@([a-zA-Z0-9_]{3,32})")
_PATTERNS = {"bot_command": _COMMAND, "mention": _MENTION}
WAIT = 30.0
"""How long a test waits for the product before it says what is missing (real seconds)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message a person left in a chat; `update_id` is None where the bot is not told of it."""

    chat: int
    message_id: int
    update_id: int | None


class Press:
    """A pressed button: `.answer` is None until the bot answers; awaiting it waits for that answer."""

    def __init__(self, query: Query, update_id: int | None, pulse: Pulse) -> None:
        self._query = query
        self._pulse = pulse
        self.update_id = update_id

    @property
    def id(self) -> str:
        return self._query.id

    @property
    def answer(self) -> Answer | None:
        return self._query.answer

    def __await__(self) -> Generator[Any, None, Answer]:
        return self.answered().__await__()

    async def answered(self, patience: float = WAIT) -> Answer:
        await self._pulse.within(patience, lambda: self.answer is not None, lambda: "the button still spins")
        assert self.answer is not None
        return self.answer


class People:
    """The people's half of the double."""

    world: World
    inbox: Inbox
    methods: Methods
    pulse: Pulse

    # -- who there is

    def add_user(self, user_id: int, name: str, lang: str = "en", started: bool = True, username: str = "") -> User:
        assert 0 < user_id <= MAX_ID, "user ids have at most 52 significant bits"
        user = self.world.users[user_id] = User(user_id, name, lang, started, username=username)
        return user

    def add_group(
        self,
        group_id: int,
        title: str,
        members: list[Who] | tuple[Who, ...] = (),
        kind: str = "supergroup",
        bot_in: bool = True,
        forum: bool = False,
    ) -> Group:
        assert kind in ("group", "supergroup")
        assert (group_id < -SUPERGROUP_BASE) == (kind == "supergroup"), "a supergroup id is -100 and a number"
        assert -MAX_ID <= group_id < 0
        group = Group(group_id, title, kind, {_id(member) for member in members}, "member" if bot_in else "left", forum)
        self.world.groups[group_id] = group
        return group

    def add_topic(self, chat: Where, name: str) -> int:
        """A forum topic; its id is the message_thread_id to send to."""
        group = self._group(chat)
        assert group.forum, f"{group.title} has no topics"
        said = self._service(
            group.id, self._actor(group, None), {"forum_topic_created": {"name": name, "icon_color": 0}}
        )
        group.topics[said.message_id] = name
        return said.message_id

    # -- what they say

    def say(
        self,
        user: Who,
        chat: Where,
        text: str,
        reply_to: int | None = None,
        lang: str | None = None,
        thread: int | None = None,
        **more: Any,
    ) -> Said:
        """A person writes. In a private chat this also starts the bot, as pressing Start does."""
        person, place = self._present(user, chat)
        message = self.world.add(
            place,
            person.id,
            text=text,
            entities=tuple(entities_of(text)),
            reply_to=reply_to,
            thread=thread,
            lang=lang,
            **more,
        )
        return self._told(message, "message")

    def attach(
        self, user: Who, chat: Where, name: str, data: bytes, caption: str = "", photo: bool = False, **more: Any
    ) -> Said:
        """A person sends a file or a photo; `album="1"` makes it part of a media group."""
        kept = self.world.keep_file(name, data)
        media: Json = {"photo": [kept | {"width": 640, "height": 480}]} if photo else {}
        media = media or {"document": kept | {"file_name": name}}
        album = more.pop("album", None)
        media |= {"media_group_id": album} if album else {}
        return self.say(user, chat, caption, media=media, **more)

    def edit(self, user: Who, chat: Where, message_id: int, text: str) -> Said:
        person, place = self._present(user, chat)
        message = self._message(place, message_id)
        assert message.sender == person.id, "people edit their own messages only"
        edited = replace(
            message,
            text=text,
            entities=tuple(entities_of(text)),
            edited_count=message.edited_count + 1,
            edit_date=self.world.now(),
        )
        return self._told(self.world.put(edited), "edited_message")

    # -- what they press

    def press(
        self, user: Who, chat: Where, message_id: int, label: str | None = None, data: str | None = None
    ) -> Press:
        """Presses a button that is shown now, found by its label (all or part of it) or by its data."""
        person, place = self._present(user, chat)
        message = self._message(place, message_id)
        buttons = [button for row in (message.inline or {}).get("inline_keyboard", []) for button in row]
        found = [button for button in buttons if _meant(button, label, data)]
        exact = [button for button in found if button["text"] == label] or found
        shown = [button["text"] for button in buttons]
        assert len(exact) == 1, f"{len(exact)} buttons {label or data!r} under message {message_id}; shown: {shown}"
        assert "callback_data" in exact[0], f"{exact[0]['text']!r} opens something else than a callback"
        return self._press(person, place, message_id, exact[0]["callback_data"])

    def forge_press(self, user: Who, chat: Where, message_id: int, data: str) -> Press:
        """Any data from anybody: the page warns that data may match no button, and the message may be gone."""
        person = self._user(user)
        return self._press(person, self._place(chat), message_id, data)

    def _press(self, person: User, place: int, message_id: int, data: str) -> Press:
        query = Query(str(4_000_000_000_000_000 + len(self.world.queries)), self.world.clock())
        self.world.queries[query.id] = query
        message = self.world.find(place, message_id)
        gone = {"chat": self.world.chat_json(place), "message_id": message_id, "date": 0}
        content = {
            "id": query.id,
            "from": person.as_json(),
            "chat_instance": str(abs(place)),
            "message": self.world.message_json(message) if message else gone,
            "data": data,
        }
        return Press(query, self.inbox.put("callback_query", content), self.pulse)

    # -- who comes and goes

    def join(self, user: Who, chat: Where) -> Said:
        person, group = self._user(user), self._group(chat)
        before = self.methods.member_json(group, person.id)
        group.members.add(person.id)
        self._member_update("chat_member", group, person.id, person.id, before)
        return self._service(group.id, person.id, {"new_chat_members": [person.as_json()]})

    def leave(self, user: Who, chat: Where) -> Said:
        person, group = self._user(user), self._group(chat)
        before = self.methods.member_json(group, person.id)
        group.members.discard(person.id)
        self._member_update("chat_member", group, person.id, person.id, before)
        return self._service(group.id, person.id, {"left_chat_member": person.as_json()})

    def block(self, user: Who) -> int | None:
        return self._blocked(user, True)

    def unblock(self, user: Who) -> int | None:
        return self._blocked(user, False)

    def _blocked(self, user: Who, blocked: bool) -> int | None:
        """ChatMemberUpdated: in private chats my_chat_member tells of the bot being blocked or unblocked."""
        person = self._user(user)
        person.blocked = blocked
        states: list[Json] = [{"status": "member"}, {"status": "kicked", "until_date": 0}]
        old, new = states if blocked else states[::-1]
        return self._changed("my_chat_member", person.id, person.id, old, new, self.world.bot_json())

    def kick_bot(self, chat: Where, by: Who | None = None, status: str = "kicked") -> int | None:
        """The bot is thrown out (`status="left"`: it left)."""
        return self._bot_becomes(chat, status, by)

    def add_bot(self, chat: Where, by: Who | None = None, status: str = "member") -> int | None:
        """The bot is put into a group, or made an administrator of it (`status="administrator"`)."""
        came = not self._group(chat).bot_in
        update = self._bot_becomes(chat, status, by)
        if came:
            group = self._group(chat)
            self._service(group.id, self._actor(group, by), {"new_chat_members": [self.world.bot_json()]})
        return update

    def _bot_becomes(self, chat: Where, status: str, by: Who | None) -> int | None:
        group = self._group(chat)
        before = self.methods.member_json(group, self.world.bot_id)
        group.bot = status
        return self._member_update("my_chat_member", group, self._actor(group, by), self.world.bot_id, before)

    def migrate(self, chat: Where, new_id: int | None = None) -> int:
        """A basic group becomes a supergroup (Message.migrate_to_chat_id); its new id is returned."""
        group = self._group(chat)
        old, new = group.id, new_id or -(SUPERGROUP_BASE + 1_000_000_000 + abs(group.id))
        assert group.kind == "group", "only a basic group becomes a supergroup"
        assert new < -SUPERGROUP_BASE
        actor = self._actor(group, None)
        self._service(old, actor, {"migrate_to_chat_id": new})
        self.world.move(old, new)
        self._service(new, actor, {"migrate_from_chat_id": old})
        self.pulse.beat()
        return new

    # -- telling the bot

    def _told(self, message: Message, kind: str) -> Said:
        update = self.inbox.put(kind, self.world.message_json(message)) if self._visible(message) else None
        return Said(message.chat, message.message_id, update)

    def _visible(self, message: Message) -> bool:
        group = self.world.groups.get(message.chat)
        if group is None:
            return True
        if not group.bot_in:
            return False
        return bool(
            not self.methods.privacy or group.bot == "administrator" or message.service or self._meant_for_bot(message)
        )

    def _meant_for_bot(self, message: Message) -> bool:
        """Features page: commands meant for the bot, replies to it, and (as observed) its name."""
        answered = self.world.find(message.chat, message.reply_to)
        if answered and answered.sender == self.world.bot_id:
            return True
        own = self.world.bot_username.lower()
        commands = (found.group(2) for found in _COMMAND.finditer(message.text))
        mentions = (found.group(1).lower() for found in _MENTION.finditer(message.text))
        return any(not name or name.lower() == own for name in commands) or own in mentions

    def _service(self, chat: int, sender: int, content: Json) -> Said:
        return self._told(self.world.add(chat, sender, service=content), "message")

    def _member_update(self, kind: str, group: Group, actor: int, member: int, before: Json) -> int | None:
        if kind == "chat_member" and group.bot != "administrator":
            return None  # Update.chat_member: the bot must be an administrator
        after = self.methods.member_json(group, member)
        old, new = ({name: value for name, value in side.items() if name != "user"} for side in (before, after))
        return self._changed(kind, group.id, actor, old, new, before["user"])

    def _changed(self, kind: str, chat: int, actor: int, old: Json, new: Json, member: Json) -> int | None:
        content = {
            "chat": self.world.chat_json(chat),
            "from": self.world.person_json(actor),
            "date": self.world.now(),
            "old_chat_member": old | {"user": member},
            "new_chat_member": new | {"user": member},
        }
        return self.inbox.put(kind, content)

    # -- finding them

    def _user(self, user: Who) -> User:
        return self.world.users[_id(user)]

    def _place(self, chat: Where) -> int:
        return self.world.current(_id(chat))

    def _group(self, chat: Where) -> Group:
        return self.world.groups[self._place(chat)]

    def _message(self, place: int, message_id: int) -> Message:
        message = self.world.find(place, message_id)
        assert message is not None, f"there is no message {message_id} in chat {place}"
        return message

    def _present(self, user: Who, chat: Where) -> tuple[User, int]:
        person, place = self._user(user), self._place(chat)
        if group := self.world.groups.get(place):
            assert person.id in group.members | group.admins, f"{person.name} is not a member of {group.title}"
        else:
            assert place == person.id, "a private chat has the id of its user"
            assert not person.blocked, f"{person.name} has blocked the bot: unblock first"
            person.started = True
        return person, place

    def _actor(self, group: Group, by: Who | None) -> int:
        if by is not None:
            return _id(by)
        return next(iter(sorted(group.admins or group.members)), self.world.bot_id)


def entities_of(text: str) -> list[Entity]:
    """The commands and mentions a client marks in what people type (MessageEntity)."""
    found = [(kind, match) for kind, pattern in _PATTERNS.items() for match in pattern.finditer(text)]
    entities = [
        {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group())}
        for kind, match in found
    ]
    return sorted(entities, key=lambda entity: entity["offset"])


def _id(who: Where) -> int:
    return who if isinstance(who, int) else who.id


def _meant(button: Json, label: str | None, data: str | None) -> bool:
    return (label is None or label in button["text"]) and (data is None or data == button.get("callback_data"))
