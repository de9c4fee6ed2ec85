"""In which places of a sentence the participants of an event stand."""

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

from .syntax import LENDING, LIGHT, children, governor, is_verb, objects_of, patients, subjects
from .who import PLACED

Place = Callable[[Token, Token | None], Iterator[Token]]
"""(trigger, the verb that it is or depends on) → heads of the phrases at one place."""
BEING = ("be", "have", "become")
ABOUT = ("dobj", "nsubjpass", "nsubj")
"""Links by which a noun's event takes the phrases of its verb: "had talks … with Castro"."""


def participants(token: Token, place: str) -> Iterator[Token]:
    """Heads of the phrases at `place`, a word of [roles] or a preposition, around the trigger."""
    verb = token if is_verb(token) else governor(token)
    if place in PLACES:
        yield from PLACES[place](token, verb)
    else:
        yield from _by_preposition(token, verb, place)


def _subject(token: Token, verb: Token | None) -> Iterator[Token]:
    if verb is not None and (verb == token or _lends(verb, token)):
        yield from subjects(verb)


def _lends(verb: Token, noun: Token) -> bool:
    """Whether the verb's subject takes part in the noun's event: "held talks", "cancelled a visit"."""
    if noun.dep_ not in ("dobj", "pobj", "conj", "attr"):
        return False
    if verb.lemma_.lower() in LIGHT:
        return True
    apart = any(child.lower_ in ("between", "by") for child in children(noun, "prep"))
    return verb.lemma_.lower() in LENDING and not apart


def _of_being(token: Token, verb: Token | None) -> Iterator[Token]:
    """Zelensky in "Zelensky was the guest of Erdogan"."""
    if verb is not None and verb.lemma_ in BEING and token.dep_ in ("attr", "dobj"):
        yield from subjects(verb)


def _object(token: Token, verb: Token | None) -> Iterator[Token]:
    if verb == token:
        yield from patients(token)


def _possessor(token: Token, verb: Token | None) -> Iterator[Token]:
    yield from _modifiers(token, "poss")


def _modifier(token: Token, verb: Token | None) -> Iterator[Token]:
    yield from _modifiers(token, "compound", "amod", "nmod")


def _modifiers(token: Token, *labels: str) -> Iterator[Token]:
    for child in children(token, *labels):
        yield child
        yield from children(child, "compound", "nmod", "conj")


def _envoy(token: Token, verb: Token | None) -> Iterator[Token]:
    """The state of an envoy who is summoned or expelled."""
    for head in patients(token):
        yield from children(head, "amod", "compound", "poss", "nmod")
        yield from objects_of(head, "of", "from", "to")


def _place(token: Token, verb: Token | None) -> Iterator[Token]:
    for holder in (token, verb):
        if holder is not None:
            yield from objects_of(holder, *PLACED)


def _by_preposition(token: Token, verb: Token | None, place: str) -> Iterator[Token]:
    yield from objects_of(token, place)
    for adverb in children(token, "advmod"):
        if adverb.lower_ == place:
            yield from objects_of(adverb, "to")
    if verb == token and token.lemma_ == "spend":
        for thing in patients(token):
            yield from objects_of(thing, place)
    if verb is not None and verb != token and token.dep_ in ABOUT:
        yield from objects_of(verb, place)


PLACES: Mapping[str, Place] = {
    "subj": _subject,
    "be": _of_being,
    "obj": _object,
    "poss": _possessor,
    "comp": _modifier,
    "envoy": _envoy,
    "place": _place,
}
