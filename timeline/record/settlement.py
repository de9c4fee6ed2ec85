"""An event settled from both layers and stored, with the Revision that says what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from timeline import spelling
from timeline.dates import Basis
from timeline.models import Act, Actor, Event, Participation, Revision
from timeline.settling import Party, Reading, Settled, decide, machine, settle

GONE = "No article that is kept here tells of this event any longer."
ELSEWHERE = "What is known of it stands with event {}."


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
    with transaction.atomic(savepoint=False):
        renewed = [
            renew(
                event,
                shown(event),
                cause,
                by=by,
                reason=reason,
                gone=(gone or {}).get(event.pk, GONE),
            )
            for event in Event.objects.filter(pk__in=set(events)).for_settling()
        ]
        store(renewed)
    return [r.event.pk for r in renewed if r.revision]


def proposals(event: Event) -> dict[str, Any]:
    """Where the articles say otherwise than the editors decided: field → the articles' value."""
    decided = {o.field: o.value for o in event.overrides.all() if o.field != "review"}
    rows = readings(event) if decided else []
    if not rows:
        return {}
    read_anew = machine(rows)
    read = _json(read_anew, read_anew.actors)
    return {f: read[f] for f, value in decided.items() if read[f] != value}


def settled_together(events: Sequence[Event]) -> Settled:
    """What the first would be shown as, had the others been merged into it one after the other.

    They are loaded with their readings, and one article at least tells of one of them.
    """
    values: dict[str, Any] = {}
    for event in events:
        values = {o.field: o.value for o in event.overrides.all()} | values
    return settle([r for event in events for r in readings(event)], values)


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
            deadline=m.deadline,
            deadline_basis=Basis(m.deadline_basis),
            deadline_because=m.deadline_because,
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


@dataclass(frozen=True, slots=True)
class Renewed:
    """An event settled and not yet stored; `cast` is None if the same take part as before."""

    event: Event
    changed: bool
    cast: tuple[str, ...] | None
    revision: Revision | None


def renew(
    event: Event,
    was: Mapping[str, Any],
    verb: str,
    *,
    by: User | None = None,
    reason: str = "",
    gone: str = GONE,
    act: Act | None = None,
) -> Renewed:
    """Settles an event loaded for settling.

    `was` is what readers saw of it before. An act leaves a Revision even where they see no
    difference; a machine does not.
    """
    names = [p.actor.name for p in event.participations.all()]
    stored = _stored(event)
    _place(event, gone)
    settled = _settled(event, names)
    for field in _COLUMNS:
        setattr(event, field, getattr(settled, field))
    event.places = list(settled.places)
    outlets = (m.article.outlet_id for m in event.mentions.all())
    event.outlets = sorted({pk for pk in outlets if pk is not None})
    after = _shown(event, settled.actors)
    before = was if event.version else {}
    changed = [field for field in after if after[field] != before.get(field)]
    revision = None
    if changed or act:
        event.version += 1
        revision = Revision(
            event=event,
            number=event.version,
            verb=verb,
            before={f: before[f] for f in changed if f in before},
            after={f: after[f] for f in changed},
            reason=reason,
            by=by,
            act=act,
        )
    cast = settled.actors if names != list(settled.actors) else None
    return Renewed(event, _stored(event) != stored, cast, revision)


def store(renewed: Sequence[Renewed]) -> None:
    """In as many statements for all of them as for one."""
    Event.objects.bulk_create(
        (r.event for r in renewed if r.changed),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_STORED,
    )
    for r in renewed:
        if r.changed:
            spelling.remember(r.event)
    participate({r.event: r.cast for r in renewed if r.cast is not None})
    Revision.objects.bulk_create(r.revision for r in renewed if r.revision)


def _stored(event: Event) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in _STORED)


_COLUMNS = (
    "type",
    "status",
    "title",
    "date",
    "basis",
    "because",
    "deadline",
    "deadline_basis",
    "deadline_because",
    "review",
    "corrected",
    "differs",
    "confidence",
    "article_count",
    "source_count",
    "reported",
    "words",
)
_STORED = [
    *(name for name in _COLUMNS if name not in ("date", "deadline")),
    *("earliest", "latest", "precision", "lasting", "approximate", "uncertain", "places"),
    *(f"deadline_{name}" for name in ("earliest", "latest", "precision")),
    *("deadline_approximate", "deadline_uncertain"),
    *("outlets", "version", "lost_at", "withdrawn_at", "withdrawn_because"),
]
"""The columns that settling fills."""


def _place(event: Event, gone: str) -> None:
    """Whether it is told of, no longer found (an editor touched it), withdrawn, or merged."""
    told = bool(event.mentions.all())
    touched = bool(event.overrides.all())
    if event.merged_into_id:
        told, touched, gone = False, False, ELSEWHERE.format(event.merged_into_id)
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
    if "deadline" in decisions and decisions["deadline"].reason:
        because = f"An editor set this deadline: {decisions['deadline'].reason}"
        settled = replace(settled, deadline_because=because)
    return settled


def _last_known(event: Event, names: Sequence[str]) -> Settled:
    """What was shown when the last mention went, for events that no article tells of now."""
    kept = {field: getattr(event, field) for field in _COLUMNS}
    return Settled(
        **{
            **kept,
            "basis": Basis(event.basis),
            "deadline_basis": Basis(event.deadline_basis),
            "review": "unreviewed",
            "corrected": False,
            "actors": tuple(names),
            "places": tuple(event.places),
            "article_count": 0,
            "source_count": 0,
        }
    )


def participate(casts: Mapping[Event, Sequence[str]]) -> None:
    """Who takes part in each event, by name."""
    wanted = {name for names in casts.values() for name in names}
    actors = {actor.name: actor for actor in Actor.objects.named(sorted(wanted))} if wanted else {}
    if casts:
        Participation.objects.filter(event__in=casts).delete()
    Participation.objects.bulk_create(
        Participation(event=event, actor=actors[name], position=position)
        for event, names in casts.items()
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
        "deadline": value.deadline.as_dict(),
        "actors": list(actors),
        "places": list(value.places),
        "review": value.review,
        "corrected": value.corrected,
        "differs": value.differs,
        "article_count": value.article_count,
        "source_count": value.source_count,
        "reported": reported.isoformat() if reported else None,
    }


def shown(event: Event) -> dict[str, Any]:
    """What readers see of an event that is loaded for settling, in JSON's own types."""
    return _shown(event, [p.actor.name for p in event.participations.all()])


def _shown(event: Event, actors: Sequence[str]) -> dict[str, Any]:
    return {
        **_json(event, actors),
        "lost": event.lost_at is not None,
        "withdrawn": event.withdrawn_because,
        "merged_into": event.merged_into_id,
    }
