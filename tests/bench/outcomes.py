"""What was read of our episodes and of the open corpora, and whether it is right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from articles.extraction import Draft, NotEnglish, extract, load_lexicon
from articles.extraction.confidence import GRAINS
from articles.extraction.dating import find_dates, timexes
from articles.extraction.text import lay_out
from tests.bench import samples
from tests.bench.regression import Case
from tests.bench.samples import CORPORA, SHARED, Row, day, halves, rows, scorer
from tests.scoring import pair


@dataclass(frozen=True)
class Told:
    """A draft of our episodes: whether its date is right, whether date and type are."""

    article: str
    draft: Draft
    dated: bool
    right: bool


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
