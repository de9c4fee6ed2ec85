"""What date words mean from where they stand: the question and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.extraction.dating.frame import Frame, Tense
from articles.extraction.dating.words import Type
from timeline.dates import Basis, DateValue


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reading of date words; `unit` is its grain, `explicit` says that it names its year."""

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


@dataclass(frozen=True, slots=True)
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
    close: bool = False
    """Whether the date before stands in this sentence or just before it."""


UNKNOWN = Meaning("")
