"""The commands that read what the desk has kept, and set it right."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.surroundings import database, fail, migrated, read_settings, rehearsed, ruling

if TYPE_CHECKING:
    from core.rulebook.values import Rulebook


#: What most of these take.
Named = Annotated[Path | None, typer.Option(help="The rulebook; else DESKBELL_RULEBOOK.")]
Lang = Annotated[str, typer.Option(help="zh or en; else the desk's.")]


def agreements(rulebook: Named = None) -> None:
    """List the versions of all agreements: from when until when, who accepted them, how many open requests each has."""
    from bot.clock import WallClock
    from bot.terminal import lines
    from core.say import agreed
    from core.say.voice import Voice
    from core.store import requests

    settings = read_settings()
    directory = rehearsed(ruling(settings, rulebook)).directory
    book = directory.rulebook
    with database(settings.database_url).connect() as connection:
        pinned = requests.pinned(connection)
    voice = Voice.to(book.lang, book.zone, directory, WallClock().now())
    message = agreed.overview(pinned, voice, may_apply=False).message
    typer.echo("\n".join(lines(message)) if message else "")


def replay(
    agreement: Annotated[Path, typer.Option(help="The draft: the agreements and calendars that would change.")],
    since: Annotated[str, typer.Option("--from", help="First day, as 2026-07-01; else the last quarter's.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day, counted too.")] = "",
    rulebook: Named = None,
    lang: Lang = "",
) -> None:
    """Tell how past requests would have fared under a draft: attainment before and after, verdicts that change."""
    from datetime import date

    from bot.upkeep import replayed_text
    from core.errors import BadRulebook
    from core.rulebook.load import mistakes_as_text, text_of
    from core.say.words import last_quarter
    from core.store.schema import Outdated, SchemaTooNew

    settings = read_settings()
    book = ruling(settings, rulebook)
    try:
        begin, end = last_quarter(datetime.now(UTC).date())
        begin = date.fromisoformat(since) if since else begin
        end = date.fromisoformat(until) if until else end
        if end < begin:
            raise ValueError(f"{end} is before {begin}")
    except ValueError as error:
        fail(f"--from, --to: {error}; write days as 2026-07-01, the first one first")
    try:
        text = text_of(agreement)
        typer.echo(replayed_text(database(settings.database_url), book, text, str(agreement), begin, end, lang))
    except BadRulebook as bad:
        fail(mistakes_as_text(bad))
    except (Outdated, SchemaTooNew) as error:
        fail(str(error))


def corrections(
    since: Annotated[str, typer.Option(help="From this day on, as 2026-07-01; else the last four weeks.")] = "",
    rulebook: Named = None,
    lang: Lang = "",
) -> None:
    """Name the rules whose priorities the team corrected, which way and how often, so that they can be improved."""
    from datetime import date

    from bot.upkeep import corrections_text
    from core.store.schema import Outdated, SchemaTooNew

    settings = read_settings()
    book = ruling(settings, rulebook)
    try:
        day = date.fromisoformat(since) if since else None
        typer.echo(corrections_text(database(settings.database_url), book, day, lang))
    except ValueError as error:
        fail(f"--since: {error}; write the day as 2026-07-01")
    except (Outdated, SchemaTooNew) as error:
        fail(str(error))


def export(
    what: Annotated[str, typer.Argument(help="scope: the register, as CSV; wishes: its TOML for the rulebook.")],
    since: Annotated[
        str, typer.Option(help="Only requests that were filed on this day, as 2026-07-01, or later.")
    ] = "",
    to: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    private: Annotated[bool, typer.Option("--private", help="With private requests, too.")] = False,
    rulebook: Named = None,
    lang: Lang = "",
) -> None:
    """Write the scope register as a table, or what was wished for the catalogue."""
    from datetime import date

    from bot.upkeep import scope_table, wishes
    from core.store.schema import Outdated, SchemaTooNew

    if what not in ("scope", "wishes"):
        fail(f"{what}: there are scope (CSV) and wishes (TOML)")
    settings = read_settings()
    book = ruling(settings, rulebook)
    try:
        day = date.fromisoformat(since) if since else None
        engine = database(settings.database_url)
        text = wishes(engine, book, day) if what == "wishes" else scope_table(engine, book, day, lang, private=private)
        if to is None:
            sys.stdout.buffer.write(f"{text}\n".encode() if what == "wishes" else text.encode())
        else:
            to.write_bytes(text.encode())
    except ValueError as error:
        fail(f"--since: {error}; write the day as 2026-07-01")
    except OSError as error:
        fail(f"{to}: {error.strerror}")
    except (Outdated, SchemaTooNew) as error:
        fail(str(error))


def rebuild(
    rulebook: Named = None,
    write: Annotated[bool, typer.Option("--write", help="Set right what differs; the journal tells it.")] = False,
) -> None:
    """Derive all due times anew from the recorded spans and report differences: none, in health. Exits with 1 if any."""
    from bot.upkeep import rebuilt
    from core.store.agreements import Orphans

    settings = read_settings()
    book = ruling(settings, rulebook)
    engine = migrated(settings.database_url)
    try:
        found = rebuilt(engine, book, settings.audit_key.get_secret_value().encode(), typer.echo, write=write)
    except Orphans as error:
        fail(str(error))
    raise typer.Exit(1 if found else 0)


def simulate_ladder(
    number: Annotated[str, typer.Argument(help="A request, such as HX-42.")],
    rulebook: Named = None,
    lang: Lang = "",
) -> None:
    """Print who will hear of a request, when and why, from now on, if nothing happens."""
    from bot.upkeep import simulated

    settings = read_settings()
    directory = rehearsed(ruling(settings, rulebook)).directory
    found = simulated(database(settings.database_url), directory, number, lang)
    if found is None:
        fail(f"there is no request {number.upper()}; write its whole number, such as HX-42")
    typer.echo(found)


def _team(book: Rulebook, team: str) -> str:
    if team not in book.teams:
        fail(f"{team}: not a team of the rulebook; there are {', '.join(book.teams)}")
    return team


def export_duty(
    team: Annotated[str, typer.Argument(help="A team's id.")],
    rulebook: Named = None,
) -> None:
    """Print a team's turns of the next three months, covers and absences counted in, as a calendar (iCalendar)."""
    from bot.upkeep import exported

    directory = rehearsed(ruling(read_settings(), rulebook)).directory
    sys.stdout.write(exported(directory, _team(directory.rulebook, team)))


def import_duty(
    team: Annotated[str, typer.Argument(help="A team's id.")],
    file: Annotated[Path, typer.Argument(help="A calendar file (.ics): its events name who is on duty, or away.")],
    rulebook: Named = None,
) -> None:
    """Take covers and absences in from a calendar file; what the same events brought in before is replaced."""
    from bot.upkeep import NotTaken, imported

    settings = read_settings()
    book = ruling(settings, rulebook)
    try:
        data = file.read_bytes()
        key = settings.audit_key.get_secret_value().encode()
        typer.echo(imported(migrated(settings.database_url), book, _team(book, team), data, key))
    except OSError as error:
        fail(f"{file}: cannot be read: {error.strerror}")
    except NotTaken as bad:
        fail(f"{file}: nothing was taken in\n" + "\n".join(f"  {problem}" for problem in bad.problems))
