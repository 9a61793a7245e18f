"""Whoever took a request is asked whether they are still on it, once part of what was left is gone (chat.md 1.8).

The clock is theirs and not the agreement's, so no transition moves it: after each decision it is held against how the
request then stands. Whoever acts is not asked, nor is anybody while the request waits. Without an answer it goes back to
the queue, once; the next time the lead is told.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from core import events as ev
from core.events import Event
from core.model.request import ClockState, Priority, Request, Status, Timer, Verdict
from core.rulebook.values import FollowUp, Target
from core.rules import sla
from core.rules.context import Context
from core.rules.transitions import move

METRIC = "fup"
#: Its two stretches: until it is asked, and for the answer.
ASK, ANSWER = "ask", "answer"

_WORKING = frozenset({Status.ACKNOWLEDGED, Status.IN_PROGRESS})


def followed(before: Request | None, after: Request, ctx: Context) -> Request:
    """The request with this clock as it has to be: begun anew for whoever just took it or did something, or none."""
    running = next((t for t in after.timers if t.metric == METRIC and t.is_active), None)
    usual = ctx.rulebook.teams[after.team].follow_up
    if usual is None or not _wanted(after):
        return _without(after, running, ctx)
    taken = before is None or before.assignee != after.assignee
    if running is not None and not taken and ctx.actor.person != after.assignee:
        return after
    return _asked_after(_without(after, running, ctx), usual, ctx)


def _wanted(request: Request) -> bool:
    free = not request.paused_for and not request.force_majeure
    return bool(request.assignee) and request.status in _WORKING and free


def _without(request: Request, running: Timer | None, ctx: Context) -> Request:
    if running is None:
        return request
    timers = tuple(sla.cancel(t, ctx.now) if t is running else t for t in request.timers)
    return replace(request, timers=timers)


def _asked_after(request: Request, usual: FollowUp, ctx: Context) -> Request:
    """A clock that runs until half of what is left is gone, not before a snooze is over; none where nothing is left."""
    solution = sla.governing(request.timers, "ttr") or next((t for t in request.timers if _runs(t)), None)
    if solution is None:
        return request
    calendar = ctx.rulebook.calendars[solution.calendar]
    asleep = timedelta(0)
    if request.snoozed_until is not None and request.snoozed_until > ctx.now:
        asleep = calendar.between(ctx.now, request.snoozed_until)
    left = sla.remaining(solution, calendar, ctx.now) - asleep
    if left <= timedelta(0) and not asleep:
        return request  # its ladder speaks now
    wait = asleep + max(usual.least, left * usual.share / 100)
    return _begun(request, ASK, wait, solution.calendar, ctx)


def _runs(timer: Timer) -> bool:
    return timer.metric == "ttr" and timer.state is ClockState.RUNNING


def _begun(request: Request, what: str, span: timedelta, calendar: str, ctx: Context) -> Request:
    cycle = 1 + sum(1 for t in request.timers if (t.metric, t.target) == (METRIC, what))
    target = Target(what, METRIC, dict.fromkeys(Priority, span), calendar, "")
    whole = timedelta(seconds=round(span.total_seconds()))
    return replace(request, timers=(*request.timers, sla.start(ctx.new_id(), target, whole, ctx.now, cycle)))


def is_answer(timer: Timer) -> bool:
    return (timer.metric, timer.target) == (METRIC, ANSWER)


def over(request: Request, ctx: Context) -> tuple[Request, Event]:
    """What its end brings: the question; without an answer back to the queue; the second time a word to the lead."""
    last = max((t for t in request.timers if t.metric == METRIC and t.stopped_at), key=lambda t: (t.stopped_at, t.id))
    usual = ctx.rulebook.teams[request.team].follow_up or FollowUp()
    if not is_answer(last):
        asked = _begun(request, ANSWER, usual.answer, last.calendar, ctx)
        until = ctx.rulebook.calendars[last.calendar].add(ctx.now, usual.answer)
        return asked, ev.StillAsked(request.assignee, until)
    if sum(1 for t in request.timers if is_answer(t) and t.verdict is Verdict.MISSED) > 1:
        return request, ev.NotAnswered(request.assignee)
    back = move(request, "unanswered", ctx, status=Status.NEW, assignee="", snoozed_until=None)
    return back, ev.ReturnedToQueue("", request.assignee)
