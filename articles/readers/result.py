"""What a reader found in a file."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of an article, paragraphs apart by blank lines, and what the file says about it.

    `published` is the day as the file writes it, never converted between time zones;
    `published_because` is the sentence that says where it stood.
    """

    text: str
    headline: str = ""
    published: dt.date | None = None
    published_because: str = ""
    outlet: str = ""
    url: str = ""
