"""With which words the matches of a pattern may begin, so that it is tried there alone.

Trying every rule at every character took three fifths of the time that date words took.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ANY = "*"
NUMBER = "0"
"""Stands for any number."""
MARK = "’"
"""Stands before a first word for what is no letter and no digit: "’94"."""
_ITEM = re.compile(
    r"\(\?(?:<?[=!])|\(\?P=\w+\)|\((?:\?:|\?-i:|\?P<\w+>)?|\[\^?\]?(?:\\.|[^\]\\])*\]|\\x..|\\.|.",
    re.DOTALL,
)
_OFTEN = re.compile(r"(?P<none>\?|\*|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")
_CODE = re.compile(r"\\x..")
_LETTERS = re.compile(r"(?<!\\)[A-Za-z]|\\[wSWD]|^\.$")
_DIGITS = re.compile(r"\\d|\d(?:-\d)?")


class _Unknown(Exception):
    """The pattern may begin with any word, or with none."""


def heads_of(pattern: str) -> frozenset[tuple[str, str]] | None:
    """The two words, in lower case, that a match may begin with; they must be whole in a text.

    The second is ANY if it may be any, or none. None if the first may be any, or is no word.
    """
    try:
        found = _Reading(pattern).alternatives({""})
    except _Unknown:
        return None
    if not found.open.isdisjoint(("", MARK)):
        return None
    pairs = (head.partition(" ") for head in found.done | found.open)
    return frozenset((first, second or ANY) for first, _, second in pairs)


def written(head: str) -> Iterator[str]:
    """The ways in which `Words` has it."""
    yield from ("0123456789" if head == NUMBER else {head, head.capitalize(), head.upper()})


@dataclass
class _Heads:
    """What has been read of them: `done` goes no further, `open` may."""

    done: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)

    def letter(self, head: str, letter: str) -> None:
        self._add(f"{head} {letter}" if head.endswith(NUMBER) else head + letter)

    def digit(self, head: str) -> None:
        whole = head.endswith((" ", NUMBER, MARK)) or not head
        self._add(head.removesuffix(NUMBER) + NUMBER if whole else f"{head} {NUMBER}")

    def mark(self, head: str) -> None:
        """What parts two words, or stands before the first."""
        if head == MARK:
            raise _Unknown
        self._add(f"{head.rstrip()} " if head else MARK)

    def any(self, head: str) -> None:
        """A letter, a digit or a mark."""
        first, space, second = head.partition(" ")
        if not space and not first.endswith(NUMBER):
            raise _Unknown
        self.done.add(head if second == NUMBER else first)

    def _add(self, head: str) -> None:
        """A third word begins, and the first two are done; or not yet."""
        first, _, rest = head.partition(" ")
        second, space, _ = rest.partition(" ")
        if space:
            self.done.add(f"{first} {second}")
        else:
            self.open.add(head)


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
            item = self.at
            one = self._item(so_far.open)
            often = _OFTEN.match(self.pattern, self.at)
            if often and often[0] != "?":
                self.at = item
                again = self._item(one.open)
                one.done |= again.done
                one.open |= again.open
            if often:
                self.at = often.end()
                one.open |= so_far.open if often["none"] else set()
            so_far.done |= one.done
            so_far.open = one.open
        return so_far

    def _item(self, before: set[str]) -> _Heads:
        m = _ITEM.match(self.pattern, self.at)
        assert m
        self.at = m.end()
        item = m[0]
        if item.startswith(("(?=", "(?!", "(?<=", "(?<!")):
            self.alternatives(())
            return _Heads(open=set(before))
        if item in (r"\b", r"\B", "^", "$"):
            return _Heads(open=set(before))
        if item[0] == "(" and not item.startswith("(?P="):
            return self.alternatives(before)
        found = _Heads()
        for head in before:
            _follow(found, head, _CODE.sub(MARK, item))
        return found


def _follow(found: _Heads, head: str, item: str) -> None:
    """Add what `head` becomes with one more character, of those that the item stands for."""
    if item.isalpha():
        found.letter(head, item.lower())
        return
    kinds = item[1:-1] if item[0] == "[" else item
    if item.startswith(("(?P=", "[^")) or _LETTERS.search(kinds):
        found.any(head)
        return
    marks = _DIGITS.sub("", kinds)
    if marks != kinds:
        found.digit(head)
    if marks:
        found.mark(head)
