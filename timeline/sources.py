"""Which readings come from one source: a report in ten papers is one account of an event, not ten.

One source are: readings of one article, outlet or agency, and readings that name the same source
for what they say; then readings with the same sentence, and those of articles that are near-copies
of one another, unless somebody said that these are different articles.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .settling import Reading


def by_source(readings: Iterable["Reading"]) -> list[tuple["Reading", ...]]:
    """What counts as one is decided pair by pair in the order given: sort them first."""
    sources = [_Source.of(reading) for reading in readings]
    for same in (_Source.shares_a_source, _Source.shares_a_text):
        sources = _united(sources, same)
    return [source.readings for source in sources]


@dataclass(frozen=True, slots=True)
class _Source:
    """Readings that come from one source."""

    readings: tuple["Reading", ...]
    names: frozenset[str]
    """Of outlets, agencies and persons on whose word they rest."""
    texts: frozenset[str]
    articles: frozenset[str]
    alike: frozenset[str]
    different: frozenset[str]
    """Articles with much the same text, and those of them that are said to be no copies."""

    @classmethod
    def of(cls, reading: "Reading") -> "_Source":
        names = (reading.outlet, *reading.agencies, reading.attributed_to)
        return cls(
            readings=(reading,),
            names=frozenset(_plain(name) for name in names if name),
            texts=frozenset([_plain(reading.evidence)]),
            articles=frozenset([reading.article]),
            alike=frozenset() if reading.different else reading.alike,
            different=reading.alike if reading.different else frozenset(),
        )

    def __or__(self, other: "_Source") -> "_Source":
        return _Source(
            readings=self.readings + other.readings,
            names=self.names | other.names,
            texts=self.texts | other.texts,
            articles=self.articles | other.articles,
            alike=self.alike | other.alike,
            different=self.different | other.different,
        )

    def shares_a_source(self, other: "_Source") -> bool:
        """They are of one article or outlet, or rest on one agency or person."""
        return bool(self.articles & other.articles or self.names & other.names)

    def shares_a_text(self, other: "_Source") -> bool:
        """They have a sentence in common, or articles with much the same text; and nobody said that
        these are different articles."""
        if self.articles & other.different or other.articles & self.different:
            return False
        alike = self.articles & other.alike or other.articles & self.alike
        return bool(alike or self.texts & other.texts)


def _united(sources: list[_Source], same: Callable[[_Source, _Source], bool]) -> list[_Source]:
    united: list[_Source] = []
    for source in sources:
        whole, apart = source, []
        for known in united:
            if same(known, whole):
                whole = known | whole
            else:
                apart.append(known)
        united = [*apart, whole]
    return united


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
