"""The catalogue of the rulebook: what may be asked for, and how grave it is when nothing in a request says more."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from core.ask.folding import fold
from core.rulebook.criteria import read_criteria
from core.rulebook.lines import Table, Unfit, a_flag, a_number, a_text, one_of, shown
from core.rulebook.names import NAME_EXAMPLE, NAMELESS, Names
from core.rulebook.scalars import a_need_id, a_row
from core.rulebook.values import (
    DEFAULT_MATRIX,
    Agreement,
    Choice,
    Criterion,
    Cue,
    Detail,
    Item,
    Prerequisite,
    Stage,
    Team,
)

KINDS = ("text", "number", "date", "choice")
#: Who may do a step of an item.
DOERS = ("client", "duty", "assignee", "reviewer", "lead", "owner", "manager", "supplier")
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
        _prerequisites(table, names),
        table.take("review_levels", a_number(0, 3, "0 is none; 3 ends at the service owner"), 0),
        table.take("audience", one_of("audience", AUDIENCES), "everyone"),
        table.take("about", names.words, NAMELESS),
        tuple(_detail(row, names) for row in table.rows("fields")),
        tuple(_stage(row, names) for row in table.rows("steps")),
        table.each("outputs", names.words),
        table.take("catch_all", a_flag, False),
        _criteria(table, names, criteria),
    )
    _refuse_needs_of_one_id(item, table)
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


def _prerequisites(table: Table, names: Names) -> tuple[Prerequisite, ...]:
    """Each a plain text, or a table with an id, a name in several languages, and whether it is a file."""
    read: list[Prerequisite] = []
    for index, element in enumerate(table.each("prerequisites", _any)):
        if isinstance(element, dict):
            row = Table(table.sheet, table.at("prerequisites", index), element)
            id_ = row.need("id", a_need_id, "", 'id = "permit", which stays once it is in use')
            name = row.need("name", names.words, NAMELESS, NAME_EXAMPLE)
            read.append(Prerequisite(id_, name, row.take("file", a_flag, False)))
            row.done()
            continue
        try:
            text = a_text(element)
        except Unfit as unfit:
            table.mistake(unfit.what, f'{unfit.hint}, or {{ id = "permit", name = "..." }}', "prerequisites", index)
        else:
            read.append(Prerequisite(text, {names.lang: text}))
    return tuple(read)


def _any(value: object) -> object:
    return value


def _detail(row: Table, names: Names) -> Detail:
    id_ = row.need("id", a_need_id, "", 'id = "floor", which stays once it is in use')
    name = row.need("name", names.words, NAMELESS, NAME_EXAMPLE)
    options = tuple(_choice(option, names) for option in row.rows("options"))
    kind = row.take("kind", one_of("kind of field", KINDS, "kinds"), "choice" if row.has("options") else "text")
    detail = Detail(
        id_, name, kind, row.take("required", a_flag, False), options, row.take("least", _a_bound, None),
        row.take("most", _a_bound, None), row.take("hint", names.words, NAMELESS),
    )  # fmt: skip
    row.done()
    if kind == "choice" and not row.has("options"):
        row.mistake("a choice without options", 'add options = [{ id = "civil", name = "Civil works" }, ...]')
    if kind != "choice" and row.has("options"):
        row.mistake(f"a {kind} has no options", 'write kind = "choice", or remove the options', "options")
    for bound in ("least", "most"):
        if kind != "number" and row.has(bound):
            row.mistake(f"a {kind} has no bounds", f'write kind = "number", or remove `{bound}`', bound)
    if detail.least is not None and detail.most is not None and detail.most < detail.least:
        row.mistake("no number is allowed", "let `most` be no less than `least`", "most")
    taken: set[str] = set()
    for index, option in enumerate(options):
        if option.id in taken:
            row.mistake(f'the option "{option.id}" is there already', "give each an id of its own", "options", index)
        taken.add(option.id)
    return detail


def _choice(row: Table, names: Names) -> Choice:
    example = 'id = "civil", which stays once it is in use'
    choice = Choice(row.need("id", a_need_id, "", example), row.need("name", names.words, NAMELESS, NAME_EXAMPLE))
    row.done()
    return choice


def _stage(row: Table, names: Names) -> Stage:
    stage = Stage(row.need("name", names.words, NAMELESS, NAME_EXAMPLE), row.take("who", one_of("role", DOERS), ""))
    row.done()
    return stage


def _refuse_needs_of_one_id(item: Item, table: Table) -> None:
    """What is asked for is known by its id, whether it is handed over or told."""
    taken: set[str] = set()
    places = [("prerequisites", n) for n in range(len(item.prerequisites))]
    places += [("fields", n) for n in range(len(item.details))]
    for place, need in zip(places, item.needs, strict=True):
        if need.id and need.id in taken:
            hint = "give each prerequisite and each field of an item an id of its own"
            table.mistake(f'"{need.id}" is asked for already', hint, *place)
        taken.add(need.id)


def _a_bound(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise Unfit(f"{shown(value)} is not a number", "write it without quotes, such as 1 or 2.5")


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


def warn_of_default_outside(
    items: Mapping[str, Item], agreements: Mapping[str, tuple[Agreement, ...]], names: Names
) -> None:
    """Whoever names no item orders the default: under an agreement that leaves it out, each such line is outside."""
    default = next((item.id for item in items.values() if item.default), "")
    for agreement in (version for versions in agreements.values() for version in versions):
        if default in agreement.excludes or (agreement.includes and default not in agreement.includes):
            names.sheet.warnings.append(
                f"agreement {agreement.key} leaves out {default}, which takes what nobody named an item for: "
                "every plain line of its client will be outside the agreement"
            )


def read_cue(table: Table) -> Cue:
    cue = Cue(
        tuple(map(fold, table.each("words", a_text, 'words = ["urgent", "asap"]'))),
        table.take("impact", _LEVEL, None),
        table.take("urgency", _LEVEL, None),
        tuple(map(fold, table.each("unless", a_text))),
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
