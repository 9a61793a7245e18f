"""All benches, or one: `python -m tests.bench [NAME] [--database sqlite|postgres] [--quick] [--out FILE]`.

Prints each goal beside what was measured and exits with 1 when one is missed. `--quick` runs few rounds and never fails
on speed, only on work not done. `--sabotage no-commit` answers without keeping anything: then the benches that count
their rows have to fail.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.bench.measure import Row, Wrong
from tests.support.postgres import NoPostgres

Bench = Callable[[argparse.Namespace, str], list[Row]]


def _kept(module: str, function: str = "measure") -> Bench:
    """A bench that keeps rows: on each database."""

    def bench(asked: argparse.Namespace, database: str) -> list[Row]:
        rows: list[Row] = getattr(import_module(f"tests.bench.{module}"), function)(
            database, quick=asked.quick, sabotage=asked.sabotage
        )
        return rows

    return bench


def _plain(module: str) -> Bench:
    def bench(asked: argparse.Namespace, _database: str) -> list[Row]:
        rows: list[Row] = import_module(f"tests.bench.{module}").measure(quick=asked.quick)
        return rows

    return bench


def _business_time(_asked: argparse.Namespace, _database: str) -> list[Row]:
    found = import_module("tests.bench.business_time").measure()
    return [Row(r["name"], r["ratio"], r["goal"], r["better"], rounds=r["rounds"], note=r["unit"]) for r in found]


KEPT: dict[str, Bench] = {
    "filing": _kept("filing"),
    "alone": _kept("filing", "alone"),
    "store": _kept("store"),
    "storm": _kept("storm"),
}
PLAIN: dict[str, Bench] = {
    "card": _plain("card"), "classify": _plain("classify"), "digest": _plain("digest"), "dispatch": _plain("dispatch"),
    "start": _plain("start"), "business-time": _business_time,
}  # fmt: skip


def main() -> int:
    asked = _asked()
    found: list[Row] = []
    wrong: list[str] = []
    for name, bench, database in _chosen(asked):
        try:
            rows = bench(asked, database)
        except (Wrong, NoPostgres) as error:
            wrong.append(f"{name} {database}".strip() + f": {error}")
            _say(f"WRONG   {wrong[-1]}")
            continue
        found += rows
        for row in rows:
            _say(_line(row))
    data = {"machine": platform.platform(), "rows": [row.data() for row in found], "wrong": wrong}
    if asked.out:
        asked.out.write_text(json.dumps(data, indent=1) + "\n")
    else:
        _say(json.dumps(data))
    missed = [row.name for row in found if not row.met]
    _say(f"{len(found) - len(missed)} of {len(found)} met" + (f"; missed: {'; '.join(missed)}" if missed else ""))
    return 1 if wrong or (missed and not asked.quick) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=[*KEPT, *PLAIN])
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="only on this one")
    parser.add_argument("--quick", action="store_true", help="few rounds; speed is shown, never failed")
    parser.add_argument("--sabotage", choices=["no-commit"], default="")
    parser.add_argument("--out", type=Path, help="where the raw rounds go, as JSON; else they are printed")
    return parser.parse_args()


def _chosen(asked: argparse.Namespace) -> Iterator[tuple[str, Bench, str]]:
    for name, bench in KEPT.items():
        for database in ("sqlite", "postgres"):
            if asked.name in (None, name) and asked.database in (None, database):
                yield name, bench, database
    for name, bench in PLAIN.items():
        if asked.name in (None, name) and not (asked.sabotage and asked.name is None):
            yield name, bench, ""


def _line(row: Row) -> str:
    sign = {"at least": ">=", "at most": "<="}[row.better]
    goal = f"{sign} {row.goal:g}" if row.goal is not None else "shown"
    verdict = "" if row.goal is None else "met" if row.met else "MISSED"
    return f"{verdict:7} {row.name:52} goal {goal:8} measured {row.ratio:<9.4g}{row.unit:3} {row.cpu}  {row.note}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
