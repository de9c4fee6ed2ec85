"""Reading keeps pace with the text, whatever the text is: four times as much takes four times as
long, and not sixteen. Processor time of one run is compared with itself, so the machine is not."""

import datetime as dt
import time
from collections.abc import Callable

import pytest

from articles.extraction.dating import find_dates
from articles.extraction.publication import propose
from articles.extraction.text import lay_out

TODAY = dt.date(2025, 7, 4)
SIZE = 20_000
"""Characters of the smaller text; it takes long enough to be timed."""
GROWTH = 7
"""Between 4, which is linear, and 16, which is quadratic. A busy machine gave up to 6.1."""
SLACK = 0.1
"""Seconds that a clock or a collector may add to the longer run."""
DATES = (
    "July 4 ", "July 4\n", "“July 4.” ", "July 4, 2025 to ", "in July ", "2025 ", "1914–18 ",
    "1990s ", "10/10/10 ", "Monday ", "today ", "three days ago ", "the next day ", "5:30 ",
    "a day after ", "by Monday ", "1,000,", "In 1990 and ", "per week in July ", "Easter ",
)  # fmt: skip
LAYOUTS = (
    "word ", "5", "\n", "“", "(", "a-a-a", "“‘(", "A. ", "A.“B", "!!!x", "“a.” ", "a.\n", "By A ",
    "KYIV, ", "KYIV ", "\r x", "‘a.’ ", "http://", "Sources:\nabc\n", "A.", "’",
)  # fmt: skip


def seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def lay(text: str) -> object:
    return lay_out(text)


def find(text: str) -> object:
    return find_dates(lay_out(text), published=TODAY)


def publication(text: str) -> object:
    return propose(lay_out(text), today_latest=TODAY)


@pytest.mark.parametrize(
    ("work", "piece"),
    [
        *((lay, piece) for piece in LAYOUTS),
        *((find, piece) for piece in DATES),
        *((publication, piece) for piece in (*DATES, *LAYOUTS)),
    ],
)
def test_time_grows_with_the_text(work: Callable[[str], object], piece: str) -> None:
    text = piece * (4 * SIZE // len(piece))
    few = min(seconds(work, text[:SIZE]) for _ in range(2))
    allowed = GROWTH * few + SLACK
    assert any(seconds(work, text) <= allowed for _ in range(2))  # a second run only if need be
