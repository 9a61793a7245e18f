"""What is said, before any platform: blocks of spans, buttons and forms.

Templates fill their holes with spans, so that a title containing `<b>` or `<!channel>` is a `Plain` span and each
renderer escapes in one place. Renderers `match` over these types and end in `assert_never`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct


class Part(Struct, frozen=True, tag=True, tag_field="_", omit_defaults=True, cache_hash=True):
    """Base of all that is said: as JSON it names its kind and leaves out what stands at its default."""


class Plain(Part, frozen=True):
    text: str


class Bold(Part, frozen=True):
    text: str


class When(Part, frozen=True):
    """An instant, absolute with weekday and zone. `text` is ready in the destination's language and zone; a platform
    that knows the viewer's own zone may render `at` instead."""

    at: datetime
    text: str


class Mention(Part, frozen=True):
    """A person. `user` is their user id on the platform of the destination, or empty: then only the name is shown."""

    name: str
    user: str = ""

    @property
    def text(self) -> str:
        """What every span has: its words."""
        return self.name


class Link(Part, frozen=True):
    text: str
    url: str


Span = Plain | Bold | When | Mention | Link
Text = tuple[Span, ...]


class Header(Part, frozen=True):
    """The first line: state dot, number, title. Never dropped, shortened in the title only."""

    text: str


class Paragraph(Part, frozen=True):
    text: Text
    weight: int = 5  # when the message exceeds the platform's measure, the smallest weight goes first


class Quote(Part, frozen=True):
    """What a person typed; shortened, not dropped, when room is short."""

    text: str
    by: str = ""


class Fields(Part, frozen=True):
    pairs: tuple[tuple[str, Text], ...]


class Gauge(Part, frozen=True):
    """How much of a goal is spent: `share` 0..1 and beyond, `marks` the checkpoints, `paused` with its reason."""

    label: str
    share: float
    text: Text
    state: str  # ok | risk | breached | paused | met | missed
    marks: tuple[float, ...] = ()


class Context(Part, frozen=True):
    """Small print."""

    text: Text
    weight: int = 2


class Action(Part, frozen=True):
    """What a press asks for: a verb with its arguments. It becomes an opaque token before it leaves the house."""

    verb: str
    args: tuple[tuple[str, str], ...] = ()

    def arg(self, name: str) -> str:
        return dict(self.args).get(name, "")


class Button(Part, frozen=True):
    label: str
    action: Action
    style: str = ""  # primary | danger
    confirm: str = ""
    token: str = ""
    url: str = ""


class Actions(Part, frozen=True):
    """`more` are the rarer ones: an overflow menu, a second keyboard."""

    buttons: tuple[Button, ...]
    more: tuple[Button, ...] = ()


class Panel(Part, frozen=True):
    """One part of a chart: `series` of one value a label, each with its name. `tails` is where, from the left, the
    ordinary begins and ends: what lies before and after is told apart."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    kind: str = "columns"  # columns | bars (lying, shares of 100)
    tails: tuple[int, int] | None = None


class Chart(Part, frozen=True):
    """What a picture shows, in the reader's words; `core.say.charts` draws it."""

    title: str
    panels: tuple[Panel, ...]


class Picture(Part, frozen=True):
    """A picture with what it says in words. `png` is empty until it is drawn, just before it is sent.

    `missing` is what is said in its place where it cannot be drawn or shown.
    """

    caption: str
    alt: str
    chart: Chart
    missing: str
    png: bytes = b""


Block = Header | Paragraph | Quote | Fields | Gauge | Context | Actions | Picture


class Message(Part, frozen=True):
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

    def picture(self) -> Picture | None:
        return next((block for block in self.blocks if isinstance(block, Picture)), None)

    def with_picture(self, instead: Picture | Context) -> Message:
        """The same message with its picture drawn, or with a line in its place."""
        blocks = tuple(instead if isinstance(block, Picture) else block for block in self.blocks)
        return Message(self.summary, blocks, self.loud, self.repeat)

    def with_tokens(self, token: Callable[[Action], str]) -> Message:
        """The same message with each button carrying the token of its action."""

        def stamp(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
            return tuple(
                b if b.url else Button(b.label, b.action, b.style, b.confirm, token(b.action)) for b in buttons
            )

        blocks = tuple(
            Actions(stamp(block.buttons), stamp(block.more)) if isinstance(block, Actions) else block
            for block in self.blocks
        )
        return Message(self.summary, blocks, self.loud, self.repeat)


class Option(Part, frozen=True):
    value: str
    label: str


class Field(Part, frozen=True):
    """One question of a form."""

    name: str
    label: str
    kind: str = "text"  # text | paragraph | choice | file (where files can be chosen)
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 3000


class Form(Part, frozen=True):
    """Questions for one person; `token` says what the answers are for. A platform without forms asks them one by one."""

    token: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    cancel: str = ""
    intro: str = ""


class Answer(Part, frozen=True):
    """What somebody who asked is answered, alone: a message, a form to fill, a short line, or errors on fields."""

    message: Message | None = None
    form: Form | None = None
    toast: str = ""
    errors: Mapping[str, str] | None = None
