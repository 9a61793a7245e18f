"""The pace of sending: never faster than a platform allows, whoever sends; what waits keeps nobody else waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from core.model.sending import Lane
from core.ports import Limit
from core.store import outbox, pacing
from core.store import tables as t
from core.store.changes import table
from core.store.pacing import Pacing
from tests.conftest import MONDAY as NOW
from tests.store.test_outbox import card, notice, put, state

CHAT = Limit(("post",), "chat", 2, 1.0)
EDITS = Limit(("edit",), "all", 1, 60.0)
GROUP = Limit(("post",), "group", 10, 6.0)
LIMITS = {"slack": (CHAT, EDITS)}


def paced(engine: Engine, seconds: float = 0, limit: int = 10) -> tuple[list[str], Pacing]:
    real = NOW + timedelta(seconds=seconds)
    with engine.begin() as connection:
        pace = Pacing(connection, real, LIMITS)
        claimed = outbox.claim(connection, NOW, real, (), "me", limit, pace)
        for one in claimed:
            outbox.sent(connection, one.id, f"r{one.id}", one.wanted, "h", NOW)
        return [one.key for one in claimed], pace


def test_a_chat_gets_a_burst_and_then_one_a_second(engine: Engine) -> None:
    put(engine, *(notice(f"n{n}") for n in range(5)), notice("there", "C2"))
    assert [key for _ in range(3) for key in paced(engine)[0]] == ["n0", "there", "n1"]
    nothing, pace = paced(engine)
    assert (nothing, pace.free_at) == ([], NOW + timedelta(seconds=1))
    assert paced(engine, 0.99)[0] == []
    assert paced(engine, 1)[0] == ["n2"]
    assert paced(engine, 1.5)[0] == []
    assert paced(engine, 30)[0] == ["n3"]


def test_edits_have_a_bucket_of_their_own_and_the_gravest_goes_first(engine: Engine) -> None:
    """Two cards changed: the second edit waits a minute, and keeps no page waiting meanwhile."""
    put(engine, card(1, "C1"), card(2, "C2"))
    assert len(paced(engine)[0]) == 2
    put(engine, card(1, "C1"), card(2, "C2"))
    assert len(paced(engine)[0]) == 1
    put(engine, notice("digest", "C2", Lane.DIGEST), notice("page", "C2", Lane.PAGE))
    assert paced(engine)[0] == ["page"]
    assert paced(engine, 1)[0] == ["digest"]
    assert paced(engine, 60)[0] == ["card:2:team:slack:T0HX:C2"]


def test_however_much_waits_for_a_bucket_others_are_seen(engine: Engine) -> None:
    put(engine, *(notice(f"n{n}") for n in range(200)))
    paced(engine)
    paced(engine)
    put(engine, notice("there", "C9", Lane.DIGEST))
    assert paced(engine, limit=2)[0] == ["there"]


def test_retry_after_shuts_its_bucket_alone(engine: Engine) -> None:
    put(engine, card(1, "C1"))
    paced(engine)
    put(engine, notice("here"), card(1, "C1"), notice("there", "C2"))
    with engine.begin() as connection:
        assert pacing.shut_until(connection, LIMITS, "slack:T0HX:C1", "post", NOW + timedelta(seconds=30))
        assert not pacing.shut_until(connection, {}, "web::x", "post", NOW)
    assert sorted(paced(engine)[0]) == ["card:1:team:slack:T0HX:C1", "there"], "edits there and posts elsewhere go on"
    assert paced(engine, 29)[0] == []
    assert paced(engine, 30)[0] == ["here"]
    assert state(engine, "here")["attempts"] == 0


def test_replicas_share_a_bucket(engine: Engine) -> None:
    """What one has taken, another has not."""
    put(engine, *(notice(f"n{n}") for n in range(4)))
    taken = [key for _ in ("a", "b", "c") for key in paced(engine)[0]]
    assert taken == ["n0", "n1"]


def test_a_group_is_a_shared_chat(engine: Engine) -> None:
    limits = {"telegram": (GROUP,)}
    assert [name for name, _ in pacing.buckets(limits, "telegram::-100", "post")] == ["telegram::-100/group#post"]
    assert list(pacing.buckets(limits, "telegram::@7", "post")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.floats(0, 20, allow_nan=False), max_size=80))
@pytest.mark.parametrize("span", [60.0, 120.0])
def test_a_telegram_group_hears_no_more_than_twenty_in_any_minute(
    engine: Engine, span: float, waits: list[float]
) -> None:
    if engine.dialect.name != "sqlite":
        return  # the sum is the same; one database is enough for it
    at, sent = 0.0, []
    with engine.begin() as connection:
        connection.execute(delete(table(t.BucketRow)))
        for wait in waits:
            at += wait
            pace = Pacing(connection, NOW + timedelta(seconds=at), {"telegram": (GROUP,)})
            if pace.take("telegram::-100", "post"):
                sent.append(at)
                pace.keep()
        connection.execute(delete(table(t.BucketRow)))
    for n, last in enumerate(sent):
        within = [one for one in sent[: n + 1] if last - span < one]
        assert len(within) <= 10 + span / 6
