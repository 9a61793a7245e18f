"""Whether the stored due times are what the segments give: asked at start, and by `deskbell rebuild`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Engine

from core.model.request import Request
from core.model.told import Drift
from core.rulebook.values import Rulebook
from core.rules.rebuild import drifts
from core.store import archive

#: Requests that are compared before the desk begins to hear. More would keep a large desk from starting; all of them
#: are compared by `deskbell rebuild`, which may run beside it.
AT_START = 2000


def differing(
    engine: Engine, rulebook: Rulebook, most: int | None = None
) -> Iterator[tuple[Request, tuple[Drift, ...]]]:
    """Each compared request with its differences, none in health; at most so many requests. Reads only.

    `rulebook` knows all stored versions of its agreements. Raises KeyError where it lacks a calendar that a clock needs.
    """
    with engine.connect() as connection:
        for request, claimed in islice(archive.ticking(connection), most):
            yield request, drifts(request, rulebook, claimed)
