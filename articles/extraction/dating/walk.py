"""The words of a text by place: walked once, for all that look for some of them."""

import re
from bisect import bisect_left

_WORD = re.compile(r"([A-Za-z0-9](?:(?<![0-9])[A-Za-z]*+|(?<![0-9][0-9])))")
"""Letters, or one digit: one class before all else, by which the text is skimmed fast."""


class Words:
    """Words as written, and the first digits of numbers, with the characters where they start."""

    def __init__(self, text: str) -> None:
        pieces = _WORD.split(text)
        self.said = pieces[1::2]
        at = 0
        ends = [at := at + len(piece) for piece in pieces]
        self.starts = ends[:-1:2]

    def first_from(self, at: int) -> int:
        """The index of the first that starts at a character or after it."""
        return bisect_left(self.starts, at)

    def before(self, at: int, count: int) -> list[str]:
        """So many that start before a character, or fewer if there are no more."""
        i = bisect_left(self.starts, at)
        return self.said[max(0, i - count) : i]
