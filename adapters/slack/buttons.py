"""Buttons, and the menu of the rarer ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adapters.slack.envelope import NO_TOKEN
from adapters.slack.payload import Json
from adapters.slack.spans import URL, plain_text
from core.say.message import Actions, Button
from core.say.words import words

LABEL, VALUE, OPTION_VALUE = 75, 2000, 150
BUTTONS_A_BLOCK, OVERFLOW = 5, 5
STYLES = frozenset({"primary", "danger"})


def actions(block: Actions, ids: Iterator[str]) -> list[Json]:
    """Five buttons a row; the rarer ones in a menu, unless they ask first: a menu has one question for all entries."""
    asking = [b for b in block.more if b.confirm]
    quiet = [b for b in block.more if not b.confirm]
    made = [_button(b, ids) for b in (*block.buttons, *asking)]
    rows = [made[n : n + BUTTONS_A_BLOCK] for n in range(0, len(made), BUTTONS_A_BLOCK)]
    menus = [_overflow(quiet[n : n + OVERFLOW], ids) for n in range(0, len(quiet), OVERFLOW)]
    if menus:
        rows = [*rows[:-1], [*(rows[-1] if rows else []), *menus]]
    return [{"type": "actions", "elements": row} for row in rows]


def _button(button: Button, ids: Iterator[str]) -> Json:
    made: Json = {"type": "button", "action_id": next(ids), "text": plain_text(button.label, LABEL)}
    if button.url:
        made["url"] = button.url[:URL]
    else:
        made["value"] = button.token[:VALUE]
    if button.style in STYLES:
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
        **({"style": button.style} if button.style in STYLES else {}),
    }


def _overflow(buttons: Sequence[Button], ids: Iterator[str]) -> Json:
    return {"type": "overflow", "action_id": next(ids), "options": [_entry(button) for button in buttons]}


def _entry(button: Button) -> Json:
    entry: Json = {"text": plain_text(button.label, LABEL), "value": button.token[:OPTION_VALUE] or NO_TOKEN}
    return {**entry, "url": button.url[:URL]} if button.url else entry
