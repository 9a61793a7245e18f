"""The command line: every mistake of file, setting or surroundings is one clear line before anything starts."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot import thrift

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.demo import DemoStage
    from bot.program import Maker, Program
    from bot.settings import Settings
    from core.publishing import Rehearsal
    from core.rulebook.directory import Directory
    from core.rulebook.values import Rulebook

app = typer.Typer(
    name="deskbell", help="A service desk that lives in chat. 应铃：住在聊天里的服务台。", no_args_is_help=True,
    pretty_exceptions_enable=False, add_completion=True,
)  # fmt: skip
ladder_app = typer.Typer(help="What a ladder will do.", no_args_is_help=True)
app.add_typer(ladder_app, name="ladder")
duty_app = typer.Typer(help="Turns on duty, as calendar files.", no_args_is_help=True)
app.add_typer(duty_app, name="duty")
DESKS = {"zh": "consultancy.zh.toml", "en": "consultancy.en.toml"}


def main() -> None:
    thrift.seldom()
    app()


def _fail(text: str, code: int = 2) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(code)


def sample(lang: str) -> Path:
    """A sample desk: beside the installed package, or in the checkout."""
    here = Path(__file__).parent
    places = [here / "desks", here.parent / "deploy" / "desks"]
    return next(p / DESKS[lang] for p in places if (p / DESKS[lang]).exists())


def _rulebook(path: Path, *, chats_on_page: bool = False) -> Rulebook:
    from bot.program import load_rulebook
    from core.errors import BadRulebook
    from core.rulebook.load import mistakes_as_text

    try:
        book = load_rulebook(path, chats_on_page=chats_on_page)
    except BadRulebook as bad:
        _fail(mistakes_as_text(bad))
    for warning in () if chats_on_page else book.warnings:  # the sample is ours to keep in order
        typer.echo(f"warning: {warning}", err=True)
    return book


def _settings() -> Settings:
    from bot.settings import BadSettings, read

    try:
        return read()
    except BadSettings as bad:
        _fail(f"the environment has mistakes:\n{bad}")


def _ruling(settings: Settings, named: Path | None) -> Rulebook:
    """The rulebook that was named, else the environment's."""
    path = named or settings.rulebook
    if path is None:
        _fail("no rulebook: name a file, as in `deskbell run desk.toml`, or set DESKBELL_RULEBOOK")
    return _rulebook(path)


def _database(url: str) -> Engine:
    """The database behind a URL, reached once."""
    from core.store.engine import Unreachable, check, connect

    try:
        engine = connect(url)
        check(engine)
    except Unreachable as error:
        _fail(str(error))
    return engine


def _migrated(url: str) -> Engine:
    """The database with its schema up to date."""
    from core.store import schema

    engine = _database(url)
    try:
        schema.migrate(engine)
    except schema.SchemaTooNew as error:
        _fail(str(error))
    return engine


def _keep_secret(settings: Settings, kind: str, subject: str, life: timedelta) -> str:
    """A fresh secret, of which the database keeps the hash only."""
    import secrets

    from bot.clock import WallClock
    from core.store import facts

    engine = _migrated(settings.database_url)
    secret = secrets.token_urlsafe(24)
    with engine.execution_options(deskbell_write=True).begin() as connection:
        facts.keep_secret(connection, facts.hashed(secret), kind, subject, WallClock().real() + life)
    return secret


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The rulebook, a TOML file.")],
    db: Annotated[
        bool, typer.Option("--db", help="Also say what a start with it would change in the database.")
    ] = False,
) -> None:
    """Read a rulebook and report every mistake with its line and a hint."""
    from core.rulebook.directory import Directory

    book = _rulebook(file)
    typer.echo(
        f"{file}: in order. {len(book.clients)} clients, {len(book.people)} people, {len(book.teams)} teams, "
        f"{len(book.items)} services, {len(book.agreements)} agreements."
    )
    found = _rehearsed(book) if db else None
    _tell_doubts(found.directory if found else Directory(book), file)
    if found:
        _tell_what_would_change(found)


def _tell_doubts(directory: Directory, file: Path) -> None:
    """What would surprise somebody later: gaps in rotas, ladders to nobody, people without a chat; with line and hint."""
    from bot.clock import WallClock
    from core.rulebook.lines import line_of, lines_of
    from core.rules.soundness import doubts

    lines = lines_of(file.read_text(encoding="utf-8-sig"))
    for doubt in doubts(directory, WallClock().now()):
        place = f"{file}:{line}" if (line := line_of(doubt.at, lines)) else str(file)
        typer.echo(f"{place}: look: {doubt.what}\n    hint: {doubt.hint}")


def _rehearsed(book: Rulebook) -> Rehearsal:
    """What a start with this rulebook would do; nothing is kept of it."""
    from bot.clock import WallClock
    from core.publishing import rehearse
    from core.store.agreements import Orphans

    with _migrated(_settings().database_url).connect() as connection, connection.begin() as transaction:
        try:
            return rehearse(connection, book, WallClock().now())
        except Orphans as error:
            _fail(str(error))
        finally:
            transaction.rollback()


def _tell_what_would_change(found: Rehearsal) -> None:
    from zoneinfo import ZoneInfo

    book = found.directory.rulebook
    for key in found.agreements:
        typer.echo(f"agreement {key} would be new: document {book.agreements[key].hash[:16]}")
    for name in found.calendars:
        typer.echo(f"calendar {name} would have a new version; {len(found.moves)} open requests are measured anew")
    for request, moves in found.moves:
        for move in moves:
            was, now = (
                f"{at.astimezone(ZoneInfo(book.zone)):%Y-%m-%d %H:%M}" if at else "-"
                for at in (move.was_at, move.now_at)
            )
            typer.echo(f"  {request.number} {move.metric} {move.target}: {was} -> {now}")
    if not (found.agreements or found.calendars):
        typer.echo("a start with it would change no agreement and no calendar")


@app.command()
def agreements(
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
) -> None:
    """List the versions of all agreements: from when until when, who accepted them, how many open requests each has."""
    from bot.clock import WallClock
    from bot.terminal import lines
    from core.say import agreed
    from core.say.voice import Voice
    from core.store import requests

    settings = _settings()
    directory = _rehearsed(_ruling(settings, rulebook)).directory
    book = directory.rulebook
    with _database(settings.database_url).connect() as connection:
        pinned = requests.pinned(connection)
    voice = Voice.to(book.lang, book.zone, directory, WallClock().now())
    message = agreed.overview(pinned, voice, may_apply=False).message
    typer.echo("\n".join(lines(message)) if message else "")


@app.command()
def classify(
    text: Annotated[str, typer.Argument(help="One line as a client would write it.")] = "",
    labelled: Annotated[
        Path | None, typer.Option("--eval", help="Score a JSONL file: text, impact and urgency or priority.")
    ] = None,
    misses: Annotated[bool, typer.Option(help="With --eval: list what was missed.")] = False,
    rulebook: Annotated[Path | None, typer.Option(help="With the cues and the matrix of this rulebook.")] = None,
    lang: Annotated[str, typer.Option(help="The language of the reason: zh or en.")] = "en",
) -> None:
    """Show how the words of a request are read: the priority they propose, and why."""
    from bot.classify import explain, score
    from core.rules.evaluation import BadLabel

    book = _rulebook(rulebook) if rulebook else None
    if bool(text) == bool(labelled):
        _fail('say a line, as in `deskbell classify "the lift is stuck"`, or --eval FILE.jsonl')
    try:
        report = score(labelled, book, misses=misses) if labelled else explain(text, book, lang, datetime.now(UTC))
        typer.echo("\n".join(report))
    except (BadLabel, OSError, UnicodeDecodeError) as bad:
        _fail(f"{labelled}: {bad}")


@app.command()
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
        _fail(f"--lang {lang}: there are sample desks in zh and en")
    configure("WARNING", [])
    book = _rulebook(sample(lang), chats_on_page=True)
    with tempfile.TemporaryDirectory(prefix="deskbell-") as folder:
        engine = _migrated(database or f"sqlite:///{folder}/desk.db")
        # Data that was kept may be ahead of the wall's time, and a desk's clock never goes back.
        clock = TurnedClock(speed, start=journal.latest(engine, curtain(book, datetime.now(UTC))))
        stage = DemoStage(book, clock)
        program = Program(engine, book, clock, {"web": _web(stage, secure=False)}, port=port, stage=stage)
        _live(program, lambda: f"Deskbell 应铃: http://127.0.0.1:{program.port}/   (Ctrl+C ends it)", stage)


@app.command()
def run(
    rulebook: Annotated[Path | None, typer.Argument(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    port: Annotated[int | None, typer.Option(help="Where it listens; else DESKBELL_PORT.")] = None,
) -> None:
    """Run the desk: whatever platforms have tokens, and the page."""
    from bot.clock import WallClock
    from bot.log import configure
    from bot.program import Program

    settings = _settings()
    secrets = [
        s.get_secret_value()
        for s in (
            settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret,
            settings.telegram_bot_token, settings.telegram_webhook_secret, settings.audit_key,
        )
    ]  # fmt: skip
    configure(settings.log_level.upper(), secrets)
    book = _ruling(settings, rulebook)
    engine = _database(settings.database_url)
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
        _fail(str(error))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date (running does it by itself)."""
    _migrated(_settings().database_url)
    typer.echo("the schema is up to date")


@app.command()
def replay(
    agreement: Annotated[Path, typer.Option(help="The draft: the agreements and calendars that would change.")],
    since: Annotated[str, typer.Option("--from", help="First day, as 2026-07-01; else the last quarter's.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day, counted too.")] = "",
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en; else the desk's.")] = "",
) -> None:
    """Tell how past requests would have fared under a draft: attainment before and after, verdicts that change."""
    from datetime import date

    from bot.upkeep import replayed_text
    from core.errors import BadRulebook
    from core.rulebook.load import mistakes_as_text, text_of
    from core.say.words import last_quarter
    from core.store.schema import Outdated, SchemaTooNew

    settings = _settings()
    book = _ruling(settings, rulebook)
    try:
        begin, end = last_quarter(datetime.now(UTC).date())
        begin = date.fromisoformat(since) if since else begin
        end = date.fromisoformat(until) if until else end
        if end < begin:
            raise ValueError(f"{end} is before {begin}")
    except ValueError as error:
        _fail(f"--from, --to: {error}; write days as 2026-07-01, the first one first")
    try:
        text = text_of(agreement)
        typer.echo(replayed_text(_database(settings.database_url), book, text, str(agreement), begin, end, lang))
    except BadRulebook as bad:
        _fail(mistakes_as_text(bad))
    except (Outdated, SchemaTooNew) as error:
        _fail(str(error))


@app.command()
def corrections(
    since: Annotated[str, typer.Option(help="From this day on, as 2026-07-01; else the last four weeks.")] = "",
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en; else the desk's.")] = "",
) -> None:
    """Name the rules whose priorities the team corrected, which way and how often, so that they can be improved."""
    from datetime import date

    from bot.upkeep import corrections_text
    from core.store.schema import Outdated, SchemaTooNew

    settings = _settings()
    book = _ruling(settings, rulebook)
    try:
        day = date.fromisoformat(since) if since else None
        typer.echo(corrections_text(_database(settings.database_url), book, day, lang))
    except ValueError as error:
        _fail(f"--since: {error}; write the day as 2026-07-01")
    except (Outdated, SchemaTooNew) as error:
        _fail(str(error))


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="scope: the register, as CSV; wishes: its TOML for the rulebook.")],
    since: Annotated[
        str, typer.Option(help="Only requests that were filed on this day, as 2026-07-01, or later.")
    ] = "",
    to: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    private: Annotated[bool, typer.Option("--private", help="With private requests, too.")] = False,
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en; else the desk's.")] = "",
) -> None:
    """Write the scope register as a table, or what was wished for the catalogue."""
    from datetime import date

    from bot.upkeep import scope_table, wishes
    from core.store.schema import Outdated, SchemaTooNew

    if what not in ("scope", "wishes"):
        _fail(f"{what}: there are scope (CSV) and wishes (TOML)")
    settings = _settings()
    book = _ruling(settings, rulebook)
    try:
        day = date.fromisoformat(since) if since else None
        engine = _database(settings.database_url)
        text = wishes(engine, book, day) if what == "wishes" else scope_table(engine, book, day, lang, private=private)
        if to is None:
            sys.stdout.buffer.write(f"{text}\n".encode() if what == "wishes" else text.encode())
        else:
            to.write_bytes(text.encode())
    except ValueError as error:
        _fail(f"--since: {error}; write the day as 2026-07-01")
    except OSError as error:
        _fail(f"{to}: {error.strerror}")
    except (Outdated, SchemaTooNew) as error:
        _fail(str(error))


@ladder_app.command("simulate")
def simulate_ladder(
    number: Annotated[str, typer.Argument(help="A request, such as HX-42.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en; else the desk's.")] = "",
) -> None:
    """Print who will hear of a request, when and why, from now on, if nothing happens."""
    from bot.upkeep import simulated

    settings = _settings()
    directory = _rehearsed(_ruling(settings, rulebook)).directory
    found = simulated(_database(settings.database_url), directory, number, lang)
    if found is None:
        _fail(f"there is no request {number.upper()}; write its whole number, such as HX-42")
    typer.echo(found)


def _team(book: Rulebook, team: str) -> str:
    if team not in book.teams:
        _fail(f"{team}: not a team of the rulebook; there are {', '.join(book.teams)}")
    return team


@duty_app.command("export")
def export_duty(
    team: Annotated[str, typer.Argument(help="A team's id.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
) -> None:
    """Print a team's turns of the next three months, covers and absences counted in, as a calendar (iCalendar)."""
    from bot.upkeep import exported

    directory = _rehearsed(_ruling(_settings(), rulebook)).directory
    sys.stdout.write(exported(directory, _team(directory.rulebook, team)))


@duty_app.command("import")
def import_duty(
    team: Annotated[str, typer.Argument(help="A team's id.")],
    file: Annotated[Path, typer.Argument(help="A calendar file (.ics): its events name who is on duty, or away.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
) -> None:
    """Take covers and absences in from a calendar file; what the same events brought in before is replaced."""
    from bot.upkeep import NotTaken, imported

    settings = _settings()
    book = _ruling(settings, rulebook)
    try:
        data = file.read_bytes()
        key = settings.audit_key.get_secret_value().encode()
        typer.echo(imported(_migrated(settings.database_url), book, _team(book, team), data, key))
    except OSError as error:
        _fail(f"{file}: cannot be read: {error.strerror}")
    except NotTaken as bad:
        _fail(f"{file}: nothing was taken in\n" + "\n".join(f"  {problem}" for problem in bad.problems))


@app.command()
def rebuild(
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Set right what differs; the journal tells it.")] = False,
) -> None:
    """Derive all due times anew from the recorded spans and report differences: none, in health. Exits with 1 if any."""
    from bot.upkeep import rebuilt
    from core.store.agreements import Orphans

    settings = _settings()
    book = _ruling(settings, rulebook)
    engine = _migrated(settings.database_url)
    try:
        found = rebuilt(engine, book, settings.audit_key.get_secret_value().encode(), typer.echo, write=write)
    except Orphans as error:
        _fail(str(error))
    raise typer.Exit(1 if found else 0)


@app.command()
def bind(
    subject: Annotated[str, typer.Argument(help="client:ID or team:ID for a chat, person:ID for somebody's account.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
) -> None:
    """Print a code, valid once for an hour, that connects a chat or an account: `/request bind CODE` said there."""
    settings = _settings()
    book = _ruling(settings, rulebook)
    kind, _, name = subject.partition(":")
    there = {"client": book.clients, "team": book.teams, "person": book.people}.get(kind)
    if there is None or name not in there:
        known = ", ".join(there) if there else "client:ID, team:ID or person:ID"
        _fail(f"{subject}: not in the rulebook; there are {known}")
    code = _keep_secret(settings, "bind", subject, timedelta(hours=1))
    typer.echo(f"In the chat to connect, within an hour: /request bind {code}")


@app.command()
def link(
    person: Annotated[str, typer.Argument(help="Whose page: an id of the rulebook's people.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    port: Annotated[int | None, typer.Option(help="Where the desk listens; else DESKBELL_PORT.")] = None,
) -> None:
    """Print a personal link to the page, valid once and for 10 minutes; in chat, `/desk page` gives the same."""
    from core.people import LINK_LIFE

    settings = _settings()
    book = _ruling(settings, rulebook)
    if person not in book.people:
        _fail(f"{person}: not in the rulebook; there are {', '.join(book.people)}")
    page = settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port if port is None else port}"
    typer.echo(f"{page}/in/{_keep_secret(settings, 'link', person, LINK_LIFE)}")


@app.command("slack-manifest")
def slack_manifest(
    url: Annotated[str, typer.Option(help="The public address for signed HTTP; without it, Socket Mode.")] = "",
    verify: Annotated[bool, typer.Option(help="With history scopes: a message in doubt is looked for.")] = False,
) -> None:
    """Print the manifest for "Create an app from a manifest" at Slack, as JSON."""
    import json

    from adapters.slack import manifest

    settings = _settings()
    made = manifest(
        url or None, verify=verify, request_command=settings.request_command, desk_command=settings.desk_command
    )
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))
