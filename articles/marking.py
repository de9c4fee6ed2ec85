"""An article's text cut where its mentions stand, so that a page can mark and number them.

Plain values out of plain values: the template prints each piece as text, whatever it holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from timeline.models import Event

from .extraction.text import lay_out
from .models import Mention

Shade = Literal["", "trigger", "date"]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    shade: Shade = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A mention under the number of its event, as in a footnote: at its evidence, or at a further
    passage on the event."""

    number: int
    mention: Mention
    start: int
    end: int

    @property
    def is_evidence(self) -> bool:
        return self.start == self.mention.start


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that stand together inside evidence, or outside of it; then the notes that end there."""

    evidence: bool
    pieces: tuple[Piece, ...]
    begins: tuple[Note, ...] = ()
    ends: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `kind` is headline, prose or boilerplate."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def is_marked(self) -> bool:
        return any(run.evidence for run in self.runs)


@dataclass(frozen=True, slots=True)
class Found:
    """One event as this article tells it."""

    number: int
    event: Event
    mentions: tuple[Mention, ...]

    @property
    def settled_otherwise(self) -> bool:
        """Whether the event's date, from all its articles, is none that this article gives."""
        return all(mention.date != self.event.date for mention in self.mentions)


def numbered(mentions: Iterable[Mention]) -> list[Note]:
    """The mentions and their passages in the order of the text; events are numbered from 1 as their
    evidence comes in it."""
    numbers: dict[int, int] = {}
    ordered = sorted(mentions, key=lambda m: (m.start, m.trigger_start, m.pk))
    notes = []
    for m in ordered:
        number = numbers.setdefault(m.event_id, len(numbers) + 1)
        notes.append(Note(number, m, m.start, m.end))
        notes += [Note(number, m, passage.start, passage.end) for passage in m.passages.all()]
    return sorted(notes, key=lambda note: note.start)


def found(notes: Iterable[Note]) -> list[Found]:
    """The events under their numbers."""
    events: dict[int, list[Mention]] = {}
    for note in notes:
        if note.is_evidence:
            events.setdefault(note.number, []).append(note.mention)
    return [Found(n, events[n][0].event, tuple(events[n])) for n in sorted(events)]


def whole(text: str, notes: Sequence[Note]) -> list[Block]:
    """Every paragraph of the text, its evidence marked."""
    return [
        Block(p.kind, tuple(_runs(text, p.start, p.end, notes))) for p in lay_out(text).paragraphs
    ]


def sentences(text: str, notes: Sequence[Note]) -> list[Block]:
    """The evidence alone, in order; sentences that overlap are one block."""
    ends: list[list[int]] = []
    for note in notes:
        start, end = note.start, note.end
        if ends and start < ends[-1][1]:
            ends[-1][1] = max(ends[-1][1], end)
        else:
            ends.append([start, end])
    return [Block("prose", tuple(_runs(text, start, end, notes))) for start, end in ends]


def _runs(text: str, start: int, end: int, notes: Sequence[Note]) -> Iterator[Run]:
    """The characters `start` to `end`, cut where evidence begins or ends."""
    inside = [n for n in notes if n.start < end and n.end > start]
    cuts = {start, end, *(cut for n in inside for cut in (n.start, n.end))}
    edges = sorted(cut for cut in cuts if start <= cut <= end)
    for a, b in pairwise(edges):
        here = [n for n in inside if n.start < b and n.end > a]
        yield Run(
            bool(here),
            tuple(_pieces(text, a, b, [n.mention for n in here])),
            begins=tuple(n for n in here if n.start == a and n.is_evidence),
            ends=tuple(n for n in here if min(n.end, end) == b),
        )


def _pieces(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[Piece]:
    """The characters `start` to `end`, cut where trigger or date words begin or end."""
    triggers = [(m.trigger_start, m.trigger_end) for m in mentions]
    dates = [(m.date_start, m.date_end or 0) for m in mentions if m.date_start is not None]
    cuts = {cut for pair in triggers + dates for cut in pair if start < cut < end}
    for a, b in pairwise([start, *sorted(cuts), end]):
        shade: Shade = ""
        if any(x <= a and b <= y for x, y in triggers):
            shade = "trigger"
        elif any(x <= a and b <= y for x, y in dates):
            shade = "date"
        yield Piece(text[a:b], shade)
