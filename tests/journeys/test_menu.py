"""The catalogue as a menu: browse, order, hand over what is needed; the solution clock starts when all is there."""

from __future__ import annotations

from datetime import timedelta

from core.model.request import ClockState, Request, Status
from core.store import requests as rows
from tests.journeys.play import Play, rewritten


async def _request(play: Play, number: str) -> Request:
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, [number]))
    return found[0]


def _clocks(request: Request) -> dict[str, ClockState]:
    return {t.metric: t.state for t in request.timers}


async def test_from_the_menu_to_what_is_done(play: Play) -> None:
    """One orders by name, ticks, hands over a file; the responses count at once, the solution from completeness."""
    menu = await play.says("emma", "client", "/request menu")
    assert "Drawing review" in menu.buttons
    card = await play.presses("emma", "client", "What you can order", "Drawing review")
    for told in ("Review comments", "Drawing list", "Drawings (file)", "Floor", "First response", "16 h", "Site team"):
        assert told in card.words, told
    await play.presses("emma", "client", "Drawings checked before", "Order")
    one_by_one = play.stand.name == "telegram"
    choice = "Structure" if play.stand.name != "web" else "civil"
    wrong = await play.fills("emma", "client", {"title": "Sheets S-301 to S-306", "detail-floor": "the third"})
    assert "in digits" in wrong.words
    values = {"detail-floor": "3", "detail-part": choice} if one_by_one else {
        "title": "Sheets S-301 to S-306", "detail-floor": "3", "detail-part": choice
    }  # fmt: skip
    if one_by_one:
        values["fact-safety"] = "File it now"
    await play.fills("emma", "client", values)
    await play.sees("client", "HX-1", "☐ 1. Drawing list", "Solution")
    request = await _request(play, "HX-1")
    assert (request.status, request.missing) == (Status.WAITING_CUSTOMER, ("list", "set"))
    assert dict(request.details) == {"floor": "3", "part": "civil"}
    clocks = _clocks(request)
    assert (clocks["frt"], clocks["ack"], clocks["cwt"]) == (ClockState.RUNNING,) * 3
    assert clocks["ttr"] is ClockState.ARMED
    await play.sees("team", "HX-1", "Structure", "☐ 2. Drawings (file)")
    await play.advance(timedelta(hours=1))
    ticked = await play.presses("emma", "client", "☐ 1. Drawing list", "I have it: Drawing list")
    assert "Drawing list" in ticked.words
    await play.sees("client", "Solution", "☑ 1. Drawing list", "☐ 2. Drawings (file)")
    await play.hands_over("emma", "client", "☐ 2. Drawings (file)", "S-301.pdf")
    request = await _request(play, "HX-1")
    assert (request.status, request.missing, _clocks(request)["ttr"]) == (Status.NEW, (), ClockState.RUNNING)
    assert request.supplied[-1].file == "S-301.pdf"
    assert request.supplied[-1].ref, "where the platform keeps it"
    await play.sees("team", "HX-1", "📎", "S-301.pdf", "New")
    why = await play.says("emma", "client", "/request why 1")
    assert "Until then it was your turn: 1 h of working time" in why.words
    await play.says("li", "team", "/desk resolve 1 Six comments, attached")
    assert (await _request(play, "HX-1")).status is Status.RESOLVED


async def test_what_is_missing_is_asked_for_and_not_for_ever(play: Play) -> None:
    """Ordered by one line: what the line did not say is missing, too. Three reminders, then it ends."""
    filed = await play.says("bao", "client", "/request 请审一下三层的图 #图纸")
    assert "☐ 3. 楼层" in filed.words
    await play.says("bao", "client", "/request 备齐 1 楼层 3")
    asked = await play.says("bao", "client", "/request 备齐 1")
    assert "图纸目录" in asked.words
    request = await _request(play, "HX-1")
    assert (request.missing, dict(request.details)) == (("set",), {"floor": "3"})
    more = await play.says("bao", "client", "/request 备齐 1")
    assert "要交文件" in more.words
    for _ in range(21):
        await play.advance(timedelta(days=1))
    assert await play.count("client", "Please hand it over") == 3
    await play.sees("client", "Your requests this morning", "Mon 7 Dec", "still needed: Drawings")
    assert (await _request(play, "HX-1")).status is Status.CANCELLED


async def test_initials_find_an_item(play: Play) -> None:
    found = await play.says("bao", "client", "/request 菜单 txsc")
    assert "图纸审查" in found.words
    assert "申请办理" in found.buttons
    none = await play.says("bao", "client", "/request 菜单 扫地机器人")
    assert "用我的原文打开表单" in none.buttons
    unknown = await play.says("bao", "client", "/request 请看图 #tuzhishenca")
    assert "#图纸审查" in " ".join(f"#{label.lstrip('#')}" for label in unknown.buttons)


async def test_a_client_sees_only_what_is_agreed_and_for_them(play: Play) -> None:
    """An inside item does not exist for a client; what the agreement leaves out is not on their menu."""
    menu = await play.says("emma", "client", "/request menu")
    assert "Tender documents" in menu.buttons
    assert "Site pass" not in menu.words
    unknown = await play.says("emma", "client", "/request A pass for Bao #badge")
    assert "badge" in unknown.words
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, ["HX-1"]))
    assert not found
    excluding = rewritten(
        play,
        '[agreements.standard-hx]\ncalendar = "office"',
        '[agreements.standard-hx]\ncalendar = "office"\nexcludes = ["tender"]',
    )
    await play.restart(excluding)
    assert "Tender documents" not in (await play.says("emma", "client", "/request menu")).words
    assert "Tender documents" not in (await play.says("emma", "client", "/request help")).words
    assert "Tender documents" in (await play.says("li", "team", "/desk menu")).words


async def test_an_inside_department_has_a_menu_of_its_own(play: Play) -> None:
    """Our own people order what is for departments, and see nothing of what is for clients."""
    house = '[clients.house]\nprefix = "IN"\nname = "Our house"\nkind = "internal"\nagreement = "standard-hx"\n'
    await play.restart(rewritten(play, "[people.emma]\n", f"{house}\n[people.emma]\n"))
    menu = await play.says("li", "team", "/request menu")
    assert "Site pass" in menu.buttons
    assert "Tender documents" not in menu.words
    await play.presses("li", "team", "What you can order", "Site pass")
    filed = await play.says("wang", "team", "/request A pass for the new inspector #badge")
    assert "IN-1" in filed.words
    unknown = await play.says("wang", "team", "/request Package 2 #tender")
    assert "tender" in unknown.words
    found: list[Request] = await play.program.desk.run(lambda c: rows.by_numbers(c, ["IN-1", "IN-2"]))
    assert [(r.number, r.item) for r in found] == [("IN-1", "badge")]


async def test_corrected_to_what_needs_something_the_client_is_asked_for_it(play: Play) -> None:
    """Filed under the wrong service: the team corrects it, the client hears what is needed, and hands it over."""
    await play.says("emma", "client", "/request Please look at sheets S-301 to S-306")
    await play.says("li", "team", "/desk take 1")
    unknown = await play.says("li", "team", "/desk service 1 drawin")
    assert "(E-SVC)" in unknown.words
    await play.presses("li", "team", "drawin", next(label for label in unknown.buttons if "raw" in label))
    await play.sees("client", "HX-1", "Before work on it can begin, something is needed from you", "☐ 1. Drawing list")
    request = await _request(play, "HX-1")
    assert (request.item, request.status) == ("drawings", Status.WAITING_CUSTOMER)
    assert request.missing == ("list", "set", "floor")
    assert _clocks(request)["ttr"] is ClockState.PAUSED
    await play.sees("client", "HX-1", "☐ 1. Drawing list")
    await play.says("emma", "client", "/request have 1 1")
    await play.says("emma", "client", "/request have 1 3 4")
    await play.hands_over("emma", "client", "☐ 2. Drawings (file)", "S-301.pdf")
    request = await _request(play, "HX-1")
    assert (request.status, request.missing, _clocks(request)["ttr"]) == (Status.ACKNOWLEDGED, (), ClockState.RUNNING)


async def test_the_form_asks_what_the_service_that_is_chosen_wants_to_know(play: Play) -> None:
    await play.says("emma", "client", "/request")
    if play.stand.name == "telegram":
        await play.fills(
            "emma",
            "client",
            {"title": "Sheets S-301 #drawings", "floor": "3", "part": "Structure", "fact": "File it now"},
        )
    else:
        item = "drawings" if play.stand.name == "web" else "Drawing review"
        part = "civil" if play.stand.name == "web" else "Structure"
        asked = await play.fills("emma", "client", {"title": "Sheets S-301", "item": item})
        assert "Floor" in asked.words
        await play.fills("emma", "client", {"title": "Sheets S-301", "detail-floor": "3", "detail-part": part})
    request = await _request(play, "HX-1")
    assert (request.item, dict(request.details)) == ("drawings", {"floor": "3", "part": "civil"})
    assert request.missing == ("list", "set")
