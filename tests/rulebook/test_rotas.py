"""Rotas, groups, managers and the finer things of a ladder's step, as the file says them; each mistake with its line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.errors import Mistake
from core.rulebook.directory import Directory
from core.rulebook.lines import line_of, lines_of
from core.rulebook.values import FollowUp, Rota, Rulebook, Step
from core.rules import soundness
from tests.rulebook.test_load import book, edited, mistakes

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DUTY = 'duty = ["bob"]'
LATE = '{ id = "late", at = "100%", tell = ["lead"] }'


def rota(text: str) -> str:
    return edited(DUTY, f"[[teams.crew.rota]]\n{text}")


def step(text: str) -> Step:
    (found,) = [s for s in book(edited(LATE, "{ " + text + " }")).ladders["calm"].steps if s.id == "late"]
    return found


def the_one(text: str) -> Mistake:
    (found,) = mistakes(text)
    return found


def test_a_rota_gives_turns_in_the_teams_zone_unless_it_says_otherwise() -> None:
    made = book(rota('people = ["bob", "cat"]\nbegins = "2026-11-23"\n')).teams["crew"]
    assert made.rota == (Rota(("bob", "cat"), 7, date(2026, 11, 23), time(9), "Europe/London"),)
    assert made.duty == ()
    assert "cat" in made.members, "whoever has turns works in the team"
    finer = 'people = ["bob"]\nbegins = 2026-11-23\nturn = "3d"\nhandover = "18:30"\nzone = "Asia/Shanghai"\ncalendar = "office"\n'
    (one,) = book(rota(finer)).teams["crew"].rota
    assert one == Rota(("bob",), 3, date(2026, 11, 23), time(18, 30), "Asia/Shanghai", "office")


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('people = ["bob"]\n', "teams.crew.rota[1]", "`begins` is missing"),
        ('people = []\nbegins = "2026-11-23"\n', "teams.crew.rota[1].people", "`people` is empty"),
        ('people = ["ann"]\nbegins = "2026-11-23"\n', "teams.crew.rota[1].people[1]", "is a contact of the client"),
        (
            'people = ["bob"]\nbegins = "2026-11-23"\nturn = "monthly"\n',
            "teams.crew.rota[1].turn",
            "not the length of a turn",
        ),
        (
            'people = ["bob"]\nbegins = "2026-11-23"\nturn = "0d"\n',
            "teams.crew.rota[1].turn",
            "not the length of a turn",
        ),
        ('people = ["bob"]\nbegins = "soon"\n', "teams.crew.rota[1].begins", "not a date"),
        ('people = ["bob"]\nbegins = "2026-11-23"\nhours = "9-5"\n', "teams.crew.rota[1].hours", "unknown key"),
        (
            'people = ["bob"]\nbegins = "2026-11-23"\ncalendar = "site"\n',
            "teams.crew.rota[1].calendar",
            'there is no calendar "site"',
        ),
    ],
)
def test_a_rota_that_cannot_be_is_refused_with_its_line(text: str, where: str, what: str) -> None:
    found = the_one(rota(text))
    assert (found.where, what in found.what) == (where, True), found
    assert found.line >= 35
    assert found.hint


def test_a_list_and_a_rota_at_once_are_one_too_many() -> None:
    both = edited(DUTY, f'{DUTY}\n[[teams.crew.rota]]\npeople = ["bob"]\nbegins = "2026-11-23"\n')
    assert the_one(both).what == "both a rota and a list"


def test_whom_people_report_to_may_not_go_in_a_circle() -> None:
    assert book(edited('name = "Bob"', 'name = "Bob"\nmanager = "cat"')).people["bob"].manager == "cat"
    circle = edited('name = "Bob"', 'name = "Bob"\nmanager = "cat"').replace(
        'name = "Cat"', 'name = "Cat"\nmanager = "bob"'
    )
    found = the_one(circle)
    assert "managers in a circle: bob -> cat -> bob" in found.what
    assert "bob -> bob" in the_one(edited('name = "Bob"', 'name = "Bob"\nmanager = "bob"')).what


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", FollowUp()), ("follow_up = true\n", FollowUp()), ("follow_up = false\n", None),
        ('follow_up = { share = 25, least = "1h", answer = "15m" }\n', FollowUp(25, timedelta(hours=1), timedelta(minutes=15))),
    ],
)  # fmt: skip
def test_when_it_is_asked_who_is_still_on_it(text: str, expected: FollowUp | None) -> None:
    assert book(edited(DUTY, f"{DUTY}\n{text}")).teams["crew"].follow_up == expected


def test_a_follow_up_that_cannot_be_is_refused() -> None:
    assert the_one(edited(DUTY, f"{DUTY}\nfollow_up = {{ share = 100 }}\n")).where == "teams.crew.follow_up.share"


def test_a_group_is_people_with_a_name_of_its_own() -> None:
    grouped = edited(LATE, LATE.replace("lead", "seniors")) + '\n[groups]\nseniors = ["bob", "cat"]\n'
    made = book(grouped)
    assert made.groups == {"seniors": ("bob", "cat")}
    assert made.ladders["calm"].steps[0].who == ("seniors",)
    assert "role or a person already" in the_one(edited(LATE, LATE) + '\n[groups]\nbob = ["cat"]\n').what


@pytest.mark.parametrize(
    ("text", "percent", "after"),
    [("75%", 75, 0), ("-30m", 100, -30), ("+45m", 100, 45), ("100%-1h", 100, -60), ("100%+60m", 100, 60)],
)
def test_a_point_lies_on_the_way_or_so_much_before_or_after_its_end(text: str, percent: int, after: int) -> None:
    later = after >= 60
    text = edited(
        'at = "100%+60m"' if later else 'at = "100%", tell = ["lead"]',
        f'at = "{text}"' + ("" if later else ', tell = ["lead"]'),
    )
    made = book(text).ladders["calm"].steps[later]
    assert (made.percent, made.after) == (percent, timedelta(minutes=after))


def test_a_step_has_conditions_a_time_and_a_need() -> None:
    made = step(
        'id = "late", at = "100%", tell = ["team", "next", "owner", "group"], when = "working", every = "30m", times = 3, '
        'need = "each", only = { priority = ["p1", "p2"], class = ["vip"], state = "new" }'
    )
    assert made.who == ("team", "next", "owner", "group")
    assert (made.working, made.need, made.priorities, made.classes, made.only_new) == (
        True,
        "each",
        (1, 2),
        ("vip",),
        True,
    )


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('need = "each"', "need", "`need` without a repeat"),
        ('when = "later"', "when", "there is no time to tell"),
        ('only = { priority = ["p5"] }', "only.priority[1]", 'there is no priority "p5"'),
        ('only = { state = "open" }', "only.state", "there is no state"),
        ('only = { who = "x" }', "only.who", "unknown key"),
        ('tell = ["somebody"]', "tell[1]", "there is no role, group or person"),
    ],
)
def test_a_step_that_cannot_be_is_refused(text: str, where: str, what: str) -> None:
    tell = "" if text.startswith("tell") else ', tell = ["lead"]'
    found = the_one(edited(LATE, f'{{ id = "late", at = "100%"{tell}, {text} }}'))
    assert found.where == f"ladders.calm.steps[1].{where}"
    assert what in found.what, found


# ---- what would surprise somebody later, and what happens then


def doubts(text: str) -> tuple[str, ...]:
    """What is doubted, each with its line and what to write instead."""
    lines = lines_of(text)
    return tuple(
        f"{line_of(one.at, lines)}: {one.what} ({one.hint})" for one in soundness.doubts(Directory(book(text)), NOW)
    )


def line_with(part: str, text: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def with_ladder(steps: str) -> str:
    text = edited('metric = "frt"', 'metric = "frt"\nladder = "calm"')
    return text.replace(LATE, steps)


def test_a_step_to_nobody_is_told_with_what_happens_then() -> None:
    text = with_ladder('{ id = "late", at = "90%", tell = ["backup"] }')
    (told,) = [d for d in doubts(text) if "ladder" in d]
    here = line_with('tell = ["backup"]', text)
    assert told == (
        f"{here}: ladder calm, step late: it tells backup, which may be nobody in crew; then whoever is on "
        'duty is told (name who is asked instead: instead = ["duty"])'
    )
    assert [d for d in doubts(with_ladder('{ id = "late", at = "90%", tell = ["assignee"] }')) if "ladder" in d]
    helped = '{ id = "late", at = "90%", tell = ["assignee"], instead = ["duty"] }'
    assert not [d for d in doubts(with_ladder(helped)) if "ladder" in d]


def test_a_colleague_without_any_chat_is_told() -> None:
    text = edited('name = "Cat"', 'name = "Cat"')
    (found,) = doubts(text)
    told = "cat: no account on any chat; what is theirs to hear stands on the page, else in the team's chat"
    assert found.startswith(f"{line_with('people.cat', text)}: {told} (")
    assert "deskbell bind person:cat" in found


def test_a_ladder_that_tells_nobody_at_all_is_told() -> None:
    text = with_ladder('{ id = "late", at = "90%" }').replace(', tell = ["cat"], every = "60m", times = 3', "")
    (told,) = [d for d in doubts(text) if "ladder" in d]
    assert told.startswith(f"{line_with('ladders.calm', text)}: ladder calm: it tells nobody, whatever is late")


def test_a_digest_time_that_the_clocks_skip_is_told_with_what_happens_then() -> None:
    text = edited('name = "Cat"', 'name = "Cat"\nslack = "T1/U3"\nzone = "Europe/Berlin"\ndigest_at = "02:30"')
    (told,) = [d for d in doubts(text) if "digest" in d]
    assert told.startswith(f"{line_with('02:30', text)}: digest person:cat: on ")
    assert "the clocks of Europe/Berlin skip 02:30; that day it comes at 03:00" in told


def test_a_rulebook_of_the_page_alone_has_no_such_doubt() -> None:
    alone = edited("telegram = 1001\n", "").replace('slack = "T1/U1"\n', "")
    made: Rulebook = book(alone)
    assert soundness.doubts(Directory(made), NOW) == ()
