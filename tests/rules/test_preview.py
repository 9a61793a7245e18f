"""What would move: under another agreement, measured time and pauses stay; the preview is what the deed then does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.ask import commands as do
from core.errors import Refused
from core.events import AgreementApplied
from core.model.parties import SYSTEM
from core.model.request import ClockState, Priority, Request, Verdict
from core.rulebook.directory import Directory
from core.rulebook.values import Agreement, Target
from core.rules import preview, sla
from core.rules.decide import decide
from tests.builders import (
    MANAGER,
    MEMBER,
    NOW,
    a_context,
    a_directory,
    a_target,
    after,
    at,
    hours,
    minutes,
    nine_to_five,
    opened,
    the_timer,
)

FRT, TTR = a_target("frt"), a_target("ttr")  # P3: 8 hours on nine to five


def a_version(*targets: Target) -> Agreement:
    return Agreement("gold", 2, targets, hours(40), "nine")


def desk_with(*targets: Target, first: tuple[Target, ...] = (FRT, TTR)) -> Directory:
    desk = a_directory(*first)
    version = a_version(*targets)
    book = desk.rulebook
    return replace(desk, rulebook=replace(book, agreements={**book.agreements, version.key: version}))


def goals(metric: str, n: int, id_: str = "", calendar: str = "nine") -> Target:
    return a_target(metric, calendar, dict.fromkeys(Priority, n), id_)


def filed(desk: Directory) -> Request:
    return opened(desk=desk).request  # Monday 09:00


def under(request: Request, desk: Directory, now: datetime) -> Request:
    return preview.under_agreement(request, desk.rulebook.agreements["gold@2"], a_context(MANAGER, now=now, desk=desk))


# ---- what becomes of each clock


@pytest.mark.parametrize(
    ("target", "asked_at", "due"),
    [
        (goals("ttr", 6), "2025-06-02 11:00", "2025-06-02 15:00"),  # 2 of 6 hours are used
        (goals("ttr", 16), "2025-06-02 11:00", "2025-06-03 17:00"),
        (goals("ttr", 8, calendar="24x7"), "2025-06-02 11:00", "2025-06-02 17:00"),
        (goals("ttr", 1), "2025-06-02 11:00", "2025-06-02 11:30"),  # used up: a grace of 30 minutes from now
        (goals("ttr", 8), "2025-06-02 11:00", "2025-06-02 17:00"),
    ],
)
def test_a_target_that_both_have_keeps_the_time_measured(target: Target, asked_at: str, due: str) -> None:
    desk = desk_with(FRT, target)
    assert the_timer(under(filed(desk), desk, at(asked_at)), "ttr").due_at == at(due)


def test_pauses_belong_to_the_request() -> None:
    """Asked at 10:00, answered at 14:00: one hour is used, whatever the version says."""
    desk = desk_with(FRT, goals("ttr", 4), goals("ttr", 5, "works"))
    request = after(filed(desk), do.AskClient("HX-42", "Which?"), MEMBER, at("2025-06-02 10:00"), desk)
    waiting = under(request, desk, at("2025-06-02 12:00"))
    assert [t.state for t in waiting.timers if t.metric == "ttr"] == [ClockState.PAUSED] * 2
    answered = after(
        request, do.AddInformation("HX-42", "B"), "emma-whitfield", at("2025-06-02 14:00"), desk, "client-hx"
    )
    going = {t.target: t.due_at for t in under(answered, desk, at("2025-06-02 15:00")).timers if t.metric == "ttr"}
    assert going == {"ttr": at("2025-06-02 17:00"), "works": at("2025-06-03 10:00")}


def test_what_is_no_longer_promised_ends_without_a_verdict() -> None:
    desk = desk_with(TTR)
    frt = the_timer(under(filed(desk), desk, at("2025-06-02 11:00")), "frt")
    assert (frt.state, frt.verdict, frt.due_at) == (ClockState.CANCELLED, None, None)


def test_what_is_promised_anew_begins_when_the_request_did() -> None:
    desk = desk_with(FRT, TTR, goals("trt", 10), goals("ack", 3), first=(FRT, TTR))
    stands = under(filed(desk), desk, at("2025-06-02 11:00"))
    assert the_timer(stands, "trt").due_at == at("2025-06-03 11:00")
    assert the_timer(stands, "ack").due_at == at("2025-06-02 12:00")
    taken = after(filed(desk), do.Take("HX-42"), MEMBER, at("2025-06-02 10:00"), desk)
    assert not [t for t in under(taken, desk, at("2025-06-02 11:00")).timers if t.metric == "ack"], "it was taken"


def test_a_second_target_on_what_was_answered_does_not_begin() -> None:
    desk = desk_with(FRT, goals("frt", 24, "promise", "24x7"), TTR)
    replied = after(filed(desk), do.Reply("HX-42", "Yes"), MEMBER, at("2025-06-02 10:00"), desk)
    assert [t.target for t in under(replied, desk, at("2025-06-02 11:00")).timers if t.metric == "frt"] == ["frt"]


def test_a_breach_that_is_a_fact_stays_one() -> None:
    desk = desk_with(FRT, goals("ttr", 40))
    late = after_time(filed(desk), at("2025-06-03 10:00"), desk)
    assert the_timer(late, "ttr").verdict is Verdict.MISSED
    stands = the_timer(under(late, desk, at("2025-06-03 10:00")), "ttr")
    assert (stands.verdict, stands.breached_at) == (Verdict.MISSED, at("2025-06-02 17:00"))
    assert stands.fired == the_timer(late, "ttr").fired, "passed rungs are not climbed again"


def after_time(request: Request, now: datetime, desk: Directory) -> Request:
    context = replace(a_context(MEMBER, now=now, desk=desk), actor=SYSTEM)
    return decide(request, do.TimeReached(request.id), context).request


# ---- preview and deed


@given(
    st.integers(0, 3000), st.integers(1, 60), st.sampled_from(["nine", "24x7", "shanghai"]), st.integers(0, 3000),
    st.booleans(),
)  # fmt: skip
def test_the_preview_is_what_the_deed_then_does(waited: int, goal: int, calendar: str, paused: int, ask: bool) -> None:
    desk = desk_with(FRT, goals("ttr", goal, calendar=calendar), goals("trt", goal, calendar=calendar))
    request = filed(desk)
    if ask:
        request = after(request, do.AskClient("HX-42", "Which?"), MEMBER, NOW + minutes(paused), desk)
    now = NOW + minutes(paused + waited)
    ctx = a_context(MANAGER, now=now, desk=desk)
    shown = preview.moves(request, under(request, desk, now), ctx)
    done = decide(request, do.ApplyAgreement(request.number, "gold@2", "b1"), ctx)
    assert done.request.agreement == "gold@2"
    assert done.events == (AgreementApplied(MANAGER, "gold@1", "gold@2", "b1", shown),)
    before, stands = the_timer(request, "ttr"), the_timer(done.request, "ttr")
    spent = sla.elapsed(before, desk.rulebook.calendars[calendar], now)
    assert sla.elapsed(stands, desk.rulebook.calendars[calendar], now) == spent, "nothing measured is lost or added"
    assert stands.segments == before.segments
    if stands.due_at is not None:
        assert stands.due_at >= min(now, before.due_at or now)


def test_a_request_that_has_the_version_does_not_move() -> None:
    desk = desk_with(FRT, TTR)
    request = filed(desk)
    stands = under(request, desk, at("2025-06-02 11:00"))
    assert preview.moves(request, stands, a_context(MANAGER, now=at("2025-06-02 11:00"), desk=desk)) == ()
    assert stands.timers == request.timers


def test_a_member_does_not_apply_it() -> None:
    desk = desk_with(FRT, TTR)
    with pytest.raises(Refused) as refused:
        decide(filed(desk), do.ApplyAgreement("HX-42", "gold@2", "b1"), a_context(MEMBER, desk=desk))
    assert refused.value.code == "right_missing"


def test_a_calendar_with_a_new_version_moves_what_lies_ahead() -> None:
    """From Tuesday on the afternoons are free: what is used before is measured as it was."""
    desk = desk_with(FRT, goals("ttr", 16), first=(FRT, goals("ttr", 16)))
    request = filed(desk)
    nine = nine_to_five().versions[0]
    mornings = replace(nine, week=(((9 * 3600, 13 * 3600),),) * 5 + ((), ()), valid_from=at("2025-06-03 00:00"))
    calendar = replace(nine_to_five(), versions=(nine, mornings))
    book = replace(desk.rulebook, calendars={**desk.rulebook.calendars, "nine": calendar})
    ctx = a_context(MANAGER, now=at("2025-06-02 12:00"), desk=replace(desk, rulebook=book))
    done = decide(request, do.Remeasure(request.id, "b2"), replace(ctx, actor=SYSTEM))
    assert the_timer(done.request, "ttr").due_at == at("2025-06-04 13:00")
    assert sla.elapsed(the_timer(done.request, "ttr"), calendar, at("2025-06-03 00:00")) == timedelta(hours=8)
