"""Which accounts give which value of a field, where they do not all give the same. Pure functions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .dates import UNDATED, DateValue
from .settling import Reading, contradicts, machine

Standing = Literal["holds", "allows", "against"]
"""Of a value, seen from what all accounts come to: it is that, it agrees with it but says less or
was said before the outcome, or it cannot be true beside it."""
_ORDER: tuple[Standing, ...] = ("holds", "allows", "against")
_OPPOSED = {
    frozenset(pair)
    for pair in (("denied", "occurred"), ("denied", "planned"), ("cancelled", "occurred"))
}
Weighed = Mapping[Any, Standing]


@dataclass(frozen=True, slots=True)
class Version:
    """A value of a field; `told_by` are the positions of the readings that give it."""

    value: Any
    standing: Standing
    told_by: tuple[int, ...]


def accounts_by_field(readings: Sequence[Reading]) -> dict[str, tuple[Version, ...]]:
    """For each field of which there are several versions: those, what holds first.

    Places are versions only where two accounts that name some have none in common.
    """
    if len(readings) < 2:
        return {}
    whole = machine(readings)
    fields: dict[str, tuple[Callable[[Reading], Any], Callable[[list[Any]], Weighed]]] = {
        "date": (lambda r: r.date, lambda values: _dates(values, whole.date)),
        "deadline": (lambda r: r.deadline, lambda values: _dates(values, whole.deadline)),
        "status": (lambda r: r.status, lambda values: _statuses(values, whole.status)),
        "type": (lambda r: r.type, lambda values: _types(values, whole.type)),
        "places": (lambda r: r.places, _places),
    }
    found = {
        field: tuple(_versions(readings, said, weigh)) for field, (said, weigh) in fields.items()
    }
    return {field: versions for field, versions in found.items() if len(versions) > 1}


def _versions(
    readings: Sequence[Reading],
    said: Callable[[Reading], Any],
    weigh: Callable[[list[Any]], Weighed],
) -> Iterator[Version]:
    told: dict[Any, list[int]] = {}
    for position, reading in enumerate(readings):
        if (value := said(reading)) not in ((), UNDATED):
            told.setdefault(value, []).append(position)
    standings = weigh([value for value, by in told.items() for _ in by])
    ranked = sorted(standings, key=lambda v: (_ORDER.index(standings[v]), -len(told[v])))
    return (Version(value, standings[value], tuple(told[value])) for value in ranked)


def _dates(values: Iterable[DateValue], whole: DateValue) -> Weighed:
    """What is only about is no contradiction: it counts where nobody is more definite."""

    def standing(value: DateValue) -> Standing:
        if value == whole:
            return "holds"
        vague = value.approximate or value.uncertain
        return "against" if contradicts(whole, value) and not vague else "allows"

    return {value: standing(value) for value in values}


def _statuses(values: Iterable[str], whole: str) -> Weighed:
    def standing(value: str) -> Standing:
        if value == whole:
            return "holds"
        return "against" if {value, whole} in _OPPOSED else "allows"

    return {value: standing(value) for value in values}


def _types(values: Iterable[str], whole: str) -> Weighed:
    return {value: "holds" if value == whole else "against" for value in values}


def _places(values: Sequence[tuple[str, ...]]) -> Weighed:
    """All places are shown; against are those that have none in common with what most name."""
    if not values:
        return {}
    most = Counter(values).most_common(1)[0][0]
    apart = {value for value in values if not set(value) & set(most)}
    return {v: "against" if v in apart else "holds" for v in (most, *values)} if apart else {}
