"""The words of a sentence that tell what it is about, each with how much it tells."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from .extraction.dating.units import NUMBERS
from .extraction.lacking import lacking

STEM = 5
"""Letters of a word that are compared: "sanctions" and "sanctioned" are one."""
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
    week month year day days weeks months years hours last next first later earlier same
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


@lru_cache(maxsize=4096)
def salient(text: str) -> Mapping[str, int]:
    """The first letters of each content word, each number from 100 that is no year, how many days,
    hours or percent ("fifty days" and "50 days" are one), and what there is none of: "no progress",
    "failed to make any progress".

    Of a name in several words the last alone: "Donald Trump" and "Trump" are one word.
    """
    found: dict[str, int] = {}
    for match in MEASURE.finditer(text):
        number = NUMBERS.get(match[1].casefold(), match[1])
        found[f"{number} {match[2].casefold().rstrip('s')}"] = NAME
    found |= {f"no {word[:STEM]}": NAME for word in lacking(text)}
    for match in re.finditer(r"[^\W\d_]{3,}\b(?! [A-Z])|\d[\d,]*", text):
        word = match[0]
        if word[0].isdigit():
            number = int(word.replace(",", ""))
            if number >= 100 and number not in YEARS:
                found[str(number)] = NAME
        elif (folded := word.casefold()) not in EMPTY:
            named = word[0].isupper() and match.start() > 0
            stem = folded[:STEM]
            found[stem] = max(found.get(stem, 0), NAME if named else 1)
    return MappingProxyType(found)
