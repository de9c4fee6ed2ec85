"""Processor time, on one core."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def one() -> Iterator[None]:
    """Keep this process on one core, where the system lets it."""
    if not hasattr(os, "sched_setaffinity"):  # macOS, Windows
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(all_of_them)})
    yield
    os.sched_setaffinity(0, all_of_them)


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which other programs do not lengthen."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(slow: Callable[[], object], fast: Callable[[], object], rounds: int = 5) -> float:
    """How many times as long `slow` takes: the median of rounds, in each of which both run."""
    return statistics.median(seconds(slow) / seconds(fast) for _ in range(rounds))
