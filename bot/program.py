"""The program: everything wired once, started, and stopped in order. The only place that knows all the parts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain, repeat
from typing import Any

import structlog
import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from bot import health, thrift
from bot.front import Front
from core import rebuild
from core.courier import Courier, Pace
from core.desk import ServiceDesk
from core.errors import DeliveryError, Outcome
from core.pages import DeskCabinet, DeskMemory, DeskReader, DeskShelf
from core.ports import ChatAdapter, Clock, Stage
from core.publishing import publish
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook
from core.store import outbox, schema
from core.ticker import Ticker

log = structlog.get_logger()

#: Seconds of the real clock between two beats of the metronome.
BEAT = 1.0

#: What may pass by itself: a platform that does not answer yet, or is busy. All else at the start needs a person.
PASSING = frozenset({Outcome.RETRY, Outcome.DOUBT, Outcome.DEFERRED})

#: Seconds between attempts to reach a platform that was not there at the start; the last goes on.
JOINING = (1, 2, 5, 10, 30)


class PortInUse(Exception):
    """Somebody else listens there already."""


class AdapterRefused(Exception):
    """A platform does not take our account; the text says which and why."""


#: Makes an adapter when the desk is there: it gets what an adapter may have and nothing else.
Maker = Callable[["Parts"], ChatAdapter]


@dataclass(frozen=True, slots=True)
class Parts:
    """What an adapter may be given."""

    clock: Clock
    memory: DeskMemory
    shelf: DeskShelf
    cabinet: DeskCabinet
    reader: DeskReader


@dataclass(slots=True)
class Program:
    """One desk with its adapters. `start` commits it to its ports, `run` lives until `stop`."""

    engine: Engine
    rulebook: Rulebook
    clock: Clock
    makers: Mapping[str, Maker]
    host: str = "127.0.0.1"
    port: int = 0
    page_url: str = ""
    audit_key: bytes = b""
    pace: Pace = field(default_factory=Pace)
    stage: Stage | None = None
    desk: ServiceDesk = field(init=False)
    courier: Courier = field(init=False)
    ticker: Ticker = field(init=False)
    adapters: dict[str, ChatAdapter] = field(init=False, default_factory=dict)
    _server: Any = field(init=False, default=None)
    _tasks: list[asyncio.Task[Any]] = field(init=False, default_factory=list)
    _scheduler: Any = field(init=False, default=None)
    _beating: asyncio.Lock = field(init=False, default_factory=asyncio.Lock)
    _early: asyncio.Task[None] | None = field(init=False, default=None)
    _early_for: datetime | None = field(init=False, default=None)
    _socket: socket.socket | None = field(init=False, default=None)

    def bind(self) -> int:
        """Take the port. Raises PortInUse."""
        # With its protocol named, asyncio sets TCP_NODELAY; without, each answer waits 40 ms for a delayed acknowledgement.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self.host, self.port))
        except OSError as error:
            listening.close()
            raise PortInUse(
                f"port {self.port} on {self.host} is taken ({error.strerror}): "
                "stop what listens there, or choose another with --port"
            ) from error
        self._socket = listening
        self.port = int(listening.getsockname()[1])
        return self.port

    async def start(self) -> None:
        """Migrate, open the desk, begin to hear. Raises SchemaTooNew, AdapterRefused, PortInUse."""
        thrift.seldom()
        if self._socket is None:
            self.bind()
        schema.migrate(self.engine)
        directory = Directory(self.rulebook, platforms=frozenset(self.makers))
        self.desk = ServiceDesk(self.engine, directory, self.clock, audit_key=self.audit_key, page_url=self.page_url)
        parts = Parts(
            self.clock, DeskMemory(self.desk), DeskShelf(self.desk), DeskCabinet(self.desk), DeskReader(self.desk)
        )
        self.adapters = {name: make(parts) for name, make in self.makers.items()}
        parts.cabinet.adapters = self.adapters
        self.desk.can = {name: adapter.can for name, adapter in self.adapters.items()}
        self.courier = Courier(self.desk, self.adapters, pace=self.pace)
        self.desk.changed = self.courier.wake
        self.ticker = Ticker(self.desk)
        doubtful = await self.courier.recover()
        if doubtful:
            log.warning("outbox.interrupted", deliveries=doubtful)
        await publish(self.desk)
        await self.ticker.plan()
        await asyncio.to_thread(self._compare)
        await self._serve()
        for name, adapter in self.adapters.items():
            hears = adapter.run
            try:
                await adapter.start(self.desk)
            except DeliveryError as error:
                if error.outcome not in PASSING:
                    raise AdapterRefused(f"{name}: {error.reason}") from error
                log.warning("adapter.not_there", platform=name, reason=error.reason, then="trying on")
                hears = partial(self._join_later, name, adapter)
            hearing = asyncio.create_task(hears(), name=f"{name}.run")
            hearing.add_done_callback(_died)
            self._tasks.append(hearing)

    async def _join_later(self, name: str, adapter: ChatAdapter) -> None:
        """A platform that did not answer when we started; the others are heard meanwhile."""
        for pause in chain(JOINING, repeat(JOINING[-1])):
            await asyncio.sleep(pause)
            try:
                await adapter.start(self.desk)
            except DeliveryError as error:
                if error.outcome not in PASSING:
                    raise
            else:
                break
        log.info("adapter.there", platform=name)
        await adapter.run()

    def _compare(self) -> None:
        """Stored due times that are not what the segments give are told in the log; `deskbell rebuild` mends them."""
        compared = 0
        try:
            for _, found in rebuild.differing(self.engine, self.desk.directory.rulebook, rebuild.AT_START):
                compared += 1
                for drift in found:
                    log.error("rebuild.differs", clock=str(drift))
        except Exception:
            log.exception("rebuild.failed")  # it is a report: the desk starts without it
        if compared == rebuild.AT_START:
            log.info("rebuild.partly", requests=compared, all="deskbell rebuild")

    async def _serve(self) -> None:
        routes = [route for adapter in self.adapters.values() for route in adapter.routes()]
        routes += health.routes(lambda: self.ticker.beat_at, self.clock.real, self._probe)
        config = uvicorn.Config(
            Front(routes), http="httptools", loop="asyncio", ws="none", lifespan="off", access_log=False,
            log_config=None, server_header=False, proxy_headers=False, timeout_graceful_shutdown=5,
        )  # fmt: skip
        self._server = _Server(config)
        http = asyncio.create_task(self._server.serve(sockets=[self._socket]), name="http")
        self._tasks.append(http)
        ready = asyncio.create_task(self._server.listening.wait())
        await asyncio.wait([http, ready], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if http.done():
            http.result()  # why it died, if it says so
            raise PortInUse(f"the server on {self.host}:{self.port} ended while it was starting")

    def _probe(self) -> Mapping[str, object]:
        with self.engine.connect() as connection:
            return {"outbox": outbox.depth(connection), "adapters": sorted(self.adapters)}

    def tick_by_itself(self) -> None:
        """The metronome: a beat each real second, and the courier beside it. Tests beat by hand instead."""
        self._tasks.append(asyncio.create_task(self.courier.run(), name="courier"))
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._beat, "interval", seconds=BEAT, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._scheduler.start()

    async def _beat(self) -> None:
        if self._beating.locked():  # one that takes longer finds by itself what comes due meanwhile
            return
        async with self._beating:
            try:
                if await self.ticker.beat():
                    self.courier.wake()
                self._beat_early()
            except asyncio.CancelledError:  # the program stops: the next start begins with a beat
                return
            except Exception as error:  # noqa: BLE001 - the clock must go on; readiness shows that it did not
                log.error("ticker.failed", error=repr(error))

    def _beat_early(self) -> None:
        """What comes due before the next beat is not made to wait for it; once, since the desk's clock may stand still."""
        due = self.ticker.following
        wait = (due - self.clock.now()).total_seconds() if due else BEAT
        if due is not None and wait < BEAT and due != self._early_for:
            self._early_for = due
            self._early = asyncio.create_task(self._beat_after(wait), name="beat")
            self._tasks.append(self._early)
            self._early.add_done_callback(self._tasks.remove)

    async def _beat_after(self, seconds: float) -> None:
        with contextlib.suppress(Exception):  # the beat meets the same, and says it
            await self.ticker.claim(after=seconds)
        await self._beat()

    async def run(self, until: asyncio.Event) -> None:
        """Live until `until` is set or a part dies for good."""
        thrift.settled()
        self.tick_by_itself()
        stop = asyncio.create_task(until.wait())
        vital = [task for task in self._tasks if task.get_name() in ("http", "courier")]
        done, _ = await asyncio.wait([stop, *vital], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        for task in done - {stop}:
            if task.exception() is not None:
                log.error("program.part_died", part=task.get_name(), error=repr(task.exception()))

    async def stop(self) -> None:
        """Stop hearing, finish what is being written, let go of everything."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        for adapter in self.adapters.values():
            with contextlib.suppress(DeliveryError):
                await adapter.stop()
        if self._server is not None:
            self._server.should_exit = True
        for task in self._tasks:
            if task.get_name() != "http":
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            self._socket.close()
        if hasattr(self, "desk"):
            self.desk.close()
        self.engine.dispose()


def _died(task: asyncio.Task[Any]) -> None:
    """A platform that is not heard any more is said once, loudly; the others go on."""
    if not task.cancelled() and (error := task.exception()) is not None:
        reason = error.reason if isinstance(error, DeliveryError) else repr(error)
        log.error("adapter.deaf", part=task.get_name(), reason=reason)


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program stops its parts in its own order. `listening` says that it does."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def load_rulebook(path: Any, *, chats_on_page: bool) -> Rulebook:
    """The rulebook of a file. Raises BadRulebook."""
    from core.rulebook.load import load

    return load(path, today=date.today(), chats_on_page=chats_on_page)  # noqa: DTZ011 - which years of holidays to expand
