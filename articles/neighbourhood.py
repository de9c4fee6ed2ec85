"""The stored mentions that those of an article may be one event with, as matching sees them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, Q

from timeline.dates import Basis, DateValue
from timeline.models import Actor

from .matching import Evidence, Party
from .models import Article, Mention, Participant

ROUNDS = 3
"""How far the neighbourhood reaches, in steps from one mention to those whose days meet its own.
What a mention's group depends on lies two steps away at most (its day's cores, and for a vague one
what else competes for them), so that those one step away are decided with all there is to know."""


@dataclass(frozen=True, slots=True)
class Known:
    """A stored mention as matching sees it."""

    evidence: Evidence
    mention: int
    event: int
    kept: bool
    """Whether an editor decided on its event, or added the mention."""


def evidence_of(
    *,
    where: tuple[str, int, int],
    type: str,
    participants: Iterable[Participant],
    dates: tuple[DateValue, ...],
    text: str,
    origin: str = "parser",
) -> Evidence:
    day = next((d.latest or d.earliest for d in dates), None)
    parties = tuple(Party(p.actor.name, p.acts_for(day)) for p in participants)
    digest, start, trigger = where
    names = ",".join(p.name for p in parties)
    key = f"{digest}:{start:08}:{trigger:08}:{type}:{names}:{origin}"
    return Evidence(key, digest, type, parties, dates, text)


def known_mentions(which: Q) -> Iterator[Known]:
    rows = (
        Mention.objects.filter(which)
        .select_related("event")
        .prefetch_related(
            Prefetch("article", Article.objects.only("digest")),
            "event__overrides",
            "participants__actor__roles__side",
        )
    )
    for m in rows:
        corrected = (m.event.date,) if m.event.basis == Basis.EDITOR else ()
        evidence = evidence_of(
            where=(m.article.digest, m.start, m.trigger_start),
            type=m.type,
            participants=m.participants.all(),
            dates=(m.date, *corrected),
            text=m.evidence,
            origin=m.origin,
        )
        kept = m.origin == "editor" or bool(m.event.overrides.all())
        yield Known(evidence, m.pk, m.event_id, kept)


class Neighbourhood:
    """The stored mentions that the changed ones may be one event with, and what decides on them."""

    def __init__(self, changed: Sequence[Evidence], without: set[int]) -> None:
        self.known: dict[str, Known] = {}
        self.near: set[str] = set()
        frontier = changed
        for step in range(ROUNDS):
            new = {k.evidence.key: k for k in self._beside(frontier, without)}
            self.known |= new
            if step == 0:
                self.near = set(new)
            frontier = [k.evidence for k in new.values()]

    @property
    def events(self) -> set[int]:
        """The events whose mentions may move."""
        return {self.known[key].event for key in self.near}

    def _beside(self, frontier: Sequence[Evidence], without: set[int]) -> list[Known]:
        """Those not yet known that meet the frontier, with all other mentions of their events."""
        which = _meeting(frontier)
        if which is None:
            return []
        seen = without | {k.mention for k in self.known.values()}
        alike = {(e.type, e.sides) for e in frontier}
        met = [
            k
            for k in known_mentions(which & ~Q(pk__in=seen))
            if (k.evidence.type, k.evidence.sides) in alike
        ]
        seen |= {k.mention for k in met}
        return met + list(known_mentions(Q(event__in={k.event for k in met}) & ~Q(pk__in=seen)))

    def move(self, events: dict[str, int]) -> dict[int, int]:
        """Gives stored mentions the events that they belong to now: event they left → event."""
        moved: dict[int, int] = {}
        rows: dict[int, list[int]] = defaultdict(list)
        for key, event in events.items():
            k = self.known.get(key)
            if k and k.event != event:
                rows[event].append(k.mention)
                moved[k.event] = event
        for event, mentions in rows.items():
            Mention.objects.filter(pk__in=mentions).update(event=event)
        return moved


def _meeting(frontier: Sequence[Evidence]) -> Q | None:
    """Mentions of the same type and a shared side whose days, or whose event's corrected days,
    meet those of the frontier. None if nothing can: undated, or nobody takes part."""
    windows: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    sides: dict[str, set[str]] = defaultdict(set)
    for e in frontier:
        if e.sides and e.windows:
            windows[e.type] += e.windows
            sides[e.type] |= e.sides
    which: Q | None = None
    for kind, spans in windows.items():
        acting = Actor.objects.filter(
            Q(name__in=sides[kind]) | Q(roles__side__name__in=sides[kind])
        )
        days = Q()
        for first, last in _merged(spans):
            span = DateRange(first, last, "[]")
            days |= Q(span__overlap=span) | Q(event__basis="editor", event__span__overlap=span)
        taking_part = Participant.objects.filter(actor__in=acting).values("mention")
        this = Q(type=kind, pk__in=taking_part) & days
        which = this if which is None else which | this
    return which


def _merged(spans: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """The same days in as few spans as possible."""
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(set(spans)):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
