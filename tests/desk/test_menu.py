"""The menu at the door: forms asked whole or one by one, buttons of what is missing, files and whom they are for."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from core.model.parties import Identity
from core.model.request import File
from core.pages import DeskReader
from core.ports import Filled, Said
from core.store import tables as t
from core.store.changes import table
from tests.desk.stage import Stage, buttons, token, words

LIST, SET = File("list.pdf", "web:1"), File("set.pdf", "web:2")


async def _ordered(stage: Stage) -> Any:
    menu = await stage.says("emma", "client", "/request menu")
    card = await stage.presses("emma", "client", token(menu, "Drawing review"))
    return await stage.presses("emma", "client", token(card, "Order"))


async def test_all_that_does_not_fit_is_told_at_once_on_its_field(stage: Stage) -> None:
    form = (await _ordered(stage)).form
    assert [field.name for field in form.fields][:3] == ["title", "detail-floor", "detail-part"]
    wrong = await stage.fills(
        "emma", "client", form.token, {"title": "S-301", "detail-floor": "100", "detail-part": "paint"}
    )
    assert wrong.errors == {
        "detail-floor": "Please write a number of 99 or less.", "detail-part": "Please choose one of the options.",
    }  # fmt: skip
    lacking = await stage.fills("emma", "client", form.token, {"title": "S-301"})
    assert list(lacking.errors or {}) == ["detail-floor"]
    await stage.fills("emma", "client", form.token, {"title": "S-301", "detail-floor": "７"})
    assert stage.request()["details"] == {"floor": "7"}
    assert stage.request()["missing"] == ["list", "set"]


async def test_one_by_one_what_is_optional_may_be_left_out(plain_stage: Stage) -> None:
    form = (await _ordered(plain_stage)).form
    assert [field.name for field in form.fields] == ["title"]
    asked = await plain_stage.fills("emma", "client", form.token, {"title": "S-301"})
    assert [field.name for field in asked.form.fields] == ["detail-floor"]  # type: ignore[union-attr]
    wrong = await plain_stage.fills("emma", "client", form.token, {"detail-floor": "third"})
    assert "in digits" in (wrong.errors or {})["detail-floor"]
    choice = await plain_stage.fills("emma", "client", form.token, {"detail-floor": "3"})
    assert [b.label for b in buttons(choice)] == ["Structure", "Services", "Leave it out"]
    facts = await plain_stage.presses("emma", "client", token(choice, "Leave it out"))
    filed = await plain_stage.presses("emma", "client", token(facts, "File it now"))
    assert "HX-1" in words(filed)
    assert plain_stage.request()["details"] == {"floor": "3"}


async def test_an_item_chosen_in_the_form_asks_its_own_questions_next(stage: Stage) -> None:
    """With what was answered already; nothing is typed twice, and what it needs to know is not asked afterwards."""
    first = (await stage.says("emma", "client", "/request")).form
    assert first is not None
    values = {"title": "!high S-301", "item": "drawings", "description": "the third floor", "due": "fri 17:00"}
    second = (await stage.fills("emma", "client", first.token, values)).form
    assert second is not None
    assert stage.rows(t.RequestRow) == [], "it is not filed yet"
    known = {field.name: field.value for field in second.fields}
    assert (known["title"], known["description"], known["due"]) == ("!high S-301", "the third floor", "fri 17:00")
    assert [name for name in known if name.startswith("detail-")] == ["detail-floor", "detail-part"]
    wrong = await stage.fills("emma", "client", second.token, {**known, "detail-floor": "third"})
    assert list(wrong.errors or {}) == ["detail-floor"]
    await stage.fills("emma", "client", second.token, {**known, "detail-floor": "3", "detail-part": "civil"})
    request = stage.request()
    assert (request["title"], request["item"], request["reasons"]["urgency_from"]) == ("S-301", "drawings", "declared")
    assert (request["details"], request["missing"]) == ({"floor": "3", "part": "civil"}, ["list", "set"])


async def test_an_item_named_in_the_line_asks_its_own_questions_at_once(stage: Stage) -> None:
    wrong = await stage.says("emma", "client", "/request S-301 #drawings due:whenever-9")
    form = (await stage.presses("emma", "client", token(wrong, "Open form with my text"))).form
    assert form is not None
    assert [field.name for field in form.fields][:4] == ["title", "item", "detail-floor", "detail-part"]
    wrong = await stage.fills("emma", "client", form.token, {"title": "S-301", "item": "drawings", "detail-floor": "x"})
    assert list(wrong.errors or {}) == ["detail-floor"]
    filled = {"title": "S-301", "item": "drawings", "detail-floor": "3"}
    await stage.fills("emma", "client", form.token, filled)
    assert stage.request()["details"] == {"floor": "3"}
    assert stage.rows(t.DraftRow) == []


async def test_a_service_that_asks_nothing_is_filed_at_once(stage: Stage) -> None:
    form = (await stage.says("emma", "client", "/request")).form
    assert form is not None
    filed = await stage.fills("emma", "client", form.token, {"title": "Router broken", "item": "network"})
    assert "HX-1" in words(filed)


async def test_one_by_one_an_item_in_the_line_asks_its_own_questions(plain_stage: Stage) -> None:
    form = (await plain_stage.says("emma", "client", "/request")).form
    assert form is not None
    asked = await plain_stage.fills("emma", "client", form.token, {"title": "S-301 #drawings"})
    assert [field.name for field in asked.form.fields] == ["detail-floor"]  # type: ignore[union-attr]
    wrong = await plain_stage.fills("emma", "client", form.token, {"detail-floor": "third"})
    assert "in digits" in (wrong.errors or {})["detail-floor"]
    choice = await plain_stage.fills("emma", "client", form.token, {"detail-floor": "3"})
    facts = await plain_stage.presses("emma", "client", token(choice, "Structure"))
    await plain_stage.presses("emma", "client", token(facts, "File it now"))
    assert plain_stage.request()["details"] == {"floor": "3", "part": "civil"}


async def test_files_of_the_first_form_go_along_with_the_second(stage: Stage) -> None:
    first = (await stage.says("emma", "client", "/request")).form
    assert first is not None
    content = Filled(first.token, {"title": "S-301", "item": "drawings"}, (SET,))
    second = (await stage.send(stage.envelope("emma", "client", content))).form
    assert second is not None
    await stage.fills("emma", "client", second.token, {"title": "S-301", "detail-floor": "3"})
    assert [one["file"]["name"] for one in stage.request()["files"]] == ["set.pdf"]
    assert stage.rows(t.DraftRow) == []


async def test_a_file_is_asked_for_by_its_button_and_answered_by_a_file(plain_stage: Stage) -> None:
    await plain_stage.says("emma", "client", "/request Sheets of floor 3 #drawings")
    shown = await plain_stage.says("emma", "client", "/request status 1")
    form = (await plain_stage.presses("emma", "client", token(shown, "Hand over: Drawings"))).form
    assert form is not None
    assert "Send the file" in form.intro
    answer = await plain_stage.send(plain_stage.envelope("emma", "client", Filled(form.token, {"text": ""}, (SET,))))
    assert "☑ 2. Drawings: set.pdf" in words(answer)
    (supplied,) = plain_stage.request()["supplied"]
    assert (supplied["need"], supplied["file"], supplied["ref"], supplied["by"]) == ("set", "set.pdf", "web:2", "emma")


async def test_a_field_is_asked_for_by_its_button_and_says_what_does_not_fit(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Sheets #drawings")
    shown = await stage.says("emma", "client", "/request status 1")
    form = (await stage.presses("emma", "client", token(shown, "Tell: Floor"))).form
    assert form is not None
    wrong = await stage.fills("emma", "client", form.token, {"text": "-4"})
    assert wrong.errors == {"text": "Please write a number of 1 or more."}
    await stage.fills("emma", "client", form.token, {"text": "4"})
    assert stage.request()["details"] == {"floor": "4"}


async def test_files_that_answer_nothing_find_the_request_that_waits(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Sheets #drawings")
    handed = await stage.send(stage.envelope("emma", "client", Said("", "", (SET,))))
    assert "set.pdf" in words(handed), "the only file that is missing"
    await stage.says("emma", "client", "/request More sheets #drawings")
    asked = await stage.send(stage.envelope("emma", "client", Said("", "list", (LIST,))))
    assert "Which request is it for?" in words(asked)
    await stage.presses("emma", "client", token(asked, "HX-2 More sheets"))
    assert [one["file"] for one in stage.request("HX-2")["supplied"]] == ["list.pdf"]
    with_draft = await stage.presses("bao", "client", token(asked, "HX-1 Sheets"))
    assert "E-RIGHT" in words(with_draft)


async def test_a_file_that_may_be_several_things_is_asked_about(stage: Stage) -> None:
    """Two things are missing that might be it: its words decide, else one is asked, and the file is kept meanwhile."""
    await stage.says("emma", "client", "/request Package 2 #tender")
    asked = await stage.send(stage.envelope("emma", "client", Said("", "as discussed", (LIST,))))
    assert "Which of what is needed for HX-1 is it?" in words(asked)
    await stage.presses("emma", "client", token(asked, "Hand over: Budget"))
    (supplied,) = stage.request()["supplied"]
    assert supplied | {"at": ""} == {
        "need": "budget", "by": "emma", "at": "", "text": "as discussed", "file": "list.pdf", "ref": "web:1",
    }  # fmt: skip


async def test_a_file_for_a_request_that_misses_nothing_is_information(stage: Stage) -> None:
    await stage.says("emma", "client", "/request Projector broken #it")
    await stage.send(stage.envelope("emma", "client", Said("request", "add 1 see the picture", (LIST,))))
    (remark,) = stage.rows(t.RemarkRow)
    assert remark["text"] == "see the picture\n📎 list.pdf"
    (entry,) = stage.rows(t.JournalRow, event="ClientWrote")
    assert entry["facts"]["files"] == [{"name": "list.pdf", "ref": "web:1"}]
    await stage.send(stage.envelope("emma", "client", Said("request", "Another one is broken", (LIST,))))
    assert stage.request("HX-2")["files"][0]["file"] == {"name": "list.pdf", "ref": "web:1"}


@pytest.mark.parametrize(
    "line", ["/request have you seen my badge", "/request Menu card of the canteen is wrong !low --"]
)
async def test_words_that_only_begin_like_ours_are_not_lost(stage: Stage, line: str) -> None:
    answer = await stage.says("emma", "client", line)
    filed = "HX-1" in words(answer)
    offered = any(b.action.verb == "form" for b in buttons(answer))
    assert filed or offered


@pytest.mark.parametrize("typed", ["menu", "menu drawings", "菜单 图纸", "目录 tzsc"])
async def test_the_menu_is_asked_for_without_a_command(stage: Stage, typed: str) -> None:
    """Whoever is a guest by Slack Connect has no slash commands."""
    found = await stage.says("emma", "client", typed)
    assert "Drawing review" in [b.label for b in buttons(found)] or "Drawing review" in words(found)
    assert "File it" not in [b.label for b in buttons(found)]


@pytest.mark.parametrize(
    "typed", ["menu does not open on floor 3", "菜单 打不开", "menu drawings are missing from the share"]
)
async def test_words_about_a_menu_are_words(stage: Stage, typed: str) -> None:
    asked = await stage.says("emma", "client", typed)
    assert "HX-1" in words(await stage.presses("emma", "client", token(asked, "file")))


@pytest.mark.parametrize(("typed", "answer"), [("why 1", "impact"), ("drafts", "kept"), ("settings", "Digests")])
async def test_what_only_shows_something_needs_no_command(stage: Stage, typed: str, answer: str) -> None:
    await stage.says("emma", "client", "/request The projector is broken")
    assert answer in words(await stage.says("emma", "client", typed))
    assert not [row for row in stage.rows(t.DraftRow) if typed in str(row["content"])]


@pytest.mark.parametrize("typed", ["why", "网页", "settings", "menu drawings"])
async def test_under_a_card_a_word_is_an_answer(stage: Stage, typed: str) -> None:
    """`Page or app?` `网页`: it is added to the request, and shows nothing."""
    await stage.says("emma", "client", "/request Shall it be a page or an app?")
    posted = update(table(t.DeliveryRow)).values(receipt="m1")
    with stage.engine.begin() as connection:
        connection.execute(posted)
    await stage.says("emma", "client", typed, reply_to="m1")
    assert [row["text"] for row in stage.rows(t.RemarkRow)] == [typed]


async def test_who_may_order_nothing_here_is_told_why(stage: Stage) -> None:
    nobody = await stage.says("stranger", "nowhere", "/request menu")
    assert "not set up yet" in words(nobody)
    staff = await stage.says("li", "team", "/request menu")
    assert "For which client?" in words(staff)
    whole = await stage.says("li", "team", "/desk menu")
    assert "Site pass" in words(whole)
    card = await stage.presses("li", "team", token(whole, "Site pass"))
    assert not [b for b in buttons(card) if b.action.verb == "order"]
    client = await stage.says("li", "client", "/desk menu")
    assert "Site pass" not in words(client), "what is inside is not shown in a client's chat"


async def test_an_item_that_is_gone_from_the_menu_is_not_ordered(stage: Stage) -> None:
    menu = await stage.says("emma", "client", "/request menu")
    card = await stage.presses("emma", "client", token(menu, "Tender documents"))
    gold = stage.desk.directory.rulebook
    items = {id_: item for id_, item in gold.items.items() if id_ != "tender"}
    stage.desk.directory = stage.desk.directory.learn(rulebook=replace(gold, items=items))
    gone = await stage.presses("emma", "client", token(card, "Order"))
    assert "not on the menu now" in words(gone)


async def test_what_a_hash_offers_is_the_menu_of_whoever_types(stage: Stage) -> None:
    reader = DeskReader(stage.desk)
    offered = await reader.orderable(Identity("web", "", "emma"), "zh-CN")
    assert [one.tag for one in offered] == ["办公网络与设备", "一般咨询", "图纸审查", "招标文件编制", "投诉"]
    drawings = offered[2]
    assert {"图纸", "drawings", "drawing review", "tuzhishencha", "tzsc"} <= set(drawings.keys)
    assert [one.tag for one in await reader.orderable(Identity("web", "", "emma"), "en")][:2] == ["network", "general"]
    for nobody in ("stranger", "li"):  # who works here files in a client's chat
        assert not await reader.orderable(Identity("web", "", nobody), "en")
