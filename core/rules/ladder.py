"""Whom a step of a ladder tells, and why; and all that is ahead of a request, as things stand.

A step that names somebody always finds somebody: where nobody whom it names is there, whoever is on duty is told, and
there always is somebody on duty, be it the lead or the manager (`core.rules.duty`). Who is away is not there; in quiet
hours what is urgent wakes only who is on call, and in the place of whoever sleeps the one on duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from core.model.request import ClockState, Request, Status, Timer
from core.model.told import Expected, Hearer
from core.rulebook.directory import Directory
from core.rulebook.values import Step
from core.rules import calm, clocks, duty, known, sla
from core.rules.metrics import WINDOWS

#: What has the team's own chat told, instead of a person.
TEAM = Hearer("", "team")
#: Why somebody is told in the morning what others are told in the night.
ASLEEP = "asleep"
#: Who is named by the post they hold hears of what is urgent at any hour; who only has the request, unless on duty, not.
_NOT_A_POST = frozenset({"assignee", "owner", "group", "next"})
#: No ladder of managers is longer.
_LINE = 10


def hearers(
    request: Request, step: Step, metric: str, directory: Directory, at: datetime, *, urgent: bool = False
) -> tuple[Hearer, ...]:
    """The people of a step at this instant, each once. Where the first it names is not there, `instead` is asked.

    So "assignee and backup" of a request that nobody has taken becomes "duty and backup" (rulings.md 9). What is
    `urgent` is said at night to who is on call; the others are told in the morning.
    """
    if not step.who:
        return ()
    look = _Look(request, metric, directory, at)
    away = look.away(step.who[0])
    first = look.found(step.who[0])
    if not first and away:
        first = tuple(Hearer(h.person, h.why, away) for role in step.instead for h in look.found(role))
    elif not first:
        first = tuple(h for role in step.instead for h in look.found(role))
    found = (*first, *(h for role in step.who[1:] for h in look.found(role)))
    if not found:
        now = duty.on_duty(request.team, at, directory)
        found = (Hearer(now.person, now.why, away or now.instead),)
    once: dict[str, Hearer] = {}
    for hearer in found:
        once.setdefault(hearer.person, hearer)
    named = tuple(once.values())
    return _on_call(named, request.team, directory, at) if urgent and metric != "cwt" else named


def _on_call(named: tuple[Hearer, ...], team: str, directory: Directory, at: datetime) -> tuple[Hearer, ...]:
    """With whoever is on duty in the place of those who sleep: off call nobody is woken (chat.md 1.8)."""
    now = duty.on_duty(team, at, directory)
    asleep = {
        h.person
        for h in named
        if h.why in _NOT_A_POST and h.person != now.person and calm.rests(h.person, directory, at)
    }
    if not asleep:
        return named
    told = tuple(Hearer(h.person, ASLEEP) if h.person in asleep else h for h in named)
    there = any(h.person == now.person for h in named)
    return told if there else (Hearer(now.person, now.why, now.instead), *told)


class _Look(Struct, frozen=True):
    """Who is behind a role, for one request at one instant."""

    request: Request
    metric: str
    directory: Directory
    at: datetime

    def found(self, role: str) -> tuple[Hearer, ...]:
        """The people behind a role, a group or a name, without those who are away."""
        everybody = self._behind(role)
        if self.metric == "cwt" or role == "client":  # a client's absence is no matter of ours
            return everybody
        return tuple(h for h in everybody if not h.person or not self.directory.away(h.person, self.at))

    def away(self, role: str) -> str:
        """Who is behind this role but away; empty if nobody is."""
        return next((h.person for h in self._behind(role) if self.directory.away(h.person, self.at)), "")

    def _behind(self, role: str) -> tuple[Hearer, ...]:
        request, directory = self.request, self.directory
        team = directory.rulebook.teams[request.team]
        match role:
            case "assignee":
                return _one(whose(request, self.metric, directory), "assignee")
            case "owner":
                return _one(request.owner, "owner")
            case "duty":
                now = duty.on_duty(request.team, self.at, directory)
                return (Hearer(now.person, now.why, now.instead),)
            case "next":
                return _one(duty.next_on_duty(request.team, self.at, directory), "next")
            case "backup" | "lead":
                return _one(getattr(team, role), role)
            case "manager":
                return (manager(request, directory, self.at),)
            case "client":
                return _one(request.requester, "client")
            case "team":
                return (TEAM,)
            case "group":
                return tuple(Hearer(person, "group") for person in team.members)
            case _ if role in directory.rulebook.groups:
                return tuple(Hearer(person, "group") for person in directory.rulebook.groups[role])
            case _:
                return _one(role, "named")


def _one(person: str, why: str) -> tuple[Hearer, ...]:
    return (Hearer(person, why),) if person else ()


def manager(request: Request, directory: Directory, at: datetime) -> Hearer:
    """Whom the assignee reports to, and so on upwards past who is away; else the manager of the team."""
    people, top = directory.rulebook.people, directory.rulebook.teams[request.team].manager
    below = request.assignee
    for _ in range(_LINE):
        person = people[below].manager if below in people else ""
        if not person:
            break
        if not directory.away(person, at):
            return Hearer(person, "manager", request.assignee)
        below = person
    return Hearer(top, "manager")


def whose(request: Request, metric: str, directory: Directory) -> str:
    """Whom a clock is up to: the client, the approver, the reviewer, else whoever has the request."""
    match metric:
        case "cwt":
            return request.requester
        case "apr":
            return request.approver
        case "rev":
            return reviewer(request, request.review_level, directory)
        case _:
            return request.assignee


def reviewer(request: Request, level: int, directory: Directory) -> str:
    """Whose review this level is: any colleague's the first, then the lead's, then the service owner's."""
    return {2: directory.rulebook.teams[request.team].lead, 3: request.owner}.get(level, "")


def unless(step: Step, request: Request, directory: Directory) -> str:
    """The condition of this step that is not so; empty if it tells."""
    if step.priorities and request.priority not in step.priorities:
        return "priority"
    if step.classes and directory.rulebook.clients[request.client].kind not in step.classes:
        return "class"
    return "taken" if step.only_new and request.status is not Status.NEW else ""


def still_to_tell(told: Sequence[Hearer], step: Step, repeat: int, timer: Timer) -> tuple[Hearer, ...]:
    """Whom a repeat tells again: nobody once one has acknowledged it, or each who has not, as the step needs."""
    seen = {person for id_, person in timer.seen if id_ == step.id}
    if not repeat or not seen:
        return tuple(told)
    return () if step.need == "any" else tuple(hearer for hearer in told if hearer.person not in seen)


def opens(step: Step, person: str, request: Request, directory: Directory, at: datetime) -> datetime | None:
    """When a step that waits for working time is said to this person; None: at once."""
    known = directory.rulebook.people.get(person)
    name = known.calendar if known else directory.rulebook.teams[request.team].calendar
    calendar = directory.rulebook.calendars[name]
    return None if not step.working or calendar.is_open(at) else calendar.next_opening(at)


def forecast(request: Request, directory: Directory, now: datetime) -> tuple[Expected, ...]:
    """Every step that is still ahead, in order: who hears of it, when, and why; from what is known now.

    Of several targets on one metric the one that is due first speaks (rulings.md 4); what somebody will know by then
    tells them nothing new.
    """
    told: list[Expected] = []
    ahead = sorted(_ahead(request, directory, now), key=lambda one: one[2].at)
    for _, together in groupby(ahead, key=lambda one: one[2].at):
        before = request
        for timer, ruler, one in together:
            expected = _expected(before, timer, ruler, one, directory)
            told.append(expected)
            request = _heard(request, timer.id, one, () if expected.unless else expected.hearers)
    return tuple(told)


def _ahead(request: Request, directory: Directory, now: datetime) -> Iterator[tuple[Timer, sla.Ruler, sla.Checkpoint]]:
    for timer in request.timers:
        speaks = timer.metric == "cwt" or timer.metric not in WINDOWS
        if timer.state is not ClockState.RUNNING or not speaks:
            continue
        if sla.governing(request.timers, timer.metric) is not timer:
            continue
        ruler = clocks.ruler(timer, request, directory.rulebook)
        for one in sla.checkpoints(timer, ruler):
            if one.step.who and one.at > now and (one.step.id, one.repeat) not in timer.fired:
                yield timer, ruler, one


def _expected(request: Request, timer: Timer, ruler: sla.Ruler, one: sla.Checkpoint, directory: Directory) -> Expected:
    step = one.step
    timer = next(t for t in request.timers if t.id == timer.id)
    urgent = step.important or known.never_rests(timer, directory.rulebook, one.at)
    told = hearers(request, step, timer.metric, directory, one.at, urgent=urgent)
    left = still_to_tell(told, step, one.repeat, timer)
    knew = {h: known.why(h.person, one, timer, ruler, request, directory, one.at) for h in left}
    news = tuple(h for h in left if not knew[h])
    not_so = unless(step, request, directory) or (("" if news else knew[left[0]]) if left else "seen")
    said = [opens(step, h.person, request, directory, one.at) for h in news]
    return Expected(
        one.at, timer.metric, timer.target, step.id, one.repeat, step.percent, step.after, news or left or told,
        step.important, not_so, step.only_new, max((at for at in said if at), default=None),
    )  # fmt: skip


def _heard(request: Request, timer: int, one: sla.Checkpoint, people: Sequence[Hearer]) -> Request:
    """The request as it stands once these have been told."""
    timers = tuple(
        replace(
            t, fired=t.fired | {(one.step.id, one.repeat)}, told=t.told | {(one.step.id, h.person) for h in people}
        ) if t.id == timer else t
        for t in request.timers
    )  # fmt: skip
    return replace(request, timers=timers)
