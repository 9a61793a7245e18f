"""`deskbell classify` at a terminal: one line explained, a labelled file scored, mistakes in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.rules.test_labelled import FOLDER


def said(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["classify", *args])
    return done.exit_code, done.output


def test_a_line_is_explained() -> None:
    code, text = said("Two crews are idle, the inspector has to be here tomorrow")
    assert code == 0
    assert "P2: one crew or team stopped (impact 2) × deadline tomorrow (urgency 2)" in text
    assert "from the words “crews”, “are idle”, “tomorrow”" in text
    assert "impact group-stopped, urgency due-tomorrow" in text


def test_a_line_is_explained_in_chinese() -> None:
    code, text = said("钢筋班在干等，明天质监站来验收", "--lang", "zh")
    assert code == 0
    assert "P2：一个班组或部门停摆（影响 2）× 明天截止（紧急 2）；依据“钢筋班”、“干等”、“明天”" in text


def test_a_rulebook_brings_its_own_cues() -> None:
    desk = str(Path(__file__).parents[2] / "deploy" / "desks" / "consultancy.en.toml")
    assert "impact hold the pour, urgency hold the pour" in said("hold the pour", "--rulebook", desk)[1]


def test_a_file_is_scored() -> None:
    code, text = said("--eval", str(FOLDER / "tuning.jsonl"))
    assert code == 0
    for wanted in (
        "priority: accuracy 9",
        "impact: accuracy",
        "urgency: accuracy",
        "macro-F1",
        "misled most",
        " on 252",
    ):
        assert wanted in text
    assert "->" not in text
    assert "P3 -> P" in said("--eval", str(FOLDER / "tuning.jsonl"), "--misses")[1]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('{"text": "x"}', "line 1"), ('{"text": "x", "priority": 3}\n{"text": ', "line 2"), (None, "No such file"),
        ("\udcff", "utf-8"), ("", "no label"), ("\n\n", "no label"), ('{"text": null, "priority": 3}', "line 1"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_scored_is_one_line(tmp_path: Path, content: str | None, wanted: str) -> None:
    file = tmp_path / "labels.jsonl"
    if content is not None:
        file.write_bytes(content.encode(errors="surrogateescape"))
    code, text = said("--eval", str(file))
    assert code == 2
    assert wanted in text
    assert len(text.strip().splitlines()) == 1


@pytest.mark.parametrize("args", [(), ("a line", "--eval", "file.jsonl")])
def test_either_a_line_or_a_file(args: tuple[str, ...]) -> None:
    assert said(*args)[0] == 2


def test_a_sentence_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_bytes('\ufeff{"text": "塔吊停了\u2028没人受伤", "priority": "P2"}\r\n\r\n'.encode())
    code, text = said("--eval", str(file))
    assert (code, " on 1" in text) == (0, True)
