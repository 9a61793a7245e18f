"""A row of the transition table, applied to the clocks of a request; and what each of them is measured with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from core.model.request import SCOPE_OPEN, ClockState, Priority, Request, Segment, Status, Timer
from core.rulebook.values import GRACE, Agreement, Rulebook, Target
from core.rules import sla
from core.rules.calendar import Calendar
from core.rules.context import Context
from core.rules.instants import aware
from core.rules.metrics import AFRESH, EFFECTS, REASONS

#: How long a pause by hand lasts at most, in working time of the agreement (rulings.md 5: reason and cap).
PAUSE_LIMIT = timedelta(hours=24)

#: The ladder of the client's own clock: they are reminded three times before it runs out.
CLIENT_LADDER = "waiting"

#: The transition that paused what pauses in a state: pausing is a property of the state (sla.md 8.5).
_INTO: dict[Status, str] = {
    Status.WAITING_APPROVAL: "approval_required", Status.WAITING_CUSTOMER: "ask_client",
    Status.WAITING_SUPPLIER: "supplier", Status.SCHEDULED: "agree_date", Status.IN_REVIEW: "submit_review",
}  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def apply(request: Request, transition: str, ctx: Context, at: datetime | None = None) -> Request:
    """Apply a row of the transition table to a request that is in its new state already.

    Stops come before pauses, so that a reply that also waits is met (sla.md 8.8). `at` is when it happened, where
    that is not now: a client's answer counts from the time of the message.
    """
    at = aware(at or ctx.now)
    effects = EFFECTS[transition]
    agreement = ctx.rulebook.agreements[request.agreement]
    move = _Move(transition, request, agreement, ctx, at)
    timers = tuple(move.moved(t, effects.get(t.metric, "")) for t in request.timers)
    latest = {(t.metric, t.target): t.id for t in request.timers}.values()
    fresh = [
        move.renewed(was, now)
        for was, now in zip(request.timers, timers, strict=True)
        if effects.get(was.metric) == "N" and was.id in latest and was.state is not ClockState.CANCELLED
    ]
    started = [
        move.started(target, effects[target.metric])
        for target in targets(agreement)
        if effects.get(target.metric) in ("S", "A") and not _idle(target.metric, timers)
    ]
    return replace(request, timers=(*timers, *(move.held(t) for t in (*fresh, *started))))


def held(request: Request, metric: str, agreement: Agreement) -> str:
    """Why the clocks of this metric have to wait as the request stands; empty if they may run."""
    begun = any(t.metric == "ttr" and t.is_active and t.state is not ClockState.ARMED for t in request.timers)
    intake = request.status is Status.WAITING_CUSTOMER and request.missing and not begun
    into = _INTO.get(request.status, "") if not intake else ""
    causes = (
        into, "pause" if request.paused_for else "", "force_majeure" if request.force_majeure else "",
        "scope_asked" if request.scope in SCOPE_OPEN else "",
    )  # fmt: skip
    for cause in filter(None, causes):
        effect = EFFECTS[cause].get(metric)
        if effect == "P" or (effect == "p" and agreement.supplier_pauses):
            return REASONS[cause]
    return ""


class _Move(Struct, frozen=True):
    """One transition of one request at one instant."""

    transition: str
    request: Request
    agreement: Agreement
    ctx: Context
    at: datetime

    def moved(self, timer: Timer, effect: str) -> Timer:
        calendar = self.ctx.rulebook.calendars[timer.calendar]
        match effect:
            case "X" | "N" if timer.is_active:
                return sla.stop(timer, self.at, calendar)
            case "S":
                return self.held(sla.begin(timer, self.at))
            case "P":
                return sla.pause(timer, self.at, REASONS[self.transition])
            case "p" if self.agreement.supplier_pauses:
                return sla.pause(timer, self.at, REASONS[self.transition])
            case "R":
                return sla.resume(timer, self.at, held(self.request, timer.metric, self.agreement))
            case "C":
                return sla.cancel(timer, self.at)
            case "K":
                return sla.carry_on(timer)
            case "T":
                target = target_of(timer, self.agreement)
                return self.retargeted(timer, target) if target else timer
            case "D" if self.request.offered_at is not None:
                return sla.agree(timer, self.at, self.request.offered_at)
            case _:
                return timer

    def held(self, timer: Timer) -> Timer:
        """What begins in a state that pauses it waits from the first instant."""
        reason = held(self.request, timer.metric, self.agreement)
        return sla.pause(timer, self.at, reason) if reason else timer

    def started(self, target: Target, effect: str) -> Timer:
        rank = self.request.priority
        id_, goal, calendar = self.ctx.new_id(), target.goals[rank], target.measured_by(rank)
        if effect == "A":
            return sla.arm(id_, target, goal, calendar=calendar)
        return sla.start(id_, target, goal, self.at, calendar=calendar)

    def renewed(self, was: Timer, now: Timer) -> Timer:
        """The next cycle of a clock: with the remainder, or afresh."""
        target, rank = target_of(was, self.agreement), self.request.priority
        if was.metric in AFRESH and target is not None:
            goal, calendar = target.goals[rank], target.measured_by(rank)
            return sla.start(self.ctx.new_id(), target, goal, self.at, was.cycle + 1, calendar)
        floor = target.floor if target is not None else GRACE
        return sla.again(now, self.ctx.new_id(), self.at, floor, self.ctx.rulebook.calendars[was.calendar])

    def retargeted(self, timer: Timer, target: Target) -> Timer:
        rank = self.request.priority
        calendar = self.ctx.rulebook.calendars[target.measured_by(rank)]
        goal = max(target.goals[rank] - spent_before(timer, self.request, calendar, self.at), timedelta(0))
        return sla.retarget(timer, target, goal, self.at, target.grace, calendar)


def spent_before(timer: Timer, request: Request, calendar: Calendar, now: datetime) -> timedelta:
    """What earlier cycles used up of the goal whose remainder this cycle carries."""
    if timer.metric in AFRESH:
        return timedelta(0)
    line = (t for t in request.timers if (t.metric, t.target) == (timer.metric, timer.target))
    earlier = (t for t in line if t.cycle < timer.cycle and t.state is not ClockState.CANCELLED)
    return sum((sla.elapsed(t, calendar, now) for t in earlier), timedelta(0))


def target_of(timer: Timer, agreement: Agreement) -> Target | None:
    """What the agreement promises by this clock; None if it no longer does."""
    return next((t for t in targets(agreement) if (t.metric, t.id) == (timer.metric, timer.target)), None)


def targets(agreement: Agreement) -> tuple[Target, ...]:
    """The agreement's targets, and the windows that every agreement has: they are clocks like the others."""
    windows = (
        Target("acceptance", "acc", dict.fromkeys(Priority, agreement.acceptance), agreement.calendar, ""),
        Target("answer", "cwt", dict.fromkeys(Priority, agreement.client_wait), agreement.calendar, CLIENT_LADDER),
        Target("hold", "hld", dict.fromkeys(Priority, PAUSE_LIMIT), agreement.calendar, ""),
    )
    named = {target.metric for target in agreement.targets}
    return (*agreement.targets, *(window for window in windows if window.metric not in named))


def _idle(metric: str, timers: tuple[Timer, ...]) -> bool:
    """A clock that runs is not started again; the next response never before the first (sla.md 8.7)."""
    active = {t.metric for t in timers if t.is_active}
    return metric in active or (metric == "nrt" and "frt" in active)


# ---- filing, the short way


class _Start(Struct, frozen=True, eq=False):
    """A clock that begins when a request is filed: what it is measured with, and the rung it comes to first."""

    target: Target
    goal: timedelta
    calendar: Calendar
    step: str
    position: timedelta


def begun(agreement: Agreement, rank: Priority, team: str, ctx: Context) -> tuple[Timer, ...]:
    """The clocks of a request that is filed now: what `apply("submit")` and `settled` would make of it, in one step."""
    plans = ctx.rulebook.derived  # the same for every request of this priority
    key = ("begun", agreement.key, rank, team)
    if key not in plans:
        plans[key] = tuple(_starts(agreement, rank, team, ctx.rulebook))
    return _begin(plans[key], ctx.now)


def _starts(agreement: Agreement, rank: Priority, team: str, rulebook: Rulebook) -> Iterator[_Start]:
    for target in targets(agreement):
        if EFFECTS["submit"].get(target.metric) == "S":
            goal = target.goals[rank]
            timer = sla.start(0, target, goal, _EPOCH, calendar=target.measured_by(rank))
            scale = sla.Ruler.of(timer, rulebook.ladders, rulebook.calendars, rulebook.teams[team].calendar)
            yield _Start(target, goal, scale.calendar, *sla.first_rung(timer, scale))


@lru_cache(maxsize=256)
def _begin(plans: tuple[_Start, ...], now: datetime) -> tuple[Timer, ...]:
    """The very same clocks for all that is filed at one instant, as a batch is: they are unique on their request only."""
    return tuple(
        Timer(
            id=n, metric=plan.target.metric, target=plan.target.id, goal=plan.goal, calendar=plan.calendar.name,
            ladder=plan.target.ladder, cycle=1, state=ClockState.RUNNING, segments=(Segment(now, None, running=True),),
            due_at=plan.calendar.add(now, plan.goal), next_at=plan.calendar.add(now, plan.position), next_step=plan.step,
        )
        for n, plan in enumerate(plans, start=1)
    )  # fmt: skip


# ---- what each is measured with


def opening(timer: Timer, calendar: Calendar) -> datetime | None:
    """From when a clock counts that began outside hours; None for one that counts from its start."""
    return _opening(calendar, timer.segments[0].from_at)


@lru_cache(maxsize=256)
def _opening(calendar: Calendar, began: datetime) -> datetime | None:
    return None if calendar.is_open(began) else calendar.next_opening(began)


def settled(request: Request, ctx: Context, but: Collection[Timer] = ()) -> Request:
    """Its clocks with what is derived from them; without those that stand as they were settled before."""
    stand = {id(timer) for timer in but}
    timers = (t if id(t) in stand else sla.settle(t, ruler(t, request, ctx.rulebook)) for t in request.timers)
    return replace(request, timers=tuple(timers))


def ruler(timer: Timer, request: Request, rulebook: Rulebook) -> sla.Ruler:
    """What this timer is measured with; repeats run in the working time of its team (rulings.md 4)."""
    return sla.Ruler.of(timer, rulebook.ladders, rulebook.calendars, rulebook.teams[request.team].calendar)
