"""People of the rulebook: the clients and their contacts, the teams, and each person with their accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.model.parties import Address, Identity
from core.rulebook.lines import Table, a_flag, a_text, one_of
from core.rulebook.names import NAME_EXAMPLE, NAMELESS, Names, unique
from core.rulebook.rations import read_allowance
from core.rulebook.rotas import read_follow_up, read_rotas
from core.rulebook.scalars import USERS, a_lang, a_prefix, a_quiet, a_time, a_user, a_week_time, a_zone, an_address
from core.rulebook.values import ALWAYS, KINDS, STANDARD, Agreement, Client, Person, Team


def read_client(id_: str, table: Table, names: Names) -> Client:
    prefix = table.need("prefix", a_prefix, "", 'prefix = "HX": its requests are numbered HX-1, HX-2')
    if prefix:
        hint = "give each client a prefix of its own"
        names.sheet.once("prefix", prefix, table.at("prefix"), hint)
    named = table.each("contacts", names.contact_of(id_))
    by_people = (person for person, client in names.client_of.items() if client == id_)
    client = Client(
        id_,
        prefix,
        table.need("name", names.words, NAMELESS, NAME_EXAMPLE),
        table.take("kind", one_of("kind of client", KINDS, "kinds"), "external"),
        table.take("lang", a_lang, names.lang),
        table.take("zone", a_zone, names.zone),
        _agreement(table, names),
        unique((*named, *(person for person in by_people if person in names.people))),
        _chats(table, names, f"client-{id_}"),
        table.take("digest_at", a_time, None),
        table.take("weekly_at", a_week_time, None),
        table.take("monthly_at", a_time, None),
    )
    table.done()
    return client


def read_team(id_: str, table: Table, names: Names) -> Team:
    lead = table.need("lead", names.colleague, "", 'lead = "..."; the lead hears of a breach')
    backup = table.take("backup", names.colleague, "")
    members = table.each("members", names.colleague)
    rota = read_rotas(table, names)
    duty = () if rota else table.each("duty", names.colleague, 'duty = ["..."]; the first who is not away is asked')
    turns = (person for one in rota for person in one.people)
    team = Team(
        id_,
        table.need("name", names.words, NAMELESS, NAME_EXAMPLE),
        table.take("lang", a_lang, names.lang),
        table.take("zone", a_zone, names.zone),
        table.need("calendar", names.calendar, ALWAYS, 'calendar = "..." from [calendars], or "24x7"'),
        lead,
        table.need("manager", names.colleague, "", 'manager = "..."; the manager hears an hour after a breach'),
        backup,
        unique(filter(None, (*members, lead, backup, *duty, *turns))),
        duty,
        _chats(table, names, f"team-{id_}"),
        table.take("digest_at", a_time, None),
        table.take("manager_digest_at", a_time, None),
        table.take("weekly_at", a_week_time, None),
        table.take("monthly_at", a_time, None),
        table.take("manager_weekly_at", a_week_time, None),
        table.take("manager_monthly_at", a_time, None),
        read_allowance(table, "capacity"),
        rota,
        read_follow_up(table),
    )
    table.done()
    return team


def _chats(table: Table, names: Names, on_page: str) -> tuple[Address, ...]:
    addresses = table.each("chats", an_address)
    for text, path in table.texts("chats"):
        names.sheet.once("chat", text, path, "a chat belongs to one client or one team: open another chat")
    return (*addresses, Address("web", "", on_page)) if names.on_page else addresses


def read_person(
    id_: str,
    table: Table,
    names: Names,
    clients: Mapping[str, Client],
    teams: Mapping[str, Team],
    agreements: Mapping[str, Sequence[Agreement]],
) -> Person:
    table.take("client", names.client, "")
    client = clients.get(names.client_of.get(id_, ""))
    calendar = _calendar_of(id_, teams)
    if not calendar:
        versions = agreements.get(client.agreement if client else "")
        calendar = versions[0].calendar if versions else ALWAYS
    person = Person(
        id_,
        table.need("name", a_text, "", NAME_EXAMPLE),
        table.take("lang", a_lang, client.lang if client else names.lang),
        table.take("zone", a_zone, client.zone if client else names.zone),
        table.take("calendar", names.calendar, calendar),
        _identities(id_, table, names),
        client.id if client else "",
        table.take("admin", a_flag, False),
        table.take("quiet", a_quiet, None if client else names.quiet),
        table.take("reminders", one_of("way to be reminded", ("dm", "mention"), "ways"), "dm"),
        table.take("digest_at", a_time, None),
        table.take("weekly_at", a_week_time, None),
        table.take("manager", names.colleague, ""),
    )
    table.done()
    return person


def refuse_loops_of_managers(people: Mapping[str, Person], names: Names) -> None:
    """Whoever reports to somebody who reports to them would be escalated to for ever."""
    reported: set[str] = set()
    for person in people:
        line = [person]
        while (above := people[line[-1]].manager if line[-1] in people else "") and above not in line:
            line.append(above)
        if above and not reported & set(line):
            reported |= set(line)
            loop = " -> ".join((*line[line.index(above) :], above))
            hint = "one of them has nobody above: remove their manager"
            names.sheet.mistake(("people", line[-1], "manager"), f"managers in a circle: {loop}", hint)


def _identities(id_: str, table: Table, names: Names) -> tuple[Identity, ...]:
    found = []
    for platform in USERS:
        several = isinstance(table.values.get(platform), list)
        users = table.each(platform, a_user(platform)) if several else ()
        single = None if several else table.take(platform, a_user(platform), None)
        for index, identity in enumerate(users or filter(None, (single,))):
            path = table.at(platform, index) if several else table.at(platform)
            hint = "one account is one person; a person may have several: [ ..., ... ]"
            names.sheet.once("account", str(identity), path, hint)
            found.append(identity)
    return (*found, Identity("web", "", id_)) if names.on_page else tuple(found)


def _agreement(table: Table, names: Names) -> str:
    """What this client is promised: an SLA; an OLA only where the client is a part of the house."""
    agreement = table.take("agreement", names.agreement, STANDARD.id)
    kind = names.agreements[agreement].values.get("kind", "sla") if agreement in names.agreements else "sla"
    if kind == "uc" or (kind == "ola" and table.values.get("kind") != "internal"):
        what = f'"{agreement}" is no agreement with a client: its kind is {kind}'
        table.mistake(what, 'name one of kind "sla"', "agreement")
    return agreement


def _calendar_of(person: str, teams: Mapping[str, Team]) -> str:
    """The calendar of the first team that this person has a part in; empty if there is none."""
    return next((team.calendar for team in teams.values() if person in (*team.members, team.manager)), "")
