"""What an administrator asks of the database from the command line, whether or not the desk runs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.clock import WallClock
from bot.terminal import lines
from core import ical
from core.ask.commands import Command, Rebuild, TakeCalendar
from core.desk import ServiceDesk
from core.model.request import Request
from core.rebuild import differing
from core.replay import drafted, replayed
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook
from core.rules import corrections, ladder
from core.rules.scope import snippet
from core.say import corrections as told
from core.say import ladder as ladders
from core.say import scope
from core.say.replay import as_text, replay
from core.say.table import as_csv
from core.say.voice import Voice
from core.say.words import nearest
from core.store import agreements, facts, journal, requests, schema


def replayed_text(
    engine: Engine, rulebook: Rulebook, draft: str, name: str, first: date, last: date, lang: str = ""
) -> str:
    """How the requests of these days would have fared under a draft, as a table. Reads only.

    Raises BadRulebook for a draft with mistakes, Outdated and SchemaTooNew for a database that is not ours to read.
    """
    schema.check(engine)
    now = WallClock().now()
    with engine.connect() as connection:
        trial = drafted(rulebook, draft, name, now, agreements.stored(connection))
        found = replayed(connection, trial, first, last)
    voice = Voice.to(nearest(lang) or rulebook.lang, rulebook.zone, Directory(rulebook), now)
    return as_text(replay(found, voice), voice)


def scope_table(engine: Engine, rulebook: Rulebook, since: date | None, lang: str = "", *, private: bool) -> str:
    """The scope register as CSV, the youngest request first. What is private is left out unless it is asked for.

    `since` is a day of the desk's zone. Raises Outdated and SchemaTooNew for a database that is not ours to read.
    """
    voice, found = _register(engine, rulebook, since, lang)
    register = scope.told([request for request in found if private or not request.private], voice)
    return as_csv((register.columns, *(line.cells for line in register.lines)))


def corrections_text(engine: Engine, rulebook: Rulebook, since: date | None, lang: str = "") -> str:
    """Which rules gave priorities that the team corrected since a day; else in the last four weeks.

    Raises Outdated and SchemaTooNew for a database that is not ours to read.
    """
    schema.check(engine)
    now = WallClock().now()
    begin = datetime.combine(since, time(), ZoneInfo(rulebook.zone)) if since else now - corrections.WITHIN
    with engine.connect() as connection:
        found = corrections.counted(journal.corrected(connection, begin))
    voice = Voice.to(nearest(lang) or rulebook.lang, rulebook.zone, Directory(rulebook), now)
    message = told.listing(found, begin, voice).message
    return "\n".join(lines(message)) if message else ""


def wishes(engine: Engine, rulebook: Rulebook, since: date | None) -> str:
    """What was wished for the catalogue, as TOML for the rulebook, the oldest first."""
    _, found = _register(engine, rulebook, since, "")
    return "\n\n".join(filter(None, (snippet(request, rulebook) for request in reversed(found))))


def _register(engine: Engine, rulebook: Rulebook, since: date | None, lang: str) -> tuple[Voice, list[Request]]:
    schema.check(engine)
    day = datetime.combine(since, time(), ZoneInfo(rulebook.zone)) if since else None
    with engine.connect() as connection:
        directory = facts.learnt(connection, Directory(rulebook))
        found = requests.outside(connection, since=day, limit=None)
    return Voice.to(nearest(lang) or rulebook.lang, rulebook.zone, directory, WallClock().now()), found


def simulated(engine: Engine, directory: Directory, number: str, lang: str = "") -> str | None:
    """Who will hear of a request, when and why, as lines; None if there is no such request. Reads only."""
    now = WallClock().now()
    with engine.connect() as connection:
        found = requests.by_numbers(connection, [number.upper()])
    if not found:
        return None
    book = directory.rulebook
    voice = Voice.to(nearest(lang) or book.lang, book.zone, directory, now)
    message = ladders.ahead(found[0], ladder.forecast(found[0], directory, now), voice, shown=100).message
    return "\n".join(lines(message)) if message else ""


def exported(directory: Directory, team: str) -> str:
    """A team's turns as a calendar file."""
    now, book = WallClock().now(), directory.rulebook
    voice = Voice.to(book.teams[team].lang, book.zone, directory, now)
    return ical.written(ical.turns(team, directory, now), voice).decode()


class NotTaken(Exception):
    """A calendar that was not taken in; `problems` lists all that could not be understood."""

    def __init__(self, problems: Sequence[object]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


def imported(engine: Engine, rulebook: Rulebook, team: str, data: bytes, audit_key: bytes) -> str:
    """Take a calendar in through the desk's one door; a desk that runs beside it finds it at its next beat.

    Raises NotTaken.
    """
    desk = ServiceDesk(engine, Directory(rulebook), WallClock(), audit_key=audit_key)
    try:
        found = ical.read(data, team, desk.directory, desk.clock.now(), desk.new_id)
        if found.problems:
            raise NotTaken(found.problems)
        asyncio.run(_handled(desk, TakeCalendar(team, "", found.covers, found.absences)))
        return f"taken in: {len(found.covers)} turns, {len(found.absences)} absences"
    finally:
        desk.close()


async def _handled(desk: ServiceDesk, command: Command) -> None:
    await desk.handle(command)


def rebuilt(engine: Engine, rulebook: Rulebook, audit_key: bytes, say: Callable[[str], None], *, write: bool) -> int:
    """Compare every clock that runs with its segments, say what differs, mend it if asked; how many clocks differed.

    What is mended passes the desk's one door, so the journal has it and the cards are shown anew.
    Raises `core.store.agreements.Orphans` where the rulebook lacks what open requests refer to.
    """
    desk = ServiceDesk(engine, Directory(rulebook), WallClock(), audit_key=audit_key)
    try:
        compared, differ, wrong = 0, 0, list[int]()
        for request, found in differing(engine, desk.directory.rulebook):
            compared += 1
            differ += len(found)
            wrong += [request.id] if found else []
            for drift in found:
                say(str(drift))
        if write and wrong:
            asyncio.run(_mend(desk, wrong))
        done = "mended" if write else "nothing was written; --write mends them"
        say(f"requests compared: {compared}; clocks that differ: {differ}" + (f" ({done})" if differ else ""))
        return differ
    finally:
        desk.close()


async def _mend(desk: ServiceDesk, wrong: list[int]) -> None:
    for id_ in wrong:
        await desk.handle(Rebuild(id_))
