"""Fixtures of the whole suite: the two databases, the turned clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine
from structlog.dev import ConsoleRenderer, plain_traceback

from core.store.engine import connect
from tests.journeys.matrix import pytest_runtest_logreport, pytest_sessionfinish, pytest_terminal_summary
from tests.support.databases import PostgresStock, SqliteStock, Stock
from tests.support.postgres import server

#: Whoever runs the whole suite is told how the journeys went.
__all__ = ["pytest_runtest_logreport", "pytest_sessionfinish", "pytest_terminal_summary"]

os.environ.setdefault("PTB_TIMEDELTA", "true")

# What goes wrong on purpose is logged as Python says it: to draw each frame with its values takes seconds.
structlog.configure(
    processors=[structlog.processors.add_log_level, ConsoleRenderer(exception_formatter=plain_traceback)]
)

# A submission is judged by the same cases each time; whoever works on the code gets new ones with each run.
settings.register_profile("untimed", deadline=None)  # how long an example takes is not what these tests ask
settings.register_profile("steady", parent=settings.get_profile("untimed"), derandomize=True)
settings.load_profile("untimed")
if os.environ.get("CI"):
    settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: what is played over real HTTP waits half of its time. But each takes a gigabyte."""
    return min(2 * (os.cpu_count() or 1), 8)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who needs a zygote comes first: such a test takes a minute, with which no worker shall be left alone at the end."""
    items.sort(key=lambda item: "desks" not in getattr(item, "fixturenames", ()))


#: Monday, 23 November 2026, 09:00 in Shanghai: a working day, just opened.
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class FrozenClock:
    """Time stands still until a test turns it; the wall's time goes along."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at

    def turn(self, span: timedelta) -> None:
        self.at += span


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteStock:
    return SqliteStock(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres(postgres_server: str) -> Iterator[PostgresStock]:
    stock = PostgresStock(postgres_server)
    yield stock
    stock.close()


@pytest.fixture(params=["sqlite", "postgres"])
def stock(request: pytest.FixtureRequest) -> Stock:
    """Each test that keeps something runs on both databases."""
    found: Stock = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def database_url(stock: Stock) -> Iterator[str]:
    with stock.lent() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = connect(database_url)
    yield made
    made.dispose()
