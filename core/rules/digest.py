"""Digests: in which section of it a request stands for a client, a team, a colleague or a manager, by delay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.model.request import OPEN, Request, Status, Verdict
from core.model.told import DigestLine, Standing
from core.rulebook.values import Ladder
from core.rules.metrics import FACING_CLIENT, WINDOWS

#: Who is told of which sections of what is open.
_WANTED = {
    "team": ("overdue", "today", "unassigned", "snoozed"),
    "person": ("overdue", "today", "snoozed", "mine"),
    "duty": ("overdue", "unassigned", "left"),
}

Test = Callable[[Standing], bool]


def nearest_due(request: Request, *, client: bool) -> datetime | None:
    """The earliest due time of the running clocks that this reader sees; a window that closes by itself is nobody's hurry."""
    seen = (t for t in request.timers if t.metric in FACING_CLIENT or not client)
    return min((t.due_at for t in seen if t.due_at is not None and t.metric not in WINDOWS), default=None)


def by_delay(request: Request) -> tuple[bool, float]:
    """The order of lists: the nearest due first; what has no running clock comes last."""
    due = nearest_due(request, client=False)
    return (due is None, (due or request.opened_at).timestamp())


def is_overdue(request: Request, now: datetime) -> bool:
    due = nearest_due(request, client=False)
    return due is not None and due <= now


def is_escalated(request: Request, ladders: Mapping[str, Ladder]) -> bool:
    """Whether a clock that has not ended has reached a step after its goal: more than its lead has heard of it."""
    return any(
        not step.warns and bool(step.after) and any(id_ == step.id for id_, _ in timer.fired)
        for timer in request.timers
        if timer.is_active and timer.ladder in ladders
        for step in ladders[timer.ladder].steps
    )


def sections(
    kind: str, found: Sequence[Standing], now: datetime, zone: str, away: Collection[str] = ()
) -> dict[str, list[Standing]]:
    """Each request in the first section whose test it passes, the nearest due first; `today` is the reader's.

    Clients and teams are told of nothing private: their chats are read by all who are in them. Whoever comes on duty is
    told of what is in the hands of those who are `away`, too.
    """
    left = [one for one in found if kind in ("manager", "person") or not one.private]
    left.sort(key=lambda one: (one.due_at is None, one.due_at or one.opened_at))
    told: dict[str, list[Standing]] = {}
    for name, test in _tests(kind, now, zone, away).items():
        told[name] = [one for one in left if test(one)]
        left = [one for one in left if not test(one)]
    return told


def _tests(kind: str, now: datetime, zone: str, away: Collection[str]) -> Mapping[str, Test]:
    """What each reader is told of, in the order in which it matters to them."""
    today = now.astimezone(ZoneInfo(zone)).date()

    def on_this_day(at: datetime | None) -> bool:
        return at is not None and at.astimezone(ZoneInfo(zone)).date() == today

    def overdue(one: Standing) -> bool:
        return one.due_at is not None and one.due_at <= now

    match kind:
        case "client":
            return {
                "waiting": lambda r: r.status is Status.WAITING_CUSTOMER or r.offered,
                "resolved": lambda r: r.status is Status.RESOLVED,
                "open": lambda r: r.status in OPEN,
            }
        case "manager":
            return {
                "breaches": lambda r: r.missed or (overdue(r) and r.status in OPEN),
                "risk": lambda r: r.at_risk,
                "unhappy": lambda r: 0 < r.rating <= 2,
            }
    standing: Mapping[str, Test] = {
        "overdue": lambda r: overdue(r) and r.status in OPEN,
        "today": lambda r: on_this_day(r.due_at) and r.status in OPEN,
        "unassigned": lambda r: not r.assignee and r.status in OPEN,
        "snoozed": lambda r: on_this_day(r.snoozed_until) and r.status in OPEN,
        "mine": lambda r: r.status in OPEN,
        "left": lambda r: r.assignee in away and r.status in OPEN,
    }
    return {name: standing[name] for name in _WANTED[kind]}


def line(request: Request, *, client: bool) -> DigestLine:
    waiting = request.waiting_for if request.status is Status.WAITING_CUSTOMER and not request.missing else ""
    return DigestLine(
        request.number, request.title, request.client, request.status, request.priority, request.assignee,
        nearest_due(request, client=client), waiting, "" if client else _reason(request), request.id,
        request.item, request.missing if request.is_open else (),
    )  # fmt: skip


def _reason(request: Request) -> str:
    """Why a clock was missed, as far as the clocks tell; a sentence of the catalogue."""
    missed = {t.metric for t in request.timers if t.verdict is Verdict.MISSED and t.metric not in WINDOWS}
    if not missed:
        return ""
    if not request.assignee:
        return "nobody took it"
    return "taken, but not answered in time" if missed & {"ack", "frt", "nrt"} else "not solved in time"
