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


def ratio(
    slow: Callable[[], object], fast: Callable[[], object], rounds: int = 5, passes: int = 1
) -> float:
    """How many times as long `slow` takes: the median of rounds, in each of which both run.

    In a round `fast` may make more passes than one, half of them before `slow` and half after it,
    and counts with their mean: what is over in some milliseconds is timed badly by one of them.
    """
    return statistics.median(_round(slow, fast, passes) for _ in range(rounds))


def _round(slow: Callable[[], object], fast: Callable[[], object], passes: int) -> float:
    before = sum(seconds(fast) for _ in range(passes // 2))
    took = seconds(slow)
    after = sum(seconds(fast) for _ in range(passes - passes // 2))
    return took * passes / (before + after)
