"""A digest, put together: whose requests, in which sections, what has changed since the last one, a period's figures."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.model.parties import Place, Stint
from core.model.request import OPEN
from core.model.told import Correction, Digest, Held
from core.rulebook.directory import Directory
from core.rules import digest as rules
from core.rules import schedule, summary
from core.rules.corrections import counted
from core.rules.soundness import gaps_at_work
from core.store import journal, outbox, standing
from core.store import requests as rows
from core.store.standing import Whose

#: Lines of a section; the others are counted.
SHOWN = 10
#: How far ahead a manager is told of gaps on duty, and how many of a team.
AHEAD, GAPS = timedelta(days=7), 3
#: Rules that a manager's week and month name, those whose priorities were corrected most often.
MISLED = 3


def whose(kind: str, subject: str, directory: Directory) -> tuple[Whose, str]:
    """Which requests a digest is about, and in whose zone its days are."""
    book = directory.rulebook
    match kind:
        case "client":
            return Whose(client=subject), book.clients[subject].zone
        case "team":
            return Whose(teams=(subject,)), book.teams[subject].zone
        case "person":
            return Whose(assignee=subject, private=True), book.people[subject].zone
    led = tuple(team.id for team in book.teams.values() if team.manager == subject)
    return Whose(teams=led or ("",), private=True), book.people[subject].zone


def digest(
    connection: Connection, kind: str, subject: str, directory: Directory, now: datetime, period: str = "daily"
) -> Digest:
    """What this reader is told at this instant. A week's and a month's have figures, and each of a manager's."""
    theirs, zone = whose(kind, subject, directory)
    planned = schedule.schedules(directory, now)
    of_period = planned.get(f"{kind}:{subject}" if period == "daily" else f"{kind}:{subject}:{period}")
    alone = now - timedelta(days=1) if period == "daily" else summary.begins(period, now, zone)
    since = of_period.before(now) if of_period else alone
    calendars = directory.rulebook.calendars
    found = standing.standing(connection, theirs, now, since, calendars)
    parts = rules.sections(kind, found, now, zone)
    shown = {name: [one.id for one in part[:SHOWN]] for name, part in parts.items()}
    requests = rows.by_ids(connection, [id_ for ids in shown.values() for id_ in ids])
    load: dict[str, int] = {}
    if kind == "manager":
        for one in found:
            if one.status in OPEN:
                load[one.assignee] = load.get(one.assignee, 0) + 1
    figures = None
    if kind == "manager" or period != "daily":
        begins = summary.begins(period, now, zone)
        figures = standing.figures(connection, theirs, begins, now, zone, calendars, found)
    misled: tuple[Correction, ...] = ()
    if kind == "manager" and period != "daily":
        corrected = journal.corrected(connection, summary.begins(period, now, zone), theirs.teams)
        misled = tuple(one for one in counted(corrected) if one.changed)[:MISLED]
    return Digest(
        kind, subject, now,
        {name: tuple(rules.line(requests[i], client=kind == "client") for i in ids) for name, ids in shown.items()},
        dict(sorted(load.items(), key=lambda item: -item[1])), period, since,
        {name: len(part) for name, part in parts.items()}, standing.changes(connection, theirs, since, now),
        figures=figures, corrections=misled, gaps=_gaps(kind, theirs, directory, now),
    )  # fmt: skip


def inherited(connection: Connection, team: str, directory: Directory, now: datetime) -> Digest:
    """What whoever comes on duty for a team takes over: what is late, what nobody has, and what those have who are away."""
    found = standing.standing(connection, Whose(teams=(team,)), now, now, directory.rulebook.calendars)
    away = frozenset(one.assignee for one in found if one.assignee and directory.away(one.assignee, now))
    parts = rules.sections("duty", found, now, directory.rulebook.teams[team].zone, away)
    shown = {name: [one.id for one in part[:SHOWN]] for name, part in parts.items()}
    requests = rows.by_ids(connection, [id_ for ids in shown.values() for id_ in ids])
    lines = {name: tuple(rules.line(requests[i], client=False) for i in ids) for name, ids in shown.items()}
    return Digest("duty", team, now, lines, totals={name: len(part) for name, part in parts.items()})


def _gaps(kind: str, theirs: Whose, directory: Directory, now: datetime) -> tuple[Stint, ...]:
    """A manager is told before it comes that nobody will be on duty."""
    teams = theirs.teams if kind == "manager" else ()
    return tuple(gap for team in teams if team for gap in gaps_at_work(team, now, now + AHEAD, directory)[:GAPS])


def held(connection: Connection, person: str, directory: Directory, now: datetime) -> tuple[Held, ...]:
    """What this person was not told in their quiet hours: from now on their digest tells it."""
    place = directory.direct(person)
    if place is None or place.place is not Place.DIRECT:
        return ()
    parts = outbox.take_held(connection, str(place.address), now, "digest")
    requests = rows.by_ids(connection, [part["request"] for part in parts if part["request"]])
    return tuple(
        Held(r.id, r.number, r.title, part["event"], part["facts"], datetime.fromisoformat(part["at"]))
        for part in parts if (r := requests.get(part["request"] or 0)) is not None
    )  # fmt: skip
