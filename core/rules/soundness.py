"""Before it bites: what of ladders, rotas and people would surprise somebody, told to the administrator in advance.

Nothing here is a mistake that stops a start: for each there is a rule of what happens, and it is told with it. The
sentences are for a terminal and stay English.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.parties import Stint
from core.rulebook.directory import PAGE, Directory
from core.rulebook.values import Step, Team
from core.rules import duty

#: How far ahead gaps are looked for.
AHEAD = timedelta(days=14)
#: Of one team so many are listed.
SHOWN = 3


def doubts(directory: Directory, now: datetime) -> tuple[str, ...]:
    """All of them, in the order of ladders, people, rotas."""
    return (*_ladders(directory), *_people(directory), *_rotas(directory, now))


def _ladders(directory: Directory) -> Iterator[str]:
    """Steps that may find nobody whom they name."""
    book = directory.rulebook
    used = {target.ladder for agreement in book.agreements.values() for target in agreement.targets}
    for id_ in sorted(used & book.ladders.keys()):
        for step in book.ladders[id_].steps:
            without = [team.id for team in book.teams.values() if _to_nobody(step, team)]
            if without:
                yield (
                    f"ladder {id_}, step {step.id}: it tells {', '.join(step.who)}, which may be nobody in "
                    f"{', '.join(without)}; then whoever is on duty is told"
                )


def _to_nobody(step: Step, team: Team) -> bool:
    def there(role: str) -> bool:
        return {"assignee": False, "owner": False, "backup": bool(team.backup), "group": bool(team.members)}.get(
            role, True
        )

    return bool(step.who) and not any(there(role) for role in (*step.who, *step.instead))


def _people(directory: Directory) -> Iterator[str]:
    """Colleagues whom a ladder can name, and who have an account on no chat, where others have."""
    people = directory.rulebook.people
    if not any(identity.platform != PAGE for person in people.values() for identity in person.identities):
        return
    linked = set(directory.links.values())
    for id_ in sorted(_named(directory)):
        if id_ in people and not {i.platform for i in people[id_].identities} - {PAGE} and id_ not in linked:
            yield f"{id_}: no account on any chat; what is theirs to hear stands on the page, else in the team's chat"


def _named(directory: Directory) -> set[str]:
    book = directory.rulebook
    found = {
        person for ladder in book.ladders.values() for step in ladder.steps for person in (*step.who, *step.instead)
    }
    for team in book.teams.values():
        found |= {*team.members, team.lead, team.manager, team.backup}
    return found | {person.manager for person in book.people.values()} - {""}


def _rotas(directory: Directory, now: datetime) -> Iterator[str]:
    for team in directory.rulebook.teams.values():
        gaps = duty.gaps(team.id, now, now + AHEAD, directory)
        zone = ZoneInfo(team.zone)
        for gap in gaps[:SHOWN]:
            since, until = (at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M") for at in (gap.from_at, gap.to_at))
            yield f"team {team.id}: nobody is on duty {since} to {until}; {gap.duty.person} ({gap.duty.why}) is asked then"
        if len(gaps) > SHOWN:
            yield f"team {team.id}: {len(gaps) - SHOWN} more such gaps within {AHEAD.days} days"


def gaps_at_work(team: str, since: datetime, until: datetime, directory: Directory) -> tuple[Stint, ...]:
    """Gaps that touch the team's own working time: the others are its nights."""
    calendar = directory.rulebook.calendars[directory.rulebook.teams[team].calendar]
    found = duty.gaps(team, since, until, directory)
    return tuple(gap for gap in found if calendar.between(gap.from_at, gap.to_at))
