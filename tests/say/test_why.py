"""Why, in words: what is written adds up, a chat has room for it, and a client reads no internal matter."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from adapters.telegram.render import TEXT_LIMIT, render, units
from core.ask import commands as do
from core.model.request import Priority, Request, Segment, Timer
from core.rulebook.directory import Directory
from core.rules.decide import decide
from core.rules.metrics import REASONS
from core.say import why
from core.say.message import Link, Mention, Message, Text
from core.say.voice import PAUSED, Voice
from tests.builders import (
    CONTACT,
    DESK,
    NOW,
    OWNER,
    a_context,
    a_directory,
    a_target,
    after,
    at,
    hours,
    minutes,
    opened,
    the_timer,
)
from tests.rules.lives import AGREE, MERGE, OFFER, PAUSE, RAISE, REOPEN, RESOLVE, RESUME, lived

TTR, FRT = a_target("ttr"), a_target("frt")


def voice(now: datetime, desk: Directory, lang: str = "en") -> Voice:
    return Voice.to(lang, "UTC", desk, now)


def plain(text: Text) -> str:
    return "".join(s.name if isinstance(s, Mention) else s.text for s in text if not isinstance(s, Link))


def lines(request: Request, now: datetime, desk: Directory, *, internal: bool = True, lang: str = "en") -> list[str]:
    return said(why.why(request, voice(now, desk, lang), internal=internal))


def said(message: Message) -> list[str]:
    return [plain(b.text) for b in message.blocks if hasattr(b, "text") and isinstance(b.text, tuple)]


def test_the_sum_is_written_out_with_what_is_left_and_the_due_time() -> None:
    desk = a_directory(TTR)
    request = after(opened(desk=desk).request, do.AskClient("42", "which?"), now=at("2025-06-02 11:00"), desk=desk)
    request = after(request, do.AddInformation("42", "this"), CONTACT, at("2025-06-04 15:00"), desk)
    told = lines(request, at("2025-06-04 16:30"), desk)
    assert "Mon 2 Jun 09:00–11:00: 2 h" in told
    assert "Mon 2 Jun 11:00 to Wed 4 Jun 15:00: not counted, waiting for the answer" in told
    assert "2 h + 1 h 30 min = 3 h 30 min of 8 h; 4 h 30 min left → due Thu 5 Jun 13:00 (UTC)" in told


def test_while_it_waits_there_is_no_due_time() -> None:
    """Scenario F: due is empty between; what is left is told."""
    desk = a_directory(TTR)
    request = after(opened(desk=desk).request, do.AskClient("42", "which?"), now=at("2025-06-02 11:00"), desk=desk)
    told = lines(request, at("2025-06-03 11:00"), desk, internal=False)
    assert "2 h of 8 h; 6 h left once the clock goes on" in told
    assert "since Mon 2 Jun 11:00: not counted, waiting for your answer" in told
    due = [line for line in told if "due" in line.split(";")[-1] and "→" in line]
    assert due == ["6 h + 2 h = 8 h of 80 h; 72 h left → due Mon 16 Jun 11:00 (UTC)"], "theirs, and no other"


def test_a_grace_tells_both_times() -> None:
    """Scenario H: strict 11:00, graced 12:30."""
    desk = a_directory(a_target("ttr", goals={Priority.P1: 2, Priority.P2: 2, Priority.P3: 8, Priority.P4: 16}))
    raised = after(
        opened(desk=desk).request, do.SetPriority("42", "urgent", "worse"), now=at("2025-06-02 12:00"), desk=desk
    )
    (line,) = [x for x in lines(raised, at("2025-06-02 12:10"), desk) if "more urgent" in x]
    assert "goal of 2 h it would have been due Mon 2 Jun 11:00 (UTC)" in line
    assert "given until Mon 2 Jun 12:30 (UTC)" in line


def test_of_two_promises_it_says_which_governs() -> None:
    """Scenario J: the 24-hour promise on Saturday beats the business target on Monday."""
    four = dict.fromkeys(Priority, 4)
    desk = a_directory(
        a_target("frt", "shanghai", four), a_target("frt", "24x7", dict.fromkeys(Priority, 24), "promise")
    )
    request = opened(at("2025-06-06 09:50"), desk=desk).request
    told = lines(request, at("2025-06-06 12:00"), desk, internal=False)
    assert "Two promises, the earlier one governs: this one. “First response” is due Mon 9 Jun 06:20 (UTC)." in told
    assert "Two promises, the earlier one governs: “24-hour promise”, due Sat 7 Jun 09:50 (UTC)." in told


def test_a_second_run_says_that_it_is_the_rest() -> None:
    desk = a_directory(TTR)
    request = after(opened(desk=desk).request, do.Resolve("42", "done"), now=at("2025-06-02 15:00"), desk=desk)
    request = after(request, do.Reopen("42", "no"), CONTACT, at("2025-06-03 10:00"), desk)
    told = lines(request, at("2025-06-03 11:00"), desk)
    assert "Solution, run 2: 2 h of working time, calendar “nine”" in told
    assert "Opened again: this is what was left of 8 h, at least 30 min." in told
    whole = why.reckoning(request, voice(at("2025-06-03 11:00"), desk), internal=True)
    assert [c.name for c in whole.clocks][:2] == ["Solution", "Acceptance"], "the page tells the first run, too"


def test_a_client_reads_neither_the_teams_clocks_nor_its_extensions() -> None:
    desk = a_directory(a_target("ack"), FRT, TTR)
    request = after(opened(desk=desk).request, do.Extend("42", "2h", "parts"), now=NOW + hours(1), desk=desk)
    team, client = (" ".join(lines(request, NOW + hours(2), desk, internal=i)) for i in (True, False))
    assert "Acknowledgement" in team
    assert "The escalation was put off by 2 h" in team
    assert "Acknowledgement" not in client
    assert "escalation" not in client


def many_pauses(n: int) -> Timer:
    """A clock that ran and paused n times, half a day each, with odd seconds."""
    timer = the_timer(opened(desk=a_directory(TTR)).request, "ttr")
    segments: list[Segment] = []
    moment = NOW
    for _ in range(n):
        stop, go = moment + timedelta(hours=5, seconds=29), moment + timedelta(hours=30, seconds=59)
        segments += [Segment(moment, stop, running=True), Segment(stop, go, running=False, reason="waiting_customer")]
        moment = go
    return replace(timer, goal=hours(400), segments=(*segments, Segment(moment, None, running=True)))


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("n", [0, 1, 3, 40])
def test_what_is_written_adds_up_and_fits_one_message(n: int, lang: str) -> None:
    """Each line in whole minutes, and the total is their sum; a chat folds, the page does not."""
    desk = a_directory(a_target("ack"), FRT, TTR)
    request = replace(
        opened(desk=desk).request,
        timers=tuple(
            replace(many_pauses(n), id=i, target=f"t{i}", metric=m)
            for i, m in enumerate(("frt", "ttr", "ack", "own", "trt"))
        ),
    )
    now = request.timers[0].segments[-1].from_at + timedelta(days=20, minutes=7)
    message = why.why(request, voice(now, desk, lang), internal=True, page="/x")
    rendered = render(message)
    assert units(rendered.plain) <= TEXT_LIMIT
    assert lang != "en" or rendered.plain.count(" of 400 h") == 5, "the sums are never dropped"
    for whole in (True, False):
        told = why.reckoning(request, voice(now, desk, "en"), internal=True, whole=whole)
        for clock in told.clocks:
            terms, _, total = plain(clock.sum).partition(" of ")[0].rpartition(" = ")
            assert sum(map(span, (terms or total).split(" + ")), minutes(0)) == span(total)
            assert [row.span for row in clock.rows if row.span] == ((terms or total).split(" + "))
            assert whole or len(clock.rows) <= why.HEAD + why.TAIL + 1


def span(text: str) -> timedelta:
    found = re.fullmatch(r"(?:(\d+) h)? ?(?:(\d+) min)?", text)
    assert found, text
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


def test_what_was_kept_tells_when_it_was_done_and_due() -> None:
    desk = a_directory(TTR)
    request = after(opened(desk=desk).request, do.Resolve("42", "done"), now=at("2025-06-02 15:00"), desk=desk)
    told = lines(request, at("2025-06-04 15:00"), desk, internal=False)
    assert told[-2:] == [
        "6 h of 8 h; 2 h to spare", "Kept: done Mon 2 Jun 15:00 (UTC), due Mon 2 Jun 17:00 (UTC).",
    ]  # fmt: skip


def test_a_breach_from_before_stays_and_is_told() -> None:
    desk = a_directory(TTR)
    request = decide(
        opened(desk=desk, level="urgent").request, do.TimeReached(0), a_context(now=NOW + hours(5), desk=desk)
    ).request
    request = after(request, do.SetPriority("42", "low", "calmer"), now=NOW + hours(5), desk=desk)
    request = after(request, do.Confirm("42"), OWNER, now=NOW + hours(5), desk=desk)
    told = lines(request, NOW + hours(6), desk, internal=False)
    assert [x for x in told if x.startswith("Missed: it was due Mon 2 Jun 1") and x.endswith("stays missed.")]


def test_every_reason_of_a_pause_has_its_words() -> None:
    assert set(PAUSED) == set(REASONS.values())


def test_an_agreed_date_stands_beside_what_the_hours_would_give() -> None:
    """8 h from Monday 9:00 are Monday 17:00; agreed is Thursday the 12th, 12:00 in London."""
    desk = a_directory(FRT, TTR)
    request, _ = lived(OFFER, AGREE, desk=desk)
    told = lines(request, at("2025-06-03 09:00"), desk, internal=False)
    sentence = "A date was agreed: Thu 12 Jun 11:00 (UTC). It governs in place of Mon 2 Jun 17:00 (UTC), which "
    assert [line for line in told if line.startswith(sentence)]
    assert "8 h → due Thu 12 Jun 11:00 (UTC), as agreed" in told
    done = after(request, *RESOLVE, at("2025-06-12 10:00"), desk)
    told = lines(done, at("2025-06-12 12:00"), desk, internal=False)
    assert "Kept: done Thu 12 Jun 10:00 (UTC), due Thu 12 Jun 11:00 (UTC)." in told
    assert told[-2] == "65 h", "the hours are not what it is judged by"


def test_both_verdicts_are_told_where_they_differ() -> None:
    desk = a_directory(TTR)
    raised = after(opened(desk=desk).request, *RAISE, at("2025-06-02 10:45"), desk)
    done = after(raised, *RESOLVE, at("2025-06-02 11:10"), desk)
    told = lines(done, at("2025-06-02 12:00"), desk, internal=False)
    assert told[-1] == (
        "Kept by the time that was given, missed by the new goal alone: "
        "done Mon 2 Jun 11:10 (UTC), due Mon 2 Jun 11:15 (UTC)."
    )


def test_a_clock_that_waits_for_what_is_needed_says_so() -> None:
    desk = a_directory(FRT, TTR)
    request, now = lived(item="design", desk=desk)
    told = lines(request, now, desk, internal=False)
    assert "Solution: 8 h of working time, calendar “nine”" in told
    assert "0 min of 8 h; it begins when everything that is needed is there" in told


def test_a_merged_clock_says_which_due_time_governs() -> None:
    desk = a_directory(TTR)
    younger = opened(NOW + hours(1), desk=desk, level="urgent").request
    (kept,) = decide(
        younger, *MERGE[:1], a_context(now=NOW + hours(2), desk=desk, other=opened(desk=desk).request)
    ).also
    told = lines(kept.request, NOW + hours(2), desk, internal=False)
    assert "Two requests became one: of their due times the earlier governs, Mon 2 Jun 14:00 (UTC)." in told


def test_a_run_before_a_reopening_tells_that_it_was_not_the_end() -> None:
    desk = a_directory(TTR)
    request, now = lived(RESOLVE, REOPEN, desk=desk)
    first, *_ = why.reckoning(request, voice(now, desk), internal=False).clocks
    assert [plain(remark) for remark in first.remarks] == [
        "Opened again afterwards: this run keeps its verdict, and counts as not solved at once."
    ]


def test_a_window_that_ends_is_neither_kept_nor_missed() -> None:
    request, now = lived(PAUSE, RESUME)
    whole = why.reckoning(request, voice(now, DESK), internal=True)
    held = next(clock for clock in whole.clocks if clock.name == "Pause")
    assert held.verdict == ()
