"""The catalogue of the rulebook: what may be asked for, and how grave it is when nothing in a request says more."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from core.rulebook.criteria import read_criteria
from core.rulebook.lines import Table, a_flag, a_number, a_text, one_of
from core.rulebook.names import NAME_EXAMPLE, NAMELESS, Names
from core.rulebook.scalars import a_row
from core.rulebook.values import DEFAULT_MATRIX, Criterion, Cue, Item, Team

AUDIENCES = ("clients", "departments", "everyone")
_LEVEL = a_number(1, 4, "1 is the gravest, 4 the least")


def read_item(id_: str, table: Table, teams: Mapping[str, Team], names: Names, criteria: tuple[Criterion, ...]) -> Item:
    name = table.need("name", names.words, NAMELESS, NAME_EXAMPLE)
    aliases = table.each("aliases", a_text)
    team = table.need("team", names.team, "", 'team = "...", one of [teams]')
    lead = teams[team].lead if team else ""
    item = Item(
        id_,
        name,
        aliases,
        team,
        table.take("owner", names.colleague, lead),
        table.take("impact", _LEVEL, 3),
        table.take("urgency", _LEVEL, 3),
        table.take("private", a_flag, False),
        table.take("default", a_flag, False),
        table.each("prerequisites", a_text),
        table.take("review_levels", a_number(0, 3, "0 is none; 3 ends at the service owner"), 0),
        table.take("audience", one_of("audience", AUDIENCES), "everyone"),
        table.take("catch_all", a_flag, False),
        _criteria(table, names, criteria),
    )
    table.done()
    called = {_folded(id_): table.path} | {_folded(each): table.at("name") for each in name.values()}
    for alias, path in table.texts("aliases"):
        called.setdefault(_folded(alias), path)
    for alias, path in called.items():
        names.sheet.once("alias", alias, path, "each item needs names of its own, or #tags would be ambiguous")
    return item


def _criteria(table: Table, names: Names, usual: tuple[Criterion, ...]) -> tuple[Criterion, ...] | None:
    """The questions of an item, where they are not those of the desk."""
    own = table.table("criteria")
    return read_criteria(own, names, usual) if table.has("criteria") else None


def refuse_other_than_one_default(top: Table, names: Names) -> None:
    items = names.items
    defaults = [id_ for id_, table in items.items() if table.values.get("default", False) is not False]
    hint = "write default = true at exactly one item: it takes what nobody named an item for"
    if items and not defaults:
        top.mistake("no item is the default", hint, "items")
    for other in defaults[1:]:
        top.mistake(f'"{defaults[0]}" is the default already', hint, "items", other, "default")
    for id_ in defaults[:1]:
        if items[id_].values.get("audience", "everyone") in AUDIENCES[:2]:
            hint = "remove `audience` here: whoever names no item orders the default"
            top.mistake("the default item is not for everyone", hint, "items", id_, "audience")


def read_cue(table: Table) -> Cue:
    cue = Cue(
        table.each("words", a_text, 'words = ["urgent", "asap"]'),
        table.take("impact", _LEVEL, None),
        table.take("urgency", _LEVEL, None),
        table.each("unless", a_text),
    )
    table.done()
    if not (table.has("impact") or table.has("urgency")):
        table.mistake("proposes nothing", "add impact = 2 or urgency = 1")
    return cue


def read_matrix(top: Table) -> tuple[tuple[int, ...], ...]:
    if not top.has("matrix"):
        top.table("matrix")
        return DEFAULT_MATRIX
    matrix = top.table("matrix")
    example = f"rows = {[list(row) for row in DEFAULT_MATRIX]}"
    before = len(top.sheet.mistakes)
    rows = matrix.each("rows", a_row, example)
    if len(rows) != 4 and matrix.values.get("rows") and len(top.sheet.mistakes) == before:
        matrix.mistake(f"the matrix has {len(rows)} rows", f"one for each impact 1-4: {example}", "rows")
    matrix.done()
    return rows


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
