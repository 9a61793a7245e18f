"""What Telegram refuses before it looks at any chat: texts, keyboards, commands, secrets and floods.

Every rule names the Bot API page it comes from (https://core.telegram.org/bots/api#...). The words are those
of the server: it answers TDLib's message with its first letter made small, behind "Bad Request: ".
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.doubles.telegram_html import EntityError, Parsed, parse_html, trim, utf16_length

MAX_TEXT = 4096
"""sendMessage: 1-4096 characters after entities parsing."""
MAX_CAPTION = 1024
"""sendPhoto, sendDocument: 0-1024 characters after entities parsing."""
MAX_POPUP = 200
"""answerCallbackQuery: 0-200 characters."""
MAX_CALLBACK_DATA = 64
"""InlineKeyboardButton.callback_data: 1-64 bytes."""
MAX_BUTTONS, MAX_ROW = 100, 8
"""Not on the page; the library's constants and users' reports agree."""
MAX_COMMANDS = 100
"""setMyCommands: at most 100 commands can be specified."""
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

Json = dict[str, Any]
Rows = tuple[tuple[tuple[str, str], ...], ...]


class Refusal(Exception):
    """An answer with ok:false (Bot API, "Making requests")."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(why: str, **parameters: Any) -> Refusal:
    return Refusal(400, f"Bad Request: {why}", parameters or None)


def forbidden(why: str) -> Refusal:
    return Refusal(403, f"Forbidden: {why}")


def conflict(why: str) -> Refusal:
    return Refusal(409, f"Conflict: {why}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


# -- texts ("Formatting options", sendMessage, sendPhoto)


def written(text: str, parse_mode: str, entities: Sequence[Json] = ()) -> Parsed:
    """The text as it will be shown, from either a parse mode or a list of entities."""
    if not parse_mode:
        return trim(Parsed(text, tuple(entities)))
    if parse_mode.lower() != "html":
        raise bad_request(f"unsupported parse_mode (the double reads HTML only, not {parse_mode})")
    try:
        return parse_html(text)
    except EntityError as why:
        raise bad_request(f"can't parse entities: {why}") from why


def check_text(parsed: Parsed) -> Parsed:
    if not parsed.text:
        raise bad_request("message text is empty")
    if utf16_length(parsed.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return parsed


def check_caption(parsed: Parsed) -> Parsed:
    if utf16_length(parsed.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return parsed


# -- keyboards (InlineKeyboardMarkup, InlineKeyboardButton, ForceReply)

BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
BUTTON_STYLES = ("danger", "success", "primary")
MARKUPS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def check_markup(markup: Any, *, private: bool) -> Json | None:
    """The reply markup as it will be kept; None when there is none."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _check_rows(markup["inline_keyboard"], private)
        return {"inline_keyboard": rows} if rows else None
    if not any(name in markup for name in MARKUPS):
        raise bad_request("object expected as reply markup")
    return markup


def check_inline(markup: Any, *, private: bool) -> Json | None:
    """Edited messages take inline keyboards alone (editMessageText)."""
    kept = check_markup(markup, private=private)
    if kept is not None and "inline_keyboard" not in kept:
        raise bad_request("inline keyboard expected")
    return kept


def rows_of(markup: Json | None) -> Rows:
    """(label, data or link) per button, row by row."""
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(tuple((button["text"], _target(button)) for button in row) for row in rows)


def _target(button: Json) -> str:
    target = next((button[name] for name in BUTTON_ACTIONS if name in button), "")
    return target if isinstance(target, str) else str(target)


def _check_rows(rows: Any, private: bool) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_check_button(button, private) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in kept):
        raise bad_request("reply markup is too long")
    return kept


def _check_button(button: Any, private: bool) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        _refuse_button('Can\'t find field "text"')
    if not button["text"].strip():
        _refuse_button("Inline keyboard button text must be non-empty")
    actions = [name for name in BUTTON_ACTIONS if name in button]
    if len(actions) != 1:
        _refuse_button("Text buttons are unallowed in the inline keyboard")
    if button.get("style", BUTTON_STYLES[0]) not in BUTTON_STYLES:
        _refuse_button("Invalid button style specified")
    check = ACTION_CHECKS.get(actions[0])
    if check is not None:
        check(button[actions[0]], private)
    return button


def _refuse_button(why: str) -> NoReturn:
    raise bad_request(f"can't parse inline keyboard button: {why}")


def _check_callback_data(data: Any, private: bool) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any, private: bool) -> None:
    if not re.match(r"(https?://[^\s/]+|tg://\w+|mailto:|tel:|[\w-]+(\.[\w-]+)+)", str(url), re.IGNORECASE):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(app: Any, private: bool) -> None:
    if not private:
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_copy_text(copied: Any, private: bool) -> None:
    if not 1 <= len(copied.get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


ACTION_CHECKS = {
    "callback_data": _check_callback_data,
    "url": _check_url,
    "web_app": _check_web_app,
    "copy_text": _check_copy_text,
}


# -- commands (BotCommand, BotCommandScope, setMyCommands)

SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def check_commands(commands: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(_check_command(command) for command in commands)


def _check_command(command: Json) -> tuple[str, str]:
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    refusals = {
        "command must be non-empty": not name,
        "command length must not exceed 32": len(name) > 32,
        "command description must be non-empty": not description,
        "command description length must not exceed 256": len(description) > 256,
        "BOT_COMMAND_INVALID": not _COMMAND.fullmatch(name),
    }
    for why, applies in refusals.items():
        if applies:
            raise bad_request(why)
    return name, description


def check_scope(scope: Any) -> str:
    """A scope as one word: "default", "chat:-100123", "chat_member:-100123:42"."""
    kind = (scope or {}).get("type", "default")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return ":".join([kind, *(str(scope[name]) for name in SCOPES[kind])])


def check_language(code: str) -> str:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


# -- webhooks (setWebhook, "Marvin's marvellous guide to all things webhook")


def check_secret(secret: str) -> str:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def check_webhook_url(url: str) -> str:
    """HTTPS on four ports; only a loopback address may be plain HTTP, for tests are not on the Internet."""
    found = re.match(r"(https?)://([^/:]+)(?::(\d+))?(?:/|$)", url)
    if found and found.group(2) in ("127.0.0.1", "localhost"):
        return url
    if not found or found.group(1) != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if found.group(3) not in (None, "443", "80", "88", "8443"):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


# -- floods (Bots FAQ: "My bot is hitting limits, how do I avoid this?")


@dataclass(slots=True)
class FloodGate:
    """1 message a second per chat, 20 a minute per group, 30 a second over all, each a sliding window."""

    sent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def check(self, chat: int, now: float) -> None:
        """Refuses a message with the whole seconds until there is room for it."""
        wait = max(self._wait(name, most, span, now) for name, most, span in _windows(chat))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))

    def count(self, chat: int, now: float) -> None:
        for name, _, _ in _windows(chat):
            self.sent[name].append(now)

    def _wait(self, name: str, most: int, span: float, now: float) -> float:
        recent = self.sent[name] = [at for at in self.sent[name] if now - at < span]
        return recent[-most] + span - now if len(recent) >= most else 0.0


def _windows(chat: int) -> list[tuple[str, int, float]]:
    """(name, how many, in how many seconds); all topics of a group count as one."""
    group = [(f"group {chat}", 20, 60.0)] if chat < 0 else []
    return [("all", 30, 1.0), (f"chat {chat}", 1, 1.0), *group]
