"""What every request of the page is measured by: its origin, its size, its language; and what every answer carries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from adapters.web import envelope as hear
from core.model.parties import Identity
from core.say.words import nearest

BODY_LIMIT = 64 * 1024
FILE_LIMIT = 2 * 1024 * 1024

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # `same-origin`, not `no-referrer`: the latter makes browsers send `Origin: null` with a form.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class HttpError(Exception):
    """The request ends here, with this status and these words."""

    def __init__(self, status: int, text: str = "") -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class Viewer(Struct, frozen=True):
    """Who looks, and the chats they are in: (chat, title)."""

    identity: Identity
    name: str
    part: str
    chats: tuple[tuple[str, str], ...]

    @property
    def person(self) -> str:
        return self.identity.user

    @property
    def direct(self) -> str:
        return f"@{self.person}"

    def sees(self, chat: str) -> bool:
        return chat == self.direct or any(chat == one for one, _ in self.chats)


async def read_payload(request: Request) -> Mapping[str, Any]:
    """What a script sends: a JSON object."""
    body = await _body(request, "application/json")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise hear.PayloadError("json") from None
    if not isinstance(payload, dict):
        raise hear.PayloadError("json")
    return payload


async def read_form(request: Request) -> Mapping[str, str]:
    """What a plain form sends."""
    if request.headers.get("content-type", "").split(";")[0].strip() == "multipart/form-data":
        return {name: text for name, text in (await _form(request)).items() if isinstance(text, str)}
    body = await _body(request, "application/x-www-form-urlencoded")
    return dict(parse_qsl(body, keep_blank_values=True))


async def read_file(request: Request, name: str) -> bytes:
    """The file that a form with files sends; the form's text stays to be read. Empty without one."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "multipart/form-data":
        return b""
    form = await _form(request)
    file = form.get(name)
    if not isinstance(file, UploadFile):
        return b""
    data = await file.read()
    await file.close()
    return data


async def _form(request: Request) -> FormData:
    """A form with files, read once. What is too large, or no such form, ends the request."""
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > FILE_LIMIT:
        raise HttpError(413, "too large")
    try:
        return await request.form(max_files=4, max_fields=20, max_part_size=FILE_LIMIT)
    except HTTPException as bad:
        raise HttpError(400, str(bad.detail)) from None


async def _body(request: Request, kind: str) -> str:
    if request.headers.get("content-type", "").split(";")[0].strip() != kind:
        raise HttpError(415, kind)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HttpError(413, "too large")
    return body.decode("utf-8", "replace")


def is_same_origin(request: Request) -> bool:
    """Browsers say where a POST comes from: by `Sec-Fetch-Site` where they trust the address, by `Origin` always."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return site is not None
    if origin == "null":
        return False
    return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


def is_local(host: str) -> bool:
    return urlsplit(f"//{host}").hostname in ("127.0.0.1", "localhost", "::1")


def language(request: Request) -> str:
    """The visitor's choice, else the browser's wish, else English."""
    chosen = nearest(request.cookies.get("deskbell_lang", ""))
    if chosen:
        return chosen
    wishes = (wish.split(";")[0].strip() for wish in request.headers.get("accept-language", "").split(","))
    return next((ours for wish in wishes if (ours := nearest(wish))), "en")


def theme(request: Request) -> str:
    chosen = request.cookies.get("deskbell_theme", "")
    return chosen if chosen in ("light", "dark") else "auto"


def static_files() -> Iterator[tuple[str, tuple[bytes, str, str]]]:
    """Each file of the page: its name, then data, type and etag."""
    folder = resources.files("adapters.web") / "static"
    for file in folder.iterdir():
        kind = _TYPES.get(file.name.rpartition(".")[2])
        if kind:
            data = file.read_bytes()
            yield file.name, (data, kind, f'"{sha256(data).hexdigest()[:16]}"')
