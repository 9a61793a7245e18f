"""The same path through each platform's other door: signed HTTP at Slack, the webhook at Telegram."""

from __future__ import annotations

import pytest

from tests.conftest import FrozenClock
from tests.journeys.play import Play, curtain
from tests.journeys.test_filed_to_rated import test_a_request_travels_from_a_chat_line_to_a_rating as _to_a_rating
from tests.journeys.test_trust import test_a_redelivered_line_has_one_effect_and_the_same_answer as _once
from tests.journeys.test_trust import test_a_restart_loses_nothing as _restart


@pytest.mark.parametrize("journey", [_to_a_rating, _once, _restart], ids=["to a rating", "redelivered", "restart"])
@pytest.mark.parametrize("door", ["slack-http", "telegram-webhook"])
async def test_the_path_is_the_same(door: str, journey: object, database_url: str, clock: FrozenClock) -> None:
    async with curtain(door, database_url, clock) as play:
        assert isinstance(play, Play)
        await journey(play)  # type: ignore[operator]
