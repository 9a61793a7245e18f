"""Signed HTTP: nothing that is not Slack's gets past the door, and nothing of what is refused is logged.

What has been verified and read goes on to Bolt as it would come over Socket Mode, so that both ways are one from here.
"""

from __future__ import annotations

import hmac
import json
from urllib.parse import unquote_to_bytes

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.types import Receive, Scope, Send

from adapters.slack.payload import Json
from core.ports import Clock

PATH = "/slack/events"
BODY_LIMIT = 1024 * 1024
SKEW = 5 * 60  # seconds that a signature may be old, or ahead of us


class Door:
    """One ASGI application. Until `opens` it answers 503, which Slack takes for "try again"."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self._bolt: AsyncApp | None = None

    def opens(self, bolt: AsyncApp) -> None:
        self._bolt = bolt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(dict(scope["headers"]), receive)
        body = answer.body.encode()
        headers = [(name.encode(), values[0].encode()) for name, values in answer.headers.items()]
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, headers: dict[bytes, bytes], receive: Receive) -> BoltResponse:
        if self._bolt is None:
            return BoltResponse(status=503)
        body = await _read(headers.get(b"content-length", b"0"), receive)
        if body is None:
            return BoltResponse(status=413)
        if b"ssl_check=1" in body.split(b"&"):  # unsigned by design, and without effect
            return BoltResponse(status=200)
        if not self._is_slack(headers, body):
            return BoltResponse(status=401)
        try:
            heard = AsyncBoltRequest(mode="socket_mode", body=_payload(body, headers.get(b"content-type", b"")))
        except (ValueError, TypeError, AttributeError, RecursionError):  # not the JSON that Slack sends
            return BoltResponse(status=400)
        return await self._bolt.async_dispatch(heard)

    def _is_slack(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        """By the secret that only Slack and we know; an old signature may be somebody's who listened."""
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        if not stamp.isdigit() or len(stamp) > 11 or abs(self._clock.real().timestamp() - int(stamp)) > SKEW:
            return False
        ours = b"v0=" + hmac.digest(self._secret, b"v0:%b:%b" % (stamp, body), "sha256").hex().encode()
        return hmac.compare_digest(ours, headers.get(b"x-slack-signature", b""))


async def _read(announced: bytes, receive: Receive) -> bytes | None:
    """The body, or None when it is too long; a length that is announced is believed, one that is not is counted."""
    if not announced.isdigit() or len(announced) > 10 or int(announced) > BODY_LIMIT:
        return None
    body = bytearray()
    while True:
        part = await receive()
        body += part.get("body", b"")
        if part["type"] == "http.disconnect" or len(body) > BODY_LIMIT:
            return None
        if not part.get("more_body"):
            return bytes(body)


def _form(text: str) -> dict[str, str]:
    """As `parse_qsl` reads it, which unquotes also what is not quoted: nearly everything in a command."""
    fields: dict[str, str] = {}
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        if "+" in value:
            value = value.replace("+", " ")
        fields[name] = unquote_to_bytes(value).decode(errors="replace") if "%" in value else value
    return fields


def _payload(body: bytes, kind: bytes) -> Json:
    """Events are JSON; commands are a form; presses and views are JSON in a field of a form. Raises on anything else."""
    text = body.decode()
    if not kind.startswith(b"application/json"):
        fields = _form(text)
        if "payload" not in fields:
            return fields
        text = fields["payload"]
    payload = json.loads(text)
    if not isinstance(payload, dict):
        raise TypeError("a payload of Slack's is an object")
    return payload
