"""What a person types and chooses: from a label and a value to the state that Slack reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.doubles.slack_blocks import Json, elements_of
from tests.doubles.slack_state import View, element_labels

Choose = Callable[[Json, Any], Json]


def _plain(key: str) -> Choose:
    return lambda element, value: {key: value}


def _one(element: Json, value: Any) -> Json:
    return {"selected_option": option_of(element, value)}


def _many(element: Json, value: Any) -> Json:
    return {"selected_options": [option_of(element, one) for one in value]}


# Reference page "Block elements": element type -> (the field with the initial value, how a choice is reported).
FIELDS: dict[str, tuple[str, Choose]] = {
    "plain_text_input": ("initial_value", _plain("value")),
    "email_text_input": ("initial_value", _plain("value")),
    "url_text_input": ("initial_value", _plain("value")),
    "number_input": ("initial_value", _plain("value")),
    "rich_text_input": ("initial_value", _plain("rich_text_value")),
    "static_select": ("initial_option", _one),
    "external_select": ("initial_option", _one),
    "radio_buttons": ("initial_option", _one),
    "overflow": ("", _one),
    "checkboxes": ("initial_options", _many),
    "multi_static_select": ("initial_options", _many),
    "multi_external_select": ("initial_options", _many),
    "users_select": ("initial_user", _plain("selected_user")),
    "conversations_select": ("initial_conversation", _plain("selected_conversation")),
    "channels_select": ("initial_channel", _plain("selected_channel")),
    "multi_users_select": ("initial_users", _plain("selected_users")),
    "multi_conversations_select": ("initial_conversations", _plain("selected_conversations")),
    "multi_channels_select": ("initial_channels", _plain("selected_channels")),
    "datepicker": ("initial_date", _plain("selected_date")),
    "timepicker": ("initial_time", _plain("selected_time")),
    "datetimepicker": ("initial_date_time", _plain("selected_date_time")),
    "file_input": ("", _plain("files")),
}
WITHOUT_STATE = frozenset({"overflow", "button"})


def option_of(element: Json, wanted: Any) -> Json | None:
    """The option by its label or value; a free choice where Slack does not hold the list."""
    if wanted is None:
        return None
    if isinstance(wanted, dict):
        return dict(wanted)
    if "external" in element["type"]:
        return {"text": {"type": "plain_text", "text": wanted}, "value": wanted}
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    options = [option for group in groups for option in group["options"]]
    for option in options:
        if wanted in (option["text"]["text"], option.get("value")):
            return dict(option)
    raise AssertionError(f"no option {wanted!r}; there are {[o['text']['text'] for o in options]}")


def chosen(element: Json, value: Any) -> Json:
    """The state of an element once `value` is in it."""
    return FIELDS[element["type"]][1](element, value)


def initial(element: Json) -> Json:
    """The state of an element that nobody touched."""
    key, choose = FIELDS[element["type"]]
    start = element.get(key)
    if start is None:
        return (
            choose(element, []) if "options" in key or element["type"].startswith("multi_") else choose(element, None)
        )
    return choose(element, start)


def state_values(blocks: list[Json], filled: dict[str, dict[str, Json]]) -> Json:
    """`state.values` of view submissions and block actions."""
    values: Json = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in FIELDS and element["type"] not in WITHOUT_STATE:
                part = filled.get(block["block_id"], {}).get(element["action_id"]) or initial(element)
                values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **part}
    return values


def find_element(blocks: list[Json], action_id: str | None, label: str | None, option: Any) -> tuple[Json, Json, Any]:
    """(block, element, option) for what a person presses: by action_id, visible label, or an overflow entry's label."""
    for block in blocks:
        for element in elements_of(block):
            if "action_id" not in element or (action_id is not None and element["action_id"] != action_id):
                continue
            if label is None or _placeholder(element) == label:
                return block, element, option
            if label in element_labels(element):
                return block, element, label if element["type"] == "overflow" else option
    there = [
        f"{element.get('action_id')} {element_labels(element) or _placeholder(element)}"
        for block in blocks
        for element in elements_of(block)
    ]
    raise AssertionError(f"nothing to press with action_id={action_id!r} label={label!r}; there is {there}")


def _placeholder(element: Json) -> str | None:
    return (element.get("placeholder") or {}).get("text")


def action_payload(block: Json, element: Json, option: Any, action_ts: str) -> Json:
    """One entry of `actions` (reference page "block_actions payload")."""
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    pressed = element["type"] == "button"
    kept = _parts(element, "text", "value", "style", "url") if pressed else chosen(element, option)
    return {**action, **kept, "action_ts": action_ts}


def _parts(element: Json, *keys: str) -> Json:
    return {key: element[key] for key in keys if key in element}


def fill(view: View, values: dict[str, Any]) -> None:
    """Type into the fields named by block_id, label or action_id."""
    for name, value in values.items():
        block, element = _field(view, name)
        view.filled.setdefault(block["block_id"], {})[element["action_id"]] = chosen(element, value)


def _field(view: View, name: str) -> tuple[Json, Json]:
    for block in view.blocks:
        for element in elements_of(block):
            label = (block.get("label") or {}).get("text")
            if element["type"] in FIELDS and name in (block["block_id"], label, element.get("action_id")):
                return block, element
    raise AssertionError(f"no field {name!r} in the view {view.title!r}; there are {view.inputs}")


def refused_fields(view: View) -> dict[str, str]:
    """What Slack's own client refuses before anything is sent: empty required fields, text too short or long."""
    errors: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        part = view.filled.get(block["block_id"], {}).get(element["action_id"]) or initial(element)
        value = next(iter(part.values()))
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and not _fits(element, value):
            errors[block["block_id"]] = "The text is too short or too long."
    return errors


def _fits(element: Json, value: str) -> bool:
    most = 3000 if element["type"] == "plain_text_input" else 10_000
    return (element.get("min_length") or 0) <= len(value) <= (element.get("max_length") or most)
