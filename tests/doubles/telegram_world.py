"""What exists on the double's Telegram: people, groups, messages, pressed buttons and files.

Messages are values: an edit replaces one, so a test may keep what it has read and a dropped call can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.doubles.telegram_html import Entity
from tests.doubles.telegram_rules import Json, bad_request, forbidden

MAX_ID = 2**52 - 1
"""User.id, Chat.id: "it has at most 52 significant bits"."""
SUPERGROUP_BASE = 10**12
"""Supergroups are written -100 before their number, so all lie below -10^12; basic groups lie above."""


@dataclass(slots=True)
class User:
    """A person; `started` once they wrote to the bot, which may not write first (Bots FAQ)."""

    id: int
    name: str
    lang: str = "en"
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    username: str = ""

    def as_json(self) -> Json:
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        shown |= {"username": self.username} if self.username else {}
        return shown | ({"language_code": self.lang} if self.lang else {})


@dataclass(slots=True)
class Group:
    """A group; `bot` is the bot's own ChatMember status in it."""

    id: int
    title: str
    kind: str
    members: set[int]
    bot: str = "member"
    forum: bool = False
    admins: set[int] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    muted_bot: bool = False

    @property
    def bot_in(self) -> bool:
        return self.bot in ("member", "administrator")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the server keeps it."""

    chat: int
    message_id: int
    sender: int
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    markup: Json | None = None
    reply_to: int | None = None
    thread: int | None = None
    silent: bool = False
    edited_count: int = 0
    edit_date: int | None = None
    media: Json | None = None
    service: Json | None = None
    reactions: tuple[str, ...] = ()
    lang: str | None = None

    @property
    def inline(self) -> Json | None:
        return self.markup if self.markup and "inline_keyboard" in self.markup else None


@dataclass(slots=True)
class Query:
    """A pressed button that waits for answerCallbackQuery."""

    id: str
    asked_at: float
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the presser sees: a toast, or a popup when `show_alert`."""

    text: str
    show_alert: bool
    url: str = ""


@dataclass(slots=True)
class World:
    """Everything there is, and the rules by which the bot may reach it."""

    clock: Callable[[], float]
    bot_id: int
    bot_username: str
    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    messages: dict[int, dict[int, Message]] = field(default_factory=dict)
    deleted: list[Message] = field(default_factory=list)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)

    # -- who and where

    def now(self) -> int:
        return int(self.clock())

    def current(self, chat: int) -> int:
        """The id a chat has today, should it have become a supergroup."""
        return self.moved.get(chat, chat)

    def bot_json(self) -> Json:
        return {"id": self.bot_id, "is_bot": True, "first_name": "Deskbell", "username": self.bot_username}

    def person_json(self, person: int, lang: str | None = None) -> Json:
        if person == self.bot_id:
            return self.bot_json()
        user = self.users[person]
        return (user if lang is None else replace(user, lang=lang)).as_json()

    def chat_json(self, chat: int) -> Json:
        if user := self.users.get(chat):
            return {"id": chat, "type": "private", "first_name": user.name}
        group = self.groups.get(chat) or self.groups[self.current(chat)]
        kind = "group" if chat in self.moved else group.kind
        shown: Json = {"id": chat, "type": kind, "title": group.title}
        return shown | ({"is_forum": True} if group.forum else {})

    def known(self, chat: int) -> User | Group:
        """Whom the bot may ask about; raises "chat not found" and the migration error."""
        if chat in self.moved:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[chat])
        found = self.users.get(chat) or self.groups.get(chat)
        if found is None:
            raise bad_request("chat not found")
        return found

    def reachable(self, chat: int) -> User | Group:
        """Whom the bot may write to; raises what Telegram answers when it may not."""
        found = self.known(chat)
        why = _user_refusal(found) if isinstance(found, User) else _group_refusal(found)
        if why:
            raise forbidden(why)
        if isinstance(found, Group) and found.muted_bot:
            raise bad_request("not enough rights to send text messages to the chat")
        return found

    # -- messages

    def next_id(self, chat: int) -> int:
        """Supergroups count for themselves; all other chats of a bot share one counter."""
        space = str(chat) if chat < -SUPERGROUP_BASE else "shared"
        self.counters[space] = self.counters.get(space, 0) + 1
        return self.counters[space]

    def add(self, chat: int, sender: int, **details: Any) -> Message:
        message = Message(chat, self.next_id(chat), sender, self.now(), **details)
        self.messages.setdefault(chat, {})[message.message_id] = message
        return message

    def find(self, chat: int, message_id: int | None) -> Message | None:
        return self.messages.get(chat, {}).get(message_id or 0)

    def put(self, message: Message) -> Message:
        self.messages[message.chat][message.message_id] = message
        return message

    def remove(self, message: Message) -> None:
        self.deleted.append(self.messages[message.chat].pop(message.message_id))

    def snapshot(self) -> tuple[Any, ...]:
        """Enough to undo a call that a test wants shown to nobody."""
        shown = {chat: dict(messages) for chat, messages in self.messages.items()}
        answers = {query.id: query.answer for query in self.queries.values()}
        return shown, list(self.deleted), answers, dict(self.commands)

    def restore(self, snapshot: tuple[Any, ...]) -> None:
        self.messages, self.deleted, answers, self.commands = snapshot
        for name, answer in answers.items():
            self.queries[name].answer = answer

    def move(self, old: int, new: int) -> None:
        """A basic group becomes a supergroup; its messages are carried along with their numbers."""
        group = self.groups.pop(old)
        group.id, group.kind = new, "supergroup"
        self.groups[new] = group
        self.moved[old] = new
        carried = self.messages.pop(old, {})
        self.messages[new] = {name: replace(message, chat=new) for name, message in carried.items()}
        self.counters[str(new)] = max(carried, default=0)

    def message_json(self, message: Message, *, nested: bool = False) -> Json:
        """The Message object of the Bot API; a reply carries the message it answers, one level deep."""
        shown: Json = {
            "message_id": message.message_id,
            "date": message.date,
            "chat": self.chat_json(message.chat),
            "from": self.person_json(message.sender, message.lang),
        }
        replied = None if nested else self.find(message.chat, message.reply_to)
        optional: Json = {
            **_content(message),
            "reply_markup": message.inline,
            "edit_date": message.edit_date,
            "reply_to_message": self.message_json(replied, nested=True) if replied else None,
            "message_thread_id": message.thread,
            "is_topic_message": bool(message.thread) or None,
            **(message.service or {}),
        }
        return shown | {name: value for name, value in optional.items() if value is not None}

    # -- files (File, getFile)

    def keep_file(self, name: str, data: bytes) -> Json:
        number = len(self.files) + 1
        file_id = f"double-file-{number}"
        self.files[file_id] = (f"documents/file_{number}_{name}", data)
        return {"file_id": file_id, "file_unique_id": f"unique-{number}", "file_size": len(data)}


def _content(message: Message) -> Json:
    entities = list(message.entities) or None
    if message.media:
        return {**message.media, "caption": message.text or None, "caption_entities": entities}
    return {"text": message.text or None, "entities": entities}


def _user_refusal(user: User) -> str:
    reasons = {
        "user is deactivated": user.deactivated,
        "bot was blocked by the user": user.blocked,
        "bot can't initiate conversation with a user": not user.started,
    }
    return next((why for why, applies in reasons.items() if applies), "")


def _group_refusal(group: Group) -> str:
    reasons = {
        "left": f"bot is not a member of the {group.kind} chat",
        "kicked": f"bot was kicked from the {group.kind} chat",
    }
    return reasons.get(group.bot, "")
