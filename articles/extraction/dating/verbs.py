"""The verbs of a sentence that tell of what was or of what is to come, by the cues of dates.toml."""

import re
from bisect import bisect_left
from functools import cache
from typing import Literal

from articles.extraction.dating.heads import heads_of, written
from articles.extraction.dating.rules import data
from articles.extraction.dating.spots import Spot
from articles.extraction.dating.walk import Words

Tense = Literal["past", "future", ""]
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


def _is_regular(word: str) -> bool:
    """Whether it ends as regular verbs do in the past."""
    return len(word) > 4 and word[-2:] == "ed"


class Verbs:
    """The cues of one sentence, in text order; it is read no further than asked."""

    def __init__(self, text: str, words: Words, spot: Spot) -> None:
        self.sentence = self._start, self._end = spot.sentence
        self._headline = spot.place == "headline"
        self._text = text
        self._words = words
        self._next = words.first_from(self._start)
        self._future = self._planned = -1
        self._places: list[int] = []
        self._tenses: list[Tense] = []

    def tense_before(self, at: int) -> Tense:
        """Of the last cue before a character, in its clause and near it."""
        self._read(at)
        i = bisect_left(self._places, at) - 1
        if i < 0 or self._places[i] < at - REACH or _CLAUSE.search(self._text, self._places[i], at):
            return ""
        return self._tenses[i]

    def tense_after(self, at: int) -> Tense:
        """Of the first cue after a character, in its clause and near it."""
        end = min(at + REACH, self._end)
        if clause := _CLAUSE.search(self._text, at, end):
            end = clause.start()
        self._read(end)
        i = bisect_left(self._places, at)
        return self._tenses[i] if i < len(self._places) and self._places[i] < end else ""

    def _read(self, end: int) -> None:
        first, last = self._next, self._words.first_from(end)
        if last <= first:
            return
        self._next = last
        known, said = begun_by("future present report past"), self._words.said
        for i, word in enumerate(said[first:last], first):
            if word in known:
                self._take(i, word, known[word])
            elif word[-1] == "d" and _is_regular(word):
                self._take(i, word, ())

    def _take(self, i: int, word: str, names: tuple[str, ...]) -> None:
        """Headlines tell in the present what has happened; elsewhere it may be a plan."""
        at, known, told = self._words.starts[i], cues(), _is_regular(word)
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
                self._found(at, "future")
        if told and at >= self._future and self._is_finite(i, word):
            self._found(at, "past")

    def _found(self, at: int, tense: Tense) -> None:
        self._places.append(at)
        self._tenses.append(tense)

    def _is_finite(self, i: int, word: str) -> bool:
        """Whether a verb of telling or in the past is no name and no participle after "be"."""
        if word[0].isupper():
            return False
        before, at = self._words.said[i - 1], self._words.starts[i]
        maybe = before.lower() in _BEFORE_ATTRIBUTES or before.endswith("ly")
        return not (maybe and _ATTRIBUTE.search(self._text, max(self._start, at - 24), at))
