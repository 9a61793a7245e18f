"""A value again, from the plain data that was kept of it; from any thread.

msgspec finds out about a type when it first needs it, and publishes what it has found so far: a second thread that
comes meanwhile reads a hole and takes the process with it (0.22.0, `convert` with a type of NULL). So the first time
of each type is one thread's alone.
"""

from __future__ import annotations

from threading import RLock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_known: set[Any] = set()
_learning = RLock()


def value_of(data: Any, kind: type[T], *, lax: bool = False) -> T:
    """The value of this type. `lax` reads numbers and keys that were written as strings.

    Raises `msgspec.ValidationError` for data that is none.
    """
    if kind in _known:
        return msgspec.convert(data, kind, strict=not lax, str_keys=lax)
    with _learning:
        msgspec.msgpack.Decoder(kind)
        _known.add(kind)
    return value_of(data, kind, lax=lax)
