"""Digests come at nine on a working day, to each destination, and none on a holiday or when there is nothing to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.journeys.play import Play


async def test_the_morning_digest_reaches_client_team_and_manager(play: Play) -> None:
    await play.says("emma", "client", "/request Drawing of pier 4 is missing")
    assert await play.count("team", "morning") == 0
    await play.advance(timedelta(hours=24))
    await play.sees("client", "Your requests this morning", "HX-1")
    await play.sees("team", "The team's morning", "HX-1")
    await play.sees("@zhao", "The manager's morning")


async def test_no_digest_on_a_day_off_nor_when_empty(play: Play) -> None:
    """1 October is National Day; the desk is silent until the calendar opens again."""
    play.clock.at = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)  # Friday, New Year's Day
    await play.advance(timedelta(hours=3))
    assert await play.count("team", "morning") == 0
    await play.advance(timedelta(days=4))
    assert await play.count("team", "morning") == 0, "nothing is open: an empty digest is not sent"


async def test_a_digest_that_an_outage_held_all_morning_is_left_out(play: Play) -> None:
    await play.says("emma", "client", "/request Drawing of pier 4 is missing")
    play.clock.turn(timedelta(hours=30))  # the desk slept from Monday 09:00 until Tuesday 15:00
    await play.advance(timedelta(minutes=1))
    assert await play.count("client", "this morning") == 0
    await play.advance(timedelta(hours=18))
    await play.sees("client", "Your requests this morning", "HX-1")
