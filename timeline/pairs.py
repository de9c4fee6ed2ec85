"""Events set beside one another, so that an editor can say whether they are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from . import record
from .card import Card, Link
from .dates import words
from .models import Event, Relation
from .presenting import cards, link, linked
from .settling import Settled
from .titles import listed
from .types import STATUSES, TYPES

NEVER_MORE = 10
"""Events that are compared at a time."""


class MarkError(ValueError):
    """This is not the end of a page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The last pair of a page: how alike its events are, and its number."""

    score: float
    id: int

    def __str__(self) -> str:
        return f"{self.score!r}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Mark":
        """The inverse of str(). Raises MarkError."""
        score, _, number = text.rpartition("-")
        try:
            mark = cls(float(score), int(number))
        except ValueError as error:
            raise MarkError(MarkError.__doc__) from error
        if not (0 <= mark.score <= 1 and 0 < mark.id < 2**63):
            raise MarkError(MarkError.__doc__)
        return mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the events would be as one, in words."""

    title: str
    date: str
    type: str
    status: str
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Events that may be one. `stays` is the number of the one that should take in the others."""

    cards: tuple[Card, ...]
    stays: int
    score: float | None = None
    because: str = ""

    @property
    def percent(self) -> int:
        return round(100 * (self.score or 0))


@dataclass(frozen=True, slots=True)
class Likeness:
    """An event that may be the same as the one at hand."""

    link: Link
    percent: int
    because: str


def likely(after: Mark | None, size: int) -> tuple[list[Comparison], Mark | None]:
    """A page of possible duplicates, most likely first, and where the next page begins."""
    rows = Relation.objects.duplicates()
    if after:
        rows = rows.following(after.score, after.id)
    found = list(rows[: size + 1])
    page = found[:size]
    shown = {c.id: c for c in cards([pk for r in page for pk in (r.event_id, r.other_id)])}
    compared = [
        _compared([shown[r.event_id], shown[r.other_id]], r.score, r.because)
        for r in page
        if {r.event_id, r.other_id} <= shown.keys()
    ]
    more = Mark(page[-1].score, page[-1].pk) if len(found) > size else None
    return compared, more


def compared(ids: Sequence[int]) -> Comparison | None:
    """Of those that readers see; None unless there are two at least."""
    seen = Event.objects.shown().filter(pk__in=ids[:NEVER_MORE]).values_list("pk", flat=True)
    found = cards(sorted(seen))
    if len(found) < 2:
        return None
    pair = None
    if len(found) == 2:
        pair = Relation.objects.filter(
            kind="duplicate", event=found[0].id, other=found[1].id
        ).first()
    return _compared(found, *((pair.score, pair.because) if pair else (None, "")))


def _compared(found: Sequence[Card], score: float | None, because: str) -> Comparison:
    """The better supported stays, of equals the older."""
    best = max(found, key=lambda c: (c.sources, c.articles, -c.id))
    return Comparison(tuple(found), best.id, score, because)


def together(found: Comparison) -> list[tuple[str, Outcome]]:
    """What would be shown were they one, by the numbers of those of which it holds if they stay.

    Only what editors decided on one of them can make a difference.
    """
    events = Event.objects.filter(pk__in=[c.id for c in found.cards]).with_readings().in_bulk()
    if not any(event.mentions.all() for event in events.values()):
        return []
    outcomes: dict[Outcome, list[int]] = {}
    for stays in sorted(events):
        others = [events[pk] for pk in sorted(events) if pk != stays]
        outcome = _outcome(record.settled_together([events[stays], *others]))
        outcomes.setdefault(outcome, []).append(stays)
    return [(listed([str(pk) for pk in stay]), outcome) for outcome, stay in outcomes.items()]


def _outcome(settled: Settled) -> Outcome:
    return Outcome(
        title=settled.title,
        date=words(settled.date),
        type=TYPES[settled.type].label,
        status=STATUSES[settled.status],
        articles=settled.article_count,
        sources=settled.source_count,
    )


def alike(event: Event) -> list[Likeness]:
    """What may be the same event as this one, likeliest first. One query."""
    rows = Relation.objects.duplicates().filter(Q(event=event) | Q(other=event))
    found = []
    for score, because, *ends in rows.values_list(
        "score", "because", *linked("event"), *linked("other")
    ):
        sides = (link(ends[: len(ends) // 2]), link(ends[len(ends) // 2 :]))
        other = next(side for side in sides if side.id != event.pk)
        found.append(Likeness(other, round(100 * score), because))
    return found
