"""Where the rules of data/dates.toml find words in a layout."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from articles.extraction.dating.heads import ANY, MARK, NUMBER, written
from articles.extraction.dating.rules import Rule, rules
from articles.extraction.dating.triggers import pulled_by_marks, pulls, set_of
from articles.extraction.dating.walk import Words
from articles.extraction.dating.words import Place
from articles.extraction.text import Layout


class Spot(NamedTuple):
    """Words that a rule matched, and the pieces of them that the rule names."""

    start: int
    end: int
    text: str
    rule: Rule
    parts: Mapping[str, str]
    sentence: tuple[int, int]
    paragraph: int
    place: Place
    joint: tuple[int, int] | None = None
    """In "July 29–30", the dash between the two ends."""


_Match = Callable[[str, int, int], re.Match[str] | None]
_Tries = tuple[tuple[int, int, _Match, Rule], ...]
"""The rules to try at a word: their numbers, how many characters before it their match begins."""


class _Head(NamedTuple):
    """What a word pulls, and the rules whose match may begin with it and the word after it."""

    pulled: int
    tries: _Tries
    pairs: Mapping[str, _Tries]


_Place = tuple[int, int, _Tries]
"""Where a word stands that pulls a trigger or may begin a match; both."""


class _Found(NamedTuple):
    """A match by its rank: the longest first; of equals what shields lookalikes, then the first
    rule of the file."""

    negative_length: int
    is_dated: bool
    order: int
    start: int
    end: int
    match: re.Match[str]


class _Window(NamedTuple):
    """A sentence, or the dateline."""

    start: int
    end: int
    paragraph: int
    place: Place


class _Tried(NamedTuple):
    """The rules that a sentence is searched with, by number; those that may begin with any word."""

    orders: frozenset[int]
    anywhere: tuple[Rule, ...]


def spots(layout: Layout, words: Words) -> Iterator[Spot]:
    """What the rules find, in text order, no two overlapping: the longest match wins."""
    text = layout.text
    places = list(_places(words))
    i, last = 0, len(places)
    for window in _windows(layout):
        start, end, _, _ = window
        while i < last and places[i][0] < start:
            i += 1
        first, pulled, begun = i, 0, False
        while i < last and places[i][0] < end:
            _, by_word, tries = places[i]
            pulled |= by_word
            begun = begun or tries != ()
            i += 1
        if begun or pulled & _anywhere():
            tried = _tried(pulled | pulled_by_marks(text, start, end, pulled))
            found = _matches(text, window, places[first:i], tried)
            for one in _best(found) if len(found) > 1 else found:
                if one.is_dated:
                    yield _spot(one, window)


def _places(words: Words) -> Iterator[_Place]:
    known, said = _heads(), [*words.said, ""]
    for i in [i for i, word in enumerate(said) if word in known]:
        pulled, tries, pairs = known[said[i]]
        tries = pairs.get(said[i + 1].lower(), tries)
        if pulled or tries:
            yield words.starts[i], pulled, tries


@cache
def _heads() -> dict[str, _Head]:
    """By the word as it may be written; a pair's second word is in lower case."""
    found: dict[str, dict[str, set[tuple[int, int]]]] = {}
    for rule in rules():
        for head, second in rule.heads or ():
            first = head.removeprefix(MARK)
            before = len(head) - len(first)
            pairs = found.setdefault(first, {ANY: set()})
            for one in "0123456789" if second == NUMBER else (second,):
                pairs.setdefault(one, set()).add((rule.order, -before))
    heads: dict[str, _Head] = {}
    for first, pairs in found.items():
        tries = {second: _in_order(pairs[ANY] | some) for second, some in pairs.items()}
        heads |= dict.fromkeys(written(first), _Head(0, tries.pop(ANY), tries))
    for word, pulled in pulls().items():
        heads[word] = heads.get(word, _Head(0, (), {}))._replace(pulled=pulled)
    return heads


def _in_order(tries: set[tuple[int, int]]) -> _Tries:
    return tuple(
        (order, -before, rules()[order].regex.match, rules()[order])
        for order, before in sorted(tries)
    )


@lru_cache(maxsize=8192)
def _tried(pulled: int) -> _Tried:
    active = [
        rule for rule in rules() if pulled & set_of(rule.when) and set_of(rule.needs) & ~pulled == 0
    ]
    anywhere = tuple(rule for rule in active if rule.heads is None)
    return _Tried(frozenset(rule.order for rule in active), anywhere)


@cache
def _anywhere() -> int:
    """The triggers of the rules that may begin with any word."""
    return set_of(name for rule in rules() if rule.heads is None for name in rule.when)


def _matches(text: str, window: _Window, places: list[_Place], tried: _Tried) -> list[_Found]:
    """What `finditer` would find with each of the rules."""
    start, end, _, place = window
    orders = tried.orders
    found: list[_Found] = []
    ends: dict[int, int] = {}
    for at, _, tries in places:
        for order, before, match, rule in tries:
            if (
                order in orders
                and (m := match(text, at - before, end))
                and at - before >= ends.get(order, start)
                and rule.only in ("", place)
            ):
                ends[order] = m.end()
                found.append(_found(m, rule))
    for rule in tried.anywhere:
        if rule.only in ("", place):
            found += [_found(m, rule) for m in rule.regex.finditer(text, start, end)]
    return found


def _found(m: re.Match[str], rule: Rule) -> _Found:
    start, end = m.span()
    return _Found(start - end, rule.yields != "nothing", rule.order, start, end, m)


def _spot(found: _Found, window: _Window) -> Spot:
    rule, m = rules()[found.order], found.match
    return Spot(
        found.start,
        found.end,
        m[0],
        rule,
        {
            name: piece if piece.isalnum() else " ".join(piece.split()) or piece
            for name, piece in m.groupdict().items()
            if piece
        },
        (window.start, window.end),
        window.paragraph,
        window.place,
        m.span("sep") if "sep" in rule.regex.groupindex else None,
    )


def _windows(layout: Layout) -> Iterator[_Window]:
    line = layout.dateline
    for s in layout.sentences:
        if line and line.day and line.end <= s.start and not line.start > s.start:
            index = next(
                i for i, p in enumerate(layout.paragraphs) if p.start <= line.start < p.end
            )
            yield _Window(line.start, line.end, index, "dateline")
            line = None
        yield _Window(*s)
    if line and line.day:
        yield _Window(line.start, line.end, len(layout.paragraphs) - 1, "dateline")


def _best(found: list[_Found]) -> list[_Found]:
    """Those that keep clear of any that ranks before them, in text order.

    Nothing kept is shorter than what comes after it, so whether the first or the last character
    is taken settles it.
    """
    kept: list[_Found] = []
    taken: set[int] = set()
    for one in sorted(found):
        if one.start not in taken and one.end - 1 not in taken:
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)
