"""What the tagger returns: date words with the days they denote."""

import datetime as dt
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from timeline.dates import Basis, DateValue

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Place = Literal["dateline", "boilerplate", "headline", "prose"]


class DateWord(NamedTuple):
    """Words that name a time: characters `start` to `end` of the text, which read `text`.

    `value` is TIMEX3's (2025-07-03, 2025-W27, 196X, P3D, PAST_REF), "" if it cannot be told.
    `date` is None if the words denote no calendar span or it cannot be told.
    `past` and `coming` are both readings of a bare weekday or of a month-day without a year.
    `bound` is the word that makes `date` a bound or a start ("by", "since", "until"…), else "".
    `ends` are the two date words of a range, which then has both inside its span.
    """

    start: int
    end: int
    text: str
    type: Type
    value: str
    date: DateValue | None
    basis: Basis
    because: str
    rule: str
    place: Place = "prose"
    in_quotation: bool = False
    past: DateValue | None = None
    coming: DateValue | None = None
    bound: str = ""
    lasting: bool = False
    ends: tuple["DateWord", ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    """The pieces of the words by name, for reading them again from another day."""


class Anchor(NamedTuple):
    """A day that other words are reckoned from, and what kind of day it is, for the reader."""

    day: dt.date
    kind: str

    def __str__(self) -> str:
        return f"{_named(self.day)} ({self.kind})"


@lru_cache(maxsize=4096)
def _named(day: dt.date) -> str:
    return f"{day:%a} {day.day} {day:%B %Y}"


def begun_in(words: list[DateWord], start: int, end: int) -> list[DateWord]:
    """Those that begin between two characters; they stand in text order."""
    first = bisect_left(words, start, key=attrgetter("start"))
    return words[first : bisect_left(words, end, first, key=attrgetter("start"))]
