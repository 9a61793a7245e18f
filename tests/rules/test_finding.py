"""Finding items by what people type: every way of writing a name leads to it, and what names nothing has near ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rulebook.load import load
from core.rules import finding

DESKS = Path(__file__).parents[2] / "deploy" / "desks"
ITEMS = load(DESKS / "consultancy.zh.toml", today=date(2026, 11, 22)).items


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("图纸审查", "drawings"), ("图纸", "drawings"), ("审图", "drawings"), ("Drawing review", "drawings"),
        ("drawings", "drawings"), ("ＤＲＡＷＩＮＧ", "drawings"),
        ("tzsc", "drawings"), ("TZSC", "drawings"), ("tzs", "drawings"), ("txsc", "drawings"),
        ("tuzhishencha", "drawings"), ("tuzhi shencha", "drawings"), ("tuzhi", "drawings"), ("shentu", "drawings"),
        ("图纸审察", "drawings"), ("图只审查", "drawings"), ("tuzishencha", "drawings"), ("drawnig reveiw", "drawings"),
        ("我要图纸审查", "drawings"), ("bghd", "variation"), ("biangenghe", "variation"), ("cljcbg", "testing"),
        ("kgtjhc", "readiness"), ("it", "it"), ("打印机", "it"), ("tender document", "tender"),
    ],
)  # fmt: skip
def test_what_people_type_finds_the_item(typed: str, first: str) -> None:
    assert [item.id for item in finding.search(typed, ITEMS.values())][:1] == [first]


@pytest.mark.parametrize("typed", ["", " ", "#", "qqq", "明天下午三点", "zzzzzzzz", "x"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert finding.search(typed, ITEMS.values()) == ()


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("图纸审", "drawings"),
        ("drawnigs", "drawings"),
        ("tzsh", "drawings"),
        ("变更核顶", "variation"),
        ("tousu", "complaint"),
    ],
)
def test_an_unknown_name_has_three_near_ones(typed: str, among: str) -> None:
    near = [item.id for item in finding.nearest(typed, ITEMS.values())]
    assert len(near) == 3
    assert among in near


@given(st.sampled_from([(id_, name) for id_, item in ITEMS.items() for name in finding.names(item)]))
def test_an_item_is_found_by_each_of_its_names_its_sound_and_its_initials(one: tuple[str, str]) -> None:
    id_, name = one
    spelt = finding.spelt(name.casefold())
    for typed in (name, spelt.sound, spelt.initials):
        if len(typed) > 1:
            assert id_ in {item.id for item in finding.search(typed, ITEMS.values())}, typed


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed: str) -> None:
    scores = [finding.likeness(typed, item) for item in ITEMS.values()]
    assert all(0 <= score <= 100 for score in scores)


def test_a_name_as_it_is_written_loads_no_library() -> None:
    """Filing by #name stays as quick as it was, and so does the start."""
    code = (
        "import sys; from core.rules import finding; from core.rulebook import load; "
        "from pathlib import Path; from datetime import date; "
        f"book = load.load(Path({str(DESKS / 'consultancy.zh.toml')!r}), today=date(2026, 11, 22)); "
        "assert finding.named('图纸', book); assert not {'pypinyin', 'rapidfuzz'} & set(sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
