"""The processes that a command starts and answers for: they end with it, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from . import leash

CODE = Path(__file__).resolve().parent.parent
FORCE = leash.GRACE + 2
"""Seconds after which a child that was told to stop is killed with its group."""


class Child:
    """A Python program on a leash. Its output goes to our standard error."""

    def __init__(
        self, name: str, arguments: Sequence[str], *, descriptors: Sequence[int] = ()
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.leash", *arguments],
            cwd=CODE,
            stdin=subprocess.PIPE,
            stdout=sys.stderr,
            pass_fds=descriptors,
            start_new_session=True,
        )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started

    def let_go(self) -> None:
        """Tell it to end: the pipe closes."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def wait(self) -> None:
        """Wait for its end; what does not end in time is killed with its group."""
        try:
            self.process.wait(FORCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop(children: Sequence[Child]) -> None:
    """End them all at the same time, and wait until they have."""
    for child in children:
        child.let_go()
    for child in children:
        child.wait()
