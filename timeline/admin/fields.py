"""Form fields in which editors write: a date in words, names one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from timeline import datebox
from timeline.dates import UNDATED, DateValue, words
from timeline.models import Actor


class DateBox(forms.CharField):
    """One natural date box; cleans to a DateValue, and says in a sentence what is wrong. Empty, if
    it may be, is no date."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": str(datebox.EmptyError())}
        super().__init__(max_length=80, error_messages=messages, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return words(value) if isinstance(value, DateValue) else value

    def clean(self, value: Any) -> DateValue:
        text = super().clean(value)
        if not text:
            return UNDATED
        try:
            return datebox.read(text, today=timezone.now().date())
        except datebox.DateBoxError as error:
            raise ValidationError(str(error)) from error


class Lines(forms.CharField):
    """A list of short texts, one a line; empty lines and repetitions do not count."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 200, rows: int = 3, **kwargs: Any) -> None:
        """longest: characters that one line may have."""
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        kept = list(dict.fromkeys(filter(None, lines)))
        if long := next((line for line in kept if len(line) > self.longest), None):
            raise ValidationError(
                f"“{long[:40]}…” is longer than {self.longest} characters: write one a line."
            )
        return kept


class Actors(Lines):
    """Actors by name or alias, one a line, those who act first; cleans to their names."""

    def clean(self, value: Any) -> list[str]:
        found = [_named(text) for text in super().clean(value)]
        return list(dict.fromkeys(found))


def _named(text: str) -> str:
    """The name of the one actor that is called so. Raises ValidationError with what is near."""
    names = list(Actor.objects.called(text).values_list("name", flat=True)[:5])
    exact = [name for name in names if name.casefold() == text.casefold()]
    if len(exact or names) == 1:
        return (exact or names)[0]
    if names:
        raise ValidationError(f"“{text}” may be {', '.join(names)}: write the full name.")
    near = list(Actor.objects.like(text).values_list("name", flat=True)[:3])
    hint = f"did you mean {' or '.join(near)}?" if near else "add the actor first."
    raise ValidationError(f"There is no actor called “{text}”: {hint}")
