"""Every journey is played on every platform and on both databases; the matrix of what ran is printed at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlmodel import SQLModel

from core.store.engine import connect
from tests.conftest import FrozenClock
from tests.journeys.play import Play, curtain

PLATFORMS = ("slack", "telegram", "web")
DATABASES = ("sqlite", "postgres")

#: journey -> (platform, database) -> (bytes over HTTP, rows written)
_matrix: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
_expected: set[str] = set()


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def play(
    platform: str, database_url: str, clock: FrozenClock, request: pytest.FixtureRequest
) -> AsyncIterator[Play]:
    async with curtain(platform, database_url, clock) as made:
        yield made
        bytes_ = made.stand.bytes
    engine = connect(database_url)
    with engine.connect() as connection:
        rows = sum(
            connection.execute(select(func.count()).select_from(t)).scalar() or 0
            for t in SQLModel.metadata.sorted_tables
        )
    engine.dispose()
    cell = (platform, "sqlite" if database_url.startswith("sqlite") else "postgres")
    _matrix.setdefault(request.node.originalname, {})[cell] = (bytes_, rows)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A whole run must fill every cell; a run of chosen tests may not."""
    if not config.option.keyword and not any("::" in arg for arg in config.args):
        _expected.update(getattr(i, "originalname", "") for i in items if "play" in getattr(i, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _matrix:
        return
    columns = [(p, d) for p in PLATFORMS for d in DATABASES]
    terminalreporter.section("journeys: kB over HTTP / rows written")
    terminalreporter.line(f"{'':66}" + "".join(f"{p[:8]}-{d[:2]:<6}" for p, d in columns))
    for journey, cells in sorted(_matrix.items()):
        shown = (f"{cells[c][0] / 1000:.0f}/{cells[c][1]}" if c in cells else "EMPTY" for c in columns)
        terminalreporter.line(f"{journey.removeprefix('test_'):<66}" + "".join(f"{cell:<12}" for cell in shown))


def _empty() -> list[str]:
    cells = len(PLATFORMS) * len(DATABASES)
    return [
        journey for journey in _expected
        if len([1 for bytes_, rows in _matrix.get(journey, {}).values() if bytes_ and rows]) < cells
    ]  # fmt: skip


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An empty cell or a skip fails the run, even if everything that ran has passed."""
    if _expected and _empty() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
