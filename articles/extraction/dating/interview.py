"""Whether a text prints questions with their answers."""

import re
from itertools import pairwise

from articles.extraction.text import Layout

ANSWERS = 12
"""Paragraphs for each question with its answer, or fewer, make an interview of a text.

So are 19 of 19 interviews, and none of 330 other texts (news, speeches, guides, histories…).
"""
_ASKS = re.compile(r"\?[”\"’')]*\s*$")


def asked_from(layout: Layout) -> int:
    """Where the questions of an interview begin, after its lead; -1 if the text is none."""
    if layout.text.count("?") < 2:
        return -1
    asks = [bool(_ASKS.search(layout.text[p.start : p.end])) for p in layout.paragraphs]
    asked = [i for i, (one, answer) in enumerate(pairwise(asks)) if one and not answer]
    if len(asked) < 2 or len(asked) * ANSWERS < len(asks):
        return -1
    return layout.paragraphs[asked[0]].start
