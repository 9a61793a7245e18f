"""Every press on the team's card edits it for everyone and, where it concerns them, tells the client."""

from __future__ import annotations

from tests.journeys.play import Play


async def test_assign_reply_and_priority_from_the_card(play: Play) -> None:
    by_name = play.stand.name == "telegram"  # there a choice is a button, elsewhere the value of a list
    await play.says("emma", "client", "/request Pump is noisy")
    await play.presses("li", "team", "HX-1", "Assign")
    await play.fills("li", "team", {"person": "Wang" if by_name else "wang"})
    await play.sees("team", "HX-1", "Wang")
    await play.sees("@wang", "HX-1", "Li")
    await play.sees("client", "Wang is on it")

    await play.presses("wang", "team", "HX-1", "Reply")
    await play.fills("wang", "team", {"text": "I come at eleven."})
    await play.sees("client", "I come at eleven.")
    await play.sees("team", "HX-1", "In progress")

    await play.presses("wang", "team", "HX-1", "Priority")
    level = "P1 urgent" if by_name else "p1"
    await play.fills("wang", "team", {"level": level, "reason": "The cellar fills up"})
    await play.sees("client", "P1", "The cellar fills up")
    card = await play.sees("team", "HX-1", "P1 urgent", "set by the team")
    assert "Reply" in card.buttons
