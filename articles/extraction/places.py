"""Where something happened, as the text names it: towns, regions and countries."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from .syntax import children, is_verb, objects_of

PLACED = ("in", "at", "near", "outside", "into", "over", "off", "from", "across", "around", "on")
"""Prepositions after which a town or a country is a place, unless the event says it is a target."""
TOPICAL = ("on", "over")
""" "Talks on Ukraine" are not held there; nothing is done "on" a country, though on an island."""
WAYS = frozenset(
    "go come fly travel return head journey trip flight tour visit drive sail move rush".split()
)
"""Words of going, whose "to" leads to the place."""
SPOTS = frozenset(
    "town city village port capital province region district suburb resort island area state base "
    "camp outskirt border north south east west".split()
)
""" "The port of Tyre": the place has its name behind "of"."""
REACHING = frozenset(
    """
    strike hit bomb shell attack pound raid storm seize capture take retake recapture bombard target
    besiege destroy shake rock overrun occupy invade liberate visit tour leave reach enter
    """.split()
)
"""Verbs whose object is where it happens: "struck Kharkiv", not "blamed Moscow"."""
NAMED = ("GPE", "LOC", "FAC")


def places(heads: Iterable[Token]) -> tuple[str, ...]:
    """The places of the event that these words tell of: its trigger and the verb above it."""
    found = [name for head in heads for name in _below(head, 2)]
    return tuple(dict.fromkeys(found))


def _below(head: Token, depth: int) -> Iterator[str]:
    """Also those of "a fire in a house in Kyiv", `depth` phrases down."""
    for prep in (*PLACED, "to") if head.lemma_ in WAYS else PLACED:
        for token in objects_of(head, prep):
            if token.ent_type_ in NAMED:
                if prep not in TOPICAL or token.ent_type_ != "GPE" or _flown(head, prep):
                    yield _name(token)
            elif depth and not is_verb(token):
                yield from _spot(token)
                yield from _below(token, depth - 1)
    if depth == 2:
        for thing in children(head, "dobj", "nsubjpass"):
            if thing.ent_type_ == "GPE" and head.lemma_ in REACHING:
                yield _name(thing)
            yield from _spot(thing)
            yield from _below(thing, 1)


def _spot(token: Token) -> Iterator[str]:
    if token.lemma_ in SPOTS:
        yield from (_name(t) for t in objects_of(token, "of") if t.ent_type_ in NAMED)


def _flown(head: Token, prep: str) -> bool:
    """ "Shot down over Ukraine", unlike "talks over Ukraine"."""
    return prep == "over" and is_verb(head)


def _name(token: Token) -> str:
    span = next(e for e in token.doc.ents if e.start <= token.i < e.end)
    return span.text.removeprefix("the ").removeprefix("The ")
