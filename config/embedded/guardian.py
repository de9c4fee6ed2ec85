"""Waits until no process holds the server, however the last one died, then stops it.

Run by the process that starts the server: `python -m config.embedded.guardian DATA DESCRIPTOR`,
where the descriptor carries the lock `guarding`.
"""

import os
import sys
import time
from pathlib import Path

LOOK_EVERY = 0.2
"""Seconds. To wait in the lock `holders` itself would look, for a moment, like a holder."""


def detach() -> None:
    """Leave the terminal and the parent, which need not wait for us."""
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")


def guard(data: Path, guarding: int) -> None:
    from . import locks, server  # after detach(): whoever started us waits for no import

    while True:
        with locks.exclusive(data, "starting"):
            if server.stop_unheld(data):
                # Before `starting` is free again, so that a newcomer sees no guardian and sets one.
                os.close(guarding)
                return
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    detach()
    try:
        guard(Path(sys.argv[1]), int(sys.argv[2]))
    except FileNotFoundError:
        """The whole folder is gone. PostgreSQL sees that itself within a minute, and stops."""
