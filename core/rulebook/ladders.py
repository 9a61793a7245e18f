"""Ladders of the rulebook: at which points of a clock who hears of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from core.rulebook.lines import Table, a_flag, a_number, one_of
from core.rulebook.names import Names
from core.rulebook.scalars import a_point, a_span, a_step_id
from core.rulebook.values import KINDS, Ladder, Step

PRIORITIES = {"p1": 1, "p2": 2, "p3": 3, "p4": 4}
_STEPS_EXAMPLE = 'steps = [{ id = "risk", at = "75%", tell = ["assignee"] }, ...]'


def read_ladder(id_: str, table: Table, names: Names) -> Ladder:
    rungs = [(row, _step(row, id_, names)) for row in table.rows("steps", _STEPS_EXAMPLE)]
    for (_, before), (row, step) in pairwise(rungs):
        mixed = (
            before.percent < 100 and step.percent == 100 and step.after < timedelta(0)
        )  # which is first, the goal decides
        if step.percent and not mixed and (step.percent, step.after) <= (before.percent, before.after):
            what = f'step "{step.id}" does not come after step "{before.id}"'
            row.mistake(what, "list the steps in order of `at`, each at a point of its own", "at")
    table.done()
    return Ladder(id_, tuple(step for _, step in rungs))


def _step(table: Table, ladder: str, names: Names) -> Step:
    step_id = table.need("id", a_step_id, "", 'id = "risk": what has fired is remembered by it')
    if step_id:
        names.sheet.once(f"step of ladder {ladder}", step_id, table.at("id"), "each step needs an id of its own")
    percent, after = table.need("at", a_point, (0, timedelta(0)), 'at = "75%" or at = "100%+60m"')
    who = table.each("tell", names.told)
    instead = table.each("instead", names.told)
    important = table.take("important", a_flag, False)
    every = table.take("every", a_span, None)
    times = table.take("times", a_number(1, 20, "times = 3 means three in all"), 1)
    if table.has("every") and not table.has("times"):
        table.mistake("a repeat without bound", "add times = 3, the first one counted", "every")
    if table.has("times") and not table.has("every"):
        table.mistake("`times` without `every`", 'add every = "60m", or remove it', "times")
    working = table.take("when", one_of("time to tell", ("now", "working"), "times"), "now") == "working"
    need = table.take("need", one_of("need", ("any", "each")), "any")
    if table.has("need") and not table.has("every"):
        table.mistake(
            "`need` without a repeat", 'what is said once waits for nobody: add every = "60m" and times = 3', "need"
        )
    priorities, classes, only_new = _only(table)
    table.done()
    return Step(
        step_id, percent, after, who, instead, important, every, times, working, priorities, classes, only_new, need
    )  # fmt: skip


def _only(table: Table) -> tuple[tuple[int, ...], tuple[str, ...], bool]:
    """`only = { priority = ["p1"], class = ["vip"], state = "new" }`: all that is named must be so."""
    if not table.has("only"):
        return (), (), False
    only = table.table("only")
    ranks = only.each("priority", one_of("priority", tuple(PRIORITIES), "priorities"))
    classes = only.each("class", one_of("class of client", KINDS, "classes"))
    state = only.take(
        "state", one_of("state", ("new", "unresolved")), "unresolved"
    )  # a clock that has ended says nothing
    only.done()
    return tuple(PRIORITIES[rank] for rank in ranks), classes, state == "new"
