"""Who may order what: the audience of an item, and what an agreement includes and excludes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.ask import commands as do
from core.errors import Refused
from core.rulebook.directory import Directory
from core.rulebook.values import Item
from core.rules import menu
from tests.builders import CONTACT, DESK, MANAGER, NOW, a_context, a_directory, open_request

BOOK = DESK.rulebook
TENDER, IT = BOOK.items["tender"], BOOK.items["it"]


def _desk(*items: Item, **terms: object) -> Directory:
    desk = a_directory(**terms)
    return Directory(replace(desk.rulebook, items={**desk.rulebook.items, **{item.id: item for item in items}}))


@pytest.mark.parametrize(
    ("audience", "client", "meant"),
    [
        ("everyone", "hx", True), ("everyone", "internal", True),
        ("clients", "hx", True), ("clients", "riverside", True), ("clients", "internal", False),
        ("departments", "hx", False), ("departments", "internal", True),
    ],
)  # fmt: skip
def test_an_item_is_for_its_audience(audience: str, client: str, meant: bool) -> None:
    assert menu.meant_for(replace(TENDER, audience=audience), BOOK.clients[client]) is meant


@pytest.mark.parametrize(
    ("includes", "excludes", "covered"),
    [
        ((), (), True), (("tender",), (), True), (("it",), (), False),
        ((), ("tender",), False), ((), ("it",), True), (("it", "tender"), ("tender",), False),
    ],
)  # fmt: skip
def test_an_agreement_covers_what_it_includes_less_what_it_excludes(
    includes: tuple[str, ...], excludes: tuple[str, ...], covered: bool
) -> None:
    agreement = replace(BOOK.agreements["gold@1"], includes=includes, excludes=excludes)
    assert menu.within(TENDER, agreement) is covered


def test_a_client_is_offered_what_is_for_them_and_agreed() -> None:
    tender = replace(TENDER, audience="everyone")
    desk = _desk(replace(IT, audience="departments"), tender, excludes=("tender",))
    offered = [item.id for item in menu.on_offer("hx", desk, NOW)]
    assert "drawings" in offered
    assert not {"tender", "it"} & set(offered)
    assert {"tender", "it"} <= {item.id for item in menu.on_offer("internal", desk, NOW)}, "another agreement"


def test_an_item_for_others_does_not_exist() -> None:
    """Neither by its name nor among what was meant perhaps."""
    desk = _desk(replace(IT, audience="departments"))
    with pytest.raises(Refused) as refused:
        open_request(do.OpenRequest("Printer", item="it", original="Printer #it"), a_context(CONTACT, desk=desk))
    assert refused.value.code == "item_unknown"
    assert not {fix.label for fix in refused.value.fixes} & {"it", *IT.aliases, *IT.name.values()}
    inside = a_context(MANAGER, "@david-north", desk=desk)
    assert open_request(do.OpenRequest("Printer", item="it"), inside).request.item == "it"
