"""The main line of a sentence: what it is there to tell, whoever says so.

The first sentence of a report is its news; the deed of its main line is an event even where
nobody in it is known by name and no date stands beside it.
"""

from spacy.tokens import Doc, Token

from .saying import is_telling
from .syntax import children, governor, is_verb

LEAD = 2
"""So many sentences are the lead, in which whatever is said is news."""
OPENING = frozenset("begin start continue manage help".split())
"""Verbs that say how far the deed beneath has come; the deed is what is told."""
TAKEN = ("nsubj", "nsubjpass", "dobj", "attr")


def main_line(doc: Doc) -> frozenset[int]:
    """Positions of the verbs that carry the sentence: its root, what the root reports, and what is
    joined to either by "and"."""
    found: set[int] = set()
    waiting = [token for token in doc if token.dep_ == "ROOT"]
    while waiting:
        token = waiting.pop()
        found.add(token.i)
        waiting += [c for c in children(token, "conj") if is_verb(c)]
        if is_telling(token) or not is_verb(token):
            waiting += list(children(token, "ccomp", "parataxis"))
        if token.lemma_ in OPENING:
            waiting += list(children(token, "xcomp"))
    return frozenset(found)


def is_on(line: frozenset[int], trigger: Token) -> bool:
    """The trigger is a verb of the main line, or a noun that such a verb takes or that stands alone.

    Not a noun in passing: "called for sanctions in the wake of the execution".
    """
    if trigger.i in line:
        return True
    noun = trigger
    while noun.dep_ == "conj" or (noun.dep_ == "pobj" and noun.head.lower_ == "of"):
        noun = noun.head if noun.dep_ == "conj" else noun.head.head
    return noun.dep_ in TAKEN and noun.head.i in line


def depth(trigger: Token) -> float:
    """How many verbs stand above the trigger; a noun stands half a step below its verb."""
    verb = trigger if is_verb(trigger) else (governor(trigger) or trigger)
    above = sum(is_verb(token) and verb.dep_ != "conj" for token in verb.ancestors)
    return above + (0 if verb == trigger else 0.5)
