"""Parsing and classifying one line, beside a bare dispatch of slack-bolt."""

from __future__ import annotations

import asyncio
import time
from itertools import cycle, islice

from slack_bolt.async_app import AsyncBoltRequest

from core.ask.commands import OpenRequest
from core.ask.grammar import parse
from core.rules.priority import propose
from tests.bench.dispatch import _command, _Desk, through_bolt
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


def measure(*, quick: bool = False) -> list[Row]:
    """Microseconds a line, and a dispatch."""
    rounds, times = (1, 20) if quick else (9, 600)
    with asyncio.Runner() as runner:
        desk = _Desk()
        bolt = through_bolt(1, desk)

        async def dispatched() -> Round:
            headers = {"content-type": ["application/x-www-form-urlencoded"]}
            begin, cpu = time.perf_counter(), time.process_time()
            for _ in range(times):
                await bolt.async_dispatch(AsyncBoltRequest(body=_command(0), headers=headers))
            return _cost(begin, cpu, times)

        pairs = paired(lambda: runner.run(dispatched()), lambda: _classified(times), rounds)
        if not desk.heard:
            raise Wrong("nothing was dispatched")
    us = middle(pairs, "us")
    note = f"{us[0]:.0f} us a dispatch, {us[1]:.1f} us a line"
    return [
        Row("a line parsed and classified by a bare dispatch", ratio(pairs, "us"), GOAL, "at most",
            cpu=cpu_note(pairs), note=note, rounds=pairs)
    ]  # fmt: skip


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
