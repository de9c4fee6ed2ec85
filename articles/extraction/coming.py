"""Which date words of a sentence are a plan's."""

from spacy.tokens import Token

from .clauses import Clause
from .dating import DateWord
from .governing import OPENING, dated_verb, is_apart, is_outside, is_source


def is_ahead(word: DateWord, clause: Clause) -> bool:
    day, window = clause.anchor.day, word.date.window if word.date else None
    return day is not None and window is not None and window[1] > day


def only_ahead(trigger: Token, clause: Clause, *, below: bool = False) -> DateWord | None:
    """The sentence's only day to come is that of its plan, unless another clause is joined there:
    "said that he would meet Kim and that Friday was not excluded"."""
    coming = [
        word for word in clause.dates if is_ahead(word, clause) and not is_source(word, clause)
    ]
    if len(coming) != 1:
        return None
    verb = dated_verb(coming[0], clause)
    if below and (verb is None or verb not in trigger.subtree):
        return None
    if verb is not None and (is_apart(verb, trigger) or is_outside(verb, trigger)):
        return None
    return coming[0]


def opening(word: DateWord, clause: Clause) -> bool:
    """ "will meet at the summit, which opens on Friday": not before Friday."""
    verb = dated_verb(word, clause)
    return verb is not None and verb.dep_ in ("relcl", "acl") and verb.lemma_.lower() in OPENING
