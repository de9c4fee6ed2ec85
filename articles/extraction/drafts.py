"""What one article says of one event: the values that `extract` returns. Nothing here is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline.dates import UNDATED, Basis, DateValue


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article: `text` stands at characters `start` to `end` of it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when what is demanded is to be done, and the types of event that it would be to do it,
    or to do what is threatened otherwise. `because` is one sentence that a reader can check."""

    date: DateValue
    basis: Basis
    because: str
    demands: tuple[str, ...] = ()
    threatens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one article tells it, with the sentence it rests on, and those that go on about it.

    `type` and `status` are keys of timeline/types.toml and of design; `because` is one sentence
    that a reader can check, `type_because` the same for the type; `confidence` is between 0 and 1.
    """

    type: str
    status: str
    evidence: Span
    trigger: Span
    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    type_because: str = ""
    date_words: Span | None = None
    further: tuple[Span, ...] = ()
    """Other sentences of the article that speak of the event, in order."""
    actors: tuple[str, ...] = ()
    """Canonical names: those who act first, then those they act with, then the sides of both."""
    acting: Mapping[str, str] = field(default_factory=dict)
    """Of the actors, persons and bodies → the side among them that each acts for."""
    places: tuple[str, ...] = ()
    attributed_to: str = ""
    deadline: Deadline | None = None
    """What a threat or demand sets; `date` is the day on which it was made."""
    confidence: float = 0.5
    grounds: tuple[str, ...] = ()
    """What the confidence rests on, as data/confidence.toml names it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that speak in passing of an event, held to be known: as a draft it is none by itself."""

    draft: Draft
    latest: bool
    """ "Putin's most recent attack": an event of these days."""
    is_subject: bool
    """What the sentence is about."""
