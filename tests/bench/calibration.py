"""How often a draft is right, by what it rests on: measures data/confidence.toml and writes it.

    uv run python -m tests.bench.calibration

Made on the articles, sentences and documents whose id has an even SHA-256, tried on the odd ones.

    P(right) = P(date right) x P(type right, given its date)
    P(date right) = P(its words are resolved rightly) x P(they are this event's)

The words are counted in the open corpora of dates, the rest is a logistic fit with a ridge on our
episodes; the type is fitted together with the PLOVER records, which have a level of their own (they
name one event a sentence, so that a second one, rightly read, counts as wrong there).
"""

import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from articles.extraction import Draft, NotEnglish, extract, load_lexicon
from articles.extraction.confidence import FACTORS, GRAINS, NUMBERS, likely, numbers, words_of
from articles.extraction.dating import find_dates, timexes
from articles.extraction.text import lay_out
from tests.bench import samples
from tests.bench.samples import CORPORA, SHARED, Row, day, halves, rows, scorer
from tests.scoring import pair

BINS = 5
RIDGE = 1.0
STEPS = 3000
FEW = 8
"""Words of a kind seen more seldom lean on the rate of all: so many cases of it are added."""
GROUPS = {
    "type": {
        "trigger": ("verb", "noun", "words", "statement", "other"),
        "actors": ("0", "1", "2"),
        "clause": ("other", "main"),
        "lead": ("no", "yes"),
        "quoted": ("yes", "no"),
        "happened": ("no", "yes"),
    },
    "date": {
        "words": ("none", "telling", "own"),
        "basis": (
            *("none", "publication", "context", "dateline", "relative", "weekday", "explicit"),
        ),
        "grain": ("none", "bound", "wide", "days", "day"),
        "actors": ("0", "1", "2"),
        "clause": ("other", "main"),
        "lead": ("no", "yes"),
    },
}
"""The grounds of each factor. Where they are in order a later one is never worth less; a group of
which the cases have one alone is worth nothing."""
UNORDERED = ("trigger", "happened")
OPEN = "corpus: open"


@dataclass(frozen=True)
class Case:
    """A draft with what it rests on, and whether it is right; `alone` is what its words are worth."""

    grounds: tuple[str, ...]
    right: bool
    alone: float = 1.0


@dataclass
class Fit:
    base: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)


# ---------- what was read, and whether it is right


@cache
def episodes(name: str) -> list[tuple[Draft, bool, bool]]:
    """(draft, whether its date is right, whether date and type are) of one half of our dispatches."""
    found = []
    for path in sorted(samples.ROOT.glob("seeds/*/expected.jsonl")):
        expected = {row["id"]: row["events"] for row in rows(path)}
        for row in dict(halves(rows(path.parent / "articles.jsonl")))[name]:
            drafts = _drafts(row)
            both = {j for _, j in pair(expected[row["id"]], drafts, same_type=True)}
            dated = {j for _, j in pair(expected[row["id"]], drafts, same_type=False)} | both
            found += [(d, j in dated, j in both) for j, d in enumerate(drafts)]
    return found


def records(name: str) -> Iterator[Case]:
    """The PLOVER records: whether a draft has the root that its sentence is known for."""
    tool = scorer("score_types")
    for row in dict(halves(rows(SHARED / "corpora/events_plover_gsr.jsonl")))[name]:
        known = row["events"][0]["plover"]
        for draft in _drafts(row):
            if roots := tool.roots({"type": draft.type, "status": draft.status}):
                right = tool.FOLD.get(known, known) in roots
                yield Case((*draft.grounds, OPEN), right)


def words(name: str) -> Iterator[tuple[str, bool]]:
    """(kind, whether resolved as annotated) of the date words that annotators marked too."""
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
                    yield f"{word.basis.value} {grain}", value == tool.norm(timex[j])


def _drafts(row: Row) -> list[Draft]:
    try:
        return extract(row["text"], published=day(row), lexicon=load_lexicon())
    except NotEnglish:
        return []


# ---------- fitting


def fit(factor: str, cases: Sequence[Case]) -> Fit:
    """Steps uphill on the likelihood with a ridge; ordered grounds may only rise."""
    index = {name: i for i, name in enumerate([*_steps(factor, cases), OPEN])}
    rises = {i for name, i in index.items() if name.split(": ")[0] not in (*UNORDERED, "corpus")}
    known = [([index[n] for n in _held(factor, c) if n in index], c.right, c.alone) for c in cases]
    base, weights = 0.0, [0.0] * len(index)
    rate = 4 / (len(cases) * 6)
    for _ in range(STEPS):
        slopes = [-RIDGE * w for w in weights]
        slopes[index[OPEN]] = slope = 0.0
        for held, right, alone in known:
            p = 1 / (1 + math.exp(-base - sum(weights[i] for i in held)))
            pull = 1 - p if right else -alone * p * (1 - p) / (1 - alone * p)
            slope += pull
            for i in held:
                slopes[i] += pull
        base += rate * slope
        for i, s in enumerate(slopes):
            weights[i] += rate * s
            if i in rises:
                weights[i] = max(weights[i], 0.0)
    return Fit(base, {name: weights[i] for name, i in index.items()})


def _steps(factor: str, cases: Iterable[Case]) -> list[str]:
    """What is fitted: of ordered grounds the step up to each, of others each by itself."""
    seen = {ground for case in cases for ground in case.grounds}
    return [
        f"{group}: {level}"
        for group, levels in GROUPS[factor].items()
        if sum(f"{group}: {level}" in seen for level in levels) > 1
        for level in (levels if group in UNORDERED else levels[1:])
    ]


def _held(factor: str, case: Case) -> Iterator[str]:
    for ground in case.grounds:
        group, level = ground.split(": ")
        levels = GROUPS[factor].get(group)
        if (ground == OPEN and factor == "type") or (levels and group in UNORDERED):
            yield ground
        elif levels:
            yield from (f"{group}: {step}" for step in levels[1 : levels.index(level) + 1])


def worth(factor: str, found: Fit) -> dict[str, float]:
    """The weight of every ground by itself."""
    weights = {}
    for group, levels in GROUPS[factor].items():
        total = 0.0
        for level in levels:
            step = found.weights.get(f"{group}: {level}", 0.0)
            total = step if group in UNORDERED else total + step
            weights[f"{group}: {level}"] = total
    return weights


# ---------- the data file

HEAD = """\
# How likely a draft is right. Measured, not written by hand: uv run python -m tests.bench.calibration
#
#   P(right) = [date] x [type];  each is  words / (1 + e^-(base + the weights of its grounds))
#
#   weight        what a ground adds to the log-odds
#   cases, right  drafts of our episodes that have the ground, and how many of them are right
#   open, agree   the same of the PLOVER records
#   records       the log-odds that the PLOVER records are harder by: they name one event a sentence,
#                 so that a second one, rightly read, counts as wrong there; a reader never adds it
#   [date.words]  date words of each kind in the open corpora (EventStoryLine, GUM, WikiWars) that
#                 their annotators marked too, and how many are resolved as marked; `right` is that
#                 share, and for rare kinds it leans on the share of all
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


def _table(factor: str, found: Fit, ours: Sequence[Case], theirs: Sequence[Case]) -> Iterator[str]:
    here, there = counted(ours), counted(theirs)
    yield f"\n[{factor}]\nbase = {found.base:.2f}"
    if theirs:
        yield f"records = {found.weights[OPEN]:.2f}"
    yield f"\n[{factor}.grounds]"
    for ground, weight in worth(factor, found).items():
        n, right = here.get(ground, (0, 0))
        row = f"weight = {weight:.2f}, cases = {n}, right = {right}"
        if theirs:
            n, right = there.get(ground, (0, 0))
            row += f", open = {n}, agree = {right}"
        yield f'"{ground}" = {{ {row} }}'


def measured() -> str:
    """The text of the data file."""
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, resolved in words("even"):
        kinds[kind][0] += 1
        kinds[kind][1] += resolved
    all_of_them, all_right = (sum(n[i] for n in kinds.values()) for i in (0, 1))
    rate = all_right / all_of_them
    share = {kind: (right + FEW * rate) / (n + FEW) for kind, (n, right) in kinds.items()}
    read = episodes("even")
    dated = [Case(d.grounds, ok, share.get(words_of(d.grounds), 1.0)) for d, ok, _ in read]
    typed = [Case(d.grounds, both) for d, ok, both in read if ok]
    known = list(records("even"))
    lines = [HEAD.rstrip()]
    lines += _table("type", fit("type", [*typed, *known]), typed, known)
    lines += _table("date", fit("date", dated), dated, ())
    lines.append("\n[date.words]")
    for kind, (n, right) in sorted(kinds.items()):
        lines.append(f'"{kind}" = {{ right = {share[kind]:.3f}, cases = {n}, agree = {right} }}')
    return "\n".join(lines) + "\n"


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

    def __str__(self) -> str:
        said = "  ".join(f"{mean:.2f}→{share:.2f} ({n})" for n, mean, share in self.bins)
        return f"ECE {self.error:.3f}  Brier {self.brier:.3f}, constant {self.constant:.3f}  {said}"


def reliability(told: Sequence[tuple[float, bool]], rate: float) -> Reliability:
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
    )


Measure = Callable[[Draft], float]


def of_episodes(half: str, of: str = "both") -> Reliability:
    """Of a draft as a whole ("both"), of its "date", or of its "type" where the date is right."""
    measures: dict[str, Measure] = {
        "both": lambda d: d.confidence,
        "date": lambda d: likely("date", d.grounds),
        "type": lambda d: likely("type", d.grounds),
    }

    def told(name: str) -> list[tuple[float, bool]]:
        return [
            (measures[of](d), ok if of == "date" else both)
            for d, ok, both in episodes(name)
            if of != "type" or ok
        ]

    made_on = told("even")
    return reliability(told(half), sum(ok for _, ok in made_on) / len(made_on))


def of_words(half: str) -> Reliability:
    alone = numbers()["date"].alone
    made_on = [ok for _, ok in words("even")]
    told = [(alone.get(kind, 1.0), ok) for kind, ok in words(half)]
    return reliability(told, sum(made_on) / len(made_on))


def of_records(half: str) -> Reliability:
    """With the level that the records have of their own."""
    level = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))["type"]["records"]
    made_on = [c.right for c in records("even")]
    told = []
    for case in records(half):
        p = likely("type", case.grounds)
        told.append((1 / (1 + (1 - p) / p * math.exp(-level)), case.right))
    return reliability(told, sum(made_on) / len(made_on))


def main() -> None:
    if not (SHARED / "corpora").exists():
        sys.exit(f"There are no corpora in {SHARED}; DEMARCHE_SHARED names another folder.")
    NUMBERS.write_text(measured(), encoding="utf-8")
    numbers.cache_clear()
    episodes.cache_clear()
    say = sys.stdout.write
    say(NUMBERS.read_text(encoding="utf-8"))
    say("\nmean confidence → share right (cases), by fifths\n")
    for half in ("even", "odd"):
        for of in ("both", *FACTORS):
            say(f"{half:4}  episodes, {of:5}  {of_episodes(half, of)}\n")
        say(f"{half:4}  PLOVER records   {of_records(half)}\n")
        say(f"{half:4}  date words       {of_words(half)}\n")


if __name__ == "__main__":
    main()
