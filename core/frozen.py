"""`dataclass` for frozen values: cheap to make, since a filing makes hundreds, and to declare, since there are so many.

The library compiles six methods for each class that it freezes (a millisecond a class, at every start), and its
`__init__` sets each field by name through `object.__setattr__`. Here the one method that needs a signature is compiled,
and sets its slots directly; the others are shared. All else is the library's: `fields`, `replace`, `match`, and what
the type checker sees.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Any:
        """Both are always true, and said where a value is declared."""

        def declare(cls: type) -> type:
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
            return _frozen(made, eq=eq)

        assert frozen
        return declare


def _frozen(cls: Any, *, eq: bool) -> Any:
    fields = dataclasses.fields(cls)
    cls.__init__ = _init(cls, fields)
    cls.__repr__, cls.__setattr__, cls.__delattr__ = _repr, _refuse, _refuse
    if eq:
        cls.__eq__ = _eq(_values([f.name for f in fields if f.compare]))
        cls.__hash__ = _hash(_values([f.name for f in fields if (f.compare if f.hash is None else f.hash)]))
    return cls


def _init(cls: Any, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    known: dict[str, Any] = {"MISSING": MISSING}
    taken, steps = ["self"], ["pass"]
    for field in fields:
        name = field.name
        known |= {f"set_{name}": getattr(cls, name).__set__, f"{name}_else": field.default}
        if field.default_factory is not MISSING:
            known[f"{name}_made"] = field.default_factory
            taken += [f"{name}=MISSING"] if field.init else []
            value = f"{name}_made() if {name} is MISSING else {name}" if field.init else f"{name}_made()"
        elif field.init:
            taken.append(name if field.default is MISSING else f"{name}={name}_else")
            value = name
        elif field.default is not MISSING:
            value = f"{name}_else"
        else:
            continue  # `__post_init__` sets it
        steps.append(f"set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        steps.append("self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n  " + "\n  ".join(steps), known)
    return known["__init__"]


def _values(names: list[str]) -> Any:
    return attrgetter(*names) if names else lambda _: ()


def _eq(values: Any) -> Any:
    def eq(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return eq


def _hash(values: Any) -> Any:
    return lambda self: hash(values(self))


def _repr(self: Any) -> str:
    shown = [f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, _value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r} of {type(self).__qualname__}")
