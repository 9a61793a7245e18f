"""The desk in a process of its own, which may be killed at any numbered boundary.

`python -m tests.faults.child SOCKET DATABASE DATABASE` is a zygote: it has imported everything and played a request to its
rating on each platform, so that nothing need be read or compiled for the first time; for each connection it forks one desk,
which lives on that connection until it is killed or told to stop. The desk counts its boundaries: before and after each
commit that wrote something, before and after each call to a platform. At the one that DESKBELL_TEST_KILL_AT names it sends
itself SIGKILL.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import warnings
from collections import Counter
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Engine, event

import adapters.slack.app
import adapters.telegram.app
from adapters import slack, telegram
from bot.program import Maker, Program
from core.courier import Pace
from core.rulebook.load import load
from core.rulebook.values import Rulebook
from core.store import outbox, statements
from core.store.engine import connect
from core.store.writer import Writer
from tests.conftest import FrozenClock
from tests.journeys.play import curtain
from tests.journeys.test_filed_to_rated import test_a_request_travels_from_a_chat_line_to_a_rating
from tests.support.databases import lasting

DESK = Path(__file__).parent.parent / "data" / "desk.toml"
DELIVERY = "X-Test-Delivery"
"""Tells the double which delivery a call posts, since Telegram itself has no place for that."""

PLATFORMS = ("slack-http", "telegram")

_delivery: ContextVar[str] = ContextVar("delivery", default="")


class Boundaries:
    """Counts where the desk is, step by step of the journey, and ends it there: `take:3` is the third of its step."""

    def __init__(self, kill_at: str, line: int) -> None:
        self.kill_at = kill_at
        self.step = "start"
        self.names: list[tuple[str, str]] = []
        self._line = line
        self._counts: Counter[str] = Counter()

    def reach(self, name: str) -> None:
        self._counts[self.step] += 1
        where = f"{self.step}:{self._counts[self.step]}"
        self.names.append((where, name))
        if where == self.kill_at:
            os.write(
                self._line, json.dumps({"killed": where}).encode() + b"\n"
            )  # so that no other death is taken for it
            os.kill(os.getpid(), signal.SIGKILL)


def watch_commits(engine: Any, boundaries: Boundaries) -> None:
    """Before and after each commit of a transaction that wrote something."""
    commit, write = engine.dialect.do_commit, statements.write
    writing: set[int] = set()

    @event.listens_for(engine, "after_cursor_execute")
    def _executed(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH")) and _cursor.rowcount != 0:
            writing.add(id(connection.connection.dbapi_connection))

    def written(connection: Any, *what: Any) -> Any:
        writing.add(id(connection.connection.dbapi_connection))
        return write(connection, *what)

    def do_commit(dbapi: Any) -> None:
        raw = id(getattr(dbapi, "dbapi_connection", dbapi))
        wrote = raw in writing
        writing.discard(raw)
        if wrote:
            boundaries.reach("before commit")
        commit(dbapi)
        if wrote:
            boundaries.reach("after commit")

    engine.dialect.do_commit = do_commit
    statements.write = written


def watch_calls(boundaries: Boundaries) -> None:
    """Before each request to a platform, and after its answer was read: then it is not yet recorded."""
    request = aiohttp.ClientSession._request

    async def counted(self: Any, method: str, url: Any, **more: Any) -> Any:
        name = str(url).rstrip("/").rpartition("/")[2]
        if _delivery.get():
            more["headers"] = {**(more.get("headers") or {}), DELIVERY: _delivery.get()}
        if name == "getUpdates":  # how often one polls is chance; what a poll brings is counted when it is committed
            return await request(self, method, url, **more)
        boundaries.reach(f"before {name}")
        answer = await request(self, method, url, **more)
        await answer.read()
        boundaries.reach(f"after {name}")
        return answer

    aiohttp.ClientSession._request = counted  # type: ignore[method-assign]


def mark_posts(adapter: Any) -> None:
    post = adapter.post

    async def marked(address: Any, message: Any, key: str) -> str:
        token = _delivery.set(key)
        try:
            return str(await post(address, message, key))
        finally:
            _delivery.reset(token)

    adapter.post = marked


def sabotage(kind: str) -> None:
    """Twins that the tests must notice (faults.md 2.5)."""
    if kind == "resend":
        # What was being sent is simply sent again.
        def recover(connection: Any, lease_until: Any, quiet_until: Any, by: str, *_: Any) -> int:
            rows = outbox._rows
            stuck = (rows.c.state == "sending", rows.c.claimed_at < lease_until)
            return int(connection.execute(rows.update().where(*stuck).values(state="queued")).rowcount)

        outbox.recover = recover
    elif kind == "early":
        # The platform is answered before the commit: the unit is on its way, and the answer is made up.
        submit = Writer.submit

        async def early(self: Any, unit: Any, **when: float) -> Any:
            if type(unit).__name__ != "Heard":
                return await submit(self, unit, **when)
            from core.say.message import Answer

            task = asyncio.get_running_loop().create_task(_later(submit, self, unit))
            _kept.append(task)
            return Answer(toast="Filed.")

        Writer.submit = early  # type: ignore[method-assign]
    elif kind:
        raise ValueError(kind)


_kept: list[Any] = []
_go: list[asyncio.Event] = []


async def _later(submit: Any, writer: Any, unit: Any) -> Any:
    """Once the parent has been told that the platform was answered."""
    await _go[0].wait()
    return await submit(writer, unit)


def _maker(order: dict[str, Any]) -> Maker:
    if order["platform"] == "slack":
        account = slack.SlackSettings("xoxb-test", "", order["secret"], order["api_url"])
        return lambda parts: slack.connect(account, memory=parts.memory, clock=parts.clock)
    bot = telegram.TelegramSettings(order["token"], order["api_url"])
    return lambda parts: telegram.connect(bot, memory=parts.memory, clock=parts.clock)


async def live(connection: socket.socket, order: dict[str, Any], book: Rulebook, known: Engine) -> None:
    """One desk: it does what each line asks, and answers with one line."""
    boundaries = Boundaries(os.environ["DESKBELL_TEST_KILL_AT"], os.dup(connection.fileno()))
    reader, writer = await asyncio.open_connection(sock=connection)
    _go.append(asyncio.Event())
    sabotage(order.get("sabotage", ""))
    clock = FrozenClock(datetime.fromisoformat(order["now"]))
    engine = connect(order["database"])
    engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache  # how our statements are written
    watch_commits(engine, boundaries)
    watch_calls(boundaries)
    program = Program(engine, book, clock, {order["platform"]: _maker(order)}, pace=Pace(quiet=60, paced=False))
    await program.start()
    for adapter in program.adapters.values():
        mark_posts(adapter)
    said: dict[str, Any] = {"port": program.port}
    while True:
        writer.write(json.dumps(said).encode() + b"\n")
        await writer.drain()
        line = await reader.readline()
        if not line:
            os._exit(0)
        asked = json.loads(line)
        clock.at = datetime.fromisoformat(asked["now"])
        boundaries.step = asked["step"]
        match asked["do"]:
            case "quiet":
                _go[0].set()
                if _kept:
                    await asyncio.gather(*_kept, return_exceptions=True)
                await program.courier.until_quiet()
                said = {}
            case "beat":
                await program.ticker.beat()
                await program.courier.until_quiet()
                said = {}
            case "due":
                due = await program.ticker.next_due()
                said = {"due": due.isoformat() if due else None}
            case "sweep":
                said = {"deleted": await program.courier.sweep()}
            case "step":
                said = {}
            case "points":
                said = {"points": boundaries.names}


async def rehearse(databases: list[str]) -> None:
    for platform, url in zip(PLATFORMS, databases, strict=True):
        async with curtain(platform, url, FrozenClock()) as play:
            await test_a_request_travels_from_a_chat_line_to_a_rating(play)


def zygote(path: str, databases: list[str]) -> None:
    """Fork a desk for each connection, until standard input ends."""
    asyncio.run(rehearse(databases))
    known = lasting(databases[0])
    assert threading.active_count() == 1, "a fork takes none but its own thread along"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    book = load(DESK, today=date(2026, 11, 23), chats_on_page=False)
    gc.collect()
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(64)
    print("ready", flush=True)  # noqa: T201 - the parent waits for this line
    while True:
        ready, _, _ = select.select([listening, sys.stdin], [], [])
        if sys.stdin in ready:
            listening.close()
            return
        connection, _ = listening.accept()
        order = json.loads(connection.makefile("rb").readline())
        if os.fork() == 0:
            listening.close()
            os.environ["DESKBELL_TEST_KILL_AT"] = str(order["kill_at"])
            try:
                asyncio.run(live(connection, order, book, known))
            finally:
                os._exit(1)
        connection.close()


if __name__ == "__main__":
    warnings.simplefilter("error")
    assert adapters.slack.app
    assert adapters.telegram.app
    zygote(sys.argv[1], sys.argv[2:])
