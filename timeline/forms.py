"""What editors send about events as wholes: which are one, which are two, what is taken back."""

from typing import Any

from django import forms

from .models import Act, Event


class Numbers(forms.Field):
    """Numbers, several to a value perhaps, each perhaps with another after a colon: `12 13:3`.

    Cleans to a mapping, in their order, with None where there is no second number.
    """

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[int, int | None]:
        found: dict[int, int | None] = {}
        for text in " ".join(super().clean(value) or []).split():
            first, _, second = text.partition(":")
            if not all(n.isascii() and n.isdigit() and len(n) < 19 for n in (first, second or "0")):
                raise forms.ValidationError("These are not numbers of this page.")
            found[int(first)] = int(second) if second else None
        return found


class Reasoned(forms.Form):
    reason = forms.CharField(required=False, max_length=2000, strip=True)


class EventsForm(Reasoned):
    """Two or more events, each with the version that the editor looked at."""

    event = Numbers()
    stays = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        seen = sent.get("event", {})
        sent["events"] = Event.objects.in_bulk(list(seen))
        if len(sent["events"]) < max(2, len(seen)):
            raise forms.ValidationError("Choose two events at least.")
        if sent.get("stays") is not None and sent["stays"] not in seen:
            raise forms.ValidationError("Say which of these events stays.")
        return sent


class SplitForm(Reasoned):
    """The accounts of an event that tell of another, by the numbers of their mentions."""

    mention = Numbers(required=False)
    seen = forms.IntegerField(required=False)


class UndoForm(Reasoned):
    """The acts to be undone, by number."""

    act = Numbers()

    def clean(self) -> dict[str, Any]:
        """`acts` come newest first."""
        sent = self.cleaned_data
        chosen = list(sent.get("act", {}))
        sent["acts"] = list(Act.objects.filter(pk__in=chosen).order_by("-pk"))
        if not sent["acts"] or len(sent["acts"]) < len(chosen):
            raise forms.ValidationError("There is nothing that could be undone.")
        return sent
