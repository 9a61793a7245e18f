"""Words in the reader's language: sentences from the catalogues, times with weekday and zone.

A msgid is the English sentence with named holes. The catalogues are `locale/<tag>/*.po`, one file a topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from core.say.catalogue import sentences
from core.say.message import Bold, Link, Mention, Plain, Span, Text, When

LANGUAGES = ("en", "zh-CN")
_HOLE = re.compile(r"\{(\w+)\}")
_SPANS = (Plain, Bold, When, Mention, Link)


def nearest(tag: str) -> str:
    """The language of ours that serves this tag (`zh-Hans`, `zh_TW`, `en-GB`); empty if none does."""
    head = tag.replace("_", "-").split("-")[0].lower()
    return {"zh": "zh-CN", "en": "en"}.get(head, "")


class Words:
    """The sentences of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._sentences = dict(sentences(lang))

    def find(self, msgid: str) -> str:
        return self._sentences.get(msgid, msgid)

    def __call__(self, msgid: str, /, **holes: object) -> str:
        """The sentence as plain text; holes are filled with plain values."""
        return self.find(msgid).format_map(holes) if holes else self.find(msgid)

    def count(self, one: str, many: str, n: int, /, **holes: object) -> str:
        """The sentence for `n` of something; `{n}` is filled."""
        sentence = self.find(one) if n == 1 and self.lang == "en" else self.find(many)
        return sentence.format_map({"n": n, **holes})

    def text(self, msgid: str, /, **holes: object) -> Text:
        """The sentence as spans: a hole filled with a span stays that span, so that it is escaped once, in `render`."""
        return tuple(self._spans(self.find(msgid), holes))

    def _spans(self, sentence: str, holes: dict[str, object]) -> Iterator[Span]:
        for part in _parts(sentence):
            if isinstance(part, Plain):
                yield part
                continue
            value = holes[part]
            if isinstance(value, tuple):
                yield from value
            elif isinstance(value, _SPANS):
                yield value
            else:
                yield Plain(str(value))

    def when(self, at: datetime, zone: str, *, with_zone: bool = True) -> str:
        """An instant in `zone`, absolute, with weekday: `Sun 22 Nov 17:00 (Shanghai)`, `11月22日 周日 17:00（上海）`."""
        # Babel would read its pattern anew each time; its names of days and months are what we need of it.
        days, months = _calendar(self.lang)
        there = at.astimezone(ZoneInfo(zone))
        local = self(
            "{weekday} {day} {month} {time}",
            weekday=days[there.weekday()], day=there.day, month=months[there.month],
            time=f"{there.hour:02}:{there.minute:02}",
        )  # fmt: skip
        return self("{local} ({zone})", local=local, zone=self.zone(zone)) if with_zone else local

    def day(self, at: datetime, zone: str) -> str:
        """A day with its year, for what lasts: `1 Jan 2027`, `2027年1月1日`."""
        there = at.astimezone(ZoneInfo(zone))
        return self("{day} {month} {year}", day=there.day, month=_calendar(self.lang)[1][there.month], year=there.year)

    def short_day(self, at: datetime, zone: str) -> str:
        """A local date with its weekday: `Sun 22 Nov`, `11月22日 周日`."""
        days, months = _calendar(self.lang)
        there = at.astimezone(ZoneInfo(zone))
        return self("{weekday} {day} {month}", weekday=days[there.weekday()], day=there.day, month=months[there.month])

    def weekday(self, day: int) -> str:
        """A weekday's short name, 0 is Monday."""
        return _calendar(self.lang)[0][day]

    def moment(self, at: datetime, zone: str) -> When:
        return _moment(self, at, zone)

    def zone(self, zone: str) -> str:
        """A zone's city, as people say it."""
        if zone in ("UTC", "Etc/UTC"):
            return "UTC"
        return _city(zone, self.lang)

    def span(self, span: timedelta) -> str:
        """A length of time, rounded to minutes: `2 h 30 min`, `2 小时 30 分钟`. Days are not used: they mean two things."""
        minutes = round(span.total_seconds() / 60)
        hours, minutes = divmod(abs(minutes), 60)
        if hours and minutes:
            return self("{h} h {m} min", h=hours, m=minutes)
        return self("{h} h", h=hours) if hours else self("{m} min", m=minutes)


def size(count: int) -> str:
    """How much is in a file: `640 kB`, `3.4 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f}".removesuffix(".0") + " MB"


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter before this one: what "last quarter" says."""
    last = date(today.year, today.month - (today.month - 1) % 3, 1) - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[Plain | str, ...]:
    """A sentence cut at its holes: words, and the names of the holes between them."""
    cut = _HOLE.split(sentence)
    return tuple(part if i % 2 else Plain(part) for i, part in enumerate(cut) if i % 2 or part)


@lru_cache(maxsize=1024)  # what is filed together is due together, and said in the answer and on the cards
def _moment(words: Words, at: datetime, zone: str) -> When:
    return When(at, words.when(at, zone))


# Babel's data load when a time is said for the first time: the program starts without.


@cache
def _calendar(lang: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """The short names of days and months."""
    from babel import Locale

    locale = Locale.parse(lang.replace("-", "_"))
    return locale.days["format"]["abbreviated"], locale.months["format"]["abbreviated"]


@cache
def _city(zone: str, lang: str) -> str:
    from babel.dates import get_timezone_location

    return str(get_timezone_location(zone, locale=lang.replace("-", "_"), return_city=True))


@cache
def words(lang: str) -> Words:
    """The words for a language tag; English where we do not have it."""
    ours = nearest(lang) or "en"
    return Words(ours) if ours == lang else words(ours)
