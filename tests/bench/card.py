"""Goal 9: a card, built and serialised, beside the same card made with the models of slack_sdk."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from adapters.slack.payload import dumps
from adapters.slack.render import render
from core.say.message import (
    Action,
    Actions,
    Button,
    Context,
    Fields,
    Gauge,
    Header,
    Message,
    Paragraph,
    Plain,
    When,
)
from tests.bench.measure import Round, Row, Wrong, cpu_note, middle, paired, ratio

GOAL = 20.0
AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
WHEN = "Mon 23 Nov 11:00 (Shanghai)"
TITLE = "HX-42 · Projector in room 4 is broken"
PAIRS = (
    ("Status", "New"),
    ("Assignee", "nobody yet"),
    ("Service", "Office and IT support"),
    ("Client", "Huaxing, Emma"),
)
BUTTONS = (("Take", "take", "primary"), ("Reply", "reply", ""), ("Resolve", "resolve", ""))
TOKEN = "NfY1qVx0t8yZ2kQpWm3rLA"


def said() -> Message:
    """The card's words, for every platform."""
    return Message(
        "HX-42 Projector in room 4 is broken: New, nobody yet",
        (
            Header(TITLE),
            Fields(tuple((label, (Plain(value),)) for label, value in PAIRS)),
            Paragraph((Plain("It went dark during the meeting with the architects."),)),
            Gauge("First response", 0.25, (Plain("by "), When(AT, WHEN)), "ok"),
            Context((Plain("Li saw it, "), When(AT, WHEN))),
            Actions(tuple(Button(label, Action(verb), style, token=TOKEN) for label, verb, style in BUTTONS)),
        ),
    )


def ours(message: Message | None = None) -> str:
    """What the courier hands to Slack."""
    return dumps(render(message or said()))


def theirs() -> str:
    """The same card with `slack_sdk.models.blocks`."""
    from slack_sdk.models.blocks import (
        ActionsBlock,
        ButtonElement,
        ContextBlock,
        HeaderBlock,
        MarkdownTextObject,
        PlainTextObject,
        SectionBlock,
    )

    def plain(text: str) -> PlainTextObject:
        return PlainTextObject(text=text, emoji=False)

    blocks = [
        HeaderBlock(text=plain(TITLE)),
        SectionBlock(fields=[MarkdownTextObject(text=f"*{a}*\n{b}", verbatim=True) for a, b in PAIRS]),
        SectionBlock(text=plain("It went dark during the meeting with the architects.")),
        ContextBlock(elements=[plain(f"🟢 First response ▓▓░░░░░░░░ 25% · by {WHEN}")]),
        ContextBlock(elements=[plain(f"Li saw it, {WHEN}")]),
        ActionsBlock(
            elements=[
                ButtonElement(text=plain(label), action_id=f"req.{n}", value=TOKEN, style=style or None)
                for n, (label, _, style) in enumerate(BUTTONS, 1)
            ]
        ),
    ]
    text = "HX-42 Projector in room 4 is broken: New, nobody yet"
    return json.dumps({"text": text, "blocks": [block.to_dict() for block in blocks]})


def measure(*, quick: bool = False) -> list[Row]:
    """Cards a second."""
    if json.loads(ours()) != json.loads(theirs()):
        raise Wrong(f"the two cards differ:\n{ours()}\n{theirs()}")
    rounds, few, many = (1, 20, 200) if quick else (7, 150, 3000)
    message, found = said(), []
    for name, make, goal in (
        ("4 card rendered and serialised: by slack_sdk models", lambda: ours(message), GOAL),
        ("4 the same, its words put together first", ours, None),
    ):
        pairs = paired(lambda: _timed(theirs, few), lambda make=make: _timed(make, many), rounds)  # type: ignore[misc]
        costs = middle(pairs, "cpu_us")
        note = f"{costs[0]:.0f} -> {costs[1]:.1f} us a card"
        found.append(Row(name, ratio(pairs, "rate"), goal, "at least", cpu=cpu_note(pairs), note=note, rounds=pairs))
    return found


def _timed(make: Callable[[], Any], times: int) -> Round:
    begin, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        make()
    took, spent = time.perf_counter() - begin, time.process_time() - cpu
    return {"rate": round(times / took, 1), "cpu_us": round(spent / times * 1e6, 2)}
