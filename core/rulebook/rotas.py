"""Rotas of the rulebook: whose turn on duty it is, and when whoever took a request is asked about it."""

from __future__ import annotations

import re
from datetime import date, time

from core.rulebook.lines import Table, Unfit, a_flag, a_number, a_text
from core.rulebook.names import Names
from core.rulebook.scalars import a_date, a_span, a_time, a_zone
from core.rulebook.values import FollowUp, Rota

_TURNS = {"daily": 1, "weekly": 7}
_DAYS = re.compile(r"(\d{1,3})\s*(?:d|days)")
_EXAMPLE = "[[teams.ID.rota]] with people and begins"


def a_turn(value: object) -> int:
    """How long a turn is: `daily`, `weekly`, or a number of days such as `3d`."""
    text = a_text(value).strip().lower()
    found = _DAYS.fullmatch(text)
    days = _TURNS.get(text) or int(found[1] if found else 0)
    if not days:
        raise Unfit(f'"{text}" is not the length of a turn', 'write "daily", "weekly" or "3d"')
    return days


def read_rotas(table: Table, names: Names) -> tuple[Rota, ...]:
    """The rotas of a team; where they hold, they say who is on duty, so `duty` has nothing left to say."""
    if not table.has("rota"):
        return ()
    if table.has("duty"):
        table.mistake("both a rota and a list", "keep one: `duty` is asked in order, `rota` gives turns", "duty")
        table.each("duty", names.colleague)
    return tuple(_rota(row, names, table.take("zone", a_zone, names.zone)) for row in table.rows("rota", _EXAMPLE))


def _rota(table: Table, names: Names, zone: str) -> Rota:
    people = table.each("people", names.colleague, 'people = ["..."] in the order of their turns')
    rota = Rota(
        people or ("",),
        table.take("turn", a_turn, _TURNS["weekly"]),
        table.need("begins", a_date, date(2000, 1, 1), 'begins = "2026-11-23": the first day of the first turn'),
        table.take("handover", a_time, time(9)),
        table.take("zone", a_zone, zone),
        table.take("calendar", names.calendar, ""),
    )
    table.done()
    return rota


def read_follow_up(table: Table) -> FollowUp | None:
    """`follow_up = false`, or a table that says when it is asked."""
    if isinstance(table.values.get("follow_up", True), bool):
        return FollowUp() if table.take("follow_up", a_flag, True) else None
    rows, usual = table.table("follow_up"), FollowUp()
    made = FollowUp(
        rows.take("share", a_number(1, 99, "share = 50 is half of what is left"), usual.share),
        rows.take("least", a_span, usual.least),
        rows.take("answer", a_span, usual.answer),
    )
    rows.done()
    return made
