"""Which date words of a sentence belong to which event, by the parse."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from .clauses import Clause
from .dating import DateWord
from .rules import is_event_noun
from .saying import is_telling
from .syntax import children, governor, is_verb

NOMINAL = frozenset(
    "pobj prep npadvmod compound nmod amod poss advmod nummod appos pcomp dobj det quantmod conj "
    "nsubj nsubjpass attr dep dative agent".split()
)
"""Links on the way from a date word up to the verb that it dates."""
ONWARD = frozenset("conj xcomp advcl acl prep pcomp".split())
"""Links from a verb up to one that lends it its date: "flew on Monday to meet", "came and met"."""


def _head(word: DateWord, clause: Clause) -> Token | None:
    """The token of the date words that hangs on something outside them."""
    span = clause.doc.char_span(
        word.start - clause.start, word.end - clause.start, alignment_mode="expand"
    )
    return span.root if span is not None else None


def _path(token: Token) -> Iterator[Token]:
    """The words a date may belong to: nouns on the way, and the verb at its end.

    A verb of saying is not reached through an event: "described his call of July 4".
    """
    through_event = False
    while token.dep_ in NOMINAL and token.head != token:
        through_event = through_event or is_event_noun(token)
        token = token.head
        if token.lemma_ == "time" or (through_event and is_verb(token) and is_telling(token)):
            return
        yield token
        if is_verb(token):
            return


def _carriers(trigger: Token) -> Iterator[Token]:
    """The trigger, then the words whose date is its date too, the nearest first."""
    yield trigger
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None:
        return
    if verb != trigger:
        if is_telling(verb):
            return
        yield verb
    for below in children(verb, "advcl", "acl"):
        if below.tag_ == "VBG":
            yield below
    for subject in children(verb, "nsubj"):  # "a statement issued on Tuesday condemned"
        yield from children(subject, "acl")
    while verb.dep_ in ONWARD and verb.head != verb:
        crossing = is_telling(verb.head) and verb.dep_ != "conj"
        verb = verb.head
        if is_verb(verb):
            if crossing:
                return
            yield verb


def governing(trigger: Token, clause: Clause) -> DateWord | None:
    """The date words that the parse gives the event for its own."""
    carriers = list(_carriers(trigger))
    best: tuple[tuple[int, int, int], DateWord] | None = None
    for word in clause.dates:
        head = _head(word, clause)
        if head is None:
            continue
        path = [head, *_path(head)]
        for rank, carrier in enumerate(carriers):
            if carrier in path and not _behind_another(carrier, trigger, word, clause):
                key = (rank, path.index(carrier), abs(head.i - trigger.i))
                if best is None or key < best[0]:
                    best = (key, word)
    return _sharper(best[1], clause) if best is not None else None


def _sharper(word: DateWord, clause: Clause) -> DateWord:
    """ "Earlier this month he called, on the 3rd": the day within the month is what dates it.

    Only where both hang on one verb: another clause's day is not this one's.
    """
    wide, verb = (word.date.window if word.date else None), _dated_verb(word, clause)
    if wide is None or verb is None or (wide[1] - wide[0]).days < 6:
        return word
    for other in clause.dates:
        inner = other.date.window if other.date else None
        within = inner and inner[0] == inner[1] and wide[0] <= inner[0] <= wide[1]
        if within and _dated_verb(other, clause) == verb:
            return other
    return word


def _dated_verb(word: DateWord, clause: Clause) -> Token | None:
    head = _head(word, clause)
    return next((t for t in _path(head) if is_verb(t)), None) if head is not None else None


def _behind_another(carrier: Token, trigger: Token, word: DateWord, clause: Clause) -> bool:
    """A verb joined on ("met on Monday and flew home on Tuesday") keeps its date to itself."""
    if carrier == trigger or not is_verb(carrier):
        return False
    head = _head(word, clause)
    verb = trigger if is_verb(trigger) else governor(trigger)
    return (
        verb is not None
        and verb.dep_ == "conj"
        and head is not None
        and carrier.i < verb.i < head.i
    )


def fronted(trigger: Token, clause: Clause) -> DateWord | None:
    """Date words that open the sentence belong to its main verb, whatever the parse makes of them."""
    verb = trigger if is_verb(trigger) else trigger.head
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    if verb.dep_ != "ROOT":
        return None
    for word in clause.dates[:1]:
        head = _head(word, clause)
        if head is not None and word.start - clause.start <= len("In the afternoon of "):
            return _sharper(word, clause)
    return None


def only_one(trigger: Token, clause: Clause) -> DateWord | None:
    """The sentence's one date, unless the parse hangs it on a verb of another clause."""
    if len(clause.dates) != 1:
        return None
    head = _head(clause.dates[0], clause)
    if head is None or clause.dates[0].bound == "since":
        return None
    line = {trigger, *trigger.ancestors}
    for token in (head, *head.ancestors):
        if token in line:
            return None if is_telling(token) and token != trigger else clause.dates[0]
        if token.dep_ in ("ccomp", "relcl", "advcl", "acl") or is_telling(token):
            return None
    return None


def only_ahead(clause: Clause) -> DateWord | None:
    """The sentence's only day to come is that of its plan, wherever the parse hangs it."""
    coming = [word for word in clause.dates if is_ahead(word, clause)]
    return coming[0] if len(coming) == 1 else None


def is_ahead(word: DateWord, clause: Clause) -> bool:
    day, window = clause.anchor.day, word.date.window if word.date else None
    return day is not None and window is not None and window[1] > day


def told_on(trigger: Token, clause: Clause) -> DateWord | None:
    """The date of the verb of saying above the trigger: the event lies before or after it."""
    for word in clause.dates:
        head = _head(word, clause)
        if head is None:
            continue
        for verb in _path(head):
            if is_telling(verb) and verb != trigger and verb in trigger.ancestors:
                return word
    return None


def joined(word: DateWord, used: set[DateWord], clause: Clause) -> bool:
    """ "on Monday and once more on Tuesday", "in February, then in March": a second day of the same."""
    between = [
        clause.doc.text[max(other.end, 0) - clause.start : word.start - clause.start].lower()
        for other in used
        if other.end <= word.start
    ]
    return any(
        len(gap) < 40 and re.search(r"\b(and|again|then|once more)\b", gap) for gap in between
    )


def unused_dates(used: set[DateWord], clause: Clause) -> Iterator[tuple[Token, DateWord]]:
    """(verb, its date words) for those that no event has taken."""
    for word in clause.dates:
        if word not in used and (verb := _dated_verb(word, clause)) is not None:
            yield verb, word


def hangs_on(verb: Token, clause: Clause) -> DateWord | None:
    """Date words that hang on the verb itself: by a preposition, or as "yesterday" does."""
    for word in clause.dates:
        head = _head(word, clause)
        if head is None:
            continue
        for token in (head, *_path(head)):
            if token.head == verb and token.dep_ in ("npadvmod", "prep", "advmod", "attr"):
                return _sharper(word, clause)
            if token != head and token.pos_ not in ("ADP", "ADV"):
                break
    return None


def has_own_date(verb: Token, clause: Clause) -> bool:
    """Date words hang on the word itself, not on its complement."""
    heads = (_head(word, clause) for word in clause.dates)
    return any(verb in _path(head) for head in heads if head is not None)
