"""The one form that reads a query string: pages, exports, feeds and the command line all use it.

What is good is kept when something else is bad, and every value that is not used is noted in a
sentence: a typing error must neither drop a filter in silence nor break the page.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.http import QueryDict
from django.utils import timezone

from .datebox import DateBoxError, read
from .dates import DateValue, Precision
from .models import Actor, Event
from .outlets import Outlet
from .paging import Cursor, CursorError, Order
from .querysets import Clock, EventQuerySet
from .spelling import corrected, nearest_actors
from .types import STATUSES, TYPES

MOST_ACTORS = 12
"""Each further actor is one more join."""
MOST_OUTLETS = 50
PRECISIONS = {
    p.value: label
    for p, label in zip(
        Precision,
        (
            "Day",
            "Week",
            "Month",
            "Quarter",
            "Season",
            "Year",
            "Decade",
            "Range",
            "Before or after a day",
            "Undated",
        ),
        strict=True,
    )
}
REVIEWS = dict(Event.REVIEWS[:2])
MATCHES = {"all": "All of them", "any": "Any of them"}
ORDERS = {"newest": "Newest first", "oldest": "Oldest first"}
CLOCKS = {"happened": "When it happened", "reported": "When it was reported"}
VIEWS = {
    "bars": "Over time",
    "actors": "By actor",
    "pairs": "By pair",
    "types": "By type",
    "relations": "Who with whom",
}
"""How the result is drawn above the list."""
KINDS = {
    "type": "a type of event",
    "status": "a status",
    "precision": "a precision",
    "review": "a state of review",
    "outlet": "an outlet with events here",
}
DEFAULTS = {("match", "all"), ("order", "newest"), ("clock", "happened"), ("view", "bars")}
"""What goes without saying."""


def _storable(text: str) -> bool:
    """Whether a name in the record could be this."""
    return "\0" not in text and len(text) <= 200


class Many(forms.Field):
    """Every value of a repeated parameter, without repetitions and empty ones."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        return [text for text in dict.fromkeys(v.strip() for v in value or []) if text]


class DateText(forms.CharField):
    """A date in anybody's words."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read(text, today=timezone.now().date()) if text else None
        except DateBoxError as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Note:
    """A parameter that was not used as it was given, and the sentence that says so."""

    parameter: str
    text: str

    def __str__(self) -> str:
        return self.text


class FilterForm(forms.Form):
    """Reads a query string into domain values (`cleaned_data`, complete whatever was wrong)."""

    q = forms.CharField(required=False, max_length=200)
    from_ = DateText(required=False, max_length=80)
    to = DateText(required=False, max_length=80)
    type = Many(required=False)
    actor = Many(required=False)
    match = forms.ChoiceField(required=False, choices=MATCHES)
    status = Many(required=False)
    outlet = Many(required=False)
    precision = Many(required=False)
    sources = forms.IntegerField(required=False, min_value=1, max_value=1000)
    review = Many(required=False)
    differs = forms.ChoiceField(required=False, choices={"1": "Accounts differ"})
    clock = forms.ChoiceField(required=False, choices=CLOCKS)
    order = forms.ChoiceField(required=False, choices=ORDERS)
    view = forms.ChoiceField(required=False, choices=VIEWS)
    after = forms.CharField(required=False, max_length=80)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query
        self.notes: list[Note] = []
        self.actors: list[Actor] = []
        self.outlets: list[Outlet] = []
        self.full_clean()

    def add_prefix(self, field_name: str) -> str:
        """The parameter's name: `from` is a word of Python's, so its field is `from_`."""
        return field_name.rstrip("_")

    # ---------- cleaning

    def clean_type(self) -> list[str]:
        return self._known("type", TYPES)

    def clean_status(self) -> list[str]:
        return self._known("status", STATUSES)

    def clean_precision(self) -> list[str]:
        return self._known("precision", PRECISIONS)

    def clean_review(self) -> list[str]:
        return self._known("review", REVIEWS)

    def clean_from_(self) -> DateValue | None:
        value: DateValue | None = self.cleaned_data["from_"]
        if value and not value.earliest:
            raise forms.ValidationError("It has no first day to begin with.")
        return value

    def clean_to(self) -> DateValue | None:
        value: DateValue | None = self.cleaned_data["to"]
        if value and not value.latest:
            raise forms.ValidationError("It has no last day to end with.")
        return value

    def clean_q(self) -> str:
        """With words that no event has as the nearest that some event has, and a note."""
        text: str = self.cleaned_data["q"]
        for word, other in corrected(text).items():
            self._note("q", f"No event has “{word}”: “{other}” was looked for instead.")
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text, flags=re.IGNORECASE)
        return text

    def clean_actor(self) -> list[str]:
        """Slugs; an actor may be given by name or alias too, spelt nearly right."""
        for text in self._first("actor", MOST_ACTORS):
            found = list(Actor.objects.called(text)) if _storable(text) else []
            found.sort(key=lambda a: (a.slug != text, a.name.lower() != text.lower()))
            if not found and _storable(text) and (found := nearest_actors(text, 1)):
                self._note("actor", f"Nobody is called “{text}”; it was taken for {found[0]}.")
            if not found:
                self._note(
                    "actor", f"Nobody in the record is called “{text[:80]}”, so it was ignored."
                )
                continue
            self.actors += [found[0]] if found[0] not in self.actors else []
            if len(found) > 1 and text not in (found[0].slug, found[0].name):
                others = ", ".join(a.name for a in found[1:])
                self._note(
                    "actor", f"“{text}” was taken for {found[0]}; it may also mean {others}."
                )
        return [actor.slug for actor in self.actors]

    def clean_outlet(self) -> list[str]:
        wanted = list(filter(_storable, self._first("outlet", MOST_OUTLETS)))
        if wanted:
            self.outlets = Outlet.called(wanted)
        return self._known("outlet", {outlet.slug for outlet in self.outlets})

    def clean_after(self) -> Cursor | None:
        text = self.cleaned_data["after"]
        try:
            return Cursor.parse(text) if text else None
        except CursorError as error:
            raise forms.ValidationError("This is not where a page ends.") from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for name, errors in self.errors.items():
            self._ignored(name, " ".join(map(str, errors)))
        for name, field in self.fields.items():
            data.setdefault(name, [] if isinstance(field, Many) else None)
        if data["from_"] and data["to"] and data["to"].latest < data["from_"].earliest:
            self._ignored("to", "It ends before the beginning that was asked for.")
            data["to"] = None
        fields = {self.add_prefix(field): form for field, form in self.fields.items()}
        for name, values in self.query.lists():
            if name not in fields:
                self._note(name, f"“{name[:80]}” is not a filter, so it was ignored.")
            elif not isinstance(fields[name], Many) and len(set(values)) > 1:
                self._note(name, f"“{name}” was given {len(values)} times: the last was used.")
        return data

    def _first(self, name: str, most: int) -> list[str]:
        values: list[str] = self.cleaned_data[name]
        if len(values) > most:
            self._note(name, f"Only the first {most} of “{name}” were used.")
        return values[:most]

    def _known(self, name: str, known: Iterable[str]) -> list[str]:
        for value in self.cleaned_data[name]:
            if value not in known:
                self._note(name, f"“{value[:80]}” is not {KINDS[name]}, so it was ignored.")
        return [value for value in self.cleaned_data[name] if value in known]

    def _note(self, name: str, text: str) -> None:
        self.notes.append(Note(name, text))

    def _ignored(self, name: str, because: str) -> None:
        name = self.add_prefix(name)
        self._note(name, f"{name}: “{self.query.get(name, '')[:80]}” was ignored. {because}")

    # ---------- what the query says

    @property
    def by_clock(self) -> Clock:
        return "reported" if self.cleaned_data["clock"] == "reported" else "happened"

    @property
    def in_order(self) -> Order:
        return "oldest" if self.cleaned_data["order"] == "oldest" else "newest"

    @property
    def first(self) -> dt.date | None:
        value: DateValue | None = self.cleaned_data["from_"]
        return value.earliest if value else None

    @property
    def last(self) -> dt.date | None:
        value: DateValue | None = self.cleaned_data["to"]
        return value.latest if value else None

    def apply(self, events: EventQuerySet, *, without: Container[str] = ()) -> EventQuerySet:
        """The events that the query asks for, in no order; `without` names parameters left out.

        Facets leave out their own, undated events are counted without `from` and `to`.
        """
        first = None if "from" in without else self.first
        last = None if "to" in without else self.last
        for name, narrow in self._narrowing.items():
            if name not in without and self.cleaned_data[name]:
                events = narrow(events, self.cleaned_data[name])
        return events.between(first, last, self.by_clock)

    @property
    def _narrowing(self) -> dict[str, Callable[[EventQuerySet, Any], EventQuerySet]]:
        match: Literal["all", "any"] = "any" if self.cleaned_data["match"] == "any" else "all"
        return {
            "q": lambda events, text: events.telling(text),
            "type": lambda events, keys: events.filter(type__in=keys),
            "status": lambda events, keys: events.filter(status__in=keys),
            "precision": lambda events, keys: events.filter(precision__in=keys),
            "review": lambda events, keys: events.filter(review__in=keys),
            "sources": lambda events, least: events.filter(source_count__gte=least),
            "differs": lambda events, _: events.filter(differs=True),
            "actor": lambda events, _: events.with_actors([a.pk for a in self.actors], match),
            "outlet": lambda events, _: events.told_by([outlet.id for outlet in self.outlets]),
        }

    # ---------- the query, said again

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters in use, as they would be written again; the page's cursor is not one."""
        data, pairs = self.cleaned_data, []
        for field in self.fields:
            name = self.add_prefix(field)
            if field == "after" or not data[field]:
                continue
            if isinstance(data[field], list):
                pairs += [(name, value) for value in data[field]]
            elif (name, str(data[field])) not in DEFAULTS:
                text = self.query[name] if field in ("from_", "to") else data[field]
                pairs.append((name, str(text).strip()))
        return pairs

    def link(
        self,
        *drop: tuple[str, str],
        without: Iterable[str] = (),
        plus: Iterable[tuple[str, str]] = (),
        **add: str,
    ) -> str:
        """The query string without some pairs or names and with others: "type=call&from=2025"."""
        query = QueryDict(mutable=True)
        gone = {*without, *add}
        for name, value in self.pairs():
            if name not in gone and (name, value) not in drop:
                query.appendlist(name, value)
        for name, value in (*plus, *add.items()):
            query.appendlist(self.add_prefix(name), value)
        return query.urlencode()
