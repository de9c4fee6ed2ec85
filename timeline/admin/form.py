"""What an editor sends about one event, set against what the editor saw and what holds now."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict

from timeline.dates import UNDATED, DateValue, words
from timeline.models import Event, Revision
from timeline.record import Stale
from timeline.types import CHOICES, STATUSES

from .fields import Actors, DateBox, Lines

if TYPE_CHECKING:
    EventModelForm = forms.ModelForm[Event]
else:
    EventModelForm = forms.ModelForm  # takes no parameter at run time

FIELDS = ("date", "deadline", "type", "status", "title", "actors", "places")


class EventForm(EventModelForm):
    """One event's fields. It writes nothing: `corrections` are for the record's verbs.

    A form filled from an older version than the record's comes back bound, with the editor's input
    where the editor changed something, the others' values elsewhere, and the new version.
    """

    date = DateBox(
        help_text="“3 July 2025”, “early July 2025”, “before 3 July 2025”, “3–5 May 2025”, "
        "“2025-07~”, “unknown”.",
    )
    deadline = DateBox(
        required=False,
        help_text="Until when what it threatens or demands is to be met, in the same words; empty "
        "if it sets none.",
    )
    type = forms.ChoiceField(choices=CHOICES)
    status = forms.ChoiceField(choices=list(STATUSES.items()))
    title = forms.CharField(
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Made from type, actors and places unless you write one.",
    )
    actors = Actors(
        required=False,
        rows=4,
        help_text="Names or aliases, one a line; those who act come first.",
    )
    places = Lines(required=False, longest=120, rows=2, help_text="One a line.")
    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Public, beside the change. Needed to reject an event.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields = ()

    offered = ""
    """A date that the page's address offers for the box, not saved yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = values(self.instance) if self.instance.pk else {}
        self.others: list[Revision] = []
        self.corrections: dict[str, Any] = {}
        self.initial = {f: as_text(f, value) for f, value in self.now.items()}
        self.initial["seen"] = self.instance.version
        if self.offered:
            self.initial["date"] = self.offered

    @property
    def verb(self) -> str:
        """The button that was pressed: confirm, reject, release, or "" for saving alone."""
        return next((v for v in ("confirm", "reject", "release") if f"_{v}" in self.data), "")

    @property
    def released(self) -> str:
        """The field that is given back to the parser."""
        return str(self.data.get("_release", ""))

    def clean(self) -> dict[str, Any]:
        """Holds the event's row until the end of the transaction, so that what is compared holds."""
        sent = self.cleaned_data
        if self.verb == "reject" and not sent.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why this is no event.")
        event = Event.objects.select_for_update().get(pk=self.instance.pk)
        self.now = values(event)
        self.others = list(
            event.revisions.filter(number__gt=sent.get("seen", event.version)).with_acts()
        )
        was = self.now | {
            f: r.before[f] for r in self.others for f in FIELDS if f in r.before
        }  # newest first, so that the oldest "before" holds
        touched = {f for f in FIELDS if f not in sent or as_json(sent[f]) != was[f]}
        if self.others:
            self._bring_up_to_date(event, touched)
            raise forms.ValidationError(str(Stale()), code="stale")
        self.corrections = {f: sent[f] for f in FIELDS if f in sent and f in touched}
        self.corrections.pop(self.released, None)
        return sent

    def _bring_up_to_date(self, event: Event, touched: set[str]) -> None:
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(event.version)
        for field in FIELDS:
            if field not in touched:
                data[field] = as_text(field, self.now[field])
        self.data = data

    def _post_clean(self) -> None:
        """The instance stays as it is: the record's verbs alone write to an event."""


def values(event: Event) -> dict[str, Any]:
    """What an editor can correct, in JSON's own types, as overrides and revisions hold it."""
    names = event.participations.select_related("actor").values_list("actor__name", flat=True)
    return {
        "date": event.date.as_dict(),
        "deadline": event.deadline.as_dict(),
        "type": event.type,
        "status": event.status,
        "title": event.title,
        "actors": list(names),
        "places": event.places,
    }


def as_json(value: Any) -> Any:
    return value.as_dict() if isinstance(value, DateValue) else value


def as_text(field: str, value: Any) -> str:
    """A value of `values` as the field's box holds it."""
    if field in ("date", "deadline"):
        date = DateValue.from_dict(value)
        return "" if field == "deadline" and date == UNDATED else words(date)
    return "\n".join(value) if isinstance(value, list) else str(value)
