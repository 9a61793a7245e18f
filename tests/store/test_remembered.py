"""What one process remembers of the database, and when it asks all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.store.remembered import DOUBT, Remembered

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HX = {"id": "hx", "last_number": 3}


def test_what_was_committed_need_not_be_asked() -> None:
    memory = Remembered()
    assert memory.ends(NOW) == {}
    memory.committed({"hx": HX}, ["k1"])
    assert memory.ends(NOW) == {"hx": HX}
    assert memory.asked(["k1", "k2"], NOW) == ["k1"], "what was heard has an answer; what is new has none"


def test_after_something_did_not_hold_all_is_asked_for_a_while() -> None:
    memory = Remembered()
    memory.committed({"hx": HX}, ["k1"])
    memory.doubt(NOW)
    memory.committed({"hx": HX}, ["k2"])
    late = NOW + DOUBT
    assert (memory.ends(late - timedelta(seconds=1)), memory.asked(["k2", "k3"], NOW)) == ({}, ["k2", "k3"])
    assert (memory.ends(late), memory.asked(["k2", "k3"], late)) == ({"hx": HX}, ["k2"])


def test_a_batch_may_change_what_it_is_given() -> None:
    memory = Remembered()
    memory.committed({"hx": HX}, ())
    memory.ends(NOW)["olga"] = {}
    assert memory.ends(NOW) == {"hx": HX}
