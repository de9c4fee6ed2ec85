"""Whom an actor deals with: how often, and when last."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from .card import Dating
from .dates import Precision
from .models import Actor, Event, Role
from .types import TYPES

MOST_COUNTERPARTS = 16
CONTACTS = [t.key for t in TYPES.values() if t.family == "contacts"]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another actor, the number of events in common, and their last contact: its event and day."""

    name: str
    slug: str
    count: int
    contact: int | None = None
    dating: Dating | None = None
    days: int | None = None
    """Since the last contact; None where its day is not known."""


def counterparts(actor: Actor, today: dt.date) -> list[Counterpart]:
    """Those met most often first.

    Not those who act for it, nor the side it acts for: they are in its events on its own account.
    A contact is a call, meeting, visit or talks that took place.
    """
    shared = Event.objects.shown().filter(participations__actor=actor)
    own = Role.objects.filter(Q(person=actor) | Q(side=actor)).values_list("person", "side")
    contacts = Event.objects.shown().filter(
        type__in=CONTACTS, status="occurred", sort_day__lte=today, participations__actor=actor
    )
    last = contacts.filter(actors=OuterRef("pk")).order_by("-sort_day", "-pk").values("pk")[:1]
    rows = (
        Actor.objects.filter(participations__event__in=shared)
        .exclude(pk__in={actor.pk, *(pk for pair in own for pk in pair)})
        .annotate(count=Count("participations"))
        .order_by("-count", "sort_name")[:MOST_COUNTERPARTS]
    )
    met = list(
        rows.annotate(contact=Subquery(last)).values_list("name", "slug", "count", "contact")
    )
    events = Event.objects.in_bulk([contact for *_, contact in met if contact])
    return [
        Counterpart(name, slug, count, contact, *_since(events.get(contact), today))
        for name, slug, count, contact in met
    ]


def _since(event: Event | None, today: dt.date) -> tuple[Dating | None, int | None]:
    if event is None:
        return None, None
    v = event.date
    exact = v.precision is Precision.DAY and not (v.approximate or v.uncertain)
    return Dating(v), (today - v.earliest).days if exact and v.earliest else None
