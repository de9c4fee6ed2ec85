"""Which of its days date words mean, by what is told of the event."""

import datetime as dt
import re

from spacy.tokens import Token

from timeline.dates import Basis, DateValue, Precision, parse_edtf, words

from .dating import DateWord
from .syntax import children

HALF_A_YEAR = dt.timedelta(days=183)
"""A day without its year that lies further ahead is a past one, whatever is planned for it."""
TWO_MONTHS = dt.timedelta(days=61)
"""A day without its year that lies nearer ahead is that one, and not one of the year before."""
AHEAD = ("planned", "proposed")


def to_this_day(value: DateValue, trigger: Token, told: dt.date) -> DateValue:
    """ "has been in Havana since": it lasted until the day it was told; "has met him since": once."""
    perfect = any(a.lower_ in ("has", "have") for a in children(trigger, "aux"))
    open_ended = value.precision is Precision.BOUND and value.earliest and value.earliest <= told
    if perfect and open_ended and value.earliest:
        return DateValue.range(value.earliest, told, lasting=trigger.lemma_ == "be")
    return value


def begins_in(value: DateValue, word: DateWord) -> DateValue | None:
    """ "starting this year": it begins some day of that year, not on its first."""
    if value.precision is Precision.BOUND and re.fullmatch(r"\d{4}(-\d\d)?", word.value):
        return parse_edtf(word.value) if value.earliest else None
    return None


def not_before(value: DateValue, told: dt.date | None) -> DateValue:
    """ "by May", told on 9 March of what is to come: between 9 March and 31 May."""
    if told and value.precision is Precision.BOUND and value.latest and value.latest >= told:
        return DateValue.range(told, value.latest)
    return value


def choose(word: DateWord, status: str, anchor: dt.date | None, *, past: bool) -> DateWord:
    """The words with that of two readings of "Friday" or "4 July" that the status asks for."""
    date = word.date
    if anchor is None or date is None or date.window is None:
        return word._replace(date=date or word.past)
    ahead = status in AHEAD or (status == "cancelled" and word.basis is Basis.EXPLICIT)
    coming = word.coming.window if word.coming else None
    if ahead and word.coming and coming and date.window[1] < anchor:
        near = coming[0] - anchor <= HALF_A_YEAR
        return _read_as(word, word.coming, "after", anchor) if near else word
    if status == "occurred" and past and word.past and date.window[0] > anchor:
        soon = word.basis is Basis.EXPLICIT and date.window[0] - anchor <= TWO_MONTHS
        return word if soon else _read_as(word, word.past, "before", anchor)
    return word


def _read_as(word: DateWord, date: DateValue, how: str, anchor: dt.date) -> DateWord:
    because = f"“{word.text}” {how} {words(DateValue.day(anchor))}"
    return word._replace(date=date, because=because)
