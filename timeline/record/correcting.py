"""The verbs on one event's fields. Editors' decisions are Overrides; `release` alone removes one."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from timeline.dates import DateValue
from timeline.locks import wait_for_turn
from timeline.models import Actor, Event
from timeline.types import STATUSES, TYPES

from .acting import begin, conclude
from .errors import NotAValue, UnknownActor

REVIEWS = {key for key, _ in Event.REVIEWS}


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

    `field` is one of Override.FIELDS; `value` is a DateValue for "date" and "deadline", a list of names for
    "actors", else as the column holds it. `seen` is the version the editor looked at (None: not
    checked). Raises Stale, Merged, NotAValue, UnknownActor.
    """
    return _decided("correct", event, field, _clean(field, value), by=by, reason=reason, seen=seen)


def confirm(event: Event, by: User, reason: str = "", *, seen: int | None = None) -> Event:
    """An editor looked at it and found it right. Raises Stale, Merged."""
    return _decided("confirm", event, "review", "confirmed", by=by, reason=reason, seen=seen)


def reject(event: Event, by: User, reason: str = "", *, seen: int | None = None) -> Event:
    """An editor found that this is no event: readers no longer see it. Raises Stale, Merged."""
    return _decided("reject", event, "review", "rejected", by=by, reason=reason, seen=seen)


def release(
    event: Event, field: str, by: User, reason: str = "", *, seen: int | None = None
) -> Event:
    """Takes a decision back: the field is again what the articles say. Raises Stale, Merged."""
    with transaction.atomic():
        _wait(field)
        begun = begin([event.pk], {event.pk: seen})
        begun.need_unmerged()
        event.overrides.filter(field=field).delete()
        conclude(begun, "release", event, by, reason)
        return Event.objects.get(pk=event.pk)


def _decided(
    verb: str, event: Event, field: str, value: Any, *, by: User, reason: str, seen: int | None
) -> Event:
    with transaction.atomic():
        _wait(field)
        begun = begin([event.pk], {event.pk: seen})
        begun.need_unmerged()
        said = {"value": value, "reason": reason, "by": by, "carried_from": None}
        if not event.overrides.filter(field=field, **said).exists():
            event.overrides.update_or_create(field=field, defaults={**said, "at": timezone.now()})
        conclude(begun, verb, event, by, reason)
        return Event.objects.get(pk=event.pk)


def _wait(field: str) -> None:
    """A deadline says what may answer the event, so that mentions are looked at anew."""
    if field == "deadline":
        wait_for_turn()


def _clean(field: str, value: Any) -> Any:
    match field, value:
        case "date" | "deadline", DateValue():
            return value.as_dict()
        case "date" | "deadline", dict():
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
