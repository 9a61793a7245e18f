"""One journey on a desk that may die: the parent's side. The platforms live here and survive every kill."""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import Engine, select

from adapters.slack import SCOPES, VERIFY_SCOPES
from core.store import tables as t
from core.store.changes import table
from tests.conftest import FrozenClock
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_doors import Heard
from tests.doubles.telegram import TelegramDouble
from tests.faults.child import DELIVERY, PLATFORMS
from tests.journeys.play import CHATS, PEOPLE, SlackStand, Stand, TelegramStand, flat
from tests.support.databases import Stock

PATIENCE = 60.0
LINE = "Projector broken in room 4 !high #it due:+2d"
DONE = "New lamp fitted."
BREACH = timedelta(hours=5, minutes=31)  # four working hours after nine o'clock, lunch between, and a minute
REPEAT = "Perhaps said twice"
SETTLED = {"sent", "superseded", "rejected"}
PEOPLES = {"li", "emma"}


class Died(Exception):
    """The desk is gone."""


@dataclass(slots=True)
class Zygote:
    """The process that forks desks."""

    path: Path
    running: subprocess.Popen[str]


@contextmanager
def zygote(folder: Path, stock: Stock) -> Iterator[Zygote]:
    """It rehearses on two databases of the kind that its desks will use."""
    path = folder / "zygote"
    with ExitStack() as rehearsal:
        databases = [rehearsal.enter_context(stock.lent()) for _ in PLATFORMS]
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", str(path), *databases], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent.parent,
        )  # fmt: skip
        assert running.stdout is not None
        assert "ready\n" in running.stdout, "the zygote did not come up"
    with running:
        assert running.stdin is not None
        yield Zygote(path, running)
        running.stdin.close()
        running.wait(timeout=20)


class Child:
    """One desk on the other end of a socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.dead = asyncio.Event()
        self.killed = ""
        self._reader, self._writer = reader, writer
        self._lines: asyncio.Queue[bytes] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            while line := await self._reader.readline():
                if line.startswith(b'{"killed"'):
                    self.killed = json.loads(line)["killed"]
                else:
                    self._lines.put_nowait(line)
        except ConnectionError:
            pass
        self.dead.set()
        self._lines.put_nowait(b"")

    async def answer(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            line = await self._lines.get()
        if not line:
            raise Died
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def ask(self, do: str, now: datetime, step: str) -> dict[str, Any]:
        if self.dead.is_set():
            raise Died
        try:
            self._writer.write(json.dumps({"do": do, "now": now.isoformat(), "step": step}).encode() + b"\n")
            await self._writer.drain()
        except ConnectionError:
            raise Died from None
        return await self.answer()

    async def close(self) -> None:
        self._writer.close()
        await asyncio.gather(self._reading, self._writer.wait_closed(), return_exceptions=True)


class MarkedTelegram(TelegramDouble):
    """A double that also writes down which delivery each message is, from a header that only the tests send."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.copies: dict[str, list[tuple[int, int]]] = defaultdict(list)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        answer = await super()._serve(request)
        delivery = request.headers.get(DELIVERY)
        if delivery and request.match_info["method"] == "sendMessage" and isinstance(answer, web.Response):
            sent = json.loads(answer.body or b"{}")  # type: ignore[arg-type]
            if sent.get("ok"):
                self.copies[delivery].append((sent["result"]["chat"]["id"], sent["result"]["message_id"]))
        return answer


@asynccontextmanager
async def stand(platform: str, clock: FrozenClock) -> AsyncIterator[Stand]:
    """A platform on the desk's own time, so that histories and signatures agree with it."""
    if platform == "slack":
        async with SlackDouble(lambda: clock.at.timestamp(), scopes={*SCOPES, *VERIFY_SCOPES}) as slack:
            slack.ack_timeout = PATIENCE
            yield SlackStand(slack)
    else:
        async with MarkedTelegram(lambda: clock.at.timestamp()) as telegram:
            yield TelegramStand(telegram)


@dataclass(slots=True)
class Facts:
    """What is there at the end: what everybody can check without asking the desk."""

    requests: list[tuple[str, str]]
    deliveries: list[dict[str, Any]]
    firings: Counter[tuple[Any, ...]]
    acts: list[tuple[str, str]]
    undecided: int
    chain: str
    copies: dict[int, list[str]]
    strays: list[str]

    def kinds(self) -> Counter[tuple[str, ...]]:
        return Counter((d["kind"], d["audience"], d["event"], d["address"], d["person"]) for d in self.deliveries)


@dataclass
class Journey:
    """File, take, be reminded, resolve, accept, rate; each step is repeated as the platform would repeat it."""

    stand: Stand
    database: str
    clock: FrozenClock
    zygote: Zygote
    kills: list[str] = field(default_factory=list)
    """Where the desk dies, one process after the other."""
    sabotage: str = ""
    boots: int = 0
    step: str = "start"
    killed: list[str] = field(default_factory=list)
    child: Child | None = None
    answers: list[str] = field(default_factory=list)

    # ---- the desk's life

    async def boot(self) -> None:
        """A fresh process on the same database."""
        await self._bury()
        while True:
            self.boots += 1
            assert self.boots < 12, "the desk does not come up"
            order: dict[str, Any] = {
                "platform": self.stand.name, "database": self.database, "now": self.clock.at.isoformat(),
                "kill_at": self.kills[0] if self.kills else "", "sabotage": self.sabotage,
            }  # fmt: skip
            double: Any = self.stand.double  # type: ignore[attr-defined]
            if self.stand.name == "slack":
                order |= {"api_url": double.api_url, "secret": double.signing_secret}
            else:
                order |= {"api_url": double.url, "token": double.token}
            reader, writer = await asyncio.open_unix_connection(str(self.zygote.path))
            writer.write(json.dumps(order).encode() + b"\n")
            self.child = Child(reader, writer)
            try:
                port = (await self.child.answer())["port"]
            except Died:
                await self._bury()
                continue
            if self.stand.name == "slack":
                double.request_url = f"http://127.0.0.1:{port}/slack/events"
            return

    async def _bury(self) -> None:
        """It died where it was told to, and of nothing else."""
        if self.child is None:
            return
        await self.child.close()
        assert self.child.killed, f"the desk died by itself in {self.step}"
        assert self.child.killed == self.kills.pop(0)
        self.killed.append(self.child.killed)
        self.child = None

    async def ask(self, do: str) -> dict[str, Any]:
        """What was asked when the desk died is asked again."""
        while True:
            assert self.child is not None
            try:
                return await self.child.ask(do, self.clock.at, self.step)
            except Died:
                await self.reboot()

    async def reboot(self) -> None:
        """Start again, and let the leases end and Q pass, so that what was in doubt is settled."""
        step, self.step = self.step, "repair"
        await self.boot()
        await self.calm()
        self.step = step

    async def calm(self) -> None:
        for _ in range(3):
            self.clock.turn(timedelta(seconds=61))
            await self.ask("quiet")

    # ---- the people

    async def hear(self, act: Callable[[], Awaitable[Any]]) -> None:
        if self.stand.name == "slack":
            heard: Heard = await act()
            if not heard.acked:
                await self.reboot()
                heard = await self.stand.double.redeliver(resign=True)  # type: ignore[attr-defined]
                assert heard.acked, heard
            self.answers.append(json.dumps(heard.body, ensure_ascii=False))
        else:
            await act()
            await self._confirmed()
        await self.ask("quiet")

    async def _confirmed(self) -> None:
        """Telegram brings an update until the offset has passed it, to whichever process polls."""
        double: TelegramDouble = self.stand.double  # type: ignore[attr-defined]
        while True:
            assert self.child is not None
            settled = asyncio.create_task(double.settled(PATIENCE))
            dead = asyncio.create_task(self.child.dead.wait())
            await asyncio.wait([settled, dead], return_when=asyncio.FIRST_COMPLETED)
            dead.cancel()
            if settled.done():
                settled.result()
                return
            settled.cancel()
            await asyncio.gather(settled, dead, return_exceptions=True)
            await self.reboot()

    def says(self, person: str, chat: str, command: str, words: str) -> Callable[[], Awaitable[Any]]:
        user, chats = PEOPLE[person], CHATS[chat]
        double: Any = self.stand.double  # type: ignore[attr-defined]
        if self.stand.name == "slack":
            return lambda: double.say_command(user[0], chats[0], command, words)

        async def say() -> None:
            double.say(user[1], chats[1], f"{command} {words}")

        return say

    def presses(self, person: str, chat: str, label: str, having: str = "HX-1") -> Callable[[], Awaitable[Any]]:
        user, chats = PEOPLE[person], CHATS[chat]
        double: Any = self.stand.double  # type: ignore[attr-defined]

        def meant(messages: list[Any], words: Callable[[Any], str]) -> Any:
            found = [m for m in messages if having in flat(words(m)) and label in m.buttons]
            assert found, f"no [{label}] in {chat}: {[(words(m), m.buttons) for m in messages]}"
            return found[-1]

        if self.stand.name == "slack":
            ts = meant(double.shown(chats[0]), lambda m: str(m.words)).ts
            return lambda: double.press(user[0], chats[0], ts, label=label)
        message = meant(double.shown(chats[1]), lambda m: str(m.text)).message_id

        async def press() -> None:
            double.press(user[1], chats[1], message, label=label)

        return press

    async def until(self, moment: datetime) -> None:
        """Turn the clock, stopping wherever something is due."""
        self.step = "wait"
        while True:
            due = (await self.ask("due"))["due"]
            at = datetime.fromisoformat(due) if due else moment
            self.clock.at = max(min(at, moment), self.clock.at)
            await self.ask("beat")
            if self.clock.at >= moment:
                return

    async def play(self) -> list[tuple[str, str]]:
        """The whole journey; the boundaries that the last process passed."""
        try:
            return await self._acts()
        finally:
            if self.child is not None:
                await self.child.close()

    async def _acts(self) -> list[tuple[str, str]]:
        await self.boot()
        if self.boots > 1:
            self.step = "repair"
            await self.calm()
        await self.does("file", lambda: self.says("emma", "client", "/request", LINE))
        breach = self.clock.at + BREACH
        await self.does("take", lambda: self.presses("li", "team", "Take"))
        await self.until(breach)
        await self.does("resolve", lambda: self.says("li", "team", "/desk", f"resolve 1 {DONE}"))
        await self.does("accept", lambda: self.presses("emma", "client", "Accept", DONE))
        await self.does("rate", lambda: self.presses("emma", "client", "5 ★"))
        points: list[tuple[str, str]] = [(w, n) for w, n in (await self.ask("points"))["points"]]
        self.step = "end"
        await self.calm()
        self.clock.turn(timedelta(minutes=20))
        await self.ask("beat")
        await self.ask("sweep")
        return points

    async def does(self, step: str, act: Callable[[], Callable[[], Awaitable[Any]]]) -> None:
        self.step = step
        await self.ask("step")
        await self.hear(act())

    # ---- the end

    def facts(self, engine: Engine) -> Facts:
        with engine.connect() as connection:
            rows = [dict(r) for r in connection.execute(select(table(t.DeliveryRow))).mappings()]
            requests = [(r["number"], r["status"]) for r in connection.execute(select(table(t.RequestRow))).mappings()]
            timers = {(r["request_id"], r["id"]): r for r in connection.execute(select(table(t.TimerRow))).mappings()}
            firings = list(connection.execute(select(table(t.FiringRow))).mappings())
            journal = list(
                connection.execute(
                    select(table(t.JournalRow)).order_by(table(t.JournalRow).c.client, table(t.JournalRow).c.n)
                ).mappings()
            )
            heads = {r["id"]: r for r in connection.execute(select(table(t.ClientRow))).mappings()}
        copies, strays = self._copies(rows)
        fired = Counter(
            (timers[f["request_id"], f["timer_id"]]["target"], f["cycle"], f["step"], f["repeat"]) for f in firings
        )
        acts = [(j["actor"], j["event"]) for j in journal if j["actor"] in PEOPLES]
        undecided = sum(f["decided_at"] is None for f in firings)
        return Facts(requests, rows, fired, acts, undecided, _broken(journal, heads), copies, strays)

    def _copies(self, rows: list[dict[str, Any]]) -> tuple[dict[int, list[str]], list[str]]:
        """For each delivery the words of what is visible of it, and what is visible of no delivery."""
        double: Any = self.stand.double  # type: ignore[attr-defined]
        copies: dict[int, list[str]] = {row["id"]: [] for row in rows}
        strays: list[str] = []
        if self.stand.name == "slack":
            ids = {hashlib.sha256(f"{row['id']:x}".encode()).hexdigest()[:32]: row["id"] for row in rows}
            double.team.settle()
            for m in double.team.messages:
                if not m.by_bot or m.private_to or m.deleted:
                    continue
                known = ids.get(((m.metadata or {}).get("event_payload") or {}).get("id", ""))
                copies[known].append(m.words) if known is not None else strays.append(m.words)
            return copies, strays
        for key, places in double.copies.items():
            for chat, message in places:
                if int(key, 16) in copies:
                    copies[int(key, 16)].append(double.at(chat, message).text)
                else:
                    strays.append(double.at(chat, message).text)
        return copies, strays


def _broken(journal: list[Any], heads: dict[str, Any]) -> str:
    """Where the chain of a client breaks, or nothing."""
    last: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for row in journal:
        n, before = last[row["client"]]
        payload = [
            before, row["client"], row["n"], row["request_id"], row["at"].isoformat(), row["actor"], row["event"],
            row["facts"],
        ]  # fmt: skip
        said = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        if row["n"] != n + 1 or hashlib.blake2b(said.encode(), key=b"", digest_size=20).hexdigest() != row["hash"]:
            return f"{row['client']} {row['n']} after {n}"
        last[row["client"]] = (row["n"], row["hash"])
    for client, head in heads.items():
        if (head["journal_n"], head["journal_hash"]) != last[client]:
            return f"the tail of {client} is cut"
    return ""


def faults(got: Facts, wanted: Facts, platform: str) -> list[str]:
    """Everything in which this run is worse than faults.md section 2 allows."""
    bad: list[str] = []
    if got.requests != wanted.requests:
        bad.append(f"requests {got.requests}, not {wanted.requests}")
    if got.chain:
        bad.append(f"the journal is broken at {got.chain}")
    if got.acts != wanted.acts:
        bad.append(f"acts {got.acts}, not {wanted.acts}")
    if got.undecided or got.firings != wanted.firings:
        bad.append(f"firings {got.firings} ({got.undecided} undecided), not {wanted.firings}")
    if got.kinds() != wanted.kinds():
        bad.append(f"deliveries {got.kinds() - wanted.kinds()} too many, {wanted.kinds() - got.kinds()} missing")
    if got.strays:
        bad.append(f"messages of no delivery: {got.strays}")
    for row in got.deliveries:
        bad += _delivery_faults(row, got.copies[row["id"]], platform)
    return bad


def _delivery_faults(row: dict[str, Any], copies: list[str], platform: str) -> Iterator[str]:
    what = (
        f"{row['kind']} {row['event'] or row['audience']} to {row['address']} ({row['state']}, {row['doubts']} doubts)"
    )
    if row["state"] not in SETTLED:
        yield f"{what} is not settled"
    must = platform == "slack" or row["guaranteed"]
    if must and row["state"] != "sent":
        yield f"{what} was not sent: {row['reason']}"
    if must and not copies:
        yield f"{what} is lost"
    if platform == "slack" and len(copies) > 1:
        yield f"{what} is there {len(copies)} times"
    if len(copies) > 1 + row["doubts"]:
        yield f"{what} has more copies than doubts: {len(copies)}"
    for extra in copies[1:]:
        if platform == "telegram" and REPEAT not in flat(extra):
            yield f"{what}: an extra copy is not marked: {extra}"


ACTS = (("start", "file", "take"), ("wait",), ("resolve", "accept", "rate"))


def plan(points: list[str]) -> list[list[str]]:
    """Every boundary once, up to three in a journey, one of each act: a desk may die more than once."""
    acts = [[p for p in points if p.split(":")[0] in act] for act in ACTS]
    return [[act[n] for act in acts if n < len(act)] for n in range(max(map(len, acts)))]
