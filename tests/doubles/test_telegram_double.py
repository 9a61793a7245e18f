"""The Telegram double, met by the real python-telegram-bot and, where that hides things, by plain HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_html import EntityError, parse_html

TEAM = -1_001_234_567_890
BIG = 2**52 - 1
SECRET = "s3cret_Token-1"


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 1_770_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(clock) as double:
        double.add_user(7, "Li", "zh")
        double.add_user(8, "Wang")
        double.add_group(TEAM, "Team", [7, 8])
        yield double


@pytest.fixture
async def bot(telegram: TelegramDouble) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.url + "/bot", base_file_url=telegram.url + "/file/bot") as bot:
        yield bot


def keyboard(*labels: str, data: str = "1ta.b.") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data + label) for label in labels]])


async def raw(telegram: TelegramDouble, method: str, **args: Any) -> tuple[int, dict[str, Any]]:
    """A call as JSON, without a library's opinion of it."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.url}/bot{telegram.token}/{method}", json=args) as answer,
    ):
        return answer.status, await answer.json()


async def poll(bot: Bot, offset: int | None = None, timeout: int = 0) -> tuple[Update, ...]:  # noqa: ASYNC109 - the API's
    return await bot.get_updates(offset=offset, timeout=timeout, allowed_updates=None)


# -- sending and reading


async def test_a_message_is_shown_as_it_was_written(telegram: TelegramDouble, bot: Bot) -> None:
    sent = await bot.send_message(
        TEAM,
        "🔴 <b>#1042</b> a &lt; b &amp; c",
        parse_mode="HTML",
        reply_markup=keyboard("接单", "Reply"),
        disable_notification=True,
    )
    shown = telegram.take(TEAM, containing="#1042")
    assert (shown.text, shown.silent, shown.buttons) == ("🔴 #1042 a < b & c", True, ["接单", "Reply"])
    assert shown.html == "🔴 <b>#1042</b> a &lt; b &amp; c"
    assert shown.keyboard == ((("接单", "1ta.b.接单"), ("Reply", "1ta.b.Reply")),)
    assert [(entity.type, entity.offset, entity.length) for entity in sent.entities] == [("bold", 3, 5)]
    assert sent.parse_entities() == {sent.entities[0]: "#1042"}
    assert telegram.calls[-1].args["reply_markup"]["inline_keyboard"][0][0]["text"] == "接单"
    assert telegram.bytes_in > 0 < telegram.bytes_out


async def test_force_reply_and_reply_are_kept(telegram: TelegramDouble, bot: Bot) -> None:
    said = telegram.say(7, 7, "help me")
    sent = await bot.send_message(7, "Write", reply_markup=ForceReply(), reply_to_message_id=said.message_id)
    shown = telegram.take(7)
    assert (shown.force_reply, shown.reply_to) == (True, said.message_id)
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "help me"
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await sent.edit_text("other")


async def test_take_names_what_is_there_and_quiet_finds_the_rest(telegram: TelegramDouble, bot: Bot) -> None:
    first = await bot.send_message(7, "one")
    await bot.send_message(7, "two")
    assert telegram.take(7, containing="two").text == "two"
    with pytest.raises(AssertionError, match="one"):
        telegram.take(7, containing="three")
    with pytest.raises(AssertionError, match="not expected"):
        telegram.assert_quiet()
    telegram.take(7, containing="one")
    telegram.assert_quiet()
    await first.edit_text("one and a half")
    telegram.assert_quiet()
    assert [shown.text for shown in telegram.unseen(edits=True)] == ["one and a half"]
    assert telegram.take(7, containing="half").edited_count == 1


async def test_hears_waits_for_what_is_yet_to_come(telegram: TelegramDouble, bot: Bot) -> None:
    hearing = asyncio.create_task(telegram.hears(7, "late"))
    await bot.send_message(7, "too late")
    assert (await hearing).text == "too late"
    with pytest.raises(AssertionError, match="nothing new contains 'never'"):
        await telegram.hears(7, "never", patience=0.01)


async def test_users_of_52_bits_and_message_counters(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.add_user(BIG, "Big")
    first, second, in_team = [await bot.send_message(chat, "hi") for chat in (BIG, 7, TEAM)]
    assert (first.chat.id, first.message_id, second.message_id, in_team.message_id) == (BIG, 1, 2, 1)


# -- refusals: a table of calls, their codes and their words

REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": 999, "text": "x"}, 400, "Bad Request: chat not found"),
    ("sendMessage", {"chat_id": 7, "text": " \n "}, 400, "Bad Request: message text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, 400, "Bad Request: message is too long"),
    ("sendMessage", {"chat_id": 7, "text": "🔴" * 2049}, 400, "Bad Request: message is too long"),
    ("sendMessage", {"chat_id": 7, "text": "x", "reply_to_message_id": 55}, 400, "message to be replied not found"),
    ("sendMessage", {"chat_id": 7, "text": "x", "message_thread_id": 55}, 400, "message thread not found"),
    ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": "{"}, 400, "can't parse reply keyboard markup JSON"),
    ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": [1]}, 400, "object expected as reply markup"),
    ("sendMessage", {"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities: Can't find end"),
    ("editMessageText", {"chat_id": 7, "text": "x"}, 400, "Bad Request: message identifier is not specified"),
    ("editMessageText", {"chat_id": 7, "message_id": 9, "text": "x"}, 400, "Bad Request: message to edit not found"),
    ("editMessageReplyMarkup", {"chat_id": 7, "message_id": 9}, 400, "Bad Request: message to edit not found"),
    ("deleteMessage", {"chat_id": 7, "message_id": 9}, 400, "Bad Request: message to delete not found"),
    ("setMessageReaction", {"chat_id": 7, "message_id": 9}, 400, "Bad Request: message to react not found"),
    ("sendChatAction", {"chat_id": 7, "action": "dancing"}, 400, "Bad Request: wrong parameter action in request"),
    ("sendPhoto", {"chat_id": 7}, 400, "Bad Request: there is no photo in the request"),
    ("sendDocument", {"chat_id": 7, "document": "nonsense"}, 400, "wrong file identifier/HTTP URL specified"),
    ("getFile", {"file_id": "nonsense"}, 400, "Bad Request: invalid file_id"),
    ("getChat", {"chat_id": 999}, 400, "Bad Request: chat not found"),
    ("getChatMember", {"chat_id": TEAM, "user_id": 999}, 400, "Bad Request: user not found"),
    ("setWebhook", {"url": "http://desk.example.org/"}, 400, "bad webhook: An HTTPS URL must be provided"),
    ("setWebhook", {"url": "https://desk.example.org:81/"}, 400, "bad webhook: Webhook can be set up only on ports"),
    ("setWebhook", {"url": "https://a.org/", "secret_token": "a b"}, 400, "secret token contains unallowed characters"),
    ("setWebhook", {"url": "https://a.org/", "secret_token": "a" * 257}, 400, "secret token is too long"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, 400, "query is too old and response timeout expired"),
]


@pytest.mark.parametrize(("method", "args", "code", "words"), REFUSED)
async def test_refusals(telegram: TelegramDouble, method: str, args: dict[str, Any], code: int, words: str) -> None:
    status, body = await raw(telegram, method, **args)
    assert (status, body["ok"], body["error_code"]) == (code, False, code)
    assert words in body["description"]
    assert (telegram.calls[-1].method, telegram.calls[-1].status) == (method, code)
    telegram.assert_quiet()


BUTTONS: list[tuple[list[list[dict[str, Any]]], str]] = [
    ([[{"text": "a", "callback_data": "接" * 22}]], "BUTTON_DATA_INVALID"),
    ([[{"text": "a", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
    ([[{"text": "a"}]], "Text buttons are unallowed in the inline keyboard"),
    ([[{"text": " ", "callback_data": "x"}]], "Inline keyboard button text must be non-empty"),
    ([[{"text": "a", "url": "nowhere"}]], "is invalid: Wrong HTTP URL"),
    ([[{"text": "a", "callback_data": "x", "style": "pink"}]], "Invalid button style"),
    ([[{"text": "a", "callback_data": "x"}] * 9], "reply markup is too long"),
    ([[{"text": "a", "callback_data": "x"}]] * 101, "reply markup is too long"),
    ([[{"text": "a", "web_app": {"url": "https://a.org"}}]], "BUTTON_TYPE_INVALID"),
]


@pytest.mark.parametrize(("rows", "words"), BUTTONS)
async def test_buttons_refused(telegram: TelegramDouble, rows: list[list[dict[str, Any]]], words: str) -> None:
    status, body = await raw(telegram, "sendMessage", chat_id=TEAM, text="x", reply_markup={"inline_keyboard": rows})
    assert status == 400
    assert words in body["description"]


async def test_the_largest_that_is_allowed_is_shown(telegram: TelegramDouble, bot: Bot) -> None:
    rows = [[InlineKeyboardButton("x", callback_data="接" * 21 + "a")] * 8] * 12 + [[]]
    await bot.send_message(7, "🔴" * 2048, reply_markup=InlineKeyboardMarkup(rows))
    await bot.send_message(7, "<b>x</b>" * 120, parse_mode="HTML")
    first, second = telegram.shown(7)
    assert (len(first.text), len(first.buttons)) == (2048, 96)
    assert (len(second.text), len(second.entities)) == (120, 100)


async def test_the_token_is_checked(telegram: TelegramDouble) -> None:
    async with aiohttp.ClientSession() as session:
        for token, code, words in [("1:not-the-token", 401, "Unauthorized"), ("nonsense", 404, "Not Found")]:
            async with session.get(f"{telegram.url}/bot{token}/getMe") as answer:
                assert (answer.status, (await answer.json())["description"]) == (code, words)
    stranger = Bot("1:not-the-token", base_url=telegram.url + "/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_an_unknown_method_is_recorded(telegram: TelegramDouble) -> None:
    assert await raw(telegram, "sendTelepathy") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    with pytest.raises(AssertionError, match="sendTelepathy"):
        telegram.assert_quiet()


async def test_who_cannot_be_written_to(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.add_user(9, "Stranger", started=False)
    telegram.add_group(-44, "Old group", [7], kind="group")
    telegram.add_group(TEAM - 1, "Elsewhere", [7], bot_in=False)
    telegram.block(8)
    telegram.kick_bot(-44)
    expected = {
        9: "bot can't initiate conversation with a user",
        8: "bot was blocked by the user",
        -44: "bot was kicked from the group chat",
        TEAM - 1: "bot is not a member of the supergroup chat",
    }
    for chat, words in expected.items():
        with pytest.raises(Forbidden, match=f"(?i){words}"):
            await bot.send_message(chat, "x")
    telegram.world.groups[TEAM].muted_bot = True
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages to the chat"):
        await bot.send_message(TEAM, "x")
    telegram.unblock(8)
    telegram.add_bot(-44)
    telegram.say(9, 9, "/start")
    for chat in (8, 9, -44):
        await bot.send_message(chat, "now")
        assert telegram.take(chat).text == "now"
    kinds = [
        (u.my_chat_member.chat.id, u.my_chat_member.new_chat_member.status) for u in await poll(bot) if u.my_chat_member
    ]
    assert kinds == [(8, "kicked"), (-44, "kicked"), (8, "member"), (-44, "member")]


# -- HTML

HTML_REFUSED = {
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "🏟 🏟&lt;<abacaba": "Unclosed start tag at byte offset 13",
    "<br>": 'Unsupported start tag "br" at byte offset 0',
    "接<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "接</b>": "Unexpected end tag at byte offset 3",
    "<b>x</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<i aba>": 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0',
    "<a =x>": 'Empty attribute name in the tag "a" at byte offset 0',
    "<a href=x/y>z</a>": "Unexpected end of name token at byte offset 8",
    '<a href="x>z</a>': "Unclosed start tag at byte offset 0",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "&#xDFDF;": "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units",
}


@pytest.mark.parametrize(("source", "words"), HTML_REFUSED.items())
def test_html_refused(source: str, words: str) -> None:
    with pytest.raises(EntityError) as refused:
        parse_html(source)
    assert str(refused.value) == words


HTML_READ: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "a & b &amp; &nbsp; &#20320;": ("a & b & &nbsp; 你", []),
    "<B>x</B> <em>y</>": ("x y", [("bold", 0, 1), ("italic", 2, 1)]),
    "  <b> x</b> ": ("x", [("bold", 0, 1)]),
    "<b></b>x": ("x", []),
    '<a href="https://a.org/?a=1&amp;b=2">🔴x</a>': ("🔴x", [("text_link", 0, 3)]),
    '<pre><code class="language-py">x</code></pre>': ("x", [("pre", 0, 1)]),
    "<blockquote expandable>x</blockquote>": ("x", [("expandable_blockquote", 0, 1)]),
    '<span class="tg-spoiler">x</span>': ("x", [("spoiler", 0, 1)]),
    "<b>x<i>y</i></b>": ("xy", [("bold", 0, 2), ("italic", 1, 1)]),
}


@pytest.mark.parametrize(("source", "expected"), HTML_READ.items())
def test_html_read(source: str, expected: tuple[str, list[tuple[Any, ...]]]) -> None:
    parsed = parse_html(source)
    assert (parsed.text, [(e["type"], e["offset"], e["length"]) for e in parsed.entities]) == expected


# -- editing, deleting, reacting


async def test_edits(telegram: TelegramDouble, bot: Bot) -> None:
    sent = await bot.send_message(TEAM, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard("Take"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<strong>x</strong>", TEAM, sent.message_id, parse_mode="HTML", reply_markup=keyboard("Take")
        )
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_reply_markup(TEAM, sent.message_id, reply_markup=keyboard("Take"))
    with pytest.raises(BadRequest, match=r"(?i)inline keyboard expected"):
        await bot.edit_message_text("y", TEAM, sent.message_id, reply_markup=ForceReply())  # type: ignore[arg-type]
    await bot.edit_message_reply_markup(TEAM, sent.message_id, reply_markup=keyboard("Back"))
    assert telegram.at(TEAM, sent.message_id).buttons == ["Back"]
    await bot.edit_message_text("y", TEAM, sent.message_id)
    shown = telegram.at(TEAM, sent.message_id)
    assert (shown.text, shown.buttons, shown.edited_count) == ("y", [], 2)
    said = telegram.say(7, TEAM, "mine")
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("yours", TEAM, said.message_id)


async def test_deleting_ends_after_48_hours(telegram: TelegramDouble, bot: Bot, clock: Clock) -> None:
    old, new = await bot.send_message(TEAM, "old"), None
    said = telegram.say(7, TEAM, "mine")
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await bot.delete_message(TEAM, said.message_id)
    clock.now += 48 * 3600
    new = await bot.send_message(TEAM, "new")
    await new.delete()
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted for everyone"):
        await old.delete()
    assert [shown.text for shown in telegram.shown(TEAM)] == ["old"]
    assert [shown.text for shown in telegram.deleted(TEAM)] == ["new"]


async def test_reactions(telegram: TelegramDouble, bot: Bot) -> None:
    said = telegram.say(7, TEAM, "note")
    await bot.set_message_reaction(TEAM, said.message_id, "👌")
    kept = telegram.world.find(TEAM, said.message_id)
    assert kept
    assert kept.reactions == ("👌",)
    with pytest.raises(BadRequest, match=r"(?i)REACTION_INVALID"):
        await bot.set_message_reaction(TEAM, said.message_id, "🎫")


# -- buttons


async def test_a_press_is_answered_once_and_in_time(telegram: TelegramDouble, bot: Bot, clock: Clock) -> None:
    sent = await bot.send_message(TEAM, "card", reply_markup=keyboard("Take", "Reply"))
    press = telegram.press(7, TEAM, sent.message_id, label="Take")
    (update,) = await poll(bot)
    assert update.callback_query
    assert (update.callback_query.data, update.callback_query.from_user.language_code) == ("1ta.b.Take", "zh")
    assert isinstance(update.callback_query.message, Message)
    assert update.callback_query.message.text == "card"
    assert press.answer is None
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(press.id, "接" * 201)
    clock.now += 15
    await bot.answer_callback_query(press.id, "已接单", show_alert=True)
    answer = await press
    assert (answer.text, answer.show_alert) == ("已接单", True)
    with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired or query ID is invalid"):
        await bot.answer_callback_query(press.id)
    late = telegram.press(7, TEAM, sent.message_id, data="1ta.b.Reply")
    clock.now += 15.1
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(late.id)
    with pytest.raises(AssertionError, match="still spins"):
        await late.answered(patience=0.01)


async def test_only_what_is_shown_can_be_pressed_but_anything_forged(telegram: TelegramDouble, bot: Bot) -> None:
    sent = await bot.send_message(TEAM, "card", reply_markup=keyboard("Take"))
    with pytest.raises(AssertionError, match=r"shown: \['Take'\]"):
        telegram.press(7, TEAM, sent.message_id, label="Resolve")
    await sent.delete()
    telegram.forge_press(8, TEAM, sent.message_id, "anything")
    (update,) = await poll(bot)
    assert update.callback_query
    assert update.callback_query.data == "anything"
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible


# -- polling


async def test_offset_confirms_and_unconfirmed_updates_return(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.say(7, 7, "one")
    telegram.say(7, 7, "two")
    first, second = await poll(bot)
    assert first.update_id + 1 == second.update_id
    assert first.update_id > 100_000_000
    assert [update.update_id for update in await poll(bot)] == [first.update_id, second.update_id]
    (left,) = await poll(bot, offset=second.update_id)
    assert left.message
    assert left.message.text == "two"
    assert await poll(bot, offset=second.update_id + 1) == ()
    await telegram.settled()


async def test_settled_waits_for_the_offset(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.say(7, 7, "one")
    with pytest.raises(AssertionError, match="unconfirmed updates"):
        await telegram.settled(patience=0.01)
    (update,) = await poll(bot)
    settling = asyncio.create_task(telegram.settled())
    await poll(bot, offset=update.update_id + 1)
    await settling


async def test_a_long_poll_ends_with_the_first_update(telegram: TelegramDouble, bot: Bot) -> None:
    polling = asyncio.create_task(poll(bot, timeout=30))
    await until_called(telegram, polling)
    telegram.say(7, 7, "hello")
    (update,) = await asyncio.wait_for(polling, 2)
    assert update.message
    assert update.message.text == "hello"


async def test_the_older_poller_is_told_of_the_newer(telegram: TelegramDouble, bot: Bot) -> None:
    older = asyncio.create_task(poll(bot, timeout=30))
    await until_called(telegram, older)
    async with Bot(telegram.token, base_url=telegram.url + "/bot") as second:
        newer = asyncio.create_task(poll(second, timeout=30))
        with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
            await older
        telegram.say(7, 7, "hello")
        assert len(await newer) == 1


async def test_redelivery_repeats_the_last_update(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.say(7, 7, "once")
    (update,) = await poll(bot)
    assert await poll(bot, offset=update.update_id + 1) == ()
    assert telegram.redeliver() == [update.update_id]
    (again,) = await poll(bot, offset=update.update_id + 1)
    assert again.to_dict() == update.to_dict()
    assert await poll(bot, offset=update.update_id + 1) == ()
    telegram.restart_update_ids(1000)
    telegram.say(7, 7, "a quiet week later")
    assert [late.update_id for late in await poll(bot, offset=update.update_id + 1)] == [1000]


async def test_allowed_updates_are_remembered(telegram: TelegramDouble, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    assert telegram.say(7, 7, "unheard").update_id is None
    await poll(bot)
    assert telegram.say(7, 7, "unheard still").update_id is None
    await bot.get_updates(allowed_updates=[])
    assert telegram.say(7, 7, "heard").update_id is not None


# -- webhook


class Hook:
    """A bot's web server that keeps what it is sent and answers as told."""

    def __init__(self) -> None:
        self.posts: list[tuple[str | None, bytes]] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def serve(self, request: web.Request) -> web.Response:
        self.posts.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.read()))
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/telegram", hook.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_the_secret_and_excludes_polling(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token=SECRET)
    telegram.say(7, 7, "你好")
    await telegram.settled()
    ((secret, body),) = hook.posts
    assert secret == SECRET
    assert "你好" in body.decode()
    with pytest.raises(Conflict, match=r"(?i)can't use getUpdates method while webhook is active"):
        await poll(bot)
    assert (await bot.get_webhook_info()).url == hook.url
    await bot.delete_webhook()
    assert await poll(bot) == ()


async def test_setting_a_webhook_ends_an_open_poll(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    polling = asyncio.create_task(poll(bot, timeout=30))
    await until_called(telegram, polling)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match=r"(?i)terminated by setWebhook request"):
        await polling


async def test_wrong_and_missing_secrets_can_be_sent(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token=SECRET)
    telegram.send_secret("wrong")
    telegram.say(7, 7, "one")
    await telegram.settled()
    telegram.send_secret("missing")
    telegram.say(7, 7, "two")
    await telegram.settled()
    assert [secret for secret, _ in hook.posts] == [f"wrong-{SECRET}", None]


async def test_what_the_webhook_refused_is_sent_again(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    await bot.set_webhook(hook.url)
    hook.answers = [web.Response(status=503)]
    said = telegram.say(7, 7, "one")
    with pytest.raises(AssertionError, match="503"):
        await telegram.settled()
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert telegram.redeliver() == [said.update_id]
    await telegram.settled()
    assert telegram.redeliver() == [said.update_id]
    await telegram.settled()
    assert len(hook.posts) == 3
    assert len(set(hook.posts)) == 1


async def test_a_call_may_ride_in_the_webhooks_answer(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    telegram.route("https://desk.example.org/", hook.url.removesuffix("telegram"))
    await bot.set_webhook("https://desk.example.org/telegram")
    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": 7, "text": "riding"})]
    telegram.say(7, 7, "hello")
    assert (await telegram.hears(7, "riding")).text == "riding"
    assert telegram.calls_to("sendMessage")[0].by_webhook


async def test_pending_updates_can_be_dropped(telegram: TelegramDouble, bot: Bot, hook: Hook) -> None:
    telegram.say(7, 7, "old")
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    await telegram.settled()
    assert hook.posts == []


# -- groups


async def test_privacy_mode_hides_talk_among_people(telegram: TelegramDouble, bot: Bot) -> None:
    sent = await bot.send_message(TEAM, "card")
    heard = ["/take 42", f"/take@{telegram.username}", f"hi @{telegram.username}!"]
    for text in ["hello", "/take@another_bot", "a/b", "/take接", *heard]:
        telegram.say(7, TEAM, text)
    telegram.say(7, TEAM, "a reply", reply_to=sent.message_id)
    telegram.join(7, TEAM)
    updates = await poll(bot)
    assert [update.message.text for update in updates if update.message] == [*heard, "a reply", None]
    command = updates[0].message
    assert command
    assert [(entity.type, entity.offset, entity.length) for entity in command.entities] == [("bot_command", 0, 5)]
    assert updates[3].message
    assert updates[3].message.reply_to_message == sent
    telegram.add_bot(TEAM, status="administrator")
    assert telegram.say(7, TEAM, "hello").update_id is not None


async def test_an_edit_is_an_edited_message(telegram: TelegramDouble, bot: Bot) -> None:
    said = telegram.say(7, 7, "urgnet", lang="en")
    telegram.edit(7, 7, said.message_id, "urgent")
    first, second = await poll(bot)
    assert second.message is None
    assert second.edited_message
    assert (second.edited_message.text, second.edited_message.message_id) == ("urgent", said.message_id)
    assert first.effective_user
    assert first.effective_user.language_code == "en"


async def test_migration(telegram: TelegramDouble, bot: Bot) -> None:
    group = telegram.add_group(-44, "Clients", [7], kind="group")
    sent = await bot.send_message(-44, "card", reply_markup=keyboard("Take"))
    new = telegram.migrate(group)
    assert new < -1_000_000_000_000
    for call in (bot.send_message(-44, "x"), bot.edit_message_text("x", -44, sent.message_id)):
        with pytest.raises(ChatMigrated) as moved:
            await call
        assert moved.value.new_chat_id == new
    status, body = await raw(telegram, "sendMessage", chat_id=-44, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    left, came = [update.message for update in await poll(bot)]
    assert left
    assert came
    assert (left.chat.id, left.chat.type, left.migrate_to_chat_id) == (-44, "group", new)
    assert (came.chat.id, came.chat.type, came.migrate_from_chat_id) == (new, "supergroup", -44)
    await bot.edit_message_text("card 2", new, sent.message_id, reply_markup=keyboard("Take"))
    telegram.press(7, group, sent.message_id, label="Take")
    assert [shown.text for shown in telegram.shown(group)] == ["card 2"]


async def test_topics(telegram: TelegramDouble, bot: Bot) -> None:
    forum = telegram.add_group(TEAM - 1, "Forum", [7], forum=True)
    topic = telegram.add_topic(forum, "Queue")
    sent = await bot.send_message(forum.id, "card", message_thread_id=topic)
    assert (sent.is_topic_message, telegram.take(forum).thread) == (True, topic)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(TEAM, "card", message_thread_id=topic)


async def test_members_and_chats(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.leave(8, TEAM)
    statuses = [(await bot.get_chat_member(TEAM, user)).status for user in (7, 8, bot.id)]
    assert statuses == ["member", "left", "member"]
    telegram.add_bot(TEAM, status="administrator")
    assert (await bot.get_chat_member(TEAM, bot.id)).status == "administrator"
    telegram.world.groups[TEAM].admins.add(7)
    assert [admin.user.id for admin in await bot.get_chat_administrators(TEAM)] == [7]
    assert (await bot.get_chat_member(7, 7)).status == "member"
    assert (await bot.get_chat(TEAM)).title == "Team"
    assert (await bot.get_chat(7)).first_name == "Li"


# -- commands, actions, files


async def test_commands_are_kept_by_scope_and_language(telegram: TelegramDouble, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("request", "提单")], BotCommandScopeAllPrivateChats(), "zh")
    await bot.set_my_commands([("take", "Take it")], BotCommandScopeChat(TEAM))
    assert telegram.commands == {
        ("all_private_chats", "zh"): (("request", "提单"),),
        (f"chat:{TEAM}", ""): (("take", "Take it"),),
    }
    assert (await bot.get_my_commands(BotCommandScopeChat(TEAM)))[0].command == "take"
    await bot.delete_my_commands(BotCommandScopeChat(TEAM))
    assert await bot.get_my_commands(BotCommandScopeChat(TEAM)) == ()


COMMANDS: list[tuple[dict[str, Any], str]] = [
    ({"commands": [{"command": "提单", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "Take", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ({"commands": [{"command": "a" * 33, "description": "x"}]}, "command length must not exceed 32"),
    ({"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
    ({"commands": [{"command": "a", "description": "x" * 257}]}, "command description length must not exceed 256"),
    ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ({"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
    ({"commands": [], "scope": {"type": "everyone"}}, "can't parse BotCommandScope"),
    ({"commands": [], "scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
]


@pytest.mark.parametrize(("args", "words"), COMMANDS)
async def test_commands_refused(telegram: TelegramDouble, args: dict[str, Any], words: str) -> None:
    status, body = await raw(telegram, "setMyCommands", **args)
    assert status == 400
    assert words in body["description"]


async def test_files_go_both_ways(telegram: TelegramDouble, bot: Bot) -> None:
    sent = await bot.send_document(7, b"report", caption="<b>Report</b>", parse_mode="HTML", filename="r.txt")
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("r.txt", 6, "Report")
    await bot.send_photo(7, b"png", caption="board")
    assert [(shown.kind, shown.text) for shown in telegram.shown(7)] == [("document", "Report"), ("photo", "board")]
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_photo(7, b"png", caption="x" * 1025)
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await sent.edit_text("x")
    await sent.edit_caption("Report 2")
    assert telegram.at(7, sent.message_id).text == "Report 2"
    telegram.attach(7, 7, "log.txt", b"a log", caption="see this", album="1")
    (update,) = await poll(bot)
    assert update.message
    assert update.message.document
    assert (update.message.caption, update.message.media_group_id) == ("see this", "1")
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a log"
    telegram.attach(7, 7, "huge.bin", b"0" * (20 * 1024 * 1024 + 1))
    huge = (await poll(bot))[-1].message
    assert huge
    assert huge.document
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await huge.document.get_file()


async def test_chat_action(telegram: TelegramDouble, bot: Bot) -> None:
    assert await bot.send_chat_action(7, "typing")
    telegram.assert_quiet()


# -- faults


async def test_faults_that_are_answered(telegram: TelegramDouble, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns of RetryAfter.retry_after itself
    telegram.limit_next("sendMessage", 9)
    with pytest.raises(RetryAfter) as limited:
        await bot.send_message(7, "x")
    assert limited.value.retry_after == timedelta(seconds=9)
    telegram.fail_next("sendMessage", "429", retry_after=4)
    telegram.fail_next("sendMessage", "500")
    telegram.fail_next("sendMessage", "502_html")
    status, body = await raw(telegram, "sendMessage", chat_id=7, text="x")
    assert (status, body["description"]) == (429, "Too Many Requests: retry after 4")
    assert body["parameters"] == {"retry_after": 4}
    with pytest.raises(NetworkError, match=r"(?i)Internal Server Error"):
        await bot.send_message(7, "x")
    with pytest.raises(NetworkError, match=r"(?i)Bad Gateway"):
        await bot.send_message(7, "x")
    assert telegram.shown(7) == []
    assert telegram.faults_left() == []
    await bot.send_message(7, "consumed")
    assert telegram.take(7).text == "consumed"


@pytest.mark.parametrize(
    ("kind", "shown", "status"),
    [("reset_before", 0, 0), ("reset_after", 1, 0), ("502", 0, 502), ("502_after", 1, 502), ("500_after", 1, 500)],
)
async def test_doubtful_faults(telegram: TelegramDouble, bot: Bot, kind: str, shown: int, status: int) -> None:
    telegram.fail_next("sendMessage", kind)
    with pytest.raises(NetworkError) as failed:
        await bot.send_message(7, "x")
    assert not isinstance(failed.value, BadRequest)
    assert isinstance(failed.value.__cause__, httpx.RemoteProtocolError) == (status == 0)
    assert (len(telegram.shown(7)), telegram.calls[-1].status) == (shown, status)


@pytest.mark.parametrize(("kind", "shown"), [("hang", 0), ("hang_after", 1)])
async def test_a_call_may_hang(telegram: TelegramDouble, bot: Bot, kind: str, shown: int) -> None:
    telegram.fail_next("sendMessage", kind)
    with pytest.raises(TimedOut) as timed_out:
        await bot.send_message(7, "x", read_timeout=0.05)
    assert isinstance(timed_out.value.__cause__, httpx.ReadTimeout)
    assert len(telegram.shown(7)) == shown


async def test_the_double_can_be_closed_over_open_calls(clock: Clock) -> None:
    async with TelegramDouble(clock) as double:
        bot = Bot(double.token, base_url=double.url + "/bot")
        async with bot:
            double.add_user(7, "Li")
            double.fail_next("sendMessage", "hang")
            hanging = asyncio.create_task(bot.send_message(7, "x", read_timeout=30))
            polling = asyncio.create_task(poll(bot, timeout=30))
            await until_called(double, polling)
            await double.pulse.within(2, lambda: bool(double.calls_to("sendMessage")), lambda: "no call")
            await double.__aexit__(None, None, None)
            results = await asyncio.gather(hanging, polling, return_exceptions=True)
    assert isinstance(results[0], NetworkError)
    assert results[1] == () or isinstance(results[1], TelegramError)


async def test_a_dropped_message_is_noticed_by_its_absence(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.drop_next("sendMessage")
    sent = await bot.send_message(7, "lost")
    assert sent.text == "lost"
    with pytest.raises(AssertionError, match="nothing"):
        telegram.take(7, containing="lost")
    card = await bot.send_message(7, "card", reply_markup=keyboard("Take"))
    telegram.drop_next("editMessageText")
    await card.edit_text("changed")
    assert telegram.shown(7)[-1].text == "card"
    press = telegram.press(7, 7, card.message_id, label="Take")
    telegram.drop_next("answerCallbackQuery")
    await bot.answer_callback_query(press.id, "lost too")
    assert press.answer is None


async def test_limits_when_enforced(clock: Clock) -> None:
    async with TelegramDouble(clock, enforce_limits=True) as double:
        double.add_group(TEAM, "Team", [])
        for user in range(1, 41):
            double.add_user(user, str(user))

        async def waits(chat: int) -> int:
            status, body = await raw(double, "sendMessage", chat_id=chat, text="x")
            return 0 if status == 200 else int(body["parameters"]["retry_after"])

        assert [await waits(1), await waits(1)] == [0, 1]
        clock.now += 1
        assert [await waits(user) for user in range(1, 32)] == [0] * 30 + [1]
        clock.now += 1
        for _ in range(20):
            assert await waits(TEAM) == 0
            clock.now += 1
        assert await waits(TEAM) == 40
        clock.now += 40
        assert await waits(TEAM) == 0


async def test_reply_parameters(telegram: TelegramDouble, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(7, "x", reply_parameters=ReplyParameters(77))
    await bot.send_message(7, "x", reply_parameters=ReplyParameters(77, allow_sending_without_reply=True))
    assert telegram.take(7).reply_to is None


async def until_called(telegram: TelegramDouble, task: asyncio.Task[Any]) -> None:
    """Until the server holds an open poll (a call is listed only when it ends)."""
    await telegram.pulse.within(2, lambda: telegram.inbox.open_polls > 0 or task.done(), lambda: "no poll arrived")


async def test_every_kind_of_body_is_read(telegram: TelegramDouble) -> None:
    url = f"{telegram.url}/bot{telegram.token}/SENDMESSAGE"
    form = {"chat_id": "7", "text": "form", "disable_notification": "true"}
    parts = aiohttp.FormData({"chat_id": "7", "text": "parts"}, default_to_multipart=True)
    async with aiohttp.ClientSession() as session:
        for sent in ({"params": {"chat_id": 7, "text": "query"}}, {"data": form}, {"data": parts}, {"json": form}):
            async with session.post(url, **sent) as answer:
                assert answer.status == 200, await answer.text()
    assert [(one.text, one.silent) for one in telegram.shown(7)] == [
        ("query", False),
        ("form", True),
        ("parts", False),
        ("form", True),
    ]


async def test_a_client_that_goes_away_leaves_no_poll_behind(telegram: TelegramDouble, bot: Bot) -> None:
    leaving = asyncio.create_task(poll(bot, timeout=30))
    await until_called(telegram, leaving)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    await telegram.pulse.within(2, lambda: not telegram.inbox.open_polls, lambda: "the poll is still open")
    telegram.say(7, 7, "hello")
    assert len(await poll(bot)) == 1


async def test_a_person_without_language(telegram: TelegramDouble, bot: Bot) -> None:
    telegram.say(7, 7, "hello", lang="")
    (update,) = await poll(bot)
    assert update.effective_user
    assert update.effective_user.language_code is None
