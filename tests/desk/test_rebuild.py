"""Due times derived anew: none differ in health, one that was spoilt is found, mended and journaled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from core.ask.commands import Rebuild
from core.rebuild import differing
from core.store import journal
from core.store import tables as t
from core.store.changes import table
from core.ticker import Ticker, claim
from tests.desk.stage import KEY, Stage

TIMERS = table(t.TimerRow)


def drifts(stage: Stage) -> list[str]:
    book = stage.desk.directory.rulebook
    return [str(drift) for _, found in differing(stage.engine, book) for drift in found]


async def test_a_life_leaves_no_difference(stage: Stage) -> None:
    """Filed, taken, asked, answered, made urgent, resolved, reopened, with beats between."""
    beats = Ticker(stage.desk)
    lines = (
        ("emma", "client", "/request Crane stands still !normal"), ("li", "team", "/desk take 1"),
        ("li", "team", "/desk wait 1 which one?"), ("emma", "client", "/request add 1 the left one"),
        ("li", "team", "/desk prio 1 urgent it is worse"), ("li", "team", "/desk extend 1 2h parts are late"),
        ("li", "team", "/desk resolve 1 done"), ("emma", "client", "/request reopen 1 no"),
    )  # fmt: skip
    for person, chat, line in lines:
        await stage.says(person, chat, line)
        assert drifts(stage) == [], line
        stage.clock.turn(timedelta(hours=3))
        await beats.beat()
        assert drifts(stage) == [], f"a beat after {line}"


async def test_what_was_spoilt_is_found_mended_and_journaled(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane stands still !normal")
    await stage.says("emma", "client", "/request Pump leaks !normal")
    due = stage.rows(t.TimerRow, metric="ttr")[0]["due_at"]
    spoilt = update(TIMERS).where(TIMERS.c.metric == "ttr", TIMERS.c.due_at == due)
    with stage.engine.begin() as connection:
        first = stage.request("HX-1")["id"]
        connection.execute(
            spoilt.where(TIMERS.c.request_id == first).values(due_at=due + timedelta(hours=8), next_at=None)
        )
    (found,) = drifts(stage)
    assert found.startswith("HX-1 ttr/ttr run 1: due_at: ")
    assert "next_at: none -> " in found

    (event,) = await stage.desk.handle(Rebuild(first))
    assert type(event).__name__ == "Rebuilt"
    assert drifts(stage) == []
    assert stage.rows(t.TimerRow, metric="ttr", request_id=first)[0]["due_at"] == due
    assert stage.rows(t.JournalRow, event="Rebuilt")[0]["facts"]["drifts"] == [found]
    with stage.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None
    assert await stage.desk.handle(Rebuild(first)) == (), "what is right is left alone"


async def test_what_is_claimed_and_not_decided_yet_is_no_difference(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane stands still !normal")
    stage.clock.turn(timedelta(hours=4))
    with stage.engine.execution_options(deskbell_write=True).begin() as connection:
        assert claim(connection, stage.clock.now()).timers
    assert drifts(stage) == []


async def test_a_stopped_clock_with_a_due_time_is_found(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Crane stands still !normal")
    await stage.says("emma", "client", "/request cancel 1")
    with stage.engine.begin() as connection:
        connection.execute(update(TIMERS).where(TIMERS.c.metric == "ack").values(due_at=stage.clock.now()))
    (found,) = drifts(stage)
    assert found.endswith("-> none")


async def test_only_so_many_are_compared_at_start(stage: Stage) -> None:
    for n in range(3):
        await stage.says("emma", "client", f"/request Pump {n} leaks")
    assert len(list(differing(stage.engine, stage.desk.directory.rulebook, 2))) == 2


@pytest.mark.parametrize("number", [0, 10**9])
async def test_a_request_that_is_not_there_is_nothing_to_mend(stage: Stage, number: int) -> None:
    assert await stage.desk.handle(Rebuild(number)) == ()
