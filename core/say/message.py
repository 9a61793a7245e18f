"""What is said, before any platform: blocks of spans, buttons and forms.

Templates fill their holes with spans, so that a title containing `<b>` or `<!channel>` is a `Plain` span and each
renderer escapes in one place. Renderers `match` over these types and end in `assert_never`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

UTC = UTC


class Plain(Struct, frozen=True):
    text: str


class Bold(Struct, frozen=True):
    text: str


class When(Struct, frozen=True):
    """An instant, absolute with weekday and zone. `text` is ready in the destination's language and zone; a platform
    that knows the viewer's own zone may render `at` instead."""

    at: datetime
    text: str


class Mention(Struct, frozen=True):
    """A person. `user` is their user id on the platform of the destination, or empty: then only the name is shown."""

    name: str
    user: str = ""

    @property
    def text(self) -> str:
        """What every span has: its words."""
        return self.name


class Link(Struct, frozen=True):
    text: str
    url: str


Span = Plain | Bold | When | Mention | Link
Text = tuple[Span, ...]


class Header(Struct, frozen=True):
    """The first line: state dot, number, title. Never dropped, shortened in the title only."""

    text: str


class Paragraph(Struct, frozen=True):
    text: Text
    weight: int = 5  # when the message exceeds the platform's measure, the smallest weight goes first


class Quote(Struct, frozen=True):
    """What a person typed; shortened, not dropped, when room is short."""

    text: str
    by: str = ""


class Fields(Struct, frozen=True):
    pairs: tuple[tuple[str, Text], ...]


class Gauge(Struct, frozen=True):
    """How much of a goal is spent: `share` 0..1 and beyond, `marks` the checkpoints, `paused` with its reason."""

    label: str
    share: float
    text: Text
    state: str  # ok | risk | breached | paused | met | missed
    marks: tuple[float, ...] = ()


class Context(Struct, frozen=True):
    """Small print."""

    text: Text
    weight: int = 2


class Action(Struct, frozen=True):
    """What a press asks for: a verb with its arguments. It becomes an opaque token before it leaves the house."""

    verb: str
    args: tuple[tuple[str, str], ...] = ()

    def arg(self, name: str) -> str:
        return dict(self.args).get(name, "")


class Button(Struct, frozen=True):
    label: str
    action: Action
    style: str = ""  # primary | danger
    confirm: str = ""
    token: str = ""
    url: str = ""


class Actions(Struct, frozen=True):
    """`more` are the rarer ones: an overflow menu, a second keyboard."""

    buttons: tuple[Button, ...]
    more: tuple[Button, ...] = ()


Block = Header | Paragraph | Quote | Fields | Gauge | Context | Actions


class Message(Struct, frozen=True):
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


class Option(Struct, frozen=True):
    value: str
    label: str


class Field(Struct, frozen=True):
    """One question of a form."""

    name: str
    label: str
    kind: str = "text"  # text | paragraph | choice
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 3000


class Form(Struct, frozen=True):
    """Questions for one person; `token` says what the answers are for. A platform without forms asks them one by one."""

    token: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    cancel: str = ""
    intro: str = ""


class Answer(Struct, frozen=True):
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
