"""Cold start and memory: `deskbell run` until it serves, beside the bare imports of what it is built on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.store import schema
from core.store.engine import connect
from tests.bench.databases import fresh
from tests.bench.load import SECRET
from tests.bench.measure import (
    DESK,
    ROOT,
    Round,
    Row,
    Wrong,
    cpu_seconds,
    middle,
    paired,
    platform,
    ratio,
    resident_mb,
    yes_man,
)

GOAL, MEMORY = 1.25, 150.0
#: Loaded when needed, never at rest.
LATER = ("matplotlib", "dateparser", "holidays", "alembic", "prometheus_client", "numpy", "pandas", "pytest")
#: The baseline: what the owner asked to build on, and what serves it (rulings.md 24).
BARE = (
    "import slack_bolt.async_app, telegram.ext, sqlmodel, apscheduler.schedulers.asyncio, aiohttp, pydantic_settings, "
    "typer, structlog, starlette.applications, uvicorn; print('ready', flush=True); import time; time.sleep(60)"
)
#: `deskbell run`, telling at its end what it had loaded.
RUN = """
import atexit, json, pathlib, sys
told = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: told.write_text(json.dumps(sorted(sys.modules))))
from bot.cli import main
main()
"""


def measure(*, quick: bool = False) -> list[Row]:
    """Seconds from a fresh process until it serves; what it holds then."""
    rounds = 1 if quick else 7
    with fresh("sqlite") as url, _platforms() as port, tempfile.TemporaryDirectory() as folder:
        schema.migrate(connect(url))
        told, desk = Path(folder) / "modules.json", Path(folder) / "desk.toml"
        desk.write_text(DESK.read_text().replace('holidays = "CN"\n', ""))  # a desk that needs no country's holidays
        env = {
            **os.environ, "DESKBELL_DATABASE_URL": url, "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{port}/api/", "TELEGRAM_BOT_TOKEN": f"1:{'a' * 35}",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            # Both sides as pip leaves them: compiled. The first pair, which does not count, compiles what is not.
            "PYTHONPYCACHEPREFIX": f"{folder}/compiled", "PYTHONDONTWRITEBYTECODE": "",
        }  # fmt: skip
        pairs = paired(
            lambda: _started(["-c", BARE], "ready", env),
            lambda: _started(["-c", RUN, str(told), "run", str(desk), "--port", "0"], "Deskbell", env),
            rounds,
        )
        loaded = set(json.loads(told.read_text()))
    seconds, memory = middle(pairs, "seconds"), middle(pairs, "rss_mb")
    early = sorted(loaded & set(LATER))
    cpu, wall = ("{:.2f} -> {:.2f} s".format(*of) for of in (middle(pairs, "cpu_s"), seconds))
    too_early = ", ".join(early) or f"none of {', '.join(LATER)}"
    return [
        Row(
            "6 cold start: by bare imports", ratio(pairs, "seconds"), GOAL, "at most", cpu=cpu, note=wall, rounds=pairs
        ),
        Row("6 memory at rest", round(memory[1], 1), MEMORY, "at most", "MB", note=f"bare imports {memory[0]:.0f} MB"),
        Row("6 modules loaded too early", len(early), 0, "at most", "", note=too_early),
    ]


def _started(args: list[str], word: str, env: dict[str, str]) -> Round:
    begin = time.perf_counter()
    running = subprocess.Popen([sys.executable, *args], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        line = running.stdout.readline() if running.stdout else ""
        took = time.perf_counter() - begin
        if word not in line:
            raise Wrong(f"it did not start: {line!r}")
        spent = cpu_seconds(running.pid)
        time.sleep(1)  # at rest
        memory = resident_mb(running.pid)
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=20)
    return {"seconds": round(took, 3), "rss_mb": round(memory, 1), "cpu_s": round(spent, 2)}


@contextmanager
def _platforms() -> Iterator[int]:
    """Slack and Telegram, who say yes, on a thread of their own."""
    loop = asyncio.new_event_loop()
    server, port = loop.run_until_complete(yes_man(platform))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.AbstractServer) -> None:
    server.close()
    still = asyncio.all_tasks() - {asyncio.current_task()}
    for task in still:
        task.cancel()
    await asyncio.gather(*still, return_exceptions=True)
