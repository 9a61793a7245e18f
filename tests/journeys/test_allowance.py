"""Urgent is rationed: a client's P1 of a period are counted, and what is beyond them is chosen or decided, never lost."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import Priority, Request
from core.store import requests as rows
from tests.journeys.play import Play, rewritten

CALENDAR = 'calendar = "office"\nacceptance = "22h30m"\n'
ONE = CALENDAR + 'allowance = { p1 = 1, per = "month" }\n'
P1 = "!urgent impact:site"


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


async def _spent(play: Play) -> None:
    """The one P1 of November is used; a second one stands at P2."""
    await play.restart(rewritten(play, CALENDAR, ONE))
    first = await play.says("emma", "client", f"/request Crane stands still {P1}")
    assert "0 left until Tue 1 Dec 00:00" in first.words
    second = await play.says("emma", "client", f"/request No power on site {P1}")
    assert "used up until Tue 1 Dec 00:00" in second.words
    assert "stands at P2" in second.words
    assert "HX-1 to P2 instead" in second.buttons
    assert ((await _request(play, "HX-1")).priority, (await _request(play, "HX-2")).priority) == (1, 2)


async def test_another_p1_is_lowered_for_it_by_one_press(play: Play) -> None:
    await _spent(play)
    done = await play.presses("emma", "client", "stands at P2", "HX-1 to P2 instead")
    assert "HX-2 is P1 now" in done.words
    one, two = await _request(play, "HX-1"), await _request(play, "HX-2")
    assert (one.priority, one.ration, one.charged_at) == (Priority.P2, "demoted", None)
    assert (two.priority, two.ration, two.charged_at) == (Priority.P1, "taken", play.clock.at)
    await play.sees("team", "HX-2", "It is P1 now: Emma lowered HX-1 for it")
    why = await play.says("emma", "client", "/request why 1")
    assert "lowered by the client in favour of another request" in why.words


async def test_the_card_offers_the_choice_as_well(play: Play) -> None:
    await _spent(play)
    asked = await play.presses("emma", "client", "are used up until", "Lower another one")
    assert "HX-1 Crane stands still" in asked.words
    await play.presses("emma", "client", "Which P1 shall go to P2", "HX-1 to P2 instead")
    assert (await _request(play, "HX-2")).priority is Priority.P1


async def test_the_lead_grants_an_exception_with_a_reason(play: Play) -> None:
    await _spent(play)
    await play.presses("emma", "client", "stands at P2", "Ask for an exception")
    await play.fills("emma", "client", {"text": "The cold store thaws"})
    await play.sees("@wang", "HX-2", "beyond the allowance", "The cold store thaws")
    by_member = await play.says("li", "team", "/desk grant 2 Yes")
    assert "for Wang to grant" in by_member.words
    raised = await play.says("li", "team", "/desk prio 2 p1 they shout")
    assert "for Wang to grant" in raised.words
    await play.presses("wang", "@wang", "beyond the allowance", "Grant P1")
    await play.fills("wang", "@wang", {"text": "Food is spoiling"})
    await play.sees("client", "HX-2", "makes an exception", "Food is spoiling")
    request = await _request(play, "HX-2")
    assert (request.priority, request.ration, request.charged_at) == (Priority.P1, "granted", None)
    why = await play.says("emma", "client", "/request why 2")
    assert "P1 by exception, beyond the allowance of 1 P1 a month" in why.words


async def _december(play: Play) -> None:
    """At once: what is said on each day until then is not asked here."""
    play.clock.turn(timedelta(days=8))
    await play.advance(timedelta())


async def test_an_exception_is_refused_and_the_next_month_has_its_own_units(play: Play) -> None:
    await _spent(play)
    await play.says("emma", "client", "/request exception 2 We need it")
    await play.says("wang", "team", "/desk deny 2 A spare pump is on its way")
    await play.sees("client", "HX-2", "makes no exception", "A spare pump")
    assert (await _request(play, "HX-2")).priority is Priority.P2
    await _december(play)
    december = await play.says("bao", "client", f"/request 二号塔吊停了 {P1}")
    assert "P1" in december.words
    assert (await _request(play, "HX-3")).ration == "taken"


async def test_what_was_held_back_is_offered_a_unit_of_the_next_month(play: Play) -> None:
    """It takes none by itself: which of their requests it is worth, the client says."""
    await _spent(play)
    early = await play.says("emma", "client", "/request raise 2")
    assert "used up until Tue 1 Dec 00:00" in early.words
    assert early.buttons[:2] == ("Lower another one", "Ask for an exception")
    other = await play.presses("emma", "client", "Lower another one for HX-2", "Lower another one")
    assert "HX-1 to P2 instead" in other.buttons
    await _december(play)
    assert (await _request(play, "HX-2")).priority is Priority.P2
    shown = await play.says("emma", "client", "/request status 2")
    assert "A new period has begun" in shown.words
    done = await play.presses("emma", "client", "A new period has begun", "Make it P1")
    assert "It is P1 now" in done.words
    request = await _request(play, "HX-2")
    assert (request.priority, request.ration, request.charged_at) == (Priority.P1, "taken", play.clock.at)
    await play.sees("team", "HX-2", "used one of their P1 for it")
    more = await play.says("emma", "client", f"/request Tower crane down {P1}")
    assert "stands at P2" in more.words, "the unit of December is spent"
    chinese = await play.says("bao", "client", "/request 提级 3")
    assert "已用完" in chinese.words


async def test_what_endangers_people_is_never_rationed(play: Play) -> None:
    await _spent(play)
    danger = await play.says("emma", "client", "/request A worker is trapped under the scaffold !urgent")
    assert "a matter of safety" in danger.words
    request = await _request(play, "HX-3")
    assert (request.priority, request.ration, request.charged_at) == (Priority.P1, "safety", None)


async def test_a_unit_comes_back_when_the_team_lowers_it(play: Play) -> None:
    await _spent(play)
    await play.says("li", "team", "/desk prio 1 normal It is one lamp")
    again = await play.says("emma", "client", f"/request Tower crane down {P1}")
    assert "0 left" in again.words
    await play.says("emma", "client", "/request undo 3")
    last = await play.says("emma", "client", f"/request Tower crane down again {P1}")
    assert "0 left" in last.words
