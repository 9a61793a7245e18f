"""Who is on duty: a pure function of time. A rota gives turns; covers and absences, which are rows, win (rulings.md 7).

Where nobody is on duty the lead is asked, then the manager: that is a gap, which is told before it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from core.model.parties import OnDuty, Stint
from core.rulebook.directory import Directory
from core.rulebook.values import Rota, Team
from core.rules.instants import aware

_DAY = timedelta(days=1)


def on_duty(team: str, at: datetime, directory: Directory) -> OnDuty:
    """Who is asked for this team at this instant: whoever covers, whose turn it is, the lead, the manager."""
    aware(at)
    one = directory.rulebook.teams[team]
    for cover in reversed(directory.covers):
        if cover.team == team and cover.holds(at) and not directory.away(cover.person, at):
            return OnDuty(cover.person, "cover", cover.instead)
    for rota in one.rota:
        if _holds(rota, at, directory):
            n = turn_of(rota, at)
            found = _first((*rota.people[n:], *rota.people[:n]), "rota", at, directory)
            if found is not None:
                return found
    found = _first(one.duty, "list", at, directory)
    if found is not None:
        return found
    lead = one.lead and not directory.away(one.lead, at)
    return OnDuty(one.lead, "lead") if lead or not one.manager else OnDuty(one.manager, "manager")


def next_on_duty(team: str, at: datetime, directory: Directory) -> str:
    """Who comes after the one on duty: the next in the same order who is not away; else the backup, else the lead."""
    one, now = directory.rulebook.teams[team], on_duty(team, at, directory).person
    order = next((rota.people for rota in one.rota if _holds(rota, at, directory)), one.duty)
    whose = next((cover.instead for cover in directory.covers if cover.person == now and cover.holds(at)), "")
    here = next((order.index(person) for person in (now, whose) if person in order), -1)
    after = (*order[here + 1 :], *order[: here + 1], one.backup, one.lead)
    return next((person for person in after if person not in ("", now) and not directory.away(person, at)), one.lead)


def turn_of(rota: Rota, at: datetime) -> int:
    """Whose turn it is, as a place in the order."""
    return (_duty_day(rota, at) - rota.begins).days // rota.days % len(rota.people)


def turn(rota: Rota, at: datetime) -> tuple[datetime, datetime]:
    """From which handover to which the turn lasts that holds at this instant."""
    n = (_duty_day(rota, at) - rota.begins).days // rota.days
    begins = rota.begins + timedelta(days=n * rota.days)
    return _handover(rota, begins), _handover(rota, begins + timedelta(days=rota.days))


def duty_day(team: Team, day: date) -> tuple[datetime, datetime]:
    """The day of duty that begins on this date: from handover to handover, without a rota from midnight to midnight."""
    zone = ZoneInfo(team.rota[0].zone if team.rota else team.zone)
    at = team.rota[0].handover if team.rota else time(0)
    return tuple(datetime.combine(one, at, zone).astimezone(UTC) for one in (day, day + _DAY))  # type: ignore[return-value]


def stints(team: str, since: datetime, until: datetime, directory: Directory) -> tuple[Stint, ...]:
    """Who is on duty from `since` until `until`, without a hole: each change begins another."""
    edges = sorted({since, until, *(at for at in _changes(team, since, until, directory) if since < at < until)})
    spans = [(a, b, on_duty(team, a, directory)) for a, b in pairwise(edges)]
    found = []
    for duty, same in groupby(spans, key=lambda span: span[2]):
        parts = list(same)
        found.append(Stint(team, parts[0][0], parts[-1][1], duty))
    return tuple(found)


def gaps(team: str, since: datetime, until: datetime, directory: Directory) -> tuple[Stint, ...]:
    """When nobody will be on duty, and who is asked instead."""
    return tuple(stint for stint in stints(team, since, until, directory) if stint.duty.is_gap)


def _first(order: Sequence[str], why: str, at: datetime, directory: Directory) -> OnDuty | None:
    """The first in this order who is not away."""
    here = next((person for person in order if not directory.away(person, at)), None)
    if here is None:
        return None
    return OnDuty(here, why) if here == order[0] else OnDuty(here, "stand_in", order[0])


def _holds(rota: Rota, at: datetime, directory: Directory) -> bool:
    return not rota.calendar or directory.rulebook.calendars[rota.calendar].is_open(at)


def _duty_day(rota: Rota, at: datetime) -> date:
    """The date on which the day of duty began that this instant lies in."""
    local = at.astimezone(ZoneInfo(rota.zone))
    return local.date() if at >= _handover(rota, local.date()) else local.date() - _DAY


def _handover(rota: Rota, day: date) -> datetime:
    """An hour that a change of the clocks leaves out is taken as the hour before it."""
    return datetime.combine(day, rota.handover, ZoneInfo(rota.zone)).astimezone(UTC)


def _changes(team: str, since: datetime, until: datetime, directory: Directory) -> Iterator[datetime]:
    """Every instant at which somebody else may be on duty."""
    one = directory.rulebook.teams[team]
    for rota in one.rota:
        at = since
        while at < until:
            at = turn(rota, at)[1]
            yield at
        if rota.calendar:
            for opens, closes in directory.rulebook.calendars[rota.calendar].periods(since, until):
                yield from (opens, closes)
    for cover in directory.covers:
        if cover.team == team:
            yield from (cover.from_at, cover.to_at)
    for absences in directory.absences.values():
        for absence in absences:
            yield from (absence.from_at, absence.to_at)
