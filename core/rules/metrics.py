"""What each transition does to each clock: the table of sla.md section 4, row by row.

S start, X stop with verdict, P pause, R resume, T retarget (measured time kept), N new cycle with the remainder,
K carry on as if never stopped, C cancel. A clock that is not named is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping

#: ACK acknowledge, FRT first response, NRT next response, PUT periodic update, TTR time to resolution, TRT total
#: resolution (never pauses), OWN ownership, SUP supplier, CWT client wait, REV review, ACC acceptance window.
METRICS = ("ack", "frt", "nrt", "put", "ttr", "trt", "own", "sup", "cwt", "rev", "acc")

#: Clocks that wait while the desk may do nothing.
PAUSABLE = ("ttr", "put", "own")

EFFECTS: Mapping[str, Mapping[str, str]] = {
    "submit": {"ack": "S", "frt": "S", "put": "S", "ttr": "S", "trt": "S", "own": "S"},
    "acknowledge": {"ack": "X", "own": "N"},
    "assign_person": {},
    "assign_group": {"own": "N"},
    "human_reply": {"frt": "X", "nrt": "X", "put": "N"},
    "client_message": {"nrt": "S"},
    "start_work": {"ack": "X"},
    "ask_client": {"ack": "X", "frt": "X", "nrt": "X", "put": "P", "ttr": "P", "own": "P", "cwt": "S"},
    "client_answers": {"nrt": "S", "put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "stop_waiting": {"put": "R", "ttr": "R", "own": "R", "cwt": "X"},
    "resolve": {
        "ack": "X", "frt": "X", "nrt": "X", "put": "X", "ttr": "X", "trt": "X", "own": "X", "cwt": "X", "acc": "S",
    },
    "accept": {"acc": "X"},
    "reopen": {"nrt": "S", "put": "S", "ttr": "N", "trt": "K", "own": "N", "acc": "C"},
    "priority": {"ack": "T", "frt": "T", "nrt": "T", "put": "T", "ttr": "T"},
    "withdraw": dict.fromkeys(METRICS, "C"),
}  # fmt: skip
