"""What a request waits for besides its client, and how it may go on: approval, supplier, date, review, merge, split."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import ClockState, Request, Status
from core.store import requests as rows
from tests.journeys.play import Play


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


def _solution(request: Request) -> ClockState:
    return next(t.state for t in request.timers if t.metric == "ttr")


async def test_an_approval_holds_the_solution_until_it_is_given(play: Play) -> None:
    """The manager is asked in their direct message, and the clock stands still until they press."""
    await play.says("emma", "client", "/request Rent a second crane #it !high")
    await play.presses("li", "team", "HX-1", "More steps")
    await play.presses("li", "team", "What happens next", "Ask for approval")
    choice = "Zhao" if play.stand.name == "telegram" else "zhao"
    await play.fills("li", "team", {"person": choice, "text": "Over the budget"})
    await play.sees("@zhao", "HX-1", "asks for your approval")
    assert _solution(await _request(play, "HX-1")) is ClockState.PAUSED
    await play.sees("client", "HX-1", "Waiting for approval")
    await play.presses("zhao", "@zhao", "asks for your approval", "Approve")
    request = await _request(play, "HX-1")
    assert (request.status, _solution(request)) == (Status.NEW, ClockState.RUNNING)
    await play.sees("team", "HX-1", "Zhao approved it")


async def test_a_supplier_has_it_and_then_a_date_is_agreed(play: Play) -> None:
    """The client's consent is one press; from then on the date governs, and is late when it is late."""
    await play.says("emma", "client", "/request Lift is stuck #it !normal")
    await play.says("li", "team", "/desk supplier 1 Lift maker, order 12")
    card = await play.sees("team", "HX-1", "With a supplier")
    assert "Lift maker" in card.words
    assert "Lift maker" not in (await play.sees("client", "HX-1", "With a supplier")).words
    await play.presses("li", "team", "HX-1", "Go on")
    await play.says("li", "team", "/desk schedule 1 2026-12-01 12:00")
    await play.presses("emma", "client", "If you agree, this date holds", "Agree")
    await play.sees("client", "HX-1", "Scheduled", "as agreed with the client")
    request = await _request(play, "HX-1")
    assert (request.status, request.agreed_by) == (Status.SCHEDULED, "emma")
    await play.sees("@li", "Emma agreed")
    await play.says("li", "team", "/desk reply 1 See you on Tuesday")
    await play.advance(timedelta(days=8, hours=4))  # Tuesday 13:00, an hour after
    await play.sees("@wang", "Overdue", "Solution")


async def test_what_is_delivered_has_passed_its_review(play: Play) -> None:
    """Whoever submits does not review; what fails comes back with the reason, what passes reaches the client."""
    await play.says("emma", "client", "/request Check the load table #it !normal")
    await play.says("li", "team", "/desk take 1")
    await play.says("li", "team", "/desk review 1 Table with a factor of 1.4")
    own = await play.says("li", "team", "/desk pass 1")
    assert "Ask a colleague" in own.words
    await play.presses("wang", "team", "asks for review 1", "Send back")
    await play.fills("wang", "team", {"text": "The factor is 1.5"})
    await play.sees("@li", "The factor is 1.5")
    assert await play.count("client", "factor") == 0, "what the team says of it stays there"
    await play.says("li", "team", "/desk review 1 Table with a factor of 1.5")
    await play.presses("wang", "team", "a factor of 1.5", "Passed")
    await play.sees("client", "Please accept it, or say", "Table with a factor of 1.5")
    request = await _request(play, "HX-1")
    assert (request.status, request.rework) == (Status.RESOLVED, 1)


async def test_two_requests_become_one(play: Play) -> None:
    await play.says("emma", "client", "/request No water on floor 3 #it !high")
    await play.advance(timedelta(minutes=20))
    await play.says("bao", "client", "/request Tap on floor 3 is dry #it !low")
    done = await play.says("li", "team", "/desk merge 2 1")
    assert "HX-1" in done.words
    await play.sees("client", "HX-2", "Merged")
    kept, gone = await _request(play, "HX-1"), await _request(play, "HX-2")
    assert (gone.status, gone.merged_into) == (Status.MERGED, "HX-1")
    assert not any(t.is_active for t in gone.timers)
    assert kept.is_open
    await play.sees("team", "HX-1", "merged another request into it")


async def test_a_part_goes_its_own_way_with_the_time_that_has_passed(play: Play) -> None:
    await play.says("emma", "client", "/request Power and network fail on floor 3 #it !high")
    await play.says("li", "team", "/desk take 1")
    await play.advance(timedelta(minutes=30))
    done = await play.says("li", "team", "/desk split 1 Network on floor 3")
    assert "HX-2" in done.words
    await play.sees("team", "HX-2", "Network on floor 3")
    parent, child = await _request(play, "HX-1"), await _request(play, "HX-2")
    assert child.follows == "HX-1"
    due = {r.number: next(t.due_at for t in r.timers if t.metric == "ttr") for r in (parent, child)}
    assert due["HX-1"] == due["HX-2"]
