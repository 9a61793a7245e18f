"""A draft tried on the requests of a period: for the command line and for the manager's page. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core.model.request import Request
from core.model.told import Replay
from core.rulebook.load import draft
from core.rulebook.values import Agreement, Rulebook
from core.rules.replay import Trial, replay
from core.store import archive


def drafted(
    base: Rulebook, text: str, name: str, now: datetime, pinned: Mapping[str, Agreement] | None = None
) -> Trial:
    """The draft laid over the rulebook. `pinned` are older versions of agreements that `base` does not know.

    Raises BadRulebook with file, line and hint.
    """
    today = now.astimezone(ZoneInfo(base.zone)).date()
    return Trial(base, draft(text, name, base, today), {**base.agreements, **(pinned or {})}, now)


def replayed(
    connection: Connection, trial: Trial, first: date, last: date, shown: Callable[[Request], bool] = lambda _: True
) -> Replay:
    """The requests that were filed from the first to the last of these days, both counted, by the desk's own clock."""
    zone = ZoneInfo(trial.base.zone)
    since, until = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    filed = (request for request in archive.opened(connection, since, until) if shown(request))
    return replay(filed, trial, since, until)
