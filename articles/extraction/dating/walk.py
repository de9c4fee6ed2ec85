"""The words of a text by place: walked once, for all that look for some of them."""

import re
from bisect import bisect_left

_WORD = re.compile(r"[A-Za-z]+|(?<!\d)\d")


class Words:
    """Words as written, and the first digits of numbers, with the characters where they start."""

    def __init__(self, text: str) -> None:
        self.said: list[str] = _WORD.findall(text)
        self.starts = [word.start() for word in _WORD.finditer(text)]

    def first_from(self, at: int) -> int:
        """The index of the first that starts at a character or after it."""
        return bisect_left(self.starts, at)
