"""What Telegram shows: a Message becomes HTML within its measure, the same words without markup, and a keyboard.

Lengths are UTF-16 units after parsing (https://core.telegram.org/bots/api#messageentity). Text is cut before it is
escaped, between characters as people see them, so no cut can break a tag, an entity or a surrogate pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from core.say.message import (
    Actions,
    Block,
    Bold,
    Button,
    Context,
    Fields,
    Gauge,
    Header,
    Link,
    Mention,
    Message,
    Paragraph,
    Picture,
    Plain,
    Quote,
    Span,
    When,
)  # fmt: skip

TEXT_LIMIT = 4096
TOAST_LIMIT = 200
DATA_LIMIT = 64
MAX_BUTTONS, MAX_ROW = 100, 8
_ROW_CELLS = 27  # what a phone shows of a row before it cuts labels
_ORDINARY_ROW, _NARROW = 3, 4
_BAR = 10
_SMALL_PRINT = 5  # weights below go before the quote is shortened
_QUOTE_FLOOR = 300
_FLOOR = 24  # no text is shortened to less

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_USERNAME = re.compile(r"(?<![\w/.])@(?=[A-Za-z]\w{3})")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FSI, _PDI, _WORD_JOINER = "\u2068", "\u2069", "\u2060"
_ELLIPSIS = "…"
_STATE_MARK = {"risk": "🟠 ", "breached": "🔴 ", "paused": "⏸ ", "met": "✅ ", "missed": "❌ "}


class Key(Struct, frozen=True):
    """One button: what it says, and the data it sends or the page it opens."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""


Keyboard = tuple[tuple[Key, ...], ...]


class Rendered(Struct, frozen=True):
    """`plain` is the same text without markup: what is sent when Telegram refuses the markup."""

    html: str
    plain: str
    keyboard: Keyboard


class _Run(Struct, frozen=True):
    """Words in one style. `kind` says whether they may be shortened, and when."""

    text: str
    kind: str = "plain"  # quote | plain | title | fixed
    before: str = ""
    after: str = ""

    @property
    def html(self) -> str:
        return f"{self.before}{escape(self.text, quote=False)}{self.after}" if self.text else ""


class _Line(Struct, frozen=True):
    """A block's runs. A line with a weight may be dropped."""

    runs: tuple[_Run, ...]
    weight: int | None = None

    @property
    def units(self) -> int:
        return sum(units(run.text) for run in self.runs) + 1


def render(message: Message, limit: int = TEXT_LIMIT) -> Rendered:
    """The message as Telegram shows it, at most `limit` UTF-16 units long."""
    lines = [line for block in message.blocks for line in _lines(block) if any(run.text for run in line.runs)]
    if message.repeat:
        lines.insert(1, _Line((_fixed(f"↻ {clean(message.repeat)}", "<i>", "</i>"),)))
    lines = lines or [_Line((_Run(clean(message.summary) or _ELLIPSIS),))]
    fitted = _fit(lines, limit)
    html = "\n".join("".join(run.html for run in line.runs) for line in fitted)
    plain = "\n".join("".join(run.text for run in line.runs) for line in fitted)
    return Rendered(html, plain, keyboard(message))


# -- blocks and spans


def _lines(block: Block) -> Iterator[_Line]:
    match block:
        case Header(text):
            yield _Line((_Run(clean(text), "title", "<b>", "</b>"),))
        case Paragraph(text, weight):
            yield _Line(tuple(map(_run, text)), _droppable(text, weight))
        case Context(text, weight):
            yield _Line(tuple(map(_run, text)), _droppable(text, weight))
        case Quote(text, by):
            if by:
                yield _Line((_fixed(_titled(by).rstrip()),))
            yield _Line((_Run(clean(text), "quote", "<blockquote>", "</blockquote>"),))
        case Fields(pairs):
            for label, text in pairs:
                yield _Line((_fixed(_titled(label)), *map(_run, text)))
        case Gauge(label, share, text, state, _):
            yield _Line((_fixed(f"{_STATE_MARK.get(state, '')}{clean(label)} {_bar(share)} "), *map(_run, text)))
        case Actions() | Picture():
            return
        case _:
            assert_never(block)


def _run(span: Span) -> _Run:
    match span:
        case Plain(text):
            return _Run(clean(text))
        case Bold(text):
            return _Run(clean(text), "plain", "<b>", "</b>")
        case When(_, text):
            return _fixed(clean(text))
        case Mention(name, user):
            person = f'<a href="tg://user?id={user}">' if user.isascii() and user.isdecimal() else ""
            return _fixed(clean(name), person, "</a>" if person else "")
        case Link(text, url):
            page = f'<a href="{escape(url)}">' if _safe(url) else ""
            return _Run(clean(text), "plain", page, "</a>" if page else "")
        case _:
            assert_never(span)


def _fixed(text: str, before: str = "", after: str = "") -> _Run:
    return _Run(text, "fixed", before, after)


def _droppable(text: Iterable[Span], weight: int) -> int | None:
    """A line that tells a time is never dropped."""
    return None if any(isinstance(span, When) for span in text) else weight


def _titled(label: str) -> str:
    """The label with its colon, full-width after Chinese."""
    return f"{clean(label)}：" if label and _cells(label[-1]) == 2 else f"{clean(label)}: "


def _bar(share: float) -> str:
    spent = min(_BAR, max(0, int(share * _BAR)))
    return f"{'▓' * spent}{'░' * (_BAR - spent)} {max(0.0, share):.0%}"


def _safe(url: str) -> bool:
    return re.match(r"https?://[^\s/]", url, re.IGNORECASE) is not None


def clean(text: str) -> str:
    """People's words made harmless: no controls, no live @name, right-to-left script kept to its own place.

    Telegram makes a mention of any @name in a bot's text; a word joiner behind the @ keeps it from that.
    """
    text = _CONTROLS.sub("", _SURROGATES.sub("\ufffd", text))
    text = _USERNAME.sub(f"@{_WORD_JOINER}", text)
    if not _RIGHT_TO_LEFT.search(text):
        return text
    return "\n".join(f"{_FSI}{line}{_PDI}" if _RIGHT_TO_LEFT.search(line) else line for line in text.split("\n"))


# -- the measure


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """At most `limit` units, cut between characters as people see them, with an ellipsis and isolates closed."""
    if units(text) <= limit:
        return text
    room = limit - units(_ELLIPSIS) - text.count(_FSI)
    kept, used = [], 0
    for cluster in graphemes(text):
        used += units(cluster)
        if used > room:
            break
        kept.append(cluster)
    head = "".join(kept).rstrip()
    return f"{head}{_ELLIPSIS}{_PDI * (head.count(_FSI) - head.count(_PDI))}" if limit > 0 else ""


def graphemes(text: str) -> Iterator[str]:
    """Characters as people see them: marks, joined emoji, skin tones, keycaps and flags stay together."""
    cluster = ""
    for character in text:
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    if cluster[-1] == "\u200d" or character in "\u200d\ufe0e\ufe0f\u20e3":
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True
    if _flag_half(character):
        return len(cluster) == 1 and _flag_half(cluster)
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or "\u1160" <= character <= "\u11ff"


def _flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _fit(lines: Sequence[_Line], limit: int) -> list[_Line]:
    """Dropped by meaning: small print, then length of quotes, then the lighter lines, then length of all the rest."""
    kept = list(lines)
    steps: tuple[Callable[[list[_Line], int], None], ...] = (
        lambda some, over: _drop(some, over, below=_SMALL_PRINT),
        lambda some, over: _trim(some, over, "quote", _QUOTE_FLOOR),
        lambda some, over: _drop(some, over),
        lambda some, over: _trim(some, over, "quote", _FLOOR),
        lambda some, over: _trim(some, over, "plain", _FLOOR),
        lambda some, over: _trim(some, over, "title", _FLOOR * 2),
        lambda some, over: _trim(some, over, "plain", 0),
        lambda some, over: _trim(some, over, "fixed", 0),
    )
    for step in steps:
        if (over := _total(kept) - limit) <= 0:
            break
        step(kept, over)
    return [line for line in kept if any(run.text for run in line.runs)]


def _total(lines: Iterable[_Line]) -> int:
    return sum(line.units for line in lines) - 1


def _drop(lines: list[_Line], over: int, below: int | None = None) -> None:
    weights = [line.weight for line in lines if line.weight is not None]
    for weight in sorted(w for w in weights if below is None or w < below):
        if over <= 0:
            return
        last = max(i for i, line in enumerate(lines) if line.weight == weight)
        over -= lines.pop(last).units


def _trim(lines: list[_Line], over: int, kind: str, floor: int) -> None:
    """Shortens the longest runs of a kind first, none of them below `floor`."""
    lengths = {
        (i, j): units(run.text) for i, line in enumerate(lines) for j, run in enumerate(line.runs) if run.kind == kind
    }
    for (i, j), length in sorted(lengths.items(), key=lambda entry: -entry[1]):
        if over <= 0:
            return
        room = max(min(floor, length), length - over)
        runs = list(lines[i].runs)
        runs[j] = replace(runs[j], text=shorten(runs[j].text, room))
        over -= length - units(runs[j].text)
        lines[i] = replace(lines[i], runs=tuple(runs))


# -- the keyboard


def keyboard(message: Message) -> Keyboard:
    """Rows of up to three buttons as their labels allow, of up to eight for figures; the rarer ones follow."""
    blocks = [block for block in message.blocks if isinstance(block, Actions)]
    main = [key for block in blocks for button in block.buttons if (key := _key(button))][:MAX_BUTTONS]
    more = [key for block in blocks for button in block.more if (key := _key(button))][: MAX_BUTTONS - len(main)]
    return (*_rows(main), *_rows(more))


def _key(button: Button) -> Key | None:
    label = shorten(clean(button.label), DATA_LIMIT) or _ELLIPSIS
    if button.url:
        return Key(label, url=button.url, style=button.style) if _safe(button.url) else None
    assert len(button.token.encode()) <= DATA_LIMIT, "a token fits into callback_data"
    return Key(label, data=button.token, style=button.style) if button.token else None


def _rows(keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
    narrow = all(_cells(key.label) <= _NARROW for key in keys)
    most = MAX_ROW if narrow else _ORDINARY_ROW
    row: list[Key] = []
    for key in keys:
        if row and (len(row) == most or sum(_cells(k.label) for k in [*row, key]) > _ROW_CELLS):
            yield tuple(row)
            row = []
        row.append(key)
    if row:
        yield tuple(row)


def _cells(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label)
