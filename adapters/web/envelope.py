"""What the browser sends -> an Envelope. Everything in a payload is untrusted, its types included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from core.model.parties import Address, Identity
from core.model.request import File
from core.ports import Content, Envelope, Filled, Pressed, Said

PLATFORM = "web"
_KEY = re.compile(r"[0-9a-fA-F-]{16,64}")
_COMMAND = re.compile(r"/(request|desk)(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_MENTION = re.compile(r"@(?:deskbell|bot|应铃)[\s:：,，]+", re.IGNORECASE)
_SLASH = re.compile(r"/[A-Za-z_-]+(?:\s|$)")
# Control characters and lone surrogates, which JSON can carry but a store or a reply cannot (faults.md row 94).
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class PayloadError(Exception):
    """The browser sent something that our page never sends."""


class UnknownCommandError(Exception):
    """A line that begins like a command but is none; it is nobody's plain words either."""


def identity(person: str) -> Identity:
    return Identity(PLATFORM, "", person)


def address(chat: str) -> Address:
    return Address(PLATFORM, "", chat)


def link(chat: Address) -> str:
    """Where a chat of the page is opened."""
    return "/" if chat.is_direct else f"/?chat={quote(chat.chat)}"


def clean(text: str) -> str:
    return _BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name, "")
    if not isinstance(value, str):
        raise PayloadError(name)
    return clean(value)


def files_of(payload: Mapping[str, Any]) -> list[str]:
    """The references of files that were sent before."""
    refs = payload.get("files", [])
    if not isinstance(refs, list) or len(refs) > 50 or any(not isinstance(ref, str) for ref in refs):
        raise PayloadError("files")
    return [clean(ref) for ref in refs]


def said(line: str, files: tuple[File, ...] = ()) -> Said:
    """A typed line: `/request ...` and `/desk ...` are commands, a full-width slash is a slash; our name is dropped."""
    line = _MENTION.sub("", line.strip(), count=1) if _MENTION.match(line.strip()) else line.strip()
    folded = unicodedata.normalize("NFKC", line[:1]) + line[1:]
    if match := _COMMAND.fullmatch(folded):
        return Said(match[1].lower(), (match[2] or "").strip(), files)
    if _SLASH.match(folded):
        raise UnknownCommandError(folded.split()[0])
    return Said("", line, files)


def envelope(payload: Mapping[str, Any], who: Identity, content: Content, lang: str, name: str = "") -> Envelope:
    """`key` is the browser's own, made once per attempt of a person, so that a retry has one effect."""
    key = text_of(payload, "key")
    if not _KEY.fullmatch(key):
        raise PayloadError("key")
    return Envelope(
        key=f"{PLATFORM}:{key}",
        identity=who,
        address=address(text_of(payload, "chat")),
        content=content,
        lang=lang,
        name=name,
        reply_to=text_of(payload, "reply_to"),
    )


def pressed(payload: Mapping[str, Any]) -> Pressed:
    return Pressed(text_of(payload, "token"))


def filled(payload: Mapping[str, Any], files: tuple[File, ...] = ()) -> Filled:
    values = payload.get("values", {})
    if not isinstance(values, dict) or len(values) > 50:
        raise PayloadError("values")
    return Filled(text_of(payload, "token"), {clean(str(name)): text_of(values, name) for name in values}, files)
