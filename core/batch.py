"""A batch: what one transaction of the writer loads, decides and keeps, whoever asked for it.

Rows gather in `changes` and are written with one statement a table; numbers and the journal's chain are counted here,
so that a batch gives each client's numbers without gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Connection

from core import briefing
from core.ask import commands as do
from core.ask.commands import Command
from core.events import AgreementAccepted, AgreementProposed, CalendarImported, DutyPassed, Event
from core.model.parties import SYSTEM, Actor, Address, Destination, Place
from core.model.request import Request
from core.model.sending import Card, Lane, Notice
from core.model.told import Digest
from core.ports import Can
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement
from core.rules import duty as rules_of_duty
from core.rules import routing
from core.rules.decide import Context, Decision, Undoable, decide
from core.similar import Similar
from core.store import agreements, duty, journal, outbox, uploads
from core.store import facts as known
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import Changes
from core.store.mapping import firing_row, freeze, remark_row, thaw
from core.store.writer import Later

#: Under which name it is remembered who was on duty last.
ON_DUTY = "on duty: "
DIGEST_LIFE = timedelta(hours=8)
_NOWHERE = Destination(Address("", "", ""), Place.UNBOUND, "", "en", "UTC")


class Batch(Struct):
    """One transaction's worth of units. `base` is the directory of the rulebook, `directory` with what is learnt."""

    connection: Connection
    base: Directory
    directory: Directory
    now: datetime  # desk time
    real: datetime
    new_id: Callable[[], int]
    audit_key: bytes
    can: Mapping[str, Can]
    page_url: str
    changes: Changes = field(default_factory=Changes)
    clients: dict[str, dict[str, Any]] = field(default_factory=dict)  # those that change
    ends: dict[str, dict[str, Any]] = field(default_factory=dict)  # as they are known to stand
    keys: Sequence[str] = ()  # of what this batch hears
    touched: set[int] = field(default_factory=set)
    timed: Mapping[int, Request] = field(default_factory=dict)  # requests that the clock has come to
    claimed: Mapping[int, Sequence[rows.Key]] = field(default_factory=dict)
    charged: dict[int, tuple[str, datetime | None]] = field(default_factory=dict)  # as this batch leaves them
    fresh: Directory | None = None
    similar: Similar = field(default_factory=Similar)
    kept: list[Request] = field(default_factory=list)  # what was opened or closed

    @property
    def newest(self) -> Directory:
        """The directory as this transaction leaves it: what an errand decides must agree with the rows it sees."""
        return self.fresh or self.directory

    def learn(self) -> None:
        """Run-time facts changed in this transaction: after the commit the directory knows them."""
        self.fresh = known.learnt(self.connection, self.base)

    def flush(self) -> None:
        for row in self.clients.values():
            self.changes.update(t.ClientRow, row)
        self.changes.flush(self.connection)
        self.ends |= self.clients
        self.clients = {}

    # ---- requests

    def context(self, actor: Actor, place: Destination, undoable: Undoable | None = None) -> Context:
        return Context(
            self.directory, self.now, self.real, actor, place, self.new_id, self._next_number, undoable, used=self._used
        )

    def _client(self, client: str) -> dict[str, Any]:
        if client not in self.clients:
            end = self.ends.get(client) or known.clients(self.connection, [client])[client]
            self.clients[client] = dict(end)
        return self.clients[client]

    def _used(self, client: str, since: datetime) -> int:
        """The units of its allowance that a client has taken, in this batch too. Other desks wait for the client's row."""
        self._client(client)
        stored = rows.charged(self.connection, client, since) - self.charged.keys()
        mine = (at for of, at in self.charged.values() if of == client and at is not None and at >= since)
        return len(stored) + sum(1 for _ in mine)

    def _next_number(self, client: str) -> str:
        row = self._client(client)
        row["last_number"] += 1
        return f"{self.directory.rulebook.clients[client].prefix}-{row['last_number']}"

    def decided(
        self, request: Request, command: Command, actor: Actor, place: Destination, *, said_at: datetime | None = None,
        other: Request | None = None,
    ) -> Decision:  # fmt: skip
        """Decide on requests that no earlier unit of this batch has touched. Raises Later, or what deciding raises.

        `said_at` is when the message was written (real time); `other` is the second request that the command names.
        """
        if request.id in self.touched or (other is not None and other.id in self.touched):
            raise Later
        undoable = self._undoable(request) if isinstance(command, do.Undo) else None
        # The desk's clock may be turned: what counts is how long ago the message was written.
        said = self.now - (self.real - said_at) if said_at is not None else None
        context = replace(self.context(actor, place, undoable), said_at=said, other=other)
        return decide(request, command, context)

    def _undoable(self, request: Request) -> Undoable | None:
        """The command that may be taken back: the filing while nothing has followed it, else the one that left a row."""
        if request.version == 1:
            return Undoable.filing(request.last_event_by, rows.filed_at(self.connection, request.id))
        row = known.undo(self.connection, request.id)
        if row is None:
            return None
        return Undoable(row["by"], row["verb"], row["until"], row["version"], thaw(Request, row["before"]))

    def keep(self, decision: Decision, actor: Actor) -> None:
        """The rows of a decision and of what it decides on other requests, in the order of their ids (rulings.md 20)."""
        for one in sorted((decision, *decision.also), key=lambda d: d.request.id):
            self._keep(one, actor)

    def _keep(self, decision: Decision, actor: Actor) -> None:
        """Request, clocks, firings, remarks, journal, outbox, undo."""
        request = decision.request
        self.touched.add(request.id)
        changes = self.changes
        rows.save(changes, request, decision.before, self.real)
        if decision.before is None or not request.is_open:
            self.kept.append(request)
        if request.charged_at is not (decision.before.charged_at if decision.before else None):
            self.charged[request.id] = request.client, request.charged_at
        if request.files and request.files != (decision.before.files if decision.before else ()):
            uploads.belong(self.connection, request.files, request.id)
        for firing in decision.firings:
            changes.upsert(t.FiringRow, firing_row(firing, request.id, self.now))
        for remark in decision.remarks:
            changes.insert(t.RemarkRow, remark_row(remark, request.id, self.new_id()))
        for event in decision.events:
            self._journal(request.client, request.id, actor.person, event)
        if decision.withdrawn:
            outbox.withdraw(self.connection, request.id)
        put = changes.upsert if decision.before else changes.insert  # of what is new, nothing has been said yet
        for delivery in decision.deliveries:
            put(t.DeliveryRow, self._delivery_row(delivery, request.id))
        undo = decision.undoable
        if undo is not None and undo.before is not None:
            changes.upsert(
                t.UndoRow,
                {
                    "request_id": request.id, "by": undo.by, "verb": undo.verb, "until": undo.until,
                    "version": undo.version, "before": freeze(undo.before),
                },
            )  # fmt: skip

    def shown_anew(self, request: Request) -> None:
        """The cards of this request are compared with what is shown, and edited where they differ."""
        for card in routing.cards(request, self.directory):
            self.changes.upsert(t.DeliveryRow, self._delivery_row(card, request.id))

    def _delivery_row(self, delivery: Card | Notice, request: int | None) -> dict[str, Any]:
        id_ = self.new_id()
        if isinstance(delivery, Card):
            return outbox.card_row(delivery, request or 0, id_, self.now)
        return outbox.notice_row(delivery, request, id_, self.now)

    def _journal(self, client: str, request: int | None, actor: str, event: Event) -> None:
        """One more link of the client's chain."""
        row = self._client(client)
        row["journal_n"] += 1
        said = msgspec.Raw(msgspec.json.encode(event))  # for the hash and for the row
        row["journal_hash"] = journal.link(
            self.audit_key, row["journal_hash"], client, row["journal_n"], request, self.now, actor,
            type(event).__name__, said,
        )  # fmt: skip
        self.changes.insert(
            t.JournalRow,
            {
                "client": client, "n": row["journal_n"], "request_id": request, "at": self.now, "actor": actor,
                "event": type(event).__name__, "facts": said, "hash": row["journal_hash"],
            },
        )  # fmt: skip

    # ---- orders of the clock

    def order(self, command: Command) -> tuple[Event, ...] | Later:
        match command:
            case do.TimeReached():
                return self._time_reached(command)
            case do.DigestDue():
                return self._digest_due(command)
            case do.PassDuty():
                return self._pass_duty(command.team)
            case do.Remeasure() | do.Rebuild():
                return self._remeasure(command)
            case do.TakeCalendar():
                return self._take_calendar(command)
            case do.Propose():
                return self._propose(command)
            case _:
                raise TypeError(f"{type(command).__name__} is not an order of the clock")

    def expect(self, ids: Sequence[int]) -> None:
        """These requests may have reached a checkpoint: they are loaded together, with what was claimed of them."""
        self.timed = rows.by_ids(self.connection, ids)
        self.claimed = rows.claimed(self.connection, ids)

    def _time_reached(self, command: do.TimeReached) -> tuple[Event, ...] | Later:
        request = self.timed.get(command.id)
        if request is None:
            return ()
        if request.id in self.touched:
            return Later()
        decision = decide(request, command, self.context(SYSTEM, _NOWHERE))
        self.keep(decision, SYSTEM)
        # What was claimed but is not reached after all (paused meanwhile) must be able to fire later.
        decided = {(f.timer, f.cycle, f.step, f.repeat) for f in decision.firings}
        idle = [key for key in self.claimed.get(request.id, ()) if key not in decided]
        if idle:
            rows.unclaim(self.connection, request.id, idle)
        return decision.events

    def _remeasure(self, command: do.Remeasure | do.Rebuild) -> tuple[Event, ...] | Later:
        request = rows.by_ids(self.connection, [command.id]).get(command.id)
        if request is None:
            return ()
        if request.id in self.touched:
            return Later()
        decision = self.decided(request, command, SYSTEM, _NOWHERE)
        if decision.events:
            self.keep(decision, SYSTEM)
        return decision.events

    # ---- agreements

    def _propose(self, command: do.Propose) -> tuple[Event, ...]:
        """Once: the client is asked to accept, the journal says since when."""
        version = self.directory.rulebook.agreements[command.agreement]
        if not agreements.propose(self.connection, command.client, version, self.now):
            return ()
        event = AgreementProposed("", version.key, version.hash)
        self._tell(event, command.client, SYSTEM)
        return (event,)

    def agree(self, client: str, version: Agreement, actor: Actor) -> Event:
        """A client has accepted: from now on the version may rule."""
        event = AgreementAccepted(actor.person, version.key, version.hash)
        if agreements.accept(self.connection, client, version, actor.person, self.now):
            self.learn()
            self._tell(event, client, actor)
        return event

    def _tell(self, event: Event, client: str, actor: Actor) -> None:
        self._journal(client, None, actor.person, event)
        for notice in routing.of_agreement(event, client, self.directory):
            self.changes.upsert(t.DeliveryRow, self._delivery_row(notice, None))

    # ---- duty

    def _take_calendar(self, command: do.TakeCalendar) -> tuple[Event, ...]:
        """What is on somebody's calendar holds from now on; nobody is asked, since who may do this decides it."""
        duty.forget(self.connection, sorted({c.uid for c in command.covers} | {a.uid for a in command.absences}))
        for cover in command.covers:
            duty.ask(self.connection, cover.id, (cover,), self.now, taken=True)
        for absence in command.absences:
            duty.go(self.connection, absence, self.now)
        self.learn()
        actor = replace(SYSTEM, person=command.by)
        event = CalendarImported(command.by, command.team, len(command.covers), len(command.absences))
        self.tell_of_duty(event, actor)
        return (event,)

    def tell_of_duty(self, event: Event, actor: Actor) -> None:
        """What was arranged stands in the desk's own journal, and those whom it concerns hear of it."""
        self._journal(known.DESK, None, actor.person, event)
        for notice in routing.of_duty(event, self.newest, self.now):
            self.changes.upsert(t.DeliveryRow, self._delivery_row(notice, None))

    def _pass_duty(self, team: str) -> tuple[Event, ...]:
        """Whoever comes on duty is told without a sound what they take over; nothing is said where there is nothing."""
        self.flush()
        now = rules_of_duty.on_duty(team, self.now, self.newest)
        was = known.recall(self.connection, ON_DUTY + team)
        if was == now.person:
            return ()
        known.remember(self.connection, ON_DUTY + team, now.person)
        if was is None:
            return ()
        event = DutyPassed(team, now.person, was, now.why)
        self._journal(known.DESK, None, "", event)
        value, place = briefing.inherited(self.connection, team, self.newest, self.now), self.newest.direct(now.person)
        if place is not None and not value.is_empty:
            self.send(self.digest_notice(value, place, self.now.isoformat(timespec="minutes")))
        return (event,)

    def _digest_due(self, command: do.DigestDue) -> tuple[Event, ...]:
        """One digest to each place of its subject, if there is anything to say, and they want to hear it."""
        self.flush()
        directory, kind, subject = self.directory, command.kind, command.subject
        match kind:
            case "client":
                places = directory.shared(Place.CLIENT, subject)
            case "team":
                places = directory.shared(Place.TEAM, subject)
            case _:
                direct = directory.direct(subject)
                places = (direct,) if direct else ()
        who = subject if kind in ("person", "manager") else f"{kind}:{subject}"
        if not places or directory.mutes_digest(who, self.now):
            return ()
        value = briefing.digest(self.connection, kind, subject, directory, self.now, command.period)
        if kind in ("person", "manager"):
            value = replace(value, held=briefing.held(self.connection, subject, directory, self.now))
        if value.is_empty:
            return ()
        for place in places:
            self.changes.upsert(t.DeliveryRow, self._delivery_row(self.digest_notice(value, place), None))
        return ()

    def send(self, notice: Notice) -> None:
        """A delivery of no request."""
        self.changes.upsert(t.DeliveryRow, self._delivery_row(notice, None))

    def digest_notice(self, value: Digest, place: Destination, asked: str = "") -> Notice:
        """A digest as a delivery; `asked` sets one apart that somebody asked for."""
        when = asked or f"{value.period}:{self.now.date().isoformat()}"
        return Notice(
            f"digest:{value.kind}:{value.subject}:{when}:{place.address}", place, "Digest", freeze(value), Lane.DIGEST,
            valid_until=self.now + DIGEST_LIFE, loud=False,
        )  # fmt: skip
