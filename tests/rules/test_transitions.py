"""The table of sla.md section 4: one case for each row and each clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.ask import commands as do
from core.model.request import ClockState, Priority, Status, Verdict
from core.rules import clocks, transitions
from core.rules.decide import decide
from core.rules.metrics import EFFECTS, METRICS
from tests.builders import (
    CONTACT,
    DESK,
    MEMBER,
    NOW,
    a_context,
    a_directory,
    a_request,
    after,
    at,
    hours,
    opened,
    the_timer,
)
from tests.rules.lives import (
    ACCEPT,
    ACK,
    AGREE,
    APPROVAL,
    APPROVE,
    ASK,
    ASSIGN,
    CANCEL,
    COMPLETE,
    CONFIRM,
    DECLINE,
    EXTEND,
    FAIL,
    FORCE,
    GROUP,
    MERGE,
    NO,
    NO_REPLY,
    NOTE,
    NUDGE,
    OFFER,
    ONCE,
    OUTSIDE,
    PASS,
    PAUSE,
    QUOTE,
    RAISE,
    REFUSE,
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
    WAIVE,
    WRITE,
    YES,
    Step,
    effect,
    lived,
)

#: name, what was before, the step, and what it does to each clock; a clock that is not named is left alone.
ROWS: list[tuple[str, tuple[Step, ...], Step, dict[str, str]]] = [
    ("acknowledge", (), ACK, {"ack": "X", "own": "N"}),
    ("take", (), TAKE, {"ack": "X", "own": "N"}),
    ("take what is acknowledged", (ACK,), TAKE, {}),
    ("take what was returned", (TAKE, RETURN), TAKE, {"own": "N"}),
    ("human message on a new request", (), REPLY, {"ack": "X", "frt": "X", "put": "N"}),
    ("human message", (ACK,), REPLY, {"frt": "X", "put": "N"}),
    ("human message to one who wrote", (REPLY, WRITE), REPLY, {"nrt": "X", "put": "N"}),
    ("human message on a resolved request", (REPLY, RESOLVE), REPLY, {}),
    ("client message before the first response", (ACK,), WRITE, {}),
    ("client message", (REPLY,), WRITE, {"nrt": "S"}),
    ("second client message", (REPLY, WRITE), WRITE, {}),
    ("client message on a resolved request", (REPLY, RESOLVE), WRITE, {}),
    ("ask client", (ACK,), ASK, {"frt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"}),
    ("ask client at once", (), ASK, {"ack": "X", "frt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"}),
    ("ask a client who wrote", (REPLY, WRITE), ASK, {"nrt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"}),
    ("client answers", (ASK,), WRITE, {"nrt": "S", "put": "R", "ttr": "R", "own": "R", "cwt": "X"}),
    ("waiting is ended by hand", (ASK,), RESUME, {"put": "R", "ttr": "R", "own": "R", "cwt": "X"}),
    ("deliver", (ACK,), RESOLVE, {"frt": "X", "put": "X", "ttr": "X", "trt": "X", "own": "X", "acc": "S"}),
    (
        "deliver at once",
        (),
        RESOLVE,
        {"ack": "X", "frt": "X", "put": "X", "ttr": "X", "trt": "X", "own": "X", "acc": "S"},
    ),
    (
        "deliver what waits for the client",
        (ASK,),
        RESOLVE,
        {"put": "X", "ttr": "X", "trt": "X", "own": "X", "cwt": "X", "acc": "S"},
    ),
    ("accepted", (REPLY, RESOLVE), ACCEPT, {"acc": "X"}),
    (
        "re-opened inside the window",
        (REPLY, RESOLVE),
        REOPEN,
        {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N", "acc": "C"},
    ),
    (
        "re-opened after it was accepted",
        (REPLY, RESOLVE, ACCEPT),
        REOPEN,
        {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N"},
    ),
    (
        "re-opened for the second time",
        (REPLY, RESOLVE, REOPEN, REPLY, RESOLVE),
        REOPEN,
        {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N", "acc": "C"},
    ),
    ("priority changed", (), RAISE, {"ack": "T", "frt": "T", "put": "T", "ttr": "T"}),
    ("priority changed later", (REPLY, WRITE), RAISE, {"nrt": "T", "put": "T", "ttr": "T"}),
    ("priority changed while waiting", (ASK,), RAISE, {"put": "T", "ttr": "T"}),
    ("re-assign person", (TAKE,), ASSIGN, {}),
    ("re-assign group", (TAKE,), REGROUP, {"own": "N"}),
    ("other words", (TAKE,), RETITLE, {}),
    (
        "withdrawn by client",
        (),
        CANCEL,
        {"ack": "C", "frt": "C", "put": "C", "ttr": "C", "trt": "C", "own": "X"},
    ),
    (
        "withdrawn while waiting",
        (ASK,),
        (do.Cancel("42"), MEMBER),
        {"put": "C", "ttr": "C", "trt": "C", "own": "X", "cwt": "X"},
    ),
    ("returned to the queue", (TAKE,), RETURN, {}),
    ("snoozed", (TAKE,), SNOOZE, {}),
    ("noted", (TAKE,), NOTE, {}),
    ("extended", (TAKE,), EXTEND, {}),
    ("nudged", (), NUDGE, {}),
    ("re-assign group by hand", (TAKE,), GROUP, {"own": "N"}),
    ("start work", (ACK,), START, {}),
    ("start work at once", (), START, {"ack": "X"}),
    ("no reply needed", (REPLY, WRITE), NO_REPLY, {"nrt": "C"}),
    ("approval required", (), APPROVAL, {"ttr": "P", "own": "P", "apr": "S"}),
    ("approval required of one who wrote", (REPLY, WRITE), APPROVAL, {"ttr": "P", "own": "P", "apr": "S"}),
    ("approval granted", (APPROVAL,), APPROVE, {"ttr": "R", "own": "R", "apr": "X"}),
    (
        "approval refused",
        (APPROVAL,),
        REFUSE,
        {"ack": "X", "frt": "X", "put": "C", "ttr": "C", "trt": "C", "own": "X", "apr": "X"},
    ),
    (
        "out of scope",
        (),
        DECLINE,
        {"ack": "X", "frt": "X", "put": "C", "ttr": "C", "trt": "C", "own": "X"},
    ),
    (
        "out of scope, of one who wrote",
        (REPLY, WRITE, RETURN),
        DECLINE,
        {"nrt": "C", "put": "C", "ttr": "C", "trt": "C", "own": "X"},
    ),
    ("hand to supplier", (ACK,), SUPPLIER, {"own": "P", "sup": "S"}),
    ("hand to supplier at once", (), SUPPLIER, {"ack": "X", "own": "P", "sup": "S"}),
    ("supplier done", (ACK, SUPPLIER), RESUME, {"own": "R", "sup": "X"}),
    ("human message while a supplier has it", (ACK, SUPPLIER), REPLY, {"frt": "X", "put": "N"}),
    ("a date is proposed", (ACK,), OFFER, {}),
    ("agreed later date", (ACK, OFFER), AGREE, {"put": "P", "ttr": "D", "own": "P"}),
    ("agreed later date at once", (OFFER,), AGREE, {"ack": "X", "put": "P", "ttr": "D", "own": "P"}),
    ("work begins before the agreed date", (ACK, OFFER, AGREE), RESUME, {"put": "R", "own": "R"}),
    (
        "delivered on an agreed date",
        (REPLY, OFFER, AGREE),
        RESOLVE,
        {"put": "X", "ttr": "X", "trt": "X", "own": "X", "acc": "S"},
    ),
    ("submit deliverable", (ACK,), SUBMIT, {"own": "P", "rev": "S"}),
    ("review fails", (ACK, SUBMIT), FAIL, {"own": "R", "rev": "X"}),
    ("submitted again", (ACK, SUBMIT, FAIL), SUBMIT, {"own": "P", "rev": "S"}),
    (
        "last level passes",
        (ACK, SUBMIT),
        PASS,
        {"frt": "X", "put": "X", "ttr": "X", "trt": "X", "own": "X", "rev": "X", "acc": "S"},
    ),
    ("paused by hand", (ACK,), PAUSE, {"put": "P", "ttr": "P", "own": "P", "hld": "S"}),
    ("pause by hand over", (ACK, PAUSE), RESUME, {"put": "R", "ttr": "R", "own": "R", "hld": "X"}),
    ("force majeure asked for", (), FORCE, {}),
    ("force majeure", (FORCE,), CONFIRM, {"ack": "P", "frt": "P", "put": "P", "ttr": "P"}),
    ("force majeure of one who wrote", (REPLY, WRITE, FORCE), CONFIRM, {"nrt": "P", "put": "P", "ttr": "P"}),
    ("force majeure over", (FORCE, CONFIRM), RESUME, {"ack": "R", "frt": "R", "put": "R", "ttr": "R"}),
    ("agreement withdrawn", (WAIVE,), CONFIRM, {"ack": "C", "frt": "C", "put": "C", "ttr": "C"}),
    ("split", (TAKE,), SPLIT, {}),
    ("the team says it is outside", (ACK,), OUTSIDE, {"put": "P", "ttr": "P", "own": "P"}),
    ("done once", (ACK, OUTSIDE), ONCE, {"put": "R", "ttr": "R", "own": "R"}),
    ("quoted", (OUTSIDE,), QUOTE, {"ack": "X", "frt": "X", "cwt": "S"}),
    ("quoted again", (OUTSIDE, QUOTE, NO), QUOTE, {"nrt": "X", "cwt": "S"}),
    ("quote accepted", (OUTSIDE, QUOTE), YES, {"put": "R", "ttr": "R", "own": "R", "cwt": "X"}),
    ("quote declined", (OUTSIDE, QUOTE), NO, {"nrt": "S", "cwt": "X"}),
]


@pytest.mark.parametrize("metric", METRICS)
def test_submit_starts_its_clocks(metric: str) -> None:
    started = [t for t in opened().request.timers if t.metric == metric]
    assert len(started) == (metric in {"ack", "frt", "put", "ttr", "trt", "own"})
    assert all(t.state is ClockState.RUNNING and t.segments[0].from_at == NOW for t in started)


@pytest.mark.parametrize("now", [NOW, at("2025-06-06 16:59"), at("2025-06-07 12:00")])
@pytest.mark.parametrize("rank", Priority)
def test_what_begins_at_a_filing_is_what_the_table_starts(rank: Priority, now: datetime) -> None:
    """`begun` is the short way of a filing; the long way is that of every other transition."""
    request, ctx = a_request(rank), a_context(CONTACT, now=now)
    long_way = clocks.settled(clocks.apply(request, "submit", ctx), ctx).timers
    short_way = clocks.begun(DESK.rulebook.agreements[request.agreement], rank, request.team, ctx)
    assert [replace(t, id=0) for t in short_way] == [replace(t, id=0) for t in long_way]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(("name", "steps", "step", "effects"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_moves_a_clock(
    name: str, steps: tuple[Step, ...], step: Step, effects: dict[str, str], metric: str
) -> None:
    before, now = lived(*steps)
    assert effect(before, after(before, *step, now=now), metric) == effects.get(metric, "")


@pytest.mark.parametrize("metric", METRICS)
def test_the_window_over_stops_its_clock_alone(metric: str) -> None:
    before, _ = lived(REPLY, RESOLVE)
    due = the_timer(before, "acc").due_at
    assert due is not None
    beat_at = due + hours(1)
    closed = after(before, do.TimeReached(0), now=beat_at)
    assert (closed.status, closed.closed_at) == (Status.CLOSED, beat_at)
    assert effect(before, closed, metric) == ("X" if metric == "acc" else "")
    assert the_timer(closed, "acc").verdict is Verdict.MET, "silence is no breach of ours"
    assert the_timer(closed, "acc").breached_at is None


INTAKE: dict[str, dict[str, str]] = {
    "submit, prerequisites missing": {"ack": "S", "frt": "S", "ttr": "A", "trt": "S", "own": "S", "cwt": "S"},
    "client message at intake": {},
    "prerequisites accepted": {"put": "S", "ttr": "S", "cwt": "X"},
    "withdrawn at intake": {"ack": "C", "frt": "C", "ttr": "C", "trt": "C", "own": "X", "cwt": "X"},
}


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("row", INTAKE)
def test_intake_arms_the_solution_until_everything_is_there(row: str, metric: str) -> None:
    request, now = lived(item="design")
    assert (request.status, request.missing) == (Status.WAITING_CUSTOMER, ("Site survey", "Load figures"))
    before = replace(request, timers=()) if row.startswith("submit") else request
    step = {"client message at intake": WRITE, "prerequisites accepted": COMPLETE, "withdrawn at intake": CANCEL}.get(
        row
    )
    assert effect(before, after(request, *step, now=now) if step else request, metric) == INTAKE[row].get(metric, "")


@pytest.mark.parametrize("metric", METRICS)
def test_merge_cancels_every_clock_of_what_goes(metric: str) -> None:
    into, _ = lived(ACK)
    gone, now = lived(REPLY, WRITE)
    after_, met = after(gone, *MERGE, now=now, other=into), {"nrt", "put", "ttr", "trt", "own"}
    assert (after_.status, after_.merged_into) == (Status.MERGED, into.number)
    assert effect(gone, after_, metric) == ("C" if metric in met else "")


@pytest.mark.parametrize("metric", METRICS)
def test_a_childs_clocks_are_copies_but_for_its_ownership(metric: str) -> None:
    parent, now = lived(REPLY, WRITE, ASK, WRITE)
    (child,) = decide(parent, *SPLIT[:1], a_context(MEMBER, now=now)).also
    mine, theirs = ([t for t in r.timers if t.metric == metric] for r in (child.request, parent))
    if metric in ("frt", "ttr", "trt"):
        assert [t.segments for t in mine] == [t.segments for t in theirs]
        assert not {t.id for t in mine} & {t.id for t in theirs}
        assert {(f.step, f.repeat) for f in child.firings if f.timer == mine[0].id} == set(theirs[0].fired)
    else:
        assert [t.segments[0].from_at for t in mine] == ([now] if metric == "own" else [])


def test_each_level_of_review_has_a_clock_of_its_own() -> None:
    request, now = lived(COMPLETE, TAKE, SUBMIT, item="design")
    second = after(request, *PASS, now=now)
    assert (second.status, second.review_level) == (Status.IN_REVIEW, 2)
    assert effect(request, second, "rev") == "XS"
    third = after(second, *PASS, now=now)
    delivered = after(third, *PASS, now=now)
    assert (delivered.status, delivered.resolution) == (Status.RESOLVED, "Sheet 12")
    assert [t.state for t in delivered.timers if t.metric == "rev"] == [ClockState.STOPPED] * 3


def test_where_the_agreement_says_so_a_supplier_pauses_the_solution() -> None:
    desk = a_directory(supplier_pauses=True)
    request, now = lived(ACK, desk=desk)
    handed = after(request, *SUPPLIER, now=now, desk=desk)
    assert effect(request, handed, "ttr") == "P"
    assert effect(handed, after(handed, *RESUME, now=now, desk=desk), "ttr") == "R"


def test_every_row_of_the_table_is_reached_by_somebody() -> None:
    """A row that no handler applies would promise what the product does not do."""
    source = "".join(path.read_text() for path in (Path(transitions.__file__).parent).rglob("*.py"))
    unused = [row for row in EFFECTS if source.count(f'"{row}"') < 2]
    assert not unused


def test_the_table_names_only_clocks_and_letters_that_there_are() -> None:
    assert {metric for row in EFFECTS.values() for metric in row} <= set(METRICS)
    assert {letter for row in EFFECTS.values() for letter in row.values()} <= set("SXPpRTNKCADY")
