"""The Web API: what each method does to the team, and what it refuses. It knows no HTTP; the server is slack.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.doubles.slack_blocks import Json, check_message_blocks, check_view
from tests.doubles.slack_state import APP_ID, BOT_ID, BOT_USER, Channel, Person, Refused, Shown, Team, View

UPDATE_TEXT_LIMIT = 4_000  # chat.update: msg_too_long
POST_TEXT_LIMIT = 40_000  # chat.postMessage: cut off, not refused
VIEW_STACK = 3  # views.push: push_limit_reached
METADATA_BYTES = 8_192  # unpublished; a guess so that metadata_too_large can be met at all
JSON_ARGUMENTS = ("blocks", "attachments", "view", "metadata", "files")

DEFAULT_SCOPES = frozenset(
    {"commands", "chat:write", "im:write", "users:read", "channels:read", "groups:read", "files:write"}
)

# Method pages, "Required scopes". {kind} is channels, groups or im, after the channel asked about.
SCOPES: dict[str, str] = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.history": "{kind}:history",
    "conversations.replies": "{kind}:history",
    "users.info": "users:read",
    "bots.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}

REQUIRED: dict[str, tuple[str, ...]] = {
    "chat.update": ("channel", "ts"),
    "chat.delete": ("channel", "ts"),
    "chat.postEphemeral": ("channel", "user"),
    "chat.getPermalink": ("channel", "message_ts"),
    "views.open": ("trigger_id", "view"),
    "views.push": ("trigger_id", "view"),
    "views.update": ("view",),
    "views.publish": ("user_id", "view"),
    "conversations.replies": ("channel", "ts"),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.completeUploadExternal": ("files",),
}


@dataclass(frozen=True)
class Page:
    items: list[Any]
    next_cursor: str


class WebApi:
    """Methods by name. `before` is called with no effect yet; each method returns the answer without `ok`."""

    def __init__(self, team: Team, scopes: set[str]) -> None:
        self.team = team
        self.scopes = scopes
        self.upload_base = ""
        self.methods: dict[str, Callable[[Json], Json]] = {
            "auth.test": self.auth_test,
            "bots.info": self.bots_info,
            "chat.delete": self.chat_delete,
            "chat.getPermalink": self.chat_permalink,
            "chat.postEphemeral": self.chat_post_ephemeral,
            "chat.postMessage": self.chat_post,
            "chat.update": self.chat_update,
            "conversations.history": self.conversations_history,
            "conversations.info": self.conversations_info,
            "conversations.members": self.conversations_members,
            "conversations.open": self.conversations_open,
            "conversations.replies": self.conversations_replies,
            "files.completeUploadExternal": self.files_complete,
            "files.getUploadURLExternal": self.files_get_url,
            "users.info": self.users_info,
            "views.open": self.views_open,
            "views.publish": self.views_publish,
            "views.push": self.views_push,
            "views.update": self.views_update,
        }

    def call(self, method: str, args: Json) -> Json:
        """The answer to a call whose token is good. Raises Refused."""
        act = self.methods.get(method)
        if act is None:
            raise Refused("unknown_method", req_method=method)
        for name in REQUIRED.get(method, ()):
            if args.get(name) in (None, ""):
                raise Refused("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        self._need_scope(method, args)
        return {"ok": True, **act(_decoded(args))}

    def _need_scope(self, method: str, args: Json) -> None:
        asked = self.team.channels.get(str(args.get("channel")))
        needed = SCOPES.get(method, "").format(kind=asked.kind if asked else "channels")
        if needed and needed not in self.scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))

    # --- who and where ---

    def auth_test(self, args: Json) -> Json:
        names = {"url": "https://double.slack.com/", "team": "Double", "user": "deskbell"}
        return {**names, "team_id": self.team.id, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False}

    def bots_info(self, args: Json) -> Json:
        if args.get("bot", BOT_ID) != BOT_ID:
            raise Refused("bot_not_found")
        return {"bot": {"id": BOT_ID, "deleted": False, "name": "deskbell", "app_id": APP_ID, "user_id": BOT_USER}}

    def users_info(self, args: Json) -> Json:
        """users.info; `locale` only when asked for, `email` only with users:read.email."""
        person = self._person(args.get("user"))
        profile: Json = {"real_name": person.name, "display_name": person.name}
        if person.email and "users:read.email" in self.scopes:
            profile["email"] = person.email
        user = {
            "id": person.id,
            "team_id": self.team.id,
            "name": person.name.lower(),
            "real_name": person.name,
            "deleted": person.deleted,
            "is_bot": person.is_bot,
            "tz": person.tz,
            "profile": profile,
        }
        wants_locale = str(args.get("include_locale", "")).lower() in ("1", "true")
        return {"user": {**user, "locale": person.locale} if wants_locale else user}

    def conversations_open(self, args: Json) -> Json:
        users = args.get("users")
        named = users if isinstance(users, list) else [u for u in str(users or "").split(",") if u]
        if len(named) != 1:
            raise Refused("users_list_not_supplied" if not named else "method_not_supported_by_double")
        if self._person(named[0]).deleted:
            raise Refused("user_disabled")
        existed = any(c.dm_with == named[0] for c in self.team.channels.values())
        flags = {"no_op": True, "already_open": True} if existed else {}
        return {**flags, "channel": {"id": self.team.dm(named[0]).id}}

    def conversations_info(self, args: Json) -> Json:
        channel = self._open_channel(args)
        facts: Json = {"id": channel.id, "is_archived": channel.archived, "is_im": bool(channel.dm_with)}
        if channel.dm_with:
            return {"channel": {**facts, "user": channel.dm_with}}
        private = {"is_channel": True, "is_private": channel.private, "is_member": channel.bot_in}
        return {"channel": {**facts, **private, "name": channel.name, "is_ext_shared": False}}

    def conversations_members(self, args: Json) -> Json:
        channel = self._open_channel(args)
        everyone = sorted(channel.members | ({BOT_USER} if channel.bot_in else set()))
        page = _page(everyone, args, most=1000)
        return {"members": page.items, "response_metadata": {"next_cursor": page.next_cursor}}

    # --- messages ---

    def chat_post(self, args: Json) -> Json:
        channel = self._open_channel(args, users_too=True)
        self._writable(channel)
        check_content(args)
        message = self.show(channel.id, args)
        return {"channel": channel.id, "ts": message.ts, "message": message.payload()}

    def show(self, channel: str, args: Json) -> Shown:
        """A message of the bot that the whole channel sees."""
        return self.team.put(
            Shown(
                ts=self.team.next_ts(),
                channel=channel,
                user=BOT_USER,
                thread_ts=self._thread(channel, args),
                broadcast=bool(args.get("reply_broadcast")),
                metadata=_metadata(args),
                **self._content(args),
            )
        )

    # --- files: a ticket, the bytes, and then the file is shown (docs: "Working with files") ---

    def files_get_url(self, args: Json) -> Json:
        length = str(args["length"])
        if not length.isdecimal() or int(length) == 0:
            raise Refused("invalid_arguments", ["length must be a positive integer [json-pointer:/length]"])
        file = self.team.next_id("F")
        self.team.files[file] = {
            "id": file, "name": str(args["filename"]), "length": int(length), "alt_txt": str(args.get("alt_txt", "")),
            "data": None, "shared": False,
        }  # fmt: skip
        return {"file_id": file, "upload_url": f"{self.upload_base}{file}"}

    def files_complete(self, args: Json) -> Json:
        asked = args["files"] if isinstance(args["files"], list) else []
        files = [self.team.files.get(str(one.get("id"))) for one in asked if isinstance(one, dict)]
        if not files or any(file is None or file["data"] is None or file["shared"] for file in files):
            raise Refused("file_not_found")
        done = [
            {**file, "title": str(one.get("title") or file["name"])}
            for file, one in zip(files, asked, strict=True)
            if file
        ]
        if args.get("channel_id"):
            channel = self._open_channel({"channel": args["channel_id"]})
            self._writable(channel)
            ts = self.team.next_ts()
            thread = self._thread(channel.id, args)
            text = str(args.get("initial_comment") or "")
            self.team.put(Shown(ts=ts, channel=channel.id, user=BOT_USER, text=text, thread_ts=thread, files=done))
            for file in files:
                assert file is not None
                file["shared"] = True
        return {"files": [{"id": one["id"], "title": one["title"]} for one in done]}

    def upload(self, file: str, data: bytes) -> int:
        """The bytes arrive at the URL that was given out, once, and as many as were announced. The HTTP status."""
        kept = self.team.files.get(file)
        if kept is None or kept["data"] is not None:
            return 404
        if len(data) != kept["length"]:
            return 400
        kept["data"] = data
        return 200

    def chat_post_ephemeral(self, args: Json) -> Json:
        channel = self._open_channel(args)
        self._writable(channel)
        if args["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        check_content(args)
        message = self.whisper(channel.id, args["user"], args, thread_ts=args.get("thread_ts"))
        return {"message_ts": message.ts}

    def whisper(self, channel: str, user: str, content: Json, *, thread_ts: str | None = None, by: str = "") -> Shown:
        """A message that one person sees: chat.postEphemeral, an answer to a command, a response URL."""
        return self.team.put(
            Shown(
                ts=self.team.next_ts(),
                channel=channel,
                user=by or BOT_USER,
                thread_ts=thread_ts,
                private_to=user,
                **self._content(content),
            )
        )

    def chat_update(self, args: Json) -> Json:
        channel = self._open_channel(args)
        if channel.archived:
            raise Refused("is_inactive")
        message = self._own(channel, args, "cant_update_message")
        check_content(args, also=("metadata",))
        if len(args.get("text") or "") > UPDATE_TEXT_LIMIT:
            raise Refused("msg_too_long")
        self.edit(message, args)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.payload()}

    def edit(self, message: Shown, args: Json) -> None:
        """chat.update: blocks, attachments and metadata that are not given stay; empty ones take them away."""
        for name, value in self._content(args).items():
            if args.get(name) is not None:
                setattr(message, name, value)
        if "metadata" in args:
            message.metadata = _metadata(args)
        message.edited_count += 1

    def chat_delete(self, args: Json) -> Json:
        channel = self._open_channel(args)
        message = self._own(channel, args, "cant_delete_message")
        message.deleted = True
        return {"channel": channel.id, "ts": message.ts}

    def chat_permalink(self, args: Json) -> Json:
        channel = self._open_channel(args)
        if self.team.find(channel.id, args["message_ts"]) is None:
            raise Refused("message_not_found")
        link = f"https://double.slack.com/archives/{channel.id}/p{args['message_ts'].replace('.', '')}"
        return {"channel": channel.id, "permalink": link}

    def conversations_history(self, args: Json) -> Json:
        """Newest first, without thread replies; metadata only when asked for."""
        channel = self._readable(args)
        found = [m for m in self._of(channel) if m.thread_ts in (None, m.ts) or m.broadcast]
        return _messages(_window(reversed(found), args), args)

    def conversations_replies(self, args: Json) -> Json:
        """Oldest first, the parent on top of every page's thread."""
        channel = self._readable(args)
        parent = self.team.find(channel.id, args["ts"])
        if parent is None:
            raise Refused("thread_not_found")
        replies = [m for m in self._of(channel) if m.thread_ts == (parent.thread_ts or parent.ts) and m is not parent]
        return _messages([parent, *_window(replies, args)], args)

    # --- views ---

    def views_open(self, args: Json) -> Json:
        accept_view(args["view"], ("modal",))
        person = self.team.use_trigger(args["trigger_id"])
        self._new_external_id(args["view"])
        view = self.team.show_view(person, args["view"])
        person.views = [view]
        return {"view": view_payload(self.team, view)}

    def views_push(self, args: Json) -> Json:
        accept_view(args["view"], ("modal",))
        person = self.team.use_trigger(args["trigger_id"])
        if len(person.views) >= VIEW_STACK:
            raise Refused("push_limit_reached")
        return {"view": view_payload(self.team, self.push(person, args["view"]))}

    def push(self, person: Person, body: Json) -> View:
        view = self.team.show_view(person, body, previous=person.views[-1] if person.views else None)
        person.views.append(view)
        return view

    def views_update(self, args: Json) -> Json:
        accept_view(args["view"], ("modal", "home"))
        view = self.team.find_view(args.get("view_id"), args.get("external_id"))
        if view is None:
            raise Refused("not_found")
        if args.get("hash") and args["hash"] != view.hash:
            raise Refused("hash_conflict")
        return {"view": view_payload(self.team, self.team.fill_view(view, args["view"]))}

    def views_publish(self, args: Json) -> Json:
        accept_view(args["view"], ("home",))
        person = self._person(args["user_id"])
        if args.get("hash") and person.home and args["hash"] != person.home.hash:
            raise Refused("hash_conflict")
        person.home = (
            self.team.fill_view(person.home, args["view"]) if person.home else self.team.show_view(person, args["view"])
        )
        return {"view": view_payload(self.team, person.home)}

    def _new_external_id(self, view: Json) -> None:
        if view.get("external_id") and self.team.find_view(None, view["external_id"]):
            raise Refused("duplicate_external_id")

    # --- finding and refusing ---

    def _person(self, user: object) -> Person:
        if user not in self.team.users:
            raise Refused("user_not_found")
        return self.team.users[str(user)]

    def _open_channel(self, args: Json, *, users_too: bool = False) -> Channel:
        """The channel named; only chat.postMessage takes a person's id for the DM with that person."""
        name = str(args.get("channel") or "")
        if users_too and name in self.team.users:
            return self.team.dm(name)
        channel = self.team.channels.get(name)
        if channel is None or (channel.private and not channel.bot_in):
            raise Refused("channel_not_found")
        return channel

    def _readable(self, args: Json) -> Channel:
        channel = self._open_channel(args)
        if not channel.bot_in:
            raise Refused("not_in_channel")
        return channel

    def _writable(self, channel: Channel) -> None:
        if channel.archived:
            raise Refused("is_archived")
        if not channel.bot_in:
            raise Refused("not_in_channel")
        if channel.dm_with and self.team.users[channel.dm_with].deleted:
            raise Refused("user_disabled")

    def _own(self, channel: Channel, args: Json, otherwise: str) -> Shown:
        """Ephemeral messages are not to be found by timestamp ("Ephemeral messages")."""
        message = self.team.find(channel.id, args["ts"])
        if message is None or message.private_to:
            raise Refused("message_not_found")
        if not message.by_bot:
            raise Refused(otherwise)
        return message

    def _thread(self, channel: str, args: Json) -> str | None:
        """A reply to a reply lands under the parent; a parent that is not there makes no error on Slack."""
        if not args.get("thread_ts"):
            return None
        parent = self.team.find(channel, str(args["thread_ts"]))
        return str((parent.thread_ts if parent else None) or args["thread_ts"])

    def _of(self, channel: Channel) -> list[Shown]:
        return [m for m in self.team.messages if m.channel == channel.id and not m.deleted and not m.private_to]

    def _content(self, args: Json) -> Json:
        return {
            "text": str(args.get("text") or "")[:POST_TEXT_LIMIT],
            "blocks": self.team.named(args.get("blocks") or []),
            "attachments": args.get("attachments") or [],
        }


def check_content(args: Json, also: Sequence[str] = ()) -> None:
    """Text, blocks and metadata as chat.* checks them. Raises Refused."""
    if not any(args.get(name) for name in ("text", "blocks", "attachments", *also)):
        raise Refused("no_text")
    if args.get("blocks"):
        problem = check_message_blocks(args["blocks"])
        if problem:
            raise Refused(problem[0], problem[1], errors=problem[1])
    _metadata(args)


def _metadata(args: Json) -> Json | None:
    """chat.postMessage: event_type and event_payload, both needed; an empty object takes metadata away."""
    metadata = args.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return metadata


def accept_view(view: object, allowed: tuple[str, ...]) -> None:
    problem = check_view(view, allowed=allowed)
    if problem:
        raise Refused(problem[0], problem[1])


def view_payload(team: Team, view: View) -> Json:
    """A view as methods answer it and interactions carry it, without what a person typed."""
    fixed = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False}
    ids = {"id": view.id, "team_id": team.id, "hash": view.hash, "root_view_id": view.root, "app_id": APP_ID}
    rest: Json = {
        "previous_view_id": view.previous,
        "bot_id": BOT_ID,
        "state": {"values": {}},
        "notify_on_close": False,
    }
    return {**fixed, **rest, **view.body, **ids}


# --- pages -----------------------------------------------------------------------------------------------------------


def _window(messages: Iterable[Shown], args: Json) -> list[Shown]:
    """`oldest` and `latest` are exclusive unless `inclusive`."""
    inclusive = str(args.get("inclusive", "")).lower() in ("1", "true")
    oldest, latest = _micros(args.get("oldest") or "0"), _micros(args.get("latest") or "99999999999")
    return [m for m in messages if oldest < _micros(m.ts) < latest or (inclusive and _micros(m.ts) in (oldest, latest))]


def _micros(ts: object) -> int:
    try:
        return round(float(str(ts)) * 1_000_000)
    except ValueError:
        raise Refused("invalid_ts_oldest") from None


def _messages(found: Sequence[Shown], args: Json) -> Json:
    with_metadata = str(args.get("include_all_metadata", "")).lower() in ("1", "true")
    page = _page(found, args, most=999)
    shown = [m.payload(with_metadata=with_metadata) for m in page.items]
    cursor = {"response_metadata": {"next_cursor": page.next_cursor}} if page.next_cursor else {}
    return {"messages": shown, "has_more": bool(page.next_cursor), **cursor}


def _page(items: Sequence[Any], args: Json, *, most: int) -> Page:
    """ "Pagination": an opaque cursor, `invalid_cursor` for any other string."""
    if not str(args.get("limit") or 100).isdigit():
        raise Refused("invalid_limit")
    limit = min(int(args.get("limit") or 100), most)
    cursor = str(args.get("cursor") or "next:0")
    if not cursor.startswith("next:") or not cursor[5:].isdigit():
        raise Refused("invalid_cursor")
    start = int(cursor[5:])
    rest = len(items) > start + limit
    return Page(list(items[start : start + limit]), f"next:{start + limit}" if rest else "")


def _decoded(args: Json) -> Json:
    """Form bodies carry structures as JSON text; so may JSON bodies."""
    return {name: _loaded(name, value) if name in JSON_ARGUMENTS else value for name, value in args.items()}


BAD_JSON = {
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
}


def _loaded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise Refused(BAD_JSON.get(name, "invalid_arguments")) from None
