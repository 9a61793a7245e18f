"""Standing in: who may be on duty in whose place, when that is, and whether somebody has to be asked first.

A day is a day of duty, from handover to handover. Whoever is to stand in must say yes, unless a manager or the lead
decides it; nobody takes a turn by being named.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from core.ask import commands as do
from core.errors import Refused
from core.model.parties import Absence, Cover
from core.rulebook.values import Team
from core.rules import duty, phrases
from core.rules.calendar import Calendar
from core.rules.context import Context
from core.rules.instants import local

#: Nobody arranges further ahead than this, nor a longer turn.
HORIZON = timedelta(days=366)
LONGEST = timedelta(days=31)

_UNTIL = re.compile(r"(?:(?:till|until|to)\s|到|至)\s*(.+)", re.IGNORECASE)


class Arranged(Struct, frozen=True):
    """What somebody wants: covers that belong together, of whom it is asked; `taken`: nobody has to be asked."""

    covers: tuple[Cover, ...]
    to: str
    taken: bool


def cover(command: do.AskCover, ctx: Context) -> Arranged:
    """Raises Refused: `staff_only`, `person_unknown`, `day_unclear`, `cover_unclear`, `past_already`, `away_then`,
    `on_duty_then`."""
    me, other = _both(command.person, ctx)
    team = _team(me, other, ctx)
    span = _turn(command.when, team, ctx)
    one = _cover(team, other, *span, ctx)
    boss = me in (team.lead, team.manager) or me == other
    return Arranged((one,), other, taken=boss)


def swap(command: do.AskSwap, ctx: Context) -> Arranged:
    """My day for theirs; always asked."""
    me, other = _both(command.person, ctx)
    if me == other:
        raise Refused("not_with_yourself")
    team = _team(me, other, ctx)
    mine, rest = _days(command.when, team, ctx)
    theirs, more = _days(rest, team, ctx)
    if more:
        raise Refused("day_unclear", phrase=more)
    return Arranged((_cover(team, other, *mine, ctx), _cover(team, me, *theirs, ctx)), other, taken=False)


def absence(command: do.GoAway, ctx: Context) -> Absence:
    """From now until a time, or for whole days; the words after it are the reason. Raises Refused as `cover`."""
    if not ctx.actor.is_staff:
        raise Refused("staff_only")
    zone = ctx.actor.zone
    begins, ends, rest = _away(command.when, ctx.now, zone)
    if ends is None:
        raise Refused("away_unclear", phrase=command.when)
    if ends <= ctx.now:
        raise Refused("past_already", phrase=command.when)
    return Absence(ctx.new_id(), ctx.actor.person, begins, ends, rest, ctx.actor.person)


def _both(word: str, ctx: Context) -> tuple[str, str]:
    if not ctx.actor.is_staff:
        raise Refused("staff_only")
    other = ctx.directory.find_person(word)
    if other is None or ctx.rulebook.people[other].client:
        raise Refused("person_unknown", word=word)
    return ctx.actor.person, other


def _team(me: str, other: str, ctx: Context) -> Team:
    """The team whose duty is meant: that of this chat, else one that both belong to."""
    teams = ctx.rulebook.teams
    if ctx.place.subject in teams and other in _people(teams[ctx.place.subject]):
        return teams[ctx.place.subject]
    for team in teams.values():
        if other in _people(team) and me in (*_people(team), team.manager):
            return team
    raise Refused("not_of_the_team", who=other)


def _people(team: Team) -> tuple[str, ...]:
    return tuple({*team.members, team.lead, team.backup, *team.duty} - {""})


def _cover(team: Team, person: str, since: datetime, until: datetime, ctx: Context) -> Cover:
    since = max(since, ctx.now)
    usual = duty.on_duty(team.id, since, ctx.directory).person
    if usual == person:
        raise Refused("on_duty_then", who=person)
    if ctx.directory.away(person, since):
        raise Refused("away_then", who=person)
    return Cover(ctx.new_id(), team.id, person, since, until, usual, ctx.actor.person)


def _days(phrase: str, team: Team, ctx: Context) -> tuple[tuple[datetime, datetime], str]:
    """The days of duty that a phrase begins with, and what follows it."""
    found = phrases.days(phrase, ctx.now.astimezone(ZoneInfo(_zone(team))).date())
    if found is None or found[1] - found[0] > LONGEST:
        raise Refused("day_unclear", phrase=phrase)
    first, last, rest = found
    begins, ends = duty.duty_day(team, first)[0], duty.duty_day(team, last)[1]
    if ends <= ctx.now or begins > ctx.now + HORIZON:
        raise Refused("past_already", phrase=phrase)
    return (begins, ends), rest


def _turn(phrase: str, team: Team, ctx: Context) -> tuple[datetime, datetime]:
    """The days of duty that a phrase names, or hours of them: `fri`, `fri to sun`, `fri 9:00-18:00`."""
    span, rest = _days(phrase, team, ctx)
    hours = phrases.hours(rest)
    if rest and (hours is None or hours[2]):
        raise Refused("cover_unclear", phrase=phrase)
    if hours is None:
        return span
    zone = _zone(team)
    found = phrases.days(phrase, ctx.now.astimezone(ZoneInfo(zone)).date())
    begins, ends = _between(found[0], found[1], hours[0], hours[1], zone) if found else span
    if ends <= ctx.now:
        raise Refused("past_already", phrase=phrase)
    return begins, ends


def _zone(team: Team) -> str:
    return team.rota[0].zone if team.rota else team.zone


def _between(first: date, last: date, since: time, until: time, zone: str) -> tuple[datetime, datetime]:
    """From a time on the first day to a time on the last; where that would be before it, on the day after."""
    begins = local(first, since, zone)
    ends = local(last, until, zone)
    return begins, ends if ends > begins else local(last + timedelta(days=1), until, zone)


def _away(phrase: str, now: datetime, zone: str) -> tuple[datetime, datetime | None, str]:
    """From when until when, and the reason: `till 18:00`, `2h`, `fri`, `fri 9:00-12:00`, `fri to mon`, with words after it."""
    until = _UNTIL.fullmatch(phrase.strip())
    found = None if until else phrases.days(phrase, now.astimezone(ZoneInfo(zone)).date())
    if found is None or (found[0] == found[1] and phrases.is_clock(found[2])):
        ends, rest = phrases.leading(until[1] if until else phrase, now, zone, Calendar.around_the_clock())
        return now, ends, rest
    first, last, rest = found
    if (hours := phrases.hours(rest)) is not None:
        begins, ends = _between(first, last, hours[0], hours[1], zone)
        return max(begins, now), ends, hours[2]
    return max(_midnight(first, zone), now), _midnight(last + timedelta(days=1), zone), rest


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
