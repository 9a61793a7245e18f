"""What people choose to hear: a phrase of theirs becomes a choice, or is refused with what would work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.ask.folding import fold
from core.ask.grammar import CHOICES
from core.errors import Refused
from core.model.parties import Chosen, Quiet
from core.rulebook.lines import Unfit
from core.rulebook.scalars import a_quiet

WEEK = timedelta(days=7)
_OFF = frozenset({"off", "none", "no", "关", "关闭", "不要"})
_ON = frozenset({"on", "yes", "开", "开启", "要"})
_WEEK = frozenset({"mute", "week", "mute a week", "一周", "停一周", "静音一周"})
_WAYS: Mapping[str, str] = {
    "mention": "mention", "mentions": "mention", "提及": "mention", "@": "mention", "群里": "mention", "dm": "dm",
    "direct": "dm", "direct message": "dm", "私聊": "dm", "私信": "dm",
}  # fmt: skip


def chosen(text: str, now: datetime) -> tuple[str, Chosen]:
    """Of which kind, and what. Raises Refused: `choice_unclear`, `quiet_unclear`, `quiet_all_day`."""
    word, _, rest = fold(text).strip().partition(" ")
    name, rest = CHOICES.get(word, ""), rest.strip()
    match name:
        case "quiet":
            return name, Chosen("off" if rest in _OFF else str(_quiet(rest)))
        case "digest" if rest in _ON:
            return name, Chosen("on")
        case "digest" if rest in _OFF:
            return name, Chosen("off")
        case "digest" if rest in _WEEK:
            return name, Chosen("off", now + WEEK)
        case "reminders" if rest in _WAYS:
            return name, Chosen(_WAYS[rest])
    raise Refused("choice_unclear", word=text)


def _quiet(text: str) -> Quiet:
    """Two times of day, whatever stands between them."""
    times = re.findall(r"\d{1,2}(?::\d{2})?", text.replace("点", ":00"))
    if len(times) != 2:
        raise Refused("quiet_unclear", word=text)
    since, until = (one if ":" in one else f"{one}:00" for one in times)
    try:
        quiet = a_quiet(f"{since}-{until}")
    except Unfit:
        raise Refused("quiet_all_day" if since == until else "quiet_unclear", word=text) from None
    if quiet is None:
        raise Refused("quiet_unclear", word=text)
    return quiet
