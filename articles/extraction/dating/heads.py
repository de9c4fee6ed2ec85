"""With which words the matches of a pattern may begin, so that it is tried there alone.

Trying every rule at every character took three fifths of the time that date words took.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SIZE = 5
"""Letters of a word that tell whether a pattern may have it."""
ANY = "*"
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


def heads_of(pattern: str) -> frozenset[tuple[str, str]] | None:
    """The first letters, in lower case, of the two words that a match may begin with.

    The second is ANY if it may be any, or none. None if the first may be any, or is no word.
    """
    try:
        found = _Reading(pattern).alternatives({""})
    except _Unknown:
        return None
    pairs = (head.partition(" ") for head in found.done | found.open if head)
    return frozenset((first, second or ANY) for first, _, second in pairs)


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
            whole = {h for h in one.open if len(h.rpartition(" ")[2]) == SIZE}
            so_far.done |= whole | one.done
            so_far.open = one.open - whole
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
        if not all(" " in head for head in before):
            raise _Unknown
        return _Heads(done={head.partition(" ")[0] for head in before})


def _has_letters(item: str) -> bool:
    bare = re.sub(r"\\[dsx]", "", item)
    return item[1] == "^" or bool(re.search(r"[A-Za-z]", bare))


def _cut(before: set[str], item: str) -> _Heads:
    """After what is no letter: a number, or what parts two words."""
    found = _Heads()
    number = re.search(r"\d|\\d", re.sub(r"\\x..", "", item))
    for head in before:
        first, space, second = head.partition(" ")
        if not head and not number:
            raise _Unknown
        if not head or (number and space and not second):
            found.done.add(head + NUMBER)
        elif number:
            found.done.add(first)  # "Q3" is one word
        elif second:
            found.done.add(head)
        else:
            found.open.add(first + " ")
    return found
