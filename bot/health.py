"""Health: `/healthz` says that the process lives, `/readyz` that it can do its work, with the reason where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

STALE = timedelta(seconds=15)


def routes(
    beat_at: Callable[[], datetime | None], real: Callable[[], datetime], probe: Callable[[], Mapping[str, object]]
) -> list[Route]:
    """`probe` writes to the database and tells the outbox's depth; it raises if it cannot."""

    async def healthz(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> JSONResponse:
        beat = beat_at()
        facts: dict[str, object] = {"last_beat_at": beat.isoformat() if beat else None}
        try:
            facts |= probe()
        except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
            return JSONResponse({"status": "database", "error": type(error).__name__, **facts}, status_code=503)
        if beat is None or real() - beat > STALE:
            return JSONResponse({"status": "clock stands still", **facts}, status_code=503)
        return JSONResponse({"status": "ready", **facts})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
