"""Whether the clause around date words tells of what was or of what is to come."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Literal

from articles.extraction.dating.heads import heads_of, written
from articles.extraction.dating.rules import data
from articles.extraction.dating.spots import Spot
from articles.extraction.dating.walk import Words

Tense = Literal["past", "future", ""]
REACH = 90
"""Characters on either side of the words in which their verb is looked for."""
GUIDE = 900
"""Characters of text for each cue of habit or of advice, or less, make it a guide, not news.

Of 18 guides to places this finds 17, of 331 other texts (news, speeches, histories…) none.
"""
REPORTS = 2
"""Cues of advice that one of news outweighs."""

_AFTER_LEADS = frozenset(("on", "the", "at"))
_LEADING = re.compile(rf"(?:\s(?:{'|'.join(_AFTER_LEADS)}))?\s$")
_CLAUSE = re.compile(r"[;:,—–](?:(?<=[;:])| (?:and|but|while|which|who|where|as|after)\b)")
_MEASURED = re.compile(
    r"\b(?:first|last|only|worst|best|most|least|\w{3,}est|times?|once|twice)\b[^.;:]*$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\bwould (?:\w+ly )?be (?!(?:in|at|on|\w+ing|\w+ed)\b)[^.;:!?]*$", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"\b(?:(?:be|been|being|is|are)(?:\s(?:still|now|also|not|\w+ly))?"
    r"|the|an?|his|her|its|their|this|that|any|no|new)\s$",
    re.IGNORECASE,
)
_BEFORE_ATTRIBUTES = frozenset(
    "be been being is are still now also not the a an his her its their this that any no new".split()
)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    cues = {name: pattern.strip() for name, pattern in data()["cues"].items()}
    cues["planned"] = f"{cues['future']}|{cues['present']}"
    return {
        name: re.compile(
            rf"(?<!\w)(?:{words}){'$' if name == 'lead' else r'(?!\w)'}", re.IGNORECASE
        )
        for name, words in cues.items()
    }


@cache
def _begun_by(word_of: str) -> dict[str, tuple[str, ...]]:
    """A word, as it may be written → those of some cues that may begin with it, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for name in word_of.split():
        heads = heads_of(data()["cues"][name].strip())
        assert heads, name
        for word in {word for head, _ in heads for word in written(head)}:
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def _words_of_leads() -> frozenset[str]:
    return frozenset(re.findall("[a-z]+", data()["cues"]["lead"]))


class _Verbs:
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
        known, said = _begun_by("future present report past"), self._words.said
        for i in [i for i in range(first, last) if said[i] in known or said[i].endswith("ed")]:
            self._take(i, said[i], known.get(said[i], ()))

    def _take(self, i: int, word: str, names: tuple[str, ...]) -> None:
        """Headlines tell in the present what has happened; elsewhere it may be a plan."""
        at, cues = self._words.starts[i], _cues()
        told = len(word) > 4 and word.endswith("ed")
        for name in names:
            m = cues[name].match(self._text, at, self._end)
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


class Tenses:
    """The tense of any words of a text; each sentence is searched for its cues once."""

    def __init__(self, text: str, words: Words, asked_from: int) -> None:
        self.text = text
        self._words = words
        self._asked_from = asked_from
        self._verbs: _Verbs | None = None
        self._asked: tuple[Spot | None, Tense] = (None, "")

    def of(self, spot: Spot) -> Tense:
        """By the nearest cue before the words in their clause, else the first one after them."""
        if self._asked[0] is not spot:
            self._asked = (spot, self._find_tense(spot))
        return self._asked[1]

    def _find_tense(self, spot: Spot) -> Tense:
        if self._leads(spot):
            return "future"
        verbs = self._of_sentence(spot)
        coming, gone = verbs.within(verbs.clause_before(spot.start), spot.start)
        if coming or gone:
            return "future" if (coming or [-1])[-1] > (gone or [-1])[-1] else "past"
        coming, gone = verbs.within(spot.end, verbs.clause_after(spot.end))
        if coming and (not gone or coming[0] < gone[0]):
            return "future"
        return "past" if gone else ""

    def nowadays(self, spot: Spot, *, narrated: bool) -> bool:
        """Whether "today" stands in the present for these times, and not for a day."""
        a, b = spot.sentence
        start, end = max(a, spot.start - 60), min(b, spot.end + 40)
        told = self.of(spot)
        if told == "" and (
            narrated or self._is_answer(spot) or _cues()["nowadays"].search(self.text, start, end)
        ):
            return True
        if self._is_guide or self._is_supposed(spot):
            return True
        return bool(_cues()["always"].search(self.text, start, end))

    def habit(self, spot: Spot) -> bool:
        """Whether the words tell of any year or week: "flights go twice a week on Monday", or a
        month or weekday in the present tense of a text that is full of such habits."""
        told = self.of(spot)
        if told == "past" or self._is_guide:
            return told != "past"
        if told == "" and spot.rule.yields == "weekday" and self._is_answer(spot):
            return True
        if told == "future":
            return False
        a, b = spot.sentence
        start, end = max(a, spot.start - 2 * REACH), min(b, spot.end + 2 * REACH)
        return any(self._matches("habit", start, end))

    def yearly(self, spot: Spot) -> bool:
        """Whether a day of a month is that of any year: "it is observed every year on 5 May"."""
        if told := self.of(spot):
            return told == "future" and self._is_guide
        a, b = spot.sentence
        start, end = max(a, spot.start - REACH), min(b, spot.end + REACH)
        return self._is_guide or any(self._matches("yearly", start, end))

    def is_measured(self, spot: Spot) -> bool:
        """ "it will be the first visit in five years": a length of time, told as past."""
        start = max(spot.sentence[0], spot.start - REACH)
        return bool(_MEASURED.search(self.text, start, spot.start))

    def _is_supposed(self, spot: Spot) -> bool:
        """ "he would be a senator today", if nobody is reported to have said so."""
        a = spot.sentence[0]
        supposed = _SUPPOSED.search(self.text, max(a, spot.start - 60), spot.start)
        return bool(supposed) and not _cues()["report"].search(self.text, a, spot.start)

    def _is_answer(self, spot: Spot) -> bool:
        """Whether the words stand in an interview, after its lead: people who answer questions
        without a tense speak of these times at large, or of any week."""
        return -1 < self._asked_from < spot.start

    @cached_property
    def _is_guide(self) -> bool:
        if self._asked_from >= 0:
            return False
        enough = max(4, len(self.text) / GUIDE)
        if len(self._places["habit"]) + len(self._places["guide"]) < enough:
            return False
        advice = sum(1 for name in ("habit", "guide") for _ in self._matches(name))
        return advice - REPORTS * sum(1 for _ in self._matches("news")) >= enough

    def _matches(
        self, name: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Where a cue stands."""
        match = _cues()[name].match
        for at in _within(self._places[name], start, end):
            if m := match(self.text, at, end):
                yield m

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where words stand that a cue may begin with."""
        known, starts = _begun_by("habit guide news yearly"), self._words.starts
        found: dict[str, list[int]] = {"habit": [], "guide": [], "news": [], "yearly": []}
        for i, word in [(i, word) for i, word in enumerate(self._words.said) if word in known]:
            for name in known[word]:
                found[name].append(starts[i])
        return found

    def _leads(self, spot: Spot) -> bool:
        """ "extended to Friday", "no later than Friday"."""
        said, i = self._words.said, self._words.first_from(spot.start) - 1
        if i > 0 and said[i] in _AFTER_LEADS:
            i -= 1
        if said[i].lower() not in _words_of_leads():
            return False
        start = max(spot.sentence[0], spot.start - 30)
        before = _LEADING.sub("", self.text[start : spot.start])
        return bool(before and _cues()["lead"].search(before[-24:]))

    def _of_sentence(self, spot: Spot) -> _Verbs:
        if self._verbs is None or self._verbs.sentence != spot.sentence:
            self._verbs = _Verbs(self.text, self._words, spot)
        return self._verbs


def _within(places: list[int], start: int, end: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]
