"""Rationed urgency: how many P1 a period has, what takes a unit, what gives it back, and that none is given twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import Priority, Reasons, Request
from core.rulebook.values import Allowance
from core.rules import allowance
from core.rules.context import Context
from core.rules.decide import Undoable, decide, open_request
from tests.builders import (
    CONTACT,
    GUEST,
    MANAGER,
    MEMBER,
    NOW,
    OTHER_OWNER,
    OWNER,
    a_context,
    a_directory,
    at,
    minutes,
)
from tests.rules.lives import Step

ZONES = ("Asia/Shanghai", "Europe/London", "America/Santiago", "Pacific/Apia", "UTC")
TWO = a_directory(allowance=Allowance(2, "month"))
ABOUT = "Review drawing A-101"


@pytest.mark.parametrize(
    ("per", "now", "begins", "ends"),
    [
        # London is an hour ahead of UTC in summer.
        ("day", "2025-06-05 22:59", "2025-06-04 23:00", "2025-06-05 23:00"),
        ("day", "2025-06-05 23:00", "2025-06-05 23:00", "2025-06-06 23:00"),
        ("week", "2025-06-08 22:00", "2025-06-01 23:00", "2025-06-08 23:00"),
        ("month", "2025-06-30 22:59", "2025-05-31 23:00", "2025-06-30 23:00"),
        ("month", "2025-12-31 23:59", "2025-12-01 00:00", "2026-01-01 00:00"),
        ("quarter", "2025-05-20 12:00", "2025-03-31 23:00", "2025-06-30 23:00"),
        ("month", "2025-03-31 22:59", "2025-03-01 00:00", "2025-03-31 23:00"),  # the clocks go forward within it
    ],
)
def test_a_period_is_of_the_clients_calendar(per: str, now: str, begins: str, ends: str) -> None:
    units = Allowance(1, per)
    assert allowance.begins(units, at(now), "Europe/London") == at(begins)
    assert allowance.ends(units, at(now), "Europe/London") == at(ends)


@given(
    st.sampled_from(["day", "week", "month", "quarter"]), st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds it
)  # fmt: skip
def test_each_instant_lies_in_one_period(per: str, zone: str, now: datetime) -> None:
    units = Allowance(1, per)
    begins, ends = allowance.begins(units, now, zone), allowance.ends(units, now, zone)
    assert begins <= now < ends
    assert allowance.begins(units, ends - timedelta(seconds=1), zone) == begins
    assert allowance.begins(units, ends, zone) == ends


# ---- what takes a unit


class Ledger:
    """A desk that counts what it keeps, as the store does."""

    def __init__(self) -> None:
        self.requests: dict[int, Request] = {}
        self.asked = 0

    def used(self, client: str, since: datetime) -> int:
        self.asked += 1
        theirs = (r.charged_at for r in self.requests.values() if r.client == client)
        return sum(1 for charged in theirs if charged is not None and charged >= since)

    def context(self, person: str, now: datetime, other: Request | None = None) -> Context:
        return replace(a_context(person, now=now, desk=TWO, other=other), used=self.used)

    def file(
        self, title: str = ABOUT, now: datetime = NOW, person: str = CONTACT, level: str = "urgent", impact: str = "1"
    ) -> Request:  # fmt: skip
        command = do.OpenRequest(title, item="drawings", level=level, impact=impact)
        return self.keep(open_request(command, self.context(person, now)).request)

    def keep(self, request: Request) -> Request:
        self.requests[request.id] = request
        return request

    def does(self, request: Request, step: Step, now: datetime = NOW, other: Request | None = None) -> Request:
        decision = decide(request, step[0], self.context(step[1], now, other))
        for one in decision.also:
            self.keep(one.request)
        return self.keep(decision.request)


def test_units_are_taken_until_none_is_left() -> None:
    desk = Ledger()
    stood = [desk.file() for _ in range(4)]
    assert [(r.priority, r.ration, r.charged_at) for r in stood] == [
        (Priority.P1, "taken", NOW), (Priority.P1, "taken", NOW), (Priority.P2, "spent", None), (Priority.P2, "spent", None),
    ]  # fmt: skip
    assert desk.file(now=NOW + timedelta(days=30)).ration == "taken", "a new month"


def test_only_a_p1_of_an_agreement_with_an_allowance_is_counted() -> None:
    desk = Ledger()
    desk.file(level="normal")
    desk.file(impact="3", level="high")
    desk.file("A worker is trapped under the scaffold", level="", impact="")
    assert desk.asked == 0
    desk.file()
    assert desk.asked == 1
    free = open_request(do.OpenRequest(ABOUT, item="drawings", level="urgent", impact="1"), a_context(CONTACT))
    assert (free.request.priority, free.request.ration) == (Priority.P1, "")


@pytest.mark.parametrize(
    ("impact", "urgency", "safe"),
    [
        ("hurt", "now", True),
        ("", "danger", True),
        ("safety.now", "", True),
        ("site-halted", "now", False),
        ("", "", False),
    ],
)
def test_safety_is_read_from_the_rule_or_the_fact(impact: str, urgency: str, safe: bool) -> None:
    assert allowance.is_safety(Reasons(1, 1, impact_cue=impact, urgency_cue=urgency)) is safe


def test_what_the_team_itself_makes_p1_takes_none() -> None:
    desk = Ledger()
    raised = desk.does(desk.file(level="normal"), (do.SetPriority("42", "p1", "site stands"), MEMBER))
    assert (raised.priority, raised.charged_at) == (Priority.P1, None)


# ---- what gives it back

LOWERED: Step = (do.SetPriority("42", "p3", "one lamp"), MEMBER)
TAKEN: Step = (do.Take("42"), MEMBER)


@pytest.mark.parametrize(
    ("steps", "back"),
    [
        ((LOWERED,), True),
        (((do.Cancel("42"), CONTACT),), True),
        ((TAKEN, (do.Cancel("42"), MEMBER)), False),
        (((do.Decline("42", "not ours"), OWNER),), True),
        ((TAKEN, (do.Resolve("42", "done"), MEMBER)), False),
        ((LOWERED, (do.SetPriority("42", "p1", "after all"), MEMBER)), True),
    ],
)
def test_the_stated_rule(steps: tuple[Step, ...], back: bool) -> None:
    desk = Ledger()
    request = desk.file()
    for step in steps:
        request = desk.does(request, step)
    assert (request.charged_at is None) is back
    assert desk.used("hx", NOW) == (0 if back else 1)


def test_an_undone_filing_gives_it_back_and_an_undone_correction_takes_it_again() -> None:
    desk = Ledger()
    request = desk.file()
    undone = decide(request, do.Undo("42"), replace(desk.context(CONTACT, NOW), undoable=Undoable.filing(CONTACT, NOW)))
    assert undone.request.charged_at is None
    lowered = decide(request, LOWERED[0], desk.context(MEMBER, NOW))
    again = decide(lowered.request, do.Undo("42"), replace(desk.context(MEMBER, NOW), undoable=lowered.undoable))
    assert again.request.charged_at == NOW


def test_a_part_split_off_takes_no_second_unit() -> None:
    desk = Ledger()
    (child,) = decide(desk.file(), do.Split("42", "The other half"), desk.context(MEMBER, NOW)).also
    assert (child.request.priority, child.request.charged_at, child.request.ration) == (Priority.P1, None, "")


# ---- beyond it


def _held_back() -> tuple[Ledger, Request, Request]:
    desk = Ledger()
    first, _, third = desk.file(), desk.file(), desk.file()
    return desk, first, third


def test_one_is_lowered_for_another_in_one_decision() -> None:
    desk, first, third = _held_back()
    decision = decide(first, do.Demote(first.number, third.number), desk.context(CONTACT, NOW, third))
    (other,) = decision.also
    assert (decision.request.priority, other.request.priority) == (Priority.P2, Priority.P1)
    assert isinstance(decision.events[0], ev.Demoted)
    assert isinstance(other.events[0], ev.Promoted)
    desk.keep(decision.request)
    desk.keep(other.request)
    assert desk.used("hx", NOW) == 2


def test_what_was_lowered_may_be_chosen_again() -> None:
    desk, first, third = _held_back()
    lowered = desk.does(first, (do.Demote(first.number, third.number), CONTACT), other=third)
    raised = desk.requests[third.id]
    back = desk.does(raised, (do.Demote(raised.number, lowered.number), CONTACT), other=lowered)
    assert (back.ration, desk.requests[lowered.id].ration) == ("demoted", "taken")
    assert desk.used("hx", NOW) == 2


def test_lowering_a_promise_at_risk_takes_two_and_then_the_unit_goes_back() -> None:
    desk = Ledger()
    later = NOW + timedelta(minutes=100)  # of two hours
    asked = desk.does(desk.file(), LOWERED, later)
    assert (asked.priority, asked.charged_at) == (Priority.P1, NOW)
    with pytest.raises(Refused, match="second_person_needed"):
        desk.does(asked, (do.Confirm("42"), MEMBER), later)
    confirmed = desk.does(asked, (do.Confirm("42"), OWNER), later)
    assert (confirmed.priority, confirmed.ration, confirmed.charged_at) == (Priority.P3, "returned", None)


def test_who_may_not_lower_what() -> None:
    desk, first, third = _held_back()
    fresh = desk.file(level="normal")
    old = desk.keep(replace(first, charged_at=NOW - timedelta(days=30)))
    cases = [
        (first, fresh, CONTACT, "not_held_back"),
        (fresh, third, CONTACT, "demote_unfit"),
        (old, third, CONTACT, "demote_unfit"),
        (third, third, CONTACT, "demote_unfit"),
        (first, third, MEMBER, "right_missing"),
        (first, third, GUEST, "no_such_request"),
        (first, replace(third, client="riverside"), CONTACT, "demote_unfit"),
    ]
    for request, other, person, code in cases:
        with pytest.raises(Refused, match=code):
            decide(request, do.Demote(request.number, other.number), desk.context(person, NOW, other))


@pytest.mark.parametrize("by", [MEMBER, OTHER_OWNER])
def test_only_lead_and_manager_make_exceptions(by: str) -> None:
    desk, _, third = _held_back()
    for step in ((do.GrantException("42", "x"), by), (do.SetPriority("42", "p1", "they shout"), by)):
        with pytest.raises(Refused):
            desk.does(third, step)
    for lead in (OWNER, MANAGER):
        granted = desk.does(third, (do.GrantException("42", "food spoils"), lead))
        assert (granted.priority, granted.ration, granted.charged_at) == (Priority.P1, "granted", None)
    with pytest.raises(Refused, match="exception_reason"):
        desk.does(third, (do.SetPriority("42", "p1"), OWNER))
    assert desk.does(third, (do.SetPriority("42", "p1", "food spoils"), OWNER)).ration == "granted"


def test_an_exception_is_asked_for_once_and_again_after_a_refusal() -> None:
    desk, _, third = _held_back()
    ask: Step = (do.AskException("42", "food spoils"), CONTACT)
    asked = desk.does(third, ask)
    with pytest.raises(Refused, match="not_held_back"):
        desk.does(asked, ask)
    refused = desk.does(asked, (do.RefuseException("42", "a spare is coming"), OWNER))
    assert (refused.priority, refused.ration) == (Priority.P2, "refused")
    assert desk.does(refused, ask).ration == "asked"


def test_what_is_held_back_takes_a_unit_once_one_is_free_and_its_client_says_so() -> None:
    desk, first, third = _held_back()
    say: Step = (do.Raise("42"), CONTACT)
    with pytest.raises(Refused, match="no_unit_left"):
        desk.does(third, say)
    with pytest.raises(Refused, match="not_held_back"):
        desk.does(first, say)
    with pytest.raises(Refused, match="right_missing"):
        desk.does(third, (do.Raise("42"), MEMBER))
    later = NOW + timedelta(days=31)
    units = Allowance(2, "month")
    assert not allowance.renewed(third, units, NOW, "Asia/Shanghai")
    assert allowance.renewed(third, units, later, "Asia/Shanghai")
    raised = desk.does(third, say, later)
    assert (raised.priority, raised.ration, raised.charged_at) == (Priority.P1, "taken", later)
    assert not allowance.renewed(raised, units, later, "Asia/Shanghai")
    desk, first, third = _held_back()
    desk.does(first, LOWERED)  # within a period, one is given back
    again = desk.does(third, say)
    assert (again.priority, again.charged_at) == (Priority.P1, NOW)


MOVES = st.lists(
    st.tuples(st.sampled_from(["file", "lower", "cancel", "demote", "grant", "take", "raise"]), st.integers(0, 9)),
    max_size=25,
)


@given(MOVES)
def test_however_it_goes_no_more_than_the_allowance_is_out(moves: list[tuple[str, int]]) -> None:
    desk, now = Ledger(), NOW
    for what, n in moves:
        now += minutes(1)
        there = list(desk.requests.values())
        if what == "file" or not there:
            desk.file(now=now)
            continue
        request, other = there[n % len(there)], there[(n + 1) % len(there)]
        step = {
            "lower": LOWERED, "cancel": (do.Cancel("42"), CONTACT), "take": TAKEN,
            "demote": (do.Demote("42", "43"), CONTACT), "grant": (do.GrantException("42", "x"), OWNER),
            "raise": (do.Raise("42"), CONTACT),
        }[what]  # fmt: skip
        try:
            desk.does(request, step, now, other)
        except Refused:
            continue
        for one in desk.requests.values():
            assert (one.charged_at is not None) == (one.ration == "taken")
            assert one.charged_at is None or one.priority is Priority.P1
        assert desk.used("hx", NOW) <= 2
