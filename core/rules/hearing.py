"""From a text to what it says: the senses that hold, and the words that gave them.

A word counts as it is meant: not when it is denied, supposed, quoted, past or somebody else's. That is decided clause by
clause, from the other words of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.ask.grammar import fold
from core.rules import figures
from core.rules.lexicon import Sense, Spotted, spot, tokens

#: Whoever writes more has said what matters by here.
LIMIT = 2000
#: How far a denial reaches, in tokens: "not so very urgent", 不是说那么急.
REACH = 3
#: A word that is only named: 标题里的“紧急”, the "URGENT" stamp.
_QUOTED = re.compile('[“"「『《][^“”"「」『』《》\n]{1,24}[”"」』》]')


#: What may follow an alarm that is no label of a thing: "an emergency on level 3".
_AFTER_ALARM = frozenset((
    "a", "again", "and", "as", "at", "because", "but", "by", "for", "from", "he", "here", "i", "if", "in", "is", "it",
    "my", "near", "now", "of", "on", "or", "our", "please", "she", "since", "so", "that", "the", "there", "they",
    "this", "to", "today", "under", "until", "we", "when", "where", "with", "you", "your",
))  # fmt: skip


def _bits(*senses: Sense) -> int:
    """Plain integers: flags of an enum are slow to join."""
    return sum(int(sense) for sense in senses)


_STANDING = _bits(Sense.HALT, Sense.STOP, Sense.DOWN)
_PRESSING = _bits(Sense.NOW, Sense.SOON, Sense.CHASED)
_HAPPENING = _STANDING | _bits(Sense.HURT, Sense.DANGER, Sense.FAULT, Sense.LEAK, Sense.SPREAD, Sense.SOLVED)
_DENIABLE = _HAPPENING | _PRESSING | _bits(Sense.COMPLAINT, Sense.LOSS, Sense.CALM, Sense.ROUND)
_SKIPPED = _bits(Sense.NAME)
_DENYING = _bits(Sense.NOT, Sense.NOBODY)
_COUNTED = _bits(Sense.HEADS, Sense.FOLK)
_ALL_STOPPED = _bits(Sense.EVERYONE, Sense.STOP)
_BREAK, _NOBODY, _ABLE, _UNIT, _DAYS, _CALM, _NOW, _SOLVED, _STILL, _LOSS, _LABEL = (
    int(sense)
    for sense in (
        Sense.BREAK, Sense.NOBODY, Sense.ABLE, Sense.UNIT, Sense.DAYS, Sense.CALM, Sense.NOW, Sense.SOLVED,
        Sense.STILL, Sense.LOSS, Sense.LABEL,
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


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a text says, and each of its words with what it says."""

    senses: int
    words: tuple[tuple[int, str], ...]

    def word(self, senses: int) -> str:
        """The first word that says one of these."""
        return next((word for said, word in self.words if said & senses), "")


def hear(text: str, today: date | None = None) -> Heard:
    """What a text says; with `today`, a weekday may turn out to be tomorrow. Never raises."""
    folded = fold(text[:LIMIT])
    if not folded.isascii() or '"' in folded:
        folded = _QUOTED.sub(" ", folded.replace("’", "'"))
    said = tokens(folded)
    clause: list[Spotted] = []
    meant: list[Spotted] = []
    for word in spot(said):
        if not word.senses & _BREAK:
            clause.append(word)
        elif clause:
            meant += _meant(clause, said, today)
            clause = []
    if clause:
        meant += _meant(clause, said, today)
    senses = 0
    for word in meant:
        senses |= word.senses
    if senses & _LOSS:
        senses |= figures.amount(said)
    return Heard(senses, tuple((word.senses, _written(said[word.start : word.end])) for word in meant))


def _meant(clause: list[Spotted], said: list[str], today: date | None) -> Iterator[Spotted]:
    """The words of a clause that hold, each with what it says here."""
    kept: list[Spotted] = []
    denial: Spotted | None = None
    for word in clause:
        senses = word.senses
        if senses & _SKIPPED or (senses & _LABEL and _labels(word, said)):
            continue
        if senses & _DENYING:
            denial = word
        elif denial is not None and senses & _ABLE and denial.senses & _NOBODY:
            senses = _ALL_STOPPED
        elif denial is not None and senses & _DENIABLE and word.start - denial.end < REACH:
            kept.remove(denial)
            senses, denial = _denied(senses), None
        elif senses & _COUNTED:
            senses |= figures.group(said, word)
        elif senses & _UNIT:
            senses = figures.limit(said, word)
        elif today is not None and senses & _DAYS:
            senses = figures.weekday(said[word.start : word.end], today) or senses
        kept.append(word if senses == word.senses else word._replace(senses=senses))
    spirit = 0
    for word in kept:
        spirit |= word.senses
    void = 0
    for having, loses, unless in _VOIDED:
        if spirit & having and not spirit & unless:
            void |= loses
    return (word._replace(senses=word.senses & ~void) for word in kept) if void else iter(kept)


def _labels(word: Spotted, said: list[str]) -> bool:
    """Whether a noun follows, of which the word only tells the kind: `emergency exit`, `critical path`."""
    after = said[word.end] if word.end < len(said) else ""
    return after.isascii() and after.isalpha() and after not in _AFTER_ALARM


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


def _written(said: list[str]) -> str:
    """Tokens as people write them: Latin words apart, Chinese characters together."""
    return (" " if said[0].isascii() else "").join(said)
