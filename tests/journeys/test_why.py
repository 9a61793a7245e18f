"""why 42: the arithmetic of a deadline, asked by a word and by a button, for the client and for the team."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play, rewritten


async def test_why_tells_spans_pauses_and_the_sum(play: Play) -> None:
    """Two hours, a question, half an hour: the client reads what counted, what did not, and when it is due."""
    await play.says("emma", "client", "/request Verify the cable order #it !normal")
    await play.presses("li", "team", "HX-1", "Take")
    await play.advance(timedelta(hours=2))
    await play.says("li", "team", "/desk wait HX-1 Which floor do you mean?")
    await play.advance(timedelta(hours=5))
    await play.says("emma", "client", "/request add 1 The third.")
    await play.advance(timedelta(minutes=30))

    told = await play.says("emma", "client", "/request why 1")
    assert "Mon to Fri 09:00–12:00, 13:30–18:00 (Shanghai)" in told.words
    assert "Mon 23 Nov 09:00–11:00: 2 h" in told.words
    assert "Mon 23 Nov 11:00–16:00: not counted, waiting for your answer" in told.words
    assert "2 h + 30 min = 2 h 30 min of 16 h; 13 h 30 min left → due" in told.words
    assert "Acknowledgement" not in told.words, "the team's own clocks are not the client's"

    own = await play.presses("li", "team", "HX-1", "Why?")
    assert "Acknowledgement" in own.words
    assert "waiting for the answer" in own.words


async def test_a_calendar_goes_by_its_name_where_it_has_one(play: Play) -> None:
    named = '[calendars.office]\nname = { "zh-CN" = "办公时间", en = "office hours" }\n'
    await play.restart(rewritten(play, "[calendars.office]\n", named))
    await play.says("emma", "client", "/request Pump is noisy")
    assert "Calendar “office hours”" in (await play.says("emma", "client", "/request why 1")).words
    await play.says("emma", "client", "/request lang zh")
    assert "“办公时间”日历" in (await play.says("emma", "client", "/request why 1")).words
    assert "办公时间" in (await play.says("emma", "client", "/request agreement")).words


async def test_why_stands_under_the_receipt_and_the_clients_card(play: Play) -> None:
    receipt = await play.says("emma", "client", "/request Pump is noisy")
    assert "Why?" in receipt.buttons
    pressed = await play.presses("emma", "client", "HX-1", "Why?")
    assert "0 min of 16 h" in pressed.words


async def test_why_is_nobody_elses_business(play: Play) -> None:
    await play.says("emma", "client", "/request Pump is noisy")
    refused = await play.says("olga", "other", "/request why HX-1")
    assert "There is no request HX-1 here" in refused.words


async def test_filed_outside_hours_says_so_and_from_when_it_counts(play: Play) -> None:
    """Sunday afternoon: the receipt and the client's card tell when working time begins, in the reader's language."""
    play.clock.turn(timedelta(days=6, hours=6))  # Sunday 29 November, 15:00
    receipt = await play.says("emma", "client", "/request Pump is noisy")
    expected = "working time counts from Mon 30 Nov 09:00 (Shanghai)"
    assert f"Filed outside our hours: {expected}" in receipt.words
    assert "“24-hour promise” counts already" in receipt.words
    await play.sees("client", "HX-1", "In hand with", expected)
    chinese = await play.says("bao", "client", "/request 水泵有异响")
    assert "不在我们的工作时间内，工作时间从11月30日周一09:00（上海）起计" in chinese.words.replace(" ", "")
    team = await play.sees("team", "HX-1")
    assert "outside our hours" not in team.words
