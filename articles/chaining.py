"""Which events around those that changed may be one, what became of which plan, and what answers
which ultimatum: Relations."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from django.db.models import Q

from timeline.models import Decision, Event, Relation

from . import blocking, finding
from .answering import AFTER, REACH, answers, can_answer, expected, is_ultimatum, moved
from .finding import Look, Window
from .matching import width
from .models import Mention
from .relating import AHEAD, APART, CLOSE, LATE, LATE_SOON, duplicate, outcome, sharper
from .stored import known_mentions
from .weighing import Evidence, Likeness

Told = dict[int, list[Evidence]]
"""By event, what is told of it."""
Pair = tuple[str, int, int]
"""Kind, event and other event of a Relation."""
Two = frozenset[int]
"""Two events."""


def relate(changed: Iterable[int]) -> None:
    """Makes anew the relations that these events have, or take part in."""
    events = set(changed)
    there = list(Relation.objects.filter(Q(event__in=events) | Q(other__in=events)))
    plans = {r.event_id for r in there if r.kind != "duplicate"}
    told = _told(events | plans)
    known = set(told)
    met = _met(known, told)
    ahead = {pk for pk, mentions in told.items() if _plan(mentions) or is_ultimatum(mentions)}
    met |= _met(ahead - known, told)
    found = _duplicates(events, met, told)
    found |= _outcomes({pk for pk in ahead if _plan(told[pk])}, met, told)
    found |= _answers({pk for pk in ahead if is_ultimatum(told[pk])}, met, told)
    _store(found, [r for r in there if r.kind == "duplicate"], ahead | plans)


def _plan(mentions: Sequence[Evidence]) -> bool:
    return any(m.forecast for m in mentions)


def _told(events: Iterable[int]) -> Told:
    told: Told = defaultdict(list)
    for known in known_mentions(Q(event__in=set(events))):
        told[known.event].append(known.evidence)
    return dict(told)


def _met(events: Iterable[int], told: Told) -> set[Two]:
    """These events with each that they may be related to; what is told of those is added."""
    looks = [(pk, look) for pk in events for m in told[pk] for look in _looks(m)]
    met = finding.look([look for _, look in looks])
    event_of = dict(
        Mention.objects.filter(pk__in={m.mention for m in met}).values_list("pk", "event")
        if met
        else ()
    )
    found = {frozenset((looks[m.asked][0], event_of[m.mention])) for m in met}
    found |= set(_limited_by_editors({pk: told[pk] for pk in events}))
    told |= _told({pk for pair in found for pk in pair} - told.keys())
    return found


def _limited_by_editors(told: Told) -> Iterator[Two]:
    """These events with the ultimatums that they may answer by a deadline that an editor set: no key
    of their mentions tells of that."""
    days = {
        pk: [w for m in mentions if can_answer(m) for w in m.windows]
        for pk, mentions in told.items()
    }
    near = [w for windows in days.values() for w in windows]
    if not near:
        return
    since = moved(min(a for a, _ in near), -AFTER)
    until = moved(max(b for _, b in near), REACH)
    edited = Event.objects.filter(deadline_basis="editor", withdrawn_at=None)
    edited = edited.filter(mentions__isnull=False).distinct()
    rows = edited.exclude(deadline_latest__lt=since).exclude(deadline_earliest__gt=until)
    ultimatums = list(rows.values_list("pk", flat=True))
    yield from (
        frozenset((pk, one)) for pk, windows in days.items() if windows for one in ultimatums
    )


def _looks(m: Evidence) -> Iterator[Look]:
    """For duplicates a few days around; for what comes of a plan after it, and for plans before."""
    for date in m.dates:
        if window := date.window:
            yield from _for_duplicates(m, window)
            if can_answer(m):
                yield from _for_ultimatums(m, window)
            if m.forecast:
                yield from _for_outcomes(m, window, LATE if date.latest else LATE_SOON)
            else:
                yield from _for_plans(m, window)
    for one in expected(m, m.deadline.window):
        days = one.answer.windows[0]
        partly = None if one.answer.kind in blocking.WHOLE else days
        for key in blocking.keys(one.answer):
            yield Look(one.answer, key, *days, partly=partly, widest=CLOSE)


def _for_ultimatums(m: Evidence, window: Window) -> Iterator[Look]:
    if _width(window) <= CLOSE:
        partly = None if m.kind in blocking.WHOLE else (dt.date.min, dt.date.max)
        for key in blocking.answer_keys(m):
            yield Look(m, key, *window, partly=partly)


def _for_duplicates(m: Evidence, window: Window) -> Iterator[Look]:
    if _width(window) <= CLOSE:
        days, partly = _wider(window, APART, APART), finding.same_day(m, window)
        for key in blocking.keys(m):
            yield Look(m, key, *days, partly=partly, widest=CLOSE)


def _for_outcomes(m: Evidence, window: Window, late: int) -> Iterator[Look]:
    if _width(window) <= AHEAD:
        days = _wider(window, 0, late)
        partly = None if m.kind in blocking.WHOLE else days
        for key in blocking.keys(m, across=True):
            yield Look(m, key, *days, partly=partly, widest=CLOSE)


def _for_plans(m: Evidence, window: Window) -> Iterator[Look]:
    """An event precise to the day may be what became of a plan for any of the days."""
    if _width(window) <= CLOSE:
        days = _wider(window, LATE_SOON, 0)
        partly = finding.same_day(m, window) and (dt.date.min, dt.date.max)
        for key in blocking.keys(m, across=True):
            yield Look(m, key, *days, partly=partly, widest=AHEAD)


def _width(window: Window) -> int:
    return (window[1] - window[0]).days + 1


def _wider(window: Window, before: int, after: int) -> Window:
    first, last = window
    earliest, latest = dt.date.min, dt.date.max
    return (
        first - min(dt.timedelta(days=before), first - earliest),
        last + min(dt.timedelta(days=after), latest - last),
    )


# ---------- what is found


def _duplicates(events: set[int], met: Iterable[Two], told: Told) -> dict[Pair, Likeness]:
    found: dict[Pair, Likeness] = {}
    for pair in met:
        if len(pair) == 2 and pair & events:
            a, b = sorted(pair)
            if like := duplicate(*_ordered(told[a], told[b])):
                found["duplicate", a, b] = like
    apart = _kept_apart({pk for pair in found for pk in pair[1:]})
    return {pair: like for pair, like in found.items() if frozenset(pair[1:]) not in apart}


def _kept_apart(events: set[int]) -> set[frozenset[int]]:
    """The pairs of these events that an editor said are two."""
    if not events:
        return set()
    said = Decision.objects.filter(kind="part", undone_at=None, event__in=events, other__in=events)
    return {frozenset(pair) for pair in said.values_list("event", "other")}


def _ordered(a: list[Evidence], b: list[Evidence]) -> list[list[Evidence]]:
    """By what they rest on, for that does not depend on which came first."""
    return sorted((a, b), key=lambda mentions: min(m.key for m in mentions))


def _outcomes(plans: set[int], met: Iterable[Two], told: Told) -> dict[Pair, Likeness]:
    """Of each plan the first event that it may have come to, of several the likest."""
    ends: dict[int, list[tuple[dt.date, float, str, int, Likeness]]] = defaultdict(list)
    for plan, pk in (two for pair in met for two in permutations(pair, 2)):
        if plan in plans and not _plan(told[pk]) and (like := outcome(told[plan], told[pk])):
            key = min(m.key for m in told[pk])
            ends[plan].append((_first(told[pk]), -like.score, key, pk, like))
    found: dict[Pair, Likeness] = {}
    for plan, reached in ends.items():
        *_, pk, like = min(reached, key=lambda end: end[:3])
        found["outcome", plan, pk] = like
    return found


def _answers(ultimatums: set[int], met: Iterable[Two], told: Told) -> dict[Pair, Likeness]:
    """Of each ultimatum and kind of answer the first event that it may be, of several the likest."""
    reached: dict[tuple[str, int], list[tuple[dt.date, float, str, int, Likeness]]] = defaultdict(
        list
    )
    for one, pk in (two for pair in met for two in permutations(pair, 2)):
        if one in ultimatums:
            key = min(m.key for m in told[pk])
            for kind, like in answers(told[one], told[pk]).items():
                end = (_first(told[pk]), -like.score, key, pk, like)
                reached[kind, one].append(end)
    found: dict[Pair, Likeness] = {}
    for (kind, one), ends in reached.items():
        *_, pk, like = min(ends, key=lambda end: end[:3])
        found[kind, one, pk] = like
    return found


def _first(result: Sequence[Evidence]) -> dt.date:
    """The first day that the sharpest of its dates allows."""
    return min((width(m), a) for m in sharper(result, CLOSE) for a, _ in m.windows)[1]


# ---------- storing


def _store(found: dict[Pair, Likeness], duplicates: Sequence[Relation], plans: set[int]) -> None:
    """Writes what differs from what is stored, so that what stays keeps its place in every list."""
    stored = {("duplicate", r.event_id, r.other_id): r for r in duplicates}
    ends = Relation.objects.exclude(kind="duplicate").filter(event__in=plans) if plans else ()
    for r in ends:
        stored[r.kind, r.event_id, r.other_id] = r
    same = {
        pair
        for pair, r in stored.items()
        if (like := found.get(pair)) and (r.score, r.because) == (like.score, like.sentence)
    }
    if left := [stored[pair].pk for pair in stored.keys() - same]:
        Relation.objects.filter(pk__in=left).delete()
    Relation.objects.bulk_create(
        Relation(kind=kind, event_id=a, other_id=b, score=like.score, because=like.sentence)
        for (kind, a, b), like in sorted(found.items(), key=lambda item: item[0])
        if (kind, a, b) not in same
    )
