"""How often a draft is right, by what it rests on: measures data/confidence.toml and writes it.

    uv run python -m tests.bench.calibration

Made on the articles, sentences and documents whose id has an even SHA-256, tried on the odd ones.

    P(right) = P(date right) x P(type right, given its date), each a logistic regression

on the drafts of our episodes, some 200, of which one in six is wrong. So few would make luck into
rules, and a plain fit had better grounds worth less than poor ones. Therefore

- a step to a better ground is worth FLOOR at least (bounded coordinate ascent),
- a ridge draws every step to nothing; base and levels are free, so that the mean confidence is the
  share that is right,
- open corpora say which grounds are better, not how often a draft is right: the type of the PLOVER
  records, and the date words of EventStoryLine, GUM and WikiWars that their annotators marked too.
  They have a level of their own, and each case of them counts for OPEN_COUNTS of one (a power prior),
- grounds are few, and taken where they foretell an article of the even half from all the others.
  Two that did so, to be the only event of its sentence and to be told again, were left out all the
  same: on the odd half it is the other way round.
"""

import math
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from articles.extraction import Draft, NotEnglish, extract, load_lexicon
from articles.extraction.confidence import FACTORS, GRAINS, NUMBERS, Worth, likely, numbers
from articles.extraction.dating import find_dates, timexes
from articles.extraction.text import lay_out
from tests.bench import samples
from tests.bench.samples import CORPORA, SHARED, Row, day, halves, rows, scorer
from tests.scoring import pair

BINS = 5
RIDGE = 2.0
"""On the even half, each article by the rest, the log loss of a draft is 0.399 with a ridge of 0.5,
0.406 with 2 and 0.416 with 4: all within its own error, and a stronger one trusts luck less."""
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
class Told:
    """A draft of our episodes: whether its date is right, whether date and type are."""

    article: str
    draft: Draft
    dated: bool
    right: bool


@dataclass(frozen=True)
class Fit:
    worth: Worth
    level: float
    """How much harder or easier the open cases are, in log-odds."""


# ---------- what was read, and whether it is right


@cache
def episodes(name: str) -> list[Told]:
    """The drafts of one half of our dispatches."""
    found = []
    for path in sorted(samples.ROOT.glob("seeds/*/expected.jsonl")):
        expected = {row["id"]: row["events"] for row in rows(path)}
        for row in dict(halves(rows(path.parent / "articles.jsonl")))[name]:
            drafts = _drafts(row)
            both = {j for _, j in pair(expected[row["id"]], drafts, same_type=True)}
            dated = {j for _, j in pair(expected[row["id"]], drafts, same_type=False)} | both
            found += [Told(row["id"], d, j in dated, j in both) for j, d in enumerate(drafts)]
    return found


@cache
def opened(factor: str, name: str) -> list[Case]:
    return list({"type": records, "date": words}[factor](name))


def records(name: str) -> Iterator[Case]:
    """The PLOVER records: whether a draft has the root that its sentence is known for.

    They name one event a sentence, so that a second one, rightly read, counts as wrong."""
    tool = scorer("score_types")
    for row in dict(halves(rows(SHARED / "corpora/events_plover_gsr.jsonl")))[name]:
        known = row["events"][0]["plover"]
        for draft in _drafts(row):
            if roots := tool.roots({"type": draft.type, "status": draft.status}):
                yield Case(draft.grounds, tool.FOLD.get(known, known) in roots, open=True)


def words(name: str) -> Iterator[Case]:
    """Date words that annotators marked too: whether they are resolved as annotated."""
    tool = scorer("score_dates")
    for corpus in CORPORA:
        for row in dict(halves(rows(SHARED / f"corpora/{corpus}.jsonl")))[name]:
            read = find_dates(lay_out(row["text"]), published=day(row))
            timex = [dict(found) for found in timexes(read)]
            by_place = {(w.start, w.end): w for w in read}
            for i, j in tool.pairs(row["dates"], timex).items():
                word = by_place.get((timex[j]["start"], timex[j]["end"]))
                value = tool.norm(row["dates"][i])
                if value and word is not None and word.date is not None:
                    grain = GRAINS.get(word.date.precision.value, "wide")
                    grounds = (f"basis: {word.basis.value}", f"grain: {grain}")
                    yield Case(grounds, value == tool.norm(timex[j]), open=True)


def _drafts(row: Row) -> list[Draft]:
    try:
        return extract(row["text"], published=day(row), lexicon=load_lexicon())
    except NotEnglish:
        return []


def ours(factor: str, told: Iterable[Told]) -> list[Case]:
    """Dates of all drafts, types of those whose date is right."""
    if factor == "date":
        return [Case(t.draft.grounds, t.dated) for t in told]
    return [Case(t.draft.grounds, t.right) for t in told if t.dated]


# ---------- fitting


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


# ---------- the data file

HEAD = """\
# How likely a draft is right. Measured, not written by hand: uv run python -m tests.bench.calibration
#
#   P(right) = [date] x [type];  each is  1 / (1 + e^-(base + the weights of its grounds))
#
#   weight        what a ground adds to the log-odds
#   cases, right  drafts of our episodes that have the ground, and how many of them are right
#   open, agree   the same of the open corpora: for [type] the PLOVER records, for [date] the date
#                 words that the annotators of EventStoryLine, GUM and WikiWars marked too
#   apart         the log-odds that the open cases are harder or easier by; a reader never adds it
#
# All from the halves with an even SHA-256 of the id; [type] counts drafts whose date is right.
"""


def counted(cases: Iterable[Case]) -> dict[str, tuple[int, int]]:
    """By ground: cases, right ones."""
    number: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in cases:
        for ground in case.grounds:
            number[ground][0] += 1
            number[ground][1] += case.right
    return {ground: (n, right) for ground, (n, right) in number.items()}


def measured() -> str:
    """The text of the data file."""
    lines = [HEAD.rstrip()]
    for factor in FACTORS:
        here, there = ours(factor, episodes("even")), opened(factor, "even")
        lines += _table(factor, fit(factor, [*here, *there]), counted(here), counted(there))
    return "\n".join(lines) + "\n"


def _table(
    factor: str,
    found: Fit,
    here: dict[str, tuple[int, int]],
    there: dict[str, tuple[int, int]],
) -> Iterator[str]:
    yield f"\n[{factor}]\nbase = {found.worth.base:.2f}\napart = {found.level:.2f}"
    yield f"\n[{factor}.grounds]"
    for ground, weight in found.worth.weights.items():
        cases, right = here.get(ground, (0, 0))
        known, agree = there.get(ground, (0, 0))
        row = f"weight = {weight:.2f}, cases = {cases}, right = {right}"
        yield f'"{ground}" = {{ {row}, open = {known}, agree = {agree} }}'


# ---------- whether it may be believed


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


Measure = Callable[[str, Told], float]
"""How sure a draft is of a factor, or as a whole ("both")."""


def _outcomes(told: Iterable[Told], of: str, measure: Measure) -> list[Outcome]:
    """Of types where the date is right."""
    return [
        (measure(of, t), t.dated if of == "date" else t.right)
        for t in told
        if of != "type" or t.dated
    ]


def _as_shipped(of: str, told: Told) -> float:
    return told.draft.confidence if of == "both" else likely(of, told.draft.grounds)


def _by_the_rest(half: str) -> Measure:
    """By numbers made on the other articles of the half: so far it may be tuned by them."""
    read = episodes(half)
    fits = {
        (article, factor): fit(
            factor,
            [*ours(factor, (t for t in read if t.article != article)), *opened(factor, half)],
        ).worth
        for article in sorted({t.article for t in read})
        for factor in FACTORS
    }

    def measure(of: str, told: Told) -> float:
        factors = FACTORS if of == "both" else (of,)
        return math.prod(fits[told.article, f].likely(told.draft.grounds) for f in factors)

    return measure


def of_episodes(half: str, of: str = "both", measure: Measure = _as_shipped) -> Reliability:
    """Of a draft as a whole ("both"), of its "date", or of its "type" where the date is right."""
    made_on = _outcomes(episodes("even"), of, measure=_as_shipped)
    rate = sum(ok for _, ok in made_on) / len(made_on)
    return reliability(_outcomes(episodes(half), of, measure), rate)


def of_open(factor: str, half: str) -> Reliability:
    """Of the open cases, with the level that they have of their own."""
    level = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))[factor]["apart"]
    made_on = opened(factor, "even")
    told = []
    for case in opened(factor, half):
        p = likely(factor, case.grounds)
        told.append((1 / (1 + (1 - p) / p * math.exp(-level)), case.right))
    return reliability(told, sum(case.right for case in made_on) / len(made_on))


def main() -> None:
    if not (SHARED / "corpora").exists():
        sys.exit(f"There are no corpora in {SHARED}; DEMARCHE_SHARED names another folder.")
    NUMBERS.write_text(measured(), encoding="utf-8")
    numbers.cache_clear()
    episodes.cache_clear()
    say = sys.stdout.write
    say(NUMBERS.read_text(encoding="utf-8"))
    say("\nmean confidence → share right (cases), by fifths\n")
    by_the_rest = _by_the_rest("even")
    for of in ("both", *FACTORS):
        say(f"even, each article by the rest, {of:5}  {of_episodes('even', of, by_the_rest)}\n")
    for half in ("even", "odd"):
        for of in ("both", *FACTORS):
            say(f"{half:4}  episodes, {of:5}  {of_episodes(half, of)}\n")
        say(f"{half:4}  PLOVER records   {of_open('type', half)}\n")
        say(f"{half:4}  date words       {of_open('date', half)}\n")


if __name__ == "__main__":
    main()
