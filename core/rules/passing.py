"""Time passes: which checkpoints of a request were reached, who is told, and what closes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core import events as ev
from core.events import Event
from core.model.request import ClockState, Firing, Remark, Request, Status, Timer
from core.model.sending import Delivery
from core.rules import clocks, followup, known, ladder, routing, scope, sla
from core.rules.context import Context, Decision
from core.rules.metrics import WINDOWS
from core.rules.transitions import move


def time_reached(request: Request, ctx: Context) -> Decision:
    """Record every checkpoint that was reached, and stamp breaches when they were due.

    The gravest of a clock is what happened; each person that the reached rungs name hears of the gravest of theirs.
    """
    timers: list[Timer] = []
    firings: list[Firing] = []
    spoken: list[_Spoken] = []
    over: list[str] = []
    for timer in request.timers:
        if not sla.may_have_reached(timer, ctx.now):
            timers.append(timer)
            continue
        ruler = clocks.ruler(timer, request, ctx.rulebook)
        crossed = sla.reached(timer, ruler, ctx.now)
        fired = timer.fired | {(c.step.id, c.repeat) for c in crossed}
        said: _Spoken | None = None
        late = timer.state is ClockState.RUNNING and timer.due_at is not None and timer.due_at <= ctx.now
        if late and timer.metric in WINDOWS and timer.due_at is not None:
            over.append(timer.metric)
            due_at = timer.due_at  # its end is no breach of ours; that the client did not answer is theirs
            missed = timer.metric == "cwt" or followup.is_answer(timer)
            timer = sla.stop(sla.breach(timer) if missed else timer, due_at, ruler.calendar)
        elif crossed and _speaks(timer, request):
            said = _spoken(request, timer, ruler, crossed, ctx)
            spoken.append(said)
        mine = [Firing(timer.id, timer.cycle, c.step.id, c.repeat, c.at, said.told(c) if said else ()) for c in crossed]
        firings += mine
        heard = timer.told | {(firing.step, person) for firing in mine for person in firing.told}
        timers.append(replace(sla.breach(timer) if late and timer.is_active else timer, fired=fired, told=heard))
    after = replace(request, timers=tuple(timers))
    happened: tuple[Event, ...] = tuple(_said(one.timer, one.crossed, one.known) for one in spoken)
    for metric in over:
        after, event = _OVER[metric](after, ctx)
        happened = (*happened, event)
    after = clocks.settled(after, ctx, but=request.timers)
    if not happened and not firings:
        return Decision(after, (), before=request)
    after = replace(after, version=request.version + 1)
    if happened:
        after = replace(after, last_event=type(happened[-1]).__name__, last_event_at=ctx.now, last_event_by="")
    notices = [notice for one in spoken for notice in _notices(after, one, ctx)]
    return Decision(
        after, happened, (*routing.told(after, happened, ctx.directory, ctx.now), *notices), firings=tuple(firings),
        before=request, remarks=tuple(_remarks(happened, ctx)),
    )  # fmt: skip


def _speaks(timer: Timer, request: Request) -> bool:
    """Of the targets of one metric only the governing one; a window ends without a word before, but the client's."""
    of_interest = timer.metric not in WINDOWS or timer.metric == "cwt"
    return of_interest and sla.governing(request.timers, timer.metric) is timer


def _remarks(happened: Iterable[Event], ctx: Context) -> Iterable[Remark]:
    """That it went back to the queue stands in its conversation, too."""
    for event in happened:
        if isinstance(event, ev.ReturnedToQueue):
            yield Remark(ctx.now, event.unanswered, "unanswered", "")


def _accepted(request: Request, ctx: Context) -> tuple[Request, Event]:
    """Silence accepts."""
    return move(request, "accept", ctx), ev.Closed(by="", how="window")


def _unanswered(request: Request, ctx: Context) -> tuple[Request, Event]:
    """The client gave no answer: work goes on without it, or the request ends, as the agreement says.

    At intake there is nothing to go on with: what is needed never came.
    """
    agreement = ctx.rulebook.agreements[request.agreement]
    if request.missing or agreement.after_wait == "cancel":
        return move(request, "withdraw", ctx, waiting_for=""), ev.Cancelled(by="", unanswered=True)
    if request.scope == "quoted":
        status = Status.IN_PROGRESS if request.assignee else Status.NEW
        after = scope.noted(move(request, "stop_waiting", ctx, status=status), "lapsed", "", ctx)
        return after, ev.QuoteRefused(by="", text="")
    return move(request, "stop_waiting", ctx), ev.Resumed(by="", was=Status.WAITING_CUSTOMER.value)


def _held_too_long(request: Request, ctx: Context) -> tuple[Request, Event]:
    """A pause by hand ends by itself."""
    return move(request, "unpause", ctx), ev.Resumed(by="", was="paused")


#: window -> what its end brings
_OVER: Mapping[str, Callable[[Request, Context], tuple[Request, Event]]] = {
    "acc": _accepted,
    "cwt": _unanswered,
    "hld": _held_too_long,
    "fup": followup.over,
}


def _said(timer: Timer, crossed: Sequence[sla.Checkpoint], knew: Iterable[str]) -> ev.Reached:
    """The gravest of what was reached; the rungs before it that would have been said are counted."""
    gravest = crossed[-1]
    kind = "reminder" if gravest.step.warns else "escalation" if gravest.step.after or gravest.repeat else "breach"
    due = timer.due_at or gravest.at
    return ev.Reached(
        kind, timer.metric, timer.target, gravest.step.id, gravest.repeat, gravest.step.percent, due, gravest.at,
        sum(1 for c in crossed[:-1] if c.step.who),  # steps that only move the card were not said
        round(gravest.step.every.total_seconds()) if gravest.repeat and gravest.step.every else 0, tuple(knew),
    )  # fmt: skip


class _Spoken(Struct, frozen=True):
    """The rungs of one clock that were reached: for each person those that name them, or which was no news, and why."""

    timer: Timer
    crossed: Sequence[sla.Checkpoint]
    heard: Mapping[str, Sequence[sla.Checkpoint]]
    known: Mapping[str, tuple[sla.Checkpoint, str]]
    asleep: frozenset[str]

    def told(self, checkpoint: sla.Checkpoint) -> tuple[str, ...]:
        """One message per person, of the gravest rung that names them."""
        return tuple(person for person, rungs in self.heard.items() if rungs[-1] is checkpoint)


def _spoken(
    request: Request, timer: Timer, ruler: sla.Ruler, crossed: Sequence[sla.Checkpoint], ctx: Context
) -> _Spoken:
    """Whom the rungs name now; a warning of what is overdue already helps nobody, nor does what they know."""
    overdue = timer.due_at is not None and timer.due_at <= ctx.now
    heard: dict[str, list[sla.Checkpoint]] = {}
    knew: dict[str, tuple[sla.Checkpoint, str]] = {}
    asleep: set[str] = set()
    for one in crossed:
        if (overdue and one.step.warns) or ladder.unless(one.step, request, ctx.directory):
            continue
        named = ladder.hearers(request, one.step, timer.metric, ctx.directory, ctx.now, urgent=_urgent(one, timer, ctx))
        for hearer in ladder.still_to_tell(named, one.step, one.repeat, timer):
            if why := known.why(hearer.person, one, timer, ruler, request, ctx.directory, ctx.now):
                knew[hearer.person] = (one, why)
                continue
            heard.setdefault(hearer.person, []).append(one)
            if hearer.why == ladder.ASLEEP:
                asleep.add(hearer.person)
    spared = {person: one for person, one in knew.items() if person not in heard}
    return _Spoken(timer, crossed, heard, spared, frozenset(asleep))


def _notices(request: Request, spoken: _Spoken, ctx: Context) -> Iterable[Delivery]:
    timer = spoken.timer
    for one in spoken.crossed:
        key = f"{request.id}:{timer.id}:{timer.cycle}:{one.step.id}:{one.repeat}"
        if people := spoken.told(one):
            said = _said(timer, max((spoken.heard[person] for person in people), key=len), ())
            opens = {p: ladder.opens(one.step, p, request, ctx.directory, ctx.now) for p in people}
            urgent = frozenset(people) - spoken.asleep if _urgent(one, timer, ctx) else frozenset[str]()
            yield from routing.firings(
                request, said, key, people, one.step.important, ctx.directory, ctx.now, urgent=urgent, opens=opens
            )
        if knew := {person: why for person, (rung, why) in spoken.known.items() if rung is one}:
            yield from routing.withheld(request, _said(timer, (one,), ()), key, knew)


def _urgent(one: sla.Checkpoint, timer: Timer, ctx: Context) -> bool:
    return one.step.important or known.never_rests(timer, ctx.rulebook, ctx.now)
