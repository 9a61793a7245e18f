"""The rulebook loader: one TOML file in, a checked `Rulebook` out, or every mistake of the file with its line.

Each section of the file is read by one method of `_Loader`, and the reading is the schema: what a method asks of its
table may stand there, the rest is an unknown key. A mistake never stops the reading, so one run tells them all.
The sentences are for the administrator at a terminal and stay English.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import BadRulebook, Mistake
from core.model import Address, Identity, Priority
from core.rulebook.holidays import PublicHolidays, public_holidays
from core.rulebook.lines import (
    Parse,
    Sheet,
    Table,
    Unfit,
    a_flag,
    a_number,
    a_text,
    lines_of,
    listed,
    one_of,
)
from core.rulebook.scalars import (
    USERS,
    _interval,
    a_closure,
    a_date,
    a_goal,
    a_grace,
    a_lang,
    a_point,
    a_prefix,
    a_row,
    a_span,
    a_step_id,
    a_time,
    a_user,
    a_zone,
    an_address,
    an_interval,
)
from core.rulebook.values import (
    GRACE,
    Agreement,
    Client,
    Cue,
    Item,
    Ladder,
    Person,
    Rulebook,
    Step,
    Target,
    Team,
    Words,
)
from core.rules.calendar import DAY, Calendar, Closure, Interval, NoWorkingTime, Week
from core.rules.metrics import METRICS

KINDS = ("vip", "external", "internal")
ROLES = ("assignee", "duty", "backup", "lead", "manager", "client")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "24x7"

DEFAULT_MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 3, 3, 4), (3, 3, 4, 4))  # rulings.md 8
DEFAULT_LADDER = Ladder(  # rulings.md 9
    "default",
    (
        Step("half", 50),
        Step("risk", 75, who=("assignee",), instead=("duty",)),
        Step("late-risk", 90, who=("assignee", "backup"), instead=("duty", "backup")),
        Step("breach", 100, who=("lead",), important=True),
        Step("manager", 100, timedelta(hours=1), ("manager",), (), True, timedelta(hours=1), 3),
    ),
)
WAITING_LADDER = Ladder(  # the client's own clock: three reminders, then what the agreement says
    "waiting",
    (Step("first", 25, who=("client",)), Step("second", 50, who=("client",)), Step("last", 75, who=("client",))),
)
STANDARD = Agreement(  # who agreed nothing else is answered within 24 hours, Sundays too
    "standard",
    1,
    (Target("promise", "frt", dict.fromkeys(Priority, timedelta(hours=24)), ALWAYS, "default"),),
    acceptance=timedelta(hours=72),
    calendar=ALWAYS,
)

_LEVEL = a_number(1, 4, "1 is the gravest, 4 the least")
_WEEK_EXAMPLE = 'week = { mon-fri = ["09:00-12:00", "13:30-18:00"] }'
_STEPS_EXAMPLE = 'steps = [{ id = "risk", at = "75%", tell = ["assignee"] }, ...]'
_NAME_EXAMPLE = 'name = "..."'
_NAMELESS: Words = {}
_OwnDay = tuple[date, tuple[Interval, ...], bool]  # the day, its hours, whether only these are closed


def load(path: Path, *, today: date, chats_on_page: bool = False) -> Rulebook:
    """Read and check a rulebook file. Raises BadRulebook with all mistakes of the file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _refused(path, Mistake(line, "", "this is not UTF-8 text", "save the file as UTF-8")) from None
    except FileNotFoundError:
        hint = "copy one of deploy/desks/ to there, or name another file"
        raise _refused(path, Mistake(0, "", "there is no such file", hint)) from None
    except OSError as error:
        hint = "check that it is a file and that this user may read it"
        raise _refused(path, Mistake(0, "", f"cannot be read: {error.strerror}", hint)) from None
    return parse(text, str(path), today, chats_on_page)


def parse(text: str, path: str, today: date, chats_on_page: bool = False) -> Rulebook:
    """The same from text; `path` is only named in mistakes.

    `today` sets the years whose holidays are expanded. `chats_on_page` gives every client and team a chat and every
    person an identity on the web page.
    """
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(path, _syntax_mistake(text, error)) from None
    sheet = Sheet(lines_of(text.replace("\r\n", "\n")))
    book = _Loader(Table(sheet, (), values), today, chats_on_page).rulebook()
    if sheet.mistakes:
        raise BadRulebook(path, tuple(sorted(sheet.mistakes, key=lambda mistake: mistake.line)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(book, digest=digest, warnings=tuple(sheet.warnings))


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


class _Loader:
    """Reads section by section. Ids are known from the start, so sections may name each other in any order."""

    def __init__(self, top: Table, today: date, chats_on_page: bool) -> None:
        self.top = top
        self.sheet = top.sheet
        self.today = today
        self.on_page = chats_on_page
        self.tables = {
            "people": top.tables("people", "a table per person, such as [people.li-na]"),
            "clients": top.tables("clients", "a table per client, such as [clients.hx]"),
            "teams": top.tables("teams", "a table per team, such as [teams.office]"),
            "items": top.tables("items", "a table per item of the catalogue, such as [items.general]"),
            "calendars": top.tables("calendars"),
            "agreements": top.tables("agreements"),
            "ladders": top.tables("ladders"),
        }
        self.client_of = self._client_of()
        self.person = one_of("person", self.tables["people"], "people")
        self.client = one_of("client", self.tables["clients"])
        self.team = one_of("team", self.tables["teams"])
        self.calendar = one_of("calendar", {**self.tables["calendars"], ALWAYS: None})
        built_in = dict.fromkeys((DEFAULT_LADDER.id, WAITING_LADDER.id))
        self.ladder = one_of("ladder", {**self.tables["ladders"], **built_in})
        self.agreement = one_of("agreement", {**self.tables["agreements"], STANDARD.id: None})
        self.recipient = one_of("role or person", (*ROLES, *self.tables["people"]), "roles and people")

    def rulebook(self) -> Rulebook:
        desk = self.top.table("desk", 'a [desk] table with name, lang and zone: zone = "Asia/Shanghai"')
        self.lang = desk.need("lang", a_lang, "en", 'lang = "zh-CN" or lang = "en"')
        self.zone = desk.need("zone", a_zone, "UTC", 'zone = "Asia/Shanghai"')
        name = desk.need("name", self.words, _NAMELESS, _NAME_EXAMPLE)
        if self.top.has("desk"):
            desk.done()

        calendars = {ALWAYS: Calendar.around_the_clock(ALWAYS, self.zone)}
        calendars |= {id_: self.read_calendar(id_, table) for id_, table in self.tables["calendars"].items()}
        ladders = {DEFAULT_LADDER.id: DEFAULT_LADDER, WAITING_LADDER.id: WAITING_LADDER}
        ladders |= {id_: self.read_ladder(id_, table) for id_, table in self.tables["ladders"].items()}
        agreements = {STANDARD.id: STANDARD}
        agreements |= {id_: self.read_agreement(id_, table) for id_, table in self.tables["agreements"].items()}
        clients = {id_: self.read_client(id_, table) for id_, table in self.tables["clients"].items()}
        teams = {id_: self.read_team(id_, table) for id_, table in self.tables["teams"].items()}
        people = {
            id_: self.read_person(id_, table, clients, teams, agreements)
            for id_, table in self.tables["people"].items()
        }
        items = {id_: self.read_item(id_, table, teams) for id_, table in self.tables["items"].items()}
        self.refuse_other_than_one_default()
        cues = tuple(self.read_cue(table) for table in self.top.rows("cues"))
        matrix = self.read_matrix()
        self.top.done()
        return Rulebook(
            name=name,
            lang=self.lang,
            zone=self.zone,
            people=people,
            clients=clients,
            teams=teams,
            calendars=calendars,
            items=items,
            agreements={agreement.key: agreement for agreement in agreements.values()},
            ladders=ladders,
            cues=cues,
            matrix=matrix,
            current={agreement.id: agreement.key for agreement in agreements.values()},
        )

    # Business time

    def read_calendar(self, id_: str, table: Table) -> Calendar:
        mistakes_before = len(self.sheet.mistakes)
        if id_ == ALWAYS:
            table.mistake(f"the calendar {ALWAYS} is built in", "give yours another name")
        zone = table.take("zone", a_zone, self.zone)
        week = self.read_week(table)
        workday = week[0] or next(filter(None, week), ())
        makeup = self.hours(table, "makeup") or workday
        years = range(self.today.year - 1, self.today.year + 3)
        public = table.take("holidays", lambda place: public_holidays(place, years), PublicHolidays())
        exceptions: dict[date, tuple[Interval, ...]] = dict.fromkeys(sorted(public.off), ())
        exceptions |= dict.fromkeys(sorted(public.worked), makeup)
        exceptions, closures = self.own_days(table, exceptions)
        table.done()
        awaited = listed(str(year) for year in sorted(public.provisional) if year <= self.today.year + 1)
        if awaited:
            self.sheet.warnings.append(
                f"calendar {id_}: {table.values['holidays']} has not announced the holidays of {awaited};"
                " due dates there are provisional. Update the `holidays` package when they are out (around November),"
                " or write them under `open` and `closed`"
            )
        calendar = Calendar.of(id_, zone, week, exceptions, public.provisional, closures)
        try:
            calendar.check(datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC))
        except NoWorkingTime as error:
            if len(self.sheet.mistakes) == mistakes_before:
                table.mistake(str(error).removeprefix(f"calendar {id_!r} "), f"write {_WEEK_EXAMPLE}")
        return calendar

    def read_week(self, table: Table) -> Week:
        """Seven days from keys such as `mon-fri` and `sat`; a day by itself beats a range."""
        week = table.table("week", _WEEK_EXAMPLE)
        hours: dict[int, tuple[Interval, ...]] = {}
        for key in sorted(week.values, key=len, reverse=True):  # ranges first
            first, _, last = key.partition("-")
            if first not in DAYS or (last or first) not in DAYS:
                week.mistake(f"unknown day `{key}`", "days are mon tue wed thu fri sat sun, ranges like mon-fri", key)
                continue
            begin, length = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7 + 1
            days = [(begin + each) % 7 for each in range(length)]
            twice = [DAYS[day] for day in days if last and day in hours]
            if twice:
                week.mistake(f"{listed(twice)} stands in two ranges", "let the ranges not overlap", key)
            hours |= dict.fromkeys(days, self.hours(week, key))
        return tuple(hours.get(day, ()) for day in range(7))

    def hours(self, table: Table, key: str) -> tuple[Interval, ...]:
        """The intervals of a day, in order and apart."""
        hours = tuple(sorted(table.each(key, an_interval)))
        for (begin, end), (later, last) in pairwise(hours):
            if later < end:
                what = f"{_interval(begin, end)} and {_interval(later, last)} overlap"
                table.mistake(what, "let the second begin when the first ends, or later", key)
        for begin, end in hours:
            if end > DAY and end - begin > DAY // 2:
                self.sheet.warnings.append(
                    f"line {self.sheet.line(table.at(key))}: {_interval(begin, end)} runs over midnight"
                    f" for {(end - begin) / 3600:g} hours; is that meant?"
                )
        return hours

    def own_days(
        self, table: Table, exceptions: dict[date, tuple[Interval, ...]]
    ) -> tuple[dict[date, tuple[Interval, ...]], tuple[Closure, ...]]:
        """The entries of `closed` and `open` over those of the library; the later listed wins (rulings.md 21)."""
        closures: list[Closure] = []
        entries = {"closed": self.closed_days, "open": self.open_days}
        for key in sorted(entries, key=lambda key: self.sheet.line(table.at(key))):
            for day, hours, partly in entries[key](table):
                if partly:
                    closures.extend(Closure(day, interval) for interval in hours)
                else:
                    exceptions[day] = hours
                    closures = [closure for closure in closures if closure.day != day]
        return exceptions, tuple(closures)

    def closed_days(self, table: Table) -> Iterable[_OwnDay]:
        for day, hours in table.each("closed", a_closure):
            yield day, hours, bool(hours)

    def open_days(self, table: Table) -> Iterable[_OwnDay]:
        opened = table.table("open")
        for text in opened.values:
            try:
                yield a_date(text), self.hours(opened, text), False
            except Unfit as unfit:
                opened.mistake(unfit.what, unfit.hint, text)

    # What is promised

    def read_ladder(self, id_: str, table: Table) -> Ladder:
        rungs = [(row, self.read_step(row, id_)) for row in table.rows("steps", _STEPS_EXAMPLE)]
        for (_, before), (row, step) in pairwise(rungs):
            if step.percent and (step.percent, step.after) <= (before.percent, before.after):
                what = f'step "{step.id}" does not come after step "{before.id}"'
                row.mistake(what, "list the steps in order of `at`, each at a point of its own", "at")
        table.done()
        return Ladder(id_, tuple(step for _, step in rungs))

    def read_step(self, table: Table, ladder: str) -> Step:
        step_id = table.need("id", a_step_id, "", 'id = "risk": what has fired is remembered by it')
        if step_id:
            self.sheet.once(f"step of ladder {ladder}", step_id, table.at("id"), "each step needs an id of its own")
        percent, after = table.need("at", a_point, (0, timedelta(0)), 'at = "75%" or at = "100%+60m"')
        who = table.each("tell", self.told)
        instead = table.each("instead", self.told)
        important = table.take("important", a_flag, False)
        every = table.take("every", a_span, None)
        times = table.take("times", a_number(1, 20, "times = 3 means three in all"), 1)
        if table.has("every") and not table.has("times"):
            table.mistake("a repeat without bound", "add times = 3, the first one counted", "every")
        if table.has("times") and not table.has("every"):
            table.mistake("`times` without `every`", 'add every = "60m", or remove it', "times")
        table.done()
        return Step(step_id, percent, after, who, instead, important, every, times)

    def told(self, value: object) -> str:
        return self._colleague(self.recipient(value))

    def read_agreement(self, id_: str, table: Table) -> Agreement:
        version = table.take("version", a_number(1, 99999, "count versions 1, 2, 3"), 1)
        calendar = table.take("calendar", self.calendar, ALWAYS if table.has("calendar") else "")
        acceptance = table.take("acceptance", a_span, STANDARD.acceptance)
        tables = table.tables("targets", f'targets, such as [agreements.{id_}.targets.answer] with metric = "frt"')
        targets = tuple(self.read_target(each, one, calendar) for each, one in tables.items())
        waiting = self.read_waiting(table.table("waiting")) if table.has("waiting") else {}
        table.done()
        unread = any("metric" not in one.values or one.values["metric"] not in METRICS for one in tables.values())
        if tables and not unread and not {"frt", "ttr"} & {target.metric for target in targets}:
            table.mistake("promises neither an answer nor a solution", 'add a target with metric = "frt" or "ttr"')
        measured_by = calendar or (targets[0].calendar if targets else ALWAYS)
        return replace(Agreement(id_, version, targets, acceptance, measured_by), **waiting)

    def read_waiting(self, table: Table) -> dict[str, Any]:
        """What the agreement says of waiting: for the client, and while a supplier has it."""
        read = {
            "client_wait": table.take("client", a_span, STANDARD.client_wait),
            "after_wait": table.take("then", one_of("end of a wait", ("resume", "cancel")), "resume"),
            "supplier_pauses": table.take("supplier_pauses", a_flag, False),
        }
        table.done()
        return read

    def read_target(self, id_: str, table: Table, calendar: str) -> Target:
        metric = table.need("metric", one_of("metric", METRICS), "", 'metric = "frt" (first response) or "ttr"')
        goals = self.read_goals(table)
        if not (table.has("calendar") or calendar):
            table.mistake("has no calendar to measure by", 'write calendar = "24x7" here or in the agreement')
        each: dict[Priority, str] = {}
        if isinstance(table.values.get("calendar"), dict):
            each, measured_by = self.read_calendars(table.table("calendar")), calendar or ALWAYS
        else:
            measured_by = table.take("calendar", self.calendar, calendar or ALWAYS)
        ladder = table.take("ladder", self.ladder, WAITING_LADDER.id if metric == "cwt" else DEFAULT_LADDER.id)
        grace, floor = (table.take(name, a_grace, GRACE) for name in ("grace", "floor"))
        table.done()
        return Target(id_, metric, goals, measured_by, ladder, each, grace, floor)

    def read_calendars(self, table: Table) -> dict[Priority, str]:
        """A calendar for some priorities, such as { p1 = "24x7" }; the agreement's holds for the others."""
        read = {rank: table.take(f"p{rank}", self.calendar, "") for rank in Priority}
        table.done()
        return {rank: calendar for rank, calendar in read.items() if calendar}

    def read_goals(self, table: Table) -> Mapping[Priority, timedelta]:
        example = 'goals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }, or one for all: goals = "24h"'
        if not isinstance(table.values.get("goals"), dict):
            span = table.need("goals", a_goal, timedelta(hours=24), example)
            return dict.fromkeys(Priority, span)
        goals = table.table("goals", example)
        read = {
            priority: goals.need(f"p{priority}", a_span, None, f'p{priority} = "4h": every priority has its goal')
            for priority in Priority
        }
        goals.done()
        found = {priority: span for priority, span in read.items() if span}
        for (_, shorter), (priority, longer) in pairwise(found.items()):
            if longer < shorter:
                hint = "a graver priority is due no later than a lesser one: p1 <= p2 <= p3 <= p4"
                goals.mistake(f"p{priority} is due before p{priority - 1}", hint, f"p{priority}")
        return found

    # Who is who

    def _client_of(self) -> dict[str, str]:
        """Which client a person speaks for, as far as the file can be read at all."""
        named = {
            person: client
            for person, table in self.tables["people"].items()
            if isinstance(client := table.values.get("client"), str)
        }
        for client, table in self.tables["clients"].items():
            contacts = table.values.get("contacts")
            for person in contacts if isinstance(contacts, list) else ():
                if isinstance(person, str):
                    named.setdefault(person, client)
        return named

    def colleague(self, value: object) -> str:
        return self._colleague(self.person(value))

    def _colleague(self, name: str) -> str:
        """Not a contact of a client; of an internal one a colleague may well be."""
        client = self.client_of.get(name, "")
        table = self.tables["clients"].get(client)
        if table and table.values.get("kind") != "internal":
            raise Unfit(f'"{name}" is a contact of the client "{client}"', "name somebody who works here")
        return name

    def contact_of(self, client: str) -> Parse[str]:
        def parse(value: object) -> str:
            person = self.person(value)
            other = self.client_of[person]
            if other != client:
                hint = f'remove it here, or write client = "{client}" at [people.{person}]'
                raise Unfit(f'"{person}" is a contact of the client "{other}"', hint)
            return person

        return parse

    def read_client(self, id_: str, table: Table) -> Client:
        prefix = table.need("prefix", a_prefix, "", 'prefix = "HX": its requests are numbered HX-1, HX-2')
        if prefix:
            hint = "give each client a prefix of its own"
            self.sheet.once("prefix", prefix, table.at("prefix"), hint)
        named = table.each("contacts", self.contact_of(id_))
        by_people = (person for person, client in self.client_of.items() if client == id_)
        client = Client(
            id_,
            prefix,
            table.need("name", self.words, _NAMELESS, _NAME_EXAMPLE),
            table.take("kind", one_of("kind of client", KINDS, "kinds"), "external"),
            table.take("lang", a_lang, self.lang),
            table.take("zone", a_zone, self.zone),
            table.take("agreement", self.agreement, STANDARD.id),
            _unique((*named, *(person for person in by_people if person in self.tables["people"]))),
            self.chats(table, f"client-{id_}"),
            table.take("digest_at", a_time, None),
        )
        table.done()
        return client

    def read_team(self, id_: str, table: Table) -> Team:
        lead = table.need("lead", self.colleague, "", 'lead = "..."; the lead hears of a breach')
        backup = table.take("backup", self.colleague, "")
        members = table.each("members", self.colleague)
        duty = table.each("duty", self.colleague, 'duty = ["..."]; the first who is not away is asked')
        team = Team(
            id_,
            table.need("name", self.words, _NAMELESS, _NAME_EXAMPLE),
            table.take("lang", a_lang, self.lang),
            table.take("zone", a_zone, self.zone),
            table.need("calendar", self.calendar, ALWAYS, 'calendar = "..." from [calendars], or "24x7"'),
            lead,
            table.need("manager", self.colleague, "", 'manager = "..."; the manager hears an hour after a breach'),
            backup,
            _unique(filter(None, (*members, lead, backup, *duty))),
            duty,
            self.chats(table, f"team-{id_}"),
            table.take("digest_at", a_time, None),
            table.take("manager_digest_at", a_time, None),
        )
        table.done()
        return team

    def chats(self, table: Table, on_page: str) -> tuple[Address, ...]:
        addresses = table.each("chats", an_address)
        for text, path in table.texts("chats"):
            self.sheet.once("chat", text, path, "a chat belongs to one client or one team: open another chat")
        return (*addresses, Address("web", "", on_page)) if self.on_page else addresses

    def read_person(
        self,
        id_: str,
        table: Table,
        clients: Mapping[str, Client],
        teams: Mapping[str, Team],
        agreements: Mapping[str, Agreement],
    ) -> Person:
        table.take("client", self.client, "")
        client = clients.get(self.client_of.get(id_, ""))
        calendar = _calendar_of(id_, teams)
        if not calendar:
            agreement = agreements.get(client.agreement if client else "")
            calendar = agreement.calendar if agreement else ALWAYS
        person = Person(
            id_,
            table.need("name", a_text, "", _NAME_EXAMPLE),
            table.take("lang", a_lang, client.lang if client else self.lang),
            table.take("zone", a_zone, client.zone if client else self.zone),
            table.take("calendar", self.calendar, calendar),
            self.identities(id_, table),
            client.id if client else "",
            table.take("admin", a_flag, False),
        )
        table.done()
        return person

    def identities(self, id_: str, table: Table) -> tuple[Identity, ...]:
        found = []
        for platform in USERS:
            several = isinstance(table.values.get(platform), list)
            users = table.each(platform, a_user(platform)) if several else ()
            single = None if several else table.take(platform, a_user(platform), None)
            for index, identity in enumerate(users or filter(None, (single,))):
                path = table.at(platform, index) if several else table.at(platform)
                hint = "one account is one person; a person may have several: [ ..., ... ]"
                self.sheet.once("account", str(identity), path, hint)
                found.append(identity)
        return (*found, Identity("web", "", id_)) if self.on_page else tuple(found)

    # What may be asked for, and how grave it is

    def read_item(self, id_: str, table: Table, teams: Mapping[str, Team]) -> Item:
        name = table.need("name", self.words, _NAMELESS, _NAME_EXAMPLE)
        aliases = table.each("aliases", a_text)
        team = table.need("team", self.team, "", 'team = "...", one of [teams]')
        lead = teams[team].lead if team else ""
        item = Item(
            id_,
            name,
            aliases,
            team,
            table.take("owner", self.colleague, lead),
            table.take("impact", _LEVEL, 3),
            table.take("urgency", _LEVEL, 3),
            table.take("private", a_flag, False),
            table.take("default", a_flag, False),
            table.each("prerequisites", a_text),
            table.take("review_levels", a_number(0, 3, "0 is none; 3 ends at the service owner"), 0),
        )
        table.done()
        called = {_folded(id_): table.path} | {_folded(each): table.at("name") for each in name.values()}
        for alias, path in table.texts("aliases"):
            called.setdefault(_folded(alias), path)
        for alias, path in called.items():
            self.sheet.once("alias", alias, path, "each item needs names of its own, or #tags would be ambiguous")
        return item

    def refuse_other_than_one_default(self) -> None:
        items = self.tables["items"]
        defaults = [id_ for id_, table in items.items() if table.values.get("default", False) is not False]
        hint = "write default = true at exactly one item: it takes what nobody named an item for"
        if items and not defaults:
            self.top.mistake("no item is the default", hint, "items")
        for other in defaults[1:]:
            self.top.mistake(f'"{defaults[0]}" is the default already', hint, "items", other, "default")

    def read_cue(self, table: Table) -> Cue:
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

    def read_matrix(self) -> tuple[tuple[int, ...], ...]:
        if not self.top.has("matrix"):
            self.top.table("matrix")
            return DEFAULT_MATRIX
        matrix = self.top.table("matrix")
        example = f"rows = {[list(row) for row in DEFAULT_MATRIX]}"
        before = len(self.sheet.mistakes)
        rows = matrix.each("rows", a_row, example)
        if len(rows) != 4 and matrix.values.get("rows") and len(self.sheet.mistakes) == before:
            matrix.mistake(f"the matrix has {len(rows)} rows", f"one for each impact 1-4: {example}", "rows")
        matrix.done()
        return rows

    def words(self, value: object) -> Words:
        """A name in several languages, or a plain text for all."""
        if not isinstance(value, dict):
            return {self.lang: a_text(value)}
        if not value:
            raise Unfit("the name is empty", 'write { "zh-CN" = "...", en = "..." } or "..."')
        return {a_lang(lang): a_text(text) for lang, text in value.items()}


def _calendar_of(person: str, teams: Mapping[str, Team]) -> str:
    """The calendar of the first team that this person has a part in; empty if there is none."""
    return next((team.calendar for team in teams.values() if person in (*team.members, team.manager)), "")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
