"""What editors decided on which mentions are one event, in the words of `matching.group`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from timeline.models import Decision

from .matching import Decisions
from .weighing import Evidence

Place = Sequence[Any]
"""[the article's digest, start, end, type], as a Decision holds it."""
Pair = frozenset[str]


def standing(events: Iterable[int], digests: Iterable[str]) -> list[Decision]:
    """The decisions on these events, on what was merged into them, and on places of these texts.
    The later comes later."""
    found: dict[int, Decision] = {}
    asked: set[int] = set()
    wanted = set(events)
    where = Q()
    for digest in digests:
        where |= Q(places__contains=[[digest]]) | Q(other_places__contains=[[digest]])
    while wanted - asked:
        which = where | Q(event__in=wanted - asked) | Q(other__in=wanted - asked)
        asked |= wanted
        found |= {d.pk: d for d in Decision.objects.filter(which, undone_at=None)}
        wanted |= {pk for d in found.values() for pk in (d.event_id, d.other_id)}
        where = Q()
    return [found[pk] for pk in sorted(found)]


def translated(
    decisions: Sequence[Decision],
    mentions: Sequence[Evidence],
    held: Mapping[str, int],
    kept: Iterable[int],
) -> Decisions:
    """Mentions of an event that editors decided on stay together, and two such events stay two; of
    two decisions on the same two mentions the later holds. `held` is the event that a key had."""
    join, part = _together(held, set(kept))
    verdicts: dict[Pair, str] = {}
    for decision in decisions:
        here = _at(decision.places, decision, mentions, held)
        there = _at(decision.other_places, decision, mentions, held)
        verdicts |= {frozenset((a, b)): decision.kind for a in here for b in there if a != b}
    joined = {pair for pair, kind in verdicts.items() if kind == "join"}
    parted = verdicts.keys() - joined
    return Decisions(
        must_join=frozenset((join - parted) | joined),
        must_part=frozenset((part - joined) | parted),
    )


def _together(held: Mapping[str, int], kept: set[int]) -> tuple[set[Pair], set[Pair]]:
    by_event: dict[int, list[str]] = defaultdict(list)
    for key, event in sorted(held.items()):
        if event in kept:
            by_event[event].append(key)
    first = sorted(keys[0] for keys in by_event.values())
    return (
        {frozenset((keys[0], key)) for keys in by_event.values() for key in keys[1:]},
        {frozenset((a, b)) for number, a in enumerate(first) for b in first[:number]},
    )


def _at(
    places: Sequence[Place],
    decision: Decision,
    mentions: Sequence[Evidence],
    held: Mapping[str, int],
) -> list[str]:
    """The keys of the mentions that stand where the places say.

    Where a sentence tells of several events, those of the same type are meant, and of these the
    ones that the events of the decision have.
    """
    events = {decision.event_id, decision.other_id}
    found: list[str] = []
    for digest, start, end, type_ in places:
        here = [m for m in mentions if m.article == digest and _overlap(m, start, end)]
        here = [m for m in here if m.type == type_] or here
        here = [m for m in here if held.get(m.key) in events] or here
        found += [m.key for m in here]
    return list(dict.fromkeys(found))


def _overlap(m: Evidence, start: int, end: int) -> bool:
    """At least half of the shorter lies in the other."""
    shared = min(m.start + len(m.text), end) - max(m.start, start)
    return shared > 0 and 2 * shared >= min(len(m.text), end - start)
