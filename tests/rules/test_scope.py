"""Scope: what is outside, who decides it, and a register that keeps every step."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core import events as ev
from core.ask import commands as do
from core.errors import Refused
from core.model.request import SCOPE_OPEN, ClockState, Request, Status
from core.model.sending import Notice
from core.rules import scope
from core.rules.decide import decide, open_request
from core.say.table import BOM, as_csv, safe
from tests.builders import (
    CONTACT,
    DESK,
    MANAGER,
    MEMBER,
    NOW,
    OTHER_OWNER,
    OWNER,
    a_context,
    a_directory,
    after,
    minutes,
    opened,
    the_timer,
)
from tests.rules.lives import DECLINE, NO, ONCE, OUTSIDE, QUOTE, RESOLVE, WISH, YES, lived

BOOK = DESK.rulebook
GOLD = BOOK.agreements["gold@1"]
DRAWINGS, GENERAL = BOOK.items["drawings"], BOOK.items["general"]


@pytest.mark.parametrize(
    ("item", "includes", "excludes", "other", "why"),
    [
        (DRAWINGS, (), (), False, ""),
        (DRAWINGS, ("drawings",), (), False, ""),
        (DRAWINGS, ("tender",), (), False, "uncovered"),
        (DRAWINGS, (), ("drawings",), False, "excluded"),
        (replace(GENERAL, catch_all=True), (), (), False, "catch_all"),
        (replace(GENERAL, catch_all=True), (), ("general",), False, "excluded"),
        (GENERAL, (), (), True, "other"),
    ],
)
def test_why_it_is_outside(
    item: object, includes: tuple[str, ...], excludes: tuple[str, ...], other: bool, why: str
) -> None:
    agreement = replace(GOLD, includes=includes, excludes=excludes)
    assert scope.outside(item, agreement, other=other) == why  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["other", "Other", "something-else", "其他", "其它", "ｏｔｈｅｒ"])
def test_a_client_says_that_it_is_something_else(word: str) -> None:
    """It is filed under the default item, the solution waits, and its service owner is asked."""
    book = replace(BOOK, items={**BOOK.items, "general": replace(GENERAL, aliases=())})
    filed = open_request(
        do.OpenRequest("Film the site", item=word), a_context(CONTACT, desk=replace(DESK, rulebook=book))
    )
    request = filed.request
    assert (request.item, request.scope, scope.why(request)) == ("general", "asked", "other")
    assert the_timer(request, "ttr").state is ClockState.PAUSED
    assert the_timer(request, "ack").state is the_timer(request, "frt").state is ClockState.RUNNING
    assert [type(e) for e in filed.events] == [ev.RequestOpened, ev.ScopeAsked]
    assert {p.metric for p in filed.events[0].promises} == {"frt"}  # type: ignore[attr-defined]
    asked = [d for d in filed.deliveries if isinstance(d, Notice)]
    assert [d.destination.subject for d in asked] == [request.owner]


def test_what_is_within_is_asked_of_nobody() -> None:
    filed = opened()
    assert (filed.request.scope, filed.request.scope_steps) == ("", ())
    assert not [d for d in filed.deliveries if isinstance(d, Notice)]


@pytest.mark.parametrize("step", [QUOTE, ONCE, WISH, DECLINE])
@pytest.mark.parametrize("person", [MEMBER, OTHER_OWNER, CONTACT])
def test_only_the_service_owner_and_the_manager_decide(step: tuple[do.Command, str], person: str) -> None:
    request, now = lived(OUTSIDE)
    with pytest.raises(Refused) as refused:
        after(request, step[0], person, now)
    assert refused.value.code in ("not_the_owner", "right_missing", "no_such_request")
    for decider in (OWNER, MANAGER):
        assert after(request, step[0], decider, now).scope != "asked"


def test_nothing_is_solved_that_is_not_decided() -> None:
    request, now = lived(OUTSIDE)
    with pytest.raises(Refused, match="scope_open"):
        after(request, *RESOLVE, now=now)
    assert after(after(request, *ONCE, now=now), *RESOLVE, now=now).status is Status.RESOLVED


def test_an_old_quote_cannot_be_accepted() -> None:
    request, now = lived(OUTSIDE, QUOTE, QUOTE)
    with pytest.raises(Refused, match="quote_changed"):
        after(request, do.Accept("42", "1"), CONTACT, now)
    assert after(request, do.Accept("42", "2"), CONTACT, now).scope == "accepted"


def test_the_team_does_not_accept_a_quote_for_the_client() -> None:
    request, now = lived(OUTSIDE, QUOTE)
    for person in (OWNER, MANAGER):
        with pytest.raises(Refused, match="right_missing"):
            after(request, do.Accept("42"), person, now)


def test_another_item_may_be_within() -> None:
    """The client finds the right line of the menu: nothing is left to decide."""
    desk = a_directory(excludes=("drawings",))
    request = opened(desk=desk).request
    assert (request.scope, scope.why(request)) == ("asked", "excluded")
    edited = decide(request, do.EditRequest("42", item="testing"), a_context(CONTACT, desk=desk))
    assert edited.request.scope == "covered"
    assert the_timer(edited.request, "ttr").state is ClockState.RUNNING
    back = after(edited.request, do.EditRequest("42", item="drawings"), MANAGER, desk=desk)
    assert back.scope == "asked"
    assert the_timer(back, "ttr").state is ClockState.PAUSED


WALK = st.lists(st.sampled_from([OUTSIDE, QUOTE, ONCE, WISH, DECLINE, YES, NO]), max_size=9)


@given(WALK)
def test_the_solution_never_runs_while_it_is_open_and_every_step_is_kept(steps: list[tuple[do.Command, str]]) -> None:
    request, now = opened().request, NOW
    for command, person in steps:
        now += minutes(10)
        before = request
        try:
            request = decide(request, command, a_context(person, now=now)).request
        except Refused:
            assert request is before
            continue
        new = request.scope_steps[len(before.scope_steps) :]
        assert request.scope_steps[: len(before.scope_steps)] == before.scope_steps
        assert [(step.by, step.at) for step in new] == [(person, now)]
        runs = the_timer(request, "ttr").state is ClockState.RUNNING
        assert runs == (request.scope not in SCOPE_OPEN and request.is_open)


def _wish(**terms: object) -> tuple[Request, object]:
    desk = a_directory(**terms)
    request = opened(desk=desk).request
    request = request if request.scope else after(request, *OUTSIDE, desk=desk)
    return after(request, *WISH, desk=desk), desk.rulebook


def test_a_wish_is_toml_for_the_rulebook() -> None:
    request, book = _wish()
    written = tomllib.loads(scope.snippet(request, book))  # type: ignore[arg-type]
    assert written["items"]["wish-hx-42" if request.number == "HX-42" else f"wish-{request.number.lower()}"] == {
        "name": "Aerial pictures", "team": "supervision", "owner": OWNER, "impact": 3, "urgency": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "version"),
    [
        ({"excludes": ("drawings", "tender")}, {"proposed": True, "excludes": ["tender"]}),
        ({"includes": ("tender",)}, {"proposed": True, "includes": ["tender", "drawings"]}),
    ],
)
def test_a_wish_for_what_the_agreement_leaves_out_is_its_next_version(
    terms: dict[str, object], version: object
) -> None:
    request, book = _wish(**terms)
    assert tomllib.loads(scope.snippet(request, book))["agreements"]["gold"]["versions"] == [version]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-1", "'-1"), ("@li", "'@li"), ("＝1", "'＝1"), (" =1", "' =1"),
        ("\u3000=1", "'\u3000=1"), ("two\n=lines", "two\n'=lines"), ("\tx", "'\tx"), ("plain, text", "plain, text"), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(typed: str, written: str) -> None:
    assert safe(typed) == written


def test_a_table_opens_with_its_chinese() -> None:
    assert as_csv([("编号", "a,b"), ("1", '"x"')]) == f'{BOM}编号,"a,b"\r\n1,"""x"""\r\n'
