"""The written criteria of the filing form: facts that are asked, never how urgent somebody is, and what each weighs.

[criteria]                            # the desk's own; what it does not name stays as the house has it
ask = ["safety", "stopped", "people", "deadline"]
[criteria.stopped.answers.crew]       # another weight for an answer of the house
impact = 2
urgency = 1

[items.tender.criteria]               # the same for one item
ask = ["envelope", "deadline"]
[items.tender.criteria.envelope]      # a question of one's own
question = "Is the envelope sealed?"
[items.tender.criteria.envelope.answers.no]
label = "Not yet"
impact = 2
"""

from __future__ import annotations

from core.rulebook.lines import Table, a_number, one_of
from core.rulebook.names import Names
from core.rulebook.values import HOUSE_CRITERIA, Criterion, Weight

_LEVEL = a_number(1, 4, "1 is the gravest, 4 the least")
#: Slack's choice and a keyboard on a phone: more is no longer answered.
MOST = 6


def read_criteria(table: Table, names: Names, before: tuple[Criterion, ...] = HOUSE_CRITERIA) -> tuple[Criterion, ...]:
    """The questions that are asked, in their order: those of before, changed and added to by this table."""
    there: dict[str, Criterion] = {one.id: one for one in (*HOUSE_CRITERIA, *before)}
    own = [id_ for id_ in table.values if id_ != "ask"]
    for id_ in own:
        there[id_] = _criterion(id_, table.table(id_), names, there.get(id_))
    asked = table.each("ask", one_of("criterion", there, "criteria"))
    if len(asked) > MOST:
        table.mistake(f"asks {len(asked)} questions", f"ask at most {MOST}: a long form is not filled in", "ask")
    table.done()
    usual = dict.fromkeys((*(one.id for one in before), *own))
    return tuple(there[id_] for id_ in dict.fromkeys(asked if table.has("ask") else usual))


def _criterion(id_: str, table: Table, names: Names, before: Criterion | None) -> Criterion:
    """A question of one's own needs its words and answers; one that is there keeps what is not said here."""
    own = before is None
    there = before or Criterion(id_, {}, ())
    question = table.need("question", names.words, there.question, 'question = "..."' if own else "")
    weights = {one.id: one for one in there.answers}
    answers = table.tables("answers", f"answers, such as [criteria.{id_}.answers.yes]" if own else "")
    for name, one in answers.items():
        weights[name] = _weight(name, one, names, weights.get(name))
    table.done()
    return Criterion(id_, question, tuple(weights.values()))


def _weight(id_: str, table: Table, names: Names, before: Weight | None) -> Weight:
    there = before or Weight(id_)
    weighed = Weight(
        id_,
        table.need("label", names.words, there.label, "" if before else 'label = "...", as people read it'),
        table.take("impact", _LEVEL, there.impact),
        table.take("urgency", _LEVEL, there.urgency),
    )
    table.done()
    return weighed
