"""Answers to the fields of an item: what somebody typed, read into what is kept."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.ask.folding import fold
from core.errors import Refused
from core.model.parties import Actor
from core.rulebook.values import Detail, Item
from core.rules import phrases
from core.rules.calendar import Calendar

LIMIT = 300
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?", re.ASCII)


def read(detail: Detail, typed: str, now: datetime, actor: Actor, calendar: Calendar) -> str:
    """The answer as it is kept: text as typed, a number plain, a day as 2026-12-01, an option's id.

    Raises Refused with the field's id: `field_long`, `field_number`, `field_least`, `field_most`, `field_date`,
    `field_choice`.
    """
    typed = typed.strip()
    match detail.kind:
        case "number":
            return _number(detail, typed)
        case "date":
            return _day(detail, typed, now, actor.zone, calendar)
        case "choice":
            return _option(detail, typed)
    if len(typed) > LIMIT:
        raise Refused("field_long", field=detail.id, limit=LIMIT, length=len(typed))
    return typed


def unanswered(item: Item, given: Iterable[str]) -> tuple[str, ...]:
    """The ids of the fields that are required and were not answered."""
    answered = set(given)
    return tuple(detail.id for detail in item.details if detail.required and detail.id not in answered)


def _number(detail: Detail, typed: str) -> str:
    folded = fold(typed).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(folded):
        raise Refused("field_number", field=detail.id)
    number = float(folded)
    if number < (detail.least if detail.least is not None else -math.inf):
        raise Refused("field_least", field=detail.id, least=plain(detail.least))
    if number > (detail.most if detail.most is not None else math.inf):
        raise Refused("field_most", field=detail.id, most=plain(detail.most))
    return plain(number)


def plain(number: float | None) -> str:
    """A number as people write it: no exponent, no zeros at the end."""
    return f"{number or 0.0:.6f}".rstrip("0").rstrip(".")


def _day(detail: Detail, typed: str, now: datetime, zone: str, calendar: Calendar) -> str:
    """A day, also one that is past: a test was taken last week. Two readings on one day are one answer."""
    meant = phrases.resolve(typed, now, zone, calendar)
    instants = (meant,) if isinstance(meant, datetime) else (*meant.options, *((meant.past,) if meant.past else ()))
    days: set[date] = {at.astimezone(ZoneInfo(zone)).date() for at in instants}
    if len(days) != 1:
        raise Refused("field_date", field=detail.id)
    return days.pop().isoformat()


def _option(detail: Detail, typed: str) -> str:
    folded = fold(typed)
    for option in detail.options:
        if folded in (option.id, *(fold(name) for name in option.name.values())):
            return option.id
    near = [o for o in detail.options if folded and any(fold(name).startswith(folded) for name in o.name.values())]
    if len(near) != 1:
        raise Refused("field_choice", field=detail.id)
    return near[0].id
