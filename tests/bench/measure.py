"""What every bench shares: paired rounds, a row for the table, the servers' CPU time.

Both sides of a ratio are measured in one run, in alternating rounds, and the ratio is the median of the paired rounds:
a loud machine slows both sides of a pair. The raw rounds stay in the row.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[2]
DESK = ROOT / "tests" / "data" / "desk.toml"

#: A side of a pair: what one of its rounds found.
Round = dict[str, float]
Side = Callable[[], Round]


class Wrong(Exception):
    """What was measured did not do its work: its figures mean nothing."""


@dataclass(slots=True)
class Row:
    """One line of the table. `goal` None: shown only. `rounds` are pairs (theirs, ours)."""

    name: str
    ratio: float
    goal: float | None
    better: str  # at least | at most
    unit: str = "x"
    cpu: str = ""
    note: str = ""
    rounds: list[Any] = field(default_factory=list)

    @property
    def met(self) -> bool:
        if self.goal is None:
            return True
        return self.ratio >= self.goal if self.better == "at least" else self.ratio <= self.goal

    def data(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def paired(theirs: Side, ours: Side, rounds: int) -> list[tuple[Round, Round]]:
    """Alternating rounds; the first pair warms both sides up and is dropped."""
    found: list[tuple[Round, Round]] = []
    for n in range(rounds + 1):
        if n % 2:
            one, other = theirs(), ours()
        else:
            other, one = ours(), theirs()
        if n:
            found.append((one, other))
    return found


def ratio(pairs: Sequence[tuple[Round, Round]], name: str) -> float:
    """The median of ours by theirs."""
    return round(median(ours[name] / theirs[name] for theirs, ours in pairs), 4)


def middle(pairs: Sequence[tuple[Round, Round]], name: str) -> tuple[float, float]:
    """The medians of theirs and of ours."""
    return median(t[name] for t, _ in pairs), median(o[name] for _, o in pairs)


def cpu_note(pairs: Sequence[tuple[Round, Round]]) -> str:
    theirs, ours = middle(pairs, "cpu_us")
    return f"{theirs:.0f} -> {ours:.0f} us ({ours / theirs:.2f}x)"


# --- processes -------------------------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid: int) -> float:
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def pinned(core: int) -> Callable[[], None] | None:
    """The server has a core to itself, and the load its own, where there are two."""
    if (os.cpu_count() or 1) < 2 or not hasattr(os, "sched_setaffinity"):
        return None
    return lambda: os.sched_setaffinity(0, {core})


@contextmanager
def process(*args: str, core: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """`python args`, ended by SIGTERM."""
    started = subprocess.Popen(
        [sys.executable, *args], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        preexec_fn=None if core is None else pinned(core),
    )  # fmt: skip
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
        if started.stdout:
            started.stdout.close()


def ask(*args: str, core: int | None = None) -> dict[str, Any]:
    """What a process says as its last line, as JSON. Raises Wrong when it fails."""
    done = subprocess.run(
        [sys.executable, *args], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False,
        preexec_fn=None if core is None else pinned(core),
    )  # fmt: skip
    if done.returncode:
        raise Wrong(f"{' '.join(args[:4])} ended with {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


# --- a platform that says yes ----------------------------------------------------------------------------------------


async def yes_man(answer: Callable[[str], Awaitable[object]]) -> tuple[asyncio.AbstractServer, int]:
    """An HTTP server that answers each path with JSON: enough of a platform to sign in at. Returns it and its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").lower().split("\r\n")
                length = next((int(x.split(":")[1]) for x in lines if x.startswith("content-length:")), 0)
                await reader.readexactly(length)
                body = json.dumps(await answer(head.split(b" ", 2)[1].decode())).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
                )
                writer.write(body)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, int(server.sockets[0].getsockname()[1])


async def platform(path: str) -> object:
    """Slack's and Telegram's answers to whatever a desk at rest asks."""
    if "/bot" in path:
        method = path.rsplit("/", 1)[1].split("?")[0].lower()
        if method == "getupdates":
            await asyncio.sleep(3600)
        bot = {"id": 1, "is_bot": True, "first_name": "Bell", "username": "bell_bot", "can_join_groups": True}
        webhook = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        return {"ok": True, "result": {"getme": bot, "getwebhookinfo": webhook}.get(method, True)}
    return {"ok": True, "team_id": "T0HX", "user_id": "U0BELL", "bot_id": "B0BELL", "url": "/"}
