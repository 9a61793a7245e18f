"""Ids and tokens that grow with time and are made without asking the database.

What is made together lies together in the database: a commit touches few pages.
"""

from __future__ import annotations

import random
import secrets
import time
from base64 import urlsafe_b64encode

_EPOCH = 1_577_836_800_000  # 2020-01-01, in milliseconds


def new_token() -> str:
    """What a button carries: 16 bytes that nobody can guess, behind the millisecond in which it was made."""
    made = (int(time.time() * 1000) - _EPOCH).to_bytes(5, "big")
    return urlsafe_b64encode(made + secrets.token_bytes(16)).decode()


class Ids:
    """Milliseconds since 2020 and 20 random bits: 63 bits in all, each larger than the one before it."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        made = (int(time.time() * 1000) - _EPOCH) << 20 | random.getrandbits(20)
        self._last = made if made > self._last else self._last + 1
        return self._last
