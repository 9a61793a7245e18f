"""Instants are aware: a naive datetime means another moment on each machine, so it is refused at every door."""

from __future__ import annotations

from datetime import datetime


def aware(at: datetime, *more: datetime) -> datetime:
    """The first of these, once all are known to be aware. Raises ValueError("naive datetime ...")."""
    for one in (at, *more):
        if one.tzinfo is None:
            raise ValueError(f"naive datetime {one.isoformat()}: an instant needs its zone")
    return at
