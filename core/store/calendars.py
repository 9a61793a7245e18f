"""Calendars as versions: what the file says now, over what it said before; the past keeps its hours.

A calendar that has left the file stays, because open requests and older agreements may be measured by it.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection, insert, select, update

from core.rulebook.values import ALWAYS, Rulebook
from core.rules import versions
from core.rules.calendar import Calendar, CalendarVersion
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import freeze, thaw

_rows = table(t.CalendarRow)


def adopt(connection: Connection, rulebook: Rulebook, now: datetime) -> Rulebook:
    """The rulebook with its calendars as they ruled and will rule; what is new in the file is stored."""
    stored: dict[str, list[CalendarVersion]] = {}
    for row in connection.execute(select(_rows).order_by(_rows.c.calendar, _rows.c.n)).mappings():
        stored.setdefault(row["calendar"], []).append(thaw(CalendarVersion, row["body"]))
    for name, calendar in rulebook.calendars.items():
        if name != ALWAYS:
            there = stored.setdefault(name, [])
            new = versions.to_add(versions.ruling(there), calendar.versions, now) if there else calendar.versions
            for n, version in enumerate(new, start=len(there)):
                values = {
                    "calendar": name, "n": n, "body": freeze(version), "valid_from": version.valid_from, "loaded_at": now,
                    "applied_at": None if there else now,
                }  # fmt: skip
                connection.execute(insert(_rows).values(values))
            there.extend(new)
    ruling = {name: Calendar(name, versions.ruling(there)) for name, there in stored.items()}
    return replace(rulebook, calendars={**rulebook.calendars, **ruling})


def unapplied(connection: Connection) -> frozenset[str]:
    """The calendars of which a new version has been stored that the deadlines of open requests do not follow yet."""
    found = connection.execute(select(_rows.c.calendar).where(_rows.c.applied_at.is_(None)))
    return frozenset(row.calendar for row in found)


def applied(connection: Connection, now: datetime) -> None:
    connection.execute(update(_rows).where(_rows.c.applied_at.is_(None)).values(applied_at=now))
