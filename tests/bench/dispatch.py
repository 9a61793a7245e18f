"""Goal 12: thirty commands or buttons against one through our adapter, beside thirty listeners of Bolt's own."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, cast
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from adapters.slack import library
from adapters.slack.ears import Ears
from adapters.slack.envelope import Account
from adapters.slack.errands import Errands
from adapters.slack.replies import Replies
from core.ports import Envelope
from core.say.message import Answer
from tests.bench.measure import Round, Row, Wrong, cpu_note, middle, ratio

GOAL = 1.15
MANY = 30
ACCOUNT = Account("T0HX", "U0BELL", "B0BELL")


class _Desk:
    """Hears and says nothing."""

    heard = 0

    async def hear(self, envelope: Envelope) -> Answer:
        self.heard += 1
        return Answer()


def through_ours(commands: int, desk: _Desk) -> AsyncApp:
    bolt = library.bolt(library.client("xoxb-bench", "https://slack.com/api/", None), ACCOUNT)
    bolt.use(Ears(cast(Any, desk), ACCOUNT, {f"/c{n}": "desk" for n in range(commands)}, _replies()))
    return bolt


def _replies() -> Replies:
    """Nothing is answered here."""
    return Replies(cast(Any, None), cast(Any, None), Errands(), "/c0")


def through_bolt(commands: int, desk: _Desk) -> AsyncApp:
    """The baseline: a listener for each command and each button."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0HX", bot_token="xoxb-bench", bot_user_id="U0BELL")

    app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)

    async def heard(ack: AsyncAck) -> None:
        desk.heard += 1
        await ack()

    for n in range(commands):
        app.command(f"/c{n}")(heard)
    for n in range(commands):
        app.action(f"a{n}")(heard)
    return app


def _command(last: int) -> str:
    return urlencode(
        {"command": f"/c{last}", "text": "queue", "team_id": "T0HX", "user_id": "U0LI", "user_name": "li",
         "channel_id": "C0TEAM", "channel_name": "site", "trigger_id": "1.2.3", "token": "x", "api_app_id": "A0"}
    )  # fmt: skip


def _press(last: int) -> str:
    action = {"type": "button", "action_id": f"a{last}", "block_id": "b", "value": "token", "action_ts": "1.1"}
    body = {
        "type": "block_actions", "team": {"id": "T0HX"}, "user": {"id": "U0LI", "name": "li"}, "trigger_id": "1.2.3",
        "channel": {"id": "C0TEAM", "name": "site"}, "container": {"message_ts": "1.1"}, "actions": [action],
    }  # fmt: skip
    return urlencode({"payload": json.dumps(body)})


def measure(*, quick: bool = False) -> list[Row]:
    """Microseconds a dispatch, in process."""
    return asyncio.run(_measure(quick))


async def _measure(quick: bool) -> list[Row]:
    rounds, times = (1, 20) if quick else (9, 400)
    desk, found = _Desk(), []
    apps = {
        "ours": (through_ours(1, desk), through_ours(MANY, desk)),
        "bolt": (through_bolt(1, desk), through_bolt(MANY, desk)),
    }
    for who, (one, many) in apps.items():
        for what, body in (("commands", _command), ("buttons", _press)):
            pairs = []
            for n in range(rounds + 1):
                sides = [(one, body(0)), (many, body(MANY - 1))]
                costs = [await _timed(app, text, times, desk) for app, text in (sides if n % 2 else sides[::-1])]
                pairs += [tuple(costs if n % 2 else costs[::-1])] if n else []
            us = middle(pairs, "us")
            found.append(
                Row(f"5 dispatch, {MANY} {what} by 1, {who}", ratio(pairs, "us"), GOAL if who == "ours" else None,
                    "at most", cpu=cpu_note(pairs), note=f"{us[0]:.0f} -> {us[1]:.0f} us", rounds=pairs)
            )  # fmt: skip
    return found


async def _timed(app: AsyncApp, body: str, times: int, desk: _Desk) -> Round:
    headers = {"content-type": ["application/x-www-form-urlencoded"]}
    before, begin, cpu = desk.heard, time.perf_counter(), time.process_time()
    for _ in range(times):
        answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        if answer.status != 200:
            raise Wrong(f"not dispatched: {answer.status}")
    took, spent = time.perf_counter() - begin, time.process_time() - cpu
    if desk.heard - before != times:
        raise Wrong("some were dispatched to nobody")
    return {"us": round(took / times * 1e6, 1), "cpu_us": round(spent / times * 1e6, 1)}
