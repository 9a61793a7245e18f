"""The team behind the double: people, channels, messages, open views, triggers and response URLs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack_blocks import Json, elements_of

TRIGGER_LIFE = 3.0  # seconds, single use: views.open
RESPONSE_URL_LIFE = 30 * 60.0  # "Handling user interaction": five uses within 30 minutes
RESPONSE_URL_USES = 5


class Refused(Exception):
    """Slack's `ok: false`, with its code."""

    def __init__(self, error: str, details: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details or []
        self.extra = extra

    def answer(self) -> Json:
        body: Json = {"ok": False, "error": self.error, **self.extra}
        if self.details:
            body |= {"response_metadata": {"messages": [f"[ERROR] {d}" for d in self.details]}}
        return body


@dataclass
class Person:
    """A member of the team, and what Slack shows on that person's screen."""

    id: str
    name: str
    locale: str = "en-US"
    tz: str = "UTC"
    deleted: bool = False
    is_bot: bool = False
    email: str | None = None
    views: list[View] = field(default_factory=list)
    home: View | None = None


@dataclass
class Channel:
    """A conversation: public, private, or a DM between one person and the bot."""

    id: str
    name: str
    members: set[str]
    private: bool = False
    bot_in: bool = True
    archived: bool = False
    dm_with: str | None = None

    @property
    def kind(self) -> str:
        """The prefix that scopes and events use."""
        return "im" if self.dm_with else "groups" if self.private else "channels"


@dataclass
class Shown:
    """A message as it stands now."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    edited_count: int = 0
    metadata: Json | None = None
    private_to: str | None = None
    by_bot: bool = True
    broadcast: bool = False
    deleted: bool = False
    taken_at_edit: int | None = None
    files: list[Json] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    @property
    def words(self) -> str:
        """All that a reader sees: blocks hide `text`, which then is only the notification's words."""
        parts = [*visible_words(self.blocks), *(w for a in self.attachments for w in attachment_words(a))]
        parts += [file["title"] for file in self.files]
        return "\n".join(parts if self.blocks else [self.text, *parts]).strip()

    @property
    def buttons(self) -> list[str]:
        """The labels that can be pressed, overflow entries included."""
        return labels_of(self.blocks)

    @property
    def fresh(self) -> bool:
        """No test has looked at it."""
        return self.by_bot and self.taken_at_edit is None

    @property
    def changed_since_taken(self) -> bool:
        return self.taken_at_edit is not None and self.taken_at_edit < self.edited_count

    def payload(self, *, with_metadata: bool = True) -> Json:
        """The message object of events, history and interactions."""
        body: Json = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        optional = {"blocks": self.blocks, "attachments": self.attachments, "thread_ts": self.thread_ts}
        body |= {name: value for name, value in optional.items() if value}
        if self.by_bot:
            body |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.edited_count:
            body |= {"edited": {"user": self.user, "ts": self.ts}}
        if self.metadata and with_metadata:
            body |= {"metadata": self.metadata}
        return body


@dataclass
class View:
    """A modal or a home tab as one person has it on the screen."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    filled: dict[str, dict[str, Json]] = field(default_factory=dict)
    """By block_id and action_id: what the person typed or chose."""
    errors: dict[str, str] = field(default_factory=dict)
    """By block_id: what is written in red under the field."""
    trouble: str | None = None
    """Slack's own line when a submission was not answered."""

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def words(self) -> str:
        return "\n".join([*([self.title] if self.title else []), *visible_words(self.blocks)])

    @property
    def buttons(self) -> list[str]:
        return labels_of(self.blocks)

    @property
    def inputs(self) -> dict[str, str]:
        """block_id -> label."""
        return {b["block_id"]: b["label"]["text"] for b in self.blocks if b["type"] == "input"}


@dataclass
class Trigger:
    user: str
    issued_at: float
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    channel: str
    issued_at: float
    message_ts: str | None = None
    uses: int = 0


BOT_ID, BOT_USER, APP_ID = "B0DESK", "U0DESK", "A0DESK"


# --- what a reader sees ----------------------------------------------------------------------------------------------

TEXT_KEYS = (
    "title",
    "subtitle",
    "body",
    "text",
    "fields",
    "label",
    "hint",
    "elements",
    "accessory",
    "element",
    "options",
)


def visible_words(value: object) -> Iterator[str]:
    """The text on the screen, top to bottom; options of a closed select are not on it."""
    if isinstance(value, list):
        for item in value:
            yield from visible_words(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        kind = str(value.get("type"))
        if kind.endswith(("_select", "picker")) or kind == "overflow":
            yield from visible_words((value.get("initial_option") or value).get("text") or value.get("placeholder"))
            return
        for key in TEXT_KEYS:
            if key in value:
                yield from visible_words(value[key])


def attachment_words(attachment: Json) -> Iterator[str]:
    yield from (attachment[key] for key in ("pretext", "title", "text") if attachment.get(key))
    yield from visible_words(attachment.get("blocks") or [])


def labels_of(blocks: list[Json]) -> list[str]:
    """Labels of buttons and of overflow entries, in their order."""
    return [label for block in blocks for element in elements_of(block) for label in element_labels(element)]


def element_labels(element: Json) -> list[str]:
    if element["type"] == "button":
        return [element["text"]["text"]]
    if element["type"] == "overflow":
        return [option["text"]["text"] for option in element["options"]]
    return []


# --- the team --------------------------------------------------------------------------------------------------------


class Team:
    """Registries and the numbers that Slack gives out. Time is `clock`, never read anywhere else."""

    def __init__(self, clock: Callable[[], float], team: str) -> None:
        self.clock = clock
        self.id = team
        self.users: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Shown] = []
        self.files: dict[str, Json] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self._late: list[tuple[float, Callable[[], None]]] = []

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}"

    def next_ts(self) -> str:
        """Slack's message timestamp: unique and rising within the team."""
        self._last_ts = max(self._last_ts + 1, int(self.clock() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # people and places

    def add_user(self, user: str, name: str, **facts: Any) -> Person:
        self.users[user] = Person(user, name, **facts)
        return self.users[user]

    def add_channel(
        self, channel: str, name: str, members: set[str], *, private: bool = False, bot_in: bool = True
    ) -> Channel:
        self.channels[channel] = Channel(channel, name, members, private=private, bot_in=bot_in)
        return self.channels[channel]

    def dm(self, user: str) -> Channel:
        """The DM between the bot and a person, made at first use (conversations.open)."""
        if user not in self.users:
            raise Refused("user_not_found")
        for channel in self.channels.values():
            if channel.dm_with == user:
                return channel
        made = Channel(self.next_id("D"), "directmessage", {user}, private=True, dm_with=user)
        self.channels[made.id] = made
        return made

    # messages

    def put(self, message: Shown) -> Shown:
        self.messages.append(message)
        return message

    def find(self, channel: str, ts: str) -> Shown | None:
        same = (m for m in self.messages if m.channel == channel and m.ts == ts and not m.deleted)
        return next(same, None)

    def named(self, blocks: list[Json]) -> list[Json]:
        """Slack gives every block and element without a name one of its own."""
        return [self._named_block(block) for block in blocks]

    def _named_block(self, block: Json) -> Json:
        named = {"block_id": self.next_id("b"), **block}
        if named["type"] == "actions":
            named["elements"] = [self._named_element(element) for element in block["elements"]]
        for key in ("accessory", "element"):
            if key in block:
                named[key] = self._named_element(block[key])
        return named

    def _named_element(self, element: Json) -> Json:
        return element if element["type"] == "image" else {"action_id": self.next_id("a"), **element}

    # what lands later than it was answered

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        self._late.append((self.clock() + seconds, act))

    def settle(self) -> None:
        """Let land what is due; called before anything is read."""
        now = self.clock()
        due = [act for at, act in self._late if at <= now]
        self._late = [(at, act) for at, act in self._late if at > now]
        for act in due:
            act()

    # triggers and response URLs

    def new_trigger(self, user: str) -> str:
        trigger = f"{self.next_id('')}.{self.id}.{self.next_ts().replace('.', '')}"
        self.triggers[trigger] = Trigger(user, self.clock())
        return trigger

    def use_trigger(self, trigger: str | None) -> Person:
        """views.open: a trigger lives three seconds and serves once."""
        found = self.triggers.get(trigger or "")
        if found is None:
            raise Refused("invalid_trigger", ["invalid `trigger_id` [json-pointer:/trigger_id]"])
        if found.used:
            raise Refused("exchanged_trigger_id")
        if self.clock() - found.issued_at > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        found.used = True
        return self.users[found.user]

    def new_response_url(self, user: str, channel: str, message_ts: str | None = None) -> str:
        key = self.next_id("R")
        self.response_urls[key] = ResponseUrl(user, channel, self.clock(), message_ts)
        return key

    def use_response_url(self, key: str) -> ResponseUrl:
        found = self.response_urls.get(key)
        if found is None or self.clock() - found.issued_at > RESPONSE_URL_LIFE:
            raise Refused("expired_url")
        if found.uses >= RESPONSE_URL_USES:
            raise Refused("used_url")
        found.uses += 1
        return found

    # views

    def show_view(self, person: Person, body: Json, *, previous: View | None = None) -> View:
        view_id = self.next_id("V")
        root = previous.root if previous else view_id
        view = View(view_id, person.id, {}, "", root, previous.id if previous else None)
        return self.fill_view(view, body)

    def fill_view(self, view: View, body: Json) -> View:
        """New content: a new hash; what was typed into blocks that stay is kept, as Slack keeps it."""
        view.body = {**body, "blocks": self.named(body["blocks"])}
        view.hash = f"{self.next_ts()}.{self.next_id('h')}"
        kept = {block["block_id"] for block in view.blocks}
        view.filled = {block_id: value for block_id, value in view.filled.items() if block_id in kept}
        view.errors, view.trouble = {}, None
        return view

    def find_view(self, view_id: str | None, external_id: str | None) -> View | None:
        for person in self.users.values():
            for view in [*person.views, *([person.home] if person.home else [])]:
                if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                    return view
        return None
