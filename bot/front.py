"""The way into the house over HTTP: platforms' doors first, everything else by Starlette."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send


class Front:
    """One ASGI application. A route that is a whole application itself (a door) is found by its path alone: on the way
    through Starlette each request of Slack's would pay a tenth of what filing it costs."""

    def __init__(self, routes: Iterable[Route]) -> None:
        routes = list(routes)
        self._doors = {route.path: route for route in routes if not inspect.isroutine(route.endpoint)}
        self._house = Starlette(routes=[route for route in routes if route.path not in self._doors])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.get(scope.get("path", ""))
        await (door.handle if door else self._house)(scope, receive, send)
