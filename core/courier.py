"""The courier: claim -> load fresh -> still true? -> say -> post or edit -> record.

Cards are reconciled (wanted against shown), notices are said once. One send is on its way per destination; what is not
certainly sent becomes *doubt* and is handled by its class, never simply sent again (faults.md section 2).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from core import events as ev
from core.desk import ServiceDesk
from core.errors import DeliveryError, MessageLost, Moved, Outcome, Unverifiable
from core.events import from_facts
from core.hush import Hush
from core.ids import new_token
from core.model.parties import Address, Destination, Place
from core.model.request import ClockState, Request, Status
from core.model.sending import DeliveryState
from core.model.told import Digest
from core.ports import ChatAdapter
from core.rules import followup, lifecycle, routing
from core.say import agreed, cards, charts, digests, notices, rota
from core.say.message import Action, Context, Message, Picture, Plain
from core.say.voice import Voice
from core.store import facts as known
from core.store import outbox
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import table
from core.store.mapping import thaw
from core.store.outbox import Claimed
from core.store.pacing import Limits, Pacing, kind_of, shut_until

log = structlog.get_logger()

PARALLEL = 16
TRIES = 8
DOUBTS = 3
POISON = 3  # attempts after which a delivery that cannot even be worded is put aside
RUNNING = ClockState.RUNNING
LEASE = timedelta(seconds=60)
LOOK = timedelta(seconds=10)  # how often it is looked whether somebody died while sending
SWEEP = timedelta(minutes=15)  # how long after a doubtful delivery late copies are looked for (faults.md 2.2)


class Pace(Struct, frozen=True):
    """Waiting times, in real seconds. `quiet` is Q: how long after a doubtful attempt its outcome may be looked for."""

    first: float = 1.0
    most: float = 300.0
    quiet: float = 60.0
    paced: bool = True  # whether the platforms' limits are kept before they are met


class _Ready(Struct, frozen=True):
    """A claimed delivery with its words: what is to be posted, as what, in place of which receipt."""

    claimed: Claimed
    destination: Destination
    message: Message
    hash: str
    repeat: str  # what a copy says that may be the second one


class _Skip(Struct, frozen=True):
    claimed: Claimed
    reason: str


class _NotLooked(Exception):
    """Whether the message arrived could not be asked: that proves nothing, and adds no doubt."""

    def __init__(self, error: DeliveryError) -> None:
        super().__init__(error.reason)
        self.error = error


class Courier:
    """Sends what the outbox holds through the adapters that run, until it is stopped."""

    def __init__(
        self, desk: ServiceDesk, adapters: Mapping[str, ChatAdapter], *, name: str = "", pace: Pace | None = None
    ) -> None:
        self._desk = desk
        self._adapters = adapters
        self._name = name or secrets.token_hex(4)
        self._pace = pace or Pace()
        self._wake = asyncio.Event()
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._ended = 0
        self._claiming = asyncio.Lock()  # what is claimed is being sent, to whoever asks whether all is quiet
        self._look_at: datetime | None = None
        self._sweep_at: datetime | None = None
        self.free_at: datetime | None = None  # when what waits for a platform's limit may go (real time)
        self.failed: Callable[[str], None] = lambda _reason: None

    def wake(self) -> None:
        self._wake.set()

    async def recover(self) -> int:
        """What a dead process was sending is in doubt now: at start, and whenever a lease has ended since."""
        return int(await self._desk.run(self._recover))

    def _recover(self, connection: Connection) -> int:
        real = self._desk.clock.real()
        quiet = real + timedelta(seconds=self._pace.quiet)
        return outbox.recover(connection, real - LEASE, quiet, self._name, set(self._sending), POISON)

    async def run(self) -> None:
        """Deliver until cancelled; woken by the desk, and looking by itself each second."""
        try:
            while True:
                self._wake.clear()
                if not await self._tried():
                    # Not `wait_for`: until Python 3.12 it forgets that it was cancelled when it is woken in that moment.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(self._patience()):
                            await self._wake.wait()
        finally:
            for task in self._sending.values():
                task.cancel()
            await asyncio.gather(*self._sending.values(), return_exceptions=True)

    def _patience(self) -> float:
        """Seconds until it is looked again by itself: a second, or when a limit lets the next one go."""
        if self.free_at is None:
            return 1.0
        return min(max((self.free_at - self._desk.clock.real()).total_seconds(), 0.02), 1.0)

    def _limits(self) -> Limits:
        return {name: adapter.can.limits for name, adapter in self._adapters.items() if self._pace.paced}

    async def _tried(self) -> int:
        """One round; a store that fails now is asked again, and the program lives on."""
        try:
            await self.sweep()
            return await self.deliver()
        except Exception as error:
            log.error("courier.failed", error=type(error).__name__, exc_info=True)
            return 0

    async def until_quiet(self) -> None:
        """Deliver until nothing is left that may go now."""
        while True:
            ended = self._ended
            claimed = await self.deliver()
            if self._sending:
                await asyncio.wait(self._sending.values(), return_when=asyncio.FIRST_COMPLETED)
            elif not claimed and ended == self._ended:  # none ended meanwhile whose destination may have more
                return

    async def deliver(self) -> int:
        """Claim what may go, each destination at most once, and send it beside what is on its way.

        Returns how much was claimed, also what then had not to be said: behind it, its destination may have more.
        """
        async with self._claiming:
            room = PARALLEL - len(self._sending)
            if room <= 0:
                return 0
            claimed, ready = await self._desk.run(lambda c: self._claim(c, room))
            for one in ready:
                address = str(one.claimed.destination.address)
                task = asyncio.create_task(self._send(one))
                self._sending[address] = task
                task.add_done_callback(partial(self._done, address))
            return int(claimed)

    def _done(self, address: str, task: asyncio.Task[None]) -> None:
        """What could not be recorded stays `sending` until its lease ends, and is in doubt then."""
        self._sending.pop(address, None)
        self._ended += 1
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery.not_recorded", error=type(error).__name__, exc_info=error)
        self._wake.set()

    async def sweep(self) -> int:
        """Copies that landed late, after a delivery had been looked for and sent again, are deleted. Returns how many."""
        now, real = self._desk.clock.now(), self._desk.clock.real()
        able = {name: adapter for name, adapter in self._adapters.items() if adapter.can.verify}
        if not able or (self._sweep_at is not None and real < self._sweep_at):
            return 0
        self._sweep_at = real + LEASE
        gone = 0
        for one in await self._desk.run(lambda c: outbox.swept(c, now - SWEEP)):
            adapter = able.get(one.destination.address.platform)
            address = self._desk.directory.current(one.destination.address)
            if adapter is not None and address not in self._desk.directory.suspended:
                try:
                    since = one.made_at - timedelta(minutes=5)
                    gone += await adapter.remove_extras(address, one.key_for_platform, one.receipt, since)
                except Unverifiable:
                    pass
                except DeliveryError as error:
                    log.info("delivery.not_swept", id=one.id, reason=error.reason)
                    continue
            await self._desk.run(partial(outbox.mark_swept, id_=one.id))
        if gone:
            log.warning("delivery.late_copies", deleted=gone)
        return gone

    # ---- claim and say, inside the writer's transaction

    def _claim(self, connection: Connection, limit: int) -> tuple[int, list[_Ready]]:
        clock = self._desk.clock
        now, real = clock.now(), clock.real()
        if self._look_at is None or real >= self._look_at:
            self._look_at = real + LOOK
            self._recover(connection)
        pacing = Pacing(connection, real, self._limits())
        alone = outbox.claim(connection, now, real, set(self._sending), self._name, limit, pacing)
        self.free_at = pacing.free_at
        hush = Hush(self._desk.newest, now)
        may_go = hush.let(connection, alone, partial(self._requests, connection))
        few = self._desk.newest.rulebook.storm
        claimed = [
            outbox.gather(connection, one, now, real, few, notices.TOGETHER if hush.alone(one) else ())
            for one in may_go
        ]  # fmt: skip
        requests = self._requests(connection, claimed)
        ready: list[_Ready] = []
        for one in claimed:
            try:
                said = self._say(connection, one, requests, now)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 - a bug in one row is that row's alone
                self._unsayable(connection, one, error, real)
                continue
            if isinstance(said, _Skip):
                outbox.put_off(connection, one.id, DeliveryState.SUPERSEDED, said.reason, None)
            elif said.claimed.kind == "card" and said.hash == one.shown_hash and one.receipt:
                outbox.sent(connection, one.id, one.receipt, one.wanted, said.hash, now)
            else:
                ready.append(said)
        return len(alone), ready

    def _requests(self, connection: Connection, claimed: list[Claimed]) -> dict[int, Request]:
        """Their requests; one that cannot be read does not keep the others from being read."""
        ids = [id_ for c in claimed for part in outbox.parts(c) if (id_ := part["request"])]
        try:
            return rows.by_ids(connection, ids)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001 - one request must not stop the others
            found: dict[int, Request] = {}
            for id_ in ids:
                try:
                    found |= rows.by_ids(connection, [id_])
                except SQLAlchemyError:
                    raise
                except Exception:
                    log.error("request.unreadable", request=id_, exc_info=True)
            return found

    def _unsayable(self, connection: Connection, one: Claimed, error: Exception, real: datetime) -> None:
        """A row that breaks us harms nobody else, and after a few attempts is put aside (faults.md rows 11 and 49)."""
        log.error("delivery.unsayable", id=one.id, kind=one.kind, attempt=one.attempts, exc_info=error)
        reason = f"bug: {type(error).__name__}"
        if one.attempts >= POISON:
            outbox.put_off(connection, one.id, DeliveryState.REJECTED, f"put aside: {reason}", None)
            self.failed(reason)
        else:
            again = real + timedelta(seconds=self._pause(one))
            outbox.put_off(connection, one.id, DeliveryState.QUEUED, reason, again)

    def _pause(self, one: Claimed) -> float:
        return float(min(self._pace.first * 2 ** min(one.attempts, 10), self._pace.most))

    def _say(
        self, connection: Connection, one: Claimed, requests: Mapping[int, Request], now: datetime
    ) -> _Ready | _Skip:
        """The words, if it is still true, still useful, and still meant for this place."""
        directory = self._desk.newest
        address = directory.current(one.destination.address)
        destination = directory.place_of(address)
        if address in directory.suspended:
            return _Skip(one, "destination suspended")
        if (destination.place, destination.subject) != (one.destination.place, one.destination.subject):
            return _Skip(one, "bound to another")
        if destination.generation != one.destination.generation and not directory.moved:
            return _Skip(one, "binding renewed")
        if one.valid_until is not None and one.valid_until <= now:
            return _Skip(one, "too late to be useful")
        if one.destination.address.platform not in self._adapters:
            return _Skip(one, "platform not connected")
        voice = Voice.to(destination.lang, destination.zone, directory, now, address, self._desk.page_url)
        request = requests.get(one.request_id or 0)
        message = self._words(connection, one, request, requests, destination, voice)
        if message is None:
            return _Skip(one, "no longer true")
        digest = _hash(message)
        stamped = self._stamp(connection, one, request, message)
        repeat = voice.words("(Perhaps said twice: the first attempt was not confirmed.)")
        if one.doubts and not self._adapters[address.platform].can.verify:
            stamped = replace(stamped, repeat=repeat)
        return _Ready(one, destination, stamped, digest, repeat)

    def _words(
        self,
        connection: Connection,
        one: Claimed,
        request: Request | None,
        requests: Mapping[int, Request],
        destination: Destination,
        voice: Voice,
    ) -> Message | None:
        if one.event == "Digest":
            return digests.digest(thaw(Digest, one.facts), voice)
        if one.event == "DigestPicture":
            return digests.picture(thaw(Digest, one.facts), voice)
        if one.event in ("Reached", outbox.GATHERED):
            told = _still_true(one, requests, destination)
            return notices.gathered(told, voice, one.person, _before(connection, told, destination))
        if one.event in agreed.EVENTS:
            return agreed.notice(from_facts(one.event, one.facts), str(one.facts["client"]), voice)
        if one.event in rota.EVENTS:
            return rota.notice(from_facts(one.event, one.facts), voice)
        if request is None or (destination.place is not Place.DIRECT and not lifecycle.shows(destination, request)):
            return None
        if one.kind == "card":
            return (cards.team_card if one.audience == "team" else cards.client_card)(request, voice)
        event = from_facts(one.event, one.facts)
        if not _holds(event, request):
            return None
        waits = any(follower.person == one.person for follower in request.followers)
        theirs = waits or destination in routing.client_places(request, self._desk.newest)
        audience = "client" if theirs else "team"
        if one.person and one.person == request.assignee and one.person != request.requester:
            audience = "team"
        return notices.notice(event, request, voice, audience, loud=one.loud, reader=one.person)

    def _stamp(self, connection: Connection, one: Claimed, request: Request | None, message: Message) -> Message:
        """Buttons become stored tokens, made once per (card, button, generation) (rulings.md 13)."""
        actions = {b.action for b in message.buttons() if not b.url}
        if not actions:
            return message
        number = request.number if request else ""
        version = request.version if request else 0
        slots = {a: _slot(one, a) for a in actions}
        there = known.slots(connection, slots.values())
        known.show_version(connection, there.values(), version)
        fresh: list[dict[str, Any]] = []
        tokens: dict[Action, str] = {}
        for action, slot in slots.items():
            tokens[action] = there.get(slot) or new_token()
            if slot not in there:
                args = {"number": number, **dict(action.args)}
                fresh.append(
                    {
                        "token": tokens[action], "slot": slot, "verb": action.verb, "args": args, "person": "",
                        "address": str(one.destination.address), "version": version, "made_at": self._desk.clock.real(),
                    }
                )  # fmt: skip
        if fresh:
            connection.execute(table(t.TokenRow).insert(), fresh)
        return message.with_tokens(tokens.__getitem__)

    # ---- send and record

    async def _send(self, ready: _Ready) -> None:
        one = ready.claimed
        adapter = self._adapters[ready.destination.address.platform]
        ready = await _drawn(ready)
        try:
            receipt = await self._place(adapter, ready)
        except _NotLooked as unknown:
            await self._desk.run(partial(self._not_looked, ready=ready, error=unknown.error))
        except MessageLost as lost:
            log.info("delivery.message_lost", id=one.id, reason=lost.reason)
            if one.receipt or one.unsure:
                await self._desk.run(lambda c: outbox.forget_receipt(c, one.id))
            else:
                await self._note(ready, lost)
        except Moved as moved:
            log.info("delivery.moved", id=one.id)
            to = moved.to
            await self._desk.run(lambda c: self._moved(c, ready, to))
        except DeliveryError as failure:
            await self._note(ready, failure)
        except Exception as error:
            log.error("delivery.bug", id=one.id, kind=one.kind, error=type(error).__name__, exc_info=True)
            await self._note(ready, DeliveryError(Outcome.REJECTED, f"bug: {type(error).__name__}"))
        else:
            await self._desk.run(lambda c: self._sent(c, ready, receipt))

    def _sent(self, connection: Connection, ready: _Ready, receipt: str) -> None:
        """It is there, and whoever it was for has heard it."""
        one, now = ready.claimed, self._desk.clock.now()
        outbox.sent(connection, one.id, receipt, one.wanted, ready.hash, now)
        if not one.receipt:
            Hush(self._desk.newest, now).heard(connection, one)

    async def _place(self, adapter: ChatAdapter, ready: _Ready) -> str:
        """Edit what is there; find what may be there; post only what certainly is not."""
        one, address = ready.claimed, ready.destination.address
        if one.receipt:
            return await adapter.edit(address, one.receipt, ready.message)
        message, known_absent = ready.message, not one.unsure
        if one.unsure and adapter.can.verify:
            try:
                found = await adapter.find(address, one.key_for_platform, one.made_at - timedelta(minutes=5))
            except Unverifiable:
                message = replace(message, repeat=ready.repeat)
            except Moved:
                raise
            except DeliveryError as error:
                if error.outcome in (Outcome.GONE, Outcome.DEAD):
                    raise
                raise _NotLooked(error) from error
            else:
                if found is not None:
                    return await adapter.edit(address, found, message)
                known_absent = True
        if not known_absent and not one.guaranteed:
            raise DeliveryError(Outcome.REJECTED, "in doubt and not worth a second copy")
        return await adapter.post(address, message, one.key_for_platform)

    async def _note(self, ready: _Ready, error: DeliveryError) -> None:
        await self._desk.run(lambda c: self._failed(c, ready, error))

    def _moved(self, connection: Connection, ready: _Ready, to: Address) -> None:
        """A migrated group: the new address and its queue in one transaction; the same delivery, once."""
        old = str(ready.destination.address)
        known.know_place(connection, ready.destination.address, moved_to=str(to))
        outbox.put_off(connection, ready.claimed.id, DeliveryState.QUEUED, "moved", None)
        outbox.moved(connection, old, str(to))
        self._desk.learn()

    def _not_looked(self, connection: Connection, ready: _Ready, error: DeliveryError) -> None:
        one = ready.claimed
        log.warning("delivery.not_looked_for", id=one.id, outcome=error.outcome.value, reason=error.reason)
        wait = timedelta(seconds=max(self._pause(one), error.retry_after))
        outbox.put_off(connection, one.id, DeliveryState.DOUBT, error.reason, self._desk.clock.real() + wait)

    def _failed(self, connection: Connection, ready: _Ready, error: DeliveryError) -> None:
        """Record what is known of a failed send, and when it may be looked at again."""
        one = ready.claimed
        real = self._desk.clock.real()
        address = str(ready.destination.address)
        log.warning("delivery.failed", id=one.id, kind=one.kind, outcome=error.outcome.value, reason=error.reason)
        pause = self._pause(one)
        waits = DeliveryState.DOUBT if one.unsure else DeliveryState.QUEUED
        verify = self._adapters[ready.destination.address.platform].can.verify
        match error.outcome:
            case Outcome.RETRY:
                outbox.put_off(connection, one.id, waits, error.reason, real + timedelta(seconds=pause))
            case Outcome.DOUBT if one.receipt:
                # An edit may be repeated: the second of two equal edits changes nothing.
                outbox.put_off(connection, one.id, DeliveryState.QUEUED, error.reason, real + timedelta(seconds=pause))
            case Outcome.DOUBT if one.doubts + 1 >= DOUBTS and not verify:
                outbox.put_off(connection, one.id, DeliveryState.REJECTED, f"dead letter: {error.reason}", None)
                self.failed(error.reason)
            case Outcome.DOUBT:
                quiet = real + timedelta(seconds=self._pace.quiet)
                outbox.put_in_doubt(connection, one.id, error.reason, quiet)
                if one.doubts + 1 >= DOUBTS:
                    self.failed(error.reason)
            case Outcome.DEFERRED:
                until = real + timedelta(seconds=max(error.retry_after, 1.0))
                outbox.put_off(connection, one.id, waits, error.reason, until)
                if not shut_until(connection, self._limits(), address, kind_of(one.receipt), until):
                    outbox.hold_lane(connection, address, until, error.reason)
            case Outcome.GONE:
                outbox.put_off(connection, one.id, DeliveryState.REJECTED, error.reason, None)
                known.know_place(connection, ready.destination.address, suspended=error.reason)
                self._desk.learn()
                self.failed(f"{address}: {error.reason}")
            case Outcome.DEAD:
                outbox.put_off(connection, one.id, waits, error.reason, None)
                platform = ready.destination.address.platform
                outbox.hold_lane(connection, f"{platform}:*", real + timedelta(minutes=5), error.reason)
                self.failed(f"{platform}: {error.reason}")
            case Outcome.REJECTED:
                outbox.put_off(connection, one.id, DeliveryState.REJECTED, error.reason, None)
                self.failed(error.reason)


async def _drawn(ready: _Ready) -> _Ready:
    """With its picture, if it has one. What cannot be drawn is said in words: that is no reason to say nothing."""
    picture = ready.message.picture()
    if picture is None:
        return ready
    try:
        instead: Picture | Context = replace(picture, png=await asyncio.to_thread(charts.png, picture.chart))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with fonts or libraries, the words are there
        log.warning("picture.not_drawn", id=ready.claimed.id, error=type(error).__name__)
        instead = Context((Plain(picture.missing),))
    return replace(ready, message=ready.message.with_picture(instead))


def _still_true(
    one: Claimed, requests: Mapping[int, Request], destination: Destination
) -> list[tuple[Request, ev.Event]]:
    """What happened and may be said here. Whose clock has stopped is not said, nor what waits (chat.md 4.3)."""
    told: list[tuple[Request, ev.Event]] = []
    for part in outbox.parts(one):
        request, event = requests.get(part["request"] or 0), from_facts(part["event"], part["facts"])
        if request is None or not (destination.place is Place.DIRECT or lifecycle.shows(destination, request)):
            continue
        if isinstance(event, ev.Reached):
            runs = any((t.metric, t.target, t.state) == (event.metric, event.target, RUNNING) for t in request.timers)
            if not runs or _waits(request, event.metric):
                continue
        told.append((request, event))
    return told


def _before(
    connection: Connection, told: Sequence[tuple[Request, ev.Event]], destination: Destination
) -> Mapping[int, notices.Before]:
    """What whoever is escalated to must know to decide at once: who was tried and when, and what was said last."""
    alone = {r.id for r, event in told if isinstance(event, ev.Reached) and event.kind == "escalation"}
    if destination.place is not Place.DIRECT or len(alone) != 1:
        return {}
    (id_,) = alone
    return {id_: notices.Before(rows.tried(connection, id_), (rows.remarks(connection, id_) or (None,))[-1])}


def _holds(event: ev.Event, request: Request) -> bool:
    """Whether it is still to be said: nobody is asked about what they no longer have, nor woken from another sleep."""
    match event:
        case ev.StillAsked(to=to):
            return request.assignee == to and any(followup.is_answer(t) and t.state is RUNNING for t in request.timers)
        case ev.Woken(until_at=until):
            return request.is_open and request.snoozed_until == until
        case _:
            return True


def _waits(request: Request, metric: str) -> bool:
    """Whether nothing is asked of anybody: it is over, or it is the client's turn and this is not their own clock."""
    theirs = request.status is Status.WAITING_CUSTOMER and not request.missing
    return not request.is_open or (theirs and metric != "cwt")


def _hash(message: Message) -> str:
    return hashlib.blake2b(msgspec.json.encode(message), digest_size=16).hexdigest()


def _slot(one: Claimed, action: Action) -> str:
    args = ",".join(f"{k}={v}" for k, v in action.args)
    return f"{one.id}:{action.verb}:{args}:{one.destination.generation}"
