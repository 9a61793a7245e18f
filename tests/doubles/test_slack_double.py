"""The Slack double refuses, breaks and delivers as Slack does: shown with the real SDKs."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.doubles.slack import SIGNING_SECRET, SlackDouble

Json = dict[str, Any]
HISTORY = {"channels:history", "groups:history", "im:history", "im:read", "app_mentions:read", "reactions:read"}
ALL = {"commands", "chat:write", "im:write", "users:read", "channels:read", "groups:read"} | HISTORY


class Clock:
    """Virtual time; signatures use the real one, which Bolt checks against."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[SlackDouble]:
    async with SlackDouble(clock, scopes=ALL) as double:
        double.signing_clock = time.time
        double.add_user("U1", "Lin", locale="zh-CN", tz="Asia/Shanghai", email="lin@example.com")
        double.add_user("U2", "Ann")
        double.add_channel("C1", "desk", {"U1"})
        double.add_channel("C2", "away", {"U1"}, bot_in=False)
        double.add_channel("G1", "secret", {"U1"}, private=True, bot_in=False)
        yield double


@pytest.fixture
def client(slack: SlackDouble) -> AsyncWebClient:
    return AsyncWebClient("xoxb-test", base_url=slack.api_url, retry_handlers=[], timeout=5)


async def refusal(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


# --- blocks and views ------------------------------------------------------------------------------------------------


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(label: str = "Take", action_id: str = "take", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, label: str = "o", value: str = "v") -> list[Json]:
    return [{"text": plain(f"{label}{n}"), "value": f"{value}{n}"} for n in range(count)]


def select(count: int = 2, **more: Any) -> Json:
    head = {"type": "static_select", "action_id": "pick", "placeholder": plain("Snooze")}
    return {**head, "options": options(count), **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("Sure?"), "text": mrkdwn("Really"), "confirm": plain("Yes"), "deny": plain("No"), **more}


def entry(block_id: str, label: str | None = "What", element: Json | None = None, **more: Any) -> Json:
    text = {"type": "plain_text_input", "action_id": f"{block_id}_text"}
    named = {"label": plain(label)} if label else {}
    return {"type": "input", "block_id": block_id, **named, "element": element or text, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    head = {"type": "modal", "callback_id": "form", "title": plain("Request"), "submit": plain("Send")}
    return {**head, "blocks": list(blocks or [entry("what")]), **more}


AT_THE_LIMIT: dict[str, list[Json]] = {
    "section text 3,000": [section("x" * 3000)],
    "ten fields of 2,000 would be too much in all, so one": [{"type": "section", "fields": [mrkdwn("x" * 2000)]}],
    "header 150": [{"type": "header", "text": plain("x" * 150)}],
    "context 10": [{"type": "context", "elements": [mrkdwn("x")] * 10}],
    "actions 25": [actions(*(button(action_id=f"a{n}") for n in range(25)))],
    "button text 75 and value 2,000": [actions(button("x" * 75, value="v" * 2000, style="danger"))],
    "select 100": [actions(select(100))],
    "option value 150": [actions(select(options=[{"text": plain("x" * 75), "value": "v" * 150}]))],
    "overflow 5": [actions({"type": "overflow", "action_id": "more", "options": options(5)})],
    "confirm": [actions(button(confirm=confirm(title=plain("x" * 100), text=mrkdwn("x" * 300))))],
    "names 255": [{**section(), "block_id": "b" * 255}, actions(button(action_id="a" * 255))],
    "50 blocks": [section()] * 50,
    "an image in a context": [{"type": "context", "elements": [{"type": "image", "image_url": "u", "alt_text": "a"}]}],
    "13,200 characters": [section("x" * 3000)] * 4 + [section("x" * 1200)],
}

TOO_MUCH: dict[str, list[Json]] = {
    "section text 3,001": [section("x" * 3001)],
    "empty section": [{"type": "section"}],
    "empty text": [section("")],
    "11 fields": [{"type": "section", "fields": [mrkdwn("x")] * 11}],
    "field 2,001": [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
    "header 151": [{"type": "header", "text": plain("x" * 151)}],
    "header mrkdwn": [{"type": "header", "text": mrkdwn("x")}],
    "context 11": [{"type": "context", "elements": [mrkdwn("x")] * 11}],
    "26 actions": [actions(*(button(action_id=f"a{n}") for n in range(26)))],
    "no actions": [actions()],
    "button text 76": [actions(button("x" * 76))],
    "button mrkdwn": [actions({**button(), "text": mrkdwn("x")})],
    "value 2,001": [actions(button(value="v" * 2001))],
    "bad style": [actions(button(style="loud"))],
    "action_id 256": [actions(button(action_id="a" * 256))],
    "block_id 256": [{**section(), "block_id": "b" * 256}],
    "101 options": [actions(select(101))],
    "option text 76": [actions(select(options=options(1, "x" * 75)))],
    "option value 151": [actions(select(options=options(1, value="v" * 150)))],
    "placeholder 151": [actions(select(placeholder=plain("x" * 151)))],
    "option in mrkdwn": [actions(select(options=[{"text": mrkdwn("x"), "value": "v"}]))],
    "overflow 6": [actions({"type": "overflow", "action_id": "more", "options": options(6)})],
    "confirm title 101": [actions(button(confirm=confirm(title=plain("x" * 101))))],
    "confirm text 301": [actions(button(confirm=confirm(text=mrkdwn("x" * 301))))],
    "confirm button 31": [actions(button(confirm=confirm(confirm=plain("x" * 31))))],
    "confirm deny 31": [actions(button(confirm=confirm(deny=plain("x" * 31))))],
    "duplicate action_id in a block": [actions(button(), button("Drop"))],
    "duplicate action_id in a message": [actions(button()), section(accessory=button("Drop"))],
    "duplicate block_id": [{**section(), "block_id": "b"}, {**section(), "block_id": "b"}],
    "51 blocks": [section()] * 51,
    "unknown block type": [{"type": "wobble"}],
    "unknown element type": [actions({"type": "wobble", "action_id": "a"})],
    "input in a message": [entry("what")],
}


@pytest.mark.parametrize("rule", AT_THE_LIMIT)
async def test_blocks_at_the_limit_are_shown(slack: SlackDouble, client: AsyncWebClient, rule: str) -> None:
    posted = await client.chat_postMessage(channel="C1", text="t", blocks=AT_THE_LIMIT[rule])

    assert posted["ok"]
    assert len(slack.take("C1").blocks) == len(AT_THE_LIMIT[rule])


@pytest.mark.parametrize("rule", TOO_MUCH)
async def test_blocks_over_the_limit_are_invalid(slack: SlackDouble, client: AsyncWebClient, rule: str) -> None:
    assert await refusal(client.chat_postMessage(channel="C1", text="t", blocks=TOO_MUCH[rule])) == "invalid_blocks"
    assert "[json-pointer:/blocks" in slack.calls[-1].answer["response_metadata"]["messages"][0]
    assert slack.shown("C1") == []


async def test_more_than_13200_characters_in_all(slack: SlackDouble, client: AsyncWebClient) -> None:
    many = [section("x" * 3000)] * 4 + [section("x" * 1201)]

    assert await refusal(client.chat_postMessage(channel="C1", text="t", blocks=many)) == "msg_blocks_too_long"


BAD_VIEWS: dict[str, Json] = {
    "title 25": modal(title=plain("x" * 25)),
    "no title": modal(title=None),
    "submit 25": modal(submit=plain("x" * 25)),
    "close 25": modal(close=plain("x" * 25)),
    "101 blocks": modal(*[section()] * 101),
    "private_metadata 3,001": modal(private_metadata="x" * 3001),
    "callback_id 256": modal(callback_id="x" * 256),
    "input without submit": modal(submit=None),
    "input without label": modal(entry("what", None)),
    "duplicate block_id": modal(entry("what"), entry("what")),
    "home where a modal belongs": {"type": "home", "blocks": [section()]},
}


@pytest.mark.parametrize("rule", BAD_VIEWS)
async def test_views_that_are_refused(slack: SlackDouble, client: AsyncWebClient, rule: str) -> None:
    trigger = slack.team.new_trigger("U1")

    assert await refusal(client.views_open(trigger_id=trigger, view=BAD_VIEWS[rule])) == "invalid_arguments"
    assert slack.open_view("U1") is None


async def test_view_over_250_kb(slack: SlackDouble, client: AsyncWebClient) -> None:
    heavy = modal(*[section("字" * 3000)] * 30)

    assert await refusal(client.views_open(trigger_id=slack.team.new_trigger("U1"), view=heavy)) == "view_too_large"


async def test_a_view_may_repeat_action_ids_in_other_blocks(slack: SlackDouble, client: AsyncWebClient) -> None:
    """A home tab lists many requests, each with its own Take."""
    rows = [section(f"REQ-{n}", accessory=button(value=str(n))) for n in range(3)]

    await client.views_publish(user_id="U1", view={"type": "home", "blocks": rows})

    home = slack.home("U1")
    assert home is not None
    assert home.buttons == ["Take"] * 3


# --- triggers and views ----------------------------------------------------------------------------------------------


async def test_a_trigger_lives_three_seconds(slack: SlackDouble, client: AsyncWebClient, clock: Clock) -> None:
    trigger = slack.team.new_trigger("U1")
    clock.now += 3.1

    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_a_trigger_serves_once(slack: SlackDouble, client: AsyncWebClient) -> None:
    trigger = slack.team.new_trigger("U1")
    await client.views_open(trigger_id=trigger, view=modal())

    assert await refusal(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger"


async def test_a_stale_hash_conflicts(slack: SlackDouble, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=slack.team.new_trigger("U1"), view=modal())
    first: Json = opened["view"]
    await client.views_update(view_id=first["id"], hash=first["hash"], view=modal(section("filled")))

    late = client.views_update(view_id=first["id"], hash=first["hash"], view=modal())

    assert await refusal(late) == "hash_conflict"
    assert "filled" in slack.open_view("U1").words  # type: ignore[union-attr]
    assert await refusal(client.views_update(view_id="V404", view=modal())) == "not_found"


async def test_three_views_in_a_stack(slack: SlackDouble, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=slack.team.new_trigger("U1"), view=modal())
    for _ in range(2):
        await client.views_push(trigger_id=slack.team.new_trigger("U1"), view=modal())

    assert (
        await refusal(client.views_push(trigger_id=slack.team.new_trigger("U1"), view=modal())) == "push_limit_reached"
    )


# --- messages --------------------------------------------------------------------------------------------------------


Ask = Callable[[AsyncWebClient], Awaitable[Any]]
REFUSALS: dict[str, tuple[str, Ask]] = {
    "unknown channel": ("channel_not_found", lambda c: c.chat_postMessage(channel="C404", text="t")),
    "private without the bot": ("channel_not_found", lambda c: c.chat_postMessage(channel="G1", text="t")),
    "public without the bot": ("not_in_channel", lambda c: c.chat_postMessage(channel="C2", text="t")),
    "nothing said": ("no_text", lambda c: c.api_call("chat.postMessage", json={"channel": "C1"})),
    "edit of nothing": ("message_not_found", lambda c: c.chat_update(channel="C1", ts="1.000001", text="t")),
    "delete of nothing": ("message_not_found", lambda c: c.chat_delete(channel="C1", ts="1.000001")),
    "ephemeral outside": ("user_not_in_channel", lambda c: c.chat_postEphemeral(channel="C1", user="U2", text="t")),
    "user id to an edit": ("channel_not_found", lambda c: c.chat_update(channel="U1", ts="1.0", text="t")),
    "unknown user": ("user_not_found", lambda c: c.users_info(user="U404")),
    "dm with nobody": ("users_list_not_supplied", lambda c: c.conversations_open(users=[])),
    "bad cursor": ("invalid_cursor", lambda c: c.conversations_history(channel="C1", cursor="zz")),
    "thread of nothing": ("thread_not_found", lambda c: c.conversations_replies(channel="C1", ts="1.000001")),
    "link to nothing": ("message_not_found", lambda c: c.chat_getPermalink(channel="C1", message_ts="1.000001")),
    "metadata without payload": (
        "invalid_metadata_format",
        lambda c: c.chat_postMessage(channel="C1", text="t", metadata={"event_type": "x"}),
    ),
}


@pytest.mark.parametrize("rule", REFUSALS)
async def test_calls_that_are_refused(slack: SlackDouble, client: AsyncWebClient, rule: str) -> None:
    error, ask = REFUSALS[rule]

    assert await refusal(ask(client)) == error
    assert slack.calls[-1].error == error
    assert slack.unseen() == []


async def test_an_archived_channel_takes_nothing(slack: SlackDouble, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="card")
    slack.archive("C1")

    assert await refusal(client.chat_postMessage(channel="C1", text="t")) == "is_archived"
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="t")) == "is_inactive"


async def test_only_own_messages_are_edited(slack: SlackDouble, client: AsyncWebClient) -> None:
    theirs = slack.wrote("U1", "C1", "hello")

    assert await refusal(client.chat_update(channel="C1", ts=theirs.ts, text="t")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel="C1", ts=theirs.ts)) == "cant_delete_message"


async def test_long_texts(slack: SlackDouble, client: AsyncWebClient) -> None:
    """Posting cuts at 40,000; an edit over 4,000 is refused."""
    posted = await client.chat_postMessage(channel="C1", text="x" * 40_001)

    assert len(slack.take("C1").text) == 40_000
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="x" * 4_001)) == "msg_too_long"


async def test_an_edit_keeps_what_it_does_not_name(slack: SlackDouble, client: AsyncWebClient) -> None:
    mark = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    posted = await client.chat_postMessage(
        channel="C1", text="a", blocks=[section("card"), actions(button())], metadata=mark
    )
    card = slack.take("C1", containing="card")

    await client.chat_update(channel="C1", ts=posted["ts"], text="b")
    assert (card.text, card.words, card.buttons, card.metadata) == ("b", "card\nTake", ["Take"], mark)
    await client.chat_update(channel="C1", ts=posted["ts"], text="c", blocks=[])
    assert (card.words, card.metadata, card["edited_count"]) == ("c", mark, 2)


async def test_a_user_id_means_the_dm(slack: SlackDouble, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users="U1")
    posted = await client.chat_postMessage(channel="U1", text="psst")

    assert posted["channel"] == opened["channel"]["id"]
    assert [m.text for m in slack.dms("U1")] == ["psst"]


async def test_history_pages_carry_metadata_only_when_asked(slack: SlackDouble, client: AsyncWebClient) -> None:
    mark = {"event_type": "delivery", "event_payload": {"id": "d"}}
    for n in range(5):
        await client.chat_postMessage(channel="C1", text=f"m{n}", metadata=mark)
    first = await client.conversations_history(channel="C1", limit=2, include_all_metadata=True)

    texts = [
        m["text"] async for page in await client.conversations_history(channel="C1", limit=2) for m in page["messages"]
    ]

    assert texts == ["m4", "m3", "m2", "m1", "m0"]
    assert first["messages"][0]["metadata"] == mark
    assert first["has_more"]
    assert "metadata" not in (await client.conversations_history(channel="C1"))["messages"][0]


async def test_history_window_is_exclusive(slack: SlackDouble, client: AsyncWebClient, clock: Clock) -> None:
    stamps = []
    for n in range(3):
        clock.now += 10
        stamps.append((await client.chat_postMessage(channel="C1", text=f"m{n}"))["ts"])

    open_ended = await client.conversations_history(channel="C1", oldest=stamps[0])
    closed = await client.conversations_history(channel="C1", oldest=stamps[0], latest=stamps[1], inclusive=True)

    assert [m["text"] for m in open_ended["messages"]] == ["m2", "m1"]
    assert [m["text"] for m in closed["messages"]] == ["m1", "m0"]


async def test_replies_stand_in_the_thread_and_not_in_history(slack: SlackDouble, client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C1", text="card")
    await client.chat_postMessage(channel="C1", text="line", thread_ts=parent["ts"])

    replies = await client.conversations_replies(channel="C1", ts=parent["ts"])
    history = await client.conversations_history(channel="C1")

    assert [m["text"] for m in replies["messages"]] == ["card", "line"]
    assert [m["text"] for m in history["messages"]] == ["card"]
    assert [m.text for m in slack.thread("C1", parent["ts"])] == ["line"]


async def test_people_and_channels_are_described(slack: SlackDouble, client: AsyncWebClient) -> None:
    with_locale = await client.users_info(user="U1", include_locale=True)
    members = await client.conversations_members(channel="C1")
    info = await client.conversations_info(channel="C1")
    bot = await client.bots_info(bot=(await client.auth_test())["bot_id"])

    assert (with_locale["user"]["locale"], with_locale["user"]["tz"]) == ("zh-CN", "Asia/Shanghai")
    assert "email" not in with_locale["user"]["profile"]
    assert "U1" in members["members"]
    assert info["channel"]["is_member"] is True
    assert bot["bot"]["app_id"] == "A0DESK"


async def test_form_bodies_are_read_too(slack: SlackDouble) -> None:
    form = {"token": "xoxb-test", "channel": "C1", "text": "t", "blocks": json.dumps([section("from a form")])}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + "chat.postMessage", data=form) as answer,
    ):
        assert (await answer.json())["ok"]

    assert slack.take("C1").words == "from a form"
    assert "token" not in slack.calls[-1].args


async def test_broken_arguments(slack: SlackDouble) -> None:
    head = {"Authorization": "Bearer xoxb-test", "Content-Type": "application/json"}
    bodies = {"invalid_json": '{"channel":', "invalid_blocks_format": '{"channel": "C1", "blocks": "[{"}'}
    async with aiohttp.ClientSession(headers=head) as session:
        for error, body in bodies.items():
            async with session.post(slack.api_url + "chat.postMessage", data=body) as answer:
                assert (await answer.json())["error"] == error


# --- tokens, scopes, unknown methods ---------------------------------------------------------------------------------


async def test_tokens(slack: SlackDouble, client: AsyncWebClient) -> None:
    wrong = AsyncWebClient("xoxb-other", base_url=slack.api_url)
    none = AsyncWebClient(base_url=slack.api_url)
    app = AsyncWebClient("xapp-test", base_url=slack.api_url)

    assert await refusal(wrong.auth_test()) == "invalid_auth"
    assert await refusal(none.api_call("auth.test")) == "not_authed"
    assert await refusal(app.chat_postMessage(channel="C1", text="t")) == "not_allowed_token_type"
    assert await refusal(client.apps_connections_open(app_token="xoxb-test")) == "not_allowed_token_type"
    slack.revoke_token()
    assert await refusal(client.auth_test()) == "token_revoked"
    slack.revoke_token(None)
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(
    ("scope", "ask"),
    [
        ("chat:write", lambda c: c.chat_postMessage(channel="C1", text="t")),
        ("im:write", lambda c: c.conversations_open(users="U1")),
        ("users:read", lambda c: c.users_info(user="U1")),
        ("channels:read", lambda c: c.conversations_members(channel="C1")),
        ("channels:history", lambda c: c.conversations_history(channel="C1")),
    ],
)
async def test_missing_scopes(slack: SlackDouble, client: AsyncWebClient, scope: str, ask: Ask) -> None:
    slack.scopes.discard(scope)

    assert await refusal(ask(client)) == "missing_scope"
    assert slack.calls[-1].answer["needed"] == scope


async def test_unknown_methods_are_kept(slack: SlackDouble, client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.shout", json={})) == "unknown_method"
    with pytest.raises(AssertionError, match=r"chat\.shout"):
        slack.assert_quiet()


# --- faults ----------------------------------------------------------------------------------------------------------


async def test_a_limit_is_met_once(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.limit_next("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="t")

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
    assert slack.shown("C1") == []
    await client.chat_postMessage(channel="C1", text="t")
    assert slack.take("C1").text == "t"


@pytest.mark.parametrize(
    ("kind", "applied", "shown"),
    [
        ("internal_error", False, 0),
        ("internal_error", True, 1),
        ("500", False, 0),
        ("500", True, 1),
        ("reset_before", False, 0),
        ("reset_after", False, 1),
    ],
)
async def test_calls_in_doubt(slack: SlackDouble, client: AsyncWebClient, kind: str, applied: bool, shown: int) -> None:
    """The caller sees an error in each case; only some have landed."""
    slack.fail_next("chat.postMessage", kind, applied=applied)

    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel="C1", text="t")

    assert len(slack.shown("C1")) == shown
    assert slack.calls[-1].error in (kind, "internal_error")
    assert slack.faults.left == {}


async def test_a_call_that_hangs(slack: SlackDouble) -> None:
    impatient = AsyncWebClient("xoxb-test", base_url=slack.api_url, timeout=1, retry_handlers=[])
    slack.fail_next("chat.postMessage", "hang", applied=True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await impatient.chat_postMessage(channel="C1", text="t")

    assert slack.take("C1").text == "t"


async def test_a_call_that_lands_late(slack: SlackDouble, client: AsyncWebClient, clock: Clock) -> None:
    slack.fail_next("chat.postMessage", "late", late_by=60)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C1", text="t")

    assert slack.shown("C1") == []
    clock.now += 60
    assert (await client.conversations_history(channel="C1"))["messages"][0]["text"] == "t"


async def test_a_dropped_message_is_answered_and_not_shown(slack: SlackDouble, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="before")
    slack.drop_next("chat.postMessage")
    slack.drop_next("chat.update")

    assert (await client.chat_postMessage(channel="C1", text="lost"))["ok"]
    assert (await client.chat_update(channel="C1", ts=posted["ts"], text="after"))["ok"]

    assert [m.text for m in slack.shown("C1")] == ["before"]
    with pytest.raises(AssertionError, match=r"no new message in C1 containing \['lost'\]"):
        slack.take("C1", containing="lost")


async def test_unknown_faults_are_refused(slack: SlackDouble) -> None:
    with pytest.raises(ValueError, match="no such fault"):
        slack.fail_next("chat.postMessage", "explode")


async def test_one_message_a_second_after_the_burst(slack: SlackDouble, client: AsyncWebClient, clock: Clock) -> None:
    slack.pace.burst = 2
    for _ in range(2):
        await client.chat_postMessage(channel="C1", text="t")

    assert await refusal(client.chat_postMessage(channel="C1", text="t")) == "ratelimited"
    await client.chat_postMessage(channel="U1", text="another channel has its own allowance")
    clock.now += 1
    await client.chat_postMessage(channel="C1", text="t")
    assert len(slack.shown("C1")) == 3


# --- no unexpected message -------------------------------------------------------------------------------------------


async def test_unexpected_messages_are_listed(slack: SlackDouble, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="expected")
    await client.chat_postEphemeral(channel="C1", user="U1", text="whispered")
    slack.take("C1", containing="expected")

    with pytest.raises(AssertionError, match=r"C1 to U1 .*'whispered'"):
        slack.assert_quiet()
    assert slack.take("C1", to="U1").text == "whispered"
    slack.assert_quiet()
    await client.chat_update(channel="C1", ts=posted["ts"], text="edited")
    slack.assert_quiet()
    with pytest.raises(AssertionError, match="edited"):
        slack.assert_quiet(edits=True)


async def test_a_test_can_wait_for_words(slack: SlackDouble, client: AsyncWebClient) -> None:
    waiting = asyncio.ensure_future(slack.hears("C1", "soon"))
    await asyncio.sleep(0)
    await client.chat_postMessage(channel="C1", text="soon")

    assert (await waiting).text == "soon"
    with pytest.raises(AssertionError, match="never"):
        await slack.hears("C1", "never", within=0.01)


# --- Bolt over signed HTTP -------------------------------------------------------------------------------------------


Listeners = Callable[[AsyncApp], None]


@asynccontextmanager
async def bolt_over_http(slack: SlackDouble, client: AsyncWebClient, listeners: Listeners) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
    listeners(app)
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield app
    finally:
        await runner.cleanup()


def desk(app: AsyncApp, heard: list[str] | None = None) -> None:
    """A desk of five listeners."""
    log = [] if heard is None else heard

    @app.command("/desk")
    async def on_command(ack: Any, command: Json, client: AsyncWebClient, respond: Any) -> None:
        log.append(command["trigger_id"])
        match command["text"]:
            case "form":
                await ack()
                await client.views_open(
                    trigger_id=command["trigger_id"],
                    view=modal(entry("what", "What"), entry("when", "When", select(), optional=True)),
                )
            case "card":
                await ack()
                buttons = [button("Take", "take", value="1"), select(), more_menu()]
                await client.chat_postMessage(channel=command["channel_id"], text="card", blocks=[actions(*buttons)])
            case "tell":
                await ack(response_type="in_channel", text="told to all")
            case "broken":
                await ack(text="x", blocks=[{"type": "section"}])
            case "late":
                await ack()
                await respond("by the response URL")
            case other:
                await ack(f"you said {other}")

    @app.action("take")
    async def on_take(ack: Any, body: Json, client: AsyncWebClient, respond: Any) -> None:
        await ack()
        log.append(body["actions"][0]["value"])
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="taken", blocks=[])
        await respond("yours now")

    @app.action("pick")
    async def on_pick(ack: Any, action: Json) -> None:
        await ack()
        log.append(action["selected_option"]["value"])

    @app.action("more")
    async def on_more(ack: Any, action: Json) -> None:
        await ack()
        log.append(action["selected_option"]["value"])

    @app.view("form")
    async def on_form(ack: Any, view: Json) -> None:
        typed = view["state"]["values"]["what"]["what_text"]["value"]
        log.append(typed)
        answers = {
            "": {"response_action": "errors", "errors": {"what": "empty"}},
            "short": {"response_action": "errors", "errors": {"what": "Too short"}},
            "stray": {"response_action": "errors", "errors": {"nowhere": "?"}},
            "next": {"response_action": "update", "view": modal(section("second page"))},
            "push": {"response_action": "push", "view": modal(section("on top"))},
            "clear": {"response_action": "clear"},
        }
        await ack(**answers.get(typed, {}))

    @app.event("message")
    async def on_message(event: Json) -> None:
        log.append(event["text"])

    @app.event("app_mention")
    async def on_mention(event: Json) -> None:
        log.append(f"mention: {event['text']}")

    @app.event("app_home_opened")
    async def on_home(event: Json) -> None:
        log.append(f"home of {event['user']}")


def more_menu() -> Json:
    return {"type": "overflow", "action_id": "more", "options": options(2, "Entry ", "e")}


async def test_a_command_is_answered_to_its_sender_alone(slack: SlackDouble, client: AsyncWebClient) -> None:
    async with bolt_over_http(slack, client, desk):
        heard = await slack.say_command("U1", "C1", "/desk", "hello")

        assert (heard.status, heard.body, heard.acked) == (200, "you said hello", True)
        assert [m.text for m in slack.ephemerals("U1")] == ["you said hello"]
        assert slack.shown("C1") == []
        assert len(slack.shown("C1", to="U1")) == 1


async def test_a_command_may_answer_the_channel(slack: SlackDouble, client: AsyncWebClient) -> None:
    async with bolt_over_http(slack, client, desk):
        await slack.say_command("U1", "C1", "/desk", "tell")

        assert slack.take("C1").text == "told to all"


async def test_bad_blocks_in_an_answer_show_nothing(slack: SlackDouble, client: AsyncWebClient) -> None:
    async with bolt_over_http(slack, client, desk):
        heard = await slack.say_command("U1", "C1", "/desk", "broken")

        assert (heard.status, heard.error) == (200, "invalid_blocks")
        assert slack.ephemerals("U1") == []


async def test_a_press_edits_the_card_and_whispers(slack: SlackDouble, client: AsyncWebClient) -> None:
    log: list[str] = []
    async with bolt_over_http(slack, client, lambda app: desk(app, log)):
        await slack.say_command("U1", "C1", "/desk", "card")
        card = slack.take("C1")
        assert card.buttons == ["Take", "Entry 0", "Entry 1"]

        await slack.press("U1", "C1", card.ts, action_id="pick", option="o1")
        await slack.press("U1", "C1", card.ts, label="Entry 1")
        heard = await slack.press("U1", "C1", card.ts, label="Take")

        assert heard.acked
        assert log[1:] == ["v1", "e1", "1"]
        assert card.words == "taken"
        assert slack.take("C1", to="U1").text == "yours now"
        with pytest.raises(AssertionError, match="nothing to press"):
            await slack.press("U1", "C1", card.ts, label="Take")


@pytest.mark.parametrize(
    ("typed", "error", "screen"),
    [
        ("fine", None, None),
        ("clear", None, None),
        ("short", None, "Request"),
        ("stray", "invalid_errors", "Request"),
        ("next", None, "second page"),
        ("push", None, "on top"),
    ],
)
async def test_what_a_submission_answers_is_done_to_the_screen(
    slack: SlackDouble, client: AsyncWebClient, typed: str, error: str | None, screen: str | None
) -> None:
    async with bolt_over_http(slack, client, desk):
        await slack.say_command("U1", "C1", "/desk", "form")
        form = slack.open_view("U1")
        assert form is not None
        assert form.inputs == {"what": "What", "when": "When"}

        heard = await slack.submit_view("U1", {"What": typed, "when": "o0"})

        assert heard.error == error
        now = slack.open_view("U1")
        assert (now is None) if screen is None else (now is not None and screen in now.words)
        assert form.errors == ({"what": "Too short"} if typed == "short" else {})
        assert bool(form.trouble) == (typed == "stray")


async def test_an_empty_required_field_is_not_sent(slack: SlackDouble, client: AsyncWebClient) -> None:
    log: list[str] = []
    async with bolt_over_http(slack, client, lambda app: desk(app, log)):
        await slack.say_command("U1", "C1", "/desk", "form")

        heard = await slack.submit_view("U1")

        assert heard.error == "not_sent"
        assert len(log) == 1
        assert slack.open_view("U1").errors == {"what": "Please complete this required field."}  # type: ignore[union-attr]
        await slack.close_view("U1")
        assert slack.open_view("U1") is None


async def test_events_arrive_where_the_bot_is(slack: SlackDouble, client: AsyncWebClient) -> None:
    log: list[str] = []
    async with bolt_over_http(slack, client, lambda app: desk(app, log)):
        assert (await slack.message("U1", "U1", "in the DM")).status == 200
        assert (await slack.message("U1", "C2", "unheard")).error == "not_sent"
        assert (await slack.mention("U1", "C1", "help")).status == 200
        assert (await slack.app_home_opened("U1")).status == 200

        assert log == ["in the DM", "<@U0DESK> help", "mention: <@U0DESK> help", "home of U1"]


async def test_no_event_without_its_scope(slack: SlackDouble) -> None:
    slack.scopes.discard("im:history")
    with pytest.raises(AssertionError, match="im:history"):
        await slack.message("U1", "U1", "hello")


async def test_a_response_url_serves_five_times_in_half_an_hour(
    slack: SlackDouble, client: AsyncWebClient, clock: Clock
) -> None:
    async with bolt_over_http(slack, client, desk):
        await slack.say_command("U1", "C1", "/desk", "late")
        (key,) = slack.team.response_urls
        webhook = AsyncWebhookClient(slack.response_base + key)
        for _ in range(4):
            assert (await webhook.send(text="more")).status_code == 200

        sixth = await webhook.send(text="too much")
        other = AsyncWebhookClient(slack.response_base + slack.team.new_response_url("U1", "C1"))
        clock.now += 30 * 60 + 1

        assert (sixth.status_code, "used_url" in sixth.body) == (404, True)
        assert "expired_url" in (await other.send(text="too late")).body
        assert len(slack.ephemerals("U1")) == 5


async def test_a_response_url_edits_and_removes_the_pressed_message(slack: SlackDouble, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel="C1", user="U1", text="undo?", blocks=[actions(button())])
    whispered = slack.take("C1", to="U1")
    webhook = AsyncWebhookClient(slack.response_base + slack.team.new_response_url("U1", "C1", whispered.ts))

    await webhook.send(text="undone", replace_original=True)
    assert whispered.words == "undone"
    await webhook.send(delete_original=True)
    assert slack.ephemerals("U1") == []


FORGED = [
    "bad_signature",
    "empty_signature",
    "no_signature",
    "no_timestamp",
    "no_headers",
    "old_timestamp",
    "future_timestamp",
]


@pytest.mark.parametrize("kind", FORGED)
async def test_forged_requests_are_turned_away(slack: SlackDouble, client: AsyncWebClient, kind: str) -> None:
    """Bolt itself turns these away; malformed ones it answers with 500 (faults.md row 75)."""
    log: list[str] = []
    async with bolt_over_http(slack, client, lambda app: desk(app, log)):
        slack.forge_next(kind)
        heard = await slack.say_command("U1", "C1", "/desk", "hello")

        assert (heard.status, heard.error) == (401, "dispatch_failed")
        assert log == []
        assert "dispatch_failed" in slack.take("C1", to="U1").text
        assert (await slack.say_command("U1", "C1", "/desk", "hello")).acked


@asynccontextmanager
async def recorder(slack: SlackDouble, status: int = 200) -> AsyncIterator[list[tuple[bytes, dict[str, str]]]]:
    """A bare request URL that keeps what it was sent."""
    got: list[tuple[bytes, dict[str, str]]] = []

    async def keep(request: web.Request) -> web.Response:
        got.append((await request.read(), dict(request.headers)))
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/", keep)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield got
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("kind", ["non_ascii_signature", "text_timestamp", "long_timestamp"])
async def test_malformed_headers_reach_the_app(slack: SlackDouble, kind: str) -> None:
    async with recorder(slack) as got:
        slack.forge_next(kind)
        await slack.say_command("U1", "C1", "/desk", "x")

        headers = got[0][1]
        stamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
        assert (not stamp.isdigit()) or len(stamp) == 5000 or not signature.isascii()


async def test_a_command_is_replayed_byte_for_byte(slack: SlackDouble) -> None:
    async with recorder(slack) as got:
        await slack.say_command("U1", "C1", "/desk", "x")
        await slack.redeliver()

        (first, old), (second, new) = got
        assert first == second
        assert b"trigger_id=" in first
        assert old["X-Slack-Signature"] == new["X-Slack-Signature"]
        assert "X-Slack-Retry-Num" not in new


async def test_an_event_is_retried_with_its_number(slack: SlackDouble) -> None:
    async with recorder(slack) as got:
        await slack.message("U1", "C1", "x")
        slack.signing_clock = lambda: time.time() + 60
        await slack.redeliver(attempt=2)

        (first, old), (second, new) = got
        assert first == second
        assert json.loads(first)["event_id"].startswith("Ev")
        assert (new["X-Slack-Retry-Num"], new["X-Slack-Retry-Reason"]) == ("2", "http_timeout")
        assert old["X-Slack-Signature"] != new["X-Slack-Signature"]


async def test_bolt_runs_a_replayed_command_twice(slack: SlackDouble, client: AsyncWebClient) -> None:
    """The reason for an inbox key (faults.md row 76): the double shows it."""
    log: list[str] = []
    async with bolt_over_http(slack, client, lambda app: desk(app, log)):
        await slack.say_command("U1", "C1", "/desk", "x")
        await slack.redeliver()

        assert len(log) == 2
        assert log[0] == log[1]
        assert len(slack.ephemerals("U1")) == 1


async def test_what_slack_says_when_the_app_fails(slack: SlackDouble) -> None:
    async with recorder(slack, status=500):
        heard = await slack.say_command("U1", "C1", "/desk", "x")

        assert (heard.status, heard.error) == (500, "dispatch_failed")
        assert slack.take("C1", to="U1").user == "USLACKBOT"
    assert (await slack.say_command("U1", "C1", "/desk", "x")).status == 0


async def test_an_answer_that_does_not_come(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.ack_timeout = 0.05

    def slow(app: AsyncApp) -> None:
        @app.command("/desk")
        async def never(ack: Any) -> None:
            await asyncio.sleep(0.2)
            await ack()

    async with bolt_over_http(slack, client, slow):
        heard = await slack.say_command("U1", "C1", "/desk", "x")

        assert (heard.status, heard.error) == (0, "operation_timeout")


async def test_probes(slack: SlackDouble, client: AsyncWebClient) -> None:
    async with bolt_over_http(slack, client, desk):
        assert (await slack.verify_url("c42")).body == {"challenge": "c42"}
        assert (await slack.ssl_check()).status == 200


async def test_bytes_are_counted(slack: SlackDouble, client: AsyncWebClient) -> None:
    before = (slack.bytes_in, slack.bytes_out)
    await client.chat_postMessage(channel="C1", text="x" * 1000)

    assert slack.bytes_in - before[0] > 1000
    assert slack.bytes_out - before[1] > 1000


# --- Bolt over Socket Mode -------------------------------------------------------------------------------------------


@asynccontextmanager
async def bolt_over_sockets(
    slack: SlackDouble, client: AsyncWebClient, listeners: Listeners, count: int = 1
) -> AsyncIterator[list[AsyncSocketModeHandler]]:
    app = AsyncApp(client=client, process_before_response=True)
    listeners(app)
    inner = AsyncWebClient("xapp-test", base_url=slack.api_url)
    handlers = [AsyncSocketModeHandler(app, "xapp-test", web_client=inner) for _ in range(count)]
    try:
        for handler in handlers:
            await handler.connect_async()
        await slack.sockets_connected(count)
        yield handlers
    finally:
        for handler in handlers:
            await handler.close_async()


async def test_a_socket_carries_commands_presses_forms_and_events(slack: SlackDouble, client: AsyncWebClient) -> None:
    log: list[str] = []
    async with bolt_over_sockets(slack, client, lambda app: desk(app, log)):
        said = await slack.say_command("U1", "C1", "/desk", "hello")
        await slack.say_command("U1", "C1", "/desk", "card")
        pressed = await slack.press("U1", "C1", slack.take("C1").ts, label="Take")
        await slack.say_command("U1", "C1", "/desk", "form")
        await slack.submit_view("U1", {"what": "short"})
        event = await slack.message("U1", "C1", "words")

        assert (said.door, said.body) == ("socket", {"text": "you said hello"})
        assert slack.take("C1", to="U1").text == "you said hello"
        assert pressed.acked
        assert event.acked
        assert slack.open_view("U1").errors == {"what": "Too short"}  # type: ignore[union-attr]
        assert log[-1] == "words"
        assert slack.bytes_in > 0


async def test_each_envelope_goes_to_one_socket_in_turn(slack: SlackDouble, client: AsyncWebClient) -> None:
    log: list[str] = []
    async with bolt_over_sockets(slack, client, lambda app: desk(app, log), count=2):
        heard = [await slack.say_command("U1", "C1", "/desk", str(n)) for n in range(4)]

        sockets = [one.socket for one in heard]
        assert len(set(sockets)) == 2
        assert sockets[:2] == sockets[2:]
        assert len(log) == 4


async def raw_socket(slack: SlackDouble, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    app_client = AsyncWebClient("xapp-test", base_url=slack.api_url)
    opened = await app_client.apps_connections_open(app_token="xapp-test")
    return await session.ws_connect(opened["url"], timeout=aiohttp.ClientWSTimeout(ws_receive=3))


async def test_an_event_without_ack_comes_again_and_a_command_does_not(slack: SlackDouble) -> None:
    slack.ack_timeout = 0.05
    async with aiohttp.ClientSession() as session:
        ws = await raw_socket(slack, session)
        assert (await ws.receive_json())["type"] == "hello"
        sending = asyncio.ensure_future(slack.message("U1", "C1", "x"))
        first, second = await ws.receive_json(), await ws.receive_json()
        await ws.send_json({"envelope_id": second["envelope_id"]})
        heard = await sending

        assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
        assert first["payload"] == second["payload"]
        assert (heard.acked, heard.attempts) == (True, 2)
        command = await slack.say_command("U1", "C1", "/desk", "x")
        assert (command.error, command.attempts) == ("operation_timeout", 1)
        await ws.close()


async def test_redelivery_over_a_socket(slack: SlackDouble) -> None:
    slack.ack_timeout = 0.02
    async with aiohttp.ClientSession() as session:
        ws = await raw_socket(slack, session)
        await ws.receive_json()
        await slack.say_command("U1", "C1", "/desk", "x")
        await slack.redeliver()

        first, again = await ws.receive_json(), await ws.receive_json()

        assert first["payload"]["trigger_id"] == again["payload"]["trigger_id"]
        assert first["envelope_id"] != again["envelope_id"]
        await ws.close()


async def test_a_ticket_serves_once_and_ten_sockets_are_the_most(slack: SlackDouble) -> None:
    async with aiohttp.ClientSession() as session:
        open_ones = [await raw_socket(slack, session) for _ in range(10)]
        eleventh = await raw_socket(slack, session)

        assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        assert slack.socket.tickets == set()
        opened = await AsyncWebClient("xapp-test", base_url=slack.api_url).apps_connections_open(app_token="xapp-test")
        await (await session.ws_connect(opened["url"])).close()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])
        assert len(slack.socket.open) == 10
        for ws in [*open_ones, eleventh]:
            await ws.close()


async def test_a_refreshed_socket_is_replaced(slack: SlackDouble, client: AsyncWebClient) -> None:
    async with bolt_over_sockets(slack, client, desk):
        old = slack.socket.open[0].number
        await slack.refresh_sockets()
        await slack.sockets_connected(1)

        heard = await slack.say_command("U1", "C1", "/desk", "hello")

        assert heard.acked
        assert heard.socket != old


async def test_a_disabled_link_closes_the_sockets(slack: SlackDouble) -> None:
    async with aiohttp.ClientSession() as session:
        ws = await raw_socket(slack, session)
        await ws.receive_json()
        closing = asyncio.ensure_future(slack.disable_link())

        assert (await ws.receive_json())["reason"] == "link_disabled"
        assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        await closing
        app_client = AsyncWebClient("xapp-test", base_url=slack.api_url)
        assert await refusal(app_client.apps_connections_open(app_token="xapp-test")) == "link_disabled"
        with pytest.raises(AssertionError, match="no socket is connected"):
            await slack.say_command("U1", "C1", "/desk", "x")
