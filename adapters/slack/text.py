"""Strings within Slack's measures: what may stand in them, how long they are, where they may be cut."""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"

# Invisible signs that turn the reading direction of what follows, control characters, halves of characters.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    return text if text.isprintable() else HIDDEN.sub("", text)


def escape(text: str) -> str:
    """The one place: Slack's three signs. Mentions, links and dates all begin with `<`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """Length in UTF-16 units, the widest of the ways in which Slack may count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


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
