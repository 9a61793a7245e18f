"""Other people's servers: what speaks Slack's or Telegram's API, but tells no more than a desk needs, or less."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

import pytest
from aiohttp import web

from adapters.slack import SlackSettings
from adapters.slack import connect as connect_slack
from adapters.slack.envelope import Account, of_action, of_command, of_event, of_view
from adapters.telegram import TelegramSettings
from adapters.telegram import app as telegram_app
from adapters.telegram import connect as connect_telegram
from core.errors import DeliveryError, Outcome
from core.model.parties import Address, Identity
from core.ports import Pressed, Said
from core.say.message import Answer, Message, Paragraph, Plain
from tests.adapters.test_telegram import Clock, Desk, Notes

GROUP, RAJ = -100_123, 71
HELLO = Message("hello", (Paragraph((Plain("hello"),)),))
COMMANDS = {"/request": "request", "/desk": "desk"}
US = Account("T1", "U0BOT")

Says = Any | Callable[[dict[str, Any]], Any]


async def _no_socket(_: web.Request) -> web.StreamResponse:
    return web.Response(status=404)


class Sparse:
    """Answers a method by what it was given for it, and with "no such method" otherwise."""

    def __init__(self, answers: Mapping[str, Says], missing: Callable[[], web.Response]) -> None:
        self.answers = dict(answers)
        self.missing = missing
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.called = asyncio.Event()
        self.url = ""
        self.sockets: Callable[[web.Request], Any] = _no_socket

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{where}/{method}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "link":
            shown: web.StreamResponse = await self.sockets(request)
            return shown
        asked = await request.json() if request.content_type == "application/json" else dict(await request.post())
        self.calls.append((method, asked))
        self.called.set()
        if method not in self.answers:
            return self.missing()
        answer = self.answers[method]
        return web.json_response(answer(asked) if callable(answer) else answer)

    def times(self, method: str) -> int:
        return Counter(name for name, _ in self.calls)[method]

    async def until(self, method: str, times: int = 1) -> None:
        async with asyncio.timeout(5):
            while self.times(method) < times:
                self.called.clear()
                await self.called.wait()


# -- Telegram


def _ok(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def _not_found() -> web.Response:
    return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)


@asynccontextmanager
async def hearing(desk: Desk, **answers: Says) -> AsyncIterator[tuple[Sparse, Any]]:
    """An adapter on a server that knows who the bot is, sends messages and has no updates; more is told by a test."""
    least = {"getMe": _ok({"id": 777}), "sendMessage": _ok({"message_id": 5}), "getUpdates": _ok([])}
    async with Sparse(least | answers, _not_found) as server:
        settings = TelegramSettings("777:token", server.url)
        adapter: Any = connect_telegram(settings, memory=Notes(), clock=Clock())
        await adapter.start(desk)
        running = asyncio.create_task(adapter.run())
        try:
            yield server, adapter
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await adapter.stop()


def _once(*updates: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    """Until they are confirmed, as Telegram does it."""
    return lambda asked: _ok([one for one in updates if one["update_id"] >= int(asked.get("offset") or 0)])


async def test_methods_that_a_server_lacks_do_not_stop_the_desk(capsys: pytest.CaptureFixture[str]) -> None:
    async with hearing(Desk()) as (server, adapter):
        await server.until("getUpdates")
        receipt = await adapter.post(Address("telegram", "", str(GROUP)), HELLO, "k")
    assert receipt == f"{GROUP}:5", "an id is all that a sent message has to tell"
    assert (server.times("deleteWebhook"), server.times("setMyCommands")) == (1, 1)
    assert capsys.readouterr().out.count("telegram.method_missing") == 2, "one line for each"


async def test_a_server_without_edits_refuses_them_one_by_one() -> None:
    async with hearing(Desk()) as (_, adapter):
        with pytest.raises(DeliveryError) as refused:
            await adapter.edit(Address("telegram", "", str(GROUP)), f"{GROUP}:5", HELLO)
    assert refused.value.outcome is Outcome.REJECTED, "the platform is not down for it"


async def test_an_edit_may_be_answered_by_next_to_nothing() -> None:
    async with hearing(Desk(), editMessageText=_ok({"message_id": 5})) as (_, adapter):
        assert await adapter.edit(Address("telegram", "", str(GROUP)), f"{GROUP}:5", HELLO) == f"{GROUP}:5"


async def test_a_server_that_does_not_hold_its_polls_is_not_asked_without_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telegram_app, "BETWEEN", 3600.0)
    async with hearing(Desk()) as (server, adapter):
        await server.until("getUpdates")
        for _ in range(10):
            await adapter.post(Address("telegram", "", str(GROUP)), HELLO, "k")
        assert server.times("getUpdates") == 1


async def test_what_is_new_is_asked_for_without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_app, "BETWEEN", 3600.0)
    update = {"update_id": 8, "message": {"message_id": 1, "from": {"id": RAJ}, "chat": {"id": RAJ}, "text": "hi"}}
    async with hearing(Desk(), getUpdates=_once(update)) as (server, _):
        await server.until("getUpdates", 2)
        assert server.calls[-1][1]["offset"] == "9"


async def test_nonsense_for_updates_is_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_app.Backoff, "floor", 0.01)
    update = {"update_id": 8, "message": {"message_id": 1, "from": {"id": RAJ}, "chat": {"id": RAJ}, "text": "hi"}}
    answers = iter([_ok(None), _ok([{"no": "number"}]), [], {"ok": True}])
    desk = Desk()
    monkeypatch.setattr(telegram_app, "BETWEEN", 0.0)
    later = _once(update)
    async with hearing(desk, getUpdates=lambda asked: next(answers, None) or later(asked)) as (server, _):
        await server.until("getUpdates", 6)
    assert desk.contents == [Said("", "hi")]


async def test_an_update_is_heard_by_what_it_has() -> None:
    """No date, no type of chat, no word on who is a bot; a press with nothing but its data."""
    said = {"message_id": 1, "from": {"id": RAJ}, "chat": {"id": GROUP}, "text": "/request printer on fire"}
    pressed = {"id": "q1", "from": {"id": RAJ}, "data": "token", "message": {"message_id": 2, "chat": {"id": GROUP}}}
    unknown = {"update_id": 3, "something_new": {"text": "/request x"}}
    updates = ({"update_id": 1, "message": said}, {"update_id": 2, "callback_query": pressed}, unknown)
    desk = Desk((Pressed("token"), Answer(toast="Done")))
    async with hearing(desk, getUpdates=_once(*updates)) as (server, _):
        await server.until("answerCallbackQuery")
    assert desk.contents == [Said("request", "printer on fire"), Pressed("token")]
    assert {one.address for one in desk.heard} == {Address("telegram", "", str(GROUP))}
    assert desk.heard[0].said_at is None, "nobody told when"


async def test_numbers_that_begin_anew_do_not_silence_what_is_said() -> None:
    """A server that was started again counts from one; the desk's database still knows the first one."""
    first = {"message_id": 1, "date": 100, "from": {"id": RAJ}, "chat": {"id": RAJ}, "text": "hi"}
    desk = Desk()
    for said in (first, first, first | {"date": 200, "text": "hello"}):
        async with hearing(desk, getUpdates=_once({"update_id": 1, "message": said})) as (server, _):
            await server.until("getUpdates", 2)
    assert desk.contents == [Said("", "hi"), Said("", "hello")]


async def test_a_server_that_is_not_telegram_is_named() -> None:
    async with Sparse({}, _not_found) as server:
        adapter = connect_telegram(TelegramSettings("777:token", server.url), memory=Notes(), clock=Clock())
        with pytest.raises(DeliveryError) as refused:
            await adapter.start(Desk())
    assert refused.value.outcome is Outcome.DEAD
    assert "TELEGRAM_API_URL" in refused.value.reason


# -- Slack


def _unknown() -> web.Response:
    return web.json_response({"ok": False, "error": "unknown_method"})


@asynccontextmanager
async def speaking(**answers: Says) -> AsyncIterator[tuple[Sparse, Any]]:
    least = {"auth.test": {"ok": True, "team_id": "T1", "user_id": "U0BOT"}}
    dotted = {name.replace("_", "."): answer for name, answer in answers.items()}
    async with Sparse(least | dotted, _unknown) as server:
        settings = SlackSettings("xoxb-1", signing_secret="secret", api_url=f"{server.url}/api/")
        adapter: Any = connect_slack(settings, memory=Notes(), clock=Clock())
        try:
            await adapter.start(Desk())
            yield server, adapter
        finally:
            await adapter.stop()


async def test_slack_a_post_and_an_edit_need_no_more_than_a_time_stamp() -> None:
    place = Address("slack", "T1", "C1")
    async with speaking(chat_postMessage={"ok": True, "ts": "1.2"}, chat_update={"ok": True}) as (_, adapter):
        receipt = await adapter.post(place, HELLO, "k")
        assert receipt == "C1:1.2"
        assert await adapter.edit(place, receipt, HELLO) == "C1:1.2"


async def test_slack_a_post_without_a_time_stamp_is_in_doubt() -> None:
    async with speaking(chat_postMessage={"ok": True}) as (_, adapter):
        with pytest.raises(DeliveryError) as failed:
            await adapter.post(Address("slack", "T1", "C1"), HELLO, "k")
    assert failed.value.outcome is Outcome.DOUBT


async def test_slack_what_one_alone_should_see_goes_to_them_where_there_is_no_such_message() -> None:
    opened = {"ok": True, "channel": {"id": "D1"}}
    async with speaking(chat_postMessage={"ok": True, "ts": "1.2"}, conversations_open=opened) as (server, adapter):
        await adapter._messenger.whisper(Address("slack", "T1", "C1"), "U1", HELLO)
    assert [(name, asked.get("channel")) for name, asked in server.calls[1:]] == [
        ("chat.postEphemeral", "C1"),
        ("conversations.open", None),
        ("chat.postMessage", "D1"),
    ]


@pytest.mark.parametrize(
    ("answer", "hint"), [({"ok": True, "user_id": "U0BOT"}, "team_id"), (None, "SLACK_API_URL")], ids=["no team", "404"]
)
async def test_slack_a_start_that_cannot_be_says_why(answer: Any, hint: str) -> None:
    missing = {"auth.test": answer} if answer else {}
    async with Sparse(missing, lambda: web.Response(status=404, text="nothing here")) as server:
        settings = SlackSettings("xoxb-1", signing_secret="secret", api_url=f"{server.url}/api/")
        adapter = connect_slack(settings, memory=Notes(), clock=Clock())
        with pytest.raises(DeliveryError) as refused:
            await adapter.start(Desk())
    assert refused.value.outcome is Outcome.DEAD
    assert hint in refused.value.reason


async def test_slack_a_socket_that_never_says_goodbye_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.app.GRACE", 0.05)
    opened, left = asyncio.Event(), asyncio.Event()

    async def silent(request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(autoclose=False)
        await ws.prepare(request)
        opened.set()
        await left.wait()
        return ws

    async with Sparse({"auth.test": {"ok": True, "team_id": "T1", "user_id": "U0BOT"}}, _unknown) as server:
        server.sockets = silent
        server.answers["apps.connections.open"] = {"ok": True, "url": f"ws{server.url[4:]}/api/link"}
        settings = SlackSettings("xoxb-1", app_token="xapp-1", api_url=f"{server.url}/api/")
        adapter = connect_slack(settings, memory=Notes(), clock=Clock())
        await adapter.start(Desk())
        running = asyncio.create_task(adapter.run())
        async with asyncio.timeout(5):
            await opened.wait()
            await adapter.stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        left.set()


def _command(**fields: str) -> str:
    said = {
        "command": "/request",
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "text": "a",
        "trigger_id": "1.2",
    }
    heard = of_command(said | fields, US, COMMANDS)
    assert heard is not None
    return heard.key


@pytest.mark.parametrize("changed", [{"text": "b"}, {"user_id": "U2"}, {"channel_id": "C2"}, {"command": "/desk"}])
def test_slack_a_recorded_trigger_with_other_words_is_another_command(changed: dict[str, str]) -> None:
    assert _command() == _command()
    assert _command(**changed) != _command()


def test_slack_a_command_without_a_trigger_is_heard_each_time() -> None:
    assert _command(trigger_id="") != _command(trigger_id="")
    assert _command(trigger_id="", response_url="https://a/1") == _command(trigger_id="", response_url="https://a/1")


def test_slack_a_press_a_form_and_an_event_are_told_apart_by_what_they_say() -> None:
    def press(token: str) -> str:
        action = {"type": "button", "value": token}
        heard = of_action({"actions": [action], "user": {"id": "U1"}, "trigger_id": "1.2", "channel": {"id": "C1"}}, US)
        assert heard is not None
        return heard.key

    def form(token: str, user: str) -> str:
        view = {"private_metadata": f"{token}\nC1", "state": {"values": {}}}
        return of_view({"view": view, "user": {"id": user}}, US).key

    def event(ts: str) -> str:
        said = {"type": "app_mention", "user": "U1", "channel": "C1", "text": "<@U0BOT> hi", "ts": ts}
        heard = of_event({"event": said, "team_id": "T1"}, US)
        assert heard is not None
        assert heard.identity == Identity("slack", "T1", "U1")
        return heard.key

    assert len({press("a"), press("a"), press("b")}) == 2
    assert len({form("a", "U1"), form("a", "U1"), form("b", "U1"), form("a", "U2")}) == 3
    assert len({event("1.1"), event("1.1"), event("1.2")}) == 2
