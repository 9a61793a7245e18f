"""The command line: every mistake of file, setting or surroundings is one clear line before anything starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import records, running, thrift
from bot.surroundings import fail, keep_secret, migrated, read_rulebook, read_settings, rehearsed, ruling

if TYPE_CHECKING:
    from core.publishing import Rehearsal
    from core.rulebook.directory import Directory


def check(
    file: Annotated[Path, typer.Argument(help="The rulebook, a TOML file.")],
    db: Annotated[
        bool, typer.Option("--db", help="Also say what a start with it would change in the database.")
    ] = False,
) -> None:
    """Read a rulebook and report every mistake with its line and a hint."""
    from core.rulebook.directory import Directory

    book = read_rulebook(file)
    typer.echo(
        f"{file}: in order. {len(book.clients)} clients, {len(book.people)} people, {len(book.teams)} teams, "
        f"{len(book.items)} services, {len(book.agreements)} agreements."
    )
    found = rehearsed(book) if db else None
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

    book = read_rulebook(rulebook) if rulebook else None
    if bool(text) == bool(labelled):
        fail('say a line, as in `deskbell classify "the lift is stuck"`, or --eval FILE.jsonl')
    try:
        report = score(labelled, book, misses=misses) if labelled else explain(text, book, lang, datetime.now(UTC))
        typer.echo("\n".join(report))
    except (BadLabel, OSError, UnicodeDecodeError) as bad:
        fail(f"{labelled}: {bad}")


def migrate() -> None:
    """Bring the database's schema up to date (running does it by itself)."""
    migrated(read_settings().database_url)
    typer.echo("the schema is up to date")


def bind(
    subject: Annotated[str, typer.Argument(help="client:ID or team:ID for a chat, person:ID for somebody's account.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
) -> None:
    """Print a code, valid once for an hour, that connects a chat or an account: `/request bind CODE` said there."""
    settings = read_settings()
    book = ruling(settings, rulebook)
    kind, _, name = subject.partition(":")
    there = {"client": book.clients, "team": book.teams, "person": book.people}.get(kind)
    if there is None or name not in there:
        known = ", ".join(there) if there else "client:ID, team:ID or person:ID"
        fail(f"{subject}: not in the rulebook; there are {known}")
    code = keep_secret(settings, "bind", subject, timedelta(hours=1))
    typer.echo(f"In the chat to connect, within an hour: /request bind {code}")


def link(
    person: Annotated[str, typer.Argument(help="Whose page: an id of the rulebook's people.")],
    rulebook: Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")] = None,
    port: Annotated[int | None, typer.Option(help="Where the desk listens; else DESKBELL_PORT.")] = None,
) -> None:
    """Print a personal link to the page, valid once and for 10 minutes; in chat, `/desk page` gives the same."""
    from core.people import LINK_LIFE

    settings = read_settings()
    book = ruling(settings, rulebook)
    if person not in book.people:
        fail(f"{person}: not in the rulebook; there are {', '.join(book.people)}")
    page = settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port if port is None else port}"
    typer.echo(f"{page}/in/{keep_secret(settings, 'link', person, LINK_LIFE)}")


def slack_manifest(
    url: Annotated[str, typer.Option(help="The public address for signed HTTP; without it, Socket Mode.")] = "",
    verify: Annotated[bool, typer.Option(help="With history scopes: a message in doubt is looked for.")] = False,
) -> None:
    """Print the manifest for "Create an app from a manifest" at Slack, as JSON."""
    import json

    from adapters.slack import manifest

    settings = read_settings()
    made = manifest(
        url or None, verify=verify, request_command=settings.request_command, desk_command=settings.desk_command
    )
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))


app = typer.Typer(
    name="deskbell", help="A service desk that lives in chat. 应铃：住在聊天里的服务台。", no_args_is_help=True,
    pretty_exceptions_enable=False, add_completion=True,
)  # fmt: skip
for command in (
    check, records.agreements, classify, running.demo, running.run, migrate, records.replay, records.corrections,
    records.export, records.rebuild, bind, link, slack_manifest,
):  # fmt: skip
    app.command(command.__name__.replace("_", "-"))(command)

ladder = typer.Typer(help="What a ladder will do.", no_args_is_help=True)
ladder.command("simulate")(records.simulate_ladder)
app.add_typer(ladder, name="ladder")

duty = typer.Typer(help="Turns on duty, as calendar files.", no_args_is_help=True)
duty.command("export")(records.export_duty)
duty.command("import")(records.import_duty)
app.add_typer(duty, name="duty")


def main() -> None:
    thrift.seldom()
    app()
