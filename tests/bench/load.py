"""The load: a process of its own that sends pre-signed, distinct slash commands over kept connections.

`python -m tests.bench.load PORT CONNECTIONS COUNT SALT` prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import sys
import time
from collections.abc import Iterator
from statistics import median, quantiles
from urllib.parse import urlencode

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # of the bench alone
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_NUMBER = re.compile(rb"HX-\d+ filed")


def request(salt: str, n: int) -> bytes:
    """A signed POST of one slash command, as Slack sends it."""
    body = urlencode(
        {
            "token": "legacy", "team_id": "T0HX", "team_domain": "hengxin", "channel_id": "C0CLIENT",
            "channel_name": "huaxing", "user_id": "U0EMMA", "user_name": "emma", "command": "/request",
            "text": f"Projector broken in room {salt}-{n} !high #it\nIt went dark during the meeting",
            "api_app_id": "A0BELL", "is_enterprise_install": "false",
            "response_url": f"https://hooks.slack.com/commands/T0HX/{n}/{salt}", "trigger_id": f"{n}.1.{salt}",
        }
    ).encode()  # fmt: skip
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


class Connection(asyncio.Protocol):
    """One request after the other on one connection."""

    def __init__(self, queue: Iterator[bytes], seen: dict[str, list[float]], numbers: set[bytes]) -> None:
        self._queue, self._seen, self._numbers = queue, seen, numbers
        self._buffer = b""
        self._sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def next(self) -> None:
        body = next(self._queue, None)
        if body is None:
            self._transport.close()
            self.done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(body)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _LENGTH.search(self._buffer, 0, head)
        if len(self._buffer) < head + 4 + (int(length[1]) if length else 0):
            return
        self._seen[self._buffer[9:12].decode()].append(time.perf_counter() - self._sent)
        if number := _NUMBER.search(self._buffer):
            self._numbers.add(number[0])
        self._buffer = b""
        self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))


class _Statuses(dict[str, list[float]]):
    def __missing__(self, status: str) -> list[float]:
        return self.setdefault(status, [])


async def main(port: int, connections: int, count: int, salt: str) -> dict[str, object]:
    queue = iter([request(salt, n) for n in range(count)])
    seen, numbers = _Statuses(), set[bytes]()
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: Connection(queue, seen, numbers), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    begin = time.perf_counter()
    for connection in made:
        connection.next()
    await asyncio.gather(*(connection.done for connection in made))
    took = time.perf_counter() - begin
    times = sorted(one for some in seen.values() for one in some)
    return {
        "rate": count / took, "p50_ms": median(times) * 1000, "p99_ms": quantiles(times, n=100)[98] * 1000,
        "statuses": {status: len(some) for status, some in seen.items()}, "numbers": len(numbers),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*map(int, sys.argv[1:4]), sys.argv[4]))))  # noqa: T201
