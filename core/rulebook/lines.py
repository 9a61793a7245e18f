"""A TOML file that knows its lines: where each key stands, and every mistake found on the way through it.

`tomllib` gives values without places, so `lines_of` walks the same text once more for the places only; it may trust
that the text is valid. `Sheet` gathers mistakes, `Table` hands out values one by one: what is missing, of the wrong
kind or never asked for becomes a mistake with its line, and the reader goes on with a stand-in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from msgspec import Struct, field

from core.errors import Mistake

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys, and numbers from 0 for the elements of arrays."""

T = TypeVar("T")

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r]+|\#[^\n]*)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*')
    |(?P<newline>\n)
    |(?P<mark>[][{},=.])
    |(?P<bare>[^\s"'\#,=.\[\]{}]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ID = re.compile(r"[A-Za-z0-9_-]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every key, table and array element of a valid TOML text."""
    return _Scanner(text).document()


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    """Where this stands, or else the nearest thing around it; None where the file has none of it."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)


class _Token(Struct, frozen=True):
    kind: str
    text: str
    line: int


class _Scanner:
    """Reads places, not values: what stands right of an equals sign is only followed to its end."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.lines: dict[KeyPath, int] = {}
        self.sizes: dict[KeyPath, int] = {}  # of the [[arrays]] of tables so far

    def document(self) -> dict[KeyPath, int]:
        here: KeyPath = ()
        while self.token.kind != "end":
            if self.token.kind == "newline":
                self.take()
            elif self.token.text == "[":
                here = self.header()
            else:
                self.pair(here)
        return self.lines

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def header(self) -> KeyPath:
        line = self.take().line
        repeated = self.token.text == "["
        if repeated:
            self.take()
        *outer, last = self.keys()
        for _ in range(1 + repeated):
            self.take()
        path: KeyPath = ()
        for key in outer:
            path = (*path, key)
            self.lines.setdefault(path, line)
            if path in self.sizes:
                path = (*path, self.sizes[path] - 1)
        path = (*path, last)
        if repeated:
            self.lines.setdefault(path, line)
            self.sizes[path] = self.sizes.get(path, 0) + 1
            path = (*path, self.sizes[path] - 1)
        self.lines[path] = line
        return path

    def pair(self, here: KeyPath) -> None:
        line = self.token.line
        for key in self.keys():
            here = (*here, key)
            self.lines.setdefault(here, line)
        self.take()
        self.value(here)

    def keys(self) -> list[str]:
        found = [_key(self.take())]
        while self.token.text == "." and self.token.kind == "mark":
            self.take()
            found.append(_key(self.take()))
        return found

    def value(self, path: KeyPath) -> None:
        opening = self.token
        if opening.kind == "mark" and opening.text in "[{":
            self.take()
            count = 0
            while self.token.text not in ("]", "}"):
                if self.token.kind == "newline" or self.token.text == ",":
                    self.take()
                elif opening.text == "{":
                    self.pair(path)
                else:
                    self.lines[(*path, count)] = self.token.line
                    self.value((*path, count))
                    count += 1
            self.take()
        else:
            while self.token.kind in ("text", "bare") or self.token.text == ".":
                self.take()


def _tokens(text: str) -> Iterable[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "blank":
            yield _Token(kind, match.group(), line)
        line += match.group().count("\n")
    yield _Token("end", "", line)


def _key(token: _Token) -> str:
    return str(tomllib.loads(f"key = {token.text}")["key"]) if token.kind == "text" else token.text


class Unfit(ValueError):
    """A value that cannot be used: what is wrong with it, and what to write instead."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


Parse = Callable[[object], T]
"""From a TOML value to ours; raises Unfit."""


class Sheet(Struct):
    """A file while it is read: its lines, the mistakes and warnings so far, and what may occur only once."""

    lines: dict[KeyPath, int]
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _taken: dict[tuple[str, str], KeyPath] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """The line of this path, or of the nearest table around it."""
        return line_of(path, self.lines) or 1

    def mistake(self, path: KeyPath, what: str, hint: str) -> None:
        self.mistakes.append(Mistake(self.line(path), where(path), what, hint))

    def once(self, kind: str, value: str, path: KeyPath, hint: str) -> bool:
        """Whether this value is the first of its kind; the second is a mistake that names the first."""
        first = self._taken.setdefault((kind, value), path)
        if first == path:
            return True
        self.mistake(path, f"the {kind} {value} is already at {where(first)} (line {self.line(first)})", hint)
        return False


class Table:
    """A table of the sheet. Ask for each key it may have, then call `done`: that tells of keys nobody asked for."""

    def __init__(self, sheet: Sheet, path: KeyPath, values: dict[str, Any]) -> None:
        self.sheet = sheet
        self.path = path
        self.values = values
        self._asked: dict[str, str] = {}  # key -> what to write when it is missing; empty when it may be

    def need(self, key: str, parse: Parse[T], stand_in: T, example: str) -> T:
        """This key's value; a mistake and the stand-in if there is none or it is unfit."""
        self._asked[key] = example
        return self._parsed(key, parse, stand_in)

    def take(self, key: str, parse: Parse[T], otherwise: T) -> T:
        """This key's value, or what holds otherwise."""
        self._asked[key] = ""
        return self._parsed(key, parse, otherwise)

    def each(self, key: str, parse: Parse[T], example: str = "") -> tuple[T, ...]:
        """The elements of this key's array that are fit. With an example, one at least is needed."""
        found = []
        for index, element in enumerate(self._elements(key, example)):
            try:
                found.append(parse(element))
            except Unfit as unfit:
                self.mistake(unfit.what, unfit.hint, key, index)
        return tuple(found)

    def table(self, key: str, example: str = "") -> Table:
        """The table under this key, empty if there is none."""
        self._asked[key] = example
        nothing: dict[str, Any] = {}
        return Table(self.sheet, self.at(key), self._parsed(key, a_table, nothing))

    def tables(self, key: str, example: str = "") -> dict[str, Table]:
        """The tables under this key by their ids, as in [people.li-na]."""
        outer = self.table(key, example)
        found = {}
        for name, value in outer.values.items():
            try:
                found[name] = Table(self.sheet, outer.at(name), a_table(value))
            except Unfit as unfit:
                outer.mistake(unfit.what, f"begin it with a line [{key}.{name}]", name)
            if not _ID.fullmatch(name):
                outer.mistake(f"{name!r} cannot be an id", "use a-z, 0-9 and -; what people read is `name`", name)
        return found

    def rows(self, key: str, example: str = "") -> list[Table]:
        """The tables of an array, as in [[cues]] or steps = [{ ... }, { ... }]."""
        found = []
        for index, value in enumerate(self._elements(key, example)):
            try:
                found.append(Table(self.sheet, self.at(key, index), a_table(value)))
            except Unfit as unfit:
                self.mistake(unfit.what, unfit.hint, key, index)
        return found

    def texts(self, key: str) -> Iterable[tuple[str, KeyPath]]:
        """The texts of this key's array as they stand there, each with its place."""
        elements = self.values.get(key)
        for index, element in enumerate(elements if isinstance(elements, list) else ()):
            if isinstance(element, str):
                yield element, self.at(key, index)

    def has(self, key: str) -> bool:
        return key in self.values

    def at(self, *inner: str | int) -> KeyPath:
        return (*self.path, *inner)

    def mistake(self, what: str, hint: str, *inner: str | int) -> None:
        self.sheet.mistake(self.at(*inner), what, hint)

    def done(self) -> None:
        """All was asked that may stand here. A key like a missing one is taken for it and told of once."""
        known = list(self._asked)
        missing = {key for key, example in self._asked.items() if example and key not in self.values}
        for key in (key for key in self.values if key not in self._asked):
            meant = nearest(key, missing) or nearest(key, known)
            missing.discard(meant)
            hint = f"did you mean `{meant}`?" if meant else f"the keys here are {listed(known)}"
            self.mistake(f"unknown key `{key}`", hint, key)
        for key in known:
            if key in missing:
                self.mistake(f"`{key}` is missing", f"write {self._asked[key]}")

    def _elements(self, key: str, example: str) -> list[Any]:
        self._asked[key] = example
        if example and self.values.get(key) == []:
            self.mistake(f"`{key}` is empty", f"write {example}", key)
        nothing: list[Any] = []
        return self._parsed(key, a_list, nothing)

    def _parsed(self, key: str, parse: Parse[T], otherwise: T) -> T:
        if key not in self.values:
            return otherwise
        try:
            return parse(self.values[key])
        except Unfit as unfit:
            self.mistake(unfit.what, unfit.hint, key)
            return otherwise


def where(path: KeyPath) -> str:
    """A path as people read it: `ladders.default.steps[2].at`, counted from 1."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown.removeprefix(".")


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant, or an empty one."""
    folded = {each.casefold(): each for each in sorted(names)}
    close = get_close_matches(name.casefold(), folded, 1, 0.6)
    return folded[close[0]] if close else ""


def shown(value: object) -> str:
    """A TOML value as the administrator wrote it, or nearly."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    return "an array" if isinstance(value, list) else str(value)


def a_text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, str):
        raise Unfit("the text is empty", "write something between the quotes, or remove the line")
    raise Unfit(f"{shown(value)} is not a text", 'put it in quotes: "..."')


def a_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit(f"{shown(value)} is neither true nor false", "write true or false, without quotes")


def a_list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    raise Unfit(f"{shown(value)} is not an array", f"put it in brackets: [{shown(value)}]")


def a_table(value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise Unfit(f"{shown(value)} is not a table", "write { key = value, ... } or begin it with a [line] of its own")


def a_number(low: int, high: int, example: str) -> Parse[int]:
    """Whole numbers of a range."""

    def parse(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise Unfit(f"{shown(value)} is not a whole number from {low} to {high}", example)

    return parse


def one_of(kind: str, names: Collection[str], plural: str = "") -> Parse[str]:
    """Names of this kind that are there."""

    def parse(value: object) -> str:
        name = a_text(value)
        if name in names:
            return name
        meant = nearest(name, names)
        all_names = f"the {plural or kind + 's'} are {listed(names) or 'none yet'}"
        raise Unfit(f'there is no {kind} "{name}"', f'did you mean "{meant}"?' if meant else all_names)

    return parse
