"""Two people ask for the same: the second follows the first, and hears of it."""

from __future__ import annotations

from tests.journeys.play import Play


async def test_whoever_says_that_it_is_the_same_hears_what_the_requester_hears(play: Play) -> None:
    await play.says("emma", "client", "/request Projector in room 4 is broken")
    receipt = await play.says("bao", "client", "/request The projector in room 4 is broken again")
    assert "HX-2" in receipt.words
    assert any("HX-1" in label for label in receipt.buttons)
    same = await play.presses("bao", "client", "HX-2", next(label for label in receipt.buttons if "HX-1" in label))
    assert "HX-1" in same.words
    await play.says("li", "team", "/desk reply 1 A new lamp is on its way")
    assert await play.sees("client", "A new lamp is on its way")
    await play.sees("team", "HX-1", "Status")
    stop = await play.says("bao", "client", "/request unfollow HX-1")
    assert "HX-1" in stop.words


async def test_whoever_follows_from_a_direct_message_hears_of_it_there(play: Play) -> None:
    await play.says("emma", "@emma", "/request Projector in room 4 is broken")
    receipt = await play.says("bao", "@bao", "/request The projector in room 4 is broken again")
    same = next(label for label in receipt.buttons if "HX-1" in label)
    assert "HX-1" in (await play.presses("bao", "@bao", "HX-2", same)).words
    await play.says("li", "team", "/desk reply HX-1 A new lamp is on its way")
    assert await play.sees("@emma", "A new lamp is on its way")
    assert await play.sees("@bao", "A new lamp is on its way")
    await play.says("bao", "@bao", "/request unfollow HX-1")
    await play.says("li", "team", "/desk reply HX-1 The lamp is in")
    assert await play.sees("@emma", "The lamp is in")
    assert await play.count("@bao", "The lamp is in") == 0
