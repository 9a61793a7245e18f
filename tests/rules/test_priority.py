"""Impact x urgency -> priority: marks and facts set, words propose, the client's class says nothing (rulings.md 8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from core.ask import commands as do
from core.model.request import Priority, Reasons
from core.rulebook.values import Cue, Item
from core.rules.cues import Given
from core.rules.decide import open_request
from core.rules.priority import Stated, assess, propose
from tests.builders import CONTACT, NOW, a_context, a_directory, a_rulebook, hours

MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 3, 3, 4), (3, 3, 4, 4))
#: A desk's own words, of which the house knows nothing.
#: A desk's own words, of which the house knows nothing.
CUES = (
    Cue(("red phase", "红色阶段"), 1, None, ("red phase plan", "红色阶段图")),
    Cue(("flash", "闪单"), None, 1),
    Cue(("plain", "素单"), None, 2),
    Cue(("amber",), 2, 4),
)


def an_item(impact: int = 3, urgency: int = 3) -> Item:
    return Item("it", {"en": "IT"}, (), "office", "", impact, urgency)


def rank(text: str = "", *, level: str = "", impact: str = "", staff: bool = False, item: Item | None = None) -> int:
    return assessed(text, Stated(level, impact, staff=staff), item)[0]


def assessed(text: str, stated: Stated = Stated(), item: Item | None = None) -> tuple[int, Reasons]:  # noqa: B008
    return assess(text, item or an_item(), CUES, MATRIX, stated, NOW)


@pytest.mark.parametrize("impact", range(1, 5))
@pytest.mark.parametrize("urgency", range(1, 5))
def test_the_matrix(impact: int, urgency: int) -> None:
    expected = int(["1123", "1223", "2334", "3344"][impact - 1][urgency - 1])
    assert rank(item=an_item(impact, urgency)) == expected
    assert rank(level=f"p{urgency}", impact=str(impact)) == expected
    assert a_rulebook().matrix[impact - 1][urgency - 1] == expected


def test_a_graver_factor_never_lessens_the_priority() -> None:
    for impact in range(1, 5):
        for urgency in range(1, 4):
            assert rank(item=an_item(impact, urgency)) <= rank(item=an_item(impact, urgency + 1))
            assert rank(item=an_item(urgency, impact)) <= rank(item=an_item(urgency + 1, impact))


@pytest.mark.parametrize(
    ("level", "expected"),
    [("urgent", 2), ("high", 3), ("normal", 3), ("low", 4), ("p1", 2), ("p2", 3), ("p3", 3), ("p4", 4)],
)
def test_a_clients_mark_declares_urgency(level: str, expected: int) -> None:
    assert rank(level=level) == expected


@pytest.mark.parametrize("level", ["p1", "p2", "p3", "p4"])
def test_p1_to_p4_of_staff_sets_the_priority(level: str) -> None:
    assert rank(level=level, staff=True) == int(level[1])


def test_a_mark_beats_words() -> None:
    assert rank("urgent, it is down") == 2
    assert rank("urgent, it is down", level="low") == 4
    assert rank("no rush", level="urgent") == 2
    assert rank("all works stopped", impact="minor") == 3


def test_words_only_propose() -> None:
    _, reasons = assessed("Network is down")
    assert (reasons.proposed, reasons.urgency_from, reasons.cues) == (True, "words", ("is down",))
    assert (reasons.impact_cue, reasons.urgency_cue) == ("", "stopped")
    _, reasons = assessed("Network is down", Stated("normal"))
    assert (reasons.proposed, reasons.urgency_from, reasons.cues) == (False, "declared", ())
    assert reasons.urgency_cue == ""


@pytest.mark.parametrize(
    ("ahead", "urgency"),
    [(hours(3), 1), (hours(8), 2), (hours(30), 2), (hours(50), 3), (hours(24 * 13), 3), (hours(24 * 20), 4)],
)
def test_a_date_that_was_asked_for_is_a_fact(ahead: timedelta, urgency: int) -> None:
    _, reasons = assessed("Badge for Wang", Stated(due=NOW + ahead))
    assert (reasons.urgency, reasons.urgency_from, reasons.proposed) == (urgency, "due", False)


def test_a_date_takes_nothing_from_graver_words() -> None:
    assert assessed("the scaffold collapsed", Stated(due=NOW + hours(200)))[1].urgency == 1
    assert assessed("no rush", Stated(due=NOW + hours(2)))[1].urgency == 1
    assert assessed("no rush", Stated("high", due=NOW + hours(2)))[1].urgency_from == "declared"


@pytest.mark.parametrize(
    ("text", "impact", "urgency"),
    [
        ("flash", None, 1),
        ("FLASH!", None, 1),
        ("Ｆlash", None, 1),
        ("这是闪单", None, 1),
        ("not flash", None, None),
        ("not so flash", None, None),
        ("isn't flash", None, None),
        ("isn’t really flash", None, None),
        ("non-flash", None, None),
        ("不是闪单", None, None),
        ("非闪单", None, None),
        ("not flash before, now flash", None, 1),
        ("flashlight", None, None),
        ("red phase", 1, None),
        ("the red phase plan", None, None),
        ("红色阶段图", None, None),
        ("flash and plain", None, 1),  # the gravest of each factor
        ("red phase, amber", 1, 4),
        ("flash, no rush", None, 1),  # they beat the cues of the house
        ("", None, None),
    ],
)
def test_what_a_desks_own_cues_propose(text: str, impact: int | None, urgency: int | None) -> None:
    said = propose(text, CUES)
    assert (said.impact and said.impact.level, said.urgency and said.urgency.level) == (impact, urgency)


def test_what_a_cue_is_counted_by() -> None:
    said = propose("red phase, two hours left", CUES)
    assert said.impact == Given(1, "red phase", ("red phase",))
    assert said.urgency == Given(1, "due-in-hours", ("hours",))


@pytest.mark.parametrize("kind", ["vip", "external", "internal"])
def test_the_class_of_the_client_does_not_matter(kind: str) -> None:
    desk = a_directory()
    clients = {**desk.rulebook.clients, "hx": replace(desk.rulebook.clients["hx"], kind=kind)}
    desk = replace(desk, rulebook=replace(desk.rulebook, clients=clients))
    said = do.OpenRequest("Network is down", item="it")
    request = open_request(said, a_context(CONTACT, desk=desk)).request
    assert request.priority is Priority.P3
    assert (request.reasons.impact, request.reasons.urgency) == (3, 2)
