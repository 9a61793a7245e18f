"""What is outside the agreement is neither lost nor silently done: somebody decides, and the register keeps it."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import ClockState, Request, Status
from core.store import requests as rows
from tests.journeys.play import Play, rewritten

ACCEPTANCE = 'acceptance = "22h30m"\n'


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


def _clock(request: Request, metric: str) -> ClockState:
    return next(t.state for t in reversed(request.timers) if t.metric == metric)


async def test_something_else_is_quoted_and_the_client_accepts(play: Play) -> None:
    """The response runs while it is decided; the solution begins with the client's yes."""
    filed = await play.says("emma", "client", "/request Film the site from the air #other")
    assert "outside your agreement" in filed.words
    assert "Wang decides" in filed.words
    assert "First response by" in filed.words.replace("*", "")
    assert "Solution by" not in filed.words.replace("*", "")
    await play.sees("client", "HX-1", "Wang decides whether we do it")
    await play.sees("@wang", "HX-1", "outside the agreement", "You decide")
    request = await _request(play, "HX-1")
    assert (_clock(request, "frt"), _clock(request, "ttr")) == (ClockState.RUNNING, ClockState.PAUSED)

    await play.presses("wang", "@wang", "You decide", "Quote")
    await play.fills("wang", "@wang", {"text": "Two flights, 12 pictures: 3,200"})
    await play.sees("client", "HX-1", "quotes for it", "Two flights")
    request = await _request(play, "HX-1")
    assert (request.status, _clock(request, "frt")) == (Status.WAITING_CUSTOMER, ClockState.STOPPED)
    await play.advance(timedelta(hours=2))
    done = await play.presses("emma", "client", "quotes for it", "Accept the quote")
    assert "We begin" in done.words
    request = await _request(play, "HX-1")
    assert (request.status, request.scope, _clock(request, "ttr")) == (Status.NEW, "accepted", ClockState.RUNNING)
    await play.sees("team", "HX-1", "Emma accepted the quote", "runs now")
    listed = await play.says("zhao", "@zhao", "/desk scope")
    assert "HX-1" in listed.words
    assert "Quote accepted: Emma" in listed.words


async def test_a_quote_that_is_declined_goes_back_to_who_decides(play: Play) -> None:
    await play.says("emma", "client", "/request Film the site from the air #other")
    await play.says("wang", "team", "/desk quote 1 Two flights: 3,200")
    await play.presses("emma", "client", "quotes for it", "Decline the quote")
    await play.fills("emma", "client", {"text": "Too much for us"})
    await play.sees("@wang", "declined the quote", "Too much for us")
    await play.says("wang", "team", "/desk quote 1 One flight: 1,500")
    stale = await play.presses("emma", "client", "Two flights", "Accept the quote")
    assert "has changed meanwhile" in stale.words
    await play.says("emma", "client", "/request accept 1")
    assert (await _request(play, "HX-1")).scope_steps[-1].text == "One flight: 1,500"


async def test_what_the_agreement_excludes_is_declined_with_a_reason(play: Play) -> None:
    """A member cannot decide it; the client reads why, and the register keeps who said so."""
    await play.restart(rewritten(play, ACCEPTANCE, f'{ACCEPTANCE}excludes = ["it"]\n'))
    await play.says("bao", "client", "/request 会议室没网 #网络")
    await play.sees("@wang", "HX-1", "the agreement excludes this service")
    by_member = await play.says("li", "team", "/desk decline 1 Not ours")
    assert "for Wang to decide" in by_member.words
    solved = await play.says("li", "team", "/desk resolve 1 Done")
    assert "not decided yet" in solved.words
    await play.presses("wang", "@wang", "You decide", "Decline")
    await play.fills("wang", "@wang", {"text": "Your landlord runs the network"})
    await play.sees("client", "HX-1", "cannot take this on", "Your landlord runs the network")
    request = await _request(play, "HX-1")
    assert (request.status, request.scope) == (Status.DECLINED, "declined")
    listed = await play.says("wang", "team", "/desk 范围")
    assert "Declined: Wang" in listed.words
    assert "Your landlord" in listed.words


async def test_a_wish_for_the_catalogue_is_done_now_and_printed_for_the_administrator(play: Play) -> None:
    await play.says("emma", "client", "/request Film the site from the air #something-else")
    await play.presses("zhao", "team", "HX-1", "Add to catalogue")
    await play.fills("zhao", "team", {"text": "Aerial pictures"})
    await play.sees("client", "HX-1", "we do it, though it is outside your agreement")
    request = await _request(play, "HX-1")
    assert (request.scope, _clock(request, "ttr")) == ("added", ClockState.RUNNING)


async def test_the_team_says_that_it_is_outside_and_the_owner_does_it_once(play: Play) -> None:
    await play.says("emma", "client", "/request Move the site office #general")
    await play.says("li", "team", "/desk outside 1 The contract has no moves")
    assert _clock(await _request(play, "HX-1"), "ttr") is ClockState.PAUSED
    await play.sees("@wang", "The contract has no moves")
    await play.presses("wang", "@wang", "You decide", "Do it once")
    await play.fills("wang", "@wang", {"text": "A good client"})
    await play.sees("client", "HX-1", "we do it", "A good client")
    assert _clock(await _request(play, "HX-1"), "ttr") is ClockState.RUNNING


async def test_the_last_entry_of_the_menu_is_something_else(play: Play) -> None:
    """On every platform, whole form or one by one: what is filed there is outside, and somebody decides."""
    await play.says("emma", "client", "/request menu")
    await play.presses("emma", "client", "What you can order", "Something else")
    if play.stand.name == "telegram":
        values = {"title": "Film the site from the air", "facts": "File it now"}
    else:
        values = {"title": "Film the site from the air", "item": "something-else"}
    await play.fills("emma", "client", values)
    await play.sees("client", "HX-1", "Wang decides whether we do it", "In hand with")
    assert (await _request(play, "HX-1")).scope_steps[0].text == "other"
