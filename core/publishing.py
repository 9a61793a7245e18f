"""Publishing: what a newly loaded rulebook brings. Proposals reach their clients, deadlines follow changed calendars.

Both are commands through the same door, and both are done once: a start that changes nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from core.ask import commands as do
from core.desk import ServiceDesk
from core.model import SYSTEM, Address, Destination, Place, Request
from core.rules import clocks
from core.rules.context import Context
from core.store import calendars
from core.store import requests as rows

_NOWHERE = Destination(Address("", "", ""), Place.UNBOUND, "", "en", "UTC")


async def publish(desk: ServiceDesk) -> None:
    """At start, before the clock ticks."""
    for client in desk.directory.rulebook.clients:
        for version in desk.directory.proposals(client):
            await desk.handle(do.Propose(client, version.key))
    batch = f"{desk.new_id():x}"
    for request in await desk.run(lambda c: _outdated(c, desk)):
        await desk.handle(do.Remeasure(request, batch))
    await desk.run(lambda c: calendars.applied(c, desk.clock.now()))


def _outdated(connection: Connection, desk: ServiceDesk) -> Sequence[int]:
    """Open requests whose clocks stand otherwise under the calendars as they are now."""
    changed = calendars.unapplied(connection)
    found = rows.measured_by(connection, changed) if changed else []
    return [request.id for request in found if _stands_otherwise(request, desk)]


def _stands_otherwise(request: Request, desk: ServiceDesk) -> bool:
    now = desk.clock.now()
    ctx = Context(desk.directory, now, now, SYSTEM, _NOWHERE, desk.new_id)
    return clocks.settled(request, ctx).timers != request.timers
