"""Our `dataclass` makes what the library's makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from core import frozen


def declared(dataclass: Callable[..., Any]) -> Any:
    @dataclass(frozen=True, slots=True)
    class Value:
        a: int
        b: str = "b"
        c: list[int] = dataclasses.field(default_factory=list, hash=False)
        secret: str = dataclasses.field(default="", repr=False, compare=False)
        later: list[int] = dataclasses.field(default_factory=lambda: [7], init=False, compare=False)
        kept: None = dataclasses.field(default=None, init=False)
        double: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "double", 2 * self.a)
            if self.a < 0:
                raise ValueError(self.a)

    return Value


OURS, THEIRS = declared(frozen.dataclass), declared(dataclasses.dataclass)
MADE: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}), ((1, "x"), {"secret": "s"}), ((2,), {"c": [1]}), ((), {"a": 1, "b": "b"}),
]  # fmt: skip


@pytest.mark.parametrize(("args", "named"), MADE)
def test_it_holds_and_shows_the_same(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = OURS(*args, **named), THEIRS(*args, **named)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(dataclasses.replace(ours, a=5)) == dataclasses.asdict(dataclasses.replace(theirs, a=5))
    assert OURS.__match_args__ == THEIRS.__match_args__


def test_it_is_equal_and_hashed_by_the_same_fields() -> None:
    for dataclass in (OURS, THEIRS):
        assert dataclass(1, secret="x") == dataclass(1)
        assert dataclass(1) != dataclass(2)
        assert dataclass(1) != 1
        assert len({dataclass(1), dataclass(1, secret="x"), dataclass(1, "x")}) == 2
    assert OURS(1) != THEIRS(1)


@pytest.mark.parametrize("args", [(), (1, 2, 3, 4, 5)])
def test_it_takes_no_other_arguments(args: tuple[Any, ...]) -> None:
    for dataclass in (OURS, THEIRS):
        with pytest.raises(TypeError):
            dataclass(*args)


def test_it_stays_as_it_was_made() -> None:
    for value in (OURS(1), THEIRS(1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.a = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del value.a
        with pytest.raises((AttributeError, TypeError)):  # a frozen class with slots has no room for more
            value.other = 2


def test_what_is_checked_when_it_is_made_is_checked() -> None:
    for dataclass in (OURS, THEIRS):
        with pytest.raises(ValueError, match="-1"):
            dataclass(-1)


def test_a_value_may_be_equal_to_itself_alone() -> None:
    @frozen.dataclass(frozen=True, slots=True, eq=False)
    class One:
        a: int

    one = One(1)
    assert one == one
    assert one != One(1)
    assert len({one, One(1)}) == 2


def test_a_value_may_hold_nothing() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Empty:
        pass

    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(Empty()).endswith("Empty()")
