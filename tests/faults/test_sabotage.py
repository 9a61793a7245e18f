"""Twins that must fail: a proof that never notices anything proves nothing (faults.md 2.5)."""

from __future__ import annotations

import pytest

from tests.faults.stage import Zygote, faults
from tests.faults.test_killed import played
from tests.support.databases import Stock


@pytest.fixture
def platform() -> str:
    return "slack"


async def test_sending_again_straight_from_sending_is_noticed(platform: str, stock: Stock, desks: Zygote) -> None:
    """Killed after Slack has taken the card and before that was recorded; the twin simply posts it once more."""
    _, wanted, points = await played(platform, stock, desks)
    posted = next(where for where, name in points if name == "after chat.postMessage")
    _, sound, _ = await played(platform, stock, desks, [posted])
    assert faults(sound, wanted, platform) == []
    _, got, _ = await played(platform, stock, desks, [posted], sabotage="resend")
    assert any("is there 2 times" in fault for fault in faults(got, wanted, platform)), faults(got, wanted, platform)


async def test_acknowledging_before_the_commit_is_noticed(platform: str, stock: Stock, desks: Zygote) -> None:
    """Killed before the commit of what the person was already told is filed: nobody sends it again."""
    with pytest.raises(AssertionError, match=r"no \[Take\]"):
        await played(platform, stock, desks, ["file:1"], sabotage="early")
