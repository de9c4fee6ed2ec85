"""Whom an actor deals with: how often, and when last."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from .card import Dating
from .dates import Precision
from .models import Actor, Event, Participation, Role
from .sampling import Sample
from .types import TYPES

MOST_COUNTERPARTS = 16
CONTACTS = [t.key for t in TYPES.values() if t.family == "contacts"]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another actor, the number of events in common, and their last contact: its event and day.

    `about`: the number is an estimate.
    """

    name: str
    slug: str
    count: int
    contact: int | None = None
    dating: Dating | None = None
    days: int | None = None
    """Since the last contact; None where its day is not known."""
    about: bool = False


def counterparts(actor: Actor, today: dt.date) -> list[Counterpart]:
    """Those met most often first.

    Not those who act for it, nor the side it acts for: they are in its events on its own account.
    A contact is a call, meeting, visit or talks that took place.
    """
    sample = Sample.of(Event.objects.shown().filter(participations__actor=actor))
    own = Role.objects.filter(Q(person=actor) | Q(side=actor)).values_list("person", "side")
    contacts = Event.objects.shown().filter(
        type__in=CONTACTS, status="occurred", sort_day__lte=today, participations__actor=actor
    )
    last = contacts.filter(actors=OuterRef("pk")).order_by("-sort_day", "-pk").values("pk")[:1]
    others = Participation.objects.filter(event__in=sample.events.values("pk"))
    rows = (
        others.exclude(actor__in={actor.pk, *(pk for pair in own for pk in pair)})
        .values("actor")
        .annotate(n=Count("pk"))
        .order_by("-n", "actor__sort_name")
    )
    counts = dict(rows.values_list("actor", "n")[:MOST_COUNTERPARTS])
    met = Actor.objects.filter(pk__in=counts).annotate(contact=Subquery(last))
    named = {pk: rest for pk, *rest in met.values_list("pk", "name", "slug", "contact")}
    events = Event.objects.in_bulk([contact for *_, contact in named.values() if contact])
    return [
        Counterpart(
            name,
            slug,
            sample.standing_for(n),
            contact,
            *_since(events.get(contact), today),
            about=sample.is_part,
        )
        for n, (name, slug, contact) in ((n, named[pk]) for pk, n in counts.items())
    ]


def event_counts(actors: Iterable[Actor]) -> dict[int, int]:
    """By actor: the events that readers see. Two queries.

    Those that they do not see are few: to count all and subtract them needs no look at the others.
    """
    taking = Participation.objects.filter(actor__in=actors).values_list("actor").order_by()
    hidden = taking.filter(event__in=Event.objects.hidden().values("pk"))
    counts = Counter(dict(taking.annotate(n=Count("pk"))))
    counts.subtract(dict(hidden.annotate(n=Count("pk"))))
    return counts


def _since(event: Event | None, today: dt.date) -> tuple[Dating | None, int | None]:
    if event is None:
        return None, None
    v = event.date
    exact = v.precision is Precision.DAY and not (v.approximate or v.uncertain)
    return Dating(v), (today - v.earliest).days if exact and v.earliest else None
