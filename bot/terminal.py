"""Messages at a terminal: one line a paragraph, plain text."""

from __future__ import annotations

from collections.abc import Iterator

from core.say.message import Context, Header, Message, Paragraph, Text


def lines(message: Message) -> Iterator[str]:
    """What a message says, without its buttons; small print is indented."""
    for block in message.blocks:
        match block:
            case Header(text=text):
                yield text
            case Paragraph(text=spans):
                yield _text(spans)
            case Context(text=spans):
                yield f"  {_text(spans)}"


def _text(spans: Text) -> str:
    return "".join(getattr(span, "text", "") or getattr(span, "name", "") for span in spans)
