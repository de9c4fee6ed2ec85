"""Where the rules of data/dates.toml find words in a layout."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import attrgetter, itemgetter, or_
from typing import NamedTuple

from articles.extraction.dating.heads import ANY, MARK, written
from articles.extraction.dating.rules import Rule, rules
from articles.extraction.dating.triggers import pulled_by_marks, pulls, set_of
from articles.extraction.dating.walk import Words
from articles.extraction.dating.words import Place
from articles.extraction.text import Layout, Sentence

type Parts = Mapping[str, str]
"""Pieces of words by their names."""


@dataclass(slots=True)
class Spot:
    """Words that a rule matched, and the pieces of them that the rule names.

    `pieces` are these `parts` as pairs, `given` these with the other keys of the rule. Nothing
    changes a spot; it is not frozen because a frozen one takes five times as long to make.
    """

    start: int
    end: int
    text: str
    rule: Rule
    parts: Parts
    pieces: tuple[tuple[str, str], ...]
    given: Parts
    sentence: tuple[int, int]
    paragraph: int
    place: Place
    joint: tuple[int, int] | None = None
    """In "July 29–30", the dash between the two ends."""


_Match = Callable[[str, int, int], re.Match[str] | None]
_Try = tuple[int, int, int, int, _Match, Rule]
"""A rule to try at a word: the triggers that it asks for, one of them and all of them; its number;
how many characters before the word its match begins."""
_Tries = tuple[_Try, ...]


_Head = tuple[int, _Tries, Mapping[str, _Tries]]
"""What a word pulls; the rules whose match may begin with it, and with it and the word after it."""
_Place = tuple[int, int, _Tries]
"""Where a word stands that pulls a trigger or may begin a match; both."""
_Found = tuple[int, bool, int, int, int, re.Match[str], Rule]
"""A match by its rank: the longest first (its length is negative); of equals what shields
lookalikes and is no date, then the first rule of the file. Then its start and end."""


class _Line(NamedTuple):
    """The dateline, as a sentence."""

    start: int
    end: int
    paragraph: int
    kind: Place


_Window = Sentence | _Line


def spaced(words: str) -> str:
    """The words in one line, one space between two."""
    return words if words.isalnum() else " ".join(words.split())


def spots(layout: Layout, words: Words) -> list[Spot]:
    """What the rules find, in text order, no two overlapping: the longest match wins."""
    text, places, found = layout.text, _places(words), list[Spot]()
    starts, anywhere = [place[0] for place in places], _anywhere()
    last = 0
    for window in _windows(layout):
        start, end, _, _ = window
        first = bisect_left(starts, start, last)
        last = bisect_left(starts, end, first)
        here, pulled = [], 0
        for place in places[first:last]:
            _, by_word, tries = place
            if by_word:
                pulled |= by_word
            if tries:
                here.append(place)
        if here or pulled & anywhere:
            matches = _matches(text, window, here, pulled_by_marks(text, start, end, pulled))
            for one in _best(matches) if len(matches) > 1 else matches:
                if one[1]:
                    found.append(_spot(one, window))
    return found


def _places(words: Words) -> list[_Place]:
    known, said = _heads(), words.said
    places: list[_Place] = []
    for word, second, start in zip(said, [*said[1:], ""], words.starts, strict=False):
        if word in known:
            pulled, tries, pairs = known[word]
            if pairs:
                tries = pairs.get(second, tries)
            if pulled or tries:
                places.append((start, pulled, tries))
    return places


@cache
def _heads() -> dict[str, _Head]:
    """By the word as it may be written, and so the second words of pairs."""
    found: dict[str, set[tuple[str, int, int]]] = {}
    for rule in rules():
        for head, second in rule.heads or ():
            first = head.removeprefix(MARK)
            before = len(head) - len(first)
            found.setdefault(first, set()).add((second, rule.order, -before))
    heads: dict[str, _Head] = {}
    for first, tries in found.items():
        heads |= dict.fromkeys(written(first), (0, *_tries(frozenset(tries))))
    for word, pulled in pulls().items():
        _, tries_alone, tries_of_two = heads.get(word, (0, (), {}))
        heads[word] = (pulled, tries_alone, tries_of_two)
    return heads


@cache
def _tries(found: frozenset[tuple[str, int, int]]) -> tuple[_Tries, Mapping[str, _Tries]]:
    """The rules to try at a word, and by the word after it; many words share theirs."""
    pairs: dict[str, set[tuple[int, int]]] = {ANY: set()}
    for second, order, before in found:
        for one in (second,) if second == ANY else written(second):
            pairs.setdefault(one, set()).add((order, before))
    tries = {second: _in_order(frozenset(pairs[ANY] | some)) for second, some in pairs.items()}
    return tries.pop(ANY), tries


@cache
def _in_order(tries: frozenset[tuple[int, int]]) -> _Tries:
    return tuple(_try(order, -before) for order, before in sorted(tries))


@cache
def _try(order: int, before: int) -> _Try:
    rule = rules()[order]
    return set_of(rule.when), set_of(rule.needs), order, before, rule.regex.match, rule


@cache
def _unheaded() -> _Tries:
    """The rules whose match may begin with any word."""
    return tuple(_try(rule.order, 0) for rule in rules() if rule.heads is None)


@cache
def _anywhere() -> int:
    """The triggers of these."""
    return reduce(or_, (when for when, *_ in _unheaded()))


def _matches(text: str, window: _Window, places: list[_Place], pulled: int) -> list[_Found]:
    """What `finditer` would find with each of the rules that the triggers in a sentence ask for."""
    start, end, _, place = window
    found: list[_Found] = []
    ends: dict[int, int] = {}
    for at, _, tries in places:
        for when, needs, order, before, match, rule in tries:
            if (
                pulled & when
                and (not needs or pulled & needs == needs)
                and (m := match(text, at - before, end))
                and at - before >= ends.get(order, start)
                and (not rule.only or rule.only == place)
            ):
                ends[order] = m.end()
                found.append(_found(m, rule))
    if pulled & _anywhere():
        for when, needs, _, _, _, rule in _unheaded():
            if pulled & when and pulled & needs == needs and rule.only in ("", place):
                found += [_found(m, rule) for m in rule.regex.finditer(text, start, end)]
    return found


def _found(m: re.Match[str], rule: Rule) -> _Found:
    start, end = m.span()
    return start - end, rule.yields != "nothing", rule.order, start, end, m, rule


def _spot(found: _Found, window: _Window) -> Spot:
    _, _, order, start, end, m, rule = found
    first, last, paragraph, place = window
    parts, pieces, given = _parts(order, m.groups())
    return Spot(
        start,
        end,
        m[0],
        rule,
        parts,
        pieces,
        given,
        (first, last),
        paragraph,
        place,
        m.span("sep") if "sep" in parts else None,
    )


@lru_cache(maxsize=4096)
def _parts(
    order: int, groups: tuple[str | None, ...]
) -> tuple[Parts, tuple[tuple[str, str], ...], Parts]:
    """What a rule names of a match with these groups, in the three forms that a spot has it in."""
    rule = rules()[order]
    parts = {
        name: spaced(piece) or piece
        for name, i in rule.regex.groupindex.items()
        if (piece := groups[i - 1])
    }
    return parts, tuple(parts.items()), {**rule.extra, **parts}


def _windows(layout: Layout) -> Sequence[_Window]:
    """The sentences, and before that which it leads the dateline."""
    line, sentences = layout.dateline, layout.sentences
    if not (line and line.day):
        return sentences
    paragraph = next(i for i, p in enumerate(layout.paragraphs) if p.start <= line.start < p.end)
    after = bisect_left(sentences, line.end, key=attrgetter("start"))
    return (
        *sentences[:after],
        _Line(line.start, line.end, paragraph, "dateline"),
        *sentences[after:],
    )


def _best(found: list[_Found]) -> list[_Found]:
    """Those that keep clear of any that ranks before them, in text order.

    Nothing kept is shorter than what comes after it, so whether the first or the last character
    is taken settles it.
    """
    kept: list[_Found] = []
    taken: set[int] = set()
    for one in sorted(found):
        _, _, _, start, end, _, _ = one
        if start not in taken and end - 1 not in taken:
            kept.append(one)
            taken.update(range(start, end))
    return sorted(kept, key=itemgetter(3))
