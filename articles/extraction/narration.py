"""How an event is told: as past, as past before the story's day, as made known by who did it."""

from spacy.tokens import Token

from .saying import is_telling
from .syntax import children, governor, is_verb, subjects

SCHEDULED = frozenset("schedule plan set slate fix expect await due".split())
"""Participles that speak of what is to come: "talks planned for Friday"."""
DECIDING = frozenset(
    "order decide decree authorise authorize approve suspend lift appoint dismiss cancel impose".split()
)
"""Deeds that are done by making them known, or not long before."""


def verb_of(trigger: Token) -> Token | None:
    return trigger if is_verb(trigger) else governor(trigger)


def is_of_day(noun: Token) -> bool:
    """ "his letter of Friday", "a note dated 3 July": named by the day that it was written."""
    links = [c for c in children(noun, "prep") if c.lower_ == "of"]
    links += [c for c in children(noun, "acl") if c.lower_ == "dated"]
    return any(c.ent_type_ == "DATE" for link in links for c in link.children)


def is_past(trigger: Token) -> bool:
    """Told in the past tense, or as a noun that no verb depends on, or of a day."""
    if not is_verb(trigger) and is_of_day(trigger):
        return True
    verb = verb_of(trigger)
    return verb is None or _is_past(verb)


def _is_past(verb: Token) -> bool:
    auxiliaries = list(children(verb, "aux", "auxpass"))
    joined = verb.dep_ == "conj" and is_verb(verb.head) and not auxiliaries
    if joined and verb.head.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in SCHEDULED:
        return False  # "is in Rome and awaited in Paris"
    if any(aux.tag_ == "MD" or aux.lower_ == "to" for aux in auxiliaries):
        return False
    if verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in auxiliaries):
        return True
    if verb.tag_ != "VBN":
        return False
    if auxiliaries:  # "has met" is past, "is awaited" is not
        return any(aux.lemma_ == "have" for aux in auxiliaries)
    return _is_past(verb.head) if joined else verb.lemma_.lower() not in SCHEDULED


def is_present(verb: Token) -> bool:
    """In the simple present of a verb that tells of a deed: "votes", not "is" or "has voted"."""
    auxiliaries = any(True for _ in children(verb, "aux", "auxpass"))
    return verb.tag_ in ("VBZ", "VBP") and not auxiliaries and verb.lemma_ not in ("be", "have")


def is_perfect(trigger: Token) -> bool:
    """In the past perfect: "had spoken with Merz"."""
    verb = verb_of(trigger)
    return verb is not None and any(aux.lower_ == "had" for aux in children(verb, "aux"))


def is_anterior(trigger: Token) -> bool:
    """In the past perfect of a main clause: "Before that he had spoken with Merz"."""
    verb = verb_of(trigger)
    if verb is None or not is_perfect(trigger):
        return False
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    return verb.dep_ == "ROOT"


def is_said_at_once(trigger: Token) -> bool:
    """ "said on Tuesday that Kyiv offered a truce": with these words it was offered."""
    offered = trigger.tag_ == "VBD" and trigger.dep_ == "ccomp" and is_telling(trigger)
    return (offered and is_telling(trigger.head)) or _is_agreed(trigger)


def _is_agreed(noun: Token) -> bool:
    """ "agreed to a ceasefire on Monday", "declared a truce": with that it was concluded."""
    verb = None if is_verb(noun) else governor(noun)
    if verb is not None and verb.lemma_ in ("declare", "proclaim"):
        return noun.dep_ == "dobj" and verb.dep_ != "ccomp"
    return verb is not None and verb.lemma_ == "agree" and noun.dep_ in ("dobj", "pobj")


def is_own_decision(trigger: Token) -> bool:
    """ "said on Tuesday that he had ordered it": the decision is the news, its day is not told."""
    if trigger.dep_ != "ccomp" or trigger.lemma_.lower() not in DECIDING:
        return False
    return is_perfect(trigger) and all(
        s.lower_ in ("he", "she", "it", "they") for s in subjects(trigger)
    )
