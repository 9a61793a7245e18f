"""Before it bites: what of ladders, rotas and people would surprise somebody, told to the administrator in advance.

Nothing here is a mistake that stops a start: for each there is a rule of what happens, and it is told with it. The
sentences are for a terminal and stay English.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.model.parties import Stint
from core.rulebook.directory import PAGE, Directory
from core.rulebook.values import Ladder, Rulebook, Step, Team
from core.rules import duty, schedule
from core.rules.schedule import Schedule

#: How far ahead gaps are looked for.
AHEAD = timedelta(days=14)
#: Of one team so many are listed.
SHOWN = 3


class Doubt(Struct, frozen=True):
    """What would surprise, with what then happens; where it stands in the file, as keys; and what to write instead."""

    at: tuple[str | int, ...]
    what: str
    hint: str


def doubts(directory: Directory, now: datetime) -> tuple[Doubt, ...]:
    """All of them, in the order of ladders, people, rotas, digests."""
    today = now.astimezone(ZoneInfo(directory.rulebook.zone)).date()
    rest = (_people(directory), _rotas(directory, now), _digests(directory.rulebook, today))
    return (*_ladders(directory), *(doubt for found in rest for doubt in found))


def _ladders(directory: Directory) -> Iterator[Doubt]:
    """Steps that may find nobody whom they name."""
    book = directory.rulebook
    used = {target.ladder for agreement in book.agreements.values() for target in agreement.targets}
    for id_ in sorted(used & book.ladders.keys()):
        yield from _silent(book.ladders[id_])
        for n, step in enumerate(book.ladders[id_].steps):
            without = [team.id for team in book.teams.values() if _to_nobody(step, team)]
            if without:
                yield Doubt(
                    ("ladders", id_, "steps", n),
                    f"ladder {id_}, step {step.id}: it tells {', '.join(step.who)}, which may be nobody in "
                    f"{', '.join(without)}; then whoever is on duty is told",
                    'name who is asked instead: instead = ["duty"]',
                )


def _silent(ladder: Ladder) -> Iterator[Doubt]:
    """A ladder no step of which tells anybody."""
    if not any(step.who for step in ladder.steps):
        yield Doubt(
            ("ladders", ladder.id),
            f"ladder {ladder.id}: it tells nobody, whatever is late; only cards change, and digests tell of it",
            'let a step tell somebody: tell = ["assignee"], instead = ["duty"]',
        )


def _to_nobody(step: Step, team: Team) -> bool:
    def there(role: str) -> bool:
        return {"assignee": False, "owner": False, "backup": bool(team.backup), "group": bool(team.members)}.get(
            role, True
        )

    return bool(step.who) and not any(there(role) for role in (*step.who, *step.instead))


def _people(directory: Directory) -> Iterator[Doubt]:
    """Colleagues whom a ladder can name, and who have an account on no chat, where others have."""
    people = directory.rulebook.people
    if not any(identity.platform != PAGE for person in people.values() for identity in person.identities):
        return
    linked = set(directory.links.values())
    for id_ in sorted(_named(directory)):
        if id_ in people and not {i.platform for i in people[id_].identities} - {PAGE} and id_ not in linked:
            yield Doubt(
                ("people", id_),
                f"{id_}: no account on any chat; what is theirs to hear stands on the page, else in the team's chat",
                'write slack = "TEAM/USER" or telegram = NUMBER, or give them a code: deskbell bind person:' + id_,
            )


def _named(directory: Directory) -> set[str]:
    book = directory.rulebook
    found = {
        person for ladder in book.ladders.values() for step in ladder.steps for person in (*step.who, *step.instead)
    }
    for team in book.teams.values():
        found |= {*team.members, team.lead, team.manager, team.backup}
    return found | {person.manager for person in book.people.values()} - {""}


def _rotas(directory: Directory, now: datetime) -> Iterator[Doubt]:
    hint = 'add a rota without `calendar`, which holds at all hours, or duty = ["..."] behind it'
    for team in directory.rulebook.teams.values():
        gaps = duty.gaps(team.id, now, now + AHEAD, directory)
        zone = ZoneInfo(team.zone)
        for gap in gaps[:SHOWN]:
            since, until = (at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M") for at in (gap.from_at, gap.to_at))
            what = f"team {team.id}: nobody is on duty {since} to {until}; {gap.duty.person} ({gap.duty.why}) is asked then"
            yield Doubt(("teams", team.id, "rota" if team.rota else "duty"), what, hint)
        if len(gaps) > SHOWN:
            more = f"team {team.id}: {len(gaps) - SHOWN} more such gaps within {AHEAD.days} days"
            yield Doubt(("teams", team.id, "rota" if team.rota else "duty"), more, hint)


def _digests(book: Rulebook, today: date) -> Iterator[Doubt]:
    """Digests whose time the clocks skip within a year."""
    for one, day, comes in schedule.gaps(book, today):
        there = comes.astimezone(ZoneInfo(one.zone))
        yield Doubt(
            _written(one, book),
            f"digest {one.id}: on {day} the clocks of {one.zone} skip {one.at:%H:%M}; that day it comes at "
            f"{there:%H:%M}, the first moment after the gap",
            f'a time that there is each day: "{there:%H:%M}"',
        )


def _written(one: Schedule, book: Rulebook) -> tuple[str, ...]:
    """Where the rulebook has a digest's time."""
    key = {"daily": "digest_at", "weekly": "weekly_at", "monthly": "monthly_at"}[one.period]
    if one.kind != "manager":
        return ({"client": "clients", "team": "teams", "person": "people"}[one.kind], one.subject, key)
    teams = [team for team in book.teams.values() if team.manager == one.subject]
    team = next((t for t in teams if getattr(t, f"manager_{key}")), teams[0])
    return ("teams", team.id, f"manager_{key}")


def gaps_at_work(team: str, since: datetime, until: datetime, directory: Directory) -> tuple[Stint, ...]:
    """Gaps that touch the team's own working time: the others are its nights."""
    calendar = directory.rulebook.calendars[directory.rulebook.teams[team].calendar]
    found = duty.gaps(team, since, until, directory)
    return tuple(gap for gap in found if calendar.between(gap.from_at, gap.to_at))
