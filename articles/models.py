"""What came in: outlets, articles, and what the parser read in them."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from timeline.dated import Dated
from timeline.deadlined import Deadlined
from timeline.models import Actor, Event
from timeline.types import CHOICES, STATUSES, TYPES

from .querysets import ArticleQuerySet


class Outlet(models.Model):
    """Who printed an article. The full text of a free outlet may be shown to anybody."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    free = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """An uploaded text. Its state lives here, not in the task: a killed worker leaves it readable."""

    STATES: ClassVar = [
        ("received", "Received"),
        ("waiting", "Waiting for its publication day"),
        ("reading", "Reading"),
        ("matching", "Matching events"),
        ("done", "Done"),
        ("failed", "Failed"),
    ]
    UNFINISHED: ClassVar = ("received", "reading", "matching")
    LIKENESSES: ClassVar = [
        ("version", "Another version of the article"),
        ("copy", "The same wire text"),
        ("different", "A different article"),
    ]

    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    """The sender's own key."""
    headline = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the text with white space folded: the same text is stored once."""
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    agency = models.CharField(max_length=200, blank=True)
    """The agency its dateline names: outlets that print the same agency are one source."""
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=8, blank=True)
    published = models.DateField(null=True, blank=True)
    published_because = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=STATES, default="received")
    failure = models.TextField(blank=True)
    """The sentence that says why it failed or waits."""
    parser_version = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    """What reading it changed: counts of events by outcome."""
    alike = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    """The digests of the articles that came in before with much the same text."""
    copy_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="like the article",
    )
    """The one of them that it is most like, or that an editor chose."""
    similarity = models.FloatField(null=True, blank=True)
    """The share of word triples that it has in common with that one, as far as sketches tell."""
    likeness = models.CharField("it is", max_length=9, choices=LIKENESSES, blank=True)
    """What it is to that one. Unless it is a different article, both count as one source."""
    likeness_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="as said by",
    )
    """Who said so; nobody if it was taken by rule."""

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="articles_article_has_text",
                violation_error_message="An article needs a text.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["received", "waiting", "reading", "matching", "done", "failed"]
                ),
                name="articles_article_state_known",
                violation_error_message="This is not a state an article can be in.",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""),
                name="articles_article_failure_said",
                violation_error_message="An article that failed says why.",
            ),
            models.CheckConstraint(
                condition=Q(likeness__in=["", "version", "copy", "different"]),
                name="articles_article_likeness_known",
                violation_error_message="This is not what one article can be to another.",
            ),
            models.CheckConstraint(
                condition=Q(copy_of=None) | ~Q(likeness=""),
                name="articles_article_likeness_said",
                violation_error_message="Say what the article is to the one that it is like.",
            ),
            models.CheckConstraint(
                condition=Q(copy_of=None) | ~Q(copy_of=F("id")),
                name="articles_article_no_copy_of_itself",
                violation_error_message="An article is not a copy of itself.",
            ),
        ]
        indexes: ClassVar = [
            models.Index("state", "id", name="articles_article_state"),
            models.Index("published", name="articles_article_published"),
        ]

    def __str__(self) -> str:
        return self.headline or f"Article {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def hundredths_alike(self) -> int | None:
        return None if self.similarity is None else round(100 * self.similarity)

    @property
    def likeness_words(self) -> str:
        """What it is to `copy_of`, whose name follows: "A newer version of"."""
        if self.likeness == "copy":
            return "The same wire text as"
        if self.likeness == "different":
            return "A different article from"
        other = self.copy_of and self.copy_of.published
        older = bool(self.published and other and self.published < other)
        return "An earlier version of" if older else "A newer version of"


class Sketch(models.Model):
    """An article's text in brief, by which near-copies are found. A table of its own, for lists of
    articles never need it."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="sketch"
    )
    slots = models.BinaryField()
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["bands"], name="articles_sketch_bands")]

    def __str__(self) -> str:
        return f"Sketch of article {self.pk}"


class Mention(Dated, Deadlined):
    """What one article says of one event. A re-parse replaces it, unless an editor added it."""

    ORIGINS: ClassVar = [("parser", "parser"), ("editor", "editor")]

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="mentions")
    type = models.CharField(max_length=12, choices=CHOICES)
    status = models.CharField(max_length=9, choices=list(STATUSES.items()))
    type_because = models.TextField(blank=True)
    """The sentence that says why it has its type and status; `because` is that of its date."""
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence = models.TextField()
    """The article's text from `start` to `end`, kept beside so that a card needs no whole article."""
    trigger_start = models.PositiveIntegerField()
    trigger_end = models.PositiveIntegerField()
    date_start = models.PositiveIntegerField(null=True, blank=True)
    date_end = models.PositiveIntegerField(null=True, blank=True)
    actors = models.ManyToManyField(Actor, through="Participant", related_name="mentions")
    places = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    demands = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    """The types of event that would be what an ultimatum demands."""
    threatens = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    """Those that would be what it threatens."""
    attributed_to = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    """The agency that the sentence names as its source: "Reuters reported"."""
    confidence = models.FloatField()
    origin = models.CharField(max_length=6, choices=ORIGINS, default="parser")

    class Meta(Dated.Meta):
        abstract = False
        ordering: ClassVar = ["article", "start", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            *Deadlined.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="articles_mention_evidence",
                violation_error_message="A mention rests on a piece of its article.",
            ),
            models.CheckConstraint(
                condition=Q(type__in=list(TYPES)),
                name="articles_mention_type_known",
                violation_error_message="This is not a type of event that the record knows.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(STATUSES)),
                name="articles_mention_status_known",
                violation_error_message="This is not a status that the record knows.",
            ),
        ]
        indexes: ClassVar = [
            models.Index("event", "article", name="articles_mention_event"),
            GistIndex(fields=["span"], name="articles_mention_span"),
        ]

    def __str__(self) -> str:
        return self.evidence[:80]


class Passage(models.Model):
    """A further sentence in which the article speaks of a mention's event: "the conversation lasted
    an hour". It says where else to read of it, and settles nothing."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    """The article's text from `start` to `end`."""

    class Meta:
        ordering: ClassVar = ["start"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="articles_passage_of_the_text",
                violation_error_message="A passage is a piece of its article.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Participant(models.Model):
    """An actor in a mention: those who act come first."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="participants")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participants")
    side = models.CharField(max_length=200, blank=True)
    """The name of the side that it acts for in this article; "" leaves that to its roles."""
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mention", "actor"],
                name="articles_participant_once",
                violation_error_message="This actor already takes part.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} in {self.mention}"

    def acts_for(self, day: dt.date | None) -> str:
        """As the article has it, else by the office held on that day; "" if neither tells."""
        return self.side or self.actor.side_on(day)


class BlockingKey(models.Model):
    """Under which a mention is found by those that may be one event with it (record linkage calls
    this a blocking key): its kind of event with one side, or one place, and the days it allows.

    Derived from the mention when it is stored, and never changed.
    """

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=240)
    sides = ArrayField(models.CharField(max_length=200))
    """All its sides: most that share one are told apart by the others, unread."""
    first = models.DateField()
    last = models.DateField()
    vague = models.BooleanField()
    """Whether it allows more days than a month has; these are few, and found by themselves."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "key", "first", "last", name="articles_key_sharp", condition=Q(vague=False)
            ),
            models.Index(
                "key", "first", "last", name="articles_key_vague", condition=Q(vague=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.first} to {self.last}"


class Trace(models.Model):
    """A place of a text that once stood for an event, and was lost in a re-reading or with its
    article. Should the same words be read again, they stand for the same event again."""

    digest = models.CharField(max_length=64)
    """The article's."""
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    type = models.CharField(max_length=12, choices=CHOICES)
    actors = ArrayField(models.CharField(max_length=200), default=list)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="traces")

    class Meta:
        indexes: ClassVar = [models.Index("digest", name="articles_trace_digest")]

    def __str__(self) -> str:
        return f"{self.digest[:8]}:{self.start}-{self.end}, {self.type}"
