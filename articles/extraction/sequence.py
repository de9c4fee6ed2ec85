"""What is told in a clause of after or before: "flew home on Saturday, two days after he met Modi"."""

import datetime as dt
from dataclasses import dataclass, replace

from spacy.tokens import Token

from timeline.dates import DateValue, Precision

from .dating.units import named, number, shifted, singular
from .syntax import children, is_verb

AFTER = ("after", "following")
BEFORE = ("before",)
ROUGHLY = frozenset("about around roughly approximately some nearly almost".split())
UNITS = frozenset("minute hour day week fortnight month year".split())
SLACK = {"week": dt.timedelta(days=2), "fortnight": dt.timedelta(days=4)}
"""What "about a week" may be short of a week, or beyond it."""
FAR = 1_000
"""What lies so many years away has no day in the calendar."""
CLIMBING = frozenset("conj xcomp dobj prep pobj nsubj nsubjpass acl".split())


@dataclass(frozen=True, slots=True)
class Sequence:
    """`link` ("after") joins what is told at `inner` to what is told at `outer`.

    `length` is what stands before it, "two days", with its number and unit; the number of "hours"
    alone is None.
    """

    link: Token
    inner: Token
    outer: Token
    length: str = ""
    count: int | None = None
    unit: str = ""
    roughly: bool = False
    """ "about a week after"."""

    @property
    def before_outer(self) -> bool:
        return self.link.lower_ in AFTER

    @property
    def words(self) -> str:
        return f"{self.length} {self.link.lower_}".strip()


def sequence_of(trigger: Token) -> Sequence | None:
    """The clause or phrase of after or before that the event is told in, if it is in one."""
    token = trigger
    if (turned := _turned_round(trigger)) is not None:
        return turned
    while token.head != token:
        head = token.head
        if token.dep_ in ("advcl", "ccomp", "conj") and is_verb(head):
            marks = (c for c in children(token, "mark") if c.lower_ in AFTER + BEFORE)
            link = next(marks, None)
            if link is None and token.dep_ == "conj":
                token = head
                continue
            return _measured(link, token, head) if link is not None else None
        if token.dep_ in ("pcomp", "pobj") and head.lower_ in AFTER + BEFORE:
            return _measured(head, token, head.head) if is_verb(head.head) else None
        if token.dep_ not in CLIMBING:
            return None
        token = head
    return None


def _turned_round(verb: Token) -> Sequence | None:
    """ "It opened on Sunday, ninety days after they endorsed it", which the parser may hang the other
    way round: the main clause beneath the verb of the clause of time."""
    if verb.dep_ != "ROOT" or not is_verb(verb):
        return None
    link = next((c for c in children(verb, "mark") if c.lower_ in AFTER + BEFORE), None)
    main = next((c for c in children(verb, "ccomp") if link is not None and c.i < link.i), None)
    return _measured(link, verb, main) if link is not None and main is not None else None


def _measured(link: Token, inner: Token, outer: Token) -> Sequence:
    bare = Sequence(link, inner, outer)
    if link.i == 0:
        return bare
    unit = link.nbor(-1)
    if singular(unit.lower_) not in UNITS:
        return bare
    count = number(link.nbor(-2).lower_) if link.i > 1 else None
    length = f"{link.nbor(-2).text} {unit.text}" if count is not None else unit.text
    roughly = link.i > 2 and link.nbor(-3).lower_ in ROUGHLY
    return replace(bare, length=length, count=count, unit=singular(unit.lower_), roughly=roughly)


def beside(sequence: Sequence, day: dt.date) -> DateValue | None:
    """The date of what lies so far from `day`; None if it is not said how far."""
    unit, count = sequence.unit, sequence.count
    if unit in ("hour", "minute"):
        return replace(DateValue.day(day), approximate=True)
    if count is None or count > FAR:
        return None
    away = shifted(unit, day, -count if sequence.before_outer else count)
    if unit == "day":
        return replace(DateValue.day(away), approximate=sequence.roughly)
    if sequence.roughly and unit in SLACK:
        return DateValue.range(away - SLACK[unit], away + SLACK[unit])
    grain = "day" if unit in ("week", "fortnight") else unit
    return replace(named(grain, away)[1], approximate=True)


def bounded(sequence: Sequence, day: dt.date, told: dt.date | None) -> DateValue:
    """On or before the day of what came after it; from the day of what came before it until told."""
    if sequence.before_outer:
        return DateValue.until(day)
    if told is not None and told > day:
        return DateValue.range(day, told)
    return DateValue.since(day)


def is_sharp(value: DateValue) -> bool:
    return value.precision is Precision.DAY and not value.approximate
