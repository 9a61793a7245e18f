"""Messages as Block Kit: plain dictionaries within Slack's measures, with everything typed shown as it was typed.

Slack's mrkdwn has no escape for `*`, `_`, `~`, a backtick, a leading `>` or `:name:`; only `& < >` can be escaped. So
text in which such a sign could work never becomes mrkdwn: it goes into `plain_text`, or into `rich_text`, where
style is data and nothing is parsed. mrkdwn (always `verbatim`, so that URLs and names stay words) is left for harmless
text. Measures: chat.md section 3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, assert_never

from adapters.slack.envelope import NO_TOKEN
from core.say.message import (
    Actions,
    Block,
    Bold,
    Button,
    Context,
    Field,
    Fields,
    Form,
    Gauge,
    Header,
    Link,
    Mention,
    Message,
    Paragraph,
    Plain,
    Quote,
    Span,
    Text,
    When,
)
from core.say.words import words

Json = dict[str, Any]

HEADER, SECTION, FIELD, SUMMARY = 150, 3000, 2000, 3000
FIELDS_A_BLOCK, CONTEXT_ELEMENTS, BUTTONS_A_BLOCK, OVERFLOW, OPTIONS = 10, 10, 5, 5, 100
LABEL, VALUE, OPTION_VALUE, URL = 75, 2000, 150, 3000
VIEW_TITLE, METADATA = 24, 3000
BLOCKS, TOTAL = 50, 13_200
QUOTE_AT_LEAST = 80

ELLIPSIS = "…"
_MARKUP = re.compile(r"[*_~`]|^>|:[\w+'-]+:", re.MULTILINE)
_LOOK_ALIKES = str.maketrans("*_~`>:", "∗＿∼ˋ›∶")
_USER = re.compile(r"[UW][A-Z0-9]+")
_WEB = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
# Invisible signs that turn the reading direction of what follows, control characters, halves of characters.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Kinds of spans, as tuples: a union would be made anew at each look.
_WORDS, _SPOKEN, _LIVE = (Plain, When), (Plain, Bold), (Link, Mention)
#: Blocks that are drawn alike wherever they stand, and are often the same.
_STILL = (Paragraph, Fields, Context)
DOTS = {"ok": "🟢", "risk": "🟠", "breached": "🟣", "paused": "⏸", "met": "✅", "missed": "❌"}
BAR = 10


def render(message: Message) -> Json:
    """`text` is what a phone shows and what is read first; `blocks` is the message."""
    summary = f"{message.summary} {message.repeat}" if message.repeat else message.summary
    return {"text": fallback(summary), "blocks": blocks(message)}


def fallback(text: str) -> str:
    """Words for the top-level `text`, which Slack reads as mrkdwn: only what is escaped can notify anybody."""
    return escape(cut(clean(text), SUMMARY, escaped=True)) or ELLIPSIS


def plain(message: Message) -> str:
    """The whole message as words, for the case that Slack refuses its blocks; buttons are lost."""
    lines = (line for block in _noted(message) for line in _words_of(block))
    return escape(cut(("\n".join(lines) or message.summary).translate(_LOOK_ALIKES), SUMMARY, escaped=True))


def blocks(message: Message) -> list[Json]:
    """Within the measure of one message: by weight the least first, then quotations; never what must be known."""
    numbers = _Numbers()
    drawn = [_Drawn(block, *_draw(block, numbers)) for block in _noted(message)]
    while sum([len(d.made) for d in drawn]) > BLOCKS or _excess(drawn) > 0:
        if not (_drop_lightest(drawn) or _shorten(drawn) or _drop_last(drawn)):
            break
    return [made for d in drawn for made in d.made]


def home(message: Message) -> Json:
    return {"type": "home", "blocks": blocks(message)}


def total(value: object) -> int:
    """How much text Slack would count (slackapi/bolt-js#2509): what stands in text objects and rich text."""
    if isinstance(value, list):
        return sum(total(item) for item in value)
    if isinstance(value, dict):
        own = value.get("text")
        return (size(own) if isinstance(own, str) else 0) + sum(
            total(part) for name, part in value.items() if name != "text" or not isinstance(part, str)
        )
    return 0


# --- what goes first when room is short ------------------------------------------------------------------------------


def _noted(message: Message) -> Iterator[Block]:
    """The mark of a possible second copy stands under the header."""
    rest = list(message.blocks)
    if rest and isinstance(rest[0], Header):
        yield rest.pop(0)
    if message.repeat:
        yield Context((Plain(message.repeat),))
    yield from rest


@dataclass(slots=True)
class _Drawn:
    """A block as it is drawn now."""

    block: Block
    made: list[Json]
    signs: int

    def redraw(self, block: Block) -> None:
        self.block = block
        self.made, self.signs = _draw(block, _Numbers())


def _draw(block: Block, numbers: _Numbers) -> tuple[list[Json], int]:
    """What it becomes, and how many signs it holds at most."""
    if isinstance(block, _STILL):
        return _still(block)
    return list(_block(block, numbers)), _signs(block)


@lru_cache(maxsize=512)  # what is filed together is promised the same, in the same words
def _still(block: Block) -> tuple[list[Json], int]:
    return list(_block(block, _Numbers())), _signs(block)


def _excess(drawn: list[_Drawn]) -> int:
    # Nearly every message is far below: no sign becomes more than five, and what we add to a block is short.
    if 5 * sum([d.signs for d in drawn]) + 100 * len(drawn) <= TOTAL:
        return 0
    return sum(total(d.made) for d in drawn) - TOTAL


def _signs(block: Block) -> int:
    """How many signs a block holds at most; a button says its label again when it asks."""
    match block:
        case Paragraph() | Context():
            return sum(map(_length, block.text))
        case Gauge():
            return len(block.label) + sum(map(_length, block.text))
        case Fields():
            return sum([len(label) + sum(map(_length, value)) for label, value in block.pairs])
        case Actions():
            return sum([3 * len(b.label) + len(b.confirm) + 30 for b in (*block.buttons, *block.more)])
        case Header():
            return len(block.text)
        case Quote():
            return len(block.text) + len(block.by)
        case _:
            assert_never(block)


def _drop_lightest(drawn: list[_Drawn]) -> bool:
    """Of equal weight the last; due times stay, whatever their weight."""
    droppable = [
        (d.block.weight, -n)
        for n, d in enumerate(drawn)
        if isinstance(d.block, Paragraph | Context) and not any(isinstance(span, When) for span in d.block.text)
    ]
    if droppable:
        del drawn[-min(droppable)[1]]
    return bool(droppable)


def _shorten(drawn: list[_Drawn]) -> bool:
    """One quotation; else one of the texts that had to stay; False when all are short already."""
    for d in drawn:
        if isinstance(d.block, Quote) and len(shown := d.block.text[:SECTION]) > QUOTE_AT_LEAST:
            # By a tenth at least, since the excess counts wide characters twice.
            room = len(shown) - max(_excess(drawn), len(shown) // 10, 1)
            d.redraw(replace(d.block, text=cut(shown, max(QUOTE_AT_LEAST, room))))
            return True
    for d in drawn:
        if isinstance(d.block, Paragraph | Context) and (shorter := _half(d.block.text)):
            d.redraw(replace(d.block, text=shorter))
            return True
        if isinstance(d.block, Fields) and any(_half(value) for _, value in d.block.pairs):
            d.redraw(Fields(tuple((label, _half(value) or value) for label, value in d.block.pairs)))
            return True
    return False


def _drop_last(drawn: list[_Drawn]) -> bool:
    """When even short texts are too many: a message without them reaches more people than one that Slack refuses."""
    for n in reversed(range(len(drawn))):
        if isinstance(drawn[n].block, Quote | Fields):
            del drawn[n]
            return True
    return False


def _half(text: Text) -> Text | None:
    """Its longest plain part at half length; None when there is no long one."""
    longest = _longest(text)
    if longest is None or len(longest.text) <= QUOTE_AT_LEAST:
        return None
    to = min(len(longest.text), FIELD) // 2
    return tuple(replace(span, text=cut(longest.text, to)) if span is longest else span for span in text)


def _longest(text: Text) -> Plain | Bold | None:
    return max((span for span in text if isinstance(span, _SPOKEN)), key=lambda span: len(span.text), default=None)


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Numbers:
    """action_id is unique in a message; it says nothing else, the token does."""

    n: int = 0

    def next(self) -> str:
        self.n += 1
        return f"req.{self.n}"


def _block(block: Block, numbers: _Numbers) -> Iterator[Json]:
    match block:
        case Header():
            yield from _header(block)
        case Paragraph():
            yield from _paragraph(block.text)
        case Quote():
            yield from _quote(block)
        case Fields():
            yield from _fields(block)
        case Gauge():
            yield _context((Plain(f"{_gauge(block)} · "), *block.text))
        case Context():
            if _has_words(block.text):
                yield _context(block.text)
        case Actions():
            yield from _actions(block, numbers)
        case _:
            assert_never(block)


def _header(block: Header) -> Iterator[Json]:
    if block.text.strip():
        yield {"type": "header", "text": plain_text(" ".join(clean(block.text).split()), HEADER)}


def _paragraph(text: Text) -> Iterator[Json]:
    if not _has_words(text):
        return
    if _is_plain(text) or _is_harmless(text):
        yield {"type": "section", "text": text_object(text, SECTION)}
    else:
        yield _rich([{"type": "rich_text_section", "elements": [_rich_span(span) for span in fit(text, SECTION)]}])


def _quote(block: Quote) -> Iterator[Json]:
    if not block.text.strip():
        return
    by = [_rich_text(clean(block.by), {"bold": True})] if block.by.strip() else []
    head = [{"type": "rich_text_section", "elements": by}] if by else []
    quoted = _rich_text(cut(clean(block.text), SECTION))
    yield _rich([*head, {"type": "rich_text_quote", "elements": [quoted]}])


def _fields(block: Fields) -> Iterator[Json]:
    pairs = [_field(label, value) for label, value in block.pairs if label.strip() or _has_words(value)]
    for some in _chunks(pairs, FIELDS_A_BLOCK):
        yield {"type": "section", "fields": list(some)}


def _field(label: str, value: Text) -> Json:
    if _is_plain(value):  # what nearly every field is: said at once what the long way below would say
        name, words_ = clean(label), "".join([_word(span) for span in value])
        shown = f"{name}\n{words_}"
        if 5 * len(shown) + 20 <= FIELD and name.strip() and "\n" not in name.strip() and not _MARKUP.search(shown):
            return {"type": "mrkdwn", "text": escape(f"*{name.strip()}*\n{words_}"), "verbatim": True}
    return text_object((Bold(label), Plain("\n"), *value), FIELD)


def _context(text: Text) -> Json:
    """Small print has several texts side by side, so that live ones can stand apart from typed ones."""
    if _is_plain(text):
        return {"type": "context", "elements": [text_object(text, SECTION)]}
    text = fit(text, SECTION)
    runs = [text] if _is_harmless(text) else [tuple(run) for _, run in groupby(text, _is_live)]
    runs = [run for run in runs if _has_words(run)]
    if len(runs) > CONTEXT_ELEMENTS:
        runs = [text]
    return {"type": "context", "elements": [text_object(run, SECTION) for run in runs]}


def _gauge(block: Gauge) -> str:
    filled = min(BAR, max(0, round(block.share * BAR)))
    bar = "▓" * filled + "░" * (BAR - filled)
    return " ".join(
        part for part in (DOTS.get(block.state, ""), block.label, bar, f"{round(block.share * 100)}%") if part
    )


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


# --- buttons ---------------------------------------------------------------------------------------------------------


def _actions(block: Actions, numbers: _Numbers) -> Iterator[Json]:
    """Five buttons a row; the rarer ones in a menu, unless they ask first: a menu has one question for all entries."""
    asking = tuple(b for b in block.more if b.confirm)
    quiet = [b for b in block.more if not b.confirm]
    rows = [[_button(b, numbers) for b in some] for some in _chunks((*block.buttons, *asking), BUTTONS_A_BLOCK)]
    menus = [_overflow(some, numbers) for some in _chunks(quiet, OVERFLOW)]
    if menus:
        rows = [*rows[:-1], [*(rows[-1] if rows else []), *menus]]
    for row in rows:
        yield {"type": "actions", "elements": row}


def _button(button: Button, numbers: _Numbers) -> Json:
    made: Json = {"type": "button", "action_id": numbers.next(), "text": plain_text(button.label, LABEL)}
    if button.url:
        made["url"] = button.url[:URL]
    else:
        made["value"] = button.token[:VALUE]
    if button.style in ("primary", "danger"):
        made["style"] = button.style
    if button.confirm:
        made["confirm"] = _confirm(button)
    return made


def _confirm(button: Button) -> Json:
    # A message does not tell its language, and Slack asks for both labels.
    lang = "zh-CN" if re.search("[\u3400-\u9fff]", button.confirm + button.label) else "en"
    return {
        "title": plain_text(button.label, 100),
        "text": plain_text(button.confirm, 300),
        "confirm": plain_text(button.label, 30),
        "deny": plain_text(words(lang)("No, go back"), 30),
        **({"style": button.style} if button.style in ("primary", "danger") else {}),
    }


def _overflow(buttons: Sequence[Button], numbers: _Numbers) -> Json:
    return {"type": "overflow", "action_id": numbers.next(), "options": [_entry(button) for button in buttons]}


def _entry(button: Button) -> Json:
    entry: Json = {"text": plain_text(button.label, LABEL), "value": button.token[:OPTION_VALUE] or NO_TOKEN}
    return {**entry, "url": button.url[:URL]} if button.url else entry


# --- forms -----------------------------------------------------------------------------------------------------------


def view(form: Form, place: str = "") -> Json:
    """A modal. `place` is the channel it was opened in: views belong to none, and the answer has to go somewhere."""
    intro = [{"type": "section", "text": plain_text(form.intro, SECTION)}] if form.intro.strip() else []
    body: Json = {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": (f"{form.token}\n{place}" if place else form.token)[:METADATA],
        "title": plain_text(form.title, VIEW_TITLE),
        "submit": plain_text(form.submit, VIEW_TITLE),
        "blocks": [*intro, *(_input(field) for field in form.fields)],
    }
    return {**body, "close": plain_text(form.cancel, VIEW_TITLE)} if form.cancel else body


def _input(field: Field) -> Json:
    made: Json = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(field.label, FIELD),
        "optional": not field.required,
        "element": _select(field) if field.kind == "choice" and field.options else _text_input(field),
    }
    return {**made, "hint": plain_text(field.hint, FIELD)} if field.hint.strip() else made


def _text_input(field: Field) -> Json:
    length = max(1, min(field.max_length, SECTION))
    made: Json = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": field.kind == "paragraph",
        "max_length": length,
    }
    return {**made, "initial_value": cut(clean(field.value), length)} if field.value else made


def _select(field: Field) -> Json:
    options: list[Json] = [
        {"text": plain_text(option.label, LABEL), "value": option.value[:OPTION_VALUE] or NO_TOKEN}
        for option in field.options[:OPTIONS]
    ]
    chosen = [option for option in options if option["value"] == field.value]
    made: Json = {"type": "static_select", "action_id": "value", "options": options}
    return {**made, "initial_option": chosen[0]} if field.value and chosen else made


# --- text ------------------------------------------------------------------------------------------------------------


def text_object(text: Text, limit: int) -> Json:
    """mrkdwn where its signs are ours alone; else plain text, in which nothing works."""
    if not _is_plain(text):
        if _is_harmless(text):
            return _mrkdwn(fit(text, limit), limit)
        if any(map(_is_live, text)):
            return _mrkdwn(fit(tuple(_look_alike(span) for span in text), limit), limit)
    return plain_text("".join(_word(span) for span in fit(text, limit)), limit)


def plain_text(text: str, limit: int) -> Json:
    return {"type": "plain_text", "text": cut(clean(text).strip(), limit) or ELLIPSIS, "emoji": False}


def _mrkdwn(text: Text, limit: int) -> Json:
    return {"type": "mrkdwn", "text": _whole("".join(_mark(span) for span in text), limit), "verbatim": True}


def _mark(span: Span) -> str:
    match span:
        case Plain() | When():
            return escape(clean(span.text))
        case Bold():
            inner = escape(clean(span.text).strip())
            return f"*{inner}*" if inner else ""
        case Mention():
            return f"<@{span.user}>" if _works(span) else f"*{escape(clean(span.name).strip())}*"
        case Link():
            return f"<{_address(span.url)}|{escape(_line(span.text))}>" if _works(span) else escape(clean(span.text))
        case _:
            assert_never(span)


def _rich_span(span: Span) -> Json:
    match span:
        case Plain() | When():
            return _rich_text(clean(span.text))
        case Bold():
            return _rich_text(clean(span.text), {"bold": True})
        case Mention():
            return (
                {"type": "user", "user_id": span.user} if _works(span) else _rich_text(clean(span.name), {"bold": True})
            )
        case Link():
            text = _line(span.text) or span.url
            return {"type": "link", "url": span.url, "text": text} if _works(span) else _rich_text(clean(span.text))
        case _:
            assert_never(span)


def _rich_text(text: str, style: Json | None = None) -> Json:
    made: Json = {"type": "text", "text": text or " "}
    return {**made, "style": style} if style else made


def _word(span: Span) -> str:
    return clean(span.name if isinstance(span, Mention) else span.text)


def _words_of(block: Block) -> Iterator[str]:
    match block:
        case Header() | Quote():
            yield clean(block.text)
        case Paragraph() | Context():
            yield "".join(_word(span) for span in block.text)
        case Fields():
            for label, value in block.pairs:
                yield f"{clean(label)}: {''.join(_word(span) for span in value)}"
        case Gauge():
            yield f"{_gauge(block)} · {''.join(_word(span) for span in block.text)}"
        case Actions():
            return
        case _:
            assert_never(block)


def _has_words(text: Text) -> bool:
    for span in text:  # noqa: SIM110 - a generator costs more than the look, here and below
        if _word(span).strip() or (isinstance(span, Mention) and span.user):
            return True
    return False


def _is_plain(text: Text) -> bool:
    for span in text:  # noqa: SIM110
        if not isinstance(span, _WORDS):
            return False
    return True


def _is_live(span: Span) -> bool:
    return isinstance(span, _LIVE) and _works(span)


def _works(span: Link | Mention) -> bool:
    """Whether Slack can make something of it: an id of its own, a web address."""
    if isinstance(span, Mention):
        return _USER.fullmatch(span.user) is not None
    return _WEB.fullmatch(span.url) is not None and len(span.url) <= URL and not _HIDDEN.search(span.url)


def _is_harmless(text: Text) -> bool:
    """No sign of mrkdwn in what is shown, and blanks around what we make bold: Slack needs them, Chinese has none."""
    shown = [_word(span) for span in text]
    if _MARKUP.search("".join(shown)):
        return False
    for n, span in enumerate(text):
        if isinstance(span, Bold) or (isinstance(span, Mention) and not _works(span)):
            before, after = shown[n - 1][-1:] if n else "", shown[n + 1][:1] if n + 1 < len(shown) else ""
            if not _is_edge(before) or not _is_edge(after) or "\n" in shown[n].strip():
                return False
    return True


def _is_edge(sign: str) -> bool:
    return sign == "" or sign.isspace() or sign in ".,:;!?()"


def _look_alike(span: Span) -> Span:
    """The last resort, for a live mention beside such a sign in small print: signs that only look the same."""
    if isinstance(span, Mention):
        return span if _works(span) else Plain(span.name.translate(_LOOK_ALIKES))
    text = span.text.translate(_LOOK_ALIKES)
    return Plain(text) if isinstance(span, Bold) else replace(span, text=text)


def escape(text: str) -> str:
    """The one place: Slack's three signs. Mentions, links and dates all begin with `<`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _address(url: str) -> str:
    return escape(url).replace("|", "%7C")


def _line(text: str) -> str:
    return " ".join(clean(text).replace("|", "¦").split())


def clean(text: str) -> str:
    return text if text.isprintable() else _HIDDEN.sub("", text)


# --- measures --------------------------------------------------------------------------------------------------------


def size(text: str) -> int:
    """Length in UTF-16 units, the widest of the ways in which Slack may count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: Text, limit: int) -> Text:
    """Within the limit at the cost of its longest plain words; times, people and links stay whole."""
    # No sign becomes more than five, and no markup of a span is longer than eight.
    if sum([5 * _length(span) + 8 for span in text]) <= limit:
        return text
    for _ in text:
        over = sum(size(_mark(span)) for span in text) - limit
        longest = _longest(text) if over > 0 else None
        if longest is None:
            break
        shown = clean(longest.text)
        shorter = replace(longest, text=cut(shown, max(1, size(escape(shown)) - over), escaped=True))
        text = tuple(shorter if span is longest else span for span in text)
    return text


def _length(span: Span) -> int:
    if isinstance(span, Mention):
        return len(span.name) + len(span.user)
    return len(span.text) + len(span.url) if isinstance(span, Link) else len(span.text)


def cut(text: str, limit: int, *, escaped: bool = False) -> str:
    """At most `limit` long, ending in an ellipsis, never inside what a reader sees as one character.

    `escaped` counts `&` as the five signs that it becomes.
    """
    if len(text) * (5 if escaped else 2) <= limit or size(escape(text) if escaped else text) <= limit:
        return text
    wide = {"&": 5, "<": 4, ">": 4} if escaped else {}
    end, room = 0, limit - 1
    for n, sign in enumerate(text):
        room -= wide.get(sign) or (1 if ord(sign) < 0x10000 else 2)
        if room < 0:
            break
        end = n + 1
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` are drawn as one."""
    after, before = text[at], text[at - 1]
    if unicodedata.category(after) in ("Mn", "Me", "Mc") or after == "\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    flags = 0
    while flags < at and "\U0001f1e6" <= text[at - 1 - flags] <= "\U0001f1ff":
        flags += 1
    return flags % 2 == 1 and "\U0001f1e6" <= after <= "\U0001f1ff"


def _whole(text: str, limit: int) -> str:
    """A guard: markup is never cut, so what still does not fit loses its markup."""
    return text if 2 * len(text) <= limit or size(text) <= limit else cut(re.sub(r"[<>*]", "", text), limit)


def _chunks(items: Sequence[Any], length: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), length):
        yield items[start : start + length]
