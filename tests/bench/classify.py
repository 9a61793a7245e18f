"""Parsing and classifying one line, beside a bare dispatch of slack-bolt."""

from __future__ import annotations

import asyncio
import time
from itertools import cycle, islice
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from core.ask.commands import OpenRequest
from core.ask.grammar import parse
from core.rules.priority import propose
from tests.bench.measure import Round, Row, Wrong, cpu_note, middle, paired, ratio

GOAL = 0.1
#: As people type them, with marks and without (chat.md 1.3).
LINES = (
    "!high #billing Invoice export fails for May due:fri 17:00",
    "【紧急】#网络 三楼办公室断网 截止:今天下午6点",
    "p3 need a new badge for:@wang by:+2d",
    "Two crews are idle, the inspector has to be here tomorrow",
    "紧急集合点标识牌褪色了，不急，有空换一块",
    "Please review the shop drawings of tower 2",
)


SECRET = "bench"


def measure(*, quick: bool = False) -> list[Row]:
    """Microseconds a line, and a dispatch."""
    rounds, times = (1, 20) if quick else (9, 600)
    with asyncio.Runner() as runner:
        bolt = _bolt()
        pairs = paired(lambda: runner.run(_dispatched(bolt, times)), lambda: _classified(times), rounds)
    us = middle(pairs, "us")
    note = f"{us[0]:.0f} us a dispatch, {us[1]:.1f} us a line"
    return [
        Row("a line parsed and classified by a bare dispatch", ratio(pairs, "us"), GOAL, "at most",
            cpu=cpu_note(pairs), note=note, rounds=pairs)
    ]  # fmt: skip


def _bolt() -> AsyncApp:
    """The bare library as it is deployed: signatures are checked, one listener acknowledges."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0HX", bot_token="xoxb-bench", bot_user_id="U0BELL")

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app = AsyncApp(authorize=authorize, process_before_response=True, signing_secret=SECRET)
    app.command("/request")(nothing)
    return app


async def _dispatched(bolt: AsyncApp, times: int) -> Round:
    """The same lines as slash commands, with the fields that Slack sends."""
    requests = [_signed(line) for line in LINES]
    begin, cpu = time.perf_counter(), time.process_time()
    for body, headers in islice(cycle(requests), times):
        answer = await bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        if answer.status != 200:
            raise Wrong(f"not dispatched: {answer.status}")
    return _cost(begin, cpu, times)


def _signed(line: str) -> tuple[str, dict[str, str]]:
    fields = {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO", "team_id": "T0HX", "team_domain": "huaxing", "channel_id": "C0HX",
        "channel_name": "hx-site", "user_id": "U0EMMA", "user_name": "emma", "command": "/request", "text": line,
        "api_app_id": "A0BELL", "is_enterprise_install": "false", "response_url": "https://hooks.slack.com/commands/x",
        "trigger_id": "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    }  # fmt: skip
    body, now = urlencode(fields), str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    return body, {
        "content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": now,
        "x-slack-signature": signature or "",
    }  # fmt: skip


def _classified(times: int) -> Round:
    heard = 0
    begin, cpu = time.perf_counter(), time.process_time()
    for line in islice(cycle(LINES), times):
        asked = parse("request", line)
        if isinstance(asked, OpenRequest):
            said = propose(f"{asked.title}\n{asked.description}")
            heard += said.impact is not None or said.urgency is not None
    cost = _cost(begin, cpu, times)
    if heard < times // 2:
        raise Wrong(f"{heard} of {times} lines were understood")
    return cost


def _cost(begin: float, cpu: float, times: int) -> Round:
    took, spent = time.perf_counter() - begin, time.process_time() - cpu
    return {"us": round(took / times * 1e6, 2), "cpu_us": round(spent / times * 1e6, 2)}
