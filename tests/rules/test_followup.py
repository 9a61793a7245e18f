"""Still on it? Asked once half of what is left is gone, never whom acts, never while it waits; back to the queue once."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.errors import Refused
from core.model.parties import SYSTEM
from core.model.request import ClockState, Request, Status, Timer
from core.rulebook.directory import Directory
from core.rulebook.values import FollowUp
from core.rules import followup
from core.rules.decide import Context, Decision, decide
from tests.builders import CONTACT, NOW, a_context, a_directory, a_place, a_target, hours, minutes, opened, the_timer

MEMBER, OTHER = "tom-baxter", "nadia-rahman"
USUAL = FollowUp()


def a_desk(usual: FollowUp | None = USUAL) -> Directory:
    """Halden Cross is promised a solution in eight hours and an acknowledgement in eight; nine to five."""
    book = a_directory(a_target("ttr"), a_target("ack")).rulebook
    return Directory(
        replace(book, teams={**book.teams, "supervision": replace(book.teams["supervision"], follow_up=usual)})
    )


DESK = a_desk()


def said(request: Request, command: Command, now: datetime, person: str = MEMBER, desk: Directory = DESK) -> Request:
    place = "client-hx" if person == CONTACT else "team-supervision"
    return decide(request, command, a_context(person, place, now, desk=desk)).request


def taken(desk: Directory = DESK, now: datetime = NOW) -> Request:
    return said(opened(desk=desk).request, do.Take("HX-0"), now, desk=desk)


def passed(request: Request, now: datetime, desk: Directory = DESK) -> Decision:
    ctx = Context(desk, now, now, SYSTEM, a_place("somewhere", desk), iter(range(5000, 6000)).__next__)
    return decide(request, do.TimeReached(request.id), ctx)


def clock(request: Request) -> Timer | None:
    return next((t for t in request.timers if t.metric == followup.METRIC and t.is_active), None)


def asked_at(request: Request) -> datetime:
    timer = clock(request)
    assert timer is not None
    assert timer.due_at is not None
    return timer.due_at


def test_it_is_asked_when_half_of_what_is_left_is_gone() -> None:
    assert clock(opened(desk=DESK).request) is None
    assert asked_at(taken()) == NOW + hours(4)
    assert asked_at(taken(now=NOW + hours(4))) == NOW + hours(6)


@pytest.mark.parametrize(
    ("usual", "after"),
    [(FollowUp(25), 2), (FollowUp(50, hours(5)), 5), (FollowUp(least=minutes(30)), 4)],
)
def test_the_team_says_when(usual: FollowUp, after: float) -> None:
    assert asked_at(taken(a_desk(usual))) == NOW + hours(after)


def test_a_team_may_do_without() -> None:
    assert clock(taken(a_desk(None))) is None


def test_nobody_is_asked_within_half_an_hour_nor_once_it_is_overdue() -> None:
    assert asked_at(taken(now=NOW + hours(7.5))) == NOW + hours(8)
    assert clock(taken(now=NOW + hours(25))) is None


def test_whoever_acts_is_asked_later_and_what_others_do_changes_nothing() -> None:
    request = said(taken(), do.Note("HX-0", "half done"), NOW + hours(2))
    assert asked_at(request) == NOW + hours(5)
    request = said(request, do.AddInformation("HX-0", "and?"), NOW + hours(3), CONTACT)
    request = said(request, do.Note("HX-0", "I saw it"), NOW + hours(3), OTHER)
    assert asked_at(request) == NOW + hours(5)


@pytest.mark.parametrize(
    ("command", "person"),
    [
        (do.AskClient("HX-0", "which?"), MEMBER), (do.HandToSupplier("HX-0", "x"), MEMBER), (do.Pause("HX-0", "x"), MEMBER),
        (do.Resolve("HX-0", "done"), MEMBER), (do.ReturnToQueue("HX-0"), MEMBER), (do.SubmitReview("HX-0", "x"), MEMBER),
    ],
)  # fmt: skip
def test_nobody_is_asked_while_it_waits_or_once_it_is_nobodys(command: Command, person: str) -> None:
    request = said(taken(), command, NOW + hours(1), person)
    assert clock(request) is None
    assert not [e for e in passed(request, NOW + hours(6)).events if isinstance(e, ev.StillAsked)]


def test_another_assignee_has_a_clock_of_their_own() -> None:
    request = said(taken(), do.Assign("HX-0", OTHER), NOW + hours(2))
    assert asked_at(request) == NOW + hours(5)
    assert the_timer(request, "fup").state is ClockState.RUNNING


def test_a_snooze_is_slept_through() -> None:
    request = said(taken(), do.Snooze("HX-0", "2h", "the part"), NOW)
    assert asked_at(request) == NOW + hours(2) + hours(3)  # then half of the six hours that are left


def test_without_an_answer_it_goes_back_once_and_its_ladder_begins_again() -> None:
    asked = passed(taken(), NOW + hours(4))
    assert ev.StillAsked(MEMBER, NOW + hours(4.5)) in asked.events
    back = passed(asked.request, NOW + hours(4.5))
    request = back.request
    assert ev.ReturnedToQueue("", MEMBER) in back.events
    assert (request.status, request.assignee) == (Status.NEW, "")
    assert [(r.kind, r.person, r.internal) for r in back.remarks] == [("unanswered", MEMBER, True)]
    ack = the_timer(request, "ack")
    assert (ack.cycle, ack.state, ack.goal) == (2, ClockState.RUNNING, hours(8))
    assert not ack.fired

    request = said(request, do.Take("HX-0"), NOW + hours(5))
    again = passed(request, asked_at(request))
    stays = passed(again.request, asked_at(again.request))
    assert ev.NotAnswered(MEMBER) in stays.events
    assert stays.request.assignee == MEMBER
    assert clock(stays.request) is None, "they are not asked a third time"


@pytest.mark.parametrize("answer", [do.StillOnIt("HX-0"), do.AskHelp("HX-0", "stuck"), do.Reply("HX-0", "soon")])
def test_an_answer_keeps_it_and_begins_anew(answer: Command) -> None:
    asked = passed(taken(), NOW + hours(4)).request
    request = said(asked, answer, NOW + hours(4.25))
    assert asked_at(request) == NOW + hours(4.25) + minutes(112.5)
    assert not passed(request, NOW + hours(4.5)).events
    assert request.assignee == MEMBER


def test_only_the_assignee_answers() -> None:
    with pytest.raises(Refused, match="someone_was_faster"):
        said(taken(), do.StillOnIt("HX-0"), NOW, OTHER)
    with pytest.raises(Refused, match="nobody_has_it"):
        said(opened(desk=DESK).request, do.AskHelp("HX-0"), NOW)


def test_undo_of_a_take_asks_nobody() -> None:
    request = opened(desk=DESK).request
    decision = decide(request, do.Take("HX-0"), a_context(MEMBER, "team-supervision", NOW, desk=DESK))
    ctx = a_context(MEMBER, "team-supervision", NOW, desk=DESK, undoable=decision.undoable)
    assert clock(decide(decision.request, do.Undo("HX-0"), ctx).request) is None


def test_what_was_missed_by_a_sleeping_desk_is_still_asked_with_its_whole_time_to_answer() -> None:
    late = passed(taken(), NOW + hours(6))
    assert ev.StillAsked(MEMBER, NOW + hours(6.5)) in late.events
    assert asked_at(late.request) == NOW + hours(6.5)


def test_it_is_no_breach_of_anybodys() -> None:
    request = passed(passed(taken(), NOW + hours(4)).request, NOW + hours(4.5)).request
    kinds = {t.metric for t in request.timers if t.breached_at}
    assert kinds <= {"fup"}
