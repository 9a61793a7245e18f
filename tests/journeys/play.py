"""The play: people who say, press and hear, on any platform, and a clock that is turned.

A journey is written once against `Play`; each platform supplies how its people act and what they see. Everything goes
through the real program, the real SDKs and real HTTP; only the platforms are ours.
"""

from __future__ import annotations

import contextlib
import re
import uuid
from abc import ABC, abstractmethod
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from bot.program import Maker, Parts, Program
from core.courier import Pace
from core.ports import ChatAdapter
from core.rulebook.load import load, parse
from core.rulebook.values import Rulebook
from tests.conftest import FrozenClock
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.support.databases import lasting

DESK = Path(__file__).parent.parent / "data" / "desk.toml"
#: Journeys turn the clock, so the platforms' limits per second are kept in a journey of their own.
UNPACED = Pace(quiet=60, paced=False)
PEOPLE = {"emma": ("U0EMMA", 1001, "en"), "bao": ("U0BAO", 1002, "zh"), "olga": ("U0OLGA", 1003, "en"),
          "li": ("U0LI", 2001, "en"), "wang": ("U0WANG", 2002, "en"), "zhao": ("U0ZHAO", 2003, "en")}  # fmt: skip
CHATS = {
    "client": ("C0CLIENT", -1001000000001),
    "other": ("C0OTHER", -1001000000002),
    "team": ("C0TEAM", -1001000000009),
}
MEMBERS = {"client": ("emma", "bao"), "other": ("olga",), "team": ("li", "wang", "zhao")}


@dataclass(slots=True)
class Heard:
    """What somebody was answered: the words, and the buttons under them."""

    words: str
    buttons: tuple[str, ...] = ()
    raw: Any = None

    @property
    def plain(self) -> str:
        """The words without Slack's marks for bold ones."""
        return self.words.replace("*", "")


class Stand(ABC):
    """How people act and what they see on one platform. `chat` is `client`, `other`, `team` or `@person`."""

    name: str
    port: int = 0

    @abstractmethod
    def maker(self) -> Maker: ...

    @abstractmethod
    async def says(self, person: str, chat: str, line: str) -> Heard: ...

    @abstractmethod
    async def presses(self, person: str, chat: str, containing: str, label: str) -> Heard: ...

    @abstractmethod
    async def fills(self, person: str, chat: str, values: dict[str, str]) -> Heard: ...

    @abstractmethod
    async def hands_over(
        self, person: str, chat: str, containing: str, name: str, words: str = "", size: int = 4
    ) -> Heard:
        """A file of this name as an answer to the message that contains these words."""

    @abstractmethod
    async def shown(self, chat: str) -> list[Heard]: ...

    async def again(self) -> None:
        """The platform delivers the last thing once more."""
        raise NotImplementedError

    def nth(self, chat: str, heard: Heard) -> int:
        """How many messages the desk had posted to this chat before this one; -1 where that is not counted."""
        return -1

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        """The pictures that stand in a chat, with what is said of them."""
        raise NotImplementedError

    def drop(self, chat: str, n: int) -> None:
        """The nth message that the desk posts to this chat is said to be there, and is not."""
        raise NotImplementedError

    @property
    def missed(self) -> bool:
        """Whether the desk wanted to edit a message and was told that there is none."""
        return False

    @abstractmethod
    async def started(self, program: Program) -> None:
        """The program runs now, perhaps anew."""

    @property
    def bytes(self) -> int:
        return 0


def _labels(html: str) -> tuple[str, ...]:
    return tuple(re.findall(r"<button[^>]*>\s*([^<]+?)\s*</button>", html))


#: A picture on the page: its bytes and its words.
PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)"')


def flat(text: str) -> str:
    """Words without the line breaks and invisible marks that a platform's layout puts between them."""
    return re.sub(r"\s+", " ", re.sub(r"[\u200b\u2060\u2066-\u2069]", "", text)).strip()


def plain(html: str) -> str:
    return flat(unescape(re.sub(r"<[^>]+>", " ", html)))


class SlackStand(Stand):
    name = "slack"

    def __init__(self, double: SlackDouble, *, http: bool = False) -> None:
        self.double = double
        self.http = http
        double.api.scopes |= {"app_mentions:read"}  # which the manifest asks for
        for person, (user, _, lang) in PEOPLE.items():
            double.add_user(user, person, locale="zh-CN" if lang == "zh" else "en-US")
        for chat, (channel, _) in CHATS.items():
            double.add_channel(channel, chat, members=[PEOPLE[p][0] for p in MEMBERS[chat]])

    def maker(self) -> Maker:
        from adapters import slack

        app_token = "" if self.http else "xapp-test"
        account = slack.SlackSettings("xoxb-test", app_token, self.double.signing_secret, self.double.api_url)
        return lambda parts: slack.connect(account, memory=parts.memory, clock=parts.clock)

    async def started(self, program: Program) -> None:
        if self.http:
            self.double.signing_clock = lambda: program.clock.real().timestamp()
            self.double.request_url = f"http://127.0.0.1:{program.port}/slack/events"
        else:
            await self.double.sockets_connected()

    def _chat(self, chat: str) -> str:
        if not chat.startswith("@"):
            return CHATS[chat][0]
        return PEOPLE[chat[1:]][0]

    async def says(self, person: str, chat: str, line: str) -> Heard:
        user = PEOPLE[person][0]
        command, _, text = line.partition(" ")
        before = self._whispers(user)
        heard = await self.double.say_command(user, self._chat(chat), command, text)
        assert heard.acked, heard
        return await self._answered(user, before)

    async def _answered(self, user: str, before: dict[str, str]) -> Heard:
        """The answer may come by a call of its own, after the acknowledgement."""
        if not self._private(user, before).words:
            await self.double.until(lambda: self._private(user, before).words)
        return self._private(user, before)

    def _whispers(self, user: str) -> dict[str, str]:
        return {m.ts: m.words for m in self.double.ephemerals(user)}

    def _private(self, user: str, before: dict[str, str]) -> Heard:
        """What only this person was shown since: a new whisper, one that was replaced, or a form."""
        view = self.double.open_view(user)
        answers = [m for m in self.double.ephemerals(user) if before.get(m.ts) != m.words]
        if answers:
            return Heard(flat(answers[-1].words), tuple(answers[-1].buttons), answers[-1])
        if view is not None:
            return Heard(flat(view.words), tuple(view.buttons), view)
        return Heard("")

    async def presses(self, person: str, chat: str, containing: str, label: str) -> Heard:
        user = PEOPLE[person][0]
        before = self._whispers(user)
        private = [m for m in self.double.ephemerals(user) if containing in flat(m.words) and label in m.buttons]
        channel = self._chat(chat)
        shared = [m for m in self.double.shown(channel) if containing in flat(m.words) and label in m.buttons]
        found = shared or private
        assert found, (
            f"nothing with {containing!r} and [{label}] in {chat}: {[m.words for m in self.double.shown(channel)]}"
        )
        heard = await self.double.press(user, channel, found[-1].ts, label=label)
        assert heard.acked, heard
        return await self._answered(user, before)

    async def fills(self, person: str, chat: str, values: dict[str, str]) -> Heard:
        user = PEOPLE[person][0]
        before = self._whispers(user)
        heard = await self.double.submit_view(user, values)
        assert heard.acked, heard
        view = self.double.open_view(user)
        wrong = f"{view.words} {' '.join(view.errors.values())}" if view and view.errors else ""
        return Heard(flat(wrong), (), view) if wrong else self._private(user, before)

    async def hands_over(
        self, person: str, chat: str, containing: str, name: str, words: str = "", size: int = 4
    ) -> Heard:
        user, channel = PEOPLE[person][0], self._chat(chat)
        before = self._whispers(user)
        card = [m for m in self.double.shown(channel) if containing in flat(m.words)][-1]
        link = "https://acme.slack.com/files/U0EMMA/F0FILE/file"
        files = [{"id": "F0FILE", "name": name, "mode": "hosted", "size": size, "permalink": link}]
        heard = await self.double.mention(user, channel, words, card.ts, files=files)
        assert heard.acked, heard
        return await self._answered(user, before)

    async def shown(self, chat: str) -> list[Heard]:
        return [
            Heard(flat(m.words), tuple(m.buttons), m) for m in self.double.shown(self._chat(chat)) if not m.private_to
        ]

    async def again(self) -> None:
        await self.double.redeliver()

    def nth(self, chat: str, heard: Heard) -> int:
        posted = [m.ts for m in self.double.posts_of(self._chat(chat)) if not m.files]
        return posted.index(heard.raw.ts) if heard.raw.ts in posted else -1

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        return self.double.pictures(self._chat(chat))

    def drop(self, chat: str, n: int) -> None:
        self.double.drop_next(channel=self.double.place(self._chat(chat)).id, after=n)

    @property
    def missed(self) -> bool:
        return any(call.error == "message_not_found" for call in self.double.calls)

    @property
    def bytes(self) -> int:
        return int(self.double.bytes_in + self.double.bytes_out)


class TelegramStand(Stand):
    name = "telegram"

    def __init__(self, double: TelegramDouble, *, webhook: bool = False) -> None:
        self.double = double
        self.webhook = webhook
        for person, (_, user, lang) in PEOPLE.items():
            double.add_user(user, person, lang=lang)
        for chat, (_, group) in CHATS.items():
            double.add_group(group, chat, members=[PEOPLE[p][1] for p in MEMBERS[chat]])

    def maker(self) -> Maker:
        from adapters import telegram

        def make(parts: Parts) -> ChatAdapter:
            url = f"http://127.0.0.1:{self.port}/telegram/webhook" if self.webhook else ""
            secret = "a-secret-of-more-than-thirty-two-characters" if self.webhook else ""
            bot = telegram.TelegramSettings(self.double.token, self.double.url, secret, url)
            return telegram.connect(bot, memory=parts.memory, clock=parts.clock)

        return make

    async def started(self, program: Program) -> None:
        """It polls, or is called, by itself."""

    def _chat(self, chat: str) -> int:
        return PEOPLE[chat[1:]][1] if chat.startswith("@") else CHATS[chat][1]

    async def says(self, person: str, chat: str, line: str) -> Heard:
        where = self._chat(chat)
        before = {m.message_id for m in self.double.shown(where)}
        said = self.double.say(PEOPLE[person][1], where, line)
        await self.double.settled()
        return await self._answer(where, before, said.message_id)

    async def _answer(self, where: int, before: set[int], to: int | None = None) -> Heard:
        """The newest message since, waiting for a call that is still on its way."""

        def came() -> bool:
            new = [m for m in self.double.shown(where) if m.message_id not in before]
            return any(to is None or m.reply_to == to for m in new)

        with contextlib.suppress(AssertionError):
            # A line is always answered, by a busy machine later; a press may only change what stands there.
            await self.double.pulse.within(2 if to is None else 30, came, lambda: "no answer came")
        new = [m for m in self.double.shown(where) if m.message_id not in before]
        mine = [m for m in new if to is None or m.reply_to == to] or new
        return Heard(flat(mine[-1].text), tuple(mine[-1].buttons), mine[-1]) if mine else Heard("")

    async def presses(self, person: str, chat: str, containing: str, label: str) -> Heard:
        where = self._chat(chat)
        found = [m for m in self.double.shown(where) if containing in m.text and label in m.buttons]
        assert found, (
            f"nothing with {containing!r} and [{label}] in {chat}: {[(m.text, m.buttons) for m in self.double.shown(where)]}"
        )
        before = {m.message_id for m in self.double.shown(where)}
        press = self.double.press(PEOPLE[person][1], where, found[-1].message_id, label=label)
        toast = await press
        await self.double.settled()
        if toast.text:
            return Heard(flat(toast.text))
        return await self._answer(where, before)

    async def fills(self, person: str, chat: str, values: dict[str, str]) -> Heard:
        """Answer the questions one by one: a choice by its button, words as a reply to the prompt."""
        where, user = self._chat(chat), PEOPLE[person][1]
        answer = Heard("")
        for value in values.values():
            latest = self.double.shown(where)[-1]
            before = {m.message_id for m in self.double.shown(where)}
            if value in latest.buttons:
                await self.double.press(user, where, latest.message_id, label=value)
            else:
                self.double.say(user, where, value, reply_to=latest.message_id)
            await self.double.settled()
            answer = await self._answer(where, before)
        return answer

    async def hands_over(
        self, person: str, chat: str, containing: str, name: str, words: str = "", size: int = 4
    ) -> Heard:
        where = self._chat(chat)
        before = {m.message_id for m in self.double.shown(where)}
        card = [m for m in self.double.shown(where) if containing in flat(m.text)][-1]
        sent = self.double.attach(PEOPLE[person][1], where, name, b"%PDF".ljust(size), words, reply_to=card.message_id)
        await self.double.settled()
        return await self._answer(where, before, sent.message_id)

    async def shown(self, chat: str) -> list[Heard]:
        return [Heard(flat(m.text), tuple(m.buttons), m) for m in self.double.shown(self._chat(chat))]

    async def again(self) -> None:
        self.double.redeliver()
        await self.double.settled()

    def nth(self, chat: str, heard: Heard) -> int:
        photos = self.double.photos(self._chat(chat))
        posted = [m.message_id for m in self.double.shown(self._chat(chat)) if m.message_id not in photos]
        return posted.index(heard.raw.message_id) if heard.raw.message_id in posted else -1

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        return self.double.pictures(self._chat(chat))

    def drop(self, chat: str, n: int) -> None:
        self.double.drop_next("sendMessage", chat=self._chat(chat), after=n)

    @property
    def missed(self) -> bool:
        return any("message to edit not found" in call.description.lower() for call in self.double.calls)

    @property
    def bytes(self) -> int:
        return int(self.double.bytes_in + self.double.bytes_out)


class WebStand(Stand):
    name = "web"

    def __init__(self) -> None:
        self.client: httpx.AsyncClient | None = None
        self.program: Program | None = None
        self._last: tuple[str, dict[str, Any]] | None = None
        self._private: dict[str, list[str]] = {}
        self._bytes = 0

    def maker(self) -> Maker:
        from adapters import web

        return lambda parts: web.connect(
            shelf=parts.shelf,
            cabinet=parts.cabinet,
            reader=parts.reader,
            clock=parts.clock,
            stage=self.stage,
            secure=False,
        )

    stage: Any = None

    async def started(self, program: Program) -> None:
        self.program = program
        if self.client is not None:
            await self.client.aclose()
        base = f"http://127.0.0.1:{program.port}"
        self.client = httpx.AsyncClient(base_url=base, headers={"Origin": base})

    def _chat(self, chat: str) -> str:
        return (
            chat
            if chat.startswith("@")
            else {"client": "client-hx", "other": "client-other", "team": "team-site"}[chat]
        )

    async def _post(self, path: str, person: str, body: dict[str, Any]) -> Heard:
        assert self.client is not None
        sent = {**body, "as": person}
        self._last = (path, sent)
        answer = await self.client.post(path, json=sent)
        self._bytes += len(answer.content) + len(answer.request.content)
        assert answer.status_code == 200, answer.text
        return self._read(answer.json(), person)

    def _read(self, data: dict[str, Any], person: str) -> Heard:
        html = f"{data['html']} {data.get('toast') or ''} {data.get('errors') or ''}"
        self._private.setdefault(person, []).append(html)
        return Heard(plain(html), _labels(html), html)

    async def says(self, person: str, chat: str, line: str) -> Heard:
        return await self._post("/say", person, {"chat": self._chat(chat), "text": line, "key": uuid.uuid4().hex})

    async def presses(self, person: str, chat: str, containing: str, label: str) -> Heard:
        htmls = [h.raw for h in await self.shown(chat) if containing in h.words]
        htmls = [html for html in self._private.get(person, []) if containing in plain(html)] + htmls
        for html in reversed(htmls):
            for tag, text in re.findall(r"(<button[^>]*>)\s*([^<]+?)\s*</button>", html):
                token = re.search(r'data-token="([^"]+)"', tag)
                if text == label and token:
                    return await self._post(
                        "/press", person, {"chat": self._chat(chat), "token": token.group(1), "key": uuid.uuid4().hex}
                    )
        raise AssertionError(f"nothing with {containing!r} and [{label}] in {chat}: {[plain(h) for h in htmls]}")

    async def fills(self, person: str, chat: str, values: dict[str, str]) -> Heard:
        form = next(html for html in reversed(self._private[person]) if '<form class="form"' in html)
        token = re.search(r'<form class="form" data-token="([^"]+)"', form)
        assert token is not None
        body = {"chat": self._chat(chat), "token": token.group(1), "key": uuid.uuid4().hex, "values": values}
        return await self._post("/fill", person, body)

    async def hands_over(
        self, person: str, chat: str, containing: str, name: str, words: str = "", size: int = 4
    ) -> Heard:
        """As the composer does: the file first, then the words with its reference."""
        assert self.client is not None
        about = {"as": person, "name": name, "size": str(size)}
        head = {"content-type": "application/octet-stream"}
        sent = await self.client.post("/upload", params=about, content=b"%PDF".ljust(size), headers=head)
        assert sent.status_code == 200, sent.text
        if "error" in sent.json():
            return Heard(sent.json()["error"])
        shown = next(h for h in reversed(await self.shown(chat)) if containing in h.words)
        entry = re.search(r'data-entry="([^"]+)"', shown.raw)
        assert entry is not None, shown.raw
        body: dict[str, Any] = {"chat": self._chat(chat), "text": words, "key": uuid.uuid4().hex}
        body |= {"reply_to": entry.group(1), "files": [sent.json()["ref"]]}
        return await self._post("/say", person, body)

    async def shown(self, chat: str) -> list[Heard]:
        """What a browser that opens the chat now is sent."""
        assert self.client is not None
        viewer = chat[1:] if chat.startswith("@") else MEMBERS[chat][0]
        answer = await self.client.get("/pane", params={"as": viewer, "chat": self._chat(chat)})
        assert answer.status_code == 200, answer.text
        self._bytes += len(answer.content)
        articles = re.findall(r'<article class="entry desk".*?</article>', answer.text, re.DOTALL)
        return [Heard(plain(html), _labels(html), html) for html in articles]

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        found = [one for h in await self.shown(chat) for one in PICTURE.findall(h.raw)]
        return [(b64decode(data), unescape(said)) for data, said in found]

    async def again(self) -> None:
        assert self._last is not None
        assert self.client is not None
        path, body = self._last
        answer = await self.client.post(path, json=body)
        assert answer.status_code == 200

    @property
    def bytes(self) -> int:
        return self._bytes


@dataclass(slots=True)
class Play:
    """One desk, one platform, one database, and the clock."""

    stand: Stand
    program: Program
    clock: FrozenClock
    make: Callable[[Rulebook | None], Program]
    seen: dict[tuple[str, int], str] = field(default_factory=dict)
    """What the journey looks at: the chat and the how-many-th message posted there, with its words."""
    alone: set[tuple[str, int]] = field(default_factory=set)
    """Of these, what no other message could have stood for: without it the journey would have failed there."""

    async def says(self, person: str, chat: str, line: str) -> Heard:
        heard = await self.stand.says(person, chat, line)
        await self.settle()
        return heard

    async def presses(self, person: str, chat: str, containing: str, label: str) -> Heard:
        heard = await self.stand.presses(person, chat, containing, label)
        await self.settle()
        return heard

    async def fills(self, person: str, chat: str, values: dict[str, str]) -> Heard:
        heard = await self.stand.fills(person, chat, values)
        await self.settle()
        return heard

    async def hands_over(self, person: str, chat: str, containing: str, name: str, words: str = "") -> Heard:
        heard = await self.stand.hands_over(person, chat, containing, name, words)
        await self.settle()
        return heard

    async def settle(self) -> None:
        await self.program.courier.until_quiet()

    async def advance(self, span: timedelta) -> None:
        """Turn the clock, stopping wherever something is due, until everything that came due is said."""
        until = self.clock.at + span
        while True:
            due = await self.program.ticker.next_due()
            self.clock.at = max(min(due, until), self.clock.at) if due else until
            await self.program.ticker.beat()
            await self.settle()
            if self.clock.at >= until:
                return

    async def sees(self, chat: str, *containing: str) -> Heard:
        """The newest message of a chat that holds all of these words."""
        shown = await self.stand.shown(chat)
        found = [heard for heard in shown if all(words in heard.words for words in containing)]
        if found:
            self.seen[chat, self.stand.nth(chat, found[-1])] = found[-1].words
            if len(found) == 1:
                self.alone.add((chat, self.stand.nth(chat, found[-1])))
            return found[-1]
        raise AssertionError(f"{containing} is not in {chat}: {[h.words for h in shown]}")

    async def count(self, chat: str, containing: str = "") -> int:
        found = [heard for heard in await self.stand.shown(chat) if containing in heard.words]
        self.seen |= {(chat, self.stand.nth(chat, heard)): heard.words for heard in found}
        return len(found)

    async def restart(self, rulebook: Rulebook | None = None) -> None:
        """The program ends and begins anew on the same database, with another rulebook if one is given."""
        await self.program.stop()
        self.program = self.make(rulebook)
        await self.program.start()
        await self.stand.started(self.program)
        await self.settle()


def rewritten(play: Play, *passages: str) -> Rulebook:
    """The rulebook of the tests with some passages of its file written otherwise: was, now, was, now ..."""
    text = DESK.read_text("utf-8")
    for was, now in zip(passages[::2], passages[1::2], strict=True):
        assert text.count(was) == 1, was
        text = text.replace(was, now)
    return parse(text, str(DESK), date(2026, 11, 23), chats_on_page=play.stand.name == "web")


@asynccontextmanager
async def curtain(platform: str, database_url: str, clock: FrozenClock, pace: Pace = UNPACED) -> AsyncIterator[Play]:
    """A play on one platform (`slack`, `slack-http`, `telegram`, `telegram-webhook`, `web`) and one database."""

    def wall() -> float:
        """The platforms' time is the play's: a message bears the moment at which it is said."""
        return clock.real().timestamp()

    async with AsyncExitStack() as stack:
        stand: Stand
        if platform.startswith("slack"):
            slack = await stack.enter_async_context(SlackDouble(clock=wall))
            slack.ack_timeout = 30  # on a machine that may be busy
            stand = SlackStand(slack, http=platform == "slack-http")
        elif platform.startswith("telegram"):
            double = await stack.enter_async_context(TelegramDouble(clock=wall))
            stand = TelegramStand(double, webhook=platform == "telegram-webhook")
        else:
            stand = WebStand()
        book = load(DESK, today=date(2026, 11, 23), chats_on_page=platform == "web")
        if isinstance(stand, WebStand):
            from bot.clock import TurnedClock
            from bot.demo import DemoStage

            stand.stage = DemoStage(book, TurnedClock(0, clock.at))

        def make(other: Rulebook | None = None) -> Program:
            program = Program(lasting(database_url), other or book, clock, {stand.name: stand.maker()}, pace=pace)
            stand.port = program.bind()
            return program

        program = make()
        await program.start()
        await stand.started(program)
        play = Play(stand, program, clock, make)
        try:
            yield play
        finally:
            if isinstance(stand, WebStand) and stand.client is not None:
                await stand.client.aclose()
            await play.program.stop()
