"""Forms as modals."""

from __future__ import annotations

from adapters.slack.blocks import FIELD, SECTION
from adapters.slack.buttons import LABEL, OPTION_VALUE
from adapters.slack.envelope import NO_TOKEN
from adapters.slack.payload import Json
from adapters.slack.spans import plain_text
from adapters.slack.text import clean, cut
from core.say.message import Field, Form

VIEW_TITLE, METADATA, OPTIONS = 24, 3000, 100


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
