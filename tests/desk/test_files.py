"""Files at the door: what is not taken costs no word, what is taken goes with its words, and who may have it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.model.parties import Identity
from core.model.request import File
from core.pages import DeskCabinet
from core.ports import Can, Said
from core.store import tables as t
from core.store.uploads import LOOSE, LOOSE_LIFE
from tests.desk.stage import Stage, buttons, raised, token, words

FILM, PLAN = File("site.mp4", "x:1", 30_000_000), File("plan.pdf", "x:2", 1200)


def who(person: str) -> Identity:
    return Identity("web", "", person)


async def uploaded(stage: Stage, person: str = "emma", name: str = "plan.pdf", data: bytes = b"%PDF") -> File:
    kept = await DeskCabinet(stage.desk).keep(who(person), name, len(data), data, "en")
    assert isinstance(kept, File), kept
    return kept


async def test_a_file_too_large_is_told_with_its_size_and_one_press_files_the_words(stage: Stage) -> None:
    stage.desk.can["web"] = Can(file_limit=20_000_000)
    told = await stage.send(stage.envelope("emma", "client", Said("request", "Crack in wall 3 !high", (FILM, PLAN))))
    assert "“site.mp4” has 30 MB; at most 20 MB" in words(told)
    assert "(E-FILE)" in words(told)
    assert stage.counts(t.RequestRow) == {"RequestRow": 0}
    filed = await stage.presses("emma", "client", token(told, "Without the file"))
    assert "HX-1 filed: Crack in wall 3" in words(filed)
    assert [one["file"]["name"] for one in stage.request()["files"]] == ["plan.pdf"], "the one that fits goes along"
    assert stage.rows(t.DraftRow) == [], "what is filed is no draft"


async def test_under_a_card_the_words_can_be_added_without_it_but_what_is_missing_stays_so(stage: Stage) -> None:
    stage.desk.can["web"] = Can(file_limit=20_000_000)
    await stage.says("emma", "client", "/request Projector broken #it")
    told = await stage.send(stage.envelope("emma", "client", Said("request", "add 1 it smokes", (FILM,))))
    await stage.presses("emma", "client", token(told, "Without the file"))
    assert [row["text"] for row in stage.rows(t.RemarkRow)] == ["it smokes"]
    await stage.says("emma", "client", "/request Sheets #drawings")
    missing = await stage.send(stage.envelope("emma", "client", Said("request", "have 2 2 all of them", (FILM,))))
    assert "(E-FILE)" in words(missing)
    assert "Without the file" not in [b.label for b in buttons(missing)]
    assert stage.request("HX-2")["supplied"] == []


async def test_chinese_reads_it_in_chinese(stage: Stage) -> None:
    told = await stage.send(stage.envelope("bao", "client", Said("request", "墙裂了", (File("setup.exe", "x:1"),))))
    assert "“setup.exe”是程序或脚本" in words(told)
    assert "不带文件提交" in [b.label for b in buttons(told)]


async def test_a_text_that_is_kept_keeps_its_files(stage: Stage) -> None:
    plan = await uploaded(stage)
    asked = await stage.send(stage.envelope("emma", "@emma", Said("", "Crack in wall 3", (plan,))))
    assert "📎 plan.pdf" in words(asked)
    await stage.presses("emma", "@emma", token(asked, "File it"))
    assert stage.request()["title"] == "Crack in wall 3"
    assert [one["file"]["name"] for one in stage.request()["files"]] == ["plan.pdf"]
    wrong = await stage.send(stage.envelope("emma", "client", Said("request", "Wall 4 #nosuchthing", (plan,))))
    filled = await stage.presses("emma", "client", token(wrong, "Open form with my text"))
    assert filled.form is not None
    await stage.fills("emma", "client", filled.form.token, {"title": "Wall 4", "item": "general"})
    assert [one["file"]["name"] for one in stage.request("HX-2")["files"]] == ["plan.pdf"]


async def test_a_file_is_given_to_those_who_may_see_its_request(stage: Stage) -> None:
    cabinet = DeskCabinet(stage.desk)
    plan = await uploaded(stage)
    await stage.send(stage.envelope("emma", "client", Said("request", "Crack in wall 3", (plan,))))
    for person in ("emma", "bao", "li", "zhao"):
        assert await cabinet.file(who(person), "hx-1", 1) == ("plan.pdf", b"%PDF"), person
    for person in ("olga", "nobody"):
        assert await cabinet.file(who(person), "HX-1", 1) is None, person
    for n in (0, 2, -1):
        assert await cabinet.file(who("emma"), "HX-1", n) is None
    assert await cabinet.file(who("emma"), "HX-9", 1) is None


async def test_what_comes_with_a_note_is_the_teams_and_with_a_reply_the_clients(stage: Stage) -> None:
    cabinet = DeskCabinet(stage.desk)
    await stage.says("emma", "client", "/request Crack in wall 3")
    note, reply = await uploaded(stage, "li", "costs.xlsx"), await uploaded(stage, "li", "answer.pdf")
    await stage.send(stage.envelope("li", "team", Said("desk", "note 1 for us", (note,))))
    await stage.send(stage.envelope("li", "team", Said("desk", "reply 1 here it is", (reply,))))
    client = await stage.says("emma", "client", "/request status 1")
    assert "answer.pdf" in str(client.message)
    assert "costs.xlsx" not in str(client.message)
    assert await cabinet.file(who("emma"), "HX-1", 1) is None
    assert await cabinet.file(who("emma"), "HX-1", 2) == ("answer.pdf", b"%PDF")
    assert await cabinet.file(who("li"), "HX-1", 1) == ("costs.xlsx", b"%PDF")
    assert "costs.xlsx" in str((await stage.says("li", "team", "/desk show 1")).message)


async def test_what_belongs_to_nothing_goes_after_a_day_and_is_not_without_measure(stage: Stage) -> None:
    cabinet = DeskCabinet(stage.desk)
    used = await uploaded(stage)
    await stage.send(stage.envelope("emma", "client", Said("request", "Crack in wall 3", (used,))))
    for n in range(LOOSE):
        await uploaded(stage, name=f"{n}.pdf")
    assert "wait and belong to nothing yet" in str(await cabinet.keep(who("emma"), "x.pdf", 1, b"x", "en"))
    await uploaded(stage, "bao")
    stage.clock.at += LOOSE_LIFE + timedelta(minutes=1)
    await uploaded(stage, "olga")
    assert sorted((row["person"], row["name"]) for row in stage.rows(t.UploadRow)) == [
        ("emma", "plan.pdf"), ("olga", "plan.pdf"),
    ]  # fmt: skip
    assert await cabinet.file(who("emma"), "HX-1", 1) == ("plan.pdf", b"%PDF")


@pytest.mark.parametrize(
    ("name", "size", "data", "told"),
    [
        ("a.mp4", 11_000_000, b"", "at most 10 MB"),
        ("run.ps1", 3, b"abc", "a program or a script"),
        ("empty.pdf", 0, b"", "is empty"),
    ],
)
async def test_the_page_says_at_once_what_it_does_not_keep(
    stage: Stage, name: str, size: int, data: bytes, told: str
) -> None:
    assert told in str(await DeskCabinet(stage.desk).keep(who("emma"), name, size, data, "en"))
    assert stage.rows(t.UploadRow) == []


async def test_a_stranger_keeps_nothing_here(stage: Stage) -> None:
    assert "not set up" in str(await DeskCabinet(stage.desk).keep(who("nobody"), "a.pdf", 1, b"x", "en"))


async def test_a_desk_without_a_limit_takes_what_its_platform_takes(stage: Stage) -> None:
    async with raised(stage.engine, stage.clock, Can()) as other:
        await other.send(other.envelope("emma", "client", Said("request", "Crack in wall 3", (FILM,))))
    assert stage.request()["files"][0]["file"]["size"] == FILM.size
