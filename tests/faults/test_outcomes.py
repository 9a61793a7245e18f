"""What a platform can answer to a send, and what then happens to that message and to all others (faults.md 2.1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select, update

from bot.program import Program
from core import courier
from core.courier import Pace
from core.model.parties import Address
from core.rulebook.load import load
from core.store import facts as known
from core.store import tables as t
from core.store.changes import table
from tests.conftest import FrozenClock
from tests.faults.stage import REPEAT, stand
from tests.journeys.play import CHATS, DESK, Play
from tests.support.databases import lasting

POST = {"slack": "chat.postMessage", "telegram": "sendMessage"}
EDIT = {"slack": "chat.update", "telegram": "editMessageText"}
TEAM = {"slack": "slack:T0HX:C0TEAM", "telegram": "telegram::-1001000000009"}


@dataclass(slots=True)
class Scene:
    """A play whose people act while the courier stands still, so that a fault meets the very send that is meant."""

    play: Play
    failed: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.play.stand.name

    @property
    def double(self) -> Any:
        return self.play.stand.double  # type: ignore[attr-defined]

    @property
    def team(self) -> Any:
        return CHATS["team"][0 if self.name == "slack" else 1]

    async def files(self, line: str = "Crane stands still !high #it", chat: str = "client") -> None:
        """Filed and answered; nothing is posted yet."""
        await self.play.stand.says("emma" if chat == "client" else "olga", chat, f"/request {line}")

    async def turn(self, seconds: float) -> None:
        self.play.clock.turn(timedelta(seconds=seconds))
        await self.play.settle()

    async def rows(self, address: str = "", kind: str = "card") -> list[dict[str, Any]]:
        d = table(t.DeliveryRow)

        def read(c: Connection) -> list[dict[str, Any]]:
            query = select(d).where(d.c.kind == kind).order_by(d.c.id)
            return [dict(r) for r in c.execute(query).mappings() if r["address"] == (address or TEAM[self.name])]

        found: list[dict[str, Any]] = await self.play.program.desk.run(read)
        return found

    async def only_team(self) -> None:
        """Everything else is out of the way: the next post is the team's card."""
        d = table(t.DeliveryRow)
        away = update(d).where(d.c.address != TEAM[self.name]).values(state="superseded")
        await self.play.program.desk.run(lambda c: c.execute(away).rowcount)

    async def cards(self, words: str = "Crane") -> int:
        return await self.play.count("team", words)

    def calls(self, method: str) -> int:
        found = self.double.calls_of(method) if self.name == "slack" else self.double.calls_to(method)
        return len(found)

    def fail(self, method: str, slack: str, telegram: str, **more: Any) -> None:
        self.double.fail_next(method, slack if self.name == "slack" else telegram, **more)


@pytest.fixture(params=["slack", "telegram"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pace() -> Pace:
    """A test may ask for another one."""
    return Pace(quiet=60, paced=False)


@pytest_asyncio.fixture
async def scene(platform: str, database_url: str, clock: FrozenClock, pace: Pace) -> AsyncIterator[Scene]:
    book = load(DESK, today=date(2026, 11, 23), chats_on_page=False)
    async with stand(platform, clock) as place:

        def make() -> Program:
            return Program(lasting(database_url), book, clock, {place.name: place.maker()}, pace=pace)

        program = make()
        await program.start()
        await place.started(program)
        made = Scene(Play(place, program, clock, make))
        program.courier.failed = made.failed.append
        try:
            yield made
        finally:
            await made.play.program.stop()


@pytest.mark.parametrize("pace", [Pace(quiet=60, paced=False), Pace(quiet=60)], ids=["lane", "bucket"])
async def test_a_rate_limit_holds_its_own_lane_only(scene: Scene) -> None:
    """Row 51: after the time it names the same message is sent; meanwhile other chats are spoken to."""
    await scene.files()
    await scene.only_team()
    scene.double.limit_next(POST[scene.name], 20)
    await scene.play.settle()
    assert await scene.cards() == 0
    assert (await scene.rows())[0]["state"] == "queued"
    await scene.files("Lift is stuck", "other")
    await scene.play.settle()
    assert await scene.play.count("other", "Lift is stuck") >= 1
    assert await scene.cards("Lift") == 0, "nothing is sent inside the window"
    await scene.turn(19)
    assert await scene.cards() == 0
    await scene.turn(2)
    assert await scene.cards() == 1
    await scene.turn(6)  # a bucket that was shut gives one, and the next in its time
    assert await scene.cards("Lift") == 1


async def test_a_card_in_doubt_is_looked_for_or_marked(scene: Scene) -> None:
    """The server failed after it had posted: Slack is asked and shows one copy, on Telegram the second one says so."""
    await scene.files()
    await scene.only_team()
    scene.fail(POST[scene.name], "reset_after", "500_after")
    await scene.play.settle()
    assert (await scene.rows())[0]["state"] == "doubt"
    await scene.turn(30)
    assert scene.calls(POST[scene.name]) >= 1
    assert (await scene.rows())[0]["state"] == "doubt", "nobody looks before Q is over"
    await scene.turn(31)
    row = (await scene.rows())[0]
    assert (row["state"], row["doubts"]) == ("sent", 1)
    shown = [h.words for h in await scene.play.stand.shown("team") if "Crane" in h.words]
    marks = [REPEAT in words for words in shown]
    assert marks == ([False] if scene.name == "slack" else [False, True])
    await scene.play.presses("li", "team", "Crane", "Take")
    shown = [h.words for h in await scene.play.stand.shown("team") if "Crane" in h.words]
    assert [REPEAT in words for words in shown] == marks, "an edit keeps the mark, and adds none"


async def test_a_card_that_never_arrived_is_posted_once(scene: Scene) -> None:
    await scene.files()
    await scene.only_team()
    scene.fail(POST[scene.name], "reset_before", "reset_before")
    await scene.play.settle()
    await scene.turn(61)
    assert await scene.cards() == 1
    marked = REPEAT in (await scene.play.sees("team", "Crane")).words
    assert marked is (scene.name == "telegram")


@pytest.mark.parametrize("platform", ["slack"], indirect=True)
async def test_a_history_that_cannot_be_read_proves_nothing(scene: Scene) -> None:
    """A read that fails adds no doubt and sends nothing, however often."""
    await scene.files()
    await scene.only_team()
    scene.double.fail_next("chat.postMessage", "reset_after")
    await scene.play.settle()
    scene.double.fail_next("conversations.history", "500", times=2)
    scene.double.fail_next("conversations.history", "ratelimited", retry_after=30)
    for _ in range(5):
        await scene.turn(61)
    row = (await scene.rows())[0]
    assert (row["state"], row["doubts"], await scene.cards()) == ("sent", 1, 1)


@pytest.mark.parametrize("platform", ["slack"], indirect=True)
@pytest.mark.parametrize("sweeps", [True, False])
async def test_a_copy_that_lands_late_is_swept_away(scene: Scene, sweeps: bool) -> None:
    """faults.md 2.2: it lands after it was looked for; fifteen minutes later our own extra is deleted. The twin leaves it."""
    await scene.files()
    await scene.only_team()
    scene.double.fail_next("chat.postMessage", "late", late_by=100.0)
    await scene.play.settle()
    await scene.turn(61)
    assert await scene.cards() == 1
    await scene.turn(60)
    assert await scene.cards() == 2
    await scene.turn(16 * 60)
    if sweeps:
        assert await scene.play.program.courier.sweep() == 1
    receipt = (await scene.rows())[0]["receipt"]
    left = [h.raw.ts for h in await scene.play.stand.shown("team") if "Crane" in h.words]
    assert len(left) == (1 if sweeps else 2)
    assert receipt.split(":")[1] in left, "the one that is recorded stays"
    await scene.turn(61)
    before = scene.calls("conversations.history")
    await scene.play.program.courier.sweep()
    assert scene.calls("conversations.history") == before + (not sweeps), "once is enough"


async def test_a_closed_chat_is_suspended_and_harms_no_other(scene: Scene) -> None:
    """Archived, or the bot thrown out: no loop, and the client goes on hearing."""
    await scene.files()
    if scene.name == "slack":
        scene.double.archive(scene.team)
    else:
        scene.double.world.groups[scene.team].bot = "kicked"  # without an update that would tell
    await scene.play.settle()
    calls = scene.calls(POST[scene.name])
    assert Address.parse(TEAM[scene.name]) in scene.play.program.desk.directory.suspended
    assert len(scene.failed) == 1
    assert await scene.play.count("client", "Crane") >= 1
    for _ in range(3):
        await scene.turn(400)
    assert scene.calls(POST[scene.name]) == calls, "nobody knocks at a closed door"


async def test_a_dead_account_holds_everything_and_loses_nothing(scene: Scene) -> None:
    await scene.files()
    if scene.name == "slack":
        scene.double.revoke_token()
    else:
        good, scene.double.token = scene.double.token, "123456:another-token-was-issued"
    await scene.play.settle()
    assert scene.failed
    tried = scene.calls(POST[scene.name])
    await scene.turn(200)
    assert scene.calls(POST[scene.name]) == tried, "the lane is held"
    if scene.name == "slack":
        scene.double.revoke_token(None)
    else:
        scene.double.token = good
    await scene.turn(200)
    assert await scene.cards() == 1
    assert await scene.play.count("client", "Crane") >= 1


@pytest.mark.parametrize("platform", ["telegram"], indirect=True)
@pytest.mark.parametrize("when", ["before the card", "after the card"])
async def test_a_group_that_moved_takes_its_delivery_along_once(scene: Scene, when: str) -> None:
    """A group becomes a supergroup and only the send says so: the same delivery, one card row, and buttons that work."""
    old, old_text = -4242, "telegram::-4242"
    people = [1001, 1002, 2001, 2002]
    scene.double.add_group(old, "team, small", people, kind="group")

    def bind(c: Connection) -> None:
        known.know_place(c, Address.parse(TEAM["telegram"]), suspended="replaced")
        known.know_place(c, Address.parse(old_text), place="team", subject="site")
        scene.play.program.desk.learn()

    await scene.play.program.desk.run(bind)
    await scene.files()
    if when == "after the card":
        await scene.play.settle()
        assert len(scene.double.shown(old)) == 1
    scene.double.methods.privacy = True
    new = scene.double.world.groups[old].id - 1_000_000_000_000 - 1_000_000
    scene.double.world.move(old, new)  # quietly: no service message
    if when == "after the card":
        await scene.play.stand.says("li", "@li", "/desk take HX-1")
    await scene.play.settle()
    address = f"telegram::{new}"
    assert await scene.rows(old_text) == []
    assert len(await scene.rows(address)) == 1
    fresh = [m for m in scene.double.shown(new) if "Crane" in m.text]
    assert len(fresh) == (1 if when == "before the card" else 2), "what stands in the old history cannot be edited"
    label = "Take" if when == "before the card" else "Resolve"
    assert label in fresh[-1].buttons
    press = scene.double.press(2001, new, fresh[-1].message_id, label=label)
    await press
    await scene.double.settled()
    await scene.play.settle()
    assert len([m for m in scene.double.shown(new) if "Crane" in m.text and "Take" in m.buttons]) <= 1
    assert len(await scene.rows(address)) == 1, "the card of the new chat is the card of the old one"


@pytest.mark.parametrize("platform", ["telegram"], indirect=True)
async def test_an_edit_that_changes_nothing_is_done(scene: Scene) -> None:
    """The edit had arrived and its answer was lost: the second one is "not modified", which is success."""
    await scene.files()
    await scene.play.settle()
    await scene.only_team()
    scene.double.fail_next("editMessageText", "reset_after")
    scene.double.fail_next("editMessageText", "reset_after")
    await scene.play.stand.says("li", "@li", "/desk take HX-1")
    await scene.play.settle()
    await scene.turn(10)
    row = (await scene.rows())[0]
    assert (row["state"], row["doubts"], row["wanted"]) == ("sent", 0, row["shown"])
    assert await scene.cards() == 1
    assert REPEAT not in (await scene.play.sees("team", "Crane")).words
    assert not scene.failed


async def test_a_card_that_somebody_deleted_is_posted_anew_once(scene: Scene) -> None:
    await scene.files()
    await scene.play.settle()
    if scene.name == "slack":
        scene.double.shown(scene.team)[0].deleted = True
    else:
        world = scene.double.world
        world.remove(world.find(scene.team, scene.double.shown(scene.team)[0].message_id))
    assert await scene.cards() == 0
    await scene.play.stand.says("li", "@li", "/desk take HX-1")
    await scene.play.settle()
    assert await scene.cards() == 1
    assert REPEAT not in (await scene.play.sees("team", "Crane")).words


@pytest.mark.parametrize("platform", ["slack"], indirect=True)
async def test_a_row_that_cannot_be_worded_is_put_aside_and_the_others_flow(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows 11 and 49: three attempts, an alarm, and not one message of anybody else is late."""
    card = courier.cards.team_card

    def poisoned(request: Any, voice: Any) -> Any:
        if "poison" in request.title:
            raise KeyError("colour")
        return card(request, voice)

    monkeypatch.setattr(courier.cards, "team_card", poisoned)
    await scene.files("poison !high #it")
    await scene.files("Lift is stuck", "other")
    await scene.play.settle()
    assert (await scene.cards("Lift"), await scene.cards("poison")) == (1, 0)
    assert await scene.play.count("client", "poison") >= 1
    for _ in range(4):
        await scene.turn(30)
    row = (await scene.rows())[0]
    assert (row["state"], row["attempts"]) == ("rejected", 3)
    assert scene.failed == ["bug: KeyError"]


async def test_a_delivery_that_kills_its_process_each_time_is_put_aside(scene: Scene) -> None:
    """Row 11: three leases of dead processes, then it is quarantined."""
    await scene.files()
    await scene.only_team()
    d = table(t.DeliveryRow)
    for deaths in range(1, 4):
        dying = {"state": "sending", "claimed_by": "dead", "claimed_at": scene.play.clock.real(), "attempts": deaths}
        await scene.play.program.desk.run(lambda c, dying=dying: c.execute(update(d).values(dying)).rowcount)
        scene.play.clock.turn(timedelta(seconds=61))
        await scene.play.program.courier.recover()
    row = (await scene.rows())[0]
    assert row["state"] == "rejected"
    assert row["doubts"] == 3
