"""What every adapter promises, as tests that each platform's test class inherits.

    class TestSlack(AdapterContract):
        @pytest.fixture
        async def platform(self, desk): ...     # a driver as below, its adapter started with `desk`

The subclass gives one fixture, `platform`; the rest is here. A driver plays the platform's people and looks at their
screens. It knows two people, `ann` and `bob`, and one shared chat, `team`, in which both and the desk are; a person's
name as a chat means that person's direct message with the desk. Each gesture returns once the adapter has acknowledged
it and all that it then shows is on the screens.
"""

from __future__ import annotations

import asyncio
import logging
import struct
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest
from msgspec.structs import replace

from core.errors import DeliveryError, MessageLost, Outcome, Unverifiable
from core.model.parties import Address, Identity
from core.ports import ChatAdapter, Content, Envelope, Filled, Pressed, Said
from core.say.message import (
    Action,
    Actions,
    Answer,
    Bold,
    Button,
    Chart,
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
    Picture,
    Plain,
    Quote,
    Text,
    When,
)


class Platform(Protocol):
    adapter: ChatAdapter
    secrets: tuple[str, ...]
    """What must never be in a log or an error: tokens, signing secrets."""

    def identity(self, user: str) -> Identity: ...
    def address(self, chat: str) -> Address: ...

    # what people do

    async def says(self, user: str, chat: str, text: str) -> None:
        """Types a line and sends it. `@bot ...` mentions the desk."""
        ...

    async def replies(self, user: str, chat: str, receipt: str, text: str) -> None:
        """Answers the message of this receipt (a thread, a reply)."""
        ...

    async def clicks(self, user: str, chat: str, label: str) -> None:
        """Presses the button of this label on the newest message that has one; a menu entry is a button."""
        ...

    async def fills(self, user: str, values: Mapping[str, str]) -> None:
        """Fills the form on this person's screen, by field name, and submits it."""
        ...

    async def again(self) -> None:
        """The platform brings its last delivery once more, as it does when an acknowledgement got lost."""
        ...

    # what people see

    async def shown(self, chat: str, to: str = "") -> list[str]:
        """The desk's messages in a chat as drawn: markup at work, entities resolved. `to` adds what only they see."""
        ...

    async def buttons(self, chat: str, to: str = "") -> list[str]: ...

    async def pings(self, chat: str) -> list[str]:
        """Who is called by live mentions in the messages of the desk there, whole groups included."""
        ...

    async def pictures(self, chat: str) -> list[tuple[bytes, str]]:
        """The pictures of the desk there, with what is said of them to whoever cannot see them."""
        ...

    # what goes wrong

    async def deletes(self, chat: str, receipt: str) -> None: ...

    def fails_next(self, kind: str) -> None:
        """The next post or edit meets `rate_limited` (RETRY_AFTER seconds), `gone`, `unauthorised`, `refused`
        (no connection), `reset` (cut off after the body was sent) or `server_error`; the next picture, `picture`."""
        ...

    def sends(self) -> int:
        """How many posts and edits reached the platform, failed ones included."""
        ...

    def stranger(self) -> ChatAdapter | None:
        """An adapter whose token the platform refuses; None where there is no such thing."""
        ...


class RecordingDesk:
    """Keeps what it hears; answers `answer`, and to a key that it knows the same as before."""

    def __init__(self) -> None:
        self.heard: list[Envelope] = []
        self.answer = Answer()
        self._given: dict[str, Answer] = {}

    async def hear(self, envelope: Envelope) -> Answer:
        self.heard.append(envelope)
        return self._given.setdefault(envelope.key, self.answer)

    @property
    def last(self) -> Envelope:
        return self.heard[-1]


# --- what is said in these tests -------------------------------------------------------------------------------------

RETRY_AFTER = 7
DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUE_TEXT = "Mon 23 Nov 17:00 (Shanghai)"
NAUGHTY = (
    "<b>bold</b>",
    "<!channel> @here <!here|here>",
    "<@U0ANN> @ann",
    "AT&T &lt; &amp;amp;",
    "*x* _y_ ~z~ `c`",
    "> quoted",
    "[a](http://example.com) **z** ||s||",
    ":warning: :+1:",
    "<https://example.com|bank>",
    "مرحبا بالعالم",
    "打印机起火了！👨‍👩‍👧‍👦🇨🇳",
)


def say(*spans: str) -> Text:
    return tuple(Plain(span) for span in spans)


def button(label: str, n: int = 0, **more: Any) -> Button:
    return Button(label, Action("test", (("n", str(n)),)), token=f"token-{label.lower()}-{n}", **more)


def a_message(text: str = "printer on fire") -> Message:
    return Message(text, (Header("🔴 HX-42 · Printer"), Paragraph(say(text)), Actions((button("Take"),))))


def _png() -> bytes:
    """A red point."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\xff\x00\x00")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


PNG = _png()
PICTURE = Picture("In figures: a week", "42 filed & 38 solved <b>", Chart("a week", ()), "No picture today")


def with_a_picture(*, drawn: bool = True) -> Message:
    picture = replace(PICTURE, png=PNG) if drawn else PICTURE
    return Message("The week", (Header("The week"), Paragraph(say("In words")), picture, Actions((button("Take"),))))


def every_kind(text: str = "") -> Message:
    """A message with each block and each span; `text` stands in every place where a person's words may stand."""
    return Message(
        f"HX-42 new {text}",
        (
            Header(f"🔴 HX-42 · Header {text}"),
            Paragraph((Plain(f"Paragraph {text} "), Bold(f"strong {text}"), Plain(" until "), When(DUE, DUE_TEXT))),
            Quote(f"Quote {text}", by=f"Author {text}"),
            Fields((("Status", say(f"New {text}")), ("Owner", (Mention("Nobody here"),)), (f"Label {text}", say("x")))),
            Gauge("First reply", 0.42, (Plain("by "), When(DUE, DUE_TEXT)), "ok", (0.5, 0.75)),
            Context((Plain(f"Context {text} "), Link("the page", "https://desk.example/r/42"))),
            Actions(
                (button("Take", style="primary"), button("Cancel", style="danger", confirm=f"Really? {text}")),
                more=(button("Note"), button("Duplicate")),
            ),
        ),
    )


def very_long() -> Message:
    words = "so long & <long> " * 250
    return Message(
        "HX-42 " + words,
        (
            Header("🔴 HX-42 · " + "endless title " * 100),
            Paragraph((Plain("Resolve by "), When(DUE, DUE_TEXT), Plain(" " + words)), weight=1),
            Quote("👨‍👩‍👧‍👦 " + "它一直在响 & " * 3000, by="Ann"),
            Fields(tuple((f"Field {n}", say(words)) for n in range(14))),
            *(Context(say(words), weight=2) for _ in range(40)),
            Actions(
                tuple(button(f"Do {n}", n) for n in range(7)), more=tuple(button(f"More {n}", n) for n in range(7))
            ),
        ),
    )


FORM = Form(
    token="form-token",
    title="A request that has quite a long title",
    submit="File it",
    cancel="Not now",
    intro="Two questions.",
    fields=(
        Field("title", "What is wrong?", hint="One line", max_length=120),
        Field("level", "How urgent?", kind="choice", options=(Option("high", "High"), Option("low", "Low"))),
        Field("details", "Tell more", kind="paragraph", required=False),
    ),
)


class AdapterContract:
    phrases: Mapping[str, Said] = {
        "/request printer on fire, floor 3 !high": Said("request", "printer on fire, floor 3 !high"),
        "/request": Said("request", ""),
        "/request 【紧急】#网络 三楼办公室断网 截止:今天下午6点": Said(
            "request", "【紧急】#网络 三楼办公室断网 截止:今天下午6点"
        ),
        "/request a <b> & *x* <!channel> &amp; \\#1": Said("request", "a <b> & *x* <!channel> &amp; \\#1"),
        "/desk take 42": Said("desk", "take 42"),
        "/desk": Said("desk", ""),
    }
    """What is typed in the shared chat, and what the desk hears."""

    @pytest.fixture
    def desk(self) -> RecordingDesk:
        return RecordingDesk()

    # --- hear ---

    async def test_each_phrase_is_heard_as_it_was_typed(self, platform: Platform, desk: RecordingDesk) -> None:
        for phrase, said in self.phrases.items():
            await platform.says("ann", "team", phrase)
            assert desk.last.content == said
            assert desk.last.identity == platform.identity("ann")
            assert desk.last.address == platform.address("team")
        keys = [envelope.key for envelope in desk.heard]
        assert len(keys) == len(self.phrases) == len(set(keys))

    async def test_plain_words_are_heard_in_the_direct_message(self, platform: Platform, desk: RecordingDesk) -> None:
        await platform.says("ann", "ann", "my printer < yours & *burns*")
        assert desk.last.content == Said("", "my printer < yours & *burns*")
        assert desk.last.address == Address.direct(platform.identity("ann")) == platform.address("ann")

    async def test_a_mention_is_heard_without_the_mention(self, platform: Platform, desk: RecordingDesk) -> None:
        await platform.says("bob", "team", "@bot take 42")
        assert desk.last.content == Said("", "take 42")
        assert desk.last.identity == platform.identity("bob")
        assert len(desk.heard) == 1

    async def test_a_reply_names_what_it_answers(self, platform: Platform, desk: RecordingDesk) -> None:
        receipt = await platform.adapter.post(platform.address("team"), a_message(), "k1")
        await platform.replies("ann", "team", receipt, "it is on floor 3")
        assert desk.last.content == Said("", "it is on floor 3")
        assert desk.last.reply_to == receipt

    async def test_a_button_brings_its_token(self, platform: Platform, desk: RecordingDesk) -> None:
        await platform.adapter.post(platform.address("team"), every_kind(), "k1")
        for label in ("Take", "Cancel", "Note", "Duplicate"):
            await platform.clicks("bob", "team", label)
            assert desk.last.content == Pressed(f"token-{label.lower()}-0")
            assert desk.last.identity == platform.identity("bob")
            assert desk.last.address == platform.address("team")
        assert len({envelope.key for envelope in desk.heard}) == 4

    async def test_a_form_is_shown_and_its_answers_come_back(self, platform: Platform, desk: RecordingDesk) -> None:
        self._needs(platform, "forms")
        desk.answer = Answer(form=FORM)
        await platform.says("ann", "team", "/request")
        desk.answer = Answer()
        await platform.fills("ann", {"title": "Printer <on> fire & smoke", "level": "high"})
        values = {"title": "Printer <on> fire & smoke", "level": "high", "details": ""}
        assert desk.last.content == Filled("form-token", values)
        assert desk.last.identity == platform.identity("ann")

    async def test_what_is_brought_again_has_the_same_key(self, platform: Platform, desk: RecordingDesk) -> None:
        async def twice() -> Content:
            seen = len(desk.heard)
            await platform.again()
            first, second = desk.heard[seen - 1], desk.heard[seen]
            assert first.key == second.key
            assert first == second
            return second.content

        await platform.says("ann", "team", "/request printer")
        assert await twice() == Said("request", "printer")
        await platform.says("ann", "ann", "hello")
        assert await twice() == Said("", "hello")
        await platform.adapter.post(platform.address("team"), a_message(), "k1")
        await platform.clicks("ann", "team", "Take")
        assert await twice() == Pressed("token-take-0")

    # --- answers ---

    async def test_an_answer_is_seen_by_the_asker_alone(self, platform: Platform, desk: RecordingDesk) -> None:
        self._needs(platform, "private_reply")
        desk.answer = Answer(message=a_message("only for ann"))
        await platform.says("ann", "team", "/desk")
        assert any("only for ann" in line for line in await platform.shown("team", to="ann"))
        assert "Take" in await platform.buttons("team", to="ann")
        for other in ("", "bob"):
            assert not any("only for ann" in line for line in await platform.shown("team", to=other))

    async def test_the_answer_to_a_press_is_seen_by_the_presser_alone(
        self, platform: Platform, desk: RecordingDesk
    ) -> None:
        self._needs(platform, "private_reply")
        await platform.adapter.post(platform.address("team"), a_message("for all"), "k1")
        desk.answer = Answer(message=a_message("only for bob"))
        await platform.clicks("bob", "team", "Take")
        assert any("only for bob" in line for line in await platform.shown("team", to="bob"))
        assert not any("only for bob" in line for line in await platform.shown("team", to="ann"))
        assert any("for all" in line for line in await platform.shown("team"))

    async def test_an_answer_in_the_direct_message_stands_there(self, platform: Platform, desk: RecordingDesk) -> None:
        desk.answer = Answer(message=a_message("between us"))
        await platform.says("ann", "ann", "hello")
        assert any("between us" in line for line in await platform.shown("ann", to="ann"))
        assert not any("between us" in line for line in await platform.shown("bob", to="bob"))

    # --- show ---

    async def test_each_block_and_span_is_shown(self, platform: Platform) -> None:
        await platform.adapter.post(platform.address("team"), every_kind(), "k1")
        (drawn,) = await platform.shown("team")
        parts = ("HX-42 · Header", "Paragraph", "strong", "Quote", "Author", "Status", "New", "Nobody here")
        for part in (*parts, "First reply", "42%", "Context", "the page", DUE_TEXT):
            assert part in drawn
        assert drawn.count(DUE_TEXT) == 2
        assert await platform.buttons("team") == ["Take", "Cancel", "Note", "Duplicate"]

    async def test_a_picture_is_shown_with_what_it_says(self, platform: Platform) -> None:
        receipt = await platform.adapter.post(platform.address("team"), with_a_picture(), "k1")
        drawn = await platform.shown("team")
        assert any("In words" in line for line in drawn)
        ((png, said),) = await platform.pictures("team")
        assert (png, said) == (PNG, PICTURE.alt)
        assert "Take" in await platform.buttons("team")
        await platform.adapter.edit(platform.address("team"), receipt, a_message("changed"))
        assert any("changed" in line for line in await platform.shown("team"))

    async def test_a_picture_in_the_direct_message(self, platform: Platform) -> None:
        await platform.adapter.post(platform.address("ann"), with_a_picture(), "k1")
        assert [said for _, said in await platform.pictures("ann")] == [PICTURE.alt]

    async def test_a_picture_that_is_not_taken_is_said_so(self, platform: Platform) -> None:
        if platform.adapter.name == "web":
            return  # it travels with its words
        platform.fails_next("picture")
        receipt = await platform.adapter.post(platform.address("team"), with_a_picture(), "k1")
        assert receipt
        (drawn,) = await platform.shown("team")
        assert "In words" in drawn
        assert PICTURE.missing in drawn
        assert await platform.pictures("team") == []

    async def test_a_picture_that_is_not_drawn_leaves_no_trace(self, platform: Platform) -> None:
        await platform.adapter.post(platform.address("team"), with_a_picture(drawn=False), "k1")
        (drawn,) = await platform.shown("team")
        assert "In words" in drawn
        assert await platform.pictures("team") == []

    @pytest.mark.parametrize("text", NAUGHTY)
    async def test_what_people_typed_is_shown_as_typed(self, platform: Platform, text: str) -> None:
        await platform.adapter.post(platform.address("team"), every_kind(text), "k1")
        (drawn,) = await platform.shown("team")
        for place in ("Header", "Paragraph", "strong", "Quote", "Author", "New", "Label", "Context"):
            assert f"{place} {text}" in drawn
        assert await platform.pings("team") == []

    async def test_a_mention_of_somebody_here_calls_them(self, platform: Platform) -> None:
        mention = Mention("Ann", platform.identity("ann").user)
        text = (Plain("over to "), mention, Plain(", please *now*"))
        await platform.adapter.post(platform.address("team"), Message("over to Ann", (Paragraph(text),)), "k1")
        assert await platform.pings("team") == [platform.identity("ann").user]

    async def test_a_long_text_keeps_number_due_time_and_buttons(self, platform: Platform) -> None:
        receipt = await platform.adapter.post(platform.address("team"), very_long(), "k1")
        await platform.adapter.edit(platform.address("team"), receipt, very_long())
        drawn = "\n".join(await platform.shown("team"))
        assert "HX-42" in drawn
        assert DUE_TEXT in drawn
        labels = await platform.buttons("team")
        assert [f"Do {n}" for n in range(7)] == [label for label in labels if label.startswith("Do")]
        assert [f"More {n}" for n in range(7)] == [label for label in labels if label.startswith("More")]

    async def test_a_post_is_edited_by_its_receipt(self, platform: Platform) -> None:
        place = platform.address("team")
        receipt = await platform.adapter.post(place, a_message("first words"), "k1")
        other = await platform.adapter.post(place, a_message("something else"), "k2")
        assert other != receipt
        receipt = await platform.adapter.edit(place, receipt, a_message("second words"))
        receipt = await platform.adapter.edit(place, receipt, a_message("second words"))
        drawn = await platform.shown("team")
        assert len(drawn) == 2
        assert "second words" in drawn[0]
        assert "something else" in drawn[1]
        assert not any("first words" in line for line in drawn)

    async def test_a_direct_message_reaches_its_person(self, platform: Platform) -> None:
        receipt = await platform.adapter.post(platform.address("bob"), a_message("psst"), "k1")
        await platform.adapter.edit(platform.address("bob"), receipt, a_message("psst again"))
        await platform.adapter.post(platform.address("bob"), a_message("and another"), "k2")
        first, second = await platform.shown("bob", to="bob")
        assert "psst again" in first
        assert "and another" in second
        assert await platform.shown("team") == []

    async def test_a_second_copy_says_that_it_is_one(self, platform: Platform) -> None:
        message = replace(a_message(), repeat="Perhaps a repetition of 10:32")
        await platform.adapter.post(platform.address("team"), message, "k1")
        (drawn,) = await platform.shown("team")
        assert "Perhaps a repetition of 10:32" in drawn

    # --- what goes wrong ---

    async def test_a_deleted_message_is_lost(self, platform: Platform) -> None:
        receipt = await platform.adapter.post(platform.address("team"), a_message(), "k1")
        await platform.deletes("team", receipt)
        with pytest.raises(MessageLost):
            await platform.adapter.edit(platform.address("team"), receipt, a_message("new"))

    @pytest.mark.parametrize(
        ("kind", "outcome"),
        [
            ("rate_limited", Outcome.DEFERRED),
            ("gone", Outcome.GONE),
            ("unauthorised", Outcome.DEAD),
            ("refused", Outcome.RETRY),
            ("reset", Outcome.DOUBT),
            ("server_error", Outcome.DOUBT),
        ],
    )
    async def test_each_failure_is_told_as_what_is_known_of_it(
        self, platform: Platform, caplog: pytest.LogCaptureFixture, kind: str, outcome: Outcome
    ) -> None:
        caplog.set_level(logging.DEBUG)
        before = platform.sends()
        platform.fails_next(kind)
        with pytest.raises(DeliveryError) as caught:
            await platform.adapter.post(platform.address("team"), a_message(), "k1")
        assert caught.value.outcome is outcome
        assert caught.value.retry_after == (RETRY_AFTER if outcome is Outcome.DEFERRED else 0)
        assert platform.sends() - before == (0 if kind == "refused" else 1)
        told = "\n".join([str(caught.value), repr(caught.value), caught.value.reason, str(caught.value.__cause__)])
        for secret in platform.secrets:
            assert secret not in told
            assert secret not in caplog.text

    @pytest.mark.parametrize("kind", ["rate_limited", "refused", "server_error"])
    async def test_it_goes_on_after_a_failure(self, platform: Platform, kind: str) -> None:
        place = platform.address("team")
        receipt = await platform.adapter.post(place, a_message("before"), "k1")
        platform.fails_next(kind)
        with pytest.raises(DeliveryError):
            await platform.adapter.edit(place, receipt, a_message("after"))
        await platform.adapter.edit(place, receipt, a_message("after"))
        (drawn,) = await platform.shown("team")
        assert "after" in drawn

    async def test_a_message_in_doubt_is_found_where_the_platform_can_tell(self, platform: Platform) -> None:
        since = datetime.now(UTC) - timedelta(seconds=5)
        place = platform.address("team")
        receipt = await platform.adapter.post(place, a_message(), "k1")
        if not platform.adapter.can.verify:
            with pytest.raises(Unverifiable):
                await platform.adapter.find(place, "k1", since)
            return
        await platform.adapter.edit(place, receipt, a_message("later"))
        assert await platform.adapter.find(place, "k1", since) == receipt
        assert await platform.adapter.find(place, "k2", since) is None

    async def test_a_bad_token_is_told_at_the_start(self, platform: Platform, desk: RecordingDesk) -> None:
        stranger = platform.stranger()
        if stranger is None:
            pytest.skip("this platform has no token")
        with pytest.raises(DeliveryError) as caught:
            await stranger.start(desk)
        assert caught.value.outcome is Outcome.DEAD
        assert caught.value.reason
        await stranger.stop()

    async def test_stop_ends_and_leaves_nothing_running(self, platform: Platform, desk: RecordingDesk) -> None:
        adapter = platform.adapter
        await adapter.stop()
        await asyncio.sleep(0.1)  # the double's side of the closed connections ends too
        baseline = asyncio.all_tasks()
        await adapter.start(desk)
        running = asyncio.create_task(adapter.run())
        await adapter.post(platform.address("team"), a_message(), "k1")
        async with asyncio.timeout(2):
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await adapter.stop()
        await _until_gone(baseline)
        assert asyncio.all_tasks() <= baseline

    def _needs(self, platform: Platform, ability: str) -> None:
        if not getattr(platform.adapter.can, ability):
            pytest.skip(f"this platform has no {ability}")


async def _until_gone(baseline: set[asyncio.Task[Any]]) -> None:
    """Give the double's side of closed connections a moment to end."""
    for _ in range(50):
        if asyncio.all_tasks() <= baseline:
            return
        await asyncio.sleep(0.01)
