"""file -> wait for client -> answer -> the clocks are right."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import ClockState
from core.store import requests as rows
from tests.journeys.play import Play


async def _timers(play: Play, number: str) -> dict[str, object]:
    request = (await play.program.desk.run(lambda c: rows.by_numbers(c, [number])))[0]
    return {t.target: t for t in request.timers}


async def test_waiting_pauses_the_solution_clock_and_nothing_else(play: Play) -> None:
    """The question meets the first response; the solution clock stands still until the client answers."""
    await play.says("emma", "client", "/request Verify the cable order #it !normal")
    await play.presses("li", "team", "HX-1", "Wait for client")
    await play.fills("li", "team", {"text": "Which floor do you mean?"})
    asked = await play.sees("client", "Which floor do you mean?", "needs something from you")
    timers = await _timers(play, "HX-1")
    assert timers["frt"].verdict == "met"  # type: ignore[attr-defined]
    assert timers["ttr"].state is ClockState.PAUSED  # type: ignore[attr-defined]
    assert timers["ttr"].due_at is None  # type: ignore[attr-defined]
    assert "Answer" in asked.buttons

    await play.advance(timedelta(days=1))
    await play.presses("emma", "client", "Which floor do you mean?", "Answer")
    await play.fills("emma", "client", {"text": "The third."})
    await play.sees("@li", "The third.")
    after = (await _timers(play, "HX-1"))["ttr"]
    assert after.state is ClockState.RUNNING  # type: ignore[attr-defined]
    # 16 h of working time, none of it used: Tue 09:00 + 7.5 + 7.5 + 1 = Thu 10:00 in Shanghai
    assert after.due_at.isoformat() == "2026-11-26T02:00:00+00:00"  # type: ignore[attr-defined]
