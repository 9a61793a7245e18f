"""Finding items of the catalogue as people type their names: words, aliases, pinyin, its initials, near spelling.

The two libraries load on first use: a name that is written as the rulebook has it needs neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import astuple

from core.ask.folding import fold, fold_known
from core.rulebook.values import Item, Rulebook, in_lang

#: From here on a name counts as found; below, it is only what comes nearest.
FOUND = 60
#: From here on it is a name, or a part of one, as it is written or sounds.
NAME = 86
#: How alike two spellings must be, of 100, to be taken for a slip; what is shorter is never one.
_ALIKE, _SLIP = 72, 3
_NAMED = ("named",)


class Spelt(Struct, frozen=True):
    """A name as it may be typed: as it is written (folded, without blanks), as it sounds, and by its initials."""

    text: str
    sound: str
    initials: str


def named(word: str, rulebook: Rulebook) -> Item | None:
    """The item that a word names, by id, name or alias, exactly; of two that share a name, the first."""
    index = rulebook.derived.get(_NAMED)
    if index is None:
        items = reversed(list(rulebook.items.values()))
        index = rulebook.derived[_NAMED] = {fold_known(name): item for item in items for name in names(item)}
    found: Item | None = index.get(fold(word.strip()))
    return found


def names(item: Item) -> Iterator[str]:
    yield item.id
    yield from item.name.values()
    yield from item.aliases


def tag(item: Item, lang: str) -> str:
    """A word for the item that can follow `#`: its name without spaces, else an alias that one can type, else the id."""
    name = in_lang(item.name, lang)
    return name if " " not in name else next((a for a in item.aliases if " " not in a and a.isascii()), item.id)


def keys(item: Item) -> tuple[str, ...]:
    """Whatever leads to an item letter by letter: its names, how they sound, and their initials."""
    found = (key for name in map(fold, names(item)) for key in (name, *astuple(spelt(name))))
    return tuple(dict.fromkeys(key for key in found if key))


def search(words: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that these words find, the likeliest first."""
    scored = [(likeness(words, item), item) for item in items]
    found = sorted((one for one in scored if one[0] >= FOUND), key=lambda one: -one[0])
    return tuple(item for _, item in found)


def nearest(word: str, items: Iterable[Item], limit: int = 3) -> tuple[Item, ...]:
    """The items whose names come nearest to a word that names none."""
    return tuple(sorted(items, key=lambda item: -likeness(word, item))[:limit])


def likeness(words: str, item: Item) -> float:
    """How well these words name the item: 100 is its name, 0 nothing in common."""
    asked = spelt(fold(words))
    if not asked.text:
        return 0.0
    by_name = max(_likeness(asked, spelt(fold_known(name))) for name in names(item))
    told = (fold_known(text) for text in item.about.values())
    return max(by_name, 70.0 if len(asked.text) > 1 and any(fold(words).strip() in text for text in told) else 0.0)


def alike(words: str, name: str) -> float:
    """How well words name a thing of this name, 0 to 100."""
    return _likeness(spelt(fold(words)), spelt(fold(name)))


def _likeness(asked: Spelt, name: Spelt) -> float:
    if asked.text == name.text:
        return 100.0
    typed = asked.text
    if name.text.startswith(typed):
        return 95.0
    if typed == name.initials or typed == name.sound:
        return 94.0
    if len(typed) > (2 if typed.isascii() else 1) and typed in name.text:
        return 90.0
    if asked.sound == name.sound:  # another character of the same sound: 图纸审察
        return 89.0
    if len(typed) > 2 and name.sound.startswith(typed):
        return 87.0
    if len(typed) > 1 and name.initials.startswith(typed):
        return 86.0
    if len(name.text) > 1 and name.text in typed:
        return 85.0
    return _near(asked, name)


def _near(asked: Spelt, name: Spelt) -> float:
    """By edit distance, of the spelling and of the sound: 85 at most, and below what counts as found unless alike.

    Of four initials and more one may be wrong: fingers slip, and not everybody says zh, sh and n as the book does.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    if len(asked.text) > _SLIP and Levenshtein.distance(asked.text, name.initials, score_cutoff=1) <= 1:
        return 65.0
    alike = max(fuzz.ratio(asked.text, name.text), fuzz.ratio(asked.sound, name.sound))
    slip = alike >= _ALIKE and min(len(asked.sound), len(name.sound)) >= _SLIP
    return alike * 0.8 + 5 if slip else min(alike * 0.8, FOUND - 1)


@lru_cache(maxsize=4096)
def spelt(folded: str) -> Spelt:
    syllables = [part for run in _sounds(folded) for part in "".join(c if c.isalnum() else " " for c in run).split()]
    text = "".join(c for c in folded if c.isalnum())
    return Spelt(text, "".join(syllables), "".join(part[0] for part in syllables))


def _sounds(text: str) -> list[str]:
    if text.isascii():
        return [text]
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text))
