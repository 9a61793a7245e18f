"""Slack's payloads as envelopes: who said what, where, and the key under which it has one effect (faults.md 2.4)."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from core.model.parties import Address, Identity
from core.model.request import File
from core.ports import ChatBack, ChatGone, ChatMoved, Content, Envelope, Filled, Pressed, Said

Json = Mapping[str, Any]
NO_TOKEN = "-"  # menu entries and options must have a value, also where ours is empty

_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_TS = re.compile(r"\d{9,11}\.\d{1,6}")
_SPOILT = re.compile("[\x00\ud800-\udfff]")


class Account(Struct, frozen=True):
    """Ourselves, as `auth.test` tells."""

    team: str
    bot_user: str
    bot: str = ""


def typed(text: str) -> str:
    """What the person typed: Slack wraps mentions, channels and links in `<>` and escapes the rest.

    A channel becomes `#name`; a user stays `<@U1>`, since only the id says who it is.
    """
    return _ENTITY.sub(lambda m: _ENTITIES[m[1]], _LINK.sub(_unwrapped, clean(text)))


def clean(text: str) -> str:
    """Without what PostgreSQL and UTF-8 refuse: NUL and lone surrogates (faults.md row 26)."""
    return _SPOILT.sub("\ufffd", text) if not text.isascii() or "\0" in text else text


def _unwrapped(match: re.Match[str]) -> str:
    target, label = match[1], match[2] or ""
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("@"):
        return f"<{target}>"
    if target.startswith("!"):
        return _special(target[1:], label)
    bare = re.sub(r"^(https?://|mailto:|tel:)", "", target)
    if not label or label.rstrip("/") == target.rstrip("/"):
        return target
    return label if label.rstrip("/") == bare.rstrip("/") else f"{label} ({target})"


def _special(name: str, label: str) -> str:
    """`<!here>`, `<!subteam^S1|@net>`, `<!date^1^{date}|1 Jan>`."""
    return label or f"@{name.split('^')[0]}"


def of_command(body: Json, account: Account, commands: Mapping[str, str]) -> Envelope | None:
    """A slash command; None for one that is not ours."""
    command = commands.get(body.get("command", ""))
    if command is None:
        return None
    text = body.get("text") or ""
    person = _identity(body.get("team_id"), body["user_id"], account)
    address = _address(person, body.get("channel_id", ""), body.get("channel_name", ""))
    once = body.get("trigger_id") or body.get("response_url") or secrets.token_hex(8)
    return Envelope(
        key=_key(account, "cmd", f"{once}:{_short(person.user, str(address), command, text)}"),
        identity=person,
        address=address,
        content=Said(command, typed(text).strip()),
        name=body.get("user_name") or "",
    )


def of_action(body: Json, account: Account) -> Envelope | None:
    """The first press in the payload; None where it carries no token (a link, a field of a form)."""
    action = body["actions"][0]
    read = TOKENS.get(action.get("type", ""))
    token = read(action) if read else ""
    if token in ("", NO_TOKEN):
        return None
    person = _presser(body, account)
    container = body.get("container") or {}
    place = (body.get("channel") or {}).get("id") or container.get("channel_id", "")
    once = body.get("trigger_id") or _press(body, action)
    return Envelope(
        key=_key(account, "act", f"{once}:{_short(person.user, token)}"),
        identity=person,
        address=_address(person, place, (body.get("channel") or {}).get("name", "")),
        content=Pressed(token),
        name=_name(body),
        reply_to=_receipt(place, container.get("message_ts", "")),
    )


def _selected(action: Json) -> str:
    return str((action.get("selected_option") or {}).get("value") or "")


TOKENS: dict[str, Callable[[Json], str]] = {
    "button": lambda action: str(action.get("value") or ""),
    "overflow": _selected,
    "static_select": _selected,
    "radio_buttons": _selected,
}


def _press(body: Json, action: Json) -> str:
    message = (body.get("container") or {}).get("message_ts", "")
    return f"{message}:{body['user']['id']}:{action.get('action_id', '')}:{action.get('action_ts', '')}"


def of_view(body: Json, account: Account) -> Envelope:
    """A form, whole. Where it was opened stands behind the token, since views belong to no channel."""
    view = body["view"]
    token, _, place = view.get("private_metadata", "").partition("\n")
    person = _presser(body, account)
    state = (view.get("state") or {}).get("values") or {}
    values = {name: _value(actions) for name, actions in state.items()}
    # The hash stays when errors are shown, so the answers count too: corrected ones are another submission, while the
    # same ones pressed again after "trouble connecting" are the same.
    answers = _short(person.user, token, json.dumps(values, sort_keys=True))
    return Envelope(
        key=_key(account, "view", f"{view.get('id', '')}:{view.get('hash', '')}:{answers}"),
        identity=person,
        address=_address(person, place),
        content=Filled(token, values),
        name=_name(body),
    )


def _value(actions: Json) -> str:
    for part in actions.values():
        if "selected_option" in part:
            return "" if _selected(part) == NO_TOKEN else _selected(part)
        return clean(str(part.get("value") or ""))
    return ""


def of_shortcut(body: Json, account: Account) -> Envelope:
    """The global shortcut asks for the form; the one on a message files that message's words."""
    person = _presser(body, account)
    message = body.get("message") or {}
    place = (body.get("channel") or {}).get("id", "")
    return Envelope(
        key=_key(account, "cut", body.get("trigger_id") or body.get("action_ts", "")),
        identity=person,
        address=_address(person, place, (body.get("channel") or {}).get("name", "")),
        content=Said("request", typed(message.get("text") or "").strip()),
        name=_name(body),
        reply_to=_receipt(place, message.get("ts", "")),
    )


def of_event(body: Json, account: Account) -> Envelope | None:
    """An event that says something to us; None for the others, our own words and other bots'."""
    event = body.get("event") or {}
    read = EVENTS.get(event.get("type", ""))
    return read(body, event, account) if read else None


def _plain_words(body: Json, event: Json, account: Account) -> Envelope | None:
    place = event.get("channel", "")
    if not event.get("user") or event.get("bot_id") or event["user"] == account.bot_user:
        return None
    mention = event["type"] == "app_mention"
    # A mention may come as a message event too, and a direct message needs none: each is heard once.
    if mention == place.startswith("D") or event.get("subtype") not in (None, "file_share", "thread_broadcast"):
        return None
    text = re.sub(rf"<@{re.escape(account.bot_user)}(\|[^<>]*)?>", " ", event.get("text") or "", count=1)
    return _from_event(body, event, account, Said("", typed(text).strip(), _files(event)))


def _files(event: Json) -> tuple[File, ...]:
    """What was shared with the message: its names come along without a scope, and the files stay where they are."""
    shared = event.get("files")
    return tuple(
        File(
            clean(str(one.get("name") or one.get("title") or one["id"])),
            f"slack:{one['id']}",
            _count(one.get("size")),
            _https(one.get("permalink")),
        )
        for one in (shared if isinstance(shared, list) else ())
        if isinstance(one, dict) and one.get("id")
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _https(value: object) -> str:
    """Where the workspace's members open it; Slack asks them who they are."""
    return value if isinstance(value, str) and value.startswith("https://") else ""


def _home(body: Json, event: Json, account: Account) -> Envelope | None:
    """The home tab shows what `/desk` alone answers."""
    return _from_event(body, event, account, Said("desk", "")) if event.get("tab") == "home" else None


def _gone(body: Json, event: Json, account: Account) -> Envelope:
    return _from_event(body, event, account, ChatGone(event["type"]))


def _back(body: Json, event: Json, account: Account) -> Envelope | None:
    joined = event["type"] != "member_joined_channel" or event.get("user") == account.bot_user
    return _from_event(body, event, account, ChatBack()) if joined else None


def _moved(body: Json, event: Json, account: Account) -> Envelope:
    to = Address("slack", account.team, event["new_channel_id"])
    return _from_event(body, {**event, "channel": event["old_channel_id"]}, account, ChatMoved(to))


EVENTS: dict[str, Callable[[Json, Json, Account], Envelope | None]] = {
    "app_mention": _plain_words,
    "message": _plain_words,
    "app_home_opened": _home,
    "channel_archive": _gone,
    "group_archive": _gone,
    "channel_left": _gone,
    "group_left": _gone,
    "channel_unarchive": _back,
    "group_unarchive": _back,
    "member_joined_channel": _back,
    "channel_id_changed": _moved,
}


def _from_event(body: Json, event: Json, account: Account, content: Content) -> Envelope:
    place = event.get("channel", "")
    person = _identity(body.get("team_id"), event.get("user") or event.get("actor_id") or "", account)
    at = event.get("ts") or event.get("event_ts") or ""
    return Envelope(
        key=_key(account, "ev", ":".join(part for part in (body.get("event_id") or place, at) if part)),
        identity=person,
        address=_address(person, place) if isinstance(content, Said) else Address("slack", account.team, place),
        content=content,
        reply_to=_receipt(place, event.get("thread_ts") or ""),
        said_at=_said_at(event) if isinstance(content, Said) else None,
    )


def _said_at(event: Json) -> datetime | None:
    """A message's `ts` is when Slack took it, in seconds with its order behind the point."""
    ts = str(event.get("ts") or "")
    return datetime.fromtimestamp(float(ts), UTC) if _TS.fullmatch(ts) else None


def _key(account: Account, door: str, what: str) -> str:
    """What came is part of the key: whoever replays one recorded trigger with other words is heard each time."""
    return f"slack:{account.team}:{door}:{what}"


def _short(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()[:16]


def _identity(team: str | None, user: str, account: Account) -> Identity:
    return Identity("slack", team or account.team, user)


def _presser(body: Json, account: Account) -> Identity:
    team = (body.get("team") or {}).get("id") or body["user"].get("team_id")
    return _identity(team, body["user"]["id"], account)


def _name(body: Json) -> str:
    user = body["user"]
    return str(user.get("name") or user.get("username") or "")


def _address(person: Identity, place: str, name: str = "") -> Address:
    direct = not place or place.startswith("D") or name == "directmessage"
    return Address.direct(person) if direct else Address("slack", person.workspace, place)


def _receipt(place: str, ts: str) -> str:
    return f"{place}:{ts}" if place and ts else ""
