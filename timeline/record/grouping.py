"""The verbs on what is one event and what is two. A Decision holds for the places of mentions."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from timeline.locks import wait_for_turn
from timeline.models import Act, Decision, Event

from .acting import Begun, Seen, begin, conclude
from .errors import MergedFurther, NotASplit, NotMerged, NotTwo, Stale
from .holding import Place, place, places, recall, return_mentions, set_merged


def merge(
    event: Event, into: Event, by: User, reason: str = "", *, seen: Seen | None = None
) -> Act:
    """The two are one: `into` takes what `event` rests on, and the editors' decisions on fields of
    which it has none itself. `event` is withdrawn; its address says where it went.

    Raises NotTwo, NotShown, Merged, Stale.
    """
    with transaction.atomic():
        begun = _two(event, into, seen)
        here, there = begun.events[into.pk], begun.events[event.pk]
        _decide("join", {here: places(here), there: places(there)}, by, reason)
        _carry(there, here, [o.field for o in there.overrides.all()])
        there.mentions.update(event=here)
        set_merged(there.pk, here.pk)
        return _done(begun, "merge", (here, there), by, reason)


def unmerge(event: Event, by: User, reason: str = "", *, seen: Seen | None = None) -> Act:
    """A merged event stands on its own again, with what it rested on and its own decisions. What
    was decided since on the event that took it stays there.

    Raises NotMerged, MergedFurther, Stale.
    """
    with transaction.atomic():
        wait_for_turn()
        into = Event.objects.filter(merged=event).first()
        if into is None:
            raise NotMerged
        begun = begin([event.pk, into.pk], seen)
        here, there = begun.events[into.pk], begun.events[event.pk]
        if here.merged_into_id:
            raise MergedFurther
        joined = _joins(here).filter(other=there)
        act = Act.objects.standing().filter(verb="merge", event=here, other=there).first()
        if act is None or not joined.update(undone_at=timezone.now()):
            raise NotMerged
        went = [row for row in act.before.get("mentions", ()) if row[-1] == there.pk]
        return_mentions(went, begun.events)
        recall(act.before, begun.events)
        fields = list(here.overrides.filter(carried_from=there).values_list("field", flat=True))
        here.overrides.filter(carried_from=there).delete()
        for join in _joins(here).select_related("other"):
            _carry(join.other, here, fields)
        set_merged(there.pk, None)
        return _done(begun, "unmerge", (here, there), by, reason)


def split(
    event: Event,
    mentions: Collection[int],
    by: User,
    reason: str = "",
    *,
    seen: int | None = None,
) -> Act:
    """These mentions (by number) tell of another event, which the act names as `other`. The editors'
    decisions stay where they are. Raises NotASplit, NotShown, Merged, Stale.
    """
    with transaction.atomic():
        wait_for_turn()
        begun = begin([event.pk], {event.pk: seen})
        begun.need_shown()
        here = begun.events[event.pk]
        went = [m for m in here.mentions.all() if m.pk in set(mentions)]
        stay = [m for m in here.mentions.all() if m not in went]
        if not went or not stay:
            raise NotASplit
        if len(went) < len(set(mentions)):
            raise Stale
        new = Event.objects.create(type=went[0].type, status=went[0].status, title="")
        sides = {here: sorted(map(place, stay)), new: sorted(map(place, went))}
        _decide("part", sides, by, reason)
        here.mentions.filter(pk__in=[m.pk for m in went]).update(event=new)
        return _done(begun, "split", (here, new), by, reason)


def keep_apart(
    event: Event, other: Event, by: User, reason: str = "", *, seen: Seen | None = None
) -> Act:
    """The two are not one, however alike. Raises NotTwo, NotShown, Merged, Stale."""
    with transaction.atomic():
        begun = _two(event, other, seen)
        a, b = (begun.events[pk] for pk in sorted(begun.events))
        _decide("part", {a: places(a), b: places(b)}, by, reason)
        return _done(begun, "keep_apart", (a, b), by, reason)


# ---------- inside


def _two(event: Event, other: Event, seen: Seen | None) -> Begun:
    """Both locked, when it is our turn, and seen by readers."""
    if event.pk == other.pk:
        raise NotTwo
    wait_for_turn()
    begun = begin([event.pk, other.pk], seen)
    begun.need_shown()
    return begun


def _decide(kind: str, sides: Mapping[Event, list[Place]], by: User, reason: str) -> None:
    """Of two events, each with what it rests on."""
    (event, where), (other, other_where) = sides.items()
    Decision.objects.create(
        kind=kind,
        event=event,
        other=other,
        places=where,
        other_places=other_where,
        by=by,
        reason=reason,
    )


def _joins(event: Event) -> QuerySet[Decision]:
    """The merges into the event that stand, in their order."""
    return event.decisions.filter(kind="join", undone_at=None)


def _carry(event: Event, into: Event, fields: Collection[str]) -> None:
    """The decisions of a merged event hold for the other, where that has none of its own."""
    own = set(into.overrides.values_list("field", flat=True))
    for o in event.overrides.filter(field__in=set(fields) - own):
        o.pk, o.event, o.carried_from = None, into, event
        o.save()


def _done(begun: Begun, verb: str, pair: tuple[Event, Event], by: User, reason: str) -> Act:
    act = conclude(begun, verb, pair[0], by, reason, other=pair[1])
    assert act  # a Decision at least was made or ended
    return act
