"""Pages that are read, each with an address of its own: the list, the menu, one request and why, a draft's replay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Protocol

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web import envelope as hear
from adapters.web import render
from adapters.web.http import HttpError, Viewer, read_file, read_form
from adapters.web.render import Look
from core.ports import Reader, ScopeTold
from core.say.table import as_csv
from core.say.words import last_quarter

Handler = Callable[[Request], Awaitable[Response]]


class Site(Protocol):
    """What a page needs of the site that it stands on."""

    def look(self, request: Request) -> Look: ...
    async def reading(self, request: Request) -> Viewer: ...
    def html(self, request: Request, template: str, status: int = 200, /, **facts: Any) -> Response: ...
    def piece(self, request: Request, template: str, /, **facts: Any) -> Markup: ...
    def today(self) -> date: ...


class Reading:
    """The pages, for whoever the site says is reading."""

    def __init__(self, site: Site, reader: Reader) -> None:
        self._site = site
        self._reader = reader

    def table(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/queue", self._queue),
            ("GET", "/menu", self._menu),
            ("GET", "/menu.json", self._orderable),
            ("GET", "/requests/{number}", self._request),
            ("GET", "/requests/{number}/why", self._why),
            ("GET", "/requests/{number}/ladder", self._ladder),
            ("GET", "/scope", self._scope),
            ("GET", "/scope.csv", self._scope_table),
            ("GET", "/duty", self._duty),
            ("GET", "/duty/{team}.ics", self._calendar),
            ("POST", "/duty/{team}", self._take_calendar),
            ("GET", "/replay", self._replay),
            ("POST", "/replay", self._replay),
        ]

    async def _queue(self, request: Request) -> Response:
        viewer = await self._site.reading(request)
        lines = await self._reader.queue(viewer.identity)
        manages = await self._reader.manages(viewer.identity)
        staff = await self._reader.scope(viewer.identity, "") is not None
        facts = {"viewer": viewer, "lines": lines, "manages": manages, "staff": staff}
        return self._page(request, "queue.html", "list.html", **facts)

    async def _menu(self, request: Request) -> Response:
        """What may be ordered, with its buttons live; `words` searches."""
        viewer, words = await self._site.reading(request), hear.clean(request.query_params.get("words", ""))[:60]
        message = await self._reader.menu(viewer.identity, words.strip())
        if message is None:
            raise self._nothing(request)
        card = render.message(message, self._site.look(request))
        return self._site.html(request, "menu.html", viewer=viewer, words=words, card=card)

    async def _orderable(self, request: Request) -> Response:
        """The same for who types `#`."""
        viewer = await self._site.reading(request)
        found = await self._reader.orderable(viewer.identity, self._site.look(request).lang)
        return JSONResponse([{"tag": one.tag, "name": one.name, "keys": one.keys} for one in found])

    async def _request(self, request: Request) -> Response:
        viewer, number = await self._site.reading(request), hear.clean(request.path_params["number"])
        message = await self._reader.view(viewer.identity, number)
        if message is None:
            raise self._nothing(request)
        card = render.message(message, self._site.look(request))
        return self._page(request, "request.html", "card.html", viewer=viewer, number=number, card=card)

    async def _why(self, request: Request) -> Response:
        viewer, number = await self._site.reading(request), hear.clean(request.path_params["number"])
        told = await self._reader.why(viewer.identity, number, self._site.look(request).lang)
        if told is None:
            raise self._nothing(request)
        return self._page(request, "why.html", "reckoning.html", viewer=viewer, told=told)

    async def _ladder(self, request: Request) -> Response:
        """Who will hear of it, and when."""
        viewer, number = await self._site.reading(request), hear.clean(request.path_params["number"])
        message = await self._reader.ladder(viewer.identity, number, self._site.look(request).lang)
        if message is None:
            raise self._nothing(request)
        facts = {"viewer": viewer, "number": number, "title": message.summary}
        card = render.message(message, self._site.look(request))
        return self._page(request, "ladder.html", "ahead.html", card=card, **facts)

    async def _scope(self, request: Request) -> Response:
        viewer, told = await self._registered(request)
        manages = await self._reader.manages(viewer.identity)
        return self._site.html(request, "scope.html", viewer=viewer, lines=told.lines, manages=manages)

    async def _scope_table(self, request: Request) -> Response:
        """The same as a file for a spreadsheet."""
        _, told = await self._registered(request)
        attached = {"Content-Disposition": 'attachment; filename="scope.csv"'}
        rows = (told.columns, *(line.cells for line in told.lines))
        return Response(as_csv(rows), media_type="text/csv", headers=attached)

    async def _registered(self, request: Request) -> tuple[Viewer, ScopeTold]:
        viewer = await self._site.reading(request)
        told = await self._reader.scope(viewer.identity, self._site.look(request).lang)
        if told is None:
            raise self._nothing(request)
        return viewer, told

    async def _duty(self, request: Request) -> Response:
        return await self._turns(request, await self._site.reading(request))

    async def _turns(self, request: Request, viewer: Viewer, done: tuple[str, ...] = ()) -> Response:
        """Who is on duty in the days to come; `done` is what a calendar that was sent has come to."""
        told = await self._reader.turns(viewer.identity, self._site.look(request).lang)
        if told is None:
            raise self._nothing(request)
        manages = await self._reader.manages(viewer.identity)
        return self._site.html(request, "duty.html", viewer=viewer, told=told, manages=manages, done=done)

    async def _calendar(self, request: Request) -> Response:
        """The same for a calendar program."""
        viewer, team = await self._site.reading(request), hear.clean(request.path_params["team"])
        made = await self._reader.calendar(viewer.identity, team, self._site.look(request).lang)
        if made is None:
            raise self._nothing(request)
        attached = {"Content-Disposition": f'attachment; filename="{team}.ics"'}
        return Response(made, media_type="text/calendar", headers=attached)

    async def _take_calendar(self, request: Request) -> Response:
        viewer, team = await self._site.reading(request), hear.clean(request.path_params["team"])
        file = await read_file(request, "file") or (await read_form(request)).get("calendar", "").encode()
        done = await self._reader.take_calendar(viewer.identity, team, file, self._site.look(request).lang)
        if done is None:
            raise self._nothing(request)
        return await self._turns(request, viewer, done)

    async def _replay(self, request: Request) -> Response:
        """A manager's form, and under it what the draft in it would have given. Nothing is kept, of the draft neither."""
        viewer = await self._site.reading(request)
        if not await self._reader.manages(viewer.identity):
            raise self._nothing(request)
        asked: Mapping[str, str] = await read_form(request) if request.method == "POST" else {}
        first, last = last_quarter(self._site.today())
        first, last = _day(asked.get("since", "")) or first, _day(asked.get("until", "")) or last
        told = None
        if "draft" in asked:
            lang = self._site.look(request).lang
            told = await self._reader.replay(viewer.identity, asked["draft"], min(first, last), max(first, last), lang)
        facts = {"viewer": viewer, "told": told, "draft": asked.get("draft", ""), "since": first, "until": last}
        return self._site.html(request, "replay.html", **facts)

    def _page(self, request: Request, whole: str, bare: str, **facts: Any) -> Response:
        """The page, or with `?bare` only what a column of the chat page shows of it."""
        if "bare" in request.query_params:
            return Response(self._site.piece(request, bare, **facts), media_type="text/html")
        return self._site.html(request, whole, **facts)

    def _nothing(self, request: Request) -> HttpError:
        """The same neutral words whether there is none or it is not for these eyes."""
        return HttpError(404, self._site.look(request).say("There is nothing here for you to see."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
