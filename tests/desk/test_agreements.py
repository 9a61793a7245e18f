"""Agreements at the door: who accepts and applies, what the journal keeps, and nothing twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from msgspec.structs import replace
from sqlalchemy import Engine

from core.desk import ServiceDesk
from core.ports import Can
from core.publishing import publish
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook
from core.store import journal
from core.store import tables as t
from tests.conftest import FrozenClock
from tests.desk.stage import KEY, Stage, buttons, rulebook, token, words


def proposing() -> Rulebook:
    """The desk of the tests with a second version that waits: two more hours for everything."""
    book = rulebook()
    first = book.agreements["standard-hx@1"]
    longer = tuple(
        replace(target, goals={rank: goal + timedelta(hours=2) for rank, goal in target.goals.items()})
        for target in first.targets
    )
    second = replace(first, version=2, targets=longer, proposed=True)
    terms = {**book.terms, "standard-hx": ("standard-hx@1", "standard-hx@2")}
    return replace(book, agreements={**book.agreements, second.key: second}, terms=terms)


@pytest_asyncio.fixture
async def proposed(engine: Engine, clock: FrozenClock) -> Stage:
    desk = ServiceDesk(engine, Directory(proposing()), clock, can={"web": Can()}, audit_key=KEY)
    await publish(desk)
    yield Stage(desk, engine, clock)
    desk.close()


def events(stage: Stage, name: str, client: str = "hx") -> list[dict[str, object]]:
    return [dict(row["facts"]) for row in stage.rows(t.JournalRow, event=name, client=client)]


@pytest.mark.parametrize(
    ("person", "chat", "said"),
    [
        ("li", "client", "Only a contact"),  # staff, wherever they are
        ("zhao", "team", "Only a contact"),
        ("olga", "client", "Only a contact"),  # another client's contact
        ("somebody", "client", "Only a contact"),  # a guest of the chat, whom the rulebook does not list
        ("emma", "team", "Only a contact"),
        ("emma", "client", "Emma has accepted"),
        ("emma", "@emma", "Emma has accepted"),
    ],
)
async def test_a_contact_accepts_in_their_chat_or_alone(proposed: Stage, person: str, chat: str, said: str) -> None:
    assert said in words(await proposed.says(person, chat, "/request agree"))
    accepted = events(proposed, "AgreementAccepted")
    second = proposing().agreements["standard-hx@2"]
    expected = [{"by": person, "agreement": second.key, "hash": second.hash}] if "has accepted" in said else []
    assert accepted == expected
    assert [row["accepted_by"] for row in proposed.rows(t.ConsentRow, client="hx")] == [e["by"] for e in expected] or [
        ""
    ]


async def test_the_chain_holds_and_a_second_acceptance_is_none(proposed: Stage) -> None:
    first, second = await asyncio.gather(
        proposed.says("emma", "client", "/request agree"), proposed.says("bao", "@bao", "/request 同意")
    )
    assert len(events(proposed, "AgreementAccepted")) == 1
    assert "has accepted" in words(first)
    assert words(second)
    with proposed.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None


async def test_a_client_is_asked_once_whatever_happens(proposed: Stage) -> None:
    for _ in range(2):
        await publish(proposed.desk)
    asked = proposed.rows(t.DeliveryRow, event="AgreementProposed")
    assert {row["subject"] for row in asked} == {"hx", "other"}
    assert len(asked) == len({row["address"] for row in asked})
    assert len(events(proposed, "AgreementProposed")) == 1


async def test_one_clients_acceptance_is_no_other_clients(proposed: Stage) -> None:
    await proposed.says("emma", "client", "/request agree")
    await proposed.says("olga", "other", "/request Door")
    await proposed.says("emma", "client", "/request Gate")
    assert proposed.request("OT-1")["agreement"] == "standard-hx@1"
    assert proposed.request("HX-1")["agreement"] == "standard-hx@2"


async def test_apply_is_one_command_a_request_under_one_batch(proposed: Stage) -> None:
    for title in ("Gate", "Pump", "Lamp"):
        await proposed.says("emma", "client", f"/request {title}")
    await proposed.says("olga", "other", "/request Door")
    await proposed.says("emma", "client", "/request agree")
    shown = await proposed.says("zhao", "@zhao", "/desk apply standard-hx")
    done = await proposed.presses("zhao", "@zhao", token(shown, "apply"))
    assert "3 requests follow" in words(done)
    applied = events(proposed, "AgreementApplied")
    assert len(applied) == 3
    assert len({event["batch"] for event in applied}) == 1
    assert {(event["was"], event["now"]) for event in applied} == {("standard-hx@1", "standard-hx@2")}
    assert not events(proposed, "AgreementApplied", "other"), "they have not accepted it"
    again = await proposed.presses("zhao", "@zhao", token(shown, "apply"))
    assert "have the version in force" in words(again)
    with proposed.engine.connect() as connection:
        assert journal.verify(connection, "hx", KEY) is None


@pytest.mark.parametrize(
    ("person", "chat"), [("li", "team"), ("wang", "@wang"), ("emma", "client"), ("zhao", "client")]
)
@pytest.mark.parametrize("line", ["/desk apply standard-hx"])
async def test_nobody_else_is_shown_what_would_move(proposed: Stage, person: str, chat: str, line: str) -> None:
    await proposed.says("emma", "client", "/request Gate")
    await proposed.says("emma", "client", "/request agree")
    answer = await proposed.says(person, chat, line)
    assert "for a manager" in words(answer)
    assert not buttons(answer)


async def test_a_private_request_is_applied_only_where_it_may_be_seen(proposed: Stage) -> None:
    await proposed.says("emma", "@emma", "/request Rude inspector #complaint")
    await proposed.says("emma", "client", "/request agree")
    in_team = await proposed.says("zhao", "team", "/desk apply standard-hx")
    assert "inspector" not in words(in_team)
    alone = await proposed.says("zhao", "@zhao", "/desk apply standard-hx")
    assert "inspector" in words(alone)


async def test_an_agreement_that_is_not_there_is_named(proposed: Stage) -> None:
    assert "“silver”" in words(await proposed.says("zhao", "@zhao", "/desk apply silver"))
