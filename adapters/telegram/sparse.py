"""Servers that speak the Bot API with less than the page promises: emulators, proxies, load scripts.

What the library insists on and the desk does not need is put in its place; what was given stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

_SENT = frozenset({"sendMessage", "editMessageText", "sendPhoto"})


def result_of(method: str, result: Any) -> Any:
    """A method's result: of a message we sent only its id counts, of ourselves only the id and the name."""
    if not isinstance(result, dict):
        return result
    if method in _SENT and "message_id" in result:
        return {"message_id": result["message_id"], "date": 0, "chat": {"id": 0, "type": ""}}
    if method == "getMe":
        return {"is_bot": True, "first_name": ""} | result
    return result


def whole(update: Mapping[str, Any]) -> Json:
    """An update that could not be read, with its gaps filled; what has no date is from 1970."""
    filled = dict(update)
    if isinstance(message := update.get("message"), dict):
        filled["message"] = _message(message)
    if isinstance(query := update.get("callback_query"), dict):
        filled["callback_query"] = {"chat_instance": "", **_from(query)}
        if isinstance(pressed := query.get("message"), dict):
            filled["callback_query"]["message"] = _message(pressed)
    return filled


def _message(message: Json) -> Json:
    filled = {"date": 0, **_from(message)}
    if isinstance(chat := message.get("chat"), dict):
        filled["chat"] = {"type": _kind(chat.get("id")), **chat}
    if isinstance(answered := message.get("reply_to_message"), dict):
        filled["reply_to_message"] = _message({"chat": message.get("chat"), **answered})
    return filled


def _from(said: Json) -> Json:
    who = said.get("from")
    return {**said, "from": {"is_bot": False, "first_name": "", **who}} if isinstance(who, dict) else dict(said)


def _kind(chat: object) -> str:
    """By its number, as Telegram gives them out."""
    if not isinstance(chat, int) or chat > 0:
        return "private"
    return "supergroup" if chat < -1_000_000_000_000 else "group"
