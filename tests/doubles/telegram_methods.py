"""The Bot API's methods: what each does to the world, or why it is refused.

Every method is named as on https://core.telegram.org/bots/api, in snake case, and takes the call's decoded arguments.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram.constants import ChatAction, ReactionEmoji

from tests.doubles import telegram_rules as rules
from tests.doubles.telegram_html import Parsed, plain
from tests.doubles.telegram_rules import Json, bad_request
from tests.doubles.telegram_updates import Inbox, Webhook
from tests.doubles.telegram_world import Answer, Group, Message, User, World

DELETE_WITHIN = 48 * 3600
"""deleteMessage: a message can only be deleted if it was sent less than 48 hours ago."""
DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""getFile: bots can download files of up to 20MB in size."""
UPLOAD_LIMITS = {"photo": 10 * 1024 * 1024, "document": 50 * 1024 * 1024}
"""Sending files: 10 MB max size for photos, 50 MB for other files."""

JSON_ARGUMENTS = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "reaction",
    "reply_markup",
    "reply_parameters",
    "scope",
}
NUMBERS = {
    "chat_id",
    "from_chat_id",
    "limit",
    "max_connections",
    "message_id",
    "message_thread_id",
    "offset",
    "reply_to_message_id",
    "timeout",
    "user_id",
}
FLAGS = {"allow_sending_without_reply", "disable_notification", "drop_pending_updates", "is_big", "show_alert"}

ADMIN_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""ChatMemberAdministrator: the fields that are always there."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as a part of a multipart body."""

    name: str
    data: bytes

    def __repr__(self) -> str:
        return f"<{self.name}, {len(self.data)} bytes>"


def decode(raw: dict[str, Any]) -> Json:
    """Form fields are text: numbers, flags and nested objects are read back (Bot API, "Making requests")."""
    return {name: _decoded(name, value) for name, value in raw.items()}


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in FLAGS:
        return value.lower() in ("true", "1", "yes")
    if name in NUMBERS:
        return int(value) if value.lstrip("-").isdecimal() else value
    if name in JSON_ARGUMENTS and value:
        return _nested(name, value)
    return value


def _nested(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        what = "reply keyboard markup" if name == "reply_markup" else name
        raise bad_request(f"can't parse {what} JSON object") from None


class Methods:
    """The table of methods; `call` finds one by name, whatever its case (Bot API, "Making requests")."""

    def __init__(self, world: World, inbox: Inbox, query_ttl: float, privacy: bool) -> None:
        self.world = world
        self.inbox = inbox
        self.query_ttl = query_ttl
        self.privacy = privacy
        self._table: dict[str, Callable[[Json], Json | Awaitable[Any] | Any]] = {
            name.replace("_", ""): getattr(self, name) for name in METHODS
        }

    def knows(self, name: str) -> bool:
        return name.lower() in self._table

    async def call(self, name: str, args: Json) -> Any:
        result = self._table[name.lower()](args)
        return await result if inspect.isawaitable(result) else result

    # -- the bot itself

    def get_me(self, args: Json) -> Json:
        return self.world.bot_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    # -- getting updates

    def get_updates(self, args: Json) -> Awaitable[list[Json]]:
        self._remember_allowed(args)
        return self.inbox.poll(args.get("offset", 0), args.get("limit", 100), float(args.get("timeout", 0)))

    def set_webhook(self, args: Json) -> bool:
        url = args.get("url", "")
        if not url:
            return self.delete_webhook(args)
        webhook = Webhook(rules.check_webhook_url(url), rules.check_secret(args.get("secret_token", "")))
        webhook.max_connections = args.get("max_connections", webhook.max_connections)
        if not 1 <= webhook.max_connections <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        self._remember_allowed(args)
        self._drop_if_asked(args)
        self.inbox.set_webhook(webhook)
        return True

    def delete_webhook(self, args: Json) -> bool:
        self._drop_if_asked(args)
        self.inbox.set_webhook(None)
        return True

    def get_webhook_info(self, args: Json) -> Json:
        webhook = self.inbox.webhook or Webhook("")
        info: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.inbox.pending),
        }
        info |= {"max_connections": webhook.max_connections} if webhook.url else {}
        info |= {"allowed_updates": list(self.inbox.allowed)} if self.inbox.allowed else {}
        if webhook.last_error:
            info |= {"last_error_date": self.world.now(), "last_error_message": webhook.last_error[1]}
        return info

    def _remember_allowed(self, args: Json) -> None:
        """getUpdates, setWebhook: if not specified, the previous setting will be used."""
        if "allowed_updates" in args:
            self.inbox.allowed = tuple(args["allowed_updates"] or ())

    def _drop_if_asked(self, args: Json) -> None:
        if args.get("drop_pending_updates"):
            self.inbox.drop_pending()

    # -- sending

    def send_message(self, args: Json) -> Json:
        parsed = rules.check_text(_written(args, "text", "entities"))
        return self._send(args, parsed, html=_as_html(args, "text", parsed))

    def send_photo(self, args: Json) -> Json:
        sizes = [{**self._file(args, "photo", "photo.jpg"), "width": 640, "height": 480}]
        return self._send_media(args, {"photo": sizes})

    def send_document(self, args: Json) -> Json:
        kept = self._file(args, "document", "file.bin")
        return self._send_media(args, {"document": kept | {"file_name": self._file_name(args, "document")}})

    def _send_media(self, args: Json, media: Json) -> Json:
        parsed = rules.check_caption(_written(args, "caption", "caption_entities"))
        return self._send(args, parsed, html=_as_html(args, "caption", parsed), media=media)

    def _send(self, args: Json, parsed: Parsed, **details: Any) -> Json:
        chat = self._reachable(args)
        message = self.world.add(
            chat.id,
            self.world.bot_id,
            text=parsed.text,
            entities=parsed.entities,
            markup=rules.check_markup(args.get("reply_markup"), private=isinstance(chat, User)),
            reply_to=self._reply_to(args, chat.id),
            thread=_thread(args, chat),
            silent=args.get("disable_notification", False),
            **details,
        )
        return self.world.message_json(message)

    def _reply_to(self, args: Json, chat: int) -> int | None:
        """ReplyParameters, and the two older parameters that it replaced."""
        asked = args.get("reply_parameters") or {
            "message_id": args.get("reply_to_message_id"),
            "allow_sending_without_reply": args.get("allow_sending_without_reply"),
        }
        wanted = asked.get("message_id")
        if not wanted:
            return None
        if self.world.find(asked.get("chat_id") or chat, wanted):
            return int(wanted)
        if asked.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def send_chat_action(self, args: Json) -> bool:
        self._reachable(args)
        if args.get("action") not in set(ChatAction):
            raise bad_request("wrong parameter action in request")
        return True

    # -- changing what was sent

    def edit_message_text(self, args: Json) -> Json:
        parsed = rules.check_text(_written(args, "text", "entities"))
        chat, message = self._own_message(args)
        if message.media:
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, args, chat, parsed, _as_html(args, "text", parsed))

    def edit_message_caption(self, args: Json) -> Json:
        parsed = rules.check_caption(_written(args, "caption", "caption_entities"))
        chat, message = self._own_message(args)
        if not message.media:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(message, args, chat, parsed, _as_html(args, "caption", parsed))

    def edit_message_reply_markup(self, args: Json) -> Json:
        chat, message = self._own_message(args)
        return self._edit(message, args, chat, Parsed(message.text, message.entities), message.html)

    def _own_message(self, args: Json) -> tuple[User | Group, Message]:
        """editMessageText: the bot's own messages without reply markup or with an inline keyboard."""
        chat = self._reachable(args)
        if not args.get("message_id"):
            raise bad_request("message identifier is not specified")
        message = self.world.find(chat.id, args["message_id"])
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender != self.world.bot_id or message.service or message.markup != message.inline:
            raise bad_request("message can't be edited")
        return chat, message

    def _edit(self, message: Message, args: Json, chat: User | Group, parsed: Parsed, html: str) -> Json:
        markup = rules.check_inline(args.get("reply_markup"), private=isinstance(chat, User))
        if (parsed.text, parsed.entities, markup) == (message.text, message.entities, message.markup):
            raise bad_request(rules.NOT_MODIFIED)
        edited = replace(
            message,
            text=parsed.text,
            entities=parsed.entities,
            html=html,
            markup=markup,
            edited_count=message.edited_count + 1,
            edit_date=self.world.now(),
        )
        return self.world.message_json(self.world.put(edited))

    def delete_message(self, args: Json) -> bool:
        chat = self._reachable(args)
        message = self.world.find(chat.id, args.get("message_id"))
        if message is None:
            raise bad_request("message to delete not found")
        if self.world.now() - message.date >= DELETE_WITHIN:
            raise bad_request("message can't be deleted for everyone")
        admin = isinstance(chat, User) or chat.bot == "administrator"
        if message.sender != self.world.bot_id and not admin:
            raise bad_request("message can't be deleted")
        self.world.remove(message)
        return True

    def set_message_reaction(self, args: Json) -> bool:
        """Bots may set one reaction a message, of the emoji listed at ReactionTypeEmoji."""
        chat = self._reachable(args)
        message = self.world.find(chat.id, args.get("message_id"))
        emoji = tuple(reaction.get("emoji", "") for reaction in args.get("reaction") or [])
        if message is None:
            raise bad_request("message to react not found")
        if len(emoji) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        if set(emoji) - {known.value for known in ReactionEmoji}:
            raise bad_request("REACTION_INVALID")
        self.world.put(replace(message, reactions=emoji))
        return True

    def answer_callback_query(self, args: Json) -> bool:
        query = self.world.queries.get(args.get("callback_query_id", ""))
        if query is None or query.answer or self.world.clock() - query.asked_at > self.query_ttl:
            raise bad_request(rules.QUERY_TOO_OLD)
        if len(args.get("text", "")) > rules.MAX_POPUP:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = Answer(args.get("text", ""), args.get("show_alert", False), args.get("url", ""))
        return True

    # -- commands

    def set_my_commands(self, args: Json) -> bool:
        self.world.commands[self._menu(args)] = rules.check_commands(args.get("commands"))
        return True

    def delete_my_commands(self, args: Json) -> bool:
        self.world.commands.pop(self._menu(args), None)
        return True

    def get_my_commands(self, args: Json) -> list[Json]:
        kept = self.world.commands.get(self._menu(args), ())
        return [{"command": name, "description": description} for name, description in kept]

    def _menu(self, args: Json) -> tuple[str, str]:
        scope = args.get("scope") or {}
        if "chat_id" in scope:
            self.world.known(scope["chat_id"])
        return rules.check_scope(scope), rules.check_language(args.get("language_code", ""))

    # -- chats and their members

    def get_chat(self, args: Json) -> Json:
        chat = self._known(args)
        full: Json = {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(GIFTS, False),
        }
        if isinstance(chat, Group):
            full["permissions"] = {"can_send_messages": not chat.muted_bot}
        return self.world.chat_json(chat.id) | full

    def get_chat_member(self, args: Json) -> Json:
        chat = self._known(args)
        user = args.get("user_id")
        if user != self.world.bot_id and user not in self.world.users:
            raise bad_request("user not found")
        if isinstance(chat, User):
            return {"status": "member", "user": self.world.person_json(user)}
        return self.member_json(self._member_chat(args), user)

    def get_chat_administrators(self, args: Json) -> list[Json]:
        chat = self._member_chat(args)
        return [self.member_json(chat, user) for user in sorted(chat.admins)]

    def member_json(self, chat: Group, user: int) -> Json:
        status = chat.bot if user == self.world.bot_id else _status(chat, user)
        extra: dict[str, Json] = {"administrator": dict.fromkeys(ADMIN_RIGHTS, False), "kicked": {"until_date": 0}}
        return {"status": status, "user": self.world.person_json(user), **extra.get(status, {})}

    def _member_chat(self, args: Json) -> Group:
        chat = self._known(args)
        if isinstance(chat, User):
            raise bad_request("there are no administrators in the private chat")
        if not chat.bot_in:
            self.world.reachable(chat.id)
        return chat

    # -- files

    def get_file(self, args: Json) -> Json:
        file_id = args.get("file_id", "")
        if file_id not in self.world.files:
            raise bad_request("invalid file_id")
        path, data = self.world.files[file_id]
        if len(data) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        unique = file_id.replace("double-file", "unique")
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(data), "file_path": path}

    def _upload(self, args: Json, kind: str) -> Any:
        given = args.get(kind)
        if isinstance(given, str) and given.startswith("attach://"):
            return args.get(given.removeprefix("attach://"))
        return given

    def _file(self, args: Json, kind: str, name: str) -> Json:
        given = self._upload(args, kind)
        if isinstance(given, Upload):
            if len(given.data) > UPLOAD_LIMITS[kind]:
                raise rules.Refusal(413, "Request Entity Too Large")
            return self.world.keep_file(given.name or name, given.data)
        if given in self.world.files:
            size = len(self.world.files[given][1])
            return {"file_id": given, "file_unique_id": given.replace("double-file", "unique"), "file_size": size}
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        raise bad_request("wrong file identifier/HTTP URL specified")

    def _file_name(self, args: Json, kind: str) -> str:
        given = self._upload(args, kind)
        return given.name if isinstance(given, Upload) else self.world.files[given][0].split("_", 2)[-1]

    # -- which chat

    def _reachable(self, args: Json) -> User | Group:
        return self.world.reachable(_chat_id(args))

    def _known(self, args: Json) -> User | Group:
        return self.world.known(_chat_id(args))


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
HELPERS = {"call", "knows", "member_json"}
METHODS = [name for name in vars(Methods) if not name.startswith("_") and name not in HELPERS]


def _chat_id(args: Json) -> int:
    chat = args.get("chat_id", "")
    if chat == "":
        raise bad_request("chat_id is empty")
    return chat if isinstance(chat, int) else 0


def _written(args: Json, text: str, entities: str) -> Parsed:
    return rules.written(args.get(text, ""), args.get("parse_mode", ""), args.get(entities) or ())


def _as_html(args: Json, text: str, parsed: Parsed) -> str:
    return str(args.get(text, "")) if args.get("parse_mode") else plain(parsed.text)


def _thread(args: Json, chat: User | Group) -> int | None:
    """message_thread_id: for forum supergroups only."""
    thread = args.get("message_thread_id")
    if thread and (isinstance(chat, User) or thread not in chat.topics):
        raise bad_request("message thread not found")
    return thread


def _status(chat: Group, user: int) -> str:
    if user in chat.admins:
        return "administrator"
    return "member" if user in chat.members else "left"
