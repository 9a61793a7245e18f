"""The page in a real browser, as a newcomer meets it: both languages, desktop and phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect

from core.model.parties import Address
from core.ports import Filled, Orderable, Pressed, QueueLine, Said
from core.say.message import Answer, Bold, Field, Form, Message, Paragraph, Plain
from tests.adapters.test_web import NOON, House, card, served

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"THE PAGE WAS NOT TRIED IN A BROWSER: {CHROMIUM} is missing"
)

LOOKS = [("zh-CN", 1280), ("zh-CN", 390), ("en-GB", 1280), ("en-GB", 390)]


@asynccontextmanager
async def opened(house: House, lang: str, width: int) -> AsyncIterator[Page]:
    """The page, open; at the end it must have asked no other host and complained of nothing (the policy included)."""
    complaints: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    async with served(house) as url, async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        phone = width < 700
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale=lang, has_touch=phone, is_mobile=phone
        )
        page = await context.new_page()
        page.set_default_timeout(8000)
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(url) else complaints.append(asked.url))
        await page.goto(url)
        await expect(page.locator("#clock [data-time]")).to_have_text("12:00")
        try:
            yield page
        finally:
            await browser.close()
    assert complaints == []


async def column(page: Page, part: str) -> Locator:
    """The column of a part; on a phone its tab is pressed first."""
    tab = page.locator(f"#tab-{part}")
    if await tab.is_visible():
        await tab.click()
    return page.locator(f"#column-{part}")


@pytest.mark.parametrize(("lang", "width"), LOOKS)
async def test_a_newcomer_files_takes_and_answers(lang: str, width: int) -> None:
    house = House()
    house.clock.at = NOON
    assert house.stage is not None
    house.stage.factor = 0
    await house.adapter.start(house.desk)
    team, contact = "team-it", "client-hx" if lang == "zh-CN" else "client-nord"
    async with opened(house, lang, width) as page:
        assert await page.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh-CN" else "en")

        # a suggestion types the command, Enter sends it, the answer is private
        client = await column(page, "client")
        house.desk.answer = Answer(Message("filed", (Paragraph((Plain("filed as "), Bold("HX-42"))),)))
        await client.locator(".suggestion").first.click()
        await client.locator("textarea[name=text]").press("Enter")
        await expect(client.locator(".private")).to_contain_text("filed as HX-42")
        said = house.desk.last.content
        assert isinstance(said, Said)
        assert said.command == "request"
        assert house.desk.last.address.chat == contact

        # the card arrives by itself; pressing brings its token; the edit replaces it in place
        members = await column(page, "member")
        receipt = await house.post(team, card("<img src=x onerror=alert(1)>"))
        await expect(members.locator(".card")).to_contain_text("<img src=x")
        await members.locator("[data-token=t-take]").click()
        await expect(page.locator(".toasts")).to_be_attached()
        await expect(members.locator(".private")).to_contain_text("HX-42")
        assert house.desk.last.content == Pressed("t-take")
        await house.adapter.edit(house.desk.last.address, receipt, card("taken now", "met", "🟡"))
        await expect(members.locator(".card")).to_contain_text("taken now")
        assert await members.locator(".card").count() == 1

        # what is dangerous is asked first
        heard = len(house.desk.heard)
        await members.locator("[data-token=t-cancel]").click()
        await page.locator("dialog button[value=no]").click()
        assert len(house.desk.heard) == heard

        # a form: what is missing stands beside its field
        house.desk.answer = Answer(form=Form("f1", "Reply", "Send", (Field("words", "Words"),)))
        await members.locator("[data-token=t-reply]").click()
        form = members.locator("form.form")
        house.desk.answer = Answer(errors={"words": "too short"})
        await form.locator("[type=submit]").click()
        await expect(form.locator("[data-error-for=words]")).not_to_be_empty()
        await form.locator("input").fill("hm")
        await form.locator("[type=submit]").click()
        await expect(form.locator("[data-error-for=words]")).to_have_text("too short")
        assert house.desk.last.content == Filled("f1", {"words": "hm"})
        house.desk.answer = Answer(toast="sent")
        await form.locator("input").fill("we are on our way")
        await form.locator("[type=submit]").click()
        await expect(form).to_have_count(0)

        # private answers and drafts outlive a reload
        manager = await column(page, "manager")
        await manager.locator("textarea[name=text]").fill("half a thought")
        await page.reload()
        await expect((await column(page, "manager")).locator("textarea[name=text]")).to_have_value("half a thought")
        await expect((await column(page, "client")).locator(".private")).to_contain_text("filed as HX-42")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_typing_feels_like_chat() -> None:
    house = House()
    await house.adapter.start(house.desk)
    async with opened(house, "zh-CN", 1280) as page:
        field = page.locator("#column-member textarea[name=text]")
        options = page.locator("#column-member .commands")

        await field.type("/desk ")
        await expect(options).to_be_visible()
        await field.press("ArrowDown")
        await expect(options.locator("[aria-selected=true]")).to_have_count(1)
        await field.press("Escape")
        await expect(options).to_be_hidden()
        await field.fill("/desk 接")
        await field.press("ArrowDown")
        await field.press("Enter")
        await expect(field).to_have_value("/desk 接单 ")
        assert house.desk.heard == []

        # Enter that ends a composition does not send
        await field.fill("ni hao")
        await field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
        assert house.desk.heard == []
        await field.press("Enter")
        await expect(page.locator("#column-member .entry.said")).to_contain_text("ni hao")
        await expect(field).to_have_value("")
        await field.press("ArrowUp")
        await expect(field).to_have_value("ni hao")


async def test_a_hash_offers_what_may_be_ordered() -> None:
    """By words, pinyin or initials, wherever a mark may stand; to a colleague nothing that is not theirs."""
    house = House()
    await house.adapter.start(house.desk)
    drawings = Orderable("图纸审查", "图纸审查", ("drawings", "图纸审查", "tuzhishencha", "tzsc"))
    network = Orderable("network", "办公网络与设备", ("it", "network", "办公网络与设备", "bangongwangluo", "bgwl"))
    async with opened(house, "zh-CN", 1280) as page:
        field = page.locator("#column-client textarea[name=text]")
        options = page.locator("#column-client .commands")
        person = await page.locator("#column-client .pane").get_attribute("data-person")
        assert person
        house.reader.orders[person] = (drawings, network)
        await field.press_sequentially("请看 #")
        await expect(options.locator("li")).to_have_count(2)
        await field.press_sequentially("tz")
        await expect(options.locator("li")).to_have_text(["#图纸审查图纸审查"])
        await field.press("ArrowDown")
        await field.press("Enter")
        await expect(field).to_have_value("请看 #图纸审查 ")
        await expect(options).to_be_hidden()
        await field.fill("/request 三楼断网 ＃网")
        await expect(options).to_be_hidden()
        await field.fill("/request 三楼断网 ＃ＮＥＴ")
        await options.locator("li").click()
        await expect(field).to_have_value("/request 三楼断网 ＃network ")
        await field.fill("/request 第二行不算\n#")
        await expect(options).to_be_hidden()
        assert house.desk.heard == []
        other = page.locator("#column-member textarea[name=text]")
        await other.press_sequentially("#")
        await expect(page.locator("#column-member .commands")).to_be_hidden()


async def test_parts_language_light_and_clock_are_one_press_away() -> None:
    house = House()
    await house.adapter.start(house.desk)
    house.reader.lines = [QueueLine("HX-42", "断网", "华兴", "新建", "P2", "", NOON, "周一 12:00", 0.5, "risk")]
    house.reader.views["wang", "HX-42"] = card("whole story")
    async with opened(house, "zh-CN", 1280) as page:
        await page.locator(".people [data-be=sara]").click()
        await expect(page.locator("#column-member")).to_have_attribute("data-person", "sara")
        await expect(page.locator("#column-member textarea")).to_be_focused()
        await page.locator("#column-member .casting [data-be=wang]").click()
        await expect(page.locator("#column-member")).to_have_attribute("data-person", "wang")

        await page.locator("#column-member [data-open-queue]").click()
        await page.locator("#column-member [data-request=HX-42]").click()
        await expect(page.locator("#column-member .sheet")).to_contain_text("whole story")
        house.desk.answer = Answer(toast="taken")
        await page.locator("#column-member .sheet [data-token=t-take]").click()
        await expect(page.locator(".toasts")).to_contain_text("taken")
        assert house.desk.last.address.chat == "@wang"

        await page.locator("[data-jump]").click()
        await expect(page.locator("#clock [data-time]")).to_have_text("14:00")
        await page.locator("[data-speed-set='60']").click()
        await expect(page.locator("[data-speed-set='60']")).to_have_attribute("aria-pressed", "true")

        await page.locator("[data-theme-switch]").click()
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await page.locator("[data-lang=en]").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(page.locator("#column-client")).to_have_attribute("data-person", "anna")


async def test_a_column_that_nobody_steers_follows_and_the_rest_is_a_dot() -> None:
    house = House()
    await house.adapter.start(house.desk)
    async with opened(house, "zh-CN", 1280) as page:
        members = page.locator("#column-member")
        await expect(members).to_have_attribute("data-person", "wang")

        # a card in another team's chat: somebody who sees it takes the column
        await house.post("team", card("from another team"))
        await expect(members).to_have_attribute("data-person", "ann")
        await expect(members.locator(".card")).to_contain_text("from another team")

        # a word to one person alone is a dot on them, one press away
        await house.post("@bob", card("only for Bob"))
        bob = members.locator(".casting [data-be=bob]")
        await expect(bob).to_have_class("has-unread")
        await bob.click()
        await expect(members.locator(".pane")).to_have_attribute("data-chat", "@bob")
        await expect(members.locator(".card")).to_contain_text("only for Bob")
        await expect(page.locator(".has-unread")).to_have_count(0)

        # who chose by hand is left alone
        await house.post("team-it", card("back home"))
        await expect(members.locator(".casting [data-be=wang]")).to_have_class("has-unread")
        await expect(members).to_have_attribute("data-person", "bob")

        # the manager's own messages are followed, a team's are not
        manager = page.locator("#column-manager")
        await expect(manager.locator("[data-open=team-it]")).to_have_class("has-unread")
        receipt = await house.post("@zhao", card("late"))
        await expect(manager.locator(".card")).to_contain_text("late")
        for title in ("later", "latest"):
            await house.adapter.edit(Address("web", "", "@zhao"), receipt, card(title))
            await expect(manager.locator(".card")).to_contain_text(title)
        await expect(manager.locator(".card")).to_have_count(1)


@pytest.mark.parametrize(("lang", "width"), [("zh-CN", 1280), ("en-GB", 390)])
async def test_files_are_chosen_shown_removed_and_sent_with_the_words(lang: str, width: int) -> None:
    house = House()
    await house.adapter.start(house.desk)
    form = Form(
        "t-have", "HX-1", "Send", (Field("files", "Files", "file", required=False), Field("text", "Where")), "Cancel"
    )
    async with opened(house, lang, width) as page:
        client = await column(page, "client")
        field, chips = client.locator(".composer textarea"), client.locator(".composer .chip")
        chooser = client.locator(".composer input[type=file]")
        await field.fill("see the plan")
        plan, photo = ({"name": name, "mimeType": "", "buffer": b"%PDF"} for name in ("平面图.pdf", "photo.jpg"))
        await chooser.set_input_files([plan, photo])  # type: ignore[list-item]
        await expect(chips).to_have_count(2)
        await expect(chips.first).to_contain_text("平面图.pdf")

        # one that is too large is told at once; what was typed and chosen stays
        await chooser.set_input_files([{"name": "film.mp4", "mimeType": "", "buffer": b"0" * 2000}])
        await expect(page.locator(".toasts")).to_contain_text("film.mp4: 2000 bytes")
        await expect(chips).to_have_count(2)
        await expect(field).to_have_value("see the plan")

        await chips.last.locator("button").click()
        await expect(chips).to_have_count(1)
        await field.press("Enter")
        await expect(chips).to_have_count(0)
        await expect(client.locator(".entry.said")).to_contain_text("📎 平面图.pdf")
        said = house.desk.last.content
        assert isinstance(said, Said)
        assert (said.text, [file.name for file in said.files]) == ("see the plan", ["平面图.pdf"])

        # the same in a form
        house.desk.answer = Answer(form=form)
        await field.fill("/request have 1")
        await field.press("Enter")
        place = client.locator("form.form")
        await place.locator("input[type=file]").set_input_files([photo])  # type: ignore[list-item]
        await expect(place.locator(".chip")).to_contain_text("photo.jpg")
        await place.locator("input[type=text]").fill("-")
        house.desk.answer = Answer(toast="ok")
        await place.locator("[type=submit]").click()
        await expect(place).to_have_count(0)
        filled = house.desk.last.content
        assert isinstance(filled, Filled)
        assert [file.name for file in filled.files] == ["photo.jpg"]
        assert filled.values == {"text": "-"}
