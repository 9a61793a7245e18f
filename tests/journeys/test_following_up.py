"""What was taken is not forgotten: still on it, answered and unanswered; a snooze that wakes; a manager who decides."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play, rewritten

OFF = "follow_up = false            # whoever took a request is asked only where a test is about it\n"


async def a_desk(play: Play) -> None:
    await play.restart(rewritten(play, OFF, ""))


async def test_who_is_still_on_it_says_so_and_is_asked_later_again(play: Play) -> None:
    """P2 is to be solved within eight hours of work: after four of them the question, after two more again."""
    await a_desk(play)
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.presses("li", "team", "HX-1", "Take")
    await play.advance(timedelta(hours=5, minutes=25))
    assert await play.count("@li", "Are you still on it?") == 0
    await play.advance(timedelta(minutes=10))
    await play.sees("@li", "Are you still on it?", "15:00")
    said = await play.presses("li", "@li", "Are you still on it?", "Yes, still on it")
    assert "asked again later" in said.words or "Good" in said.words
    await play.advance(timedelta(minutes=45))
    assert await play.count("@li", "back in the queue") == 0
    await play.sees("team", "HX-1", "Li")
    await play.advance(timedelta(minutes=90))
    assert await play.count("@li", "Are you still on it?") == 2


async def test_without_an_answer_it_goes_back_once_with_a_note_and_its_ladder_begins_again(play: Play) -> None:
    await a_desk(play)
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.presses("li", "team", "HX-1", "Take")
    await play.advance(timedelta(hours=6, minutes=5))
    await play.sees("team", "HX-1", "Li did not say whether they are still on it")
    await play.sees("@li", "You did not answer, so it is back in the queue")
    shown = await play.says("wang", "team", "/desk show HX-1")
    assert "nobody yet" in shown.words
    assert "it went back to the queue" in shown.words
    ahead = await play.says("wang", "team", "/desk ladder HX-1")
    assert "Acknowledgement 75 %" in ahead.plain, "somebody has to take it, as if it were new"

    await play.presses("li", "@li", "back in the queue", "Take")
    await play.advance(timedelta(hours=3))
    assert await play.count("@li", "Are you still on it?") == 2
    assert await play.count("@wang", "has not answered for the second time") == 1
    await play.sees("team", "HX-1", "Li")


async def test_help_reaches_who_stands_above_and_they_can_take_it(play: Play) -> None:
    await a_desk(play)
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.presses("li", "team", "HX-1", "Take")
    await play.advance(timedelta(hours=5, minutes=35))
    await play.presses("li", "@li", "Are you still on it?", "Need help")
    await play.sees("@wang", "Li asks for help with it")
    await play.presses("wang", "@wang", "asks for help", "Reassign")
    await play.fills("wang", "@wang", {"person": "Zhao" if play.stand.name == "telegram" else "zhao"})
    await play.sees("@zhao", "gave this to you")


async def test_a_snooze_has_a_reason_and_wakes(play: Play) -> None:
    await play.says("emma", "client", "/request Projector broken #it")
    await play.presses("li", "team", "HX-1", "Take")
    said = await play.says("li", "team", "/desk snooze HX-1 2h the part comes at noon")
    assert "wait until" in said.words
    await play.advance(timedelta(minutes=119))
    assert await play.count("@li", "Your snooze is over") == 0
    await play.advance(timedelta(minutes=1))
    await play.sees("@li", "Your snooze is over", "the part comes at noon")


async def test_a_manager_reads_all_that_it_takes_to_decide_and_decides_there(play: Play) -> None:
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.says("emma", "client", "/request add HX-1 The pump does not start")
    await play.advance(timedelta(minutes=95))
    told = await play.sees("@zhao", "HX-1", "Acknowledgement", "overdue")
    for part in ("Huaxing", "nobody yet", "Told before: Li, ", "Wang, ", "The pump does not start"):
        assert part in told.words, part
    assert {"I take it", "Reassign", "Extend with reason", "Hold 30 min", "Open thread"} <= set(told.buttons)

    held = await play.presses("zhao", "@zhao", "Acknowledgement", "Hold 30 min")
    assert "waits 30 min" in held.words
    again = await play.presses("zhao", "@zhao", "Acknowledgement", "Hold 30 min")
    assert "put HX-1 off already" in again.words
    before = await play.count("@zhao", "Acknowledgement")
    await play.advance(timedelta(minutes=80))
    assert await play.count("@zhao", "Acknowledgement") == before, "an hour later and half an hour held"

    await play.presses("zhao", "@zhao", "HX-1", "Extend with reason")
    choice = "2 hours" if play.stand.name == "telegram" else "2h"
    await play.fills("zhao", "@zhao", {"span": choice, "reason": "The pump is on its way"})
    await play.sees("client", "needs longer", "The pump is on its way")
    thread = await play.presses("zhao", "@zhao", "HX-1", "Open thread")
    assert "The pump does not start" in thread.words


async def test_the_client_is_told_something_before_they_have_to_ask(play: Play) -> None:
    update = '[agreements.standard-hx.targets.put]\nmetric = "put"\ngoals = { p1 = "1h", p2 = "2h", p3 = "8h", p4 = "16h" }\n\n'
    first = "[agreements.standard-hx.targets.frt]\n"
    await play.restart(rewritten(play, first, update + first))
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.presses("li", "team", "HX-1", "Take")
    await play.says("li", "team", "/desk reply HX-1 We are on our way")
    await play.advance(timedelta(minutes=91))
    await play.sees("@li", "The client has heard nothing for a while", "11:00")
    await play.says("li", "team", "/desk reply HX-1 The pump runs")
    before = await play.count("@li", "heard nothing")
    await play.advance(timedelta(minutes=60))
    assert await play.count("@li", "heard nothing") == before
