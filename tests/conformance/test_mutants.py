"""The kit alone notices whatever is wrong in `core/rules`: mutants of its modules, and each cell of its table."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from core.rules.metrics import EFFECTS
from tests.conformance import engine
from tests.conformance.__main__ import Engine, disagreements
from tests.conformance.kit import METRICS, scenarios
from tests.conformance.mutants import MUTANTS, Mutant

RULES = Path(__file__).parents[2] / "core" / "rules"
ADAPTER = "tests.conformance.engine"


class _Spoilt(SourceFileLoader):
    """A module with one thing in its source replaced."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(RULES / f"{mutant.file}.py"))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        assert source.count(self.mutant.old) == 1, f"{self.path} has not exactly one {self.mutant.old!r}: stale"
        return compile(source.replace(self.mutant.old, self.mutant.new), self.path, "exec")


class _Finder:
    def __init__(self, mutant: Mutant) -> None:
        self.name, self.mutant = f"core.rules.{mutant.file}", mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        loader = _Spoilt(name, self.mutant) if name == self.name else None
        return spec_from_file_location(name, loader.path, loader=loader) if loader else None


def _loaded() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == "core" or name == ADAPTER]


@contextmanager
def spoilt(mutant: Mutant) -> Iterator[Engine]:
    """Our engine with this wrong: everything of it is loaded anew in this process, and as it was afterwards."""
    kept = {name: sys.modules.pop(name) for name in _loaded()}
    finder = _Finder(mutant)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(ADAPTER).answer
    finally:
        sys.meta_path.remove(finder)
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(kept)
        sys.modules["tests.conformance"].engine = kept[ADAPTER]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.wrong.replace(" ", "-"))
def test_the_kit_kills(mutant: Mutant) -> None:
    asked = tuple(sorted(scenarios(), key=lambda one: one.topic != mutant.topic))
    with spoilt(mutant) as answer:
        scenario, _ = next(disagreements(answer, asked), (None, []))
    assert scenario, "nobody noticed"
    assert scenario.topic == mutant.topic, f"{scenario.topic} noticed: name it, it is faster"


def test_each_module_has_its_mutants() -> None:
    assert min(Counter(mutant.file for mutant in MUTANTS).values()) >= 5
    assert len({mutant.wrong for mutant in MUTANTS}) == len(MUTANTS)


def test_what_replaces_nothing_is_noticed_by_nobody() -> None:
    """The way in which mutants are made spoils nothing itself."""
    with spoilt(Mutant("sla", "nothing", "", "ZERO = timedelta(0)", "ZERO = timedelta(seconds=0)")) as answer:
        assert not list(disagreements(answer, scenarios()))


#: Cells that nothing can show: a request is declined, or refused its approval, before anybody hands it to a supplier,
#: asks, submits or resolves. They stop what cannot be open.
IDLE = {row: {"sup", "cwt", "rev", "acc"} for row in ("decline", "approval_refused")}

#: Another letter for each: what else an engine might do there.
OTHERWISE = {
    "S": "A",
    "A": "S",
    "X": "C",
    "C": "X",
    "P": "X",
    "p": "P",
    "R": "X",
    "N": "X",
    "T": "C",
    "K": "N",
    "D": "P",
    "Y": "S",
}


@pytest.mark.parametrize("row", EFFECTS)
def test_the_kit_misses_every_cell_of_the_table(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell is emptied in turn, and does something else in turn; what nobody notices, no scenario holds."""
    asked = tuple(one for one in scenarios() if row in one.events)
    for metric in sorted(EFFECTS[row].keys() & METRICS - IDLE.get(row, set())):
        for letter in ("", OTHERWISE[EFFECTS[row][metric]]):
            with monkeypatch.context() as changed:
                changed.setitem(EFFECTS[row], metric, letter)
                assert next(disagreements(engine.answer, asked), None), (
                    f"{row} may do {letter or 'nothing'} to {metric}"
                )
