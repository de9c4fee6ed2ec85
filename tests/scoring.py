"""How well drafts agree with what a careful reader noted: pairs of expected and read events.

A pair needs dates that agree and either evidence that overlaps by half or the same type. Pairs are
taken greedily, one to one: evidence first, then type, then the share of actors found.
"""

import datetime as dt
from dataclasses import dataclass
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
    start, end = int(evidence["start"]), int(evidence["end"])
    shorter = min(read.end - read.start, end - start)
    return min(read.end, end) - max(read.start, start) >= 0.5 * shorter


def _share(expected: list[str], read: tuple[str, ...]) -> float:
    return sum(name in read for name in expected) / len(expected) if expected else 0.0
