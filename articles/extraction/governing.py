"""Which date words of a sentence belong to which event, by the parse."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from timeline.dates import Basis, Precision

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


OPENING = frozenset("open begin start commence".split())
HELD = OPENING | frozenset("hold schedule plan set slate fix take convene expect".split())
"""Verbs whose day is that of the event they say it of: "talks planned for Friday"."""
FORESEEN = frozenset("schedule plan set slate fix announce arrange".split())
"""Verbs whose day is that of the event behind "for": "a call that had been announced for Friday"."""
CONCLUDED = frozenset("sign reach conclude initial".split())
"""Verbs whose day is that of an accord, whatever day is told of its taking effect."""
GOING_ON = ("where", "when")
PAST = ("last", "yesterday", "ago")
TIMES = ("once", "twice", "times")
PART = (":", ";")
"""Signs between two parts of a sentence that are dated each for itself."""


def in_part(trigger: Token, clause: Clause) -> Clause:
    """The clause with the date words of the trigger's own part of it, if that has any.

    "In May there was hope: on the 15th Mr Rubio met Mr Fidan."
    """
    stops = [t.idx for t in clause.doc if t.text in PART and not _introduces(t)]
    start = max((at for at in stops if at < trigger.idx), default=-1) + clause.start
    end = min((at for at in stops if at > trigger.idx), default=len(clause.doc.text)) + clause.start
    inside = [word for word in clause.dates if start < word.start < end]
    return replace(clause, dates=inside) if stops and inside else clause


def _introduces(sign: Token) -> bool:
    """The colon before a quotation: the day of what stands before it is that of its words."""
    return sign.i + 1 < len(sign.doc) and sign.nbor().text in ("“", '"', "‘")


def head_of(word: DateWord, clause: Clause) -> Token | None:
    """The token of the date words that hangs on something outside them."""
    span = clause.doc.char_span(
        word.start - clause.start, word.end - clause.start, alignment_mode="expand"
    )
    return span.root if span is not None else None


def _path(token: Token) -> Iterator[Token]:
    """The words a date may belong to: nouns on the way, and the verb at its end.

    A verb of saying is not reached through an event, "described his call of July 4", unless that
    has another day: "agreed on Monday on a truce that will begin on Friday".
    """
    event: Token | None = None
    start = token
    while (token.dep_ in NOMINAL or token.lower_ == "known") and token.head != token:
        event = token if is_event_noun(token) else event
        token = token.head
        if token.lower_ == "according":
            return
        if token.lower_ in ("at", "during"):  # "At the summit on Saturday he declared": both
            event = None
        told = event is not None and is_verb(token) and is_telling(token)
        if token.lemma_ == "time" or (told and event is not None and not _is_dated_below(event)):
            return
        if (followed := _followed(token, start)) is not None:
            yield followed
            return
        if _is_standing(token) and any(t.lower_ in PAST for t in start.subtree):
            token = token.head
            continue
        yield token
        if is_verb(token) and token.lower_ != "known":  # "made it known in May"
            return


def _is_standing(verb: Token) -> bool:
    """ "Passed the bill that approves the accord last Tuesday": the bill was passed then."""
    return verb.dep_ == "relcl" and verb.tag_ in ("VBZ", "VBP") and not any(children(verb, "aux"))


def _followed(verb: Token, start: Token) -> Token | None:
    """The rounds of "The session followed earlier rounds in May": May is theirs."""
    if verb.lemma_ not in ("follow", "precede"):
        return None
    objects = (t for t in children(verb, "dobj") if t.i < start.i and is_event_noun(t))
    return next(objects, None)


def _is_dated_below(noun: Token) -> bool:
    clauses = children(noun, "relcl", "acl")
    return any(token.ent_type_ == "DATE" for verb in clauses for token in verb.subtree)


def _carriers(trigger: Token) -> Iterator[Token]:
    """The trigger, then the words whose date is its date too, the nearest first."""
    yield trigger
    if not is_verb(trigger):  # "talks planned for Friday", "a summit, which opens on Friday"
        yield from _said_of(trigger)
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


def _said_of(noun: Token) -> Iterator[Token]:
    """The verbs of clauses behind a noun that say when its event is to be, or was concluded.

    "His visit to Warsaw, which had been set for 8 July": a place cannot be set for a day.
    """
    for verb in children(noun, "acl", "relcl"):
        lemma = verb.lemma_.lower()
        concluded = lemma in CONCLUDED and verb.tag_ == "VBN"
        if lemma in HELD or concluded or (lemma in FORESEEN and _is_for(verb)):
            yield verb
    for preposition in children(noun, "prep"):
        for place in children(preposition, "pobj"):
            for verb in children(place, "acl", "relcl"):
                if verb.lemma_.lower() in FORESEEN and _is_for(verb):
                    yield verb


def _is_for(verb: Token) -> bool:
    return any(prep.lower_ == "for" for prep in children(verb, "prep"))


def governing(trigger: Token, clause: Clause) -> DateWord | None:
    """The date words that the parse gives the event for its own."""
    carriers = list(_carriers(trigger))
    best: tuple[tuple[int, int, int, int], DateWord] | None = None
    for word in clause.dates:
        head = head_of(word, clause)
        if head is None:
            continue
        path = [head, *_path(head)]
        for rank, carrier in enumerate(carriers):
            if rank == 0 and carrier not in path and _follows(head, carrier):
                path.insert(1, carrier)
            if carrier in path and not _behind_another(carrier, trigger, word, clause):
                at = path.index(carrier)
                key = (rank, _of_another(head, path[:at]), at, abs(head.i - trigger.i))
                if best is None or key < best[0]:
                    best = (key, word)
    return _sharper(best[1], clause) if best is not None else None


def _of_another(head: Token, below: list[Token]) -> int:
    """Whether the date is that of an event beneath the verb: 2 for sure ("put off his June 12 visit"),
    1 perhaps ("put off his visit on Friday")."""
    nouns = [t for t in below if is_event_noun(t)]
    return 0 if not nouns else 1 + any(head.i < noun.i for noun in nouns)


def _follows(head: Token, noun: Token) -> bool:
    """ "On his arrival in Kyiv yesterday the minister said": the arrival's day as well."""
    if noun.pos_ != "NOUN" or not 0 < head.i - noun.i <= 5:
        return False
    between = noun.doc[noun.i + 1 : head.i]
    close = all(t.pos_ in ("ADP", "DET", "PROPN") and t.dep_ != "nsubj" for t in between)
    verb = next((t for t in noun.ancestors if is_verb(t)), None)
    return close and verb is not None and verb.i > head.i


def _sharper(word: DateWord, clause: Clause) -> DateWord:
    """ "Earlier this month he called, on the 3rd": the day within the month is what dates it.

    Only where both hang on one verb: another clause's day is not this one's.
    """
    wide, verb = (word.date.window if word.date else None), dated_verb(word, clause)
    if wide is None or verb is None or (wide[1] - wide[0]).days < 6:
        return word
    for other in clause.dates:
        inner = other.date.window if other.date else None
        within = inner and inner[0] == inner[1] and wide[0] <= inner[0] <= wide[1]
        if within and dated_verb(other, clause) == verb:
            return other
    return word


def dated_verb(word: DateWord, clause: Clause) -> Token | None:
    head = head_of(word, clause)
    return next((t for t in _path(head) if is_verb(t)), None) if head is not None else None


def _behind_another(carrier: Token, trigger: Token, word: DateWord, clause: Clause) -> bool:
    """A verb joined on ("met on Monday and flew home on Tuesday") keeps its date to itself."""
    if carrier == trigger or not is_verb(carrier):
        return False
    head = head_of(word, clause)
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
        head = head_of(word, clause)
        lead = clause.doc.text[: max(word.start - clause.start, 0)]
        lead = re.split(r"[:;]\s", lead)[-1]
        if head is not None and len(lead) <= len("In the afternoon of "):
            return _sharper(word, clause)
    return None


def of_several(trigger: Token, clause: Clause) -> DateWord | None:
    """ "has been there twice since the war began, last in May": the day behind the last comma is that
    of one of the times, whatever the parse makes of it."""
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None or not any(aux.lemma_ == "have" for aux in children(verb, "aux")):
        return None
    comma = next((t for t in reversed(clause.doc) if t.text == ","), None)
    if comma is None or comma.i < verb.i:
        return None
    behind = clause.doc[comma.i + 1 :]
    counted = any(t.lower_ in TIMES for t in clause.doc[verb.i : comma.i])
    if not counted or any(is_verb(t) for t in behind):
        return None
    inside = [w for w in clause.dates if w.start - clause.start >= behind.start_char]
    sharp = (w for w in inside if w.date is not None and w.date.precision is not Precision.BOUND)
    return next(sharp, None)


def only_one(trigger: Token, clause: Clause) -> DateWord | None:
    """The sentence's one date, unless the parse hangs it on a verb of another clause."""
    if len(clause.dates) != 1:
        return None
    head = head_of(clause.dates[0], clause)
    if head is None or clause.dates[0].bound == "since":
        return None
    if _source(head) is not None:
        return None
    line = {trigger, *trigger.ancestors}
    verb = dated_verb(clause.dates[0], clause)
    if verb is not None and (is_apart(verb, trigger) or is_outside(verb, trigger)):
        return None
    for token in (head, *head.ancestors):
        if token in line:
            return None if is_telling(token) and token != trigger else clause.dates[0]
        if _goes_on_behind(token, line):
            continue
        if token.dep_ in ("ccomp", "relcl", "advcl", "acl") or is_telling(token):
            return None
    return None


def _goes_on_behind(verb: Token, line: set[Token]) -> bool:
    """ "Mr Rubio was in Rome on Monday; he spoke for an hour": parts that only a sign divides."""
    if verb.dep_ != "ccomp" or verb.head not in line or verb.i > verb.head.i:
        return False
    return any(t.text == ";" for t in verb.doc[verb.i : verb.head.i])


def _source(head: Token) -> Token | None:
    """The "according" that a date hangs on: "according to a statement of Tuesday"."""
    return next((t for t in head.ancestors if t.lower_ == "according"), None)


def is_source(word: DateWord, clause: Clause) -> bool:
    """The day of what is quoted from, and of no deed."""
    head = head_of(word, clause)
    return head is not None and _source(head) is not None


def is_outside(verb: Token, trigger: Token) -> bool:
    """Above the relative clause that tells of the event: "Mr Rubio, who had met Kim, left on Friday".

    Where it goes on, "flew to Rome on Friday, where he met Kim", the day goes on with it.
    """
    for token in (trigger, *trigger.ancestors):
        if token == verb:
            return False
        if token.dep_ == "relcl" and not any(c.lower_ in GOING_ON for c in token.subtree):
            return verb in token.ancestors
    return False


def is_apart(verb: Token, trigger: Token) -> bool:
    """In a clause with a subject of its own, joined to the trigger's."""
    joined = verb.dep_ == "conj" and any(children(verb, "nsubj", "nsubjpass"))
    return joined and verb not in (trigger, *trigger.ancestors)


def told_on(trigger: Token, clause: Clause) -> DateWord | None:
    """The date of the verb of saying above the trigger: the event lies before or after it."""
    for word in clause.dates:
        head = head_of(word, clause)
        if head is None:
            continue
        said_by = _source(head)
        if said_by is not None and said_by.head in (trigger, *trigger.ancestors):
            return word
        for verb in _path(head):
            if is_telling(verb) and verb != trigger and verb in trigger.ancestors:
                return word
    return None


def joined(word: DateWord, used: set[DateWord], clause: Clause) -> bool:
    """ "on Monday and once more on Tuesday", "in February, then in March": a second day of the same.

    Not "Mr Kim on Monday and Mr Lee on Tuesday": each day is that of another deed.
    """
    before = [other for other in used if other.end <= word.start]
    return any(_is_once_more(other, word, clause) for other in before)


def _is_once_more(first: DateWord, second: DateWord, clause: Clause) -> bool:
    between = clause.doc.char_span(
        first.end - clause.start, second.start - clause.start, alignment_mode="contract"
    )
    if between is None or len(between.text) >= 40:
        return False
    if between.text.strip() == "," and first.basis is second.basis is Basis.EXPLICIT:
        return True  # "on 3 May, 17 May and 7 June"
    named = any(t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME") for t in between)
    return not named and bool(re.search(r"\b(and|again|then|once more)\b", between.text.lower()))


def unused_dates(used: set[DateWord], clause: Clause) -> Iterator[tuple[Token, DateWord]]:
    """(verb, its date words) for those that no event has taken."""
    for word in clause.dates:
        if word not in used and (verb := dated_verb(word, clause)) is not None:
            yield verb, word


def hangs_on(verb: Token, clause: Clause) -> DateWord | None:
    """Date words that hang on the verb itself: by a preposition, or as "yesterday" does."""
    for word in clause.dates:
        head = head_of(word, clause)
        if head is None:
            continue
        for token in (head, *_path(head)):
            if token.head == verb and token.dep_ in ("npadvmod", "prep", "advmod", "attr"):
                return _sharper(word, clause)
            if token != head and token.pos_ not in ("ADP", "ADV"):
                break
    return None


def dates_within(verb: Token, link: Token, clause: Clause) -> bool:
    """Whether date words stand in the clause that `link` ("after") opens."""
    heads = (head_of(word, clause) for word in clause.dates)
    below = set(verb.subtree)
    return any(head in below and head.i > link.i for head in heads if head is not None)


def is_borrowed(word: DateWord, trigger: Token, clause: Clause) -> bool:
    """The day of another verb: "had spoken with him on Friday and would call again"."""
    verb, own = dated_verb(word, clause), trigger if is_verb(trigger) else governor(trigger)
    return verb is not None and own is not None and own.dep_ == "conj" and verb == own.head


def has_own_date(verb: Token, clause: Clause) -> bool:
    """Date words hang on the word itself, not on its complement."""
    heads = (head_of(word, clause) for word in clause.dates)
    return any(verb in _path(head) for head in heads if head is not None)
