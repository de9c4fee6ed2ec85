"""What two events that are not one have to do with one another. Pure functions of their mentions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product

from .matching import width
from .weighing import JOIN, LONG, POSSIBLE, Evidence, Likeness, contradict, gap, likeness

APART = 2
"""Days that may lie between the dates of what may still be one event."""
LATE = 3
"""By how many days what was planned for a day may come late."""
LATE_SOON = 30
"""The same if it was planned for some day after another, as "soon" is."""
AHEAD = 92
"""Days that the date of a plan allows at most, as many as a season has: what was planned for one of
more days is not followed up."""
CLOSE = LONG + 1
"""The same for what is compared with it, and for possible duplicates."""
MOST = 12
"""Of so many mentions of an event, the sharpest, the likeness is asked."""


def duplicate(a: Sequence[Evidence], b: Sequence[Evidence]) -> Likeness | None:
    """How likely they are one event after all; None if they hardly are.

    What one article tells as two events is two, and so is what contradicts one another.
    """
    if not {m.article for m in a}.isdisjoint(m.article for m in b):
        return None
    one, other = sharper(a, CLOSE), sharper(b, CLOSE)
    if _gap(one, other) > APART:
        return None
    return _best(_pairs(one, other), lambda x, y: likeness(x, y, apart=APART), POSSIBLE)


def outcome(plan: Sequence[Evidence], result: Sequence[Evidence]) -> Likeness | None:
    """How likely `result` is what became of the plan; None if it hardly is."""
    ahead, there = sharper(plan, AHEAD), sharper(result, CLOSE)
    if came(ahead, there) is None:
        return None
    return _best(_pairs(ahead, there), _became, JOIN)


def came(plan: Sequence[Evidence], result: Sequence[Evidence]) -> int | None:
    """By how many days it came late, None if it did not come then: by the sharpest dates of both."""
    late = [lateness(x, y) for x, y in product(sharpest(plan), sharpest(result))]
    return min((days for days in late if days is not None), default=None)


def _became(plan: Evidence, result: Evidence) -> Likeness | None:
    like = likeness(replace(plan, dates=result.dates, status=result.status), result)
    late = lateness(plan, result)
    if like is None or late is None:
        return None
    if not late:
        return like
    said = f"it came {late} day{'' if late == 1 else 's'} late"
    return replace(like, score=round(like.score - 0.01 * late, 4), contra=(*like.contra, said))


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


def sharper(mentions: Iterable[Evidence], widest: int) -> list[Evidence]:
    """With those of their dates alone that allow so many days at most; without the others."""
    return [near for m in mentions if (near := _sharper(m, widest)).dates]


def _sharper(m: Evidence, widest: int) -> Evidence:
    dates = tuple(d for d in m.dates if (w := d.window) and (w[1] - w[0]).days < widest)
    return m if dates == m.dates else replace(m, dates=dates)


def _gap(a: Sequence[Evidence], b: Sequence[Evidence]) -> int:
    """Days between the sharpest dates of both; none of the two events may be undated."""
    days = (gap(x, y) for x, y in product(sharpest(a), sharpest(b)))
    return min(days, default=APART + 1)


def sharpest(mentions: Iterable[Evidence]) -> list[Evidence]:
    dated = by_width(mentions)
    return [m for m in dated if width(m) == width(dated[0])]


def by_width(mentions: Iterable[Evidence]) -> list[Evidence]:
    return sorted((m for m in mentions if m.windows), key=lambda m: (width(m), m.key))


Pairs = Sequence[tuple[Evidence, Evidence]]


def _pairs(a: Iterable[Evidence], b: Iterable[Evidence]) -> Pairs:
    return list(product(by_width(a)[:MOST], by_width(b)[:MOST]))


def _best(
    pairs: Pairs, alike: Callable[[Evidence, Evidence], Likeness | None], least: float
) -> Likeness | None:
    """The greatest likeness of all pairs, unless two of them contradict one another."""
    if any(contradict(x, y) for x, y in pairs):
        return None
    found = [like for x, y in pairs if (like := alike(x, y)) and like.score >= least]
    return max(found, key=lambda like: (like.score, like.sentence), default=None)
