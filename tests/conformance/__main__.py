"""Hold an engine against the kit: `python -m tests.conformance [--engine "command"] [--first]`.

Without `--engine` our own is asked. A command is started once, gets one question per line on its standard input, and
answers each with one line on its standard output (README.md). Ends with 1 if an answer differs.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.conformance.kit import Json, Scenario, differences, scenarios

Engine = Callable[[Json], list[Any]]


@contextmanager
def _program(command: str) -> Iterator[Engine]:
    """An engine behind standard input and output."""
    with subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        asks, answers = process.stdin, process.stdout
        assert asks is not None
        assert answers is not None

        def ask(question: Json) -> list[Any]:
            asks.write(json.dumps(question) + "\n")
            asks.flush()
            answered = json.loads(answers.readline())
            if answered["id"] != question["id"]:
                raise ValueError(f"asked {question['id']}, answered {answered['id']}")
            found: list[Any] = answered["answers"]
            return found

        yield ask
        asks.close()


def _ours() -> Engine:
    from tests.conformance import engine  # here, so that the kit runs where our engine is not installed

    return engine.answer


def disagreements(engine: Engine, asked: tuple[Scenario, ...]) -> Iterator[tuple[Scenario, list[str]]]:
    """The scenarios that an engine answers otherwise, each with how; one that it fails at is one of them."""
    for scenario in asked:
        try:
            found = list(differences(scenario, engine(scenario.question)))
        except Exception as error:  # noqa: BLE001 - whatever an engine does wrong is its answer
            found = [f"no answer: {error!r}"]
        if found:
            yield scenario, found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description="Hold an engine against the kit.")
    parser.add_argument("--engine", metavar="COMMAND", help="the program to ask; our own engine without it")
    parser.add_argument("--first", action="store_true", help="end at the first disagreement")
    chosen = parser.parse_args(arguments)
    if chosen.engine:
        with _program(chosen.engine) as engine:
            return _reported(engine, first=chosen.first)
    return _reported(_ours(), first=chosen.first)


def _reported(engine: Engine, *, first: bool) -> int:
    asked, wrong = scenarios(), 0
    for scenario, found in disagreements(engine, asked):
        print(f"{scenario.topic}/{scenario.id}: {scenario.title}", *found, sep="\n    ")  # noqa: T201 - its report
        wrong += 1
        if first:
            return 1
    print(f"{len(asked) - wrong} of {len(asked)} scenarios agree")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
