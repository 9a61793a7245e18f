"""One transition of a request at an instant: its new state, and what that does to its clocks.

The pure heart of the engine. `move` needs nobody who asks and no chat: handlers call it once they know that somebody
may, and whoever wants to check the table of sla.md section 4 can drive it by the names of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from core.model.request import FINAL, ClockState, Request, Status
from core.rules import clocks, joining
from core.rules.context import Context

#: Where each transition leads; one that is not named leaves the state alone.
TO: Mapping[str, Status] = {
    "submit_incomplete": Status.WAITING_CUSTOMER, "prerequisites_accepted": Status.NEW,
    "found_incomplete": Status.WAITING_CUSTOMER, "approval_required": Status.WAITING_APPROVAL, "approval_granted": Status.NEW,
    "approval_refused": Status.DECLINED, "decline": Status.DECLINED,
    "acknowledge": Status.ACKNOWLEDGED, "start_work": Status.IN_PROGRESS, "ask_client": Status.WAITING_CUSTOMER,
    "client_answers": Status.IN_PROGRESS, "stop_waiting": Status.IN_PROGRESS, "supplier": Status.WAITING_SUPPLIER,
    "supplier_done": Status.IN_PROGRESS, "agree_date": Status.SCHEDULED, "submit_review": Status.IN_REVIEW,
    "review_fails": Status.IN_PROGRESS, "resolve": Status.RESOLVED, "accept": Status.CLOSED,
    "reopen": Status.IN_PROGRESS, "withdraw": Status.CANCELLED, "merge": Status.MERGED,
}  # fmt: skip

#: What is no longer so once a transition has happened.
_OVER: Mapping[str, Mapping[str, Any]] = {
    "prerequisites_accepted": {"missing": ()},
    "client_answers": {"waiting_for": ""},
    "stop_waiting": {"waiting_for": ""},
    "supplier_done": {"supplier": ""},
    "approval_granted": {"approver": ""},
    "approval_refused": {"approver": ""},
    "review_fails": {"review_level": 0},
    "resolve": {
        "snoozed_until": None,
        "waiting_for": "",
        "offered_at": None,
        "pending": None,
        "paused_for": "",
        "review_level": 0,
    },
    "unpause": {"paused_for": ""},
    "force_majeure_over": {"force_majeure": ""},
    "reopen": {"resolved_at": None, "closed_at": None, "rating": 0, "agreed_by": ""},
}


def move(request: Request, transition: str, ctx: Context, *, at: datetime | None = None, **changed: Any) -> Request:
    """The request after this transition. `changed` are facts that come with it, also another `status` than the table's.

    `at` is when it happened, if not now. The clocks' derived fields are those of before until `clocks.settled`.
    """
    status = changed.pop("status", TO.get(transition, request.status))
    since = request.status_since if status is request.status else ctx.now
    facts: dict[str, Any] = {**_OVER.get(transition, {}), **changed}
    if status in FINAL:
        facts.setdefault("closed_at", ctx.now)
    after = replace(request, status=status, status_since=since, **facts)
    match transition:
        case "correct":
            return joining.corrected(after, ctx)
        case "reopen":
            return _not_first_time_right(clocks.apply(after, transition, ctx, at))
        case _:
            return clocks.apply(after, transition, ctx, at)


def _not_first_time_right(request: Request) -> Request:
    """The verdict of what was resolved before stays, marked (sla.md 4)."""
    return replace(
        request,
        timers=tuple(
            replace(t, first_time_right=False) if t.metric == "ttr" and t.state is ClockState.STOPPED else t
            for t in request.timers
        ),
    )  # fmt: skip
