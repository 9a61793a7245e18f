"""What people choose to hear: a phrase of theirs becomes a choice, or is refused with what would work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.ask.folding import fold
from core.ask.grammar import CHOICES
from core.errors import Refused
from core.model.parties import Chosen, Quiet
from core.rules import phrases

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
        case "quiet" if rest:
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
    """Two times of day: `22:00-08:00`, `10pm to 7am`, `晚上10点到早上8点`."""
    hours = phrases.hours(text)
    if hours is None or hours[2]:
        raise Refused("quiet_unclear", word=text)
    quiet = Quiet(*hours[:2])
    if quiet.is_all_day:
        raise Refused("quiet_all_day", word=text)
    return quiet
