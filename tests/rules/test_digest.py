"""In which section of a digest a request stands, and a period in figures with both tails of the gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.model.request import Status
from core.model.told import Kept, Standing
from core.rules import digest, summary
from tests.builders import at, hours

NOW = at("2026-11-23 09:00")
PLAIN = Standing(1, Status.NEW, "li", False, NOW - hours(30), NOW + hours(40))


@pytest.mark.parametrize(
    ("kind", "one", "section", "why"),
    [
        ("client", PLAIN, "open", "theirs"),
        ("client", replace(PLAIN, status=Status.WAITING_CUSTOMER), "waiting", "their turn"),
        ("client", replace(PLAIN, offered=True), "waiting", "a date waits for their yes"),
        ("client", replace(PLAIN, status=Status.RESOLVED), "resolved", "to be accepted"),
        ("client", replace(PLAIN, private=True), "", "a chat is read by all who are in it"),
        ("team", replace(PLAIN, due_at=NOW), "overdue", "due is over"),
        ("team", replace(PLAIN, due_at=NOW + hours(14)), "today", "late this evening"),
        ("team", replace(PLAIN, due_at=NOW + hours(15)), "", "tomorrow begins at midnight"),
        ("team", replace(PLAIN, assignee=""), "unassigned", "nobody has it"),
        ("team", replace(PLAIN, snoozed_until=NOW + hours(3)), "snoozed", "back today"),
        ("team", replace(PLAIN, status=Status.RESOLVED, due_at=NOW), "", "it is over for the team"),
        ("person", PLAIN, "mine", "in their hands"),
        ("person", replace(PLAIN, private=True, due_at=NOW), "overdue", "private, and theirs"),
        ("manager", replace(PLAIN, missed=True, status=Status.CLOSED), "breaches", "missed since, though solved"),
        ("manager", replace(PLAIN, due_at=NOW), "breaches", "and what still is"),
        ("manager", replace(PLAIN, at_risk=True), "risk", "three quarters are spent"),
        ("manager", replace(PLAIN, rating=2, status=Status.CLOSED), "unhappy", "two stars"),
        ("manager", PLAIN, "", "all is well"),
    ],
)
def test_where_a_request_stands(kind: str, one: Standing, section: str, why: str) -> None:
    found = digest.sections(kind, [one], NOW, "UTC")
    assert [name for name, ones in found.items() if ones] == ([section] if section else []), why


@given(
    st.lists(st.tuples(st.sampled_from(sorted(Status)), st.integers(-50, 50) | st.none(), st.booleans()), max_size=30)
)
def test_each_stands_once_and_the_nearest_due_comes_first(given_: list[tuple[Status, int | None, bool]]) -> None:
    found = [
        replace(PLAIN, id=n, status=status, private=private, due_at=None if due is None else NOW + hours(due))
        for n, (status, due, private) in enumerate(given_)
    ]
    for kind in ("client", "team", "person", "manager"):
        parts = digest.sections(kind, found, NOW, "Asia/Shanghai")
        ids = [one.id for part in parts.values() for one in part]
        assert len(ids) == len(set(ids))
        for part in parts.values():
            dues = [one.due_at or at("9999-01-01 00:00") for one in part]
            assert dues == sorted(dues)
            assert kind in ("person", "manager") or not any(one.private for one in part)


def test_a_period_in_figures() -> None:
    monday = at("2026-11-16 09:00")
    found = summary.figures(
        monday, NOW, "Asia/Shanghai",
        filed=[monday, monday + hours(1), monday + hours(8)], solved=[monday + hours(30)],
        verdicts=[("frt", True), ("frt", False), ("ack", True)], shares=[0.1, 0.25, 0.9, 1.0, 1.1, 7.0], ended=9,
        open_=[replace(PLAIN, opened_at=NOW - hours(n)) for n in (1, 24, 25, 24 * 40)],
    )  # fmt: skip
    assert (found.filed, found.solved, found.measured, found.ended) == (3, 1, 6, 9)
    assert found.days[:2] == (("2026-11-16", 2, 0), ("2026-11-17", 1, 1)), "01:00 in Shanghai is the next day"
    assert len(found.days) == 8
    assert found.kept == (Kept("ack", 1, 1), Kept("frt", 1, 2))
    assert found.gaps == (2, 0, 0, 2, 1, 0, 0, 1)
    assert sum(found.gaps[: summary.FAR_BETTER]) == 2
    assert sum(found.gaps[summary.IN_TIME :]) == 2
    assert found.ages == (2, 1, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("period", "until", "begins"),
    [
        ("daily", "2026-11-23 09:00", "2026-11-16 09:00"),
        ("weekly", "2026-11-23 09:00", "2026-11-16 09:00"),
        ("monthly", "2026-12-01 09:00", "2026-11-01 09:00"),
        ("monthly", "2027-01-04 09:00", "2026-12-04 09:00"),
        ("monthly", "2027-03-01 09:00", "2027-02-01 09:00"),
    ],
)
def test_what_a_digest_looks_back_on(period: str, until: str, begins: str) -> None:
    assert summary.begins(period, at(until), "UTC") == at(begins)
