"""Impact x urgency -> priority: marks and facts set, words propose, the client's class says nothing (rulings.md 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.ask import commands as do
from core.model import Priority, Reasons
from core.rulebook.values import Cue, Item
from core.rules.decide import open_request
from core.rules.priority import Stated, assess, propose
from tests.builders import CONTACT, NOW, a_context, a_directory, a_rulebook

MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 3, 3, 4), (3, 3, 4, 4))
CUES = (
    Cue(("work stopped", "停工"), 1, None, ("stopped for lunch", "不会停工")),
    Cue(("urgent", "asap", "紧急"), None, 1, ("emergency exit", "紧急出口")),
    Cue(("is down", "broken", "断网"), None, 2, ("broken down",)),
    Cue(("no rush", "不急"), None, 4),
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
    assert rank("work stopped", impact="minor") == 4


def test_words_only_propose() -> None:
    _, reasons = assessed("Network is down")
    assert (reasons.proposed, reasons.urgency_from, reasons.cues) == (True, "words", ("is down",))
    _, reasons = assessed("Network is down", Stated("normal"))
    assert (reasons.proposed, reasons.urgency_from, reasons.cues) == (False, "declared", ())


@pytest.mark.parametrize(
    ("text", "impact", "urgency"),
    [
        ("urgent", None, 1),
        ("URGENT!", None, 1),
        ("Ｕrgent", None, 1),
        ("很紧急", None, 1),
        ("非常紧急", None, 1),
        ("not urgent", None, None),
        ("not so urgent", None, None),
        ("not very urgent", None, None),
        ("isn't urgent", None, None),
        ("isn’t really urgent", None, None),
        ("non-urgent", None, None),
        ("no urgent need", None, None),
        ("不紧急", None, None),
        ("不太紧急", None, None),
        ("不是很紧急", None, None),
        ("非紧急", None, None),
        ("不急", None, 4),
        ("piano urgent", None, 1),  # "no" is only its end
        ("not urgent before, now urgent", None, 1),
        ("insurgent", None, None),
        ("urgently", None, None),  # a word of its own, if the rulebook lists it
        ("the emergency exit is urgent", None, None),  # `unless` takes the cue away
        ("紧急出口指示灯", None, None),
        ("work stopped for lunch", None, None),
        ("停工了", 1, None),
        ("不会停工", None, None),
        ("our van has broken down", None, None),
        ("lift is downstairs", None, None),
        ("urgent and broken", None, 1),
        ("停工，紧急", 1, 1),
        ("", None, None),
    ],
)
def test_what_words_propose(text: str, impact: int | None, urgency: int | None) -> None:
    said = propose(text, CUES)
    assert (said.impact, said.urgency) == (impact, urgency)


@pytest.mark.parametrize("kind", ["vip", "external", "internal"])
def test_the_class_of_the_client_does_not_matter(kind: str) -> None:
    desk = a_directory()
    clients = {**desk.rulebook.clients, "hx": replace(desk.rulebook.clients["hx"], kind=kind)}
    desk = replace(desk, rulebook=replace(desk.rulebook, clients=clients))
    said = do.OpenRequest("Network is down", item="it")
    request = open_request(said, a_context(CONTACT, desk=desk)).request
    assert request.priority is Priority.P3
    assert (request.reasons.impact, request.reasons.urgency) == (3, 2)
