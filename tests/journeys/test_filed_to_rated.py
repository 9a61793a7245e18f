"""file -> card -> acknowledge -> remind -> resolve -> rate."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play


async def test_a_request_travels_from_a_chat_line_to_a_rating(play: Play) -> None:
    """The product's main path, as a client and a team live it."""
    receipt = await play.says("emma", "client", "/request Projector broken in room 4 !high #it due:+2d")
    assert "HX-1" in receipt.words
    assert "Office and IT support" in receipt.words
    assert "Undo" in receipt.buttons
    card = await play.sees("client", "HX-1", "Projector broken in room 4")
    assert "First response" in card.words
    team = await play.sees("team", "HX-1", "Projector broken in room 4")
    assert "Take" in team.buttons

    await play.presses("li", "team", "HX-1", "Take")
    team = await play.sees("team", "HX-1", "Li")
    assert "Take" not in team.buttons
    assert await play.count("team", "HX-1") == 1, "the card is edited, not posted again"
    await play.sees("client", "Li is on it")

    await play.advance(timedelta(hours=3))
    await play.sees("@li", "HX-1", "75")

    await play.presses("li", "team", "HX-1", "Resolve")
    await play.fills("li", "team", {"text": "New lamp fitted."})
    asked = await play.sees("client", "HX-1", "New lamp fitted.", "Please accept it")
    assert "Accept" in asked.buttons
    await play.presses("emma", "client", "New lamp fitted.", "Accept")
    await play.presses("emma", "client", "HX-1", "5 ★")
    rated = await play.sees("client", "★★★★★")
    assert "Closed" in rated.words
