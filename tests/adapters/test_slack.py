"""Slack: the contract over signed HTTP and over Socket Mode, and what only Slack has."""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import aiohttp
import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette

from adapters.slack import EVENTS, SCOPES, VERIFY_SCOPES, SlackSettings, blocks, connect, fitting, manifest, render
from adapters.slack.door import _form
from adapters.slack.envelope import Account, of_event, typed
from adapters.slack.messenger import classify, retry_after
from adapters.slack.text import cut, size
from adapters.slack.view import view
from core.errors import DeliveryError, MessageLost, Outcome, Unverifiable
from core.model.parties import Address, Identity
from core.ports import ChatBack, ChatGone, ChatMoved, Pressed, Said
from core.say.message import (
    Action,
    Actions,
    Answer,
    Bold,
    Button,
    Context,
    Fields,
    Gauge,
    Header,
    Link,
    Mention,
    Message,
    Paragraph,
    Plain,
    Quote,
    When,
)
from tests.adapters.contract import (
    DUE,
    DUE_TEXT,
    FORM,
    NAUGHTY,
    RETRY_AFTER,
    AdapterContract,
    RecordingDesk,
    a_message,
    button,
    every_kind,
    say,
    very_long,
)
from tests.doubles.slack import Shown, SlackDouble
from tests.doubles.slack_api import DEFAULT_SCOPES
from tests.doubles.slack_blocks import check_message_blocks, check_view, total_text

GOLDENS = Path(__file__).parent / "goldens" / "slack"
ALL_SCOPES = DEFAULT_SCOPES | {"app_mentions:read", *VERIFY_SCOPES}
PEOPLE = {"ann": "U0ANN", "bob": "U0BOB"}
CHATS = {"team": "C0TEAM"} | PEOPLE
SECRETS = ("xoxb-test-canary", "xapp-test-canary", "secret-canary-0123456789")


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    real = now


class Memory:
    def __init__(self) -> None:
        self.facts: dict[str, str] = {}

    async def recall(self, name: str) -> str | None:
        return self.facts.get(name)

    async def remember(self, name: str, value: str) -> None:
        self.facts[name] = value


class SlackDriver:
    """The contract's people, on the Slack double."""

    secrets = SECRETS

    def __init__(self, slack: SlackDouble, *, over_socket: bool = False) -> None:
        self.slack = slack
        self.memory = Memory()
        bot, app, secret = SECRETS
        door = {"app_token": app} if over_socket else {"signing_secret": secret}
        self.settings = SlackSettings(bot, api_url=slack.api_url, **door)
        self.adapter: Any = connect(self.settings, memory=self.memory, clock=Clock())

    def identity(self, user: str) -> Identity:
        return Identity("slack", "T0HX", PEOPLE[user])

    def address(self, chat: str) -> Address:
        return Address.direct(self.identity(chat)) if chat in PEOPLE else Address("slack", "T0HX", CHATS[chat])

    async def says(self, user: str, chat: str, text: str) -> None:
        person, place = PEOPLE[user], CHATS[chat]
        words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if text.startswith("/"):
            heard = await self.slack.say_command(person, place, *words.split(" ", 1))
        elif text.startswith("@bot "):
            heard = await self.slack.mention(person, place, words[5:])
        else:
            heard = await self.slack.message(person, place, words)
        assert heard.acked, heard
        await self.settled()

    async def replies(self, user: str, chat: str, receipt: str, text: str) -> None:
        await self.slack.mention(PEOPLE[user], CHATS[chat], text, thread_ts=receipt.split(":")[1])
        await self.settled()

    async def clicks(self, user: str, chat: str, label: str) -> None:
        person, place = PEOPLE[user], CHATS[chat]
        message = next(m for m in reversed(self.slack.shown(place, to=person)) if label in m.buttons)
        heard = await self.slack.press(person, place, message.ts, label=label)
        assert heard.acked, heard
        await self.settled()

    async def fills(self, user: str, values: Mapping[str, str]) -> None:
        heard = await self.slack.submit_view(PEOPLE[user], dict(values))
        assert heard.acked, heard
        await self.settled()

    async def again(self) -> None:
        heard = await self.slack.redeliver()
        assert heard.acked, heard
        await self.settled()

    async def settled(self) -> None:
        await self.adapter._errands.finish(5)

    async def shown(self, chat: str, to: str = "") -> list[str]:
        return [Drawn(message).words for message in self._messages(chat, to)]

    async def buttons(self, chat: str, to: str = "") -> list[str]:
        return [label for message in self._messages(chat, to) for label in message.buttons]

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        return self.slack.pictures(CHATS[chat])

    async def pings(self, chat: str) -> list[str]:
        return [name for message in self._messages(chat, "") for name in Drawn(message).pings]

    def _messages(self, chat: str, to: str) -> list[Shown]:
        return [m for m in self.slack.shown(CHATS[chat], to=PEOPLE.get(to)) if m.by_bot]

    async def deletes(self, chat: str, receipt: str) -> None:
        shown = self.slack.team.find(*receipt.split(":"))
        assert shown is not None
        shown.deleted = True

    def fails_next(self, kind: str) -> None:
        match kind:
            case "rate_limited":
                self.slack.limit_next("*", RETRY_AFTER)
            case "gone":
                self.slack.archive(CHATS["team"])
            case "unauthorised":
                self.slack.revoke_token()
            case "picture":
                self.slack.fail_next("upload", "500")
            case "refused":
                self._nobody_listens_once()
            case "reset":
                self.slack.fail_next("*", "reset_after")
            case "server_error":
                self.slack.fail_next("*", "500")

    def _nobody_listens_once(self) -> None:
        messenger = self.adapter._messenger
        client, call = messenger._client, messenger.call
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            dead = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"

        async def once(*args: Any, **more: Any) -> Any:
            messenger.call = call
            alive, client.base_url = client.base_url, dead
            try:
                return await call(*args, **more)
            finally:
                client.base_url = alive

        messenger.call = once

    def sends(self) -> int:
        return len([c for c in self.slack.calls if c.method in ("chat.postMessage", "chat.update")])

    def stranger(self) -> Any:
        bad = SlackSettings("xoxb-wrong", signing_secret=SECRETS[2], api_url=self.slack.api_url)
        return connect(bad, memory=Memory(), clock=Clock())


class Drawn:
    """A message as Slack's client draws it, with its markup at work; `pings` is who it calls."""

    def __init__(self, message: Shown) -> None:
        self.pings: list[str] = []
        self._mrkdwn(message.text)
        lines = [line for block in message.blocks for line in self._block(block)]
        self.words = "\n".join(lines) if message.blocks else self._mrkdwn(message.text)
        self.pings = list(dict.fromkeys(self.pings))

    def _block(self, block: dict[str, Any]) -> Iterator[str]:
        match block["type"]:
            case "rich_text":
                for part in block["elements"]:
                    yield "".join(self._rich(e) for e in part["elements"])
            case "section" | "header":
                for text in [block["text"]] if "text" in block else block["fields"]:
                    yield self._text(text)
            case "context":
                yield " ".join(self._text(text) for text in block["elements"])
            case "actions":
                yield " ".join(f"[{e['text']['text']}]" for e in block["elements"] if e["type"] == "button")

    def _text(self, text: dict[str, Any]) -> str:
        if text["type"] == "plain_text":
            return re.sub(r":[\w+'-]+:", "(emoji)", text["text"]) if text.get("emoji", True) else text["text"]
        assert text["verbatim"], "Slack would make links of what looks like some"
        return self._mrkdwn(text["text"])

    def _rich(self, element: dict[str, Any]) -> str:
        if element["type"] == "user":
            self.pings.append(element["user_id"])
            return f"@{element['user_id']}"
        return str(element["text"])

    def _mrkdwn(self, text: str) -> str:
        text = re.sub(r"<([^<>|]*)(?:\|([^<>]*))?>", self._entity, text)
        text = re.sub(r"^&gt; ?", "", text, flags=re.MULTILINE)
        text = re.sub(r":[\w+'-]+:", "(emoji)", text)
        for sign in ("*", "_", "~", "`"):
            text = re.sub(rf"(?<!\w)\{sign}(?=\S)([^{sign}\n]+)(?<=\S)\{sign}(?!\w)", r"\1", text)
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _entity(self, match: re.Match[str]) -> str:
        if match[1][:1] in ("@", "!"):
            self.pings.append(match[1].lstrip("@"))
        return match[2] or match[1]


@asynccontextmanager
async def _served(adapter: Any) -> AsyncIterator[str]:
    """The adapter's routes on a real port; without uvicorn's main loop, which would end a tenth of a second later."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=list(adapter.routes())), lifespan="off", log_config=None)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listening])
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
    await server.shutdown([listening])


def _double() -> SlackDouble:
    bot, app, secret = SECRETS
    return SlackDouble(bot_token=bot, app_token=app, signing_secret=secret, scopes=ALL_SCOPES)


def _populate(slack: SlackDouble) -> None:
    for name, user in PEOPLE.items():
        slack.add_user(user, name.title())
    slack.add_channel("C0TEAM", "team", set(PEOPLE.values()))


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with _double() as slack:
        _populate(slack)
        yield slack


@pytest.fixture
def desk() -> RecordingDesk:
    return RecordingDesk()


@pytest.fixture
async def platform(slack: SlackDouble, desk: RecordingDesk) -> AsyncIterator[SlackDriver]:
    driver = SlackDriver(slack)
    async with _served(driver.adapter) as slack.request_url:
        await driver.adapter.start(desk)
        yield driver
        await driver.adapter.stop()


class TestSlack(AdapterContract):
    """Over signed HTTP."""


class TestSlackOverSocket(AdapterContract):
    """The same over Socket Mode."""

    @pytest.fixture
    async def platform(self, slack: SlackDouble, desk: RecordingDesk) -> AsyncIterator[SlackDriver]:
        driver = SlackDriver(slack, over_socket=True)
        assert driver.adapter.routes() == []
        await driver.adapter.start(desk)
        running = asyncio.create_task(driver.adapter.run())
        await slack.sockets_connected()
        yield driver
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await driver.adapter.stop()

    async def test_it_connects_anew_when_slack_asks(
        self, platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
    ) -> None:
        await slack.refresh_sockets()
        await slack.sockets_connected()
        await platform.says("ann", "team", "/desk queue")
        assert desk.last.content == Said("desk", "queue")


async def test_a_bad_app_token_ends_the_run_with_its_reason(slack: SlackDouble, desk: RecordingDesk) -> None:
    settings = SlackSettings(SECRETS[0], "xapp-wrong", api_url=slack.api_url)
    adapter = connect(settings, memory=Memory(), clock=Clock())
    await adapter.start(desk)
    with pytest.raises(DeliveryError) as caught:
        await adapter.run()
    assert (caught.value.outcome, caught.value.reason) == (Outcome.DEAD, "invalid_auth")
    await adapter.stop()


# --- the door --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forgery",
    [
        "bad_signature",
        "empty_signature",
        "non_ascii_signature",
        "no_signature",
        "no_timestamp",
        "no_headers",
        "text_timestamp",
        "long_timestamp",
        "old_timestamp",
        "future_timestamp",
    ],
)
async def test_what_is_not_slacks_is_refused_and_not_logged(
    platform: SlackDriver,
    slack: SlackDouble,
    desk: RecordingDesk,
    caplog: pytest.LogCaptureFixture,
    forgery: str,
) -> None:
    caplog.set_level(0)
    slack.forge_next(forgery)
    heard = await slack.say_command("U0ANN", "C0TEAM", "/request", "canary-words")
    assert heard.status in (400, 401)
    assert desk.heard == []
    assert "canary-words" not in caplog.text


async def test_a_body_beyond_a_megabyte_is_refused(platform: SlackDriver, slack: SlackDouble) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    async with aiohttp.ClientSession() as session:
        for body in (io.BytesIO(b"x" * (1024 * 1024 + 1)), parts()):
            async with session.post(str(slack.request_url), data=body) as answer:
                assert answer.status == 413


async def test_a_signed_body_that_is_no_json_is_refused(platform: SlackDriver, slack: SlackDouble) -> None:
    for body in (b"payload={", b'{"a":', b"\xff\xfe", b"[" * 100_000, b"payload=" + b"[" * 100_000):
        headers = {"Content-Type": "application/json", **slack.http.signature(body, slack.clock())}
        heard, _ = await slack.http.post(body, headers, 5)
        assert heard.status in (400, 401)


async def test_slacks_probes_are_answered(platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk) -> None:
    assert (await slack.ssl_check()).status == 200
    heard = await slack.verify_url("challenge-words")
    assert heard.body == {"challenge": "challenge-words"}
    assert desk.heard == []


async def test_a_broken_store_is_not_acknowledged(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(envelope: object) -> Answer:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(desk, "hear", broken)
    heard = await slack.say_command("U0ANN", "C0TEAM", "/request", "printer")
    assert heard.status == 500


# --- hearing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("&lt;b&gt; AT&amp;T &amp;lt;", "<b> AT&T &lt;"),
        ("<#C1|billing> fails", "#billing fails"),
        ("<#C1> fails", "#C1 fails"),
        ("for <@U1|ann> now", "for <@U1> now"),
        ("<!here> <!subteam^S1|@net> <!channel>", "@here @net @channel"),
        ("<http://example.com|example.com> <https://a.b/?x=1&amp;y=2>", "example.com https://a.b/?x=1&y=2"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("<https://evil.example|my bank>", "my bank (https://evil.example)"),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
    ],
)
def test_text_is_what_was_typed(sent: str, said: str) -> None:
    assert typed(sent) == said


ACCOUNT = Account("T0HX", "U0DESK", "B0DESK")


def an_event(**event: Any) -> dict[str, Any]:
    return {"team_id": "T0HX", "event_id": "Ev1", "event": event}


@pytest.mark.parametrize(
    ("event", "content"),
    [
        ({"type": "channel_archive", "channel": "C1", "user": "U1"}, ChatGone("channel_archive")),
        ({"type": "channel_left", "channel": "C1", "actor_id": "U1"}, ChatGone("channel_left")),
        ({"type": "group_unarchive", "channel": "C1", "user": "U1"}, ChatBack()),
        ({"type": "member_joined_channel", "channel": "C1", "user": "U0DESK"}, ChatBack()),
        (
            {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"},
            ChatMoved(Address("slack", "T0HX", "C2")),
        ),
    ],
)
def test_the_fate_of_a_channel_is_told(event: dict[str, Any], content: object) -> None:
    heard = of_event(an_event(**event), ACCOUNT)
    assert heard is not None
    assert (heard.content, heard.address, heard.key) == (content, Address("slack", "T0HX", "C1"), "slack:T0HX:ev:Ev1")


@pytest.mark.parametrize(
    ("ts", "said_at"),
    [
        ("1764000000.000200", datetime(2025, 11, 24, 16, 0, 0, 200, UTC)),
        ("", None),
        ("soon", None),
    ],
)
def test_a_message_bears_slacks_own_time(ts: str, said_at: datetime | None) -> None:
    heard = of_event(an_event(type="message", channel="D1", user="U1", text="The third floor", ts=ts), ACCOUNT)
    assert heard is not None
    assert heard.said_at == said_at


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "channel": "D1", "user": "U0DESK", "text": "own words"},
        {"type": "message", "channel": "D1", "user": "U2", "bot_id": "B2", "text": "another bot"},
        {"type": "message", "channel": "D1", "user": "U1", "subtype": "message_changed"},
        {"type": "message", "channel": "C1", "user": "U1", "text": "not to us"},
        {"type": "member_joined_channel", "channel": "C1", "user": "U1"},
        {"type": "app_home_opened", "channel": "D1", "user": "U1", "tab": "messages"},
        {"type": "reaction_added", "user": "U1"},
    ],
)
def test_what_is_not_said_to_us_is_not_heard(event: dict[str, Any]) -> None:
    assert of_event(an_event(**event), ACCOUNT) is None


async def test_shortcuts_ask_for_the_form_or_file_the_message(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    desk.answer = Answer(form=FORM)
    assert (await slack.shortcut("U0ANN", "request")).acked
    await platform.settled()
    assert desk.last.content == Said("request", "")
    assert slack.open_view("U0ANN") is not None
    written = slack.wrote("U0BOB", "C0TEAM", "the &lt;printer&gt; again")
    desk.answer = Answer(message=a_message("filed"))
    assert (await slack.message_shortcut("U0ANN", "C0TEAM", written.ts, "request_message")).acked
    await platform.settled()
    assert desk.last.content == Said("request", "the <printer> again")
    assert desk.last.reply_to == f"C0TEAM:{written.ts}"
    assert "filed" in slack.ephemerals("U0ANN")[-1].words


async def test_files_are_heard_by_their_names_and_stay_where_they_are(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    """In the thread of a card, with or without words; one that Slack tells nothing of has its id for a name."""
    card = slack.wrote("U0BOB", "C0TEAM", "card")
    files = [{"id": "F1", "name": "permit \x00.pdf"}, {"id": "F2", "mode": "file_access"}, {"name": "no id"}]
    await slack.mention("U0ANN", "C0TEAM", "", card.ts, files=files)
    await platform.settled()
    said = desk.last.content
    assert isinstance(said, Said)
    assert said.text == ""
    assert [(file.name, file.ref) for file in said.files] == [("permit \ufffd.pdf", "slack:F1"), ("F2", "slack:F2")]
    assert desk.last.reply_to == f"C0TEAM:{card.ts}"


async def test_the_home_tab_shows_what_the_desk_command_answers(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    desk.answer = Answer(message=every_kind())
    await slack.app_home_opened("U0ANN")
    await platform.settled()
    home = slack.home("U0ANN")
    assert home is not None
    assert "HX-42 · Header" in home.words
    assert desk.last.content == Said("desk", "")
    assert desk.last.address == platform.address("ann")
    await slack.press_home("U0ANN", label="Take")
    assert desk.last.content == Pressed("token-take-0")


# --- answering -------------------------------------------------------------------------------------------------------


async def test_the_answer_to_a_command_comes_in_its_acknowledgement(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    desk.answer = Answer(message=a_message("filed as HX-42"))
    heard = await slack.say_command("U0ANN", "C0TEAM", "/request", "printer")
    assert heard.body["response_type"] == "ephemeral"
    assert slack.ephemerals("U0ANN")[-1].buttons == ["Take"]
    assert [call.method for call in slack.calls] == ["auth.test"]


async def test_an_answer_takes_the_place_of_the_private_message_that_was_pressed(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    desk.answer = Answer(message=a_message("did you mean billing?"))
    await platform.says("ann", "team", "/request #biling")
    desk.answer = Answer(message=a_message("filed"))
    await platform.clicks("ann", "team", "Take")
    (only,) = slack.ephemerals("U0ANN")
    assert "filed" in only.words
    assert desk.last.key.startswith("slack:T0HX:act:")


async def test_a_toast_is_a_short_private_line(platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk) -> None:
    await platform.adapter.post(platform.address("team"), a_message(), "k1")
    desk.answer = Answer(toast="Taken ✓")
    await platform.clicks("bob", "team", "Take")
    assert [m.words for m in slack.ephemerals("U0BOB")] == ["Taken ✓"]


async def test_errors_stand_at_their_fields(platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk) -> None:
    desk.answer = Answer(form=FORM)
    await platform.says("ann", "team", "/request")
    desk.answer = Answer(errors={"title": "Too vague.", "due": "Friday is past."})
    await slack.submit_view("U0ANN", {"title": "it", "level": "low"})
    view = slack.open_view("U0ANN")
    assert view is not None
    assert view.errors == {"title": "Too vague. Friday is past."}
    desk.answer = Answer(message=a_message("filed at last"))
    await platform.fills("ann", {"title": "the printer on floor 3"})
    assert slack.open_view("U0ANN") is None
    assert desk.last.address == platform.address("team")
    assert "filed at last" in slack.ephemerals("U0ANN")[-1].words


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en-GB", "The form did not open in time. Please try once more."),
        ("zh-CN", "表单没有及时打开，请再试一次。"),
    ],
)
async def test_a_form_that_opens_too_late_is_told_and_the_button_stays(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk, locale: str, line: str
) -> None:
    slack.users["U0ANN"].locale = locale
    desk.answer = Answer(message=a_message("what now?"))
    await platform.says("ann", "team", "/desk")
    desk.answer = Answer(form=FORM)
    clock, slack.team.clock = slack.team.clock, lambda: clock() + 0
    real_hear = desk.hear

    async def slow(envelope: Any) -> Answer:
        slack.team.clock = lambda: clock() + 4
        return await real_hear(envelope)

    desk.hear = slow  # type: ignore[method-assign]
    await platform.clicks("ann", "team", "Take")
    assert slack.open_view("U0ANN") is None
    first, second = slack.ephemerals("U0ANN")
    assert first.buttons == ["Take"]
    assert second.words == line
    desk.hear = real_hear  # type: ignore[method-assign]
    slack.team.clock = clock
    await platform.clicks("ann", "team", "Take")
    assert slack.open_view("U0ANN") is not None


async def test_plain_words_cannot_open_a_form(platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk) -> None:
    desk.answer = Answer(form=FORM)
    await platform.says("ann", "ann", "I need something")
    assert [m.words for m in slack.dms("U0ANN")] == ["Please type /request to open the form."]


async def test_who_is_not_in_the_channel_is_answered_directly(
    platform: SlackDriver, slack: SlackDouble, desk: RecordingDesk
) -> None:
    desk.answer = Answer(message=a_message("between us"))
    slack.channels["C0TEAM"].members.discard("U0ANN")
    await platform.says("ann", "team", "@bot take 42")
    assert "between us" in slack.dms("U0ANN")[-1].words


# --- posting ---------------------------------------------------------------------------------------------------------


async def test_metadata_names_nothing_and_stays_through_edits(platform: SlackDriver, slack: SlackDouble) -> None:
    place = platform.address("team")
    receipt = await platform.adapter.post(place, a_message(), "notice:HX-42:ann")
    posted = slack.posts_of("C0TEAM")[0].metadata
    assert posted is not None
    assert posted["event_type"] == "deskbell_delivery"
    assert re.fullmatch("[0-9a-f]{32}", posted["event_payload"]["id"])
    await platform.adapter.edit(place, receipt, a_message("later"))
    assert slack.calls_of("chat.update")[0].args["metadata"] == posted


async def test_a_direct_message_is_opened_once(platform: SlackDriver, slack: SlackDouble) -> None:
    for n in range(3):
        await platform.adapter.post(platform.address("bob"), a_message(), f"k{n}")
    assert len(slack.calls_of("conversations.open")) == 1
    (known,) = platform.memory.facts
    platform.memory.facts[known] = "D0GONE"
    await platform.adapter.post(platform.address("bob"), a_message(), "k9")
    assert len(slack.dms("U0BOB")) == 4
    assert platform.memory.facts[known] != "D0GONE"


async def test_a_direct_message_that_could_not_be_opened_was_not_sent(
    platform: SlackDriver, slack: SlackDouble
) -> None:
    slack.fail_next("conversations.open", "500")
    with pytest.raises(DeliveryError) as caught:
        await platform.adapter.post(platform.address("bob"), a_message(), "k1")
    assert caught.value.outcome is Outcome.RETRY


async def test_what_slack_dislikes_goes_once_more_as_plain_words(
    platform: SlackDriver, slack: SlackDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "HEADER", 500)
    message = Message("printer *on* fire", (Header("HX-42 " + "x" * 300), Paragraph(say("due <soon>, *now*"))))
    receipt = await platform.adapter.post(platform.address("team"), message, "k1")
    (drawn,) = await platform.shown("team")
    assert "HX-42" in drawn
    assert "due <soon›, ∗now∗" in drawn
    assert await platform.adapter.find(platform.address("team"), "k1", datetime.now(UTC)) == receipt
    assert [call.error for call in slack.calls_of("chat.postMessage")] == ["invalid_blocks", None]
    monkeypatch.setattr(render, "SUMMARY", 5000)
    too_long = Message("z" * 4500, (Header("HX-42 " + "x" * 300), Paragraph(say("y" * 4500))))
    with pytest.raises(DeliveryError) as caught:
        await platform.adapter.edit(platform.address("team"), receipt, too_long)
    assert caught.value.outcome is Outcome.REJECTED


async def test_a_message_is_found_on_any_page_and_only_if_it_is_ours(platform: SlackDriver, slack: SlackDouble) -> None:
    place, since = platform.address("team"), datetime.now(UTC) - timedelta(seconds=1)
    slack.fail_next("chat.postMessage", "reset_after")
    with pytest.raises(DeliveryError):
        await platform.adapter.post(place, a_message(), "k1")
    posted = slack.posts_of("C0TEAM")[0]
    for _ in range(450):
        copy = slack.wrote("U0BOB", "C0TEAM", "chatter")
        copy.metadata = posted.metadata
    assert await platform.adapter.find(place, "k1", since) == f"C0TEAM:{posted.ts}"
    assert len(slack.calls_of("conversations.history")) == 3
    slack.fail_next("conversations.history", "ratelimited")
    with pytest.raises(DeliveryError):
        await platform.adapter.find(place, "k1", since)


async def test_without_history_scopes_nothing_can_be_verified(platform: SlackDriver, slack: SlackDouble) -> None:
    slack.scopes.clear()
    slack.scopes.update(DEFAULT_SCOPES)
    with pytest.raises(Unverifiable):
        await platform.adapter.find(platform.address("team"), "k1", datetime.now(UTC))


class Answered:
    def __init__(self, status: int, error: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status_code = status
        self.data = {"ok": False, "error": error} if error else ""
        self.headers = headers or {}


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (200, "internal_error", Outcome.DOUBT),
        (200, "fatal_error", Outcome.DOUBT),
        (500, "", Outcome.DOUBT),
        (503, "service_unavailable", Outcome.DOUBT),
        (200, "", Outcome.DOUBT),
        (429, "ratelimited", Outcome.DEFERRED),
        (429, "", Outcome.DEFERRED),
        (200, "ratelimited", Outcome.DEFERRED),
        (200, "invalid_blocks", Outcome.REJECTED),
        (200, "msg_too_long", Outcome.REJECTED),
        (200, "never_heard_of", Outcome.REJECTED),
        (413, "", Outcome.REJECTED),
        (200, "is_archived", Outcome.GONE),
        (200, "channel_not_found", Outcome.GONE),
        (200, "not_in_channel", Outcome.GONE),
        (200, "user_disabled", Outcome.GONE),
        (200, "token_revoked", Outcome.DEAD),
        (200, "account_inactive", Outcome.DEAD),
        (200, "invalid_auth", Outcome.DEAD),
        (200, "missing_scope", Outcome.DEAD),
        (401, "", Outcome.DEAD),
        (404, "", Outcome.DEAD),
    ],
)
def test_each_answer_has_its_outcome(status: int, code: str, outcome: Outcome) -> None:
    assert classify(SlackApiError("x", Answered(status, code))).outcome is outcome


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_a_message_that_cannot_be_edited_is_lost(code: str) -> None:
    assert isinstance(classify(SlackApiError("x", Answered(200, code))), MessageLost)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (aiohttp.ConnectionTimeoutError(), Outcome.RETRY),
        (aiohttp.SocketTimeoutError(), Outcome.DOUBT),
        (TimeoutError(), Outcome.DOUBT),
        (aiohttp.ServerDisconnectedError(), Outcome.DOUBT),
        (aiohttp.ClientOSError(), Outcome.DOUBT),
        (ConnectionResetError(), Outcome.DOUBT),
        (aiohttp.ClientPayloadError(), Outcome.DOUBT),
        (aiohttp.InvalidURL("nowhere"), Outcome.DEAD),
    ],
)
def test_each_broken_connection_has_its_outcome(error: Exception, outcome: Outcome) -> None:
    assert classify(error).outcome is outcome


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("0", 1), ("-5", 1), ("soon", 1), ("", 1), ("999999999", 3600), ("inf", 3600), ("nan", 1)],
)
def test_a_wait_is_a_sound_number(header: str, seconds: float) -> None:
    assert retry_after({"Retry-After": header}) == seconds
    assert retry_after({}) == 1


# --- rendering -------------------------------------------------------------------------------------------------------


def team_card() -> Message:
    return Message(
        "🔴 HX-42 new · Invoice export fails",
        (
            Header("🔴 HX-42 · Invoice export fails"),
            Fields(
                (
                    ("Status", (Plain("New since "), When(DUE, DUE_TEXT))),
                    ("Assignee", say("–")),
                    ("Priority", say('P2 · High: "fails"')),
                    ("Client", say("Huaxin & Co.")),
                )
            ),
            Quote("The export of May stops at 80 % with *ERR_7*.\nSince <yesterday>.", by="Wang Fang"),
            Paragraph((Plain("On duty: "), Mention("Li", "U0LI"))),
            Context((Plain("First reply by "), When(DUE, DUE_TEXT))),
            Actions(
                (
                    Button("Take", Action("take"), style="primary", token="t1"),
                    Button("Reply", Action("reply"), token="t2"),
                    Button("Open page", Action("open"), url="https://desk.example/r/42"),
                ),
                more=(
                    Button("Priority", Action("priority"), token="t3"),
                    Button("Not a request", Action("cancel"), style="danger", confirm="Close HX-42?", token="t4"),
                ),
            ),
            Context((Bold("Next:"), Plain(" manager at 18:00 · "), Link("why", "https://desk.example/why?a=1&b=2"))),
        ),
    )


def client_card() -> Message:
    due = When(DUE, "11月23日 周一 17:00（上海）")
    return Message(
        "HX-42 已收到 · 打印机起火",
        (
            Header("🔵 HX-42 · 打印机起火"),
            Paragraph((Plain("请"), Bold("李工"), Plain("在 "), due, Plain(" 前首次答复。"))),
            Fields((("状态", say("已受理")), ("负责人", (Mention("李工"),)))),
            Context(say("工作日 9:00–18:00"), weight=1),
            Actions(
                (
                    Button("补充信息", Action("add"), token="t1"),
                    Button("取消", Action("cancel"), style="danger", confirm="确定取消吗？", token="t2"),
                )
            ),
        ),
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("team_card", render.render(team_card())),
        ("client_card", render.render(client_card())),
        ("every_kind", render.render(every_kind())),
        ("form", view(FORM, "C0TEAM")),
    ],
)
def test_it_is_drawn_as_before(name: str, made: dict[str, Any]) -> None:
    """To accept a new drawing, delete the file and run this test twice."""
    golden = GOLDENS / f"{name}.json"
    if not golden.exists():
        golden.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was written: look at it")
    assert made == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("message", [team_card(), client_card(), every_kind(), very_long(), *map(every_kind, NAUGHTY)])
def test_slack_accepts_each_message(message: Message) -> None:
    made = render.render(message)
    assert check_message_blocks(made["blocks"]) is None
    assert fitting.total(made["blocks"]) <= fitting.TOTAL
    assert len(made["text"]) <= render.SUMMARY
    assert check_view(render.home(message), allowed=("home",)) is None


ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text("&<>*_~`@#!|:\n 字👍🏽\u0301\u202e\ud800", max_size=60),
    st.text("&<>a👨", min_size=1, max_size=5).map(lambda part: part * 900),
)
SPANS = st.one_of(
    st.builds(Plain, ANY_TEXT),
    st.builds(Bold, ANY_TEXT),
    st.builds(When, st.just(DUE), st.just(DUE_TEXT)),
    st.builds(Mention, ANY_TEXT, st.sampled_from(["", "U0ANN", "<!channel>"])),
    st.builds(Link, ANY_TEXT, st.sampled_from(["https://a.b/?c=<>|&d", "javascript:x", ""])),
)
TEXTS = st.lists(SPANS, max_size=5).map(tuple)
BUTTONS = st.lists(
    st.builds(lambda label, sure: Button(label, Action("do"), "", sure, "t" * 22), ANY_TEXT, ANY_TEXT), max_size=8
).map(tuple)
BLOCKS = st.one_of(
    st.builds(Header, ANY_TEXT),
    st.builds(Paragraph, TEXTS),
    st.builds(Quote, ANY_TEXT, ANY_TEXT),
    st.builds(Fields, st.lists(st.tuples(ANY_TEXT, TEXTS), max_size=12).map(tuple)),
    st.builds(Gauge, ANY_TEXT, st.floats(-1, 3), TEXTS, st.sampled_from(["ok", "breached", "?"])),
    st.builds(Context, TEXTS),
    st.builds(Actions, BUTTONS, BUTTONS),
)


@settings(
    max_examples=100,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.builds(Message, ANY_TEXT, st.lists(BLOCKS, max_size=8).map(tuple), st.just(True), ANY_TEXT))
def test_whatever_is_said_slack_accepts_it_and_nobody_is_called(message: Message) -> None:
    made = render.render(message)
    assert made["blocks"] == [] or check_message_blocks(made["blocks"]) is None
    assert json.dumps(made, ensure_ascii=False).encode()
    for part in (made["text"], *markup(made["blocks"])):
        assert all(live == "<@U0ANN>" or live.startswith("<https://a.b/") for live in re.findall("<[^>]*>", part))
        assert re.sub("<[^<>]*>", "", part).count("<") == 0
    assert not set(re.findall("<[^>]*>", render.plain(message)))


def markup(value: Any) -> Iterator[str]:
    """Every text that Slack would parse."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from markup(item)


def test_slack_accepts_each_form() -> None:
    assert check_view(view(FORM), allowed=("modal",)) is None
    assert view(FORM)["private_metadata"] == "form-token"


def test_what_matters_least_goes_first() -> None:
    def lines(weight: int) -> list[Any]:
        return [Context(say(f"weight {weight} " + "x" * 2900), weight=weight) for _ in range(2)]

    message = Message(
        "s",
        (
            Header("HX-42"),
            *lines(3),
            *lines(1),
            Quote("q" * 2900),
            *lines(2),
            Context((When(DUE, DUE_TEXT),), weight=0),
        ),
    )
    made = json.dumps(render.blocks(message))
    assert "weight 1" not in made
    assert "weight 2" not in made or "weight 3" in made
    assert "q" * 2900 in made
    assert DUE_TEXT in made


def test_whatever_is_too_long_even_so_is_dropped_from_its_end_buttons_after_words() -> None:
    """Names that nobody has, on buttons that all ask first: Slack would refuse the whole of it."""
    sure = tuple(Button("Go", Action("do"), "", "<" * 900, "t" * 22) for _ in range(14))
    due = Paragraph((When(DUE, DUE_TEXT), Mention("<" * 900)))
    endless = Gauge("TTR", 0.5, (Mention("<" * 2700), Link("<" * 2700, "https://a.b/")), "ok")
    made = render.blocks(Message("s", (Header("HX-42"), due, endless, *(Actions((), sure) for _ in range(4)))))
    assert check_message_blocks(made) is None
    assert DUE_TEXT in json.dumps(made, ensure_ascii=False)
    assert "actions" in {block["type"] for block in made}


def test_more_than_fifty_blocks_are_not_sent() -> None:
    blocks = render.blocks(Message("s", (Header("HX-42"), *(Context(say(f"line {n}")) for n in range(80)))))
    assert len(blocks) == 50
    assert blocks[0]["text"]["text"] == "HX-42"
    assert "line 0" in json.dumps(blocks[1])


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("ab👨‍👩‍👧‍👦cd", 6, "ab…"),
        ("a🇨🇳🇩🇪", 8, "a🇨🇳…"),
        ("éé e\u0301e\u0301e\u0301", 6, "éé e\u0301…"),
        ("👍🏽👍🏽", 5, "👍🏽…"),
        ("好好好好", 3, "好好…"),
    ],
)
def test_a_cut_never_splits_what_is_read_as_one(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept
    assert size(kept) <= limit


@pytest.mark.parametrize(
    "line", ["> quoted", "a\n> quoted", "*x*", "_x_", "~x~", "`x`", ":tada:", "x * y", "file_name"]
)
def test_signs_of_markup_never_reach_markup(line: str) -> None:
    for text in (say(line), (Plain(line), Bold("b")), (Plain(f"{line} "), Mention("Ann", "U0ANN"))):
        blocks = render.blocks(Message("s", (Paragraph(text), Fields((("L", text),)), Context(text))))
        for part in re.findall(
            r'"type": "mrkdwn", "text": "((?:[^"\\]|\\.)*)"', json.dumps(blocks, ensure_ascii=False)
        ):
            assert line not in part
            assert line.replace(">", "&gt;") not in part


def test_signs_that_turn_the_reading_direction_are_taken_out() -> None:
    made = render.blocks(Message("s", (Header("HX-42 \u202etxt.exe\u2066"), Paragraph(say("a\u202eb\x00c")))))
    assert made[0]["text"]["text"] == "HX-42 txt.exe"
    assert made[1]["text"]["text"] == "abc"


def test_a_link_that_is_no_web_address_is_only_words() -> None:
    for url in ("javascript:alert(1)", "slack://x", "https://a b", "x" * 10):
        made = json.dumps(render.blocks(Message("s", (Paragraph((Plain("see "), Link("this", url))),))))
        assert url not in made
        assert "this" in made


def test_a_menu_holds_five_and_none_that_asks_first() -> None:
    rare = tuple(button(f"M{n}", n) for n in range(7))
    asking = button("Delete", confirm="Sure?")
    made = render.blocks(Message("s", (Actions(tuple(button(f"B{n}", n) for n in range(6)), (*rare, asking)),)))
    assert [[e["type"] for e in block["elements"]] for block in made] == [
        ["button"] * 5,
        ["button", "button", "overflow", "overflow"],
    ]
    assert made[1]["elements"][1]["confirm"]["deny"]["text"] == "No, go back"
    names = [e["action_id"] for block in made for e in block["elements"]]
    assert len(set(names)) == len(names)


def test_the_count_of_text_is_not_below_slacks() -> None:
    blocks = render.blocks(every_kind("你好 <&> 👍"))
    assert fitting.total(blocks) >= total_text(blocks)


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_the_manifest_asks_for_no_more_than_is_used() -> None:
    socket_mode, http = manifest(None), manifest("https://desk.example/", verify=True)
    assert socket_mode["settings"]["socket_mode_enabled"]
    assert "request_url" not in json.dumps(socket_mode)
    assert http["settings"]["interactivity"]["request_url"] == "https://desk.example/slack/events"
    assert {c["url"] for c in http["features"]["slash_commands"]} == {"https://desk.example/slack/events"}
    assert set(socket_mode["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert set(http["oauth_config"]["scopes"]["bot"]) == {*SCOPES, *VERIFY_SCOPES}
    assert set(http["settings"]["event_subscriptions"]["bot_events"]) == {*EVENTS, "message.im"}


@pytest.mark.parametrize("made", [manifest(None), manifest("https://desk.example", verify=True)])
def test_the_manifest_keeps_slacks_measures(made: dict[str, Any]) -> None:
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for command in made["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in made["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_settings_hide_their_secrets() -> None:
    shown = repr(SlackSettings(*SECRETS))
    assert not any(secret in shown for secret in SECRETS)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.text()))
def test_a_form_is_read_as_the_library_reads_it(fields: dict[str, str]) -> None:
    sent = urlencode(fields)
    assert _form(sent) == dict(parse_qsl(sent, keep_blank_values=True)) == fields or not sent
