"""What handlers share: their shape, and the questions that several of them ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.events import Event
from core.model.request import Request
from core.rules.calendar import Calendar
from core.rules.context import Context, Decision
from core.rules.transitions import move

#: The new state and what happened; with it, what the same command decides on other requests.
Outcome = tuple[Request, tuple[Event, ...]] | tuple[Request, tuple[Event, ...], tuple[Decision, ...]]
Handler = Callable[[Request, Any, Context], Outcome]
Simple = tuple[Request, tuple[Event, ...]]


def begun(request: Request, ctx: Context) -> Request:
    """Whoever asks, answers or solves has taken notice and works on it; the state is the caller's matter."""
    return move(request, "start_work", ctx, status=request.status)


def is_clients(request: Request, ctx: Context) -> bool:
    """Whether the actor speaks as the client: a colleague who filed it does, too."""
    return not ctx.actor.is_staff or ctx.actor.person == request.requester


def team_calendar(request: Request, ctx: Context) -> Calendar:
    return ctx.rulebook.calendars[ctx.rulebook.teams[request.team].calendar]
