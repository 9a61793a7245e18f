"""Digests come at nine on a working day, to each destination, and none on a holiday or when there is nothing to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.play import Play, rewritten

TEAM = 'digest_at = "09:00"\nmanager_digest_at = "09:00"'


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


async def test_it_tells_what_has_changed_and_has_a_button_for_each_line(play: Play) -> None:
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("emma", "client", "/request Crane permit has expired #it")
    await play.says("li", "team", "/desk resolve HX-2 Renewed until May")
    await play.advance(timedelta(hours=24))
    team = await play.sees("team", "The team's morning", "Since Mon 23 Nov 09:00: 2 new, 1 solved")
    assert "Take HX-1" in team.buttons
    client = await play.sees("client", "Your requests this morning", "2 new, 1 solved")
    assert "Accept HX-2" in client.buttons
    await play.presses("li", "team", "The team's morning", "Take HX-1")
    await play.sees("client", "HX-1", "Li is on it")
    await play.presses("emma", "client", "Your requests this morning", "Accept HX-2")
    await play.sees("client", "HX-2", "Closed")


async def test_mute_a_week(play: Play) -> None:
    """Whoever reads a digest can have a week's rest of it; then it is there again, and settings say until when."""
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it !low")
    await play.advance(timedelta(hours=24))
    muted = await play.presses("zhao", "@zhao", "The manager's morning", "Mute a week")
    assert "muted until Tue 1 Dec 09:00" in muted.words
    await play.presses("wang", "team", "The team's morning", "Mute a week")
    mornings = await play.count("@zhao", "The manager's"), await play.count("team", "The team's morning")
    await play.advance(timedelta(days=6))
    assert (await play.count("@zhao", "The manager's"), await play.count("team", "The team's morning")) == mornings
    assert await play.count("client", "Your requests this morning") > 1, "the others have theirs"
    await play.advance(timedelta(days=1))
    assert await play.count("@zhao", "The manager's") == mornings[0] + 1


async def test_a_digest_at_once_with_its_picture(play: Play) -> None:
    """The words are the answer; the picture comes to the manager alone, with its words for whoever cannot see it."""
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    await play.says("li", "team", "/desk resolve HX-1 Sent")
    told = await play.says("zhao", "@zhao", "/desk digest now")
    assert "1 filed, 1 solved." in told.words
    assert "The picture follows in your direct message." in told.words
    ((png, said),) = await play.stand.pictures("@zhao")
    assert png.startswith(b"\x89PNG")
    assert "1 filed, 1 solved." in said
    assert "Kept:" in said
    week = await play.says("zhao", "@zhao", "/desk digest week")
    assert "Since Mon 16 Nov 09:00: 1 new, 1 solved." in week.words


async def test_the_managers_week_has_its_figures_and_a_picture(play: Play) -> None:
    await play.restart(rewritten(play, TEAM, f'{TEAM}\nmanager_weekly_at = "fri 09:00"'))
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    await play.advance(timedelta(days=4))
    week = await play.sees("@zhao", "The manager's week", "1 filed", "Acknowledgement 100 % (1 of 1)")
    assert "Mute a week" in week.buttons
    pictures = await play.stand.pictures("@zhao")
    assert len(pictures) == 4, "each of the manager's mornings has one"
    assert await play.count("@zhao", "The manager's morning") == 3, "on Friday the week's says it all"


async def test_without_what_draws_it_the_digest_is_words_and_says_so(play: Play) -> None:
    from core.say import charts

    def missing(chart: object) -> bytes:
        raise charts.NoCharts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "png", missing)
        await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
        await play.advance(timedelta(hours=24))
        await play.sees("@zhao", "The manager's morning", "The picture could not be shown")
    assert await play.stand.pictures("@zhao") == []


async def test_a_colleague_has_a_morning_of_their_own(play: Play) -> None:
    """Asked for at once by anybody; each day where the rulebook says when."""
    await play.restart(rewritten(play, "telegram = 2001", 'telegram = 2001\ndigest_at = "08:30"'))
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    mine = await play.says("li", "@li", "/desk 简报")
    assert "HX-1" in mine.words
    await play.advance(timedelta(hours=24))
    await play.sees("@li", "Your morning", "Overdue", "HX-1")
