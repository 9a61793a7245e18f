"""Statements that every batch needs: made from the tables, compiled once, and how many rows travel with one of them.

SQLite takes a tuple a row. PostgreSQL takes the rows of a table as one JSON document and unfolds it itself, and all
tables in one statement: there a message costs more than deciding did. SQLAlchemy writes the SQL; the driver's own cursor
runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Table,
    Text,
    any_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    literal_column,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from core.store import tables as t
from core.store.columns import json_text
from core.store.mapping import Row
from core.store.writer import Clash

#: The values of one row in a statement, by the names that the row has them under.
New = Mapping[str, ColumnElement[Any]]
#: Makes a statement for the table of these rows, in a dialect, that writes these values.
Make = Callable[[type, str, New], Any]

#: A request is only written over the version that was loaded: under this name the row says which.
WAS_VERSION = "was_version"


def table(row: type) -> Table:
    return row.__table__  # type: ignore[attr-defined,no-any-return]


#: What a load has in common with the next one of its kind: how it is written, the table, the names of its columns.
_Kind = tuple[Make, type, tuple[str, ...]]


class Load(NamedTuple):
    """Rows of one table, which name the same columns, and what is done with them."""

    make: Make
    row: type
    values: Sequence[Row]


def write(connection: Connection, loads: Sequence[Load]) -> None:
    """Write them in this order. Raises Clash where another process changed a request or took a unique key first."""
    dialect, cursor = connection.dialect, connection.connection.cursor()
    kinds = tuple((load.make, load.row, tuple(load.values[0])) for load in loads)
    try:
        if dialect.name == "sqlite":
            touched: Sequence[Any] = [
                _tuples(*kind, dialect)(cursor, load.values) for kind, load in zip(kinds, loads, strict=True)
            ]
        else:
            sent = {f"sent{n}": json_text(load.values) for n, load in enumerate(loads)}
            driver: Any = connection.connection.driver_connection
            with driver.pipeline():  # where nothing was asked before, BEGIN travels with it
                cursor.execute(_documents(kinds, dialect), sent)
            touched = cursor.fetchone() or ()
    except dialect.loaded_dbapi.IntegrityError as error:
        raise Clash(str(error)) from error
    for kind, load, count in zip(kinds, loads, touched, strict=True):
        if _is_checked(kind) and count != len(load.values):
            raise Clash(", ".join(values["number"] for values in load.values))


@lru_cache(maxsize=256)
def _tuples(
    make: Make, row: type, names: tuple[str, ...], dialect: Dialect
) -> Callable[[DBAPICursor, Sequence[Row]], int]:
    """The driver's executemany, each value turned as its column wants it."""
    new = {name: _place(name, _type(row, name)) for name in names}
    compiled = make(row, "sqlite", new).compile(dialect=dialect)
    sql, places = str(compiled), compiled.positiontup or ()
    order = [name.removeprefix("new_") for name in places]
    turns = [_turn(_type(row, name), dialect) for name in order]
    take, turned = itemgetter(*order), [(n, turn) for n, turn in enumerate(turns) if turn]

    def run(cursor: DBAPICursor, values: Sequence[Row]) -> int:
        columns: list[Iterable[Any]] = list(zip(*map(take, values), strict=True))
        for n, turn in turned:
            columns[n] = map(turn, columns[n])
        cursor.executemany(sql, list(zip(*columns, strict=True)))
        return cursor.rowcount

    return run


def _place(name: str, kind: Any) -> ColumnElement[Any]:
    """Where a value goes. JSON goes there as the bytes that it is kept in: as text it would be decoded and encoded."""
    if isinstance(kind, JSON):
        return cast(bindparam(f"new_{name}", type_=LargeBinary), Text)
    return bindparam(f"new_{name}", type_=kind)


def _turn(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value ready for the driver. JSON is encoded at once: SQLAlchemy would ask each value what it is."""
    if isinstance(kind, JSON):
        return msgspec.json.encode
    turn: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return turn


def _is_checked(kind: _Kind) -> bool:
    """Whether a row that was not touched had changed meanwhile."""
    return WAS_VERSION in kind[2]


@lru_cache(maxsize=256)
def _documents(kinds: tuple[_Kind, ...], dialect: Dialect) -> str:
    """All loads in one statement; references are looked at when it ends. It answers how many rows those touched that
    may have touched too few, and NULL of the others."""
    checked = [_is_checked(kind) for kind in kinds]
    parts = (
        f"w{n} AS ({_document(n, *kind, dialect)}{' RETURNING 1' if checked[n] else ''})"
        for n, kind in enumerate(kinds)
    )
    counts = (f"(SELECT count(*) FROM w{n})" if checked[n] else "NULL" for n in range(len(kinds)))
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts)}"


def _document(n: int, make: Make, row: type, names: tuple[str, ...], dialect: Dialect) -> str:
    """One parameter: the rows as JSON, which have the types of their columns again when they are unfolded."""
    document = func.json_to_recordset(bindparam(f"sent{n}", type_=JSON))
    typed = [column(name, _type(row, name)) for name in names]
    new = document.table_valued(*typed, name="new").render_derived(with_types=True)
    return str(make(row, "postgresql", {name: new.c[name] for name in names}).compile(dialect=dialect))


def look_up(connection: Connection, row: type, key: str, wanted: Sequence[Any], *, lock: bool = False) -> list[Row]:
    """The rows with one of these values in this column; with `lock`, others must wait to change them."""
    sql, given, columns = _finding(row, key, lock, connection.dialect)
    cursor = connection.connection.cursor()
    cursor.execute(sql, given(wanted))
    return [
        {name: turn(cell) if turn else cell for (name, turn), cell in zip(columns, cells, strict=True)}
        for cells in cursor.fetchall()
    ]


class _Finding(NamedTuple):
    """A compiled query: its text, what the driver is given with it, and what makes a value of each column."""

    sql: str
    given: Callable[[Sequence[Any]], Any]
    columns: list[tuple[str, Callable[[Any], Any] | None]]


@lru_cache(maxsize=64)
def _finding(row: type, key: str, lock: bool, dialect: Dialect) -> _Finding:
    rows, sqlite_ = table(row), dialect.name == "sqlite"
    one_of = (
        rows.c[key].in_(select(func.json_each(bindparam("wanted")).table_valued("value").c.value))
        if sqlite_
        else rows.c[key] == any_(bindparam("wanted", type_=ARRAY(rows.c[key].type)))
    )
    query = select(rows).where(one_of)
    return _Finding(
        str((query.with_for_update() if lock else query).compile(dialect=dialect)),
        (lambda wanted: (json_text(wanted),)) if sqlite_ else (lambda wanted: {"wanted": list(wanted)}),
        [(c.name, c.type.dialect_impl(dialect).result_processor(dialect, None)) for c in rows.columns],
    )


def _type(row: type, name: str) -> Any:
    return table(row).c["version" if name == WAS_VERSION else name].type


# ---- what is written


def inserted(row: type, dialect: str, new: New) -> Any:
    """What the rows leave out stands at its column's default, said in the statement: it need not travel with each row."""
    new = {**{name: _said(value) for name, value in defaults(row).items()}, **new}
    if dialect == "sqlite":
        return sqlite.insert(table(row)).values(dict(new))
    from sqlalchemy.dialects import postgresql  # only where it is used: it costs a start 50 ms

    return postgresql.insert(table(row)).from_select(list(new), select(*new.values()))


def updated(row: type, _dialect: str, new: New) -> Any:
    """The whole row of this primary key, if it has still the version that was loaded, where the row names one."""
    rows = table(row)
    found = [key == new[key.name] for key in rows.primary_key]
    found += [rows.c.version == new[WAS_VERSION]] if WAS_VERSION in new else []
    changed = {name: value for name, value in new.items() if name in rows.c and not rows.c[name].primary_key}
    return update(rows).where(*found).values(changed)


def upserted(row: type, dialect: str, new: New) -> Any:
    """Inserted; or what is there already is made right, as `UPSERTS` says."""
    statement = inserted(row, dialect, new)
    keys, changed = UPSERTS[row]
    return statement.on_conflict_do_update(index_elements=keys, set_=changed(table(row), statement.excluded))


def _decided(_rows: Table, given: Any) -> dict[str, Any]:
    """A claimed firing is decided now; one that the claim had not made is recorded with it."""
    return {"decided_at": given.decided_at, "told": given.told}


def _rearmed(rows: Table, _given: Any) -> dict[str, Any]:
    """A card that is wanted again is shown anew unless it is on its way; a notice with a known key is said already."""
    card = rows.c.kind == _said("card")
    rests = card & rows.c.state.in_([_said("sent"), _said("superseded"), _said("rejected")])
    return {
        "wanted": case((card, rows.c.wanted + _said(1)), else_=rows.c.wanted),
        "state": case((rests, _said("queued")), else_=rows.c.state),
        "attempts": case((rests, _said(0)), else_=rows.c.attempts),
    }


@lru_cache(maxsize=64)
def defaults(row: type) -> Mapping[str, Any]:
    """What a column holds that is not named; those without a default must be."""
    scalars = {c.name: c.default.arg for c in table(row).columns if isinstance(c.default, ScalarElementColumnDefault)}
    return {c.name: scalars.get(c.name) for c in table(row).columns if c.name in scalars or c.nullable}


def brief(row: type, values: Row) -> Row:
    """The values that do not stand at their column's default."""
    usual = defaults(row)
    return {name: value for name, value in values.items() if name not in usual or value != usual[name]}


def _said(value: Any) -> ColumnElement[Any]:
    """A constant that stands in the statement itself: its parameters are the rows alone."""
    if value is None or isinstance(value, bool):
        return null() if value is None else true() if value else false()
    return literal_column(repr(json_text(value) if isinstance(value, dict | list) else value))


def _replaced(rows: Table, given: Any) -> dict[str, Any]:
    return {c.name: given[c.name] for c in rows.columns if not c.primary_key}


class Upsert(NamedTuple):
    """Of a row that may be there: by what it is found, and what is then changed."""

    keys: tuple[str, ...]
    changed: Callable[[Table, Any], dict[str, Any]]


UPSERTS: Mapping[type, Upsert] = {
    t.FiringRow: Upsert(("request_id", "timer_id", "cycle", "step", "repeat"), _decided),
    t.DeliveryRow: Upsert(("key",), _rearmed),
    t.UndoRow: Upsert(("request_id",), _replaced),
}
