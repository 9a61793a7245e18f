"""Values and rows: the same names, and nothing lost on the way there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT
from msgspec.structs import fields, replace
from sqlalchemy import Engine, insert, select

from core.ask.folding import clean
from core.model.parties import Address
from core.model.request import (
    ClockState,
    Firing,
    Pending,
    Priority,
    Reasons,
    Remark,
    Request,
    ScopeStep,
    Segment,
    Status,
    Supplied,
    Timer,
    Verdict,
)
from core.store import requests as rows
from core.store import tables as t
from core.store.changes import Changes, table
from core.store.mapping import (
    firing_row,
    freeze,
    remark_row,
    remark_value,
    request_row,
    request_value,
    segment_row,
    segment_value,
    thaw,
    timer_row,
    timer_value,
)
from core.store.statements import defaults
from tests.conftest import MONDAY

#: Ids of ours are 62 bits, Telegram's reach 2^52; both must pass.
ids = st.one_of(st.integers(1, 10_000), st.just(2**52), st.integers(2**52, 2**62))
#: What passes the door, whatever was typed: emoji, other planes, NUL and lone surrogates are in the alphabet.
texts = st.text(st.characters(), max_size=40).map(clean)
words = st.text("abcdefghij-", min_size=1, max_size=12)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it
spans = st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds))
maybe = st.one_of(st.none(), moments)

#: Spans that have ended, and at the end perhaps one that lasts: it runs or is paused as its timer does.
ended = st.lists(st.builds(Segment, moments, moments, st.booleans(), texts), max_size=3).map(tuple)


def _lasting(timer: Timer, since: datetime | None, reason: str) -> Timer:
    running = timer.state is ClockState.RUNNING
    return replace(timer, segments=(*timer.segments, Segment(since, None, running, reason))) if since else timer


wound = st.builds(
    Timer, id=st.integers(1, 99), metric=words, target=words, goal=spans, calendar=words, ladder=words, cycle=st.integers(1, 9),
    state=st.sampled_from(ClockState), segments=ended, due_at=maybe, next_at=maybe,
    next_step=words, next_repeat=st.integers(0, 9), stopped_at=maybe, breached_at=maybe,
    verdict=st.one_of(st.none(), st.sampled_from(Verdict)), extended_by=spans, graced_until=maybe,
    strict_goal=st.one_of(st.none(), spans), strict_verdict=st.one_of(st.none(), st.sampled_from(Verdict)),
    agreed_at=maybe, merged_due=maybe, first_time_right=st.booleans(),
    fired=st.frozensets(st.tuples(words, st.integers(0, 5)), max_size=3),
)  # fmt: skip
timers = st.builds(_lasting, wound, maybe, texts)
reasons = st.builds(
    Reasons, st.integers(1, 4), st.integers(1, 4), words, words, st.lists(texts, max_size=3).map(tuple), st.booleans()
)
requests = st.builds(
    Request, id=ids, number=st.integers(1, 2**40).map(lambda n: f"HX-{n}"), client=words, item=words, team=words,
    title=texts, description=texts, status=st.sampled_from(Status), status_since=moments,
    priority=st.sampled_from(Priority), reasons=reasons, requester=words,
    origin=st.builds(Address, words, words, st.text("@abc:1", min_size=1, max_size=9)), lang=words, agreement=words,
    opened_at=moments, owner=words, assignee=words, private=st.booleans(), wished_at=maybe, snoozed_until=maybe,
    waiting_for=texts, resolution=texts, resolved_at=maybe, closed_at=maybe, rating=st.integers(0, 5),
    reopened=st.integers(0, 9), missing=st.lists(texts, max_size=3).map(tuple),
    supplied=st.lists(st.builds(Supplied, words, words, moments, texts, texts, texts), max_size=2).map(tuple),
    details=st.dictionaries(words, texts, max_size=2), approver=words, supplier=texts,
    offered_at=maybe, agreed_by=words, deliverable=texts, submitted_by=words, review_level=st.integers(0, 3),
    rework=st.integers(0, 9), paused_for=texts, force_majeure=texts,
    pending=st.one_of(st.none(), st.builds(Pending, words, words, texts, words)), scope=words,
    scope_steps=st.lists(st.builds(ScopeStep, moments, words, words, texts), max_size=3).map(tuple),
    ration=words, charged_at=maybe, merged_into=words, follows=words,
    last_event=words, last_event_at=maybe, last_event_by=words, version=st.integers(1, 99),
    timers=st.lists(timers, max_size=3, unique_by=lambda timer: timer.id).map(tuple),
)  # fmt: skip
remarks = st.builds(Remark, moments, words, words, texts)


def _names(kind: type) -> set[str]:
    return {f.name for f in fields(kind)}


def _columns(row: type) -> set[str]:
    return {column.name for column in table(row).columns}


@pytest.mark.parametrize(
    ("value", "row", "apart", "added"),
    [
        (Request, t.RequestRow, {"timers"}, {"filed_at"}),
        (Timer, t.TimerRow, {"segments", "fired", "told", "seen"}, {"request_id", "since", "reason"}),
        (Segment, t.SegmentRow, set(), {"request_id", "timer_id", "n"}),
        (Firing, t.FiringRow, {"timer"}, {"timer_id", "request_id", "decided_at", "seen"}),
        (Remark, t.RemarkRow, set(), {"id", "request_id"}),
    ],
)
def test_a_values_fields_are_its_tables_columns(value: type, row: type, apart: set[str], added: set[str]) -> None:
    """`apart` are fields with rows of their own, `added` what a row needs to be found."""
    assert _names(value) - apart == _columns(row) - added


def test_what_a_new_request_leaves_out_stands_at_its_columns_default() -> None:
    usual = defaults(t.RequestRow)
    apart = {f.name: freeze(f.default) for f in fields(Request) if f.name in usual and f.default is not NODEFAULT}
    assert {name: usual[name] for name in apart} == {n: list(v) if v == () else v for n, v in apart.items()}


@given(requests)
def test_a_frozen_request_thaws_to_itself(request: Request) -> None:
    import json

    assert thaw(Request, json.loads(json.dumps(freeze(request)))) == request


@given(st.text(st.characters()))
def test_what_passed_the_door_can_be_kept_by_both_databases(typed: str) -> None:
    kept = clean(typed)
    assert "\x00" not in kept
    kept.encode()  # a lone surrogate would raise
    assert clean(kept) == kept


@given(requests)
def test_rows_and_values_are_inverse(request: Request) -> None:
    assert request_value(request_row(request), request.timers) == request
    for timer in request.timers:
        over = tuple(segment for segment in timer.segments if segment.to_at is not None)
        firings = [{"step": step, "repeat": n, "told": None, "seen": None} for step, n in timer.fired]
        assert timer_value(timer_row(timer), over, firings) == timer
        for n, segment in enumerate(over):
            assert segment_value(segment_row(segment, request.id, timer.id, n)) == segment


@given(remarks)
def test_a_remark_comes_back(remark: Remark) -> None:
    assert remark_value(remark_row(remark, 7, 2**52)) == remark


def _stored(engine: Engine, request: Request) -> Request:
    """Saved as the desk saves it, read as the desk reads it, then forgotten."""
    with engine.execution_options(deskbell_write=True).connect() as connection, connection.begin() as begun:
        changes = Changes()
        rows.save(changes, request, None, MONDAY)
        changes.flush(connection)
        for timer in request.timers:
            for step, repeat in timer.fired:
                fired = Firing(timer.id, timer.cycle, step, repeat, request.opened_at)
                connection.execute(insert(table(t.FiringRow)).values(firing_row(fired, request.id, request.opened_at)))
        found = rows.by_ids(connection, [request.id])[request.id]
        begun.rollback()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests)
def test_a_request_comes_back_from_the_database(engine: Engine, request: Request) -> None:
    by_id = replace(request, timers=tuple(sorted(request.timers, key=lambda timer: timer.id)))
    assert _stored(engine, request) == by_id


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request=requests, timer=wound)
def test_who_was_told_and_who_acknowledged_it_come_back(engine: Engine, request: Request, timer: Timer) -> None:
    """They are kept with the firing: who was told of each, who acknowledged it with the first of its step."""
    timer = replace(timer, fired=frozenset({("risk", 0), ("late", 0), ("late", 1)}))
    request = replace(request, timers=(timer,))
    told = {("risk", 0): ("li",), ("late", 0): ("li", "wang"), ("late", 1): ("wang", "")}
    heard = replace(timer, told=frozenset({("risk", "li"), ("late", "li"), ("late", "wang"), ("late", "")}))
    seen = replace(heard, seen=frozenset({("late", "li"), ("risk", "li")}))
    with engine.execution_options(deskbell_write=True).connect() as connection, connection.begin() as begun:
        changes = Changes()
        rows.save(changes, request, None, MONDAY)
        for (step, repeat), people in told.items():
            fired = Firing(timer.id, timer.cycle, step, repeat, MONDAY, people)
            changes.upsert(t.FiringRow, firing_row(fired, request.id, MONDAY))
        changes.flush(connection)
        assert rows.by_ids(connection, [request.id])[request.id].timers == (heard,)
        rows.save(changes, replace(request, timers=(seen,)), replace(request, timers=(heard,)), MONDAY)
        changes.flush(connection)
        assert rows.by_ids(connection, [request.id])[request.id].timers == (seen,)
        assert dict(rows.tried(connection, request.id)).keys() == {"li", "wang", ""}
        begun.rollback()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(remark=remarks, id_=ids, request=requests)
def test_a_remark_comes_back_from_the_database(engine: Engine, remark: Remark, id_: int, request: Request) -> None:
    with engine.execution_options(deskbell_write=True).connect() as connection, connection.begin() as begun:
        connection.execute(insert(table(t.RequestRow)).values(request_row(request) | {"filed_at": MONDAY}))
        connection.execute(insert(table(t.RemarkRow)).values(remark_row(remark, request.id, id_)))
        assert rows.remarks(connection, request.id) == (remark,)
        begun.rollback()


def test_a_naive_time_is_refused(engine: Engine) -> None:
    naive: Any = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - that is the point
    with engine.connect() as connection, pytest.raises(Exception, match="naive"):
        connection.execute(select(table(t.RequestRow)).where(table(t.RequestRow).c.opened_at > naive))
