"""Replay: how requests of the past would have fared under a draft agreement or calendar.

Only spans are replayed, not people: what they did stays as it was, and is measured anew. Nothing is written. What was
judged stays as it was judged, so the same agreement changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.model.request import ClockState, Priority, Request, Timer, Verdict
from core.model.told import Attainment, Fared, Replay
from core.rulebook.values import GRACE, Agreement, Rulebook, Target
from core.rules import clocks, sla, why
from core.rules.calendar import Calendar
from core.rules.metrics import AFRESH, EFFECTS, METRICS, WINDOWS


class Trial(Struct, frozen=True):
    """What is compared: the rulebook in force, the draft, every agreement that a request may be pinned to, and when."""

    base: Rulebook
    draft: Rulebook
    pinned: Mapping[str, Agreement]
    now: datetime

    @property
    def clients(self) -> tuple[str, ...]:
        """Whom the draft concerns: what is promised to them, or by which hours, differs."""
        return tuple(
            c
            for c in self.draft.clients
            if c not in self.base.clients or self._terms(self.base, c) != self._terms(self.draft, c)
        )

    @staticmethod
    def _terms(book: Rulebook, client: str) -> list[tuple[Target, list[Calendar]]]:
        promised = _promised(book, client).targets
        return [(replace(t, ladder=""), [book.calendars[t.measured_by(rank)] for rank in Priority]) for t in promised]


def _promised(book: Rulebook, client: str) -> Agreement:
    """The last version of a client's agreement, whether or not it has begun or is accepted: it is that which is tried."""
    return book.agreements[book.terms[book.clients[client].agreement][-1]]


def replay(requests: Iterable[Request], trial: Trial, since: datetime, until: datetime) -> Replay:
    """Measure the requests of the clients concerned anew; `since` and `until` are only told."""
    clients = trial.clients
    count, unknown = 0, 0
    tallies: dict[tuple[str, str], Counter[str]] = {}
    changed: list[Fared] = []
    for request in requests:
        if request.client not in clients:
            continue
        count += 1
        for one in _fared(request, trial):
            if one is None:
                unknown += 1
                continue
            tally = tallies.setdefault((one.metric, one.target), Counter())
            tally.update({f"before {one.before}": 1, f"after {one.after}": 1})
            changed += [one] if one.changed else []
    rows = sorted(tallies.items(), key=lambda item: (METRICS.index(item[0][0]), item[0][1]))
    return Replay(
        since, until, clients, count, tuple(_attained(*key, tally) for key, tally in rows), tuple(changed), unknown
    )


def _attained(metric: str, target: str, tally: Counter[str]) -> Attainment:
    met, missed = tally[f"before {Verdict.MET}"], tally[f"before {Verdict.MISSED}"]
    draft_met, draft_missed = tally[f"after {Verdict.MET}"], tally[f"after {Verdict.MISSED}"]
    return Attainment(metric, target, met, met + missed, draft_met, draft_met + draft_missed)


def _fared(request: Request, trial: Trial) -> Iterator[Fared | None]:
    """Each promise that was made or would have been; None for one that no clock of the request can tell of."""
    targets = {t.id: t for t in _promised(trial.draft, request.client).targets if t.metric not in WINDOWS}
    judged = [t for t in request.timers if t.metric not in WINDOWS]
    for timer in judged:
        target = targets.get(timer.target)
        if target is None or target.metric != timer.metric:
            yield _as(request, timer, timer.verdict, None)
        else:
            yield _measured(request, timer, target, trial)
    known = {t.target for t in judged}
    for target in targets.values():
        if target.id in known:
            continue
        alike = {t.cycle: t for t in judged if t.metric == target.metric}
        if not alike and target.metric in EFFECTS["submit"]:
            yield None
        for timer in alike.values():
            yield replace(
                _measured(request, replace(timer, target=target.id, verdict=None), target, trial), before=None
            )


def _measured(request: Request, timer: Timer, target: Target, trial: Trial) -> Fared:
    rank = _rank(timer, request, trial)
    calendar = trial.draft.calendars[target.measured_by(rank)]
    goal = _goal(request, timer, target, rank, calendar, trial)
    was = trial.base.calendars.get(timer.calendar)
    if was is not None and timer.verdict is not None and _verdict(timer, was, trial.now) is not timer.verdict:
        return _as(request, timer, timer.verdict, timer.verdict)  # a breach before the goal was moved: it stays one
    drafted = replace(timer, goal=goal, calendar=calendar.name)
    due = why.due_of(drafted, calendar)
    return _as(request, timer, timer.verdict, _verdict(drafted, calendar, trial.now), due)


def _goal(
    request: Request, timer: Timer, target: Target, rank: Priority, calendar: Calendar, trial: Trial
) -> timedelta:
    """The goal that this run would have come to under the draft."""
    goal = target.goals[rank]
    agreement = trial.pinned.get(request.agreement)
    named = clocks.target_of(timer, agreement) if agreement else None
    if timer.merged_due is not None:  # the earlier of two dues: it moves as the goals of the agreement move
        return max(timer.goal + goal - named.goals[rank], sla.ZERO) if named else timer.goal
    if timer.cycle > 1 and timer.metric not in AFRESH:
        goal = max(goal - clocks.spent_before(timer, request, calendar, trial.now), target.floor)
    was = trial.base.calendars.get(timer.calendar)
    if timer.graced_until is not None and was is not None:
        tightened = was.subtract(timer.graced_until, named.grace if named else GRACE)
        goal = max(goal, sla.elapsed(timer, calendar, tightened) + target.grace)
    return goal


def _rank(timer: Timer, request: Request, trial: Trial) -> Priority:
    """The priority by which a clock was measured: one that had ended kept its goal when the priority changed."""
    agreement = trial.pinned.get(request.agreement)
    ranks = sorted(Priority, key=lambda rank: rank is not request.priority)
    named = clocks.target_of(timer, agreement) if agreement else None
    fits = (rank for rank in ranks if named is not None and named.goals[rank] == timer.goal)
    return next(fits, request.priority)


def _verdict(timer: Timer, calendar: Calendar, now: datetime) -> Verdict | None:
    """What its spans give: missed as soon as it ran beyond its due time, met when it stopped before."""
    if timer.state is ClockState.CANCELLED:
        return None
    due = sla.due(timer, calendar)
    ends = [s.to_at for s in timer.segments if s.running]
    if due is not None and any(due <= now if end is None else due < end for end in ends):
        return Verdict.MISSED
    return Verdict.MET if timer.state is ClockState.STOPPED else None


def _as(
    request: Request, timer: Timer, before: Verdict | None, after: Verdict | None, due: datetime | None = None
) -> Fared:
    return Fared(request.number, request.title, timer.metric, timer.target, timer.cycle, before, after, due)
