"""Threads that meet a type for the first time together: the process lives (core/model/again.py says what happened)."""

from __future__ import annotations

import subprocess
import sys

from tests.bot.run import ROOT

#: Fresh types each round, since a type is new once; a thread may be interrupted anywhere.
TOGETHER = """
import sys, threading
from msgspec import defstruct
from core.model.again import value_of

def nested(depth):
    kind = int
    for n in range(depth):
        kind = defstruct(f"Kind{n}", [("inner", kind), ("beside", list[kind]), ("name", str)])
    return kind

def data(depth):
    kept = 7
    for _ in range(depth):
        kept = {"inner": kept, "beside": [], "name": "n"}
    return kept

sys.setswitchinterval(1e-6)
kept, wrong = data(12), []
for _ in range(40):
    kind, gate = nested(12), threading.Barrier(4)

    def meet():
        gate.wait()
        made = value_of(kept, kind)
        if made.name != "n":
            wrong.append(made)

    threads = [threading.Thread(target=meet) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
sys.exit(len(wrong))
"""


def test_threads_may_meet_a_type_together() -> None:
    done = subprocess.run([sys.executable, "-c", TOGETHER], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
