"""A period in figures: what was filed and solved, how promises were kept, how far from their goals clocks ended, and how
old what is open has become. Both tails of the gap are told: late, and far better than agreed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.told import Figures, Kept, Standing
from core.rules.metrics import METRICS

DAY = timedelta(days=1)
#: Upper ends of the bins of the gap: shares of the goal that a clock took. What took more is in the last.
SHARES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
#: The first bins are far better than agreed, those beyond the goal are late.
FAR_BETTER, IN_TIME = 1, 4
#: Upper ends of the bins of age; what is older is in the last.
AGES = (DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY)
PERIODS = {"daily": 7 * DAY, "weekly": 7 * DAY}


def begins(period: str, until: datetime, zone: str) -> datetime:
    """What a digest looks back on: the seven days before it, or the month."""
    if period != "monthly":
        return until - PERIODS[period]
    local = until.astimezone(ZoneInfo(zone))
    month, year = (local.month - 1, local.year) if local.month > 1 else (12, local.year - 1)
    days = (
        datetime(local.year, local.month, 1, tzinfo=ZoneInfo(zone)) - datetime(year, month, 1, tzinfo=ZoneInfo(zone))
    ).days
    return until - days * DAY


def figures(
    since: datetime,
    until: datetime,
    zone: str,
    *,
    filed: Sequence[datetime],
    solved: Sequence[datetime],
    verdicts: Iterable[tuple[str, bool]],
    shares: Sequence[float],
    ended: int,
    open_: Iterable[Standing],
) -> Figures:
    """`verdicts` are metric and whether it was kept; `shares` of the goals that the clocks took which were measured."""
    days: dict[str, list[int]] = {}
    day, last = since.astimezone(ZoneInfo(zone)).date(), until.astimezone(ZoneInfo(zone)).date()
    while day <= last:
        days[day.isoformat()] = [0, 0]
        day += DAY
    for n, moments in enumerate((filed, solved)):
        for at in moments:
            days.setdefault(at.astimezone(ZoneInfo(zone)).date().isoformat(), [0, 0])[n] += 1
    judged: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for metric, kept in verdicts:
        judged[metric] += 1
        met[metric] += kept
    gaps = [0] * (len(SHARES) + 1)
    for share in shares:
        gaps[bisect_left(SHARES, share)] += 1
    ages = [0] * (len(AGES) + 1)
    for one in open_:
        ages[bisect_left(AGES, until - one.opened_at)] += 1
    return Figures(
        since, until, len(filed), len(solved), tuple((name, *counts) for name, counts in sorted(days.items())),  # type: ignore[misc]
        tuple(Kept(metric, met[metric], judged[metric]) for metric in METRICS if judged[metric]), tuple(gaps),
        len(shares), ended, tuple(ages),
    )  # fmt: skip
