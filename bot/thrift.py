"""Python's search for cycles: a start imports, and a filing makes, thousands of values, and neither leaves cycles."""

from __future__ import annotations

import gc


def seldom() -> None:
    """Look for them less often: by default a start spends a tenth of its time on that."""
    gc.set_threshold(20_000, 20, 20)


def settled() -> None:
    """What a start has made stays for good: it is not looked through again."""
    gc.freeze()
