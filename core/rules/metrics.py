"""What each transition does to each clock: the table of sla.md section 4, row by row.

S start, X stop with verdict, P pause, p pause where the agreement says so, R resume, T retarget (measured time kept),
N new cycle with the remainder, K carry on as if never stopped, C cancel (excluded, counted), A arm (promised, not begun),
D an agreed date governs, Y copied to the child with its segments. A clock that is not named is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping

#: ACK acknowledge, FRT first response, NRT next response, PUT periodic update, TTR time to resolution, TRT total
#: resolution (never pauses), OWN ownership, SUP supplier, CWT client wait, REV review, ACC acceptance window, and two
#: that section 4 implies: APR the approver's time, HLD how long a pause by hand may last. FUP, when the assignee is
#: asked about it, follows no transition but `core.rules.followup`.
METRICS = ("ack", "frt", "nrt", "put", "ttr", "trt", "own", "sup", "cwt", "rev", "acc", "apr", "hld")

#: The clocks that a client is told of; the others are the desk's own.
FACING_CLIENT = ("frt", "ttr")

#: Clocks that wait while the desk may do nothing.
PAUSABLE = ("ttr", "put", "own")

#: The windows whose end is no breach of ours: it closes, cancels, resumes or asks something by itself.
WINDOWS = ("acc", "cwt", "hld", "fup")

#: Clocks whose next cycle has the whole goal again: an update is due every so often, however early the last one was; what
#: went back to the queue has to be taken as if it were new.
AFRESH = frozenset({"put", "ack"})

_ALL_CANCELLED = dict.fromkeys(METRICS, "C")
_ALL_STOPPED = dict.fromkeys(("own", "sup", "cwt", "rev", "acc", "apr", "hld"), "X")
_DECLINED = {"ack": "X", "frt": "X", "nrt": "C", "put": "C", "ttr": "C", "trt": "C", **_ALL_STOPPED}

EFFECTS: Mapping[str, Mapping[str, str]] = {
    "submit": {"ack": "S", "frt": "S", "put": "S", "ttr": "S", "trt": "S", "own": "S"},
    "submit_incomplete": {"ack": "S", "frt": "S", "ttr": "A", "trt": "S", "own": "S", "cwt": "S"},
    "prerequisites_accepted": {"put": "S", "ttr": "S", "cwt": "X"},
    # Found incomplete when its clocks run already: corrected to another item, or accepted after all. What was measured stays.
    "found_incomplete": {"put": "P", "ttr": "P", "own": "P", "cwt": "S"},
    "approval_required": {"ttr": "P", "own": "P", "apr": "S"},
    "approval_granted": {"ttr": "R", "own": "R", "apr": "X"},
    "approval_refused": _DECLINED,
    "decline": _DECLINED,
    "acknowledge": {"ack": "X", "own": "N"},
    "human_message": {"frt": "X", "nrt": "X", "put": "N"},
    "client_message": {"nrt": "S"},
    "no_reply_needed": {"nrt": "C"},
    "start_work": {"ack": "X"},
    "ask_client": {"frt": "X", "nrt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"},
    "client_answers": {"nrt": "S", "put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "stop_waiting": {"put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "supplier": {"ttr": "p", "own": "P", "sup": "S"},
    "supplier_done": {"ttr": "R", "own": "R", "sup": "X"},
    "agree_date": {"put": "P", "ttr": "D", "own": "P"},
    "submit_review": {"own": "P", "rev": "S"},
    "review_fails": {"own": "R", "rev": "X"},
    "review_passes": {"rev": "X"},
    "resolve": {**_ALL_STOPPED, "frt": "X", "nrt": "X", "put": "X", "ttr": "X", "trt": "X", "acc": "S"},
    "accept": {"acc": "X"},
    "reopen": {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N", "acc": "C"},
    "priority": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T"},
    "correct": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T"},
    "apply_agreement": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T", "trt": "T"},
    "assign_group": {"own": "N"},
    "assign_person": {},
    "unanswered": {"ack": "N"},  # its ladder begins anew: somebody has to take it (chat.md 1.8)
    "withdraw": {"ack": "C", "frt": "C", "nrt": "C", "put": "C", "ttr": "C", "trt": "C", **_ALL_STOPPED},
    "merge": _ALL_CANCELLED,
    "split": {"frt": "Y", "ttr": "Y", "trt": "Y", "own": "S", "hld": "Y"},
    "force_majeure": {"ack": "P", "frt": "P", "nrt": "P", "put": "P", "ttr": "P"},
    "force_majeure_over": {"ack": "R", "frt": "R", "nrt": "R", "put": "R", "ttr": "R"},
    "pause": {"put": "P", "ttr": "P", "own": "P", "hld": "S"},
    "unpause": {"put": "R", "ttr": "R", "own": "R", "hld": "X"},
    "scope_asked": {"put": "P", "ttr": "P", "own": "P"},
    "scope_settled": {"put": "R", "ttr": "R", "own": "R"},
    "agreement_withdrawn": {"ack": "C", "frt": "C", "nrt": "C", "put": "C", "ttr": "C"},
}  # fmt: skip

#: Why the clocks wait that a transition pauses: the reason of their segments.
REASONS: Mapping[str, str] = {
    "found_incomplete": "waiting_customer", "ask_client": "waiting_customer", "approval_required": "waiting_approval",
    "supplier": "waiting_supplier",
    "agree_date": "scheduled", "submit_review": "in_review", "pause": "paused", "force_majeure": "force_majeure",
    "scope_asked": "scope",
}  # fmt: skip
