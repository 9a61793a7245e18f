"""What goes first when room is short: by weight the least, then quotations; never what must be known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from adapters.slack.blocks import FIELD, SECTION, draw, ids
from adapters.slack.payload import Json, dumps
from adapters.slack.spans import longest_words
from adapters.slack.text import cut, size
from core.say.message import Actions, Block, Context, Fields, Gauge, Paragraph, Quote, Text, When

BLOCKS, TOTAL = 50, 13_200
QUOTE_AT_LEAST = 80


def drawn(said: Sequence[Block]) -> list[Json]:
    """All blocks within the measure of one message."""
    numbers = ids()
    each = [draw(block, numbers) for block in said]
    made = list(chain.from_iterable(each))
    # What Slack counts is in the JSON, a byte a sign at least; and nearly every message is far below.
    if len(made) <= BLOCKS and len(dumps(made)) <= TOTAL:
        return made
    return _fitted(list(map(_Drawn, said, each)))


def _fitted(each: list[_Drawn]) -> list[Json]:
    while len(_made(each)) > BLOCKS or _excess(each) > 0:
        if not (_drop_lightest(each) or _shorten(each) or _drop_last(each)):
            break
    return _made(each)


def total(value: object) -> int:
    """How much text Slack would count (slackapi/bolt-js#2509): what stands in text objects and rich text."""
    if isinstance(value, list):
        return sum(total(item) for item in value)
    if isinstance(value, dict):
        own = value.get("text")
        return (size(own) if isinstance(own, str) else 0) + sum(
            total(part) for name, part in value.items() if name != "text" or not isinstance(part, str)
        )
    return 0


class _Drawn(Struct):
    """A block as it is drawn now."""

    block: Block
    made: list[Json]

    def redraw(self, block: Block) -> None:
        self.block = block
        self.made = draw(block, ids())


def _made(each: list[_Drawn]) -> list[Json]:
    return [made for one in each for made in one.made]


def _excess(each: list[_Drawn]) -> int:
    return total(_made(each)) - TOTAL


def _drop_lightest(each: list[_Drawn]) -> bool:
    """Of equal weight the last; due times stay, whatever their weight."""
    droppable = [
        (d.block.weight, -n)
        for n, d in enumerate(each)
        if isinstance(d.block, Paragraph | Context) and not any(isinstance(span, When) for span in d.block.text)
    ]
    if droppable:
        del each[-min(droppable)[1]]
    return bool(droppable)


def _shorten(each: list[_Drawn]) -> bool:
    """One quotation; else one of the texts that had to stay; False when all are short already."""
    for d in each:
        if isinstance(d.block, Quote) and len(shown := d.block.text[:SECTION]) > QUOTE_AT_LEAST:
            # By a tenth at least, since the excess counts wide characters twice.
            room = len(shown) - max(_excess(each), len(shown) // 10, 1)
            d.redraw(replace(d.block, text=cut(shown, max(QUOTE_AT_LEAST, room))))
            return True
    for d in each:
        if isinstance(d.block, Paragraph | Context | Gauge) and (shorter := _half(d.block.text)):
            d.redraw(replace(d.block, text=shorter))
            return True
        if isinstance(d.block, Fields) and any(_half(value) for _, value in d.block.pairs):
            d.redraw(Fields(tuple((label, _half(value) or value) for label, value in d.block.pairs)))
            return True
    return False


def _drop_last(each: list[_Drawn]) -> bool:
    """When even short texts are too many: a message without them reaches more people than one that Slack refuses.

    Buttons go after words, since refused blocks would have none either; what has to stay goes at the very last.
    """
    for kind in (Quote | Fields, Actions, Gauge | Paragraph | Context):
        for n in reversed(range(len(each))):
            if isinstance(each[n].block, kind):
                del each[n]
                return True
    return False


def _half(text: Text) -> Text | None:
    """Its longest plain part at half length; None when there is no long one."""
    longest = longest_words(text)
    if longest is None or len(longest.text) <= QUOTE_AT_LEAST:
        return None
    to = min(len(longest.text), FIELD) // 2
    return tuple(replace(span, text=cut(longest.text, to)) if span is longest else span for span in text)
