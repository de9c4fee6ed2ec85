"""Plain text: nothing is marked up, so only a headline can be told."""

from articles.extraction.text import lay_out

from .decoding import clean
from .result import ReadText

BEGINNING = 20_000
"""Characters among which a headline stands. To lay out five million takes seconds."""


def read_plain(source: str) -> ReadText:
    """The text as it was sent; its headline, if it begins with one, is told and stays in it.

    Raises NotReadable.
    """
    text = clean(source)
    head = lay_out(text[:BEGINNING]).headline
    return ReadText(text, headline=text[head.start : head.end] if head else "")
