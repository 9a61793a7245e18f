"""The page's HTTP side: who is asking, what they may see, and the way of each request to the desk and back."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode
from zoneinfo import ZoneInfo

import structlog
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from adapters.web import envelope as hear
from adapters.web import render
from adapters.web.filing import Filing
from adapters.web.http import (
    HEADERS,
    HttpError,
    Viewer,
    is_local,
    is_same_origin,
    language,
    read_payload,
    static_files,
    theme,
)
from adapters.web.messenger import Messenger
from adapters.web.reading import Handler, Reading
from adapters.web.render import Look
from core.errors import DeliveryError, Outcome
from core.model.parties import Address, Identity
from core.model.request import File
from core.ports import Cabinet, Can, Clock, Content, Desk, Reader, Said, Seat, Shelf, Stage
from core.say.message import Answer, Message
from core.say.words import nearest

if TYPE_CHECKING:
    from jinja2 import Environment

log = structlog.get_logger("adapters.web")

SESSION_SECONDS = 12 * 3600
SHOWN = 200  # entries of a chat that the page begins with
STREAMS = 500
CHATS = 200  # that one stream may follow: in the demo, everybody's
LOOK_AGAIN = 5.0  # seconds: another process may have posted without waking us
BEATS = 3  # every so many looks the stream proves that it lives and says the time
PARTS = ("client", "member", "manager")
SPEEDS = (0, 1, 60, 600)
_YEAR = 365 * 24 * 3600


class WebAdapter:
    """The web platform."""

    name = hear.PLATFORM
    can = Can(edit=True, forms=True, private_reply=True, verify=True, files="upload", text_limit=20_000, link=hear.link)

    def __init__(
        self, *, shelf: Shelf, cabinet: Cabinet, reader: Reader, clock: Clock, stage: Stage | None, secure: bool
    ) -> None:
        self._filing = Filing(self, cabinet)
        self._reader = reader
        self._clock = clock
        self._stage = stage
        self._secure = secure
        self._desk: Desk | None = None
        self._turns = 0  # how often somebody turned the clock
        self._messenger = Messenger(shelf, clock)
        self._files = dict(static_files())

    @cached_property
    def _pages(self) -> Environment:
        """Templates load with the first page: a desk that lives in chat may never show one."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        pages = Environment(
            loader=PackageLoader("adapters.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        version = sha256(b"".join(data for data, _, _ in self._files.values())).hexdigest()[:10]
        pages.globals.update(
            version=version, bar=render.bar, hue=render.hue, initials=render.initials, spans=render.spans, speeds=SPEEDS
        )
        return pages

    # The platform, as the courier and the program see it.

    async def post(self, address: Address, message: Message, key: str) -> str:
        return await self._messenger.post(address, message, key)

    async def edit(self, address: Address, receipt: str, message: Message) -> str:
        return await self._messenger.edit(address, receipt, message)

    async def find(self, address: Address, key: str, since: datetime) -> str | None:
        return await self._messenger.find(address, key, since)

    async def remove_extras(self, address: Address, key: str, receipt: str, since: datetime) -> int:  # noqa: ARG002 - one key is one entry
        return 0

    async def fetch(self, file: File) -> bytes:  # noqa: ARG002 - the desk has it itself
        raise DeliveryError(Outcome.REJECTED, "files of the page are in the cabinet")

    async def start(self, desk: Desk) -> None:
        self._desk = desk
        self._messenger.ears.closing = False

    async def run(self) -> None:
        """Everything comes by HTTP."""

    async def stop(self) -> None:
        """Event streams end at once; call this before the HTTP server is told to stop, since it waits for them."""
        self._messenger.ears.close()
        self._desk = None

    def routes(self) -> Sequence[Route]:
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/", self._page),
            ("GET", "/pane", self._pane_alone),
            ("GET", "/events", self._events),
            *Reading(self, self._reader).table(),
            *self._filing.table(),
            ("GET", "/static/{file}", self._static),
            ("POST", "/say", self._say),
            ("POST", "/press", self._press),
            ("POST", "/fill", self._fill),
        ]
        if self._stage is None:
            table += [
                ("GET", "/in/{secret}", self._door),
                ("POST", "/in/{secret}", self._enter),
                ("POST", "/out", self._leave),
            ]
        else:
            table += [
                ("POST", "/stage/speed", self._turn_speed),
                ("POST", "/stage/jump", self._jump),
                ("POST", "/stage/me", self._be),
            ]
        return [Route(path, self._guarded(handler), methods=[method]) for method, path, handler in table]

    def _guarded(self, handler: Handler) -> Handler:
        async def endpoint(request: Request) -> Response:
            try:
                if self._stage is not None and not is_local(request.headers.get("host", "")):
                    raise HttpError(403, "127.0.0.1 only")  # a foreign name that resolves to us (DNS rebinding)
                if request.method == "POST" and not is_same_origin(request):
                    raise HttpError(403, "cross-origin")
                response = await handler(request)
            except HttpError as stop:
                response = self._stopped(request, stop)
            except hear.PayloadError as bad:
                response = JSONResponse({"error": f"bad payload: {bad}"}, 400)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return endpoint

    def _stopped(self, request: Request, stop: HttpError) -> Response:
        if request.method == "POST":
            return JSONResponse({"error": stop.text}, stop.status)
        if "bare" in request.query_params or request.url.path == "/events":
            return Response(stop.text, stop.status, media_type="text/plain")
        return self.html(request, "notice.html", stop.status, title=stop.text, lines=())

    # Who is asking.

    def look(self, request: Request) -> Look:
        """The language and the zone in which this visitor reads."""
        return Look(language(request), self._stage.zone() if self._stage else "")

    async def viewer(self, request: Request, person: str = "") -> Viewer:
        """The person of the session; in the demo, the person that the visitor plays here."""
        if self._stage is not None:
            for seat in self._stage.seats():
                if seat.person == person:
                    return _seated(seat)
            raise HttpError(403, self.look(request).say("Choose who you are."))
        identity = await self._signed_in(request)
        say = self.look(request).say
        if identity is None:
            raise HttpError(401, say("Your session has ended. Send /desk page in chat for a new link."))
        return Viewer(identity, "", "me", ((f"@{identity.user}", say("Desk")),))

    async def _signed_in(self, request: Request) -> Identity | None:
        session = request.cookies.get(self._cookie, "")
        return await self._reader.whose(session) if session else None

    @property
    def _cookie(self) -> str:
        return "__Host-deskbell" if self._secure else "deskbell"

    # Pages.

    async def _page(self, request: Request) -> Response:
        if self._stage is not None:
            return await self._demo(request, self._stage)
        if await self._signed_in(request) is None:
            return self._signed_out(request)
        viewer = await self.viewer(request)
        pane = await self._pane(request, viewer, viewer.direct)
        return self.html(request, "own.html", viewer=viewer, pane=pane, lines=await self._reader.queue(viewer.identity))

    async def _demo(self, request: Request, stage: Stage) -> Response:
        seats = stage.seats()
        wanted = request.query_params.get("chat", "")
        cast = _cast(seats, request, wanted)
        columns = [await self._column(request, _seated(cast[part]), seats, wanted) for part in PARTS if part in cast]
        ends = {chat: await self._end_of(chat) for seat in seats for chat, _ in seat.chats}
        watched = {(seat.part, chat): (seat.person, ends[chat]) for seat in reversed(seats) for chat, _ in seat.chats}
        played = {s.person for s in cast.values()}
        return self.html(request, "demo.html", columns=columns, seats=seats, cast=played, watched=watched)

    async def _end_of(self, chat: str) -> int:
        """The last change of a chat: who looks on from here misses nothing and hears nothing twice."""
        end = 0
        async for _, change, _ in self._messenger.history(chat):
            end = change
        return end

    async def _column(self, request: Request, viewer: Viewer, seats: Sequence[Seat], chat: str = "") -> Markup:
        if not viewer.sees(chat):
            chat = viewer.direct if viewer.part == "manager" or not viewer.chats else viewer.chats[0][0]
        pane = await self._pane(request, viewer, chat)
        peers = [seat for seat in seats if seat.part == viewer.part]
        return self.piece(request, "column.html", viewer=viewer, chat=chat, pane=pane, peers=peers)

    async def _pane(self, request: Request, viewer: Viewer, chat: str) -> Markup:
        look = self.look(request)
        latest: dict[int, Mapping[str, Any]] = {}
        cursor = 0
        async for entry, change, body in self._messenger.history(chat):
            latest[entry] = body
            cursor = max(cursor, change)
        shown = sorted(latest.items())[-SHOWN:]
        entries = [render.entry(chat, entry, body, look) for entry, body in shown]
        title = dict(viewer.chats).get(chat, chat)
        return self.piece(request, "pane.html", viewer=viewer, chat=chat, title=title, entries=entries, cursor=cursor)

    async def _pane_alone(self, request: Request) -> Response:
        viewer = await self.viewer(request, request.query_params.get("as", ""))
        chat = request.query_params.get("chat", "")
        self._must_see(request, viewer, chat)
        return Response(await self._pane(request, viewer, chat), media_type="text/html")

    def today(self) -> date:
        """The desk's day, in its own zone where it is known."""
        zone = ZoneInfo(self._stage.zone()) if self._stage else UTC
        return self._clock.now().astimezone(zone).date()

    async def readers(self, request: Request) -> Sequence[Viewer]:
        """Who may be reading: in the demo, everybody whom the visitor plays."""
        if self._stage is None:
            return [await self.viewer(request)]
        return [_seated(seat) for seat in _cast(self._stage.seats(), request).values()]

    async def reading(self, request: Request) -> Viewer:
        """The viewer of a page that has an address of its own; the demo falls back to whom the visitor plays."""
        person = request.query_params.get("as", "")
        if self._stage is not None and not person:
            cast = _cast(self._stage.seats(), request)
            person = cast[next(part for part in ("member", *PARTS) if part in cast)].person
        return await self.viewer(request, person)

    # Signing in: the link is only redeemed by a press, since chat platforms open links to preview them.

    def _signed_out(self, request: Request) -> Response:
        say = self.look(request).say
        lines = (
            say("This page has no passwords. Send this line to Deskbell in Slack or Telegram:"),
            "/desk page",
            say("The answer is a personal link. It works once, and only for a short time."),
        )
        return self.html(request, "notice.html", 200, title=say("Sign in from chat"), lines=lines)

    async def _door(self, request: Request) -> Response:
        return self.html(request, "door.html", action=f"/in/{quote(request.path_params['secret'], safe='')}")

    async def _enter(self, request: Request) -> Response:
        session = await self._reader.redeem(request.path_params["secret"])
        if session is None:
            say = self.look(request).say
            lines = (say("Links work once and only for a short time. Send this line for a new one:"), "/desk page")
            return self.html(request, "notice.html", 410, title=say("This link no longer works"), lines=lines)
        response = RedirectResponse("/", 303)
        response.set_cookie(
            self._cookie, session, max_age=SESSION_SECONDS, httponly=True, secure=self._secure, samesite="lax", path="/"
        )
        return response

    async def _leave(self, request: Request) -> Response:  # noqa: ARG002 - a handler takes the request
        response = RedirectResponse("/", 303)
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="lax")
        return response

    # Saying, pressing, filling.

    async def _say(self, request: Request) -> Response:
        payload, viewer, look = await self._spoken(request)
        line = hear.text_of(payload, "text")
        files = await self._filing.handed(payload, viewer)
        if not line.strip() and not files:
            raise hear.PayloadError("text")
        try:
            said = hear.said(line, files)
        except hear.UnknownCommandError as unknown:
            text = look.say("There is no command {command}. Commands begin with /request or /desk.", command=unknown)
            raise HttpError(422, text) from None
        return await self._heard(payload, viewer, look, said)

    async def _press(self, request: Request) -> Response:
        payload, viewer, look = await self._spoken(request)
        return await self._heard(payload, viewer, look, hear.pressed(payload))

    async def _fill(self, request: Request) -> Response:
        payload, viewer, look = await self._spoken(request)
        files = await self._filing.handed(payload, viewer)
        return await self._heard(payload, viewer, look, hear.filled(payload, files))

    async def _spoken(self, request: Request) -> tuple[Mapping[str, Any], Viewer, Look]:
        payload = await read_payload(request)
        viewer = await self.viewer(request, hear.text_of(payload, "as"))
        self._must_see(request, viewer, hear.text_of(payload, "chat"))
        return payload, viewer, self.look(request)

    async def _heard(self, payload: Mapping[str, Any], viewer: Viewer, look: Look, content: Content) -> Response:
        envelope = hear.envelope(payload, viewer.identity, content, look.lang, viewer.name)
        try:
            if isinstance(content, Said) and not content.command:
                shown = "\n".join(filter(None, (content.text, *(f"📎 {file.name}" for file in content.files))))
                await self._messenger.say(
                    envelope.address.chat, viewer.person, viewer.name, shown, envelope.key, envelope.reply_to
                )
            if self._desk is None:
                raise ConnectionError("not started")
            answer = await self._desk.hear(envelope)
        except Exception:
            log.exception("web.not_heard", key=envelope.key)
            raise HttpError(503, look.say("The desk did not answer. Your text is kept; send it again.")) from None
        return JSONResponse(_answered(answer, look))

    def _must_see(self, request: Request, viewer: Viewer, chat: str) -> None:
        if not viewer.sees(chat):
            raise HttpError(403, self.look(request).say("There is nothing here for you to see."))

    # The stream: entries that are new or changed, and the desk's time.

    async def _events(self, request: Request) -> Response:
        """`as`, `chat`, `after` come in threes, one for each chat of the page; a reconnect resumes by its last id."""
        asked = request.query_params
        after = dict(zip(asked.getlist("chat"), map(_whole, asked.getlist("after")), strict=False))
        for person, chat in zip(asked.getlist("as"), asked.getlist("chat"), strict=False):
            self._must_see(request, await self.viewer(request, person), chat)
        if not after or len(asked.getlist("as")) != len(asked.getlist("chat")) or len(after) > CHATS:
            raise HttpError(400, "chat")
        if len(self._messenger.ears) >= STREAMS:
            raise HttpError(503, "full")
        last = dict(parse_qsl(request.headers.get("last-event-id", "")))
        cursors = {chat: max(start, _whole(last.get(chat, "0"))) for chat, start in after.items()}
        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(self._stream(request, cursors), 200, headers, "text/event-stream")

    async def _stream(self, request: Request, cursors: dict[str, int]) -> AsyncIterator[str]:
        look = self.look(request)
        ears = self._messenger.ears
        looks = 0
        turns = -1
        with ears.listening() as woken:
            yield "retry: 1500\n\n"
            while not ears.closing:
                woken.clear()
                for chat in cursors:
                    async for entry, change, body in self._messenger.history(chat, cursors[chat]):
                        cursors[chat] = change
                        yield _event("entry", _shown(chat, entry, change, body, look), urlencode(cursors))
                if looks % BEATS == 0 or turns != self._turns:
                    if self._stage is None and await self._signed_in(request) is None:
                        return
                    yield _event("clock", self._time())
                    turns = self._turns
                looks += 1
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN):  # `wait_for` may forget that it was cancelled
                        await woken.wait()

    # The demo's stage.

    def _time(self) -> dict[str, float]:
        return {
            "now": self._clock.now().timestamp() * 1000,
            "speed": self._stage.speed() if self._stage else 1,
        }

    async def _turn_speed(self, request: Request) -> Response:
        factor = (await read_payload(request)).get("factor")
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor <= 3600:
            raise hear.PayloadError("factor")
        self._staged().set_speed(float(factor))
        self._turned()
        return JSONResponse(self._time())

    async def _jump(self, request: Request) -> Response:
        await read_payload(request)
        look = self.look(request)
        at = await self._staged().jump()
        self._turned()
        if at is None:
            toast = look.say("Nothing is due. File a request first.")
        else:
            toast = look.say("The clock now stands at {time}.", time=look.say.when(at, look.zone))
        return JSONResponse({**self._time(), "toast": toast})

    async def _be(self, request: Request) -> Response:
        """Somebody else takes the column of their part."""
        payload = await read_payload(request)
        viewer = await self.viewer(request, hear.text_of(payload, "person"))
        seats = self._staged().seats()
        cast = {part: seat.person for part, seat in _cast(seats, request).items()} | {viewer.part: viewer.person}
        column = await self._column(request, viewer, seats, hear.text_of(payload, "chat"))
        response = JSONResponse({"part": viewer.part, "html": column})
        people = quote(urlencode(cast))
        response.set_cookie("deskbell_cast", people, max_age=_YEAR, samesite="lax", path="/")
        return response

    def _turned(self) -> None:
        self._turns += 1
        self._messenger.ears.wake()

    def _staged(self) -> Stage:
        assert self._stage is not None
        return self._stage

    # Templates and files.

    async def _static(self, request: Request) -> Response:
        found = self._files.get(request.path_params["file"])
        if found is None:
            raise HttpError(404, "")
        data, kind, etag = found
        headers = {"etag": etag, "cache-control": "no-cache"}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers, media_type=kind)

    def html(self, request: Request, template: str, status: int = 200, /, **facts: Any) -> Response:
        """A whole page."""
        return Response(self.piece(request, template, **facts), status, media_type="text/html")

    def piece(self, request: Request, template: str, /, **facts: Any) -> Markup:
        """A part of a page, for a script that puts it in place."""
        look = self.look(request)
        page = self._pages.get_template(template)
        return Markup(  # rendered by Jinja with autoescape
            page.render(
                t=look.say,
                lang=look.lang,
                zone=look.zone,
                zone_name=look.say.zone(look.zone) if look.zone else "",
                theme=theme(request),
                demo=self._stage is not None,
                file_limit=self._filing.limit,
                time=self._time(),
                **facts,
            )
        )


def _answered(answer: Answer, look: Look) -> dict[str, Any]:
    return {
        "html": render.answer(answer, look),
        "toast": answer.toast,
        "errors": dict(answer.errors or {}),
        "form": answer.form is not None,
    }


def _shown(chat: str, entry: int, change: int, body: Mapping[str, Any], look: Look) -> dict[str, Any]:
    fresh = "edited" not in body
    html = render.entry(chat, entry, body, look)
    number = str(entry)  # 64 bits, which a script would round
    return {"chat": chat, "entry": number, "change": change, "fresh": fresh, "html": html}


def _event(kind: str, data: Mapping[str, Any], event_id: str = "") -> str:
    line = f"id: {event_id}\n" if event_id else ""
    return f"{line}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _seated(seat: Seat) -> Viewer:
    return Viewer(hear.identity(seat.person), seat.name, seat.part, seat.chats)


def _cast(seats: Sequence[Seat], request: Request, chat: str = "") -> dict[str, Seat]:
    """Who plays each part: who sees the chat that is asked for, the visitor's choice, else somebody who speaks the page's
    language, else the first."""
    chosen = dict(parse_qsl(unquote(request.cookies.get("deskbell_cast", ""))))
    lang = language(request)
    cast = {}
    for part in PARTS:
        able = [seat for seat in seats if seat.part == part]
        sees = {seat.person for seat in able if any(chat == one for one, _ in seat.chats)}
        able.sort(
            key=lambda seat: (
                bool(sees) and seat.person not in sees,
                seat.person != chosen.get(part),
                nearest(seat.lang) != lang,
            )
        )
        if able:
            cast[part] = able[0]
    return cast


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
