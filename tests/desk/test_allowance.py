"""An allowance at the door: nobody overspends it, however many ask at once; and whoever does not need it pays nothing."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, event, text

from core.rulebook.values import Allowance, Rulebook
from core.store import tables as t
from tests.conftest import FrozenClock
from tests.desk.stage import raised, rulebook, words

P1 = "!urgent impact:site"


def rationed(units: int) -> Rulebook:
    book = rulebook()
    agreement = replace(book.agreements["standard-hx@1"], allowance=Allowance(units))
    return replace(book, agreements={**book.agreements, agreement.key: agreement})


async def test_many_at_once_never_overspend(engine: Engine, clock: FrozenClock) -> None:
    """One desk takes them in batches of its own; what the batch has given is counted before it is written."""
    async with raised(engine, clock, book=rationed(3)) as stage:
        lines = [("emma", "client", f"/request Crane {n} {P1}") for n in range(12)]
        lines += [("olga", "other", f"/request Lift {n} {P1}") for n in range(4)]
        await asyncio.gather(*(stage.says(*line) for line in lines))
        found = Counter((row["client"], row["ration"], row["priority"]) for row in stage.rows(t.RequestRow))
    assert found == {
        ("hx", "taken", 1): 3, ("hx", "spent", 2): 9, ("other", "taken", 1): 3, ("other", "spent", 2): 1,
    }  # fmt: skip


async def test_two_desks_on_one_database_never_overspend(engine: Engine, clock: FrozenClock) -> None:
    """The client's row is locked before its units are counted: two replicas take turns."""
    book = rationed(3)
    async with raised(engine, clock, book=book) as one, raised(engine, clock, book=book) as two:
        said = (desk.says("emma", "client", f"/request Crane {n} {P1}") for n in range(8) for desk in (one, two))
        await asyncio.gather(*said)
        found = Counter(row["ration"] for row in one.rows(t.RequestRow))
    assert found == {"taken": 3, "spent": 13}


@pytest.mark.parametrize(("line", "counts"), [(f"/request Crane {P1}", 1), ("/request Crane !normal", 0)])
async def test_a_filing_counts_at_most_once(engine: Engine, clock: FrozenClock, line: str, counts: int) -> None:
    async with raised(engine, clock, book=rationed(3)) as stage:
        asked: list[str] = []

        def heard(_c: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", heard)
        await stage.says("emma", "client", line)
        event.remove(engine, "before_cursor_execute", heard)
    assert sum("charged_at" in statement and statement.startswith("SELECT") for statement in asked) == counts


def test_the_count_goes_by_its_index(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads an empty table without any index")
    with engine.connect() as connection:
        plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT id FROM request WHERE client = 'hx' AND charged_at >= '2026'")
        )
        assert "INDEX request_charged (client=? AND charged_at>?)" in str(plan.all())


async def test_what_undo_takes_back_is_there_again(engine: Engine, clock: FrozenClock) -> None:
    async with raised(engine, clock, book=rationed(1)) as stage:
        await stage.says("emma", "client", f"/request Crane {P1}")
        assert "used up" in words(await stage.says("emma", "client", f"/request Lift {P1}"))
        await stage.says("emma", "client", "/request undo 1")
        assert stage.request("HX-1")["charged_at"] is None
        await stage.says("emma", "client", f"/request Hoist {P1}")
        assert stage.request("HX-3")["ration"] == "taken"
        lowered = await stage.says("emma", "client", "/request demote 3 2")
        assert "HX-2 is P1 now" in words(lowered)
        assert [row["event"] for row in stage.rows(t.JournalRow)][-2:] == ["Promoted", "Demoted"], "in id order"
