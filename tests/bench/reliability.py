"""Whether confidences may be believed: calibration error, Brier score, order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BINS = 5


@dataclass(frozen=True)
class Reliability:
    """Confidences against outcomes; a bin is (cases, mean confidence, share right)."""

    bins: tuple[tuple[int, float, float], ...]
    error: float
    """Expected calibration error: the mean distance of a bin's two figures."""
    brier: float
    constant: float
    """The Brier score of saying for all what is the rate of the other half."""
    order: float
    """How often a right one is surer than a wrong one: the area under the ROC curve."""

    def __str__(self) -> str:
        said = "  ".join(f"{mean:.2f}→{share:.2f} ({n})" for n, mean, share in self.bins)
        brier = f"Brier {self.brier:.4f}, constant {self.constant:.4f}"
        return f"ECE {self.error:.3f}  {brier}  AUC {self.order:.3f}  {said}"


Outcome = tuple[float, bool]
"""A confidence, and whether it was right."""


def reliability(told: Sequence[Outcome], rate: float) -> Reliability:
    """In bins of the same number of cases; `rate` is that of the half it was made on."""
    ranked = sorted(told)
    cuts = [round(len(ranked) * i / BINS) for i in range(BINS + 1)]
    bins = []
    for a, b in pairwise(cuts):
        if some := ranked[a:b]:
            mean, right = sum(p for p, _ in some), sum(ok for _, ok in some)
            bins.append((len(some), mean / len(some), right / len(some)))
    n = len(ranked)
    return Reliability(
        tuple(bins),
        sum(size * abs(mean - share) for size, mean, share in bins) / n,
        sum((p - ok) ** 2 for p, ok in ranked) / n,
        sum((rate - ok) ** 2 for _, ok in ranked) / n,
        _order([p for p, ok in ranked if ok], [p for p, ok in ranked if not ok]),
    )


def _order(right: Sequence[float], wrong: Sequence[float]) -> float:
    """Equals count for a half."""
    wins = sum((r > w) + (r == w) / 2 for r in right for w in wrong)
    return wins / (len(right) * len(wrong))
