"""What an event is, given all that the articles say of it and what editors decided. Pure functions.

`settle` makes the fields that readers see out of both layers: `machine` weighs the readings against
one another, `decide` lays the editors' decisions over the outcome, field by field. The order in
which readings are given changes nothing.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .dates import UNDATED, Basis, DateValue, Precision, words
from .sources import by_source
from .titles import title

Overrides = Mapping[str, Any]
"""Field → an editor's value, in JSON's own types."""

SUPPORT = {
    Basis.EDITOR: 0,
    Basis.EXPLICIT: 1,
    Basis.WEEKDAY: 2,
    Basis.RELATIVE: 3,
    Basis.DATELINE: 4,
    Basis.CONTEXT: 4,
    Basis.CORROBORATED: 4,
    Basis.PUBLICATION: 5,
    Basis.NONE: 6,
}
"""How well a basis supports a date, best first."""
BOUND_SUPPORT = 5
"""No bound is better supported: it comes from tense and publication, seldom from words."""
FORECASTS = ("planned", "proposed")
OUTCOMES = ("occurred", "denied", "cancelled")
CERTAIN = 0.99
"""Highest confidence that reports alone can give."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a reading; `side` is whom a person acted for on that day, or ""."""

    name: str
    kind: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says of the event. `article` is its key; `outlet` may be unknown ("")."""

    article: str
    type: str
    status: str
    evidence: str
    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    actors: tuple[Party, ...] = ()
    places: tuple[str, ...] = ()
    deadline: DateValue = UNDATED
    """Until when what it demands is to be done."""
    deadline_basis: Basis = Basis.NONE
    deadline_because: str = ""
    outlet: str = ""
    published: dt.date | None = None
    agencies: tuple[str, ...] = ()
    attributed_to: str = ""
    confidence: float = 0.5
    alike: frozenset[str] = frozenset()
    """The keys of other articles with much the same text."""
    different: bool = False
    """Whether somebody said that the article is none of them, in spite of that."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The shown fields of an event. `reported` is the first day an article told of it."""

    type: str
    status: str
    title: str
    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    deadline: DateValue = UNDATED
    deadline_basis: Basis = Basis.NONE
    deadline_because: str = ""
    review: str = "unreviewed"
    corrected: bool = False
    differs: bool = False
    confidence: float = 0.0
    article_count: int = 0
    source_count: int = 0
    reported: dt.date | None = None
    words: str = ""
    named: tuple[str, ...] = ()
    """Those whom the title names: a side is left out where a person who acts for it is there."""


def settle(readings: Iterable[Reading], overrides: Overrides) -> Settled:
    """The event as it is shown. Raises ValueError without a reading: there is nothing to settle."""
    return decide(machine(readings), overrides)


def machine(readings: Iterable[Reading]) -> Settled:
    """What the articles alone come to."""
    rows = sorted(readings, key=_order)
    if not rows:
        raise ValueError("An event is settled from one reading at least.")
    sources = independent(rows)
    kind = _most(rows, lambda r: r.type)
    status, status_differs = _status(rows)
    date, basis, because, date_differs = _date(rows)
    deadline, deadline_basis, deadline_because, deadline_differs = _date(_of_deadlines(rows))
    parties = _parties(rows)
    names = tuple(p.name for p in parties)
    places = tuple(dict.fromkeys(place for r in rows for place in r.places))
    heads = _heads(parties)
    heading = title(kind, status, heads, places)
    return Settled(
        type=kind,
        status=status,
        title=heading,
        date=date,
        basis=basis,
        because=because,
        actors=names,
        places=places,
        deadline=deadline,
        deadline_basis=deadline_basis,
        deadline_because=deadline_because,
        differs=status_differs or date_differs or deadline_differs,
        confidence=_confidence(sources),
        article_count=len({r.article for r in rows}),
        source_count=len(sources),
        reported=min((r.published for r in rows if r.published), default=None),
        words=searchable(heading, names, places, [r.evidence for r in rows]),
        named=heads,
    )


def decide(settled: Settled, overrides: Overrides) -> Settled:
    """`settled` with the editors' decisions over it; unless decided itself, the title follows."""
    if not overrides:
        return settled
    changes = {field: _DECIDED[field](value) for field, value in overrides.items()}
    shown = replace(settled, corrected=bool(changes.keys() - {"review"}))
    for change in changes.values():
        shown = replace(shown, **change)
    if "title" not in changes and changes.keys() & {"type", "status", "actors", "places"}:
        heading = title(shown.type, shown.status, shown.named or shown.actors, shown.places)
        shown = replace(shown, title=heading)
    pieces = (shown.title, *shown.actors, *shown.words.split("\n"))
    return replace(shown, words="\n".join(dict.fromkeys(pieces)))


_DECIDED: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "date": lambda v: {
        "date": DateValue.from_dict(v),
        "basis": Basis.EDITOR,
        "because": "An editor set this date.",
    },
    "deadline": lambda v: {
        "deadline": DateValue.from_dict(v),
        "deadline_basis": Basis.EDITOR,
        "deadline_because": "An editor set this deadline.",
    },
    "type": lambda v: {"type": v},
    "status": lambda v: {"status": v},
    "title": lambda v: {"title": v},
    "actors": lambda v: {"actors": tuple(v), "named": tuple(v)},
    "places": lambda v: {"places": tuple(v)},
    "review": lambda v: {"review": v},
}


def searchable(
    heading: str, names: Sequence[str], places: Sequence[str], evidence: Sequence[str]
) -> str:
    """What a text search looks in, every piece once."""
    return "\n".join(dict.fromkeys((heading, *names, *places, *evidence)))


# ---------- weighing readings


def _order(r: Reading) -> tuple[dt.date, str, str, str]:
    """The same order whatever order they came in: by day of print, article, evidence, the rest."""
    return r.published or dt.date.max, r.article, r.evidence, repr(r)


def _most(rows: Sequence[Reading], value: Callable[[Reading], str]) -> str:
    """The commonest value; among equals the one read with most confidence, then the first."""
    counts = Counter(value(r) for r in rows)
    best = max(rows, key=lambda r: (counts[value(r)], r.confidence))
    return value(best)


def _status(rows: Sequence[Reading]) -> tuple[str, bool]:
    """(status, whether accounts differ). A report of an outcome ends all forecasts.

    Among outcomes the commonest holds, else the one printed last; a denial beside an assertion,
    or a cancelled event said to have happened, is a difference.
    """
    said = {r.status for r in rows}
    differs = ("denied" in said and bool(said & {"occurred", "planned"})) or (
        {"cancelled", "occurred"} <= said
    )
    outcomes = [r for r in rows if r.status in OUTCOMES]
    if outcomes:
        counts = Counter(r.status for r in outcomes)
        most = max(counts.values())
        last = [r for r in outcomes if counts[r.status] == most]
        return last[-1].status, differs
    last_day = rows[-1].published
    latest = [r.status for r in rows if r.published == last_day]
    return min(latest, key=FORECASTS.index), differs


def _support(r: Reading) -> int:
    rank = SUPPORT[r.basis]
    return max(rank, BOUND_SUPPORT) if r.date.precision is Precision.BOUND and rank else rank


def _ends(value: DateValue) -> tuple[dt.date, dt.date]:
    """Its days with open ends as far as they go: unlike `window`, which serves searching."""
    return value.earliest or dt.date.min, value.latest or dt.date.max


def _width(value: DateValue) -> int:
    a, b = _ends(value)
    return (b - a).days


def _overlap(a: DateValue, b: DateValue) -> DateValue | None:
    """The days that both allow; None if there are none. Time that lasted is not cut down."""
    start = max(_ends(a)[0], _ends(b)[0])
    end = min(_ends(a)[1], _ends(b)[1])
    if start > end:
        return None
    if a.lasting or b.lasting:
        return a if a.lasting else b
    for same in (a, b):
        if _ends(same) == (start, end):
            return same
    value = DateValue.day(start) if start == end else DateValue.range(start, end)
    return replace(value, approximate=a.approximate and b.approximate)


def contradicts(kept: DateValue, other: DateValue) -> bool:
    """Whether no day fits both, or both say how long it lasted and do not agree."""
    both_last = kept.lasting and other.lasting
    whole = None not in (kept.earliest, kept.latest, other.earliest, other.latest)
    return _overlap(kept, other) is None or (both_last and whole and _ends(kept) != _ends(other))


def _date(rows: Sequence[Reading]) -> tuple[DateValue, Basis, str, bool]:
    """(date, basis, because, whether accounts differ).

    The best supported date comes first; every other that overlaps it narrows it, every other that
    does not is a difference. "About" counts only where nobody is more definite.
    """
    dated = [r for r in rows if r.date != UNDATED]
    definite = [r for r in dated if not (r.date.approximate or r.date.uncertain)] or dated
    if not definite:
        return UNDATED, Basis.NONE, next((r.because for r in rows if r.because), ""), False
    ranked = sorted(definite, key=lambda r: (_support(r), _width(r.date)))
    value = ranked[0].date
    against = []
    for reading in ranked[1:]:
        if contradicts(value, reading.date):
            against.append(reading)
        else:
            value = _overlap(value, reading.date) or value
    basis, because = _reason(value, [r for r in ranked if r not in against])
    if against:
        because = f"{because.rstrip('.')}; but {_says(against[0])}."
    return value, basis, because, bool(against)


def _of_deadlines(rows: Iterable[Reading]) -> list[Reading]:
    """The readings that give a deadline, with it for their date: it is settled as a date is."""
    return [
        replace(r, date=r.deadline, basis=r.deadline_basis, because=r.deadline_because)
        for r in rows
        if r.deadline != UNDATED
    ]


def _reason(value: DateValue, rows: Sequence[Reading]) -> tuple[Basis, str]:
    """Which article the settled date comes from, or which of them give it only together."""
    for reading in rows:
        if reading.date == value:
            return reading.basis, _quoted(reading)
    narrow = [r for r in rows if not r.date.lasting]
    first = max(narrow, key=lambda r: _ends(r.date)[0])
    last = min(narrow, key=lambda r: _ends(r.date)[1])
    both = f"{_says(first)}, {_says(last)}: together {words(value)}."
    return Basis.CORROBORATED, both


def _source(r: Reading) -> str:
    name = r.outlet or "an article"
    return f"{name} of {words(DateValue.day(r.published))}" if r.published else name


def _says(r: Reading) -> str:
    return f"{_source(r)} says {words(r.date)}"


def _quoted(r: Reading) -> str:
    text = f"{_source(r)}: {r.because}" if r.because else _says(r)
    text = text[0].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


# ---------- actors


def _parties(rows: Sequence[Reading]) -> tuple[Party, ...]:
    """Every actor once: in the order of the fullest reading, then those that only others name."""
    fullest = sorted(rows, key=lambda r: (-len(r.actors), -r.confidence))
    found: dict[str, Party] = {}
    for party in (p for r in fullest for p in r.actors):
        if party.name not in found or (party.side and not found[party.name].side):
            found[party.name] = party
    return tuple(found.values())


def _heads(parties: Sequence[Party]) -> tuple[str, ...]:
    """Names for a title: a side is left out where a person who acts for it is named."""
    sides = {p.side for p in parties if p.side}
    return tuple(p.name for p in parties if p.name not in sides)


# ---------- sources


def independent(rows: Iterable[Reading]) -> list[tuple[Reading, ...]]:
    """The readings by independent source; the order in which they are given changes nothing."""
    return by_source(sorted(rows, key=_order))


def _confidence(sources: Sequence[Sequence[Reading]]) -> float:
    """That one independent source at least is right: 1 − ∏(1 − its best reading's confidence)."""
    doubt = math.prod(1 - max(r.confidence for r in members) for members in sources)
    return round(min(1 - doubt, CERTAIN), 4)
