"""Undated deeds reported on days that follow one another: the days before which each was done.

"The pause in deliveries" of Tuesday's paper and of Thursday's is done on or before either day; nothing
sharper says when. Reports of the same participants that come close upon one another are a run, and
may tell of one event as long as the run is short. Of a long one, a war's daily strikes, it cannot be
told which means which. Pure functions: a run depends on the mentions alone, in no order.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from timeline.dates import Precision

from .blocking import company
from .weighing import Evidence

STEP = dt.timedelta(days=3)
"""At most from one report of a run to the next."""
SPAN = dt.timedelta(days=7)
"""At most from its first to its last: as long as an open end counts."""
REACH = SPAN + STEP
"""How far from a report that comes or goes another may be whose run becomes short or long by it."""

Run = tuple[Evidence, ...]


def reported(m: Evidence) -> dt.date | None:
    """The day on or before which it happened, of a deed of which no more is known."""
    if m.kind == "words" or m.forecast or not m.sides or len(m.dates) != 1:
        return None
    (date,) = m.dates
    return date.latest if date.precision is Precision.BOUND and date.earliest is None else None


def runs(mentions: Iterable[Evidence]) -> dict[str, Run]:
    """By the key of each mention that is in one: its run, in the order of the days."""
    told: dict[str, list[tuple[dt.date, str, Evidence]]] = defaultdict(list)
    for m in mentions:
        if (day := reported(m)) is not None:
            told[company(m)].append((day, m.key, m))
    found: dict[str, Run] = {}
    for rows in told.values():
        run: list[tuple[dt.date, str, Evidence]] = []
        for row in sorted(rows, key=lambda row: row[:2]):
            if run and row[0] - run[-1][0] > STEP:
                found |= _by_key(run)
                run = []
            run.append(row)
        found |= _by_key(run)
    return found


def _by_key(run: list[tuple[dt.date, str, Evidence]]) -> dict[str, Run]:
    members = tuple(m for _, _, m in run)
    return {m.key: members for m in members}


def is_short(run: Run) -> bool:
    """Whether it may be one event; a mention that is in none is alone."""
    first, last = reported(run[0]), reported(run[-1])
    return len(run) > 1 and first is not None and last is not None and last - first <= SPAN


def told_alike(a: Evidence, b: Evidence) -> bool:
    """What two of a run must have in common beside their participants."""
    if a.spots and b.spots and not a.spots & b.spots:
        return False
    return a.type == b.type and bool(a.stems.keys() & b.stems.keys())
