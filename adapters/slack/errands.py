"""What runs after the acknowledgement: forms to open, answers to show."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from typing import Any

from core.errors import DeliveryError

log = logging.getLogger("deskbell.slack")


class Errands:
    """Courtesies on their way. They may fail; no promise hangs on them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def send(self, work: Coroutine[Any, Any, None]) -> None:
        self.adopt(asyncio.create_task(self._guarded(work)))

    def adopt(self, task: asyncio.Task[Any] | None) -> None:
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except DeliveryError as error:
            log.warning("slack.answer_lost outcome=%s reason=%s", error.outcome, error.reason)
        except Exception:  # a broken store behind `hear`: the person has no answer, the log has the cause
            log.exception("slack.errand_failed")

    async def finish(self, within: float) -> None:
        here = asyncio.current_task()
        open_ = [task for task in self._tasks if task is not here]
        if not open_:
            return
        _, late = await asyncio.wait(open_, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
