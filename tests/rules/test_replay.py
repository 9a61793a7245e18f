"""A draft on the past: the same agreement changes nothing; another one turns exactly the verdicts that its spans give."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from core.ask import commands as do
from core.model.request import Priority, Request, Verdict
from core.model.told import Attainment, Replay
from core.rulebook.directory import Directory
from core.rulebook.values import Rulebook, Target
from core.rules.decide import decide
from core.rules.replay import Trial, replay
from tests.builders import (
    CONTACT,
    NOW,
    OWNER,
    a_context,
    a_directory,
    a_rulebook,
    a_target,
    after,
    at,
    hours,
    opened,
    the_timer,
)
from tests.rules import lives
from tests.rules.lives import AGREE, MERGE, OFFER, RESOLVE

FRT, TTR = a_target("frt"), a_target("ttr")
DESK = a_directory(FRT, TTR)
LATER = NOW + timedelta(days=30)


def goals(n: float) -> dict[Priority, timedelta]:
    return dict.fromkeys(Priority, hours(n))


def lived(answer: datetime, done: datetime, *, desk: Directory = DESK) -> Request:
    """Filed Monday 9:00, answered and solved at these times; a beat each hour between."""
    request = opened(desk=desk).request
    for n in range(60):
        now = NOW + hours(n)
        request = decide(request, do.TimeReached(0), a_context(now=now, desk=desk)).request
        if now <= answer < now + hours(1):
            request = after(request, do.Reply("42", "yes"), now=answer, desk=desk)
        if now <= done < now + hours(1):
            return after(request, do.Resolve("42", "done"), now=done, desk=desk)
    raise AssertionError("it was never solved")


def tried(request: Request, *targets: Target, base: Rulebook | None = None) -> Replay:
    draft = a_rulebook(*targets)
    book = base or DESK.rulebook
    return replay([request], Trial(book, draft, book.agreements, LATER), NOW, LATER)


def verdicts(found: Replay) -> list[tuple[str, Verdict | None, Verdict | None]]:
    return [(one.target, one.before, one.after) for one in found.changed]


KEPT = lived(at("2025-06-02 12:00"), at("2025-06-02 15:00"))  # 3 h and 6 h of 8 h


def test_the_same_promises_concern_nobody() -> None:
    found = tried(KEPT, FRT, TTR)
    assert (found.clients, found.requests, found.attainments) == ((), 0, ())


def test_a_stricter_goal_misses_what_was_kept() -> None:
    found = tried(KEPT, FRT, replace(TTR, goals=goals(5)))
    assert found.clients == ("hx",)
    assert verdicts(found) == [("ttr", Verdict.MET, Verdict.MISSED)]
    assert found.changed[0].due_at == at("2025-06-02 14:00")
    assert found.attainments == (Attainment("frt", "frt", 1, 1, 1, 1), Attainment("ttr", "ttr", 1, 1, 0, 1))


def test_a_laxer_goal_keeps_what_was_missed() -> None:
    late = lived(at("2025-06-02 12:00"), at("2025-06-03 11:00"))  # 10 h of 8 h
    assert verdicts(tried(late, FRT, replace(TTR, goals=goals(12)))) == [("ttr", Verdict.MISSED, Verdict.MET)]


def test_another_calendar_measures_the_same_spans_anew() -> None:
    overnight = lived(at("2025-06-02 12:00"), at("2025-06-03 10:00"))  # 9 h by nine-to-five, 25 h by the clock
    around = tried(overnight, replace(FRT, goals=goals(3.5)), replace(TTR, calendar="24x7", goals=goals(24)))
    assert [(one.target, one.after) for one in around.changed] == []
    assert [(a.target, a.met, a.draft_met) for a in around.attainments] == [("frt", 1, 1), ("ttr", 0, 0)]


def test_pauses_stay_pauses() -> None:
    request = after(opened(desk=DESK).request, do.AskClient("42", "which?"), now=NOW + hours(1), desk=DESK)
    request = after(request, do.AddInformation("42", "this"), CONTACT, NOW + timedelta(days=2), DESK)
    request = after(request, do.Resolve("42", "done"), now=NOW + timedelta(days=2, hours=1), desk=DESK)
    assert verdicts(tried(request, FRT, replace(TTR, goals=goals(2)))) == [], "1 h and 1 h: exactly used up is kept"
    assert verdicts(tried(request, FRT, replace(TTR, goals=goals(1.5)))) == [("ttr", Verdict.MET, Verdict.MISSED)]


def test_a_breach_from_before_the_priority_was_lowered_stays_one() -> None:
    request = opened(desk=DESK, level="urgent").request
    request = decide(request, do.TimeReached(0), a_context(now=NOW + hours(5), desk=DESK)).request
    request = after(request, do.SetPriority("42", "low", "not so bad"), now=NOW + hours(5), desk=DESK)
    request = after(request, do.Confirm("42"), OWNER, now=NOW + hours(5), desk=DESK)
    request = after(request, do.Resolve("42", "done"), now=NOW + hours(6), desk=DESK)
    found = tried(request, FRT, replace(TTR, goals=goals(40)))
    assert "ttr" not in {one.target for one in found.changed}


def test_a_reopened_request_has_what_the_draft_leaves_of_it() -> None:
    request = after(KEPT, do.Reopen("42", "no"), CONTACT, at("2025-06-03 09:00"), DESK)
    request = after(request, do.Resolve("42", "done"), now=at("2025-06-03 12:00"), desk=DESK)  # 3 h of the 2 h left
    assert [t.verdict for t in request.timers if t.metric == "ttr"] == [Verdict.MET, Verdict.MISSED]
    found = tried(request, FRT, replace(TTR, goals=goals(9)))
    assert [(one.target, one.cycle, one.after) for one in found.changed] == [("ttr", 2, Verdict.MET)]


def test_a_clock_that_ended_before_the_priority_changed_keeps_its_rank() -> None:
    """Answered within P3's 8 h, then made urgent: the draft's P1 goal is not for that answer."""
    request = after(opened(desk=DESK).request, do.Reply("42", "yes"), now=NOW + hours(5), desk=DESK)
    request = after(request, do.SetPriority("42", "urgent", "worse"), now=NOW + hours(6), desk=DESK)
    request = after(request, do.Resolve("42", "done"), now=NOW + hours(6.25), desk=DESK)
    stricter = {Priority(n): hours(h) for n, h in ((1, 1), (2, 3), (3, 6), (4, 16))}
    assert "frt" not in {one.target for one in tried(request, replace(FRT, goals=stricter), TTR).changed}


def test_a_new_target_is_measured_by_the_clock_of_its_metric_and_a_dropped_one_by_none() -> None:
    quick = a_target("frt", goals=dict.fromkeys(Priority, 2), id_="quick")
    found = tried(KEPT, quick)
    assert [(a.target, a.judged, a.draft_judged, a.draft_met) for a in found.attainments] == [
        ("frt", 1, 0, 0), ("quick", 0, 1, 0), ("ttr", 1, 0, 0),
    ]  # fmt: skip
    assert found.changed == ()


def test_a_metric_that_nobody_measured_is_counted_as_unknown() -> None:
    assert tried(KEPT, FRT, TTR, a_target("ack")).unknown == 1


def test_a_clock_that_still_runs_is_missed_only_when_it_is_due() -> None:
    request = opened(desk=DESK).request
    early = Trial(
        DESK.rulebook, a_rulebook(FRT, replace(TTR, goals=goals(1))), DESK.rulebook.agreements, NOW + hours(2)
    )
    found = replay([request], early, NOW, LATER)
    assert [(a.target, a.judged, a.draft_judged) for a in found.attainments] == [("frt", 0, 0), ("ttr", 0, 1)]


@pytest.mark.parametrize("n", range(1, 9))
def test_a_draft_with_the_same_goals_turns_nothing_whatever_happened(n: int) -> None:
    """Only the ladder differs, and a target is added: what was promised before is judged as it was."""
    late = lived(NOW + hours(n * 3), NOW + hours(n * 3 + 2))
    assert verdicts(tried(late, replace(FRT, ladder=""), TTR, a_target("frt", id_="other"))) == []


# ---- clocks whose due time is not their goal's alone


def test_each_priority_is_measured_by_its_calendar_of_the_draft() -> None:
    """Filed Monday 9:00, solved Tuesday 10:00: 9 h of office hours, 25 h by the wall clock."""
    late = lived(at("2025-06-02 12:00"), at("2025-06-03 10:00"))
    draft = replace(TTR, goals=goals(24))
    assert verdicts(tried(late, FRT, replace(draft, calendars={Priority.P1: "24x7"}))) == [
        ("ttr", Verdict.MISSED, Verdict.MET)
    ]
    assert verdicts(tried(late, FRT, replace(draft, calendars={Priority.P3: "24x7"}))) == []
    assert tried(late, FRT, replace(TTR, calendars={Priority.P1: "24x7"})).clients == ("hx",), "that is another promise"


def test_an_agreed_date_holds_under_any_draft() -> None:
    request, _ = lives.lived(OFFER, AGREE, desk=DESK)
    kept = after(request, *RESOLVE, at("2025-06-12 11:00"), DESK)
    assert the_timer(kept, "ttr").verdict is Verdict.MET
    assert "ttr" not in {one.target for one in tried(kept, FRT, replace(TTR, goals=goals(1))).changed}


@pytest.mark.parametrize(("less", "after_all"), [(0, Verdict.MET), (1, Verdict.MET), (3, Verdict.MISSED)])
def test_a_merged_clock_moves_as_the_agreement_does(less: int, after_all: Verdict) -> None:
    """Merged it is due Monday 14:00, and solved at 12:00."""
    younger = opened(NOW + hours(1), desk=DESK, level="urgent").request
    with_other = a_context(now=NOW + hours(2), desk=DESK, other=opened(desk=DESK).request)
    (kept,) = decide(younger, *MERGE[:1], with_other).also
    solved = after(kept.request, *RESOLVE, NOW + hours(3), DESK)
    shorter = replace(TTR, goals={rank: goal - hours(less) for rank, goal in TTR.goals.items()}, ladder="")
    found = {one.target: one.after for one in tried(solved, FRT, shorter).changed}
    assert found.get("ttr", Verdict.MET) is after_all
