"""Lives of requests for the tests of the rules: steps by name, what was lived, and what a step did to each clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.ask import commands as do
from core.ask.commands import Command
from core.model.request import ClockState, Request, Timer
from core.rulebook.directory import Directory
from tests.builders import CONTACT, DESK, MANAGER, MEMBER, NOW, OWNER, after, minutes, opened

TEN_MINUTES = minutes(10)
ACTIVE = (ClockState.RUNNING, ClockState.PAUSED)
Step = tuple[Command, str]

TAKE: Step = (do.Take("42"), MEMBER)
ACK: Step = (do.Acknowledge("42"), MEMBER)
REPLY: Step = (do.Reply("42", "We look at it"), MEMBER)
WRITE: Step = (do.AddInformation("42", "More"), CONTACT)
ASK: Step = (do.AskClient("42", "Which floor?"), MEMBER)
RESUME: Step = (do.Resume("42"), MEMBER)
RESOLVE: Step = (do.Resolve("42", "Done"), MEMBER)
ACCEPT: Step = (do.Accept("42"), CONTACT)
REOPEN: Step = (do.Reopen("42", "Not done"), CONTACT)
RAISE: Step = (do.SetPriority("42", "p1", "site stands"), MEMBER)
CANCEL: Step = (do.Cancel("42"), CONTACT)
RETURN: Step = (do.ReturnToQueue("42"), MEMBER)
ASSIGN: Step = (do.Assign("42", OWNER), MEMBER)
SNOOZE: Step = (do.Snooze("42", "2h"), MEMBER)
NOTE: Step = (do.Note("42", "Internal"), MEMBER)
EXTEND: Step = (do.Extend("42", "2h", "parts"), MANAGER)
REGROUP: Step = (do.EditRequest("42", item="it"), MANAGER)
RETITLE: Step = (do.EditRequest("42", title="Other words"), MANAGER)
NUDGE: Step = (do.Nudge("42"), CONTACT)
WINDOW_OVER: Step = (do.TimeReached(0), "")


START: Step = (do.StartWork("42"), MEMBER)
NO_REPLY: Step = (do.NoReplyNeeded("42"), MEMBER)
COMPLETE: Step = (do.AcceptPrerequisites("42"), MEMBER)
APPROVAL: Step = (do.AskApproval("42", MANAGER, "Over the budget"), MEMBER)
APPROVE: Step = (do.Approve("42"), MANAGER)
REFUSE: Step = (do.RefuseApproval("42", "Too dear"), MANAGER)
SUPPLIER: Step = (do.HandToSupplier("42", "Lift maker"), MEMBER)
OFFER: Step = (do.OfferDate("42", "2025-06-12 12:00"), MEMBER)
AGREE: Step = (do.AgreeDate("42"), CONTACT)
SUBMIT: Step = (do.SubmitReview("42", "Sheet 12"), MEMBER)
PASS: Step = (do.PassReview("42"), OWNER)
FAIL: Step = (do.FailReview("42", "Scale"), OWNER)
PAUSE: Step = (do.Pause("42", "Site closed"), MEMBER)
FORCE: Step = (do.DeclareForceMajeure("42", "Flood"), MEMBER)
WAIVE: Step = (do.WithdrawAgreement("42", "Contract ended"), MEMBER)
CONFIRM: Step = (do.Confirm("42"), OWNER)
DECLINE: Step = (do.Decline("42", "Not in our contract"), MEMBER)
MERGE: Step = (do.Merge("42", "17"), MEMBER)
SPLIT: Step = (do.Split("42", "The other half"), MEMBER)
OUTSIDE: Step = (do.AskScope("42", "Not in our contract"), MEMBER)
QUOTE: Step = (do.Quote("42", "Two flights: 3,200"), OWNER)
ONCE: Step = (do.AcceptOnce("42", "A good client"), OWNER)
WISH: Step = (do.AddToCatalogue("42", "Aerial pictures"), MANAGER)
YES: Step = (do.Accept("42"), CONTACT)
NO: Step = (do.RefuseQuote("42", "Too dear"), CONTACT)
GROUP: Step = (do.AssignGroup("42", "bidding"), MANAGER)


def lived(
    *steps: Step, every: timedelta = TEN_MINUTES, item: str = "drawings", desk: Directory = DESK
) -> tuple[Request, datetime]:
    """A request after these steps, and the instant of the next one."""
    request, now = opened(item=item, desk=desk).request, NOW
    for command, person in steps:
        now += every
        request = after(request, command, person, now, desk)
    return request, now + every


def effect(before: Request, now: Request, metric: str) -> str:
    """The letters of what happened to the clocks of a metric, those of the table (core.rules.metrics)."""
    was = [t for t in before.timers if t.metric == metric]
    new = [t for t in now.timers if t.metric == metric and t.id not in {w.id for w in was}]
    changed = {t.id: t for t in now.timers}
    letters = [_letter(w, changed[w.id]) for w in was]
    if new:
        (only,) = new
        if was and only.cycle == was[-1].cycle + 1 and letters[-1] in ("X", ""):
            assert not any(letters[:-1])
            return "N"
        assert only.cycle == 1
        return "".join(letters) + ("A" if only.state is ClockState.ARMED else "S")
    found = [letter for letter in letters if letter]
    assert len(found) <= 1, found
    return found[0] if found else ""


def _letter(was: Timer, now: Timer) -> str:
    if was.agreed_at != now.agreed_at:
        return "D"
    if was.state is ClockState.ARMED and now.state is ClockState.RUNNING:
        return "S"
    if was.state is now.state:
        return "T" if (was.goal, was.calendar) != (now.goal, now.calendar) else ""
    letters = {
        (ClockState.STOPPED, True): "X", (ClockState.CANCELLED, True): "C", (ClockState.PAUSED, True): "P",
        (ClockState.RUNNING, True): "R", (ClockState.RUNNING, False): "K",
    }  # fmt: skip
    letter = letters[now.state, was.is_active]
    assert (now.verdict is None) is (letter != "X")
    return letter
