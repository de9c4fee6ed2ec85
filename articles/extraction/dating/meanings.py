"""What date words mean from where they stand: the question and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.extraction.dating.frame import Frame, is_near
from articles.extraction.dating.verbs import Tense
from articles.extraction.dating.words import Type
from timeline.dates import Basis, DateValue

CLOSE = 200
"""Characters within which a time of day belongs to the day named before it."""
LATEST = 2030
"""The last year that two digits may stand for in a text of no known day."""
FAR = 800
"""Characters beyond which "that day" is not the day named before it."""


@dataclass(slots=True)
class Meaning:
    """A reading of date words; `unit` is its grain, `explicit` says that it names its year.

    Who has made one may fill it; what a function has returned is not changed any more.
    """

    value: str
    date: DateValue | None = None
    basis: Basis = Basis.NONE
    because: str = ""
    past: DateValue | None = None
    coming: DateValue | None = None
    unit: str = ""
    explicit: bool = False
    type: Type = "DATE"
    ends: tuple["Meaning", ...] = ()


@dataclass(slots=True)
class Asked:
    """What a function of this module is given: the words, their pieces, and where they stand."""

    text: str
    parts: Mapping[str, str]
    frame: Frame
    tense: Tense
    governing: int | None
    """The year that was named shortly before."""
    nowadays: bool = False
    """Whether "today" stands for these times: "is still disputed today"."""
    habit: bool = False
    """Whether a month or weekday is that of any year or week: "the monsoon comes in July"."""
    away: int = FAR
    """Characters since the date before."""

    @property
    def close(self) -> bool:
        """Whether the date before stands in this sentence or just before it."""
        return self.away < CLOSE

    @property
    def lost(self) -> bool:
        """Whether the date before is too far back for "that day", and this no history."""
        return self.away >= FAR and not self.frame.narrated

    def year_of_two_digits(self) -> int:
        """The year that ends in the digits `yy`, of the hundred up to the day spoken from."""
        latest = self.frame.now.day.year if self.frame.now else LATEST
        return latest - (latest - int(self.parts["yy"])) % 100

    def year_told(self, month: int, day: int) -> int | None:
        """The year that the story is in, for a date that does not name its own; else None.

        In a history it is the year told last. Elsewhere it is a year named shortly before, or
        that of a passage that looks back, if it is not about the year of the text itself.
        """
        frame, now = self.frame, self.frame.now
        told = now is None or frame.narrated
        if now and frame.headed:
            told = told or not is_near(now.day, month, day or now.day.day)
        if told and (year := frame.story_year(month)):
            return year
        if now is None:
            return None
        if self.governing and (frame.opened or abs(self.governing - now.day.year) > 1):
            return self.governing
        return frame.story_year(month) if frame.looks_back(month, day, self.tense) else None


UNKNOWN = Meaning("")
