"""What a request waits for: the client with a cap, an agreed date, a pause by hand, force majeure; and all at once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import ClockState, Request, Status, Verdict
from core.model.sending import Notice
from core.rules import sla
from core.rules.decide import decide
from tests.builders import (
    CONTACT,
    DESK,
    MANAGER,
    MEMBER,
    NOW,
    OWNER,
    a_context,
    a_directory,
    after,
    at,
    hours,
    minutes,
    nine_to_five,
    opened,
    the_timer,
)
from tests.rules.lives import (
    ACK,
    AGREE,
    ASK,
    COMPLETE,
    CONFIRM,
    FORCE,
    OFFER,
    PASS,
    PAUSE,
    RAISE,
    REOPEN,
    REPLY,
    RESOLVE,
    RESUME,
    SUBMIT,
    TAKE,
    WRITE,
    lived,
)


def beat(request: Request, now: str, desk: object = DESK) -> Request:
    return after(request, do.TimeReached(0), MEMBER, at(now), desk)  # type: ignore[arg-type]


# ---- the client


@pytest.mark.parametrize(
    ("said", "resumed"),
    [
        ("2025-06-04 15:00", "2025-06-04 15:00"),  # the platform was an hour late
        ("2025-06-02 10:00", "2025-06-02 11:00"),  # not before the pause began
        ("2025-06-04 17:00", "2025-06-04 16:00"),  # not after now
    ],
)
def test_an_answer_counts_from_the_time_of_the_message(said: str, resumed: str) -> None:
    waiting = after(opened().request, *ASK, now=at("2025-06-02 11:00"))
    heard = a_context(CONTACT, now=at("2025-06-04 16:00"), said_at=at(said))
    answered = decide(waiting, WRITE[0], heard).request
    for metric in ("ttr", "put", "own", "nrt"):
        assert the_timer(answered, metric).segments[-1].from_at == at(resumed), metric
    assert the_timer(answered, "cwt").stopped_at == at(resumed)


def test_the_next_response_runs_from_the_oldest_unanswered_message() -> None:
    request, now = lived(REPLY)
    first = after(request, *WRITE, now=now)
    second = after(first, *WRITE, now=now + hours(1))
    assert the_timer(second, "nrt").segments[0].from_at == now
    assert [t.cycle for t in second.timers if t.metric == "nrt"] == [1]


def test_a_client_who_does_not_answer_is_reminded_and_then_it_goes_on() -> None:
    request = after(opened().request, *ASK, now=at("2025-06-02 11:00"))  # 8 h: until Tuesday 11:00
    first = decide(request, do.TimeReached(0), a_context(now=at("2025-06-02 17:00")))
    (said,) = (e for e in first.events if isinstance(e, ev.Reached) and e.metric == "cwt")
    assert said.kind == "reminder"
    over = decide(first.request, do.TimeReached(0), a_context(now=at("2025-06-03 11:00")))
    assert ev.Resumed("", "waiting_customer") in over.events
    assert (over.request.status, over.request.waiting_for) == (Status.IN_PROGRESS, "")
    assert the_timer(over.request, "ttr").state is ClockState.RUNNING
    theirs = the_timer(over.request, "cwt")
    assert (theirs.state, theirs.verdict) == (ClockState.STOPPED, Verdict.MISSED)
    reminders = [n for n in first.deliveries if isinstance(n, Notice) and n.facts.get("metric") == "cwt"]
    assert {n.destination.address.chat for n in reminders} == {"client-hx"}


def test_an_agreement_may_end_what_is_not_answered() -> None:
    desk = a_directory(after_wait="cancel")
    request = after(opened(desk=desk).request, *ASK, at("2025-06-02 11:00"), desk)
    over = beat(request, "2025-06-03 11:00", desk)
    assert (over.status, over.closed_at) == (Status.CANCELLED, at("2025-06-03 11:00"))


def test_what_never_becomes_complete_ends() -> None:
    request, _ = lived(item="design")
    due = the_timer(request, "cwt").due_at
    assert due is not None
    over = decide(request, do.TimeReached(0), a_context(now=due))
    assert over.request.status is Status.CANCELLED
    assert ev.Cancelled("", unanswered=True) in over.events
    assert over.request.missing == ("Site survey", "Load figures"), "the journal's reader sees what never came"


def test_the_solution_clock_starts_when_everything_is_there() -> None:
    request, _ = lived(item="design")
    armed = the_timer(request, "ttr")
    assert (armed.state, armed.segments, armed.due_at) == (ClockState.ARMED, (), None)
    complete = after(request, *COMPLETE, now=at("2025-06-03 09:00"))
    assert (complete.status, complete.missing) == (Status.NEW, ())
    assert the_timer(complete, "ttr").due_at == at("2025-06-03 17:00")
    with pytest.raises(Refused, match="nothing_missing"):
        after(after(opened().request, *ASK), *COMPLETE)
    for too_early in (RESOLVE, RESUME):
        with pytest.raises(Refused, match="incomplete"):
            after(request, *too_early)


# ---- an agreed date


def test_an_agreed_date_governs_and_nothing_moves_it() -> None:
    request, now = lived(ACK, OFFER)
    date = request.offered_at
    assert date is not None
    agreed = after(request, *AGREE, now=now)
    clock = the_timer(agreed, "ttr")
    assert (agreed.status, agreed.agreed_by, agreed.offered_at) == (Status.SCHEDULED, CONTACT, None)
    assert (clock.agreed_at, clock.due_at, clock.goal) == (date, date, hours(8))
    later = now
    for step in (RAISE, REPLY, PAUSE, RESUME, FORCE, CONFIRM, RESUME, RESUME, ASK, WRITE):
        later += minutes(5)
        agreed = after(agreed, *step, now=later)
        clock = the_timer(agreed, "ttr")
        assert (clock.state, clock.due_at) == (ClockState.RUNNING, date), type(step[0]).__name__


@pytest.mark.parametrize(("seconds", "verdict"), [(0, Verdict.MET), (60, Verdict.MISSED)])
def test_an_agreed_date_has_its_verdict(seconds: int, verdict: Verdict) -> None:
    request, now = lived(REPLY, OFFER)
    date = request.offered_at
    assert date is not None
    agreed = after(request, *AGREE, now=now)
    done = the_timer(after(agreed, *RESOLVE, now=date + minutes(seconds / 60)), "ttr")
    assert done.verdict is verdict
    assert done.breached_at == (date if verdict is Verdict.MISSED else None)


def test_checkpoints_stand_on_the_way_to_an_agreed_date() -> None:
    """Half the working time from the start to the date, and the breach on it."""
    request = after(opened().request, do.OfferDate("42", "2025-06-05 18:00"), now=NOW)  # 17:00 UTC: 32 h of work
    agreed = after(request, *AGREE, now=NOW)
    clock = the_timer(agreed, "ttr")
    assert (clock.due_at, clock.next_at) == (at("2025-06-05 17:00"), at("2025-06-04 09:00") - hours(16))
    assert sla.share(clock, nine_to_five(), at("2025-06-04 13:00")) == 20 / 32


def test_a_date_needs_the_clients_consent() -> None:
    request, now = lived(ACK)
    with pytest.raises(Refused, match="nothing_offered"):
        after(request, *AGREE, now=now)
    with pytest.raises(Refused, match="right_missing"):
        after(after(request, *OFFER, now=now), do.AgreeDate("42"), MEMBER, now)
    with pytest.raises(Refused, match="time_unclear"):
        after(request, do.OfferDate("42", "soon"), MEMBER, now)


# ---- several reasons at once


def test_who_waits_for_two_reasons_goes_on_when_both_are_over() -> None:
    request, now = lived(ASK, FORCE, CONFIRM)
    assert the_timer(request, "ttr").segments[-1].reason == "waiting_customer"
    answered = after(request, *WRITE, now=now)
    assert the_timer(answered, "ttr").state is ClockState.PAUSED
    assert the_timer(answered, "ttr").segments[-1].reason == "force_majeure"
    assert the_timer(answered, "nrt").state is ClockState.PAUSED, "what begins in it waits, too"
    over = after(answered, *RESUME, now=now + hours(1))
    assert the_timer(over, "ttr").state is ClockState.RUNNING
    paused = [s for s in the_timer(over, "ttr").segments if not s.running]
    assert [(s.reason, s.to_at) for s in paused] == [("waiting_customer", now), ("force_majeure", now + hours(1))]


def test_a_pause_by_hand_ends_by_itself() -> None:
    request, now = lived(ACK, PAUSE)
    cap = the_timer(request, "hld").due_at
    assert cap is not None
    assert nine_to_five().between(now, cap) <= hours(24)
    over = decide(request, do.TimeReached(0), a_context(now=cap))
    assert ev.Resumed("", "paused") in over.events
    assert (over.request.paused_for, the_timer(over.request, "ttr").state) == ("", ClockState.RUNNING)


def test_force_majeure_needs_two() -> None:
    request, now = lived(FORCE)
    assert the_timer(request, "ttr").state is ClockState.RUNNING
    with pytest.raises(Refused, match="second_person_needed"):
        after(request, do.Confirm("42"), MEMBER, now)
    both = decide(request, do.Confirm("42"), a_context(OWNER, now=now))
    assert both.events == (ev.ForceMajeureDeclared(OWNER, "Flood", MEMBER),)


# ---- somebody else's word


def test_only_the_approver_or_a_manager_approves() -> None:
    request, now = lived((do.AskApproval("42", OWNER), MEMBER))
    with pytest.raises(Refused, match="not_the_approver"):
        after(request, do.Approve("42"), MEMBER, now)
    for person in (OWNER, MANAGER):
        assert after(request, do.Approve("42"), person, now).status is Status.NEW
    with pytest.raises(Refused, match="second_person_needed"):
        lived((do.AskApproval("42", MEMBER), MEMBER))
    with pytest.raises(Refused, match="person_unknown"):
        lived((do.AskApproval("42", CONTACT), MEMBER))


def test_an_approver_of_another_team_sees_what_they_approve() -> None:
    request, now = lived((do.AskApproval("42", "james-arden"), MEMBER))
    assert after(request, do.Approve("42"), "james-arden", now, place="@james-arden").status is Status.NEW


def test_who_submits_does_not_review() -> None:
    request, now = lived(ACK, SUBMIT)
    with pytest.raises(Refused, match="own_work"):
        after(request, do.PassReview("42"), MEMBER, now)
    assert after(request, *PASS, now=now).status is Status.RESOLVED


def test_what_is_reviewed_is_not_delivered_past_its_reviews() -> None:
    request, now = lived(COMPLETE, item="design")
    with pytest.raises(Refused, match="review_first"):
        after(request, *RESOLVE, now=now)
    submitted = after(request, *SUBMIT, now=now)
    second = after(submitted, do.PassReview("42"), "tom-baxter", now)
    with pytest.raises(Refused, match="right_missing"):
        after(second, do.PassReview("42"), "tom-baxter", now)
    failed = after(second, do.FailReview("42", "Scale"), OWNER, now)
    assert (failed.status, failed.rework, failed.review_level) == (Status.IN_PROGRESS, 1, 0)


def test_a_request_that_was_reopened_is_marked_and_its_verdict_stays() -> None:
    request, now = lived(REPLY, RESOLVE, REOPEN)
    first, second = (t for t in request.timers if t.metric == "ttr")
    assert (first.verdict, first.first_time_right) == (Verdict.MET, False)
    assert (second.cycle, second.first_time_right) == (2, True)
    assert replace(request, timers=()).resolved_at is None
    assert now


def test_who_is_asked_for_a_word_is_reminded_of_it() -> None:
    """An approver hears of the approval's clock, not the assignee; the reviewer of the review's."""
    request, now = lived(TAKE, (do.AskApproval("42", OWNER), MEMBER))
    late = decide(request, do.TimeReached(0), a_context(now=now + hours(6.5)))
    heard = {n.person for n in late.deliveries if isinstance(n, Notice) and n.facts.get("metric") == "apr"}
    assert heard == {OWNER}


def test_a_child_of_what_is_paused_by_hand_has_the_same_cap() -> None:
    request, now = lived(TAKE, PAUSE)
    (child,) = decide(request, do.Split("42", "Half"), a_context(MEMBER, now=now)).also
    assert the_timer(child.request, "hld").due_at == the_timer(request, "hld").due_at
    cap = the_timer(request, "hld").due_at
    assert cap is not None
    over = after(child.request, do.TimeReached(0), now=cap)
    assert (over.paused_for, the_timer(over, "ttr").state) == ("", ClockState.RUNNING)


def test_a_priority_that_was_set_needs_no_confirmation_any_more() -> None:
    request = after(opened().request, *RAISE)
    near = at("2025-06-02 10:30")
    asked = after(request, do.SetPriority("42", "p3", "can wait"), now=near)
    assert asked.pending is not None
    soon = after(opened().request, do.SetPriority("42", "p2", "x"), now=NOW)
    again = after(replace(soon, pending=asked.pending), do.SetPriority("42", "p1", "y"), now=NOW)
    assert again.pending is None
