"""What the change form shows beside its boxes: decisions, the articles' side, history, the echo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from timeline.dates import DateValue, Precision, edtf
from timeline.dossiers import last_act, other_event
from timeline.models import Event, Override, Revision
from timeline.record import proposals

from .evidence import accounts
from .fields import DateBox
from .form import FIELDS, EventForm
from .wording import Change, changes, said, verb


@dataclass(frozen=True, slots=True)
class Echo:
    """What the date box understands, or the sentence that says why it does not."""

    value: DateValue | None = None
    error: str = ""

    @property
    def edtf(self) -> str:
        return edtf(self.value) if self.value else ""

    @property
    def days(self) -> str:
        """The first and last day, where the words do not name them."""
        v = self.value
        if not v or v.precision in (Precision.DAY, Precision.NONE, Precision.BOUND):
            return ""
        assert v.earliest and v.latest
        kind = "all days" if v.lasting else "some day"
        return f"{kind} from {DateValue.day(v.earliest)} to {DateValue.day(v.latest)}"


def echo(text: str) -> Echo:
    try:
        return Echo(DateBox().clean(text))
    except ValidationError as error:
        return Echo(error=" ".join(error.messages))


@dataclass(frozen=True, slots=True)
class Row:
    """A box, and what was decided on its field; `articles` is what they say against it, or ""."""

    box: forms.BoundField
    decision: Override | None
    articles: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A Revision in words."""

    revision: Revision
    verb: str
    changes: list[Change]
    other: Event | None


def context(event: Event, form: EventForm) -> dict[str, Any]:
    """For the template. As many queries however many articles tell of the event."""
    event = (
        Event.objects.filter(pk=event.pk)
        .prefetch_related(
            "overrides__by",
            "mentions__article__outlet",
            "mentions__participants__actor__roles__side",
            "participations__actor",
        )
        .get()
    )
    decisions = {o.field: o for o in event.overrides.all()}
    return {
        "event": event,
        "rows": list(_rows(event, form, decisions)),
        "reason": form["reason"],
        "review": decisions.get("review"),
        "echo": echo(str(form["date"].value() or "")),
        "offered": bool(form.offered) and not form.is_bound,
        "accounts": accounts(event),
        "history": [_entry(r) for r in event.revisions.with_acts()],
        "others": [_entry(r) for r in reversed(form.others)],
        "last": last_act(event),
        "can_unmerge": event.decided_with.filter(kind="join", undone_at=None).exists(),
    }


def _rows(event: Event, form: EventForm, decisions: dict[str, Override]) -> Iterator[Row]:
    against = proposals(event)
    for field in FIELDS:
        articles = said(field, against[field]) if field in against else ""
        yield Row(form[field], decisions.get(field), articles)


def _entry(revision: Revision) -> Entry:
    return Entry(revision, verb(revision), changes(revision), other_event(revision))
