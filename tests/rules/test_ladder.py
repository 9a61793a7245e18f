"""Whom a step of a ladder tells and why, what holds it back, and what is ahead of a request."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.model.parties import SYSTEM, Absence, Cover
from core.model.request import Request
from core.model.sending import Notice
from core.model.told import Hearer
from core.rulebook.directory import Directory
from core.rulebook.values import Ladder, Step
from core.rules import ladder, sla
from core.rules.decide import Context, decide
from tests.builders import (
    CONTACT,
    DESK,
    MANAGER,
    NOW,
    OWNER,
    a_context,
    a_directory,
    a_place,
    a_request,
    a_target,
    hours,
    minutes,
    opened,
    the_timer,
)

LEAD, BACKUP, DUTY = "sarah-cole", "nadia-rahman", "tom-baxter"
MEMBERS = ("sarah-cole", "tom-baxter", "nadia-rahman")


def told(
    who: tuple[str, ...], instead: tuple[str, ...] = (), *, assignee: str = "", desk: Directory = DESK
) -> tuple[str, ...]:
    step = Step("s", 75, who=who, instead=instead)
    return tuple(h.person for h in ladder.hearers(a_request(assignee=assignee), step, "ttr", desk, NOW))


def away(*people: str, desk: Directory = DESK) -> Directory:
    spans = {p: (Absence(n, p, NOW - hours(1), NOW + hours(72)),) for n, p in enumerate(people)}
    return replace(desk, absences=spans)


@pytest.mark.parametrize(
    ("who", "instead", "assignee", "expected"),
    [
        (("assignee",), ("duty",), "", (DUTY,)),
        (("assignee",), ("duty",), OWNER, (OWNER,)),
        (("assignee", "backup"), ("duty", "backup"), "", (DUTY, BACKUP)),
        (("assignee", "backup"), ("duty", "backup"), OWNER, (OWNER, BACKUP)),
        (("assignee", "backup"), (), "", (BACKUP,)),
        (("assignee", "backup"), (), BACKUP, (BACKUP,)),
        (("lead",), (), "", (LEAD,)),
        (("manager",), (), "", (MANAGER,)),
        (("client",), (), "", (CONTACT,)),
        (("owner",), (), "", (OWNER,)),
        (("next",), (), "", (BACKUP,)),
        (("group",), (), "", MEMBERS),
        (("team", "lead"), (), "", ("", LEAD)),
        ((DUTY,), (), "", (DUTY,)),
        (("assignee",), (), "", (DUTY,)),  # nobody whom it names is there: whoever is on duty
        ((), (), OWNER, ()),
        ((), ("duty",), OWNER, ()),
    ],
)
def test_the_people_of_a_step(
    who: tuple[str, ...], instead: tuple[str, ...], assignee: str, expected: tuple[str, ...]
) -> None:
    assert told(who, instead, assignee=assignee) == expected


@pytest.mark.parametrize(
    ("who", "instead", "gone", "expected"),
    [
        (("assignee",), ("duty",), (OWNER,), (DUTY,)),
        (("assignee",), ("duty",), (OWNER, DUTY), (BACKUP,)),
        (("assignee", "backup"), ("duty",), (OWNER,), (DUTY, BACKUP)),
        (("backup",), (), (BACKUP,), (DUTY,)),
        (("lead",), (), (LEAD,), (DUTY,)),
        (("lead",), (), (LEAD, DUTY, BACKUP), (MANAGER,)),
        (("client",), (), (CONTACT,), (CONTACT,)),
    ],
)
def test_who_is_away_is_not_there(
    who: tuple[str, ...], instead: tuple[str, ...], gone: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert told(who, instead, assignee=OWNER, desk=away(*gone)) == expected


def test_a_step_says_in_whose_place_somebody_hears() -> None:
    step = Step("s", 75, who=("assignee",), instead=("duty",))
    (hearer,) = ladder.hearers(a_request(assignee=OWNER), step, "ttr", away(OWNER), NOW)
    assert hearer == Hearer(DUTY, "list", OWNER)


def test_the_manager_is_whom_the_assignee_reports_to_and_upwards_past_who_is_away() -> None:
    book = DESK.rulebook
    people = {
        **book.people,
        DUTY: replace(book.people[DUTY], manager=LEAD), LEAD: replace(book.people[LEAD], manager="james-arden"),
    }  # fmt: skip
    desk = Directory(replace(book, people=people))
    request = a_request(assignee=DUTY)
    assert ladder.manager(request, desk, NOW).person == LEAD
    assert ladder.manager(request, away(LEAD, desk=desk), NOW).person == "james-arden"
    assert ladder.manager(request, away(LEAD, "james-arden", desk=desk), NOW).person == MANAGER
    assert ladder.manager(a_request(), desk, NOW) == Hearer(MANAGER, "manager")


def test_a_group_of_the_rulebook_is_told_each() -> None:
    desk = Directory(replace(DESK.rulebook, groups={"seniors": (LEAD, "james-arden")}))
    assert told(("seniors",), desk=desk) == (LEAD, "james-arden")


# ---- time passes on a ladder of our own


def a_ladder(*steps: Step) -> Directory:
    """Halden Cross is promised a solution on this ladder."""
    target = replace(a_target("ttr"), ladder="own")
    desk = a_directory(target)
    return Directory(replace(desk.rulebook, ladders={**desk.rulebook.ladders, "own": Ladder("own", steps)}))


def passed(request: Request, now: datetime, desk: Directory) -> tuple[Request, dict[str, list[Notice]]]:
    """The request after time has passed, and the notices of what was reached, by person."""
    ctx = Context(desk, now, now, SYSTEM, a_place("somewhere", desk), lambda: 1)
    decision = decide(request, do.TimeReached(request.id), ctx)
    found: dict[str, list[Notice]] = {}
    for delivery in decision.deliveries:
        if isinstance(delivery, Notice) and delivery.event == "Reached":
            found.setdefault(delivery.person, []).append(delivery)
    return decision.request, found


def filed(desk: Directory) -> Request:
    return opened(desk=desk).request  # P3: eight hours


def test_a_point_before_the_goal_is_counted_from_its_end_and_left_out_where_it_would_not_have_begun() -> None:
    desk = a_ladder(Step("soon", 100, -hours(1), ("lead",)), Step("never", 100, -hours(9), ("lead",)))
    request = filed(desk)
    ruler = sla.Ruler.of(the_timer(request, "ttr"), desk.rulebook.ladders, desk.rulebook.calendars, "nine")
    assert [step.id for step in ruler.steps] == ["soon", "due"]
    _, early = passed(request, NOW + hours(6.9), desk)
    assert not early
    _, heard = passed(request, NOW + hours(7), desk)
    (notice,) = heard[LEAD]
    assert notice.facts["kind"] == "reminder"


@pytest.mark.parametrize(
    ("only", "hears"),
    [
        ({"priorities": (1, 2)}, False),
        ({"priorities": (3,)}, True),
        ({"classes": ("internal",)}, False),
        ({"classes": ("vip", "external")}, True),
        ({"only_new": True}, True),
    ],
)
def test_a_step_tells_only_under_its_conditions(only: dict[str, object], hears: bool) -> None:
    desk = a_ladder(replace(Step("late", 100, who=("lead",)), **only))  # type: ignore[arg-type]
    _, heard = passed(filed(desk), NOW + hours(8), desk)
    assert (LEAD in heard) is hears


def test_a_step_for_what_nobody_has_taken_is_silent_once_somebody_has() -> None:
    desk = a_ladder(Step("late", 100, who=("lead",), only_new=True))
    request = decide(filed(desk), do.Take("HX-0"), a_context(DUTY, "team-supervision", desk=desk)).request
    after, heard = passed(request, NOW + hours(8), desk)
    assert not heard
    assert ("late", 0) in the_timer(after, "ttr").fired, "it is recorded all the same"


def test_a_step_of_working_time_waits_for_the_hours_of_its_reader() -> None:
    target = replace(a_target("ttr", "24x7"), ladder="own")
    book = a_directory(target).rulebook
    step = Step("late", 100, who=("lead",), working=True)
    desk = Directory(replace(book, ladders={**book.ladders, "own": Ladder("own", (step,))}))
    request = opened(NOW + hours(12), desk=desk).request
    at = NOW + hours(20)
    _, heard = passed(request, at, desk)
    (notice,) = heard[LEAD]
    calendar = desk.rulebook.calendars[desk.rulebook.people[LEAD].calendar]
    assert notice.not_before == (None if calendar.is_open(at) else calendar.next_opening(at))


REPEATED = Step("late", 100, who=("lead", "backup"), every=hours(1), times=3)


@pytest.mark.parametrize(
    ("need", "seen", "again"),
    [
        ("any", (), {LEAD, BACKUP}), ("any", (LEAD,), set()),
        ("each", (LEAD,), {BACKUP}), ("each", (LEAD, BACKUP), set()),
    ],
)  # fmt: skip
def test_a_repeat_stops_once_enough_have_acknowledged_it(need: str, seen: tuple[str, ...], again: set[str]) -> None:
    desk = a_ladder(replace(REPEATED, need=need))
    request, heard = passed(filed(desk), NOW + hours(8), desk)
    assert set(heard) == {LEAD, BACKUP}
    for person in seen:
        request = decide(
            request, do.Seen("HX-0"), a_context(person, "team-supervision", NOW + hours(8), desk=desk)
        ).request
    _, heard = passed(request, NOW + hours(25), desk)  # the next working day
    assert set(heard) == again


def test_whoever_was_told_and_acts_has_acknowledged_it_but_a_hold_has_not() -> None:
    desk = a_ladder(REPEATED)
    request, _ = passed(filed(desk), NOW + hours(8), desk)
    ctx = a_context(LEAD, "team-supervision", NOW + hours(8), desk=desk)
    held = decide(request, do.Hold("HX-0"), ctx).request
    assert not the_timer(held, "ttr").seen
    noted = decide(request, do.Note("HX-0", "I ring them"), ctx).request
    assert the_timer(noted, "ttr").seen == {("late", LEAD)}
    other = decide(
        request, do.Note("HX-0", "x"), a_context(DUTY, "team-supervision", NOW + hours(8), desk=desk)
    ).request
    assert not the_timer(other, "ttr").seen, "who was not told has nothing to acknowledge"


# ---- what is ahead


def test_the_forecast_names_who_hears_when_and_why() -> None:
    desk = a_ladder(
        Step("half", 50), Step("risk", 75, who=("assignee",), instead=("duty",)),
        Step("late", 100, who=("lead", "team"), important=True),
        Step("manager", 100, hours(1), ("manager",), every=hours(1), times=2),
        Step("top", 100, hours(4), ("james-arden",), priorities=(1,)),
    )  # fmt: skip
    request = filed(desk)
    ahead = [e for e in ladder.forecast(request, desk, NOW) if e.metric == "ttr"]
    day = timedelta(days=1)
    assert [(e.step, e.repeat, e.at, [(h.person, h.why) for h in e.hearers], e.unless) for e in ahead] == [
        ("risk", 0, NOW + hours(6), [(DUTY, "list")], ""),
        ("late", 0, NOW + hours(8), [(LEAD, "lead"), ("", "team")], ""),
        ("manager", 0, NOW + day + hours(1), [(MANAGER, "manager")], ""),
        ("manager", 1, ahead[3].at, [(MANAGER, "manager")], ""),
        ("top", 0, NOW + day + hours(4), [("james-arden", "named")], "priority"),
    ]


def test_the_forecast_asks_who_is_on_duty_then_and_not_now() -> None:
    desk = a_ladder(Step("risk", 75, who=("duty",)))
    at = NOW + hours(6)
    cover = Cover(1, "supervision", BACKUP, at - minutes(1), at + hours(1), DUTY)
    (expected,) = [e for e in ladder.forecast(filed(desk), replace(desk, covers=(cover,)), NOW) if e.step == "risk"]
    assert expected.hearers == (Hearer(BACKUP, "cover", DUTY),)


def test_the_forecast_is_what_time_then_brings() -> None:
    """Whom the simulator names at each instant is told then, and nobody else."""
    desk = away(BACKUP, desk=a_ladder(
        Step("risk", 75, who=("assignee", "backup"), instead=("duty",)), Step("late", 100, who=("lead",)),
        Step("manager", 100, hours(2), ("manager", "group")),
    ))  # fmt: skip
    request = filed(desk)
    for expected in ladder.forecast(request, desk, NOW):
        request, heard = passed(request, expected.at, desk)
        assert set(heard) == {h.person for h in expected.hearers}, expected.step


def test_what_has_ended_has_nothing_ahead() -> None:
    desk = a_ladder(Step("late", 100, who=("lead",)))
    request = decide(filed(desk), do.Cancel("HX-0"), a_context(CONTACT, desk=desk)).request
    assert ladder.forecast(request, desk, NOW) == ()


def test_who_was_told_stands_in_the_firing_and_on_the_clock() -> None:
    desk = a_ladder(Step("late", 100, who=("lead",)))
    ctx = Context(desk, NOW + hours(8), NOW, SYSTEM, a_place("somewhere", desk), lambda: 1)
    decision = decide(filed(desk), do.TimeReached(1), ctx)
    assert [(f.step, f.told) for f in decision.firings if f.timer == the_timer(decision.request, "ttr").id] == [
        ("late", (LEAD,))
    ]
    assert the_timer(decision.request, "ttr").told == {("late", LEAD)}
    assert isinstance(decision.events[0], ev.Reached)
