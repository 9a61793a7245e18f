"""Telegram: the real adapter against the double, over HTTP."""

from __future__ import annotations

import asyncio
import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from starlette.applications import Starlette
from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from adapters.telegram import TelegramSettings, connect
from adapters.telegram.app import SECRET_HEADER, Backoff, TelegramAdapter
from adapters.telegram.envelope import COMMANDS, Me, Prompt, read
from adapters.telegram.messenger import FloodError, _raise_for_status, classify
from adapters.telegram.render import graphemes, render, shorten, units
from core import ports
from core.errors import DeliveryError, MessageLost, Moved, Outcome, Unverifiable
from core.model.parties import Address, Identity
from core.ports import ChatBack, ChatGone, ChatMoved, Content, Envelope, Filled, Pressed, Said
from core.say.message import (
    Action,
    Actions,
    Answer,
    Bold,
    Button,
    Context,
    Field,
    Fields,
    Form,
    Gauge,
    Header,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Plain,
    Quote,
    When,
)
from core.say.words import words
from tests.adapters.contract import RETRY_AFTER, AdapterContract, RecordingDesk
from tests.doubles.telegram import Fault, Group, TelegramDouble, User
from tests.doubles.telegram_html import parse_html
from tests.doubles.telegram_rules import Refusal

GOLDENS = Path(__file__).parent / "goldens" / "telegram"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "a-webhook-secret"


# -- the other side of the adapter


class Clock:
    """Stands still unless turned."""

    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at


class Notes(dict[str, str]):
    """A Memory that outlives the adapter."""

    async def recall(self, name: str) -> str | None:
        return self.get(name)

    async def remember(self, name: str, value: str) -> None:
        self[name] = value


class Desk:
    """Keeps what it heard by key, as the real one; each pair says what to answer to which content."""

    def __init__(self, *answers: tuple[Content, Answer], broken: Callable[[Envelope], bool] = lambda _: False) -> None:
        self.answers = answers
        self.broken = broken
        self.heard: list[Envelope] = []
        self.times = 0

    async def hear(self, envelope: Envelope) -> Answer:
        self.times += 1
        if self.broken(envelope):
            raise RuntimeError("the store is broken")
        if envelope.key not in {one.key for one in self.heard}:
            self.heard.append(envelope)
        return next((answer for content, answer in self.answers if content == envelope.content), Answer())

    @property
    def contents(self) -> list[object]:
        return [one.content for one in self.heard]


class Phone:
    """A driver of the contract: Ann, Bob and their team on the double."""

    def __init__(self, telegram: TelegramDouble, adapter: TelegramAdapter) -> None:
        self.telegram = telegram
        self.adapter = adapter
        self.secrets = (telegram.token, telegram.token.partition(":")[2])
        self.users = {"ann": telegram.add_user(71, "Ann"), "bob": telegram.add_user(72, "Bob", "zh")}
        self.team = telegram.add_group(-100_200_000_0001, "Team", list(self.users.values()))

    def identity(self, user: str) -> Identity:
        return Identity("telegram", "", str(self.users[user].id))

    def address(self, chat: str) -> Address:
        return Address.direct(self.identity(chat)) if chat in self.users else Address("telegram", "", str(self.team.id))

    def _place(self, chat: str) -> User | Group:
        return self.users.get(chat) or self.team

    async def says(self, user: str, chat: str, text: str) -> None:
        self.telegram.say(self.users[user], self._place(chat), text.replace("@bot", f"@{self.telegram.username}"))
        await self.telegram.settled()

    async def replies(self, user: str, chat: str, receipt: str, text: str) -> None:
        self.telegram.say(self.users[user], self._place(chat), text, reply_to=int(receipt.split(":")[1]))
        await self.telegram.settled()

    async def clicks(self, user: str, chat: str, label: str) -> None:
        place = self._place(chat)
        shown = next(one for one in reversed(self.telegram.shown(place)) if label in one.buttons)
        await self.telegram.press(self.users[user], place, shown.message_id, label)
        await self.telegram.settled()

    async def fills(self, user: str, values: Mapping[str, str]) -> None:
        raise NotImplementedError("there are no forms on Telegram")

    async def again(self) -> None:
        self.telegram.redeliver()
        await self.telegram.settled()

    async def shown(self, chat: str, to: str = "") -> list[str]:
        """As drawn: the joiner that keeps an @name from being a mention has no width."""
        return [one.text.replace("\u2060", "") for one in self.telegram.shown(self._place(chat))]

    async def buttons(self, chat: str, to: str = "") -> list[str]:
        return [label for one in self.telegram.shown(self._place(chat)) for label in one.buttons]

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        return self.telegram.pictures(self._place(chat))

    async def pings(self, chat: str) -> list[str]:
        shown = self.telegram.shown(self._place(chat))
        links = [str(one.get("url", "")) for message in shown for one in message.entities]
        names = [name for message in shown for name in re.findall(r"(?<!\w)@[A-Za-z]\w{3,}", message.text)]
        return names + [url.removeprefix("tg://user?id=") for url in links if url.startswith("tg://user?id=")]

    async def deletes(self, chat: str, receipt: str) -> None:
        message = self.telegram.world.find(self._place(chat).id, int(receipt.split(":")[1]))
        assert message is not None
        self.telegram.world.remove(message)

    def fails_next(self, kind: str) -> None:
        """Fails the next call, whichever method it is: only then is it known whether that is a post or an edit."""
        assert self.adapter._bot is not None
        if kind == "picture":
            self.telegram.fail_next("sendPhoto", "500")
            return
        request = self.adapter._bot._request[1]
        ordinary = request.do_request

        async def failing(url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
            del request.do_request
            if kind == "refused":
                with socket.socket() as held:
                    held.bind(("127.0.0.1", 0))
                    return await ordinary(f"http://127.0.0.1:{held.getsockname()[1]}/", *args, **more)
            self._script(url.rpartition("/")[2], kind)
            return await ordinary(url, *args, **more)

        request.do_request = failing  # type: ignore[method-assign]

    def _script(self, method: str, kind: str) -> None:
        refusals = {
            "gone": Refusal(403, "Forbidden: bot was kicked from the supergroup chat"),
            "unauthorised": Refusal(401, "Unauthorized"),
        }
        if kind == "rate_limited":
            self.telegram.limit_next(method, RETRY_AFTER)
        elif kind in refusals:
            self.telegram._faults[method.lower()].append(Fault(refusal=refusals[kind]))
        else:
            self.telegram.fail_next(method, {"reset": "reset_after", "server_error": "502"}[kind])

    def sends(self) -> int:
        return sum(len(self.telegram.calls_to(method)) for method in ("sendMessage", "editMessageText"))

    def stranger(self) -> TelegramAdapter:
        return _adapter(self.telegram, token="123456:somebody-elses-token")


class TestTelegram(AdapterContract):
    @pytest.fixture
    async def platform(self, telegram: TelegramDouble, desk: RecordingDesk) -> AsyncIterator[Phone]:
        async with running(telegram, desk) as adapter:
            yield Phone(telegram, adapter)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backoff, "floor", 0.01)
    monkeypatch.setattr(Backoff, "cap", 0.05)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@asynccontextmanager
async def running(
    telegram: TelegramDouble, desk: ports.Desk, notes: Notes | None = None, clock: Clock | None = None
) -> AsyncIterator[TelegramAdapter]:
    adapter = _adapter(telegram, notes, clock)
    await adapter.start(desk)
    hearing = asyncio.create_task(adapter.run())
    try:
        yield adapter
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await adapter.stop()


def _adapter(
    telegram: TelegramDouble, notes: Notes | None = None, clock: Clock | None = None, **settings: str
) -> TelegramAdapter:
    chosen = TelegramSettings(**({"token": telegram.token, "api_url": telegram.url} | settings))
    adapter = connect(chosen, memory=notes if notes is not None else Notes(), clock=clock or Clock())
    assert isinstance(adapter, TelegramAdapter)
    return adapter


@asynccontextmanager
async def served(telegram: TelegramDouble, desk: Desk) -> AsyncIterator[str]:
    """The adapter behind a real HTTP server; yields the URL of its webhook."""
    adapter = _adapter(telegram, webhook_secret=SECRET, webhook_url="https://desk.example/telegram/webhook")
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=adapter.routes()), port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(5):
        while not server.started:  # noqa: ASYNC110 -- uvicorn has no event for it
            await asyncio.sleep(0.005)
    local = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    telegram.route("https://desk.example", local)
    await adapter.start(desk)
    try:
        yield f"{local}/telegram/webhook"
    finally:
        await adapter.stop()
        server.should_exit = True
        await serving


def sentence(text: str, *buttons: Button) -> Message:
    blocks = (Paragraph((Plain(text),)), Actions(buttons)) if buttons else (Paragraph((Plain(text),)),)
    return Message(text, blocks)


def button(label: str, token: str = "token-1") -> Button:
    return Button(label, Action("do"), token=token)


# -- what is heard


async def test_a_private_line_is_heard_with_its_author_and_language(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li", "zh")
    async with running(telegram, desk):
        telegram.say(li, li, "打印机坏了")
        await telegram.settled()
    (heard,) = desk.heard
    assert heard.content == Said("", "打印机坏了")
    assert heard.identity == Identity("telegram", "", "7")
    assert heard.address == Address.direct(heard.identity)
    assert (heard.lang, heard.name) == ("zh", "Li")
    assert heard.key.startswith("telegram:123456:")


COMMAND_CASES = [
    ("/request Printer on fire\nfloor 3", Said("request", "Printer on fire\nfloor 3")),
    ("/request@deskbell_test_bot  !high billing", Said("request", "!high billing")),
    ("/REQUEST x", Said("request", "x")),
    ("/request", Said("request", "")),
    ("/my", Said("request", "list")),
    ("/status 42", Said("request", "status 42")),
    ("/rate 42 5", Said("request", "rate 42 5")),
    ("/start", Said("request", "help")),
    ("/start L_abc", Said("request", "link L_abc")),
    ("/link 1234", Said("request", "link 1234")),
    ("/start s_drawings", Said("request", "menu drawings")),
    ("/settings", Said("request", "settings")),
    ("/settings digest mute", Said("request", "settings digest mute")),
    ("/drafts", Said("request", "drafts")),
    ("/due 42 fri 17:00", Said("request", "due 42 fri 17:00")),
    ("/scope", Said("desk", "scope")),
    ("/quote 42 Two flights: 3,200", Said("desk", "quote 42 Two flights: 3,200")),
    ("/desk", Said("desk", "")),
    ("/desk take 42", Said("desk", "take 42")),
    ("/mine", Said("desk", "")),
    ("/take 42", Said("desk", "take 42")),
    ("/resolve 42 new cable\nin room 3", Said("desk", "resolve 42 new cable\nin room 3")),
    ("/breaches", Said("desk", "breaches")),
    ("/usr/bin is full", Said("", "/usr/bin is full")),
    ("/printer broken", Said("", "/printer broken")),
    ("/take@another_bot 42", None),
]


@pytest.mark.parametrize(("text", "content"), COMMAND_CASES)
def test_each_command_asks_its_words(text: str, content: Said | None) -> None:
    heard = read(_update(text), Me(123456, "deskbell_test_bot"))
    assert (heard.content if heard else None) == content


def _update(text: str = "", /, **more: Any) -> Update:
    person = {"id": 7, "is_bot": False, "first_name": "Li"}
    message = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "from": person, "text": text} | more
    return Update.de_json({"update_id": 1, "message": message}, None)


GROUP = {"id": -100, "type": "supergroup", "title": "Team"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
OURS = {
    "message_id": 2,
    "date": 1,
    "chat": GROUP,
    "from": {"id": 123456, "is_bot": True, "first_name": "Deskbell"},
}
THEIRS = {"message_id": 3, "date": 1, "chat": GROUP, "from": {"id": 8, "is_bot": False, "first_name": "W"}}
GROUP_CASES: dict[str, tuple[dict[str, Any], Content | None]] = {
    "words among people": ({"text": "lunch?"}, None),
    "a mention": ({"text": "@Deskbell_test_bot: the printer"}, Said("", "the printer")),
    "a mention inside": ({"text": "the printer @deskbell_test_bot"}, Said("", "the printer")),
    "only a mention": ({"text": "@deskbell_test_bot"}, Said("request", "help")),
    "an unknown command": ({"text": "/weather"}, None),
    "an unknown command to us": ({"text": "/weather@deskbell_test_bot"}, Said("", "/weather@deskbell_test_bot")),
    "a reply to us": ({"text": "done", "reply_to_message": OURS | {"text": "card"}}, Said("", "done")),
    "a reply to somebody": ({"text": "done", "reply_to_message": THEIRS | {"text": "hi"}}, None),
    "a topic we opened": (
        {"text": "hi", "reply_to_message": OURS | {"forum_topic_created": {"name": "t", "icon_color": 0}}},
        None,
    ),
    "filing another's words": (
        {"text": "/request", "reply_to_message": THEIRS | {"text": "no network"}},
        Said("request", "no network"),
    ),
    "filing with own words": (
        {"text": "/request mine", "reply_to_message": THEIRS | {"text": "no network"}},
        Said("request", "mine"),
    ),
    "not filing our words": ({"text": "/request", "reply_to_message": OURS | {"text": "card"}}, Said("request", "")),
    "a caption": ({"text": None, "caption": "/request scratched"}, Said("request", "scratched")),
    "an anonymous administrator": ({"text": "/take 42", "sender_chat": GROUP}, None),
    "a channel that posts": ({"text": "/request x", "sender_chat": CHANNEL}, None),
    "another bot": ({"text": "/request x", "from": {"id": 9, "is_bot": True, "first_name": "B"}}, None),
    "nobody": ({"text": "/request x", "from": None}, None),
    "a service message": ({"text": None, "pinned_message": THEIRS | {"text": "x"}}, None),
    "migrated from": ({"text": None, "migrate_from_chat_id": -5}, None),
}


@pytest.mark.parametrize("case", GROUP_CASES)
def test_in_a_group_only_what_is_meant_for_the_desk_is_heard(case: str) -> None:
    given_message, content = GROUP_CASES[case]
    heard = read(_update(chat=GROUP, **given_message), Me(123456, "deskbell_test_bot"))
    assert (heard.content if heard else None) == content


def test_a_reply_to_the_bot_names_the_receipt() -> None:
    heard = read(_update("done", chat=GROUP, reply_to_message=OURS | {"text": "card"}), Me(123456, "b"))
    assert heard is not None
    assert heard.reply_to == "-100:2"
    assert heard.address == Address("telegram", "", "-100")


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post"])
def test_edits_and_channel_posts_file_nothing(kind: str) -> None:
    update = _update("/request x").to_dict()
    update[kind] = update.pop("message")
    assert read(Update.de_json(update, None), Me(1, "b")) is None


async def test_edited_messages_are_not_even_asked_for(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk):
        said = telegram.say(li, li, "the printer")
        await telegram.settled()
        assert telegram.edit(li, li, said.message_id, "/request the scanner").update_id is None
    assert desk.contents == [Said("", "the printer")]


async def test_blocking_and_coming_back(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    team = telegram.add_group(-100_200_000_0001, "Team", [li])
    async with running(telegram, desk):
        telegram.block(li)
        telegram.unblock(li)
        telegram.kick_bot(team)
        telegram.add_bot(team)
        telegram.add_bot(team, status="administrator")
        await telegram.settled()
    assert desk.contents == [ChatGone("blocked"), ChatBack(), ChatGone("kicked"), ChatBack()]
    assert [one.address.chat for one in desk.heard] == ["@7", "@7", str(team.id), str(team.id)]


async def test_a_group_that_became_a_supergroup_is_announced_under_its_old_address(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    team = telegram.add_group(-500, "Team", [li], kind="group")
    async with running(telegram, desk) as adapter:
        old = Address("telegram", "", "-500")
        receipt = await adapter.post(old, sentence("card"), "k1")
        moved = telegram.migrate(team)
        await telegram.settled()
        (heard,) = desk.heard
        assert heard.content == ChatMoved(Address("telegram", "", str(moved)))
        assert heard.address == old
        with pytest.raises(Moved) as where:
            await adapter.post(old, sentence("again"), "k2")
        assert where.value.to == Address("telegram", "", str(moved))
        with pytest.raises(MessageLost):
            await adapter.edit(where.value.to, receipt, sentence("edited"))


# -- long poll


async def test_the_offset_moves_only_after_the_desk_has_heard(telegram: TelegramDouble) -> None:
    """A crash between hearing and the offset: the update comes again, with one effect and one answer more at most."""
    li = telegram.add_user(7, "Li")
    content = Said("", "the printer")
    desk = Desk((content, Answer(message=sentence("Draft"))))
    notes = Notes()

    async def crash(name: str, value: str) -> None:
        raise asyncio.CancelledError

    first = _adapter(telegram, notes)
    await first.start(desk)
    first.memory.remember = crash  # type: ignore[method-assign]
    telegram.say(li, li, "the printer")
    with pytest.raises(asyncio.CancelledError):
        await first.run()
    await first.stop()
    assert "telegram:123456:offset" not in notes
    del first.memory.remember
    async with running(telegram, desk, notes):
        await telegram.settled()
    assert (desk.times, desk.contents) == (2, [content])
    assert notes["telegram:123456:offset"]


async def test_an_update_delivered_twice_is_answered_once(telegram: TelegramDouble) -> None:
    li = telegram.add_user(7, "Li")
    desk = Desk((Said("", "x"), Answer(message=sentence("Draft"))))
    async with running(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.settled()
        telegram.redeliver()
        await telegram.settled()
    assert desk.times == 2
    assert [one.text for one in telegram.shown(li)] == ["Draft"]


async def test_a_broken_store_holds_the_offset_until_it_works_again(telegram: TelegramDouble) -> None:
    li, wang = telegram.add_user(7, "Li"), telegram.add_user(8, "Wang")
    desk = Desk(broken=lambda one: one.identity.user == "7" and desk.times < 5)
    async with running(telegram, desk):
        telegram.say(li, li, "first")
        telegram.say(li, li, "second")
        telegram.say(wang, wang, "other")
        await telegram.settled()
    assert desk.contents == [Said("", "other"), Said("", "first"), Said("", "second")]


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_others(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    telegram.inbox.put("message", {"message_id": "?", "chat": "nonsense"})
    telegram.say(li, li, "hello")
    async with running(telegram, desk):
        await telegram.settled()
    assert desk.contents == [Said("", "hello")]


async def test_numbers_that_restart_lower_after_a_quiet_week_are_heard(telegram: TelegramDouble) -> None:
    desk, clock, notes = Desk(), Clock(), Notes()
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk, notes, clock):
        telegram.say(li, li, "before")
        await telegram.settled()
    clock.at += timedelta(days=8)
    telegram.restart_update_ids(1000)
    telegram.say(li, li, "after")
    async with running(telegram, desk, notes, clock):
        await telegram.attempted()
        await asyncio.sleep(0.05)
    assert desk.contents == [Said("", "before"), Said("", "after")]


async def test_a_second_poller_stands_down_and_nothing_is_heard_twice(telegram: TelegramDouble) -> None:
    def refused() -> int:
        return sum(call.status == 409 for call in telegram.calls_to("getUpdates"))

    desk = Desk()
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk), running(telegram, desk):
        await telegram.pulse.within(5, lambda: refused() > 0, lambda: "nobody stood down")
        for i in range(5):
            telegram.say(li, li, f"line {i}")
            await telegram.settled()
    assert desk.contents == [Said("", f"line {i}") for i in range(5)]


async def test_what_a_chat_is_told_on_coming_back(telegram: TelegramDouble) -> None:
    desk = Desk((ChatBack(), Answer(message=sentence("Hello again"))))
    li = telegram.add_user(7, "Li")
    team = telegram.add_group(-100_200_000_0001, "Team", [li], bot_in=False)
    async with running(telegram, desk):
        telegram.add_bot(team)
        await telegram.hears(team, "Hello again")


async def test_an_anonymous_administrator_is_told_why_nothing_happens(telegram: TelegramDouble) -> None:
    desk = Desk()
    team = telegram.add_group(-100_200_000_0001, "Team")
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    chat = telegram.world.chat_json(team.id)
    said = {"message_id": 1, "date": 1, "chat": chat, "sender_chat": chat, "from": anonymous}
    async with running(telegram, desk):
        telegram.inbox.put("message", said | {"text": "lunch?"})
        telegram.inbox.put("message", said | {"text": "/take 42"})
        await telegram.hears(team, "please write as yourself")
        await telegram.settled()
    assert desk.heard == []
    assert len(telegram.shown(team)) == 1


async def test_polling_outlives_faults(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    for fault in ("502_html", "reset_before", "429", "500"):
        telegram.fail_next("getUpdates", fault)
    async with running(telegram, desk):
        telegram.say(li, li, "hello")
        await telegram.settled()
    assert desk.contents == [Said("", "hello")]


async def test_it_stops_within_a_second(telegram: TelegramDouble) -> None:
    before = asyncio.get_running_loop().time()
    async with running(telegram, Desk()):
        await asyncio.sleep(0.05)
        before = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - before < 1


# -- webhook


async def test_the_webhook_hears_then_confirms(telegram: TelegramDouble) -> None:
    li = telegram.add_user(7, "Li")
    desk = Desk((Said("request", "x"), Answer(message=sentence("HX-1"))))
    async with served(telegram, desk):
        telegram.say(li, li, "/request x")
        await telegram.hears(li, "HX-1")
        await telegram.settled()
    assert desk.contents == [Said("request", "x")]
    assert telegram.inbox.allowed == ("message", "callback_query", "my_chat_member")


@pytest.mark.parametrize("secret", ["wrong", "missing"])
async def test_a_wrong_or_missing_secret_is_refused_unheard(
    telegram: TelegramDouble, secret: Any, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li")
    async with served(telegram, desk):
        telegram.send_secret(secret)
        telegram.say(li, li, "/request x")
        await telegram.attempted()
        assert [status for _, status in telegram.inbox.refused()] == [403]
        telegram.send_secret("right")
        telegram.redeliver()
        await telegram.settled()
    assert desk.times == 1
    assert "wrong-" not in caplog.text


async def test_the_webhook_refuses_what_is_no_update(telegram: TelegramDouble) -> None:
    right = {SECRET_HEADER: SECRET}
    async with served(telegram, Desk()) as url, aiohttp.ClientSession() as session:

        async def status(body: bytes | io.BytesIO, headers: dict[str, str] = right) -> int:
            async with session.post(url, data=body, headers=headers) as answer:
                return answer.status

        assert await status(b"{}", {}) == 403
        assert await status(io.BytesIO(b"x" * (1024 * 1024 + 1))) == 413
        assert await status(b"not json") == 400
        assert await status(b"[]") == 400
        assert await status(b'{"update_id": 1}') == 200


async def test_without_a_secret_of_its_own_the_webhook_lets_nobody_in(telegram: TelegramDouble) -> None:
    transport = httpx.ASGITransport(Starlette(routes=_adapter(telegram).routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        for headers in ({}, {SECRET_HEADER: ""}):
            assert (await client.post("/telegram/webhook", json={"update_id": 1}, headers=headers)).status_code == 403


async def test_an_answer_that_breaks_is_logged_and_stops_nothing(telegram: TelegramDouble) -> None:
    desk = Desk((Said("", "x"), Answer(message=sentence("Draft", button("Take", "too long " * 9)))))
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.settled()
        telegram.say(li, li, "y")
        await telegram.settled()
    assert desk.times == 2


async def test_a_webhook_that_could_not_commit_is_not_confirmed(telegram: TelegramDouble) -> None:
    desk = Desk(broken=lambda _: desk.times == 1)
    li = telegram.add_user(7, "Li")
    async with served(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.attempted()
        assert [status for _, status in telegram.inbox.refused()] == [500]
        telegram.redeliver()
        await telegram.settled()
    assert desk.contents == [Said("", "x")]


async def test_a_webhook_without_a_secret_is_refused_at_the_start(telegram: TelegramDouble) -> None:
    with pytest.raises(DeliveryError, match="TELEGRAM_WEBHOOK_SECRET"):
        await _adapter(telegram, webhook_url="https://desk.example/telegram/webhook").start(Desk())


# -- what is answered


async def test_a_message_bears_telegrams_own_time() -> None:
    desk, then = Desk(), datetime(2025, 11, 24, 16, tzinfo=UTC)
    async with TelegramDouble(clock=then.timestamp) as telegram, running(telegram, desk):
        li = telegram.add_user(7, "Li")
        telegram.say(li, li, "The third floor")
        await telegram.settled()
    assert [heard.said_at for heard in desk.heard] == [then]


async def test_a_press_is_answered_with_its_toast(telegram: TelegramDouble) -> None:
    desk = Desk((Pressed("token-1"), Answer(toast="Taken ✓")))
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk) as adapter:
        receipt = await adapter.post(Address("telegram", "", "@7"), sentence("card", button("Take")), "k")
        answer = await telegram.press(li, li, int(receipt.split(":")[1]), "Take")
        await telegram.settled()
    assert (answer.text, answer.show_alert) == ("Taken ✓", False)
    assert desk.heard[0].reply_to == receipt


async def test_a_press_without_words_still_stops_spinning(telegram: TelegramDouble) -> None:
    li = telegram.add_user(7, "Li")
    async with running(telegram, Desk()):
        answer = await telegram.forge_press(li, li, 999, "anything")
    assert answer.text == ""


async def test_a_long_toast_pops_up_and_is_cut(telegram: TelegramDouble) -> None:
    desk = Desk((Pressed("t"), Answer(toast="😀" * 300)))
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk):
        answer = await telegram.forge_press(li, li, 999, "t")
    assert answer.show_alert
    assert len(answer.text) <= 200


async def test_a_press_too_old_to_answer_is_heard_all_the_same(telegram: TelegramDouble) -> None:
    desk = Desk((Pressed("t"), Answer(message=sentence("Done"))))
    telegram.methods.query_ttl = -1
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk):
        telegram.forge_press(li, li, 999, "t")
        await telegram.hears(li, "Done")


async def test_in_a_group_an_answer_is_a_silent_reply(telegram: TelegramDouble) -> None:
    desk = Desk((Said("desk", "take 42"), Answer(message=sentence("Which 42?", button("HX-42")))))
    li = telegram.add_user(7, "Li")
    team = telegram.add_group(-100_200_000_0001, "Team", [li])
    async with running(telegram, desk):
        said = telegram.say(li, team, "/take 42")
        shown = await telegram.hears(team, "Which 42?")
    assert (shown.reply_to, shown.silent, shown.keyboard) == (said.message_id, True, ((("HX-42", "token-1"),),))


async def test_an_answer_in_a_topic_stays_there(telegram: TelegramDouble) -> None:
    desk = Desk((Said("desk", "queue"), Answer(toast="Empty")))
    li = telegram.add_user(7, "Li")
    team = telegram.add_group(-100_200_000_0001, "Team", [li], forum=True)
    topic = telegram.add_topic(team, "Printers")
    async with running(telegram, desk):
        telegram.say(li, team, "/queue", thread=topic)
        shown = await telegram.hears(team, "Empty")
    assert shown.thread in (topic, None)


async def test_an_answer_waits_out_a_flood_once(telegram: TelegramDouble) -> None:
    desk = Desk((Said("", "x"), Answer(message=sentence("Draft"))))
    li = telegram.add_user(7, "Li")
    telegram.limit_next("sendMessage", 1)
    async with running(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.hears(li, "Draft")


async def test_an_answer_that_fails_stops_nothing(telegram: TelegramDouble) -> None:
    desk = Desk((Said("", "x"), Answer(message=sentence("Draft"))))
    li = telegram.add_user(7, "Li")
    telegram.fail_next("sendMessage", "reset_before")
    async with running(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.settled()
        telegram.say(li, li, "y")
        await telegram.settled()
    assert desk.contents == [Said("", "x"), Said("", "y")]
    assert len(telegram.calls_to("sendMessage")) == 1


NOTE_FIELD = Field("text", "Your note on HX-42", "paragraph", hint="Internal", value="old cable")
NOTE = Form("form-1", "Note for the team", "Save", (NOTE_FIELD,))


async def test_a_question_is_asked_in_the_group_and_filled_by_the_reply(telegram: TelegramDouble) -> None:
    """Privacy mode lets replies to the bot through, and only the asked person's reply fills the field."""
    desk = Desk((Pressed("note"), Answer(form=NOTE)), (Filled("form-1", {"text": "new cable"}), Answer(toast="Noted")))
    li, wang = telegram.add_user(7, "Li"), telegram.add_user(8, "Wang")
    team = telegram.add_group(-100_200_000_0001, "Team", [li, wang])
    async with running(telegram, desk):
        card = telegram.say(li, team, "/queue")
        telegram.forge_press(li, team, card.message_id, "note")
        prompt = await telegram.hears(team, "Your note on HX-42")
        assert prompt.force_reply
        assert prompt.silent
        assert 'href="tg://user?id=7"' in prompt.html
        assert all(part in prompt.text for part in ("Note for the team", "Internal", "old cable"))
        telegram.say(wang, team, "not me", reply_to=prompt.message_id)
        telegram.say(li, team, "new cable", reply_to=prompt.message_id)
        await telegram.hears(team, "Noted")
    assert desk.contents[2:] == [Said("", "not me"), Filled("form-1", {"text": "new cable"})]


async def test_a_refused_answer_is_asked_for_again(telegram: TelegramDouble) -> None:
    form = replace(NOTE, fields=(Field("due", "By when?"),))
    refused = Answer(errors={"due": "That is past."})
    desk = Desk((Said("", "x"), Answer(form=form)), (Filled("form-1", {"due": "yesterday"}), refused))
    li = telegram.add_user(7, "Li")
    notes = Notes()
    async with running(telegram, desk, notes):
        telegram.say(li, li, "x")
        prompt = await telegram.hears(li, "By when?")
    async with running(telegram, desk, notes):
        telegram.say(li, li, "yesterday", reply_to=prompt.message_id)
        again = await telegram.hears(li, "That is past.")
        assert again.force_reply
        assert "By when?" in again.text
        telegram.say(li, li, "tomorrow", reply_to=again.message_id)
        await telegram.settled()
    assert desk.contents[-1] == Filled("form-1", {"due": "tomorrow"})


async def test_errors_without_a_question_are_said(telegram: TelegramDouble) -> None:
    desk = Desk((Said("", "x"), Answer(errors={"title": "Too long"})))
    li = telegram.add_user(7, "Li")
    async with running(telegram, desk):
        telegram.say(li, li, "x")
        await telegram.hears(li, "Too long")


def test_a_question_is_remembered_whole() -> None:
    prompt = Prompt("t", "f", "标题", "标签", "提示", "已有的文字")
    assert Prompt.from_json(prompt.to_json()) == prompt


async def test_pictures_without_words_are_answered_by_a_request_for_words(telegram: TelegramDouble) -> None:
    desk = Desk()
    li = telegram.add_user(7, "Li", "zh")
    async with running(telegram, desk):
        telegram.attach(li, li, "a.jpg", b"...", photo=True)
        await telegram.hears(li, "我只能读懂文字")
        telegram.attach(li, li, "a.jpg", b"...", photo=True, album="1")
        telegram.attach(li, li, "a.jpg", b"...", caption="broken", album="1")
        await telegram.settled()
    (said,) = desk.contents
    assert isinstance(said, Said)
    assert (said.text, [file.name for file in said.files]) == ("broken", ["a.jpg"])
    assert said.files[0].ref.startswith("telegram:")
    assert len(telegram.shown(li)) == 1


async def test_a_file_that_answers_us_is_heard_by_its_name(telegram: TelegramDouble) -> None:
    """With or without words; it stays where it is, and only what answers us is heard in a group."""
    desk = Desk()
    li, group = telegram.add_user(7, "Li"), telegram.add_group(-1001000000005, "client", members=[7])
    async with running(telegram, desk) as adapter:
        await adapter.post(
            Address("telegram", "", "-1001000000005"), Message("card", (Paragraph((Plain("card"),)),)), "k1"
        )
        card = telegram.shown(group)[-1].message_id
        telegram.attach(li, group, "permit.pdf", b"%PDF", reply_to=card)
        telegram.attach(li, group, "list.pdf", b"%PDF", caption="2", reply_to=card)
        telegram.attach(li, group, "holiday.jpg", b"...", photo=True)
        await telegram.settled()
    said = [content for content in desk.contents if isinstance(content, Said)]
    assert [(one.text, one.files[0].name) for one in said] == [("", "permit.pdf"), ("2", "list.pdf")]
    assert all(one.files[0].ref.startswith("telegram:") for one in said)


# -- the account


async def test_a_bad_token_is_dead_with_a_reason_and_without_the_token(telegram: TelegramDouble) -> None:
    with pytest.raises(DeliveryError) as refused:
        await _adapter(telegram, token="123456:not-the-token").start(Desk())
    assert refused.value.outcome is Outcome.DEAD
    assert "TELEGRAM_BOT_TOKEN" in str(refused.value)
    assert "not-the-token" not in str(refused.value)
    assert refused.value.__suppress_context__


async def test_an_unreachable_telegram_is_not_a_bad_token(unused_tcp_port: int) -> None:
    adapter = connect(TelegramSettings("1:x", f"http://127.0.0.1:{unused_tcp_port}"), memory=Notes(), clock=Clock())
    with pytest.raises(DeliveryError) as failed:
        await adapter.start(Desk())
    assert failed.value.outcome is Outcome.RETRY


async def test_menus_are_set_in_two_languages_and_two_scopes(telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()):
        pass
    scopes = ("all_private_chats", "all_group_chats")
    assert set(telegram.commands) == {(scope, code) for scope in scopes for code in ("", "zh")}
    assert ("request", "提交请求") in telegram.commands["all_private_chats", "zh"]
    assert ("take", "Take a request: /take 42") in telegram.commands["all_group_chats", ""]


def test_every_menu_line_is_translated() -> None:
    said = words("zh-CN")
    assert [one.about for one in COMMANDS if one.about and said(one.about) == one.about] == []


async def test_a_refused_menu_is_not_fatal(telegram: TelegramDouble) -> None:
    telegram.fail_next("setMyCommands", "429")
    async with running(telegram, Desk()) as adapter:
        await adapter.post(await _reachable(telegram), sentence("hello"), "k")
    assert telegram.faults_left() == [], "the menu was refused"
    assert [call.status for call in telegram.calls_to("sendMessage")] == [200]


def test_settings_do_not_show_secrets() -> None:
    assert "hush" not in repr(TelegramSettings("hush", webhook_secret="hush"))


# -- what is posted


async def _reachable(telegram: TelegramDouble) -> Address:
    telegram.add_user(7, "Li")
    return Address("telegram", "", "@7")


async def test_post_then_edit(telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        receipt = await adapter.post(to, sentence("one", button("Take")), "k")
        assert await adapter.edit(to, receipt, sentence("two")) == receipt
        assert await adapter.edit(to, receipt, sentence("two")) == receipt
        shown = telegram.take(7, "two")
    assert (shown.edited_count, shown.keyboard) == (1, ())


async def test_a_quiet_message_rings_no_phone(telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        await adapter.post(to, replace(sentence("quiet"), loud=False), "k1")
        await adapter.post(to, sentence("loud"), "k2")
    assert [one.silent for one in telegram.shown(7)] == [True, False]


async def test_a_deleted_card_is_lost(telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        with pytest.raises(MessageLost):
            await adapter.edit(to, "7:999", sentence("x"))
        with pytest.raises(MessageLost):
            await adapter.edit(to, "nonsense", sentence("x"))


async def test_what_is_in_doubt_stays_in_doubt(telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()) as adapter:
        with pytest.raises(Unverifiable):
            await adapter.find(await _reachable(telegram), "k", AT)


FAULTS = {
    "500": Outcome.DOUBT,
    "500_after": Outcome.DOUBT,
    "502_html": Outcome.DOUBT,
    "reset_before": Outcome.DOUBT,
    "reset_after": Outcome.DOUBT,
    "429": Outcome.DEFERRED,
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_fault_has_its_class_and_is_not_retried(telegram: TelegramDouble, fault: str) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        telegram.fail_next("sendMessage", fault)
        with pytest.raises(DeliveryError) as failed:
            await adapter.post(to, sentence("x"), "k")
    assert failed.value.outcome is FAULTS[fault]
    assert failed.value.retry_after == (3 if fault == "429" else 0)
    assert telegram.token.split(":")[1] not in str(failed.getrepr(style="long"))
    assert len(telegram.calls_to("sendMessage")) == 1


async def test_a_time_out_is_in_doubt(telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.telegram.messenger._READ_TIMEOUT", 0.1)
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        telegram.fail_next("sendMessage", "hang_after")
        with pytest.raises(DeliveryError) as failed:
            await adapter.post(to, sentence("x"), "k")
    assert failed.value.outcome is Outcome.DOUBT


async def test_places_that_are_gone(telegram: TelegramDouble) -> None:
    blocked, gone = telegram.add_user(7, "Li"), telegram.add_user(8, "Wang")
    telegram.add_user(9, "Stranger", started=False)
    telegram.add_group(-100_200_000_0001, "Team", [gone], bot_in=False)
    blocked.blocked = gone.deactivated = True
    async with running(telegram, Desk()) as adapter:
        for chat in ("@7", "@8", "@9", "@10", str(-100_200_000_0001), "@somebody"):
            with pytest.raises(DeliveryError) as failed:
                await adapter.post(Address("telegram", "", chat), sentence("x"), "k")
            assert failed.value.outcome is Outcome.GONE, chat


async def test_refused_markup_is_sent_once_more_as_plain_text(
    telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        monkeypatch.setattr("adapters.telegram.render._Run.html", property(lambda run: f"<broken>{run.text}"))
        receipt = await adapter.post(to, sentence("still said", button("Take")), "k")
        assert telegram.take(7, "still said").buttons == ["Take"]
        await adapter.edit(to, receipt, sentence("still edited"))
        assert telegram.take(7).text == "still edited"


def _caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


CLASSES = [
    (_caused(NetworkError("x"), aiohttp.ConnectionTimeoutError()), Outcome.RETRY),
    (_caused(NetworkError("x"), aiohttp.SocketTimeoutError()), Outcome.DOUBT),
    (_caused(NetworkError("x"), aiohttp.ServerDisconnectedError()), Outcome.DOUBT),
    (_caused(NetworkError("x"), aiohttp.ClientOSError()), Outcome.DOUBT),
    (NetworkError("Bad Gateway"), Outcome.DOUBT),
    (TelegramError("Invalid server response"), Outcome.DOUBT),
    (KeyError("result"), Outcome.DOUBT),
    (FloodError(7), Outcome.DEFERRED),
    (BadRequest("Bad Request: can't parse entities: x"), Outcome.REJECTED),
    (BadRequest("Bad Request: message is too long"), Outcome.REJECTED),
    (BadRequest("Bad Request: chat not found"), Outcome.GONE),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Outcome.GONE),
    (Forbidden("Forbidden: bot was kicked from the group chat"), Outcome.GONE),
    (InvalidToken("Unauthorized"), Outcome.DEAD),
    (Conflict("Conflict: terminated by other getUpdates request"), Outcome.RETRY),
]


@pytest.mark.parametrize(("error", "outcome"), CLASSES, ids=[repr(error) for error, _ in CLASSES])
def test_each_error_has_its_class(error: Exception, outcome: Outcome) -> None:
    assert classify(error).outcome is outcome


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ('{"parameters": {"retry_after": 7}}', 7),
        ('{"parameters": {"retry_after": "7"}}', 7),
        ('{"parameters": {"retry_after": -7}}', 1),
        ('{"parameters": {"retry_after": 10000000}}', 3600),
        ('{"parameters": {"retry_after": "soon"}}', 1),
        ("{}", 1),
        ("<html>", 1),
    ],
)
def test_a_flood_always_has_a_sound_time(body: str, seconds: float) -> None:
    with pytest.raises(FloodError) as flooded:
        _raise_for_status(429, body.encode())
    assert classify(flooded.value).retry_after == seconds


def test_the_libraries_load_only_when_telegram_is_used() -> None:
    seen = "import sys, adapters.telegram; print({'telegram', 'aiohttp', 'starlette'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_migration_and_loss_are_their_own_classes() -> None:
    moved = classify(ChatMigrated(-1001))
    assert isinstance(moved, Moved)
    assert moved.to == Address("telegram", "", "-1001")
    assert isinstance(classify(BadRequest("Bad Request: message can't be edited")), MessageLost)


def test_a_reason_quotes_no_content() -> None:
    error = BadRequest("Bad Request: inline keyboard button URL 'http://hush' is invalid: Wrong HTTP URL")
    assert "hush" not in classify(error).reason


async def test_what_is_refused_outright_was_not_sent(unused_tcp_port: int, telegram: TelegramDouble) -> None:
    async with running(telegram, Desk()) as adapter:
        to = await _reachable(telegram)
        assert adapter._bot is not None
        adapter._bot._base_url = f"http://127.0.0.1:{unused_tcp_port}/bot1:x"
        with pytest.raises(DeliveryError) as failed:
            await adapter.post(to, sentence("x"), "k")
    assert failed.value.outcome is Outcome.RETRY


# -- what is shown

CARD = Message(
    "HX-42 Invoice export fails",
    (
        Header("🔴 HX-42 · Invoice <export> & fails"),
        Fields((("Status", (Bold("New"), Plain(" since 10:32"))), ("Owner", (Mention("Li <b>", "7"),)))),
        Gauge("First reply", 0.62, (Plain("by "), When(AT, "Sun 22 Nov 17:00 (Shanghai)")), "risk", (0.5, 0.75)),
        Gauge("Solved", 1.2, (Plain("overdue"),), "breached"),
        Quote("<b>May</b> & June: مرحبا @everybody", "Wang"),
        Paragraph((Plain("See "), Link("the log", "https://desk.example/?a=1&b=2"), Plain("."))),
        Context((Plain("Li took it 10:32"),)),
        Actions(
            (
                Button("Take", Action("take"), style="primary", token="t1"),
                Button("Reply", Action("reply"), token="t2"),
                Button("Resolve", Action("resolve"), token="t3"),
            ),
            (
                Button("Not a request", Action("drop"), style="danger", token="t4"),
                Button("Log", Action(""), url="https://x.y"),
            ),
        ),
    ),
)
CARD_ZH = Message(
    "HX-42 三楼断网",
    (
        Header("🟡 HX-42 · 三楼办公室断网"),
        Fields((("状态", (Plain("处理中"),)), ("负责人", (Mention("李雷", "7"),)))),
        Gauge("解决", 0.4, (When(AT, "11月22日 周日 17:00（上海）"),), "paused"),
        Quote("三楼办公室断网了，打印机也不能用。", "王芳"),
        Actions((button("接单", "t1"), button("回复", "t2"), button("解决", "t3"), button("更多操作说明", "t4"))),
    ),
    repeat="可能重复",
)


@pytest.mark.parametrize(("name", "message"), [("card-en", CARD), ("card-zh", CARD_ZH)])
def test_goldens(name: str, message: Message) -> None:
    shown = render(message)
    rows = [" ".join(f"[{key.label}|{key.data or key.url}]" for key in row) for row in shown.keyboard]
    text = "\n".join([shown.html, "---", *rows, ""])
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    parse_html(shown.html)


HOSTILE = (
    st.text(st.sampled_from("a <>&\"'@\u202e\u2067\u0000\ud800😀👨‍👩‍👧🇨🇳é\u0301م\n中[](tg://user?id=7)")) | st.text()
)


@given(HOSTILE, HOSTILE, st.integers(200, 4096))
def test_whatever_people_type_is_inert_and_fits(title: str, text: str, limit: int) -> None:
    message = Message(
        "s",
        (Header("HX-42 · " + title), Quote(text * 40, title), Paragraph((Plain(text), Bold(title))), CARD.blocks[2]),
    )
    shown = render(message, limit)
    parsed = parse_html(shown.html)
    assert parsed.text == shown.plain.strip() or parsed.text.strip() == shown.plain.strip()
    assert units(shown.plain) <= limit
    assert {one["type"] for one in parsed.entities} <= {"bold", "blockquote"}
    assert shown.plain.count("\u2068") == shown.plain.count("\u2069")
    assert "HX-42" in parsed.text
    assert "Sun 22 Nov 17:00 (Shanghai)" in parsed.text


def test_what_is_too_long_drops_by_meaning() -> None:
    long = Message(
        "s",
        (
            Header("HX-42 · Title"),
            Paragraph((Plain("due "), When(AT, "Sun 17:00")), weight=1),
            Paragraph((Plain("reason " * 50),), weight=7),
            Context((Plain("small print " * 20),), weight=2),
            Quote("word " * 2000),
            Actions((button("Take"),)),
        ),
    )
    shown = render(long)
    assert units(shown.plain) <= 4096
    assert "small print" not in shown.plain
    assert all(part in shown.plain for part in ("HX-42 · Title", "Sun 17:00", "reason", "word"))
    assert shown.keyboard[0][0].label == "Take"


def test_a_cut_leaves_no_half_of_a_character() -> None:
    family = "👨‍👩‍👧"
    assert shorten(family * 3, 20) == f"{family}{family}…"[: len(family) * 2 + 1]
    assert list(graphemes("é🇨🇳🇩🇪👍🏽1️⃣")) == ["é", "🇨🇳", "🇩🇪", "👍🏽", "1️⃣"]
    assert units(shorten("😀" * 10, 4)) <= 4


def test_links_open_pages_only() -> None:
    for url in ("javascript:alert(1)", "tg://user?id=7", "http://", "//x"):
        assert "href" not in render(Message("s", (Paragraph((Link("x", url),)),))).html
    assert "href" not in render(Message("s", (Paragraph((Mention("x", '7"><b>'),)),))).html


def test_keyboards_stay_within_the_limits() -> None:
    many = Message("s", (Actions(tuple(button(f"Button {i}", f"t{i}") for i in range(120))),))
    rows = render(many).keyboard
    assert sum(map(len, rows)) == 100
    assert max(map(len, rows)) <= 3
    figures = Message("s", (Actions(tuple(button(str(i), f"t{i}") for i in range(1, 6))),))
    assert [len(row) for row in render(figures).keyboard] == [5]
    wide = Message(
        "s", (Actions((button("一个很长的按钮标题说明文字", "a"), button("另一个很长的按钮标题说明", "b"))),)
    )
    assert [len(row) for row in render(wide).keyboard] == [1, 1]


def test_a_token_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="callback_data"):
        render(Message("s", (Actions((button("x", "票" * 22),)),)))


def test_options_are_offered_in_the_hint() -> None:
    from adapters.telegram.app import _question

    form = Form("t", "Title", "Go", (Field("f", "", "choice", options=(Option("a", "A"), Option("b", "B"))),))
    assert _question(form, {"f": "Choose"}) == (Prompt("t", "f", "Title", "", "A / B"), "Choose")


@pytest.fixture
def unused_tcp_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
