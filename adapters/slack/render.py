"""Messages as Slack takes them: in a chat, on the home tab, and in words alone."""

from __future__ import annotations

from adapters.slack.blocks import spelt
from adapters.slack.fitting import drawn
from adapters.slack.payload import Json
from adapters.slack.spans import LOOK_ALIKES
from adapters.slack.text import ELLIPSIS, clean, cut, escape
from core.say.message import Block, Context, Header, Message, Plain

SUMMARY = 3000


def render(message: Message) -> Json:
    """`text` is what a phone shows and what is read first; `blocks` is the message."""
    summary = f"{message.summary} {message.repeat}" if message.repeat else message.summary
    return {"text": fallback(summary), "blocks": blocks(message)}


def blocks(message: Message) -> list[Json]:
    return drawn(_noted(message))


def home(message: Message) -> Json:
    return {"type": "home", "blocks": blocks(message)}


def fallback(text: str) -> str:
    """Words for the top-level `text`, which Slack reads as mrkdwn: only what is escaped can notify anybody."""
    return escape(cut(clean(text), SUMMARY, escaped=True)) or ELLIPSIS


def plain(message: Message) -> str:
    """The whole message as words, for the case that Slack refuses its blocks; buttons are lost."""
    lines = [line for block in _noted(message) for line in spelt(block)]
    return escape(cut(("\n".join(lines) or message.summary).translate(LOOK_ALIKES), SUMMARY, escaped=True))


def _noted(message: Message) -> tuple[Block, ...]:
    """The mark of a possible second copy stands under the header."""
    if not message.repeat:
        return message.blocks
    mark, rest = Context((Plain(message.repeat),)), message.blocks
    under = 1 if rest and isinstance(rest[0], Header) else 0
    return (*rest[:under], mark, *rest[under:])
