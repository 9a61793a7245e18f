"""Who may do what, where and when: faults.md section 4, cell by cell; what is not granted is refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.ask import commands as do
from core.ask.commands import OnRequest
from core.errors import Refused
from core.model.parties import Actor, Identity, Place, Role
from core.model.request import OPEN, Request, Status
from core.rules import lifecycle
from core.rules.decide import decide, open_request
from tests.builders import (
    ADMIN,
    CONTACT,
    DESK,
    GUEST,
    MANAGER,
    MEMBER,
    OTHER_CONTACT,
    OTHER_MEMBER,
    OTHER_OWNER,
    OWNER,
    a_context,
    a_place,
    a_request,
    an_actor,
    hours,
    opened,
)

FILED_BY = f"~web::{GUEST}"

#: The columns of the table, each with somebody whom the cell means and somebody whom it does not.
ACTORS: dict[str, Actor] = {
    "unknown": DESK.actor(Identity("web", "", "stranger"), a_place("nowhere")),
    "requester": an_actor(GUEST),
    "another requester": an_actor("another"),
    "contact": an_actor(CONTACT),
    "contact of another client": an_actor(OTHER_CONTACT),
    "member": an_actor(MEMBER),
    "member of another team": an_actor(OTHER_MEMBER),
    "owner": an_actor(OWNER),
    "owner elsewhere": an_actor(OTHER_OWNER),
    "manager": an_actor(MANAGER),
    "admin": ADMIN,
}
MEANT = {
    "own": {"requester"},
    "cli": {"contact"},
    "T": {"member"},
    "O": {"owner"},
    "M": {"manager"},
}
BOTH, CLIENTS, STAFF = "own cli T O M", "own cli", "T O M"

#: verb -> cells that are not refused (faults.md section 4; a verb that is not listed there is svc / svc / all).
TABLE: dict[str, tuple[OnRequest, str]] = {
    "add information": (do.AddInformation("42", "x"), BOTH),
    "cancel": (do.Cancel("42"), BOTH),
    "confirm solved": (do.Accept("42"), "own cli O M"),
    "reopen": (do.Reopen("42"), "own cli T O M"),
    "rate": (do.Rate("42", "5"), CLIENTS),
    "nudge": (do.Nudge("42"), CLIENTS),
    "edit": (do.EditRequest("42", "x"), BOTH),
    "same as": (do.SameAs("42", "43"), BOTH),
    "follow": (do.Follow("42"), BOTH),
    "unfollow": (do.Unfollow("42"), BOTH),
    "set priority": (do.SetPriority("42", "p1"), STAFF),
    "acknowledge": (do.Acknowledge("42"), STAFF),
    "take": (do.Take("42"), STAFF),
    "assign": (do.Assign("42", MEMBER), STAFF),
    "return": (do.ReturnToQueue("42"), STAFF),
    "wait": (do.AskClient("42", "x"), STAFF),
    "resume": (do.Resume("42"), STAFF),
    "reply": (do.Reply("42", "x"), STAFF),
    "resolve": (do.Resolve("42", "x"), STAFF),
    "note": (do.Note("42", "x"), STAFF),
    "snooze": (do.Snooze("42", "2h"), STAFF),
    "still on it": (do.StillOnIt("42"), STAFF),
    "ask for help": (do.AskHelp("42", "x"), STAFF),
    "seen": (do.Seen("42"), STAFF),
    "hold": (do.Hold("42"), STAFF),
    "extend": (do.Extend("42", "2h", "x"), STAFF),
    "undo": (do.Undo("42"), BOTH),
    "assign a group": (do.AssignGroup("42", "x"), STAFF),
    "start work": (do.StartWork("42"), STAFF),
    "supply": (do.Supply("42"), BOTH),
    "accept prerequisites": (do.AcceptPrerequisites("42"), STAFF),
    "no reply needed": (do.NoReplyNeeded("42"), STAFF),
    "ask approval": (do.AskApproval("42", MANAGER), STAFF),
    "approve": (do.Approve("42"), STAFF),
    "refuse": (do.RefuseApproval("42", "x"), STAFF),
    "hand to supplier": (do.HandToSupplier("42", "x"), STAFF),
    "offer a date": (do.OfferDate("42", "x"), STAFF),
    "agree a date": (do.AgreeDate("42"), CLIENTS),
    "submit review": (do.SubmitReview("42", "x"), STAFF),
    "pass review": (do.PassReview("42"), STAFF),
    "fail review": (do.FailReview("42", "x"), STAFF),
    "pause": (do.Pause("42", "x"), STAFF),
    "force majeure": (do.DeclareForceMajeure("42", "x"), STAFF),
    "withdraw agreement": (do.WithdrawAgreement("42", "x"), STAFF),
    "confirm": (do.Confirm("42"), STAFF),
    "decline": (do.Decline("42", "x"), STAFF),
    "ask scope": (do.AskScope("42", "x"), STAFF),
    "accept once": (do.AcceptOnce("42", "x"), STAFF),
    "add to the catalogue": (do.AddToCatalogue("42", "x"), STAFF),
    "quote": (do.Quote("42", "x"), STAFF),
    "refuse a quote": (do.RefuseQuote("42", "x"), CLIENTS),
    "demote": (do.Demote("42", "17"), CLIENTS),
    "raise": (do.Raise("42"), CLIENTS),
    "ask an exception": (do.AskException("42", "x"), CLIENTS),
    "grant an exception": (do.GrantException("42", "x"), STAFF),
    "refuse an exception": (do.RefuseException("42", "x"), STAFF),
    "merge": (do.Merge("42", "17"), STAFF),
    "split": (do.Split("42", "x"), STAFF),
    "apply an agreement": (do.ApplyAgreement("42", "gold@1", "b1"), "M"),
}
PLACES = ["client-hx", "client-riverside", "team-supervision", "team-bidding", "@self", "nowhere"]


def meant(cells: str) -> set[str]:
    return {who for cell in cells.split() for who in MEANT[cell]}


def shown_in(place: str, who: str) -> bool:
    """The place limit: a client's chat shows that client's, a team's chat that team's, to the manager all."""
    return place in ("client-hx", "team-supervision", "@self") or (place == "team-bidding" and who == "manager")


def when_it_fits(command: OnRequest, **changed: object) -> Request:
    states = lifecycle.RULES[type(command)][1]
    status = next(s for s in Status if s in states)
    return replace(a_request(status=status, requester=FILED_BY), **changed)  # type: ignore[arg-type]


def refusal(actor: Actor, command: OnRequest, request: Request, place: str) -> str:
    where = a_place(f"@{actor.person}" if place == "@self" else place)
    try:
        lifecycle.authorise(actor, command, request, where)
    except Refused as refused:
        return refused.code
    return ""


def test_the_table_has_every_command() -> None:
    assert {type(command) for command, _ in TABLE.values()} == set(lifecycle.RULES)
    assert {kind.__name__ for kind in OnRequest.__subclasses__()} == {kind.__name__ for kind in lifecycle.RULES}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("verb", TABLE)
def test_a_cell(verb: str, who: str, place: str) -> None:
    command, cells = TABLE[verb]
    expected = ""
    read = verb in ("follow", "unfollow") and place == "client-hx" and ACTORS[who].client == "hx"
    if not read and (who not in meant(BOTH) or not shown_in(place, who)):
        expected = "no_such_request"
    elif not read and who not in meant(cells):
        expected = "right_missing"
    elif verb == "note" and place == "client-hx":
        expected = "team_place"
    assert refusal(ACTORS[who], command, when_it_fits(command), place) == expected


def test_a_guest_reads_what_stands_in_their_clients_chat_and_opens_none_of_it() -> None:
    guest = an_actor("somebody else")
    other, mine = a_request(requester=FILED_BY), a_request(requester=guest.person)
    assert lifecycle.reads(guest, a_place("client-hx"), other)
    assert not lifecycle.visible(guest, a_place("client-hx"), other)
    assert lifecycle.reads(guest, a_place("@somebody else"), mine)
    for place in ("client-riverside", "@somebody else", "team-supervision", "nowhere"):
        assert not lifecycle.reads(guest, a_place(place), other)
    assert not lifecycle.reads(guest, a_place("client-hx"), a_request(requester=FILED_BY, private=True))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ACTORS)
def test_a_private_request_is_seen_by_its_people_and_the_manager_alone(who: str, place: str) -> None:
    request = a_request(requester=FILED_BY, private=True)
    visible = lifecycle.visible(ACTORS[who], a_place(place), request)
    assert visible is (who in {"requester", "owner", "manager"} and place == "@self")


def test_the_assignee_takes_part_in_a_private_request() -> None:
    request = a_request(requester=FILED_BY, private=True, assignee=MEMBER)
    assert lifecycle.visible(an_actor(MEMBER), a_place(f"@{MEMBER}"), request)
    assert not lifecycle.visible(an_actor(MEMBER), a_place("team-supervision"), request)


def test_another_clients_request_is_refused_like_a_missing_one() -> None:
    """The same code and the same facts as the desk gives for a number that names nothing."""
    request = a_request(requester=FILED_BY)
    for place in ("client-riverside", f"@{OTHER_CONTACT}"):
        with pytest.raises(Refused) as refused:
            decide(request, do.Cancel(request.number), a_context(OTHER_CONTACT, place))
        missing = Refused("no_such_request", number=request.number)
        assert (refused.value.code, refused.value.facts) == (missing.code, missing.facts)


def test_who_may_not_see_hears_nothing_of_the_state() -> None:
    for status in Status:
        request = a_request(status=status, requester=FILED_BY)
        assert refusal(an_actor(OTHER_CONTACT), do.Accept("42"), request, "client-riverside") == "no_such_request"


def test_somebody_who_works_here_is_the_requester_of_what_they_filed() -> None:
    """A colleague of another team may follow, accept and reopen their own request, but not work on it."""
    request = a_request(status=Status.RESOLVED, requester=OTHER_MEMBER)
    who = an_actor(OTHER_MEMBER)
    assert [refusal(who, c, request, "@self") for c in (do.Accept("42"), do.Reopen("42"), do.Rate("42", "4"))] == [
        ""
    ] * 3
    opened_ = a_request(requester=OTHER_MEMBER)
    assert refusal(who, do.Resolve("42", "x"), opened_, "@self") == "right_missing"
    assert refusal(who, do.Take("42"), opened_, "@self") == "right_missing"


def test_a_guest_follows_their_own_request_in_a_direct_message() -> None:
    guest = DESK.actor(Identity("web", "", GUEST), a_place(f"@{GUEST}"))
    assert guest.role is Role.UNKNOWN
    assert refusal(guest, do.AddInformation("42", "x"), a_request(requester=FILED_BY, private=True), "@self") == ""
    assert refusal(guest, do.AddInformation("42", "x"), a_request(), "@self") == "no_such_request"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("who", ["requester", "contact", "member"])
def test_a_client_cancels_before_work_only(who: str, status: Status) -> None:
    code = refusal(ACTORS[who], do.Cancel("42"), a_request(status=status, requester=FILED_BY), "client-hx")
    if status not in OPEN:
        assert code == "not_now"
    elif who != "member" and status not in (Status.NEW, Status.ACKNOWLEDGED, Status.WAITING_APPROVAL):
        assert code == "too_late_to_cancel"
    else:
        assert code == ""


@pytest.mark.parametrize("verb", TABLE)
@pytest.mark.parametrize("status", Status)
def test_a_command_makes_sense_in_its_states_only(verb: str, status: Status) -> None:
    command, _ = TABLE[verb]
    actor = (
        an_actor(MANAGER)
        if type(command) not in (do.Rate, do.Nudge, do.AgreeDate, do.RefuseQuote, do.Demote, do.Raise, do.AskException)
        else an_actor(GUEST)
    )
    code = refusal(actor, command, a_request(status=status, requester=FILED_BY), "team-supervision")
    fits = status in lifecycle.RULES[type(command)][1]
    assert code == ("" if fits else "not_now")


def test_final_states_let_nothing_change_but_what_looks_back() -> None:
    after_closing = {verb for verb, (c, _) in TABLE.items() if Status.CLOSED in lifecycle.RULES[type(c)][1]}
    assert after_closing == {"reopen", "rate", "note", "undo", "unfollow"}
    after_cancelling = {verb for verb, (c, _) in TABLE.items() if Status.CANCELLED in lifecycle.RULES[type(c)][1]}
    assert after_cancelling == {"note", "undo", "unfollow"}


# ---- filing


@pytest.mark.parametrize(
    ("who", "place", "code"),
    [
        (GUEST, "client-hx", ""),
        (CONTACT, "client-hx", ""),
        (CONTACT, f"@{CONTACT}", ""),
        (MEMBER, "client-hx", ""),
        (MEMBER, "team-supervision", ""),  # for our own departments
        ("stranger", "nowhere", "place_unbound"),
        ("stranger", "@stranger", "not_linked"),
        ("stranger", "team-supervision", "place_unbound"),
        (CONTACT, "client-riverside", "client_needed"),
    ],
)
def test_who_may_file_where(who: str, place: str, code: str) -> None:
    where = a_place(place)
    context = replace(a_context(CONTACT), actor=an_actor(who, where), place=where)
    if code:
        with pytest.raises(Refused, match=code):
            open_request(do.OpenRequest("Help"), context)
    else:
        request = open_request(do.OpenRequest("Help"), context).request
        assert request.client == ("internal" if where.place is Place.TEAM else "hx")
        assert request.requester == context.actor.person


def test_what_is_filed_is_refused_with_what_would_work() -> None:
    with pytest.raises(Refused, match="item_unknown") as refused:
        open_request(do.OpenRequest("x", item="drawngs", original="x #drawngs"), a_context(CONTACT))
    assert refused.value.fixes[0].text == "/request #drawing x"
    for due, code in (("tomorrow 9", "due_ambiguous"), ("2025-01-01", "due_past"), ("soon", "due_unclear")):
        with pytest.raises(Refused, match=code):
            open_request(do.OpenRequest("x", due=due), a_context(CONTACT))
    meant = open_request(do.OpenRequest("x", due="tomorrow 3pm"), a_context(CONTACT)).request.wished_at
    with pytest.raises(Refused, match="due_unclear") as refused:
        open_request(do.OpenRequest("x", due="tomorow 3pm"), a_context(CONTACT))
    assert refused.value.fixes[0].label == f"@{meant.isoformat() if meant else ''}"
    with pytest.raises(Refused, match="requester_unknown") as refused:
        open_request(do.OpenRequest("x", requester="@nobody"), a_context(CONTACT))
    assert refused.value.fixes[0].text == "/request x"


@pytest.mark.parametrize(
    ("who", "place", "requester", "found"),
    [
        (CONTACT, "client-hx", CONTACT.upper(), CONTACT),
        (CONTACT, "client-hx", OTHER_CONTACT, ""),  # of another client: nobody learns that they are one
        (CONTACT, "client-hx", MEMBER, ""),
        (MEMBER, "client-hx", f"@{CONTACT}", CONTACT),
        (MEMBER, "client-hx", OTHER_MEMBER, OTHER_MEMBER),
        (MEMBER, "client-hx", OTHER_CONTACT, ""),
        (MEMBER, "team-supervision", OTHER_MEMBER, OTHER_MEMBER),
        (MEMBER, "team-supervision", CONTACT, ""),
    ],
)
def test_a_request_is_for_somebody_of_its_client_or_of_ours(who: str, place: str, requester: str, found: str) -> None:
    where = a_place(place)
    context = replace(a_context(CONTACT), actor=an_actor(who, where), place=where)
    command = do.OpenRequest("x", requester=requester)
    if found:
        assert open_request(command, context).request.requester == found
    else:
        with pytest.raises(Refused, match="requester_unknown"):
            open_request(command, context)


@pytest.mark.parametrize(("who", "code"), [(CONTACT, ""), (OTHER_CONTACT, "no_such_request")])
def test_what_was_filed_for_few_eyes_is_undone_where_it_was_filed(who: str, code: str) -> None:
    here = a_place("client-hx")
    private = replace(a_request(requester=CONTACT, private=True), origin=here.address, last_event_by=CONTACT)
    assert refusal(an_actor(who, here), do.Undo("42"), private, "client-hx") == code
    assert refusal(an_actor(who, here), do.Cancel("42"), private, "client-hx") == "no_such_request"


# ---- handlers that refuse


def test_the_one_who_was_faster_is_named() -> None:
    request = decide(opened().request, do.Take("42"), a_context(MEMBER)).request
    with pytest.raises(Refused, match="someone_was_faster") as refused:
        decide(request, do.Take("42"), a_context(OWNER))
    assert refused.value.facts["by"] == MEMBER
    assert decide(request, do.Take("42"), a_context(MANAGER)).request.assignee == MANAGER


def test_who_was_assigned_takes_by_acknowledging() -> None:
    assigned = decide(opened().request, do.Assign("42", MEMBER), a_context(OWNER)).request
    assert assigned.status is Status.NEW
    taken = decide(assigned, do.Take("42"), a_context(MEMBER)).request
    assert (taken.status, taken.assignee) == (Status.ACKNOWLEDGED, MEMBER)
    with pytest.raises(Refused, match="already_yours"):
        decide(taken, do.Take("42"), a_context(MEMBER))


def test_only_people_of_the_team_are_assigned() -> None:
    for person in (OTHER_MEMBER, CONTACT, "nobody"):
        with pytest.raises(Refused, match="person_unknown"):
            decide(opened().request, do.Assign("42", person), a_context(MANAGER))


def test_an_unknown_service_is_refused_when_editing() -> None:
    with pytest.raises(Refused, match="item_unknown"):
        decide(opened().request, do.EditRequest("42", item="nothing"), a_context(MANAGER))


def test_one_nudge_in_four_hours() -> None:
    nudged = decide(opened().request, do.Nudge("42"), a_context(CONTACT)).request
    with pytest.raises(Refused, match="nudged_already"):
        decide(nudged, do.Nudge("42"), a_context(CONTACT))
    later = a_context(CONTACT, now=a_context().now + hours(4))
    assert decide(nudged, do.Nudge("42"), later).request.last_event == "Nudged"
