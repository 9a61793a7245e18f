"""Which blocks and views Slack refuses: lengths, counts, kinds, names used twice.

Two checkers run: the models of slack_sdk (`Block.parse_all`, `to_dict`), and the tables below for what those models
miss (libraries.md 1.6). Problems carry a JSON pointer as Slack's own do: `must be less than 76 characters
[json-pointer:/blocks/0/elements/0/text/text]`.
"""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]

# Reference pages "Block Kit: blocks / block elements / composition objects"; the numbers are in chat.md section 3.
TEXT_LIMITS: dict[tuple[str, str], int] = {
    ("section", "text"): 3000,
    ("section", "fields"): 2000,
    ("header", "text"): 150,
    ("context", "elements"): 3000,
    ("image", "title"): 2000,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("button", "text"): 75,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("option_group", "label"): 75,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
}
PLACEHOLDER_LIMIT = 150

PLAIN_ONLY: frozenset[tuple[str, str]] = frozenset(
    {
        ("header", "text"),
        ("image", "title"),
        ("input", "label"),
        ("input", "hint"),
        ("button", "text"),
        ("option_group", "label"),
        ("confirm", "title"),
        ("confirm", "confirm"),
        ("confirm", "deny"),
    }
)

STRING_LIMITS: dict[tuple[str, str], int] = {
    ("button", "value"): 2000,
    ("button", "url"): 3000,
    ("option", "value"): 150,
    ("option", "url"): 3000,
    ("image", "image_url"): 3000,
    ("image", "alt_text"): 2000,
    ("markdown", "text"): 12000,
}
NAME_LIMIT = 255  # action_id and block_id, whatever carries them

COUNT_LIMITS: dict[tuple[str, str], tuple[int, int]] = {
    ("section", "fields"): (1, 10),
    ("context", "elements"): (1, 10),
    ("actions", "elements"): (1, 25),
    ("static_select", "options"): (1, 100),
    ("multi_static_select", "options"): (1, 100),
    ("static_select", "option_groups"): (1, 100),
    ("multi_static_select", "option_groups"): (1, 100),
    ("option_group", "options"): (1, 100),
    ("overflow", "options"): (1, 5),
    ("radio_buttons", "options"): (1, 10),
    ("checkboxes", "options"): (1, 10),
}

REQUIRED: dict[str, tuple[str, ...]] = {
    "header": ("text",),
    "image": ("alt_text",),
    "actions": ("elements",),
    "context": ("elements",),
    "input": ("label", "element"),
    "button": ("text",),
    "option": ("text",),
    "option_group": ("label", "options"),
    "overflow": ("options",),
    "radio_buttons": ("options",),
    "checkboxes": ("options",),
    "confirm": ("title", "text", "confirm", "deny"),
    "markdown": ("text",),
}
PLAIN_OPTIONS = frozenset({"static_select", "multi_static_select", "overflow", "option_group"})
"""Checkboxes and radio buttons may have mrkdwn options; these may not ("Option object")."""
STYLES = {"button": {"primary", "danger"}, "confirm": {"primary", "danger"}}

SELECTS = ("static", "external", "users", "conversations", "channels")
ELEMENT_TYPES: frozenset[str] = frozenset(
    {f"{kind}_select" for kind in SELECTS}
    | {f"multi_{kind}_select" for kind in SELECTS}
    | {"button", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "image"}
    | {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
    | {"workflow_button", "feedback_buttons", "icon_button"}
)
TEXT_TYPES = frozenset({"plain_text", "mrkdwn"})


@dataclass(frozen=True)
class Surface:
    """Where blocks are shown, and what is allowed there."""

    name: str
    max_blocks: int
    inputs: bool
    root: str
    """Where the JSON pointers start."""
    action_ids_unique_in: str
    """`message` is stricter than Slack's page ("in the containing block"), which views get: libraries.md 1.6 row 4."""


MESSAGE = Surface("message", 50, inputs=False, root="/blocks", action_ids_unique_in="message")
MODAL = Surface("modal", 100, inputs=True, root="/view/blocks", action_ids_unique_in="block")
HOME = Surface("home", 100, inputs=True, root="/view/blocks", action_ids_unique_in="block")

TOTAL_TEXT = 13_200
"""Undocumented sum of all text in one message: slackapi/bolt-js#2509."""

VIEW_TEXTS = {"title": 24, "submit": 24, "close": 24}
VIEW_STRINGS = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
VIEW_BYTES = 250_000


def check_message_blocks(blocks: object) -> tuple[str, list[str]] | None:
    """The error code of chat.* and its details, or None where Slack accepts."""
    problems = _block_problems(blocks, MESSAGE)
    if problems:
        return "invalid_blocks", problems
    if total_text(blocks) > TOTAL_TEXT:
        return "msg_blocks_too_long", [f"more than {TOTAL_TEXT} characters of text in all [json-pointer:/blocks]"]
    return None


def check_view(view: object, *, allowed: tuple[str, ...]) -> tuple[str, list[str]] | None:
    """The error code of views.* and its details: invalid_arguments where chat.* says invalid_blocks."""
    if not isinstance(view, dict):
        return "invalid_arguments", ["missing required field: view [json-pointer:/view]"]
    if view.get("type") not in allowed:
        return "invalid_arguments", [f"unsupported type: {view.get('type')} [json-pointer:/view/type]"]
    surface = HOME if view["type"] == "home" else MODAL
    problems = [*_view_frame_problems(view), *_block_problems(view.get("blocks"), surface)]
    if problems:
        return "invalid_arguments", problems
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        return "view_too_large", ["view is larger than 250 kB [json-pointer:/view]"]
    return None


def total_text(blocks: object) -> int:
    """How many characters of text objects the blocks hold in all."""
    return sum(len(str(node.get("text", ""))) for _, node, _ in _nodes(blocks, "") if node.get("type") in TEXT_TYPES)


# --- views -----------------------------------------------------------------------------------------------------------


def _view_frame_problems(view: Json) -> Iterator[str]:
    """What stands around the blocks (reference page "Views")."""
    if view["type"] == "home":
        for name in VIEW_TEXTS:
            if view.get(name):
                yield f"home view cannot have {name} [json-pointer:/view/{name}]"
    elif not view.get("title"):
        yield "missing required field: title [json-pointer:/view]"
    for name, limit in VIEW_TEXTS.items():
        if view.get(name):
            yield from _text_problems(view[name], limit, plain=True, at=f"/view/{name}")
    for name, limit in VIEW_STRINGS.items():
        if len(view.get(name) or "") > limit:
            yield f"must be less than {limit + 1} characters [json-pointer:/view/{name}]"
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if view["type"] == "modal" and has_input and not view.get("submit"):
        yield "missing required field: submit, needed with an input block [json-pointer:/view]"


# --- blocks ----------------------------------------------------------------------------------------------------------


def _block_problems(blocks: object, surface: Surface) -> list[str]:
    root = surface.root
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return [f"must be an array of blocks [json-pointer:{root}]"]
    if len(blocks) > surface.max_blocks:
        return [f"no more than {surface.max_blocks} items allowed [{len(blocks)}] [json-pointer:{root}]"]
    own = [problem for at, node, role in _nodes(blocks, root) for problem in _node_problems(node, role, at)]
    return [
        *own,
        *_surface_problems(blocks, surface),
        *_repeated_names(blocks, surface),
        *(problem for n, block in enumerate(blocks) for problem in _sdk_problems(block, f"{root}/{n}")),
    ]


def _nodes(value: object, at: str, role: str = "block") -> Iterator[tuple[str, Json, str]]:
    """Every object below `value` with its pointer and the role it plays there (a type, or `option`, `confirm` ...)."""
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _nodes(item, f"{at}/{n}", role)
    elif isinstance(value, dict):
        kind = role if role in UNTYPED.values() else str(value.get("type"))
        yield at, value, kind
        if kind in ("rich_text", "table"):
            return  # checked by the SDK's models only
        for key, below in value.items():
            yield from _nodes(below, f"{at}/{key}", UNTYPED.get(key, "inside"))


UNTYPED = {
    "options": "option",
    "initial_option": "option",
    "initial_options": "option",
    "option_groups": "option_group",
    "confirm": "confirm",
    "filter": "filter",
    "dispatch_action_config": "dispatch_action_config",
}
"""Composition objects have no `type`: the key that holds them tells what they are."""


def _node_problems(node: Json, kind: str, at: str) -> Iterator[str]:
    if kind == "confirm" and node.get("type") in TEXT_TYPES:
        return  # confirm.confirm is the label of the confirm button, not another dialog
    for name in REQUIRED.get(kind, ()):
        if node.get(name) in (None, "", [], {}):
            yield f"missing required field: {name} [json-pointer:{at}]"
    if kind == "section" and not node.get("text") and not node.get("fields"):
        yield f"missing required field: text or fields [json-pointer:{at}]"
    for name, value in node.items():
        yield from _field_problems(kind, name, value, f"{at}/{name}")


def _field_problems(kind: str, name: str, value: Any, at: str) -> Iterator[str]:
    low, high = COUNT_LIMITS.get((kind, name), (0, 10_000))
    if isinstance(value, list) and not low <= len(value) <= high:
        yield f"must have between {low} and {high} items, has {len(value)} [json-pointer:{at}]"
    limit = PLACEHOLDER_LIMIT if name == "placeholder" else TEXT_LIMITS.get((kind, name))
    if limit is not None:
        yield from _texts_problems(value, limit, plain=name == "placeholder" or (kind, name) in PLAIN_ONLY, at=at)
    longest = NAME_LIMIT if name in ("action_id", "block_id") else STRING_LIMITS.get((kind, name))
    if longest is not None and isinstance(value, str) and len(value) > longest:
        yield f"must be less than {longest + 1} characters [json-pointer:{at}]"
    if name == "options" and kind in PLAIN_OPTIONS:
        yield from _option_problems(value, at)
    if name == "style" and kind in STYLES and value not in STYLES[kind]:
        yield f"invalid style: {value} [json-pointer:{at}]"
    if (kind, name) in (("actions", "elements"), ("section", "accessory"), ("input", "element")):
        yield from _element_problems(value, at)


def _element_problems(value: Any, at: str) -> Iterator[str]:
    for element in value if isinstance(value, list) else [value]:
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in ELEMENT_TYPES:
            yield f"unsupported type: {kind} [json-pointer:{at}]"


def _option_problems(options: Any, at: str) -> Iterator[str]:
    for n, option in enumerate(options if isinstance(options, list) else []):
        text = option.get("text") if isinstance(option, dict) else None
        if isinstance(text, dict) and text.get("type") != "plain_text":
            yield f"must be a valid enum value: plain_text [json-pointer:{at}/{n}/text/type]"


def _texts_problems(value: Any, limit: int, *, plain: bool, at: str) -> Iterator[str]:
    many = isinstance(value, list)
    for n, text in enumerate(value if many else [value]):
        if many and isinstance(text, dict) and text.get("type") == "image":
            continue  # context holds pictures too
        yield from _text_problems(text, limit, plain=plain, at=f"{at}/{n}" if many else at)


def _text_problems(text: Any, limit: int, *, plain: bool, at: str) -> Iterator[str]:
    """A text object (reference page "Text object")."""
    if not isinstance(text, dict) or text.get("type") not in TEXT_TYPES or not isinstance(text.get("text"), str):
        yield f"must be a text object [json-pointer:{at}]"
        return
    if plain and text["type"] != "plain_text":
        yield f"must be a valid enum value: plain_text [json-pointer:{at}/type]"
    if not text["text"]:
        yield f"must be more than 0 characters [json-pointer:{at}/text]"
    if len(text["text"]) > limit:
        yield f"must be less than {limit + 1} characters [json-pointer:{at}/text]"


def _surface_problems(blocks: list[Json], surface: Surface) -> Iterator[str]:
    for n, block in enumerate(blocks):
        if block.get("type") == "input" and not surface.inputs:
            yield f"unsupported type: input [json-pointer:{surface.root}/{n}/type]"


def _repeated_names(blocks: list[Json], surface: Surface) -> Iterator[str]:
    """block_id is unique in a message or view; action_id within what the surface says."""
    yield from _repeats("block_id", [b["block_id"] for b in blocks if b.get("block_id")], surface.root)
    per_block = [[element["action_id"] for element in elements_of(b) if element.get("action_id")] for b in blocks]
    whole = [[name for names in per_block for name in names]]
    for names in whole if surface.action_ids_unique_in == "message" else per_block:
        yield from _repeats("action_id", names, surface.root)


def _repeats(what: str, names: list[str], at: str) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"`{what}` {name} already exists [json-pointer:{at}]"


def elements_of(block: Json) -> list[Json]:
    """The parts of a block that a person can press or fill."""
    held = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [element for element in held if isinstance(element, dict)]


def _sdk_problems(block: Json, at: str) -> Iterator[str]:
    """What slack_sdk's own models refuse, and types that they do not know (parsed to nothing)."""
    logging.getLogger("slack_sdk.models.blocks.blocks").disabled = True  # it would log each unknown block
    try:
        parsed: Block | None = Block.parse(copy.deepcopy(block))
        if parsed is None:
            yield f"unsupported type: {block.get('type')} [json-pointer:{at}/type]"
        else:
            parsed.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
        yield f"{error} [json-pointer:{at}]"
