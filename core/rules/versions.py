"""Versions of a calendar: a changed one rules from now on, or from its stated day; what lay before stays as it was.

Versions are only ever added. Each, when it is added, rules from its `valid_from` on in place of whatever was to rule
then; so the past is measured under what ruled in the past (sla.md 4, rulings.md 7 and 16).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from core.rules.calendar import CalendarVersion

Versions = tuple[CalendarVersion, ...]

_ALWAYS = datetime.min.replace(tzinfo=UTC)


def ruling(added: Iterable[CalendarVersion]) -> Versions:
    """The versions that rule, in order of `valid_from`, from all that were ever added, in order of adding."""
    found: Versions = ()
    for version in added:
        found = (*(one for one in found if _begin(one) < _begin(version)), version)
    return found


def to_add(there: Versions, wanted: Versions, now: datetime) -> Versions:
    """What has to be added for `wanted` to rule from now on, or from the day that it states; nothing if it does.

    `there` are the versions that rule so far. A day in the past is heard once: when its version is changed afterwards,
    the change begins now. Raises ValueError on a naive `now`.
    """
    if now.utcoffset() is None:
        raise ValueError(f"naive datetime {now!r}: a version begins at an instant")
    begun = [n for n, version in enumerate(wanted) if _begin(version) <= now]
    first, later = wanted[begun[-1] if begun else 0], wanted[begun[-1] + 1 if begun else 1 :]
    heard = first.valid_from is None or (first.valid_from <= now and first.valid_from in {v.valid_from for v in there})
    if heard:
        first = replace(first, valid_from=now)
    new = (first, *later)
    since = _begin(first)
    return () if _from(there, since) == _from(ruling((*there, *new)), since) else new


def _from(versions: Sequence[CalendarVersion], since: datetime) -> list[CalendarVersion]:
    """What rules from an instant on: the version that rules then, as if it began there, and those that follow."""
    begun = [version for version in versions if _begin(version) <= since][-1:]
    later = [version for version in versions if _begin(version) > since]
    return [*(replace(version, valid_from=since) for version in begun), *later]


def _begin(version: CalendarVersion) -> datetime:
    return version.valid_from or _ALWAYS
