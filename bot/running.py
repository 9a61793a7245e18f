"""The commands that live: a desk for real, or one to be played with."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.surroundings import DESKS, database, fail, migrated, read_rulebook, read_settings, ruling, sample

if TYPE_CHECKING:
    from bot.demo import DemoStage
    from bot.program import Maker, Program
    from bot.settings import Settings


def demo(
    lang: Annotated[str, typer.Option(help="The sample desk: zh or en.")] = "zh",
    speed: Annotated[
        float, typer.Option(min=0, max=3600, help="How fast the desk's clock runs; 60 is one hour a minute.")
    ] = 1.0,
    port: Annotated[int, typer.Option(help="Where the page listens.")] = 8080,
    database: Annotated[str, typer.Option(help="Keep the demo's data here; without it, it is gone at the end.")] = "",
) -> None:
    """Play all parts in the browser: no tokens, an embedded database, a sample desk."""
    import tempfile

    from bot.clock import TurnedClock
    from bot.demo import DemoStage, curtain
    from bot.log import configure
    from bot.program import Program
    from core.store import journal

    if lang not in DESKS:
        fail(f"--lang {lang}: there are sample desks in zh and en")
    configure("WARNING", [])
    book = read_rulebook(sample(lang), chats_on_page=True)
    with tempfile.TemporaryDirectory(prefix="deskbell-") as folder:
        engine = migrated(database or f"sqlite:///{folder}/desk.db")
        # Data that was kept may be ahead of the wall's time, and a desk's clock never goes back.
        clock = TurnedClock(speed, start=journal.latest(engine, curtain(book, datetime.now(UTC))))
        stage = DemoStage(book, clock)
        program = Program(engine, book, clock, {"web": _web(stage, secure=False)}, port=port, stage=stage)
        _live(program, lambda: f"Deskbell 应铃: http://127.0.0.1:{program.port}/   (Ctrl+C ends it)", stage)


def run(
    rulebook: Annotated[Path | None, typer.Argument(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    port: Annotated[int | None, typer.Option(help="Where it listens; else DESKBELL_PORT.")] = None,
) -> None:
    """Run the desk: whatever platforms have tokens, and the page."""
    from bot.clock import WallClock
    from bot.log import configure
    from bot.program import Program

    settings = read_settings()
    secrets = [
        s.get_secret_value()
        for s in (
            settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret,
            settings.telegram_bot_token, settings.telegram_webhook_secret, settings.audit_key,
        )
    ]  # fmt: skip
    configure(settings.log_level.upper(), secrets)
    book = ruling(settings, rulebook)
    engine = database(settings.database_url)
    configure(settings.log_level.upper(), [*secrets, str(engine.url.password or "")])
    clock = WallClock()
    program = Program(
        engine, book, clock, makers(settings), host=settings.host, port=settings.port if port is None else port,
        audit_key=settings.audit_key.get_secret_value().encode(),
    )  # fmt: skip
    program.page_url = settings.public_url.rstrip("/")
    alone = (
        "\nNo platform has a token here (SLACK_BOT_TOKEN, TELEGRAM_BOT_TOKEN), so there is only the page. "
        "A link to sign in: deskbell link PERSON"
    )

    def greeting() -> str:
        names = ", ".join(program.adapters)
        page = f"Deskbell: {names}; page and health at http://{program.host}:{program.port}/"
        return page if len(program.adapters) > 1 else page + alone

    _live(program, greeting)


def makers(settings: Settings) -> dict[str, Maker]:
    """The adapters that this environment has tokens for, and the page."""
    found: dict[str, Maker] = {}
    if settings.slack_on:
        from adapters import slack

        account = slack.SlackSettings(
            bot_token=settings.slack_bot_token.get_secret_value(), app_token=settings.slack_app_token.get_secret_value(),
            signing_secret=settings.slack_signing_secret.get_secret_value(), api_url=settings.slack_api_url,
            request_command=settings.request_command, desk_command=settings.desk_command,
        )  # fmt: skip
        found["slack"] = lambda parts: slack.connect(account, memory=parts.memory, clock=parts.clock)
    if settings.telegram_on:
        from adapters import telegram

        secret = settings.telegram_webhook_secret.get_secret_value()
        bot = telegram.TelegramSettings(
            token=settings.telegram_bot_token.get_secret_value(), api_url=settings.telegram_api_url.rstrip("/"),
            webhook_secret=secret, webhook_url=f"{settings.public_url.rstrip('/')}/telegram/webhook" if secret else "",
        )  # fmt: skip
        found["telegram"] = lambda parts: telegram.connect(bot, memory=parts.memory, clock=parts.clock)
    found["web"] = _web(None, secure=settings.public_url.startswith("https://"))
    return found


def _web(stage: DemoStage | None, *, secure: bool) -> Maker:
    from adapters import web

    return lambda parts: web.connect(
        shelf=parts.shelf,
        cabinet=parts.cabinet,
        reader=parts.reader,
        clock=parts.clock,
        stage=stage,
        secure=secure,
    )


def _live(program: Program, greeting: Callable[[], str], stage: DemoStage | None = None) -> None:
    """Start, greet, live until a signal, stop; every refusal to start is one line."""
    from bot.program import AdapterRefused, PortInUse
    from core.store.agreements import Orphans
    from core.store.schema import SchemaTooNew

    async def live() -> None:
        until = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, until.set)
        try:
            await program.start()
            if stage is not None:
                stage.next_due, stage.beat = program.ticker.next_due, program.ticker.beat
                stage.wake = program.courier.wake
            if not program.page_url:
                program.page_url = f"http://127.0.0.1:{program.port}"
            program.desk.page_url = program.page_url
            typer.echo(greeting())
            sys.stdout.flush()
            await program.run(until)
        finally:
            await program.stop()

    try:
        program.bind()
        asyncio.run(live())
    except (PortInUse, AdapterRefused, SchemaTooNew, Orphans) as error:
        fail(str(error))
