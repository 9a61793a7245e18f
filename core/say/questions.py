"""A form that is asked one by one, where a platform has none: a choice by buttons, words by a prompt."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from core.say import criteria, forms
from core.say.message import Action, Actions, Answer, Button, Field, Form, Message, Paragraph, Plain
from core.say.voice import Voice


def question(form: Form, values: Mapping[str, str], voice: Voice) -> Answer:
    """The next field of a form that is asked one by one: a choice as buttons, words as a prompt."""
    asked = next((f for f in form.fields if is_open(f, values)), form.fields[0])
    if asked.kind != "choice":
        hint = asked.hint if asked.required else voice.words("{hint} Write - to leave it out.", hint=asked.hint)
        return Answer(form=replace(form, fields=(replace(asked, hint=hint.strip()),)))
    options = [(o.label, o.value) for o in asked.options]
    if asked.name.startswith(criteria.FACT):
        options += [(o.label, o.value) for o in criteria.ways_on(voice)]
    elif not asked.required:
        options.append((voice.words("Leave it out"), "-"))
    buttons = tuple(
        Button(label, Action("fill", (("form", form.token), ("field", asked.name), ("value", value))))
        for label, value in options
    )
    blocks = (Paragraph((Plain(f"{form.title} · {asked.label}"),), weight=9), Actions(buttons))
    return Answer(Message(asked.label, blocks))


def is_open(field: Field, values: Mapping[str, str]) -> bool:
    """Whether a form that is asked one by one still asks this: what it needs, and each field of an item and each fact
    once, as long as nobody has said that it is enough."""
    fact = field.name.startswith(criteria.FACT)
    once = (fact and criteria.ENOUGH not in values.values()) or field.name.startswith(forms.DETAIL)
    return not values.get(field.name) and (field.required or (once and field.name not in values))
