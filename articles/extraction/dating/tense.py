"""Whether the clause around date words tells of what was or of what is to come."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal

from articles.extraction.dating.heads import HEADS, SIZE, heads_of, written
from articles.extraction.dating.rules import Spot, data

Tense = Literal["past", "future", ""]
REACH = 90
"""Characters on either side of the words in which their verb is looked for."""
GUIDE = 900
"""Characters of text for each cue of habit or of advice, or less, make it a guide, not news.

Of 18 guides to places this finds 17, of 331 other texts (news, speeches, histories…) none.
"""
REPORTS = 2
"""Cues of advice that one of news outweighs."""

_WORD = re.compile(r"(?<!\w)[A-Za-z]+")
_LEADING = re.compile(r"(?:\s(?:on|the|at))?\s$")
_CLAUSE = re.compile(r"[;:]|[,—–] (?:and|but|while|which|who|where|as|after)\b")
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
def _heads() -> dict[str, frozenset[str]]:
    """The first letters of the words that the cues begin with."""
    cues = data()["cues"]
    heads = {name: heads_of(pattern.strip()) for name, pattern in cues.items()}
    return {name: frozenset(first for first, _ in found) for name, found in heads.items() if found}


@cache
def _as_written(name: str) -> frozenset[str]:
    """The first letters of the words that a cue begins with, in every way they may be written."""
    return frozenset(letters for head in _heads()[name] for letters in written(head))


@cache
def _words_of_leads() -> frozenset[str]:
    return frozenset(re.findall("[a-z]+", data()["cues"]["lead"]))


@lru_cache(maxsize=16_384)
def _may_begin(word: str) -> tuple[str, ...]:
    """The cues that may begin with a word."""
    head, heads = word[:SIZE].lower(), _heads()
    found = [name for name in ("future", "present", "report", "past") if head in heads[name]]
    if word.endswith(("ed", "ED")) and len(word) > 4:
        found.append("-ed")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Where the cues of one sentence stand, and where its clauses part, each in text order."""

    coming: list[int]
    gone: list[int]
    parts: list[int]


class Tenses:
    """The tense of any words of a text; each sentence is searched for its cues once."""

    def __init__(self, text: str, asked_from: int) -> None:
        self.text = text
        self._asked_from = asked_from
        self._sentence = (-1, -1)
        self._verbs = _Verbs([], [], [])
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
        start = max(
            [spot.start - REACH, *_within(verbs.parts, spot.start - REACH, spot.start)[-1:]]
        )
        coming, gone = (_within(at, start, spot.start) for at in (verbs.coming, verbs.gone))
        if coming or gone:
            return "future" if (coming or [-1])[-1] > (gone or [-1])[-1] else "past"
        end = min([spot.end + REACH, *_within(verbs.parts, spot.end, spot.end + REACH)[:1]])
        coming, gone = (_within(at, spot.end, end) for at in (verbs.coming, verbs.gone))
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
        heads = HEADS.findall(self.text)
        known = _as_written("habit") | _as_written("guide")
        if sum(map(known.__contains__, heads)) < enough:
            return False
        advice = sum(1 for name in ("habit", "guide") for _ in self._matches(name))
        return advice - REPORTS * sum(1 for _ in self._matches("news")) >= enough

    def _matches(
        self, name: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Where a cue stands."""
        known, match = _as_written(name), _cues()[name].match
        for word in HEADS.finditer(self.text, start, end):
            if word[0] in known and (m := match(self.text, word.start(), end)):
                yield m

    def _leads(self, spot: Spot) -> bool:
        """ "extended to Friday", "no later than Friday"."""
        start = max(spot.sentence[0], spot.start - 30)
        before = self.text[start : spot.start]
        if _words_of_leads().isdisjoint(before.lower().rsplit(None, 2)):
            return False
        before = _LEADING.sub("", before)
        return bool(before and _cues()["lead"].search(before[-24:]))

    def _of_sentence(self, spot: Spot) -> _Verbs:
        if self._sentence != spot.sentence:
            self._sentence = spot.sentence
            self._verbs = self._find(*spot.sentence, headline=spot.place == "headline")
        return self._verbs

    def _find(self, a: int, b: int, *, headline: bool) -> _Verbs:
        """Headlines tell in the present what has happened; elsewhere it may be a plan."""
        coming: list[int] = []
        gone: list[int] = []
        planned = future = -1
        cues, text, before = _cues(), self.text, ""
        for word in _WORD.finditer(text, a, b):
            as_written = word[0]
            for name in _may_begin(as_written):
                at = word.start()
                if name == "-ed":
                    if at >= future and self._is_finite(a, word, before):
                        gone.append(at)
                elif not (m := cues[name].match(text, at, b)):
                    continue
                elif name in ("report", "past"):
                    if at >= future and self._is_finite(a, word, before):
                        gone.append(at)
                elif name == "future":
                    if at >= future:
                        future = m.end()
                    if at >= planned:
                        planned = m.end()
                        coming.append(at)
                elif not headline and at >= planned:
                    planned = m.end()
                    coming.append(at)
            before = as_written
        return _Verbs(coming, gone, [m.start() for m in _CLAUSE.finditer(text, a, b)])

    def _is_finite(self, a: int, word: re.Match[str], before: str) -> bool:
        """Whether a verb of telling or in the past is no name and no participle after "be"."""
        if word[0][0].isupper():
            return False
        maybe = before.lower() in _BEFORE_ATTRIBUTES or before.endswith("ly")
        return not (maybe and self._is_attribute(a, word.start()))

    def _is_attribute(self, a: int, at: int) -> bool:
        return bool(_ATTRIBUTE.search(self.text, max(a, at - 24), at))


def _within(places: list[int], start: int, end: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]
