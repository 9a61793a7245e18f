"""What somebody knows already, and is not pinged with again: one loud message per request, person and step (chat.md 1.1).

While nobody has acknowledged a request, its clocks all warn of one thing, that nobody has taken it: a person is warned by
whichever comes first, and that it is overdue is said of the acknowledgement or of the first response, not of both. That the
solution is overdue is news, and so is all else once it is taken: then each clock asks something of its own. A repeat tells
nothing that a repeat of another clock has not told, or the reader's own digest meanwhile. What runs round the clock speaks
for itself: who may think that it waits until Monday does not know that it does not. Two warnings of one clock within five
minutes are one. Only clocks that still run count, since whoever acted has stopped theirs: from then on all is news again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.model.request import ClockState, Request, Status, Timer
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook, Step
from core.rules import schedule, sla
from core.rules.calm import BETWEEN, Why
from core.rules.metrics import WINDOWS

#: Clocks that wait for the word of one person, and of nobody else.
_THEIR_OWN = frozenset({*WINDOWS, "apr", "rev"})
#: Clocks that are over once somebody has looked at it and answered.
_ANSWERS = frozenset({"ack", "frt"})


def why(
    person: str,
    reached: sla.Checkpoint,
    timer: Timer,
    ruler: sla.Ruler,
    request: Request,
    directory: Directory,
    now: datetime,
) -> str:
    """Why this rung tells the person nothing new: `known`, `digest` (which has told it since); empty if it does."""
    if reached.repeat and _in_digest(person, reached, timer, ruler, directory, now):
        return Why.DIGEST.value
    if _just_warned(person, reached, timer, ruler):
        return Why.KNOWN.value
    gravity = _gravity(reached.step, reached.repeat)
    book = directory.rulebook
    others = _same_matter(reached, timer, request, book, now)
    return Why.KNOWN.value if any(h >= gravity for other in others for h in _heard(person, other, book)) else ""


def never_rests(timer: Timer, book: Rulebook, at: datetime) -> bool:
    """Whether its hours are the wall's: what is promised for the night is said in the night (rulings.md 9)."""
    version = book.calendars[timer.calendar].version(at)
    return version is not None and version.never_closes()


def untaken(request: Request) -> bool:
    """Whether all its clocks still ask that somebody takes it, be it assigned to somebody who has not looked."""
    waits = any(t.metric == "ack" and t.state is ClockState.RUNNING for t in request.timers)
    return waits or request.status is Status.NEW


def _in_digest(
    person: str, reached: sla.Checkpoint, timer: Timer, ruler: sla.Ruler, directory: Directory, now: datetime
) -> bool:
    """Whether their own digest has come since the last repeat: it lists what is overdue."""
    told = {c.repeat: c.at for c in sla.checkpoints(timer, ruler, (reached.step,))}
    last = schedule.last_morning_of(person, directory, now)
    return last is not None and told.get(reached.repeat - 1, now) < last


def _just_warned(person: str, reached: sla.Checkpoint, timer: Timer, ruler: sla.Ruler) -> bool:
    if not reached.step.warns or reached.step.important:
        return False
    told = [step for step in ruler.steps if step.warns and (step.id, person) in timer.told]
    return any(reached.at - BETWEEN < one.at < reached.at for one in sla.checkpoints(timer, ruler, told))


def _same_matter(
    reached: sla.Checkpoint, timer: Timer, request: Request, book: Rulebook, now: datetime
) -> Iterator[Timer]:
    """The running clocks that ask of the same people what this rung asks of them."""
    alone = timer.metric in _THEIR_OWN or not (reached.repeat or untaken(request))
    if alone or not (reached.repeat or reached.step.warns or timer.metric in _ANSWERS):
        return
    restless = never_rests(timer, book, now)
    for other in request.timers:
        beside = other.metric not in _THEIR_OWN if reached.repeat or reached.step.warns else other.metric in _ANSWERS
        runs = other.state is ClockState.RUNNING and other.id != timer.id
        if beside and runs and never_rests(other, book, now) is restless:
            yield other


def _heard(person: str, timer: Timer, book: Rulebook) -> Iterator[tuple[int, timedelta, int]]:
    """How grave the rungs of this clock were that the person was told of."""
    for step in book.ladders[timer.ladder].steps if timer.ladder else ():
        if (step.id, person) in timer.told:
            yield from (_gravity(step, n) for id_, n in timer.fired if id_ == step.id)


def _gravity(step: Step, repeat: int) -> tuple[int, timedelta, int]:
    """How grave a rung is beside those of other clocks: a warning is a warning."""
    return (0, timedelta(0), 0) if step.warns else (step.percent, step.after, repeat)
