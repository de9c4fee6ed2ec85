"""The date of an event: the date words that govern its trigger, else the discourse's, else a bound.

Every answer carries the sentence that explains it.
"""

import datetime as dt
import re

from spacy.tokens import Token

from timeline.dates import Basis, DateValue, Precision, parse_edtf, words

from .clauses import Clause, Dating
from .dating import DateWord, reanchor
from .governing import fronted, governing, hangs_on, is_ahead, only_ahead, only_one, told_on
from .news import narrates
from .syntax import children, governor, is_definite, is_verb

HALF_A_YEAR = dt.timedelta(days=183)
"""A day without its year that lies further ahead is a past one, whatever is planned for it."""


def date_of(trigger: Token, status: str, clause: Clause) -> Dating:
    """The date of the event that `trigger` tells of."""
    own = governing(trigger, clause)
    if own is None and (guess := fronted(trigger, clause) or only_one(trigger, clause)):
        if status in ("planned", "proposed") and not is_ahead(guess, clause):
            return _beyond(guess, status)
        own = guess
    if own is not None:
        return dated(own, trigger, status, clause)
    if status in ("planned", "proposed") and (ahead := only_ahead(clause)) is not None:
        return dated(ahead, trigger, status, clause)
    told = told_on(trigger, clause)
    if told is not None and status in ("denied", "cancelled"):
        return dated(told, trigger, "occurred", clause)
    if told is not None:
        return _beyond(told, status)
    return _by_discourse(trigger, status, clause)


def told_day(clause: Clause) -> Dating:
    """The day that a sentence tells of, whether or not it tells of an event.

    "The worst day was 27 October.", "It all began with a letter from Rome on Saturday."
    """
    for root in clause.doc:
        if root.dep_ == "ROOT" and is_verb(root) and narrates(root) and not _is_cleft(root):
            word = hangs_on(root, clause) or fronted(root, clause)
            if word is not None and not word.in_quotation:
                return dated(word, root, "occurred", clause)
    return Dating()


def _is_cleft(verb: Token) -> bool:
    """ "It was on 14 July that he had allowed it": what it is about stands below."""
    return verb.lemma_ == "be" and any(s.lower_ == "it" for s in children(verb, "nsubj"))


def dated(word: DateWord, trigger: Token, status: str, clause: Clause) -> Dating:
    """The date that these words give the event."""
    if word.in_quotation and word.basis in (Basis.RELATIVE, Basis.WEEKDAY, Basis.PUBLICATION):
        spoken = clause.spoken.date
        if spoken.precision is not Precision.DAY or spoken.earliest is None:
            if clause.anchor.day is None:
                return Dating()
            return Dating(
                DateValue.until(clause.anchor.day),
                Basis.CONTEXT,
                f"“{word.text}” inside a quotation whose day is not told: "
                f"on or before {clause.anchor.name}",
                word,
            )
        word = reanchor(word, spoken.earliest, "the day it was spoken")
    choice = _choose(word, status, clause.anchor.day, past=_is_past(trigger))
    if choice is None:
        return Dating()
    if status == "occurred" and clause.anchor.day and _still(trigger):
        choice = _to_this_day(choice, clause.anchor.day)
    day = clause.anchor.day
    if (
        status == "occurred"
        and day
        and choice.window
        and choice.window[0] > day
        and _is_past(trigger)
    ):
        because = f"“{word.text}” would be {words(choice)}, yet it is told as past on"
        return Dating(
            DateValue.until(day),
            Basis.PUBLICATION,
            f"{because} {clause.anchor.name}",
            word,
            told=True,
        )
    if status in ("planned", "proposed"):
        choice = _begins_in(choice, word) or _not_before(choice, clause.anchor.day)
    return Dating(choice, word.basis, f"{word.because or f'“{word.text}”'} → {words(choice)}", word)


def _still(trigger: Token) -> bool:
    """ "has been in Havana since": it lasted until the day it was told."""
    perfect = any(a.lower_ in ("has", "have") for a in children(trigger, "aux"))
    return perfect and trigger.lemma_ == "be"


def _to_this_day(value: DateValue, told: dt.date) -> DateValue:
    if value.precision is Precision.BOUND and value.earliest and value.earliest <= told:
        return DateValue.range(value.earliest, told, lasting=True)
    return value


def _begins_in(value: DateValue, word: DateWord) -> DateValue | None:
    """ "starting this year": it begins some day of that year, not on its first."""
    if value.precision is Precision.BOUND and re.fullmatch(r"\d{4}(-\d\d)?", word.value):
        return parse_edtf(word.value) if value.earliest else None
    return None


def _not_before(value: DateValue, told: dt.date | None) -> DateValue:
    """ "by May", told on 9 March of what is to come: between 9 March and 31 May."""
    if told and value.precision is Precision.BOUND and value.latest and value.latest >= told:
        return DateValue.range(told, value.latest)
    return value


def _is_past(trigger: Token) -> bool:
    """Told in the past tense, or as a noun that no verb depends on."""
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None or verb.tag_ in ("VBD", "VBN"):
        return True
    return any(aux.tag_ == "VBD" for aux in children(verb, "aux", "auxpass"))


def _choose(word: DateWord, status: str, anchor: dt.date | None, *, past: bool) -> DateValue | None:
    """Of two readings of "Friday" or "4 July" the one that the event's status asks for."""
    date = word.date
    if anchor is None or date is None or date.window is None:
        return date or word.past
    ahead = status in ("planned", "proposed") or (
        status == "cancelled" and word.basis is Basis.EXPLICIT
    )
    if ahead and word.coming and date.window[1] < anchor:
        near = word.coming.window and word.coming.window[0] - anchor <= HALF_A_YEAR
        return word.coming if near else date
    if status == "occurred" and past and word.past and date.window[0] > anchor:
        return word.past
    return date


def _beyond(word: DateWord, status: str) -> Dating:
    """An event told on a known day: a past one lies on or before it, a coming one after."""
    told = word.past or word.date
    if told is None:
        return Dating()
    if status in ("planned", "proposed"):
        day, make = told.earliest, DateValue.since
    else:
        day, make = told.latest, DateValue.until
    if day is None:
        return Dating()
    value = make(day)
    because = f"told “{word.text}” ({words(told)}) → {words(value)}"
    return Dating(value, Basis.CONTEXT, because, word, told=True)


def _by_discourse(trigger: Token, status: str, clause: Clause) -> Dating:
    spoken = clause.spoken
    continues = spoken.date.precision is not Precision.NONE and narrates(trigger)
    continues = continues and not is_definite(trigger)
    if continues and status in ("occurred", "denied", "cancelled"):
        because = f"no date of its own; it continues what is told of {words(spoken.date)}"
        return Dating(spoken.date, Basis.CONTEXT, because)
    day = clause.anchor.day
    if day is None:
        return Dating()
    if status in ("planned", "proposed"):
        return Dating(
            DateValue.since(day), Basis.PUBLICATION, f"told as to come on {clause.anchor.name}"
        )
    return Dating(DateValue.until(day), Basis.PUBLICATION, f"told as past on {clause.anchor.name}")
