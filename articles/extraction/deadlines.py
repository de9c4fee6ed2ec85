"""Until when a threat or demand is to be met, and what would meet it or be done otherwise.

The words are those of data/deadlines.toml. A deadline is never the date of the event that sets it.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from timeline.dates import Basis, DateValue, Precision, parse_edtf, words

from .choosing import HALF_A_YEAR
from .clauses import Clause
from .dating import DateWord
from .dating.units import number, shifted, singular
from .drafts import Deadline, Draft
from .governing import head_of
from .syntax import children, is_verb, objects_of, patients, subjects
from .triggers import Trigger
from .who import Cast

RULES = Path(__file__).parent / "data" / "deadlines.toml"
ULTIMATUMS = ("threat", "demand")
GIVING = frozenset("give allow grant leave set have get face impose announce issue".split())
"""Verbs with which time is given; what is demanded stands behind them."""
FACING = frozenset("face risk suffer".split())
"""What stands below is threatened: "or face air strikes"."""
CLAUSES = ("ccomp", "xcomp", "advcl")
"""Links to a deed that the parser may take for a noun: "demanded that Syria reply"."""
UNLESS = ("unless", "if", "until")
LEADING = re.compile(r"^(?:by|before|until|till|no later than) ", re.IGNORECASE)
END = re.compile(r"\b(?:the end|end|close) of\b|['’]s end$", re.IGNORECASE)
CALENDAR = re.compile(r"^\d{4}(?:-\d\d){0,2}(?=T|$)")
NEXT = 2
"""So many sentences after an ultimatum a deadline may be said to be its own."""
LENGTHS = ("hour", "day", "week", "fortnight", "month", "year")
MOST = 1000
ONE_DAY = dt.timedelta(days=1)
OR_MORE = re.compile(r"(?:(?<=\s)|^)(\w+) (?:or|to) $")
""" "ten or twelve days"."""
ROUND = ("month", "year")
"""Spans of no certain number of days."""


@dataclass(frozen=True)
class Rule:
    """One [[deadline]] of the data file, whose head explains the fields."""

    name: str
    before: re.Pattern[str]
    example: str
    day: str
    behind: re.Pattern[str] | None = None
    counted: bool = False
    clause: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Deed:
    """One [[demanded]] or [[threatened]] of the data file."""

    type: str
    lemmas: frozenset[str]
    example: str
    about: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    bare: bool = False

    def is_meant(self, token: Token) -> bool:
        if token.lemma_.lower() not in self.lemmas:
            return False
        beside = {t.lemma_.lower() for t in children(token, "amod", "compound", "poss", "det")}
        if beside & self.without or (self.bare and beside):
            return False
        return not self.about or any(t.lemma_.lower() in self.about for t in token.subtree)


@dataclass(frozen=True)
class Rules:
    deadlines: tuple[Rule, ...]
    demanded: tuple[Deed, ...]
    threatened: tuple[Deed, ...]
    soft: frozenset[str]


@cache
def rules() -> Rules:
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return Rules(
        tuple(map(_rule, data["deadline"])),
        tuple(map(_deed, data["demanded"])),
        tuple(map(_deed, data["threatened"])),
        frozenset(data["soft"]),
    )


def _rule(row: dict[str, Any]) -> Rule:
    fields = dict(row)
    for name in fields.keys() & {"before", "behind"}:
        fields[name] = re.compile(row[name], re.IGNORECASE)
    return Rule(**fields)


def _deed(row: dict[str, Any]) -> Deed:
    fields: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in row.items()}
    return Deed(**fields)


@dataclass(frozen=True, slots=True)
class Limit:
    """Date words that set a deadline, in the sentence, before it is known when they were said."""

    word: DateWord
    rule: Rule
    demands: tuple[str, ...] = ()
    threatens: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    """Of whom it is demanded."""
    otherwise: frozenset[int] = field(default_factory=frozenset)
    """The words of the sentence that say what is threatened: they tell of no event."""


# ---------- in the sentence


def limit_of(trigger: Trigger, clause: Clause, cast: Cast) -> Limit | None:
    """The deadline that a threat or demand sets in its own sentence."""
    token = trigger.token
    if trigger.rule.type not in ULTIMATUMS or token.lemma_.lower() in rules().soft:
        return None
    for word, head, rule in _fitting(clause):
        verb = token if is_verb(token) else token.head
        if head.i < token.i or not (verb in head.ancestors or verb == head):
            continue
        demanded = _demanded(head, verb, clause)
        if not rule.clause or (demanded is not None and demanded.i < head.i):
            limit = _limit(word, rule, verb, demanded, cast)
            return limit if limit.to or not trigger.rule.must else None
        if trigger.rule.type == "demand" and any(children(verb, "dobj")):
            return _limit(word, rule, verb, None, cast)  # "demanded an answer by Friday"
    return None


def loose_limit(clause: Clause, cast: Cast) -> Limit | None:
    """The deadline that a sentence sets which itself neither threatens nor demands: "They have until
    Friday to comply."."""
    for word, head, rule in _fitting(clause):
        if rule.alone:
            root = next((t for t in head.ancestors if t.dep_ == "ROOT"), head)
            return _limit(word, rule, root, _demanded(head, root, clause), cast)
    return None


def _fitting(clause: Clause) -> Iterator[tuple[DateWord, Token, Rule]]:
    for rule in rules().deadlines:
        for word in clause.spans if rule.counted else clause.dates:
            if _fits(rule, word, clause) and (head := head_of(word, clause)) is not None:
                yield word, head, rule


def _fits(rule: Rule, word: DateWord, clause: Clause) -> bool:
    text = clause.doc.text
    start, end = word.start - clause.start, word.end - clause.start
    lead = LEADING.match(word.text)
    before = (text[: max(start, 0)] + (lead[0] if lead else "")).rstrip()
    return bool(rule.before.search(before)) and (
        rule.behind is None or bool(rule.behind.search(text[end:]))
    )


def _demanded(head: Token, verb: Token, clause: Clause) -> Token | None:
    """The deed that is to be done by then: the verb that the date words hang on, else the next "to
    withdraw" behind them."""
    for token in head.ancestors:
        if token == verb:
            break
        deed = is_verb(token) or token.dep_ in CLAUSES
        if deed and token.lemma_.lower() not in GIVING:
            return _first_joined(token, verb)
    behind = clause.doc[head.i + 1 :]
    to = (t for t in behind if t.tag_ == "VB" and any(a.lower_ == "to" for a in children(t, "aux")))
    return next((t for t in to if verb in t.ancestors), None)


def _first_joined(deed: Token, verb: Token) -> Token:
    """The first of several deeds: "agreed to a truce and held elections within four months"."""
    while deed.dep_ == "conj" and is_verb(deed.head) and deed.head != verb:
        deed = deed.head
    return deed


def _limit(word: DateWord, rule: Rule, verb: Token, demanded: Token | None, cast: Cast) -> Limit:
    otherwise = _otherwise(verb, demanded)
    asked = [t for t in demanded.subtree if t not in otherwise] if demanded is not None else []
    known = rules()
    return Limit(
        word,
        rule,
        _types(known.demanded, asked or [t for d in children(verb, "dobj") for t in d.subtree]),
        _types(known.threatened, otherwise),
        _asked(verb, demanded, otherwise, cast),
        frozenset(t.i for t in otherwise),
    )


def _types(deeds: Iterable[Deed], tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.type for d in deeds if any(map(d.is_meant, tokens))))


def _otherwise(verb: Token, demanded: Token | None) -> list[Token]:
    """What is threatened: "or face air strikes", "strikes would follow unless", "with tariffs if"."""
    facing = {t for f in verb.subtree if f.lemma_.lower() in FACING for t in f.subtree}
    said: set[Token] = set()
    if verb.lemma_ == "threaten":
        below = [*objects_of(verb, "with"), *children(verb, "xcomp")]
        said |= {t for head in below for t in head.subtree}
    supposed = _supposed(verb, demanded)
    if supposed is not None and supposed.head != verb:
        said |= set(supposed.head.subtree)
    apart = supposed or demanded
    return sorted(facing | (said - set(apart.subtree if apart else ())), key=lambda t: t.i)


def _supposed(verb: Token, demanded: Token | None) -> Token | None:
    """The verb of the clause with "unless" or "if" that the demanded deed stands in."""
    for token in (demanded, *demanded.ancestors) if demanded is not None else ():
        if token == verb:
            return None
        if any(c.lower_ in UNLESS for c in children(token, "mark", "advmod")):
            return token
    return None


def _asked(
    verb: Token, demanded: Token | None, otherwise: Sequence[Token], cast: Cast
) -> tuple[str, ...]:
    """Those of whom it is demanded; whoever demands it is none of them."""
    own = cast.sides_among(cast.of(subjects(verb)))
    groups: list[list[Token]] = []
    if demanded is not None and any(children(demanded, "nsubj")):
        groups.append(subjects(demanded))
    givers = [t for t in verb.subtree if is_verb(t) and t.lemma_.lower() in GIVING]
    groups.append([*patients(verb), *objects_of(verb, "to", "on", "from")])
    groups += [[*patients(g), *objects_of(g, "to", "for"), *subjects(g)] for g in givers]
    groups += [[p for d in children(verb, "dobj") for p in objects_of(d, "to", "for")]]
    groups.append([p for t in otherwise for p in objects_of(t, "on", "against")])
    for heads in groups:
        names = [n for n in cast.of(heads) if not cast.sides_among([n]) <= own]
        if names:
            return tuple(names)
    return ()


# ---------- once it is known when it was said


def with_deadline(draft: Draft, limit: Limit, clause: Clause) -> Draft:
    """The ultimatum with its deadline; what is told with no day of its own was said by then."""
    deadline = _set_by(limit, draft.date, clause)
    if deadline is None or deadline.date.latest is None:
        return draft
    last = deadline.date.latest
    if draft.basis is Basis.PUBLICATION and draft.date.latest and last < draft.date.latest:
        value = DateValue.until(last)
        because = f"it was said before its deadline, {words(deadline.date)} → {words(value)}"
        draft = replace(draft, date=value, basis=Basis.CONTEXT, because=because)
    return replace(draft, deadline=deadline)


def _set_by(limit: Limit, told: DateValue, clause: Clause) -> Deadline | None:
    """The deadline of an ultimatum told of that day; None if it cannot be, or need not be, reckoned."""
    if limit.rule.counted:
        found = _counted(limit.word, told, clause)
    else:
        found = _named(limit.word, told, clause.anchor.day)
    if found is None:
        return None
    date, how = found
    basis = Basis.RELATIVE if limit.rule.counted else limit.word.basis
    because = f"{how} is the time given (rule “{limit.rule.name}”) → {words(date)}"
    return Deadline(date, basis, because, limit.demands, limit.threatens)


def _counted(word: DateWord, told: DateValue, clause: Clause) -> tuple[DateValue, str] | None:
    """ "ten days", or "ten or twelve", after the day on which the deadline was set."""
    parts = dict(word.parts)
    most, unit = number(parts.get("n", "")), singular(parts.get("unit", ""))
    if most is None or unit not in LENGTHS or told.latest is None or most > MOST:
        return None
    lead = OR_MORE.search(clause.doc.text[: word.start - clause.start])
    least = (number(lead[1]) if lead else None) or most
    if unit == "hour":
        first, last = least // 24, -(-most // 24)
        ends = [told.earliest and told.earliest + first * ONE_DAY, told.latest + last * ONE_DAY]
    else:
        ends = [told.earliest and shifted(unit, told.earliest, least)]
        ends.append(shifted(unit, told.latest, most))
    a, b = ends
    assert b is not None
    date = DateValue.until(b) if a is None else _span(a, b)
    if unit in ROUND:
        date = replace(date, approximate=True)
    return date, f"“{lead[0] if lead else ''}{word.text}” from {words(told)}"


def _span(first: dt.date, last: dt.date) -> DateValue:
    return DateValue.day(first) if first == last else DateValue.range(first, last)


def _named(word: DateWord, told: DateValue, anchor: dt.date | None) -> tuple[DateValue, str] | None:
    """The first of the days that the words can mean on which the deadline could still be met."""
    limits = {_last(word, whole): whole for whole in _readings(word)}
    sharp = told.precision is Precision.DAY
    since = told.earliest if sharp else anchor
    if since is None:
        date = next(iter(limits), None)
    else:
        last = since + HALF_A_YEAR if word.past else dt.date.max
        ahead = [d for d in limits if d.latest and since <= d.latest <= last]
        date = min(ahead, key=lambda d: d.latest or since, default=None)
        if date is None and not sharp:  # "had given him until Friday", told the week after
            date = next((d for d in limits if d.latest and d.latest < since), None)
    if date is None:
        return None
    same = word.date is not None and limits[date].latest == word.date.latest
    why = word.because if same and word.because else f"“{word.text}” after {words(told)}"
    return date, why


def _readings(word: DateWord) -> Iterator[DateValue]:
    if m := CALENDAR.match(word.value):
        yield parse_edtf(m[0])
    elif word.date is not None:
        yield word.date
    yield from (d for d in (word.past, word.coming) if d is not None)


def _last(word: DateWord, whole: DateValue) -> DateValue:
    """The last day that "before 1 August" leaves; the end of a month is its last day."""
    if word.bound == "before" and whole.earliest is not None:
        return DateValue.day(whole.earliest - ONE_DAY)
    if whole.latest is not None and (whole.earliest is None or END.search(word.text)):
        return DateValue.day(whole.latest)
    return whole


# ---------- in the next sentences


@dataclass(frozen=True, slots=True)
class Loose:
    """A deadline told without its ultimatum: the number of its sentence, and where that begins."""

    limit: Limit
    clause: Clause
    start: int


def carried(drafts: Sequence[Draft], loose: Iterable[Loose], starts: Sequence[int]) -> list[Draft]:
    """The drafts, with the deadlines that the sentences right behind them set for them.

    `starts` tells where each sentence of the article begins.
    """
    found = list(drafts)
    for told in loose:
        here = starts.index(told.start)
        near = starts[max(0, here - NEXT) : here]
        for at in reversed(range(len(found))):
            draft = found[at]
            lacks = draft.deadline is None and draft.status == "occurred"
            if draft.type in ULTIMATUMS and lacks and draft.evidence.start in near:
                found[at] = with_deadline(draft, told.limit, told.clause)
                break
    return found
