"""File locks beside a data directory. The kernel frees them however their holder dies.

holders   shared, by every process that uses the server, for its whole life (forks inherit it);
          tried exclusively, to see that there is none, only by who has `starting`
starting  exclusive and short: around every start and every stop
guarding  exclusive, by the one guardian of the server
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Name = Literal["holders", "starting", "guarding"]


def opened(data: Path, name: Name) -> int:
    """A descriptor of the lock file, not yet locked."""
    return os.open(data.with_name(f"{data.name}.{name}"), os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def exclusive(data: Path, name: Name) -> Iterator[None]:
    """Wait for the lock, then hold it alone for the block."""
    descriptor = opened(data, name)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def shared(data: Path, name: Name) -> int:
    """Wait for the lock and share it; it is held for as long as any copy of the descriptor."""
    descriptor = opened(data, name)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def at_once(data: Path, name: Name) -> int | None:
    """The descriptor with the exclusive lock, or None where somebody else has it."""
    descriptor = opened(data, name)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
