"""What lasted for days: "talks that began on Monday ended on Friday", "a two-day summit opened"."""

from dataclasses import replace

from spacy.tokens import Token

from timeline.dates import DAY, Basis, DateValue, Precision, words

from .clauses import Clause, Dating
from .dating import DateWord
from .dating.units import number
from .governing import OPENING, hangs_on
from .narration import verb_of
from .syntax import children, governor, is_verb, objects_of, particle

ENDING = frozenset("end conclude close finish adjourn".split())
GATHERING = frozenset("gather meet convene arrive come assemble".split())
"""Verbs of coming together: "for two days" after them says how long they stayed."""
LONGEST = 31


def first_and_last(trigger: Token, clause: Clause) -> tuple[DateWord, DateWord] | None:
    """ "The talks, which began on Monday, ended on Friday": the words for both days."""
    verb = governor(trigger)
    if verb is None or is_verb(trigger) or not ends(verb):
        return None
    begun = (t for t in clause.doc if t.dep_ == "relcl" and t.lemma_.lower() in OPENING)
    for opened in begun:
        first, last = hangs_on(opened, clause), hangs_on(verb, clause)
        if trigger.i < opened.i < verb.i and first is not None and last is not None:
            return first, last
    return None


def from_to(begun: Dating, ended: Dating) -> Dating | None:
    a, b = begun.date.earliest, ended.date.latest
    if not (begun.is_own and ended.is_own and a and b and a < b):
        return None
    assert begun.words is not None and ended.words is not None
    value = DateValue.range(a, b, lasting=True)
    because = f"it began “{begun.words.text}” and ended “{ended.words.text}” → {words(value)}"
    return Dating(value, ended.basis, because, ended.words)


def drawn_out(dating: Dating, trigger: Token) -> Dating:
    """ "A two-day summit opened on Thursday": both days, by what the words say of its length."""
    day, count, verb = dating.date.earliest, _days(trigger), verb_of(trigger)
    sharp = dating.date.precision is Precision.DAY and dating.basis is not Basis.CONTEXT
    if day is None or not (dating.is_own and sharp and verb) or not 1 < count <= LONGEST:
        return dating
    if ends(verb):
        value = DateValue.range(day - (count - 1) * DAY, day, lasting=True)
    elif verb.lemma_.lower() in OPENING | GATHERING:
        value = DateValue.range(day, day + (count - 1) * DAY, lasting=True)
    else:
        return dating
    because = f"{dating.because}; for {count} days → {words(value)}"
    return replace(dating, date=value, because=because)


def _days(trigger: Token) -> int:
    """How many days it is said to last; 0 if that is not said."""
    verb = verb_of(trigger)
    lengths = [*children(trigger, "compound", "amod", "nmod")]
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "of":
        lengths.append(trigger.head.head)
    if verb is not None:
        lengths += objects_of(verb, "for")
    for length in lengths:
        if length.lower_ in ("day", "days"):
            counts = (number(n.lower_) for n in children(length, "nummod"))
            return next((n for n in counts if n is not None), 0)
    return 0


def ends(verb: Token) -> bool:
    """ "ended", "broke up", "came to an end"."""
    lemma = verb.lemma_.lower()
    came_to = lemma == "come" and any(t.lemma_ in ("end", "close") for t in verb.subtree)
    return came_to or lemma in ENDING or (lemma == "break" and particle(verb) == "up")
