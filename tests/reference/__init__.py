"""A second calculator: slow, obvious, and strange to the engine. It may not import `core` (a contract in pyproject.toml).

It was written from sla.md alone, for one purpose: that what the conformance kit expects is confirmed twice.
"""

from __future__ import annotations

from typing import Any

from tests.reference.clocks import Play
from tests.reference.hours import Hours, answered


def answer(question: dict[str, Any]) -> list[Any]:
    """The answers to one question of the kit."""
    if "ask" in question:
        hours = Hours(question["calendars"][question["calendar"]])
        return [answered(asked, hours) for asked in question["ask"]]
    return list(Play(question).answers())
