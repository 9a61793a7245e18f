"""Rationed urgency: how many P1 a client may call in a period, out of what the teams can carry.

A P1 that a client files takes one unit of the period in which it is filed. None is taken by a matter of safety, by what
the team makes P1 of its own judgement, by a granted exception. The unit goes back when the filing is undone, when it is
withdrawn before anybody took it, declined or merged, and when the team lowers it, which says that it was none; it stays
spent on what was worked on. When none is left, a request stands at P2 until its client lowers another P1 of this period
for it, raises it once a unit is free again, or the lead grants an exception.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from core.model.request import Priority, Reasons, Request
from core.rulebook.values import Agreement, Allowance
from core.rules.context import Context
from core.rules.criteria import SAFETY_FACT
from core.rules.cues import SAFETY

#: States of a request that stands at P2 for want of a unit: none was left, or its client gave it to another.
HELD_BACK = frozenset({"spent", "asked", "refused", "demoted"})


def begins(allowance: Allowance, at: datetime, zone: str) -> datetime:
    """The first instant of the period in which `at` lies, by the client's calendar days."""
    return _first(allowance, at, zone).astimezone(at.tzinfo)


def ends(allowance: Allowance, at: datetime, zone: str) -> datetime:
    """The first instant of the next period: then all units are there again."""
    first = _first(allowance, at, zone)
    later = first + {"day": 1, "week": 7, "month": 31, "quarter": 92}[allowance.per] * timedelta(days=1)
    return _first(allowance, later.replace(hour=12), zone).astimezone(at.tzinfo)


def _first(allowance: Allowance, at: datetime, zone: str) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    day = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    match allowance.per:
        case "day":
            return day
        case "week":
            return (day - timedelta(days=day.weekday())).replace(hour=0)
        case "month":
            return day.replace(day=1)
        case _:
            return day.replace(day=1, month=day.month - (day.month - 1) % 3)


def is_safety(reasons: Reasons) -> bool:
    """By the words that were heard, or by the fact that states it."""
    said = (reasons.impact_cue, reasons.urgency_cue)
    return any(cue in SAFETY or cue.startswith(SAFETY_FACT) for cue in said)


def rationed(client: str, agreement: Agreement, reasons: Reasons, ctx: Context) -> tuple[Priority, str, int]:
    """What a P1 of this client comes to now: the priority at which it stands, how, and the units left after it.

    Asks for one count, and for none where nothing is rationed.
    """
    allowance = agreement.allowance
    if allowance is None:
        return Priority.P1, "", 0
    if is_safety(reasons):
        return Priority.P1, "safety", 0
    left = allowance.p1 - ctx.used(client, since(client, allowance, ctx))
    return (Priority.P1, "taken", left - 1) if left > 0 else (Priority.P2, "spent", 0)


def since(client: str, allowance: Allowance, ctx: Context) -> datetime:
    return begins(allowance, ctx.now, ctx.rulebook.clients[client].zone)


def renewed(request: Request, allowance: Allowance, now: datetime, zone: str) -> bool:
    """Whether what was held back stands in a later period than its own: then there may be a unit for it."""
    return request.ration in HELD_BACK and begins(allowance, now, zone) > begins(allowance, request.opened_at, zone)


def given_back(request: Request) -> Request:
    """The request without its unit, if it has one."""
    return replace(request, ration="returned", charged_at=None) if request.charged_at else request


def lowerable(request: Request, ctx: Context) -> bool:
    """Whether lowering it frees a unit of the present period: one that is open and took one of it."""
    allowance = ctx.rulebook.agreements[request.agreement].allowance
    charged = request.charged_at
    if allowance is None or charged is None or not request.is_open or request.priority is not Priority.P1:
        return False
    return charged >= since(request.client, allowance, ctx)
