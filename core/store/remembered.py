"""What the last commit of this process left, so that the next batch need not ask for it.

Others may have written meanwhile. Nothing goes wrong then: the keys of the journal, of the numbers and of the inbox
refuse what builds on it, the batch is decided anew, and for a while everything is asked first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from core.store.mapping import Row

DOUBT = timedelta(minutes=1)
_KEYS = 20_000


class Remembered:
    """One process's memory. `real` is always the wall's clock."""

    def __init__(self) -> None:
        self._ends: dict[str, Row] = {}
        self._heard: set[str] = set()
        self._doubted_until: datetime | None = None

    def _doubts(self, real: datetime) -> bool:
        return self._doubted_until is not None and real < self._doubted_until

    def doubt(self, real: datetime) -> None:
        """Something did not hold: for a while nothing is taken from memory."""
        self._ends.clear()
        self._doubted_until = real + DOUBT

    def ends(self, real: datetime) -> dict[str, Row]:
        """The clients' rows, with their last numbers and the ends of their journals."""
        return {} if self._doubts(real) else dict(self._ends)

    def asked(self, keys: Collection[str], real: datetime) -> list[str]:
        """Of these keys of deliveries those that may have been heard before: the others are taken to be new."""
        return list(keys) if self._doubts(real) else [key for key in keys if key in self._heard]

    def committed(self, ends: Mapping[str, Row], keys: Iterable[str]) -> None:
        self._ends |= ends
        if len(self._heard) > _KEYS:
            self._heard.clear()
        self._heard.update(keys)
