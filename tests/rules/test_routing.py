"""Who hears of what, where and how loud; nobody of what they did themselves; each thing once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.ask.commands import Command
from core.events import Event
from core.model.parties import Address, Identity, Place
from core.model.request import Request, Status
from core.model.sending import Card, Lane, Notice
from core.rules import routing
from core.rules.decide import decide, open_request
from tests.builders import (
    CONTACT,
    DESK,
    GUEST,
    MANAGER,
    MEMBER,
    NOW,
    OWNER,
    a_context,
    a_request,
    hours,
    opened,
)

LEAD, BACKUP, DUTY = "sarah-cole", "nadia-rahman", "tom-baxter"
COLLEAGUE = "raj-patel"  # of the same client


def told(request: Request, event: Event) -> dict[str, Notice]:
    """Place -> what is said there."""
    found = list(routing.notices(request, event, 20, DESK, NOW))
    assert len({n.key for n in found}) == len(found)
    return {n.destination.address.chat: n for n in found}


def an_event(kind: type[Event], by: str) -> Event:
    extra: dict[type[Event], tuple[object, ...]] = {
        ev.Assigned: (MEMBER,), ev.PriorityChanged: (3, 1, "site stands"), ev.ClientWrote: ("x",), ev.Replied: ("x",),
        ev.Noted: ("x",), ev.ClientAsked: ("x",), ev.Held: (60,), ev.Extended: (60, "x"), ev.Resolved: ("x",),
        ev.Reopened: ("x",), ev.Closed: ("accepted",), ev.Rated: (5,), ev.Undone: ("Take",), ev.Edited: ("x",),
        ev.GroupAssigned: ("supervision",), ev.ApprovalAsked: (MANAGER, "x"), ev.ApprovalRefused: ("x",),
        ev.HandedToSupplier: ("x",), ev.DateOffered: (NOW,), ev.DateAgreed: (NOW,), ev.ReviewAsked: (1, "x"),
        ev.ReviewPassed: (1,), ev.ReviewFailed: (1, "x"), ev.Paused: ("x",), ev.ForceMajeureDeclared: ("x", MEMBER),
        ev.AgreementWithdrawn: ("x", MEMBER), ev.ConfirmationAsked: ("priority", "x"), ev.Declined: ("x",),
        ev.Merged: ("HX-2",), ev.Absorbed: ("HX-2", "x"), ev.SplitOff: ("HX-2", "x"), ev.FollowedUp: ("HX-2",),
        ev.ScopeAsked: ("team", "x"), ev.Quoted: ("x", 1), ev.QuoteAccepted: ("x",), ev.QuoteRefused: ("x",),
        ev.ScopeAccepted: ("x",), ev.ScopeCovered: ("drawings",),
        ev.Demoted: ("HX-2",), ev.Promoted: ("HX-2",), ev.Raised: (0,), ev.ExceptionAsked: ("x",), ev.ExceptionGranted: ("x",),
        ev.ExceptionRefused: ("x",),
        ev.AgreementApplied: ("gold@1", "gold@2", "b1", ()), ev.Remeasured: ("b1", ()),
        ev.PrerequisiteSupplied: ("permit",), ev.FoundIncomplete: (("permit",),),
    }  # fmt: skip
    return kind(by, *extra.get(kind, ()))  # type: ignore[call-arg]


#: What is asked of somebody in particular is told to them, and to nobody else.
ASKED = (ev.ApprovalAsked, ev.ReviewAsked, ev.ConfirmationAsked, ev.ScopeAsked, ev.QuoteRefused, ev.ExceptionAsked)
#: Told by the core itself, or of an agreement and not of a request.
_ELSEWHERE = (ev.RequestOpened, ev.Reached, ev.AgreementProposed, ev.AgreementAccepted)
#: Of who is on duty, which is no request's matter.
_OF_DUTY = (
    ev.CoverAsked, ev.CoverTaken, ev.CoverRefused, ev.CoverEnded, ev.WentAway, ev.CameBack, ev.CalendarImported,
    ev.DutyPassed,
)  # fmt: skip
#: What the desk asks of whoever has a request, and what follows from that.
_FOLLOWING = (ev.StillAsked, ev.NotAnswered, ev.HelpAsked, ev.Snoozed, ev.Woken)
KINDS = [kind for kind in ev.EVENTS.values() if kind not in (*_ELSEWHERE, *ASKED, *_OF_DUTY, *_FOLLOWING)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_client_hears_what_the_table_says_where_it_was_filed(kind: type[Event]) -> None:
    heard = told(a_request(assignee=MEMBER), an_event(kind, MEMBER))
    said = routing.CLIENT_HEARS.get(kind)
    assert set(heard) == ({"client-hx"} if said else set())
    if said:
        notice = heard["client-hx"]
        assert (notice.lane, notice.loud, notice.guaranteed) == (said.lane, said.loud, said.guaranteed)
        assert (notice.person, notice.event) == (CONTACT, kind.__name__)
        assert (notice.valid_until is None) is said.guaranteed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nobody_is_told_of_what_they_did(kind: type[Event]) -> None:
    everywhere = a_request(assignee=MEMBER)
    assert f"@{MEMBER}" not in told(everywhere, an_event(kind, MEMBER))
    assert CONTACT not in {n.person for n in told(everywhere, an_event(kind, CONTACT)).values()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_assignee_hears_alone_of_what_others_did(kind: type[Event]) -> None:
    heard = told(a_request(assignee=MEMBER), an_event(kind, CONTACT))
    assert (f"@{MEMBER}" in heard) is (kind in routing.ASSIGNEE_HEARS)
    assert "team-supervision" not in heard


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_teams_chat_hears_quietly_of_what_nobody_has_taken(kind: type[Event]) -> None:
    heard = told(a_request(), an_event(kind, CONTACT))
    assert ("team-supervision" in heard) is (kind in routing.TEAM_HEARS)
    assert not any(n.loud for chat, n in heard.items() if chat == "team-supervision")


def test_a_note_never_reaches_a_client_place() -> None:
    request = opened().request
    noted = decide(request, do.Note("42", "the client must not read this"), a_context(MEMBER))
    for delivery in noted.deliveries:
        if isinstance(delivery, Notice):
            assert delivery.destination.place is not Place.CLIENT
    assert [remark.internal for remark in noted.remarks] == [True]


def test_a_colleague_of_the_requester_is_not_the_requester() -> None:
    heard = told(a_request(), ev.Cancelled(COLLEAGUE))
    assert heard["client-hx"].person == CONTACT


def test_what_was_filed_in_a_direct_message_is_answered_there() -> None:
    request = a_request(origin=f"@{CONTACT}", assignee=MEMBER)
    assert set(told(request, ev.Replied(MEMBER, "x"))) == {f"@{CONTACT}"}


def test_what_was_filed_in_the_teams_chat_is_told_in_the_clients() -> None:
    request = a_request(origin="team-supervision", assignee=MEMBER)
    assert set(told(request, ev.Replied(MEMBER, "x"))) == {"client-hx"}


def test_what_is_private_goes_to_direct_messages_alone() -> None:
    request = replace(opened().request, private=True, assignee=MEMBER)
    for kind in KINDS:
        for by in (CONTACT, MEMBER, MANAGER):
            assert all(n.destination.address.is_direct for n in told(request, an_event(kind, by)).values())
    cards = {(c.destination.address.chat, c.audience) for c in routing.cards(request, DESK)}
    team = {(f"@{person}", "team") for person in (OWNER, MEMBER, MANAGER)}
    assert cards == {*team, (f"@{CONTACT}", "client")}


def test_a_guests_private_request_is_answered_in_their_direct_message() -> None:
    filed = open_request(do.OpenRequest("Salary", private=True), a_context(GUEST))
    client = [d for d in filed.deliveries if isinstance(d, Card) and d.audience == "client"]
    assert [card.destination.address for card in client] == [Address("web", "", f"@{GUEST}")]


def test_each_chat_has_one_card() -> None:
    cards = list(routing.cards(a_request(), DESK))
    assert [(c.destination.address.chat, c.audience) for c in cards] == [
        ("team-supervision", "team"),
        ("client-hx", "client"),
    ]


def test_a_chat_that_moved_is_spoken_to_where_it_is() -> None:
    old, new = Address("web", "", "client-hx"), Address("web", "", "client-hx-2")
    desk = replace(DESK, moved={old: new})
    assert [d.address for d in routing.client_places(a_request(), desk)] == [new]


# ---- keys


def test_keys_are_unique_over_a_life_and_the_same_when_decided_again() -> None:
    steps: list[tuple[Command, str]] = [
        (do.Take("42"), MEMBER), (do.AddInformation("42", "a"), CONTACT), (do.AddInformation("42", "a"), CONTACT),
        (do.Reply("42", "b"), MEMBER), (do.AskClient("42", "c"), MEMBER), (do.AddInformation("42", "d"), CONTACT),
        (do.SetPriority("42", "p1"), MANAGER), (do.ReturnToQueue("42"), MANAGER), (do.Nudge("42"), CONTACT),
        (do.Resolve("42", "e"), MEMBER), (do.Reopen("42", "f"), CONTACT), (do.Resolve("42", "g"), MEMBER),
        (do.Rate("42", "5"), CONTACT),
    ]  # fmt: skip
    request, keys = opened().request, []
    for command, person in steps:
        first = decide(request, command, a_context(person))
        again = decide(request, command, a_context(person))
        said = [d.key for d in first.deliveries if isinstance(d, Notice)]
        assert said == [d.key for d in again.deliveries if isinstance(d, Notice)]
        keys += said
        request = first.request
    assert len(keys) > len(steps) / 2
    assert len(keys) == len(set(keys))


# ---- ladders


def reached(kind: str = "reminder") -> ev.Reached:
    return ev.Reached(kind, "frt", "answer", "risk", 0, 75, NOW + hours(1), NOW)


def test_a_checkpoint_is_told_to_each_alone_with_a_key_of_timer_step_and_person() -> None:
    found = list(routing.firings(a_request(), reached(), "7:1:risk:0", (DUTY, BACKUP), False, DESK, NOW))
    assert {n.key: n.destination.address.chat for n in found} == {
        f"7:1:risk:0:{DUTY}": f"@{DUTY}",
        f"7:1:risk:0:{BACKUP}": f"@{BACKUP}",
    }


@pytest.mark.parametrize(
    ("kind", "important", "lane", "guaranteed"),
    [
        ("reminder", False, Lane.REMINDER, False),
        ("reminder", True, Lane.REMINDER, True),
        ("breach", False, Lane.ESCALATION, True),
        ("escalation", True, Lane.PAGE, True),
    ],
)
def test_the_lane_of_a_checkpoint(kind: str, important: bool, lane: Lane, guaranteed: bool) -> None:
    (notice,) = routing.firings(a_request(), reached(kind), "k", (DUTY,), important, DESK, NOW)
    assert (notice.lane, notice.guaranteed) == (lane, guaranteed)
    assert notice.valid_until == (NOW + hours(1) if kind == "reminder" else NOW + routing.NOTICE_LIFE)


def test_where_nobody_can_be_reached_the_teams_chat_hears() -> None:
    desk = replace(DESK, suspended=frozenset({Address.direct(Identity("web", "", DUTY))}))
    found = list(routing.firings(a_request(), reached(), "k", (DUTY,), False, desk, NOW))
    assert [n.destination.address.chat for n in found] == ["team-supervision"]


def test_a_step_without_people_disturbs_nobody() -> None:
    assert not list(routing.firings(a_request(), reached(), "k", (), False, DESK, NOW))


def test_a_snooze_holds_reminders_to_the_assignee_and_nothing_else() -> None:
    until = NOW + hours(2)
    request = replace(a_request(assignee=OWNER, status=Status.ACKNOWLEDGED), snoozed_until=until)
    held = {n.person: n.not_before for n in routing.firings(request, reached(), "k", (OWNER, BACKUP), False, DESK, NOW)}
    assert held == {OWNER: until, BACKUP: None}
    ends = {
        n.person: n.valid_until for n in routing.firings(request, reached(), "k", (OWNER, BACKUP), False, DESK, NOW)
    }
    assert ends == {OWNER: until + routing.REMINDER_LIFE, BACKUP: NOW + hours(1)}
    (loud,) = routing.firings(request, reached("breach"), "k", (OWNER,), True, DESK, NOW)
    assert loud.not_before is None


@pytest.mark.parametrize(
    ("event", "chat"),
    [
        (ev.ApprovalAsked(MEMBER, MANAGER, "Over the budget"), f"@{MANAGER}"),
        (ev.ReviewAsked(MEMBER, 1, "Sheet 12"), "team-supervision"),
        (ev.ReviewAsked(MEMBER, 2, "Sheet 12"), f"@{LEAD}"),
        (ev.ReviewAsked(MEMBER, 3, "Sheet 12"), f"@{OWNER}"),
        (ev.ConfirmationAsked(MEMBER, "priority", "Less urgent"), "team-supervision"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Event) else value,
)
def test_who_is_asked_for_a_word_is_told_alone(event: Event, chat: str) -> None:
    heard = told(a_request(assignee=MEMBER), event)
    assert set(heard) == {chat}
    assert heard[chat].loud


def test_the_clients_own_clock_is_spoken_of_where_the_client_is_spoken_with() -> None:
    waits = ev.Reached("reminder", "cwt", "answer", "first", 0, 25, NOW + hours(9), NOW)
    (notice,) = routing.firings(a_request(), waits, "k", (CONTACT,), False, DESK, NOW)
    assert (notice.destination.address.chat, notice.person) == ("client-hx", CONTACT)


# ---- following up


@pytest.mark.parametrize(
    ("event", "chats", "lane"),
    [
        (ev.StillAsked(MEMBER, NOW + hours(1)), {f"@{MEMBER}"}, Lane.REMINDER),
        (ev.NotAnswered(MEMBER), {f"@{LEAD}"}, Lane.ESCALATION),
        (ev.HelpAsked(DUTY, "x"), {f"@{BACKUP}", f"@{LEAD}"}, Lane.ESCALATION),
        (ev.HelpAsked(LEAD, "x"), {f"@{BACKUP}"}, Lane.ESCALATION),
        (ev.ReturnedToQueue("", MEMBER), {f"@{MEMBER}", "team-supervision"}, Lane.REMINDER),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Event) else "",
)
def test_who_hears_of_the_desks_questions(event: Event, chats: set[str], lane: Lane) -> None:
    returned = isinstance(event, ev.ReturnedToQueue)
    heard = told(a_request(assignee="" if returned else MEMBER), event)
    assert set(heard) == chats
    assert {n.lane for chat, n in heard.items() if chat.startswith("@")} == {lane}


def test_a_question_is_of_use_until_its_answer_counts_no_more() -> None:
    asked = told(a_request(assignee=MEMBER), ev.StillAsked(MEMBER, NOW + hours(1)))[f"@{MEMBER}"]
    assert asked.valid_until == NOW + hours(1)


def test_a_snooze_is_heard_of_when_it_is_over_and_not_before() -> None:
    until = NOW + hours(2)
    woken = told(a_request(assignee=MEMBER), ev.Snoozed(MEMBER, until, "the part comes"))[f"@{MEMBER}"]
    assert (woken.event, woken.not_before, woken.facts["text"]) == ("Woken", until, "the part comes")


def test_a_duty_that_changes_hands_is_told_to_those_whom_it_concerns_and_quietly_to_the_team() -> None:
    taken = ev.CoverTaken(MANAGER, BACKUP, "supervision", DUTY, NOW, NOW + hours(24), "1")
    found = {n.destination.address.chat: n.loud for n in routing.of_duty(taken, DESK, NOW)}
    assert found == {f"@{BACKUP}": True, f"@{DUTY}": True, "team-supervision": False}
    asked = ev.CoverAsked(DUTY, BACKUP, "supervision", NOW, NOW + hours(24), "1")
    assert [n.destination.address.chat for n in routing.of_duty(asked, DESK, NOW)] == [f"@{BACKUP}"]
