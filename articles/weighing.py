"""How alike two mentions are: a score with the reasons for it. Pure functions of the two alone.

Nothing is counted over the record: a weight that grew with what came in would make the order of
arrival matter. So a word's weight is what it is by itself (a name or a number tells more than a
common word), and how rare a pair of participants is shows only in how many others compete.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from timeline.dates import UNDATED, DateValue, Precision
from timeline.types import TYPES

from .words import salient, stem

JOIN = 0.5
"""From this score on, two mentions are one event."""
POSSIBLE = 0.35
"""From this score on, two events are shown to editors as a possible duplicate."""
UNSURE = 0.49
"""Most that two mentions reach which something speaks against that no likeness outweighs."""
FORECASTS = frozenset({"planned", "proposed"})
UNDONE = frozenset({"denied", "cancelled"})
WORDS = frozenset(t.key for t in TYPES.values() if t.family == "words")
WORDED = WORDS | {"other"}
PARTICULAR = WORDS - {"statement"}
"""Words that one speaker has for one thing a day more often than for two."""
"""Types of which one actor may do several a day: only their words tell whether two are one."""
DIRECTED = WORDS | {"strike", "sanctions", "envoy", "legal"}
"""Types in which it matters who acts: Russia strikes Ukraine and Ukraine strikes Russia are two."""
KINDS = {
    **{t.key: t.key for t in TYPES.values()},
    **dict.fromkeys(("call", "meeting", "visit", "talks"), "contact"),
    **dict.fromkeys(WORDED, "words"),
    **dict.fromkeys(("agreement", "ceasefire"), "accord"),
}
"""What types are compared at all: those that two reports of one event may give it."""
KIN = {
    frozenset(pair.split()): cost
    for pair, cost in {
        "meeting talks": 0.1,
        "call talks": 0.2,
        "agreement ceasefire": 0.1,
        "call meeting": 0.2,
        "meeting visit": 0.2,
        "talks visit": 0.2,
    }.items()
}
"""What it costs that two reports give it different types."""
TWO = frozenset(map(frozenset, (("call", "meeting"), ("meeting", "visit"), ("talks", "visit"))))
"""Types that are two events as a rule, a visit and the meeting in it: only possible duplicates."""
OTHER_CONTACT = 0.35
"""What it costs that one report has a side more. Who else is on the line makes it another call."""
OTHER_TALKS = 0.25
"""The same for talks, at which more sit than every report names."""
OTHER = {True: 0.15, False: 0.35}
"""The same for other kinds of event: with all sides of the one in the other, and without; then they
must be of one day."""
DENIED = 0.2
"""What it costs that one report denies what the other tells: of several it is the likelier that
tells it too."""
AT_ONE_PLACE = frozenset(("meeting", "visit"))
"""A visit to the very place of a meeting, by one who met there, on its day, is that meeting."""
ANY_WORDS = 0.05
"""The same for two types of words: a demand is a statement too."""


LONG = 31
"""Days: that two dates meet of which one is vaguer than a month says little."""
ONE_WORD = 0.3
"""Most that a single word in common tells of two reports of a speech. In the sample dispatches all
pairs of the same speaker and day that have but one are about two things."""


@dataclass(frozen=True, slots=True)
class Party:
    """A participant; `side` is whom a person acted for at that date, "" if nobody or unknown."""

    name: str
    side: str = ""


@dataclass(frozen=True)
class Evidence:
    """What matching sees of a mention.

    `key` must not depend on when the article came in (a digest, not a number of the database), for
    it decides ties. `dates` are the mention's own and, if an editor set one, the event's.
    """

    key: str
    article: str
    type: str
    parties: tuple[Party, ...]
    dates: tuple[DateValue, ...]
    text: str = ""
    status: str = "occurred"
    places: tuple[str, ...] = ()
    start: int = 0
    """Where its sentence, the text, begins in the article."""
    deadline: DateValue = UNDATED
    """Until when what it demands is to be done, as its event has it."""
    demands: tuple[str, ...] = ()
    """The types of event that would be what it demands, and those that would be what it threatens."""
    threatens: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return KINDS[self.type]

    @property
    def forecast(self) -> bool:
        """Whether it is told as what is to come: a plan and what came of it are two events."""
        return self.status in FORECASTS

    @cached_property
    def who(self) -> frozenset[str]:
        """The participants; a side goes into the person who acts for it."""
        sides = {p.side for p in self.parties if p.side}
        return frozenset(p.name for p in self.parties if p.name not in sides)

    @cached_property
    def sides(self) -> frozenset[str]:
        """The participants by side: what a person's meeting and a country's have in common.

        Of words it is the speaker's alone: whom they were said to is seldom told twice alike.
        """
        if self.type in WORDED:
            return frozenset({self.first} if self.parties else ())
        return frozenset(p.side or p.name for p in self.parties)

    @cached_property
    def first(self) -> str:
        """The side that acts."""
        return self.parties[0].side or self.parties[0].name

    @cached_property
    def acting(self) -> tuple[Party, ...]:
        return self.parties[:1] if self.type in WORDED else self.parties

    @cached_property
    def persons(self) -> dict[str, frozenset[str]]:
        """Side → those who act for it here, if any is named."""
        found: dict[str, set[str]] = defaultdict(set)
        for p in self.acting:
            if p.side:
                found[p.side].add(p.name)
        return {side: frozenset(names) for side, names in found.items()}

    @cached_property
    def windows(self) -> tuple[tuple[dt.date, dt.date], ...]:
        return tuple(w for d in self.dates if (w := d.window))

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """Its days if precise to the day: its own, then an editor's."""
        return tuple(d.earliest for d in self.dates if d.precision is Precision.DAY and d.earliest)

    @cached_property
    def spots(self) -> frozenset[str]:
        return frozenset(place.casefold() for place in self.places)

    @cached_property
    def stems(self) -> dict[str, int]:
        """Its content words → how much each tells. The names of those who take part, and the words
        for its type, which count already, are not among them."""
        named = [f"{p.name} {p.side}" for p in self.parties] + [TYPES[self.type].label]
        names = {stem(word) for words in named for word in re.findall(r"\w+", words)}
        return {root: tells for root, tells in salient(self.text).items() if root not in names}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two mentions are: from 0 to 1, what speaks for it and what against."""

    score: float
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        said = _listed(self.pro) or "little in common"
        against = f"; but {_listed(self.contra)}" if self.contra else ""
        return f"{said[0].upper()}{said[1:]}{against}."


def likeness(a: Evidence, b: Evidence, *, apart: int = 0) -> Likeness | None:
    """None if they cannot be one event. `apart` is how many days may lie between their dates."""
    if a.kind != b.kind or a.forecast != b.forecast or contradict(a, b):
        return None
    marks = [*_marks(a, b, apart)]
    if any(weight is None for weight, _, _ in marks):
        return None
    score = round(sum(weight or 0 for weight, _, _ in marks), 4)
    most = UNSURE if frozenset((a.type, b.type)) in TWO and not _called_there(a, b) else 1.0
    return Likeness(
        min(max(score, 0.0), most),
        tuple(words for _, words, favours in marks if words and favours),
        tuple(words for _, words, favours in marks if words and not favours),
    )


def _called_there(a: Evidence, b: Evidence) -> bool:
    one_day = bool(set(a.days) & set(b.days))
    there = {a.type, b.type} == AT_ONE_PLACE and bool(a.spots & b.spots)
    return one_day and there and bool(_named(a) & _named(b))


def contradict(a: Evidence, b: Evidence) -> bool:
    """One kind of event, but one person here who is another there, or the other way round."""
    if a.kind != b.kind:
        return False
    if any(not a.persons[side] & b.persons[side] for side in a.persons.keys() & b.persons.keys()):
        return True
    if a.type == b.type == "visit" and _visitors(a, b):
        return True
    directed = a.type in DIRECTED and len(a.sides) > 1 and len(b.sides) > 1
    return directed and a.first != b.first


def _visitors(a: Evidence, b: Evidence) -> bool:
    """Whether one went to the other's here and was visited there."""
    one, other = a.persons.keys(), b.persons.keys()
    return len(one) == len(other) == 1 and one != other


Mark = tuple[float | None, str, bool]
"""What one trait adds (None: it rules it out), in words, and whether it speaks for it."""


def _marks(a: Evidence, b: Evidence, apart: int) -> Iterator[Mark]:
    yield _type(a, b)
    yield _who(a, b)
    yield _whether(a, b)
    yield _when(a, b, apart)
    yield _where(a, b)
    yield _said(a, b)
    yield _numbers(a, b)


def _type(a: Evidence, b: Evidence) -> Mark:
    base = (0.15 if a.type in PARTICULAR else 0.05) if a.type in WORDED else 0.6
    if a.type == b.type:
        return base, f"both are read as {_label(a)}", True
    cost = ANY_WORDS if a.kind == "words" else KIN.get(frozenset((a.type, b.type)))
    return cost and base - cost, f"one is read as {_label(a)}, the other as {_label(b)}", False


def _label(m: Evidence) -> str:
    return f"“{TYPES[m.type].label.lower()}”"


def _who(a: Evidence, b: Evidence) -> Mark:
    shared = a.sides & b.sides
    if not shared:
        alone = not (a.sides and b.sides) and bool(a.spots & b.spots)
        return (-0.2, "not both say who took part", False) if alone else (None, "", False)
    named = 0.1 if a.kind != "words" and _named(a) & _named(b) else 0.0
    if a.sides == b.sides:
        same = _listed(sorted(a.who & b.who) or sorted(shared))
        return named, f"the same participants ({same})", True
    held = a.sides < b.sides or b.sides < a.sides
    if not held and (a.kind == "contact" or not set(a.days) & set(b.days)):
        return None, "", False
    cost = OTHER[held] if a.kind != "contact" else OTHER_CONTACT
    if a.type == b.type == "talks":
        cost = OTHER_TALKS
    only = _listed(sorted(a.sides ^ b.sides))
    return named - cost, f"{only} in one of them only", False


def _whether(a: Evidence, b: Evidence) -> Mark:
    if (a.status in UNDONE) == (b.status in UNDONE):
        return 0.0, "", True
    return -DENIED, "told by one and denied by the other", False


def _named(m: Evidence) -> frozenset[str]:
    return frozenset(p.name for p in m.parties if p.side)


def _when(a: Evidence, b: Evidence, apart: int) -> Mark:
    if not (a.windows and b.windows):
        return None, "", False
    between = gap(a, b)
    if between > apart:
        return None, "", False
    if between:
        return -0.05 * between, _days_apart(between), False
    if set(a.days) & set(b.days):
        return (0.05 if a.type in WORDED else 0.1), "the same day", True
    if max(_width(a), _width(b)) > LONG:
        return -0.15, "one of the dates is very vague", False
    return 0.0, "days that can be the same", True


def _width(m: Evidence) -> int:
    return min((b - a).days for a, b in m.windows)


def _days_apart(days: int) -> str:
    return "a day lies between their dates" if days == 1 else f"{days} days lie between their dates"


def gap(a: Evidence, b: Evidence) -> int:
    """Days from the one to the other, 0 if they meet. Both must be dated."""
    return max(
        0,
        min(max((y[0] - x[1]).days, (x[0] - y[1]).days) for x in a.windows for y in b.windows),
    )


def _where(a: Evidence, b: Evidence) -> Mark:
    if not (a.spots and b.spots):
        return 0.0, "", True
    if both := a.spots & b.spots:
        names = sorted({p for p in a.places if p.casefold() in both})
        return 0.1, f"the same place ({_listed(names)})", True
    return -0.05, f"{_listed(a.places)} in one, {_listed(b.places)} in the other", False


def _said(a: Evidence, b: Evidence) -> Mark:
    share = resemblance(a.stems, b.stems)
    common = sorted(a.stems.keys() & b.stems.keys(), key=lambda s: (-a.stems[s], s))
    words = f"like words ({_listed(common[:3])} …)" if common else ""
    if a.kind != "words":
        return min(share, 0.25), words, True
    most = 0.8 if len(common) > 1 else ONE_WORD
    return min(4 * share, most), words or "other words", bool(common)


def _numbers(a: Evidence, b: Evidence) -> Mark:
    one, other = ({s for s in e.stems if s[0].isdigit()} for e in (a, b))
    if both := one & other:
        return 0.1, f"the same number ({_listed(sorted(both))})", True
    return 0.0, "", True


def resemblance(a: dict[str, int], b: dict[str, int]) -> float:
    """Weight of the shared words by that of all words, 0 to 1; 0 when neither says anything."""
    shared = sum(max(a[s], b[s]) for s in a.keys() & b.keys())
    total = sum(a.values()) + sum(b.values()) - sum(min(a[s], b[s]) for s in a.keys() & b.keys())
    return shared / total if total else 0.0


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
