"""From a text to what it says: the senses that hold, and the words that gave them.

A word counts as it is meant: not when it is denied, supposed, quoted, past or somebody else's. That is decided clause by
clause, from the other words of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from core.ask.folding import fold
from core.rules import figures, mentions
from core.rules.lexicon import Sense, Spotted, spaced, spot, tokens
from core.rules.lexicon.variants import mended

#: Whoever writes more has said what matters by here.
LIMIT = 2000
#: A word that is only named: 标题里的“紧急”, the "URGENT" stamp.
_QUOTED = re.compile('[“"「『《][^“”"「」『』《》\n]{1,24}[”"」』》]')
#: Without one no date is written, and no time of day.
_DIGIT = re.compile("[0-9点點]")
_QUOTE = re.compile("[“「『《’]")
_LATIN = re.compile(" ([a-z']+) ")
#: What may follow an alarm that is no label of a thing: "an emergency on level 3".
_AFTER_ALARM = frozenset((
    "a", "again", "and", "as", "at", "because", "but", "by", "for", "from", "he", "here", "i", "if", "in", "is", "it",
    "my", "near", "now", "of", "on", "or", "our", "please", "she", "since", "so", "that", "the", "there", "they",
    "this", "to", "today", "under", "until", "we", "when", "where", "with", "you", "your",
))  # fmt: skip


#: What is begun with one of these is so now, whatever else is past.
_PRESENT = frozenset(("can't", "cant", "cannot", "won't", "wont", "isn't", "aren't", "doesn't", "don't", "is", "are"))


def _bits(*senses: Sense) -> int:
    """Plain integers: flags of an enum are slow to join."""
    return sum(int(sense) for sense in senses)


_STANDING = _bits(Sense.HALT, Sense.STOP, Sense.DOWN)
_PRESSING = _bits(Sense.NOW, Sense.SOON, Sense.CHASED)
_HAPPENING = _STANDING | _bits(
    Sense.HURT, Sense.DANGER, Sense.FAULT, Sense.LEAK, Sense.LOST, Sense.SPREAD, Sense.SOLVED
)
_DENIABLE = _HAPPENING | _PRESSING | _bits(Sense.COMPLAINT, Sense.LOSS, Sense.CALM, Sense.ROUND, Sense.SHUT)
_DENYING = _bits(Sense.NOT, Sense.NOBODY)
_COUNTED = _bits(Sense.HEADS, Sense.FOLK)
_SOONER = _bits(Sense.HOURS, Sense.TODAY, Sense.TOMORROW)
_ALL_STOPPED = _bits(Sense.EVERYONE, Sense.STOP)
(
    _BREAK, _NOBODY, _ABLE, _UNIT, _DAYS, _CALM, _NOW, _SOLVED, _STILL, _LOSS, _LABEL, _ASKED, _CLOCK, _SUM, _PAST,
    _GROUP, _MISSPELT,
) = (
    int(sense)
    for sense in (
        Sense.BREAK, Sense.NOBODY, Sense.ABLE, Sense.UNIT, Sense.DAYS, Sense.CALM, Sense.NOW, Sense.SOLVED,
        Sense.STILL, Sense.LOSS, Sense.LABEL, Sense.ASKED, Sense.CLOCK, Sense.SUM, Sense.PAST, Sense.GROUP,
        Sense.MISSPELT,
    )
)  # fmt: skip
#: What a clause with the one sense takes from its words of the others, unless the third is in it.
_VOIDED = (
    (int(Sense.IF), _HAPPENING | _PRESSING, int(Sense.NOT)),  # "if nobody comes" threatens; "if it stopped" supposes
    (int(Sense.PAST), _STANDING | _PRESSING, int(Sense.STILL)),
    (int(Sense.QUESTION), _PRESSING, 0),
    (int(Sense.DRILL), _STANDING | _PRESSING | int(Sense.DANGER), 0),
    (int(Sense.ELSEWHERE), _HAPPENING | _PRESSING, 0),
)
#: Without any of these, the words of a clause hold as they stand.
_NEEDS_THOUGHT = _bits(
    Sense.NOT, Sense.NOBODY, Sense.HEADS, Sense.FOLK, Sense.UNIT, Sense.LABEL,
    Sense.IF, Sense.PAST, Sense.QUESTION, Sense.DRILL, Sense.ELSEWHERE,
)  # fmt: skip
#: Without any of these, the words of a text do, and no sum in it counts.
_WATCHED = _NEEDS_THOUGHT | _bits(Sense.DAYS, Sense.LOSS, Sense.SUM, Sense.MISSPELT)


class Heard(Struct, frozen=True, gc=False):
    """All that a text says, and its words with what each of them says."""

    senses: int
    words: Sequence[Spotted] = ()
    text: str = ""


def hear(text: str, now: datetime | None = None) -> Heard:
    """What a text says; with `now`, in the writer's zone, a date may turn out to be tomorrow. Never raises."""
    folded = fold(text[:LIMIT].strip())
    if '"' in folded or (not folded.isascii() and _QUOTE.search(folded)):
        folded = _QUOTED.sub(" ", folded.replace("’", "'"))
    text = typed = spaced(folded)
    senses, words = spot(text)
    if senses & _WATCHED:
        if senses & _MISSPELT:
            text = mended(text)
            senses, words = spot(text)
            typed = typed if len(typed) == len(text) else text  # traditional characters are quoted as they were typed
        today = now.date() if now else None
        if senses & _NEEDS_THOUGHT or (today is not None and senses & _DAYS):
            senses, words = _thought(words, text, today)
        if senses & _LOSS or (senses & _SUM and senses & _SOONER):
            senses |= figures.amount(text)
    if now is not None and _DIGIT.search(folded):
        limits = mentions.limits(folded, text, senses, now)
        senses = senses & ~_CLOCK | limits if limits else senses
    return Heard(senses, words, typed)


def _thought(words: list[Spotted], text: str, today: date | None) -> tuple[int, list[Spotted]]:
    """What holds of the words, clause by clause."""
    clause: list[Spotted] = []
    meant: list[Spotted] = []
    for word in words:
        if not word[0] & _BREAK:
            clause.append(word)
        elif clause:
            meant += _meant(clause, text, today)
            clause = []
    if clause:
        meant += _meant(clause, text, today)
    return _spirit(meant) | _spirit(words) & _ASKED, meant


def _spirit(words: list[Spotted]) -> int:
    """All that these words say."""
    spirit = 0
    for word in words:
        spirit |= word[0]
    return spirit


def _meant(clause: list[Spotted], text: str, today: date | None) -> list[Spotted]:
    """The words of a clause that hold, each with what it says here."""
    if not _spirit(clause) & (_NEEDS_THOUGHT | _DAYS):  # most clauses mean what they say
        return clause
    kept = _weighed(clause, text, today)
    spirit, void = _spirit(kept), 0
    for having, loses, unless in _VOIDED:
        if spirit & having and not spirit & unless:
            void |= loses
    if void & _STANDING and spirit & _PAST:  # "after last night's update six people can't work"
        return [
            (senses & ~(void & ~_STANDING if _first(text, start) in _PRESENT else void), start, end)
            for senses, start, end in kept
        ]
    return [(senses & ~void, start, end) for senses, start, end in kept] if void else kept


def _weighed(clause: list[Spotted], text: str, today: date | None) -> list[Spotted]:
    """Each word with what the words before it and the numbers beside it make of it."""
    kept: list[Spotted] = []
    denial: Spotted | None = None
    for word in clause:
        senses, start, end = word
        if senses & _LABEL and _labels(word, text):
            continue
        if senses & _DENYING:
            if denial is not None:
                kept.append(denial)
            denial = word
            continue
        if denial is not None:
            if senses & _ABLE and denial[0] & _NOBODY:
                senses, denial = _ALL_STOPPED | denial[0] & _GROUP, None  # of a team, if one is named
            elif senses & _DENIABLE and len(tokens(text[denial[2] : start])) < _reach(senses, text[start]):
                senses, denial = _denied(senses), None
        if senses & _COUNTED:
            senses |= figures.group(text, word)
        elif senses & _UNIT:
            senses = figures.limit(text, word)
        elif today is not None and senses & _DAYS:
            senses = figures.weekday(text[start:end], today) or senses
        kept.append((senses, start, end))
    if denial is not None:
        kept.append(denial)
    return kept


def _first(text: str, at: int) -> str:
    """The Latin word that begins here, if one does."""
    match = _LATIN.match(text, at)
    return match[1] if match else ""


def _labels(word: Spotted, text: str) -> bool:
    """Whether a noun follows, of which the word only tells the kind: `emergency exit`, `critical path`."""
    after = _first(text, word[2])
    return after.isalpha() and after not in _AFTER_ALARM


def _reach(senses: int, sign: str) -> int:
    """How near a denial must stand: "not so very urgent", 不是说那么急. 没放线干等 denies the lines, not the waiting."""
    return 1 + sign.isascii() if senses & (_STANDING | _LOSS) else 3


def _denied(senses: int) -> int:
    """What a word says when it is denied: not urgent is calm, and what is not solved goes on."""
    left = senses & ~_DENIABLE
    if senses & _PRESSING:
        left |= _CALM
    if senses & _CALM:
        left |= _NOW
    if senses & _SOLVED:
        left |= _STILL
    return left
