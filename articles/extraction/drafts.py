"""What one article says of one event: the values that `extract` returns. Nothing here is stored."""

from dataclasses import dataclass

from timeline.dates import UNDATED, Basis, DateValue


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the article: `text` stands at characters `start` to `end` of it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as one article tells it, with the sentence it rests on.

    `type` and `status` are keys of timeline/types.toml and of design; `because` is one sentence
    that a reader can check; `confidence` is between 0 and 1.
    """

    type: str
    status: str
    evidence: Span
    trigger: Span
    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    date_words: Span | None = None
    actors: tuple[str, ...] = ()
    """Canonical names, those who act first."""
    places: tuple[str, ...] = ()
    attributed_to: str = ""
    confidence: float = 0.5
