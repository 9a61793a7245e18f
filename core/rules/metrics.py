"""What each transition does to each clock: the table of sla.md section 4, row by row.

S start, X stop with verdict, P pause, R resume, T retarget (measured time kept), N new cycle with the remainder,
K carry on as if never stopped, C cancel. A clock that is not named is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping

#: ACK acknowledge, FRT first response, NRT next response, PUT periodic update, TTR time to resolution, TRT total
#: resolution (never pauses), OWN ownership, SUP supplier, CWT client wait, REV review, ACC acceptance window.
METRICS = ("ack", "frt", "nrt", "put", "ttr", "trt", "own", "sup", "cwt", "rev", "acc")

#: The clocks that a client is told of; the others are the desk's own.
FACING_CLIENT = ("frt", "ttr")

#: Clocks that wait while the desk may do nothing.
PAUSABLE = ("ttr", "put", "own")

#: Clocks whose next cycle has the whole goal again: an update is due every so often, however early the last one was.
AFRESH = frozenset({"put"})

EFFECTS: Mapping[str, Mapping[str, str]] = {
    "submit": {"ack": "S", "frt": "S", "put": "S", "ttr": "S", "trt": "S", "own": "S"},
    "acknowledge": {"ack": "X", "own": "N"},
    "assign_person": {},
    "assign_group": {"own": "N"},
    "human_reply": {"frt": "X", "nrt": "X", "put": "N"},
    "client_message": {"nrt": "S"},
    "start_work": {"ack": "X"},
    "ask_client": {"frt": "X", "nrt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"},
    "client_answers": {"nrt": "S", "put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "stop_waiting": {"put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "resolve": {
        "frt": "X", "nrt": "X", "put": "X", "ttr": "X", "trt": "X", "own": "X", "rev": "X", "acc": "S",
    },
    "accept": {"acc": "X"},
    "reopen": {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N", "acc": "C"},
    "priority": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T"},
    "agreement": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T", "trt": "T"},
    "withdraw": {
        "ack": "C", "frt": "C", "nrt": "C", "put": "C", "ttr": "C", "trt": "C",
        "own": "X", "sup": "X", "cwt": "X", "rev": "X", "acc": "X",
    },
}  # fmt: skip
