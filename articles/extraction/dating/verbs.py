"""The verbs of a sentence that tell of what was or of what is to come, by the cues of dates.toml."""

import re
from bisect import bisect_left
from functools import cache

from articles.extraction.dating.heads import heads_of, written
from articles.extraction.dating.rules import data
from articles.extraction.dating.spots import Spot
from articles.extraction.dating.walk import Words

REACH = 90
"""Characters on either side of the words in which their verb is looked for."""

_CLAUSE = re.compile(r"[;:,—–](?:(?<=[;:])| (?:and|but|while|which|who|where|as|after)\b)")
_ATTRIBUTE = re.compile(
    r"\b(?:(?:be|been|being|is|are)(?:\s(?:still|now|also|not|\w+ly))?"
    r"|the|an?|his|her|its|their|this|that|any|no|new)\s$",
    re.IGNORECASE,
)
_BEFORE_ATTRIBUTES = frozenset(
    "be been being is are still now also not the a an his her its their this that any no new".split()
)


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """By name; a match begins and ends with a word."""
    return {
        name: re.compile(
            rf"(?<!\w)(?:{words.strip()}){'$' if name == 'lead' else r'(?!\w)'}", re.IGNORECASE
        )
        for name, words in data()["cues"].items()
    }


@cache
def begun_by(names: str) -> dict[str, tuple[str, ...]]:
    """A word, as it may be written → those of some cues that may begin with it, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names.split():
        heads = heads_of(data()["cues"][name].strip())
        assert heads, name
        for word in {word for head, _ in heads for word in written(head)}:
            found[word] = (*found.get(word, ()), name)
    return found


class Verbs:
    """Where the cues of one sentence stand, in text order; it is read no further than asked."""

    def __init__(self, text: str, words: Words, spot: Spot) -> None:
        self.sentence = self._start, self._end = spot.sentence
        self._headline = spot.place == "headline"
        self._text = text
        self._words = words
        self._next = words.first_from(self._start)
        self._parts = [m.start() for m in _CLAUSE.finditer(text, *spot.sentence)]
        self._future = self._planned = -1
        self._coming: list[int] = []
        self._gone: list[int] = []

    def clause_before(self, end: int) -> int:
        """Where the clause begins that stands before a character, or as far as its verb may be."""
        i = bisect_left(self._parts, end)
        return max(self._parts[i - 1], end - REACH) if i else end - REACH

    def clause_after(self, start: int) -> int:
        i = bisect_left(self._parts, start)
        return min([start + REACH, *self._parts[i : i + 1]])

    def within(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """The cues of what is to come, and of what was, that begin between two characters."""
        self._read(min(end, self._end))
        return _within(self._coming, start, end), _within(self._gone, start, end)

    def _read(self, end: int) -> None:
        first, last = self._next, self._words.first_from(end)
        if last <= first:
            return
        self._next = last
        known, said = begun_by("future present report past"), self._words.said
        for i, word in enumerate(said[first:last], first):
            if word in known or word[-2:] == "ed":
                self._take(i, word, known.get(word, ()))

    def _take(self, i: int, word: str, names: tuple[str, ...]) -> None:
        """Headlines tell in the present what has happened; elsewhere it may be a plan."""
        at, known = self._words.starts[i], cues()
        told = len(word) > 4 and word.endswith("ed")
        for name in names:
            m = known[name].match(self._text, at, self._end)
            if not m:
                continue
            if name in ("report", "past"):
                told = True
                continue
            if name == "future" and at >= self._future:
                self._future = m.end()
            if at >= self._planned and not (name == "present" and self._headline):
                self._planned = m.end()
                self._coming.append(at)
        if told and at >= self._future and self._is_finite(i, word):
            self._gone.append(at)

    def _is_finite(self, i: int, word: str) -> bool:
        """Whether a verb of telling or in the past is no name and no participle after "be"."""
        if word[0].isupper():
            return False
        before, at = self._words.said[i - 1], self._words.starts[i]
        maybe = before.lower() in _BEFORE_ATTRIBUTES or before.endswith("ly")
        return not (maybe and _ATTRIBUTE.search(self._text, max(self._start, at - 24), at))


def _within(places: list[int], start: int, end: int) -> list[int]:
    if not places:
        return places
    return places[bisect_left(places, start) : bisect_left(places, end)]
