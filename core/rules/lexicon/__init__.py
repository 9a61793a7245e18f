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
import sys
from collections.abc import Iterator, Mapping
from enum import IntFlag, auto
from functools import cache
from itertools import product
from typing import Any

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


_NAME = int(Sense.NAME)  # an enum's flags are slow to join

#: A word of the lexicon in a text: its senses, and the tokens that it spans, from and to.
Spotted = tuple[int, int, int]


_LATIN = r"[a-z]+(?:'(?!s\b)[a-z]+)?|\d+(?:[.,:]\d+)*"
_TOKEN = re.compile(rf"{_LATIN}|[^ \t\r\f\va-z\d'-]")
_LATIN_IN = re.compile(r"[a-z\d'-]", re.IGNORECASE)
_RUN = re.compile(rf"{_LATIN}|[^ \t\r\f\va-z\d'-]+")


def tokens(folded: str) -> list[str]:
    """Latin words, numbers, and every other sign for itself: a Chinese character is a token."""
    said: list[str] = []
    if folded.isascii():
        for word in folded.replace("\n", " ; ").split():  # both end a clause
            if word.isalpha():
                said.append(word)
            else:
                said += _TOKEN.findall(word)
        return said
    for run in _RUN.findall(folded):  # Chinese stands in long runs: taken whole, and apart at once
        if run[0].isascii() and run[0].isalnum():
            said.append(run)
        else:
            said += run
    return said


def _characters(spelling: str) -> list[str]:
    """The tokens of what is Chinese throughout, sooner than by looking for others."""
    return list(spelling.replace(" ", ""))


def _spellings(entry: str) -> Iterator[str]:
    parts = re.split(r"\(([^()]*)\)", entry)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    return ("".join(chosen) for chosen in product(*choices))


#: The tokens that may follow, each with what is said if the word ends there (0: it does not), and what goes on.
_Node = dict[str, tuple[int, Any]]


def _read(*tables: Mapping[str, str]) -> _Node:
    root: _Node = {}
    for table in tables:
        for name, entries in table.items():
            sense = int(Sense[name])
            for entry in " ".join(entries.casefold().split()).split(","):
                apart = tokens if _LATIN_IN.search(entry) else _characters
                for spelling in _spellings(entry):
                    _enter(root, apart(spelling), sense)
    for mark in ",;.!?。\n":  # they cannot stand in the notation
        _enter(root, [mark], int(Sense.BREAK | Sense.ASKED if mark == "?" else Sense.BREAK))
    _vary(root)
    return root


def _vary(node: _Node) -> None:
    """Other spellings of a token lead where it leads."""
    for token, step in list(node.items()):
        if step[1]:
            _vary(step[1])
        for other in variants.of(token):
            node.setdefault(other, step)


def _enter(node: _Node, spelling: list[str], sense: int) -> None:
    for token in spelling[:-1]:
        senses, after = node.get(token, (0, None))
        if after is None:
            after = {}
            node[sys.intern(token)] = (senses, after)
        node = after
    for token in spelling[-1:]:
        senses, after = node.get(token, (0, None))
        node[sys.intern(token)] = _end(senses | sense) if after is None else (senses | sense, after)


@cache  # there are tens of thousands of ends, and few different ones
def _end(senses: int) -> tuple[int, None]:
    return senses, None


@cache  # on first use: a command line that files nothing starts without it
def _root() -> _Node:
    return _read(
        en.WORDS, zh.WORDS, *(table for part in (mishaps, events, reach, tone) for table in (part.EN, part.ZH))
    )


def spot(text: list[str]) -> tuple[int, list[Spotted]]:
    """The words of the lexicon among these tokens, from left to right, none over another; and all that they say.

    A false friend covers the alarm that is in it, and says nothing itself.
    """
    size, found = len(text), []
    said = free = 0
    for start, node in enumerate(map(_root().get, text)):
        if node is None or start < free:
            continue
        senses, after = node
        end = at = start + 1
        while after is not None and at < size and text[at] in after:
            longer, after = after[text[at]]
            at += 1
            if longer:
                senses, end = longer, at
        if senses:
            free = end
            if not senses & _NAME:
                said |= senses
                found.append((senses, start, end))
    return said, found
