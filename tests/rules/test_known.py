"""What is no news: a rung is said to a person once for all clocks that ask the same of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.ask import commands as do
from core.model.parties import SYSTEM
from core.model.request import Priority, Request
from core.model.sending import Notice
from core.rulebook.directory import Directory
from core.rulebook.values import Ladder, Step, Target
from core.rules import ladder
from core.rules.decide import Context, decide
from tests.builders import MANAGER, MEMBER, NOW, OWNER, a_directory, a_place, after, hours, minutes, opened

DUTY, LEAD = "tom-baxter", "sarah-cole"
STEPS = (
    Step("risk", 75, who=("assignee",), instead=("duty",)),
    Step("late", 90, who=("assignee",), instead=("duty",)),
    Step("breach", 100, who=("lead",)),
    Step("up", 100, hours(1), who=("manager",), important=True, every=hours(1), times=3),
)

Told = tuple[str, str, str, int]


def a_desk(*targets: tuple[str, timedelta, str]) -> Directory:
    """Each metric with its goal and calendar, all on one ladder; nobody is asked whether they are still on it."""
    promised = (
        Target(f"{metric}-{calendar}", metric, dict.fromkeys(Priority, goal), calendar, "own")
        for metric, goal, calendar in targets
    )
    desk = a_directory(*promised)
    teams = {id_: replace(team, follow_up=None) for id_, team in desk.rulebook.teams.items()}
    ladders = {**desk.rulebook.ladders, "own": Ladder("own", STEPS)}
    return Directory(replace(desk.rulebook, ladders=ladders, teams=teams))


def passed(request: Request, desk: Directory, *moments: datetime) -> tuple[Request, list[Told]]:
    """Time passes in these beats. Who was told of what: person, metric, step, repeat; in brackets to whom it was no news."""
    told: list[Told] = []
    for at in moments:
        ctx = Context(desk, at, at, SYSTEM, a_place("somewhere", desk), lambda: 1)
        decision = decide(request, do.TimeReached(request.id), ctx)
        request = decision.request
        for one in decision.deliveries:
            if isinstance(one, Notice) and one.event == "Reached":
                person = f"({one.person})" if one.hushed else one.person
                facts = one.facts
                told.append((person, str(facts["metric"]), str(facts["step"]), int(str(facts["repeat"]))))
    return request, told


def lived(request: Request, desk: Directory) -> tuple[Request, list[Told]]:
    """Each of its moments in turn, until no clock has one any more."""
    told: list[Told] = []
    while ahead := [t.next_at for t in request.timers if t.next_at is not None]:
        request, more = passed(request, desk, min(ahead))
        told += more
    return request, told


TWO = a_desk(("ack", hours(2), "nine"), ("frt", hours(4), "nine"))


def test_while_nobody_has_taken_it_one_clock_speaks_for_all() -> None:
    request = opened(desk=TWO).request
    _, told = lived(request, TWO)
    assert told == [
        (DUTY, "ack", "risk", 0), (DUTY, "ack", "late", 0), (LEAD, "ack", "breach", 0),
        (MANAGER, "ack", "up", 0), (f"({DUTY})", "frt", "risk", 0), (f"({DUTY})", "frt", "late", 0),
        (MANAGER, "ack", "up", 1), (f"({LEAD})", "frt", "breach", 0),
        (MANAGER, "ack", "up", 2), (f"({MANAGER})", "frt", "up", 0),
        (f"({MANAGER})", "frt", "up", 1), (f"({MANAGER})", "frt", "up", 2),
    ]  # fmt: skip


def test_once_it_is_taken_each_clock_asks_something_of_its_own() -> None:
    """The member is warned of the first response though the one on duty was of the acknowledgement; so is the lead."""
    request = opened(desk=TWO).request
    request, told = passed(request, TWO, NOW + minutes(90), NOW + minutes(120))
    assert [one[1:3] for one in told] == [("ack", "risk"), ("ack", "breach")]
    request = after(request, do.Take(request.id), MEMBER, NOW + minutes(125), TWO)
    _, told = passed(request, TWO, NOW + minutes(180), NOW + minutes(216), NOW + minutes(240), NOW + minutes(300))
    assert told == [
        (MEMBER, "frt", "risk", 0), (MEMBER, "frt", "late", 0), (LEAD, "frt", "breach", 0), (MANAGER, "frt", "up", 0),
    ]  # fmt: skip


def test_the_repeats_of_a_second_clock_are_no_news_while_the_first_runs() -> None:
    desk = a_desk(("frt", hours(1), "nine"), ("ttr", hours(3), "nine"))
    request = after(opened(desk=desk).request, do.Take(1), MEMBER, NOW, desk)
    _, told = lived(request, desk)
    assert sorted(one for one in told if MANAGER in one[0]) == sorted([
        (MANAGER, "frt", "up", 0), (MANAGER, "frt", "up", 1), (MANAGER, "frt", "up", 2), (MANAGER, "ttr", "up", 0),
        (f"({MANAGER})", "ttr", "up", 1), (f"({MANAGER})", "ttr", "up", 2),
    ])  # fmt: skip


def test_what_runs_round_the_clock_speaks_for_itself() -> None:
    """It was told on Friday that nobody has taken it: that the promise of the weekend breaks is news."""
    friday = NOW + timedelta(days=4, hours=6)  # 15:00; the office closes at 17:00
    desk = a_desk(("ack", hours(1), "nine"), ("ttr", hours(20), "24x7"))
    request = opened(friday, desk=desk).request
    request, told = passed(request, desk, friday + minutes(45), friday + minutes(60), friday + minutes(120))
    assert [one[0] for one in told] == [DUTY, LEAD, MANAGER]
    _, told = passed(request, desk, friday + hours(18), friday + hours(20), friday + hours(21))
    assert [one for one in told if one[1] == "ttr"] == [
        (DUTY, "ttr", "late", 0), (LEAD, "ttr", "breach", 0), (MANAGER, "ttr", "up", 0),
    ]  # fmt: skip


def test_two_warnings_of_one_clock_within_five_minutes_are_one() -> None:
    desk = a_desk(("ack", minutes(20), "nine"))
    _, told = passed(opened(desk=desk).request, desk, NOW + minutes(15), NOW + minutes(18), NOW + minutes(20))
    assert told == [(DUTY, "ack", "risk", 0), (f"({DUTY})", "ack", "late", 0), (LEAD, "ack", "breach", 0)]


def test_what_falls_due_at_once_is_told_at_once() -> None:
    """Two clocks in one beat are one message (the courier joins them), so nothing of either is kept back."""
    desk = a_desk(("ack", hours(2), "nine"), ("frt", hours(2), "nine"))
    _, told = passed(opened(desk=desk).request, desk, NOW + minutes(120))
    assert told == [(LEAD, "ack", "breach", 0), (LEAD, "frt", "breach", 0)]


def test_who_has_not_heard_is_told() -> None:
    """Somebody else is on duty meanwhile: a step is a person's."""
    request, _ = passed(opened(desk=TWO).request, TWO, NOW + minutes(90))
    book = TWO.rulebook
    team = book.teams[request.team]
    changed = Directory(replace(book, teams={**book.teams, team.id: replace(team, duty=(MEMBER,), rota=())}))
    _, told = passed(request, changed, NOW + minutes(181))
    assert (MEMBER, "frt", "risk", 0) in told


def test_a_repeat_after_the_readers_digest_is_no_news() -> None:
    """Told at closing, the manager has their digest next morning: the first repeat would tell what that has listed."""
    afternoon = NOW + hours(6)
    desk = a_desk(("frt", hours(1), "nine"))
    request = after(opened(afternoon, desk=desk).request, do.Take(1), MEMBER, afternoon, desk)
    _, told = lived(request, desk)
    assert [one for one in told if MANAGER in one[0]] == [
        (MANAGER, "frt", "up", 0), (f"({MANAGER})", "frt", "up", 1), (MANAGER, "frt", "up", 2),
    ]  # fmt: skip


def test_the_journal_tells_to_whom_it_was_no_news() -> None:
    request, _ = passed(opened(desk=TWO).request, TWO, NOW + minutes(90))
    ctx = Context(TWO, NOW + minutes(181), NOW, SYSTEM, a_place("somewhere", TWO), lambda: 1)
    events = decide(request, do.TimeReached(request.id), ctx).events
    assert [(e.metric, e.known) for e in events] == [("ack", ()), ("frt", (DUTY,))]  # type: ignore[attr-defined]


def test_the_simulation_tells_what_then_happens() -> None:
    """Whom it says it will tell is told; where it says that it is no news nobody is."""
    request = opened(desk=TWO).request
    expected = ladder.forecast(request, TWO, NOW)
    foretold = [
        (f"({h.person})" if one.unless else h.person, one.metric, one.step, one.repeat)
        for one in expected for h in one.hearers
    ]  # fmt: skip
    _, told = passed(request, TWO, *dict.fromkeys(one.at for one in expected))
    assert foretold == told


goals = st.integers(20, 600).map(minutes)


@given(st.lists(goals, min_size=2, max_size=3))
def test_nobody_hears_the_same_rung_twice_before_somebody_acts(spans: list[timedelta]) -> None:
    """And whoever a rung names hears of it from the first clock that comes to it, or of a graver one."""
    desk = a_desk(*((metric, span, "nine") for metric, span in zip(("ack", "frt", "ttr"), sorted(spans), strict=False)))
    request = opened(desk=desk).request
    seen: set[tuple[str, str, int, bool]] = set()
    while ahead := [t.next_at for t in request.timers if t.next_at is not None]:
        request, told = passed(request, desk, min(ahead))
        now = {
            (person, step, repeat, metric == "ttr" and step in ("breach", "up") and not repeat)
            for person, metric, step, repeat in told if not person.startswith("(")
        }  # fmt: skip
        assert not seen & now
        seen |= now
    assert {(DUTY, "risk", 0, False), (LEAD, "breach", 0, False), (MANAGER, "up", 0, False)} <= seen
    assert ({(LEAD, "breach", 0, True), (MANAGER, "up", 0, True)} <= seen) is (len(spans) == 3), "the solution is news"


@pytest.mark.parametrize("hour", [2, 12])
def test_off_call_nobody_is_woken(hour: int) -> None:
    """The assignee sleeps and is not on duty: who is on duty hears in their place, and they in the morning."""
    tuesday = NOW.replace(hour=hour) + timedelta(days=1)
    desk = a_desk(("ttr", hours(20), "24x7"))
    begun = tuesday - hours(15)
    request = after(opened(begun, desk=desk).request, do.Take(1), MEMBER, begun, desk)
    ctx = Context(desk, tuesday, tuesday, SYSTEM, a_place("somewhere", desk), lambda: 1)
    notices = [
        one
        for one in decide(request, do.TimeReached(request.id), ctx).deliveries
        if isinstance(one, Notice) and one.event == "Reached"
    ]
    assert {one.person: one.urgent for one in notices} == ({MEMBER: False, DUTY: True} if hour == 2 else {MEMBER: True})


def test_who_holds_a_post_is_on_call() -> None:
    """The lead and the manager are named as such: what is important reaches them at night."""
    desk = a_desk(("ttr", hours(20), "24x7"))
    night = NOW.replace(hour=2) + timedelta(days=1)
    request = after(opened(desk=desk).request, do.Take(1), OWNER, NOW, desk)
    for who in ("lead", "manager"):
        (hearer,) = ladder.hearers(request, Step("s", 100, who=(who,)), "ttr", desk, night, urgent=True)
        assert hearer.why == who
