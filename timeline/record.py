"""The verbs that change the record. Each is one transaction and leaves a Revision where it changed
what readers see. Editors' decisions are Overrides; nothing here removes one but `release`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from .dates import Basis, DateValue
from .models import Actor, Event, Override, Participation, Revision
from .settling import Party, Reading, Settled, decide, machine, settle
from .types import STATUSES, TYPES

GONE = "No article that is kept here tells of this event any longer."
REVIEWS = {key for key, _ in Event.REVIEWS}


class RecordError(Exception):
    """The record could not be changed."""

    def __str__(self) -> str:
        return super().__str__() or (type(self).__doc__ or "")


class Stale(RecordError):
    """Somebody else changed this event after you opened it; look at it again, then decide."""


class NotAValue(RecordError):
    """This is not a value that the field can hold."""


class UnknownActor(NotAValue):
    """There is no actor of this name; add the actor first."""


# ---------- verbs


def correct(
    event: Event,
    field: str,
    value: Any,
    by: User,
    reason: str = "",
    *,
    seen: int | None = None,
) -> Event:
    """An editor's value for one field, kept through every re-reading until it is released.

    `field` is one of Override.FIELDS; `value` is a DateValue for "date", a list of names for
    "actors", else as the column holds it. `seen` is the version the editor looked at (None: not
    checked). Raises Stale, NotAValue, UnknownActor.
    """
    return _decided("correct", event, field, _clean(field, value), by=by, reason=reason, seen=seen)


def confirm(event: Event, by: User, reason: str = "", *, seen: int | None = None) -> Event:
    """An editor looked at it and found it right. Raises Stale."""
    return _decided("confirm", event, "review", "confirmed", by=by, reason=reason, seen=seen)


def reject(event: Event, by: User, reason: str = "", *, seen: int | None = None) -> Event:
    """An editor found that this is no event: readers no longer see it. Raises Stale."""
    return _decided("reject", event, "review", "rejected", by=by, reason=reason, seen=seen)


def release(
    event: Event, field: str, by: User, reason: str = "", *, seen: int | None = None
) -> Event:
    """Takes a decision back: the field is again what the articles say. Raises Stale."""
    with transaction.atomic():
        _lock(event, seen)
        event.overrides.filter(field=field).delete()
        return _refresh(_loaded(event), "release", by, reason)


def resettle(
    events: Iterable[int],
    cause: str,
    by: User | None = None,
    *,
    reason: str = "",
    gone: Mapping[int, str] | None = None,
) -> list[int]:
    """Settles events anew after their mentions changed; returns the ids of those that changed.

    `cause` is the verb of the Revision ("read", "reparse"; at most 20 letters); `gone` says, for
    events left without mentions, why.
    """
    changed = []
    with transaction.atomic():
        for event in Event.objects.filter(pk__in=set(events)).for_settling():
            version = event.version
            _refresh(event, cause, by, reason, (gone or {}).get(event.pk, GONE))
            if event.version != version:
                changed.append(event.pk)
    return changed


def proposals(event: Event) -> dict[str, Any]:
    """Where the articles say otherwise than the editors decided: field → the articles' value."""
    decided = {o.field: o.value for o in event.overrides.all() if o.field != "review"}
    rows = readings(event) if decided else []
    if not rows:
        return {}
    read_anew = machine(rows)
    read = _json(read_anew, read_anew.actors)
    return {f: read[f] for f, value in decided.items() if read[f] != value}


# ---------- inside


def _decided(
    verb: str, event: Event, field: str, value: Any, *, by: User, reason: str, seen: int | None
) -> Event:
    with transaction.atomic():
        _lock(event, seen)
        Override.objects.update_or_create(
            event=event, field=field, defaults={"value": value, "reason": reason, "by": by}
        )
        return _refresh(_loaded(event), verb, by, reason)


def _lock(event: Event, seen: int | None) -> None:
    version = Event.objects.select_for_update().values_list("version", flat=True).get(pk=event.pk)
    if seen is not None and seen != version:
        raise Stale


def _loaded(event: Event) -> Event:
    return Event.objects.filter(pk=event.pk).for_settling().get()


def _clean(field: str, value: Any) -> Any:
    match field, value:
        case "date", DateValue():
            return value.as_dict()
        case "date", dict():
            return DateValue.from_dict(value).as_dict()
        case "type", str() if value in TYPES:
            return value
        case "status", str() if value in STATUSES:
            return value
        case "review", str() if value in REVIEWS:
            return value
        case "title", str() if value.strip() and len(value) <= 300:
            return value.strip()
        case "places", list() | tuple():
            return [str(place).strip() for place in value]
        case "actors", list() | tuple():
            return _known(list(dict.fromkeys(value)))
    raise NotAValue


def _known(names: list[str]) -> list[str]:
    if missing := set(names) - set(Actor.objects.named(names).values_list("name", flat=True)):
        raise UnknownActor(f"There is no actor named {', '.join(sorted(missing))}; add it first.")
    return names


def readings(event: Event) -> list[Reading]:
    """What the articles say of the event, as `settle` takes it."""
    return [
        Reading(
            article=m.article.digest,
            type=m.type,
            status=m.status,
            evidence=m.evidence,
            date=m.date,
            basis=Basis(m.basis),
            because=m.because,
            actors=tuple(
                Party(p.actor.name, p.actor.kind, p.acts_for(m.sort_day))
                for p in m.participants.all()
            ),
            places=tuple(m.places),
            outlet=m.article.outlet.name if m.article.outlet else "",
            published=m.article.published,
            agencies=tuple(filter(None, (m.article.agency, m.agency))),
            attributed_to=m.attributed_to,
            confidence=m.confidence,
            alike=frozenset(m.article.alike),
            different=m.article.likeness == "different",
        )
        for m in event.mentions.all()
    ]


def _refresh(event: Event, verb: str, by: User | None, reason: str, gone: str = GONE) -> Event:
    """Settles, stores and, if readers see a difference, adds the Revision that says so."""
    names = [p.actor.name for p in event.participations.all()]
    before = _shown(event, names) if event.version else {}
    _place(event, gone)
    settled = _settled(event, names)
    for field in _COLUMNS:
        setattr(event, field, getattr(settled, field))
    event.places = list(settled.places)
    if names != list(settled.actors):
        _participate(event, settled.actors)
    after = _shown(event, settled.actors)
    changed = [field for field in after if after[field] != before.get(field)]
    event.version += bool(changed)
    event.save()
    if changed:
        Revision.objects.create(
            event=event,
            number=event.version,
            verb=verb,
            before={f: before[f] for f in changed if f in before},
            after={f: after[f] for f in changed},
            reason=reason,
            by=by,
        )
    return event


_COLUMNS = (
    "type",
    "status",
    "title",
    "date",
    "basis",
    "because",
    "review",
    "corrected",
    "differs",
    "confidence",
    "article_count",
    "source_count",
    "reported",
    "words",
)


def _place(event: Event, gone: str) -> None:
    """Whether it is told of, no longer found (an editor touched it), or withdrawn."""
    told = bool(event.mentions.all())
    touched = bool(event.overrides.all())
    event.lost_at = None if told or not touched else event.lost_at or timezone.now()
    if told or touched:
        event.withdrawn_at, event.withdrawn_because = None, ""
    elif event.withdrawn_at is None:
        event.withdrawn_at, event.withdrawn_because = timezone.now(), gone


def _settled(event: Event, names: Sequence[str]) -> Settled:
    decisions = {o.field: o for o in event.overrides.all()}
    values = {field: decision.value for field, decision in decisions.items()}
    rows = readings(event)
    settled = settle(rows, values) if rows else decide(_last_known(event, names), values)
    if "date" in decisions and decisions["date"].reason:
        because = f"An editor set this date: {decisions['date'].reason}"
        settled = replace(settled, because=because)
    return settled


def _last_known(event: Event, names: Sequence[str]) -> Settled:
    """What was shown when the last mention went, for events that no article tells of now."""
    kept = {field: getattr(event, field) for field in _COLUMNS}
    return Settled(
        **{
            **kept,
            "basis": Basis(event.basis),
            "review": "unreviewed",
            "corrected": False,
            "actors": tuple(names),
            "places": tuple(event.places),
            "article_count": 0,
            "source_count": 0,
        }
    )


def _participate(event: Event, names: Sequence[str]) -> None:
    actors = {actor.name: actor for actor in Actor.objects.named(list(names))}
    event.participations.all().delete()
    Participation.objects.bulk_create(
        Participation(event=event, actor=actors[name], position=position)
        for position, name in enumerate(names)
    )


def _json(value: Settled | Event, actors: Sequence[str]) -> dict[str, Any]:
    """The fields that readers see, in JSON's own types."""
    reported = value.reported
    return {
        "type": value.type,
        "status": value.status,
        "title": value.title,
        "date": value.date.as_dict(),
        "basis": str(value.basis),
        "because": value.because,
        "actors": list(actors),
        "places": list(value.places),
        "review": value.review,
        "corrected": value.corrected,
        "differs": value.differs,
        "article_count": value.article_count,
        "source_count": value.source_count,
        "reported": reported.isoformat() if reported else None,
    }


def _shown(event: Event, actors: Sequence[str]) -> dict[str, Any]:
    return {
        **_json(event, actors),
        "lost": event.lost_at is not None,
        "withdrawn": event.withdrawn_because,
    }
