"""What is missing: which of it words, numbers, buttons and files mean, and what that does to the clocks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import ClockState, File, Request, Status
from core.rulebook.directory import Directory
from core.rulebook.values import Choice, Detail, Prerequisite, Target
from core.rules import menu
from core.rules.decide import Undoable, decide, open_request
from tests.builders import CONTACT, MANAGER, MEMBER, NOW, OWNER, a_context, a_directory, a_target, hours, the_timer

PERMIT = Prerequisite("permit", {"en": "Building permit", "zh-CN": "施工许可证"}, file=True)
METHOD = Prerequisite("method", {"en": "Method statement", "zh-CN": "施工组织设计"})
CONTACT_ON_SITE = Prerequisite("contact", {"en": "Site contact", "zh-CN": "现场联系人"})
FLOOR = Detail("floor", {"en": "Floor", "zh-CN": "楼层"}, "number", required=True, least=1, most=40)
PART = Detail("part", {"en": "Discipline", "zh-CN": "专业"}, "choice", options=(Choice("civil", {"en": "Structure"}),))
A_FILE = File("permit.pdf", "slack:F1")


def _desk(
    prerequisites: tuple[Prerequisite, ...] = (PERMIT, METHOD, CONTACT_ON_SITE), *targets: Target, **terms: Any
) -> Directory:
    desk = a_directory(*targets, **terms)
    items = dict(desk.rulebook.items)
    items["check"] = replace(
        items["drawings"],
        id="check",
        name={"en": "Check"},
        aliases=(),
        prerequisites=prerequisites,
        details=(FLOOR, PART),
    )
    return Directory(replace(desk.rulebook, items=items))


DESK = _desk()


def filed(desk: Directory = DESK, **details: str) -> Request:
    command = do.OpenRequest("Block 4", item="check", level="normal", impact="3", details=details)
    return open_request(command, a_context(CONTACT, desk=desk)).request


def supplied(
    request: Request, text: str = "", *files: File, what: str = "", person: str = CONTACT, desk: Directory = DESK,
    after: int = 1,
) -> Request:  # fmt: skip
    command = do.Supply(request.number, text, what, files)
    return decide(request, command, a_context(person, now=NOW + hours(after), desk=desk)).request


def test_what_the_order_did_not_say_is_missing_too() -> None:
    assert filed().missing == ("permit", "method", "contact", "floor")
    said = filed(floor="3", part="structure")
    assert said.missing == ("permit", "method", "contact")
    assert said.details == {"floor": "3", "part": "civil"}


def test_the_responses_count_at_once_the_solution_from_completeness() -> None:
    request = filed()
    assert request.status is Status.WAITING_CUSTOMER
    states = {t.metric: t.state for t in request.timers}
    assert {metric for metric, state in states.items() if state is ClockState.RUNNING} == {
        "ack",
        "frt",
        "trt",
        "own",
        "cwt",
    }
    assert states["ttr"] is ClockState.ARMED
    for text in ("2", "3", "floor 12"):
        request = supplied(request, text)
    assert the_timer(request, "ttr").state is ClockState.ARMED
    request = supplied(request, "", A_FILE, after=3)
    ttr, waited = the_timer(request, "ttr"), the_timer(request, "cwt")
    assert (request.status, request.missing) == (Status.NEW, ())
    assert (ttr.state, ttr.segments[0].from_at, ttr.due_at) == (
        ClockState.RUNNING,
        NOW + hours(3),
        NOW + hours(11) + hours(16),
    )
    assert (waited.state, waited.stopped_at) == (ClockState.STOPPED, NOW + hours(3))
    assert the_timer(request, "put").state is ClockState.RUNNING


@pytest.mark.parametrize(
    ("text", "need", "kept"),
    [
        ("2", "method", ""), ("2.", "method", ""), ("2 as agreed", "method", "as agreed"),
        ("method", "method", ""), ("Method statement", "method", ""), ("施工组织设计", "method", ""),
        ("method statement: rev C", "method", "rev C"), ("施工组织设计：C 版", "method", "C 版"),
        ("sgzzsj", "method", "sgzzsj"), ("Site contct", "contact", "Site contct"),
        ("3 Emma, 555-0101", "contact", "Emma, 555-0101"),
        ("1 https://files.example/1", "permit", "https://files.example/1"),
        ("4 12", "floor", "12"), ("楼层 12", "floor", "12"), ("floor: 12", "floor", "12"),
    ],
)  # fmt: skip
def test_words_mean_one_of_the_list(text: str, need: str, kept: str) -> None:
    request = supplied(filed(), text)
    assert need not in request.missing
    assert [(one.need, one.text) for one in request.supplied] == [(need, kept)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "file_needed"), ("permit", "file_needed"), ("4", "answer_needed"), ("floor", "answer_needed"),
        ("4 high up", "field_number"), ("4 0", "field_least"), ("4 41", "field_most"),
        ("9", "which_needed"), ("something else altogether", "which_needed"), ("1 -", "file_needed"),
        ("permit ...", "file_needed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        supplied(filed(), text)
    assert refused.value.code == code


def test_all_ticks_what_can_be_ticked() -> None:
    for words in ("", "all", "都齐了"):
        request = supplied(filed(), words)
        assert request.missing == ("permit", "floor"), "a file is not there because somebody says so, nor is an answer"
    with pytest.raises(Refused, match="file_needed"):
        supplied(request, "")


def test_a_file_goes_to_the_only_file_that_is_missing() -> None:
    request = supplied(filed(), "", A_FILE)
    (one,) = request.supplied
    assert (one.need, one.file, one.ref, one.by) == ("permit", "permit.pdf", "slack:F1", CONTACT)


def test_a_file_that_may_be_several_is_asked_about() -> None:
    desk = _desk((PERMIT, replace(PERMIT, id="plan", name={"en": "Plan"})))
    with pytest.raises(Refused, match="which_needed"):
        supplied(filed(desk), "", A_FILE, desk=desk)
    assert supplied(filed(desk), "plan", A_FILE, desk=desk).missing == ("permit", "floor")
    assert supplied(filed(desk), "", A_FILE, what="plan", desk=desk).missing == ("permit", "floor")


def test_the_second_picture_of_an_album_is_not_the_second_thing() -> None:
    """It has no caption of its own, so it is asked about; or it is said to be one more page."""
    desk = _desk((PERMIT, replace(PERMIT, id="plan", name={"en": "Plan"}), METHOD))
    request = supplied(filed(desk), "1", A_FILE, desk=desk)
    with pytest.raises(Refused, match="which_needed"):
        supplied(request, "", A_FILE, desk=desk)
    more = supplied(request, "permit", replace(A_FILE, name="page 2.pdf"), desk=desk)
    assert [(one.need, one.file) for one in more.supplied] == [("permit", "permit.pdf"), ("permit", "page 2.pdf")]
    assert more.missing == request.missing


def test_what_is_quoted_or_declined_at_intake_is_not_lost_in_it() -> None:
    """The answer to a quote is not what is missing: it waits on for that, and can still be handed over."""
    ask, quote = do.AskScope("42", "Is it ours?"), do.Quote("42", "100 pounds")
    asked = decide(filed(), ask, a_context(MEMBER, now=NOW + hours(1), desk=DESK)).request
    quoted = decide(asked, quote, a_context(OWNER, now=NOW + hours(2), desk=DESK)).request
    for answer in (do.Accept("42"), do.RefuseQuote("42", "Too much")):
        after = decide(quoted, answer, a_context(CONTACT, now=NOW + hours(3), desk=DESK)).request
        assert (after.status, after.missing) == (Status.WAITING_CUSTOMER, quoted.missing)
        assert the_timer(after, "cwt").state is ClockState.RUNNING
        assert supplied(after, "2", after=4).missing == ("permit", "contact", "floor")
    declined = decide(filed(), do.Decline("42", "Not ours"), a_context(MEMBER, now=NOW + hours(1), desk=DESK)).request
    assert declined.status is Status.DECLINED
    assert not any(t.is_active for t in declined.timers)


def test_several_files_are_one_thing() -> None:
    request = supplied(filed(), "1", A_FILE, replace(A_FILE, name="plan.pdf"))
    assert [(one.need, one.file) for one in request.supplied] == [("permit", "permit.pdf"), ("permit", "plan.pdf")]


def test_the_numbers_of_the_list_stay() -> None:
    """What is ticked first does not move to the front: people type what they read on the card before."""
    request = supplied(supplied(filed(), "3"), "2")
    assert [need.id for need in menu.checklist(request, DESK.rulebook)] == ["permit", "method", "contact", "floor"]
    assert supplied(request, "4 7").missing == ("permit",)


def test_the_team_may_tick_for_a_client_and_say_that_it_is_enough() -> None:
    request = supplied(filed(), "2", person=MEMBER)
    assert request.supplied[0].by == MEMBER
    enough = decide(request, do.AcceptPrerequisites("42"), a_context(MEMBER, now=NOW + hours(2), desk=DESK))
    assert (enough.request.status, enough.request.missing) == (Status.NEW, ())
    assert the_timer(enough.request, "ttr").segments[0].from_at == NOW + hours(2)


def test_who_takes_it_at_intake_has_acknowledged_it() -> None:
    """The response clocks run; so they can be met."""
    request = decide(filed(), do.Take("42"), a_context(MEMBER, now=NOW + hours(1), desk=DESK)).request
    assert (request.status, request.assignee) == (Status.WAITING_CUSTOMER, MEMBER)
    assert the_timer(request, "ack").state is ClockState.STOPPED
    with pytest.raises(Refused, match="someone_was_faster"):
        decide(request, do.Acknowledge("42"), a_context(MANAGER, now=NOW + hours(2), desk=DESK))
    done = decide(request, do.AcceptPrerequisites("42"), a_context(MEMBER, now=NOW + hours(2), desk=DESK)).request
    assert done.status is Status.ACKNOWLEDGED


def test_a_slip_is_taken_back() -> None:
    """The last tick within its minute: at intake again, the solution armed, the client's clock as if never stopped."""
    before = supplied(supplied(supplied(filed(), "2"), "3"), "floor 3")
    ctx = a_context(CONTACT, now=NOW + hours(2), desk=DESK)
    done = decide(before, do.Supply("42", files=(A_FILE,)), ctx)
    assert isinstance(done.events[-1], ev.PrerequisitesAccepted)
    assert isinstance(done.undoable, Undoable)
    back = decide(done.request, do.Undo("42"), replace(ctx, undoable=done.undoable)).request
    assert (back.status, back.missing, back.supplied) == (Status.WAITING_CUSTOMER, ("permit",), before.supplied)
    assert the_timer(back, "ttr").state is ClockState.ARMED
    assert the_timer(back, "cwt").state is ClockState.RUNNING
    again = supplied(back, "", A_FILE, after=5)
    assert the_timer(again, "ttr").due_at == NOW + hours(13) + hours(16)


def test_another_item_asks_for_its_own() -> None:
    """Corrected at intake: what the right item needs is missing then, and where that is nothing, it is complete."""
    ctx = a_context(MEMBER, now=NOW + hours(2), desk=DESK)
    other = decide(filed(), do.EditRequest("42", item="design"), ctx).request
    assert other.missing == ("Site survey", "Load figures")
    none = decide(filed(), do.EditRequest("42", item="drawings"), ctx).request
    assert (none.status, none.missing) == (Status.NEW, ())
    assert the_timer(none, "ttr").segments[0].from_at == NOW + hours(2)


def test_the_rulebook_says_how_often_the_client_is_reminded() -> None:
    steps = DESK.rulebook.ladders["waiting"].steps
    once = {**DESK.rulebook.ladders, "waiting": replace(DESK.rulebook.ladders["waiting"], steps=steps[:1])}
    for ladders, times in ((DESK.rulebook.ladders, 3), (once, 1)):
        made = _desk((METHOD,), a_target("frt"), a_target("ttr"), client_wait=hours(8))
        desk = Directory(replace(made.rulebook, ladders=ladders))
        request, said = filed(desk), 0
        for hour in range(1, 9):
            passed = decide(request, do.TimeReached(request.id), a_context(now=NOW + hours(hour), desk=desk))
            said += sum(isinstance(e, ev.Reached) and e.metric == "cwt" for e in passed.events)
            request = passed.request
        assert said == times
        assert request.status is Status.CANCELLED, "nothing came, so it ends"


@given(st.lists(st.sampled_from(["1 here", "2", "3", "4 7", "all", "method", "楼层 2"]), max_size=8))
def test_whatever_the_order_it_is_complete_once_and_then(words: list[str]) -> None:
    request, done = filed(), 0
    for text in words:
        try:
            decision = decide(request, do.Supply("42", text), a_context(CONTACT, now=NOW + hours(1), desk=DESK))
        except Refused:
            continue
        request = decision.request
        done += sum(isinstance(event, ev.PrerequisitesAccepted) for event in decision.events)
    asked = {need.id for need in menu.checklist(request, DESK.rulebook)}
    assert asked == {"permit", "method", "contact", "floor"}
    assert set(request.missing).isdisjoint({one.need for one in request.supplied})
    assert done == (0 if request.missing else 1)
    assert (the_timer(request, "ttr").state is ClockState.ARMED) is bool(request.missing)


def _state(request: Request, metric: str) -> ClockState:
    return the_timer(request, metric).state


def corrected(request: Request, person: str = MANAGER, after: int = 2, desk: Directory = DESK) -> Any:
    return decide(request, do.EditRequest("42", item="check"), a_context(person, now=NOW + hours(after), desk=desk))


def plain(desk: Directory = DESK, item: str = "drawings") -> Request:
    return open_request(do.OpenRequest("Block 4", item=item), a_context(CONTACT, desk=desk)).request


def test_corrected_to_a_service_that_needs_something_it_waits_for_that_with_what_it_has_used() -> None:
    decision = corrected(plain())
    after = decision.request
    assert (after.status, after.missing) == (Status.WAITING_CUSTOMER, ("permit", "method", "contact", "floor"))
    assert [type(event) for event in decision.events] == [ev.Edited, ev.FoundIncomplete]
    assert (_state(after, "ttr"), _state(after, "cwt")) == (ClockState.PAUSED, ClockState.RUNNING)
    assert _state(after, "frt") is ClockState.RUNNING, "the response is owed all the same"
    given = supplied(supplied(after, "1", A_FILE, after=3), "all", after=3)
    done = supplied(given, "4 12", after=4)
    assert (done.status, done.missing, _state(done, "ttr")) == (Status.NEW, (), ClockState.RUNNING)
    assert the_timer(done, "ttr").segments[0].to_at == NOW + hours(2), "what was measured before it stays measured"


@pytest.mark.parametrize("step", [do.StartWork("42"), do.AskClient("42", "Which block?")])
def test_who_works_on_it_has_what_they_need(step: Any) -> None:
    begun = decide(plain(), step, a_context(MEMBER, now=NOW + hours(1), desk=DESK)).request
    assert corrected(begun).request.missing == ()


def test_corrected_to_a_service_that_needs_nothing_it_goes_on() -> None:
    decision = decide(plain(), do.EditRequest("42", item="it"), a_context(MANAGER, now=NOW + hours(1), desk=DESK))
    assert (decision.request.status, decision.request.missing) == (Status.NEW, ())
    assert [type(event) for event in decision.events] == [ev.Edited]


def test_taken_it_goes_back_to_whoever_has_it() -> None:
    taken = decide(plain(), do.Take("42"), a_context(MEMBER, now=NOW + hours(1), desk=DESK)).request
    missing = corrected(taken, MEMBER).request
    assert missing.assignee == MEMBER
    done = decide(missing, do.AcceptPrerequisites("42"), a_context(MEMBER, now=NOW + hours(3), desk=DESK)).request
    assert (done.status, done.missing, _state(done, "ttr")) == (Status.ACKNOWLEDGED, (), ClockState.RUNNING)


OUTSIDE = _desk(excludes=("check",))


@pytest.mark.parametrize("decided", [do.AcceptOnce("42", "this once"), do.AddToCatalogue("42", "Checks")])
def test_accepted_though_it_was_outside_it_is_asked_for_what_it_needs(decided: Any) -> None:
    request = open_request(do.OpenRequest("Block 4", item="check"), a_context(CONTACT, desk=OUTSIDE)).request
    assert (request.scope, request.missing, _state(request, "ttr")) == ("asked", (), ClockState.PAUSED)
    decision = decide(request, decided, a_context(request.owner, now=NOW + hours(1), desk=OUTSIDE))
    after = decision.request
    assert (after.status, after.missing) == (Status.WAITING_CUSTOMER, ("permit", "method", "contact", "floor"))
    assert [type(event) for event in decision.events] == [ev.ScopeAccepted, ev.FoundIncomplete]
    assert _state(after, "ttr") is ClockState.PAUSED
    done = decide(after, do.AcceptPrerequisites("42"), a_context(MANAGER, now=NOW + hours(4), desk=OUTSIDE)).request
    assert (done.status, _state(done, "ttr")) == (Status.NEW, ClockState.RUNNING)
    running = [segment for segment in the_timer(done, "ttr").segments if segment.running]
    assert [segment.from_at for segment in running][-1] == NOW + hours(4), "it counts from when all was there"


def test_something_else_that_turns_out_to_be_a_service_is_asked_for_what_that_needs() -> None:
    request = open_request(do.OpenRequest("Block 4", item="other"), a_context(CONTACT, desk=DESK)).request
    assert request.scope == "asked"
    decision = corrected(request, after=1)
    after = decision.request
    assert (after.scope, after.status, len(after.missing)) == ("covered", Status.WAITING_CUSTOMER, 4)
    assert _state(after, "ttr") is ClockState.PAUSED
    done = decide(after, do.AcceptPrerequisites("42"), a_context(MANAGER, now=NOW + hours(2), desk=DESK)).request
    assert (done.status, _state(done, "ttr")) == (Status.NEW, ClockState.RUNNING)


def test_a_correction_to_what_is_outside_asks_for_nothing_before_it_is_decided() -> None:
    after = corrected(plain(OUTSIDE), desk=OUTSIDE).request
    assert (after.scope, after.missing, after.status) == ("asked", (), Status.NEW)


@pytest.mark.parametrize(
    ("there", "again"),
    [
        ("2", "2"), ("2", "2 yes"), ("2", "Method statement"), ("2", "施工组织设计"), ("2", "method statment"),
        ("4 12", "floor 13"),
    ],
)  # fmt: skip
def test_what_is_there_already_never_stands_for_what_is_missing(there: str, again: str) -> None:
    """Ticked once more, when only a file is missing: it is said what that is, and nothing begins."""
    request = supplied(supplied(filed(), "3 Emma"), there)
    with pytest.raises(Refused) as refused:
        supplied(request, again)
    assert refused.value.code == "supplied_already"
    assert {fix.text for fix in refused.value.fixes} <= {f"/request have {request.number} {n}" for n in (1, 2, 4)}


def test_a_number_beyond_the_list_says_nothing_of_a_file() -> None:
    request = supplied(supplied(supplied(filed(), "2"), "3 Emma"), "4 12")
    assert request.missing == ("permit",)
    with pytest.raises(Refused, match="which_needed"):
        supplied(request, "9")
    assert supplied(request, "It lies in the shared folder").missing == ()


def test_the_only_answer_that_is_missing_may_be_a_number() -> None:
    request = supplied(supplied(supplied(filed(), "2"), "3 Emma"), "1 in the shared folder")
    assert dict(supplied(request, "12").details) == {"floor": "12"}


def test_a_list_that_is_complete_says_so() -> None:
    whole = supplied(supplied(supplied(supplied(filed(), "2"), "3 Emma"), "1 in the folder"), "4 12")
    with pytest.raises(Refused, match="nothing_missing"):
        supplied(whole, "2")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("2 3", ("permit", "floor")), ("2, 3", ("permit", "floor")), ("3、2", ("permit", "floor")),
        ("2和3", ("permit", "floor")), ("2 2 3", ("permit", "floor")), ("2 and 3", ("permit", "floor")),
        ("2 1", ("permit", "contact", "floor")),  # a file is not ticked
        ("4 12", ("permit", "method", "contact")),  # an answer
    ],
)  # fmt: skip
def test_several_are_ticked_at_once(text: str, missing: tuple[str, ...]) -> None:
    request = supplied(filed(), text)
    assert request.missing == missing
    assert len(request.supplied) == 4 - len(missing)
