"""What the menu tells to whom: a client their own promises, the team those of each class; nothing of what is inside."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.rulebook.directory import Directory
from core.rules.menu import on_offer
from core.say import agreed, menu
from core.say.message import Answer, Fields, Header, Paragraph, Quote, Text
from core.say.voice import Voice
from tests.builders import NOW, a_directory

DESK = a_directory(excludes=("tender",))
BOOK = DESK.rulebook


def voice(lang: str = "en", desk: Directory = DESK) -> Voice:
    return Voice.to(lang, "Europe/London", desk, NOW)


def said(answer: Answer) -> str:
    assert answer.message is not None
    lines: list[str] = []
    for block in answer.message.blocks:
        match block:
            case Header(text=text) | Quote(text=text):
                lines.append(text)
            case Paragraph(text=text):
                lines.append(spoken(text))
            case Fields(pairs=pairs):
                lines += [f"{name}: {spoken(text)}" for name, text in pairs]
    return "\n".join((*lines, *(button.label for button in answer.message.buttons())))


def spoken(text: Text) -> str:
    return "".join(span.text for span in text)


@pytest.mark.parametrize(
    ("lang", "left"), [("en", "Not included: Tender documents"), ("zh-CN", "不包含：招标文件编制")]
)
def test_an_agreement_tells_what_it_does_not_cover(lang: str, left: str) -> None:
    told = said(agreed.of_client("hx", voice(lang)))
    assert left in told
    assert "Company seal" not in told, "what is for departments is no client's business"


def test_an_agreement_that_covers_all_says_nothing_of_it() -> None:
    assert "Not included" not in said(agreed.of_client("hx", voice(desk=a_directory())))


def test_a_client_reads_their_own_promises_and_the_team_those_of_each_class() -> None:
    item = BOOK.items["drawings"]
    gold = DESK.agreement_of("hx", NOW)
    theirs = said(menu.card(item, gold, BOOK.clients["hx"], voice(), orderable=True))
    assert "project@1" not in theirs
    assert "Order" in theirs
    whole = said(menu.card(item, gold, None, voice(), orderable=False))
    assert all(
        one in whole for one in ("VIP · gold@1", "External clients · project@1", "Our own departments · internal@1")
    )
    assert "\nOrder\n" not in whole


def test_what_no_agreement_covers_is_promised_to_nobody() -> None:
    whole = said(menu.card(BOOK.items["tender"], DESK.agreement_of("hx", NOW), None, voice(), orderable=False))
    assert "gold@1" not in whole
    assert "project@1" not in whole


def test_a_long_menu_has_pages() -> None:
    items = tuple(
        replace(BOOK.items["drawings"], id=f"item-{n}", name={"en": f"Item {n}"}, aliases=()) for n in range(20)
    )
    seen: list[str] = []
    start = 0
    while True:
        page = menu.listing(items, voice(), start=start)
        assert page.message is not None
        more = [button for button in page.message.buttons() if button.action.verb == "menu"]
        seen += [button.label for button in page.message.buttons() if button.action.verb == "item"]
        if not more:
            break
        start = int(more[0].action.arg("start"))
    assert seen == [f"Item {n}" for n in range(20)]


def test_the_names_are_in_the_readers_language() -> None:
    offered = on_offer("hx", DESK, NOW)
    assert "Drawing review" in said(menu.listing(offered, voice("en")))
    chinese = said(menu.listing(offered, voice("zh-CN")))
    assert "图纸审查" in chinese
    assert "Drawing review" not in chinese
