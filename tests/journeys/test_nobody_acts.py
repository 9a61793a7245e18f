"""file -> nobody acts -> remind -> breach -> lead -> manager's direct message -> taken."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play


async def test_silence_climbs_the_ladder_to_the_manager(play: Play) -> None:
    """The duty person is reminded, the lead hears of the breach, an hour later the manager, at most three times."""
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    # P2 (impact 3, urgency 1 -> matrix column 1): acknowledgement 30 min, first response 2 h, solution 8 h
    await play.advance(timedelta(minutes=23))
    await play.sees("@li", "HX-1", "75")
    assert await play.count("@zhao") == 0
    await play.advance(timedelta(minutes=8))
    await play.sees("@wang", "HX-1", "Overdue")
    assert await play.count("@zhao") == 0
    assert "Nothing is escalated" in (await play.says("zhao", "@zhao", "/desk 升级")).words
    assert "HX-1" in (await play.says("zhao", "@zhao", "/desk breaches")).words
    await play.advance(timedelta(minutes=60))
    escalated = await play.sees("@zhao", "HX-1", "overdue")
    assert "HX-1" in (await play.says("zhao", "@zhao", "/desk escalations")).words
    assert {"I take it", "Reassign", "Extend with reason"} <= set(escalated.buttons)
    team = await play.sees("team", "HX-1")
    assert "was due" in team.words, "the card says that it is overdue, not by colour alone"

    await play.presses("zhao", "@zhao", "HX-1", "I take it")
    await play.sees("team", "HX-1", "Zhao")
    await play.sees("client", "Zhao is on it")


async def test_repeats_are_bounded(play: Play) -> None:
    """The first response reaches the manager three times, the solution once: its repeats are no news by then."""
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.presses("li", "team", "HX-1", "Take")
    await play.advance(timedelta(days=1, hours=8))
    told = [h.words for h in await play.stand.shown("@zhao") if "I take it" in h.buttons]
    assert len(told) == 4
    assert sum("reminder number" in words for words in told) == 2
    (solution,) = (words for words in told if "Overdue, too" in words)
    assert "Solution" in solution
    why = await play.says("wang", "@wang", "/desk why HX-1")
    assert "Zhao: an escalation (“Solution”)" in why.words
    assert "told as much of this request already, and nobody has acted since" in why.words


async def test_while_nobody_takes_it_one_clock_speaks_for_all(play: Play) -> None:
    """Acknowledgement and first response run out one after the other; duty, lead and manager hear of one of them."""
    await play.says("emma", "client", "/request Site office is flooded !high #it")
    await play.advance(timedelta(hours=7))
    assert await play.count("@li", "% of the time") == 2
    assert await play.count("@wang", "Overdue") == 1
    last = await play.sees("@zhao", "HX-1", "Acknowledgement", "reminder number 3")
    assert "Overdue, too" in last.words
    assert await play.count("@zhao", "overdue; it was due") == 3
    await play.says("li", "team", "/desk take HX-1")
    await play.sees("client", "Li is on it")


async def test_an_extension_moves_the_ladder_and_not_the_verdict(play: Play) -> None:
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.advance(timedelta(minutes=95))
    await play.presses("zhao", "@zhao", "HX-1", "Extend with reason")
    choice = "2 hours" if play.stand.name == "telegram" else "2h"
    await play.fills("zhao", "@zhao", {"span": choice, "reason": "Pump is on its way"})
    before = await play.count("@zhao", "Acknowledgement")
    await play.advance(timedelta(minutes=70))
    assert await play.count("@zhao", "Acknowledgement") == before
    card = await play.sees("team", "HX-1")
    assert "Acknowledgement" in card.words
