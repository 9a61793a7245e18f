"""More than one request, more than one agreement: merged, split, corrected, followed up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import ClockState, Priority, Request, Segment, Timer
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement
from core.rules import clocks, joining, sla
from core.rules.decide import decide
from core.rules.transitions import move
from tests.builders import (
    DESK,
    MEMBER,
    NOW,
    a_context,
    a_directory,
    a_request,
    a_target,
    after,
    at,
    hours,
    nine_to_five,
    opened,
    the_timer,
)
from tests.rules.lives import ACK, AGREE, ASK, MERGE, OFFER, RAISE, SPLIT, TAKE, WRITE, lived


def merged(into: Request, gone: Request, now: Any) -> Request:
    decision = decide(gone, *MERGE[:1], a_context(MEMBER, now=now, other=into))
    (kept,) = decision.also
    assert kept.before is into
    assert kept.events == (ev.Absorbed(MEMBER, gone.number, gone.title),)
    return kept.request


def test_the_earliest_start_and_the_earliest_due_survive() -> None:
    older = opened(at("2025-06-02 09:00")).request  # P3: due 17:00
    younger = opened(at("2025-06-02 10:00"), level="urgent").request  # P2: due 14:00
    kept = merged(younger, older, at("2025-06-02 11:00"))
    assert the_timer(kept, "ttr").segments[0].from_at == at("2025-06-02 09:00")
    assert the_timer(kept, "ttr").due_at == at("2025-06-02 14:00")
    kept = merged(older, younger, at("2025-06-02 11:00"))
    assert the_timer(kept, "ttr").due_at == the_timer(kept, "ttr").merged_due == at("2025-06-02 14:00")
    waiting = after(kept, *ASK, now=at("2025-06-02 12:00"))
    assert the_timer(waiting, "ttr").due_at is None
    answered = after(waiting, *WRITE, now=at("2025-06-03 09:00"))
    assert the_timer(answered, "ttr").due_at == at("2025-06-03 11:00"), "a later pause moves it as any other"


def test_time_counts_as_paused_only_where_both_were() -> None:
    one = Segment(at("2025-06-02 09:00"), at("2025-06-02 10:00"), running=True)
    a = replace(
        sla.start(1, a_target("ttr"), hours(8), NOW), state=ClockState.PAUSED,
        segments=(one, Segment(at("2025-06-02 10:00"), None, running=False, reason="waiting_customer")),
    )  # fmt: skip
    b = replace(
        a, id=2,
        segments=(
            Segment(at("2025-06-02 09:30"), at("2025-06-02 12:00"), running=True),
            Segment(at("2025-06-02 12:00"), at("2025-06-02 13:00"), running=False, reason="paused"),
            Segment(at("2025-06-02 13:00"), None, running=True),
        ),
    )  # fmt: skip
    spans = [(s.from_at, s.to_at, s.running) for s in joining.union(a, b)]
    assert spans == [
        (at("2025-06-02 09:00"), at("2025-06-02 12:00"), True),
        (at("2025-06-02 12:00"), at("2025-06-02 13:00"), False),
        (at("2025-06-02 13:00"), None, True),
    ]


def test_what_waits_is_merged_with_what_is_left_of_the_tighter() -> None:
    one = after(opened().request, *ASK, now=at("2025-06-02 11:00"))
    other = after(after(opened().request, *RAISE), *ASK, now=at("2025-06-02 10:00"))  # 1 h of 2 h left
    kept = merged(one, other, at("2025-06-02 12:00"))
    assert the_timer(kept, "ttr").state is ClockState.PAUSED
    answered = after(kept, *WRITE, now=at("2025-06-03 09:00"))
    assert the_timer(answered, "ttr").due_at == at("2025-06-03 10:00")


def test_merge_is_refused_where_it_does_not_fit() -> None:
    request, now = lived(TAKE)
    other = replace(a_request(), client="riverside", id=99)
    closed = after(opened().request, do.Cancel("42"), now=now)
    for into in (request, other, closed, None):
        with pytest.raises(Refused, match="merge_unfit"):
            decide(request, *MERGE[:1], a_context(MEMBER, now=now, other=into))


def test_a_child_does_not_say_again_what_its_parent_said() -> None:
    parent = after(opened().request, do.TimeReached(0), now=at("2025-06-02 15:30"))
    (child,) = decide(parent, *SPLIT[:1], a_context(MEMBER, now=at("2025-06-02 15:31"))).also
    again = decide(child.request, do.TimeReached(0), a_context(now=at("2025-06-02 15:32")))
    assert not [f for f in again.firings if f.step in ("half", "risk")]
    assert (child.request.follows, child.request.title) == (parent.number, "The other half")
    assert the_timer(child.request, "ttr").due_at == the_timer(parent, "ttr").due_at


# ---- corrected


def corrected(request: Request, desk: Directory, agreement: str, now: Any) -> Request:
    ctx = a_context(now=now, desk=desk)
    return clocks.settled(move(request, "correct", ctx, agreement=agreement), ctx)


def two_agreements(*targets: Any) -> Directory:
    book = DESK.rulebook
    other = Agreement("silver", 1, targets, timedelta(hours=40), "nine")
    return Directory(replace(book, agreements={**book.agreements, other.key: other}))


def test_another_agreement_keeps_what_was_measured_and_the_pauses() -> None:
    desk = two_agreements(a_target("frt"), a_target("ttr", goals=dict.fromkeys(Priority, 16)))
    waited = after(opened(desk=desk).request, *ASK, at("2025-06-02 11:00"), desk)
    request = after(waited, *WRITE, at("2025-06-03 09:00"), desk)
    moved = corrected(request, desk, "silver@1", at("2025-06-03 10:00"))
    assert sla.elapsed(the_timer(moved, "ttr"), nine_to_five(), at("2025-06-03 10:00")) == hours(3)
    assert the_timer(moved, "ttr").due_at == at("2025-06-04 15:00")
    assert the_timer(moved, "put").state is ClockState.CANCELLED, "the other agreement promises no updates"
    assert the_timer(moved, "own").state is ClockState.RUNNING, "whose it is is the desk's own matter"


def test_a_target_of_another_name_begins_retroactively_with_the_earlier_pauses() -> None:
    desk = two_agreements(a_target("ttr", goals=dict.fromkeys(Priority, 16), id_="solution"))
    waited = after(opened(desk=desk).request, *ASK, at("2025-06-02 11:00"), desk)
    request = after(waited, *WRITE, at("2025-06-03 09:00"), desk)
    moved = corrected(request, desk, "silver@1", at("2025-06-03 10:00"))
    old, new = (t for t in moved.timers if t.metric == "ttr")
    assert (old.state, old.verdict) == (ClockState.CANCELLED, None)
    assert (new.target, new.segments) == ("solution", the_timer(request, "ttr").segments)
    assert new.due_at == at("2025-06-04 15:00")


def test_an_agreed_date_outlives_the_target_that_it_was_agreed_for() -> None:
    desk = two_agreements(a_target("ttr", goals=dict.fromkeys(Priority, 16), id_="solution"))
    offered, now = lived(ACK, OFFER)
    agreed = after(offered, *AGREE, now=now)
    moved = corrected(agreed, desk, "silver@1", now)
    new = next(t for t in moved.timers if t.target == "solution")
    assert new.agreed_at == new.due_at == offered.offered_at is not None


def test_nobody_wins_time_by_a_correction_to_and_fro() -> None:
    desk = a_directory()
    request = opened(desk=desk).request
    near = at("2025-06-02 16:45")
    same: Timer = the_timer(corrected(request, desk, "gold@1", near), "ttr")
    assert same.due_at == at("2025-06-02 17:00")
