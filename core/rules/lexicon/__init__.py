"""A lexicon of senses in Chinese and English, and one scan that finds them in a text.

A cue is not a list of sentences: a crew may be *idle*, *sent home* or *waiting*, 窝工 or 干等. Each of these words has a
`Sense`, and `core.rules.cues` joins senses. The longest spelling wins, so that the name of a thing (`emergency exit`,
紧急集合点) covers the word of alarm that is in it.

What people mean by the small words is in `en` and `zh`, what goes wrong in `mishaps` and, by families, in `events`, whom
it reaches in `reach`, how and by when it is meant in `tone`. Their notation: spellings stand between commas, and may run
over lines; `wait(s|ed|)` is wait, waits and waited. A spelling that stands under two senses has both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import IntFlag, auto
from functools import cache
from itertools import product
from string import digits

from ahocorasick_rs import AhoCorasick, MatchKind

from core.rules.lexicon import en, events, mishaps, reach, tone, variants, zh


class Sense(IntFlag):
    """What a word says of the world, or of how the words around it are to be taken."""

    HURT = auto()  # somebody is hurt or trapped, or only just was not
    DANGER = auto()  # it collapses, burns, leaks gas
    HAZARD = auto()  # what kills when it is faulty: a crane, a scaffold, a trench
    FAULT = auto()  # broken, loose, failed
    LACK = auto()  # something is not there that has to be
    LEAK = auto()  # data or secrets got out, or an attacker got in
    ALL = auto()  # the whole site or firm; 20 people and more
    EVERYONE = auto()  # of whom the text speaks: of a crew, if one is named
    GROUP = auto()  # a crew, a team, a floor; 4 people and more
    FEW = auto()  # one to three people, by number
    ME = auto()
    HALT = auto()  # work as such stands still
    STOP = auto()  # people cannot go on: idle, waiting, sent home
    DOWN = auto()  # a service or a tool does not serve at all
    SPREAD = auto()  # it grows worse at this moment
    MILESTONE = auto()  # an agreed event: a pour, an inspection, payday
    BID = auto()  # a tender's submission or opening: late is lost
    COMPLAINT = auto()
    LOSS = auto()  # penalties, claims, default
    FORTUNE = auto()  # an amount of a million and more
    MONEY = auto()  # an amount of a hundred thousand and more
    NOW = auto()
    SOON = auto()
    CHASED = auto()  # asked for again and again
    CALM = auto()
    LOWEST = auto()  # said to matter least
    HOURS = auto()  # a time limit of four hours or less
    TODAY = auto()
    TOMORROW = auto()
    CLOCK = auto()  # a time of day: today's, if no other day is named
    DAYS = auto()  # a time limit of up to two weeks
    WEEKS = auto()  # a later one
    SOLVED = auto()
    STILL = auto()  # it goes on, or came back
    ROUND = auto()  # there is a way round
    ELSEWHERE = auto()  # not ours
    DRILL = auto()  # an exercise, something planned
    TRIFLE = auto()
    WISH = auto()
    QUESTION = auto()
    NOTE = auto()  # for the files, for information, thanks
    PAPER = auto()  # a document about a thing, not the thing
    IRONY = auto()  # the calm is not meant
    IF = auto()
    PAST = auto()
    NOT = auto()
    NOBODY = auto()
    ABLE = auto()  # can: after nobody, everybody is stopped
    BREAK = auto()  # between clauses
    HEADS = auto()  # people, if a number stands before
    FOLK = auto()  # a trade in the plural: a group, if no number says otherwise
    UNIT = auto()  # of time or money: a number may stand beside it
    LABEL = auto()  # alarm when it stands alone, a kind of thing before a noun: an emergency, the emergency lighting
    NAME = auto()  # a false friend
    LIFT = auto()  # a box that carries people
    SHUT = auto()  # stuck, between floors
    INSIDE = auto()
    SOUL = auto()  # a living being is spoken of
    CORE = auto()  # what many depend on: production, a server, the network
    LOST = auto()  # data deleted, overwritten, vanished
    GONE = auto()  # and not to be had back
    STOLEN = auto()  # or left behind in a train
    WH = auto()  # who, what: a question, if it ends as one
    ASKED = auto()  # a question mark
    ASK = auto()  # a request in the form of a question
    GAS = auto()  # a pipe or tank that must not leak
    BREACHED = auto()  # cut, ruptured
    SENT = auto()
    OUTSIDER = auto()  # who must not have it
    CARRIER = auto()  # a thing that holds what is confidential
    PUBLIC = auto()  # where what is confidential must not be
    VITAL = auto()  # what keeps people alive
    FLAW = auto()  # not as it should be, and nobody dies of it: noise, a stain
    DEVICE = auto()  # what one works with: tea over a keyboard is about the keyboard
    SLOW = auto()  # it serves badly
    SUM = auto()  # money is spoken of
    MUST = auto()  # it has to be done by a time
    PRAISE = auto()
    HARMLESS = auto()  # said to hold nobody up
    PLEA = auto()  # something is asked for, and has not happened
    FLOOR = auto()  # a part of a house or site: everybody there is a group
    MILD = auto()  # it will do so: calm, if no day is named and nothing is wrong
    MISSPELT = auto()  # a word that the lexicon spells in another way


#: A word of the lexicon in a text: its senses, and from where to where it stands.
Spotted = tuple[int, int, int]

_NAME = int(Sense.NAME)  # an enum's flags are slow to join

_LATIN = r"[a-z]+(?:'(?!s\b)[a-z]+)?|\d+(?:[.,:]\d+)*"
_MARK = r"(?![a-z\d'-])[!-~]"
_TOKEN = re.compile(rf"{_LATIN}|[^ \t\r\f\va-z\d'-]")
_RUN = re.compile(rf"{_LATIN}|{_MARK}|[^\0-\x7f]+")
_LATIN_IN = re.compile(r"[a-z\d \t\r\f\v'-]")
_SIGN = re.compile(_MARK)


def spaced(folded: str) -> str:
    """A text as the lexicon is searched for in it: a space before and after each Latin word, number and sign of ASCII,
    and no other, so that no word is found in a part of another. What is Chinese throughout stays as it is.
    """
    if folded.isascii():
        words = folded.replace("\n", " ; ").split()  # both end a clause
        return f" {'  '.join(words if ''.join(words).isalpha() else _parted(words))} "
    folded = folded.replace("\n", ";")
    if _LATIN_IN.search(folded) is None:
        return folded
    return "".join([f" {run} " if run[0].isascii() else run for run in _RUN.findall(folded)])


def _parted(words: list[str]) -> list[str]:
    """Words of ASCII, numbers and signs, each by itself."""
    parted: list[str] = []
    for word in words:
        if word.isalpha() or word.isdecimal():
            parted.append(word)
        elif word[-1] in ",.;:!?" and word[:-1].isalpha():
            parted += word[:-1], word[-1]
        else:
            parted += _TOKEN.findall(word)
    return parted


def tokens(text: str) -> list[str]:
    """Latin words, numbers, and every other sign of a text that is `spaced`: a Chinese character is a token."""
    return text.split() if text.isascii() else _TOKEN.findall(text)


def spot(text: str) -> tuple[int, list[Spotted]]:
    """The words of the lexicon in this text, which is `spaced`, from left to right, none over another, the longest
    first; and all that they say.

    A false friend covers the alarm that is in it, and says nothing itself.
    """
    find, said_by = _lexicon()
    found = []
    said = 0
    for which, start, end in find(text):
        senses = said_by[which]
        said |= senses
        found.append((senses, start, end))
    return said, found


@cache  # on first use: a command line that files nothing starts without it
def _lexicon() -> tuple[Callable[[str], list[Spotted]], list[int]]:
    """What finds the spellings, and what each of them says."""
    tables = (table for part in (mishaps, events, reach, tone) for table in (part.EN, part.ZH))
    senses = _read(en.WORDS, zh.WORDS, *tables)
    search = AhoCorasick(senses, matchkind=MatchKind.LeftmostLongest, store_patterns=False)
    return search.find_matches_as_indexes, [0 if said & _NAME else said for said in senses.values()]


def _read(*tables: Mapping[str, str]) -> dict[str, int]:
    """Each spelling as it stands in a text that is `spaced`, with all that it says."""
    senses: dict[str, int] = {}
    for table in tables:
        for name, entries in table.items():
            sense = int(Sense[name])
            for entry in " ".join(entries.casefold().translate(variants.SIMPLIFIED).split()).split(","):
                for known in _written(entry):
                    senses[known] = senses.get(known, 0) | sense
    for mark in ",;:.!?。":  # they cannot stand in the notation
        for known in {mark, spaced(mark)}:
            senses[known] = senses.get(known, 0) | int(Sense.BREAK | Sense.ASKED if mark == "?" else Sense.BREAK)
    for number in map("".join, product(digits, ",.:", digits)):  # where no clause ends
        senses.setdefault(number, _NAME)
    for other in variants.ALL:
        senses.setdefault(spaced(other), int(Sense.MISSPELT))
    return senses


def _written(entry: str) -> Iterator[str]:
    """Each spelling of an entry; a Chinese one with a sign in it as it stands beside Latin words, too."""
    close = entry.replace(" ", "")
    if _LATIN_IN.search(close):
        yield from map(spaced, map(str.strip, _spellings(entry)))
    else:
        yield from _spellings(close)
        if _SIGN.search(close):
            yield from (_SIGN.sub(r" \g<0> ", spelling) for spelling in _spellings(close))


def _spellings(entry: str) -> Iterator[str]:
    parts = re.split(r"\(([^()]*)\)", entry)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    return ("".join(chosen) for chosen in product(*choices))
