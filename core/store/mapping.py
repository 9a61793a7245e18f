"""Between values and rows: one generic codec for fields, one pair of functions a value.

A test proves that the names of each value's fields and of its table's columns agree.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum, IntEnum
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from core.model import Address, ClockState, Firing, Reasons, Remark, Request, Segment, Timer

Row = dict[str, Any]


class Kept(Protocol):
    """A row as it was read: its columns by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def freeze(value: Any) -> Any:
    """A value as JSON data; `thaw` is its inverse."""
    if type(value) in _READY:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Address):
        return str(value)
    if isinstance(value, Struct):
        kind: Any = type(value)
        return {name: freeze(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, frozenset):
        return sorted(freeze(v) for v in value)
    if isinstance(value, Mapping):
        return {str(freeze(k)): freeze(v) for k, v in value.items()}
    return [freeze(v) for v in value]


_READY = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def thaw(kind: Any, data: Any) -> Any:
    """The value of this type again."""
    return _thawer(kind)(data)


@cache
def _thawer(kind: Any) -> Callable[[Any], Any]:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = _thawer(next(a for a in args if a is not type(None)))
        return lambda data: None if data is None else inner(data)
    if origin in (tuple, frozenset):
        if origin is tuple and args[-1] is not Ellipsis:
            parts = [_thawer(a) for a in args]
            return lambda data: tuple(part(v) for part, v in zip(parts, data, strict=True))
        inner = _thawer(args[0])
        return lambda data: origin(inner(v) for v in data)
    if origin in (Mapping, dict):
        key, value = _thawer(args[0]), _thawer(args[1])
        return lambda data: {key(k): value(v) for k, v in data.items()}
    if kind in (date, datetime):
        return kind.fromisoformat  # type: ignore[no-any-return]
    if kind is timedelta:
        return lambda data: timedelta(seconds=data)
    if kind is Address:
        return Address.parse
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = get_type_hints(kind)
        readers = {f.name: _thawer(hints[f.name]) for f in fields(kind)}
        return lambda data: kind(**{k: readers[k](v) for k, v in data.items() if k in readers})
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return lambda data: kind(int(data))  # as a key of JSON it is a text
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda data: data


def _reasons(reasons: Reasons) -> Row:
    return {
        "impact": reasons.impact, "urgency": reasons.urgency, "impact_from": reasons.impact_from,
        "urgency_from": reasons.urgency_from, "cues": list(reasons.cues), "proposed": reasons.proposed,
        "impact_cue": reasons.impact_cue, "urgency_cue": reasons.urgency_cue,
    }  # fmt: skip


def request_row(request: Request) -> Row:
    row = dict(zip(_REQUEST, _request_parts(request), strict=True))
    row |= {
        "status": request.status.value, "priority": int(request.priority), "reasons": _reasons(request.reasons),
        "origin": str(request.origin), "missing": list(request.missing), "pending": freeze(request.pending),
        "supplied": freeze(request.supplied), "details": dict(request.details),
        "scope_steps": freeze(request.scope_steps) if request.scope_steps else [],
    }  # fmt: skip
    return row


def request_value(row: Kept, timers: tuple[Timer, ...]) -> Request:
    plain = {name: row[name] for name in _REQUEST}
    for name in ("status", "priority", "reasons", "origin", "missing", "supplied", "pending", "scope_steps"):
        plain[name] = _REQUEST_THAW[name](row[name])
    return Request(**plain, timers=timers)


def timer_row(timer: Timer) -> Row:
    """The timer, whosesoever it is, with its span that lasts: that one will change, the ended ones never do."""
    row = dict(zip(_TIMER, _timer_parts(timer), strict=True))
    lasting = lasts(timer.segments)
    row |= {
        "since": lasting.from_at if lasting else None, "reason": lasting.reason if lasting else "",
        "goal": round(timer.goal.total_seconds()), "state": timer.state.value,
        "extended_by": round(timer.extended_by.total_seconds()),
        "verdict": timer.verdict.value if timer.verdict else None,
        "strict_goal": None if timer.strict_goal is None else round(timer.strict_goal.total_seconds()),
        "strict_verdict": timer.strict_verdict.value if timer.strict_verdict else None,
    }  # fmt: skip
    return row


def timer_value(row: Kept, ended: tuple[Segment, ...], fired: frozenset[tuple[str, int]]) -> Timer:
    plain = {name: row[name] for name in _TIMER}
    for name in ("goal", "state", "verdict", "extended_by", "strict_goal", "strict_verdict"):
        plain[name] = _TIMER_THAW[name](row[name])
    running = plain["state"] is ClockState.RUNNING
    segments = (*ended, Segment(row["since"], None, running, row["reason"])) if row["since"] else ended
    return Timer(**plain, segments=segments, fired=fired)


def lasts(segments: tuple[Segment, ...]) -> Segment | None:
    """The span that has not ended: only the last can be one."""
    return segments[-1] if segments and segments[-1].to_at is None else None


def segment_row(ended: Segment, request: int, timer: int, n: int) -> Row:
    return {
        "request_id": request, "timer_id": timer, "n": n, "from_at": ended.from_at, "to_at": ended.to_at, "running": ended.running,
        "reason": ended.reason,
    }  # fmt: skip


def segment_value(row: Kept) -> Segment:
    return Segment(row["from_at"], row["to_at"], bool(row["running"]), row["reason"])


def firing_row(firing: Firing, request: int, decided_at: datetime) -> Row:
    return {
        "request_id": request, "timer_id": firing.timer, "cycle": firing.cycle, "step": firing.step,
        "repeat": firing.repeat, "reached_at": firing.reached_at, "decided_at": decided_at,
    }  # fmt: skip


def remark_row(remark: Remark, request: int, id_: int) -> Row:
    return {
        "id": id_, "request_id": request, "at": remark.at, "person": remark.person, "kind": remark.kind,
        "text": remark.text,
    }  # fmt: skip


def remark_value(row: Kept) -> Remark:
    return Remark(row["at"], row["person"], row["kind"], row["text"])


_REQUEST = tuple(f.name for f in fields(Request) if f.name != "timers")
_TIMER = tuple(f.name for f in fields(Timer) if f.name not in ("segments", "fired"))
_request_parts, _timer_parts = attrgetter(*_REQUEST), attrgetter(*_TIMER)
_REQUEST_THAW = {name: _thawer(hint) for name, hint in get_type_hints(Request).items()}
_TIMER_THAW = {name: _thawer(hint) for name, hint in get_type_hints(Timer).items()}
