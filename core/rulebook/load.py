"""The rulebook loader: one TOML file in, a checked `Rulebook` out, or every mistake of the file with its line.

Each section of the file is read by a file of its own beside this one, and the reading is the schema: what a function
asks of its table may stand there, the rest is an unknown key. A mistake never stops the reading, so one run tells all.
The sentences are for the administrator at a terminal and stay English.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from core.errors import BadRulebook, Mistake
from core.rulebook.agreements import read_agreement
from core.rulebook.calendars import read_calendar
from core.rulebook.catalogue import (
    read_cue,
    read_item,
    read_matrix,
    refuse_other_than_one_default,
    warn_of_default_outside,
)
from core.rulebook.criteria import read_criteria
from core.rulebook.ladders import read_ladder
from core.rulebook.lines import Sheet, Table, lines_of
from core.rulebook.names import Names
from core.rulebook.people import read_client, read_person, read_team, refuse_loops_of_managers
from core.rulebook.rations import warn_of_overbooking
from core.rulebook.values import ALWAYS, DEFAULT_LADDER, STANDARD, WAITING_LADDER, Agreement, Rulebook
from core.rules.calendar import Calendar


def load(path: Path, *, today: date, chats_on_page: bool = False) -> Rulebook:
    """Read and check a rulebook file. Raises BadRulebook with all mistakes of the file."""
    return parse(text_of(path), str(path), today, chats_on_page)


def text_of(path: Path) -> str:
    """What a file says. Raises BadRulebook if it is not there, not ours to read, or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _refused(path, Mistake(line, "", "this is not UTF-8 text", "save the file as UTF-8")) from None
    except FileNotFoundError:
        hint = "copy one of deploy/desks/ to there, or name another file"
        raise _refused(path, Mistake(0, "", "there is no such file", hint)) from None
    except OSError as error:
        hint = "check that it is a file and that this user may read it"
        raise _refused(path, Mistake(0, "", f"cannot be read: {error.strerror}", hint)) from None


def parse(
    text: str, path: str, today: date, chats_on_page: bool = False, under: Mapping[str, Any] | None = None
) -> Rulebook:
    """The same from text; `path` is only named in mistakes.

    `today` sets the years whose holidays are expanded. `chats_on_page` gives every client and team a chat and every
    person an identity on the web page. `under` is the source of a rulebook over which this text is laid, as a draft.
    """
    try:
        values = _over(under or {}, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise _refused(path, _syntax_mistake(text, error)) from None
    sheet = Sheet(lines_of(text.replace("\r\n", "\n")))
    book = _rulebook(Table(sheet, (), values), today, chats_on_page)
    if sheet.mistakes:
        raise BadRulebook(path, tuple(sorted(sheet.mistakes, key=lambda mistake: mistake.line)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(book, digest=digest, warnings=tuple(sheet.warnings), source=values)


def draft(text: str, path: str, base: Rulebook, today: date) -> Rulebook:
    """The rulebook as it would be with these calendars, agreements or other tables in place of its own.

    A whole rulebook is a draft, too. Raises BadRulebook with the draft's own lines.
    """
    return parse(text, path, today, chats_on_page=True, under=base.source)


#: What a draft says of one of these stands for all of it; of the others, key by key (`[clients.hx] agreement = "new"`).
_WHOLE = ("criteria", "calendars", "agreements", "ladders", "matrix", "cues")


def _over(base: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for section, said in draft.items():
        there = base.get(section)
        if not isinstance(there, dict) or not isinstance(said, dict) or section in ("matrix", "desk"):
            merged[section] = said
        elif section in _WHOLE:
            merged[section] = {**there, **said}
        else:
            merged[section] = {
                **there,
                **{id_: {**there.get(id_, {}), **one} if isinstance(one, dict) else one for id_, one in said.items()},
            }
    return merged


def mistakes_as_text(bad: BadRulebook) -> str:
    """For the terminal: two lines to a mistake, the first in the form that editors jump to."""
    return "\n".join(
        ": ".join(filter(None, (f"{bad.path}:{each.line}", each.where, each.what))) + f"\n    hint: {each.hint}"
        for each in bad.mistakes
    )


def _refused(path: Path | str, mistake: Mistake) -> BadRulebook:
    return BadRulebook(str(path), (mistake,))


def _syntax_mistake(text: str, error: Exception) -> Mistake:
    """tomllib tells the line only in its message (attributes came with 3.14)."""
    found = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = f", near column {found[2]}" if found and found[2] else ""
    what = re.sub(r"\s*\(at .*\)$", "", str(error))
    hint = f"check quotes, brackets and commas here and just above{column}; keys are bare, texts stand in quotes"
    return Mistake(line, "", f"this is not TOML: {what}", hint)


def _rulebook(top: Table, today: date, chats_on_page: bool) -> Rulebook:
    """Section by section. Ids are known from the start, so sections may name each other in any order."""
    names = Names(top, today, chats_on_page)
    calendars = {ALWAYS: Calendar.around_the_clock(ALWAYS, names.zone)}
    called = {id_: table.take("name", names.words, None) for id_, table in names.calendars.items()}
    calendars |= {id_: read_calendar(id_, table, names) for id_, table in names.calendars.items()}
    ladders = {DEFAULT_LADDER.id: DEFAULT_LADDER, WAITING_LADDER.id: WAITING_LADDER}
    ladders |= {id_: read_ladder(id_, table, names) for id_, table in names.ladders.items()}
    agreements: dict[str, tuple[Agreement, ...]] = {STANDARD.id: (STANDARD,)}
    agreements |= {id_: read_agreement(id_, table, names) for id_, table in names.agreements.items()}
    clients = {id_: read_client(id_, table, names) for id_, table in names.clients.items()}
    teams = {id_: read_team(id_, table, names) for id_, table in names.teams.items()}
    people = {id_: read_person(id_, table, names, clients, teams, agreements) for id_, table in names.people.items()}
    refuse_loops_of_managers(people, names)
    criteria = read_criteria(top.table("criteria"), names)
    items = {id_: read_item(id_, table, teams, names, criteria) for id_, table in names.items.items()}
    refuse_other_than_one_default(top, names)
    if not top.sheet.mistakes:
        warn_of_overbooking(top.sheet, teams, clients, items.values(), agreements)
    warn_of_default_outside(items, agreements, names)
    cues = tuple(read_cue(table) for table in top.rows("cues"))
    matrix = read_matrix(top)
    top.done()
    return Rulebook(
        name=names.desk,
        lang=names.lang,
        zone=names.zone,
        people=people,
        clients=clients,
        teams=teams,
        calendars=calendars,
        calendar_names={id_: name for id_, name in called.items() if name},
        items=items,
        agreements={version.key: version for versions in agreements.values() for version in versions},
        ladders=ladders,
        cues=cues,
        matrix=matrix,
        storm=names.storm,
        criteria=criteria,
        terms={id_: tuple(version.key for version in versions) for id_, versions in agreements.items()},
        groups=names.groups,
    )
