"""Digests: which open requests a client, a team or a manager is told of in the morning, in the order of delay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.model import ClockState, Digest, DigestLine, Request, Status, Verdict
from core.rulebook.values import Rulebook
from core.rules import sla
from core.rules.metrics import FACING_CLIENT, WINDOWS


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


def is_at_risk(request: Request, rulebook: Rulebook, now: datetime) -> bool:
    """Three quarters of a running goal are spent."""
    return any(
        timer.state is ClockState.RUNNING
        and timer.metric not in WINDOWS
        and sla.share(timer, rulebook.calendars[timer.calendar], now) >= sla.AT_RISK
        for timer in request.timers
    )


def for_client(client: str, requests: Sequence[Request], now: datetime) -> Digest:
    """Their open requests, what waits for them first; nothing private."""
    tests = {
        "waiting": lambda r: r.status is Status.WAITING_CUSTOMER or r.offered_at is not None,
        "resolved": lambda r: r.status is Status.RESOLVED,
        "open": lambda r: r.is_open,
    }
    return Digest("client", client, now, _sections([r for r in requests if not r.private], tests, client=True))


def for_team(team: str, requests: Sequence[Request], rulebook: Rulebook, now: datetime) -> Digest:
    """Overdue, due today, without anybody, coming back from a snooze today; `today` is the team's."""
    zone = ZoneInfo(rulebook.teams[team].zone)
    today = now.astimezone(zone).date()

    def on_this_day(at: datetime | None) -> bool:
        return at is not None and at.astimezone(zone).date() == today

    tests = {
        "overdue": lambda r: is_overdue(r, now),
        "today": lambda r: on_this_day(nearest_due(r, client=False)),
        "unassigned": lambda r: not r.assignee,
        "snoozed": lambda r: on_this_day(r.snoozed_until),
    }
    return Digest("team", team, now, _sections([r for r in requests if not r.private and r.is_open], tests))


def for_manager(person: str, requests: Sequence[Request], rulebook: Rulebook, now: datetime) -> Digest:
    """What was missed since yesterday or still is, with reasons; what is at risk; bad ratings; the load per person."""
    since = now - timedelta(days=1)

    def missed(request: Request) -> bool:
        recent = any(t.breached_at and t.breached_at > since and t.metric not in WINDOWS for t in request.timers)
        return recent or (request.is_open and is_overdue(request, now))

    tests = {
        "breaches": missed,
        "risk": lambda r: r.is_open and is_at_risk(r, rulebook, now),
        "unhappy": lambda r: bool(0 < r.rating <= 2 and r.last_event_at and r.last_event_at > since),
    }
    load: dict[str, int] = {}
    for request in requests:
        if request.is_open:
            load[request.assignee] = load.get(request.assignee, 0) + 1
    return Digest("manager", person, now, _sections(requests, tests), dict(sorted(load.items(), key=lambda i: -i[1])))


def _sections(
    requests: Sequence[Request], tests: dict[str, Callable[[Request], bool]], *, client: bool = False
) -> dict[str, tuple[DigestLine, ...]]:
    """Each request stands in the first section whose test it passes."""
    left = sorted(requests, key=by_delay)
    sections: dict[str, tuple[DigestLine, ...]] = {}
    for name, test in tests.items():
        sections[name] = tuple(_line(r, client=client) for r in left if test(r))
        left = [r for r in left if not test(r)]
    return sections


def _line(request: Request, *, client: bool) -> DigestLine:
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
