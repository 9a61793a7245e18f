"""The right person, whoever is on duty: a ladder with backup and group, cover, swap with consent, away."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play, rewritten

LADDER = """
[groups]
seniors = ["wang", "zhao"]

[ladders.default]
steps = [
  { id = "risk",    at = "-10m", tell = ["assignee"], instead = ["duty", "backup"] },
  { id = "late",    at = "100%", tell = ["seniors"], important = true, every = "30m", times = 3, need = "each" },
  { id = "vip",     at = "+45m", tell = ["team"], only = { class = ["external"] } },
]
"""


ROTA = """backup = "wang"
[[teams.site.rota]]
people = ["li", "wang"]
begins = "2026-11-23"
handover = "09:00"
"""


async def a_desk(play: Play, more: str = "") -> None:
    """Li and Wang take weekly turns, Li from Monday 23 November on; Wang stands behind."""
    digest = 'manager_digest_at = "09:00"\n'
    await play.restart(rewritten(play, 'duty = ["li"]\n', "", digest, digest + ROTA + more))


async def test_a_ladder_tells_backup_and_group_until_each_has_acknowledged_it(play: Play) -> None:
    await a_desk(play, LADDER)
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    ahead = await play.says("wang", "team", "/desk ladder HX-1")
    assert "Acknowledgement 10 min before its end → Li (by the rota), Wang (backup)" in ahead.plain
    assert "Acknowledgement at its end → Wang (one of the group), Zhao (one of the group) · important" in ahead.plain
    assert "nobody is told: not for this class of client" in ahead.plain

    await play.advance(timedelta(minutes=21))  # P2: acknowledged within 30 minutes
    assert await play.count("@li", "HX-1") == await play.count("@wang", "HX-1") == 1
    warned = await play.sees("@li", "HX-1", "is due soon", "09:30")
    assert "100 %" not in warned.words
    await play.advance(timedelta(minutes=10))
    assert await play.count("@wang", "Overdue") == await play.count("@zhao", "Overdue") == 1
    await play.presses("wang", "@wang", "Overdue", "Seen")
    await play.advance(timedelta(minutes=30))
    assert await play.count("@wang", "Overdue") == 1, "who has acknowledged it is not told again"
    await play.sees("@zhao", "HX-1", "reminder number 2")


async def test_a_manager_names_who_covers_and_the_rota_holds_again_when_that_is_taken_back(play: Play) -> None:
    await a_desk(play)
    said = await play.says("wang", "team", "/desk cover @wang today")
    assert "Wang is on duty" in said.words
    await play.sees("@li", "Wang is on duty")
    on_duty = await play.says("li", "team", "/desk oncall")
    assert "Wang (stands in for Li)" in on_duty.plain
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.advance(timedelta(minutes=23))
    await play.sees("@wang", "HX-1", "75")
    assert await play.count("@li", "HX-1") == 0

    await play.presses("wang", "team", "Wang is on duty", "Take it back")
    on_duty = await play.says("li", "team", "/desk oncall")
    assert "Li (by the rota)" in on_duty.plain


async def test_a_cover_asked_of_a_colleague_counts_only_with_their_word(play: Play) -> None:
    await a_desk(play)
    asked = await play.says("li", "@li", "/desk cover @wang fri")
    assert "Until then the rota holds" in asked.words
    before = await play.says("li", "@li", "/desk rota")
    assert "stands in" not in before.plain
    await play.presses("wang", "@wang", "asks you to be on duty", "I will cover")
    await play.sees("@li", "Wang is on duty")
    after = await play.says("li", "@li", "/desk rota")
    assert "Wang (stands in for Li)" in after.plain
    late = await play.presses("wang", "@wang", "asks you to be on duty", "I cannot")
    assert "settled" in late.words


async def test_a_part_of_a_day_is_covered_as_it_was_said(play: Play) -> None:
    await a_desk(play)
    said = await play.says("zhao", "@zhao", "/desk cover @wang 周五 9:30到18点")
    assert "Fri 27 Nov 09:30 to Fri 27 Nov 18:00" in said.words
    rota = await play.says("li", "@li", "/desk rota")
    assert "Fri 27 Nov 18:00 to Mon 30 Nov 09:00 (Shanghai): Li" in rota.plain
    unread = await play.says("zhao", "@zhao", "/desk cover @wang thu sometime")
    assert "which hours are meant" in unread.words
    away = await play.says("li", "@li", "/desk away wed 9:00-12:00 at the dentist")
    assert "Wed 25 Nov 09:00 to Wed 25 Nov 12:00" in away.words


async def test_a_swap_needs_the_others_word_and_a_refusal_changes_nothing(play: Play) -> None:
    await a_desk(play)
    asked = await play.says("li", "@li", "/desk swap @wang fri 2026-11-30")
    assert "Fri 27 Nov 09:00" in asked.words
    assert "you would take Mon 30 Nov 09:00" in asked.words
    await play.sees("@wang", "asks to swap duty")
    await play.presses("wang", "@wang", "asks to swap duty", "I cannot")
    await play.sees("@li", "can't be on duty")
    assert "stands in" not in (await play.says("li", "@li", "/desk rota")).plain
    await play.says("li", "@li", "/desk 换班 @wang 周五 2026-11-30")
    await play.presses("wang", "@wang", "asks to swap duty", "I will cover")
    rota = await play.says("li", "@li", "/desk rota")
    assert "Wang (stands in for Li)" in rota.plain


async def test_who_is_away_is_not_asked_and_what_they_hold_is_named(play: Play) -> None:
    await a_desk(play)
    await play.says("emma", "client", "/request Projector broken #it")
    await play.presses("li", "team", "HX-1", "Take")
    away = await play.says("li", "@li", "/desk away till 18:00 at the dentist")
    assert "You are away" in away.plain
    assert "Wang (Li is away)" in away.plain
    assert "HX-1" in away.plain
    await play.says("emma", "client", "/request Site office is flooded !urgent #it")
    await play.advance(timedelta(minutes=23))
    await play.sees("@wang", "HX-2", "75")
    assert await play.count("@li", "HX-2") == 0
    back = await play.says("li", "@li", "/desk 回来")
    assert "Welcome back" in back.words
    on_duty = await play.says("li", "team", "/desk oncall")
    assert "Li (by the rota)" in on_duty.plain
    again = await play.says("li", "@li", "/desk back")
    assert "not away" in again.words


async def test_what_cannot_be_arranged_says_why_and_what_would(play: Play) -> None:
    await a_desk(play)
    for line, why in [
        ("/desk cover @li fri", "on duty then already"),
        ("/desk cover @wang sometime", "can't read the day"),
        ("/desk cover @emma fri", "don't know"),
        ("/desk swap @li fri mon", "needs two"),
        ("/desk away whenever", "can't read when you are away"),
        ("/desk cover @wang 2020-01-01", "past"),
    ]:
        said = await play.says("li", "@li", line)
        assert why in said.words, (line, said.words)
    client = await play.says("emma", "client", "/desk away till 18:00")
    assert "for the team" in client.words


async def test_whoever_comes_on_duty_is_told_what_they_take_over(play: Play) -> None:
    """Li's week ends on Monday at nine: Wang reads what nobody has, and takes it there. Without anything there is no message."""
    await a_desk(play)
    await play.says("emma", "client", "/request Site office is flooded #it !low")
    await play.advance(timedelta(days=6, hours=23, minutes=59))
    assert await play.count("@wang", "You are on duty") == 0
    await play.advance(timedelta(minutes=2))
    told = await play.sees("@wang", "You are on duty: what you take over", "by the rota", "HX-1")
    assert "Take HX-1" in told.buttons
    assert await play.count("@li", "You are on duty") == 0
    await play.presses("wang", "@wang", "You are on duty", "Take HX-1")
    await play.sees("client", "Wang is on it")

    await play.says("wang", "@wang", "/desk resolve HX-1 Pumped out")
    await play.advance(timedelta(days=7))
    assert await play.count("@li", "You are on duty") == 0, "nothing is open: nothing is said"


async def test_who_stands_in_at_once_is_told_too_and_nobody_at_night(play: Play) -> None:
    await a_desk(play)
    await play.says("emma", "client", "/request Site office is flooded #it !low")
    await play.advance(timedelta(seconds=1))
    await play.says("li", "@li", "/desk away till 18:00")
    await play.advance(timedelta(seconds=1))
    await play.sees("@wang", "You are on duty", "Li is away", "HX-1")
    await play.advance(timedelta(hours=9, minutes=1))
    await play.sees("@li", "You are on duty", "Mon 23 Nov 18:00", "HX-1")
    await play.advance(timedelta(hours=5))  # 23:00
    await play.says("wang", "@wang", "/desk away till tomorrow 18:00")
    await play.advance(timedelta(hours=8, minutes=58))
    assert await play.count("@li", "You are on duty") == 1, "7:59 in the morning"
