"""Telegram's HTML: text and entities out of a string, or the words with which Telegram refuses it.

Rules: Bot API page "Formatting options", heading "HTML style"; the wording and the byte offsets are those the
server answers with (TDLib's parse_html, and its own table of cases in test/message_entities.cpp).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

TYPE_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
MAX_ENTITIES = 100
"""Bot API, sendMessage: of more than 100 entities the rest is not shown."""

_SPACE = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_LINK = re.compile(r"(https?|tg|mailto|tel|ton):|[\w-]+(\.[\w-]+)+", re.IGNORECASE)
_UNQUOTED = re.compile(r"[A-Za-z0-9.\-]*")

Entity = dict[str, Any]


class EntityError(Exception):
    """Why Telegram cannot parse the entities, in its own words."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as people read it, with its entities in UTF-16 offsets."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(slots=True)
class _Open:
    """A start tag that still waits for its end tag."""

    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    units: int = 0
    open_tags: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def skip_space(self) -> None:
        while self.peek() and self.peek() in _SPACE:
            self.at += 1

    def until(self, stops: str) -> str:
        start = self.at
        while self.peek() and self.peek() not in stops:
            self.at += 1
        return self.source[start : self.at]

    def put(self, words: str) -> None:
        self.text += words
        self.units += utf16_length(words)


def utf16_length(text: str) -> int:
    """Telegram counts lengths and offsets in UTF-16 code units (Bot API, MessageEntity)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Parsed:
    """The text and entities of `source`; raises EntityError where Telegram answers "can't parse entities"."""
    reader = _Reader(source)
    while reader.peek():
        _read_next(reader)
    if reader.open_tags:
        raise EntityError(f'Can\'t find end tag corresponding to start tag "{reader.open_tags[-1].tag}"')
    return trim(Parsed(reader.text, tuple(reader.entities)))


def trim(parsed: Parsed) -> Parsed:
    """Leading and trailing white space is not kept; entities are cut to what is left, at most 100 of them."""
    text = parsed.text.strip()
    shift = utf16_length(parsed.text) - utf16_length(parsed.text.lstrip())
    length = utf16_length(text)
    kept = [cut for entity in parsed.entities if (cut := _cut(entity, shift, length)) is not None]
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Parsed(text, tuple(kept[:MAX_ENTITIES]))


def plain(text: str) -> str:
    """What a text without parse mode looks like when it is written as HTML."""
    return escape(text, quote=False)


def _cut(entity: Entity, shift: int, length: int) -> Entity | None:
    start = max(0, entity["offset"] - shift)
    end = min(length, entity["offset"] + entity["length"] - shift)
    return {**entity, "offset": start, "length": end - start} if end > start else None


def _read_next(reader: _Reader) -> None:
    match reader.peek():
        case "&":
            reader.put(_read_reference(reader))
        case "<" if reader.source.startswith("</", reader.at):
            _read_end_tag(reader)
        case "<":
            _read_start_tag(reader)
        case character:
            reader.at += 1
            reader.put(character)


def _read_reference(reader: _Reader) -> str:
    """Only four names and numbers are references; any other ampersand stands for itself."""
    found = _REFERENCE.match(reader.source, reader.at)
    character = _referred(found) if found else None
    if found is None or character is None:
        reader.at += 1
        return "&"
    reader.at = found.end()
    return character


def _referred(found: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED_REFERENCES.get(name)
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= number <= 0xDFFF:
        raise EntityError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(number) if 0 < number < 0x110000 else None


def _read_start_tag(reader: _Reader) -> None:
    begin = reader.at
    offset = reader.byte(begin)
    reader.at += 1
    tag = reader.until(_SPACE + ">").lower()
    if not reader.peek():
        raise EntityError(f"Unclosed start tag at byte offset {offset}")
    if tag not in TYPE_OF_TAG:
        raise EntityError(f'Unsupported start tag "{tag}" at byte offset {offset}')
    attributes = _read_attributes(reader, tag, offset)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise EntityError(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    reader.open_tags.append(_Open(tag, reader.units, attributes))


def _read_attributes(reader: _Reader, tag: str, offset: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        reader.skip_space()
        if reader.peek() == ">":
            reader.at += 1
            return attributes
        name = reader.until(_SPACE + "=>")
        if not name and reader.peek():
            raise EntityError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        reader.skip_space()
        if reader.peek() != "=":
            if tag == "blockquote" and name == "expandable" and reader.peek():
                attributes[name] = ""
                continue
            _refuse_bare_attribute(reader, tag, offset)
        reader.at += 1
        reader.skip_space()
        attributes[name.lower()] = _read_value(reader, tag, offset)


def _refuse_bare_attribute(reader: _Reader, tag: str, offset: int) -> None:
    if not reader.peek():
        raise EntityError(f'Unclosed start tag "{tag}" at byte offset {offset}')
    raise EntityError(f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}')


def _read_value(reader: _Reader, tag: str, offset: int) -> str:
    quote = reader.peek()
    if not quote:
        raise EntityError(f'Unclosed start tag "{tag}" at byte offset {offset}')
    if quote in "'\"":
        return _read_quoted(reader, quote, offset)
    found = _UNQUOTED.match(reader.source, reader.at)
    assert found is not None
    begin, reader.at = reader.at, found.end()
    if not reader.peek() or reader.peek() not in _SPACE + ">":
        raise EntityError(f"Unexpected end of name token at byte offset {reader.byte(begin)}")
    return found.group().lower()


def _read_quoted(reader: _Reader, quote: str, offset: int) -> str:
    reader.at += 1
    value = ""
    while (character := reader.peek()) and character != quote:
        if character == "&":
            value += _read_reference(reader)
        else:
            value += character
            reader.at += 1
    if not character:
        raise EntityError(f"Unclosed start tag at byte offset {offset}")
    reader.at += 1
    return value


def _read_end_tag(reader: _Reader) -> None:
    offset = reader.byte(reader.at)
    if not reader.open_tags:
        raise EntityError(f"Unexpected end tag at byte offset {offset}")
    reader.at += 2
    tag = reader.until(_SPACE + ">").lower()
    reader.skip_space()
    if reader.peek() != ">":
        raise EntityError(f"Unclosed end tag at byte offset {offset}")
    reader.at += 1
    opened = reader.open_tags.pop()
    if tag not in ("", opened.tag):
        raise EntityError(f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"')
    _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    entity: Entity = {
        "type": TYPE_OF_TAG[opened.tag],
        "offset": opened.offset,
        "length": reader.units - opened.offset,
    }
    inside = reader.text.encode("utf-16-le", "surrogatepass")[opened.offset * 2 :].decode("utf-16-le", "surrogatepass")
    details = _details(opened, inside)
    if details is not None and entity["length"]:
        reader.entities.append({**entity, **details})
    if opened.tag == "pre":
        _fold_language(reader.entities)


def _details(opened: _Open, inside: str) -> dict[str, Any] | None:
    """What a tag's attributes add to its entity; None when the tag leaves only its words."""
    match opened.tag:
        case "a":
            url = opened.attributes.get("href") or inside
            return (
                {"url": url} if re.match(r"(https?|tg|mailto|tel|ton):|[\w-]+(\.[\w-]+)+", url, re.IGNORECASE) else None
            )
        case "tg-emoji":
            return {"custom_emoji_id": opened.attributes.get("emoji-id", "")}
        case "tg-time":
            unix = opened.attributes.get("unix", "0")
            return {"unix_time": int(unix) if unix.isdecimal() else 0}
        case "blockquote" if "expandable" in opened.attributes:
            return {"type": "expandable_blockquote"}
        case "code" if opened.attributes.get("class", "").startswith("language-"):
            return {"language": opened.attributes["class"].removeprefix("language-")}
        case _:
            return {}


def _fold_language(entities: list[Entity]) -> None:
    """`<pre><code class="language-x">` is one entity: a pre with a language."""
    if not entities or entities[-1]["type"] != "pre":
        return
    outer = entities[-1]
    for inner in entities[:-1]:
        same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
        if inner["type"] == "code" and same:
            outer |= {"language": inner["language"]} if "language" in inner else {}
            entities.remove(inner)
            return
