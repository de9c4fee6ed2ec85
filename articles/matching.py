"""Which mentions tell of the same event. Pure functions: the order of arrival changes nothing.

`group` divides mentions into events; `weighing` tells how alike two of them are. `assign` gives
each group the event it already has.

The rule is local, so that regrouping the neighbourhood of a new mention gives what regrouping the
whole record would. Mentions are placed by the width of their dates, the sharpest first: those
precise to the day each within its own day, then those of a night, of a week, of a month. A mention
joins the one core among its days that it fits, and stands alone when several compete for it; those
that meet no core join those that say the very same days, and become cores themselves for whatever
is vaguer. Nothing depends on what a vaguer mention, or an equally vague one of other days, does.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from .blocking import company, keys
from .runs import Run, is_short, runs, told_alike
from .weighing import JOIN, POSSIBLE, Evidence, contradict, likeness

MARGIN = 0.15
"""By how much the best of several cores must lead for a mention to join it."""
MOST_DAYS = 8
"""On how many days there may be cores of the same participants among the days of a vaguer mention.
If there are more it stands alone, unread: of a war's daily strikes "strikes in 2024" names none."""
UNDATED = 10**9


@dataclass(frozen=True, slots=True)
class Decisions:
    """The editors' word on pairs of keys: these are one event, those are not."""

    must_join: frozenset[frozenset[str]] = frozenset()
    must_part: frozenset[frozenset[str]] = frozenset()


def width(m: Evidence) -> int:
    """How many days its sharpest date allows; more than any if it has no date."""
    return min(((b - a).days + 1 for a, b in m.windows), default=UNDATED)


def group(mentions: Iterable[Evidence], decisions: Decisions | None = None) -> list[frozenset[str]]:
    """The keys of the mentions, divided into events; the events in the order of their least key."""
    decisions = decisions or Decisions()
    units = _units(sorted(mentions, key=lambda m: m.key), decisions)
    table = _Table(decisions, runs(m for unit in units for m in unit.members))
    for _, alike in groupby(sorted(units, key=_sharp), key=lambda unit: unit.width):
        table.place(list(alike))
    return sorted((frozenset(u.keys) for u in table.groups), key=min)


@dataclass(eq=False)
class _Group:
    """Mentions that are one event so far. `cores` are those a newcomer is compared with."""

    members: list[Evidence]
    cores: list[Evidence] = field(default_factory=list)
    decided: bool = False
    """Whether an editor made it: what the mentions say against one another is settled."""

    @property
    def keys(self) -> list[str]:
        return [m.key for m in self.members]

    @property
    def width(self) -> int:
        return min(map(width, self.members))

    def absorb(self, other: "_Group", *, core: bool) -> None:
        self.members += other.members
        if core:
            self.cores += other.members


def _sharp(unit: _Group) -> tuple[int, int, str]:
    """The sharpest first; of those, the ones that name persons, not only their sides."""
    return unit.width, -max(len(m.who - m.sides) for m in unit.members), unit.members[0].key


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
        first.decided = True
        unit_of |= dict.fromkeys(second.keys, first)
    return list(dict.fromkeys(unit_of.values()))


def _parted(a: _Group, b: _Group, decisions: Decisions) -> bool:
    return bool(decisions.must_part) and any(
        frozenset((x, y)) in decisions.must_part for x in a.keys for y in b.keys
    )


class _Table:
    """The groups made so far; their cores found by kind and side, or by place."""

    def __init__(self, decisions: Decisions, runs: Mapping[str, Run]) -> None:
        self.decisions = decisions
        self.runs = runs
        self.groups: list[_Group] = []
        self.cores: dict[str, list[_Group]] = defaultdict(list)
        self.days: dict[str, set[dt.date]] = defaultdict(set)

    def place(self, units: Sequence[_Group]) -> None:
        """All units of one width: what they meet was placed before any of them."""
        fitting = [(unit, self._fitting(unit)) for unit in units]
        beside: dict[object, list[_Group]] = defaultdict(list)
        for unit, fits in fitting:
            chosen = _only(fits)
            if chosen and self._may_join(chosen, unit):
                chosen.absorb(unit, core=False)
            elif fits or self._lost(unit):
                self.groups.append(unit)
            else:
                self._gather(unit, beside)
        for group in dict.fromkeys(g for cell in beside.values() for g in cell):
            self._enter(group)

    def _fitting(self, unit: _Group) -> list[tuple[float, _Group]]:
        """The sharper cores that it may be one with, and how alike they are."""
        if self._lost(unit):
            return []
        met = [g for m in unit.members for key in keys(m) for g in self.cores[key]]
        return [
            (score, g)
            for g in dict.fromkeys(met)
            if self._may_join(g, unit, g.cores) and (score := _score(g, unit)) >= JOIN
        ]

    def _gather(self, unit: _Group, beside: dict[object, list[_Group]]) -> None:
        """To those that say the very same days; else it is a group of its own."""
        days = dict.fromkeys((m.kind, slot) for m in unit.members for slot in m.windows)
        slots = [*days, *self._run_of(unit)]
        there = dict.fromkeys(g for slot in days for g in beside[slot])
        near = [g for run in self._run_of(unit) for g in beside[run] if _told_alike(g, unit)]
        there |= dict.fromkeys(near)
        fits = [(score, g) for g in there if (score := self._fit(g, unit)) >= JOIN]
        group = self._one_of(fits, unit, beside)
        if group:
            group.absorb(unit, core=True)
        else:
            self.groups.append(unit)
        for slot in slots:
            if (group or unit) not in beside[slot]:
                beside[slot].append(group or unit)

    def _run_of(self, unit: _Group) -> list[object]:
        """The run of its report, if it is a single one and the run is short."""
        run = self.runs.get(unit.members[0].key, ()) if len(unit.members) == 1 else ()
        return [("run", run[0].key)] if run and is_short(run) else []

    def _one_of(
        self, fits: Sequence[tuple[float, _Group]], unit: _Group, beside: dict[object, list[_Group]]
    ) -> _Group | None:
        """The group that it joins, into which it may bring others that were apart without it."""
        ranked = sorted(fits, key=lambda f: (not _same_who(f[1], unit), -f[0]))
        if not ranked:
            return None
        best, *others = (group for _, group in ranked)
        bridged = [g for g in others if self._fit(best, g) >= POSSIBLE]
        sure = _same_who(best, unit) or _only(fits) or len(bridged) == len(others)
        for g in bridged if sure else ():
            if self._may_join(best, g):
                best.absorb(g, core=True)
                self.groups.remove(g)
                for cell in beside.values():
                    cell[:] = dict.fromkeys(best if old is g else old for old in cell)
        return best if sure and self._may_join(best, unit) else None

    def _enter(self, group: _Group) -> None:
        for m in group.cores:
            for key in keys(m):
                if group not in self.cores[key]:
                    self.cores[key].append(group)
            if m.sides:
                self.days[company(m)].update(a for a, b in m.windows[:1] if a == b)

    def _lost(self, unit: _Group) -> bool:
        """Whether its days hold so many cores that it cannot be told which it means."""
        return any(
            sum(a <= day <= b for day in self.days[company(m)]) > MOST_DAYS
            for m in unit.members
            for a, b in m.windows
        )

    def _fit(self, group: _Group, unit: _Group) -> float:
        return _score(group, unit) if self._may_join(group, unit) else 0.0

    def _may_join(self, group: _Group, unit: _Group, told: Sequence[Evidence] = ()) -> bool:
        """Two events of one article stay two, and so does what an editor parted."""
        articles = {m.article for m in told or group.members}
        return articles.isdisjoint(m.article for m in unit.members) and not _parted(
            group, unit, self.decisions
        )


def _score(group: _Group, unit: _Group) -> float:
    """How alike the two likest are; 0 if any two contradict one another."""
    pairs = [(a, b) for a in group.cores for b in unit.members]
    decided = group.decided or unit.decided
    if not decided and any(contradict(a, b) for a, b in pairs):
        return 0.0
    return max((like.score for a, b in pairs if (like := likeness(a, b))), default=0.0)


def _told_alike(group: _Group, unit: _Group) -> bool:
    return any(told_alike(a, b) for a in group.cores for b in unit.members)


def _only(fits: Sequence[tuple[float, _Group]]) -> _Group | None:
    """The one that fits, or the one that leads by far."""
    ranked = sorted(fits, key=lambda f: -f[0])
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    return ranked[0][1] if ranked else None


def _same_who(group: _Group, unit: _Group) -> bool:
    return any(a.who == b.who for a in group.cores for b in unit.members)


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
