"""Zygotes for the whole run, one for each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.faults.stage import Zygote, zygote
from tests.support.databases import Stock


@pytest.fixture(scope="session")
def zygotes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Stock], Zygote]]:
    with ExitStack() as living:
        yield cache(lambda stock: living.enter_context(zygote(tmp_path_factory.mktemp("zygote"), stock)))


@pytest.fixture
def desks(stock: Stock, zygotes: Callable[[Stock], Zygote]) -> Zygote:
    return zygotes(stock)


@pytest.fixture(params=["slack", "telegram"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)
