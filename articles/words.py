"""The words of a sentence that tell what it is about, each with how much it tells."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import snowballstemmer

from .extraction.dating.units import NUMBERS
from .extraction.lacking import lacking

SYNONYMS = Path(__file__).with_name("synonyms.toml")
PARTICLE_AFTER = 6
"""Fewer words than this from a verb to its particle: "took all of the launchers away"."""
NAME = 2
"""What a name or a number tells beside a common word."""
EMPTY = frozenset(
    """
    about after again against all also although among and any are because been before being
    both but can could did does during each even every for from had has have having her here
    hers him his how however into its itself just like made make many may more most much must
    nor not now off once one only other our out over own said same say says she should since
    some such than that the their them then there these they this those though through told too
    two under until upon very was well were what when where which while who whom why will with
    without would yet you your monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    president presidents premier prime minister ministers secretary chancellor chairman king pope
    leader leaders spokesman spokeswoman official officials envoy ambassador foreign defence defense
    state government country capital news agency reporters journalists reporter journalist press
    interview conference speech address statement speaking spoke speak asked told tells telling
    added noted called calling announced evening morning afternoon night today yesterday tomorrow
    week month year day days weeks months years hours last next first later earlier same ago
    get got gave give given gives giving take taken takes took put came come comes coming went gone
    way back down less least part place thing things
    """.split()
)
"""Words of three letters and more that say nothing about the subject: those that any sentence
has, the words for who speaks and to whom, and those for when."""
YEARS = range(1900, 2100)
MEASURE = re.compile(
    rf"\b(\d+|{'|'.join(name for name in NUMBERS if ' ' not in name and len(name) > 2)})"
    r" (days?|hours?|percent|points?)\b",
    re.IGNORECASE,
)


def stem(word: str) -> str:
    """What a word has in common with all that is made from it, by Porter's second algorithm
    ("sanctions" and "sanctioned" are one), and with its synonyms."""
    root = _root(word)
    return _synonyms().get(root, root)


@lru_cache(maxsize=32_768)
def _root(word: str) -> str:
    """A stemmer of its own for each, since one may not serve two threads at the same time."""
    root: str = snowballstemmer.stemmer("english").stemWord(word.casefold())
    return root


@cache
def _rows() -> dict[str, Any]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@cache
def _synonyms() -> Mapping[str, str]:
    """The root of each word that has synonyms → the root of the first of them."""
    return {_root(word): _root(words[0]) for words in _rows()["sets"] for word in words}


@cache
def _particle_verbs() -> tuple[tuple[frozenset[str], frozenset[str], str], ...]:
    """The roots of the verbs, the particles, and the stem of the word for both."""
    return tuple(
        (frozenset(map(_root, row["verbs"])), frozenset(row["particles"]), stem(row["word"]))
        for row in _rows()["particle"]
    )


def _told_by_particles(text: str) -> Iterator[str]:
    """Withdrawal in "ship them back"."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    for verbs, particles, meant in _particle_verbs():
        for i, word in enumerate(words):
            behind = words[i + 1 : i + PARTICLE_AFTER]
            if _root(word) in verbs and not particles.isdisjoint(behind):
                yield meant


@lru_cache(maxsize=4096)
def salient(text: str) -> Mapping[str, int]:
    """The stem of each content word, each number from 100 that is no year, how many days, hours or
    percent ("fifty days" and "50 days" are one), and what there is none of: "no progress", "failed
    to make any progress".

    Of a name in several words the last alone: "Donald Trump" and "Trump" are one word.
    """
    found: dict[str, int] = {}
    for match in MEASURE.finditer(text):
        number = NUMBERS.get(match[1].casefold(), match[1])
        found[f"{number} {match[2].casefold().rstrip('s')}"] = NAME
    found |= {f"no {stem(word)}": NAME for word in lacking(text)}
    for match in re.finditer(r"[^\W\d_]{3,}\b(?! [A-Z])|\d[\d,]*", text):
        word = match[0]
        if word[0].isdigit():
            number = int(word.replace(",", ""))
            if number >= 100 and number not in YEARS:
                found[str(number)] = NAME
        elif word.casefold() not in EMPTY:
            named = word[0].isupper() and match.start() > 0
            root = stem(word)
            found[root] = max(found.get(root, 0), NAME if named else 1)
    for root in _told_by_particles(text):
        found.setdefault(root, 1)
    return MappingProxyType(found)
