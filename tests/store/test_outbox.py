"""The outbox: the gravest first, one at a time for each destination, never the same one twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from core.model.parties import Address, Destination, Place
from core.model.sending import Card, DeliveryState, Lane, Notice
from core.store import outbox
from core.store import tables as t
from core.store.changes import Changes, table
from tests.conftest import MONDAY as NOW

ROWS = table(t.DeliveryRow)
MINUTE = timedelta(minutes=1)


def to(chat: str, platform: str = "slack") -> Destination:
    return Destination(Address(platform, "T0HX", chat), Place.TEAM, "site", "en", "UTC")


def notice(key: str, chat: str = "C1", lane: Lane = Lane.REPLY, **more: Any) -> dict[str, Any]:
    return outbox.notice_row(Notice(key, to(chat), "Replied", {}, lane, **more), 1, abs(hash(key)) % 2**52, NOW)


def card(request: int = 1, chat: str = "C1") -> dict[str, Any]:
    return outbox.card_row(Card(to(chat), "team"), request, 2**52 + request, NOW)


def put(engine: Engine, *rows: dict[str, Any]) -> None:
    with engine.begin() as connection:
        changes = Changes()
        for n, row in enumerate(rows):
            changes.upsert(t.DeliveryRow, {**row, "id": 2**52 + _used(connection) + n})
        changes.flush(connection)


def _used(connection: Connection) -> int:
    return len(connection.execute(select(ROWS.c.id)).all())


def claim(engine: Engine, now: Any = NOW, real: Any = NOW, busy: tuple[str, ...] = (), limit: int = 10) -> list[str]:
    with engine.begin() as connection:
        return [one.key for one in outbox.claim(connection, now, real, busy, "me", limit)]


def state(engine: Engine, key: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(ROWS).where(ROWS.c.key == key)).mappings().one()


def test_the_gravest_goes_first_and_each_destination_gets_one(engine: Engine) -> None:
    put(
        engine,
        notice("digest", "C1", Lane.DIGEST), notice("page", "C1", Lane.PAGE), notice("reply", "C2", Lane.REPLY),
        notice("reminder", "C2", Lane.REMINDER), card(1, "C3"),
    )  # fmt: skip
    assert claim(engine) == ["page", "reply", "card:1:team:slack:T0HX:C3"]
    assert claim(engine) == [], "each destination is being spoken to"
    row = state(engine, "page")
    assert (row["state"], row["attempts"], row["claimed_by"]) == ("sending", 1, "me")


def test_no_more_than_asked_and_none_where_we_speak_already(engine: Engine) -> None:
    put(engine, *(notice(f"n{n}", f"C{n}") for n in range(5)))
    assert claim(engine, busy=("slack:T0HX:C0",), limit=2) == ["n1", "n2"]


@pytest.mark.parametrize("lane", ["slack:T0HX:C1", "slack:*"])
def test_a_paused_lane_is_left_alone_until_its_time(engine: Engine, lane: str) -> None:
    put(engine, notice("here", "C1"), notice("there", "C9"))
    with engine.begin() as connection:
        outbox.hold_lane(connection, lane, NOW + MINUTE, "rate limited")
        outbox.hold_lane(connection, lane, NOW + MINUTE, "rate limited again")
    assert claim(engine) == ([] if lane == "slack:*" else ["there"])
    assert "here" in claim(engine, real=NOW + MINUTE)


def test_other_platforms_go_on_while_one_waits(engine: Engine) -> None:
    telegram = Destination(Address("telegram", "", "7"), Place.TEAM, "site", "en", "UTC")
    put(
        engine, notice("slack"),
        outbox.notice_row(Notice("telegram", telegram, "Replied", {}, Lane.REPLY), 1, 5, NOW),
    )  # fmt: skip
    with engine.begin() as connection:
        outbox.hold_lane(connection, "slack:*", NOW + MINUTE, "token revoked")
    assert claim(engine) == ["telegram"]


def test_what_is_held_goes_when_the_desks_clock_says_so(engine: Engine) -> None:
    put(engine, notice("quiet", not_before=NOW + MINUTE))
    assert claim(engine, real=NOW + 5 * MINUTE) == []
    with engine.connect() as connection:
        assert outbox.next_not_before(connection, NOW) == NOW + MINUTE
    assert claim(engine, now=NOW + MINUTE) == ["quiet"]


def test_what_was_put_off_goes_when_the_walls_clock_says_so(engine: Engine) -> None:
    put(engine, notice("late"))
    (key,) = claim(engine)
    with engine.begin() as connection:
        outbox.put_off(connection, state(engine, key)["id"], DeliveryState.QUEUED, "refused", NOW + MINUTE)
        assert outbox.next_attempt(connection, NOW) == NOW + MINUTE
    assert claim(engine, now=NOW + 5 * MINUTE) == []
    assert claim(engine, real=NOW + MINUTE) == ["late"]
    assert state(engine, "late")["attempts"] == 2


def test_what_came_too_late_is_handed_out_with_its_time(engine: Engine) -> None:
    """Whether it is still true is judged by the courier, who sees until when it was."""
    put(engine, notice("old", valid_until=NOW - MINUTE))
    with engine.begin() as connection:
        (claimed,) = outbox.claim(connection, NOW, NOW, (), "me", 10)
    assert claimed.valid_until == NOW - MINUTE


def test_two_that_claim_at_once_never_get_the_same(engine: Engine) -> None:
    """Each destination is claimed once, whoever wins. On SQLite the database lets one in at a time."""
    put(engine, *(notice(f"n{n}", f"C{n}") for n in range(40)))
    together = threading.Barrier(2)
    claimed: dict[str, list[str]] = {"a": [], "b": []}

    def work(name: str) -> None:
        together.wait(10)
        for _ in range(20):
            with engine.execution_options(deskbell_write=True).begin() as connection:
                claimed[name] += [one.key for one in outbox.claim(connection, NOW, NOW, (), name, 3)]

    threads = [threading.Thread(target=work, args=(name,)) for name in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    everything = claimed["a"] + claimed["b"]
    assert sorted(everything) == sorted(set(everything)), "claimed twice"
    assert set(everything) == {f"n{n}" for n in range(40)}


def test_a_claim_that_is_not_committed_yet_is_not_claimed_by_another(engine: Engine) -> None:
    """PostgreSQL lets both in: the second waits for the first one's row and then finds it taken."""
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: the second cannot even begin")
    put(engine, notice("one"))
    got: list[list[str]] = []

    def second() -> None:
        with engine.begin() as connection:
            got.append([one.key for one in outbox.claim(connection, NOW, NOW, (), "b", 10)])

    with engine.begin() as connection:
        assert [one.key for one in outbox.claim(connection, NOW, NOW, (), "a", 10)] == ["one"]
        thread = threading.Thread(target=second)
        thread.start()
        while connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar() == 0:
            assert thread.is_alive(), "the second did not wait for the first"
    thread.join(30)
    assert got == [[]]


def test_a_card_that_changes_while_it_is_sent_is_sent_again(engine: Engine) -> None:
    put(engine, card())
    with engine.begin() as connection:
        (first,) = outbox.claim(connection, NOW, NOW, (), "me", 10)
    put(engine, card())
    assert state(engine, first.key)["state"] == "sending", "what is on its way is not sent a second time beside it"
    with engine.begin() as connection:
        outbox.sent(connection, first.id, "r1", first.wanted, "hash", NOW)
    with engine.begin() as connection:
        (again,) = outbox.claim(connection, NOW, NOW, (), "me", 10)
    assert (again.id, again.receipt, again.wanted) == (first.id, "r1", 2)
    with engine.begin() as connection:
        outbox.sent(connection, again.id, "r1", again.wanted, "hash", NOW)
    assert claim(engine) == []
    assert state(engine, first.key)["state"] == "sent"


def test_a_notice_is_said_once_however_often_it_is_wanted(engine: Engine) -> None:
    put(engine, notice("once"))
    put(engine, notice("once"))
    (key,) = claim(engine)
    with engine.begin() as connection:
        outbox.sent(connection, state(engine, key)["id"], "r1", 1, "", NOW)
    put(engine, notice("once"))
    assert claim(engine) == []


def _sending(engine: Engine, **rows: tuple[str, Any]) -> None:
    with engine.begin() as connection:
        for key, (by, at) in rows.items():
            changed = {"state": "sending", "claimed_by": by, "claimed_at": at, "attempts": 1}
            connection.execute(update(ROWS).where(ROWS.c.key == key).values(changed))


def test_what_a_dead_process_was_sending_is_in_doubt(engine: Engine) -> None:
    """Ours that nobody is busy with, and anybody's whose lease is over; never a living one's."""
    put(engine, *(notice(key, f"C{n}") for n, key in enumerate(("mine", "stale", "living", "busy", "queued"))))
    old = NOW - 10 * MINUTE
    _sending(engine, mine=("me", old), stale=("b", old), living=("b", NOW), busy=("me", old))
    with engine.begin() as connection:
        assert outbox.recover(connection, NOW - 5 * MINUTE, NOW + MINUTE, "me", ("slack:T0HX:C3",), 5) == 2
    states = {key: state(engine, key)["state"] for key in ("mine", "stale", "living", "busy", "queued")}
    assert states == {"mine": "doubt", "stale": "doubt", "living": "sending", "busy": "sending", "queued": "queued"}
    assert state(engine, "mine")["doubts"] == 1
    assert claim(engine) == ["queued"], "what is in doubt is looked for when the quiet period is over"
    with engine.begin() as connection:
        late = outbox.claim(connection, NOW, NOW + MINUTE, (), "me", 10)
    assert {one.key: one.doubtful for one in late} == {"mine": True, "stale": True}


def test_an_edit_that_was_interrupted_is_simply_done_again(engine: Engine) -> None:
    put(engine, card())
    (key,) = claim(engine)
    with engine.begin() as connection:
        outbox.sent(connection, state(engine, key)["id"], "r1", 1, "h", NOW)
    put(engine, card())
    assert claim(engine) == [key]
    with engine.begin() as connection:
        assert outbox.recover(connection, NOW + MINUTE, NOW + MINUTE, "me", (), 5) == 1
    assert (state(engine, key)["state"], state(engine, key)["doubts"]) == ("queued", 0)


def test_however_much_waits_for_a_paused_lane_others_are_not_kept(engine: Engine) -> None:
    """A workspace whose token was revoked keeps its queue; the other platform goes on at once."""
    put(engine, *(notice(f"n{n}", f"C{n}", Lane.PAGE) for n in range(60)))
    telegram = Destination(Address("telegram", "", "7"), Place.TEAM, "site", "en", "UTC")
    put(engine, outbox.notice_row(Notice("other", telegram, "Replied", {}, Lane.DIGEST), 1, 5, NOW))
    with engine.begin() as connection:
        outbox.hold_lane(connection, "slack:*", NOW + MINUTE, "token revoked")
    assert claim(engine, limit=4) == ["other"]
    with engine.begin() as connection:
        outbox.hold_lane(connection, "slack:*", NOW, "over")
    assert claim(engine, busy=tuple(f"slack:T0HX:C{n}" for n in range(59)), limit=4) == ["n59"]


def test_withdrawing_takes_back_what_has_not_left(engine: Engine) -> None:
    put(engine, notice("waiting"), card(1, "C2"))
    with engine.begin() as connection:
        outbox.withdraw(connection, 1)
    assert state(engine, "waiting")["state"] == "superseded"
    assert claim(engine) == ["card:1:team:slack:T0HX:C2"], "the card must still show how it ended"


def test_a_chat_that_moved_gets_what_was_meant_for_it(engine: Engine) -> None:
    put(engine, notice("for the old"))
    with engine.begin() as connection:
        outbox.moved(connection, "slack:T0HX:C1", "slack:T0HX:C7")
        (claimed,) = outbox.claim(connection, NOW, NOW, (), "me", 10)
    assert str(claimed.destination.address) == "slack:T0HX:C7"


def test_a_receipt_tells_the_request(engine: Engine) -> None:
    put(engine, card(77))
    (key,) = claim(engine)
    with engine.begin() as connection:
        outbox.sent(connection, state(engine, key)["id"], '{"ts":"1.2"}', 1, "h", NOW)
        assert outbox.of_receipt(connection, "slack:T0HX:C1", '{"ts":"1.2"}') == 77
        assert outbox.of_receipt(connection, "slack:T0HX:C2", '{"ts":"1.2"}') is None


def test_a_lost_message_is_posted_afresh(engine: Engine) -> None:
    put(engine, card())
    (key,) = claim(engine)
    with engine.begin() as connection:
        outbox.sent(connection, state(engine, key)["id"], "r1", 1, "h", NOW)
        outbox.forget_receipt(connection, state(engine, key)["id"])
    with engine.begin() as connection:
        (claimed,) = outbox.claim(connection, NOW, NOW, (), "me", 10)
    assert (claimed.receipt, claimed.shown_hash) == ("", "")


# ---- what was reached while nobody could be told


def reached(key: str, request: int = 1, chat: str = "C1", **more: Any) -> dict[str, Any]:
    """A checkpoint of a request, waiting for its reader."""
    told = Notice(key, to(chat), "Reached", {"step": key}, more.pop("lane", Lane.ESCALATION), **more)
    return outbox.notice_row(told, request, 0, NOW)


def gathered(engine: Engine, few: int = 3) -> list[outbox.Claimed]:
    with engine.begin() as connection:
        return [
            outbox.gather(connection, one, NOW, NOW, few)
            for one in outbox.claim(connection, NOW, NOW, (), "me", 10)
        ]  # fmt: skip


def steps(one: outbox.Claimed) -> list[str]:
    return [part["facts"]["step"] for part in outbox.parts(one)]


def test_the_clocks_of_one_request_are_told_together(engine: Engine) -> None:
    put(engine, reached("a"), reached("b", guaranteed=True), reached("other", 2), reached("elsewhere", 1, "C2"))
    together, alone = gathered(engine)
    assert (steps(together), together.request_id, together.guaranteed) == (["a", "b"], 1, True)
    assert steps(alone) == ["elsewhere"]
    assert (state(engine, "b")["state"], state(engine, "b")["reason"]) == (
        "superseded", f"told in {together.key_for_platform}",
    )  # fmt: skip
    assert state(engine, "other")["state"] == "queued", "a few requests are told one by one"


def test_more_than_a_few_become_one_list_of_no_request(engine: Engine) -> None:
    """It outlives each of its requests: withdrawing one of them does not take the list back."""
    put(
        engine,
        *(reached(f"k{n}", n, valid_until=NOW + n * MINUTE) for n in range(1, 5)),
        reached("stale", 9, valid_until=NOW),
    )
    (listed,) = [one for one in gathered(engine) if one.event == outbox.GATHERED]
    assert (steps(listed), listed.request_id, listed.valid_until) == (["k1", "k2", "k3", "k4"], None, NOW + 4 * MINUTE)
    kept = state(engine, "k1")
    assert (kept["event"], kept["request_id"], len(kept["facts"]["parts"])) == (outbox.GATHERED, None, 4)
    assert state(engine, "stale")["state"] == "queued", "what is too late is not told with the others"
    with engine.begin() as connection:
        outbox.withdraw(connection, 1)
    assert state(engine, "k1")["state"] == "sending"


def test_what_could_not_be_sent_takes_in_what_came_since(engine: Engine) -> None:
    put(engine, reached("a"), reached("b"))
    (first,) = gathered(engine)
    with engine.begin() as connection:
        outbox.put_off(connection, first.id, DeliveryState.QUEUED, "refused", None)
    put(engine, reached("c", lane=Lane.REMINDER))
    (again,) = gathered(engine)
    assert steps(again) == ["a", "b", "c"]


def test_nothing_joins_a_message_that_may_have_been_sent(engine: Engine) -> None:
    put(engine, reached("a"))
    (first,) = gathered(engine)
    with engine.begin() as connection:
        outbox.put_in_doubt(connection, first.id, "timeout", NOW)
    put(engine, reached("b"))
    assert [steps(one) for one in gathered(engine)] == [["a"]]
    assert state(engine, "b")["state"] == "queued"


def test_the_only_ping_for_a_while_tells_whatever_waits(engine: Engine) -> None:
    """What a colleague heard of besides is told with it; what is silent, or a message of its own, is not."""
    said = Notice("said", to("C1"), "ClientWrote", {"text": "hi"}, Lane.REPLY)
    own = Notice("own", to("C1"), "AgreementProposed", {}, Lane.REPLY)
    put(
        engine, outbox.notice_row(said, 2, 0, NOW), reached("a"), outbox.notice_row(own, None, 0, NOW),
        reached("silent", 3, loud=False),
    )  # fmt: skip
    with engine.begin() as connection:
        (first,) = outbox.claim(connection, NOW, NOW, (), "me", 1)
        whole = outbox.gather(connection, first, NOW, NOW, 3, ("Reached", "ClientWrote"))
    assert [part["event"] for part in outbox.parts(whole)] == ["Reached", "ClientWrote"]
    assert (state(engine, "own")["state"], state(engine, "silent")["state"]) == ("queued", "queued")
    with engine.connect() as connection:
        (joined,) = outbox.hushed(connection, 2)
        (trace,) = outbox.hushed(connection, 1)
    assert (joined["key"], joined["hushed"]) == ("said", "joined")
    assert (trace["key"], trace["hushed"]) == ("a:told", "joined"), (
        "the head of a mixed list is known by its request, too"
    )


def test_what_is_held_waits_for_its_time_and_says_why(engine: Engine) -> None:
    put(engine, notice("n", valid_until=NOW))
    claim(engine)
    with engine.begin() as connection:
        outbox.hold(connection, state(engine, "n")["id"], NOW + MINUTE, "quiet", NOW + 5 * MINUTE)
    kept = state(engine, "n")
    assert (kept["state"], kept["hushed"], kept["attempts"]) == ("queued", "quiet", 0)
    assert claim(engine) == []
    assert claim(engine, now=NOW + MINUTE) == ["n"]


def test_a_digest_takes_what_is_held(engine: Engine) -> None:
    put(engine, notice("n", not_before=NOW + MINUTE), notice("free", "C2", not_before=NOW + MINUTE))
    with engine.begin() as connection:
        for key in ("n", "free"):
            outbox.hold(connection, state(engine, key)["id"], NOW + MINUTE, "quiet", None)
        (part,) = outbox.take_held(connection, "slack:T0HX:C1", NOW, "digest")
    assert (part["request"], part["event"]) == (1, "Replied")
    kept = state(engine, "n")
    assert (kept["state"], kept["hushed"], kept["reason"]) == ("superseded", "digest", "told in the digest")
    assert state(engine, "free")["state"] == "queued"
