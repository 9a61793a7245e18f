"""What the sections of a rulebook may name, whatever their order, and what holds where they say nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.model.parties import Quiet
from core.rulebook.lines import Parse, Table, Unfit, a_number, a_text, one_of
from core.rulebook.scalars import a_lang, a_quiet, a_zone
from core.rulebook.values import ALWAYS, DEFAULT_LADDER, NIGHT, STANDARD, STORM, WAITING_LADDER, Words

ROLES = ("assignee", "owner", "duty", "next", "backup", "lead", "manager", "group", "team", "client")
NAME_EXAMPLE = 'name = "..."'
NAMELESS: Words = {}


class Names:
    """The ids of a file, known from the start, and the desk's own language and zone.

    `today` sets the years whose holidays are expanded; `on_page` gives clients and teams a chat on the web page.
    """

    def __init__(self, top: Table, today: date, on_page: bool) -> None:
        self.sheet = top.sheet
        self.today = today
        self.on_page = on_page
        self.people = top.tables("people", "a table per person, such as [people.li-na]")
        self.clients = top.tables("clients", "a table per client, such as [clients.hx]")
        self.teams = top.tables("teams", "a table per team, such as [teams.office]")
        self.items = top.tables("items", "a table per item of the catalogue, such as [items.general]")
        self.calendars = top.tables("calendars")
        self.agreements = top.tables("agreements")
        self.ladders = top.tables("ladders")
        self.client_of = self._client_of()
        self.person = one_of("person", self.people, "people")
        self.client = one_of("client", self.clients)
        self.team = one_of("team", self.teams)
        self.item = one_of("item", self.items)
        self.calendar = one_of("calendar", {**self.calendars, ALWAYS: None})
        built_in = dict.fromkeys((DEFAULT_LADDER.id, WAITING_LADDER.id))
        self.ladder = one_of("ladder", {**self.ladders, **built_in})
        self.agreement = one_of("agreement", {**self.agreements, STANDARD.id: None})
        self.groups = self._groups(top)
        self.recipient = one_of(
            "role, group or person", (*ROLES, *self.groups, *self.people), "roles, groups and people"
        )
        desk = top.table("desk", 'a [desk] table with name, lang and zone: zone = "Asia/Shanghai"')
        self.lang = desk.need("lang", a_lang, "en", 'lang = "zh-CN" or lang = "en"')
        self.zone = desk.need("zone", a_zone, "UTC", 'zone = "Asia/Shanghai"')
        self.desk = desk.need("name", self.words, NAMELESS, NAME_EXAMPLE)
        night: Quiet | None = NIGHT
        self.quiet = desk.take("quiet", a_quiet, night)
        self.storm = desk.take("storm", a_number(1, 20, "storm = 3: more within five minutes become one list"), STORM)
        if top.has("desk"):
            desk.done()

    def _groups(self, top: Table) -> dict[str, tuple[str, ...]]:
        """People whom a ladder names together: [groups] with seniors = ["li-na", ...]."""
        if not top.has("groups"):
            return {}
        groups = top.table("groups")
        for taken in (*ROLES, *self.people):
            if groups.has(taken):
                groups.mistake(f'"{taken}" is a role or a person already', "give the group a name of its own", taken)
        return {id_: groups.each(id_, self.colleague, 'seniors = ["li-na"]') for id_ in groups.values}

    def _client_of(self) -> dict[str, str]:
        """Which client a person speaks for, as far as the file can be read at all."""
        named = {
            person: client
            for person, table in self.people.items()
            if isinstance(client := table.values.get("client"), str)
        }
        for client, table in self.clients.items():
            contacts = table.values.get("contacts")
            for person in contacts if isinstance(contacts, list) else ():
                if isinstance(person, str):
                    named.setdefault(person, client)
        return named

    def colleague(self, value: object) -> str:
        """A person who works here."""
        return self._colleague(self.person(value))

    def told(self, value: object) -> str:
        """Whom a ladder may name: a role, or a person who works here."""
        return self._colleague(self.recipient(value))

    def _colleague(self, name: str) -> str:
        """Not a contact of a client; of an internal one a colleague may well be."""
        client = self.client_of.get(name, "")
        table = self.clients.get(client)
        if table and table.values.get("kind") != "internal":
            raise Unfit(f'"{name}" is a contact of the client "{client}"', "name somebody who works here")
        return name

    def contact_of(self, client: str) -> Parse[str]:
        """A person who speaks for this client and no other."""

        def parse(value: object) -> str:
            person = self.person(value)
            other = self.client_of[person]
            if other != client:
                hint = f'remove it here, or write client = "{client}" at [people.{person}]'
                raise Unfit(f'"{person}" is a contact of the client "{other}"', hint)
            return person

        return parse

    def words(self, value: object) -> Words:
        """A name in several languages, or a plain text for all."""
        if not isinstance(value, dict):
            return {self.lang: a_text(value)}
        if not value:
            raise Unfit("the name is empty", 'write { "zh-CN" = "...", en = "..." } or "..."')
        return {a_lang(lang): a_text(text) for lang, text in value.items()}


def unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
