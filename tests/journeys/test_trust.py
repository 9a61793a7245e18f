"""What people rely on: nothing twice, nothing lost, nothing seen by others, nothing typed in vain."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.play import Play


async def test_a_redelivered_line_has_one_effect_and_the_same_answer(play: Play) -> None:
    await play.says("emma", "client", "/request Gate does not close")
    await play.stand.again()
    await play.settle()
    assert await play.count("team", "Gate does not close") == 1
    listed = await play.says("emma", "client", "/request list")
    assert "HX-1" in listed.words
    assert "HX-2" not in listed.words


async def test_a_restart_loses_nothing(play: Play) -> None:
    await play.says("emma", "client", "/request Crane stands still !high")
    await play.restart()
    assert await play.count("team", "HX-1") == 1
    await play.presses("li", "team", "HX-1", "Take")
    await play.sees("team", "HX-1", "Li")
    await play.restart()
    await play.advance(timedelta(hours=3))
    await play.sees("@li", "HX-1", "75")


async def test_another_clients_number_does_not_exist(play: Play) -> None:
    """A client never learns that another client's request exists: the same words as for no request at all."""
    await play.says("emma", "client", "/request Secret drawing")
    foreign = await play.says("olga", "other", "/request status HX-1")
    missing = await play.says("olga", "other", "/request status HX-99")
    assert "Secret drawing" not in foreign.words
    assert foreign.words.replace("HX-1", "N") == missing.words.replace("HX-99", "N")


async def test_what_is_not_understood_is_answered_with_a_fix_and_kept(play: Play) -> None:
    answer = await play.says("emma", "client", "/request Router is broken #netwrk")
    assert "netwrk" in answer.words
    assert "Router is broken" in answer.words
    assert answer.buttons
    fixed = await play.presses("emma", "client", "netwrk", answer.buttons[0])
    assert "HX-1" in fixed.words


async def test_undo_takes_back_what_was_just_filed(play: Play) -> None:
    await play.says("emma", "client", "/request Wrong chat")
    await play.presses("emma", "client", "HX-1", "Undo")
    card = await play.sees("team", "HX-1")
    assert "Cancelled" in card.words
    play.clock.turn(timedelta(seconds=61))
    late = await play.says("emma", "client", "/request Another")
    assert "HX-2" in late.words
    play.clock.turn(timedelta(seconds=61))
    answer = await play.presses("emma", "client", "HX-2", "Undo")
    assert "60 seconds" in answer.words


async def test_a_contact_who_speaks_chinese_is_answered_in_chinese(play: Play) -> None:
    answer = await play.says("bao", "client", "/request 三楼办公室断网 !高 #网络 截止:今天18:00")
    assert "HX-1" in answer.words
    assert "优先级" in answer.words
    assert "11月23日 周一 18:00" in answer.words


async def test_a_complaint_is_seen_by_its_owner_and_no_channel(play: Play) -> None:
    answer = await play.says("emma", "@emma", "/request Your inspector was rude #complaint")
    assert "HX-1" in answer.words
    assert await play.count("team", "inspector") == 0
    assert await play.count("client", "inspector") == 0
    await play.sees("@zhao", "Your inspector was rude")


async def test_the_form_files_as_the_line_does(play: Play) -> None:
    await play.says("emma", "@emma", "/request")
    asked = await play.fills("emma", "@emma", {"title": "Need a second badge"})
    if "File it now" in asked.buttons:  # where there are no forms, facts are asked one by one
        await play.presses("emma", "@emma", "in danger", "File it now")
    await play.sees("@emma", "HX-1", "Need a second badge", "Status")


async def test_reopening_brings_it_back_with_what_was_left(play: Play) -> None:
    await play.says("emma", "client", "/request Door alarm !high")
    await play.says("li", "team", "/desk take 1")
    await play.says("li", "team", "/desk resolve 1 Reset the panel")
    await play.presses("emma", "client", "Reset the panel", "Not solved")
    await play.fills("emma", "client", {"text": "It beeps again"})
    card = await play.sees("team", "HX-1", "In progress")
    assert "reopened" in card.words
    await play.sees("@li", "It beeps again")


async def test_it_closes_by_itself_when_the_window_is_over(play: Play) -> None:
    await play.says("emma", "client", "/request Door alarm !high")
    await play.says("li", "team", "/desk resolve 1 Reset the panel")
    await play.advance(timedelta(days=4))
    card = await play.sees("client", "HX-1", "Closed")
    assert "How was it?" in card.words


async def test_withdrawing_is_confirmed_and_tells_the_team(play: Play) -> None:
    """Slack and the page ask in a dialog of their own; in Telegram the desk asks."""
    await play.says("emma", "client", "/request Not needed after all")
    asked = await play.presses("emma", "client", "HX-1", "Withdraw")
    if "Keep it" in asked.buttons:
        await play.presses("emma", "client", "Withdraw HX-1?", "Withdraw")
    card = await play.sees("team", "HX-1")
    assert "Cancelled" in card.words


async def test_edit_changes_what_was_filed(play: Play) -> None:
    await play.says("emma", "client", "/request Lamp brokn in room 4")
    await play.presses("emma", "client", "HX-1", "Edit")
    await play.fills("emma", "client", {"title": "Lamp broken in room 4"})
    await play.sees("team", "HX-1", "Lamp broken in room 4")
    await play.sees("client", "HX-1", "Lamp broken in room 4", "Status")


async def test_the_queue_shows_what_is_in_my_hands(play: Play) -> None:
    await play.says("emma", "client", "/request First thing")
    await play.says("emma", "client", "/request Second thing !urgent")
    await play.presses("li", "team", "HX-1", "Take")
    mine = await play.says("li", "@li", "/desk")
    assert "First thing" in mine.words
    assert "Second thing" not in mine.words
    team = await play.says("li", "team", "/desk queue")
    assert team.words.index("HX-2") < team.words.index("HX-1"), "the nearest breach first"
    refused = await play.says("emma", "client", "/desk queue")
    assert "HX-2" not in refused.words
