"""What each command changes: one function per command, by topic, and the table of them.

A handler tells the new state and what happened; `decide` has asked before whether the actor may, and settles the clocks
after. `transitions.move` does what sla.md section 4 says; a handler knows when, and what else follows.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.ask import commands as do
from core.ask.commands import Command
from core.rules.handlers import (
    approval,
    ends,
    following,
    hands,
    intake,
    joins,
    pauses,
    review,
    scoping,
    talk,
    terms,
    undoing,
    urgency,
)  # fmt: skip
from core.rules.handlers.base import Handler

#: The table: command -> what it changes.
HANDLERS: Mapping[type[Command], Handler] = {
    do.Acknowledge: hands.acknowledge,
    do.Take: hands.take,
    do.Assign: hands.assign,
    do.AssignGroup: hands.assign_group,
    do.ReturnToQueue: hands.return_to_queue,
    do.StartWork: hands.start_work,
    do.SetPriority: hands.set_priority,
    do.Snooze: hands.snooze,
    do.StillOnIt: following.still_on_it,
    do.AskHelp: following.ask_help,
    do.Seen: following.seen,
    do.Hold: following.hold,
    do.Extend: hands.extend,
    do.EditRequest: hands.edit,
    do.AddInformation: talk.add_information,
    do.Nudge: talk.nudge,
    do.Reply: talk.reply,
    do.Note: talk.note,
    do.NoReplyNeeded: talk.no_reply_needed,
    do.AskClient: talk.ask_client,
    do.Supply: intake.supply,
    do.AcceptPrerequisites: intake.accept_prerequisites,
    do.AskApproval: approval.ask_approval,
    do.Approve: approval.approve,
    do.RefuseApproval: approval.refuse_approval,
    do.DeclareForceMajeure: approval.declare_force_majeure,
    do.WithdrawAgreement: approval.withdraw_agreement,
    do.Confirm: approval.confirm,
    do.HandToSupplier: pauses.hand_to_supplier,
    do.OfferDate: pauses.offer_date,
    do.AgreeDate: pauses.agree_date,
    do.Pause: pauses.pause,
    do.Resume: pauses.resume,
    do.SubmitReview: review.submit_review,
    do.PassReview: review.pass_review,
    do.FailReview: review.fail_review,
    do.Resolve: ends.resolve,
    do.Accept: ends.accept,
    do.Reopen: ends.reopen,
    do.Rate: ends.rate,
    do.Decline: ends.decline,
    do.Cancel: ends.cancel,
    do.AskScope: scoping.ask_scope,
    do.AcceptOnce: scoping.accept_once,
    do.AddToCatalogue: scoping.add_to_catalogue,
    do.Quote: scoping.quote,
    do.RefuseQuote: scoping.refuse_quote,
    do.Demote: urgency.demote,
    do.Raise: urgency.raise_,
    do.AskException: urgency.ask_exception,
    do.GrantException: urgency.grant_exception,
    do.RefuseException: urgency.refuse_exception,
    do.Merge: joins.merge,
    do.SameAs: joins.same_as,
    do.Follow: joins.follow,
    do.Unfollow: joins.unfollow,
    do.Split: joins.split,
    do.Undo: undoing.undo,
    do.ApplyAgreement: terms.apply_agreement,
    do.Remeasure: terms.remeasure,
}

UNDOABLE = frozenset(
    {
        do.Take, do.Acknowledge, do.Assign, do.AssignGroup, do.ReturnToQueue, do.StartWork, do.SetPriority, do.Snooze,
        do.AskClient, do.Supply, do.NoReplyNeeded, do.AskApproval, do.HandToSupplier, do.OfferDate, do.Pause, do.Resume,
        do.SubmitReview, do.FailReview, do.DeclareForceMajeure, do.WithdrawAgreement, do.Decline, do.Resolve,
        do.AskScope, do.AcceptOnce, do.AddToCatalogue, do.Quote,
        do.GrantException, do.RefuseException,
    }
)  # fmt: skip
