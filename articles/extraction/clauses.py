"""A sentence as its events are dated in it: its date words, the anchor, the day of the discourse."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from timeline.dates import UNDATED, Basis, DateValue, words

from .dating import DateWord


@dataclass(frozen=True, slots=True)
class Dating:
    """A date with what it rests on; `words` are the date words of the article, if any."""

    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    words: DateWord | None = None
    told: bool = False
    """The words date the telling; the event itself lies before or after."""
    ahead: bool = False
    """Told as to come, whatever the cues say: "is to be held by the end of August"."""

    @property
    def is_own(self) -> bool:
        return self.words is not None and not self.told


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day a report was filed, and what says so: "the dateline" or "publication"."""

    day: dt.date | None
    source: str

    @property
    def name(self) -> str:
        return f"{self.source}, {words(DateValue.day(self.day))}" if self.day else self.source


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its date words; `start` is where the sentence begins in the article."""

    doc: Doc
    start: int
    dates: Sequence[DateWord]
    anchor: Anchor
    spoken: Dating
    """The day of the discourse: that of the last dated event, for "today" in a quotation."""
    spans: Sequence[DateWord] = ()
    """Words that name no day but how long something lasts or may take: "ten days"."""
