"""Each block of a message as blocks of Block Kit: plain dictionaries. Measures: chat.md section 3."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import count, groupby
from typing import assert_never

from adapters.slack import buttons
from adapters.slack.payload import Json
from adapters.slack.spans import (
    fit,
    has_markup,
    has_words,
    is_harmless,
    is_live,
    is_plain,
    mrkdwn,
    plain_object,
    plain_text,
    rich_span,
    rich_text,
    text_object,
    words,
)
from adapters.slack.text import clean, cut, escape
from core.say.message import (
    Actions,
    Block,
    Bold,
    Context,
    Fields,
    Gauge,
    Header,
    Paragraph,
    Picture,
    Plain,
    Quote,
    Text,
)

HEADER, SECTION, FIELD = 150, 3000, 2000
FIELDS_A_BLOCK, CONTEXT_ELEMENTS = 10, 10
DOTS = {"ok": "🟢", "risk": "🟠", "breached": "🟣", "paused": "⏸", "met": "✅", "missed": "❌"}
BAR = 10
BARS = tuple("▓" * filled + "░" * (BAR - filled) for filled in range(BAR + 1))


def ids() -> Iterator[str]:
    """action_id is unique in a message; it says nothing else, the token does."""
    return map("req.{}".format, count(1))


def draw(block: Block, ids: Iterator[str]) -> list[Json]:
    match block:
        case Paragraph() | Fields() | Context():
            return _still(block)
        case Gauge():
            return [_gauge(block)]
        case Header():
            return _header(block)
        case Quote():
            return _quote(block)
        case Actions():
            return buttons.actions(block, ids)
        case Picture():  # it stands in the message's thread
            return [_context((Plain(f"📊 {block.caption}"),))] if block.png else []
        case _:
            assert_never(block)


@lru_cache(maxsize=512)  # what is filed together is promised the same, in the same words
def _still(block: Paragraph | Fields | Context) -> list[Json]:
    match block:
        case Paragraph():
            return _paragraph(block.text)
        case Fields():
            return _fields(block)
        case Context():
            return [_context(block.text)] if has_words(block.text) else []
        case _:
            assert_never(block)


def spelt(block: Block) -> list[str]:
    """The lines of a block as words alone."""
    match block:
        case Header() | Quote():
            return [clean(block.text)]
        case Paragraph() | Context():
            return [words(block.text)]
        case Fields():
            return [f"{clean(label)}: {words(value)}" for label, value in block.pairs]
        case Gauge():
            return [f"{_bar(block)} · {words(block.text)}"]
        case Actions() | Picture():
            return []
        case _:
            assert_never(block)


def _header(block: Header) -> list[Json]:
    text = " ".join(clean(block.text).split())
    return [{"type": "header", "text": plain_text(text, HEADER)}] if block.text.strip() else []


def _paragraph(text: Text) -> list[Json]:
    if not has_words(text):
        return []
    if is_plain(text):
        return [{"type": "section", "text": plain_object(text, SECTION)}]
    if is_harmless(text):
        return [{"type": "section", "text": text_object(text, SECTION)}]
    return [_rich([{"type": "rich_text_section", "elements": [rich_span(span) for span in fit(text, SECTION)]}])]


def _quote(block: Quote) -> list[Json]:
    if not block.text.strip():
        return []
    quoted = {"type": "rich_text_quote", "elements": [rich_text(cut(clean(block.text), SECTION))]}
    if not block.by.strip():
        return [_rich([quoted])]
    author = {"type": "rich_text_section", "elements": [rich_text(clean(block.by), bold=True)]}
    return [_rich([author, quoted])]


def _fields(block: Fields) -> list[Json]:
    pairs = [_field(label, value) for label, value in block.pairs if label.strip() or has_words(value)]
    return [{"type": "section", "fields": pairs[n : n + FIELDS_A_BLOCK]} for n in range(0, len(pairs), FIELDS_A_BLOCK)]


def _field(label: str, value: Text) -> Json:
    if is_plain(value):  # what nearly every field is: said at once what the long way below would say
        name, shown = clean(label).strip(), words(value)
        short = 5 * (len(name) + len(shown)) + 20 <= FIELD
        if name and short and "\n" not in name and not has_markup(f"{name}\n{shown}"):
            return mrkdwn(escape(f"*{name}*\n{shown}"))
    return text_object((Bold(label), Plain("\n"), *value), FIELD)


def _context(text: Text) -> Json:
    """Small print has several texts side by side, so that live ones can stand apart from typed ones."""
    if is_plain(text):
        return {"type": "context", "elements": [plain_object(text, SECTION)]}
    text = fit(text, SECTION)
    runs = [text] if is_harmless(text) else [tuple(run) for _, run in groupby(text, is_live)]
    runs = [run for run in runs if has_words(run)]
    if len(runs) > CONTEXT_ELEMENTS:
        runs = [text]
    return {"type": "context", "elements": [text_object(run, SECTION) for run in runs]}


def _gauge(block: Gauge) -> Json:
    return _context((Plain(f"{_bar(block)} · "), *block.text))


def _bar(block: Gauge) -> str:
    bar = BARS[min(BAR, max(0, round(block.share * BAR)))]
    parts = (DOTS.get(block.state, ""), block.label, bar, f"{round(block.share * 100)}%")
    return " ".join([part for part in parts if part])


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}
