"""Certain to reach the right person, and otherwise quiet: quiet hours, one ping at a time, lists instead of bursts."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def test_quiet_hours_hold_and_the_morning_tells(play: Play) -> None:
    """At 23:00 the client writes; Li sleeps until 8:00 and is told then, and why shows that it waited."""
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    await play.advance(14 * HOUR)  # Monday, 23:00
    await play.says("emma", "client", "/request add HX-1 It is sheet 12")
    assert await play.count("@li", "sheet 12") == 0
    held = await play.says("li", "@li", "/desk why HX-1")
    assert "Li: a message waits until" in held.words
    assert "quiet hours" in held.words
    await play.advance(9 * HOUR)
    await play.sees("@li", "HX-1", "sheet 12")
    told = await play.says("li", "@li", "/desk why HX-1")
    assert "was told" in told.words


async def test_what_is_held_over_night_joins_the_managers_morning(play: Play) -> None:
    """Zhao's digest is at 9:00, an hour after his quiet hours: one message, not two."""
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    await play.advance(14 * HOUR)
    await play.says("li", "@li", "/desk approval HX-1 zhao May we order it?")
    await play.advance(9 * HOUR + 30 * MINUTE)
    assert await play.count("@zhao", "May we order it?") == 0, "8:30: the digest is near"
    await play.advance(30 * MINUTE)
    await play.sees("@zhao", "The manager's morning", "Held in your quiet hours", "HX-1", "May we order it?")
    assert await play.count("@zhao", "May we order it?") == 1
    told = await play.says("wang", "@wang", "/desk why HX-1")
    assert "told in their digest" in told.words


async def test_escalations_pass_the_night(play: Play) -> None:
    """The round-the-clock promise is missed at 9:00 on Tuesday in Shanghai; its warnings come in the night."""
    await play.says("emma", "client", "/request Verify the order #it !low")
    await play.advance(18 * HOUR)
    await play.sees("@li", "HX-1", "24-hour promise", "75 %")


async def test_several_things_within_five_minutes_are_one_message(play: Play) -> None:
    """The first is heard at once; what comes in the next five minutes is told together."""
    for n in range(3):
        await play.says("emma", "client", f"/request Pump {n} leaks #it")
        await play.says("wang", "team", f"/desk assign HX-{n + 1} li")
    assert await play.count("@li") == 1
    await play.sees("@li", "HX-1", "gave this to you")
    await play.advance(5 * MINUTE)
    together = await play.sees("@li", "2 messages at once", "HX-2", "HX-3", "gave this to you")
    assert await play.count("@li") == 2
    assert {"HX-2", "HX-3"} <= set(together.buttons)
    why = await play.says("li", "@li", "/desk why HX-3")
    assert "told in one message with others" in why.words or "pinged less than five minutes" in why.words


async def test_a_storm_becomes_one_list(play: Play) -> None:
    """Seven requests are overdue at the same minute: the lead and the manager have one message each, gravest first."""
    for n in range(7):
        await play.says("emma", "client", f"/request Pump {n} leaks !high #it")
    await play.advance(2 * HOUR)
    listed = await play.sees("@wang", "7 clocks at once", "HX-1", "HX-7")
    assert "HX-1" in listed.buttons
    assert await play.count("@wang") == 1
    await play.advance(HOUR)
    told = await play.sees("@zhao", "7 clocks at once", "HX-7")
    assert await play.count("@zhao") == 1
    assert "Take HX-1" in told.buttons
    await play.presses("zhao", "@zhao", "7 clocks at once", "Take HX-2")
    await play.sees("client", "HX-2", "Zhao is on it")


async def test_after_three_pages_in_five_minutes_the_rest_is_a_list(play: Play) -> None:
    """One a minute becomes overdue: three are told at once, the others together when five minutes are over."""
    for n in range(6):
        await play.says("emma", "client", f"/request Pump {n} leaks !high #it")
        await play.advance(MINUTE)
    await play.advance(2 * HOUR - 2 * MINUTE)
    assert await play.count("@wang", "Overdue") <= 4
    await play.advance(10 * MINUTE)
    for n in range(6):
        await play.sees("@wang", f"HX-{n + 1}")
    assert await play.count("@wang") <= 5


async def test_settings_are_seen_and_changed(play: Play) -> None:
    shown = await play.says("li", "@li", "/desk settings")
    assert "22:00–08:00" in shown.words
    assert "Mention me instead" in shown.buttons
    changed = await play.presses("li", "@li", "Quiet hours", "No quiet hours")
    assert "none" in changed.words
    said = await play.says("bao", "@bao", "/request 设置 静默 21:00-7:00")
    assert "21:00–07:00" in said.words
    refused = await play.says("li", "@li", "/desk settings quiet 8:00-8:00")
    assert "the whole day" in refused.words
    nearly = await play.says("li", "@li", "/desk settings quiet 08:00-07:59")
    assert "the whole day, or nearly" in nearly.words
    evening = await play.says("li", "@li", "/desk settings quiet 10pm to 7am")
    assert "22:00–07:00" in evening.words
    mine = await play.says("li", "team", "/desk settings quiet off")
    assert "direct message" in mine.words


async def test_who_wants_to_be_mentioned_is_reminded_among_the_team(play: Play) -> None:
    await play.says("li", "@li", "/desk settings reminders mention")
    await play.says("emma", "client", "/request Drawing of pier 4 is missing #it")
    await play.says("li", "team", "/desk take HX-1")
    await play.advance(4 * HOUR)
    await play.sees("team", "HX-1", "% of the time", "Li")
    assert await play.count("@li", "% of the time") == 0
