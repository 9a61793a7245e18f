"""Whose peace a message would break, and whether it waits for that: the rule is `core.rules.calm`, this asks the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from core.model.parties import Place
from core.model.request import Priority, Request
from core.rulebook.directory import Directory
from core.rules import calm, schedule
from core.rules.calm import Wait, Why
from core.store import facts as known
from core.store import outbox
from core.store.outbox import Claimed


class Hush(Struct, frozen=True):
    """The people of a directory, at one moment (desk time)."""

    directory: Directory
    now: datetime

    def let(
        self, connection: Connection, claimed: list[Claimed], requests: Callable[[list[Claimed]], Mapping[int, Request]]
    ) -> list[Claimed]:
        """Those that may be said now; the others are held, with the reason in their rows."""
        pings = [one for one in claimed if self.pinged(one)]
        if not pings:
            return claimed
        lately = known.pings(connection, {self.pinged(one) for one in pings})
        gravest = requests([one for one in pings if not one.urgent])
        held: set[int] = set()
        for one in pings:
            request = gravest.get(one.request_id or 0)
            pressing = request is not None and request.priority is Priority.P1
            wait = self._wait(one, lately.get(self.pinged(one), ()), pressing)
            if wait is not None:
                useful = one.valid_until
                if useful is not None and wait.why is Why.QUIET:
                    useful = max(useful, wait.until + calm.MORNING)
                outbox.hold(connection, one.id, wait.until, wait.why.value, useful)
                held.add(one.id)
        return [one for one in claimed if one.id not in held]

    def alone(self, one: Claimed) -> bool:
        """Whether this is to be the only ping for a while, so that it tells all that waits for these ears."""
        pages = one.urgent and one.hushed != Why.STORM and not _every(one)
        return bool(self.pinged(one)) and one.destination.place is Place.DIRECT and self._works(one) and not pages

    def heard(self, connection: Connection, one: Claimed) -> None:
        """It made its sound."""
        if (person := self.pinged(one)) and self._works(one):
            before = known.pings(connection, (person,)).get(person, ())
            known.pinged(connection, person, calm.heard(before, self.now))

    def pinged(self, one: Claimed) -> str:
        """Who would be pinged by it: in their direct message, or by a mention in their team's chat; else nobody.

        What may have been sent before is no matter of peace any more.
        """
        if one.kind != "notice" or not one.loud or one.event == "Digest" or one.doubts or one.receipt:
            return ""
        if one.destination.place is Place.DIRECT:
            return one.destination.subject
        return one.person if one.destination.place is Place.TEAM else ""

    def _works(self, one: Claimed) -> bool:
        return self.directory.is_staff(self.pinged(one))

    def _wait(self, one: Claimed, pings: tuple[datetime, ...], pressing: bool) -> Wait | None:
        person = self.pinged(one)
        known_ = self.directory.rulebook.people.get(person)
        zone = known_.zone if known_ else self.directory.place_of(one.destination.address).zone
        quiet = calm.quiet_until(self.directory.quiet_of(person), zone, self.now)
        storm = self.directory.rulebook.storm
        lately = pings if self._works(one) else ()
        wait = calm.wait(
            lately, self.now, quiet=quiet, urgent=one.urgent, pressing=pressing, storm=storm,
            leisure=calm.leisure(one.made_at, _every(one)),
        )  # fmt: skip
        if wait is not None and wait.why is Why.QUIET:
            morning = schedule.morning_of(person, self.directory, wait.until, calm.SOON)
            return replace(wait, until=morning or wait.until)
        return wait


def _every(one: Claimed) -> int:
    """Seconds from one repeat to the next; 0 for what is said for the first time."""
    return int(one.facts.get("every", 0)) if one.event == "Reached" else 0
