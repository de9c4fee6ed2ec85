"""What two events that are not one have to do with one another. Pure functions of their mentions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from .likeness import LONG, POSSIBLE, Evidence, Likeness, contradict, likeness
from .matching import width

APART = 2
"""Days that may lie between the dates of what may still be one event."""
LATE = 3
"""By how many days what was planned for a day may come late."""
LATE_SOON = 30
"""The same if it was planned for some day after another, as "soon" is."""
MOST = 12
"""Of so many mentions of an event, the sharpest, the likeness is asked."""


def duplicate(a: Sequence[Evidence], b: Sequence[Evidence]) -> Likeness | None:
    """How likely they are one event after all; None if they hardly are.

    What one article tells as two events is two, and so is what contradicts one another.
    """
    if not {m.article for m in a}.isdisjoint(m.article for m in b):
        return None
    pairs = list(product(_sharpest(a), _sharpest(b)))
    if any(contradict(x, y) for x, y in pairs):
        return None
    close = ((x, y) for x, y in pairs if max(width(x), width(y)) <= LONG + 1)
    return _best(likeness(x, y, apart=APART) for x, y in close)


def outcome(plan: Sequence[Evidence], result: Sequence[Evidence]) -> Likeness | None:
    """How likely `result` is what became of the plan; None if it hardly is."""
    pairs = list(product(_sharpest(plan), _sharpest(result)))
    if any(contradict(x, y) for x, y in pairs):
        return None
    return _best(_came(x, y) for x, y in pairs)


def _came(plan: Evidence, result: Evidence) -> Likeness | None:
    late = lateness(plan, result)
    if late is None:
        return None
    like = likeness(replace(plan, dates=result.dates, status=result.status), result)
    if like is None or not late:
        return like
    said = f"it came {late} day{'' if late == 1 else 's'} late"
    return replace(like, score=like.score - 0.01 * late, contra=(*like.contra, said))


def lateness(plan: Evidence, result: Evidence) -> int | None:
    """Days by which it came after the last day planned; None if it came before, or not in time.

    What was planned for no day, or came on none that is known, is not followed up.
    """
    late = [
        max((y[0] - x[1]).days, 0)
        for date in plan.dates
        for y in result.windows
        if (x := date.window) and y[1] >= x[0]
        if (y[0] - x[1]).days <= (LATE if date.latest else LATE_SOON)
    ]
    return min(late, default=None)


def _sharpest(mentions: Iterable[Evidence]) -> list[Evidence]:
    dated = (m for m in mentions if m.windows)
    return sorted(dated, key=lambda m: (width(m), m.key))[:MOST]


def _best(found: Iterable[Likeness | None]) -> Likeness | None:
    likely = [like for like in found if like and like.score >= POSSIBLE]
    return max(likely, key=lambda like: (like.score, like.sentence), default=None)
