"""Files over the page: sent one by one before the words that they belong to, and given back to who may see their request.

What is given back is never shown by the page itself: it is saved, whatever it says that it is (faults.md row 98).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import envelope as hear
from adapters.web.http import HttpError, Viewer
from adapters.web.reading import Handler
from adapters.web.render import Look
from core.model.request import File
from core.ports import Cabinet

#: So many are taken in at once; each is held whole in memory meanwhile.
AT_ONCE = 4


class Site(Protocol):
    """What is needed of the site."""

    def look(self, request: Request) -> Look: ...
    async def viewer(self, request: Request, person: str = "") -> Viewer: ...
    async def readers(self, request: Request) -> Sequence[Viewer]: ...


class Filing:
    """Takes files in and hands them out, for whoever the site says is asking."""

    def __init__(self, site: Site, cabinet: Cabinet) -> None:
        self._site = site
        self._cabinet = cabinet
        self._doors = asyncio.Semaphore(AT_ONCE)

    @property
    def limit(self) -> int:
        return self._cabinet.limit

    def table(self) -> list[tuple[str, str, Handler]]:
        return [("POST", "/upload", self._take), ("GET", "/requests/{number}/files/{n}", self._give)]

    async def handed(self, payload: Mapping[str, Any], viewer: Viewer) -> tuple[File, ...]:
        """The files that a message names. Raises HttpError where one is not theirs, or has gone meanwhile."""
        refs = hear.files_of(payload)
        found = await self._cabinet.mine(viewer.identity, refs) if refs else ()
        if len(found) != len(refs):
            raise HttpError(409, "files")
        return found

    async def _take(self, request: Request) -> Response:
        """The body is the file. One that is too large by its own account need not be sent: it is only answered."""
        asked = request.query_params
        if request.headers.get("content-type", "") != "application/octet-stream":
            raise HttpError(415, "application/octet-stream")
        viewer = await self._site.viewer(request, asked.get("as", ""))
        told = asked.get("size", "")
        size = int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 0
        async with self._doors:
            data = await self._body(request) if size <= self.limit else b""
            kept = await self._cabinet.keep(
                viewer.identity,
                hear.clean(asked.get("name", "")),
                max(size, len(data)),
                data,
                self._site.look(request).lang,
            )
        if isinstance(kept, str):
            return JSONResponse({"error": kept})  # an answer: nothing has failed
        return JSONResponse({"ref": kept.ref, "name": kept.name, "size": kept.size})

    async def _body(self, request: Request) -> bytes:
        """As much of it as matters: one byte more than the limit is too much."""
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self.limit:
                break
        return bytes(body)

    async def _give(self, request: Request) -> Response:
        number, n = hear.clean(request.path_params["number"]), request.path_params["n"]
        place = int(n) if n.isascii() and n.isdigit() and len(n) < 6 else 0
        for viewer in await self._site.readers(request):
            if found := await self._cabinet.file(viewer.identity, number, place):
                name, data = found
                attached = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
                headers = {"content-disposition": attached, "content-security-policy": "sandbox; default-src 'none'"}
                return Response(data, headers=headers, media_type="application/octet-stream")
        raise HttpError(404, self._site.look(request).say("There is nothing here for you to see."))
