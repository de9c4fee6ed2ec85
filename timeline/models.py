"""The record: actors, events, the editors' decisions on them, and every change."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from .dated import Dated
from .deadlined import Deadlined
from .offices import Office, side_on
from .querysets import (
    LOT,
    ActorQuerySet,
    ActQuerySet,
    EventQuerySet,
    RelationQuerySet,
    RevisionQuerySet,
)
from .types import CHOICES, STATUSES, TYPES, EventType


class Actor(models.Model):
    """A person, country, organisation or body that takes part in events."""

    KINDS: ClassVar = [
        ("person", "person"),
        ("country", "country"),
        ("organisation", "organisation"),
        ("body", "body"),
        ("armed group", "armed group"),
        ("group", "people without a name of their own"),
    ]

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, unique=True)
    sort_name = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=12, choices=KINDS)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sort_name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="timeline_actor_named",
                violation_error_message="An actor needs a name.",
            )
        ]
        indexes: ClassVar = [
            models.Index("sort_name", name="timeline_actor_sort"),
            GinIndex(fields=["aliases"], name="timeline_actor_aliases"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])

    def side_on(self, day: dt.date | None) -> str:
        """The name of the side it acts for on that day, as `offices` tells."""
        return side_on((r.office_held for r in self.roles.all()), day)


class Role(models.Model):
    """The side a person acts for in a period, and the office held."""

    person = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="roles")
    side = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="people")
    office = models.CharField(max_length=80)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(since__lte=models.F("until")),
                name="timeline_role_in_order",
                violation_error_message="The role ends before it begins.",
            ),
            models.UniqueConstraint(
                fields=["person", "side", "office", "since"],
                name="timeline_role_once",
                nulls_distinct=False,
                violation_error_message="This role is already listed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.side}"

    @property
    def office_held(self) -> Office:
        return Office(self.side.name, self.since, self.until)


class Event(Dated, Deadlined):
    """One thing that happened, is planned, or was denied, settled from mentions and overrides."""

    REVIEWS: ClassVar = [
        ("unreviewed", "Not reviewed"),
        ("confirmed", "Confirmed"),
        ("rejected", "Rejected"),
    ]

    type = models.CharField(max_length=12, choices=CHOICES)
    status = models.CharField(max_length=9, choices=list(STATUSES.items()), default="occurred")
    title = models.CharField(max_length=300)
    places = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    actors = models.ManyToManyField(Actor, through="Participation", related_name="events")
    review = models.CharField(max_length=10, choices=REVIEWS, default="unreviewed")
    corrected = models.BooleanField(default=False)
    differs = models.BooleanField(default=False)
    confidence = models.FloatField(default=0)
    article_count = models.PositiveIntegerField(default=0)
    source_count = models.PositiveIntegerField(default=0)
    """Independent sources."""
    reported = models.DateField(null=True, blank=True)
    """The first day an article told of it."""
    outlets = ArrayField(models.BigIntegerField(), default=list, editable=False)
    """The numbers of the outlets whose articles tell of it."""
    words = models.TextField(blank=True)
    """What a text search looks in: title, actors and evidence sentences."""
    search = models.GeneratedField(
        expression=SearchVector("words", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )
    version = models.PositiveIntegerField(default=0)
    """Rises by one with every Revision; a form sends back the one it was filled from."""
    lost_at = models.DateTimeField(null=True, blank=True)
    """No article tells of it any longer, but an editor touched it."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    """Where an editor's merge took what it rested on; its address answers with that."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            *Deadlined.Meta.constraints,
            models.CheckConstraint(
                condition=Q(type__in=list(TYPES)),
                name="timeline_event_type_known",
                violation_error_message="This is not a type of event that the record knows.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(STATUSES)),
                name="timeline_event_status_known",
                violation_error_message="This is not a status that the record knows.",
            ),
        ]
        indexes: ClassVar = [
            models.Index("sort_day", "id", name="timeline_event_order"),
            models.Index("type", "sort_day", "id", name="timeline_event_type_order"),
            models.Index("reported", "id", name="timeline_event_reported"),
            models.Index(
                "sort_day", "id", name="timeline_event_differs", condition=Q(differs=True)
            ),
            GistIndex(fields=["span"], name="timeline_event_span"),
            GistIndex(
                fields=["span"], name="timeline_event_corrected", condition=Q(basis="editor")
            ),
            GinIndex(fields=["search"], name="timeline_event_search"),
            GinIndex(fields=["outlets"], name="timeline_event_outlets"),
            models.Index(LOT, name="timeline_event_lot"),
            models.Index(
                "deadline_latest",
                name="timeline_event_corrected_limit",
                condition=Q(deadline_basis="editor"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.pk])

    @property
    def event_type(self) -> EventType:
        return TYPES[self.type]


class Word(models.Model):
    """A word that some event holds, for readers who spell it nearly so. Words are never removed."""

    word = models.CharField(max_length=40, primary_key=True, db_collation="C")
    length = models.GeneratedField(
        expression=Length("word"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        editable=False,
    )

    class Meta:
        indexes: ClassVar = [models.Index("length", "word", name="timeline_word_length")]

    def __str__(self) -> str:
        return self.word


class Participation(models.Model):
    """An actor's place in an event: those who act come first."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "actor"],
                name="timeline_participation_once",
                violation_error_message="This actor already takes part.",
            )
        ]
        indexes: ClassVar = [models.Index("actor", "event", name="timeline_participation_actor")]

    def __str__(self) -> str:
        return f"{self.actor} in {self.event}"


class Override(models.Model):
    """An editor's decision on one field of one event. No machine writes or removes one."""

    FIELDS: ClassVar = [
        (name, name)
        for name in ("date", "deadline", "type", "status", "title", "actors", "places", "review")
    ]

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="overrides")
    field = models.CharField(max_length=8, choices=FIELDS)
    value = models.JSONField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    carried_from = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="carried"
    )
    """The event whose decision it is, merged into this one; un-merging takes it away again."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "field"],
                name="timeline_override_once",
                violation_error_message="This field already has a decision; change that one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.event}"


class Decision(models.Model):
    """An editor's word on whether mentions tell of one event. No machine writes or removes one.

    It holds for places, not for rows: a re-parse replaces mentions, and an article that is removed
    may come back. Of two decisions on the same two places the later holds.
    """

    KINDS: ClassVar = [("join", "one event"), ("part", "two events")]

    kind = models.CharField(max_length=4, choices=KINDS)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="decisions")
    other = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="decided_with")
    """The event that was merged into `event`, split off from it, or is kept apart from it."""
    places = models.JSONField()
    """What `event` rested on: [[article's digest, start, end, type], …], in this order."""
    other_places = models.JSONField()
    """What `other` rested on, or was given."""
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    """An undone decision no longer holds; it is kept for the history."""

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                "event", name="timeline_decision_event", condition=Q(undone_at__isnull=True)
            ),
            models.Index(
                "other", name="timeline_decision_other", condition=Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.event} / {self.other}"


class Relation(models.Model):
    """What the machine thinks of two events that are not one. Derived: every matching makes it anew.

    `duplicate`: perhaps one event; `event` has the smaller number. `outcome`: `event` was planned,
    proposed or threatened, and `other` is what became of it. The others are of an ultimatum, and
    what likely answers it: `met`, what it demanded was done; `refused`, the demand was rejected;
    `enforced`, what it threatened was done.
    """

    KINDS: ClassVar = [
        ("duplicate", "possible duplicate"),
        ("outcome", "what became of it"),
        ("met", "what was demanded was done"),
        ("refused", "the demand was rejected"),
        ("enforced", "what was threatened was done"),
    ]

    kind = models.CharField(max_length=9, choices=KINDS)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="related_from")
    score = models.FloatField()
    """How alike the two are, from 0 to 1."""
    because = models.TextField()
    """The sentence that says what speaks for it and what against."""

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "event", "other"],
                name="timeline_relation_once",
                violation_error_message="This relation is already there.",
            ),
            models.CheckConstraint(
                condition=~Q(event=models.F("other")),
                name="timeline_relation_of_two",
                violation_error_message="An event has no relation to itself.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "-score", "id"], name="timeline_relation_likeliest"),
        ]

    def __str__(self) -> str:
        return f"{self.event} / {self.other}: {self.get_kind_display()}"


class Act(models.Model):
    """One verb of an editor, with a Revision for each event that it changed. Append-only."""

    verb = models.CharField(max_length=20)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="acts")
    other = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="acts_beside"
    )
    """The event that was merged, un-merged, split off or kept apart."""
    before = models.JSONField()
    """What it changed, as that was before: what undoing it brings back."""
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.event}"


class Revision(models.Model):
    """One change to an event, by an editor or (without `by`) by a machine. Append-only."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(auto_now_add=True)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="revisions")
    """The editor's verb that made it; a merge makes two."""

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="timeline_revision_once",
                violation_error_message="Somebody else changed this event at the same moment.",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="timeline_revision_newest")]

    def __str__(self) -> str:
        return f"{self.verb}: {self.event}"
