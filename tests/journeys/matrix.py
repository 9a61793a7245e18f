"""The matrix of the journeys: on which platform and which database each was played, what it cost there.

Collected from the reports, so that it is whole however many processes run the tests.
"""

from __future__ import annotations

import pytest

PLATFORMS = ("slack", "telegram", "web")
DATABASES = ("sqlite", "postgres")
CELL = "journey"
"""The property of a report that says: journey, platform, database, bytes over HTTP, rows written."""

_cells: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and report.nodeid.startswith("tests/journeys/"):
        _skipped.append(report.nodeid)
    for name, value in report.user_properties if report.when == "teardown" else ():
        if name == CELL:
            journey, platform, database, bytes_, rows = value  # type: ignore[misc]
            _cells.setdefault(journey, {})[platform, database] = (bytes_, rows)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _cells:
        return
    columns = [(p, d) for p in PLATFORMS for d in DATABASES]
    terminalreporter.section("journeys: kB over HTTP / rows written")
    terminalreporter.line(f"{'':66}" + "".join(f"{p[:8]}-{d[:2]:<6}" for p, d in columns))
    for journey, cells in sorted(_cells.items()):
        shown = (f"{cells[c][0] / 1000:.0f}/{cells[c][1]}" if c in cells else "EMPTY" for c in columns)
        terminalreporter.line(f"{journey.removeprefix('test_'):<66}" + "".join(f"{cell:<12}" for cell in shown))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A whole run must fill every cell and skip none, even if everything that ran has passed; a run of chosen tests may not."""
    chosen = session.config.option.keyword or any("::" in arg for arg in session.config.args)
    if chosen or hasattr(session.config, "workerinput"):
        return
    filled = all(
        len(cells) == len(PLATFORMS) * len(DATABASES) and all(bytes_ and rows for bytes_, rows in cells.values())
        for cells in _cells.values()
    )
    if (_skipped or not filled) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
