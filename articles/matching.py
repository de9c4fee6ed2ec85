"""Which mentions tell of the same event. Pure functions: the order of arrival changes nothing.

`group` divides mentions into events by a first rule: same type, same participants, days that
overlap, and for words (and events of no type) the same subject. `assign` gives each group the event it already has.

The rule is local, so that regrouping the neighbourhood of a new mention gives what regrouping the
whole record would: mentions precise to the day form the cores, each within its own day; a vaguer
one joins the only core among its days, and stands alone when several compete for it; vague ones
without a core join those that say the very same days.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from timeline.dates import DateValue, Precision
from timeline.types import TYPES

DIRECTED = frozenset({"strike", *(t.key for t in TYPES.values() if t.family == "words")})
"""Types in which it matters who acts: Russia strikes Ukraine and Ukraine strikes Russia are two."""
WORDED = frozenset({"other", *(t.key for t in TYPES.values() if t.family == "words")})
"""Types of which one actor may do several a day: only their words tell whether two are one."""
ALIKE = 0.1
"""Least Jaccard similarity of the content words of two sentences of WORDED types.

In the sample articles, 18 pairs of such sentences have the same speaker and days that meet. Those
about different subjects reach at most 0.08 (mostly 0), retellings of one speech lie between 0 and
0.13, copied sentences near 1. So this keeps different speeches apart, joins copies and close
retellings, and leaves free retellings as two entries."""
STEM = 5
"""Letters of a word that are compared: "sanctions" and "sanctioned" are one."""
EMPTY = frozenset(
    """
    about after again against all also although among and any are because been before being
    both but can could did does during each even every for from had has have having her here
    hers him his how however into its itself just like made make many may more most much must
    nor not now off once one only other our out over own said same say says she should since
    some such than that the their them then there these they this those though through told too
    two under until upon very was well were what when where which while who whom why will with
    without would yet you your monday tuesday wednesday thursday friday saturday sunday
    president minister secretary foreign statement
    """.split()
)
"""Words of three letters and more that say nothing about the subject."""


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

    @cached_property
    def who(self) -> frozenset[str]:
        """The participants; a side goes into the person who acts for it."""
        sides = {p.side for p in self.parties if p.side}
        return frozenset(p.name for p in self.parties if p.name not in sides)

    @cached_property
    def sides(self) -> frozenset[str]:
        """The participants by side: what a person's meeting and a country's have in common."""
        return frozenset(p.side or p.name for p in self.parties)

    @cached_property
    def first(self) -> str:
        """The side that acts."""
        return self.parties[0].side or self.parties[0].name

    @cached_property
    def windows(self) -> tuple[tuple[dt.date, dt.date], ...]:
        return tuple(w for d in self.dates if (w := d.window))

    @cached_property
    def day(self) -> dt.date | None:
        """Its day if it is precise to the day, an editor's day before its own."""
        days = [d.earliest for d in self.dates if d.precision is Precision.DAY]
        return days[-1] if days else None

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first letters of its content words, without the names of those who take part."""
        names = {w for p in self.parties for w in re.findall(r"\w+", f"{p.name} {p.side}".lower())}
        words = re.findall(r"[^\W\d_]{3,}", self.text.lower())
        return frozenset(w[:STEM] for w in words if w not in EMPTY and w not in names)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The editors' word on pairs of keys: these are one event, those are not."""

    must_join: frozenset[frozenset[str]] = frozenset()
    must_part: frozenset[frozenset[str]] = frozenset()


def group(mentions: Iterable[Evidence], decisions: Decisions | None = None) -> list[frozenset[str]]:
    """The keys of the mentions, divided into events; the events in the order of their least key."""
    units = _units(sorted(mentions, key=lambda m: m.key), decisions or Decisions())
    table = _Table(decisions or Decisions())
    for unit in sorted((u for u in units if u.precise), key=_specific):
        table.place(unit)
    table.place_vague(sorted((u for u in units if not u.precise), key=_sharp))
    return sorted((frozenset(u.keys) for u in table.groups), key=min)


@dataclass(eq=False)
class _Group:
    """Mentions that are one event so far. `cores` are those a newcomer is compared with."""

    members: list[Evidence]
    cores: list[Evidence] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [m.key for m in self.members]

    @property
    def precise(self) -> bool:
        return any(m.day for m in self.members)

    def absorb(self, other: "_Group", *, core: bool) -> None:
        self.members += other.members
        if core:
            self.cores += other.members


def _specific(unit: _Group) -> tuple[int, str]:
    """Mentions that name persons come before those that name only their sides."""
    return -max(len(m.who - m.sides) for m in unit.members), unit.members[0].key


def _sharp(unit: _Group) -> tuple[int, int, str]:
    widths = [(b - a).days for m in unit.members for a, b in m.windows]
    return min(widths, default=10**9), *_specific(unit)


def _units(mentions: Sequence[Evidence], decisions: Decisions) -> list[_Group]:
    """Mentions an editor joined, as one; all others alone. A pair told to part is never joined."""
    unit_of = {m.key: _Group([m], [m]) for m in mentions}
    for pair in sorted(decisions.must_join, key=sorted):
        known = [unit_of[key] for key in sorted(pair) if key in unit_of]
        if len(known) < 2:
            continue
        first, second = sorted(known, key=lambda u: u.keys[0])
        if first is second or _parted(first, second, decisions):
            continue
        first.absorb(second, core=True)
        unit_of |= dict.fromkeys(second.keys, first)
    return list(dict.fromkeys(unit_of.values()))


def _parted(a: _Group, b: _Group, decisions: Decisions) -> bool:
    return bool(decisions.must_part) and any(
        frozenset((x, y)) in decisions.must_part for x in a.keys for y in b.keys
    )


class _Table:
    """The groups made so far, found by type, sides and day."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.groups: list[_Group] = []
        self.days: dict[object, dict[dt.date, list[_Group]]] = defaultdict(dict)

    def place(self, unit: _Group) -> None:
        """Into the group of its day that says the same; else a group of its own."""
        there = [g for m in unit.members if m.day for g in self._on(m, m.day)]
        fits = [g for g in dict.fromkeys(there) if self._fits(g, unit)]
        same = [g for g in fits if _same_who(g, unit)]
        choice = same or (fits if len(fits) == 1 else [])
        if choice:
            group = max(choice, key=lambda g: _likeness(g, unit))
            group.absorb(unit, core=True)
        else:
            group = unit
            self.groups.append(group)
        self._enter(group, unit)

    def _enter(self, group: _Group, unit: _Group) -> None:
        for m in unit.members:
            for day in (d.earliest for d in m.dates if d.precision is Precision.DAY):
                if day and m.sides:
                    cell = self.days[m.type, m.sides].setdefault(day, [])
                    if group not in cell:
                        cell.append(group)

    def place_vague(self, units: Sequence[_Group]) -> None:
        """Each into the only core among its days. The cores are all known by now, and only they
        count: whether one vague mention has joined does not change what the next one sees."""
        alone: dict[object, list[_Group]] = defaultdict(list)
        for unit in units:
            cores = self._among(unit)
            if len(cores) == 1 and self._may_join(cores[0], unit):
                cores[0].absorb(unit, core=False)
            elif cores:
                self.groups.append(unit)
            else:
                self._beside(unit, alone)

    def _beside(self, unit: _Group, alone: dict[object, list[_Group]]) -> None:
        """Without a core: to those that have none either and say the very same days."""
        m = unit.members[0]
        cell = alone[m.type, m.who, m.windows] if m.windows and m.who else []
        fits = [g for g in cell if self._fits(g, unit)]
        if fits:
            max(fits, key=lambda g: _likeness(g, unit)).absorb(unit, core=True)
        else:
            cell.append(unit)
            self.groups.append(unit)

    def _on(self, m: Evidence, day: dt.date) -> list[_Group]:
        return self.days[m.type, m.sides].get(day, [])

    def _among(self, unit: _Group) -> list[_Group]:
        """The cores among its days that say the same and are not of its own article."""
        found = [
            group
            for m in unit.members
            for day, groups in self.days[m.type, m.sides].items()
            if any(a <= day <= b for a, b in m.windows)
            for group in groups
        ]
        return [
            g
            for g in dict.fromkeys(found)
            if _compatible(g, unit)
            and not _told_twice(g.cores, unit.members)
            and not _parted(g, unit, self.decisions)
        ]

    def _fits(self, group: _Group, unit: _Group) -> bool:
        return self._may_join(group, unit) and _compatible(group, unit)

    def _may_join(self, group: _Group, unit: _Group) -> bool:
        """Two events of one article stay two, and so does what an editor parted."""
        return not _told_twice(group.members, unit.members) and not _parted(
            group, unit, self.decisions
        )


def _told_twice(some: Iterable[Evidence], others: Iterable[Evidence]) -> bool:
    told = {(m.article, m.type) for m in some}
    return any((m.article, m.type) in told for m in others)


def _compatible(group: _Group, unit: _Group) -> bool:
    return any(_same_event(a, b) for a in group.cores for b in unit.members)


def _same_event(a: Evidence, b: Evidence) -> bool:
    if a.type != b.type or not a.who or not b.who or a.sides != b.sides:
        return False
    if not any(x[0] <= y[1] and y[0] <= x[1] for x in a.windows for y in b.windows):
        return False
    if a.type in DIRECTED and a.first != b.first:
        return False
    if not _refines(a, b):
        return False
    return a.type not in WORDED or jaccard(a.stems, b.stems) >= ALIKE


def _refines(a: Evidence, b: Evidence) -> bool:
    """The same people; a side stands for anyone who acts for it, but one person not for another."""
    if a.who == b.who:
        return True
    sides = {p.name: p.side for p in (*a.parties, *b.parties)}
    one, other = a.who - b.who, b.who - a.who
    by_side = Counter(sides[n] or n for n in one) | Counter(sides[n] or n for n in other)
    if max(by_side.values(), default=0) > 1:
        return False
    persons = {sides[n] for n in one if sides[n]} & {sides[n] for n in other if sides[n]}
    return not persons


def _same_who(group: _Group, unit: _Group) -> bool:
    return any(a.who == b.who for a in group.cores for b in unit.members)


def _likeness(group: _Group, unit: _Group) -> float:
    return max(jaccard(a.stems, b.stems) for a in group.cores for b in unit.members)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words by all words, 0 to 1; 0 when neither says anything."""
    return len(a & b) / len(a | b) if a | b else 0.0


# ---------- which event a group is


def assign(
    groups: Iterable[frozenset[str]], held: Mapping[str, int], kept: frozenset[int] = frozenset()
) -> dict[frozenset[str], int | None]:
    """The event of each group, None for a new one. No event is given twice.

    `held` is the event that a key had; `kept` are events that editors decided on: they are served
    first, then the smallest. An event that several groups claim goes to the one that holds most of
    its mentions.
    """
    ordered = sorted(groups, key=min)
    claims: dict[int, Counter[frozenset[str]]] = defaultdict(Counter)
    for members in ordered:
        for key in members & held.keys():
            claims[held[key]][members] += 1
    given: dict[frozenset[str], int | None] = dict.fromkeys(ordered)
    for event in sorted(claims, key=lambda e: (e not in kept, e)):
        free = [g for g in ordered if claims[event][g] and given[g] is None]
        if free:
            given[max(free, key=lambda g: claims[event][g])] = event
    return given
