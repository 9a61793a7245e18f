"""What Telegram sends, read as one thing heard: an update becomes an Envelope, or nothing.

Nothing is what edited messages, channel posts, service messages, other bots' words and words among people become.
An anonymous administrator and a channel that posts are nobody we could answer to: they become nothing too. What the
platform itself tells of a chat (moved, gone, back) is heard even without a person; then the bot stands for it.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct
from msgspec.structs import asdict, replace
from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from core.model.parties import Address, Identity
from core.model.request import File
from core.ports import ChatBack, ChatGone, ChatMoved, Content, Envelope, Filled, Pressed, Said

PLATFORM = "telegram"
HEARD = ("message", "callback_query", "my_chat_member")
"""Asked for by name: without a list Telegram keeps the previous one, and an edited message must never file."""

_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_UNNAMED = {
    "Document": "document", "PhotoSize": "photo.jpg", "Video": "video.mp4", "Audio": "audio.mp3", "Voice": "voice.ogg",
}  # fmt: skip
_PRIVATE, _GROUP = "private", "group"


class Command(Struct, frozen=True):
    """A word after the slash: what it asks the desk, and in which menus it stands with which description."""

    name: str
    command: str
    verb: str
    about: str = ""
    menus: tuple[str, ...] = ()


#: What stands in no menu, and may be typed after a slash all the same.
_TYPED_BY_CLIENTS = "drafts due why accept same follow unfollow nudge demote exception"
_TYPED_BY_TEAMS = (
    "back rota cover swap ladder still assist hold board breaches escalations digest report page agreements apply "
    "scope quote once include outside grant deny service complete corrections"
)
COMMANDS = (
    Command("request", "request", "", "File a request", (_PRIVATE, _GROUP)),
    Command("menu", "request", "menu", "What you can order; search: /menu words", (_PRIVATE, _GROUP)),
    Command("have", "request", "have", "Something that was missing is there: /have 42 1", (_PRIVATE, _GROUP)),
    Command("my", "request", "list", "My open requests", (_PRIVATE,)),
    Command("status", "request", "status", "How a request stands: /status 42", (_PRIVATE, _GROUP)),
    Command("add", "request", "add", "Add something to a request: /add 42 text", (_PRIVATE,)),
    Command("cancel", "request", "cancel", "Withdraw a request: /cancel 42", (_PRIVATE,)),
    Command("reopen", "request", "reopen", "It is not solved after all: /reopen 42", (_PRIVATE,)),
    Command("rate", "request", "rate", "Say how it was solved: /rate 42 5", (_PRIVATE,)),
    Command("agreement", "request", "agreement", "What is agreed with you, and what is proposed", (_PRIVATE,)),
    Command("agree", "request", "agree"),
    Command("lang", "request", "lang", "Choose the language: /lang en", (_PRIVATE,)),
    Command("help", "request", "help", "What I understand, with examples", (_PRIVATE, _GROUP)),
    Command("settings", "request", "settings"),
    Command("link", "request", "link"),
    *(Command(word, "request", word) for word in _TYPED_BY_CLIENTS.split()),
    Command("desk", "desk", ""),
    Command("queue", "desk", "queue", "What is open, the nearest deadline first", (_GROUP,)),
    Command("mine", "desk", "", "What I am working on", (_GROUP,)),
    Command("take", "desk", "take", "Take a request: /take 42", (_GROUP,)),
    Command("ack", "desk", "ack", "Say that it was seen: /ack 42", (_GROUP,)),
    Command("assign", "desk", "assign", "Give it to a colleague: /assign 42 @li", (_GROUP,)),
    Command("prio", "desk", "prio", "Set the priority: /prio 42 high", (_GROUP,)),
    Command("snooze", "desk", "snooze", "Be reminded later: /snooze 42 2h", (_GROUP,)),
    Command("wait", "desk", "wait", "Wait for the client: /wait 42", (_GROUP,)),
    Command("resolve", "desk", "resolve", "Solved: /resolve 42 text", (_GROUP,)),
    Command("reply", "desk", "reply", "Write to the client: /reply 42 text", (_GROUP,)),
    Command("note", "desk", "note", "Write an internal note: /note 42 text", (_GROUP,)),
    Command("find", "desk", "find", "Search the requests: /find words", (_GROUP,)),
    Command("oncall", "desk", "oncall", "Who is on duty", (_GROUP,)),
    Command("away", "desk", "away", "I am away: /away till 18:00", (_GROUP,)),
    Command("undo", "desk", "undo", "Take back what I just did", (_GROUP,)),
    *(Command(word, "desk", word) for word in _TYPED_BY_TEAMS.split()),
)
_BY_NAME = {command.name: command for command in COMMANDS}


class Me(Struct, frozen=True):
    """The bot's own account, as getMe tells it."""

    id: int
    username: str


class Prompt(Struct, frozen=True):
    """A question put to one person: whose reply to it fills which field of what."""

    token: str
    field: str
    title: str
    label: str = ""
    hint: str = ""
    value: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Prompt:
        return cls(**json.loads(text))


def prompt_name(chat: int, message: int, user: int) -> str:
    """Under which name a prompt is remembered."""
    return f"{PLATFORM}:prompt:{chat}:{message}:{user}"


def receipt(chat: int, message: int) -> str:
    return f"{chat}:{message}"


def read(update: Update, me: Me, prompt: Prompt | None = None) -> Envelope | None:
    """The one thing heard; `prompt` is what the message replies to, if it was put to its author."""
    # With when it was said: numbers may begin anew, and what they named before must not answer for it.
    said = update.message and int(update.message.date.timestamp())
    key = f"{PLATFORM}:{me.id}:{update.update_id}:{said or (update.callback_query and update.callback_query.id) or ''}"
    if update.callback_query:
        return _pressed(key, update.callback_query)
    if update.my_chat_member:
        return _membership(key, update.my_chat_member, me)
    if update.message:
        return _message(key, update.message, me, prompt)
    return None


def replied(message: Message | None, me: Me) -> Message | None:
    """The bot's own message that this one answers.

    In a forum each message carries the topic's opening as its reply_to_message, though nobody answered that.
    """
    answered = message.reply_to_message if message else None
    if answered is None or answered.from_user is None or answered.from_user.id != me.id:
        return None
    return None if answered.forum_topic_created else answered


def unheard(update: Update, me: Me) -> str:
    """What the adapter itself says to somebody who spoke to it and cannot be heard; mostly nothing."""
    message = update.message
    if message is None:
        return ""
    if message.sender_chat and not message.is_automatic_forward and _addressed(message, me):
        return "I cannot see who you are: please write as yourself, not anonymously or for a channel."
    private = message.chat.type == Chat.PRIVATE
    answers = replied(message, me) and _files(message)
    if private and message.effective_attachment and not (message.caption or message.media_group_id or answers):
        return "I can only read text: please put it in words."
    return ""


def _message(key: str, message: Message, me: Me, prompt: Prompt | None) -> Envelope | None:
    identity = _person(message.from_user, message.sender_chat)
    if message.migrate_to_chat_id:
        to = Address(PLATFORM, "", str(message.migrate_to_chat_id))
        return _envelope(key, identity or _nobody(me), message.chat, ChatMoved(to), message.from_user)
    content = _words(message, me, prompt) if identity else None
    if identity is None or content is None:
        return None
    mine = replied(message, me)
    answered = receipt(message.chat.id, mine.message_id) if mine else ""
    heard = _envelope(key, identity, message.chat, content, message.from_user, answered)
    return replace(heard, said_at=message.date if message.date.timestamp() else None)


def _words(message: Message, me: Me, prompt: Prompt | None) -> Said | Filled | None:
    text, files = (message.text or message.caption or "").strip(), _files(message)
    answers = bool(prompt or replied(message, me))
    if not text and not (files and answers):
        return None
    if found := _COMMAND.fullmatch(text):
        said = _command(found, text, message, me)
        return replace(said, files=files) if said else None
    if prompt:
        return Filled(prompt.token, {prompt.field: text}, files)
    if message.chat.type == Chat.PRIVATE or answers:
        return Said("", text, files)
    named = _mentioned(text, me)
    return replace(named, files=files) if named else None


def _files(message: Message) -> tuple[File, ...]:
    """What came with the message, by the names that people gave; a photo and a voice have none. They stay there."""
    photo = message.photo[-1] if message.photo else None
    sent = (message.document, photo, message.video, message.audio, message.voice)
    return tuple(
        File(
            getattr(one, "file_name", None) or _UNNAMED[type(one).__name__],
            f"{PLATFORM}:{one.file_id}",
            one.file_size or 0,
        )
        for one in sent
        if one is not None
    )


def _command(found: re.Match[str], text: str, message: Message, me: Me) -> Said | None:
    name, bot, rest = found[1].lower(), found[2] or "", (found[3] or "").strip()
    if bot and me.username and bot.casefold() != me.username.casefold():
        return None
    if name == "start":
        if rest.startswith("s_"):  # t.me/bot?start=s_drawings: a link to something on the menu
            return Said("request", f"menu {rest[2:]}")
        return Said("request", f"link {rest}" if rest.startswith("L_") else "help")
    if name == "request":
        return Said("request", rest or _quoted(message))
    if known := _BY_NAME.get(name):
        return Said(known.command, f"{known.verb} {rest}".strip())
    return Said("", text) if bot or message.chat.type == Chat.PRIVATE else None


def _quoted(message: Message) -> str:
    """What `/request` files when it answers a message and says nothing itself; never the bot's own words."""
    answered = message.reply_to_message
    if answered is None or (answered.from_user and answered.from_user.is_bot):
        return ""
    return (answered.text or answered.caption or "").strip()


def _mentioned(text: str, me: Me) -> Said | None:
    rest, times = re.subn(rf"(?<!\w)@{re.escape(me.username)}\b[\s,:，：]*", "", text, count=1, flags=re.IGNORECASE)
    if not times or not me.username:
        return None
    return Said("", rest.strip()) if rest.strip() else Said("request", "help")


def _addressed(message: Message, me: Me) -> bool:
    text = message.text or message.caption or ""
    if found := _COMMAND.fullmatch(text.strip()):
        return _command(found, text, message, me) is not None
    return _mentioned(text, me) is not None


def _pressed(key: str, query: CallbackQuery) -> Envelope | None:
    """A press. `reply_to` is the message with the button: a copy sent in doubt is discovered by it."""
    identity = _person(query.from_user, None)
    if identity is None or not query.data or query.message is None:
        return None
    pressed = receipt(query.message.chat.id, query.message.message_id)
    return _envelope(key, identity, query.message.chat, Pressed(query.data), query.from_user, pressed)


def _membership(key: str, change: ChatMemberUpdated, me: Me) -> Envelope | None:
    before, after = _present(change.old_chat_member), _present(change.new_chat_member)
    if change.chat.type == Chat.CHANNEL or before == after:
        return None
    private = change.chat.type == Chat.PRIVATE
    reason = "blocked" if private else str(change.new_chat_member.status)
    content = ChatBack() if after else ChatGone(reason)
    identity = _person(change.from_user, None) or _nobody(me)
    return _envelope(key, identity, change.chat, content, change.from_user)


def _present(member: ChatMember) -> bool:
    """In the chat and allowed to speak."""
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False) and getattr(member, "can_send_messages", False))
    return member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


def _person(user: User | None, sender_chat: Chat | None) -> Identity | None:
    if user is None or user.is_bot or sender_chat:
        return None
    return Identity(PLATFORM, "", str(user.id))


def _nobody(me: Me) -> Identity:
    return Identity(PLATFORM, "", str(me.id))


def _envelope(
    key: str, identity: Identity, chat: Chat, content: Content, user: User | None, reply_to: str = ""
) -> Envelope:
    private = chat.type == Chat.PRIVATE
    address = Address.direct(identity) if private else Address(PLATFORM, "", str(chat.id))
    lang, name = (user.language_code or "", user.full_name) if user else ("", "")
    return Envelope(key, identity, address, content, lang, name, reply_to)
