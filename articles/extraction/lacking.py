"""What a sentence says there is none of. Two accounts of one remark have that in common, whatever
the words: "brought no progress", "I didn't make any progress"."""

import re

_LACKING = re.compile(
    r"\b(?:no|(?:not|\w+n[’']t|never|without|fail\w*|den(?:y|ies|ied)|refus\w*)\b[^.;:]{0,40}?\bany)"
    r" (\w{3,})",
    re.IGNORECASE,
)
_NONE_OF_IT = frozenset("one longer more doubt matter such other".split())
""" "No longer", "no doubt": nothing is lacking there."""


def lacking(sentence: str) -> frozenset[str]:
    """The words behind "no", or behind "any" with a denial before it."""
    found = (match[1].casefold() for match in _LACKING.finditer(sentence))
    return frozenset(word for word in found if word not in _NONE_OF_IT)
