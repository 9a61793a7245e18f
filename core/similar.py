"""Which open requests of a client may be about the same as a new one. It suggests; nobody is merged by it.

The titles of a client's open requests of this week lie in memory, by the words that are in them, and are read anew
after a minute: what another process filed is known then. Nothing is asked of the database while somebody files, but
once in that minute; what is found is loaded, and shown only if asker and place may see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, field
from sqlalchemy import Connection, select

from core.ask.folding import fold
from core.model.request import OPEN, Request
from core.store import tables as t
from core.store.changes import table

_requests = table(t.RequestRow)

WEEK, FRESH = timedelta(days=7), timedelta(minutes=1)
SHOWN = 3
#: Of a client's requests so many are known, the youngest; and a word that is in more than this many tells nothing.
_KNOWN, _COMMON, _COMPARED = 500, 40, 6
_ALIKE, _SAME_ITEM = 66, 8

_LATIN = re.compile(r"[a-z]{2,}|\d+")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
# Compiled when they are first needed, and kept by `re`: a start compares nothing.
# A code ends where Chinese begins: 3号楼 is no word of its own to a regular expression.
_CODE = r"(?<![a-z\d])(?:[a-z]{1,4}-?\d+[a-z]?|\d+[a-z]?|[a-z])(?![a-z\d])|[一二三四五六七八九十]+(?=[楼层号期栋幢座区标段月日])"
_NAMED = r"(?<!^)(?<![.!?]\s)\b[A-Z][a-z]+\b|[\u4e00-\u9fff](?=[工总姐哥](?:[^\u4e00-\u9fff作地程厂人]|$|[的在]))"
_EMPTY = frozenset((
    "an", "the", "is", "are", "was", "in", "on", "at", "of", "to", "for", "with", "and", "or", "not", "no", "we", "my",
    "our", "it", "its", "this", "that", "please", "can",
))  # fmt: skip
_ZH_EMPTY = frozenset("的了在是有我你他这那个和与请不没吗呢吧啊都也就还被把给到从")


class Known(Struct, frozen=True):
    """A title as it is compared."""

    id: int
    item: str
    title: str
    text: str
    words: frozenset[str]
    at: datetime


def known(id_: int, item: str, title: str, at: datetime) -> Known:
    text, words = _words(title)
    return Known(id_, item, title, text, words, at)


@lru_cache(maxsize=256)  # what was just asked about is learnt when it is committed
def _words(title: str) -> tuple[str, frozenset[str]]:
    """The folded title, and what is in it: Latin words, and pairs of Chinese characters."""
    text = fold(title)
    words = {word for word in _LATIN.findall(text) if word not in _EMPTY}
    if not text.isascii():
        for run in _CHINESE.findall(text):
            words.update(a + b for a, b in pairwise(run) if a not in _ZH_EMPTY or b not in _ZH_EMPTY)
    return text, frozenset(words)


def likeness(one: Known, other: Known) -> float:
    """0 to 100; 0 where a number, a code or a name differs: report Q3 is not report Q4."""
    marks, others = _marks(one.text), _marks(other.text)
    if (marks and others and marks != others) or _differ(_names(one.title), _names(other.title)):
        return 0.0
    shared = one.words & other.words
    if not shared:
        return 0.0
    spread = 100 * 2 * len(shared) / (len(one.words) + len(other.words))
    from rapidfuzz import fuzz  # on first use: a command line that files nothing starts without it

    score = max(fuzz.token_sort_ratio(one.text, other.text), spread)
    return score + (_SAME_ITEM if one.item == other.item else 0)


@lru_cache(maxsize=4096)  # what is open is compared again and again
def _marks(text: str) -> frozenset[str]:
    """Numbers and codes: other ones are another matter."""
    return frozenset(_digits(code) for code in re.findall(_CODE, text))


def _digits(code: str) -> str:
    """四 and 4 are one number, and so are 二十三 and 23."""
    tens, ten, ones = code.rpartition("十")
    numerals = "一二三四五六七八九"
    if code[0] not in f"{numerals}十" or len(tens) > 1 or len(ones) > 1:
        return code
    return str((numerals.find(tens) + 1 or 1) * 10 * bool(ten) + (numerals.find(ones) + 1 if ones else 0))


@lru_cache(maxsize=4096)
def _names(title: str) -> frozenset[str]:
    """Proper names: capitals inside an English sentence, 王工 and 李总."""
    return frozenset(re.findall(_NAMED, title))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one - other) and bool(other - one)


class _Client(Struct):
    """The open requests of one client, by their words."""

    read_at: datetime
    requests: dict[int, Known] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)

    def add(self, one: Known) -> None:
        self.requests[one.id] = one
        for word in one.words:
            self.by_word.setdefault(word, []).append(one.id)


class Similar:
    """The memory of what is open, for all clients."""

    def __init__(self) -> None:
        self._clients: dict[str, _Client] = {}

    def like(
        self, connection: Connection, client: str, item: str, title: str, now: datetime, real: datetime
    ) -> list[int]:
        """The ids of what is most alike, best first. `real` is the wall's clock, by which the memory ages."""
        held = self._clients.get(client)
        if held is None or real - held.read_at > FRESH:
            held = self._clients[client] = _read(connection, client, now, real)
        asked = known(0, item, title, now)
        counted: dict[int, int] = {}
        for word in asked.words:
            found = held.by_word.get(word, ())
            if len(found) <= _COMMON:
                for id_ in found:
                    counted[id_] = counted.get(id_, 0) + 1
        most = max(counted.values(), default=0)
        if most < min(2, len(asked.words)):
            return []
        alike: list[tuple[float, int]] = []
        for id_ in [id_ for id_, times in counted.items() if times >= most - 1][-_COMPARED:]:
            one = held.requests.get(id_)
            if one is not None and now - one.at <= WEEK and (score := likeness(asked, one)) >= _ALIKE:
                alike.append((score, id_))
        return [id_ for _, id_ in sorted(alike, reverse=True)]

    def learn(self, requests: Iterable[Request]) -> None:
        """What was committed: new ones are known, closed ones forgotten."""
        for request in requests:
            held = self._clients.get(request.client)
            if held is None:
                continue
            if not request.is_open:
                held.requests.pop(request.id, None)
            elif request.id not in held.requests and len(held.requests) < 2 * _KNOWN:
                held.add(known(request.id, request.item, request.title, request.opened_at))


def _read(connection: Connection, client: str, now: datetime, real: datetime) -> _Client:
    columns = (_requests.c.id, _requests.c.item, _requests.c.title, _requests.c.opened_at)
    wanted = (
        _requests.c.client == client,
        _requests.c.status.in_([s.value for s in OPEN]),
        _requests.c.opened_at > now - WEEK,
    )
    held = _Client(real)
    youngest = (_requests.c.opened_at.desc(), _requests.c.id.desc())
    for row in connection.execute(select(*columns).where(*wanted).order_by(*youngest).limit(_KNOWN)):
        held.add(known(*row))
    return held
