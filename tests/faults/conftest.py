"""A zygote for the whole run, and a few databases per engine that are emptied between journeys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.stage import Databases, Zygote, sqlite_template, zygote
from tests.support import postgres

WORKERS = 3


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with zygote(tmp_path_factory.mktemp("zygote")) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Databases]]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            template = sqlite_template(tmp_path)
            made = [Databases(f"sqlite:///{tmp_path}/desk{n}.db", template) for n in range(WORKERS)]
        else:
            root, name = request.getfixturevalue("postgres_url").rsplit("/", 1)
            urls = [stack.enter_context(postgres.database(f"{root}/postgres", name)) for _ in range(WORKERS)]
            made = [Databases(url, None) for url in urls]
        yield made
        for one in made:
            one.engine.dispose()


@pytest.fixture(params=["slack", "telegram"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)
