"""Publishing: what a newly loaded rulebook brings. Proposals reach their clients, deadlines follow changed calendars.

Both are commands through the same door, and both are done once: a start that changes nothing says nothing. A rehearsal
tells beforehand what a start would do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from msgspec import Struct
from sqlalchemy import Connection

from core.ask import commands as do
from core.desk import ServiceDesk
from core.model.parties import SYSTEM, Address, Destination, Place
from core.model.request import Request
from core.model.told import Move
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook
from core.rules import clocks, preview
from core.rules.context import Context
from core.store import agreements, calendars
from core.store import facts as known
from core.store import requests as rows

PAGE = 500

_NOWHERE = Destination(Address("", "", ""), Place.UNBOUND, "", "en", "UTC")


async def publish(desk: ServiceDesk) -> None:
    """At start, before the clock ticks."""
    for client in desk.directory.rulebook.clients:
        for version in desk.directory.proposals(client):
            await desk.handle(do.Propose(client, version.key))
    batch = f"{desk.new_id():x}"
    outdated = await desk.run(lambda c: list(_outdated(c, desk.directory, desk.clock.now())))
    for request, _ in outdated:
        await desk.handle(do.Remeasure(request.id, batch))
    await desk.run(lambda c: calendars.applied(c, desk.clock.now()))


class Rehearsal(Struct, frozen=True):
    """What a start with a rulebook would do: versions that would be new, and open requests whose deadlines would move."""

    directory: Directory
    agreements: tuple[str, ...]
    calendars: tuple[str, ...]
    moves: Sequence[tuple[Request, tuple[Move, ...]]]


def rehearse(connection: Connection, rulebook: Rulebook, now: datetime) -> Rehearsal:
    """Start as far as that goes without hearing or saying anything; the caller rolls the transaction back.

    Raises `core.store.agreements.Orphans` as a start would.
    """
    there = agreements.keys(connection)
    adopted = calendars.adopt(connection, agreements.adopt(connection, rulebook, now), now)
    agreements.refuse_orphans(connection, adopted)
    directory = known.learnt(connection, Directory(adopted))
    new = tuple(key for key in adopted.agreements if key not in there)
    changed = tuple(sorted(calendars.unapplied(connection)))
    return Rehearsal(directory, new, changed, tuple(_outdated(connection, directory, now)))


def _outdated(
    connection: Connection, directory: Directory, now: datetime
) -> Iterator[tuple[Request, tuple[Move, ...]]]:
    """Open requests whose clocks stand otherwise under the calendars as they are now, and what moves."""
    changed = calendars.unapplied(connection)
    ctx = Context(directory, now, now, SYSTEM, _NOWHERE, count(1).__next__)
    after = 0
    while changed and (found := rows.measured_by(connection, changed, after, PAGE)):
        for request in found:
            settled = clocks.settled(request, ctx)
            if settled.timers != request.timers:
                yield request, preview.moves(request, settled, ctx)
        after = found[-1].id
