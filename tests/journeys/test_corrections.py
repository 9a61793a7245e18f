"""What the team corrects is counted by the rule that had misled, so that the rulebook can be improved."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play


async def test_the_manager_reads_which_rules_misled(play: Play) -> None:
    for n, line in enumerate(("Server is down", "Heating is down again", "Lift is down"), 1):
        await play.says("emma", "client", f"/request {line}")
        if n < 3:
            await play.says("li", "team", f"/desk prio {n} low It is only a lamp")
    await play.says("li", "team", "/desk prio 3 high A lift with people waiting")
    await play.sees("client", "HX-1", "The priority is now P4 low")
    refused = await play.says("li", "team", "/desk corrections")
    assert "for a manager" in refused.words
    told = await play.says("zhao", "@zhao", "/desk corrections")
    assert "Corrected priorities since 26 Oct 2026" in told.words
    assert "[stopped] · lowered 2, confirmed 1 · HX-1, HX-2" in told.words.replace("*", "")
    chinese = await play.says("zhao", "@zhao", "/desk lang zh")
    assert chinese.words
    told = await play.says("zhao", "@zhao", "/desk 更正")
    assert "下调 2 件、认可 1 件" in told.words
    play.clock.turn(timedelta(weeks=5))
    later = await play.says("zhao", "@zhao", "/desk corrections")
    assert "团队没有更正过优先级" in later.words


async def test_what_is_taken_back_is_no_correction(play: Play) -> None:
    await play.says("emma", "client", "/request Server is down")
    await play.says("li", "team", "/desk prio 1 low It is only a lamp")
    await play.says("li", "team", "/desk undo 1")
    told = await play.says("zhao", "@zhao", "/desk corrections")
    assert "The team changed no priority" in told.words


async def test_the_managers_week_names_what_misled_most(play: Play) -> None:
    await play.says("emma", "client", "/request Server is down")
    await play.says("li", "team", "/desk prio 1 low It is only a lamp")
    week = await play.says("zhao", "@zhao", "/desk digest week")
    assert "Priorities corrected most often: no way to go on [stopped] (lowered 1)" in week.words
    day = await play.says("zhao", "@zhao", "/desk digest now")
    assert "corrected most often" not in day.words
