"""By when something is wished: a phrase made an instant. What it could mean is asked, with each reading as a line to press."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.ask.folding import fold
from core.ask.moments import mended
from core.errors import Fix, Refused
from core.rules import phrases
from core.rules.calendar import Calendar
from core.rules.context import Context

#: As it is typed where no label is wanted: in the field of a form, after `/request due 42`.
_LABEL = r"^\s*(?:due|by|截止|期限)\s*[:：]\s*"


def wished(typed: str, calendar: Calendar, ctx: Context, line: Callable[[str], str], *without: Fix) -> datetime:
    """The instant; `line` is the line that says the same with another phrase, `without` the way to say it with none.

    Raises Refused: `due_ambiguous`, `due_past`, `due_unclear`.
    """
    phrase = re.sub(_LABEL, "", typed, flags=re.IGNORECASE) if ":" in typed or "：" in typed else typed
    meant = phrases.resolve(phrase, ctx.now, ctx.actor.zone, calendar, ctx.actor.lang)
    if isinstance(meant, datetime):
        return meant
    zone = ZoneInfo(ctx.actor.zone)

    def dated(options: tuple[datetime, ...]) -> tuple[Fix, ...]:
        return tuple(Fix(f"@{at.isoformat()}", line(f"{at.astimezone(zone):%Y-%m-%dT%H:%M}")) for at in options)

    if meant.options:
        raise Refused("due_ambiguous", dated(meant.options), phrase=phrase)
    if meant.past is not None:
        later = dated(_later(meant.past, ctx.now))
        raise Refused("due_past", (*later, *without), phrase=phrase, past_at=meant.past.isoformat())
    words = (mended(fold(phrase)), "today", "tomorrow")
    likely = [phrases.resolve(word, ctx.now, ctx.actor.zone, calendar, ctx.actor.lang) for word in words]
    ahead = dict.fromkeys(at for at in likely if isinstance(at, datetime))
    raise Refused("due_unclear", (*dated(tuple(ahead)[:2]), *without), phrase=phrase)


def _later(past: datetime, now: datetime) -> tuple[datetime, ...]:
    """The same time of day next, and the same day of the week next."""
    days = (now - past).days + 1
    return tuple(past + timedelta(days=n) for n in dict.fromkeys((days, -(-days // 7) * 7)))
