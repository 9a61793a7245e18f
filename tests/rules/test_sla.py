"""The scenarios of sla.md section 6, single promises of the clocks, and what holds in every history of a request."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import fields, replace

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.errors import Refused
from core.model.request import FINAL, ClockState, Priority, Request, Status, Timer, Verdict
from core.model.sending import Lane, Notice
from core.rules import clocks, sla
from core.rules.calendar import Calendar
from core.rules.decide import Undoable, decide
from core.rules.lifecycle import RULES
from tests.builders import (
    CONTACT,
    DESK,
    MANAGER,
    MEMBER,
    NOW,
    OWNER,
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
from tests.rules.lives import (
    ACCEPT,
    ACK,
    ACTIVE,
    AGREE,
    APPROVAL,
    APPROVE,
    ASK,
    ASSIGN,
    CONFIRM,
    DECLINE,
    EXTEND,
    FORCE,
    GROUP,
    NO_REPLY,
    NOTE,
    NUDGE,
    OFFER,
    PAUSE,
    RAISE,
    REGROUP,
    REOPEN,
    REPLY,
    RESOLVE,
    RESUME,
    RETITLE,
    RETURN,
    SNOOZE,
    SPLIT,
    START,
    SUBMIT,
    SUPPLIER,
    TAKE,
    TEN_MINUTES,
    WAIVE,
    WRITE,
    Step,
    lived,
)

# ---- scenarios of section 6


def test_scenario_f_a_client_wait_moves_the_due_time() -> None:
    request = opened(at("2025-06-02 09:00")).request
    waiting = after(request, *ASK, now=at("2025-06-02 11:00"))
    assert the_timer(waiting, "ttr").due_at is None
    answered = after(waiting, *WRITE, now=at("2025-06-04 15:00"))
    assert the_timer(answered, "ttr").due_at == at("2025-06-05 13:00")


def test_scenario_g_what_was_paused_is_measured_anew() -> None:
    around, office = Calendar.around_the_clock(), nine_to_five()
    timer = sla.start(1, a_target("ttr", "24x7"), hours(2), at("2025-06-02 08:30"))
    paused = sla.pause(timer, at("2025-06-02 09:00"), "waiting_customer")
    resumed_at = at("2025-06-09 09:00")
    moved = sla.retarget(paused, a_target("ttr", "nine"), hours(8), resumed_at, minutes(30), office)
    ruler = sla.Ruler(office, (), office)
    assert sla.elapsed(moved, around, resumed_at) == minutes(30)
    assert sla.settle(sla.resume(moved, resumed_at), ruler).due_at == at("2025-06-09 17:00")


def test_scenario_g_as_the_rulebook_says_it() -> None:
    """A target may be measured in another calendar for each priority: P1 around the clock, P2 in office hours."""
    solution = replace(
        a_target("ttr", goals={Priority.P1: 2, Priority.P2: 8, Priority.P3: 16, Priority.P4: 40}),
        calendars={Priority.P1: "24x7"},
    )  # fmt: skip
    desk = a_directory(solution)
    request = after(opened(at("2025-06-02 08:30"), desk=desk).request, *RAISE, at("2025-06-02 08:30"), desk)
    assert (the_timer(request, "ttr").calendar, the_timer(request, "ttr").due_at) == ("24x7", at("2025-06-02 10:30"))
    waiting = after(request, *ASK, at("2025-06-02 09:00"), desk)
    resumed_at = at("2025-06-09 09:00")
    lowered = after(waiting, do.SetPriority("42", "p2"), MEMBER, resumed_at, desk)
    answered = after(lowered, *WRITE, resumed_at, desk)
    assert (the_timer(answered, "ttr").calendar, the_timer(answered, "ttr").due_at) == ("nine", at("2025-06-09 17:00"))


def test_scenario_h_a_raised_priority_leaves_the_grace_and_gives_two_verdicts() -> None:
    request = opened().request
    assert the_timer(request, "ttr").due_at == at("2025-06-02 17:00")
    raised = the_timer(after(request, *RAISE, now=at("2025-06-02 12:00")), "ttr")
    assert raised.strict_goal is not None
    assert sla.instant_of(raised, raised.strict_goal, nine_to_five()) == at("2025-06-02 11:00")
    assert (raised.strict_verdict, raised.verdict) == (Verdict.MISSED, None)
    assert (raised.due_at, raised.graced_until) == (at("2025-06-02 12:30"), at("2025-06-02 12:30"))
    in_time = the_timer(
        after(after(request, *RAISE, now=at("2025-06-02 12:00")), *RESOLVE, now=at("2025-06-02 12:29")), "ttr"
    )
    assert (in_time.strict_verdict, in_time.verdict) == (Verdict.MISSED, Verdict.MET)


@pytest.mark.parametrize(
    ("resolved_at", "strict", "graced"),
    [
        ("2025-06-02 10:59", Verdict.MET, Verdict.MET),
        ("2025-06-02 11:10", Verdict.MISSED, Verdict.MET),
        ("2025-06-02 11:30", Verdict.MISSED, Verdict.MISSED),
    ],
)
def test_both_verdicts_are_given_when_it_is_done(resolved_at: str, strict: Verdict, graced: Verdict) -> None:
    raised = after(opened().request, *RAISE, now=at("2025-06-02 10:45"))
    assert the_timer(raised, "ttr").due_at == at("2025-06-02 11:15")
    done = the_timer(after(raised, *RESOLVE, now=at(resolved_at)), "ttr")
    assert (done.strict_verdict, done.verdict) == (strict, graced)


def test_a_beat_after_the_graced_due_gives_both_verdicts() -> None:
    raised = after(opened().request, *RAISE, now=at("2025-06-02 10:45"))
    late = the_timer(after(raised, do.TimeReached(0), now=at("2025-06-02 11:15")), "ttr")
    assert (late.strict_verdict, late.verdict, late.breached_at) == (
        Verdict.MISSED, Verdict.MISSED, at("2025-06-02 11:15"),
    )  # fmt: skip


def test_scenario_i_a_reopened_request_has_what_was_left() -> None:
    request = opened(at("2025-06-02 11:00")).request
    resolved = after(request, *RESOLVE, now=at("2025-06-03 09:00"))
    reopened = after(resolved, *REOPEN, now=at("2025-06-05 10:00"))
    assert the_timer(reopened, "ttr").due_at == at("2025-06-05 12:00")
    assert [(t.verdict, t.first_time_right) for t in reopened.timers if t.metric == "ttr"] == [
        (Verdict.MET, False), (None, True),
    ]  # fmt: skip


def test_scenario_j_the_earliest_due_governs() -> None:
    day = {Priority(n): 24 for n in range(1, 5)}
    targets = (
        a_target("frt", "shanghai", {Priority(n): 4 for n in range(1, 5)}),
        a_target("frt", "24x7", day, "promise"),
    )
    request = opened(at("2025-06-06 09:50"), desk=a_directory(*targets)).request
    due = {t.target: t.due_at for t in request.timers}
    assert due == {"frt": at("2025-06-09 06:20"), "promise": at("2025-06-07 09:50")}
    governing = sla.governing(request.timers, "frt")
    assert governing is not None
    assert governing.target == "promise"


def test_scenario_l_a_question_is_a_response_and_a_wait() -> None:
    request, now = lived(ACK)
    asked = after(request, *ASK, now=now)
    assert the_timer(asked, "frt").verdict is Verdict.MET
    assert the_timer(asked, "ttr").state is ClockState.PAUSED


def test_scenario_m_after_an_outage_the_gravest_speaks_and_all_are_recorded() -> None:
    target = a_target("frt", "24x7", {Priority(n): 4 for n in range(1, 5)})
    desk = a_directory(target)
    request = opened(desk=desk).request
    late = decide(request, do.TimeReached(0), a_context(now=NOW + hours(3.9), desk=desk))
    assert [f.step for f in late.firings] == ["half", "risk", "late-risk"]
    (said,) = late.events
    assert isinstance(said, ev.Reached)
    assert (said.step, said.missed) == ("late-risk", 1)  # the card-only half is not counted
    assert {n.lane for n in late.deliveries if isinstance(n, Notice)} == {Lane.REMINDER}
    again = decide(late.request, do.TimeReached(0), a_context(now=NOW + hours(3.9), desk=desk))
    assert (again.firings, again.events, again.request) == ((), (), late.request)


def test_after_a_long_outage_each_person_hears_once_of_a_clock_the_gravest_of_theirs() -> None:
    """Nine hours: the lead's breach and the manager's third reminder; no warning of what is overdue already."""
    desk = a_directory(a_target("frt", "24x7", {Priority(n): 4 for n in range(1, 5)}))
    late = decide(opened(desk=desk).request, do.TimeReached(0), a_context(now=NOW + hours(9), desk=desk))
    reached = [(f.step, f.repeat) for f in late.firings]
    assert reached[:4] == [("half", 0), ("risk", 0), ("late-risk", 0), ("breach", 0)]
    repeats = [repeat for step, repeat in reached if step == "manager"]
    told = {n.person: (n.facts["step"], n.facts["repeat"]) for n in late.deliveries if isinstance(n, Notice)}
    assert told == {OWNER: ("breach", 0), MANAGER: ("manager", repeats[-1])}
    assert len([n for n in late.deliveries if isinstance(n, Notice)]) == 2
    assert all(n.valid_until == NOW + hours(33) for n in late.deliveries if isinstance(n, Notice))
    (said,) = late.events
    assert isinstance(said, ev.Reached)
    assert said.step == "manager", "what happened to the clock is the gravest"


# ---- single promises of sections 5 and 7


def test_after_a_breach_the_manager_hears_every_hour_three_times_and_no_more() -> None:
    desk = a_directory(a_target("ttr", "24x7", {Priority(n): 1 for n in range(1, 5)}))
    request = opened(desk=desk).request
    heard: list[tuple[str, int]] = []
    for n in range(1, 400):
        decision = decide(request, do.TimeReached(0), a_context(now=NOW + minutes(15 * n), desk=desk))
        request, heard = decision.request, [*heard, *((f.step, f.repeat) for f in decision.firings)]
    three = [("manager", n) for n in range(3)]
    assert heard == [("half", 0), ("risk", 0), ("late-risk", 0), ("breach", 0), *three]
    assert the_timer(request, "ttr").next_at is None


def test_only_the_governing_target_speaks_and_both_are_judged() -> None:
    four = {Priority(n): 4 for n in range(1, 5)}
    desk = a_directory(a_target("frt", "24x7", four, "short"), a_target("frt", "24x7", dict.fromkeys(four, 5), "long"))
    late = decide(opened(desk=desk).request, do.TimeReached(0), a_context(now=NOW + hours(6), desk=desk))
    assert [e.target for e in late.events if isinstance(e, ev.Reached)] == ["short"]
    assert {t.target: t.verdict for t in late.request.timers} == dict.fromkeys(("short", "long"), Verdict.MISSED)
    assert len({f.timer for f in late.firings}) == 2


def test_a_breach_stays_when_the_priority_is_lowered() -> None:
    request = after(opened().request, *RAISE)
    late = after(request, do.TimeReached(0), now=at("2025-06-02 12:00"))
    assert the_timer(late, "ttr").verdict is Verdict.MISSED
    asked = after(late, do.SetPriority("42", "p4", "can wait"), now=at("2025-06-02 12:10"))
    lowered = after(asked, *CONFIRM, now=at("2025-06-02 12:10"))
    assert lowered.priority is Priority.P4
    assert the_timer(lowered, "ttr").verdict is Verdict.MISSED
    assert the_timer(lowered, "ttr").breached_at == at("2025-06-02 11:00")


def test_what_has_fired_does_not_fire_again_after_a_retarget() -> None:
    request = after(opened().request, *RAISE)
    first = decide(request, do.TimeReached(0), a_context(now=at("2025-06-02 10:31")))
    asked = after(first.request, do.SetPriority("42", "p3", "can wait"), now=at("2025-06-02 10:32"))
    lowered = after(asked, *CONFIRM, now=at("2025-06-02 10:32"))
    later = decide(lowered, do.TimeReached(0), a_context(now=at("2025-06-02 16:50")))
    mine = the_timer(request, "ttr").id
    steps = [[f.step for f in d.firings if f.timer == mine] for d in (first, later)]
    assert steps == [["half", "risk"], ["late-risk"]]


def test_priority_after_reopening_counts_what_the_first_cycle_used() -> None:
    request = opened().request
    resolved = after(request, *RESOLVE, now=at("2025-06-02 12:00"))
    reopened = after(resolved, *REOPEN, now=at("2025-06-03 09:00"))
    assert the_timer(reopened, "ttr").due_at == at("2025-06-03 14:00")
    lowered = after(reopened, do.SetPriority("42", "p2"), now=at("2025-06-03 09:00"))
    assert the_timer(lowered, "ttr").due_at == at("2025-06-03 10:00")


def test_reopening_leaves_at_least_the_floor() -> None:
    request = after(opened().request, *RAISE)
    resolved = after(request, *RESOLVE, now=at("2025-06-02 15:00"))
    reopened = after(resolved, *REOPEN, now=at("2025-06-03 09:00"))
    assert the_timer(reopened, "ttr").due_at == at("2025-06-03 09:30")
    assert [t.verdict for t in reopened.timers if t.metric == "ttr"] == [Verdict.MISSED, None]


def test_lowering_what_is_at_risk_needs_a_reason_and_a_second_person() -> None:
    request = after(opened().request, *RAISE)
    soon, near = at("2025-06-02 10:00"), at("2025-06-02 10:30")
    assert after(request, do.SetPriority("42", "p3"), now=soon).priority is Priority.P3
    with pytest.raises(Refused, match="reason_needed"):
        after(request, do.SetPriority("42", "p3"), now=near)
    asked = after(request, do.SetPriority("42", "p3", "can wait"), now=near)
    assert (asked.priority, asked.timers) == (Priority.P1, clocks.settled(request, a_context(now=near)).timers)
    with pytest.raises(Refused, match="second_person_needed"):
        after(asked, do.Confirm("42"), MEMBER, now=near)
    assert after(asked, *CONFIRM, now=near).priority is Priority.P3
    with pytest.raises(Refused, match="nothing_to_confirm"):
        after(request, *CONFIRM, now=near)


def test_after_the_window_it_goes_on_in_a_request_that_is_linked() -> None:
    request, _ = lived(REPLY, RESOLVE)
    over = the_timer(request, "acc").due_at
    assert over is not None
    assert after(request, *REOPEN, now=over).status is Status.IN_PROGRESS
    late = decide(request, *REOPEN[:1], a_context(CONTACT, now=over + minutes(1)))
    (child,) = late.also
    assert (late.request.status, late.request.timers) == (Status.RESOLVED, request.timers)
    assert (child.request.follows, child.request.description) == (request.number, "Not done")
    assert (child.request.status, child.request.version, child.before) == (Status.NEW, 1, None)
    assert {t.segments[0].from_at for t in child.request.timers} == {over + minutes(1)}


@pytest.mark.parametrize("beat", [True, False])
def test_what_is_due_at_closing_is_late_an_hour_after_whether_or_not_a_beat_came(beat: bool) -> None:
    request = opened().request
    if beat:
        request = after(request, do.TimeReached(0), now=at("2025-06-02 17:00"))
    late = the_timer(after(request, *RESOLVE, now=at("2025-06-02 18:00")), "ttr")
    assert (late.verdict, late.breached_at) == (Verdict.MISSED, at("2025-06-02 17:00"))


def test_done_at_the_due_time_is_met() -> None:
    request = opened().request
    assert the_timer(after(request, *RESOLVE, now=at("2025-06-02 17:00")), "ttr").verdict is Verdict.MET


def test_total_resolution_counts_the_time_in_between_and_remembers_a_miss() -> None:
    request = after(opened().request, *RAISE)
    resolved = after(request, *RESOLVE, now=at("2025-06-02 12:00"))
    reopened = after(resolved, *REOPEN, now=at("2025-06-02 13:00"))
    assert sla.elapsed(the_timer(reopened, "trt"), nine_to_five(), at("2025-06-02 13:00")) == hours(4)
    total = the_timer(resolved, "trt")
    assert the_timer(reopened, "trt").verdict == (Verdict.MISSED if total.verdict is Verdict.MISSED else None)


def test_an_extension_moves_the_ladder_and_neither_due_nor_verdict() -> None:
    desk = a_directory(a_target("ttr", "24x7", {Priority(n): 4 for n in range(1, 5)}))
    request = opened(desk=desk).request
    extended = after(request, do.Extend("42", "4h", "parts"), MANAGER, NOW + hours(1), desk)
    assert the_timer(extended, "ttr").due_at == NOW + hours(4)
    quiet = decide(extended, do.TimeReached(0), a_context(now=NOW + hours(5), desk=desk))
    assert [f.step for f in quiet.firings] == ["half", "due"]
    assert not [n for n in quiet.deliveries if isinstance(n, Notice)]
    assert the_timer(quiet.request, "ttr").verdict is Verdict.MISSED
    assert the_timer(quiet.request, "ttr").breached_at == NOW + hours(4)
    loud = decide(quiet.request, do.TimeReached(0), a_context(now=NOW + hours(8), desk=desk))
    assert [f.step for f in loud.firings] == ["risk", "late-risk", "breach"]


def test_a_new_update_period_is_whole() -> None:
    request, _ = lived(REPLY)
    assert the_timer(request, "put").goal == hours(8)
    assert the_timer(request, "put").cycle == 2


def test_a_reply_to_one_we_wait_for_starts_no_running_clock() -> None:
    request, now = lived(ASK)
    replied = after(request, *REPLY, now=now)
    assert replied.status is Status.WAITING_CUSTOMER
    assert the_timer(replied, "put").state is ClockState.PAUSED


# ---- undo

TAKEN_BACK = (
    TAKE, ACK, ASSIGN, RAISE, RESOLVE, ASK, SNOOZE, START, NO_REPLY, APPROVAL, SUPPLIER, OFFER, PAUSE, SUBMIT, FORCE,
    DECLINE, GROUP, RESUME,
)  # fmt: skip


@pytest.mark.parametrize(
    "step",
    [
        TAKE,
        ACK,
        ASSIGN,
        RAISE,
        RESOLVE,
        ASK,
        SNOOZE,
        START,
        NO_REPLY,
        APPROVAL,
        SUPPLIER,
        OFFER,
        PAUSE,
        SUBMIT,
        FORCE,
        DECLINE,
        GROUP,
    ],
)
@pytest.mark.parametrize(
    "steps",
    [(), (REPLY, WRITE), (ASK,), (FORCE, CONFIRM), (OFFER, AGREE)],
    ids=["new", "in progress", "waiting", "held", "scheduled"],
)
def test_undo_restores_as_if_nothing_had_been_pressed(steps: tuple[Step, ...], step: Step) -> None:
    before, now = lived(*steps)
    command, person = step
    try:
        pressed = decide(before, command, a_context(person, now=now))
    except Refused:
        pytest.skip("makes no sense there")
    if pressed.undoable is None or pressed.undoable.verb != type(command).__name__:
        pytest.skip("cannot be taken back")
    later = now + timedelta(seconds=59)
    undone = decide(pressed.request, do.Undo("42"), a_context(person, now=later, undoable=pressed.undoable))
    assert undone.withdrawn
    assert undone.request.version == pressed.request.version + 1
    for was in before.timers:
        back = next(t for t in undone.request.timers if t.id == was.id)
        calendar = DESK.rulebook.calendars[was.calendar]
        assert sla.elapsed(back, calendar, later) == sla.elapsed(was, calendar, later)
        same = ("state", "goal", "verdict", "due_at", "next_at", "next_step", "breached_at", "stopped_at")
        assert [getattr(back, name) for name in same] == [getattr(was, name) for name in same]
    known = {t.id for t in before.timers}
    assert all(t.state is ClockState.CANCELLED for t in undone.request.timers if t.id not in known)
    kept = [f.name for f in fields(Request) if f.name not in ("timers", "version") and not f.name.startswith("last_")]
    assert [getattr(undone.request, name) for name in kept] == [getattr(before, name) for name in kept]


def test_undo_is_refused_too_late_by_others_and_after_something_else() -> None:
    before, now = lived()
    pressed = decide(before, do.Take("42"), a_context(now=now))
    undoable = pressed.undoable
    assert undoable is not None
    for person, seconds, code in ((MEMBER, 61, "undo_too_late"), (OWNER, 1, "nothing_to_undo")):
        with pytest.raises(Refused, match=code):
            decide(
                pressed.request, do.Undo("42"),
                a_context(person, now=now, real=now + timedelta(seconds=seconds), undoable=undoable),
            )  # fmt: skip
    noted = after(pressed.request, do.Note("42", "x"), now=now)
    with pytest.raises(Refused, match="nothing_to_undo"):
        decide(noted, do.Undo("42"), a_context(now=now, undoable=undoable))


def test_undoing_the_filing_withdraws_it() -> None:
    filed = opened()
    undone = decide(filed.request, do.Undo("42"), a_context(CONTACT, undoable=filed.undoable))
    assert undone.request.status is Status.CANCELLED
    assert undone.events == (ev.Cancelled(CONTACT, undone=True),)


# ---- every history

STEPS: tuple[Step, ...] = (
    TAKE, ACK, ASSIGN, RETURN, RAISE, WRITE, WRITE, REPLY, REPLY, NOTE, ASK, RESUME, SNOOZE, NUDGE, EXTEND, RESOLVE,
    RESOLVE, ACCEPT, REOPEN, REOPEN, REGROUP, RETITLE, (do.Assign("42", MEMBER), MANAGER),
    (do.SetPriority("42", "p2"), MANAGER), (do.SetPriority("42", "p4"), MANAGER), (do.Rate("42", "5"), CONTACT),
    (do.Rate("42", "1"), CONTACT), (do.EditRequest("42", item="drawings"), MANAGER), START, NO_REPLY, APPROVAL, APPROVE,
    SUPPLIER, OFFER, AGREE, SUBMIT, (do.PassReview("42"), OWNER), (do.FailReview("42", "x"), OWNER), PAUSE, FORCE, WAIVE,
    (do.Confirm("42"), OWNER), RESUME, RESUME, SPLIT, (do.AssignGroup("42", "bidding"), MANAGER),
    (do.AssignGroup("42", "supervision"), MANAGER),
)  # fmt: skip


class Life(RuleBasedStateMachine):
    """One request under random commands, beats and waits."""

    @initialize(level=st.sampled_from(["urgent", "normal", "low"]), hour=st.integers(0, 23))
    def file(self, level: str, hour: int) -> None:
        self.now = NOW + hours(hour)
        self.request = opened(self.now, level=level).request
        self.before = self.request
        self.undoable: Undoable | None = None
        self.fired: list[tuple[int, int, str, int]] = []
        self.keys: list[str] = []
        self.undone = False

    @rule(picks=st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
    def act(self, picks: list[int]) -> None:
        """Commands that make sense now; a team member's are the manager's, who may act after the team has changed; the
        second person is the service owner."""
        for pick in picks:
            fitting = [step for step in STEPS if self.request.status in RULES[type(step[0])][1]]
            command, person = fitting[pick % len(fitting)]
            self._decide(command, person if person in (CONTACT, OWNER) else MANAGER)
            self.now += TEN_MINUTES

    @rule()
    def withdraw(self) -> None:
        if self.request.reopened:  # late in life, or most lives would be short
            self._decide(do.Cancel("42"), MANAGER)

    @rule(person=st.sampled_from([CONTACT, MANAGER]))
    def undo(self, person: str) -> None:
        self._decide(do.Undo("42"), person)

    @rule()
    def beat(self) -> None:
        self._decide(do.TimeReached(0), "")

    @rule(n=st.sampled_from([1, 7, 30, 61, 240, 1440, 5000]))
    def wait(self, n: int) -> None:
        self.now += minutes(n)

    @rule()
    def wait_for_the_next_checkpoint(self) -> None:
        ahead = [t.next_at for t in self.request.timers if t.next_at is not None]
        self.now = max(self.now, min(ahead, default=self.now))
        self._decide(do.TimeReached(0), "")

    def _decide(self, command: Command, person: str) -> None:
        context = a_context(person or MANAGER, now=self.now, undoable=self.undoable)
        try:
            decision = decide(self.request, command, context)
        except Refused:
            return
        self.before, self.request = self.request, decision.request
        self.undone = isinstance(command, do.Undo)
        self.undoable = decision.undoable
        self.fired += [(f.timer, f.cycle, f.step, f.repeat) for f in decision.firings]
        self.keys += [n.key for n in decision.deliveries if isinstance(n, Notice)]
        changed = bool(decision.events or decision.firings)
        assert self.request.version == self.before.version + changed
        self._no_verdict_changed()

    def _no_verdict_changed(self) -> None:
        now = {t.id: t for t in self.request.timers}
        for was in self.before.timers:
            carried_on = was.metric == "trt" and was.verdict is Verdict.MET
            if was.verdict is not None and not self.undone and not carried_on:
                assert now[was.id].verdict is was.verdict
                assert now[was.id].breached_at == was.breached_at

    @invariant()
    def elapsed_is_the_sum_of_what_ran(self) -> None:
        for timer in self._timers():
            calendar = self._calendar(timer)
            spans = [calendar.between(s.from_at, s.to_at or self.now) for s in timer.segments if s.running]
            assert sla.elapsed(timer, calendar, self.now) == sum(spans, timedelta(0))
            assert all(span >= timedelta(0) for span in spans)

    @invariant()
    def segments_follow_each_other(self) -> None:
        for timer in self._timers():
            assert [s.to_at is None for s in timer.segments[:-1]] == [False] * (len(timer.segments) - 1)
            assert all(a.to_at is not None and a.to_at <= b.from_at for a, b in pairwise(timer.segments))
            assert (timer.segments[-1].to_at is None) is (timer.state in ACTIVE)
            if timer.state in ACTIVE:
                assert timer.segments[-1].running is (timer.state is ClockState.RUNNING)

    @invariant()
    def due_lies_in_working_time_or_at_closing(self) -> None:
        for timer in self._timers():
            assert (timer.due_at is not None) is (timer.state is ClockState.RUNNING)
            if (
                timer.agreed_at is None and timer.due_at is not None and timer.goal
            ):  # a target of no length is due where it starts (rulings.md 6)
                calendar = self._calendar(timer)
                assert calendar.is_open(timer.due_at - timedelta(microseconds=1)) or calendar.is_open(timer.due_at)

    @invariant()
    def each_checkpoint_fires_once(self) -> None:
        assert len(self.fired) == len(set(self.fired))

    @invariant()
    def each_notice_has_a_key_of_its_own(self) -> None:
        assert len(self.keys) == len(set(self.keys))

    @invariant()
    def no_clock_runs_on_a_final_request(self) -> None:
        if self.request.status in FINAL:
            assert not [t.metric for t in self._timers() if t.state in ACTIVE]

    @invariant()
    def only_the_acceptance_window_runs_on_a_resolved_request(self) -> None:
        if self.request.status is Status.RESOLVED:
            assert {t.metric for t in self._timers() if t.state in ACTIVE} == {"acc"}

    @invariant()
    def a_clock_waits_exactly_while_its_request_gives_a_reason(self) -> None:
        """Pausing is a property of the state, whatever history led there (sla.md 8.5); an agreed date never pauses."""
        agreement = DESK.rulebook.agreements[self.request.agreement]
        for timer in self._timers():
            reason = clocks.held(self.request, timer.metric, agreement) if timer.agreed_at is None else ""
            if timer.state in ACTIVE:
                assert bool(timer.segments[-1].reason) is bool(reason), (timer.metric, self.request.status)

    @invariant()
    def one_clock_of_a_target_runs_at_most(self) -> None:
        active = [t.target for t in self._timers() if t.state in ACTIVE]
        assert len(active) == len(set(active))

    @invariant()
    def a_missed_clock_says_since_when(self) -> None:
        for timer in self._timers():
            assert timer.verdict is not Verdict.MISSED or timer.breached_at is not None

    def _timers(self) -> tuple[Timer, ...]:
        return self.request.timers

    def _calendar(self, timer: Timer) -> Calendar:
        return DESK.rulebook.calendars[timer.calendar]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
