"""What was agreed changes in the open: proposed, accepted by the client, previewed, then applied; calendars likewise."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play, rewritten

CALENDAR = 'week = { mon-fri = ["09:00-12:00", "13:30-18:00"] }\nholidays = "CN"\n'
SOLUTION = 'metric = "ttr"\ngoals = { p1 = "4h", p2 = "8h", p3 = "16h", p4 = "40h" }\n'
SHORTER = (
    SOLUTION
    + """
[[agreements.standard-hx.versions]]
proposed = true
[agreements.standard-hx.versions.targets.frt]
metric = "frt"
goals = { p1 = "30m", p2 = "1h", p3 = "3h", p4 = "8h" }
[agreements.standard-hx.versions.targets.ttr]
metric = "ttr"
goals = { p1 = "4h", p2 = "6h", p3 = "9h", p4 = "40h" }
"""
)


async def test_a_client_accepts_a_version_and_the_manager_applies_it_after_a_preview(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")  # P3: 16 h, due Wednesday 10:00
    await play.sees("client", "HX-1", "Wed 25 Nov 10:00")
    await play.restart(rewritten(play, SOLUTION, SHORTER))
    await play.sees("client", "new version of your agreement", "version 2", "P3 9 h", "so far", "P3 16 h")
    await play.says("emma", "client", "/request Before anybody agreed")
    card = await play.sees("client", "HX-2")
    assert "Wed 25 Nov 10:00" in card.words, "what is only proposed does not rule"

    await play.presses("emma", "client", "new version of your agreement", "Accept the agreement")
    await play.sees("client", "Emma has accepted agreement standard-hx, version 2")
    await play.sees("@zhao", "Emma has accepted", "Huaxing Estates")
    again = await play.says("emma", "client", "/request agree")
    assert "Nothing is proposed" in again.words
    filed = await play.says("emma", "client", "/request After it")  # 9 h: Tuesday 10:30
    assert "Solution by Tue 24 Nov 10:30" in filed.words.replace("*", "")

    listed = await play.says("zhao", "@zhao", "/desk agreements")
    assert "accepted by Emma" in listed.words
    assert "2 open requests" in listed.words
    shown = await play.presses("zhao", "@zhao", "Agreements", "standard-hx: apply to open requests")
    assert "HX-1" in shown.words
    assert "Wed 25 Nov 10:00 (Shanghai) → Tue 24 Nov 10:30 (Shanghai)" in shown.words
    assert "HX-3" not in shown.words, "it has that version already"
    await play.sees("client", "HX-1", "Wed 25 Nov 10:00")  # a preview changes nothing
    done = await play.presses("zhao", "@zhao", "If standard-hx is applied", "Apply to 2 requests")
    assert "2 requests follow standard-hx" in done.words
    await play.sees("client", "HX-1", "Tue 24 Nov 10:30")
    await play.sees("team", "HX-2", "Tue 24 Nov 10:30")


async def test_only_a_contact_accepts_and_only_a_manager_applies(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.restart(rewritten(play, SOLUTION, SHORTER))
    by_member = await play.says("li", "team", "/desk apply standard-hx")
    assert "for a manager" in by_member.words
    mine = await play.says("olga", "other", "/request agreement")
    assert "Other Works" in mine.words
    assert "Huaxing" not in mine.words
    await play.says("bao", "client", "/request 同意")
    await play.sees("client", "包工 has accepted")


async def test_a_preview_that_is_no_longer_true_is_shown_again(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.restart(rewritten(play, SOLUTION, SHORTER))
    await play.says("emma", "client", "/request agree")
    await play.says("zhao", "@zhao", "/desk apply standard-hx")
    await play.says("li", "team", "/desk prio 1 high it floods")
    again = await play.presses("zhao", "@zhao", "If standard-hx is applied", "Apply to 1 request")
    assert "changed meanwhile" in again.words
    await play.sees("client", "HX-1", "Tue 24 Nov 09:30")  # 8 h from now on, as before


async def test_a_changed_calendar_moves_what_lies_ahead_and_nothing_behind(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    await play.advance(timedelta(hours=2))  # 11:00: two of sixteen hours are used
    mornings = CALENDAR.replace('"09:00-12:00", "13:30-18:00"', '"09:00-12:00"')
    await play.restart(rewritten(play, CALENDAR, mornings))
    # 1 h today, then 3 h a day: 4 on Tuesday ... 14 h are used up on Monday at 10:00.
    await play.sees("client", "HX-1", "Mon 30 Nov 10:00")
    why = await play.says("emma", "client", "/request why 1")
    assert "2 h of 16 h; 14 h left" in why.words
