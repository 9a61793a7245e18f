"""Agreements of the rulebook: what is promised by metric and priority, in versions, and who accepted them when.

[agreements.gold]
kind = "sla"                          # sla with a client, ola between our teams, uc with a supplier
calendar = "office"
valid_to = 2026-12-31                 # that day included; left out: until the next version begins
accepted_by = "emma"                  # an id of [people], or a name
accepted_at = 2026-06-20
[agreements.gold.targets.answer]
metric = "frt"
goals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }

[[agreements.gold.versions]]          # what it leaves out stays as before; `targets` replaces them all
valid_from = 2027-01-01
proposed = true                       # in force only when the client has accepted it in chat
[agreements.gold.versions.targets.answer]
metric = "frt"
goals = "2h"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from core.model.request import Priority
from core.rulebook.lines import Table, a_flag, a_number, a_text, one_of
from core.rulebook.names import Names
from core.rulebook.rations import read_allowance
from core.rulebook.scalars import a_goal, a_grace, a_span, an_end, an_instant
from core.rulebook.values import ALWAYS, DEFAULT_LADDER, GRACE, STANDARD, WAITING_LADDER, Agreement, Target
from core.rules.metrics import METRICS

KINDS = ("sla", "ola", "uc")


def read_agreement(id_: str, table: Table, names: Names) -> tuple[Agreement, ...]:
    """All versions that the file gives an agreement, in order of their validity, without gap or overlap."""
    read = [(table, _version(id_, table, names, None))]
    for row in table.rows("versions"):
        read.append((row, _version(id_, row, names, read[-1][1])))
        row.done()
    table.done()
    _refuse_untimely(read, names)
    return tuple(version for _, version in read)


def _version(id_: str, table: Table, names: Names, before: Agreement | None) -> Agreement:
    base = before or Agreement(id_, 0, (), STANDARD.acceptance, "")
    number = table.take("version", a_number(1, 99999, "count versions 1, 2, 3"), base.version + 1)
    if before is not None and number <= before.version:
        table.mistake(f"version {number} does not come after version {before.version}", "count on", "version")
    calendar = table.take("calendar", names.calendar, ALWAYS if table.has("calendar") else base.calendar)
    example = f'targets, such as [agreements.{id_}.targets.answer] with metric = "frt"'
    tables = table.tables("targets", "" if before else example)
    targets = tuple(_target(each, one, calendar, names) for each, one in tables.items())
    unread = any("metric" not in one.values or one.values["metric"] not in METRICS for one in tables.values())
    if tables and not unread and not {"frt", "ttr"} & {target.metric for target in targets}:
        table.mistake("promises neither an answer nor a solution", 'add a target with metric = "frt" or "ttr"')
    targets = targets if tables else base.targets
    accepted_by = table.take("accepted_by", a_text, "")
    accepted_at = table.take("accepted_at", an_instant(names.zone), None)
    if table.has("accepted_by") != table.has("accepted_at"):
        table.mistake("who accepted and when belong together", 'write accepted_by = "..." and accepted_at = 2026-06-20')
    waiting = _waiting(table.table("waiting"), base) if table.has("waiting") else _waits(base)
    proposed = table.take("proposed", a_flag, False)
    if proposed and table.has("accepted_by"):
        table.mistake("what is accepted is no proposal", "remove `proposed`, or who accepted it", "proposed")
    return Agreement(
        id_, number, targets,
        acceptance=table.take("acceptance", a_span, base.acceptance),
        calendar=calendar or (targets[0].calendar if targets else ALWAYS),
        kind=table.take("kind", one_of("kind of agreement", KINDS, "kinds"), base.kind),
        valid_from=table.take("valid_from", an_instant(names.zone), None),
        valid_to=table.take("valid_to", an_end(names.zone), None),
        allowance=read_allowance(table, "allowance", base.allowance),
        includes=_items(table, "includes", base.includes, names), excludes=_items(table, "excludes", base.excludes, names),
        proposed=proposed, accepted_by=accepted_by, accepted_at=accepted_at, **waiting,
    )  # fmt: skip


def _items(table: Table, key: str, before: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """The items of the catalogue that it includes, or excludes; a version that does not say keeps those of before."""
    read = table.each(key, names.item)
    if table.values.get(key) == []:
        table.mistake(f"`{key}` names nothing", "leave the line out: then all items are included", key)
    both = set(read) & set(table.values.get("includes") or ()) if key == "excludes" else set()
    for item in sorted(both):
        table.mistake(f'"{item}" is included and excluded', "an item is one of both: remove it here", key)
    return tuple(sorted(set(read))) if table.has(key) else before


def _waits(base: Agreement) -> dict[str, Any]:
    return {name: getattr(base, name) for name in ("client_wait", "after_wait", "supplier_pauses")}


def _waiting(table: Table, base: Agreement) -> dict[str, Any]:
    """What the agreement says of waiting: for the client, and while a supplier has it."""
    read = {
        "client_wait": table.take("client", a_span, base.client_wait),
        "after_wait": table.take("then", one_of("end of a wait", ("resume", "cancel")), base.after_wait),
        "supplier_pauses": table.take("supplier_pauses", a_flag, base.supplier_pauses),
    }
    table.done()
    return read


def _refuse_untimely(read: Sequence[tuple[Table, Agreement]], names: Names) -> None:
    """At every instant from the first version on exactly one is valid, until the last one ends."""

    def day(at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(names.zone)):%Y-%m-%d %H:%M}"

    for table, one in read:
        if one.valid_from and one.valid_to and one.valid_to <= one.valid_from:
            table.mistake("ends before it begins", "let valid_to be later than valid_from", "valid_to")
    for (above, before), (table, after) in pairwise(read):
        if after.valid_from is None:
            if not table.has("valid_from") and not after.proposed:
                what = f"version {after.version} does not say when it begins"
                table.mistake(what, "write valid_from = 2027-01-01: the version before ends there")
        elif before.valid_from is not None and after.valid_from <= before.valid_from:
            table.mistake(
                "does not begin after the version before", "list versions in order of valid_from", "valid_from"
            )
        elif before.valid_to is not None and before.valid_to < after.valid_from:
            what = f"nothing is agreed from {day(before.valid_to)} to {day(after.valid_from)}"
            above.mistake(what, "remove valid_to: a version holds until the next one begins", "valid_to")
        elif before.valid_to is not None and before.valid_to > after.valid_from:
            what = f"two versions are valid from {day(after.valid_from)} to {day(before.valid_to)}"
            above.mistake(what, "remove valid_to: a version holds until the next one begins", "valid_to")
    last = read[-1][1]
    if last.valid_to is not None:
        names.sheet.warnings.append(
            f"agreement {last.id} ends {day(last.valid_to)}; what is filed later falls under the standard 24 hours"
        )


def _target(id_: str, table: Table, calendar: str, names: Names) -> Target:
    metric = table.need("metric", one_of("metric", METRICS), "", 'metric = "frt" (first response) or "ttr"')
    goals = _goals(table)
    if not (table.has("calendar") or calendar):
        table.mistake("has no calendar to measure by", 'write calendar = "24x7" here or in the agreement')
    each: dict[Priority, str] = {}
    if isinstance(table.values.get("calendar"), dict):
        each, measured_by = _calendars(table.table("calendar"), names), calendar or ALWAYS
    else:
        measured_by = table.take("calendar", names.calendar, calendar or ALWAYS)
    ladder = table.take("ladder", names.ladder, WAITING_LADDER.id if metric == "cwt" else DEFAULT_LADDER.id)
    grace, floor = (table.take(name, a_grace, GRACE) for name in ("grace", "floor"))
    table.done()
    return Target(id_, metric, goals, measured_by, ladder, each, grace, floor)


def _calendars(table: Table, names: Names) -> dict[Priority, str]:
    """A calendar for some priorities, such as { p1 = "24x7" }; the agreement's holds for the others."""
    read = {rank: table.take(f"p{rank}", names.calendar, "") for rank in Priority}
    table.done()
    return {rank: calendar for rank, calendar in read.items() if calendar}


def _goals(table: Table) -> Mapping[Priority, timedelta]:
    example = 'goals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }, or one for all: goals = "24h"'
    if not isinstance(table.values.get("goals"), dict):
        span = table.need("goals", a_goal, timedelta(hours=24), example)
        return dict.fromkeys(Priority, span)
    goals = table.table("goals", example)
    read = {
        priority: goals.need(f"p{priority}", a_span, None, f'p{priority} = "4h": every priority has its goal')
        for priority in Priority
    }
    goals.done()
    found = {priority: span for priority, span in read.items() if span}
    for (_, shorter), (priority, longer) in pairwise(found.items()):
        if longer < shorter:
            hint = "a graver priority is due no later than a lesser one: p1 <= p2 <= p3 <= p4"
            goals.mistake(f"p{priority} is due before p{priority - 1}", hint, f"p{priority}")
    return found
