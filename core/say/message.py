"""What is said, before any platform: blocks of spans, buttons and forms.

Templates fill their holes with spans, so that a title containing `<b>` or `<!channel>` is a `Plain` span and each
renderer escapes in one place. Renderers `match` over these types and end in `assert_never`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

UTC = UTC


@dataclass(frozen=True, slots=True)
class Plain:
    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """An instant, absolute with weekday and zone. `text` is ready in the destination's language and zone; a platform
    that knows the viewer's own zone may render `at` instead."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person. `user` is their user id on the platform of the destination, or empty: then only the name is shown."""

    name: str
    user: str = ""

    @property
    def text(self) -> str:
        """What every span has: its words."""
        return self.name


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


Span = Plain | Bold | When | Mention | Link
Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: state dot, number, title. Never dropped, shortened in the title only."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    weight: int = 5  # when the message exceeds the platform's measure, the smallest weight goes first


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person typed; shortened, not dropped, when room is short."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much of a goal is spent: `share` 0..1 and beyond, `marks` the checkpoints, `paused` with its reason."""

    label: str
    share: float
    text: Text
    state: str  # ok | risk | breached | paused | met | missed
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """Small print."""

    text: Text
    weight: int = 2


@dataclass(frozen=True, slots=True)
class Action:
    """What a press asks for: a verb with its arguments. It becomes an opaque token before it leaves the house."""

    verb: str
    args: tuple[tuple[str, str], ...] = ()

    def arg(self, name: str) -> str:
        return dict(self.args).get(name, "")


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action
    style: str = ""  # primary | danger
    confirm: str = ""
    token: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """`more` are the rarer ones: an overflow menu, a second keyboard."""

    buttons: tuple[Button, ...]
    more: tuple[Button, ...] = ()


Block = Header | Paragraph | Quote | Fields | Gauge | Context | Actions


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `summary` is what a phone shows and a screen reader says first."""

    summary: str
    blocks: tuple[Block, ...]
    loud: bool = True
    repeat: str = ""  # set when this may be a second copy after a doubtful send

    def buttons(self) -> Iterator[Button]:
        for block in self.blocks:
            if isinstance(block, Actions):
                yield from block.buttons
                yield from block.more

    def with_tokens(self, tokens: Mapping[Action, str]) -> Message:
        """The same message with each button carrying its stored token."""

        def stamp(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
            return tuple(
                b if b.url else Button(b.label, b.action, b.style, b.confirm, tokens[b.action]) for b in buttons
            )

        blocks = tuple(
            Actions(stamp(block.buttons), stamp(block.more)) if isinstance(block, Actions) else block
            for block in self.blocks
        )
        return Message(self.summary, blocks, self.loud, self.repeat)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    kind: str = "text"  # text | paragraph | choice
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 3000


@dataclass(frozen=True, slots=True)
class Form:
    """Questions for one person; `token` says what the answers are for. A platform without forms asks them one by one."""

    token: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    cancel: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who asked is answered, alone: a message, a form to fill, a short line, or errors on fields."""

    message: Message | None = None
    form: Form | None = None
    toast: str = ""
    errors: Mapping[str, str] | None = None


_TYPES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        Plain, Bold, When, Mention, Link, Header, Paragraph, Quote, Fields, Gauge, Context, Action, Button, Actions,
        Message, Option, Field, Form, Answer,
    )
}  # fmt: skip


_READY = frozenset({str, int, float, bool, type(None)})
_SLOTS = {cls: tuple((f.name, f.default) for f in fields(cls)) for cls in _TYPES.values()}


def to_json(value: Any) -> Any:
    """A message, form or answer as plain JSON data, without what stands at its default; `from_json` is its inverse."""
    kind = type(value)
    if kind in _READY:
        return value
    return _still(value) if kind in _STILL else _to_json(value)


#: Blocks that many messages share: what is filed together is promised the same, in the same words.
_STILL = frozenset({Paragraph, Fields, Context})


@lru_cache(maxsize=512)
def _still(block: Block) -> Any:
    return _to_json(block)


def _to_json(value: Any) -> Any:
    kind = type(value)
    if kind in _SLOTS:
        data: dict[str, Any] = {"_": kind.__name__}
        for slot, default in _SLOTS[kind]:
            part = getattr(value, slot)
            if part is default:
                continue
            if type(part) not in _READY:
                data[slot] = to_json(part)
            elif part != default:
                data[slot] = part
        return data
    if kind is tuple or isinstance(value, list):
        return [to_json(v) for v in value]
    if isinstance(value, datetime):
        return {"_": "at", "v": value.timestamp()}
    if isinstance(value, Mapping):
        return {"_": "map", "v": {k: to_json(v) for k, v in value.items()}}
    return value


def from_json(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(from_json(v) for v in data)
    if not isinstance(data, dict):
        return data
    kind = data["_"]
    if kind == "at":
        return datetime.fromtimestamp(data["v"], UTC)
    if kind == "map":
        return {k: from_json(v) for k, v in data["v"].items()}
    return _TYPES[kind](**{k: from_json(v) for k, v in data.items() if k != "_"})
