"""Days reckoned from a birth or a death that the text dates: "the night before he died"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from articles.extraction.dating import units
from articles.extraction.dating.words import Anchor, DateWord
from timeline.dates import Basis, Precision

RULES = frozenset(("day-in-a-life", "days-in-a-life"))
HEAD = 400
"""Characters of a text within which the bracket with both ends of a life makes it a biography."""
REACH = 60
"""Characters between "he died" and its day."""
_BORN = re.compile(r"\b(?:born|birth)\b[^.;()]*$", re.IGNORECASE)
_DIED = re.compile(
    r"\b(?:died|passed away|death|(?:was|were) (?:killed|assassinated|executed|murdered|hanged))\b"
    r"[^.;()]*$",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\([^()]*$")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A birth or a death, and where its day is named."""

    event: str
    day: Anchor
    at: int


def placed(text: str, words: list[DateWord]) -> list[DateWord]:
    """The same words, those reckoned from a birth or a death with the days that they mean."""
    if RULES.isdisjoint([word.rule for word in words]):
        return words
    turns = list(chain.from_iterable(_turns(text, word) for word in words))
    return [_placed(word, turns) if word.rule in RULES else word for word in words]


def _turns(text: str, word: DateWord) -> Iterator[_Turn]:
    if word.ends and word.start < HEAD and _SPAN.search(text[: word.start]):
        yield from (
            _Turn(event, Anchor(end.date.earliest, f"{event} as in “{word.text}”"), -1)
            for event, end in zip(("birth", "death"), word.ends, strict=True)
            if end.date and end.date.earliest and end.date.precision is Precision.DAY
        )
    elif word.date and word.date.earliest and word.date.precision is Precision.DAY:
        before = text[max(0, word.start - REACH) : word.start]
        for event, told in (("birth", _BORN), ("death", _DIED)):
            if word.rule not in RULES and told.search(before):
                yield _Turn(event, Anchor(word.date.earliest, event), word.start)


def _placed(word: DateWord, turns: list[_Turn]) -> DateWord:
    parts = dict(word.parts)
    event = "birth" if "birth" in parts or "born" in parts else "death"
    told = [turn for turn in turns if turn.event == event]
    turn = min(told, key=lambda turn: (turn.at > word.start, turn.at >= 0, -turn.at), default=None)
    count = units.number(parts.get("n", "a"))
    if turn is None or count is None:
        return word
    unit = units.singular(parts["unit"])
    part = units.DAYPARTS.get(unit)
    sign = {"before": -1, "after": 1}.get((parts.get("dir") or parts.get("how", "")).lower(), 0)
    try:
        day = units.shifted(unit, turn.day.day, sign * count)
    except (ValueError, OverflowError):
        return word
    value, date = units.named("day" if unit == "week" else unit, day)
    return word._replace(
        value=f"{value}T{part}" if part else value,
        type="TIME" if part else "DATE",
        date=date,
        basis=Basis.CONTEXT,
        because=f"“{word.text}” from {turn.day}",
    )
