"""Goals 1 and 2: a durable filing through the whole path, beside slack-bolt that does nothing on the same server."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from itertools import count

from tests.bench.databases import all_there, fresh
from tests.bench.measure import Round, Row, Wrong, ask, cpu_note, cpu_seconds, middle, paired, process, ratio

GOALS = {"sqlite": 0.45, "postgres": 0.35}
STRETCH = 0.55
ALONE = 0.25
CONNECTIONS = 50
_salts = count()


@dataclass(slots=True)
class Server:
    """One that runs, with how many commands it has acknowledged."""

    running: subprocess.Popen[str]
    numbers: bool = False  # each answer must name a request of its own
    port: int = 0
    heard: int = field(default=0)

    def __post_init__(self) -> None:
        line = self.running.stdout.readline() if self.running.stdout else ""
        if not line.strip().isdigit():
            raise Wrong("a server did not start; its reason stands above")
        self.port = int(line)

    def load(self, connections: int, requests: int) -> Round:
        before = cpu_seconds(self.running.pid)
        found = ask(
            "-m", "tests.bench.load", str(self.port), str(connections), str(requests), f"s{next(_salts)}", core=1
        )
        spent = cpu_seconds(self.running.pid) - before
        if found["statuses"] != {"200": requests}:
            raise Wrong(f"not every command was acknowledged: {found['statuses']}")
        if self.numbers and found["numbers"] != requests:
            raise Wrong(f"{requests} commands, but {found['numbers']} different requests were named in the answers")
        self.heard += requests
        return {
            "rate": round(found["rate"], 1), "p50_ms": round(found["p50_ms"], 3), "p99_ms": round(found["p99_ms"], 3),
            "cpu_us": round(spent / requests * 1e6, 1),
        }  # fmt: skip


def measure(database: str, *, quick: bool = False, sabotage: str = "") -> list[Row]:
    """At fifty connections, commands acknowledged a second."""
    rounds, requests = (1, 200) if quick else (5, 2500)
    with (
        fresh(database) as url,
        process("-m", "tests.bench.servers", "bolt", core=0) as theirs,
        process("-m", "tests.bench.servers", "desk", url, *([sabotage] if sabotage else []), core=0) as ours,
    ):
        bolt, desk = Server(theirs), Server(ours, numbers=not sabotage)
        pairs = paired(lambda: bolt.load(CONNECTIONS, requests), lambda: desk.load(CONNECTIONS, requests), rounds)
        there = all_there(url, desk.heard)
    rates, waits = middle(pairs, "rate"), middle(pairs, "p50_ms")
    note = f"{rates[0]:.0f}/s -> {rates[1]:.0f}/s; p50 {waits[0]:.1f} -> {waits[1]:.1f} ms; stretch {STRETCH}; {there}"
    return [
        Row(f"1 filing, {database}, 50 connections: by bare bolt", ratio(pairs, "rate"), GOALS[database], "at least",
            cpu=cpu_note(pairs), note=note, rounds=pairs)
    ]  # fmt: skip


def alone(database: str, *, quick: bool = False, sabotage: str = "") -> list[Row]:
    """At one connection, the median wait, beside an acknowledgement in Bolt's default mode."""
    rounds, requests = (1, 20) if quick else (5, 200)
    with (
        fresh(database) as url,
        process("-m", "tests.bench.servers", "bolt-default", core=0) as theirs,
        process("-m", "tests.bench.servers", "desk", url, *([sabotage] if sabotage else []), core=0) as ours,
    ):
        bolt, desk = Server(theirs), Server(ours, numbers=not sabotage)
        pairs = paired(lambda: bolt.load(1, requests), lambda: desk.load(1, requests), rounds)
        there = all_there(url, desk.heard)
    waits = middle(pairs, "p50_ms")
    return [
        Row(f"2 filing, {database}, alone: p50 by bolt's default ack", ratio(pairs, "p50_ms"), ALONE, "at most",
            cpu=cpu_note(pairs), note=f"p50 {waits[0]:.2f} -> {waits[1]:.2f} ms; {there}", rounds=pairs)
    ]  # fmt: skip
