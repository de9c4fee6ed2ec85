"""How the matches of a pattern may begin, so that it is tried there alone.

Trying every rule at every character took three fifths of the time that date words took.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SIZE = 4
"""Letters of a word that tell whether a pattern may begin with it."""
NUMBER = "0"
"""Stands for any number."""
HEADS = re.compile(rf"(?<!\w)(?:[A-Za-z]{{1,{SIZE}}}|\d)")
_ITEM = re.compile(
    r"\(\?(?:<?[=!])|\((?:\?:|\?-i:|\?P<\w+>)?|\(\?P=\w+\)|\[\^?\]?(?:\\.|[^\]\\])*\]|\\x..|\\.|.",
    re.DOTALL,
)
_OFTEN = re.compile(r"(?P<none>\?|\*|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")


class _Unknown(Exception):
    """The pattern may begin with any word, or with none."""


def heads_of(pattern: str) -> frozenset[str] | None:
    """The first letters, in lower case, of the words that a match may begin with; None if it may
    begin with any word, or with what is no word."""
    try:
        found = _Reading(pattern).alternatives({""})
    except _Unknown:
        return None
    return frozenset(head for head in found.done | found.open if head)


def written(head: str) -> Iterator[str]:
    """The ways in which HEADS finds it."""
    yield from ("0123456789" if head == NUMBER else {head, head.capitalize(), head.upper()})


@dataclass
class _Heads:
    """What has been read of them: `done` goes no further, `open` may."""

    done: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)


class _Reading:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self, before: Iterable[str]) -> _Heads:
        """All up to the bracket that closes them."""
        found = _Heads()
        while True:
            one = self._sequence(set(before))
            found.done |= one.done
            found.open |= one.open
            if self.at >= len(self.pattern) or self.pattern[self.at] == ")":
                self.at += 1
                return found
            self.at += 1

    def _sequence(self, before: set[str]) -> _Heads:
        so_far = _Heads(open=before)
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            one = self._item(so_far.open)
            often = _OFTEN.match(self.pattern, self.at)
            if often:
                self.at = often.end()
                one.open |= so_far.open if often["none"] else set()
            so_far.done |= {h for h in one.open if len(h) == SIZE} | one.done
            so_far.open = {h for h in one.open if len(h) < SIZE}
        return so_far

    def _item(self, before: set[str]) -> _Heads:
        m = _ITEM.match(self.pattern, self.at)
        assert m
        self.at = m.end()
        item = m[0]
        if item.startswith(("(?=", "(?!", "(?<=", "(?<!")):
            self.alternatives(())
            return _Heads(open=set(before))
        if item.startswith("(?P="):
            return self._any(before)
        if item[0] == "(":
            return self.alternatives(before)
        if item in (r"\b", r"\B", "^", "$"):
            return _Heads(open=set(before))
        if item[0] == "[":
            return self._any(before) if _has_letters(item) else _cut(before, item)
        if item in (r"\w", ".", r"\S"):
            return self._any(before)
        if item.isalpha():
            return _Heads(open={h + item.lower() for h in before})
        return _cut(before, item)

    def _any(self, before: set[str]) -> _Heads:
        if before:
            raise _Unknown
        return _Heads()


def _has_letters(item: str) -> bool:
    bare = re.sub(r"\\[dsx]", "", item)
    return item[1] == "^" or bool(re.search(r"[A-Za-z]", bare))


def _cut(before: set[str], item: str) -> _Heads:
    """After what is no letter."""
    if "" in before and not re.search(r"\d|\\d", re.sub(r"\\x..", "", item)):
        raise _Unknown
    return _Heads(done={h or NUMBER for h in before})
