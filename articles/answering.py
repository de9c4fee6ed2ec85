"""What likely answers an ultimatum. Pure functions of the mentions.

Its demand is met by what it demands, done by those of whom it is demanded, by its deadline; it is
refused by their rejection; it is enforced by what it threatens, done to them after its deadline.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from timeline.dates import UNDATED, DateValue
from timeline.types import TYPES

from .relating import AHEAD, CLOSE, MOST, by_width, sharper, sharpest
from .weighing import DIRECTED, JOIN, WORDED, Evidence, Likeness, Party, resemblance
from .words import salient

REACH = AHEAD
"""Days before its deadline within which an ultimatum is answered, however long ago it was set."""
AFTER = 14
"""Days after its deadline within which what was threatened is done."""
LOOSE = frozenset({"accord", "contact"})
"""Kinds of event any type of which is what was demanded: a truce for an agreement."""
COMMON = frozenset({"statement", "agreement", "talks"})
"""Types so common that who asked must take part, or words be the same."""
WORDS_IN_COMMON = 2
REPLIES = ("statement", "pledge")
ULTIMATE = frozenset(salient("ultimatum deadline demand"))
"""Stems of the words by which a rejection says that it is one of an ultimatum."""
Window = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer of this kind looks like: its type, who acts, and the days on which it may come."""

    kind: str
    answer: Evidence


def is_ultimatum(mentions: Sequence[Evidence]) -> bool:
    return any(m.deadline != UNDATED for m in mentions)


def can_answer(m: Evidence) -> bool:
    return m.status == "occurred"


def generous(deadline: DateValue) -> Window | None:
    """The days on which a deadline lies that is known as such; None if these are too many."""
    window = deadline.window
    if window is None or (window[1] - window[0]).days >= AHEAD:
        return None
    first = deadline.earliest or moved(window[0], -AHEAD)
    return first, deadline.latest or moved(window[1], AHEAD)


def moved(day: dt.date, days: int) -> dt.date:
    """So many days later, as far as the calendar goes."""
    number = day.toordinal() + days
    return dt.date.fromordinal(max(1, min(number, dt.date.max.toordinal())))


def expected(m: Evidence, limit: Window | None) -> Iterator[Expected]:
    """What would answer it, if the deadline lies within these days."""
    if limit is None or not m.parties:
        return
    first, last = limit
    before = DateValue.range(moved(first, -REACH), last)
    after = DateValue.range(first, moved(last, AFTER))
    whole = DateValue.range(moved(first, -REACH), moved(last, AFTER))
    done = replace(m, status="occurred", places=(), demands=(), threatens=(), deadline=UNDATED)
    for party in _addressees(m):
        for type_ in m.demands:
            answer = replace(done, type=type_, parties=(party,), dates=(before,))
            yield Expected("met", answer)
        yield Expected("refused", replace(done, type="rejection", parties=(party,), dates=(whole,)))
        for type_ in m.threatens:
            parties = (Party(m.first), party)
            yield Expected("enforced", replace(done, type=type_, parties=parties, dates=(after,)))


def _addressees(m: Evidence) -> list[Party]:
    """The sides of whom something is demanded."""
    return [Party(side) for side in sorted(_sides(m) - {m.first})]


def _sides(m: Evidence) -> set[str]:
    """Of all who take part, those too to whom words are said."""
    return {p.side or p.name for p in m.parties}


def answers(ultimatum: Sequence[Evidence], result: Sequence[Evidence]) -> dict[str, Likeness]:
    """By kind of answer: how likely `result` is one, unless it hardly is."""
    spoken = min((a for m in sharpest(ultimatum) for a, _ in m.windows), default=None)
    limited = [m for m in ultimatum if m.deadline != UNDATED]
    there = sharpest(sharper([m for m in result if can_answer(m)], CLOSE))
    found: dict[str, Likeness] = {}
    for x, y in product(sorted(limited, key=lambda m: m.key)[:MOST], by_width(there)[:MOST]):
        for one in expected(x, x.deadline.window):
            like = _answer(one, x, y, spoken)
            best = found.get(one.kind)
            if like and (best is None or (like.score, like.sentence) > (best.score, best.sentence)):
                found[one.kind] = like
    return {kind: like for kind, like in found.items() if like.score >= JOIN}


def _answer(
    one: Expected, ultimatum: Evidence, result: Evidence, spoken: dt.date | None
) -> Likeness | None:
    deadline = ultimatum.deadline.window
    if deadline is None or not _is_of_type(one.answer, result) or not _act(one, result):
        return None
    when = _when(one, result, deadline, spoken)
    common = ultimatum.stems.keys() & result.stems.keys()
    towards = ultimatum.first in _sides(result)
    ground = _ground(one, common, result, towards=towards)
    if when is None or not ground:
        return None
    cost, said, contra = when
    score = 0.6 + min(resemblance(ultimatum.stems, result.stems), 0.25) - cost
    score += 0.1 if towards and one.kind != "enforced" else 0.0
    return Likeness(round(min(score, 1.0), 4), (ground, said), contra)


def _is_of_type(answer: Evidence, result: Evidence) -> bool:
    if answer.kind != result.kind:
        return False
    if answer.type == "statement":
        return result.type in REPLIES
    return answer.type == result.type or answer.kind in LOOSE


def _act(one: Expected, result: Evidence) -> bool:
    """Whether those who are to act do, and to whom they are to do it."""
    sides = {p.name for p in one.answer.parties}
    if not result.parties or not sides <= _sides(result):
        return False
    first = one.answer.parties[0].name
    return result.first == first or not (result.type in DIRECTED or result.type in WORDED)


def _ground(
    one: Expected, common: frozenset[str] | set[str], result: Evidence, *, towards: bool
) -> str:
    """What in their words says that it answers; "" if nothing does."""
    label, who = TYPES[one.answer.type].label.lower(), one.answer.parties[-1].name
    if one.kind == "refused":
        spoken_of = bool(ULTIMATE & result.stems.keys())
        return f"{who} rejected what was demanded" if spoken_of or (towards and common) else ""
    alone = one.answer.type == result.type and one.answer.type not in COMMON
    if not (alone or towards or len(common) >= WORDS_IN_COMMON):
        return ""
    said = "demanded of" if one.kind == "met" else "threatened against"
    return f"“{label}” was {said} {who}"


def _when(
    one: Expected, result: Evidence, deadline: Window, spoken: dt.date | None
) -> tuple[float, str, tuple[str, ...]] | None:
    """(what it costs, when it came, what speaks against that it came in time); None if it did not."""
    (first, last), dates = deadline, one.answer.dates[0]
    assert dates.earliest and dates.latest
    since = dates.earliest if one.kind == "enforced" else max(dates.earliest, spoken or dt.date.min)
    fitting = [(a, b) for a, b in result.windows if b >= since and a <= dates.latest]
    if not fitting:
        return None
    a, b = min(fitting, key=lambda window: (window[1] - window[0], window))
    if one.kind == "enforced":
        early = ("it may have come before the deadline",) if a < first else ()
        return (0.1 if early else 0.0), f"it came {_days(last, a)} the deadline", early
    late = ("it may have come after the deadline",) if one.kind == "met" and b > last else ()
    return (0.1 if late else 0.0), f"it came {_days(last, b)} the deadline", late


def _days(deadline: dt.date, day: dt.date) -> str:
    days = (day - deadline).days
    if not days:
        return "on the day of"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'after' if days > 0 else 'before'}"
