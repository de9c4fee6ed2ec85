"""The date of an event: the date words that govern its trigger, else the discourse's, else a bound.

Every answer carries the sentence that explains it.
"""

import datetime as dt
from dataclasses import replace

from spacy.tokens import Token

from timeline.dates import Basis, DateValue, Precision, words

from .choosing import AHEAD, begins_in, choose, not_before, to_this_day
from .clauses import Clause, Dating
from .coming import is_ahead, only_ahead, opening
from .dating import DateWord, reanchor
from .dating.units import number, shifted, singular
from .governing import (
    dates_within,
    fronted,
    governing,
    hangs_on,
    in_part,
    is_borrowed,
    is_source,
    of_several,
    only_one,
    told_on,
)
from .lasting import drawn_out, ends, first_and_last, from_to
from .narration import (
    is_anterior,
    is_own_decision,
    is_past,
    is_perfect,
    is_present,
    is_said_at_once,
    verb_of,
)
from .news import is_guest, narrates
from .saying import is_telling
from .sequence import FAR, Sequence, beside, bounded, is_sharp, sequence_of
from .syntax import children, is_definite, is_verb

UNDONE = ("denied", "cancelled")
DATELINE = "the dateline"


def date_of(trigger: Token, status: str, clause: Clause) -> Dating:
    """The date of the event that `trigger` tells of."""
    clause = in_part(trigger, _out_of_quotation(trigger, clause))
    if status not in AHEAD:  # "within three weeks" dates what is to come alone
        clause = replace(clause, dates=[w for w in clause.dates if w.bound != "within"])
    for told in (_in_sequence, _all_its_days, _by_its_words, _by_the_plan, _by_the_telling):
        if (dating := told(trigger, status, clause)) is not None:
            return dating
    return _by_discourse(trigger, status, clause)


def _in_sequence(trigger: Token, status: str, clause: Clause) -> Dating | None:
    """ "on Saturday, two days after he met Modi": Thursday; "after he met Modi": by Saturday."""
    sequence = sequence_of(trigger)
    if sequence is None or status in AHEAD:
        return None
    if dates_within(sequence.inner, sequence.link, clause):
        return None
    outer = date_of(sequence.outer, "occurred", clause)
    if outer.told and sequence.length and sequence.before_outer:
        outer = _told_of_what_comes(sequence.outer, outer, clause)
    day = outer.date.latest
    named = outer.words or (clause.spoken.words if _is_hours_off(sequence, outer) else None)
    if day is None or outer.basis is Basis.PUBLICATION or outer.told:
        return None
    if outer.words is None and not (sequence.length or sequence.before_outer):
        return None  # "left before Zarif spoke": the story goes on with it
    if not is_sharp(outer.date):
        return _before_the_whole(sequence, outer)
    value = beside(sequence, day) or bounded(sequence, day, clause.anchor.day)
    side = "before" if sequence.before_outer else "after"
    because = f"“{sequence.words}” puts it {side} what is told of {words(outer.date)}"
    return Dating(value, Basis.CONTEXT, f"{because} → {words(value)}", named)


def _told_of_what_comes(verb: Token, outer: Dating, clause: Clause) -> Dating:
    """ "Said on Monday that it would send more, a week after it had stopped": before that Monday."""
    would = any(aux.lower_ in ("will", "would") for aux in children(verb, "aux"))
    if not would or outer.words is None:
        return outer
    return dated(outer.words, verb, "occurred", clause)


def _is_hours_off(sequence: Sequence, outer: Dating) -> bool:
    """ "came hours after he had met Modi": about the day that the story has reached."""
    return sequence.unit in ("hour", "minute") and outer.basis is Basis.CONTEXT


def _before_the_whole(sequence: Sequence, outer: Dating) -> Dating | None:
    """ "Reopened it in August, four years after a mob had stormed it": by the end of August."""
    whole = outer.date.precision in (Precision.MONTH, Precision.YEAR)
    if outer.words is None or not whole or not sequence.before_outer or outer.date.latest is None:
        return None
    value = DateValue.until(outer.date.latest)
    because = f"“{sequence.words}” puts it before what is told of {words(outer.date)}"
    return Dating(value, Basis.CONTEXT, f"{because} → {words(value)}")


def _all_its_days(trigger: Token, status: str, clause: Clause) -> Dating | None:
    if (ends := first_and_last(trigger, clause)) is None:
        return None
    begun, ended = (dated(word, trigger, "occurred", clause) for word in ends)
    return from_to(begun, ended)


def _by_its_words(trigger: Token, status: str, clause: Clause) -> Dating | None:
    own = of_several(trigger, clause) or governing(trigger, clause)
    if own is None and (guess := fronted(trigger, clause) or only_one(trigger, clause)):
        if status in AHEAD and not is_ahead(guess, clause):
            return _beyond(guess, status)
        own = guess
    elif own is not None and status in AHEAD and not is_ahead(own, clause):
        own = only_ahead(trigger, clause, below=True) or own
        if is_borrowed(own, trigger, clause):
            coming = only_ahead(trigger, clause)
            return (
                _beyond(own, status) if coming is None else dated(coming, trigger, status, clause)
            )
    return drawn_out(dated(own, trigger, status, clause), trigger) if own is not None else None


def _by_the_plan(trigger: Token, status: str, clause: Clause) -> Dating | None:
    if status not in AHEAD or (ahead := only_ahead(trigger, clause)) is None:
        return None
    if opening(ahead, clause):
        return _not_before_opening(ahead)
    return dated(ahead, trigger, status, clause)


def _by_the_telling(trigger: Token, status: str, clause: Clause) -> Dating | None:
    told = told_on(trigger, clause)
    if told is not None and told.past and is_source(told, clause):
        told = told._replace(date=told.past, coming=None)
    return _told(told, trigger, status, clause) if told is not None else None


def _out_of_quotation(trigger: Token, clause: Clause) -> Clause:
    """Without the date words of a quotation, for what is told outside it."""
    before, text = clause.doc.text[: trigger.idx], clause.doc.text
    inside = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if inside or not any(mark in text for mark in '“”"'):
        return clause
    return replace(clause, dates=[word for word in clause.dates if not word.in_quotation])


def _said_on(clause: Clause) -> DateValue | None:
    """The day that the sentence itself gives for the words it quotes."""
    days = [w.date for w in clause.dates if not w.in_quotation and w.date]
    return days[0] if len(days) == 1 and days[0].precision is Precision.DAY else None


def _spoken_on(clause: Clause) -> tuple[dt.date | None, str]:
    """The day of a quotation: that of its sentence, else of the story, else of the dateline."""
    day = _said_on(clause) or clause.spoken.date
    if day.precision is Precision.DAY:
        return day.earliest, "the day it was spoken"
    if clause.anchor.source == DATELINE and day.precision is Precision.NONE:
        return clause.anchor.day, DATELINE
    return None, ""


def told_day(clause: Clause) -> Dating:
    """The day that a sentence tells of, whether or not it tells of an event.

    "The quarrel broke out over a cable on Tuesday.", "The bridge was finished on Friday."
    """
    for root in clause.doc:
        if root.dep_ == "ROOT" and is_verb(root) and narrates(root) and not _is_cleft(root):
            word = hangs_on(root, clause) or fronted(root, clause)
            if word is not None and not word.in_quotation:
                return dated(word, root, "occurred", clause)
    return Dating()


def _is_cleft(verb: Token) -> bool:
    """ "It was on 12 May that he had asked for it": what it is about stands below."""
    return verb.lemma_ == "be" and any(s.lower_ == "it" for s in children(verb, "nsubj"))


def dated(word: DateWord, trigger: Token, status: str, clause: Clause) -> Dating:
    """The date that these words give the event."""
    day = clause.anchor.day
    if word.in_quotation and word.basis in (Basis.RELATIVE, Basis.WEEKDAY, Basis.PUBLICATION):
        spoken, why = _spoken_on(clause)
        if spoken is None:
            return _quoted_on_no_day(word, clause)
        word = reanchor(word, spoken, why)
    past = is_past(trigger)
    word = choose(word, status, day, past=past)
    choice = word.date
    if choice is None:
        return Dating()
    if status == "occurred" and day:
        choice = to_this_day(choice, trigger, day)
    if (
        status == "occurred"
        and day
        and not past
        and (soon := _soon(word, trigger, day)) is not None
    ):
        return replace(dated(soon, trigger, "planned", clause), ahead=True)
    comes = bool(day and choice.window and choice.window[0] > day)
    if status == "occurred" and comes:
        if not past:
            return replace(dated(word, trigger, "planned", clause), ahead=True)
        return _not_yet(word, choice, clause)
    if status in AHEAD:
        choice = begins_in(choice, word) or not_before(choice, day)
    because = f"{word.because or f'“{word.text}”'} → {words(choice)}"
    return Dating(choice, word.basis, because, word)


def _soon(word: DateWord, trigger: Token, day: dt.date) -> DateWord | None:
    """ "The council votes on Wednesday", "flies to Rome today": told in the present, it is to come.

    Not in a list: "1 July: Israel attacks a town"; and what closes today has begun.
    """
    verb, text = verb_of(trigger), trigger.doc.text
    if verb is None or not is_present(verb) or ":" in text[: verb.idx]:
        return None
    if word.in_quotation or ends(verb) or any(True for _ in children(verb, "ccomp")):
        return None
    if word.date is not None and word.date.window == (day, day):
        return word if word.basis in (Basis.RELATIVE, Basis.WEEKDAY) else None
    coming = word.coming.window if word.coming and word.basis is Basis.WEEKDAY else None
    return word._replace(date=word.coming) if coming and coming[0] > day else None


def _quoted_on_no_day(word: DateWord, clause: Clause) -> Dating:
    day = clause.anchor.day
    if day is None:
        return Dating()
    because = f"“{word.text}” inside a quotation whose day is not told: on or before"
    return Dating(DateValue.until(day), Basis.CONTEXT, f"{because} {clause.anchor.name}", word)


def _not_yet(word: DateWord, choice: DateValue, clause: Clause) -> Dating:
    """Words for a day to come, on what is told as past, date nothing but that it is past."""
    day = clause.anchor.day
    assert day is not None
    because = f"“{word.text}” would be {words(choice)}, yet it is told as past on"
    return Dating(
        DateValue.until(day), Basis.PUBLICATION, f"{because} {clause.anchor.name}", word, told=True
    )


def _not_before_opening(word: DateWord) -> Dating:
    if word.date is None or word.date.earliest is None:
        return Dating()
    value = DateValue.since(word.date.earliest)
    because = f"it opens “{word.text}” ({words(word.date)}) → {words(value)}"
    return Dating(value, Basis.CONTEXT, because, word)


def within(word: DateWord, first: dt.date, told: dt.date) -> DateWord | None:
    """ "within three weeks", told on 4 July: between 4 and 25 July."""
    parts = dict(word.parts)
    count = number(parts.get("n", ""))
    unit = singular(parts.get("unit", ""))
    if count is None or count > FAR or unit not in ("day", "week", "fortnight", "month", "year"):
        return None
    date = DateValue.range(first, shifted(unit, told, count))
    because = f"“within {word.text}”, told on {words(DateValue.day(told))}"
    return word._replace(
        type="DATE", date=date, basis=Basis.RELATIVE, because=because, bound="within"
    )


def _told(told: DateWord, trigger: Token, status: str, clause: Clause) -> Dating:
    """An event below a verb of saying whose day is told."""
    if (status in UNDONE and not is_perfect(trigger)) or (
        status == "occurred" and is_said_at_once(trigger)
    ):
        return dated(told, trigger, "occurred", clause)
    if status == "occurred" and is_own_decision(trigger):
        made_known = dated(told, trigger.head, "occurred", clause)
        return _made_known(made_known, told) if made_known.is_own else made_known
    return _beyond(told, status)


def _made_known(dating: Dating, told: DateWord) -> Dating:
    """ "said on Tuesday that he had ordered it": Tuesday, or not long before."""
    if dating.date.precision is not Precision.DAY or dating.date.approximate:
        return _beyond(told, "occurred")
    date = replace(dating.date, uncertain=True)
    because = f"the decision was made known “{told.text}”, and may have been taken before"
    return Dating(date, Basis.CONTEXT, f"{because} → {words(date)}", told)


def _beyond(word: DateWord, status: str) -> Dating:
    """An event told on a known day: a past one lies on or before it, a coming one after."""
    told = word.past or word.date
    if status in AHEAD and word.date and word.coming:
        told = word.date
    if told is None:
        return Dating()
    if status in AHEAD:
        day, make = told.earliest, DateValue.since
    else:
        day, make = told.latest, DateValue.until
    if day is None:
        return Dating()
    value = make(day)
    because = f"told “{word.text}” ({words(told)}) → {words(value)}"
    return Dating(value, Basis.CONTEXT, because, word, told=True)


def declared(trigger: Token, clause: Clause) -> Dating:
    """The day of a promise or refusal told by "will": on or before it was told. The date words
    beside it are those of the deed that is promised."""
    if (told := told_on(trigger, clause)) is not None:
        return _beyond(told, "occurred")
    day = clause.anchor.day
    if day is None:
        return Dating()
    because = f"declared on or before {clause.anchor.name}"
    return Dating(DateValue.until(day), Basis.PUBLICATION, because)


def _by_discourse(trigger: Token, status: str, clause: Clause) -> Dating:
    spoken = clause.spoken
    known = is_definite(trigger) and not is_guest(trigger)
    reached = spoken.date.precision is not Precision.NONE and not known
    if reached and status not in AHEAD:
        if narrates(trigger) or (status in UNDONE and _is_refused(trigger)):
            because = f"no date of its own; it continues what is told of {words(spoken.date)}"
            return Dating(spoken.date, Basis.CONTEXT, because)
        if spoken.date.latest and status == "occurred" and is_anterior(trigger):
            value = DateValue.until(spoken.date.latest)
            because = f"told as past before what is told of {words(spoken.date)}"
            return Dating(value, Basis.CONTEXT, f"{because} → {words(value)}")
    day = clause.anchor.day
    if day is None:
        return Dating()
    if status in AHEAD:
        if reached and (told := _planned_on(trigger, spoken, day)) is not None:
            return told
        return Dating(
            DateValue.since(day), Basis.PUBLICATION, f"told as to come on {clause.anchor.name}"
        )
    return Dating(DateValue.until(day), Basis.PUBLICATION, f"told as past on {clause.anchor.name}")


def _planned_on(trigger: Token, spoken: Dating, told: dt.date) -> Dating | None:
    """ "On Sunday … He wrote also that he would send his deputy": that may have been on Sunday."""
    day = spoken.date.earliest
    line = (t for t in trigger.ancestors if is_telling(t))
    if day is None or day > told or not any(narrates(verb) for verb in line):
        return None
    value = replace(DateValue.since(day), approximate=spoken.date.approximate)
    because = f"told as to come on {words(spoken.date)} → {words(value)}"
    return Dating(value, Basis.CONTEXT, because)


def _is_refused(trigger: Token) -> bool:
    """ "dismissed the idea of a meeting": it is denied in the tense of the story."""
    above = (t for t in trigger.ancestors if is_verb(t))
    verb = next(above, None)
    return verb is not None and is_telling(verb) and narrates(verb)
