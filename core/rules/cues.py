"""Cues: which senses, heard together, propose which impact and which urgency.

Two decision lists. In each the first rule that fits speaks and the rest is silent, so that the order is the precedence:
what takes all else back, then the gravest, then what makes it lighter. Where no rule fits, nothing is proposed. The ids
are stable: the team's corrections are counted by them.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from core.rules.hearing import Heard
from core.rules.lexicon import Sense

NOTHING = Sense(0)


class Given(Struct, frozen=True, gc=False):
    """A level with what gave it: the rule (or the desk's own cue) and the words in which it was heard."""

    level: int
    cue: str
    words: tuple[str, ...]


class Rule(Struct, frozen=True):
    """Speaks when a sense of each of `all_of` is heard and none of `unless`; `level` is 1 (gravest) to 4."""

    id: str
    level: int
    all_of: tuple[Sense, ...]
    unless: Sense = NOTHING


#: People or tools that do not go on.
STUCK = Sense.STOP | Sense.DOWN | Sense.HALT
#: Something is not as it should be.
TROUBLE = STUCK | Sense.FAULT | Sense.FLAW | Sense.SLOW | Sense.LACK | Sense.LOSS | Sense.LEAK | Sense.LOST
#: Whoever is meant, it is more than three.
MANY = Sense.ALL | Sense.EVERYONE | Sense.GROUP
SOONER = Sense.HOURS | Sense.TODAY | Sense.TOMORROW

#: In both lists alike: somebody is hurt, which no exercise explains away; and what nobody has to call urgent.
HURT: tuple[Rule, ...] = (
    Rule("hurt", 1, (Sense.HURT,)),
    Rule("hurt", 1, (Sense.LIFT, Sense.SHUT, Sense.SOUL | Sense.INSIDE)),
    Rule("hurt", 1, (Sense.LIFT, Sense.INSIDE, STUCK | Sense.FAULT)),
)
GRAVE: tuple[Rule, ...] = (
    Rule("danger", 1, (Sense.DANGER,)),
    Rule("danger", 1, (Sense.GAS, Sense.BREACHED), Sense.PAPER),
    Rule("hazard", 1, (Sense.HAZARD, Sense.FAULT | Sense.DOWN), Sense.PAPER),
    Rule("vital", 1, (Sense.VITAL, STUCK | Sense.FAULT), Sense.PAPER),
    Rule("leak", 1, (Sense.LEAK,)),
    Rule("leak", 1, (Sense.CARRIER, Sense.SENT, Sense.PUBLIC | Sense.OUTSIDER), Sense.PLEA),
    Rule("leak", 1, (Sense.STOLEN, Sense.CARRIER)),
    Rule("leak", 1, (Sense.SENT, Sense.OUTSIDER)),
    Rule("lost-for-good", 1, (Sense.LOST, Sense.GONE | Sense.CORE)),
)

IMPACT: tuple[Rule, ...] = (
    Rule("solved", 4, (Sense.SOLVED,), Sense.STILL),
    Rule("elsewhere", 4, (Sense.ELSEWHERE,)),
    *HURT,
    Rule("drill", 4, (Sense.DRILL,)),
    *GRAVE,
    Rule("all-stopped", 1, (Sense.ALL, STUCK), Sense.ROUND),
    Rule("all-stopped", 1, (Sense.ALL, Sense.FAULT, Sense.SPREAD | Sense.LOSS), Sense.ROUND),
    Rule("all-stopped", 1, (Sense.EVERYONE, STUCK), Sense.GROUP | Sense.FEW | Sense.FLOOR | Sense.ROUND),
    Rule("site-halted", 1, (Sense.HALT,), Sense.GROUP | Sense.FEW | Sense.ROUND),
    Rule(
        "bid-at-stake",
        1,
        (Sense.BID, Sense.FAULT | Sense.DOWN | Sense.LACK | Sense.LOSS | Sense.SPREAD, Sense.HOURS | Sense.TODAY),
    ),
    Rule(
        "bid-at-stake",
        1,
        (Sense.BID, STUCK | Sense.FAULT | Sense.LACK, Sense.CLOCK),
        Sense.TOMORROW | Sense.DAYS | Sense.WEEKS,
    ),
    Rule("bid-at-stake", 1, (Sense.BID, Sense.HOURS)),
    Rule("bid-at-stake", 1, (Sense.BID, Sense.LOSS), Sense.DAYS | Sense.WEEKS),
    Rule("bid-at-stake", 1, (Sense.BID, Sense.DOWN, Sense.NOW)),
    Rule("fortune-at-stake", 1, (Sense.FORTUNE, Sense.LOSS)),
    Rule("fortune-at-stake", 1, (Sense.FORTUNE, Sense.SUM, TROUBLE, SOONER)),
    Rule("group-stopped", 2, (Sense.GROUP, STUCK), Sense.ROUND),
    Rule("core-down", 2, (Sense.CORE, STUCK), Sense.ROUND | Sense.ME),
    Rule(
        "milestone-at-stake", 2, (Sense.MILESTONE | Sense.BID, TROUBLE, SOONER | Sense.DAYS | Sense.NOW | Sense.CLOCK)
    ),
    Rule("milestone-at-stake", 2, (Sense.MILESTONE | Sense.BID, Sense.MUST, SOONER | Sense.DAYS)),
    Rule("milestone-at-stake", 2, (Sense.MILESTONE, Sense.LOSS)),
    Rule("complaint", 2, (Sense.COMPLAINT,)),
    Rule("money-at-stake", 2, (Sense.MONEY, Sense.LOSS)),
    Rule("money-at-stake", 2, (Sense.MONEY, Sense.SUM, TROUBLE, SOONER)),
    Rule("money-at-stake", 2, (Sense.LOSS, SOONER | Sense.DAYS)),
    Rule("worsening", 2, (Sense.SPREAD,), Sense.ROUND | Sense.TRIFLE),
    Rule("group-hampered", 2, (MANY, Sense.SLOW | STUCK), Sense.HARMLESS | Sense.ME),
    Rule("harmless", 4, (Sense.HARMLESS,), Sense.NOW | SOONER),
    Rule("praise", 4, (Sense.PRAISE,), STUCK | Sense.STILL | Sense.LACK | Sense.NOW),
    Rule("few-stopped", 3, (Sense.FEW | Sense.ME, STUCK)),
    Rule("trifle", 4, (Sense.TRIFLE,), Sense.DEVICE),
    Rule("lowest", 4, (Sense.LOWEST,)),
    Rule("note", 4, (Sense.NOTE,), TROUBLE),
    Rule("question", 4, (Sense.QUESTION,), TROUBLE | Sense.ASK | Sense.CHASED),
    Rule("question", 4, (Sense.WH, Sense.ASKED), TROUBLE | Sense.ASK),
    Rule("wish", 4, (Sense.WISH,), TROUBLE),
    Rule("supposed", 4, (Sense.IF,), TROUBLE | Sense.NOT | SOONER),
)

URGENCY: tuple[Rule, ...] = (
    Rule("solved", 4, (Sense.SOLVED,), Sense.STILL),
    Rule("elsewhere", 3, (Sense.ELSEWHERE,)),
    *HURT,
    Rule("drill", 3, (Sense.DRILL,)),
    *GRAVE,
    Rule("all-stopped", 1, (Sense.ALL, STUCK), Sense.ROUND | Sense.TODAY),
    Rule("all-stopped", 1, (Sense.EVERYONE, STUCK), Sense.GROUP | Sense.FEW | Sense.FLOOR | Sense.ROUND | Sense.TODAY),
    Rule("site-halted", 1, (Sense.HALT,), Sense.GROUP | Sense.FEW | Sense.ROUND),
    Rule("worsening", 1, (Sense.SPREAD,)),
    Rule("supposed", 3, (Sense.IF, Sense.QUESTION)),
    Rule("hyperbole", 3, (Sense.TRIFLE, Sense.NOW)),
    Rule("calm", 4, (Sense.CALM | Sense.LOWEST,), Sense.NOW | Sense.IRONY | SOONER),
    Rule("calm", 4, (Sense.MILD,), Sense.NOW | Sense.IRONY | SOONER | Sense.DAYS | TROUBLE),
    Rule("due-in-hours", 1, (Sense.HOURS,)),
    Rule("now", 1, (Sense.NOW, Sense.TODAY)),
    Rule("now", 1, (Sense.NOW, Sense.CLOCK), Sense.TOMORROW | Sense.DAYS | Sense.WEEKS),
    Rule("note", 3, (Sense.NOTE,), TROUBLE),
    Rule("praise", 4, (Sense.PRAISE,), STUCK | Sense.STILL | Sense.LACK | Sense.NOW),
    Rule("due-today", 2, (Sense.TODAY,)),
    Rule("due-tomorrow", 2, (Sense.TOMORROW,)),
    Rule("due-today", 2, (Sense.CLOCK,), Sense.DAYS | Sense.WEEKS),
    Rule("due-in-weeks", 4, (Sense.WEEKS,), STUCK),
    Rule("due-in-days", 3, (Sense.DAYS,), STUCK),
    Rule("now", 1, (Sense.NOW,)),
    Rule("stopped", 2, (STUCK,), Sense.ROUND | Sense.HARMLESS),
    Rule("chased", 2, (Sense.CHASED,)),
    Rule("soon", 2, (Sense.SOON,)),
)


#: Rules that hear people in danger: what they give is never rationed, and no fact but one of safety takes it back.
SAFETY = frozenset({"hurt", "danger", "hazard", "vital"})


class Said(Struct, frozen=True, gc=False):
    """What was given for both factors, each None where no rule fits."""

    impact: Given | None
    urgency: Given | None


def read(heard: Heard) -> Said:
    """The impact and the urgency that the words propose."""
    impact, urgency = _rules(heard.senses)
    return Said(None if impact is None else _given(impact, heard), None if urgency is None else _given(urgency, heard))


class _Fitting(Struct, frozen=True):
    """A rule that speaks, with its demands as plain integers: flags of an enum are slow to join."""

    level: int
    id: str
    demands: tuple[int, ...]


def _given(fitting: _Fitting, heard: Heard) -> Given:
    """The level, and of each sense that the rule demands the first word that says it, as people write it."""
    words: list[str] = []
    for demand in fitting.demands:
        for senses, start, end in heard.words:
            if senses & demand:
                word = heard.text[start:end].strip().replace("  ", " ")
                if word not in words:
                    words.append(word)
                break
    return Given(fitting.level, fitting.id, tuple(words))


@lru_cache(maxsize=4096)  # few senses are heard together, again and again
def _rules(said: int) -> tuple[_Fitting | None, _Fitting | None]:
    return _first(IMPACT, said), _first(URGENCY, said)


def _first(rules: tuple[Rule, ...], said: int) -> _Fitting | None:
    fitting = (rule for rule in rules if not said & rule.unless and all(said & senses for senses in rule.all_of))
    rule = next(fitting, None)
    return _Fitting(rule.level, rule.id, tuple(int(senses) for senses in rule.all_of)) if rule else None
