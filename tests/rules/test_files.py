"""Files: their names are made harmless, their limits are told, and a request has each of them once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.errors import Refused
from core.model.request import File
from core.rules.files import AT_ONCE, NAME_LIMIT, PROGRAMS, added, fit, named, safe_name
from tests.builders import a_request
from tests.conftest import MONDAY


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("S-301.pdf", "S-301.pdf"),
        ("三层平面图（终稿）.dwg", "三层平面图（终稿）.dwg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\plans\\a.pdf", "a.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\r\n.pdf", "ab .pdf"),
        ("  .hidden. ", "hidden"),
        ('x<b>"*?.pdf', "x b .pdf"),
        ("", "file"),
        ("///", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("长" * 300, "长" * NAME_LIMIT),
    ],
)
def test_a_name_keeps_what_people_read_and_loses_what_machines_obey(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_may_stand_anywhere(sent: str) -> None:
    kept = safe_name(sent)
    assert 0 < len(kept) <= NAME_LIMIT
    assert not set(kept) & set('\\/\0\r\n"<>|:*?\u202e')
    assert kept.encode()
    assert safe_name(kept) == kept


@pytest.mark.parametrize(
    ("files", "limit", "code"),
    [
        ([File("a.mp4", "x:1", 20_000_001)], 20_000_000, "file_large"),
        ([File("ok.pdf", "x:1"), File("setup.EXE", "x:2")], 0, "file_kind"),
        ([File("exe\u202e.pdf.scr", "x:2")], 0, "file_kind"),
        ([File(f"{n}.pdf", f"x:{n}") for n in range(AT_ONCE + 1)], 0, "files_many"),
    ],
)
def test_what_is_not_taken_says_why(files: list[File], limit: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        fit(files, limit)
    assert refused.value.code == code


def test_a_limit_is_of_bytes_and_a_platform_without_one_has_its_own() -> None:
    film = File("a.mp4", "x:1", 20_000_000)
    assert fit([film], 20_000_000) == (film,)
    assert fit([File("a.mp4", "x:1", 10**9)], 0)
    assert fit([File("exe", "x:1")], 0), "a name that only sounds like one"
    assert "zip" not in PROGRAMS


def test_a_request_has_each_file_once() -> None:
    plan, photo = File("plan.pdf", "x:1"), File("photo.jpg", "x:2")
    request = a_request()
    once = added(request, (plan,), "emma", MONDAY)
    twice = added(replace(request, files=once), (plan, photo), "emma", MONDAY)
    assert [one.file.name for one in twice] == ["plan.pdf", "photo.jpg"]
    assert added(request, (), "emma", MONDAY) == ()


def test_words_name_what_came_with_them() -> None:
    assert named("see", (File("a.pdf", "x:1"),)) == "see\n📎 a.pdf"
    assert named("", (File("a.pdf", "x:1"),)) == "📎 a.pdf"
