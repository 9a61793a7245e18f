"""The further verbs at the door: said, pressed and filled; two requests in one commit; nobody alone where two are needed."""

from __future__ import annotations

import asyncio
import inspect
import re
from datetime import timedelta

import pytest

from core import reception
from core.model.request import ClockState
from core.say import cards, forms
from core.store import requests as rows
from core.store import tables as t
from tests.desk.stage import Stage, breaking, token, words


async def filed(stage: Stage, *lines: str) -> None:
    for line in lines or ("Crane stands still",):
        await stage.says("emma", "client", f"/request {line}")


async def test_every_further_step_is_behind_one_button(stage: Stage) -> None:
    await filed(stage)
    shown = await stage.says("li", "team", "/desk show 1")
    steps = await stage.presses("li", "team", token(shown, "steps"))
    form = await stage.presses("li", "team", token(steps, "supplier"))
    assert form.form is not None
    done = await stage.fills("li", "team", form.form.token, {"text": "Lift maker"})
    assert "supplier" in words(done)
    assert stage.request()["status"] == "waiting_supplier"


@pytest.mark.parametrize(
    ("verb", "values", "status"),
    [
        ("schedule", {"text": "2026-12-01 12:00"}, "new"),
        ("approval", {"person": "zhao", "text": "why"}, "waiting_approval"),
        ("review", {"text": "Sheet 12"}, "in_review"),
        ("pause", {"text": "Site closed"}, "new"),
        ("decline", {"text": "Not in our contract"}, "declined"),
        ("split", {"text": "The other half"}, "new"),
        ("force", {"text": "Flood"}, "new"),
        ("waive", {"text": "Contract ended"}, "new"),
        ("merge", {"text": "2"}, "merged"),
    ],
)
async def test_each_step_asks_for_what_it_needs(
    plain_stage: Stage, verb: str, values: dict[str, str], status: str
) -> None:
    """Field by field, as on a platform without forms."""
    stage = plain_stage
    await filed(stage, "Crane stands still", "Crane again")
    shown = await stage.says("li", "team", "/desk show 1")
    asked = await stage.presses("li", "team", token(await stage.presses("li", "team", token(shown, "steps")), verb))
    for name, value in values.items():
        if asked.form is not None:
            asked = await stage.fills("li", "team", asked.form.token, {name: value})
        else:
            assert asked.message is not None
            choice = next(b for b in asked.message.buttons() if dict(b.action.args).get("value") == value)
            asked = await stage.presses("li", "team", choice.token)
    assert "(E-" not in words(asked), words(asked)
    assert stage.request()["status"] == status


def test_every_button_of_a_card_does_something() -> None:
    """A label without a deed would be a dead button."""
    source = inspect.getsource(reception.Reception._pressed)
    done = {*reception._PRESSES, *reception._LOOKS, *forms.FORMS, *re.findall(r'"(\w+)"', source)}
    assert set(cards.LABELS) <= done


async def test_a_client_has_no_further_steps(stage: Stage) -> None:
    await filed(stage)
    for line in ("/desk pause 1 x", "/desk merge 1 1", "/desk force 1 x", "/desk approve 1", "/desk confirm 1"):
        assert "E-" in words(await stage.says("emma", "client", line)), line
    assert stage.request()["version"] == 1


async def test_a_merge_changes_both_or_neither(stage: Stage) -> None:
    await filed(stage, "Crane stands still", "Crane again")
    with breaking(1, t.RequestRow) as written, pytest.raises(OSError, match="the disk is gone"):
        await stage.says("li", "team", "/desk merge 2 1", key="m")
    assert written
    assert {stage.request(n)["version"] for n in ("HX-1", "HX-2")} == {1}
    assert "HX-1" in words(await stage.says("li", "team", "/desk merge 2 1", key="m"))
    assert (stage.request("HX-2")["status"], stage.request("HX-2")["merged_into"]) == ("merged", "HX-1")
    assert {stage.request(n)["version"] for n in ("HX-1", "HX-2")} == {2}
    said = [(row["request_id"], row["event"]) for row in stage.rows(t.JournalRow)][-2:]
    assert said == [(stage.request("HX-1")["id"], "Absorbed"), (stage.request("HX-2")["id"], "Merged")], "in id order"


async def test_what_was_merged_is_read_back_as_it_was_decided(stage: Stage) -> None:
    """The clocks of two requests with different pasts, through the rows and back."""
    await filed(stage, "Crane stands still", "Crane again")
    for n in (1, 2):
        await stage.says("li", "team", f"/desk wait {n} Which one?")
        stage.clock.turn(timedelta(minutes=30))
    for n in (1, 2):
        await stage.says("emma", "client", f"/request add {n} The red one")
        stage.clock.turn(timedelta(minutes=10))
    await stage.says("li", "team", "/desk merge 2 1")
    with stage.engine.connect() as connection:
        (kept,) = rows.by_numbers(connection, ["HX-1"])
    old, one = (t_ for t_ in kept.timers if t_.metric == "ttr")
    assert (old.state, one.state) == (ClockState.CANCELLED, ClockState.RUNNING)
    assert [(s.running, s.reason) for s in one.segments] == [(True, ""), (False, "waiting_customer"), (True, "")]
    assert one.merged_due == one.due_at


async def test_two_merges_that_cross_leave_one_open(stage: Stage) -> None:
    """A into B and B into A, at once: the second finds the first done."""
    await filed(stage, "Crane stands still", "Crane again")
    answers = await asyncio.gather(
        stage.says("li", "team", "/desk merge 1 2"), stage.says("wang", "team", "/desk merge 2 1")
    )
    assert sorted("E-" in words(answer) for answer in answers) == [False, True]
    assert sorted(stage.request(n)["status"] for n in ("HX-1", "HX-2")) == ["merged", "new"]


async def test_another_clients_request_is_no_place_to_merge_into(stage: Stage) -> None:
    await filed(stage)
    await stage.says("olga", "other", "/request Their crane")
    for into in ("OT-1", "HX-77", "HX-1"):
        assert "(E-NUM)" in words(await stage.says("li", "team", f"/desk merge HX-1 {into}"))
    assert stage.request()["version"] == 1


async def test_a_split_off_part_is_filed_whole_or_not_at_all(stage: Stage) -> None:
    await filed(stage)
    await stage.says("li", "team", "/desk split 1 The other half")
    with stage.engine.connect() as connection:
        (child,) = rows.by_numbers(connection, ["HX-2"])
        (parent,) = rows.by_numbers(connection, ["HX-1"])
    assert (child.follows, child.title, child.requester) == ("HX-1", "The other half", "emma")
    due = {r.number: {t_.target: t_.due_at for t_ in r.timers if t_.metric in ("frt", "ttr")} for r in (parent, child)}
    assert due["HX-1"] == due["HX-2"]


async def test_what_two_must_say_is_not_said_by_one(stage: Stage) -> None:
    await filed(stage)
    await stage.says("li", "team", "/desk force 1 Flood")
    assert "E-2P" in words(await stage.says("li", "team", "/desk confirm 1"))
    assert "Confirmed" in words(await stage.says("wang", "team", "/desk confirm 1"))
    assert stage.request()["force_majeure"] == "Flood"
    assert stage.request()["pending"] is None


async def test_after_the_window_reopening_files_what_follows(stage: Stage) -> None:
    await filed(stage)
    await stage.says("li", "team", "/desk resolve 1 Done")
    await stage.says("emma", "client", "/request accept 1")
    stage.clock.turn(timedelta(days=30))
    answer = await stage.says("emma", "client", "/request reopen 1 It stands still again")
    assert "HX-2" in words(answer)
    assert (stage.request("HX-2")["follows"], stage.request("HX-2")["status"]) == ("HX-1", "new")
    assert stage.request("HX-1")["status"] == "closed"


async def test_an_answer_that_the_platform_held_counts_from_when_it_was_written(stage: Stage) -> None:
    await filed(stage)
    await stage.says("li", "team", "/desk wait 1 Which one?")
    stage.clock.turn(timedelta(hours=2))
    written = stage.clock.real() - timedelta(minutes=45)
    await stage.says("emma", "client", "/request add 1 The red one", said_at=written)
    with stage.engine.connect() as connection:
        (request,) = rows.by_numbers(connection, ["HX-1"])
    solution = next(t_ for t_ in request.timers if t_.metric == "ttr")
    assert solution.segments[-1].from_at == stage.clock.now() - timedelta(minutes=45)
