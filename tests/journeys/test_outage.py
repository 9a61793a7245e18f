"""the desk is away for nine hours -> one message per clock and person, the gravest; no burst, nothing stale."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from core.store import tables as t
from core.store.changes import table
from tests.journeys.play import Play

NINE_HOURS = timedelta(hours=9)


async def _away(play: Play, span: timedelta) -> None:
    """Time passes without a beat; then the desk is back."""
    play.clock.turn(span)
    await play.restart()
    await play.program.ticker.beat()
    await play.settle()


def _fired(connection: Connection) -> set[tuple[str, int]]:
    rows = table(t.FiringRow)
    found = connection.execute(rows.select().where(rows.c.decided_at.is_not(None)))
    return {(row.step, row.repeat) for row in found}


async def test_after_an_outage_one_message_for_each_person_and_all_recorded(play: Play) -> None:
    """Acknowledgement (30 min) and first response (2 h) ran out long ago: duty, lead and manager are not flooded."""
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await _away(play, NINE_HOURS)
    warned = await play.sees("@li", "HX-1", "90 %", "Solution")
    assert warned.words.count("% of the time") == 1, "a warning of what is overdue already helps nobody"
    assert await play.count("@li") == 1
    lead = await play.sees("@wang", "HX-1", "Acknowledgement", "First response")
    assert "Overdue" in lead.words
    assert await play.count("@wang") == 1
    manager = await play.sees("@zhao", "HX-1", "overdue", "earlier reminder")
    assert "I take it" in manager.buttons
    assert await play.count("@zhao") == 1
    fired = await play.program.desk.run(_fired)
    assert {("half", 0), ("risk", 0), ("late-risk", 0), ("breach", 0), ("manager", 2)} <= fired

    await _away(play, timedelta(seconds=1))
    assert (await play.count("@wang"), await play.count("@zhao")) == (1, 1), "what was said is not said again"


async def test_many_requests_after_an_outage_are_one_list(play: Play) -> None:
    for n in range(5):
        await play.says("emma", "client", f"/request Pump {n} leaks !urgent #it")
    await _away(play, NINE_HOURS)
    listed = await play.sees("@wang", "10 clocks at once", "HX-1", "HX-5")
    assert "HX-1" in listed.buttons
    assert await play.count("@wang") == 1
    await play.sees("@zhao", "HX-5")
    assert await play.count("@zhao") == 1
    shown = await play.presses("wang", "@wang", "10 clocks at once", "HX-3")
    assert "Pump 2 leaks" in shown.words


async def test_a_warning_that_is_still_true_is_said_late(play: Play) -> None:
    """The 24-hour promise reached 75 % and 90 % in the night; at 8:00 the duty person still has an hour."""
    await play.says("emma", "client", "/request Verify the order #it !low")
    await _away(play, timedelta(hours=23))
    warned = await play.sees("@li", "HX-1", "24-hour promise", "90 %", "It is due")
    assert await play.count("@li") == 1
    assert "Reply" in warned.buttons


async def test_yesterdays_digest_is_not_said_today(play: Play) -> None:
    await play.says("emma", "client", "/request Verify the order #it !low")
    await _away(play, timedelta(hours=28))  # Tuesday 13:00; the digest of 09:00 is over
    assert await play.count("@zhao", "manager's morning") == 0
    await play.advance(timedelta(hours=21))
    assert await play.count("@zhao", "manager's morning") == 1
