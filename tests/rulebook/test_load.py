"""The rulebook loader: every mistake told at once with its line, and two sample desks that have none."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRulebook, Mistake
from core.model.parties import Address, Identity
from core.model.request import Priority
from core.rulebook.directory import Directory
from core.rulebook.lines import KeyPath, lines_of
from core.rulebook.load import load, mistakes_as_text, parse
from core.rulebook.values import (
    DEFAULT_LADDER,
    DEFAULT_MATRIX,
    WAITING_LADDER,
    Agreement,
    Allowance,
    Prerequisite,
    Rulebook,
)

TODAY = date(2026, 11, 22)
DESKS = Path(__file__).parents[2] / "deploy" / "desks"

SMALL = """\
[desk]
name = "Desk"
lang = "en"
zone = "Europe/London"

[calendars.office]
week = { mon-fri = ["09:00-17:00"] }

[clients.acme]
prefix = "AC"
name = "Acme"
agreement = "gold"
chats = ["slack:T1/C1"]

[clients.bolt]
prefix = "BO"
name = { en = "Bolt", "zh-CN" = "博特" }
digest_at = "09:00"

[people.ann]
name = "Ann"
client = "acme"
slack = "T1/U1"

[people.bob]
name = "Bob"
telegram = 1001

[people.cat]
name = "Cat"

[teams.crew]
name = "Crew"
calendar = "office"
lead = "bob"
manager = "cat"
duty = ["bob"]

[items.general]
name = "General"
team = "crew"
default = true

[items.fix]
name = "Repair"
aliases = ["fix it", "mend"]
team = "crew"
impact = 2

[agreements.gold]
calendar = "office"

[agreements.gold.targets.answer]
metric = "frt"
goals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }

[ladders.calm]
steps = [
  { id = "late", at = "100%", tell = ["lead"] },
  { id = "later", at = "100%+60m", tell = ["cat"], every = "60m", times = 3 },
]

[[cues]]
words = ["urgent"]
urgency = 1
"""


def book(text: str, today: date = TODAY, chats_on_page: bool = False) -> Rulebook:
    return parse(text, "desk.toml", today, chats_on_page)


def agreement_of(book: Rulebook, client: str, now: datetime = datetime(2026, 11, 23, tzinfo=UTC)) -> Agreement:
    return Directory(book).agreement_of(client, now)


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(BadRulebook) as caught:
        book(text)
    return caught.value.mistakes


def edited(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, f"{SMALL.count(old)} times: {old!r}"
    return SMALL.replace(old, new)


def line_of(text: str, fragment: str) -> int:
    assert fragment in text
    return text[: text.index(fragment)].count("\n") + 1


GOALS = 'goals = { p1 = "30m", p2 = "2h", p3 = "4h", p4 = "8h" }'
WEEK = 'week = { mon-fri = ["09:00-17:00"] }'

#: what is changed into what, the text on whose line the one mistake is expected, where and what it says, and its hint
MISTAKES = {
    "unknown table": ("[[cues]]", "[[clues]]", "[[clues]]", "clues", "unknown key", "`cues`"),
    "unknown key": (
        'agreement = "gold"',
        'agrement = "gold"',
        "agrement",
        "clients.acme.agrement",
        "unknown",
        "`agreement`",
    ),
    "key far from any": (
        'name = "Cat"',
        'name = "Cat"\nshoe = 9',
        "shoe",
        "people.cat.shoe",
        "unknown",
        "the keys here are",
    ),
    "a typo in a needed key is one mistake": (
        'lead = "bob"',
        'laed = "bob"',
        "laed",
        "teams.crew.laed",
        "unknown",
        "`lead`",
    ),
    "missing key": ('name = "Cat"', "", "[people.cat]", "people.cat", "`name` is missing", "name ="),
    "missing desk": (
        '[desk]\nname = "Desk"\nlang = "en"\nzone = "Europe/London"\n',
        "",
        "[calendars",
        "",
        "`desk` is",
        "[desk]",
    ),
    "wrong type": ('name = "Cat"', "name = 7", "name = 7", "people.cat.name", "7 is not a text", "quotes"),
    "empty text": ('name = "Cat"', 'name = " "', 'name = " "', "people.cat.name", "empty", "write"),
    "flag as text": (
        "default = true",
        'default = "yes"',
        "default =",
        "items.general.default",
        "neither",
        "without quotes",
    ),
    "table expected": (WEEK, 'week = "mon"', "week", "calendars.office.week", "not a table", "{"),
    "array expected": ('duty = ["bob"]', 'duty = "bob"', "duty", "teams.crew.duty", "not an array", '["bob"]'),
    "id with a blank": (
        "[people.cat]",
        '[people."the cat"]\nname = "X"\n[people.cat]',
        '"the cat"',
        "people.the cat",
        "id",
        "a-z",
    ),
    "unknown zone": ("Europe/London", "Europe/Londn", "zone", "desk.zone", "unknown time zone", "Europe/London"),
    "Beijing has no zone": ("Europe/London", "Asia/Beijing", "zone", "desk.zone", "unknown time zone", "Asia/Shanghai"),
    "unknown language": ('lang = "en"', 'lang = "zh"', "lang", "desk.lang", "unknown language", '"zh-CN"'),
    "unknown language of a name": ('en = "Bolt"', 'fr = "Bolt"', "fr =", "clients.bolt.name", '"fr"', "zh-CN"),
    "unknown country": (WEEK, WEEK + '\nholidays = "XQ"', "holidays", "calendars.office.holidays", '"XQ"', "ISO"),
    "lower-case country": (WEEK, WEEK + '\nholidays = "gb"', "holidays", "calendars.office.holidays", '"gb"', '"GB"'),
    "unknown region": (WEEK, WEEK + '\nholidays = "DE-XX"', "holidays", "calendars.office.holidays", '"XX"', "BE"),
    "no working time": (
        WEEK,
        "week = { mon-fri = [] }",
        "[calendars.office]",
        "calendars.office",
        "no working time",
        "week =",
    ),
    "no week": (WEEK, "", "[calendars.office]", "calendars.office", "`week` is missing", "week ="),
    "interval without length": (
        "09:00-17:00",
        "09:00-09:00",
        "week",
        "calendars.office.week.mon-fri[1]",
        "length",
        "09:00",
    ),
    "bad interval": ("09:00-17:00", "nine to five", "week", "calendars.office.week.mon-fri[1]", "nine", "09:00-12:00"),
    "hour 25": ("09:00-17:00", "09:00-25:00", "week", "calendars.office.week.mon-fri[1]", "25:00", "09:00-12:00"),
    "overlap": (
        '["09:00-17:00"]',
        '["09:00-13:00", "12:30-17:00"]',
        "week",
        "calendars.office.week.mon-fri",
        "overlap",
        "later",
    ),
    "interval reversed": (
        "09:00-17:00",
        "17:00-09:00",
        "week",
        "calendars.office.week.mon-fri[1]",
        "ends before it begins",
        "09:00-17:00",
    ),
    "unknown day": ("mon-fri", "mo-fr", "week", "calendars.office.week.mo-fr", "unknown day", "mon tue"),
    "day in two ranges": (
        "{ mon-fri =",
        '{ fri-sat = ["10:00-12:00"], mon-fri =',
        "week",
        "calendars.office.week",
        "fri",
        "over",
    ),
    "bad closed date": (
        WEEK,
        WEEK + '\nclosed = ["2026-02-30"]',
        "closed",
        "calendars.office.closed[1]",
        "not a date",
        "2026-12",
    ),
    "closure without hours": (
        WEEK,
        WEEK + '\nclosed = [{ date = "2026-12-24" }]',
        "closed",
        "closed[1]",
        "not a day",
        "hours",
    ),
    "bad open date": (
        WEEK,
        WEEK + '\nopen = { "24.12." = ["09:00-12:00"] }',
        "open",
        "open.24.12.",
        "not a date",
        "2026-12",
    ),
    "24x7 again": (
        "[calendars.office]",
        "[calendars.24x7]\n" + WEEK + "\n[calendars.office]",
        "[calendars.24",
        "24x7",
        "built in",
        "name",
    ),
    "prefix twice": (
        '"BO"',
        '"AC"',
        'prefix = "AC"\nname = { en',
        "clients.bolt.prefix",
        "clients.acme.prefix (line 10)",
        "own",
    ),
    "prefix too long": ('"BO"', '"BOLTED"', '"BOLTED"', "clients.bolt.prefix", "cannot be a prefix", "two to five"),
    "prefix in small letters": ('"BO"', '"bo"', '"bo"', "clients.bolt.prefix", "cannot be a prefix", '"BO"'),
    "unknown kind": (
        'name = "Acme"',
        'name = "Acme"\nkind = "VIP"',
        "kind",
        "clients.acme.kind",
        "no kind of client",
        '"vip"',
    ),
    "unknown agreement": (
        'agreement = "gold"',
        'agreement = "glod"',
        "glod",
        "clients.acme.agreement",
        "no agreement",
        '"gold"',
    ),
    "unknown client": ('client = "acme"', 'client = "acne"', "acne", "people.ann.client", 'no client "acne"', '"acme"'),
    "another client's contact": (
        "name = { en",
        'contacts = ["ann"]\nname = { en',
        "contacts",
        "clients.bolt.contacts[1]",
        'contact of the client "acme"',
        "bolt",
    ),
    "unknown contact": (
        "name = { en",
        'contacts = ["anne"]\nname = { en',
        "contacts",
        "bolt.contacts[1]",
        "no person",
        '"ann"',
    ),
    "bad digest time": (
        '"09:00"\n\n[people.ann]',
        '"9 am"\n\n[people.ann]',
        "9 am",
        "clients.bolt.digest_at",
        "time of day",
        "09:00",
    ),
    "bad time of the week": (
        'digest_at = "09:00"',
        'weekly_at = "monday 9"',
        "monday 9",
        "clients.bolt.weekly_at",
        "not a time of the week",
        "mon 09:00",
    ),
    "quiet all day": (
        'name = "Ann"',
        'name = "Ann"\nquiet = "08:00-08:00"',
        "08:00-08:00",
        "people.ann.quiet",
        "the whole day",
        "22:00-08:00",
    ),
    "quiet at some time": (
        'name = "Ann"',
        'name = "Ann"\nquiet = "at night"',
        "at night",
        "people.ann.quiet",
        "no quiet hours",
        '"off"',
    ),
    "an unknown way to be reminded": (
        'name = "Ann"',
        'name = "Ann"\nreminders = "fax"',
        "fax",
        "people.ann.reminders",
        "no way to be reminded",
        "mention",
    ),
    "chat twice": (
        'digest_at = "09:00"',
        'chats = [\n  "telegram:-5",\n  "slack:T1/C1",\n]',
        '  "slack:T1/C1"',
        "clients.bolt.chats[2]",
        "acme",
        "another",
    ),
    "chat by name": (
        '"slack:T1/C1"',
        '"slack:#general"',
        "#general",
        "clients.acme.chats[1]",
        "not a slack chat",
        "T0HX/C0",
    ),
    "chat of no platform": ('"slack:T1/C1"', '"irc:x"', "irc", "clients.acme.chats[1]", "not a chat", "telegram:-"),
    "group without minus": (
        '"slack:T1/C1"',
        '"telegram:100"',
        "telegram:100",
        "clients.acme.chats[1]",
        "not a telegram",
        "minus",
    ),
    "slack by name": ('"T1/U1"', '"@ann"', "@ann", "people.ann.slack", "not a slack account", "T0HX"),
    "telegram by name": ("1001", '"@bob"', "@bob", "people.bob.telegram", "not a telegram account", "number"),
    "identity twice": (
        'name = "Cat"',
        'name = "Cat"\ntelegram = [7, 1001]',
        "[7",
        "people.cat.telegram[2]",
        "people.bob",
        "one person",
    ),
    "team without lead": ('lead = "bob"\n', "", "[teams.crew]", "teams.crew", "`lead` is missing", "lead ="),
    "team without manager": (
        'manager = "cat"\n',
        "",
        "[teams.crew]",
        "teams.crew",
        "`manager` is missing",
        "manager =",
    ),
    "team without duty": ('duty = ["bob"]\n', "", "[teams.crew]", "teams.crew", "`duty` is missing", "duty ="),
    "empty duty": ('duty = ["bob"]', "duty = []", "duty", "teams.crew.duty", "`duty` is empty", "duty ="),
    "team without calendar": (
        'calendar = "office"\nlead',
        "lead",
        "[teams.crew]",
        "teams.crew",
        "`calendar` is",
        "24x7",
    ),
    "unknown calendar": (
        'calendar = "office"\nlead',
        'calendar = "offices"\nlead',
        "offices",
        "teams.crew.calendar",
        "no cal",
        '"office"',
    ),
    "unknown person": ('lead = "bob"', 'lead = "rob"', "rob", "teams.crew.lead", 'no person "rob"', '"bob"'),
    "contact in a team": (
        'lead = "bob"',
        'lead = "ann"',
        "lead",
        "teams.crew.lead",
        "contact of the client",
        "works here",
    ),
    "unknown team": ('team = "crew"\nimpact', 'team = "screw"\nimpact', "screw", "items.fix.team", "no team", '"crew"'),
    "unknown owner": ("impact = 2", 'impact = 2\nowner = "bobby"', "bobby", "items.fix.owner", "no person", '"bob"'),
    "impact 5": ("impact = 2", "impact = 5", "impact", "items.fix.impact", "from 1 to 4", "gravest"),
    "impact true": ("impact = 2", "impact = true", "impact", "items.fix.impact", "true is not", "gravest"),
    "no default item": ("default = true\n", "", "[items.general]", "items", "no item is the default", "exactly one"),
    "two default items": (
        "impact = 2",
        "default = true",
        "default = true\n\n[agree",
        "items.fix.default",
        "general",
        "exactly one",
    ),
    "alias twice": ('"mend"', '"ＧＥＮＥＲＡＬ"', "aliases", "items.fix.aliases[2]", "items.general", "own"),
    "target without calendar": (
        '[agreements.gold]\ncalendar = "office"',
        "[agreements.gold]",
        "[agreements.gold.t",
        "targets.answer",
        "no calendar",
        "24x7",
    ),
    "unknown metric": ('"frt"', '"fr"', 'metric = "fr"', "agreements.gold.targets.answer.metric", "no metric", '"frt"'),
    "neither answer nor solution": ('"frt"', '"ack"', "[agreements.gold]", "agreements.gold", "neither", '"frt"'),
    "no targets": (
        '[agreements.gold.targets.answer]\nmetric = "frt"\n' + GOALS,
        "",
        "[agreements.gold]",
        "agreements.gold",
        "`targets` is missing",
        "frt",
    ),
    "goals out of order": (
        'p3 = "4h"',
        'p3 = "1h"',
        GOALS[:20],
        "targets.answer.goals.p3",
        "p3 is due before p2",
        "p1 <= p2",
    ),
    "goal missing": ('p3 = "4h", ', "", GOALS[:20], "targets.answer.goals", "`p3` is missing", "p3 ="),
    "goal in days": ('"8h"', '"3 days"', GOALS[:20], "goals.p4", "counts in days", "24h"),
    "goal of nothing": ('"8h"', '"0m"', GOALS[:20], "goals.p4", "no time at all", "1m"),
    "goal unreadable": (GOALS, 'goals = "soon"', "soon", "targets.answer.goals", "not a span", "30m"),
    "goal a number": (GOALS, "goals = 24", "goals = 24", "targets.answer.goals", "24 is not a goal", '"24h"'),
    "acceptance in days": (
        "[agreements.gold]\n",
        '[agreements.gold]\nacceptance = "3d"\n',
        "3d",
        "gold.acceptance",
        "days",
        "24h",
    ),
    "unknown ladder": (GOALS, GOALS + '\nladder = "clam"', "clam", "targets.answer.ladder", "no ladder", '"calm"'),
    "steps not ascending": ("100%+60m", "90%", '"later"', "ladders.calm.steps[2].at", "does not come after", "order"),
    "step twice": ('"later"', '"late"', "100%+60m", "ladders.calm.steps[2].id", "steps[1].id (line 59)", "own"),
    "step without id": ('id = "later", ', "", "100%+60m", "ladders.calm.steps[2]", "`id` is missing", "id ="),
    "percent 0": ('"100%",', '"0%",', '"0%"', "ladders.calm.steps[1].at", "before the clock", "1%"),
    "beyond the clock": ("100%+60m", "150%", "150%", "ladders.calm.steps[2].at", "beyond its clock", "100%+60m"),
    "percent and span": ("100%+60m", "99%+60m", "99%", "ladders.calm.steps[2].at", "before or after", "100%+60m"),
    "before the end": ("100%+60m", "80%-60m", "-60m", "ladders.calm.steps[2].at", "may lie before or after", "-30m"),
    "days after": ("100%+60m", "100%+1d", "+1d", "ladders.calm.steps[2].at", "days", "24h"),
    "repeat without bound": (
        ", times = 3",
        "",
        "100%+60m",
        "ladders.calm.steps[2].every",
        "without bound",
        "times = 3",
    ),
    "times without every": (
        'every = "60m", ',
        "",
        "100%+60m",
        "ladders.calm.steps[2].times",
        "without `every`",
        "every =",
    ),
    "unknown role": (
        'tell = ["lead"]',
        'tell = ["leed"]',
        "leed",
        "ladders.calm.steps[1].tell[1]",
        "no role",
        '"lead"',
    ),
    "contact in a ladder": (
        'tell = ["cat"]',
        'tell = ["ann"]',
        '"ann"]',
        "ladders.calm.steps[2].tell[1]",
        "contact",
        "works",
    ),
    "ladder without steps": (
        "[[cues]]",
        "[ladders.x]\nsteps = []\n[[cues]]",
        "steps = []",
        "ladders.x.steps",
        "is empty",
        "risk",
    ),
    "cue without effect": ("urgency = 1\n", "", "[[cues]]", "cues[1]", "proposes nothing", "urgency"),
    "cue without words": ('words = ["urgent"]\n', "", "[[cues]]", "cues[1]", "`words` is missing", "words ="),
    "matrix of three rows": (
        "[[cues]]",
        "[matrix]\nrows = [[1,1,1,1],[2,2,2,2],[3,3,3,3]]\n[[cues]]",
        "rows",
        "matrix.rows",
        "3 rows",
        "1-4",
    ),
    "matrix row of three": (
        "[[cues]]",
        "[matrix]\nrows = [\n[1,1,1,1],\n[2,2,2],\n[3,3,3,3],\n[4,4,4,4]]\n[[cues]]",
        "[2,2,2]",
        "rows[2]",
        "3 numbers",
        "1-4",
    ),
    "matrix of fives": (
        "[[cues]]",
        "[matrix]\nrows = [\n[1,1,1,1],\n[2,2,2,5],\n[3,3,3,3],\n[4,4,4,4]]\n[[cues]]",
        "[2,2,2",
        "rows[2]",
        "5 is not",
        "1 to 4",
    ),
    "not TOML": ('name = "Cat"', "name = Cat", "name = Cat", "", "not TOML", "quotes"),
    "a table twice": ("[people.cat]", "[people.cat]\n[people.cat]", "[people.cat]", "", "not TOML", "check"),
}


@pytest.mark.parametrize(
    ("old", "new", "on", "where", "what", "hint"), MISTAKES.values(), ids=[name.replace(" ", "-") for name in MISTAKES]
)
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    old: str, new: str, on: str, where: str, what: str, hint: str
) -> None:
    text = edited(old, new)
    found = mistakes(text)

    assert len(found) == 1, mistakes_as_text(BadRulebook("desk.toml", found))
    (mistake,) = found
    assert what in mistake.what
    assert hint in mistake.hint
    assert mistake.hint
    assert where in mistake.where
    if mistake.where:
        assert mistake.line == line_of(text, on)


def test_the_small_book_has_no_mistake() -> None:
    found = book(SMALL)

    assert found.warnings == ()
    assert found.ladders["default"] == DEFAULT_LADDER
    assert found.matrix == DEFAULT_MATRIX
    assert found.teams["crew"].members == ("bob",)
    assert found.clients["acme"].contacts == ("ann",)
    assert found.clients["bolt"].digest_at == time(9)
    assert agreement_of(found, "acme").key == "gold@1"
    assert found.people["ann"].identities == (Identity("slack", "T1", "U1"),)
    assert found.people["bob"].identities == (Identity("telegram", "", "1001"),)
    assert found.clients["acme"].chats == (Address("slack", "T1", "C1"),)
    assert found.people["bob"].calendar == "office"
    assert found.items["fix"].owner == "bob"
    later = found.ladders["calm"].steps[1]
    assert (later.percent, later.after, later.every, later.times) == (100, timedelta(hours=1), timedelta(hours=1), 3)


def test_who_agreed_nothing_is_answered_within_a_day_by_any_clock() -> None:
    found = book(SMALL)
    (promise,) = agreement_of(found, "bolt").targets

    assert (promise.metric, promise.goals[Priority.P4], promise.calendar) == ("frt", timedelta(hours=24), "24x7")
    assert found.calendars["24x7"].is_open(datetime(2026, 12, 25, 3, tzinfo=UTC))


def test_ten_mistakes_are_told_in_one_run_in_the_order_of_the_lines() -> None:
    text = SMALL
    for old, new in (
        ("Europe/London", "Europe/Nowhere-Here"),
        ("09:00-17:00", "09:00-09:00"),
        ('"BO"', '"B"'),
        ('client = "acme"', 'client = "axme"'),
        ("1001", "-1"),
        ('manager = "cat"\n', ""),
        ('team = "crew"\nimpact = 2', 'team = "crow"\nimpact = 9'),
        ('p4 = "8h"', 'p4 = "3 days"'),
        ('tell = ["lead"]', 'tell = ["boss"]'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = mistakes(text)

    assert [(each.line, each.where) for each in found] == [
        (4, "desk.zone"),
        (7, "calendars.office.week.mon-fri[1]"),
        (16, "clients.bolt.prefix"),
        (22, "people.ann.client"),
        (27, "people.bob.telegram"),
        (32, "teams.crew"),
        (46, "items.fix.team"),
        (47, "items.fix.impact"),
        (54, "agreements.gold.targets.answer.goals.p4"),
        (58, "ladders.calm.steps[1].tell[1]"),
    ]
    shown = mistakes_as_text(BadRulebook("desk.toml", found)).splitlines()
    assert len(shown) == 20
    assert shown[4] == 'desk.toml:16: clients.bolt.prefix: "B" cannot be a prefix of numbers'
    assert all(line.startswith("    hint: ") and len(line) > 12 for line in shown[1::2])


def test_whatever_stands_right_of_an_equals_sign_is_refused_in_words() -> None:
    """Nothing but BadRulebook comes out, each mistake has a line of the file and a hint."""
    full = edited(WEEK, WEEK + '\nzone = "UTC"\nholidays = "CN"\nmakeup = []\nclosed = []\nopen = {}')
    full += "unless = []\n[matrix]\nrows = []\n"
    lines = full.splitlines()
    odd = (
        "7",
        "-1",
        "1.5",
        "true",
        '"x"',
        '""',
        "[]",
        "[7]",
        '["x"]',
        "{}",
        "{ x = 7 }",
        "2026-11-22",
        "[{ x = 1 }]",
        "[[]]",
    )
    told: dict[int, tuple[Mistake, ...]] = {}
    for number, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        for value in odd if equals and not line.startswith(" ") else ():
            try:
                book("\n".join([*lines[:number], f"{key} = {value}", *lines[number + 1 :]]))
            except BadRulebook as bad:
                told[number] = told.get(number, ()) + bad.mistakes

    assert len(told) > 30
    assert all(1 <= each.line <= len(lines) and each.hint for several in told.values() for each in several)


def test_an_empty_file_lacks_each_part_once() -> None:
    assert [each.what for each in mistakes("")] == [
        "`people` is missing",
        "`clients` is missing",
        "`teams` is missing",
        "`items` is missing",
        "`desk` is missing",
    ]


@pytest.mark.parametrize("text", ['[desk\nname = "x"', "a = [1,", 'a = """', "= 1", "a = 1\na = 2", "x" * 9])
def test_a_slip_of_syntax_is_one_mistake(text: str) -> None:
    (mistake,) = mistakes(text)

    assert 1 <= mistake.line <= text.count("\n") + 1
    assert "TOML" in mistake.what
    assert "(at " not in mistake.what
    assert mistake.hint


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes("[desk]\nname = '服务台'\n".encode("gbk"))
    for name, line, what in (("none.toml", 0, "no such file"), ("", 0, "cannot be read"), ("gbk.toml", 2, "UTF-8")):
        with pytest.raises(BadRulebook) as caught:
            load(tmp_path / name, today=TODAY)
        (mistake,) = caught.value.mistakes
        assert mistake.line == line
        assert what in mistake.what
        assert mistake.hint


def test_a_file_as_notepad_saves_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert load(tmp_path / "desk.toml", today=TODAY).name == {"en": "Desk"}


def test_lines_are_exact_with_windows_line_ends() -> None:
    (mistake,) = mistakes(edited('"BO"', '"B"').replace("\n", "\r\n"))

    assert mistake.line == 16


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("year", [2026, 2027])
def test_the_sample_desks_have_no_mistake(lang: str, year: int) -> None:
    found = load(DESKS / f"consultancy.{lang}.toml", today=date(year, 11, 22))

    assert len(found.digest) == 64
    assert {item.private for item in found.items.values() if item.owner in {"zheng-hao", "david-north"}} == {True}
    assert {"网络", "network", "it"} <= set(found.items["it"].aliases)
    for client in found.clients:
        agreement = agreement_of(found, client)
        frt = [target for target in agreement.targets if target.metric == "frt"]
        assert [target.calendar for target in frt if target.id == "promise"] == ["24x7"]
        assert {target.metric for target in agreement.targets} - {"put"} == {"ack", "frt", "ttr"}
    assert any(target.metric == "put" for agreement in found.agreements.values() for target in agreement.targets)
    if lang == "zh":
        assert any(str(2027) in warning and "provisional" in warning for warning in found.warnings)
    else:
        assert found.warnings == ()


def test_the_sample_ladder_and_matrix_are_the_defaults_they_claim_to_be() -> None:
    for lang in ("zh", "en"):
        found = load(DESKS / f"consultancy.{lang}.toml", today=TODAY)
        assert found.ladders["default"] == DEFAULT_LADDER
        assert found.ladders["waiting"] == WAITING_LADDER
        assert found.matrix == DEFAULT_MATRIX


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_accounts_that_the_sample_desks_show_as_comments_are_well_written(lang: str) -> None:
    """An administrator takes the # away and changes the ids; nothing else must be wrong."""
    text = (DESKS / f"consultancy.{lang}.toml").read_text("utf-8")
    filled = re.sub(r"^# (?=(?:slack|telegram|chats|open|makeup) = )", "", text, flags=re.MULTILINE)

    found = book(filled)
    assert filled.count("\n# ") < text.count("\n# ")
    assert all(team.chats for team in found.teams.values())
    assert all(client.chats for client in found.clients.values())


def test_makeup_workdays_of_2026_are_worked_and_bridge_days_are_not() -> None:
    """国务院办公厅关于2026年部分节假日安排的通知: ten days worked less, six weekend days worked."""
    calendar = load(DESKS / "consultancy.zh.toml", today=TODAY).calendars["office"]
    version = calendar.versions[0]
    monday = version.week[0]
    worked = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    weekend = [day for day, hours in version.exceptions.items() if hours and day.weekday() > 4 and day.year == 2026]

    assert [(day.month, day.day) for day in sorted(weekend)] == worked
    assert all(version.hours(day) == monday for day in weekend)
    assert not any(version.hours(date(2026, 10, day)) for day in range(1, 8))
    assert version.hours(date(2026, 10, 8)) == monday
    assert version.provisional_years == {2027, 2028}


def test_own_days_beat_the_public_ones_and_the_later_listed_wins() -> None:
    week = 'week = { mon-fri = ["09:00-17:00"] }\nholidays = "CN"\n'
    nine = ((9 * 3600, 12 * 3600),)

    def version(own: str) -> tuple[object, ...]:
        ruled = book(edited(WEEK, week + own)).calendars["office"].versions[0]
        return ruled.hours(date(2026, 10, 1)), ruled.hours(date(2026, 10, 10)), len(ruled.closures)

    worked = ((9 * 3600, 17 * 3600),)
    assert version("") == ((), worked, 0)
    assert version('makeup = ["09:00-12:00"]') == ((), nine, 0)
    assert version('open = { "2026-10-01" = ["09:00-12:00"] }') == (nine, worked, 0)
    assert version("closed = [2026-10-10]") == ((), (), 0)
    assert version('closed = ["2026-10-01"]\nopen = { "2026-10-01" = ["09:00-12:00"] }') == (nine, worked, 0)
    assert version('open = { "2026-10-01" = ["09:00-12:00"] }\nclosed = ["2026-10-01"]') == ((), worked, 0)
    assert version('closed = [{ date = "2026-10-10", hours = ["13:00-17:00"] }]') == ((), worked, 1)
    assert version('closed = [{ date = "2026-10-10", hours = ["13:00-17:00"] }, "2026-10-10"]') == ((), (), 0)


def test_a_day_by_itself_beats_a_range_and_a_night_belongs_to_its_evening() -> None:
    found = book(edited(WEEK, 'week = { mon-fri = ["09:00-17:00"], fri = ["22:00-02:00"], sat-sun = [] }'))
    week = found.calendars["office"].versions[0].week

    assert week[4] == ((22 * 3600, 26 * 3600),)
    assert week[3] == ((9 * 3600, 17 * 3600),)
    assert week[5:] == ((), ())


def test_a_night_may_not_be_longer_than_its_day() -> None:
    """What ends before it begins is a night shift up to twelve hours; beyond that the two ends were exchanged."""
    (mistake,) = mistakes(edited("09:00-17:00", "17:00-09:00"))

    assert (mistake.line, "16 hours" in mistake.what, '"09:00-17:00"' in mistake.hint) == (7, True, True)
    assert book(edited("09:00-17:00", "19:00-07:00")).calendars["office"].versions[0].week[0] == ((68400, 111600),)


def test_the_page_gives_every_client_team_and_person_a_place() -> None:
    found = book(SMALL, chats_on_page=True)

    assert found.clients["bolt"].chats == (Address.parse("web::client-bolt"),)
    assert found.clients["acme"].chats[-1] == Address("web", "", "client-acme")
    assert found.teams["crew"].chats == (Address("web", "", "team-crew"),)
    assert all(person.identities[-1] == Identity("web", "", person.id) for person in found.people.values())


def test_an_internal_client_may_have_colleagues_for_contacts() -> None:
    text = edited('name = { en', 'kind = "internal"\ncontacts = ["bob"]\nname = { en')  # fmt: skip

    assert book(text).people["bob"].client == "bolt"


# The lines


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A TOML text in which each number is the line it stands on: the reader of lines has no excuse."""
    rows: list[str] = []
    keys = st.sampled_from(["a", "b-c", '"q d"', "'l.t'", '"\\u00e9#"', "7x7", '"日"'])
    noise = st.sampled_from(
        ["", "# [x] = {", "  # ]]", '"t{n}" = "[a] # no"', '"m{n}" = """\n[z]\n = \\" " """', "'s{n}' = '''\n'''"]
    )

    def here() -> int:
        return "\n".join(rows).count("\n") + 2 if rows else 1

    for number in range(draw(st.integers(1, 6))):
        name = f"t{number}.{draw(keys)}"
        header = draw(st.sampled_from([f"[{name}]", f"[[{name}]]", f"[ {name} ] # c", f"[[{name}]]\n[[{name}]]"]))
        rows.append(header)
        for each in range(draw(st.integers(0, 4))):
            rows.append(draw(noise).replace("{n}", f"n{each}"))
            key = f"k{each}.{draw(keys)}" if draw(st.booleans()) else f"k{each}"
            line = here()
            rows.append(
                draw(
                    st.sampled_from([
                        f"{key} = {line}",
                        f"  {key}={line} # = 9",
                        f"{key} = [{line}, {{ x = {line}, y.z = [{line}] }}, ]",
                        f"{key} = [ # [\n  {line + 1}, {line + 1},\n\n  {{ v = [\n {line + 4} ] }} # }}\n]",
                        f"{key} = {{ u = {line}, w = [[{line}], [\n{line + 1}]] }}",
                    ])
                )
            )  # fmt: skip
    return "\n".join(rows)


def leaves(value: object, path: KeyPath = ()) -> list[tuple[KeyPath, int]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, (*path, index))]
    return [(path, value)] if isinstance(value, int) else []


@given(documents())
def test_every_value_is_found_on_its_line(text: str) -> None:
    lines = lines_of(text)

    assert {path: lines.get(path) for path, _ in leaves(tomllib.loads(text))} == dict(leaves(tomllib.loads(text)))


def test_tables_and_elements_have_lines_too() -> None:
    text = "[a.b]\n[a]\nx.y = 1\n[[c]]\n[c.d]\n[[c]]\n[c.d]\nz = [\n {},\n [ 2,\n 3 ] ]"

    assert lines_of(text) == {
        ("a",): 2, ("a", "b"): 1, ("a", "x"): 3, ("a", "x", "y"): 3,
        ("c",): 4, ("c", 0): 4, ("c", 0, "d"): 5, ("c", 1): 6, ("c", 1, "d"): 7,
        ("c", 1, "d", "z"): 8, ("c", 1, "d", "z", 0): 9, ("c", 1, "d", "z", 1): 10,
        ("c", 1, "d", "z", 1, 0): 10, ("c", 1, "d", "z", 1, 1): 11,
    }  # fmt: skip


def test_what_an_agreement_says_of_waiting_and_of_calendars_by_priority() -> None:
    terms = '[agreements.gold.waiting]\nclient = "16h"\nthen = "cancel"\nsupplier_pauses = true\n'
    text = edited("[ladders.calm]", f"{terms}\n[ladders.calm]")
    text = text.replace(GOALS, f'{GOALS}\ncalendar = {{ p1 = "24x7" }}\ngrace = "0m"\nfloor = "1h"')
    gold = book(text).agreements["gold@1"]
    assert (gold.client_wait, gold.after_wait, gold.supplier_pauses) == (timedelta(hours=16), "cancel", True)
    (target,) = gold.targets
    assert [target.measured_by(rank) for rank in Priority] == ["24x7", "office", "office", "office"]
    assert (target.grace, target.floor) == (timedelta(0), timedelta(hours=1))
    silent = book(SMALL).agreements["gold@1"]
    assert (silent.client_wait, silent.after_wait, silent.supplier_pauses) == (timedelta(hours=80), "resume", False)


def test_what_a_service_needs_first_and_how_often_it_is_reviewed() -> None:
    text = edited('aliases = ["fix it", "mend"]', 'prerequisites = ["Photo"]\nreview_levels = 2')
    item = book(text).items["fix"]
    assert (item.prerequisites, item.review_levels) == ((Prerequisite("Photo", {"en": "Photo"}),), 2)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (GOALS, f'{GOALS}\ncalendar = {{ p1 = "night" }}', "agreements.gold.targets.answer.calendar.p1"),
        (GOALS, f'{GOALS}\ncalendar = {{ p5 = "24x7" }}', "agreements.gold.targets.answer.calendar.p5"),
        ('aliases = ["fix it", "mend"]', "review_levels = 4", "items.fix.review_levels"),
        (
            '[agreements.gold]\ncalendar = "office"\n',
            '[agreements.gold]\ncalendar = "office"\nwaiting = { then = "close" }\n',
            "agreements.gold.waiting.then",
        ),
    ],
)
def test_a_mistake_in_what_waits_is_told_where_it_stands(old: str, new: str, where: str) -> None:
    assert [mistake.where for mistake in mistakes(edited(old, new))] == [where]


FIX = 'aliases = ["fix it", "mend"]'
GOLD = '[agreements.gold]\ncalendar = "office"\n'


def test_who_an_item_is_for_and_what_an_agreement_covers() -> None:
    text = edited(FIX, f'{FIX}\naudience = "departments"').replace(GOLD, f'{GOLD}excludes = ["fix"]\n')
    read = book(text)
    assert [item.audience for item in read.items.values()] == ["everyone", "departments"]
    gold = read.agreements["gold@1"]
    assert (gold.includes, gold.excludes) == ((), ("fix",))


def test_a_version_keeps_what_it_does_not_speak_of() -> None:
    version = '\n[[agreements.gold.versions]]\nvalid_from = 2027-01-01\nincludes = ["general", "fix"]\n'
    text = edited("[ladders.calm]", f"{version}\n[ladders.calm]").replace(GOLD, f'{GOLD}includes = ["general"]\n')
    read = book(text)
    assert read.agreements["gold@1"].includes == ("general",)
    assert read.agreements["gold@2"].includes == ("fix", "general")


def test_an_agreement_that_speaks_of_no_item_is_the_document_that_it_was() -> None:
    """Desks that run have its hash stored: an update is no new version of every agreement."""
    before = book(SMALL).agreements["gold@1"]
    named = book(SMALL.replace(GOLD, f'{GOLD}includes = ["fix", "general"]\n')).agreements["gold@1"]
    assert before.hash == "c24849c849a31c0ec3783e7dee683a12276adc3d065f197693f1bbe6882a64eb"
    assert named.hash != before.hash


@pytest.mark.parametrize(
    ("old", "new", "where", "hint"),
    [
        (FIX, f'{FIX}\naudience = "client"', "items.fix.audience", 'did you mean "clients"?'),
        ("default = true", 'default = true\naudience = "clients"', "items.general.audience", "remove `audience`"),
        (GOLD, f'{GOLD}excludes = ["fixx"]\n', "agreements.gold.excludes[1]", 'did you mean "fix"?'),
        (GOLD, f"{GOLD}includes = []\n", "agreements.gold.includes", "leave the line out"),
        (GOLD, f'{GOLD}includes = ["fix"]\nexcludes = ["fix"]\n', "agreements.gold.excludes", "remove it here"),
    ],
)
def test_a_mistake_in_who_may_order_what_is_told(old: str, new: str, where: str, hint: str) -> None:
    (mistake,) = mistakes(edited(old, new))
    assert mistake.where == where
    assert hint in mistake.hint


# ---- rationed urgency

CREW = 'lead = "bob"\nmanager = "cat"\n'
GOLD = '[agreements.gold]\ncalendar = "office"\n'
BOLT = 'digest_at = "09:00"\n'


def rationed(allowance: str, capacity: str = "{ p1 = 3 }") -> str:
    """Both clients under gold, with this allowance each, out of this capacity."""
    text = edited(CREW, f"{CREW}capacity = {capacity}\n").replace(BOLT, f'{BOLT}agreement = "gold"\n')
    return text.replace(GOLD, f"{GOLD}allowance = {allowance}\n")


def test_an_allowance_is_units_in_a_period() -> None:
    found = book(rationed('{ p1 = 1, per = "week" }', '{ p1 = 20, per = "quarter" }'))
    assert found.agreements["gold@1"].allowance == Allowance(1, "week")
    assert found.teams["crew"].capacity == Allowance(20, "quarter")
    assert book(SMALL).agreements["gold@1"].allowance is None


@pytest.mark.parametrize(
    ("allowance", "capacity", "warns"),
    [
        ("{ p1 = 1 }", "{ p1 = 2 }", ""),
        ("{ p1 = 2 }", "{ p1 = 3 }", "team crew can carry 3 P1 a month, and its clients may call 4 (acme 2, bolt 2)"),
        ('{ p1 = 1, per = "day" }', '{ p1 = 14, per = "week" }', ""),
        ('{ p1 = 1, per = "day" }', '{ p1 = 13, per = "week" }', "may call 14 (acme 7, bolt 7)"),
    ],
)
def test_allowances_beyond_the_capacity_are_told(allowance: str, capacity: str, warns: str) -> None:
    found = book(rationed(allowance, capacity)).warnings
    assert (warns in found[0]) if warns else found == ()


def test_a_later_version_keeps_the_allowance_unless_it_says_otherwise() -> None:
    later = "\n[[agreements.gold.versions]]\nproposed = true\n"
    found = book(rationed("{ p1 = 1 }") + later).agreements
    assert found["gold@2"].allowance == Allowance(1)
    other = book(rationed("{ p1 = 1 }") + f"{later}allowance = {{ p1 = 5 }}\n").agreements
    assert (other["gold@1"].allowance, other["gold@2"].allowance) == (Allowance(1), Allowance(5))
    assert found["gold@1"].hash != book(SMALL).agreements["gold@1"].hash, "it is part of the document"


@pytest.mark.parametrize(
    ("allowance", "what", "hint"),
    [
        ("3", "is not a table", "{ key = value"),
        ("{ p1 = -1 }", "not a whole number", "p1 = 3"),
        ('{ p1 = 1, per = "mont" }', 'no period "mont"', 'did you mean "month"?'),
        ('{ per = "month" }', "`p1` is missing", "p1 = 3"),
    ],
)
def test_a_bad_allowance_is_told_with_its_line(allowance: str, what: str, hint: str) -> None:
    (found,) = mistakes(rationed(allowance))
    assert what in found.what
    assert hint in found.hint


CARD = """
audience = "clients"
about = { en = "Mended", "zh-CN" = "修好" }
prerequisites = ["Photo", { id = "plan", name = { en = "Plan", "zh-CN" = "平面图" }, file = true }]
outputs = ["Report", { en = "Invoice", "zh-CN" = "发票" }]
steps = [{ name = "Look", who = "duty" }, { name = "Mend" }]
fields = [
  { id = "floor", name = "Floor", kind = "number", required = true, least = 1, most = 40 },
  { id = "part", name = "Part", options = [{ id = "roof", name = "Roof" }, { id = "wall", name = "Wall" }] },
  { id = "by", name = "By", kind = "date", hint = "a working day" },
]
"""


def test_what_the_card_of_an_item_tells_and_its_order_asks() -> None:
    item = book(edited(FIX, FIX + CARD)).items["fix"]
    assert item.about["zh-CN"] == "修好"
    assert [(need.id, need.file) for need in item.prerequisites] == [("Photo", False), ("plan", True)]
    assert [(one.id, one.kind, one.required) for one in item.details] == [
        ("floor", "number", True), ("part", "choice", False), ("by", "date", False),
    ]  # fmt: skip
    assert (item.details[0].least, item.details[0].most) == (1, 40)
    assert [option.id for option in item.details[1].options] == ["roof", "wall"]
    assert [(step.name["en"], step.who) for step in item.steps] == [("Look", "duty"), ("Mend", "")]
    assert [output["en"] for output in item.outputs] == ["Report", "Invoice"]
    assert [need.id for need in item.needs] == ["Photo", "plan", "floor", "part", "by"]


@pytest.mark.parametrize(
    ("line", "where", "what", "hint"),
    [
        ("prerequisites = [7]", "prerequisites[1]", "not a text", "id ="),
        ('prerequisites = [""]', "prerequisites[1]", "empty", "id ="),
        ('prerequisites = [{ name = "Plan" }]', "prerequisites[1]", "`id` is missing", 'id = "permit"'),
        ('prerequisites = [{ id = "plan" }]', "prerequisites[1]", "`name` is missing", "name ="),
        ('prerequisites = [{ id = "The plan", name = "Plan" }]', "prerequisites[1].id", "cannot be an id", "a-z"),
        ('prerequisites = [{ id = "p", name = "P", fiel = true }]', "prerequisites[1].fiel", "unknown key", "`file`"),
        ('prerequisites = [{ id = "p", name = "P", file = "yes" }]', "prerequisites[1].file", "neither true", "quotes"),
        ('prerequisites = ["Plan", "Plan"]', "prerequisites[2]", "asked for already", "id of its own"),
        ('fields = [{ id = "a", name = "A", kind = "numbr" }]', "fields[1].kind", "no kind of field", '"number"'),
        ('fields = [{ id = "a", name = "A", kind = "choice" }]', "fields[1]", "without options", "options = ["),
        ('fields = [{ id = "a", name = "A", kind = "date", options = [{ id = "x", name = "X" }] }]', "fields[1].options",
         "a date has no options", 'kind = "choice"'),
        ('fields = [{ id = "a", name = "A", least = 1 }]', "fields[1].least", "no bounds", 'kind = "number"'),
        ('fields = [{ id = "a", name = "A", kind = "number", least = 3, most = 2 }]', "fields[1].most", "no number", "no less"),
        ('fields = [{ id = "a", name = "A", kind = "number", least = "3" }]', "fields[1].least", "not a number", "quotes"),
        ('fields = [{ id = "a", name = "A", options = [{ id = "x", name = "X" }, { id = "x", name = "Y" }] }]',
         "fields[1].options[2]", "there already", "its own"),
        ('fields = [{ id = "a", name = "A" }, { id = "a", name = "B" }]', "fields[2]", "asked for already", "its own"),
        ('steps = [{ name = "Look", who = "dutty" }]', "steps[1].who", "no role", '"duty"'),
        ("outputs = [{}]", "outputs[1]", "the name is empty", "zh-CN"),
        ('about = { fr = "Mended" }', "about", '"fr"', "zh-CN"),
    ],
)  # fmt: skip
def test_a_mistake_in_an_item_is_told_with_its_line(line: str, where: str, what: str, hint: str) -> None:
    text = edited(FIX, f"{FIX}\n{line}")
    (mistake,) = mistakes(text)
    assert mistake.where == f"items.fix.{where}"
    assert what in mistake.what
    assert hint in mistake.hint
    assert mistake.line == line_of(text, line)


@pytest.mark.parametrize("said", ['includes = ["fix"]', 'excludes = ["general"]'])
def test_an_agreement_that_leaves_the_default_out_is_warned_of(said: str) -> None:
    (warning,) = (w for w in book(SMALL.replace(GOLD, f"{GOLD}{said}\n")).warnings if "leaves out" in w)
    assert "gold@1 leaves out general" in warning
    assert not [w for w in book(SMALL).warnings if "leaves out" in w]


# ---- criteria: the facts that the form asks

HOUSE = ["safety", "stopped", "people", "deadline"]


def criteria(more: str, item: str = "fix") -> tuple[list[str], dict[str, tuple[int | None, int | None]]]:
    """What is asked for an item with this at the end of the file, and the weights of `question.answer`."""
    found = book(SMALL + more)
    asked = found.items[item].criteria
    asked = found.criteria if asked is None else asked
    return [one.id for one in asked], {f"{one.id}.{a.id}": (a.impact, a.urgency) for one in asked for a in one.answers}


def test_the_house_asks_four_facts() -> None:
    asked, weights = criteria("")
    assert asked == HOUSE
    assert (weights["stopped.site"], weights["deadline.later"]) == ((1, 1), (None, 4))


def test_a_desk_and_an_item_have_criteria_of_their_own() -> None:
    more = """
[criteria.stopped.answers.crew]
urgency = 1
[items.fix.criteria]
ask = ["sealed", "stopped"]
[items.fix.criteria.sealed]
question = { en = "Sealed?", "zh-CN" = "封标了吗？" }
[items.fix.criteria.sealed.answers.no]
label = "Not yet"
impact = 2
"""
    asked, weights = criteria(more)
    assert asked == ["sealed", "stopped"]
    assert (weights["stopped.crew"], weights["sealed.no"]) == ((2, 1), (2, None))
    asked, weights = criteria(more, "general")
    assert (asked, weights["stopped.crew"]) == (HOUSE, (2, 1))
    assert criteria("\n[items.fix.criteria]\nask = []\n")[0] == []
    assert criteria('\n[criteria]\nask = ["deadline"]\n')[0] == ["deadline"]


@pytest.mark.parametrize(
    ("more", "what", "hint"),
    [
        ('[criteria]\nask = ["stoped"]\n', 'no criterion "stoped"', 'did you mean "stopped"?'),
        ("[criteria.stopped.answers.crew]\nimpact = 7\n", "not a whole number from 1 to 4", "1 is the gravest"),
        ("[criteria.sealed.answers.no]\nlabel = 'x'\nimpact = 1\n", "`question` is missing", "question ="),
        ('[criteria.sealed]\nquestion = "Sealed?"\n', "`answers` is missing", "criteria.sealed.answers.yes"),
        ("[criteria.stopped.answers.lift]\nimpact = 2\n", "`label` is missing", "as people read it"),
        ("[criteria.stopped]\nanswer = 1\n", "unknown key `answer`", "did you mean `answers`?"),
    ],
)
def test_bad_criteria_are_told_with_their_line(more: str, what: str, hint: str) -> None:
    (found,) = mistakes(SMALL + "\n" + more)
    assert what in found.what
    assert hint in found.hint
    assert found.line > SMALL.count("\n")
