"""Calm: what may make a sound now, what waits, until when and why."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.model.parties import Chosen, Quiet
from core.rules import calm, choices
from core.rules.calm import Wait, Why
from tests.builders import at, minutes

NIGHT = Quiet(time(22), time(8))
NOON = at("2026-11-23 12:00")


@pytest.mark.parametrize(
    ("quiet", "moment", "until", "why"),
    [
        (NIGHT, "2026-11-23 21:59", "", "the evening before"),
        (NIGHT, "2026-11-23 22:00", "2026-11-24 08:00", "it begins on the minute"),
        (NIGHT, "2026-11-24 07:59", "2026-11-24 08:00", "the morning after"),
        (NIGHT, "2026-11-24 08:00", "", "and ends on the minute"),
        (Quiet(time(12), time(14)), "2026-11-24 13:00", "2026-11-24 14:00", "within one day"),
        (Quiet(time(0), time(6)), "2026-11-24 00:00", "2026-11-24 06:00", "from midnight"),
        (Quiet(time(18), time(0)), "2026-11-24 23:59", "2026-11-25 00:00", "until midnight"),
        (None, "2026-11-24 03:00", "", "nobody asked for it"),
    ],
)
def test_quiet_hours(quiet: Quiet | None, moment: str, until: str, why: str) -> None:
    assert calm.quiet_until(quiet, "UTC", at(moment)) == (at(until) if until else None), why


def test_quiet_hours_are_the_persons_own() -> None:
    """23:00 in Berlin is 06:00 in Shanghai."""
    night = at("2026-11-23 22:00")
    assert calm.quiet_until(NIGHT, "Europe/Berlin", night) == at("2026-11-24 07:00")
    assert calm.quiet_until(NIGHT, "Asia/Shanghai", night) == at("2026-11-24 00:00")
    assert calm.quiet_until(NIGHT, "America/New_York", night) is None


def test_the_night_of_a_clock_change_ends_by_the_clock_on_the_wall() -> None:
    """On 29 March 2026 Berlin's clocks skip 02:00 to 03:00; who is quiet until 02:30 is heard at 03:00."""
    quiet = Quiet(time(23), time(2, 30))
    assert calm.quiet_until(quiet, "Europe/Berlin", at("2026-03-29 00:30")) == at("2026-03-29 01:00")


@pytest.mark.parametrize(
    ("pings", "quiet", "urgent", "pressing", "expected", "why"),
    [
        ([], False, False, False, None, "nothing was heard lately"),
        ([5], False, False, False, None, "five minutes are over"),
        ([4], False, False, False, (Why.PACE, 1), "at most one in five minutes"),
        ([4, 1], False, False, False, (Why.PACE, 4), "the last one counts"),
        ([4], False, True, False, None, "what is urgent does not wait"),
        ([4, 3, 2], False, True, False, (Why.STORM, 1), "three were heard: the fourth waits to be a list"),
        ([4, 3], False, True, False, None, "the third may be heard"),
        ([4], False, False, True, None, "nor does the gravest priority"),
        ([], True, False, False, (Why.QUIET, 60), "the night"),
        ([], True, True, False, None, "what is urgent is said at night"),
        ([], True, False, True, (Why.QUIET, 60), "the gravest priority alone is no reason to wake somebody"),
        ([4, 3, 2], True, True, False, (Why.STORM, 1), "even at night three are enough"),
    ],
)
def test_what_waits(
    pings: list[int], quiet: bool, urgent: bool, pressing: bool, expected: tuple[Why, int] | None, why: str
) -> None:
    found = calm.wait(
        [NOON - minutes(n) for n in pings], NOON, quiet=NOON + minutes(60) if quiet else None, urgent=urgent,
        pressing=pressing, storm=3,
    )  # fmt: skip
    assert found == (Wait(expected[0], NOON + minutes(expected[1])) if expected else None), why


@given(st.lists(st.tuples(st.integers(0, 3600), st.booleans()), max_size=60), st.integers(1, 5))
def test_nobody_is_pinged_more_often_than_that_however_much_comes(come: list[tuple[int, bool]], storm: int) -> None:
    """In any five minutes: at most `storm` urgent ones, of others one; and whatever waits may go when its time comes."""
    start = datetime(2026, 11, 23, 12, tzinfo=UTC)
    pings: tuple[datetime, ...] = ()
    said: list[tuple[datetime, bool]] = []
    waiting = [(start + timedelta(seconds=s), urgent) for s, urgent in sorted(come)]
    while waiting:
        now, urgent = waiting.pop(0)
        wait = calm.wait(pings, now, quiet=None, urgent=urgent, pressing=False, storm=storm)
        if wait is None:
            pings = calm.heard(pings, now)
            said.append((now, urgent))
        else:
            assert now < wait.until <= now + calm.BETWEEN
            waiting = sorted([*waiting, (wait.until, urgent)])
    for n, (now, urgent) in enumerate(said):
        within = [one for one, _ in said[:n] if now - calm.BETWEEN < one]
        assert len(within) < storm if urgent else not within


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quiet 22:00-08:00", ("quiet", Chosen("22:00-08:00"))),
        ("quiet 22 - 8", ("quiet", Chosen("22:00-08:00"))),
        ("静默 22点到8点", ("quiet", Chosen("22:00-08:00"))),
        ("勿扰：关", None),
        ("quiet off", ("quiet", Chosen("off"))),
        ("免打扰 关闭", ("quiet", Chosen("off"))),
        ("digest off", ("digest", Chosen("off"))),
        ("简报 停一周", ("digest", Chosen("off", NOON + timedelta(days=7)))),
        ("DIGEST mute", ("digest", Chosen("off", NOON + timedelta(days=7)))),
        ("简报 开", ("digest", Chosen("on"))),
        ("reminders mention", ("reminders", Chosen("mention"))),
        ("提醒 私聊", ("reminders", Chosen("dm"))),
    ],
)
def test_choices_are_read_in_both_languages(text: str, expected: tuple[str, Chosen] | None) -> None:
    if expected is None:
        with pytest.raises(Refused):
            choices.chosen(text, NOON)
    else:
        assert choices.chosen(text, NOON) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("quiet 8:00-8:00", "quiet_all_day"), ("quiet 25:00-8:00", "quiet_unclear"), ("quiet late", "quiet_unclear"),
        ("digest weekly", "choice_unclear"), ("volume 11", "choice_unclear"), ("reminders fax", "choice_unclear"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_said(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        choices.chosen(text, NOON)
    assert refused.value.code == code
