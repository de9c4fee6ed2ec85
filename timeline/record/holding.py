"""What the record holds of some events beyond what readers see, and how it is brought back.

An editor's verb compares what was held before it with what is held after it; the difference, as it
was, is kept with the Act, and bringing it back is what undoing means.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from timeline.dates import DateValue
from timeline.models import Act, Decision, Event, Override

from .settlement import participate

Place = tuple[str, int, int, str]
"""Where a mention stands, whatever row it is: the article's digest, start, end, type."""
_LAST_KNOWN = (
    *("type", "status", "title", "basis", "because", "places", "differs", "words", "confidence"),
    *("withdrawn_because", "deadline_basis", "deadline_because"),
)
"""Columns that only the event itself remembers once no mention is left to settle it from."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`overrides` by event and field, `mentions` by number: their place and event; `alone` is what
    events without a mention were last known as."""

    overrides: dict[tuple[int, str], dict[str, Any]]
    mentions: dict[int, tuple[Place, int]]
    merged: dict[int, int | None]
    decisions: frozenset[int]
    alone: dict[int, dict[str, Any]]


def holding(events: Mapping[int, Event]) -> Holding:
    """Of events that are loaded for settling. One query."""
    active = Decision.objects.filter(Q(event__in=events) | Q(other__in=events), undone_at=None)
    return Holding(
        overrides={
            (e.pk, o.field): _override(o) for e in events.values() for o in e.overrides.all()
        },
        mentions={m.pk: (place(m), e.pk) for e in events.values() for m in e.mentions.all()},
        merged={e.pk: e.merged_into_id for e in events.values()},
        decisions=frozenset(active.values_list("pk", flat=True)),
        alone={e.pk: _last_known(e) for e in events.values() if not e.mentions.all()},
    )


def place(mention: Any) -> Place:
    return mention.article.digest, mention.start, mention.end, mention.type


def places(event: Event) -> list[Place]:
    """What an event rests on, in an order that is always the same."""
    return sorted(place(m) for m in event.mentions.all())


def difference(was: Holding, now: Holding) -> dict[str, Any]:
    """What changed, as it was, in JSON's own types; {} if nothing did."""
    fields = sorted(was.overrides.keys() | now.overrides.keys())
    found = {
        "overrides": [
            [*key, was.overrides.get(key)]
            for key in fields
            if was.overrides.get(key) != now.overrides.get(key)
        ],
        "mentions": [
            [pk, *where, event]
            for pk, (where, event) in sorted(was.mentions.items())
            if pk in now.mentions and now.mentions[pk][1] != event
        ],
        "merged": [[e, into] for e, into in sorted(was.merged.items()) if now.merged[e] != into],
        "made": sorted(now.decisions - was.decisions),
        "ended": sorted(was.decisions - now.decisions),
    }
    changed = {name: rows for name, rows in found.items() if rows}
    if changed and was.alone:
        changed["alone"] = {str(pk): known for pk, known in was.alone.items()}
    return changed


def touched(act: Act) -> set[int]:
    return set(act.revisions.values_list("event_id", flat=True))


def bring_back(act: Act, events: Mapping[int, Event]) -> None:
    """Makes the record hold what it held before the act. The events are those that it changed."""
    before = act.before
    for event, field, was in before.get("overrides", ()):
        events[event].overrides.filter(field=field).delete()
        if was:
            Override.objects.create(
                event_id=event, field=field, **{**was, "at": dt.datetime.fromisoformat(was["at"])}
            )
    return_mentions(before.get("mentions", ()), events)
    recall(before, events)
    for event, into in before.get("merged", ()):
        set_merged(event, into)
    if act.verb == "split" and act.other_id:
        set_merged(act.other_id, act.event_id)
    for event in Event.objects.filter(pk__in=events).exclude(merged_into=None):
        event.mentions.update(event=event.merged_into_id)
    Decision.objects.filter(pk__in=before.get("made", ())).update(undone_at=timezone.now())
    Decision.objects.filter(pk__in=before.get("ended", ())).update(undone_at=None)


def recall(before: Mapping[str, Any], events: Mapping[int, Event]) -> None:
    """What events that are without a mention again were last known as before the act."""
    known = {int(pk): was for pk, was in before.get("alone", {}).items()}
    # not by the events at hand: those were loaded with the mentions that they had then
    alone = Event.objects.filter(pk__in=known, mentions=None).values_list("pk", flat=True)
    for pk in alone:
        _remember(events[pk], known[pk])


def return_mentions(rows: Iterable[Sequence[Any]], events: Mapping[int, Event]) -> None:
    """Gives mentions back to the events they had; `rows` are as `difference` makes them.

    One that was read anew since is known by its place. One that a third event has now stays there.
    """
    had = {pk: (where, event) for pk, *where, event in rows}
    here = {m.pk: m for event in events.values() for m in event.mentions.all()}
    there = Event.objects.filter(mentions__in=had).values_list("mentions", flat=True)
    goes = {pk: had[pk][1] for pk in had.keys() & here.keys()}
    for pk in sorted(had.keys() - here.keys() - set(there)):
        (digest, start, end, type_), event = had[pk]
        again = (
            (min(m.end, end) - max(m.start, start), -m.pk)
            for m in here.values()
            if m.pk not in goes and (m.article.digest, m.type) == (digest, type_)
        )
        shared, number = max(again, default=(0, 0))
        if shared > 0:
            goes[-number] = event
    for event in set(goes.values()):
        chosen = [pk for pk, to in goes.items() if to == event]
        for holder in events.values():
            holder.mentions.filter(pk__in=chosen).update(event=event)


def set_merged(event: int, into: int | None) -> None:
    """Where it went, if anywhere; settling says whether it is withdrawn now."""
    Event.objects.filter(pk=event).update(merged_into=into, withdrawn_at=None, withdrawn_because="")


def _override(o: Override) -> dict[str, Any]:
    return {
        "value": o.value,
        "reason": o.reason,
        "by_id": o.by_id,
        "at": o.at.isoformat(),
        "carried_from_id": o.carried_from_id,
    }


def _last_known(event: Event) -> dict[str, Any]:
    return {
        **{column: getattr(event, column) for column in _LAST_KNOWN},
        "date": event.date.as_dict(),
        "deadline": event.deadline.as_dict(),
        "reported": event.reported.isoformat() if event.reported else None,
        "actors": [p.actor.name for p in event.participations.all()],
    }


def _remember(event: Event, known: Mapping[str, Any]) -> None:
    for column in _LAST_KNOWN:
        setattr(event, column, known.get(column, getattr(event, column)))
    event.date = DateValue.from_dict(known["date"])
    if "deadline" in known:  # an act of older days knew of none
        event.deadline = DateValue.from_dict(known["deadline"])
    event.reported = dt.date.fromisoformat(known["reported"]) if known["reported"] else None
    event.withdrawn_at = (event.withdrawn_at or timezone.now()) if event.withdrawn_because else None
    event.save()
    participate({event: known["actors"]})
