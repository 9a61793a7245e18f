"""Corrections: once a request, by each rule that gave its priority, what was taken back left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import events as ev
from core.events import Event
from core.model.told import Correction
from core.rules.corrections import Corrected, counted


def opened(
    priority: int = 2, far: tuple[str, str] = ("words", "danger"), soon: tuple[str, str] = ("words", "now"), item: str = "it"
) -> ev.RequestOpened:  # fmt: skip
    return ev.RequestOpened(
        "emma", "emma", "x", item, priority, 2, 2, far[0], soon[0], (), proposed=True, promises=(), impact_cue=far[1],
        urgency_cue=soon[1],
    )  # fmt: skip


def to(now: int, was: int = 2) -> ev.PriorityChanged:
    return ev.PriorityChanged("li", was, now, "")


UNDONE, OTHER_UNDONE = ev.Undone("li", "SetPriority"), ev.Undone("li", "Take")


def once(*events: Event) -> dict[str, tuple[int, int, int]]:
    """rule -> (raised, lowered, confirmed)"""
    found = counted([Corrected("HX-1", events)])
    return {one.rule: (one.raised, one.lowered, one.confirmed) for one in found}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((opened(), to(3)), {"danger": (0, 1, 0), "now": (0, 1, 0)}),
        ((opened(), to(1)), {"danger": (1, 0, 0), "now": (1, 0, 0)}),
        ((opened(), to(2)), {"danger": (0, 0, 1), "now": (0, 0, 1)}),
        ((opened(), to(4), to(1, 4)), {"danger": (1, 0, 0), "now": (1, 0, 0)}),
        ((opened(), to(4), to(2, 4)), {"danger": (0, 0, 1), "now": (0, 0, 1)}),
        ((opened(), to(4), UNDONE), {}),
        ((opened(), to(1), to(4, 1), UNDONE), {"danger": (1, 0, 0), "now": (1, 0, 0)}),
        ((opened(), to(4), OTHER_UNDONE), {"danger": (0, 1, 0), "now": (0, 1, 0)}),
        ((opened(far=("words", "now")), to(3)), {"now": (0, 1, 0)}),
        ((opened(far=("item", ""), soon=("declared", "")), to(3)), {"it": (0, 1, 0), "": (0, 1, 0)}),
        ((opened(far=("fact", "stopped.crew"), soon=("due", "due-today")), to(1)),
         {"stopped.crew": (1, 0, 0), "due-today": (1, 0, 0)}),
        ((opened(),), {}),
        ((to(3),), {}),
    ],
)  # fmt: skip
def test_a_request_counts_once_for_each_rule(
    events: tuple[Event, ...], expected: dict[str, tuple[int, int, int]]
) -> None:
    assert once(*events) == expected


def test_the_rule_that_misleads_most_stands_first() -> None:
    histories = [Corrected(f"HX-{n}", (opened(soon=("item", "")), to(3 if n < 4 else 1))) for n in range(1, 6)]
    histories.append(Corrected("", (opened(far=("item", ""), soon=("item", "")), to(3))))
    first, second = counted(histories)
    assert (first.source, first.rule, first.lowered, first.raised) == ("item", "it", 4, 2)
    assert (second.rule, second.lowered, second.raised, second.numbers) == (
        "danger",
        3,
        2,
        ("HX-1", "HX-2", "HX-3", "HX-4", "HX-5"),
    )


LIVES = st.lists(
    st.lists(st.one_of(st.integers(1, 4).map(to), st.just(UNDONE), st.just(OTHER_UNDONE)), max_size=6).map(
        lambda events: Corrected("HX-1", (opened(), *events))
    ),
    max_size=8,
)


@given(LIVES)
def test_no_rule_is_counted_more_often_than_there_are_requests(lives: list[Corrected]) -> None:
    for one in counted(lives):
        assert 0 < one.changed + one.confirmed <= len(lives)
        assert isinstance(one, Correction)
