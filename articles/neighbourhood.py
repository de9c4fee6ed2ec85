"""The stored mentions that those of an article may be one event with, as matching sees them.

They are found by blocking keys, so that what is read does not grow with the record, and they are
read as far as `matching.group` needs: whoever may move (a vaguer mention that a changed one may
draw to itself or leave in doubt, those that say the same days), and all that decides on them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from . import blocking, finding
from .finding import Span
from .matching import MOST_DAYS, width
from .models import Mention
from .runs import REACH, Run, is_short, reported, runs
from .stored import Known, known_mentions
from .weighing import JOIN, POSSIBLE, Evidence, gap, likeness


@dataclass
class Neighbourhood:
    """`known` by their keys; those in `sure` are grouped here as they would be in the whole record,
    those in `near` may move."""

    known: dict[str, Known] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)

    @property
    def events(self) -> set[int]:
        """The events whose mentions may move."""
        return {self.known[key].event for key in self.near}

    def include(self, mentions: Iterable[Known]) -> None:
        """These may move as well."""
        new = {k.evidence.key: k for k in mentions}
        self.known |= new
        self.near |= new.keys()
        self.sure |= new.keys()

    def move(self, events: dict[str, int]) -> list[tuple[int, int]]:
        """Gives stored mentions the events that they belong to now: event they left, event. Those
        of one event may go to several."""
        changed = [
            (k, event)
            for key, event in events.items()
            if (k := self.known.get(key)) and k.event != event
        ]
        Mention.objects.bulk_update(
            [Mention(pk=k.mention, event_id=event) for k, event in changed], ["event"]
        )
        return [(k.event, event) for k, event in changed]


def around(changed: Sequence[Evidence], without: Iterable[int]) -> Neighbourhood:
    """The neighbourhood of mentions that come, go or change; `without` are numbers not to be read."""
    return _Search(changed, without).run()


class _Search:
    def __init__(self, changed: Sequence[Evidence], without: Iterable[int]) -> None:
        self.found = Neighbourhood()
        self.without = frozenset(without)
        self.seen = set(self.without)
        self.changed = list(changed)
        self.moving = list(changed)
        self.deciding = list(changed)

    def run(self) -> Neighbourhood:
        """Reads what meets the frontier, until nothing new is drawn along or decides."""
        frontier = self.moving[:]
        while frontier:
            self._read(frontier)
            still = self._but(self.found.near)
            near = {m.key for change in self.changed for m in self._run_around(change)}
            near |= {m.key for one in self.moving for m in self._run_with(one)}
            drawn = [e for e in still if e.key in near or any(_draws(m, e) for m in self.moving)]
            drawn = self._with_their_events(drawn)
            self.moving += drawn
            self.deciding += drawn
            self.found.near |= {e.key for e in drawn}
            self.found.sure |= self.found.near
            unsure = self._but(self.found.sure)
            mates = {m.key for one in self.deciding for m in self._run_with(one)}
            decides = [
                e for e in unsure if e.key in mates or any(_decides(e, m) for m in self.deciding)
            ]
            self.deciding += decides
            self.found.sure |= {e.key for e in decides}
            frontier = drawn + decides
        return self.found

    def _run_around(self, change: Evidence) -> list[Evidence]:
        """Those in one run with what comes or goes, as far as it may make their run short or long."""
        day = reported(change)
        if day is None:
            return []
        run = runs([*self._known(), change]).get(change.key, ())
        return [m for m in run if (other := reported(m)) and abs(other - day) <= REACH]

    def _run_with(self, m: Evidence) -> Run:
        run = runs([*self._known(), m]).get(m.key, ()) if reported(m) else ()
        return run if run and is_short(run) else ()

    def _known(self) -> list[Evidence]:
        return [k.evidence for k in self.found.known.values()]

    def _but(self, keys: set[str]) -> list[Evidence]:
        return [k.evidence for key, k in self.found.known.items() if key not in keys]

    def _read(self, frontier: Sequence[Evidence]) -> None:
        """What meets the frontier; of what is too vague to tell what it means, only as much as
        shows that."""
        vague = {e.key: [*_crowds(e)] for e in frontier}
        crowds = self._crowded(span for spans in vague.values() for span in spans)
        sharp = [e for e in frontier if not any(span in crowds for span in vague[e.key])]
        met = [m for m in finding.met(sharp) if m.mention not in self.seen]
        lost = self._crowded(m.span for m in met if (m.last - m.first).days >= MOST_DAYS)
        wanted = {m.mention for m in met if m.span not in lost}
        self._take(wanted.union(*crowds.values()) - self.seen)

    def _crowded(self, spans: Iterable[Span]) -> dict[Span, list[int]]:
        return finding.crowded(set(spans), MOST_DAYS, self.without)

    def _take(self, mentions: set[int]) -> None:
        self.seen |= mentions
        if mentions:
            self.found.known |= {k.evidence.key: k for k in known_mentions(Q(pk__in=mentions))}

    def _with_their_events(self, drawn: Sequence[Evidence]) -> list[Evidence]:
        """All mentions of an event together: which group of them keeps it depends on all."""
        known, near = self.found.known, self.found.near
        events = {known[e.key].event for e in drawn}
        if events:
            mates = Mention.objects.filter(event__in=events).exclude(pk__in=self.seen)
            self._take(set(mates.values_list("pk", flat=True)))
        return [
            k.evidence for k in known.values() if k.event in events and k.evidence.key not in near
        ]


def _crowds(m: Evidence) -> Iterable[Span]:
    """Where to count the days among which it would have to choose."""
    if m.sides and width(m) > MOST_DAYS:
        for first, last in m.windows:
            yield blocking.company(m), first, last


def _draws(m: Evidence, e: Evidence) -> bool:
    """Whether it may matter to `e` that `m` comes, goes or moves."""
    if (equals := _equals(m, e)) is not None:
        return equals
    if width(m) >= width(e):
        return False
    crowds = width(e) > MOST_DAYS and blocking.company(m) == blocking.company(e)
    return crowds or _alike(m, e, JOIN)


def _decides(e: Evidence, m: Evidence) -> bool:
    """Whether where `m` belongs depends on where `e` does."""
    equals = _equals(e, m)
    return width(e) < width(m) and _alike(m, e, JOIN) if equals is None else equals


def _equals(a: Evidence, b: Evidence) -> bool | None:
    """Whether each of them matters to the other; None if only the sharper may matter to the vaguer."""
    if a.kind != b.kind:
        return False
    if a.article == b.article:
        return _rivals(a, b)
    return _alike(a, b, POSSIBLE) if set(a.windows) & set(b.windows) else None


def _rivals(m: Evidence, e: Evidence) -> bool:
    """Of one kind and article, so that at most one of them may join an event that both meet."""
    if not (m.sides & e.sides or m.spots & e.spots):
        return False
    return bool(m.windows and e.windows) and gap(m, e) < min(width(m), width(e))


def _alike(a: Evidence, b: Evidence, least: float) -> bool:
    like = likeness(a, b)
    return like is not None and like.score >= least
