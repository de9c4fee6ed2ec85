"""How likely a draft is right: P(its date is) x P(its type is, given the date), by its grounds.

The grounds of a draft are a few plain facts of how it was read. data/confidence.toml says what each
is worth, in log-odds; `python -m tests.bench.calibration` measures it. Better grounds are never worth
less, so that a queue by confidence may be trusted to begin with the doubtful.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from .clauses import Dating
from .lead import LEAD, is_on, main_line
from .news import narrates
from .rules import OTHER
from .text import Layout, Sentence
from .triggers import Trigger

NUMBERS = Path(__file__).parent / "data" / "confidence.toml"
FACTORS = ("type", "date")
GRAINS = {
    "day": "day",
    "week": "days",
    "range": "days",
    "bound": "bound",
    "none": "none",
}
"""How much of the date is known; all that is wider than a week or a range is "wide"."""


def grounds_of(
    trigger: Trigger, dating: Dating, sentence: Sentence, layout: Layout
) -> tuple[str, ...]:
    """What the confidence in a draft rests on."""
    token = trigger.token
    prose = islice((s.start for s in layout.sentences if s.kind == "prose"), LEAD)
    return (
        f"trigger: {_kind(trigger)}",
        f"actors: {min(len(trigger.actors), 2)}",
        f"clause: {'main' if is_on(main_line(token.doc), token) else 'other'}",
        f"lead: {'yes' if sentence.start in prose else 'no'}",
        f"narrated: {'yes' if narrates(token) else 'no'}",
        f"basis: {dating.basis.value}",
        f"grain: {GRAINS.get(dating.date.precision.value, 'wide')}",
    )


def _kind(trigger: Trigger) -> str:
    rule = trigger.rule
    if rule.name == OTHER.name or rule.type == "statement":
        return rule.type
    return "words" if rule.weight == "words" else rule.pos


def confidence(grounds: Sequence[str]) -> float:
    """That type and date are both right, between 0 and 1."""
    return round(math.prod(likely(factor, grounds) for factor in FACTORS), 3)


def likely(factor: str, grounds: Sequence[str]) -> float:
    """That the type is right where the date is, or that the date is."""
    return numbers()[factor].likely(grounds)


@dataclass(frozen=True)
class Worth:
    """One factor of the data file: its base, and what each ground adds to it."""

    base: float
    weights: dict[str, float]

    def likely(self, grounds: Sequence[str]) -> float:
        total = self.base + sum(self.weights.get(ground, 0.0) for ground in grounds)
        return 1 / (1 + math.exp(-total))


@cache
def numbers() -> dict[str, Worth]:
    data = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))
    return {
        factor: Worth(
            data[factor]["base"],
            {ground: row["weight"] for ground, row in data[factor]["grounds"].items()},
        )
        for factor in FACTORS
    }
