"""The house: arrows point down, every adapter keeps the contract, nothing stands where it does not belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ("core", "adapters", "bot")
#: What the owner allowed at the top; dotfiles besides.
TOP = {"pyproject.toml", "bot", "core", "adapters", "tests", "deploy", "README.md", "uv.lock", "LICENSE"}
HOSTS = {
    "slack.com",
    "api.slack.com",
    "docs.slack.dev",
    "api.telegram.org",
    "core.telegram.org",
    "127.0.0.1",
    "localhost",
}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"}


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_arrows_of_the_house_hold() -> None:
    """The contracts stand in pyproject.toml; import-linter reads every import, the hidden ones too."""
    program = Path(sys.executable).parent / "lint-imports"
    ended = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", ended.stdout), ended.stdout


@pytest.mark.parametrize(
    "folder", sorted(p.name for p in (ROOT / "adapters").iterdir() if (p / "__init__.py").exists())
)
def test_each_adapter_keeps_the_contract(folder: str) -> None:
    test = ROOT / "tests" / "adapters" / f"test_{folder}.py"
    assert test.exists(), f"adapters/{folder} has no contract test"
    tree = ast.parse(test.read_text())
    bases = {ast.unparse(base) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases}
    assert any("Contract" in base for base in bases), f"{test.name} does not inherit the contract"
    for file in ("app", "envelope", "render", "messenger"):
        assert (ROOT / "adapters" / folder / f"{file}.py").exists(), f"adapters/{folder} lacks {file}.py"


def test_the_top_level_is_the_owners() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP


def _naive(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that ask the machine what time it is, without a zone."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS):
            continue
        owner = ast.unparse(node.func.value)
        if owner in ("datetime", "date", "datetime.datetime", "datetime.date"):
            zoned = node.func.attr in ("now", "fromtimestamp") and (len(node.args) + len(node.keywords)) >= (
                1 if node.func.attr == "now" else 2
            )
            if not zoned:
                yield node


@pytest.mark.parametrize("path", _files("core", "adapters"), ids=_name)
def test_nobody_asks_the_machine_for_the_time(path: Path) -> None:
    """`now` is an argument (style 3); only `bot` owns a clock."""
    found = [f"{_name(path)}:{call.lineno} {ast.unparse(call)}" for call in _naive(ast.parse(path.read_text()))]
    assert not found


def test_the_rules_never_ask_for_the_time_at_all() -> None:
    for path in _files("core/rules", "core/say", "core/ask"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS - {"fromtimestamp"}
            ):
                owner = ast.unparse(node.func.value)
                assert owner not in ("datetime", "date", "time"), f"{_name(path)}:{node.lineno}"


def test_no_host_is_named_but_the_platforms_own() -> None:
    """Whoever runs the desk decides whom it talks to: no telemetry, no content network."""
    found: dict[str, set[str]] = {}
    for folder in SOURCE:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in (".py", ".js", ".css", ".html", ".toml") or not path.is_file():
                continue
            for host in re.findall(r"(?:https?|wss?)://([A-Za-z0-9.-]+)", path.read_text()):
                if host not in HOSTS and "." in host:
                    found.setdefault(_name(path), set()).add(host)
    allowed = {"www.w3.org", "t.me"}  # the name of SVG's vocabulary, and where people open a chat: never fetched
    assert {name: hosts - allowed for name, hosts in found.items() if hosts - allowed} == {}


def test_long_files_are_reported() -> None:
    """A report, not a rule: long files do not hurt when they hold one idea."""
    long = {_name(path): len(path.read_text().splitlines()) for path in _files(*SOURCE)}
    print(*(f"{lines:5} {name}" for name, lines in long.items() if lines > 500), sep="\n")  # noqa: T201 - a report
    assert all(lines < 1000 for lines in long.values())
