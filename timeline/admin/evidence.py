"""The sentences an event rests on, cut so that a page can mark the trigger and the date words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from timeline.dates import UNDATED
from timeline.models import Event

Shade = Literal["", "trigger", "date"]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    shade: Shade


@dataclass(frozen=True, slots=True)
class Account:
    """What one sentence of one article says. `mention` is a row of the articles' own model."""

    mention: Any
    pieces: tuple[Piece, ...]

    @property
    def date(self) -> str:
        return str(self.mention.date)

    @property
    def dated(self) -> bool:
        return bool(self.mention.date != UNDATED)


def accounts(event: Event) -> list[Account]:
    """In the order of print; articles without a day of publication come last."""
    mentions = sorted(
        event.mentions.all(),
        key=lambda m: (m.article.published is None, m.article.published, m.article_id, m.start),
    )
    return [Account(m, tuple(_pieces(m))) for m in mentions]


def _pieces(mention: Any) -> Iterator[Piece]:
    """The evidence, cut where trigger or date words begin or end; those outside it do not show."""
    text, offset = mention.evidence, mention.start
    marks: list[tuple[int, int, Shade]] = [
        (mention.trigger_start - offset, mention.trigger_end - offset, "trigger")
    ]
    if mention.date_start is not None:
        marks.append((mention.date_start - offset, mention.date_end - offset, "date"))
    cuts = {cut for start, end, _ in marks for cut in (start, end) if 0 < cut < len(text)}
    for a, b in pairwise([0, *sorted(cuts), len(text)]):
        shades = [shade for start, end, shade in marks if start <= a and b <= end]
        yield Piece(text[a:b], shades[-1] if shades else "")
