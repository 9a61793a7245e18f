"""The servers that are measured, each in a process of its own: `python -m tests.bench.servers NAME ...` says its port.

`desk DATABASE [no-commit]` is the program as `deskbell run` wires it, courier and metronome at rest so that nothing is
sent meanwhile. `bolt` and `bolt-default` are the bare library on the same server.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date
from typing import Any

from tests.bench.load import SECRET
from tests.bench.measure import DESK, platform, yes_man


async def desk(database: str, sabotage: str = "") -> None:
    _, port = await yes_man(platform)
    os.environ |= {
        "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{port}/api/", "DESKBELL_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    from bot import thrift
    from bot.clock import WallClock
    from bot.log import configure
    from bot.program import Program
    from bot.running import makers
    from bot.settings import read
    from core.rulebook.load import load
    from core.store.engine import connect

    if sabotage == "no-commit":
        never_commit()
    settings = read()
    configure(settings.log_level, [])
    book = load(DESK, today=date.today(), chats_on_page=False)  # noqa: DTZ011 - which years of holidays to expand
    program = Program(connect(database), book, WallClock(), makers(settings))
    await program.start()
    thrift.settled()  # as `Program.run` begins
    say(program.port)
    await asyncio.Event().wait()


def never_commit() -> None:
    """The sabotage: everything is written and answered, nothing is kept."""
    from core.store.writer import Writer

    def once(self: Any, units: list[Any]) -> list[Any]:
        with self._engine.connect() as connection, connection.begin() as transaction:
            answers: list[Any] = self._run(connection, units)
            transaction.rollback()
        return answers

    Writer._once = once  # type: ignore[method-assign]


async def bolt(process_before_response: bool) -> None:
    """The baseline: slack-bolt, doing nothing, on the same server."""
    import uvicorn
    from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient
    from starlette.applications import Starlette
    from starlette.routing import Route

    _, port = await yes_man(platform)
    client = AsyncWebClient(token="xoxb-bench", base_url=f"http://127.0.0.1:{port}/api/")
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=process_before_response)

    @app.command("/request")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    handler = AsyncSlackRequestHandler(app)
    config = uvicorn.Config(
        Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])]), port=0, http="httptools",
        loop="asyncio", ws="none", lifespan="off", access_log=False, log_config=None, server_header=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    say(server.servers[0].sockets[0].getsockname()[1])
    await serving


def say(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main(name: str, *args: str) -> None:
    match name:
        case "desk":
            asyncio.run(desk(*args))
        case "bolt":
            asyncio.run(bolt(True))
        case "bolt-default":
            asyncio.run(bolt(False))


if __name__ == "__main__":
    main(*sys.argv[1:])
