"""Between values and rows: one pair of functions a value, and one for values that are kept whole as JSON.

A test proves that the names of each value's fields and of its table's columns agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from msgspec import to_builtins
from msgspec.structs import asdict, fields

from core.model.again import value_of
from core.model.parties import Address, Destination, Place
from core.model.request import ClockState, Firing, Remark, Request, Segment, Timer, Verdict
from core.model.sending import Hushed

T = TypeVar("T")

Row = dict[str, Any]


class Kept(Protocol):
    """A row as it was read: its columns by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def freeze(value: Any) -> Any:
    """A value as JSON data; `thaw` is its inverse."""
    return to_builtins(value, str_keys=True)


def thaw(kind: type[T], data: Any) -> T:
    """The value of this type again; a length of time may be stored as seconds, as it once was."""
    return value_of(data, kind, lax=True)


def request_row(request: Request) -> Row:
    return _request_row(request, _REQUEST, _whole(request))


def new_request_row(request: Request) -> Row:
    """Without what nearly every new request has at its column's default; only these two sets of names are written."""
    if _later(request) != _AT_FIRST:
        return request_row(request)
    return _request_row(request, _BORN_WITH, _born(request))


def _request_row(request: Request, names: Sequence[str], values: Sequence[Any]) -> Row:
    row = dict(zip(names, values, strict=True))
    row["status"], row["priority"] = request.status.value, int(request.priority)
    row["origin"] = str(request.origin)
    return row


def request_value(row: Kept, timers: tuple[Timer, ...]) -> Request:
    plain = {name: row[name] for name in _REQUEST}
    return value_of({**plain, "origin": Address.parse(row["origin"]), "timers": timers}, Request)


def timer_row(timer: Timer) -> Row:
    """The timer, whosesoever it is, with its span that lasts: that one will change, the ended ones never do."""
    row = asdict(timer)
    del row["segments"], row["fired"], row["told"], row["seen"]
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


def timer_value(row: Kept, ended: tuple[Segment, ...], firings: Sequence[Kept]) -> Timer:
    """`firings` are those of its cycle that were decided."""
    plain = {name: row[name] for name in _TIMER}
    plain["state"] = ClockState(row["state"])
    for name in ("goal", "extended_by", "strict_goal"):
        plain[name] = None if row[name] is None else timedelta(seconds=row[name])
    for name in ("verdict", "strict_verdict"):
        plain[name] = Verdict(row[name]) if row[name] else None
    running = plain["state"] is ClockState.RUNNING
    segments = (*ended, Segment(row["since"], None, running, row["reason"])) if row["since"] else ended
    return Timer(
        **plain, segments=segments, fired=frozenset((f["step"], f["repeat"]) for f in firings),
        told=frozenset((f["step"], person) for f in firings for person in f["told"] or ()),
        seen=frozenset((f["step"], person) for f in firings for person in f["seen"] or ()),
    )  # fmt: skip


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
        "repeat": firing.repeat, "reached_at": firing.reached_at, "decided_at": decided_at, "told": list(firing.told),
    }  # fmt: skip


def remark_row(remark: Remark, request: int, id_: int) -> Row:
    return {
        "id": id_, "request_id": request, "at": remark.at, "person": remark.person, "kind": remark.kind,
        "text": remark.text,
    }  # fmt: skip


def hushed_value(row: Kept) -> Hushed:
    """`why` is what held or stopped it, else why it was set aside."""
    waits = row["state"] in ("queued", "doubt")
    to = Destination(Address.parse(row["address"]), Place(row["place"]), row["subject"], "", "", row["generation"])
    return Hushed(
        row["person"] or (row["subject"] if to.place is Place.DIRECT else ""), to, row["event"], row["facts"],
        row["hushed"] or row["reason"], row["made_at"], row["not_before"] if waits else None, row["sent_at"],
    )  # fmt: skip


def remark_value(row: Kept) -> Remark:
    return Remark(row["at"], row["person"], row["kind"], row["text"])


_REQUEST = tuple(f.name for f in fields(Request) if f.name != "timers")
#: What may stand in a request already when it is filed, beside what it cannot be without.
_OFTEN = frozenset((
    "owner", "private", "wished_at", "details", "missing", "ration", "charged_at", "follows", "last_event",
    "last_event_at", "last_event_by", "version",
))  # fmt: skip
_LATER = {f.name: f.default for f in fields(Request) if f.name in _REQUEST and not f.required and f.name not in _OFTEN}
_BORN_WITH = tuple(name for name in _REQUEST if name not in _LATER)
_whole, _born, _later = attrgetter(*_REQUEST), attrgetter(*_BORN_WITH), attrgetter(*_LATER)
_AT_FIRST = tuple(_LATER.values())
_TIMER = tuple(f.name for f in fields(Timer) if f.name not in ("segments", "fired", "told", "seen"))
