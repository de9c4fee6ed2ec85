"""The date of an event: the date words that govern its trigger, else the discourse's, else a bound.

Every answer carries the sentence that explains it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from timeline.dates import UNDATED, Basis, DateValue, Precision, parse_edtf, words

from .dating import DateWord, reanchor
from .saying import is_telling
from .statuses import Finding
from .syntax import LENDING, LIGHT, children, governor, is_verb
from .triggers import is_event_noun

NOMINAL = frozenset(
    "pobj prep npadvmod compound nmod amod poss advmod nummod appos pcomp dobj det quantmod conj "
    "nsubj nsubjpass attr dep dative agent".split()
)
"""Links on the way from a date word up to the verb that it dates."""
ONWARD = frozenset("conj xcomp advcl acl prep pcomp".split())
"""Links from a verb up to one that lends it its date: "flew on Monday to meet", "came and met"."""

SUPPOSING = frozenset("could may might would should must ought possible potential".split())
EVER = frozenset("ever never once often always seldom rarely".split())
HALF_A_YEAR = dt.timedelta(days=183)
"""A day without its year that lies further ahead is a past one, whatever is planned for it."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date with what it rests on; `words` are the date words of the article, if any."""

    date: DateValue = UNDATED
    basis: Basis = Basis.NONE
    because: str = ""
    words: DateWord | None = None
    told: bool = False
    """The words date the telling; the event itself lies before or after."""

    @property
    def is_own(self) -> bool:
        return self.words is not None and not self.told


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day a report was filed, and what says so: "the dateline" or "publication"."""

    day: dt.date | None
    source: str

    @property
    def name(self) -> str:
        return f"{self.source}, {words(DateValue.day(self.day))}" if self.day else self.source


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its date words; `start` is where the sentence begins in the article."""

    doc: Doc
    start: int
    dates: Sequence[DateWord]
    anchor: Anchor
    spoken: Dating
    """The day of the discourse: that of the last dated event, for "today" in a quotation."""


def date_of(trigger: Token, status: str, clause: Clause) -> Dating:
    """The date of the event that `trigger` tells of."""
    own = governing(trigger, clause)
    if own is None and (guess := _fronted(trigger, clause) or _only_one(trigger, clause)):
        if status in ("planned", "proposed") and not _is_ahead(guess, clause):
            return _beyond(guess, status)
        own = guess
    if own is not None:
        return dated(own, trigger, status, clause)
    if status in ("planned", "proposed") and (ahead := _ahead(clause)) is not None:
        return dated(ahead, trigger, status, clause)
    told = _told_on(trigger, clause)
    if told is not None and status in ("denied", "cancelled"):
        return dated(told, trigger, "occurred", clause)
    if told is not None:
        return _beyond(told, status)
    return _by_discourse(trigger, status, clause)


# ---------- date words


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
    while token.dep_ in NOMINAL and token.head is not token:
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
    if verb is not trigger:
        if is_telling(verb):
            return
        yield verb
    for below in children(verb, "advcl", "acl"):
        if below.tag_ == "VBG":
            yield below
    while verb.dep_ in ONWARD and verb.head is not verb:
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
    """ "In May … on 15 May": the day within the month is what dates it."""
    wide = word.date.window if word.date else None
    if wide is None or (wide[1] - wide[0]).days < 6:
        return word
    for other in clause.dates:
        inner = other.date.window if other.date else None
        if inner and inner[0] == inner[1] and wide[0] <= inner[0] <= wide[1]:
            return other
    return word


def _behind_another(carrier: Token, trigger: Token, word: DateWord, clause: Clause) -> bool:
    """A verb joined on ("met on Monday and flew home on Tuesday") keeps its date to itself."""
    if carrier is trigger or not is_verb(carrier):
        return False
    head = _head(word, clause)
    verb = trigger if is_verb(trigger) else governor(trigger)
    return (
        verb is not None
        and verb.dep_ == "conj"
        and head is not None
        and carrier.i < verb.i < head.i
    )


def _fronted(trigger: Token, clause: Clause) -> DateWord | None:
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


def _only_one(trigger: Token, clause: Clause) -> DateWord | None:
    """The sentence's one date, unless the parse hangs it on a verb of another clause."""
    if len(clause.dates) != 1:
        return None
    head = _head(clause.dates[0], clause)
    if head is None:
        return None
    line = {trigger, *trigger.ancestors}
    for token in (head, *head.ancestors):
        if token in line:
            return None if is_telling(token) and token is not trigger else clause.dates[0]
        if token.dep_ in ("ccomp", "relcl", "advcl", "acl") or is_telling(token):
            return None
    return None


def _ahead(clause: Clause) -> DateWord | None:
    """The sentence's only day to come is that of its plan, wherever the parse hangs it."""
    coming = [word for word in clause.dates if _is_ahead(word, clause)]
    return coming[0] if len(coming) == 1 else None


def _is_ahead(word: DateWord, clause: Clause) -> bool:
    day, window = clause.anchor.day, word.date.window if word.date else None
    return day is not None and window is not None and window[1] > day


def _told_on(trigger: Token, clause: Clause) -> DateWord | None:
    """The date of the verb of saying above the trigger: the event lies before or after it."""
    for word in clause.dates:
        head = _head(word, clause)
        if head is None:
            continue
        for verb in _path(head):
            if is_telling(verb) and verb is not trigger and verb in trigger.ancestors:
                return word
    return None


# ---------- from words to a date


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
    past = _tense(trigger) == "past"
    choice = _choose(word, status, clause.anchor.day, past=past)
    if choice is None:
        return Dating()
    if status == "occurred" and clause.anchor.day and _still(trigger):
        choice = _to_this_day(choice, clause.anchor.day)
    if status in ("planned", "proposed"):
        choice = _begins_in(choice, word) or _not_before(choice, clause.anchor.day)
    return Dating(choice, word.basis, f"{word.because or f'“{word.text}”'} → {words(choice)}", word)


def _still(trigger: Token) -> bool:
    """ "has been in Havana since": it lasted until the day it was told."""
    return any(a.lower_ in ("has", "have") for a in children(trigger, "aux"))


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


def _tense(trigger: Token) -> str:
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None or verb.tag_ in ("VBD", "VBN"):
        return "past"
    return "past" if any(a.tag_ == "VBD" for a in children(verb, "aux", "auxpass")) else "present"


def joined(word: DateWord, used: set[DateWord], clause: Clause) -> bool:
    """ "on Monday and once more on Tuesday", "in February, then in March": a second day of the same."""
    between = [
        clause.doc.text[max(other.end, 0) - clause.start : word.start - clause.start].lower()
        for other in used
        if other.end <= word.start
    ]
    return any(len(gap) < 40 and re.search(r"\b(and|again|then|once more)\b", gap) for gap in between)


def _choose(
    word: DateWord, status: str, anchor: dt.date | None, *, past: bool
) -> DateValue | None:
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


def unused_dates(used: set[DateWord], clause: Clause) -> Iterator[tuple[Token, DateWord]]:
    """(verb, its date words) for those that no event has taken."""
    for word in clause.dates:
        head = _head(word, clause) if word not in used else None
        verb = next((t for t in _path(head) if is_verb(t)), None) if head is not None else None
        if verb is not None:
            yield verb, word


def is_news(trigger: Token, finding: Finding, dating: Dating) -> bool:
    """False for what is only supposed, or told as a standing fact or in passing, without a day.

    Without date words a deed must be told for its own sake: not with "could", not in the present
    tense, not as "the third meeting" or "the first ever", not in a clause of time or cause.
    """
    if dating.is_own:
        return True
    verb = trigger if is_verb(trigger) else governor(trigger)
    if finding.status != "occurred":
        return finding.word.lower() not in SUPPOSING
    if verb is not None and verb.tag_ == "VB" and not any(
        aux.lower_ in ("did", "does", "do") for aux in children(verb, "aux")
    ):
        return False
    if verb is None:
        return trigger.dep_ != "attr"
    if trigger is not verb and dating.basis is Basis.PUBLICATION and not _is_told(trigger, verb):
        return False
    if trigger.dep_ == "attr" and dating.basis is not Basis.CONTEXT:
        return False
    if any(child.lower_ in EVER for child in children(verb, "advmod", "neg")):
        return False
    if verb.dep_ == "advcl" and any(True for _ in children(verb, "mark")):
        return False
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG"):
        return False
    perfect = any(a.lower_ in ("has", "have") for a in children(verb, "aux"))
    return perfect or verb.tag_ not in ("VBZ", "VBP")


def _is_told(noun: Token, verb: Token) -> bool:
    """The event's noun is what the clause is about: its subject, or done by its verb."""
    return noun.dep_ in ("nsubj", "nsubjpass") or verb.lemma_.lower() in LIGHT | LENDING


def has_own_date(verb: Token, clause: Clause) -> bool:
    """Date words hang on the word itself, not on its complement."""
    heads = (_head(word, clause) for word in clause.dates)
    return any(verb in _path(head) for head in heads if head is not None)


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


def narrates(trigger: Token) -> bool:
    """The trigger is told in the simple past of a main clause: as its verb, as its subject, or as
    the object of a verb that says no more than that it was done ("held talks")."""
    verb = trigger if is_verb(trigger) else trigger.head
    if not is_verb(verb):
        return False
    done = verb.lemma_.lower() in LIGHT | LENDING
    if verb is not trigger and not (trigger.dep_ in ("nsubj", "nsubjpass") or done):
        return False
    if not any(aux.lower_ in ("had", "has", "have", "'s", "’s") for aux in children(verb, "aux")):
        passive = [aux for aux in children(verb, "auxpass") if aux.tag_ == "VBD"]
        past = verb.tag_ == "VBD" or bool(passive)
        while verb.dep_ == "conj" and is_verb(verb.head):
            verb = verb.head
        said_after = verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and verb.head.i > verb.i
        return past and (verb.dep_ == "ROOT" or said_after)
    return False


def _by_discourse(trigger: Token, status: str, clause: Clause) -> Dating:
    spoken = clause.spoken
    if spoken.date.precision is not Precision.NONE and narrates(trigger):
        if status in ("occurred", "denied", "cancelled"):
            return Dating(
                spoken.date,
                Basis.CONTEXT,
                f"no date of its own; it continues what is told of {words(spoken.date)}",
            )
    day = clause.anchor.day
    if day is None:
        return Dating()
    if status in ("planned", "proposed"):
        return Dating(
            DateValue.since(day), Basis.PUBLICATION, f"told as to come on {clause.anchor.name}"
        )
    return Dating(DateValue.until(day), Basis.PUBLICATION, f"told as past on {clause.anchor.name}")
