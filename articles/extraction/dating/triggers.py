"""The triggers of data/dates.toml: words without which rules need not be tried on a sentence.

A set of triggers is a number, each trigger one bit of it.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from articles.extraction.dating.rules import data

_CAPITALS = {"month", "weekday", "weekdayplural", "holiday", "may", "first"}
"""Triggers that only capitalised words pull: "may" and "march" are verbs."""
_SHAPES = ("number", "year", "few", "eleven", "decade", "colon", "slash", "title")
"""Triggers that numbers pull, and the marks beside them and beside weekdays."""
_NUMBER = re.compile(r"[0-9][0-9]*")
"""A class before its repetition: by that alone a text is skimmed fast."""
_OLD_SPELLING = re.compile(r"\b[Tt]o-(?:day|morrow|night)\b")
_OPENED = re.compile(r"[“\"‘]")
_SLASHED = re.compile(r"[/.-]")
_SHORT_YEAR = re.compile(r"[’'‘]\d\d(?!\d)")


@cache
def _bits() -> dict[str, int]:
    return {name: 1 << i for i, name in enumerate((*_SHAPES, *data()["triggers"]))}


def set_of(names: Iterable[str]) -> int:
    """Raises KeyError for what is no trigger."""
    return sum(_bits()[name] for name in set(names))


@cache
def pulls() -> dict[str, int]:
    """A word, as it may be written, or a digit → the triggers it pulls."""
    found = dict.fromkeys("0123456789", set_of(["number"]))
    for trigger, names in data()["triggers"].items():
        for name in names.split():
            cases = {name.capitalize(), name.upper()}
            for case in cases if trigger in _CAPITALS else {name, *cases}:
                found[case] = found.get(case, 0) | set_of([trigger])
    return found


class _Marks(NamedTuple):
    """The triggers that belong to marks, and those that make it worth while to look for them."""

    weekday: int
    title: int
    number: int
    colon: int
    slash: int
    few: int
    old_spelling: int


@cache
def _marks() -> _Marks:
    names = ["weekday"], ["title"], ["number"], ["colon"], ["slash"], ["few"]
    return _Marks(*map(set_of, (*names, ["today", "tomorrow", "tonight"])))


def pulled_by_marks(text: str, start: int, end: int, by_words: int) -> int:
    """What a sentence pulls by its words, and by its numbers and the marks in it."""
    weekday, title, number, colon, slash, few, old_spelling = _marks()
    pulled = by_words
    if text.find("o-", start, end) >= 0 and _OLD_SPELLING.search(text, start, end):
        pulled |= old_spelling
    if by_words & weekday and _OPENED.search(text, max(0, start - 1), end):
        pulled |= title
    if by_words & number:
        for digits in _NUMBER.findall(text, start, end):
            pulled |= _bits().get(_shape(digits), 0)
        if text.find(":", start, end) >= 0:
            pulled |= colon
        if _SLASHED.search(text, start, end - 1) or text[end - 1] in "/-":
            pulled |= slash
        if _SHORT_YEAR.search(text, start, end):
            pulled |= few
    return pulled


def _shape(number: str) -> str:
    match len(number):
        case 4:
            return "year"
        case 3:
            return "few"
        case 2 if number == "11":
            return "eleven"
        case 2 if number[1] == "0":
            return "decade"
    return "eleven" if number.startswith("11") else ""
