"""Whether the clause around date words tells of what was or of what is to come."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import compress

from articles.extraction.dating.rules import data
from articles.extraction.dating.spots import Spot
from articles.extraction.dating.verbs import REACH, Tense, Verbs, begun_by, cues
from articles.extraction.dating.walk import Words

GUIDE = 900
"""Characters of text for each cue of habit or of advice, or less, make it a guide, not news.

Of 18 guides to places this finds 17, of 331 other texts (news, speeches, histories…) none.
"""
REPORTS = 2
"""Cues of advice that one of news outweighs."""

_AFTER_LEADS = frozenset(("on", "the", "at"))
_LEADING = re.compile(rf"(?:\s(?:{'|'.join(_AFTER_LEADS)}))?\s$")
_MEASURED = re.compile(
    r"\b(?:first|last|only|worst|best|most|least|\w{3,}est|times?|once|twice)\b[^.;:]*$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\bwould (?:\w+ly )?be (?!(?:in|at|on|\w+ing|\w+ed)\b)[^.;:!?]*$", re.IGNORECASE
)


@cache
def _words_of_leads() -> frozenset[str]:
    return frozenset(re.findall("[a-z]+", data()["cues"]["lead"]))


@cache
def _signs_of_guides() -> dict[str, int]:
    """What a word may count for a guide: the cues that it may begin; less than nothing if it is
    one of news."""
    return {
        word: sum(-REPORTS if name == "news" else 1 for name in names)
        for word, names in begun_by("habit guide news").items()
    }


class Tenses:
    """The tense of any words of a text; each sentence is searched for its cues once."""

    def __init__(self, text: str, words: Words, asked_from: int) -> None:
        self.text = text
        self._words = words
        self._asked_from = asked_from
        self._verbs: Verbs | None = None
        self._cues: dict[str, list[int]] = {}

    def of(self, spot: Spot) -> Tense:
        """By the nearest cue before the words in their clause, else the first one after them."""
        if self._leads(spot):
            return "future"
        verbs = self._of_sentence(spot)
        return verbs.tense_before(spot.start) or verbs.tense_after(spot.end)

    def nowadays(self, spot: Spot, *, narrated: bool) -> bool:
        """Whether "today" stands in the present for these times, and not for a day."""
        a, b = spot.sentence
        start, end = max(a, spot.start - 60), min(b, spot.end + 40)
        told = self.of(spot)
        if told == "" and (
            narrated or self._is_answer(spot) or cues()["nowadays"].search(self.text, start, end)
        ):
            return True
        if self._is_guide or self._is_supposed(spot):
            return True
        return any(self._matches("always", start, end))

    def habit(self, spot: Spot, told: Tense) -> bool:
        """Whether the words tell of any year or week: "flights go twice a week on Monday", or a
        month or weekday in the present tense of a text that is full of such habits."""
        if told == "past" or self._is_guide:
            return told != "past"
        if told == "" and spot.rule.yields == "weekday" and self._is_answer(spot):
            return True
        if told == "future":
            return False
        a, b = spot.sentence
        start, end = max(a, spot.start - 2 * REACH), min(b, spot.end + 2 * REACH)
        return any(self._matches("habit", start, end))

    def yearly(self, spot: Spot, told: Tense) -> bool:
        """Whether a day of a month is that of any year: "it is observed every year on 5 May"."""
        if told:
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
        return bool(supposed) and not cues()["report"].search(self.text, a, spot.start)

    def _is_answer(self, spot: Spot) -> bool:
        """Whether the words stand in an interview, after its lead: people who answer questions
        without a tense speak of these times at large, or of any week."""
        return -1 < self._asked_from < spot.start

    @cached_property
    def _is_guide(self) -> bool:
        if self._asked_from >= 0:
            return False
        enough = max(4, len(self.text) / GUIDE)
        signs, said = _signs_of_guides(), self._words.said
        if sum(map(signs.__getitem__, filter(signs.__contains__, said))) < enough:
            return False
        advice = sum(1 for name in ("habit", "guide") for _ in self._matches(name))
        return advice - REPORTS * sum(1 for _ in self._matches("news")) >= enough

    def _matches(
        self, name: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Where a cue stands."""
        begun, match = self._begun(name), cues()[name].match
        for at in begun[bisect_left(begun, start) : bisect_left(begun, end)]:
            if m := match(self.text, at, end):
                yield m

    def _begun(self, name: str) -> list[int]:
        """Where words stand that may begin a cue; found once for the text."""
        places = self._cues.get(name)
        if places is None:
            words = self._words
            begun = map(begun_by(name).__contains__, words.said)
            places = self._cues[name] = list(compress(words.starts, begun))
        return places

    def _leads(self, spot: Spot) -> bool:
        """ "extended to Friday", "no later than Friday"."""
        said, i = self._words.said, self._words.first_from(spot.start) - 1
        if i > 0 and said[i] in _AFTER_LEADS:
            i -= 1
        if said[i].lower() not in _words_of_leads():
            return False
        start = max(spot.sentence[0], spot.start - 30)
        before = _LEADING.sub("", self.text[start : spot.start])
        return bool(before and cues()["lead"].search(before[-24:]))

    def _of_sentence(self, spot: Spot) -> Verbs:
        if self._verbs is None or self._verbs.sentence != spot.sentence:
            self._verbs = Verbs(self.text, self._words, spot)
        return self._verbs
