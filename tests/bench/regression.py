"""What each ground is worth: a logistic regression in which a better one is never worth less.

Few drafts are known to be right or wrong, some 200, and one in six is wrong. A plain fit makes luck
into rules: it had better grounds worth less than poor ones. Therefore

- a step to a better ground is worth FLOOR at least (bounded coordinate ascent),
- a ridge draws every step to nothing; base and levels are free, so that the mean confidence is the
  share that is right,
- open corpora say which grounds are better, not how often a draft is right: they have a level of
  their own, and each case of them counts for OPEN_COUNTS of one (a power prior).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.confidence import Worth

RIDGE = 2.0
"""On the even half, each article by the rest, the log loss of a draft is 0.399 with a ridge of 0.5,
0.406 with 2 and 0.416 with 4, each known to 0.04: a stronger one trusts luck less."""
FLOOR = 0.05
"""Log-odds: enough to put the better of two drafts, otherwise alike, after the other."""
OPEN_COUNTS = 0.1
"""1,300 date words would drown 200 drafts: that log loss is 0.406 with 0.1 and 0.420 with 1."""
STILL = 1e-4
"""The fit is done when no weight moves by more; they are written with two decimals."""
GROUPS = {
    "type": {
        "trigger": ("verb", "noun", "words", "statement", "other"),
        "actors": ("0", "1", "2"),
        "clause": ("other", "main"),
        "lead": ("no", "yes"),
        "narrated": ("no", "yes"),
    },
    "date": {
        "basis": (
            *("none", "publication", "context", "dateline", "relative", "weekday", "explicit"),
        ),
        "grain": ("none", "bound", "wide", "days", "day"),
    },
}
"""The grounds of each factor, from worse to better but for the UNORDERED."""
UNORDERED = ("trigger",)
BASE, OPEN = "base", "open"


@dataclass(frozen=True)
class Case:
    """What something read rests on, and whether it is right; `open`: it is of an open corpus."""

    grounds: tuple[str, ...]
    right: bool
    open: bool = False


@dataclass(frozen=True)
class Fit:
    worth: Worth
    level: float
    """How much harder or easier the open cases are, in log-odds."""


def fit(factor: str, cases: Sequence[Case]) -> Fit:
    """Each weight in turn goes uphill on the penalised likelihood, until none moves.

    The step is by the greatest curvature that a logistic can have, so that it never overshoots.
    """
    counts: Counter[tuple[tuple[str, ...], bool]] = Counter()
    for case in cases:
        counts[_held(factor, case), case.right] += 1
    known = sorted(counts)
    number = [counts[k] * (OPEN_COUNTS if OPEN in k[0] else 1.0) for k in known]
    steps = [BASE, OPEN, *_steps(factor)]
    holders = {step: [i for i, (held, _) in enumerate(known) if step in held] for step in steps}
    least = {step: FLOOR if _is_ordered(step) else -math.inf for step in steps}
    weights = {step: max(least[step], 0.0) for step in steps}
    totals = [sum(weights[step] for step in held) for held, _ in known]
    moved = math.inf
    while moved > STILL:
        moved = 0.0
        for step in steps:
            ridge = 0.0 if step in (BASE, OPEN) else RIDGE
            slope, bend = -ridge * weights[step], ridge
            for i in holders[step]:
                slope += number[i] * (known[i][1] - 1 / (1 + math.exp(-totals[i])))
                bend += number[i] / 4
            by = max(weights[step] + slope / bend, least[step]) - weights[step] if bend else 0.0
            weights[step] += by
            for i in holders[step]:
                totals[i] += by
            moved = max(moved, abs(by))
    return Fit(Worth(weights[BASE], _by_ground(factor, weights)), weights[OPEN])


def _steps(factor: str) -> list[str]:
    """What is fitted: of ordered grounds the step up to each, of others each by itself."""
    return [
        f"{group}: {level}"
        for group, levels in GROUPS[factor].items()
        for level in (levels if group in UNORDERED else levels[1:])
    ]


def _is_ordered(step: str) -> bool:
    return step not in (BASE, OPEN) and step.split(": ", maxsplit=1)[0] not in UNORDERED


def _held(factor: str, case: Case) -> tuple[str, ...]:
    held = [BASE, OPEN] if case.open else [BASE]
    for ground in case.grounds:
        group, level = ground.split(": ")
        levels = GROUPS[factor].get(group, ())
        if levels and group in UNORDERED:
            held.append(ground)
        elif levels:
            held += [f"{group}: {step}" for step in levels[1 : levels.index(level) + 1]]
    return tuple(held)


def _by_ground(factor: str, weights: dict[str, float]) -> dict[str, float]:
    """What every ground is worth by itself: of ordered ones the sum of the steps up to it."""
    worth = {}
    for group, levels in GROUPS[factor].items():
        total = 0.0
        for level in levels:
            step = weights.get(f"{group}: {level}", 0.0)
            total = step if group in UNORDERED else total + step
            worth[f"{group}: {level}"] = total
    return worth
