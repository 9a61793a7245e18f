"""The page by itself: what it shows, whom it lets in, and that nothing posted is missed."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from importlib import resources
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from babel.messages.pofile import read_po
from msgspec.structs import replace
from starlette.applications import Starlette

from adapters.web import connect, render
from adapters.web.envelope import UnknownCommandError, said
from core.errors import DeliveryError, MessageLost, Outcome
from core.model.parties import Address, Identity
from core.model.request import File
from core.ports import (
    ChatAdapter,
    ClockReckoning,
    Filled,
    Orderable,
    Pressed,
    QueueLine,
    Reckoning,
    ReckoningRow,
    ReplayChange,
    ReplayLine,
    ReplayTold,
    Said,
    ScopeLine,
    ScopeTold,
    Seat,
    TeamTurns,
    TurnLine,
    TurnsTold,
)
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
from tests.adapters.contract import AdapterContract, Platform, RecordingDesk

NOON = datetime(2025, 11, 24, 4, 0, tzinfo=UTC)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}"


FIRST = 1 << 60  # ids have 64 bits, as the desk's own: a script that takes them for numbers rounds them


class Shelf:
    """The shelf in memory."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, int, Mapping[str, Any]]] = {}
        self.keys: dict[str, int] = {}
        self.changes = 0
        self.broken = False  # the next write fails

    def _turn(self) -> int:
        if self.broken:
            self.broken = False
            raise OSError("disk full")
        self.changes += 1
        return self.changes

    async def put(self, chat: str, body: Mapping[str, Any], key: str) -> int:
        if key not in self.keys:
            entry = FIRST + len(self.keys)
            self.rows[entry] = (chat, self._turn(), json.loads(json.dumps(body)))
            self.keys[key] = entry
        return self.keys[key]

    async def change(self, entry: int, body: Mapping[str, Any]) -> bool:
        turn = self._turn()
        if entry not in self.rows:
            return False
        self.rows[entry] = (self.rows[entry][0], turn, json.loads(json.dumps(body)))
        return True

    async def since(self, chat: str, after: int, limit: int = 200) -> list[tuple[int, int, Mapping[str, Any]]]:
        found = [(e, n, body) for e, (c, n, body) in self.rows.items() if c == chat and n > after]
        return sorted(found, key=lambda row: row[1])[:limit]


class Reader:
    """One link, one session, one request."""

    def __init__(self) -> None:
        self.links = {"s3cret": "session-1"}
        self.sessions = {"session-1": Identity("web", "", "li")}
        self.lines: list[QueueLine] = []
        self.views: dict[tuple[str, str], Message] = {}
        self.whys: dict[tuple[str, str], Reckoning] = {}
        self.ladders: dict[tuple[str, str], Message] = {}
        self.menus: dict[str, Message] = {}
        self.orders: dict[str, Sequence[Orderable]] = {}
        self.searched: list[str] = []
        self.managers = {"zhao"}
        self.drafts: list[tuple[str, str, date, date]] = []
        self.replayed = ReplayTold("tried")
        self.registers: dict[str, ScopeTold] = {}
        self.duties: dict[str, TurnsTold] = {}
        self.calendars: list[tuple[str, str, bytes]] = []

    async def queue(self, identity: Identity) -> Sequence[QueueLine]:
        return self.lines

    async def view(self, identity: Identity, number: str) -> Message | None:
        return self.views.get((identity.user, number))

    async def menu(self, identity: Identity, words: str) -> Message | None:
        self.searched.append(words)
        return self.menus.get(identity.user)

    async def orderable(self, identity: Identity, lang: str) -> Sequence[Orderable]:
        return self.orders.get(identity.user, ())

    async def why(self, identity: Identity, number: str, lang: str) -> Reckoning | None:
        return self.whys.get((identity.user, number))

    async def ladder(self, identity: Identity, number: str, lang: str) -> Message | None:
        return self.ladders.get((identity.user, number))

    async def manages(self, identity: Identity) -> bool:
        return identity.user in self.managers

    async def replay(self, identity: Identity, draft: str, since: date, until: date, lang: str) -> ReplayTold:
        self.drafts.append((identity.user, draft, since, until))
        return self.replayed

    async def scope(self, identity: Identity, lang: str) -> ScopeTold | None:
        return self.registers.get(identity.user)

    async def turns(self, identity: Identity, lang: str) -> TurnsTold | None:
        return self.duties.get(identity.user)

    async def calendar(self, identity: Identity, team: str, lang: str) -> bytes | None:
        return b"BEGIN:VCALENDAR" if identity.user in self.duties and team == "site" else None

    async def take_calendar(self, identity: Identity, team: str, file: bytes, lang: str) -> tuple[str, ...] | None:
        if identity.user not in self.duties:
            return None
        self.calendars.append((identity.user, team, file))
        return ("Nothing was taken in:", "<b>Somebody</b>: which colleague?")

    async def redeem(self, link: str) -> str | None:
        return self.links.pop(link, None)

    async def whose(self, session: str) -> Identity | None:
        return self.sessions.get(session)


class Cabinet:
    """Files in memory, of at most a kilobyte."""

    limit = 1000

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, File]] = {}
        self.held: dict[tuple[str, str, int], tuple[str, bytes]] = {}

    async def keep(self, identity: Identity, name: str, size: int, data: bytes, lang: str) -> File | str:
        if size > self.limit or not data:
            return f"{name}: {size} bytes ({lang})"
        file = File(name, f"web:{len(self.kept)}", size)
        self.kept[file.ref] = identity.user, file
        return file

    async def mine(self, identity: Identity, refs: Sequence[str]) -> tuple[File, ...]:
        owned = (self.kept.get(ref, ("", None)) for ref in refs)
        return tuple(file for user, file in owned if file is not None and user == identity.user)

    async def file(self, identity: Identity, number: str, n: int) -> tuple[str, bytes] | None:
        return self.held.get((identity.user, number, n))


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return datetime.now(UTC)


class Stage:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.factor = 1.0

    def seats(self) -> Sequence[Seat]:
        client, team = ("client-hx", "华兴置业"), ("team-it", "信息组")
        return (
            Seat("li", "李晓兰", "client", "zh-CN", (client, ("@li", "李晓兰"))),
            Seat("anna", "Anna Berg", "client", "en", (("client-nord", "Nord Bau"), ("@anna", "Anna Berg"))),
            Seat("wang", "王磊", "member", "zh-CN", (team, ("@wang", "王磊"))),
            Seat("sara", "Sara Novak", "member", "en", (team, ("@sara", "Sara Novak"))),
            Seat("zhao", "赵敏", "manager", "zh-CN", (team, ("@zhao", "赵敏"))),
            Seat("ann", "Ann", "member", "en", (("team", "Team"), ("@ann", "Ann"))),  # the contract's two people
            Seat("bob", "Bob", "member", "en", (("team", "Team"), ("@bob", "Bob"))),
        )

    def zone(self) -> str:
        return "Asia/Shanghai"

    def speed(self) -> float:
        return self.factor

    def set_speed(self, factor: float) -> None:
        self.factor = factor

    async def jump(self) -> datetime | None:
        self.clock.at += timedelta(hours=2)
        return self.clock.at


def card(title: str = "三楼办公室断网", state: str = "ok", dot: str = "🔴", share: float = 0.4) -> Message:
    """Each block and each span once, with a hostile text wherever one fits."""
    due = When(NOON + timedelta(hours=6), "11月24日 周一 18:00（上海）")
    return Message(
        f"HX-42 {title}",
        (
            Header(f"{dot} HX-42 · {title}"),
            Fields(
                (
                    ("状态", (Bold("新建"), Plain("，12:00 起"))),
                    ("负责人", (Mention("王磊", "wang"),)),
                    ("优先级", (Plain("P2（影响 2 × 紧急 2）"),)),
                    ("客户期望", (due,)),
                )
            ),
            Quote("整层都上不了网，\n打印机也连不上。", "李晓兰"),
            Paragraph((Plain("详见 "), Link("接线图", "https://example.org/plan"))),
            Gauge("首次答复", share, (due,), state, (0.5, 0.75, 0.9)),
            Context((Plain("李晓兰 12:00 提单"),)),
            Actions(
                (
                    Button("接单", Action("take"), "primary", token="t-take"),
                    Button("回复", Action("reply"), token="t-reply"),
                    Button("取消工单", Action("cancel"), "danger", "确定取消 HX-42 吗？", token="t-cancel"),
                ),
                (Button("为什么", Action("why"), token="t-why"), Button("稍后", Action("snooze"), token="t-snooze")),
            ),
        ),
    )


class House:
    """An adapter with its doubles, and a browser's way of speaking to it."""

    def __init__(self, *, demo: bool = True, secure: bool = False, desk: RecordingDesk | None = None) -> None:
        self.shelf, self.reader, self.clock, self.desk = Shelf(), Reader(), Clock(), desk or RecordingDesk()
        self.cabinet = Cabinet()
        self.desk.answer = Answer(toast="ok")
        self.stage = Stage(self.clock) if demo else None
        self.adapter: ChatAdapter = connect(
            shelf=self.shelf,
            cabinet=self.cabinet,
            reader=self.reader,
            clock=self.clock,
            stage=self.stage,
            secure=secure,
        )
        self.app = Starlette(routes=list(self.adapter.routes()))

    def client(self, base: str = "http://127.0.0.1:8000", **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=base, headers={"origin": base, **headers}
        )

    async def post(self, chat: str, message: Message, key: str = "") -> str:
        return await self.adapter.post(Address("web", "", chat), message, key or uuid4().hex)


@pytest.fixture
async def house() -> House:
    house = House()
    await house.adapter.start(house.desk)
    return house


@pytest.fixture
async def closed() -> House:
    """As in `deskbell run`: no stage, only links."""
    house = House(demo=False)
    await house.adapter.start(house.desk)
    return house


def line(text: str, chat: str = "client-hx", person: str = "li", **more: Any) -> dict[str, Any]:
    return {"as": person, "chat": chat, "text": text, "key": str(uuid4()), **more}


# What every adapter promises


class Drawn(HTMLParser):
    """What a browser would show of a piece of the page: each of the desk's messages, its text, buttons and mentions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.buttons: list[tuple[str, str]] = []  # (label, token)
        self.mentions: list[str] = []
        self.fields: dict[str, str] = {}
        self.token = ""
        self._in_body = 0
        self._pressing: str | None = None
        self._spanned = {"bdi", "strong", "b", "i", "time", "a", "span", "small", "code"}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if self._in_body and tag in ("div", "p", "dl", "blockquote"):
            self._in_body += 1
        if tag == "div" and (facts.get("class") or "").split(" ")[0] == "body":
            self._in_body = 1
            self.messages.append("")
        if tag == "br" and self._in_body:
            self.messages[-1] += "\n"
        if tag == "button" and facts.get("data-token"):
            self.buttons.append(("", facts["data-token"] or ""))
            self._pressing = ""
        if "mention" in (facts.get("class") or ""):
            self.mentions.append(facts.get("data-user") or "")
        if tag == "form":
            self.token = facts.get("data-token") or ""
        if tag in ("input", "textarea", "select"):
            self.fields[facts.get("name") or ""] = facts.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._pressing = None
        if self._in_body and tag in ("div", "p", "dl", "blockquote"):
            self._in_body -= 1
        if self._in_body and tag not in self._spanned:
            self.messages[-1] += "\n"

    def handle_data(self, data: str) -> None:
        if self._in_body:
            self.messages[-1] += data
        if self._pressing is not None:
            label, token = self.buttons[-1]
            self.buttons[-1] = (label + data, token)


class Browsers:
    """The contract's driver: everybody has a browser open on the page."""

    secrets = ()

    def __init__(self, house: House) -> None:
        self.house = house
        self.adapter = house.adapter
        self._private: dict[tuple[str, str], list[str]] = {}
        self._last: tuple[str, dict[str, Any]] = ("", {})
        self._form: dict[str, tuple[str, str]] = {}

    def identity(self, user: str) -> Identity:
        return Identity("web", "", user)

    def address(self, chat: str) -> Address:
        return Address("web", "", chat if chat == "team" else f"@{chat}")

    async def _send(self, path: str, user: str, chat: str, **what: Any) -> None:
        payload = {"as": user, "chat": self.address(chat).chat, "key": str(uuid4()), **what}
        self._last = (path, payload)
        async with self.house.client() as client:
            answer = (await client.post(path, json=payload)).json()
        if answer["html"]:
            self._private.setdefault((user, chat), []).append(answer["html"])
        if answer["form"]:
            self._form[user] = (chat, answer["html"])

    async def says(self, user: str, chat: str, text: str) -> None:
        await self._send("/say", user, chat, text=text.replace("@bot", "@Deskbell"))

    async def replies(self, user: str, chat: str, receipt: str, text: str) -> None:
        await self._send("/say", user, chat, text=text, reply_to=receipt)

    async def clicks(self, user: str, chat: str, label: str) -> None:
        tokens = [token for name, token in Drawn(await self._screen(chat, user)).buttons if name == label]
        await self._send("/press", user, chat, token=tokens[-1])

    async def fills(self, user: str, values: Mapping[str, str]) -> None:
        chat, html = self._form[user]
        form = Drawn(html)
        await self._send("/fill", user, chat, token=form.token, values={**form.fields, **values})

    async def again(self) -> None:
        path, payload = self._last
        async with self.house.client() as client:
            await client.post(path, json=payload)

    async def _screen(self, chat: str, to: str) -> str:
        user = to or (chat if chat != "team" else "ann")
        async with self.house.client() as client:
            pane = (await client.get("/pane", params={"as": user, "chat": self.address(chat).chat})).text
        return pane + "".join(self._private.get((to, chat), []))

    async def shown(self, chat: str, to: str = "") -> list[str]:
        return Drawn(await self._screen(chat, to)).messages

    async def buttons(self, chat: str, to: str = "") -> list[str]:
        return [label for label, _ in Drawn(await self._screen(chat, to)).buttons]

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        html = await self._screen(chat, "")
        found = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)"', html)
        return [(b64decode(data), unescape(said)) for data, said in found]

    async def pings(self, chat: str) -> list[str]:
        return Drawn(await self._screen(chat, "")).mentions

    async def deletes(self, chat: str, receipt: str) -> None:
        del self.house.shelf.rows[int(receipt)]

    def fails_next(self, kind: str) -> None:
        self.house.shelf.broken = True

    def sends(self) -> int:
        return self.house.shelf.changes

    def stranger(self) -> ChatAdapter | None:
        return None


class TestWeb(AdapterContract):
    @pytest.fixture
    async def platform(self, desk: RecordingDesk) -> Browsers:
        house = House(desk=desk)
        desk.answer = Answer()
        await house.adapter.start(desk)
        return Browsers(house)

    @pytest.mark.parametrize(("kind", "outcome"), [("refused", Outcome.RETRY)])
    async def test_each_failure_is_told_as_what_is_known_of_it(
        self, platform: Platform, caplog: pytest.LogCaptureFixture, kind: str, outcome: Outcome
    ) -> None:
        """The page's own shelf fails in one way only, and since a key is put once, trying again is always safe."""
        await super().test_each_failure_is_told_as_what_is_known_of_it(platform, caplog, kind, outcome)


# What is shown


def test_hostile_text_is_inert_in_every_block_and_span() -> None:
    evil = (Plain(EVIL), Bold(EVIL), When(NOON, EVIL), Mention(EVIL, EVIL), Link(EVIL, f"https://x/{EVIL}"))
    button = Button(EVIL, Action("x"), EVIL, EVIL, token=EVIL)
    message = Message(
        EVIL,
        (
            Header(EVIL),
            Paragraph(evil),
            Quote(EVIL, EVIL),
            Fields(((EVIL, evil),)),
            Gauge(EVIL, 1.4, evil, EVIL, (0.5,)),
            Context(evil),
            Actions((button, replace(button, url=f"https://x/{EVIL}")), (button,)),
        ),
        repeat=EVIL,
    )
    kinds = ("text", "paragraph", "choice")
    fields = tuple(Field(EVIL, EVIL, kind, EVIL, EVIL, (Option(EVIL, EVIL),)) for kind in kinds)
    form = Form(EVIL, EVIL, EVIL, fields, EVIL, EVIL)
    html = render.answer(Answer(message, form, errors={EVIL: EVIL}), render.Look("en"))
    body = {"kind": "said", "at": 1.0, "key": EVIL, "person": EVIL, "name": EVIL, "text": EVIL, "reply_to": EVIL}
    html += render.entry(EVIL, 1, body, render.Look("zh-CN"))

    assert "<script" not in html
    assert "<img" not in html
    assert re.search(r"<[^>]*\sonerror", re.sub(r'"[^"]*"', '""', html)) is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "tg://user?id=1",
        "//evil.example",
        "/\\evil",
        "data:text/html,x",
        "http://[",
        "https:",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert "href" not in render.span(Link("here", url))
    assert "href" not in render.button(Button("here", Action("x"), url=url))


def test_a_time_is_shown_as_given_and_read_by_machines() -> None:
    html = render.span(When(NOON, "周一 12:00（上海）"))

    assert html == '<time class="when" datetime="2025-11-24T04:00:00+00:00">周一 12:00（上海）</time>'


def test_words_that_run_right_to_left_do_not_turn_their_neighbours() -> None:
    assert render.span(Plain("abc \u202e cba")) == "<bdi>abc \u202e cba</bdi>"


def test_a_gauge_says_its_state_and_draws_checkpoints_and_overrun_without_inline_style() -> None:
    html = render.block(Gauge("Reply", 1.25, (Plain("late"),), "breached", (0.5,)), render.Look("en"))

    assert 'role="meter"' in html
    assert 'aria-valuenow="125"' in html
    assert '<rect class="over" x="80" width="20"' in html
    assert '<line x1="40"' in html
    assert "style=" not in html


def test_every_word_of_the_page_exists_in_chinese() -> None:
    folder = resources.files("adapters.web")
    sources = [f.read_text("utf-8") for f in (folder / "templates").iterdir()]
    sources += [f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".py")]
    used = {word for source in sources for word in re.findall(r'\b(?:t|say|t\.count)\(\s*"([^"]+)"', source)}
    catalogue: set[object] = set()
    for topic in (resources.files("core.say") / "locale/zh_CN").iterdir():
        with topic.open("rb") as file:
            catalogue |= {m.id for m in read_po(file) if m.id and m.string}

    assert used - catalogue == set()
    assert len(used) > 80


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/request 断网 !高", Said("request", "断网 !高")),
        ("／desk 队列", Said("desk", "队列")),
        ("/request", Said("request", "")),
        ("/REQUEST\nfirst\nsecond", Said("request", "first\nsecond")),
        ("  hello /request ", Said("", "hello /request")),
        ("@Deskbell take 42", Said("", "take 42")),
        ("@应铃，接单 42", Said("", "接单 42")),
        ("@li take 42", Said("", "@li take 42")),
        ("/etc/hosts is broken", Said("", "/etc/hosts is broken")),
    ],
)
def test_a_line_is_a_command_or_plain_words(typed: str, expected: Said) -> None:
    assert said(typed) == expected


def test_a_mistyped_command_is_nobodys_plain_words() -> None:
    with pytest.raises(UnknownCommandError):
        said("/reqest printer on fire")


# Posting and editing


async def test_the_same_key_is_one_entry_and_an_edit_stays_in_place(house: House) -> None:
    where = Address("web", "", "team-it")
    first = await house.adapter.post(where, card(), "k1")
    assert await house.adapter.post(where, card(), "k1") == first
    assert await house.adapter.edit(where, first, card("已恢复")) == first

    async with house.client() as client:
        page = (await client.get("/pane", params={"as": "wang", "chat": "team-it"})).text
    assert page.count("<article") == 1
    assert "已恢复" in page


async def test_a_message_in_doubt_is_found_by_its_key(house: House) -> None:
    where = Address("web", "", "team-it")
    for n in range(450):
        await house.adapter.post(where, card(), f"k{n}")

    assert await house.adapter.find(where, "k449", NOON) == str(FIRST + 449)
    assert await house.adapter.find(where, "never", NOON) is None


async def test_errors_are_classed_and_carry_no_content(house: House) -> None:
    where = Address("web", "", "team-it")
    with pytest.raises(MessageLost):
        await house.adapter.edit(where, "77", card())
    with pytest.raises(MessageLost):
        await house.adapter.edit(where, "'; drop", card())
    house.shelf.broken = True
    with pytest.raises(DeliveryError) as caught:
        await house.adapter.post(where, card(EVIL), "k")
    assert caught.value.outcome is Outcome.RETRY
    assert EVIL not in str(caught.value)


# Hearing


async def test_lines_presses_and_forms_reach_the_desk_as_envelopes(house: House) -> None:
    async with house.client(**{"accept-language": "zh-CN,zh;q=0.9"}) as client:
        asked = line("/request 断网")
        await client.post("/say", json=asked)
        await client.post("/press", json=line("", token="t-1", reply_to="3"))
        form = json.dumps(line("", token="t-2", values={"title": "断\x00网\ud800"}))  # escaped, as browsers send it
        await client.post("/fill", content=form, headers={"content-type": "application/json"})

    said, pressed, filled = house.desk.heard
    assert said.key == f"web:{asked['key']}"
    assert (said.identity, said.address) == (Identity("web", "", "li"), Address("web", "", "client-hx"))
    assert (said.content, said.lang, said.name) == (Said("request", "断网"), "zh-CN", "李晓兰")
    assert (pressed.content, pressed.reply_to) == (Pressed("t-1"), "3")
    assert filled.content == Filled("t-2", {"title": "断\ufffd网\ufffd"})


async def test_plain_words_stand_in_the_chat_and_commands_do_not(house: House) -> None:
    async with house.client() as client:
        spoken = line("大家好 <b>")
        await client.post("/say", json=spoken)
        await client.post("/say", json=spoken)  # a retry of the same press of Enter
        await client.post("/say", json=line("/request 断网"))

    assert [body["text"] for _, _, body in house.shelf.rows.values()] == ["大家好 <b>"]


async def test_the_answer_comes_back_rendered(house: House) -> None:
    form = Form("tok", "New request", "File", (Field("title", "Title"),))
    house.desk.answer = Answer(card(EVIL), form, "done", {"title": "missing"})
    async with house.client() as client:
        answer = (await client.post("/say", json=line("/request"))).json()

    assert answer["toast"] == "done"
    assert answer["errors"] == {"title": "missing"}
    assert 'data-token="tok"' in answer["html"]
    assert "missing" in answer["html"]
    assert "<script" not in answer["html"]


async def test_a_broken_desk_keeps_the_text_and_says_so(house: House) -> None:
    await house.adapter.stop()
    async with house.client() as client:
        answer = await client.post("/say", json=line("/request x"))

    assert answer.status_code == 503
    assert "send it again" in answer.json()["error"]


@pytest.mark.parametrize(
    "bad",
    [
        {"key": "x"},
        {"text": 7},
        {"text": "  "},
        {"chat": ["client-hx"]},
    ],
)
async def test_a_malformed_payload_is_refused(house: House, bad: Mapping[str, Any]) -> None:
    async with house.client() as client:
        answer = await client.post("/say", json={**line("hello"), **bad})

    assert answer.status_code in (400, 403)
    assert house.desk.heard == []


async def test_bodies_are_capped_and_must_be_json(house: House) -> None:
    async with house.client() as client:
        big = await client.post("/say", json=line("x" * 100_000))
        plain = await client.post("/say", content=json.dumps(line("x")), headers={"content-type": "text/plain"})
        broken = await client.post("/say", content=b"[" * 50_000, headers={"content-type": "application/json"})

    assert [big.status_code, plain.status_code, broken.status_code] == [413, 415, 400]


async def test_nobody_speaks_or_reads_where_they_are_not(house: House) -> None:
    async with house.client() as client:
        answers = [
            await client.post("/say", json=line("hi", chat="team-it")),
            await client.post("/say", json=line("hi", chat="@zhao")),
            await client.post("/say", json=line("hi", person="nobody")),
            await client.get("/pane", params={"as": "li", "chat": "team-it"}),
            await client.get("/events", params={"as": "li", "chat": "team-it", "after": "0"}),
        ]

    assert {a.status_code for a in answers} == {403}
    assert house.desk.heard == []


# Guards


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_post_from_elsewhere_is_refused(house: House, headers: dict[str, str]) -> None:
    async with house.client() as client:
        answer = await client.post("/say", json=line("/request x"), headers=headers)

    assert answer.status_code == 403
    assert house.desk.heard == []


async def test_a_post_that_does_not_say_where_it_comes_from_is_refused(house: House) -> None:
    async with house.client() as client:
        del client.headers["origin"]
        assert (await client.post("/say", json=line("/request x"))).status_code == 403


async def test_the_demo_answers_to_this_machine_only(house: House) -> None:
    async with house.client("http://rebound.example") as client:
        assert (await client.get("/")).status_code == 403


async def test_every_answer_carries_the_strict_headers(house: House) -> None:
    async with house.client() as client:
        for path in ("/", "/queue", "/requests/HX-9", "/static/page.css", "/static/nothing", "/events"):
            headers = (await client.get(path)).headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["x-content-type-options"] == "nosniff"


async def test_the_page_has_nothing_inline_and_asks_no_other_host(house: House) -> None:
    await house.post("client-hx", card())
    async with house.client(**{"accept-language": "zh"}) as client:
        html = (await client.get("/")).text
        served = [html, *[(await client.get(f"/static/{name}")).text for name in STATIC]]

    assert "style=" not in html
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert not re.search(r"\son\w+=", html)
    hosts = set(re.findall(r"https?://([^/\"'\s)]+)", "".join(served)))
    assert hosts <= {"example.org", "www.w3.org"}  # the link in the card, and the name of SVG
    assert sum(len(s.encode()) for s in served) < 100_000


STATIC = ("page.css", "page.js", "house.js", "clock.js", "composer.js", "feed.js", "bell.svg")


async def test_static_files_are_revalidated(house: House) -> None:
    async with house.client() as client:
        etag = (await client.get("/static/page.css")).headers["etag"]
        again = await client.get("/static/page.css", headers={"if-none-match": etag})
        outside = await client.get("/static/..%2fapp.py")

    assert again.status_code == 304
    assert outside.status_code == 404


# Signing in


async def test_a_link_is_redeemed_by_a_press_once_and_becomes_a_session(closed: House) -> None:
    async with closed.client() as client:
        preview = await client.get("/in/s3cret")  # a chat platform looks at each link it carries
        assert preview.status_code == 200
        assert "set-cookie" not in preview.headers

        entered = await client.post("/in/s3cret")
        assert entered.status_code == 303
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "max-age=43200" in cookie
        assert "secure" not in cookie
        assert 'data-chat="@li"' in (await client.get("/")).text

        assert (await client.post("/in/s3cret")).status_code == 410
        await client.post("/out")
        assert 'data-chat="@li"' not in (await client.get("/")).text


async def test_over_https_the_cookie_is_bound_to_host_and_https() -> None:
    house = House(demo=False, secure=True)
    async with house.client("https://desk.example") as client:
        cookie = (await client.post("/in/s3cret")).headers["set-cookie"]

    assert cookie.startswith("__Host-deskbell=")
    assert "Secure" in cookie


async def test_signed_out_the_page_says_how_to_get_a_link(closed: House) -> None:
    async with closed.client(**{"accept-language": "zh-CN"}) as client:
        page = await client.get("/")
        assert "从聊天里登录" in page.text
        assert "/desk page" in page.text
        assert (await client.post("/say", json=line("x", chat="@li"))).status_code == 401
        assert (await client.get("/queue")).status_code == 401
        assert (await client.get("/events", params={"as": "li", "chat": "@li", "after": "0"})).status_code == 401


async def test_signed_in_one_has_ones_own_conversation_and_nothing_of_others(closed: House) -> None:
    async with closed.client() as client:
        await client.post("/in/s3cret")
        await client.post("/say", json=line("/desk", chat="@li", person="zhao"))  # `as` is not believed
        assert closed.desk.heard[0].identity.user == "li"
        for chat in ("@zhao", "team-it", "client-hx"):
            assert (await client.post("/say", json=line("x", chat=chat))).status_code == 403
        assert (await client.post("/stage/jump", json={})).status_code == 404


async def test_the_menu_has_a_page_that_searches_and_orders(closed: House) -> None:
    async with closed.client() as client:
        assert (await client.get("/menu")).status_code == 401
        await client.post("/in/s3cret")
        assert (await client.get("/menu")).status_code == 404, "a stranger has none"
        closed.reader.menus["li"] = card()
        page = await client.get("/menu", params={"words": "txsc<b>"})
    assert page.status_code == 200
    assert closed.reader.searched == ["", "txsc<b>"]
    assert 'value="txsc&lt;b&gt;"' in page.text
    assert 'data-token="t-take"' in page.text
    assert 'data-chat="@li"' in page.text


async def test_what_a_hash_offers_is_read_by_who_is_signed_in(closed: House) -> None:
    closed.reader.orders["li"] = (Orderable("network", "Office <IT>", ("it", "network")),)
    async with closed.client() as client:
        assert (await client.get("/menu.json")).status_code == 401
        await client.post("/in/s3cret")
        offered = await client.get("/menu.json", params={"as": "zhao"})
    assert offered.json() == [{"tag": "network", "name": "Office <IT>", "keys": ["it", "network"]}]


async def test_a_request_is_shown_to_those_who_may_see_it_and_is_neutral_to_others(closed: House) -> None:
    closed.reader.views["li", "HX-42"] = card()
    async with closed.client() as client:
        await client.post("/in/s3cret")
        shown = await client.get("/requests/HX-42")
        hidden = await client.get("/requests/HX-1")

    assert 'data-token="t-take"' in shown.text
    assert hidden.status_code == 404
    assert "HX-1" not in hidden.text


def reckoning(title: str = "Drawings") -> Reckoning:
    """One clock: two hours counted, a pause, and a title that would like to be markup."""
    rows = (
        ReckoningRow("counted", "Mon 09:00–11:00", "", "2 h"),
        ReckoningRow("paused", "since Mon 11:00", "waiting", ""),
    )
    clock = ClockReckoning(
        "Solution", "8 h of working time", ((Plain("Opened again"),),), rows, (Plain("2 h of 8 h"),),
        (Plain("Kept"),), Gauge("Solution", 0.25, (), "paused"), (("counted", 0.0, 0.5), ("paused", 0.5, 0.5)), (0.9,),
        ("Mon 09:00", "Mon 17:00"),
    )  # fmt: skip
    return Reckoning("HX-42", title, "Why HX-42", "P2", "reason", "agreement", ("calendar",), (clock,))


async def test_why_has_a_page_of_its_own_for_those_who_may_see_it(closed: House) -> None:
    closed.reader.whys["li", "HX-42"] = reckoning("<img src=x onerror=alert(1)>")
    async with closed.client() as client:
        assert (await client.get("/requests/HX-42/why")).status_code == 401
        await client.post("/in/s3cret")
        shown = (await client.get("/requests/HX-42/why")).text
        bare = (await client.get("/requests/HX-42/why?bare")).text
        hidden = await client.get("/requests/HX-1/why")

    assert "&lt;img src=x" in shown
    assert "<img src=x" not in shown
    assert '<tr class="paused"><th scope="row">since Mon 11:00</th><td>waiting</td></tr>' in shown
    assert '<rect class="paused" x="500.00" width="500.00"' in shown
    assert "2 h of 8 h" in bare
    assert "<html" not in bare
    assert "style=" not in shown
    assert hidden.status_code == 404
    assert "HX-1" not in hidden.text


async def test_who_will_hear_has_a_page_of_its_own_for_those_who_may_see_it(closed: House) -> None:
    blocks = (Header("Who hears of HX-42"), Paragraph((Plain("Mon 09:30 → <i>Wang</i>"),)))
    closed.reader.ladders["li", "HX-42"] = Message("Who hears of HX-42, if nothing happens", blocks)
    async with closed.client() as client:
        assert (await client.get("/requests/HX-42/ladder")).status_code == 401
        await client.post("/in/s3cret")
        shown = (await client.get("/requests/HX-42/ladder")).text
        bare = (await client.get("/requests/HX-42/ladder?bare")).text
        hidden = await client.get("/requests/HX-1/ladder")

    assert "<title>Who hears of HX-42, if nothing happens" in shown
    assert "Mon 09:30 → &lt;i&gt;Wang&lt;/i&gt;" in shown
    assert 'href="/requests/HX-42"' in shown
    assert "Mon 09:30" in bare
    assert "<html" not in bare
    assert hidden.status_code == 404


async def test_the_scope_register_is_a_page_and_a_table_for_the_team_alone(house: House) -> None:
    cells = (
        "HX-1",
        "华兴置业",
        "一般咨询",
        "=航拍 <b>",
        "李晓兰",
        "2026-11-23 09:00",
        "王磊",
        "待决定",
        "@why",
        "新提交",
    )
    number, client_, service, title, _, when, who, decision, why, status = cells
    line = ScopeLine(number, title, client_, service, when, who, decision, why, status, cells)
    house.reader.registers["wang"] = ScopeTold(("编号", *cells[1:]), (line,))
    async with house.client() as client:
        page = (await client.get("/scope", params={"as": "wang"})).text
        table = await client.get("/scope.csv", params={"as": "wang"})
        for path in ("/scope", "/scope.csv"):
            assert (await client.get(path, params={"as": "li"})).status_code == 404
        assert "/scope" in (await client.get("/queue", params={"as": "wang"})).text
        assert "/scope" not in (await client.get("/queue", params={"as": "li"})).text
    assert "=航拍 &lt;b&gt;" in page
    assert "王磊" in page
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.startswith("\ufeff编号")
    assert "'=航拍" in table.text
    assert "'@why" in table.text


async def test_duty_is_shown_to_colleagues_and_a_calendar_goes_out_and_in(house: House) -> None:
    turns = (
        TurnLine("Fri to Sat", "<b>Li</b>", "by the rota", False, 0.1),
        TurnLine("Sat to Sun", "Wang", "nobody", True, 0.1),
    )
    house.reader.duties["wang"] = TurnsTold((TeamTurns("site", "Site & co", turns, True),), ("Li: until <Mon>",))
    async with house.client() as client:
        page = (await client.get("/duty", params={"as": "wang"})).text
        file = await client.get("/duty/site.ics", params={"as": "wang"})
        done = await client.post("/duty/site", params={"as": "wang"}, data={"calendar": "BEGIN:VCALENDAR\r\n休假"})
        upload = {"file": ("team.ics", "BEGIN:VCALENDAR\r\n请假".encode(), "text/calendar")}
        await client.post("/duty/site", params={"as": "wang"}, files=upload, data={"calendar": "not this"})
        empty = {"file": ("", b"", "application/octet-stream")}
        await client.post("/duty/site", params={"as": "wang"}, files=empty, data={"calendar": "but this"})
        large = {"file": ("team.ics", b"x" * 3_000_000, "text/calendar")}
        too_much = await client.post("/duty/site", params={"as": "wang"}, files=large)
        broken = {"content-type": "multipart/form-data; boundary=b", "content-length": "9"}
        no_form = await client.post("/duty/site", params={"as": "wang"}, content=b"not a one", headers=broken)
        for path in ("/duty", "/duty/site.ics"):
            assert (await client.get(path, params={"as": "li"})).status_code == 404
        assert (await client.post("/duty/site", params={"as": "li"}, data={"calendar": "x"})).status_code == 404
    for shown in ("&lt;b&gt;Li&lt;/b&gt;", "Site &amp; co", "Li: until &lt;Mon&gt;", "⚠", "/duty/site.ics"):
        assert shown in page, shown
    assert file.headers["content-type"].startswith("text/calendar")
    sent = ("BEGIN:VCALENDAR\r\n休假", "BEGIN:VCALENDAR\r\n请假", "but this")
    assert house.reader.calendars == [("wang", "site", text.encode()) for text in sent]
    assert (too_much.status_code, no_form.status_code) == (413, 400)
    assert "&lt;b&gt;Somebody&lt;/b&gt;: which colleague?" in done.text


RAW = {"content-type": "application/octet-stream"}


async def test_a_file_is_sent_before_the_words_that_it_belongs_to(house: House) -> None:
    async with house.client() as client:
        sent = await client.post(
            "/upload", params={"as": "li", "name": "平面图.pdf", "size": 4}, content=b"%PDF", headers=RAW
        )
        assert sent.json() == {"ref": "web:0", "name": "平面图.pdf", "size": 4}
        await client.post("/say", json=line("", files=["web:0"]))
        await client.post("/say", json=line("/request add 1 plan", files=["web:0"]))
        filled = {"as": "li", "chat": "client-hx", "token": "t", "key": str(uuid4()), "values": {}, "files": ["web:0"]}
        await client.post("/fill", json=filled)
    plan = (File("平面图.pdf", "web:0", 4),)
    assert [e.content.files for e in house.desk.heard] == [plan] * 3  # type: ignore[union-attr]
    assert [body["text"] for _, _, body in house.shelf.rows.values()] == ["📎 平面图.pdf"]


async def test_a_file_that_is_not_taken_is_answered_in_words_and_one_too_large_need_not_be_sent(house: House) -> None:
    async with house.client(**{"accept-language": "zh"}) as client:
        told = await client.post(
            "/upload", params={"as": "li", "name": "a.mp4", "size": 5000}, content=b"", headers=RAW
        )
        assert told.json() == {"error": "a.mp4: 5000 bytes (zh-CN)"}
        lied = await client.post(
            "/upload", params={"as": "li", "name": "a.mp4", "size": 5}, content=b"0" * 5000, headers=RAW
        )
        assert lied.json()["error"].startswith("a.mp4:")
        form = {"content-type": "multipart/form-data; boundary=x"}
        assert (await client.post("/upload", params={"as": "li"}, content=b"x", headers=form)).status_code == 415
    assert house.cabinet.kept == {}


async def test_nobody_hands_over_the_file_of_another_nor_uploads_from_elsewhere(house: House) -> None:
    async with house.client() as client:
        await client.post("/upload", params={"as": "li", "name": "a.pdf", "size": 1}, content=b"x", headers=RAW)
        assert (
            await client.post("/say", json=line("mine", chat="@ann", person="ann", files=["web:0"]))
        ).status_code == 409
        assert (await client.post("/say", json=line("mine", files=[7]))).status_code == 400
        about = {"as": "li", "name": "a.pdf", "size": 1}
        elsewhere = {**RAW, "origin": "http://evil.example"}
        assert (await client.post("/upload", params=about, content=b"x", headers=elsewhere)).status_code == 403
    assert house.desk.heard == []


async def test_a_file_is_saved_never_shown_and_only_by_those_who_may_see_its_request(closed: House) -> None:
    closed.cabinet.held["li", "HX-1", 1] = ('图"纸\r\n.svg', b"<svg onload=alert(1)>")
    async with closed.client() as client:
        assert (await client.get("/requests/HX-1/files/1")).status_code == 401
        await client.post("/in/s3cret")
        found = await client.get("/requests/HX-1/files/1")
        assert found.content == b"<svg onload=alert(1)>"
        assert found.headers["content-type"] == "application/octet-stream"
        assert found.headers["content-disposition"].startswith(
            "attachment; filename*=UTF-8''%E5%9B%BE%22%E7%BA%B8%0D%0A"
        )
        assert found.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in found.headers["content-security-policy"]
        for place in ("2", "0", "-1", "x", "9" * 30):
            assert (await client.get(f"/requests/HX-1/files/{place}")).status_code == 404


async def test_a_draft_is_tried_by_managers_only(house: House) -> None:
    house.reader.replayed = ReplayTold(
        "as it would have gone", "July", "3 requests",
        (ReplayLine("Solution", "1 of 2", "2 of 2", "+50 points", 1),),
        (ReplayChange("HX-42", "<b>bold</b>", "Solution", "missed", "kept", "due Mon", 1),), (), "1 verdict changes",
    )  # fmt: skip
    draft = {"draft": "[agreements.gold]\nversion = 2", "since": "2026-07-31", "until": "2026-07-01"}
    async with house.client() as client:
        form = (await client.get("/replay", params={"as": "zhao"})).text
        tried = await client.post("/replay", params={"as": "zhao"}, data=draft)
        for person in ("wang", "li"):
            assert (await client.get("/replay", params={"as": person})).status_code == 404
            assert (await client.post("/replay", params={"as": person}, data=draft)).status_code == 404
        assert "/replay" in (await client.get("/queue", params={"as": "zhao"})).text
        assert "/replay" not in (await client.get("/queue", params={"as": "wang"})).text
        foreign = {"origin": "http://evil.example"}
        assert (await client.post("/replay", params={"as": "zhao"}, data=draft, headers=foreign)).status_code == 403

    assert 'name="since" value="2025-07-01"' in form, "the last quarter"
    assert "+50 points" in tried.text
    assert "&lt;b&gt;bold" in tried.text
    assert "version = 2</textarea>" in tried.text, "the draft stays in the form"
    assert house.reader.drafts == [("zhao", draft["draft"], date(2026, 7, 1), date(2026, 7, 31))]


async def test_a_draft_with_mistakes_is_shown_them_beside_it(house: House) -> None:
    house.reader.replayed = ReplayTold("", mistakes=("draft.toml:2: agreements.gold: no <calendar>",))
    async with house.client() as client:
        told = await client.post("/replay", params={"as": "zhao"}, data={"draft": "x", "since": "?", "until": ""})

    assert "draft.toml:2: agreements.gold: no &lt;calendar&gt;" in told.text
    assert told.status_code == 200


# The demo


async def test_the_page_looks_on_in_every_chat_that_could_be_opened(house: House) -> None:
    await house.post("team", card())
    async with house.client() as client:
        page = (await client.get("/")).text
        answer = (await client.post("/stage/me", json={"person": "ann", "chat": "@ann"})).json()
        foreign = (await client.post("/stage/me", json={"person": "ann", "chat": "@bob"})).json()

    assert '<i data-part="member" data-chat="team" data-person="ann" data-cursor="1">' in page
    assert '<i data-part="manager" data-chat="@zhao" data-person="zhao" data-cursor="0">' in page
    assert 'data-chat="@ann"' in answer["html"]
    assert 'class="pane" data-chat="team"' in foreign["html"]


async def test_columns_are_cast_by_language_and_one_click_recasts(house: House) -> None:
    async with house.client(**{"accept-language": "en-GB"}) as client:
        page = (await client.get("/")).text
        assert 'data-chat="client-nord"' in page
        assert 'data-chat="@zhao"' in page
        answer = (await client.post("/stage/me", json={"person": "li"})).json()
        assert answer["part"] == "client"
        assert 'data-chat="client-hx"' in answer["html"]
        assert 'data-chat="client-hx"' in (await client.get("/")).text


async def test_the_clock_is_turned_from_the_page(house: House) -> None:
    async with house.client() as client:
        assert (await client.post("/stage/speed", json={"factor": 60})).json()["speed"] == 60
        assert (await client.post("/stage/speed", json={"factor": "60"})).status_code == 400
        jumped = (await client.post("/stage/jump", json={})).json()

    assert house.stage is not None
    assert house.stage.factor == 60
    assert jumped["now"] == (NOON + timedelta(hours=2)).timestamp() * 1000
    assert "Mon 24 Nov 14:00" in jumped["toast"]


# The stream


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The routes on a real port: an ASGI transport cannot stream."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        config = uvicorn.Config(house.app, log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve([sock]))
        while not server.started:  # noqa: ASYNC110 - uvicorn tells by a flag only
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        finally:
            await house.adapter.stop()
            server.should_exit = True
            await asyncio.wait_for(running, 5)


async def events(answer: httpx.Response, kind: str = "entry") -> AsyncIterator[tuple[str, dict[str, Any]]]:
    found: dict[str, str] = {}
    async for text in answer.aiter_lines():
        if text:
            name, _, value = text.partition(": ")
            found[name] = value
        else:
            if found.get("event") == kind:
                yield found.get("id", ""), json.loads(found["data"])
            found = {}


def chats(*pairs: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for person, chat in pairs:
        yield from (("as", person), ("chat", chat), ("after", "0"))


async def test_the_stream_tells_what_is_new_and_what_changed_and_resumes(house: House) -> None:
    query = httpx.QueryParams(list(chats(("wang", "team-it"), ("wang", "@wang"))))
    async with served(house) as url, httpx.AsyncClient() as client:
        first = await house.post("team-it", card("old"))
        async with client.stream("GET", f"{url}/events", params=query) as answer:
            stream = events(answer)
            assert "old" in (await anext(stream))[1]["html"]
            await house.post("@wang", card("direct"))
            _, direct = await asyncio.wait_for(anext(stream), 2)
            assert (direct["chat"], "direct" in direct["html"]) == ("@wang", True)
            await house.adapter.edit(Address("web", "", "team-it"), first, card("newer"))
            last, changed = await asyncio.wait_for(anext(stream), 2)
            assert (changed["entry"], "newer" in changed["html"]) == (first, True)

        await house.post("team-it", card("missed"))
        async with client.stream("GET", f"{url}/events", params=query, headers={"last-event-id": last}) as answer:
            _, missed = await asyncio.wait_for(anext(events(answer)), 2)
            assert "missed" in missed["html"]


async def test_the_stream_tells_the_time_when_somebody_turns_the_clock(house: House) -> None:
    query = httpx.QueryParams(list(chats(("wang", "team-it"))))
    async with served(house) as url, httpx.AsyncClient() as client:  # noqa: SIM117 - the server outlives the stream
        async with client.stream("GET", f"{url}/events", params=query) as answer:
            stream = events(answer, "clock")
            assert (await anext(stream))[1]["speed"] == 1
            await client.post(f"{url}/stage/speed", json={"factor": 0}, headers={"origin": url})
            assert (await asyncio.wait_for(anext(stream), 2))[1]["speed"] == 0


async def test_a_stream_ends_at_once_when_the_desk_stops_or_the_browser_leaves(house: House) -> None:
    query = httpx.QueryParams(list(chats(("wang", "team-it"))))
    ears = house.adapter._messenger.ears  # type: ignore[attr-defined]
    async with served(house) as url, httpx.AsyncClient() as client:
        async with client.stream("GET", f"{url}/events", params=query) as answer:
            await anext(events(answer, "clock"))
            assert len(ears) == 1
        for _ in range(100):
            if not len(ears):
                break
            await asyncio.sleep(0.01)
        assert len(ears) == 0

        async with client.stream("GET", f"{url}/events", params=query) as answer:
            stream = events(answer, "clock")
            await anext(stream)
            await house.adapter.stop()
            with pytest.raises(StopAsyncIteration):
                await asyncio.wait_for(anext(stream), 1)
