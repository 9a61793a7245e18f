"""The real command line in a process of its own. Waiting is waiting on the process or on its words, never on a clock."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60


def environment(**settings: str) -> dict[str, str]:
    """What the program is told, and nothing that the tester's own shell says."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **settings}


def deskbell(*words: str, cwd: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run to the end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], env=environment(**settings), cwd=cwd or ROOT, capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@dataclass(slots=True)
class Running:
    """A desk that lives in another process."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def says(self, words: str) -> str:
        """The first line with these words."""
        assert self.process.stdout is not None
        while line := (await self.process.stdout.readline()).decode():
            self.said.append(line)
            if words in line:
                return line
        await self.process.wait()
        await asyncio.sleep(0)
        raise AssertionError(f"it ended without {words!r}: {self.said} {''.join(self.errors)}")

    async def ends(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        try:
            return await asyncio.wait_for(self.process.wait(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"it does not end: {self.said} {''.join(self.errors)[-4000:]}") from None


@asynccontextmanager
async def living(*words: str, cwd: Path | None = None, **settings: str) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=environment(**settings), cwd=cwd or ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    running = Running(process)

    async def listen() -> None:
        assert process.stderr is not None
        while line := await process.stderr.readline():
            running.errors.append(line.decode())

    listening = asyncio.create_task(listen())
    try:
        async with asyncio.timeout(PATIENCE * 2):
            yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await listening
