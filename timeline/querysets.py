"""Questions asked of the record, in the domain's words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Mod

if TYPE_CHECKING:
    # For the type parameters alone.
    from .models import Act, Actor, Event, Relation, Revision  # noqa: F401

Clock = Literal["happened", "reported"]
"""Which day of an event counts: when it happened, or when an article first told of it."""


ANSWERS = ("met", "refused", "enforced")
"""Kinds of relation between an ultimatum and what likely answers it."""


class ActorQuerySet(models.QuerySet["Actor"]):
    def named(self, names: list[str]) -> "ActorQuerySet":
        return self.filter(name__in=names)

    def called(self, text: str) -> "ActorQuerySet":
        """Those whose slug, name or alias is `text` (a slug or name in any case)."""
        return self.filter(
            models.Q(slug=text) | models.Q(name__iexact=text) | models.Q(aliases__contains=[text])
        )

    def like(self, text: str) -> "ActorQuerySet":
        """Those whose name or aliases hold `text`, in any case."""
        return self.filter(models.Q(name__icontains=text) | models.Q(aliases__icontains=text))


DAY_OF: dict[Clock, str] = {"happened": "sort_day", "reported": "reported"}
"""The column that orders events by each clock; NULL is undated."""


LOTS = 1000
LOT = Mod(models.F("id") * 7919, LOTS, output_field=models.BigIntegerField())
"""Which of so many parts of the record an event is in: neighbours by number are in different ones."""


class EventQuerySet(models.QuerySet["Event"]):
    def shown(self) -> "EventQuerySet":
        """What readers see: neither withdrawn nor rejected by an editor."""
        return self.filter(withdrawn_at=None).exclude(review="rejected")

    def hidden(self) -> "EventQuerySet":
        """All others."""
        return self.exclude(withdrawn_at=None) | self.filter(review="rejected")

    def telling(self, text: str) -> "EventQuerySet":
        """Those whose title, actors or evidence hold the words, as in a web search."""
        return self.filter(search=SearchQuery(text, config="english", search_type="websearch"))

    def between(
        self, first: dt.date | None, last: dt.date | None, clock: Clock = "happened"
    ) -> "EventQuerySet":
        """Those that may have happened (or were first reported) from `first` to `last`, inclusive."""
        if first is None and last is None:
            return self
        if clock == "happened":
            return self.filter(span__overlap=DateRange(first, last, "[]"))
        days = {"reported__gte": first, "reported__lte": last}
        return self.filter(**{name: day for name, day in days.items() if day})

    def dated(self, clock: Clock = "happened") -> "EventQuerySet":
        return self.exclude(**{DAY_OF[clock]: None})

    def undated(self, clock: Clock = "happened") -> "EventQuerySet":
        return self.filter(**{DAY_OF[clock]: None})

    def with_actors(self, actors: Sequence[int], match: Literal["all", "any"]) -> "EventQuerySet":
        if match == "any":
            taking: Any = self.model.participations.rel.related_model
            rows = taking.objects.filter(actor__in=actors).values("event")
            return self.filter(pk__in=rows) if actors else self
        events = self
        for actor in actors:
            events = events.filter(participations__actor=actor)
        return events

    def survivors(self) -> dict[int, int]:
        """By id: the event that each stands with now, itself unless it was merged; a chain of
        merges ends at the last. One query a link of the longest chain."""
        ends = dict(self.values_list("pk", "merged_into"))
        found = {pk: into or pk for pk, into in ends.items()}
        while further := {pk for pk in found.values() if pk not in ends or ends[pk]}:
            rows = self.model.objects.filter(pk__in=further)
            ends |= dict(rows.values_list("pk", "merged_into"))
            found = {pk: ends.get(to) or to for pk, to in found.items()}
        return found

    def told_by(self, outlets: Sequence[int]) -> "EventQuerySet":
        """Those that an article of one of these outlets tells of."""
        return self.filter(outlets__overlap=list(outlets)) if outlets else self

    def drawn(self, lots: int) -> "EventQuerySet":
        """So many of LOTS parts, by lot; the same ones each time."""
        return self.alias(lot=LOT).filter(lot__lt=lots)

    def with_mentions(self) -> "EventQuerySet":
        """With those who take part and what each article says of them, but no article's text."""
        told: Any = self.model.mentions.rel.related_model
        taking: Any = self.model.participations.rel.related_model
        mentions = told.objects.select_related("article__outlet").defer("article__text")
        return self.prefetch_related(
            models.Prefetch("participations", taking.objects.select_related("actor")),
            models.Prefetch("mentions", mentions),
            "mentions__passages",
        )

    def with_answers(self) -> "EventQuerySet":
        """With the events that likely answer each, as far as readers see them."""
        relation: Any = self.model.relations.rel.related_model
        answers = relation.objects.shown().answers()
        return self.prefetch_related(models.Prefetch("relations", answers))

    def with_readings(self) -> "EventQuerySet":
        """With all that settling reads of them: mentions, whom each names, and the decisions."""
        told: Any = self.model.mentions.rel.related_model
        named: Any = told.participants.rel.related_model
        actor: Any = named.actor.field.related_model
        roles = actor.roles.rel.related_model.objects.select_related("side")
        return self.with_mentions().prefetch_related(
            "overrides",
            models.Prefetch("mentions__participants", named.objects.select_related("actor")),
            models.Prefetch("mentions__participants__actor__roles", roles),
        )

    def for_settling(self) -> "EventQuerySet":
        """Locked in the order of their ids, with all that settling reads of them."""
        return self.select_for_update(of=("self",)).order_by("pk").with_readings()


class ActQuerySet(models.QuerySet["Act"]):
    def standing(self) -> "ActQuerySet":
        """Those that nobody has undone; undoing is none of them."""
        return self.filter(undone_by=None, undoes=None)

    def touching(self, events: Iterable[int]) -> "ActQuerySet":
        """Those that changed one of these events."""
        return self.filter(revisions__event__in=set(events)).distinct()


class RevisionQuerySet(models.QuerySet["Revision"]):
    def with_acts(self) -> "RevisionQuerySet":
        """With all that telling them in words takes."""
        return self.select_related(
            "by", "act__event", "act__other", "act__undoes", "act__undone_by"
        )


class RelationQuerySet(models.QuerySet["Relation"]):
    def shown(self) -> "RelationQuerySet":
        """Those between events that readers see."""
        there = self.filter(event__withdrawn_at=None, other__withdrawn_at=None)
        return there.exclude(event__review="rejected").exclude(other__review="rejected")

    def answers(self) -> "RelationQuerySet":
        """Those between an ultimatum and what likely answers it, in a lasting order."""
        return self.filter(kind__in=ANSWERS).order_by("kind", "other")

    def duplicates(self) -> "RelationQuerySet":
        """Possible duplicates that no editor has said to be two events, likeliest first."""
        relation: Any = self.model
        decision = relation.event.field.related_model.decisions.rel.related_model
        parted = decision.objects.filter(kind="part", undone_at=None)
        pair = [models.OuterRef("event"), models.OuterRef("other")]
        said = [parted.filter(event=a, other=b) for a, b in (pair, pair[::-1])]
        rows = self.shown().filter(kind="duplicate")
        return (
            rows.exclude(models.Exists(said[0]))
            .exclude(models.Exists(said[1]))
            .order_by("-score", "pk")
        )

    def following(self, score: float, pk: int) -> "RelationQuerySet":
        """What comes after this one in the order of likelihood."""
        return self.filter(models.Q(score__lt=score) | models.Q(score=score, pk__gt=pk))
