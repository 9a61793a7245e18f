"""nudge, find and the language switch: small words that people use every day."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play


async def test_a_nudge_reaches_whoever_has_it_once_in_four_hours(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.presses("li", "team", "HX-1", "Take")
    nudged = await play.presses("emma", "client", "HX-1", "Nudge")
    assert "The team has been asked about" in nudged.words
    asked = await play.sees("@li", "Emma asks how it stands")
    assert "Reply" in asked.buttons
    again = await play.says("emma", "client", "/request nudge 1")
    assert "within the last 4 hours" in again.words
    await play.advance(timedelta(hours=4, minutes=1))
    later = await play.says("emma", "client", "/request nudge 1")
    assert "The team has been asked about" in later.words


async def test_find_finds_by_words_and_shows_what_it_found(play: Play) -> None:
    await play.says("emma", "client", "/request Pump in the cellar is noisy")
    await play.says("emma", "client", "/request Badge for a new colleague")
    found = await play.says("li", "team", "/desk find CELLAR")
    assert "HX-1" in found.words
    assert "HX-2" not in found.words
    shown = await play.presses("li", "team", "Found", "HX-1")
    assert "Pump in the cellar" in shown.words
    nothing = await play.says("li", "team", "/desk find 100%")
    assert "Nothing was found" in nothing.words
    refused = await play.says("emma", "client", "/desk find cellar")
    assert "That is for the team" in refused.words


async def test_the_language_switch_holds_for_all_that_follows(play: Play) -> None:
    switched = await play.says("emma", "client", "/request lang 中文")
    assert "今后我用中文与您沟通" in switched.words
    receipt = await play.says("emma", "client", "/request Pump is noisy")
    assert "首次响应" in receipt.words
    await play.restart()
    told = await play.says("emma", "client", "/request why 1")
    assert "时限" in told.words
    back = await play.says("emma", "client", "/request lang en")
    assert "I speak English with you from now on" in back.words


async def test_what_is_private_or_goes_on_from_another_is_said_in_the_receipt(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    receipt = await play.says("emma", "@emma", "/request ~private re:HX-1 About the noise")
    assert "Private: only you and those who work on it see it." in receipt.words
    assert "It goes on from HX-1." in receipt.words
    assert await play.count("team", "About the noise") == 0
    open_ = await play.says("emma", "client", "/request Chair is broken")
    assert "Private" not in open_.words
