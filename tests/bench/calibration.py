"""How often a draft is right, by what it rests on: measures data/confidence.toml and writes it.

    uv run python -m tests.bench.calibration

Made on the articles, sentences and documents whose id has an even SHA-256, tried on the odd ones.

    P(right) = P(date right) x P(type right, given its date)

each by a regression on the drafts of our episodes and, for the type, the PLOVER records, for the date
the date words of EventStoryLine, GUM and WikiWars that their annotators marked too.

Grounds are few, and taken where they foretell an article of the even half from all the others. Three
that did so were left out all the same, because on the odd half it is the other way round: to be the
only event of its sentence, to be told again, a short sentence.
"""

import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from articles.extraction.confidence import FACTORS, NUMBERS, likely, numbers
from tests.bench.outcomes import Told, episodes, opened, ours
from tests.bench.regression import Case, Fit, fit
from tests.bench.reliability import Outcome, Reliability, reliability
from tests.bench.samples import SHARED

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
