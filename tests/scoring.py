"""How well drafts agree with what a careful reader noted: pairs of expected and read events.

A pair needs dates that agree and either evidence that overlaps by half or the same type. Pairs are
taken greedily, one to one: evidence first, then type, then the share of actors found.

And how well mentions were joined into events: over pairs of places that a careful reader put into
groups, one group an event. Two places are joined when some event has a mention at both.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from articles.extraction import Draft
from timeline.dates import DateValue, Precision, parse_edtf

Expected = dict[str, Any]
KINDS = {
    "condemnation": "statement",
    "support": "statement",
    "pledge": "statement",
    "rejection": "statement",
    "threat": "demand",
    "withdrawal": "other",
    "cooperation": "other",
    "relations": "other",
    "legal": "other",
    "protest": "other",
}
"""Types told apart by degree, not in kind, count as one: readers differ on them as well."""


@dataclass(frozen=True, slots=True)
class F1:
    """Counts over articles; `pairs` are the expected events that were found."""

    pairs: int
    read: int
    expected: int

    @property
    def value(self) -> float:
        total = self.read + self.expected
        return 2 * self.pairs / total if total else 0.0

    def __add__(self, other: "F1") -> "F1":
        return F1(self.pairs + other.pairs, self.read + other.read, self.expected + other.expected)


def score(expected: list[Expected], drafts: list[Draft], *, same_type: bool) -> F1:
    """Optional events neither count when missed nor cost anything when read."""
    pairs = pair(expected, drafts, same_type=same_type)
    kept = [i for i, _ in pairs if not expected[i].get("optional")]
    required = sum(not e.get("optional") for e in expected)
    return F1(len(kept), len(drafts) - (len(pairs) - len(kept)), required)


def kind(type_: str) -> str:
    return KINDS.get(type_, type_)


def pair(
    expected: list[Expected], drafts: list[Draft], *, same_type: bool
) -> list[tuple[int, int]]:
    candidates = []
    for i, event in enumerate(expected):
        for j, draft in enumerate(drafts):
            if not dates_agree(event, draft.date):
                continue
            type_agrees = kind(event["type"]) == kind(draft.type)
            evidence = _overlap(event["evidence"], draft)
            if not (type_agrees or evidence) or (same_type and not type_agrees):
                continue
            found = _share(event["actors"], draft.actors)
            rank = 4 * evidence + 2 * type_agrees + found + 0.5 * (not event.get("optional"))
            candidates.append((-rank, i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(candidates):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return list(taken.items())


def dates_agree(event: Expected, read: DateValue) -> bool:
    """The date read lies within the expected one; a bound answers only for an inferred date."""
    window, wanted = read.window, parse_edtf(event["date"]).window
    if window is None or wanted is None:
        return False
    if read.precision is Precision.BOUND:
        return event["date_basis"] == "inferred" and _within(wanted, window)
    return _within(window, wanted)


def _within(inner: tuple[dt.date, dt.date], outer: tuple[dt.date, dt.date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _overlap(evidence: Expected, draft: Draft) -> bool:
    read = draft.evidence
    return overlap(int(evidence["start"]), int(evidence["end"]), read.start, read.end)


def overlap(start: int, end: int, other_start: int, other_end: int) -> bool:
    """At least half of the shorter lies in the other."""
    shorter = min(end - start, other_end - other_start)
    return min(end, other_end) - max(start, other_start) >= 0.5 * shorter


def _share(expected: list[str], read: tuple[str, ...]) -> float:
    return sum(name in read for name in expected) / len(expected) if expected else 0.0


# ---------- joining


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A piece of an article, by the article's key and character offsets."""

    article: str
    start: int
    end: int

    @classmethod
    def of(cls, member: dict[str, Any]) -> "Place":
        """From a member of a line of groups.jsonl or lookalikes.jsonl."""
        return cls(member["id"], member["start"], member["end"])


Pair = tuple[Place, Place]


@dataclass(frozen=True)
class Joined:
    """What was joined, among the places that are in some group.

    `same` are the pairs of one group, `found` those of which both places are in some event at all;
    `wrong` pairs are joined and have no group in common.
    """

    same: tuple[Pair, ...]
    found: tuple[Pair, ...]
    right: tuple[Pair, ...]
    wrong: tuple[Pair, ...]

    @property
    def missed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.same if pair not in self.right)

    @property
    def precision(self) -> float:
        return _part(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return _part(self.right, self.same)

    @property
    def recall_if_found(self) -> float:
        return _part(self.right, self.found)

    @property
    def f1(self) -> float:
        return _harmonic(self.precision, self.recall)

    @property
    def f1_if_found(self) -> float:
        """What matching makes of the mentions that there are."""
        return _harmonic(self.precision, self.recall_if_found)


class Linked:
    """The events at every place, given where each event has its mentions."""

    def __init__(self, mentions: Iterable[tuple[int, Place]]) -> None:
        self._by_article: dict[str, list[tuple[int, Place]]] = defaultdict(list)
        for event, place in mentions:
            self._by_article[place.article].append((event, place))

    def at(self, place: Place) -> frozenset[int]:
        return frozenset(
            event
            for event, other in self._by_article[place.article]
            if overlap(place.start, place.end, other.start, other.end)
        )

    def joins(self, a: Place, b: Place) -> bool:
        return bool(self.at(a) & self.at(b))

    def score(self, groups: Iterable[Sequence[Place]]) -> Joined:
        """Over all pairs of places that are in some group; a place may be in several."""
        of: dict[Place, set[int]] = defaultdict(set)
        for number, members in enumerate(groups):
            for place in members:
                of[place].add(number)
        pairs = list(combinations(sorted(of), 2))
        same = tuple((a, b) for a, b in pairs if of[a] & of[b])
        joined = [(a, b) for a, b in pairs if self.joins(a, b)]
        return Joined(
            same=same,
            found=tuple((a, b) for a, b in same if self.at(a) and self.at(b)),
            right=tuple(pair for pair in joined if pair in same),
            wrong=tuple(pair for pair in joined if pair not in same),
        )


def _part(some: Sequence[Pair], all_: Sequence[Pair]) -> float:
    return len(some) / len(all_) if all_ else 0.0


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0
